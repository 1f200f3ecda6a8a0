use super::*;
use proptest::prelude::*;
use std::io;

/// Gives its bytes out in pieces of one size, as a slow line does.
struct Pieces<'a> {
    left: &'a [u8],
    size: usize,
}

impl Read for Pieces<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.size.min(buffer.len()).min(self.left.len());
        buffer[..count].copy_from_slice(&self.left[..count]);
        self.left = &self.left[count..];
        Ok(count)
    }
}

type Rows = Vec<(u64, Vec<String>)>;

fn rows(text: &[u8], size: usize) -> Result<Rows, Fault> {
    let window = Window::new(Pieces { left: text, size }, 1 << 20);
    let mut records = Delimited::new(window, Some(Separator::Comma))?;
    let mut rows = Rows::new();
    while records.advance()? {
        let record = records.record()?;
        let cells = record.spans.iter();
        let cells = cells.map(|(start, end)| record.text[*start..*end].to_owned());
        rows.push((record.row, cells.collect()));
    }
    Ok(rows)
}

fn cells(row: u64, cells: &[&str]) -> (u64, Vec<String>) {
    (row, cells.iter().map(|cell| (*cell).to_owned()).collect())
}

#[test]
fn records_are_read_as_rfc_4180_has_them() {
    for (text, expected) in [
        (
            "a,b\n1,2\n",
            vec![cells(1, &["a", "b"]), cells(2, &["1", "2"])],
        ),
        (
            "a,b\r\n1,2\r\n",
            vec![cells(1, &["a", "b"]), cells(2, &["1", "2"])],
        ),
        (
            "a,b\n1,2",
            vec![cells(1, &["a", "b"]), cells(2, &["1", "2"])],
        ),
        ("a,b\n1,", vec![cells(1, &["a", "b"]), cells(2, &["1", ""])]),
        ("\u{FEFF}a\n", vec![cells(1, &["a"])]),
        ("\"a\",\"b\"\n", vec![cells(1, &["a", "b"])]),
        ("\u{FEFF}\"a\",b\n", vec![cells(1, &["a", "b"])]),
        (
            "\"1,234 \",\"x \"\"y\"\"\"\r\n",
            vec![cells(1, &["1,234 ", "x \"y\""])],
        ),
        (
            "\"a\nb\",c\nd,e\n",
            vec![cells(1, &["a\nb", "c"]), cells(2, &["d", "e"])],
        ),
        ("\"\",b\n", vec![cells(1, &["", "b"])]),
        ("a,\"\"\"\"\n", vec![cells(1, &["a", "\""])]),
        ("a\n\n\r\n  \nb\n", vec![cells(1, &["a"]), cells(5, &["b"])]),
        (
            "a,b\n,\n\"\",\"\"\n1,2\n",
            vec![cells(1, &["a", "b"]), cells(4, &["1", "2"])],
        ),
        (
            "أ,ب\n٤,٥\n",
            vec![cells(1, &["أ", "ب"]), cells(2, &["٤", "٥"])],
        ),
    ] {
        for size in [1, 2, 3, 7, 4096] {
            assert_eq!(
                rows(text.as_bytes(), size).unwrap(),
                expected,
                "{text:?} by {size}"
            );
        }
    }
}

#[test]
fn what_breaks_a_record_is_named_with_its_place() {
    let unclosed = TableFault::UnclosedQuote;
    let stray = TableFault::StrayQuote;
    let returned = TableFault::StrayReturn;
    for (text, row, column, fault) in [
        (&b"a,b\n1,\"2\n3,4\n"[..], 2, 1, unclosed),
        (b"a,b\n1,\"2\"x\n", 2, 1, stray.clone()),
        (b"a,b\n1,2\"\n", 2, 1, stray.clone()),
        (b"a,b\n 1, \"2,3\"\n", 2, 1, stray),
        (b"a,b\rc,d\n", 1, 1, returned.clone()),
        (b"a,\"b\"\rc,d\n", 1, 1, returned.clone()),
        (b"\"a\",b\rc\n", 1, 1, returned),
        (b"a,b\n1,\x002\n", 2, 1, TableFault::NulByte { offset: 6 }),
        (
            b"a,b\n\"1\",\x002\n",
            2,
            1,
            TableFault::NulByte { offset: 8 },
        ),
        (
            b"a,b\n\"1\",\"\x002\"\n",
            2,
            1,
            TableFault::NulByte { offset: 9 },
        ),
        (
            b"\xEF\xBB\xBFa,b\n1,\x002\n",
            2,
            1,
            TableFault::NulByte { offset: 9 },
        ),
    ] {
        for size in [1, 3, 4096] {
            let found = rows(text, size).unwrap_err();
            let place = (found.row, found.column);
            assert_eq!(place, (Some(row), Some(column)), "{text:?}");
            assert_eq!(found.fault, fault, "{text:?}");
        }
    }
}

#[test]
fn bytes_that_are_not_utf8_are_counted_from_the_start_of_the_file() {
    // "مركز" in windows-1256.
    for (text, offset, row, column) in [
        (&b"name,votes\n\xE3\xD1\xDF\xD2,5\n"[..], 11, 2, 0),
        (b"name,votes\n5,\xE3\xD1\xDF\xD2\n", 13, 2, 1),
        (b"\xEF\xBB\xBFname,votes\n5,\xE3\xD1\xDF\xD2\n", 16, 2, 1),
        (b"name,votes\n\"5\",\"\xE3\xD1\xDF\xD2\"\n", 16, 2, 1),
    ] {
        let found = rows(text, 4096).unwrap_err();
        assert_eq!((found.row, found.column), (Some(row), Some(column)));
        let looks_like = encoding::Encoding::Windows1256;
        assert_eq!(found.fault, TableFault::NotUtf8 { offset, looks_like });
    }
}

#[test]
fn a_letter_cut_at_the_end_of_the_file_is_a_file_cut_short() {
    let found = rows(b"name\n\xD8", 4096).unwrap_err();
    assert_eq!(found.fault, TableFault::CutShort);
    let found = rows(b"name\n\xD8\n", 4096).unwrap_err();
    assert!(matches!(found.fault, TableFault::NotUtf8 { .. }));
}

#[test]
fn a_row_without_end_is_given_up_at_the_bound() {
    let opened = |text: &[u8]| {
        let window = Window::new(io::Cursor::new(text.to_vec()), 64);
        let mut records = Delimited::new(window, Some(Separator::Comma)).unwrap();
        loop {
            match records.advance() {
                Ok(true) => {}
                Ok(false) => return None,
                Err(fault) => return Some((fault.row, fault.fault)),
            }
        }
    };
    let long = format!("a,b\n1,2\n{}", "x".repeat(100));
    assert_eq!(
        opened(long.as_bytes()),
        Some((Some(3), TableFault::RowTooLong(64)))
    );
    let unclosed = format!("a,b\n\"1,2\n{}", "x,y\n".repeat(100));
    assert_eq!(
        opened(unclosed.as_bytes()),
        Some((Some(2), TableFault::UnclosedQuote))
    );
    let short = "a,b\n1,2\n".repeat(100);
    assert_eq!(opened(short.as_bytes()), None);
}

#[test]
fn the_heading_shows_the_separator() {
    let separator = |text: &str| {
        let mut window = Window::new(io::Cursor::new(text.to_owned().into_bytes()), 1 << 20);
        separator_in_heading(&mut window).map_err(|fault| fault.fault)
    };
    for (text, expected) in [
        ("a,b\n1;2\t3\n", Ok(Separator::Comma)),
        ("a;b\n1,5;2\n", Ok(Separator::Semicolon)),
        ("a\tb\n", Ok(Separator::Tab)),
        ("\"a;b\",c\n", Ok(Separator::Comma)),
        ("\"turnout, %\";c\n", Ok(Separator::Semicolon)),
        ("\n\na;b\n", Ok(Separator::Semicolon)),
        ("a\n", Ok(Separator::Comma)),
        ("a", Ok(Separator::Comma)),
        ("turnout, %;votes\n", Err(TableFault::SeparatorUnclear)),
    ] {
        assert_eq!(separator(text), expected, "{text:?}");
    }
}

/// A cell that the strict reader must give back as it went in.
fn cell() -> impl Strategy<Value = String> {
    prop_oneof![
        "[0-9]{0,6}",
        "[a-zء-ي۰-۹٠-٩ ]{0,8}",
        "[ab,;\"\n\r\t '٬\u{200F}]{0,6}",
    ]
}

proptest! {
    #[test]
    fn a_written_table_reads_back_the_same(
        header in proptest::collection::vec("[a-z]{1,4}", 1..6),
        body in proptest::collection::vec(proptest::collection::vec(cell(), 6), 0..8),
        crlf: bool,
        size in 1_usize..40,
    ) {
        let end = if crlf { csv::Terminator::CRLF } else { csv::Terminator::Any(b'\n') };
        let mut writer = csv::WriterBuilder::new().terminator(end).from_writer(Vec::new());
        writer.write_record(&header).unwrap();
        let mut written = vec![header.clone()];
        for row in &body {
            let row = &row[..header.len()];
            writer.write_record(row).unwrap();
            let blank = |c: char| matches!(c, ' ' | '\t' | ',');
            if !row.iter().all(|cell| cell.trim_matches(blank).is_empty()) {
                written.push(row.to_vec());
            }
        }
        let text = writer.into_inner().unwrap();
        let read = rows(&text, size).map_err(|fault| fault.fault);
        let read: Vec<Vec<String>> = read.unwrap().into_iter().map(|(_, cells)| cells).collect();
        prop_assert_eq!(read, written);
    }

    /// What is accepted is read as the `csv` crate reads it, and in whatever pieces it comes.
    #[test]
    fn what_is_accepted_is_read_as_others_read_it(
        text in "(a,b\n)?([ab12,\"\n]|\r\n|\"\"|\",\"|\"\n){0,30}",
        size in 1_usize..10,
    ) {
        let whole = rows(text.as_bytes(), 4096).map_err(|fault| fault.fault);
        let pieces = rows(text.as_bytes(), size).map_err(|fault| fault.fault);
        prop_assert_eq!(&whole, &pieces);
        if let Ok(read) = whole {
            let mut reader = csv::ReaderBuilder::new()
                .has_headers(false)
                .flexible(true)
                .from_reader(text.as_bytes());
            let mut others: Vec<Vec<String>> = Vec::new();
            for record in reader.records() {
                let cells: Vec<String> = record.unwrap().iter().map(str::to_owned).collect();
                if !cells.iter().all(|cell| cell.trim_matches([' ', '\t', ',']).is_empty()) {
                    others.push(cells);
                }
            }
            let read: Vec<Vec<String>> = read.into_iter().map(|(_, cells)| cells).collect();
            prop_assert_eq!(read, others);
        }
    }

    #[test]
    fn any_bytes_are_answered(
        bytes in proptest::collection::vec(any::<u8>(), 0..200),
        size in 1_usize..50,
    ) {
        let _ = rows(&bytes, size);
        let window = Window::new(io::Cursor::new(bytes), 64);
        if let Ok(mut records) = Delimited::new(window, None) {
            while let Ok(true) = records.advance() {
                let _ = records.record();
            }
        }
    }
}
