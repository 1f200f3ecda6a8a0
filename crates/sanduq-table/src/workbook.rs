//! Workbooks: one sheet of an .xlsx or .xls file, read row by row.
//!
//! Always true here: the sheet is the one that was named, or the only one with content, and then
//! nobody has hidden it; rows that a filter hides are rows like the others; row numbers are the
//! sheet's own. An .xlsx sheet is streamed (only its shared texts are in memory),
//! so that one cell far out cannot ask for a grid of billions.

use core::fmt::Write;
use core::ops::ControlFlow;
use std::io::Cursor;
use std::io::Read;
use std::panic::AssertUnwindSafe;
use std::panic::catch_unwind;

use calamine::Data;
use calamine::DataRef;
use calamine::ExcelDateTime;
use calamine::Range;
use calamine::Reader;
use calamine::SheetType;
use calamine::SheetVisible;
use calamine::Xls;
use calamine::Xlsx;
use calamine::XlsxFormulaMetadata;

use crate::archive;
use crate::archive::Archive;
use crate::archive::Stream;
use crate::assembly::Assembly;
use crate::assembly::write_number;
use crate::compound;
use crate::reading::Reading;
use crate::refusal::Fault;
use crate::refusal::TableFault;

/// A sheet of a workbook.
pub(crate) struct Sheet {
    pub(crate) name: String,
    book: Book,
    /// The most columns a row may have.
    columns: usize,
}

enum Book {
    Xlsx(Box<Xlsx<Box<dyn Stream>>>),
    Xls(Range<Data>),
}

/// Who gets the rows: their number and cells. Breaking ends the reading.
pub(crate) type Taker<'t> = &'t mut dyn FnMut(u64, &mut Assembly) -> ControlFlow<()>;

impl Sheet {
    /// The sheet of an .xlsx file whose archive has been looked into.
    pub(crate) fn xlsx(mut parts: Archive, reading: &Reading) -> Result<Self, Fault> {
        let bytes = archive::unpacked_bytes(&parts)?;
        let most = reading.limits.workbook_unpacked_bytes;
        if bytes > most {
            return Err(TableFault::TooLarge { bytes, most }.into());
        }
        check_shared_texts(&mut parts)?;
        let stream = parts.into_inner();
        let mut book = guarded(|| Xlsx::new(stream))?;
        let mut filled = Vec::new();
        let listed = listed(&book);
        for sheet in &listed {
            if guarded(|| first_cell(&mut book, &sheet.name))? {
                filled.push(sheet);
            }
        }
        let name = chosen(&listed, &filled, reading)?;
        Ok(Self {
            name,
            book: Book::Xlsx(Box::new(book)),
            columns: reading.limits.columns,
        })
    }

    /// The sheet of an .xls file.
    pub(crate) fn xls(mut stream: Box<dyn Stream>, reading: &Reading) -> Result<Self, Fault> {
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes)?;
        compound::check(&bytes, reading.limits.workbook_unpacked_bytes)?;
        let mut book = guarded(|| Xls::new(Cursor::new(bytes)))?;
        let listed = listed(&book);
        let mut ranges = Vec::new();
        for sheet in &listed {
            let range = guarded(|| book.worksheet_range(&sheet.name))?;
            if !range.is_empty() {
                ranges.push((sheet, range));
            }
        }
        let filled: Vec<&Listed> = ranges.iter().map(|(sheet, _)| *sheet).collect();
        let name = chosen(&listed, &filled, reading)?;
        let range = ranges.into_iter().find(|(sheet, _)| sheet.name == name);
        Ok(Self {
            name,
            book: Book::Xls(range.map(|(_, range)| range).unwrap_or_default()),
            columns: reading.limits.columns,
        })
    }

    /// Hands the rows that have content to `take`, from the first on.
    pub(crate) fn rows(&mut self, take: Taker<'_>) -> Result<(), Fault> {
        match &mut self.book {
            Book::Xlsx(book) => xlsx_rows(book, &self.name, self.columns, take),
            Book::Xls(range) => {
                xls_rows(range, take);
                Ok(())
            }
        }
    }
}

/// Runs the workbook parser over a file that may be damaged or made to harm: where its parts
/// contradict each other the parser may panic, and that is a fault of the file, not of the program.
fn guarded<T, E: core::fmt::Display>(work: impl FnOnce() -> Result<T, E>) -> Result<T, Fault> {
    let reason = match catch_unwind(AssertUnwindSafe(work)) {
        Ok(Ok(done)) => return Ok(done),
        Ok(Err(error)) => error.to_string(),
        Err(_) => "its parts contradict each other".to_owned(),
    };
    Err(TableFault::Damaged(reason).into())
}

/// A sheet as the workbook lists it.
struct Listed {
    name: String,
    hidden: bool,
}

impl Listed {
    /// Its name as a refusal shows it.
    fn shown(&self) -> String {
        match self.hidden {
            true => format!("{}, which is hidden", self.name),
            false => self.name.clone(),
        }
    }
}

fn listed<R, S>(book: &R) -> Vec<Listed>
where
    R: Reader<S>,
    S: Read + std::io::Seek,
{
    let sheets = book.sheets_metadata().iter();
    sheets
        .filter(|sheet| sheet.typ == SheetType::WorkSheet)
        .map(|sheet| Listed {
            name: sheet.name.clone(),
            hidden: sheet.visible != SheetVisible::Visible,
        })
        .collect()
}

/// The sheet that is meant, of all there are and those with content. A hidden one is taken only
/// where it was named: nobody should find out afterwards what was read.
fn chosen(all: &[Listed], filled: &[&Listed], reading: &Reading) -> Result<String, Fault> {
    if let Some(wanted) = &reading.sheet {
        return if all.iter().any(|sheet| sheet.name == *wanted) {
            Ok(wanted.clone())
        } else {
            Err(TableFault::SheetAbsent(all.iter().map(Listed::shown).collect()).into())
        };
    }
    match filled {
        [] => Err(TableFault::Empty.into()),
        [only] if only.hidden => Err(TableFault::SheetHidden(only.name.clone()).into()),
        [only] => Ok(only.name.clone()),
        several => {
            let names = several.iter().map(|sheet| sheet.shown()).collect();
            Err(TableFault::SheetUnclear(names).into())
        }
    }
}

/// Whether any cell of the sheet has content.
fn first_cell(book: &mut Xlsx<Box<dyn Stream>>, name: &str) -> Result<bool, calamine::XlsxError> {
    let mut cells = book.worksheet_cells_reader(name)?;
    while let Some(cell) = cells.next_cell()? {
        if *cell.get_value() != DataRef::Empty {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The parser sets memory aside for as many shared texts as the file announces; one that announces
/// more texts than it has bytes is refused before that.
fn check_shared_texts(parts: &mut Archive) -> Result<(), Fault> {
    const LOOK: u64 = 64 * 1024;
    const ANNOUNCED: &str = "uniqueCount";
    for index in 0..parts.len() {
        let entry = parts.by_index(index);
        let Ok(mut entry) = entry else { continue };
        let bytes = entry.size();
        let name = entry.name_raw().to_ascii_lowercase();
        if !name.ends_with(b"sharedstrings.xml") {
            continue;
        }
        let mut head = Vec::new();
        entry.by_ref().take(LOOK).read_to_end(&mut head)?;
        let head = String::from_utf8_lossy(&head);
        for (at, _) in head.match_indices(ANNOUNCED) {
            let after =
                head[at + ANNOUNCED.len()..].trim_start_matches(|c: char| !c.is_ascii_digit());
            let digits = after.split(|c: char| !c.is_ascii_digit()).next();
            let texts = digits.and_then(|digits| digits.parse::<u64>().ok());
            if texts.is_none_or(|texts| texts > bytes) {
                let reason = "it announces more texts than it can hold";
                return Err(TableFault::Damaged(reason.to_owned()).into());
            }
        }
    }
    Ok(())
}

fn xlsx_rows(
    book: &mut Xlsx<Box<dyn Stream>>,
    name: &str,
    columns: usize,
    take: Taker<'_>,
) -> Result<(), Fault> {
    let mut cells = guarded(|| book.worksheet_cells_reader(name))?;
    let mut row = Assembly::default();
    let mut number = 0_u64;
    while let Some(cell) = guarded(|| cells.next_cell_with_formula_metadata())? {
        let (at, column) = position(cell.pos);
        if at != number {
            if number > 0 && has_content(&row) && take(number, &mut row).is_break() {
                return Ok(());
            }
            row.clear();
        }
        if at < number || column < row.spans.len() {
            let reason = "its cells are out of order".to_owned();
            return Err(TableFault::Damaged(reason).at_row(at));
        }
        number = at;
        if column >= columns {
            return Err(TableFault::TooManyColumns(columns).at_row(at));
        }
        match (cell.value, cell.formula) {
            (DataRef::Empty, None) => {}
            // A formula without its result is written as one, so that nobody takes it for a blank.
            (DataRef::Empty, Some(formula)) => row.put(column, |out| write_formula(&formula, out)),
            (DataRef::SharedString(text), _) => row.put(column, |out| out.push_str(text)),
            (other, _) => row.put(column, |out| write_value(&Data::from(other), out)),
        }
    }
    if number > 0 && has_content(&row) {
        let _ = take(number, &mut row);
    }
    Ok(())
}

/// The number of a cell's row (the first is 1) and of its column (the first is 0).
fn position((row, column): (u32, u32)) -> (u64, usize) {
    (u64::from(row) + 1, index(column))
}

fn index(column: u32) -> usize {
    usize::try_from(column).expect("32 bits fit an index")
}

fn xls_rows(range: &Range<Data>, take: Taker<'_>) {
    let (first_row, first_column) = range.start().unwrap_or_default();
    let mut row = Assembly::default();
    for (number, cells) in (u64::from(first_row) + 1..).zip(range.rows()) {
        row.clear();
        for (column, cell) in (index(first_column)..).zip(cells) {
            if *cell != Data::Empty {
                row.put(column, |out| write_value(cell, out));
            }
        }
        if has_content(&row) && take(number, &mut row).is_break() {
            return;
        }
    }
}

fn has_content(row: &Assembly) -> bool {
    !row.text.trim_matches(crate::text::is_margin).is_empty()
}

/// Writes the value of a cell as text: whole numbers without a point, dates as `2014-10-26`, times
/// as `18:30:00`.
fn write_value(value: &Data, out: &mut String) {
    let written = match value {
        Data::Empty => Ok(()),
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => {
            out.push_str(text);
            Ok(())
        }
        Data::Int(number) => write!(out, "{number}"),
        Data::Float(number) => {
            write_number(*number, out);
            Ok(())
        }
        Data::Bool(value) => write!(out, "{value}"),
        Data::Error(error) => write!(out, "{error}"),
        Data::DateTime(moment) => write_moment(moment, out),
    };
    written.expect("a string takes what is written to it");
}

fn write_formula(formula: &XlsxFormulaMetadata, out: &mut String) {
    out.push('=');
    match formula {
        XlsxFormulaMetadata::Normal { formula } | XlsxFormulaMetadata::Shared { formula, .. } => {
            out.push_str(formula);
        }
        _ => out.push('…'),
    }
}

fn write_moment(moment: &ExcelDateTime, out: &mut String) -> core::fmt::Result {
    let serial = moment.as_f64();
    let (year, month, day, hour, minute, second, _) = moment.to_ymd_hms_milli();
    if moment.is_duration() {
        // Durations go beyond a day, which the parts of a date do not.
        let seconds: u64 = format!("{:.0}", serial.max(0.0) * 86_400.0)
            .parse()
            .unwrap_or(u64::MAX);
        let (minutes, second) = (seconds / 60, seconds % 60);
        return write!(out, "{}:{:02}:{second:02}", minutes / 60, minutes % 60);
    }
    let has_date = serial >= 1.0;
    let has_time = serial.fract() != 0.0;
    if has_date {
        write!(out, "{year:04}-{month:02}-{day:02}")?;
    }
    if has_date && has_time {
        out.push('T');
    }
    if has_time || !has_date {
        write!(out, "{hour:02}:{minute:02}:{second:02}")?;
    }
    Ok(())
}

#[cfg(test)]
mod tests;
