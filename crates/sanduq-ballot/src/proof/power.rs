//! Proofs that somebody knows the logarithm x of an element X = g^x: keys, signatures and what was
//! encrypted (Belenios specification, "Proofs of knowledge" and "Signatures").
//!
//! A = g^w, c = H(label|statement|, A), response = w − x·c; checked with A = g^response · X^c.

use crate::chance::Secret;
use crate::group::Group;
use crate::group::Table;
use crate::proof::Proof;
use crate::proof::ProofKind;
use crate::proof::challenge_of;
use crate::proof::must_equal;
use crate::refusal::Refusal;

/// Proves knowledge of `secret`; `nonce` is w, hedged and never used again.
pub fn prove<G: Group>(
    kind: ProofKind,
    statement: &str,
    secret: &Secret<G::Scalar>,
    nonce: &Secret<G::Scalar>,
) -> Proof<G> {
    let commitment = G::power_of_generator(nonce.expose());
    let challenge = challenge_of::<G>(kind, statement, &[commitment]);
    let response = *nonce.expose() - *secret.expose() * challenge;
    Proof {
        challenge,
        response,
    }
}

/// Checks that whoever made the proof knew the logarithm of `public`.
///
/// # Errors
/// The refusal of the kind.
pub fn verify<G: Group>(
    kind: ProofKind,
    statement: &str,
    public: &G::Element,
    proof: &Proof<G>,
) -> Result<(), Refusal> {
    let table = G::generator_table();
    let commitment = table.commitment_vartime(&proof.response, public, &proof.challenge);
    let challenge = challenge_of::<G>(kind, statement, &[commitment]);
    must_equal::<G>(kind, &challenge, &proof.challenge)
}
