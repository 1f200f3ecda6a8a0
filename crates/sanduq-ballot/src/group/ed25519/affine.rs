//! Points that are handed over with both of their coordinates, to be weighted and added up.
//!
//! To read a point from its encoding is to take a root, which costs more than all else that a hint
//! asks for; to read it from x and y is to look whether they fit the equation of the curve,
//! −x² + y² = 1 + d·x²·y². Nothing is believed for it: a pair that fits is a point of the curve,
//! and eight times a point of the curve is in the group of prime order. Its text is computed here
//! and must stand under the challenge, sign and all, as any other text must.
//!
//! Sums and doubles follow Hisil, Wong, Carter and Dawson, "Twisted Edwards Curves Revisited"
//! (2008), sections 3.1 and 3.3, for a = −1. They hold for every two points of this curve, equal,
//! opposite or neutral, because −1 is a square modulo p and d is not. Arithmetic modulo p is that
//! of [`number`](super::number). All values here are public.

use crate::group::ed25519::number::Number;
use crate::group::ed25519::number::Wide;
use curve25519_dalek::EdwardsPoint;
use curve25519_dalek::edwards::CompressedEdwardsY;
use std::sync::OnceLock;

/// d of the curve, −121665/121666, the least significant byte first (RFC 8032, section 5.1).
const D: [u8; 32] = [
    0xa3, 0x78, 0x59, 0x13, 0xca, 0x4d, 0xeb, 0x75, 0xab, 0xd8, 0x41, 0x41, 0x4d, 0x0a, 0x70, 0x00,
    0x98, 0xe8, 0x79, 0x77, 0x79, 0x40, 0xc7, 0x8c, 0x73, 0xfe, 0x6f, 0x2b, 0xee, 0x6c, 0x03, 0x52,
];
/// A root of −1, the least significant byte first.
const ROOT: [u8; 32] = [
    0xb0, 0xa0, 0x0e, 0x4a, 0x27, 0x1b, 0xee, 0xc4, 0x78, 0xe4, 0x2f, 0xad, 0x06, 0x18, 0x43, 0x2f,
    0xa7, 0xd7, 0xfb, 0x3d, 0x99, 0x00, 0x4d, 0x2b, 0x0b, 0xdf, 0xc1, 0x4f, 0x80, 0x24, 0x83, 0x2b,
];
/// Bits of a weight, and the one that a signed digit may carry.
const WEIGHT_BITS: u32 = 129;

/// What is used in every sum.
struct Constants {
    d: Number,
    twice_d: Wide,
    root: Number,
}

fn constants() -> &'static Constants {
    static CONSTANTS: OnceLock<Constants> = OnceLock::new();
    CONSTANTS.get_or_init(|| {
        let read = |bytes| Number::from_bytes(bytes).unwrap_or(Number::zero());
        let d = read(&D);
        Constants {
            d,
            twice_d: d.plus(&d).carried().wide(),
            root: read(&ROOT),
        }
    })
}

/// A point in the group of prime order, as it is added to others: y + x, y − x and 2·d·x·y.
#[derive(Clone, Copy)]
pub struct Affine {
    sum: Wide,
    difference: Wide,
    product: Wide,
}

impl std::fmt::Debug for Affine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Affine")
    }
}

/// A point (X/Z, Y/Z) with T = X·Y/Z.
#[derive(Clone, Copy)]
struct Extended {
    x: Number,
    y: Number,
    z: Number,
    t: Number,
}

impl Extended {
    fn neutral() -> Extended {
        Extended {
            x: Number::zero(),
            y: Number::one(),
            z: Number::one(),
            t: Number::zero(),
        }
    }

    /// The point with these coordinates, if they fit the equation of the curve.
    fn on_curve(x: &Number, y: &Number) -> Option<Extended> {
        let (xx, yy) = (x.squared(), y.squared());
        let product = constants().d.times(&xx).times(&yy);
        let left = yy.minus(&xx).carried();
        let right = Number::one().plus(&product).carried();
        let fits = left.minus(&right).carried().is_zero();
        fits.then(|| Extended {
            x: *x,
            y: *y,
            z: Number::one(),
            t: x.times(y),
        })
    }

    /// Twice the point. All four coordinates are those of the source times −1, which is the same
    /// point.
    fn doubled(&self) -> Extended {
        let (a, b) = (self.x.squared(), self.y.squared());
        let zz = self.z.squared();
        let c = zz.plus(&zz).carried();
        let h = a.plus(&b).carried();
        let e = self.x.plus(&self.y).squared().minus(&h);
        let g = b.minus(&a).carried();
        let f = c.minus(&g);
        let (g, h) = (g.wide(), h.wide());
        Extended {
            x: e.by(&f),
            y: g.by(&h),
            z: f.by(&g),
            t: e.by(&h),
        }
    }

    /// The sum with a point that is prepared; its opposite where `minus`.
    fn add(&mut self, other: &Affine, minus: bool) {
        let (sum, difference) = match minus {
            false => (&other.sum, &other.difference),
            true => (&other.difference, &other.sum),
        };
        let a = self.y.minus(&self.x).by(difference);
        let b = self.y.plus(&self.x).by(sum);
        let c = self.t.wide().by(&other.product);
        let d = self.z.plus(&self.z).carried();
        *self = Extended::finish(&a, &b, &c, &d, minus);
    }

    /// The sum with any point.
    fn plus(&self, other: &Extended) -> Extended {
        let a = self.y.minus(&self.x).by(&other.y.minus(&other.x));
        let b = self.y.plus(&self.x).by(&other.y.plus(&other.x));
        let c = self.t.wide().by(&constants().twice_d).times(&other.t);
        let zz = self.z.times(&other.z);
        Extended::finish(&a, &b, &c, &zz.plus(&zz).carried(), false)
    }

    /// What both sums end with; `c` counts with the other sign where `minus`.
    fn finish(a: &Number, b: &Number, c: &Number, d: &Number, minus: bool) -> Extended {
        let (e, h) = (b.minus(a), b.plus(a));
        let (f, g) = match minus {
            false => (d.minus(c), d.plus(c)),
            true => (d.plus(c), d.minus(c)),
        };
        Extended {
            x: e.by(&f),
            y: g.by(&h),
            z: f.by(&g),
            t: e.by(&h),
        }
    }
}

/// The coordinates x and y of points, one inversion for all of them.
fn coordinates(points: &[Extended]) -> Vec<(Number, Number)> {
    let mut product = Number::one();
    let mut before = Vec::with_capacity(points.len());
    for point in points {
        before.push(product);
        // Z is never 0: no point of this curve is at infinity.
        product = product.times(&point.z);
    }
    let mut inverse = product.inverse();
    let mut all = Vec::with_capacity(points.len());
    for (point, before) in points.iter().zip(&before).rev() {
        let own = inverse.times(before);
        inverse = inverse.times(&point.z);
        all.push((point.x.times(&own), point.y.times(&own)));
    }
    all.reverse();
    all
}

/// The encoding of RFC 8032.
fn encoding((x, y): &(Number, Number)) -> CompressedEdwardsY {
    let mut bytes = y.to_bytes();
    bytes[31] |= u8::from(x.is_odd()) << 7;
    CompressedEdwardsY(bytes)
}

/// For each point Q of the curve, given by x and y, the point 8·Q and its encoding; `None` when a
/// number is not below p, or a pair fits no point.
pub(super) fn eightfold(pairs: &[[[u8; 32]; 2]]) -> Option<Vec<(Affine, CompressedEdwardsY)>> {
    let read = |[x, y]: &[[u8; 32]; 2]| {
        let (x, y) = (Number::from_bytes(x)?, Number::from_bytes(y)?);
        let point = Extended::on_curve(&x, &y)?;
        Some(point.doubled().doubled().doubled())
    };
    let points: Vec<Extended> = pairs.iter().map(read).collect::<Option<_>>()?;
    let twice_d = &constants().twice_d;
    let prepare = |pair: &(Number, Number)| {
        let (x, y) = pair;
        let affine = Affine {
            sum: y.plus(x),
            difference: y.minus(x),
            product: x.times(y).wide().by(twice_d).wide(),
        };
        (affine, encoding(pair))
    };
    Some(coordinates(&points).iter().map(prepare).collect())
}

/// The coordinates x and y of points, as [`eightfold`] takes them.
pub(super) fn pairs(points: &[EdwardsPoint]) -> Vec<[[u8; 32]; 2]> {
    let encodings = EdwardsPoint::compress_batch_alloc(points);
    let pair = |encoding: &CompressedEdwardsY| {
        let mut bytes = encoding.0;
        let odd = bytes[31] & 0x80 > 0;
        bytes[31] &= 0x7f;
        let y = Number::from_bytes(&bytes).unwrap_or(Number::zero());
        [x_of(&y, odd).to_bytes(), y.to_bytes()]
    };
    encodings.iter().map(pair).collect()
}

/// x with x² = (y² − 1)/(d·y² + 1), odd or even, as in RFC 8032, section 5.1.3; of a y for which
/// there is none, any number.
fn x_of(y: &Number, odd: bool) -> Number {
    let one = Number::one();
    let yy = y.squared();
    let u = yy.minus(&one).carried();
    let v = constants().d.times(&yy).plus(&one).carried();
    let v3 = v.squared().times(&v);
    let power = u.times(&v3.squared().times(&v)).root_power();
    let mut x = u.times(&v3).times(&power);
    if !v.times(&x.squared()).minus(&u).carried().is_zero() {
        x = x.times(&constants().root);
    }
    match x.is_odd() == odd {
        true => x,
        false => Number::zero().minus(&x).carried(),
    }
}

/// The encoding of the sum of the points, each times its weight: a heap for each value of a digit,
/// digit by digit (Pippenger's method), with digits of both signs.
pub(super) fn weighted_sum(points: &[Affine], weights: &[u128]) -> CompressedEdwardsY {
    let bits: u32 = match points.len() {
        0..100 => 4,
        100..600 => 6,
        600..2000 => 7,
        2000..8000 => 9,
        _ => 10,
    };
    let half = 1_usize << (bits - 1);
    let count = WEIGHT_BITS.div_ceil(bits);
    let digits: Vec<Vec<i16>> = weights
        .iter()
        .map(|weight| signed_digits(*weight, bits, count))
        .collect();
    let mut total = Extended::neutral();
    let places = 0..usize::try_from(count).unwrap_or_default();
    for place in places.rev() {
        total = (0..bits).fold(total, |total, _| total.doubled());
        let mut heaps = vec![Extended::neutral(); half];
        for (point, digits) in points.iter().zip(&digits) {
            let digit = digits.get(place).copied().unwrap_or(0);
            let heap = usize::from(digit.unsigned_abs()).checked_sub(1);
            if let Some(heap) = heap.and_then(|heap| heaps.get_mut(heap)) {
                heap.add(point, digit < 0);
            }
        }
        // The last heap counts as often as its number says: it is in that many of these sums.
        let mut running = Extended::neutral();
        for heap in heaps.iter().rev() {
            running = running.plus(heap);
            total = total.plus(&running);
        }
    }
    let all = coordinates(&[total]);
    all.first().map(encoding).unwrap_or_default()
}

/// The digits of a weight in base 2^bits, the least significant first, each from −2^(bits−1) to
/// 2^(bits−1) − 1.
fn signed_digits(weight: u128, bits: u32, count: u32) -> Vec<i16> {
    let (base, half) = (1_i16 << bits, 1_i16 << (bits - 1));
    let mut rest = weight;
    let mut carry = 0;
    let mut digits = Vec::with_capacity(usize::try_from(count).unwrap_or_default());
    for _ in 0..count {
        let low = rest & ((1 << bits) - 1);
        rest >>= bits;
        let digit = i16::try_from(low).unwrap_or_default() + carry;
        carry = i16::from(digit >= half);
        digits.push(digit - carry * base);
    }
    digits
}

#[cfg(test)]
mod tests;
