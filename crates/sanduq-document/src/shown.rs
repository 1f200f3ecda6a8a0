//! How figures and dates are handed to a template: as texts in the digits of the reader, and dates
//! as day, month and year of each calendar that the reader counts by. Always true here: a template
//! computes nothing, not even the day of the week.

use icu_calendar::Date as CalendarDate;
use icu_calendar::Gregorian;
use icu_calendar::cal::Hijri;
use icu_calendar::cal::Persian;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::Offset;
use sanduq_core::names::Locale;
use sanduq_core::names::Names;
use serde::Serialize;

/// A date of one calendar: its month is a number from 1, under which the words name it.
#[derive(Serialize)]
pub struct DayOf {
    calendar: &'static str,
    day: String,
    month: String,
    year: String,
}

/// A date in every calendar that the reader counts by.
#[derive(Serialize)]
pub struct Day {
    /// From 1 for Monday.
    weekday: String,
    calendars: Vec<DayOf>,
}

/// A day and a clock in legal time.
#[derive(Serialize)]
pub struct Moment {
    day: Day,
    clock: String,
}

/// The language of a document and the legal time of its event.
#[derive(Clone, Copy)]
pub struct Reader {
    /// The language.
    pub locale: Locale,
    /// Offset of legal time from UTC in minutes.
    pub offset_minutes: i16,
}

impl Reader {
    /// A whole number in the digits of the language; nothing is grouped.
    pub fn n(self, number: impl ToString) -> String {
        digits(&number.to_string(), self.locale)
    }

    /// A name in the language.
    pub fn name(self, names: &Names) -> String {
        text(names.in_locale(self.locale))
    }

    /// A date.
    pub fn day(self, day: Date) -> Day {
        let calendars: &[&str] = match self.locale {
            Locale::Ar => &["gregorian", "hijri"],
            Locale::Fa => &["persian", "gregorian"],
            Locale::Fr | Locale::En => &["gregorian"],
        };
        let shown = |calendar: &&'static str| {
            let (year, month, date) = fields(day, calendar);
            DayOf {
                calendar,
                day: self.n(date),
                month: month.to_string(),
                year: self.n(year),
            }
        };
        Day {
            weekday: day.weekday().to_monday_one_offset().to_string(),
            calendars: calendars.iter().map(shown).collect(),
        }
    }

    /// An instant in legal time, its day in the reader's first calendar.
    pub fn moment(self, at: Timestamp) -> Moment {
        let time = self.legal(at);
        let mut day = self.day(time.date());
        day.calendars.truncate(1);
        let clock = format!("{:02}:{:02}", time.hour(), time.minute());
        Moment {
            day,
            clock: digits(&clock, self.locale),
        }
    }

    /// An instant in legal time.
    pub fn legal(self, at: Timestamp) -> jiff::civil::DateTime {
        let seconds = i32::from(self.offset_minutes) * 60;
        let offset = Offset::from_seconds(seconds).unwrap_or(Offset::UTC);
        offset.to_datetime(at)
    }
}

/// Year, month and day in a calendar.
fn fields(date: Date, calendar: &str) -> (i32, u8, u8) {
    let month = u8::try_from(date.month()).unwrap_or(1);
    let day = u8::try_from(date.day()).unwrap_or(1);
    let iso = CalendarDate::try_new_iso(i32::from(date.year()), month, day)
        .expect("a civil date is a date of the ISO calendar");
    macro_rules! there {
        ($calendar:expr) => {{
            let there = iso.to_calendar($calendar);
            let year = there.year().extended_year();
            (year, there.month().ordinal, there.day_of_month().0)
        }};
    }
    match calendar {
        "persian" => there!(Persian),
        "hijri" => there!(Hijri::new_umm_al_qura()),
        _ => there!(Gregorian),
    }
}

/// A text that somebody has written, with a visible mark for each character that would turn the
/// direction of what stands behind it, as in the tables of the folder: `<U+202E>`.
pub fn text(written: &str) -> String {
    let mut shown = String::with_capacity(written.len());
    for c in written.chars() {
        match c {
            '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => {
                shown.push_str(&format!("<U+{:04X}>", u32::from(c)));
            }
            _ => shown.push(c),
        }
    }
    shown
}

/// `text` with every ASCII digit in the form of the language.
fn digits(text: &str, locale: Locale) -> String {
    let zero = match locale {
        Locale::Ar => 0x660,
        Locale::Fa => 0x6F0,
        Locale::Fr | Locale::En => return text.to_owned(),
    };
    let local = |c: char| {
        c.to_digit(10)
            .and_then(|value| char::from_u32(zero + value))
    };
    text.chars().map(|c| local(c).unwrap_or(c)).collect()
}
