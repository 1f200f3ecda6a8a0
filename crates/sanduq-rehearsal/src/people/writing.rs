//! Writes a roll: chunks are drawn on all threads while those before them are written, in order.
//! Always true here: no more than two batches of chunks are in memory, however long the roll.

use crate::people::roll::Book;
use crate::people::roll::Pages;
use crate::people::roll::Roll;
use rayon::iter::IntoParallelIterator;
use rayon::iter::ParallelIterator;
use std::io;
use std::io::Write;

/// Chunks of a batch.
const BATCH: u64 = 8;

/// How many rows each file holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rows(pub [u64; 5]);

impl Rows {
    /// The rows of a book.
    #[must_use]
    pub fn of(&self, book: Book) -> u64 {
        let rows = Book::ALL.into_iter().zip(self.0);
        rows.filter(|(other, _)| *other == book)
            .map(|(_, rows)| rows)
            .sum()
    }
}

/// The two files of a book, and how many rows they have.
struct Files<W> {
    rows: W,
    truth: W,
    count: u64,
    text: Vec<u8>,
}

impl<W: Write> Files<W> {
    fn write(&mut self, pages: &Pages) -> io::Result<()> {
        let first = self.count;
        self.count = numbered(first, &pages.rows, &mut self.text);
        self.rows.write_all(&self.text)?;
        numbered(first, &pages.truth, &mut self.text);
        self.truth.write_all(&self.text)
    }
}

/// Lines with their numbers before them; returns the number of the next line.
fn numbered(first: u64, lines: &str, out: &mut Vec<u8>) -> u64 {
    out.clear();
    let mut next = first;
    let mut digits = first.to_string().into_bytes();
    for line in lines.split_inclusive('\n') {
        out.extend_from_slice(&digits);
        out.extend_from_slice(line.as_bytes());
        next += 1;
        count_on(&mut digits);
    }
    next
}

/// Adds one to a number in digits.
fn count_on(digits: &mut Vec<u8>) {
    for digit in digits.iter_mut().rev() {
        if *digit < b'9' {
            *digit += 1;
            return;
        }
        *digit = b'0';
    }
    digits.insert(0, b'1');
}

/// Writes all files of a roll. `open` gives the file of a name (`roll.csv`, `roll.truth.csv`, …);
/// `progress` is told the records of the roll so far, and stops the writing by an error.
///
/// # Errors
/// When a file cannot be opened or written, or `progress` fails.
pub fn write<W: Write + Send>(
    roll: &Roll<'_>,
    mut open: impl FnMut(&str) -> io::Result<W>,
    mut progress: impl FnMut(u64) -> io::Result<()>,
) -> io::Result<Rows> {
    let mut files = Vec::with_capacity(Book::ALL.len());
    for book in Book::ALL {
        let [rows, truth] = book.headers();
        let mut begun = |ending: &str, header: &str| {
            let mut file = open(&format!("{}{ending}", book.code()))?;
            writeln!(file, "{header}")?;
            Ok::<_, io::Error>(file)
        };
        files.push(Files {
            rows: begun(".csv", rows)?,
            truth: begun(".truth.csv", truth)?,
            count: 0,
            text: Vec::new(),
        });
    }
    let mut drawn: Vec<[Pages; 5]> = Vec::new();
    let mut at = 0;
    while at < roll.chunks() || !drawn.is_empty() {
        let next = at..(at + BATCH).min(roll.chunks()).max(at);
        at = next.end;
        let (written, following) = rayon::join(
            || {
                drawn.iter().try_for_each(|chunk| {
                    let mut pairs = files.iter_mut().zip(chunk);
                    pairs.try_for_each(|(files, pages)| files.write(pages))
                })
            },
            || next.into_par_iter().map(|at| roll.chunk(at)).collect(),
        );
        written?;
        drawn = following;
        progress(files[0].count)?;
    }
    let mut rows = Rows::default();
    for (files, rows) in files.iter_mut().zip(&mut rows.0) {
        files.rows.flush()?;
        files.truth.flush()?;
        *rows = files.count;
    }
    Ok(rows)
}
