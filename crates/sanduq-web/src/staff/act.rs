//! Enrolling, suspending, readmitting: what is sent is put to the rules, and comes back with every
//! no.

use super::Typed;
use super::account;
use super::again;
use crate::app::App;
use crate::asked::Asked;
use crate::component::Kind;
use crate::component::html;
use crate::component::notice;
use crate::desk;
use crate::entry::actor;
use crate::page::Page;
use crate::page::Reader;
use crate::password;
use crate::refusal::No;
use crate::source::Denied;
use crate::source::Failed;
use askama::Template;
use axum::Extension;
use axum::Form;
use axum::extract::Path;
use axum::extract::State as Shared;
use axum::extract::rejection::FormRejection;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum::response::Redirect;
use axum::response::Response;
use sanduq_core::act::Organ;
use sanduq_core::id::ActorId;
use sanduq_core::id::UnitCode;
use sanduq_core::names::Locale;
use sanduq_core::refusal::Refusal;
use sanduq_operations::staff::Role;
use sanduq_operations::staff::Scope;
use sanduq_operations::staff::StaffRefusal;
use sanduq_operations::staff::open_account;
use serde::Deserialize;

/// What the form of a new account sends.
#[derive(Deserialize)]
pub struct New {
    number: String,
    role: String,
    #[serde(default)]
    unit: String,
    #[serde(default)]
    locale: String,
}

/// What the form of an account sends: `suspend` or `readmit`.
#[derive(Deserialize)]
pub struct Switched {
    to: String,
}

/// A password that was just made, for whoever enrolled.
#[derive(Template)]
#[template(path = "staff/password.html")]
struct Shown<'a> {
    page: &'a Page,
    number: &'a ActorId,
    password: &'a str,
}

/// Letters and digits that nobody takes for one another on paper.
const LETTERS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
/// Letters of a password: five bits each, eighty in all.
const LONG: usize = 16;

/// A password that nobody has thought of: `abcd-efgh-…`.
fn password() -> Result<String, Failed> {
    let mut secret = [0; LONG];
    getrandom::fill(&mut secret).map_err(|e| Failed(e.to_string()))?;
    let mut text = String::new();
    for (place, byte) in secret.into_iter().enumerate() {
        if place > 0 && place % 4 == 0 {
            text.push('-');
        }
        text.push(char::from(LETTERS[usize::from(byte % 32)]));
    }
    Ok(text)
}

/// The account that was typed, once the rule has said yes.
fn opened(app: &App, by: Organ, new: &New) -> Result<Reader, StaffRefusal> {
    let id = ActorId::new(new.number.trim()).map_err(|_| StaffRefusal::NumberUnfit)?;
    let role = Role::from_code(&new.role).ok_or(StaffRefusal::RoleUnknown)?;
    let locale = Locale::from_tag(&new.locale).ok_or(StaffRefusal::LocaleUnknown)?;
    let code = new.unit.trim();
    let live = app.live();
    let unit = live.as_ref().and_then(|live| live.view.unit(code));
    let scope = match (code, unit, &live) {
        ("", ..) => Scope::Nation,
        (_, Some((_, unit)), Some(live)) => {
            let stations = live.view.snapshot.geography.station_level();
            match unit.level == stations {
                true => Scope::Station,
                false => Scope::Unit,
            }
        }
        _ => Scope::Unknown,
    };
    open_account(by, role, scope)?;
    Ok(Reader {
        id,
        role,
        unit: UnitCode::new(code).ok(),
        locale,
    })
}

fn refused(page: &Page, code: &str) -> String {
    let said = crate::refusal::sentence(page, code).unwrap_or_default();
    notice(Kind::Refused, page.t("staff-refused"), vec![said])
}

/// Hashes a password as slowly as it is verified, and no more at a time.
async fn hashed(app: &App, password: &str) -> Result<String, Failed> {
    let leave = app.verifying().acquire().await;
    let password = password.to_owned();
    let hashing = tokio::task::spawn_blocking(move || password::hash(&password));
    let hash = hashing.await.map_err(|e| Failed(e.to_string()))?;
    drop(leave);
    Ok(hash)
}

/// Enrols.
pub async fn enrol(
    Shared(app): Shared<App>,
    Extension(asked): Extension<Asked>,
    sent: Result<Form<New>, FormRejection>,
) -> Result<Response, No> {
    let new = asked.form(&app, sent)?;
    let reader = desk::reader(&app, &asked)?;
    let page = asked.bare_page(app.live().as_deref());
    let failed = |failed: Failed| asked.failed(&app, &failed);
    let (by, at) = (actor(reader), app.now());
    let no = |code: &'static str, status: StatusCode| {
        let typed = Typed {
            number: new.number.clone(),
            role: new.role.clone(),
            unit: new.unit.clone(),
            locale: new.locale.clone(),
            notices: refused(&page, code),
        };
        (status, typed)
    };
    let account = match opened(&app, by.organ, &new) {
        Ok(account) => account,
        Err(refusal) => {
            let (status, typed) = no(refusal.code(), StatusCode::UNPROCESSABLE_ENTITY);
            return again((&app, &asked), status, &typed).await;
        }
    };
    let password = password().map_err(failed)?;
    let hash = hashed(&app, &password).await.map_err(failed)?;
    match app.source().enrol((&by, at), &account, hash).await {
        Err(Denied::Failed(why)) => Err(asked.failed(&app, &why)),
        Err(Denied::Refused(code)) => {
            let (status, typed) = no(code, StatusCode::CONFLICT);
            again((&app, &asked), status, &typed).await
        }
        Ok(()) => {
            let shown = Shown {
                page: &page,
                number: &account.id,
                password: &password,
            };
            let typed = Typed {
                notices: html(&shown),
                ..Typed::default()
            };
            again((&app, &asked), StatusCode::CREATED, &typed).await
        }
    }
}

/// Suspends, or readmits.
pub async fn switch(
    Shared(app): Shared<App>,
    Extension(asked): Extension<Asked>,
    Path(number): Path<String>,
    sent: Result<Form<Switched>, FormRejection>,
) -> Result<Response, No> {
    let sent = asked.form(&app, sent)?;
    let to = match sent.to.as_str() {
        "suspend" => false,
        "readmit" => true,
        _ => return Err(asked.no(&app, StatusCode::BAD_REQUEST, "web.bad_form")),
    };
    let id = ActorId::new(&number).map_err(|_| asked.not_found(&app))?;
    let (by, at) = (actor(desk::reader(&app, &asked)?), app.now());
    let page = asked.bare_page(app.live().as_deref());
    match app.source().switch((&by, at), &id, to).await {
        Ok(()) => Ok(Redirect::to(&format!("/desk/staff/{id}?done=1")).into_response()),
        Err(Denied::Failed(why)) => Err(asked.failed(&app, &why)),
        Err(Denied::Refused("store.unknown")) => Err(asked.not_found(&app)),
        Err(Denied::Refused(code)) => {
            let told = (StatusCode::CONFLICT, refused(&page, code));
            account((&app, &asked), &number, told).await
        }
    }
}
