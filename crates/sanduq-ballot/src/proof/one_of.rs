//! Proofs that at least one of several ciphertexts encrypts the value that is said of it (Belenios
//! specification, "Proofs of interval membership" and "Proofs of possibly-blank votes").
//!
//! For each clause (α, β, M): A = g^response · α^challenge and B = y^response · (β/g^M)^challenge;
//! the challenges add up to H(label|statement|, A0, B0, A1, B1, …). Only for a clause that is true
//! can the challenge be chosen last. Proving takes the same steps whichever clause is true.

use crate::chance::Nonces;
use crate::chance::Secret;
use crate::encryption::Ciphertext;
use crate::encryption::EncryptionKey;
use crate::group::Element;
use crate::group::Group;
use crate::group::Scalar;
use crate::group::Table;
use crate::proof::Proof;
use crate::proof::ProofKind;
use crate::proof::challenge_of;
use crate::proof::must_equal;
use crate::refusal::Refusal;
use subtle::ConstantTimeEq;

/// A ciphertext and the value it is said to encrypt.
#[derive(Clone, Copy, Debug)]
pub struct Clause<G: Group> {
    ciphertext: Ciphertext<G>,
    /// M.
    value: u64,
    /// β/g^M.
    shifted: G::Element,
}

impl<G: Group> Clause<G> {
    /// Says that `ciphertext` encrypts `value`.
    pub fn new(key: &EncryptionKey<G>, ciphertext: &Ciphertext<G>, value: u64) -> Clause<G> {
        Clause {
            ciphertext: *ciphertext,
            value,
            shifted: key.without(&ciphertext.beta, value),
        }
    }
}

/// Proves that the clause number `truth` is true, without showing which one it is; `secret` is the
/// number behind its ciphertext.
pub fn prove<G: Group>(
    (kind, statement): (ProofKind, &str),
    key: &EncryptionKey<G>,
    clauses: &[Clause<G>],
    (truth, secret): (u64, &Secret<G::Scalar>),
    nonces: &mut Nonces,
) -> Vec<Proof<G>> {
    let mut commitments = Vec::with_capacity(clauses.len() * 2);
    let mut parts = Vec::with_capacity(clauses.len());
    for (index, clause) in (0_u64..).zip(clauses) {
        let chosen = G::Scalar::from_number(u64::from(index.ct_eq(&truth).unwrap_u8()));
        let nonce = Secret::new(nonces.draw::<G::Scalar>());
        let challenge = nonces.draw::<G::Scalar>() * (G::Scalar::one() - chosen);
        let alpha = clause.ciphertext.alpha.power(&challenge);
        let beta = clause.shifted.power(&challenge);
        commitments.push(G::power_of_generator(nonce.expose()).times(&alpha));
        commitments.push(key.table().power(nonce.expose()).times(&beta));
        parts.push((chosen, nonce, challenge));
    }
    let total = challenge_of::<G>(kind, statement, &commitments);
    let simulated = parts
        .iter()
        .fold(G::Scalar::zero(), |sum, part| sum + part.2);
    let answer = |(chosen, nonce, challenge): &(G::Scalar, Secret<G::Scalar>, G::Scalar)| {
        let challenge = *challenge + *chosen * (total - simulated);
        let response = *nonce.expose() - *chosen * *secret.expose() * challenge;
        Proof {
            challenge,
            response,
        }
    };
    parts.iter().map(answer).collect()
}

/// Checks that one of the clauses is true.
///
/// # Errors
/// `Shape` when there is not one proof for each clause, else the refusal of the kind.
pub fn verify<G: Group>(
    (kind, statement): (ProofKind, &str),
    key: &EncryptionKey<G>,
    clauses: &[Clause<G>],
    proofs: &[Proof<G>],
) -> Result<(), Refusal> {
    if clauses.len() != proofs.len() {
        return Err(Refusal::Shape);
    }
    let mut commitments = Vec::with_capacity(clauses.len() * 2);
    let mut sum = G::Scalar::zero();
    let mut rest = proofs;
    // Clauses about the same ciphertext stand together.
    for alike in clauses.chunk_by(|one, other| one.ciphertext == other.ciphertext) {
        let (own, others) = rest.split_at(alike.len());
        rest = others;
        recompute(key, alike, own, &mut commitments);
        sum = own.iter().fold(sum, |sum, proof| sum + proof.challenge);
    }
    let total = challenge_of::<G>(kind, statement, &commitments);
    must_equal::<G>(kind, &total, &sum)
}

/// The commitments of clauses about one ciphertext.
fn recompute<G: Group>(
    key: &EncryptionKey<G>,
    clauses: &[Clause<G>],
    proofs: &[Proof<G>],
    commitments: &mut Vec<G::Element>,
) {
    let Some(first) = clauses.first() else {
        return;
    };
    let base = G::generator_table();
    let exponents: Vec<(G::Scalar, G::Scalar)> = proofs
        .iter()
        .map(|proof| (proof.response, proof.challenge))
        .collect();
    let alphas = base.commitments_vartime(&first.ciphertext.alpha, &exponents);
    let betas: Vec<G::Element> = if G::Element::SHARES_POWERS {
        // B = y^response · β^challenge · g^(−M·challenge).
        let neutral = G::Element::identity();
        let shared = key
            .table()
            .commitments_vartime(&first.ciphertext.beta, &exponents);
        let each = shared.iter().zip(clauses).zip(proofs);
        each.map(|((shared, clause), proof)| {
            if clause.value == 0 {
                return *shared;
            }
            let back = -(G::Scalar::from_number(clause.value) * proof.challenge);
            let shift = base.commitment_vartime(&back, &neutral, &G::Scalar::zero());
            shared.times(&shift)
        })
        .collect()
    } else {
        let table = key.table();
        let each = clauses.iter().zip(&exponents);
        each.map(|(clause, (response, challenge))| {
            table.commitment_vartime(response, &clause.shifted, challenge)
        })
        .collect()
    };
    commitments.extend(
        alphas
            .into_iter()
            .zip(betas)
            .flat_map(|(alpha, beta)| [alpha, beta]),
    );
}
