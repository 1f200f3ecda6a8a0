//! One contest before the organ that proposes to certify it and the organ that signs. Always true
//! here: whoever proposes or signs has the totals before them and sends their digest back; totals
//! that have changed meanwhile are not certified.

use super::Case;
use super::Stage;
use super::Who;
use super::waiting;
use crate::app::App;
use crate::app::Live;
use crate::asked::Asked;
use crate::component::Choices;
use crate::component::CoverageBar;
use crate::component::Kind;
use crate::component::html;
use crate::component::notice;
use crate::desk;
use crate::entry::actor;
use crate::entry::typed::Sent;
use crate::entry::typed::value;
use crate::page::Page;
use crate::page::Reader;
use crate::refusal::No;
use crate::source::Certify;
use crate::source::Certifying;
use crate::source::Denied;
use crate::view::View;
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
use sanduq_core::id::ContestCode;
use sanduq_core::names::Names;
use sanduq_core::typed::LONGEST;
use sanduq_core::typed::TypedRefusal;
use sanduq_core::typed::typed;
use sanduq_count::form::Meaning;
use sanduq_count::publication::PublicContest;
use sanduq_operations::staff::Role;

#[derive(Template)]
#[template(path = "certification/case.html")]
struct CasePage<'a> {
    page: &'a Page,
    names: &'a Names,
    code: &'a ContestCode,
    notices: String,
    coverage: String,
    stage: String,
    in_the_way: Vec<String>,
    who: Vec<Who>,
    totals: String,
    /// The unit's page, where the same figures stand level by level.
    unit: String,
    /// The digest of the totals that stand now; none while the figures are locked.
    digest: Option<String>,
    /// The digest of the totals that are proposed.
    proposed: Option<&'a str>,
    /// Whether a sheet has been touched since the proposal.
    touched: bool,
    proposes: bool,
    answers: bool,
    action: String,
    reason: &'a str,
}

/// The totals of the contest's own unit.
fn totals(page: &Page, view: &View, entry: &PublicContest) -> String {
    let contest = &entry.contest;
    let Some(totals) = view.totals(contest, view.root(contest)) else {
        return String::new();
    };
    let valid = view
        .form(entry)
        .and_then(|form| form.meaning(Meaning::Valid));
    let valid = valid.and_then(|at| totals.fields.get(at));
    let valid = valid.map_or(0, |votes| votes.get());
    let caption = page.name(&contest.names).to_owned();
    html(&Choices::new(
        page,
        caption,
        &contest.choices,
        &totals.choices,
        valid,
    ))
}

fn render(
    (page, view, reader): (&Page, &View, &Reader),
    case: &Case<'_>,
    (reason, notices): (&str, String),
) -> String {
    let contest = &case.entry.contest;
    let digest = view.totals_digest(contest);
    let proposed = case.made.map(|made| &made.proposed.digest);
    let clear = case.in_the_way(page).is_empty();
    html(&CasePage {
        page,
        names: &contest.names,
        code: &contest.code,
        notices,
        coverage: html(&CoverageBar {
            page,
            standing: case.standing,
            counted: case.coverage.counted,
            stations: case.coverage.stations,
        }),
        stage: page.t(case.stage.key()),
        in_the_way: case.in_the_way(page),
        who: case.who(page),
        totals: totals(page, view, case.entry),
        unit: page.links.unit(view, view.root(contest)),
        proposes: reader.role == Role::ResultsOfficer && clear && case.stage == Stage::Ready,
        answers: reader.role == Role::Supervisor && case.stage == Stage::Proposed,
        digest,
        proposed: proposed.map(String::as_str),
        touched: case.is_touched(),
        action: case.href(),
        reason,
    })
}

/// What an answer starts from: the election as it is shown, who asks, and what is made so far.
struct Before<'a> {
    app: &'a App,
    asked: &'a Asked,
    live: &'a Live,
    reader: &'a Reader,
    entry: &'a PublicContest,
    certifying: Certifying,
}

impl<'a> Before<'a> {
    async fn of(
        (app, asked, live): (&'a App, &'a Asked, &'a Live),
        contest: &str,
    ) -> Result<Self, No> {
        let code = ContestCode::new(contest).ok();
        let entry = code.and_then(|code| live.view.contest(&code));
        let entry = entry.ok_or_else(|| asked.not_found(app))?;
        let whole = live.view.root(&entry.contest);
        let reader = desk::reader_of(app, asked, (&live.view, whole))?;
        let certifying = app.source().certifying(reader.role.organ()).await;
        let certifying = certifying.map_err(|failed| asked.failed(app, &failed))?;
        Ok(Self {
            app,
            asked,
            live,
            reader,
            entry,
            certifying,
        })
    }

    fn page(&self, status: StatusCode, (reason, notices): (&str, String)) -> Response {
        let (view, page) = (&self.live.view, self.asked.bare_page(Some(self.live)));
        let all = waiting(view);
        let own = all.get(&self.entry.contest.code).copied().unwrap_or(0);
        let case = Case::new(view, self.entry, (own, &self.certifying));
        let body = render((&page, view, self.reader), &case, (reason, notices));
        (status, Html(body)).into_response()
    }

    fn certify<'s>(&'s self, read: &'s str) -> Certify<'s> {
        Certify {
            view: &self.live.view,
            entry: self.entry,
            read,
        }
    }

    /// What became of an act, as a page; made again, so that it shows what stands by now.
    async fn told(
        &self,
        result: Result<(), Denied>,
        done: &str,
        reason: &str,
    ) -> Result<Response, No> {
        let code = match result {
            Ok(()) => {
                let contest = &self.entry.contest.code;
                let shown = format!("/desk/certification/{contest}?done={done}");
                return Ok(Redirect::to(&shown).into_response());
            }
            Err(Denied::Failed(failed)) => return Err(self.asked.failed(self.app, &failed)),
            Err(Denied::Refused(code)) => code,
        };
        let now = (self.app, self.asked, self.live);
        let now = Self::of(now, self.entry.contest.code.as_str()).await?;
        let page = self.asked.bare_page(Some(self.live));
        let said = crate::refusal::sentence(&page, code).unwrap_or_default();
        let title = page.t("decision-not-recorded");
        let notices = notice(Kind::Refused, title, vec![said]);
        Ok(now.page(StatusCode::CONFLICT, (reason, notices)))
    }
}

/// The contest.
pub async fn show(
    State(app): State<App>,
    Extension(asked): Extension<Asked>,
    Path(contest): Path<String>,
) -> Result<Response, No> {
    let live = asked.live(&app)?;
    let before = Before::of((&app, &asked, &live), &contest).await?;
    let page = asked.bare_page(Some(&live));
    let done = asked.query("done").and_then(|done| match done {
        "proposed" => Some("decision-done-proposed"),
        "signed" => Some("certify-done-signed"),
        "refused" => Some("certify-done-refused"),
        _ => None,
    });
    let told = |key| notice(Kind::Information, page.t(key), Vec::new());
    let notices = done.map_or_else(String::new, told);
    Ok(before.page(StatusCode::OK, ("", notices)))
}

/// The executive proposes.
pub async fn propose(
    State(app): State<App>,
    Extension(asked): Extension<Asked>,
    Path(contest): Path<String>,
    sent: Result<Form<Sent>, FormRejection>,
) -> Result<Response, No> {
    let sent: Sent = asked.form(&app, sent)?;
    let live = asked.live(&app)?;
    let before = Before::of((&app, &asked, &live), &contest).await?;
    let (by, at) = (actor(before.reader), app.now());
    let what = before.certify(value(&sent, "totals"));
    let result = app.source().propose_result(&what, (&by, at)).await;
    before.told(result, "proposed", "").await
}

/// The supervision signs or refuses.
pub async fn answer(
    State(app): State<App>,
    Extension(asked): Extension<Asked>,
    Path(contest): Path<String>,
    sent: Result<Form<Sent>, FormRejection>,
) -> Result<Response, No> {
    let sent: Sent = asked.form(&app, sent)?;
    let live = asked.live(&app)?;
    let before = Before::of((&app, &asked, &live), &contest).await?;
    let (by, at) = (actor(before.reader), app.now());
    let (what, reason) = (
        before.certify(value(&sent, "totals")),
        value(&sent, "reason"),
    );
    match value(&sent, "answer") {
        "sign" => {
            let result = app.source().sign_result(&what, (&by, at)).await;
            before.told(result, "signed", reason).await
        }
        "refuse" => {
            if let Some(notices) = unfit(&asked.bare_page(Some(&live)), reason) {
                let status = StatusCode::UNPROCESSABLE_ENTITY;
                return Ok(before.page(status, (reason, notices)));
            }
            let result = app.source().refuse_result(&what, reason, (&by, at)).await;
            before.told(result, "refused", reason).await
        }
        _ => Err(asked.no(&app, StatusCode::BAD_REQUEST, "web.bad_form")),
    }
}

/// A reason that the journal does not keep, as a notice. One that is empty is refused by the rule.
fn unfit(page: &Page, reason: &str) -> Option<String> {
    let refusal = typed(reason, LONGEST).err()?;
    let said = crate::refusal::text(page, refusal);
    let title = || page.t("decision-not-recorded");
    (refusal != TypedRefusal::Empty).then(|| notice(Kind::Refused, title(), vec![said]))
}
