//! What the journal says of every version of every sheet: the way that its acts led it, where it
//! began, and what was proposed and decided. Always true here: an act that may not follow the acts
//! before it, by its person, by what it says or by its time, is told, and what follows it is judged
//! by itself.

use crate::recompute::point::Failures;
use crate::recompute::point::Point;
use jiff::Timestamp;
use sanduq_core::act::Act;
use sanduq_core::act::Entry;
use sanduq_core::act::Facts;
use sanduq_core::act::Organ;
use sanduq_core::id::ActorId;
use sanduq_count::sheet::SheetRefusal;
use sanduq_count::sheet::Way;
use sanduq_count::sheet::WayRefusal;

/// Where failures of entries are.
pub const JOURNAL: &str = "journal";

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
    /// Where and when its way began: the number of the entry, and its time.
    pub began: Option<(u64, Timestamp)>,
    /// The time of the last act on it.
    last: Option<Timestamp>,
    /// The codes of failed checks, by the last act on its figures.
    pub failures: String,
    /// The decision, when its last act was one.
    pub decision: Option<Box<DecisionAct>>,
    /// The proposal on it that waits for an answer.
    proposal: Option<Box<ProposalAct>>,
    /// The proposal that the decision answered.
    pub signed: Option<Box<ProposalAct>>,
}

impl SheetActs {
    /// The digest of its figures, by the last act that names one.
    #[must_use]
    pub fn digest(&self) -> Option<&str> {
        self.way.as_ref().and_then(Way::digest)
    }

    /// Notes what an act proposes or decides. None when a fact is missing.
    fn note(&mut self, act: Act, entry: &Entry) -> Option<()> {
        let facts = &entry.facts;
        match act {
            Act::SheetProposed => {
                self.proposal = Some(Box::new(ProposalAct {
                    at: entry.at,
                    outcome: facts.get("outcome")?.clone(),
                }));
                return Some(());
            }
            Act::SheetProposalRefused => {
                self.proposal = None;
                return Some(());
            }
            _ => {}
        }
        if facts.contains_key("digest") {
            self.failures = facts.get("failures").cloned().unwrap_or_default();
        }
        let decided = facts.contains_key("proposer");
        if decided {
            self.signed = self.proposal.take();
        }
        self.decision = decided.then(|| {
            Box::new(DecisionAct {
                organ: entry.organ,
                person: entry.actor.to_string(),
                at: entry.at,
                facts: facts.clone(),
            })
        });
        Some(())
    }
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
pub struct ImportAct {
    /// Who imports.
    pub by: ActorId,
    /// Sheets that it may still bring.
    pub left: u64,
}

/// Why an act on a sheet may not stand where it does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stray {
    /// It may not follow the acts before it.
    Way(WayRefusal),
    /// It is dated before the act that it follows.
    Earlier,
}

impl Versions {
    /// Takes the next act on the sheet, the entry of this number. None when a fact is missing or
    /// unfit; the reason when it may not stand there.
    pub fn take(
        &mut self,
        act: Act,
        (index, entry): (u64, &Entry),
        import: Option<&mut ImportAct>,
    ) -> Option<Result<(), Stray>> {
        let version: u32 = entry.facts.get("version")?.parse().ok()?;
        let (before, acts) = self.open(version);
        let last = acts
            .last
            .or(before.as_ref().and_then(|(_, acts)| acts.last));
        let earlier = last.is_some_and(|last| entry.at < last);
        acts.last = Some(entry.at);
        acts.began.get_or_insert((index, entry.at));
        let stands = go_on((acts, version), before, (act, entry), import);
        acts.note(act, entry)?;
        Some(match stands {
            Ok(()) if earlier => Err(Stray::Earlier),
            stands => stands.map_err(Stray::Way),
        })
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
pub fn stray(why: &Stray, place: &str, failures: &mut Failures) {
    let Stray::Way(refusal) = why else {
        return failures.at(Point::SheetEarlier, JOURNAL, place);
    };
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
        WayRefusal::NotSigned => Point::SheetSigned,
        WayRefusal::Fact(fact) => {
            let place = format!("{place}, {fact}");
            return failures.at(Point::SheetCarried, JOURNAL, &place);
        }
    };
    failures.at(point, JOURNAL, place);
}
