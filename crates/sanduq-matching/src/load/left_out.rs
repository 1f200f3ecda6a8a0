//! Rows of a file that became no record, so that the row of each record is found again.

use crate::load::Loaded;

/// The numbers of the rows of one file that became no record, in their order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LeftOut(Vec<u64>);

impl LeftOut {
    /// The row of a record of the file, by the record's place among them; both begin at 0.
    #[must_use]
    pub fn row_of(&self, record: u64) -> u64 {
        let mut row = record;
        for gap in &self.0 {
            if *gap > row {
                break;
            }
            row += 1;
        }
        row
    }

    /// Bytes of memory.
    pub(super) fn memory(&self) -> u64 {
        8 * self.0.capacity() as u64
    }
}

impl Loaded {
    /// A row of the file at hand becomes no record.
    pub(super) fn leave_out(&mut self, row: u64) {
        if let Some(left_out) = self.left_out.last_mut() {
            left_out.0.push(row);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::LeftOut;

    #[test]
    fn the_row_of_a_record_is_found_behind_those_left_out() {
        for (gaps, rows) in [
            (&[][..], [0, 1, 2, 3]),
            (&[0], [1, 2, 3, 4]),
            (&[1, 2], [0, 3, 4, 5]),
            (&[0, 2, 4], [1, 3, 5, 6]),
            (&[3], [0, 1, 2, 4]),
            (&[9], [0, 1, 2, 3]),
        ] {
            let left_out = LeftOut(gaps.to_vec());
            let found = [0, 1, 2, 3].map(|record| left_out.row_of(record));
            assert_eq!(found, rows, "{gaps:?}");
        }
    }
}
