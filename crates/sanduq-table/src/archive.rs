//! ZIP archives that hold one table.
//!
//! Always true here: nothing is unpacked to disk, so that a name in an archive can lead nowhere;
//! what is unpacked is bounded by the size the archive announces, and that size by the limits.

use std::io::Read;
use std::io::Seek;

use zip::ZipArchive;
use zip::result::ZipError;

use crate::reading::Limits;
use crate::refusal::Fault;
use crate::refusal::TableFault;
use crate::text::excerpt;
use crate::text::hidden;

/// A file in which one can go back and forth.
pub(crate) trait Stream: Read + Seek + Send {}

impl<T: Read + Seek + Send> Stream for T {}

/// An archive, its list of contents read.
pub(crate) type Archive = ZipArchive<Box<dyn Stream>>;

/// Below this an unpacked table may be any number of times larger than its packed form.
const ANY_RATIO: u64 = 64 << 20;

/// What an archive is.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Contents {
    /// The parts of a workbook.
    Workbook,
    /// Files.
    Files,
}

/// Reads the archive's list of contents.
pub(crate) fn open(stream: Box<dyn Stream>) -> Result<Archive, Fault> {
    let archive = ZipArchive::new(stream).map_err(fault)?;
    if archive.has_duplicate_names() {
        return Err(TableFault::Damaged("two entries have one name".to_owned()).into());
    }
    Ok(archive)
}

/// Tells a workbook from an archive of files.
pub(crate) fn contents(archive: &Archive) -> Result<Contents, Fault> {
    let has = |name: &str| archive.index_for_name(name).is_some();
    if has("xl/workbook.bin") {
        Err(TableFault::NotATable("a binary workbook (.xlsb)").into())
    } else if has("META-INF/manifest.xml") || has("content.xml") {
        Err(TableFault::NotATable("an OpenDocument file").into())
    } else if has("word/document.xml") || has("ppt/presentation.xml") {
        Err(TableFault::NotATable("a text document or a presentation").into())
    } else if has("[Content_Types].xml") {
        Ok(Contents::Workbook)
    } else {
        Ok(Contents::Files)
    }
}

/// The index and the name of the only table in the archive.
pub(crate) fn only_table(archive: &Archive, limits: &Limits) -> Result<(usize, String), Fault> {
    let mut tables = Vec::new();
    for index in 0..archive.len() {
        let entry = archive.by_index_data(index).map_err(fault)?;
        let Ok(name) = entry.name() else { continue };
        let is_table = is_text_table(&name) || is_packed_table(&name);
        if !entry.is_file() || !is_table || is_hidden_name(&name) {
            continue;
        }
        if leads_out(&name) {
            const LONGEST: usize = 60;
            return Err(TableFault::UnsafeName(excerpt(&name, LONGEST)).into());
        }
        tables.push((index, name.into_owned()));
    }
    if tables.len() > 1 {
        let names = tables.into_iter().map(|(_, name)| name).collect();
        return Err(TableFault::SeveralTables(names).into());
    }
    let (index, name) = tables.pop().ok_or(TableFault::NoTable)?;
    if is_packed_table(&name) {
        return Err(TableFault::PackedTable(name).into());
    }
    let entry = archive.by_index_data(index).map_err(fault)?;
    let by_ratio = entry.compressed_size().saturating_mul(limits.archive_ratio);
    let most = limits.archive_unpacked_bytes.min(by_ratio.max(ANY_RATIO));
    let bytes = entry.size();
    if bytes > most {
        return Err(TableFault::TooLarge { bytes, most }.into());
    }
    Ok((index, name))
}

/// A reader of the unpacked bytes of an entry. It ends in an error where there are more bytes than
/// the archive announced, or others than its checksum.
pub(crate) fn entry(archive: &mut Archive, index: usize) -> Result<impl Read + '_, Fault> {
    archive.by_index(index).map_err(fault)
}

/// Bytes of all entries, unpacked, as the archive announces them.
pub(crate) fn unpacked_bytes(archive: &Archive) -> Result<u64, Fault> {
    let mut bytes = 0_u64;
    for index in 0..archive.len() {
        let entry = archive.by_index_data(index).map_err(fault)?;
        bytes = bytes.saturating_add(entry.size());
    }
    Ok(bytes)
}

/// The name of a hidden file, of the lock of an open workbook, or of something in a hidden folder.
fn is_hidden_name(name: &str) -> bool {
    let is_hidden = |part: &str| match part {
        "." | ".." => false,
        "__MACOSX" => true,
        part => part.starts_with(['.', '~']),
    };
    name.split(['/', '\\']).any(is_hidden)
}

/// A name that leads elsewhere than down, or does not show every character it has. Nothing is
/// unpacked there; but no honest program packs so, and a table is never left out unsaid.
fn leads_out(name: &str) -> bool {
    let out = |part: &str| part.is_empty() || part == "..";
    name.split(['/', '\\']).any(out) || name.contains(':') || hidden(name).is_some()
}

/// A name of a table that can be read as a stream.
fn is_text_table(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    [".csv", ".tsv", ".tab", ".json"]
        .iter()
        .any(|end| name.ends_with(end))
}

/// A name of a table that cannot be read out of an archive.
fn is_packed_table(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    [".xlsx", ".xls", ".zip"]
        .iter()
        .any(|end| name.ends_with(end))
}

fn fault(error: ZipError) -> Fault {
    match error {
        ZipError::Io(error) => error.into(),
        ZipError::InvalidArchive(_) => TableFault::CutShort.into(),
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) | ZipError::InvalidPassword => {
            TableFault::Encrypted.into()
        }
        other => TableFault::Damaged(other.to_string()).into(),
    }
}
