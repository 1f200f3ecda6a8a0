//! The figures of an hour: how many have come and how many have voted since opening.

use super::Head;
use super::Own;
use super::done_notice;
use super::parts::Ask;
use super::parts::Step;
use super::parts::number;
use super::saved;
use crate::app::App;
use crate::asked::Asked;
use crate::component::Kind;
use crate::component::html;
use crate::component::notice;
use crate::entry::typed::Sent;
use crate::entry::typed::value;
use crate::page::Page;
use crate::refusal::No;
use askama::Template;
use axum::Extension;
use axum::Form;
use axum::extract::Path;
use axum::extract::State;
use axum::extract::rejection::FormRejection;
use axum::response::Html;
use axum::response::IntoResponse;
use axum::response::Response;
use sanduq_core::count::Came;
use sanduq_core::count::Voted;
use sanduq_operations::station::Fact;
use sanduq_operations::turnout::HourFigures;

/// An hour that may be reported.
struct Hour {
    hour: u8,
    shown: String,
    chosen: bool,
}

/// An hour on record.
struct Line {
    hour: String,
    came: u64,
    voted: u64,
    /// The number of its entry in the journal.
    entry: Option<u64>,
    at: String,
}

#[derive(Template)]
#[template(path = "station/hours.html")]
struct HoursPage<'a> {
    page: &'a Page,
    head: Head,
    action: String,
    hours: Vec<Hour>,
    asks: Vec<String>,
    lines: Vec<Line>,
    closing: String,
}

/// What was sent, as boxes and as figures.
fn read(page: &Page, sent: &Sent, code: Option<&str>) -> ([Ask; 2], Option<Fact>) {
    let ask = |name, keys: [&str; 2], codes: &[&str]| {
        let code = code.filter(|code| codes.contains(code));
        Ask {
            wrong: code.and_then(|code| crate::refusal::sentence(page, code)),
            ..Ask::number(page, name, keys, value(sent, name))
        }
    };
    let mut came = ask(
        "came",
        ["station-came", "station-came-hint"],
        &["turnout.went_down"],
    );
    let mut voted = ask(
        "voted",
        ["station-voted", "station-voted-hint"],
        &[
            "turnout.more_voted_than_came",
            "turnout.more_than_registered",
        ],
    );
    let figure = |ask: &mut Ask| {
        let read = number(&ask.value);
        if !sent.is_empty() && ask.wrong.is_none() {
            ask.wrong = read.err().map(|key| page.t(key));
        }
        read.ok()
    };
    let figures = figure(&mut came).zip(figure(&mut voted));
    let hour = value(sent, "hour").parse().ok();
    let fact = figures.zip(hour).map(|((came, voted), hour)| {
        Fact::Hour(HourFigures {
            hour,
            came: Came::new(came),
            voted: Voted::new(voted),
        })
    });
    ([came, voted], fact)
}

impl Own<'_> {
    fn hours_page(&self, page: &Page, (asks, chosen): ([Ask; 2], &str), notices: String) -> String {
        let mut head = self.head(page, Some(Step::Hours));
        head.notices = notices;
        let record = &self.kept.record;
        let due = record.due(self.bounds(), self.now);
        if due.is_empty() {
            let (title, line) = match (record.opened(), record.closed()) {
                (None, _) => ("station-hours-wait", page.t("station-open-first")),
                (Some(_), None) => ("station-hours-none", self.next_hour(page)),
                (Some(_), Some(_)) => ("station-hours-all", String::new()),
            };
            let lines = Some(line).filter(|line| !line.is_empty());
            let none = notice(Kind::Loading, page.t(title), lines.into_iter().collect());
            head.notices.push_str(&none);
        }
        let chosen = due.iter().find(|hour| hour.to_string() == chosen);
        let chosen = chosen.or(due.last()).copied();
        let hours = due.iter().map(|hour| Hour {
            hour: *hour,
            shown: page.hour(hour),
            chosen: Some(*hour) == chosen,
        });
        let line = |now: &HourFigures| {
            let mark = self.kept.marks.hours.get(&now.hour);
            Line {
                hour: page.hour(&now.hour),
                came: now.came.get(),
                voted: now.voted.get(),
                entry: mark.map(|mark| mark.entry),
                at: mark.map_or_else(String::new, |mark| page.clock(&mark.at)),
            }
        };
        html(&HoursPage {
            page,
            head,
            action: self.path("hours"),
            hours: hours.collect(),
            asks: asks.iter().map(html).collect(),
            lines: record.hours.iter().rev().map(line).collect(),
            closing: self.path("closing"),
        })
    }

    /// When the next report is due.
    fn next_hour(&self, page: &Page) -> String {
        let record = &self.kept.record;
        let (bounds, last) = (self.bounds(), record.hours.last().map(|last| last.hour));
        let mut all = (0..=24_u8).filter_map(|hour| bounds.law.instant(u16::from(hour) * 60));
        let next = all.find(|over| *over > self.now && *over <= bounds.closes());
        match next.filter(|_| last.is_none_or(|last| last < 24)) {
            Some(over) => page.about("station-hours-next", &page.clock(&over)),
            None => String::new(),
        }
    }
}

/// The screen.
pub async fn show(
    State(app): State<App>,
    Extension(asked): Extension<Asked>,
    Path(station): Path<String>,
) -> Result<Response, No> {
    let live = asked.live(&app)?;
    let own = Own::find(&app, &asked, &live, &station).await?;
    let page = asked.bare_page(Some(&live));
    let (asks, _) = read(&page, &Sent::new(), None);
    let notices = done_notice(&page, &asked);
    Ok(Html(own.hours_page(&page, (asks, ""), notices)).into_response())
}

/// The figures of an hour were typed.
pub async fn save(
    State(app): State<App>,
    Extension(asked): Extension<Asked>,
    Path(station): Path<String>,
    sent: Result<Form<Sent>, FormRejection>,
) -> Result<Response, No> {
    let sent: Sent = asked.form(&app, sent)?;
    let live = asked.live(&app)?;
    let own = Own::find(&app, &asked, &live, &station).await?;
    let page = asked.bare_page(Some(&live));
    let (_, fact) = read(&page, &sent, None);
    let again = |own: &Own<'_>, code, notices| {
        let (asks, _) = read(&page, &sent, code);
        own.hours_page(&page, (asks, value(&sent, "hour")), notices)
    };
    saved((&app, &asked, &live), own, (Step::Hours, fact), again).await
}
