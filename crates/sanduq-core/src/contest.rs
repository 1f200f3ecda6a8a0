//! A contest: one question put to the voters of one unit, with its choices in ballot order. A
//! choice is bound by its code; its position is only where the paper shows it (INV-27).

use crate::id::ChoiceCode;
use crate::id::ContestCode;
use crate::id::LawCode;
use crate::id::UnitCode;
use crate::names::Names;
use serde::Deserialize;
use serde::Serialize;

/// A candidate, a list, or an answer of a referendum.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// The code that binds votes to it.
    pub code: ChoiceCode,
    /// The legal name.
    pub names: Names,
    /// The candidates of a list in list order; empty when the choice is itself a candidate.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub candidates: Vec<Names>,
}

/// One question put to the voters of one unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Contest {
    /// The code, unique in the event.
    pub code: ContestCode,
    /// The unit whose voters it is put to; every station below it has one sheet for it.
    pub unit: UnitCode,
    /// The title.
    pub names: Names,
    /// Seats to fill; 0 for a question that fills none.
    pub seats: u32,
    /// How many choices a voter may mark.
    pub max_choices: u32,
    /// Whether a valid ballot must mark exactly `max_choices` (requirements D.2, S5).
    pub exact_choice: bool,
    /// The rule that turns votes into seats, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seat_rule: Option<LawCode>,
    /// The choices in ballot order.
    pub choices: Vec<Choice>,
}

impl Contest {
    /// The position of a choice on the ballot.
    #[must_use]
    pub fn position(&self, choice: &ChoiceCode) -> Option<usize> {
        self.choices.iter().position(|c| c.code == *choice)
    }
}
