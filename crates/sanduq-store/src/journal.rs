//! The journal: entries in the order in which their transactions commit, and the head of the Merkle
//! log over them (RFC 9162). Always true here: the head's size is the number of entries, its root
//! is the root over their leaves, and no organ can change or remove an entry.
//!
//! The order of an append: (1) the row of the head is locked, so that entries are numbered by one
//! writer at a time; (2) the entries are added; (3) the head moves to the last of them, which the
//! database checks; (4) commit, and the lock is free for the next. All in the transaction of the
//! act itself: a crash before its commit leaves neither act nor entry, a crash after it both.
//!
//! Entries stand in runs, some of one append in a row of the database.

use crate::copy;
use crate::copy::Rows;
use crate::error::StoreError;
use crate::store::Read;
use crate::transaction::Transaction;
use crate::transaction::Values;
use crate::value::column;
use crate::value::count_in;
use crate::value::count_out;
use crate::value::damaged;
use crate::value::hash;
use core::pin::pin;
use futures_util::TryStreamExt;
use sanduq_core::act::Entry;
use sanduq_count::sheet::SheetKey;
use sanduq_journal::hash::Hash;
use sanduq_journal::tree::Frontier;
use tokio_postgres::Row;

/// The head of the journal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// Entries.
    pub size: u64,
    /// The root over their leaves.
    pub root: Hash,
    /// The growing edge of the tree.
    pub frontier: Frontier,
}

/// An entry as it stands in the journal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Journaled {
    /// Its number, counted from 0.
    pub index: u64,
    /// Its canonical bytes.
    pub bytes: Vec<u8>,
    /// Its leaf hash.
    pub leaf: Hash,
}

impl Read {
    /// The head of the journal.
    ///
    /// # Errors
    /// A fault.
    pub async fn head(&self) -> Result<Head, StoreError> {
        head(
            &self.transaction,
            "SELECT size, root, frontier FROM journal.head",
        )
        .await
    }

    /// At most `limit` entries from number `from` on, in order.
    ///
    /// # Errors
    /// A fault.
    pub async fn entries(&self, from: u64, limit: u32) -> Result<Vec<Journaled>, StoreError> {
        let end = from.saturating_add(u64::from(limit));
        let rows = self
            .transaction
            .rows(
                "SELECT first, entries FROM journal.run
                WHERE first > $1::bigint - 64 AND first < $2 ORDER BY first",
                &[&count_in(from)?, &count_in(end)?],
            )
            .await?;
        let mut entries = Vec::new();
        for row in &rows {
            run(row, &mut |entry| entries.push(entry))?;
        }
        entries.retain(|entry: &Journaled| (from..end).contains(&entry.index));
        Ok(entries)
    }

    /// The entries that name both a station and a contest, in order: the acts on one sheet. Reads
    /// through the whole journal, inside the database.
    ///
    /// # Errors
    /// A fault.
    pub async fn entries_about(&self, key: &SheetKey) -> Result<Vec<Journaled>, StoreError> {
        let station = format!("\"station\":\"{}\"", key.station);
        let contest = format!("\"contest\":\"{}\"", key.contest);
        let rows = self
            .transaction
            .rows(
                "SELECT index, bytes FROM journal.entry
                WHERE position($1::bytea IN bytes) > 0 AND position($2::bytea IN bytes) > 0
                ORDER BY index",
                &[&station.as_bytes(), &contest.as_bytes()],
            )
            .await?;
        let one = |row| Ok(journaled(count_out(column(row, 0)?)?, column(row, 1)?));
        rows.iter().map(one).collect()
    }

    /// Every entry in order, handed on one by one; memory does not grow with the journal.
    ///
    /// # Errors
    /// A fault.
    pub async fn each_entry(&self, mut each: impl FnMut(Journaled)) -> Result<(), StoreError> {
        let sql = "SELECT first, entries FROM journal.run ORDER BY first";
        let mut rows = pin!(self.transaction.stream(sql, &[]).await?);
        while let Some(row) = rows.try_next().await? {
            run(&row, &mut each)?;
        }
        Ok(())
    }

    /// The head, once every leaf and the root are computed anew from the bytes of the entries.
    ///
    /// # Errors
    /// [`Fault::Damaged`](crate::Fault::Damaged) naming the first entry that does not fit.
    pub async fn verify_journal(&self) -> Result<Head, StoreError> {
        let head = self.head().await?;
        let mut frontier = Frontier::default();
        let mut wrong = None;
        self.each_entry(|entry| {
            let fits = entry.index == frontier.size() && Entry::from_bytes(&entry.bytes).is_some();
            if !fits && wrong.is_none() {
                wrong = Some(entry.index);
            }
            frontier.append(entry.leaf);
        })
        .await?;
        if let Some(index) = wrong {
            return Err(damaged(&format!("entry {index} of the journal")));
        }
        if head.frontier != frontier || head.size != frontier.size() || head.root != frontier.root()
        {
            return Err(damaged(
                &"the head of the journal is not that of its entries",
            ));
        }
        Ok(head)
    }
}

/// Hands on the entries of a run.
fn run(row: &Row, each: &mut impl FnMut(Journaled)) -> Result<(), StoreError> {
    let first = count_out(column(row, 0)?)?;
    let entries: Vec<Vec<u8>> = column(row, 1)?;
    for (index, bytes) in (first..).zip(entries) {
        each(journaled(index, bytes));
    }
    Ok(())
}

pub(crate) fn journaled(index: u64, bytes: Vec<u8>) -> Journaled {
    Journaled {
        index,
        leaf: Hash::of_leaf(&bytes),
        bytes,
    }
}

async fn head(transaction: &Transaction, sql: &str) -> Result<Head, StoreError> {
    let row = transaction.row(sql, &[]).await?;
    let row = row.ok_or_else(|| damaged(&"the journal has no head"))?;
    Ok(Head {
        size: count_out(column(&row, 0)?)?,
        root: hash(column(&row, 1)?)?,
        frontier: Frontier::from_bytes(column(&row, 2)?).map_err(|e| damaged(&e))?,
    })
}

/// The head, locked until the transaction ends.
pub(crate) async fn lock(transaction: &Transaction) -> Result<Head, StoreError> {
    let sql = "SELECT size, root, frontier FROM journal.head FOR NO KEY UPDATE";
    head(transaction, sql).await
}

const MOVE: &str = "UPDATE journal.head SET size = $1, root = $2, frontier = $3";
const ADD: &str = "INSERT INTO journal.run (first, entries) VALUES ($1, $2)";

/// Moves the head to `frontier`, whose entries have been added, and commits.
pub(crate) async fn move_head_and_commit(
    transaction: Transaction,
    frontier: Frontier,
) -> Result<Head, StoreError> {
    let head = Head {
        size: frontier.size(),
        root: frontier.root(),
        frontier,
    };
    let bytes = head.frontier.to_bytes();
    let root = head.root.as_bytes().as_slice();
    transaction
        .execute(MOVE, &[&count_in(head.size)?, &root, &bytes])
        .await?;
    transaction.commit().await?;
    Ok(head)
}

/// Entries of a run at most, as the database holds us to.
const MOST: usize = 64;
/// Bytes of a run at most, unless it is one long entry: what fits into its row.
const RUN: usize = 1_800;

/// Locks the head, adds the entries, moves the head and commits.
pub(crate) async fn append_and_commit(
    transaction: Transaction,
    entries: &[Entry],
) -> Result<(), StoreError> {
    let mut frontier = lock(&transaction).await?.frontier;
    let bytes: Vec<Vec<u8>> = entries.iter().map(Entry::to_bytes).collect();
    if bytes.len() > MOST || bytes.iter().map(Vec::len).sum::<usize>() > RUN {
        append(&transaction, &mut frontier, &bytes).await?;
        return move_head_and_commit(transaction, frontier)
            .await
            .map(|_| ());
    }
    let first = count_in(frontier.size())?;
    frontier.extend(bytes.iter().map(|bytes| Hash::of_leaf(bytes)));
    let (size, root, edge) = (
        count_in(frontier.size())?,
        frontier.root(),
        frontier.to_bytes(),
    );
    let root = root.as_bytes().as_slice();
    let added: Values<'_> = &[&first, &bytes];
    let moved: Values<'_> = &[&size, &root, &edge];
    transaction
        .execute_both_and_commit((ADD, added), (MOVE, moved))
        .await
}

/// Locks the head and appends the first entries of a transaction that goes on; the head with them,
/// which is moved at its end.
pub(crate) async fn lock_and_append(
    transaction: &Transaction,
    entries: &[Entry],
) -> Result<Frontier, StoreError> {
    let mut frontier = lock(transaction).await?.frontier;
    let bytes: Vec<Vec<u8>> = entries.iter().map(Entry::to_bytes).collect();
    append(transaction, &mut frontier, &bytes).await?;
    Ok(frontier)
}

async fn append(
    transaction: &Transaction,
    frontier: &mut Frontier,
    entries: &[Vec<u8>],
) -> Result<(), StoreError> {
    let mut runs = Runs::new();
    for bytes in entries {
        runs.add(frontier, (Hash::of_leaf(bytes), bytes))?;
    }
    copy::send(transaction, COPY, runs.finish()).await
}

pub(crate) const COPY: &str = "COPY journal.run (first, entries) FROM STDIN BINARY";

/// Runs for a COPY.
pub(crate) struct Runs {
    rows: Rows,
    /// Where the list of the open run begins, and how many entries and bytes it has.
    open: Option<(usize, usize, usize)>,
}

impl Runs {
    pub(crate) fn new() -> Self {
        Self {
            rows: Rows::new(),
            open: None,
        }
    }

    /// Bytes so far.
    pub(crate) fn len(&self) -> usize {
        self.rows.len()
    }

    /// Adds the canonical bytes of an entry to the runs, and its leaf to the frontier.
    pub(crate) fn add(
        &mut self,
        frontier: &mut Frontier,
        (leaf, entry): (Hash, &[u8]),
    ) -> Result<(), StoreError> {
        let number = count_in(frontier.append(leaf))?;
        let full =
            |(_, count, bytes): (usize, usize, usize)| count == MOST || bytes + entry.len() > RUN;
        if self.open.is_some_and(full) {
            self.end_run();
        }
        let (start, count, bytes) = match self.open {
            Some(open) => open,
            None => {
                self.rows.row(2);
                self.rows.bigint(number);
                (self.rows.begin_list(), 0, 0)
            }
        };
        self.rows.raw(entry);
        self.open = Some((start, count + 1, bytes + entry.len()));
        Ok(())
    }

    fn end_run(&mut self) {
        if let Some((start, count, _)) = self.open.take() {
            let count = i32::try_from(count).expect("a run has 64 entries at most");
            self.rows.end_list(start, count);
        }
    }

    /// The rows of the COPY.
    pub(crate) fn finish(mut self) -> Rows {
        self.end_run();
        self.rows
    }
}
