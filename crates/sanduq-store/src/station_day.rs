//! The day of the stations: opened, closed, and the hourly figures. Always true here, by constraint
//! of the database: a station opens once and closes once, after it opened; came is never below
//! voted, and neither goes down from hour to hour (INV-18).

use crate::error::StoreError;
use crate::store::Read;
use crate::store::Write;
use jiff::Timestamp;
use sanduq_core::count::Came;
use sanduq_core::count::Voted;
use sanduq_core::id::EventId;
use sanduq_core::id::UnitCode;
use sanduq_count::publication::StationDay;
use sanduq_operations::station_day::Opening;
use sanduq_operations::turnout::HourFigures;

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

impl Read {
    /// The day of each station that has one, by code. Everybody may see it.
    ///
    /// # Errors
    /// A fault.
    pub async fn station_days(
        &self,
        event: &EventId,
    ) -> Result<Vec<(UnitCode, StationDay)>, StoreError> {
        crate::unwritten(&event)
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
        crate::unwritten(&(event, station))
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
        crate::unwritten(&(event, below))
    }
}

impl Write {
    /// Opens stations at `at`. Executive or station.
    ///
    /// # Errors
    /// [`StoreRefusal::StationDay`](crate::StoreRefusal::StationDay) naming one that has opened
    /// already; [`StoreRefusal::Unknown`](crate::StoreRefusal::Unknown).
    pub async fn open_stations(
        &mut self,
        event: &EventId,
        stations: &[(UnitCode, Opening)],
        at: Timestamp,
    ) -> Result<(), StoreError> {
        crate::unwritten(&(event, stations, at))
    }

    /// Closes stations at `at`. Executive or station.
    ///
    /// # Errors
    /// [`StoreRefusal::StationDay`](crate::StoreRefusal::StationDay) naming one that is not open.
    pub async fn close_stations(
        &mut self,
        event: &EventId,
        stations: &[UnitCode],
        at: Timestamp,
    ) -> Result<(), StoreError> {
        crate::unwritten(&(event, stations, at))
    }

    /// Takes hourly reports, one or many stations' at once. Executive or station.
    ///
    /// # Errors
    /// [`StoreRefusal::Turnout`](crate::StoreRefusal::Turnout) naming the first station whose
    /// report the database does not take. None of them is kept then.
    pub async fn report_hours(
        &mut self,
        event: &EventId,
        reports: &[(UnitCode, HourFigures)],
    ) -> Result<(), StoreError> {
        crate::unwritten(&(event, reports))
    }
}
