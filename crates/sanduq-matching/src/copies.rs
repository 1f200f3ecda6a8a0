//! Copies of one record, the same in all that is compared. A few are compared with each other like
//! any records; of thousands, each is compared with the first alone, which says the same.

use crate::blocks::Blocks;
use crate::blocks::Sides;
use sanduq_register::matching::record::NameId;
use sanduq_register::matching::record::Record;

/// All that is compared of a record.
pub(crate) type Content<'a> = ([NameId; 4], u64, u32, u16, u8, &'a [NameId]);

/// All that is compared of a record with these further attributes.
pub(crate) fn content<'a>(one: &Record, extras: &'a [NameId]) -> Content<'a> {
    let (number, date) = (one.number.packed(), one.date.kept());
    (one.names, number, date, one.place, one.sex as u8, extras)
}

fn content_of<'a>(blocks: &'a Blocks<'_>, row: u32) -> Content<'a> {
    content(&blocks.records[row as usize], blocks.extras_of(row))
}

/// Whether two rows hold copies of one record.
pub(crate) fn are_copies(blocks: &Blocks<'_>, one: u32, other: u32) -> bool {
    content_of(blocks, one) == content_of(blocks, other)
}

/// What was taken out of a block.
#[derive(Default)]
pub(crate) struct Apart {
    /// Pairs by which further copies hang together with those that stay.
    pub(crate) pairs: Vec<[u32; 2]>,
    /// Further copies of a list, each behind the one that stays, sorted: what is found of that one
    /// is found of them.
    pub(crate) listed: Vec<[u32; 2]>,
}

impl Apart {
    /// The further copies of a list that stand behind one that stayed.
    pub(crate) fn behind(listed: &[[u32; 2]], row: u32) -> impl Iterator<Item = u32> {
        let from = listed.partition_point(|[first, _]| *first < row);
        let copies = listed[from..]
            .iter()
            .take_while(move |[first, _]| *first == row);
        copies.map(|[_, copy]| *copy)
    }
}

/// Takes further copies out of the rows of a block. Of a list one stays for all; of the roll it is
/// compared with two stay, so that whoever is two electors is seen to be.
pub(crate) fn apart(blocks: &Blocks<'_>, sides: Sides, rows: &mut Vec<u32>) -> Apart {
    let list = match sides {
        Sides::Link(list) => list,
        Sides::All | Sides::Unusual => u32::MAX,
    };
    let kept = if list == u32::MAX { 1 } else { 2 };
    rows.sort_by_cached_key(|row| (content_of(blocks, *row), *row));
    let mut apart = Apart::default();
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
        apart.pairs.extend(first.into_iter().flat_map(|first| {
            let to = |copy: &u32| [*first, *copy];
            go.iter().map(to).collect::<Vec<_>>()
        }));
        rest.extend_from_slice(stay);
        if let [first, copies @ ..] = listed {
            rest.push(*first);
            apart
                .listed
                .extend(copies.iter().map(|copy| [*first, *copy]));
        }
    }
    apart.listed.sort_unstable();
    rest.sort_unstable();
    *rows = rest;
    apart
}
