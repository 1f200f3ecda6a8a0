//! Which columns can be fields of a roll, and how their values become text.
//!
//! Always true here: no value is rounded or moved. Numbers with a fraction are refused where
//! nobody asks for them, because a national number kept in one has lost digits; instants too,
//! because the day of a birth kept in one depends on where the clock stood.

use std::io::Write;

use jiff::Span;
use jiff::civil::Date;
use parquet::basic::ConvertedType;
use parquet::basic::LogicalType;
use parquet::basic::TimeUnit;
use parquet::basic::Type;
use parquet::schema::types::ColumnDescriptor;

const SECONDS_A_DAY: i64 = 86_400;

/// How a column's values are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Decoder {
    /// Text.
    Text,
    /// true and false.
    Boolean,
    /// Numbers of 32 bits with a sign.
    Int32,
    /// Numbers of 32 bits without.
    Unsigned32,
    /// Days since 1970-01-01.
    Day,
    /// Numbers of 64 bits with a sign.
    Int64,
    /// Numbers of 64 bits without.
    Unsigned64,
    /// Numbers with a fraction.
    Fraction,
    /// Days and times of day, in so many parts of a second since 1970-01-01, of no time zone.
    DayTime {
        /// Parts of a second.
        parts: i64,
    },
}

impl Decoder {
    /// How this column is read.
    ///
    /// # Errors
    /// What it holds, when that is no field of a roll.
    pub(super) fn of(column: &ColumnDescriptor, fractions: bool) -> Result<Self, String> {
        let logical = column.logical_type_ref();
        let converted = column.converted_type();
        match (column.physical_type(), logical, converted) {
            (Type::BOOLEAN, ..) => Ok(Self::Boolean),
            (Type::BYTE_ARRAY, None, ConvertedType::NONE | ConvertedType::UTF8)
            | (Type::BYTE_ARRAY, Some(LogicalType::String | LogicalType::Enum), _)
            | (Type::BYTE_ARRAY, None, ConvertedType::ENUM) => Ok(Self::Text),
            (Type::INT32, Some(LogicalType::Date), _)
            | (Type::INT32, None, ConvertedType::DATE) => Ok(Self::Day),
            (Type::INT64, Some(LogicalType::Timestamp(kind)), _) if !kind.is_adjusted_to_u_t_c => {
                let parts = match kind.unit {
                    TimeUnit::MILLIS => 1_000,
                    TimeUnit::MICROS => 1_000_000,
                    TimeUnit::NANOS => 1_000_000_000,
                };
                Ok(Self::DayTime { parts })
            }
            (Type::INT32 | Type::INT64, ..) => Self::number(column),
            (Type::FLOAT | Type::DOUBLE, ..) if fractions => Ok(Self::Fraction),
            (Type::FLOAT | Type::DOUBLE, ..) => Err("numbers with a fraction".to_owned()),
            _ => Err(named(column)),
        }
    }

    fn number(column: &ColumnDescriptor) -> Result<Self, String> {
        let is_wide = column.physical_type() == Type::INT64;
        let is_signed = match (column.logical_type_ref(), column.converted_type()) {
            (Some(LogicalType::Integer(kind)), _) => kind.is_signed,
            // Null for want of any value, as some programs write an empty column.
            (None | Some(LogicalType::Unknown), ConvertedType::NONE) => true,
            (None, ConvertedType::INT_8 | ConvertedType::INT_16) => true,
            (None, ConvertedType::INT_32 | ConvertedType::INT_64) => true,
            (None, ConvertedType::UINT_8 | ConvertedType::UINT_16) => false,
            (None, ConvertedType::UINT_32 | ConvertedType::UINT_64) => false,
            (Some(LogicalType::Decimal(kind)), _) if kind.scale == 0 => true,
            (None, ConvertedType::DECIMAL) if column.type_scale() == 0 => true,
            _ => return Err(named(column)),
        };
        Ok(match (is_wide, is_signed) {
            (false, true) => Self::Int32,
            (false, false) => Self::Unsigned32,
            (true, true) => Self::Int64,
            (true, false) => Self::Unsigned64,
        })
    }

    /// Writes a number of 32 bits.
    pub(super) fn write_32(self, value: i32, text: &mut Vec<u8>) {
        match self {
            Self::Unsigned32 => number(value.cast_unsigned(), text),
            Self::Day => day(i64::from(value), text),
            _ => number(value, text),
        }
    }

    /// Writes a number of 64 bits.
    pub(super) fn write_64(self, value: i64, text: &mut Vec<u8>) {
        match self {
            Self::Unsigned64 => number(value.cast_unsigned(), text),
            Self::DayTime { parts } => day_time(value, parts, text),
            _ => number(value, text),
        }
    }
}

/// What a column that is not read holds.
fn named(column: &ColumnDescriptor) -> String {
    let physical = column.physical_type();
    match (column.logical_type_ref(), column.converted_type()) {
        (Some(LogicalType::Timestamp(_)), _)
        | (None, ConvertedType::TIMESTAMP_MILLIS | ConvertedType::TIMESTAMP_MICROS) => {
            "instants, whose day depends on the time zone".to_owned()
        }
        (Some(logical), _) => format!("{logical:?} values ({physical})"),
        (None, ConvertedType::NONE) => format!("{physical} values"),
        (None, converted) => format!("{converted} values ({physical})"),
    }
}

/// Writes a number with a fraction by the fewest digits that are read as the same number.
pub(super) fn fraction(value: impl core::fmt::Display, text: &mut Vec<u8>) {
    number(value, text);
}

fn number(value: impl core::fmt::Display, text: &mut Vec<u8>) {
    write!(text, "{value}").expect("a vector takes what is written");
}

/// Writes a day as 1990-12-31. One that no calendar holds is written as its number, which is then
/// set aside as no date.
fn day(days: i64, text: &mut Vec<u8>) {
    const FIRST: Date = Date::constant(1970, 1, 1);
    let span = Span::new().try_days(days);
    match span.and_then(|span| FIRST.checked_add(span)) {
        Ok(date) => number(date, text),
        Err(_) => number(days, text),
    }
}

/// Writes a day, and behind it the time of day when it is not midnight.
fn day_time(value: i64, parts: i64, text: &mut Vec<u8>) {
    let seconds = value.div_euclid(parts);
    day(seconds.div_euclid(SECONDS_A_DAY), text);
    let second = seconds.rem_euclid(SECONDS_A_DAY);
    if second == 0 && value.rem_euclid(parts) == 0 {
        return;
    }
    let (hour, minute) = (second / 3600, second / 60 % 60);
    write!(text, "T{hour:02}:{minute:02}:{:02}", second % 60)
        .expect("a vector takes what is written");
}
