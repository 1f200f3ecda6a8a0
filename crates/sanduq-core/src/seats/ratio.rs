//! Exact fractions: quotas, averages, shares. Always true here: in lowest terms, never negative,
//! denominator above zero; an operation that would not fit in 128 bits gives `None`, never a
//! wrapped or rounded value.
//!
//! 128 bits are enough for every legal input, so that no big-number crate is needed: votes are
//! below 2^64, every part of a fraction of law is below 2^32, and seats are at most 10,000; the
//! largest product the engine forms is votes x part x part < 2^128. Comparison cannot overflow at
//! all: it compares whole parts and turns the rest over, as in Euclid's algorithm.

use core::cmp::Ordering;
use core::fmt;
use serde::Deserialize;
use serde::Deserializer;
use serde::Serialize;
use serde::Serializer;
use serde::de::Error as _;

/// A fraction of whole numbers, exact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Ratio {
    numerator: u128,
    denominator: u128,
}

/// Greatest common divisor.
fn gcd(mut a: u128, mut b: u128) -> u128 {
    while b != 0 {
        if let (Ok(small_a), Ok(small_b)) = (u64::try_from(a), u64::try_from(b)) {
            return u128::from(small_gcd(small_a, small_b));
        }
        (a, b) = (b, a % b);
    }
    a
}

/// The same in the machine's own width, several times as fast.
const fn small_gcd(mut a: u64, mut b: u64) -> u64 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

impl Ratio {
    /// Nothing.
    pub const ZERO: Self = Self::whole(0);

    /// A whole number.
    #[must_use]
    pub const fn whole(number: u128) -> Self {
        Self {
            numerator: number,
            denominator: 1,
        }
    }

    /// `numerator / denominator` in lowest terms; `None` when the denominator is zero.
    #[must_use]
    pub fn new(numerator: u128, denominator: u128) -> Option<Self> {
        if denominator == 0 {
            return None;
        }
        let common = gcd(numerator, denominator);
        Some(Self {
            numerator: numerator / common,
            denominator: denominator / common,
        })
    }

    /// The numerator in lowest terms.
    #[must_use]
    pub const fn numerator(self) -> u128 {
        self.numerator
    }

    /// The denominator in lowest terms.
    #[must_use]
    pub const fn denominator(self) -> u128 {
        self.denominator
    }

    /// Whether it is nothing.
    #[must_use]
    pub const fn is_zero(self) -> bool {
        self.numerator == 0
    }

    /// The product, reduced crosswise before multiplying.
    #[must_use]
    pub fn times(self, other: Self) -> Option<Self> {
        let left = gcd(self.numerator, other.denominator);
        let right = gcd(other.numerator, self.denominator);
        let numerator = (self.numerator / left).checked_mul(other.numerator / right)?;
        let denominator = (self.denominator / right).checked_mul(other.denominator / left)?;
        Some(Self {
            numerator,
            denominator,
        })
    }

    /// The quotient; `None` also when `other` is zero.
    #[must_use]
    pub fn over(self, other: Self) -> Option<Self> {
        self.times(Self::new(other.denominator, other.numerator)?)
    }

    /// The difference; `None` also when it would be negative.
    #[must_use]
    pub fn minus(self, other: Self) -> Option<Self> {
        let left = self.numerator.checked_mul(other.denominator)?;
        let right = other.numerator.checked_mul(self.denominator)?;
        let denominator = self.denominator.checked_mul(other.denominator)?;
        Self::new(left.checked_sub(right)?, denominator)
    }

    /// The sum.
    #[must_use]
    pub fn plus(self, other: Self) -> Option<Self> {
        let left = self.numerator.checked_mul(other.denominator)?;
        let right = other.numerator.checked_mul(self.denominator)?;
        let denominator = self.denominator.checked_mul(other.denominator)?;
        Self::new(left.checked_add(right)?, denominator)
    }

    /// The whole part.
    #[must_use]
    pub const fn floor(self) -> u128 {
        self.numerator / self.denominator
    }

    /// The smallest whole number that is not below it.
    #[must_use]
    pub const fn ceiling(self) -> u128 {
        self.numerator.div_ceil(self.denominator)
    }

    /// The nearest whole number, a half upwards.
    #[must_use]
    pub const fn nearest(self) -> u128 {
        let rest = self.numerator % self.denominator;
        self.floor()
            + if rest >= self.denominator - rest {
                1
            } else {
                0
            }
    }

    /// Reads `3`, `3/100`, `1.4`, `3%` or `0.5%`; every part below 2^32. `None` for anything else.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (body, hundredth) = match text.strip_suffix('%') {
            Some(body) => (body, 100),
            None => (text, 1),
        };
        let digits = |t: &str| -> Option<u128> {
            let plain = !t.is_empty() && t.bytes().all(|b| b.is_ascii_digit());
            if plain {
                t.parse::<u32>().ok().map(u128::from)
            } else {
                None
            }
        };
        let ratio = if let Some((above, below)) = body.split_once('/') {
            Self::new(digits(above)?, digits(below)?)?
        } else if let Some((whole, decimals)) = body.split_once('.') {
            let scale = 10_u128.checked_pow(u32::try_from(decimals.len()).ok()?)?;
            let above = digits(whole)?
                .checked_mul(scale)?
                .checked_add(digits(decimals)?)?;
            Self::new(above, scale)?
        } else {
            Self::whole(digits(body)?)
        };
        let ratio = ratio.times(Self::new(1, hundredth)?)?;
        let small = |part: u128| u32::try_from(part).is_ok();
        (small(ratio.numerator) && small(ratio.denominator)).then_some(ratio)
    }
}

impl Ord for Ratio {
    fn cmp(&self, other: &Self) -> Ordering {
        let (mut a, mut b, mut c, mut d) = (
            self.numerator,
            self.denominator,
            other.numerator,
            other.denominator,
        );
        loop {
            match (a / b).cmp(&(c / d)) {
                Ordering::Equal => {}
                unequal => return unequal,
            }
            (a, c) = (a % b, c % d);
            match (a == 0, c == 0) {
                (true, true) => return Ordering::Equal,
                (true, false) => return Ordering::Less,
                (false, true) => return Ordering::Greater,
                // a/b < c/d exactly when d/c < b/a: both turned over and swapped.
                (false, false) => (a, b, c, d) = (d, c, b, a),
            }
        }
    }
}

impl PartialOrd for Ratio {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// `1234 5/7`: the whole part, then the proper fraction in lowest terms.
impl fmt::Display for Ratio {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, rest) = (self.floor(), self.numerator % self.denominator);
        match (whole, rest) {
            (_, 0) => write!(f, "{whole}"),
            (0, _) => write!(f, "{rest}/{}", self.denominator),
            _ => write!(f, "{whole} {rest}/{}", self.denominator),
        }
    }
}

/// Written `n` or `n/d`.
impl Serialize for Ratio {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        match self.denominator {
            1 => s.collect_str(&self.numerator),
            _ => s.collect_str(&format_args!("{}/{}", self.numerator, self.denominator)),
        }
    }
}

/// Read as [`Ratio::parse`] reads.
impl<'de> Deserialize<'de> for Ratio {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let text = String::deserialize(d)?;
        Self::parse(&text).ok_or_else(|| {
            D::Error::custom(format_args!(
                "`{text}` is not a number like 3/100, 1.4 or 0.5%"
            ))
        })
    }
}

#[cfg(test)]
mod tests;
