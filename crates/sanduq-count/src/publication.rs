//! The public shapes: what a stranger can read, and nothing that they may not. A [`Snapshot`] is
//! everything public about one event at one size of the journal; every public page and file is
//! made from one, so that all figures on it agree.
//!
//! ```text
//! Snapshot ─▶ Edition + sheets ─▶ files ─▶ a stranger ─▶ Edition + sheets ─▶ the same files
//! ```

mod text;
mod csv;
mod json;
mod refusal;
mod by_code;
mod edition;
mod ground;
mod day;
mod geography;
mod contests;
mod turnout;
mod images;
mod sheets;
mod totals;
mod seats;
mod nist;
mod files;

pub use by_code::ByCode;
pub use csv::records;
pub use day::Reports;
pub use day::queue_counted;
pub use day::stations_closed;
pub use day::stations_opened;
pub use day::tokens_settled;
pub use day::turnout_reported;
pub use edition::Edition;
pub use edition::EventFile;
pub use edition::FORMAT;
pub use edition::JournalHead;
pub use edition::LICENCE;
pub use edition::Law;
pub use edition::LawFile;
pub use edition::LawKind;
pub use edition::Stamp;
pub use files::Emit;
pub use files::Fetch;
pub use files::contest_file;
pub use files::exchange_path;
pub use files::files;
pub use files::sheets_path;
pub use files::totals_path;
pub use ground::candidates_adopted;
pub use ground::contest_digest;
pub use ground::figures_released;
pub use ground::geography_adopted;
pub use ground::geography_digest;
pub use ground::law_adopted;
pub use ground::lot_drawn;
pub use ground::publication_sealed;
pub use ground::registered_digest;
pub use ground::rows_digest;
pub use images::IMAGES;
pub use images::PublicImage;
pub use images::image_path;
pub use json::read as read_file;
pub use refusal::PublicationRefusal;
pub use seats::Allotted;
pub use seats::SeatsFile;
pub use seats::allotted;
pub use sheets::PublicDecision;
pub use sheets::PublicSheet;
pub use sheets::SheetsFile;
pub use sheets::StateWord;
pub use sheets::Verdict;
pub use text::cell;
pub use totals::TotalsFile;
pub use totals::TotalsRow;
pub use turnout::HourRow;
pub use turnout::TurnoutFile;
pub use turnout::TurnoutRow;

use crate::form::Form;
use crate::image::Image;
use crate::results::Coverage;
use crate::results::Standing;
use crate::sheet::Sheet;
use crate::sheet::SheetKey;
use crate::sheet::hex;
use jiff::Timestamp;
use ring::digest::SHA256;
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
use sanduq_core::seats::Lot;
use serde::Deserialize;
use serde::Serialize;

/// A text of law as it was adopted, byte for byte, so that its digest can be checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LawText {
    /// The code under which profiles, contests and commands name it.
    pub code: LawCode,
    /// The TOML text.
    pub text: String,
}

/// A contest of the event with the form of its sheets and the state of its lock.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PublicContest {
    /// The contest.
    pub contest: Contest,
    /// The code of the form its sheets are written on.
    pub form: LawCode,
    /// Whether its last station has closed, so that candidate figures may be shown (INV-31).
    pub released: bool,
    /// Whether both organs have certified its result, which is final then (TP-09).
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    pub certified: bool,
    /// The lots drawn for its seats, in the order of drawing.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lots: Vec<Lot>,
}

impl PublicContest {
    /// What may be said of its figures in a unit of which so much is counted.
    #[must_use]
    pub const fn standing(&self, coverage: Coverage) -> Standing {
        Standing::of((self.released, self.certified), coverage)
    }
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
    /// The reports that all this came in by.
    pub reports: Reports,
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
    /// The images of sheets, ordered by contest, station, version and page. Of a contest that is
    /// not released, without their files.
    pub images: Vec<Image>,
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

    /// The images of a version of a sheet, page by page.
    #[must_use]
    pub fn images(&self, key: &SheetKey, version: u32) -> &[Image] {
        let sought = (key, version);
        let of = |image: &Image| (&image.key, image.version).cmp(&sought);
        let from = self.images.partition_point(|image| of(image).is_lt());
        let own = &self.images[from..];
        &own[..own.partition_point(|image| of(image).is_eq())]
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
    format!("{journal_size}-{}", hex(&journal_root[..6]))
}

/// SHA-256 of a file's bytes as 64 lower-case hexadecimal digits.
#[must_use]
pub fn digest(bytes: &[u8]) -> String {
    hex(ring::digest::digest(&SHA256, bytes).as_ref())
}

/// The 32 bytes of 64 hexadecimal digits in lower case.
fn unhex(text: &str) -> Option<[u8; 32]> {
    let digit = |byte: u8| match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        _ => None,
    };
    let (pairs, rest) = text.as_bytes().as_chunks::<2>();
    if pairs.len() != 32 || !rest.is_empty() {
        return None;
    }
    let mut bytes = [0; 32];
    for (byte, [high, low]) in bytes.iter_mut().zip(pairs) {
        *byte = digit(*high)? << 4 | digit(*low)?;
    }
    Some(bytes)
}

#[cfg(test)]
mod tests;
