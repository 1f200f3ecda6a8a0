//! The page where a person sets a password of their own, after the first one that somebody else
//! gave them. Always true here: it is the one door for whoever has only a first password; the
//! session that it opened ends with it, and another is opened under a new token.

use crate::app::App;
use crate::asked::Asked;
use crate::component::Kind;
use crate::component::html;
use crate::component::notice;
use crate::desk;
use crate::guard::forbid_keeping;
use crate::login;
use crate::page::Page;
use crate::password;
use crate::refusal::No;
use crate::source::Failed;
use askama::Template;
use axum::Extension;
use axum::Form;
use axum::extract::State;
use axum::extract::rejection::FormRejection;
use axum::http::StatusCode;
use axum::http::header;
use axum::response::Html;
use axum::response::IntoResponse;
use axum::response::Redirect;
use axum::response::Response;
use jiff::Timestamp;
use sanduq_core::id::ActorId;
use sanduq_core::refusal::Refusal;
use sanduq_operations::first_password;
use sanduq_operations::first_password::PasswordRefusal;
use serde::Deserialize;

/// What the form sends.
#[derive(Deserialize)]
pub struct Typed {
    new: String,
    again: String,
}

/// The form.
#[derive(Template)]
#[template(path = "login/own.html")]
pub struct OwnPage<'a> {
    /// The page it stands on.
    pub page: &'a Page,
    /// Whose password it is, for the browser's keeper of passwords.
    pub number: &'a ActorId,
    /// Why a password was refused, and at which field.
    pub wrong: Option<(PasswordRefusal, String)>,
    /// The same as a notice.
    pub notice: String,
}

impl OwnPage<'_> {
    fn at_again(&self) -> bool {
        matches!(self.wrong, Some((PasswordRefusal::TypedOtherwise, _)))
    }
}

/// The page, with what was refused.
#[must_use]
pub fn render(page: &Page, number: &ActorId, refused: Option<PasswordRefusal>) -> String {
    let said = |no: PasswordRefusal| {
        let sentence = crate::refusal::sentence(page, no.code()).unwrap_or_default();
        (no, sentence)
    };
    let wrong = refused.map(said);
    let told = wrong
        .as_ref()
        .map(|(_, said)| notice(Kind::Refused, page.t("own-refused"), vec![said.clone()]));
    html(&OwnPage {
        page,
        number,
        notice: told.unwrap_or_default(),
        wrong,
    })
}

fn answer(
    (app, asked): (&App, &Asked),
    status: StatusCode,
    refused: Option<PasswordRefusal>,
) -> Result<Response, No> {
    let reader = desk::reader(app, asked)?;
    let page = asked.bare_page(app.live().as_deref());
    let mut response = (status, Html(render(&page, &reader.id, refused))).into_response();
    forbid_keeping(&mut response);
    Ok(response)
}

/// The form; whoever has a password of their own has nothing to do here.
pub async fn form(
    State(app): State<App>,
    Extension(asked): Extension<Asked>,
) -> Result<Response, No> {
    match asked.first {
        true => answer((&app, &asked), StatusCode::OK, None),
        false => Ok(Redirect::to("/desk").into_response()),
    }
}

/// A new password, hashed; or why it is none.
async fn looked_at(
    app: &App,
    number: &ActorId,
    sent: Typed,
) -> Result<Result<String, PasswordRefusal>, Failed> {
    let known = app.source().account(number).await?;
    let number = number.clone();
    let leave = app.verifying().acquire().await;
    let looking = tokio::task::spawn_blocking(move || {
        let (new, again) = (password::normal(&sent.new), password::normal(&sent.again));
        let first = known.map(|known| known.hash);
        let is_first = || {
            let half = first
                .as_deref()
                .is_some_and(|known| password::has_half(&new, known));
            half || password::verify(&new, first.as_deref())
        };
        first_password::own((&new, &again), &number, is_first)?;
        Ok(password::hash(&new))
    });
    let looked_at = looking.await.map_err(|e| Failed(e.to_string()))?;
    drop(leave);
    Ok(looked_at)
}

/// The form was sent.
pub async fn set(
    State(app): State<App>,
    Extension(asked): Extension<Asked>,
    sent: Result<Form<Typed>, FormRejection>,
) -> Result<Response, No> {
    let sent = asked.form(&app, sent)?;
    let id = desk::reader(&app, &asked)?.id.clone();
    let already = PasswordRefusal::AlreadySet.code();
    let already = || asked.no(&app, StatusCode::CONFLICT, already);
    let failed = |failed: Failed| asked.failed(&app, &failed);
    let token = login::token_hash(&app, &asked.headers).filter(|_| asked.first);
    let token = token.ok_or_else(already)?;
    let hash = match looked_at(&app, &id, sent).await.map_err(failed)? {
        Ok(hash) => hash,
        Err(no) => {
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            return answer((&app, &asked), status, Some(no));
        }
    };
    // Sessions are told by the clock of the machine, invented nations or not.
    let now = Timestamp::now();
    let set = app.source().set_own_password(&token, hash, now).await;
    if !set.map_err(failed)? {
        return Err(already());
    }
    let known = app.source().account(&id).await.map_err(failed)?;
    let known = known.ok_or_else(already)?;
    let cookie = login::open(&app, &known, now).await.map_err(failed)?;
    let cookie = cookie.ok_or_else(already)?;
    let mut response = Redirect::to("/desk").into_response();
    response.headers_mut().append(header::SET_COOKIE, cookie);
    forbid_keeping(&mut response);
    Ok(response)
}
