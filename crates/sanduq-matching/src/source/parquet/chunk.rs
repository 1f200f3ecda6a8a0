//! One column of a row group, read in batches.

use parquet::column::reader::ColumnReader;
use parquet::column::reader::ColumnReaderImpl;
use parquet::data_type::BoolType;
use parquet::data_type::ByteArray;
use parquet::data_type::ByteArrayType;
use parquet::data_type::DataType;
use parquet::data_type::DoubleType;
use parquet::data_type::FloatType;
use parquet::data_type::Int32Type;
use parquet::data_type::Int64Type;
use parquet::errors::ParquetError;

use crate::source::parquet::decoder::Decoder;
use crate::source::parquet::decoder::fraction;

/// A column of a row group, and the batch of it that is read.
pub(super) struct Chunk {
    values: Values,
    /// For each row of the batch 1 where there is a value; empty where there always is one.
    levels: Vec<i16>,
    /// Rows of the batch that are written.
    row: usize,
    /// Values of the batch that are written.
    value: usize,
    decoder: Decoder,
}

enum Values {
    Text(Batch<ByteArrayType>),
    Boolean(Batch<BoolType>),
    Int32(Batch<Int32Type>),
    Int64(Batch<Int64Type>),
    Float(Batch<FloatType>),
    Double(Batch<DoubleType>),
    /// Of a type that [`Decoder::of`] refuses.
    Other,
}

struct Batch<T: DataType> {
    reader: ColumnReaderImpl<T>,
    values: Vec<T::T>,
}

impl<T: DataType> Batch<T> {
    const fn of(reader: ColumnReaderImpl<T>) -> Self {
        Self {
            reader,
            values: Vec::new(),
        }
    }

    /// Reads on; says how many rows there were, and how many values.
    fn read(&mut self, rows: usize, levels: &mut Vec<i16>) -> Result<(usize, usize), ParquetError> {
        self.values.clear();
        let values = &mut self.values;
        let (read, ..) = self.reader.read_records(rows, Some(levels), None, values)?;
        Ok((read, values.len()))
    }
}

impl Chunk {
    /// The column that `reader` reads.
    pub(super) fn of(reader: ColumnReader, decoder: Decoder) -> Self {
        let values = match reader {
            ColumnReader::ByteArrayColumnReader(reader) => Values::Text(Batch::of(reader)),
            ColumnReader::BoolColumnReader(reader) => Values::Boolean(Batch::of(reader)),
            ColumnReader::Int32ColumnReader(reader) => Values::Int32(Batch::of(reader)),
            ColumnReader::Int64ColumnReader(reader) => Values::Int64(Batch::of(reader)),
            ColumnReader::FloatColumnReader(reader) => Values::Float(Batch::of(reader)),
            ColumnReader::DoubleColumnReader(reader) => Values::Double(Batch::of(reader)),
            _ => Values::Other,
        };
        Self {
            values,
            levels: Vec::new(),
            row: 0,
            value: 0,
            decoder,
        }
    }

    /// Reads the next batch of so many rows, and says how many there were.
    ///
    /// # Errors
    /// What the reader of Parquet says of a page that is damaged.
    pub(super) fn read(&mut self, rows: usize) -> Result<usize, ParquetError> {
        self.row = 0;
        self.value = 0;
        self.levels.clear();
        let (count, values) = match &mut self.values {
            Values::Text(batch) => batch.read(rows, &mut self.levels)?,
            Values::Boolean(batch) => batch.read(rows, &mut self.levels)?,
            Values::Int32(batch) => batch.read(rows, &mut self.levels)?,
            Values::Int64(batch) => batch.read(rows, &mut self.levels)?,
            Values::Float(batch) => batch.read(rows, &mut self.levels)?,
            Values::Double(batch) => batch.read(rows, &mut self.levels)?,
            Values::Other => (0, 0),
        };
        let absent = self.levels.iter().filter(|level| **level == 0).count();
        if values + absent != count {
            let why = "a column has not as many values as it says";
            return Err(ParquetError::General(why.to_owned()));
        }
        Ok(count)
    }

    /// Writes the next value of the batch behind what `text` holds.
    #[inline]
    pub(super) fn write(&mut self, text: &mut Vec<u8>) {
        let is_null = self.levels.get(self.row) == Some(&0);
        self.row += 1;
        if is_null {
            return;
        }
        let at = self.value;
        self.value += 1;
        match &self.values {
            Values::Text(batch) => text.extend_from_slice(ByteArray::data(&batch.values[at])),
            Values::Boolean(batch) => {
                let value: &[u8] = if batch.values[at] { b"true" } else { b"false" };
                text.extend_from_slice(value);
            }
            Values::Int32(batch) => self.decoder.write_32(batch.values[at], text),
            Values::Int64(batch) => self.decoder.write_64(batch.values[at], text),
            Values::Float(batch) => fraction(batch.values[at], text),
            Values::Double(batch) => fraction(batch.values[at], text),
            Values::Other => {}
        }
    }
}
