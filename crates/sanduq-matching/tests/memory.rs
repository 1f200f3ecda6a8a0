//! A roll of any length is read in the memory of its window. Alone in its program, because what it
//! looks at is the most memory the program ever held.

use core::ops::ControlFlow;
use std::io::Read;

use sanduq_matching::source::Column;
use sanduq_matching::source::Item;
use sanduq_matching::source::Source;

/// Rows of the roll that is made on the way.
const ROWS: u64 = 2_400_000;

/// Bytes the program may come to hold while it reads them: the window is 1 MiB.
const MOST: u64 = 6 << 20;

const HEADING: &[u8] = b"given,father,family,number\n";
const ROW: &str = "\"عبد الرحمن\",\"عبد الله\",\"المنصوري العامري\",30105170000000\n";

/// A roll that is nowhere.
struct Roll {
    heading: &'static [u8],
    rows: u64,
    row: &'static [u8],
}

impl Read for Roll {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        if self.heading.is_empty() && self.row.is_empty() {
            if self.rows == 0 {
                return Ok(0);
            }
            self.rows -= 1;
            self.row = ROW.as_bytes();
        }
        let part = if self.heading.is_empty() {
            &mut self.row
        } else {
            &mut self.heading
        };
        let count = buffer.len().min(part.len());
        buffer[..count].copy_from_slice(&part[..count]);
        *part = &part[count..];
        Ok(count)
    }
}

/// The most memory this program ever held, in bytes, where the system tells.
fn peak() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    let kib: u64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kib * 1024)
}

#[test]
fn a_long_roll_takes_no_more_memory_than_a_short_one() {
    let Some(before) = peak() else {
        println!("skipped: the system does not tell how much memory a program held");
        return;
    };
    let roll = Roll {
        heading: HEADING,
        rows: ROWS,
        row: &[],
    };
    let size = HEADING.len() as u64 + ROWS * ROW.len() as u64;
    assert!(size > 200_000_000, "{size}");
    let wanted = [Column::required("given"), Column::required("number")];
    let source = Source::open_stream("roll.csv", roll, Some(size), &wanted).unwrap();
    let mut bytes = 0;
    let ended = source
        .each(|item| {
            let Item::Row(row) = item else {
                panic!("{item:?}");
            };
            bytes += row.field(0).len() as u64;
            ControlFlow::Continue(())
        })
        .unwrap();
    assert_eq!((ended.rows, ended.bytes), (ROWS, size));
    assert_eq!(bytes, ROWS * "عبد الرحمن".len() as u64);
    let grown = peak().unwrap() - before;
    assert!(
        grown < MOST,
        "grew by {grown} bytes over {size} bytes of text"
    );
}
