//! What keeps the digest of a sheet from telling its figures. The journal is public while votes are
//! locked (INV-31), and names every sheet by a digest. A sheet holds few and small figures: whoever
//! knows the most of them finds the others by trying. So each version of a sheet has a salt that
//! nobody can guess, the digest is of figures and salt, and the salt is withheld and released with
//! the figures. The digest then binds the figures as before and tells nothing of them.

use super::SheetKey;
use core::fmt;
use core::str::FromStr;
use ring::digest;
use ring::digest::SHA256;
use ring::hmac;
use serde::Deserialize;
use serde::Deserializer;
use serde::Serialize;
use serde::Serializer;

/// Bytes of a salt: 128 bits cannot be tried out.
const BYTES: usize = 16;

/// The salt of one version of a sheet; 32 hexadecimal digits in files.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Salt([u8; BYTES]);

/// Where the salts of first versions come from: a secret of 32 random bytes that is made for a
/// round of work and kept nowhere.
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

    /// The salt of the first version of a sheet.
    #[must_use]
    pub fn first(&self, key: &SheetKey) -> Salt {
        let name = format!("{}\n{}", key.contest, key.station);
        Salt::cut(hmac::sign(&self.0, name.as_bytes()).as_ref())
    }
}

impl fmt::Debug for Salts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Salts(..)")
    }
}

impl Salt {
    /// In the place of a salt that is not shown, because the figures are not.
    pub const WITHHELD: Self = Self([0; BYTES]);

    /// The salt of the next version of the sheet. Whoever has the one has the other: they are
    /// released together.
    #[must_use]
    pub fn next(self) -> Self {
        let mut whole = b"sanduq: the salt of the next version\n".to_vec();
        whole.extend_from_slice(&self.0);
        Self::cut(digest::digest(&SHA256, &whole).as_ref())
    }

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

    fn cut(long: &[u8]) -> Self {
        let mut bytes = [0; BYTES];
        bytes.copy_from_slice(&long[..BYTES]);
        Self(bytes)
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
