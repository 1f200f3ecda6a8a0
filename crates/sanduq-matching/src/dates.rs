//! The dates of a file: its rows show in which order and calendar they are written, which is
//! decided once for the file; then each is read by it.
//!
//! Always true here: rows that show it come first, but a few of them are slips; what a person or a
//! profile says decides where they leave it open, and then the roll for its list; month-day-year is
//! taken only where nothing speaks against it; a field that cannot be read is told and never
//! guessed at. Dates of two calendars are compared in that of the roll.

mod calendar;
mod field;
#[cfg(test)]
mod tests;

pub use calendar::day_of;
pub use calendar::fields;
pub use calendar::within;

use crate::dates::field::Field;
use crate::source::quarantine::Reason;
use jiff::civil;
use sanduq_core::refusal::Refusal;
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

/// From this year on a year is one of the Gregorian calendar.
const MODERN: u32 = 1500;

/// What the rows of a file show.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Dates in which the year stands first.
    year_first: u64,
    /// Dates in which it stands last.
    year_last: u64,
    /// Of those, ones whose first number is no month.
    day_first: u64,
    /// Of those, ones whose second number is no month.
    month_first: u64,
    /// Years of the Gregorian calendar.
    modern: u64,
    /// Years of another one.
    old: u64,
    /// Of those, dates on a day 31, which no lunar month has.
    day_31: u64,
    /// Of those, years that the solar calendar has not reached.
    late: u64,
}

impl Tally {
    /// Takes a field of a date; `year` is the present year of the Persian calendar.
    pub fn take(&mut self, text: &str, year: u32) {
        let Some(field) = Field::read(text) else {
            return;
        };
        let [first, second] = field.rest;
        if field.year_first {
            self.year_first += 1;
        } else {
            self.year_last += 1;
            self.day_first += u64::from(first > 12);
            self.month_first += u64::from(second > 12);
        }
        if field.year >= MODERN {
            self.modern += 1;
        } else {
            self.old += 1;
            self.day_31 += u64::from(second == 31 || (first == 31 && !field.year_first));
            self.late += u64::from(field.year > year);
        }
    }

    /// How the dates of the file are read.
    ///
    /// # Errors
    /// When neither the rows nor anybody tells the Persian calendar from the Hijri one.
    pub fn decide(&self, said: Said) -> Result<Manner, Unclear> {
        let (last, unclear) = self.order(said.order);
        Ok(Manner {
            calendar: self.calendar(said.calendar)?,
            year_first: self.year_first > 0 || self.year_last == 0,
            year_last: self.year_last > 0,
            last,
            unclear: unclear && self.year_last > 0,
            both: self.day_first > 0 && self.month_first > 0,
        })
    }

    /// The order where the year stands last, and whether no row shows it. Three days of five are
    /// above 12: a few rows of the other kind are slips and not the order of the file.
    fn order(&self, said: Option<Order>) -> (Option<Order>, bool) {
        let enough = witnesses(said.is_some());
        let shown = |these: u64, others: u64| {
            these >= enough && these * 10 >= self.year_last && these > others * 4
        };
        match said {
            Some(Order::YearFirst) => (None, false),
            _ if shown(self.day_first, self.month_first) => (Some(Order::DayFirst), false),
            _ if shown(self.month_first, self.day_first) => (Some(Order::MonthFirst), false),
            Some(said) => (Some(said), false),
            None if self.day_first == 0 && self.month_first > 0 => (Some(Order::MonthFirst), false),
            None => (
                Some(Order::DayFirst),
                self.day_first + self.month_first == 0,
            ),
        }
    }

    /// The calendar: one day in sixty of the solar one is a 31; on a roll of the lunar one many
    /// years are later than the solar calendar has reached. One row is a slip and shows neither.
    fn calendar(&self, said: Option<Calendar>) -> Result<Calendar, Unclear> {
        if self.modern >= self.old {
            return Ok(Calendar::Gregorian);
        }
        let enough = witnesses(said.is_some()).max(2);
        let solar = self.day_31 >= enough && self.day_31 * 250 >= self.old;
        let lunar = self.late >= enough && self.late * 20 >= self.old;
        match (solar, lunar) {
            (true, false) => Ok(Calendar::Persian),
            (false, true) => Ok(Calendar::Hijri),
            _ => said.ok_or(Unclear),
        }
    }
}

/// How many rows it takes to show something; more where somebody has said otherwise.
const fn witnesses(said: bool) -> u64 {
    if said { 5 } else { 1 }
}

/// The rows do not tell the Persian calendar from the Hijri one, and nobody has said it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unclear;

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
        let field = Field::read(text);
        let Some([year, month, day]) = field.and_then(|field| self.parts(field)) else {
            return (Date::default(), Some(Reason::NotADate));
        };
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
            within(into, civil)
        };
        (date, bounds.wrong(civil))
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
}

impl core::fmt::Display for Read {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        let Self { file, manner, .. } = self;
        if self.filled == 0 {
            return write!(f, "dates of {file}: none");
        }
        let orders: Vec<&str> = manner.orders().iter().map(|order| order.name()).collect();
        let hundredths = (self.filled - self.wrong) * 10_000 / self.filled;
        write!(
            f,
            "dates of {file}: {}, {}, {}.{:02} % read",
            orders.join(" and "),
            manner.calendar.name(),
            hundredths / 100,
            hundredths % 100
        )?;
        if manner.both {
            f.write_str("; some rows have the day first and some the month")?;
        } else if manner.orders().contains(&Order::MonthFirst) {
            f.write_str("; no row contradicts the month before the day")?;
        }
        if manner.unclear {
            f.write_str("; no row tells the day from the month, --dates does")?;
        }
        Ok(())
    }
}

/// Why the dates of a file cannot be compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DatesRefusal {
    /// More than half of them cannot be read.
    Unreadable(Read),
    /// Their calendar is not known.
    Unclear {
        /// The file's name.
        file: String,
    },
}

impl core::fmt::Display for DatesRefusal {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::Unreadable(read) => write!(
                f,
                "{}: {} of {} dates cannot be read as {} of the {}; write them as year-month-day, \
                 or say with --dates and --calendar how they are written",
                read.file,
                read.wrong,
                read.filled,
                read.manner
                    .orders()
                    .first()
                    .map_or("dates", |order| order.name()),
                read.manner.calendar.name()
            ),
            Self::Unclear { file } => write!(
                f,
                "{file}: the years are of the Persian or of the Hijri calendar, and no row tells \
                 which; say --calendar persian or --calendar hijri"
            ),
        }
    }
}

impl core::error::Error for DatesRefusal {}

impl Refusal for DatesRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::Unreadable(_) => "matching.dates_unreadable",
            Self::Unclear { .. } => "matching.calendar_unclear",
        }
    }
}
