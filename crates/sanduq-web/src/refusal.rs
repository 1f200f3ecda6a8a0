//! Saying no. Every refusal of the rules has a stable code and a sentence in four languages; the
//! same page shows it to whoever is refused and, at `/refusal/<code>`, to whoever looks a code up.

use crate::app::App;
use crate::asked::Asked;
use crate::component::html;
use crate::guard::forbid_keeping;
use crate::language::language;
use crate::openapi::Problem;
use crate::openapi::is_door;
use crate::page::Page;
use crate::reply::Format;
use askama::Template;
use axum::Extension;
use axum::extract::Path;
use axum::extract::State;
use axum::http::HeaderValue;
use axum::http::StatusCode;
use axum::http::header;
use axum::response::Html;
use axum::response::IntoResponse;
use axum::response::Response;
use sanduq_core::typed::TypedRefusal;
use sanduq_core::typed::name;

/// What a code says, in the reader's language; none when no refusal has it.
#[must_use]
pub fn sentence(page: &Page, code: &str) -> Option<String> {
    let (noun, reason) = code.split_once('.')?;
    let key = format!("refusal-{noun}-{reason}").replace('_', "-");
    language(page.locale).has(&key).then(|| page.t(key))
}

/// Why a typed text is not kept, with the sign and its place.
#[must_use]
pub fn text(page: &Page, refusal: TypedRefusal) -> String {
    match refusal {
        TypedRefusal::Empty => page.t("refusal-text-empty"),
        TypedRefusal::TooLong(most) => page.about("text-longest", &page.n(most as u64)),
        TypedRefusal::Sign(sign, place) => {
            let what = format!("{} · {}", name(sign), page.n(place as u64));
            page.about("text-sign-at", &what)
        }
    }
}

/// The code of a server that is busy with others.
pub const BUSY: &str = "web.busy";
/// The code of an id that no snapshot has.
pub const NO_SNAPSHOT: &str = "web.no_snapshot";
/// When to ask a busy server again, in seconds (RFC 9110 section 10.2.3).
const AGAIN: &str = "5";

/// A no: a page in the reader's language with a stable code.
pub struct No {
    /// The status.
    pub status: StatusCode,
    /// The code.
    pub code: &'static str,
    /// The page it stands on.
    pub page: Box<Page>,
}

#[derive(Template)]
#[template(path = "refusal/page.html")]
struct RefusalPage<'a> {
    page: &'a Page,
    code: &'a str,
    title: String,
    said: String,
}

/// A no in words: its code, what kind of no it is, what it says, what to do next.
#[derive(Template)]
#[template(path = "refusal/said.html")]
struct Said<'a> {
    heading: &'static str,
    code: &'a str,
    title: String,
    sentence: String,
    next: String,
}

/// What a page says when the answer is no; `kind` is that of its title, `next` of what to do.
pub(crate) fn said(
    page: &Page,
    code: &str,
    [kind, next]: [&str; 2],
    heading: &'static str,
) -> String {
    html(&Said {
        heading,
        code,
        title: page.t(format!("refusal-title-{kind}")),
        sentence: sentence(page, code).unwrap_or_default(),
        next: page.t(format!("refusal-next-{next}")),
    })
}

impl IntoResponse for No {
    fn into_response(self) -> Response {
        let busy = self.code == BUSY;
        let mut response = self.told();
        if busy {
            let again = HeaderValue::from_static(AGAIN);
            response.headers_mut().insert(header::RETRY_AFTER, again);
        }
        response
    }
}

impl No {
    fn told(self) -> Response {
        let page = &self.page;
        let address = page.links.address();
        let path = address.split('?').next().unwrap_or_default();
        if is_door(path) || matches!(Format::split(&address), (_, Format::Json)) {
            return self.problem();
        }
        let kind = match self.status {
            _ if self.code == BUSY => "busy",
            _ if self.code == NO_SNAPSHOT => "no-snapshot",
            StatusCode::NOT_FOUND => "not-found",
            status if status.is_server_error() => "failed",
            _ => "refused",
        };
        let body = html(&RefusalPage {
            page,
            code: self.code,
            title: page.t(format!("refusal-title-{kind}")),
            said: said(page, self.code, [kind, kind], "h1"),
        });
        let mut response = (self.status, Html(body)).into_response();
        forbid_keeping(&mut response);
        response
    }

    /// The same for a program that asked for JSON.
    fn problem(&self) -> Response {
        let problem = Problem {
            kind: format!("/refusal/{}", self.code),
            title: sentence(&self.page, self.code).unwrap_or_default(),
            status: self.status.as_u16(),
            code: self.code,
        };
        let body = serde_json::to_string(&problem).expect("texts and a number serialise");
        let kind = [(header::CONTENT_TYPE, "application/problem+json")];
        let mut response = (self.status, kind, body).into_response();
        forbid_keeping(&mut response);
        response
    }
}

/// What a code means.
pub async fn show(
    State(app): State<App>,
    Extension(asked): Extension<Asked>,
    Path(code): Path<String>,
) -> Result<Response, No> {
    let page = asked.bare_page(app.live().as_deref());
    sentence(&page, &code).ok_or_else(|| asked.not_found(&app))?;
    let body = html(&RefusalPage {
        page: &page,
        code: &code,
        title: page.t("refusal-title-refused"),
        said: said(&page, &code, ["refused", "explained"], "h1"),
    });
    Ok(Html(body).into_response())
}
