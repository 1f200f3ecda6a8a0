//! The encrypted tally: for each question the sums of the ballots that count, or the ballots
//! themselves where they are shuffled (Belenios specification, "Tally").

use crate::ballot::Ballot;
use crate::ballot::answer::Answer;
use crate::encryption::Ciphertext;
use crate::group::Element;
use crate::group::Group;
use crate::hash::Hash;
use crate::json::Canonical;
use crate::json::Reader;
use crate::json::write_array;
use crate::json::write_count;
use crate::json::write_text;
use crate::question::Question;
use crate::refusal::Refusal;

/// The ciphertexts of each question: one for each choice, or one for each ballot.
pub type Ciphertexts<G> = Vec<Vec<Ciphertext<G>>>;

/// Ballots as they are added up. Adding is associative, so that parts can be made apart.
#[derive(Clone, Debug)]
pub struct Tally<G: Group> {
    parts: Vec<(bool, Vec<Ciphertext<G>>)>,
    ballots: u64,
    weight: u64,
}

impl<G: Group> Tally<G> {
    /// Nothing yet.
    pub fn new(questions: &[Question]) -> Tally<G> {
        let part = |question: &Question| match question {
            Question::NonHomomorphic(_) => (true, Vec::new()),
            Question::Homomorphic(question) => {
                (false, vec![Ciphertext::neutral(); question.choices()])
            }
        };
        Tally {
            parts: questions.iter().map(part).collect(),
            ballots: 0,
            weight: 0,
        }
    }

    /// Adds a ballot with its weight; ballots that are shuffled have no weight but 1.
    ///
    /// # Errors
    /// `Weight` when the sum of weights does not fit, `Shape` for a ballot of other questions.
    pub fn add(&mut self, ballot: &Ballot<G>, weight: u64) -> Result<(), Refusal> {
        let total = self.weight.checked_add(weight).ok_or(Refusal::Weight)?;
        if ballot.answers().len() != self.parts.len() {
            return Err(Refusal::Shape);
        }
        for ((_, part), answer) in self.parts.iter_mut().zip(ballot.answers()) {
            match answer {
                Answer::Homomorphic(answer) => {
                    for (sum, choice) in part.iter_mut().zip(&answer.choices) {
                        *sum = sum.plus(&choice.weighted(weight));
                    }
                }
                Answer::NonHomomorphic(answer) => part.push(answer.choices),
            }
        }
        self.weight = total;
        self.ballots += 1;
        Ok(())
    }

    /// Adds what was added up apart.
    ///
    /// # Errors
    /// `Weight` when the sum of weights does not fit.
    pub fn merge(&mut self, other: Tally<G>) -> Result<(), Refusal> {
        let total = self.weight.checked_add(other.weight);
        self.weight = total.ok_or(Refusal::Weight)?;
        self.ballots += other.ballots;
        for ((shuffled, part), (_, others)) in self.parts.iter_mut().zip(other.parts) {
            if *shuffled {
                part.extend(others);
                continue;
            }
            for (sum, other) in part.iter_mut().zip(&others) {
                *sum = sum.plus(other);
            }
        }
        Ok(())
    }

    /// The number of ballots.
    pub fn ballots(&self) -> u64 {
        self.ballots
    }

    /// The sum of their weights.
    pub fn weight(&self) -> u64 {
        self.weight
    }

    /// What is published: ballots that will be shuffled stand in the order of their texts as
    /// numbers, so that nothing shows in what order they were cast.
    pub fn finish(self) -> Ciphertexts<G> {
        let finish = |(shuffled, mut part): (bool, Vec<Ciphertext<G>>)| {
            if shuffled {
                part.sort_by(|one, other| {
                    let alpha = one.alpha.tally_order(&other.alpha);
                    alpha.then_with(|| one.beta.tally_order(&other.beta))
                });
            }
            part
        };
        self.parts.into_iter().map(finish).collect()
    }
}

/// The canonical form of an encrypted tally.
pub fn ciphertexts_text<G: Group>(ciphertexts: &Ciphertexts<G>) -> String {
    let mut out = String::new();
    write_array(ciphertexts, &mut out, |part, out| {
        write_array(part, out, Ciphertext::write);
    });
    out
}

/// Reads an encrypted tally of the same shape as another one.
///
/// # Errors
/// `Shape`, `Form` and what elements refuse.
pub fn ciphertexts_from<G: Group>(
    bytes: &[u8],
    shape: &Ciphertexts<G>,
) -> Result<Ciphertexts<G>, Refusal> {
    let text = std::str::from_utf8(bytes).map_err(|_| Refusal::Form)?;
    let mut reader = Reader::new(text);
    let ciphertexts = reader.array_of(shape.len(), |reader, place| {
        reader.array_of(shape[place].len(), |reader, _| Ciphertext::read(reader))
    })?;
    reader.end()?;
    Ok(ciphertexts)
}

/// The size of a tally, and which one it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SizedTally {
    /// The number of ballots that count.
    pub ballots: u64,
    /// The sum of their weights.
    pub weight: u64,
    /// SHA-256 of the encrypted tally.
    pub tally: Hash,
}

impl Canonical for SizedTally {
    fn read(reader: &mut Reader<'_>) -> Result<Self, Refusal> {
        reader.expect("{\"num_tallied\":")?;
        let ballots = reader.number()?;
        reader.expect(",\"total_weight\":")?;
        let weight = reader.count()?;
        reader.expect(",\"encrypted_tally\":")?;
        let tally = reader.hash()?;
        reader.expect("}")?;
        Ok(SizedTally {
            ballots,
            weight,
            tally,
        })
    }

    fn write(&self, out: &mut String) {
        out.push_str(&format!(
            "{{\"num_tallied\":{},\"total_weight\":",
            self.ballots
        ));
        write_count(self.weight, out);
        out.push_str(",\"encrypted_tally\":");
        write_text(&self.tally.hexadecimal(), out);
        out.push('}');
    }
}
