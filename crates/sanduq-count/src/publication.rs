//! The public shapes: what a stranger can read, and nothing that they may not. A [`Snapshot`] is
//! everything public about one event at one size of the journal; every public page and file is
//! made from one, so that all figures on it agree.

use crate::form::Form;
use crate::sheet::Sheet;
use jiff::Timestamp;
use sanduq_core::contest::Contest;
use sanduq_core::count::Came;
use sanduq_core::count::Registered;
use sanduq_core::count::Voted;
use sanduq_core::geography::Geography;
use sanduq_core::id::EventId;
use sanduq_core::id::LawCode;
use sanduq_core::id::UnitCode;
use sanduq_core::law::Profile;
use sanduq_core::names::Names;

/// A text of law as it was adopted, byte for byte, so that its digest can be checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LawText {
    /// The code under which profiles, contests and commands name it.
    pub code: LawCode,
    /// The TOML text.
    pub text: String,
}

/// A contest of the event with the form of its sheets and the state of its lock.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicContest {
    /// The contest.
    pub contest: Contest,
    /// The code of the form its sheets are written on.
    pub form: LawCode,
    /// Whether its last station has closed, so that candidate figures may be shown (INV-31).
    pub released: bool,
}

/// The day of one station so far.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StationDay {
    /// When it opened.
    pub opened: Option<Timestamp>,
    /// When it closed.
    pub closed: Option<Timestamp>,
    /// Cumulative came and voted by hour of legal time, in order of the hour.
    pub hours: Vec<(u8, Came, Voted)>,
}

/// Everything public about one event at one size of the journal.
#[derive(Clone, Debug)]
pub struct Snapshot {
    /// The event.
    pub event: EventId,
    /// Its title.
    pub names: Names,
    /// The law in force, read from `profile_text`.
    pub profile: Profile,
    /// The text of the profile.
    pub profile_text: LawText,
    /// Forms with their texts.
    pub forms: Vec<(Form, LawText)>,
    /// The texts of the seat rules that contests name.
    pub seat_rules: Vec<LawText>,
    /// The units.
    pub geography: Geography,
    /// Registered voters of the nation at the freeze of the roll.
    pub registered: Registered,
    /// The contests.
    pub contests: Vec<PublicContest>,
    /// Every version of every sheet, ordered by contest, station and version. Of a contest that is
    /// not released, sheets carry their state and no figures.
    pub sheets: Vec<Sheet>,
    /// The day of each station that has one, by code, ordered.
    pub days: Vec<(UnitCode, StationDay)>,
    /// Entries in the journal at this snapshot.
    pub journal_size: u64,
    /// The root hash of the journal at this size.
    pub journal_root: [u8; 32],
    /// When it was taken.
    pub at: Timestamp,
}

impl Snapshot {
    /// The id that every figure carries: the size of the journal and the first six bytes of its
    /// root (`412-9f86d081884c`).
    #[must_use]
    pub fn id(&self) -> String {
        snapshot_id(self.journal_size, &self.journal_root)
    }

    /// The form of this code.
    #[must_use]
    pub fn form(&self, code: &LawCode) -> Option<&Form> {
        self.forms
            .iter()
            .map(|(form, _)| form)
            .find(|form| form.code == *code)
    }
}

/// The id of the snapshot at a size and root of the journal.
#[must_use]
pub fn snapshot_id(journal_size: u64, journal_root: &[u8; 32]) -> String {
    let head: String = journal_root[..6]
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    format!("{journal_size}-{head}")
}
