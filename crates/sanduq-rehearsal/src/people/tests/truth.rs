//! The truth says of every row whose it is, and what was done to it.

use super::files;
use super::rows;
use super::size;
use super::source;
use crate::people::number::check_digit;
use crate::people::roll::Roll;
use crate::people::source::Language;
use std::collections::BTreeMap;
use std::collections::BTreeSet;

/// Of a thousand records that were made again, from how many to how many have the fault.
const SHARES: [(&str, u64, u64); 32] = [
    ("al", 5, 20),
    ("codepoint", 70, 130),
    ("diacritics", 150, 210),
    ("digits", 20, 42),
    ("dob_day", 45, 80),
    ("dob_default", 25, 55),
    ("dob_missing", 28, 55),
    ("dob_swap", 10, 30),
    ("dob_year", 20, 42),
    ("gov_missing", 8, 28),
    ("gov_moved", 75, 115),
    ("hamza", 220, 310),
    ("latin", 20, 42),
    ("nid_1digit", 175, 230),
    ("nid_missing", 220, 280),
    ("nid_of_kin", 3, 13),
    ("nid_same", 275, 340),
    ("nid_second", 125, 180),
    ("nid_transposed", 62, 100),
    ("no_family", 28, 55),
    ("no_father", 12, 32),
    ("no_grandfather", 65, 100),
    ("one_field", 5, 19),
    ("real_misspelling", 90, 135),
    ("sex_wrong", 4, 17),
    ("shifted", 8, 24),
    ("space", 190, 260),
    ("swapped_parts", 4, 17),
    ("ta", 75, 125),
    ("tatweel", 105, 150),
    ("typo", 180, 240),
    ("ya", 175, 240),
];

#[test]
fn every_kind_of_fault_has_its_share() {
    let source = source(Language::Arabic);
    let files = files(&Roll::new(&source, size(50_000)).unwrap());
    let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
    let (mut first, mut again) = (0, 0);
    for row in rows(&files["roll.truth.csv"]) {
        let of_first = row[2] == "true";
        *if of_first { &mut first } else { &mut again } += 1;
        for fault in row[3].split_terminator(' ').filter(|_| !of_first) {
            *counts.entry(fault).or_default() += 1;
        }
    }
    assert_eq!(first + again, 50_000);
    assert!((2_000..2_500).contains(&again), "{again}");
    for (fault, from, to) in SHARES {
        let share = counts.remove(fault).unwrap_or(0) * 1_000 / again;
        assert!((from..=to).contains(&share), "{fault}: {share}");
    }
    assert_eq!(counts, BTreeMap::new(), "a fault without a row above");
}

#[test]
fn first_records_are_spelt_with_care() {
    let source = source(Language::Arabic);
    let files = files(&Roll::new(&source, size(50_000)).unwrap());
    let truth = rows(&files["roll.truth.csv"]).filter(|row| row[2] == "true");
    let clean = truth.filter(|row| row[3].is_empty()).count();
    assert!((25_000..40_000).contains(&clean), "{clean}");
    let shared = rows(&files["roll.truth.csv"]).filter(|row| row[3].contains("nid_shared"));
    assert!((1..10).contains(&shared.count()));
}

/// The files of a roll, the persons on it, and how many people there are.
struct Told {
    files: BTreeMap<String, String>,
    on_roll: BTreeSet<String>,
    people: i64,
}

fn told(language: Language) -> Told {
    let source = source(language);
    let roll = Roll::new(&source, size(30_000)).unwrap();
    let files = files(&roll);
    let persons = rows(&files["roll.truth.csv"]).map(|row| row[1].to_owned());
    let on_roll = persons.collect();
    Told {
        on_roll,
        people: i64::try_from(roll.people).unwrap(),
        files,
    }
}

#[test]
fn every_row_has_its_truth() {
    let Told {
        files,
        on_roll,
        people,
    } = told(Language::Persian);
    for name in ["roll", "deaths", "justice", "serving", "civil_status"] {
        let (text, truth) = (
            &files[&format!("{name}.csv")],
            &files[&format!("{name}.truth.csv")],
        );
        let mut next = 0;
        for (row, truth) in rows(text).zip(rows(truth)) {
            assert_eq!((row[0], row.len()), (truth[0], 9), "{name}");
            assert_eq!(row[0], next.to_string(), "{name}");
            let person: i64 = truth[1].parse().unwrap();
            assert!((-1..people).contains(&person), "{name}: {person}");
            next += 1;
        }
        assert_eq!(text.lines().count(), truth.lines().count(), "{name}");
        assert!(next > 20, "{name} has {next} rows");
    }
    let ids = rows(&files["roll.truth.csv"]).map(|row| row[1].parse::<i64>().unwrap());
    let ids: Vec<i64> = ids.collect();
    let near = ids.windows(2).filter(|pair| pair[0].abs_diff(pair[1]) < 10);
    let near = near.count();
    assert!(
        near * 50 < ids.len(),
        "{near} stand beside their neighbours"
    );
    let firsts = rows(&files["roll.truth.csv"]).filter(|row| row[2] == "true");
    let firsts: Vec<&str> = firsts.map(|row| row[1]).collect();
    let distinct: BTreeSet<&str> = firsts.iter().copied().collect();
    assert_eq!(firsts.len(), distinct.len(), "one first record each");
    assert!(
        on_roll
            .iter()
            .all(|person| distinct.contains(person.as_str()))
    );
}

#[test]
fn the_lists_fit_the_roll() {
    let Told { files, on_roll, .. } = told(Language::Arabic);
    let mut barred = BTreeSet::new();
    for (list, most) in [("deaths", 90), ("justice", 60), ("serving", 60)] {
        let mut strangers = 0;
        for row in rows(&files[&format!("{list}.truth.csv")]) {
            if row[1] == "-1" {
                strangers += 1;
            } else {
                assert!(on_roll.contains(row[1]), "{list}: {}", row[1]);
                barred.insert(row[1].to_owned());
            }
        }
        assert!(strangers < most, "{list}: {strangers} strangers");
    }
    assert!(rows(&files["deaths.truth.csv"]).any(|row| row[1] == "-1"));
    let (mut missing, mut listed) = (0, BTreeSet::new());
    for row in rows(&files["civil_status.truth.csv"]) {
        assert_eq!(row[2] == "true", on_roll.contains(row[1]), "{}", row[1]);
        assert!(!barred.contains(row[1]), "{} is barred", row[1]);
        missing += u32::from(row[2] == "false");
        listed.insert(row[1].to_owned());
    }
    assert!((90..220).contains(&missing), "{missing} missing of 29,000");
    for person in &on_roll {
        assert!(
            listed.contains(person) || barred.contains(person),
            "{person}"
        );
    }
}

/// The same number again is of the same person, and of the same kind: the first or the second.
#[test]
fn no_two_people_have_one_number_and_every_check_is_right() {
    for language in [Language::Arabic, Language::Persian] {
        let source = source(language);
        let files = files(&Roll::new(&source, size(50_000)).unwrap());
        let mut owner: BTreeMap<&str, (&str, bool)> = BTreeMap::new();
        let truths = rows(&files["roll.truth.csv"]);
        for (row, truth) in rows(&files["roll.csv"]).zip(truths) {
            let wrong = ["nid_1", "nid_m", "nid_o", "nid_sh", "nid_t", "digits"];
            if wrong.iter().any(|fault| truth[3].contains(fault)) {
                continue;
            }
            let number = row[8];
            let (digits, check) = number.split_at(number.len() - 1);
            let reckoned = check_digit(&source, digits).to_string();
            assert_eq!(reckoned, check, "{number}");
            let mine = (truth[1], truth[3].contains("nid_second"));
            let before = owner.insert(number, mine);
            assert!(before.is_none_or(|other| other == mine), "{number}");
        }
        assert!(owner.len() > 45_000, "{}", owner.len());
    }
}
