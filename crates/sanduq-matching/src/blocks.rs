//! Blocks: all records under one key, rule by rule, sorted in small buckets.
//!
//! A key is packed with its row into one 64-bit word: 256 buckets by the first bits of the hash,
//! inside a bucket the rest of the hash above the row. Two keys that meet by chance only cost a
//! comparison.

use super::copies;
use super::keys::Keys;
use rayon::prelude::*;
use sanduq_register::matching::profile::Part;
use sanduq_register::matching::record::NameId;
use sanduq_register::matching::record::Record;
use std::ops::Range;
use std::sync::atomic::AtomicUsize;
use std::sync::atomic::Ordering;

/// Buckets by the first eight bits of the hash.
pub const BUCKETS: usize = 256;

/// Which pairs a rule wants.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Sides {
    /// Any two records.
    All,
    /// One of the two at least is unusual.
    Unusual,
    /// One of the roll and one of the list, which begins at this row.
    Link(u32),
}

impl Sides {
    /// Whether a record is of the side that is sought for: unusual, or of the list.
    #[must_use]
    pub fn seeks(self, row: u32, record: &Record) -> bool {
        match self {
            Self::All => true,
            Self::Unusual => record.unusual,
            Self::Link(list) => row >= list,
        }
    }
}

/// Everything that is blocked.
pub struct Blocks<'a> {
    /// What keys are made of.
    pub keys: Keys<'a>,
    /// All records.
    pub records: &'a [Record],
    /// Further attributes, `width` for each record.
    pub extras: &'a [NameId],
    /// Further attributes of a record.
    pub width: usize,
    /// Parts a large block is split by, one after the other.
    pub splitters: &'a [Part],
    /// The largest block that is compared.
    pub largest: usize,
    /// In how many passes the keys of a rule are made, so that they fit into memory.
    pub passes: usize,
    /// Told how many of all the buckets of a rule are done.
    pub reached: &'a (dyn Fn(usize) + Sync),
}

/// What became of the blocks of one rule.
#[derive(Clone, Copy, Debug, Default)]
pub struct Report {
    /// Keys made.
    pub keys: u64,
    /// Pairs compared.
    pub pairs: u64,
    /// Blocks that were split.
    pub split: u64,
    /// Records left out of comparison in blocks that could not be split.
    pub refused: u64,
    /// Further copies of one record that were compared with the first of them alone, because their
    /// block is too large.
    pub copies: u64,
}

impl Report {
    /// The sum of two reports.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self {
            keys: self.keys + other.keys,
            pairs: self.pairs + other.pairs,
            split: self.split + other.split,
            refused: self.refused + other.refused,
            copies: self.copies + other.copies,
        }
    }
}

impl Blocks<'_> {
    /// The further attributes of a record.
    #[must_use]
    pub fn extras_of(&self, row: u32) -> &[NameId] {
        let from = row as usize * self.width;
        &self.extras[from..from + self.width]
    }

    /// Makes the blocks of a rule and hands them, in an order of its own, to `visit`, which gets
    /// its own scratch from `scratch` and the further copies of a list, each behind its first, and
    /// returns how many pairs it compared.
    pub fn each<S, F: Send>(
        &self,
        rule: &[Part],
        sides: Sides,
        scratch: impl Fn() -> S + Sync + Send,
        visit: impl Fn(&mut S, &[u32], &[[u32; 2]], &mut Vec<F>) -> u64 + Sync + Send,
    ) -> (Vec<F>, Report) {
        let filter = (sides != Sides::All).then(|| self.filter(rule, sides));
        let passes = self.passes.clamp(1, BUCKETS);
        let mut all = Vec::new();
        let mut report = Report::default();
        let done = AtomicUsize::new(0);
        for pass in 0..passes {
            let buckets = pass * BUCKETS / passes..(pass + 1) * BUCKETS / passes;
            let chunks = self.chunks(rule, filter.as_ref(), &buckets);
            let found: Vec<(Vec<F>, Report)> = buckets
                .clone()
                .into_par_iter()
                .map_init(&scratch, |scratch, bucket| {
                    let mut keys: Vec<u64> = Vec::new();
                    for chunk in &chunks {
                        keys.extend_from_slice(&chunk[bucket - buckets.start]);
                    }
                    keys.sort_unstable();
                    let mut found = Vec::new();
                    let report = self.visit_bucket((rule, sides), &keys, &mut |block, listed| {
                        visit(scratch, block, listed, &mut found)
                    });
                    (self.reached)(done.fetch_add(1, Ordering::Relaxed) + 1);
                    (found, report)
                })
                .collect();
            for (links, one) in found {
                all.extend(links);
                report = report.and(one);
            }
        }
        (all, report)
    }

    fn row_bits(&self) -> u32 {
        row_bits(self.records.len())
    }

    /// The keys of all records under a rule, each above its row, bucket by bucket in their order,
    /// handed to `take`.
    pub(crate) fn sorted(
        &self,
        rule: &[Part],
        mut take: impl FnMut(&[u64]) -> std::io::Result<()>,
    ) -> std::io::Result<()> {
        let passes = self.passes.clamp(1, BUCKETS);
        for pass in 0..passes {
            let range = pass * BUCKETS / passes..(pass + 1) * BUCKETS / passes;
            let chunks = self.chunks(rule, None, &range);
            let buckets: Vec<Vec<u64>> = (0..range.len())
                .into_par_iter()
                .map(|bucket| {
                    let mut keys = Vec::new();
                    for chunk in &chunks {
                        keys.extend_from_slice(&chunk[bucket]);
                    }
                    keys.sort_unstable();
                    keys
                })
                .collect();
            buckets.iter().try_for_each(|keys| take(keys))?;
        }
        Ok(())
    }

    /// Keys in buckets, for each share of the records.
    fn chunks(
        &self,
        rule: &[Part],
        filter: Option<&Filter>,
        range: &Range<usize>,
    ) -> Vec<Vec<Vec<u64>>> {
        let size = (self.records.len() / (4 * rayon::current_num_threads()) + 1).max(1 << 14);
        let bits = self.row_bits();
        let starts: Vec<usize> = (0..self.records.len()).step_by(size).collect();
        starts
            .into_par_iter()
            .map(|start| {
                let room = size / BUCKETS * 5 / 4;
                let mut buckets: Vec<Vec<u64>> =
                    range.clone().map(|_| Vec::with_capacity(room)).collect();
                let end = (start + size).min(self.records.len());
                for row in start..end {
                    let row = u32::try_from(row).unwrap_or(u32::MAX);
                    self.keys.each(
                        rule,
                        (row, &self.records[row as usize]),
                        self.extras_of(row),
                        |key| {
                            let bucket = (key >> 56) as usize;
                            let wanted = range.contains(&bucket);
                            if wanted && filter.is_none_or(|filter| filter.holds(key)) {
                                buckets[bucket - range.start].push(key << bits | u64::from(row));
                            }
                        },
                    );
                }
                buckets
            })
            .collect()
    }

    /// A filter of every key of the sought side, sixteen bits or more for each.
    fn filter(&self, rule: &[Part], sides: Sides) -> Filter {
        let sought = || {
            let rows = (0u32..).zip(self.records);
            rows.filter(|(row, record)| sides.seeks(*row, record))
        };
        let bits = (usize::BITS - sought().count().leading_zeros() + 5).clamp(12, 27);
        let mut filter = Filter {
            shift: 64 - bits,
            words: vec![0; 1 << (bits - 6)],
        };
        for (row, record) in sought() {
            self.keys
                .each(rule, (row, record), self.extras_of(row), |key| {
                    let bit = key >> filter.shift;
                    filter.words[(bit >> 6) as usize] |= 1 << (bit & 63);
                });
        }
        filter
    }

    fn visit_bucket(
        &self,
        (rule, sides): (&[Part], Sides),
        keys: &[u64],
        visit: &mut impl FnMut(&[u32], &[[u32; 2]]) -> u64,
    ) -> Report {
        let bits = self.row_bits();
        let mut report = Report {
            keys: keys.len() as u64,
            ..Report::default()
        };
        let mut rows = Vec::new();
        for block in keys.chunk_by(|one, other| one >> bits == other >> bits) {
            if block.len() < 2 {
                continue;
            }
            rows.clear();
            let mask = (1u64 << bits) - 1;
            rows.extend(
                block
                    .iter()
                    .map(|key| u32::try_from(key & mask).unwrap_or(u32::MAX)),
            );
            self.visit_block((rule, sides), &mut rows, visit, &mut report);
        }
        report
    }

    /// Pairs in a block; the rows of the sought side are moved to its front.
    fn pairs(&self, sides: Sides, rows: &mut [u32]) -> usize {
        if sides == Sides::All {
            return rows.len() * rows.len() / 2;
        }
        rows.sort_unstable_by_key(|row| (!sides.seeks(*row, &self.records[*row as usize]), *row));
        let sought = |row: &u32| sides.seeks(*row, &self.records[*row as usize]);
        let count = rows.iter().take_while(|row| sought(row)).count();
        match sides {
            Sides::Link(_) => count * (rows.len() - count),
            Sides::All | Sides::Unusual => count * rows.len(),
        }
    }

    /// Visits a block; of one that is too large the further copies of a record apart from the rest.
    fn visit_block(
        &self,
        (rule, sides): (&[Part], Sides),
        rows: &mut Vec<u32>,
        visit: &mut impl FnMut(&[u32], &[[u32; 2]]) -> u64,
        report: &mut Report,
    ) {
        if self.pairs(sides, rows) > self.largest * self.largest {
            let before = rows.len();
            let apart = copies::apart(self, sides, rows);
            for mut pair in apart.pairs {
                self.pairs(sides, &mut pair);
                report.pairs += visit(&pair, &[]);
            }
            report.copies += (before - rows.len()) as u64;
            let mut visit = |rows: &[u32]| visit(rows, &apart.listed);
            return self.visit_parts((rule, sides), rows, 0, &mut visit, report);
        }
        report.pairs += visit(rows, &[]);
    }

    /// Visits a block, split by one part after the other while it is too large.
    fn visit_parts(
        &self,
        (rule, sides): (&[Part], Sides),
        rows: &mut [u32],
        next: usize,
        visit: &mut impl FnMut(&[u32]) -> u64,
        report: &mut Report,
    ) {
        if self.pairs(sides, rows) <= self.largest * self.largest {
            report.pairs += visit(rows);
            return;
        }
        let Some(splitter) = self.splitters.get(next) else {
            report.refused += rows.len() as u64;
            return;
        };
        if rule.contains(splitter) {
            return self.visit_parts((rule, sides), rows, next + 1, visit, report);
        }
        report.split += 1;
        let mut keyed = Vec::with_capacity(rows.len());
        for row in rows.iter() {
            let record = &self.records[*row as usize];
            self.keys
                .each(&[*splitter], (*row, record), self.extras_of(*row), |key| {
                    keyed.push((key, *row));
                });
        }
        keyed.sort_unstable();
        let mut inner = Vec::new();
        for block in keyed.chunk_by(|one, other| one.0 == other.0) {
            if block.len() > 1 {
                inner.clear();
                inner.extend(block.iter().map(|(_, row)| *row));
                self.visit_parts((rule, sides), &mut inner, next + 1, visit, report);
            }
        }
    }
}

/// Bits that hold the row of any of so many records.
pub(crate) fn row_bits(records: usize) -> u32 {
    (usize::BITS - records.leading_zeros()).max(8)
}

/// Lets through the keys of the sought side, and few others.
struct Filter {
    shift: u32,
    words: Vec<u64>,
}

impl Filter {
    fn holds(&self, key: u64) -> bool {
        let bit = key >> self.shift;
        self.words[(bit >> 6) as usize] >> (bit & 63) & 1 == 1
    }
}
