//! For every kind of proof: one that holds, the same for another statement, and one under a
//! challenge that leaves the statement out, for something that is not true.

use crate::chance::Nonces;
use crate::chance::Secret;
use crate::encryption::Ciphertext;
use crate::encryption::EncryptionKey;
use crate::group::Element;
use crate::group::Group;
use crate::group::Scalar;
use crate::group::ed25519::Ed25519;
use crate::group::field::Belenios2048;
use crate::hash::challenge;
use crate::proof::Proof;
use crate::proof::ProofKind;
use crate::proof::decryption;
use crate::proof::decryption::Claim;
use crate::proof::one_of;
use crate::proof::one_of::Clause;
use crate::proof::power;
use crate::refusal::Refusal;
use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng;

type Verdict = Result<(), Refusal>;

/// What a verifier says of three proofs.
struct Vector {
    genuine: Verdict,
    wrong_statement: Verdict,
    weak_challenge: Verdict,
}

fn drawing<G: Group>(seed: u64) -> impl FnMut() -> Secret<G::Scalar> {
    let mut chance = ChaCha20Rng::seed_from_u64(seed);
    let mut nonces = Nonces::new("test", &G::Scalar::zero(), &[], &mut chance);
    move || Secret::new(nonces.draw())
}

/// H(label||, commitments): a challenge that says nothing of what is proven.
fn weak<G: Group>(kind: ProofKind, commitments: &[G::Element]) -> G::Scalar {
    challenge::<G>(&format!("{}||", kind.label()), commitments)
}

fn power_vector<G: Group>(kind: ProofKind) -> Vector {
    let mut draw = drawing::<G>(1);
    let (secret, nonce, other) = (draw(), draw(), draw());
    let public = G::power_of_generator(secret.expose());
    let proof = power::prove::<G>(kind, "statement", &secret, &nonce);
    // Under the weak challenge c, known before X is, X = (A/g^response)^(1/c) needs no secret.
    let commitment = G::power_of_generator(nonce.expose());
    let challenge = weak::<G>(kind, &[commitment]);
    let response = *other.expose();
    let inverse = challenge.inverse().expect("a hash is not 0");
    let forged = commitment
        .over(&G::power_of_generator(&response))
        .power(&inverse);
    let proof_of_nothing: Proof<G> = Proof {
        challenge,
        response,
    };
    let text = forged.text();
    Vector {
        genuine: power::verify(kind, "statement", &public, &proof),
        wrong_statement: power::verify(kind, "statemen", &public, &proof),
        weak_challenge: power::verify(kind, &text, &forged, &proof_of_nothing),
    }
}

fn one_of_vector<G: Group>(kind: ProofKind) -> Vector {
    let mut draw = drawing::<G>(2);
    let secret_key = draw();
    let key = EncryptionKey::<G>::new(&G::power_of_generator(secret_key.expose()), 1);
    let secret = draw();
    let one = key.encrypt_number(1, &secret);
    let clauses = [0, 1].map(|value| Clause::new(&one, 0..1, value));
    let mut chance = ChaCha20Rng::seed_from_u64(3);
    let mut nonces = Nonces::new("test", secret.expose(), &[], &mut chance);
    let statement = one.statement();
    let named = (kind, statement.as_str());
    let proofs = one_of::prove(named, &key, &clauses, (1, &secret), &mut nonces);
    let (ciphertext, forged) = forged_number(kind, &key, &secret_key);
    let of_forged = [0, 1].map(|value| Clause::new(&ciphertext, 0..1, value));
    let statement = ciphertext.statement();
    Vector {
        genuine: one_of::verify(named, &key, &clauses, &proofs),
        wrong_statement: one_of::verify((kind, "other"), &key, &clauses, &proofs),
        weak_challenge: one_of::verify((kind, &statement), &key, &of_forged, &forged),
    }
}

/// An encryption of a number that is neither 0 nor 1, chosen after the challenge c: with the second
/// challenge 0 and commitments g^a, g^b for the first, the number is (b − x·a)/c.
fn forged_number<G: Group>(
    kind: ProofKind,
    key: &EncryptionKey<G>,
    secret_key: &Secret<G::Scalar>,
) -> (Ciphertext<G>, [Proof<G>; 2]) {
    let mut draw = drawing::<G>(4);
    let mut next = || *draw().expose();
    let (a, b, second, secret) = (next(), next(), next(), next());
    let commitments = [
        G::power_of_generator(&a),
        G::power_of_generator(&b),
        G::power_of_generator(&second),
        key.public().power(&second),
    ];
    let total = weak::<G>(kind, &commitments);
    let inverse = total.inverse().expect("a hash is not 0");
    let number = (b - *secret_key.expose() * a) * inverse;
    let message = G::power_of_generator(&number);
    let ciphertext = key.encrypt(&message, &Secret::new(secret));
    let first = Proof {
        challenge: total,
        response: a - secret * total,
    };
    let other = Proof {
        challenge: G::Scalar::zero(),
        response: second,
    };
    (ciphertext, [first, other])
}

fn decryption_vector<G: Group>() -> Vector {
    let mut draw = drawing::<G>(5);
    let (secret, nonce, base) = (draw(), draw(), draw());
    let public = G::power_of_generator(secret.expose());
    let alpha = G::power_of_generator(base.expose());
    let factor = alpha.power(secret.expose());
    let election = "election";
    let claim = Claim {
        election,
        public: &public,
        alpha: &alpha,
        factor: &factor,
    };
    let proof = decryption::prove::<G>(&claim, &secret, &nonce);
    let wrong = Claim {
        factor: &factor.times(&G::generator()),
        ..claim
    };
    assert_eq!(
        decryption::verify(&wrong, &proof),
        Err(Refusal::DecryptionProof)
    );
    let other = Claim {
        election: "another",
        ..claim
    };
    let commitments = [
        G::power_of_generator(nonce.expose()),
        alpha.power(nonce.expose()),
    ];
    let challenge = weak::<G>(ProofKind::Decryption, &commitments);
    let response = *nonce.expose() - *secret.expose() * challenge;
    let weak: Proof<G> = Proof {
        challenge,
        response,
    };
    Vector {
        genuine: decryption::verify(&claim, &proof),
        wrong_statement: decryption::verify(&other, &proof),
        weak_challenge: decryption::verify(&claim, &weak),
    }
}

fn vector<G: Group>(kind: ProofKind) -> Option<Vector> {
    match kind {
        ProofKind::Key | ProofKind::Certificate | ProofKind::Ballot | ProofKind::Encryption => {
            Some(power_vector::<G>(kind))
        }
        ProofKind::Individual | ProofKind::Overall | ProofKind::Blank | ProofKind::BlankOverall => {
            Some(one_of_vector::<G>(kind))
        }
        ProofKind::Decryption => Some(decryption_vector::<G>()),
        // Its vectors are with it: shuffle/tests.rs.
        ProofKind::Shuffle => None,
    }
}

fn every_kind_is_bound<G: Group>() {
    for kind in ProofKind::ALL {
        let Some(vector) = vector::<G>(kind) else {
            continue;
        };
        assert_eq!(vector.genuine, Ok(()), "{kind:?}");
        assert_eq!(vector.wrong_statement, Err(kind.refusal()), "{kind:?}");
        assert_eq!(vector.weak_challenge, Err(kind.refusal()), "{kind:?}");
    }
}

#[test]
fn no_proof_is_good_for_another_statement_or_under_a_weak_challenge() {
    every_kind_is_bound::<Ed25519>();
    every_kind_is_bound::<Belenios2048>();
}

#[test]
fn the_weak_challenge_would_let_forgeries_pass() {
    // Without this, the negatives above could be refused for being badly forged.
    let mut draw = drawing::<Ed25519>(2);
    let secret_key = draw();
    let public = Ed25519::power_of_generator(secret_key.expose());
    let key = EncryptionKey::<Ed25519>::new(&public, 1);
    let kind = ProofKind::Individual;
    let (ciphertext, proofs) = forged_number(kind, &key, &secret_key);
    let mut commitments = Vec::new();
    for (value, proof) in (0..).zip(&proofs) {
        let alpha = ciphertext.alpha.power(&proof.challenge);
        let beta = key.without(&ciphertext.beta, value).power(&proof.challenge);
        commitments.push(Ed25519::power_of_generator(&proof.response).times(&alpha));
        commitments.push(public.power(&proof.response).times(&beta));
    }
    let sum = proofs[0].challenge + proofs[1].challenge;
    assert_eq!(weak::<Ed25519>(kind, &commitments), sum);
}

#[test]
fn one_proof_for_each_clause() {
    let mut draw = drawing::<Ed25519>(6);
    let key = EncryptionKey::<Ed25519>::new(&Ed25519::power_of_generator(draw().expose()), 1);
    let clauses = [Clause::new(&Ciphertext::neutral(), 0..1, 0)];
    let verdict = one_of::verify((ProofKind::Overall, ""), &key, &clauses, &[]);
    assert_eq!(verdict, Err(Refusal::Shape));
    let verdict = one_of::verify((ProofKind::Overall, ""), &key, &[], &[]);
    assert_eq!(verdict, Err(Refusal::OverallProof));
}

/// The variants of the enumeration, as its source has them.
fn variants() -> Vec<&'static str> {
    let source = include_str!("../proof.rs");
    let (_, rest) = source
        .split_once("pub enum ProofKind {")
        .expect("it is there");
    let (body, _) = rest.split_once("\n}").expect("it ends");
    let lines = body.lines().map(str::trim);
    let variants = lines.filter(|line| !line.starts_with("//") && !line.is_empty());
    variants.map(|line| line.trim_end_matches(',')).collect()
}

#[test]
fn every_kind_that_is_written_down_is_tried() {
    let listed = ProofKind::ALL.map(|kind| format!("{kind:?}"));
    assert_eq!(listed.to_vec(), variants());
    let apart = ProofKind::ALL
        .into_iter()
        .filter(|kind| vector::<Ed25519>(*kind).is_none());
    assert_eq!(apart.collect::<Vec<_>>(), [ProofKind::Shuffle]);
}
