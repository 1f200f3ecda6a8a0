//! The practice ballot over HTTP: what is taken, what is refused and by which name, what is told of
//! it, and that a browser runs exactly the file whose hash stands on the page.

use crate::nation::Stage;
use crate::site::Answer;
use crate::site::Site;
use axum::http::StatusCode;
use sanduq_core::names::Locale;
use sanduq_journal::hash::Hash;
use sanduq_web::ballot::SCRIPT;
use serde_json::Value;

/// A ballot that the client made for the practice election in English.
const MADE: &str = include_str!("../../../../testdata/ballot/practice.json");

async fn send(site: &Site, act: &str, text: &str) -> Answer {
    let path = format!("/ballot/practice/{act}");
    site.post(&path, text, &[("cookie", "lang=en")]).await
}

async fn told(site: &Site, text: &str) -> Value {
    let tracker = Hash::of_bytes(text.as_bytes());
    let answer = site
        .get(&format!("/ballot/practice/ballots/{tracker}"))
        .await;
    assert_eq!(answer.status, StatusCode::OK);
    assert_eq!(answer.header("cache-control"), "no-store");
    serde_json::from_str(&answer.body).unwrap()
}

#[tokio::test]
async fn a_ballot_is_taken_once_and_told_to_whoever_has_its_number() {
    let site = Site::at(Stage::Counting(8)).await;
    assert_eq!(told(&site, MADE).await["state"], "unknown");
    for _ in 0..2 {
        assert_eq!(send(&site, "cast", MADE).await.status, StatusCode::CREATED);
        let told = told(&site, MADE).await;
        assert_eq!(told["state"], "last");
        assert_eq!(told["ballot"], MADE, "byte for byte");
    }
    let opened = send(&site, "spoil", MADE).await;
    assert_eq!(opened.status, StatusCode::CONFLICT);
    assert!(
        opened.body.contains("ballot.cast_before"),
        "{}",
        opened.body
    );
}

#[tokio::test]
async fn what_was_opened_is_not_cast_and_what_is_no_ballot_is_not_kept() {
    let site = Site::at(Stage::Counting(8)).await;
    let spoilt = send(&site, "spoil", MADE).await;
    assert_eq!(spoilt.status, StatusCode::CREATED);
    let cast = send(&site, "cast", MADE).await;
    assert_eq!(cast.status, StatusCode::CONFLICT);
    assert!(cast.body.contains("ballot.opened"), "{}", cast.body);
    assert_eq!(told(&site, MADE).await["state"], "spoilt");
    let bent = MADE.replacen("\"response\":\"1", "\"response\":\"2", 1);
    assert_ne!(bent, MADE);
    for (text, code) in [
        ("", "ballot.unfit"),
        ("{}", "ballot.unfit"),
        ("Apple", "ballot.unfit"),
        (&bent, "ballot.unproven"),
    ] {
        let refused = send(&site, "cast", text).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{text}");
        assert!(refused.body.contains(code), "{}", refused.body);
    }
    assert_eq!(
        send(&site, "count", MADE).await.status,
        StatusCode::NOT_FOUND
    );
}

#[tokio::test]
async fn what_is_too_long_is_refused_in_the_language_of_the_page() {
    let site = Site::at(Stage::Counting(8)).await;
    let long = "x".repeat(100_000);
    let mut said = std::collections::BTreeSet::new();
    for locale in Locale::ALL {
        let cookie = format!("lang={}", locale.tag());
        let path = "/ballot/practice/cast";
        let answer = site.post(path, &long, &[("cookie", &cookie)]).await;
        assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
        assert!(answer.body.contains("ballot.unfit"), "{}", answer.body);
        said.insert(answer.body);
    }
    assert_eq!(said.len(), Locale::ALL.len(), "each in its own words");
}

#[tokio::test]
async fn nobody_sends_ballots_without_end() {
    let site = Site::at(Stage::Counting(8)).await;
    let mut statuses = Vec::new();
    for _ in 0..22 {
        statuses.push(send(&site, "cast", MADE).await.status);
    }
    assert_eq!(statuses.first(), Some(&StatusCode::CREATED));
    assert_eq!(statuses.last(), Some(&StatusCode::TOO_MANY_REQUESTS));
}

#[tokio::test]
async fn a_page_names_the_hash_of_what_it_runs() {
    let site = Site::at(Stage::Counting(8)).await;
    let hash = Hash::of_bytes(SCRIPT.as_bytes());
    let address = format!("/ballot/client/{hash}.js");
    let script = site.get(&address).await;
    assert_eq!(script.body, SCRIPT);
    assert!(script.header("cache-control").contains("immutable"));
    assert!(SCRIPT.len() <= 80_000, "{} bytes", SCRIPT.len());
    for path in ["/ballot/practice", "/ballot/practice/check"] {
        for locale in Locale::ALL {
            let page = site.get(&format!("{path}?lang={}", locale.tag())).await;
            let integrity = format!("sha256-{}", hash.to_base64());
            for part in [&address, &integrity, &hash.to_string()] {
                assert!(page.body.contains(part.as_str()), "{path} lacks {part}");
            }
            assert!(!page.body.contains("//cdn") && !page.body.contains("style=\""));
        }
    }
    for path in [
        "/ballot/client/ballot.js",
        "/ballot/practice/election/de.json",
        "/ballot/practice/election/en",
        "/ballot/practice/photo/0.svg",
        "/ballot/practice/photo/11.svg",
        "/ballot/practice/photo/+1.svg",
        "/ballot/practice/photo/%2B1.svg",
        "/ballot/practice/photo/01.svg",
        "/ballot/practice/ballots/0",
    ] {
        assert_eq!(site.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
}
