//! Highest averages: seat by seat to the list whose votes, divided by its next divisor, are the
//! most. Always true here: averages are compared as exact fractions, and each list gets at most
//! one seat at the same average.
//!
//! | divisors | name | what is known of it |
//! |---|---|---|
//! | 1, 2, 3 | D'Hondt, Jefferson | never below the whole part of the quota |
//! | 1, 3, 5 | Sainte-Lague, Webster | the divisor method without bias to size |
//! | 7/5, 3, 5 | modified Sainte-Lague | a first seat is dearer; 7/5 is a parameter |
//! | as listed | any other | each larger than the one before |
//!
//! Balinski & Young, *Fair Representation* (1982), ch. 3, 4, 9, 10.
//! All of them are house monotone: a further seat in the house takes a seat from nobody.

use super::field::Course;
use super::field::Field;
use super::field::Open;
use super::field::Settled;
use super::ratio::Ratio;
use super::refusal::SeatRefusal;
use super::rule::Divisors;
use super::rule::Exhausted;
use super::rule::HighestAverages;
use super::step::Prize;
use super::step::Step;
use super::step::Vacancy;
use super::tie::pick;

/// Allots the seats among those taking part.
pub(super) fn highest_averages(
    course: &mut Course,
    field: &Field,
    method: &HighestAverages,
    part: &[bool],
) -> Result<Settled, SeatRefusal> {
    let mut settled = Settled::none(field);
    give(course, field, &method.divisors, part, &mut settled)?;
    Ok(settled)
}

/// Gives the seats that are left, beyond those already in `settled`.
pub(super) fn give(
    course: &mut Course,
    field: &Field,
    divisors: &Divisors,
    part: &[bool],
    settled: &mut Settled,
) -> Result<(), SeatRefusal> {
    let given: u32 = settled.seats.iter().sum();
    let mut left = field.seats() - given;
    let mut averages = vec![None; field.runners.len()];
    for (place, average) in averages.iter_mut().enumerate() {
        if part[place] && has_candidate(course, field, place, settled) {
            *average = Some(next_average(field, divisors, place, settled)?);
        }
    }
    while left > 0 {
        let Some(highest) = averages.iter().flatten().map(|a: &Average| a.value).max() else {
            settled.vacant = left;
            course.note(|| Step::Vacant {
                seats: left,
                why: Vacancy::NobodyLeft,
            });
            return Ok(());
        };
        let equal =
            (0..averages.len()).filter(|&p| averages[p].is_some_and(|a| a.value == highest));
        let ranked: Vec<_> = equal.map(|place| (place, ())).collect();
        let picked = pick(course, field, ranked, left, Prize::Seat)?;
        for &place in &picked.sure {
            let Some(Average { divisor, value }) = averages[place] else {
                continue;
            };
            let (seat, votes) = (field.seats() - left + 1, field.runners[place].votes);
            course.note(|| {
                let choice = field.code(place).clone();
                Step::AverageSeat {
                    seat,
                    choice,
                    votes,
                    divisor,
                    average: value,
                }
            });
            settled.seats[place] += 1;
            left -= 1;
            averages[place] = if left == 0 {
                None
            } else if has_candidate(course, field, place, settled) {
                Some(next_average(field, divisors, place, settled)?)
            } else {
                note_exhausted(course, field, place, settled.seats[place]);
                None
            };
        }
        if let Some((among, seats)) = picked.tied {
            settled.open = Open::Tie {
                among,
                seats,
                prize: Prize::Seat,
            };
            return Ok(());
        }
    }
    Ok(())
}

/// The average with which a list stands for its next seat.
#[derive(Clone, Copy, Debug)]
struct Average {
    divisor: Ratio,
    value: Ratio,
}

fn next_average(
    field: &Field,
    divisors: &Divisors,
    place: usize,
    settled: &Settled,
) -> Result<Average, SeatRefusal> {
    let held = settled.seats[place];
    let odd = Ratio::whole(2 * u128::from(held) + 1);
    let divisor = match divisors {
        Divisors::Dhondt => Ratio::whole(u128::from(held) + 1),
        Divisors::SainteLague => odd,
        Divisors::ModifiedSainteLague { first } => {
            if held == 0 {
                *first
            } else {
                odd
            }
        }
        Divisors::Values(values) => usize::try_from(held)
            .ok()
            .and_then(|held| values.get(held).copied())
            .ok_or_else(|| SeatRefusal::DivisorsTooFew(field.code(place).clone()))?,
    };
    let votes = Ratio::whole(u128::from(field.runners[place].votes));
    let value = votes.over(divisor).ok_or(SeatRefusal::TooLarge)?;
    Ok(Average { divisor, value })
}

/// The candidates of a list, where seats beyond them pass on to others.
pub(super) fn limit(course: &Course, field: &Field, place: usize) -> Option<u32> {
    let passes_on = course.rule.exhausted == Some(Exhausted::Others);
    field.runners[place].candidates.filter(|_| passes_on)
}

/// Whether a list can take a further seat.
pub(super) fn has_candidate(
    course: &Course,
    field: &Field,
    place: usize,
    settled: &Settled,
) -> bool {
    limit(course, field, place).is_none_or(|candidates| settled.seats[place] < candidates)
}

/// Notes that a list has no candidate for further seats and that they pass on.
pub(super) fn note_exhausted(course: &mut Course, field: &Field, place: usize, candidates: u32) {
    course.note(|| {
        let choice = field.code(place).clone();
        Step::ListExhausted {
            choice,
            candidates,
            treatment: Exhausted::Others,
        }
    });
}
