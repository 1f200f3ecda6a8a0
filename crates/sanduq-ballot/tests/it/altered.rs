//! Archives that were altered by somebody who can make all hashes agree again.

use crate::making::Making;
use crate::making::chance;
use crate::making::question;
use rand_core::Rng;
use sanduq_ballot::archive::RecordKind;
use sanduq_ballot::archive::Writer;
use sanduq_ballot::events::Event;
use sanduq_ballot::events::EventKind;
use sanduq_ballot::group::ed25519::Ed25519;
use sanduq_ballot::hash::Hash;
use sanduq_ballot::json::Canonical;
use sanduq_ballot::refusal::Refusal;
use sanduq_ballot::verify::Options;
use sanduq_ballot::verify::report::Report;
use sanduq_ballot::verify::steps::Steps;
use sanduq_ballot::verify::verify;
use std::io::Cursor;

/// An event and the bytes of its objects.
type Step = (EventKind, Vec<Vec<u8>>);

/// The smallest election that has everything: two voters, one of whom votes twice.
fn small() -> Vec<Step> {
    made(0, 11)
}

/// Another election, of other trustees and with another answer.
fn elsewhere() -> Vec<Step> {
    made(1, 50)
}

fn made(more: usize, seed: u64) -> Vec<Step> {
    let questions = vec![question(2 + more, false, 1, 1)];
    let mut making = Making::<Ed25519>::new(questions, &[None, Some(2)], seed);
    let votes = [(0, [1, 0]), (1, [0, 1]), (0, [0, 1])];
    let mut cast = Vec::new();
    for (voter, choices) in votes {
        let mut choices = choices.to_vec();
        choices.resize(2 + more, 0);
        cast.push((voter, making.ballot(voter, &[choices])));
    }
    let acts = making.acts(&cast);
    steps_of(&making.archive(&acts))
}

fn steps_of(archive: &[u8]) -> Vec<Step> {
    let steps = Steps::open(archive).unwrap().map(|step| {
        let step = step.unwrap();
        let objects = step.objects.into_iter().map(|object| object.body);
        (step.event.kind, objects.collect())
    });
    steps.collect()
}

/// Puts the hash of `object` into the text that follows `field`.
fn rename(text: &mut Vec<u8>, field: &str, object: &[u8]) {
    let place = String::from_utf8_lossy(text).find(field);
    if let Some(place) = place {
        let start = place + field.len();
        let hash = Hash::of(object).hexadecimal();
        text.splice(start..start + 64, hash.into_bytes());
    }
}

/// Writes the steps so that every hash, parent and height agrees, whatever the steps are.
fn forge(steps: &[Step]) -> Vec<u8> {
    let mut writer = Writer::new(Vec::new(), 1_700_000_000).unwrap();
    let mut parent = None;
    for (height, (kind, objects)) in (0..).zip(steps) {
        let mut objects = objects.clone();
        if let Some((last, others)) = objects.split_last_mut() {
            let fields = match kind {
                EventKind::Setup => {
                    &["\"election\":\"", "\"trustees\":\"", "\"credentials\":\""][..]
                }
                EventKind::EncryptedTally => &["\"encrypted_tally\":\""],
                EventKind::PartialDecryption => &["\"payload\":\""],
                _ => &[],
            };
            for (field, object) in fields.iter().zip(others) {
                rename(last, field, object);
            }
        }
        for object in &objects {
            writer.append(RecordKind::Data, object).unwrap();
        }
        let event = Event {
            parent,
            height,
            kind: *kind,
            payload: objects.last().map(|object| Hash::of(object)),
        };
        let text = event.to_text();
        parent = Some(writer.append(RecordKind::Event, text.as_bytes()).unwrap());
    }
    writer.into_inner()
}

fn check(archive: &[u8]) -> Report {
    verify(Cursor::new(archive), Options::default(), &mut |_| {})
}

fn refusals(steps: &[Step]) -> Vec<Refusal> {
    let report = check(&forge(steps));
    let mut refusals: Vec<Refusal> = report.failures.iter().map(|one| one.refusal).collect();
    assert_eq!(report.is_accepted(), refusals.is_empty());
    refusals.sort_unstable();
    refusals.dedup();
    refusals
}

#[test]
fn forging_without_a_change_changes_nothing() {
    let steps = small();
    assert_eq!(refusals(&steps), []);
    assert_eq!(steps.len(), 10);
}

fn replace(text: &[u8], from: &str, to: &str) -> Vec<u8> {
    let text = String::from_utf8_lossy(text).into_owned();
    assert!(text.contains(from), "{from}");
    text.replace(from, to).into_bytes()
}

/// The first two decryption factors of a text exchanged.
fn exchanged(text: &[u8]) -> Vec<u8> {
    let text = String::from_utf8_lossy(text).into_owned();
    let start = text.find("[[\"").unwrap() + 3;
    let (first, second) = (&text[start..start + 64], &text[start + 67..start + 131]);
    let text = text.replace(first, "x").replace(second, first);
    text.replace('x', second).into_bytes()
}

/// Two trustees, both of whom are the first.
fn first_twice(text: &[u8]) -> Vec<u8> {
    let text = String::from_utf8_lossy(text).into_owned();
    let end = text.find("]").unwrap() + 1;
    let first = &text[1..end];
    format!("[{first},{first}]").into_bytes()
}

/// What is changed, how, and what is said of it among other things.
type Row = (
    &'static str,
    fn(&mut Vec<Step>, &[Step]),
    &'static [Refusal],
);

const ALTERATIONS: [Row; 15] = [
    (
        "an old ballot is cast again",
        |steps, _| steps.insert(4, steps[1].clone()),
        &[Refusal::CastTwice],
    ),
    (
        "a ballot less",
        |steps, _| drop(steps.remove(2)),
        &[Refusal::Tally, Refusal::TallySize],
    ),
    (
        "no credentials",
        |steps, _| steps[0].1[2] = b"[]".to_vec(),
        &[Refusal::UnknownCredential],
    ),
    (
        "a ballot of another election",
        |steps, other| steps.insert(4, other[1].clone()),
        &[Refusal::OtherElection],
    ),
    (
        "the tally of another election",
        |steps, other| steps[5].1[0] = other[5].1[0].clone(),
        &[Refusal::Tally, Refusal::Shape],
    ),
    (
        "another number of ballots",
        |steps, _| {
            steps[5].1[1] = replace(&steps[5].1[1], "\"num_tallied\":2", "\"num_tallied\":3");
        },
        &[Refusal::TallySize],
    ),
    (
        "a count moved",
        |steps, _| steps[9].1[0] = b"{\"result\":[[1,2]]}".to_vec(),
        &[Refusal::Result],
    ),
    (
        "a result of another shape",
        |steps, _| steps[9].1[0] = b"{\"result\":[[3]]}".to_vec(),
        &[Refusal::Shape],
    ),
    (
        "a decryption under another's number",
        |steps, _| {
            steps[6].1[1] = replace(&steps[6].1[1], "\"owner\":1", "\"owner\":2");
        },
        &[
            Refusal::DecryptionProof,
            Refusal::TrusteeTwice,
            Refusal::TooFewDecryptions,
        ],
    ),
    (
        "a decryption of nobody",
        |steps, _| {
            steps[6].1[1] = replace(&steps[6].1[1], "\"owner\":1", "\"owner\":4");
        },
        &[Refusal::UnknownTrustee, Refusal::TooFewDecryptions],
    ),
    (
        "a decryption less",
        |steps, _| drop(steps.remove(7)),
        &[Refusal::TooFewDecryptions],
    ),
    (
        "factors exchanged",
        |steps, _| steps[6].1[0] = exchanged(&steps[6].1[0]),
        &[Refusal::DecryptionProof],
    ),
    (
        "no trustees",
        |steps, _| steps[0].1[1] = b"[]".to_vec(),
        &[Refusal::ElectionKey],
    ),
    (
        "one trustee named twice",
        |steps, _| steps[0].1[1] = first_twice(&steps[0].1[1]),
        &[Refusal::TrusteeTwice, Refusal::ElectionKey],
    ),
    (
        "other trustees",
        |steps, other| steps[0].1[1] = other[0].1[1].clone(),
        &[Refusal::ElectionKey],
    ),
];

#[test]
fn alterations_are_refused_by_name() {
    let (steps, other) = (small(), elsewhere());
    for (name, change, expected) in ALTERATIONS {
        let mut altered = steps.clone();
        change(&mut altered, &other);
        let refusals = refusals(&altered);
        let said = expected.iter().all(|one| refusals.contains(one));
        assert!(said, "{name}: {refusals:?}");
    }
}

#[test]
fn a_trustee_is_named_by_the_number_of_a_person() {
    let mut steps = small();
    steps[0].1[1] = first_twice(&steps[0].1[1]);
    let failures = check(&forge(&steps)).failures;
    let twice = failures
        .iter()
        .find(|one| one.refusal == Refusal::TrusteeTwice);
    let place = twice.unwrap().place;
    assert_eq!((place.event, place.trustee), (Some(0), Some(2)));
}

/// All orders of the numbers below `count`.
fn orders(count: usize) -> Vec<Vec<usize>> {
    let mut all = vec![vec![]];
    for _ in 0..count {
        let longer = |order: &Vec<usize>| {
            let order = order.clone();
            let free = (0..count).filter(move |one| !order.contains(one));
            free.collect::<Vec<_>>()
        };
        let extend = |order: &Vec<usize>| {
            let extended = longer(order).into_iter().map(|next| {
                let mut order = order.clone();
                order.push(next);
                order
            });
            extended.collect::<Vec<_>>()
        };
        all = all.iter().flat_map(extend).collect();
    }
    all
}

#[test]
fn events_in_another_order_are_refused() {
    // Setup, two ballots, their end, the tally, a decryption and the result.
    let questions = vec![question(1, false, 1, 1)];
    let mut making = Making::<Ed25519>::of_trustees(1, questions, &[None, None], 12);
    let cast = vec![
        (0, making.ballot(0, &[vec![1]])),
        (1, making.ballot(1, &[vec![1]])),
    ];
    let acts = making.acts(&cast);
    let steps = steps_of(&making.archive(&acts));
    assert_eq!(steps.len(), 7);
    // The grammar is tried with all sequences of eight kinds (events/tests.rs); here are archives:
    // every order that keeps the setup first, since without it nothing can be read.
    let accepted: Vec<Vec<usize>> = orders(6)
        .into_iter()
        .filter(|order| {
            let mut moved = vec![steps[0].clone()];
            moved.extend(order.iter().map(|place| steps[place + 1].clone()));
            check(&forge(&moved)).is_accepted()
        })
        .collect();
    // Ballots of different voters may stand in either order.
    assert_eq!(accepted, [[0, 1, 2, 3, 4, 5], [1, 0, 2, 3, 4, 5]]);
    for first in 1..7 {
        let mut moved = steps.clone();
        moved.swap(0, first);
        assert!(!check(&forge(&moved)).is_accepted(), "{first}");
    }
    for place in 0..7 {
        let mut fewer = steps.clone();
        fewer.remove(place);
        assert!(!check(&forge(&fewer)).is_accepted(), "without {place}");
        for step in &steps {
            let mut more = steps.clone();
            more.insert(place, step.clone());
            assert!(
                !check(&forge(&more)).is_accepted(),
                "{:?} at {place}",
                step.0
            );
        }
        let mut end = steps.clone();
        end.insert(place, (EventKind::EndBallots, vec![]));
        assert!(!check(&forge(&end)).is_accepted(), "an end at {place}");
    }
}

#[test]
fn a_thousand_flipped_bits_are_found() {
    let steps = small();
    let archive = forge(&steps);
    assert!(check(&archive).is_accepted());
    let mut chance = chance(13);
    let mut below = |limit: usize| {
        let limit = u64::try_from(limit).unwrap();
        usize::try_from(chance.next_u64() % limit).unwrap()
    };
    for _ in 0..1000 {
        let (place, bit) = (below(archive.len()), below(8));
        let mut flipped = archive.clone();
        flipped[place] ^= 1 << bit;
        assert!(!check(&flipped).is_accepted(), "bit {bit} of byte {place}");
    }
    let mut left = 500;
    while left > 0 {
        let mut flipped = steps.clone();
        let step = below(steps.len());
        let objects = &mut flipped[step].1;
        if objects.is_empty() {
            continue;
        }
        left -= 1;
        // The hashes in objects that name others are made to agree again when forging.
        let names = matches!(steps[step].0, EventKind::Setup);
        let object = below(objects.len() - usize::from(names));
        let (place, bit) = (below(objects[object].len()), below(8));
        objects[object][place] ^= 1 << bit;
        let report = check(&forge(&flipped));
        let again = forge(&flipped) == archive;
        assert!(
            !report.is_accepted() || again,
            "bit {bit} of {place}, {object}, {step}"
        );
    }
}

#[test]
fn an_archive_that_ends_early_is_refused_unless_asked_for() {
    let steps = small();
    for length in 1..steps.len() {
        let archive = forge(&steps[..length]);
        assert!(!check(&archive).is_accepted(), "{length}");
        let unfinished = Options { unfinished: true };
        let report = verify(Cursor::new(&archive), unfinished, &mut |_| {});
        assert_eq!(report.failures, [], "{length}");
        assert_eq!(report.checked, report.ballots);
    }
    let archive = forge(&steps);
    for cut in [1, 511, 512, 1024, 1536, 20_000] {
        assert!(
            !check(&archive[..archive.len() - cut]).is_accepted(),
            "{cut}"
        );
    }
    let mut longer = archive.clone();
    longer.extend([0; 1024]);
    assert!(!check(&longer).is_accepted());
    assert!(!check(&[]).is_accepted());
}
