//! The register, the roll and the placement: persons, and on which station's list each stands.
//! Always true here: names are read with the registrar's or a station's access only; after the
//! freeze nobody is added (INV-05); an elector is on one list at most (INV-10).

use crate::error::StoreError;
use crate::store::Read;
use crate::store::Store;
use sanduq_core::act::Actor;
use sanduq_core::act::Entry;
use sanduq_core::id::EventId;
use sanduq_core::id::UnitCode;
use sanduq_register::register::Elector;
use sanduq_register::register::ElectorKey;

/// An elector on a station's list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// Who.
    pub elector: Elector,
    /// Whether a ballot has been issued.
    pub voted: bool,
}

/// A load of electors on its way, by COPY in binary. Dropped before its end, it leaves nothing.
pub struct Enrolment {
    count: u64,
}

/// A load of placements on its way, by COPY in binary. Dropped before its end, it leaves nothing.
pub struct Placement {
    count: u64,
}

/// The roll in the order of the keys, elector by elector.
pub struct Roll<'a> {
    read: &'a Read,
}

impl Store {
    /// Begins to add electors to the register of an event, with the access of the registrar.
    ///
    /// # Errors
    /// [`StoreRefusal::RollFrozen`](crate::StoreRefusal::RollFrozen),
    /// [`StoreRefusal::Unknown`](crate::StoreRefusal::Unknown), or a fault.
    pub async fn enrol_electors(
        &self,
        actor: &Actor,
        event: &EventId,
    ) -> Result<Enrolment, StoreError> {
        crate::unwritten(&(actor, event))
    }

    /// Begins to place electors on the lists of stations, with the access of the registrar.
    ///
    /// # Errors
    /// As [`Store::enrol_electors`]; a frozen roll may be placed.
    pub async fn place_voters(
        &self,
        actor: &Actor,
        event: &EventId,
    ) -> Result<Placement, StoreError> {
        crate::unwritten(&(actor, event))
    }
}

impl Enrolment {
    /// Adds an elector. Fastest by ascending key, right in any order.
    ///
    /// # Errors
    /// What became known of the load so far: see [`Enrolment::finish`].
    pub async fn elector(&mut self, elector: &Elector) -> Result<(), StoreError> {
        crate::unwritten(&elector)
    }

    /// Commits the load with its entries and answers how many electors it had.
    ///
    /// # Errors
    /// [`StoreRefusal::AlreadyExists`](crate::StoreRefusal::AlreadyExists) when a key is on the
    /// register already (INV-01). Nothing of the load is kept then.
    pub async fn finish(self, entries: Vec<Entry>) -> Result<u64, StoreError> {
        crate::unwritten(&(self.count, entries))
    }
}

impl Placement {
    /// Places an elector on the list of a station.
    ///
    /// # Errors
    /// What became known of the load so far: see [`Placement::finish`].
    pub async fn place(
        &mut self,
        elector: ElectorKey,
        station: &UnitCode,
    ) -> Result<(), StoreError> {
        crate::unwritten(&(elector, station))
    }

    /// Commits the load with its entries and answers how many were placed.
    ///
    /// # Errors
    /// [`StoreRefusal::AlreadyExists`](crate::StoreRefusal::AlreadyExists) when an elector is on a
    /// list already. Nothing of the load is kept then.
    pub async fn finish(self, entries: Vec<Entry>) -> Result<u64, StoreError> {
        crate::unwritten(&(self.count, entries))
    }
}

impl Read {
    /// How many electors have their domicile at each centre, by code. Registrar only.
    ///
    /// # Errors
    /// [`StoreRefusal::NotPermitted`](crate::StoreRefusal::NotPermitted), or a fault.
    pub async fn electors_by_domicile(
        &self,
        event: &EventId,
    ) -> Result<Vec<(UnitCode, u64)>, StoreError> {
        crate::unwritten(&event)
    }

    /// The roll: key and domicile of every elector by ascending key, as
    /// [`sanduq_register::roll::RollDigest`] wants them. Registrar only.
    ///
    /// # Errors
    /// [`StoreRefusal::NotPermitted`](crate::StoreRefusal::NotPermitted), or a fault.
    pub async fn roll(&self, event: &EventId) -> Result<Roll<'_>, StoreError> {
        crate::unwritten(&event)
    }

    /// The list of a station by ascending key: at most `limit` after `after`. Registrar or station.
    ///
    /// # Errors
    /// [`StoreRefusal::NotPermitted`](crate::StoreRefusal::NotPermitted), or a fault.
    pub async fn station_list(
        &self,
        event: &EventId,
        station: &UnitCode,
        after: Option<ElectorKey>,
        limit: u32,
    ) -> Result<Vec<Listed>, StoreError> {
        crate::unwritten(&(event, station, after, limit))
    }

    /// The keys on the lists of stations, by station and ascending key, handed on one by one.
    /// Registrar or station.
    ///
    /// # Errors
    /// [`StoreRefusal::NotPermitted`](crate::StoreRefusal::NotPermitted), or a fault.
    pub async fn each_listed(
        &self,
        event: &EventId,
        each: impl FnMut(&UnitCode, ElectorKey),
    ) -> Result<(), StoreError> {
        let _ = each;
        crate::unwritten(&event)
    }

    /// How many electors stand on the list of each station, by code. Registrar or station.
    ///
    /// # Errors
    /// [`StoreRefusal::NotPermitted`](crate::StoreRefusal::NotPermitted), or a fault.
    pub async fn listed_by_station(
        &self,
        event: &EventId,
    ) -> Result<Vec<(UnitCode, u64)>, StoreError> {
        crate::unwritten(&event)
    }
}

impl Roll<'_> {
    /// The next elector; `None` at the end.
    ///
    /// # Errors
    /// A fault.
    pub async fn next(&mut self) -> Result<Option<(ElectorKey, UnitCode)>, StoreError> {
        let _ = self.read;
        crate::unwritten(&())
    }
}
