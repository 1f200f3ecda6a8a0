//! What becomes of scored pairs: classes, groups, notes.

use crate::loaded;
use sanduq_matching::memory::Bound;
use sanduq_matching::pairs::Counts;
use sanduq_matching::pairs::Pairs;
use sanduq_matching::run::Engine;
use sanduq_matching::run::Link;
use sanduq_register::matching::assumed;
use sanduq_register::matching::profile::Profile;

const PROFILE: &str = "
rules = [\"number\"]
largest_block = 10
[columns]
id = [\"id\"]
names = [\"given\", \"father\", \"\", \"family\"]
";

const ROWS: &str = "id,given,father,family
a,حسن,حامد,عزب
b,حسن,حامد,عزب
c,حسن,فوزي,عزب
d,علي,سعيد,فودة
e,علي,سعيد,فودة
";

fn link(one: u32, other: u32, score: i32) -> Link {
    Link { one, other, score }
}

/// The ids, the class, the group and the notes of each row of the result.
fn written(links: Vec<Link>, list: Option<u32>) -> (Vec<String>, Counts, u64) {
    let profile = Profile::read(PROFILE).unwrap();
    let engine = Engine::new(&profile, loaded(&profile, ROWS), list, Bound(None)).unwrap();
    let pairs = Pairs::new(&engine, &assumed::weights(), links);
    let mut text = Vec::new();
    pairs.write(&engine, &[], &mut text, |_| {}).unwrap();
    let text = String::from_utf8(text).unwrap();
    let row = |line: &str| {
        let fields: Vec<&str> = line.split(',').collect();
        let kept = [0, 1, 3, 4, fields.len() - 1].map(|at| fields[at]);
        kept.join(" ").trim_end().to_owned()
    };
    let rows = text.lines().skip(1).map(row).collect();
    (rows, pairs.counts(), pairs.chained)
}

#[test]
fn automatic_pairs_that_make_a_chain_are_for_a_clerk() {
    let links = vec![link(0, 1, 9500), link(1, 2, 9400), link(3, 4, 9000)];
    let (rows, counts, chained) = written(links, None);
    let expected = [
        "a b review a others_contradict",
        "b c review a contradicted others_contradict",
        "d e automatic d",
    ];
    assert_eq!(rows, expected);
    assert_eq!((counts.automatic, counts.review, chained), (1, 2, 2));
    // A link of review between the ends closes the chain.
    let links = vec![link(0, 1, 9500), link(0, 2, 100), link(1, 2, 9400)];
    let (rows, counts, chained) = written(links, None);
    assert_eq!((counts.automatic, counts.review, chained), (2, 1, 0));
    assert!(
        rows.iter().all(|row| !row.contains("others_contradict")),
        "{rows:?}"
    );
}

#[test]
fn of_a_list_the_record_stands_first_and_is_one_elector() {
    let links = vec![link(0, 3, 9500), link(1, 3, 9400), link(2, 4, 9000)];
    let (rows, counts, chained) = written(links, Some(3));
    let starts: Vec<&str> = rows.iter().map(|row| &row[..12]).collect();
    assert_eq!(starts, ["d a review a", "d b review a", "e c automati"]);
    assert_eq!((counts.automatic, counts.review, chained), (1, 2, 2));
}
