//! The day of the stations: opened, closed, and the hourly figures. Always true here, by constraint
//! of the database: a station opens once and closes once, after it opened; came is never below
//! voted, and neither goes down from hour to hour (INV-18). What writes rows journals their digest
//! itself, so that no entry can say of them what they do not.

use crate::error::StoreError;
use crate::error::StoreRefusal;
use crate::store::Read;
use crate::store::Write;
use crate::value::bucket_of_station;
use crate::value::code;
use crate::value::column;
use crate::value::count_in;
use crate::value::count_out;
use crate::value::damaged;
use crate::value::time_in;
use crate::value::time_out;
use jiff::Timestamp;
use sanduq_core::act::Act;
use sanduq_core::act::Entry;
use sanduq_core::count::Came;
use sanduq_core::count::Voted;
use sanduq_core::id::EventId;
use sanduq_core::id::UnitCode;
use sanduq_count::publication::Reports;
use sanduq_count::publication::StationDay;
use sanduq_count::publication::stations_closed;
use sanduq_count::publication::stations_opened;
use sanduq_count::publication::turnout_reported;
use sanduq_operations::station_day::Opening;
use sanduq_operations::station_day::StationDayRefusal;
use sanduq_operations::turnout::HourFigures;
use std::collections::BTreeMap;
use std::collections::BTreeSet;
use tokio_postgres::Row;

/// The day of the whole event at a glance.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DaySoFar {
    /// Stations of the event.
    pub stations: u64,
    /// Stations that have opened.
    pub opened: u64,
    /// Stations that have closed.
    pub closed: u64,
    /// Stations whose figures are in `came` and `voted`: the coverage.
    pub reporting: u64,
    /// Who came, by the last report of each station.
    pub came: Came,
    /// Who voted, by the last report of each station.
    pub voted: Voted,
}

/// A day with its hours in arrays, in order of the hour.
const DAYS: &str = "SELECT day.station, day.opened_ns, day.closed_ns,
        hours.hours, hours.came, hours.voted,
        day.opened_report, day.closed_report, hours.reports
    FROM operations.station_day AS day LEFT JOIN (
        SELECT station, array_agg(hour ORDER BY hour) AS hours,
            array_agg(came ORDER BY hour) AS came, array_agg(voted ORDER BY hour) AS voted,
            array_agg(report ORDER BY hour) AS reports
        FROM operations.station_hour
        WHERE event = $1 AND ($2::text IS NULL OR (station = $2 AND bucket = $3))
        GROUP BY station
    ) AS hours USING (station)
    WHERE day.event = $1 AND ($2::text IS NULL OR day.station = $2) ORDER BY day.station";

impl Read {
    /// The day of each station that has one, by code. Everybody may see it.
    ///
    /// # Errors
    /// A fault.
    pub async fn station_days(
        &self,
        event: &EventId,
    ) -> Result<Vec<(UnitCode, StationDay)>, StoreError> {
        let none: (Option<&str>, Option<i16>) = (None, None);
        let values = (event.as_str(), none.0, none.1);
        let rows = self
            .transaction
            .rows(DAYS, &[&values.0, &values.1, &values.2])
            .await?;
        rows.iter().map(day).collect()
    }

    /// The day of one station; the default when it has not opened. Everybody may see it.
    ///
    /// # Errors
    /// A fault.
    pub async fn station_day(
        &self,
        event: &EventId,
        station: &UnitCode,
    ) -> Result<StationDay, StoreError> {
        let bucket = bucket_of_station(station);
        let values = (event.as_str(), station.as_str(), bucket);
        let row = self
            .transaction
            .row(DAYS, &[&values.0, &values.1, &values.2])
            .await?;
        row.map_or_else(|| Ok(StationDay::default()), |row| Ok(day(&row)?.1))
    }

    /// The day at a glance: of the stations of `below` and the units below it, or of all. Everybody
    /// may see it.
    ///
    /// # Errors
    /// A fault.
    pub async fn day_so_far(
        &self,
        event: &EventId,
        below: Option<&UnitCode>,
    ) -> Result<DaySoFar, StoreError> {
        let row = self
            .transaction
            .row(
                "WITH station AS (
                    SELECT code AS station FROM operations.unit
                    WHERE event = $1 AND station AND ($2::text IS NULL OR code IN
                        (SELECT code FROM operations.below WHERE event = $1 AND top = $2))
                ), report AS (
                    SELECT DISTINCT ON (bucket, station) station, came, voted
                    FROM operations.station_hour WHERE event = $1
                    ORDER BY bucket, station, hour DESC
                )
                SELECT count(*), count(day.station), count(day.closed_ns), count(report.station),
                    coalesce(sum(report.came), 0)::bigint, coalesce(sum(report.voted), 0)::bigint
                FROM station
                LEFT JOIN operations.station_day AS day
                    ON day.event = $1 AND day.station = station.station
                LEFT JOIN report ON report.station = station.station",
                &[&event.as_str(), &below.map(UnitCode::as_str)],
            )
            .await?;
        let row = row.ok_or_else(|| damaged(&"no answer to a count"))?;
        let count = |index| count_out(column(&row, index)?);
        Ok(DaySoFar {
            stations: count(0)?,
            opened: count(1)?,
            closed: count(2)?,
            reporting: count(3)?,
            came: Came::new(count(4)?),
            voted: Voted::new(count(5)?),
        })
    }
}

fn day(row: &Row) -> Result<(UnitCode, StationDay), StoreError> {
    let closed: Option<i64> = column(row, 2)?;
    let hours: Option<Vec<i16>> = column(row, 3)?;
    let came: Option<Vec<i64>> = column(row, 4)?;
    let voted: Option<Vec<i64>> = column(row, 5)?;
    let figures = came.into_iter().flatten().zip(voted.into_iter().flatten());
    let hours = hours.into_iter().flatten().zip(figures);
    let one = |(hour, (came, voted)): (i16, (i64, i64))| {
        Ok((
            u8::try_from(hour).map_err(|e| damaged(&e))?,
            Came::new(count_out(came)?),
            Voted::new(count_out(voted)?),
        ))
    };
    let reports: Option<Vec<i64>> = column(row, 8)?;
    let reports = Reports {
        opened: count_out(column(row, 6)?)?,
        closed: count_out(column(row, 7)?)?,
        hours: reports
            .into_iter()
            .flatten()
            .map(count_out)
            .collect::<Result<_, _>>()?,
    };
    let day = StationDay {
        opened: Some(time_out(column(row, 1)?)?),
        closed: closed.map(time_out).transpose()?,
        hours: hours.map(one).collect::<Result<_, StoreError>>()?,
        reports,
    };
    Ok((code(row, 0)?, day))
}

/// The first station that a statement did not touch, or that was asked for twice.
fn missing<'a>(mut asked: impl Iterator<Item = &'a UnitCode>, rows: &[Row]) -> Option<UnitCode> {
    let mut done: BTreeSet<&str> = rows.iter().filter_map(|row| row.try_get(0).ok()).collect();
    asked.find(|unit| !done.remove(unit.as_str())).cloned()
}

/// The entry of one station that opened, with what its head recorded.
#[must_use]
pub fn recorded(entry: Entry, opening: &Opening) -> Entry {
    entry
        .with("ballots", opening.ballots)
        .with("seals", opening.seals.join(" "))
        .with("agents", opening.agents)
}

impl Write {
    /// The number of the next report.
    async fn report(&self) -> Result<u64, StoreError> {
        let sql = "SELECT nextval('operations.report')";
        let row = self.transaction.row(sql, &[]).await?;
        let row = row.ok_or_else(|| damaged(&"no next number"))?;
        count_out(column(&row, 0)?)
    }

    /// Opens stations at `at` and journals that they did. Executive or station.
    ///
    /// # Errors
    /// [`StoreRefusal::StationDay`] naming one that has opened already, or when `at` has not come;
    /// [`StoreRefusal::Unknown`] when one is no station of the event.
    pub async fn open_stations(
        &mut self,
        event: &EventId,
        stations: &[(UnitCode, Opening)],
        at: Timestamp,
    ) -> Result<(), StoreError> {
        let codes: Vec<&str> = stations.iter().map(|(code, _)| code.as_str()).collect();
        self.expect_stations(event, &codes).await?;
        self.expect_past(at, stations.iter().map(|(code, _)| code))?;
        let ballots = stations
            .iter()
            .map(|(_, opening)| i64::from(opening.ballots));
        let ballots: Vec<i64> = ballots.collect();
        let seals = stations.iter().map(|(_, opening)| opening.seals.join(" "));
        let seals: Vec<String> = seals.collect();
        let agents = stations.iter().map(|(_, opening)| opening.agents.into());
        let agents: Vec<i64> = agents.collect();
        let report = self.report().await?;
        let opened = self
            .transaction
            .rows(
                "INSERT INTO operations.station_day (event, station, opened_ns, ballots,
                    opened_report, seals, agents)
                SELECT $1, one.station, $4, one.ballots, $5,
                    string_to_array(one.seals, ' '), one.agents
                FROM unnest($2::text[], $3::bigint[], $6::text[], $7::bigint[])
                    AS one (station, ballots, seals, agents)
                ON CONFLICT DO NOTHING RETURNING station",
                &[
                    &event.as_str(),
                    &codes,
                    &ballots,
                    &time_in(at)?,
                    &count_in(report)?,
                    &seals,
                    &agents,
                ],
            )
            .await?;
        if let Some(unit) = missing(stations.iter().map(|(code, _)| code), &opened) {
            return Err(StoreRefusal::StationDay(unit, StationDayRefusal::AlreadyOpened).into());
        }
        let rows: Vec<_> = stations
            .iter()
            .map(|(code, _)| (code.clone(), at))
            .collect();
        let entry = stations_opened(report, &rows, self.actor(), self.at());
        let [(station, opening)] = stations else {
            self.journal(entry);
            return Ok(());
        };
        self.journal(recorded(entry, opening));
        self.mark(event, station, (Act::StationsOpened, None)).await
    }

    /// Nobody reports what has not happened yet.
    fn expect_past<'a>(
        &self,
        at: Timestamp,
        mut stations: impl Iterator<Item = &'a UnitCode>,
    ) -> Result<(), StoreError> {
        match stations.next().filter(|_| at > self.at()) {
            None => Ok(()),
            Some(unit) => {
                Err(StoreRefusal::StationDay(unit.clone(), StationDayRefusal::NotYet).into())
            }
        }
    }

    /// [`StoreRefusal::Unknown`] naming the first that is no station of the event.
    async fn expect_stations(&self, event: &EventId, codes: &[&str]) -> Result<(), StoreError> {
        let row = self
            .transaction
            .row(
                "SELECT code FROM unnest($2::text[]) WITH ORDINALITY AS one (code, place)
                WHERE NOT EXISTS (
                    SELECT FROM operations.unit
                    WHERE event = $1 AND unit.code = one.code AND station
                ) ORDER BY place LIMIT 1",
                &[&event.as_str(), &codes],
            )
            .await?;
        match row {
            None => Ok(()),
            Some(row) => {
                Err(StoreRefusal::Unknown(format!("station {}", row.get::<_, &str>(0))).into())
            }
        }
    }

    /// Closes stations at `at` and journals that they did. Executive or station.
    ///
    /// # Errors
    /// [`StoreRefusal::StationDay`] naming one that is not open, or when `at` has not come.
    pub async fn close_stations(
        &mut self,
        event: &EventId,
        stations: &[UnitCode],
        at: Timestamp,
    ) -> Result<(), StoreError> {
        let codes: Vec<&str> = stations.iter().map(UnitCode::as_str).collect();
        self.expect_past(at, stations.iter())?;
        let report = self.report().await?;
        let closed = self
            .transaction
            .rows(
                "UPDATE operations.station_day SET closed_ns = $3, closed_report = $4
                WHERE event = $1 AND station = ANY ($2) AND opened_ns <= $3 RETURNING station",
                &[&event.as_str(), &codes, &time_in(at)?, &count_in(report)?],
            )
            .await?;
        if let Some(unit) = missing(stations.iter(), &closed) {
            return Err(StoreRefusal::StationDay(unit, StationDayRefusal::NotOpen).into());
        }
        let rows: Vec<_> = stations.iter().map(|code| (code.clone(), at)).collect();
        self.journal(stations_closed(report, &rows, self.actor(), self.at()));
        match stations {
            [station] => self.mark(event, station, (Act::StationsClosed, None)).await,
            _ => Ok(()),
        }
    }

    /// Takes hourly reports, one or many stations' at once, and journals each hour of them.
    /// Executive or station.
    ///
    /// # Errors
    /// [`StoreRefusal::Turnout`] naming the first station whose report the database does not take.
    /// None of them is kept then.
    pub async fn report_hours(
        &mut self,
        event: &EventId,
        reports: &[(UnitCode, HourFigures)],
    ) -> Result<(), StoreError> {
        let codes: Vec<&str> = reports.iter().map(|(code, _)| code.as_str()).collect();
        let buckets: Vec<i16> = reports
            .iter()
            .map(|(code, _)| bucket_of_station(code))
            .collect();
        let hours: Vec<i16> = reports.iter().map(|(_, now)| i16::from(now.hour)).collect();
        let came = reports.iter().map(|(_, now)| count_in(now.came.get()));
        let came: Vec<i64> = came.collect::<Result<_, _>>()?;
        let voted = reports.iter().map(|(_, now)| count_in(now.voted.get()));
        let voted: Vec<i64> = voted.collect::<Result<_, _>>()?;
        let report = self.report().await?;
        self.transaction
            .execute(
                "INSERT INTO operations.station_hour (bucket, event, station, hour, came, voted,
                    report)
                SELECT bucket, $1, station, hour, came, voted, $7 FROM unnest($2::smallint[],
                    $3::text[], $4::smallint[], $5::bigint[], $6::bigint[])
                    AS one (bucket, station, hour, came, voted)",
                &[
                    &event.as_str(),
                    &buckets,
                    &codes,
                    &hours,
                    &came,
                    &voted,
                    &count_in(report)?,
                ],
            )
            .await?;
        let mut by_hour: BTreeMap<u8, Vec<(UnitCode, Came, Voted)>> = BTreeMap::new();
        for (code, now) in reports {
            let rows = by_hour.entry(now.hour).or_default();
            rows.push((code.clone(), now.came, now.voted));
        }
        for (hour, rows) in &by_hour {
            let rows = (*hour, rows.as_slice());
            self.journal(turnout_reported(report, rows, self.actor(), self.at()));
        }
        if let [(station, now)] = reports {
            let act = (Act::TurnoutReported, Some(now.hour));
            self.mark(event, station, act).await?;
        }
        Ok(())
    }
}
