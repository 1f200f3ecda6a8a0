//! What stands before every handler: who asks, whether a change comes from our own page, whether
//! the role may. And what stands behind: the headers that tell a browser what a page may not do.

use crate::app::App;
use crate::asked::Asked;
use crate::asked::locale;
use crate::login;
use crate::page::Reader;
use crate::refusal::No;
use crate::router::Door;
use crate::router::Roles;
use axum::extract::ConnectInfo;
use axum::extract::RawPathParams;
use axum::extract::Request;
use axum::extract::State;
use axum::extract::rejection::RawPathParamsRejection;
use axum::http::HeaderMap;
use axum::http::HeaderName;
use axum::http::HeaderValue;
use axum::http::Method;
use axum::http::StatusCode;
use axum::http::header;
use axum::middleware::Next;
use axum::response::IntoResponse;
use axum::response::Response;
use sanduq_core::names::Locale;
use sanduq_core::refusal::Refusal;
use sanduq_operations::staff::StaffRefusal;
use std::net::IpAddr;
use std::net::Ipv4Addr;
use std::net::SocketAddr;

/// The cookie of the chosen language.
pub const LANGUAGE: &str = "lang";

/// The value of a cookie.
#[must_use]
pub fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let all = headers.get_all(header::COOKIE).into_iter();
    let pairs = all
        .filter_map(|value| value.to_str().ok())
        .flat_map(|text| text.split(';'));
    let mut named = pairs.filter_map(|pair| pair.trim().split_once('='));
    named.find(|(key, _)| *key == name).map(|(_, value)| value)
}

/// Lets a request through to its handler when the roles of its route allow it.
pub async fn guard(
    State((app, roles, door)): State<(App, Roles, Door)>,
    codes: Result<RawPathParams, RawPathParamsRejection>,
    mut request: Request,
    next: Next,
) -> Response {
    let asked = match who(&app, plain(&app, &request)).await {
        Ok(asked) => asked,
        Err(no) => return no.into_response(),
    };
    if let Err(no) = allowed(&app, &asked, request.method(), (roles, door)) {
        return no.into_response();
    }
    // Bytes that are no text (RFC 3629) name nothing.
    if codes.is_err() {
        return asked.not_found(&app).into_response();
    }
    let private = roles != Roles::Everybody || asked.reader.is_some();
    let chosen = asked.query(LANGUAGE).and_then(Locale::from_tag);
    request.extensions_mut().insert(asked);
    let mut response = next.run(request).await;
    if private && is_page(&response) {
        forbid_keeping(&mut response);
    }
    if let Some(chosen) = chosen {
        response
            .headers_mut()
            .append(header::SET_COOKIE, language_cookie(chosen, app.secure()));
    }
    response
}

/// Whether an answer is a page: it names its reader, which no table and no file does.
fn is_page(response: &Response) -> bool {
    let kind = response.headers().get(header::CONTENT_TYPE);
    kind.is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"))
}

/// Nobody keeps this answer, neither the browser nor what stands between (RFC 9111 section
/// 5.2.2.5): whoever sits down at the same machine afterwards finds nothing.
pub fn forbid_keeping(response: &mut Response) {
    let never = HeaderValue::from_static("no-store");
    response.headers_mut().insert(header::CACHE_CONTROL, never);
}

/// No such page: the answer outside the table of routes.
pub async fn outside(State(app): State<App>, request: Request) -> Response {
    instead(app, request, StatusCode::NOT_FOUND, "web.not_found").await
}

/// There is such a page, but not for that method. The router adds which ones there are (`Allow`,
/// RFC 9110 section 15.5.6).
pub async fn wrong_method(State(app): State<App>, request: Request) -> Response {
    instead(
        app,
        request,
        StatusCode::METHOD_NOT_ALLOWED,
        "web.wrong_method",
    )
    .await
}

/// A no without a handler, in the reader's language.
async fn instead(app: App, request: Request, status: StatusCode, code: &'static str) -> Response {
    let asked = plain(&app, &request);
    // The body is not needed, and must not be held while the store is asked.
    drop(request);
    match who(&app, asked).await {
        Ok(asked) => asked.no(&app, status, code).into_response(),
        Err(no) => no.into_response(),
    }
}

/// What a request says by itself, before anybody is known.
fn plain(app: &App, request: &Request) -> Asked {
    let from = request.extensions().get::<ConnectInfo<SocketAddr>>();
    let from = from.map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |info| info.0.ip());
    Asked {
        locale: Locale::Ar,
        reader: None,
        first: false,
        path: request.uri().path().to_owned(),
        query: request.uri().query().unwrap_or_default().to_owned(),
        headers: request.headers().clone(),
        address: device(from, app.proxy(), request.headers()),
    }
}

/// The address of whoever asks: that of the connection, unless it is the proxy's that is believed;
/// then the address that this proxy has added last. What stands before it anybody may have written.
fn device(from: IpAddr, proxy: Option<IpAddr>, headers: &HeaderMap) -> IpAddr {
    if proxy.is_none_or(|proxy| proxy != from.to_canonical()) {
        return from;
    }
    let added = headers.get_all("x-forwarded-for").into_iter().next_back();
    let added = added.and_then(|value| value.to_str().ok()?.rsplit(',').next());
    added
        .and_then(|last| last.trim().parse().ok())
        .unwrap_or(from)
}

/// Finds out who asks, and in which language.
async fn who(app: &App, mut asked: Asked) -> Result<Asked, No> {
    let session = login::session(app, &asked.headers).await;
    let header = |name| {
        asked
            .headers
            .get(name)
            .and_then(|value| value.to_str().ok())
    };
    let of = |own| {
        let chosen = cookie(&asked.headers, LANGUAGE);
        locale(
            asked.query(LANGUAGE),
            chosen,
            own,
            header(header::ACCEPT_LANGUAGE),
        )
    };
    let own = session
        .as_ref()
        .ok()
        .and_then(|session| Some(session.as_ref()?.reader.locale));
    asked.locale = of(own);
    if let Some(session) = session.map_err(|failed| asked.failed(app, &failed))? {
        asked.reader = Some(session.reader);
        asked.first = session.first;
    }
    Ok(asked)
}

/// First whether the change comes from our own page, then whether whoever has logged in has a
/// password of their own, then whether anybody has, then whether the role may: a stranger learns
/// nothing about roles, and a newcomer finds one door.
fn allowed(
    app: &App,
    asked: &Asked,
    method: &Method,
    (roles, door): (Roles, Door),
) -> Result<(), No> {
    let changes = !matches!(*method, Method::GET | Method::HEAD);
    if changes && !from_here(&asked.headers) {
        return Err(asked.no(app, StatusCode::FORBIDDEN, "web.other_origin"));
    }
    if asked.first && door == Door::Desk {
        let own = StaffRefusal::OwnPasswordFirst.code();
        return Err(asked.no(app, StatusCode::FORBIDDEN, own));
    }
    match (&asked.reader, roles) {
        (_, Roles::Everybody) => Ok(()),
        (None, _) => Err(asked.no(app, StatusCode::UNAUTHORIZED, "web.not_logged_in")),
        (Some(Reader { role, .. }), roles) if roles.allow(*role) => Ok(()),
        (Some(_), _) => Err(asked.no(app, StatusCode::FORBIDDEN, "web.not_permitted")),
    }
}

/// Whether a browser says that the request comes from a page of this very site. What says nothing
/// is refused: every browser says one or the other with a form.
#[must_use]
pub fn from_here(headers: &HeaderMap) -> bool {
    let text = |name: HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    if let Some(site) = text(HeaderName::from_static("sec-fetch-site")) {
        return site == "same-origin";
    }
    let origin = text(header::ORIGIN).and_then(|origin| origin.split_once("://"));
    match (origin, text(header::HOST)) {
        (Some((_, origin)), Some(host)) => origin.eq_ignore_ascii_case(host),
        _ => false,
    }
}

fn language_cookie(locale: Locale, secure: bool) -> HeaderValue {
    let secure = if secure { "; Secure" } else { "" };
    let year = 365 * 24 * 3600;
    let tag = locale.tag();
    let text = format!("{LANGUAGE}={tag}; Path=/; Max-Age={year}; SameSite=Lax; HttpOnly{secure}");
    HeaderValue::from_str(&text).expect("a tag and a number are visible characters")
}

/// What a page of ours may load and who may frame it: itself, and nobody.
const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; \
    connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// The headers of every answer.
pub async fn headers(State(app): State<App>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    // What is no page of ours says itself that it may do still less.
    headers
        .entry(header::CONTENT_SECURITY_POLICY)
        .or_insert(HeaderValue::from_static(POLICY));
    for (name, value) in [
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "same-origin"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
        (
            "permissions-policy",
            "camera=(), geolocation=(), microphone=()",
        ),
    ] {
        headers.insert(
            HeaderName::from_static(name),
            HeaderValue::from_static(value),
        );
    }
    if app.secure() {
        // This host alone: the other hosts of the domain are not ours to bind.
        let year = HeaderValue::from_static("max-age=31536000");
        headers.insert(header::STRICT_TRANSPORT_SECURITY, year);
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_own_page_may_change_something() {
        for (site, origin, ours) in [
            (Some("same-origin"), None, true),
            (Some("same-site"), Some("http://here:8080"), false),
            (Some("cross-site"), Some("http://here:8080"), false),
            (Some("none"), None, false),
            (None, Some("http://here:8080"), true),
            (None, Some("http://here:8081"), false),
            (None, Some("http://there"), false),
            (None, Some("null"), false),
            (None, None, false),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(header::HOST, HeaderValue::from_static("here:8080"));
            if let Some(site) = site {
                headers.insert("sec-fetch-site", HeaderValue::from_static(site));
            }
            if let Some(origin) = origin {
                headers.insert(header::ORIGIN, HeaderValue::from_static(origin));
            }
            assert_eq!(from_here(&headers), ours, "{site:?} {origin:?}");
        }
    }

    #[test]
    fn only_the_named_proxy_is_believed_and_only_its_own_word() {
        let here = "10.0.0.1";
        for (from, proxy, said, device_) in [
            (here, None, &["192.0.2.7"][..], here),
            (here, Some("10.0.0.2"), &["192.0.2.7"], here),
            (here, Some(here), &["192.0.2.7"], "192.0.2.7"),
            ("::ffff:10.0.0.1", Some(here), &["192.0.2.7"], "192.0.2.7"),
            (here, Some(here), &["198.51.100.1, 192.0.2.7"], "192.0.2.7"),
            (
                here,
                Some(here),
                &["198.51.100.1", "2001:db8::1"],
                "2001:db8::1",
            ),
            (here, Some(here), &["192.0.2.7, unknown"], here),
            (here, Some(here), &[], here),
        ] {
            let mut headers = HeaderMap::new();
            for value in said {
                headers.append("x-forwarded-for", HeaderValue::from_static(value));
            }
            let address = |text: &str| text.parse::<IpAddr>().unwrap();
            let found = device(address(from), proxy.map(address), &headers);
            assert_eq!(found, address(device_), "{from} {proxy:?} {said:?}");
        }
    }

    #[test]
    fn a_cookie_is_found_among_others() {
        let mut headers = HeaderMap::new();
        headers.insert(header::COOKIE, HeaderValue::from_static("a=1; lang=fa"));
        headers.append(header::COOKIE, HeaderValue::from_static("session=xy"));
        assert_eq!(cookie(&headers, "lang"), Some("fa"));
        assert_eq!(cookie(&headers, "session"), Some("xy"));
        assert_eq!(cookie(&headers, "ang"), None);
    }
}
