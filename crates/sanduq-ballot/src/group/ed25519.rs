//! The group of production: the points of prime order ℓ of the curve of Ed25519 (RFC 8032).
//!
//! The text of a point is the 64 hexadecimal digits of its RFC 8032 encoding read backwards: the
//! integer `y XOR (x mod 2)·2^255`, most significant digit first.

mod affine;
mod batch;
mod number;

use crate::group::Element;
use crate::group::Group;
use crate::group::Scalar;
use crate::group::Table;
use crate::group::last_digits;
use crate::refusal::Refusal;
use crypto_bigint::U256;
use curve25519_dalek::EdwardsPoint;
use curve25519_dalek::constants::ED25519_BASEPOINT_POINT;
use curve25519_dalek::edwards::CompressedEdwardsY;
use curve25519_dalek::edwards::EdwardsBasepointTable;
use curve25519_dalek::edwards::VartimeEdwardsPrecomputation;
use curve25519_dalek::scalar::Scalar as DalekScalar;
use curve25519_dalek::traits::BasepointTable;
use curve25519_dalek::traits::Identity;
use curve25519_dalek::traits::IsIdentity;
use curve25519_dalek::traits::VartimeMultiscalarMul;
use curve25519_dalek::traits::VartimePrecomputedMultiscalarMul;
use sha2::Digest;
use sha2::Sha256;
use std::cmp::Ordering;
use std::fmt;
use std::ops::Add;
use std::ops::Mul;
use std::ops::Neg;
use std::ops::Sub;
use std::sync::Arc;
use std::sync::OnceLock;
use subtle::Choice;
use subtle::ConstantTimeEq;
use zeroize::Zeroize;

/// Bits below the embedded numbers that are tried until a point is met (Koblitz).
const PADDING_BITS: usize = 14;
/// Numbers that can be embedded: 29 bytes and the padding stay below 2^247.
const CAPACITY: usize = 29;

/// The curve of Ed25519.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ed25519;

impl Group for Ed25519 {
    const NAME: &'static str = "Ed25519";
    // A scalar has up to 76 decimal digits, a point 64 hexadecimal ones.
    const LONGEST_TEXT: u64 = 76;
    const HAS_EIGHTHS: bool = true;
    type Scalar = EdScalar;
    type Element = EdElement;
    type Table = EdTable;
    type Shown = affine::Affine;

    fn generator() -> EdElement {
        EdElement(ED25519_BASEPOINT_POINT)
    }

    fn generator_table() -> &'static EdTable {
        static TABLE: OnceLock<EdTable> = OnceLock::new();
        TABLE.get_or_init(|| EdTable::new(&Self::generator()))
    }

    fn independent_generator(index: i64) -> EdElement {
        let hash: [u8; 32] = Sha256::digest(format!("ggen|{index}")).into();
        let mut candidate = U256::from_be_slice(&hash).shr_vartime(2);
        loop {
            let point = CompressedEdwardsY(candidate.to_le_bytes().into()).decompress();
            if let Some(point) = point {
                return EdElement(point.mul_by_cofactor());
            }
            candidate = candidate.wrapping_add(&U256::ONE);
        }
    }

    fn from_eighths(encodings: &[[u8; 32]]) -> Option<Vec<EdElement>> {
        let eightfold = |bytes: &[u8; 32]| {
            let point = is_canonical(bytes).then(|| CompressedEdwardsY(*bytes).decompress());
            // What is eight times anything has no part of small order.
            Some(EdElement(point??.mul_by_cofactor()))
        };
        encodings.iter().map(eightfold).collect()
    }

    fn encodings(elements: &[EdElement]) -> Vec<[u8; 32]> {
        let points: Vec<EdwardsPoint> = elements.iter().map(|element| element.0).collect();
        let encodings = EdwardsPoint::compress_batch_alloc(&points);
        encodings.iter().map(|encoding| encoding.0).collect()
    }

    fn from_pairs(pairs: &[[[u8; 32]; 2]]) -> Option<Vec<(affine::Affine, String)>> {
        let read = affine::eightfold(pairs)?;
        let written = |(point, encoding)| (point, encoding_text(&encoding));
        Some(read.into_iter().map(written).collect())
    }

    fn pairs(elements: &[EdElement]) -> Vec<[[u8; 32]; 2]> {
        let points: Vec<EdwardsPoint> = elements.iter().map(|element| element.0).collect();
        affine::pairs(&points)
    }

    fn weighted_sum(points: &[affine::Affine], weights: &[u128]) -> Option<String> {
        Some(encoding_text(&affine::weighted_sum(points, weights)))
    }

    fn embed(numbers: &[u8]) -> Result<EdElement, Refusal> {
        if numbers.len() > CAPACITY {
            return Err(Refusal::DoesNotFit);
        }
        let mut bytes = [0; 32];
        bytes[32 - numbers.len()..].copy_from_slice(numbers);
        let shifted = U256::from_be_slice(&bytes).shl_vartime(14);
        (0..1_u64 << PADDING_BITS)
            .map(|padding| shifted.wrapping_add(&U256::from(padding)))
            .find_map(|candidate| {
                let point = CompressedEdwardsY(candidate.to_le_bytes().into()).decompress()?;
                let element = EdElement(point);
                element.is_in_group().then_some(element)
            })
            .ok_or(Refusal::DoesNotFit)
    }

    fn extract(element: &EdElement, count: usize) -> Result<Vec<u8>, Refusal> {
        let encoded = U256::from_le_slice(element.0.compress().as_bytes());
        let bytes: [u8; 32] = encoded.shr_vartime(14).to_be_bytes().into();
        Ok(last_digits(&bytes, count))
    }
}

/// An integer modulo ℓ.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub struct EdScalar(pub(crate) DalekScalar);

impl Scalar for EdScalar {
    const UNIFORM_BYTES: usize = 64;

    fn zero() -> Self {
        EdScalar(DalekScalar::ZERO)
    }

    fn one() -> Self {
        EdScalar(DalekScalar::ONE)
    }

    fn from_number(number: u64) -> Self {
        EdScalar(DalekScalar::from(number))
    }

    fn from_hash(hash: &[u8; 32]) -> Self {
        let mut bytes = *hash;
        bytes.reverse();
        EdScalar(DalekScalar::from_bytes_mod_order(bytes))
    }

    fn from_uniform(bytes: &[u8]) -> Self {
        if let Ok(half) = <[u8; 16]>::try_from(bytes) {
            // Below q as it is.
            return EdScalar(DalekScalar::from(u128::from_le_bytes(half)));
        }
        let mut wide = [0; 64];
        for (to, from) in wide.iter_mut().zip(bytes) {
            *to = *from;
        }
        let scalar = DalekScalar::from_bytes_mod_order_wide(&wide);
        wide.zeroize();
        EdScalar(scalar)
    }

    fn inverse(&self) -> Option<Self> {
        (self.0 != DalekScalar::ZERO).then(|| EdScalar(self.0.invert()))
    }

    fn read(text: &str) -> Result<Self, Refusal> {
        let number = read_decimal(text, 78)?;
        let scalar = DalekScalar::from_canonical_bytes(number.to_le_bytes().into());
        Option::from(scalar)
            .map(EdScalar)
            .ok_or(Refusal::ScalarForm)
    }

    fn text(&self) -> String {
        U256::from_le_slice(self.0.as_bytes()).to_string_radix_vartime(10)
    }
}

/// As many decimal digits as surely fit into 64 bits.
const DIGITS_AT_ONCE: usize = 18;

/// A decimal number of at most `digits` digits without a leading zero.
fn read_decimal(text: &str, digits: usize) -> Result<U256, Refusal> {
    let canonical = text.bytes().all(|byte| byte.is_ascii_digit())
        && (1..=digits).contains(&text.len())
        && (text == "0" || !text.starts_with('0'));
    if !canonical {
        return Err(Refusal::ScalarForm);
    }
    // Eighteen digits at a time; a ballot has a hundred numbers, and a library goes digit by digit.
    let mut limbs = [0_u64; 4];
    for part in text.as_bytes().chunks(DIGITS_AT_ONCE) {
        let add = |number: u64, digit: &u8| number * 10 + u64::from(digit - b'0');
        let mut carry = u128::from(part.iter().fold(0, add));
        let scale = part.iter().fold(1_u64, |scale, _| scale * 10);
        for limb in &mut limbs {
            let sum = u128::from(*limb) * u128::from(scale) + carry;
            (*limb, carry) = halves(sum);
        }
        if carry != 0 {
            return Err(Refusal::ScalarForm);
        }
    }
    let mut bytes = [0; 32];
    for (place, limb) in bytes.chunks_exact_mut(8).zip(limbs) {
        place.copy_from_slice(&limb.to_le_bytes());
    }
    Ok(U256::from_le_slice(&bytes))
}

/// The lower 64 bits, and the rest.
fn halves(number: u128) -> (u64, u128) {
    let bytes = number.to_le_bytes();
    let mut low = [0; 8];
    low.copy_from_slice(&bytes[..8]);
    (u64::from_le_bytes(low), number >> 64)
}

impl Add for EdScalar {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        EdScalar(self.0 + other.0)
    }
}

impl Sub for EdScalar {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        EdScalar(self.0 - other.0)
    }
}

impl Mul for EdScalar {
    type Output = Self;

    fn mul(self, other: Self) -> Self {
        EdScalar(self.0 * other.0)
    }
}

impl Neg for EdScalar {
    type Output = Self;

    fn neg(self) -> Self {
        EdScalar(-self.0)
    }
}

impl ConstantTimeEq for EdScalar {
    fn ct_eq(&self, other: &Self) -> Choice {
        self.0.ct_eq(&other.0)
    }
}

impl Zeroize for EdScalar {
    fn zeroize(&mut self) {
        self.0.zeroize();
    }
}

impl fmt::Debug for EdScalar {
    /// A scalar may be a secret, so that its value is not shown.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("EdScalar")
    }
}

/// A point of prime order, or the neutral one.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct EdElement(pub(crate) EdwardsPoint);

impl EdElement {
    /// The point of the curve that a canonical text stands for, in the group or not.
    fn decompressed(text: &str) -> Result<EdElement, Refusal> {
        let digits = text.as_bytes();
        if digits.len() != 64 {
            return Err(Refusal::ElementForm);
        }
        let mut bytes = [0; 32];
        for (byte, pair) in bytes.iter_mut().rev().zip(digits.chunks_exact(2)) {
            *byte = (hex_digit(pair[0])? << 4) | hex_digit(pair[1])?;
        }
        if !is_canonical(&bytes) {
            return Err(Refusal::ElementForm);
        }
        let point = CompressedEdwardsY(bytes).decompress();
        point.map(EdElement).ok_or(Refusal::NotInGroup)
    }
}

impl Element for EdElement {
    type Scalar = EdScalar;
    const SHARES_POWERS: bool = false;

    fn identity() -> Self {
        EdElement(EdwardsPoint::identity())
    }

    fn times(&self, other: &Self) -> Self {
        EdElement(self.0 + other.0)
    }

    fn over(&self, other: &Self) -> Self {
        EdElement(self.0 - other.0)
    }

    fn power(&self, exponent: &EdScalar) -> Self {
        EdElement(self.0 * exponent.0)
    }

    fn power_vartime(&self, exponent: &EdScalar) -> Self {
        let zero = DalekScalar::ZERO;
        EdElement(EdwardsPoint::vartime_double_scalar_mul_basepoint(
            &exponent.0,
            &self.0,
            &zero,
        ))
    }

    fn product_of_powers_vartime(bases: &[Self], exponents: &[EdScalar]) -> Self {
        let count = bases.len().min(exponents.len());
        EdElement(EdwardsPoint::vartime_multiscalar_mul(
            exponents[..count].iter().map(|exponent| exponent.0),
            bases[..count].iter().map(|base| base.0),
        ))
    }

    fn read(text: &str) -> Result<Self, Refusal> {
        let element = EdElement::decompressed(text)?;
        if !element.is_in_group() {
            return Err(Refusal::NotInGroup);
        }
        Ok(element)
    }

    fn read_known(text: &str) -> Result<Self, Refusal> {
        EdElement::decompressed(text)
    }

    /// Whether ℓ·P is the neutral point, computed as (ℓ−1)·P = −P because ℓ itself is no scalar.
    fn is_in_group(&self) -> bool {
        let last = -DalekScalar::ONE;
        let zero = DalekScalar::ZERO;
        let product = EdwardsPoint::vartime_double_scalar_mul_basepoint(&last, &self.0, &zero);
        (product + self.0).is_identity()
    }

    fn read_all(texts: &[&str]) -> Result<Vec<Self>, Refusal> {
        batch::read_all(texts)
    }

    fn text(&self) -> String {
        encoding_text(&self.0.compress())
    }

    fn texts(elements: &[Self]) -> Vec<String> {
        let points: Vec<EdwardsPoint> = elements.iter().map(|element| element.0).collect();
        let encodings = EdwardsPoint::compress_batch_alloc(&points);
        encodings.iter().map(encoding_text).collect()
    }

    fn tally_order(&self, other: &Self) -> Ordering {
        self.0.compress().0.cmp(&other.0.compress().0)
    }
}

fn hex_digit(digit: u8) -> Result<u8, Refusal> {
    match digit {
        b'0'..=b'9' => Ok(digit - b'0'),
        b'a'..=b'f' => Ok(digit - b'a' + 10),
        _ => Err(Refusal::ElementForm),
    }
}

/// Decompression takes y + p for y, and either sign of x = 0: other texts of the same point.
/// Of the two points with x = 0 only the neutral one, y = 1, is in the group.
fn is_canonical(bytes: &[u8; 32]) -> bool {
    let not_below_p = bytes[0] >= 0xed
        && bytes[1..31].iter().all(|byte| *byte == 0xff)
        && bytes[31] & 0x7f == 0x7f;
    let negative_zero =
        bytes[0] == 1 && bytes[1..31].iter().all(|byte| *byte == 0) && bytes[31] == 0x80;
    !not_below_p && !negative_zero
}

fn encoding_text(encoding: &CompressedEdwardsY) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut digits = vec![0; 64];
    for (pair, byte) in digits.chunks_exact_mut(2).zip(encoding.0.iter().rev()) {
        pair[0] = DIGITS[usize::from(byte >> 4)];
        pair[1] = DIGITS[usize::from(byte & 15)];
    }
    String::from_utf8(digits).unwrap_or_default()
}

impl ConstantTimeEq for EdElement {
    fn ct_eq(&self, other: &Self) -> Choice {
        self.0.ct_eq(&other.0)
    }
}

impl fmt::Debug for EdElement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text())
    }
}

/// Powers of one point, for secret and for public exponents.
#[derive(Clone)]
pub struct EdTable {
    secret: Box<EdwardsBasepointTable>,
    public: Arc<VartimeEdwardsPrecomputation>,
}

impl Table<EdElement, EdScalar> for EdTable {
    fn new(base: &EdElement) -> Self {
        EdTable {
            secret: Box::new(EdwardsBasepointTable::create(&base.0)),
            public: Arc::new(VartimeEdwardsPrecomputation::new([base.0])),
        }
    }

    fn power(&self, exponent: &EdScalar) -> EdElement {
        EdElement(self.secret.mul_base(&exponent.0))
    }

    fn commitment_vartime(
        &self,
        exponent: &EdScalar,
        other: &EdElement,
        second: &EdScalar,
    ) -> EdElement {
        let product =
            self.public
                .vartime_mixed_multiscalar_mul([exponent.0], [second.0], [other.0]);
        EdElement(product)
    }
}

impl fmt::Debug for EdTable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("EdTable")
    }
}
