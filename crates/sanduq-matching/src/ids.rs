//! The ids under which records stand in their file, kept short: they are asked for only when a
//! pair is written. An id that is not one record's own names nobody: it is found here.

use rayon::prelude::*;
use rustc_hash::FxHashMap;
use rustc_hash::FxHashSet;
use rustc_hash::FxHasher;
use sanduq_core::cell::guarded;
use std::hash::Hasher;
use std::ops::Range;

/// Ids by row. Each takes its own length and one byte; every sixty-fourth has a mark.
#[derive(Default)]
pub struct Ids {
    bytes: Vec<u8>,
    marks: Vec<u64>,
    count: usize,
}

/// Ids between two marks.
pub(crate) const APART: usize = 64;
/// The bytes of an id at most: with its number behind it, its length fits into a byte.
pub const LONGEST: usize = 240;

impl Ids {
    /// Takes the id of the next row, which has been looked at: of one longer than [`LONGEST`] and
    /// its number only the beginning would be kept.
    pub fn push(&mut self, id: &[u8]) {
        if self.count.is_multiple_of(APART) {
            self.marks.push(self.bytes.len() as u64);
        }
        let id = &id[..id.len().min(usize::from(u8::MAX))];
        self.bytes.push(u8::try_from(id.len()).unwrap_or(u8::MAX));
        self.bytes.extend_from_slice(id);
        self.count += 1;
    }

    /// How many ids there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.count
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// The id of a row as the cell of a file that is written.
    #[must_use]
    pub fn cell(&self, row: u32) -> String {
        let id = String::from_utf8_lossy(self.of(row as usize));
        guarded(&id).into_owned()
    }

    /// The id of a row; empty where there is no such row.
    #[must_use]
    pub fn of(&self, row: usize) -> &[u8] {
        let mark = self.marks.get(row / APART).copied().unwrap_or(u64::MAX);
        let mut at = usize::try_from(mark).unwrap_or(usize::MAX);
        for _ in 0..row % APART {
            let length = self.bytes.get(at).copied().unwrap_or(0);
            at = at.saturating_add(1 + usize::from(length));
        }
        match self.bytes.get(at..) {
            Some([length, rest @ ..]) => rest.get(..usize::from(*length)).unwrap_or_default(),
            _ => &[],
        }
    }

    /// The first row with this id, by reading all.
    #[must_use]
    pub fn row(&self, id: &[u8]) -> Option<usize> {
        let mut at = 0;
        (0..self.count).find(|_| {
            let length = usize::from(self.bytes[at]);
            let here = &self.bytes[at + 1..at + 1 + length];
            at += 1 + length;
            here == id
        })
    }

    /// The ids of rows, in their order, with the row.
    pub fn each(&self, rows: Range<usize>) -> impl Iterator<Item = (usize, &[u8])> {
        let before = rows.start / APART * APART;
        let mark = self.marks.get(rows.start / APART).copied().unwrap_or(0);
        let mut at = usize::try_from(mark).unwrap_or(usize::MAX);
        let all = (before..rows.end.min(self.count)).map(move |row| {
            let length = usize::from(self.bytes[at]);
            let id = &self.bytes[at + 1..at + 1 + length];
            at += 1 + length;
            (row, id)
        });
        all.skip(rows.start - before)
    }

    /// The rows, from one on, that have no id of their own: none at all, or that of an earlier row
    /// of these; each with how many it is of that id. Looks at a share of the ids in each pass.
    #[must_use]
    pub fn shared(&self, from: usize, passes: usize) -> Vec<(usize, u32)> {
        let rows = from..self.count;
        if self.rises(rows.clone()) {
            return Vec::new();
        }
        let mut shared = Vec::new();
        let mut empty = 0;
        for (row, _) in self.each(rows.clone()).filter(|(_, id)| id.is_empty()) {
            empty += 1;
            shared.push((row, empty));
        }
        let passes = passes.max(1) as u64;
        for pass in 0..passes {
            let ids = self.each(rows.clone()).filter(|(_, id)| !id.is_empty());
            let mut hashed: Vec<(u64, usize)> = ids
                .map(|(row, id)| (hash(id), row))
                .filter(|(hash, _)| hash % passes == pass)
                .collect();
            hashed.par_sort_unstable();
            for group in hashed.chunk_by(|one, other| one.0 == other.0) {
                self.shared_of(group, &mut shared);
            }
        }
        shared.sort_unstable();
        shared
    }

    /// The rows of one hash that have the id of an earlier one.
    fn shared_of(&self, group: &[(u64, usize)], shared: &mut Vec<(usize, u32)>) {
        if group.len() < 2 {
            return;
        }
        let mut seen: FxHashMap<&[u8], u32> = FxHashMap::default();
        for (_, row) in group {
            let times = seen.entry(self.of(*row)).or_default();
            *times += 1;
            if *times > 1 {
                shared.push((*row, *times));
            }
        }
    }

    /// Whether each id is longer than the one before it, or as long and greater: none stands twice.
    fn rises(&self, rows: Range<usize>) -> bool {
        let first: (usize, &[u8]) = (0, &[]);
        let mut before = first;
        self.each(rows).all(|(_, id)| {
            let here = (id.len(), id);
            std::mem::replace(&mut before, here) < here
        })
    }

    /// Gives rows, from one on, without an id of their own the id and `#` and how many they are of
    /// it; a number that another row has in its own id is passed over.
    pub fn number(&mut self, from: usize, shared: &[(usize, u32)]) {
        let taken = self.taken(from, shared);
        // By how much the numbers of an id have been moved on.
        let mut moved: FxHashMap<Vec<u8>, u32> = FxHashMap::default();
        let mut numbered = Self::default();
        let mut shared = shared.iter().peekable();
        for (row, id) in self.each(0..self.count) {
            match shared.next_if(|(at, _)| *at == row) {
                Some((_, times)) => {
                    let more = moved.get(id).copied().unwrap_or(0);
                    let free = (times.saturating_add(more)..)
                        .map(|number| (number, [id, format!("#{number}").as_bytes()].concat()))
                        .find(|(_, own)| !taken.contains(own));
                    let (number, own) = free.unwrap_or_default();
                    if number > times + more {
                        moved.insert(id.to_vec(), number - times);
                    }
                    numbered.push(&own);
                }
                None => numbered.push(id),
            }
        }
        *self = numbered;
    }

    /// The ids, from a row on, that look like one of these with a number.
    fn taken(&self, from: usize, shared: &[(usize, u32)]) -> FxHashSet<Vec<u8>> {
        let repeated: FxHashSet<&[u8]> = shared.iter().map(|(row, _)| self.of(*row)).collect();
        let ids = self.each(from..self.count).map(|(_, id)| id);
        let like_one = |id: &&[u8]| {
            let mark = id.iter().rposition(|byte| *byte == b'#');
            mark.is_some_and(|mark| repeated.contains(&id[..mark]))
        };
        ids.filter(like_one).map(<[u8]>::to_vec).collect()
    }

    /// Marks and bytes, as they are kept.
    pub(crate) fn kept(&self) -> (&[u64], &[u8]) {
        (&self.marks, &self.bytes)
    }

    /// Bytes of memory.
    #[must_use]
    pub fn memory(&self) -> u64 {
        (self.bytes.capacity() + 8 * self.marks.capacity()) as u64
    }
}

fn hash(id: &[u8]) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write(id);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_one_record_s_own_id_is_found_and_numbered() {
        let read = |text: &str| {
            let mut ids = Ids::default();
            text.split(' ').for_each(|id| ids.push(id.as_bytes()));
            ids
        };
        let long = (0..300).map(|row| format!("{} ", row % 299));
        let long: String = long.collect();
        for (text, from, expected) in [
            ("1 2 3 10", 0, vec![]),
            ("b a c", 0, vec![]),
            ("1 2 1 3 1", 0, vec![(2, 2), (4, 3)]),
            ("1 2 1 2", 2, vec![]),
            ("1 1 2 2", 1, vec![(3, 2)]),
            ("1  2  1", 0, vec![(1, 1), (3, 2), (4, 2)]),
            (long.trim_end(), 0, vec![(299, 2)]),
        ] {
            for passes in [1, 2, 7] {
                assert_eq!(read(text).shared(from, passes), expected, "{text} {passes}");
            }
        }
        let mut ids = read("7  7 8  7");
        ids.number(0, &ids.shared(0, 1));
        let own: Vec<&[u8]> = ids.each(0..6).map(|(_, id)| id).collect();
        assert_eq!(own, [&b"7"[..], b"#1", b"7#2", b"8", b"#2", b"7#3"]);
        assert!(ids.shared(0, 1).is_empty());
    }

    #[test]
    fn a_number_that_somebody_has_already_is_passed_over() {
        for (given, from, expected) in [
            ("7 7#2 7", 0, "7 7#2 7#3"),
            ("7 7 7#2", 0, "7 7#3 7#2"),
            ("7 7 7#3 7 7", 0, "7 7#2 7#3 7#4 7#5"),
            ("7 7#2 7#2 7", 0, "7 7#2 7#2#2 7#3"),
            ("#1  #2 ", 0, "#1 #3 #2 #4"),
            ("7 7#2#2 7#2 7#2 7", 0, "7 7#2#2 7#2 7#2#3 7#3"),
            // Another file may have the number: it names its own rows.
            ("7#2 7 7", 1, "7#2 7 7#2"),
        ] {
            let mut ids = Ids::default();
            given.split(' ').for_each(|id| ids.push(id.as_bytes()));
            ids.number(from, &ids.shared(from, 1));
            let own: Vec<String> = (0..ids.len())
                .map(|row| String::from_utf8(ids.of(row).to_vec()).unwrap())
                .collect();
            assert_eq!(own.join(" "), expected, "{given}");
            assert!(ids.shared(from, 1).is_empty(), "{given}");
        }
    }

    #[test]
    fn an_id_comes_back_as_it_was_given() {
        let mut ids = Ids::default();
        let given: Vec<String> = (0..200)
            .map(|row| match row {
                7 => String::new(),
                130 => "x".repeat(300),
                row => format!("rec-{row}"),
            })
            .collect();
        given.iter().for_each(|id| ids.push(id.as_bytes()));
        assert_eq!(ids.len(), 200);
        for (row, id) in given.iter().enumerate() {
            assert_eq!(ids.of(row), &id.as_bytes()[..id.len().min(255)], "{row}");
        }
        assert_eq!(ids.of(200), b"");
        assert_eq!(ids.of(640), b"");
        assert_eq!(ids.row(b"rec-199"), Some(199));
        assert_eq!(ids.row(b"rec-200"), None);
        assert_eq!(Ids::default().of(0), b"");
    }
}
