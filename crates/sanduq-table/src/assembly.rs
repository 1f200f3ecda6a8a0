//! A row put together cell by cell, for the kinds of file whose rows are not lines of text.

use core::fmt::Write;

use crate::row::Spans;

/// 2^50. Up to here a 64-bit float and every way of reading one keep whole numbers apart.
const EXACT: f64 = 1_125_899_906_842_624.0;

/// The text of a row and where its cells are in it; reused from row to row.
#[derive(Debug, Default)]
pub(crate) struct Assembly {
    pub(crate) text: String,
    pub(crate) spans: Spans,
}

impl Assembly {
    pub(crate) fn clear(&mut self) {
        self.text.clear();
        self.spans.clear();
    }

    /// Blank cells up to `columns`.
    pub(crate) fn pad(&mut self, columns: usize) {
        if self.spans.len() < columns {
            self.spans.resize(columns, (0, 0));
        }
    }

    /// Writes the cell at `column`, blank cells before it where there are none yet.
    pub(crate) fn put(&mut self, column: usize, write: impl FnOnce(&mut String)) {
        self.pad(column + 1);
        let start = self.text.len();
        write(&mut self.text);
        self.spans[column] = (start, self.text.len());
    }
}

/// Writes a number that a file holds as a 64-bit float: a whole one as a whole number. One too
/// large to be exact is written with its exponent, so that nobody takes it for a count.
pub(crate) fn write_number(number: f64, out: &mut String) {
    let written = if number == 0.0 {
        write!(out, "0")
    } else if number.abs() >= EXACT {
        write!(out, "{number:e}")
    } else {
        write!(out, "{number}")
    };
    written.expect("a string takes what is written to it");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_floats_are_written_as_whole_numbers() {
        for (number, written) in [
            (12.0, "12"),
            (0.0, "0"),
            (-0.0, "0"),
            (12.5, "12.5"),
            (-3.0, "-3"),
            (0.31, "0.31"),
            (1_125_899_906_842_623.0, "1125899906842623"),
            (1_125_899_906_842_624.0, "1.125899906842624e15"),
            (1e300, "1e300"),
            (f64::NAN, "NaN"),
        ] {
            let mut out = String::new();
            write_number(number, &mut out);
            assert_eq!(out, written);
        }
    }

    #[test]
    fn cells_keep_their_columns() {
        let mut row = Assembly::default();
        row.put(2, |out| out.push('c'));
        row.put(0, |out| out.push('a'));
        row.pad(4);
        let cells: Vec<&str> = row.spans.iter().map(|(s, e)| &row.text[*s..*e]).collect();
        assert_eq!(cells, ["a", "", "c", ""]);
    }
}
