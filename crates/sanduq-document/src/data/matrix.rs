//! A table of units by lines, cut into pieces that fit on a page.

use serde::Serialize;

/// Lines beside each other that still can be read on a page.
const COLUMNS: usize = 6;

/// A line that heads a column.
#[derive(Clone, Serialize)]
pub struct Column {
    /// The code.
    pub code: String,
    /// The name.
    pub name: String,
}

/// The figures of a unit.
pub struct Row {
    /// The name.
    pub name: String,
    /// The code.
    pub code: String,
    /// A figure for each column.
    pub cells: Vec<String>,
}

#[derive(Serialize)]
struct Cut {
    name: String,
    code: String,
    cells: Vec<String>,
}

/// A piece with at most so many columns.
#[derive(Serialize)]
pub struct Piece {
    columns: Vec<Column>,
    rows: Vec<Cut>,
    /// The unit's own figures, last.
    total: Vec<String>,
}

/// The table of `rows` with the `total` below it, in pieces.
pub fn pieces(columns: &[Column], rows: &[Row], total: &[String]) -> Vec<Piece> {
    let starts = (0..columns.len()).step_by(COLUMNS);
    let piece = |from: usize| {
        let to = columns.len().min(from + COLUMNS);
        Piece {
            columns: columns[from..to].to_vec(),
            rows: rows
                .iter()
                .map(|row| Cut {
                    name: row.name.clone(),
                    code: row.code.clone(),
                    cells: row.cells[from..to].to_vec(),
                })
                .collect(),
            total: total[from..to].to_vec(),
        }
    };
    starts.map(piece).collect()
}
