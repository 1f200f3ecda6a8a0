//! Credentials: the secret from which a voter signs, and the public list of who may (Belenios
//! specification, "Credentials").
//!
//! What is always true here: a list names each credential once, and none is the neutral element.

mod roster;
#[cfg(test)]
mod tests;

pub use crate::credential::roster::Roster;

use crate::chance::Secret;
use crate::election::BASE_58;
use crate::election::ElectionId;
use crate::group::Element;
use crate::group::Group;
use crate::group::Scalar;
use crate::json::Canonical;
use crate::json::Reader;
use crate::json::write_array;
use crate::refusal::Refusal;
use hmac::Hmac;
use hmac::KeyInit;
use hmac::Mac;
use sha2::Digest;
use sha2::Sha256;
use std::collections::BTreeMap;
use zeroize::Zeroize;
use zeroize::Zeroizing;

/// How often a short credential is hashed.
const ITERATIONS: usize = 1000;
/// Credentials of a list that are read side by side.
const TOGETHER: usize = 1 << 16;

/// The secret scalar of a credential as voters get it: five groups of three characters (versions to
/// 2.3), or four groups of five and six (from 2.4 on). Both derive it from the election too.
///
/// # Errors
/// `CredentialCheck` for other lengths and characters, and for a short one whose last character
/// does not agree with those before it.
pub fn secret_of<G: Group>(
    text: &str,
    election: &ElectionId,
) -> Result<Secret<G::Scalar>, Refusal> {
    let groups: Vec<usize> = text.split('-').map(str::len).collect();
    let known = text
        .bytes()
        .all(|byte| byte == b'-' || BASE_58.contains(&byte));
    match (known, groups.as_slice()) {
        (true, [3, 3, 3, 3, 3]) => {
            check_digit(&Zeroizing::new(text.replace('-', "")))?;
            Ok(Secret::new(stretched::<G>(text, election)))
        }
        (true, [5, 6, 5, 6]) => Ok(Secret::new(derived::<G>(text, election))),
        _ => Err(Refusal::CredentialCheck),
    }
}

/// The characters as digits of base 58: the last one is 53 less the remainder
/// of the others by 53, so that it may be 53 itself.
fn check_digit(characters: &str) -> Result<(), Refusal> {
    let digit = |byte: u8| BASE_58.iter().position(|one| *one == byte).unwrap_or(0);
    let (body, last) = characters.split_at(characters.len() - 1);
    let rest = body
        .bytes()
        .fold(0, |rest, byte| (rest * 58 + digit(byte)) % 53);
    let expected = 53 - rest;
    let fit = last.bytes().all(|byte| digit(byte) == expected);
    fit.then_some(()).ok_or(Refusal::CredentialCheck)
}

/// PBKDF2 (RFC 2898) with HMAC-SHA-256, the election's identifier as salt, one block.
fn stretched<G: Group>(text: &str, election: &ElectionId) -> G::Scalar {
    let keyed =
        || Hmac::<Sha256>::new_from_slice(text.as_bytes()).expect("HMAC takes a key of any length");
    let mut mac = keyed();
    mac.update(election.as_str().as_bytes());
    mac.update(&1_u32.to_be_bytes());
    let mut block: [u8; 32] = mac.finalize().into_bytes().into();
    let mut sum = Zeroizing::new(block);
    for _ in 1..ITERATIONS {
        let mut mac = keyed();
        mac.update(&block);
        block = mac.finalize().into_bytes().into();
        for (to, from) in sum.iter_mut().zip(block) {
            *to ^= from;
        }
    }
    block.zeroize();
    G::Scalar::from_hash(&sum)
}

/// Two hashes, one after the other, as one number of 512 bits.
fn derived<G: Group>(text: &str, election: &ElectionId) -> G::Scalar {
    let half = |index: u32| {
        let seed = Zeroizing::new(format!("derive_credential|{election}|{index}|{text}"));
        let hash: [u8; 32] = Sha256::digest(seed.as_bytes()).into();
        G::Scalar::from_hash(&Zeroizing::new(hash))
    };
    // 2^256 = (2^32)^8.
    let two_to_32 = G::Scalar::from_number(1 << 32);
    let two_to_256 = (0..8).fold(G::Scalar::one(), |power, _| power * two_to_32);
    half(0) * two_to_256 + half(1)
}

/// A public credential and the weight of its vote.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry<G: Group> {
    /// g^s.
    pub key: G::Element,
    /// How often the vote counts; 1 where nothing is said.
    pub weight: Option<u64>,
}

impl<G: Group> Entry<G> {
    /// The weight of the entry, which is added to that of those before it.
    ///
    /// # Errors
    /// `Identity`; `Weight` for 0, or where the sum is too large for a number.
    fn counted(&self, total: &mut u64) -> Result<u64, Refusal> {
        if self.key == G::Element::identity() {
            return Err(Refusal::Identity);
        }
        let weight = self.weight.unwrap_or(1);
        if weight == 0 {
            return Err(Refusal::Weight);
        }
        *total = total.checked_add(weight).ok_or(Refusal::Weight)?;
        Ok(weight)
    }
}

/// The public credentials of an election.
#[derive(Clone, Debug)]
pub struct Credentials<G: Group> {
    entries: Vec<Entry<G>>,
    /// Where a credential stands in the list, by its text.
    places: BTreeMap<String, usize>,
}

impl<G: Group> Credentials<G> {
    /// Makes a list.
    ///
    /// # Errors
    /// `CredentialTwice`, `Identity`, `Weight`.
    pub fn new(entries: Vec<Entry<G>>) -> Result<Credentials<G>, Refusal> {
        let mut places = BTreeMap::new();
        let mut total: u64 = 0;
        for (place, entry) in entries.iter().enumerate() {
            entry.counted(&mut total)?;
            if places.insert(entry.key.text(), place).is_some() {
                return Err(Refusal::CredentialTwice);
            }
        }
        Ok(Credentials { entries, places })
    }

    /// In the order of the list.
    pub fn entries(&self) -> &[Entry<G>] {
        &self.entries
    }

    /// The place and weight of a credential.
    pub fn find(&self, credential: &str) -> Option<(usize, u64)> {
        let place = *self.places.get(credential)?;
        let weight = self.entries.get(place)?.weight.unwrap_or(1);
        Some((place, weight))
    }
}

impl<G: Group> Canonical for Credentials<G> {
    fn read(reader: &mut Reader<'_>) -> Result<Self, Refusal> {
        let mut entries = Vec::new();
        read_list::<G>(reader, |_, entry| {
            entries.push(entry);
            Ok(())
        })?;
        Credentials::new(entries)
    }

    fn write(&self, out: &mut String) {
        write_array(&self.entries, out, |entry, out| {
            out.push('"');
            out.push_str(&entry.key.text());
            if let Some(weight) = entry.weight {
                out.push_str(&format!(",{weight}"));
            }
            out.push('"');
        });
    }
}

/// Reads a list and gives each entry with the text of its credential. Whether elements are in the
/// group is asked of many at once, so that no more than these are held.
fn read_list<'a, G: Group>(
    reader: &mut Reader<'a>,
    mut take: impl FnMut(&'a str, Entry<G>) -> Result<(), Refusal>,
) -> Result<(), Refusal> {
    let mut texts = Vec::new();
    let mut weights = Vec::new();
    let mut flush = |texts: &mut Vec<&'a str>, weights: &mut Vec<Option<u64>>| {
        let keys = G::Element::read_all(texts)?;
        for ((text, key), weight) in texts.drain(..).zip(keys).zip(weights.drain(..)) {
            take(text, Entry { key, weight })?;
        }
        Ok(())
    };
    reader.array(|reader| {
        let text = reader.plain()?;
        let (key, weight) = match text.split_once(',') {
            Some((key, weight)) => (key, Some(read_weight(weight)?)),
            None => (text, None),
        };
        texts.push(key);
        weights.push(weight);
        if texts.len() == TOGETHER {
            flush(&mut texts, &mut weights)?;
        }
        Ok(())
    })?;
    flush(&mut texts, &mut weights)
}

/// The place of a credential in a list that was checked when it was fixed; nothing is computed.
///
/// # Errors
/// `Form`.
pub fn place_of(list: &[u8], credential: &str) -> Result<Option<u64>, Refusal> {
    let text = std::str::from_utf8(list).map_err(|_| Refusal::Form)?;
    let mut reader = Reader::new(text);
    let (mut place, mut found) = (0, None);
    reader.array(|reader| {
        let entry = reader.plain()?;
        if entry.split(',').next() == Some(credential) {
            found = Some(place);
        }
        place += 1;
        Ok(())
    })?;
    reader.end()?;
    Ok(found)
}

fn read_weight(text: &str) -> Result<u64, Refusal> {
    let canonical = text.bytes().all(|byte| byte.is_ascii_digit()) && !text.starts_with('0');
    let weight = canonical.then(|| text.parse().ok()).flatten();
    weight.ok_or(Refusal::Weight)
}
