//! What a voter, a copier or a broken generator of chance could try.

use crate::ballot::Ballot;
use crate::ballot::Finding;
use crate::ballot::answer::Answer;
use crate::ballot::answer::Choices;
use crate::chance::Nonces;
use crate::chance::Secret;
use crate::chance::stuck::Stuck;
use crate::election::CryptoVersion;
use crate::election::Description;
use crate::election::Election;
use crate::election::ElectionId;
use crate::group::Element;
use crate::group::Group;
use crate::group::Scalar;
use crate::group::ed25519::Ed25519;
use crate::json::Canonical;
use crate::proof::ProofKind;
use crate::proof::one_of;
use crate::proof::one_of::Clause;
use crate::proof::power;
use crate::question::Homomorphic;
use crate::question::Question;
use crate::refusal::Refusal;
use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng;

fn secret(seed: u64) -> Secret<<Ed25519 as Group>::Scalar> {
    let mut chance = ChaCha20Rng::seed_from_u64(seed);
    let zero = <Ed25519 as Group>::Scalar::zero();
    Secret::new(Nonces::new("test", &zero, &[], &mut chance).draw())
}

fn election(blank: bool, max: u64, name: &str) -> Election<Ed25519> {
    Election::new(Description {
        version: CryptoVersion::One,
        description: String::new(),
        name: name.to_owned(),
        public_key: Ed25519::power_of_generator(secret(1).expose()),
        questions: vec![Question::Homomorphic(Homomorphic {
            answers: vec!["A".to_owned(), "B".to_owned(), "C".to_owned()],
            blank: Some(blank),
            min: 1,
            max,
            question: "?".to_owned(),
        })],
        uuid: ElectionId::new("TestTestTest14").unwrap(),
        administrator: None,
        credential_authority: None,
    })
}

/// A ballot whose numbers are not asked whether they answer the question: each is encrypted as it
/// is and proven to be 0 or 1 as well as it can be.
fn forced(election: &Election<Ed25519>, numbers: &[i64]) -> Ballot<Ed25519> {
    let voter = secret(2);
    let public = Ed25519::power_of_generator(voter.expose());
    let statement = election.statement(&public.text());
    let key = election.key();
    let mut nonces = Nonces::new("test", voter.expose(), &[], &mut Stuck);
    let scalar = |number: i64| {
        let size = <Ed25519 as Group>::Scalar::from_number(number.unsigned_abs());
        if number < 0 { -size } else { size }
    };
    let mut choices = Vec::new();
    let mut individual = Vec::new();
    let mut sum = <Ed25519 as Group>::Scalar::zero();
    for number in numbers {
        let own = Secret::new(nonces.draw());
        sum = sum + *own.expose();
        let message = Ed25519::power_of_generator(&scalar(*number));
        let choice = key.encrypt(&message, &own);
        let clauses = [0, 1].map(|value| Clause::new(&choice, 0..1, value));
        let of_choice = format!("{statement}|{}", choice.statement());
        let kind = (ProofKind::Individual, of_choice.as_str());
        let truth = (u64::from(*number != 0), &own);
        individual.push(one_of::prove(kind, key, &clauses, truth, &mut nonces));
        choices.push(choice);
    }
    let total = crate::encryption::Ciphertext::sum(&choices);
    let clauses = [Clause::new(&total, 0..choices.len(), 1)];
    let texts: Vec<String> = choices.iter().map(|one| one.statement()).collect();
    let all = format!("{statement}|{}|{}", texts.join(","), total.statement());
    let kind = (ProofKind::Overall, all.as_str());
    let overall = one_of::prove(kind, key, &clauses, (0, &Secret::new(sum)), &mut nonces);
    let answers = vec![Answer::Homomorphic(Choices {
        choices,
        individual,
        overall,
        blank: None,
    })];
    signed(election, &voter, answers)
}

fn signed(
    election: &Election<Ed25519>,
    voter: &Secret<<Ed25519 as Group>::Scalar>,
    answers: Vec<Answer<Ed25519>>,
) -> Ballot<Ed25519> {
    let credential = Ed25519::power_of_generator(voter.expose());
    let text = super::body_text(election, &credential, &answers);
    let signed_bytes = text.len();
    let hash = crate::hash::Hash::of_parts(&[text.as_bytes(), b"}"]);
    let proof = power::prove(ProofKind::Ballot, &hash.base64(), voter, &secret(9));
    Ballot {
        credential,
        answers,
        signature: super::Signature { hash, proof },
        body: hash,
        signed_bytes,
    }
}

#[test]
fn a_vote_that_is_none_is_found_where_it_stands() {
    let election = election(false, 1, "Test");
    let individual = |choice| Finding {
        question: Some(0),
        choice: Some(choice),
        refusal: Refusal::IndividualProof,
    };
    let overall = Finding {
        question: Some(0),
        choice: None,
        refusal: Refusal::OverallProof,
    };
    let table: [(&[i64], &[Finding]); 7] = [
        (&[0, 1, 0], &[]),
        (&[1, 1, 0], &[overall]),
        (&[0, 0, 0], &[overall]),
        (&[2, 0, 0], &[individual(0), overall]),
        (&[2, -1, 0], &[individual(0), individual(1)]),
        (&[0, 0, 1000], &[individual(2), overall]),
        (&[-1, 1, 1], &[individual(0)]),
    ];
    for (numbers, findings) in table {
        let ballot = forced(&election, numbers);
        assert_eq!(ballot.verify(&election), findings, "{numbers:?}");
    }
}

fn ballot(election: &Election<Ed25519>, voter: u64, choices: &[u8]) -> Ballot<Ed25519> {
    Ballot::create(election, &secret(voter), &[choices.to_vec()], &mut Stuck).unwrap()
}

#[test]
fn a_part_of_a_ballot_is_good_for_no_other() {
    let election = election(true, 3, "Test");
    let victim = ballot(&election, 2, &[0, 1, 0, 1]);
    assert_eq!(victim.verify(&election), []);
    // Another voter signs what the first has encrypted.
    let copied = signed(&election, &secret(3), victim.answers.clone());
    let found = copied.verify(&election);
    assert_eq!(found.len(), 6, "{found:?}");
    // The order of choices is proven, with their proofs too.
    let mut answers = victim.answers.clone();
    let Answer::Homomorphic(answer) = &mut answers[0] else {
        panic!("the question is homomorphic");
    };
    answer.choices.swap(1, 2);
    answer.individual.swap(1, 2);
    let refusals: Vec<Refusal> = signed(&election, &secret(2), answers)
        .verify(&election)
        .iter()
        .map(|finding| finding.refusal)
        .collect();
    assert_eq!(refusals, [Refusal::BlankProof, Refusal::OverallProof]);
    // Another election of the same key.
    let other = self::election(true, 3, "Other");
    let text = victim.to_text(&election);
    let read = Ballot::from_bytes(&other, text.as_bytes());
    assert_eq!(read, Err(Refusal::OtherElection));
    let renamed = text.replace(election.fingerprint(), other.fingerprint());
    let read = Ballot::from_bytes(&other, renamed.as_bytes()).unwrap();
    assert_eq!(read.verify(&other).len(), 7);
}

#[test]
fn a_signature_is_over_all_of_the_ballot() {
    let election = election(false, 1, "Test");
    let [one, other] = [&[1, 0, 0], &[0, 1, 0]].map(|choices| ballot(&election, 2, choices));
    let mixed = Ballot {
        signature: other.signature,
        ..one.clone()
    };
    let found = mixed.verify(&election);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].refusal, Refusal::Signature);
}

#[test]
fn choices_must_answer_the_question() {
    let (plain, blank) = (election(false, 2, "Test"), election(true, 2, "Test"));
    let table: [(&Election<Ed25519>, &[u8], bool); 12] = [
        (&plain, &[1, 0, 0], true),
        (&plain, &[1, 1, 0], true),
        (&plain, &[1, 1, 1], false),
        (&plain, &[0, 0, 0], false),
        (&plain, &[2, 0, 0], false),
        (&plain, &[1, 0], false),
        (&plain, &[0, 1, 0, 0], false),
        (&blank, &[1, 0, 0, 0], true),
        (&blank, &[0, 1, 0, 0], true),
        (&blank, &[1, 1, 0, 0], false),
        (&blank, &[0, 0, 0, 0], false),
        (&blank, &[2, 0, 0, 0], false),
    ];
    for (election, choices, fit) in table {
        let made = Ballot::create(election, &secret(2), &[choices.to_vec()], &mut Stuck);
        assert_eq!(made.is_ok(), fit, "{choices:?}");
        if let Ok(made) = made {
            assert_eq!(made.verify(election), [], "{choices:?}");
            let text = made.to_text(election);
            assert_eq!(Ballot::from_bytes(election, text.as_bytes()), Ok(made));
        } else {
            assert_eq!(made, Err(Refusal::Choices));
        }
    }
}

#[test]
fn a_stuck_generator_gives_distinct_ballots_and_no_secret() {
    let (one, other) = (election(false, 1, "One"), election(false, 1, "Other"));
    let ballots = [
        ballot(&one, 2, &[1, 0, 0]),
        ballot(&one, 2, &[0, 1, 0]),
        ballot(&one, 3, &[1, 0, 0]),
        ballot(&other, 2, &[1, 0, 0]),
    ];
    let mut seen = Vec::new();
    for ballot in &ballots {
        let Answer::Homomorphic(answer) = &ballot.answers[0] else {
            panic!("the question is homomorphic");
        };
        // No number behind an encryption or a proof comes twice: two responses to two challenges
        // of one commitment would show the secret.
        for choice in &answer.choices {
            assert!(!seen.contains(&choice.alpha));
            seen.push(choice.alpha);
        }
        let proof = &ballot.signature.proof;
        let public = ballot.credential.power(&proof.challenge);
        let commitment = Ed25519::power_of_generator(&proof.response).times(&public);
        assert!(!seen.contains(&commitment));
        seen.push(commitment);
    }
}

#[test]
fn what_is_not_canonical_is_refused() {
    let election = election(false, 1, "Test");
    let text = ballot(&election, 2, &[1, 0, 0]).to_text(&election);
    let alpha = text.find("\"alpha\":\"").unwrap() + 9;
    let identity = format!("{}1", "0".repeat(63));
    let order_two = "7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffec";
    let with = |value: &str| format!("{}{value}{}", &text[..alpha], &text[alpha + 64..]);
    let table = [
        (format!("{text}\n"), Refusal::Form),
        (format!(" {text}"), Refusal::Form),
        (text.replacen(':', ": ", 1), Refusal::Form),
        (
            text.replacen("\"challenge\":\"", "\"challenge\":\"0", 1),
            Refusal::ScalarForm,
        ),
        (with(order_two), Refusal::NotInGroup),
        (
            with(&text[alpha..alpha + 64].to_uppercase()),
            Refusal::ElementForm,
        ),
        (text.replacen("[[{", "[[{},{", 1), Refusal::Form),
        (
            text.replacen("\"answers\":[", "\"answers\":[],\"x\":[", 1),
            Refusal::Shape,
        ),
    ];
    for (text, refusal) in table {
        assert_eq!(
            Ballot::from_bytes(&election, text.as_bytes()),
            Err(refusal),
            "{text}"
        );
    }
    // The neutral element is in the group; its proof does not hold.
    let read = Ballot::from_bytes(&election, with(&identity).as_bytes()).unwrap();
    assert!(read.verify(&election).len() >= 2);
    // As a credential it is no key.
    let credential = Ed25519::power_of_generator(secret(2).expose());
    let nobody = text.replace(&credential.text(), &identity);
    let read = Ballot::from_bytes(&election, nobody.as_bytes());
    assert_eq!(read, Err(Refusal::Identity));
    assert_eq!(
        Description::<Ed25519>::from_bytes(b"{}"),
        Err(Refusal::Form)
    );
}
