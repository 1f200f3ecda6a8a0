//! Events, the texts of law adopted for them, and their contests with the lock on their figures.
//! Always true here: a text of law is kept byte for byte as it was adopted; a contest is released
//! once and not locked again (INV-31).

use crate::error::StoreError;
use crate::store::Read;
use crate::store::Write;
use sanduq_core::contest::Contest;
use sanduq_core::count::Registered;
use sanduq_core::id::ContestCode;
use sanduq_core::id::EventId;
use sanduq_core::id::LawCode;
use sanduq_core::names::Names;
use sanduq_count::publication::LawText;
use sanduq_count::publication::PublicContest;

/// An event with its law as it was adopted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// The event.
    pub event: EventId,
    /// Its title.
    pub names: Names,
    /// The profile.
    pub profile: LawText,
    /// The forms of its sheets.
    pub forms: Vec<LawText>,
    /// The seat rules that its contests name.
    pub seat_rules: Vec<LawText>,
}

/// The frozen roll of an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FrozenRoll {
    /// Electors on it.
    pub registered: Registered,
    /// The digest of [`sanduq_register::roll::RollDigest`].
    pub digest: String,
}

impl Read {
    /// The events by code, with their titles.
    ///
    /// # Errors
    /// A fault.
    pub async fn events(&self) -> Result<Vec<(EventId, Names)>, StoreError> {
        crate::unwritten(&())
    }

    /// An event and its law; `None` when there is none of this code.
    ///
    /// # Errors
    /// A fault.
    pub async fn event(&self, event: &EventId) -> Result<Option<Event>, StoreError> {
        crate::unwritten(&event)
    }

    /// The contests of an event in the order of their adoption.
    ///
    /// # Errors
    /// A fault.
    pub async fn contests(&self, event: &EventId) -> Result<Vec<PublicContest>, StoreError> {
        crate::unwritten(&event)
    }

    /// The frozen roll; `None` until it is frozen.
    ///
    /// # Errors
    /// A fault.
    pub async fn frozen_roll(&self, event: &EventId) -> Result<Option<FrozenRoll>, StoreError> {
        crate::unwritten(&event)
    }
}

impl Write {
    /// Calls an event with its law.
    ///
    /// # Errors
    /// [`StoreRefusal::AlreadyExists`](crate::StoreRefusal::AlreadyExists).
    pub async fn call_event(&mut self, event: &Event) -> Result<(), StoreError> {
        crate::unwritten(&event)
    }

    /// Adopts contests, each with the form of its sheets, after those adopted before.
    ///
    /// # Errors
    /// [`StoreRefusal::AlreadyExists`](crate::StoreRefusal::AlreadyExists) or
    /// [`StoreRefusal::Unknown`](crate::StoreRefusal::Unknown) for the event, a form or a unit.
    pub async fn adopt_contests(
        &mut self,
        event: &EventId,
        contests: &[(Contest, LawCode)],
    ) -> Result<(), StoreError> {
        crate::unwritten(&(event, contests))
    }

    /// Releases the figures of contests: from now on everybody may see them.
    ///
    /// # Errors
    /// [`StoreRefusal::Unknown`](crate::StoreRefusal::Unknown) naming the contest;
    /// [`StoreRefusal::Conflict`](crate::StoreRefusal::Conflict) when one is released already.
    pub async fn release_contests(
        &mut self,
        event: &EventId,
        contests: &[ContestCode],
    ) -> Result<(), StoreError> {
        crate::unwritten(&(event, contests))
    }

    /// Freezes the roll. Needs the access of the registrar.
    ///
    /// # Errors
    /// [`StoreRefusal::RollFrozen`](crate::StoreRefusal::RollFrozen) when it is frozen already.
    pub async fn freeze_roll(
        &mut self,
        event: &EventId,
        roll: &FrozenRoll,
    ) -> Result<(), StoreError> {
        crate::unwritten(&(event, roll))
    }
}
