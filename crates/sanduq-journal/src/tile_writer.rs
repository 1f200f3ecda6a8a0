//! Writes a log as files, entry by entry, each file as soon as it is complete.
//!
//! Always true: no more than one bundle and one tile a level are held in memory; the files
//! written are exactly those of [`TilePath::all`] for the size at the end, each once, and a full
//! tile before the tile that names it.

use crate::hash::Hash;
use crate::tiles::TILE_WIDTH;
use crate::tiles::TileKind;
use crate::tiles::TilePath;
use crate::tiles::TileRefusal;
use crate::tiles::push_entry;
use crate::tree::Frontier;

/// Why a log was not written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WriteFault<E> {
    /// The entry of this number cannot stand in a bundle.
    Entry(u64, TileRefusal),
    /// This file could not be written.
    Sink(TilePath, E),
}

/// A log on its way into files.
#[derive(Clone, Debug, Default)]
pub struct TileWriter {
    size: u64,
    bundle: Vec<u8>,
    /// The hashes of the unfinished tile of each level, the leaves first.
    levels: Vec<Vec<Hash>>,
}

impl TileWriter {
    /// Appends one entry and writes the files that it completes; answers its number.
    ///
    /// # Errors
    /// [`WriteFault`]; what was written so far stays, and the writer is of no further use.
    pub fn append<E>(
        &mut self,
        entry: &[u8],
        sink: &mut impl FnMut(TilePath, &[u8]) -> Result<(), E>,
    ) -> Result<u64, WriteFault<E>> {
        let number = self.size;
        push_entry(&mut self.bundle, entry).map_err(|why| WriteFault::Entry(number, why))?;
        self.size += 1;
        if self.size.is_multiple_of(u64::from(TILE_WIDTH)) {
            self.write_last(TileKind::Entries, &self.bundle, sink)?;
            self.bundle.clear();
        }
        let mut hash = Hash::of_leaf(entry);
        for level in 0_u8.. {
            if self.levels.len() == usize::from(level) {
                self.levels.push(Vec::new());
            }
            let tile = &mut self.levels[usize::from(level)];
            tile.push(hash);
            if tile.len() < usize::from(TILE_WIDTH) {
                break;
            }
            let tile = core::mem::take(tile);
            self.write_last(TileKind::Hashes(level), &bytes_of(&tile), sink)?;
            hash = tile.into_iter().collect::<Frontier>().root();
        }
        Ok(number)
    }

    /// Writes the files that are not full and answers the tree, of which size and root are signed.
    ///
    /// # Errors
    /// [`WriteFault::Sink`].
    pub fn finish<E>(
        self,
        sink: &mut impl FnMut(TilePath, &[u8]) -> Result<(), E>,
    ) -> Result<Frontier, WriteFault<E>> {
        if !self.bundle.is_empty() {
            self.write_last(TileKind::Entries, &self.bundle, sink)?;
        }
        for (level, tile) in (0_u8..).zip(&self.levels) {
            if !tile.is_empty() {
                self.write_last(TileKind::Hashes(level), &bytes_of(tile), sink)?;
            }
        }
        Ok(frontier_of(
            self.size,
            self.levels.iter().rev().map(Vec::as_slice),
        ))
    }

    /// Writes the rightmost file of a kind.
    fn write_last<E>(
        &self,
        kind: TileKind,
        bytes: &[u8],
        sink: &mut impl FnMut(TilePath, &[u8]) -> Result<(), E>,
    ) -> Result<(), WriteFault<E>> {
        let path = TilePath::last(kind, self.size).expect("there is something to write");
        sink(path, bytes).map_err(|error| WriteFault::Sink(path, error))
    }
}

fn bytes_of(tile: &[Hash]) -> Vec<u8> {
    tile.iter().flat_map(|hash| *hash.as_bytes()).collect()
}

/// The tree of `size` leaves from its unfinished tiles, the highest level first.
pub(crate) fn frontier_of<'h>(size: u64, tiles: impl Iterator<Item = &'h [Hash]>) -> Frontier {
    let peaks = tiles.flat_map(|tile| tile.iter().copied().collect::<Frontier>().peaks().to_vec());
    Frontier::from_peaks(size, peaks.collect())
}

/// Writes the log of these entries; see [`TileWriter`], which does the same step by step.
///
/// # Errors
/// [`WriteFault`], the first that happens.
pub fn write_tree<E>(
    entries: impl IntoIterator<Item = impl AsRef<[u8]>>,
    mut sink: impl FnMut(TilePath, &[u8]) -> Result<(), E>,
) -> Result<Frontier, WriteFault<E>> {
    let mut writer = TileWriter::default();
    for entry in entries {
        writer.append(entry.as_ref(), &mut sink)?;
    }
    writer.finish(&mut sink)
}

#[cfg(test)]
mod tests;
