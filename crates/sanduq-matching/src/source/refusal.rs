//! Why a whole file is refused: a stable code, the place, and a sentence on what to do.
//!
//! Always true here: a refusal quotes the names of columns and nothing of a row, because rows are
//! about persons.

use core::fmt;

use sanduq_core::refusal::Refusal;
use sanduq_table::Encoding;
use thiserror::Error;

/// Names of columns that are shown at most.
const NAMES: usize = 40;

/// Characters of a column's name that are shown at most.
const NAME_LETTERS: usize = 60;

/// A file that is not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceRefusal {
    /// Where.
    pub place: Box<Place>,
    /// Why.
    pub fault: SourceFault,
}

/// A place in a roll's file. What is not known or does not apply is absent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// The file's name, never the folder it lies in, so that two machines name one place alike.
    pub file: String,
    /// The line of a text, as an editor numbers it: the first is 1.
    pub line: Option<u64>,
    /// The row of a Parquet file: the first is 1.
    pub row: Option<u64>,
    /// The column's name.
    pub column: Option<String>,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if let Some(line) = self.line {
            write!(f, ", line {line}")?;
        }
        if let Some(row) = self.row {
            write!(f, ", row {row}")?;
        }
        if let Some(column) = &self.column {
            write!(f, ", column “{}”", shown(column))?;
        }
        Ok(())
    }
}

impl fmt::Display for SourceRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.fault)
    }
}

impl core::error::Error for SourceRefusal {}

impl Refusal for SourceRefusal {
    fn code(&self) -> &'static str {
        self.fault.code()
    }
}

/// What is wrong with a file.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum SourceFault {
    /// No file has this name.
    #[error("there is no such file; check the folder and the name")]
    NotFound,
    /// It cannot be opened, or reading it broke off.
    #[error("it cannot be read ({0}); check the medium and the rights to it")]
    Unreadable(String),
    /// The file has no content.
    #[error("it is empty; ask its sender for it again")]
    Empty,
    /// A packed file.
    #[error("it is packed ({kind}); unpack it first ({command})")]
    Packed {
        /// How it is packed.
        kind: &'static str,
        /// What unpacks it.
        command: &'static str,
    },
    /// A file of another kind than a roll is read from.
    #[error("it is {0}; save the roll as CSV in UTF-8 or as Parquet")]
    OtherFormat(&'static str),
    /// A zero byte, which no text has.
    #[error("there is a zero byte at byte {offset}, so it is no text; save it as “CSV UTF-8”")]
    ZeroByte {
        /// Where in the file; the first byte is 0.
        offset: u64,
    },
    /// The heading, or more rows than may be damaged, are not UTF-8.
    #[error("it is not UTF-8, it looks like {looks_like}; {}", conversion(*looks_like))]
    NotUtf8 {
        /// What it looks like; a hint for the person, never used to read it.
        looks_like: Encoding,
    },
    /// Lines that end in a carriage return alone.
    #[error("its lines end in a carriage return alone; save it with plain line ends")]
    LineEnds,
    /// The first row holds numbers and none of the wanted names.
    #[error("its first row holds no column names; put the names above the rows")]
    NoHeader,
    /// A required column that is not there.
    #[error(
        "there is no column “{name}”{}; it has: {}",
        suggestion(nearest),
        listed(have)
    )]
    MissingColumn {
        /// The column's name.
        name: String,
        /// The columns the file has.
        have: Vec<String>,
        /// The one among them that may be meant.
        nearest: Option<String>,
    },
    /// A column that is there twice.
    #[error("columns {first} and {second} both have this name; rename or remove one of them")]
    RepeatedColumn {
        /// The first of them; the file's first column is 1.
        first: usize,
        /// The second.
        second: usize,
    },
    /// A quote mark that opens a field and is never closed.
    #[error("the quote mark that opens this field is never closed; close it, or remove it")]
    UnclosedQuote,
    /// A quote mark inside a column's name.
    #[error("a quote mark stands inside a column's name; type the column names again")]
    QuoteInHeader,
    /// A line without end.
    #[error("the line is longer than {0} bytes; check that it is a table of rows")]
    LineTooLong(usize),
    /// More or fewer bytes than when the file was opened.
    #[error(
        "it had {expected} bytes when it was opened and {found} were read; wait until it is \
         written, and start again"
    )]
    Changed {
        /// Bytes when it was opened.
        expected: u64,
        /// Bytes that were read.
        found: u64,
    },
    /// A Parquet file that contradicts itself or ends too early.
    #[error("it is damaged ({0}); copy it again and compare its size with the original")]
    Damaged(String),
    /// A Parquet file under a key.
    #[error("it is encrypted; ask its sender for it without a key, on a way that is safe itself")]
    Encrypted,
    /// A Parquet column of a type that no field of a roll has.
    #[error("the column holds {0}; write it as text")]
    ColumnType(String),
    /// A Parquet column that is packed in a way that is not read.
    #[error("the column is compressed with {0}; write it with Snappy, Zstandard or gzip")]
    Compression(String),
}

impl SourceFault {
    /// The stable code of the fault.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NotFound => "source.not_found",
            Self::Unreadable(_) => "source.unreadable",
            Self::Empty => "source.empty",
            Self::Packed { .. } => "source.packed",
            Self::OtherFormat(_) => "source.other_format",
            Self::ZeroByte { .. } => "source.zero_byte",
            Self::NotUtf8 { .. } => "source.not_utf8",
            Self::LineEnds => "source.line_ends",
            Self::NoHeader => "source.no_header",
            Self::MissingColumn { .. } => "source.missing_column",
            Self::RepeatedColumn { .. } => "source.repeated_column",
            Self::UnclosedQuote => "source.unclosed_quote",
            Self::QuoteInHeader => "source.quote_in_header",
            Self::LineTooLong(_) => "source.line_too_long",
            Self::Changed { .. } => "source.changed",
            Self::Damaged(_) => "source.damaged",
            Self::Encrypted => "source.encrypted",
            Self::ColumnType(_) => "source.column_type",
            Self::Compression(_) => "source.compression",
        }
    }

    /// The fault, on this line of a text.
    pub(crate) fn on_line(self, line: u64) -> Fault {
        Fault {
            line: Some(line),
            ..Fault::from(self)
        }
    }

    /// The fault, in the column of this name.
    pub(crate) fn in_column(self, column: Option<&str>) -> Fault {
        Fault {
            column: column.map(str::to_owned),
            ..Fault::from(self)
        }
    }
}

/// What turns a file of this encoding into UTF-8.
fn conversion(encoding: Encoding) -> String {
    let name = match encoding {
        Encoding::Utf16LittleEndian => "UTF-16LE",
        Encoding::Utf16BigEndian => "UTF-16BE",
        Encoding::Utf32 => "UTF-32",
        Encoding::Windows1256 => "WINDOWS-1256",
        Encoding::Windows1251 => "WINDOWS-1251",
        Encoding::Windows1252 => "WINDOWS-1252",
        Encoding::Unknown => return "ask its sender for it as “CSV UTF-8”".to_owned(),
    };
    format!("save it as “CSV UTF-8”, or convert it: iconv -f {name} -t UTF-8 roll.csv > utf8.csv")
}

fn suggestion(nearest: &Option<String>) -> String {
    nearest.as_ref().map_or_else(String::new, |name| {
        format!(", rename “{}” if that is it", shown(name))
    })
}

fn listed(names: &[String]) -> String {
    let mut list: Vec<String> = names.iter().take(NAMES).map(|name| shown(name)).collect();
    if names.len() > NAMES {
        list.push(format!("and {} more", names.len() - NAMES));
    }
    list.join(", ")
}

/// A name as a person can see it: short, and with its hidden characters as numbers, because they
/// are why two names that look alike are not the same.
fn shown(name: &str) -> String {
    let mut seen = String::new();
    for letter in name.chars().take(NAME_LETTERS) {
        let hides = letter.is_control()
            || matches!(letter, '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}')
            || matches!(letter, '\u{2060}'..='\u{2069}' | '\u{61C}' | '\u{FEFF}');
        if hides {
            seen.push_str(&format!("‹U+{:04X}›", u32::from(letter)));
        } else {
            seen.push(letter);
        }
    }
    seen
}

/// A fault as a reader finds it, before the source has put the file's name on it.
#[derive(Debug)]
pub(crate) struct Fault {
    pub(crate) line: Option<u64>,
    pub(crate) row: Option<u64>,
    pub(crate) column: Option<String>,
    pub(crate) fault: Box<SourceFault>,
}

impl Fault {
    /// The refusal of the file of this name.
    pub(crate) fn of(self, file: &str) -> SourceRefusal {
        SourceRefusal {
            place: Box::new(Place {
                file: file.to_owned(),
                line: self.line,
                row: self.row,
                column: self.column,
            }),
            fault: *self.fault,
        }
    }
}

impl From<SourceFault> for Fault {
    fn from(fault: SourceFault) -> Self {
        Self {
            line: None,
            row: None,
            column: None,
            fault: Box::new(fault),
        }
    }
}

impl From<std::io::Error> for Fault {
    fn from(error: std::io::Error) -> Self {
        match error.kind() {
            std::io::ErrorKind::NotFound => SourceFault::NotFound,
            _ => SourceFault::Unreadable(error.to_string()),
        }
        .into()
    }
}
