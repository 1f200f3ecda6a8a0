//! The groups in which ballots are encrypted: one trait, three groups of prime order.
//!
//! What is always true here: a value of type `Element` is in the group of prime order, because
//! reading checks it and every operation keeps it; whether the neutral element is allowed is said
//! by the field that is read ([`Group::read_key`] refuses it). Operations named `_vartime` take
//! time that depends on their arguments and are for public values alone. Texts are those of the
//! Belenios specification, "Group elements": they stand in JSON and in what is hashed.

pub mod ed25519;
pub mod field;
#[cfg(test)]
mod tests;

use crate::refusal::Refusal;
use rayon::prelude::IntoParallelRefIterator;
use rayon::prelude::ParallelIterator;
use std::cmp::Ordering;
use std::fmt::Debug;
use std::ops::Add;
use std::ops::Mul;
use std::ops::Neg;
use std::ops::Sub;
use subtle::ConstantTimeEq;
use zeroize::Zeroize;

/// A group of prime order q with a generator g, and what the protocol needs of it.
pub trait Group: Copy + Debug + Default + Eq + Send + Sync + 'static {
    /// The name of the group in an election's description.
    const NAME: &'static str;
    /// Characters of the longest text of an element or a scalar.
    const LONGEST_TEXT: u64;
    /// Whether elements can be handed over as their eighth parts, which show by themselves that
    /// what is read is in the group of prime order; only where that is cheaper than the check.
    const HAS_EIGHTHS: bool = false;
    /// Integers modulo q.
    type Scalar: Scalar;
    /// Members of the group of order q.
    type Element: Element<Scalar = Self::Scalar>;
    /// Powers of a base that is used often, computed once.
    type Table: Table<Self::Element, Self::Scalar>;
    /// Members of the group of which no more is needed than a sum with weights.
    type Shown: Copy + Debug + Send + Sync + 'static;

    /// g.
    fn generator() -> Self::Element;

    /// The powers of g.
    fn generator_table() -> &'static Self::Table;

    /// The generator number `index` with no logarithm that anybody knows, derived from the text
    /// `ggen|index`; the commitments of shuffles stand on these, and on the one with number -1.
    fn independent_generator(index: i64) -> Self::Element;

    /// Embeds numbers of 8 bits into an element, for questions that are not homomorphic.
    ///
    /// # Errors
    /// `DoesNotFit` when there are too many numbers, or none of the candidates is in the group.
    fn embed(numbers: &[u8]) -> Result<Self::Element, Refusal>;

    /// The last `count` numbers of an element; the inverse of [`Group::embed`]. Every element has
    /// them, whether or not anything was embedded in it: who encrypts proves to know a logarithm
    /// and not what was encrypted, so that no element may stop the count.
    ///
    /// # Errors
    /// `DoesNotFit` in a group in which nothing can be embedded.
    fn extract(element: &Self::Element, count: usize) -> Result<Vec<u8>, Refusal>;

    /// For each encoding of a point Q, in the group of prime order or not, the element 8·Q; `None`
    /// when one of them is no canonical encoding, or the group has no eighths.
    fn from_eighths(_encodings: &[[u8; 32]]) -> Option<Vec<Self::Element>> {
        None
    }

    /// The encodings of elements, as [`Group::from_eighths`] takes them.
    fn encodings(_elements: &[Self::Element]) -> Vec<[u8; 32]> {
        Vec::new()
    }

    /// For each point Q of the curve, in the group of prime order or not, given by both of its
    /// coordinates, the element 8·Q and its text; `None` when a pair fits no point, or the group
    /// has no eighths.
    fn from_pairs(_pairs: &[[[u8; 32]; 2]]) -> Option<Vec<(Self::Shown, String)>> {
        None
    }

    /// The coordinates of elements, as [`Group::from_pairs`] takes them.
    fn pairs(_elements: &[Self::Element]) -> Vec<[[u8; 32]; 2]> {
        Vec::new()
    }

    /// The text of the product of `point^weight`; `None` when the group has no eighths.
    fn weighted_sum(_points: &[Self::Shown], _weights: &[u128]) -> Option<String> {
        None
    }

    /// Reads a key or a credential: an element other than the neutral one.
    ///
    /// # Errors
    /// `ElementForm`, `NotInGroup`, and `Identity` for the neutral element.
    fn read_key(text: &str) -> Result<Self::Element, Refusal> {
        let element = Self::Element::read(text)?;
        if element == Self::Element::identity() {
            return Err(Refusal::Identity);
        }
        Ok(element)
    }

    /// g^exponent, in constant time.
    fn power_of_generator(exponent: &Self::Scalar) -> Self::Element {
        Self::generator_table().power(exponent)
    }
}

/// An integer modulo the prime order q of its group. Comparison is in constant time.
pub trait Scalar:
    Copy
    + Debug
    + Default
    + Eq
    + Send
    + Sync
    + ConstantTimeEq
    + Zeroize
    + Add<Output = Self>
    + Sub<Output = Self>
    + Mul<Output = Self>
    + Neg<Output = Self>
    + 'static
{
    /// The number of uniform bytes from which a scalar is drawn: at least 128 bits more than q has,
    /// so that the remainder is as good as uniform.
    const UNIFORM_BYTES: usize;

    /// 0.
    fn zero() -> Self;

    /// 1.
    fn one() -> Self;

    /// A small number.
    fn from_number(number: u64) -> Self;

    /// The hash as an integer with its first byte the most significant, modulo q.
    fn from_hash(hash: &[u8; 32]) -> Self;

    /// [`Scalar::UNIFORM_BYTES`] uniform bytes as an integer, modulo q; missing ones count as 0.
    fn from_uniform(bytes: &[u8]) -> Self;

    /// The scalar times which this one is 1; `None` for 0.
    fn inverse(&self) -> Option<Self>;

    /// Reads the decimal form: digits without a leading zero, below q.
    ///
    /// # Errors
    /// `ScalarForm`.
    fn read(text: &str) -> Result<Self, Refusal>;

    /// The decimal form. Its time depends on the value.
    fn text(&self) -> String;
}

/// A member of the group of prime order, written multiplicatively as in the specification.
pub trait Element: Copy + Debug + Eq + Send + Sync + ConstantTimeEq + 'static {
    /// What it is raised to.
    type Scalar;
    /// Whether several powers of one element are cheaper together than one by one, so that it pays
    /// to raise an element to another power rather than to divide it first.
    const SHARES_POWERS: bool;

    /// The neutral element.
    fn identity() -> Self;

    /// The product.
    #[must_use]
    fn times(&self, other: &Self) -> Self;

    /// The quotient.
    #[must_use]
    fn over(&self, other: &Self) -> Self;

    /// `self^exponent`, in constant time.
    #[must_use]
    fn power(&self, exponent: &Self::Scalar) -> Self;

    /// `self^exponent` of public values.
    #[must_use]
    fn power_vartime(&self, exponent: &Self::Scalar) -> Self;

    /// The product of `base^exponent` of public values; what the longer list has more counts not.
    fn product_of_powers_vartime(bases: &[Self], exponents: &[Self::Scalar]) -> Self;

    /// Reads the canonical text of an element of the group of prime order, the neutral one too.
    ///
    /// # Errors
    /// `ElementForm` or `NotInGroup`.
    fn read(text: &str) -> Result<Self, Refusal>;

    /// Reads a text that was read before, or stands in a list of which every text was: whether
    /// the element is in the group is not asked again.
    ///
    /// # Errors
    /// `ElementForm` or `NotInGroup`.
    fn read_known(text: &str) -> Result<Self, Refusal>;

    /// Whether the element is in the group of prime order; to be asked where it was read with
    /// [`Element::read_known`].
    fn is_in_group(&self) -> bool;

    /// Reads many texts side by side.
    ///
    /// # Errors
    /// As [`Element::read`], for the first that is refused.
    fn read_all(texts: &[&str]) -> Result<Vec<Self>, Refusal> {
        let read = texts.par_iter().map(|text| Self::read(text));
        let read: Vec<Result<Self, Refusal>> = read.collect();
        read.into_iter().collect()
    }

    /// The canonical text.
    fn text(&self) -> String;

    /// The canonical texts of many elements, quicker than one by one.
    fn texts(elements: &[Self]) -> Vec<String>;

    /// The order in which the ciphertexts of an encrypted tally stand.
    fn tally_order(&self, other: &Self) -> Ordering;
}

/// The last `count` digits of a number in bytes, the first one the most significant; those that it
/// has not are 0.
pub(crate) fn last_digits(bytes: &[u8], count: usize) -> Vec<u8> {
    let mut digits = vec![0; count.saturating_sub(bytes.len())];
    digits.extend_from_slice(&bytes[bytes.len().saturating_sub(count)..]);
    digits
}

/// Powers of one base, computed once.
pub trait Table<E, S>: Clone + Debug + Send + Sync + 'static {
    /// Computes the powers of `base`.
    fn new(base: &E) -> Self;

    /// `base^exponent`, in constant time.
    fn power(&self, exponent: &S) -> E;

    /// `base^exponent · other^second` of public values: a commitment as its verifier recomputes it.
    fn commitment_vartime(&self, exponent: &S, other: &E, second: &S) -> E;

    /// For pairs of exponents of public values `base^first · other^second`.
    fn commitments_vartime(&self, other: &E, exponents: &[(S, S)]) -> Vec<E> {
        let each = exponents.iter();
        each.map(|(first, second)| self.commitment_vartime(first, other, second))
            .collect()
    }

    /// The same, of an `other` that may not be in the group of prime order: `None` where it is not.
    fn commitments_of_unproven(&self, other: &E, exponents: &[(S, S)]) -> Option<Vec<E>>
    where
        E: Element,
    {
        let known = other.is_in_group();
        known.then(|| self.commitments_vartime(other, exponents))
    }
}
