//! One sheet with its arithmetic: every line, every check with both its sides, every version, and
//! the digest by which the journal names it. Whoever has the paper can add it up from this page.

mod data;
mod story;

pub use data::Object;
pub use data::object;
pub use data::table;
pub(crate) use story::story;

use crate::app::App;
use crate::asked::Asked;
use crate::board::place_name;
use crate::check::contest_files;
use crate::component::Badge;
use crate::component::Locked;
use crate::component::html;
use crate::image;
use crate::journal::Line as JournalLine;
use crate::page::Page;
use crate::refusal::No;
use crate::reply::Format;
use crate::reply::reply;
use crate::unit;
use crate::unit::Step;
use crate::view::View;
use askama::Template;
use axum::Extension;
use axum::extract::Path;
use axum::extract::State;
use axum::response::Response;
use sanduq_core::count::Votes;
use sanduq_core::geography::UnitIx;
use sanduq_core::id::UnitCode;
use sanduq_core::names::Names;
use sanduq_count::form::Check;
use sanduq_count::form::Made;
use sanduq_count::form::Relation;
use sanduq_count::form::Severity;
use sanduq_count::publication::PublicContest;
use sanduq_count::sheet::Figures;
use sanduq_count::sheet::Paper;
use sanduq_count::sheet::Sheet;
use sanduq_count::sheet::SheetKey;
use sanduq_count::sheet::SheetState;
use sanduq_count::sheet::digest;

/// A line of the paper.
struct LineShown<'a> {
    code: &'a str,
    names: &'a Names,
    votes: Option<u64>,
}

/// A check with both its sides.
struct CheckShown<'a> {
    badge: String,
    code: &'a str,
    names: &'a Names,
    severity: &'static str,
    holds: bool,
    left: Option<i128>,
    left_terms: String,
    relation: &'static str,
    right: Option<i128>,
    right_terms: String,
}

/// Figures with their arithmetic, below a heading of this level.
#[derive(Template)]
#[template(path = "sheet/figures.html")]
struct Shown<'a> {
    page: &'a Page,
    sub: &'static str,
    fields: Vec<LineShown<'a>>,
    choices: Vec<LineShown<'a>>,
    sum: Option<u64>,
    checks: Vec<CheckShown<'a>>,
    digest: String,
    salt: String,
}

#[derive(Template)]
#[template(path = "sheet/checks.html")]
struct Failing<'a> {
    page: &'a Page,
    checks: Vec<CheckShown<'a>>,
}

/// A version in the history.
struct Past {
    version: u64,
    badge: String,
    href: Option<String>,
}

#[derive(Template)]
#[template(path = "sheet/body.html")]
struct Body<'a> {
    page: &'a Page,
    heading: &'static str,
    sub: &'static str,
    station_level: String,
    station_code: &'a UnitCode,
    place: String,
    contest_names: &'a Names,
    badge: String,
    version: String,
    story: Vec<String>,
    locked: bool,
    lock: String,
    figures: Option<String>,
    images: String,
    history: Vec<Past>,
}

#[derive(Template)]
#[template(path = "sheet/page.html")]
struct SheetPage<'a> {
    page: &'a Page,
    title: String,
    json: String,
    csv: String,
    files: Vec<String>,
    path: Vec<Step<'a>>,
    body: String,
    entries: String,
}

/// Which sheet, in which version.
#[derive(Clone, Copy)]
pub struct Which<'a> {
    /// The contest.
    pub entry: &'a PublicContest,
    /// The station.
    pub station: UnitIx,
    /// The version; `None` when nothing has come in.
    pub sheet: Option<&'a Sheet>,
}

/// The page of a sheet.
#[must_use]
pub fn render(page: &Page, view: &View, which: Which<'_>, journal: &[JournalLine]) -> String {
    let unit = view.snapshot.geography.unit(which.station);
    let contest = &which.entry.contest;
    let live = format!("/sheet/{}/{}", contest.code, unit.code);
    html(&SheetPage {
        page,
        title: format!("{} · {}", page.name(&unit.names), page.name(&contest.names)),
        json: format!("{live}.json"),
        csv: format!("{live}.csv"),
        files: contest_files(view, &[which.entry], true),
        path: unit::path(page, view, which.station),
        body: body(page, view, which, (["h1", "h2"], journal)),
        entries: crate::journal::entries(page, journal),
    })
}

/// A sheet without the page around it, under headings of these two levels; with the entries about
/// it, where they are at hand.
#[must_use]
pub fn body(
    page: &Page,
    view: &View,
    which: Which<'_>,
    (headings, journal): ([&'static str; 2], &[JournalLine]),
) -> String {
    let unit = view.snapshot.geography.unit(which.station);
    let entry = which.entry;
    let state = which.sheet.map(|sheet| &sheet.state);
    let badge = |code| html(&Badge { page, code });
    let day = &view.sums(which.station).day;
    html(&Body {
        page,
        heading: headings[0],
        sub: headings[1],
        station_level: unit::level(page, view, which.station),
        station_code: &unit.code,
        place: place_name(page, view, which.station),
        contest_names: &entry.contest.names,
        badge: badge(state.map_or("awaited", SheetState::code)),
        version: which.sheet.map_or_else(String::new, |sheet| {
            page.count("sheet-version", u64::from(sheet.version))
        }),
        story: state.map_or_else(Vec::new, |state| story(page, view, entry, state)),
        locked: !entry.released,
        lock: html(&Locked {
            page,
            closed: day.closed,
            stations: 0,
        }),
        figures: which.sheet.and_then(|sheet| {
            let paper = Paper::new(view.form(entry)?, &entry.contest);
            let figures = view.figures(entry, sheet)?;
            Some(shown((page, headings[1]), &paper, sheet, figures))
        }),
        images: image::slot(page, view, which, (headings[1], journal)),
        history: history(page, view, which),
    })
}

fn history(page: &Page, view: &View, which: Which<'_>) -> Vec<Past> {
    let contest = &which.entry.contest.code;
    let station = &view.snapshot.geography.unit(which.station).code;
    let past = |sheet: &Sheet| Past {
        version: sheet.version.into(),
        badge: html(&Badge {
            page,
            code: sheet.state.code(),
        }),
        href: page
            .links
            .is_live()
            .then(|| format!("/sheet/{contest}/{station}/{}", sheet.version)),
    };
    view.versions(contest, station).iter().map(past).collect()
}

fn line<'l>(code: &'l str, names: &'l Names, votes: Option<Votes>) -> LineShown<'l> {
    LineShown {
        code,
        names,
        votes: votes.map(Votes::get),
    }
}

/// The figures of a sheet with their arithmetic, whether or not everybody may see them: the caller
/// answers for that.
pub(crate) fn shown(
    (page, sub): (&Page, &'static str),
    paper: &Paper<'_>,
    sheet: &Sheet,
    figures: &Figures,
) -> String {
    let (form, contest) = (paper.form(), paper.contest());
    let fields = form.fields.iter().zip(&figures.fields);
    let fields = fields.map(|(own, votes)| line(own.code.as_str(), &own.names, *votes));
    let choices = contest.choices.iter().zip(&figures.choices);
    let choices = choices.map(|(own, votes)| line(own.code.as_str(), &own.names, *votes));
    let sum = Votes::sum(figures.choices.iter().flatten().copied());
    let made = made(paper, figures);
    let check = |made: &Made| {
        let check = form
            .checks
            .iter()
            .find(|check| check.code == made.finding.check)?;
        Some(check_shown(page, check, made))
    };
    html(&Shown {
        page,
        sub,
        fields: fields.collect(),
        choices: choices.collect(),
        sum: sum.ok().map(Votes::get),
        checks: made.iter().filter_map(check).collect(),
        digest: digest(paper, &sheet.key, (sheet.version, sheet.salt), figures),
        salt: sheet.salt.to_string(),
    })
}

/// The checks that the figures of a paper do not pass, each with both its sides, for whoever has
/// written these figures.
pub(crate) fn failing(page: &Page, paper: &Paper<'_>, figures: &Figures) -> String {
    let made = made(paper, figures);
    let failing = made.iter().filter(|made| !made.holds);
    let check = |made: &Made| {
        let mut own = paper.form().checks.iter();
        let check = own.find(|check| check.code == made.finding.check)?;
        Some(check_shown(page, check, made))
    };
    html(&Failing {
        page,
        checks: failing.filter_map(check).collect(),
    })
}

fn made(paper: &Paper<'_>, figures: &Figures) -> Vec<Made> {
    let checks = sanduq_count::form::Checks::new(paper.form());
    let marks = sanduq_count::form::Marks::of(paper.contest());
    checks.made(marks, &figures.fields, &figures.choices)
}

fn check_shown<'a>(page: &Page, check: &'a Check, made: &Made) -> CheckShown<'a> {
    CheckShown {
        badge: html(&Badge {
            page,
            code: if made.holds { "holds" } else { "fails" },
        }),
        code: &check.code,
        names: &check.names,
        severity: match check.severity {
            Severity::Minor => "severity-minor",
            Severity::Major => "severity-major",
            Severity::Critical => "severity-critical",
        },
        holds: made.holds,
        left: made.finding.left,
        left_terms: terms(&check.left),
        relation: match check.relation {
            Relation::Equal if made.holds => "=",
            Relation::Equal => "≠",
            Relation::AtMost if made.holds => "≤",
            Relation::AtMost => ">",
        },
        right: made.finding.right,
        right_terms: terms(&check.right),
    }
}

/// The terms of a side as they are read: `f6 + f7 − f8`.
pub(crate) fn terms(written: &[String]) -> String {
    let mut text = String::new();
    for term in written {
        let (sign, name) = match term.trim().strip_prefix('-') {
            Some(rest) => ("\u{2212} ", rest.trim()),
            None if text.is_empty() => ("", term.trim()),
            None => ("+ ", term.trim()),
        };
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(sign);
        text.push_str(&name.replace('*', "×"));
    }
    text
}

/// The current version of a sheet.
pub async fn show(
    State(app): State<App>,
    Extension(asked): Extension<Asked>,
    Path((contest, file)): Path<(String, String)>,
) -> Result<Response, No> {
    let (station, format) = Format::split(&file);
    answer(&app, &asked, [&contest, station], None, format).await
}

/// One version of a sheet.
pub async fn version(
    State(app): State<App>,
    Extension(asked): Extension<Asked>,
    Path((contest, station, version)): Path<(String, String, String)>,
) -> Result<Response, No> {
    let version = version.parse().map_err(|_| asked.not_found(&app))?;
    answer(
        &app,
        &asked,
        [&contest, &station],
        Some(version),
        Format::Html,
    )
    .await
}

async fn answer(
    app: &App,
    asked: &Asked,
    [contest, station]: [&str; 2],
    version: Option<u32>,
    format: Format,
) -> Result<Response, No> {
    let live = asked.live(app)?;
    let view = &live.view;
    let which = find(view, contest, station, version).ok_or_else(|| asked.not_found(app))?;
    let journal = match format {
        Format::Html => {
            let key = SheetKey {
                contest: which.entry.contest.code.clone(),
                station: view.snapshot.geography.unit(which.station).code.clone(),
            };
            let entries = app.source().sheet_entries(&key).await;
            entries.map_err(|failed| asked.failed(app, &failed))?
        }
        Format::Json | Format::Csv => Vec::new(),
    };
    Ok(reply(
        (format, &asked.headers),
        || render(&asked.page(&live), view, which, &journal),
        || object(view, which),
        || table(view, which),
    ))
}

/// The sheet of these codes; none when the station owes no such sheet or has no such version.
pub(crate) fn find<'a>(
    view: &'a View,
    contest: &str,
    station: &str,
    version: Option<u32>,
) -> Option<Which<'a>> {
    let (ix, unit) = view.unit(station)?;
    if unit.level != view.snapshot.geography.station_level() {
        return None;
    }
    let mut owed = view.contests_of(ix);
    let entry = owed.find(|entry| entry.contest.code.as_str() == contest)?;
    let sheets = view.versions(&entry.contest.code, &unit.code);
    let sheet = match version {
        None => sheets.last(),
        Some(version) => Some(sheets.iter().find(|sheet| sheet.version == version)?),
    };
    Some(Which {
        entry,
        station: ix,
        sheet,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_read_like_arithmetic() {
        for (written, read) in [
            (&["f5"][..], "f5"),
            (&["f6", "f7", "f8"], "f6 + f7 + f8"),
            (&["f2", "-f3", "- left"], "f2 \u{2212} f3 \u{2212} left"),
            (&["f10 * max_choices"], "f10 × max_choices"),
        ] {
            let written: Vec<_> = written.iter().map(|term| (*term).to_owned()).collect();
            assert_eq!(terms(&written), read);
        }
    }
}
