//! Rows that are set aside, and values that are wrong: told with their place and nothing else.

use crate::desk::Desk;
use crate::matching::roll;
use crate::matching::roll::numbered;
use serde_json::Value;
use serde_json::json;

const PLACES: &str = "pairs.csv.quarantine.csv";

/// Rows that say `SECRET` wherever a person would stand, with the field and the code told of them;
/// none where there is nothing to tell.
fn rows() -> Vec<(&'static str, Option<(&'static str, &'static str)>)> {
    vec![
        (
            "SECRET,b,c,d,M,1970-01-02,11,2700102SECRET",
            Some(("nid", "number_not_digits")),
        ),
        (
            "SECRET,b,c,d,M,1970-01-02,11,2700102111111",
            Some(("nid", "number_length")),
        ),
        (
            "SECRET,b,c,d,M,2970-01-02,11,",
            Some(("dob", "date_in_future")),
        ),
        ("SECRET,b,c,d,M,1970-02-31,11,", Some(("dob", "not_a_date"))),
        ("SECRET,b,c,d,M,SECRET,11,", Some(("dob", "not_a_date"))),
        (
            "SECRET,b,c,d,M,1799-02-01,11,",
            Some(("dob", "date_too_early")),
        ),
        (
            "SECRET b c d,,,,M,1970-01-02,11,",
            Some(("given", "names_in_one_field")),
        ),
        (",,,,M,1970-01-02,11,27001021111117", Some(("", "no_name"))),
        ("SECRET,b,c,d,M,1970-01-02,11", Some(("", "field_count"))),
        (
            "SECRET,b,c,d,M,1970-01-02,11,1,2",
            Some(("", "field_count")),
        ),
        (
            "\"SECRET\"x,b,c,d,M,1970-01-02,11,",
            Some(("", "stray_quote")),
        ),
        (
            "\"SEC\u{7}RET\",b,c,d,M,1970-01-02,11,",
            Some(("given", "control_character")),
        ),
        (
            "SEC\u{202E}RET,b,c,d,M,1970-01-02,11,",
            Some(("given", "direction_character")),
        ),
        ("SECRET,b,c,d,M,1970-01-02,11,٢٧٠0102١١١١١١٧", None),
        ("SECRET,b,c,d,M,1970-01-02,11,۲۷۰۰۱۰۲۱۱۱۱۱۱۷", None),
    ]
}

/// The places, as any reader of CSV finds them.
fn places(desk: &Desk) -> Vec<Vec<String>> {
    let mut file = csv::Reader::from_path(desk.path(PLACES)).unwrap();
    let heading: Vec<String> = file.headers().unwrap().iter().map(str::to_owned).collect();
    assert_eq!(heading, ["file", "row", "line", "column", "code", "what"]);
    let rows = file.records().map(|row| row.unwrap());
    rows.map(|row| row.iter().map(str::to_owned).collect())
        .collect()
}

fn dedupe(desk: &Desk, name: &str) -> Value {
    let mut command = desk.command("dedupe --profile wahat --out pairs.csv --json");
    crate::desk::object(&command.arg(name).output().unwrap())
}

#[test]
fn every_wrong_row_is_told_with_its_place_and_nothing_of_its_content() {
    let desk = Desk::of("match");
    let mut bytes = roll::text(&roll::electors(3, 1000, 40)).into_bytes();
    let mut expected = Vec::new();
    for (row, (text, told)) in (40..).zip(rows()) {
        bytes.extend(format!("{row},{text}\n").into_bytes());
        let told = told.map(|(column, code)| (row, column, format!("quarantine.{code}")));
        expected.extend(told);
    }
    bytes.extend(b"55,SECRET\xFF,b,c,d,M,1970-01-02,11,\n");
    expected.push((55, "given", "quarantine.not_utf8".to_owned()));
    desk.file("roll.csv", bytes);
    let told = dedupe(&desk, "roll.csv");
    let found = places(&desk);
    assert_eq!(found.len(), expected.len(), "{found:?}");
    for (place, (row, column, code)) in found.iter().zip(expected) {
        let at = [
            "roll.csv".to_owned(),
            row.to_string(),
            (row + 2).to_string(),
        ];
        assert_eq!(place[..3], at, "{code}");
        // Of a row that is broken as a whole any field may be named, or none.
        if !code.ends_with("field_count") && !code.ends_with("stray_quote") {
            assert_eq!(place[3], column, "{code}");
        }
        assert_eq!(place[4], code, "{place:?}");
        assert!(place[5].len() > 20, "{place:?}");
    }
    let text = desk.text(PLACES);
    for personal in ["SECRET", "2700102", "1970", "1799", "2970"] {
        assert!(!text.contains(personal), "{personal}: {text}");
    }
    let count = |key: &str| told[key].as_u64().unwrap();
    assert_eq!(
        (count("rows_set_aside"), count("wrong_values")),
        (6, 8),
        "{told}"
    );
    // Eight of wrong values and two with digits of other scripts take part; six do not.
    assert_eq!(count("records"), 40 + 8 + 2);
    assert_eq!(told["quarantine"], PLACES);
}

#[test]
fn a_number_is_one_number_in_digits_of_any_script() {
    let desk = Desk::of("match");
    let number = numbered("2700102110417");
    let digits = |zero: char| -> String {
        let value = |digit: char| digit.to_digit(10).unwrap();
        let moved = |digit| char::from_u32(u32::from(zero) + value(digit)).unwrap();
        number.chars().map(moved).collect()
    };
    let mixed: String = digits('٠')
        .chars()
        .take(6)
        .chain(number.chars().skip(6))
        .collect();
    let mut rows = roll::electors(4, 1000, 300);
    for (id, number) in (0..).zip([number.clone(), digits('٠'), digits('۰'), mixed]) {
        rows.push(format!(
            "{id},مصطفى,طارق,سعيد,الجندي,M,1970-01-02,11,{number}"
        ));
    }
    desk.file("roll.csv", roll::text(&rows));
    let told = dedupe(&desk, "roll.csv");
    assert_eq!(told["wrong_values"], 0, "{told}");
    let pairs = desk.pairs("pairs.csv");
    let four = |id: &str| id.len() == 1;
    let found: Vec<_> = pairs
        .iter()
        .filter(|row| four(&row.one) && four(&row.other))
        .collect();
    assert_eq!(found.len(), 6);
    assert!(
        found
            .iter()
            .all(|row| row.class == "automatic" && row.score == found[0].score)
    );
}

#[test]
fn the_places_of_an_earlier_run_go_and_names_of_files_are_quoted() {
    let desk = Desk::of("match");
    let good = roll::text(&roll::electors(5, 0, 20));
    let bad = format!("{good}20,a,b,c,d,M,1970-01-02\n");
    for name in [
        "one \"two\".csv",
        "one, two.csv",
        "\"\".csv",
        "a\nb.csv",
        "قائمة.csv",
    ] {
        desk.file(name, &bad);
        let told = dedupe(&desk, name);
        assert_eq!(told["rows_set_aside"], 1);
        let found = places(&desk);
        assert_eq!((found.len(), found[0][0].as_str()), (1, name));
        assert_eq!(found[0][2], "22");
    }
    desk.file("good.csv", good);
    let told = dedupe(&desk, "good.csv");
    assert_eq!(told["quarantine"], Value::Null);
    assert!(
        !desk.names().contains(&PLACES.to_owned()),
        "{:?}",
        desk.names()
    );
}

/// The places of both files stand in one, each under its own name.
#[test]
fn of_a_list_and_a_roll_each_place_names_its_file() {
    let desk = Desk::of("match");
    let good = roll::text(&roll::electors(5, 0, 20));
    desk.file("roll.csv", format!("{good}20,a\n")).file(
        "list.csv",
        format!("{good}\n21,a\n22,b\n").replacen("rid", "lid", 1),
    );
    desk.done("link --profile wahat list.csv roll.csv --out pairs.csv");
    let found: Vec<[String; 2]> = places(&desk)
        .into_iter()
        .map(|place| [place[0].clone(), place[2].clone()])
        .collect();
    let expected = [["roll.csv", "22"], ["list.csv", "23"], ["list.csv", "24"]];
    assert_eq!(found, expected.map(|place| place.map(str::to_owned)));
}

/// A spreadsheet leaves them behind by the thousand: there is nothing in them to correct.
#[test]
fn empty_rows_are_counted_and_the_first_is_told_and_no_place_is_spent_on_them() {
    let desk = Desk::of("match");
    let rows = roll::electors(6, 0, 40);
    let empty = ",,,,,,,,\n".repeat(50_000);
    desk.file("roll.csv", format!("{}{empty}", roll::text(&rows)));
    let words = "dedupe --profile wahat roll.csv --out pairs.csv";
    let told = dedupe(&desk, "roll.csv");
    let found = json!([{ "file": "roll.csv", "rows": 50_000, "first_line": 42 }]);
    assert_eq!(told["empty_rows"], found);
    let none = ["rows_set_aside", "wrong_values"].map(|key| told[key].as_u64().unwrap());
    assert_eq!((none, &told["quarantine"]), ([0, 0], &Value::Null));
    assert_eq!(told["records"], 40);
    let said = String::from_utf8(desk.run(words).stdout).unwrap();
    let line = "roll.csv: 50,000 rows are empty and take no part (first on line 42)";
    assert!(said.contains(line) && !said.contains("set aside"), "{said}");
    assert!(!desk.path(PLACES).exists());
    let prepared = desk.done("prepare --profile wahat roll.csv --out roll.prepared");
    assert_eq!(prepared["empty_rows"], found);
}

/// Lines without any field and rows of spaces and quotes are empty; a row with an id is somebody of
/// whom nothing is told, and the sender has to say what.
#[test]
fn what_is_empty_is_told_from_what_has_nothing_to_compare() {
    let desk = Desk::of("match");
    let mut rows = roll::electors(6, 0, 20);
    for (at, row) in [
        (3, ""),
        (4, " ,\"\",,,,, ,,"),
        (5, "77,,,,,,,,"),
        (6, ",,,,,M,,11,"),
        (7, "\r"),
        (8, "78,,,,,,,,00000000000000"),
    ] {
        rows.insert(at, row.to_owned());
    }
    rows.push(String::new());
    desk.file("roll.csv", roll::text(&rows));
    let told = dedupe(&desk, "roll.csv");
    let found = json!([{ "file": "roll.csv", "rows": 4, "first_line": 5 }]);
    assert_eq!(told["empty_rows"], found);
    let counts = ["records", "rows_set_aside", "wrong_values"];
    let counts = counts.map(|key| told[key].as_u64().unwrap());
    assert_eq!(counts, [20, 3, 1]);
    let places: Vec<[String; 2]> = places(&desk)
        .into_iter()
        .map(|place| [place[2].clone(), place[4].clone()])
        .collect();
    let expected = [
        ["7", "quarantine.nothing_to_compare"],
        ["8", "quarantine.nothing_to_compare"],
        ["10", "quarantine.number_empty"],
        ["10", "quarantine.nothing_to_compare"],
    ];
    assert_eq!(places, expected.map(|place| place.map(str::to_owned)));
    desk.file("full.csv", roll::text(&roll::electors(6, 0, 20)));
    let told = dedupe(&desk, "full.csv");
    let none = json!([{ "file": "full.csv", "rows": 0, "first_line": null }]);
    assert_eq!(told["empty_rows"], none);
}
