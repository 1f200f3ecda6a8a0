//! Records that stand on a roll again and again, the same in all that is compared. How rare a name
//! is, each of them says once: a row that was copied ten thousand times makes nobody's name common.
//!
//! Two passes over the roll: the first counts records by a short hash in a table of one byte for
//! each record, the second looks only at those whose cell is full. A roll without copies pays for
//! the first alone.

use crate::copies::Content;
use crate::copies::content;
use crate::dictionary::Dictionary;
use crate::keys::mix;
use rustc_hash::FxHashMap;
use sanduq_register::matching::record::NameId;
use sanduq_register::matching::record::ROLE;
use sanduq_register::matching::record::Record;

/// So many copies of one record count as so many people: someone who is on a roll a few times
/// shifts nothing, and is what the roll is searched for.
pub(crate) const FEW: u8 = 8;
/// The largest table.
const CELLS: usize = 1 << 26;

/// The further copies of a roll, of records that stand there more than a few times.
pub(crate) struct Repeated {
    /// One bit for each row; empty where there are none.
    bits: Vec<u64>,
    /// How many.
    pub(crate) count: usize,
}

impl Repeated {
    /// Those of a roll, which has `width` further attributes for each record.
    pub(crate) fn of(roll: &[Record], extras: &[NameId], width: usize) -> Self {
        let mark = |row: usize| hash(content(&roll[row], &extras[row * width..(row + 1) * width]));
        let mut counts = frequent(roll.len(), |row| Some(mark(row)));
        let mut repeated = Self {
            bits: Vec::new(),
            count: 0,
        };
        if counts.is_empty() {
            return repeated;
        }
        repeated.bits = vec![0; roll.len().div_ceil(64)];
        for row in 0..roll.len() {
            if let Some(count) = counts.get_mut(&mark(row)) {
                // The first of them counts.
                if *count == 0 {
                    repeated.bits[row / 64] |= 1 << (row % 64);
                    repeated.count += 1;
                }
                *count = 0;
            }
        }
        repeated
    }

    /// Whether a row is a further copy.
    pub(crate) fn holds(&self, row: usize) -> bool {
        let word = self.bits.get(row / 64);
        word.is_some_and(|word| word >> (row % 64) & 1 == 1)
    }

    /// Takes the names of further copies out of what a dictionary has counted.
    pub(crate) fn take_out(
        &self,
        dictionary: &mut Dictionary,
        (roll, extras): (&[Record], &[NameId]),
        width: usize,
    ) {
        if self.count == 0 {
            return;
        }
        for (row, record) in roll.iter().enumerate().filter(|(row, _)| self.holds(*row)) {
            for (id, role) in record.names.iter().zip(ROLE) {
                dictionary.take_back(*id, role);
            }
            for (place, id) in extras[row * width..(row + 1) * width].iter().enumerate() {
                dictionary.take_back(*id, 3 + place);
            }
        }
    }
}

/// Of the marks of so many rows those that more than a few of them bear, and how many do; a row
/// without a mark bears none.
pub(crate) fn frequent(rows: usize, mark: impl Fn(usize) -> Option<u64>) -> FxHashMap<u64, u32> {
    let cells = rows.next_power_of_two().min(CELLS);
    let cell = |mark: u64| usize::try_from(mark >> 32).unwrap_or(0) & (cells - 1);
    let mut table = vec![0u8; cells];
    for mark in (0..rows).filter_map(&mark) {
        let count = &mut table[cell(mark)];
        *count = count.saturating_add(1);
    }
    let mut counts: FxHashMap<u64, u32> = FxHashMap::default();
    if table.iter().any(|count| *count > FEW) {
        let full = |mark: &u64| table[cell(*mark)] > FEW;
        let marks = (0..rows).filter_map(&mark).filter(full);
        marks.for_each(|mark| *counts.entry(mark).or_default() += 1);
    }
    counts.retain(|_, count| *count > u32::from(FEW));
    counts
}

fn hash((names, number, date, place, sex, extras): Content<'_>) -> u64 {
    let rest = u64::from(date) << 32 | u64::from(place) << 8 | u64::from(sex);
    let known = mix(mix(7, number), rest);
    let names = names.iter().chain(extras);
    names.fold(known, |hash, id| mix(hash, u64::from(*id)))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A roll of records with these names, one after the other.
    fn roll(names: &[u32]) -> Vec<Record> {
        let record = |name: &u32| Record {
            names: [*name, 1, 1, 1],
            ..Record::default()
        };
        names.iter().map(record).collect()
    }

    #[test]
    fn the_first_of_many_counts_and_a_few_count_each() {
        for (copies, further) in [(1, 0), (2, 0), (8, 0), (9, 8), (300, 299), (5000, 4999)] {
            let mut names: Vec<u32> = (10..500).collect();
            names.splice(200..200, vec![9; copies]);
            let roll = roll(&names);
            let repeated = Repeated::of(&roll, &[], 0);
            assert_eq!(repeated.count, further, "{copies}");
            let held: Vec<usize> = (0..roll.len()).filter(|row| repeated.holds(*row)).collect();
            let expected: Vec<usize> = (201..201 + further).collect();
            assert_eq!(held, expected, "{copies}");
        }
        assert_eq!(Repeated::of(&[], &[], 0).count, 0);
    }

    #[test]
    fn what_differs_in_anything_that_is_compared_is_no_copy() {
        let base = Record {
            names: [1, 2, 3, 4],
            place: 7,
            ..Record::default()
        };
        let mut others = [base; 3];
        others[0].names[3] = 5;
        others[1].place = 8;
        others[2].sex = sanduq_register::matching::record::Sex::Male;
        for other in &others {
            let roll: Vec<Record> = (0..16).map(|at| [base, *other][at % 2]).collect();
            assert_eq!(Repeated::of(&roll, &[], 0).count, 0, "eight of each");
        }
        let extras: Vec<NameId> = (0..16).map(|at| at % 2).collect();
        assert_eq!(Repeated::of(&[base; 16], &extras, 1).count, 0);
        assert_eq!(Repeated::of(&[base; 16], &[1; 16], 1).count, 15);
    }

    #[test]
    fn names_of_further_copies_are_taken_back() {
        let mut dictionary = Dictionary::new();
        let (rare, common) = (
            dictionary.id("نوف".as_bytes()),
            dictionary.id("علي".as_bytes()),
        );
        let record = |name| Record {
            names: [name, common, common, common],
            ..Record::default()
        };
        let roll: Vec<Record> = [vec![record(rare); 100], vec![record(common); 5]].concat();
        for record in &roll {
            for (id, role) in record.names.iter().zip(ROLE) {
                dictionary.count(*id, role);
            }
        }
        Repeated::of(&roll, &[], 0).take_out(&mut dictionary, (&roll, &[]), 0);
        let count = |text, role| dictionary.known(text, role).map(|(_, count)| count);
        assert_eq!(count("نوف", 0), Some(1));
        assert_eq!(count("علي", 0), Some(5));
        assert_eq!(
            count("علي", 1),
            Some(12),
            "as father and as grandfather of six"
        );
        assert_eq!(count("علي", 2), Some(6));
    }
}
