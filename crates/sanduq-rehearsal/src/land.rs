//! The land of the invented nation: outlines of its provinces and constituencies, and a place for
//! each station. Always true here: the same seed and the same units give the same land; it is drawn
//! from a stream of its own, so that nothing else of a rehearsal depends on it; neighbours share
//! every point of their border. No place in it is real: it lies in the middle of an ocean.
//!
//! ```text
//! cells of a net ─▶ those near the middle are land ─▶ cut in two, again and again, for provinces,
//! then for constituencies ─▶ the border of each: the edges between its cells and others
//! ```

use crate::chance::Chance;
use crate::chance::split;
use sanduq_core::geography::Unit;
use sanduq_core::id::UnitCode;
use sanduq_core::outline::Point;
use sanduq_core::outline::Ring;
use std::collections::BTreeMap;
use std::collections::BTreeSet;

/// The corner of the land in the south-west, and how far it reaches, in millionths of a degree.
const SOUTH_WEST: Point = (21_000_000, -41_000_000);
const REACH: i32 = 7_000_000;
/// Cells to a constituency, on average; fewer would make borders of two lines.
const CELLS: u64 = 18;
/// The sides of a net: of the smallest nation and of the largest.
const SIDES: (u64, u64) = (22, 84);
/// The levels of the invented nation.
const PROVINCE: u8 = 1;
const CONSTITUENCY: u8 = 2;
const STATION: u8 = 4;

/// A cell by its column and row, or a knot of the net by the cell north-east of it.
type Cell = (i32, i32);

/// Gives provinces and constituencies their outlines and stations their places.
pub fn lay(units: &mut [Unit], seed: u64) {
    let mut net = Net::new(units, seed);
    let land = net.land();
    let tree = Tree::new(units);
    let provinces = tree.of(PROVINCE, None, units);
    let parts: Vec<Vec<usize>> = provinces
        .iter()
        .map(|province| tree.of(CONSTITUENCY, Some(*province), units))
        .collect();
    let weights: Vec<u64> = parts.iter().map(|parts| parts.len() as u64).collect();
    for ((province, parts), cells) in provinces.iter().zip(&parts).zip(net.cut(land, &weights)) {
        units[*province].outline = net.outline(&cells);
        for (part, cells) in parts.iter().zip(net.cut(cells, &vec![1; parts.len()])) {
            units[*part].outline = net.outline(&cells);
            let mut centre = None;
            for station in tree.below(*part, units) {
                // Stations of one centre stand in one house.
                let house = units[station].parent.clone();
                let place = match &centre {
                    Some((last, place)) if *last == house => *place,
                    _ => net.inside(&cells),
                };
                centre = Some((house, place));
                units[station].place = Some(place);
            }
        }
    }
}

/// Which units stand directly below which.
struct Tree {
    children: BTreeMap<UnitCode, Vec<usize>>,
}

impl Tree {
    fn new(units: &[Unit]) -> Self {
        let mut children: BTreeMap<UnitCode, Vec<usize>> = BTreeMap::new();
        for (at, unit) in units.iter().enumerate() {
            if let Some(above) = &unit.parent {
                children.entry(above.clone()).or_default().push(at);
            }
        }
        Self { children }
    }

    /// The units of a level, those directly below one.
    fn of(&self, level: u8, above: Option<usize>, units: &[Unit]) -> Vec<usize> {
        let above = above.map_or(&units[0].code, |above| &units[above].code);
        let below = self.children.get(above).into_iter().flatten().copied();
        below.filter(|at| units[*at].level == level).collect()
    }

    /// The stations below a unit, those of one centre beside each other.
    fn below(&self, top: usize, units: &[Unit]) -> Vec<usize> {
        let mut stations = Vec::new();
        let mut waiting = vec![top];
        while let Some(at) = waiting.pop() {
            if units[at].level == STATION {
                stations.push(at);
            }
            let below = self.children.get(&units[at].code).into_iter().flatten();
            waiting.extend(below.rev());
        }
        stations
    }
}

/// A net of cells whose knots are pulled out of their rows, as borders are.
struct Net {
    side: i32,
    knots: Vec<Point>,
    /// How high each cell lies; the land is what lies above the sea.
    heights: Vec<i64>,
    chance: Chance,
}

impl Net {
    fn new(units: &[Unit], seed: u64) -> Self {
        let mut chance = Chance::new(seed, "land");
        let parts = units.iter().filter(|unit| unit.level == CONSTITUENCY);
        let wanted = (parts.count() as u64 * CELLS * 2).isqrt();
        let side = i32::try_from(wanted.clamp(SIDES.0, SIDES.1)).unwrap_or(1);
        let step = REACH / side;
        let mut pull = |at: i32| {
            let room = u64::try_from(step * 3 / 5).unwrap_or(0);
            let off = i32::try_from(chance.below(room)).unwrap_or(0);
            at * step + off - step * 3 / 10
        };
        let mut knots = Vec::new();
        for row in 0..=side {
            for column in 0..=side {
                knots.push((SOUTH_WEST.0 + pull(row), SOUTH_WEST.1 + pull(column)));
            }
        }
        let heights = heights(side, &mut chance);
        Self {
            side,
            knots,
            heights,
            chance,
        }
    }

    fn knot(&self, (column, row): Cell) -> Point {
        let at = row * (self.side + 1) + column;
        self.knots[usize::try_from(at).unwrap_or(0)]
    }

    fn height(&self, (column, row): Cell) -> i64 {
        self.heights[usize::try_from(row * self.side + column).unwrap_or(0)]
    }

    /// The half of the cells that lies highest. The outermost stay sea.
    fn land(&self) -> Vec<Cell> {
        let inner = 1..self.side - 1;
        let mut cells: Vec<Cell> = inner
            .clone()
            .flat_map(|row| inner.clone().map(move |column| (column, row)))
            .collect();
        cells.sort_by_key(|cell| (core::cmp::Reverse(self.height(*cell)), *cell));
        cells.truncate(usize::try_from(self.side * self.side / 2).unwrap_or(1));
        cells
    }

    /// Cells in parts by weight: cut in two across their longer side, each half again. No part is
    /// left without a cell while there are enough.
    fn cut(&self, mut cells: Vec<Cell>, weights: &[u64]) -> Vec<Vec<Cell>> {
        if weights.len() < 2 {
            return weights.iter().map(|_| cells.clone()).collect();
        }
        let (first, second) = weights.split_at(weights.len() / 2);
        let spare = cells.len().saturating_sub(weights.len()) as u64;
        let shares = split(spare, &[first.iter().sum(), second.iter().sum()]);
        let here = usize::try_from(shares[0]).unwrap_or(0) + first.len();
        let reach = |of: fn(&Cell) -> i32| {
            let (low, high) = (cells.iter().map(of).min(), cells.iter().map(of).max());
            high.unwrap_or(0) - low.unwrap_or(0)
        };
        let wide = reach(|cell| cell.0) >= reach(|cell| cell.1);
        // Heights bend the cut a little.
        cells.sort_by_key(|cell| {
            let along = i64::from(if wide { cell.0 } else { cell.1 });
            (along * 100 + self.height(*cell) / 6, *cell)
        });
        let rest = cells.split_off(here.min(cells.len()));
        let mut parts = self.cut(cells, first);
        parts.extend(self.cut(rest, second));
        parts
    }

    /// The border of cells, as rings with the cells on their left.
    fn outline(&self, cells: &[Cell]) -> Vec<Ring> {
        let own: BTreeSet<Cell> = cells.iter().copied().collect();
        let mut edges: BTreeMap<Cell, Vec<Cell>> = BTreeMap::new();
        for &(x, y) in &own {
            let sides = [
                ((x, y - 1), (x, y), (x + 1, y)),
                ((x + 1, y), (x + 1, y), (x + 1, y + 1)),
                ((x, y + 1), (x + 1, y + 1), (x, y + 1)),
                ((x - 1, y), (x, y + 1), (x, y)),
            ];
            for (beyond, from, to) in sides {
                if !own.contains(&beyond) {
                    edges.entry(from).or_default().push(to);
                }
            }
        }
        let mut rings = Vec::new();
        while let Some((&start, _)) = edges.first_key_value() {
            let mut ring = vec![self.knot(start)];
            let mut at = start;
            loop {
                let ways = edges
                    .get_mut(&at)
                    .expect("a border goes on until it closes");
                let to = ways.pop().expect("a knot without a way on is taken out");
                if ways.is_empty() {
                    edges.remove(&at);
                }
                ring.push(self.knot(to));
                at = to;
                if at == start {
                    break;
                }
            }
            rings.push(ring);
        }
        rings
    }

    /// A place inside one of the cells.
    fn inside(&mut self, cells: &[Cell]) -> Point {
        let (x, y) = cells[self.chance.index(cells.len())];
        let corners = [(x, y), (x + 1, y), (x + 1, y + 1), (x, y + 1)].map(|at| self.knot(at));
        let weights = [0; 4].map(|_| 1 + i64::try_from(self.chance.below(9)).unwrap_or(0));
        let mean = |of: fn(&Point) -> i32| {
            let parts = corners.iter().zip(weights);
            let sum: i64 = parts
                .map(|(corner, weight)| i64::from(of(corner)) * weight)
                .sum();
            i32::try_from(sum / weights.iter().sum::<i64>()).unwrap_or(0)
        };
        (mean(|corner| corner.0), mean(|corner| corner.1))
    }
}

/// How high each cell lies: the higher the nearer to the middle, with hills between drawn points.
fn heights(side: i32, chance: &mut Chance) -> Vec<i64> {
    const HILLS: i32 = 5;
    let drawn: Vec<i64> = (0..(HILLS + 1) * (HILLS + 1))
        .map(|_| i64::try_from(chance.below(1_200)).unwrap_or(0))
        .collect();
    let hill = |x: i32, y: i32| drawn[usize::try_from(y * (HILLS + 1) + x).unwrap_or(0)];
    let mut heights = Vec::new();
    for row in 0..side {
        for column in 0..side {
            let (x, y) = (column * HILLS, row * HILLS);
            let (in_x, in_y) = (i64::from(x % side), i64::from(y % side));
            let (x, y, whole) = (x / side, y / side, i64::from(side));
            let south = hill(x, y) * (whole - in_x) + hill(x + 1, y) * in_x;
            let north = hill(x, y + 1) * (whole - in_x) + hill(x + 1, y + 1) * in_x;
            let hills = (south * (whole - in_y) + north * in_y) / (whole * whole);
            let off = |at: i32| i64::from(2 * at + 1 - side);
            let far = off(column) * off(column) + off(row) * off(row);
            heights.push(hills - far * 2_000 / (whole * whole));
        }
    }
    heights
}

#[cfg(test)]
mod tests;
