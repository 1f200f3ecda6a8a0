//! Whole elections of our own making, from a seed.

use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng;
use sanduq_ballot::ballot::Ballot;
use sanduq_ballot::board::Board;
use sanduq_ballot::chance::Nonces;
use sanduq_ballot::chance::Secret;
use sanduq_ballot::credential::Credentials;
use sanduq_ballot::credential::Entry;
use sanduq_ballot::decryption::PartialDecryption;
use sanduq_ballot::election::CryptoVersion;
use sanduq_ballot::election::Description;
use sanduq_ballot::election::Election;
use sanduq_ballot::election::ElectionId;
use sanduq_ballot::events::EventKind;
use sanduq_ballot::group::Group;
use sanduq_ballot::group::Scalar;
use sanduq_ballot::json::Canonical;
use sanduq_ballot::question::Homomorphic;
use sanduq_ballot::question::NonHomomorphic;
use sanduq_ballot::question::Question;
use sanduq_ballot::result::Decryptions;
use sanduq_ballot::result::ElectionResult;
use sanduq_ballot::result::combine;
use sanduq_ballot::shuffle::Context;
use sanduq_ballot::shuffle::Generators;
use sanduq_ballot::shuffle::Shuffle;
use sanduq_ballot::tally::Ciphertexts;
use sanduq_ballot::tally::Tally;
use sanduq_ballot::tally::ciphertexts_text;
use sanduq_ballot::trustees::Trustee;
use sanduq_ballot::trustees::TrusteeKey;
use sanduq_ballot::trustees::Trustees;
use std::collections::BTreeMap;

/// Chance that is the same for a seed.
pub fn chance(seed: u64) -> ChaCha20Rng {
    ChaCha20Rng::seed_from_u64(seed)
}

/// Secret scalars.
pub fn secrets<G: Group>(count: usize, seed: u64) -> Vec<Secret<G::Scalar>> {
    let mut chance = chance(seed);
    let zero = G::Scalar::zero();
    let mut nonces = Nonces::new("test", &zero, &[], &mut chance);
    (0..count).map(|_| Secret::new(nonces.draw())).collect()
}

/// A question of this many answers.
pub fn question(answers: usize, blank: bool, min: u64, max: u64) -> Question {
    Question::Homomorphic(Homomorphic {
        answers: (1..=answers).map(|number| format!("C{number}")).collect(),
        blank: blank.then_some(true),
        min,
        max,
        question: "Choose".to_owned(),
    })
}

/// An election with all its secrets.
pub struct Making<G: Group> {
    pub election: Election<G>,
    pub trustees: Trustees<G>,
    pub trustee_secrets: Vec<Secret<G::Scalar>>,
    pub credentials: Credentials<G>,
    pub voters: Vec<Secret<G::Scalar>>,
    pub chance: ChaCha20Rng,
}

impl<G: Group> Making<G> {
    /// An election with three trustees and one voter for each weight.
    pub fn new(questions: Vec<Question>, weights: &[Option<u64>], seed: u64) -> Making<G> {
        Making::of_trustees(3, questions, weights, seed)
    }

    /// An election with so many trustees.
    pub fn of_trustees(
        trustees: usize,
        questions: Vec<Question>,
        weights: &[Option<u64>],
        seed: u64,
    ) -> Making<G> {
        let mut chance = chance(seed);
        let trustee_secrets = secrets::<G>(trustees, seed + 1);
        let keys = trustee_secrets
            .iter()
            .map(|secret| Trustee::Single(TrusteeKey::new(secret, None, &mut chance)));
        let trustees = Trustees(keys.collect());
        let election = Election::new(Description {
            version: CryptoVersion::One,
            description: "A test \"of\" ours / صندوق".to_owned(),
            name: "Test".to_owned(),
            public_key: trustees.election_key(),
            questions,
            uuid: ElectionId::new("TestTestTest14").unwrap(),
            administrator: None,
            credential_authority: None,
        });
        let voters = secrets::<G>(weights.len(), seed + 2);
        let entry = |(secret, weight): (&Secret<G::Scalar>, &Option<u64>)| Entry {
            key: G::power_of_generator(secret.expose()),
            weight: *weight,
        };
        let entries = voters.iter().zip(weights).map(entry).collect();
        Making {
            election,
            trustees,
            trustee_secrets,
            credentials: Credentials::new(entries).unwrap(),
            voters,
            chance,
        }
    }

    /// A ballot of one voter.
    pub fn ballot(&mut self, voter: usize, votes: &[Vec<u8>]) -> Ballot<G> {
        let secret = &self.voters[voter];
        Ballot::create(&self.election, secret, votes, &mut self.chance).unwrap()
    }

    /// The tally of the last ballot of each voter.
    pub fn tally(&self, cast: &[(usize, Ballot<G>)]) -> (Ciphertexts<G>, u64, u64) {
        let last: BTreeMap<usize, &Ballot<G>> = cast
            .iter()
            .map(|(voter, ballot)| (*voter, ballot))
            .collect();
        let mut tally = Tally::new(self.election.questions());
        for (voter, ballot) in last {
            let weight = self.credentials.entries()[voter].weight.unwrap_or(1);
            tally.add(ballot, weight).unwrap();
        }
        let (ballots, weight) = (tally.ballots(), tally.weight());
        (tally.finish(), ballots, weight)
    }

    /// The tally after every trustee has shuffled, where ballots are shuffled.
    fn shuffle(&mut self, mut tally: Ciphertexts<G>, acts: &mut Vec<Act>) -> Ciphertexts<G> {
        let questions = self.election.questions();
        let places: Vec<usize> = (0..questions.len())
            .filter(|place| questions[*place].is_shuffled())
            .collect();
        if places.is_empty() {
            return tally;
        }
        let context = Context {
            election: self.election.fingerprint(),
            key: self.election.key(),
            generators: &Generators::new(tally[places[0]].len()),
        };
        for (owner, secret) in (1..).zip(&self.trustee_secrets) {
            let lists: Ciphertexts<G> = places.iter().map(|place| tally[*place].clone()).collect();
            let shuffle = Shuffle::create(&context, &lists, secret, &mut self.chance).unwrap();
            acts.push(Act::Owned(EventKind::Shuffle, owner, shuffle.to_text()));
            for (place, list) in places.iter().zip(shuffle.ciphertexts) {
                tally[*place] = list;
            }
        }
        acts.push(Act::End(EventKind::EndShuffles));
        tally
    }

    /// The partial decryptions of all trustees.
    pub fn decrypt(&mut self, tally: &Ciphertexts<G>) -> Decryptions<G> {
        let mut decryptions = BTreeMap::new();
        for (owner, secret) in (1..).zip(&self.trustee_secrets) {
            let chance = &mut self.chance;
            let one = PartialDecryption::create(&self.election, secret, tally, chance);
            decryptions.insert(owner, one);
        }
        decryptions
    }

    /// The acts of the election after its setup.
    pub fn acts(&mut self, cast: &[(usize, Ballot<G>)]) -> Vec<Act> {
        let mut acts: Vec<Act> = cast
            .iter()
            .map(|(_, ballot)| Act::Plain(EventKind::Ballot, ballot.to_text(&self.election)))
            .collect();
        acts.push(Act::End(EventKind::EndBallots));
        let (tally, ballots, weight) = self.tally(cast);
        acts.push(Act::Tally(ciphertexts_text::<G>(&tally), ballots, weight));
        let tally = self.shuffle(tally, &mut acts);
        let decryptions = self.decrypt(&tally);
        for (owner, one) in &decryptions {
            acts.push(Act::Owned(
                EventKind::PartialDecryption,
                *owner,
                one.to_text(),
            ));
        }
        let factors = combine(&self.trustees, &decryptions, &tally).unwrap();
        let questions = self.election.questions();
        let result = ElectionResult::compute::<G>(questions, &tally, &factors, weight).unwrap();
        acts.push(Act::Plain(EventKind::Result, result.to_text()));
        acts
    }

    /// The archive with these acts.
    pub fn archive(&self, acts: &[Act]) -> Vec<u8> {
        let mut board = self.open();
        for act in acts {
            match act {
                Act::Plain(kind, text) => board.act(*kind, &[text]),
                Act::End(kind) => board.act(*kind, &[]),
                Act::Tally(text, ballots, weight) => board.tally(text, *ballots, *weight),
                Act::Owned(kind, owner, text) => board.owned(*kind, *owner, text),
            }
            .unwrap();
        }
        board.into_inner()
    }

    fn open(&self) -> Board<Vec<u8>> {
        let (election, trustees) = (&self.election, &self.trustees);
        Board::open(
            Vec::new(),
            1_700_000_000,
            election,
            trustees,
            &self.credentials,
        )
        .unwrap()
    }
}

/// Something that goes on the board.
#[derive(Clone, Debug)]
pub enum Act {
    Plain(EventKind, String),
    End(EventKind),
    Tally(String, u64, u64),
    Owned(EventKind, u64, String),
}

/// An election that has everything: bounds, blank votes, weights, a vote cast again; one voter has
/// the weight `largest`.
pub fn full<G: Group>(seed: u64, largest: u64) -> (Making<G>, Vec<(usize, Ballot<G>)>) {
    let questions = vec![
        question(3, false, 1, 1),
        question(4, false, 0, 3),
        question(2, true, 1, 2),
    ];
    let weights = [None, Some(3), None, Some(1), Some(largest), None];
    let mut making = Making::new(questions, &weights, seed);
    let votes = [
        (0, [&[1, 0, 0][..], &[0, 0, 0, 0], &[1, 0, 0]]),
        (1, [&[0, 1, 0], &[1, 1, 1, 0], &[0, 1, 1]]),
        (2, [&[0, 0, 1], &[0, 0, 0, 1], &[0, 1, 0]]),
        (0, [&[0, 1, 0], &[0, 1, 0, 0], &[0, 0, 1]]),
        (4, [&[0, 1, 0], &[1, 0, 0, 0], &[1, 0, 0]]),
    ];
    let mut cast = Vec::new();
    for (voter, choices) in votes {
        let choices = choices.map(<[u8]>::to_vec);
        cast.push((voter, making.ballot(voter, &choices)));
    }
    (making, cast)
}

/// An election with a question that is shuffled and one that is not.
pub fn shuffled<G: Group>(seed: u64) -> (Making<G>, Vec<(usize, Ballot<G>)>) {
    let ranking = Question::NonHomomorphic(NonHomomorphic {
        answers: ["A", "B", "C"].map(str::to_owned).to_vec(),
        question: "Rank".to_owned(),
        extra: None,
    });
    let questions = vec![question(2, false, 1, 1), ranking];
    let mut making = Making::new(questions, &[None; 3], seed);
    let votes = [
        (0, vec![vec![1, 0], vec![1, 2, 3]]),
        (1, vec![vec![0, 1], vec![0, 0, 255]]),
        (2, vec![vec![0, 1], vec![3, 2, 1]]),
    ];
    let ballots = votes.map(|(voter, choices)| (voter, making.ballot(voter, &choices)));
    (making, ballots.to_vec())
}
