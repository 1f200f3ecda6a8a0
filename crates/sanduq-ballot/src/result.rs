//! The result: partial decryptions put together, and what the tally then says (Belenios
//! specification, "Election result").
//!
//! F = the product of the factors of those who are alone, and for each group the product of its
//! members' factors, each to the power of its Lagrange coefficient ∏ k/(k − j). β/F is g^count, or
//! the numbers of one ballot as they were embedded.

#[cfg(test)]
mod tests;

use crate::decryption::PartialDecryption;
use crate::encryption::Ciphertext;
use crate::group::Element;
use crate::group::Group;
use crate::group::Scalar;
use crate::json::Reader;
use crate::json::write_array;
use crate::json::write_count;
use crate::question::Question;
use crate::refusal::Refusal;
use crate::tally::Ciphertexts;
use crate::trustees::Trustees;
use rayon::prelude::IndexedParallelIterator;
use rayon::prelude::IntoParallelRefIterator;
use rayon::prelude::ParallelIterator;
use std::collections::BTreeMap;

/// Small steps of a logarithm that are kept: counts up to the square of this take no longer than
/// it takes to make them.
const LARGEST_STEPS: u64 = 1 << 20;

/// The largest sum of weights of an election that is held here. A count is looked for among all
/// numbers up to that sum, in as many steps as its square root twice over: a second or a few.
pub const LARGEST_WEIGHT: u64 = 10_000_000_000;

/// What a question's ballots say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answered {
    /// The votes for each choice; where a blank vote is allowed, those come first.
    Counts(Vec<u64>),
    /// The numbers of each ballot, in the order of the last shuffle. They need not be those of a
    /// vote that the question allows, nor any that somebody embedded: whoever counts them says
    /// which ballots are void.
    Ballots(Vec<Vec<u8>>),
}

/// The partial decryptions by their owners, counted from 1.
pub type Decryptions<G> = BTreeMap<u64, PartialDecryption<G>>;

/// Puts the factors together: for each ciphertext of the tally, α to the power of the election's
/// secret key. The decryptions are those of this tally and hold.
///
/// # Errors
/// `TooFewDecryptions`; `Shape` when a decryption is of another tally.
pub fn combine<G: Group>(
    trustees: &Trustees<G>,
    decryptions: &Decryptions<G>,
    tally: &Ciphertexts<G>,
) -> Result<Vec<Vec<G::Element>>, Refusal> {
    let shape = |part: &Vec<Ciphertext<G>>| vec![G::Element::identity(); part.len()];
    let mut product: Vec<Vec<G::Element>> = tally.iter().map(shape).collect();
    let mut first = 1;
    for trustee in &trustees.0 {
        let next = first + u64::try_from(trustee.keys().len()).unwrap_or(u64::MAX);
        let mut present: Vec<u64> = decryptions.range(first..next).map(|one| *one.0).collect();
        if present.len() < trustee.threshold() {
            return Err(Refusal::TooFewDecryptions);
        }
        present.truncate(trustee.threshold());
        let numbers: Vec<u64> = present.iter().map(|owner| owner - first + 1).collect();
        for (owner, number) in present.iter().zip(&numbers) {
            let coefficient = lagrange::<G>(*number, &numbers);
            let decryption = decryptions.get(owner).ok_or(Refusal::TooFewDecryptions)?;
            multiply(&mut product, decryption, &coefficient)?;
        }
        first = next;
    }
    Ok(product)
}

fn multiply<G: Group>(
    product: &mut [Vec<G::Element>],
    decryption: &PartialDecryption<G>,
    coefficient: &G::Scalar,
) -> Result<(), Refusal> {
    if decryption.factors.len() != product.len() {
        return Err(Refusal::Shape);
    }
    for (part, factors) in product.iter_mut().zip(&decryption.factors) {
        if factors.len() != part.len() {
            return Err(Refusal::Shape);
        }
        let alone = *coefficient == G::Scalar::one();
        for (to, factor) in part.iter_mut().zip(factors) {
            let factor = if alone {
                *factor
            } else {
                factor.power_vartime(coefficient)
            };
            *to = to.times(&factor);
        }
    }
    Ok(())
}

/// ∏ k/(k − number) over the other numbers k.
fn lagrange<G: Group>(number: u64, numbers: &[u64]) -> G::Scalar {
    let own = G::Scalar::from_number(number);
    let others = numbers.iter().filter(|other| **other != number);
    others.fold(G::Scalar::one(), |product, other| {
        let other = G::Scalar::from_number(*other);
        let inverse = (other - own).inverse().unwrap_or(G::Scalar::one());
        product * other * inverse
    })
}

/// The messages of the tally: β/F.
fn messages<G: Group>(tally: &Ciphertexts<G>, factors: &[Vec<G::Element>]) -> Vec<Vec<G::Element>> {
    let part = |(part, factors): (&Vec<Ciphertext<G>>, &Vec<G::Element>)| {
        let pairs = part.par_iter().zip(factors);
        pairs.map(|(one, factor)| one.beta.over(factor)).collect()
    };
    tally.iter().zip(factors).map(part).collect()
}

/// The result of an election.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ElectionResult(pub Vec<Answered>);

impl ElectionResult {
    /// Computes what the tally says; counts are looked for up to `weight`, the weight of all
    /// ballots.
    ///
    /// # Errors
    /// `OutOfRange` for a count above that; `DoesNotFit` for ballots that are shuffled in a group
    /// that has no room for their numbers.
    pub fn compute<G: Group>(
        questions: &[Question],
        tally: &Ciphertexts<G>,
        factors: &[Vec<G::Element>],
        weight: u64,
    ) -> Result<ElectionResult, Refusal> {
        let logarithm = Logarithm::<G>::new(weight);
        let answer = |(question, part): (&Question, Vec<G::Element>)| match question {
            Question::Homomorphic(_) => {
                let counts = part.par_iter().map(|message| logarithm.of(message));
                counts.collect::<Result<_, _>>().map(Answered::Counts)
            }
            Question::NonHomomorphic(question) => {
                let count = question.answers.len();
                let ballots = part.par_iter().map(|message| G::extract(message, count));
                ballots.collect::<Result<_, _>>().map(Answered::Ballots)
            }
        };
        let parts = questions.iter().zip(messages::<G>(tally, factors));
        parts
            .map(answer)
            .collect::<Result<_, _>>()
            .map(ElectionResult)
    }

    /// Every place, question and entry, where the result is not what the tally says.
    #[must_use]
    pub fn verify<G: Group>(
        &self,
        questions: &[Question],
        tally: &Ciphertexts<G>,
        factors: &[Vec<G::Element>],
    ) -> Vec<(usize, Option<usize>)> {
        let mut found = Vec::new();
        let messages = messages::<G>(tally, factors);
        let parts = questions.iter().zip(&messages).zip(&self.0);
        for (place, ((question, part), answered)) in parts.enumerate() {
            let entries: Vec<bool> = match (question, answered) {
                (Question::Homomorphic(_), Answered::Counts(counts))
                    if counts.len() == part.len() =>
                {
                    let check = |(message, count): (&G::Element, &u64)| {
                        let power = G::generator().power_vartime(&G::Scalar::from_number(*count));
                        *message == power
                    };
                    part.par_iter().zip(counts).map(check).collect()
                }
                (Question::NonHomomorphic(question), Answered::Ballots(ballots))
                    if ballots.len() == part.len() =>
                {
                    let check = |(message, numbers): (&G::Element, &Vec<u8>)| {
                        let read = G::extract(message, question.answers.len());
                        read.as_ref() == Ok(numbers)
                    };
                    part.par_iter().zip(ballots).map(check).collect()
                }
                _ => {
                    found.push((place, None));
                    continue;
                }
            };
            let wrong = entries.iter().enumerate().filter(|(_, right)| !**right);
            found.extend(wrong.map(|(entry, _)| (place, Some(entry))));
        }
        found
    }

    /// Reads the result of an election with these questions.
    ///
    /// # Errors
    /// `Form`, `Shape`.
    pub fn from_bytes(bytes: &[u8], questions: &[Question]) -> Result<ElectionResult, Refusal> {
        let text = std::str::from_utf8(bytes).map_err(|_| Refusal::Form)?;
        let mut reader = Reader::new(text);
        reader.expect("{\"result\":")?;
        let answered =
            reader.array_of(questions.len(), |reader, place| match &questions[place] {
                Question::Homomorphic(question) => {
                    let counts = reader.array_of(question.choices(), |reader, _| reader.count());
                    counts.map(Answered::Counts)
                }
                Question::NonHomomorphic(question) => {
                    let count = question.answers.len();
                    let ballots = reader.array(|reader| {
                        reader.array_of(count, |reader, _| {
                            u8::try_from(reader.number()?).map_err(|_| Refusal::Form)
                        })
                    });
                    ballots.map(Answered::Ballots)
                }
            })?;
        reader.expect("}")?;
        reader.end()?;
        Ok(ElectionResult(answered))
    }

    /// The canonical form.
    pub fn to_text(&self) -> String {
        let mut out = String::from("{\"result\":");
        write_array(&self.0, &mut out, |answered, out| match answered {
            Answered::Counts(counts) => {
                write_array(counts, out, |count, out| write_count(*count, out));
            }
            Answered::Ballots(ballots) => write_array(ballots, out, |numbers, out| {
                write_array(numbers, out, |number, out| {
                    out.push_str(&number.to_string())
                });
            }),
        });
        out.push('}');
        out
    }
}

/// Finds the small n of g^n: n = i·m + j, with all g^j of j < m kept.
struct Logarithm<G: Group> {
    steps: BTreeMap<String, u64>,
    size: u64,
    /// g^−m.
    stride: G::Element,
    limit: u64,
}

impl<G: Group> Logarithm<G> {
    fn new(limit: u64) -> Logarithm<G> {
        let size = limit.isqrt().saturating_add(1).min(LARGEST_STEPS);
        let mut power = G::Element::identity();
        let mut powers = Vec::new();
        for _ in 0..size {
            powers.push(power);
            power = power.times(&G::generator());
        }
        let texts = G::Element::texts(&powers);
        Logarithm {
            steps: texts.into_iter().zip(0..).collect(),
            size,
            stride: G::Element::identity().over(&power),
            limit,
        }
    }

    fn of(&self, message: &G::Element) -> Result<u64, Refusal> {
        let mut rest = *message;
        let mut passed = 0_u64;
        while passed <= self.limit {
            let found = self.steps.get(&rest.text());
            let count = found.and_then(|step| passed.checked_add(*step));
            if let Some(count) = count.filter(|count| *count <= self.limit) {
                return Ok(count);
            }
            rest = rest.times(&self.stride);
            passed = passed.saturating_add(self.size);
        }
        Err(Refusal::OutOfRange)
    }
}
