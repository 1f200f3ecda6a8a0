//! A national number, compared in its parts: a date, a place, a serial, a check digit.
//!
//! Which parts a number has is data of the profile; a number without parts is a row of digits.

use super::date::Date;
use sanduq_core::text::digit_value;
use serde::Deserialize;

/// Up to 16 digits, four bits each, the last digit lowest; 0 is missing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Number(u64);

/// What two numbers say about each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Apart {
    /// One of them is not given.
    Missing = 0,
    /// The same number.
    Same = 1,
    /// One digit differs.
    OneDigit = 2,
    /// Two neighbouring digits changed over, or a digit left out.
    Transposed = 3,
    /// The same date and place, and the next serials: how twins are numbered.
    Neighbour = 4,
    /// The same date and place, another serial: a second number, or a stranger of that day.
    SameHead = 5,
    /// The same date, another place.
    SameDate = 6,
    /// Another number.
    Different = 7,
}

/// Number of `Apart`.
pub const APARTS: usize = 8;

/// Every `Apart` by its number.
pub const ALL: [Apart; APARTS] = [
    Apart::Missing,
    Apart::Same,
    Apart::OneDigit,
    Apart::Transposed,
    Apart::Neighbour,
    Apart::SameHead,
    Apart::SameDate,
    Apart::Different,
];

impl Apart {
    /// The word for machines.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Same => "same",
            Self::OneDigit => "one_digit",
            Self::Transposed => "transposed",
            Self::Neighbour => "neighbour",
            Self::SameHead => "same_head",
            Self::SameDate => "same_date",
            Self::Different => "different",
        }
    }
}

/// Where a number keeps its parts, as digits from the left. All lengths in digits.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Layout {
    /// Length of a whole number.
    pub length: u32,
    /// Where the birth date `YYMMDD` begins; the digit before it is the century (2: 1900, 3: 2000).
    pub date: Option<u32>,
    /// Where the two digits of the place begin.
    pub place: Option<u32>,
    /// Where the serial begins.
    pub serial: Option<u32>,
    /// Length of the serial.
    pub serial_length: u32,
    /// Weights of the check digit, which stands last; empty when the rule is not known.
    pub check_weights: Vec<u32>,
    /// What the weighted sum is divided by.
    pub check_modulus: u32,
    /// What the check digit is where modulus less remainder has two digits.
    pub check_rest: CheckRest,
    /// What is said of a number whose check digit is wrong.
    pub check: Check,
    /// A number with fewer digits than `length` but at least so many has lost zeros at its head;
    /// 0 where none has.
    pub pad_from: u32,
    /// A row of one digit is no number.
    pub not_one_digit: bool,
    /// Where digits stand that are not all zero, and how many.
    pub not_zero: Option<(u32, u32)>,
}

/// What the check digit is where the modulus less the remainder has two digits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CheckRest {
    /// 0 or 1: sources differ.
    #[default]
    Either,
    /// The remainder itself.
    Remainder,
}

/// What is said of a number whose check digit is wrong.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Check {
    /// Nothing: the rule is not known well enough.
    #[default]
    Off,
    /// It is counted; nobody is refused on it.
    Advise,
    /// It is no number of anybody: the row is told with its place.
    Require,
}

/// What is wrong with a number that was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fault {
    /// A sign that is no digit stands in it.
    Letters,
    /// It has another number of digits.
    Length,
    /// Its check digit is wrong.
    Check,
    /// One digit repeated, or zeros where none may be.
    Empty,
}

impl Layout {
    /// Whether every part lies inside a number of at most 16 digits.
    #[must_use]
    pub fn is_within(&self) -> bool {
        let ends = |from: Option<u32>, length: u32| {
            from.is_none_or(|from| from.saturating_add(length) <= self.length)
        };
        let weighted = self.check_weights.len();
        let checked = weighted == 0
            || (u32::try_from(weighted + 1) == Ok(self.length) && self.check_modulus > 1);
        self.length <= 16
            && self.check_weights.iter().all(|weight| *weight <= 1000)
            && self.pad_from <= self.length
            && self
                .not_zero
                .is_none_or(|(from, length)| ends(Some(from), length))
            && self.date != Some(0)
            && ends(self.date, 6)
            && ends(self.place, 2)
            && ends(self.serial, self.serial_length)
            && checked
    }
}

/// Twins are registered one after the other; more serials than this lie between strangers.
const NEIGHBOURS: u64 = 6;

impl Number {
    /// Reads digits of any script; missing when there are none, or another sign than a space,
    /// a point, a slash or a hyphen, or more than sixteen digits. Zeros that were lost at the head
    /// are put back where the layout says so.
    #[must_use]
    pub fn read(text: &str, layout: &Layout) -> Self {
        let mut packed = 0u64;
        for letter in text.chars() {
            match digit_value(letter) {
                Some(_) if packed >> 60 > 0 => return Self(0),
                Some(digit) => packed = packed << 4 | u64::from(digit + 1),
                None if is_between(letter) => {}
                None => return Self(0),
            }
        }
        let mut number = Self(packed);
        while layout.pad_from > 0 && (layout.pad_from..layout.length).contains(&number.length()) {
            number.0 |= 1 << (4 * number.length());
        }
        number
    }

    /// What is wrong with the number that was read from a field; `None` where none stands there.
    #[must_use]
    pub fn fault(self, text: &str, layout: &Layout) -> Option<Fault> {
        if self.is_missing() {
            let digits = text.chars().filter(|letter| letter.is_numeric()).count();
            let strange = text
                .chars()
                .any(|letter| !is_between(letter) && !letter.is_numeric());
            let fault = if strange {
                Fault::Letters
            } else {
                Fault::Length
            };
            return (strange || digits > 0).then_some(fault);
        }
        let repeated = || self.0 == (self.0 & 15) * zeros(self.length());
        if layout.not_one_digit && repeated() {
            return Some(Fault::Empty);
        }
        if layout.length == 0 {
            return None;
        }
        if self.length() != layout.length {
            return Some(Fault::Length);
        }
        let part = |from, length| self.part(layout, from, length);
        let zeros = |(from, length): (u32, u32)| part(from, length) == zeros(length);
        if layout.not_zero.is_some_and(zeros) {
            return Some(Fault::Empty);
        }
        let wrong = layout.check != Check::Off && self.checks(layout) == Some(false);
        wrong.then_some(Fault::Check)
    }

    /// Whether no number is given.
    #[must_use]
    pub fn is_missing(self) -> bool {
        self.0 == 0
    }

    /// The number of packed digits that were kept.
    #[must_use]
    pub const fn of_packed(packed: u64) -> Self {
        Self(packed)
    }

    /// The packed digits, for keys.
    #[must_use]
    pub fn packed(self) -> u64 {
        self.0
    }

    /// How many digits it has.
    #[must_use]
    pub fn length(self) -> u32 {
        16 - self.0.leading_zeros() / 4
    }

    /// The packed digits from one place on, counted from the left of a number of this length.
    fn part(self, layout: &Layout, from: u32, length: u32) -> u64 {
        let behind = layout.length - from - length;
        self.0 >> (4 * behind) & ((1 << (4 * length)) - 1)
    }

    /// The value of some digits.
    fn value(self, layout: &Layout, from: u32, length: u32) -> u32 {
        let digits = self.part(layout, from, length);
        (0..length).rev().fold(0, |value, place| {
            value * 10 + u32::from((digits >> (4 * place) & 15) as u8).saturating_sub(1)
        })
    }

    /// The birth date that stands in it.
    #[must_use]
    pub fn date(self, layout: &Layout) -> Date {
        let Some(from) = layout
            .date
            .filter(|from| *from > 0 && self.length() == layout.length)
        else {
            return Date::default();
        };
        let century = match self.value(layout, from - 1, 1) {
            2 => 1900,
            3 => 2000,
            _ => return Date::default(),
        };
        let year = century + self.value(layout, from, 2);
        Date::new(
            year,
            self.value(layout, from + 2, 2),
            self.value(layout, from + 4, 2),
        )
    }

    /// The place that stands in it, as two digits; 0 when it has none.
    #[must_use]
    pub fn place(self, layout: &Layout) -> u32 {
        match layout.place {
            Some(from) if self.length() == layout.length => self.value(layout, from, 2),
            _ => 0,
        }
    }

    /// Whether the check digit is right; `None` when the rule is not known.
    #[must_use]
    pub fn checks(self, layout: &Layout) -> Option<bool> {
        if layout.check_weights.is_empty() || self.length() != layout.length {
            return None;
        }
        let places = 0u32..layout.length - 1;
        let weighted = places.zip(&layout.check_weights);
        let sum: u32 = weighted
            .map(|(place, weight)| weight * self.value(layout, place, 1))
            .sum();
        let remainder = sum % layout.check_modulus;
        let rest = layout.check_modulus - remainder;
        let check = self.value(layout, layout.length - 1, 1);
        Some(match layout.check_rest {
            _ if rest < 10 => rest == check,
            CheckRest::Either => check < 2,
            CheckRest::Remainder => remainder == check,
        })
    }

    /// Whether both are given and at most two digits differ.
    #[must_use]
    pub fn is_near(self, other: Self) -> bool {
        !self.is_missing() && !other.is_missing() && nibbles(self.0 ^ other.0).count_ones() <= 2
    }

    /// Whether both have as many digits and the one comes a few after the other: how those are
    /// numbered who are registered together, where no part of a number is known.
    #[must_use]
    pub fn is_next_to(self, other: Self) -> bool {
        let digits = |one: Self| {
            (0..one.length()).rev().fold(0u64, |value, place| {
                value * 10 + (one.0 >> (4 * place) & 15).saturating_sub(1)
            })
        };
        let apart = digits(self).abs_diff(digits(other));
        self.length() == other.length() && (1..=NEIGHBOURS).contains(&apart)
    }

    /// How far two numbers are apart.
    #[must_use]
    pub fn apart(self, other: Self, layout: &Layout) -> Apart {
        if self.is_missing() || other.is_missing() {
            return Apart::Missing;
        }
        if self == other {
            return Apart::Same;
        }
        let unequal = nibbles(self.0 ^ other.0);
        let digits = unequal.count_ones();
        if digits == 1 && !self.are_neighbours(other, layout) {
            return Apart::OneDigit;
        }
        if digits == 2 && is_transposed(self.0, other.0, unequal) {
            return Apart::Transposed;
        }
        if self.length() != other.length() {
            return if left_out(self.0, other.0) {
                Apart::Transposed
            } else {
                Apart::Different
            };
        }
        self.apart_in_parts(other, layout)
    }

    fn apart_in_parts(self, other: Self, layout: &Layout) -> Apart {
        let (Some(date), Some(place)) = (layout.date, layout.place) else {
            return Apart::Different;
        };
        if self.length() != layout.length {
            return Apart::Different;
        }
        let same =
            |from, length| self.part(layout, from, length) == other.part(layout, from, length);
        match (same(date - 1, 7), same(place, 2)) {
            (true, true) if self.are_neighbours(other, layout) => Apart::Neighbour,
            (true, true) => Apart::SameHead,
            (true, false) => Apart::SameDate,
            (false, _) => Apart::Different,
        }
    }

    /// Whether both are whole numbers of one head whose serials follow each other.
    fn are_neighbours(self, other: Self, layout: &Layout) -> bool {
        let Some(from) = layout.serial else {
            return false;
        };
        if self.length() != layout.length || other.length() != layout.length {
            return false;
        }
        let serials =
            [self, other].map(|one| u64::from(one.value(layout, from, layout.serial_length)));
        let apart = serials[0].abs_diff(serials[1]);
        self.part(layout, 0, from) == other.part(layout, 0, from)
            && (1..=NEIGHBOURS).contains(&apart)
            && self.checks(layout) != Some(false)
            && other.checks(layout) != Some(false)
    }
}

/// What may stand between the digits of a number.
fn is_between(letter: char) -> bool {
    matches!(letter, ' ' | '-' | '.' | '/')
}

/// So many digits 0, packed.
fn zeros(length: u32) -> u64 {
    0x1111_1111_1111_1111 >> (64 - 4 * length.clamp(1, 16))
}

/// One bit, the lowest of its four, for every digit that is not zero.
fn nibbles(digits: u64) -> u64 {
    let pairs = digits | digits >> 1;
    (pairs | pairs >> 2) & 0x1111_1111_1111_1111
}

/// Whether the two unequal digits are neighbours that changed places.
fn is_transposed(one: u64, other: u64, unequal: u64) -> bool {
    let place = unequal.trailing_zeros();
    if unequal >> place != 0x11 {
        return false;
    }
    let (left, right) = (one >> place & 255, other >> place & 255);
    left == (right & 15) << 4 | right >> 4
}

/// Whether the longer is the shorter with one digit more.
fn left_out(one: u64, other: u64) -> bool {
    let (long, short) = (one.max(other), one.min(other));
    let place = (long ^ short).trailing_zeros() / 4 * 4;
    long >> place >> 4 == short >> place
}

#[cfg(test)]
mod tests;
