//! Hints: what a verifier would compute again of a ballot, handed over so that many ballots are
//! checked together.
//!
//! For each point P of a ballot's ciphertexts, and for each commitment that its proofs hide, the
//! hint is a point Q with 8·Q = P. Nothing in a hint is believed. What 8·Q is lies in the subgroup
//! of prime order whatever Q is, which spares the check of every point; its text must stand in the
//! ballot, or under the challenge, so that the hash binds it; and one sum with random weights
//! shows that all commitments are what the responses make of them ([`Batch::holds`]). Of a
//! commitment, of which only that sum is needed, the hint has both coordinates: whether they fit
//! the curve is quicker to see than one is found from the other.
//!
//! What is always true here: a ballot that is taken with hints would be taken without them. A
//! batch that does not hold says nothing of any ballot in it: each is then checked by itself. Only
//! a group with eighths has hints; ballots in the two fields of 2,048 bits are checked without.
//!
//! In words of 32 bytes: for α and β of each ciphertext of each answer the encoding of Q (RFC
//! 8032); then for each proof, in the order of [`Ballot::parts`], of the commitments as they stand
//! under its challenge, x and y of Q, each below p, with the least significant byte first.

mod batch;

pub use crate::hints::batch::Batch;

use crate::ballot::Ballot;
use crate::ballot::part::Claimed;
use crate::ballot::part::Part;
use crate::election::Election;
use crate::group::Element;
use crate::group::Group;
use crate::group::Scalar;
use crate::group::Table;
use crate::question::Question;

/// Bytes of a word: an encoding, or a coordinate.
pub const POINT: usize = 32;

/// The hints of one ballot, in words, which may be none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hints(pub Vec<[u8; POINT]>);

impl Hints {
    /// How many words the hints of a ballot have; 0 in a group without eighths.
    pub fn count<G: Group>(questions: &[Question]) -> usize {
        if !G::HAS_EIGHTHS {
            return 0;
        }
        let of = |question: &Question| match question {
            Question::NonHomomorphic(_) => 4,
            Question::Homomorphic(question) => {
                let blank = usize::from(question.allows_blank());
                question.choices() * 10 + question.sums().count() * 4 + blank * 12
            }
        };
        questions.iter().map(of).sum::<usize>() + 2
    }

    /// Makes the hints of a ballot; those of a ballot that does not hold help nobody.
    pub fn make<G: Group>(election: &Election<G>, ballot: &Ballot<G>) -> Hints {
        let eighth = G::Scalar::from_number(8).inverse();
        let (true, Some(eighth)) = (G::HAS_EIGHTHS, eighth) else {
            return Hints::default();
        };
        let ciphertexts = ballot.answers().iter().flat_map(|one| one.ciphertexts());
        let points: Vec<G::Element> = ciphertexts
            .flat_map(|one| [one.alpha, one.beta])
            .map(|point| point.power_vartime(&eighth))
            .collect();
        let mut made = Vec::new();
        for part in ballot.parts(election).unwrap_or_default() {
            commitments(election, &part, &eighth, &mut made);
        }
        let mut words = G::encodings(&points);
        words.extend(G::pairs(&made).as_flattened());
        Hints(words)
    }

    /// The bytes, one word after the other.
    pub fn to_bytes(&self) -> Vec<u8> {
        self.0.concat()
    }

    /// Cuts bytes into words; what is left over at the end is not taken.
    pub fn from_bytes(bytes: &[u8]) -> Hints {
        Hints(bytes.as_chunks::<POINT>().0.to_vec())
    }
}

/// The eighths of the commitments of one proof, as they follow from its responses.
fn commitments<G: Group>(
    election: &Election<G>,
    part: &Part<'_, G>,
    eighth: &G::Scalar,
    points: &mut Vec<G::Element>,
) {
    let (base, key) = (G::generator_table(), election.key());
    match &part.claimed {
        Claimed::Power(public, proof) => {
            let response = proof.response * *eighth;
            let challenge = proof.challenge * *eighth;
            points.push(base.commitment_vartime(&response, public, &challenge));
        }
        Claimed::OneOf(clauses, proofs) => {
            for (clause, proof) in clauses.iter().zip(*proofs) {
                let response = proof.response * *eighth;
                let challenge = proof.challenge * *eighth;
                let shifted = clause.shifted(key);
                let alpha = &clause.ciphertext().alpha;
                points.push(base.commitment_vartime(&response, alpha, &challenge));
                points.push(
                    key.table()
                        .commitment_vartime(&response, &shifted, &challenge),
                );
            }
        }
    }
}
