//! What is measured of all records of a roll: how rare dates and places are, what is usual, which
//! numbers are nobody's.

use crate::keys::Traits;
use crate::keys::mix;
use crate::repeated::FEW;
use crate::repeated::Repeated;
use crate::repeated::frequent;
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use rustc_hash::FxHashSet;
use sanduq_register::matching::number::Number;
use sanduq_register::matching::profile::GIVEN;
use sanduq_register::matching::profile::NAME_PARTS;
use sanduq_register::matching::profile::Profile;
use sanduq_register::matching::record::Name;
use sanduq_register::matching::record::NameId;
use sanduq_register::matching::record::Record;
use sanduq_register::matching::record::rarity;

/// What is measured of all records of a roll.
pub(crate) struct Measure {
    /// How rare each birth date is, by packed date.
    pub(crate) dates: Vec<u8>,
    /// How rare each place is.
    pub(crate) places: Vec<u8>,
    /// The number of records in half bits.
    pub(crate) size: u8,
    /// The parts of the name that most records have, as bits.
    pub(crate) usual: usize,
    /// Most records would be unusual, so that none is.
    pub(crate) none_unusual: bool,
    /// Numbers under which so many people stand that they are nobody's, sorted.
    pub(crate) crowded: Vec<Number>,
}

impl Measure {
    /// That of a roll; further copies of what stands there again and again are not in it.
    pub(crate) fn of(
        roll: &[Record],
        repeated: &Repeated,
        names: &[Name],
        profile: &Profile,
    ) -> Self {
        let size = roll.len() - repeated.count;
        let once = |row: usize| !repeated.holds(row);
        let mut counts = [0u64; 1 << NAME_PARTS];
        let each = || roll.iter().enumerate().filter(|(row, _)| once(*row));
        each().for_each(|(_, record)| counts[given(record)] += 1);
        let most = counts.iter().max().copied().unwrap_or(0);
        let usual = counts.iter().position(|count| *count == most).unwrap_or(0);
        let unusual = roll.par_iter().enumerate().filter(|(row, record)| {
            once(*row) && (record.unusual || is_unusual(record, usual, names, profile))
        });
        Self {
            dates: rarities(each(), |record| record.date.packed() as usize),
            places: rarities(each(), |record| usize::from(record.place)),
            size: size_in_half_bits(size),
            usual,
            none_unusual: unusual.count() * 2 > size,
            crowded: crowded(roll, repeated, names),
        }
    }
}

/// The numbers under which people of more than a few given names stand. One number has one bearer:
/// what an office writes where none is known has been given to many, and says nothing of anybody.
fn crowded(roll: &[Record], repeated: &Repeated, names: &[Name]) -> Vec<Number> {
    let mark = |row: usize| {
        let number = roll[row].number;
        let counts = !number.is_missing() && !repeated.holds(row);
        counts.then(|| mix(11, number.packed()))
    };
    let often = frequent(roll.len(), mark);
    let mut given: FxHashMap<Number, FxHashSet<NameId>> = FxHashMap::default();
    if !often.is_empty() {
        let rows =
            (0..roll.len()).filter(|row| mark(*row).is_some_and(|one| often.contains_key(&one)));
        for record in rows.map(|row| &roll[row]) {
            let known = given.entry(record.number).or_default();
            if known.len() <= usize::from(FEW) {
                known.insert(names[record.names[GIVEN] as usize].canonical);
            }
        }
    }
    given.retain(|_, known| known.len() > usize::from(FEW));
    let mut crowded: Vec<Number> = given.into_keys().collect();
    crowded.sort_unstable();
    crowded
}

/// Which parts of the name a record has, as bits.
fn given(record: &Record) -> usize {
    let bits = record.names.iter().enumerate();
    bits.fold(0, |parts, (part, id)| parts | usize::from(*id > 0) << part)
}

/// Whether the wider rules are made for a record: another script, other parts of the name than most
/// have (one missing, or moved up), no day of birth.
fn is_unusual(record: &Record, usual: usize, names: &[Name], profile: &Profile) -> bool {
    given(record) != usual
        || record.names.iter().any(|id| names[*id as usize].latin)
        || Traits::new(record, names, &profile.number).lack_day()
}

/// Marks those for whom the wider rules are made. Where most are so, none is unusual.
pub(crate) fn mark_unusual(
    records: &mut [Record],
    measure: &Measure,
    names: &[Name],
    profile: &Profile,
) {
    records.par_iter_mut().for_each(|record| {
        record.unusual |= is_unusual(record, measure.usual, names, profile);
        record.unusual &= !measure.none_unusual;
    });
}

/// How rare each value is among the records that have one.
fn rarities<'a>(
    records: impl Iterator<Item = (usize, &'a Record)>,
    value: impl Fn(&Record) -> usize,
) -> Vec<u8> {
    let mut counts = vec![0u32; 1];
    for (_, record) in records {
        let at = value(record);
        if at >= counts.len() {
            counts.resize(at + 1, 0);
        }
        counts[at] += 1;
    }
    counts[0] = 0;
    let total = counts.iter().map(|count| u64::from(*count)).sum();
    counts
        .iter()
        .map(|count| rarity(u64::from(*count), total))
        .collect()
}

/// The size of a roll in half bits, beyond the highest rarity too.
fn size_in_half_bits(size: usize) -> u8 {
    let size = (size as u128).max(1);
    u8::try_from((size * size).ilog2()).unwrap_or(u8::MAX)
}
