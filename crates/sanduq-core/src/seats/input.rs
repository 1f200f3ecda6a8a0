//! What the engine is told: the figures of one constituency, and the outcome of lots. Always true
//! after [`SeatInput::check`]: the figures do not contradict each other and their sum fits in 64
//! bits, so that no later step can overflow (see [`super::ratio`]).

use super::refusal::SeatRefusal;
use crate::count::Registered;
use crate::count::Votes;
use crate::id::ChoiceCode;
use crate::id::UnitCode;
use serde::Deserialize;
use serde::Serialize;
use std::collections::BTreeSet;

/// More seats than any house has: beyond it the figure is a typing error.
pub const MOST_SEATS: u32 = 10_000;

/// The figures of one constituency.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SeatInput {
    /// Seats to fill.
    pub seats: u32,
    /// Persons on the list, where the rule needs it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub registered: Option<Registered>,
    /// Ballots found in the boxes, where the rule needs it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cast: Option<Votes>,
    /// Valid ballots.
    pub valid: Votes,
    /// How many choices a voter may mark; with one, votes and valid ballots count the same thing.
    pub max_choices: u32,
    /// The choices in any order: no result depends on it.
    pub choices: Vec<Standing>,
}

/// Where one choice stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Standing {
    /// The candidate or list. In a nation the same code in two constituencies is the same list.
    pub choice: ChoiceCode,
    /// Its votes.
    pub votes: Votes,
    /// How many candidates a list can still seat; left out when there are enough.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub candidates: Option<u32>,
    /// Whether it has been annulled.
    #[serde(default)]
    pub annulled: bool,
    /// Whether it needs no threshold (a minority's list, say).
    #[serde(default)]
    pub exempt: bool,
}

/// The outcome of a tie that the engine asked for: of a drawing of lots, or of another finding
/// that the law prescribes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lot {
    /// Who was equal, in any order.
    pub among: Vec<ChoiceCode>,
    /// Who was drawn, as many as there were seats.
    pub drawn: Vec<ChoiceCode>,
}

/// One constituency of a nation, with the lots drawn there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Constituency {
    /// Its code in the geography.
    pub unit: UnitCode,
    /// Its figures.
    pub contest: SeatInput,
    /// The lots drawn there.
    #[serde(default)]
    pub lots: Vec<Lot>,
}

impl Standing {
    /// A choice with its votes and nothing special about it.
    #[must_use]
    pub const fn new(choice: ChoiceCode, votes: Votes) -> Self {
        Self {
            choice,
            votes,
            candidates: None,
            annulled: false,
            exempt: false,
        }
    }
}

impl SeatInput {
    /// Whether the figures can be allotted from.
    ///
    /// # Errors
    /// The first contradiction, in the order of [`SeatRefusal`].
    pub fn check(&self) -> Result<(), SeatRefusal> {
        match self.seats {
            0 => return Err(SeatRefusal::NoSeats),
            seats if seats > MOST_SEATS => return Err(SeatRefusal::TooManySeats(seats)),
            _ => {}
        }
        if self.choices.is_empty() {
            return Err(SeatRefusal::NoChoices);
        }
        if self.max_choices == 0 {
            return Err(SeatRefusal::NoMarks);
        }
        let mut seen = BTreeSet::new();
        let mut sum: u128 = 0;
        for standing in &self.choices {
            if !seen.insert(&standing.choice) {
                return Err(SeatRefusal::RepeatedChoice(standing.choice.clone()));
            }
            if standing.votes > self.valid {
                return Err(SeatRefusal::VotesAboveValid(standing.choice.clone()));
            }
            sum += u128::from(standing.votes.get());
        }
        if sum > u128::from(self.valid.get()) * u128::from(self.max_choices) {
            return Err(SeatRefusal::VotesAboveMarks);
        }
        if self.cast.is_some_and(|cast| self.valid > cast) {
            return Err(SeatRefusal::ValidAboveCast);
        }
        u64::try_from(sum)
            .map(|_| ())
            .map_err(|_| SeatRefusal::TooLarge)
    }
}
