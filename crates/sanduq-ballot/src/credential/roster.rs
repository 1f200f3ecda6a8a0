//! The list of credentials as somebody holds it who looks them up and no more: of each a hash and
//! a place, 36 bytes, where the elements would take five times as many.
//!
//! What is always true here: the same lists are refused as when elements are kept. Two credentials
//! are the same when the SHA-256 of their texts is, on which everything in an archive hangs.

use crate::credential::read_list;
use crate::group::Group;
use crate::hash::Hash;
use crate::json::Reader;
use crate::refusal::Refusal;

/// A credential of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Name {
    /// SHA-256 of its text.
    hash: [u8; 32],
    /// Its place in the list, counted from 0.
    place: u32,
}

/// Who may cast, and with what weight.
#[derive(Clone, Debug, Default)]
pub struct Roster {
    /// In the order of the hashes.
    names: Vec<Name>,
    /// By the places; empty where every weight is 1.
    weights: Vec<u64>,
}

impl Roster {
    /// Reads the list that is published, and asks of each credential whether it is in the group.
    ///
    /// # Errors
    /// Those of reading [`Credentials`](crate::credential::Credentials); `TooLarge` for more than
    /// 2^32.
    pub fn from_bytes<G: Group>(bytes: &[u8]) -> Result<Roster, Refusal> {
        let text = std::str::from_utf8(bytes).map_err(|_| Refusal::Form)?;
        let mut reader = Reader::new(text);
        let mut roster = Roster::default();
        let mut total: u64 = 0;
        read_list::<G>(&mut reader, |text, entry| {
            roster.push(text, entry.counted(&mut total)?)
        })?;
        reader.end()?;
        roster.names.sort_unstable();
        let mut pairs = roster.names.windows(2);
        if pairs.any(|pair| pair[0].hash == pair[1].hash) {
            return Err(Refusal::CredentialTwice);
        }
        Ok(roster)
    }

    fn push(&mut self, text: &str, weight: u64) -> Result<(), Refusal> {
        let count = self.names.len();
        let place = u32::try_from(count).map_err(|_| Refusal::TooLarge)?;
        let hash = Hash::of(text.as_bytes()).0;
        self.names.push(Name { hash, place });
        if weight != 1 && self.weights.is_empty() {
            self.weights = vec![1; count];
        }
        if weight != 1 || !self.weights.is_empty() {
            self.weights.push(weight);
        }
        Ok(())
    }

    /// The number of credentials.
    pub fn count(&self) -> usize {
        self.names.len()
    }

    /// Whether any vote counts more than once.
    pub fn is_weighted(&self) -> bool {
        !self.weights.is_empty()
    }

    /// The place and weight of a credential.
    pub fn find(&self, credential: &str) -> Option<(usize, u64)> {
        let hash = Hash::of(credential.as_bytes()).0;
        let found = self.names.binary_search_by(|name| name.hash.cmp(&hash));
        let place = usize::try_from(self.names.get(found.ok()?)?.place).ok()?;
        Some((place, self.weights.get(place).copied().unwrap_or(1)))
    }
}
