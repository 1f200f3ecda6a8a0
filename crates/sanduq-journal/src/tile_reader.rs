//! Reads a published log back: single hashes for proofs, or all of it, recomputed.
//!
//! [`check_tree`] trusts the size and the root it is given and nothing else. Always true: it asks
//! for every file of [`TilePath::all`] once, keeps no more than one tile a level in memory, and
//! answers `Ok` only when each byte of each file follows from the entries and they from the root.
//!
//! When something differs it says which file is to blame. A file is settled from both sides: by the
//! hash above it, and by what stands below it. One damaged file is always named alone; of several,
//! two that only accuse each other are both named.

use crate::hash::Hash;
use crate::proof::HashReader;
use crate::proof::ProofRefusal;
use crate::tile_writer::frontier_of;
use crate::tiles::TILE_WIDTH;
use crate::tiles::TileKind;
use crate::tiles::TilePath;
use crate::tiles::TileRefusal;
use crate::tiles::entries_of;
use crate::tiles::hashes_of;
use crate::tree::Frontier;
use core::fmt::Display;
use core::fmt::Formatter;
use core::ops::Range;

/// Levels of tiles that a log can have: 256^8 = 2^64.
const LEVELS: u8 = 8;

/// At this many failures [`check_tree`] stops with [`TileRefusal::TooManyFailures`], so that a
/// false size cannot keep it busy for ever.
pub const MAX_FAILURES: usize = 1_000;

/// Why a hash could not be read from tiles.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReadFault<E> {
    /// There is no such hash or proof in this log.
    Proof(ProofRefusal),
    /// This file is not what its name says.
    Tile(TilePath, TileRefusal),
    /// This file could not be read.
    Read(TilePath, E),
}

impl<E> From<ProofRefusal> for ReadFault<E> {
    fn from(refusal: ProofRefusal) -> Self {
        Self::Proof(refusal)
    }
}

/// The tiles of a log of a known size, read when a hash is asked for. What it answers is as good as
/// the files: verify a proof made from it before you pass it on.
pub struct TileReader<R> {
    size: u64,
    read: R,
}

impl<R> TileReader<R> {
    /// The log of `size` entries whose files `read` reads.
    pub const fn new(size: u64, read: R) -> Self {
        Self { size, read }
    }
}

impl<E, R: FnMut(TilePath) -> Result<Vec<u8>, E>> HashReader for TileReader<R> {
    type Error = ReadFault<E>;

    fn subtree(&mut self, level: u32, index: u64) -> Result<Hash, ReadFault<E>> {
        // The subtree is a run of 2^(level mod 8) hashes in a tile of level / 8.
        let not_held = ReadFault::Proof(ProofRefusal::HashNotHeld);
        let width = u64::from(TILE_WIDTH);
        let run = 1_u64 << (level % 8);
        let place = || {
            let first = index.checked_mul(run)?;
            let kind = TileKind::Hashes(u8::try_from(level / 8).ok()?);
            let path = TilePath::of_log(kind, first / width, self.size)?;
            let start = usize::try_from(first % width).ok()?;
            Some((path, start..start + usize::try_from(run).ok()?))
        };
        let Some((path, run)) = place() else {
            return Err(not_held);
        };
        let bytes = (self.read)(path).map_err(|error| ReadFault::Read(path, error))?;
        let tile = hashes_of(&bytes, path.width()).map_err(|why| ReadFault::Tile(path, why))?;
        let hashes = tile.get(run).ok_or(not_held)?;
        Ok(root_of(hashes))
    }
}

/// One thing that is wrong with a published log, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TreeFailure {
    /// The file; none for the log as a whole.
    pub path: Option<TilePath>,
    /// The number of the first wrong item among all of its kind: an entry's number in a bundle and
    /// in a tile of level 0, a hash's number in its level above.
    pub index: Option<u64>,
    /// What is wrong.
    pub refusal: TileRefusal,
    /// What the reader said, when it could not read.
    pub detail: String,
}

impl Display for TreeFailure {
    fn fmt(&self, f: &mut Formatter<'_>) -> core::fmt::Result {
        if let Some(path) = self.path {
            write!(f, "{path}: ")?;
        }
        if let Some(index) = self.index {
            write!(f, "item {index}: ")?;
        }
        write!(f, "{}", self.refusal)?;
        if self.detail.is_empty() {
            Ok(())
        } else {
            write!(f, ": {}", self.detail)
        }
    }
}

/// Reads a log of `size` entries and this root, recomputes all of it, and hands each entry that is
/// the one of its leaf hash to `visit` with its number, in order. Believe what was visited only
/// when the answer is `Ok`.
///
/// # Errors
/// Every failure, at most one a file; past [`MAX_FAILURES`] it stops and says so.
pub fn check_tree<E: Display>(
    size: u64,
    root: Hash,
    read: impl FnMut(TilePath) -> Result<Vec<u8>, E>,
    visit: impl FnMut(u64, &[u8]),
) -> Result<(), Vec<TreeFailure>> {
    let mut checker = Checker {
        read,
        visit,
        failures: Vec::new(),
        full: false,
    };
    let kinds = (0..LEVELS).rev().map(TileKind::Hashes);
    let unfinished: Vec<_> = kinds
        .filter_map(|kind| TilePath::last(kind, size).filter(|tile| tile.width() < TILE_WIDTH))
        .collect();
    let stored: Vec<_> = unfinished
        .iter()
        .map(|tile| checker.read_hashes(*tile))
        .collect();
    let mut settled = Vec::new();
    for (place, tile) in unfinished.iter().enumerate() {
        // An unfinished tile fits when it and the others as they are stored give the root.
        let fits = |hashes: &[Hash]| {
            let mut tiles = stored.iter().map(Option::as_deref).collect::<Vec<_>>();
            tiles[place] = Some(hashes);
            let tiles = tiles.into_iter().collect::<Option<Vec<_>>>();
            tiles.is_some_and(|tiles| frontier_of(size, tiles.into_iter()).root() == root)
        };
        settled.push(checker.settle(*tile, stored[place].clone(), &fits));
    }
    let settled = settled
        .iter()
        .map(Option::as_deref)
        .collect::<Option<Vec<_>>>();
    let found = settled.map(|tiles| frontier_of(size, tiles.into_iter()).root());
    if checker.failures.is_empty() && found != Some(root) {
        checker.fail(None, None, TileRefusal::RootDiffers);
    }
    if checker.failures.is_empty() {
        Ok(())
    } else {
        Err(checker.failures)
    }
}

fn root_of(tile: &[Hash]) -> Hash {
    tile.iter().copied().collect::<Frontier>().root()
}

struct Checker<R, V> {
    read: R,
    visit: V,
    failures: Vec<TreeFailure>,
    full: bool,
}

impl<E: Display, R: FnMut(TilePath) -> Result<Vec<u8>, E>, V: FnMut(u64, &[u8])> Checker<R, V> {
    fn fail(&mut self, path: Option<TilePath>, index: Option<u64>, refusal: TileRefusal) {
        let failure = TreeFailure {
            path,
            index,
            refusal,
            detail: String::new(),
        };
        self.failures.push(failure);
    }

    /// Whether there is no more room for failures; says so once.
    fn is_full(&mut self) -> bool {
        if !self.full && self.failures.len() >= MAX_FAILURES {
            self.full = true;
            self.fail(None, None, TileRefusal::TooManyFailures);
        }
        self.full
    }

    fn read(&mut self, path: TilePath) -> Option<Vec<u8>> {
        if self.is_full() {
            return None;
        }
        match (self.read)(path) {
            Ok(bytes) => Some(bytes),
            Err(error) => {
                let (refusal, detail) = (TileRefusal::NotReadable, error.to_string());
                self.failures.push(TreeFailure {
                    path: Some(path),
                    index: None,
                    refusal,
                    detail,
                });
                None
            }
        }
    }

    fn read_hashes(&mut self, path: TilePath) -> Option<Vec<Hash>> {
        let hashes = hashes_of(&self.read(path)?, path.width());
        hashes
            .map_err(|refusal| self.fail(Some(path), None, refusal))
            .ok()
    }

    fn read_bundle(&mut self, path: TilePath) -> Option<(Vec<u8>, Vec<Range<usize>>)> {
        let bundle = self.read(path)?;
        match entries_of(&bundle, path.width()) {
            Ok(places) => Some((bundle, places)),
            Err(refusal) => {
                self.fail(Some(path), None, refusal);
                None
            }
        }
    }

    /// Finds the hashes that belong in a tile, from what is `stored` in it, from whether hashes
    /// `fit` what stands above, and from all that stands below, which is checked on the way. None
    /// when neither side can be read.
    fn settle(
        &mut self,
        tile: TilePath,
        stored: Option<Vec<Hash>>,
        fits: &dyn Fn(&[Hash]) -> bool,
    ) -> Option<Vec<Hash>> {
        match tile.kind() {
            TileKind::Hashes(level) if level > 0 => {
                let trusted = stored.as_deref().is_some_and(fits);
                let below = self.settle_below(level - 1, tile, stored.as_deref(), trusted);
                let Some(stored) = stored else {
                    return below.into_iter().collect();
                };
                if trusted {
                    return Some(stored);
                }
                let found = below.iter().zip(&stored);
                let differs = found
                    .clone()
                    .position(|(below, stored)| below.is_some_and(|below| below != *stored));
                self.fail_at(tile, differs, TileRefusal::HashDiffers);
                Some(
                    found
                        .map(|(below, stored)| below.unwrap_or(*stored))
                        .collect(),
                )
            }
            _ => self.settle_leaves(tile, stored, fits),
        }
    }

    fn fail_at(&mut self, path: TilePath, slot: Option<usize>, refusal: TileRefusal) {
        if let Some(slot) = slot {
            self.fail(Some(path), Some(path.item(slot)), refusal);
        }
    }

    /// The roots of the full tiles below a tile, as far as they can be known.
    fn settle_below(
        &mut self,
        level: u8,
        above: TilePath,
        stored: Option<&[Hash]>,
        trusted: bool,
    ) -> Vec<Option<Hash>> {
        let mut roots = Vec::with_capacity(usize::from(above.width()));
        for slot in 0..usize::from(above.width()) {
            if self.is_full() {
                roots.push(None);
                continue;
            }
            let tile = TilePath::full(level, above.item(slot));
            let expected = stored.map(|hashes| hashes[slot]);
            let hashes = self.read_hashes(tile);
            let failures = self.failures.len();
            let fits = |hashes: &[Hash]| Some(root_of(hashes)) == expected;
            let root = self.settle(tile, hashes, &fits).as_deref().map(root_of);
            // A tile that was changed together with all below it is betrayed from above only.
            if trusted && root.is_some() && root != expected && self.failures.len() == failures {
                self.fail(Some(tile), None, TileRefusal::AboveDiffers);
            }
            roots.push(root);
        }
        roots
    }

    /// As [`Checker::settle`], for a tile of leaf hashes and the bundle of its entries.
    fn settle_leaves(
        &mut self,
        tile: TilePath,
        stored: Option<Vec<Hash>>,
        fits: &dyn Fn(&[Hash]) -> bool,
    ) -> Option<Vec<Hash>> {
        let Some((bundle, places)) = self.read_bundle(tile.bundle()) else {
            return stored;
        };
        let entries = places.into_iter().map(|place| &bundle[place]);
        let leaves: Vec<_> = entries.clone().map(Hash::of_leaf).collect();
        let mut settled = stored.unwrap_or_else(|| leaves.clone());
        let differs = leaves
            .iter()
            .zip(&settled)
            .position(|(leaf, stored)| leaf != stored);
        if differs.is_some() {
            let tile_fits = fits(&settled);
            let entries_fit = !tile_fits && fits(&leaves);
            if !entries_fit {
                self.fail_at(tile.bundle(), differs, TileRefusal::EntryDiffers);
            }
            if !tile_fits {
                self.fail_at(tile, differs, TileRefusal::HashDiffers);
            }
            if entries_fit {
                settled.clone_from(&leaves);
            }
        }
        for ((slot, entry), (leaf, hash)) in entries.enumerate().zip(leaves.iter().zip(&settled)) {
            if leaf == hash {
                (self.visit)(tile.item(slot), entry);
            }
        }
        Some(settled)
    }
}

#[cfg(test)]
mod tests;
