//! What is made once for a snapshot is the same for everybody it is for, and for nobody else.

use crate::nation::Stage;
use crate::nation::sample;
use crate::site::Answer;
use crate::site::Site;
use axum::Router;
use axum::body::Body;
use axum::body::to_bytes;
use axum::http::Request;
use axum::http::StatusCode;
use axum::http::header;
use axum::middleware::from_fn_with_state;
use axum::response::IntoResponse;
use axum::routing::get;
use sanduq_operations::staff::Role;
use sanduq_web::app::App;
use sanduq_web::kept::keep;
use sanduq_web::router::ROUTES;
use sanduq_web::router::Roles;
use sanduq_web::router::keeps;
use sanduq_web::source::Held;
use sanduq_web::source::Source;
use std::sync::Arc;
use std::sync::atomic::AtomicU32;
use std::sync::atomic::Ordering;
use std::time::Duration;
use tower::ServiceExt;

#[test]
fn only_public_pages_are_kept_and_only_whole_paths() {
    for route in ROUTES.iter().filter(|route| route.kept) {
        assert_eq!(route.roles, Roles::Everybody, "{}", route.path);
    }
    for (path, kept) in [
        ("/", true),
        ("/unit/wahat", true),
        ("/unit/wahat.json", true),
        ("/sheet/president/0101", true),
        ("/sheet/president/0101/2", true),
        ("/assets/sanduq.css", true),
        ("/unit", false),
        ("/unit/a/b", false),
        ("/search", false),
        ("/journal", false),
        ("/login", false),
        ("/desk", false),
        ("/board/events", false),
    ] {
        assert_eq!(keeps(path), kept, "{path}");
    }
}

#[tokio::test]
async fn whoever_asks_the_same_gets_the_same_and_whoever_asks_otherwise_does_not() {
    let site = Site::at(Stage::Counting(40)).await;
    let first = site.get_with("/", &[("cookie", "lang=en")]).await;
    let again = site.get_with("/", &[("cookie", "lang=en")]).await;
    assert_eq!(first.body, again.body);
    assert_eq!(first.headers, again.headers);
    let other = site.get_with("/", &[("accept-language", "fa")]).await;
    assert!(other.body.contains("lang=\"fa\""));
    let packed = Request::get("/").header(header::ACCEPT_ENCODING, "gzip");
    let packed = site.router().oneshot(packed.body(Body::empty()).unwrap());
    let packed = packed.await.unwrap();
    assert_eq!(packed.headers()[header::CONTENT_ENCODING], "gzip");
    assert_eq!(site.get("/").await.header("content-encoding"), "");
    let tag = first.header("etag");
    let headers = [("cookie", "lang=en"), ("if-none-match", tag)];
    let known = site.get_with("/", &headers).await;
    assert_eq!(known.status, StatusCode::NOT_MODIFIED);
    assert_eq!((known.body.as_str(), known.header("etag")), ("", tag));
    assert!(!known.header("content-security-policy").is_empty());
}

#[tokio::test]
async fn who_has_logged_in_neither_leaves_nor_finds_a_kept_page() {
    let site = Site::at(Stage::Counting(40)).await;
    let session = site.session(Role::Clerk).await;
    let named = |answer: &Answer| answer.body.contains("N-clerk");
    assert!(named(&site.get_with("/", &[("cookie", &session)]).await));
    assert!(!named(&site.get("/").await));
    assert!(named(&site.get_with("/", &[("cookie", &session)]).await));
}

#[tokio::test]
async fn a_new_snapshot_begins_an_empty_shelf() {
    let held = Held::default();
    let (snapshot, entries) = sample(Stage::Closing);
    held.put(snapshot, entries);
    let site = Site::of(held).await;
    let before = site.get("/").await;
    let Source::Held(held) = site.source() else {
        unreachable!("the sample is held in memory")
    };
    let (snapshot, entries) = sample(Stage::Counting(40));
    held.put(snapshot, entries);
    site.live().await;
    assert_ne!(before.body, site.get("/").await.body);
}

/// A page that takes a while, and how often it was made.
async fn counted(status: StatusCode) -> (Router, Arc<AtomicU32>, App) {
    let held = Held::default();
    let (snapshot, entries) = sample(Stage::Closing);
    held.put(snapshot, entries);
    let app = App::new(Source::Held(held), false);
    app.refresh().await.unwrap();
    let made = Arc::new(AtomicU32::new(0));
    let counting = Arc::clone(&made);
    let page = move || async move {
        tokio::time::sleep(Duration::from_millis(50)).await;
        let nth = counting.fetch_add(1, Ordering::Relaxed);
        (status, format!("page {nth}")).into_response()
    };
    let router = Router::new().route("/", get(page));
    (
        router.layer(from_fn_with_state(app.clone(), keep)),
        made,
        app,
    )
}

async fn body(router: Router, path: &str) -> String {
    let request = Request::get(path).body(Body::empty()).unwrap();
    let response = router.oneshot(request).await.unwrap();
    let bytes = to_bytes(response.into_body(), usize::MAX).await.unwrap();
    String::from_utf8(bytes.into()).unwrap()
}

#[tokio::test]
async fn a_crowd_that_asks_at_once_waits_for_one() {
    let (router, made, _) = counted(StatusCode::OK).await;
    let crowd = (0..20).map(|_| body(router.clone(), "/"));
    let bodies = futures_util::future::join_all(crowd).await;
    assert_eq!(bodies, vec!["page 0"; 20]);
    assert_eq!(made.load(Ordering::Relaxed), 1);
}

#[tokio::test]
async fn whoever_goes_away_leaves_the_making_to_the_next() {
    let (router, _, _) = counted(StatusCode::OK).await;
    let gone = tokio::time::timeout(Duration::from_millis(5), body(router.clone(), "/"));
    assert!(gone.await.is_err());
    assert_eq!(body(router, "/").await, "page 0");
}

#[tokio::test]
async fn a_refusal_and_a_question_of_ones_own_are_not_kept() {
    let (router, made, app) = counted(StatusCode::NOT_FOUND).await;
    for nth in 0..3 {
        assert_eq!(body(router.clone(), "/").await, format!("page {nth}"));
        let live = app.live().unwrap();
        assert_eq!(live.shelf.places(), 0, "no place is held for a refusal");
    }
    let (router, _, _) = counted(StatusCode::OK).await;
    for nth in 0..3 {
        assert_eq!(
            body(router.clone(), "/?from=1").await,
            format!("page {nth}")
        );
    }
    assert_eq!(made.load(Ordering::Relaxed), 3);
}

/// Each spelling of a path would be a place of its own on the shelf.
#[tokio::test]
async fn a_path_that_is_spelt_otherwise_is_not_kept() {
    let site = Site::at(Stage::Complete).await;
    let plain = site.get("/unit/1-1.json").await.body;
    let before = site.live().await.shelf.places();
    for spelt in ["/unit/%31-1.json", "/unit/1%2D1.json", "/unit/1-1%2Ejson"] {
        assert_eq!(site.get(spelt).await.body, plain, "{spelt}");
    }
    assert_eq!(site.live().await.shelf.places(), before);
}
