//! Values on their way between Rust and the database. Always true here: what does not fit is
//! refused on the way in and is damage on the way out, and nothing is cut or wrapped.

use crate::error::Fault;
use crate::error::StoreError;
use crate::error::StoreRefusal;
use bytes::BufMut;
use bytes::BytesMut;
use core::error::Error;
use core::fmt::Display;
use jiff::Timestamp;
use jiff::civil::Date;
use sanduq_core::count::Votes;
use sanduq_core::id::UnitCode;
use sanduq_journal::hash::Hash;
use sanduq_register::register::ElectorKey;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde::de::IntoDeserializer;
use serde::de::value::Error as ValueError;
use tokio_postgres::Row;
use tokio_postgres::types::FromSql;
use tokio_postgres::types::IsNull;
use tokio_postgres::types::ToSql;
use tokio_postgres::types::Type;
use tokio_postgres::types::accepts;
use tokio_postgres::types::to_sql_checked;

/// Buckets of every table that is written at a high rate.
pub(crate) const BUCKETS: u8 = 16;

/// The bucket of an elector: the first four bits of the key, which is a keyed hash, so that the
/// order of buckets and keys is that of keys.
pub(crate) fn bucket_of_elector(key: ElectorKey) -> i16 {
    i16::from(key.0[0] >> 4)
}

/// The bucket of a station: FNV-1a of its code.
pub(crate) fn bucket_of_station(station: &UnitCode) -> i16 {
    let bytes = station.as_str().bytes();
    let hash = bytes.fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    i16::from(hash.to_be_bytes()[0] % BUCKETS)
}

/// A count for a column of 64 bits with sign.
pub(crate) fn count_in(count: u64) -> Result<i64, StoreError> {
    i64::try_from(count).map_err(|_| StoreRefusal::TooLarge.into())
}

/// A count out of such a column.
pub(crate) fn count_out(count: i64) -> Result<u64, StoreError> {
    u64::try_from(count).map_err(|_| damaged(&format!("the count {count}")))
}

/// Figures in the few bytes that they take in the store: each as its value and one, seven bits in
/// a byte from the lowest, the eighth set on all but the last; an empty line is 0. The function
/// `votes.figures` reads them in SQL.
pub(crate) fn figures_in(figures: &[Option<Votes>]) -> Result<Vec<u8>, StoreError> {
    let mut bytes = Vec::with_capacity(figures.len() * 2);
    for figure in figures {
        let mut rest = match figure {
            None => 0,
            Some(votes) => count_in(votes.get())?.unsigned_abs() + 1,
        };
        loop {
            let [low, ..] = (rest & 0x7f).to_le_bytes();
            rest >>= 7;
            if rest == 0 {
                bytes.push(low);
                break;
            }
            bytes.push(low | 0x80);
        }
    }
    Ok(bytes)
}

/// The figures of a column; none where the column is null.
pub(crate) fn figures_out(row: &Row, index: usize) -> Result<Vec<Option<Votes>>, StoreError> {
    let bytes: Option<&[u8]> = column(row, index)?;
    let read = figures_of(bytes.unwrap_or_default());
    read.ok_or_else(|| damaged(&"figures that are cut off or too large"))
}

fn figures_of(bytes: &[u8]) -> Option<Vec<Option<Votes>>> {
    let mut figures = Vec::with_capacity(bytes.len());
    let (mut value, mut shift) = (0_u64, 0);
    for byte in bytes {
        let part = u64::from(byte & 0x7f);
        if shift > 63 || (part << shift) >> shift != part {
            return None;
        }
        value |= part << shift;
        shift += 7;
        if byte & 0x80 == 0 {
            figures.push(value.checked_sub(1).map(Votes::new));
            (value, shift) = (0, 0);
        }
    }
    (shift == 0).then_some(figures)
}

/// Nanoseconds since 1970 in UTC.
pub(crate) fn time_in(at: Timestamp) -> Result<i64, StoreError> {
    i64::try_from(at.as_nanosecond()).map_err(|_| StoreRefusal::TooLarge.into())
}

pub(crate) fn time_out(nanoseconds: i64) -> Result<Timestamp, StoreError> {
    Timestamp::from_nanosecond(i128::from(nanoseconds)).map_err(|e| damaged(&e))
}

/// The damage of a stored value.
pub(crate) fn damaged(what: &dyn Display) -> StoreError {
    Fault::Damaged(what.to_string()).into()
}

/// Something as JSON text.
pub(crate) fn json_in(value: &impl Serialize) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|e| Fault::Database(e.to_string()).into())
}

pub(crate) fn json_out<T: DeserializeOwned>(text: &str) -> Result<T, StoreError> {
    serde_json::from_str(text).map_err(|e| damaged(&e))
}

/// A column of a row; a wrong type is a fault, not a panic.
pub(crate) fn column<'a, T: FromSql<'a>>(row: &'a Row, index: usize) -> Result<T, StoreError> {
    row.try_get(index).map_err(|e| damaged(&e))
}

/// A code out of a column; a text that is none is damage.
pub(crate) fn code<T: DeserializeOwned>(row: &Row, index: usize) -> Result<T, StoreError> {
    word(column(row, index)?)
}

/// A code, or a word of an enum, out of its text.
pub(crate) fn word<T: DeserializeOwned>(text: &str) -> Result<T, StoreError> {
    let read: Result<T, ValueError> = T::deserialize(text.into_deserializer());
    read.map_err(|e| damaged(&e))
}

pub(crate) fn hash(bytes: &[u8]) -> Result<Hash, StoreError> {
    let bytes = <[u8; Hash::LEN]>::try_from(bytes);
    bytes.map(Hash::from_bytes).map_err(|e| damaged(&e))
}

/// An elector's key as PostgreSQL's type of 16 bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Key(pub(crate) ElectorKey);

impl ToSql for Key {
    fn to_sql(&self, _: &Type, out: &mut BytesMut) -> Result<IsNull, Box<dyn Error + Sync + Send>> {
        out.put_slice(&self.0.0);
        Ok(IsNull::No)
    }

    accepts!(UUID);
    to_sql_checked!();
}

impl<'a> FromSql<'a> for Key {
    fn from_sql(_: &Type, raw: &'a [u8]) -> Result<Self, Box<dyn Error + Sync + Send>> {
        Ok(Self(ElectorKey(raw.try_into()?)))
    }

    accepts!(UUID);
}

/// A civil date as PostgreSQL's days since 2000.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Day(pub(crate) Date);

const YEAR_2000: Date = jiff::civil::date(2000, 1, 1);

impl Day {
    /// Days since 2000.
    pub(crate) fn number(self) -> i32 {
        let span = YEAR_2000.until(self.0).expect("days between two dates");
        span.get_days()
    }
}

impl ToSql for Day {
    fn to_sql(&self, _: &Type, out: &mut BytesMut) -> Result<IsNull, Box<dyn Error + Sync + Send>> {
        out.put_i32(self.number());
        Ok(IsNull::No)
    }

    accepts!(DATE);
    to_sql_checked!();
}

impl<'a> FromSql<'a> for Day {
    fn from_sql(_: &Type, raw: &'a [u8]) -> Result<Self, Box<dyn Error + Sync + Send>> {
        let days = i32::from_be_bytes(raw.try_into()?);
        Ok(Self(
            YEAR_2000.checked_add(jiff::Span::new().try_days(days)?)?,
        ))
    }

    accepts!(DATE);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn buckets_follow_the_order_of_keys() {
        for (first, bucket) in [(0, 0), (0x0f, 0), (0x10, 1), (0xff, 15)] {
            let key = ElectorKey([first; 16]);
            assert_eq!(bucket_of_elector(key), bucket);
        }
        for code in ["a", "12-03-1", "99999"] {
            let bucket = bucket_of_station(&UnitCode::new(code).unwrap());
            assert!((0..i16::from(BUCKETS)).contains(&bucket));
        }
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        assert_eq!(count_in(u64::MAX).unwrap_err().code(), "store.too_large");
        assert_eq!(count_out(-1).unwrap_err().code(), "store.damaged");
        assert!(figures_in(&[Some(Votes::new(1 << 63))]).is_err());
    }

    /// Every figure comes back; a byte less or a value that no count has is damage.
    #[test]
    fn figures_come_back_as_they_went() {
        let most = Votes::new(u64::MAX >> 1);
        let sizes = [0, 1, 126, 127, 128, 16_382, 16_383, 109_204_662].map(Votes::new);
        let mut figures: Vec<_> = sizes.into_iter().map(Some).collect();
        figures.extend([None, Some(most), None]);
        let bytes = figures_in(&figures).unwrap();
        assert_eq!(figures_of(&bytes).unwrap(), figures);
        assert_eq!(
            figures_in(&[None, Some(sizes[0]), Some(sizes[3])]).unwrap(),
            [0, 1, 0x80, 1]
        );
        assert_eq!(figures_of(&[]).unwrap(), []);
        let long = figures_in(&[Some(most)]).unwrap();
        for cut in 1..long.len() {
            assert_eq!(figures_of(&long[..cut]), None, "{cut}");
        }
        assert_eq!(figures_of(&[0xff; 11]), None);
        assert_eq!(
            figures_of(&[0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 2]),
            None
        );
    }

    #[test]
    fn days_and_times_come_back_as_they_went() {
        for text in ["1899-12-31", "2000-01-01", "2000-02-29", "2026-11-21"] {
            let date: Date = text.parse().unwrap();
            let raw = Day(date).number().to_be_bytes();
            assert_eq!(Day::from_sql(&Type::DATE, &raw).unwrap(), Day(date));
        }
        let at: Timestamp = "2026-11-21T03:04:05.123456789Z".parse().unwrap();
        assert_eq!(time_out(time_in(at).unwrap()).unwrap(), at);
    }
}
