//! How large the objects of an election can be, once its questions are known.
//!
//! What is always true here: nothing that can be written in the one form is larger than its size
//! here, so that what is larger is refused by its head alone, before anything of it is held.

use crate::election::Election;
use crate::events::EventKind;
use crate::group::Group;
use crate::question::Question;

/// Words, brackets and marks of any object besides those counted with its parts.
const WORDS: u64 = 4096;

/// The largest objects of an election, in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sizes {
    ballot: u64,
    /// What a ciphertext of the tally takes in any object after the ballots.
    ciphertext: u64,
    /// Ciphertexts of sums.
    sums: u64,
    /// Questions whose ballots are shuffled, and all answers of these.
    shuffled: [u64; 2],
}

fn count(things: usize) -> u64 {
    u64::try_from(things).unwrap_or(u64::MAX)
}

impl Sizes {
    /// Those of an election.
    pub fn of<G: Group>(election: &Election<G>) -> Sizes {
        // A text between its marks and a comma; {"alpha":…,"beta":…} and
        // {"challenge":…,"response":…} with theirs.
        let text = G::LONGEST_TEXT + 3;
        let pair = 2 * text + 32;
        let mut sizes = Sizes {
            ballot: WORDS + count(election.description().uuid.as_str().len()) + 2 * pair,
            // Of a shuffle a ciphertext and five texts of its proof, of a decryption a factor and
            // its proof, of a result a number of up to 20 digits.
            ciphertext: 2 * pair + 5 * text,
            sums: 0,
            shuffled: [0; 2],
        };
        for question in election.questions() {
            match question {
                Question::Homomorphic(one) => {
                    let choices = count(one.choices());
                    let sums = one.max.saturating_sub(one.min).saturating_add(2);
                    // Each choice has a ciphertext and two proofs, each sum one, a blank vote two.
                    let pairs = choices.saturating_mul(3).saturating_add(sums + 3);
                    let own = pairs.saturating_mul(pair).saturating_add(WORDS);
                    sizes.ballot = sizes.ballot.saturating_add(own);
                    sizes.sums = sizes.sums.saturating_add(choices);
                }
                Question::NonHomomorphic(one) => {
                    sizes.ballot = sizes.ballot.saturating_add(2 * pair + WORDS);
                    sizes.shuffled[0] += 1;
                    sizes.shuffled[1] += count(one.answers.len());
                }
            }
        }
        sizes
    }

    /// The largest object that may stand after an event of this kind, when so many ballots stand
    /// before it.
    pub fn largest(&self, last: EventKind, ballots: u64) -> u64 {
        if matches!(last, EventKind::Setup | EventKind::Ballot) {
            return self.ballot;
        }
        let [questions, answers] = self.shuffled;
        let ciphertexts = questions.saturating_mul(ballots).saturating_add(self.sums);
        // A result has a number of three digits and a comma for each answer of each ballot.
        let numbers = answers.saturating_mul(ballots).saturating_mul(4);
        let parts = ciphertexts.saturating_mul(self.ciphertext);
        let words = WORDS * (1 + questions);
        let after = parts.saturating_add(numbers).saturating_add(words);
        // A ballot out of its place is looked at all the same.
        after.max(self.ballot)
    }
}
