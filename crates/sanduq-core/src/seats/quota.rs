//! Largest remainder: Hamilton's method with the Hare quota, and its relatives with the quotas of
//! Droop, Hagenbach-Bischoff and Imperiali. Always true here: a list gets its full quotas and at
//! most one seat by remainder; only a clause of the rule can give or take more.
//!
//! | quota | formula | what is known of it |
//! |---|---|---|
//! | Hare | V / S | stays within quota; a larger house can cost a seat (Alabama) |
//! | Droop | floor(V / (S+1)) + 1 | the smallest whole quota that cannot be filled S + 1 times |
//! | Hagenbach-Bischoff | V / (S+1) | filled S + 1 times only by lists that are exact multiples |
//! | Imperiali | V / (S+2) | can be filled more than S times: `excess` says what then |
//!
//! Balinski & Young, *Fair Representation* (1982), ch. 3; Droop (1881). Under a quota rounded to
//! whole votes one further vote can cost the list that gets it a seat.

use super::averages;
use super::field::Course;
use super::field::Field;
use super::field::Open;
use super::field::Settled;
use super::ratio::Ratio;
use super::refusal::SeatRefusal;
use super::refusal::Silence;
use super::rule::Divisors;
use super::rule::Excess;
use super::rule::LargestRemainder;
use super::rule::Leftover;
use super::rule::QuotaKind;
use super::rule::Rounding;
use super::step::Prize;
use super::step::Step;
use super::step::Vacancy;
use super::tie::pick;

/// Allots the seats among those taking part.
pub(super) fn largest_remainder(
    course: &mut Course,
    field: &Field,
    method: &LargestRemainder,
    part: &[bool],
) -> Result<Settled, SeatRefusal> {
    let quota = quota(course, field, method, part)?;
    let mut settled = Settled::none(field);
    let mut remainders = vec![Ratio::ZERO; field.runners.len()];
    for (place, runner) in field.runners.iter().enumerate().filter(|(p, _)| part[*p]) {
        let votes = Ratio::whole(u128::from(runner.votes));
        let full = votes.over(quota).ok_or(SeatRefusal::TooLarge)?.floor();
        let bought = quota
            .times(Ratio::whole(full))
            .ok_or(SeatRefusal::TooLarge)?;
        let remainder = votes.minus(bought).ok_or(SeatRefusal::TooLarge)?;
        let seats = u32::try_from(full).map_err(|_| SeatRefusal::TooLarge)?;
        course.note(|| {
            let choice = field.code(place).clone();
            Step::FullQuotas {
                choice,
                votes: runner.votes,
                seats,
                remainder,
            }
        });
        settled.seats[place] = seats;
        remainders[place] = remainder;
    }
    keep_within_candidates(course, field, &mut settled);
    let given: u64 = settled.seats.iter().copied().map(u64::from).sum();
    let seats = u64::from(field.seats());
    let difference = |n: u64| u32::try_from(n).map_err(|_| SeatRefusal::TooLarge);
    if let Some(left) = seats.checked_sub(given) {
        by_remainder(
            course,
            field,
            method,
            (part, &remainders),
            difference(left)?,
            &mut settled,
        )?;
    } else {
        let excess = difference(given - seats)?;
        take_back(
            course,
            field,
            method,
            (quota, &mut remainders),
            excess,
            &mut settled,
        )?;
    }
    Ok(settled)
}

/// The quota, above zero.
pub(super) fn quota(
    course: &mut Course,
    field: &Field,
    method: &LargestRemainder,
    part: &[bool],
) -> Result<Ratio, SeatRefusal> {
    let (kind, base) = (method.quota.kind, method.quota.base);
    let of = field.base(base, part)?;
    let seats = field.seats();
    let parts = u128::from(seats)
        + match kind {
            QuotaKind::Hare => 0,
            QuotaKind::Droop | QuotaKind::HagenbachBischoff => 1,
            QuotaKind::Imperiali => 2,
        };
    let exact = Ratio::new(u128::from(of), parts).ok_or(SeatRefusal::NoSeats)?;
    let quota = match (kind, method.quota.rounding) {
        (QuotaKind::Droop, _) => Ratio::whole(exact.floor() + 1),
        (_, Rounding::Exact) => exact,
        (_, Rounding::Down) => Ratio::whole(exact.floor()),
        (_, Rounding::Up) => Ratio::whole(exact.ceiling()),
        (_, Rounding::Nearest) => Ratio::whole(exact.nearest()),
    };
    course.note(|| Step::Quota {
        kind,
        base,
        of,
        seats,
        exact,
        quota,
    });
    if quota.is_zero() {
        Err(SeatRefusal::QuotaZero)
    } else {
        Ok(quota)
    }
}

/// Takes back seats given in excess, from the smallest remainder upwards. A list that has given one
/// back has a remainder above a quota, so that every other holder comes before it again.
fn take_back(
    course: &mut Course,
    field: &Field,
    method: &LargestRemainder,
    (quota, remainders): (Ratio, &mut [Ratio]),
    mut excess: u32,
    settled: &mut Settled,
) -> Result<(), SeatRefusal> {
    let Some(Excess::SmallestRemainder) = method.excess else {
        return Err(SeatRefusal::RuleSilent(Silence::Excess));
    };
    while excess > 0 {
        let holders: Vec<_> = (0..field.runners.len())
            .filter(|&place| settled.seats[place] > 0)
            .map(|place| (place, remainders[place]))
            .collect();
        let count = u32::try_from(holders.len()).map_err(|_| SeatRefusal::TooLarge)?;
        let picked = pick(
            course,
            field,
            holders.clone(),
            count.saturating_sub(excess),
            Prize::Keep,
        )?;
        let tied = picked.tied.as_ref().map_or(&[][..], |(tied, _)| tied);
        for (place, remainder) in holders.into_iter().filter(|h| !picked.sure.contains(&h.0)) {
            settled.seats[place] -= 1;
            if !tied.contains(&place) {
                course.note(|| {
                    let choice = field.code(place).clone();
                    Step::TakenBack { choice, remainder }
                });
                remainders[place] = remainder.plus(quota).ok_or(SeatRefusal::TooLarge)?;
            }
        }
        if let Some((among, seats)) = picked.tied {
            settled.open = Open::Tie {
                among,
                seats,
                prize: Prize::Keep,
            };
            return Ok(());
        }
        excess = excess.saturating_sub(count);
    }
    Ok(())
}

/// Where seats of exhausted lists pass on: cuts full quotas to the candidates.
fn keep_within_candidates(course: &mut Course, field: &Field, settled: &mut Settled) {
    for place in 0..field.runners.len() {
        if let Some(candidates) = averages::limit(course, field, place)
            && settled.seats[place] > candidates
        {
            settled.seats[place] = candidates;
            averages::note_exhausted(course, field, place, candidates);
        }
    }
}

/// Gives the seats left by remainder, one for each list, then as `leftover` says.
fn by_remainder(
    course: &mut Course,
    field: &Field,
    method: &LargestRemainder,
    (part, remainders): (&[bool], &[Ratio]),
    mut left: u32,
    settled: &mut Settled,
) -> Result<(), SeatRefusal> {
    let mut round = 1;
    while left > 0 {
        let ranked: Vec<_> = (0..field.runners.len())
            .filter(|&p| part[p] && averages::has_candidate(course, field, p, settled))
            .map(|p| (p, remainders[p]))
            .collect();
        if ranked.is_empty() {
            settled.vacant = left;
            course.note(|| Step::Vacant {
                seats: left,
                why: Vacancy::NobodyLeft,
            });
            return Ok(());
        }
        if round > 1 {
            match method.leftover {
                None => return Err(SeatRefusal::RuleSilent(Silence::Leftover)),
                Some(Leftover::AnotherRound) => {}
                Some(Leftover::Vacant) => {
                    settled.vacant = left;
                    course.note(|| Step::Vacant {
                        seats: left,
                        why: Vacancy::Leftover,
                    });
                    return Ok(());
                }
                Some(Leftover::HighestAverage) => {
                    return averages::give(course, field, &Divisors::Dhondt, part, settled);
                }
            }
        }
        let picked = pick(course, field, ranked, left, Prize::Seat)?;
        for &place in &picked.sure {
            let seat = field.seats() - left + 1;
            let (choice, remainder) = (field.code(place), remainders[place]);
            course.note(|| Step::RemainderSeat {
                seat,
                choice: choice.clone(),
                remainder,
                round,
            });
            settled.seats[place] += 1;
            left -= 1;
        }
        if let Some((among, seats)) = picked.tied {
            settled.open = Open::Tie {
                among,
                seats,
                prize: Prize::Seat,
            };
            return Ok(());
        }
        round += 1;
    }
    Ok(())
}
