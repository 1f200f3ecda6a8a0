//! Bad input, a row for each: refused with file, row and column, or read as what it means.

use super::Bench;
use super::FORM;
use super::HEADER;
use super::object;
use super::refusal;
use serde_json::json;

/// A good file of two stations.
pub fn good() -> String {
    format!("{HEADER}P,1,100,60,40,20\nP,2,200,50,20,30\n")
}

#[test]
#[expect(clippy::too_many_lines, reason = "one table, a row for each bad input")]
fn what_cannot_be_read_is_refused_with_file_row_and_column() {
    let bench = Bench::new();
    let row = |row: &str| format!("{HEADER}P,1,100,60,40,20\n{row}\n").into_bytes();
    let head = |head: &str| format!("{head}\nP,1,100,60,40,20\n").into_bytes();
    let mut windows = good().into_bytes();
    windows.extend(b"\xC7\xE1\xDE\xC7\xE5\xD1\xC9,3,1,1,1,0\n");
    let utf16: Vec<u8> = good().encode_utf16().flat_map(u16::to_le_bytes).collect();
    let nul = [good().into_bytes(), vec![0; 1 << 20]].concat();
    for (content, code, says) in [
        (
            windows,
            "table.not_utf8",
            &["sheets.csv", "row 4", "windows-1256"][..],
        ),
        (utf16, "table.not_utf8", &["sheets.csv", "UTF-16"]),
        (
            row("P,2,200,5O,20,30"),
            "cell.not_digits",
            &["row 3", "column D “valid”", "O"],
        ),
        (
            row("P,2,200,-50,20,30"),
            "cell.sign",
            &["row 3", "column D"],
        ),
        (
            row("P,2,200,50.5,20,30"),
            "cell.decimal",
            &["row 3", "column D"],
        ),
        (
            row("P,2,\"20,0\",50,20,30"),
            "cell.separator",
            &["row 3", "column C"],
        ),
        (
            row("P,2,١2٣,50,20,30"),
            "cell.mixed_digits",
            &["row 3", "column C"],
        ),
        (
            row("P,2,9223372036854775808,50,20,30"),
            "cell.overflow",
            &["row 3", "column C"],
        ),
        (
            row("P,2,99999999999999999999,50,20,30"),
            "cell.overflow",
            &["row 3", "column C"],
        ),
        (row("P,2,200,50,20"), "table.ragged_row", &["row 3"]),
        (row("P,2,200,50,20,30,7"), "table.ragged_row", &["row 3"]),
        (
            row("P,,200,50,20,30"),
            "import.unit_missing",
            &["row 3", "column B “station”"],
        ),
        (
            row("P,a b,200,50,20,30"),
            "import.unit_unfit",
            &["row 3", "column B"],
        ),
        (
            row("P\u{202E},2,200,50,20,30"),
            "cell.hidden_character",
            &["row 3", "column A"],
        ),
        (
            head("province,station,registered,valid,one"),
            "source.missing_column",
            &["two"],
        ),
        (
            head("province,station,registered,valid,one,two,tow"),
            "source.unknown_column",
            { &["row 1", "column G “tow”"] },
        ),
        (
            head("province,station,registered,valid,one,أحمد,two"),
            "source.repeated_column",
            { &["row 1", "column F"] },
        ),
        (HEADER.as_bytes().to_vec(), "import.no_sheet", &["no sheet"]),
        (Vec::new(), "table.empty", &["sheets.csv"]),
        (nul, "table.", &["sheets.csv"]),
    ] {
        let refused = bench.refused(&content);
        assert!(refused.contains(&format!("[{code}")), "{code}: {refused}");
        for part in says {
            assert!(refused.contains(part), "{part} in: {refused}");
        }
    }
}

/// A program that imports must find the place without reading sentences.
#[test]
fn a_refusal_is_an_object_with_code_file_row_and_column() {
    let bench = Bench::new();
    let object = |args: &[&str], name: &str, content: &str| {
        let output = bench.import(args, &[&bench.file(name, content)]);
        assert_eq!(output.status.code(), Some(3));
        serde_json::from_slice::<serde_json::Value>(&output.stdout).unwrap()
    };
    let cell = object(&[], "a.csv", &good().replace("200", "2OO"));
    assert_eq!(
        cell,
        json!({
            "code": "cell.not_digits",
            "file": "a.csv",
            "sheet": null,
            "row": 3,
            "column": "C",
            "column_name": "registered",
            "message": "a.csv, row 3, column C “registered”: “O” does not belong in a count; \
                        write digits only (found \"2OO\")",
        })
    );
    let total = object(&[], "a.csv", &format!("{}P,Total,1,110,60,50\n", good()));
    assert_eq!(
        (&total["code"], &total["row"], &total["column"]),
        (&json!("sheet.total_differs"), &json!(4), &json!("C"))
    );
    let head = object(&[], "a.csv", &good().replace("two\n", "two,three\n"));
    assert_eq!(
        (&head["row"], &head["column_name"]),
        (&json!(1), &json!("three"))
    );
    let whole = object(&[], "a.csv", HEADER);
    assert_eq!(
        (&whole["code"], &whole["file"], &whole["row"]),
        (&json!("import.no_sheet"), &json!("a.csv"), &json!(1))
    );
    let law = object(&["--event", "no code"], "a.csv", &good());
    assert_eq!(
        (&law["code"], &law["file"], &law["row"]),
        (&json!("event.unfit"), &json!(null), &json!(null))
    );
}

#[test]
fn what_means_the_same_is_read_the_same() {
    let bench = Bench::new();
    let plain = bench.read(good());
    for (name, content) in [
        ("a byte-order mark", format!("\u{FEFF}{}", good())),
        ("windows line ends", good().replace('\n', "\r\n")),
        ("semicolons", good().replace(',', ";")),
        (
            "Arabic digits",
            good().replace("100", "١٠٠").replace("60", "٦٠"),
        ),
        (
            "Persian digits",
            good().replace("200", "۲۰۰").replace("50", "۵۰"),
        ),
        ("spaces", good().replace("100", " 100 ")),
        ("a station in Arabic digits", good().replace("P,2", "P,٢")),
        (
            "an Arabic heading",
            good().replace("valid", "الاصوات الصحيحه"),
        ),
        ("an ignored column", {
            good()
                .replace(",two", ",two,note")
                .replace(",20\n", ",20,x\n")
                .replace("30\n", "30,\n")
        }),
        ("lists in another order", {
            "two,one,valid,registered,station,province\n20,40,60,100,1,P\n30,20,50,200,2,P\n".into()
        }),
    ] {
        let read = bench.read(content);
        for part in [
            "/sheets",
            "/accepted",
            "/totals",
            "/choices",
            "/stations",
            "/failures",
        ] {
            assert_eq!(read.pointer(part), plain.pointer(part), "{name}: {part}");
        }
    }
    let thousands = bench.read(good().replace("200", "\"2,000\"").replace("100", "١٬٠٠٠"));
    assert_eq!(thousands["totals"]["registered"], json!(3_000));
}

#[test]
fn a_sheet_that_comes_twice_counts_once_or_not_at_all() {
    let bench = Bench::new();
    let twice = bench.read(format!("{}P,1,100,60,40,20\n", good()));
    assert_eq!(twice["repeated"], json!(1));
    assert_eq!(twice["failures"]["repeated"], json!(1));
    assert_eq!(
        (&twice["accepted"], &twice["quarantined"]),
        (&json!(2), &json!(0))
    );
    assert_eq!(twice["accepted_totals"]["valid"], json!(110));
    assert_eq!(twice["totals"]["valid"], json!(170), "as the rows say");
    let place = &twice["repeated_at"][0];
    assert_eq!(place["place"], json!("sheets.csv, row 4"));
    assert_eq!(place["first"], json!("sheets.csv, row 2"));

    let other = bench.read(format!("{}P,1,100,60,20,40\n", good()));
    assert_eq!(other["failures"]["conflict"], json!(2), "both are kept");
    assert_eq!(
        (&other["accepted"], &other["quarantined"]),
        (&json!(1), &json!(2))
    );
    assert_eq!(
        other["accepted_totals"]["valid"],
        json!(50),
        "neither counts"
    );
    assert_eq!(
        other["conflicts_at"][0]["place"],
        json!("sheets.csv, row 4")
    );
    let third = bench.read(format!("{}P,1,100,60,20,40\nP,1,100,60,0,60\n", good()));
    assert_eq!(
        (&third["accepted"], &third["quarantined"]),
        (&json!(1), &json!(3))
    );
}

/// Without `--json` a person reads what each sum is the sum of.
#[test]
fn the_page_of_text_says_which_sheets_its_sums_are_of() {
    let bench = Bench::new();
    let wrong = format!("{}P,3,400,70,69,0\nP,1,100,60,40,20\n", good());
    let path = bench.file("sheets.csv", wrong);
    let law = bench.path("law");
    let output = crate::wadi::sanduq(&[
        "sheet",
        "import",
        "--dry-run",
        "--form",
        "bench",
        "--jurisdictions",
        law.to_str().unwrap(),
        path.to_str().unwrap(),
    ]);
    let text = String::from_utf8(output.stdout).unwrap();
    let lines: Vec<String> = text
        .lines()
        .map(|line| line.split_whitespace().collect::<Vec<&str>>().join(" "))
        .collect();
    assert_eq!(
        lines,
        [
            "sheets 4",
            "accepted 2",
            "quarantined 1",
            "failing choices_valid 1",
            "failing repeated 1",
            "sums of all sheets as they came in, quarantined and repeated ones too",
            "came in registered 800",
            "came in valid 240",
            "sums of the accepted sheets, the only ones that count",
            "accepted registered 300",
            "accepted valid 110",
        ]
    );
    let help = crate::wadi::sanduq(&["sheet", "import", "--help"]);
    let help = String::from_utf8(help.stdout).unwrap();
    assert!(help.contains("as they came in, accepted and quarantined alike"));
}

#[test]
fn a_sheet_that_does_not_balance_is_held_back_and_the_others_count() {
    let bench = Bench::new();
    let read = bench.read(good().replace("40,20", "41,20").replace("P,2,200", "P,2,"));
    assert_eq!(read["failures"]["choices_valid"], json!(1));
    assert_eq!(
        read["failures"]["empty_line"],
        json!(1),
        "an empty line is not a zero"
    );
    assert_eq!(read["quarantined"], json!(2));
    assert_eq!(read["accepted_totals"]["valid"], json!(0));
}

#[test]
fn a_row_of_other_cells_holds_its_sheet_back_where_the_form_says_so() {
    let form = FORM.replace("ignored =", "ragged_row = \"hold_back\"\nignored =");
    let bench = Bench::with(&form);
    let read = bench.read(format!("{}P,3,300,70,35,35,9,9\nP,4,400,80\n", good()));
    assert_eq!(read["failures"]["row_cells"], json!(2));
    assert_eq!(
        (&read["accepted"], &read["quarantined"]),
        (&json!(2), &json!(2))
    );
    assert_eq!(
        read["totals"]["registered"],
        json!(1_000),
        "the lines are read"
    );
    assert_eq!(
        read["choices"][0]["votes"],
        json!(60),
        "nobody can say whose votes they are"
    );
}

#[test]
fn the_lists_of_a_contest_are_the_same_in_every_file() {
    let start = FORM.find("[[contest.choice]]").unwrap();
    let end = FORM.find("[[source]]").unwrap();
    let form = format!("{}{}", &FORM[..start], &FORM[end..])
        .replace("ignored =", "choices_after = \"valid\"\nignored =");
    let bench = Bench::with(&form);
    let first = bench.file(
        "1.csv",
        "province,station,registered,valid,أ,ب\nP,1,100,60,40,20\n",
    );
    let turned = bench.file(
        "2.csv",
        "province,station,registered,valid,ب,أ\nP,2,100,60,20,40\n",
    );
    let read = object(&bench.import(&[], &[&first, &turned]));
    assert_eq!(
        (&read["choices"][0]["name"], &read["choices"][0]["votes"]),
        (&json!("أ"), &json!(80))
    );
    for header in ["valid,أ,ج", "valid,أ", "valid,أ,ب,ج"] {
        let other = bench.file(
            "3.csv",
            format!("province,station,registered,{header}\nP,3,1,1,1\n"),
        );
        let said = refusal(&bench.import(&[], &[&first, &other]));
        assert!(
            said.contains("[import.other_lists]") || said.contains("ragged"),
            "{said}"
        );
        assert!(said.contains("3.csv"), "{said}");
    }
}

/// Two gigabytes: of nothing, refused at once; of rows, read in the memory of a small file.
#[test]
fn a_file_of_any_size_is_read_in_bounded_memory() {
    let bench = Bench::new();
    let path = bench.path("zeros.csv");
    std::fs::File::create(&path)
        .unwrap()
        .set_len(2 << 30)
        .unwrap();
    let said = refusal(&bench.import(&[], &[&path]));
    assert!(said.contains("zeros.csv"), "{said}");
    let small = bench.read(good());
    // 96 MB in place of 2 GB, for the sake of time: eight million times the same two rows would
    // take no other way.
    let rows = "P,1,100,60,40,20\nP,2,200,50,20,30\n".repeat(20_000);
    let large = bench.path("large.csv");
    let mut file = std::fs::File::create(&large).unwrap();
    std::io::Write::write_all(&mut file, HEADER.as_bytes()).unwrap();
    for _ in 0..4 {
        std::io::Write::write_all(&mut file, rows.as_bytes()).unwrap();
    }
    let read = object(&bench.import(&[], &[&large]));
    assert_eq!(read["sheets"], json!(160_000));
    assert_eq!(read["accepted"], json!(2));
    let peak = |read: &serde_json::Value| read["peak_kib"].as_u64();
    if let (Some(small), Some(large)) = (peak(&small), peak(&read)) {
        assert!(large < small + 32 * 1024, "{small} KiB became {large} KiB");
    }
}
