//! The proofs of a ballot one by one, each with what it is checked against: what the check with
//! nothing but the ballot and the check with hints have in common.

use crate::encryption::EncryptionKey;
use crate::group::Group;
use crate::group::Scalar;
use crate::proof::Proof;
use crate::proof::ProofKind;
use crate::proof::is_challenge_over;
use crate::proof::one_of;
use crate::proof::one_of::Clause;
use crate::proof::one_of::Membership;
use crate::proof::power;
use crate::refusal::Refusal;

/// What a proof speaks of, and the proof.
#[derive(Clone, Debug)]
pub enum Claimed<'a, G: Group> {
    /// At least one of several clauses is true; one proof for each.
    OneOf(Vec<Clause<G>>, &'a [Proof<G>]),
    /// Somebody knows the logarithm of an element.
    Power(G::Element, &'a Proof<G>),
}

/// One proof of a ballot.
#[derive(Clone, Debug)]
pub struct Part<'a, G: Group> {
    /// The choice it is about, counted from 0, where it is about one alone.
    pub choice: Option<usize>,
    /// What is proven.
    pub kind: ProofKind,
    /// How many ciphertexts of the ballot stand before those of its answer.
    pub before: usize,
    /// The text under the challenge.
    pub statement: String,
    /// What it speaks of.
    pub claimed: Claimed<'a, G>,
}

impl<G: Group> Part<'_, G> {
    /// Checks the proof.
    ///
    /// # Errors
    /// `Shape`, or the refusal of its kind.
    pub fn verify(&self, key: &EncryptionKey<G>) -> Result<(), Refusal> {
        self.verify_with(key, Membership::Known)
    }

    /// The same, with the check of membership where it is asked for.
    ///
    /// # Errors
    /// As [`Part::verify`]; `NotInGroup`.
    pub fn verify_with(
        &self,
        key: &EncryptionKey<G>,
        membership: Membership,
    ) -> Result<(), Refusal> {
        match &self.claimed {
            Claimed::OneOf(clauses, proofs) => {
                let named = (self.kind, self.statement.as_str());
                one_of::verify_with(named, key, (clauses, proofs), membership)
            }
            Claimed::Power(public, proof) => {
                power::verify(self.kind, &self.statement, public, proof)
            }
        }
    }

    /// How many commitments are under the challenge.
    pub fn commitments(&self) -> usize {
        match &self.claimed {
            Claimed::OneOf(clauses, _) => clauses.len() * 2,
            Claimed::Power(_, _) => 1,
        }
    }

    /// Whether the challenge is the one over commitments with these texts.
    #[must_use]
    pub fn is_over(&self, texts: &[String]) -> bool {
        let challenge = match &self.claimed {
            Claimed::OneOf(clauses, proofs) => {
                if clauses.len() != proofs.len() {
                    return false;
                }
                let challenges = proofs.iter().map(|proof| proof.challenge);
                challenges.fold(G::Scalar::zero(), |sum, challenge| sum + challenge)
            }
            Claimed::Power(_, proof) => proof.challenge,
        };
        is_challenge_over::<G>(self.kind, &self.statement, texts, &challenge)
    }
}
