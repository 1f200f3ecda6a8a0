//! Which pairs are made of which records.

use crate::loaded;
use sanduq_matching::blocks::Report;
use sanduq_matching::memory::Bound;
use sanduq_matching::run::Engine;
use sanduq_register::matching::profile::Profile;

const COLUMNS: &str = "
[columns]
id = [\"number\"]
names = [\"given\", \"father\", \"\", \"family\"]
date = \"date\"
number = \"number\"
";

/// The pairs that the rules of a profile make of rows, and what became of the blocks.
fn pairs(profile: &str, rows: &str, list: Option<u32>) -> (Vec<[u32; 2]>, Report) {
    let profile = Profile::read(&format!("{profile}\n{COLUMNS}")).unwrap();
    let mut text = "given,father,family,date,number\n".to_owned();
    for row in rows.lines() {
        let without = row.matches(',').count() == 3;
        text += &format!("{row}{}\n", if without { "," } else { "" });
    }
    let loaded = loaded(&profile, &text);
    let engine = Engine::new(&profile, loaded, list, Bound::default()).unwrap();
    let mut pairs = Vec::new();
    let mut report = Report::default();
    for rule in &engine.rules {
        let (found, one) = engine.each_pair(rule, &|_| {}, |[one, other], _| {
            Some([one.min(other), one.max(other)])
        });
        pairs.extend(found);
        report = report.and(one);
    }
    pairs.sort_unstable();
    (pairs, report)
}

const CROWD: &str = "\
علي,حسن,فودة,1990-03-05
علي,حسن,عزب,1990-05-03
علي,سعيد,فودة,1991-03-05
ALI,HASSAN,FOUDA,1990-03-05
عمر,حسن,فودة,
";

#[test]
fn a_pair_is_made_where_all_parts_of_a_rule_agree() {
    for (rule, expected) in [
        ("given", vec![[0, 1], [0, 2], [1, 2]]),
        ("given father", vec![[0, 1]]),
        ("date given", vec![[0, 1]]),
        ("family father", vec![[0, 4]]),
        ("birthday given", vec![[0, 1], [0, 2], [1, 2]]),
        ("year given", vec![[0, 1]]),
        ("number", vec![]),
    ] {
        let profile = format!("rules = [\"{rule}\"]\nlargest_block = 10");
        assert_eq!(pairs(&profile, CROWD, None).0, expected, "{rule}");
    }
}

#[test]
fn a_rule_for_the_unusual_needs_one_of_the_two_to_be_so() {
    let profile = "unusual_rules = [\"~given\", \"father family\"]\nlargest_block = 10";
    // Row 3 is written in Latin letters, row 4 has no date.
    assert_eq!(
        pairs(profile, CROWD, None).0,
        [[0, 3], [0, 4], [1, 3], [2, 3]]
    );
    // Row 5 has no father.
    let rows = format!("{CROWD}علي,,صالح,1980-01-02\n");
    assert_eq!(
        pairs(profile, &rows, None).0,
        [
            [0, 3],
            [0, 4],
            [0, 5],
            [1, 3],
            [1, 5],
            [2, 3],
            [2, 5],
            [3, 5]
        ]
    );
}

#[test]
fn a_list_is_compared_with_the_roll_and_not_with_itself() {
    let profile = "rules = [\"given\"]\nlargest_block = 10";
    assert_eq!(pairs(profile, CROWD, Some(1)).0, [[0, 1], [0, 2]]);
}

#[test]
fn a_block_too_large_is_split_and_refused_with_a_report_where_it_cannot() {
    let rows: String = (0..40)
        .map(|row| {
            format!(
                "علي,{},فودة,1990-01-{:02}\n",
                ["حسن", "سعيد"][row / 20],
                1 + row % 20
            )
        })
        .collect();
    let whole = pairs("rules = [\"given\"]\nlargest_block = 40", &rows, None);
    assert_eq!((whole.0.len(), whole.1.refused, whole.1.split), (780, 0, 0));
    let split = "rules = [\"given\"]\nsplitters = [\"father\"]\nlargest_block = 20";
    let split = pairs(split, &rows, None);
    assert_eq!((split.0.len(), split.1.refused, split.1.split), (380, 0, 1));
    let refused = "rules = [\"given\"]\nsplitters = [\"father\"]\nlargest_block = 10";
    let refused = pairs(refused, &rows, None);
    assert_eq!((refused.0.len(), refused.1.refused), (0, 40));
}

#[test]
fn a_whole_name_in_one_field_is_cut_where_its_parts_are_known() {
    let rows = format!("{CROWD}علي حسن فودة,,,1990-03-05\n");
    let profile = "rules = [\"given father family\"]\nlargest_block = 10";
    assert!(pairs(profile, &rows, None).0.contains(&[0, 5]));
}

#[test]
fn a_pair_with_too_much_of_its_names_against_it_is_not_looked_at() {
    let rows = "\
علي,حسن,فودة,1990-03-05,1234567
سمير,حسن,عزب,1990-03-05,7654321
سمير,حسن,عزب,1990-03-05,1234557
علي,فودة,حسن,1990-03-05,
ALI,KAMEL,FAHMY,1990-03-05,
";
    for (hopeless, expected) in [
        (
            0,
            vec![
                [0, 1],
                [0, 2],
                [0, 3],
                [0, 4],
                [1, 2],
                [1, 3],
                [1, 4],
                [2, 3],
                [2, 4],
                [3, 4],
            ],
        ),
        // Near numbers, parts in another order and another script are looked at all the same.
        (
            2,
            vec![
                [0, 2],
                [0, 3],
                [0, 4],
                [1, 2],
                [1, 3],
                [1, 4],
                [2, 3],
                [2, 4],
                [3, 4],
            ],
        ),
    ] {
        let profile =
            format!("rules = [\"date\"]\nlargest_block = 10\nhopeless_parts = {hopeless}");
        assert_eq!(pairs(&profile, rows, None).0, expected, "{hopeless}");
    }
}
