//! A row and its cells, borrowed from the reader's buffer.
//!
//! Always true here: looking at a cell copies nothing; only a refusal does. A cell says where it
//! stands, whatever kind of file it comes from.

use crate::count::CountFault;
use crate::count::parse_count;
use crate::count::parse_whole;
use crate::place::Column;
use crate::place::Place;
use crate::refusal::CellFault;
use crate::refusal::CellRefusal;
use crate::refusal::Fault;
use crate::refusal::TableRefusal;
use crate::text::excerpt;
use crate::text::hidden;
use crate::text::is_margin;

/// Where each cell begins and ends in the text of its row.
pub(crate) type Spans = Vec<(usize, usize)>;

/// What is known of a table before its rows are read.
#[derive(Debug)]
pub(crate) struct Frame {
    pub(crate) file: String,
    pub(crate) sheet: Option<String>,
    /// The row of the heading; the first object of a JSON file.
    pub(crate) header_row: u64,
    pub(crate) header: Vec<String>,
}

impl Frame {
    pub(crate) fn place(&self, row: Option<u64>, column: Option<usize>) -> Place {
        Place {
            file: self.file.clone(),
            sheet: self.sheet.clone(),
            row,
            column: column.map(|column| Column {
                number: column + 1,
                name: self.header.get(column).cloned(),
            }),
        }
    }

    /// The refusal for a fault that a reader found in this table.
    pub(crate) fn refuse(&self, fault: Fault) -> TableRefusal {
        TableRefusal {
            place: Box::new(self.place(fault.row, fault.column)),
            fault: fault.fault,
        }
    }
}

/// A row of a table.
#[derive(Clone, Copy, Debug)]
pub struct Row<'a> {
    pub(crate) text: &'a str,
    pub(crate) spans: &'a [(usize, usize)],
    pub(crate) number: u64,
    pub(crate) frame: &'a Frame,
}

impl<'a> Row<'a> {
    /// Its number, as in [`Place::row`].
    #[must_use]
    pub const fn number(&self) -> u64 {
        self.number
    }

    /// The number of cells the row has. Only a ragged row has another number than the heading.
    #[must_use]
    pub const fn cell_count(&self) -> usize {
        self.spans.len()
    }

    /// The row has more or fewer cells than the heading; seen only under
    /// [`crate::RaggedRows::Hand`].
    #[must_use]
    pub const fn is_ragged(&self) -> bool {
        self.spans.len() != self.frame.header.len()
    }

    /// The cell of a column; 0 is the first. A cell that the row has not is absent, which
    /// [`Cell::text`] and [`Cell::count`] refuse.
    #[inline]
    #[must_use]
    pub fn cell(&self, column: usize) -> Cell<'a> {
        let span = self.spans.get(column);
        Cell {
            written: span.and_then(|(start, end)| self.text.get(*start..*end)),
            column,
            number: self.number,
            frame: self.frame,
        }
    }

    /// Where the row stands.
    #[must_use]
    pub fn place(&self) -> Place {
        self.frame.place(Some(self.number), None)
    }
}

/// A cell of a row.
#[derive(Clone, Copy, Debug)]
pub struct Cell<'a> {
    written: Option<&'a str>,
    column: usize,
    number: u64,
    frame: &'a Frame,
}

impl<'a> Cell<'a> {
    /// The cell as it is written, spaces, line breaks and all; empty where it is absent.
    #[must_use]
    pub const fn as_written(&self) -> &'a str {
        match self.written {
            Some(written) => written,
            None => "",
        }
    }

    /// Nothing but white space stands in the cell, or it is absent.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.as_written().trim_matches(is_margin).is_empty()
    }

    /// The text of the cell without the white space and direction marks around it; empty where the
    /// cell is blank.
    ///
    /// # Errors
    /// [`CellFault::Hidden`] where a control character or a direction override stands in it,
    /// [`CountFault::Formula`] where a formula stands there in place of its result, and
    /// [`CellFault::Absent`] where the row ends before it.
    pub fn text(&self) -> Result<&'a str, CellRefusal> {
        let written = self.written.ok_or_else(|| self.refuse(CellFault::Absent))?;
        let text = written.trim_matches(is_margin);
        match hidden(text) {
            None if text.starts_with('=') => Err(self.refuse(CountFault::Formula.into())),
            None => Ok(text),
            Some(c) => Err(self.refuse(CellFault::Hidden(c))),
        }
    }

    /// The count in the cell, as [`parse_count`] reads it; none where the cell is blank.
    ///
    /// # Errors
    /// The [`CountFault`], or [`CellFault::Absent`] where the row ends before the cell.
    #[inline]
    pub fn count(&self) -> Result<Option<u64>, CellRefusal> {
        self.read(parse_count)
    }

    /// As [`Cell::count`], but `12.0` is 12 too ([`parse_whole`]).
    ///
    /// # Errors
    /// As [`Cell::count`].
    pub fn whole(&self) -> Result<Option<u64>, CellRefusal> {
        self.read(parse_whole)
    }

    /// Where the cell stands.
    #[must_use]
    pub fn place(&self) -> Place {
        self.frame.place(Some(self.number), Some(self.column))
    }

    #[inline]
    fn read(
        &self,
        parse: impl Fn(&[u8]) -> Result<u64, CountFault>,
    ) -> Result<Option<u64>, CellRefusal> {
        let Some(written) = self.written else {
            return Err(self.refuse(CellFault::Absent));
        };
        match parse(written.as_bytes()) {
            Ok(count) => Ok(Some(count)),
            Err(CountFault::Blank) => Ok(None),
            Err(fault) => Err(self.refuse(fault.into())),
        }
    }

    /// The refusal of this cell for `fault`.
    #[cold]
    #[must_use]
    pub fn refuse(&self, fault: CellFault) -> CellRefusal {
        const LONGEST: usize = 60;
        CellRefusal {
            place: Box::new(self.place()),
            fault,
            found: excerpt(self.as_written(), LONGEST),
        }
    }
}
