//! JSON tables: a list of objects, each a row, the keys of the first the heading.
//!
//! Always true here: one object at a time is in memory; every object has the keys of the first, no
//! more, no fewer, each once; a value is a text, a number, true, false or null (a blank cell).

mod number;

use core::fmt;
use std::io::Read;

use serde::de::DeserializeSeed;
use serde::de::Deserializer;
use serde::de::Error;
use serde::de::MapAccess;
use serde::de::Visitor;
use serde_json::value::RawValue;

use crate::assembly::Assembly;
use crate::encoding;
use crate::refusal::Fault;
use crate::refusal::TableFault;
use crate::window::Filled;
use crate::window::Window;

const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

/// A reader of the objects of a list.
pub(crate) struct Objects<R> {
    window: Window<R>,
    /// The number of the object in sight; 0 before the first.
    row: u64,
    /// Bytes in sight that the object takes.
    taken: usize,
    cells: Assembly,
}

impl<R: Read> Objects<R> {
    /// A reader of the list in `window`.
    pub(crate) fn new(window: Window<R>) -> Result<Self, Fault> {
        let mut objects = Self {
            window,
            row: 0,
            taken: 0,
            cells: Assembly::default(),
        };
        let head = objects.window.fill_to(4)?;
        if let Some(looks_like) = encoding::announced(head) {
            let offset = 0;
            return Err(TableFault::NotUtf8 { offset, looks_like }.into());
        }
        if head.starts_with(BYTE_ORDER_MARK) {
            objects.window.pass(BYTE_ORDER_MARK.len());
        }
        match objects.next_byte()? {
            None => Err(TableFault::Empty.into()),
            Some(b'[') => {
                objects.window.pass(1);
                Ok(objects)
            }
            Some(_) => Err(TableFault::NotAListOfObjects.into()),
        }
    }

    /// Moves to the next object; false after the last.
    pub(crate) fn advance(&mut self) -> Result<bool, Fault> {
        self.window.pass(self.taken);
        self.taken = 0;
        let first = self.row == 0;
        self.row += 1;
        match self.next_byte()? {
            None => return Err(TableFault::CutShort.at_row(self.row)),
            Some(b']') => {
                self.window.pass(1);
                return match self.next_byte()? {
                    None => Ok(false),
                    Some(_) => Err(self.not_json("text after the end of the list")),
                };
            }
            Some(b',') if !first => self.window.pass(1),
            Some(_) if first => {}
            Some(_) => return Err(self.not_json("no comma between two objects")),
        }
        match self.next_byte()? {
            None => Err(TableFault::CutShort.at_row(self.row)),
            Some(b'{') => self.take_object().map(|()| true),
            Some(_) => Err(TableFault::NotAListOfObjects.at_row(self.row)),
        }
    }

    /// The keys of the object in sight, in their order.
    pub(crate) fn keys(&self) -> Result<Vec<String>, Fault> {
        let mut keys = Vec::new();
        let mut json = serde_json::Deserializer::from_str(self.object()?);
        match Keys(&mut keys).deserialize(&mut json) {
            Ok(()) => Ok(keys),
            Err(error) => Err(self.not_json(error)),
        }
    }

    /// The number of the object in sight and its values under `keys`.
    pub(crate) fn cells(&mut self, keys: &[String]) -> Result<(u64, &Assembly), Fault> {
        let mut cells = core::mem::take(&mut self.cells);
        cells.clear();
        cells.pad(keys.len());
        let mut values = Values {
            keys,
            seen: vec![false; keys.len()],
            cells: &mut cells,
            fault: None,
        };
        let mut json = serde_json::Deserializer::from_str(self.object()?);
        let read = (&mut values).deserialize(&mut json);
        if let Some((fault, column)) = values.fault {
            return Err(match column {
                Some(column) => fault.at(self.row, column),
                None => fault.at_row(self.row),
            });
        }
        if let Err(error) = read {
            return Err(self.not_json(error));
        }
        if let Some(column) = values.seen.iter().position(|seen| !seen) {
            return Err(TableFault::MissingKey.at(self.row, column));
        }
        self.cells = cells;
        Ok((self.row, &self.cells))
    }

    /// The first byte in sight that is not white space, all before it passed over.
    fn next_byte(&mut self) -> Result<Option<u8>, Fault> {
        loop {
            let sight = self.window.sight();
            let solid = |byte: &u8| !matches!(byte, b' ' | b'\t' | b'\r' | b'\n');
            if let Some(at) = sight.iter().position(solid) {
                let byte = sight[at];
                self.window.pass(at);
                return Ok(Some(byte));
            }
            self.window.pass(sight.len());
            if let Filled::Ended = self.window.fill()? {
                return Ok(None);
            }
        }
    }

    /// Finds the end of the object that begins where the window does.
    fn take_object(&mut self) -> Result<(), Fault> {
        let mut at = 0;
        let mut depth = 0_usize;
        let mut in_text = false;
        loop {
            let sight = self.window.sight();
            while let Some(byte) = sight.get(at) {
                match byte {
                    b'\\' if in_text => at += 1,
                    b'"' => in_text = !in_text,
                    b'{' | b'[' if !in_text => depth += 1,
                    b'}' | b']' if !in_text => depth -= 1,
                    _ => {}
                }
                at += 1;
                if depth == 0 {
                    self.taken = at;
                    return Ok(());
                }
            }
            match self.window.fill()? {
                Filled::More => {}
                Filled::Ended => return Err(TableFault::CutShort.at_row(self.row)),
                Filled::Full => {
                    let most = self.window.sight().len();
                    return Err(TableFault::RowTooLong(most).at_row(self.row));
                }
            }
        }
    }

    /// The text of the object in sight.
    fn object(&self) -> Result<&str, Fault> {
        let bytes = &self.window.sight()[..self.taken];
        str::from_utf8(bytes).map_err(|error| {
            let valid = u64::try_from(error.valid_up_to()).expect("a length fits 64 bits");
            let offset = self.window.offset() + valid;
            let looks_like = encoding::looks_like(bytes);
            TableFault::NotUtf8 { offset, looks_like }.at_row(self.row)
        })
    }

    fn not_json(&self, reason: impl fmt::Display) -> Fault {
        TableFault::NotJson(reason.to_string()).at_row(self.row)
    }
}

/// Collects the keys of an object.
struct Keys<'k>(&'k mut Vec<String>);

impl<'de> DeserializeSeed<'de> for Keys<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<(), D::Error> {
        json.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Keys<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<String>()? {
            self.0.push(key);
            map.next_value::<serde::de::IgnoredAny>()?;
        }
        Ok(())
    }
}

/// Puts the values of an object under their keys.
struct Values<'v> {
    keys: &'v [String],
    seen: Vec<bool>,
    cells: &'v mut Assembly,
    /// Why the object is not a row, and in which column.
    fault: Option<(TableFault, Option<usize>)>,
}

impl<'de> DeserializeSeed<'de> for &mut Values<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<(), D::Error> {
        json.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for &mut Values<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let mut expected = 0;
        loop {
            let keys = self.keys;
            let fault = &mut self.fault;
            let Some(column) = map.next_key_seed(Key {
                keys,
                expected,
                fault,
            })?
            else {
                return Ok(());
            };
            if core::mem::replace(&mut self.seen[column], true) {
                self.fault = Some((TableFault::RepeatedKey, Some(column)));
                return Err(A::Error::custom("repeated key"));
            }
            let value = map.next_value::<&RawValue>()?.get();
            if value.starts_with(['{', '[']) {
                self.fault = Some((TableFault::NestedValue, Some(column)));
                return Err(A::Error::custom("nested value"));
            }
            let mut written = Ok(());
            let cells = &mut self.cells;
            cells.put(column, |out| written = write_plain(value, out));
            written.map_err(A::Error::custom)?;
            expected = column + 1;
        }
    }
}

/// Finds the column of a key; objects mostly keep the order of the first.
struct Key<'k> {
    keys: &'k [String],
    expected: usize,
    fault: &'k mut Option<(TableFault, Option<usize>)>,
}

impl<'de> DeserializeSeed<'de> for Key<'_> {
    type Value = usize;

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<usize, D::Error> {
        json.deserialize_str(self)
    }
}

impl Visitor<'_> for Key<'_> {
    type Value = usize;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_str<E: Error>(self, key: &str) -> Result<usize, E> {
        if self.keys.get(self.expected).is_some_and(|name| name == key) {
            return Ok(self.expected);
        }
        if let Some(column) = self.keys.iter().position(|name| name == key) {
            return Ok(column);
        }
        *self.fault = Some((TableFault::UnknownKey(key.to_owned()), None));
        Err(E::custom("unknown key"))
    }
}

/// Writes a value that is no list and no object into its cell.
fn write_plain(value: &str, out: &mut String) -> Result<(), serde_json::Error> {
    match value.as_bytes().first() {
        Some(b'"') => out.push_str(&serde_json::from_str::<String>(value)?),
        Some(b't' | b'f') => out.push_str(value),
        Some(b'n') => {}
        _ => number::write(value, out),
    }
    Ok(())
}

#[cfg(test)]
mod tests;
