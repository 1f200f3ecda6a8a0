//! Rows that are set aside: where, and why, and never what stands in them.
//!
//! Always true here: nothing of a row's content is kept, because it is about a person; the place
//! and the name of the field are enough to find it in the file.

use core::fmt;

use crate::source::Column;

/// A row that does not take part in the matching, or a note on one that does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quarantined {
    /// The row's number; the first row below the heading is 0. Rows set aside count.
    pub row: u64,
    /// Where a person finds it: in a text the line on which it begins, the heading's first line
    /// being 1; in a Parquet file the row, the first being 1.
    pub line: u64,
    /// The field, as its place in the list of wanted columns; none where it is the whole row.
    pub column: Option<usize>,
    /// Why.
    pub reason: Reason,
}

impl Quarantined {
    /// The name of the field, from the `wanted` with which the source was opened.
    #[must_use]
    pub fn name<'a>(&self, wanted: &[Column<'a>]) -> Option<&'a str> {
        let column = wanted.get(self.column?)?;
        Some(column.name)
    }
}

/// Why a row is set aside.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// More or fewer fields than the heading has.
    FieldCount {
        /// Fields in the row.
        found: u32,
        /// Fields in the heading.
        expected: u32,
    },
    /// Text after the quote mark that closes a field.
    StrayQuote,
    /// Bytes that are not UTF-8, in a file that is.
    NotUtf8,
    /// A field longer than any name is.
    TooLong {
        /// Its length in bytes.
        bytes: u32,
    },
    /// A control character, a line break too.
    ControlCharacter,
    /// A character that reorders the text around it, so that another name is shown than stands
    /// there (Unicode UAX #9, the embeddings, overrides and isolates).
    DirectionCharacter,
    /// A date that cannot be read as one.
    NotADate,
    /// A date whose year has two digits, so that its century is not known.
    ShortYear,
    /// A year without its day.
    OnlyYear,
    /// A date that looks like one of another calendar than most dates of the file.
    OtherCalendar,
    /// A date after the day of the matching.
    DateInFuture,
    /// A date of birth before 1850.
    DateTooEarly,
    /// A word for the sex that is not known; the sex counts as not given.
    UnknownSex,
    /// A number with something else than digits in it.
    NumberNotDigits,
    /// A number of another length than the jurisdiction's numbers have.
    NumberLength {
        /// Its digits.
        digits: u32,
    },
    /// A number whose check digit does not fit, where the jurisdiction requires it.
    NumberCheck,
    /// A number of one digit repeated, or with zeros where none may be.
    NumberEmpty,
    /// All names stand in one field. A note: the row takes part.
    NamesInOneField,
    /// No name at all.
    NoName,
    /// Neither a name nor a date, a number or a further attribute.
    NothingToCompare,
    /// No id. A note: what becomes of the row is said of the file.
    NoId,
}

impl Reason {
    /// The stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::FieldCount { .. } => "quarantine.field_count",
            Self::StrayQuote => "quarantine.stray_quote",
            Self::NotUtf8 => "quarantine.not_utf8",
            Self::TooLong { .. } => "quarantine.too_long",
            Self::ControlCharacter => "quarantine.control_character",
            Self::DirectionCharacter => "quarantine.direction_character",
            Self::NotADate => "quarantine.not_a_date",
            Self::ShortYear => "quarantine.short_year",
            Self::OnlyYear => "quarantine.only_year",
            Self::OtherCalendar => "quarantine.other_calendar",
            Self::DateInFuture => "quarantine.date_in_future",
            Self::DateTooEarly => "quarantine.date_too_early",
            Self::UnknownSex => "quarantine.unknown_sex",
            Self::NumberNotDigits => "quarantine.number_not_digits",
            Self::NumberLength { .. } => "quarantine.number_length",
            Self::NumberCheck => "quarantine.number_check",
            Self::NumberEmpty => "quarantine.number_empty",
            Self::NamesInOneField => "quarantine.names_in_one_field",
            Self::NoName => "quarantine.no_name",
            Self::NothingToCompare => "quarantine.nothing_to_compare",
            Self::NoId => "quarantine.no_id",
        }
    }

    /// The figures of its sentence, by their names.
    #[must_use]
    pub fn figures(self) -> Vec<(&'static str, u32)> {
        match self {
            Self::FieldCount { found, expected } => vec![("found", found), ("expected", expected)],
            Self::TooLong { bytes } => vec![("bytes", bytes)],
            Self::NumberLength { digits } => vec![("digits", digits)],
            _ => Vec::new(),
        }
    }

    /// It is said of a row that takes part all the same.
    #[must_use]
    pub const fn is_note(self) -> bool {
        match self {
            Self::FieldCount { .. }
            | Self::StrayQuote
            | Self::NotUtf8
            | Self::TooLong { .. }
            | Self::ControlCharacter
            | Self::DirectionCharacter
            | Self::NothingToCompare => false,
            Self::NotADate
            | Self::ShortYear
            | Self::OnlyYear
            | Self::OtherCalendar
            | Self::DateInFuture
            | Self::DateTooEarly
            | Self::UnknownSex
            | Self::NumberNotDigits
            | Self::NumberLength { .. }
            | Self::NumberCheck
            | Self::NumberEmpty
            | Self::NamesInOneField
            | Self::NoName
            | Self::NoId => true,
        }
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::FieldCount { found, expected } => {
                return write!(
                    f,
                    "the row has {found} fields under {expected} columns; enclose a field that \
                     holds a separator in quotes"
                );
            }
            Self::TooLong { bytes } => {
                return write!(
                    f,
                    "the field has {bytes} bytes, more than any name; look for a quote mark that \
                     is not closed"
                );
            }
            Self::NumberLength { digits } => {
                return write!(
                    f,
                    "the number has {digits} digits; compare it with the card"
                );
            }
            Self::StrayQuote => "text follows a closing quote mark; double the marks inside quotes",
            Self::NotUtf8 => "the field holds bytes that are not UTF-8; type it again",
            Self::ControlCharacter => "the field holds a control character; type it again",
            Self::DirectionCharacter => {
                "a hidden character reorders the letters of the field; type it again"
            }
            Self::NotADate => "this is not a date; correct it",
            Self::ShortYear => {
                "the year has two digits, so that its century is not known; write it with four"
            }
            Self::OnlyYear => {
                "only the year is given; write its first day, as 1990-01-01: it is compared as a \
                 year whose day is not known"
            }
            Self::OtherCalendar => {
                "this looks like a date of another calendar than the others of the file; write \
                 all in one"
            }
            Self::DateInFuture => "the date lies in the future; correct it",
            Self::DateTooEarly => "nobody born on this date is alive; correct it",
            Self::UnknownSex => {
                "the sex is written in a word that is not known and counts as not given; write F \
                 or M"
            }
            Self::NumberNotDigits => "the number holds other characters than digits; correct it",
            Self::NumberCheck => {
                "the check digit of the number does not fit; compare it with the card"
            }
            Self::NumberEmpty => "the number is a placeholder; ask the sender for the number",
            Self::NamesInOneField => "all names stand in one field; they are told apart by place",
            Self::NoName => "the row has no name; ask the sender for it",
            Self::NothingToCompare => {
                "the row has neither a name nor a date, a number or a further attribute; ask the \
                 sender for them"
            }
            Self::NoId => "the row has no id; give it its own",
        })
    }
}
