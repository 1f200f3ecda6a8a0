//! The geography of an event: its units, parents before children, loaded by COPY and read back as
//! a checked tree. Always true here: a geography is adopted whole, once.

use crate::error::StoreError;
use crate::store::Read;
use crate::store::Write;
use sanduq_core::geography::Geography;
use sanduq_core::id::EventId;

impl Read {
    /// The geography of an event with the levels of its profile; `None` until it is adopted.
    ///
    /// # Errors
    /// [`Fault::Damaged`](crate::Fault::Damaged) when the units are not a tree.
    pub async fn geography(&self, event: &EventId) -> Result<Option<Geography>, StoreError> {
        crate::unwritten(&event)
    }
}

impl Write {
    /// Adopts the geography of an event.
    ///
    /// # Errors
    /// [`StoreRefusal::AlreadyExists`](crate::StoreRefusal::AlreadyExists) when the event has one;
    /// [`StoreRefusal::Unknown`](crate::StoreRefusal::Unknown) when there is no such event.
    pub async fn adopt_geography(
        &mut self,
        event: &EventId,
        geography: &Geography,
    ) -> Result<(), StoreError> {
        crate::unwritten(&(event, geography))
    }
}
