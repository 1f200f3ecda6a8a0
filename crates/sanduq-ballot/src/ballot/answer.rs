//! One encrypted answer and its proofs.
//!
//! S0 = φ|credential. Each choice is proven 0 or 1 under S0; the sum is proven under
//! S = S0|α1,β1,α2,β2,…, which binds it to all choices. Where a blank vote is allowed, choice 0 is
//! its flag, and with (α0, β0) the flag and (αΣ, βΣ) the sum of the others it is proven that
//! m0 = 0 or mΣ = 0, and that m0 = 1 or min ≤ mΣ ≤ max.

use crate::chance::Nonces;
use crate::chance::Secret;
use crate::encryption::Ciphertext;
use crate::encryption::EncryptionKey;
use crate::group::Element;
use crate::group::Group;
use crate::group::Scalar;
use crate::json::Canonical;
use crate::json::Reader;
use crate::json::write_array;
use crate::proof::Proof;
use crate::proof::ProofKind;
use crate::proof::one_of;
use crate::proof::one_of::Clause;
use crate::proof::power;
use crate::question::Homomorphic;
use crate::question::Question;
use crate::refusal::Refusal;

/// An encrypted answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer<G: Group> {
    /// To a question of which only sums are decrypted.
    Homomorphic(Choices<G>),
    /// To a question whose ballots are shuffled.
    NonHomomorphic(Whole<G>),
}

/// Encrypted choices.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choices<G: Group> {
    /// One ciphertext for each choice.
    pub choices: Vec<Ciphertext<G>>,
    /// For each choice, that it is 0 or 1.
    pub individual: Vec<Vec<Proof<G>>>,
    /// That the sum is within the bounds.
    pub overall: Vec<Proof<G>>,
    /// That a blank vote chooses nothing.
    pub blank: Option<Vec<Proof<G>>>,
}

/// All numbers of an answer in one ciphertext.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Whole<G: Group> {
    /// The ciphertext.
    pub choices: Ciphertext<G>,
    /// Knowledge of r.
    pub proof: Proof<G>,
}

impl<G: Group> Answer<G> {
    /// Encrypts the choices and proves that they are an answer.
    ///
    /// # Errors
    /// `Choices`, `DoesNotFit`.
    pub fn create(
        question: &Question,
        key: &EncryptionKey<G>,
        statement: &str,
        choices: &[u8],
        nonces: &mut Nonces,
    ) -> Result<Answer<G>, Refusal> {
        question.accept(choices)?;
        match question {
            Question::Homomorphic(question) => {
                let maker = Maker {
                    question,
                    key,
                    statement,
                };
                Ok(Answer::Homomorphic(maker.create(choices, nonces)))
            }
            Question::NonHomomorphic(_) => {
                let message = G::embed(choices)?;
                let secret = Secret::new(nonces.draw());
                let nonce = Secret::new(nonces.draw());
                let choices = key.encrypt(&message, &secret);
                let statement = whole_statement(key, statement, &choices);
                let proof = power::prove(ProofKind::Encryption, &statement, &secret, &nonce);
                Ok(Answer::NonHomomorphic(Whole { choices, proof }))
            }
        }
    }

    /// Reads an answer of the shape that the question asks for.
    ///
    /// # Errors
    /// `Shape`, `Form` and what elements and scalars refuse.
    pub fn read(reader: &mut Reader<'_>, question: &Question) -> Result<Answer<G>, Refusal> {
        reader.expect("{\"choices\":")?;
        let answer = match question {
            Question::Homomorphic(question) => Answer::Homomorphic(read_choices(reader, question)?),
            Question::NonHomomorphic(_) => {
                let choices = Ciphertext::read(reader)?;
                reader.expect(",\"proof\":")?;
                let proof = Proof::read(reader)?;
                Answer::NonHomomorphic(Whole { choices, proof })
            }
        };
        reader.expect("}")?;
        Ok(answer)
    }

    /// Appends the canonical form.
    pub fn write(&self, out: &mut String) {
        let proofs = |proofs: &Vec<Proof<G>>, out: &mut String| {
            write_array(proofs, out, Proof::write);
        };
        out.push_str("{\"choices\":");
        match self {
            Answer::Homomorphic(answer) => {
                write_array(&answer.choices, out, Ciphertext::write);
                out.push_str(",\"individual_proofs\":");
                write_array(&answer.individual, out, proofs);
                out.push_str(",\"overall_proof\":");
                proofs(&answer.overall, out);
                if let Some(blank) = &answer.blank {
                    out.push_str(",\"blank_proof\":");
                    proofs(blank, out);
                }
            }
            Answer::NonHomomorphic(answer) => {
                answer.choices.write(out);
                out.push_str(",\"proof\":");
                answer.proof.write(out);
            }
        }
        out.push('}');
    }

    /// Everything that does not hold, with the place of the choice where it is one.
    #[must_use]
    pub fn verify(
        &self,
        question: &Question,
        key: &EncryptionKey<G>,
        statement: &str,
    ) -> Vec<(Option<usize>, Refusal)> {
        match (question, self) {
            (Question::Homomorphic(question), Answer::Homomorphic(answer)) => {
                let maker = Maker {
                    question,
                    key,
                    statement,
                };
                maker.verify(answer)
            }
            (Question::NonHomomorphic(_), Answer::NonHomomorphic(answer)) => {
                let statement = whole_statement(key, statement, &answer.choices);
                let alpha = &answer.choices.alpha;
                power::verify(ProofKind::Encryption, &statement, alpha, &answer.proof)
                    .err()
                    .map(|refusal| (None, refusal))
                    .into_iter()
                    .collect()
            }
            _ => vec![(None, Refusal::Shape)],
        }
    }
}

/// S0|y,α,β.
fn whole_statement<G: Group>(
    key: &EncryptionKey<G>,
    statement: &str,
    choices: &Ciphertext<G>,
) -> String {
    format!(
        "{statement}|{},{}",
        key.public().text(),
        choices.statement()
    )
}

fn read_choices<G: Group>(
    reader: &mut Reader<'_>,
    question: &Homomorphic,
) -> Result<Choices<G>, Refusal> {
    let count = question.choices();
    let choices = reader.array_of(count, |reader, _| Ciphertext::read(reader))?;
    let proofs =
        |reader: &mut Reader<'_>, count| reader.array_of(count, |reader, _| Proof::read(reader));
    reader.expect(",\"individual_proofs\":")?;
    let individual = reader.array_of(count, |reader, _| proofs(reader, 2))?;
    reader.expect(",\"overall_proof\":")?;
    let sums = usize::try_from(question.max - question.min).map_err(|_| Refusal::Shape)?;
    let overall = proofs(reader, sums + 1 + usize::from(question.allows_blank()))?;
    let blank = if question.allows_blank() {
        reader.expect(",\"blank_proof\":")?;
        Some(proofs(reader, 2)?)
    } else {
        None
    };
    Ok(Choices {
        choices,
        individual,
        overall,
        blank,
    })
}

/// The parts of a homomorphic answer that its proofs speak of.
struct Maker<'a, G: Group> {
    question: &'a Homomorphic,
    key: &'a EncryptionKey<G>,
    statement: &'a str,
}

impl<G: Group> Maker<'_, G> {
    fn create(&self, choices: &[u8], nonces: &mut Nonces) -> Choices<G> {
        let numbers: Vec<u64> = choices.iter().map(|choice| u64::from(*choice)).collect();
        let draw = |_: &u64| Secret::new(nonces.draw::<G::Scalar>());
        let secrets: Vec<Secret<G::Scalar>> = numbers.iter().map(draw).collect();
        let pairs = || numbers.iter().zip(&secrets);
        let choices: Vec<Ciphertext<G>> = pairs()
            .map(|(number, secret)| self.key.encrypt_number(*number, secret))
            .collect();
        let texts = Ciphertext::statements(&choices);
        let parts = choices.iter().zip(&texts).zip(pairs());
        let individual = parts
            .map(|((choice, text), (number, secret))| {
                self.prove_choice((choice, text), (*number, secret), nonces)
            })
            .collect();
        let all = self.of_all(&texts);
        if !self.question.allows_blank() {
            let sum = Ciphertext::sum(&choices);
            let statement = format!("{all}|{}", sum.statement());
            let kind = (ProofKind::Overall, statement.as_str());
            let secret = sum_of::<G>(&secrets);
            let truth = (numbers.iter().sum::<u64>() - self.question.min, &secret);
            let overall = one_of::prove(kind, self.key, &self.within(&sum), truth, nonces);
            return Choices {
                choices,
                individual,
                overall,
                blank: None,
            };
        }
        let sum = Ciphertext::sum(&choices[1..]);
        let secret = sum_of::<G>(&secrets[1..]);
        let is_blank = numbers[0] == 1;
        // The flag's clause comes first in both proofs.
        let truth = if is_blank {
            (1, &secret)
        } else {
            (0, &secrets[0])
        };
        let clauses = self.blank_clauses(&choices[0], &sum);
        let blank = one_of::prove((ProofKind::Blank, &all), self.key, &clauses, truth, nonces);
        let truth = if is_blank {
            (0, &secrets[0])
        } else {
            (
                numbers[1..].iter().sum::<u64>() - self.question.min + 1,
                &secret,
            )
        };
        let clauses = self.blank_or_within(&choices[0], &sum);
        let kind = (ProofKind::BlankOverall, all.as_str());
        let overall = one_of::prove(kind, self.key, &clauses, truth, nonces);
        Choices {
            choices,
            individual,
            overall,
            blank: Some(blank),
        }
    }

    /// That one choice is 0 or 1.
    fn prove_choice(
        &self,
        (choice, text): (&Ciphertext<G>, &str),
        truth: (u64, &Secret<G::Scalar>),
        nonces: &mut Nonces,
    ) -> Vec<Proof<G>> {
        let statement = self.of_choice(text);
        let kind = (ProofKind::Individual, statement.as_str());
        one_of::prove(kind, self.key, &self.zero_or_one(choice), truth, nonces)
    }

    fn verify(&self, answer: &Choices<G>) -> Vec<(Option<usize>, Refusal)> {
        let choices = &answer.choices;
        let count = self.question.choices();
        let blank = self.question.allows_blank();
        let lengths = [choices.len(), answer.individual.len()];
        if lengths != [count; 2] || answer.blank.is_some() != blank {
            return vec![(None, Refusal::Shape)];
        }
        let mut found = Vec::new();
        let texts = Ciphertext::statements(choices);
        let parts = choices.iter().zip(&texts).zip(&answer.individual);
        for (place, ((choice, text), proofs)) in parts.enumerate() {
            let statement = self.of_choice(text);
            let kind = (ProofKind::Individual, statement.as_str());
            let clauses = self.zero_or_one(choice);
            if let Err(refusal) = one_of::verify(kind, self.key, &clauses, proofs) {
                found.push((Some(place), refusal));
            }
        }
        let all = self.of_all(&texts);
        let verdicts = match (&answer.blank, choices.split_first()) {
            (Some(blank), Some((flag, others))) => {
                let sum = Ciphertext::sum(others);
                let overall = (ProofKind::BlankOverall, all.as_str());
                let within = self.blank_or_within(flag, &sum);
                let clauses = self.blank_clauses(flag, &sum);
                [
                    one_of::verify((ProofKind::Blank, &all), self.key, &clauses, blank),
                    one_of::verify(overall, self.key, &within, &answer.overall),
                ]
            }
            _ => {
                let sum = Ciphertext::sum(choices);
                let statement = format!("{all}|{}", sum.statement());
                let kind = (ProofKind::Overall, statement.as_str());
                let within = self.within(&sum);
                [
                    one_of::verify(kind, self.key, &within, &answer.overall),
                    Ok(()),
                ]
            }
        };
        let refusals = verdicts.into_iter().filter_map(Result::err);
        found.extend(refusals.map(|refusal| (None, refusal)));
        found
    }

    /// S0|α,β.
    fn of_choice(&self, choice: &str) -> String {
        format!("{}|{choice}", self.statement)
    }

    /// S0|α1,β1,α2,β2,…
    fn of_all(&self, choices: &[String]) -> String {
        format!("{}|{}", self.statement, choices.join(","))
    }

    fn zero_or_one(&self, choice: &Ciphertext<G>) -> [Clause<G>; 2] {
        [0, 1].map(|value| Clause::new(self.key, choice, value))
    }

    fn within(&self, sum: &Ciphertext<G>) -> Vec<Clause<G>> {
        let sums = self.question.sums();
        sums.map(|value| Clause::new(self.key, sum, value))
            .collect()
    }

    fn blank_clauses(&self, flag: &Ciphertext<G>, sum: &Ciphertext<G>) -> [Clause<G>; 2] {
        [flag, sum].map(|one| Clause::new(self.key, one, 0))
    }

    fn blank_or_within(&self, flag: &Ciphertext<G>, sum: &Ciphertext<G>) -> Vec<Clause<G>> {
        let mut clauses = vec![Clause::new(self.key, flag, 1)];
        clauses.extend(self.within(sum));
        clauses
    }
}

fn sum_of<G: Group>(secrets: &[Secret<G::Scalar>]) -> Secret<G::Scalar> {
    let sum = |sum, secret: &Secret<G::Scalar>| sum + *secret.expose();
    Secret::new(secrets.iter().fold(G::Scalar::zero(), sum))
}
