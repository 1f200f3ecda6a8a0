//! Everything public about an event, in one reading. Always true here: all of it is of one size of
//! the journal; it is read through views that show no figure of a contest that is not released
//! (INV-31), so that no mistake further on can.

use crate::error::StoreError;
use crate::store::Read;
use sanduq_core::id::EventId;
use sanduq_count::publication::Snapshot;

impl Read {
    /// The snapshot of an event; `None` when there is no such event or it has no geography yet. Its
    /// time is that of the last journal entry: the same store gives the same snapshot.
    ///
    /// # Errors
    /// [`Fault::Damaged`](crate::Fault::Damaged) when a stored text of law is not what it was.
    pub async fn snapshot(&self, event: &EventId) -> Result<Option<Snapshot>, StoreError> {
        crate::unwritten(&event)
    }
}
