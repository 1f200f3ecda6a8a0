//! The practice ballot: a page on which anybody can try how a verifiable remote ballot is chosen,
//! encrypted, opened to check the device, cast, and looked at again with a second device. Always
//! true here: a choice in clear never reaches the server; nobody holds the key of these elections;
//! nothing is kept on disk; all that a voter's browser runs is one file, whose hash is in its
//! address and on the page.

mod kept;
mod sent;

pub use kept::GOOD_FOR;
pub use kept::Kept;
pub use kept::MOST;
pub use kept::PracticeBox;
pub use kept::State as BallotState;
pub use sent::Received;
pub use sent::Unfit;
pub use sent::received;

use crate::app::App;
use crate::asked::Asked;
use crate::component::html;
use crate::page::Page;
use crate::refusal::No;
use crate::reply::tagged;
use askama::Template;
use axum::Extension;
use axum::extract::Path;
use axum::extract::State;
use axum::extract::rejection::StringRejection;
use axum::http::StatusCode;
use axum::http::header;
use axum::response::Html;
use axum::response::IntoResponse;
use axum::response::Response;
use sanduq_core::names::Locale;
use sanduq_journal::hash::Hash;
use schemars::JsonSchema;
use serde::Serialize;
use std::sync::LazyLock;
use std::time::Instant;

/// The program that runs in a voter's browser, built from `client/`, byte for byte.
pub const SCRIPT: &str = include_str!("../assets/ballot.js");
/// Its SHA-256.
static SCRIPT_HASH: LazyLock<Hash> = LazyLock::new(|| Hash::of_bytes(SCRIPT.as_bytes()));
/// Its address has its hash in it: what a browser has once it need not ask for again.
const FOR_EVER: &str = "public, max-age=31536000, immutable";

/// The practice election of a language, byte for byte as it is hashed.
#[must_use]
pub const fn election(locale: Locale) -> &'static str {
    match locale {
        Locale::Ar => include_str!("../assets/practice/ar.json"),
        Locale::Fa => include_str!("../assets/practice/fa.json"),
        Locale::Fr => include_str!("../assets/practice/fr.json"),
        Locale::En => include_str!("../assets/practice/en.json"),
    }
}

/// The pictures of the candidates, in their order.
const PHOTOS: [&str; 10] = [
    include_str!("../assets/practice/1.svg"),
    include_str!("../assets/practice/2.svg"),
    include_str!("../assets/practice/3.svg"),
    include_str!("../assets/practice/4.svg"),
    include_str!("../assets/practice/5.svg"),
    include_str!("../assets/practice/6.svg"),
    include_str!("../assets/practice/7.svg"),
    include_str!("../assets/practice/8.svg"),
    include_str!("../assets/practice/9.svg"),
    include_str!("../assets/practice/10.svg"),
];

#[derive(Template)]
#[template(path = "ballot/page.html")]
struct BallotPage<'a> {
    page: &'a Page,
    /// Which of the two pages: `practice` or `check`.
    kind: &'static str,
    title: String,
    introduction: String,
    hash: String,
    integrity: String,
}

fn shown(
    app: &App,
    asked: &Asked,
    kind: &'static str,
    [title, introduction]: [&str; 2],
) -> Response {
    let page = asked.bare_page(app.live().as_deref());
    let text = html(&BallotPage {
        title: page.t(title),
        introduction: page.t(introduction),
        hash: SCRIPT_HASH.to_string(),
        integrity: SCRIPT_HASH.to_base64(),
        page: &page,
        kind,
    });
    ([(header::CACHE_CONTROL, "no-cache")], Html(text)).into_response()
}

/// The page to vote on.
pub async fn practice(State(app): State<App>, Extension(asked): Extension<Asked>) -> Response {
    let keys = ["ballot-practice-title", "ballot-practice-introduction"];
    shown(&app, &asked, "practice", keys)
}

/// The page of the second device. What it checks stands behind the `#`, which no browser sends.
pub async fn check(State(app): State<App>, Extension(asked): Extension<Asked>) -> Response {
    let keys = ["ballot-check-title", "ballot-check-introduction"];
    shown(&app, &asked, "check", keys)
}

/// The program of both pages.
pub async fn client(
    State(app): State<App>,
    Extension(asked): Extension<Asked>,
    Path(name): Path<String>,
) -> Result<Response, No> {
    if name != format!("{}.js", *SCRIPT_HASH) {
        return Err(asked.not_found(&app));
    }
    let kind = "text/javascript; charset=utf-8";
    let headers = [
        (header::CONTENT_TYPE, kind),
        (header::CACHE_CONTROL, FOR_EVER),
    ];
    Ok((headers, SCRIPT).into_response())
}

/// What is asked, in one language.
pub async fn questions(
    State(app): State<App>,
    Extension(asked): Extension<Asked>,
    Path(name): Path<String>,
) -> Result<Response, No> {
    let tag = name.strip_suffix(".json").unwrap_or_default();
    let locale = Locale::from_tag(tag).ok_or_else(|| asked.not_found(&app))?;
    let bytes = election(locale).as_bytes().to_vec();
    Ok(tagged(&asked.headers, "application/json", bytes))
}

/// A candidate's picture.
pub async fn photo(
    State(app): State<App>,
    Extension(asked): Extension<Asked>,
    Path(name): Path<String>,
) -> Result<Response, No> {
    // One address for each picture: neither +1 nor 01.
    let mut pictures = (1..).zip(PHOTOS);
    let found = pictures.find(|(number, _): &(u32, _)| name == format!("{number}.svg"));
    let (_, picture) = found.ok_or_else(|| asked.not_found(&app))?;
    let bytes = picture.as_bytes().to_vec();
    Ok(tagged(&asked.headers, "image/svg+xml", bytes))
}

/// What is done with a ballot that is sent.
#[derive(Clone, Copy)]
enum Act {
    /// It is the voter's last one.
    Cast,
    /// It was opened.
    Spoil,
}

impl Act {
    fn named(name: &str) -> Option<Act> {
        match name {
            "cast" => Some(Act::Cast),
            "spoil" => Some(Act::Spoil),
            _ => None,
        }
    }
}

/// Takes a ballot in: to be the voter's last one, or opened for a check and never to be cast.
pub async fn take(
    State(app): State<App>,
    Extension(asked): Extension<Asked>,
    Path(act): Path<String>,
    body: Result<String, StringRejection>,
) -> Result<Response, No> {
    let act = Act::named(&act).ok_or_else(|| asked.not_found(&app))?;
    let now = Instant::now();
    let ballots = app.practice();
    if ballots.pace(asked.address, now).is_err() {
        return Err(asked.no(&app, StatusCode::TOO_MANY_REQUESTS, "ballot.too_many"));
    }
    let unfit = |why: Unfit| asked.no(&app, StatusCode::UNPROCESSABLE_ENTITY, why.code());
    // What is too long, or no text (RFC 3629), is no ballot either.
    let unread = |why: StringRejection| asked.no(&app, why.status(), Unfit::Form.code());
    let ballot = received(&body.map_err(unread)?).map_err(unfit)?;
    let taken = match act {
        Act::Cast => ballots.cast(ballot, now),
        Act::Spoil => ballots.spoil(ballot, now),
    };
    taken.map_err(|state| asked.no(&app, StatusCode::CONFLICT, state.refusal()))?;
    Ok(StatusCode::CREATED.into_response())
}

/// What is told of a ballot.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "PracticeBallot")]
pub struct Told {
    /// `last`, `replaced`, `spoilt`, or `unknown`.
    state: &'static str,
    /// Its bytes, when it is here.
    #[serde(skip_serializing_if = "Option::is_none")]
    ballot: Option<String>,
}

/// A ballot by its tracking number, to whoever knows that; after half an hour nobody has it.
///
/// # Errors
/// What is asked for is no tracking number.
pub async fn ballot(
    State(app): State<App>,
    Extension(asked): Extension<Asked>,
    Path(tracker): Path<String>,
) -> Result<Response, No> {
    let tracker = Hash::from_hex(&tracker).map_err(|_| asked.not_found(&app))?;
    let found = app.practice().find(&tracker, Instant::now());
    let told = found.map_or(("unknown", None), |(state, text)| {
        (state.code(), Some(text))
    });
    let (state, ballot) = told;
    let headers = [(header::CACHE_CONTROL, "no-store")];
    Ok((headers, axum::Json(Told { state, ballot })).into_response())
}
