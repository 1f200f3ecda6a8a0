//! A birth date as an office wrote it, and how far two of them are apart.

use sanduq_core::text::digit_value;

/// A date packed as year, month, day; 0 is missing. Only plausible dates are made. The highest bit
/// says that it was the first day of a year as it was written: in another calendar it looks like
/// any day. Two dates of one day are equal, whatever their bit.
#[derive(Clone, Copy, Debug, Default)]
pub struct Date(u32);

/// The first day of a year as it was written.
const FIRST: u32 = 1 << 31;

impl PartialEq for Date {
    fn eq(&self, other: &Self) -> bool {
        self.packed() == other.packed()
    }
}

impl Eq for Date {}

impl PartialOrd for Date {
    fn partial_cmp(&self, other: &Self) -> Option<core::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Date {
    fn cmp(&self, other: &Self) -> core::cmp::Ordering {
        self.packed().cmp(&other.packed())
    }
}

/// What two dates say about each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Apart {
    /// One of them is not given.
    Missing = 0,
    /// The same day.
    Same = 1,
    /// The same day, the first of a year: offices write it when only the year is known.
    SameDefault = 2,
    /// Day and month changed over.
    Swapped = 3,
    /// The same month, a day more or less.
    Neighbour = 4,
    /// The same day of a year up to two years away, or ten.
    OtherYear = 5,
    /// The same year, one of them its first day.
    OnlyYear = 6,
    /// One digit of day or month differs.
    OneDigit = 7,
    /// The same year and nothing more.
    SameYear = 8,
    /// Another date.
    Different = 9,
}

/// Number of `Apart`.
pub const APARTS: usize = 10;

/// Every `Apart` by its number.
pub const ALL: [Apart; APARTS] = [
    Apart::Missing,
    Apart::Same,
    Apart::SameDefault,
    Apart::Swapped,
    Apart::Neighbour,
    Apart::OtherYear,
    Apart::OnlyYear,
    Apart::OneDigit,
    Apart::SameYear,
    Apart::Different,
];

impl Apart {
    /// The word for machines.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Same => "same",
            Self::SameDefault => "same_1_january",
            Self::Swapped => "swapped",
            Self::Neighbour => "neighbour",
            Self::OtherYear => "other_year",
            Self::OnlyYear => "only_year",
            Self::OneDigit => "one_digit",
            Self::SameYear => "same_year",
            Self::Different => "different",
        }
    }
}

impl Date {
    /// The date of a year (1 to 4,000), month and day; missing when there is no such day.
    #[must_use]
    pub fn new(year: u32, month: u32, day: u32) -> Self {
        let plausible = (1..4000).contains(&year) && (1..=12).contains(&month);
        if plausible && (1..=31).contains(&day) {
            Self(year << 9 | month << 5 | day).of_first((month, day) == (1, 1))
        } else {
            Self(0)
        }
    }

    /// The same day, written as the first of a year, or not, in the calendar of its office.
    #[must_use]
    pub fn of_first(self, first: bool) -> Self {
        if first && !self.is_missing() {
            Self(self.0 | FIRST)
        } else {
            Self(self.packed())
        }
    }

    /// Reads `1990-03-31`, `1990/3/31` or `19900331` in digits of any script; missing when it is
    /// none of these.
    #[must_use]
    pub fn read(text: &str) -> Self {
        let mut parts = [0u32; 3];
        let mut part = 0;
        let mut digits = 0;
        for letter in text.chars() {
            match digit_value(letter) {
                Some(digit) if part < 3 && parts[part] < 100_000_000 => {
                    parts[part] = parts[part] * 10 + u32::from(digit);
                    digits += 1;
                }
                None if matches!(letter, '-' | '/' | '.') => part += 1,
                _ => return Self(0),
            }
        }
        match (part, digits) {
            (2, _) => Self::new(parts[0], parts[1], parts[2]),
            (0, 8) => Self::new(parts[0] / 10_000, parts[0] / 100 % 100, parts[0] % 100),
            _ => Self(0),
        }
    }

    /// Whether its month has that day: a date of the Gregorian calendar.
    #[must_use]
    pub fn is_real(self) -> bool {
        let part = |value: u32| i8::try_from(value).unwrap_or(0);
        let year = i16::try_from(self.year()).unwrap_or(0);
        jiff::civil::Date::new(year, part(self.month()), part(self.day())).is_ok()
    }

    /// Whether no date is given.
    #[must_use]
    pub fn is_missing(self) -> bool {
        self.0 == 0
    }

    /// The date of a number from [`Self::kept`]; missing when there is no such day.
    #[must_use]
    pub fn of_kept(kept: u32) -> Self {
        let packed = kept & !FIRST;
        Self::new(packed >> 9, packed >> 5 & 15, packed & 31).of_first(kept & FIRST > 0)
    }

    /// The date as a number, with whether it was written as the first day of a year.
    #[must_use]
    pub fn kept(self) -> u32 {
        self.0
    }

    /// The day as a number, for keys.
    #[must_use]
    pub fn packed(self) -> u32 {
        self.0 & !FIRST
    }

    /// The year.
    #[must_use]
    pub fn year(self) -> u32 {
        self.packed() >> 9
    }

    /// The month.
    #[must_use]
    pub fn month(self) -> u32 {
        self.0 >> 5 & 15
    }

    /// The day of the month.
    #[must_use]
    pub fn day(self) -> u32 {
        self.0 & 31
    }

    /// Whether it may stand for an unknown day: it was written as the first of a year, in
    /// whatever calendar.
    #[must_use]
    pub fn is_default(self) -> bool {
        self.0 & FIRST > 0
    }

    /// Whether the other may be the day for which this one stands: one of the year that begins on
    /// it. A lunar year ends eleven days before.
    fn stands_for(self, other: Self) -> bool {
        const YEAR: u32 = 1 << 9;
        self.is_default() && (self.packed()..self.packed() + YEAR).contains(&other.packed())
    }

    /// One date for both orders of day and month, where both are possible.
    #[must_use]
    pub fn unordered(self) -> Self {
        let (month, day) = (self.month(), self.day());
        if day < month {
            Self(self.year() << 9 | day << 5 | month)
        } else {
            self
        }
    }

    /// How far two dates are apart.
    #[must_use]
    pub fn apart(self, other: Self) -> Apart {
        if self.is_missing() || other.is_missing() {
            return Apart::Missing;
        }
        if self == other {
            return if self.is_default() || other.is_default() {
                Apart::SameDefault
            } else {
                Apart::Same
            };
        }
        if self.stands_for(other) || other.stands_for(self) {
            return Apart::OnlyYear;
        }
        if self.year() == other.year() {
            self.apart_in_year(other)
        } else {
            self.apart_in_years(other)
        }
    }

    fn apart_in_year(self, other: Self) -> Apart {
        if self.day() == other.month() && self.month() == other.day() {
            return Apart::Swapped;
        }
        let one_digit = |one: u32, two: u32| one / 10 == two / 10 || one % 10 == two % 10;
        if self.month() == other.month() {
            if self.day().abs_diff(other.day()) == 1 {
                return Apart::Neighbour;
            }
            if one_digit(self.day(), other.day()) {
                return Apart::OneDigit;
            }
        }
        if self.day() == other.day() && one_digit(self.month(), other.month()) {
            return Apart::OneDigit;
        }
        Apart::SameYear
    }

    fn apart_in_years(self, other: Self) -> Apart {
        let years = self.year().abs_diff(other.year());
        let same_day = (self.packed() ^ other.packed()) & 0x1ff == 0;
        let known = !self.is_default() && !other.is_default();
        if same_day && known && (years <= 2 || years == 10) {
            Apart::OtherYear
        } else {
            Apart::Different
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Date {
        Date::read(text)
    }

    #[test]
    fn two_dates_are_as_far_apart_as_a_clerk_s_slip() {
        for (one, other, expected) in [
            ("1990-03-31", "1990-03-31", Apart::Same),
            ("1990-03-31", "19900331", Apart::Same),
            ("1990-03-31", "١٩٩٠/٣/٣١", Apart::Same),
            ("1990-03-31", "۱۹۹۰-۰۳-۳۱", Apart::Same),
            ("1950-01-01", "1950-01-01", Apart::SameDefault),
            ("1990-03-05", "1990-05-03", Apart::Swapped),
            ("1990-03-05", "1990-03-06", Apart::Neighbour),
            ("1990-03-05", "1991-03-05", Apart::OtherYear),
            ("1990-03-05", "2000-03-05", Apart::OtherYear),
            ("1990-03-05", "1995-03-05", Apart::Different),
            ("1990-03-05", "1990-01-01", Apart::OnlyYear),
            ("1990-03-05", "1990-03-25", Apart::OneDigit),
            ("1990-03-05", "1990-07-19", Apart::SameYear),
            ("1990-03-05", "", Apart::Missing),
            ("1990-03-05", "1990-13-05", Apart::Missing),
            ("1990-03-05", "5 March", Apart::Missing),
        ] {
            assert_eq!(read(one).apart(read(other)), expected, "{one} {other}");
            assert_eq!(read(other).apart(read(one)), expected, "{other} {one}");
        }
    }

    #[test]
    fn a_month_has_its_days() {
        for (text, real) in [
            ("1988-02-29", true),
            ("1900-02-29", false),
            ("2000-02-29", true),
            ("1990-04-31", false),
            ("", false),
        ] {
            assert_eq!(read(text).is_real(), real, "{text}");
        }
    }

    #[test]
    fn a_date_and_its_swap_have_one_unordered_form() {
        let unordered = |text| read(text).unordered();
        assert_eq!(unordered("1990-03-05"), unordered("1990-05-03"));
        assert_ne!(unordered("1990-03-15"), unordered("1990-03-16"));
    }

    #[test]
    fn a_packed_date_comes_back() {
        for text in ["1990-03-05", "1365-04-12", "", "1990-02-31"] {
            for date in [read(text), read(text).of_first(true)] {
                let back = Date::of_kept(date.kept());
                assert_eq!((back, back.kept()), (date, date.kept()), "{text}");
            }
        }
        assert!(Date::of_kept(u32::MAX).is_missing());
        assert!(!Date::default().of_first(true).is_default());
    }

    /// 1 Farvardin 1360 is 21 March 1981; whoever was born on 1 January was born on 11 Dey.
    #[test]
    fn the_first_day_of_a_year_stands_for_it_in_another_calendar_too() {
        let farvardin = read("1981-03-21").of_first(true);
        let dey = read("1982-01-01").of_first(false);
        for (one, other, expected) in [
            (farvardin, read("1981-03-21"), Apart::SameDefault),
            (farvardin, read("1981-03-22"), Apart::OnlyYear),
            (farvardin, read("1981-11-05"), Apart::OnlyYear),
            (farvardin, read("1982-03-20"), Apart::OnlyYear),
            (farvardin, read("1982-03-21"), Apart::Different),
            (farvardin, read("1981-03-20"), Apart::Neighbour),
            (farvardin, read("1981-02-10"), Apart::SameYear),
            (farvardin, read("1982-01-01"), Apart::OnlyYear),
            (farvardin, read("1981-01-01"), Apart::OnlyYear),
            (dey, dey, Apart::Same),
            (dey, read("1982-01-01"), Apart::SameDefault),
            (dey, read("1982-05-06").of_first(false), Apart::SameYear),
            (dey, read("1983-01-01").of_first(false), Apart::OtherYear),
        ] {
            assert_eq!(one.apart(other), expected, "{one:?} {other:?}");
            assert_eq!(other.apart(one), expected, "{other:?} {one:?}");
        }
    }
}
