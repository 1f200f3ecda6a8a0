//! Two people under one number: told, never removed.

use crate::loaded;
use sanduq_matching::memory::Bound;
use sanduq_matching::run::Engine;
use sanduq_matching::shared::PLACEHOLDER;
use sanduq_matching::shared::shared;
use sanduq_matching::shared::write;
use sanduq_register::matching::cluster::Clusters;
use sanduq_register::matching::profile::Profile;

const PROFILE: &str = "
rules = [\"number\"]
largest_block = 10
[columns]
id = [\"id\"]
names = [\"given\", \"father\", \"\", \"family\"]
number = \"nid\"
";

/// The list that is written of a roll with these numbers, of which these rows are one person.
fn listed(numbers: &[&str], same: &[[u32; 2]]) -> Vec<String> {
    let profile = Profile::read(PROFILE).unwrap();
    let rows = (0..).zip(numbers);
    let rows: String = rows
        .map(|(id, number)| format!("r{id},حسن,حامد,عزب,{number}\n"))
        .collect();
    let loaded = loaded(&profile, &format!("id,given,father,family,nid\n{rows}"));
    let engine = Engine::new(&profile, loaded, None, Bound(None)).unwrap();
    let same = Clusters::of(same.iter().copied());
    let mut text = Vec::new();
    write(&engine, &same, &shared(&engine, &same), &mut text).unwrap();
    let text = String::from_utf8(text).unwrap();
    text.lines().skip(1).map(str::to_owned).collect()
}

#[test]
fn a_number_of_two_people_is_listed_with_all_their_records() {
    for (numbers, same, expected) in [
        (vec!["711", "712", "713"], vec![], vec![]),
        (vec!["711", "", "711", ""], vec![[0, 2]], vec![]),
        (
            vec!["711", "712", "711"],
            vec![],
            vec!["1,r0,r0,2,", "1,r2,r2,2,"],
        ),
        (
            vec!["9", "711", "9", "711", "9"],
            vec![[0, 4]],
            vec![
                "1,r0,r0,2,",
                "1,r2,r2,2,",
                "1,r4,r0,2,",
                "2,r1,r1,2,",
                "2,r3,r3,2,",
            ],
        ),
    ] {
        assert_eq!(listed(&numbers, &same), expected, "{numbers:?}");
    }
}

#[test]
fn a_number_of_very_many_is_rather_a_placeholder() {
    for (people, placeholder) in [(PLACEHOLDER - 1, false), (PLACEHOLDER, true)] {
        let rows = listed(&vec!["711"; people], &[]);
        assert_eq!(rows.len(), people);
        assert_eq!(
            rows[0],
            format!(
                "1,r0,r0,{people},{}",
                if placeholder { "placeholder" } else { "" }
            )
        );
    }
}

/// Against the plain way: every number of ten thousand, of which every hundredth comes again.
#[test]
fn none_is_forgotten_among_many() {
    let numbers: Vec<String> = (0..10_000u64)
        .map(|row| if row % 100 == 99 { row - 99 } else { row })
        .map(|number| (number * 7919 + 1_000_003).to_string())
        .collect();
    let numbers: Vec<&str> = numbers.iter().map(String::as_str).collect();
    let rows = listed(&numbers, &[]);
    assert_eq!(rows.len(), 200);
    assert_eq!(&rows[..2], ["1,r0,r0,2,", "1,r99,r99,2,"]);
    assert_eq!(rows[199], "100,r9999,r9999,2,");
}
