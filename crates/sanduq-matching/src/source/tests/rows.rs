//! Rows that come back as they were written.

use core::ops::ControlFlow;
use std::io::Cursor;
use std::io::Read;

use proptest::collection::vec;
use proptest::prelude::*;

use super::WANTED;
use super::read;
use crate::source::Column;
use crate::source::Rows;
use crate::source::Source;

#[test]
fn every_way_of_writing_a_table_gives_the_same_rows() {
    let expected = [["علي", "1", "M"], ["", "2", "F"]];
    for text in [
        "given,number,sex\nعلي,1,M\n,2,F\n",
        "\u{FEFF}given,number,sex\nعلي,1,M\n,2,F",
        "given;number;sex\r\nعلي;1;M\r\n;2;F\r\n",
        "given\tnumber\tsex\nعلي\t1\tM\n\t2\tF\n",
        "\"given\",\"number\",\"sex\"\n\"علي\",\"1\",\"M\"\n\"\",\"2\",\"F\"\n",
        "\"given\",\"number\",\"sex\"\r\n\"علي\",\"1\",\"M\"\r\n\"\",\"2\",\"F\"",
        "sex,x,number , given\nM,,1,علي\nF,\"a,\"\"b\n\",2,\n",
        "\n\ngiven,number,sex\n\nعلي,1,M\r\n\r\n,2,F\n\n\n",
        // A comma inside a name of the heading does not make it the separator.
        "given;number;sex;\"a,b,c,d,e\"\nعلي;1;M;x\n;2;F;y\n",
        "given;number;sex;a,b,c,d,e\nعلي;1;M;x\n;2;F;y\n",
    ] {
        let seen = read(text, &WANTED).unwrap();
        assert_eq!(seen.fields(), expected, "{text:?}");
        assert_eq!(seen.ended.bytes, text.len() as u64);
    }
}

#[test]
fn rows_have_the_lines_of_an_editor() {
    let text = "\ngiven,number,\"s\nex\"\n\na,1,\n\n\"b\",2,\"x\ny\r\nz\"\nc,3,\n";
    let seen = read(text, &WANTED).unwrap();
    let places: Vec<_> = seen.rows.iter().map(|row| (row.0, row.1)).collect();
    assert_eq!(places, [(0, 5), (1, 7), (2, 10)]);
}

#[test]
fn quote_marks_inside_a_field_are_letters() {
    let text = "given,number\na\"b\"c,1\n\"a\"\"b\"\"\",2\n\"\"\"\",3\n";
    let seen = read(text, &WANTED).unwrap();
    let names: Vec<_> = seen.rows.iter().map(|row| row.2[0].as_str()).collect();
    assert_eq!(names, ["a\"b\"c", "a\"b\"", "\""]);
}

#[test]
fn a_heading_alone_is_a_roll_without_rows() {
    for text in ["given,number", "given,number\n", "given,number\r\n\r\n"] {
        let source = Source::open_stream("r", Cursor::new(text), None, &WANTED).unwrap();
        assert_eq!(
            source.rows(),
            Rows::About(u64::from(text.ends_with("\n\r\n")))
        );
        assert_eq!(source.found(), [true, true, false]);
        let ended = source.each(|_| panic!("there is no row")).unwrap();
        assert_eq!((ended.rows, ended.stopped), (0, false));
    }
}

#[test]
fn reading_stops_where_the_visitor_breaks_it_off() {
    let text = "given,number\na,1\nb,2\nc,3\n";
    let source = Source::open_stream("r", Cursor::new(text), None, &WANTED).unwrap();
    let mut seen = 0;
    let ended = source.each(|_| {
        seen += 1;
        if seen == 2 {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    });
    let ended = ended.unwrap();
    assert_eq!(
        (seen, ended.rows, ended.bytes, ended.stopped),
        (2, 2, 21, true)
    );
}

#[test]
fn rows_of_a_long_text_are_estimated_from_its_first_ones() {
    let text = format!("given,number\n{}", "Ali,1234\n".repeat(500_000));
    let size = text.len() as u64;
    let source = Source::open_stream("r", Cursor::new(text), Some(size), &WANTED).unwrap();
    let Rows::About(rows) = source.rows() else {
        panic!("a text does not say how many rows it has");
    };
    assert!((499_990..=500_010).contains(&rows), "{rows}");
}

/// Gives a few bytes at a time, so that every place is once the end of what is in sight.
struct Drip(Cursor<Vec<u8>>, usize);

impl Read for Drip {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let most = buffer.len().min(self.1);
        self.0.read(&mut buffer[..most])
    }
}

proptest! {
    /// Whatever rows a writer of CSV writes, the same come back.
    #[test]
    fn rows_come_back_as_they_were_written(
        rows in vec(vec("[a-c \",;\t'\u{627}\u{6CC}\u{200C}]{0,9}", 3), 0..40),
        separator in prop::sample::select(vec![b',', b';', b'\t']),
        crlf: bool,
        always: bool,
        drip in 1_usize..50,
    ) {
        let mut writer = csv::WriterBuilder::new()
            .delimiter(separator)
            .terminator(if crlf { csv::Terminator::CRLF } else { csv::Terminator::Any(b'\n') })
            .quote_style(if always { csv::QuoteStyle::Always } else { csv::QuoteStyle::Necessary })
            .from_writer(Vec::new());
        writer.write_record(["given", "number", "sex"]).unwrap();
        for row in &rows {
            writer.write_record(row).unwrap();
        }
        let text = writer.into_inner().unwrap();
        let stream = Drip(Cursor::new(text), drip);
        let source = Source::open_stream("roll.csv", stream, None, &WANTED).unwrap();
        let seen = super::drain(source).unwrap();
        // A tab is a control character in a name, and is set aside.
        let whole = |row: &&Vec<String>| row.iter().all(|field| !field.contains('\t'));
        let expected: Vec<_> = rows.iter().filter(whole).cloned().collect();
        prop_assert_eq!(seen.ended.rows, rows.len() as u64);
        prop_assert_eq!(seen.fields(), expected);
    }

    /// Whatever bytes a file has, it is read or refused.
    #[test]
    fn no_bytes_make_the_reader_fail(bytes in vec(
        prop_oneof![Just(b'"'), Just(b','), Just(b'\n'), Just(b'\r'), any::<u8>()], 0..200,
    )) {
        let text = [&b"given,number\n"[..], &bytes].concat();
        if let Ok(seen) = read(&text, &[Column::required("given")]) {
            prop_assert_eq!(seen.ended.bytes, text.len() as u64);
            let items = seen.rows.len() + seen.quarantined.len();
            prop_assert_eq!(seen.ended.rows, items as u64);
        }
    }
}
