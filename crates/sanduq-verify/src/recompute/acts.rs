//! What the journal says of the event, gathered entry by entry: the adopted ground, the locks, and
//! for every version of every sheet where its last act left it. Always true here: only entries
//! that stood in the journal at the snapshot count, and nothing but the journal is asked.

use crate::recompute::point::Failures;
use crate::recompute::point::Point;
use jiff::Timestamp;
use sanduq_core::act::Act;
use sanduq_core::act::Entry;
use sanduq_core::act::Organ;
use sanduq_core::id::ContestCode;
use sanduq_core::id::UnitCode;
use sanduq_count::sheet::SheetState;
use sanduq_journal::hash::Hash;
use sanduq_journal::tree::Frontier;
use std::collections::BTreeMap;

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
    /// The word for its state; none when only a proposal names the version.
    pub state: Option<&'static str>,
    /// The digest of its figures, by the last act that names one.
    pub digest: Option<String>,
    /// The codes of failed checks, by the last act on its figures.
    pub failures: String,
    /// The decision, when its last act was one.
    pub decision: Option<DecisionAct>,
    /// The last proposal on it.
    pub proposal: Option<ProposalAct>,
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

/// The versions of a sheet.
pub type Versions = BTreeMap<u32, SheetActs>;

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
    /// The last adoption of each contest.
    pub contests: BTreeMap<String, Facts>,
    /// The contests whose figures were released.
    pub released: Vec<String>,
    /// The lots of each contest, in order.
    pub lots: BTreeMap<String, Vec<Facts>>,
    /// The sheets, by contest and station.
    pub sheets: BTreeMap<ContestCode, BTreeMap<UnitCode, Versions>>,
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
            contests: BTreeMap::new(),
            released: Vec::new(),
            lots: BTreeMap::new(),
            sheets: BTreeMap::new(),
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
        if index >= self.size {
            return;
        }
        self.frontier.append(Hash::of_leaf(bytes));
        self.last_at = Some(entry.at);
        if self.gather(act, entry).is_none() {
            failures.at(
                Point::EntryFacts,
                "journal",
                &format!("entry {index} ({})", entry.act),
            );
        }
    }

    /// None when a fact is missing or unfit.
    fn gather(&mut self, act: Act, entry: &Entry) -> Option<()> {
        let facts = &entry.facts;
        match act {
            Act::EventCalled => self.called.push(facts.get("event")?.clone()),
            Act::LawAdopted => self.laws.push(facts.clone()),
            Act::GeographyAdopted => self.geography = Some(facts.clone()),
            Act::RollFrozen => self.roll = Some(facts.clone()),
            Act::CandidatesAdopted => {
                self.contests
                    .insert(facts.get("contest")?.clone(), facts.clone());
            }
            Act::CandidateFiguresReleased => self.released.push(facts.get("contest")?.clone()),
            Act::LotDrawn => {
                let lots = self.lots.entry(facts.get("contest")?.clone()).or_default();
                lots.push(facts.clone());
            }
            Act::SheetProposed | Act::SheetProposalRefused => self.sheet(act, entry)?,
            _ if SheetState::after(act).is_some() => self.sheet(act, entry)?,
            _ => {}
        }
        Some(())
    }

    fn sheet(&mut self, act: Act, entry: &Entry) -> Option<()> {
        let facts = &entry.facts;
        let contest = ContestCode::new(facts.get("contest")?).ok()?;
        let station = UnitCode::new(facts.get("station")?).ok()?;
        let version: u32 = facts.get("version")?.parse().ok()?;
        let stations = self.sheets.entry(contest).or_default();
        let acts = stations
            .entry(station)
            .or_default()
            .entry(version)
            .or_default();
        if act == Act::SheetProposed {
            acts.proposal = Some(ProposalAct {
                at: entry.at,
                outcome: facts.get("outcome")?.clone(),
            });
            return Some(());
        }
        let Some(state) = SheetState::after(act) else {
            acts.proposal = None;
            return Some(());
        };
        acts.state = Some(state);
        if let Some(digest) = facts.get("digest") {
            acts.digest = Some(digest.clone());
            acts.failures = facts.get("failures").cloned().unwrap_or_default();
        }
        let decided = facts.contains_key("proposer");
        acts.decision = decided.then(|| DecisionAct {
            organ: entry.organ,
            person: entry.actor.to_string(),
            at: entry.at,
            facts: facts.clone(),
        });
        Some(())
    }
}
