//! Sheets: the current state of each version of each sheet, and every state it ever had.
//!
//! Always true here: a change is saved only over the state it was decided on (optimistic, by
//! revision), so that of two people at the same second one wins and the other is refused by name;
//! every state that a sheet had stands in `votes.sheet_history`, which no organ can change; a sheet
//! that was accepted or returned does not change, a correction is its next version (INV-25).

use crate::error::StoreError;
use crate::store::Read;
use crate::store::Write;
use jiff::Timestamp;
use sanduq_core::act::Change;
use sanduq_core::id::ContestCode;
use sanduq_core::id::EventId;
use sanduq_core::id::UnitCode;
use sanduq_count::sheet::Figures;
use sanduq_count::sheet::Sheet;
use sanduq_count::sheet::SheetKey;

/// The state a change was decided on. A sheet that is not in the store yet is at [`Revision::NONE`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Revision(pub(crate) i32);

impl Revision {
    /// Of a version that is not in the store yet.
    pub const NONE: Self = Self(0);
}

/// A version of a sheet as it stands in the store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored {
    /// The sheet.
    pub sheet: Sheet,
    /// What a change of it must name.
    pub revision: Revision,
}

/// Which sheets to list; every condition that is given must hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Of this contest.
    pub contest: Option<ContestCode>,
    /// In this state ([`sanduq_count::sheet::SheetState::code`]).
    pub state: Option<String>,
    /// Of this unit or a unit below it.
    pub below: Option<UnitCode>,
}

/// One line of a list of sheets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Which sheet.
    pub key: SheetKey,
    /// Its current version.
    pub version: u32,
    /// The word for its state.
    pub state: String,
}

/// How many current sheets of a contest are in a state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InState {
    /// The contest.
    pub contest: ContestCode,
    /// The word for the state.
    pub state: String,
    /// How many.
    pub sheets: u64,
}

/// One state that a sheet had.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Past {
    /// The sheet in that state.
    pub sheet: Sheet,
    /// Its revision.
    pub revision: Revision,
    /// When it came into the state.
    pub at: Timestamp,
}

impl Read {
    /// The current version of a sheet; `None` when nothing has come in. Needs the access of the
    /// executive or the supervision.
    ///
    /// # Errors
    /// [`StoreRefusal::NotPermitted`](crate::StoreRefusal::NotPermitted), or a fault.
    pub async fn sheet(
        &self,
        event: &EventId,
        key: &SheetKey,
    ) -> Result<Option<Stored>, StoreError> {
        crate::unwritten(&(event, key))
    }

    /// Every state that every version of a sheet had, the oldest first. Needs the access of the
    /// executive or the supervision.
    ///
    /// # Errors
    /// As [`Read::sheet`].
    pub async fn sheet_history(
        &self,
        event: &EventId,
        key: &SheetKey,
    ) -> Result<Vec<Past>, StoreError> {
        crate::unwritten(&(event, key))
    }

    /// Current sheets, by contest and station: at most `limit` after the sheet `after`. States
    /// without figures: everybody may see it.
    ///
    /// # Errors
    /// A fault.
    pub async fn sheets(
        &self,
        event: &EventId,
        filter: &Filter,
        after: Option<&SheetKey>,
        limit: u32,
    ) -> Result<Vec<Line>, StoreError> {
        crate::unwritten(&(event, filter, after, limit))
    }

    /// Current sheets counted by contest and state. Everybody may see it.
    ///
    /// # Errors
    /// A fault.
    pub async fn sheets_by_state(&self, event: &EventId) -> Result<Vec<InState>, StoreError> {
        crate::unwritten(&event)
    }

    /// The figures that are in the totals of a contest, station by station in order of their codes:
    /// for each station the latest version that was accepted (INV-24). Of a contest that is not
    /// released only the executive and the supervision get any (INV-31).
    ///
    /// # Errors
    /// A fault.
    pub async fn counted(
        &self,
        event: &EventId,
        contest: &ContestCode,
        each: impl FnMut(UnitCode, Figures),
    ) -> Result<(), StoreError> {
        let _ = each;
        crate::unwritten(&(event, contest))
    }

    /// As [`Read::counted`], only the stations of `unit` and the units below it.
    ///
    /// # Errors
    /// A fault.
    pub async fn counted_below(
        &self,
        event: &EventId,
        contest: &ContestCode,
        unit: &UnitCode,
        each: impl FnMut(UnitCode, Figures),
    ) -> Result<(), StoreError> {
        let _ = each;
        crate::unwritten(&(event, contest, unit))
    }
}

impl Write {
    /// Saves the next state of a sheet over the state it was decided on, and journals the entry.
    /// The first state of a version is saved over [`Revision::NONE`].
    ///
    /// # Errors
    /// [`StoreRefusal::Conflict`](crate::StoreRefusal::Conflict) when somebody changed the sheet
    /// since `was`; [`StoreRefusal::Immutable`](crate::StoreRefusal::Immutable) when it is accepted
    /// or returned, or when a version is begun whose predecessor is not;
    /// [`StoreRefusal::Unknown`](crate::StoreRefusal::Unknown) when there is no such contest or
    /// station.
    pub async fn save_sheet(
        &mut self,
        event: &EventId,
        was: Revision,
        change: &Change<Sheet>,
    ) -> Result<Revision, StoreError> {
        crate::unwritten(&(event, was, change))
    }
}
