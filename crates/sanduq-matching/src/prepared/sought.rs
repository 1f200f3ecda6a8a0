//! The records of a prepared roll that share a key with a list: they alone are read.

use crate::blocks::row_bits;
use crate::ids::APART;
use crate::ids::Ids;
use crate::keys::Keys;
use crate::load::Loaded;
use crate::prepared::RECORD;
use crate::prepared::heading::Heading;
use crate::prepared::heading::Part;
use crate::prepared::heading::word;
use crate::prepared::pages::Pages;
use crate::prepared::pages::Reading;
use crate::prepared::pages::Stretch;
use crate::prepared::record;
use crate::run::Rule;
use crate::run::rules;
use rayon::prelude::*;
use sanduq_register::matching::profile::Profile;
use sanduq_register::matching::record::Name;

/// The rows of the roll under a key of the list, each once, in their order.
pub(crate) fn rows(
    (pages, heading): (&Pages, &Heading),
    profile: &Profile,
    list: &Loaded,
    names: &[Name],
) -> Reading<Vec<u32>> {
    let keys = Keys {
        traits: None,
        names,
        layout: &profile.number,
    };
    let rules = rules(profile);
    let of_rule = rules.par_iter().zip(&heading.rules).map(|(rule, kept)| {
        let sought = keys_of(&keys, rule, list, heading);
        found(pages, heading, kept, &sought)
    });
    let mut rows = of_rule.collect::<Reading<Vec<Vec<u32>>>>()?.concat();
    rows.par_sort_unstable();
    rows.dedup();
    Ok(rows)
}

/// The keys of the list under a rule, each with its bucket, sorted.
fn keys_of(keys: &Keys, rule: &Rule, list: &Loaded, heading: &Heading) -> Vec<(usize, u64)> {
    let bits = row_bits(heading.rows);
    let mut sought = Vec::new();
    for (at, one) in list.records.iter().enumerate() {
        let extras = &list.extras[at * heading.width..(at + 1) * heading.width];
        let row = u32::try_from(at).unwrap_or(u32::MAX);
        keys.each(&rule.parts, (row, one), extras, |key| {
            sought.push(((key >> 56) as usize, key << bits));
        });
    }
    sought.sort_unstable();
    sought.dedup();
    sought
}

/// The rows under these keys.
fn found(
    pages: &Pages,
    heading: &Heading,
    (begin, ends): &(u64, Vec<u64>),
    sought: &[(usize, u64)],
) -> Reading<Vec<u32>> {
    let bits = row_bits(heading.rows);
    let mask = (1u64 << bits) - 1;
    let mut kept = Kept(Stretch::new(pages, *begin, 1 << 12));
    let mut rows = Vec::new();
    for (bucket, key) in sought {
        let from = if *bucket == 0 { 0 } else { ends[bucket - 1] };
        let end = ends[*bucket];
        let mut at = kept.first(from, end, *key)?;
        while at < end {
            let here = kept.key(at)?;
            if here & !mask != *key {
                break;
            }
            rows.push(u32::try_from(here & mask).unwrap_or(u32::MAX));
            at += 1;
        }
    }
    Ok(rows)
}

/// The sorted keys of a rule.
struct Kept<'a>(Stretch<'a>);

impl Kept<'_> {
    fn key(&mut self, at: u64) -> Reading<u64> {
        let bytes = self.0.get(at * 8, 8)?;
        Ok(u64::from(word(bytes, 0)) | u64::from(word(bytes, 4)) << 32)
    }

    /// The first place, of those from one on, whose key is not below the one sought. Keys are
    /// hashes and lie evenly, so that the first steps go where it is to be expected.
    fn first(&mut self, mut from: u64, mut end: u64, sought: u64) -> Reading<u64> {
        const GUESSES: usize = 4;
        let (mut low, mut high) = (0, u64::MAX);
        let mut steps = 0;
        while from < end {
            let expected = || {
                let share = u128::from(sought.saturating_sub(low)) * u128::from(end - from);
                let share = share / (u128::from(high - low) + 1);
                from + u64::try_from(share).unwrap_or(0)
            };
            let middle = if steps < GUESSES && low <= sought && sought <= high {
                expected().min(end - 1)
            } else {
                from + (end - from) / 2
            };
            steps += 1;
            let here = self.key(middle)?;
            if here < sought {
                (from, low) = (middle + 1, here);
            } else {
                (end, high) = (middle, here);
            }
        }
        Ok(from)
    }
}

/// Puts the records of these rows of the roll, with their ids and attributes, before the list.
pub(crate) fn put_before(
    (pages, heading): (&Pages, &Heading),
    rows: &[u32],
    list: &mut Loaded,
) -> Reading<()> {
    const AT_ONCE: usize = 1 << 16;
    let stretch = |part| Stretch::new(pages, heading.from(part), AT_ONCE);
    let mut of_roll = stretch(Part::Records);
    let mut records = Vec::with_capacity(rows.len() + list.records.len());
    for row in rows {
        let bytes = of_roll.get(u64::from(*row) * RECORD as u64, RECORD)?;
        records.push(record(bytes));
    }
    records.append(&mut list.records);
    let mut extras = Vec::new();
    if heading.width > 0 {
        let mut of_roll = stretch(Part::Extras);
        let length = heading.width * 4;
        for row in rows {
            let bytes = of_roll.get(u64::from(*row) * length as u64, length)?;
            extras.extend((0..heading.width).map(|at| word(bytes, at * 4)));
        }
    }
    extras.append(&mut list.extras);
    let mut ids = ids(
        heading,
        &mut stretch(Part::IdMarks),
        &mut stretch(Part::Ids),
        rows,
    )?;
    for (_, id) in list.ids.each(0..list.ids.len()) {
        ids.push(id);
    }
    list.records = records;
    list.extras = extras;
    list.ids = ids;
    Ok(())
}

/// The ids of rows.
fn ids(heading: &Heading, marks: &mut Stretch, bytes: &mut Stretch, rows: &[u32]) -> Reading<Ids> {
    let mut ids = Ids::default();
    let last = heading.rows.div_ceil(APART) as u64;
    for row in rows {
        let group = u64::from(*row) / APART as u64;
        let mut mark = |group: u64| -> Reading<u64> {
            let bytes = marks.get(group * 8, 8)?;
            Ok(u64::from(word(bytes, 0)) | u64::from(word(bytes, 4)) << 32)
        };
        let from = mark(group)?;
        let end = if group + 1 < last {
            mark(group + 1)?
        } else {
            heading.length(Part::Ids)
        };
        let length = usize::try_from(end.saturating_sub(from)).unwrap_or(0);
        let group = bytes.get(from, length)?;
        ids.push(nth(group, *row as usize % APART));
    }
    Ok(ids)
}

/// The id at a place of a group, each behind its length.
fn nth(mut group: &[u8], place: usize) -> &[u8] {
    for _ in 0..place {
        let length = group.first().map_or(0, |length| usize::from(*length) + 1);
        group = group.get(length..).unwrap_or_default();
    }
    match group {
        [length, rest @ ..] => rest.get(..usize::from(*length)).unwrap_or_default(),
        [] => &[],
    }
}
