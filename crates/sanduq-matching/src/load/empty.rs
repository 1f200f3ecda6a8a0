//! Rows in which nothing stands: a spreadsheet leaves them behind by the thousand. There is nothing
//! in them to correct, so they are counted, and the first of them is told.

use crate::load::Loaded;

/// The empty rows of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Empty {
    /// The file's name.
    pub file: String,
    /// Rows with nothing in any column that is read, lines without any field among them.
    pub rows: u64,
    /// The line of the first of them; none where there is none.
    pub first_line: Option<u64>,
}

impl Empty {
    /// None yet.
    #[must_use]
    pub const fn none(file: String) -> Self {
        Self {
            file,
            rows: 0,
            first_line: None,
        }
    }
}

impl Loaded {
    /// So many rows more of the file at hand are empty, of which the first is on this line.
    pub(super) fn count_empty(&mut self, rows: u64, line: Option<u64>) {
        if let Some(empty) = self.empty.last_mut() {
            empty.rows += rows;
            let lines = empty.first_line.into_iter().chain(line);
            empty.first_line = lines.min();
        }
    }
}
