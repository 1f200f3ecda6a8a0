//! The heading of a roll that is text: what separates the fields, and the columns' names.
//!
//! Always true here: the separator is the one of comma, semicolon and tab under which the most
//! wanted columns are found; where two find as many, the one that makes more columns.

use memchr::memchr_iter;

use crate::source::Column;
use crate::source::columns;
use crate::source::record;
use crate::source::record::Scan;
use crate::source::record::Span;
use crate::source::refusal::Fault;
use crate::source::refusal::SourceFault;
use crate::source::window;
use crate::source::window::length;
use sanduq_table::Encoding;

const SEPARATORS: [u8; 3] = [b',', b';', b'\t'];

const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

/// Bytes that are looked at to say what a file looks like.
const SAMPLE: usize = 64 * 1024;

/// The heading, read.
pub(crate) struct Heading {
    pub(crate) separator: u8,
    /// The names of the columns, as they stand there.
    pub(crate) names: Vec<String>,
    /// The line on which it begins; the first is 1.
    pub(crate) line: u64,
    /// The line after it.
    pub(crate) next_line: u64,
    /// Bytes from the start of the file to the first row.
    pub(crate) taken: usize,
}

/// A heading read with one of the separators.
struct Attempt {
    separator: u8,
    names: Vec<String>,
    taken: usize,
}

impl Heading {
    /// Reads the heading in `head`, the start of the file; nothing follows when `ended`.
    pub(crate) fn read(head: &[u8], ended: bool, wanted: &[Column<'_>]) -> Result<Self, Fault> {
        let text = head.strip_prefix(BYTE_ORDER_MARK).unwrap_or(head);
        let blank = text.iter().take_while(|byte| matches!(byte, b'\r' | b'\n'));
        let blank = blank.count();
        let line = 1 + length(memchr_iter(b'\n', &text[..blank]).count());
        let start = head.len() - text.len() + blank;
        let text = &head[start..];
        if text.is_empty() && ended {
            return Err(SourceFault::Empty.into());
        }
        let mut best: Option<(usize, Attempt)> = None;
        for separator in SEPARATORS {
            if let Some(attempt) = attempt(text, ended, separator, line)? {
                let found = columns::count(wanted, &attempt.names);
                let columns = attempt.names.len();
                if best
                    .as_ref()
                    .is_none_or(|(most, other)| (found, columns) > (*most, other.names.len()))
                {
                    best = Some((found, attempt));
                }
            }
        }
        let Some((
            found,
            Attempt {
                separator,
                names,
                taken,
            },
        )) = best
        else {
            return Err(no_record(text, ended).on_line(line));
        };
        if names
            .iter()
            .any(|name| name.contains('\r') && !name.contains('\n'))
        {
            return Err(SourceFault::LineEnds.on_line(line));
        }
        if found == 0 && names.iter().any(|name| is_number(name)) {
            return Err(SourceFault::NoHeader.on_line(line));
        }
        Ok(Self {
            separator,
            names,
            line,
            next_line: line + length(memchr_iter(b'\n', &text[..taken]).count()),
            taken: start + taken,
        })
    }
}

/// The heading under this separator; none when it makes no whole record.
fn attempt(text: &[u8], ended: bool, separator: u8, line: u64) -> Result<Option<Attempt>, Fault> {
    let mut spans: Vec<Span> = Vec::new();
    let Scan::Record { taken, .. } = record::scan(text, ended, separator, &mut spans) else {
        return Ok(None);
    };
    let mut names = Vec::with_capacity(spans.len());
    for span in spans {
        let mut name = Vec::new();
        record::write(text, span, &mut name);
        let name = String::from_utf8(name).map_err(|_| {
            let looks_like = Encoding::guess(&text[..text.len().min(SAMPLE)]);
            SourceFault::NotUtf8 { looks_like }.on_line(line)
        })?;
        names.push(name);
    }
    Ok(Some(Attempt {
        separator,
        names,
        taken,
    }))
}

/// Why no separator makes a record of what `text` begins with.
fn no_record(text: &[u8], ended: bool) -> SourceFault {
    let scans = SEPARATORS.map(|separator| record::scan(text, ended, separator, &mut Vec::new()));
    if scans.contains(&Scan::Stray) {
        SourceFault::QuoteInHeader
    } else if scans.contains(&Scan::Open) {
        SourceFault::UnclosedQuote
    } else if text.contains(&b'\r') {
        SourceFault::LineEnds
    } else {
        SourceFault::LineTooLong(window::LENGTH)
    }
}

/// A number or a date, which no column is called.
fn is_number(name: &str) -> bool {
    let name = name.trim();
    let numeric = |letter: char| letter.is_numeric() || matches!(letter, '-' | '/' | '.' | '+');
    name.chars().any(char::is_numeric) && name.chars().all(numeric)
}
