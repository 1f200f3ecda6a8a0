//! The growing edge of the log: enough of the tree to append to it and to know its root.
//!
//! A frontier of `size` leaves holds one hash for each one-bit of `size`, the roots of the perfect
//! subtrees that stand side by side, largest and leftmost first. Always true: there are exactly
//! `size.count_ones()` hashes; two frontiers of the same leaves are equal, however they were
//! appended; a frontier read back from its bytes is equal to the one that was written.

use crate::hash::Hash;
use crate::refusal::refusals;

refusals! {
    /// Why bytes are not a frontier.
    FrontierRefusal {
        NoSize = "frontier.no_size", "a frontier begins with its size in eight bytes";
        WrongLength = "frontier.wrong_length",
            "a frontier holds one hash of 32 bytes for each one-bit of its size, and nothing else";
    }
}

/// The right edge of a log: its size and the roots of its perfect subtrees (a compact range that
/// begins at 0). The default is the log without entries.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Frontier {
    size: u64,
    peaks: Vec<Hash>,
}

impl Frontier {
    /// A frontier whose peaks were worked out elsewhere in this crate.
    pub(crate) fn from_peaks(size: u64, peaks: Vec<Hash>) -> Self {
        assert_eq!(
            u64::from(size.count_ones()),
            peaks.len() as u64,
            "one peak for each one-bit"
        );
        Self { size, peaks }
    }

    /// How many leaves the log has.
    #[must_use]
    pub const fn size(&self) -> u64 {
        self.size
    }

    /// The roots of its perfect subtrees, the largest and leftmost first.
    #[must_use]
    pub fn peaks(&self) -> &[Hash] {
        &self.peaks
    }

    /// Appends one leaf hash and answers its number, counted from 0. Takes O(log size) time and on
    /// average one node hash.
    pub fn append(&mut self, leaf: Hash) -> u64 {
        let number = self.size;
        self.size = number.checked_add(1).expect("no log reaches 2^64 entries");
        let mut node = leaf;
        // Each zero at the end of the new size is a pair of equal subtrees that become one.
        for _ in 0..self.size.trailing_zeros() {
            let left = self
                .peaks
                .pop()
                .expect("a peak for each one-bit of the size");
            node = Hash::of_node(&left, &node);
        }
        self.peaks.push(node);
        number
    }

    /// The root of the log (RFC 9162 section 2.1.1).
    #[must_use]
    pub fn root(&self) -> Hash {
        let right_to_left = self.peaks.iter().rev().copied();
        right_to_left
            .reduce(|right, left| Hash::of_node(&left, &right))
            .unwrap_or_else(Hash::of_empty_log)
    }

    /// The form in which a frontier is kept: the size in eight bytes, big end first, and the peaks.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(8 + self.peaks.len() * Hash::LEN);
        bytes.extend_from_slice(&self.size.to_be_bytes());
        for peak in &self.peaks {
            bytes.extend_from_slice(peak.as_bytes());
        }
        bytes
    }

    /// Reads the form that [`Frontier::to_bytes`] wrote.
    ///
    /// # Errors
    /// [`FrontierRefusal`] when the length does not follow from the size. Hashes carry no mark of
    /// their own: whether they are the right ones is known from a signed root.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, FrontierRefusal> {
        let (size, rest) = bytes.split_first_chunk().ok_or(FrontierRefusal::NoSize)?;
        let size = u64::from_be_bytes(*size);
        let (peaks, left_over) = rest.as_chunks();
        if !left_over.is_empty() || u64::from(size.count_ones()) != peaks.len() as u64 {
            return Err(FrontierRefusal::WrongLength);
        }
        Ok(Self {
            size,
            peaks: peaks.iter().copied().map(Hash::from_bytes).collect(),
        })
    }
}

impl Extend<Hash> for Frontier {
    /// Appends the leaf hashes of a batch in their order.
    fn extend<T: IntoIterator<Item = Hash>>(&mut self, leaves: T) {
        for leaf in leaves {
            self.append(leaf);
        }
    }
}

impl FromIterator<Hash> for Frontier {
    fn from_iter<T: IntoIterator<Item = Hash>>(leaves: T) -> Self {
        let mut frontier = Self::default();
        frontier.extend(leaves);
        frontier
    }
}

#[cfg(test)]
mod tests;
