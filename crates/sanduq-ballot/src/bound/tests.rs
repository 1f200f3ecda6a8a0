use crate::bound::BoundDecryption;
use crate::bound::Claim;
use crate::bound::Purpose;
use crate::chance::Secret;
use crate::encryption::Ciphertext;
use crate::encryption::EncryptionKey;
use crate::group::Element;
use crate::group::Group;
use crate::group::Scalar;
use crate::group::ed25519::Ed25519;
use crate::group::field::Belenios2048;
use crate::group::field::Rfc3526;
use crate::hash::challenge;
use crate::json::Canonical;
use crate::proof::Proof;
use crate::refusal::Refusal;
use proptest::prelude::any;
use proptest::prop_assert_ne;
use proptest::proptest;
use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng;

type E = <Ed25519 as Group>::Element;
type S = <Ed25519 as Group>::Scalar;

fn g(exponent: u64) -> E {
    Ed25519::power_of_generator(&S::from_number(exponent))
}

/// X, α, factor, A and B as powers of g, and what else is claimed.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Parts {
    purpose: Purpose,
    context: String,
    trustee: u64,
    beta: String,
    elements: [u64; 5],
}

impl Parts {
    fn challenge(&self) -> String {
        let [public, alpha, factor, a, b] = self.elements.map(g);
        let claim = Claim::<Ed25519> {
            purpose: self.purpose,
            context: &self.context,
            trustee: self.trustee,
            public: &public,
            alpha: &alpha,
            beta: &self.beta,
            factor: &factor,
        };
        claim.challenge(&[a, b]).text()
    }
}

proptest! {
    #[test]
    fn a_challenge_changes_with_every_value(
        context in "[0-9a-z|]{0,9}",
        beta in "[0-9a-z|]{0,9}",
        trustee in any::<u64>(),
        elements in any::<[u64; 5]>(),
        by in 1..u64::MAX,
    ) {
        let parts = Parts { purpose: Purpose::Decryption, context, trustee, beta, elements };
        let mut others = vec![parts.clone(); 5];
        others[0].purpose = Purpose::Share;
        others[1].context.push('1');
        others[2].trustee = trustee.wrapping_add(by);
        others[3].beta.push('1');
        // The same text, cut elsewhere.
        let cut = others[4].context.pop();
        others[4].beta.insert(0, cut.unwrap_or('0'));
        for (place, exponent) in elements.iter().enumerate() {
            let mut other = parts.clone();
            other.elements[place] = exponent.wrapping_add(by);
            others.push(other);
        }
        for other in others {
            prop_assert_ne!(&parts.challenge(), &other.challenge(), "{:?}", other);
        }
    }
}

/// The challenge as the documentation says it, so that others can check it.
#[test]
fn the_challenge_is_over_every_value_with_its_length() {
    let parts = Parts {
        purpose: Purpose::Decryption,
        context: "phi".to_owned(),
        trustee: 12,
        beta: "beta".to_owned(),
        elements: [1, 2, 3, 4, 5],
    };
    let [public, alpha, factor, a, b] = parts.elements.map(|exponent| g(exponent).text());
    let mut bytes = Vec::new();
    for part in [
        "bound proof",
        "decryption",
        "Ed25519",
        "phi",
        "12",
        &public,
        &alpha,
        "beta",
        &factor,
        &a,
        &b,
    ] {
        bytes.extend(u64::try_from(part.len()).unwrap().to_be_bytes());
        bytes.extend(part.as_bytes());
    }
    let hash = crate::hash::Hash::of(&bytes);
    assert_eq!(parts.challenge(), S::from_hash(&hash.0).text());
}

#[test]
fn groups_are_bound() {
    fn challenge<G: Group>() -> String {
        let one = G::Element::identity();
        let claim = Claim::<G> {
            purpose: Purpose::Decryption,
            context: "",
            trustee: 1,
            public: &one,
            alpha: &one,
            beta: "",
            factor: &one,
        };
        String::from_utf8_lossy(&claim.statement()).into_owned()
    }
    // Both fields write 1 alike; the group's name tells them apart.
    assert_ne!(challenge::<Belenios2048>(), challenge::<Rfc3526>());
}

/// Two questions with two and one ciphertexts, and who decrypts them.
struct Scene {
    secret: Secret<S>,
    tally: Vec<Vec<Ciphertext<Ed25519>>>,
    factors: Vec<Vec<E>>,
}

fn scene() -> Scene {
    let secret = Secret::new(S::from_number(4242));
    let public = Ed25519::power_of_generator(secret.expose());
    let key = EncryptionKey::<Ed25519>::new(&public, 1);
    let encrypt = |number| key.encrypt_number(number, &Secret::new(S::from_number(number + 9)));
    let tally = vec![vec![encrypt(0), encrypt(1)], vec![encrypt(7)]];
    let power = |one: &Ciphertext<Ed25519>| one.alpha.power(secret.expose());
    let powers = |part: &Vec<Ciphertext<Ed25519>>| part.iter().map(power).collect();
    let factors = tally.iter().map(powers).collect();
    Scene {
        secret,
        tally,
        factors,
    }
}

#[test]
fn decryptions_are_proven_and_nothing_else() {
    let scene = scene();
    let public = Ed25519::power_of_generator(scene.secret.expose());
    let mut chance = ChaCha20Rng::seed_from_u64(1);
    let (secret, tally, factors) = (&scene.secret, &scene.tally, &scene.factors);
    let bound = BoundDecryption::create("phi", 2, secret, tally, &mut chance);
    assert_eq!(bound.verify("phi", &public, tally, factors), []);
    let text = bound.to_text();
    assert_eq!(
        BoundDecryption::from_bytes(text.as_bytes()),
        Ok(bound.clone())
    );
    assert_eq!(bound.verify("other", &public, tally, factors).len(), 3);
    assert_eq!(bound.verify("phi", &g(5), tally, factors).len(), 3);
    let other = BoundDecryption {
        owner: 3,
        ..bound.clone()
    };
    assert_eq!(other.verify("phi", &public, tally, factors).len(), 3);
    let refused = [((Some(0), Some(1)), Refusal::DecryptionProof)];
    let mut others = factors.clone();
    others[0][1] = others[0][1].times(&g(1));
    assert_eq!(bound.verify("phi", &public, tally, &others), refused);
    for change in [0, 1] {
        let mut others = tally.clone();
        let one = &mut others[0][1];
        let part = if change == 0 {
            &mut one.alpha
        } else {
            &mut one.beta
        };
        *part = part.times(&g(1));
        assert_eq!(bound.verify("phi", &public, &others, factors), refused);
    }
    let mut short = bound.clone();
    short.proofs[0].pop();
    let found = short.verify("phi", &public, tally, factors);
    assert_eq!(found, [((Some(0), None), Refusal::Shape)]);
    short.proofs.pop();
    let found = short.verify("phi", &public, tally, factors);
    assert_eq!(found, [((None, None), Refusal::Shape)]);
}

/// Where the challenge leaves out the factor, one is found for any challenge: A and B are chosen
/// first, then factor = (B / α^response)^(1/c). One count is so moved to another candidate.
#[test]
fn a_proof_under_a_challenge_without_the_statement_is_refused() {
    let scene = scene();
    let public = Ed25519::power_of_generator(scene.secret.expose());
    let alpha = scene.tally[0][1].alpha;
    let (w, b) = (S::from_number(77), g(78));
    let weak = challenge::<Ed25519>("weak|", &[g(77), b]);
    let response = w - *scene.secret.expose() * weak;
    let lie = b.over(&alpha.power(&response));
    let factor = lie.power(&weak.inverse().unwrap());
    assert_ne!(factor, scene.factors[0][1]);
    let proof = Proof {
        challenge: weak,
        response,
    };
    // The forgery is a good one: under the weak challenge the equations hold.
    let recomputed = [
        Ed25519::power_of_generator(&response).times(&public.power(&weak)),
        alpha.power(&response).times(&factor.power(&weak)),
    ];
    assert_eq!(challenge::<Ed25519>("weak|", &recomputed), weak);
    let beta = scene.tally[0][1].beta.text();
    let honest = alpha.power(scene.secret.expose());
    let mut chance = ChaCha20Rng::seed_from_u64(2);
    for purpose in [Purpose::Decryption, Purpose::Share] {
        let claim = Claim::<Ed25519> {
            purpose,
            context: "phi",
            trustee: 2,
            public: &public,
            alpha: &alpha,
            beta: &beta,
            factor: &factor,
        };
        assert_eq!(claim.verify(&proof), Err(Refusal::DecryptionProof));
        let own = Claim {
            factor: &honest,
            ..claim
        };
        let good = own.prove(&scene.secret, &mut chance);
        assert_eq!(own.verify(&good), Ok(()));
        assert_eq!(claim.verify(&good), Err(Refusal::DecryptionProof));
        let other = match purpose {
            Purpose::Decryption => Purpose::Share,
            Purpose::Share => Purpose::Decryption,
        };
        let elsewhere = Claim {
            purpose: other,
            ..own
        };
        assert_eq!(elsewhere.verify(&good), Err(Refusal::DecryptionProof));
    }
}
