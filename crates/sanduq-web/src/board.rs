//! The plain board of the day, for a wall: stations, turnout by the hour, sheets by state, and what
//! needs a person. Always true here: no figure of a candidate stands on it.

pub mod conditions;

use crate::app::App;
use crate::app::Live;
use crate::asked::Asked;
use crate::component::Badge;
use crate::component::html;
use crate::condition;
use crate::condition::Condition;
use crate::day::Day;
use crate::day::Hour;
use crate::figure::share;
use crate::links::Links;
use crate::needs::Urgent;
use crate::page::Page;
use crate::provinces;
use crate::provinces::Part;
use crate::refusal::No;
use crate::reply::Format;
use crate::reply::Table;
use crate::reply::known;
use crate::reply::reply;
use crate::reply::tag;
use crate::view::States;
use crate::view::View;
use askama::Template;
use axum::Extension;
use axum::extract::Path;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header;
use axum::response::IntoResponse;
use axum::response::Redirect;
use axum::response::Response;
use axum::response::Sse;
use axum::response::sse::Event;
use core::convert::Infallible;
use core::time::Duration;
use jiff::Timestamp;
use sanduq_core::geography::UnitIx;
use sanduq_core::names::Locale;
use sanduq_operations::expectation::Expected;
use schemars::JsonSchema;
use serde::Serialize;

/// A large figure of stations, and of how many.
pub struct Tile {
    /// `alarm` when somebody must act, else `plain` or `calm`.
    pub kind: &'static str,
    /// The key of its label.
    pub key: &'static str,
    /// The figure.
    pub figure: u64,
    /// Of how many.
    pub whole: u64,
}

/// Sheets in one state.
pub struct InState {
    /// The word with its shape.
    pub badge: String,
    /// How many.
    pub sheets: u64,
}

/// The day so far: what the board and the wall have in common.
pub struct Today<'a> {
    /// The time of the figures.
    pub at: Timestamp,
    /// The snapshot they are of.
    pub snapshot: String,
    /// The large figures of stations.
    pub tiles: Vec<Tile>,
    /// Came and voted.
    pub day: &'a Day,
    /// Of how many.
    pub registered: u64,
    /// Came and voted by the hour.
    pub chart: String,
    /// Sheets by state.
    pub states: Vec<InState>,
    /// Of how many.
    pub owed: u64,
}

impl<'a> Today<'a> {
    /// The day of the nation.
    #[must_use]
    pub fn of(page: &Page, view: &'a View) -> Self {
        let sums = view.sums(view.nation());
        Self {
            at: view.snapshot.at,
            snapshot: view.snapshot.id(),
            tiles: tiles(&sums.day),
            day: &sums.day,
            registered: sums.registered,
            chart: html(&Chart::new(
                page,
                view.hours(),
                &view.expected(view.nation(), view.hours()),
                sums.registered,
            )),
            states: states(page, &sums.sheets),
            owed: sums.sheets.owed(),
        }
    }
}

#[derive(Template)]
#[template(path = "board/body.html")]
struct Body<'a> {
    page: &'a Page,
    today: Today<'a>,
    needs: String,
    provinces: Part,
}

#[derive(Template)]
#[template(path = "board/page.html")]
struct BoardPage<'a> {
    page: &'a Page,
    body: String,
}

struct Column {
    x: u64,
    width: u64,
    middle: u64,
    hour: String,
    came_y: u64,
    came_height: u64,
    voted_y: u64,
    voted_height: u64,
    value: String,
    value_x: u64,
    value_y: u64,
    expected_y: u64,
}

/// Came and voted by the hour as columns; it reads from the right where the language does.
#[derive(Template)]
#[template(path = "component/chart.html")]
pub struct Chart<'a> {
    page: &'a Page,
    label: String,
    width: u64,
    floor: u64,
    columns: Vec<Column>,
    expected: bool,
}

const CHART_WIDTH: u64 = 720;
const CHART_FLOOR: u64 = 220;
const CHART_TOP: u64 = 30;

impl<'a> Chart<'a> {
    /// The columns of `hours`, over each a mark where `expected` was to be expected of it; the
    /// figure over the last one is its share of the registered.
    #[must_use]
    pub fn new(page: &'a Page, hours: &[Hour], expected: &[Expected], registered: u64) -> Self {
        let came = hours.iter().map(|hour| hour.came);
        let whole = came.chain(expected.iter().map(|expected| expected.get()));
        let whole = whole.max().unwrap_or(0);
        let count = u64::try_from(hours.len()).unwrap_or(1).max(1);
        let step = (CHART_WIDTH / count).min(90);
        let from_right = page.dir() == "rtl";
        let height = |part| {
            let room = CHART_FLOOR - CHART_TOP;
            share(part, whole, room).unwrap_or(0).min(room)
        };
        let of = expected.iter().map(|expected| expected.get());
        let of = of.chain(core::iter::repeat(0));
        let column = |((nth, hour), expected): ((u64, &Hour), u64)| {
            let start = nth * step + step / 8;
            let width = step - step / 4;
            let x = if from_right {
                CHART_WIDTH - start - width
            } else {
                start
            };
            let (came, voted) = (height(hour.came), height(hour.voted));
            Column {
                x,
                width,
                middle: x + width / 2,
                hour: crate::language::digits(&hour.hour.to_string(), page.locale),
                came_y: CHART_FLOOR - came,
                came_height: came,
                voted_y: CHART_FLOOR - voted,
                voted_height: voted,
                value: page.percent(hour.voted, registered),
                value_x: if from_right { x } else { x + width },
                value_y: CHART_FLOOR - came.max(voted).max(height(expected)) - 8,
                expected_y: CHART_FLOOR - height(expected),
            }
        };
        let label = match hours.last() {
            Some(last) => page.part("board-chart", last.voted, registered),
            None => page.t("hours-none"),
        };
        Self {
            page,
            label,
            width: CHART_WIDTH,
            floor: CHART_FLOOR,
            columns: (0..).zip(hours).zip(of).map(column).collect(),
            expected: !expected.is_empty(),
        }
    }
}

/// The whole page.
#[must_use]
pub fn render(page: &Page, view: &View) -> String {
    html(&BoardPage {
        page,
        body: body(page, view),
    })
}

/// What changes on it: the part that the live connection sends again and again.
#[must_use]
pub fn body(page: &Page, view: &View) -> String {
    html(&Body {
        page,
        today: Today::of(page, view),
        needs: html(&Urgent::new(page, view)),
        provinces: provinces::part(page, view, true),
    })
}

/// Stations by the hour of their day.
fn tiles(day: &Day) -> Vec<Tile> {
    let tile = |kind, key, figure, whole| Tile {
        kind,
        key,
        figure,
        whole,
    };
    let calm = |figure: u64| if figure > 0 { "alarm" } else { "calm" };
    vec![
        tile("plain", "board-opened", day.opened(), day.stations),
        tile("plain", "board-reporting", day.reporting(), day.open),
        tile(calm(day.silent), "board-silent", day.silent, day.open),
        tile("plain", "board-closed", day.closed, day.stations),
    ]
}

/// Sheets by state, in the order of their way.
fn states(page: &Page, sheets: &States) -> Vec<InState> {
    let state = |(code, sheets)| InState {
        badge: html(&Badge { page, code }),
        sheets,
    };
    conditions::states(sheets).map(state).into()
}

/// A station with the name of its centre, by which people know it.
#[must_use]
pub fn place_name(page: &Page, view: &View, ix: UnitIx) -> String {
    let geography = &view.snapshot.geography;
    let own = page.name(&geography.unit(ix).names);
    match geography.parent(ix) {
        Some(above) => format!("{} – {own}", page.name(&geography.unit(above).names)),
        None => own.to_owned(),
    }
}

/// The board as JSON.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Board")]
pub struct Object {
    snapshot: String,
    at: String,
    registered: u64,
    stations: u64,
    waiting: u64,
    late: u64,
    open: u64,
    closed: u64,
    reporting: u64,
    silent: u64,
    came: u64,
    voted: u64,
    conditions: Vec<(&'static str, u64)>,
    sheets: Vec<(&'static str, u64)>,
    hours: Vec<(u8, u64, u64)>,
    /// Who was to be expected to have come by each of these hours, by the event before.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    expected: Vec<u64>,
}

/// The board as JSON.
#[must_use]
pub fn object(view: &View) -> Object {
    let sums = view.sums(view.nation());
    let day = &sums.day;
    let sheets = &sums.sheets;
    Object {
        snapshot: view.snapshot.id(),
        at: view.snapshot.at.to_string(),
        registered: sums.registered,
        stations: day.stations,
        waiting: day.waiting,
        late: day.late,
        open: day.open,
        closed: day.closed,
        reporting: day.reporting(),
        silent: day.silent,
        came: day.came,
        voted: day.voted,
        conditions: Condition::ALL
            .map(|condition| (condition.code(), sums.stations_in(condition)))
            .into(),
        sheets: conditions::states(sheets).into(),
        hours: view
            .hours()
            .iter()
            .map(|hour| (hour.hour, hour.came, hour.voted))
            .collect(),
        expected: view
            .expected(view.nation(), view.hours())
            .into_iter()
            .map(Expected::get)
            .collect(),
    }
}

/// Came and voted of the nation by the hour, as a table.
#[must_use]
pub fn table(view: &View) -> Table {
    let expected = view.expected(view.nation(), view.hours());
    let row = |(nth, hour): (usize, &Hour)| {
        let expected = expected.get(nth).map(|expected| expected.get().to_string());
        vec![
            hour.hour.to_string(),
            hour.came.to_string(),
            hour.voted.to_string(),
            hour.reported.to_string(),
            expected.unwrap_or_default(),
            view.snapshot.id(),
        ]
    };
    Table {
        head: vec![
            "hour",
            "came",
            "voted",
            "stations_reported",
            "expected",
            "snapshot",
        ],
        rows: view.hours().iter().enumerate().map(row).collect(),
    }
}

/// The board.
pub async fn show(
    State(app): State<App>,
    Extension(asked): Extension<Asked>,
) -> Result<Response, No> {
    let live = asked.live(&app)?;
    let (_, format) = Format::split(&asked.path);
    Ok(reply(
        (format, &asked.headers),
        || render(&asked.page(&live), &live.view),
        || object(&live.view),
        || table(&live.view),
    ))
}

/// What changes on the board, sent whenever it changes.
pub async fn events(State(app): State<App>, Extension(asked): Extension<Asked>) -> Response {
    stream(&app, asked.locale, Live::board)
}

/// How often a live connection says that it lives when nothing changes.
const PULSE: Duration = Duration::from_secs(10);

/// One part of a page, sent whenever it changes, until the browser or the server leaves; between
/// the changes a beat, which says whether the store still answers. What lives and shows figures
/// that may be old has to say so.
pub fn stream(app: &App, locale: Locale, part: fn(&Live, Locale) -> &str) -> Response {
    let watching = (app.watch(), app.failing(), app.stopping(), true);
    let stream = futures_util::stream::unfold(
        watching,
        move |(mut live, mut failing, mut stop, first)| async move {
            let mut beat = false;
            if !first {
                tokio::select! {
                    changed = live.changed() => changed.ok()?,
                    turned = failing.changed() => {
                        turned.ok()?;
                        beat = true;
                    }
                    () = tokio::time::sleep(PULSE) => beat = true,
                    _ = stop.wait_for(|stop| *stop) => return None,
                }
            }
            let event = if beat {
                let stale = *failing.borrow_and_update();
                Event::default()
                    .event("pulse")
                    .data(if stale { "stale" } else { "alive" })
            } else {
                let shown = live.borrow_and_update();
                match shown.as_ref().map(|live| part(live, locale).to_owned()) {
                    Some(body) => Event::default().event("board").data(body),
                    None => Event::default().comment("no event is called"),
                }
            };
            Some((Ok::<_, Infallible>(event), (live, failing, stop, false)))
        },
    );
    Sse::new(stream).into_response()
}

/// The condition of every station, one byte each, in the order of the board.
pub async fn stations(
    State(app): State<App>,
    Extension(asked): Extension<Asked>,
) -> Result<Response, No> {
    Ok(bytes(&asked, asked.live(&app)?.stations()))
}

/// The place of every station on the map, in the order of the board; nothing where there is no map.
pub async fn places(
    State(app): State<App>,
    Extension(asked): Extension<Asked>,
) -> Result<Response, No> {
    Ok(bytes(&asked, asked.live(&app)?.places()))
}

/// Bytes for the script of the board; what it has is not sent again.
fn bytes(asked: &Asked, bytes: &[u8]) -> Response {
    let tag = tag(bytes);
    let is_known = known(&asked.headers, &tag);
    let headers = [
        (header::ETAG, tag),
        (header::CACHE_CONTROL, "no-cache".to_owned()),
        (header::CONTENT_TYPE, "application/octet-stream".to_owned()),
    ];
    if is_known {
        return (StatusCode::NOT_MODIFIED, headers).into_response();
    }
    (headers, bytes.to_vec()).into_response()
}

/// The page of a station by its number on the board, counted from 0.
pub async fn station(
    State(app): State<App>,
    Extension(asked): Extension<Asked>,
    Path(number): Path<String>,
) -> Result<Response, No> {
    let live = asked.live(&app)?;
    let stations = condition::stations(&live.view);
    let found = number.parse().ok().and_then(|at: usize| stations.get(at));
    let ix = found.ok_or_else(|| asked.not_found(&app))?;
    let page = Links::live(&asked.path).unit(&live.view, *ix);
    Ok(Redirect::to(&page).into_response())
}
