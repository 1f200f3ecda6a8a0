//! One sheet on a clerk's table: the lines of the paper, what was typed into them, and what becomes
//! of it.

use super::Named;
use super::Turn;
use super::actor;
use super::day;
use super::lines::Group;
use super::lines::groups;
use super::typed;
use super::typed::Sent;
use super::typed::Typed;
use super::typed::value;
use crate::app::App;
use crate::app::Live;
use crate::asked::Asked;
use crate::board::place_name;
use crate::component::Kind;
use crate::component::html;
use crate::component::notice;
use crate::desk;
use crate::page::Page;
use crate::page::Reader;
use crate::refusal::No;
use crate::source::Denied;
use crate::source::Ruled;
use crate::unit;
use askama::Template;
use axum::Extension;
use axum::Form;
use axum::extract::Path;
use axum::extract::State;
use axum::extract::rejection::FormRejection;
use axum::http::StatusCode;
use axum::response::Html;
use axum::response::IntoResponse;
use axum::response::Redirect;
use axum::response::Response;
use jiff::Timestamp;
use sanduq_core::act::Actor;
use sanduq_core::names::Names;
use sanduq_core::refusal::Refusal;
use sanduq_count::sheet::Day;
use sanduq_count::sheet::Figures;
use sanduq_count::sheet::Salts;
use sanduq_count::sheet::Sheet;
use sanduq_count::sheet::SheetState;
use sanduq_count::sheet::correct_differences;
use sanduq_count::sheet::first_entry;
use sanduq_count::sheet::receive;
use sanduq_count::sheet::second_entry;
use std::sync::Arc;

#[derive(Template)]
#[template(path = "entry/form.html")]
struct FormPage<'a> {
    page: &'a Page,
    title: String,
    place: String,
    station_level: String,
    station_code: String,
    contest_names: &'a Names,
    action: String,
    /// Where images of the paper are sent.
    images: String,
    turn: &'static str,
    heading: String,
    help: String,
    notices: String,
    groups: Vec<Group<'a>>,
    /// How many lines are empty, when that is to be confirmed.
    empty: Option<u64>,
}

/// A sheet on the table of a clerk.
struct OnTable<'a> {
    live: &'a Live,
    named: Named<'a>,
    reader: &'a Reader,
}

impl<'a> OnTable<'a> {
    fn new(app: &App, asked: &'a Asked, live: &'a Live, codes: [&str; 2]) -> Result<Self, No> {
        let named = Named::find(&live.view, codes).ok_or_else(|| asked.not_found(app))?;
        Ok(Self {
            reader: desk::reader_of(app, asked, (&live.view, named.which.station))?,
            live,
            named,
        })
    }

    /// What the clerk is to type now.
    async fn turn(&self, app: &App, asked: &Asked) -> Result<Turn, No> {
        let versions = self.named.versions(app, asked, self.reader).await?;
        let turn = Turn::of(&self.named.paper, &versions, self.reader);
        turn.map_err(|no| asked.no(app, StatusCode::CONFLICT, no.code()))
    }

    /// The page on which these lines are typed.
    fn page(
        &self,
        page: &Page,
        turn: &Turn,
        typed: &[Typed],
        (notices, empty): (String, Option<u64>),
    ) -> String {
        let view = &self.live.view;
        let unit = view.snapshot.geography.unit(self.named.which.station);
        let heading = page.t(format!("entry-{}", turn.code()));
        html(&FormPage {
            page,
            title: format!("{heading} · {}", page.name(&unit.names)),
            place: place_name(page, view, self.named.which.station),
            station_level: unit::level(page, view, self.named.which.station),
            station_code: unit.code.to_string(),
            contest_names: &self.named.which.entry.contest.names,
            action: format!(
                "/desk/entry/{}/{}",
                self.named.key.contest, self.named.key.station
            ),
            images: format!(
                "/desk/image/{}/{}",
                self.named.key.contest, self.named.key.station
            ),
            turn: turn.code(),
            heading,
            help: page.t(format!("entry-{}-help", turn.code())),
            notices,
            groups: groups(page, &self.named.paper, typed, empty.is_some()),
            empty,
        })
    }

    /// What the rules make of these figures.
    fn rule(
        &self,
        turn: &Turn,
        typed: &[Typed],
        (versions, day, at): (&[Sheet], Day, Timestamp),
    ) -> Ruled {
        let by = actor(self.reader);
        let paper = &self.named.paper;
        let figures = || typed::figures(paper.form(), typed).unwrap_or_default();
        match (turn, versions.last()) {
            (Turn::First, _) => first(&self.named, versions, figures(), (day, &by, at)),
            (Turn::Second, Some(sheet)) => {
                Ok(vec![second_entry(paper, sheet, figures(), &by, at)?])
            }
            (Turn::Third(_), Some(sheet)) => {
                let read = typed::corrections(typed).unwrap_or_default();
                Ok(vec![correct_differences(paper, sheet, &read, &by, at)?])
            }
            (Turn::Second | Turn::Third(_), None) => Ok(Vec::new()),
        }
    }
}

/// What the rules make of the first entry of a sheet, which comes in with it when it has not yet.
pub(crate) fn first(
    named: &Named<'_>,
    versions: &[Sheet],
    figures: Figures,
    (day, by, at): (Day, &Actor, Timestamp),
) -> Ruled {
    let (paper, last) = (&named.paper, versions.last());
    if let Some(sheet) = last.filter(|sheet| sheet.state == SheetState::Received) {
        return Ok(vec![first_entry(paper, sheet, figures, by, at)?]);
    }
    let received = receive(last, (&named.key, &fresh()), day, by, at)?;
    let entered = first_entry(paper, &received.next, figures, by, at)?;
    Ok(vec![received, entered])
}

/// Salts that nobody can guess.
///
/// # Panics
/// When the system gives no random bytes.
pub(crate) fn fresh() -> Salts {
    let mut secret = [0; 32];
    getrandom::fill(&mut secret).expect("the system gives random bytes");
    Salts::new(&secret)
}

/// The lines of a sheet, to be typed.
pub async fn show(
    State(app): State<App>,
    Extension(asked): Extension<Asked>,
    Path((contest, station)): Path<(String, String)>,
) -> Result<Response, No> {
    let live: Arc<Live> = asked.live(&app)?;
    let table = OnTable::new(&app, &asked, &live, [&contest, &station])?;
    let page = asked.bare_page(Some(&live));
    let turn = table.turn(&app, &asked).await?;
    let free = app
        .leases()
        .take(&table.named.key, &table.reader.id, Timestamp::now());
    let notices = if free {
        String::new()
    } else {
        let lines = vec![page.t("entry-taken-help")];
        notice(Kind::Warning, page.t("entry-taken"), lines)
    };
    let typed = typed::read(&turn.lines(&table.named.paper), &Sent::new());
    Ok(Html(table.page(&page, &turn, &typed, (notices, None))).into_response())
}

/// The lines were typed.
pub async fn save(
    State(app): State<App>,
    Extension(asked): Extension<Asked>,
    Path((contest, station)): Path<(String, String)>,
    sent: Result<Form<Sent>, FormRejection>,
) -> Result<Response, No> {
    let sent: Sent = asked.form(&app, sent)?;
    let live: Arc<Live> = asked.live(&app)?;
    let table = OnTable::new(&app, &asked, &live, [&contest, &station])?;
    let page = asked.bare_page(Some(&live));
    let turn = table.turn(&app, &asked).await?;
    let typed = typed::read(&turn.lines(&table.named.paper), &sent);
    if let Some(again) = amiss(&page, &table, &turn, &typed, &sent) {
        return Ok(again);
    }
    let (day, at) = (day(&live.view, &table.named.which), app.now());
    let rule = |versions: &[Sheet]| table.rule(&turn, &typed, (versions, day, at));
    let by = actor(table.reader);
    match app.source().act(&table.named.key, (&by, at), rule).await {
        Ok(_) => {
            app.leases().done(&table.named.key);
            let saved = format!("/desk/entry?saved={contest}/{station}");
            Ok(Redirect::to(&saved).into_response())
        }
        Err(Denied::Failed(failed)) => Err(asked.failed(&app, &failed)),
        Err(Denied::Refused(code)) => {
            let said = crate::refusal::sentence(&page, code).unwrap_or_default();
            let notices = notice(Kind::Refused, page.t("entry-not-saved"), vec![said]);
            let body = table.page(&page, &turn, &typed, (notices, None));
            Ok((StatusCode::CONFLICT, Html(body)).into_response())
        }
    }
}

/// The page once more when something must be looked at before it is saved: the sheet has moved on
/// since the page was opened, a line is no figure, or a line is empty.
fn amiss(
    page: &Page,
    table: &OnTable<'_>,
    turn: &Turn,
    typed: &[Typed],
    sent: &Sent,
) -> Option<Response> {
    let again = |status, notices, empty| {
        let body = table.page(page, turn, typed, (notices, empty));
        Some((status, Html(body)).into_response())
    };
    if value(sent, "turn") != turn.code() {
        let lines = vec![page.t(format!("entry-moved-{}", turn.code()))];
        let notices = notice(Kind::Warning, page.t("entry-moved"), lines);
        return again(StatusCode::CONFLICT, notices, None);
    }
    let (notices, empty) = look(page, typed, sent)?;
    again(StatusCode::UNPROCESSABLE_ENTITY, notices, empty)
}

/// What must be looked at before lines are saved: one is no figure, or empty lines are not
/// confirmed. With the second comes how many are empty.
pub(crate) fn look(page: &Page, typed: &[Typed], sent: &Sent) -> Option<(String, Option<u64>)> {
    let slips = typed.iter().filter(|one| one.figure.is_err()).count() as u64;
    if slips > 0 {
        let lines = vec![page.t("entry-slips-help")];
        let notices = notice(Kind::Refused, page.count("entry-slips", slips), lines);
        return Some((notices, None));
    }
    let empty = typed.iter().filter(|one| one.figure == Ok(None)).count() as u64;
    if empty > 0 && value(sent, "empty") != "yes" {
        let lines = vec![page.t("entry-empty-help")];
        let notices = notice(Kind::Warning, page.count("entry-empty", empty), lines);
        return Some((notices, Some(empty)));
    }
    None
}
