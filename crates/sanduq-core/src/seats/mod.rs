//! From votes to seats: one engine, the law as data.
//!
//! Always true here: votes are whole numbers and shares exact fractions; the order of the input
//! never decides; what votes cannot decide stops and asks for a lot, and the computation is done
//! again with its outcome; where the law has no clause for a case, the engine refuses; every seat
//! has its steps, and the seats given, vacant and open add up to the seats there are.
//!
//! ```text
//! figures ─▶ annulled? ─▶ unopposed? ─▶ threshold ─▶ method ─▶ exhausted? ─▶ seats, steps
//!                                                      │                           │
//!                                          tie ─▶ lot ─┘             margins ◀─────┘
//! ```
//!
//! | rule | file of the method | paper or clause |
//! |---|---|---|
//! | plurality, majority, absolute list | `majority` | the laws named in the rule files |
//! | largest remainder | `quota` | Balinski & Young, *Fair Representation* (1982), ch. 3 |
//! | highest averages | `averages` | same, ch. 4, 9, 10 and app. A |
//! | thresholds | `threshold` | the laws named in the rule files |
//! | persons from a list | [`list`] | the laws named in the list rule files |
//!
//! A rule names its own clause in its field `law`.

mod averages;
mod field;
mod input;
pub mod list;
mod majority;
mod margin;
mod nation;
mod outcome;
mod quota;
mod ratio;
mod refusal;
mod rule;
mod step;
mod threshold;
mod tie;

pub use input::Constituency;
pub use input::Lot;
pub use input::MOST_SEATS;
pub use input::SeatInput;
pub use input::Standing;
pub use nation::allot_nation;
pub use outcome::Allotment;
pub use outcome::Award;
pub use outcome::LotNeeded;
pub use outcome::Margin;
pub use outcome::Moved;
pub use outcome::NationAllotment;
pub use outcome::Outcome;
pub use ratio::Ratio;
pub use refusal::SeatRefusal;
pub use refusal::Silence;
pub use rule::AbsoluteList;
pub use rule::Annulled;
pub use rule::Base;
pub use rule::Compare;
pub use rule::Divisors;
pub use rule::Excess;
pub use rule::Exhausted;
pub use rule::HighestAverages;
pub use rule::LargestRemainder;
pub use rule::Leftover;
pub use rule::Majority;
pub use rule::Method;
pub use rule::Need;
pub use rule::NonePasses;
pub use rule::Quota;
pub use rule::QuotaKind;
pub use rule::Rounding;
pub use rule::RunOffTie;
pub use rule::SeatRule;
pub use rule::ShareTest;
pub use rule::Thresholds;
pub use rule::TieDecision;
pub use rule::Ties;
pub use rule::Uncontested;
pub use rule::Unopposed;
pub use step::Prize;
pub use step::Scope;
pub use step::Step;
pub use step::Vacancy;
pub use threshold::meets;

use crate::id::ChoiceCode;
use field::Course;
use field::Field;
use field::Open;
use field::Settled;
use majority::Prizes;
use std::collections::BTreeSet;

/// Allots the seats of one constituency. Lots are handed in when an earlier answer asked for one;
/// the whole computation is done again with them.
///
/// # Errors
/// A rule or figures that contradict themselves, a case on which the law is silent, a lot that
/// answers nothing; see [`SeatRefusal`].
pub fn allot(rule: &SeatRule, input: &SeatInput, lots: &[Lot]) -> Result<Allotment, SeatRefusal> {
    check(rule, input)?;
    allot_within(rule, input, lots, None, true)
}

/// The same with no margins in the answer. Margins take a hundred times as long as the rest, since
/// the rule is applied again for each of them.
///
/// # Errors
/// As [`allot`].
pub fn allot_without_margins(
    rule: &SeatRule,
    input: &SeatInput,
    lots: &[Lot],
) -> Result<Allotment, SeatRefusal> {
    check(rule, input)?;
    allot_within(rule, input, lots, None, false)
}

fn check(rule: &SeatRule, input: &SeatInput) -> Result<(), SeatRefusal> {
    rule.check()?;
    if rule.threshold.national.is_some() {
        return Err(SeatRefusal::NationNeeded);
    }
    input.check()
}

/// Allots with the rule and the figures checked, and with who passed in the nation.
fn allot_within(
    rule: &SeatRule,
    input: &SeatInput,
    lots: &[Lot],
    national: Option<&BTreeSet<ChoiceCode>>,
    with_margins: bool,
) -> Result<Allotment, SeatRefusal> {
    let mut course = Course::told(rule, lots);
    note_annulled(&mut course, input)?;
    let field = Field::new(input, rule.annulled);
    let settled = settle(&mut course, &field, national)?;
    let margins = if with_margins {
        margin::margins(&field, &settled, &course, national)
    } else {
        Vec::new()
    };
    let seats_at = |place: usize, s: &Settled| Award {
        choice: field.code(place).clone(),
        seats: s.seats[place],
    };
    Ok(Allotment {
        awards: (0..field.runners.len())
            .map(|place| seats_at(place, &settled))
            .collect(),
        outcome: outcome(rule, &field, &settled),
        vacant: settled.vacant,
        margins,
        moved: moved(rule, input, &settled, national),
        steps: course.finish()?,
    })
}

/// The whole rule on one set of figures.
fn settle(
    course: &mut Course,
    field: &Field,
    national: Option<&BTreeSet<ChoiceCode>>,
) -> Result<Settled, SeatRefusal> {
    let rule = course.rule;
    let prizes = match rule.method {
        Method::Plurality | Method::Majority(_) => Prizes {
            winners: field.seats(),
            each: 1,
        },
        _ => Prizes {
            winners: 1,
            each: field.seats(),
        },
    };
    let mut settled = match majority::unopposed(course, field, prizes)? {
        Some(settled) => settled,
        None if field.runners.iter().all(|r| r.out || r.votes == 0) => {
            return Err(SeatRefusal::NoVotes);
        }
        None => match &rule.method {
            Method::Plurality => majority::plurality(course, field, prizes)?,
            Method::Majority(method) => majority::majority(course, field, method, prizes)?,
            Method::AbsoluteList(AbsoluteList { majority: None }) => {
                majority::plurality(course, field, prizes)?
            }
            Method::AbsoluteList(AbsoluteList {
                majority: Some(method),
            }) => majority::majority(course, field, method, prizes)?,
            Method::LargestRemainder(_) | Method::HighestAverages(_) => {
                in_proportion(course, field, national)?
            }
        },
    };
    vacate(course, field, &mut settled)?;
    Ok(settled)
}

/// Threshold, then the method among those that take part.
fn in_proportion(
    course: &mut Course,
    field: &Field,
    national: Option<&BTreeSet<ChoiceCode>>,
) -> Result<Settled, SeatRefusal> {
    let rule = course.rule;
    let Some(part) = threshold::participants(course, field, national)? else {
        let mut settled = Settled::none(field);
        settled.vacant = field.seats();
        course.note(|| Step::Vacant {
            seats: field.seats(),
            why: Vacancy::NonePassed,
        });
        return Ok(settled);
    };
    match &rule.method {
        Method::LargestRemainder(method) => quota::largest_remainder(course, field, method, &part),
        Method::HighestAverages(method) => averages::highest_averages(course, field, method, &part),
        _ => unreachable!("only proportional methods come here: see settle"),
    }
}

/// Seats of annulled lists, where the rule leaves them vacant, and seats beyond a list's
/// candidates. Where the latter pass on to others, the method has kept within the candidates.
fn vacate(course: &mut Course, field: &Field, settled: &mut Settled) -> Result<(), SeatRefusal> {
    for (place, standing) in field.input.choices.iter().enumerate() {
        let won = settled.seats[place];
        if won == 0 {
            continue;
        }
        if standing.annulled && course.rule.annulled == Some(Annulled::SeatsVacant) {
            settled.seats[place] = 0;
            settled.vacant += won;
            course.note(|| Step::Vacant {
                seats: won,
                why: Vacancy::Annulled,
            });
        } else if let Some(candidates) = standing.candidates.filter(|&most| won > most) {
            let treatment = course
                .rule
                .exhausted
                .ok_or(SeatRefusal::RuleSilent(Silence::Exhausted))?;
            let seats = won - candidates;
            settled.seats[place] = candidates;
            settled.vacant += seats;
            let choice = standing.choice.clone();
            course.note(|| Step::ListExhausted {
                choice,
                candidates,
                treatment,
            });
            course.note(|| Step::Vacant {
                seats,
                why: Vacancy::Exhausted,
            });
        }
    }
    Ok(())
}

fn note_annulled(course: &mut Course, input: &SeatInput) -> Result<(), SeatRefusal> {
    for standing in input.choices.iter().filter(|s| s.annulled) {
        let silent = SeatRefusal::RuleSilent(Silence::Annulled);
        let treatment = course.rule.annulled.ok_or(silent)?;
        let (choice, votes) = (standing.choice.clone(), standing.votes.get());
        course.note(|| Step::SetAside {
            choice,
            votes,
            treatment,
        });
    }
    Ok(())
}

fn outcome(rule: &SeatRule, field: &Field, settled: &Settled) -> Outcome {
    match &settled.open {
        Open::Nothing => Outcome::Final,
        Open::Reopen => Outcome::NominationsReopen,
        Open::RunOff { among, seats } => Outcome::RunOff {
            among: among
                .iter()
                .map(|&place| field.code(place).clone())
                .collect(),
            seats: *seats,
        },
        Open::Tie {
            among,
            seats,
            prize,
        } => Outcome::LotNeeded(LotNeeded {
            among: field.codes(among),
            seats: *seats,
            prize: *prize,
            decided_by: rule.ties.decided_by,
        }),
    }
}

/// What the annulment of lists changed; empty without one, and where the seats without it would
/// themselves be refused.
fn moved(
    rule: &SeatRule,
    input: &SeatInput,
    after: &Settled,
    national: Option<&BTreeSet<ChoiceCode>>,
) -> Vec<Moved> {
    if input.choices.iter().all(|s| !s.annulled) {
        return Vec::new();
    }
    let whole = SeatRule {
        annulled: None,
        ..rule.clone()
    };
    let field = Field::new(input, None);
    let Ok(before) = settle(&mut Course::quiet(&whole), &field, national) else {
        return Vec::new();
    };
    let places = before.seats.iter().zip(&after.seats).enumerate();
    places
        .filter(|(_, (before, after))| before != after)
        .map(|(place, (before, after))| Moved {
            choice: field.code(place).clone(),
            before: *before,
            after: *after,
        })
        .collect()
}
