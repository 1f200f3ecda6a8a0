//! Electors have the names that people have.

use super::write;
use crate::data::Data;
use crate::nation::invent;
use crate::people::source::Language;
use crate::people::tests::source;
use sanduq_core::law::Profile;
use std::collections::BTreeMap;

const NAMES: &str = include_str!("../../../../jurisdictions/wahat/names.toml");
const SCALES: &str = include_str!("../../../../jurisdictions/wahat/scales.toml");
const PROFILE: &str = include_str!("../../../../jurisdictions/wahat/profile.toml");

#[test]
fn electors_come_in_families_with_the_names_that_are_common() {
    let data = Data::read(NAMES, SCALES).unwrap();
    let law = Profile::from_toml(PROFILE).unwrap();
    let nation = invent(&data, &law, &data.scales["village"], 1).unwrap();
    let people = source(Language::Arabic);
    let last = sanduq_register::register::last_birthday(&law);
    let mut file = Vec::new();
    let files = (&mut file, &mut Vec::new());
    write(&people, &nation, last, 1, files, &mut |_| {}).unwrap();
    let text = String::from_utf8(file).unwrap();
    let rows: Vec<Vec<&str>> = text
        .lines()
        .skip(1)
        .map(|row| row.split(',').collect())
        .collect();
    let parts = |row: &[&str], column: usize| -> Vec<String> {
        row[column].split(' ').map(str::to_owned).collect()
    };
    let (mut brothers, mut fathers) = (0, 0);
    let mut men: BTreeMap<String, usize> = BTreeMap::new();
    for pair in rows.windows(2) {
        let (one, next) = (parts(&pair[0], 1), parts(&pair[1], 1));
        assert_eq!(one.len(), 4, "{one:?}");
        brothers += usize::from(one[1..] == next[1..]);
        let line = [&next[0], &next[1], &next[3]] == [&one[1], &one[2], &one[3]];
        let older = pair[1][4][..4].parse::<u32>().unwrap() + 19;
        fathers += usize::from(line && older < pair[0][4][..4].parse().unwrap());
        if pair[0][3] == "M" {
            *men.entry(one[0].clone()).or_default() += 1;
        }
        assert!(
            pair[0][2].is_ascii() && pair[0][2].contains(' '),
            "{}",
            pair[0][2]
        );
    }
    let all = rows.len();
    assert!(
        (all / 4..all / 2).contains(&brothers),
        "{brothers} of {all}"
    );
    assert!((all / 40..all / 4).contains(&fathers), "{fathers} of {all}");
    let commonest = men.values().max().copied().unwrap();
    assert!(
        commonest * 10 > men.values().sum(),
        "{commonest} of one name"
    );
    assert!(men.len() > 60, "{} names of men", men.len());
}
