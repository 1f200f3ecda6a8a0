//! Shares of a base: thresholds, majorities, the share an unopposed choice needs. Always true here:
//! votes are compared with share x base as exact fractions, so 19.9996 % is never 20 %.

use super::field::Course;
use super::field::Field;
use super::ratio::Ratio;
use super::refusal::SeatRefusal;
use super::refusal::Silence;
use super::rule::Compare;
use super::rule::Need;
use super::rule::NonePasses;
use super::rule::ShareTest;
use super::step::Scope;
use super::step::Step;
use crate::id::ChoiceCode;
use std::collections::BTreeSet;

/// Whether `votes` meet the share of `base`.
///
/// ```
/// use sanduq_core::seats::meets;
/// use sanduq_core::seats::Base;
/// use sanduq_core::seats::Compare;
/// use sanduq_core::seats::Ratio;
/// use sanduq_core::seats::ShareTest;
///
/// let share = Ratio::parse("20%").unwrap();
/// let test = ShareTest { share, compare: Compare::AtLeast, base: Base::Valid };
/// assert!(meets(test, 50_000, 250_000));
/// assert!(!meets(test, 49_999, 250_000)); // 19.9996 %
/// ```
#[must_use]
pub fn meets(test: ShareTest, votes: u64, base: u64) -> bool {
    let (left, right) = crossed(test.share, votes, base);
    match test.compare {
        Compare::AtLeast => left >= right,
        Compare::MoreThan => left > right,
    }
}

/// Votes x denominator and base x numerator: both below 2^96, since a share has parts below 2^32.
fn crossed(share: Ratio, votes: u64, base: u64) -> (u128, u128) {
    (
        u128::from(votes) * share.denominator(),
        u128::from(base) * share.numerator(),
    )
}

/// The fewest further votes that would meet a missed share. `grows`: whether each is also one more
/// in the base. `None` when no number of votes would, or none within 64 bits.
pub(super) fn lacked(test: ShareTest, votes: u64, base: u64, grows: bool) -> Option<u64> {
    let (left, right) = crossed(test.share, votes, base);
    let short = right.checked_sub(left)?;
    let taken = if grows { test.share.numerator() } else { 0 };
    let each = test
        .share
        .denominator()
        .checked_sub(taken)
        .filter(|&each| each > 0)?;
    let further = match test.compare {
        Compare::AtLeast => short.div_ceil(each),
        Compare::MoreThan => short / each + 1,
    };
    u64::try_from(further).ok()
}

/// Tests one choice and notes it.
pub(super) fn tested(
    course: &mut Course,
    field: &Field,
    place: usize,
    test: ShareTest,
    scope: Scope,
) -> Result<bool, SeatRefusal> {
    let of = field.base(test.base, &[])?;
    let votes = field.runners[place].votes;
    let passed = meets(test, votes, of);
    note(
        course,
        field.code(place),
        (votes, of),
        test,
        scope,
        field.grows_with_votes(test.base),
    );
    Ok(passed)
}

/// Notes the test of a choice that has `figures.0` votes of a base of `figures.1`.
pub(super) fn note(
    course: &mut Course,
    choice: &ChoiceCode,
    figures: (u64, u64),
    test: ShareTest,
    scope: Scope,
    grows: bool,
) {
    let (votes, of) = figures;
    course.note(|| {
        let passed = meets(test, votes, of);
        let bar = u128::from(of) * test.share.numerator();
        Step::Tested {
            scope,
            choice: choice.clone(),
            votes,
            base: test.base,
            of,
            share: test.share,
            compare: test.compare,
            bar: Ratio::new(bar, test.share.denominator())
                .expect("the denominator of a ratio is above zero"),
            passed,
            lacked: if passed {
                None
            } else {
                lacked(test, votes, of, grows)
            },
        }
    });
}

/// Who takes part, the clause for the case that nobody passes included; `None` where the seats then
/// stay vacant. `national` names who passed in the nation, where the rule asks for that.
pub(super) fn participants(
    course: &mut Course,
    field: &Field,
    national: Option<&BTreeSet<ChoiceCode>>,
) -> Result<Option<Vec<bool>>, SeatRefusal> {
    let part = passing(course, field, national)?;
    if part.contains(&true) {
        return Ok(Some(part));
    }
    match course.rule.threshold.none_passes {
        None => Err(SeatRefusal::RuleSilent(Silence::NonePasses)),
        Some(NonePasses::AllCompete) => {
            course.note(|| Step::ThresholdWaived);
            Ok(Some(
                field
                    .runners
                    .iter()
                    .map(|r| !r.out && r.votes > 0)
                    .collect(),
            ))
        }
        Some(NonePasses::Vacant) => Ok(None),
    }
}

/// Who has a vote, is not annulled, and passes the thresholds or needs none.
fn passing(
    course: &mut Course,
    field: &Field,
    national: Option<&BTreeSet<ChoiceCode>>,
) -> Result<Vec<bool>, SeatRefusal> {
    let thresholds = course.rule.threshold;
    let mut part = Vec::with_capacity(field.runners.len());
    for (place, runner) in field.runners.iter().enumerate() {
        if runner.out || runner.votes == 0 {
            part.push(false);
            continue;
        }
        if runner.exempt && !thresholds.is_absent() {
            course.note(|| Step::Exempt {
                choice: field.code(place).clone(),
            });
            part.push(true);
            continue;
        }
        let here = match thresholds.local {
            Some(test) => Some(tested(course, field, place, test, Scope::Local)?),
            None => None,
        };
        let there = match (thresholds.national, national) {
            (Some(_), Some(passed)) => Some(passed.contains(field.code(place))),
            (Some(_), None) => return Err(SeatRefusal::NationNeeded),
            (None, _) => None,
        };
        part.push(match (here, there, thresholds.need) {
            (Some(a), Some(b), Need::All) => a && b,
            (Some(a), Some(b), Need::Any) => a || b,
            (Some(one), None, _) | (None, Some(one), _) => one,
            (None, None, _) => true,
        });
    }
    Ok(part)
}
