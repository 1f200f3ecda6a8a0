//! Stations that somebody has to call: those that have not opened in time, then those that are
//! silent. Always true here: a station stands in the list of each state that it is in.

use super::Around;
use super::Row;
use super::Work;
use super::paged;
use super::province;
use super::reaches;
use super::reader;
use super::work;
use crate::app::App;
use crate::asked::Asked;
use crate::board::place_name;
use crate::day::Day;
use crate::guard::forbid_keeping;
use crate::page::Page;
use crate::page::Reader;
use crate::refusal::No;
use crate::reply::Format;
use crate::reply::Table;
use crate::reply::reply;
use crate::view::View;
use axum::Extension;
use axum::extract::State;
use axum::response::Response;
use sanduq_core::geography::UnitIx;
use sanduq_core::id::UnitCode;
use schemars::JsonSchema;
use serde::Serialize;

/// Code and title of a list, and which stations stand in it.
type Group = (&'static str, &'static str, fn(&Day) -> bool);

const GROUPS: [Group; 2] = [
    ("late", "desk-late", |day| day.late > 0),
    ("silent", "desk-silent", |day| day.silent > 0),
];

/// The stations that the reader's role reaches.
#[derive(Clone, Copy)]
struct Own<'a> {
    view: &'a View,
    reader: &'a Reader,
}

impl<'a> Own<'a> {
    fn of(self, wanted: fn(&Day) -> bool) -> impl Iterator<Item = UnitIx> + 'a {
        let Self { view, reader } = self;
        let all = view.snapshot.geography.stations();
        all.filter(move |ix| wanted(&view.sums(*ix).day) && reaches(reader, view, *ix))
    }
}

fn render(page: &Page, own: Own<'_>, from: usize) -> String {
    let (path, view) = (Work::Stations.path(), own.view);
    let groups = GROUPS.into_iter();
    let groups = groups.map(|(_, title, wanted)| (title, own.of(wanted).collect()));
    let at = |from| match from {
        0 => path.to_owned(),
        from => format!("{path}?from={from}"),
    };
    let (lists, pager) = paged(page, groups.collect(), (from, at), |ix| Row {
        href: page.links.unit(view, ix),
        name: place_name(page, view, ix),
        notes: Vec::new(),
    });
    let around = Around {
        data: Some(["json", "csv"].map(|end| format!("{path}.{end}"))),
        pager,
        ..Around::default()
    };
    work((page, Work::Stations), String::new(), around, lists)
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "StationToCall")]
struct Line<'a> {
    /// `late` or `silent`.
    state: &'static str,
    #[schemars(with = "String")]
    station: &'a UnitCode,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>")]
    province: Option<&'a UnitCode>,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "StationsToCall")]
/// Stations to call as JSON.
pub struct Object<'a> {
    snapshot: String,
    stations: Vec<Line<'a>>,
}

fn lines(own: Own<'_>) -> Vec<Line<'_>> {
    let view = own.view;
    let code = |ix: UnitIx| &view.snapshot.geography.unit(ix).code;
    let group = |(state, _, wanted): Group| {
        own.of(wanted).map(move |ix| Line {
            state,
            station: code(ix),
            province: province(view, ix).map(code),
        })
    };
    GROUPS.into_iter().flat_map(group).collect()
}

fn table(own: Own<'_>) -> Table {
    let cells = |line: &Line<'_>| {
        vec![
            line.state.to_owned(),
            line.station.to_string(),
            line.province.map_or_else(String::new, ToString::to_string),
            own.view.snapshot.id(),
        ]
    };
    Table {
        head: vec!["state", "station", "province", "snapshot"],
        rows: lines(own).iter().map(cells).collect(),
    }
}

/// Stations that need somebody.
pub async fn show(
    State(app): State<App>,
    Extension(asked): Extension<Asked>,
) -> Result<Response, No> {
    let reader = reader(&app, &asked)?;
    let live = asked.live(&app)?;
    let view = &live.view;
    let own = Own { view, reader };
    let (_, format) = Format::split(&asked.path);
    let mut response = reply(
        (format, &asked.headers),
        || render(&asked.page(&live), own, asked.from()),
        || Object {
            snapshot: view.snapshot.id(),
            stations: lines(own),
        },
        || table(own),
    );
    forbid_keeping(&mut response);
    Ok(response)
}
