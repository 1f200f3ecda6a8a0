//! Ids: a pair names two rows, so each row has one of its own.

use crate::desk::Desk;
use crate::matching::roll;
use crate::matching::roll::again;

const DEDUPE: &str = "dedupe --profile wahat roll.csv --out pairs.csv";

/// A roll whose rows 10 and 20 stand again under their own ids, and two rows without any.
fn desk() -> Desk {
    let desk = Desk::of("match");
    let mut rows = roll::electors(61, 0, 300);
    for at in [10, 20, 10] {
        rows.push(rows[at].clone());
    }
    let nameless = |row: &str| again(row, 0).replacen("0,", ",", 1);
    rows.push(nameless(&rows[30]));
    rows.push(nameless(&rows[40]));
    desk.file("roll.csv", roll::text(&rows));
    desk
}

#[test]
fn rows_without_an_id_of_their_own_are_refused_with_their_lines() {
    let desk = desk();
    desk.file("good.csv", roll::text(&roll::electors(62, 0, 20)))
        .file(
            "empty.csv",
            roll::text(&roll::electors(62, 0, 20)).replace("\n7,", "\n,"),
        );
    let told = "roll.csv: 3 rows have the id of an earlier row (lines 302, 303, 304) and 2 rows \
                have no id (lines 305, 306)";
    for words in [
        DEDUPE,
        "link --profile wahat roll.csv good.csv --out pairs.csv",
        "missing --profile wahat good.csv roll.csv --out pairs.csv",
    ] {
        let (code, message) = desk.refusal(words);
        assert_eq!(code, "matching.repeated_ids");
        assert!(message.starts_with(told), "{message}");
        assert!(message.contains("--repeated-ids number"), "{message}");
    }
    let (code, message) = desk.refusal(&DEDUPE.replace("roll.csv", "empty.csv"));
    assert_eq!(code, "matching.empty_ids");
    assert!(message.contains("1 rows have no id (lines 9)"), "{message}");
}

#[test]
fn numbered_ids_name_every_row_and_are_explained() {
    let desk = desk();
    let told = desk.done(&format!("{DEDUPE} --repeated-ids number"));
    assert_eq!(told["ids_numbered"], 5);
    assert_eq!(
        told["wrong_values"], 2,
        "the empty ids are told with their places"
    );
    let places = desk.text("pairs.csv.quarantine.csv");
    assert_eq!(places.matches("quarantine.no_id").count(), 2, "{places}");
    let pairs: Vec<(String, String)> = desk
        .pairs("pairs.csv")
        .into_iter()
        .filter(|row| row.class == "automatic")
        .map(|row| (row.one, row.other))
        .collect();
    let pair = |one: &str, other: &str| (one.to_owned(), other.to_owned());
    let expected = [
        pair("10", "10#2"),
        pair("10", "10#3"),
        pair("20", "20#2"),
        pair("30", "#1"),
        pair("40", "#2"),
        pair("10#2", "10#3"),
    ];
    assert_eq!(pairs, expected);
    let explain = "explain --profile wahat --roll roll.csv --repeated-ids number --lang en";
    for (one, other) in expected {
        let said = desk.run(&format!("{explain} {one} {other}"));
        let said = String::from_utf8(said.stdout).unwrap();
        assert!(
            said.contains("date of birth: the same \u{2068}19"),
            "{said}"
        );
        assert_eq!(said.matches("\u{2068}\u{2069}").count(), 0, "{said}");
    }
    // Two files may use the same ids: each names its own rows.
    let rows = roll::text(&roll::electors(62, 0, 20));
    desk.file("one.csv", &rows).file("other.csv", &rows);
    desk.done("link --profile wahat one.csv other.csv --out linked.csv");
}

#[test]
fn a_record_is_not_explained_with_itself() {
    let desk = Desk::of("match");
    let mut rows = roll::electors(62, 0, 20);
    rows[8] = rows[8].replacen("8,", "=8,", 1);
    let rows = roll::text(&rows);
    desk.file("roll.csv", &rows).file("list.csv", &rows);
    let words = "explain --profile wahat --roll roll.csv 7 7";
    for words in [words, "explain --profile wahat --roll roll.csv =8 '=8"] {
        let (code, message) = desk.refusal(words);
        assert_eq!(code, "matching.same_record");
        assert!(message.contains("name two"), "{message}");
    }
    desk.done(&format!("{words} --list list.csv"));
}

/// Somebody is called 10#2 already: the second row of 10 takes the next number, each is explained
/// with its own spelling, and what takes no part moves none of them.
#[test]
fn a_number_that_is_an_id_already_is_passed_over_and_explained() {
    let desk = Desk::of("match");
    let mut rows = roll::electors(63, 0, 300);
    let taken = rows[20].replacen("20,", "10#2,", 1);
    rows.insert(0, "10,,,,,,,,".to_owned());
    rows.insert(1, taken);
    rows.push(rows[12].clone());
    desk.file("roll.csv", roll::text(&rows));
    let told = desk.done(&format!("{DEDUPE} --repeated-ids number"));
    assert_eq!(told["ids_numbered"], 1);
    let pairs: Vec<(String, String)> = desk
        .pairs("pairs.csv")
        .into_iter()
        .filter(|row| row.class == "automatic")
        .map(|row| (row.one, row.other))
        .collect();
    let pair = |one: &str, other: &str| (one.to_owned(), other.to_owned());
    assert_eq!(pairs, [pair("10#2", "20"), pair("10", "10#3")]);
    let born = |row: &str| row.split(',').nth(6).unwrap().to_owned();
    for (ids, row) in [("10 10#3", &rows[12]), ("10#2 20", &rows[1])] {
        let explain = "explain --profile wahat --roll roll.csv --repeated-ids number --lang en";
        let said = desk.run(&format!("{explain} {ids}"));
        let said = String::from_utf8(said.stdout).unwrap();
        let date = born(row);
        let both = format!("\u{2068}{date}\u{2069} | \u{2068}{date}\u{2069}");
        assert!(said.contains(&both), "{said}");
    }
}

#[test]
fn two_ids_that_look_alike_in_a_spreadsheet_stay_two() {
    let desk = Desk::of("match");
    let mut rows = roll::electors(64, 0, 300);
    for (at, id) in [(10, "=1"), (10, "'=1"), (20, "''=1")] {
        let row = again(&rows[at], 0);
        rows.push(row.replacen("0,", &format!("{id},"), 1));
    }
    desk.file("roll.csv", roll::text(&rows));
    desk.done(DEDUPE);
    let found = desk.pairs("pairs.csv").into_iter();
    let found = found.filter(|row| row.class == "automatic");
    let found: Vec<(String, String)> = found.map(|row| (row.one, row.other)).collect();
    let pair = |one: &str, other: &str| (one.to_owned(), other.to_owned());
    let expected = [
        pair("10", "'=1"),
        pair("10", "''=1"),
        pair("20", "'''=1"),
        pair("'=1", "''=1"),
    ];
    assert_eq!(found, expected);
    let explain = "explain --profile wahat --roll roll.csv";
    for (one, other) in &expected {
        let words = format!("{explain} --ids cells {one} {other}");
        assert_eq!(desk.done(&words)["class"], "automatic", "{one} {other}");
    }
    for (ids, how, one, other, class) in [
        // What no file of pairs has is an id, and so is the other one.
        ("=1 '=1", "", "=1", "'=1", "automatic"),
        ("=1 ''=1", "", "=1", "''=1", "no_match"),
        ("'''=1 20", "", "''=1", "20", "automatic"),
        ("10 '=1", "--ids exact", "10", "'=1", "automatic"),
        ("'=1 ''=1", "--ids exact", "'=1", "''=1", "no_match"),
        ("'=1 ''=1", "--ids cells", "=1", "'=1", "automatic"),
    ] {
        let told = desk.done(&format!("{explain} {ids} {how}"));
        assert_eq!([&told["one"], &told["other"]], [one, other], "{ids} {how}");
        assert_eq!(told["class"], class, "{ids} {how}");
    }
    for ids in ["10 '=1", "'=1 ''=1", "''=1 20"] {
        let (code, message) = desk.refusal(&format!("{explain} {ids}"));
        assert_eq!(code, "matching.id_unclear", "{ids}");
        for how in ["--ids exact", "--ids cells"] {
            assert!(message.contains(how), "{message}");
        }
    }
    for (ids, how) in [("10 '''=1", "exact"), ("10 =1", "cells")] {
        let (code, _) = desk.refusal(&format!("{explain} {ids} --ids {how}"));
        assert_eq!(code, "matching.no_record", "{ids}");
    }
}

/// Two ids of which only the beginning is kept would be one.
#[test]
fn an_id_that_is_too_long_is_refused_with_its_line() {
    let desk = Desk::of("match");
    let rows = roll::electors(65, 0, 20);
    for (bytes, fits) in [(240, true), (241, false), (390, false)] {
        let id = "7".repeat(bytes);
        let mut rows = rows.clone();
        rows[6] = rows[6].replacen("6,", &format!("{id},"), 1);
        desk.file("roll.csv", roll::text(&rows));
        if fits {
            desk.done(DEDUPE);
            std::fs::remove_file(desk.path("pairs.csv")).unwrap();
            continue;
        }
        let (code, message) = desk.refusal(DEDUPE);
        assert_eq!(code, "matching.long_id");
        let told = format!("roll.csv, line 8: the id has {bytes} bytes");
        assert!(message.starts_with(&told), "{message}");
    }
}
