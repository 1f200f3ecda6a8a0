//! What a voter types: digits of any script, and a date as the reader's own papers have it. Nothing
//! here says what was typed, not even to a log.

use crate::date::Calendar;
use jiff::civil::Date;
use sanduq_core::names::Locale;
use sanduq_core::text::digit_value;
use sanduq_store::own_station::Claim;
use serde::Deserialize;

/// What the form sends.
#[derive(Deserialize)]
pub struct Sent {
    number: String,
    day: String,
    month: String,
    year: String,
}

/// What cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wrong {
    /// The number.
    Number,
    /// The date.
    Date,
}

impl Wrong {
    /// The key of its sentence.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Number => "own-station-wrong-number",
            Self::Date => "own-station-wrong-date",
        }
    }
}

/// A year of this or a later one is counted by the Gregorian calendar; nobody alive was born
/// before, and no other calendar here has come so far.
const GREGORIAN: i32 = 1700;
/// The most signs that are looked at.
const LONGEST: usize = 40;

/// The claim of what was typed.
///
/// # Errors
/// What cannot be read, in the order of the form.
pub fn claim(sent: &Sent, locale: Locale) -> Result<Claim, Vec<Wrong>> {
    let born = born(&sent.day, &sent.month, &sent.year, locale);
    let number = ascii(&sent.number);
    let some_day = Date::ZERO;
    let claim = number.and_then(|number| Claim::new(&number, born.unwrap_or(some_day)));
    match (claim, born) {
        (Some(claim), Some(_)) => Ok(claim),
        (claim, born) => {
            let number = claim.is_none().then_some(Wrong::Number);
            let date = born.is_none().then_some(Wrong::Date);
            Err(number.into_iter().chain(date).collect())
        }
    }
}

/// Digits of any script as ASCII, without the spaces, dashes and marks between which papers and
/// keyboards put them; none when there is anything else.
fn ascii(typed: &str) -> Option<String> {
    let mut digits = String::new();
    for c in typed.trim().chars().take(LONGEST + 1) {
        match digit_value(c) {
            Some(value) => digits.push(char::from(b'0' + value)),
            None if c.is_whitespace() || matches!(c, '-' | '\u{200B}'..='\u{200F}') => {}
            None if matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}') => {}
            None => return None,
        }
    }
    (typed.trim().chars().count() <= LONGEST).then_some(digits)
}

/// The day in the calendar that its year tells.
fn born(day: &str, month: &str, year: &str, locale: Locale) -> Option<Date> {
    let number = |text: &str| ascii(text)?.parse::<i32>().ok();
    let year = number(year)?;
    let calendars = Calendar::of(locale);
    let calendar = if year >= GREGORIAN {
        Calendar::Gregorian
    } else {
        let mut others = calendars.iter().copied();
        others.find(|calendar| *calendar != Calendar::Gregorian)?
    };
    let part = |text: &str| u8::try_from(number(text)?).ok();
    // Nobody was born in the first centuries of a calendar: two digits of a year are no year.
    (year >= 1000).then_some(())?;
    calendar.day(year, part(month)?, part(day)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn sent(number: &str, [day, month, year]: [&str; 3]) -> Sent {
        Sent {
            number: number.to_owned(),
            day: day.to_owned(),
            month: month.to_owned(),
            year: year.to_owned(),
        }
    }

    #[test]
    fn a_number_in_any_digits_is_one_number() {
        let first = claim(&sent("290010112345", ["1", "1", "1990"]), Locale::Ar);
        let plain = first.unwrap();
        for typed in [
            "٢٩٠٠١٠١١٢٣٤٥",
            "۲۹۰۰۱۰۱۱۲۳۴۵",
            " 2900 1011-2345 ",
            "\u{200F}290010112345\u{200E}",
        ] {
            let same = claim(&sent(typed, ["١", "۱", "١٩٩٠"]), Locale::Ar);
            assert!(same.unwrap() == plain, "{typed}");
        }
        let long = "1".repeat(41);
        for typed in ["", "12345", "29001011234x", "123456789012345678901", &long] {
            let wrong = claim(&sent(typed, ["1", "1", "1990"]), Locale::Ar);
            assert_eq!(wrong.unwrap_err(), [Wrong::Number], "{typed}");
        }
        let wrong = claim(&sent("", ["", "", ""]), Locale::Fr);
        assert_eq!(wrong.unwrap_err(), [Wrong::Number, Wrong::Date]);
    }

    #[test]
    fn the_year_tells_the_calendar() {
        for (locale, typed, day) in [
            (Locale::En, ["14", "3", "1990"], Some(date(1990, 3, 14))),
            (Locale::Fa, ["۲۳", "۱۲", "۱۳۶۸"], Some(date(1990, 3, 14))),
            (Locale::Fa, ["14", "3", "1990"], Some(date(1990, 3, 14))),
            (Locale::Fa, ["30", "12", "1403"], Some(date(2025, 3, 20))),
            (Locale::Fa, ["30", "12", "1402"], None),
            (Locale::Ar, ["٦", "١٠", "١٤٤٨"], Some(date(2027, 3, 14))),
            (Locale::Ar, ["14", "3", "1990"], Some(date(1990, 3, 14))),
            (Locale::Ar, ["29", "2", "2000"], Some(date(2000, 2, 29))),
            (Locale::Ar, ["29", "2", "1999"], None),
            (Locale::Ar, ["1", "13", "1990"], None),
            (Locale::Ar, ["0", "1", "1990"], None),
            (Locale::Ar, ["300", "1", "1990"], None),
            (Locale::En, ["6", "10", "1448"], None),
            (Locale::Fa, ["1", "1", "68"], None),
            (Locale::Ar, ["1", "1", "99999999999"], None),
            (Locale::Ar, ["1", "1", "30000"], None),
            (Locale::Ar, ["1", "May", "1990"], None),
        ] {
            let [d, m, y] = typed;
            assert_eq!(born(d, m, y, locale), day, "{locale:?} {typed:?}");
        }
    }
}
