//! Numbers modulo p = 2^255 − 19, in the arithmetic that fiat-crypto generates with its proof.
//!
//! What is always true here: a [`Number`] has the bounds of a product; a sum or a difference, a
//! [`Wide`], may enter one product before it is carried. Only public values are computed with:
//! points of published proofs.

use fiat_crypto::curve25519_64 as fiat;

/// A number within the bounds of a product.
#[derive(Clone, Copy)]
pub(super) struct Number(fiat::fiat_25519_tight_field_element);

/// A number within the bounds of a sum of two.
#[derive(Clone, Copy)]
pub(super) struct Wide(fiat::fiat_25519_loose_field_element);

impl Wide {
    fn empty() -> Wide {
        Wide(fiat::fiat_25519_loose_field_element([0; 5]))
    }

    /// The product.
    pub fn by(&self, other: &Wide) -> Number {
        let mut product = Number::zero();
        fiat::fiat_25519_carry_mul(&mut product.0, &self.0, &other.0);
        product
    }

    /// The square.
    pub fn squared(&self) -> Number {
        let mut square = Number::zero();
        fiat::fiat_25519_carry_square(&mut square.0, &self.0);
        square
    }

    /// The same number within the narrow bounds.
    pub fn carried(&self) -> Number {
        let mut number = Number::zero();
        fiat::fiat_25519_carry(&mut number.0, &self.0);
        number
    }
}

impl Number {
    /// 0.
    pub fn zero() -> Number {
        Number(fiat::fiat_25519_tight_field_element([0; 5]))
    }

    /// 1.
    pub fn one() -> Number {
        Number(fiat::fiat_25519_tight_field_element([1, 0, 0, 0, 0]))
    }

    /// Reads 32 bytes, the least significant first; `None` for what is not below p.
    pub fn from_bytes(bytes: &[u8; 32]) -> Option<Number> {
        let not_below_p =
            bytes[0] >= 0xed && bytes[1..31].iter().all(|byte| *byte == 0xff) && bytes[31] == 0x7f;
        if bytes[31] > 0x7f || not_below_p {
            return None;
        }
        let mut number = Number::zero();
        fiat::fiat_25519_from_bytes(&mut number.0, bytes);
        Some(number)
    }

    /// The number below p, the least significant byte first.
    pub fn to_bytes(self) -> [u8; 32] {
        let mut bytes = [0; 32];
        fiat::fiat_25519_to_bytes(&mut bytes, &self.0);
        bytes
    }

    /// The same number as a sum.
    pub fn wide(&self) -> Wide {
        let mut wide = Wide::empty();
        fiat::fiat_25519_relax(&mut wide.0, &self.0);
        wide
    }

    /// The product.
    pub fn times(&self, other: &Number) -> Number {
        self.wide().by(&other.wide())
    }

    /// The square.
    pub fn squared(&self) -> Number {
        self.wide().squared()
    }

    /// The sum.
    pub fn plus(&self, other: &Number) -> Wide {
        let mut sum = Wide::empty();
        fiat::fiat_25519_add(&mut sum.0, &self.0, &other.0);
        sum
    }

    /// The difference.
    pub fn minus(&self, other: &Number) -> Wide {
        let mut difference = Wide::empty();
        fiat::fiat_25519_sub(&mut difference.0, &self.0, &other.0);
        difference
    }

    /// Whether it is 0.
    pub fn is_zero(&self) -> bool {
        self.to_bytes() == [0; 32]
    }

    /// Whether it is odd: the sign of a coordinate.
    pub fn is_odd(&self) -> bool {
        self.to_bytes()[0] & 1 == 1
    }

    /// The power 2^count.
    fn repeated(&self, count: usize) -> Number {
        (0..count).fold(*self, |square, _| square.squared())
    }

    /// The powers 2^250 − 1 and 11, by the usual chain of squares and products.
    fn chain(&self) -> (Number, Number) {
        let two = self.squared();
        let nine = two.repeated(2).times(self);
        let eleven = nine.times(&two);
        let ones_5 = eleven.squared().times(&nine);
        let ones_10 = ones_5.repeated(5).times(&ones_5);
        let ones_20 = ones_10.repeated(10).times(&ones_10);
        let ones_40 = ones_20.repeated(20).times(&ones_20);
        let ones_50 = ones_40.repeated(10).times(&ones_10);
        let ones_100 = ones_50.repeated(50).times(&ones_50);
        let ones_200 = ones_100.repeated(100).times(&ones_100);
        (ones_200.repeated(50).times(&ones_50), eleven)
    }

    /// The number times which this one is 1, as the power p − 2; 0 for 0.
    pub fn inverse(&self) -> Number {
        let (ones, eleven) = self.chain();
        ones.repeated(5).times(&eleven)
    }

    /// The power (p − 5)/8, from which a square root follows.
    pub fn root_power(&self) -> Number {
        let (ones, _) = self.chain();
        ones.repeated(2).times(self)
    }
}
