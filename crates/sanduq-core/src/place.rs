//! Where something is, and how far two places are apart: in whole metres, along the great circle
//! of a sphere.
//!
//! Always true here: integers only. A coordinate is read from its digits into millionths of a
//! degree, its sine is a series of whole numbers, and a distance is a square root of whole numbers:
//! the same two places are equally far apart on every machine, so that no rounding of a processor
//! decides where anybody votes.

/// A place on the earth, in millionths of a degree.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// North of the equator, in millionths of a degree.
    latitude_microdegrees: i32,
    /// East of Greenwich, in millionths of a degree.
    longitude_microdegrees: i32,
}

/// A place as a point of the sphere, in centimetres from its centre: what distances are computed
/// of, made once for each place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Point {
    /// The three coordinates, in centimetres.
    pub axes: [i32; 3],
}

/// The mean radius of the earth (IUGG), in centimetres.
const RADIUS_CENTIMETRES: i64 = 637_100_877;

/// Bits behind the point of sines.
const SINE_BITS: u32 = 60;

/// π / 180,000,000 with 80 bits behind the point: one millionth of a degree.
const MICRODEGREE: i128 = 21_099_735_964_646_325;

/// The bits behind the point of [`MICRODEGREE`].
const MICRODEGREE_BITS: u32 = 80;

/// A quarter of the circle, in millionths of a degree.
const QUARTER: i64 = 90_000_000;

impl Place {
    /// The place of so many millionths of a degree; `None` beyond the poles or the date line.
    #[must_use]
    pub fn new(latitude_microdegrees: i32, longitude_microdegrees: i32) -> Option<Self> {
        let within = |value: i32, quarters: i64| i64::from(value).abs() <= quarters * QUARTER;
        let known = within(latitude_microdegrees, 1) && within(longitude_microdegrees, 2);
        known.then_some(Self {
            latitude_microdegrees,
            longitude_microdegrees,
        })
    }

    /// Reads two decimal numbers of degrees, `36.72184267` and `9.19575003`; digits behind the
    /// sixth are cut off. `None` when they are none, or no place.
    ///
    /// ```
    /// use sanduq_core::place::Place;
    /// assert_eq!(Place::read("36.72184267", "-9.5"), Place::new(36_721_842, -9_500_000));
    /// assert_eq!(Place::read("91", "0"), None);
    /// ```
    #[must_use]
    pub fn read(latitude: &str, longitude: &str) -> Option<Self> {
        Self::new(microdegrees(latitude)?, microdegrees(longitude)?)
    }

    /// North of the equator, in millionths of a degree.
    #[must_use]
    pub fn latitude_microdegrees(self) -> i32 {
        self.latitude_microdegrees
    }

    /// East of Greenwich, in millionths of a degree.
    #[must_use]
    pub fn longitude_microdegrees(self) -> i32 {
        self.longitude_microdegrees
    }

    /// The point of the sphere.
    #[must_use]
    pub fn point(self) -> Point {
        let latitude = i64::from(self.latitude_microdegrees);
        let longitude = i64::from(self.longitude_microdegrees);
        let (up, out) = (sine(latitude), sine(QUARTER - latitude.abs()));
        let along = |part: i128| scaled((out * part) >> SINE_BITS);
        let (east, ahead) = (sine(longitude), sine(QUARTER - longitude.abs()));
        Point {
            axes: [along(ahead), along(east), scaled(up)],
        }
    }

    /// Metres along the great circle.
    #[must_use]
    pub fn metres_to(self, other: Self) -> u32 {
        self.point().metres_to(other.point())
    }
}

impl Point {
    /// The square of the straight line through the earth, in square centimetres: the larger, the
    /// farther. What has the same square has the same distance.
    #[must_use]
    pub fn square_to(self, other: Self) -> u64 {
        let square = |axis: usize| {
            let apart = u64::from(self.axes[axis].abs_diff(other.axes[axis]));
            apart * apart
        };
        square(0) + square(1) + square(2)
    }

    /// Metres along the great circle: right to the metre within 3,000 km, to one in 5,000 beyond.
    #[must_use]
    pub fn metres_to(self, other: Self) -> u32 {
        metres(self.square_to(other))
    }
}

/// The square of the diameter, in square centimetres.
const DIAMETER_SQUARE: u64 = 4 * RADIUS_CENTIMETRES.unsigned_abs().pow(2);

/// The series of the arc sine of x by powers of x², with 30 bits behind the point, last first.
const ARC_SERIES: [u64; 8] = [
    12_403_652,
    14_994_637,
    18_632_389,
    24_021_923,
    32_622_364,
    47_934_903,
    80_530_637,
    178_956_971,
];

/// Half of a great circle, in centimetres.
const HALF_CIRCLE_CENTIMETRES: u64 = 2_001_511_435;

/// The arc over a straight line whose square is given, in metres.
#[must_use]
pub fn metres(square: u64) -> u32 {
    let square = square.min(DIAMETER_SQUARE);
    let centimetres = if square > DIAMETER_SQUARE / 2 {
        // Beyond a quarter of the circle: half the circle less what is left of it.
        HALF_CIRCLE_CENTIMETRES - arc_centimetres(DIAMETER_SQUARE - square)
    } else {
        arc_centimetres(square)
    };
    u32::try_from((centimetres + 50) / 100).unwrap_or(u32::MAX)
}

/// The arc over a straight line of at most a quarter of the circle, in centimetres.
fn arc_centimetres(square: u64) -> u64 {
    let line = square.isqrt();
    let part = square / (DIAMETER_SQUARE >> 30);
    let more = ARC_SERIES
        .iter()
        .fold(0, |sum, term| ((sum + term) * part) >> 30);
    line + ((line * more) >> 30)
}

/// A sine as centimetres of the radius.
fn scaled(sine: i128) -> i32 {
    let half = 1 << (SINE_BITS - 1);
    let centimetres = (sine * i128::from(RADIUS_CENTIMETRES) + half) >> SINE_BITS;
    i32::try_from(centimetres).expect("no coordinate exceeds the radius")
}

/// The sine of so many millionths of a degree, at most half a circle either way, with
/// [`SINE_BITS`] behind the point.
fn sine(microdegrees: i64) -> i128 {
    let folded = microdegrees.abs().min(2 * QUARTER - microdegrees.abs());
    let angle = (i128::from(folded) * MICRODEGREE) >> (MICRODEGREE_BITS - SINE_BITS);
    let square = (angle * angle) >> SINE_BITS;
    let mut term = angle;
    let mut sum = angle;
    let mut at = 2;
    while term != 0 {
        term = -((term * square) >> SINE_BITS) / (at * (at + 1));
        sum += term;
        at += 2;
    }
    sum * i128::from(microdegrees.signum())
}

/// Millionths of a degree of a decimal number of degrees.
fn microdegrees(text: &str) -> Option<i32> {
    let text = text.trim();
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => (-1, digits),
        None => (1, text),
    };
    let (whole, behind) = digits.split_once('.').unwrap_or((digits, ""));
    let all_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || whole.len() > 3 || !all_digits(whole) || !all_digits(behind) {
        return None;
    }
    let behind: String = behind.chars().chain("000000".chars()).take(6).collect();
    let value = whole.parse::<i32>().ok()? * 1_000_000 + behind.parse::<i32>().ok()?;
    Some(sign * value)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(latitude: &str, longitude: &str) -> Place {
        Place::read(latitude, longitude).unwrap()
    }

    #[test]
    fn distances_of_known_places() {
        // Computed apart from this program with 50 digits (haversine, radius 6,371,008.77 m).
        for (from, to, metres) in [
            (("0", "0"), ("0", "0"), 0),
            (("0", "0"), ("0", "0.00001"), 1),
            (("30.0444", "31.2357"), ("31.2001", "29.9187"), 179_985),
            (("36.8065", "10.1815"), ("33.8869", "9.5375"), 329_855),
            (("35.6892", "51.389"), ("25.2919", "60.643"), 1_455_343),
            (("23.588", "58.3829"), ("17.0151", "54.0924"), 856_775),
            (("0", "179.9"), ("0", "-179.9"), 22_239),
            (("89.9", "0"), ("89.9", "180"), 22_239),
            (("0", "0"), ("0", "180"), 20_015_114),
        ] {
            let found = place(from.0, from.1).metres_to(place(to.0, to.1));
            assert_eq!(found, metres, "{from:?} {to:?}");
        }
    }

    #[test]
    fn coordinates_are_read_digit_by_digit() {
        for (text, expected) in [
            ("36.72184267", Some(36_721_842)),
            ("-0.5", Some(-500_000)),
            ("9", Some(9_000_000)),
            ("9.", Some(9_000_000)),
            ("", None),
            (".5", None),
            ("3e1", None),
            ("1234", None),
            ("--1", None),
            ("1.2.3", None),
        ] {
            assert_eq!(microdegrees(text), expected, "{text}");
        }
        assert_eq!(Place::read("90.000001", "0"), None);
        assert_eq!(Place::read("0", "180.000001"), None);
        assert!(Place::read("-90", "-180").is_some());
    }

    #[test]
    fn what_is_farther_is_not_nearer_in_metres() {
        let mut last = 0;
        for step in 0..=1_000_000 {
            let found = metres(step * (DIAMETER_SQUARE / 1_000_000));
            assert!(found >= last, "{step}: {found} after {last}");
            last = found;
        }
    }
}
