//! What the rows of a file show of its dates, and what is decided by it.

use crate::dates::Manner;
use crate::dates::Said;
use crate::dates::field::Field;
use sanduq_register::matching::written::Calendar;
use sanduq_register::matching::written::Order;

/// From this year on a year is one of the Gregorian calendar.
pub(super) const MODERN: u32 = 1500;
/// Years of the Persian and Hijri calendars in which somebody on a roll may be born.
pub(super) const OLDEST: u32 = 1200;
/// Years of the Gregorian one, from and up to.
pub(super) const OLDEST_MODERN: u32 = 1800;
/// The year after them.
pub(super) const LATEST_MODERN: u32 = 2200;

/// Lines that are kept of rows that show something.
const LINES: usize = 5;

/// Dates that show one thing, and where the first of them stand.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Witnesses {
    count: u64,
    lines: Vec<u64>,
}

impl Witnesses {
    fn take(&mut self, is: bool, line: u64) {
        if is {
            self.count += 1;
            if self.lines.len() < LINES {
                self.lines.push(line);
            }
        }
    }
}

/// What the rows of a file show.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Dates in which the year stands first.
    year_first: u64,
    /// Dates in which it stands last.
    year_last: u64,
    /// Of those, ones whose first number is no month.
    day_first: Witnesses,
    /// Of those, ones whose second number is no month.
    month_first: Witnesses,
    /// Years of the Gregorian calendar.
    modern: u64,
    /// Years of another one.
    old: u64,
    /// Of those, dates on a day 31, which no lunar month has.
    day_31: Witnesses,
    /// Of those, years that the solar calendar has not reached.
    late: Witnesses,
}

/// Rows that show otherwise than a person says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contradicted {
    /// How it was said.
    pub flag: &'static str,
    /// What was said, as a word.
    pub said: &'static str,
    /// What the rows show.
    pub found: &'static str,
    /// How many show it.
    pub rows: u64,
    /// The lines of the first of them.
    pub lines: Vec<u64>,
}

impl Contradicted {
    fn by(these: &Witnesses, flag: &'static str, [said, found]: [&'static str; 2]) -> Undecided {
        Undecided::Contradicted(Self {
            flag,
            said,
            found,
            rows: these.count,
            lines: these.lines.clone(),
        })
    }
}

/// Why it cannot be decided how the dates of a file are read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Undecided {
    /// The rows do not tell the Persian calendar from the Hijri one, and nobody has said it.
    Unclear,
    /// The rows show otherwise than a person says.
    Contradicted(Contradicted),
}

impl Tally {
    /// Takes the field of a date on a line; `year` is the present year of the Persian calendar.
    pub fn take(&mut self, text: &str, line: u64, year: u32) {
        let Some(field) = Field::read(text) else {
            return;
        };
        let [first, second] = field.rest;
        if field.year_first {
            self.year_first += 1;
        } else {
            self.year_last += 1;
            self.day_first.take(first > 12, line);
            self.month_first.take(second > 12, line);
        }
        if field.year >= MODERN {
            self.modern += 1;
        } else {
            self.old += 1;
            let is_31 = second == 31 || (first == 31 && !field.year_first);
            self.day_31.take(is_31, line);
            self.late.take(field.year > year, line);
        }
    }

    /// How the dates of the file are read, where a person says `flag` and, of what that leaves
    /// open, a profile or the roll says `said`.
    ///
    /// # Errors
    /// When neither the rows nor anybody tells the Persian calendar from the Hijri one, and when
    /// the rows show otherwise than the person says: whoever says it knows another file.
    pub fn decide(&self, flag: Said, said: Said) -> Result<Manner, Undecided> {
        let (last, unclear) = self.order(flag.order, said.order)?;
        Ok(Manner {
            calendar: self.calendar(flag.calendar, said.calendar)?,
            year_first: self.year_first > 0 || self.year_last == 0,
            year_last: self.year_last > 0,
            last,
            unclear: unclear && self.year_last > 0,
            both: self.day_first.count > 0 && self.month_first.count > 0,
        })
    }

    /// The order where the year stands last, and whether no row shows it. Three days of five are
    /// above 12: a few rows of the other kind are slips and not the order of the file.
    fn order(
        &self,
        flag: Option<Order>,
        said: Option<Order>,
    ) -> Result<(Option<Order>, bool), Undecided> {
        let said = flag.or(said);
        let enough = witnesses(said.is_some());
        let shown = |these: &Witnesses, others: &Witnesses| {
            let (these, others) = (these.count, others.count);
            these >= enough && these * 10 >= self.year_last && these > others * 4
        };
        if said == Some(Order::YearFirst) {
            return Ok((None, false));
        }
        let (day, month) = (&self.day_first, &self.month_first);
        for (order, these, others) in [
            (Order::DayFirst, day, month),
            (Order::MonthFirst, month, day),
        ] {
            if shown(these, others) {
                return match flag {
                    Some(flag) if flag != order => {
                        let words = [flag.word(), order.word()];
                        Err(Contradicted::by(these, "--dates", words))
                    }
                    _ => Ok((Some(order), false)),
                };
            }
        }
        Ok(match said {
            Some(said) => (Some(said), false),
            None if day.count == 0 && month.count > 0 => (Some(Order::MonthFirst), false),
            None => (Some(Order::DayFirst), day.count + month.count == 0),
        })
    }

    /// The calendar: one day in sixty of the solar one is a 31; on a roll of the lunar one many
    /// years are later than the solar calendar has reached. One row is a slip and shows neither.
    fn calendar(
        &self,
        flag: Option<Calendar>,
        said: Option<Calendar>,
    ) -> Result<Calendar, Undecided> {
        if self.modern >= self.old {
            return Ok(Calendar::Gregorian);
        }
        let said = flag.or(said);
        let enough = witnesses(said.is_some()).max(2);
        let shown =
            |these: &Witnesses, of: u64| these.count >= enough && these.count * of >= self.old;
        let (solar, lunar) = (shown(&self.day_31, 250), shown(&self.late, 20));
        let (calendar, these) = match (solar, lunar) {
            (true, false) => (Calendar::Persian, &self.day_31),
            (false, true) => (Calendar::Hijri, &self.late),
            _ => return said.ok_or(Undecided::Unclear),
        };
        match flag {
            Some(flag) if flag != calendar => {
                let words = [flag.word(), calendar.word()];
                Err(Contradicted::by(these, "--calendar", words))
            }
            _ => Ok(calendar),
        }
    }
}

/// How many rows it takes to show something; more where somebody has said otherwise.
const fn witnesses(said: bool) -> u64 {
    if said { 5 } else { 1 }
}
