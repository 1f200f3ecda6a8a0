//! The ballots of the client in the browser, made again from the same numbers: two programs, in
//! two languages, that share nothing but this file.
//!
//! For a clause that is simulated the client draws the exponent w of its commitment, this crate the
//! response w − r·c; for the true one both draw w.

use crate::ballot::Ballot;
use crate::chance::Nonces;
use crate::chance::Secret;
use crate::election::Election;
use crate::group::Group;
use crate::group::Scalar;
use crate::group::ed25519::Ed25519;
use crate::group::field::Belenios2048;
use crate::group::field::Rfc3526;
use crate::hash::Hash;
use crate::question::Homomorphic;
use crate::question::Question;
use serde_json::Value;

const VECTORS: &str = include_str!("../../../../testdata/ballot/vectors.json");

/// The client's numbers in the order and form in which this crate draws them.
struct Replay<G: Group> {
    theirs: std::vec::IntoIter<G::Scalar>,
    ours: Vec<G::Scalar>,
}

impl<G: Group> Replay<G> {
    fn next(&mut self) -> G::Scalar {
        self.theirs.next().unwrap()
    }

    /// A number that both draw.
    fn keep(&mut self) -> G::Scalar {
        let number = self.next();
        self.ours.push(number);
        number
    }

    /// A proof over clauses with these numbers behind their ciphertexts.
    fn one_of(&mut self, secrets: &[G::Scalar], truth: usize) {
        for (place, secret) in secrets.iter().enumerate() {
            let (challenge, exponent) = (self.next(), self.next());
            let nonce = if place == truth {
                exponent
            } else {
                exponent - *secret * challenge
            };
            self.ours.extend([nonce, challenge]);
        }
    }

    fn answer(&mut self, question: &Homomorphic, choices: &[u8]) {
        let secrets: Vec<G::Scalar> = choices.iter().map(|_| self.keep()).collect();
        for (secret, choice) in secrets.iter().zip(choices) {
            self.one_of(&[*secret; 2], usize::from(*choice));
        }
        let skipped = usize::from(question.allows_blank());
        let sum = |sum, one: &G::Scalar| sum + *one;
        let all = secrets[skipped..].iter().fold(G::Scalar::zero(), sum);
        let chosen: usize = choices[skipped..].iter().map(|one| usize::from(*one)).sum();
        let min = usize::try_from(question.min).unwrap();
        let sums = question.sums().count();
        if !question.allows_blank() {
            return self.one_of(&vec![all; sums], chosen - min);
        }
        let blank = usize::from(choices[0]);
        self.one_of(&[secrets[0], all], blank);
        let clauses: Vec<G::Scalar> = std::iter::once(secrets[0])
            .chain(std::iter::repeat_n(all, sums))
            .collect();
        let truth = if blank == 1 { 0 } else { 1 + chosen - min };
        self.one_of(&clauses, truth);
    }
}

fn replayed<G: Group>(vector: &Value) {
    let text = |field: &str| vector[field].as_str().unwrap();
    let election = Election::<G>::from_bytes(text("election").as_bytes()).unwrap();
    assert_eq!(election.fingerprint(), text("fingerprint"));
    let votes: Vec<Vec<u8>> = serde_json::from_value(vector["choices"].clone()).unwrap();
    let numbers: Vec<String> = serde_json::from_value(vector["numbers"].clone()).unwrap();
    let read = |one: &String| G::Scalar::read(one).unwrap();
    let mut replay = Replay::<G> {
        theirs: numbers.iter().map(read).collect::<Vec<_>>().into_iter(),
        ours: Vec::new(),
    };
    for (question, choices) in election.questions().iter().zip(&votes) {
        match question {
            Question::Homomorphic(question) => replay.answer(question, choices),
            Question::NonHomomorphic(_) => {
                replay.keep();
                replay.keep();
            }
        }
    }
    replay.keep();
    assert_eq!(replay.theirs.len(), 0);
    let secret = Secret::new(G::Scalar::read(text("secret")).unwrap());
    let nonces = Nonces::said(&replay.ours);
    let ballot = Ballot::of_nonces(&election, &secret, &votes, nonces).unwrap();
    let made = ballot.to_text(&election);
    assert_eq!(made, text("ballot"), "{}", text("name"));
    assert_eq!(Hash::of(made.as_bytes()).base64(), text("tracker"));
    assert_eq!(ballot.verify(&election), []);
}

#[test]
fn the_client_and_this_crate_make_the_same_ballots_from_the_same_numbers() {
    let vectors: Vec<Value> = serde_json::from_str(VECTORS).unwrap();
    assert_eq!(vectors.len(), 10);
    for vector in &vectors {
        match vector["group"].as_str().unwrap() {
            Ed25519::NAME => replayed::<Ed25519>(vector),
            Belenios2048::NAME => replayed::<Belenios2048>(vector),
            Rfc3526::NAME => replayed::<Rfc3526>(vector),
            other => panic!("{other}"),
        }
    }
}
