//! A tiny file for each refusal: the code, the row, the column.

use std::collections::BTreeSet;
use std::io::ErrorKind;
use std::io::Read;

use proptest::prelude::*;
use sanduq_core::refusal::Refusal;
use sanduq_table::Limits;
use sanduq_table::RaggedRows;
use sanduq_table::Reading;
use sanduq_table::TableFault;
use sanduq_table::TableRefusal;

use crate::making::read;
use crate::making::refused;
use crate::making::workbook;
use crate::making::workbook_with;
use crate::making::zipped;

/// The row and the letters of the column of a refusal.
type At = (Option<u64>, Option<&'static str>);

const NOWHERE: At = (None, None);

fn row(number: u64) -> At {
    (Some(number), None)
}

fn cell(number: u64, letters: &'static str) -> At {
    (Some(number), Some(letters))
}

fn check(name: &str, bytes: &[u8], reading: &Reading, code: &str, at: At) {
    let refusal = refused(name, bytes, reading);
    assert_eq!(refusal.code(), code, "{name}: {refusal}");
    let letters = refusal.place.column.as_ref().map(|column| column.letters());
    assert_eq!((refusal.place.row, letters.as_deref()), at, "{refusal}");
    assert!(refusal.place.file.starts_with(name), "{refusal}");
    let said = refusal.to_string();
    assert!(
        said.contains("; ") || said.contains("table"),
        "no advice: {said}"
    );
}

#[test]
fn texts() {
    for (bytes, code, at) in [
        (&b""[..], "table.empty", NOWHERE),
        (b"\xEF\xBB\xBF", "table.empty", NOWHERE),
        (b"\n\n  \n,,\n", "table.no_header", NOWHERE),
        (b"1,2\n3,4\n", "table.no_header", row(1)),
        (b"\n2021,,\n3,4,5\n", "table.no_header", row(2)),
        (b"a,b,a\n1,2,3\n", "table.repeated_column", cell(1, "C")),
        (b"a,b, a \n1,2,3\n", "table.repeated_column", cell(1, "C")),
        (b"a,b\n1,2\n3\n", "table.ragged_row", cell(3, "B")),
        (b"a,b\n1,2\n\n3,4,5\n", "table.ragged_row", cell(4, "C")),
        (b"a,b\n1,\"2\n3,4\n", "table.unclosed_quote", cell(2, "B")),
        (b"a,b\n1,x\"y\n", "table.stray_quote", cell(2, "B")),
        (b"a,b\r1,2\r", "table.stray_return", cell(1, "B")),
        (b"a,b\n1,\0\n", "table.nul_byte", cell(2, "B")),
        (b"a,b\n1,2\n3", "table.cut_short", cell(3, "B")),
        (b"a,b\n1,2\n3,\xD9", "table.cut_short", cell(3, "B")),
        (b"a,b;c\n1,2;3\n", "table.separator_unclear", row(1)),
        (b"\xFF\xFEa\0,\0b\0", "table.not_utf8", row(1)),
        (b"\xFE\xFF\0a\0,\0b", "table.not_utf8", row(1)),
        (b"a\0,\0b\0\n\0", "table.not_utf8", cell(1, "A")),
        (
            b"a,b\n1,\xC7\xE1\xCF\xC7\xC6\xD1\xC9\n",
            "table.not_utf8",
            cell(2, "B"),
        ),
        (
            "a,b\u{202E}c\n1,2\n".as_bytes(),
            "table.hidden_in_header",
            cell(1, "B"),
        ),
        (b"%PDF-1.7", "table.not_a_table", NOWHERE),
        (b"<html><table>", "table.not_a_table", NOWHERE),
        (b"\x1F\x8B\x08\0", "table.not_a_table", NOWHERE),
    ] {
        check("t.csv", bytes, &Reading::default(), code, at);
    }
    check(
        "t.xls",
        b"a,b\n1,2\n",
        &Reading::default(),
        "table.not_a_table",
        NOWHERE,
    );
}

#[test]
fn the_last_row_needs_no_line_end_when_its_cells_are_complete() {
    for text in ["a,b\n1,2", "a,b\n1,", "a,b\n1,\"2\""] {
        let read = read("t.csv", text.as_bytes(), &Reading::default()).unwrap();
        assert_eq!(read.1.len(), 1, "{text:?}");
    }
}

#[test]
fn encodings_are_named_with_the_byte_where_they_show() {
    let refusal = refused(
        "t.csv",
        b"name,votes\n\xCA\xE6\xE4\xD3,5\n",
        &Reading::default(),
    );
    assert_eq!(
        refusal.to_string(),
        "t.csv, row 2, column A “name”: it is not UTF-8 from byte 11 on, it looks like \
         windows-1256 (Arabic); save it again as “CSV UTF-8”"
    );
}

#[test]
fn archives() {
    let table: &[u8] = b"a,b\n1,2\n";
    let whole = zipped(&[("t.csv", table)]);
    let mut flipped = zipped(&[(
        "t.csv",
        b"a,b\n1,2\n3,4\n5,6\n7,8\n9,8\n7,6\n5,4\n3,2\n1,0\n",
    )]);
    // The first byte of the packed content, after the 30 bytes of its header and the name.
    flipped[30 + 5 + 8] ^= 0x55;
    let many = zipped(&[("1.csv", table), ("2.tsv", table)]);
    for (bytes, code) in [
        (&many, "table.several_tables"),
        (&zipped(&[]), "table.no_table"),
        (&zipped(&[("README.txt", table)]), "table.no_table"),
        (&zipped(&[("../t.csv", table)]), "table.unsafe_name"),
        (
            &zipped(&[("t.csv", table), ("../etc/t.csv", table)]),
            "table.unsafe_name",
        ),
        (&zipped(&[("/etc/t.csv", table)]), "table.unsafe_name"),
        (&zipped(&[("..\\t.csv", table)]), "table.unsafe_name"),
        (&zipped(&[("C:\\t.csv", table)]), "table.unsafe_name"),
        (&zipped(&[("t\u{202E}.csv", table)]), "table.unsafe_name"),
        (&zipped(&[("inner.zip", &whole)]), "table.packed"),
        (&zipped(&[("t.xlsx", &whole)]), "table.packed"),
        (
            &zipped(&[("t.csv", table), ("t.xlsx", &whole)]),
            "table.several_tables",
        ),
        (
            &zipped(&[("word/document.xml", b"<x/>")]),
            "table.not_a_table",
        ),
        (&zipped(&[("xl/workbook.bin", b"")]), "table.not_a_table"),
        (&whole[..whole.len() - 10].to_vec(), "table.cut_short"),
        (&whole[..40].to_vec(), "table.cut_short"),
    ] {
        check("t.zip", bytes, &Reading::default(), code, NOWHERE);
    }
    let refusal = refused("t.zip", &flipped, &Reading::default());
    assert_eq!(refusal.code(), "table.damaged", "{refusal}");
    let ragged = zipped(&[("t.csv", b"a,b\n1\n")]);
    let refusal = refused("t.zip", &ragged, &Reading::default());
    assert_eq!(refusal.place.file, "t.zip/t.csv");
    assert_eq!(refusal.place.row, Some(2));
    let listed = refused("t.zip", &many, &Reading::default());
    let names = vec!["1.csv".to_owned(), "2.tsv".to_owned()];
    assert_eq!(listed.fault, TableFault::SeveralTables(names));
}

/// Two programs may take different ones of two entries of one name.
#[test]
fn an_archive_with_two_entries_of_one_name_is_damaged() {
    let mut archive = zipped(&[("1.csv", b"a\n1\n"), ("2.csv", b"a\n2\n")]);
    while let Some(at) = archive.windows(5).position(|name| name == b"2.csv") {
        archive[at] = b'1';
    }
    check(
        "t.zip",
        &archive,
        &Reading::default(),
        "table.damaged",
        NOWHERE,
    );
}

/// A stream that gives a beginning and then an error.
struct Broken {
    beginning: &'static [u8],
    error: ErrorKind,
}

impl Read for Broken {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        if self.beginning.is_empty() {
            return Err(self.error.into());
        }
        self.beginning.read(buffer)
    }
}

#[test]
fn a_stream_that_breaks_off_is_told_from_one_that_cannot_be_read() {
    for (error, code) in [
        (ErrorKind::UnexpectedEof, "table.cut_short"),
        (ErrorKind::InvalidData, "table.damaged"),
        (ErrorKind::InvalidInput, "table.damaged"),
        (ErrorKind::PermissionDenied, "table.unreadable"),
    ] {
        let stream = Broken {
            beginning: b"a,b\n1,2\n3,4\n",
            error,
        };
        let table = sanduq_table::open_reader("t.csv", stream).unwrap();
        let refusal = table.for_each(|_| Ok::<(), TableRefusal>(())).unwrap_err();
        assert_eq!((refusal.code(), refusal.place.row), (code, Some(4)));
    }
}

#[test]
fn a_row_cut_short_is_refused_even_where_ragged_ones_are_taken() {
    let reading = Reading {
        ragged_rows: RaggedRows::Hand,
        ..Reading::default()
    };
    check(
        "t.csv",
        b"a,b\n1,2\n3",
        &reading,
        "table.cut_short",
        cell(3, "B"),
    );
    assert!(read("t.csv", b"a,b\n1,2\n3\n", &reading).is_ok());
}

#[test]
fn an_archive_under_a_password_says_so() {
    let mut archive = zipped(&[("t.csv", b"a\n1\n")]);
    // The flag of encryption, in the entry's own header and in the list of contents.
    let listed = archive
        .windows(4)
        .position(|four| four == b"PK\x01\x02")
        .unwrap();
    archive[6] |= 1;
    archive[listed + 8] |= 1;
    check(
        "t.zip",
        &archive,
        &Reading::default(),
        "table.encrypted",
        NOWHERE,
    );
}

#[test]
fn bounds_are_kept() {
    let limits = Limits {
        row_bytes: 64,
        columns: 3,
        workbook_bytes: 2000,
        workbook_unpacked_bytes: 4000,
        archive_unpacked_bytes: 10_000,
        ..Limits::default()
    };
    let reading = Reading {
        limits,
        ..Reading::default()
    };
    let long = format!("a,b\n1,{}\n", "x".repeat(100));
    check(
        "t.csv",
        long.as_bytes(),
        &reading,
        "table.row_too_long",
        row(2),
    );
    check(
        "t.csv",
        b"a,b,c,d\n",
        &reading,
        "table.too_many_columns",
        row(1),
    );
    let bomb = zipped(&[("t.csv", "a,b\n1,2\n".repeat(2000).as_bytes())]);
    assert!(bomb.len() < 1000);
    check("t.zip", &bomb, &reading, "table.too_large", NOWHERE);
    let far = workbook(&[("S", "<row r=\"1\"><c r=\"XFD1\"><v>1</v></c></row>")]);
    check("t.xlsx", &far, &reading, "table.too_many_columns", row(1));
    let cell = "<row r=\"1\"><c r=\"A1\" t=\"str\"><v>x</v></c></row>".repeat(100);
    check(
        "t.xlsx",
        &workbook(&[("S", &cell)]),
        &reading,
        "table.too_large",
        NOWHERE,
    );
    let far = "<row r=\"1\"><c r=\"A1\" t=\"str\"><v>a</v></c></row>\
               <row r=\"2\"><c r=\"ZZZZZ2\"><v>1</v></c></row>";
    let far = workbook(&[("S", far)]);
    check("t.xlsx", &far, &reading, "table.too_many_columns", row(2));
    let large = vec![b'x'; 3000];
    let large = zipped(&[("xl/noise", &large), ("[Content_Types].xml", b"")]);
    assert!(large.len() < 2000, "{}", large.len());
    let mut padded = large.clone();
    padded.splice(0..0, b"PK\x03\x04".iter().copied().chain(vec![0; 3000]));
    check("t.xlsx", &padded, &reading, "table.too_large", NOWHERE);
    check("t.zip", &padded, &reading, "table.too_large", NOWHERE);
}

#[test]
fn an_archive_may_not_unpack_to_hundreds_of_times_its_size() {
    let row = format!("1,{}\n", "x".repeat((1 << 18) - 3));
    let mut text = b"a,b\n".to_vec();
    while text.len() + row.len() < 64 << 20 {
        text.extend_from_slice(row.as_bytes());
    }
    let most = read("t.zip", &zipped(&[("t.csv", &text)]), &Reading::default());
    assert_eq!(most.unwrap().1.len(), 255);
    text.extend_from_slice(row.as_bytes());
    let more = zipped(&[("t.csv", &text)]);
    check(
        "t.zip",
        &more,
        &Reading::default(),
        "table.too_large",
        NOWHERE,
    );
}

/// An archive that holds more than it announces is cut off where the announced size ends.
#[test]
fn an_archive_that_lies_about_its_size_is_damaged() {
    let text = format!("a,b\n{}", "1,2\n".repeat(500));
    let mut archive = zipped(&[("t.csv", text.as_bytes())]);
    let listed = archive
        .windows(4)
        .position(|four| four == b"PK\x01\x02")
        .unwrap();
    for at in [22, listed + 24] {
        archive[at..at + 4].copy_from_slice(&100_u32.to_le_bytes());
    }
    let refusal = refused("t.zip", &archive, &Reading::default());
    assert_eq!(refusal.code(), "table.damaged", "{refusal}");
}

#[test]
fn workbooks() {
    let sheet = "<row r=\"1\"><c r=\"A1\" t=\"str\"><v>a</v></c></row>\
                 <row r=\"2\"><c r=\"A2\"><v>1</v></c></row>";
    let numbers = "<row r=\"1\"><c r=\"A1\"><v>5</v></c></row>";
    let backwards = "<row r=\"2\"><c r=\"A2\" t=\"str\"><v>a</v></c></row>\
                     <row r=\"1\"><c r=\"A1\"><v>1</v></c></row>";
    let sideways = "<row r=\"1\"><c r=\"B1\" t=\"str\"><v>a</v></c>\
                    <c r=\"A1\"><v>1</v></c></row>";
    let wide = "<row r=\"1\"><c r=\"A1\" t=\"str\"><v>a</v></c></row>\
                <row r=\"3\"><c r=\"B3\"><v>1</v></c></row>";
    let text = "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>7</v></c></row>";
    let broken = "<row r=\"1\"><c r=\"A1\"><v>1</c></row>";
    for (sheets, code, at) in [
        (
            vec![("One", sheet), ("Two", sheet)],
            "table.sheet_unclear",
            NOWHERE,
        ),
        (
            vec![("One", ""), ("Two(hidden)", sheet)],
            "table.sheet_hidden",
            NOWHERE,
        ),
        (vec![("One", ""), ("Two", "")], "table.empty", NOWHERE),
        (vec![("One", numbers)], "table.no_header", row(1)),
        (vec![("One", backwards)], "table.damaged", row(1)),
        (vec![("One", sideways)], "table.damaged", row(1)),
        (vec![("One", wide)], "table.ragged_row", cell(3, "B")),
        (vec![("One", text)], "table.damaged", NOWHERE),
        (vec![("One", broken)], "table.damaged", NOWHERE),
    ] {
        check("t.xlsx", &workbook(&sheets), &Reading::default(), code, at);
    }
    let reading = Reading {
        sheet: Some("Three".to_owned()),
        ..Reading::default()
    };
    check(
        "t.xlsx",
        &workbook(&[("One", sheet)]),
        &reading,
        "table.sheet_absent",
        NOWHERE,
    );
    check(
        "t.xls",
        b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1",
        &reading,
        "table.damaged",
        NOWHERE,
    );
    let greedy = workbook_with(&[("One", sheet)], "<sst uniqueCount=\"4000000000\"></sst>");
    check(
        "t.xlsx",
        &greedy,
        &Reading::default(),
        "table.damaged",
        NOWHERE,
    );
}

#[test]
fn lists_of_objects() {
    for (text, code, at) in [
        ("{\"a\":[]}", "table.not_a_list_of_objects", NOWHERE),
        ("[]", "table.empty", NOWHERE),
        ("", "table.empty", NOWHERE),
        ("[{}]", "table.no_header", row(1)),
        ("[{\"a\":1,\"a\":2}]", "table.repeated_column", cell(1, "B")),
        ("[{\"a\":1},{\"a\":1,\"b\":2}]", "table.unknown_key", row(2)),
        (
            "[{\"a\":1,\"b\":2},{\"b\":1}]",
            "table.missing_key",
            cell(2, "A"),
        ),
        (
            "[{\"a\":1},{\"a\":1,\"a\":2}]",
            "table.repeated_key",
            cell(2, "A"),
        ),
        ("[{\"a\":1},{\"a\":[]}]", "table.nested_value", cell(2, "A")),
        ("[{\"a\":1},{\"a\":x}]", "table.not_json", row(2)),
        ("[{\"a\":1},{\"a\":", "table.cut_short", row(2)),
    ] {
        check("t.json", text.as_bytes(), &Reading::default(), code, at);
    }
}

#[test]
fn repeated_names_are_taken_where_the_form_says_so() {
    let reading = Reading {
        repeatable: BTreeSet::from(["check".to_owned()]),
        ..Reading::default()
    };
    let read = read("t.csv", b"a,check,check,,\n1,2,3,4,5\n", &reading).unwrap();
    assert_eq!(read.0, ["a", "check", "check", "", ""]);
    check(
        "t.csv",
        b"a,check,a\n",
        &reading,
        "table.repeated_column",
        cell(1, "C"),
    );
}

/// What tells the kinds of file apart.
const HEADS: &[&[u8]] = &[b"", b"PK\x03\x04", b"\xD0\xCF\x11\xE0", b"[{", b"a,b\n"];

const NAMES: &[&str] = &["t.csv", "t.tsv", "t.json", "t.xlsx", "t.xls", "t.zip"];

proptest! {
    #[test]
    fn any_bytes_under_any_name_are_answered(
        bytes in proptest::collection::vec(any::<u8>(), 0..300),
        head in prop::sample::select(HEADS),
        name in prop::sample::select(NAMES),
    ) {
        let _ = read(name, &[head, &bytes].concat(), &Reading::default());
    }

    /// A workbook or archive with bytes changed is read or refused, never more.
    #[test]
    fn a_damaged_file_is_answered(
        changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
        kind in 0_usize..2,
    ) {
        let sheet = "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c></row>\
                     <row r=\"2\"><c r=\"A2\"><v>1</v></c></row>";
        let (name, mut bytes) = match kind {
            0 => ("t.zip", zipped(&[("t.csv", b"a,b\n1,2\n")])),
            _ => ("t.xlsx", workbook(&[("S", sheet)])),
        };
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        let _ = read(name, &bytes, &Reading::default());
    }
}
