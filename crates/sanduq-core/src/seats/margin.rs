//! How near each choice was. Always true here: a margin is found by applying the whole rule again
//! with further votes for one choice and nothing else changed, so it counts threshold, quota and
//! divisor alike, and it is exact: with `lacked` further votes the choice gets more, with one
//! fewer it does not.
//!
//! The search doubles, then halves; that finds the fewest votes wherever further votes never take
//! a seat from the choice that got them (`more_votes_never_hurt` in the tests).

use super::field::Course;
use super::field::Field;
use super::field::Settled;
use super::outcome::Margin;
use super::refusal::SeatRefusal;
use super::step::Prize;
use crate::id::ChoiceCode;
use std::collections::BTreeSet;

/// The margins of every choice that further votes can help, the nearest first.
pub(super) fn margins(
    field: &Field,
    settled: &Settled,
    course: &Course,
    national: Option<&BTreeSet<ChoiceCode>>,
) -> Vec<Margin> {
    let again = |place: usize, further: u64| -> Result<Settled, SeatRefusal> {
        super::settle(
            &mut Course::quiet(course.rule),
            &field.with_more(place, further),
            national,
        )
    };
    let mut margins = Vec::new();
    for (place, runner) in field.runners.iter().enumerate() {
        let full = settled.seats[place] == field.seats()
            || runner
                .candidates
                .is_some_and(|most| settled.seats[place] >= most);
        let annulled = field.input.choices[place].annulled;
        if runner.out || annulled || full {
            continue;
        }
        let now = settled.level(place);
        let better = |further: u64| again(place, further).is_ok_and(|s| s.level(place) > now);
        if let Some(lacked) = fewest(field.room_for_votes(), better) {
            margins.push(margin(
                field,
                settled,
                place,
                lacked,
                again(place, lacked).ok(),
            ));
        }
    }
    margins.sort_by(|a, b| (a.lacked, &a.choice).cmp(&(b.lacked, &b.choice)));
    margins
}

fn margin(
    field: &Field,
    settled: &Settled,
    place: usize,
    lacked: u64,
    then: Option<Settled>,
) -> Margin {
    let more_seats = then
        .as_ref()
        .is_some_and(|s| s.seats[place] > settled.seats[place]);
    let fell = |&p: &usize| then.as_ref().is_some_and(|s| s.level(p) < settled.level(p));
    let losers: Vec<_> = (0..field.runners.len()).filter(fell).collect();
    Margin {
        choice: field.code(place).clone(),
        prize: if more_seats {
            Prize::Seat
        } else {
            Prize::RunOffPlace
        },
        lacked,
        instead_of: field.codes(&losers),
    }
}

/// The fewest, from 1 to `most`, that hold; `None` when not even `most` tried by doubling do.
fn fewest(most: u64, holds: impl Fn(u64) -> bool) -> Option<u64> {
    let mut high = 1;
    let mut low = 0;
    while high <= most && !holds(high) {
        low = high;
        high = high.checked_mul(2)?;
    }
    if high > most {
        return None;
    }
    while high - low > 1 {
        let middle = low + (high - low) / 2;
        if holds(middle) {
            high = middle;
        } else {
            low = middle;
        }
    }
    Some(high)
}
