//! Sheets: the current state of each version of each sheet, and every state it ever had.
//!
//! Always true here: a change is saved only over the state it was decided on (optimistic, by
//! revision), so that of two people at the same second one wins and the other is refused by name;
//! every state that a sheet has left is kept by the database itself in `votes.sheet_history`, which
//! no organ can write; the figures of an accepted sheet do not change, a correction is its next
//! version (INV-25); a station counts once at most in a contest (INV-26); where stations open and
//! close, a sheet comes in only after its station has closed (INV-20).
//!
//! A state and the one it replaces are written by one statement, and the journal entry is in the
//! same transaction: a crash leaves all three or none.

mod form;

pub(crate) use form::Columns;
pub(crate) use form::sheet_columns;
pub(crate) use form::sheet_out;

use crate::error::StoreError;
use crate::error::StoreRefusal;
use crate::store::Read;
use crate::store::Write;
use crate::transaction::Transaction;
use crate::value::code;
use crate::value::column;
use crate::value::count_out;
use crate::value::damaged;
use crate::value::figures_out;
use crate::value::time_in;
use crate::value::time_out;
use core::pin::pin;
use futures_util::TryStreamExt;
use jiff::Timestamp;
use sanduq_core::act::Change;
use sanduq_core::id::ContestCode;
use sanduq_core::id::EventId;
use sanduq_core::id::UnitCode;
use sanduq_count::sheet::Figures;
use sanduq_count::sheet::Sheet;
use sanduq_count::sheet::SheetKey;
use sanduq_count::sheet::SheetRefusal;
use tokio_postgres::Row;

/// The state a change was decided on. A version that is not in the store yet is at
/// [`Revision::NONE`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Revision(pub(crate) i32);

impl Revision {
    /// Of a version that is not in the store yet.
    pub const NONE: Self = Self(0);
    /// Of the first state of a version.
    pub const FIRST: Self = Self(1);
}

/// A version of a sheet as it stands in the store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored {
    /// The sheet.
    pub sheet: Sheet,
    /// What a change of it must name.
    pub revision: Revision,
}

/// Which versions of sheets to list; every condition that is given must hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Of this contest.
    pub contest: Option<ContestCode>,
    /// In this state ([`sanduq_count::sheet::SheetState::code`]).
    pub state: Option<String>,
    /// Of this unit or a unit below it.
    pub below: Option<UnitCode>,
}

/// One line of a list of sheets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Which sheet.
    pub key: SheetKey,
    /// Which version.
    pub version: u32,
    /// The word for its state.
    pub state: String,
}

/// How many versions of sheets of a contest are in a state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InState {
    /// The contest.
    pub contest: ContestCode,
    /// The word for the state.
    pub state: String,
    /// How many.
    pub sheets: u64,
}

/// One state that a sheet had.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Past {
    /// The sheet in that state.
    pub sheet: Sheet,
    /// Its revision.
    pub revision: Revision,
    /// When it came into the state.
    pub at: Timestamp,
}

impl Read {
    /// The latest version of a sheet; `None` when nothing has come in. Executive or supervision.
    ///
    /// # Errors
    /// [`StoreRefusal::NotPermitted`], or a fault.
    pub async fn sheet(
        &self,
        event: &EventId,
        key: &SheetKey,
    ) -> Result<Option<Stored>, StoreError> {
        Ok(self.sheet_versions(event, key).await?.pop())
    }

    /// Every version of a sheet, the first one first. Executive or supervision.
    ///
    /// # Errors
    /// [`StoreRefusal::NotPermitted`], or a fault.
    pub async fn sheet_versions(
        &self,
        event: &EventId,
        key: &SheetKey,
    ) -> Result<Vec<Stored>, StoreError> {
        let (contest, station) = (key.contest.as_str(), key.station.as_str());
        let rows = self
            .transaction
            .rows(
                concat!(
                    "SELECT ",
                    sheet_columns!(),
                    ", revision
                FROM votes.sheet WHERE event = $1 AND contest = $2 AND station = $3
                ORDER BY version"
                ),
                &[&event.as_str(), &contest, &station],
            )
            .await?;
        let one = |row| {
            Ok(Stored {
                sheet: sheet_out(row)?,
                revision: Revision(column(row, 8)?),
            })
        };
        rows.iter().map(one).collect()
    }

    /// Every state that every version of a sheet had, the oldest of the first version first.
    /// Executive or supervision.
    ///
    /// # Errors
    /// [`StoreRefusal::NotPermitted`], or a fault.
    pub async fn sheet_history(
        &self,
        event: &EventId,
        key: &SheetKey,
    ) -> Result<Vec<Past>, StoreError> {
        let (contest, station) = (key.contest.as_str(), key.station.as_str());
        let rows = self
            .transaction
            .rows(
                concat!(
                    "SELECT ",
                    sheet_columns!(),
                    ", revision, at_ns
                FROM (SELECT * FROM votes.sheet_history UNION ALL SELECT * FROM votes.sheet) AS one
                WHERE event = $1 AND contest = $2 AND station = $3 ORDER BY version, revision"
                ),
                &[&event.as_str(), &contest, &station],
            )
            .await?;
        let one = |row| {
            Ok(Past {
                sheet: sheet_out(row)?,
                revision: Revision(column(row, 8)?),
                at: time_out(column(row, 9)?)?,
            })
        };
        rows.iter().map(one).collect()
    }

    /// Versions of sheets by contest, station and version, at most `limit` after the line `after`.
    /// States without figures: everybody but the keepers of people may see them.
    ///
    /// # Errors
    /// A fault.
    pub async fn sheets(
        &self,
        event: &EventId,
        filter: &Filter,
        after: Option<&Line>,
        limit: u32,
    ) -> Result<Vec<Line>, StoreError> {
        let version = after.map(|line| version_in(line.version)).transpose()?;
        let rows = self
            .transaction
            .rows(
                "SELECT contest, station, version, state FROM votes.public_sheet
                WHERE event = $1 AND ($2::text IS NULL OR contest = $2)
                    AND ($3::text IS NULL OR state = $3)
                    AND ($4::text IS NULL OR station IN
                        (SELECT code FROM operations.below WHERE event = $1 AND top = $4))
                    AND ($5::text IS NULL OR (contest, station, version) > ($5, $6, $7))
                ORDER BY contest, station, version LIMIT $8",
                &[
                    &event.as_str(),
                    &filter.contest.as_ref().map(ContestCode::as_str),
                    &filter.state,
                    &filter.below.as_ref().map(UnitCode::as_str),
                    &after.map(|line| line.key.contest.as_str()),
                    &after.map(|line| line.key.station.as_str()),
                    &version,
                    &i64::from(limit),
                ],
            )
            .await?;
        rows.iter().map(line).collect()
    }

    /// Versions of sheets counted by contest and state. Everybody but the keepers of people may see
    /// it.
    ///
    /// # Errors
    /// A fault.
    pub async fn sheets_by_state(&self, event: &EventId) -> Result<Vec<InState>, StoreError> {
        let rows = self
            .transaction
            .rows(
                "SELECT contest, state, count(*) FROM votes.public_sheet
                WHERE event = $1 GROUP BY contest, state ORDER BY contest, state",
                &[&event.as_str()],
            )
            .await?;
        let one = |row| {
            Ok(InState {
                contest: code(row, 0)?,
                state: column(row, 1)?,
                sheets: count_out(column(row, 2)?)?,
            })
        };
        rows.iter().map(one).collect()
    }

    /// The figures that are in the totals of a contest, station by station in order of their codes
    /// (INV-24): those of the accepted sheets.
    ///
    /// # Errors
    /// [`StoreRefusal::NotReleased`], whoever asks: a total that is not there yet for everybody is
    /// there for nobody (INV-31). [`StoreRefusal::Unknown`] when there is no such contest.
    pub async fn counted(
        &self,
        event: &EventId,
        contest: &ContestCode,
        each: impl FnMut(UnitCode, Figures),
    ) -> Result<(), StoreError> {
        self.counted_in(event, contest, None, each).await
    }

    /// As [`Read::counted`], only the stations of `unit` and the units below it.
    ///
    /// # Errors
    /// As [`Read::counted`].
    pub async fn counted_below(
        &self,
        event: &EventId,
        contest: &ContestCode,
        unit: &UnitCode,
        each: impl FnMut(UnitCode, Figures),
    ) -> Result<(), StoreError> {
        self.counted_in(event, contest, Some(unit), each).await
    }

    async fn counted_in(
        &self,
        event: &EventId,
        contest: &ContestCode,
        unit: Option<&UnitCode>,
        mut each: impl FnMut(UnitCode, Figures),
    ) -> Result<(), StoreError> {
        let sql = "SELECT released FROM votes.contest WHERE event = $1 AND code = $2";
        let values = [event.as_str(), contest.as_str()];
        let row = self.transaction.row(sql, &[&values[0], &values[1]]).await?;
        let row = row.ok_or_else(|| StoreRefusal::Unknown(contest.to_string()))?;
        if !column::<bool>(&row, 0)? {
            return Err(StoreRefusal::NotReleased(contest.clone()).into());
        }
        let below = unit.map(UnitCode::as_str);
        let rows = self
            .transaction
            .stream(
                "SELECT station, fields, choices FROM votes.public_sheet
                WHERE event = $1 AND contest = $2 AND state = 'accepted'
                    AND ($3::text IS NULL OR station IN
                        (SELECT code FROM operations.below WHERE event = $1 AND top = $3))
                ORDER BY station",
                &[&values[0], &values[1], &below],
            )
            .await?;
        let mut rows = pin!(rows);
        while let Some(row) = rows.try_next().await? {
            let figures = Figures {
                fields: figures_out(&row, 1)?,
                choices: figures_out(&row, 2)?,
            };
            each(code(&row, 0)?, figures);
        }
        Ok(())
    }
}

fn line(row: &Row) -> Result<Line, StoreError> {
    let version: i32 = column(row, 2)?;
    Ok(Line {
        key: SheetKey {
            contest: code(row, 0)?,
            station: code(row, 1)?,
        },
        version: u32::try_from(version).map_err(|e| damaged(&e))?,
        state: column(row, 3)?,
    })
}

pub(crate) fn version_in(version: u32) -> Result<i32, StoreError> {
    i32::try_from(version).map_err(|_| StoreRefusal::TooLarge.into())
}

impl Write {
    /// Saves the next state of a version of a sheet over the state it was decided on, and journals
    /// the entry. The first state of a version is saved over [`Revision::NONE`]. Executive or
    /// supervision.
    ///
    /// # Errors
    /// [`StoreRefusal::Conflict`] when somebody changed the sheet since `was`, or another version
    /// of it counts; [`StoreRefusal::Immutable`] when the version is settled, or follows none that
    /// it may follow; [`StoreRefusal::Unknown`] when there is no such contest, or the station is
    /// none of it; [`StoreRefusal::Sheet`] when the station has not closed;
    /// [`StoreRefusal::Earlier`].
    pub async fn save_sheet(
        &mut self,
        event: &EventId,
        was: Revision,
        change: &Change<Sheet>,
    ) -> Result<Revision, StoreError> {
        self.journal(change.entry.clone());
        save(&self.transaction, event, was, change).await
    }
}

/// Writes the state; the entry is journaled by the caller.
pub(crate) async fn save(
    transaction: &Transaction,
    event: &EventId,
    was: Revision,
    change: &Change<Sheet>,
) -> Result<Revision, StoreError> {
    let saved = if was == Revision::NONE {
        insert(transaction, event, change).await
    } else {
        update(transaction, event, was, change).await
    };
    match saved {
        // Another version of the sheet is in the totals (INV-26).
        Err(StoreError::Refused(StoreRefusal::AlreadyExists(_))) => {
            Err(StoreRefusal::Conflict.into())
        }
        saved => saved,
    }
}

async fn insert(
    transaction: &Transaction,
    event: &EventId,
    change: &Change<Sheet>,
) -> Result<Revision, StoreError> {
    let key = &change.next.key;
    let columns = Columns::of(&change.next.state)?;
    let row = transaction
        .row(
            "WITH known AS (
                SELECT FROM votes.contest
                JOIN operations.below ON below.event = contest.event AND below.top = contest.unit
                WHERE contest.event = $1 AND contest.code = $2 AND below.code = $3 AND station
            ), day AS (
                SELECT closed_ns FROM operations.station_day WHERE event = $1 AND station = $3
            ), early AS (
                SELECT FROM operations.station_day WHERE event = $1
                AND NOT EXISTS (SELECT FROM day WHERE closed_ns <= $5) LIMIT 1
            ), saved AS (
                INSERT INTO votes.sheet (event, contest, station, version, revision, at_ns, state,
                    fields, choices, detail, salt)
                SELECT $1, $2, $3, $4, 1, $5, $6, $7, $8, $9::text::jsonb, $10 FROM known
                WHERE NOT EXISTS (SELECT FROM early)
                ON CONFLICT DO NOTHING RETURNING revision
            )
            SELECT EXISTS (SELECT FROM known), EXISTS (SELECT FROM saved),
                EXISTS (SELECT FROM early), EXISTS (SELECT FROM day)",
            &[
                &event.as_str(),
                &key.contest.as_str(),
                &key.station.as_str(),
                &version_in(change.next.version)?,
                &time_in(change.entry.at)?,
                &change.next.state.code(),
                &columns.fields()?,
                &columns.choices()?,
                &columns.detail,
                &change.next.salt.as_bytes().as_slice(),
            ],
        )
        .await?;
    let row = row.ok_or_else(|| damaged(&"no answer to an INSERT"))?;
    let (known, saved, early) = (column(&row, 0)?, column(&row, 1)?, column(&row, 2)?);
    match (known, saved) {
        (false, _) => {
            let what = format!("station {} of contest {}", key.station, key.contest);
            Err(StoreRefusal::Unknown(what).into())
        }
        (true, false) if early => Err(not_counted(key.station.clone(), column(&row, 3)?).into()),
        (true, false) => Err(StoreRefusal::Conflict.into()),
        (true, true) => Ok(Revision::FIRST),
    }
}

/// The refusal of a sheet of a station that has not closed.
pub(crate) const fn not_counted(station: UnitCode, opened: bool) -> StoreRefusal {
    let why = if opened {
        SheetRefusal::StationNotClosed
    } else {
        SheetRefusal::StationNeverOpened
    };
    StoreRefusal::Sheet(station, why)
}

async fn update(
    transaction: &Transaction,
    event: &EventId,
    was: Revision,
    change: &Change<Sheet>,
) -> Result<Revision, StoreError> {
    let key = &change.next.key;
    let columns = Columns::of(&change.next.state)?;
    let row = transaction
        .row(
            "UPDATE votes.sheet SET revision = revision + 1, at_ns = $6, state = $7, fields = $8,
                choices = $9, detail = $10::text::jsonb, salt = $11
            WHERE event = $1 AND contest = $2 AND station = $3 AND version = $4 AND revision = $5
            RETURNING revision",
            &[
                &event.as_str(),
                &key.contest.as_str(),
                &key.station.as_str(),
                &version_in(change.next.version)?,
                &was.0,
                &time_in(change.entry.at)?,
                &change.next.state.code(),
                &columns.fields()?,
                &columns.choices()?,
                &columns.detail,
                &change.next.salt.as_bytes().as_slice(),
            ],
        )
        .await?;
    let row = row.ok_or(StoreRefusal::Conflict)?;
    Ok(Revision(column(&row, 0)?))
}
