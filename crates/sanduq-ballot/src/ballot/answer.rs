//! One encrypted answer and its proofs.
//!
//! S0 = φ|credential. Each choice is proven 0 or 1 under S0; the sum is proven under
//! S = S0|α1,β1,α2,β2,…, which binds it to all choices. Where a blank vote is allowed, choice 0 is
//! its flag, and with (α0, β0) the flag and (αΣ, βΣ) the sum of the others it is proven that
//! m0 = 0 or mΣ = 0, and that m0 = 1 or min ≤ mΣ ≤ max.

use crate::ballot::part::Claimed;
use crate::ballot::part::Part;
use crate::ballot::stated::Stated;
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
use crate::proof::one_of::Membership;
use crate::proof::power;
use crate::question::Homomorphic;
use crate::question::Question;
use crate::refusal::Refusal;
use std::iter::Zip;
use std::ops::Range;
use std::slice::Iter;

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

/// Where the elements of an answer's ciphertexts come from.
#[derive(Clone, Debug)]
pub enum Elements<'a, G: Group> {
    /// From their texts, each proved to be in the group.
    Read,
    /// From their texts; those of choices are proved to be in the group when their proofs are
    /// checked.
    Unproven,
    /// They are known, with the texts that must stand there.
    Known(Zip<Iter<'a, G::Element>, Iter<'a, String>>),
}

impl<G: Group> Elements<'_, G> {
    fn next(&mut self, reader: &mut Reader<'_>) -> Result<G::Element, Refusal> {
        match self {
            Elements::Read => reader.element::<G>(),
            Elements::Unproven => G::Element::read_known(reader.plain()?),
            Elements::Known(known) => {
                let (element, text) = known.next().ok_or(Refusal::Hint)?;
                let same = reader.plain()? == text;
                same.then_some(*element).ok_or(Refusal::Hint)
            }
        }
    }
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
                let statement = whole_statement(key, statement, &choices.statement());
                let proof = power::prove(ProofKind::Encryption, &statement, &secret, &nonce);
                Ok(Answer::NonHomomorphic(Whole { choices, proof }))
            }
        }
    }

    /// Reads an answer of the shape that the question asks for.
    ///
    /// # Errors
    /// `Shape`, `Form` and what elements and scalars refuse.
    pub fn read(
        reader: &mut Reader<'_>,
        question: &Question,
        elements: &mut Elements<'_, G>,
    ) -> Result<Answer<G>, Refusal> {
        reader.expect("{\"choices\":")?;
        let answer = match question {
            Question::Homomorphic(question) => {
                Answer::Homomorphic(read_choices(reader, question, elements)?)
            }
            Question::NonHomomorphic(_) => {
                // No proof raises β to a power.
                let choices = match elements {
                    Elements::Unproven => Ciphertext::read(reader)?,
                    _ => Ciphertext::read_by(reader, |reader| elements.next(reader))?,
                };
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

    /// The proofs, one by one; `stated` is what they speak of, as it is written.
    ///
    /// # Errors
    /// `Shape` for an answer to another question.
    pub fn parts(
        &self,
        question: &Question,
        key: &EncryptionKey<G>,
        statement: &str,
        stated: &Stated<G>,
    ) -> Result<Vec<Part<'_, G>>, Refusal> {
        match (question, self) {
            (Question::Homomorphic(question), Answer::Homomorphic(answer)) => {
                let maker = Maker {
                    question,
                    key,
                    statement,
                };
                maker.parts(answer, stated)
            }
            (Question::NonHomomorphic(_), Answer::NonHomomorphic(answer)) => Ok(vec![Part {
                choice: None,
                kind: ProofKind::Encryption,
                before: 0,
                statement: whole_statement(key, statement, &stated.all()),
                claimed: Claimed::Power(answer.choices.alpha, &answer.proof),
            }]),
            _ => Err(Refusal::Shape),
        }
    }

    /// Everything that does not hold, with the place of the choice where it is one.
    #[must_use]
    pub fn verify(
        &self,
        question: &Question,
        key: &EncryptionKey<G>,
        statement: &str,
        membership: Membership,
    ) -> Vec<(Option<usize>, Refusal)> {
        let stated = Stated::of(question, self.ciphertexts());
        let parts = match self.parts(question, key, statement, &stated) {
            Ok(parts) => parts,
            Err(refusal) => return vec![(None, refusal)],
        };
        let found = parts
            .iter()
            .filter_map(|part| Some((part.choice, part.verify_with(key, membership).err()?)));
        found.collect()
    }

    /// The ciphertexts.
    pub fn ciphertexts(&self) -> &[Ciphertext<G>] {
        match self {
            Answer::Homomorphic(answer) => &answer.choices,
            Answer::NonHomomorphic(answer) => std::slice::from_ref(&answer.choices),
        }
    }
}

/// S0|y,α,β.
fn whole_statement<G: Group>(key: &EncryptionKey<G>, statement: &str, choices: &str) -> String {
    format!("{statement}|{},{choices}", key.public().text())
}

fn read_choices<G: Group>(
    reader: &mut Reader<'_>,
    question: &Homomorphic,
    elements: &mut Elements<'_, G>,
) -> Result<Choices<G>, Refusal> {
    let count = question.choices();
    let choices = reader.array_of(count, |reader, _| {
        Ciphertext::read_by(reader, |reader| elements.next(reader))
    })?;
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
        let stated = Stated::of_choices(self.question, &choices);
        let parts = choices.iter().zip(&stated.each).zip(pairs());
        let individual = parts
            .enumerate()
            .map(|(place, ((choice, text), (number, secret)))| {
                let clauses = zero_or_one(place, choice);
                self.prove_choice(&clauses, text, (*number, secret), nonces)
            })
            .collect();
        let (all, sum) = (self.of_all(&stated), stated.sum);
        if !self.question.allows_blank() {
            let statement = format!("{all}|{}", stated.sum_text);
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
        clauses: &[Clause<G>; 2],
        text: &str,
        truth: (u64, &Secret<G::Scalar>),
        nonces: &mut Nonces,
    ) -> Vec<Proof<G>> {
        let statement = self.of_choice(text);
        let kind = (ProofKind::Individual, statement.as_str());
        one_of::prove(kind, self.key, clauses, truth, nonces)
    }

    fn parts<'b>(
        &self,
        answer: &'b Choices<G>,
        stated: &Stated<G>,
    ) -> Result<Vec<Part<'b, G>>, Refusal> {
        let choices = &answer.choices;
        let count = self.question.choices();
        let blank = self.question.allows_blank();
        let lengths = [choices.len(), answer.individual.len(), stated.each.len()];
        if lengths != [count; 3] || answer.blank.is_some() != blank {
            return Err(Refusal::Shape);
        }
        let of_each = choices.iter().zip(&stated.each).zip(&answer.individual);
        let mut parts: Vec<Part<'b, G>> = of_each
            .enumerate()
            .map(|(place, ((choice, text), proofs))| Part {
                choice: Some(place),
                kind: ProofKind::Individual,
                before: 0,
                statement: self.of_choice(text),
                claimed: Claimed::OneOf(zero_or_one(place, choice).to_vec(), proofs),
            })
            .collect();
        let (all, sum) = (self.of_all(stated), stated.sum);
        let of_all = |kind, statement, clauses, proofs| Part {
            choice: None,
            kind,
            before: 0,
            statement,
            claimed: Claimed::OneOf(clauses, proofs),
        };
        match (&answer.blank, choices.first()) {
            (Some(blank), Some(flag)) => {
                let clauses = self.blank_clauses(flag, &sum).to_vec();
                parts.push(of_all(ProofKind::Blank, all.clone(), clauses, blank));
                let clauses = self.blank_or_within(flag, &sum);
                let kind = ProofKind::BlankOverall;
                parts.push(of_all(kind, all, clauses, &answer.overall));
            }
            _ => {
                let statement = format!("{all}|{}", stated.sum_text);
                let clauses = self.within(&sum);
                parts.push(of_all(
                    ProofKind::Overall,
                    statement,
                    clauses,
                    &answer.overall,
                ));
            }
        }
        Ok(parts)
    }

    /// S0|α,β.
    fn of_choice(&self, choice: &str) -> String {
        format!("{}|{choice}", self.statement)
    }

    /// S0|α1,β1,α2,β2,…
    fn of_all(&self, stated: &Stated<G>) -> String {
        format!("{}|{}", self.statement, stated.all())
    }

    /// The places of the choices that are added up.
    fn summed(&self) -> Range<usize> {
        usize::from(self.question.allows_blank())..self.question.choices()
    }

    fn within(&self, sum: &Ciphertext<G>) -> Vec<Clause<G>> {
        let sums = self.question.sums();
        sums.map(|value| Clause::new(sum, self.summed(), value))
            .collect()
    }

    fn blank_clauses(&self, flag: &Ciphertext<G>, sum: &Ciphertext<G>) -> [Clause<G>; 2] {
        [
            Clause::new(flag, 0..1, 0),
            Clause::new(sum, self.summed(), 0),
        ]
    }

    fn blank_or_within(&self, flag: &Ciphertext<G>, sum: &Ciphertext<G>) -> Vec<Clause<G>> {
        let mut clauses = vec![Clause::new(flag, 0..1, 1)];
        clauses.extend(self.within(sum));
        clauses
    }
}

fn zero_or_one<G: Group>(place: usize, choice: &Ciphertext<G>) -> [Clause<G>; 2] {
    [0, 1].map(|value| Clause::new(choice, place..place + 1, value))
}

fn sum_of<G: Group>(secrets: &[Secret<G::Scalar>]) -> Secret<G::Scalar> {
    let sum = |sum, secret: &Secret<G::Scalar>| sum + *secret.expose();
    Secret::new(secrets.iter().fold(G::Scalar::zero(), sum))
}
