//! What one station has on record of its day, with the numbers of its entries in the journal; the
//! line at the hour of closing and its tokens. Always true here, by constraint of the database: the
//! line is counted once, no token is taken but those that were issued, each once, and the station
//! does not close while one waits (INV-16).

use crate::error::StoreError;
use crate::error::StoreRefusal;
use crate::journal;
use crate::store::Read;
use crate::store::Write;
use crate::value::bucket_of_station;
use crate::value::column;
use crate::value::count_in;
use crate::value::count_out;
use crate::value::damaged;
use crate::value::time_in;
use crate::value::time_out;
use core::ops::RangeInclusive;
use jiff::Timestamp;
use sanduq_core::act::Act;
use sanduq_core::count::Came;
use sanduq_core::count::Voted;
use sanduq_core::id::EventId;
use sanduq_core::id::UnitCode;
use sanduq_count::publication::queue_counted;
use sanduq_count::publication::tokens_settled;
use sanduq_operations::station::Record;
use sanduq_operations::station_day::Fate;
use sanduq_operations::station_day::Opening;
use sanduq_operations::station_day::Queue;
use sanduq_operations::station_day::StationDayRefusal;
use sanduq_operations::station_day::StationState;
use sanduq_operations::turnout::HourFigures;
use std::collections::BTreeMap;
use tokio_postgres::Row;

/// An entry of the journal: its number, and when it was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    /// Its number.
    pub entry: u64,
    /// When, in legal time.
    pub at: Timestamp,
}

/// The entries of the journal by which a station reported; none where it reported with others.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Marks {
    /// Of its opening.
    pub opened: Option<Mark>,
    /// Of each hour.
    pub hours: BTreeMap<u8, Mark>,
    /// Of the line.
    pub queue: Option<Mark>,
    /// The last one of tokens.
    pub tokens: Option<Mark>,
    /// Of its closing.
    pub closed: Option<Mark>,
}

impl Marks {
    /// Takes an entry of this act, and of this hour when it is a report.
    pub fn take(&mut self, act: Act, hour: Option<u8>, mark: Mark) {
        match (act, hour) {
            (Act::StationsOpened, _) => self.opened = Some(mark),
            (Act::TurnoutReported, Some(hour)) => {
                self.hours.insert(hour, mark);
            }
            (Act::QueueCounted, _) => self.queue = Some(mark),
            (Act::TokensSettled, _) => self.tokens = Some(mark),
            (Act::StationsClosed, _) => self.closed = Some(mark),
            _ => {}
        }
    }
}

/// What a station has on record.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Kept {
    /// The record.
    pub record: Record,
    /// Its entries in the journal.
    pub marks: Marks,
}

const DAY: &str = "SELECT opened_ns, ballots, seals, agents, waiting, waiting_ns, closed_ns
    FROM operations.station_day WHERE event = $1 AND station = $2";
const HOURS: &str = "SELECT hour, came, voted FROM operations.station_hour
    WHERE event = $1 AND station = $2 AND bucket = $3 ORDER BY hour";
const TOKENS: &str = "SELECT token, fate FROM operations.station_token
    WHERE event = $1 AND station = $2 ORDER BY token";
const ENTRIES: &str = "SELECT entry, at_ns, act, hour FROM operations.station_entry
    WHERE event = $1 AND station = $2 ORDER BY entry";

impl Read {
    /// What a station has on record. Everybody may see it.
    ///
    /// # Errors
    /// A fault.
    pub async fn station_record(
        &self,
        event: &EventId,
        station: &UnitCode,
    ) -> Result<Kept, StoreError> {
        let (event, code) = (event.as_str(), station.as_str());
        let of = (&event, &code, &bucket_of_station(station));
        let mut kept = Kept::default();
        for row in &self.transaction.rows(ENTRIES, &[of.0, of.1]).await? {
            let hour: Option<i16> = column(row, 3)?;
            let hour = hour.map(u8::try_from).transpose();
            let act = Act::from_code(column(row, 2)?).ok_or_else(|| damaged(&"no such act"))?;
            let mark = Mark {
                entry: count_out(column(row, 0)?)?,
                at: time_out(column(row, 1)?)?,
            };
            kept.marks.take(act, hour.map_err(|e| damaged(&e))?, mark);
        }
        let Some(day) = self.transaction.row(DAY, &[of.0, of.1]).await? else {
            return Ok(kept);
        };
        let tokens = self.transaction.rows(TOKENS, &[of.0, of.1]).await?;
        let hours = self.transaction.rows(HOURS, &[of.0, of.1, of.2]).await?;
        kept.record = Record {
            state: state(&day, &tokens)?,
            opening: Some(opening(&day)?),
            hours: hours.iter().map(figures).collect::<Result<_, _>>()?,
        };
        Ok(kept)
    }
}

fn small(count: i64) -> Result<u32, StoreError> {
    u32::try_from(count).map_err(|e| damaged(&e))
}

fn opening(day: &Row) -> Result<Opening, StoreError> {
    Ok(Opening {
        head_present: true,
        box_sealed: true,
        ballots: small(column(day, 1)?)?,
        seals: column(day, 2)?,
        agents: small(column(day, 3)?)?,
    })
}

fn figures(row: &Row) -> Result<HourFigures, StoreError> {
    let hour: i16 = column(row, 0)?;
    Ok(HourFigures {
        hour: u8::try_from(hour).map_err(|e| damaged(&e))?,
        came: Came::new(count_out(column(row, 1)?)?),
        voted: Voted::new(count_out(column(row, 2)?)?),
    })
}

fn state(day: &Row, tokens: &[Row]) -> Result<StationState, StoreError> {
    let opened = time_out(column(day, 0)?)?;
    let waiting: Option<i64> = column(day, 4)?;
    let counted: Option<i64> = column(day, 5)?;
    let queue = waiting.zip(counted).map(|(waiting, counted)| {
        let settled = tokens.iter().map(|row| {
            let token: i32 = column(row, 0)?;
            let fate = match column::<&str>(row, 1)? {
                "used" => Fate::Used,
                _ => Fate::Void,
            };
            Ok((small(token.into())?, fate))
        });
        Ok::<_, StoreError>(Queue {
            at: time_out(counted)?,
            issued: small(waiting)?,
            settled: settled.collect::<Result<_, StoreError>>()?,
        })
    });
    let queue = queue.transpose()?;
    let closed: Option<i64> = column(day, 6)?;
    Ok(match (closed.map(time_out).transpose()?, queue) {
        (Some(closed), queue) => StationState::Closed {
            opened,
            closed,
            queue,
        },
        (None, Some(queue)) => StationState::Queue { opened, queue },
        (None, None) => StationState::Open(opened),
    })
}

impl Write {
    /// What a station has on record now; nobody else reports for it until this write ends. A
    /// station that has not opened has nothing to lock: of two who open it, the second is refused.
    ///
    /// # Errors
    /// A fault.
    pub async fn station_record_alone(
        &mut self,
        event: &EventId,
        station: &UnitCode,
    ) -> Result<Kept, StoreError> {
        let sql = "SELECT FROM operations.station_day
            WHERE event = $1 AND station = $2 FOR NO KEY UPDATE";
        let values = (event.as_str(), station.as_str());
        self.transaction.rows(sql, &[&values.0, &values.1]).await?;
        self.station_record(event, station).await
    }

    /// Keeps the number that the entry journaled last will have. The head of the journal is locked
    /// from here on, so this comes last before the commit.
    pub(crate) async fn mark(
        &mut self,
        event: &EventId,
        station: &UnitCode,
        (act, hour): (Act, Option<u8>),
    ) -> Result<(), StoreError> {
        let size = journal::lock(&self.transaction).await?.size;
        let entry = count_in(size + self.journaled() - 1)?;
        let sql = "INSERT INTO operations.station_entry (event, station, entry, at_ns, act, hour)
            VALUES ($1, $2, $3, $4, $5, $6)";
        self.transaction
            .execute(
                sql,
                &[
                    &event.as_str(),
                    &station.as_str(),
                    &entry,
                    &time_in(self.at())?,
                    &act.code(),
                    &hour.map(i16::from),
                ],
            )
            .await?;
        Ok(())
    }

    /// Counts who stands in line at a station that should close, and journals it: each has a token.
    /// Executive or station.
    ///
    /// # Errors
    /// [`StoreRefusal::StationDay`] when it is not open, or the line was counted.
    pub async fn count_queue(
        &mut self,
        event: &EventId,
        station: &UnitCode,
        waiting: u32,
    ) -> Result<(), StoreError> {
        let sql = "UPDATE operations.station_day SET waiting = $3, waiting_ns = $4
            WHERE event = $1 AND station = $2 AND opened_ns <= $4";
        let values = (event.as_str(), station.as_str(), i64::from(waiting));
        let at = time_in(self.at())?;
        let counted = self
            .transaction
            .execute(sql, &[&values.0, &values.1, &values.2, &at])
            .await?;
        if counted == 0 {
            let no = StationDayRefusal::NotOpen;
            return Err(StoreRefusal::StationDay(station.clone(), no).into());
        }
        self.journal(queue_counted(station, waiting, self.actor(), self.at()));
        self.mark(event, station, (Act::QueueCounted, None)).await
    }

    /// Takes tokens as used or void, and journals it. Executive or station.
    ///
    /// # Errors
    /// [`StoreRefusal::StationDay`] when no line was counted, or one of them was not issued or is
    /// taken.
    pub async fn settle_tokens(
        &mut self,
        event: &EventId,
        station: &UnitCode,
        tokens: RangeInclusive<u32>,
        fate: Fate,
    ) -> Result<(), StoreError> {
        let (first, last) = (*tokens.start(), *tokens.end());
        let integer = |token| i32::try_from(token).map_err(|_| StoreRefusal::TooLarge);
        let taken = self
            .transaction
            .execute(
                "INSERT INTO operations.station_token (event, station, token, fate, at_ns)
                SELECT $1, $2, token, $5, $6 FROM generate_series($3::integer, $4) AS one (token)
                ON CONFLICT DO NOTHING",
                &[
                    &event.as_str(),
                    &station.as_str(),
                    &integer(first)?,
                    &integer(last)?,
                    &fate.code(),
                    &time_in(self.at())?,
                ],
            )
            .await?;
        let count = u32::try_from(taken).map_err(|_| StoreRefusal::TooLarge)?;
        if Some(count) != (last + 1).checked_sub(first) {
            let no = StationDayRefusal::TokenSettled;
            return Err(StoreRefusal::StationDay(station.clone(), no).into());
        }
        let fates = match fate {
            Fate::Used => [count, 0],
            Fate::Void => [0, count],
        };
        let by = (self.actor(), self.at());
        self.journal(tokens_settled(station, (first, last), fates, by));
        self.mark(event, station, (Act::TokensSettled, None)).await
    }
}
