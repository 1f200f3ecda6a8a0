//! Rows of totals that no word tells, known by their figures.
//! Always true here: a row is compared with the rows above it in its own file, those of each unit
//! that it lies in and all of them; it is added to them only when it is the sum of none.

use super::super::refusal::ImportRefusal;
use super::super::units::Node;
use sanduq_core::count::Votes;
use sanduq_table::Row;
use std::collections::BTreeMap;

/// So many rows with figures stand above a sum; above one row of two, one would be the copy of the
/// other.
const LEAST_ROWS: u32 = 2;

/// So many figures of a sum are none of zero; a row with fewer says too little to be called one.
const LEAST_FIGURES: u32 = 3;

/// The sums of the rows of one file so far, by the unit that they lie in.
#[derive(Default)]
pub struct RunningSums {
    sums: Vec<Sum>,
    /// Which of the sums is a unit's.
    places: BTreeMap<Node, usize>,
    /// The units of the row before, from the nation down, and which sums are theirs.
    before: Vec<(Node, usize)>,
}

/// The sum of the rows of one unit.
#[derive(Default)]
struct Sum {
    /// How many rows have a figure other than zero.
    rows: u32,
    /// By line. Figures are at most 2^63 - 1, so that a sum that has come to its end is no figure.
    lines: Vec<u64>,
}

impl Sum {
    fn add(&mut self, figures: &[Option<Votes>]) {
        self.lines.resize(figures.len(), 0);
        let mut any = 0;
        for (sum, figure) in self.lines.iter_mut().zip(figures) {
            let figure = figure.map_or(0, Votes::get);
            any |= figure;
            *sum = sum.saturating_add(figure);
        }
        self.rows = self.rows.saturating_add(u32::from(any != 0));
    }

    /// Whether every figure is the sum of its line.
    fn is(&self, figures: &[Option<Votes>]) -> bool {
        if self.rows < LEAST_ROWS {
            return false;
        }
        let mut telling = 0;
        for (sum, figure) in self.lines.iter().zip(figures) {
            let Some(figure) = figure else { continue };
            if figure.get() != *sum {
                return false;
            }
            telling += u32::from(*sum != 0);
        }
        telling >= LEAST_FIGURES
    }
}

impl RunningSums {
    /// Takes a row with the units above its station, from the nation down.
    ///
    /// # Errors
    /// `sheet.total_row` where each figure of the row is the sum of the rows above it.
    pub fn take(
        &mut self,
        row: &Row<'_>,
        units: impl Iterator<Item = Node>,
        figures: &[Option<Votes>],
    ) -> Result<(), ImportRefusal> {
        for (level, unit) in units.enumerate() {
            if self.before.get(level).is_some_and(|known| known.0 == unit) {
                continue;
            }
            self.before.truncate(level);
            let next = self.sums.len();
            let place = *self.places.entry(unit).or_insert(next);
            if place == next {
                self.sums.push(Sum::default());
            }
            self.before.push((unit, place));
        }
        for (unit, place) in self.before.iter().rev() {
            if self.sums[*place].is(figures) {
                let rows = match *unit {
                    Node::NATION => "all rows above it in this file",
                    _ => "all rows above it in the same unit",
                };
                let why = format!(
                    "every figure of this row is the sum of {rows}: it is a row of totals and the \
                     form expects none there; take it out, or name it in `total_rows` of the \
                     form's source, so that it is compared"
                );
                return Err(ImportRefusal::at(row.place(), "sheet.total_row", why));
            }
        }
        for (_, place) in &self.before {
            self.sums[*place].add(figures);
        }
        Ok(())
    }
}
