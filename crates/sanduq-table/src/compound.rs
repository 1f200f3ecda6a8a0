//! A look into an .xls file before the workbook parser sees it: the compound file (MS-CFB) that
//! holds it, and the places of its cells (MS-XLS).
//!
//! Always true here: the look is bounded by the size of the file. The parser is not: it follows a
//! chain of sectors round in a circle, and lays out each sheet as a full grid from its first to its
//! last cell, so that one wrong byte in the place of a cell asks for gigabytes and ends the
//! program. An .xls file has no checksum; such bytes are met in practice.

use calamine::Data;

use crate::refusal::Fault;
use crate::refusal::TableFault;

/// Sector ids from here on are none (MS-CFB 2.1).
const NO_SECTOR: u32 = 0xFFFF_FFFA;

/// Streams below this size lie in the mini stream, in sectors of [`MINI_SECTOR`] bytes.
const MINI_STREAM: usize = 4096;

const MINI_SECTOR: usize = 64;

/// Columns and rows of a sheet (MS-XLS 2.5.53, 2.5.248).
const MOST_COLUMNS: u32 = 256;
const MOST_ROWS: u32 = 65_536;

/// Refuses a file whose chains run in circles or whose grids would take more than `most` bytes.
pub(crate) fn check(file: &[u8], most: u64) -> Result<(), Fault> {
    let damaged = |reason: &str| Fault::from(TableFault::Damaged(reason.to_owned()));
    let workbook = workbook(file).ok_or_else(|| damaged("its parts do not hang together"))?;
    let mut bytes = 0_u64;
    for (record, data) in records(&workbook).take_while(|(record, _)| *record != record::EOF) {
        if record != record::BOUND_SHEET {
            continue;
        }
        let sheet = word(data, 0).and_then(|start| workbook.get(index(start)..));
        let sheet = sheet.ok_or_else(|| damaged("a sheet lies outside the file"))?;
        let cells = grid(sheet).ok_or_else(|| damaged("a cell lies outside its sheet"))?;
        let each = size_of::<Data>() + size_of::<String>();
        bytes = bytes.saturating_add(cells.saturating_mul(length(each)));
    }
    if bytes > most {
        return Err(TableFault::TooLarge { bytes, most }.into());
    }
    Ok(())
}

/// Record types of MS-XLS 2.3 that say where cells are.
mod record {
    pub(super) const EOF: u16 = 0x000A;
    pub(super) const FORMULA: u16 = 0x0006;
    pub(super) const BOUND_SHEET: u16 = 0x0085;
    pub(super) const MUL_RK: u16 = 0x00BD;
    pub(super) const R_STRING: u16 = 0x00D6;
    pub(super) const LABEL_SST: u16 = 0x00FD;
    pub(super) const DIMENSIONS: u16 = 0x0200;
    pub(super) const NUMBER: u16 = 0x0203;
    pub(super) const LABEL: u16 = 0x0204;
    pub(super) const BOOL_ERR: u16 = 0x0205;
    pub(super) const RK: u16 = 0x027E;
    pub(super) const BOF: u16 = 0x0809;
}

/// The records of a stream, up to its end or to where they no longer fit.
fn records(stream: &[u8]) -> impl Iterator<Item = (u16, &[u8])> {
    let mut rest = stream;
    core::iter::from_fn(move || {
        let record = half(rest, 0)?;
        let end = 4 + usize::from(half(rest, 2)?);
        let data = rest.get(4..end)?;
        rest = &rest[end..];
        Some((record, data))
    })
}

/// The cells of the grid from the first to the last cell of a sheet; none where one lies outside.
fn grid(sheet: &[u8]) -> Option<u64> {
    let mut depth = 0_u32;
    let mut rows: Option<(u16, u16)> = None;
    let mut columns: Option<(u16, u16)> = None;
    for (record, data) in records(sheet) {
        match record {
            record::BOF => depth += 1,
            record::EOF if depth <= 1 => break,
            record::EOF => depth -= 1,
            // A chart inside the sheet has records of the same kinds.
            _ if depth > 1 => {}
            record::DIMENSIONS => dimensions_in_bounds(data)?,
            record::FORMULA
            | record::MUL_RK
            | record::R_STRING
            | record::LABEL_SST
            | record::NUMBER
            | record::LABEL
            | record::BOOL_ERR
            | record::RK => {
                let (row, first) = (half(data, 0)?, half(data, 2)?);
                let last = match record {
                    record::MUL_RK => half(data, data.len().checked_sub(2)?)?,
                    _ => first,
                };
                if u32::from(last) >= MOST_COLUMNS || u32::from(first) >= MOST_COLUMNS {
                    return None;
                }
                let (top, bottom) = rows.unwrap_or((row, row));
                rows = Some((top.min(row), bottom.max(row)));
                let (left, right) = columns.unwrap_or((first, last));
                columns = Some((left.min(first), right.max(last)));
            }
            _ => {}
        }
    }
    let side = |(first, last): (u16, u16)| u64::from(last.saturating_sub(first)) + 1;
    Some(rows.map_or(0, side) * columns.map_or(0, side))
}

/// A sheet announces its rows and columns; the parser sets memory aside for them.
fn dimensions_in_bounds(data: &[u8]) -> Option<()> {
    let (rows, columns) = match data.len() {
        10 => (u32::from(half(data, 2)?), half(data, 6)?),
        _ => (word(data, 4)?, half(data, 10)?),
    };
    (rows <= MOST_ROWS && u32::from(columns) <= MOST_COLUMNS).then_some(())
}

/// The stream of the workbook in a compound file; none where the file does not hang together.
fn workbook(file: &[u8]) -> Option<Vec<u8>> {
    let sector_size = 1_usize << half(file, 30).filter(|shift| matches!(shift, 9 | 12))?;
    let compound = Compound {
        sectors: file.get(sector_size..)?,
        sector_size,
        fat: Vec::new(),
    };
    let compound = compound.with_fat(file)?;
    let directory = compound.chain(word(file, 48)?, usize::MAX)?;
    let entries = || directory.chunks_exact(128);
    let named = |name: &str| entries().find(|entry| is_named(entry, name));
    let entry = named("Workbook").or_else(|| named("Book"))?;
    let mini_fat_bytes = index(word(file, 64)?).checked_mul(sector_size)?;
    if mini_fat_bytes > file.len() {
        return None;
    }
    let mut mini = None;
    if mini_fat_bytes > 0 {
        let root = entries().next()?;
        let stream = compound.stream(root, file.len())?;
        let fat = compound.chain(word(file, 60)?, mini_fat_bytes)?;
        mini = Some((stream, fat));
    }
    if index(word(entry, 120)?) >= MINI_STREAM {
        return compound.stream(entry, file.len());
    }
    let (stream, fat) = mini?;
    let mini = Compound {
        sectors: &stream,
        sector_size: MINI_SECTOR,
        fat: words(&fat),
    };
    mini.stream(entry, file.len())
}

/// Sectors and the table of which follows which.
struct Compound<'f> {
    sectors: &'f [u8],
    sector_size: usize,
    fat: Vec<u32>,
}

impl Compound<'_> {
    /// Reads the table of sectors, whose own sectors the header lists, and then a chain of them.
    fn with_fat(mut self, file: &[u8]) -> Option<Self> {
        let mut listed = words(file.get(76..512)?);
        let mut next = word(file, 68)?;
        let mut steps = 0;
        while next < NO_SECTOR {
            listed.extend(words(self.sector(next)?));
            next = listed.pop()?;
            steps += 1;
            if steps > self.count() {
                return None;
            }
        }
        for id in listed.into_iter().filter(|id| *id < NO_SECTOR) {
            let sector = words(self.sector(id)?);
            self.fat.extend(sector);
        }
        Some(self)
    }

    fn count(&self) -> usize {
        self.sectors.len() / self.sector_size + 1
    }

    /// A sector; the last may be shorter than the others.
    fn sector(&self, id: u32) -> Option<&[u8]> {
        let start = index(id).checked_mul(self.sector_size)?;
        let end = start.checked_add(self.sector_size)?;
        self.sectors.get(start..end.min(self.sectors.len()))
    }

    /// The bytes of a chain of sectors, up to `most`; none where it leads out or round in a circle.
    fn chain(&self, first: u32, most: usize) -> Option<Vec<u8>> {
        let mut bytes = Vec::new();
        let mut id = first;
        let mut steps = 0;
        while id < NO_SECTOR {
            let sector = self.sector(id)?;
            bytes.extend_from_slice(&sector[..sector.len().min(most - bytes.len())]);
            if bytes.len() >= most {
                break;
            }
            steps += 1;
            if steps > self.count() {
                return None;
            }
            id = *self.fat.get(index(id))?;
        }
        Some(bytes)
    }

    /// The stream of a directory entry, which is no longer than the file.
    fn stream(&self, entry: &[u8], most: usize) -> Option<Vec<u8>> {
        let bytes = index(word(entry, 120)?);
        if bytes > most {
            return None;
        }
        self.chain(word(entry, 116)?, bytes)
    }
}

/// Whether a directory entry has this name, in UTF-16 and ended by a zero.
fn is_named(entry: &[u8], name: &str) -> bool {
    let found = (0..32).map_while(|at| half(entry, 2 * at).filter(|unit| *unit != 0));
    let found: String = char::decode_utf16(found).flatten().collect();
    found.eq_ignore_ascii_case(name)
}

fn half(bytes: &[u8], at: usize) -> Option<u16> {
    let bytes = bytes.get(at..)?.first_chunk()?;
    Some(u16::from_le_bytes(*bytes))
}

fn word(bytes: &[u8], at: usize) -> Option<u32> {
    let bytes = bytes.get(at..)?.first_chunk()?;
    Some(u32::from_le_bytes(*bytes))
}

fn words(bytes: &[u8]) -> Vec<u32> {
    let words = bytes.as_chunks().0.iter();
    words.map(|word| u32::from_le_bytes(*word)).collect()
}

fn index(value: u32) -> usize {
    usize::try_from(value).expect("32 bits fit an index")
}

fn length(count: usize) -> u64 {
    u64::try_from(count).expect("a length fits 64 bits")
}

#[cfg(test)]
mod tests;
