//! What the journal says of the event, gathered entry by entry: the adopted ground, the locks, and
//! for every version of every sheet the way that its acts led it. Always true here: only entries
//! that stood in the journal at the snapshot count, and nothing but the journal is asked; an act
//! that may not follow the acts before it, by its organ, its person or what it says, is told.

use crate::recompute::point::Failures;
use crate::recompute::point::Point;
use jiff::Timestamp;
use sanduq_core::act::Act;
use sanduq_core::act::Entry;
use sanduq_core::act::Organ;
use sanduq_core::id::ActorId;
use sanduq_core::id::ContestCode;
use sanduq_core::id::UnitCode;
use sanduq_count::sheet::SheetRefusal;
use sanduq_count::sheet::SheetState;
use sanduq_count::sheet::Way;
use sanduq_count::sheet::WayRefusal;
use sanduq_journal::hash::Hash;
use sanduq_journal::tree::Frontier;
use std::collections::BTreeMap;

/// Where failures of entries are.
const JOURNAL: &str = "journal";

/// The facts of an entry.
pub type Facts = BTreeMap<String, String>;

/// A decision of both organs, as its entry has it.
#[derive(Clone, Debug)]
pub struct DecisionAct {
    /// The organ that answered.
    pub organ: Organ,
    /// The person who answered.
    pub person: String,
    /// When.
    pub at: Timestamp,
    /// Ground, proposer, reason of a refusal.
    pub facts: Facts,
}

/// A proposal, as its entry has it.
#[derive(Clone, Debug)]
pub struct ProposalAct {
    /// When.
    pub at: Timestamp,
    /// What: `accept`, `correct`, `return`.
    pub outcome: String,
}

/// Where the acts on one version of a sheet left it.
#[derive(Clone, Debug, Default)]
pub struct SheetActs {
    /// Its way; none when only a proposal names the version.
    pub way: Option<Way>,
    /// When its way began.
    pub began: Option<Timestamp>,
    /// The codes of failed checks, by the last act on its figures.
    pub failures: String,
    /// The decision, when its last act was one.
    pub decision: Option<Box<DecisionAct>>,
    /// The last proposal on it.
    pub proposal: Option<Box<ProposalAct>>,
}

impl SheetActs {
    /// The digest of its figures, by the last act that names one.
    #[must_use]
    pub fn digest(&self) -> Option<&str> {
        self.way.as_ref().and_then(Way::digest)
    }
}

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

/// What was said of the result of a contest.
#[derive(Clone, Debug)]
pub struct ResultAct {
    /// The number of the entry.
    pub index: u64,
    /// Who said it.
    pub person: String,
    /// What.
    pub facts: Facts,
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

/// The versions of a sheet by their numbers, in order. Nearly every sheet has one: a list is a
/// tenth of what a tree would take.
#[derive(Clone, Debug, Default)]
pub struct Versions(Vec<(u32, SheetActs)>);

impl Versions {
    /// The version of this number.
    #[must_use]
    pub fn get(&self, version: u32) -> Option<&SheetActs> {
        let at = self.0.binary_search_by_key(&version, |own| own.0).ok()?;
        Some(&self.0[at].1)
    }

    /// The numbers and versions.
    pub fn iter(&self) -> impl Iterator<Item = (u32, &SheetActs)> {
        self.0.iter().map(|(number, acts)| (*number, acts))
    }

    /// The version of this number, made when it is new, and the one before it.
    fn open(&mut self, version: u32) -> (Option<(u32, &mut SheetActs)>, &mut SheetActs) {
        let found = self.0.binary_search_by_key(&version, |own| own.0);
        let at = found.unwrap_or_else(|at| {
            self.0.reserve_exact(1);
            self.0.insert(at, (version, SheetActs::default()));
            at
        });
        let (before, from) = self.0.split_at_mut(at);
        let before = before.last_mut().map(|(number, acts)| (*number, acts));
        (before, &mut from[0].1)
    }
}

/// An import that has begun.
#[derive(Clone, Debug)]
struct ImportAct {
    /// Who imports.
    by: ActorId,
    /// Sheets that it may still bring.
    left: u64,
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
    /// The last act on a sheet of each contest, by the number of its entry.
    pub changed: BTreeMap<String, u64>,
    /// The last allotment of each contest.
    pub allotted: BTreeMap<String, ResultAct>,
    /// The last certification of each contest.
    pub certified: BTreeMap<String, ResultAct>,
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
            changed: BTreeMap::new(),
            allotted: BTreeMap::new(),
            certified: BTreeMap::new(),
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
        let Some(act) = Act::from_code(&entry.act) else {
            return;
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
        if index >= self.size {
            return;
        }
        self.frontier.append(Hash::of_leaf(bytes));
        self.last_at = Some(entry.at);
        if let Some(point) = self.unfit_adoption(act, entry) {
            failures.at(point, JOURNAL, &place());
        }
        match self.gather(act, index, entry) {
            None => failures.at(Point::EntryFacts, JOURNAL, &place()),
            Some(Err(refusal)) => {
                let fact = |key: &str| entry.facts.get(key).map_or("", String::as_str);
                let (contest, station, version) =
                    (fact("contest"), fact("station"), fact("version"));
                let place = format!("{}, {contest} station {station} version {version}", place());
                stray(&refusal, &place, failures);
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
    fn gather(&mut self, act: Act, index: u64, entry: &Entry) -> Option<Result<(), WayRefusal>> {
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
            Act::SeatsAllotted | Act::ResultCertified => {
                let of = match act {
                    Act::SeatsAllotted => &mut self.allotted,
                    _ => &mut self.certified,
                };
                let person = entry.actor.to_string();
                let facts = facts.clone();
                let said = ResultAct {
                    index,
                    person,
                    facts,
                };
                of.insert(said.facts.get("contest")?.clone(), said);
            }
            Act::StationsOpened => self.report(Reported::Opened, index, facts)?,
            Act::StationsClosed => self.report(Reported::Closed, index, facts)?,
            Act::TurnoutReported => {
                let hour = facts.get("hour")?.parse().ok()?;
                self.report(Reported::Hour(hour), index, facts)?;
            }
            Act::ImportBegun => self.imports.push(ImportAct {
                by: entry.actor.clone(),
                left: facts.get("sheets")?.parse().ok()?,
            }),
            Act::SheetProposed | Act::SheetProposalRefused => return self.sheet(act, entry),
            _ if SheetState::after(act).is_some() => {
                let contest = facts.get("contest")?;
                match self.changed.get_mut(contest) {
                    Some(last) => *last = index,
                    None => drop(self.changed.insert(contest.clone(), index)),
                }
                return self.sheet(act, entry);
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
    fn report(&mut self, what: Reported, index: u64, facts: &Facts) -> Option<()> {
        let number = facts.get("report")?.parse().ok()?;
        let said = ReportAct {
            index,
            stations: facts.get("stations")?.parse().ok()?,
            digest: facts.get("digest")?.clone(),
        };
        let earlier = self.reports.insert((what, number), said);
        earlier.is_none().then_some(())
    }

    fn sheet(&mut self, act: Act, entry: &Entry) -> Option<Result<(), WayRefusal>> {
        let facts = &entry.facts;
        let contest = ContestCode::new(facts.get("contest")?).ok()?;
        let station = UnitCode::new(facts.get("station")?).ok()?;
        let version: u32 = facts.get("version")?.parse().ok()?;
        let stations = self.sheets.entry(contest).or_default();
        let (before, acts) = stations.entry(station).or_default().open(version);
        // Of several imports by one person, one that still may bring sheets.
        let own = |import: &&mut ImportAct| import.by == entry.actor && import.left > 0;
        let import = self.imports.iter_mut().rfind(own);
        acts.began.get_or_insert(entry.at);
        let stands = go_on((acts, version), before, (act, entry), import);
        match act {
            Act::SheetProposed => {
                acts.proposal = Some(Box::new(ProposalAct {
                    at: entry.at,
                    outcome: facts.get("outcome")?.clone(),
                }));
                return Some(stands);
            }
            Act::SheetProposalRefused => {
                acts.proposal = None;
                return Some(stands);
            }
            _ => {}
        }
        if facts.contains_key("digest") {
            acts.failures = facts.get("failures").cloned().unwrap_or_default();
        }
        let decided = facts.contains_key("proposer");
        acts.decision = decided.then(|| {
            Box::new(DecisionAct {
                organ: entry.organ,
                person: entry.actor.to_string(),
                at: entry.at,
                facts: facts.clone(),
            })
        });
        Some(stands)
    }
}

/// Takes the next step of a version's way.
fn go_on(
    (acts, version): (&mut SheetActs, u32),
    before: Option<(u32, &mut SheetActs)>,
    (act, entry): (Act, &Entry),
    import: Option<&mut ImportAct>,
) -> Result<(), WayRefusal> {
    let stands = if let Some(way) = &mut acts.way {
        way.follow(act, entry, import.is_some())
    } else {
        let before = before.and_then(|(number, acts)| Some((number, acts.way.as_mut()?)));
        let begun = Way::begin(before, version, (act, entry), import.is_some());
        let data = matches!(act, Act::SheetAccepted | Act::SheetQuarantined);
        begun.map(|way| {
            acts.way = Some(way);
            if let Some(import) = import.filter(|_| data) {
                import.left -= 1;
            }
        })
    };
    if stands.is_err()
        && let Some(assumed) = Way::assumed(act, entry)
    {
        match &mut acts.way {
            Some(way) => way.read_on(assumed),
            None => acts.way = Some(assumed),
        }
    }
    stands
}

/// Tells why an act may not stand where it does.
fn stray(refusal: &WayRefusal, place: &str, failures: &mut Failures) {
    let point = match refusal {
        // Told for every act already.
        WayRefusal::Rule(SheetRefusal::WrongOrgan(_)) => return,
        WayRefusal::Rule(SheetRefusal::SamePerson) => Point::SheetPerson,
        WayRefusal::Rule(SheetRefusal::SameOrgan) => Point::SheetOrgans,
        WayRefusal::Rule(refusal) => {
            let place = format!("{place}: {refusal}");
            return failures.at(Point::SheetWay, JOURNAL, &place);
        }
        WayRefusal::NoImport => Point::SheetImport,
        WayRefusal::Fact(fact) => {
            let place = format!("{place}, {fact}");
            return failures.at(Point::SheetCarried, JOURNAL, &place);
        }
    };
    failures.at(point, JOURNAL, place);
}
