//! A text of any length is read in the memory of its longest row. Alone in its program, because
//! what it looks at is the most memory the program ever held.

use std::io::Read;

use sanduq_table::TableRefusal;

/// Bytes of the text that is made on the way.
const BYTES: u64 = 256 << 20;

/// Bytes the program may come to hold while it reads the text.
const MOST: u64 = 16 << 20;

/// Rows without end, up to so many bytes.
struct Rows {
    left: u64,
    row: Vec<u8>,
    at: usize,
}

impl Read for Rows {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        if self.at == self.row.len() {
            if self.left == 0 {
                return Ok(0);
            }
            self.row = format!("5,{}\n", "مركز ".repeat(7000)).into_bytes();
            self.left = self.left.saturating_sub(self.row.len() as u64);
            self.at = 0;
        }
        let count = buffer.len().min(self.row.len() - self.at);
        buffer[..count].copy_from_slice(&self.row[self.at..self.at + count]);
        self.at += count;
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
fn a_long_text_takes_no_more_memory_than_a_short_one() {
    let Some(before) = peak() else {
        println!("skipped: the system does not tell how much memory a program held");
        return;
    };
    let rows = Rows {
        left: BYTES,
        row: b"votes,name\n".to_vec(),
        at: 0,
    };
    let mut sum = 0;
    let table = sanduq_table::open_reader("long.csv", rows).unwrap();
    let rows = table
        .for_each(|row| {
            sum += row.cell(0).count()?.unwrap_or(0);
            Ok::<(), TableRefusal>(())
        })
        .unwrap();
    assert_eq!(sum, 5 * rows);
    assert!(rows > 4000, "{rows}");
    let grown = peak().unwrap() - before;
    assert!(
        grown < MOST,
        "grew by {grown} bytes over {BYTES} bytes of text"
    );
}
