//! The contests of the event: where each stands, how much of it is counted, who leads.

use crate::app::App;
use crate::asked::Asked;
use crate::component::Pager;
use crate::component::html;
use crate::openapi::NamesSchema;
use crate::page::Page;
use crate::refusal::No;
use crate::reply::Format;
use crate::reply::Table;
use crate::reply::reply;
use crate::view::View;
use askama::Template;
use axum::Extension;
use axum::extract::State;
use axum::response::Response;
use sanduq_core::id::ContestCode;
use sanduq_core::names::Names;
use sanduq_count::publication::PublicContest;
use sanduq_count::results::Coverage;
use sanduq_count::results::Standing;
use schemars::JsonSchema;
use serde::Serialize;

/// Contests on one page.
const ROWS: usize = 100;

pub(crate) struct Row<'a> {
    pub(crate) href: String,
    pub(crate) names: &'a Names,
    pub(crate) standing: Standing,
    pub(crate) counted: u64,
    pub(crate) stations: u64,
    pub(crate) leading: Option<&'a Names>,
    pub(crate) seats: u64,
}

/// The table of contests.
#[derive(Template)]
#[template(path = "contest/table.html")]
pub(crate) struct Rows<'a> {
    pub(crate) page: &'a Page,
    pub(crate) rows: Vec<Row<'a>>,
}

#[derive(Template)]
#[template(path = "contest/page.html")]
struct ContestsPage<'a> {
    page: &'a Page,
    json: &'static str,
    csv: &'static str,
    total: u64,
    table: String,
    pager: String,
}

/// The page of the contests; `first` is the first of them to show, `None` for all.
#[must_use]
pub fn render(page: &Page, view: &View, first: Option<usize>) -> String {
    let contests = &view.snapshot.contests;
    let start = first.unwrap_or(0).min(contests.len());
    let end = first.map_or(contests.len(), |first| (first + ROWS).min(contests.len()));
    let at = |first: usize| format!("/contests?from={first}");
    html(&ContestsPage {
        page,
        json: "/contests.json",
        csv: "/contests.csv",
        total: u64::try_from(contests.len()).unwrap_or(u64::MAX),
        table: html(&Rows {
            page,
            rows: contests[start..end]
                .iter()
                .map(|entry| row(page, view, entry))
                .collect(),
        }),
        pager: html(&Pager {
            page,
            newer: (start > 0).then(|| at(start.saturating_sub(ROWS))),
            newer_key: "pager-before",
            older: (end < contests.len()).then(|| at(end)),
            older_key: "pager-after",
        }),
    })
}

fn row<'a>(page: &Page, view: &'a View, entry: &'a PublicContest) -> Row<'a> {
    let contest = &entry.contest;
    let root = view.root(contest);
    let coverage = view.coverage(contest, root);
    let Coverage { counted, stations } = coverage;
    Row {
        href: format!("{}#c-{}", page.links.unit(view, root), contest.code),
        names: &contest.names,
        standing: entry.standing(coverage),
        counted,
        stations,
        leading: leading(view, entry),
        seats: contest.seats.into(),
    }
}

/// The one choice with the most votes; none while figures are locked, and none on a tie.
fn leading<'a>(view: &View, entry: &'a PublicContest) -> Option<&'a Names> {
    let totals = view.totals(&entry.contest, view.root(&entry.contest))?;
    let votes = &totals.choices;
    let most = votes.iter().max().filter(|votes| votes.get() > 0)?;
    let mut leaders = entry
        .contest
        .choices
        .iter()
        .zip(votes)
        .filter(|(_, v)| *v == most);
    let (choice, _) = leaders.next()?;
    leaders.next().is_none().then_some(&choice.names)
}

/// The contests as JSON.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Contests")]
pub struct Object<'a> {
    snapshot: String,
    contests: Vec<ContestObject<'a>>,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Contest")]
struct ContestObject<'a> {
    #[schemars(with = "String")]
    code: &'a ContestCode,
    #[schemars(with = "NamesSchema")]
    names: &'a Names,
    unit: &'a str,
    seats: u32,
    standing: &'static str,
    counted: u64,
    stations: u64,
}

/// The contests as JSON.
#[must_use]
pub fn object(view: &View) -> Object<'_> {
    let contest = |entry: &'_ PublicContest| {
        let contest = &entry.contest;
        let root = view.root(contest);
        let coverage = view.coverage(contest, root);
        let Coverage { counted, stations } = coverage;
        let standing = entry.standing(coverage);
        (standing.code(), counted, stations)
    };
    let objects = view.snapshot.contests.iter().map(|entry| {
        let (standing, counted, stations) = contest(entry);
        ContestObject {
            code: &entry.contest.code,
            names: &entry.contest.names,
            unit: entry.contest.unit.as_str(),
            seats: entry.contest.seats,
            standing,
            counted,
            stations,
        }
    });
    Object {
        snapshot: view.snapshot.id(),
        contests: objects.collect(),
    }
}

/// The contests as a table.
#[must_use]
pub fn table(view: &View) -> Table {
    let object = object(view);
    let row = |contest: &ContestObject<'_>| {
        vec![
            contest.code.to_string(),
            contest.names.ar.clone(),
            contest.names.en.clone(),
            contest.unit.to_owned(),
            contest.seats.to_string(),
            contest.standing.to_owned(),
            contest.counted.to_string(),
            contest.stations.to_string(),
            object.snapshot.clone(),
        ]
    };
    Table {
        head: vec![
            "contest", "name_ar", "name_en", "unit", "seats", "standing", "counted", "stations",
            "snapshot",
        ],
        rows: object.contests.iter().map(row).collect(),
    }
}

/// The list of contests.
pub async fn list(
    State(app): State<App>,
    Extension(asked): Extension<Asked>,
) -> Result<Response, No> {
    let live = asked.live(&app)?;
    let (_, format) = Format::split(&asked.path);
    Ok(reply(
        (format, &asked.headers),
        || render(&asked.page(&live), &live.view, Some(asked.from())),
        || object(&live.view),
        || table(&live.view),
    ))
}
