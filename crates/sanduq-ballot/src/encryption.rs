//! El Gamal encryption under the key y of an election: α = g^r, β = y^r · g^m (Belenios
//! specification, "Encrypted answers").

use crate::chance::Secret;
use crate::group::Element;
use crate::group::Group;
use crate::group::Scalar;
use crate::group::Table;
use crate::json::Canonical;
use crate::json::Reader;
use crate::json::write_element;
use crate::refusal::Refusal;

/// An encrypted number or element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ciphertext<G: Group> {
    /// g^r.
    pub alpha: G::Element,
    /// y^r · g^m, or y^r times the element.
    pub beta: G::Element,
}

impl<G: Group> Ciphertext<G> {
    /// The encryption of nothing with r = 0: where sums begin.
    pub fn neutral() -> Self {
        Ciphertext {
            alpha: G::Element::identity(),
            beta: G::Element::identity(),
        }
    }

    /// An encryption of the sum.
    #[must_use]
    pub fn plus(&self, other: &Self) -> Self {
        Ciphertext {
            alpha: self.alpha.times(&other.alpha),
            beta: self.beta.times(&other.beta),
        }
    }

    /// An encryption of `weight` times the number.
    #[must_use]
    pub fn weighted(&self, weight: u64) -> Self {
        if weight == 1 {
            return *self;
        }
        let exponent = G::Scalar::from_number(weight);
        Ciphertext {
            alpha: self.alpha.power_vartime(&exponent),
            beta: self.beta.power_vartime(&exponent),
        }
    }

    /// The sum of many.
    #[must_use]
    pub fn sum(ciphertexts: &[Self]) -> Self {
        let neutral = Self::neutral();
        ciphertexts.iter().fold(neutral, |sum, one| sum.plus(one))
    }

    /// `α,β`, as statements of proofs write it.
    pub fn statement(&self) -> String {
        format!("{},{}", self.alpha.text(), self.beta.text())
    }
}

impl<G: Group> Ciphertext<G> {
    /// Reads a ciphertext whose elements `element` reads.
    ///
    /// # Errors
    /// `Form`, and what `element` refuses.
    pub fn read_by<'r>(
        reader: &mut Reader<'r>,
        mut element: impl FnMut(&mut Reader<'r>) -> Result<G::Element, Refusal>,
    ) -> Result<Self, Refusal> {
        reader.expect("{\"alpha\":")?;
        let alpha = element(reader)?;
        reader.expect(",\"beta\":")?;
        let beta = element(reader)?;
        reader.expect("}")?;
        Ok(Ciphertext { alpha, beta })
    }
}

impl<G: Group> Canonical for Ciphertext<G> {
    fn read(reader: &mut Reader<'_>) -> Result<Self, Refusal> {
        Ciphertext::read_by(reader, Reader::element::<G>)
    }

    fn write(&self, out: &mut String) {
        out.push_str("{\"alpha\":");
        write_element(&self.alpha, out);
        out.push_str(",\"beta\":");
        write_element(&self.beta, out);
        out.push('}');
    }
}

/// The key of an election with what is computed from it once.
#[derive(Clone, Debug)]
pub struct EncryptionKey<G: Group> {
    public: G::Element,
    table: G::Table,
    /// 1/g^M for M = 0, 1, 2 and so on.
    shifts: Vec<G::Element>,
}

impl<G: Group> EncryptionKey<G> {
    /// Prepares the key y for proofs about values up to `largest`.
    pub fn new(public: &G::Element, largest: u64) -> Self {
        let back = G::Element::identity().over(&G::generator());
        let mut shifts = vec![G::Element::identity()];
        for _ in 0..largest {
            let last = shifts.last().copied().unwrap_or(back);
            shifts.push(last.times(&back));
        }
        EncryptionKey {
            public: *public,
            table: G::Table::new(public),
            shifts,
        }
    }

    /// y.
    pub fn public(&self) -> &G::Element {
        &self.public
    }

    /// The powers of y.
    pub fn table(&self) -> &G::Table {
        &self.table
    }

    /// β/g^value.
    pub fn without(&self, beta: &G::Element, value: u64) -> G::Element {
        let known = usize::try_from(value)
            .ok()
            .and_then(|value| self.shifts.get(value));
        match known {
            Some(shift) => beta.times(shift),
            None => beta.over(&G::generator().power_vartime(&G::Scalar::from_number(value))),
        }
    }

    /// Encrypts a number in the exponent, in constant time; `secret` is r, never used again.
    pub fn encrypt_number(&self, number: u64, secret: &Secret<G::Scalar>) -> Ciphertext<G> {
        let message = G::power_of_generator(&G::Scalar::from_number(number));
        self.encrypt(&message, secret)
    }

    /// Encrypts an element, in constant time; `secret` is r, never used again.
    pub fn encrypt(&self, message: &G::Element, secret: &Secret<G::Scalar>) -> Ciphertext<G> {
        Ciphertext {
            alpha: G::power_of_generator(secret.expose()),
            beta: self.table.power(secret.expose()).times(message),
        }
    }
}
