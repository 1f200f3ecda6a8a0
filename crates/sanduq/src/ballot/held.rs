//! A whole small election by remote ballot, held from a seed: a trustee alone and a group of three
//! of whom one is lost, voters who abstain, vote blank and vote again.
//!
//! What is always true here: every secret follows from the seed, so that a seed gives the same
//! archive; what voters choose is counted in clear beside the encrypted ballots, and the election
//! fails when the decrypted result is another.

use crate::exit::Ended;
use crate::progress::Progress;
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::Rng;
use rand_chacha::rand_core::SeedableRng;
use rayon::prelude::*;
use sanduq_ballot::ballot::Ballot;
use sanduq_ballot::board::Board;
use sanduq_ballot::bound::BoundDecryption;
use sanduq_ballot::ceremony::CeremonyRefusal;
use sanduq_ballot::ceremony::MemberKeys;
use sanduq_ballot::ceremony::Polynomial;
use sanduq_ballot::ceremony::Roster;
use sanduq_ballot::ceremony::Round;
use sanduq_ballot::ceremony::commit;
use sanduq_ballot::ceremony::conclude;
use sanduq_ballot::ceremony::confirm;
use sanduq_ballot::ceremony::reveal;
use sanduq_ballot::ceremony::review;
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
use sanduq_ballot::result::Answered;
use sanduq_ballot::result::Decryptions;
use sanduq_ballot::result::ElectionResult;
use sanduq_ballot::result::combine;
use sanduq_ballot::sealing::BoundProofs;
use sanduq_ballot::shuffle::Context;
use sanduq_ballot::shuffle::Generators;
use sanduq_ballot::shuffle::Shuffle;
use sanduq_ballot::tally::Ciphertexts;
use sanduq_ballot::tally::Tally;
use sanduq_ballot::tally::ciphertexts_text;
use sanduq_ballot::trustees::Trustee;
use sanduq_ballot::trustees::TrusteeKey;
use sanduq_ballot::trustees::Trustees;
use sanduq_ballot::trustees::pedersen::Pedersen;
use std::io::Write;

/// The time of a rehearsal's archive, in seconds since 1970: none, so that a seed gives the same
/// bytes.
const NO_TIME: u64 = 0;
/// Ballots that are made at once.
const BATCH: usize = 1024;
/// Candidates of the first question.
const CANDIDATES: u64 = 10;
/// The trustees that are there at the end; the third, a member of the group, is lost.
const PRESENT: [u64; 3] = [1, 2, 4];

/// What is rehearsed.
pub struct Plan {
    /// Electors on the list.
    pub voters: u64,
    /// What all follows from.
    pub seed: u64,
    /// Whether there is a question whose ballots are shuffled.
    pub shuffled: bool,
}

/// What was held.
pub struct Held {
    /// Ballots cast, those that were replaced too.
    pub ballots: u64,
    /// Ballots that count.
    pub counted: u64,
    /// The result.
    pub result: ElectionResult,
}

/// The name under which the election of a seed is published.
pub fn uuid(seed: u64) -> String {
    const LETTERS: &[u8; 58] = b"123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    let mut chance = chance(seed, 0, "uuid");
    let letter = |_| char::from(LETTERS[usize::try_from(chance.next_u64() % 58).unwrap_or(0)]);
    (0..14).map(letter).collect()
}

/// The secret of the key that signs the checkpoints of a seed's election.
pub fn seal(seed: u64) -> [u8; 32] {
    let mut secret = [0; 32];
    chance(seed, 0, "checkpoints").fill_bytes(&mut secret);
    secret
}

/// Chance for one purpose of one voter.
fn chance(seed: u64, voter: u64, purpose: &str) -> ChaCha20Rng {
    let mut key = [0; 32];
    key[..8].copy_from_slice(&seed.to_le_bytes());
    key[8..16].copy_from_slice(&voter.to_le_bytes());
    let length = purpose.len().min(16);
    key[16..16 + length].copy_from_slice(&purpose.as_bytes()[..length]);
    ChaCha20Rng::from_seed(key)
}

fn secret<G: Group>(chance: &mut ChaCha20Rng) -> Secret<G::Scalar> {
    let mut nonces = Nonces::new("rehearsal", &G::Scalar::zero(), &[], chance);
    Secret::new(nonces.draw())
}

fn astray(found: Vec<(u64, CeremonyRefusal)>) -> Ended {
    let members = found
        .iter()
        .map(|(member, why)| format!("member {member}: {why}"));
    Ended::fault(members.collect::<Vec<_>>().join("; "))
}

/// Holds the election and writes its archive; what the trustees prove besides is for its sidecar.
///
/// # Errors
/// A fault when anything fails or cannot be written.
pub fn held<G: Group>(
    plan: &Plan,
    out: impl Write,
    progress: &mut Progress,
) -> Result<(Held, BoundProofs<G>), Ended> {
    let mut lots = chance(plan.seed, 0, "trustees");
    let (trustees, secrets) = trustees::<G>(&mut lots)?;
    let election = Election::new(Description {
        version: CryptoVersion::One,
        description: "An invented election, held to be checked / انتخابات مخترعة".to_owned(),
        name: "Rehearsal".to_owned(),
        public_key: trustees.election_key(),
        questions: questions(plan.shuffled),
        uuid: ElectionId::new(&uuid(plan.seed)).map_err(Ended::fault)?,
        administrator: None,
        credential_authority: None,
    });
    progress.stage("credentials", plan.voters, "credentials");
    let key = |voter| G::power_of_generator(credential::<G>(plan.seed, voter).expose());
    let keys = (0..plan.voters).into_par_iter().map(key);
    let entries = keys.map(|key| Entry { key, weight: None }).collect();
    let credentials = Credentials::new(entries).map_err(Ended::fault)?;
    progress.reached(plan.voters);
    let board =
        Board::open(out, NO_TIME, &election, &trustees, &credentials).map_err(Ended::fault)?;
    let mut holding = Holding {
        plan,
        election: &election,
        trustees: &trustees,
        secrets: &secrets,
        board,
        lots,
        bound: BoundProofs::new(),
    };
    let Votes {
        tally,
        chosen,
        ballots,
    } = holding.vote(progress)?;
    let (counted, weight) = (tally.ballots(), tally.weight());
    let result = holding.count(tally, weight, progress)?;
    if counts(&result) != chosen {
        return Err(Ended::fault("the decrypted result is not what was chosen"));
    }
    let mut out = holding.board.into_inner();
    out.flush().map_err(Ended::fault)?;
    let held = Held {
        ballots,
        counted,
        result,
    };
    Ok((held, holding.bound))
}

/// The counts of the homomorphic questions.
fn counts(result: &ElectionResult) -> Vec<Vec<u64>> {
    let counts = result.0.iter().filter_map(|answered| match answered {
        Answered::Counts(counts) => Some(counts.clone()),
        Answered::Ballots(_) => None,
    });
    counts.collect()
}

fn questions(shuffled: bool) -> Vec<Question> {
    let question = |answers: u64, blank: bool, words: &str| {
        Question::Homomorphic(Homomorphic {
            answers: (1..=answers).map(|number| number.to_string()).collect(),
            blank: blank.then_some(true),
            min: 1,
            max: 1,
            question: words.to_owned(),
        })
    };
    let mut questions = vec![
        question(CANDIDATES, false, "Who? / من؟"),
        question(2, true, "Yes or no? / نعم أم لا؟"),
    ];
    if shuffled {
        questions.push(Question::NonHomomorphic(NonHomomorphic {
            answers: ["1", "2", "3"].map(str::to_owned).to_vec(),
            question: "In which order? / بأي ترتيب؟".to_owned(),
            extra: None,
        }));
    }
    questions
}

fn credential<G: Group>(seed: u64, voter: u64) -> Secret<G::Scalar> {
    secret::<G>(&mut chance(seed, voter, "credential"))
}

/// Trustees and their secrets, in the order of their numbers.
type WithSecrets<T, G> = (T, Vec<Secret<<G as Group>::Scalar>>);

/// A trustee alone, and a group of three of whom two are enough, after a ceremony.
fn trustees<G: Group>(chance: &mut ChaCha20Rng) -> Result<WithSecrets<Trustees<G>, G>, Ended> {
    let alone = secret::<G>(chance);
    let single = TrusteeKey::new(&alone, Some("A".to_owned()), chance);
    let (group, members) = ceremony::<G>(chance)?;
    let mut secrets = vec![alone];
    secrets.extend(members);
    let trustees = Trustees(vec![Trustee::Single(single), Trustee::Pedersen(group)]);
    Ok((trustees, secrets))
}

/// The members' steps, each a file that a person would carry.
fn ceremony<G: Group>(chance: &mut ChaCha20Rng) -> Result<WithSecrets<Pedersen<G>, G>, Ended> {
    let members: Vec<_> = (0..3).map(|_| MemberKeys::<G>::draw(chance)).collect();
    let certificates = members.iter().map(|one| one.certificate(chance)).collect();
    let roster = Roster::new(2, certificates).map_err(Ended::fault)?;
    let own: Vec<_> = members
        .iter()
        .map(|keys| Polynomial::draw(&roster, keys, chance))
        .collect();
    let both = || members.iter().zip(&own);
    let steps: Result<Vec<_>, _> = both()
        .map(|(keys, own)| commit(&roster, keys, own, chance))
        .collect();
    let commits = Round::gather(&roster, &steps.map_err(Ended::fault)?).map_err(astray)?;
    let steps: Result<Vec<_>, _> = both()
        .map(|(keys, own)| reveal(&roster, keys, own, &commits, chance))
        .collect();
    let reveals = Round::gather(&roster, &steps.map_err(Ended::fault)?).map_err(astray)?;
    let steps: Result<Vec<_>, _> = members
        .iter()
        .map(|keys| review(&roster, keys, &commits, &reveals, chance))
        .collect();
    let reviews = Round::gather(&roster, &steps.map_err(Ended::fault)?).map_err(astray)?;
    let rounds = (&commits, &reveals, &reviews);
    let ends: Result<Vec<_>, _> = members
        .iter()
        .map(|keys| confirm(&roster, keys, rounds, None, chance))
        .collect();
    let (secrets, steps): (Vec<_>, Vec<_>) = ends.map_err(Ended::fault)?.into_iter().unzip();
    let confirmations = Round::gather(&roster, &steps).map_err(astray)?;
    let group = conclude(&roster, rounds, &confirmations).map_err(|one| astray(vec![one]))?;
    Ok((group, secrets))
}

/// The election while it is held.
struct Holding<'a, G: Group, W: Write> {
    plan: &'a Plan,
    election: &'a Election<G>,
    trustees: &'a Trustees<G>,
    secrets: &'a [Secret<G::Scalar>],
    board: Board<W>,
    lots: ChaCha20Rng,
    bound: BoundProofs<G>,
}

/// Whether an elector stays away, and whether she votes a second time.
const fn abstains(voter: u64) -> bool {
    voter % 7 == 6
}

const fn votes_again(voter: u64) -> bool {
    voter % 10 == 3 && !abstains(voter)
}

/// What a voter's device knows: the election, and what is invented of its voter.
#[derive(Clone, Copy)]
struct Device<'a, G: Group> {
    plan: &'a Plan,
    election: &'a Election<G>,
}

impl<G: Group> Device<'_, G> {
    /// What an elector chooses, the first or the second time; blank now and then.
    fn choice(&self, voter: u64, again: bool) -> Vec<Vec<u8>> {
        let purpose = if again { "second choice" } else { "choice" };
        let mut chance = chance(self.plan.seed, voter, purpose);
        let mut below = |bound: u64| chance.next_u64() % bound;
        let one_of = |count: u64, chosen: u64| {
            let vote = (0..count).map(|at| u8::from(at == chosen));
            vote.collect::<Vec<u8>>()
        };
        let mut votes = vec![one_of(CANDIDATES, below(CANDIDATES)), one_of(3, below(3))];
        if self.plan.shuffled {
            votes.push(
                (0..3)
                    .map(|_| u8::try_from(below(4)).unwrap_or(0))
                    .collect(),
            );
        }
        votes
    }

    /// A ballot, and what it holds.
    fn ballot(&self, (voter, again): (u64, bool)) -> Result<Cast<G>, Ended> {
        let votes = self.choice(voter, again);
        let secret = credential::<G>(self.plan.seed, voter);
        let purpose = if again { "second ballot" } else { "ballot" };
        let mut chance = chance(self.plan.seed, voter, purpose);
        let ballot =
            Ballot::create(self.election, &secret, &votes, &mut chance).map_err(Ended::fault)?;
        let counts = again || !votes_again(voter);
        let text = ballot.to_text(self.election);
        Ok(Cast {
            ballot,
            text,
            votes,
            counts,
        })
    }
}

impl<'a, G: Group, W: Write> Holding<'a, G, W> {
    /// Everybody votes, then some again.
    fn vote(&mut self, progress: &mut Progress) -> Result<Votes<G>, Ended> {
        let first = (0..self.plan.voters).filter(|voter| !abstains(*voter));
        let second = (0..self.plan.voters).filter(|voter| votes_again(*voter));
        let total = first.clone().count() + second.clone().count();
        let device = Device {
            plan: self.plan,
            election: self.election,
        };
        let mut all = first
            .map(|voter| (voter, false))
            .chain(second.map(|voter| (voter, true)));
        progress.stage("ballots", total as u64, "ballots");
        let mut tally = Tally::new(self.election.questions());
        let mut chosen = vec![vec![0; 10], vec![0; 3]];
        let mut done = 0;
        loop {
            let batch: Vec<(u64, bool)> = all.by_ref().take(BATCH).collect();
            if batch.is_empty() {
                break;
            }
            let cast: Result<Vec<Cast<G>>, Ended> =
                batch.par_iter().map(|one| device.ballot(*one)).collect();
            for one in cast? {
                self.board
                    .act(EventKind::Ballot, &[&one.text])
                    .map_err(Ended::fault)?;
                if one.counts {
                    tally.add(&one.ballot, 1).map_err(Ended::fault)?;
                    add(&mut chosen, &one.votes);
                }
                done += 1;
            }
            progress.reached(done);
        }
        progress.end();
        Ok(Votes {
            tally,
            chosen,
            ballots: done,
        })
    }

    /// The end, the shuffles, the decryption, the result.
    fn count(
        &mut self,
        tally: Tally<G>,
        weight: u64,
        progress: &mut Progress,
    ) -> Result<ElectionResult, Ended> {
        let ballots = tally.ballots();
        let mut tally = tally.finish();
        let text = ciphertexts_text::<G>(&tally);
        self.board
            .act(EventKind::EndBallots, &[])
            .map_err(Ended::fault)?;
        self.board
            .tally(&text, ballots, weight)
            .map_err(Ended::fault)?;
        if self.plan.shuffled {
            self.shuffle(&mut tally, progress)?;
        }
        progress.stage("decryption", PRESENT.len() as u64, "trustees");
        let mut all = Decryptions::<G>::new();
        for owner in PRESENT {
            let secret = self.secret(owner)?;
            let one = PartialDecryption::create(self.election, secret, &tally, &mut self.lots);
            let kind = EventKind::PartialDecryption;
            self.board
                .owned(kind, owner, &one.to_text())
                .map_err(Ended::fault)?;
            let mut own = chance(self.plan.seed, owner, "bound proofs");
            let election = self.election.fingerprint();
            let bound = BoundDecryption::create(election, owner, secret, &tally, &mut own);
            self.bound.insert(owner, bound);
            all.insert(owner, one);
            progress.reached(all.len() as u64);
        }
        progress.end();
        let factors = combine(self.trustees, &all, &tally).map_err(Ended::fault)?;
        let questions = self.election.questions();
        let result = ElectionResult::compute::<G>(questions, &tally, &factors, weight);
        let result = result.map_err(Ended::fault)?;
        let text = result.to_text();
        self.board
            .act(EventKind::Result, &[&text])
            .map_err(Ended::fault)?;
        Ok(result)
    }

    fn secret(&self, owner: u64) -> Result<&'a Secret<G::Scalar>, Ended> {
        let place = usize::try_from(owner - 1).unwrap_or(usize::MAX);
        let secrets = self.secrets;
        secrets
            .get(place)
            .ok_or_else(|| Ended::fault("no such trustee"))
    }

    /// Each trustee that is there shuffles the ballots of the last question.
    fn shuffle(
        &mut self,
        tally: &mut Ciphertexts<G>,
        progress: &mut Progress,
    ) -> Result<(), Ended> {
        let mut lists = tally.split_off(tally.len() - 1);
        let generators = Generators::new(lists.iter().map(Vec::len).max().unwrap_or(0));
        progress.stage("shuffles", PRESENT.len() as u64, "shuffles");
        for (done, owner) in (1..).zip(PRESENT) {
            let context = Context {
                election: self.election.fingerprint(),
                key: self.election.key(),
                generators: &generators,
            };
            let secret = self.secret(owner)?;
            let made =
                Shuffle::create(&context, &lists, secret, &mut self.lots).map_err(Ended::fault)?;
            let text = made.to_text();
            self.board
                .owned(EventKind::Shuffle, owner, &text)
                .map_err(Ended::fault)?;
            lists = made.ciphertexts;
            progress.reached(done);
        }
        self.board
            .act(EventKind::EndShuffles, &[])
            .map_err(Ended::fault)?;
        tally.extend(lists);
        progress.end();
        Ok(())
    }
}

/// What all ballots together are: their tally, what was chosen in clear, and how many there are.
struct Votes<G: Group> {
    tally: Tally<G>,
    chosen: Vec<Vec<u64>>,
    ballots: u64,
}

/// A ballot that is cast.
struct Cast<G: Group> {
    ballot: Ballot<G>,
    text: String,
    votes: Vec<Vec<u8>>,
    counts: bool,
}

/// Counts what a ballot chooses.
fn add(chosen: &mut [Vec<u64>], votes: &[Vec<u8>]) {
    for (counts, vote) in chosen.iter_mut().zip(votes) {
        for (count, choice) in counts.iter_mut().zip(vote) {
            *count += u64::from(*choice);
        }
    }
}
