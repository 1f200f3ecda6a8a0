//! Enrolling, suspending, readmitting, another first password, and the answers to what a second
//! person has to agree on: what is sent is put to the rules, and comes back with every no.

use super::Typed;
use super::account;
use super::again;
use super::waiting::digest;
use super::within;
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
use crate::source::Password;
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
use jiff::Timestamp;
use sanduq_core::act::Actor;
use sanduq_core::act::Organ;
use sanduq_core::id::ActorId;
use sanduq_core::id::UnitCode;
use sanduq_core::names::Locale;
use sanduq_core::refusal::Refusal;
use sanduq_operations::first_password::First;
use sanduq_operations::second_person;
use sanduq_operations::second_person::Matter;
use sanduq_operations::staff;
use sanduq_operations::staff::Role;
use sanduq_operations::staff::Scope;
use sanduq_operations::staff::StaffRefusal;
use sanduq_operations::staff::open_account;
use sanduq_store::StoreRefusal;
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

/// What the form of an account sends: `suspend`, `readmit` or `reset`; or `approve` or `refuse`
/// and the digest of the proposal that it answers.
#[derive(Deserialize)]
pub struct Switched {
    to: String,
    #[serde(default)]
    proposal: String,
}

/// A password, or half of one, that was just made; for whoever asked for it.
#[derive(Template)]
#[template(path = "staff/password.html")]
pub struct Shown<'a> {
    /// The page it stands on.
    pub page: &'a Page,
    /// What was done.
    pub title: String,
    /// What it is and what to do with it, as keys of sentences.
    pub said: (&'static str, &'static str),
    /// The password.
    pub password: &'a str,
    /// Until when it is good; none for a half that opens nothing yet.
    pub until: Option<Timestamp>,
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

/// A new first password, and what is kept of it.
async fn first(app: &App) -> Result<(String, Password), Failed> {
    let text = password::drawn();
    let hash = stretched(app, &text, password::hash).await?;
    // By the clock of the machine, as log-ins are.
    let first = First::given(Timestamp::now());
    Ok((text, Password { hash, first }))
}

/// Hashes a password as slowly as it is verified, and no more at a time.
async fn stretched(app: &App, password: &str, hash: fn(&str) -> String) -> Result<String, Failed> {
    let leave = app.verifying().acquire().await;
    let password = password.to_owned();
    let hashing = tokio::task::spawn_blocking(move || hash(&password));
    let hash = hashing.await.map_err(|e| Failed(e.to_string()))?;
    drop(leave);
    Ok(hash)
}

/// What comes of an act that gives a first password.
enum Given {
    /// The password, to be handed over.
    Password(String, Password),
    /// A second person has to agree first; this half is with whoever proposed.
    FirstHalf(String),
    /// The half of whoever approved.
    SecondHalf(String, First),
}

/// Proposes a matter of an account; the half of its first password for whoever does.
async fn proposed(app: &App, by: &Actor, what: (Matter, &Reader)) -> Result<Given, Denied> {
    let (matter, about) = what;
    let half = password::drawn_first_half();
    let hash = stretched(app, &half, password::first_half_hash).await;
    let kept = (about, hash.map_err(Denied::Failed)?);
    app.source().propose((by, app.now()), matter, kept).await?;
    Ok(Given::FirstHalf(half))
}

/// Enrols, or proposes it where a second person has to agree.
async fn open(app: &App, by: &Actor, new: &Reader) -> Result<Given, Denied> {
    let headed = match (&new.unit, new.role) {
        (Some(unit), Role::StationHead) => app.source().headed(by.organ, unit).await,
        _ => Ok(false),
    };
    let headed = headed.map_err(Denied::Failed)?;
    if second_person::needed(Matter::Enrol, new.role, headed) {
        return proposed(app, by, (Matter::Enrol, new)).await;
    }
    let (text, password) = first(app).await.map_err(Denied::Failed)?;
    let act = (by, app.now());
    app.source().enrol(act, new, password.clone()).await?;
    Ok(Given::Password(text, password))
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
    let by = actor(reader);
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
    within((&app, &asked), account.unit.as_ref())?;
    match open(&app, &by, &account).await {
        Err(Denied::Failed(why)) => Err(asked.failed(&app, &why)),
        Err(Denied::Refused(code)) => {
            let (status, typed) = no(code, StatusCode::CONFLICT);
            again((&app, &asked), status, &typed).await
        }
        Ok(given) => {
            let told = (StatusCode::CREATED, "staff-enrolled");
            handed((&app, &asked), told, (&account.id, given)).await
        }
    }
}

/// The list with the password that was given, or with what waits now.
async fn handed(
    (app, asked): (&App, &Asked),
    (status, title): (StatusCode, &'static str),
    (number, given): (&ActorId, Given),
) -> Result<Response, No> {
    let page = asked.bare_page(app.live().as_deref());
    let notices = match given {
        Given::Password(text, kept) => html(&Shown {
            page: &page,
            title: format!("{}: {number}", page.t(title)),
            said: ("staff-first", "staff-first-help"),
            password: &text,
            until: Some(kept.first.until),
        }),
        Given::FirstHalf(text) => html(&Shown {
            page: &page,
            title: page.about("second-proposed", number.as_str()),
            said: ("second-first-half", "second-proposed-next"),
            password: &text,
            until: None,
        }),
        Given::SecondHalf(text, first) => html(&Shown {
            page: &page,
            title: format!("{}: {number}", page.t(title)),
            said: ("second-second-half", "second-half-help"),
            password: &text,
            until: Some(first.until),
        }),
    };
    let typed = Typed {
        notices,
        ..Typed::default()
    };
    again((app, asked), status, &typed).await
}

/// Another first password, or the proposal of one where a second person has to agree.
async fn reset(app: &App, by: &Actor, id: &ActorId) -> Result<Given, Denied> {
    let about = app.source().member(by.organ, id).await;
    let about = about
        .map_err(Denied::Failed)?
        .ok_or(Denied::Refused(UNKNOWN))?;
    if second_person::needed(Matter::Reset, about.reader.role, false) {
        return proposed(app, by, (Matter::Reset, &about.reader)).await;
    }
    staff::reset(&by.id, id)?;
    let (text, password) = first(app).await.map_err(Denied::Failed)?;
    let act = (by, app.now());
    app.source().reset(act, id, password.clone()).await?;
    Ok(Given::Password(text, password))
}

/// The answer to a proposal, named by its digest: nobody answers what was not before them.
async fn answered(
    app: &App,
    by: &Actor,
    (id, sent): (&ActorId, &Switched),
) -> Result<Option<Given>, Denied> {
    let waiting = app.source().proposals(by.organ).await;
    let waiting = waiting.map_err(Denied::Failed)?;
    let mut own = waiting.iter().filter(|one| one.account.id == *id);
    let own = own.next().filter(|one| digest(one) == sent.proposal);
    let proposal = own.ok_or(Denied::Refused(StoreRefusal::Conflict.code()))?;
    let act = (by, app.now());
    if sent.to == "refuse" {
        app.source().refuse(act, proposal).await?;
        return Ok(None);
    }
    let half = password::drawn_second_half();
    let first = First::given(Timestamp::now());
    let password = Password {
        hash: password::second_half_digest(&half),
        first,
    };
    app.source().approve(act, proposal, password).await?;
    Ok(Some(Given::SecondHalf(half, first)))
}

/// Says no to whoever is limited to another unit than the account of a number, or than what is
/// proposed to be one.
async fn reached((app, asked): (&App, &Asked), by: &Actor, id: &ActorId) -> Result<(), No> {
    let failed = |failed: Failed| asked.failed(app, &failed);
    let member = app.source().member(by.organ, id).await.map_err(failed)?;
    let waiting = app.source().proposals(by.organ).await.map_err(failed)?;
    let proposed = waiting.iter().filter(|one| one.account.id == *id);
    let proposed = proposed.map(|one| one.account.unit.as_ref());
    let known = member.iter().map(|own| own.reader.unit.as_ref());
    for unit in known.chain(proposed) {
        within((app, asked), unit)?;
    }
    Ok(())
}

const UNKNOWN: &str = "store.unknown";

/// Suspends, readmits, gives another first password, or answers a proposal.
pub async fn switch(
    Shared(app): Shared<App>,
    Extension(asked): Extension<Asked>,
    Path(number): Path<String>,
    sent: Result<Form<Switched>, FormRejection>,
) -> Result<Response, No> {
    let sent = asked.form(&app, sent)?;
    let id = ActorId::new(&number).map_err(|_| asked.not_found(&app))?;
    let by = actor(desk::reader(&app, &asked)?);
    let page = asked.bare_page(app.live().as_deref());
    reached((&app, &asked), &by, &id).await?;
    let done = match sent.to.as_str() {
        "suspend" | "readmit" => {
            let to = sent.to == "readmit";
            let done = app.source().switch((&by, app.now()), &id, to).await;
            done.map(|()| None)
        }
        "reset" => reset(&app, &by, &id).await.map(Some),
        "approve" | "refuse" => answered(&app, &by, (&id, &sent)).await,
        _ => return Err(asked.no(&app, StatusCode::BAD_REQUEST, "web.bad_form")),
    };
    let answers = matches!(sent.to.as_str(), "approve" | "refuse");
    match done {
        Ok(Some(given)) => {
            let told = (StatusCode::OK, "staff-given");
            handed((&app, &asked), told, (&id, given)).await
        }
        Ok(None) if answers => Ok(Redirect::to("/desk/staff?done=refused").into_response()),
        Ok(None) => Ok(Redirect::to(&format!("/desk/staff/{id}?done=1")).into_response()),
        Err(Denied::Failed(why)) => Err(asked.failed(&app, &why)),
        Err(Denied::Refused(UNKNOWN)) => Err(asked.not_found(&app)),
        Err(Denied::Refused(code)) if answers => {
            let typed = Typed {
                notices: refused(&page, code),
                ..Typed::default()
            };
            again((&app, &asked), StatusCode::CONFLICT, &typed).await
        }
        Err(Denied::Refused(code)) => {
            let told = (StatusCode::CONFLICT, refused(&page, code));
            account((&app, &asked), &number, told).await
        }
    }
}
