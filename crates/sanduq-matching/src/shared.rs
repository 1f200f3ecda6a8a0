//! Numbers under which more than one person stands. Nobody is removed for it and nothing is
//! proposed: somebody was given another's number, or two people the same one, and who it is has to
//! be asked.

use crate::run::Engine;
use sanduq_register::matching::cluster::Clusters;
use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::io::Write;

/// With so many people under it a number is a placeholder rather than anybody's.
pub const PLACEHOLDER: usize = 20;

/// A number of more than one person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shared {
    /// The records that carry it, in the order of the roll.
    pub rows: Vec<u32>,
    /// How many people they are, records that are matched with each other being one.
    pub people: usize,
}

/// Every number of a roll that more than one person carries, in the order of their first records.
/// `same` are the records that may be one person.
#[must_use]
pub fn shared(engine: &Engine, same: &Clusters) -> Vec<Shared> {
    let mut by_number: BTreeMap<u64, Vec<u32>> = BTreeMap::new();
    let again = Again::of(engine);
    for (row, number) in numbers(engine).filter(|(_, number)| again.holds(*number)) {
        by_number.entry(number).or_default().push(row);
    }
    let mut found: Vec<Shared> = by_number
        .into_values()
        .filter(|rows| rows.len() > 1)
        .filter_map(|rows| {
            let people: BTreeSet<u32> = rows.iter().map(|row| same.root(*row)).collect();
            let people = people.len();
            (people > 1).then_some(Shared { rows, people })
        })
        .collect();
    found.sort_unstable_by_key(|one| one.rows[0]);
    found
}

/// Writes them as CSV, a row for each record: the number by its place in this list (the number
/// itself stands on the roll), the record's id, the id of the first record of the same person, how
/// many people carry it, and whether it is rather a placeholder.
///
/// # Errors
/// When the writer fails.
pub fn write(
    engine: &Engine,
    same: &Clusters,
    shared: &[Shared],
    out: impl Write,
) -> csv::Result<()> {
    let mut out = csv::Writer::from_writer(out);
    out.write_record(["number", "record", "person", "people", "notes"])?;
    let id = |row: u32| engine.ids().cell(row);
    for (place, one) in (1u32..).zip(shared) {
        let (place, people) = (place.to_string(), one.people.to_string());
        let placeholder = one.people >= PLACEHOLDER;
        for row in &one.rows {
            out.write_record([
                place.as_str(),
                &id(*row),
                &id(same.root(*row)),
                &people,
                if placeholder { "placeholder" } else { "" },
            ])?;
        }
    }
    out.flush()?;
    Ok(())
}

/// Rows and their numbers, where one is given.
fn numbers<'a>(engine: &'a Engine) -> impl Iterator<Item = (u32, u64)> + 'a {
    let rows = (0u32..).zip(engine.records());
    let given = rows.filter(|(_, record)| !record.number.is_missing());
    given.map(|(row, record)| (row, record.number.packed()))
}

/// Which numbers may stand on the roll more than once: two bits for each place of a table four
/// times as long as the roll, so that only these few are sorted.
struct Again {
    twice: Vec<u64>,
    shift: u32,
}

impl Again {
    fn of(engine: &Engine) -> Self {
        let bits = (usize::BITS - engine.records().len().leading_zeros() + 2).max(6);
        let shift = u64::BITS - bits;
        let mut once = vec![0u64; 1 << (bits - 6)];
        let mut twice = once.clone();
        for (_, number) in numbers(engine) {
            let (word, bit) = place(number, shift);
            twice[word] |= once[word] & bit;
            once[word] |= bit;
        }
        Self { twice, shift }
    }

    fn holds(&self, number: u64) -> bool {
        let (word, bit) = place(number, self.shift);
        self.twice[word] & bit != 0
    }
}

/// Where a number stands in a table of bits.
fn place(number: u64, shift: u32) -> (usize, u64) {
    // The odd number nearest to 2^64 over the golden ratio spreads neighbours (Knuth, TAOCP 6.4).
    let spread = number.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> shift;
    (
        usize::try_from(spread >> 6).unwrap_or(0),
        1 << (spread & 63),
    )
}
