//! A seat rule as data: one file of law, read and checked once. Always true after
//! [`SeatRule::from_toml`]: every parameter is known to the engine and none contradicts another.
//!
//! A parameter whose type is an `Option` and that is left out means *the law has no such clause*.
//! When such a case arises all the same, the engine refuses with
//! [`SeatRefusal::RuleSilent`] and does not guess.

use super::ratio::Ratio;
use super::refusal::SeatRefusal;
use crate::id::LawCode;
use serde::Deserialize;
use serde::Serialize;

/// The law that turns the votes of one contest into seats.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SeatRule {
    /// The code by which a contest names the rule.
    pub code: LawCode,
    /// The clause that this file puts into data, and how sure its reading is.
    pub law: String,
    /// How seats follow from votes.
    pub method: Method,
    /// What a list must reach before it takes part. Only for proportional methods.
    #[serde(default, skip_serializing_if = "Thresholds::is_absent")]
    pub threshold: Thresholds,
    /// What happens to a choice that stands alone: one list, or no more candidates than seats.
    /// Left out: it is elected by the ordinary rule.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unopposed: Option<Unopposed>,
    /// What becomes of the votes and seats of an annulled list.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub annulled: Option<Annulled>,
    /// What becomes of seats that a list has won but has no candidate for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exhausted: Option<Exhausted>,
    /// What decides between equals.
    #[serde(default)]
    pub ties: Ties,
}

/// The method; the papers and clauses are in the header of [`crate::seats`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Method {
    /// The candidates with the most votes are elected, one seat each.
    Plurality,
    /// A share of the base elects; what is left goes to a second round.
    Majority(Majority),
    /// An absolute closed list: the winning list takes every seat.
    AbsoluteList(AbsoluteList),
    /// A quota, then the largest remainders.
    LargestRemainder(LargestRemainder),
    /// Seat by seat to the highest average.
    HighestAverages(HighestAverages),
}

/// Election by a share of the base, with a second round for the seats left.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Majority {
    /// The share that elects, and of what.
    pub elects: ShareTest,
    /// How many enter the second round for each seat left; all, if fewer stand. 2 for "the top
    /// two" and for "twice the seats left". The second round is a contest of its own, usually
    /// under a plurality rule.
    pub places_per_seat: u32,
    /// What a tie for the last place in the second round means.
    pub run_off_tie: RunOffTie,
    /// What happens when no more are left for the second round than there are seats for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub run_off_uncontested: Option<Uncontested>,
}

/// What happens when a second round would have no more candidates than seats.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Uncontested {
    /// It is held all the same.
    Hold,
    /// It is not held, and the seats stay vacant.
    Vacant,
}

/// A share of a base, and on which side of it equality lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ShareTest {
    /// The share: `1/2`, `20%`, `0.5%`.
    pub share: Ratio,
    /// Whether the share must be reached or passed.
    pub compare: Compare,
    /// What the share is taken of.
    pub base: Base,
}

/// Whether a share must be reached or passed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Compare {
    /// The share itself is enough (>=).
    AtLeast,
    /// More than the share is needed (>).
    MoreThan,
}

/// What a share or a quota is taken of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Base {
    /// Persons on the list of the constituency.
    Registered,
    /// Ballots found in the boxes, invalid and blank ones among them.
    Cast,
    /// Valid ballots.
    Valid,
    /// Votes for all choices, those below a threshold among them.
    Votes,
    /// Votes for the choices that passed the threshold. Only for a quota.
    Qualified,
}

/// What a tie for the last place in a second round means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RunOffTie {
    /// The tie is decided as [`Ties`] says.
    Decide,
    /// All equals enter.
    AllEnter,
}

/// Winner takes all.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AbsoluteList {
    /// The majority that elects in this round. Left out: the list with the most votes wins.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub majority: Option<Majority>,
}

/// Quota and largest remainders.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LargestRemainder {
    /// How many votes buy a seat.
    pub quota: Quota,
    /// Each list gets at most one seat by its remainder. What happens to seats still left then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub leftover: Option<Leftover>,
    /// What happens when full quotas give more seats than there are (possible with Imperiali, with
    /// a quota rounded down, and with Hagenbach-Bischoff when every list is an exact multiple).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub excess: Option<Excess>,
}

/// How many votes buy a seat.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Quota {
    /// The formula.
    pub kind: QuotaKind,
    /// The votes V of the formula.
    pub base: Base,
    /// How the quota is rounded; `exact` for Droop, whose rounding is in its formula.
    pub rounding: Rounding,
}

/// The formulas, with V votes and S seats.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum QuotaKind {
    /// V / S.
    Hare,
    /// The whole part of V / (S + 1), plus one.
    Droop,
    /// V / (S + 1).
    HagenbachBischoff,
    /// V / (S + 2).
    Imperiali,
}

/// How a quota is rounded to whole votes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rounding {
    /// Not at all.
    Exact,
    /// Downwards.
    Down,
    /// Upwards.
    Up,
    /// To the nearest, a half upwards.
    Nearest,
}

/// Where seats go that are left after one remainder seat for each list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Leftover {
    /// A further round in the same order of remainders.
    AnotherRound,
    /// To the highest average, votes over seats held plus one.
    HighestAverage,
    /// They stay vacant.
    Vacant,
}

/// How seats given in excess are taken back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Excess {
    /// One at a time from the list with the smallest remainder.
    SmallestRemainder,
}

/// Seat by seat to the highest average.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HighestAverages {
    /// What a list's votes are divided by for its first, second, third seat and so on.
    pub divisors: Divisors,
}

/// The divisors.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Divisors {
    /// 1, 2, 3, ...
    Dhondt,
    /// 1, 3, 5, ...
    SainteLague,
    /// The first as given, then 3, 5, 7, ...
    ModifiedSainteLague {
        /// The first divisor, `7/5` or `1.4`.
        first: Ratio,
    },
    /// As listed, each larger than the one before; a list that would need one more is refused.
    Values(Vec<Ratio>),
}

/// What a list must reach before it takes part.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Thresholds {
    /// In the constituency.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub local: Option<ShareTest>,
    /// In the nation, over all constituencies together.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub national: Option<ShareTest>,
    /// Where both are given: whether both are needed or one is enough. `all` where left out.
    #[serde(default)]
    pub need: Need,
    /// What happens in a constituency where no list with votes has passed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub none_passes: Option<NonePasses>,
}

impl Thresholds {
    /// Whether the law has no threshold.
    #[must_use]
    pub const fn is_absent(&self) -> bool {
        self.local.is_none() && self.national.is_none()
    }
}

/// How many of several thresholds are needed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Need {
    /// Every one.
    #[default]
    All,
    /// Any one.
    Any,
}

/// What happens where no list has passed the threshold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NonePasses {
    /// The threshold falls away: all compete.
    AllCompete,
    /// The seats stay vacant.
    Vacant,
}

/// What happens to a choice that stands alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unopposed {
    /// Elected without a vote.
    Elected,
    /// Elected if it reaches a share; otherwise nominations open again.
    Share(ShareTest),
}

/// What becomes of the votes and seats of an annulled list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Annulled {
    /// Its votes leave every base and the seats are allotted anew among the others. Where a ballot
    /// carries several votes, its ballots stay, since they may carry votes for others.
    VotesRemoved,
    /// Its votes stay in the bases, and the seats are allotted anew among the others.
    VotesKept,
    /// The allotment stands, and the seats of the list stay vacant.
    SeatsVacant,
}

/// What becomes of seats that a list has won but has no candidate for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Exhausted {
    /// They stay vacant.
    Vacant,
    /// They pass on to the other lists by the same method.
    Others,
}

/// What decides between equals.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ties {
    /// Whether equal remainders or averages first go to the choice with more votes.
    #[serde(default)]
    pub more_votes_first: bool,
    /// What decides when the engine cannot: it stops and asks for the outcome.
    #[serde(default)]
    pub decided_by: TieDecision,
}

/// What decides a tie that votes cannot; the engine never does, it asks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TieDecision {
    /// A public drawing of lots.
    #[default]
    Lot,
    /// The younger candidate, as the authority finds from the nomination papers.
    Younger,
    /// The older candidate, as the authority finds from the nomination papers.
    Older,
    /// The choice that was registered first.
    EarlierRegistered,
}

impl SeatRule {
    /// Reads a rule from its file and checks it.
    ///
    /// # Errors
    /// [`SeatRefusal::RuleUnreadable`] for an unknown or missing field,
    /// [`SeatRefusal::RuleInconsistent`] for parameters that contradict each other.
    pub fn from_toml(text: &str) -> Result<Self, SeatRefusal> {
        let rule: Self =
            toml::from_str(text).map_err(|e| SeatRefusal::RuleUnreadable(e.to_string()))?;
        rule.check()?;
        Ok(rule)
    }

    /// Whether the parameters agree with each other.
    ///
    /// # Errors
    /// [`SeatRefusal::RuleInconsistent`] with what contradicts what.
    pub fn check(&self) -> Result<(), SeatRefusal> {
        let refuse = |why| Err(SeatRefusal::RuleInconsistent(why));
        let single = match self.unopposed {
            Some(Unopposed::Share(test)) => Some(test),
            _ => None,
        };
        let majority = match &self.method {
            Method::Majority(majority) => Some(majority),
            Method::AbsoluteList(list) => list.majority.as_ref(),
            _ => None,
        };
        let tests = [self.threshold.local, self.threshold.national, single];
        for test in tests
            .into_iter()
            .flatten()
            .chain(majority.map(|m| m.elects))
        {
            if test.share > Ratio::whole(1) {
                return refuse("a share above the whole");
            }
            if test.base == Base::Qualified {
                return refuse("a share of the qualified votes: only a quota can be taken of them");
            }
        }
        if majority.is_some_and(|m| m.places_per_seat < 2) {
            return refuse("a second round with fewer than two places for a seat");
        }
        if !self.is_proportional() && !self.threshold.is_absent() {
            return refuse("a threshold with a method that is not proportional");
        }
        if !self.is_proportional() && self.exhausted == Some(Exhausted::Others) {
            return refuse("seats that pass on to other lists with a method by majority");
        }
        match &self.method {
            Method::LargestRemainder(method) => method.quota.check(),
            Method::HighestAverages(method) => method.divisors.check(),
            _ => Ok(()),
        }
    }

    /// Whether seats follow in proportion to votes.
    #[must_use]
    pub const fn is_proportional(&self) -> bool {
        matches!(
            self.method,
            Method::LargestRemainder(_) | Method::HighestAverages(_)
        )
    }
}

impl Quota {
    /// Whether it is a whole number of votes.
    #[must_use]
    pub fn is_rounded(self) -> bool {
        self.kind == QuotaKind::Droop || self.rounding != Rounding::Exact
    }

    fn check(self) -> Result<(), SeatRefusal> {
        if self.base == Base::Registered {
            return Err(SeatRefusal::RuleInconsistent("a quota of the registered"));
        }
        if self.kind == QuotaKind::Droop && self.rounding != Rounding::Exact {
            return Err(SeatRefusal::RuleInconsistent("a Droop quota rounded twice"));
        }
        Ok(())
    }
}

impl Divisors {
    fn check(&self) -> Result<(), SeatRefusal> {
        let refuse = |why| Err(SeatRefusal::RuleInconsistent(why));
        match self {
            Self::Dhondt | Self::SainteLague => Ok(()),
            Self::ModifiedSainteLague { first } => {
                if first.is_zero() || *first >= Ratio::whole(3) {
                    return refuse("a first divisor that is not above 0 and below 3");
                }
                Ok(())
            }
            Self::Values(values) => {
                let rising = values.windows(2).all(|pair| pair[0] < pair[1]);
                if values.first().is_none_or(|first| first.is_zero()) || !rising {
                    return refuse("divisors that do not rise from above 0");
                }
                Ok(())
            }
        }
    }
}
