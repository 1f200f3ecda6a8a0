//! A table: its heading, read when it is opened, and its rows, handed over one by one.
//!
//! Always true here: rows come in the order of the file, and each has as many cells as the heading
//! unless the caller asked for ragged ones. A fault may show only after earlier rows were handed
//! over (a checksum stands at the end), so a caller keeps nothing until the last row is through.

use core::ops::ControlFlow;
use std::collections::BTreeMap;
use std::io::Read;

use crate::ahead;
use crate::ahead::Found;
use crate::archive;
use crate::archive::Archive;
use crate::archive::Stream;
use crate::assembly::Assembly;
use crate::count::parse_count;
use crate::delimited::Delimited;
use crate::delimited::Record;
use crate::json::Objects;
use crate::place::Place;
use crate::reading::RaggedRows;
use crate::reading::Reading;
use crate::reading::Separator;
use crate::refusal::Fault;
use crate::refusal::TableFault;
use crate::refusal::TableRefusal;
use crate::row::Frame;
use crate::row::Row;
use crate::text::hidden;
use crate::text::is_margin;
use crate::window::Window;
use crate::workbook::Sheet;

/// A table that has been opened.
pub struct Table {
    frame: Frame,
    reading: Reading,
    source: Source,
}

/// Where the rows come from.
enum Source {
    /// A text, read up to its heading.
    Text(Delimited<Box<dyn Read + Send>>),
    /// A list of objects, read up to the first.
    Json(Objects<Box<dyn Read + Send>>),
    /// An entry of an archive; it is opened again for the rows.
    Packed {
        archive: Box<Archive>,
        index: usize,
        kind: TextKind,
    },
    /// A sheet; it is gone through again for the rows.
    Sheet(Sheet),
}

/// The two kinds of text a table can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TextKind {
    /// Separated cells; the separator where the file's name tells it.
    Delimited(Option<Separator>),
    /// A list of objects.
    Json,
}

impl TextKind {
    /// The kind that a file's name tells.
    pub(crate) fn of_name(name: &str) -> Self {
        let name = name.to_ascii_lowercase();
        if name.ends_with(".json") {
            Self::Json
        } else if name.ends_with(".tsv") || name.ends_with(".tab") {
            Self::Delimited(Some(Separator::Tab))
        } else {
            Self::Delimited(None)
        }
    }
}

impl core::fmt::Debug for Table {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        let mut table = f.debug_struct("Table");
        table.field("frame", &self.frame).finish_non_exhaustive()
    }
}

impl Table {
    /// The table in a text.
    pub(crate) fn text(
        file: String,
        stream: Box<dyn Read + Send>,
        kind: TextKind,
        reading: &Reading,
    ) -> Result<Self, TableRefusal> {
        let mut frame = unread(file);
        let opened = begin(stream, kind, reading, &mut frame);
        let source = match opened.map_err(|fault| frame.refuse(fault))? {
            Begun::Delimited(records) => Source::Text(records),
            Begun::Json(objects) => Source::Json(objects),
        };
        Ok(Self::new(frame, source, reading))
    }

    /// The table in an archive, or in the workbook that the archive is.
    pub(crate) fn packed(
        file: String,
        stream: Box<dyn Stream>,
        reading: &Reading,
    ) -> Result<Self, TableRefusal> {
        let mut frame = unread(file);
        let refuse = |fault| unread(frame.file.clone()).refuse(fault);
        let mut archive = archive::open(stream).map_err(refuse)?;
        match archive::contents(&archive).map_err(refuse)? {
            archive::Contents::Workbook => {
                let sheet = Sheet::xlsx(archive, reading).map_err(refuse)?;
                Self::sheet(frame, sheet, reading)
            }
            archive::Contents::Files => {
                let found = archive::only_table(&archive, &reading.limits);
                let (index, name) = found.map_err(refuse)?;
                frame.file = format!("{}/{name}", frame.file);
                let kind = TextKind::of_name(&name);
                let opened = archive::entry(&mut archive, index)
                    .and_then(|stream| begin(stream, kind, reading, &mut frame).map(drop));
                opened.map_err(|fault| frame.refuse(fault))?;
                let archive = Box::new(archive);
                let source = Source::Packed {
                    archive,
                    index,
                    kind,
                };
                Ok(Self::new(frame, source, reading))
            }
        }
    }

    /// The table in an .xls workbook.
    pub(crate) fn old_workbook(
        file: String,
        stream: Box<dyn Stream>,
        reading: &Reading,
    ) -> Result<Self, TableRefusal> {
        let frame = unread(file);
        let sheet = Sheet::xls(stream, reading).map_err(|fault| frame.refuse(fault))?;
        Self::sheet(frame, sheet, reading)
    }

    fn sheet(mut frame: Frame, mut sheet: Sheet, reading: &Reading) -> Result<Self, TableRefusal> {
        frame.sheet = Some(sheet.name.clone());
        let mut heading = None;
        let read = sheet.rows(&mut |number, row| {
            let cells = row.spans.iter().map(|(start, end)| &row.text[*start..*end]);
            let mut names: Vec<String> = cells.map(tidy).collect();
            while names.last().is_some_and(String::is_empty) {
                names.pop();
            }
            heading = Some((number, names));
            ControlFlow::Break(())
        });
        let (number, names) = read
            .and_then(|()| heading.ok_or_else(|| TableFault::NoHeader.into()))
            .map_err(|fault| frame.refuse(fault))?;
        let headed = head(&mut frame, number, names, reading);
        headed.map_err(|fault| frame.refuse(fault))?;
        Ok(Self::new(frame, Source::Sheet(sheet), reading))
    }

    fn new(frame: Frame, source: Source, reading: &Reading) -> Self {
        Self {
            frame,
            reading: reading.clone(),
            source,
        }
    }

    /// The names of the columns, without the white space around them and with one space for each
    /// run of it inside. A column may have no name.
    #[must_use]
    pub fn header(&self) -> &[String] {
        &self.frame.header
    }

    /// Where the table stands: its file, its sheet and the row of its heading (of a JSON file the
    /// first object).
    #[must_use]
    pub fn place(&self) -> Place {
        self.frame.place(Some(self.frame.header_row), None)
    }

    /// The index of the column called `name`, for [`Row::cell`].
    ///
    /// # Errors
    /// [`TableFault::MissingColumn`], or [`TableFault::RepeatedColumn`] where more than one column
    /// is called so.
    pub fn column(&self, name: &str) -> Result<usize, TableRefusal> {
        let name = tidy(name);
        let named = |(column, other): (usize, &String)| (*other == name).then_some(column);
        let mut found = self.frame.header.iter().enumerate().filter_map(named);
        let fault = match (found.next(), found.next()) {
            (Some(column), None) => return Ok(column),
            (Some(first), Some(second)) => Fault {
                row: Some(self.frame.header_row),
                column: Some(second),
                fault: TableFault::RepeatedColumn { first: first + 1 },
            },
            _ => Fault {
                row: Some(self.frame.header_row),
                column: None,
                fault: TableFault::MissingColumn(name),
            },
        };
        Err(self.frame.refuse(fault))
    }

    /// Hands every row that has content to `each`, in order, and returns how many there were.
    ///
    /// # Errors
    /// The first error of `each`, or the refusal of the table. Rows before it have been handed over
    /// already: nothing of a table counts until this returns.
    pub fn for_each<E, F>(self, mut each: F) -> Result<u64, E>
    where
        E: From<TableRefusal>,
        F: FnMut(Row<'_>) -> Result<(), E>,
    {
        let Self {
            frame,
            reading,
            source,
        } = self;
        let mut rows = Rows {
            frame: &frame,
            ragged: reading.ragged_rows,
            count: 0,
            each: &mut each,
        };
        // The heading of a packed table is read again on the way to its rows.
        let mut again = unread(frame.file.clone());
        match source {
            Source::Text(records) => rows.of_records(|found| found.all(records))?,
            Source::Json(objects) => rows.of_objects(objects)?,
            Source::Sheet(sheet) => rows.of_sheet(sheet)?,
            Source::Packed {
                mut archive,
                index,
                kind: TextKind::Delimited(by_name),
            } => rows.of_records(|found| {
                let stream = archive::entry(&mut archive, index)?;
                found.all(begin_records(stream, by_name, &reading, &mut again)?)
            })?,
            Source::Packed {
                mut archive,
                index,
                kind: TextKind::Json,
            } => {
                let begun = archive::entry(&mut archive, index)
                    .and_then(|stream| begin_objects(stream, &reading, &mut again));
                rows.of_objects(begun.map_err(|fault| frame.refuse(fault))?)?;
            }
        }
        Ok(rows.count)
    }
}

/// Hands rows over.
struct Rows<'t, F> {
    frame: &'t Frame,
    ragged: RaggedRows,
    count: u64,
    each: &'t mut F,
}

impl<F> Rows<'_, F> {
    fn of_records<E>(
        &mut self,
        find: impl FnOnce(Found) -> Result<(), Fault> + Send,
    ) -> Result<(), E>
    where
        E: From<TableRefusal>,
        F: FnMut(Row<'_>) -> Result<(), E>,
    {
        let frame = self.frame;
        let refuse = |fault| E::from(frame.refuse(fault));
        let columns = frame.header.len();
        let mut each = |record: Record<'_>| {
            let cells = record.spans.len();
            if cells != columns {
                let fault = if cells < columns && !record.closed {
                    TableFault::CutShort
                } else {
                    TableFault::RaggedRow { cells, columns }
                };
                let cut = fault == TableFault::CutShort;
                if cut || self.ragged == RaggedRows::Refuse {
                    return Err(refuse(fault.at(record.row, columns.min(cells))));
                }
            }
            self.count += 1;
            (self.each)(Row {
                text: record.text,
                spans: record.spans,
                number: record.row,
                frame,
            })
        };
        ahead::each(find, &mut each, refuse)
    }

    fn of_objects<R, E>(&mut self, mut objects: Objects<R>) -> Result<(), E>
    where
        R: Read,
        E: From<TableRefusal>,
        F: FnMut(Row<'_>) -> Result<(), E>,
    {
        let refuse = |fault| E::from(self.frame.refuse(fault));
        loop {
            let (number, cells) = objects.cells(&self.frame.header).map_err(refuse)?;
            self.count += 1;
            (self.each)(Row {
                text: &cells.text,
                spans: &cells.spans,
                number,
                frame: self.frame,
            })?;
            if !objects.advance().map_err(refuse)? {
                return Ok(());
            }
        }
    }

    fn of_sheet<E>(&mut self, mut sheet: Sheet) -> Result<(), E>
    where
        E: From<TableRefusal>,
        F: FnMut(Row<'_>) -> Result<(), E>,
    {
        let frame = self.frame;
        let mut stopped = None;
        let read = sheet.rows(&mut |number, row| {
            if number <= frame.header_row {
                return ControlFlow::Continue(());
            }
            match self.sheet_row(number, row) {
                Ok(()) => ControlFlow::Continue(()),
                Err(error) => {
                    stopped = Some(error);
                    ControlFlow::Break(())
                }
            }
        });
        match stopped {
            Some(error) => Err(error),
            None => read.map_err(|fault| E::from(frame.refuse(fault))),
        }
    }

    /// A sheet has no row ends: cells to the right of the heading are blank unless something stands
    /// in them.
    fn sheet_row<E>(&mut self, number: u64, row: &mut Assembly) -> Result<(), E>
    where
        E: From<TableRefusal>,
        F: FnMut(Row<'_>) -> Result<(), E>,
    {
        let columns = self.frame.header.len();
        row.pad(columns);
        while row.spans.len() > columns {
            let (start, end) = row.spans[row.spans.len() - 1];
            if !row.text[start..end].trim_matches(is_margin).is_empty() {
                break;
            }
            row.spans.pop();
        }
        let cells = row.spans.len();
        if cells > columns && self.ragged == RaggedRows::Refuse {
            let fault = TableFault::RaggedRow { cells, columns }.at(number, columns);
            return Err(self.frame.refuse(fault).into());
        }
        self.count += 1;
        (self.each)(Row {
            text: &row.text,
            spans: &row.spans,
            number,
            frame: self.frame,
        })
    }
}

/// A text read up to its heading.
enum Begun<R> {
    Delimited(Delimited<R>),
    Json(Objects<R>),
}

/// Reads the heading of a text into `frame`.
fn begin<R: Read>(
    stream: R,
    kind: TextKind,
    reading: &Reading,
    frame: &mut Frame,
) -> Result<Begun<R>, Fault> {
    match kind {
        TextKind::Delimited(by_name) => {
            begin_records(stream, by_name, reading, frame).map(Begun::Delimited)
        }
        TextKind::Json => begin_objects(stream, reading, frame).map(Begun::Json),
    }
}

fn begin_records<R: Read>(
    stream: R,
    by_name: Option<Separator>,
    reading: &Reading,
    frame: &mut Frame,
) -> Result<Delimited<R>, Fault> {
    let window = Window::new(stream, reading.limits.row_bytes);
    let mut records = Delimited::new(window, reading.separator.or(by_name))?;
    if !records.advance()? {
        return Err(TableFault::NoHeader.into());
    }
    let record = records.record()?;
    let spans = record.spans.iter();
    let names = spans.map(|(start, end)| tidy(&record.text[*start..*end]));
    head(frame, record.row, names.collect(), reading)?;
    Ok(records)
}

fn begin_objects<R: Read>(
    stream: R,
    reading: &Reading,
    frame: &mut Frame,
) -> Result<Objects<R>, Fault> {
    let mut objects = Objects::new(Window::new(stream, reading.limits.row_bytes))?;
    if !objects.advance()? {
        return Err(TableFault::Empty.into());
    }
    head(frame, 1, objects.keys()?, reading)?;
    Ok(objects)
}

/// Takes `names` as the heading, once they are one. Checked in the order in which a person would
/// mend them: is there a heading, is it one, can its names be read, is each name one column's.
fn head(frame: &mut Frame, row: u64, names: Vec<String>, reading: &Reading) -> Result<(), Fault> {
    let most = reading.limits.columns;
    if names.len() > most {
        return Err(TableFault::TooManyColumns(most).at_row(row));
    }
    let no_name = |name: &String| name.is_empty() || parse_count(name.as_bytes()).is_ok();
    if names.iter().all(no_name) {
        return Err(TableFault::NoHeader.at_row(row));
    }
    frame.header_row = row;
    frame.header = names;
    let mut first = BTreeMap::new();
    for (column, name) in frame.header.iter().enumerate() {
        if let Some(c) = hidden(name) {
            return Err(TableFault::HiddenInHeader(c).at(row, column));
        }
        if name.is_empty() || reading.repeatable.contains(name) {
            continue;
        }
        if let Some(first) = first.insert(name, column) {
            let fault = TableFault::RepeatedColumn { first: first + 1 };
            return Err(fault.at(row, column));
        }
    }
    Ok(())
}

/// A name without the white space and direction marks around it, one space for each run inside.
fn tidy(name: &str) -> String {
    let words = name.trim_matches(is_margin).split_whitespace();
    words.collect::<Vec<_>>().join(" ")
}

/// A table of which only the file is known.
pub(crate) const fn unread(file: String) -> Frame {
    Frame {
        file,
        sheet: None,
        header_row: 0,
        header: Vec::new(),
    }
}
