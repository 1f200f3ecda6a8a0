//! The journal: entries in the order in which their transactions commit, and the head of the Merkle
//! log over them. Always true here: the head's size is the number of entries, its root is the root
//! over their leaves, and no organ can change or remove an entry.

use crate::error::StoreError;
use crate::store::Read;
use crate::transaction::Transaction;
use sanduq_core::act::Entry;
use sanduq_journal::hash::Hash;
use sanduq_journal::tree::Frontier;

/// The head of the journal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// Entries.
    pub size: u64,
    /// The root over their leaves.
    pub root: Hash,
    /// The growing edge of the tree.
    pub frontier: Frontier,
}

/// An entry as it stands in the journal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Journaled {
    /// Its number, counted from 0.
    pub index: u64,
    /// Its canonical bytes.
    pub bytes: Vec<u8>,
    /// Its leaf hash.
    pub leaf: Hash,
}

impl Read {
    /// The head of the journal.
    ///
    /// # Errors
    /// A fault.
    pub async fn head(&self) -> Result<Head, StoreError> {
        crate::unwritten(&())
    }

    /// At most `limit` entries from number `from` on, in order.
    ///
    /// # Errors
    /// A fault.
    pub async fn entries(&self, from: u64, limit: u32) -> Result<Vec<Journaled>, StoreError> {
        crate::unwritten(&(from, limit))
    }

    /// Every entry in order, handed on one by one; memory does not grow with the journal.
    ///
    /// # Errors
    /// A fault.
    pub async fn each_entry(&self, each: impl FnMut(Journaled)) -> Result<(), StoreError> {
        let _ = each;
        crate::unwritten(&())
    }

    /// The head, once every leaf and the root are computed anew from the bytes of the entries.
    ///
    /// # Errors
    /// [`Fault::Damaged`](crate::Fault::Damaged) naming the first entry that does not fit.
    pub async fn verify_journal(&self) -> Result<Head, StoreError> {
        crate::unwritten(&())
    }
}

/// Locks the head, appends the entries and moves the head.
pub(crate) async fn append(
    transaction: &Transaction,
    entries: &[Entry],
) -> Result<Head, StoreError> {
    let _ = transaction;
    crate::unwritten(&entries)
}
