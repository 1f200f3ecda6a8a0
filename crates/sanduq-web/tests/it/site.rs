//! A server of the sample nation without a network: requests go straight into the router.

use crate::nation::Stage;
use crate::nation::sample;
use crate::nation::voters;
use crate::typing;
use axum::Router;
use axum::body::Body;
use axum::http::HeaderMap;
use axum::http::Request;
use axum::http::StatusCode;
use axum::http::header;
use futures_util::StreamExt;
use jiff::SignedDuration;
use jiff::Timestamp;
use sanduq_core::id::ActorId;
use sanduq_core::id::UnitCode;
use sanduq_core::names::Locale;
use sanduq_count::sheet::Sheet;
use sanduq_count::sheet::SheetState;
use sanduq_journal::hash::Hash;
use sanduq_journal::note::LogSigner;
use sanduq_operations::staff::Role;
use sanduq_web::app::App;
use sanduq_web::app::Live;
use sanduq_web::page::Reader;
use sanduq_web::password;
use sanduq_web::previous::Previous;
use sanduq_web::router::router;
use sanduq_web::signing::Forgetful;
use sanduq_web::signing::Signing;
use sanduq_web::source::Held;
use sanduq_web::source::Source;
use std::sync::Arc;
use std::sync::LazyLock;
use tower::ServiceExt;

/// The password of every account of the sample.
pub const PASSWORD: &str = "wahat-2027";

static HASH: LazyLock<String> = LazyLock::new(|| password::hash(PASSWORD));

/// An answer.
pub struct Answer {
    /// Its status.
    pub status: StatusCode,
    /// Its headers.
    pub headers: HeaderMap,
    /// Its body as text.
    pub body: String,
}

impl Answer {
    /// A header as text; empty when it is missing.
    pub fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().unwrap())
    }
}

/// A server.
pub struct Site {
    app: App,
    router: Router,
}

/// The service number of the role's account.
pub fn number(role: Role) -> ActorId {
    ActorId::new(&format!("N-{}", role.code())).unwrap()
}

/// The station of the head's account: one whose sheet waits for its first entry, if there is one.
async fn headed(source: &Source) -> Option<UnitCode> {
    let snapshot = source.snapshot().await.unwrap()?;
    let waits = |sheet: &&Sheet| sheet.state == SheetState::Received;
    let sheet = snapshot.sheets.iter().find(waits)?;
    Some(sheet.key.station.clone())
}

impl Site {
    /// The sample nation at a stage, with one account for each role.
    pub async fn at(stage: Stage) -> Self {
        let held = Held::default();
        let (snapshot, entries) = sample(stage);
        held.freeze(voters(&snapshot.geography));
        let past = typing::past(&snapshot, &entries);
        held.put(snapshot, entries);
        held.remember(past);
        Self::of(held).await
    }

    /// A server of what is held, with one account for each role.
    pub async fn of(held: Held) -> Self {
        Self::compared(held, None).await
    }

    /// The same beside the event before.
    pub async fn compared(held: Held, previous: Option<Previous>) -> Self {
        let source = Source::Held(held);
        let station = headed(&source).await;
        if let Source::Held(held) = &source {
            for role in Role::ALL {
                let reader = Reader {
                    id: number(role),
                    role,
                    unit: station.clone().filter(|_| role == Role::StationHead),
                    locale: Locale::Fr,
                };
                held.enrol(reader, HASH.clone());
            }
        }
        let signer = LogSigner::from_seed("sanduq/wahat-2027", &[7; 32]).unwrap();
        let signing = Signing::new(signer, Box::new(Forgetful::default()));
        let app = App::compared(source, false, previous).with_signing(Some(signing));
        app.refresh().await.unwrap();
        Self {
            router: router(app.clone()),
            app,
        }
    }

    /// One account more.
    pub fn enrol(&self, id: &ActorId, role: Role) {
        self.enrol_at(id, role, None);
    }

    /// One account more, limited to a unit.
    pub fn enrol_at(&self, id: &ActorId, role: Role, unit: Option<UnitCode>) {
        let Source::Held(held) = self.app.source() else {
            return;
        };
        let reader = Reader {
            id: id.clone(),
            role,
            unit,
            locale: Locale::Fr,
        };
        held.enrol(reader, HASH.clone());
    }

    /// The cookie of an open session of the role.
    pub async fn session(&self, role: Role) -> String {
        self.session_of(&number(role)).await
    }

    /// The cookie of an open session of this number.
    pub async fn session_of(&self, id: &ActorId) -> String {
        let token = Hash::of_bytes(id.as_str().as_bytes()).to_string();
        let hash = *Hash::of_bytes(token.as_bytes()).as_bytes();
        let now = Timestamp::now();
        let until = now + SignedDuration::from_hours(1);
        let known = self.source().account(id).await.unwrap().unwrap();
        let opened = self.source().open_session(hash, &known, now, until);
        assert!(opened.await.unwrap());
        format!("session={token}")
    }

    /// The server itself.
    pub fn router(&self) -> Router {
        self.router.clone()
    }

    /// What its handlers share.
    pub fn app(&self) -> &App {
        &self.app
    }

    /// Where it takes what it shows.
    pub fn source(&self) -> &Source {
        self.app.source()
    }

    /// What is served now.
    pub async fn live(&self) -> Arc<Live> {
        self.app.refresh().await.unwrap();
        self.app.live().unwrap()
    }

    /// Sends a request.
    pub async fn send(&self, request: Request<Body>) -> Answer {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        // A live connection has no end: only its head is read.
        let live = parts
            .headers
            .get(header::CONTENT_TYPE)
            .is_some_and(|kind| kind.as_bytes().starts_with(b"text/event-stream"));
        let bytes = if live {
            Vec::new()
        } else {
            axum::body::to_bytes(body, usize::MAX).await.unwrap().into()
        };
        Answer {
            status: parts.status,
            headers: parts.headers,
            // What is no text is read byte by byte.
            body: String::from_utf8(bytes).unwrap_or_else(|raw| {
                let bytes = raw.into_bytes();
                bytes.into_iter().map(char::from).collect()
            }),
        }
    }

    /// Asks for a page with these headers.
    pub async fn get_with(&self, path: &str, headers: &[(&str, &str)]) -> Answer {
        let mut request = Request::get(path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        self.send(request.body(Body::empty()).unwrap()).await
    }

    /// Asks for a page.
    pub async fn get(&self, path: &str) -> Answer {
        self.get_with(path, &[]).await
    }

    /// The first event of a live connection.
    pub async fn first_event(&self, path: &str) -> String {
        let request = Request::get(path).body(Body::empty()).unwrap();
        let response = self.router.clone().oneshot(request).await.unwrap();
        let mut stream = response.into_body().into_data_stream();
        let first = stream.next().await.unwrap().unwrap();
        String::from_utf8(first.to_vec()).unwrap()
    }

    /// Sends a form from a page of this site, with these headers besides.
    pub async fn post(&self, path: &str, form: &str, headers: &[(&str, &str)]) -> Answer {
        self.post_bytes(path, form.as_bytes(), headers).await
    }

    /// The same, of what need not be a text; a header that is named stands alone.
    pub async fn post_bytes(&self, path: &str, form: &[u8], headers: &[(&str, &str)]) -> Answer {
        let own = [
            ("content-type", "application/x-www-form-urlencoded"),
            ("sec-fetch-site", "same-origin"),
        ];
        let mut request = Request::post(path);
        let absent = own
            .iter()
            .filter(|(name, _)| headers.iter().all(|(named, _)| named != name));
        for (name, value) in absent.chain(headers) {
            request = request.header(*name, *value);
        }
        self.send(request.body(Body::from(form.to_vec())).unwrap())
            .await
    }
}

/// A member of staff who has logged in and reads English.
pub struct Staff<'s> {
    site: &'s Site,
    cookie: String,
}

impl<'s> Staff<'s> {
    /// Whoever has this number.
    pub async fn new(site: &'s Site, id: &ActorId) -> Self {
        let cookie = format!("{}; lang=en", site.session_of(id).await);
        Self { site, cookie }
    }

    /// Asks for a page.
    pub async fn get(&self, path: &str) -> Answer {
        self.site.get_with(path, &[("cookie", &self.cookie)]).await
    }

    /// Sends a form.
    pub async fn send(&self, path: &str, body: &str) -> Answer {
        self.site
            .post(path, body, &[("cookie", &self.cookie)])
            .await
    }
}

/// Every page of the sample in a language, as a reader reaches them by links from the first ones.
pub async fn crawl(site: &Site, locale: Locale, from: &[&str]) -> Vec<(String, Answer)> {
    let chosen = format!("lang={}", locale.tag());
    let mut waiting: Vec<String> = from.iter().map(|path| (*path).to_owned()).collect();
    let mut found: Vec<(String, Answer)> = Vec::new();
    while let Some(path) = waiting.pop() {
        if found.iter().any(|(known, _)| *known == path) {
            continue;
        }
        let answer = site.get_with(&path, &[("cookie", &chosen)]).await;
        if answer.header("content-type").starts_with("text/html") {
            waiting.extend(links(&answer.body));
        }
        found.push((path, answer));
    }
    found
}

/// The links of a page to this site, without their anchors and without the language switch.
pub fn links(body: &str) -> Vec<String> {
    let targets = body
        .split("href=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next());
    let own = targets.filter(|target| target.starts_with('/') && !target.contains("lang="));
    own.map(|target| target.split('#').next().unwrap_or("/").to_owned())
        .collect()
}
