//! The desk of a member of staff: the doors that their role may open, and behind each the work that
//! waits. Always true here: a clerk is never shown a sheet for second entry that they typed first.

use crate::app::App;
use crate::asked::Asked;
use crate::board::place_name;
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
use sanduq_count::form::Finding;
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
pub(crate) const OTHERS: [(&str, &str); 3] = [
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
    note: String,
}

struct List {
    title: &'static str,
    count: u64,
    rows: Vec<Row>,
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
        lists: Vec::new(),
    })
}

/// Rows of a list that are shown; the rest is counted.
const SHOWN: usize = 100;

/// A list of work, below the tools for it.
#[must_use]
pub fn work(page: &Page, view: &View, reader: &Reader, (work, tools): (Work, String)) -> String {
    let sheets = |page, view, title, wanted: &dyn Fn(&Sheet) -> bool| {
        sheets((page, view, reader, work), title, wanted)
    };
    let lists = match work {
        Work::Entry => vec![
            sheets(page, view, "desk-first", &|sheet| {
                matches!(sheet.state, SheetState::Received)
            }),
            sheets(page, view, "desk-second", &|sheet| match &sheet.state {
                SheetState::FirstEntered { first } => first.by.id != reader.id,
                _ => false,
            }),
            sheets(page, view, "desk-differing", &|sheet| match &sheet.state {
                SheetState::Differing { first, second } => {
                    first.by.id != reader.id && second.by.id != reader.id
                }
                _ => false,
            }),
        ],
        Work::Decisions => {
            let proposed = |sheet: &Sheet| {
                let SheetState::Quarantined { proposal, .. } = &sheet.state else {
                    return None;
                };
                Some(proposal.as_ref().map(|proposal| proposal.by.organ))
            };
            let own = reader.role.organ();
            vec![
                sheets(page, view, "desk-to-propose", &|sheet| {
                    proposed(sheet) == Some(None)
                }),
                sheets(
                    page,
                    view,
                    "desk-to-sign",
                    &|sheet| matches!(proposed(sheet), Some(Some(organ)) if organ != own),
                ),
            ]
        }
        Work::Stations => vec![
            silent_or_late(page, view, "desk-late", |day| day.late > 0),
            silent_or_late(page, view, "desk-silent", |day| day.silent > 0),
        ],
    };
    html(&DeskPage {
        page,
        title: page.t(work.title()),
        duty: String::new(),
        doors: Vec::new(),
        tools,
        lists,
    })
}

fn sheets(
    (page, view, reader, work): (&Page, &View, &Reader, Work),
    title: &'static str,
    wanted: impl Fn(&Sheet) -> bool,
) -> List {
    let matching = view.current_sheets().filter(|sheet| wanted(sheet));
    list(title, matching, |sheet| {
        let code = sheet.key.station.as_str();
        let ix = view.unit(code).map_or(view.nation(), |(ix, _)| ix);
        let contest = view.contest(&sheet.key.contest);
        let contest = contest.map_or("", |entry| page.name(&entry.contest.names));
        let failing = match &sheet.state {
            SheetState::Quarantined { findings, .. } => failing(findings),
            _ => String::new(),
        };
        Row {
            href: match (work, reader.role) {
                (Work::Entry, Role::Clerk) => {
                    format!("/desk/entry/{}/{}", sheet.key.contest, sheet.key.station)
                }
                (Work::Decisions, _) => {
                    format!(
                        "/desk/decisions/{}/{}",
                        sheet.key.contest, sheet.key.station
                    )
                }
                _ => page.links.sheet(view, &sheet.key.contest, ix),
            },
            name: format!("{} · {contest}", place_name(page, view, ix)),
            note: failing,
        }
    })
}

fn failing(findings: &[Finding]) -> String {
    let codes: Vec<&str> = findings
        .iter()
        .map(|finding| finding.check.as_str())
        .collect();
    codes.join(" ")
}

fn silent_or_late(
    page: &Page,
    view: &View,
    title: &'static str,
    wanted: fn(&crate::day::Day) -> bool,
) -> List {
    let all = view.snapshot.geography.stations();
    list(title, all.filter(|ix| wanted(&view.sums(*ix).day)), |ix| {
        Row {
            href: page.links.unit(view, ix),
            name: place_name(page, view, ix),
            note: String::new(),
        }
    })
}

fn list<T>(title: &'static str, matching: impl Iterator<Item = T>, row: impl Fn(T) -> Row) -> List {
    let mut list = List {
        title,
        count: 0,
        rows: Vec::new(),
    };
    for one in matching {
        list.count += 1;
        if list.rows.len() < SHOWN {
            list.rows.push(row(one));
        }
    }
    list
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

/// Sheets to decide on.
pub async fn decisions(
    State(app): State<App>,
    Extension(asked): Extension<Asked>,
) -> Result<Response, No> {
    answer(&app, &asked, Work::Decisions)
}

/// Stations that need somebody.
pub async fn stations(
    State(app): State<App>,
    Extension(asked): Extension<Asked>,
) -> Result<Response, No> {
    answer(&app, &asked, Work::Stations)
}

fn answer(app: &App, asked: &Asked, which: Work) -> Result<Response, No> {
    let reader = reader(app, asked)?;
    let live = asked.live(app)?;
    let page = asked.page(&live);
    Ok(Html(work(&page, &live.view, reader, (which, String::new()))).into_response())
}

/// Who has logged in; the guard lets nobody else through to here.
pub(crate) fn reader<'a>(app: &App, asked: &'a Asked) -> Result<&'a Reader, No> {
    let nobody = || asked.no(app, StatusCode::UNAUTHORIZED, "web.not_logged_in");
    asked.reader.as_ref().ok_or_else(nobody)
}
