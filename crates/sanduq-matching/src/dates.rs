//! The dates of a file: its rows show in which order and calendar they are written, which is
//! decided once for the file; then each is read by it.
//!
//! Always true here: rows that show it come first, but a few of them are slips; what a profile
//! says decides where they leave it open, and then the roll for its list; what a person says and
//! the rows contradict is refused; month-day-year is taken only where nothing speaks against it; a
//! field that cannot be read is told and never guessed at. Dates of two calendars are compared in
//! that of the roll.

mod calendar;
mod field;
mod refusal;
mod tally;
#[cfg(test)]
mod tests;

pub use calendar::day_of;
pub use calendar::fields;
pub use calendar::within;
pub use refusal::DatesRefusal;
pub use tally::Contradicted;
pub use tally::Tally;
pub use tally::Undecided;

use crate::dates::field::Field;
use crate::dates::tally::MODERN;
use crate::source::quarantine::Reason;
use jiff::civil;
use sanduq_register::matching::date::Date;
use sanduq_register::matching::written::Calendar;
use sanduq_register::matching::written::Order;

/// What a person or a profile says of dates whose rows leave it open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Said {
    /// The calendar of years from 1000 to 1499.
    pub calendar: Option<Calendar>,
    /// Day or month first where the year stands last; the year first lets only such dates pass.
    pub order: Option<Order>,
}

impl Said {
    /// This, and what it leaves open as the other says.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self {
            calendar: self.calendar.or(other.calendar),
            order: self.order.or(other.order),
        }
    }
}

/// How the dates of a file are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Manner {
    /// The calendar.
    pub calendar: Calendar,
    /// The year stands first in some dates.
    year_first: bool,
    /// The year stands last in some dates.
    year_last: bool,
    /// The order of those; none where they are not to be read.
    last: Option<Order>,
    /// No row shows which of two numbers is the day.
    pub unclear: bool,
    /// Rows of both kinds stand in the file.
    both: bool,
}

impl Default for Manner {
    fn default() -> Self {
        Self {
            calendar: Calendar::Gregorian,
            year_first: true,
            year_last: false,
            last: Some(Order::DayFirst),
            unclear: false,
            both: false,
        }
    }
}

impl Manner {
    /// All of it as one number.
    pub(crate) fn packed(&self) -> u64 {
        let at = |found: Option<usize>| found.map_or(0, |at| at as u64 + 1);
        let calendar = Calendar::ALL.iter().position(|one| *one == self.calendar);
        let last = Order::ALL.iter().position(|one| Some(*one) == self.last);
        let flags = [self.year_first, self.year_last, self.unclear, self.both];
        let flags = flags
            .iter()
            .fold(0, |all, flag| all << 1 | u64::from(*flag));
        at(calendar) << 8 | at(last) << 4 | flags
    }

    /// The manner of such a number.
    pub(crate) fn of_packed(packed: u64) -> Self {
        let at = |shift: u32| usize::try_from(packed >> shift & 15).unwrap_or(0);
        let [year_first, year_last, unclear, both] = [3, 2, 1, 0].map(|bit| packed >> bit & 1 == 1);
        let calendar = Calendar::ALL.get(at(8).wrapping_sub(1));
        Self {
            calendar: calendar.copied().unwrap_or_default(),
            year_first,
            year_last,
            last: Order::ALL.get(at(4).wrapping_sub(1)).copied(),
            unclear,
            both,
        }
    }

    /// Whether some rows have the day first and some the month.
    #[must_use]
    pub const fn has_both(&self) -> bool {
        self.both
    }

    /// What the file shows to another one, whose rows leave it open.
    pub(crate) fn shown(&self) -> Said {
        let old = self.calendar != Calendar::Gregorian;
        let last = self.last.filter(|_| self.year_last && !self.unclear);
        Said {
            calendar: old.then_some(self.calendar),
            order: last,
        }
    }

    /// The orders that the file has.
    #[must_use]
    pub fn orders(&self) -> Vec<Order> {
        let first = self.year_first.then_some(Order::YearFirst);
        let last = self.last.filter(|_| self.year_last);
        first.into_iter().chain(last).collect()
    }

    /// Reads a field that is not empty: the date in the calendar `into`, missing where it cannot be
    /// told, and what is wrong with it. A day that its month lacks is compared all the same where
    /// no other calendar is asked for: it is a slip of a real one.
    #[must_use]
    pub fn read(&self, text: &str, into: Calendar, bounds: &Bounds) -> (Date, Option<Reason>) {
        let Some(field) = Field::read(text) else {
            let why = if field::has_short_year(text) {
                Reason::ShortYear
            } else if field::is_only_year(text) {
                Reason::OnlyYear
            } else {
                Reason::NotADate
            };
            return (Date::default(), Some(why));
        };
        let Some([year, month, day]) = self.parts(field) else {
            return (Date::default(), Some(Reason::NotADate));
        };
        if self.is_of_another_calendar(year) {
            return (Date::default(), Some(Reason::OtherCalendar));
        }
        let written = Date::new(year, month, day);
        let Some(civil) = day_of(self.calendar, [year, month, day]) else {
            let kept = if self.calendar == into {
                written
            } else {
                Date::default()
            };
            return (kept, Some(Reason::NotADate));
        };
        let date = if self.calendar == into {
            written
        } else {
            within(into, civil, (month, day) == (1, 1))
        };
        match bounds.wrong(civil) {
            // Nobody on a roll is born on that day: it is a slip, and says nothing of anybody.
            Some(wrong) => (Date::default(), Some(wrong)),
            None => (date, None),
        }
    }

    /// Whether somebody born in this year of the file's calendar cannot be on a roll, and of
    /// another calendar can.
    fn is_of_another_calendar(&self, year: u32) -> bool {
        if self.calendar == Calendar::Gregorian {
            (tally::OLDEST..MODERN).contains(&year)
        } else {
            (tally::OLDEST_MODERN..tally::LATEST_MODERN).contains(&year)
        }
    }

    /// Year, month and day.
    fn parts(&self, field: Field) -> Option<[u32; 3]> {
        let [first, second] = field.rest;
        let order = if field.year_first {
            Order::YearFirst
        } else {
            self.last?
        };
        Some(match order {
            Order::YearFirst | Order::MonthFirst => [field.year, first, second],
            Order::DayFirst => [field.year, second, first],
        })
    }
}

/// Between which days somebody on a roll may be born.
#[derive(Clone, Copy, Debug)]
pub struct Bounds {
    /// The first year, Gregorian.
    pub earliest_year: u32,
    /// The last day.
    pub today: civil::Date,
}

impl Bounds {
    /// Whether somebody on a roll may be born on this day.
    #[must_use]
    pub fn hold(&self, date: civil::Date) -> bool {
        self.wrong(date).is_none()
    }

    fn wrong(&self, date: civil::Date) -> Option<Reason> {
        if date > self.today {
            return Some(Reason::DateInFuture);
        }
        (u32::from(date.year().unsigned_abs()) < self.earliest_year).then_some(Reason::DateTooEarly)
    }
}

/// How the dates of a file were read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Read {
    /// The file's name.
    pub file: String,
    /// How they are written.
    pub manner: Manner,
    /// Fields that are not empty.
    pub filled: u64,
    /// Of those, ones that could not be read, or on which nobody alive is born.
    pub wrong: u64,
    /// Of those, ones that look like dates of another calendar.
    pub other_calendar: u64,
    /// Of those, ones whose year has two digits.
    pub short_years: u64,
    /// Of those, ones that give the year alone.
    pub only_years: u64,
}

impl Read {
    /// Nothing yet of a file that is written in this manner.
    #[must_use]
    pub const fn none(file: String, manner: Manner) -> Self {
        Self {
            file,
            manner,
            filled: 0,
            wrong: 0,
            other_calendar: 0,
            short_years: 0,
            only_years: 0,
        }
    }

    /// Counts a field that is not empty, and what is wrong with it.
    pub fn count(&mut self, wrong: Option<Reason>) {
        self.filled += 1;
        self.wrong += u64::from(wrong.is_some());
        self.other_calendar += u64::from(wrong == Some(Reason::OtherCalendar));
        self.short_years += u64::from(wrong == Some(Reason::ShortYear));
        self.only_years += u64::from(wrong == Some(Reason::OnlyYear));
    }

    /// What is to be said of many dates that are wrong in one way; nothing where there are none.
    fn alike(&self) -> String {
        let mut said = String::new();
        if self.other_calendar > 0 {
            said += &format!(
                "; {} look like dates of another calendar",
                self.other_calendar
            );
        }
        if self.short_years > 0 {
            said += &format!("; {} have a year of two digits", self.short_years);
        }
        if self.only_years > 0 {
            said += &format!("; {} give only the year", self.only_years);
        }
        said
    }
}
