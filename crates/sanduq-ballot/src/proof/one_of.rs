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
use std::ops::Range;
use subtle::ConstantTimeEq;

/// A ciphertext and the value it is said to encrypt.
#[derive(Clone, Debug)]
pub struct Clause<G: Group> {
    ciphertext: Ciphertext<G>,
    /// The places of the choices whose sum the ciphertext is.
    choices: Range<usize>,
    /// M.
    value: u64,
}

impl<G: Group> Clause<G> {
    /// Says that `ciphertext`, the sum of the answer's ciphertexts at the places `choices`,
    /// encrypts `value`.
    pub fn new(ciphertext: &Ciphertext<G>, choices: Range<usize>, value: u64) -> Clause<G> {
        Clause {
            ciphertext: *ciphertext,
            choices,
            value,
        }
    }

    /// What is said to encrypt the value.
    pub fn ciphertext(&self) -> &Ciphertext<G> {
        &self.ciphertext
    }

    /// The places of the choices whose sum this is.
    pub fn choices(&self) -> Range<usize> {
        self.choices.clone()
    }

    /// M.
    pub fn value(&self) -> u64 {
        self.value
    }

    /// β/g^M.
    pub fn shifted(&self, key: &EncryptionKey<G>) -> G::Element {
        key.without(&self.ciphertext.beta, self.value)
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
        let beta = clause.shifted(key).power(&challenge);
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
    named: (ProofKind, &str),
    key: &EncryptionKey<G>,
    clauses: &[Clause<G>],
    proofs: &[Proof<G>],
) -> Result<(), Refusal> {
    verify_with(named, key, (clauses, proofs), Membership::Known)
}

/// Whether the elements of a ciphertext are known to be in the group of prime order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Membership {
    /// They were read with that check.
    Known,
    /// It is asked with the proof: of each ciphertext that is a choice. Sums follow from these.
    Asked,
}

/// The same, with the check of membership where it is asked for.
///
/// # Errors
/// As [`verify`]; `NotInGroup`.
pub fn verify_with<G: Group>(
    (kind, statement): (ProofKind, &str),
    key: &EncryptionKey<G>,
    (clauses, proofs): (&[Clause<G>], &[Proof<G>]),
    membership: Membership,
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
        recompute(key, (alike, own), membership, &mut commitments)?;
        sum = own.iter().fold(sum, |sum, proof| sum + proof.challenge);
    }
    let total = challenge_of::<G>(kind, statement, &commitments);
    must_equal::<G>(kind, &total, &sum)
}

/// The commitments of clauses about one ciphertext.
fn recompute<G: Group>(
    key: &EncryptionKey<G>,
    (clauses, proofs): (&[Clause<G>], &[Proof<G>]),
    membership: Membership,
    commitments: &mut Vec<G::Element>,
) -> Result<(), Refusal> {
    let Some(first) = clauses.first() else {
        return Ok(());
    };
    let asked = membership == Membership::Asked && first.choices.len() == 1;
    let of_base = |table: &G::Table, base: &G::Element, exponents: &[(G::Scalar, G::Scalar)]| {
        if asked {
            let made = table.commitments_of_unproven(base, exponents);
            return made.ok_or(Refusal::NotInGroup);
        }
        Ok(table.commitments_vartime(base, exponents))
    };
    let base = G::generator_table();
    let exponents: Vec<(G::Scalar, G::Scalar)> = proofs
        .iter()
        .map(|proof| (proof.response, proof.challenge))
        .collect();
    let alphas = of_base(base, &first.ciphertext.alpha, &exponents)?;
    let betas: Vec<G::Element> = if G::Element::SHARES_POWERS {
        // B = y^response · β^challenge · g^(−M·challenge).
        let neutral = G::Element::identity();
        let shared = of_base(key.table(), &first.ciphertext.beta, &exponents)?;
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
        if asked && !first.ciphertext.beta.is_in_group() {
            return Err(Refusal::NotInGroup);
        }
        let table = key.table();
        let each = clauses.iter().zip(&exponents);
        each.map(|(clause, (response, challenge))| {
            table.commitment_vartime(response, &clause.shifted(key), challenge)
        })
        .collect()
    };
    commitments.extend(
        alphas
            .into_iter()
            .zip(betas)
            .flat_map(|(alpha, beta)| [alpha, beta]),
    );
    Ok(())
}
