//! Text with separated cells: CSV and TSV as RFC 4180 has them, read strictly.
//!
//! Always true here: a record is read from a window of the stream and never copied, unless it has
//! quotes; every record is UTF-8 before it is handed on; a quote mark that is not where RFC 4180
//! puts it is refused, because there the next program would see other cells.
//!
//! Why not the `csv` crate: it cannot tell an unclosed quote from the end of the file, skips empty
//! lines without counting them (so that rows lose their numbers) and takes stray quotes. It is the
//! yardstick in the tests: what both accept, both read alike.

use std::io::Read;

use memchr::memchr;
use memchr::memchr_iter;
use memchr::memchr2;
use memchr::memchr3;

use crate::encoding;
use crate::reading::Separator;
use crate::refusal::Fault;
use crate::refusal::TableFault;
use crate::row::Spans;
use crate::window::Filled;
use crate::window::Window;

const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

/// Bytes that are looked at to say what a file looks like.
const SAMPLE: usize = 64 * 1024;

/// A reader of records.
pub(crate) struct Delimited<R> {
    window: Window<R>,
    separator: u8,
    /// The number of the record in sight.
    row: u64,
    /// Bytes in sight that the record takes, line end included.
    taken: usize,
    /// Bytes in sight that the record takes without its line end.
    body: usize,
    /// The record ends in a line end, not at the end of the file.
    closed: bool,
    /// The record has quotes, so that its cells are in `unquoted`.
    quoted: bool,
    unquoted: Vec<u8>,
    spans: Spans,
}

/// A record in sight.
pub(crate) struct Record<'a> {
    pub(crate) text: &'a str,
    pub(crate) spans: &'a [(usize, usize)],
    pub(crate) row: u64,
    /// It ends in a line end, not at the end of the file.
    pub(crate) closed: bool,
}

impl<R: Read> Delimited<R> {
    /// A reader of the records in `window`, its byte-order mark passed over.
    ///
    /// `separator` is the one that is known; otherwise the heading must show which one it is.
    pub(crate) fn new(mut window: Window<R>, separator: Option<Separator>) -> Result<Self, Fault> {
        let head = window.fill_to(4)?;
        if head.is_empty() {
            return Err(TableFault::Empty.into());
        }
        if let Some(looks_like) = encoding::announced(head) {
            let offset = 0;
            return Err(TableFault::NotUtf8 { offset, looks_like }.at_row(1));
        }
        if head.starts_with(BYTE_ORDER_MARK) {
            window.pass(BYTE_ORDER_MARK.len());
            if window.fill_to(1)?.is_empty() {
                return Err(TableFault::Empty.into());
            }
        }
        let separator = match separator {
            Some(separator) => separator,
            None => separator_in_heading(&mut window)?,
        };
        Ok(Self {
            window,
            separator: separator.byte(),
            row: 0,
            taken: 0,
            body: 0,
            closed: true,
            quoted: false,
            unquoted: Vec::new(),
            spans: Spans::new(),
        })
    }

    /// Moves to the next record that is not blank; false where there is none.
    pub(crate) fn advance(&mut self) -> Result<bool, Fault> {
        loop {
            self.window.pass(self.taken);
            self.taken = 0;
            if !self.take_line()? {
                return Ok(false);
            }
            self.row += 1;
            let line = &self.window.sight()[..self.body];
            match memchr3(b'"', b'\r', 0, line) {
                None => {
                    self.quoted = false;
                    self.spans.clear();
                    let mut start = 0;
                    for end in memchr_iter(self.separator, line) {
                        self.spans.push((start, end));
                        start = end + 1;
                    }
                    self.spans.push((start, line.len()));
                }
                Some(at) if line[at] == b'"' => self.take_quoted()?,
                Some(at) => return Err(self.misplaced(at)),
            }
            if !self.is_blank() {
                return Ok(true);
            }
        }
    }

    /// The record in sight.
    #[inline]
    pub(crate) fn record(&self) -> Result<Record<'_>, Fault> {
        let bytes = if self.quoted {
            &self.unquoted[..]
        } else {
            &self.window.sight()[..self.body]
        };
        match str::from_utf8(bytes) {
            Ok(text) => Ok(Record {
                text,
                spans: &self.spans,
                row: self.row,
                closed: self.closed,
            }),
            Err(error) => Err(self.not_utf8(error)),
        }
    }

    /// Takes everything up to the next line end, or to the end; false where nothing is left.
    fn take_line(&mut self) -> Result<bool, Fault> {
        let mut searched = 0;
        loop {
            let sight = self.window.sight();
            if let Some(found) = memchr(b'\n', &sight[searched..]) {
                let end = searched + found;
                self.taken = end + 1;
                self.body = end - usize::from(sight[..end].ends_with(b"\r"));
                self.closed = true;
                return Ok(true);
            }
            searched = sight.len();
            match self.fill(self.row + 1)? {
                Filled::More => {}
                Filled::Ended if searched == 0 => return Ok(false),
                Filled::Ended => {
                    self.taken = searched;
                    self.body = searched;
                    self.closed = false;
                    return Ok(true);
                }
                Filled::Full => return Err(TableFault::RowTooLong(searched).at_row(self.row + 1)),
            }
        }
    }

    /// Takes a record that has quotes, and so perhaps more than one line.
    fn take_quoted(&mut self) -> Result<(), Fault> {
        self.quoted = true;
        loop {
            let mut scan = Scan {
                bytes: self.window.sight(),
                ended: self.window.ended(),
                separator: self.separator,
                at: 0,
                unquoted: &mut self.unquoted,
                spans: &mut self.spans,
            };
            let opened = match scan.record() {
                Ok((body, taken)) => {
                    self.body = body;
                    self.taken = taken;
                    self.closed = taken > body;
                    return Ok(());
                }
                Err(Stop::At(fault)) => {
                    let column = self.spans.len();
                    let fault = match fault {
                        TableFault::NulByte { offset } => TableFault::NulByte {
                            offset: offset + self.window.offset(),
                        },
                        other => other,
                    };
                    return Err(fault.at(self.row, column));
                }
                Err(Stop::NeedsMore) => self.spans.len(),
            };
            if let Filled::Full = self.fill(self.row)? {
                return Err(TableFault::UnclosedQuote.at(self.row, opened));
            }
        }
    }

    /// Brings more into sight while `row` is read.
    fn fill(&mut self, row: u64) -> Result<Filled, Fault> {
        self.window.fill().map_err(|error| Fault {
            row: Some(row),
            ..Fault::from(error)
        })
    }

    fn is_blank(&self) -> bool {
        let blank = |byte: &u8| matches!(byte, b' ' | b'\t') || *byte == self.separator;
        if self.quoted {
            self.unquoted.iter().all(blank)
        } else {
            self.window.sight()[..self.body].iter().all(blank)
        }
    }

    /// The fault for a carriage return or a zero byte at `at` of a line without quotes.
    fn misplaced(&self, at: usize) -> Fault {
        let sight = self.window.sight();
        let column = memchr_iter(self.separator, &sight[..at]).count();
        let fault = if sight[at] == b'\r' {
            TableFault::StrayReturn
        } else {
            let sample = &sight[..sight.len().min(SAMPLE)];
            let offset = self.window.offset() + length(at);
            match encoding::zeros_look_like(sample) {
                Some(looks_like) => TableFault::NotUtf8 { offset, looks_like },
                None => TableFault::NulByte { offset },
            }
        };
        fault.at(self.row, column)
    }

    #[cold]
    fn not_utf8(&self, error: core::str::Utf8Error) -> Fault {
        let valid = error.valid_up_to();
        let column = self.spans.partition_point(|(_, end)| *end <= valid);
        let column = column.min(self.spans.len() - 1);
        let sight = self.window.sight();
        let raw = str::from_utf8(&sight[..self.body]).err().unwrap_or(error);
        if raw.error_len().is_none() && !self.closed {
            return TableFault::CutShort.at(self.row, column);
        }
        let offset = self.window.offset() + length(raw.valid_up_to());
        let looks_like = encoding::looks_like(&sight[..sight.len().min(SAMPLE)]);
        TableFault::NotUtf8 { offset, looks_like }.at(self.row, column)
    }
}

fn length(count: usize) -> u64 {
    u64::try_from(count).expect("a length fits 64 bits")
}

/// The only kind of separator outside quotes in the first line that has content.
fn separator_in_heading<R: Read>(window: &mut Window<R>) -> Result<Separator, Fault> {
    loop {
        let ended = window.ended();
        if let Some(seen) = separators(window.sight(), ended) {
            return match seen {
                [_, false, false] => Ok(Separator::Comma),
                [false, true, false] => Ok(Separator::Semicolon),
                [false, false, true] => Ok(Separator::Tab),
                _ => Err(TableFault::SeparatorUnclear.at_row(1)),
            };
        }
        if let Filled::Full = window.fill()? {
            return Err(TableFault::RowTooLong(window.sight().len()).at_row(1));
        }
    }
}

/// Whether comma, semicolon and tab stand outside quotes in the first line with content; none where
/// that line is not all in sight.
fn separators(bytes: &[u8], ended: bool) -> Option<[bool; 3]> {
    let mut seen = [false; 3];
    let mut in_quotes = false;
    let mut content = false;
    for byte in bytes {
        match byte {
            b'\n' if !in_quotes && content => return Some(seen),
            b'"' => {
                in_quotes = !in_quotes;
                content = true;
            }
            _ if in_quotes => {}
            b',' => seen[0] = true,
            b';' => seen[1] = true,
            b'\t' => seen[2] = true,
            b'\r' | b'\n' | b' ' => {}
            _ => content = true,
        }
    }
    ended.then_some(seen)
}

/// Why a scan ended before its record did.
enum Stop {
    NeedsMore,
    /// In the cell after those already found.
    At(TableFault),
}

/// One pass over a record that has quotes.
struct Scan<'a> {
    bytes: &'a [u8],
    /// Nothing follows `bytes`.
    ended: bool,
    separator: u8,
    at: usize,
    /// The cells without their quotes, a separator after each.
    unquoted: &'a mut Vec<u8>,
    spans: &'a mut Spans,
}

impl Scan<'_> {
    /// The length of the record without its line end, and with it.
    fn record(&mut self) -> Result<(usize, usize), Stop> {
        self.unquoted.clear();
        self.spans.clear();
        loop {
            let start = self.unquoted.len();
            if self.bytes.get(self.at) == Some(&b'"') {
                self.at += 1;
                self.quoted_cell()?;
            } else {
                self.plain_cell()?;
            }
            let end = self.unquoted.len();
            let body = self.at;
            match &self.bytes[self.at..] {
                [b'\n', ..] => self.at += 1,
                [b'\r', b'\n', ..] => self.at += 2,
                [b'\r'] | [] if !self.ended => return Err(Stop::NeedsMore),
                [] => {}
                [next, ..] if *next == self.separator => {
                    self.spans.push((start, end));
                    self.unquoted.push(self.separator);
                    self.at += 1;
                    continue;
                }
                [b'\r', ..] => return Err(Stop::At(TableFault::StrayReturn)),
                _ => return Err(Stop::At(TableFault::StrayQuote)),
            }
            self.spans.push((start, end));
            return Ok((body, self.at));
        }
    }

    /// The rest of a cell whose opening quote has been passed, closing quote included.
    fn quoted_cell(&mut self) -> Result<(), Stop> {
        loop {
            let rest = &self.bytes[self.at..];
            let Some(length) = memchr2(b'"', 0, rest) else {
                return Err(if self.ended {
                    Stop::At(TableFault::UnclosedQuote)
                } else {
                    Stop::NeedsMore
                });
            };
            if rest[length] == 0 {
                return Err(self.zero(length));
            }
            self.unquoted.extend_from_slice(&rest[..length]);
            self.at += length + 1;
            match self.bytes.get(self.at) {
                Some(b'"') => {
                    self.unquoted.push(b'"');
                    self.at += 1;
                }
                _ => return Ok(()),
            }
        }
    }

    /// A cell without quotes, up to what ends it; a quote mark does too, and is refused there.
    fn plain_cell(&mut self) -> Result<(), Stop> {
        let rest = &self.bytes[self.at..];
        let length = match memchr3(self.separator, b'\n', b'"', rest) {
            Some(at) if rest[at] == b'\n' => at - usize::from(rest[..at].ends_with(b"\r")),
            Some(at) => at,
            None if self.ended => rest.len(),
            None => return Err(Stop::NeedsMore),
        };
        let cell = &rest[..length];
        match memchr2(b'\r', 0, cell) {
            Some(at) if cell[at] == 0 => return Err(self.zero(at)),
            Some(_) => return Err(Stop::At(TableFault::StrayReturn)),
            None => {}
        }
        self.unquoted.extend_from_slice(cell);
        self.at += length;
        Ok(())
    }

    /// A zero byte `ahead` of where the scan stands; its offset is from the start of the record.
    fn zero(&self, ahead: usize) -> Stop {
        let offset = length(self.at + ahead);
        Stop::At(TableFault::NulByte { offset })
    }
}

#[cfg(test)]
mod tests;
