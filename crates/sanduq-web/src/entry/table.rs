//! The clerk's table: where the number of a station is typed, what became of the sheet before, and
//! the sheets that wait.

use super::Named;
use super::Turn;
use crate::app::App;
use crate::app::Live;
use crate::asked::Asked;
use crate::component::Badge;
use crate::component::Kind;
use crate::component::html;
use crate::component::notice;
use crate::desk;
use crate::page::Page;
use crate::page::Reader;
use crate::refusal::No;
use crate::view::View;
use askama::Template;
use axum::Extension;
use axum::extract::Query;
use axum::extract::State;
use axum::extract::rejection::QueryRejection;
use axum::http::StatusCode;
use axum::response::Html;
use axum::response::IntoResponse;
use axum::response::Redirect;
use axum::response::Response;
use jiff::Timestamp;
use sanduq_core::geography::UnitIx;
use sanduq_core::id::ContestCode;
use sanduq_core::names::Names;
use sanduq_core::text::digit_value;
use sanduq_count::form::Form;
use sanduq_count::sheet::Paper;
use sanduq_count::sheet::Sheet;
use sanduq_count::sheet::SheetKey;
use sanduq_count::sheet::SheetState;
use sanduq_count::sheet::differences;
use sanduq_journal::hash::Hash;
use sanduq_operations::staff::Role;
use std::collections::BTreeMap;

/// A sheet of the station whose number was typed.
struct Found<'a> {
    href: String,
    names: &'a Names,
    badge: String,
    /// Whether it is the first that waits for this clerk: Enter opens it.
    next: bool,
}

#[derive(Template)]
#[template(path = "entry/table.html")]
struct Tools<'a> {
    page: &'a Page,
    notices: String,
    number: &'a str,
    /// Whether the next key belongs into the number.
    types: bool,
    found: Vec<Found<'a>>,
    waiting: u64,
}

/// Names and values behind `?`, decoded.
type Asking = Query<BTreeMap<String, String>>;

/// The table.
pub async fn table(
    State(app): State<App>,
    Extension(asked): Extension<Asked>,
    asking: Result<Asking, QueryRejection>,
) -> Result<Response, No> {
    let Query(asking) = asking.unwrap_or_default();
    let reader = desk::reader(&app, &asked)?;
    let live = asked.live(&app)?;
    let (page, view) = (asked.page(&live), &live.view);
    if reader.role != Role::Clerk {
        let body = desk::entry(&page, view, reader, String::new());
        return Ok(Html(body).into_response());
    }
    let value = |name: &str| asking.get(name).map_or("", |value| value.trim());
    let mut notices = match value("saved").split_once('/') {
        Some((contest, station)) => saved(&app, &asked, &live, [contest, station]).await?,
        None => String::new(),
    };
    let number = value("station");
    let station = (!number.is_empty()).then(|| station(view, number));
    let found = match station {
        Some(Some(ix)) if !desk::reaches(reader, view, ix) => {
            return Err(asked.no(&app, StatusCode::FORBIDDEN, desk::OTHER_UNIT));
        }
        Some(Some(ix)) => sheets_of((&page, reader), view, ix),
        Some(None) => {
            notices += &notice(
                Kind::Refused,
                page.about("entry-unknown", number),
                vec![page.t("entry-unknown-help")],
            );
            Vec::new()
        }
        None => Vec::new(),
    };
    if let [only] = found.as_slice() {
        return Ok(Redirect::to(&only.href).into_response());
    }
    let tools = html(&Tools {
        page: &page,
        notices,
        number,
        types: !found.iter().any(|sheet| sheet.next),
        found,
        waiting: waiting(view, reader).count() as u64,
    });
    let body = desk::entry(&page, view, reader, tools);
    Ok(Html(body).into_response())
}

/// The station of a number as it stands on the paper, in whatever digits.
fn station(view: &View, number: &str) -> Option<UnitIx> {
    let geography = &view.snapshot.geography;
    let is_station = |ix: &UnitIx| geography.unit(*ix).level == geography.station_level();
    let of = |code: &str| view.unit(code).map(|(ix, _)| ix).filter(is_station);
    let in_codes = |c| digit_value(c).map_or(c, |digit| char::from(b'0' + digit));
    let number: String = number.chars().map(in_codes).collect();
    of(&number).or_else(|| by_digits(view, &number))
}

/// The one station whose code has these digits, where only digits were typed: a key less for each
/// dash. Of two that have the same digits neither is guessed.
fn by_digits(view: &View, digits: &str) -> Option<UnitIx> {
    let is_digit = |c: char| c.is_ascii_digit();
    if !digits.chars().all(is_digit) {
        return None;
    }
    let geography = &view.snapshot.geography;
    let same = |ix: &UnitIx| {
        let code = geography.unit(*ix).code.as_str();
        code.chars().filter(|c| is_digit(*c)).eq(digits.chars())
    };
    let mut same = geography.stations().filter(same);
    same.next().filter(|_| same.next().is_none())
}

/// The sheets that a station owes.
fn sheets_of<'a>((page, reader): (&Page, &Reader), view: &'a View, ix: UnitIx) -> Vec<Found<'a>> {
    let station = &view.snapshot.geography.unit(ix).code;
    let own = waiting(view, reader).filter(|(_, key)| key.station == *station);
    let waits: Vec<&ContestCode> = own.map(|(_, key)| &key.contest).collect();
    let mut before = 0;
    let mut sheet = |entry: &'a sanduq_count::publication::PublicContest| {
        let contest = &entry.contest;
        let current = view.current(&contest.code, station);
        let waits = current.is_none() || waits.contains(&&contest.code);
        before += u8::from(waits);
        Found {
            next: waits && before == 1,
            href: format!("/desk/entry/{}/{station}", contest.code),
            names: &contest.names,
            badge: html(&Badge {
                page,
                code: current.map_or("awaited", |sheet| sheet.state.code()),
            }),
        }
    };
    view.contests_of(ix).map(&mut sheet).collect()
}

/// What became of the sheet that was saved last.
async fn saved(app: &App, asked: &Asked, live: &Live, codes: [&str; 2]) -> Result<String, No> {
    let view = &live.view;
    let reader = desk::reader(app, asked)?;
    let named = Named::find(view, codes);
    let Some(named) = named.filter(|own| desk::reaches(reader, view, own.which.station)) else {
        return Ok(String::new());
    };
    let versions = named.versions(app, asked, reader).await?;
    let page = asked.page(live);
    let place = crate::board::place_name(&page, view, named.which.station);
    Ok(versions.last().map_or_else(String::new, |sheet| {
        outcome(&page, &named.paper, sheet, &place)
    }))
}

fn outcome(page: &Page, paper: &Paper<'_>, sheet: &Sheet, place: &str) -> String {
    let title = page.about("entry-saved", place);
    match &sheet.state {
        SheetState::FirstEntered { .. } => {
            notice(Kind::Information, title, vec![page.t("entry-saved-first")])
        }
        SheetState::Accepted { findings, .. } => {
            let mut lines = vec![page.t("entry-saved-accepted")];
            lines.extend(failing(page, paper.form(), findings));
            notice(Kind::Information, title, lines)
        }
        SheetState::Quarantined { findings, .. } => {
            let mut lines = vec![page.t("entry-saved-held")];
            lines.extend(failing(page, paper.form(), findings));
            notice(Kind::Warning, title, lines)
        }
        SheetState::Differing { .. } => {
            let lines = differences(paper, sheet).len() as u64;
            let lines = vec![page.count("entry-saved-differing", lines)];
            notice(Kind::Warning, title, lines)
        }
        SheetState::Received | SheetState::Returned { .. } | SheetState::Superseded { .. } => {
            String::new()
        }
    }
}

/// The checks that do not hold, in the words of the form.
pub(crate) fn failing(
    page: &Page,
    form: &Form,
    findings: &[sanduq_count::form::Finding],
) -> Vec<String> {
    let one = |finding: &sanduq_count::form::Finding| said(page, Some(form), &finding.check);
    findings.iter().map(one).collect()
}

/// A check in the words of the form that makes it, behind its code.
pub(crate) fn said(page: &Page, form: Option<&Form>, code: &str) -> String {
    let mut checks = form.into_iter().flat_map(|form| &form.checks);
    match checks.find(|check| check.code == code) {
        Some(check) => format!("{} · {}", check.code, page.name(&check.names)),
        None => page.finding(code),
    }
}

/// The sheets that wait for this clerk, with how urgent they are: differences before second entries
/// before first ones.
fn waiting<'a>(view: &'a View, reader: &'a Reader) -> impl Iterator<Item = (u8, &'a SheetKey)> {
    view.current_sheets().filter_map(|sheet| {
        let rank = match &sheet.state {
            SheetState::Differing { first, second }
                if first.by.id != reader.id && second.by.id != reader.id =>
            {
                0
            }
            SheetState::FirstEntered { first } if first.by.id != reader.id => 1,
            SheetState::Received => 2,
            _ => return None,
        };
        let (station, _) = view.unit(sheet.key.station.as_str())?;
        desk::reaches(reader, view, station).then_some((rank, &sheet.key))
    })
}

/// Sheets that are looked at before a clerk is told that nothing waits.
const TRIES: usize = 50;

/// On to a sheet that waits and is on nobody else's table. Which one is not the clerk's choice
/// (requirements A.5): it follows from a digest of who asks and of the sheet.
pub async fn next(
    State(app): State<App>,
    Extension(asked): Extension<Asked>,
) -> Result<Response, No> {
    let reader = desk::reader(&app, &asked)?;
    let live = asked.live(&app)?;
    let now = Timestamp::now();
    let drawn = |(rank, key): (u8, &SheetKey)| {
        let text = format!("{} {} {}", reader.id, key.contest, key.station);
        (
            rank,
            Hash::of_bytes(text.as_bytes()).to_string(),
            key.clone(),
        )
    };
    let mut all: Vec<_> = waiting(&live.view, reader).map(drawn).collect();
    all.sort();
    for (_, _, key) in all.into_iter().take(TRIES) {
        if !app.leases().take(&key, &reader.id, now) {
            continue;
        }
        if still_waits(&app, &asked, &live, &key).await? {
            let onto = format!("/desk/entry/{}/{}", key.contest, key.station);
            return Ok(Redirect::to(&onto).into_response());
        }
        app.leases().done(&key);
    }
    Ok(Redirect::to("/desk/entry").into_response())
}

/// Whether a sheet waits for this clerk now, and not only in the snapshot.
async fn still_waits(app: &App, asked: &Asked, live: &Live, key: &SheetKey) -> Result<bool, No> {
    let reader = desk::reader(app, asked)?;
    let codes = [key.contest.as_str(), key.station.as_str()];
    let Some(named) = Named::find(&live.view, codes) else {
        return Ok(false);
    };
    let versions = named.versions(app, asked, reader).await?;
    Ok(Turn::of(&named.paper, &versions, reader).is_ok())
}
