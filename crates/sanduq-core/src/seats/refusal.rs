//! Why the engine says no. Always true here: a refusal names what stands in the way and where; no
//! seat is ever given on figures that contradict each other or on a clause the law does not have.

use crate::id::ChoiceCode;
use crate::id::UnitCode;
use crate::refusal::Refusal;
use core::fmt;

/// A question on which the rule has no clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Silence {
    /// An annulled list is among the choices.
    Annulled,
    /// A list has won more seats than it has candidates.
    Exhausted,
    /// Seats are left after each list has got one by its remainder.
    Leftover,
    /// Full quotas give more seats than there are.
    Excess,
    /// No list has passed the threshold.
    NonePasses,
    /// No more are left for a second round than there are seats for it.
    RunOffUncontested,
}

impl Silence {
    /// The parameter of the rule that would answer.
    #[must_use]
    pub const fn parameter(self) -> &'static str {
        match self {
            Self::Annulled => "annulled",
            Self::Exhausted => "exhausted",
            Self::Leftover => "leftover",
            Self::Excess => "excess",
            Self::NonePasses => "threshold.none_passes",
            Self::RunOffUncontested => "run_off_uncontested",
        }
    }
}

/// Why no seats are allotted. Checked in the order: the rule, the figures, the case, the lots.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SeatRefusal {
    /// The file of the rule is not what its reader expects.
    RuleUnreadable(String),
    /// Two parameters of the rule contradict each other.
    RuleInconsistent(&'static str),
    /// The rule has a national threshold, and only one constituency was handed in.
    NationNeeded,
    /// No seat to fill.
    NoSeats,
    /// More seats than any house has: a typing error.
    TooManySeats(u32),
    /// Nothing to choose from.
    NoChoices,
    /// The voter may mark no choice.
    NoMarks,
    /// One choice stands twice in one constituency.
    RepeatedChoice(ChoiceCode),
    /// One constituency stands twice in the nation.
    RepeatedConstituency(UnitCode),
    /// A choice has more votes than there are valid ballots.
    VotesAboveValid(ChoiceCode),
    /// All choices together have more votes than the valid ballots can carry.
    VotesAboveMarks,
    /// More valid ballots than ballots in the boxes.
    ValidAboveCast,
    /// A figure that the rule needs is missing: `registered` or `cast`.
    FigureMissing(&'static str),
    /// The sum does not fit in 64 bits, or a fraction not in 128.
    TooLarge,
    /// Nobody has a vote.
    NoVotes,
    /// The case has arisen, and the rule has no clause for it.
    RuleSilent(Silence),
    /// The quota, rounded down, is no votes at all.
    QuotaZero,
    /// A list would need a divisor that the rule does not list.
    DivisorsTooFew(ChoiceCode),
    /// A lot was handed in that does not answer the tie: other choices, or not as many drawn as
    /// there are seats.
    LotDoesNotFit,
    /// A lot was handed in and there is no tie for it.
    LotNotNeeded,
    /// One constituency of a nation is refused.
    In(UnitCode, Box<SeatRefusal>),
}

impl Refusal for SeatRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::RuleUnreadable(_) => "seats.rule_unreadable",
            Self::RuleInconsistent(_) => "seats.rule_inconsistent",
            Self::NationNeeded => "seats.nation_needed",
            Self::NoSeats => "seats.no_seats",
            Self::TooManySeats(_) => "seats.too_many_seats",
            Self::NoChoices => "seats.no_choices",
            Self::NoMarks => "seats.no_marks",
            Self::RepeatedChoice(_) => "seats.repeated_choice",
            Self::RepeatedConstituency(_) => "seats.repeated_constituency",
            Self::VotesAboveValid(_) => "seats.votes_above_valid",
            Self::VotesAboveMarks => "seats.votes_above_marks",
            Self::ValidAboveCast => "seats.valid_above_cast",
            Self::FigureMissing(_) => "seats.figure_missing",
            Self::TooLarge => "seats.too_large",
            Self::NoVotes => "seats.no_votes",
            Self::RuleSilent(_) => "seats.rule_silent",
            Self::QuotaZero => "seats.quota_zero",
            Self::DivisorsTooFew(_) => "seats.divisors_too_few",
            Self::LotDoesNotFit => "seats.lot_does_not_fit",
            Self::LotNotNeeded => "seats.lot_not_needed",
            Self::In(_, inner) => inner.code(),
        }
    }
}

impl fmt::Display for SeatRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::RuleUnreadable(why) => write!(f, "the seat rule cannot be read: {why}"),
            Self::RuleInconsistent(why) => write!(f, "the seat rule contradicts itself: {why}"),
            Self::NationNeeded => f.write_str(
                "the rule has a national threshold: hand in every constituency of the nation",
            ),
            Self::NoSeats => f.write_str("there is no seat to fill"),
            Self::TooManySeats(seats) => write!(f, "{seats} seats are more than any house has"),
            Self::NoChoices => f.write_str("there is nothing to choose from"),
            Self::NoMarks => f.write_str("the voter may mark no choice"),
            Self::RepeatedChoice(choice) => write!(f, "{choice} stands twice in one constituency"),
            Self::RepeatedConstituency(unit) => write!(f, "{unit} was handed in twice"),
            Self::VotesAboveValid(choice) => {
                write!(f, "{choice} has more votes than there are valid ballots")
            }
            Self::VotesAboveMarks => {
                f.write_str("the votes are more than the valid ballots can carry")
            }
            Self::ValidAboveCast => f.write_str("more ballots are valid than were in the boxes"),
            Self::FigureMissing(figure) => write!(f, "the rule needs the figure `{figure}`"),
            Self::TooLarge => f.write_str("a sum of votes does not fit in 64 bits"),
            Self::NoVotes => f.write_str("nobody has a vote"),
            Self::RuleSilent(silence) => {
                write!(
                    f,
                    "the law has to say what happens: no `{}` in the rule",
                    silence.parameter()
                )
            }
            Self::QuotaZero => f.write_str("the quota, rounded down, is no votes at all"),
            Self::DivisorsTooFew(choice) => {
                write!(f, "the rule lists too few divisors for {choice}")
            }
            Self::LotDoesNotFit => f.write_str(
                "the lot does not answer the tie: draw among the choices it names, one for a seat",
            ),
            Self::LotNotNeeded => f.write_str("a lot was handed in and there is no tie for it"),
            Self::In(unit, inner) => write!(f, "{unit}: {inner}"),
        }
    }
}

impl core::error::Error for SeatRefusal {}
