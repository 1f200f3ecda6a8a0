//! Hashes of published bytes, and the challenges of proofs.
//!
//! What is always true here: a challenge is SHA-256 over an ASCII text that begins with the name of
//! its kind of proof, taken modulo q; elements in it are written as in JSON and parted by commas.

use crate::group::Element;
use crate::group::Group;
use crate::group::Scalar;
use crate::refusal::Refusal;
use base64::Engine;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use sha2::Sha256;
use std::fmt;

/// The SHA-256 of published bytes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Hash(pub [u8; 32]);

impl Hash {
    /// Hashes the bytes as they stand.
    pub fn of(bytes: &[u8]) -> Hash {
        Hash(sha2::Digest::finalize(<Sha256 as sha2::Digest>::new_with_prefix(bytes)).into())
    }

    /// Hashes what the parts make together.
    pub fn of_parts(parts: &[&[u8]]) -> Hash {
        let mut hasher = <Sha256 as sha2::Digest>::new();
        for part in parts {
            sha2::Digest::update(&mut hasher, part);
        }
        Hash(sha2::Digest::finalize(hasher).into())
    }

    /// 64 small hexadecimal digits, as in an archive.
    pub fn hexadecimal(&self) -> String {
        let digits = self.0.iter().flat_map(|byte| [byte >> 4, byte & 15]);
        digits
            .map(|digit| char::from(b"0123456789abcdef"[usize::from(digit)]))
            .collect()
    }

    /// 43 characters of base 64 without padding, as in a ballot.
    pub fn base64(&self) -> String {
        STANDARD_NO_PAD.encode(self.0)
    }

    /// Reads 64 small hexadecimal digits.
    ///
    /// # Errors
    /// `Form`.
    pub fn read_hexadecimal(text: &str) -> Result<Hash, Refusal> {
        let digits = text.as_bytes();
        if digits.len() != 64 {
            return Err(Refusal::Form);
        }
        let mut bytes = [0; 32];
        for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
            *byte = (digit(pair[0])? << 4) | digit(pair[1])?;
        }
        Ok(Hash(bytes))
    }

    /// Reads 43 characters of base 64 without padding; unused bits must be 0.
    ///
    /// # Errors
    /// `Form`.
    pub fn read_base64(text: &str) -> Result<Hash, Refusal> {
        let bytes = STANDARD_NO_PAD.decode(text).map_err(|_| Refusal::Form)?;
        bytes.try_into().map(Hash).map_err(|_| Refusal::Form)
    }
}

fn digit(character: u8) -> Result<u8, Refusal> {
    match character {
        b'0'..=b'9' => Ok(character - b'0'),
        b'a'..=b'f' => Ok(character - b'a' + 10),
        _ => Err(Refusal::Form),
    }
}

impl fmt::Debug for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.hexadecimal())
    }
}

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.hexadecimal())
    }
}

/// `H(prefix, elements)`: the challenge over `prefix` and the elements parted by commas.
pub fn challenge<G: Group>(prefix: &str, elements: &[G::Element]) -> G::Scalar {
    challenge_of_texts::<G>(&[prefix], &G::Element::texts(elements))
}

/// The same, of elements whose texts are known; `prefix` is what its parts make together.
pub fn challenge_of_texts<G: Group>(prefix: &[&str], texts: &[String]) -> G::Scalar {
    let mut hasher = <Sha256 as sha2::Digest>::new();
    for part in prefix {
        sha2::Digest::update(&mut hasher, part);
    }
    for (index, text) in texts.iter().enumerate() {
        if index > 0 {
            sha2::Digest::update(&mut hasher, b",");
        }
        sha2::Digest::update(&mut hasher, text);
    }
    G::Scalar::from_hash(&sha2::Digest::finalize(hasher).into())
}
