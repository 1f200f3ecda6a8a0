//! What keeps the digest of a sheet from telling its figures. The journal is public while votes are
//! locked (INV-31), and names figures by a digest. A sheet holds few and small figures: whoever
//! knows the most of them finds the others by trying. So the digest is of figures and of a salt
//! that nobody can guess. It binds the figures as before and tells nothing of them.
//!
//! ```text
//! figures                         digest of         salt drawn for  salt and figures are public
//! typed, or brought as data       their version     the version     from the release on
//! proposed for a held back sheet  its version       the proposal    from release and signature on
//! proposed for an accepted sheet  its next version  the proposal    from release and signature on
//! proposed, waiting               as above          the proposal    not yet
//! proposed, refused               as above          the proposal    never
//! returned to the station         their version     the version     never from then on
//! ```
//!
//! Always true here: no two figures have one salt, so that the salt of figures that are published
//! opens no digest of figures that are not. A salt is published with its figures and never without.
//! Figures that both organs sign bring their salt with them: it is then that of the version, and
//! the digest of the decision is that of the proposal.

use super::Correction;
use super::Figures;
use super::Sheet;
use super::SheetKey;
use core::fmt;
use core::str::FromStr;
use ring::hmac;
use serde::Deserialize;
use serde::Deserializer;
use serde::Serialize;
use serde::Serializer;

/// Bytes of a salt: 128 bits cannot be tried out.
const BYTES: usize = 16;

/// What one digest is made of beside the figures; 32 hexadecimal digits in files.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Salt([u8; BYTES]);

/// Where salts come from: a secret of 32 random bytes that is made for a round of work and kept
/// nowhere.
#[derive(Clone)]
pub struct Salts(hmac::Key);

/// A text that is no salt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoSalt;

impl Salts {
    /// From a secret, which must be random wherever votes are.
    #[must_use]
    pub fn new(secret: &[u8; 32]) -> Self {
        Self(hmac::Key::new(hmac::HMAC_SHA256, secret))
    }

    /// The salt of a version that comes in.
    #[must_use]
    pub fn version(&self, key: &SheetKey, version: u32) -> Salt {
        self.of(&named(key, version))
    }

    /// Figures to be proposed for a sheet, with a salt of their own. It is of the figures too:
    /// when one proposal is refused and another is signed, the salt of the second tells nothing of
    /// the first, though both come from one secret.
    #[must_use]
    pub fn correction(&self, sheet: &Sheet, figures: Figures) -> Correction {
        let mut name = named(&sheet.key, sheet.corrected_version());
        for lines in [&figures.fields, &figures.choices] {
            name.push('\n');
            for votes in lines {
                let votes = votes.map_or_else(String::new, |votes| votes.get().to_string());
                name.push_str(&votes);
                name.push(',');
            }
        }
        let salt = self.of(&name);
        Correction { figures, salt }
    }

    fn of(&self, name: &str) -> Salt {
        let long = hmac::sign(&self.0, name.as_bytes());
        let mut bytes = [0; BYTES];
        bytes.copy_from_slice(&long.as_ref()[..BYTES]);
        Salt(bytes)
    }
}

fn named(key: &SheetKey, version: u32) -> String {
    format!("{}\n{}\n{version}", key.contest, key.station)
}

impl fmt::Debug for Salts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Salts(..)")
    }
}

impl Salt {
    /// In the place of a salt that is not shown, because the figures are not.
    pub const WITHHELD: Self = Self([0; BYTES]);

    /// The salt of these bytes; none unless they are sixteen.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        Some(Self(bytes.try_into().ok()?))
    }

    /// Its bytes.
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8; BYTES] {
        &self.0
    }
}

impl fmt::Display for Salt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&super::hex(&self.0))
    }
}

/// Nothing that is printed by accident tells it.
impl fmt::Debug for Salt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Salt(..)")
    }
}

impl FromStr for Salt {
    type Err = NoSalt;

    fn from_str(text: &str) -> Result<Self, NoSalt> {
        let digit = |byte: u8| match byte {
            b'0'..=b'9' => Some(byte - b'0'),
            b'a'..=b'f' => Some(byte - b'a' + 10),
            _ => None,
        };
        let pair = |pair: &[u8]| Some(digit(pair[0])? << 4 | digit(*pair.get(1)?)?);
        let bytes: Option<Vec<u8>> = text.as_bytes().chunks(2).map(pair).collect();
        bytes
            .and_then(|bytes| Self::from_bytes(&bytes))
            .ok_or(NoSalt)
    }
}

impl Serialize for Salt {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Salt {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let salt = text.parse();
        salt.map_err(|_: NoSalt| serde::de::Error::custom("a salt has 32 hexadecimal digits"))
    }
}
