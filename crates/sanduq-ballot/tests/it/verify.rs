//! Whole archives of the samples.

use crate::making::full;
use crate::samples::Sample;
use sanduq_ballot::group::Group;
use sanduq_ballot::group::ed25519::Ed25519;
use sanduq_ballot::group::field::Belenios2048;
use sanduq_ballot::group::field::Rfc3526;
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
    accepted::<Rfc3526>(9, |count| count.to_string());
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
