//! Rows of totals among the sheets: compared where the form names them, refused where it does not,
//! and never counted.

use super::Bench;
use super::FORM;
use super::HEADER;
use super::bad_input::good;
use super::object;
use super::refusal;
use serde_json::json;

#[test]
fn a_total_row_is_a_check_and_never_a_sheet() {
    let bench = Bench::new();
    let total = |row: &str| bench.read(format!("{}{row}\n", good()));
    let right = total(",الاجمالي,300,110,60,50");
    assert_eq!(
        (&right["sheets"], &right["totals"]["valid"]),
        (&json!(2), &json!(110))
    );
    assert_eq!(
        right["total_rows"],
        json!({ "compared": 1, "differing": [] })
    );
    let text = format!("{}P,Total,300,111,60,50\n", good());
    let said = bench.refused(&text);
    assert!(said.contains("[sheet.total_differs]"), "{said}");
    for part in ["sheets.csv, row 4, column D “valid”", "says 111", "to 110"] {
        assert!(said.contains(part), "{part} in: {said}");
    }
    let form = FORM.replace("\"total\"] }", "\"total\"], differing = \"report\" }");
    let wrong = Bench::with(&form).read(text);
    assert_eq!(wrong["sheets"], json!(2));
    assert_eq!(
        wrong["total_rows"]["differing"],
        json!([{ "place": "sheets.csv, row 4, column D “valid”", "stated": 111, "computed": 110 }])
    );
}

const ONE: &str = "P,1,100,60,40,20";
const TWO: &str = "P,2,200,50,20,30";
const THIRD: &str = "Q,3,10,5,3,2";
const GROUP: &str = "P,Total,300,110,60,50";

fn file(rows: &[&str]) -> String {
    format!("{HEADER}{}\n", rows.join("\n"))
}

/// Rows of totals among the rows: each closes the rows since the last of its word, or all above it.
#[test]
fn a_total_row_in_the_middle_is_compared_with_the_rows_that_it_closes() {
    let bench = Bench::new();
    let (one, two, third) = (ONE, TWO, THIRD);
    let (group, part, whole) = (GROUP, "Q,Total,10,5,3,2", "Q,Total,310,115,63,52");
    for (name, rows, compared) in [
        ("in the middle", vec![one, two, group, third], 1),
        ("of each group", vec![one, two, group, third, part], 2),
        ("of all at the end", vec![one, two, group, third, whole], 2),
        (
            "of each group and of all",
            vec![one, two, group, third, part, whole],
            3,
        ),
        (
            "under two words",
            vec![one, two, group, third, part, ",الإجمالي,310,115,63,52"],
            3,
        ),
        (
            "with blanks",
            vec![one, two, "P,Total,300,,60,", third, part],
            2,
        ),
    ] {
        let read = bench.read(file(&rows));
        assert_eq!(read["sheets"], json!(3), "{name}");
        let expected = json!({ "compared": compared, "differing": [] });
        assert_eq!(read["total_rows"], expected, "{name}");
    }
}

#[test]
fn a_total_row_in_the_middle_that_differs_is_shown_beside_what_it_closes() {
    let bench = Bench::new();
    let (one, two, third, group) = (ONE, TWO, THIRD, GROUP);
    for (name, rows, says) in [
        (
            "in the middle",
            vec![one, two, "P,Total,300,111,60,50", third],
            [
                "row 4, column D “valid”",
                "says 111",
                "the rows above it add up to 110",
            ],
        ),
        (
            "after another",
            vec![one, two, group, third, "Q,Total,10,5,3,4"],
            [
                "row 6, column F “two”",
                "says 4",
                "since the totals of row 4 add up to 2",
            ],
        ),
        (
            "of all at the end",
            vec![one, two, group, third, "Q,Total,310,115,63,53"],
            [
                "row 6, column F “two”",
                "says 53",
                "the rows above it add up to 52",
            ],
        ),
        (
            "half of a group and half of all",
            vec![one, two, group, third, "Q,Total,10,5,63,52"],
            [
                "row 6, column E “one”",
                "says 63",
                "since the totals of row 4 add up to 3",
            ],
        ),
        (
            "above its rows",
            vec![group, one, two],
            ["row 2, column C “registered”", "says 300", "add up to 0"],
        ),
    ] {
        let said = bench.refused(file(&rows));
        assert!(said.contains("[sheet.total_differs]"), "{name}: {said}");
        for part in says {
            assert!(said.contains(part), "{name}: {part} in: {said}");
        }
    }
}

/// A total that differs stops the import before the store: nothing of it is kept.
#[test]
fn a_total_row_that_differs_leaves_nothing_in_the_store() {
    let bench = Bench::new();
    let store = bench.path("store");
    let args = ["--store", store.to_str().unwrap()];
    let wrong = bench.file("wrong.csv", format!("{}P,Total,300,111,60,50\n", good()));
    refusal(&bench.import(&args, &[&wrong]));
    let right = bench.file("right.csv", format!("{HEADER}P,1,100,60,20,40\n"));
    let read = object(&bench.import(&args, &[&right]));
    assert_eq!((&read["sheets"], &read["accepted"]), (&json!(1), &json!(1)));
    assert_eq!(read["failures"].get("conflict"), None, "{read}");
}

/// A sum that the form does not expect would be counted twice (E62): it is refused at its place.
#[test]
fn a_total_row_that_nobody_named_is_refused() {
    let bench = Bench::new();
    for row in [
        "TOTAL,9,300,110,60,50",
        "المجموع,9,300,110,60,50",
        "P,Grand total,300,110,60,50",
        "P,Total 35,1,2,3,4",
        "Total (2),9,1,2,3,4",
        "إجمالي الجمهورية,9,1,2,3,4",
        "Итого: 35 УИК,9,1,2,3,4",
    ] {
        let said = bench.refused(format!("{}{row}\n", good()));
        assert!(said.contains("[sheet.total_row]"), "{said}");
        assert!(said.contains("sheets.csv, row 4, column"), "{said}");
    }
}

/// Some sums have the number of a station, or none; their figures tell them.
#[test]
fn a_row_that_is_the_sum_of_the_rows_above_it_is_refused() {
    let form = FORM.replace(
        "headers = [\"station\"]",
        "headers = [\"station\"]\nempty = \"remote\"",
    );
    let bench = Bench::with(&form);
    let (one, two, third) = (ONE, TWO, THIRD);
    let whole = "Q,4,310,115,63,52";
    for (name, rows, row, span) in [
        (
            "without a number",
            vec![one, two, "P,,300,110,60,50"],
            4,
            "same unit",
        ),
        (
            "with a number",
            vec![one, two, "P,9,300,110,60,50"],
            4,
            "same unit",
        ),
        ("in part", vec![one, two, "P,9,300,110,60,"], 4, "same unit"),
        (
            "of units apart",
            vec![one, third, two, "P,9,300,110,60,50"],
            5,
            "same unit",
        ),
        ("of the file", vec![one, two, third, whole], 5, "this file"),
        (
            "of the file, alone",
            vec![one, two, third, "R,1,310,115,63,52"],
            5,
            "this file",
        ),
    ] {
        let said = bench.refused(file(&rows));
        assert!(said.contains("[sheet.total_row]"), "{name}: {said}");
        for part in [format!("sheets.csv, row {row}"), span.to_owned()] {
            assert!(said.contains(&part), "{name}: {part} in: {said}");
        }
    }
}

/// A station is not called a sum for less than all of its figures, nor for a likeness to one row.
#[test]
fn a_row_that_only_resembles_a_sum_is_a_sheet() {
    let bench = Bench::new();
    let (one, two) = (ONE, TWO);
    for (name, rows) in [
        ("a figure differs", vec![one, two, "P,3,300,110,60,51"]),
        (
            "a zero where there are votes",
            vec![one, two, "P,3,300,110,60,0"],
        ),
        ("as one other", vec![one, "P,3,100,60,40,20", two]),
        (
            "as one other beside none",
            vec!["P,1,0,0,0,0", two, "P,3,200,50,20,30"],
        ),
        (
            "nobody came",
            vec!["P,1,0,0,0,0", "P,2,0,0,0,0", "P,3,0,0,0,0"],
        ),
        (
            "two figures only",
            vec!["P,1,7,0,0,0", "P,2,7,1,0,0", "P,3,14,1,0,0"],
        ),
        (
            "the sum of another unit",
            vec![one, two, "Q,1,9,9,9,0", "R,3,300,110,60,50"],
        ),
    ] {
        assert_eq!(
            bench.read(file(&rows))["sheets"],
            json!(rows.len()),
            "{name}"
        );
    }
}
