//! Rolls as Parquet: the wanted columns side by side, in batches.
//!
//! Always true here: of each column one page and one batch are in memory, and columns that are not
//! wanted are not read; a value is handed on as the text a CSV of the same roll has for it: a
//! number in digits, a day as 1990-12-31, true and false, and nothing for no value.

mod chunk;
mod decoder;
mod guard;
#[cfg(test)]
mod tests;

use core::ops::ControlFlow;
use core::ops::Range;
use std::fs::File;

use parquet::basic::Compression;
use parquet::basic::Repetition;
use parquet::file::metadata::ParquetMetaData;
use parquet::file::metadata::RowGroupMetaData;
use parquet::file::reader::FileReader;
use parquet::file::serialized_reader::SerializedFileReader;

use crate::source::Column;
use crate::source::Ended;
use crate::source::Item;
use crate::source::Row;
use crate::source::checks;
use crate::source::checks::Damage;
use crate::source::checks::Judge;
use crate::source::columns;
use crate::source::parquet::chunk::Chunk;
use crate::source::parquet::decoder::Decoder;
use crate::source::quarantine::Quarantined;
use crate::source::quarantine::Reason;
use crate::source::refusal::Fault;
use crate::source::refusal::SourceFault;
use crate::source::window::length;

/// Rows of a batch.
const BATCH: usize = 8192;

/// A Parquet file, its footer read.
pub(crate) struct Parquet {
    reader: SerializedFileReader<File>,
    /// For each wanted column where it is and how it is read.
    wanted: Vec<Option<Leaf>>,
    rows: u64,
    bytes: u64,
}

/// A wanted column of the file.
#[derive(Clone)]
struct Leaf {
    name: String,
    place: usize,
    decoder: Decoder,
}

/// The row that is being put together.
#[derive(Default)]
struct Line {
    text: Vec<u8>,
    ranges: Vec<Range<usize>>,
}

impl Parquet {
    /// Reads the footer and finds the wanted columns.
    pub(crate) fn open(file: File, wanted: &[Column<'_>]) -> Result<Self, Fault> {
        let reader = guard::shield(|| SerializedFileReader::new(file).map_err(fault))?;
        let metadata = reader.metadata();
        let names: Vec<&str> = fields(metadata).iter().map(|field| field.name()).collect();
        let places = columns::find(wanted, &names)?;
        let leaves = wanted.iter().zip(places).map(|(column, place)| {
            let place = place.map(|place| leaf(metadata, column, place));
            place.transpose()
        });
        let leaves = leaves.collect::<Result<Vec<Option<Leaf>>, Fault>>()?;
        let mut rows = 0_u64;
        let mut bytes = 0_u64;
        for group in metadata.row_groups() {
            check_compression(group, &leaves)?;
            rows = rows.saturating_add(whole(group.num_rows())?);
            bytes = bytes.saturating_add(compressed(group, &leaves)?);
        }
        Ok(Self {
            reader,
            wanted: leaves,
            rows,
            bytes,
        })
    }

    pub(crate) const fn rows(&self) -> u64 {
        self.rows
    }

    pub(crate) const fn bytes(&self) -> u64 {
        self.bytes
    }

    pub(crate) fn found(&self) -> Vec<bool> {
        self.wanted.iter().map(Option::is_some).collect()
    }

    /// Goes through all rows.
    pub(crate) fn each(
        self,
        mut visit: impl FnMut(Item<'_>) -> ControlFlow<()>,
    ) -> Result<Ended, Fault> {
        let mut pass = Pass {
            wanted: &self.wanted,
            line: Line::default(),
            judge: Judge::default(),
            ended: Ended::default(),
            visit: &mut visit,
        };
        for at in 0..self.reader.num_row_groups() {
            if pass.group(&self.reader, at)?.is_break() {
                pass.ended.stopped = true;
                return Ok(pass.ended);
            }
        }
        pass.judge.end()?;
        Ok(pass.ended)
    }
}

/// One pass over all rows.
struct Pass<'a, V> {
    wanted: &'a [Option<Leaf>],
    line: Line,
    judge: Judge,
    ended: Ended,
    visit: &'a mut V,
}

impl<V: FnMut(Item<'_>) -> ControlFlow<()>> Pass<'_, V> {
    /// Goes through the rows of a row group.
    fn group(
        &mut self,
        reader: &SerializedFileReader<File>,
        at: usize,
    ) -> Result<ControlFlow<()>, Fault> {
        let metadata = reader.metadata().row_group(at);
        let rows = whole(metadata.num_rows())?;
        let bytes = compressed(metadata, self.wanted)?;
        let before = self.ended.bytes;
        let mut chunks = guard::shield(|| {
            let group = reader.get_row_group(at).map_err(fault)?;
            let chunk = |leaf: &Leaf| {
                let column = group.get_column_reader(leaf.place).map_err(fault)?;
                Ok(Chunk::of(column, leaf.decoder))
            };
            let chunks = self.wanted.iter();
            let chunks = chunks.map(|leaf| leaf.as_ref().map(chunk).transpose());
            chunks.collect::<Result<Vec<Option<Chunk>>, Fault>>()
        })?;
        let mut done = 0_u64;
        while done < rows {
            let batch = usize::try_from(rows - done).map_or(BATCH, |left| left.min(BATCH));
            self.read(&mut chunks, batch)?;
            let share = u128::from(bytes) * u128::from(done) / u128::from(rows);
            self.ended.bytes = before + u64::try_from(share).unwrap_or(bytes);
            if self.batch(&mut chunks, batch)?.is_break() {
                return Ok(ControlFlow::Break(()));
            }
            done += length(batch);
        }
        self.ended.bytes = before + bytes;
        Ok(ControlFlow::Continue(()))
    }

    /// Reads the next `batch` values of every column.
    fn read(&self, chunks: &mut [Option<Chunk>], batch: usize) -> Result<(), Fault> {
        for (chunk, leaf) in chunks.iter_mut().zip(self.wanted) {
            let (Some(chunk), Some(leaf)) = (chunk, leaf) else {
                continue;
            };
            let read = guard::shield(|| chunk.read(batch).map_err(fault));
            let count = read.map_err(|fault| self.here(&leaf.name, fault))?;
            if count != batch {
                let why = "a column ends before the others".to_owned();
                return Err(self.here(&leaf.name, SourceFault::Damaged(why).into()));
            }
        }
        Ok(())
    }

    /// The fault in this column, from the next row on.
    fn here(&self, name: &str, fault: Fault) -> Fault {
        Fault {
            row: Some(self.ended.rows + 1),
            column: Some(name.to_owned()),
            ..fault
        }
    }

    /// Hands on the rows of a batch that is read.
    fn batch(
        &mut self,
        chunks: &mut [Option<Chunk>],
        batch: usize,
    ) -> Result<ControlFlow<()>, Fault> {
        for _ in 0..batch {
            self.line.text.clear();
            self.line.ranges.clear();
            for chunk in chunks.iter_mut() {
                let start = self.line.text.len();
                if let Some(chunk) = chunk {
                    chunk.write(&mut self.line.text);
                }
                self.line.ranges.push(start..self.line.text.len());
            }
            if self.row()?.is_break() {
                return Ok(ControlFlow::Break(()));
            }
        }
        Ok(ControlFlow::Continue(()))
    }

    /// Hands on the row that is put together.
    fn row(&mut self) -> Result<ControlFlow<()>, Fault> {
        let number = self.ended.rows;
        let line = number + 1;
        let Line { text, ranges } = &self.line;
        self.judge.row();
        self.ended.rows += 1;
        // A cut letter and the rest of one, in two fields, would make a whole one between them.
        let whole = |text: &&str| {
            ranges
                .iter()
                .all(|range| text.is_char_boundary(range.start))
        };
        let found = match str::from_utf8(text).ok().filter(whole) {
            Some(text) => match checks::fault(text, ranges) {
                None => Ok(text),
                Some(found) => Err(found),
            },
            None => {
                let broken = |range: &Range<usize>| str::from_utf8(&text[range.clone()]).is_err();
                let at = ranges.iter().position(broken).unwrap_or(0);
                let name = self.wanted.get(at).and_then(Option::as_ref);
                self.judge.damaged(|| Damage {
                    row: Some(line),
                    column: name.map(|leaf| leaf.name.clone()),
                    ..Damage::of(&text[ranges[at].clone()])
                })?;
                Err((at, Reason::NotUtf8))
            }
        };
        let item = match found {
            Ok(text) => Item::Row(Row {
                number,
                line,
                bytes: self.ended.bytes,
                text,
                fields: ranges,
            }),
            Err((at, reason)) => {
                self.ended.quarantined += 1;
                Item::Quarantined(Quarantined {
                    row: number,
                    line,
                    column: Some(at),
                    reason,
                })
            }
        };
        Ok((self.visit)(item))
    }
}

/// The columns of the file as a person sees them, a nested one as one.
fn fields(metadata: &ParquetMetaData) -> &[parquet::schema::types::TypePtr] {
    let schema = metadata.file_metadata().schema_descr();
    schema.root_schema().get_fields()
}

/// How the column `place` of those a person sees is read.
fn leaf(metadata: &ParquetMetaData, wanted: &Column<'_>, place: usize) -> Result<Leaf, Fault> {
    let name = wanted.name;
    let refuse = |what: String| SourceFault::ColumnType(what).in_column(Some(name));
    let field = &fields(metadata)[place];
    if !field.is_primitive() {
        return Err(refuse("nested values".to_owned()));
    }
    if field.get_basic_info().repetition() == Repetition::REPEATED {
        return Err(refuse("lists".to_owned()));
    }
    let schema = metadata.file_metadata().schema_descr();
    let place = (0..schema.num_columns()).find(|leaf| schema.get_column_root_idx(*leaf) == place);
    let Some(place) = place else {
        let why = format!("the column “{name}” has no values");
        return Err(SourceFault::Damaged(why).into());
    };
    Ok(Leaf {
        name: name.to_owned(),
        place,
        decoder: Decoder::of(&schema.column(place), wanted.fractions).map_err(refuse)?,
    })
}

fn check_compression(group: &RowGroupMetaData, leaves: &[Option<Leaf>]) -> Result<(), Fault> {
    for leaf in leaves.iter().flatten() {
        match group.column(leaf.place).compression() {
            Compression::UNCOMPRESSED
            | Compression::SNAPPY
            | Compression::GZIP(_)
            | Compression::ZSTD(_) => {}
            other => {
                let name = other.to_string();
                return Err(SourceFault::Compression(name).in_column(Some(&leaf.name)));
            }
        }
    }
    Ok(())
}

/// Bytes of the wanted columns in a row group.
fn compressed(group: &RowGroupMetaData, leaves: &[Option<Leaf>]) -> Result<u64, Fault> {
    let mut bytes = 0_u64;
    for leaf in leaves.iter().flatten() {
        let chunk = whole(group.column(leaf.place).compressed_size())?;
        bytes = bytes.saturating_add(chunk);
    }
    Ok(bytes)
}

/// A count of the footer.
fn whole(count: i64) -> Result<u64, Fault> {
    u64::try_from(count).map_err(|_| {
        let why = "a count in its footer is negative".to_owned();
        SourceFault::Damaged(why).into()
    })
}

/// What the reader of Parquet says, as a fault of the file.
fn fault(error: parquet::errors::ParquetError) -> Fault {
    let text = error.to_string();
    if text.contains("encrypt") {
        return SourceFault::Encrypted.into();
    }
    let text = text.trim_start_matches("Parquet error: ");
    SourceFault::Damaged(text.to_owned()).into()
}
