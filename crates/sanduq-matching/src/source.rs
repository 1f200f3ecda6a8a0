//! Rolls of up to a hundred million rows, read once from front to back: CSV or Parquet.
//!
//! Always true here: nothing of the rows is kept, so that a roll of any length takes the same
//! memory; a row is handed on with every wanted field readable, or set aside by name, and the rows
//! of both kinds together are the rows of the file; a file that is not what it seems is refused
//! with the place and what to do.
//!
//! ```text
//! open ─▶ kind ─▶ heading or footer ─▶ columns ─▶ each row ─▶ checks ─▶ Item::Row
//!           │            │                │          │           └────▶ Item::Quarantined
//!           └────────────┴────────────────┴──────────┴────────────────▶ SourceRefusal
//! ```

pub mod quarantine;
pub mod refusal;
mod ahead;
mod columns;
mod kind;
mod window;
mod record;
mod checks;
mod heading;
mod delimited;
mod parquet;
#[cfg(test)]
mod tests;

use core::ops::ControlFlow;
use core::ops::Range;
use std::fs::File;
use std::io::Read;
use std::io::Seek;
use std::path::Path;

use sanduq_table::Encoding;

use crate::source::delimited::Delimited;
use crate::source::parquet::Parquet;
use crate::source::quarantine::Quarantined;
use crate::source::quarantine::Reason;
use crate::source::refusal::Fault;
use crate::source::refusal::SourceFault;
use crate::source::refusal::SourceRefusal;
use crate::source::window::Window;

/// A column that the reader of a roll asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column<'a> {
    /// Its name, as the file is to have it.
    pub name: &'a str,
    /// Without it the file is refused; otherwise its fields are empty.
    pub required: bool,
    /// Whether numbers with a fraction may stand in it, which are no ids and no dates.
    pub fractions: bool,
}

impl<'a> Column<'a> {
    /// A column that the file must have.
    #[must_use]
    pub const fn required(name: &'a str) -> Self {
        Self {
            name,
            required: true,
            fractions: false,
        }
    }

    /// A column that the file may have.
    #[must_use]
    pub const fn optional(name: &'a str) -> Self {
        Self {
            name,
            required: false,
            fractions: false,
        }
    }

    /// The same, which may hold numbers with a fraction: degrees, for one.
    #[must_use]
    pub const fn with_fractions(self) -> Self {
        Self {
            fractions: true,
            ..self
        }
    }
}

/// How many rows a source has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rows {
    /// So many, as the file says.
    Exact(u64),
    /// About so many, by the length of the first ones: enough for a bar of progress.
    About(u64),
}

/// One row.
#[derive(Clone, Copy, Debug)]
pub struct Row<'a> {
    /// Its number; the first row is 0. Rows set aside count.
    pub number: u64,
    /// Where a person finds it, as [`Quarantined::line`] says.
    pub line: u64,
    /// Bytes of [`Source::bytes`] that are read.
    pub bytes: u64,
    text: &'a str,
    fields: &'a [Range<usize>],
}

impl<'a> Row<'a> {
    /// The field of the wanted column at this place; empty where the file has no such column, or
    /// no value in it.
    ///
    /// # Panics
    /// When fewer columns were wanted.
    #[must_use]
    #[inline]
    pub fn field(&self, place: usize) -> &'a str {
        &self.text[self.fields[place].clone()]
    }

    /// The fields of all wanted columns in their order.
    #[inline]
    pub fn fields(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        let text = self.text;
        self.fields.iter().map(move |field| &text[field.clone()])
    }
}

/// What a source hands on: every row of the file once, in order.
#[derive(Clone, Copy, Debug)]
pub enum Item<'a> {
    /// A row.
    Row(Row<'a>),
    /// A row that is set aside.
    Quarantined(Quarantined),
}

impl Item<'_> {
    const fn reason(&self) -> Option<Reason> {
        match self {
            Self::Row(_) => None,
            Self::Quarantined(quarantined) => Some(quarantined.reason),
        }
    }
}

/// How the reading ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ended {
    /// Rows handed on and rows set aside.
    pub rows: u64,
    /// Rows set aside.
    pub quarantined: u64,
    /// Bytes read.
    pub bytes: u64,
    /// Lines without any field, which are no rows.
    pub empty: u64,
    /// The first of them; none where there is none.
    pub first_empty: Option<u64>,
    /// The visitor broke it off.
    pub stopped: bool,
}

/// One file, opened. Nothing of its rows is kept.
pub struct Source {
    file: String,
    bytes: u64,
    content: Content,
}

enum Content {
    Delimited(Delimited<Box<dyn Read + Send>>),
    Parquet(Parquet),
}

impl Source {
    /// Opens a file, tells by its content what it is, and finds the wanted columns.
    ///
    /// # Errors
    /// Why the file as a whole is refused, as far as its beginning and a Parquet footer show it.
    pub fn open(path: &Path, wanted: &[Column<'_>]) -> Result<Self, SourceRefusal> {
        let name = path.file_name().unwrap_or(path.as_os_str());
        let file = name.to_string_lossy().into_owned();
        Self::open_file(path, &file, wanted).map_err(|fault| fault.of(&file))
    }

    fn open_file(path: &Path, name: &str, wanted: &[Column<'_>]) -> Result<Self, Fault> {
        let mut file = File::open(path)?;
        let metadata = file.metadata()?;
        if metadata.is_dir() {
            let why = "it is a folder".to_owned();
            return Err(SourceFault::Unreadable(why).into());
        }
        let size = metadata.is_file().then_some(metadata.len());
        let mut magic = [0; kind::PARQUET.len()];
        // A pipe cannot be read twice, and no Parquet file comes through one.
        if size.is_some() {
            if read_start(&mut file, &mut magic)? == kind::PARQUET {
                let content = Parquet::open(file, wanted)?;
                return Ok(Self {
                    file: name.to_owned(),
                    bytes: content.bytes(),
                    content: Content::Parquet(content),
                });
            }
            file.rewind()?;
        }
        Self::open_text(Box::new(file), name, size, wanted)
    }

    /// Opens a stream of CSV called `file`, such as the standard input, of `bytes` bytes where that
    /// is known.
    ///
    /// # Errors
    /// Why the stream as a whole is refused, as far as its beginning shows it.
    pub fn open_stream(
        file: &str,
        stream: impl Read + Send + 'static,
        bytes: Option<u64>,
        wanted: &[Column<'_>],
    ) -> Result<Self, SourceRefusal> {
        Self::open_text(Box::new(stream), file, bytes, wanted).map_err(|fault| fault.of(file))
    }

    fn open_text(
        stream: Box<dyn Read + Send>,
        name: &str,
        size: Option<u64>,
        wanted: &[Column<'_>],
    ) -> Result<Self, Fault> {
        let window = Window::open(stream)?;
        check_head(window.sight(), window.zero())?;
        let content = Delimited::open(window, size, wanted)?;
        Ok(Self {
            file: name.to_owned(),
            bytes: size.unwrap_or(0),
            content: Content::Delimited(content),
        })
    }

    /// The file's name.
    #[must_use]
    pub fn file(&self) -> &str {
        &self.file
    }

    /// Bytes that are to be read: of a text all, of a Parquet file those of the wanted columns; 0
    /// for a stream of unknown length.
    #[must_use]
    pub const fn bytes(&self) -> u64 {
        self.bytes
    }

    /// Rows, so that progress has a whole.
    #[must_use]
    pub fn rows(&self) -> Rows {
        match &self.content {
            Content::Delimited(text) => Rows::About(text.estimate()),
            Content::Parquet(parquet) => Rows::Exact(parquet.rows()),
        }
    }

    /// For each wanted column whether the file has it.
    #[must_use]
    pub fn found(&self) -> Vec<bool> {
        match &self.content {
            Content::Delimited(text) => text.found(),
            Content::Parquet(parquet) => parquet.found(),
        }
    }

    /// Reads on: `visit` sees every row once, in order, until it breaks off.
    ///
    /// # Errors
    /// Why the file as a whole is refused. What was seen before is then not to be used.
    pub fn each(
        self,
        visit: impl FnMut(Item<'_>) -> ControlFlow<()>,
    ) -> Result<Ended, SourceRefusal> {
        match self.content {
            Content::Delimited(text) => text.each(visit),
            Content::Parquet(parquet) => parquet.each(visit),
        }
        .map_err(|fault| fault.of(&self.file))
    }
}

/// Refuses the start of a file that is no text.
fn check_head(head: &[u8], zero: Option<u64>) -> Result<(), Fault> {
    kind::check(head)?;
    let announces = matches!(
        head,
        [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] | [0, 0, 0xFE, 0xFF, ..]
    );
    if !announces && zero.is_none() {
        return Ok(());
    }
    let looks_like = Encoding::guess(&head[..head.len().min(64 * 1024)]);
    let is_wide = matches!(
        looks_like,
        Encoding::Utf16LittleEndian | Encoding::Utf16BigEndian | Encoding::Utf32
    );
    if is_wide {
        return Err(SourceFault::NotUtf8 { looks_like }.on_line(1));
    }
    // Further down it is found with its line.
    let heading = head.iter().take_while(|byte| **byte != b'\n').count();
    match zero {
        Some(offset) if offset < window::length(heading) => {
            Err(SourceFault::ZeroByte { offset }.on_line(1))
        }
        _ => Ok(()),
    }
}

/// The first bytes of a file, as many as fit, or fewer when it is shorter.
fn read_start<'a>(file: &mut File, start: &'a mut [u8]) -> std::io::Result<&'a [u8]> {
    let mut count = 0;
    while count < start.len() {
        match file.read(&mut start[count..])? {
            0 => break,
            read => count += read,
        }
    }
    Ok(&start[..count])
}
