//! The poll book: who has been given a ballot, kept in buckets by the first bits of the key.
//!
//! Always true here: the primary key (bucket, event, elector) refuses a second check-in, in the
//! database itself, at whatever station and through whatever door (INV-17); the same statement
//! refuses who is not on the station's list, and a station that is not open (INV-16). The time of a
//! check-in is kept to the quarter of an hour (INV-33). A journal entry carries counts and a digest,
//! never an elector.

use crate::error::StoreError;
use crate::store::Read;
use crate::store::Store;
use crate::store::Write;
use jiff::Timestamp;
use sanduq_core::act::Actor;
use sanduq_core::count::Voted;
use sanduq_core::id::EventId;
use sanduq_core::id::UnitCode;
use sanduq_register::poll_book::Listing;
use sanduq_register::poll_book::PollBookRefusal;
use sanduq_register::register::ElectorKey;

/// A person who presents themselves at a station.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Presented {
    /// Who.
    pub elector: ElectorKey,
    /// Where.
    pub station: UnitCode,
    /// When.
    pub at: Timestamp,
}

/// What became of a batch of check-ins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckedIn {
    /// One answer for each who presented themselves, in their order.
    pub answers: Vec<Result<(), PollBookRefusal>>,
    /// How many were given a ballot.
    pub voted: Voted,
    /// SHA-256 over the keys that were given a ballot, in order, in lower-case hexadecimal; for the
    /// journal.
    pub digest: String,
}

impl Write {
    /// Checks in a batch by one statement: a station's hour, or many stations' at once. Journals
    /// nothing: the caller journals counts and digest. Station access.
    ///
    /// # Errors
    /// A fault; a person who is refused is an answer, not an error.
    pub async fn check_in(
        &mut self,
        event: &EventId,
        presented: &[Presented],
    ) -> Result<CheckedIn, StoreError> {
        crate::unwritten(&(event, presented))
    }
}

impl Read {
    /// On whose list an elector stands, and whether a ballot has been issued. Registrar or station.
    ///
    /// # Errors
    /// [`StoreRefusal::NotPermitted`](crate::StoreRefusal::NotPermitted), or a fault.
    pub async fn listing(
        &self,
        event: &EventId,
        elector: ElectorKey,
    ) -> Result<Option<Listing>, StoreError> {
        crate::unwritten(&(event, elector))
    }

    /// Ballots issued at each station, by code. Registrar or station.
    ///
    /// # Errors
    /// [`StoreRefusal::NotPermitted`](crate::StoreRefusal::NotPermitted), or a fault.
    pub async fn voted_by_station(
        &self,
        event: &EventId,
    ) -> Result<Vec<(UnitCode, Voted)>, StoreError> {
        crate::unwritten(&event)
    }
}

/// The batching writer of check-ins: one task for each bucket, which writes all that has come in
/// since its last commit as one transaction with one entry, and then answers each. A person is told
/// yes only after the commit.
#[derive(Clone)]
pub struct CheckInWriter {
    store: Store,
}

impl CheckInWriter {
    /// Starts the tasks; they end with the last clone of the writer.
    #[must_use]
    pub fn start(store: &Store, event: &EventId, actor: &Actor) -> Self {
        let _ = (event, actor);
        Self {
            store: store.clone(),
        }
    }

    /// Checks in one person and waits for the answer.
    ///
    /// # Errors
    /// [`StoreRefusal::PollBook`](crate::StoreRefusal::PollBook) when the person is refused; a
    /// fault, after which it is not known whether the check-in was done: ask again.
    pub async fn check_in(&self, presented: Presented) -> Result<(), StoreError> {
        let _ = &self.store;
        crate::unwritten(&presented)
    }
}
