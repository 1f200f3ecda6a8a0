//! The files of a published log: their names and the bundles of entries (C2SP `tlog-tiles`).
//!
//! Tiles hold up to 256 hashes: those of level 0 the leaves, those of level n the roots of the full
//! tiles of level n − 1. Bundles hold the entries of a tile of level 0. Always true: a file has one
//! name and one name means one file; a tree of a size has exactly the files of [`TilePath::all`].

use crate::hash::Hash;
use crate::refusal::refusals;
use core::fmt::Display;
use core::fmt::Formatter;
use core::ops::Range;

refusals! {
    /// What is wrong with a file of a published log.
    TileRefusal {
        PathUnfit = "tile.path_unfit", "no file of a log has this name";
        EntryTooLong = "tile.entry_too_long", "an entry has at most 65,535 bytes";
        NotReadable = "tile.not_readable", "the file cannot be read";
        WrongLength = "tile.wrong_length", "the file does not hold as many hashes as its name says";
        BundleMalformed = "tile.bundle_malformed",
            "the file does not hold as many entries with their lengths as its name says";
        EntryDiffers = "tile.entry_differs", "an entry is not the one that its leaf hash is of";
        HashDiffers = "tile.hash_differs", "a hash is not the one of what stands below it";
        AboveDiffers = "tile.above_differs",
            "the file agrees with what stands below it and not with the hash above it";
        RootDiffers = "tile.root_differs", "the files agree with each other and not with the root";
        TooManyFailures = "tile.too_many_failures", "there are more failures than are listed";
    }
}

/// Hashes in a full tile, and entries in a full bundle.
pub const TILE_WIDTH: u16 = 256;

/// The longest entry, in bytes: its length stands before it in two bytes.
pub const MAX_ENTRY_LEN: usize = 0xffff;

/// What a file of the log holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TileKind {
    /// The entries themselves.
    Entries,
    /// The hashes of a level: 0 of entries, n of full tiles of level n − 1. At most 63.
    Hashes(u8),
}

/// The name of a file of the log, with its place in the tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct TilePath {
    kind: TileKind,
    index: u64,
    width: u16,
}

impl TilePath {
    /// File number `index` of its kind in a log of `size` entries; none when the log has none such.
    #[must_use]
    pub fn of_log(kind: TileKind, index: u64, size: u64) -> Option<Self> {
        let before = index.checked_mul(u64::from(TILE_WIDTH))?;
        let held = Self::items(kind, size)
            .checked_sub(before)?
            .min(u64::from(TILE_WIDTH));
        let width = u16::try_from(held).ok().filter(|width| *width > 0)?;
        Some(Self { kind, index, width })
    }

    /// The rightmost file of its kind in a log of `size` entries, if there is any.
    #[must_use]
    pub fn last(kind: TileKind, size: u64) -> Option<Self> {
        let last = Self::items(kind, size).checked_sub(1)?;
        Self::of_log(kind, last / u64::from(TILE_WIDTH), size)
    }

    /// Every file of a log of `size` entries: the bundles, then the tiles level by level, each from
    /// left to right.
    pub fn all(size: u64) -> impl Iterator<Item = Self> {
        let kinds = core::iter::once(TileKind::Entries).chain((0..8).map(TileKind::Hashes));
        kinds.flat_map(move |kind| (0..).map_while(move |index| Self::of_log(kind, index, size)))
    }

    /// How many entries or hashes all files of a kind hold together.
    fn items(kind: TileKind, size: u64) -> u64 {
        match kind {
            TileKind::Entries => size,
            TileKind::Hashes(level) => size.checked_shr(8 * u32::from(level)).unwrap_or(0),
        }
    }

    /// A full tile, whose root stands in the level above.
    pub(crate) const fn full(level: u8, index: u64) -> Self {
        Self {
            kind: TileKind::Hashes(level),
            index,
            width: TILE_WIDTH,
        }
    }

    /// The bundle of the entries that a tile of level 0 has the hashes of.
    pub(crate) const fn bundle(self) -> Self {
        Self {
            kind: TileKind::Entries,
            ..self
        }
    }

    /// What it holds.
    #[must_use]
    pub const fn kind(self) -> TileKind {
        self.kind
    }

    /// Its number within its kind, counted from 0.
    #[must_use]
    pub const fn index(self) -> u64 {
        self.index
    }

    /// How many entries or hashes it holds, 1 to 256.
    #[must_use]
    pub const fn width(self) -> u16 {
        self.width
    }

    /// The number, within its kind, of its item `slot`.
    pub(crate) fn item(self, slot: usize) -> u64 {
        self.index
            .saturating_mul(u64::from(TILE_WIDTH))
            .saturating_add(slot as u64)
    }

    /// Reads the form that `Display` prints, and no other.
    ///
    /// # Errors
    /// [`TileRefusal::PathUnfit`].
    pub fn parse(path: &str) -> Result<Self, TileRefusal> {
        let read = Self::parse_loosely(path).ok_or(TileRefusal::PathUnfit)?;
        if read.to_string() == path {
            Ok(read)
        } else {
            Err(TileRefusal::PathUnfit)
        }
    }

    fn parse_loosely(path: &str) -> Option<Self> {
        let (kind, rest) = path.strip_prefix("tile/")?.split_once('/')?;
        let kind = match kind {
            "entries" => TileKind::Entries,
            level => TileKind::Hashes(level.parse().ok().filter(|level| *level < 64)?),
        };
        let (number, width) = match rest.split_once(".p/") {
            None => (rest, TILE_WIDTH),
            Some((number, width)) => (
                number,
                width
                    .parse()
                    .ok()
                    .filter(|width| (1..TILE_WIDTH).contains(width))?,
            ),
        };
        let mut index = 0_u64;
        for group in number.split('/') {
            let digits = group.strip_prefix('x').unwrap_or(group);
            index = index.checked_mul(1000)?.checked_add(digits.parse().ok()?)?;
        }
        Some(Self { kind, index, width })
    }
}

impl Display for TilePath {
    fn fmt(&self, f: &mut Formatter<'_>) -> core::fmt::Result {
        match self.kind {
            TileKind::Entries => f.write_str("tile/entries/")?,
            TileKind::Hashes(level) => write!(f, "tile/{level}/")?,
        }
        let mut unit = 1;
        while self.index / unit >= 1000 {
            unit *= 1000;
        }
        while unit > 1 {
            write!(f, "x{:03}/", self.index / unit % 1000)?;
            unit /= 1000;
        }
        write!(f, "{:03}", self.index % 1000)?;
        if self.width < TILE_WIDTH {
            write!(f, ".p/{}", self.width)?;
        }
        Ok(())
    }
}

/// Appends an entry to a bundle: its length in two bytes, big end first, then itself.
///
/// # Errors
/// [`TileRefusal::EntryTooLong`]; the bundle is left as it was.
pub fn push_entry(bundle: &mut Vec<u8>, entry: &[u8]) -> Result<(), TileRefusal> {
    let len = u16::try_from(entry.len()).map_err(|_| TileRefusal::EntryTooLong)?;
    bundle.extend_from_slice(&len.to_be_bytes());
    bundle.extend_from_slice(entry);
    Ok(())
}

/// Where each of the `width` entries of a bundle stands in it.
///
/// # Errors
/// [`TileRefusal::BundleMalformed`] when there are more or fewer, or bytes are left over.
pub fn entries_of(bundle: &[u8], width: u16) -> Result<Vec<Range<usize>>, TileRefusal> {
    let mut places = Vec::with_capacity(usize::from(width));
    let mut at = 0;
    while places.len() < usize::from(width) {
        let rest = bundle.get(at..).and_then(<[u8]>::split_first_chunk);
        let Some((len, _)) = rest else {
            return Err(TileRefusal::BundleMalformed);
        };
        let len = usize::from(u16::from_be_bytes(*len));
        at += 2;
        places.push(at..at + len);
        at += len;
    }
    // The last entry ends where the bundle ends, so none of them reaches beyond it.
    if at == bundle.len() {
        Ok(places)
    } else {
        Err(TileRefusal::BundleMalformed)
    }
}

/// The hashes of a tile of this width.
///
/// # Errors
/// [`TileRefusal::WrongLength`].
pub fn hashes_of(tile: &[u8], width: u16) -> Result<Vec<Hash>, TileRefusal> {
    let (hashes, left_over) = tile.as_chunks();
    if hashes.len() != usize::from(width) || !left_over.is_empty() {
        return Err(TileRefusal::WrongLength);
    }
    Ok(hashes.iter().copied().map(Hash::from_bytes).collect())
}

#[cfg(test)]
mod tests;
