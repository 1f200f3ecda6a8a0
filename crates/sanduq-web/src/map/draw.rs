//! From outlines to lines on paper. Always true here: all of it is integers, so that one outline is
//! one drawing on every machine; a border that two units share is simplified once, so that no gap
//! opens between them; north is above and east is right in every language.

use core::cmp::Reverse;
use sanduq_core::outline::Point;
use sanduq_core::outline::Ring;
use std::collections::BTreeMap;
use std::collections::BTreeSet;

/// A point of a drawing: from its left edge and from its upper edge.
pub type Dot = (i32, i32);

/// The longer side of a drawing, in its own units.
pub const SIDE: i32 = 1_000;
/// What stays free around it.
const MARGIN: i32 = 8;
/// The longest paths of one drawing together, in bytes.
pub const MAX_BYTES: usize = 12 << 10;
/// The most that a line may stray from the border, in units of the drawing.
const MAX_STRAY: i64 = 64;
/// All the way round, in millionths of a degree.
const ROUND: i64 = 360_000_000;

/// Where a place of the world stands on a drawing: equirectangular, true in the middle latitude.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Projection {
    west: i64,
    north: i64,
    /// The cosine of the middle latitude, in millionths.
    cosine: i64,
    /// Millionths of a degree, north and south, that become [`SIDE`] units.
    reach: i64,
    /// Width of the drawing.
    pub width: i32,
    /// Height of the drawing.
    pub height: i32,
    /// Whether the land lies on both sides of the meridian of 180 degrees.
    is_round: bool,
}

/// The cosine of a latitude in millionths, by Bhaskara's fraction of the seventh century: at most
/// two thousandths off, which no map of one nation shows.
fn cosine(latitude: i64) -> i64 {
    let thousandths = latitude / 1_000;
    let square = thousandths * thousandths;
    let whole = 32_400_000_000;
    (whole - 4 * square) * 1_000_000 / (whole + square)
}

impl Projection {
    /// The drawing on which all these places stand; none when there are none.
    #[must_use]
    pub fn of(places: impl Iterator<Item = Point> + Clone) -> Option<Self> {
        let north = |(north, _): Point| i64::from(north);
        let plain = |(_, east): Point| i64::from(east);
        let (low, high) = reach(places.clone().map(plain))?;
        let is_round = high - low > ROUND / 2;
        let (south, top) = reach(places.clone().map(north))?;
        let (west, east) = reach(places.map(|place| turned(plain(place), is_round)))?;
        let cosine = cosine(i64::midpoint(south, top)).max(1);
        let wide = (east - west) * cosine / 1_000_000;
        let high = top - south;
        let reach = wide.max(high).max(1);
        let room = i64::from(SIDE - 2 * MARGIN);
        let fit = |length: i64| {
            let length = (length * room + reach - 1) / reach;
            i32::try_from(length).unwrap_or(SIDE) + 2 * MARGIN
        };
        Some(Self {
            west,
            north: top,
            cosine,
            reach,
            width: fit(wide),
            height: fit(high),
            is_round,
        })
    }

    /// Where a place stands.
    #[must_use]
    pub fn at(&self, (north, east): Point) -> Dot {
        let room = i64::from(SIDE - 2 * MARGIN);
        let east = turned(i64::from(east), self.is_round) - self.west;
        let right = nearest(east * self.cosine / 1_000 * room, self.reach * 1_000);
        let down = nearest((self.north - i64::from(north)) * room, self.reach);
        let dot = |length| i32::try_from(length).unwrap_or(SIDE) + MARGIN;
        (dot(right), dot(down))
    }
}

/// East of the meridian of 180 degrees goes on counting.
fn turned(east: i64, is_round: bool) -> i64 {
    if is_round && east < 0 {
        east + ROUND
    } else {
        east
    }
}

fn reach(values: impl Iterator<Item = i64> + Clone) -> Option<(i64, i64)> {
    values.clone().min().zip(values.max())
}

/// `part / whole`, rounded half up.
fn nearest(part: i64, whole: i64) -> i64 {
    (2 * part + whole).div_euclid(2 * whole)
}

/// The outlines of units on one drawing, simplified until their paths are short enough; in the
/// order of the units.
#[must_use]
pub fn draw(outlines: &[&[Ring]], projection: &Projection) -> Vec<Vec<Vec<Dot>>> {
    let knots = knots(outlines);
    let ring = |ring: &Ring| lines(ring, &knots, projection);
    let units: Vec<Vec<Vec<Vec<Dot>>>> = outlines
        .iter()
        .map(|rings| rings.iter().map(ring).collect())
        .collect();
    let mut stray = 1;
    loop {
        let drawn: Vec<Vec<Vec<Dot>>> = units.iter().map(|rings| simple(rings, stray)).collect();
        let bytes: usize = drawn.iter().map(|rings| path(rings).len()).sum();
        if bytes <= MAX_BYTES || stray >= MAX_STRAY {
            return drawn;
        }
        stray += stray.div_euclid(2).max(1);
    }
}

/// Where more than two borders meet, or one ends: these points stay, so that neighbours keep
/// meeting there. They are looked for among the points themselves: on the drawing more of them
/// fall together than meet.
fn knots(outlines: &[&[Ring]]) -> BTreeSet<Point> {
    let mut beside: BTreeMap<Point, Vec<Point>> = BTreeMap::new();
    for pair in outlines
        .iter()
        .flat_map(|rings| rings.iter())
        .flat_map(|ring| ring.windows(2))
    {
        for (own, other) in [(pair[0], pair[1]), (pair[1], pair[0])] {
            let beside = beside.entry(own).or_default();
            if !beside.contains(&other) {
                beside.push(other);
            }
        }
    }
    let knots = beside.into_iter().filter(|(_, beside)| beside.len() != 2);
    knots.map(|(point, _)| point).collect()
}

/// A ring on the drawing, as lines from knot to knot, each ending where the next one begins.
fn lines(ring: &Ring, knots: &BTreeSet<Point>, projection: &Projection) -> Vec<Vec<Dot>> {
    let open = ring.split_last().map_or(&[][..], |(_, open)| open);
    let smallest = || (0..open.len()).min_by_key(|at| open[*at]);
    let knot = open.iter().position(|point| knots.contains(point));
    let Some(start) = knot.or_else(smallest) else {
        return Vec::new();
    };
    let turned = [&open[start..], &open[..=start]].concat();
    let mut lines = Vec::new();
    let mut from = 0;
    for to in 1..turned.len() {
        if to + 1 == turned.len() || knots.contains(&turned[to]) {
            let points = turned[from..=to].iter();
            let mut dots: Vec<Dot> = points.map(|point| projection.at(*point)).collect();
            dots.dedup();
            lines.push(dots);
            from = to;
        }
    }
    lines
}

/// The rings of a unit, each line between two knots simplified; islands too small to be seen are
/// left out, but not the largest.
fn simple(rings: &[Vec<Vec<Dot>>], stray: i64) -> Vec<Vec<Dot>> {
    let whole: Vec<Vec<Dot>> = rings.iter().map(|lines| lines.concat()).collect();
    let largest = (0..rings.len()).max_by_key(|nth| (size(&whole[*nth]), rings.len() - nth));
    let mut kept = Vec::new();
    for (nth, lines) in rings.iter().enumerate() {
        let thinned = lines.iter().map(|dots| line(dots, stray));
        let mut ring = thinned.collect::<Vec<_>>().concat();
        ring.dedup();
        ring.pop();
        if ring.len() > 2 && size(&ring) > stray * stray * 2 {
            kept.push(ring);
        } else if Some(nth) == largest {
            kept.push(shown(&whole[nth]));
        }
    }
    kept
}

/// A unit that is smaller than a dot of the drawing, as a square that can be seen and pointed at.
fn shown(ring: &[Dot]) -> Vec<Dot> {
    let (x, y) = ring.first().copied().unwrap_or_default();
    [(-3, -3), (3, -3), (3, 3), (-3, 3)]
        .map(|(right, down)| (x + right, y + down))
        .to_vec()
}

/// Twice what a ring encloses.
fn size(ring: &[Dot]) -> i64 {
    let next = ring.iter().cycle().skip(1);
    let cross =
        |(a, b): (&Dot, &Dot)| i64::from(a.0) * i64::from(b.1) - i64::from(b.0) * i64::from(a.1);
    ring.iter().zip(next).map(cross).sum::<i64>().abs()
}

/// A line between two knots, the same from both ends.
fn line(dots: &[Dot], stray: i64) -> Vec<Dot> {
    let back: Vec<Dot> = dots.iter().rev().copied().collect();
    if back.as_slice() < dots {
        let mut line = thinned(&back, stray);
        line.reverse();
        line
    } else {
        thinned(dots, stray)
    }
}

/// The line of Douglas and Peucker (1973): both ends, and between them the point that is farthest
/// off as long as it is farther than `stray`.
fn thinned(dots: &[Dot], stray: i64) -> Vec<Dot> {
    let Some(last) = dots.len().checked_sub(1) else {
        return Vec::new();
    };
    let mut kept = vec![false; dots.len()];
    (kept[0], kept[last]) = (true, true);
    let mut waiting = vec![(0, last)];
    while let Some((from, to)) = waiting.pop() {
        let between = from + 1..to;
        let far = |at: &usize| off(dots[*at], dots[from], dots[to]);
        // Of two equally far the one nearer to the middle: a line that goes to and fro is then cut
        // into halves and not into crumbs.
        let off_middle = |at: &usize| (2 * at).abs_diff(from + to);
        let by = |at: &usize| (far(at), Reverse(off_middle(at)), Reverse(*at));
        let Some(at) = between.max_by_key(by) else {
            continue;
        };
        // A line that comes back to where it began is a ring: it keeps its farthest point.
        if far(&at) > stray * stray * SCALE || dots[from] == dots[to] {
            kept[at] = true;
            waiting.push((from, at));
            waiting.push((at, to));
        }
    }
    let dots = dots.iter().zip(kept);
    dots.filter_map(|(dot, kept)| kept.then_some(*dot))
        .collect()
}

/// How exactly distances are compared.
const SCALE: i64 = 16;

/// The square of the distance of a point from the line between two others, [`SCALE`] times.
fn off(dot: Dot, from: Dot, to: Dot) -> i64 {
    let between = |a: Dot, b: Dot| (i64::from(b.0 - a.0), i64::from(b.1 - a.1));
    let square = |(x, y): (i64, i64)| x * x + y * y;
    let (whole, part) = (between(from, to), between(from, dot));
    let along = whole.0 * part.0 + whole.1 * part.1;
    let length = square(whole);
    if along <= 0 {
        return square(part) * SCALE;
    }
    if along >= length {
        return square(between(to, dot)) * SCALE;
    }
    let cross = whole.0 * part.1 - whole.1 * part.0;
    cross * cross * SCALE / length
}

/// Rings as a path of SVG: each begins where it is, its lines go on from one point to the next.
#[must_use]
pub fn path(rings: &[Vec<Dot>]) -> String {
    let mut path = String::new();
    for ring in rings {
        let mut last = (0, 0);
        for (nth, dot) in ring.iter().enumerate() {
            let (x, y) = (dot.0 - last.0, dot.1 - last.1);
            // A letter stands once for all points that follow it, a minus needs no space before it.
            path.push_str(match nth {
                0 => "M",
                1 => "l",
                _ => gap(x),
            });
            path.push_str(&x.to_string());
            path.push_str(gap(y));
            path.push_str(&y.to_string());
            last = *dot;
        }
        path.push('z');
    }
    path
}

const fn gap(number: i32) -> &'static str {
    if number < 0 { "" } else { " " }
}

/// Where words about a unit stand best: the middle of a stretch that is wide and not near its upper
/// or lower end; with the room there, across and down.
#[must_use]
pub fn middle(rings: &[Vec<Dot>]) -> (Dot, Dot) {
    let first = rings.first().and_then(|ring| ring.first());
    let mut best = (first.copied().unwrap_or_default(), (0, 0));
    let heights = rings.iter().flatten().map(|dot| dot.1);
    let Some((top, floor)) = heights.clone().min().zip(heights.max()) else {
        return best;
    };
    const STEPS: i32 = 12;
    for step in 2..=STEPS - 2 {
        // Twice the height, and one more: no point of the drawing stands there.
        let height = 2 * (top + (floor - top) * step / STEPS) + 1;
        let down = (height - 2 * top).min(2 * floor - height);
        let mut crossed: Vec<i32> = rings
            .iter()
            .flat_map(|ring| crossings(ring, height))
            .collect();
        crossed.sort_unstable();
        for stretch in crossed.chunks_exact(2) {
            let room = (stretch[1] - stretch[0], down);
            let narrow = |room: Dot| (room.0.min(room.1), room.0.max(room.1));
            if narrow(room) > narrow(best.1) {
                let across = i32::midpoint(stretch[0], stretch[1]);
                best = ((across, height / 2), room);
            }
        }
    }
    best
}

/// Where the lines of a ring cross a height, given twice.
fn crossings(ring: &[Dot], height: i32) -> Vec<i32> {
    let next = ring.iter().cycle().skip(1);
    let crossing = |(a, b): (&Dot, &Dot)| {
        let (low, high) = (2 * a.1.min(b.1), 2 * a.1.max(b.1));
        (low < height && height < high)
            .then(|| a.0 + (b.0 - a.0) * (height - 2 * a.1) / (2 * (b.1 - a.1)))
    };
    ring.iter().zip(next).filter_map(crossing).collect()
}

#[cfg(test)]
mod tests;
