//! Thousands of copies of one record: each is named, and time and memory grow with their number.

use crate::loaded;
use sanduq_matching::memory::Bound;
use sanduq_matching::pairs::Pairs;
use sanduq_matching::run::Engine;
use sanduq_register::matching::profile::Profile;
use sanduq_register::matching::weights::Class;
use sanduq_register::matching::weights::Weights;

const HEADER: &str = "rid,given,father,grandfather,family,sex,dob,gov,nid\n";
const COPY: &str = "مصطفى,طارق,سعيد,الجندي,M,1979-03-08,21,27903082101237";
const NEAR: &str = "مصطفى,طارق,,الجندى,M,1979-03-08,21,27903082101237";

/// So many electors who have nothing to do with each other.
fn crowd(count: u32) -> String {
    let mut state = 7u64;
    let mut draw = |below: u64| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((state >> 33) % below).unwrap()
    };
    let row = |row: u32| {
        let names = [0; 3].map(|_| ["حسن", "علي", "عمر", "يوسف", "كامل", "حامد"][draw(6)]);
        let family = ["عزب", "فودة", "رمضان", "حجازي"][draw(4)];
        let (year, month, day) = (1940 + draw(60), 1 + draw(12), 1 + draw(28));
        let names = names.join(",");
        format!("c{row},{names},{family},M,{year}-{month:02}-{day:02},11,\n")
    };
    (0..count).map(row).collect()
}

fn copies(from: u32, count: u32, row: &str) -> String {
    (from..from + count)
        .map(|id| format!("{id},{row}\n"))
        .collect()
}

/// Comparisons of a record, at most: one for each of the rules, and a few with its neighbours.
const MOST: u64 = 60;

/// The pairs of rows from one on, and how many of them are automatic; no block is left out, and of
/// thousands of copies no rule compares more than each with a few.
fn pairs(rows: &str, from: u32, list: Option<u32>) -> (Vec<[u32; 2]>, usize) {
    let profile = include_str!("../../../../jurisdictions/egypt/matching.toml");
    let profile = Profile::read(profile).unwrap();
    let weights = Weights::read(include_str!("../../weights/four_parts.txt")).unwrap();
    let loaded = loaded(&profile, &format!("{HEADER}{rows}"));
    let engine = Engine::new(&profile, loaded, list, Bound::default()).unwrap();
    let (links, reports) = engine.links(&weights, weights.review);
    assert!(reports.iter().all(|report| report.refused == 0));
    let compared: u64 = reports.iter().map(|report| report.pairs).sum();
    let rows = engine.records().len() as u64;
    assert!(
        rows < 15_000 || compared < MOST * rows,
        "{compared} of {rows}"
    );
    let found = Pairs::new(&engine, &weights, links);
    let classed = found.links().iter().zip(found.classes());
    let classed = classed.filter(|(link, _)| link.one >= from);
    let automatic = |class: &&Class| **class == Class::Automatic;
    let count = classed
        .clone()
        .map(|(_, class)| class)
        .filter(automatic)
        .count();
    (
        classed.map(|(link, _)| [link.one, link.other]).collect(),
        count,
    )
}

#[test]
fn every_copy_hangs_together_with_the_first() {
    for (count, others) in [
        (20, 400),
        (150, 3000),
        (450, 9000),
        (20_000, 400),
        (20_000, 0),
    ] {
        let rows = format!("{}{}", crowd(others), copies(0, count, COPY));
        let (pairs, automatic) = pairs(&rows, others, None);
        let of_first = pairs.iter().filter(|[one, _]| *one == others).count();
        assert_eq!(of_first, count as usize - 1, "{count}");
        // A few are all compared with each other; that they are one is said of many as well.
        let all = if count <= 150 {
            count * (count - 1) / 2
        } else {
            count - 1
        };
        assert_eq!(pairs.len(), all as usize, "{count}");
        // A row that was copied makes nobody's name common.
        assert_eq!(automatic, all as usize, "{count} among {others}");
    }
}

#[test]
fn a_record_like_many_copies_is_compared_with_the_first() {
    let rows = format!("{}{}x,{NEAR}\n", crowd(4000), copies(0, 1000, COPY));
    let (pairs, automatic) = pairs(&rows, 4000, None);
    assert!(pairs.contains(&[4000, 5000]), "the near one and the first");
    assert!(pairs.contains(&[4000, 4999]), "the last copy and the first");
    assert_eq!(automatic, pairs.len(), "nothing contradicts");
}

#[test]
fn copies_on_a_roll_and_on_a_list_are_told_and_never_one_elector_unasked() {
    let crowd = crowd(9000);
    for (roll, list) in [
        (1000, 1),
        (1000, 1000),
        (1, 1000),
        (1000, 95),
        (1, 95_000),
        (2, 50_000),
    ] {
        let rows = [copies(0, roll, COPY), copies(50_000, list, COPY)].concat();
        let (pairs, automatic) = pairs(&format!("{crowd}{rows}"), 9000, Some(9000 + roll));
        let on_list = |row: u32| row >= 9000 + roll;
        assert!(
            pairs
                .iter()
                .all(|[one, other]| !on_list(*one) && on_list(*other))
        );
        let named = |side: usize| {
            let mut rows: Vec<u32> = pairs.iter().map(|pair| pair[side]).collect();
            rows.sort_unstable();
            rows.dedup();
            u32::try_from(rows.len()).unwrap()
        };
        assert_eq!([named(0), named(1)], [roll, list]);
        let expected = if roll == 1 { list } else { 0 };
        assert_eq!(automatic, expected as usize, "{roll} {list}");
    }
}

/// Not the same in all, and more on the roll than one: the list's first is compared with each of
/// them, and its copies go where it goes.
#[test]
fn copies_on_a_list_go_where_their_first_goes() {
    let crowd = crowd(4000);
    let near = (0..30).map(|id| format!("n{id},{NEAR}\n"));
    let others = (0..30).map(|id| {
        let row = COPY.replace("طارق,سعيد", "مراد,كمال");
        format!("o{id},{}\n", row.replace("27903082101237", ""))
    });
    let roll: String = near.chain(others).collect();
    let rows = format!("{crowd}{roll}{}", copies(0, 20_000, COPY));
    let (pairs, _) = pairs(&rows, 4000, Some(4060));
    let of = |copy: u32| -> Vec<u32> {
        let pairs = pairs.iter().filter(|[_, other]| *other == copy);
        pairs.map(|[one, _]| *one).collect()
    };
    let first = of(4060);
    assert!(first.len() >= 2, "{first:?}");
    for copy in [4061, 4062, 14_060, 24_059] {
        assert_eq!(of(copy), first, "{copy}");
    }
}
