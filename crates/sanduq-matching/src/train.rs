//! Fits the weights on rolls with a known truth: two logistic regressions over the same cells, one
//! against strangers and one against relatives, by Newton's method with a ridge. Floating point
//! ends here: what leaves is a table of integers.

use rayon::prelude::*;
use sanduq_register::matching::evidence::CELLS;
use sanduq_register::matching::evidence::EXTRAS_AT;
use sanduq_register::matching::evidence::Evidence;
use sanduq_register::matching::evidence::LIKENESS_CELLS;
use sanduq_register::matching::evidence::RARITIES;
use sanduq_register::matching::evidence::SAME_PLACE_AT;
use sanduq_register::matching::profile::MOST_EXTRAS;
use sanduq_register::matching::profile::NAME_PARTS;
use sanduq_register::matching::similarity::LIKENESSES;
use sanduq_register::matching::weights::HALF_BIT_MILLINATS;

/// Evidence seen in training, with how often it was one person and how often not.
pub type Seen = (Evidence, [f64; 2]);

/// What a cell is made of: columns of the regression with their values.
pub struct Design {
    cells: Vec<Vec<(usize, f64)>>,
    columns: usize,
}

impl Default for Design {
    fn default() -> Self {
        let mut design = Self {
            cells: vec![Vec::new(); CELLS],
            columns: 1,
        };
        for table in 0..NAME_PARTS + MOST_EXTRAS {
            let start = if table < NAME_PARTS {
                table * LIKENESS_CELLS
            } else {
                EXTRAS_AT + (table - NAME_PARTS) * LIKENESS_CELLS
            };
            for likeness in 0..LIKENESSES {
                design.sloped(start + likeness * RARITIES);
            }
        }
        design.sloped(SAME_PLACE_AT);
        for cell in 0..CELLS {
            if design.cells[cell].is_empty() {
                let column = design.column();
                design.cells[cell].push((column, 1.0));
            }
        }
        design
    }
}

impl Design {
    fn column(&mut self) -> usize {
        self.columns += 1;
        self.columns - 1
    }

    /// Cells by rarity: a level, a slope and a bend.
    fn sloped(&mut self, start: usize) {
        let columns = [self.column(), self.column(), self.column()];
        for rarity in 0..RARITIES {
            let value = rarity as f64 / 16.0;
            let bend = (value - 0.75).max(0.0);
            self.cells[start + rarity] =
                vec![(columns[0], 1.0), (columns[1], value), (columns[2], bend)];
        }
    }

    fn row(&self, evidence: &Evidence, row: &mut Vec<(usize, f64)>) {
        row.clear();
        row.push((0, 1.0));
        for cell in evidence.lit_cells() {
            row.extend(self.cells[cell].iter().filter(|(_, value)| *value != 0.0));
        }
    }
}

/// Fits one regression; `against_strangers` counts the prior in.
/// Returns the start and the cells, in millinats.
#[must_use]
pub fn fit(seen: &[Seen], against_strangers: bool, ridge: f64) -> (i32, Vec<i32>) {
    let design = Design::default();
    let mut weights = vec![0.0; design.columns];
    let offset = |evidence: &Evidence| {
        let half_bits = if against_strangers {
            f64::from(evidence.prior)
        } else {
            0.0
        };
        half_bits * f64::from(HALF_BIT_MILLINATS) / 1000.0
    };
    for _ in 0..25 {
        let (gradient, hessian) = slopes(&design, seen, &weights, &offset, ridge);
        let step = solve(hessian, gradient, design.columns);
        let largest = step.iter().fold(0.0f64, |most, one| most.max(one.abs()));
        let shrink = (3.0 / largest).min(1.0);
        for (weight, one) in weights.iter_mut().zip(&step) {
            *weight += one * shrink;
        }
        if largest < 0.003 {
            break;
        }
    }
    let integer = |value: f64| millinats(value);
    let worth = |cell: &Vec<(usize, f64)>| {
        integer(
            cell.iter()
                .map(|(column, value)| weights[*column] * value)
                .sum(),
        )
    };
    (
        integer(weights[0]),
        design.cells.iter().map(worth).collect(),
    )
}

/// A worth in whole millinats, the nearest.
#[expect(clippy::cast_possible_truncation, reason = "clamped to what fits")]
fn millinats(worth: f64) -> i32 {
    (worth * 1000.0).round().clamp(-1e9, 1e9) as i32
}

type Slopes = (Vec<f64>, Vec<f64>);

fn slopes(
    design: &Design,
    seen: &[Seen],
    weights: &[f64],
    offset: &(impl Fn(&Evidence) -> f64 + Sync),
    ridge: f64,
) -> Slopes {
    let size = design.columns;
    let shares = seen.chunks(seen.len() / 2 + 1).collect::<Vec<_>>();
    let parts: Vec<Slopes> = shares
        .into_par_iter()
        .map(|share| {
            let (mut gradient, mut hessian) = (vec![0.0; size], vec![0.0; size * size]);
            let mut row = Vec::new();
            for (evidence, [yes, no]) in share {
                design.row(evidence, &mut row);
                let sum: f64 = row.iter().map(|(at, value)| weights[*at] * value).sum();
                let score = sum + offset(evidence);
                let chance = 1.0 / (1.0 + (-score).exp());
                let (error, curve) = (
                    yes - (yes + no) * chance,
                    (yes + no) * chance * (1.0 - chance),
                );
                for (at, value) in &row {
                    gradient[*at] += error * value;
                    if curve > 1e-9 {
                        for (facing, other) in &row {
                            hessian[at * size + facing] += curve * value * other;
                        }
                    }
                }
            }
            (gradient, hessian)
        })
        .collect();
    let (mut gradient, mut hessian) = (vec![0.0; size], vec![0.0; size * size]);
    for part in parts {
        gradient
            .iter_mut()
            .zip(part.0)
            .for_each(|(sum, one)| *sum += one);
        hessian
            .iter_mut()
            .zip(part.1)
            .for_each(|(sum, one)| *sum += one);
    }
    for at in 0..size {
        let strength = if at == 0 { 1e-6 } else { ridge };
        gradient[at] -= strength * weights[at];
        hessian[at * size + at] += strength;
    }
    (gradient, hessian)
}

/// Solves a symmetric positive system by Cholesky's method.
fn solve(mut matrix: Vec<f64>, mut vector: Vec<f64>, size: usize) -> Vec<f64> {
    for column in 0..size {
        for row in column..size {
            let (above, below) = (&matrix[column * size..], &matrix[row * size..]);
            let sum: f64 = above[..column]
                .iter()
                .zip(&below[..column])
                .map(|(a, b)| a * b)
                .sum();
            let rest = matrix[row * size + column] - sum;
            matrix[row * size + column] = if row == column {
                rest.max(1e-12).sqrt()
            } else {
                rest / matrix[column * size + column]
            };
        }
    }
    for row in 0..size {
        let sum: f64 = (0..row)
            .map(|at| matrix[row * size + at] * vector[at])
            .sum();
        vector[row] = (vector[row] - sum) / matrix[row * size + row];
    }
    for row in (0..size).rev() {
        let sum: f64 = (row + 1..size)
            .map(|at| matrix[at * size + row] * vector[at])
            .sum();
        vector[row] = (vector[row] - sum) / matrix[row * size + row];
    }
    vector
}

#[cfg(test)]
mod tests {
    use super::*;
    use sanduq_register::matching::evidence::PLACE_AT;

    #[test]
    fn evidence_seen_nine_times_in_ten_is_worth_the_logarithm_of_nine() {
        let mut evidence = Evidence::none();
        evidence.light(PLACE_AT, 1);
        let (start, cells) = fit(&[(evidence, [900.0, 100.0])], false, 1e-6);
        assert!((start + cells[PLACE_AT + 1] - 2197).abs() <= 2);
    }
}
