//! The record of publications: which snapshot was sealed with which manifest. Always true here: a
//! seal is never changed or removed; a correction is the seal of a later snapshot.

use crate::error::StoreError;
use crate::store::Read;
use crate::store::Write;
use crate::value::column;
use crate::value::time_in;
use crate::value::time_out;
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
    /// The seals of an event, the oldest first. Everybody may see them.
    ///
    /// # Errors
    /// A fault.
    pub async fn seals(&self, event: &EventId) -> Result<Vec<Seal>, StoreError> {
        let rows = self
            .transaction
            .rows(
                "SELECT snapshot, manifest, at_ns FROM operations.seal
                WHERE event = $1 ORDER BY at_ns, snapshot",
                &[&event.as_str()],
            )
            .await?;
        let one = |row| {
            Ok(Seal {
                snapshot: column(row, 0)?,
                manifest: column(row, 1)?,
                at: time_out(column(row, 2)?)?,
            })
        };
        rows.iter().map(one).collect()
    }
}

impl Write {
    /// Records a seal. Executive.
    ///
    /// # Errors
    /// [`StoreRefusal::AlreadyExists`](crate::StoreRefusal::AlreadyExists) when the snapshot is
    /// sealed already.
    pub async fn seal(&mut self, event: &EventId, seal: &Seal) -> Result<(), StoreError> {
        let at = time_in(seal.at)?;
        self.transaction
            .execute(
                "INSERT INTO operations.seal (event, snapshot, manifest, at_ns)
                VALUES ($1, $2, $3, $4)",
                &[&event.as_str(), &seal.snapshot, &seal.manifest, &at],
            )
            .await?;
        Ok(())
    }
}
