//! The conditions of stations and the states of sheets for programs: the tables of the board, the
//! provinces and the nation they add up to.

use crate::app::App;
use crate::asked::Asked;
use crate::condition::Condition;
use crate::openapi::NamesSchema;
use crate::refusal::No;
use crate::reply::Format;
use crate::reply::Table;
use crate::reply::reply;
use crate::view::States;
use crate::view::View;
use axum::Extension;
use axum::extract::State;
use axum::response::Response;
use sanduq_core::geography::UnitIx;
use sanduq_core::names::Names;
use schemars::JsonSchema;
use serde::Serialize;

/// Stations by condition and sheets by state as JSON.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "BoardConditions")]
pub struct Object<'a> {
    snapshot: String,
    at: String,
    /// The nation first, then the units below it.
    units: Vec<Row<'a>>,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "UnitConditions")]
struct Row<'a> {
    unit: &'a str,
    #[schemars(with = "NamesSchema")]
    names: &'a Names,
    /// Stations by condition; together all of the unit.
    stations: Vec<(&'static str, u64)>,
    /// Sheets by state; together all that are owed.
    sheets: Vec<(&'static str, u64)>,
}

/// Sheets by state, in the order of their way.
pub(crate) const fn states(sheets: &States) -> [(&'static str, u64); 6] {
    [
        ("awaited", sheets.awaited),
        ("received", sheets.received),
        ("entered", sheets.entered),
        ("quarantined", sheets.quarantined),
        ("returned", sheets.returned),
        ("accepted", sheets.accepted),
    ]
}

fn object(view: &View) -> Object<'_> {
    let geography = &view.snapshot.geography;
    let row = |ix: UnitIx| {
        let (unit, sums) = (geography.unit(ix), view.sums(ix));
        let stations = |condition: Condition| (condition.code(), sums.stations_in(condition));
        Row {
            unit: unit.code.as_str(),
            names: &unit.names,
            stations: Condition::ALL.map(stations).into(),
            sheets: states(&sums.sheets).into(),
        }
    };
    let nation = view.nation();
    let units = core::iter::once(nation).chain(geography.children(nation).iter().copied());
    Object {
        snapshot: view.snapshot.id(),
        at: view.snapshot.at.to_string(),
        units: units.map(row).collect(),
    }
}

fn table(view: &View) -> Table {
    let object = object(view);
    let cells = |row: &Row<'_>| {
        let mut cells = vec![
            row.unit.to_owned(),
            row.names.ar.clone(),
            row.names.en.clone(),
        ];
        let figures = row.stations.iter().chain(&row.sheets);
        cells.extend(figures.map(|(_, figure)| figure.to_string()));
        cells.push(object.snapshot.clone());
        cells
    };
    Table {
        head: vec![
            "unit",
            "name_ar",
            "name_en",
            "stations_waiting",
            "stations_late",
            "stations_open",
            "stations_silent",
            "stations_closed",
            "stations_held",
            "stations_counted",
            "sheets_awaited",
            "sheets_received",
            "sheets_entered",
            "sheets_quarantined",
            "sheets_returned",
            "sheets_accepted",
            "snapshot",
        ],
        rows: object.units.iter().map(cells).collect(),
    }
}

/// Stations by condition and sheets by state.
pub async fn show(
    State(app): State<App>,
    Extension(asked): Extension<Asked>,
) -> Result<Response, No> {
    let live = asked.live(&app)?;
    let (_, format) = Format::split(&asked.path);
    Ok(reply(
        (format, &asked.headers),
        String::new,
        || object(&live.view),
        || table(&live.view),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_columns_name_every_condition_and_state_in_their_order() {
        let head = [
            "waiting", "late", "open", "silent", "closed", "held", "counted",
        ];
        assert_eq!(Condition::ALL.map(Condition::code), head);
        let named = states(&States::default()).map(|(code, _)| code);
        let head = [
            "awaited",
            "received",
            "entered",
            "quarantined",
            "returned",
            "accepted",
        ];
        assert_eq!(named, head);
    }
}
