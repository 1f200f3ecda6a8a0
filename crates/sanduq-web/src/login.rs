//! Logging in and out. A service number and a password open a session of half a day; the browser
//! holds a random token of 256 bits, the store only its hash. Always true here: an unknown number,
//! a wrong password and a closed account get the same answer after the same work, and neither
//! numbers nor passwords reach a log or an address. A text that can be nobody's number gets that
//! answer at once and is not remembered. A log-in ends the session that the browser brought,
//! whoever it belonged to: nobody goes on in a session that another has chosen or left. Nothing
//! here is kept by a browser.

use crate::app::App;
use crate::asked::Asked;
use crate::component;
use crate::component::Kind;
use crate::component::html;
use crate::guard::cookie;
use crate::guard::forbid_keeping;
use crate::page::Page;
use crate::password;
use crate::refusal::No;
use crate::source::Failed;
use crate::source::Known;
use crate::source::Session;
use askama::Template;
use axum::Extension;
use axum::Form;
use axum::extract::State;
use axum::extract::rejection::FormRejection;
use axum::http::HeaderMap;
use axum::http::HeaderName;
use axum::http::HeaderValue;
use axum::http::StatusCode;
use axum::http::header;
use axum::response::Html;
use axum::response::IntoResponse;
use axum::response::Redirect;
use axum::response::Response;
use jiff::SignedDuration;
use jiff::Timestamp;
use sanduq_core::id::ActorId;
use sanduq_journal::hash::Hash;
use serde::Deserialize;

/// How long a session lasts: a shift, not a campaign.
const SESSION: SignedDuration = SignedDuration::from_hours(12);
/// How long one lasts that a first password opened: long enough to think of one's own.
const FIRST_SESSION: SignedDuration = SignedDuration::from_hours(1);

/// What the form sends.
#[derive(Deserialize)]
pub struct Credentials {
    number: String,
    password: String,
}

#[derive(Template)]
#[template(path = "login/page.html")]
struct LoginPage<'a> {
    page: &'a Page,
    notice: String,
}

/// The name of the session cookie; the prefix binds it to this host and to TLS.
pub(crate) const fn cookie_name(secure: bool) -> &'static str {
    if secure { "__Host-session" } else { "session" }
}

fn session_cookie(token: &str, secure: bool, seconds: i64) -> HeaderValue {
    let name = cookie_name(secure);
    let secure = if secure { "; Secure" } else { "" };
    let text =
        format!("{name}={token}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Strict{secure}");
    HeaderValue::from_str(&text).expect("a token is hexadecimal")
}

/// What the store keeps of the session that a request carries.
#[must_use]
pub fn token_hash(app: &App, headers: &HeaderMap) -> Option<[u8; 32]> {
    let token = cookie(headers, cookie_name(app.secure()))?;
    (token.len() == 64).then(|| *Hash::of_bytes(token.as_bytes()).as_bytes())
}

/// Whether a request carries a session, be it one that has ended.
#[must_use]
pub fn has_session(app: &App, headers: &HeaderMap) -> bool {
    cookie(headers, cookie_name(app.secure())).is_some()
}

/// Who has logged in, by the cookie of the session.
///
/// # Errors
/// The store did not answer.
pub async fn session(app: &App, headers: &HeaderMap) -> Result<Option<Session>, Failed> {
    match token_hash(app, headers) {
        Some(hash) => app.source().session(&hash, Timestamp::now()).await,
        None => Ok(None),
    }
}

/// Why somebody is not let in.
pub(crate) fn told(page: &Page, key: &str) -> String {
    let next = match key {
        "login-first-spent" => "login-first-spent-next",
        _ => "login-again",
    };
    component::notice(Kind::Refused, page.t(key), vec![page.t(next)])
}

/// How long somebody waits before a password of theirs is looked at again, in minutes begun.
pub(crate) fn told_to_wait(page: &Page, minutes: u64) -> String {
    let next = page.count("login-wait", minutes);
    component::notice(Kind::Refused, page.t("login-too-many"), vec![next])
}

/// A duration in minutes begun.
fn minutes(waits: SignedDuration) -> u64 {
    u64::try_from(waits.as_secs()).map_or(1, |seconds| seconds.div_ceil(60).max(1))
}

/// The form.
pub async fn form(State(app): State<App>, Extension(asked): Extension<Asked>) -> Response {
    page(&app, &asked, StatusCode::OK, None)
}

/// What is said above the form, on its page.
type Notice<'a> = &'a dyn Fn(&Page) -> String;

fn page(app: &App, asked: &Asked, status: StatusCode, notice: Option<Notice<'_>>) -> Response {
    let page = asked.bare_page(app.live().as_deref());
    let notice = notice.map(|notice| notice(&page));
    let body = html(&LoginPage {
        page: &page,
        notice: notice.unwrap_or_default(),
    });
    let mut response = (status, Html(body)).into_response();
    forbid_keeping(&mut response);
    response
}

/// The form was sent.
pub async fn enter(
    State(app): State<App>,
    Extension(asked): Extension<Asked>,
    sent: Result<Form<Credentials>, FormRejection>,
) -> Result<Response, No> {
    let sent = asked.form(&app, sent)?;
    let again = |key: &'static str| {
        let notice = |page: &Page| told(page, key);
        Ok(page(&app, &asked, StatusCode::UNAUTHORIZED, Some(&notice)))
    };
    let Ok(number) = ActorId::new(sent.number.trim()) else {
        return again("login-wrong");
    };
    let now = Timestamp::now();
    if let Err(waits) = app.attempts().begin(&number, asked.address, now) {
        return Ok(too_many(&app, &asked, waits));
    }
    let fail = |failed: Failed| asked.failed(&app, &failed);
    let Some(known) = right(&app, &number, sent.password).await.map_err(fail)? else {
        return again("login-wrong");
    };
    app.attempts().succeeded(&number, asked.address);
    // Only whoever has the password is told that it was one for a single log-in.
    let Some(cookie) = open(&app, &known, now).await.map_err(fail)? else {
        return again("login-first-spent");
    };
    // Before the new token leaves: where this fails, nobody holds it.
    close(&app, &asked, now).await?;
    let to = if known.first.is_some() {
        "/password"
    } else {
        "/desk"
    };
    let mut response = Redirect::to(to).into_response();
    response.headers_mut().append(header::SET_COOKIE, cookie);
    forbid_keeping(&mut response);
    Ok(response)
}

/// No password of this number is looked at for a while.
fn too_many(app: &App, asked: &Asked, waits: SignedDuration) -> Response {
    let notice = |page: &Page| told_to_wait(page, minutes(waits));
    let status = StatusCode::TOO_MANY_REQUESTS;
    let mut response = page(app, asked, status, Some(&notice));
    let seconds = HeaderValue::from(60 * minutes(waits));
    response.headers_mut().insert(header::RETRY_AFTER, seconds);
    response
}

/// The account of a number, when the password is theirs.
async fn right(app: &App, number: &ActorId, password: String) -> Result<Option<Known>, Failed> {
    let known = app.source().account(number).await?;
    let hash = known.as_ref().map(|known| known.hash.clone());
    let leave = app.verifying().acquire().await;
    let verifying =
        tokio::task::spawn_blocking(move || password::verify(&password, hash.as_deref()));
    let same = verifying.await.map_err(|e| Failed(e.to_string()))?;
    drop(leave);
    Ok(known.filter(|_| same))
}

/// Opens a session under a new token: its cookie, or none when the account lets nobody in.
///
/// # Errors
/// The store did not answer.
pub async fn open(app: &App, known: &Known, now: Timestamp) -> Result<Option<HeaderValue>, Failed> {
    let mut secret = [0; 32];
    getrandom::fill(&mut secret).map_err(|e| Failed(e.to_string()))?;
    let token = Hash::of_bytes(&secret).to_string();
    let hash = *Hash::of_bytes(token.as_bytes()).as_bytes();
    let lasts = match known.first {
        Some(_) => FIRST_SESSION,
        None => SESSION,
    };
    let opened = app.source().open_session(hash, known, now, now + lasts);
    let cookie = || session_cookie(&token, app.secure(), lasts.as_secs());
    Ok(opened.await?.then(cookie))
}

/// Ends the session that a request carries, if it carries one.
async fn close(app: &App, asked: &Asked, now: Timestamp) -> Result<(), No> {
    let Some(hash) = token_hash(app, &asked.headers) else {
        return Ok(());
    };
    let closed = app.source().close_session(&hash, now).await;
    closed.map_err(|failed| asked.failed(app, &failed))
}

/// Out.
pub async fn leave(
    State(app): State<App>,
    Extension(asked): Extension<Asked>,
) -> Result<Response, No> {
    close(&app, &asked, Timestamp::now()).await?;
    let mut response = Redirect::to("/").into_response();
    let gone = session_cookie("", app.secure(), 0);
    response.headers_mut().append(header::SET_COOKIE, gone);
    // What a form kept on the device goes too.
    let storage = HeaderValue::from_static("\"storage\"");
    let clear = HeaderName::from_static("clear-site-data");
    response.headers_mut().insert(clear, storage);
    forbid_keeping(&mut response);
    Ok(response)
}
