//! Closing: how many stand in line at the hour, their tokens, and the close when every token is
//! used or void.

use super::Head;
use super::Own;
use super::done_notice;
use super::parts::Ask;
use super::parts::Recorded;
use super::parts::Step;
use super::parts::number;
use super::parts::ranges;
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
use sanduq_operations::station::Fact;
use sanduq_operations::station_day::Fate;
use sanduq_operations::station_day::Queue;
use sanduq_operations::station_day::StationState;

/// What the head does here now.
enum Now {
    /// Nothing: it is too early, or done.
    Nothing,
    /// Counts the line.
    Count(String),
    /// Takes tokens.
    Tokens(Vec<String>),
    /// Closes: every token is used or void.
    Close,
}

#[derive(Template)]
#[template(path = "station/closing.html")]
struct ClosingPage<'a> {
    page: &'a Page,
    head: Head,
    action: String,
    now: Now,
    recorded: String,
    onward: Option<String>,
}

/// What was sent: the boxes, and the fact they say, or what is wrong.
struct Read {
    waiting: Ask,
    tokens: [Ask; 2],
    fact: Option<Fact>,
}

fn read(page: &Page, sent: &Sent, code: Option<&str>) -> Read {
    let ask = |name, keys: [&str; 2], codes: &[&str]| {
        let code = code.filter(|code| codes.contains(code));
        Ask {
            wrong: code.and_then(|code| crate::refusal::sentence(page, code)),
            ..Ask::number(page, name, keys, value(sent, name))
        }
    };
    let mut read = Read {
        waiting: ask(
            "waiting",
            ["station-waiting", "station-waiting-hint"],
            &["station.more_than_ballots", "station.nobody_waits"],
        ),
        tokens: [
            ask(
                "token",
                ["station-token", "station-token-hint"],
                &["station.no_such_token", "station.token_settled"],
            ),
            Ask {
                required: false,
                ..ask(
                    "last",
                    ["station-token-last", "station-token-last-hint"],
                    &[],
                )
            },
        ],
        fact: None,
    };
    let figure = |ask: &mut Ask| {
        let read = number(&ask.value);
        let read = read.and_then(|n| u32::try_from(n).map_err(|_| "entry-slip-large"));
        ask.wrong = ask.wrong.take().or(read.err().map(|key| page.t(key)));
        read.ok()
    };
    let fate = match value(sent, "act") {
        "close" => {
            read.fact = Some(Fact::Closed);
            return read;
        }
        "count" => {
            let waiting = figure(&mut read.waiting);
            read.fact = waiting.map(|n| if n == 0 { Fact::Closed } else { Fact::Queue(n) });
            return read;
        }
        "used" => Fate::Used,
        "void" => Fate::Void,
        _ => return read,
    };
    let [first, last] = &mut read.tokens;
    let from = figure(first);
    let to = if last.value.is_empty() {
        from
    } else {
        figure(last)
    };
    read.fact = from.zip(to).map(|(from, to)| Fact::Tokens(from..=to, fate));
    read
}

impl Own<'_> {
    fn closing_page(&self, page: &Page, boxes: &Read, notices: String) -> String {
        let mut head = self.head(page, Some(Step::Closing));
        head.notices = notices;
        let early = self.now < self.bounds().closes();
        let now = match &self.kept.record.state {
            StationState::Ready => {
                let lines = vec![page.t("station-open-first")];
                let not_open = notice(Kind::Loading, page.t("station-too-early"), lines);
                head.notices.push_str(&not_open);
                Now::Nothing
            }
            StationState::Open(_) if early => {
                let closes = page.clock(&self.bounds().closes());
                let lines = vec![page.about("station-closes-at", &closes)];
                let early = notice(Kind::Loading, page.t("station-too-early"), lines);
                head.notices.push_str(&early);
                Now::Nothing
            }
            StationState::Open(_) => Now::Count(html(&boxes.waiting)),
            StationState::Queue { queue, .. } if queue.waiting().next().is_none() => Now::Close,
            StationState::Queue { .. } => Now::Tokens(boxes.tokens.iter().map(html).collect()),
            StationState::Closed { .. } => Now::Nothing,
        };
        html(&ClosingPage {
            page,
            head,
            action: self.path("closing"),
            now,
            recorded: self.line_and_close(page),
            onward: self.kept.record.closed().map(|_| self.path("sheet")),
        })
    }

    /// What is on record of the line and of the close.
    fn line_and_close(&self, page: &Page) -> String {
        let (record, marks) = (&self.kept.record, &self.kept.marks);
        let count = |queue: &Queue, fate| page.n(queue.count(fate) as u64);
        let row = |key: &str, value: String| (page.t(key), value);
        let mut all = String::new();
        if let Some(queue) = record.queue() {
            let rows = vec![
                row("station-line-at", page.clock(&queue.at)),
                row("station-issued", page.n(u64::from(queue.issued))),
                row("station-used", count(queue, Fate::Used)),
                row("station-void", count(queue, Fate::Void)),
            ];
            let left = ranges(page, queue.waiting());
            let left = Some(left).filter(|left| !left.is_empty());
            let rows = [
                rows,
                left.map(|left| row("station-left", left))
                    .into_iter()
                    .collect(),
            ];
            let mark = marks.tokens.or(marks.queue);
            all.push_str(&html(&Recorded::new(page, rows.concat(), mark)));
        }
        if let Some(closed) = record.closed() {
            let rows = vec![row("station-closed-at", page.clock(&closed))];
            all.push_str(&html(&Recorded::new(page, rows, marks.closed)));
        }
        all
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
    let boxes = read(&page, &Sent::new(), None);
    let notices = done_notice(&page, &asked);
    Ok(Html(own.closing_page(&page, &boxes, notices)).into_response())
}

/// The line was counted, tokens were taken, or the station closes.
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
    let fact = read(&page, &sent, None).fact;
    let again =
        |own: &Own<'_>, code, notices| own.closing_page(&page, &read(&page, &sent, code), notices);
    saved((&app, &asked, &live), own, (Step::Closing, fact), again).await
}
