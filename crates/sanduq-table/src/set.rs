//! What is opened: a file, a folder of files, or a stream.
//!
//! Always true here: the kind of a file is told by its first bytes where they say it, by its name
//! otherwise; a folder's tables come in the order in which a person numbers them: 1, 2, … 10.

use core::cmp::Ordering;
use std::ffi::OsStr;
use std::fs::File;
use std::io::Cursor;
use std::io::Read;
use std::io::Seek;
use std::path::Path;
use std::path::PathBuf;

use crate::archive::Stream;
use crate::reading::Reading;
use crate::refusal::Fault;
use crate::refusal::TableFault;
use crate::refusal::TableRefusal;
use crate::table::Table;
use crate::table::TextKind;
use crate::table::unread;
use crate::text::hidden;
use crate::text::shown;

/// The tables of a path.
#[derive(Clone, Debug)]
pub struct TableSet {
    paths: Vec<PathBuf>,
    passed_over: Vec<String>,
    reading: Reading,
}

/// The tables of a file or folder, read strictly.
///
/// ```no_run
/// # fn main() -> Result<(), sanduq_table::TableRefusal> {
/// for table in sanduq_table::open("sheets")?.tables() {
///     let table = table?;
///     let registered = table.column("registered")?;
///     let mut sum = 0;
///     table.for_each(|row| {
///         sum += row.cell(registered).count()?.unwrap_or(0);
///         Ok::<(), sanduq_table::TableRefusal>(())
///     })?;
/// }
/// # Ok(())
/// # }
/// ```
///
/// # Errors
/// As [`open_with`].
pub fn open(path: impl AsRef<Path>) -> Result<TableSet, TableRefusal> {
    open_with(path, &Reading::default())
}

/// The tables of a file or folder, read as `reading` says. A folder's subfolders, hidden files and
/// files whose names do not end as a table's are passed over.
///
/// # Errors
/// [`TableFault::Unreadable`] where the path leads nowhere, [`TableFault::NotATable`] where it
/// leads to a pipe or a device, [`TableFault::NoTable`] for a folder without tables. What is wrong
/// with a table itself shows when it is opened.
pub fn open_with(path: impl AsRef<Path>, reading: &Reading) -> Result<TableSet, TableRefusal> {
    let path = path.as_ref();
    let refuse = |fault: Fault| unread(name_of(path)).refuse(fault);
    let unreadable =
        |error: std::io::Error| refuse(TableFault::Unreadable(error.to_string()).into());
    let mut set = TableSet {
        paths: Vec::new(),
        passed_over: Vec::new(),
        reading: reading.clone(),
    };
    let kind = path.metadata().map_err(unreadable)?;
    if kind.is_file() {
        set.paths.push(path.to_owned());
        return Ok(set);
    }
    if !kind.is_dir() {
        // What can be read only once, or never ends, is no table that anybody can look at again.
        return Err(refuse(TableFault::NotATable("a pipe or a device").into()));
    }
    for entry in path.read_dir().map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        if path.is_file() && is_table_name(&name_of(&path)) {
            set.paths.push(path);
        } else {
            set.passed_over.push(name_of(&path));
        }
    }
    if set.paths.is_empty() {
        return Err(refuse(TableFault::NoTable.into()));
    }
    set.paths
        .sort_by(|a, b| natural_order(&name_of(a), &name_of(b)));
    set.passed_over.sort_by(|a, b| natural_order(a, b));
    Ok(set)
}

impl TableSet {
    /// The tables, each opened when its turn comes.
    pub fn tables(&self) -> impl Iterator<Item = Result<Table, TableRefusal>> + '_ {
        self.paths.iter().map(|path| self.table(path))
    }

    /// How many files there are, each with one table.
    #[must_use]
    pub const fn files(&self) -> usize {
        self.paths.len()
    }

    /// The names in the folder that are no tables', so that nobody believes they were read.
    #[must_use]
    pub fn passed_over(&self) -> &[String] {
        &self.passed_over
    }

    fn table(&self, path: &Path) -> Result<Table, TableRefusal> {
        let name = name_of(path);
        let unreadable = |error: std::io::Error| {
            let fault = TableFault::Unreadable(error.to_string());
            unread(name.clone()).refuse(fault.into())
        };
        let mut file = File::open(path).map_err(unreadable)?;
        let bytes = file.metadata().map_err(unreadable)?.len();
        let head = head_of(&mut file).map_err(unreadable)?;
        file.rewind().map_err(unreadable)?;
        let kind = kind_of(&head, &name);
        match kind.map_err(|fault| unread(name.clone()).refuse(fault))? {
            Kind::Text(kind) => Table::text(name, Box::new(file), kind, &self.reading),
            Kind::Archive => open_archive(name, Box::new(file), bytes, &self.reading),
            Kind::OldWorkbook => open_old_workbook(name, Box::new(file), bytes, &self.reading),
        }
    }
}

/// The table in a stream; `name` is the name it had as a file. A text is read as it comes; an
/// archive or a workbook is first taken into memory, up to [`crate::Limits::workbook_bytes`].
///
/// # Errors
/// What is wrong with the table.
pub fn open_reader<R>(name: &str, stream: R) -> Result<Table, TableRefusal>
where
    R: Read + Send + 'static,
{
    open_reader_with(name, stream, &Reading::default())
}

/// As [`open_reader`], read as `reading` says.
///
/// # Errors
/// What is wrong with the table.
pub fn open_reader_with<R>(
    name: &str,
    mut stream: R,
    reading: &Reading,
) -> Result<Table, TableRefusal>
where
    R: Read + Send + 'static,
{
    let name = visible(name);
    let refuse = |fault: Fault| unread(name.clone()).refuse(fault);
    let head = head_of(&mut stream).map_err(|error| refuse(error.into()))?;
    let kind = kind_of(&head, &name).map_err(refuse)?;
    let mut stream = Cursor::new(head).chain(stream);
    if let Kind::Text(kind) = kind {
        return Table::text(name, Box::new(stream), kind, reading);
    }
    let mut bytes = Vec::new();
    let most = reading.limits.workbook_bytes;
    let read = stream.by_ref().take(most + 1).read_to_end(&mut bytes);
    let length = read.map_err(|error| refuse(error.into()))?;
    let length = u64::try_from(length).expect("a length fits 64 bits");
    let stream = Box::new(Cursor::new(bytes));
    if length > most {
        let bytes = length;
        return Err(refuse(TableFault::TooLarge { bytes, most }.into()));
    }
    match kind {
        Kind::OldWorkbook => open_old_workbook(name, stream, length, reading),
        _ => open_archive(name, stream, length, reading),
    }
}

/// What the first bytes and the name of a file tell.
enum Kind {
    Text(TextKind),
    /// A ZIP archive, which an .xlsx workbook is too.
    Archive,
    /// An .xls workbook.
    OldWorkbook,
}

const HEAD: u64 = 8;

fn head_of(stream: &mut impl Read) -> std::io::Result<Vec<u8>> {
    let mut head = Vec::new();
    stream.take(HEAD).read_to_end(&mut head)?;
    Ok(head)
}

fn kind_of(head: &[u8], name: &str) -> Result<Kind, Fault> {
    for (signature, what) in [
        (&b"%PDF"[..], "a PDF document"),
        (b"<", "a web page or an XML file"),
        (b"\xEF\xBB\xBF<", "a web page or an XML file"),
        (b"\x1F\x8B", "a gzip file"),
        (b"7z\xBC\xAF", "a 7z archive"),
        (b"Rar!", "a RAR archive"),
        (b"\x89PNG", "a picture"),
        (b"\xFF\xD8\xFF", "a picture"),
    ] {
        if head.starts_with(signature) {
            return Err(TableFault::NotATable(what).into());
        }
    }
    let binary_name = [".xlsx", ".xls", ".zip"]
        .iter()
        .any(|end| name.to_ascii_lowercase().ends_with(end));
    if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") {
        Ok(Kind::Archive)
    } else if head.starts_with(b"\xD0\xCF\x11\xE0") {
        Ok(Kind::OldWorkbook)
    } else if head.is_empty() {
        Err(TableFault::Empty.into())
    } else if binary_name {
        Err(TableFault::NotATable("something else than its name says").into())
    } else if looks_like_json(head) {
        Ok(Kind::Text(TextKind::Json))
    } else {
        Ok(Kind::Text(TextKind::of_name(name)))
    }
}

/// An object, or a list whose first value is one: no heading of columns begins so.
fn looks_like_json(head: &[u8]) -> bool {
    let mut solid = head.iter().filter(|byte| !byte.is_ascii_whitespace());
    match solid.next() {
        Some(b'{') => true,
        Some(b'[') => solid.next().is_none_or(|byte| *byte == b'{'),
        _ => false,
    }
}

fn open_archive(
    name: String,
    stream: Box<dyn Stream>,
    bytes: u64,
    reading: &Reading,
) -> Result<Table, TableRefusal> {
    // An archive of a text is as large as it likes; a workbook is taken apart in memory.
    let most = reading.limits.workbook_bytes;
    if bytes > most && !name.to_ascii_lowercase().ends_with(".zip") {
        return Err(unread(name).refuse(TableFault::TooLarge { bytes, most }.into()));
    }
    Table::packed(name, stream, reading)
}

fn open_old_workbook(
    name: String,
    stream: Box<dyn Stream>,
    bytes: u64,
    reading: &Reading,
) -> Result<Table, TableRefusal> {
    let most = reading.limits.workbook_bytes;
    if bytes > most {
        return Err(unread(name).refuse(TableFault::TooLarge { bytes, most }.into()));
    }
    Table::old_workbook(name, stream, reading)
}

/// The last part of a path, as it can be shown.
fn name_of(path: &Path) -> String {
    visible(&path.file_name().map_or_else(
        || path.display().to_string(),
        |name: &OsStr| name.to_string_lossy().into_owned(),
    ))
}

/// A file's name with its hidden characters made visible.
fn visible(name: &str) -> String {
    if hidden(name).is_none() {
        return name.to_owned();
    }
    let show = |c: char| match hidden(c.encode_utf8(&mut [0; 4])) {
        Some(c) => shown(c),
        None => c.to_string(),
    };
    name.chars().map(show).collect()
}

/// A name that a folder's tables have; hidden files and the locks of open workbooks (`~$`) are
/// none.
fn is_table_name(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    let ends = [".csv", ".tsv", ".tab", ".json", ".xlsx", ".xls", ".zip"];
    !name.starts_with(['.', '~']) && ends.iter().any(|end| lower.ends_with(end))
}

/// Compares names as a person numbers them: runs of digits by their value, all else letter by
/// letter, and names that differ only in leading zeros by these.
fn natural_order(a: &str, b: &str) -> Ordering {
    let (mut left, mut right) = (a, b);
    loop {
        let (Some(x), Some(y)) = (left.chars().next(), right.chars().next()) else {
            return left.len().cmp(&right.len()).then_with(|| a.cmp(b));
        };
        let order = if x.is_ascii_digit() && y.is_ascii_digit() {
            let (x, rest) = digits(left);
            left = rest;
            let (y, rest) = digits(right);
            right = rest;
            x.len().cmp(&y.len()).then_with(|| x.cmp(y))
        } else {
            left = &left[x.len_utf8()..];
            right = &right[y.len_utf8()..];
            x.cmp(&y)
        };
        if order.is_ne() {
            return order;
        }
    }
}

/// The digits that `text` begins with, without leading zeros, and what follows them.
fn digits(text: &str) -> (&str, &str) {
    let end = text
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(text.len());
    let (run, rest) = text.split_at(end);
    (run.trim_start_matches('0'), rest)
}

#[cfg(test)]
mod tests;
