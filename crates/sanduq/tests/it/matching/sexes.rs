//! Words for a sex that nobody knows: told with their lines and taken as not given, and refused
//! where they are the most.

use crate::desk::Desk;
use crate::matching::roll;
use serde_json::json;

const DEDUPE: &str = "dedupe --profile wahat roll.csv --out pairs.csv";

/// Electors of whom each of these states the word; a sex is otherwise M.
fn stating(words: &[(usize, &str)]) -> String {
    let mut rows = roll::electors(71, 0, 20);
    for (at, word) in words {
        rows[*at] = rows[*at].replace(",M,", &format!(",{word},"));
    }
    roll::text(&rows)
}

#[test]
fn words_that_are_not_known_are_told_with_their_lines_alone() {
    let desk = Desk::of("match");
    let words = [(3, "Mrs"), (5, "mujer"), (7, ""), (9, "ذكر"), (11, "X")];
    desk.file("roll.csv", stating(&words));
    let told = desk.done(DEDUPE);
    let expected = json!([{ "file": "roll.csv", "given": 18, "unknown": 2, "lines": [5, 7] }]);
    assert_eq!(told["unknown_sexes"], expected);
    assert_eq!(told["wrong_values"], 2);
    let places = desk.text("pairs.csv.quarantine.csv");
    for line in [5, 7] {
        let row = format!(",{line},\"sex\",quarantine.unknown_sex,");
        assert!(places.contains(&row), "{places}");
    }
    let output = desk.run(DEDUPE);
    let said = String::from_utf8(output.stdout).unwrap();
    let expected = "roll.csv: 2 of 18 sexes are written in words that are not known (first on \
                    lines 5, 7), and count as not given";
    assert!(said.contains(expected), "{said}");
    for text in [said, desk.text("pairs.csv.quarantine.csv")] {
        assert!(!text.contains("Mrs") && !text.contains("mujer"), "{text}");
    }
    let prepared = desk.done("prepare --profile wahat roll.csv --out roll.prepared");
    assert_eq!(prepared["unknown_sexes"][0]["unknown"], 2);
}

#[test]
fn a_file_most_of_whose_words_are_not_known_is_refused() {
    let desk = Desk::of("match");
    let numbered = |count: usize| -> Vec<(usize, &'static str)> {
        (0..count).map(|at| (at, ["1", "2"][at % 2])).collect()
    };
    desk.file("roll.csv", stating(&numbered(11)));
    let (code, message) = desk.refusal(DEDUPE);
    assert_eq!(code, "matching.sexes_unreadable");
    let told = "roll.csv: 11 of 20 sexes are written in words that are not known (first on lines \
                2, 3, 4, 5, 6); write F and M";
    assert!(message.starts_with(told), "{message}");
    desk.file("roll.csv", stating(&numbered(10)));
    desk.done(DEDUPE);
    desk.file("roll.csv", stating(&[]));
    let said = String::from_utf8(desk.run(DEDUPE).stdout).unwrap();
    assert!(
        !said.contains("sexes"),
        "of none there is nothing to tell: {said}"
    );
}
