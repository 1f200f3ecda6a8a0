//! `geography.{json,csv}` and `stations.{json,csv}`: the units of the event, and its stations with
//! what lies above them and the hours of their day.

use crate::publication::Edition;
use crate::publication::PublicationRefusal;
use crate::publication::Stamp;
use crate::publication::csv::Table;
use jiff::Timestamp;
use sanduq_core::count::Registered;
use sanduq_core::geography::Geography;
use sanduq_core::geography::Level;
use sanduq_core::geography::Unit;
use sanduq_core::id::UnitCode;
use sanduq_core::names::Names;
use serde::Deserialize;
use serde::Serialize;

/// `geography.json`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GeographyFile {
    /// What the file says about itself.
    pub edition: Stamp,
    /// The levels, the nation's first.
    pub levels: Vec<Level>,
    /// The units, parents before children; places and outlines in millionths of a degree north
    /// and east.
    pub units: Vec<Unit>,
}

impl GeographyFile {
    pub(super) fn of(edition: &Edition) -> Self {
        Self {
            edition: edition.stamp().clone(),
            levels: edition.geography.levels().to_vec(),
            units: edition.geography.units().to_vec(),
        }
    }

    pub(super) fn geography(self) -> Result<Geography, PublicationRefusal> {
        let tree = Geography::new(self.levels, self.units);
        let tree = tree.and_then(|tree| tree.check_outlines().map(|()| tree));
        tree.map_err(PublicationRefusal::Geography)
    }

    pub(super) fn csv(&self) -> Vec<u8> {
        let mut table = Table::new(
            &self.edition,
            [
                "level", "unit", "parent", "name_ar", "name_fa", "name_fr", "name_en",
            ]
            .into_iter()
            .chain(["registered", "north_millionths", "east_millionths"]),
        );
        for unit in &self.units {
            let level = &self.levels[usize::from(unit.level)].code;
            table.text(level).text(unit.code.as_str());
            table.texts(unit.parent.as_ref());
            names(&mut table, &unit.names);
            table.figure(unit.registered.map(Registered::get));
            table.figure(unit.place.map(|(north, _)| north));
            table.figure(unit.place.map(|(_, east)| east)).end();
        }
        table.into_bytes()
    }
}

/// A name in its four columns.
pub(super) fn names(table: &mut Table, names: &Names) {
    for name in [&names.ar, &names.fa, &names.fr, &names.en] {
        table.text(name);
    }
}

/// A station with what lies above it and its day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StationRow {
    /// The station.
    pub station: UnitCode,
    /// The units above it, from the nation down.
    pub above: Vec<UnitCode>,
    /// What people call it.
    pub names: Names,
    /// Persons on its list.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub registered: Option<Registered>,
    /// When it opened; left out while it has not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opened: Option<Timestamp>,
    /// The number of the report that opened it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opened_report: Option<u64>,
    /// When it closed; left out while it has not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closed: Option<Timestamp>,
    /// The number of the report that closed it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closed_report: Option<u64>,
}

/// `stations.json`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StationsFile {
    /// What the file says about itself.
    pub edition: Stamp,
    /// The stations, in the order of the geography.
    pub stations: Vec<StationRow>,
}

impl StationsFile {
    pub(super) fn of(edition: &Edition) -> Self {
        let geography = &edition.geography;
        let row = |place| {
            let unit = geography.unit(place);
            let mut above = geography.path(place);
            above.pop();
            let day = edition.days[place.ix()].as_ref();
            let opened = day.and_then(|day| Some((day.opened?, day.reports.opened)));
            let closed = day.and_then(|day| Some((day.closed?, day.reports.closed)));
            StationRow {
                station: unit.code.clone(),
                above: above
                    .iter()
                    .map(|ix| geography.unit(*ix).code.clone())
                    .collect(),
                names: unit.names.clone(),
                registered: unit.registered,
                opened: opened.map(|(at, _)| at),
                opened_report: opened.map(|(_, report)| report),
                closed: closed.map(|(at, _)| at),
                closed_report: closed.map(|(_, report)| report),
            }
        };
        Self {
            edition: edition.stamp().clone(),
            stations: geography.stations().map(row).collect(),
        }
    }

    pub(super) fn csv(&self, levels: &[Level]) -> Vec<u8> {
        let above = levels
            .iter()
            .map(|level| level.code.as_str())
            .take(levels.len() - 1);
        let header = above
            .chain(["station", "name_ar", "name_fa", "name_fr", "name_en"])
            .chain(["registered", "opened", "closed"]);
        let mut table = Table::new(&self.edition, header);
        for row in &self.stations {
            for unit in &row.above {
                table.text(unit.as_str());
            }
            table.text(row.station.as_str());
            names(&mut table, &row.names);
            table.figure(row.registered.map(Registered::get));
            table.texts(row.opened).texts(row.closed).end();
        }
        table.into_bytes()
    }
}
