//! The outline of a unit as data: closed rings of points, so that a map can be drawn without that
//! of anybody else. Always true here: coordinates are integers, millionths of a degree (WGS 84),
//! north before east; an outline decides nothing, no rule of votes or seats reads one.
//!
//! Rings may cross in places: those that authorities publish do, by a few metres, and a drawing
//! shows them none the less. What no drawing could show is refused.

/// A point: north, then east.
pub type Point = (i32, i32);

/// A closed line: its last point is its first. Several of one unit are islands, or holes where one
/// lies within another.
pub type Ring = Vec<Point>;

/// The most points that the outlines of one event have together; the files of a nation's provinces
/// in full detail have about half.
pub const MAX_POINTS: usize = 250_000;

/// The farthest north and east, in millionths of a degree.
const WORLD: (u32, u32) = (90_000_000, 180_000_000);

/// Why rings are no outline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OutlineFault {
    /// A ring has fewer than four points, its first one counted twice.
    Short,
    /// A ring does not end where it begins.
    Open,
    /// A point is not of this world.
    OutsideWorld,
    /// A point stands twice in a row.
    PointTwice,
    /// A ring encloses nothing.
    NoGround,
    /// A ring stands twice.
    RingTwice,
}

impl OutlineFault {
    /// The stable code of the refusal.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Short => "outline.short",
            Self::Open => "outline.open",
            Self::OutsideWorld => "outline.outside_world",
            Self::PointTwice => "outline.point_twice",
            Self::NoGround => "outline.no_ground",
            Self::RingTwice => "outline.ring_twice",
        }
    }
}

impl core::fmt::Display for OutlineFault {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(match self {
            Self::Short => "a ring needs at least four points, the first one again as the last",
            Self::Open => "the ring does not end at its first point; close it",
            Self::OutsideWorld => {
                "no place of this world: degrees of WGS 84, at most 90 north or south and 180 \
                 east or west"
            }
            Self::PointTwice => "the point stands twice in a row; take one of them out",
            Self::NoGround => "the ring encloses nothing; take it out",
            Self::RingTwice => "the ring stands twice; take one of them out",
        })
    }
}

/// Where rings are no outline: the ring and the point, counted from 0, and why.
pub type OutlineRefusal = (usize, usize, OutlineFault);

/// Whether these are the rings of an outline.
///
/// # Errors
/// The first fault in the order of the rings.
pub fn check(rings: &[Ring]) -> Result<(), OutlineRefusal> {
    for (nth, ring) in rings.iter().enumerate() {
        let no = |point, fault| Err((nth, point, fault));
        if ring.len() < 4 {
            return no(0, OutlineFault::Short);
        }
        let beyond =
            |(north, east): &Point| north.unsigned_abs() > WORLD.0 || east.unsigned_abs() > WORLD.1;
        if let Some(point) = ring.iter().position(beyond) {
            return no(point, OutlineFault::OutsideWorld);
        }
        if ring.first() != ring.last() {
            return no(ring.len() - 1, OutlineFault::Open);
        }
        if let Some(point) = ring.windows(2).position(|pair| pair[0] == pair[1]) {
            return no(point + 1, OutlineFault::PointTwice);
        }
        if ground(ring) == 0 {
            return no(0, OutlineFault::NoGround);
        }
        if rings[..nth].contains(ring) {
            return no(0, OutlineFault::RingTwice);
        }
    }
    Ok(())
}

/// Twice the ground that a ring encloses, in square millionths of a degree; its sign says which way
/// round it goes.
#[must_use]
pub fn ground(ring: &[Point]) -> i128 {
    let cross = |pair: &[Point]| {
        let [(north, east), (to_north, to_east)] = [pair[0], pair[1]];
        i128::from(east) * i128::from(to_north) - i128::from(to_east) * i128::from(north)
    };
    ring.windows(2).map(cross).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn square(north: i32, east: i32) -> Ring {
        [(0, 0), (0, 10), (10, 10), (10, 0), (0, 0)]
            .map(|(n, e)| (north + n, east + e))
            .to_vec()
    }

    #[test]
    fn rings_are_an_outline_or_refused_with_their_place() {
        use OutlineFault as F;
        let far = vec![
            (90_000_000, 180_000_000),
            (-90_000_000, 180_000_000),
            (-90_000_000, -180_000_000),
            (90_000_000, 180_000_000),
        ];
        let with = |at: usize, point| {
            let mut ring = square(0, 0);
            ring[at] = point;
            ring
        };
        let mut twice = square(0, 0);
        twice.insert(2, twice[1]);
        let line = vec![(0, 0), (0, 10), (0, 20), (0, 0)];
        for (rings, expected) in [
            (vec![], Ok(())),
            (vec![square(0, 0)], Ok(())),
            (vec![square(0, 0), square(100, 100)], Ok(())),
            (vec![far], Ok(())),
            // The same ground the other way round, or from another point, is another ring: a hole.
            (
                vec![square(0, 0), square(0, 0).into_iter().rev().collect()],
                Ok(()),
            ),
            (vec![vec![]], Err((0, 0, F::Short))),
            (vec![vec![(0, 0), (0, 10), (0, 0)]], Err((0, 0, F::Short))),
            (
                vec![square(0, 0), square(9, 9)[..4].to_vec()],
                Err((1, 3, F::Open)),
            ),
            (vec![with(2, (90_000_001, 0))], Err((0, 2, F::OutsideWorld))),
            (
                vec![with(3, (0, -180_000_001))],
                Err((0, 3, F::OutsideWorld)),
            ),
            (
                vec![with(1, (i32::MIN, i32::MIN))],
                Err((0, 1, F::OutsideWorld)),
            ),
            (vec![twice], Err((0, 2, F::PointTwice))),
            (vec![line], Err((0, 0, F::NoGround))),
            (
                vec![square(0, 0), square(5, 5), square(0, 0)],
                Err((2, 0, F::RingTwice)),
            ),
        ] {
            assert_eq!(check(&rings), expected, "{rings:?}");
        }
    }

    #[test]
    fn every_fault_has_its_own_code() {
        use OutlineFault as F;
        let all = [
            F::Short,
            F::Open,
            F::OutsideWorld,
            F::PointTwice,
            F::NoGround,
            F::RingTwice,
        ];
        let codes: std::collections::BTreeSet<_> = all.map(OutlineFault::code).into();
        assert_eq!(codes.len(), all.len());
    }
}
