//! Dates and hours as the reader counts them. An instant becomes legal time first, by the offset of
//! the law, and then a date of the Gregorian, the Persian or the Hijri (Umm al-Qura) calendar.

use crate::language::digits;
use crate::language::language;
use fluent_bundle::FluentArgs;
use icu_calendar::Date as CalendarDate;
use icu_calendar::Gregorian;
use icu_calendar::Iso;
use icu_calendar::cal::Hijri;
use icu_calendar::cal::Persian;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::civil::DateTime;
use jiff::tz::Offset;
use sanduq_core::names::Locale;

/// A calendar that a reader may count by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Calendar {
    /// The international one.
    Gregorian,
    /// The solar Hijri one.
    Persian,
    /// The lunar Hijri one, by the tables of Umm al-Qura.
    Hijri,
}

impl Calendar {
    /// The calendars that readers of `locale` count by, the first one first.
    #[must_use]
    pub const fn of(locale: Locale) -> &'static [Self] {
        match locale {
            Locale::Ar => &[Self::Gregorian, Self::Hijri],
            Locale::Fa => &[Self::Persian, Self::Gregorian],
            Locale::Fr | Locale::En => &[Self::Gregorian],
        }
    }

    const fn code(self) -> &'static str {
        match self {
            Self::Gregorian => "gregorian",
            Self::Persian => "persian",
            Self::Hijri => "hijri",
        }
    }

    /// The date of a year, month (1 for the first) and day; none when the calendar has no such day.
    #[must_use]
    pub fn day(self, year: i32, month: u8, day: u8) -> Option<Date> {
        let iso = match self {
            Self::Gregorian => {
                CalendarDate::try_new_gregorian(year, month, day).map(|d| d.to_calendar(Iso))
            }
            Self::Persian => {
                CalendarDate::try_new_persian(year, month, day).map(|d| d.to_calendar(Iso))
            }
            Self::Hijri => {
                let calendar = Hijri::new_umm_al_qura();
                let there = CalendarDate::try_new_hijri_with_calendar(year, month, day, calendar);
                there.map(|d| d.to_calendar(Iso))
            }
        };
        let iso = iso.ok()?;
        let year = i16::try_from(iso.year().extended_year()).ok()?;
        let month = i8::try_from(iso.month().ordinal).ok()?;
        let day = i8::try_from(iso.day_of_month().0).ok()?;
        Date::new(year, month, day).ok()
    }

    /// Year, month (1 for the first) and day of a date.
    #[must_use]
    pub fn fields(self, date: Date) -> (i32, u8, u8) {
        let month = u8::try_from(date.month()).unwrap_or(1);
        let day = u8::try_from(date.day()).unwrap_or(1);
        let iso = CalendarDate::try_new_iso(i32::from(date.year()), month, day)
            .expect("a civil date is a date of the ISO calendar");
        match self {
            Self::Gregorian => {
                let there = iso.to_calendar(Gregorian);
                (
                    there.year().extended_year(),
                    there.month().ordinal,
                    there.day_of_month().0,
                )
            }
            Self::Persian => {
                let there = iso.to_calendar(Persian);
                (
                    there.year().extended_year(),
                    there.month().ordinal,
                    there.day_of_month().0,
                )
            }
            Self::Hijri => {
                let there = iso.to_calendar(Hijri::new_umm_al_qura());
                (
                    there.year().extended_year(),
                    there.month().ordinal,
                    there.day_of_month().0,
                )
            }
        }
    }
}

/// The legal time of an instant, by the law's offset from UTC in minutes.
#[must_use]
pub fn legal(at: Timestamp, offset_minutes: i16) -> DateTime {
    let offset = Offset::from_seconds(i32::from(offset_minutes) * 60).unwrap_or(Offset::UTC);
    offset.to_datetime(at)
}

/// A date in one calendar: `14 March 2027`, `٦ شوال ١٤٤٨ هـ`.
#[must_use]
pub fn date(date: Date, calendar: Calendar, locale: Locale) -> String {
    let (year, month, day) = calendar.fields(date);
    let sentences = language(locale);
    let code = calendar.code();
    let mut args = FluentArgs::new();
    args.set("day", day);
    args.set("month", sentences.say(&format!("month-{code}-{month}")));
    args.set("year", year);
    let text = sentences.say_with(&format!("date-{code}"), &args);
    // The parts are of one direction; without the marks a date can stand in any text.
    text.replace(['\u{2068}', '\u{2069}'], "")
}

/// The weekday and the date in every calendar that the reader counts by.
#[must_use]
pub fn long_date(day: Date, locale: Locale) -> String {
    let weekday = day.weekday().to_monday_one_offset();
    let mut text = language(locale).say(&format!("weekday-{weekday}"));
    for (place, calendar) in Calendar::of(locale).iter().enumerate() {
        text.push_str(if place == 0 { " " } else { " · " });
        text.push_str(&date(day, *calendar, locale));
    }
    text
}

/// The clock of a legal time: `19:05`.
#[must_use]
pub fn clock(time: DateTime, locale: Locale) -> String {
    digits(&format!("{:02}:{:02}", time.hour(), time.minute()), locale)
}

/// The clock with seconds.
#[must_use]
pub fn exact_clock(time: DateTime, locale: Locale) -> String {
    let text = format!(
        "{:02}:{:02}:{:02}",
        time.hour(),
        time.minute(),
        time.second()
    );
    digits(&text, locale)
}

/// Date and clock of a legal time in the reader's first calendar.
#[must_use]
pub fn moment(time: DateTime, locale: Locale) -> String {
    let day = date(time.date(), Calendar::of(locale)[0], locale);
    format!("{day} {}", clock(time, locale))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_day_in_three_calendars() {
        let day = jiff::civil::date(2027, 3, 14);
        for (calendar, fields) in [
            (Calendar::Gregorian, (2027, 3, 14)),
            (Calendar::Persian, (1405, 12, 23)),
            (Calendar::Hijri, (1448, 10, 6)),
        ] {
            assert_eq!(calendar.fields(day), fields, "{calendar:?}");
        }
        // And back, for every day on which a voter may have been born.
        let mut day = jiff::civil::date(1900, 1, 1);
        while day.year() < 2030 {
            for calendar in [Calendar::Gregorian, Calendar::Persian, Calendar::Hijri] {
                let (year, month, of_month) = calendar.fields(day);
                assert_eq!(
                    calendar.day(year, month, of_month),
                    Some(day),
                    "{calendar:?}"
                );
            }
            day = day.tomorrow().unwrap();
        }
        for calendar in [Calendar::Gregorian, Calendar::Persian, Calendar::Hijri] {
            assert_eq!(calendar.day(1400, 13, 1), None);
            assert_eq!(calendar.day(1400, 1, 32), None);
        }
        // New year's day of the Persian calendar, and the leap day before it.
        assert_eq!(
            Calendar::Persian.fields(jiff::civil::date(2025, 3, 20)),
            (1403, 12, 30)
        );
        assert_eq!(
            Calendar::Persian.fields(jiff::civil::date(2025, 3, 21)),
            (1404, 1, 1)
        );
    }

    #[test]
    fn dates_are_written_in_the_readers_words_and_digits() {
        let day = jiff::civil::date(2027, 3, 14);
        for (locale, written) in [
            (Locale::Ar, "الأحد ١٤ مارس ٢٠٢٧ · ٦ شوال ١٤٤٨ هـ"),
            (Locale::Fa, "یکشنبه ۲۳ اسفند ۱۴۰۵ · ۱۴ مارس ۲۰۲۷ میلادی"),
            (Locale::Fr, "dimanche 14 mars 2027"),
            (Locale::En, "Sunday 14 March 2027"),
        ] {
            assert_eq!(long_date(day, locale), written);
        }
    }

    #[test]
    fn legal_time_is_not_the_machines() {
        let at: Timestamp = "2027-03-14T22:30:00Z".parse().unwrap();
        let there = legal(at, 180);
        assert_eq!(there.date(), jiff::civil::date(2027, 3, 15));
        assert_eq!(clock(there, Locale::Ar), "٠١:٣٠");
        assert_eq!(moment(there, Locale::En), "15 March 2027 01:30");
    }
}
