//! Public answers that are made once for each snapshot: what a page shows depends on the snapshot,
//! the language and the address alone, so the second reader gets the bytes of the first, compressed
//! already. Always true here: nothing is kept for somebody who has logged in, nothing that sets a
//! cookie, and nothing longer than its snapshot.

use crate::app::App;
use crate::app::Live;
use crate::asked::locale;
use crate::guard::LANGUAGE;
use crate::guard::cookie;
use crate::login;
use crate::reply::among;
use crate::router;
use axum::body::Body;
use axum::body::Bytes;
use axum::body::to_bytes;
use axum::extract::Request;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::http::HeaderName;
use axum::http::HeaderValue;
use axum::http::Method;
use axum::http::StatusCode;
use axum::http::header;
use axum::middleware::Next;
use axum::response::Response;
use sanduq_core::names::Locale;
use std::collections::HashMap;
use std::sync::Arc;
use std::sync::PoisonError;
use std::sync::RwLock;
use std::sync::atomic::AtomicUsize;
use std::sync::atomic::Ordering;
use tokio::sync::OnceCell;

/// All that is kept of one snapshot, in bytes; what comes when the shelf is full is made each time.
const MOST: usize = 128 << 20;
/// The longest answer that is kept, in bytes: all sheets of a nation in one are made each time.
const LONGEST: usize = 8 << 20;

/// How an answer is compressed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Coding {
    Brotli,
    Gzip,
    Plain,
}

/// What makes an answer another one.
struct Question<'r> {
    path: &'r str,
    locale: Locale,
    coding: Coding,
}

/// An answer as it is sent.
struct Answer {
    headers: HeaderMap,
    body: Bytes,
}

/// Made by the first who asks, while the others wait; empty when it is not to be kept.
type Cell = Arc<OnceCell<Option<Answer>>>;

/// The answers of one path, by language and coding.
type Place = Vec<(Locale, Coding, Cell)>;

/// The answers of one snapshot.
#[derive(Default)]
pub struct Shelf {
    places: RwLock<HashMap<String, Place>>,
    bytes: AtomicUsize,
}

impl Shelf {
    /// How many paths have answers on it.
    #[must_use]
    pub fn places(&self) -> usize {
        let places = self.places.read().unwrap_or_else(PoisonError::into_inner);
        places.len()
    }

    fn find(&self, question: &Question<'_>) -> Option<Cell> {
        let places = self.places.read().unwrap_or_else(PoisonError::into_inner);
        let place = places.get(question.path)?;
        let found = place.iter().find(|own| question.is(own));
        found.map(|(_, _, cell)| Arc::clone(cell))
    }

    /// The place of an answer; none when the shelf is full.
    fn place(&self, question: &Question<'_>) -> Option<Cell> {
        if self.bytes.load(Ordering::Relaxed) > MOST {
            return None;
        }
        let mut places = self.places.write().unwrap_or_else(PoisonError::into_inner);
        let place = places.entry(question.path.to_owned()).or_default();
        if let Some((_, _, cell)) = place.iter().find(|own| question.is(own)) {
            return Some(Arc::clone(cell));
        }
        let cell = Cell::default();
        place.push((question.locale, question.coding, Arc::clone(&cell)));
        Some(cell)
    }

    /// Takes an answer that is not to be kept off its place.
    fn forget(&self, path: &str, cell: &Cell) {
        let mut places = self.places.write().unwrap_or_else(PoisonError::into_inner);
        if let Some(place) = places.get_mut(path) {
            place.retain(|(_, _, own)| !Arc::ptr_eq(own, cell));
            if place.is_empty() {
                places.remove(path);
            }
        }
    }
}

impl Question<'_> {
    fn is(&self, (locale, coding, _): &(Locale, Coding, Cell)) -> bool {
        (self.locale, self.coding) == (*locale, *coding)
    }
}

/// The kept answer to a request, when there is one: found before anything else is set in motion.
#[must_use]
pub fn find<B>(app: &App, request: &Request<B>) -> Option<Response> {
    let question = question(app, request)?;
    let cell = app.live()?.shelf.find(&question)?;
    let has = request.headers().get_all(header::IF_NONE_MATCH);
    Some(cell.get()?.as_ref()?.send(has.iter()))
}

/// Answers from the shelf of the snapshot that is served, or puts the answer there.
pub async fn keep(State(app): State<App>, request: Request, next: Next) -> Response {
    let Some((live, cell, coding)) = place(&app, &request) else {
        return next.run(request).await;
    };
    let path = request.uri().path().to_owned();
    let has = request.headers().get_all(header::IF_NONE_MATCH);
    let has: Vec<HeaderValue> = has.iter().cloned().collect();
    let (mut waiting, mut passed_on) = (Some((request, next)), None);
    let making = async {
        let (request, next) = waiting.take()?;
        match made(next.run(whole(request, coding)).await).await {
            Ok(answer) => {
                live.shelf.bytes.fetch_add(answer.size(), Ordering::Relaxed);
                Some(answer)
            }
            Err(response) => {
                passed_on = Some(response);
                None
            }
        }
    };
    if let Some(answer) = cell.get_or_init(|| making).await {
        return answer.send(has.iter());
    }
    live.shelf.forget(&path, &cell);
    match (passed_on, waiting) {
        (Some(response), _) => response,
        (None, Some((request, next))) => next.run(request).await,
        (None, None) => status(StatusCode::INTERNAL_SERVER_ERROR),
    }
}

/// Where the answer to a request is kept, or is to be; none when it is not.
fn place(app: &App, request: &Request) -> Option<(Arc<Live>, Cell, Coding)> {
    let question = question(app, request)?;
    let live = app.live()?;
    let cell = live.shelf.find(&question).or_else(|| {
        let keeps = router::keeps(question.path);
        keeps.then(|| live.shelf.place(&question)).flatten()
    })?;
    let coding = question.coding;
    Some((live, cell, coding))
}

/// The same request for an answer that is good for whoever comes next too.
fn whole(mut request: Request, coding: Coding) -> Request {
    let headers = request.headers_mut();
    headers.remove(header::IF_NONE_MATCH);
    headers.insert(
        header::ACCEPT_ENCODING,
        HeaderValue::from_static(match coding {
            Coding::Brotli => "br",
            Coding::Gzip => "gzip",
            Coding::Plain => "identity",
        }),
    );
    request
}

/// What is asked; none when the answer may depend on anything but snapshot, language and address.
fn question<'r, B>(app: &App, request: &'r Request<B>) -> Option<Question<'r>> {
    let headers = request.headers();
    let uri = request.uri();
    // A code can be spelt in many ways with `%`: each would be a place of its own.
    let plain = uri.query().is_none() && !uri.path().contains('%');
    let plain = plain && request.method() == Method::GET;
    if !plain || headers.contains_key(header::RANGE) || login::has_session(app, headers) {
        return None;
    }
    let text = |name: HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    Some(Question {
        path: request.uri().path(),
        locale: locale(
            None,
            cookie(headers, LANGUAGE),
            None,
            text(header::ACCEPT_LANGUAGE),
        ),
        coding: coding(text(header::ACCEPT_ENCODING).unwrap_or_default())?,
    })
}

/// How an answer for this `Accept-Encoding` is compressed; none where it takes weighing.
fn coding(accepted: &str) -> Option<Coding> {
    if accepted.contains([';', '*']) {
        return None;
    }
    let takes = |name: &str| accepted.split(',').any(|one| one.trim() == name);
    Some(match (takes("br"), takes("gzip")) {
        (true, _) => Coding::Brotli,
        (_, true) => Coding::Gzip,
        _ => Coding::Plain,
    })
}

/// An answer to keep, or one that is only passed on.
async fn made(response: Response) -> Result<Answer, Response> {
    let own = response.headers();
    let kept = response.status() == StatusCode::OK && !own.contains_key(header::SET_COOKIE);
    if !kept {
        return Err(response);
    }
    let (parts, body) = response.into_parts();
    match to_bytes(body, usize::MAX).await {
        Ok(body) if body.len() > LONGEST => Err(Response::from_parts(parts, Body::from(body))),
        Ok(body) => Ok(Answer {
            headers: parts.headers,
            body,
        }),
        Err(_) => Err(status(StatusCode::INTERNAL_SERVER_ERROR)),
    }
}

fn status(status: StatusCode) -> Response {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = status;
    response
}

impl Answer {
    /// What it takes in memory, near enough: a header is some dozens of bytes.
    fn size(&self) -> usize {
        self.body.len() + 64 * self.headers.len()
    }

    /// For somebody who `has` the answers of these tags already.
    fn send<'h>(&self, has: impl Iterator<Item = &'h HeaderValue>) -> Response {
        let tag = self.headers.get(header::ETAG);
        let tag = tag.and_then(|tag| tag.to_str().ok());
        let mut response = match tag {
            Some(tag) if among(has, tag) => status(StatusCode::NOT_MODIFIED),
            _ => Response::new(Body::from(self.body.clone())),
        };
        *response.headers_mut() = self.headers.clone();
        response
    }
}
