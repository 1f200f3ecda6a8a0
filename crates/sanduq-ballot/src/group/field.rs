//! The two groups for the outside check: subgroups of prime order q of the numbers modulo a prime
//! p of 2048 bits. Texts are decimal numbers.

pub mod parameters;

use crate::group::Element;
use crate::group::Group;
use crate::group::Scalar;
use crate::group::Table;
use crate::group::field::parameters::BeleniosParameters;
use crate::group::field::parameters::Parameters;
use crate::group::field::parameters::RfcParameters;
use crate::group::last_digits;
use crate::refusal::Refusal;
use crypto_bigint::U2048;
use crypto_bigint::modular::ConstMontyForm;
use crypto_bigint::modular::ConstMontyParams;
use sha2::Digest;
use sha2::Sha256;
use std::cmp::Ordering;
use std::fmt;
use std::marker::PhantomData;
use std::ops::Add;
use std::ops::Mul;
use std::ops::Neg;
use std::ops::Sub;
use std::sync::Arc;
use subtle::Choice;
use subtle::ConditionallySelectable;
use subtle::ConstantTimeEq;
use zeroize::Zeroize;

/// Machine words of a number of 2048 bits.
pub const LIMBS: usize = U2048::LIMBS;
/// Decimal digits of the largest number of 2048 bits.
const DIGITS: usize = 617;
/// Exponents are taken in digits of this many bits where the base has a table.
const WINDOW_BITS: usize = 4;

/// BELENIOS-2048.
pub type Belenios2048 = Field<BeleniosParameters>;
/// RFC-3526-2048.
pub type Rfc3526 = Field<RfcParameters>;

/// A subgroup of prime order of a prime field.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Field<P: Parameters>(PhantomData<P>);

impl<P: Parameters> Group for Field<P> {
    const NAME: &'static str = P::NAME;
    const LONGEST_TEXT: u64 = 617;
    type Scalar = FieldScalar<P>;
    type Element = FieldElement<P>;
    type Table = FieldTable<P>;
    type Shown = ();

    fn generator() -> FieldElement<P> {
        FieldElement(ConstMontyForm::new(&P::generator()))
    }

    fn generator_table() -> &'static FieldTable<P> {
        P::generator_table().get_or_init(|| FieldTable::new(&Self::generator()))
    }

    fn independent_generator(index: i64) -> FieldElement<P> {
        let hash = Sha256::digest(format!("ggen|{index}"));
        let base = ConstMontyForm::<P::Modulus, LIMBS>::new(&widen(&hash));
        FieldElement(base.pow_vartime(&P::cofactor()))
    }

    fn embed(numbers: &[u8]) -> Result<FieldElement<P>, Refusal> {
        let padding = P::PADDING_BITS.ok_or(Refusal::DoesNotFit)?;
        // One byte is left empty above the numbers, one below them, so that all stays below p.
        if numbers.len() > U2048::BYTES - 2 {
            return Err(Refusal::DoesNotFit);
        }
        let shifted = widen(numbers).shl_vartime(padding);
        (0..1_u64 << padding)
            .map(|low| ConstMontyForm::new(&shifted.wrapping_add(&U2048::from(low))))
            .find(|value| *value != ConstMontyForm::ZERO && P::is_member(value))
            .map(FieldElement)
            .ok_or(Refusal::DoesNotFit)
    }

    fn extract(element: &FieldElement<P>, count: usize) -> Result<Vec<u8>, Refusal> {
        let padding = P::PADDING_BITS.ok_or(Refusal::DoesNotFit)?;
        let bytes = element.0.retrieve().shr_vartime(padding).to_be_bytes();
        Ok(last_digits(bytes.as_ref(), count))
    }
}

/// At most 256 bytes, the first one the most significant, as a number.
fn widen(bytes: &[u8]) -> U2048 {
    let mut wide = [0; U2048::BYTES];
    let start = U2048::BYTES.saturating_sub(bytes.len());
    for (to, from) in wide[start..].iter_mut().zip(bytes) {
        *to = *from;
    }
    let number = U2048::from_be_slice(&wide);
    wide.zeroize();
    number
}

/// A decimal number without a leading zero that is below `limit`.
fn read_decimal(text: &str, limit: &U2048) -> Option<U2048> {
    let canonical = text.bytes().all(|byte| byte.is_ascii_digit())
        && (1..=DIGITS).contains(&text.len())
        && (text == "0" || !text.starts_with('0'));
    if !canonical {
        return None;
    }
    let number = U2048::from_str_radix_vartime(text, 10).ok()?;
    (number < *limit).then_some(number)
}

/// An integer modulo q.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub struct FieldScalar<P: Parameters>(ConstMontyForm<P::Order, LIMBS>);

impl<P: Parameters> Scalar for FieldScalar<P> {
    // 256 bytes and the 16 that make the remainder as good as uniform.
    const UNIFORM_BYTES: usize = 272;

    fn zero() -> Self {
        FieldScalar(ConstMontyForm::ZERO)
    }

    fn one() -> Self {
        FieldScalar(ConstMontyForm::ONE)
    }

    fn from_number(number: u64) -> Self {
        FieldScalar(ConstMontyForm::new(&U2048::from(number)))
    }

    fn from_hash(hash: &[u8; 32]) -> Self {
        FieldScalar(ConstMontyForm::new(&widen(hash)))
    }

    fn from_uniform(bytes: &[u8]) -> Self {
        let split = bytes.len().min(U2048::BYTES);
        let low = ConstMontyForm::new(&widen(&bytes[..split]));
        let high = ConstMontyForm::new(&widen(&bytes[split..]));
        let two_to_2048 = ConstMontyForm::new(&U2048::MAX) + ConstMontyForm::ONE;
        FieldScalar(low + high * two_to_2048)
    }

    fn inverse(&self) -> Option<Self> {
        Option::from(self.0.invert()).map(FieldScalar)
    }

    fn read(text: &str) -> Result<Self, Refusal> {
        let number = read_decimal(text, P::Order::PARAMS.modulus().as_ref());
        number
            .map(|number| FieldScalar(ConstMontyForm::new(&number)))
            .ok_or(Refusal::ScalarForm)
    }

    fn text(&self) -> String {
        self.0.retrieve().to_string_radix_vartime(10)
    }
}

impl<P: Parameters> Add for FieldScalar<P> {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        FieldScalar(self.0 + other.0)
    }
}

impl<P: Parameters> Sub for FieldScalar<P> {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        FieldScalar(self.0 - other.0)
    }
}

impl<P: Parameters> Mul for FieldScalar<P> {
    type Output = Self;

    fn mul(self, other: Self) -> Self {
        FieldScalar(self.0 * other.0)
    }
}

impl<P: Parameters> Neg for FieldScalar<P> {
    type Output = Self;

    fn neg(self) -> Self {
        FieldScalar(-self.0)
    }
}

impl<P: Parameters> ConstantTimeEq for FieldScalar<P> {
    fn ct_eq(&self, other: &Self) -> Choice {
        ConstantTimeEq::ct_eq(&self.0, &other.0)
    }
}

impl<P: Parameters> Zeroize for FieldScalar<P> {
    fn zeroize(&mut self) {
        self.0.zeroize();
    }
}

impl<P: Parameters> fmt::Debug for FieldScalar<P> {
    /// A scalar may be a secret, so that its value is not shown.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("FieldScalar")
    }
}

/// A number modulo p whose order is q, or 1.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct FieldElement<P: Parameters>(ConstMontyForm<P::Modulus, LIMBS>);

impl<P: Parameters> Element for FieldElement<P> {
    type Scalar = FieldScalar<P>;
    const SHARES_POWERS: bool = true;

    fn identity() -> Self {
        FieldElement(ConstMontyForm::ONE)
    }

    fn times(&self, other: &Self) -> Self {
        FieldElement(self.0 * other.0)
    }

    fn over(&self, other: &Self) -> Self {
        let inverse = other.0.invert_vartime();
        FieldElement(self.0 * Option::from(inverse).unwrap_or(ConstMontyForm::ONE))
    }

    fn power(&self, exponent: &FieldScalar<P>) -> Self {
        let exponent = exponent.0.retrieve();
        FieldElement(self.0.pow_bounded_exp(&exponent, P::ORDER_BITS))
    }

    fn power_vartime(&self, exponent: &FieldScalar<P>) -> Self {
        FieldElement(self.0.pow_vartime(&exponent.0.retrieve()))
    }

    fn product_of_powers_vartime(bases: &[Self], exponents: &[FieldScalar<P>]) -> Self {
        let powers = bases.iter().zip(exponents);
        powers.fold(Self::identity(), |product, (base, exponent)| {
            product.times(&base.power_vartime(exponent))
        })
    }

    fn read(text: &str) -> Result<Self, Refusal> {
        let element = Self::read_known(text)?;
        let known = element.is_in_group();
        known.then_some(element).ok_or(Refusal::NotInGroup)
    }

    fn is_in_group(&self) -> bool {
        self.0 != ConstMontyForm::ZERO && P::is_member(&self.0)
    }

    fn read_known(text: &str) -> Result<Self, Refusal> {
        let modulus = P::Modulus::PARAMS.modulus().as_ref();
        let number = read_decimal(text, modulus).ok_or(Refusal::ElementForm)?;
        Ok(FieldElement(ConstMontyForm::new(&number)))
    }

    fn text(&self) -> String {
        self.0.retrieve().to_string_radix_vartime(10)
    }

    fn texts(elements: &[Self]) -> Vec<String> {
        elements.iter().map(Element::text).collect()
    }

    fn tally_order(&self, other: &Self) -> Ordering {
        self.0.retrieve().cmp(&other.0.retrieve())
    }
}

impl<P: Parameters> ConstantTimeEq for FieldElement<P> {
    fn ct_eq(&self, other: &Self) -> Choice {
        ConstantTimeEq::ct_eq(&self.0, &other.0)
    }
}

impl<P: Parameters> fmt::Debug for FieldElement<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text())
    }
}

/// For each digit of an exponent, the base to each value of that digit.
#[derive(Clone)]
pub struct FieldTable<P: Parameters>(Arc<Vec<Row<P>>>);

type Row<P> = [ConstMontyForm<<P as Parameters>::Modulus, LIMBS>; 1 << WINDOW_BITS];

impl<P: Parameters> Table<FieldElement<P>, FieldScalar<P>> for FieldTable<P> {
    fn new(base: &FieldElement<P>) -> Self {
        let mut power = base.0;
        let mut rows = Vec::new();
        for _ in 0..P::ORDER_BITS.div_ceil(4) {
            let mut row = [ConstMontyForm::ONE; 1 << WINDOW_BITS];
            for digit in 1..row.len() {
                row[digit] = row[digit - 1] * power;
            }
            power *= row[row.len() - 1];
            rows.push(row);
        }
        FieldTable(Arc::new(rows))
    }

    fn power(&self, exponent: &FieldScalar<P>) -> FieldElement<P> {
        let mut product = ConstMontyForm::ONE;
        let bytes = exponent.0.retrieve().to_le_bytes();
        for (row, digit) in self.0.iter().zip(digits(bytes.as_ref())) {
            // Every entry is touched, so that the digit does not show in what is read.
            let mut factor = row[0];
            for (value, entry) in (0..).zip(row) {
                factor.conditional_assign(entry, digit.ct_eq(&value));
            }
            product *= factor;
        }
        FieldElement(product)
    }

    fn commitment_vartime(
        &self,
        exponent: &FieldScalar<P>,
        other: &FieldElement<P>,
        second: &FieldScalar<P>,
    ) -> FieldElement<P> {
        let power = other.power_vartime(second);
        power.times(&self.power_vartime(exponent))
    }

    fn commitments_vartime(
        &self,
        other: &FieldElement<P>,
        exponents: &[(FieldScalar<P>, FieldScalar<P>)],
    ) -> Vec<FieldElement<P>> {
        let seconds: Vec<U2048> = exponents.iter().map(|pair| pair.1.0.retrieve()).collect();
        self.with_powers(exponents, &shared_powers(other, &seconds))
    }

    /// Where membership is shown by the power q, that power is taken with the others: what is
    /// dear, squaring the base, is done once for all of them.
    fn commitments_of_unproven(
        &self,
        other: &FieldElement<P>,
        exponents: &[(FieldScalar<P>, FieldScalar<P>)],
    ) -> Option<Vec<FieldElement<P>>> {
        if !P::MEMBERSHIP_IS_A_POWER {
            let known = other.is_in_group();
            return known.then(|| self.commitments_vartime(other, exponents));
        }
        let mut seconds: Vec<U2048> = exponents.iter().map(|pair| pair.1.0.retrieve()).collect();
        seconds.push(P::Order::PARAMS.modulus().get());
        let mut powers = shared_powers(other, &seconds);
        // 0 to the power q is 0.
        let member = powers.pop() == Some(FieldElement::identity());
        member.then(|| self.with_powers(exponents, &powers))
    }
}

impl<P: Parameters> FieldTable<P> {
    /// The base to each first exponent, times the power that belongs to it.
    fn with_powers(
        &self,
        exponents: &[(FieldScalar<P>, FieldScalar<P>)],
        powers: &[FieldElement<P>],
    ) -> Vec<FieldElement<P>> {
        let pairs = exponents.iter().zip(powers);
        pairs
            .map(|((first, _), power)| power.times(&self.power_vartime(first)))
            .collect()
    }

    fn power_vartime(&self, exponent: &FieldScalar<P>) -> FieldElement<P> {
        let mut product = ConstMontyForm::ONE;
        let bytes = exponent.0.retrieve().to_le_bytes();
        for (row, digit) in self.0.iter().zip(digits(bytes.as_ref())) {
            if digit != 0 {
                product *= row[usize::from(digit)];
            }
        }
        FieldElement(product)
    }
}

/// Several powers of one base: the base is squared once for all of them, and for each exponent
/// the squares are gathered by the digit they belong to (Yao's method).
fn shared_powers<P: Parameters>(
    base: &FieldElement<P>,
    exponents: &[U2048],
) -> Vec<FieldElement<P>> {
    let bytes: Vec<_> = exponents.iter().map(|one| one.to_le_bytes()).collect();
    let mut gathered = vec![[ConstMontyForm::ONE; 1 << WINDOW_BITS]; exponents.len()];
    let mut square = base.0;
    let count = usize::try_from(P::ORDER_BITS.div_ceil(8)).unwrap_or(U2048::BYTES);
    for place in 0..count * 2 {
        for (gathered, bytes) in gathered.iter_mut().zip(&bytes) {
            let bytes: &[u8] = bytes.as_ref();
            let byte = bytes[place / 2];
            let digit = if place % 2 == 0 { byte & 15 } else { byte >> 4 };
            if digit != 0 {
                gathered[usize::from(digit)] *= square;
            }
        }
        square = square.square_repeat_vartime(4);
    }
    let finish = |gathered: [ConstMontyForm<P::Modulus, LIMBS>; 1 << WINDOW_BITS]| {
        let mut running = ConstMontyForm::ONE;
        let mut product = ConstMontyForm::ONE;
        for entry in gathered[1..].iter().rev() {
            running *= entry;
            product *= running;
        }
        FieldElement(product)
    };
    gathered.into_iter().map(finish).collect()
}

/// The digits of [`WINDOW_BITS`] bits, the least significant first.
fn digits(bytes: &[u8]) -> impl Iterator<Item = u8> {
    bytes.iter().flat_map(|byte| [byte & 15, byte >> 4])
}

impl<P: Parameters> fmt::Debug for FieldTable<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("FieldTable")
    }
}
