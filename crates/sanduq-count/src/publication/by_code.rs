//! Figures bound by code and never by position (INV-27), in the order of the form or ballot, which
//! is kept because the file is canonical.

use core::fmt;
use core::marker::PhantomData;
use serde::Deserialize;
use serde::Deserializer;
use serde::Serialize;
use serde::Serializer;
use serde::de::Error as _;
use serde::de::MapAccess;
use serde::de::Visitor;
use serde::ser::SerializeMap;

/// Values by code; in JSON an object. A code that stands twice is refused on reading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ByCode<C, V>(pub Vec<(C, V)>);

impl<C: Clone + PartialEq, V> ByCode<C, V> {
    /// The values behind their codes.
    pub fn new<'a>(codes: impl IntoIterator<Item = &'a C>, values: Vec<V>) -> Self
    where
        C: 'a,
    {
        Self(codes.into_iter().cloned().zip(values).collect())
    }

    /// The codes in order.
    pub fn codes(&self) -> impl Iterator<Item = &C> {
        self.0.iter().map(|(code, _)| code)
    }

    /// The value of a code.
    pub fn get(&self, code: &C) -> Option<&V> {
        let mut values = self.0.iter();
        values.find(|(own, _)| own == code).map(|(_, value)| value)
    }
}

impl<C: Serialize, V: Serialize> Serialize for ByCode<C, V> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (code, value) in &self.0 {
            map.serialize_entry(code, value)?;
        }
        map.end()
    }
}

struct Pairs<C, V>(PhantomData<(C, V)>);

impl<'de, C, V> Visitor<'de> for Pairs<C, V>
where
    C: Deserialize<'de> + Ord + Clone + fmt::Debug,
    V: Deserialize<'de>,
{
    type Value = ByCode<C, V>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object of figures by code")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut pairs: Vec<(C, V)> = Vec::new();
        while let Some(pair) = map.next_entry()? {
            pairs.push(pair);
        }
        let mut codes: Vec<&C> = pairs.iter().map(|(code, _)| code).collect();
        codes.sort_unstable();
        match codes.windows(2).find(|pair| pair[0] == pair[1]) {
            Some(pair) => Err(A::Error::custom(format!("{:?} stands twice", pair[0]))),
            None => Ok(ByCode(pairs)),
        }
    }
}

impl<'de, C, V> Deserialize<'de> for ByCode<C, V>
where
    C: Deserialize<'de> + Ord + Clone + fmt::Debug,
    V: Deserialize<'de>,
{
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Pairs(PhantomData))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use sanduq_core::id::FieldCode;

    #[test]
    fn order_is_kept_and_a_code_stands_once() {
        let text = r#"{"f9":1,"a":null}"#;
        let read: ByCode<FieldCode, Option<u64>> = serde_json::from_str(text).unwrap();
        assert_eq!(read.get(&FieldCode::new("a").unwrap()), Some(&None));
        assert_eq!(serde_json::to_string(&read).unwrap(), text);
        let twice = serde_json::from_str::<ByCode<FieldCode, u64>>(r#"{"a":1,"b":2,"a":1}"#);
        assert!(twice.unwrap_err().to_string().contains("stands twice"));
    }
}
