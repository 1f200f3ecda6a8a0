//! Proposing and answering: what is sent is put to the rules, and comes back with every no.

use super::Again;
use super::Case;
use super::answer_with;
use super::digest;
use super::proposal_of;
use crate::app::App;
use crate::app::Live;
use crate::asked::Asked;
use crate::component::Kind;
use crate::component::notice;
use crate::entry::actor;
use crate::entry::fresh;
use crate::entry::typed;
use crate::entry::typed::Sent;
use crate::entry::typed::value;
use crate::page::Page;
use crate::refusal::No;
use crate::source::Denied;
use crate::source::Ruled;
use axum::Extension;
use axum::Form;
use axum::extract::Path;
use axum::extract::State;
use axum::extract::rejection::FormRejection;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum::response::Redirect;
use axum::response::Response;
use sanduq_core::refusal::Refusal;
use sanduq_core::typed::LONGEST;
use sanduq_core::typed::TypedRefusal;
use sanduq_core::typed::typed;
use sanduq_count::sheet::Answer;
use sanduq_count::sheet::Outcome;
use sanduq_count::sheet::Sheet;
use sanduq_count::sheet::SheetRefusal;
use sanduq_count::sheet::countersign;
use sanduq_store::StoreRefusal;
use std::sync::Arc;

/// What became of an act, as a page.
async fn told(
    (app, asked, case): (&App, &Asked, &Case<'_>),
    (done, result): (&str, Result<Sheet, Denied>),
    mut again: Again,
) -> Result<Response, No> {
    let code = match result {
        Ok(_) => {
            let (contest, station) = (&case.named.key.contest, &case.named.key.station);
            let shown = format!("/desk/decisions/{contest}/{station}?done={done}");
            return Ok(Redirect::to(&shown).into_response());
        }
        Err(Denied::Failed(failed)) => return Err(asked.failed(app, &failed)),
        Err(Denied::Refused(code)) => code,
    };
    let page = asked.bare_page(Some(case.live));
    let said = crate::refusal::sentence(&page, code).unwrap_or_default();
    again.notices = notice(Kind::Refused, page.t("decision-not-recorded"), vec![said]);
    answer_with((app, asked, case), StatusCode::CONFLICT, &again).await
}

/// A ground or reason that the journal does not keep, as a notice. One that is empty is refused by
/// the rule, which knows what it is for.
fn unfit(page: &Page, text: &str) -> Option<String> {
    let refusal = typed(text, LONGEST).err()?;
    let said = crate::refusal::text(page, refusal);
    let title = || page.t("decision-not-recorded");
    (refusal != TypedRefusal::Empty).then(|| notice(Kind::Refused, title(), vec![said]))
}

/// What is proposed, as it was sent; or why it is none.
fn outcome(page: &Page, case: &Case<'_>, again: &Again) -> Result<Outcome, String> {
    let amiss = |title: String, line: &str| Err(notice(Kind::Refused, title, vec![page.t(line)]));
    if let Some(notice) = unfit(page, &again.ground) {
        return Err(notice);
    }
    match again.outcome.as_str() {
        "accept" => Ok(Outcome::Accept),
        "return" => Ok(Outcome::Return),
        "correct" => {
            let slips = again.typed.iter().filter(|one| one.figure.is_err());
            match typed::figures(case.named.paper.form(), &again.typed) {
                Some(figures) => Ok(Outcome::Correct(fresh().correction(&case.sheet, figures))),
                None => amiss(
                    page.count("entry-slips", slips.count() as u64),
                    "entry-slips-help",
                ),
            }
        }
        _ => amiss(page.t("decision-choose"), "decision-choose-help"),
    }
}

/// One organ proposes.
pub async fn propose(
    State(app): State<App>,
    Extension(asked): Extension<Asked>,
    Path((contest, station)): Path<(String, String)>,
    sent: Result<Form<Sent>, FormRejection>,
) -> Result<Response, No> {
    let sent: Sent = asked.form(&app, sent)?;
    let live: Arc<Live> = asked.live(&app)?;
    let case = Case::new(&app, &asked, &live, [&contest, &station]).await?;
    let page = asked.bare_page(Some(&live));
    let mut again = Again {
        outcome: value(&sent, "outcome").to_owned(),
        ground: value(&sent, "ground").to_owned(),
        typed: typed::read(&typed::lines(&case.named.paper), &sent),
        ..Again::default()
    };
    let outcome = match outcome(&page, &case, &again) {
        Ok(outcome) => outcome,
        Err(notices) => {
            again.notices = notices;
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            return answer_with((&app, &asked, &case), status, &again).await;
        }
    };
    let (by, at) = (actor(case.reader), app.now());
    let read = value(&sent, "version");
    let rule = |versions: &[Sheet]| -> Ruled {
        let sheet = current(versions, read)?;
        let ground = &again.ground;
        let proposed = sanduq_count::sheet::propose(
            &case.named.paper,
            sheet,
            outcome.clone(),
            ground,
            &by,
            at,
        )?;
        Ok(vec![proposed])
    };
    let result = app.source().act(&case.named.key, (&by, at), rule).await;
    told((&app, &asked, &case), ("proposed", result), again).await
}

/// The version that the page was about; refused when there is another by now.
fn current<'v>(versions: &'v [Sheet], read: &str) -> Result<&'v Sheet, SheetRefusal> {
    let last = versions
        .last()
        .ok_or(SheetRefusal::NotForDecision("awaited"))?;
    if last.version.to_string() == read {
        Ok(last)
    } else {
        Err(SheetRefusal::NotCurrent(last.state.code()))
    }
}

/// The other organ signs or refuses.
pub async fn answer(
    State(app): State<App>,
    Extension(asked): Extension<Asked>,
    Path((contest, station)): Path<(String, String)>,
    sent: Result<Form<Sent>, FormRejection>,
) -> Result<Response, No> {
    let sent: Sent = asked.form(&app, sent)?;
    let live: Arc<Live> = asked.live(&app)?;
    let case = Case::new(&app, &asked, &live, [&contest, &station]).await?;
    let mut again = Again {
        reason: value(&sent, "reason").to_owned(),
        ..Again::default()
    };
    let page = asked.bare_page(Some(&live));
    if let Some(notice) = unfit(&page, &again.reason) {
        again.notices = notice;
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return answer_with((&app, &asked, &case), status, &again).await;
    }
    let answer = match value(&sent, "answer") {
        "sign" => Answer::Sign,
        "refuse" => Answer::Refuse(again.reason.clone()),
        _ => return Err(asked.no(&app, StatusCode::BAD_REQUEST, "web.bad_form")),
    };
    let result = countersigned(&app, &case, (answer, value(&sent, "proposal"))).await;
    told((&app, &asked, &case), ("answered", result), again).await
}

/// The answer to the proposal of this digest: nobody signs what was not before them.
async fn countersigned(
    app: &App,
    case: &Case<'_>,
    (answer, read): (Answer, &str),
) -> Result<Sheet, Denied> {
    let (by, at) = (actor(case.reader), app.now());
    let law = case.live.view.snapshot.profile.second_signature;
    let rule = |versions: &[Sheet]| -> Ruled {
        let proposed = versions
            .last()
            .and_then(|own| Some((own, proposal_of(own)?)));
        let (sheet, proposal) = proposed.ok_or(SheetRefusal::NothingProposed)?;
        if digest(proposal) != read {
            return Err(Denied::Refused(StoreRefusal::Conflict.code()));
        }
        let mut counted = versions.iter().filter(|own| own.state.counted().is_some());
        let counted = counted.next().map(|own| own.version);
        let answer = (answer, &by, at);
        let decided = countersign(&case.named.paper, law, sheet, counted, answer)?;
        Ok([Some(decided.this), decided.next]
            .into_iter()
            .flatten()
            .collect())
    };
    app.source().act(&case.named.key, (&by, at), rule).await
}
