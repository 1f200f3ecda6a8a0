//! Copies of one record, the same in all that is compared. A few are compared with each other like
//! any records; of thousands, each is compared with the first alone, which says the same.

use crate::blocks::Blocks;
use crate::blocks::Sides;
use sanduq_register::matching::record::NameId;

/// All that is compared of a record.
type Content<'a> = ([NameId; 4], u64, u32, u16, u8, &'a [NameId]);

fn content<'a>(blocks: &'a Blocks<'_>, row: u32) -> Content<'a> {
    let one = &blocks.records[row as usize];
    let (number, date) = (one.number.packed(), one.date.packed());
    let extras = blocks.extras_of(row);
    (one.names, number, date, one.place, one.sex as u8, extras)
}

/// Whether two rows hold copies of one record.
pub(crate) fn are_copies(blocks: &Blocks<'_>, one: u32, other: u32) -> bool {
    content(blocks, one) == content(blocks, other)
}

/// Takes further copies out of the rows of a block, and returns the pairs by which they hang
/// together with those that stay. Of a list nothing is taken out; of the roll it is compared with
/// two stay, so that whoever is two electors is seen to be.
pub(crate) fn apart(blocks: &Blocks<'_>, sides: Sides, rows: &mut Vec<u32>) -> Vec<[u32; 2]> {
    let list = match sides {
        Sides::Link(list) => list,
        Sides::All | Sides::Unusual => u32::MAX,
    };
    let kept = if list == u32::MAX { 1 } else { 2 };
    rows.sort_by_cached_key(|row| (content(blocks, *row), *row));
    let mut pairs = Vec::new();
    let mut rest = Vec::with_capacity(rows.len());
    for group in rows.chunk_by(|one, other| are_copies(blocks, *one, *other)) {
        let (roll, listed) = group.split_at(group.partition_point(|row| *row < list));
        let (stay, go) = roll.split_at(roll.len().min(kept));
        let first = if list == u32::MAX {
            stay.first()
        } else {
            listed.first()
        };
        // A list of others says of the further copies what it says of those that stay.
        pairs.extend(first.into_iter().flat_map(|first| {
            let to = |copy: &u32| [*first, *copy];
            go.iter().map(to).collect::<Vec<_>>()
        }));
        rest.extend(stay.iter().chain(listed));
    }
    rest.sort_unstable();
    *rows = rest;
    pairs
}
