//! Records of a text: fields between separators, as RFC 4180 has them.
//!
//! Always true here: a record is only looked at, nothing is copied; a line break inside quotes
//! belongs to its field, every other one ends the record.

use memchr::memchr;
use memchr::memchr2;

/// A field of a record, without the quote marks around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Span {
    /// Where it begins, in bytes of the record.
    pub(crate) start: usize,
    /// Where it ends.
    pub(crate) end: usize,
    /// It holds doubled quote marks.
    pub(crate) doubled: bool,
}

/// What stands at the start of the bytes that were looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scan {
    /// A whole record.
    Record {
        /// Its bytes without the line end.
        body: usize,
        /// Its bytes with the line end.
        taken: usize,
    },
    /// The beginning of one.
    NeedsMore,
    /// The beginning of one, up to a field whose quote mark is not closed; the fields before it
    /// are found.
    Open,
    /// Text after a closing quote mark; the fields before it are found.
    Stray,
}

/// Finds the fields of the record at the start of `bytes`; nothing follows them when `ended`.
pub(crate) fn scan(bytes: &[u8], ended: bool, separator: u8, fields: &mut Vec<Span>) -> Scan {
    fields.clear();
    let mut start = 0;
    loop {
        if bytes.get(start) == Some(&b'"') {
            let Some((span, after)) = quoted(bytes, start + 1) else {
                return Scan::Open;
            };
            fields.push(span);
            match &bytes[after..] {
                [next, ..] if *next == separator => start = after + 1,
                [b'\n', ..] => return record(after, 1),
                [b'\r', b'\n', ..] => return record(after, 2),
                [] | [b'\r'] if !ended => return Scan::NeedsMore,
                [] => return record(after, 0),
                [b'\r'] => return record(after, 1),
                _ => {
                    fields.pop();
                    return Scan::Stray;
                }
            }
        } else {
            let rest = &bytes[start..];
            let end = match memchr2(separator, b'\n', rest) {
                Some(at) => start + at,
                None if ended => bytes.len(),
                None => return Scan::NeedsMore,
            };
            let is_last = bytes.get(end) != Some(&separator);
            // Fields in quotes do not come here, so the carriage return belongs to the line end.
            let return_at_end = is_last && bytes[start..end].ends_with(b"\r");
            let body = end - usize::from(return_at_end);
            fields.push(Span {
                start,
                end: body,
                doubled: false,
            });
            if is_last {
                return Scan::Record {
                    body,
                    taken: bytes.len().min(end + 1),
                };
            }
            start = end + 1;
        }
    }
}

const fn record(body: usize, line_end: usize) -> Scan {
    Scan::Record {
        body,
        taken: body + line_end,
    }
}

/// The field whose opening quote mark has been passed, and where its closing one ends.
fn quoted(bytes: &[u8], start: usize) -> Option<(Span, usize)> {
    let mut doubled = false;
    let mut from = start;
    loop {
        let end = from + memchr(b'"', bytes.get(from..)?)?;
        if bytes.get(end + 1) != Some(&b'"') {
            return Some((
                Span {
                    start,
                    end,
                    doubled,
                },
                end + 1,
            ));
        }
        doubled = true;
        from = end + 2;
    }
}

/// Writes what stands in the field `span` of `bytes` behind what `text` holds.
pub(crate) fn write(bytes: &[u8], span: Span, text: &mut Vec<u8>) {
    let mut rest = &bytes[span.start..span.end];
    if span.doubled {
        while let Some(at) = memchr(b'"', rest) {
            text.extend_from_slice(&rest[..=at]);
            rest = &rest[(at + 2).min(rest.len())..];
        }
    }
    text.extend_from_slice(rest);
}
