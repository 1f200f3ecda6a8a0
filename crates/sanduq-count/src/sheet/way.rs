//! Which act may follow which on one version of a sheet, and by whom: one table for the rules, who
//! ask it before they act, and for whoever replays the journal afterwards ([`super::Way`]).
//!
//! ```text
//! state              act                                by
//! received           first_entered                      the executive
//! first_entered      second_entered │ accepted,         another person
//!                    quarantined (both read the same)
//! differing          corrected │ accepted, quarantined  a third person
//! accepted,          proposed                           one of the two organs
//! quarantined
//! … with a proposal  adjudicated │ returned │           another person of the other organ
//!                    superseded │ proposal_refused
//! returned,          received, or arrives as data: the next version
//! superseded
//! ```
//!
//! A version begins only when the box of its station can have been counted ([`Day`]).

use super::Proposal;
use super::SheetRefusal;
use super::SheetState;
use jiff::Timestamp;
use sanduq_core::act::Act;
use sanduq_core::act::Actor;
use sanduq_core::act::Organ;
use sanduq_core::id::ActorId;

/// The day of a sheet's station, as far as the sheet depends on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Day {
    /// The station has not opened.
    Ready,
    /// It is open.
    Open,
    /// It closed at this instant.
    Closed(Timestamp),
    /// No station of the event has a day, because all sheets come as data: by law the stations
    /// opened at this instant.
    ByLaw(Timestamp),
}

impl Day {
    /// Whether a sheet of the station can be there at `at`: nobody counts before the close
    /// (INV-20).
    ///
    /// # Errors
    /// [`SheetRefusal::StationNeverOpened`] (E78) or [`SheetRefusal::StationNotClosed`].
    pub fn counted(self, at: Timestamp) -> Result<(), SheetRefusal> {
        match self {
            Self::Ready => Err(SheetRefusal::StationNeverOpened),
            Self::ByLaw(opens) if opens > at => Err(SheetRefusal::StationNeverOpened),
            Self::Open => Err(SheetRefusal::StationNotClosed),
            Self::Closed(closed) if closed > at => Err(SheetRefusal::StationNotClosed),
            Self::ByLaw(_) | Self::Closed(_) => Ok(()),
        }
    }
}

/// What of a state decides which act may follow.
#[derive(Clone, Copy, Debug)]
pub(super) enum Stand<'a> {
    /// Nobody has typed it.
    Received,
    /// This person has typed it.
    FirstEntered(&'a ActorId),
    /// These two have typed it and differ.
    Differing([&'a ActorId; 2]),
    /// It has figures that are in the totals, or held back.
    Settled {
        /// Whether they are in the totals.
        accepted: bool,
        /// What waits for the second organ.
        proposal: Option<Proposed<'a>>,
    },
    /// Returned or superseded: only its next version goes on.
    Ended(&'static str),
}

/// A proposal as far as the answer to it depends on it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Proposed<'a> {
    /// Who proposed.
    pub by: &'a ActorId,
    /// In whose name.
    pub organ: Organ,
    /// `accept`, `correct` or `return`.
    pub outcome: &'a str,
}

impl<'a> Proposed<'a> {
    const fn of(proposal: &'a Proposal) -> Self {
        Self {
            by: &proposal.by.id,
            organ: proposal.by.organ,
            outcome: proposal.outcome.code(),
        }
    }
}

impl Stand<'_> {
    pub(super) const fn code(self) -> &'static str {
        match self {
            Self::Received => "received",
            Self::FirstEntered(_) => "first_entered",
            Self::Differing(_) => "differing",
            Self::Settled { accepted: true, .. } => "accepted",
            Self::Settled { .. } => "quarantined",
            Self::Ended(code) => code,
        }
    }
}

impl SheetState {
    pub(super) fn stand(&self) -> Stand<'_> {
        match self {
            Self::Received => Stand::Received,
            Self::FirstEntered { first } => Stand::FirstEntered(&first.by.id),
            Self::Differing { first, second } => Stand::Differing([&first.by.id, &second.by.id]),
            Self::Accepted { proposal, .. } => Stand::Settled {
                accepted: true,
                proposal: proposal.as_ref().map(Proposed::of),
            },
            Self::Quarantined { proposal, .. } => Stand::Settled {
                accepted: false,
                proposal: proposal.as_ref().map(Proposed::of),
            },
            Self::Returned { .. } | Self::Superseded { .. } => Stand::Ended(self.code()),
        }
    }
}

/// The act by which a proposal is carried out; none for what may not be proposed.
pub(super) fn carried_out(accepted: bool, outcome: &str) -> Option<Act> {
    match (accepted, outcome) {
        (false, "accept" | "correct") => Some(Act::SheetAdjudicated),
        (false, "return") => Some(Act::SheetReturned),
        (true, "correct" | "return") => Some(Act::SheetSuperseded),
        _ => None,
    }
}

/// Whether an act may follow, by this person: first the state, then the person, then the organ.
///
/// # Errors
/// The first [`SheetRefusal`] that applies.
pub(super) fn may(stand: Stand<'_>, act: Act, by: &Actor) -> Result<(), SheetRefusal> {
    match (act, stand) {
        (Act::SheetFirstEntered, Stand::Received) => {}
        (
            Act::SheetSecondEntered | Act::SheetAccepted | Act::SheetQuarantined,
            Stand::FirstEntered(first),
        ) => another(&[first], by)?,
        (
            Act::SheetCorrected | Act::SheetAccepted | Act::SheetQuarantined,
            Stand::Differing(two),
        ) => another(&two, by)?,
        (Act::SheetProposed, Stand::Settled { proposal, .. }) => {
            if proposal.is_some() {
                return Err(SheetRefusal::AlreadyProposed);
            }
        }
        (
            Act::SheetAdjudicated
            | Act::SheetReturned
            | Act::SheetSuperseded
            | Act::SheetProposalRefused,
            Stand::Settled { accepted, proposal },
        ) => {
            let proposal = proposal.ok_or(SheetRefusal::NothingProposed)?;
            let fits = carried_out(accepted, proposal.outcome) == Some(act);
            if !fits && act != Act::SheetProposalRefused {
                return Err(SheetRefusal::NotForDecision(stand.code()));
            }
            another(&[proposal.by], by)?;
            may_act(act, by)?;
            if proposal.organ == by.organ {
                return Err(SheetRefusal::SameOrgan);
            }
        }
        _ => return Err(not_for(act, stand.code())),
    }
    may_act(act, by)
}

/// The version that a sheet gets when it comes in after `before`.
pub(super) fn next_version(before: Option<(u32, Stand<'_>)>) -> Result<u32, SheetRefusal> {
    match before {
        None => Ok(1),
        Some((version, Stand::Ended(_))) => Ok(version + 1),
        Some((_, stand)) => Err(SheetRefusal::AlreadyReceived(stand.code())),
    }
}

/// Whether the organ has a part in the act.
pub(super) fn may_act(act: Act, by: &Actor) -> Result<(), SheetRefusal> {
    if act.may_be_done_by(by.organ) {
        Ok(())
    } else {
        Err(SheetRefusal::WrongOrgan(by.organ))
    }
}

fn another(others: &[&ActorId], by: &Actor) -> Result<(), SheetRefusal> {
    if others.contains(&&by.id) {
        return Err(SheetRefusal::SamePerson);
    }
    Ok(())
}

const fn not_for(act: Act, state: &'static str) -> SheetRefusal {
    match act {
        Act::SheetFirstEntered => SheetRefusal::NotForFirstEntry(state),
        Act::SheetSecondEntered => SheetRefusal::NotForSecondEntry(state),
        Act::SheetCorrected => SheetRefusal::NotDiffering(state),
        Act::SheetReceived | Act::SheetAccepted | Act::SheetQuarantined => {
            SheetRefusal::AlreadyReceived(state)
        }
        _ => SheetRefusal::NotForDecision(state),
    }
}
