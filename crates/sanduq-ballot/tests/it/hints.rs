//! Ballots checked with hints and without: one verdict.

use crate::making::Making;
use crate::making::chance;
use crate::making::full;
use crate::making::shuffled;
use rand_core::Rng;
use sanduq_ballot::ballot::Ballot;
use sanduq_ballot::group::Element;
use sanduq_ballot::group::Group;
use sanduq_ballot::group::Scalar;
use sanduq_ballot::group::ed25519::Ed25519;
use sanduq_ballot::group::field::Belenios2048;
use sanduq_ballot::hash::Hash;
use sanduq_ballot::hash::challenge;
use sanduq_ballot::hints::Batch;
use sanduq_ballot::hints::Hints;

/// Weights of one check.
const CHANCE: [u8; 32] = [3; 32];

/// A ballot as it stands in the archive, with its credential and hints.
struct One {
    text: Vec<u8>,
    credential: <Ed25519 as Group>::Element,
    hints: Hints,
}

fn cast(making: &Making<Ed25519>, ballots: Vec<(usize, Ballot<Ed25519>)>) -> Vec<One> {
    let one = |(_, ballot): (usize, Ballot<Ed25519>)| One {
        text: ballot.to_text(&making.election).into_bytes(),
        credential: *ballot.credential(),
        hints: Hints::make(&making.election, &ballot),
    };
    ballots.into_iter().map(one).collect()
}

/// Whether the ballot holds by itself.
fn plain(making: &Making<Ed25519>, text: &[u8]) -> bool {
    let read = Ballot::from_bytes(&making.election, text);
    read.is_ok_and(|ballot| ballot.verify(&making.election).is_empty())
}

/// Whether all ballots are taken with their hints and hold.
fn hinted(making: &Making<Ed25519>, ballots: &[&One]) -> (bool, bool) {
    let mut batch = Batch::new(&making.election);
    let taken = ballots.iter().all(|one| {
        let credential = (&one.credential, &*one.credential.text());
        batch.take(&one.text, credential, &one.hints).is_some()
    });
    (taken, batch.holds(&CHANCE))
}

#[test]
fn honest_ballots_hold_together() {
    for (making, ballots) in [full::<Ed25519>(3, 2), shuffled(4)] {
        let ballots = cast(&making, ballots);
        let count = Hints::count::<Ed25519>(making.election.questions());
        for one in &ballots {
            assert!(plain(&making, &one.text));
            assert_eq!(one.hints.0.len(), count);
            assert_eq!(Hints::from_bytes(&one.hints.to_bytes()), one.hints);
            assert_eq!(hinted(&making, &[one]), (true, true));
        }
        assert_eq!(
            hinted(&making, &ballots.iter().collect::<Vec<_>>()),
            (true, true)
        );
    }
}

#[test]
fn a_field_has_no_hints() {
    let (making, ballots) = full::<Belenios2048>(3, 2);
    assert_eq!(Hints::count::<Belenios2048>(making.election.questions()), 0);
    let (_, ballot) = &ballots[0];
    let hints = Hints::make(&making.election, ballot);
    assert_eq!(hints, Hints::default());
    let text = ballot.to_text(&making.election);
    let key = ballot.credential();
    let mut batch = Batch::new(&making.election);
    let taken = batch.take(text.as_bytes(), (key, &key.text()), &hints);
    assert!(taken.is_none());
}

/// One bit or one digit of the ballot or of its hints is another.
fn altered(one: &One, lots: &mut impl Rng) -> One {
    let mut below = |bound: usize| usize::try_from(lots.next_u64()).unwrap() % bound;
    let (mut text, mut hints) = (one.text.clone(), one.hints.clone());
    match below(3) {
        0 => text[below(one.text.len())] ^= 1 << below(8),
        1 => {
            let digits: Vec<usize> = (0..text.len())
                .filter(|place| text[*place].is_ascii_digit())
                .collect();
            text[digits[below(digits.len())]] = b"0123456789"[below(10)];
        }
        _ => {
            let count = hints.0.len();
            hints.0[below(count)][below(32)] ^= 1 << below(8);
        }
    }
    One {
        text,
        credential: one.credential,
        hints,
    }
}

#[test]
fn a_thousand_alterations_have_one_verdict() {
    let (making, ballots) = full::<Ed25519>(5, 2);
    let ballots = cast(&making, ballots);
    let mut lots = chance(6);
    let mut compared = 0;
    for number in 0..1000 {
        let one = &ballots[number % ballots.len()];
        let mut other = altered(one, &mut lots);
        let same = other.text == one.text;
        assert_eq!(plain(&making, &other.text), same, "{number}");
        let holds = |one: &One| hinted(&making, &[one]) == (true, true);
        // Hints that are wrong are never taken, and never make a ballot hold.
        assert_eq!(holds(&other), same && other.hints == one.hints, "{number}");
        // Nor do the best hints that anybody could make for it.
        if let Ok(ballot) = Ballot::from_bytes(&making.election, &other.text) {
            other.hints = Hints::make(&making.election, &ballot);
            assert_eq!(holds(&other), same, "{number}");
            compared += 1;
        }
    }
    assert!(compared > 400, "{compared}");
}

type S = <Ed25519 as Group>::Scalar;

/// A ballot that does not hold, with `to` in the place of `from` and a signature over it: a
/// commitment first, the challenge over it, then a response.
fn signed_again(
    making: &Making<Ed25519>,
    one: &One,
    (from, to): (&str, &str),
    respond: impl Fn(S) -> S,
) -> One {
    let commitment = Ed25519::power_of_generator(&S::from_number(77));
    let text = String::from_utf8(one.text.clone()).unwrap();
    let body = text[..text.rfind(",\"signature\"").unwrap()].replacen(from, to, 1);
    let hash = Hash::of(format!("{body}}}").as_bytes()).base64();
    let challenge = challenge::<Ed25519>(&format!("sig|{hash}|"), &[commitment]);
    let text = format!(
        "{body},\"signature\":{{\"hash\":\"{hash}\",\"proof\":{{\"challenge\":\"{}\",\
         \"response\":\"{}\"}}}}}}",
        challenge.text(),
        respond(challenge).text()
    );
    assert!(!plain(making, text.as_bytes()));
    let eighth = S::from_number(8).inverse().unwrap();
    let mut hints = one.hints.clone();
    let last = Ed25519::pairs(&[commitment.power(&eighth)])[0];
    let begin = hints.0.len() - 2;
    hints.0[begin..].copy_from_slice(&last);
    One {
        text: text.into_bytes(),
        credential: one.credential,
        hints,
    }
}

#[test]
fn a_commitment_that_does_not_follow_is_found_by_the_sum() {
    let (making, ballots) = full::<Ed25519>(7, 2);
    let ballots = cast(&making, ballots);
    // Two of them, wrong by the same and in opposite directions, do not cancel: what the one is
    // over, the other lacks.
    let honest = |challenge| S::from_number(77) - *making.voters[0].expose() * challenge;
    let (one, same) = (S::one(), ("", ""));
    let forged = [
        signed_again(&making, &ballots[0], same, |challenge| {
            honest(challenge) + one
        }),
        signed_again(&making, &ballots[0], same, |challenge| {
            honest(challenge) - one
        }),
    ];
    for batch in [
        vec![&forged[0]],
        vec![&ballots[1], &forged[0], &ballots[2]],
        vec![&forged[0], &forged[1], &ballots[2]],
    ] {
        assert_eq!(hinted(&making, &batch), (true, false));
    }
}

/// The voter signs a ballot in which another point is written than the one that is proven.
#[test]
fn what_is_written_is_what_is_proven() {
    let (making, ballots) = full::<Ed25519>(9, 2);
    let ballots = cast(&making, ballots);
    let text = String::from_utf8(ballots[0].text.clone()).unwrap();
    let alpha = text.find("\"alpha\":\"").unwrap() + 9;
    let other = Ed25519::power_of_generator(&S::from_number(5)).text();
    let change = (&text[alpha..alpha + 64], &*other);
    let honest = |challenge| S::from_number(77) - *making.voters[0].expose() * challenge;
    let written = signed_again(&making, &ballots[0], change, honest);
    assert!(!hinted(&making, &[&written]).0);
}

#[test]
fn hints_of_another_ballot_or_number_are_not_taken() {
    let (making, ballots) = full::<Ed25519>(8, 2);
    let ballots = cast(&making, ballots);
    let with = |hints: Vec<[u8; 32]>| One {
        text: ballots[0].text.clone(),
        credential: ballots[0].credential,
        hints: Hints(hints),
    };
    let own = &ballots[0].hints.0;
    let mut exchanged = own.clone();
    exchanged.swap(0, 1);
    for hints in [
        ballots[1].hints.0.clone(),
        own[1..].to_vec(),
        [&own[..], &own[..1]].concat(),
        exchanged,
        Vec::new(),
    ] {
        assert!(!hinted(&making, &[&with(hints)]).0);
    }
    assert!(hinted(&making, &[&with(own.clone())]).0);
}
