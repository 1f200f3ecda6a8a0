//! Bulk import of sheets: one transaction, COPY in binary, as many journal entries as acts.
//!
//! ```text
//! caller ─▶ encode, hash ─▶ chunk ─▶ (some chunks wait) ─▶ COPY sheets, journal ─▶ finish
//!                                     ground, first ─▶ ┘
//! ```
//!
//! Always true here: an import is in the store whole or not at all, the ground that it lays
//! ([`Store::import_with`]) included. Memory is bounded: some chunks are on their way, never the
//! whole import, and the entries of sheets that are made while the ground is being laid. The head
//! of the journal is locked before the first entry is written, because entries get their numbers as
//! they are written; other writers wait for the end. A crash before [`Import::finish`] has returned
//! leaves nothing, or all of it when the commit was on disk; the entry that opens the import tells
//! which.

mod codes;

use crate::copy;
use crate::copy::Rows;
use crate::error::Fault;
use crate::error::StoreError;
use crate::error::StoreRefusal;
use crate::journal;
use crate::journal::Head;
use crate::journal::Runs;
use crate::sheet;
use crate::sheet::Columns;
use crate::sheet::Revision;
use crate::sheet::version_in;
use crate::store::Store;
use crate::store::Write;
use crate::store::may_be_done;
use crate::value::column;
use crate::value::damaged;
use crate::value::figures_in;
use crate::value::time_in;
use codes::Codes;
use core::pin::Pin;
use jiff::Timestamp;
use sanduq_core::act::Actor;
use sanduq_core::act::Change;
use sanduq_core::act::Entry;
use sanduq_core::id::ContestCode;
use sanduq_core::id::EventId;
use sanduq_core::id::UnitCode;
use sanduq_count::sheet::Sheet;
use sanduq_journal::hash::Hash;
use sanduq_journal::tree::Frontier;
use std::collections::HashMap;
use tokio::sync::mpsc;
use tokio::sync::oneshot;
use tokio::sync::oneshot::error::TryRecvError;
use tokio::task::JoinHandle;

/// An import on its way. Dropped before its end, it leaves nothing.
pub struct Import {
    event: EventId,
    actor: Actor,
    /// The head of the journal with this import's entries, once it is locked.
    frontier: Option<Frontier>,
    /// Where the head comes from when it is.
    locked: oneshot::Receiver<Frontier>,
    /// Entries that wait for the lock, with their leaves.
    early: Vec<(Hash, Vec<u8>)>,
    journaled: bool,
    chunk: Chunk,
    to_writer: mpsc::Sender<Step>,
    writer: JoinHandle<Result<Write, StoreError>>,
}

/// Rows that are written together.
struct Chunk {
    sheets: Rows,
    /// The contest, the station and the time of each sheet.
    named: Vec<Named>,
    entries: Runs,
}

/// What a sheet of an import names, and when it comes in.
type Named = (ContestCode, UnitCode, i64);

impl Chunk {
    fn new() -> Self {
        Self {
            sheets: Rows::new(),
            named: Vec::new(),
            entries: Runs::new(),
        }
    }

    fn len(&self) -> usize {
        self.sheets.len() + self.entries.len()
    }
}

enum Step {
    Rows(Chunk),
    Amend(Revision, Box<Change<Sheet>>),
}

/// What is written before the sheets of an import, in the same transaction.
pub type Lay = Box<dyn for<'w> FnOnce(&'w mut Write) -> Laying<'w> + Send>;

/// Writing it.
pub type Laying<'w> = Pin<Box<dyn Future<Output = Result<(), StoreError>> + Send + 'w>>;

/// Bytes of a chunk.
const CHUNK: usize = 1024 * 1024;
/// Chunks that wait for the database while the next one is made: as many as are made while it takes
/// the ground of a large nation.
const WAITING: usize = 16;

const SHEETS: &str = "COPY votes.sheet (event, contest, station, version, revision, at_ns, state,
    fields, choices, detail, salt) FROM STDIN BINARY";

impl Store {
    /// Begins an import into an event in the name of the actor's organ.
    ///
    /// # Errors
    /// [`StoreRefusal::Unknown`] when there is no such event; [`StoreRefusal::NotPermitted`], or a
    /// fault.
    pub async fn import(&self, actor: &Actor, event: &EventId) -> Result<Import, StoreError> {
        let at = Timestamp::UNIX_EPOCH;
        let mut import = self.begin_import(actor, at, event, None).await?;
        import.lock().await?;
        Ok(import)
    }

    /// Begins an import whose transaction begins with what `lay` writes, at `at`: the event itself
    /// and the ground that its sheets stand on. Sheets are taken while it is being laid. What it
    /// refuses becomes known later: see [`Import::finish`].
    ///
    /// # Errors
    /// [`StoreRefusal::NotPermitted`], or a fault.
    pub async fn import_with(
        &self,
        actor: &Actor,
        at: Timestamp,
        event: &EventId,
        lay: Lay,
    ) -> Result<Import, StoreError> {
        self.begin_import(actor, at, event, Some(lay)).await
    }

    async fn begin_import(
        &self,
        actor: &Actor,
        at: Timestamp,
        event: &EventId,
        lay: Option<Lay>,
    ) -> Result<Import, StoreError> {
        let write = Write::begin(self, actor.organ.into(), actor, at).await?;
        let (to_writer, steps) = mpsc::channel(WAITING);
        let (head, locked) = oneshot::channel();
        let begin = (lay, head);
        Ok(Import {
            event: event.clone(),
            actor: actor.clone(),
            frontier: None,
            locked,
            early: Vec::new(),
            journaled: false,
            chunk: Chunk::new(),
            to_writer,
            writer: tokio::spawn(serve(write, event.clone(), begin, steps)),
        })
    }
}

/// Lays the ground, if there is one to lay, locks the head of the journal, writes steps in their
/// order until there are no more, and hands the transaction back.
async fn serve(
    mut write: Write,
    event: EventId,
    (lay, locked): (Option<Lay>, oneshot::Sender<Frontier>),
    mut steps: mpsc::Receiver<Step>,
) -> Result<Write, StoreError> {
    if let Some(lay) = lay {
        lay(&mut write).await?;
        write.expect_entries()?;
    }
    write.expect_event(&event).await?;
    write.expect_actor().await?;
    let entries = write.take_entries();
    let head = journal::lock_and_append(&write.transaction, &entries).await?;
    // Chunks are made while it is asked what the event has. Who has gone away in the meantime drops
    // the import.
    let _gone = locked.send(head);
    let known = Known::read(&write, &event).await?;
    while let Some(step) = steps.recv().await {
        match step {
            Step::Rows(chunk) => {
                expect_known(&known, &chunk.named)?;
                copy::send(&write.transaction, SHEETS, chunk.sheets).await?;
                let entries = chunk.entries.finish();
                copy::send(&write.transaction, journal::COPY, entries).await?;
            }
            Step::Amend(was, change) => {
                sheet::save(&write.transaction, &event, was, &change).await?;
            }
        }
    }
    Ok(write)
}

/// What the event has: each sheet of an import is looked up here, and not by the database.
struct Known {
    contests: Codes,
    stations: Codes,
    /// When each station closed that has opened.
    days: HashMap<String, Option<i64>>,
}

impl Known {
    async fn read(write: &Write, event: &EventId) -> Result<Self, StoreError> {
        // One answer of all codes: a hundred thousand rows would each be packed and unpacked.
        let contests = "SELECT string_agg(code, ',') FROM votes.contest WHERE event = $1";
        let stations =
            "SELECT string_agg(code, ',') FROM operations.unit WHERE event = $1 AND station";
        let days = "SELECT station, closed_ns FROM operations.station_day WHERE event = $1";
        let days = write.transaction.rows(days, &[&event.as_str()]).await?;
        let day = |row| Ok((column(row, 0)?, column(row, 1)?));
        Ok(Self {
            contests: codes(write, contests, event).await?,
            stations: codes(write, stations, event).await?,
            days: days.iter().map(day).collect::<Result<_, StoreError>>()?,
        })
    }
}

/// Codes that the database answers in a row; no code holds a comma.
async fn codes(write: &Write, sql: &str, event: &EventId) -> Result<Codes, StoreError> {
    let row = write.transaction.row(sql, &[&event.as_str()]).await?;
    let row = row.ok_or_else(|| damaged(&"no answer to a question for codes"))?;
    let codes: Option<String> = column(&row, 0)?;
    Ok(Codes::new(codes.unwrap_or_default()))
}

/// Every sheet is of a contest and a station of the event; and of a station that has closed, unless
/// none of the event has opened (INV-20).
fn expect_known(known: &Known, named: &[Named]) -> Result<(), StoreError> {
    for (contest, station, at) in named {
        let code = station.as_str();
        if !known.contests.has(contest.as_str()) || !known.stations.has(code) {
            let what = format!("station {station} of contest {contest}");
            return Err(StoreRefusal::Unknown(what).into());
        }
        let day = known.days.get(code);
        let closed = day.and_then(Option::as_ref);
        if !known.days.is_empty() && closed.is_none_or(|closed| closed > at) {
            return Err(sheet::not_counted(station.clone(), day.is_some()).into());
        }
    }
    Ok(())
}

impl Import {
    /// Journals an entry at this place of the import.
    ///
    /// # Errors
    /// [`StoreRefusal::OtherOrgan`], and what became known of chunks written meanwhile: see
    /// [`Import::finish`].
    pub async fn journal(&mut self, entry: &Entry) -> Result<(), StoreError> {
        if entry.organ != self.actor.organ || !may_be_done(entry) {
            return Err(StoreRefusal::OtherOrgan.into());
        }
        self.journaled = true;
        let bytes = entry.to_bytes();
        let leaf = Hash::of_leaf(&bytes);
        if self.frontier.is_none() {
            match self.locked.try_recv() {
                Ok(head) => self.number(head).await?,
                Err(TryRecvError::Empty) => {}
                Err(TryRecvError::Closed) => return Err(self.failed().await),
            }
        }
        match &mut self.frontier {
            Some(frontier) => self.chunk.entries.add(frontier, (leaf, &bytes))?,
            None => self.early.push((leaf, bytes)),
        }
        self.flush_when_full().await
    }

    /// Waits until the head of the journal is locked.
    async fn lock(&mut self) -> Result<(), StoreError> {
        match (&mut self.locked).await {
            Ok(head) => self.number(head).await,
            Err(_) => Err(self.failed().await),
        }
    }

    /// Gives the entries so far their numbers.
    async fn number(&mut self, mut head: Frontier) -> Result<(), StoreError> {
        for (leaf, bytes) in core::mem::take(&mut self.early) {
            self.chunk.entries.add(&mut head, (leaf, &bytes))?;
            self.flush_when_full().await?;
        }
        self.frontier = Some(head);
        Ok(())
    }

    /// Adds the first state of a version of a sheet, and journals its entry.
    ///
    /// # Errors
    /// [`StoreRefusal::TooLarge`], after which the import cannot go on, and what became known of
    /// chunks written meanwhile: see [`Import::finish`].
    pub async fn sheet(&mut self, change: &Change<Sheet>) -> Result<(), StoreError> {
        let columns = Columns::of(&change.next.state)?;
        let version = version_in(change.next.version)?;
        let at = time_in(change.entry.at)?;
        let key = &change.next.key;
        let named = (key.contest.clone(), key.station.clone(), at);
        self.chunk.named.push(named);
        let rows = &mut self.chunk.sheets;
        rows.row(11);
        rows.text(self.event.as_str());
        rows.text(key.contest.as_str());
        rows.text(key.station.as_str());
        rows.integer(version);
        rows.integer(Revision::FIRST.0);
        rows.bigint(at);
        rows.text(change.next.state.code());
        match columns.figures {
            Some(figures) => {
                rows.raw(&figures_in(&figures.fields)?);
                rows.raw(&figures_in(&figures.choices)?);
            }
            None => {
                rows.null();
                rows.null();
            }
        }
        match &columns.detail {
            Some(detail) => rows.jsonb(detail),
            None => rows.null(),
        }
        rows.raw(change.next.salt.as_bytes());
        self.journal(&change.entry).await
    }

    /// Saves the next state of a sheet over `was`, which this import has added or which was there
    /// before, and journals its entry. What this import adds is at [`Revision::FIRST`].
    ///
    /// # Errors
    /// As [`Write::save_sheet`]; it may become known later: see [`Import::finish`].
    pub async fn amend(&mut self, was: Revision, change: &Change<Sheet>) -> Result<(), StoreError> {
        self.flush().await?;
        self.step(Step::Amend(was, Box::new(change.clone())))
            .await?;
        self.journal(&change.entry).await
    }

    async fn flush_when_full(&mut self) -> Result<(), StoreError> {
        if self.chunk.len() < CHUNK {
            return Ok(());
        }
        self.flush().await
    }

    async fn flush(&mut self) -> Result<(), StoreError> {
        let chunk = core::mem::replace(&mut self.chunk, Chunk::new());
        self.step(Step::Rows(chunk)).await
    }

    async fn step(&mut self, step: Step) -> Result<(), StoreError> {
        if self.to_writer.send(step).await.is_ok() {
            return Ok(());
        }
        Err(self.failed().await)
    }

    /// Why the writer has ended before its time.
    async fn failed(&mut self) -> StoreError {
        match ended(&mut self.writer).await {
            Err(error) => error,
            Ok(_) => Fault::Connection("the import has ended".to_owned()).into(),
        }
    }

    /// Commits the import and answers the head of the journal after it.
    ///
    /// # Errors
    /// [`StoreRefusal::AlreadyExists`] when the store has one of the sheets already;
    /// [`StoreRefusal::Unknown`] naming a station or contest that the event does not have;
    /// [`StoreRefusal::Sheet`] naming a station that has not closed;
    /// [`StoreRefusal::Immutable`] when a version follows none that it may follow;
    /// [`StoreRefusal::NoEntry`]; a fault. Nothing of the import is kept then.
    pub async fn finish(mut self) -> Result<Head, StoreError> {
        if self.frontier.is_none() {
            self.lock().await?;
        }
        self.flush().await?;
        drop(self.to_writer);
        let write = ended(&mut self.writer).await?;
        let frontier = self.frontier.filter(|_| self.journaled);
        let frontier = frontier.ok_or(StoreRefusal::NoEntry)?;
        journal::move_head_and_commit(write.into_transaction(), frontier).await
    }
}

async fn ended(writer: &mut JoinHandle<Result<Write, StoreError>>) -> Result<Write, StoreError> {
    let ended = writer.await;
    ended.map_err(|e| Fault::Database(e.to_string()))?
}
