//! Recomputes a folder that is whole from its public files alone: what the journal says of every
//! sheet, what the form's arithmetic says of every figure, every total of every level, every seat,
//! every table and the exchange format.
//!
//! ```text
//! journal ─▶ acts ─┐
//! files ─▶ edition ┼─▶ ground, sheets, days ─▶ totals, exchange ─▶ every file, byte for byte
//! ```
//!
//! Always true here: totals and the counts of the exchange format are added in another way than the
//! authority's; whatever else a file says is made again from the primary files and compared byte
//! for byte, so that no member of no file goes unlooked at. Pages (`index.html`, `pages/`) are for
//! reading and are bound by the manifest only.

mod point;
mod versions;
mod images;
mod certification;
mod acts;
mod difference;
mod legal;
mod ground;
mod sheets;
mod shown;
mod totals;
mod announced;
mod turnout;
mod exchange;

pub use acts::Acts;
pub use point::Failures;
pub use point::Point;
pub use sheets::SheetCounts;

use crate::failure::Failure;
use crate::failure::Fault;
use crate::manifest::Listed;
use crate::recompute::difference::differences;
use crate::recompute::shown::Shown;
use crate::recompute::shown::is_image;
use sanduq_core::refusal::Refusal as _;
use sanduq_count::publication::Edition;
use sanduq_count::publication::EventFile;
use sanduq_count::publication::PublicContest;
use sanduq_count::publication::PublicationRefusal;
use sanduq_count::publication::SheetsFile;
use sanduq_count::publication::TotalsFile;
use sanduq_count::publication::digest;
use sanduq_count::publication::exchange_path;
use sanduq_count::publication::read_file;
use sanduq_count::publication::totals_path;
use std::collections::BTreeSet;

/// Where the manifests of earlier publications lie.
const HISTORY: &str = "history/";

/// What was recomputed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Entries of the journal.
    pub entries: u64,
    /// Contests.
    pub contests: u64,
    /// Sheets, their figures and their checks.
    pub sheets: SheetCounts,
    /// Totals added again.
    pub totals: u64,
    /// Counts of the exchange format.
    pub exchange: u64,
    /// Hourly figures.
    pub turnout: u64,
    /// Files made again and compared.
    pub files: u64,
    /// Pages for reading: listed and signed, and not made again.
    pub pages: u64,
    /// Images of sheets, each with its act.
    pub images: u64,
    /// Manifests of earlier publications that the journal seals.
    pub history: u64,
}

/// The files of a folder: which there are, and the bytes of one.
pub trait Files {
    /// The paths of all files but the manifest and those of the journal.
    fn paths(&self) -> Vec<String>;

    /// The bytes of a file.
    ///
    /// # Errors
    /// [`Failure`] when it is not there or not what was sealed.
    fn read(&self, path: &str) -> Result<Vec<u8>, Failure>;

    /// The size and the digest of a file, as they were measured while it was read once, a part at
    /// a time; none when it is not there.
    fn measured(&self, path: &str) -> Option<Listed>;
}

/// Why the recomputation of an edition or a contest cannot go on.
enum Stop {
    Refused(PublicationRefusal),
    Unread(Failure),
}

impl From<PublicationRefusal> for Stop {
    fn from(refusal: PublicationRefusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<Failure> for Stop {
    fn from(failure: Failure) -> Self {
        Self::Unread(failure)
    }
}

impl Stop {
    fn into_failure(self, about: &str) -> Failure {
        match self {
            Self::Unread(failure) => failure,
            Self::Refused(refusal) => Failure {
                path: refusal.path().unwrap_or(about).to_owned(),
                code: refusal.code(),
                detail: refusal.to_string(),
            },
        }
    }
}

/// The size of the journal at the snapshot, as `event.json` states it; the whole journal when the
/// file cannot be read, which is told later.
#[must_use]
pub fn snapshot_size(event: &[u8]) -> u64 {
    read_file::<EventFile>("event.json", event).map_or(u64::MAX, |event| event.journal.size)
}

/// Recomputes everything. `acts` has taken every entry of the journal; `progress` is told each file
/// before it is looked at.
pub fn recompute(
    files: &dyn Files,
    acts: &Acts,
    failures: &mut Failures,
    progress: &mut dyn FnMut(&str),
) -> Counts {
    let mut counts = Counts {
        entries: acts.entries,
        ..Counts::default()
    };
    let edition = Edition::read::<Stop>(&mut |path| {
        progress(path);
        Ok(files.read(path)?)
    });
    let edition = match edition {
        Ok(edition) => edition,
        Err(stop) => {
            failures.add(stop.into_failure("event.json"));
            return counts;
        }
    };
    ground::check(&edition, acts, failures);
    counts.history = history(files, acts, failures);
    counts.turnout = turnout::check(&edition, acts, failures);
    unknown_sheets(&edition, acts, failures);
    let mut work = Work {
        files,
        acts,
        edition: &edition,
        failures,
        progress,
        counts,
        broken: BTreeSet::new(),
        made: BTreeSet::new(),
        shown: Shown::default(),
        seats: announced::Seats::new(),
        salts: sheets::Salts::default(),
    };
    work.sheets();
    work.files();
    work.counts
}

/// Every manifest of an earlier publication is one that the journal sealed; says how many there
/// are. A seal without its manifest is no failure: a publication can be made in another folder, or
/// die between its seal and its folder.
fn history(files: &dyn Files, acts: &Acts, failures: &mut Failures) -> u64 {
    let mut kept = 0;
    for path in files.paths() {
        let Some(name) = path.strip_prefix(HISTORY) else {
            continue;
        };
        kept += 1;
        let snapshot = name.strip_suffix(".json").unwrap_or(name);
        let computed = match files.read(&path) {
            Ok(bytes) => digest(&bytes),
            Err(failure) => {
                failures.add(failure);
                continue;
            }
        };
        let mut seals = acts.seals.iter();
        if !seals.any(|seal| seal.snapshot == snapshot && seal.manifest == computed) {
            failures.at(Point::History, &path, snapshot);
        }
    }
    kept
}

/// Sheets of contests that the event does not have.
fn unknown_sheets(edition: &Edition, acts: &Acts, failures: &mut Failures) {
    let contests = edition.contests.iter().map(|entry| &entry.contest.code);
    let contests: BTreeSet<_> = contests.collect();
    for contest in acts
        .sheets
        .keys()
        .filter(|contest| !contests.contains(contest))
    {
        let place = format!("contest {contest}");
        failures.at(Point::SheetNotPublished, "contests.json", &place);
    }
}

struct Work<'a> {
    files: &'a dyn Files,
    acts: &'a Acts,
    edition: &'a Edition,
    failures: &'a mut Failures,
    progress: &'a mut dyn FnMut(&str),
    counts: Counts,
    /// Contests whose sheets cannot be read: what follows from them cannot be made again.
    broken: BTreeSet<String>,
    made: BTreeSet<String>,
    /// The images that may be seen.
    shown: Shown,
    seats: announced::Seats,
    salts: sheets::Salts,
}

impl Work<'_> {
    /// Sheets, totals and exchange format of each contest by our own adding.
    fn sheets(&mut self) {
        for entry in &self.edition.contests {
            self.counts.contests += 1;
            if let Err(stop) = self.contest(entry) {
                let code = entry.contest.code.to_string();
                self.failures
                    .add(stop.into_failure(&format!("sheets/{code}.json")));
                self.broken.insert(code);
            }
        }
    }

    fn read_sheets(&mut self, entry: &PublicContest) -> Result<SheetsFile, Stop> {
        let (files, progress) = (self.files, &mut *self.progress);
        self.edition.sheets(entry, &mut |path| {
            progress(path);
            Ok(files.read(path)?)
        })
    }

    fn contest(&mut self, entry: &PublicContest) -> Result<(), Stop> {
        let file = self.read_sheets(entry)?;
        let told = (&mut self.salts, &mut *self.failures);
        let seen = sheets::check(self.edition, entry, self.acts, &file, told);
        self.shown.contest(entry, &file, self.acts, self.failures);
        self.counts.sheets.sheets += seen.sheets;
        self.counts.sheets.figures += seen.figures;
        self.counts.sheets.checks += seen.checks;
        let sums = totals::add_up(self.edition, entry, &file);
        let path = totals_path(&entry.contest.code);
        let stated: TotalsFile = read_file(&path, &self.files.read(&path)?)?;
        self.counts.totals += totals::check(&stated, &sums, self.failures);
        let whole = sums.unit(&entry.contest.unit);
        let waits = sheets::waits(&file);
        let seen = announced::Seen {
            entry,
            whole,
            digest: stated.digest(),
            waits,
        };
        announced::certified(&seen, self.acts, self.failures);
        let path = exchange_path(&entry.contest.code);
        (self.progress)(&path);
        let report = self.files.read(&path)?;
        self.counts.exchange += exchange::check(&report, entry, &sums, self.failures);
        Ok(())
    }

    /// Every file again, compared byte for byte, and every file that does not follow.
    fn files(&mut self) {
        if !self.broken.is_empty() {
            return;
        }
        let (files, edition) = (self.files, self.edition);
        let mut sheets = |entry: &PublicContest| {
            edition.sheets::<Stop>(entry, &mut |path| Ok(files.read(path)?))
        };
        let mut emit = |path: &str, computed: Vec<u8>| {
            self.compare(path, &computed);
            Ok::<(), Stop>(())
        };
        if let Err(stop) = edition.emit(&mut sheets, &mut emit) {
            self.failures.add(stop.into_failure("totals"));
            return;
        }
        announced::allotted(self.acts, &self.seats, self.failures);
        let paths = files.paths();
        let measured = |path: &str| files.measured(path);
        self.counts.images = self.shown.files(&paths, &measured, self.failures);
        for path in &paths {
            if path.ends_with(".html") && is_page(path) {
                self.counts.pages += 1;
            } else if !is_page(path) && !self.made.contains(path) && !is_image(path) {
                self.failures.add(Failure::new(path, &Fault::Extra));
            }
        }
    }

    fn compare(&mut self, path: &str, computed: &[u8]) {
        (self.progress)(path);
        self.made.insert(path.to_owned());
        self.counts.files += 1;
        if path.starts_with("seats/") && path.ends_with(".json") {
            announced::note(computed, &mut self.seats);
        }
        let stated = match self.files.read(path) {
            Ok(stated) => stated,
            Err(failure) => {
                self.failures.add(failure);
                return;
            }
        };
        if stated == computed {
            return;
        }
        for one in differences(path, computed, &stated) {
            let sides = (&one.computed as _, &one.stated as _);
            self.failures
                .differs(Point::Recomputed, path, &one.place, sides);
        }
    }
}

/// Whether a file is for reading, or was made by who keeps the folder: pages, keys, old manifests.
fn is_page(path: &str) -> bool {
    let folders = ["pages/", HISTORY];
    path == "index.html" || path == "keys.json" || folders.iter().any(|own| path.starts_with(own))
}
