//! Names and places in the scripts of more than one keyboard.

use crate::loaded;
use sanduq_matching::fields::Fields;
use sanduq_matching::load::Loaded;
use sanduq_matching::memory::Bound;
use sanduq_matching::run::Engine;
use sanduq_register::matching::profile::Profile;
use std::io::Write as _;

const HEADER: &str = "rid,given,father,grandfather,family,sex,dob,gov,nid\n";

fn profile() -> Profile {
    let text = include_str!("../../../../jurisdictions/egypt/matching.toml");
    Profile::read(text).unwrap()
}

fn row(id: usize, given: &str, place: &str) -> String {
    format!("{id},{given},علي,حسن,سالم,M,1980-02-03,{place},\n")
}

#[test]
fn a_name_in_two_scripts_is_the_name_in_one() {
    let profile = profile();
    for (given, plain) in [
        ("M محمد", "محمد"),
        ("M.محمد", "محمد"),
        ("(Mohamed) محمد", "محمد"),
        ("St. جورج", "جورج"),
        ("Al-سيد", "سيد"),
        ("Shahinي", "Shahin"),
    ] {
        let rows = format!("{HEADER}{}{}", row(1, given, "01"), row(2, plain, "01"));
        let engine = Engine::new(&profile, loaded(&profile, &rows), None, Bound(None)).unwrap();
        let [one, other] = [0, 1].map(|row| engine.records()[row].names[0]);
        assert_eq!(one, other, "{given}");
        assert!(one > 0, "{given}");
    }
}

#[test]
fn a_place_is_one_place_in_digits_of_any_script() {
    let profile = profile();
    let places = ["02", "2", "٠٢", "۰۲", "٢", "002"];
    let rows: String = (1..)
        .zip(places)
        .map(|(id, at)| row(id, "محمد", at))
        .collect();
    let read = loaded(&profile, &format!("{HEADER}{rows}"));
    assert!(read.records.iter().all(|record| record.place == 2));
    // What is no code below a thousand is a name, and no code.
    let names = ["٢أ", "+2", "1000", "السويس", "٢ ٣"];
    let rows: String = (1..)
        .zip(names)
        .map(|(id, at)| row(id, "محمد", at))
        .collect();
    let read = loaded(&profile, &format!("{HEADER}{rows}"));
    let mut found: Vec<u16> = read.records.iter().map(|record| record.place).collect();
    found.dedup();
    assert_eq!(found.len(), names.len());
    assert!(found.iter().all(|place| *place >= 1000));
}

/// Editors of texts from right to left leave marks at the ends of a field, which nobody sees.
#[test]
fn a_mark_of_direction_beside_a_date_a_number_or_a_place_changes_nothing() {
    let profile = profile();
    let row = |mark: &str, id: u32| {
        let [date, place, number] =
            ["1979-03-08", "21", "27903082101237"].map(|text| format!("{mark}{text}{mark}"));
        format!("{id},علي,علي,حسن,سالم,{mark}F,{date},{place},{number}\n")
    };
    for mark in ["\u{200f}", "\u{200e}", "\u{61c}", "\u{a0}", "\u{feff} "] {
        let rows = [row("", 1), row(mark, 2), row(mark, 3)].concat();
        let read = loaded(&profile, &format!("{HEADER}{rows}"));
        let [one, other] = [0, 1].map(|at| format!("{:?}", read.records[at]));
        assert_eq!(one, other, "{mark:?}");
        assert!(!read.records[1].date.is_missing() && !read.records[1].number.is_missing());
    }
}

#[test]
fn a_row_whose_name_has_no_letter_that_is_read_is_told() {
    let profile = profile();
    let fields = Fields::new(&profile);
    let whole = |name: &str| format!("1,{name},{name},{name},{name},M,1980-02-03,01,\n");
    for (name, told) in [
        ("Иван", 1),
        ("אברהם", 1),
        ("...", 1),
        ("؟", 1),
        ("علي", 0),
        ("", 1),
    ] {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(format!("{HEADER}{}", whole(name)).as_bytes())
            .unwrap();
        let mut loaded = Loaded::new(jiff::civil::date(2026, 11, 1));
        let mut codes = Vec::new();
        let mut note = |found: sanduq_matching::source::quarantine::Quarantined| {
            codes.push((found.line, found.reason.code()));
        };
        let read = loaded.read((&profile, &fields), file.path(), &mut note, &mut |_| {});
        assert!(read.is_ok(), "{name}");
        assert_eq!(codes, vec![(2, "quarantine.no_name"); told], "{name}");
    }
}
