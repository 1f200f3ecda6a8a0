//! The figures of one sheet, as the head has signed them on paper. The head makes the paper, so the
//! arithmetic is looked at at once: what does not add up is sent with an explanation or not at all,
//! and never mended here (requirements A.5, head of station). Somebody at the centre types the
//! sheet again without seeing this entry.

use super::Head;
use super::Own;
use super::parts::Step;
use super::waits;
use crate::app::App;
use crate::asked::Asked;
use crate::component::Kind;
use crate::component::html;
use crate::component::notice;
use crate::entry;
use crate::entry::Named;
use crate::entry::actor;
use crate::entry::lines::Group;
use crate::entry::lines::groups;
use crate::entry::typed;
use crate::entry::typed::Sent;
use crate::entry::typed::Typed;
use crate::entry::typed::value;
use crate::page::Page;
use crate::refusal::No;
use crate::sheet;
use crate::source::Denied;
use crate::source::Done;
use crate::source::Ruled;
use askama::Template;
use axum::Extension;
use axum::Form;
use axum::extract::Path;
use axum::extract::State;
use axum::extract::rejection::FormRejection;
use axum::http::StatusCode;
use axum::response::Html;
use axum::response::IntoResponse;
use axum::response::Response;
use sanduq_core::names::Names;
use sanduq_core::refusal::Refusal;
use sanduq_core::typed::TypedRefusal;
use sanduq_core::typed::typed as typed_text;
use sanduq_count::publication::PublicContest;
use sanduq_count::sheet::Day;
use sanduq_count::sheet::Figures;
use sanduq_count::sheet::Sheet;
use sanduq_count::sheet::SheetRefusal;
use sanduq_count::sheet::SheetState;

/// The longest explanation, in characters.
pub(crate) const LONGEST: usize = 1000;

#[derive(Template)]
#[template(path = "station/sheet.html")]
struct SheetPage<'a> {
    page: &'a Page,
    head: Head,
    back: String,
    contest_names: &'a Names,
    action: String,
    groups: Vec<Group<'a>>,
    empty: Option<u64>,
    /// The checks that do not hold, when they are to be explained.
    checks: Option<String>,
    explanation: String,
    explanation_wrong: Option<String>,
}

/// What is shown again with what was sent.
#[derive(Default)]
struct Again {
    notices: String,
    typed: Vec<Typed>,
    empty: Option<u64>,
    checks: Option<String>,
    explanation: String,
    explanation_wrong: Option<String>,
}

/// Why an explanation is not taken.
#[derive(Debug, PartialEq, Eq)]
enum Amiss {
    Text(TypedRefusal),
    Votes,
}

/// An explanation as it is kept. It is public at once and the figures are not: so it tells none, in
/// digits of whatever script.
fn explained(explanation: &str) -> Result<String, Amiss> {
    let kept = typed_text(explanation, LONGEST).map_err(Amiss::Text)?;
    match kept.chars().any(char::is_numeric) {
        true => Err(Amiss::Votes),
        false => Ok(kept),
    }
}

impl Amiss {
    fn said(&self, page: &Page) -> String {
        match self {
            Self::Text(TypedRefusal::Empty) => page.t("station-explain-empty"),
            Self::Text(refusal) => crate::refusal::text(page, *refusal),
            Self::Votes => page.t("station-explain-votes"),
        }
    }
}

impl Own<'_> {
    /// The last version of a sheet, as its organ may read it.
    pub(super) async fn last(
        &self,
        app: &App,
        asked: &Asked,
        entry: &PublicContest,
    ) -> Result<Option<Sheet>, No> {
        let codes = [entry.contest.code.as_str(), self.code().as_str()];
        let named = Named::find(&self.live.view, codes).ok_or_else(|| asked.not_found(app))?;
        Ok(named.versions(app, asked, self.reader).await?.pop())
    }

    fn sheet_page(&self, page: &Page, named: &Named<'_>, again: Again) -> String {
        let mut head = self.head(page, Some(Step::Sheet));
        head.notices = again.notices;
        let mut groups = groups(page, &named.paper, &again.typed, again.empty.is_some());
        if again.checks.is_some() {
            // The cursor stands in the explanation.
            let lines = groups.iter_mut().flat_map(|group| &mut group.fields);
            lines.for_each(|line| line.first = false);
        }
        html(&SheetPage {
            page,
            head,
            back: self.path("sheet"),
            contest_names: &named.which.entry.contest.names,
            action: format!("{}/{}", self.path("sheet"), named.key.contest),
            groups,
            empty: again.empty,
            checks: again.checks,
            explanation: again.explanation,
            explanation_wrong: again.explanation_wrong,
        })
    }

    /// The day as the sheet depends on it, from the station's own record.
    fn counted(&self) -> Day {
        match (self.kept.record.opened(), self.kept.record.closed()) {
            (_, Some(closed)) => Day::Closed(closed),
            (Some(_), None) => Day::Open,
            (None, None) => Day::Ready,
        }
    }
}

/// The sheet's lines, to be typed.
pub async fn show(
    State(app): State<App>,
    Extension(asked): Extension<Asked>,
    Path((station, contest)): Path<(String, String)>,
) -> Result<Response, No> {
    let live = asked.live(&app)?;
    let own = Own::find(&app, &asked, &live, &station).await?;
    let named = Named::find(&live.view, [&contest, &station]);
    let named = named.ok_or_else(|| asked.not_found(&app))?;
    let last = named.versions(&app, &asked, own.reader).await?.pop();
    own.counted()
        .counted(own.now)
        .map_err(|no| asked.no(&app, StatusCode::CONFLICT, no.code()))?;
    if !waits(last.as_ref()) {
        let state = last.map_or("awaited", |sheet| sheet.state.code());
        let no = SheetRefusal::AlreadyReceived(state);
        return Err(asked.no(&app, StatusCode::CONFLICT, no.code()));
    }
    let page = asked.bare_page(Some(&live));
    let again = Again {
        typed: typed::read(&typed::lines(&named.paper), &Sent::new()),
        ..Again::default()
    };
    Ok(Html(own.sheet_page(&page, &named, again)).into_response())
}

/// What must be looked at before the figures are sent on; else the figures and the explanation that
/// they need.
fn looked_at(
    page: &Page,
    named: &Named<'_>,
    sent: &Sent,
) -> Result<(Figures, Option<String>), Box<Again>> {
    let typed = typed::read(&typed::lines(&named.paper), sent);
    let explanation = value(sent, "explanation").to_owned();
    let mut again = Again {
        typed,
        explanation,
        ..Again::default()
    };
    if let Some((notices, empty)) = entry::look(page, &again.typed, sent) {
        (again.notices, again.empty) = (notices, empty);
        return Err(Box::new(again));
    }
    let figures = typed::figures(named.paper.form(), &again.typed).unwrap_or_default();
    let failing = named.paper.failing(&figures.fields, &figures.choices);
    if failing.is_empty() {
        return Ok((figures, None));
    }
    // The lines that were confirmed as empty are confirmed still.
    again.empty = Some(
        again
            .typed
            .iter()
            .filter(|one| one.figure == Ok(None))
            .count() as u64,
    )
    .filter(|empty| *empty > 0);
    let wrong = match explained(&again.explanation) {
        Ok(kept) => return Ok((figures, Some(kept))),
        Err(wrong) => wrong,
    };
    let lines = vec![page.t("station-explain-help")];
    let count = failing.len() as u64;
    again.notices = notice(Kind::Warning, page.count("station-explain", count), lines);
    again.checks = Some(sheet::failing(page, &named.paper, &figures));
    let asked_before = sent.iter().any(|(name, _)| name == "explanation");
    again.explanation_wrong = asked_before.then(|| wrong.said(page));
    Err(Box::new(again))
}

/// Whether this very entry is the one that was taken: sent twice by a shaky line.
fn is_there(versions: &[Sheet], own: &Own<'_>, figures: &Figures) -> bool {
    match versions.last().map(|sheet| &sheet.state) {
        Some(SheetState::FirstEntered { first }) => {
            first.by.id == own.reader.id && first.figures == *figures
        }
        _ => false,
    }
}

/// The figures were typed.
pub async fn save(
    State(app): State<App>,
    Extension(asked): Extension<Asked>,
    Path((station, contest)): Path<(String, String)>,
    sent: Result<Form<Sent>, FormRejection>,
) -> Result<Response, No> {
    let sent: Sent = asked.form(&app, sent)?;
    let live = asked.live(&app)?;
    let own = Own::find(&app, &asked, &live, &station).await?;
    let named = Named::find(&live.view, [&contest, &station]);
    let named = named.ok_or_else(|| asked.not_found(&app))?;
    let page = asked.bare_page(Some(&live));
    let (figures, explanation) = match looked_at(&page, &named, &sent) {
        Ok(whole) => whole,
        Err(again) => {
            let body = own.sheet_page(&page, &named, *again);
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(body)).into_response());
        }
    };
    let (by, at) = (actor(own.reader), app.now());
    let rule = |versions: &[Sheet]| -> Ruled {
        let day = (own.counted(), &by, at);
        let mut changes = entry::first(&named, versions, figures.clone(), day)?;
        if let (Some(last), Some(why)) = (changes.last_mut(), &explanation) {
            last.entry = last.entry.clone().with("explanation", why);
        }
        Ok(changes)
    };
    let code = match app.source().act(&named.key, (&by, at), rule).await {
        Ok(_) => return Ok(own.done(Step::Sheet, Done::Recorded)),
        Err(Denied::Failed(failed)) => return Err(asked.failed(&app, &failed)),
        Err(Denied::Refused(code)) => code,
    };
    let versions = named.versions(&app, &asked, own.reader).await?;
    if is_there(&versions, &own, &figures) {
        return Ok(own.done(Step::Sheet, Done::Already));
    }
    let again = Again {
        notices: super::refused_notice(&page, code),
        typed: typed::read(&typed::lines(&named.paper), &sent),
        explanation: explanation.unwrap_or_default(),
        ..Again::default()
    };
    let body = own.sheet_page(&page, &named, again);
    Ok((StatusCode::CONFLICT, Html(body)).into_response())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_explanation_tells_no_figure_and_hides_nothing() {
        let long = "x".repeat(LONGEST + 1);
        let sign = |sign, place| Err(Amiss::Text(TypedRefusal::Sign(sign, place)));
        for (text, kept) in [
            ("", Err(Amiss::Text(TypedRefusal::Empty))),
            (
                long.as_str(),
                Err(Amiss::Text(TypedRefusal::TooLong(LONGEST))),
            ),
            ("Two papers were torn", Ok("Two papers were torn")),
            (" torn\r\n\tpapers\u{85}here ", Ok("torn papers here")),
            ("می‌گوید دو برگه پاره شد", Ok("می‌گوید دو برگه پاره شد")),
            ("تلفت بطاقتان", Ok("تلفت بطاقتان")),
            ("1 385", Err(Amiss::Votes)),
            ("له ١٣٨٥ صوتًا", Err(Amiss::Votes)),
            ("۰۱۳۸۵", Err(Amiss::Votes)),
            ("७", Err(Amiss::Votes)),
            ("７", Err(Amiss::Votes)),
            ("②", Err(Amiss::Votes)),
            ("torn\u{1b}[K", sign('\u{1b}', 5)),
            ("torn\u{202e}nrot", sign('\u{202e}', 5)),
            ("torn\u{2069}", sign('\u{2069}', 5)),
            ("torn\u{200f}", sign('\u{200f}', 5)),
        ] {
            let told = explained(text);
            assert_eq!(
                told.as_ref().map(String::as_str),
                kept.as_ref().copied(),
                "{text}"
            );
        }
    }
}
