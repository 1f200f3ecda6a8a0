//! A side of a check in JSON: a number where every reader of JSON keeps it exactly, decimal digits
//! in a string beyond 64 bits.

use core::fmt;
use serde::Deserializer;
use serde::Serializer;
use serde::de::Error;
use serde::de::Visitor;

pub(super) fn serialize<S: Serializer>(side: &Option<i128>, s: S) -> Result<S::Ok, S::Error> {
    match side {
        None => s.serialize_none(),
        Some(number) => match i64::try_from(*number) {
            Ok(number) => s.serialize_some(&number),
            Err(_) => s.serialize_some(&number.to_string()),
        },
    }
}

struct Side;

impl<'de> Visitor<'de> for Side {
    type Value = Option<i128>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a whole number, its digits in a string, or null")
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Self::Value, E> {
        Ok(Some(i128::from(number)))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Self::Value, E> {
        Ok(Some(i128::from(number)))
    }

    fn visit_str<E: Error>(self, digits: &str) -> Result<Self::Value, E> {
        digits.parse().map(Some).map_err(E::custom)
    }

    fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_none<E: Error>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_some<D: Deserializer<'de>>(self, d: D) -> Result<Self::Value, D::Error> {
        d.deserialize_any(self)
    }
}

pub(super) fn deserialize<'de, D: Deserializer<'de>>(d: D) -> Result<Option<i128>, D::Error> {
    d.deserialize_any(Side)
}
