//! Why a file cannot be loaded.

use crate::dates::DatesRefusal;
use crate::ids::LONGEST;
use crate::load::MOST_RECORDS;
use crate::load::Sexes;
use crate::memory::MemoryRefusal;
use crate::source::refusal::SourceRefusal;
use sanduq_core::refusal::Refusal;

/// Why a file cannot be loaded.
#[derive(Debug)]
pub enum LoadRefusal {
    /// It cannot be read.
    Source(SourceRefusal),
    /// It has no column of ids.
    NoId {
        /// The file's name.
        file: String,
        /// The columns that would be one.
        ids: String,
    },
    /// There are more records than can be compared.
    TooMany,
    /// They do not fit into the memory that is allowed.
    Memory(MemoryRefusal),
    /// Its dates cannot be compared.
    Dates(Box<DatesRefusal>),
    /// Some of its rows have no id of their own.
    Ids(Box<IdsRefusal>),
    /// A row has an id longer than one that is kept.
    LongId {
        /// The file's name.
        file: String,
        /// The line of the row.
        line: u64,
        /// The length of the id.
        bytes: usize,
    },
    /// More than half of its words for a sex are not known.
    Sexes(Box<Sexes>),
    /// A truth says of one record more than once whose it is.
    TruthTwice {
        /// The file's name.
        file: String,
        /// Rows that name a record again.
        rows: u64,
        /// The lines of the first of them.
        lines: Vec<u64>,
    },
    /// A truth says something else than yes or no of a person's own record.
    TruthOriginal {
        /// The file's name.
        file: String,
        /// The line of the row.
        line: u64,
    },
}

impl LoadRefusal {
    /// The same, of the file of this name.
    pub(super) fn of_file(self, name: &str) -> Self {
        match self {
            Self::LongId { line, bytes, .. } => Self::LongId {
                file: name.to_owned(),
                line,
                bytes,
            },
            other => other,
        }
    }
}

/// Rows that no pair can name, because they have no id of their own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdsRefusal {
    /// The file's name.
    pub file: String,
    /// Rows with the id of an earlier row, and rows without one.
    pub rows: [u64; 2],
    /// The lines of the first of each.
    pub lines: [Vec<u64>; 2],
}

impl core::fmt::Display for IdsRefusal {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        let what = ["have the id of an earlier row", "have no id"];
        let told = what.iter().zip(&self.rows).zip(&self.lines);
        let told = told.filter(|((_, rows), _)| **rows > 0);
        let told: Vec<String> = told
            .map(|((what, rows), lines)| {
                let more = if *rows > lines.len() as u64 {
                    ", …"
                } else {
                    ""
                };
                let lines: Vec<String> = lines.iter().map(u64::to_string).collect();
                format!("{rows} rows {what} (lines {}{more})", lines.join(", "))
            })
            .collect();
        write!(
            f,
            "{}: {}, and no pair can name them; give each row its own id, or have them numbered \
             (7, 7#2) with --repeated-ids number",
            self.file,
            told.join(" and ")
        )
    }
}

impl core::error::Error for IdsRefusal {}

impl Refusal for IdsRefusal {
    fn code(&self) -> &'static str {
        if self.rows[0] > 0 {
            "matching.repeated_ids"
        } else {
            "matching.empty_ids"
        }
    }
}

impl From<DatesRefusal> for LoadRefusal {
    fn from(refusal: DatesRefusal) -> Self {
        Self::Dates(Box::new(refusal))
    }
}

impl From<SourceRefusal> for LoadRefusal {
    fn from(refusal: SourceRefusal) -> Self {
        Self::Source(refusal)
    }
}

impl core::fmt::Display for LoadRefusal {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::Source(refusal) => refusal.fmt(f),
            Self::NoId { file, ids } => write!(
                f,
                "{file} has no column of ids, without which no pair can be named; it is to be \
                 called one of: {ids}"
            ),
            Self::Memory(refusal) => refusal.fmt(f),
            Self::Dates(refusal) => refusal.fmt(f),
            Self::Ids(refusal) => refusal.fmt(f),
            Self::LongId { file, line, bytes } => write!(
                f,
                "{file}, line {line}: the id has {bytes} bytes, and an id has {LONGEST} at most; \
                 give the row a shorter one"
            ),
            Self::Sexes(sexes) => write!(f, "{sexes}; write F and M, or leave the column empty"),
            Self::TruthTwice { file, rows, lines } => {
                let lines: Vec<String> = lines.iter().map(u64::to_string).collect();
                write!(
                    f,
                    "{file}: {rows} rows say again whose a record is (first on lines {}); leave \
                     one row for each record",
                    lines.join(", ")
                )
            }
            Self::TruthOriginal { file, line } => write!(
                f,
                "{file}, line {line}, column “is_original”: it says neither yes nor no; write \
                 true, yes or 1, or false, no or 0, or nothing, which is no"
            ),
            Self::TooMany => write!(
                f,
                "there are more than {MOST_RECORDS} records; compare a part of them at a time"
            ),
        }
    }
}

impl core::error::Error for LoadRefusal {}

impl Refusal for LoadRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::Source(refusal) => refusal.code(),
            Self::NoId { .. } => "matching.no_id",
            Self::Memory(refusal) => refusal.code(),
            Self::Dates(refusal) => refusal.code(),
            Self::Ids(refusal) => refusal.code(),
            Self::LongId { .. } => "matching.long_id",
            Self::Sexes(_) => "matching.sexes_unreadable",
            Self::TruthTwice { .. } => "matching.truth_twice",
            Self::TruthOriginal { .. } => "matching.truth_original",
            Self::TooMany => "matching.too_many",
        }
    }
}
