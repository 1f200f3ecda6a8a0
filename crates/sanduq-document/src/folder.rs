//! The published folder, checked and read. Always true here: signature, journal, seal and digests
//! hold before anything is read from it, and what is read is what was checked; entries of the
//! journal behind the snapshot are as if they were not there.

use crate::exit::Ended;
use jiff::Timestamp;
use sanduq_core::act::Act;
use sanduq_core::act::Entry;
use sanduq_core::act::Organ;
use sanduq_core::count::Votes;
use sanduq_core::geography::UnitIx;
use sanduq_core::id::ContestCode;
use sanduq_core::id::UnitCode;
use sanduq_core::refusal::Refusal as _;
use sanduq_count::publication::Edition;
use sanduq_count::publication::PublicContest;
use sanduq_count::publication::PublicationRefusal;
use sanduq_count::publication::SeatsFile;
use sanduq_count::publication::SheetsFile;
use sanduq_count::publication::TotalsFile;
use sanduq_count::publication::allotted;
use sanduq_count::publication::read_file;
use sanduq_count::publication::totals_path;
use sanduq_count::results::Totals;
use sanduq_journal::note::VerifierKey;
use sanduq_verify::failure::Failure;
use sanduq_verify::folder;
use sanduq_verify::folder::Checked;
use sanduq_verify::watch::Watch;
use std::path::Path;

/// An act on a sheet, as the journal has it.
pub struct Noted {
    /// The number of the entry.
    pub index: u64,
    /// What.
    pub act: Act,
    /// When.
    pub at: Timestamp,
    /// In whose name.
    pub organ: Organ,
    /// The version that the entry names.
    pub version: Option<String>,
    station: String,
}

/// The act by which both organs certified a result.
pub struct Certified {
    /// The number of the entry.
    pub index: u64,
    /// When.
    pub at: Timestamp,
    counted: String,
    stations: String,
    digest: String,
}

/// What the journal says of one contest.
#[derive(Default)]
struct Acts {
    sheets: Vec<Noted>,
    certified: Vec<Certified>,
    seal: Option<(u64, String)>,
}

impl Acts {
    fn take(&mut self, contest: &str, index: u64, entry: &Entry) {
        let fact = |key: &str| entry.facts.get(key).cloned();
        let Some(act) = Act::from_code(&entry.act) else {
            return;
        };
        if act == Act::PublicationSealed {
            self.seal = fact("manifest").map(|manifest| (index, manifest));
        }
        if fact("contest").as_deref() != Some(contest) {
            return;
        }
        if let Some(station) = fact("station") {
            self.sheets.push(Noted {
                index,
                act,
                at: entry.at,
                organ: entry.organ,
                version: fact("version"),
                station,
            });
        }
        if act == Act::ResultCertified {
            self.certified.push(Certified {
                index,
                at: entry.at,
                counted: fact("counted").unwrap_or_default(),
                stations: fact("stations").unwrap_or_default(),
                digest: fact("digest").unwrap_or_default(),
            });
        }
    }
}

/// A folder that is what its publisher signed.
pub struct Folder {
    checked: Checked,
    acts: Acts,
    /// Everything public of the event but its sheets.
    pub edition: Edition,
    /// The number of the journal's entry that seals the folder, and the digest of its manifest.
    pub seal: (u64, String),
    /// The key that signed.
    pub publisher: String,
    place: usize,
}

/// Why a file of the folder cannot be read.
enum Unread {
    Refused(PublicationRefusal),
    Failed(Failure),
}

impl From<PublicationRefusal> for Unread {
    fn from(refusal: PublicationRefusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<Failure> for Unread {
    fn from(failure: Failure) -> Self {
        Self::Failed(failure)
    }
}

impl From<Unread> for Ended {
    fn from(unread: Unread) -> Self {
        match unread {
            Unread::Refused(refusal) => Self::refused(refusal.code(), refusal.to_string()),
            Unread::Failed(failure) => Self::refused(failure.code, failure.to_string()),
        }
    }
}

impl Folder {
    /// Checks and reads the folder at `root` for a document of `contest`.
    ///
    /// # Errors
    /// There is no folder, it is not what was signed, or it has no such contest.
    pub fn open(root: &Path, key: Option<&VerifierKey>, contest: &str) -> Result<Self, Ended> {
        if !root.is_dir() {
            let why = format!("{} is no folder", root.display());
            return Err(Ended::refused("folder.none", why));
        }
        let mut acts = Acts::default();
        let watch = Watch {
            progress: &mut |_| {},
            entry: &mut |index, _, entry| acts.take(contest, index, entry),
        };
        let checked = folder::check(root, key, watch);
        if let Some(first) = checked.failures.first() {
            let more = match checked.failures.len() {
                1 => String::new(),
                all => format!(" ({all} failures in all: sanduq verify tells them)"),
            };
            return Err(Ended::refused(first.code, format!("{first}{more}")));
        }
        let edition = Edition::read::<Unread>(&mut |path| Ok(checked.read(path)?))?;
        let mut contests = edition.contests.iter();
        let Some(place) = contests.position(|entry| entry.contest.code.as_str() == contest) else {
            let codes: Vec<&str> = edition
                .contests
                .iter()
                .map(|entry| entry.contest.code.as_str())
                .take(20)
                .collect();
            let why = format!(
                "the event has no contest {contest:?}; it has {}",
                codes.join(", ")
            );
            return Err(Ended::refused("contest.unknown", why));
        };
        let size = edition.event.journal.size;
        acts.sheets.retain(|noted| noted.index < size);
        acts.certified.retain(|certified| certified.index < size);
        let seal = acts.seal.take();
        let publisher = checked.publisher.as_ref().map(ToString::to_string);
        Ok(Self {
            acts,
            seal: seal.expect("a folder that is whole is sealed"),
            publisher: publisher.expect("a folder that is whole is signed"),
            checked,
            edition,
            place,
        })
    }

    /// The contest of the document.
    pub fn entry(&self) -> &PublicContest {
        &self.edition.contests[self.place]
    }

    /// Its sheets.
    ///
    /// # Errors
    /// Their file contradicts the others.
    pub fn sheets(&self) -> Result<SheetsFile, Ended> {
        let mut fetch = |path: &str| Ok(self.checked.read(path)?);
        let sheets = self.edition.sheets::<Unread>(self.entry(), &mut fetch);
        Ok(sheets?)
    }

    /// The totals of a contest.
    ///
    /// # Errors
    /// Their file cannot be read.
    pub fn totals(&self, contest: &ContestCode) -> Result<TotalsFile, Ended> {
        let path = totals_path(contest);
        let bytes = self.checked.read(&path).map_err(Unread::Failed)?;
        let file: TotalsFile = read_file(&path, &bytes).map_err(Unread::Refused)?;
        Ok(file)
    }

    /// The seats of the contest, where its figures are released and it fills any.
    ///
    /// # Errors
    /// The totals of a contest cannot be read.
    pub fn seats(&self) -> Result<Option<SeatsFile>, Ended> {
        let mut whole = Vec::new();
        for entry in &self.edition.contests {
            let file = self.totals(&entry.contest.code)?;
            let row = file.totals.into_iter().next();
            whole.push(row.map_or_else(Totals::default, |row| Totals {
                stations: row.stations,
                counted: row.counted,
                fields: votes(row.fields.map(|sums| sums.0)),
                choices: votes(row.choices.map(|sums| sums.0)),
            }));
        }
        Ok(allotted(&self.edition, &whole).swap_remove(self.place))
    }

    /// The place of a unit of the contest.
    ///
    /// # Errors
    /// There is no such unit, or the contest is not put to its voters.
    pub fn unit(&self, code: &str) -> Result<UnitIx, Ended> {
        let unknown = || {
            let why = format!("the event has no unit {code:?}");
            Ended::refused("unit.unknown", why)
        };
        let geography = &self.edition.geography;
        let code = UnitCode::new(code).map_err(|_| unknown())?;
        let place = geography.find(&code).ok_or_else(unknown)?;
        let contest = &self.entry().contest;
        let path = geography.path(place);
        if path
            .iter()
            .any(|above| geography.unit(*above).code == contest.unit)
        {
            return Ok(place);
        }
        let why = format!("{code} has no part in {}", contest.code);
        Err(Ended::refused("unit.not_in_contest", why))
    }

    /// The place of a station of the contest.
    ///
    /// # Errors
    /// As [`Folder::unit`], and when the unit is no station.
    pub fn station(&self, code: &str) -> Result<UnitIx, Ended> {
        let place = self.unit(code)?;
        let geography = &self.edition.geography;
        if geography.unit(place).level == geography.station_level() {
            return Ok(place);
        }
        let why = format!("{code} is no station but a {}", self.edition.level(place));
        Err(Ended::refused("unit.not_a_station", why))
    }

    /// Refuses when the figures of the contest are not released.
    ///
    /// # Errors
    /// `contest.locked`.
    pub fn released(&self) -> Result<(), Ended> {
        let entry = self.entry();
        if entry.released {
            return Ok(());
        }
        let why = format!(
            "the figures of {} are locked until its last station has closed",
            entry.contest.code
        );
        Err(Ended::refused("contest.locked", why))
    }

    /// What the journal says of a station's sheets, in order.
    pub fn acts_on<'a>(&'a self, station: &UnitCode) -> impl Iterator<Item = &'a Noted> {
        let station = station.to_string();
        let acts = self.acts.sheets.iter();
        acts.filter(move |noted| noted.station == station)
    }

    /// The certification of the result, when the contest is published as final and it is of these
    /// totals and no sheet has changed since.
    pub fn certified(&self, totals: &TotalsFile) -> Option<&Certified> {
        let last = self
            .acts
            .certified
            .last()
            .filter(|_| self.entry().certified)?;
        let whole = totals.totals.first()?;
        let proposals = [Act::SheetProposed, Act::SheetProposalRefused];
        let mut later = self.acts.sheets.iter().filter(|act| act.index > last.index);
        let changed = later.any(|noted| !proposals.contains(&noted.act));
        let computed = [whole.counted.to_string(), whole.stations.to_string()];
        let same = computed == [last.counted.clone(), last.stations.clone()]
            && totals.digest() == last.digest;
        (same && !changed).then_some(last)
    }
}

fn votes<C>(sums: Option<Vec<(C, Votes)>>) -> Vec<Votes> {
    let sums = sums.unwrap_or_default();
    sums.into_iter().map(|(_, votes)| votes).collect()
}
