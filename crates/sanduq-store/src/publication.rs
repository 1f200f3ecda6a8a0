//! The record of publications: which snapshot was sealed with which manifest. Always true here: a
//! seal is never changed or removed; a correction is the seal of a later snapshot.

use crate::error::StoreError;
use crate::store::Read;
use crate::store::Write;
use jiff::Timestamp;
use sanduq_core::id::EventId;

/// A sealed publication.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seal {
    /// The id of the snapshot ([`sanduq_count::publication::snapshot_id`]).
    pub snapshot: String,
    /// The digest of the manifest, lower-case hexadecimal.
    pub manifest: String,
    /// When it was sealed.
    pub at: Timestamp,
}

impl Read {
    /// The seals of an event, the oldest first.
    ///
    /// # Errors
    /// A fault.
    pub async fn seals(&self, event: &EventId) -> Result<Vec<Seal>, StoreError> {
        crate::unwritten(&event)
    }
}

impl Write {
    /// Records a seal.
    ///
    /// # Errors
    /// [`StoreRefusal::AlreadyExists`](crate::StoreRefusal::AlreadyExists) when the snapshot is
    /// sealed already.
    pub async fn seal(&mut self, event: &EventId, seal: &Seal) -> Result<(), StoreError> {
        crate::unwritten(&(event, seal))
    }
}
