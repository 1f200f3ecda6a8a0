//! What the proofs of an answer speak of, as it stands under their challenges.
//!
//! What is always true here: the texts are those of the ciphertexts, in their order. Whoever has
//! computed some of them already hands them over, because a text costs more than a sum.

use crate::encryption::Ciphertext;
use crate::group::Element;
use crate::group::Group;
use crate::question::Homomorphic;
use crate::question::Question;

/// The ciphertexts of an answer and their sum, written.
#[derive(Clone, Debug)]
pub struct Stated<G: Group> {
    /// `α,β` of each ciphertext.
    pub each: Vec<String>,
    /// The sum of the choices, without the flag of a blank vote; neutral where nothing is added up.
    pub sum: Ciphertext<G>,
    /// `α,β` of the sum.
    pub sum_text: String,
}

impl<G: Group> Stated<G> {
    /// Writes what an answer to `question` with these ciphertexts speaks of.
    pub fn of(question: &Question, ciphertexts: &[Ciphertext<G>]) -> Stated<G> {
        Stated::written(ciphertexts, Stated::sum_of(question, ciphertexts))
    }

    /// The same, of the choices of a homomorphic question.
    pub fn of_choices(question: &Homomorphic, choices: &[Ciphertext<G>]) -> Stated<G> {
        Stated::written(choices, sum_of_choices(question, choices))
    }

    /// What is added up in an answer.
    pub fn sum_of(question: &Question, ciphertexts: &[Ciphertext<G>]) -> Ciphertext<G> {
        match question {
            Question::Homomorphic(question) => sum_of_choices(question, ciphertexts),
            Question::NonHomomorphic(_) => Ciphertext::neutral(),
        }
    }

    fn written(ciphertexts: &[Ciphertext<G>], sum: Ciphertext<G>) -> Stated<G> {
        let all = ciphertexts.iter().chain([&sum]);
        let points: Vec<G::Element> = all.flat_map(|one| [one.alpha, one.beta]).collect();
        let texts = G::Element::texts(&points);
        let (each, of_sum) = texts.split_at(ciphertexts.len() * 2);
        Stated::known(each, sum, of_sum)
    }

    /// Of texts that are known: those of α and β of each ciphertext, and of the sum.
    pub fn known(each: &[String], sum: Ciphertext<G>, of_sum: &[String]) -> Stated<G> {
        Stated {
            each: each.chunks_exact(2).map(|pair| pair.join(",")).collect(),
            sum,
            sum_text: of_sum.join(","),
        }
    }

    /// α1,β1,α2,β2,…
    pub fn all(&self) -> String {
        self.each.join(",")
    }
}

fn sum_of_choices<G: Group>(question: &Homomorphic, choices: &[Ciphertext<G>]) -> Ciphertext<G> {
    let flags = usize::from(question.allows_blank());
    Ciphertext::sum(choices.get(flags..).unwrap_or_default())
}
