//! An election of our own whose key comes from a ceremony: one trustee alone and a group of three
//! of whom two are enough, one of whom is lost; where ballots hold numbers, each present trustee
//! shuffles. Read by our verifier and by the tool of another program, where it is installed.

use crate::making::Act;
use crate::making::Making;
use crate::making::chance;
use crate::making::question;
use crate::making::secrets;
use crate::tool::accepted;
use rand_chacha::ChaCha20Rng;
use sanduq_ballot::ballot::Ballot;
use sanduq_ballot::bound::BoundDecryption;
use sanduq_ballot::ceremony::MemberKeys;
use sanduq_ballot::ceremony::Polynomial;
use sanduq_ballot::ceremony::Roster;
use sanduq_ballot::ceremony::Round;
use sanduq_ballot::ceremony::commit;
use sanduq_ballot::ceremony::conclude;
use sanduq_ballot::ceremony::confirm;
use sanduq_ballot::ceremony::reveal;
use sanduq_ballot::ceremony::review;
use sanduq_ballot::chance::Secret;
use sanduq_ballot::decryption::PartialDecryption;
use sanduq_ballot::election::Election;
use sanduq_ballot::events::EventKind;
use sanduq_ballot::group::Group;
use sanduq_ballot::group::ed25519::Ed25519;
use sanduq_ballot::group::field::Belenios2048;
use sanduq_ballot::group::field::Rfc3526;
use sanduq_ballot::json::Canonical;
use sanduq_ballot::question::NonHomomorphic;
use sanduq_ballot::question::Question;
use sanduq_ballot::refusal::Refusal;
use sanduq_ballot::result::Answered;
use sanduq_ballot::result::Decryptions;
use sanduq_ballot::result::ElectionResult;
use sanduq_ballot::result::combine;
use sanduq_ballot::shuffle::Context;
use sanduq_ballot::shuffle::Generators;
use sanduq_ballot::shuffle::Shuffle;
use sanduq_ballot::tally::Ciphertexts;
use sanduq_ballot::tally::ciphertexts_text;
use sanduq_ballot::trustees::Trustee;
use sanduq_ballot::trustees::TrusteeKey;
use sanduq_ballot::trustees::Trustees;
use sanduq_ballot::trustees::pedersen::Pedersen;
use std::collections::BTreeMap;

/// A ceremony in which everybody is honest: two of three.
fn ceremony<G: Group>(chance: &mut ChaCha20Rng) -> (Pedersen<G>, Vec<Secret<G::Scalar>>) {
    let members: Vec<_> = (0..3).map(|_| MemberKeys::<G>::draw(chance)).collect();
    let certificates = members.iter().map(|one| one.certificate(chance)).collect();
    let roster = Roster::new(2, certificates).unwrap();
    let drawn: Vec<_> = members
        .iter()
        .map(|keys| (keys, Polynomial::draw(&roster, keys, chance)))
        .collect();
    let steps = drawn
        .iter()
        .map(|(keys, own)| commit(&roster, keys, own, chance));
    let steps: Vec<_> = steps.map(Result::unwrap).collect();
    let commits = Round::gather(&roster, &steps).unwrap();
    let steps = drawn
        .iter()
        .map(|(keys, own)| reveal(&roster, keys, own, &commits, chance));
    let steps: Vec<_> = steps.map(Result::unwrap).collect();
    let reveals = Round::gather(&roster, &steps).unwrap();
    let steps = members
        .iter()
        .map(|keys| review(&roster, keys, &commits, &reveals, chance));
    let steps: Vec<_> = steps.map(Result::unwrap).collect();
    let reviews = Round::gather(&roster, &steps).unwrap();
    let rounds = (&commits, &reveals, &reviews);
    let name = || Some("أمين المفتاح".to_owned());
    let ends = members
        .iter()
        .map(|keys| confirm(&roster, keys, rounds, name(), chance));
    let (secrets, steps): (Vec<_>, Vec<_>) = ends.map(Result::unwrap).unzip();
    let confirmations = Round::gather(&roster, &steps).unwrap();
    (conclude(&roster, rounds, &confirmations).unwrap(), secrets)
}

/// An election of the trustees of a ceremony; its secrets are in the order of their owners.
fn making<G: Group>(questions: Vec<Question>, seed: u64) -> Making<G> {
    let mut making = Making::<G>::new(questions, &[None, None, None], seed);
    let mut chance = chance(seed + 9);
    let (group, members) = ceremony::<G>(&mut chance);
    let mut all = secrets::<G>(1, seed + 10);
    let single = TrusteeKey::new(&all[0], None, &mut chance);
    all.extend(members);
    making.trustees = Trustees(vec![Trustee::Single(single), Trustee::Pedersen(group)]);
    making.trustee_secrets = all;
    let mut description = making.election.description().clone();
    description.public_key = making.trustees.election_key();
    making.election = Election::new(description);
    let key = &making.election.description().public_key;
    assert_eq!(making.trustees.verify(key), []);
    making
}

/// What these owners decrypt, with both kinds of proofs.
fn decrypt<G: Group>(making: &mut Making<G>, tally: &Ciphertexts<G>, by: &[u64]) -> Decryptions<G> {
    let mut all = BTreeMap::new();
    for owner in by {
        let secret = &making.trustee_secrets[usize::try_from(*owner).unwrap() - 1];
        let chance = &mut making.chance;
        let one = PartialDecryption::create(&making.election, secret, tally, chance);
        let phi = making.election.fingerprint();
        let bound = BoundDecryption::create(phi, *owner, secret, tally, chance);
        let public = &making.trustees.key(*owner).unwrap().public_key;
        assert_eq!(one.verify(&making.election, public, tally), []);
        assert_eq!(bound.verify(phi, public, tally, &one.factors), []);
        all.insert(*owner, one);
    }
    all
}

/// Shuffles the last question's ballots three times; the acts, and the tally that is decrypted.
fn shuffle<G: Group>(making: &mut Making<G>, tally: &mut Ciphertexts<G>) -> Vec<Act> {
    let generators = Generators::new(8);
    let mut acts = Vec::new();
    let mut lists = tally.split_off(1);
    for owner in [1, 2, 4] {
        let context = Context {
            election: making.election.fingerprint(),
            key: making.election.key(),
            generators: &generators,
        };
        let secret = &making.trustee_secrets[usize::try_from(owner).unwrap() - 1];
        let made = Shuffle::create(&context, &lists, secret, &mut making.chance).unwrap();
        assert_eq!(made.verify(&context, &lists), []);
        acts.push(Act::Owned(EventKind::Shuffle, owner, made.to_text()));
        lists = made.ciphertexts;
    }
    acts.push(Act::End(EventKind::EndShuffles));
    tally.extend(lists);
    acts
}

/// Holds the election without the trustee with the number 3, and says what it resulted in.
fn held<G: Group>(shuffled: bool, seed: u64) -> (Making<G>, Vec<u8>, ElectionResult) {
    let mut questions = vec![question(3, false, 1, 1)];
    if shuffled {
        questions.push(Question::NonHomomorphic(NonHomomorphic {
            answers: ["A", "B", "C"].map(str::to_owned).to_vec(),
            question: "Rank".to_owned(),
            extra: None,
        }));
    }
    let mut making = making::<G>(questions, seed);
    let votes = [
        [vec![1, 0, 0], vec![1, 2, 3]],
        [vec![0, 0, 1], vec![3, 0, 1]],
    ];
    let count = if shuffled { 2 } else { 1 };
    let cast: Vec<(usize, Ballot<G>)> = (0..2)
        .map(|voter| (voter, making.ballot(voter, &votes[voter][..count])))
        .collect();
    let text = |(_, ballot): &(usize, Ballot<G>)| ballot.to_text(&making.election);
    let mut acts: Vec<Act> = cast
        .iter()
        .map(|one| Act::Plain(EventKind::Ballot, text(one)))
        .collect();
    acts.push(Act::End(EventKind::EndBallots));
    let (mut tally, ballots, weight) = making.tally(&cast);
    acts.push(Act::Tally(ciphertexts_text::<G>(&tally), ballots, weight));
    if shuffled {
        acts.extend(shuffle(&mut making, &mut tally));
    }
    for too_few in [&[1, 2][..], &[1, 4], &[2, 3, 4]] {
        let some = decrypt(&mut making, &tally, too_few);
        let found = combine(&making.trustees, &some, &tally);
        assert_eq!(found, Err(Refusal::TooFewDecryptions));
    }
    let all = decrypt(&mut making, &tally, &[1, 2, 4]);
    let factors = combine(&making.trustees, &all, &tally).unwrap();
    for (owner, one) in all {
        acts.push(Act::Owned(
            EventKind::PartialDecryption,
            owner,
            one.to_text(),
        ));
    }
    let questions = making.election.questions();
    let result = ElectionResult::compute::<G>(questions, &tally, &factors, weight).unwrap();
    acts.push(Act::Plain(EventKind::Result, result.to_text()));
    let archive = making.archive(&acts);
    (making, archive, result)
}

fn counts(result: &ElectionResult, shuffled: bool) {
    assert_eq!(result.0[0], Answered::Counts(vec![1, 0, 1]));
    if shuffled {
        let Answered::Ballots(mut ballots) = result.0[1].clone() else {
            panic!("the second question is shuffled");
        };
        ballots.sort();
        assert_eq!(ballots, [[1, 2, 3], [3, 0, 1]]);
    }
}

#[test]
fn two_of_three_decrypt_what_was_shuffled() {
    let (_, _, result) = held::<Ed25519>(true, 31);
    counts(&result, true);
}

#[test]
fn the_tool_accepts_a_group_of_trustees_of_ours() {
    let (making, archive, result) = held::<Belenios2048>(false, 41);
    counts(&result, false);
    accepted(&making, &archive);
}

#[test]
fn the_tool_accepts_shuffles_of_ours() {
    let (making, archive, result) = held::<Rfc3526>(true, 51);
    counts(&result, true);
    accepted(&making, &archive);
}
