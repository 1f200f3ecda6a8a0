//! Came and voted of a unit by the hour for programs: the table beside the chart, from the nation
//! down to a station.

use super::data::HourObject;
use super::data::hour_objects;
use super::data_of;
use crate::app::App;
use crate::asked::Asked;
use crate::refusal::No;
use crate::reply::Table;
use crate::reply::reply;
use crate::view::View;
use axum::Extension;
use axum::extract::Path;
use axum::extract::State;
use axum::response::Response;
use sanduq_core::geography::UnitIx;
use schemars::JsonSchema;
use serde::Serialize;

/// The hours of a unit as JSON.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "UnitHours")]
pub struct Object<'a> {
    snapshot: String,
    at: String,
    unit: &'a str,
    registered: u64,
    stations: u64,
    /// Cumulative, in order of the hour of legal time.
    hours: Vec<HourObject>,
}

fn object(view: &View, ix: UnitIx) -> Object<'_> {
    let sums = view.sums(ix);
    Object {
        snapshot: view.snapshot.id(),
        at: view.snapshot.at.to_string(),
        unit: view.snapshot.geography.unit(ix).code.as_str(),
        registered: sums.registered,
        stations: sums.day.stations,
        hours: hour_objects(view, ix),
    }
}

fn table(view: &View, ix: UnitIx) -> Table {
    let object = object(view, ix);
    let row = |hour: &HourObject| {
        let expected = hour.expected.map(|expected| expected.to_string());
        vec![
            object.unit.to_owned(),
            hour.hour.to_string(),
            hour.came.to_string(),
            hour.voted.to_string(),
            hour.reported.to_string(),
            expected.unwrap_or_default(),
            object.registered.to_string(),
            object.snapshot.clone(),
        ]
    };
    Table {
        head: vec![
            "unit",
            "hour",
            "came",
            "voted",
            "stations_reported",
            "expected",
            "registered",
            "snapshot",
        ],
        rows: object.hours.iter().map(row).collect(),
    }
}

/// The hours of a unit.
pub async fn show(
    State(app): State<App>,
    Extension(asked): Extension<Asked>,
    Path(file): Path<String>,
) -> Result<Response, No> {
    let live = asked.live(&app)?;
    let (ix, format) = data_of((&app, &asked), &live.view, &file)?;
    Ok(reply(
        (format, &asked.headers),
        String::new,
        || object(&live.view, ix),
        || table(&live.view, ix),
    ))
}
