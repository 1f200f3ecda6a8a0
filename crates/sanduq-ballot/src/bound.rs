//! Proofs that two powers have one exponent, X = g^x and factor = α^x, whose challenge is a hash of
//! the whole statement. They stand in the sidecar beside the decryption proofs of the
//! specification, and in the complaints of a key ceremony.
//!
//! A = g^w, B = α^w, response = w − x·c, checked with A = g^response · X^c and
//! B = α^response · factor^c. What is always true here: c is SHA-256 over purpose, group, context,
//! trustee, X, α, β, factor, A and B, each with its length before it, so that no value can be
//! chosen after the challenge and no two statements are hashed alike.

mod decryption;
#[cfg(test)]
mod tests;

pub use crate::bound::decryption::BoundDecryption;
pub use crate::bound::decryption::Place;

use crate::chance::Nonces;
use crate::chance::Secret;
use crate::group::Element;
use crate::group::Group;
use crate::group::Scalar;
use crate::group::Table;
use crate::proof::Proof;
use crate::refusal::Refusal;
use rand_core::CryptoRng;
use sha2::Digest;
use sha2::Sha256;
use subtle::ConstantTimeEq;

/// What a factor is made for; proofs of one purpose are none of another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Decrypting a ciphertext of the tally.
    Decryption,
    /// Opening a share of a key ceremony.
    Share,
}

impl Purpose {
    fn label(self) -> &'static str {
        match self {
            Purpose::Decryption => "decryption",
            Purpose::Share => "share",
        }
    }
}

/// What is proven.
#[derive(Clone, Copy, Debug)]
pub struct Claim<'a, G: Group> {
    /// What the factor is made for.
    pub purpose: Purpose,
    /// The election's fingerprint φ, or the ceremony and the dealer.
    pub context: &'a str,
    /// The number of the person, counted from 1.
    pub trustee: u64,
    /// X.
    pub public: &'a G::Element,
    /// α.
    pub alpha: &'a G::Element,
    /// The text of what stands beside α: β, or a masked share.
    pub beta: &'a str,
    /// α^x.
    pub factor: &'a G::Element,
}

impl<G: Group> Claim<'_, G> {
    /// The bytes that are hashed before A and B.
    fn statement(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        let elements = G::Element::texts(&[*self.public, *self.alpha, *self.factor]);
        let parts = [
            "bound proof",
            self.purpose.label(),
            G::NAME,
            self.context,
            &self.trustee.to_string(),
            &elements[0],
            &elements[1],
            self.beta,
            &elements[2],
        ];
        for part in parts {
            append(part, &mut bytes);
        }
        bytes
    }

    /// c.
    fn challenge(&self, commitments: &[G::Element; 2]) -> G::Scalar {
        let mut bytes = self.statement();
        for text in G::Element::texts(commitments) {
            append(&text, &mut bytes);
        }
        G::Scalar::from_hash(&Sha256::digest(&bytes).into())
    }

    /// Proves that the factor was made with `secret`.
    pub fn prove<R>(&self, secret: &Secret<G::Scalar>, chance: &mut R) -> Proof<G>
    where
        R: CryptoRng + ?Sized,
    {
        let statement = self.statement();
        let mut nonces = Nonces::new("bound", secret.expose(), &[&statement], chance);
        let nonce = Secret::<G::Scalar>::new(nonces.draw());
        let commitments = [
            G::power_of_generator(nonce.expose()),
            self.alpha.power(nonce.expose()),
        ];
        let challenge = self.challenge(&commitments);
        Proof {
            challenge,
            response: *nonce.expose() - *secret.expose() * challenge,
        }
    }

    /// Checks the claim.
    ///
    /// # Errors
    /// `DecryptionProof`.
    pub fn verify(&self, proof: &Proof<G>) -> Result<(), Refusal> {
        let (response, challenge) = (&proof.response, &proof.challenge);
        let bases = [*self.alpha, *self.factor];
        let commitments = [
            G::generator_table().commitment_vartime(response, self.public, challenge),
            G::Element::product_of_powers_vartime(&bases, &[*response, *challenge]),
        ];
        let same = bool::from(self.challenge(&commitments).ct_eq(challenge));
        same.then_some(()).ok_or(Refusal::DecryptionProof)
    }
}

/// A text with its length in bytes before it.
fn append(part: &str, bytes: &mut Vec<u8>) {
    let length = u64::try_from(part.len()).unwrap_or(u64::MAX);
    bytes.extend(length.to_be_bytes());
    bytes.extend(part.as_bytes());
}
