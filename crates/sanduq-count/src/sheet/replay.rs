//! The way of a version as its journal entries tell it, act by act, for whoever was not there.
//! Always true here: the acts follow one another by the table that the rules themselves ask, and
//! an act that speaks of what an act before it fixed (figures, lines that differ, a proposal)
//! speaks of the same. Figures that both organs sign have the digest that they were proposed with,
//! also where they are those of the next version.

use super::SheetRefusal;
use super::arrive::CONFLICT;
use super::way::Proposed;
use super::way::Stand;
use super::way::may;
use super::way::may_act;
use super::way::next_version;
use sanduq_core::act::Act;
use sanduq_core::act::Actor;
use sanduq_core::act::Entry;
use sanduq_core::id::ActorId;

/// Why an entry cannot stand where it does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WayRefusal {
    /// The rules refuse the act, or this person, or this organ.
    Rule(SheetRefusal),
    /// A sheet came as data, and no import brought it.
    NoImport,
    /// A fact of the entry is not what the acts before it left.
    Fact(&'static str),
    /// The figures are not those that were proposed.
    NotSigned,
}

impl From<SheetRefusal> for WayRefusal {
    fn from(refusal: SheetRefusal) -> Self {
        Self::Rule(refusal)
    }
}

/// Where the acts so far have left one version of a sheet, as far as the journal tells it.
#[derive(Clone, Debug)]
pub struct Way {
    place: Place,
    /// The digest of its figures, once it has some that are fixed.
    digest: Option<Box<str>>,
    /// Whether it is held back because another sheet of the station came.
    conflict: bool,
}

#[derive(Clone, Debug)]
enum Place {
    Received,
    FirstEntered(ActorId),
    Differing {
        typed: [ActorId; 2],
        lines: Box<str>,
    },
    Settled(bool, Option<Box<Entry>>),
    Returned,
    /// With what is due while the version that takes its place has not been written.
    Superseded(Option<Box<Due>>),
}

/// The version that takes the place of an accepted one.
#[derive(Clone, Debug)]
struct Due {
    /// The decision that brings it.
    decision: Entry,
    /// The digest of its figures, as they were proposed.
    digest: Box<str>,
}

fn fact<'a>(entry: &'a Entry, key: &str) -> &'a str {
    entry.facts.get(key).map_or("", String::as_str)
}

/// Compares facts of two entries.
fn same(entry: &Entry, keys: &[(&'static str, &str)]) -> Result<(), WayRefusal> {
    let other = keys.iter().find(|(key, value)| fact(entry, key) != *value);
    other.map_or(Ok(()), |(key, _)| Err(WayRefusal::Fact(key)))
}

fn given(entry: &Entry, key: &'static str) -> Result<(), WayRefusal> {
    if fact(entry, key).is_empty() {
        return Err(WayRefusal::Fact(key));
    }
    Ok(())
}

/// Whether an entry names the figures that were proposed.
fn signed(entry: &Entry, proposed: &str) -> Result<(), WayRefusal> {
    let same = !proposed.is_empty() && fact(entry, "digest") == proposed;
    same.then_some(()).ok_or(WayRefusal::NotSigned)
}

fn by(entry: &Entry) -> Actor {
    Actor {
        id: entry.actor.clone(),
        organ: entry.organ,
    }
}

/// Whether the failed checks of an entry name the conflict of two sheets.
fn conflicting(act: Act, entry: &Entry) -> bool {
    let mut failures = fact(entry, "failures").split(',');
    act == Act::SheetQuarantined && failures.any(|code| code == CONFLICT)
}

impl Way {
    /// The way of a new version after its first act. `before` is the version before it, `imported`
    /// says whether an import has begun that may bring this sheet as data.
    ///
    /// # Errors
    /// [`WayRefusal`]; whoever reads on takes [`Way::assumed`].
    pub fn begin(
        before: Option<(u32, &mut Self)>,
        version: u32,
        (act, entry): (Act, &Entry),
        imported: bool,
    ) -> Result<Self, WayRefusal> {
        if act == Act::SheetAdjudicated {
            return Self::replacing(before, version, entry);
        }
        let second = before.as_ref().is_some_and(|(_, way)| way.conflict);
        let expected = match before {
            Some((number, _)) if second && conflicting(act, entry) => number + 1,
            Some((
                _,
                Self {
                    place: Place::Superseded(Some(_)),
                    ..
                },
            )) => {
                return Err(SheetRefusal::NotForDecision("superseded").into());
            }
            before => next_version(before.as_ref().map(|(n, way)| (*n, way.stand())))?,
        };
        if expected != version {
            return Err(WayRefusal::Fact("version"));
        }
        may_act(act, &by(entry))?;
        match act {
            Act::SheetReceived => {}
            Act::SheetAccepted | Act::SheetQuarantined if imported => given(entry, "digest")?,
            Act::SheetAccepted | Act::SheetQuarantined => return Err(WayRefusal::NoImport),
            _ => return Err(SheetRefusal::NotCurrent("not received").into()),
        }
        Self::assumed(act, entry).ok_or(WayRefusal::Fact("act"))
    }

    /// The version that takes the place of an accepted one, by the same decision (TP-14).
    fn replacing(
        before: Option<(u32, &mut Self)>,
        version: u32,
        entry: &Entry,
    ) -> Result<Self, WayRefusal> {
        let none = || SheetRefusal::NothingProposed;
        let (number, way) = before.ok_or_else(none)?;
        let Place::Superseded(due) = &mut way.place else {
            return Err(none().into());
        };
        let Due { decision, digest } = *due.take().ok_or_else(none)?;
        if number.checked_add(1) != Some(version) {
            return Err(WayRefusal::Fact("version"));
        }
        let keys = ["ground", "proposer", "proposing_organ", "refused"];
        same(entry, &keys.map(|key| (key, fact(&decision, key))))?;
        if (&entry.actor, entry.organ, entry.at) != (&decision.actor, decision.organ, decision.at) {
            return Err(WayRefusal::Fact("actor"));
        }
        signed(entry, &digest)?;
        Self::assumed(Act::SheetAdjudicated, entry).ok_or(WayRefusal::Fact("act"))
    }

    /// Goes on by the next act.
    ///
    /// # Errors
    /// [`WayRefusal`]; whoever reads on takes [`Way::assumed`].
    pub fn follow(&mut self, act: Act, entry: &Entry, imported: bool) -> Result<(), WayRefusal> {
        let settled = matches!(self.place, Place::Settled(..));
        if settled && conflicting(act, entry) {
            may_act(act, &by(entry))?;
            if !imported {
                return Err(WayRefusal::NoImport);
            }
        } else {
            may(self.stand(), act, &by(entry))?;
        }
        self.agrees(act, entry)?;
        let next = match (&self.place, act) {
            (Place::FirstEntered(first), Act::SheetSecondEntered) => {
                Some(differing([first, &entry.actor], entry))
            }
            // The third person's reading takes the place of the first.
            (Place::Differing { typed, .. }, Act::SheetCorrected) => {
                Some(differing([&entry.actor, &typed[1]], entry))
            }
            (Place::Settled(accepted, _), Act::SheetProposed) => {
                Some(Place::Settled(*accepted, Some(Box::new(entry.clone()))))
            }
            (Place::Settled(accepted, _), Act::SheetProposalRefused) => {
                Some(Place::Settled(*accepted, None))
            }
            (Place::Settled(_, Some(proposal)), Act::SheetSuperseded)
                if fact(proposal, "outcome") == "correct" =>
            {
                Some(Place::Superseded(Some(Box::new(Due {
                    decision: entry.clone(),
                    digest: fact(proposal, "digest").into(),
                }))))
            }
            _ => None,
        };
        match next {
            Some(place) => self.place = place,
            None => {
                let next = Self::assumed(act, entry).ok_or(WayRefusal::Fact("act"))?;
                self.read_on(next);
            }
        }
        Ok(())
    }

    /// Goes on where an act that may not stand there leaves it, so that what follows is judged by
    /// itself.
    pub fn read_on(&mut self, next: Self) {
        let digest = self.digest.take();
        *self = next;
        self.digest = self.digest.take().or(digest);
    }

    /// Whether the entry speaks of what the acts before it fixed.
    fn agrees(&self, act: Act, entry: &Entry) -> Result<(), WayRefusal> {
        match (&self.place, act) {
            (Place::FirstEntered(_), Act::SheetSecondEntered) => given(entry, "differing"),
            (Place::Differing { lines, .. }, Act::SheetCorrected) => {
                given(entry, "differing")?;
                let mut open = fact(entry, "differing").split(',');
                let known = open.all(|line| lines.split(',').any(|known| known == line));
                known.then_some(()).ok_or(WayRefusal::Fact("differing"))
            }
            (Place::FirstEntered(_), Act::SheetAccepted | Act::SheetQuarantined) => {
                same(entry, &[("corrected", ""), ("differing", "")])?;
                given(entry, "digest")
            }
            (Place::Differing { lines, .. }, Act::SheetAccepted | Act::SheetQuarantined) => {
                same(entry, &[("corrected", lines)])?;
                given(entry, "digest")
            }
            (Place::Settled(..), Act::SheetQuarantined) => same(entry, &[("digest", self.fixed())]),
            (Place::Settled(accepted, _), Act::SheetProposed) => {
                if super::way::carried_out(*accepted, fact(entry, "outcome")).is_none() {
                    return Err(WayRefusal::Fact("outcome"));
                }
                given(entry, "ground")
            }
            (Place::Settled(..), Act::SheetProposalRefused) => given(entry, "reason"),
            (Place::Settled(_, Some(proposal)), act) => self.decided(proposal, act, entry),
            _ => Ok(()),
        }
    }

    /// Whether a decision is that on the proposal, and its figures are those of it.
    fn decided(&self, proposal: &Entry, act: Act, entry: &Entry) -> Result<(), WayRefusal> {
        same(
            entry,
            &[
                ("ground", fact(proposal, "ground")),
                ("proposer", proposal.actor.as_str()),
                ("proposing_organ", proposal.organ.code()),
            ],
        )?;
        match (act, fact(proposal, "outcome")) {
            (Act::SheetReturned, _) => same(entry, &[("digest", "")]),
            (Act::SheetAdjudicated, "correct") => signed(entry, fact(proposal, "digest")),
            _ => same(entry, &[("digest", self.fixed())]),
        }
    }

    fn fixed(&self) -> &str {
        self.digest.as_deref().unwrap_or_default()
    }

    /// The way as an act leaves it, whatever was before: for whoever has noted that it may not
    /// stand there, and reads on. None for an act that leaves a sheet where it was.
    #[must_use]
    pub fn assumed(act: Act, entry: &Entry) -> Option<Self> {
        let place = match act {
            Act::SheetReceived => Place::Received,
            Act::SheetFirstEntered => Place::FirstEntered(entry.actor.clone()),
            Act::SheetSecondEntered | Act::SheetCorrected => {
                differing([&entry.actor, &entry.actor], entry)
            }
            Act::SheetAccepted | Act::SheetAdjudicated => Place::Settled(true, None),
            Act::SheetQuarantined => Place::Settled(false, None),
            Act::SheetReturned => Place::Returned,
            Act::SheetSuperseded => Place::Superseded(None),
            _ => return None,
        };
        let digest = entry.facts.get("digest");
        Some(Self {
            place,
            digest: digest.map(|digest| digest.as_str().into()),
            conflict: conflicting(act, entry),
        })
    }

    fn stand(&self) -> Stand<'_> {
        match &self.place {
            Place::Received => Stand::Received,
            Place::FirstEntered(first) => Stand::FirstEntered(first),
            Place::Differing {
                typed: [one, two], ..
            } => Stand::Differing([one, two]),
            Place::Settled(accepted, proposal) => Stand::Settled {
                accepted: *accepted,
                proposal: proposal.as_ref().map(|entry| Proposed {
                    by: &entry.actor,
                    organ: entry.organ,
                    outcome: fact(entry, "outcome"),
                }),
            },
            Place::Returned => Stand::Ended("returned"),
            Place::Superseded(_) => Stand::Ended("superseded"),
        }
    }

    /// The word for its state.
    #[must_use]
    pub fn state(&self) -> &'static str {
        self.stand().code()
    }

    /// The digest of its figures, by the last act that names one.
    #[must_use]
    pub fn digest(&self) -> Option<&str> {
        self.digest.as_deref()
    }

    /// Whether a decision took this version out of the totals for another one that is not there.
    #[must_use]
    pub const fn is_due(&self) -> bool {
        matches!(self.place, Place::Superseded(Some(_)))
    }
}

fn differing(typed: [&ActorId; 2], entry: &Entry) -> Place {
    Place::Differing {
        typed: typed.map(Clone::clone),
        lines: fact(entry, "differing").into(),
    }
}
