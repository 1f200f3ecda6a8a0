//! The canonical JSON of public files. Always true here: one value has one text. Members stand in
//! the order of their struct, numbers are integers, there is no white space but a line break before
//! each member of the file and each record of its lists, and one at the end; so a file can be read,
//! searched and compared line by line, and a text that was read and written again is the same byte
//! for byte, or is refused.

use crate::publication::PublicationRefusal;
use crate::publication::text::is_bidi_control;
use core::fmt::Write as _;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::ser::Formatter;
use serde_json::ser::Serializer;
use std::io;

/// The lists of a file stand in its members.
const LISTS: usize = 2;

/// Breaks the line before each member of the file and before each element of a list that stands
/// no deeper than `lists`.
struct Lines {
    depth: usize,
    lists: usize,
}

impl Formatter for Lines {
    fn begin_array<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.depth += 1;
        writer.write_all(b"[")
    }

    fn end_array<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.depth -= 1;
        writer.write_all(b"]")
    }

    fn begin_array_value<W>(&mut self, writer: &mut W, first: bool) -> io::Result<()>
    where
        W: ?Sized + io::Write,
    {
        separate(writer, first, self.depth <= self.lists)
    }

    fn begin_object<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.depth += 1;
        writer.write_all(b"{")
    }

    fn end_object<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.depth -= 1;
        writer.write_all(b"}")
    }

    fn begin_object_key<W>(&mut self, writer: &mut W, first: bool) -> io::Result<()>
    where
        W: ?Sized + io::Write,
    {
        separate(writer, first, self.depth == 1)
    }

    /// A character that turns the direction of what follows is written as an escape, so that a
    /// reader sees it (E107).
    fn write_string_fragment<W>(&mut self, writer: &mut W, fragment: &str) -> io::Result<()>
    where
        W: ?Sized + io::Write,
    {
        if fragment.is_ascii() {
            return writer.write_all(fragment.as_bytes());
        }
        let mut rest = fragment;
        while let Some(at) = rest.find(is_bidi_control) {
            let (before, behind) = rest.split_at(at);
            let mut characters = behind.chars();
            let mut escape = before.to_owned();
            for c in characters.by_ref().take(1) {
                write!(escape, "\\u{:04x}", u32::from(c)).map_err(io::Error::other)?;
            }
            writer.write_all(escape.as_bytes())?;
            rest = characters.as_str();
        }
        writer.write_all(rest.as_bytes())
    }
}

fn separate<W: ?Sized + io::Write>(writer: &mut W, first: bool, line: bool) -> io::Result<()> {
    if !first {
        writer.write_all(b",")?;
    }
    if line {
        writer.write_all(b"\n")
    } else {
        Ok(())
    }
}

/// The bytes of a public file.
pub fn bytes(value: &impl Serialize) -> Vec<u8> {
    lined(value, LISTS)
}

/// The bytes of a file whose lists nest deeply; each of their elements begins a line.
pub fn deep_bytes(value: &impl Serialize) -> Vec<u8> {
    lined(value, usize::MAX)
}

fn lined(value: &impl Serialize, lists: usize) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut serializer = Serializer::with_formatter(&mut bytes, Lines { depth: 0, lists });
    value
        .serialize(&mut serializer)
        .expect("public shapes have text keys, and memory takes every byte");
    bytes.push(b'\n');
    bytes
}

/// The value of a public file at `path`.
///
/// # Errors
/// [`PublicationRefusal::Unreadable`] with line and column when it is not JSON of this shape;
/// [`PublicationRefusal::NotCanonical`] with the line when its bytes are not those that the value
/// is written as.
pub fn read<T: Serialize + DeserializeOwned>(
    path: &str,
    given: &[u8],
) -> Result<T, PublicationRefusal> {
    let value: T = serde_json::from_slice(given).map_err(|why| PublicationRefusal::Unreadable {
        path: path.to_owned(),
        why: why.to_string(),
    })?;
    let written = bytes(&value);
    if written == given {
        return Ok(value);
    }
    let same = written
        .iter()
        .zip(given)
        .take_while(|(a, b)| a == b)
        .count();
    let line = given
        .iter()
        .take(same)
        .filter(|byte| **byte == b'\n')
        .count()
        + 1;
    Err(PublicationRefusal::NotCanonical {
        path: path.to_owned(),
        line,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Shape {
        name: String,
        rows: Vec<Vec<u64>>,
    }

    #[test]
    fn one_value_has_one_text() {
        let shape = Shape {
            name: "أ\u{202E}b".to_owned(),
            rows: vec![vec![1, 2], vec![]],
        };
        let text = "{\n\"name\":\"أ\\u202eb\",\n\"rows\":[\n[1,2],\n[]]}\n";
        assert_eq!(String::from_utf8(bytes(&shape)).unwrap(), text);
        assert_eq!(read::<Shape>("x.json", text.as_bytes()), Ok(shape));
        for (other, line) in [
            (text.replace("1,2", "1, 2"), 4),
            (text.replace("\\u202e", "\u{202E}"), 2),
            (text.trim_end().to_owned(), 5),
            (format!("{text}\n"), 6),
            (text.replace("b\"", "\\u0062\""), 2),
        ] {
            let refused = read::<Shape>("x.json", other.as_bytes());
            let path = "x.json".to_owned();
            assert_eq!(
                refused,
                Err(PublicationRefusal::NotCanonical { path, line }),
                "{other}"
            );
        }
        for other in [
            text.replace("[1,2]", "[1.0,2]"),
            text.replace("[1,2]", "[-1,2]"),
            text.replace("\"rows\"", "\"more\":1,\n\"rows\""),
            text.replace(",\n\"rows\":[\n[1,2],\n[]]", ""),
        ] {
            let refused = read::<Shape>("x.json", other.as_bytes());
            assert!(
                matches!(refused, Err(PublicationRefusal::Unreadable { .. })),
                "{other}"
            );
        }
    }
}
