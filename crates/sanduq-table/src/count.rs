//! Counts as people write them: `385`, `2,657,774 `, `1 234`, `١٬٢٣٤`, `۴۵۶`.
//!
//! Always true here: a number is read exactly or refused by name. Nothing is rounded, completed or
//! guessed, because `1.234` is one thing to one clerk and a thousand times that to another.

use thiserror::Error;

use crate::text::is_margin;

/// Why a cell is not a count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum CountFault {
    /// Nothing stands in the cell, or only spaces.
    #[error("the cell is empty; write the number, or 0 if there were none")]
    Blank,
    /// A sign, a dash or brackets, as in `-5`, `+5`, `(105)`, `85-99`.
    #[error("a count has no sign, dash or brackets; write the number alone")]
    Sign,
    /// A decimal point or an Arabic decimal separator, as in `12.5` or `1.234`.
    #[error("a count has no decimal point; write a whole number, thousands only with a comma")]
    Decimal,
    /// Digits of two scripts in one number, as in `1٢3`.
    #[error("the number mixes digits of two scripts; write it again in one of them")]
    MixedDigits,
    /// A thousands separator where none belongs, or two kinds of them: `12,34`, `1,234 567`.
    #[error("a thousands separator stands in the wrong place; write the number without separators")]
    Separator,
    /// More than 18,446,744,073,709,551,615.
    #[error("the number is too large to be a count; check the digits")]
    Overflow,
    /// A number with an exponent, as in `1E+05` or `1e20`: a program shortened it, or it is larger
    /// than it can hold exactly.
    #[error(
        "the number has an exponent, so it is too large to be a count or digits of it are lost; \
         write every digit"
    )]
    Exponent,
    /// A date or a time, as in `2014-10-26` or `18:30:00`; also what a spreadsheet program makes of
    /// `1-2`.
    #[error("this is a date or a time; format the cell as a number and write the count again")]
    Date,
    /// `true` or `false`.
    #[error("this is true or false and no count; write the count in digits")]
    Truth,
    /// What a spreadsheet program shows for a formula that cannot be computed, as in `#REF!`.
    #[error("the formula of this cell failed; mend it and save the file again, or write the count")]
    Failed,
    /// A formula whose result is not in the file.
    #[error(
        "the result of this cell's formula is not in the file; open it in a spreadsheet program, \
         let it compute and save it, or write the count"
    )]
    Formula,
    /// A character that belongs to no number; U+FFFD where the bytes are not UTF-8.
    #[error("{} does not belong in a count; write digits only", crate::text::shown(*.0))]
    NotDigits(char),
}

impl CountFault {
    /// The stable code of the fault.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Blank => "cell.blank",
            Self::Sign => "cell.sign",
            Self::Decimal => "cell.decimal",
            Self::MixedDigits => "cell.mixed_digits",
            Self::Separator => "cell.separator",
            Self::Overflow => "cell.overflow",
            Self::Exponent => "cell.exponent",
            Self::Date => "cell.date",
            Self::Truth => "cell.truth",
            Self::Failed => "cell.failed",
            Self::Formula => "cell.formula",
            Self::NotDigits(_) => "cell.not_digits",
        }
    }
}

/// Longest run of ASCII digits that cannot overflow 64 bits.
const SAFE_DIGITS: usize = 19;

/// The count written in `cell` (UTF-8).
///
/// Spaces, no-break spaces and direction marks around the number are passed over. Digits are ASCII,
/// Arabic-Indic or Persian, all of one script. Thousands may be separated by `,`, `٬`, a space or a
/// no-break space, always the same and always before three digits.
///
/// ```
/// use sanduq_table::CountFault;
/// use sanduq_table::parse_count;
///
/// assert_eq!(parse_count(b"385"), Ok(385));
/// assert_eq!(parse_count(b"2,657,774 "), Ok(2_657_774));
/// assert_eq!(parse_count("١٬٢٣٤".as_bytes()), Ok(1234));
/// assert_eq!(parse_count(b"12.5"), Err(CountFault::Decimal));
/// ```
///
/// # Errors
/// A [`CountFault`] that names what is wrong; an empty cell is [`CountFault::Blank`].
#[inline]
pub fn parse_count(cell: &[u8]) -> Result<u64, CountFault> {
    match plain(cell) {
        Some(count) => Ok(count),
        None => spelled(cell),
    }
}

/// As [`parse_count`], but `12.0` is 12 too: a form allows it where its source wrote counts through
/// a program that keeps only decimals. The digits after the point must all be zeros.
///
/// # Errors
/// A [`CountFault`] that names what is wrong.
pub fn parse_whole(cell: &[u8]) -> Result<u64, CountFault> {
    if let Some(point) = cell.iter().position(|byte| *byte == b'.') {
        let (whole, fraction) = cell.split_at(point);
        let zeros = fraction[1..].trim_ascii_end();
        let ends_in_digit = whole.last().is_some_and(u8::is_ascii_digit);
        if ends_in_digit && !zeros.is_empty() && zeros.iter().all(|byte| *byte == b'0') {
            return parse_count(whole);
        }
    }
    parse_count(cell)
}

/// The way of nearly every cell: ASCII digits and nothing else.
#[inline]
fn plain(cell: &[u8]) -> Option<u64> {
    if cell.is_empty() || cell.len() > SAFE_DIGITS {
        return None;
    }
    let mut count = 0_u64;
    for byte in cell {
        let digit = byte.wrapping_sub(b'0');
        if digit > 9 {
            return None;
        }
        count = count * 10 + u64::from(digit);
    }
    Some(count)
}

/// Every other way of writing a count.
#[cold]
fn spelled(cell: &[u8]) -> Result<u64, CountFault> {
    let text = str::from_utf8(cell).map_err(|_| CountFault::NotDigits('\u{FFFD}'))?;
    let text = text.trim_matches(is_margin);
    if text.is_empty() {
        return Err(CountFault::Blank);
    }
    let mut number = Number::default();
    let taken = text.chars().try_for_each(|c| number.take(c));
    taken
        .and_then(|()| number.finish())
        .map_err(|fault| of_another_kind(text).unwrap_or(fault))
}

/// What else than a count stands there, where it can be told: a person finds the cell by its kind
/// sooner than by its first wrong letter.
fn of_another_kind(text: &str) -> Option<CountFault> {
    let made_of = |text: &str, more: &[char]| {
        let fits = |c: char| c.is_ascii_digit() || more.contains(&c);
        text.contains(|c: char| c.is_ascii_digit()) && text.chars().all(fits)
    };
    let is_day = |day: &str| {
        let parts: Vec<usize> = day.split('-').map(str::len).collect();
        made_of(day, &['-']) && parts == [4, 2, 2]
    };
    let is_time = |time: &str| time.contains(':') && made_of(time, &[':', '.']);
    let exponent = text.split_once(['e', 'E']);
    let moment = text.split_once('T');
    match text {
        "true" | "false" | "TRUE" | "FALSE" => Some(CountFault::Truth),
        _ if text.starts_with('=') => Some(CountFault::Formula),
        _ if text.starts_with('#') => Some(CountFault::Failed),
        _ if is_day(text) || is_time(text) => Some(CountFault::Date),
        _ if moment.is_some_and(|(day, time)| is_day(day) && is_time(time)) => {
            Some(CountFault::Date)
        }
        _ if exponent.is_some_and(|(number, power)| {
            made_of(number, &['-', '.', ',']) && made_of(power, &['-', '+'])
        }) =>
        {
            Some(CountFault::Exponent)
        }
        _ => None,
    }
}

/// A number while it is read from left to right.
#[derive(Default)]
struct Number {
    value: u64,
    /// The zero digit of the script in use.
    zero: Option<u32>,
    separator: Option<char>,
    /// Digits since the start or the last separator.
    run: usize,
}

impl Number {
    fn take(&mut self, c: char) -> Result<(), CountFault> {
        if let Some((zero, digit)) = digit(c) {
            return self.take_digit(zero, digit);
        }
        match c {
            ',' | '\u{66C}' | ' ' | '\u{A0}' | '\u{202F}' | '\u{2009}' => self.take_separator(c),
            '.' | '\u{66B}' => Err(CountFault::Decimal),
            '+' | '-' | '(' | ')' | '\u{2010}'..='\u{2015}' | '\u{2212}' => Err(CountFault::Sign),
            other => Err(CountFault::NotDigits(other)),
        }
    }

    fn take_digit(&mut self, zero: u32, digit: u32) -> Result<(), CountFault> {
        if *self.zero.get_or_insert(zero) != zero {
            return Err(CountFault::MixedDigits);
        }
        self.run += 1;
        let tens = self.value.checked_mul(10).ok_or(CountFault::Overflow)?;
        self.value = tens
            .checked_add(u64::from(digit))
            .ok_or(CountFault::Overflow)?;
        Ok(())
    }

    /// `0,123` is refused with the misplaced ones: a number in groups does not begin with a zero, a
    /// decimal fraction does.
    fn take_separator(&mut self, c: char) -> Result<(), CountFault> {
        let in_place = match self.separator {
            None => (1..=3).contains(&self.run) && self.value > 0,
            Some(before) => before == c && self.run == 3,
        };
        if !in_place {
            return Err(CountFault::Separator);
        }
        self.separator = Some(c);
        self.run = 0;
        Ok(())
    }

    const fn finish(self) -> Result<u64, CountFault> {
        if self.separator.is_some() && self.run != 3 {
            return Err(CountFault::Separator);
        }
        Ok(self.value)
    }
}

/// The zero of a digit's script (ASCII, Arabic-Indic U+0660, Persian U+06F0) and its value.
const fn digit(c: char) -> Option<(u32, u32)> {
    let zero = match c {
        '0'..='9' => 0x30,
        '\u{660}'..='\u{669}' => 0x660,
        '\u{6F0}'..='\u{6F9}' => 0x6F0,
        _ => return None,
    };
    Some((zero, c as u32 - zero))
}

#[cfg(test)]
mod tests;
