//! Reading and writing the one canonical JSON form of every object: no spaces, fields in the order
//! of the specification, texts in UTF-8 with only the escapes that JSON forces.
//!
//! What is always true here: what was read and is written again is byte for byte the same. The
//! reader takes nothing else, so that no object has two forms and nothing hides in one.

#[cfg(test)]
mod tests;

use crate::group::Element;
use crate::group::Group;
use crate::group::Scalar;
use crate::hash::Hash;
use crate::refusal::Refusal;

/// Numbers from here on are written as texts.
const FIRST_LONG_NUMBER: u64 = 1 << 30;
/// Levels of arrays and objects in a value that is carried along unread.
const DEPTH: usize = 32;

/// An object with one canonical form.
pub trait Canonical: Sized {
    /// Reads the object where the reader stands.
    ///
    /// # Errors
    /// `Form` where the bytes are not canonical, and what the object's own fields refuse.
    fn read(reader: &mut Reader<'_>) -> Result<Self, Refusal>;

    /// Appends the canonical form.
    fn write(&self, out: &mut String);

    /// Reads an object that is all of the bytes.
    ///
    /// # Errors
    /// As [`Canonical::read`], and `Form` when bytes are left over.
    fn from_bytes(bytes: &[u8]) -> Result<Self, Refusal> {
        let text = std::str::from_utf8(bytes).map_err(|_| Refusal::Form)?;
        let mut reader = Reader::new(text);
        let value = Self::read(&mut reader)?;
        reader.end()?;
        Ok(value)
    }

    /// The canonical form.
    fn to_text(&self) -> String {
        let mut out = String::new();
        self.write(&mut out);
        out
    }
}

/// A place in a text that is read from its beginning to its end.
#[derive(Clone, Debug)]
pub struct Reader<'a> {
    rest: &'a str,
}

impl<'a> Reader<'a> {
    /// Stands at the beginning.
    pub fn new(text: &'a str) -> Reader<'a> {
        Reader { rest: text }
    }

    /// What has not been read.
    pub fn rest(&self) -> &'a str {
        self.rest
    }

    /// Nothing is left.
    ///
    /// # Errors
    /// `Form`.
    pub fn end(&self) -> Result<(), Refusal> {
        self.rest.is_empty().then_some(()).ok_or(Refusal::Form)
    }

    /// Takes exactly these characters.
    ///
    /// # Errors
    /// `Form`.
    pub fn expect(&mut self, literal: &str) -> Result<(), Refusal> {
        self.take(literal).then_some(()).ok_or(Refusal::Form)
    }

    /// Takes these characters if they stand here.
    pub fn take(&mut self, literal: &str) -> bool {
        match self.rest.strip_prefix(literal) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    /// A text in which nothing is escaped: identifiers, numbers, hashes.
    ///
    /// # Errors
    /// `Form`.
    pub fn plain(&mut self) -> Result<&'a str, Refusal> {
        self.expect("\"")?;
        // All of these are single bytes, and no byte of another character is one of them.
        let ends = |byte: &u8| matches!(byte, b'"' | b'\\' | 0x7f) || *byte < b' ';
        let end = self.rest.as_bytes().iter().position(ends);
        let end = end.ok_or(Refusal::Form)?;
        let (text, rest) = self.rest.split_at(end);
        self.rest = rest.strip_prefix('"').ok_or(Refusal::Form)?;
        Ok(text)
    }

    /// Any text, with its escapes resolved.
    ///
    /// # Errors
    /// `Form` for escapes that are not the canonical ones.
    pub fn text(&mut self) -> Result<String, Refusal> {
        self.expect("\"")?;
        let start = self.rest;
        let mut escaped = false;
        let end = start
            .char_indices()
            .find(|(_, c)| {
                let found = *c == '"' && !escaped;
                escaped = *c == '\\' && !escaped;
                found
            })
            .map(|(index, _)| index)
            .ok_or(Refusal::Form)?;
        let text = unescape(&start[..end]).ok_or(Refusal::Form)?;
        let mut again = String::new();
        write_text(&text, &mut again);
        if again[1..again.len() - 1] != start[..end] {
            return Err(Refusal::Form);
        }
        self.rest = &start[end + 1..];
        Ok(text)
    }

    /// A whole number without a sign or a leading zero.
    ///
    /// # Errors
    /// `Form`.
    pub fn number(&mut self) -> Result<u64, Refusal> {
        let end = self
            .rest
            .find(|c: char| !c.is_ascii_digit())
            .unwrap_or(self.rest.len());
        let (digits, rest) = self.rest.split_at(end);
        let number = read_number(digits)?;
        self.rest = rest;
        Ok(number)
    }

    /// A count that is written as a number below 2^30 and as a text from there on.
    ///
    /// # Errors
    /// `Form`.
    pub fn count(&mut self) -> Result<u64, Refusal> {
        let long = self.rest.starts_with('"');
        let number = if long {
            read_number(self.plain()?)?
        } else {
            self.number()?
        };
        (long == (number >= FIRST_LONG_NUMBER))
            .then_some(number)
            .ok_or(Refusal::Form)
    }

    /// An array, each entry read by `entry`.
    ///
    /// # Errors
    /// `Form`, and what `entry` refuses.
    pub fn array<T>(
        &mut self,
        mut entry: impl FnMut(&mut Self) -> Result<T, Refusal>,
    ) -> Result<Vec<T>, Refusal> {
        self.expect("[")?;
        let mut entries = Vec::new();
        if self.take("]") {
            return Ok(entries);
        }
        loop {
            entries.push(entry(self)?);
            if self.take("]") {
                return Ok(entries);
            }
            self.expect(",")?;
        }
    }

    /// An array of exactly `count` entries, which are not read when there are more or fewer.
    ///
    /// # Errors
    /// `Shape` for another number, `Form`, and what `entry` refuses.
    pub fn array_of<T>(
        &mut self,
        count: usize,
        mut entry: impl FnMut(&mut Self, usize) -> Result<T, Refusal>,
    ) -> Result<Vec<T>, Refusal> {
        self.expect("[")?;
        let mut entries = Vec::with_capacity(count);
        for place in 0..count {
            if place > 0 && !self.take(",") || self.rest.starts_with(']') {
                return Err(Refusal::Shape);
            }
            entries.push(entry(self, place)?);
        }
        self.take("]").then_some(entries).ok_or(Refusal::Shape)
    }

    /// An element of the group, the neutral one too.
    ///
    /// # Errors
    /// `Form`, `ElementForm`, `NotInGroup`.
    pub fn element<G: Group>(&mut self) -> Result<G::Element, Refusal> {
        G::Element::read(self.plain()?)
    }

    /// A key: an element other than the neutral one.
    ///
    /// # Errors
    /// `Form`, `ElementForm`, `NotInGroup`, `Identity`.
    pub fn key<G: Group>(&mut self) -> Result<G::Element, Refusal> {
        G::read_key(self.plain()?)
    }

    /// A scalar.
    ///
    /// # Errors
    /// `Form`, `ScalarForm`.
    pub fn scalar<G: Group>(&mut self) -> Result<G::Scalar, Refusal> {
        G::Scalar::read(self.plain()?)
    }

    /// A hash in hexadecimal digits.
    ///
    /// # Errors
    /// `Form`.
    pub fn hash(&mut self) -> Result<Hash, Refusal> {
        Hash::read_hexadecimal(self.plain()?)
    }

    /// Any canonical JSON value, carried along unread.
    ///
    /// # Errors
    /// `Form`, also when it is nested more than 32 deep.
    pub fn value(&mut self) -> Result<&'a str, Refusal> {
        let start = self.rest;
        self.skip(DEPTH)?;
        Ok(&start[..start.len() - self.rest.len()])
    }

    fn skip(&mut self, depth: usize) -> Result<(), Refusal> {
        let depth = depth.checked_sub(1).ok_or(Refusal::Form)?;
        match self.rest.as_bytes().first() {
            Some(b'"') => self.text().map(drop),
            Some(b'[') => self.array(|reader| reader.skip(depth)).map(drop),
            Some(b'{') if self.take("{}") => Ok(()),
            Some(b'{') => {
                self.expect("{")?;
                loop {
                    self.text()?;
                    self.expect(":")?;
                    self.skip(depth)?;
                    if self.take("}") {
                        return Ok(());
                    }
                    self.expect(",")?;
                }
            }
            Some(b'-' | b'0'..=b'9') => {
                self.take("-");
                self.number().map(drop)
            }
            _ if self.take("true") || self.take("false") || self.take("null") => Ok(()),
            _ => Err(Refusal::Form),
        }
    }
}

fn read_number(digits: &str) -> Result<u64, Refusal> {
    let canonical = digits.bytes().all(|byte| byte.is_ascii_digit())
        && (digits == "0" || !digits.starts_with('0'));
    if !canonical {
        return Err(Refusal::Form);
    }
    digits.parse().map_err(|_| Refusal::Form)
}

fn must_escape(c: char) -> bool {
    c < ' ' || c == '\u{7f}'
}

fn unescape(text: &str) -> Option<String> {
    let mut out = String::with_capacity(text.len());
    let mut rest = text.chars();
    while let Some(c) = rest.next() {
        if c != '\\' {
            out.push(c);
            continue;
        }
        out.push(match rest.next()? {
            '"' => '"',
            '\\' => '\\',
            'b' => '\u{8}',
            't' => '\t',
            'n' => '\n',
            'f' => '\u{c}',
            'r' => '\r',
            'u' => {
                let digits: String = rest.by_ref().take(4).collect();
                char::from_u32(u32::from_str_radix(&digits, 16).ok()?)?
            }
            _ => return None,
        });
    }
    Some(out)
}

/// Appends a text between quotation marks.
pub fn write_text(text: &str, out: &mut String) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\u{8}' => out.push_str("\\b"),
            '\t' => out.push_str("\\t"),
            '\n' => out.push_str("\\n"),
            '\u{c}' => out.push_str("\\f"),
            '\r' => out.push_str("\\r"),
            c if must_escape(c) => out.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
}

/// Appends a count: a number below 2^30, a text from there on.
pub fn write_count(count: u64, out: &mut String) {
    if count < FIRST_LONG_NUMBER {
        out.push_str(&count.to_string());
    } else {
        write_text(&count.to_string(), out);
    }
}

/// Appends an array, each entry written by `entry`.
pub fn write_array<T>(entries: &[T], out: &mut String, mut entry: impl FnMut(&T, &mut String)) {
    out.push('[');
    for (index, one) in entries.iter().enumerate() {
        if index > 0 {
            out.push(',');
        }
        entry(one, out);
    }
    out.push(']');
}

/// Appends an element of a group.
pub fn write_element<E: Element>(element: &E, out: &mut String) {
    write_text(&element.text(), out);
}

/// Appends a scalar.
pub fn write_scalar<S: Scalar>(scalar: &S, out: &mut String) {
    write_text(&scalar.text(), out);
}
