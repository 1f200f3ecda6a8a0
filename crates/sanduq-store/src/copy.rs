//! PostgreSQL's binary COPY: rows are encoded here, without a value in between. Always true here:
//! a buffer holds whole rows only.

use crate::error::Fault;
use crate::error::StoreError;
use crate::transaction::Transaction;
use bytes::BufMut;
use bytes::Bytes;
use bytes::BytesMut;
use core::pin::Pin;
use futures_util::SinkExt;
use tokio_postgres::CopyInSink;

/// Eleven bytes of signature, four of flags, four of the header's extension.
const HEADER: &[u8] = b"PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0";
const NULL: i32 = -1;
/// The type of `bytea`, as arrays name it.
const BYTEA: u32 = 17;
/// Bytes between the length of an array of one dimension and its first element.
const ARRAY_HEAD: usize = 20;

/// Rows for one COPY.
pub(crate) struct Rows {
    bytes: BytesMut,
    rows: u64,
}

impl Rows {
    pub(crate) fn new() -> Self {
        let mut bytes = BytesMut::with_capacity(64 * 1024);
        bytes.put_slice(HEADER);
        Self { bytes, rows: 0 }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.rows == 0
    }

    /// Bytes so far.
    pub(crate) fn len(&self) -> usize {
        self.bytes.len()
    }

    /// Begins a row of so many columns.
    pub(crate) fn row(&mut self, columns: i16) {
        self.bytes.put_i16(columns);
        self.rows += 1;
    }

    pub(crate) fn null(&mut self) {
        self.bytes.put_i32(NULL);
    }

    pub(crate) fn raw(&mut self, value: &[u8]) {
        let length = i32::try_from(value.len()).expect("no value is longer than 2 GB");
        self.bytes.put_i32(length);
        self.bytes.put_slice(value);
    }

    pub(crate) fn text(&mut self, value: &str) {
        self.raw(value.as_bytes());
    }

    pub(crate) fn optional_text(&mut self, value: Option<&str>) {
        match value {
            Some(value) => self.text(value),
            None => self.null(),
        }
    }

    pub(crate) fn boolean(&mut self, value: bool) {
        self.raw(&[u8::from(value)]);
    }

    pub(crate) fn smallint(&mut self, value: i16) {
        self.bytes.put_i32(2);
        self.bytes.put_i16(value);
    }

    pub(crate) fn integer(&mut self, value: i32) {
        self.bytes.put_i32(4);
        self.bytes.put_i32(value);
    }

    pub(crate) fn optional_integer(&mut self, value: Option<i32>) {
        match value {
            Some(value) => self.integer(value),
            None => self.null(),
        }
    }

    pub(crate) fn bigint(&mut self, value: i64) {
        self.bytes.put_i32(8);
        self.bytes.put_i64(value);
    }

    pub(crate) fn optional_bigint(&mut self, value: Option<i64>) {
        match value {
            Some(value) => self.bigint(value),
            None => self.null(),
        }
    }

    /// `jsonb` is its text behind a version of 1.
    pub(crate) fn jsonb(&mut self, value: &str) {
        let length = i32::try_from(value.len() + 1).expect("no value is longer than 2 GB");
        self.bytes.put_i32(length);
        self.bytes.put_u8(1);
        self.bytes.put_slice(value.as_bytes());
    }

    /// Begins a `bytea[]`; where it begins.
    pub(crate) fn begin_list(&mut self) -> usize {
        let start = self.bytes.len();
        for part in [0, 1, 0] {
            self.bytes.put_i32(part);
        }
        self.bytes.put_u32(BYTEA);
        self.bytes.put_i32(0);
        self.bytes.put_i32(1);
        start
    }

    /// Ends a `bytea[]` of so many elements, which were written by [`Rows::raw`].
    pub(crate) fn end_list(&mut self, start: usize, count: i32) {
        let length = self.bytes.len() - start - 4;
        let length = i32::try_from(length).expect("no value is longer than 2 GB");
        self.bytes[start..start + 4].copy_from_slice(&length.to_be_bytes());
        let count_at = start + ARRAY_HEAD - 4;
        self.bytes[count_at..count_at + 4].copy_from_slice(&count.to_be_bytes());
    }

    /// The bytes since the last call, for a COPY that goes on.
    pub(crate) fn take(&mut self) -> Bytes {
        self.bytes.split().freeze()
    }

    /// The rest of the COPY, its end included, and how many rows it had.
    pub(crate) fn finish(mut self) -> (Bytes, u64) {
        self.bytes.put_i16(-1);
        (self.bytes.freeze(), self.rows)
    }
}

/// A COPY that goes on while rows are still being made. Dropped before its end, it is undone.
pub(crate) struct Load {
    sink: Pin<Box<CopyInSink<Bytes>>>,
    pub(crate) rows: Rows,
}

/// Bytes that are sent at once.
const PIECE: usize = 256 * 1024;

impl Load {
    pub(crate) async fn begin(transaction: &Transaction, sql: &str) -> Result<Self, StoreError> {
        Ok(Self {
            sink: Box::pin(transaction.copy_in(sql).await?),
            rows: Rows::new(),
        })
    }

    /// Sends what has gathered, once it is enough.
    pub(crate) async fn send(&mut self) -> Result<(), StoreError> {
        if self.rows.len() < PIECE {
            return Ok(());
        }
        let sent = self.sink.send(self.rows.take()).await;
        self.said(sent).await
    }

    /// The end: the database must have taken every row. How many.
    pub(crate) async fn finish(mut self) -> Result<u64, StoreError> {
        let rows = core::mem::replace(&mut self.rows, Rows::new());
        let (bytes, count) = rows.finish();
        let sent = self.sink.send(bytes).await;
        self.said(sent).await?;
        let taken = self.sink.as_mut().finish().await?;
        if taken == count {
            return Ok(count);
        }
        let what = format!("{taken} of {count} rows were taken");
        Err(Fault::Database(what).into())
    }

    /// When the database has ended the COPY, what it said is known at its end only.
    async fn said(&mut self, sent: Result<(), tokio_postgres::Error>) -> Result<(), StoreError> {
        let Err(closed) = sent else {
            return Ok(());
        };
        match self.sink.as_mut().finish().await {
            Err(said) => Err(said.into()),
            Ok(_) => Err(closed.into()),
        }
    }
}

/// Sends rows by the statement `sql`; the database must have taken all of them.
pub(crate) async fn send(
    transaction: &Transaction,
    sql: &str,
    rows: Rows,
) -> Result<(), StoreError> {
    if rows.is_empty() {
        return Ok(());
    }
    let mut load = Load::begin(transaction, sql).await?;
    load.rows = rows;
    load.finish().await.map(|_| ())
}
