//! Rolls as text: a heading, and a row of fields on each line.
//!
//! Always true here: every record below the heading is one row, handed on or set aside, and none is
//! lost in the one before it. A record whose quotes cannot be right is set aside up to the end of
//! its first line only, and the next line is read as a record of its own.
//!
//! A quote mark is special at the start of a field alone; inside a field without quotes it is a
//! letter. A line break between quotes belongs to the field.

use core::ops::ControlFlow;
use core::ops::Range;
use std::io::Read;

use memchr::memchr;
use memchr::memchr_iter;

use crate::source::Column;
use crate::source::Ended;
use crate::source::Item;
use crate::source::Row;
use crate::source::checks;
use crate::source::checks::Damage;
use crate::source::checks::Judge;
use crate::source::columns;
use crate::source::heading::Heading;
use crate::source::quarantine::Quarantined;
use crate::source::quarantine::Reason;
use crate::source::record;
use crate::source::record::Scan;
use crate::source::record::Span;
use crate::source::refusal::Fault;
use crate::source::refusal::SourceFault;
use crate::source::window::Filled;
use crate::source::window::Window;
use crate::source::window::length;

/// A roll as text, its heading read.
pub(crate) struct Delimited<R> {
    window: Window<R>,
    separator: u8,
    /// The names of all columns of the file.
    names: Vec<String>,
    /// Where each wanted column stands among them.
    wanted: Vec<Option<usize>>,
    /// The line on which the record in sight begins; the first is 1.
    line: u64,
    /// Bytes of the file, where it has a size.
    size: Option<u64>,
    /// The fields of the record in sight.
    spans: Vec<Span>,
    judge: Judge,
}

/// The record in sight.
struct Found {
    /// Bytes without the line end.
    body: usize,
    /// Bytes with it.
    taken: usize,
    /// Bytes of its first line, with the line end.
    first_line: usize,
    /// Why it is no row.
    fault: Option<(Option<usize>, Reason)>,
}

/// Where the wanted fields of a row lie, and the text when it cannot be shown where it is.
#[derive(Default)]
struct Fields {
    ranges: Vec<Range<usize>>,
    text: Vec<u8>,
}

impl<R: Read> Delimited<R> {
    /// Reads the heading and finds the wanted columns.
    pub(crate) fn open(
        mut window: Window<R>,
        size: Option<u64>,
        wanted: &[Column<'_>],
    ) -> Result<Self, Fault> {
        let heading = Heading::read(window.sight(), window.ended(), wanted)?;
        let found = columns::find(wanted, &heading.names);
        let found = found.map_err(|fault| Fault {
            line: Some(heading.line),
            ..fault
        })?;
        window.pass(heading.taken);
        Ok(Self {
            window,
            separator: heading.separator,
            names: heading.names,
            wanted: found,
            line: heading.next_line,
            size,
            spans: Vec::new(),
            judge: Judge::default(),
        })
    }

    /// Rows by the length of the first ones; exact when all are in sight.
    pub(crate) fn estimate(&self) -> u64 {
        let sight = self.window.sight();
        let lines = length(memchr_iter(b'\n', sight).count());
        let last = u64::from(!sight.is_empty() && !sight.ends_with(b"\n"));
        let seen = length(sight.len());
        let rest = self
            .size
            .map_or(seen, |size| size.saturating_sub(self.window.offset()));
        if self.window.ended() || lines == 0 {
            return lines + last;
        }
        let rows = u128::from(lines) * u128::from(rest) / u128::from(seen);
        u64::try_from(rows).unwrap_or(u64::MAX)
    }

    /// For each wanted column whether the file has it.
    pub(crate) fn found(&self) -> Vec<bool> {
        self.wanted.iter().map(Option::is_some).collect()
    }

    /// Goes through all rows.
    pub(crate) fn each(
        mut self,
        mut visit: impl FnMut(Item<'_>) -> ControlFlow<()>,
    ) -> Result<Ended, Fault> {
        let mut ended = Ended::default();
        let mut fields = Fields::default();
        while let Some(found) = self.advance(&mut ended)? {
            let item = self.item(&found, ended.rows, &mut fields)?;
            let reason = item.reason();
            ended.rows += 1;
            ended.quarantined += u64::from(reason.is_some());
            let flow = visit(item);
            self.pass(&found, reason);
            if flow.is_break() {
                ended.stopped = true;
                ended.bytes = self.window.offset();
                return Ok(ended);
            }
        }
        ended.bytes = self.window.offset();
        self.judge.end()?;
        match self.size {
            Some(expected) if expected != ended.bytes => Err(SourceFault::Changed {
                expected,
                found: ended.bytes,
            }
            .into()),
            _ => Ok(ended),
        }
    }

    /// Brings the next record into sight, past empty lines, which are counted; none at the end.
    fn advance(&mut self, ended: &mut Ended) -> Result<Option<Found>, Fault> {
        loop {
            let sight = self.window.sight();
            let last = self.window.ended();
            if last && sight.is_empty() {
                return Ok(None);
            }
            let scan = record::scan(sight, last, self.separator, &mut self.spans);
            let first_line = memchr(b'\n', sight).map_or(sight.len(), |at| at + 1);
            match scan {
                // Only an empty line has no body: an empty field in quotes has its quotes.
                Scan::Record { body: 0, taken } => {
                    ended.empty += 1;
                    ended.first_empty.get_or_insert(self.line);
                    self.window.pass(taken);
                    self.line += 1;
                }
                Scan::Record { body, taken } => {
                    self.no_zero(taken)?;
                    let fault = self.field_count().map(|reason| (None, reason));
                    return Ok(Some(Found {
                        body,
                        taken,
                        first_line,
                        fault,
                    }));
                }
                Scan::Stray if last || first_line < sight.len() => {
                    self.no_zero(first_line)?;
                    let column = self.wanted_column(self.spans.len());
                    return Ok(Some(Found {
                        body: 0,
                        taken: first_line,
                        first_line,
                        fault: Some((column, Reason::StrayQuote)),
                    }));
                }
                Scan::Open => self.more(true)?,
                Scan::Stray | Scan::NeedsMore => self.more(false)?,
            }
        }
    }

    /// Brings more of the record into sight; `open` when a quote mark of it is not closed.
    fn more(&mut self, open: bool) -> Result<(), Fault> {
        let line = self.line;
        let filled = self.window.fill().map_err(|error| Fault {
            line: Some(line),
            ..Fault::from(error)
        })?;
        if filled == Filled::More || (filled == Filled::Ended && !open) {
            return Ok(());
        }
        self.no_zero(self.window.sight().len())?;
        if !open {
            return Err(SourceFault::LineTooLong(self.window.sight().len()).on_line(line));
        }
        let before = self.spans.last().map_or(0, |span| span.end);
        let lines = memchr_iter(b'\n', &self.window.sight()[..before]).count();
        let name = self.names.get(self.spans.len());
        Err(Fault {
            line: Some(line + length(lines)),
            ..SourceFault::UnclosedQuote.in_column(name.map(String::as_str))
        })
    }

    /// Refuses a zero byte among the first `taken` bytes in sight.
    #[inline]
    fn no_zero(&self, taken: usize) -> Result<(), Fault> {
        match self.window.zero() {
            Some(offset) if offset < self.window.offset() + length(taken) => {
                Err(SourceFault::ZeroByte { offset }.on_line(self.line))
            }
            _ => Ok(()),
        }
    }

    #[inline]
    fn field_count(&self) -> Option<Reason> {
        (self.spans.len() != self.names.len()).then(|| Reason::FieldCount {
            found: u32::try_from(self.spans.len()).unwrap_or(u32::MAX),
            expected: u32::try_from(self.names.len()).unwrap_or(u32::MAX),
        })
    }

    /// The place among the wanted columns of the file's column `at`.
    fn wanted_column(&self, at: usize) -> Option<usize> {
        self.wanted.iter().position(|place| *place == Some(at))
    }

    /// The record in sight as a row, or why it is none.
    #[inline]
    fn item<'a>(
        &'a mut self,
        found: &Found,
        number: u64,
        fields: &'a mut Fields,
    ) -> Result<Item<'a>, Fault> {
        self.judge.row();
        let line = self.line;
        let quarantined = |column, reason| {
            Item::Quarantined(Quarantined {
                row: number,
                line,
                column,
                reason,
            })
        };
        if let Some((column, reason)) = found.fault {
            return Ok(quarantined(column, reason));
        }
        let sight = self.window.sight();
        let record = &sight[..found.body];
        let Fields { ranges, text } = fields;
        let doubled = find(&self.wanted, &self.spans, ranges);
        let text = match str::from_utf8(record) {
            Ok(text) if !doubled => text,
            _ => match copy(record, &self.wanted, &self.spans, ranges, text) {
                Ok(text) => text,
                Err(at) => {
                    let names = &self.names;
                    let name = self.wanted[at].and_then(|place| names.get(place));
                    self.judge.damaged(|| Damage {
                        line: Some(line),
                        column: name.cloned(),
                        ..Damage::of(sight)
                    })?;
                    return Ok(quarantined(Some(at), Reason::NotUtf8));
                }
            },
        };
        match checks::fault(text, ranges) {
            Some((at, reason)) => Ok(quarantined(Some(at), reason)),
            None => Ok(Item::Row(Row {
                number,
                line,
                bytes: self.window.offset() + length(found.taken),
                text,
                fields: ranges,
            })),
        }
    }

    /// Lets the record out of sight; one whose quotes cannot be right, up to its first line end.
    #[inline]
    fn pass(&mut self, found: &Found, reason: Option<Reason>) {
        let astray = matches!(
            reason,
            Some(Reason::FieldCount { .. } | Reason::StrayQuote | Reason::TooLong { .. })
        );
        if astray || found.first_line >= found.taken {
            self.line += 1;
            self.window.pass(found.taken.min(found.first_line));
        } else {
            let lines = memchr_iter(b'\n', &self.window.sight()[..found.taken]).count();
            self.line += length(lines);
            self.window.pass(found.taken);
        }
    }
}

/// Finds the wanted fields where they lie in the record; true when one has doubled quotes.
#[inline]
fn find(wanted: &[Option<usize>], spans: &[Span], ranges: &mut Vec<Range<usize>>) -> bool {
    ranges.clear();
    let mut doubled = false;
    for place in wanted {
        let range = place.map_or(0..0, |place| {
            let span = spans[place];
            doubled |= span.doubled;
            span.start..span.end
        });
        ranges.push(range);
    }
    doubled
}

/// Copies the wanted fields out of `record` to `text`, so that nothing else of it matters.
///
/// # Errors
/// The place of the first wanted field that is not UTF-8.
#[cold]
fn copy<'a>(
    record: &[u8],
    wanted: &[Option<usize>],
    spans: &[Span],
    ranges: &mut Vec<Range<usize>>,
    text: &'a mut Vec<u8>,
) -> Result<&'a str, usize> {
    ranges.clear();
    text.clear();
    for (at, place) in wanted.iter().enumerate() {
        let start = text.len();
        if let Some(place) = place {
            record::write(record, spans[*place], text);
        }
        if str::from_utf8(&text[start..]).is_err() {
            return Err(at);
        }
        ranges.push(start..text.len());
    }
    Ok(str::from_utf8(text).expect("each field is UTF-8 by itself"))
}
