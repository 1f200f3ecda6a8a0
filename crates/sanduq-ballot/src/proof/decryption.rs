//! Proofs that a decryption factor is α^x for the x of a public key X = g^x (Belenios
//! specification, "Tally").
//!
//! A = g^w, B = α^w, c = H(decrypt|φ|X|, A, B), response = w − x·c; checked with
//! A = g^response · X^c and B = α^response · factor^c.

use crate::chance::Secret;
use crate::group::Element;
use crate::group::Group;
use crate::group::Table;
use crate::proof::Proof;
use crate::proof::ProofKind;
use crate::proof::challenge_of;
use crate::proof::must_equal;
use crate::refusal::Refusal;

/// What a decryption factor is said to be.
#[derive(Clone, Copy, Debug)]
pub struct Claim<'a, G: Group> {
    /// The text that binds the election: φ.
    pub election: &'a str,
    /// X.
    pub public: &'a G::Element,
    /// α.
    pub alpha: &'a G::Element,
    /// α^x.
    pub factor: &'a G::Element,
}

impl<G: Group> Claim<'_, G> {
    fn statement(&self) -> String {
        format!("{}|{}", self.election, self.public.text())
    }
}

/// Proves that the factor was made with `secret`; `nonce` is w, hedged and never used again.
pub fn prove<G: Group>(
    claim: &Claim<'_, G>,
    secret: &Secret<G::Scalar>,
    nonce: &Secret<G::Scalar>,
) -> Proof<G> {
    let commitments = [
        G::power_of_generator(nonce.expose()),
        claim.alpha.power(nonce.expose()),
    ];
    let challenge = challenge_of::<G>(ProofKind::Decryption, &claim.statement(), &commitments);
    let response = *nonce.expose() - *secret.expose() * challenge;
    Proof {
        challenge,
        response,
    }
}

/// Checks the claim.
///
/// # Errors
/// `DecryptionProof`.
pub fn verify<G: Group>(claim: &Claim<'_, G>, proof: &Proof<G>) -> Result<(), Refusal> {
    let bases = [*claim.alpha, *claim.factor];
    let exponents = [proof.response, proof.challenge];
    let commitments = [
        G::generator_table().commitment_vartime(&proof.response, claim.public, &proof.challenge),
        G::Element::product_of_powers_vartime(&bases, &exponents),
    ];
    let challenge = challenge_of::<G>(ProofKind::Decryption, &claim.statement(), &commitments);
    must_equal::<G>(ProofKind::Decryption, &challenge, &proof.challenge)
}
