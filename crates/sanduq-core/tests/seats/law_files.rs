//! Every file of law on seats and lists is read by the engine, and what the lists must be made of.

use crate::common::*;
use sanduq_core::refusal::Refusal;
use sanduq_core::seats::Outcome;
use sanduq_core::seats::SeatRule;
use sanduq_core::seats::TieDecision;
use sanduq_core::seats::list::ListRule;
use sanduq_core::seats::list::Listed;
use std::path::PathBuf;

/// The TOML files of a folder of every jurisdiction, with their names and texts.
fn files(folder: &str) -> Vec<(String, String)> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../jurisdictions");
    let mut files = Vec::new();
    for country in std::fs::read_dir(root).unwrap() {
        let Ok(entries) = std::fs::read_dir(country.unwrap().path().join(folder)) else {
            continue;
        };
        for entry in entries {
            let path = entry.unwrap().path();
            let name = path.file_stem().unwrap().to_str().unwrap().to_string();
            files.push((name, std::fs::read_to_string(path).unwrap()));
        }
    }
    files.sort();
    files
}

#[test]
fn every_seat_rule_is_read_and_bears_the_name_of_its_file() {
    let files = files("seats");
    for (name, text) in &files {
        let rule = SeatRule::from_toml(text).unwrap_or_else(|e| panic!("{name}: {e}"));
        assert_eq!(rule.code.as_str(), name);
        let again = toml::from_str::<SeatRule>(&toml::to_string(&rule).unwrap()).unwrap();
        assert_eq!(again, rule, "{name} does not survive writing");
    }
    assert!(files.len() >= 18, "only {} seat rules", files.len());
}

#[test]
fn every_list_rule_is_read_and_bears_the_name_of_its_file() {
    let files = files("lists");
    for (name, text) in &files {
        let rule = ListRule::from_toml(text).unwrap_or_else(|e| panic!("{name}: {e}"));
        assert_eq!(rule.code.as_str(), name);
    }
    assert!(files.len() >= 3, "only {} list rules", files.len());
}

/// A list whose groups have the given sizes, one group after the other.
fn list(size: usize, groups: &[(&str, usize)]) -> Vec<Listed> {
    let mut list = vec![Listed::default(); size];
    let mut next = 0;
    for (group, count) in groups {
        for _ in 0..*count {
            list[next % size].groups.insert((*group).to_string());
            next += 1;
        }
    }
    list
}

#[test]
fn absolute_lists_of_egypt_are_half_women() {
    let forty = include_str!("../../../../jurisdictions/egypt/lists/egypt-house-list-40.toml");
    let hundred = include_str!("../../../../jurisdictions/egypt/lists/egypt-house-list-102.toml");
    let (forty, hundred) = (
        ListRule::from_toml(forty).unwrap(),
        ListRule::from_toml(hundred).unwrap(),
    );
    let women = |rule: &ListRule| -> u32 {
        rule.composition
            .iter()
            .filter(|c| c.group == "woman")
            .map(|c| c.at_least)
            .sum()
    };
    assert!(
        2 * women(&forty) + 2 * women(&hundred) >= 142,
        "of 284 seats"
    );
    let groups = |w| {
        [
            ("woman", w),
            ("christian", 3),
            ("worker-or-farmer", 2),
            ("youth", 2),
            ("disability", 1),
        ]
    };
    let mut good = list(40, &groups(20));
    good[39].groups.insert("abroad".into());
    assert_eq!(forty.breaches(&good, 40), []);
    let short = list(39, &groups(19));
    let told: Vec<_> = forty
        .breaches(&short, 40)
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(
        told,
        [
            "the list has 39 candidates, the law wants 40",
            "the list has 0 of the group `abroad`, the law wants 1",
            "the list has 19 of the group `woman`, the law wants 20",
        ]
    );
    assert_eq!(forty.breaches(&short, 40)[1].code(), "list.too_few");
}

#[test]
fn equals_in_oman_are_drawn_by_lot() {
    let text = include_str!("../../../../jurisdictions/oman/seats/oman-shura.toml");
    let rule = SeatRule::from_toml(text).unwrap();
    let tied = allotted(&rule, &contest(2, &[900, 450, 450]));
    let Outcome::LotNeeded(asked) = &tied.outcome else {
        panic!("a tie was expected")
    };
    assert_eq!(
        (joined(&asked.among), asked.decided_by),
        ("BC".into(), TieDecision::Lot)
    );
}
