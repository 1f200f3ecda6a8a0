//! Who the people are: families, twins, numbers that tell of them.

use super::source;
use crate::people::neighbourhood::Nation;
use crate::people::number::Days;
use crate::people::number::Numbers;
use crate::people::number::PEOPLE;
use crate::people::number::check_digit;
use crate::people::person::Person;
use crate::people::source::Language;
use crate::people::source::Source;
use std::collections::BTreeSet;

fn people(source: &Source, days: Days, neighbourhoods: u64) -> Vec<Vec<Person>> {
    let nation = Nation::new(source, 3, days, neighbourhoods).unwrap();
    (0..neighbourhoods)
        .map(|at| nation.neighbourhood(at))
        .collect()
}

#[test]
fn the_check_is_that_of_known_numbers() {
    // Printed in public accounts of the check, or reckoned by hand: 150 leaves 7, of 11 is 4.
    for (language, numbers) in [
        (
            Language::Persian,
            vec!["0013542419", "3240175800", "3370075024"],
        ),
        (Language::Arabic, vec!["29001011234564"]),
    ] {
        let source = source(language);
        for number in numbers {
            let (digits, check) = number.split_at(number.len() - 1);
            let reckoned = check_digit(&source, digits).to_string();
            assert_eq!(reckoned, check, "{number}");
        }
    }
}

#[test]
fn a_number_tells_day_unit_and_sex() {
    let source = source(Language::Arabic);
    let mut numbers = BTreeSet::new();
    for person in people(&source, Days::All, 40).into_iter().flatten() {
        let (century, rest) = person.number.split_at(1);
        let day = format!("{}{}", if century == "2" { "19" } else { "20" }, &rest[..6]);
        assert_eq!(person.born.strftime("%Y%m%d").to_string(), day);
        assert_eq!(source.ways.units[person.birthplace].0, rest[6..8]);
        let serial: u32 = rest[8..12].parse().unwrap();
        assert_eq!(serial.is_multiple_of(2), person.woman, "{}", person.number);
        assert!(numbers.insert(person.number));
    }
    assert_eq!(numbers.len() as u64, 40 * PEOPLE);
}

#[test]
fn twins_stand_side_by_side() {
    let source = source(Language::Arabic);
    let (mut twins, mut alike, mut of_one_sex) = (0, 0, 0);
    let pairs: Vec<_> = source
        .similar_men
        .iter()
        .chain(&source.similar_women)
        .collect();
    for people in people(&source, Days::All, 200) {
        for (at, younger) in people.iter().enumerate().filter(|(_, p)| p.twin) {
            let elder = &people[younger.kin.unwrap()];
            assert!(elder.twin);
            assert_eq!((elder.born, elder.home), (younger.born, younger.home));
            assert_eq!(elder.name[1..], younger.name[1..]);
            let serial = |p: &Person| p.number[9..13].parse::<u32>().unwrap();
            let apart = serial(elder).abs_diff(serial(younger));
            let same_sex = elder.woman == younger.woman;
            assert_eq!(apart, if same_sex { 2 } else { 1 });
            twins += 1;
            if elder.kin == Some(at) && same_sex && elder.id < younger.id {
                of_one_sex += 1;
                let names = (elder.name[0].unwrap(), younger.name[0].unwrap());
                alike += u32::from(pairs.iter().any(|pair| **pair == names));
            }
        }
    }
    let all = 200 * u32::try_from(PEOPLE).unwrap();
    assert!((all / 125..all / 65).contains(&twins), "{twins} of {all}");
    let share = alike * 100 / of_one_sex;
    assert!((28..52).contains(&share), "{alike} of {of_one_sex}");
}

#[test]
fn brothers_share_a_line_and_fathers_gave_it() {
    let source = source(Language::Arabic);
    let (mut siblings, mut fathers, mut moved) = (0, 0, 0);
    let (mut namesakes, mut by_chance) = (0, 0);
    for people in people(&source, Days::All, 100) {
        for (at, person) in people.iter().enumerate() {
            moved += u32::from(person.home != person.birthplace);
            namesakes += u32::from(person.name[0] == person.name[2]);
            let stranger = &people[(at + 99) % people.len()];
            by_chance += u32::from(person.name[0] == stranger.name[2]);
            if let Some(kin) = person.kin.map(|kin| &people[kin]) {
                siblings += 1;
                assert_eq!(kin.name[1..], person.name[1..]);
                assert!(kin.woman != person.woman || kin.name[0] != person.name[0]);
            }
            let next = people.get(at + 1).filter(|next| !next.woman);
            let father = next.filter(|next| {
                let line = [next.name[0], next.name[1], next.name[3]];
                line == [person.name[1], person.name[2], person.name[3]]
            });
            let older = father.filter(|father| father.born.year() + 20 <= person.born.year());
            fathers += u32::from(older.is_some());
        }
    }
    let all = 100 * u32::try_from(PEOPLE).unwrap();
    assert!((all / 4..all / 2).contains(&siblings), "{siblings}");
    assert!((all / 20..all / 4).contains(&fathers), "{fathers}");
    // Of grandsons, more than by chance.
    assert!(
        by_chance > 0 && namesakes * 2 > by_chance * 3,
        "{namesakes} and {by_chance}"
    );
    assert!((all / 12..all / 7).contains(&moved), "{moved} moved");
}

#[test]
fn a_slice_is_as_dense_as_a_nation() {
    let source = source(Language::Arabic);
    let nation = Nation::new(&source, 3, Days::Slice, 400).unwrap();
    let mut days = BTreeSet::new();
    let mut numbers = BTreeSet::new();
    for person in people(&source, Days::Slice, 400).into_iter().flatten() {
        assert_eq!(person.born.year(), Days::SLICE_YEAR);
        days.insert(person.born.day_of_year());
        let entry = person.entry.unwrap();
        let (unit, id) = (person.birthplace, person.id);
        let second = nation.numbers.second(&entry, unit, person.woman, id);
        assert_eq!(second[..9], person.number[..9], "of another day or unit");
        assert!(numbers.insert(person.number), "two have one number");
        assert!(numbers.insert(second), "two have one second number");
    }
    assert_eq!(
        days.into_iter().collect::<Vec<_>>(),
        (1..=180).collect::<Vec<_>>()
    );
}

#[test]
fn the_old_may_have_a_year_and_no_day() {
    let source = source(Language::Arabic);
    let (mut old, mut unknown) = (0, 0);
    for person in people(&source, Days::All, 200).into_iter().flatten() {
        let first = person.born.day_of_year() == 1;
        if person.born.year() < 1962 {
            old += 1;
            unknown += u32::from(first);
        } else {
            assert!(!first, "{}", person.born);
        }
    }
    let share = unknown * 1_000 / old;
    assert!((40..80).contains(&share), "{unknown} of {old}");
}

#[test]
fn numbers_end_somewhere() {
    let source = source(Language::Arabic);
    let most = |neighbourhoods| Numbers::new(&source, 1, Days::All, neighbourhoods).is_ok();
    assert!(most(250_000), "65 million");
    assert!(!most(2_000_000), "500 million");
    let slice = |count| Numbers::new(&source, 1, Days::Slice, count).is_ok();
    assert!(slice(4_000) && !slice(8_000), "a million and two");
}
