//! Rows that are read ahead are the rows of the file.

use core::ops::ControlFlow;
use std::fmt::Write;
use std::io;
use std::io::Cursor;
use std::io::Read;

use super::Seen;
use super::WANTED;
use super::drain;
use crate::source::Ended;
use crate::source::Item;
use crate::source::Source;
use crate::source::refusal::SourceRefusal;

/// Rows that fill several shares, some of them set aside, and below them `last`.
fn many(last: &str) -> String {
    let mut text = "given,number,sex\n".to_owned();
    for row in 0..40_000 {
        let odd = if row % 1_000 == 7 { ",stray" } else { "" };
        writeln!(text, "\"name of the \"\"{row}\"\"\",{row:012},f{odd}").unwrap();
    }
    text + last
}

fn open(text: &str) -> Source {
    let size = u64::try_from(text.len()).unwrap();
    let stream = Cursor::new(text.as_bytes().to_vec());
    Source::open_stream("roll.csv", stream, Some(size), &WANTED).unwrap()
}

/// Takes what comes next. A reader that shows rows again and again is to fail, and not to fill the
/// memory.
fn take(seen: &mut Seen, item: Item<'_>) -> ControlFlow<()> {
    assert!(
        seen.rows.len() < 100_000,
        "more rows than any file here has"
    );
    seen.take(item)
}

/// Reads ahead, and breaks off at a row.
fn ahead(text: &str, stop: usize) -> Result<Seen, SourceRefusal> {
    let mut seen = Seen::default();
    let ended = open(text).each_ahead(|item| {
        let flow = take(&mut seen, item);
        if seen.rows.len() + seen.quarantined.len() == stop {
            return ControlFlow::Break(());
        }
        assert!(seen.rows.len() < stop, "nothing is shown after the end");
        flow
    })?;
    seen.ended = ended;
    Ok(seen)
}

#[test]
fn what_is_read_ahead_is_what_is_read() {
    for text in [many(""), "given,number,sex\n".to_owned(), many("a,1,m\n")] {
        let seen = ahead(&text, usize::MAX).unwrap();
        assert_eq!(seen, drain(open(&text)).unwrap());
    }
    let seen = ahead(&many(""), usize::MAX).unwrap();
    assert_eq!((seen.rows.len(), seen.quarantined.len()), (39_960, 40));
    assert_eq!(seen.rows[8].2[0], "name of the \"9\"");
}

#[test]
fn who_breaks_off_sees_no_more() {
    let text = many("");
    for stop in [1, 8, 9_999, 20_000, 39_999, 40_000] {
        let seen = ahead(&text, stop).unwrap();
        assert_eq!(seen.rows.len() + seen.quarantined.len(), stop);
        assert!(seen.ended.stopped, "{stop}");
    }
}

#[test]
fn a_file_that_is_wrong_further_down_is_refused_unless_nobody_went_there() {
    let text = many("a,\"1,m\n");
    let refused = ahead(&text, usize::MAX).unwrap_err();
    assert_eq!(
        refused.to_string(),
        drain(open(&text)).unwrap_err().to_string()
    );
    assert!(matches!(
        ahead(&text, 39_990),
        Ok(Seen {
            ended: Ended { stopped: true, .. },
            ..
        })
    ));
}

/// Rows beside which something long stands, up to four shares of it: a share ends anywhere in them.
#[test]
fn a_row_longer_than_a_share_comes_whole() {
    let mut text = "given,number,sex,notes\n".to_owned();
    for row in 0..60 {
        let notes = "n".repeat(row * 4_507 % 262_144);
        writeln!(text, "given {row},{row:012},f,{notes}").unwrap();
    }
    for length in (65_400..65_600).step_by(13) {
        writeln!(text, "given,1,m,{}", "n".repeat(length)).unwrap();
    }
    let whole = drain(open(&text)).unwrap();
    assert_eq!(whole.rows.len(), 60 + 16);
    assert_eq!(ahead(&text, usize::MAX).unwrap(), whole);
    for stop in [1, 30, 61, 75] {
        assert_eq!(ahead(&text, stop).unwrap().rows, whole.rows[..stop]);
    }
}

/// Rows without end; whoever reads far beyond what is asked for has not stopped.
struct Endless(usize);

/// Bytes that are read ahead at most: the window, and some shares.
const FAR: usize = 16 << 20;

impl Read for Endless {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let row = b"name,000000000001,f\n";
        let heading = b"given,number,gender\n";
        let from = if self.0 < row.len() { heading } else { row };
        let at = self.0 % row.len();
        let count = into.len().min(row.len() - at);
        into[..count].copy_from_slice(&from[at..at + count]);
        self.0 += count;
        assert!(self.0 < FAR, "it reads on although nobody takes it");
        Ok(count)
    }
}

#[test]
fn the_reader_stops_where_nobody_takes_what_it_reads() {
    for stop in [1, 2, 5_000, 20_000] {
        let source = Source::open_stream("roll.csv", Endless(0), None, &WANTED).unwrap();
        let mut seen = 0;
        let ended = source.each_ahead(|_| {
            seen += 1;
            match seen == stop {
                true => ControlFlow::Break(()),
                false => ControlFlow::Continue(()),
            }
        });
        assert!(ended.unwrap().stopped);
        assert_eq!(seen, stop);
    }
}

/// Rows that end in a fault of the disk, or in a panic.
struct Broken(Cursor<Vec<u8>>, bool);

impl Read for Broken {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        match self.0.read(into)? {
            0 if self.1 => panic!("the reader panics"),
            0 => Err(io::Error::other("the disk is gone")),
            count => Ok(count),
        }
    }
}

fn broken(text: &str, panics: bool) -> Source {
    let bytes = Cursor::new(text.as_bytes().to_vec());
    Source::open_stream("roll.csv", Broken(bytes, panics), None, &WANTED).unwrap()
}

/// What was read before it is shown, as it is without reading ahead.
#[test]
fn a_disk_that_fails_in_the_middle_is_a_refusal_behind_the_rows_before_it() {
    let text = many("");
    let mut seen = [Seen::default(), Seen::default()];
    let [plain, early] = &mut seen;
    let told = [
        broken(&text, false).each(|item| plain.take(item)),
        broken(&text, false).each_ahead(|item| take(early, item)),
    ];
    let told = told.map(|ended| ended.unwrap_err().to_string());
    assert_eq!(told[0], told[1]);
    assert!(told[0].contains("the disk is gone"), "{told:?}");
    assert_eq!(seen[0].rows, seen[1].rows);
    assert!(seen[1].rows.len() > 10_000);
}

#[test]
#[should_panic(expected = "the reader panics")]
fn a_panic_of_the_reader_is_a_panic() {
    let _ended = broken(&many(""), true).each_ahead(|_| ControlFlow::Continue(()));
}
