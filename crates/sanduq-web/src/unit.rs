//! The result, from the nation down to a station: turnout, the contests that are put to the unit as
//! a whole, what is known of the contests below it, and the units below it.

mod data;
pub mod hours;
mod seats;
pub mod votes;

pub use data::Object;
pub use data::object;
pub use data::table;

use crate::app::App;
use crate::app::Live;
use crate::asked::Asked;
use crate::board::Chart;
use crate::check::contest_files;
use crate::component::Badge;
use crate::component::Choices;
use crate::component::CoverageBar;
use crate::component::FieldLine;
use crate::component::Figure;
use crate::component::Figures;
use crate::component::Hours;
use crate::component::Locked;
use crate::component::Note;
use crate::component::Pager;
use crate::component::UnitRow;
use crate::component::Units;
use crate::component::html;
use crate::day;
use crate::map;
use crate::page::Page;
use crate::refusal::No;
use crate::reply::Format;
use crate::reply::reply;
use crate::view::View;
use askama::Template;
use axum::Extension;
use axum::extract::Path;
use axum::extract::State;
use axum::response::Response;
use sanduq_core::geography::UnitIx;
use sanduq_core::id::ContestCode;
use sanduq_core::id::UnitCode;
use sanduq_core::names::Names;
use sanduq_count::form::Meaning;
use sanduq_count::publication::PublicContest;
use sanduq_count::results::Coverage;
use sanduq_count::results::Standing;

/// Units on one page; a list of the children of most units fits.
const ROWS: usize = 100;

/// A step from the nation down to the unit.
pub struct Step<'a> {
    /// Its page.
    pub href: String,
    /// Its name.
    pub names: &'a Names,
}

/// The sheet of a station for a contest.
struct SheetLink {
    href: String,
    badge: String,
}

struct ContestPart<'a> {
    code: &'a ContestCode,
    names: &'a Names,
    coverage: String,
    table: String,
    seats: Option<String>,
    sheet: Option<SheetLink>,
    /// Whether its votes stand in a table, which programs can have too.
    told: bool,
}

struct BelowPart {
    contests: u64,
    coverage: String,
    seats: Option<String>,
    closest: Vec<seats::Close>,
}

struct UnitsPart {
    title: String,
    map: Option<String>,
    table: String,
    pager: String,
}

/// A sheet that stands on the page itself, in a published folder.
pub struct SheetPart {
    /// Code and name of its station, before the first sheet of each.
    pub station: Option<(String, String)>,
    /// Its anchor.
    pub anchor: String,
    /// What it shows.
    pub body: String,
}

#[derive(Template)]
#[template(path = "unit/page.html")]
struct UnitPage<'a> {
    page: &'a Page,
    json: String,
    csv: String,
    path: Vec<Step<'a>>,
    level: String,
    code: &'a UnitCode,
    names: &'a Names,
    figures: String,
    contests: Vec<ContestPart<'a>>,
    below: Option<BelowPart>,
    reporting: u64,
    stations: u64,
    empty_day: bool,
    chart: String,
    hours: String,
    units: Option<UnitsPart>,
    files: Vec<String>,
    sheets: Vec<SheetPart>,
}

/// The steps from the nation down to a unit.
#[must_use]
pub fn path<'a>(page: &Page, view: &'a View, ix: UnitIx) -> Vec<Step<'a>> {
    let geography = &view.snapshot.geography;
    let step = |ix: UnitIx| Step {
        href: page.links.unit(view, ix),
        names: &geography.unit(ix).names,
    };
    geography.path(ix).into_iter().map(step).collect()
}

/// The word for the level of a unit.
#[must_use]
pub fn level(page: &Page, view: &View, ix: UnitIx) -> String {
    let geography = &view.snapshot.geography;
    let level = geography
        .levels()
        .get(usize::from(geography.unit(ix).level));
    level.map_or_else(String::new, |level| page.name(&level.names).to_owned())
}

/// The page of a unit; `first` is the first of the units below it to show, `None` for all of them.
#[must_use]
pub fn render(
    page: &Page,
    view: &View,
    ix: UnitIx,
    first: Option<usize>,
    sheets: Vec<SheetPart>,
) -> String {
    let unit = view.snapshot.geography.unit(ix);
    let sums = view.sums(ix);
    let hours = day::hours(view, ix);
    let expected = view.expected(ix, &hours);
    let live = if ix == view.nation() {
        "/index".to_owned()
    } else {
        format!("/unit/{}", unit.code)
    };
    let part = |contest| contest_part(page, view, ix, contest);
    html(&UnitPage {
        page,
        json: format!("{live}.json"),
        csv: format!("{live}.csv"),
        path: path(page, view, ix),
        level: level(page, view, ix),
        code: &unit.code,
        names: &unit.names,
        figures: html(&figures(page, view, ix)),
        contests: view.contests_of(ix).map(part).collect(),
        below: below_part(page, view, ix),
        reporting: hours.last().map_or(0, |hour| hour.reported),
        stations: sums.day.stations,
        empty_day: hours.is_empty(),
        chart: html(&Chart::new(page, &hours, &expected, sums.registered)),
        hours: html(&Hours {
            page,
            hours: &hours,
            expected,
            registered: sums.registered,
            stations: sums.day.stations,
        }),
        units: units_part(page, view, ix, first),
        files: files(view, ix),
        sheets,
    })
}

/// The published files that the figures of a unit follow from; the sheets where it has them.
fn files(view: &View, ix: UnitIx) -> Vec<String> {
    let geography = &view.snapshot.geography;
    let sheets = geography.unit(ix).level + 2 > geography.station_level();
    let contests: Vec<&PublicContest> = view.contests_of(ix).collect();
    let mut files = contest_files(view, &contests, sheets);
    files.extend(["turnout.json", "turnout.csv", "README.md"].map(str::to_owned));
    files
}

/// What the turnout is a share of, and how it has changed since the event before.
fn turnout_note(page: &Page, view: &View, ix: UnitIx) -> String {
    let own = page.t("figure-turnout-of");
    let Some(((now, then), previous)) = view.turnout_then(ix).zip(view.previous.as_ref()) else {
        return own;
    };
    let change = match then {
        Some(then) => page.points((now.part, now.whole), (then.part, then.whole)),
        None => "–".to_owned(),
    };
    let change = page.instead(
        "figure-turnout-change",
        0_u64,
        [&change, page.name(&previous.names)],
    );
    format!("{own} · {change}")
}

fn figures(page: &Page, view: &View, ix: UnitIx) -> Figures {
    let sums = view.sums(ix);
    let figure = |key: &str, value: String, note: Option<String>| Figure {
        label: page.t(key),
        value,
        note,
    };
    let reports = page.t("figure-by-reports");
    Figures {
        figures: vec![
            figure("figure-registered", page.n(sums.registered), None),
            figure("figure-came", page.n(sums.day.came), Some(reports.clone())),
            figure("figure-voted", page.n(sums.day.voted), Some(reports)),
            figure(
                "figure-turnout",
                page.percent(sums.day.voted, sums.registered),
                Some(turnout_note(page, view, ix)),
            ),
        ],
    }
}

fn contest_part<'a>(
    page: &'a Page,
    view: &'a View,
    ix: UnitIx,
    entry: &'a PublicContest,
) -> ContestPart<'a> {
    let contest = &entry.contest;
    let geography = &view.snapshot.geography;
    let unit = geography.unit(ix);
    let coverage = view.coverage(contest, ix);
    let Coverage { counted, stations } = coverage;
    let is_station = unit.level == geography.station_level();
    let sheet = is_station.then(|| SheetLink {
        href: page.links.sheet(view, &contest.code, ix),
        badge: html(&Badge {
            page,
            code: view
                .current(&contest.code, &unit.code)
                .map_or("awaited", |sheet| sheet.state.code()),
        }),
    });
    ContestPart {
        code: &contest.code,
        names: &contest.names,
        coverage: html(&CoverageBar {
            page,
            standing: entry.standing(coverage),
            counted,
            stations,
        }),
        table: contest_table(page, view, ix, entry),
        seats: seats::own(page, view, ix, entry),
        sheet,
        told: entry.released && page.links.is_live(),
    }
}

/// The choices of a contest with their votes in a unit, or why there are none.
fn contest_table(page: &Page, view: &View, ix: UnitIx, entry: &PublicContest) -> String {
    let contest = &entry.contest;
    let Some(totals) = view.totals(contest, ix) else {
        let day = &view.sums(view.root(contest)).day;
        return html(&Locked {
            page,
            closed: day.closed,
            stations: day.stations,
        });
    };
    let sum_of = |meaning| {
        let at = view.form(entry)?.meaning(meaning)?;
        totals.fields.get(at).map(|votes| votes.get())
    };
    let valid = sum_of(Meaning::Valid).unwrap_or_default();
    let caption = page.name(&contest.names).to_owned();
    let mut table = Choices::new(page, caption, &contest.choices, &totals.choices, valid);
    if let Some(form) = view.form(entry).filter(|_| totals.counted > 0) {
        for meaning in [
            Meaning::Valid,
            Meaning::Invalid,
            Meaning::Blank,
            Meaning::InBox,
        ] {
            let Some(at) = form.meaning(meaning) else {
                continue;
            };
            table.fields.push(FieldLine {
                names: &form.fields[at].names,
                votes: sum_of(meaning).unwrap_or_default(),
            });
        }
    }
    let Some(then) = view.shares_then(contest, ix) else {
        return html(&table);
    };
    table.compare(&contest.choices, &then);
    let name = view
        .previous
        .as_ref()
        .map(|previous| page.name(&previous.names));
    let note = page.about("choices-compared", name.unwrap_or_default());
    html(&table) + &html(&Note { note })
}

fn below_part(page: &Page, view: &View, ix: UnitIx) -> Option<BelowPart> {
    let contests: Vec<_> = view.contests_below(ix).collect();
    if contests.is_empty() {
        return None;
    }
    let coverage =
        |entry: &&PublicContest| view.coverage(&entry.contest, view.root(&entry.contest));
    let sum = |sum: Coverage, one: Coverage| Coverage {
        counted: sum.counted + one.counted,
        stations: sum.stations + one.stations,
    };
    let all = contests.iter().map(coverage).fold(Coverage::default(), sum);
    let Coverage { counted, stations } = all;
    let released = contests.iter().any(|entry| entry.released);
    let certified = contests.iter().all(|entry| entry.certified);
    Some(BelowPart {
        contests: u64::try_from(contests.len()).unwrap_or(u64::MAX),
        coverage: html(&CoverageBar {
            page,
            standing: Standing::of((released, certified), all),
            counted,
            stations,
        }),
        seats: seats::below(page, view, &contests),
        closest: seats::closest(page, view, &contests),
    })
}

fn units_part(page: &Page, view: &View, ix: UnitIx, first: Option<usize>) -> Option<UnitsPart> {
    let geography = &view.snapshot.geography;
    let children = geography.children(ix);
    let child = *children.first()?;
    let level = level(page, view, child);
    let start = first.unwrap_or(0).min(children.len());
    let end = first.map_or(children.len(), |first| (first + ROWS).min(children.len()));
    let row = |below: &UnitIx| UnitRow {
        href: page.links.unit(view, *below),
        names: &geography.unit(*below).names,
        sums: view.sums(*below),
    };
    let title = page.about("units-title", &level);
    let here = page.links.unit(view, ix);
    let at = |first: usize| format!("{here}?from={first}");
    Some(UnitsPart {
        map: map::part(page, view, ix),
        table: html(&Units {
            page,
            caption: title.clone(),
            level,
            rows: children[start..end].iter().map(row).collect(),
            total: view.sums(ix),
        }),
        pager: html(&Pager {
            page,
            newer: (start > 0).then(|| at(start.saturating_sub(ROWS))),
            newer_key: "pager-before",
            older: (end < children.len()).then(|| at(end)),
            older_key: "pager-after",
        }),
        title,
    })
}

/// The nation.
pub async fn index(
    State(app): State<App>,
    Extension(asked): Extension<Asked>,
) -> Result<Response, No> {
    let live = asked.live(&app)?;
    let (_, format) = Format::split(&asked.path);
    Ok(answer(&asked, &live, live.view.nation(), format))
}

/// A unit.
pub async fn show(
    State(app): State<App>,
    Extension(asked): Extension<Asked>,
    Path(file): Path<String>,
) -> Result<Response, No> {
    let live = asked.live(&app)?;
    let (code, format) = Format::split(&file);
    let (ix, _) = live.view.unit(code).ok_or_else(|| asked.not_found(&app))?;
    Ok(answer(&asked, &live, ix, format))
}

fn answer(asked: &Asked, live: &Live, ix: UnitIx, format: Format) -> Response {
    let view = &live.view;
    reply(
        (format, &asked.headers),
        || render(&asked.page(live), view, ix, Some(asked.from()), Vec::new()),
        || object(view, ix),
        || table(view, ix),
    )
}

/// The unit of a door that has data and no page, by its file (`1-2.csv`), and what was asked for.
fn data_of((app, asked): (&App, &Asked), view: &View, file: &str) -> Result<(UnitIx, Format), No> {
    let (code, format) = Format::split(file);
    let found = view.unit(code).filter(|_| format != Format::Html);
    let (ix, _) = found.ok_or_else(|| asked.not_found(app))?;
    Ok((ix, format))
}
