//! Proofs that show nothing but that they hold: what they have in common.
//!
//! Every challenge is `H(label|statement|, commitments)`. What is always true here: a proof is
//! checked by recomputing the commitments from the responses and comparing the challenge, in
//! constant time; the outcome must be used; every kind of proof stands in [`ProofKind`], from which
//! the tests take the list of what must be forged in vain.

pub mod decryption;
pub mod one_of;
pub mod power;
#[cfg(test)]
mod tests;

use crate::group::Group;
use crate::hash::challenge;
use crate::hash::challenge_of_texts;
use crate::json::Canonical;
use crate::json::Reader;
use crate::json::write_scalar;
use crate::refusal::Refusal;
use subtle::ConstantTimeEq;

/// What is proven.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ProofKind {
    /// Somebody knows the secret key of a public key.
    Key,
    /// A trustee has signed a certificate or coefficients.
    Certificate,
    /// A voter has signed a ballot.
    Ballot,
    /// The voter knows what was encrypted, without saying that it is 0 or 1.
    Encryption,
    /// One encrypted choice is 0 or 1.
    Individual,
    /// The sum of the encrypted choices is within the bounds of the question.
    Overall,
    /// The vote is not blank, or chooses nothing.
    Blank,
    /// The vote is blank, or the sum of its choices is within the bounds.
    BlankOverall,
    /// A decryption factor was made with the trustee's secret key.
    Decryption,
    /// A list of ciphertexts is another one, encrypted anew and in another order.
    Shuffle,
}

impl ProofKind {
    /// Every kind.
    pub const ALL: [ProofKind; 10] = [
        ProofKind::Key,
        ProofKind::Certificate,
        ProofKind::Ballot,
        ProofKind::Encryption,
        ProofKind::Individual,
        ProofKind::Overall,
        ProofKind::Blank,
        ProofKind::BlankOverall,
        ProofKind::Decryption,
        ProofKind::Shuffle,
    ];

    /// The word with which the text under the challenge begins.
    pub fn label(self) -> &'static str {
        match self {
            ProofKind::Key => "pok",
            ProofKind::Certificate => "sigmsg",
            ProofKind::Ballot => "sig",
            ProofKind::Encryption => "raweg",
            ProofKind::Individual | ProofKind::Overall => "prove",
            ProofKind::Blank => "bproof0",
            ProofKind::BlankOverall => "bproof1",
            ProofKind::Decryption => "decrypt",
            ProofKind::Shuffle => "shuffle-challenge",
        }
    }

    /// What is said when the proof does not hold.
    pub fn refusal(self) -> Refusal {
        match self {
            ProofKind::Key => Refusal::KeyProof,
            ProofKind::Certificate | ProofKind::Ballot => Refusal::Signature,
            ProofKind::Encryption => Refusal::EncryptionProof,
            ProofKind::Individual => Refusal::IndividualProof,
            ProofKind::Overall | ProofKind::BlankOverall => Refusal::OverallProof,
            ProofKind::Blank => Refusal::BlankProof,
            ProofKind::Decryption => Refusal::DecryptionProof,
            ProofKind::Shuffle => Refusal::ShuffleProof,
        }
    }
}

/// A challenge and the response to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Proof<G: Group> {
    /// c, or this proof's share of it.
    pub challenge: G::Scalar,
    /// w − x·c, where the commitment was made with w.
    pub response: G::Scalar,
}

impl<G: Group> Canonical for Proof<G> {
    fn read(reader: &mut Reader<'_>) -> Result<Self, Refusal> {
        reader.expect("{\"challenge\":")?;
        let challenge = reader.scalar::<G>()?;
        reader.expect(",\"response\":")?;
        let response = reader.scalar::<G>()?;
        reader.expect("}")?;
        Ok(Proof {
            challenge,
            response,
        })
    }

    fn write(&self, out: &mut String) {
        out.push_str("{\"challenge\":");
        write_scalar(&self.challenge, out);
        out.push_str(",\"response\":");
        write_scalar(&self.response, out);
        out.push('}');
    }
}

/// `H(label|statement|, commitments)`.
fn challenge_of<G: Group>(
    kind: ProofKind,
    statement: &str,
    commitments: &[G::Element],
) -> G::Scalar {
    challenge::<G>(&format!("{}|{statement}|", kind.label()), commitments)
}

/// Whether a challenge is the one over commitments with these texts, which are said to be those
/// that a verifier would recompute.
#[must_use]
pub(crate) fn is_challenge_over<G: Group>(
    kind: ProofKind,
    statement: &str,
    texts: &[String],
    claimed: &G::Scalar,
) -> bool {
    let prefix = [kind.label(), "|", statement, "|"];
    bool::from(challenge_of_texts::<G>(&prefix, texts).ct_eq(claimed))
}

/// The challenges agree, or this kind of proof does not hold.
fn must_equal<G: Group>(
    kind: ProofKind,
    recomputed: &G::Scalar,
    claimed: &G::Scalar,
) -> Result<(), Refusal> {
    let same = bool::from(recomputed.ct_eq(claimed));
    same.then_some(()).ok_or(kind.refusal())
}
