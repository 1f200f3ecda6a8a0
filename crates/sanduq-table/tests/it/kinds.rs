//! The same table in every kind of file gives the same rows.

use std::fs;

use sanduq_core::refusal::Refusal;
use sanduq_table::Reading;
use sanduq_table::Separator;
use sanduq_table::TableRefusal;

use crate::making::read;
use crate::making::workbook;
use crate::making::zipped;

const SHEET: &str = "\
    <row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"s\"><v>1</v></c></row>\
    <row r=\"2\"><c r=\"A2\" t=\"inlineStr\"><is><t>x, y</t></is></c>\
    <c r=\"B2\"><v>870</v></c></row>\
    <row r=\"4\"><c r=\"B4\"><v>12.0</v></c></row>";

#[test]
fn one_table_in_every_kind_of_file() {
    let csv = "مركز,B\n\"x, y\",870\n\n,12\n";
    let tsv = "مركز\tB\nx, y\t870\n\n\t12\n";
    let semicolons = "\u{FEFF}مركز;B\r\nx, y;870\r\n\r\n;12\r\n";
    for (name, bytes) in [
        ("t.csv", csv.as_bytes().to_vec()),
        ("t.tsv", tsv.as_bytes().to_vec()),
        ("t.txt", tsv.as_bytes().to_vec()),
        ("t.csv", semicolons.as_bytes().to_vec()),
        ("t.zip", zipped(&[("t.csv", csv.as_bytes())])),
        ("t.csv.zip", zipped(&[("folder/t.csv", csv.as_bytes())])),
        ("t.csv", zipped(&[("t.tsv", tsv.as_bytes())])),
        ("t.xlsx", workbook(&[("S", SHEET)])),
        ("t.xlsx", workbook(&[("Empty", ""), ("S", SHEET)])),
    ] {
        let (header, rows) = read(name, &bytes, &Reading::default()).unwrap();
        assert_eq!(header, ["مركز", "B"], "{name}");
        let expected = [
            (2, vec!["x, y".to_owned(), "870".to_owned()]),
            (4, vec![String::new(), "12".to_owned()]),
        ];
        assert_eq!(rows, expected, "{name}");
    }
}

#[test]
fn json_counts_its_objects_from_one() {
    let json = br#"[{"a":"x","b":870},{"b":12.0,"a":null}]"#;
    for (name, bytes) in [
        ("t.json", json.to_vec()),
        ("t.txt", json.to_vec()),
        ("t.zip", zipped(&[("t.json", json)])),
    ] {
        let (header, rows) = read(name, &bytes, &Reading::default()).unwrap();
        assert_eq!(header, ["a", "b"]);
        assert_eq!(rows[0], (1, vec!["x".to_owned(), "870".to_owned()]));
        assert_eq!(rows[1], (2, vec![String::new(), "12".to_owned()]));
    }
}

#[test]
fn a_named_sheet_or_separator_settles_what_is_open() {
    let two = workbook(&[("One", SHEET), ("Two", SHEET)]);
    let reading = Reading {
        sheet: Some("Two".to_owned()),
        ..Reading::default()
    };
    assert_eq!(read("t.xlsx", &two, &reading).unwrap().1.len(), 2);
    let reading = Reading {
        separator: Some(Separator::Semicolon),
        ..Reading::default()
    };
    let (header, _) = read("t.csv", b"turnout, %;votes\n5;6\n", &reading).unwrap();
    assert_eq!(header, ["turnout, %", "votes"]);
}

/// What a filter hides is part of the table all the same; what a whole sheet hides is read only
/// where it was named.
#[test]
fn hidden_rows_are_read_and_a_hidden_sheet_only_by_its_name() {
    let filtered = "\
        <row r=\"1\"><c r=\"A1\" t=\"str\"><v>a</v></c></row>\
        <row r=\"2\" hidden=\"1\"><c r=\"A2\"><v>1</v></c></row>\
        <row r=\"3\"><c r=\"A3\"><v>2</v></c></row>";
    let rows = [(2, vec!["1".to_owned()]), (3, vec!["2".to_owned()])];
    let book = workbook(&[("S", filtered), ("Lists(hidden)", "")]);
    assert_eq!(read("t.xlsx", &book, &Reading::default()).unwrap().1, rows);
    let book = workbook(&[("S(hidden)", filtered), ("Two", SHEET)]);
    let refusal = crate::making::refused("t.xlsx", &book, &Reading::default());
    assert_eq!(
        refusal.to_string(),
        "t.xlsx: several sheets have content (S, which is hidden; Two); leave one in the file, or \
         let the form name it"
    );
    let reading = Reading {
        sheet: Some("S".to_owned()),
        ..Reading::default()
    };
    assert_eq!(read("t.xlsx", &book, &reading).unwrap().1, rows);
}

#[test]
fn a_sheet_may_start_anywhere_and_blanks_beside_it_are_nothing() {
    let sheet = "\
        <row r=\"3\"><c r=\"B3\" t=\"str\"><v>a</v></c><c r=\"C3\" t=\"str\"><v>b</v></c></row>\
        <row r=\"5\"><c r=\"B5\"><v>1</v></c><c r=\"F5\" t=\"str\"><v> </v></c></row>";
    let (header, rows) = read("t.xlsx", &workbook(&[("S", sheet)]), &Reading::default()).unwrap();
    assert_eq!(header, ["", "a", "b"]);
    assert_eq!(
        rows,
        [(5, vec![String::new(), "1".to_owned(), String::new()])]
    );
}

#[test]
fn hidden_entries_of_an_archive_are_passed_over() {
    let table: &[u8] = b"a,b\n1,2\n";
    let archive = zipped(&[
        ("__MACOSX/._t.csv", b"\0\x05\x16\x07"),
        (".old/t.csv", table),
        ("~$t.xlsx", b"lock"),
        ("README.txt", b"hello"),
        ("t.csv", table),
    ]);
    let table = sanduq_table::open_reader("t.zip", std::io::Cursor::new(archive)).unwrap();
    assert_eq!(table.place().file, "t.zip/t.csv");
    assert_eq!(table.place().row, Some(1));
}

#[test]
fn a_folder_is_its_tables_in_the_order_of_their_numbers() {
    let folder = tempfile::tempdir().unwrap();
    for number in [10, 1, 2] {
        let path = folder.path().join(format!("{number}.csv"));
        fs::write(path, format!("station,votes\n{number},5\n")).unwrap();
    }
    fs::write(folder.path().join("README.txt"), "about").unwrap();
    fs::write(folder.path().join("~$3.xlsx"), "lock").unwrap();
    fs::create_dir(folder.path().join("old.csv")).unwrap();
    let set = sanduq_table::open(folder.path()).unwrap();
    assert_eq!(set.files(), 3);
    assert_eq!(set.passed_over(), ["README.txt", "old.csv", "~$3.xlsx"]);
    for _ in 0..2 {
        let mut seen = Vec::new();
        for table in set.tables() {
            let table = table.unwrap();
            let file = table.place().file;
            let station = table.column("station").unwrap();
            table
                .for_each(|row| {
                    seen.push((file.clone(), row.cell(station).count()?));
                    Ok::<(), TableRefusal>(())
                })
                .unwrap();
        }
        let expected = [1, 2, 10].map(|number| (format!("{number}.csv"), Some(number)));
        assert_eq!(seen, expected);
    }
}

#[test]
fn a_table_may_be_read_in_another_thread() {
    let table = sanduq_table::open_reader("t.csv", &b"a\n1\n"[..]).unwrap();
    let rows = std::thread::spawn(|| table.for_each(|_| Ok::<(), TableRefusal>(())));
    assert_eq!(rows.join().unwrap().unwrap(), 1);
}

#[test]
fn a_path_that_leads_to_no_table_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let absent = sanduq_table::open(folder.path().join("absent.csv")).unwrap_err();
    assert_eq!(absent.code(), "table.unreadable");
    assert_eq!(absent.place.file, "absent.csv");
    let empty = sanduq_table::open(folder.path()).unwrap_err();
    assert_eq!(empty.code(), "table.no_table");
    let device = sanduq_table::open("/dev/null").unwrap_err();
    assert_eq!(device.code(), "table.not_a_table", "{device}");
    assert!(device.to_string().contains("a pipe or a device"));
    let path = folder.path().join("t.csv");
    fs::write(&path, "a,b\n1\n").unwrap();
    let set = sanduq_table::open(&path).unwrap();
    let table = set.tables().next().unwrap().unwrap();
    let refusal = table.for_each(|_| Ok::<(), TableRefusal>(())).unwrap_err();
    assert_eq!(
        refusal.to_string(),
        "t.csv, row 2, column B “b”: the row has 1 cells under 2 columns; correct the row"
    );
}
