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
    accepted::<Ed25519>();
    accepted::<Belenios2048>();
    accepted::<Rfc3526>();
}

fn accepted<G: Group>() {
    let (mut making, cast) = full::<G>(7);
    let acts = making.acts(&cast);
    let archive = making.archive(&acts);
    let report = verify(Cursor::new(&archive), Options::default(), &mut |_| {});
    assert_eq!(report.failures, []);
    assert!(report.is_accepted());
    let weight = (1 << 31) + 1 + 3 + 1;
    assert_eq!(
        (report.ballots, report.counted, report.weight),
        (5, 4, weight)
    );
    let expected =
        concat!(r#"{"result":[[0,"2147483652",1],["2147483651",4,3,1],["2147483648",4,4]]}"#);
    assert_eq!(report.result.unwrap().to_text(), expected);
}
