//! Bulk import of sheets: one transaction, COPY in binary, as many journal entries as acts.
//!
//! ```text
//! caller ─▶ encode, hash ─▶ chunk ─▶ (two chunks wait) ─▶ COPY sheets, history, journal ─▶ finish
//! ```
//!
//! Always true here: an import is in the store whole or not at all. Memory is bounded: a few chunks
//! are on their way, never the whole import. The head of the journal is locked from the first
//! entry on, because entries get their numbers as they are written; other writers wait for the end.
//! A crash before [`Import::finish`] has returned leaves nothing, or all of it when the commit was
//! on disk; the entry that opens the import tells which.

use crate::error::StoreError;
use crate::journal::Head;
use crate::store::Store;
use sanduq_core::act::Actor;
use sanduq_core::act::Change;
use sanduq_core::act::Entry;
use sanduq_core::id::EventId;
use sanduq_count::sheet::Sheet;

/// An import on its way. Dropped before its end, it leaves nothing.
pub struct Import {
    head: Head,
}

impl Store {
    /// Begins an import into an event in the name of the actor's organ.
    ///
    /// # Errors
    /// [`StoreRefusal::Unknown`](crate::StoreRefusal::Unknown) when there is no such event;
    /// [`StoreRefusal::NotPermitted`](crate::StoreRefusal::NotPermitted), or a fault.
    pub async fn import(&self, actor: &Actor, event: &EventId) -> Result<Import, StoreError> {
        crate::unwritten(&(actor, event))
    }
}

impl Import {
    /// Journals an entry at this place of the import.
    ///
    /// # Errors
    /// What became known of chunks written meanwhile: see [`Import::finish`].
    pub async fn journal(&mut self, entry: &Entry) -> Result<(), StoreError> {
        crate::unwritten(&entry)
    }

    /// Adds the first state of a version of a sheet, and journals its entry.
    ///
    /// # Errors
    /// [`StoreRefusal::TooLarge`](crate::StoreRefusal::TooLarge), and what became known of chunks
    /// written meanwhile: see [`Import::finish`].
    pub async fn sheet(&mut self, change: &Change<Sheet>) -> Result<(), StoreError> {
        crate::unwritten(&change)
    }

    /// Commits the import and answers the head of the journal after it.
    ///
    /// # Errors
    /// [`StoreRefusal::AlreadyExists`](crate::StoreRefusal::AlreadyExists) naming the first sheet
    /// that the store has already; [`StoreRefusal::NoEntry`](crate::StoreRefusal::NoEntry); a
    /// fault. Nothing of the import is kept then.
    pub async fn finish(self) -> Result<Head, StoreError> {
        crate::unwritten(&self.head)
    }
}
