//! How a table is to be read: what a form says of its files beyond the columns it uses.

use std::collections::BTreeSet;

/// What the caller knows of the tables. The default is the strictest.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    /// The sheet of a workbook; needed where more than one has content.
    pub sheet: Option<String>,
    /// What separates the cells of a text; needed where the heading leaves it open.
    pub separator: Option<Separator>,
    /// What happens to a row with more or fewer cells than the heading.
    pub ragged_rows: RaggedRows,
    /// Names ([`crate::Table::header`]) that more than one column may have, because nobody will ask
    /// for them.
    pub repeatable: BTreeSet<String>,
    /// Bounds.
    pub limits: Limits,
}

/// What stands between two cells of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Separator {
    /// `,`
    Comma,
    /// `;`, as spreadsheet programs write where the comma is the decimal sign.
    Semicolon,
    /// A tab.
    Tab,
}

impl Separator {
    pub(crate) const fn byte(self) -> u8 {
        match self {
            Self::Comma => b',',
            Self::Semicolon => b';',
            Self::Tab => b'\t',
        }
    }
}

/// What happens to a row with more or fewer cells than the heading.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RaggedRows {
    /// The table is refused.
    #[default]
    Refuse,
    /// The row is handed over and says so ([`crate::Row::is_ragged`]): the caller sets that one
    /// sheet aside and takes the others.
    Hand,
}

/// Bounds on what is read into memory or unpacked. A plain text has none but the row.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Bytes of one row (or JSON object).
    pub row_bytes: usize,
    /// Columns.
    pub columns: usize,
    /// Bytes of a workbook file; and of an archive that comes from a stream.
    pub workbook_bytes: u64,
    /// Bytes of a workbook's parts, unpacked; of an .xls workbook the grids of its sheets.
    pub workbook_unpacked_bytes: u64,
    /// Bytes of a table in an archive, unpacked.
    pub archive_unpacked_bytes: u64,
    /// How many times larger than its packed form an unpacked table may be, beyond 64 MiB.
    pub archive_ratio: u64,
}

impl Default for Limits {
    fn default() -> Self {
        const MIB: u64 = 1 << 20;
        Self {
            row_bytes: 1 << 20,
            columns: 16_384,
            workbook_bytes: 64 * MIB,
            workbook_unpacked_bytes: 512 * MIB,
            archive_unpacked_bytes: 16_384 * MIB,
            archive_ratio: 200,
        }
    }
}
