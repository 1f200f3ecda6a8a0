//! Many ballots at once: each challenge by itself, all commitments in one sum.

use crate::ballot::Ballot;
use crate::ballot::part::Claimed;
use crate::ballot::part::Part;
use crate::ballot::stated::Stated;
use crate::election::Election;
use crate::encryption::Ciphertext;
use crate::group::Element;
use crate::group::Group;
use crate::group::Scalar;
use crate::hash::Hash;
use crate::hints::Hints;
use crate::proof::Proof;
use crate::proof::ProofKind;
use crate::question::Question;
use sha2::Digest;
use sha2::Sha256;

/// Bytes of a weight: 128 bits.
const WEIGHT: usize = 16;
/// The places of g and y among the points of a batch.
const GENERATOR: usize = 0;
const KEY: usize = 1;

/// The base of a response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Base {
    /// g.
    Generator,
    /// y, where what is encrypted is said to be M: the point is β, and g^(−M·c) belongs to it.
    Key(u64),
}

/// commitment = base^response · point^challenge; commitments stand beside their equations.
#[derive(Clone, Copy, Debug)]
struct Equation<G: Group> {
    base: Base,
    response: G::Scalar,
    /// The place of the point; where it is a sum, of the first one that is added up.
    first: usize,
    /// How many points are added up, every second one.
    count: usize,
    challenge: G::Scalar,
}

/// Ballots whose challenges are over what their hints say, and whose commitments are still to be
/// shown.
#[derive(Debug)]
pub struct Batch<'a, G: Group> {
    election: &'a Election<G>,
    /// g and y; then for each ballot α and β of each ciphertext, and the credential.
    points: Vec<G::Element>,
    /// One for each equation.
    commitments: Vec<G::Shown>,
    equations: Vec<Equation<G>>,
    contents: Sha256,
}

/// What the hints of one ballot make.
struct Made<G: Group> {
    /// α and β of each ciphertext, and their texts.
    elements: Vec<G::Element>,
    texts: Vec<String>,
    stated: Vec<Stated<G>>,
    /// The commitments, and their texts.
    commitments: Vec<G::Shown>,
    committed: Vec<String>,
}

impl<G: Group> Made<G> {
    fn new(questions: &[Question], hints: &Hints) -> Option<Made<G>> {
        let choices = |question: &Question| match question {
            Question::Homomorphic(question) => question.choices(),
            Question::NonHomomorphic(_) => 1,
        };
        let count = questions.iter().map(choices).sum::<usize>() * 2;
        let (words, pairs) = hints.0.split_at_checked(count)?;
        let (commitments, committed) = G::from_pairs(pairs.as_chunks().0)?.into_iter().unzip();
        let mut elements = G::from_eighths(words)?;
        let mut sums = Vec::with_capacity(questions.len());
        let mut own = 0;
        for question in questions {
            let choices = choices(question);
            let points = elements.get(own..own + choices * 2)?;
            own += choices * 2;
            let pairs = points.as_chunks::<2>().0.iter();
            let pair = |[alpha, beta]: &[G::Element; 2]| Ciphertext {
                alpha: *alpha,
                beta: *beta,
            };
            let ciphertexts: Vec<Ciphertext<G>> = pairs.map(pair).collect();
            sums.push((Stated::sum_of(question, &ciphertexts), choices * 2));
        }
        // The sums are written with all the others: what is dear is done once for many.
        elements.extend(sums.iter().flat_map(|(sum, _)| [sum.alpha, sum.beta]));
        let mut texts = G::Element::texts(&elements);
        let of_sums = texts.split_off(count);
        elements.truncate(count);
        let mut rest = &texts[..];
        let mut stated = Vec::with_capacity(sums.len());
        for ((sum, points), of_sum) in sums.into_iter().zip(of_sums.chunks_exact(2)) {
            let (each, others) = rest.split_at(points);
            rest = others;
            stated.push(Stated::known(each, sum, of_sum));
        }
        Some(Made {
            elements,
            texts,
            stated,
            commitments,
            committed,
        })
    }
}

impl<'a, G: Group> Batch<'a, G> {
    /// Nothing yet.
    pub fn new(election: &'a Election<G>) -> Batch<'a, G> {
        Batch {
            election,
            points: vec![G::generator(), *election.key().public()],
            commitments: Vec::new(),
            equations: Vec::new(),
            contents: Sha256::new_with_prefix("batch of ballots"),
        }
    }

    /// Takes a ballot whose canonical form, elements and challenges agree with its hints; `None`
    /// when anything does not, be it in the ballot or in the hints: it is to be checked by itself.
    /// `credential` is that of the list, with its text.
    #[must_use]
    pub fn take(
        &mut self,
        bytes: &[u8],
        credential: (&G::Element, &str),
        hints: &Hints,
    ) -> Option<Ballot<G>> {
        let questions = self.election.questions();
        if hints.0.is_empty() || hints.0.len() != Hints::count::<G>(questions) {
            return None;
        }
        let made = Made::<G>::new(questions, hints)?;
        let known = (&made.elements[..], &made.texts[..]);
        let ballot = Ballot::from_known(self.election, bytes, credential, known).ok()?;
        let (points, equations) = (self.points.len(), self.equations.len());
        if !self.parts(&ballot, credential, &made) {
            self.points.truncate(points);
            self.equations.truncate(equations);
            self.commitments.truncate(equations);
            return None;
        }
        // What is signed, the proof of the signature, and the hints: nothing else is under the
        // weights.
        let signed = bytes.len().min(ballot.signed_bytes());
        self.contents.update(ballot.body().0);
        self.contents.update(Sha256::digest(&bytes[signed..]));
        self.contents.update(hints.0.as_flattened());
        Some(ballot)
    }

    /// Compares every challenge and keeps the equations; whether all commitments were needed.
    fn parts(
        &mut self,
        ballot: &Ballot<G>,
        (credential, name): (&G::Element, &str),
        made: &Made<G>,
    ) -> bool {
        let Ok(parts) = ballot.parts_stated(self.election, name, &made.stated) else {
            return false;
        };
        let begin = self.points.len();
        self.points.extend_from_slice(&made.elements);
        self.points.push(*credential);
        self.commitments.extend_from_slice(&made.commitments);
        let mut done = 0;
        for part in &parts {
            let place = done..done + part.commitments();
            done = place.end;
            if !made
                .committed
                .get(place)
                .is_some_and(|said| part.is_over(said))
            {
                return false;
            }
            match &part.claimed {
                Claimed::Power(_, proof) => {
                    let point = match part.kind {
                        ProofKind::Ballot => begin + made.elements.len(),
                        _ => begin + part.before * 2,
                    };
                    self.equate(Base::Generator, proof, (point, 1));
                }
                Claimed::OneOf(_, _) => self.clauses(begin, part),
            }
        }
        done == made.committed.len()
    }

    /// The equations of clauses in a ballot whose points begin at the place `begin`.
    fn clauses(&mut self, begin: usize, part: &Part<'_, G>) {
        let Claimed::OneOf(clauses, proofs) = &part.claimed else {
            return;
        };
        for (clause, proof) in clauses.iter().zip(*proofs) {
            let choices = clause.choices();
            let alpha = begin + (part.before + choices.start) * 2;
            let count = choices.len();
            let key = Base::Key(clause.value());
            self.equate(Base::Generator, proof, (alpha, count));
            self.equate(key, proof, (alpha + 1, count));
        }
    }

    fn equate(&mut self, base: Base, proof: &Proof<G>, (first, count): (usize, usize)) {
        self.equations.push(Equation {
            base,
            response: proof.response,
            first,
            count,
            challenge: proof.challenge,
        });
    }

    /// Whether every commitment is what its response and challenge make of it. `chance` is drawn
    /// by the verifier for this check.
    ///
    /// For the equations D_j = commitment_j − response_j·base_j − challenge_j·point_j the sum of
    /// w_j·D_j is computed, once, and must be neutral. Every point in it is 8 times another one,
    /// or was read with the check of membership (g, y, the credential), so that each D_j is in the
    /// group of prime order ℓ, where no part of small order can cancel or hide: of all the weights
    /// that nobody could know, a D_j that is not neutral leaves at most one of the 2^128 values of
    /// its own for which the sum is neutral all the same. Weights of 128 bits cost half of those
    /// of 256, and 2^-128 is the strength of the group itself. They are a hash over all of the
    /// ballots and hints, whose choice they must follow, and over `chance`, so that nobody can look
    /// for contents with weights that suit him before they are published.
    ///
    /// A point that is the sum of others enters as these: the same sum with fewer terms. The sum is
    /// made in two parts, that of the commitments and that of all else, which must be equal.
    #[must_use]
    pub fn holds(&self, chance: &[u8; 32]) -> bool {
        let seed = self.seed(chance);
        let mut exponents = vec![G::Scalar::zero(); self.points.len()];
        let mut weights = Vec::with_capacity(self.equations.len());
        for (number, pair) in (0_u64..).zip(self.equations.chunks(2)) {
            let block = Hash::of_parts(&[&seed, &number.to_be_bytes()]).0;
            for (equation, bytes) in pair.iter().zip(block.as_chunks::<WEIGHT>().0) {
                let weight = G::Scalar::from_uniform(bytes);
                weights.push(u128::from_le_bytes(*bytes));
                let challenge = weight * equation.challenge;
                let response = weight * equation.response;
                let summed = exponents[equation.first..].iter_mut().step_by(2);
                for exponent in summed.take(equation.count) {
                    *exponent = *exponent + challenge;
                }
                match equation.base {
                    Base::Generator => exponents[GENERATOR] = exponents[GENERATOR] + response,
                    Base::Key(value) => {
                        exponents[KEY] = exponents[KEY] + response;
                        if value > 0 {
                            let shift = G::Scalar::from_number(value) * challenge;
                            exponents[GENERATOR] = exponents[GENERATOR] - shift;
                        }
                    }
                }
            }
        }
        let sum = G::Element::product_of_powers_vartime(&self.points, &exponents);
        let committed = G::weighted_sum(&self.commitments, &weights);
        self.commitments.len() == weights.len() && committed == Some(sum.text())
    }

    fn seed(&self, chance: &[u8; 32]) -> [u8; 32] {
        let mut seed = Sha256::new_with_prefix("weights of a batch");
        seed.update(chance);
        seed.update(self.election.hash().0);
        seed.update(self.contents.clone().finalize());
        seed.finalize().into()
    }
}
