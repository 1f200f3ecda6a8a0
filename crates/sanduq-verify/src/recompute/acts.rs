//! What the journal says of the event, gathered entry by entry: the adopted ground, the day, the
//! locks, the acts on every sheet, the results. Always true here: only entries that stood in the
//! journal at the snapshot count, and nothing but the journal is asked; an act that its organ has
//! no part in, or that may not stand where it does, is told.

use crate::failure::Failure;
use crate::failure::Fault;
use crate::recompute::certification::Certifications;
use crate::recompute::certification::ResultAct;
use crate::recompute::images::Images;
use crate::recompute::point::Failures;
use crate::recompute::point::Point;
use crate::recompute::versions::ImportAct;
use crate::recompute::versions::JOURNAL;
use crate::recompute::versions::Stray;
use crate::recompute::versions::Versions;
use crate::recompute::versions::stray;
use jiff::Timestamp;
use sanduq_core::act::Act;
use sanduq_core::act::Entry;
use sanduq_core::act::Facts;
use sanduq_core::id::ContestCode;
use sanduq_core::id::UnitCode;
use sanduq_core::typed::first_hidden;
use sanduq_core::typed::is_kept_so;
use sanduq_core::typed::shown;
use sanduq_count::sheet::SheetState;
use sanduq_journal::hash::Hash;
use sanduq_journal::tree::Frontier;
use std::collections::BTreeMap;

/// What a report of stations is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reported {
    /// They opened.
    Opened,
    /// They closed.
    Closed,
    /// Who came and voted by this hour.
    Hour(u8),
}

/// A report of stations, as its entry has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportAct {
    /// The number of the entry.
    pub index: u64,
    /// When.
    pub at: Timestamp,
    /// How many stations.
    pub stations: u64,
    /// The digest of their rows.
    pub digest: String,
}

/// A lock that was lifted.
#[derive(Clone, Debug)]
pub struct LiftAct {
    /// The contest.
    pub contest: String,
    /// The number of the entry.
    pub index: u64,
    /// When.
    pub at: Timestamp,
}

/// A seal of a publication.
#[derive(Clone, Debug)]
pub struct SealAct {
    /// The number of the entry.
    pub index: u64,
    /// The snapshot.
    pub snapshot: String,
    /// The digest of the manifest.
    pub manifest: String,
}

/// Facts that a person typed.
const TYPED: [&str; 4] = ["ground", "reason", "refused", "explanation"];

/// Whether a fact can be shown as it stands: one that was typed is as such texts are kept, and none
/// has a sign that nobody sees.
fn is_fit(key: &str, text: &str) -> bool {
    let plain = |text: &str| text.bytes().all(|byte| matches!(byte, b' '..=b'~'));
    match TYPED.contains(&key) {
        true => is_kept_so(text),
        false => (plain(text) || first_hidden(text).is_none()) && plain(key),
    }
}

/// Everything that the journal says about the event at a snapshot.
#[derive(Debug)]
pub struct Acts {
    /// Entries at the snapshot.
    size: u64,
    frontier: Frontier,
    /// The time of the last entry.
    pub last_at: Option<Timestamp>,
    /// The events that were called.
    pub called: Vec<String>,
    /// The texts of law that were adopted, in order.
    pub laws: Vec<Facts>,
    /// The last adoption of units.
    pub geography: Option<Facts>,
    /// The frozen roll.
    pub roll: Option<Facts>,
    /// The digest of the numbers of voters on the lists of stations, by the last placement.
    pub placed: Option<String>,
    /// The last adoption of each contest.
    pub contests: BTreeMap<String, Facts>,
    /// The contests whose figures were released.
    pub released: Vec<LiftAct>,
    /// The lots of each contest, in order.
    pub lots: BTreeMap<String, Vec<Facts>>,
    /// The sheets, by contest and station.
    pub sheets: BTreeMap<ContestCode, BTreeMap<UnitCode, Versions>>,
    /// The images of sheets.
    pub images: Images,
    /// The last act on a sheet of each contest, by the number of its entry.
    pub changed: BTreeMap<String, u64>,
    /// The last allotment of each contest.
    pub allotted: BTreeMap<String, ResultAct>,
    /// What was proposed to be certified, and was.
    pub certified: Certifications,
    /// What was reported of the stations' day, each report under its number.
    pub reports: BTreeMap<(Reported, u64), ReportAct>,
    /// The imports that have begun.
    imports: Vec<ImportAct>,
    /// The seals, of the whole journal.
    pub seals: Vec<SealAct>,
    /// Entries of the whole journal.
    pub entries: u64,
}

impl Acts {
    /// Nothing gathered yet, for a snapshot of so many entries.
    #[must_use]
    pub fn new(size: u64) -> Self {
        Self {
            size,
            frontier: Frontier::default(),
            last_at: None,
            called: Vec::new(),
            laws: Vec::new(),
            geography: None,
            roll: None,
            placed: None,
            contests: BTreeMap::new(),
            released: Vec::new(),
            lots: BTreeMap::new(),
            sheets: BTreeMap::new(),
            images: Images::default(),
            changed: BTreeMap::new(),
            allotted: BTreeMap::new(),
            certified: Certifications::default(),
            reports: BTreeMap::new(),
            imports: Vec::new(),
            seals: Vec::new(),
            entries: 0,
        }
    }

    /// The root over the entries at the snapshot.
    #[must_use]
    pub fn root(&self) -> Hash {
        self.frontier.root()
    }

    /// Takes the next entry.
    pub fn take(&mut self, index: u64, bytes: &[u8], entry: &Entry, failures: &mut Failures) {
        self.entries = index + 1;
        let in_snapshot = index < self.size;
        if in_snapshot {
            self.frontier.append(Hash::of_leaf(bytes));
            self.last_at = Some(entry.at);
        }
        // Whoever reads entries refuses it already; the snapshot is of it all the same.
        let Some(act) = Act::from_code(&entry.act) else {
            let unknown = Fault::EntryUnreadable(index);
            return failures.add(Failure::new(JOURNAL, &unknown));
        };
        if act == Act::PublicationSealed {
            let fact = |key: &str| entry.facts.get(key).cloned().unwrap_or_default();
            self.seals.push(SealAct {
                index,
                snapshot: fact("snapshot"),
                manifest: fact("manifest"),
            });
        }
        let place = || format!("entry {index} ({})", entry.act);
        if !act.may_be_done_by(entry.organ) {
            failures.at(Point::ActOrgan, JOURNAL, &place());
        }
        if let Some((key, _)) = entry.facts.iter().find(|(key, text)| !is_fit(key, text)) {
            failures.at(
                Point::EntryText,
                JOURNAL,
                &format!("{}, {}", place(), shown(key)),
            );
        }
        let proposer = entry.facts.get("proposer").map(String::as_str);
        if act == Act::StaffProposalApproved && proposer == Some(entry.actor.as_str()) {
            failures.at(Point::StaffPerson, JOURNAL, &place());
        }
        if !in_snapshot {
            return;
        }
        if let Some(point) = self.unfit_adoption(act, entry) {
            failures.at(point, JOURNAL, &place());
        }
        if let Some(point) = self.certified.take(act, index, entry) {
            failures.at(point, JOURNAL, &place());
        }
        if act == Act::SheetImaged {
            let point = self.images.take(index, entry, &self.sheets);
            return point.map_or((), |point| failures.at(point, JOURNAL, &place()));
        }
        match self.gather(act, index, entry) {
            None => failures.at(Point::EntryFacts, JOURNAL, &place()),
            Some(Err(why)) => {
                let fact = |key: &str| entry.facts.get(key).map_or("", String::as_str);
                let (contest, station, version) =
                    (fact("contest"), fact("station"), fact("version"));
                let place = format!("{}, {contest} station {station} version {version}", place());
                stray(&why, &place, failures);
            }
            Some(Ok(())) => {}
        }
    }

    /// Units, the roll and each contest are adopted once; they, the law and the lists of stations
    /// before a station opens or a sheet comes in: afterwards nobody is renamed, and no rule is
    /// changed. Voters may be placed in several loads; the last says how many stand on each list.
    fn unfit_adoption(&self, act: Act, entry: &Entry) -> Option<Point> {
        let known = match act {
            Act::LawAdopted | Act::VotersPlaced => false,
            Act::GeographyAdopted => self.geography.is_some(),
            Act::RollFrozen => self.roll.is_some(),
            Act::CandidatesAdopted => {
                let contest = entry.facts.get("contest");
                contest.is_some_and(|contest| self.contests.contains_key(contest))
            }
            _ => return None,
        };
        let begun = self.polled() || !self.imports.is_empty() || !self.sheets.is_empty();
        match (known, begun) {
            (true, _) => Some(Point::AdoptedTwice),
            (_, true) => Some(Point::AdoptedLate),
            _ => None,
        }
    }

    /// None when a fact is missing or unfit; the refusal when the act may not stand there.
    fn gather(&mut self, act: Act, index: u64, entry: &Entry) -> Option<Result<(), Stray>> {
        let facts = &entry.facts;
        match act {
            Act::EventCalled => self.called.push(facts.get("event")?.clone()),
            Act::LawAdopted => self.laws.push(facts.clone()),
            Act::GeographyAdopted => self.geography = Some(facts.clone()),
            Act::VotersPlaced => self.placed = Some(facts.get("digest")?.clone()),
            Act::RollFrozen => self.roll = Some(facts.clone()),
            Act::CandidatesAdopted => {
                self.contests
                    .insert(facts.get("contest")?.clone(), facts.clone());
            }
            Act::CandidateFiguresReleased => self.released.push(LiftAct {
                contest: facts.get("contest")?.clone(),
                index,
                at: entry.at,
            }),
            Act::LotDrawn => {
                let lots = self.lots.entry(facts.get("contest")?.clone()).or_default();
                lots.push(facts.clone());
            }
            Act::SeatsAllotted => {
                let said = ResultAct::of(index, entry);
                self.allotted.insert(facts.get("contest")?.clone(), said);
            }
            Act::StationsOpened => self.report(Reported::Opened, index, entry)?,
            Act::StationsClosed => self.report(Reported::Closed, index, entry)?,
            Act::TurnoutReported => {
                let hour = facts.get("hour")?.parse().ok()?;
                self.report(Reported::Hour(hour), index, entry)?;
            }
            Act::ImportBegun => self.imports.push(ImportAct {
                by: entry.actor.clone(),
                left: facts.get("sheets")?.parse().ok()?,
            }),
            Act::SheetProposed | Act::SheetProposalRefused => return self.sheet(act, index, entry),
            _ if SheetState::after(act).is_some() => {
                let contest = facts.get("contest")?;
                match self.changed.get_mut(contest) {
                    Some(last) => *last = index,
                    None => drop(self.changed.insert(contest.clone(), index)),
                }
                return self.sheet(act, index, entry);
            }
            _ => {}
        }
        Some(Ok(()))
    }

    /// Whether any station opened: the sheets of an event of which none did came as data alone.
    #[must_use]
    pub fn polled(&self) -> bool {
        let mut reports = self.reports.keys();
        reports.any(|(what, _)| *what == Reported::Opened)
    }

    /// None when a fact is missing, or the number is that of an earlier report.
    fn report(&mut self, what: Reported, index: u64, entry: &Entry) -> Option<()> {
        let facts = &entry.facts;
        let number = facts.get("report")?.parse().ok()?;
        let said = ReportAct {
            index,
            at: entry.at,
            stations: facts.get("stations")?.parse().ok()?,
            digest: facts.get("digest")?.clone(),
        };
        let earlier = self.reports.insert((what, number), said);
        earlier.is_none().then_some(())
    }

    fn sheet(&mut self, act: Act, index: u64, entry: &Entry) -> Option<Result<(), Stray>> {
        let contest = ContestCode::new(entry.facts.get("contest")?).ok()?;
        let station = UnitCode::new(entry.facts.get("station")?).ok()?;
        let stations = self.sheets.entry(contest).or_default();
        // Of several imports by one person, one that still may bring sheets.
        let own = |import: &&mut ImportAct| import.by == entry.actor && import.left > 0;
        let import = self.imports.iter_mut().rfind(own);
        let versions = stations.entry(station).or_default();
        versions.take(act, (index, entry), import)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use sanduq_core::act::Actor;
    use sanduq_core::act::Organ;
    use sanduq_core::id::ActorId;

    #[test]
    fn an_unknown_act_is_told_as_itself_and_the_snapshot_is_of_it_all_the_same() {
        let by = Actor {
            id: ActorId::new("board-1").unwrap(),
            organ: Organ::Executive,
        };
        let mut entry = Entry::new(Act::EventCalled, &by, Timestamp::UNIX_EPOCH);
        entry.act = "event.invented".into();
        let bytes = entry.to_bytes();
        let (mut acts, mut failures) = (Acts::new(1), Failures::default());
        acts.take(0, &bytes, &entry, &mut failures);
        let whole: Frontier = core::iter::once(Hash::of_leaf(&bytes)).collect();
        assert_eq!(acts.root(), whole.root());
        assert_eq!(acts.last_at, Some(entry.at));
        let (told, _) = failures.into_parts();
        let codes: Vec<&str> = told.iter().map(|failure| failure.code).collect();
        assert_eq!(codes, ["journal.entry_unreadable"]);
    }
}
