//! The opening record: who is present, the empty box and its seals, the ballots.

use super::Head;
use super::Own;
use super::done_notice;
use super::parts::Ask;
use super::parts::Recorded;
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
use sanduq_operations::station::Fact;
use sanduq_operations::station_day::Opening;
use sanduq_operations::station_day::StationState;

/// What is typed and ticked.
pub(crate) struct Boxes {
    pub(crate) head: bool,
    pub(crate) sealed: bool,
    /// What is wrong with the two.
    pub(crate) head_wrong: Option<String>,
    pub(crate) sealed_wrong: Option<String>,
    pub(crate) asks: Vec<String>,
}

#[derive(Template)]
#[template(path = "station/opening.html")]
struct OpeningPage<'a> {
    page: &'a Page,
    head: Head,
    action: String,
    /// What is to be typed; none when it is too early, or done.
    boxes: Option<Boxes>,
    recorded: String,
    onward: Option<String>,
}

/// What was sent, read as far as it can be.
fn read(page: &Page, sent: &Sent, code: Option<&str>) -> (Boxes, Option<Opening>) {
    let ticked = |name| value(sent, name) == "yes";
    let wrong = |codes: &[&str]| {
        let code = code.filter(|code| codes.contains(code))?;
        crate::refusal::sentence(page, code)
    };
    let ask = |name, keys: [&str; 2], codes: &[&str]| Ask {
        wrong: wrong(codes),
        ..Ask::number(page, name, keys, value(sent, name))
    };
    let mut ballots = ask(
        "ballots",
        ["station-ballots", "station-ballots-hint"],
        &["station.no_ballots"],
    );
    let mut agents = ask("agents", ["station-agents", "station-agents-hint"], &[]);
    let seals = Ask {
        number: false,
        ..ask(
            "seals",
            ["station-seals", "station-seals-hint"],
            &["station.no_seals", "station.seal_unreadable"],
        )
    };
    let figure = |ask: &mut Ask| {
        let small =
            number(&ask.value).and_then(|n| u32::try_from(n).map_err(|_| "entry-slip-large"));
        if !sent.is_empty() && ask.wrong.is_none() {
            ask.wrong = small.err().map(|key| page.t(key));
        }
        small.ok()
    };
    let figures = figure(&mut ballots).zip(figure(&mut agents));
    let opening = figures.map(|(ballots, agents)| Opening {
        head_present: ticked("head"),
        box_sealed: ticked("sealed"),
        ballots,
        agents,
        seals: numbers_of(&seals.value),
    });
    let boxes = Boxes {
        head: ticked("head"),
        sealed: ticked("sealed"),
        head_wrong: wrong(&["station.no_head"]),
        sealed_wrong: wrong(&["station.box_not_sealed"]),
        asks: [seals, ballots, agents].iter().map(html).collect(),
    };
    (boxes, opening)
}

/// The numbers of seals as they were typed, digits of every script as one, apart by white space or
/// commas.
fn numbers_of(text: &str) -> Vec<String> {
    let apart = text.split(|c: char| c.is_whitespace() || matches!(c, ',' | '،' | ';' | '؛'));
    let digit = |c: char| match c {
        '٠'..='٩' => char::from_u32(u32::from(c) - 0x660 + 0x30).unwrap_or(c),
        '۰'..='۹' => char::from_u32(u32::from(c) - 0x6F0 + 0x30).unwrap_or(c),
        c => c,
    };
    let numbers = apart.map(|one| one.chars().map(digit).collect::<String>());
    numbers.filter(|one| !one.is_empty()).collect()
}

impl Own<'_> {
    fn opening_page(&self, page: &Page, boxes: Boxes, notices: String) -> String {
        let mut head = self.head(page, Some(Step::Opening));
        head.notices = notices;
        let record = &self.kept.record;
        let early = self.now < self.bounds().opens();
        if record.state == StationState::Ready && early {
            let lines = vec![page.about("station-opens-at", &page.clock(&self.bounds().opens()))];
            let early = notice(Kind::Loading, page.t("station-too-early"), lines);
            head.notices.push_str(&early);
        }
        html(&OpeningPage {
            page,
            head,
            action: self.path("opening"),
            boxes: (record.state == StationState::Ready && !early).then_some(boxes),
            recorded: record
                .opening
                .as_ref()
                .map_or_else(String::new, |own| self.opened(page, own)),
            onward: record.opened().map(|_| self.path("hours")),
        })
    }

    /// What is on record of the opening.
    fn opened(&self, page: &Page, opening: &Opening) -> String {
        let at = self.kept.record.opened();
        let row = |key: &str, value: String| (page.t(key), value);
        let rows = vec![
            row(
                "station-opened-at",
                at.map_or_else(String::new, |at| page.clock(&at)),
            ),
            row("station-seals", opening.seals.join(" · ")),
            row("station-ballots", page.n(u64::from(opening.ballots))),
            row("station-agents", page.n(u64::from(opening.agents))),
        ];
        html(&Recorded::new(page, rows, self.kept.marks.opened))
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
    let (boxes, _) = read(&page, &Sent::new(), None);
    let notices = done_notice(&page, &asked);
    Ok(Html(own.opening_page(&page, boxes, notices)).into_response())
}

/// The station opens.
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
    let (_, opening) = read(&page, &sent, None);
    let again = |own: &Own<'_>, code, notices| {
        let (boxes, _) = read(&page, &sent, code);
        own.opening_page(&page, boxes, notices)
    };
    let fact = opening.map(Fact::Opened);
    saved((&app, &asked, &live), own, (Step::Opening, fact), again).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_numbers_of_seals_are_read_in_every_script() {
        for (typed, numbers) in [
            ("", &[][..]),
            (" A-17  ٤٥٦ ", &["A-17", "456"]),
            ("۴۵،A-2,B", &["45", "A-2", "B"]),
        ] {
            assert_eq!(numbers_of(typed), numbers, "{typed:?}");
        }
    }
}
