//! The sheets of a contest that have no image, for everybody: none can be left out unseen (E71).
//! Always true here: what is counted are the sheets that have come in; whether one has an image is
//! no figure, so the list is public before the contest is released.

use super::is_missing;
use crate::app::App;
use crate::asked::Asked;
use crate::board::place_name;
use crate::check::contest_files;
use crate::component::Badge;
use crate::component::Pager;
use crate::component::html;
use crate::page::Page;
use crate::refusal::No;
use crate::reply::Format;
use crate::reply::Table;
use crate::reply::reply;
use crate::view::View;
use askama::Template;
use axum::Extension;
use axum::extract::Path;
use axum::extract::State;
use axum::response::Response;
use sanduq_core::geography::UnitIx;
use sanduq_core::id::ContestCode;
use sanduq_core::names::Names;
use sanduq_count::publication::PublicContest;
use sanduq_count::sheet::Sheet;
use schemars::JsonSchema;
use serde::Serialize;

/// Sheets on one page of the list.
const ROWS: usize = 100;

struct Row {
    href: String,
    place: String,
    code: String,
    badge: String,
    closed: String,
}

#[derive(Template)]
#[template(path = "image/missing.html")]
struct MissingPage<'a> {
    page: &'a Page,
    json: String,
    csv: String,
    files: Vec<String>,
    contest_names: &'a Names,
    contest: String,
    counts: String,
    /// The key of what is said of all of them.
    note: &'static str,
    missing: u64,
    rows: Vec<Row>,
    pager: String,
}

/// The sheets of a contest that have come in, and those of them that have no image.
struct Found<'a> {
    entry: &'a PublicContest,
    came: u64,
    missing: Vec<(UnitIx, &'a Sheet)>,
}

impl<'a> Found<'a> {
    fn of(view: &'a View, entry: &'a PublicContest) -> Self {
        let own = |sheet: &&Sheet| sheet.key.contest == entry.contest.code;
        let mut found = Self {
            entry,
            came: 0,
            missing: Vec::new(),
        };
        for sheet in view.current_sheets().filter(own) {
            found.came += 1;
            if let Some((ix, _)) = view.unit(sheet.key.station.as_str())
                && is_missing(view, entry, sheet)
            {
                found.missing.push((ix, sheet));
            }
        }
        found
    }

    fn row(&self, page: &Page, view: &View, (ix, sheet): (UnitIx, &Sheet)) -> Row {
        let contest = &self.entry.contest.code;
        let day = view.station_day(&sheet.key.station);
        let closed = day.and_then(|day| day.closed);
        Row {
            href: page.links.sheet(view, contest, ix),
            place: place_name(page, view, ix),
            code: sheet.key.station.to_string(),
            badge: html(&Badge {
                page,
                code: sheet.state.code(),
            }),
            closed: closed.map_or_else(|| "–".to_owned(), |at| page.clock(&at)),
        }
    }

    fn render(&self, page: &Page, view: &View, from: usize) -> String {
        let start = from.min(self.missing.len());
        let end = (start + ROWS).min(self.missing.len());
        let rows = self.missing[start..end].iter();
        let missing = self.missing.len() as u64;
        let here = format!("/images/{}", self.entry.contest.code);
        let at = |first: usize| format!("{here}?from={first}");
        html(&MissingPage {
            page,
            contest_names: &self.entry.contest.names,
            contest: page.links.contests(),
            counts: page.part("image-missing-of", missing, self.came),
            note: match self.entry.released {
                true => "image-missing-note",
                false => "image-missing-locked",
            },
            missing,
            rows: rows.map(|one| self.row(page, view, *one)).collect(),
            pager: html(&Pager {
                page,
                newer: (start > 0).then(|| at(start.saturating_sub(ROWS))),
                newer_key: "pager-before",
                older: (end < self.missing.len()).then(|| at(end)),
                older_key: "pager-after",
            }),
            json: format!("{here}.json"),
            csv: format!("{here}.csv"),
            files: contest_files(view, &[self.entry], true),
        })
    }
}

/// The sheets of a contest without an image as JSON.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "SheetsWithoutImage")]
pub struct Object<'a> {
    snapshot: String,
    at: String,
    contest: &'a str,
    /// Sheets that have come in.
    sheets: u64,
    /// Those without an image.
    missing: Vec<Missing<'a>>,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "SheetWithoutImage")]
struct Missing<'a> {
    station: &'a str,
    version: u32,
    state: &'static str,
    /// When the station closed.
    #[serde(skip_serializing_if = "Option::is_none")]
    closed: Option<String>,
}

fn lines<'a>(view: &View, found: &Found<'a>) -> Vec<Missing<'a>> {
    let line = |(_, sheet): &(UnitIx, &'a Sheet)| {
        let day = view.station_day(&sheet.key.station);
        Missing {
            station: sheet.key.station.as_str(),
            version: sheet.version,
            state: sheet.state.code(),
            closed: day.and_then(|day| day.closed).map(|at| at.to_string()),
        }
    };
    found.missing.iter().map(line).collect()
}

fn table(view: &View, found: &Found<'_>) -> Table {
    let cells = |line: Missing<'_>| {
        vec![
            line.station.to_owned(),
            line.version.to_string(),
            line.state.to_owned(),
            line.closed.unwrap_or_default(),
            view.snapshot.id(),
        ]
    };
    Table {
        head: vec!["station", "version", "state", "closed", "snapshot"],
        rows: lines(view, found).into_iter().map(cells).collect(),
    }
}

/// The list.
pub async fn missing(
    State(app): State<App>,
    Extension(asked): Extension<Asked>,
    Path(file): Path<String>,
) -> Result<Response, No> {
    let live = asked.live(&app)?;
    let view = &live.view;
    let (code, format) = Format::split(&file);
    let code = ContestCode::new(code).ok();
    let entry = code.and_then(|code| view.contest(&code));
    let found = Found::of(view, entry.ok_or_else(|| asked.not_found(&app))?);
    Ok(reply(
        (format, &asked.headers),
        || found.render(&asked.page(&live), view, asked.from()),
        || Object {
            snapshot: view.snapshot.id(),
            at: view.snapshot.at.to_string(),
            contest: found.entry.contest.code.as_str(),
            sheets: found.came,
            missing: lines(view, &found),
        },
        || table(view, &found),
    ))
}
