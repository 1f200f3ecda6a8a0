//! Ids: a pair names two rows, so each row has one of its own.

use crate::matching::Desk;
use crate::matching::roll;
use crate::matching::roll::again;

const DEDUPE: &str = "dedupe --profile wahat roll.csv --out pairs.csv";

/// A roll whose rows 10 and 20 stand again under their own ids, and two rows without any.
fn desk() -> Desk {
    let desk = Desk::new();
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
    let desk = Desk::new();
    let rows = roll::text(&roll::electors(62, 0, 20));
    desk.file("roll.csv", &rows).file("list.csv", &rows);
    let words = "explain --profile wahat --roll roll.csv 7 7";
    let (code, message) = desk.refusal(words);
    assert_eq!(code, "matching.same_record");
    assert!(message.contains("name two"), "{message}");
    desk.done(&format!("{words} --list list.csv"));
}
