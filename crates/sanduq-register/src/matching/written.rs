//! How an office writes its dates: in which calendar, and in which order year, month and day stand.

use serde::Deserialize;

/// The calendar in which an office counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Calendar {
    /// The international one.
    #[default]
    Gregorian,
    /// The solar Hijri one.
    Persian,
    /// The lunar Hijri one, by the tables of Umm al-Qura.
    Hijri,
}

impl Calendar {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Gregorian, Self::Persian, Self::Hijri];

    /// The word for machines, which a profile and a flag use too.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Gregorian => "gregorian",
            Self::Persian => "persian",
            Self::Hijri => "hijri",
        }
    }

    /// Its name in a sentence of the command line.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Gregorian => "Gregorian calendar",
            Self::Persian => "Persian calendar",
            Self::Hijri => "Hijri calendar",
        }
    }

    /// The calendar of a word.
    #[must_use]
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.word() == word)
    }
}

/// The order in which year, month and day stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub enum Order {
    /// Year, month, day.
    #[serde(rename = "ymd")]
    YearFirst,
    /// Day, month, year.
    #[serde(rename = "dmy")]
    DayFirst,
    /// Month, day, year.
    #[serde(rename = "mdy")]
    MonthFirst,
}

impl Order {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::YearFirst, Self::DayFirst, Self::MonthFirst];

    /// The word for machines, which a profile and a flag use too.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::YearFirst => "ymd",
            Self::DayFirst => "dmy",
            Self::MonthFirst => "mdy",
        }
    }

    /// Its name in a sentence of the command line.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::YearFirst => "year-month-day",
            Self::DayFirst => "day-month-year",
            Self::MonthFirst => "month-day-year",
        }
    }

    /// The order of a word.
    #[must_use]
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.word() == word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_calendar_and_order_is_known_by_its_word_alone() {
        for calendar in Calendar::ALL {
            assert_eq!(Calendar::of_word(calendar.word()), Some(calendar));
        }
        for order in Order::ALL {
            assert_eq!(Order::of_word(order.word()), Some(order));
        }
        assert_eq!(Calendar::of_word("julian"), None);
        assert_eq!(Order::of_word("ydm"), None);
    }
}
