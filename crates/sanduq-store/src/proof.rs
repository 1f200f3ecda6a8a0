//! Proofs that an entry is in the journal, and its roots at earlier sizes. The database hashes the
//! entries; what leaves it are leaf hashes. Always true here: a block of 256 entries, once full,
//! never changes, so its root is asked for once and kept by whoever proves.

use crate::error::StoreError;
use crate::store::Read;
use crate::value::column;
use crate::value::count_in;
use crate::value::damaged;
use crate::value::hash;
use core::ops::Range;
use sanduq_journal::hash::Hash;
use sanduq_journal::proof::HashReader;
use sanduq_journal::proof::ProofRefusal;
use sanduq_journal::proof::inclusion_proof;
use sanduq_journal::proof::root as root_at;
use sanduq_journal::tree::Frontier;
use std::collections::BTreeMap;

/// Entries of a block, as a power of two.
const LEVEL: u32 = 8;
/// Leaf hashes that are asked for at a time, in blocks.
const AT_ONCE: u64 = 256;

/// The roots of the first full blocks of a journal.
#[derive(Clone, Debug, Default)]
pub struct Blocks(Vec<Hash>);

fn root(hashes: &[Hash]) -> Hash {
    hashes.iter().copied().collect::<Frontier>().root()
}

/// Roots of blocks, and the leaves of those that a proof goes through.
struct Known<'a> {
    blocks: &'a [Hash],
    leaves: BTreeMap<u64, Vec<Hash>>,
}

impl Known<'_> {
    fn at(&self, level: u32, index: u64) -> Option<Hash> {
        let (hashes, first, width) = if level >= LEVEL {
            let width = 1_u64.checked_shl(level - LEVEL)?;
            (self.blocks, index.checked_mul(width)?, width)
        } else {
            let width = 1_u64 << level;
            let first = index.checked_mul(width)?;
            let block = self.leaves.get(&(first >> LEVEL))?;
            (block.as_slice(), first % (1 << LEVEL), width)
        };
        let first = usize::try_from(first).ok()?;
        let end = first.checked_add(usize::try_from(width).ok()?)?;
        hashes.get(first..end).map(root)
    }
}

impl HashReader for Known<'_> {
    type Error = ProofRefusal;

    fn subtree(&mut self, level: u32, index: u64) -> Result<Hash, ProofRefusal> {
        self.at(level, index).ok_or(ProofRefusal::HashNotHeld)
    }
}

impl Read {
    /// The leaf hashes of the entries in `range`.
    async fn leaves(&self, range: Range<u64>) -> Result<Vec<Hash>, StoreError> {
        let rows = self
            .transaction
            .rows(
                r"SELECT sha256('\x00'::bytea || bytes)
                FROM journal.run, unnest(entries) WITH ORDINALITY AS one (bytes, place)
                WHERE first > $1::bigint - 64 AND first < $2::bigint
                    AND first + place > $1 AND first + place <= $2
                ORDER BY first, place",
                &[&count_in(range.start)?, &count_in(range.end)?],
            )
            .await?;
        let leaves = rows.iter().map(|row| hash(column(row, 0)?));
        leaves.collect()
    }

    /// The path from entry `index` to the root over the first `size` entries, leaf first. Takes
    /// into `blocks` what it does not know yet: the first proof of a long journal is the slow one.
    ///
    /// # Errors
    /// A fault; [`Fault::Damaged`](crate::Fault::Damaged) when the journal has not that many.
    pub async fn inclusion(
        &self,
        blocks: &mut Blocks,
        index: u64,
        size: u64,
    ) -> Result<Vec<Hash>, StoreError> {
        let full = self.learn(blocks, size).await?;
        let mut leaves = BTreeMap::new();
        for block in [index >> LEVEL, full] {
            leaves.insert(block, self.block(block, size).await?);
        }
        let blocks = &blocks.0[..usize::try_from(full).unwrap_or(usize::MAX)];
        inclusion_proof(Known { blocks, leaves }, index, size).map_err(|why| damaged(&why))
    }

    /// The root over the first `size` entries. Takes into `blocks` what it does not know yet.
    ///
    /// # Errors
    /// A fault; [`Fault::Damaged`](crate::Fault::Damaged) when the journal has not that many.
    pub async fn root_at(&self, blocks: &mut Blocks, size: u64) -> Result<Hash, StoreError> {
        let full = self.learn(blocks, size).await?;
        let leaves = BTreeMap::from([(full, self.block(full, size).await?)]);
        let blocks = &blocks.0[..usize::try_from(full).unwrap_or(usize::MAX)];
        root_at(Known { blocks, leaves }, size).map_err(|why| damaged(&why))
    }

    /// The leaf hashes of a block, as far as the first `size` entries go.
    async fn block(&self, block: u64, size: u64) -> Result<Vec<Hash>, StoreError> {
        let first = block << LEVEL;
        let last = (first + (1 << LEVEL)).min(size);
        self.leaves(first..last).await
    }

    /// Takes in the roots of the full blocks among the first `size` entries; how many there are.
    async fn learn(&self, blocks: &mut Blocks, size: u64) -> Result<u64, StoreError> {
        let full = size >> LEVEL;
        loop {
            let known = blocks.0.len() as u64;
            let end = full.min(known + AT_ONCE);
            if known >= end {
                return Ok(full);
            }
            let leaves = self.leaves(known << LEVEL..end << LEVEL).await?;
            blocks.0.extend(leaves.chunks_exact(1 << LEVEL).map(root));
            if (blocks.0.len() as u64) < end {
                return Err(damaged(&"the journal has fewer entries than its head says"));
            }
        }
    }
}
