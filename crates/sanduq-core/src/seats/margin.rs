//! How near each choice was. Always true here: a margin is found by applying the whole rule again
//! with further votes for one choice and nothing else changed, so it counts threshold, quota and
//! divisor alike, and it is exact: with `lacked` further votes the choice gets more, with any
//! smaller number it does not.
//!
//! Further votes never take anything from the choice that gets them, so that halving the range
//! finds the fewest (`more_votes_never_hurt` in the tests). A quota rounded to whole votes breaks
//! that at each of its steps: there the range is walked from one step to the next, and halved only
//! between two steps. A list that lies more than [`MOST_STEPS`] steps away is not listed.

use super::field::Course;
use super::field::Field;
use super::field::Settled;
use super::outcome::Margin;
use super::quota;
use super::ratio::Ratio;
use super::refusal::SeatRefusal;
use super::rule::Method;
use super::step::Prize;
use super::threshold;
use crate::id::ChoiceCode;
use std::collections::BTreeSet;

/// How many steps of a rounded quota are walked for one choice.
const MOST_STEPS: u32 = 2_000;

/// The same contest, over and over, with further votes for one choice.
struct Search<'a> {
    field: &'a Field<'a>,
    course: &'a Course<'a>,
    national: Option<&'a BTreeSet<ChoiceCode>>,
    settled: &'a Settled,
    place: usize,
}

/// The margins of every choice that further votes can help, the nearest first.
pub(super) fn margins(
    field: &Field,
    settled: &Settled,
    course: &Course,
    national: Option<&BTreeSet<ChoiceCode>>,
) -> Vec<Margin> {
    let mut margins = Vec::new();
    for (place, runner) in field.runners.iter().enumerate() {
        let full = settled.seats[place] == field.seats()
            || runner
                .candidates
                .is_some_and(|most| settled.seats[place] >= most);
        if runner.out || field.input.choices[place].annulled || full {
            continue;
        }
        let search = Search {
            field,
            course,
            national,
            settled,
            place,
        };
        if let Some(lacked) = search.fewest() {
            margins.push(search.margin(lacked));
        }
    }
    margins.sort_by(|a, b| (a.lacked, &a.choice).cmp(&(b.lacked, &b.choice)));
    margins
}

impl Search<'_> {
    fn with(&self, further: u64) -> Result<Settled, SeatRefusal> {
        let field = self.field.with_more(self.place, further);
        super::settle(&mut Course::quiet(self.course.rule), &field, self.national)
    }

    /// Whether the choice gets more with so many further votes.
    fn better(&self, further: u64) -> bool {
        let now = self.settled.level(self.place);
        self.with(further)
            .is_ok_and(|then| then.level(self.place) > now)
    }

    /// The fewest further votes that bring more.
    fn fewest(&self) -> Option<u64> {
        let most = self.field.room_for_votes();
        let (mut low, mut high) = (0, 1.min(most));
        while high > low && !self.better(high) {
            low = high;
            high = high.saturating_mul(16).min(most);
        }
        if high == low {
            return None;
        }
        if !self.quota_is_rounded() {
            return Some(halve(low, high, |further| self.better(further)));
        }
        let mut first = 1;
        for _ in 0..MOST_STEPS {
            let last = self.end_of_step(first, high);
            if self.better(last) {
                return Some(halve(first - 1, last, |further| self.better(further)));
            }
            if last == high {
                return None;
            }
            first = last + 1;
        }
        None
    }

    /// The last number of further votes, from `first` to `high`, on the same step of the quota.
    fn end_of_step(&self, first: u64, high: u64) -> u64 {
        let step = self.step(first);
        let (mut last, mut reach) = (first, 1);
        loop {
            let beyond = first.saturating_add(reach).min(high);
            if self.step(beyond) != step {
                return halve(last, beyond, |further| self.step(further) != step) - 1;
            }
            if beyond == high {
                return high;
            }
            last = beyond;
            reach *= 2;
        }
    }

    fn quota_is_rounded(&self) -> bool {
        matches!(&self.course.rule.method, Method::LargestRemainder(m) if m.quota.is_rounded())
    }

    /// Who takes part, and the quota: while neither changes, further votes cannot hurt. Neither
    /// comes back once it has changed, since further votes only ever raise the base, let this
    /// choice in and keep others out.
    fn step(&self, further: u64) -> Option<(Vec<bool>, Ratio)> {
        let Method::LargestRemainder(method) = &self.course.rule.method else {
            return None;
        };
        let field = self.field.with_more(self.place, further);
        let mut course = Course::quiet(self.course.rule);
        let part = threshold::participants(&mut course, &field, self.national).ok()??;
        let quota = quota::quota(&mut course, &field, method, &part).ok()?;
        Some((part, quota))
    }

    fn margin(&self, lacked: u64) -> Margin {
        let (field, settled, place) = (self.field, self.settled, self.place);
        let then = self.with(lacked).ok();
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
}

/// The first number above `low` that holds, where `high` holds and so does all between.
fn halve(mut low: u64, mut high: u64, holds: impl Fn(u64) -> bool) -> u64 {
    while high - low > 1 {
        let middle = low + (high - low) / 2;
        if holds(middle) {
            high = middle;
        } else {
            low = middle;
        }
    }
    high
}
