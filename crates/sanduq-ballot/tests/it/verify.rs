//! Whole archives of the samples.

use crate::making::Act;
use crate::making::full;
use crate::making::shuffled;
use crate::samples::Sample;
use sanduq_ballot::events::EventKind;
use sanduq_ballot::group::Group;
use sanduq_ballot::group::ed25519::Ed25519;
use sanduq_ballot::group::field::Belenios2048;
use sanduq_ballot::group::field::Rfc3526;
use sanduq_ballot::refusal::Refusal;
use sanduq_ballot::result::Answered;
use sanduq_ballot::verify::Options;
use sanduq_ballot::verify::verify;
use std::io::Cursor;

#[test]
fn samples_are_accepted() {
    let table = [
        ("h-belenios2048", 6, 6, 5),
        ("threshold", 5, 5, 5),
        ("ed25519-h", 5, 5, 5),
        ("ed25519-threshold", 5, 5, 5),
        ("ed25519-nh", 12, 12, 12),
        ("nh-rfc3526", 12, 12, 12),
    ];
    for (name, voters, ballots, counted) in table {
        let Some(sample) = Sample::open(name) else {
            return;
        };
        let archive = sample.files(".", ".bel").pop().unwrap();
        let mut told = 0;
        let report = verify(Cursor::new(&archive), Options::default(), &mut |checked| {
            told = checked
        });
        println!("{name}: {report:?}");
        assert!(report.is_accepted(), "{name}");
        assert_eq!(report.voters, voters, "{name}");
        assert_eq!(report.checked, report.ballots, "{name}");
        assert_eq!(
            (report.ballots, report.counted),
            (ballots, counted),
            "{name}"
        );
        assert_eq!(told, report.ballots, "{name}");
        let result = report.result.unwrap().to_text();
        let stored = sample.files("pieces", ".data.json");
        assert!(stored.contains(&result.into_bytes()), "{name}");
    }
}

#[test]
fn ours_is_accepted_in_every_group() {
    // From 2^30 on, weights are written as texts.
    accepted::<Ed25519>(1 << 31, |count| format!("\"{count}\""));
    accepted::<Belenios2048>(9, |count| count.to_string());
    shuffled_accepted::<Ed25519>();
    shuffled_accepted::<Rfc3526>();
}

fn accepted<G: Group>(largest: u64, write: impl Fn(u64) -> String) {
    let (mut making, cast) = full::<G>(7, largest);
    let acts = making.acts(&cast);
    let archive = making.archive(&acts);
    let report = verify(Cursor::new(&archive), Options::default(), &mut |_| {});
    assert_eq!(report.failures, []);
    assert!(report.is_accepted());
    let sizes = (report.ballots, report.counted, report.weight);
    assert_eq!(sizes, (5, 4, largest + 5));
    let [one, other, blank] = [largest + 4, largest + 3, largest].map(write);
    let expected = format!(r#"{{"result":[[0,{one},1],[{other},4,3,1],[{blank},4,4]]}}"#);
    assert_eq!(report.result.unwrap().to_text(), expected);
}

fn shuffled_accepted<G: Group>() {
    let (mut making, cast) = shuffled::<G>(8);
    let acts = making.acts(&cast);
    let archive = making.archive(&acts);
    let report = verify(Cursor::new(&archive), Options::default(), &mut |_| {});
    assert_eq!(report.failures, []);
    let [Answered::Counts(counts), Answered::Ballots(ballots)] = &report.result.unwrap().0[..]
    else {
        panic!("one question is homomorphic, the other is not");
    };
    let mut ballots = ballots.clone();
    ballots.sort();
    assert_eq!(*counts, [1, 2]);
    assert_eq!(ballots, [[0, 0, 255], [1, 2, 3], [3, 2, 1]]);
    // Without one of the shuffles, or with the decryption before the last one.
    let shuffles: Vec<usize> = (0..acts.len())
        .filter(|place| matches!(acts[*place], Act::Owned(EventKind::Shuffle, _, _)))
        .collect();
    let mut fewer = acts.clone();
    fewer.remove(shuffles[1]);
    let archive = making.archive(&fewer);
    let report = verify(Cursor::new(&archive), Options::default(), &mut |_| {});
    let refusals: Vec<Refusal> = report.failures.iter().map(|one| one.refusal).collect();
    assert_eq!(refusals, [Refusal::ShuffleProof]);
    let mut twice = acts.clone();
    twice[shuffles[1]] = acts[shuffles[0]].clone();
    let archive = making.archive(&twice);
    let report = verify(Cursor::new(&archive), Options::default(), &mut |_| {});
    let refusals: Vec<Refusal> = report.failures.iter().map(|one| one.refusal).collect();
    assert!(refusals.contains(&Refusal::TrusteeTwice), "{refusals:?}");
}
