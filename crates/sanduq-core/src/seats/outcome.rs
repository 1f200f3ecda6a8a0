//! What the engine answers: seats, what is still open, how near the next claimant was, and every
//! step on the way. Always true here: what is neither given nor vacant is what the outcome leaves
//! open, to a lot or to a second round.

use super::rule::TieDecision;
use super::step::Prize;
use super::step::Step;
use crate::id::ChoiceCode;
use crate::id::UnitCode;
use serde::Serialize;

/// The seats of one constituency.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Allotment {
    /// Seats of every choice, in the order of the input; those decided so far when the outcome is
    /// not final.
    pub awards: Vec<Award>,
    /// What is still open.
    pub outcome: Outcome,
    /// Seats that nobody fills.
    pub vacant: u32,
    /// How near each choice was to more than it has, the nearest first; see [`Margin`].
    pub margins: Vec<Margin>,
    /// How an annulment moved seats: what each choice concerned would have had, and has.
    pub moved: Vec<Moved>,
    /// Every step, in order.
    pub steps: Vec<Step>,
}

/// The seats of one choice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Award {
    /// The choice.
    pub choice: ChoiceCode,
    /// Its seats.
    pub seats: u32,
}

/// What is still open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Nothing.
    Final,
    /// A tie that votes cannot decide; the computation is done again with the [`super::Lot`].
    LotNeeded(LotNeeded),
    /// A second round.
    RunOff {
        /// Who enters it, most votes first.
        among: Vec<ChoiceCode>,
        /// The seats left for it.
        seats: u32,
    },
    /// An unopposed choice missed its share: nominations open again for the vacant seats.
    NominationsReopen,
}

/// The tie at which the engine stopped.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LotNeeded {
    /// Who is equal.
    pub among: Vec<ChoiceCode>,
    /// For how many of them there is room: as many are to be drawn. Under an absolute list, one,
    /// who then has every seat.
    pub seats: u32,
    /// What is being decided.
    pub prize: Prize,
    /// What decides it, by the rule.
    pub decided_by: TieDecision,
}

/// How near a choice was to more than it has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Margin {
    /// Who was near.
    pub choice: ChoiceCode,
    /// To what: one more seat, or a place in the second round.
    pub prize: Prize,
    /// The fewest further votes that would have brought it, without a lot, every other choice's
    /// votes unchanged and the whole rule applied again, threshold and quota included. Where a
    /// ballot carries one vote, each further vote is a further valid ballot.
    pub lacked: u64,
    /// Who would have got less for it.
    pub instead_of: Vec<ChoiceCode>,
}

/// What an annulment changed for one choice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Moved {
    /// The choice.
    pub choice: ChoiceCode,
    /// Seats it would have had without the annulment.
    pub before: u32,
    /// Seats it has.
    pub after: u32,
}

/// The seats of a nation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NationAllotment {
    /// The constituencies in the order of the input.
    pub constituencies: Vec<(UnitCode, Allotment)>,
    /// Seats of every choice over all constituencies, in code order.
    pub totals: Vec<Award>,
    /// The steps of the national threshold.
    pub steps: Vec<Step>,
}

impl Allotment {
    /// The seats of a choice; 0 when it did not stand.
    #[must_use]
    pub fn seats_of(&self, choice: &ChoiceCode) -> u32 {
        self.awards
            .iter()
            .find(|a| a.choice == *choice)
            .map_or(0, |a| a.seats)
    }

    /// The runner-up: who lacked the fewest votes.
    #[must_use]
    pub fn nearest(&self) -> Option<&Margin> {
        self.margins.first()
    }
}
