//! The desk of a member of staff: the doors that their role may open, and behind each the work that
//! waits. Always true here: a clerk is never shown a sheet for second entry that they typed first.

pub mod decisions;
pub mod stations;

use crate::app::App;
use crate::asked::Asked;
use crate::board::place_name;
use crate::component::Pager;
use crate::component::html;
use crate::page::Page;
use crate::page::Reader;
use crate::refusal::No;
use crate::router::may_see;
use crate::view::View;
use askama::Template;
use axum::Extension;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Html;
use axum::response::IntoResponse;
use axum::response::Response;
use sanduq_core::geography::UnitIx;
use sanduq_core::id::UnitCode;
use sanduq_count::sheet::Sheet;
use sanduq_count::sheet::SheetState;
use sanduq_operations::staff::Role;

/// A list of work, each with a route of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Work {
    /// Sheets to type.
    Entry,
    /// Quarantined sheets to decide on.
    Decisions,
    /// Stations that are late or silent.
    Stations,
}

impl Work {
    /// Every list.
    pub const ALL: [Self; 3] = [Self::Entry, Self::Decisions, Self::Stations];

    /// Its path.
    #[must_use]
    pub const fn path(self) -> &'static str {
        match self {
            Self::Entry => "/desk/entry",
            Self::Decisions => "/desk/decisions",
            Self::Stations => "/desk/stations",
        }
    }

    /// The key of its title.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Entry => "desk-entry",
            Self::Decisions => "desk-decisions",
            Self::Stations => "desk-stations",
        }
    }
}

/// Doors to pages of their own, for whoever may see them.
pub(crate) const OTHERS: [(&str, &str); 4] = [
    ("/desk/certification", "desk-certification"),
    ("/desk/staff", "desk-staff"),
    ("/desk/two-persons", "desk-two-persons"),
    ("/desk/roles", "desk-roles"),
];

struct Door {
    href: &'static str,
    title: &'static str,
}

struct Row {
    href: String,
    name: String,
    notes: Vec<String>,
}

struct List {
    title: &'static str,
    count: u64,
    rows: Vec<Row>,
    /// How many wait besides and are on no other page of the list.
    more: u64,
}

/// One way to see less of a list.
struct Filter {
    href: String,
    name: String,
    count: u64,
    current: bool,
}

/// Ways to see less of a list, of which one is chosen.
struct Filters {
    label: &'static str,
    ways: Vec<Filter>,
}

/// What stands around lists that are read page by page.
#[derive(Default)]
struct Around {
    filters: Vec<Filters>,
    /// The same as JSON and as CSV.
    data: Option<[String; 2]>,
    pager: String,
}

#[derive(Template)]
#[template(path = "desk/page.html")]
struct DeskPage<'a> {
    page: &'a Page,
    title: String,
    duty: String,
    doors: Vec<Door>,
    /// What stands above the lists.
    tools: String,
    around: Around,
    lists: Vec<List>,
}

/// The desk itself: what the role is for, and its doors.
#[must_use]
pub fn render(page: &Page, reader: &Reader, doors: &[Work]) -> String {
    let door = |work: &Work| Door {
        href: work.path(),
        title: work.title(),
    };
    let others = OTHERS.into_iter();
    let others = others.filter(|(href, _)| may_see(href, reader.role));
    let others = others.map(|(href, title)| Door { href, title });
    let station = may_see("/desk/station", reader.role).then_some(Door {
        href: "/desk/station",
        title: "station-title",
    });
    html(&DeskPage {
        page,
        title: page.t("desk-title"),
        duty: page.t(format!("duty-{}", reader.role.code().replace('_', "-"))),
        doors: station
            .into_iter()
            .chain(doors.iter().map(door))
            .chain(others)
            .collect(),
        tools: String::new(),
        around: Around::default(),
        lists: Vec::new(),
    })
}

/// Sheets of a list to type that are shown; the rest is counted, and comes one after the other.
const SHOWN: usize = 100;

/// The sheets that a clerk may type, below the tools for it.
#[must_use]
pub fn entry(page: &Page, view: &View, reader: &Reader, tools: String) -> String {
    let sheets = |title, wanted: &dyn Fn(&Sheet) -> bool| {
        let own = |sheet: &&Sheet| {
            let at = view.unit(sheet.key.station.as_str());
            at.is_some_and(|(station, _)| reaches(reader, view, station))
        };
        let matching = view.current_sheets().filter(|sheet| wanted(sheet));
        let matching: Vec<&Sheet> = matching.filter(own).collect();
        let shown = matching.iter().take(SHOWN);
        List {
            title,
            count: matching.len() as u64,
            more: matching.len().saturating_sub(SHOWN) as u64,
            rows: shown
                .map(|own| to_type((page, view, reader), own))
                .collect(),
        }
    };
    let lists = vec![
        sheets("desk-first", &|sheet| {
            matches!(sheet.state, SheetState::Received)
        }),
        sheets("desk-second", &|sheet| match &sheet.state {
            SheetState::FirstEntered { first } => first.by.id != reader.id,
            _ => false,
        }),
        sheets("desk-differing", &|sheet| match &sheet.state {
            SheetState::Differing { first, second } => {
                first.by.id != reader.id && second.by.id != reader.id
            }
            _ => false,
        }),
    ];
    work((page, Work::Entry), tools, Around::default(), lists)
}

fn to_type((page, view, reader): (&Page, &View, &Reader), sheet: &Sheet) -> Row {
    let (contest, station) = (&sheet.key.contest, &sheet.key.station);
    let at = view.unit(station.as_str());
    let ix = at.map_or(view.nation(), |(ix, _)| ix);
    Row {
        href: match reader.role {
            Role::Clerk => format!("/desk/entry/{contest}/{station}"),
            _ => page.links.sheet(view, contest, ix),
        },
        name: sheet_name(page, view, sheet, ix),
        notes: Vec::new(),
    }
}

/// Where a sheet is from and which contest it is about.
fn sheet_name(page: &Page, view: &View, sheet: &Sheet, ix: UnitIx) -> String {
    let contest = view.contest(&sheet.key.contest);
    let contest = contest.map_or("", |entry| page.name(&entry.contest.names));
    format!("{} · {contest}", place_name(page, view, ix))
}

fn work((page, work): (&Page, Work), tools: String, around: Around, lists: Vec<List>) -> String {
    html(&DeskPage {
        page,
        title: page.t(work.title()),
        duty: String::new(),
        doors: Vec::new(),
        tools,
        around,
        lists,
    })
}

/// Rows on one page of lists that are read one after the other.
const ROWS: usize = 40;

/// The page of these lists that begins at a row, and the way to those before and after it.
fn paged<T>(
    page: &Page,
    groups: Vec<(&'static str, Vec<T>)>,
    (from, at): (usize, impl Fn(usize) -> String),
    row: impl Fn(T) -> Row,
) -> (Vec<List>, String) {
    let total: usize = groups.iter().map(|(_, group)| group.len()).sum();
    let start = from.min(total);
    let end = (start + ROWS).min(total);
    let mut first = 0;
    let mut list = |(title, group): (&'static str, Vec<T>)| {
        let count = group.len();
        let own = start.saturating_sub(first)..end.saturating_sub(first).min(count);
        first += count;
        let rows = group.into_iter().enumerate();
        let rows = rows.filter(|(nth, _)| own.contains(nth));
        List {
            title,
            count: count as u64,
            more: 0,
            rows: rows.map(|(_, one)| row(one)).collect(),
        }
    };
    let lists = groups.into_iter().map(&mut list).collect();
    let pager = html(&Pager {
        page,
        newer: (start > 0).then(|| at(start.saturating_sub(ROWS))),
        newer_key: "pager-before",
        older: (end < total).then(|| at(end)),
        older_key: "pager-after",
    });
    (lists, pager)
}

/// The province of a unit; none of the nation.
fn province(view: &View, ix: UnitIx) -> Option<UnitIx> {
    view.snapshot.geography.path(ix).into_iter().nth(1)
}

/// The desk.
pub async fn show(
    State(app): State<App>,
    Extension(asked): Extension<Asked>,
) -> Result<Response, No> {
    let reader = reader(&app, &asked)?;
    let page = asked.bare_page(app.live().as_deref());
    let doors = Work::ALL.into_iter();
    let doors: Vec<Work> = doors
        .filter(|work| may_see(work.path(), reader.role))
        .collect();
    Ok(Html(render(&page, reader, &doors)).into_response())
}

/// Who has logged in; the guard lets nobody else through to here.
pub(crate) fn reader<'a>(app: &App, asked: &'a Asked) -> Result<&'a Reader, No> {
    let nobody = || asked.no(app, StatusCode::UNAUTHORIZED, "web.not_logged_in");
    asked.reader.as_ref().ok_or_else(nobody)
}

/// The code of a no to whoever is limited to another unit.
pub(crate) const OTHER_UNIT: &str = "web.other_unit";

/// Whether somebody's role reaches a unit, all of it: nothing limits the role, or what it is
/// limited to is the unit itself or above it.
pub(crate) fn reaches(reader: &Reader, view: &View, unit: UnitIx) -> bool {
    let geography = &view.snapshot.geography;
    let above = |own: &UnitCode| {
        let path = geography.path(unit);
        path.into_iter().any(|ix| geography.unit(ix).code == *own)
    };
    reader.unit.as_ref().is_none_or(above)
}

/// Whether somebody's role reaches what an account is limited to; only who is limited by nothing
/// reaches an account of the whole nation.
pub(crate) fn reaches_account(
    reader: &Reader,
    view: Option<&View>,
    unit: Option<&UnitCode>,
) -> bool {
    let within = reached(reader, view);
    within.is_none_or(|within| unit.is_some_and(|unit| within.contains(unit)))
}

/// The units that somebody's role reaches; none where nothing limits it.
pub(crate) fn reached(reader: &Reader, view: Option<&View>) -> Option<Vec<UnitCode>> {
    let own = reader.unit.clone()?;
    let Some((view, (first, _))) = view.and_then(|view| Some((view, view.unit(own.as_str())?)))
    else {
        return Some(vec![own]);
    };
    let geography = &view.snapshot.geography;
    let (mut within, mut waiting) = (Vec::new(), vec![first]);
    while let Some(ix) = waiting.pop() {
        within.push(geography.unit(ix).code.clone());
        waiting.extend(geography.children(ix));
    }
    Some(within)
}

/// Who has logged in, where their role reaches the unit.
pub(crate) fn reader_of<'a>(
    app: &App,
    asked: &'a Asked,
    (view, unit): (&View, UnitIx),
) -> Result<&'a Reader, No> {
    let reader = reader(app, asked)?;
    match reaches(reader, view, unit) {
        true => Ok(reader),
        false => Err(asked.no(app, StatusCode::FORBIDDEN, OTHER_UNIT)),
    }
}
