//! Forged proofs, each with what would have to be wrong for it to hold.

use crate::encryption::Ciphertext;
use crate::encryption::EncryptionKey;
use crate::group::Element;
use crate::group::Group;
use crate::group::Scalar;
use crate::group::ed25519::Ed25519;
use crate::hash::Hash;
use crate::refusal::Refusal;
use crate::shuffle::Commitments;
use crate::shuffle::Context;
use crate::shuffle::Generators;
use crate::shuffle::Responses;
use crate::shuffle::Shuffle;
use crate::shuffle::ShuffleProof;
use crate::shuffle::proof::Transcript;
use crate::shuffle::tests::Scene;
use crate::shuffle::verify::equations_hold;

type G = Ed25519;
type E = <G as Group>::Element;
type S = <G as Group>::Scalar;

fn number(number: u64) -> S {
    S::from_number(number)
}

/// A scalar that looks like any other.
fn mask(place: u64) -> S {
    S::from_hash(&Hash::of(&place.to_be_bytes()).0)
}

fn g(exponent: S) -> E {
    G::power_of_generator(&exponent)
}

fn sum(values: impl Iterator<Item = S>) -> S {
    values.fold(S::zero(), |sum, one| sum + one)
}

/// The scene's ballots, of which the last one is exchanged for a vote for 77.
fn with_another_vote(scene: &Scene<G>) -> Vec<Ciphertext<G>> {
    let mut output = scene.input[0].clone();
    let last = output.last_mut().unwrap();
    last.beta = last.alpha.power(&scene.secret).times(&g(number(77)));
    output
}

/// Commitments that make the equations hold for responses and challenges that were chosen first.
fn fitting(
    context: &Context<'_, G>,
    lists: [&[Ciphertext<G>]; 2],
    proof: &ShuffleProof<G>,
    u: &[S],
    c: S,
) -> Commitments<G> {
    let s = &proof.responses;
    let power = |bases: &[E], exponents: &[S]| E::product_of_powers_vartime(bases, exponents);
    let h = &context.generators.each()[..u.len()];
    let product = |all: &[E]| {
        all.iter()
            .fold(E::identity(), |product, one| product.times(one))
    };
    let all = u.iter().fold(S::one(), |all, one| all * *one);
    let bar = product(&proof.permutation).over(&product(h));
    let last = proof.chain[u.len() - 1].over(&context.generators.base().power(&all));
    let column = |list: &[Ciphertext<G>], beta: bool| -> Vec<E> {
        list.iter()
            .map(|one| if beta { one.beta } else { one.alpha })
            .collect()
    };
    let encryption = |base: &E, beta: bool| {
        let before = power(&column(lists[0], beta), u).power(&-c);
        let after = power(&column(lists[1], beta), &s.permuted);
        before.times(&base.power(&-s.encryption)).times(&after)
    };
    let step = |place: usize| {
        let before = if place == 0 {
            *context.generators.base()
        } else {
            proof.chain[place - 1]
        };
        let link = proof.chain[place].power(&-c).times(&g(s.chain[place]));
        link.times(&before.power(&s.permuted[place]))
    };
    Commitments {
        sum: bar.power(&-c).times(&g(s.sum)),
        product: last.power(&-c).times(&g(s.product)),
        weighted: power(&proof.permutation, u)
            .power(&-c)
            .times(&g(s.weighted))
            .times(&power(h, &s.permuted)),
        encryption: [
            encryption(context.key.public(), true),
            encryption(&G::generator(), false),
        ],
        chain: (0..u.len()).map(step).collect(),
    }
}

/// A proof with arbitrary responses and commitments c and ĉ, without t.
fn hollow(count: u64) -> ShuffleProof<G> {
    let masks = |from: u64| (from..from + count).map(mask).collect::<Vec<S>>();
    ShuffleProof {
        commitments: Commitments {
            sum: g(number(1)),
            product: g(number(1)),
            weighted: g(number(1)),
            encryption: [g(number(1)); 2],
            chain: vec![g(number(1)); 4],
        },
        responses: Responses {
            sum: mask(1),
            product: mask(2),
            weighted: mask(3),
            encryption: mask(4),
            chain: masks(100),
            permuted: masks(200),
        },
        permutation: masks(300).into_iter().map(g).collect(),
        chain: masks(400).into_iter().map(g).collect(),
    }
}

#[test]
fn a_challenge_that_leaves_out_the_commitments_proves_nothing() {
    let scene = Scene::<G>::new(&[4]);
    let output = with_another_vote(&scene);
    let lists = [scene.input[0].as_slice(), output.as_slice()];
    let mut proof = hollow(4);
    let transcript = Transcript::new::<G>("fingerprint", lists[0], lists[1], &proof.permutation);
    let u = transcript.challenges::<G>(4);
    // The weak challenge is a hash of all but t, which is then made to fit.
    let weak = transcript.challenge(&proof.commitments, &proof.chain, scene.key.public());
    proof.commitments = fitting(&scene.context(), lists, &proof, &u, weak);
    assert!(equations_hold(&scene.context(), lists, &proof, &u, weak));
    let shuffle = Shuffle {
        ciphertexts: vec![output],
        proofs: vec![proof],
    };
    assert_eq!(scene.verify(&shuffle), [(Some(0), Refusal::ShuffleProof)]);
}

/// Every equation counts: with commitments that fit all but one of them nothing holds.
#[test]
fn each_equation_is_checked() {
    let scene = Scene::<G>::new(&[4]);
    let output = with_another_vote(&scene);
    let lists = [scene.input[0].as_slice(), output.as_slice()];
    let mut proof = hollow(4);
    let u: Vec<S> = (700..704).map(mask).collect();
    let c = mask(705);
    proof.commitments = fitting(&scene.context(), lists, &proof, &u, c);
    assert!(equations_hold(&scene.context(), lists, &proof, &u, c));
    for place in 0..9 {
        let mut other = proof.clone();
        let t = &mut other.commitments;
        let [beta, alpha] = &mut t.encryption;
        let one = match place {
            0 => &mut t.sum,
            1 => &mut t.product,
            2 => &mut t.weighted,
            3 => beta,
            4 => alpha,
            _ => &mut t.chain[place - 5],
        };
        *one = one.times(&g(number(1)));
        assert!(
            !equations_hold(&scene.context(), lists, &other, &u, c),
            "{place}"
        );
    }
}

#[test]
fn challenges_are_of_the_whole_statement() {
    let scene = Scene::<G>::new(&[4]);
    let output = with_another_vote(&scene);
    let shuffle = scene.shuffle(1);
    let (input, honest) = (&scene.input[0], &shuffle.ciphertexts[0]);
    let proof = &shuffle.proofs[0];
    let other_key = EncryptionKey::<G>::new(&g(number(9)), 1);
    let mut other_c = proof.permutation.clone();
    other_c.swap(0, 1);
    let mut other_chain = proof.chain.clone();
    other_chain.swap(0, 1);
    let mut found = Vec::new();
    let mut hash = |election,
                    lists: [&Vec<Ciphertext<G>>; 2],
                    c: &Vec<E>,
                    chain: &Vec<E>,
                    y: &E,
                    t: &Commitments<G>| {
        let transcript = Transcript::new::<G>(election, lists[0], lists[1], c);
        let u = transcript.challenges::<G>(1)[0].text();
        found.push((u, transcript.challenge::<G>(t, chain, y).text()));
    };
    let (c, chain, y, t) = (
        &proof.permutation,
        &proof.chain,
        scene.key.public(),
        &proof.commitments,
    );
    let lists = [input, honest];
    hash("fingerprint", lists, c, chain, y, t);
    hash("other", lists, c, chain, y, t);
    hash("fingerprint", [&output, honest], c, chain, y, t);
    hash("fingerprint", [input, &output], c, chain, y, t);
    hash("fingerprint", lists, &other_c, chain, y, t);
    let of_both = 5;
    hash("fingerprint", lists, c, &other_chain, y, t);
    hash("fingerprint", lists, c, chain, other_key.public(), t);
    for place in 0..6 {
        let mut other = t.clone();
        let [beta, alpha] = &mut other.encryption;
        let one = match place {
            0 => &mut other.sum,
            1 => &mut other.product,
            2 => &mut other.weighted,
            3 => beta,
            4 => alpha,
            _ => &mut other.chain[3],
        };
        *one = g(number(1));
        hash("fingerprint", lists, c, chain, y, &other);
    }
    for (place, one) in found.iter().enumerate() {
        for other in &found[..place] {
            assert_ne!(one.1, other.1);
            assert!(place >= of_both || one.0 != other.0);
        }
    }
}

/// A proof made by one who knows the logarithms of all generators, and of the votes: the matrix
/// that c commits to is opened as it suits.
fn with_trapdoor(scene: &Scene<G>, output: &[Ciphertext<G>], h: S, each: &[S]) -> ShuffleProof<G> {
    let context = scene.context();
    let input = &scene.input[0];
    let mut proof = hollow(4);
    let r: Vec<S> = (500..504).map(mask).collect();
    proof.permutation = r.iter().copied().map(g).collect();
    let transcript = Transcript::new::<G>("fingerprint", input, output, &proof.permutation);
    let u = transcript.challenges::<G>(4);
    // Votes are 2, 3, 4, 5 before and 2, 3, 4, 77 after: the last u' takes up the difference.
    let mut permuted = u.clone();
    permuted[3] = u[3] * number(5) * number(77).inverse().unwrap();
    let steps: Vec<S> = (600..604).map(mask).collect();
    let mut last = h;
    for (place, step) in steps.iter().enumerate() {
        last = *step + permuted[place] * last;
        proof.chain[place] = g(last);
    }
    let all = u.iter().fold(S::one(), |all, one| all * *one);
    let weigh = |one: &[S], other: &[S]| sum(one.iter().zip(other).map(|(a, b)| *a * *b));
    let random: Vec<S> = (3..7).map(number).collect();
    let secrets = Responses::<G> {
        sum: sum(r.iter().copied()) - sum(each.iter().copied()),
        product: last - all * h,
        weighted: weigh(&r, &u) - weigh(each, &permuted),
        encryption: weigh(&random, &permuted) - weigh(&random, &u),
        chain: steps,
        permuted,
    };
    // With a challenge of 0 the responses are the masks, which tells t.
    let lists = [input.as_slice(), output];
    proof.commitments = fitting(&context, lists, &proof, &u, S::zero());
    let c = transcript.challenge(&proof.commitments, &proof.chain, scene.key.public());
    let s = &mut proof.responses;
    s.sum = s.sum + c * secrets.sum;
    s.product = s.product + c * secrets.product;
    s.weighted = s.weighted + c * secrets.weighted;
    s.encryption = s.encryption + c * secrets.encryption;
    for place in 0..4 {
        s.chain[place] = s.chain[place] + c * secrets.chain[place];
        s.permuted[place] = s.permuted[place] + c * secrets.permuted[place];
    }
    proof
}

#[test]
fn generators_are_derived_from_their_numbers() {
    let generators = Generators::<G>::new(5);
    let mut all = vec![*generators.base()];
    all.extend(generators.each());
    assert_eq!(all.len(), 6);
    for (place, one) in (-1..).zip(&all) {
        assert_eq!(*one, G::independent_generator(place));
        assert_eq!(all.iter().filter(|other| *other == one).count(), 1);
    }
}

#[test]
fn generators_with_known_logarithms_forge_nothing() {
    let (h, each): (S, Vec<S>) = (number(1234), (11..15).map(number).collect());
    let honest = Scene::<G>::new(&[4]);
    let rigged = Scene {
        generators: Generators::with_logarithms(&h, &each),
        ..Scene::new(&[4])
    };
    let output = with_another_vote(&honest);
    let shuffle = Shuffle {
        proofs: vec![with_trapdoor(&rigged, &output, h, &each)],
        ciphertexts: vec![output],
    };
    // The forgery is a good one: with the attacker's generators the exchanged vote is "proven".
    assert_eq!(rigged.verify(&shuffle), []);
    assert_eq!(honest.verify(&shuffle), [(Some(0), Refusal::ShuffleProof)]);
}
