//! Checking a proof: every equation at once, as one product of powers.
//!
//! With c̄ = ∏c/∏h, ĉ = ĉ_N/h^∏u, c̃ = ∏c^u, α' = ∏α^u, β' = ∏β^u of the input and α̃, β̃ of the
//! output, a proof holds when
//!
//! - t1 = c̄^−c · g^s1,
//! - t2 = ĉ^−c · g^s2,
//! - t3 = c̃^−c · g^s3 · ∏h^s',
//! - t41 = β'^−c · y^−s4 · ∏β̃^s' and t42 = α'^−c · g^−s4 · ∏α̃^s',
//! - t̂_i = ĉ_i^−c · g^ŝ_i · ĉ_(i−1)^s'_i with ĉ_0 = h, for every i.
//!
//! Each equation is raised to a power of 128 bits and all are multiplied: the product is 1 when
//! all hold, and otherwise with a chance of 1 in 2^128. The powers are a hash of the whole proof,
//! responses included, so that nobody can make a proof fit them.

use crate::encryption::Ciphertext;
use crate::group::Element;
use crate::group::Group;
use crate::group::Scalar;
use crate::hash::Hash;
use crate::refusal::Refusal;
use crate::shuffle::Context;
use crate::shuffle::proof::ShuffleProof;
use crate::shuffle::proof::Transcript;
use rayon::prelude::ParallelIterator;
use rayon::prelude::ParallelSlice;
use sha2::Digest;
use sha2::Sha256;

/// Factors that are multiplied together at once; more of them are hardly cheaper each.
const TOGETHER: usize = 8192;

/// Checks that the output is the input, encrypted anew and in another order.
///
/// # Errors
/// `Shape` where a length differs, `Identity` where a part is the neutral element, which no honest
/// shuffle has; `ShuffleProof`.
pub(super) fn verify<G: Group>(
    context: &Context<'_, G>,
    input: &[Ciphertext<G>],
    output: &[Ciphertext<G>],
    proof: &ShuffleProof<G>,
) -> Result<(), Refusal> {
    let count = input.len();
    if output.len() != count || !proof.has_length(count) || context.generators.count() < count {
        return Err(Refusal::Shape);
    }
    let neutral = G::Element::identity();
    let pairs = output.iter().flat_map(|one| [&one.alpha, &one.beta]);
    if pairs.chain(proof.elements()).any(|one| *one == neutral) {
        return Err(Refusal::Identity);
    }
    let transcript = Transcript::new::<G>(context.election, input, output, &proof.permutation);
    let challenges = transcript.challenges::<G>(count);
    let key = context.key.public();
    let challenge = transcript.challenge(&proof.commitments, &proof.chain, key);
    let product = Product {
        context,
        proof,
        challenges: &challenges,
        challenge,
        weights: &Weights::of(proof, &challenge),
    };
    let holds = product.holds(input, output);
    holds.then_some(()).ok_or(Refusal::ShuffleProof)
}

/// Whether the equations hold under these challenges, wherever they come from.
#[cfg(test)]
pub(super) fn equations_hold<G: Group>(
    context: &Context<'_, G>,
    lists: [&[Ciphertext<G>]; 2],
    proof: &ShuffleProof<G>,
    challenges: &[G::Scalar],
    challenge: G::Scalar,
) -> bool {
    let product = Product {
        context,
        proof,
        challenges,
        challenge,
        weights: &Weights::of(proof, &challenge),
    };
    product.holds(lists[0], lists[1])
}

fn multiply<G: Group>(factors: &[(G::Element, G::Scalar)]) -> G::Element {
    let part = |part: &[(G::Element, G::Scalar)]| {
        let (bases, exponents): (Vec<_>, Vec<_>) = part.iter().copied().unzip();
        G::Element::product_of_powers_vartime(&bases, &exponents)
    };
    let parts: Vec<G::Element> = factors.par_chunks(TOGETHER).map(part).collect();
    let neutral = G::Element::identity();
    parts
        .iter()
        .fold(neutral, |product, one| product.times(one))
}

/// The powers to which the equations are raised.
struct Weights<G: Group> {
    sum: G::Scalar,
    product: G::Scalar,
    weighted: G::Scalar,
    encryption: [G::Scalar; 2],
    chain: Vec<G::Scalar>,
}

impl<G: Group> Weights<G> {
    /// The challenge stands for the statement and all elements of the proof: it is their hash.
    fn of(proof: &ShuffleProof<G>, challenge: &G::Scalar) -> Weights<G> {
        let s = &proof.responses;
        let mut hasher = Sha256::new_with_prefix("shuffle weights|");
        let few = [challenge, &s.sum, &s.product, &s.weighted, &s.encryption];
        for one in few.into_iter().chain(&s.chain).chain(&s.permuted) {
            hasher.update(one.text());
            hasher.update(",");
        }
        let seed: [u8; 32] = hasher.finalize().into();
        let weight = |number: u64| {
            let mut hash = Hash::of(&[seed.as_slice(), &number.to_be_bytes()].concat()).0;
            hash[..16].fill(0);
            G::Scalar::from_hash(&hash)
        };
        Weights {
            sum: weight(0),
            product: weight(1),
            weighted: weight(2),
            encryption: [weight(3), weight(4)],
            chain: (5..).take(proof.chain.len()).map(weight).collect(),
        }
    }
}

struct Product<'a, G: Group> {
    context: &'a Context<'a, G>,
    proof: &'a ShuffleProof<G>,
    challenges: &'a [G::Scalar],
    challenge: G::Scalar,
    weights: &'a Weights<G>,
}

impl<G: Group> Product<'_, G> {
    fn holds(&self, input: &[Ciphertext<G>], output: &[Ciphertext<G>]) -> bool {
        let mut factors = self.alone();
        factors.extend(self.of_ciphertexts(input, output));
        factors.extend(self.of_commitments());
        multiply::<G>(&factors) == G::Element::identity()
    }

    /// The bases that occur once: g, y, h and t1 to t4.
    fn alone(&self) -> Vec<(G::Element, G::Scalar)> {
        let (s, t, w) = (&self.proof.responses, &self.proof.commitments, self.weights);
        let [beta, alpha] = w.encryption;
        let steps = w.chain.iter().zip(&s.chain);
        let chain = steps.fold(G::Scalar::zero(), |sum, (w, s)| sum + *w * *s);
        let of_g = w.sum * s.sum + w.product * s.product + w.weighted * s.weighted;
        let one = G::Scalar::one();
        let all = self.challenges.iter().fold(one, |all, u| all * *u);
        let mut of_h = w.product * self.challenge * all;
        match (w.chain.first(), s.permuted.first()) {
            (Some(w), Some(s)) => of_h = of_h + *w * *s,
            // The chain ends where it begins.
            _ => of_h = of_h - w.product * self.challenge,
        }
        let mut factors = vec![
            (G::generator(), of_g - alpha * s.encryption + chain),
            (*self.context.key.public(), -(beta * s.encryption)),
            (*self.context.generators.base(), of_h),
            (t.sum, -w.sum),
            (t.product, -w.product),
            (t.weighted, -w.weighted),
        ];
        let [t_beta, t_alpha] = t.encryption;
        factors.extend([(t_beta, -beta), (t_alpha, -alpha)]);
        factors
    }

    /// α and β of both lists.
    fn of_ciphertexts(
        &self,
        input: &[Ciphertext<G>],
        output: &[Ciphertext<G>],
    ) -> impl Iterator<Item = (G::Element, G::Scalar)> {
        let [beta, alpha] = self.weights.encryption;
        let (beta_in, alpha_in) = (-(beta * self.challenge), -(alpha * self.challenge));
        let before = input.iter().zip(self.challenges);
        let before =
            before.flat_map(move |(one, u)| [(one.alpha, alpha_in * *u), (one.beta, beta_in * *u)]);
        let after = output.iter().zip(&self.proof.responses.permuted);
        let after =
            after.flat_map(move |(one, s)| [(one.alpha, alpha * *s), (one.beta, beta * *s)]);
        before.chain(after).collect::<Vec<_>>().into_iter()
    }

    /// h_i, c_i, ĉ_i and t̂_i.
    fn of_commitments(&self) -> Vec<(G::Element, G::Scalar)> {
        let (proof, w) = (self.proof, self.weights);
        let permuted = &proof.responses.permuted;
        let of_sum = w.sum * self.challenge;
        let of_weighted = w.weighted * self.challenge;
        let mut factors = Vec::with_capacity(4 * self.challenges.len());
        let zip = self.context.generators.each().iter().zip(permuted);
        factors.extend(zip.map(|(h, s)| (*h, of_sum + w.weighted * *s)));
        let zip = proof.permutation.iter().zip(self.challenges);
        factors.extend(zip.map(|(c, u)| (*c, -(of_sum + of_weighted * *u))));
        let zip = proof.commitments.chain.iter().zip(&w.chain);
        factors.extend(zip.map(|(t, w)| (*t, -*w)));
        // A link of the chain is the end of its own step and the beginning of the next one; the
        // last one is the end of all.
        for (place, link) in proof.chain.iter().enumerate() {
            let next = match (w.chain.get(place + 1), permuted.get(place + 1)) {
                (Some(w), Some(s)) => *w * *s,
                _ => -(w.product * self.challenge),
            };
            factors.push((*link, next - w.chain[place] * self.challenge));
        }
        factors
    }
}
