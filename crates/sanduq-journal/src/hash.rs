//! Hashes of the log, as in RFC 6962 section 2.1 and RFC 9162 section 2.1.1 with SHA-256.
//!
//! A leaf is hashed behind a zero byte and a node behind a one byte, so that no node can be passed
//! off as an entry. Texts of a hash are canonical: one hash has one form in hexadecimal and one in
//! base64.

use crate::refusal::refusals;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use core::fmt::Debug;
use core::fmt::Display;
use core::fmt::Formatter;
use ring::digest::Context;
use ring::digest::Digest;
use ring::digest::SHA256;
use ring::digest::digest;

refusals! {
    /// Why a text is not a hash.
    HashRefusal {
        NotHex = "hash.not_hex", "a hash is 64 hexadecimal digits in lower case";
        NotBase64 = "hash.not_base64", "a hash is 32 bytes in canonical base64 with padding";
    }
}

/// A SHA-256 value: of a leaf, of a node, or of a file. Shown as 64 lower-case hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Hash([u8; Self::LEN]);

impl Hash {
    /// Bytes in a hash.
    pub const LEN: usize = 32;

    /// The hash that stands in these bytes.
    #[must_use]
    pub const fn from_bytes(bytes: [u8; Self::LEN]) -> Self {
        Self(bytes)
    }

    /// Its bytes.
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8; Self::LEN] {
        &self.0
    }

    /// SHA-256 of plain bytes, without a prefix: what a file's digest is.
    #[must_use]
    pub fn of_bytes(bytes: &[u8]) -> Self {
        Self::from(digest(&SHA256, bytes))
    }

    /// The leaf of an entry: SHA-256(0x00 ‖ entry).
    #[must_use]
    pub fn of_leaf(entry: &[u8]) -> Self {
        let mut hash = Context::new(&SHA256);
        hash.update(&[0]);
        hash.update(entry);
        Self::from(hash.finish())
    }

    /// The node above two others: SHA-256(0x01 ‖ left ‖ right).
    #[must_use]
    pub fn of_node(left: &Self, right: &Self) -> Self {
        let mut bytes = [1; 1 + 2 * Self::LEN];
        bytes[1..=Self::LEN].copy_from_slice(&left.0);
        bytes[1 + Self::LEN..].copy_from_slice(&right.0);
        Self::of_bytes(&bytes)
    }

    /// The root of a log without entries: SHA-256 of nothing.
    #[must_use]
    pub fn of_empty_log() -> Self {
        Self::of_bytes(&[])
    }

    /// Reads the form that `Display` prints.
    ///
    /// # Errors
    /// [`HashRefusal::NotHex`] for any other text, upper case included.
    pub fn from_hex(text: &str) -> Result<Self, HashRefusal> {
        let digit = |byte: u8| match byte {
            b'0'..=b'9' => Ok(byte - b'0'),
            b'a'..=b'f' => Ok(byte - b'a' + 10),
            _ => Err(HashRefusal::NotHex),
        };
        let (pairs, rest) = text.as_bytes().as_chunks::<2>();
        if pairs.len() != Self::LEN || !rest.is_empty() {
            return Err(HashRefusal::NotHex);
        }
        let mut bytes = [0; Self::LEN];
        for (byte, [high, low]) in bytes.iter_mut().zip(pairs) {
            *byte = (digit(*high)? << 4) | digit(*low)?;
        }
        Ok(Self(bytes))
    }

    /// Standard base64 with padding, 44 characters (RFC 4648 section 4).
    #[must_use]
    pub fn to_base64(&self) -> String {
        STANDARD.encode(self.0)
    }

    /// Reads the form that [`Hash::to_base64`] prints.
    ///
    /// # Errors
    /// [`HashRefusal::NotBase64`] for any other text: without padding, with white space, with loose
    /// bits in the last digit.
    pub fn from_base64(text: &str) -> Result<Self, HashRefusal> {
        let bytes = STANDARD.decode(text).map_err(|_| HashRefusal::NotBase64)?;
        bytes
            .try_into()
            .map(Self)
            .map_err(|_| HashRefusal::NotBase64)
    }
}

impl Display for Hash {
    fn fmt(&self, f: &mut Formatter<'_>) -> core::fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl From<Digest> for Hash {
    /// The hash that was computed with SHA-256.
    fn from(digest: Digest) -> Self {
        let mut hash = [0; Self::LEN];
        hash.copy_from_slice(digest.as_ref());
        Self(hash)
    }
}

impl Debug for Hash {
    fn fmt(&self, f: &mut Formatter<'_>) -> core::fmt::Result {
        f.write_str("#")?;
        Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests;
