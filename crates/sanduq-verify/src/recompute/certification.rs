//! How results were certified, by the journal alone (TP-09). Whether the totals are right is asked
//! where they are added up.
//!
//! ```text
//! released ─▶ proposed ──────────────▶ certified ──────────────────▶
//!             by the executive         by another person of the supervision, of the same totals
//!          while no proposal waits
//!             on a sheet     no act on a sheet of the contest, then and for good
//! ```

use crate::recompute::point::Point;
use sanduq_core::act::Act;
use sanduq_core::act::Entry;
use sanduq_core::act::Facts;
use sanduq_core::act::Organ;
use sanduq_count::sheet::SheetState;
use std::collections::BTreeMap;
use std::collections::BTreeSet;

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

impl ResultAct {
    /// What an entry says.
    #[must_use]
    pub fn of(index: u64, entry: &Entry) -> Self {
        Self {
            index,
            person: entry.actor.to_string(),
            facts: entry.facts.clone(),
        }
    }
}

/// What the journal says of certifications.
#[derive(Debug, Default)]
pub struct Certifications {
    /// The certificate of each contest.
    certified: BTreeMap<String, ResultAct>,
    /// What is proposed and not answered.
    proposed: BTreeMap<String, Proposed>,
    /// The contests whose figures are released.
    released: BTreeSet<String>,
    /// Stations by contest on whose sheet a proposal is not answered.
    disputed: BTreeMap<String, BTreeSet<String>>,
}

/// What is proposed to be certified.
#[derive(Debug)]
struct Proposed {
    said: ResultAct,
    /// Whether a sheet of the contest was acted on since.
    stale: bool,
}

impl Certifications {
    /// The certificate of a contest.
    #[must_use]
    pub fn of(&self, contest: &str) -> Option<&ResultAct> {
        self.certified.get(contest)
    }

    /// Takes an entry; the point at which it fails.
    pub fn take(&mut self, act: Act, index: u64, entry: &Entry) -> Option<Point> {
        let contest = entry.facts.get("contest")?;
        match act {
            Act::CandidateFiguresReleased => {
                self.released.insert(contest.clone());
                None
            }
            Act::ResultProposed => {
                let said = ResultAct::of(index, entry);
                let proposed = Proposed { said, stale: false };
                self.proposed.insert(contest.clone(), proposed);
                if !self.released.contains(contest) {
                    return Some(Point::CertifiedEarly);
                }
                self.of(contest).map(|_| Point::Certified)
            }
            Act::ResultProposalRefused => {
                let proposed = self.proposed.remove(contest);
                (!answers(proposed.as_ref(), entry)).then_some(Point::Certified)
            }
            Act::ResultCertified => self.certify(contest, index, entry),
            Act::SheetProposed | Act::SheetProposalRefused => self.sheet(act, contest, entry),
            _ if SheetState::after(act).is_some() => self.sheet(act, contest, entry),
            _ => None,
        }
    }

    fn certify(&mut self, contest: &str, index: u64, entry: &Entry) -> Option<Point> {
        let proposed = self.proposed.remove(contest);
        let same = ["counted", "stations", "digest"].iter().all(|key| {
            let proposed = proposed.as_ref().and_then(|own| own.said.facts.get(*key));
            proposed.is_some() && proposed == entry.facts.get(*key)
        });
        let open = self
            .disputed
            .get(contest)
            .is_some_and(|own| !own.is_empty());
        let sound = same && !open && answers(proposed.as_ref(), entry);
        let said = ResultAct::of(index, entry);
        let earlier = self.certified.insert(contest.to_owned(), said);
        if !sound || earlier.is_some() {
            return Some(Point::Certified);
        }
        let stale = proposed.is_some_and(|own| own.stale);
        stale.then_some(Point::CertifiedStale)
    }

    fn sheet(&mut self, act: Act, contest: &str, entry: &Entry) -> Option<Point> {
        let station = entry.facts.get("station")?;
        if act == Act::SheetProposed {
            let disputed = self.disputed.entry(contest.to_owned()).or_default();
            disputed.insert(station.clone());
        } else if let Some(disputed) = self.disputed.get_mut(contest) {
            disputed.remove(station);
        }
        if let Some(proposed) = self.proposed.get_mut(contest) {
            proposed.stale = true;
        }
        self.of(contest).map(|_| Point::FinalChanged)
    }
}

/// Whether an entry is the answer of another person of the other organ to what is proposed.
fn answers(proposed: Option<&Proposed>, entry: &Entry) -> bool {
    let fact = |key: &str| entry.facts.get(key).map(String::as_str);
    // Which organ acts is asked of every entry, of whatever act.
    proposed.is_some_and(|own| {
        fact("proposing_organ") == Some(Organ::Executive.code())
            && fact("proposer") == Some(own.said.person.as_str())
            && own.said.person != entry.actor.as_str()
    })
}
