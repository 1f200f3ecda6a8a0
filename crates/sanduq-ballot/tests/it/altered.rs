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
fn small(name: usize) -> Vec<Step> {
    let questions = vec![question(2 + name, false, 1, 1)];
    let mut making = Making::<Ed25519>::new(questions, &[None, Some(2)], 11);
    let votes = [(0, [1, 0]), (1, [0, 1]), (0, [0, 1])];
    let mut cast = Vec::new();
    for (voter, choices) in votes {
        let mut choices = choices.to_vec();
        choices.resize(2 + name, 0);
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
    let steps = small(0);
    assert_eq!(refusals(&steps), []);
    assert_eq!(steps.len(), 10);
}

#[test]
fn alterations_are_refused_by_name() {
    let steps = small(0);
    let other = small(1);
    let altered = |change: &dyn Fn(&mut Vec<Step>)| {
        let mut steps = steps.clone();
        change(&mut steps);
        refusals(&steps)
    };
    let ballot = steps[1].clone();
    let foreign = other[1].clone();
    let replace = |text: &[u8], from: &str, to: &str| {
        let text = String::from_utf8_lossy(text).into_owned();
        assert!(text.contains(from), "{from}");
        text.replace(from, to).into_bytes()
    };
    // The first voter's first ballot is cast again after the second.
    let again = altered(&|steps| steps.insert(4, ballot.clone()));
    assert!(again.contains(&Refusal::CastTwice), "{again:?}");
    // A ballot less.
    let less = altered(&|steps| drop(steps.remove(2)));
    assert_eq!(less, [Refusal::Tally, Refusal::TallySize]);
    // The ballot of a voter who is not on the list, and one of another election.
    let stranger = altered(&|steps| steps[0].1[2] = b"[]".to_vec());
    assert!(
        stranger.contains(&Refusal::UnknownCredential),
        "{stranger:?}"
    );
    let foreign = altered(&|steps| steps.insert(4, foreign.clone()));
    assert_eq!(foreign, [Refusal::OtherElection]);
    // The tally of another election, of other ballots, of another size.
    let tally = altered(&|steps| steps[5].1[0] = other[5].1[0].clone());
    assert_eq!(tally, [Refusal::Tally]);
    let size = altered(&|steps| {
        steps[5].1[1] = replace(&steps[5].1[1], "\"num_tallied\":2", "\"num_tallied\":3");
    });
    assert_eq!(size, [Refusal::TallySize]);
    // A vote moved in the result, and a decryption that is another trustee's.
    let result = altered(&|steps| steps[9].1[0] = b"{\"result\":[[1,2]]}".to_vec());
    assert_eq!(result, [Refusal::Result]);
    let owner = altered(&|steps| {
        steps[6].1[1] = replace(&steps[6].1[1], "\"owner\":1", "\"owner\":2");
    });
    assert_eq!(
        owner,
        [
            Refusal::DecryptionProof,
            Refusal::TrusteeTwice,
            Refusal::TooFewDecryptions
        ]
    );
    let nobody = altered(&|steps| {
        steps[6].1[1] = replace(&steps[6].1[1], "\"owner\":1", "\"owner\":4");
    });
    assert_eq!(
        nobody,
        [Refusal::UnknownTrustee, Refusal::TooFewDecryptions]
    );
    let too_few = altered(&|steps| drop(steps.remove(7)));
    assert_eq!(too_few, [Refusal::TooFewDecryptions]);
    // A trustee who is not one of those that made the key.
    let trustees = altered(&|steps| steps[0].1[1] = b"[]".to_vec());
    assert!(trustees.contains(&Refusal::ElectionKey), "{trustees:?}");
    // A count moved from one choice to another with factors that say so.
    let moved = altered(&|steps| {
        let text = String::from_utf8_lossy(&steps[6].1[0]).into_owned();
        let (first, second) = (text[24..88].to_owned(), text[91..155].to_owned());
        let text = text
            .replace(&first, "x")
            .replace(&second, &first)
            .replace('x', &second);
        steps[6].1[0] = text.into_bytes();
    });
    assert!(moved.contains(&Refusal::DecryptionProof), "{moved:?}");
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
    // Setup, one ballot, its end, the tally, three decryptions and the result: eight events.
    let questions = vec![question(1, false, 1, 1)];
    let mut making = Making::<Ed25519>::new(questions, &[None], 12);
    let cast = vec![(0, making.ballot(0, &[vec![1]]))];
    let acts = making.acts(&cast);
    let steps = steps_of(&making.archive(&acts));
    assert_eq!(steps.len(), 8);
    // The grammar is tried with all sequences of eight kinds (events/tests.rs); here are archives:
    // every order that keeps the setup first, since without it nothing can be read.
    let accepted: Vec<Vec<usize>> = orders(7)
        .into_iter()
        .filter(|order| {
            let mut moved = vec![steps[0].clone()];
            moved.extend(order.iter().map(|place| steps[place + 1].clone()));
            check(&forge(&moved)).is_accepted()
        })
        .collect();
    // The order of the three decryptions is theirs to choose.
    assert_eq!(accepted.len(), 6, "{accepted:?}");
    assert!(
        accepted
            .iter()
            .all(|order| order[..3] == [0, 1, 2] && order[6] == 6)
    );
    for first in 1..8 {
        let mut moved = steps.clone();
        moved.swap(0, first);
        assert!(!check(&forge(&moved)).is_accepted(), "{first}");
    }
    for place in 0..8 {
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
    let steps = small(0);
    let archive = forge(&steps);
    assert!(check(&archive).is_accepted());
    let mut chance = chance(13);
    let mut below = |limit: usize| {
        let limit = u64::try_from(limit).unwrap();
        usize::try_from(chance.next_u64() % limit).unwrap()
    };
    for _ in 0..500 {
        let (place, bit) = (below(archive.len()), below(8));
        let mut flipped = archive.clone();
        flipped[place] ^= 1 << bit;
        assert!(!check(&flipped).is_accepted(), "bit {bit} of byte {place}");
    }
    for _ in 0..500 {
        let mut flipped = steps.clone();
        let step = below(steps.len());
        let objects = &mut flipped[step].1;
        if objects.is_empty() {
            continue;
        }
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
    let steps = small(0);
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
