//! Input as it comes from desks: files put together, texts with characters that nobody sees,
//! folders with more in them than tables. Each is refused with its place or read as what it means.

use super::Bench;
use super::FORM;
use super::HEADER;
use super::bad_input::good;
use super::object;
use super::refusal;
use serde_json::json;

#[test]
fn what_nobody_sees_around_a_cell_says_nothing() {
    let bench = Bench::new();
    let plain = bench.read(good());
    for (name, content) in [
        (
            "a byte-order mark before a row",
            good().replace("P,2", "\u{FEFF}P,2"),
        ),
        (
            "two byte-order marks",
            format!("\u{FEFF}\u{FEFF}{}", good()),
        ),
        (
            "direction marks",
            good().replace("200", "\u{200F}200\u{200E}"),
        ),
        ("a mark before a code", good().replace("P,2", "P,\u{200E}2")),
        (
            "blank rows at the end",
            format!("{}\n,,,,,\n ,, \n", good()),
        ),
    ] {
        let read = bench.read(content);
        assert_eq!(read["totals"], plain["totals"], "{name}");
        assert_eq!(read["stations"], json!(2), "{name}");
    }
}

#[test]
#[expect(clippy::too_many_lines, reason = "one table, a row for each odd input")]
fn what_is_odd_inside_a_file_is_refused_with_its_place() {
    let bench = Bench::new();
    for (name, content, code, says) in [
        (
            "a byte-order mark inside a name",
            good().replace("P,2", "P\u{FEFF}Q,2"),
            "cell.hidden_character",
            ["row 3, column A", "U+FEFF"],
        ),
        (
            "a space without width inside a name",
            good().replace("P,2", "P\u{200B}Q,2"),
            "cell.hidden_character",
            ["row 3, column A", "U+200B"],
        ),
        (
            "a space without width inside a number",
            good().replace("200", "2\u{200B}00"),
            "cell.not_digits",
            ["row 3, column C", "U+200B"],
        ),
        (
            "an embedding around a number",
            good().replace("200", "\u{202B}200\u{202C}"),
            "cell.not_digits",
            ["row 3, column C", "U+202B"],
        ),
        (
            "an Arabic decimal sign",
            good().replace("200", "٢٫٥٠٠"),
            "cell.decimal",
            ["row 3, column C", "٢٫٥٠٠"],
        ),
        (
            "an Arabic comma",
            good().replace("200", "٢،٥٠٠"),
            "cell.not_digits",
            ["row 3, column C", "“،”"],
        ),
        (
            "two files put together",
            format!("{}\u{FEFF}{}", good(), good()),
            "cell.not_digits",
            ["row 4, column C", "registered"],
        ),
        (
            "two columns of one name",
            good().replace("valid", "registered"),
            "table.repeated_column",
            ["row 1, column D", "column C has the same name"],
        ),
        (
            "a heading over two columns",
            good().replace("valid,one,two", "valid,one,"),
            "source.missing_column",
            ["row 1", "`two`"],
        ),
        (
            "a quote mark that never closes",
            format!("{}\"P,3,1,1,1,0\n", good()),
            "table.unclosed_quote",
            ["row 4, column A", "never closed"],
        ),
        (
            "carriage returns alone",
            good().replace('\n', "\r"),
            "table.stray_return",
            ["row 1", "line feed"],
        ),
        (
            "big-endian text without a mark",
            good(),
            "table.not_utf8",
            ["row 1", "UTF-16"],
        ),
    ] {
        let bytes = match code {
            "table.not_utf8" => content.encode_utf16().flat_map(u16::to_be_bytes).collect(),
            _ => content.into_bytes(),
        };
        let said = bench.refused(bytes);
        assert!(said.contains(&format!("[{code}]")), "{name}: {said}");
        for part in says.iter().chain(&["sheets.csv"]) {
            assert!(said.contains(part), "{name}: {part} in: {said}");
        }
    }
}

/// A file that has lost its rows must not pass among others.
#[test]
fn a_file_without_a_sheet_is_refused_by_name() {
    let bench = Bench::new();
    let good = bench.file("1.csv", good());
    for (name, content) in [
        ("2.csv", HEADER.to_owned()),
        ("3.csv", HEADER.trim_end().to_owned()),
        ("4.csv", format!("{HEADER},,,,,\n")),
        ("5.csv", format!("{HEADER}P,Total,0,0,0,0\n")),
    ] {
        let path = bench.file(name, content);
        let said = refusal(&bench.import(&[], &[&good, &path]));
        assert!(
            said.contains("[import.no_sheet]: ") && said.contains(name),
            "{said}"
        );
    }
}

#[test]
fn a_folder_says_what_was_not_read_and_a_station_in_two_files_is_seen() {
    let bench = Bench::new();
    let folder = bench.path("in");
    std::fs::create_dir_all(folder.join("old")).unwrap();
    let put = |name: &str, content: String| std::fs::write(folder.join(name), content).unwrap();
    put("1.csv", good());
    put("2.csv", good().replace("20,30", "30,20"));
    put("3.csv.txt", good());
    let read = object(&bench.import(&[], &[&folder]));
    assert_eq!(read["passed_over"], json!(["3.csv.txt", "old"]));
    assert_eq!((&read["sheets"], &read["repeated"]), (&json!(4), &json!(1)));
    assert_eq!(read["failures"]["conflict"], json!(2), "neither counts");
    assert_eq!(read["accepted_totals"]["valid"], json!(60));
    assert_eq!(read["repeated_at"][0]["place"], json!("2.csv, row 2"));
    assert_eq!(read["conflicts_at"][0]["place"], json!("2.csv, row 3"));
    assert_eq!(read["conflicts_at"][0]["first"], json!("1.csv, row 3"));
}

/// The digest of the files is made by reading them a second time, which a pipe cannot be.
#[test]
fn a_pipe_is_refused_at_once() {
    let bench = Bench::new();
    let pipe = bench.path("sheets.csv");
    let made = std::process::Command::new("mkfifo").arg(&pipe).status();
    assert!(made.unwrap().success());
    let said = refusal(&bench.import(&[], &[&pipe]));
    assert!(
        said.contains("[table.not_a_table]: sheets.csv: it is a pipe"),
        "{said}"
    );
}

/// The journal names the bytes that were read: a file that does not hold still is refused.
#[test]
fn a_file_that_changes_while_it_is_read_is_refused() {
    let bench = Bench::new();
    let rows = (1..=30_000).map(|at| format!("P,{at},100,60,40,20\n"));
    let content: String = std::iter::once(HEADER.to_owned()).chain(rows).collect();
    let path = bench.file("sheets.csv", content);
    let (ended, end) = std::sync::mpsc::channel();
    let touched = path.clone();
    let touching = std::thread::spawn(move || {
        let file = std::fs::File::open(touched).unwrap();
        while end.try_recv().is_err() {
            file.set_modified(std::time::SystemTime::now()).unwrap();
            std::thread::sleep(std::time::Duration::from_millis(1));
        }
    });
    let output = bench.import(&[], &[&path]);
    ended.send(()).unwrap();
    touching.join().unwrap();
    let said = refusal(&output);
    assert!(
        said.contains("[import.changed_while_read]: sheets.csv: the file changed"),
        "{said}"
    );
    assert_eq!(
        object(&bench.import(&[], &[&path]))["sheets"],
        json!(30_000)
    );
}

/// A unit that is written as in the row before it is known; its name beside it is looked at all the
/// same.
#[test]
fn a_name_beside_a_code_is_looked_at_in_every_row() {
    let bench = Bench::with(&FORM.replace(
        "key = \"name\"\nheaders = [\"province\"]",
        "key = \"code\"\nheaders = [\"province\"]\nnamed = [\"called\"]",
    ));
    let file = |second: &str| {
        format!(
            "province,called,station,registered,valid,one,two\n\
             P,Sousse,1,100,60,40,20\nP,{second},2,200,50,20,30\n"
        )
    };
    assert_eq!(bench.read(file("Sousse"))["stations"], json!(2));
    let said = bench.refused(file("Sou\u{202E}sse").as_bytes());
    assert!(said.contains("[cell.hidden_character"), "{said}");
    assert!(said.contains("row 3, column B"), "{said}");
}

/// An empty cell names a unit where the form says so; a row that ends before the cell names none.
#[test]
fn a_row_that_ends_before_its_station_is_not_of_the_one_above() {
    let form = FORM.replace("ignored =", "ragged_row = \"hold_back\"\nignored =");
    let bench = Bench::with(&form.replace(
        "headers = [\"station\"]",
        "headers = [\"station\"]\nempty = \"remote\"",
    ));
    let whole = "province,registered,valid,one,two,station\nP,100,60,40,20,\n";
    assert_eq!(bench.read(whole)["stations"], json!(1));
    let said = bench.refused(format!("{whole}P,100,60,40,20\n").as_bytes());
    assert!(said.contains("[cell.absent"), "{said}");
    assert!(said.contains("row 3, column F"), "{said}");
}

/// A station in the characters of another program is the station that it is in the same characters.
#[test]
fn a_name_in_other_characters_is_the_same_unit() {
    let bench = Bench::new();
    for (name, plain, other) in [
        (
            "decomposed",
            "Алтайский край",
            "Алтаи\u{306}скии\u{306} край",
        ),
        ("an Arabic letter mark", "القاهرة", "ال\u{61C}قاهرة"),
        ("a soft hyphen", "القاهرة", "ال\u{AD}قاهرة"),
        ("presentation forms", "لا", "\u{FEFB}"),
    ] {
        let row = |unit: &str| format!("{unit},1,100,60,40,20\n");
        let read = bench.read([HEADER, &row(plain), &row(other)].concat());
        let twice = bench.read([HEADER, &row(plain), &row(plain)].concat());
        assert_eq!(read["stations"], json!(1), "{name}");
        for told in ["repeated", "failures", "accepted_totals"] {
            assert_eq!(read[told], twice[told], "{name}");
        }
    }
}

/// A spreadsheet makes 2.1 of 02.10 and 1 of 001: nobody can say then which station it is.
#[test]
fn codes_that_differ_by_the_zeros_of_a_spreadsheet_are_refused_across_files() {
    let bench = Bench::new();
    for (first, second) in [("02.10", "2.1"), ("1", "001")] {
        let file = |name, code| bench.file(name, format!("{HEADER}P,{code},100,60,40,20\n"));
        let paths = [file("a.csv", first), file("b.csv", second)];
        let said = refusal(&bench.import(&[], &[&paths[0], &paths[1]]));
        for part in [
            "[import.unit_collision]",
            "b.csv, row 2, column B “station”",
            &format!("`{second}` and `{first}`"),
        ] {
            assert!(said.contains(part), "{part} in: {said}");
        }
    }
}

/// Codes are joined by dashes and may have dashes: two units of one joined code are told by the
/// places of both, on one level or on two.
#[test]
fn two_units_whose_joined_codes_are_one_are_refused_with_both_places() {
    let form = FORM.replace("key = \"name\"", "key = \"code\"");
    let bench = Bench::with(&form);
    for (rows, code) in [
        (["1,2-3", "7,1", "1-2,3"], "1-2-3"),
        (["1,2", "7,1", "1-2,9"], "1-2"),
    ] {
        let rows: String = rows.map(|row| format!("{row},9,5,3,2\n")).concat();
        let file = bench.file("dash.csv", format!("{HEADER}{rows}"));
        let said = refusal(&bench.import(&[], &[&file]));
        let whole = format!("dash.csv, row 4: the codes from the nation down make `{code}`");
        assert!(
            said.contains(&whole)
                && said.contains("dash.csv, row 2,")
                && said.contains("[import.unit_collision]"),
            "{said}"
        );
    }
}
