//! Every parser against texts that were damaged a little: none ends in a panic, and whatever one
//! takes it writes again byte for byte.

use crate::making::Act;
use crate::making::Making;
use crate::making::chance;
use crate::making::full;
use crate::making::shuffled;
use rand_chacha::ChaCha20Rng;
use rand_core::Rng;
use sanduq_ballot::ballot::Ballot;
use sanduq_ballot::credential::Credentials;
use sanduq_ballot::decryption::Owned;
use sanduq_ballot::decryption::PartialDecryption;
use sanduq_ballot::election::Description;
use sanduq_ballot::events::Event;
use sanduq_ballot::events::EventKind;
use sanduq_ballot::group::ed25519::Ed25519;
use sanduq_ballot::hash::Hash;
use sanduq_ballot::json::Canonical;
use sanduq_ballot::refusal::Refusal;
use sanduq_ballot::result::ElectionResult;
use sanduq_ballot::shuffle::Shuffle;
use sanduq_ballot::tally::SizedTally;
use sanduq_ballot::tally::ciphertexts_from;
use sanduq_ballot::tally::ciphertexts_text;
use sanduq_ballot::trustees::Trustees;

/// Damages of each text.
const DAMAGES: usize = 400;

fn below(chance: &mut ChaCha20Rng, limit: usize) -> usize {
    let limit = u64::try_from(limit.max(1)).unwrap();
    usize::try_from(chance.next_u64() % limit).unwrap()
}

/// A bit flipped, a byte dropped or put in, a part cut off or written twice.
fn damaged(text: &[u8], chance: &mut ChaCha20Rng) -> Vec<u8> {
    let mut text = text.to_vec();
    let (place, other) = (below(chance, text.len()), below(chance, text.len()));
    match below(chance, 5) {
        0 => text[place] ^= 1 << below(chance, 8),
        1 => drop(text.remove(place)),
        2 => text.insert(place, b"0\"[]{},:\\ "[below(chance, 10)]),
        3 => text.truncate(place),
        _ => {
            let part = text[place.min(other)..place.max(other)].to_vec();
            text.splice(place..place, part);
        }
    }
    text
}

/// Tries one parser, which gives what it would write.
fn try_parser(name: &str, text: &str, parse: impl Fn(&[u8]) -> Result<String, Refusal>) {
    assert_eq!(parse(text.as_bytes()).as_deref(), Ok(text), "{name}");
    let mut chance = chance(21);
    for _ in 0..DAMAGES {
        let bytes = damaged(text.as_bytes(), &mut chance);
        if let Ok(written) = parse(&bytes) {
            assert_eq!(written.as_bytes(), bytes, "{name}");
        }
    }
}

fn canonical<T: Canonical>(bytes: &[u8]) -> Result<String, Refusal> {
    T::from_bytes(bytes).map(|object| object.to_text())
}

#[test]
fn what_a_parser_takes_has_one_form() {
    let (making, cast) = full::<Ed25519>(31, 9);
    let election = &making.election;
    try_parser("election", &election.description().to_text(), |bytes| {
        canonical::<Description<Ed25519>>(bytes)
    });
    try_parser(
        "trustees",
        &making.trustees.to_text(),
        canonical::<Trustees<Ed25519>>,
    );
    try_parser(
        "credentials",
        &making.credentials.to_text(),
        canonical::<Credentials<Ed25519>>,
    );
    try_parser("ballot", &cast[1].1.to_text(election), |bytes| {
        Ballot::from_bytes(election, bytes).map(|ballot| ballot.to_text(election))
    });
    let hash = Hash([7; 32]);
    let event = Event {
        parent: Some(hash),
        height: 12,
        kind: EventKind::PartialDecryption,
        payload: Some(hash),
    };
    try_parser("event", &event.to_text(), canonical::<Event>);
    let owned = Owned {
        owner: 3,
        payload: hash,
    };
    try_parser("owned", &owned.to_text(), canonical::<Owned>);
    let sized = SizedTally {
        ballots: 5,
        weight: 1 << 30,
        tally: hash,
    };
    try_parser("size of a tally", &sized.to_text(), canonical::<SizedTally>);
}

#[test]
fn what_a_parser_of_the_tally_takes_has_one_form() {
    let (mut making, cast): (Making<Ed25519>, _) = shuffled(32);
    let (tally, ..) = making.tally(&cast);
    try_parser("tally", &ciphertexts_text::<Ed25519>(&tally), |bytes| {
        let read = ciphertexts_from::<Ed25519>(bytes, &tally)?;
        Ok(ciphertexts_text::<Ed25519>(&read))
    });
    let questions = making.election.questions().to_vec();
    for act in making.acts(&cast) {
        match act {
            Act::Owned(EventKind::Shuffle, 1, text) => {
                try_parser("shuffle", &text, canonical::<Shuffle<Ed25519>>);
            }
            Act::Owned(EventKind::PartialDecryption, 1, text) => {
                try_parser("decryption", &text, |bytes| {
                    let read = PartialDecryption::<Ed25519>::from_bytes(bytes, &tally)?;
                    Ok(read.to_text())
                });
            }
            Act::Plain(EventKind::Result, text) => try_parser("result", &text, |bytes| {
                ElectionResult::from_bytes(bytes, &questions).map(|result| result.to_text())
            }),
            _ => {}
        }
    }
}
