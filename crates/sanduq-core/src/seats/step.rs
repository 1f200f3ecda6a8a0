//! The steps of an allotment, each with its figures and a sentence that a court can read. Always
//! true here: a step only reports what the engine used; nothing is computed from it.

use super::ratio::Ratio;
use super::rule::Annulled;
use super::rule::Base;
use super::rule::Compare;
use super::rule::Exhausted;
use super::rule::QuotaKind;
use super::rule::TieDecision;
use crate::id::ChoiceCode;
use core::fmt;
use serde::Serialize;

/// What a choice gets, or is drawn for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Prize {
    /// A seat; under an absolute list, all of them.
    Seat,
    /// Keeping a seat when seats given in excess are taken back.
    Keep,
    /// A place in the second round.
    RunOffPlace,
}

/// Where a share is tested.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// A threshold in the constituency.
    Local,
    /// A threshold in the nation.
    National,
    /// The share that elects in the first round.
    Majority,
    /// The share that an unopposed choice needs.
    Unopposed,
}

/// Why seats stay vacant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Vacancy {
    /// No one else with a vote stands.
    NobodyLeft,
    /// The list that won them has no more candidates.
    Exhausted,
    /// The list that won them was annulled.
    Annulled,
    /// They are left after each list had its remainder seat.
    Leftover,
    /// No list passed the threshold.
    NonePassed,
    /// The unopposed choice missed its share.
    Unopposed,
    /// A second round would have no more candidates than seats.
    Uncontested,
}

/// One step of the computation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "step", rename_all = "snake_case")]
pub enum Step {
    /// An annulled list was set aside.
    SetAside {
        /// The list.
        choice: ChoiceCode,
        /// Its votes.
        votes: u64,
        /// What the rule does with them.
        treatment: Annulled,
    },
    /// A share was tested.
    Tested {
        /// Of what.
        scope: Scope,
        /// Who was tested.
        choice: ChoiceCode,
        /// Its votes.
        votes: u64,
        /// What the share is taken of.
        base: Base,
        /// That base, in votes or persons.
        of: u64,
        /// The share.
        share: Ratio,
        /// Whether it must be reached or passed.
        compare: Compare,
        /// Share times base, exact.
        bar: Ratio,
        /// Whether it was met.
        passed: bool,
        /// The fewest further votes that would have met it, where it was missed and votes can meet
        /// it; a further vote is a further ballot in the base.
        lacked: Option<u64>,
    },
    /// A list needs no threshold.
    Exempt {
        /// The list.
        choice: ChoiceCode,
    },
    /// The threshold fell away because no list passed it.
    ThresholdWaived,
    /// The quota.
    Quota {
        /// The formula.
        kind: QuotaKind,
        /// What its votes are.
        base: Base,
        /// Those votes.
        of: u64,
        /// Seats to fill.
        seats: u32,
        /// Before rounding.
        exact: Ratio,
        /// As used.
        quota: Ratio,
    },
    /// Seats by full quotas.
    FullQuotas {
        /// The list.
        choice: ChoiceCode,
        /// Its votes.
        votes: u64,
        /// Full quotas in them.
        seats: u32,
        /// Votes left over.
        remainder: Ratio,
    },
    /// A seat given in excess was taken back.
    TakenBack {
        /// From whom.
        choice: ChoiceCode,
        /// By which remainder.
        remainder: Ratio,
    },
    /// A seat by remainder.
    RemainderSeat {
        /// The number of the seat.
        seat: u32,
        /// To whom.
        choice: ChoiceCode,
        /// By which remainder.
        remainder: Ratio,
        /// In which round of remainders, from 1.
        round: u32,
    },
    /// A seat by average.
    AverageSeat {
        /// The number of the seat.
        seat: u32,
        /// To whom.
        choice: ChoiceCode,
        /// Its votes.
        votes: u64,
        /// What they were divided by.
        divisor: Ratio,
        /// The average.
        average: Ratio,
    },
    /// Elected by votes.
    Elected {
        /// Who.
        choice: ChoiceCode,
        /// With how many votes.
        votes: u64,
        /// Seats.
        seats: u32,
    },
    /// Elected without a vote.
    Unopposed {
        /// Who.
        choice: ChoiceCode,
    },
    /// A list has no more candidates.
    ListExhausted {
        /// The list.
        choice: ChoiceCode,
        /// The candidates it had.
        candidates: u32,
        /// What the rule does with its further seats.
        treatment: Exhausted,
    },
    /// Equal remainders or averages went to the choice with more votes.
    MoreVotesFirst {
        /// Who was equal.
        among: Vec<ChoiceCode>,
        /// Who went first.
        first: Vec<ChoiceCode>,
    },
    /// Votes cannot decide.
    Tie {
        /// Who is equal.
        among: Vec<ChoiceCode>,
        /// Room for how many.
        seats: u32,
        /// For what.
        prize: Prize,
        /// What decides.
        decided_by: TieDecision,
    },
    /// The tie was decided.
    Drawn {
        /// Who was drawn.
        drawn: Vec<ChoiceCode>,
    },
    /// Who enters the second round.
    RunOff {
        /// Who, most votes first.
        among: Vec<ChoiceCode>,
        /// For how many seats.
        seats: u32,
    },
    /// Seats stay vacant.
    Vacant {
        /// How many.
        seats: u32,
        /// Why.
        why: Vacancy,
    },
}

const fn base_words(base: Base) -> &'static str {
    match base {
        Base::Registered => "registered voters",
        Base::Cast => "ballots in the boxes",
        Base::Valid => "valid ballots",
        Base::Votes => "votes for all choices",
        Base::Qualified => "votes for the lists that take part",
    }
}

const fn scope_words(scope: Scope) -> &'static str {
    match scope {
        Scope::Local => "threshold of the constituency",
        Scope::National => "national threshold",
        Scope::Majority => "share that elects",
        Scope::Unopposed => "share that an unopposed choice needs",
    }
}

/// The formula's name and the formula.
const fn quota_words(kind: QuotaKind) -> &'static str {
    match kind {
        QuotaKind::Hare => "Hare quota V/S",
        QuotaKind::Droop => "Droop quota, the whole part of V/(S+1), plus 1",
        QuotaKind::HagenbachBischoff => "Hagenbach-Bischoff quota V/(S+1)",
        QuotaKind::Imperiali => "Imperiali quota V/(S+2)",
    }
}

const fn vacancy_words(why: Vacancy) -> &'static str {
    match why {
        Vacancy::NobodyLeft => "nobody else with a vote stands",
        Vacancy::Exhausted => "the list that won them has no more candidates",
        Vacancy::Annulled => "the list that won them was annulled",
        Vacancy::Leftover => "each list has had its seat by remainder",
        Vacancy::NonePassed => "no list passed the threshold",
        Vacancy::Unopposed => "the unopposed choice missed its share",
        Vacancy::Uncontested => "no more are left for a second round than there are seats",
    }
}

const fn decision_words(decided_by: TieDecision) -> &'static str {
    match decided_by {
        TieDecision::Lot => "a drawing of lots",
        TieDecision::Younger => "the younger candidate",
        TieDecision::Older => "the older candidate",
        TieDecision::EarlierRegistered => "the earlier registration",
    }
}

/// Codes side by side.
struct Listing<'a>(&'a [ChoiceCode]);

impl fmt::Display for Listing<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, choice) in self.0.iter().enumerate() {
            write!(f, "{}{choice}", if i == 0 { "" } else { ", " })?;
        }
        Ok(())
    }
}

impl Step {
    /// The sentences of a share that was tested.
    fn write_tested(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self::Tested {
            scope,
            choice,
            votes,
            base,
            of,
            share,
            compare,
            bar,
            passed,
            lacked,
        } = self
        else {
            return Ok(());
        };
        let (scope, base) = (scope_words(*scope), base_words(*base));
        let more = if *compare == Compare::MoreThan {
            "more than "
        } else {
            ""
        };
        let verdict = if *passed { "met" } else { "missed" };
        write!(
            f,
            "The {scope}, {more}{share} of {of} {base} ({more}{bar}), is {verdict} "
        )?;
        write!(f, "by {choice} with {votes} votes")?;
        match lacked {
            Some(lacked) => write!(f, "; {lacked} more would have met it."),
            None => f.write_str("."),
        }
    }

    /// The sentences of who takes part and who is elected by votes.
    fn write_standing(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::SetAside {
                choice,
                votes,
                treatment,
            } => {
                let what = match treatment {
                    Annulled::VotesRemoved => "its votes leave every base",
                    Annulled::VotesKept => "its votes stay in the bases",
                    Annulled::SeatsVacant => "the seats it won stay vacant",
                };
                write!(f, "{choice} is annulled with {votes} votes; {what}.")
            }
            Self::Exempt { choice } => write!(f, "{choice} needs no threshold."),
            Self::ThresholdWaived => f.write_str("No list passed the threshold: all take part."),
            Self::Elected {
                choice,
                votes,
                seats,
            } => {
                write!(f, "{choice} is elected with {votes} votes; seats: {seats}.")
            }
            Self::Unopposed { choice } => write!(f, "{choice} stands alone and is elected."),
            Self::ListExhausted {
                choice,
                candidates,
                treatment,
            } => {
                let what = match treatment {
                    Exhausted::Vacant => "stay vacant",
                    Exhausted::Others => "pass on",
                };
                write!(
                    f,
                    "{choice} has {candidates} candidates; seats beyond them {what}."
                )
            }
            _ => Ok(()),
        }
    }

    /// The sentences of sharing out: quota, remainder, average.
    fn write_sharing(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Quota {
                kind,
                base,
                of,
                seats,
                exact,
                quota,
            } => {
                let (formula, base) = (quota_words(*kind), base_words(*base));
                write!(
                    f,
                    "{formula} of {of} {base} for {seats} seats: {exact}, used as {quota}."
                )
            }
            Self::FullQuotas {
                choice,
                votes,
                seats,
                remainder,
            } => write!(
                f,
                "{choice}: {votes} votes hold the quota {seats} times, {remainder} remain."
            ),
            Self::TakenBack { choice, remainder } => write!(
                f,
                "A seat too many was given: {choice} gives it back, its remainder {remainder} \
                 being the smallest."
            ),
            Self::RemainderSeat {
                seat,
                choice,
                remainder,
                round,
            } => write!(
                f,
                "Seat {seat} to {choice} by the remainder {remainder} (round {round})."
            ),
            Self::AverageSeat {
                seat,
                choice,
                votes,
                divisor,
                average,
            } => write!(
                f,
                "Seat {seat} to {choice}: {votes} divided by {divisor} is {average}, the highest."
            ),
            _ => Ok(()),
        }
    }

    /// The sentences of equality and of what is left.
    fn write_open(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::MoreVotesFirst { among, first } => write!(
                f,
                "{} are equal; more votes go first: {}.",
                Listing(among),
                Listing(first)
            ),
            Self::Tie {
                among,
                seats,
                prize,
                decided_by,
            } => {
                let prize = match prize {
                    Prize::Seat => "a seat",
                    Prize::Keep => "keeping a seat",
                    Prize::RunOffPlace => "a place in the second round",
                };
                let (among, by) = (Listing(among), decision_words(*decided_by));
                write!(
                    f,
                    "{among} are equal for {prize}, with room for {seats}; {by} decides."
                )
            }
            Self::Drawn { drawn } => write!(f, "The decision: {}.", Listing(drawn)),
            Self::RunOff { among, seats } => {
                write!(
                    f,
                    "A second round for {seats} seats between {}.",
                    Listing(among)
                )
            }
            Self::Vacant { seats, why } => {
                write!(f, "{seats} seats stay vacant: {}.", vacancy_words(*why))
            }
            _ => Ok(()),
        }
    }
}

/// One English sentence; pages say the same in the reader's language from the figures.
impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Tested { .. } => self.write_tested(f),
            Self::SetAside { .. }
            | Self::Exempt { .. }
            | Self::ThresholdWaived
            | Self::Elected { .. }
            | Self::Unopposed { .. }
            | Self::ListExhausted { .. } => self.write_standing(f),
            Self::Quota { .. }
            | Self::FullQuotas { .. }
            | Self::TakenBack { .. }
            | Self::RemainderSeat { .. }
            | Self::AverageSeat { .. } => self.write_sharing(f),
            Self::MoreVotesFirst { .. }
            | Self::Tie { .. }
            | Self::Drawn { .. }
            | Self::RunOff { .. }
            | Self::Vacant { .. } => self.write_open(f),
        }
    }
}
