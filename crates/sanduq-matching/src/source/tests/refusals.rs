//! Whole files that are refused: the code, the place, and what to do.

use std::io::Cursor;

use sanduq_core::refusal::Refusal;

use super::WANTED;
use super::read;
use crate::source::Column;
use crate::source::Source;
use crate::source::window::LENGTH;

/// "علي" in windows-1256.
const ALI: &[u8] = b"\xDA\xE1\xED";

fn joined(parts: &[&[u8]]) -> Vec<u8> {
    parts.concat()
}

/// UTF-16, the lower byte first.
fn wide(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

/// Files as they come, the code, and a part of the sentence.
const FILES: &[(&[u8], &str, &str)] = &[
    (b"", "source.empty", "roll.csv: it is empty"),
    (b"\xEF\xBB\xBF", "source.empty", "roll.csv: it is empty"),
    (b"\r\n\n", "source.empty", "roll.csv: it is empty"),
    (b"PK\x03\x04\x14\0data", "source.packed", "(unzip)"),
    (b"\x1F\x8B\x08\0", "source.packed", "gzip"),
    (b"\x28\xB5\x2F\xFD..", "source.packed", "unzstd"),
    (
        b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1",
        "source.other_format",
        ".xls",
    ),
    (
        b"%PDF-1.7\n",
        "source.other_format",
        "CSV in UTF-8 or as Parquet",
    ),
    (b" [{\"given\": \"Ali\"}]", "source.other_format", "JSON"),
    (b"PARE....PARE", "source.encrypted", "without a key"),
    (
        b"\xFF\xFEg\0i\0",
        "source.not_utf8",
        "line 1: it is not UTF-8, it looks like",
    ),
    (
        b"given\0,number\n",
        "source.zero_byte",
        "line 1: there is a zero byte at byte 5",
    ),
    (
        b"given,number\nAli,1\n\nSara\0,2\n",
        "source.zero_byte",
        "line 4: there is a zero byte at byte 24",
    ),
    (
        b"given,number\rAli,1\r",
        "source.line_ends",
        "line 1: its lines end",
    ),
    (
        b"1,Ali,30105\n2,Sara,30106\n",
        "source.no_header",
        "line 1: its first row",
    ),
    (
        b"Given name,number\nAli,1\n",
        "source.missing_column",
        "line 1: there is no column “given”, rename “Given name” if that is it; \
             it has: Given name, number",
    ),
    (
        b"rid;given;n\xE2\x80\x8Eumber\nAli;1;2\n",
        "source.missing_column",
        "“number”, rename “n‹U+200E›umber” if",
    ),
    (
        b"given,number,x,given\n",
        "source.repeated_column",
        "line 1, column “given”: columns 1 and 4 both have this name",
    ),
    // Nobody asks for the column, but a table like this is a careless join.
    (
        b"given,number,x, x \n",
        "source.repeated_column",
        "line 1, column “x”: columns 3 and 4 both have this name",
    ),
    (
        b"\"given,number\nAli,1\n",
        "source.unclosed_quote",
        "line 1: the quote mark",
    ),
    (
        b"\"gi\"ven,number\n",
        "source.quote_in_header",
        "line 1: a quote mark",
    ),
];

/// Files that are made.
fn made() -> Vec<(Vec<u8>, &'static str, &'static str)> {
    let windows = [&b"given,number\n"[..], &joined(&[ALI, b",1\n"]).repeat(50)].concat();
    let open = format!("given,number\nAli,1\n\"Sara,2\n{}", "Omar,3\n".repeat(9));
    let endless = format!(
        "given,number\nAli,1\n\"x\ny\",\"{}",
        "Omar,3\n".repeat(200_000)
    );
    let long = format!("given,number\n{}", "a".repeat(LENGTH + 1));
    let mut packed_workbook = b"PK\x03\x04........[Content_Types].xml".to_vec();
    packed_workbook.resize(900, 0);
    let far = format!("given,number\n{}S\0,2\n", "Ali,1\n".repeat(300_000));
    vec![
        (
            far.into_bytes(),
            "source.zero_byte",
            "line 300002: there is a zero byte at byte 1800014",
        ),
        (packed_workbook, "source.other_format", "a workbook (.xlsx)"),
        (
            wide("given,number\nAli,1\n"),
            "source.not_utf8",
            "iconv -f UTF-16LE -t UTF-8",
        ),
        (
            windows,
            "source.not_utf8",
            "line 2, column “given”: it is not UTF-8, it looks like",
        ),
        (
            joined(&[ALI, b",number\n1,2\n"]),
            "source.not_utf8",
            "line 1: it is not UTF-8",
        ),
        (
            joined(&[b"given,number\n", ALI, b",1\n"]),
            "source.not_utf8",
            "iconv -f WINDOWS-1256",
        ),
        (
            open.into_bytes(),
            "source.unclosed_quote",
            "line 3, column “given”: the quote mark",
        ),
        (
            endless.into_bytes(),
            "source.unclosed_quote",
            "line 4, column “number”: the quote mark",
        ),
        (
            long.into_bytes(),
            "source.line_too_long",
            "line 2: the line is longer than 1048576",
        ),
        (
            vec![b'a'; LENGTH + 1],
            "source.line_too_long",
            "line 1: the line is longer",
        ),
    ]
}

fn files() -> impl Iterator<Item = (Vec<u8>, &'static str, &'static str)> {
    let files = FILES.iter();
    files
        .map(|(bytes, code, sentence)| (bytes.to_vec(), *code, *sentence))
        .chain(made())
}

#[test]
fn a_file_that_is_no_roll_is_refused_with_the_place_and_what_to_do() {
    for (bytes, code, sentence) in files() {
        let head = String::from_utf8_lossy(&bytes[..bytes.len().min(40)]).into_owned();
        let refusal = read(bytes, &WANTED).map(|seen| seen.ended).unwrap_err();
        assert_eq!(refusal.code(), code, "{head:?}: {refusal}");
        let shown = refusal.to_string();
        assert!(shown.contains(sentence), "{head:?}: {shown}");
    }
}

#[test]
fn a_refusal_shows_nothing_of_a_row() {
    for (bytes, ..) in files() {
        let shown = read(bytes, &WANTED).unwrap_err().to_string();
        for secret in ["Ali", "Sara", "30105"] {
            assert!(!shown.contains(secret), "{shown}");
        }
    }
}

#[test]
fn a_path_that_is_no_file_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let absent = folder.path().join("absent.csv");
    let refusal = Source::open(&absent, &WANTED).map(|_| ()).unwrap_err();
    assert_eq!(refusal.code(), "source.not_found");
    assert_eq!(refusal.place.file, "absent.csv");
    let refusal = Source::open(folder.path(), &WANTED)
        .map(|_| ())
        .unwrap_err();
    assert_eq!(refusal.code(), "source.unreadable");
    assert!(refusal.to_string().contains("it is a folder"), "{refusal}");
}

#[test]
fn a_file_that_changes_while_it_is_read_is_refused() {
    for (size, sentence) in [
        (18, "it had 18 bytes when it was opened and 19 were read"),
        (20, "it had 20 bytes when it was opened and 19 were read"),
    ] {
        let stream = Cursor::new(b"given,number\nAli,1\n".to_vec());
        let source = Source::open_stream("roll.csv", stream, Some(size), &WANTED).unwrap();
        let refusal = super::drain(source).unwrap_err();
        assert_eq!(refusal.code(), "source.changed");
        assert!(refusal.to_string().contains(sentence), "{refusal}");
    }
}

#[test]
fn a_file_of_utf8_may_have_one_damaged_row_in_a_thousand() {
    let good = b"Ali,1\n".to_vec();
    let bad = joined(&[ALI, b",1\n"]);
    for (rows, taken) in [
        (vec![(990, &good), (10, &bad)], true),
        (vec![(989, &good), (11, &bad)], false),
        (vec![(10, &bad), (10, &good)], true),
        (vec![(10, &bad), (9, &good)], false),
        (
            vec![(10_000, &good), (10, &bad), (990, &good), (1, &bad)],
            true,
        ),
        (vec![(10_000, &good), (11, &bad)], false),
        (vec![(20_000, &good), (20, &bad), (979, &good)], true),
    ] {
        let mut text = b"given,number\n".to_vec();
        for (count, row) in &rows {
            text.extend(row.repeat(*count));
        }
        let read = read(text, &WANTED).map(|seen| seen.quarantined.len());
        let damaged: usize = rows
            .iter()
            .filter(|(_, row)| **row == bad)
            .map(|(n, _)| n)
            .sum();
        match read {
            Ok(quarantined) if taken => assert_eq!(quarantined, damaged),
            Err(refusal) if !taken => assert_eq!(refusal.code(), "source.not_utf8"),
            other => panic!("{damaged} damaged rows: {other:?}"),
        }
    }
}

#[test]
fn forty_names_are_listed_and_the_others_counted() {
    let names: Vec<String> = (0..45).map(|at| format!("c{at}")).collect();
    let text = format!("{}\n", names.join(","));
    let refusal = read(text, &[Column::required("given")]).unwrap_err();
    assert!(
        refusal.to_string().ends_with("c39, and 5 more"),
        "{refusal}"
    );
}
