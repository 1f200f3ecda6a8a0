//! The stations that are best for a place, by metres and price together: points in boxes that
//! halve one another, each with the least price in it.
//!
//! Always true here: the best first, and of equally good ones the lower number first. Boxes are
//! those of space, not of a map, so that the poles and the date line are places like others.

use sanduq_register::placement::place::Point;

/// Stations of a box that is not divided.
const LEAF: usize = 8;

/// Stations by where they are.
#[derive(Clone, Debug, Default)]
pub struct Tree {
    /// Point and number of each station, box by box.
    points: Vec<(Point, u32)>,
    /// The box of the whole, then the halves of each one after the other: of the `n`th box they
    /// are the `2n + 1`st and the `2n + 2`nd.
    boxes: Vec<Box>,
}

/// A box of space along the axes.
#[derive(Clone, Copy, Debug)]
struct Box {
    low: [i32; 3],
    high: [i32; 3],
    /// No station in it has a lower price.
    price_metres: i64,
}

const EMPTY: Box = Box {
    low: [i32::MAX; 3],
    high: [i32::MIN; 3],
    price_metres: i64::MAX,
};

impl Box {
    /// Metres that a place has to the box at least.
    fn metres_from(&self, from: Point) -> i64 {
        let beside = |axis: usize| {
            let at = from.axes[axis];
            let within = at.clamp(self.low[axis], self.high[axis]);
            u64::from(at.abs_diff(within))
        };
        let square = beside(0).pow(2) + beside(1).pow(2) + beside(2).pow(2);
        (square.isqrt() / 100).cast_signed()
    }
}

/// A station that was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Found {
    /// Metres and price together.
    pub cost_metres: i64,
    /// Its number.
    pub site: u32,
    /// Metres alone, or the cost that was asked for instead.
    pub metres: u32,
}

/// The best so far.
#[derive(Clone, Debug, Default)]
pub struct Best {
    found: Vec<Found>,
    wanted: usize,
    /// What costs more is not looked for.
    most_metres: i64,
}

impl Best {
    /// The stations, best first.
    #[must_use]
    pub fn found(&self) -> &[Found] {
        &self.found
    }

    /// What costs more than this is not among them.
    fn limit(&self) -> i64 {
        match self.found.last() {
            Some(worst) if self.found.len() == self.wanted => worst.cost_metres,
            _ => self.most_metres,
        }
    }

    fn offer(&mut self, entry: Found) {
        if entry.cost_metres > self.most_metres {
            return;
        }
        if self.found.len() == self.wanted {
            if self.found.last().is_none_or(|worst| *worst <= entry) {
                return;
            }
            self.found.pop();
        }
        let mut at = self.found.len();
        while at > 0 && self.found[at - 1] > entry {
            at -= 1;
        }
        self.found.insert(at, entry);
    }
}

impl Tree {
    /// The tree of these stations; every price is zero.
    #[must_use]
    pub fn new(mut points: Vec<(Point, u32)>) -> Self {
        let leaves = points.len().div_ceil(LEAF).next_power_of_two();
        let mut boxes = vec![EMPTY; 2 * leaves - 1];
        divide(&mut points, &mut boxes, 0);
        let mut tree = Self { points, boxes };
        tree.set_prices(|_| 0);
        tree
    }

    /// How many stations there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.points.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.points.is_empty()
    }

    /// Notes the least price of each box. Prices may rise afterwards; when they fall, it has to be
    /// noted again.
    pub fn set_prices(&mut self, price_metres: impl Fn(u32) -> i64 + Copy) {
        self.note(0, 0, self.points.len(), price_metres);
    }

    fn note(
        &mut self,
        at: usize,
        low: usize,
        high: usize,
        price_metres: impl Fn(u32) -> i64 + Copy,
    ) -> i64 {
        let least = if self.is_leaf(at) {
            let inside = self.points[low..high].iter();
            inside
                .map(|(_, site)| price_metres(*site))
                .min()
                .unwrap_or(i64::MAX)
        } else {
            let middle = usize::midpoint(low, high);
            let below = self.note(2 * at + 1, low, middle, price_metres);
            below.min(self.note(2 * at + 2, middle, high, price_metres))
        };
        self.boxes[at].price_metres = least;
        least
    }

    fn is_leaf(&self, at: usize) -> bool {
        2 * at + 1 >= self.boxes.len()
    }

    /// The `wanted` best stations for a place, or all where there are fewer.
    pub fn best(
        &self,
        from: Point,
        wanted: usize,
        price_metres: impl Fn(u32) -> i64 + Copy,
        best: &mut Best,
    ) {
        best.most_metres = i64::MAX;
        self.search(from, wanted, price_metres, best);
    }

    /// The best station for a place, where it costs less than this.
    pub fn better(
        &self,
        from: Point,
        than_metres: i64,
        price_metres: impl Fn(u32) -> i64 + Copy,
        best: &mut Best,
    ) -> Option<Found> {
        best.most_metres = than_metres - 1;
        self.search(from, 1, price_metres, best);
        best.found.first().copied()
    }

    /// The `wanted` best stations by a cost of one's own, where price and cost together are less
    /// than `than_metres`. `cost` is told a station and where it is, and answers `None` where one
    /// may not go; a station that costs less than its metres may be missed.
    pub fn best_by(
        &self,
        from: Point,
        (wanted, than_metres): (usize, i64),
        price_metres: impl Fn(u32) -> i64 + Copy,
        cost: impl Fn(u32, Point) -> Option<u32> + Copy,
        best: &mut Best,
    ) {
        best.most_metres = than_metres - 1;
        best.found.clear();
        best.wanted = wanted.min(self.len());
        if best.wanted > 0 {
            self.look(from, (0, 0, self.len()), (price_metres, cost), best);
        }
    }

    fn search(
        &self,
        from: Point,
        wanted: usize,
        price_metres: impl Fn(u32) -> i64 + Copy,
        best: &mut Best,
    ) {
        best.found.clear();
        best.wanted = wanted.min(self.len());
        if best.wanted > 0 {
            let metres = |_, point| Some(from.metres_to(point));
            self.look(from, (0, 0, self.len()), (price_metres, metres), best);
        }
    }

    fn look(
        &self,
        from: Point,
        (at, low, high): (usize, usize, usize),
        (price_metres, cost): (
            impl Fn(u32) -> i64 + Copy,
            impl Fn(u32, Point) -> Option<u32> + Copy,
        ),
        best: &mut Best,
    ) {
        if self.is_leaf(at) {
            for (point, site) in &self.points[low..high] {
                let Some(metres) = cost(*site, *point) else {
                    continue;
                };
                best.offer(Found {
                    cost_metres: i64::from(metres) + price_metres(*site),
                    site: *site,
                    metres,
                });
            }
            return;
        }
        let middle = usize::midpoint(low, high);
        let half = |at: usize, low: usize, high: usize| {
            let inside = &self.boxes[at];
            let least = inside.metres_from(from).saturating_add(inside.price_metres);
            (least, (at, low, high))
        };
        let mut halves = [
            half(2 * at + 1, low, middle),
            half(2 * at + 2, middle, high),
        ];
        if halves[1].0 < halves[0].0 {
            halves.swap(0, 1);
        }
        for (least, half) in halves {
            // An equal cost may still have the lower number.
            if least <= best.limit() {
                self.look(from, half, (price_metres, cost), best);
            }
        }
    }
}

/// Halves the points along the axis in which they spread most, and each half again.
fn divide(points: &mut [(Point, u32)], boxes: &mut [Box], at: usize) {
    let mut told = EMPTY;
    for (point, _) in &*points {
        for axis in 0..3 {
            told.low[axis] = told.low[axis].min(point.axes[axis]);
            told.high[axis] = told.high[axis].max(point.axes[axis]);
        }
    }
    boxes[at] = told;
    if 2 * at + 1 >= boxes.len() {
        return;
    }
    let middle = points.len() / 2;
    if !points.is_empty() {
        let spread = |axis: &usize| told.low[*axis].abs_diff(told.high[*axis]);
        let axis = [0, 1, 2].into_iter().max_by_key(spread).unwrap_or(0);
        points.select_nth_unstable_by_key(middle, |(point, site)| (point.axes[axis], *site));
    }
    let (below, above) = points.split_at_mut(middle);
    divide(below, boxes, 2 * at + 1);
    divide(above, boxes, 2 * at + 2);
}
