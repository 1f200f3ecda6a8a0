//! Why a table is refused: a stable code, the place, and a sentence on what to do.
//!
//! Always true here: a refusal names its place as exactly as the file allows, and quotes no cell
//! but the one it refuses.

use core::fmt;

use sanduq_core::refusal::Refusal;
use thiserror::Error;

use crate::count::CountFault;
use crate::encoding::Encoding;
use crate::place::Place;
use crate::place::letters;
use crate::text::shown;

/// A table, or a cell of it, that is not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableRefusal {
    /// Where.
    pub place: Box<Place>,
    /// Why.
    pub fault: TableFault,
}

impl fmt::Display for TableRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.fault)
    }
}

impl core::error::Error for TableRefusal {}

impl Refusal for TableRefusal {
    fn code(&self) -> &'static str {
        self.fault.code()
    }
}

/// What is wrong with a table.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum TableFault {
    /// The file or folder cannot be opened or read.
    #[error("it cannot be read ({0}); check the path, the medium and the rights to it")]
    Unreadable(String),
    /// The content is of a kind that holds no table.
    #[error("it is {0}, not a table; save the table as .xlsx or as CSV in UTF-8")]
    NotATable(&'static str),
    /// A folder or an archive without any table.
    #[error("there is no table in it; tables end in .csv, .tsv, .json, .xlsx, .xls or .zip")]
    NoTable,
    /// The file has no content.
    #[error("it is empty; ask its sender for it again")]
    Empty,
    /// The file ends in the middle of something.
    #[error("it is cut short or damaged; copy it again and compare its size with the original")]
    CutShort,
    /// The content contradicts itself.
    #[error("it is damaged ({0}); copy it again, or save it anew from the program it comes from")]
    Damaged(String),
    /// A workbook or an unpacked archive beyond the bound of its kind.
    #[error("it has {bytes} bytes and {most} are the most for this kind; save it as plain CSV")]
    TooLarge {
        /// Bytes found or announced.
        bytes: u64,
        /// The bound.
        most: u64,
    },
    /// Bytes that are not UTF-8.
    #[error(
        "it is not UTF-8 from byte {offset} on, it looks like {looks_like}; \
         save it again as “CSV UTF-8”"
    )]
    NotUtf8 {
        /// Byte offset in the (unpacked) file; the first byte is 0.
        offset: u64,
        /// What it looks like; a hint for the person, never used to read it.
        looks_like: Encoding,
    },
    /// A zero byte, which no text has.
    #[error(
        "there is a zero byte at byte {offset}, so it is no plain text; save it as “CSV UTF-8”"
    )]
    NulByte {
        /// Byte offset in the (unpacked) file; the first byte is 0.
        offset: u64,
    },
    /// No heading is found: no rows with content, or nothing but numbers in the first.
    #[error("there is no row of column names above the rows; add it as the first row")]
    NoHeader,
    /// Two columns of one name; the place names the second.
    #[error("column {} has the same name; give each column a name of its own", letters(*.first))]
    RepeatedColumn {
        /// The number of the first column of that name; the first column is 1.
        first: usize,
    },
    /// A column that was asked for by name is not there.
    #[error("there is no column “{0}”; check the form, or correct the column's name")]
    MissingColumn(String),
    /// A control or direction character inside a column's name.
    #[error("the column's name has the hidden character {}; type the name again", shown(*.0))]
    HiddenInHeader(char),
    /// More columns than a table has.
    #[error("there are more than {0} columns; check how the columns are separated")]
    TooManyColumns(usize),
    /// The heading has more than one kind of separator.
    #[error("commas, semicolons and tabs are mixed in the column names; put each name in quotes")]
    SeparatorUnclear,
    /// A row with more or fewer cells than the heading.
    #[error("the row has {cells} cells under {columns} columns; correct the row")]
    RaggedRow {
        /// Cells in the row.
        cells: usize,
        /// Columns in the heading.
        columns: usize,
    },
    /// A cell that begins with a quote mark and never ends.
    #[error("the quote mark that opens this cell is never closed; close it, or remove it")]
    UnclosedQuote,
    /// A quote mark inside a cell without quotes, or text after the closing quote mark.
    #[error("a quote mark stands inside the cell; enclose the cell in quotes and double it inside")]
    StrayQuote,
    /// A carriage return that ends no line.
    #[error("there is a carriage return without line feed; save the file with plain line ends")]
    StrayReturn,
    /// A row beyond the bound.
    #[error("the row is longer than {0} bytes; look for a quote mark that is not closed")]
    RowTooLong(usize),
    /// More than one table in an archive.
    #[error("there are several tables in the archive ({}); send one table in each", .0.join(", "))]
    SeveralTables(Vec<String>),
    /// The only table in an archive is a workbook or an archive itself.
    #[error("“{0}” is packed in it, and only .csv, .tsv or .json are read there; unpack it first")]
    PackedTable(String),
    /// A table in an archive whose name leads out of it or hides characters.
    #[error("its entry “{0}” has a name that leads out of it or hides itself; pack it anew")]
    UnsafeName(String),
    /// A table under a password.
    #[error("it is locked with a password; unlock it, and send the key another way than the file")]
    Encrypted,
    /// More than one sheet has content and none was named.
    #[error(
        "several sheets have content ({}); leave one in the file, or let the form name it",
        .0.join("; ")
    )]
    SheetUnclear(Vec<String>),
    /// The only sheet with content is hidden and was not named.
    #[error("its only sheet with content, “{0}”, is hidden; show it, look at it and send it again")]
    SheetHidden(String),
    /// The sheet that was named is not there.
    #[error("the workbook has no such sheet, it has: {}; correct the name", .0.join("; "))]
    SheetAbsent(Vec<String>),
    /// JSON of another shape than a list of objects.
    #[error("a JSON table is a list of objects, [{{…}}, {{…}}]; export it in that shape")]
    NotAListOfObjects,
    /// Text that is not JSON.
    #[error("this is not correct JSON ({0}); export it again")]
    NotJson(String),
    /// An object with a key that the first has not.
    #[error("the first object has no key “{0}”; give every object the same keys")]
    UnknownKey(String),
    /// An object without a key that the first has.
    #[error("the key is missing in this object; give every object the same keys")]
    MissingKey,
    /// One key twice in an object.
    #[error("the key stands twice in this object; keep one of them")]
    RepeatedKey,
    /// A list or an object inside an object.
    #[error("the value is a list or an object; a table has one text or number in a cell")]
    NestedValue,
    /// A cell of the table.
    #[error("{fault} (found {found:?})")]
    Cell {
        /// What is wrong with it.
        fault: CellFault,
        /// The cell, shortened, hidden characters made visible.
        found: String,
    },
}

impl TableFault {
    /// The stable code of the fault.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Unreadable(_) => "table.unreadable",
            Self::NotATable(_) => "table.not_a_table",
            Self::NoTable => "table.no_table",
            Self::Empty => "table.empty",
            Self::CutShort => "table.cut_short",
            Self::Damaged(_) => "table.damaged",
            Self::TooLarge { .. } => "table.too_large",
            Self::NotUtf8 { .. } => "table.not_utf8",
            Self::NulByte { .. } => "table.nul_byte",
            Self::NoHeader => "table.no_header",
            Self::RepeatedColumn { .. } => "table.repeated_column",
            Self::MissingColumn(_) => "table.missing_column",
            Self::HiddenInHeader(_) => "table.hidden_in_header",
            Self::TooManyColumns(_) => "table.too_many_columns",
            Self::SeparatorUnclear => "table.separator_unclear",
            Self::RaggedRow { .. } => "table.ragged_row",
            Self::UnclosedQuote => "table.unclosed_quote",
            Self::StrayQuote => "table.stray_quote",
            Self::StrayReturn => "table.stray_return",
            Self::RowTooLong(_) => "table.row_too_long",
            Self::SeveralTables(_) => "table.several_tables",
            Self::PackedTable(_) => "table.packed",
            Self::UnsafeName(_) => "table.unsafe_name",
            Self::Encrypted => "table.encrypted",
            Self::SheetUnclear(_) => "table.sheet_unclear",
            Self::SheetHidden(_) => "table.sheet_hidden",
            Self::SheetAbsent(_) => "table.sheet_absent",
            Self::NotAListOfObjects => "table.not_a_list_of_objects",
            Self::NotJson(_) => "table.not_json",
            Self::UnknownKey(_) => "table.unknown_key",
            Self::MissingKey => "table.missing_key",
            Self::RepeatedKey => "table.repeated_key",
            Self::NestedValue => "table.nested_value",
            Self::Cell { fault, .. } => fault.code(),
        }
    }

    /// The fault, in this row of the table.
    pub(crate) const fn at_row(self, row: u64) -> Fault {
        Fault {
            row: Some(row),
            column: None,
            fault: self,
        }
    }

    /// The fault, in this cell of the table; `column` is 0 for the first.
    pub(crate) const fn at(self, row: u64, column: usize) -> Fault {
        Fault {
            row: Some(row),
            column: Some(column),
            fault: self,
        }
    }
}

/// What is wrong with a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum CellFault {
    /// It is not a count.
    #[error(transparent)]
    Count(#[from] CountFault),
    /// The row ends before it.
    #[error("the row has no cell here; correct the row")]
    Absent,
    /// A control character (a line break too) or one that reorders the text around it: such text
    /// can show another name than it holds.
    #[error("the hidden character {} stands in the text; type the text again", shown(*.0))]
    Hidden(char),
}

impl CellFault {
    /// The stable code of the fault.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Count(fault) => fault.code(),
            Self::Absent => "cell.absent",
            Self::Hidden(_) => "cell.hidden_character",
        }
    }
}

/// A cell that is not taken, with what stands in it.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{place}: {fault} (found {found:?})")]
pub struct CellRefusal {
    /// Where.
    pub place: Box<Place>,
    /// Why.
    pub fault: CellFault,
    /// The cell, shortened, hidden characters made visible.
    pub found: String,
}

impl Refusal for CellRefusal {
    fn code(&self) -> &'static str {
        self.fault.code()
    }
}

impl From<CellRefusal> for TableRefusal {
    fn from(refusal: CellRefusal) -> Self {
        Self {
            place: refusal.place,
            fault: TableFault::Cell {
                fault: refusal.fault,
                found: refusal.found,
            },
        }
    }
}

/// A fault as a reader finds it, before the table has put its own name on it.
#[derive(Debug)]
pub(crate) struct Fault {
    pub(crate) row: Option<u64>,
    /// 0 for the first column.
    pub(crate) column: Option<usize>,
    pub(crate) fault: TableFault,
}

impl From<TableFault> for Fault {
    fn from(fault: TableFault) -> Self {
        Self {
            row: None,
            column: None,
            fault,
        }
    }
}

impl From<std::io::Error> for Fault {
    fn from(error: std::io::Error) -> Self {
        let fault = match error.kind() {
            std::io::ErrorKind::UnexpectedEof => TableFault::CutShort,
            std::io::ErrorKind::InvalidData | std::io::ErrorKind::InvalidInput => {
                TableFault::Damaged(error.to_string())
            }
            _ => TableFault::Unreadable(error.to_string()),
        };
        fault.into()
    }
}
