//! The board and the wall: the marks of the stations, the figures beside them and the list of what
//! waits for a person say the same, and nobody's name or number stands on any of them.

use crate::large;
use crate::nation::Stage;
use crate::nation::sample;
use crate::site::Site;
use axum::http::StatusCode;
use sanduq_core::names::Locale;
use sanduq_core::names::Names;
use sanduq_web::condition::Condition;
use sanduq_web::source::Held;
use sanduq_web::view::View;
use serde_json::Value;
use std::collections::BTreeSet;

const STAGES: [Stage; 6] = [
    Stage::Dawn,
    Stage::Polling(9),
    Stage::Polling(14),
    Stage::Closing,
    Stage::Counting(64),
    Stage::Complete,
];

async fn json(site: &Site, path: &str) -> Value {
    serde_json::from_str(&site.get(path).await.body).unwrap()
}

#[tokio::test]
async fn the_marks_add_up_to_the_figures_beside_them() {
    for stage in STAGES {
        let site = Site::at(stage).await;
        let marks = site.get("/board/stations.bin").await.body.into_bytes();
        let board = json(&site, "/board.json").await;
        assert_eq!(Some(marks.len() as u64), board["stations"].as_u64());
        let page = site.get("/board?lang=en").await.body;
        for (at, condition) in Condition::ALL.into_iter().enumerate() {
            let own = marks.iter().filter(|mark| **mark == condition.byte());
            let figure = &board["conditions"][at];
            assert_eq!(figure[0], condition.code());
            assert_eq!(figure[1], own.clone().count(), "{stage:?} {condition:?}");
            let shape = format!("data-shape=\"{}\"", condition.shape());
            let shown = page
                .split(&shape)
                .last()
                .unwrap()
                .split("<b>")
                .nth(1)
                .unwrap();
            assert!(
                shown.starts_with(&format!("{}</b>", own.count())),
                "{stage:?}"
            );
        }
    }
}

#[tokio::test]
async fn every_mark_is_the_station_that_it_opens() {
    let site = Site::at(Stage::Polling(14)).await;
    let (snapshot, _) = sample(Stage::Polling(14));
    let view = View::new(snapshot).unwrap();
    let marks = site.get("/board/stations.bin").await.body.into_bytes();
    let mut seen = BTreeSet::new();
    for (at, mark) in marks.iter().enumerate() {
        let answer = site.get(&format!("/board/station/{at}")).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER);
        let code = answer.header("location").strip_prefix("/unit/").unwrap();
        let (ix, _) = view.unit(code).unwrap();
        assert_eq!(Condition::of(view.sums(ix)).byte(), *mark, "{code}");
        // Sixteen stations in each of four provinces, one province after the other.
        assert!(
            code.starts_with(&format!("{}-", at / 16 + 1)),
            "{at} {code}"
        );
        seen.insert(code.to_owned());
    }
    assert_eq!(seen.len(), 64);
    let silent: Vec<_> = marks.iter().filter(|mark| **mark == 3).collect();
    assert_eq!(
        silent.len(),
        2,
        "two stations of the sample fall silent at noon"
    );
}

#[tokio::test]
async fn marks_that_are_known_are_not_sent_again() {
    let site = Site::at(Stage::Counting(64)).await;
    let first = site.get("/board/stations.bin").await;
    let known = [("if-none-match", first.header("etag"))];
    let again = site.get_with("/board/stations.bin", &known).await;
    assert_eq!(again.status, StatusCode::NOT_MODIFIED);
    assert_eq!(again.header("cache-control"), "no-cache");
}

#[tokio::test]
async fn the_most_urgent_stands_first() {
    // (stage, unit) => the list
    for (stage, unit, list) in [
        (Stage::Dawn, "wahat", &[][..]),
        (Stage::Polling(9), "wahat", &["late 2-3-1-1"]),
        (Stage::Polling(9), "3", &[]),
        (
            Stage::Polling(14),
            "wahat",
            &["silent 1-4-1-1", "silent 3-1-2-2"],
        ),
        (Stage::Polling(14), "3", &["silent 3-1-2-2"]),
        (Stage::Polling(14), "3-1-2-2", &["silent 3-1-2-2"]),
    ] {
        let site = Site::at(stage).await;
        let object = json(&site, &format!("/board/needs/{unit}.json")).await;
        let needs = object["needs"].as_array().unwrap().iter();
        let text = |need: &Value| need.as_str().unwrap().to_owned();
        let shown = needs.map(|need| text(&need["reason"]) + " " + &text(&need["station"]));
        assert_eq!(shown.collect::<Vec<_>>(), list, "{stage:?} {unit}");
    }
    let site = Site::at(Stage::Counting(64)).await;
    let object = json(&site, "/board/needs/wahat.json").await;
    let needs = object["needs"].as_array().unwrap();
    let order = ["late", "silent", "differing", "quarantined", "returned"];
    let ranks = needs
        .iter()
        .map(|need| order.iter().position(|own| need["reason"] == *own));
    assert!(ranks.is_sorted(), "{needs:?}");
    let csv = site.get("/board/needs/wahat.csv").await.body;
    assert_eq!(csv.lines().count(), needs.len() + 1);
    let counted = object["counts"].as_array().unwrap().iter();
    let sum: u64 = counted.map(|pair| pair[1].as_u64().unwrap()).sum();
    assert_eq!(sum, needs.len() as u64);
}

/// What would name somebody: service numbers, names of candidates and lists.
fn identifiers() -> BTreeSet<String> {
    let (snapshot, entries) = sample(Stage::Complete);
    let all = |names: &Names| [&names.ar, &names.en].map(ToOwned::to_owned);
    let mut found = BTreeSet::new();
    for entry in &entries {
        found.insert(entry.actor.to_string());
    }
    for choice in snapshot
        .contests
        .iter()
        .flat_map(|entry| &entry.contest.choices)
    {
        found.extend(all(&choice.names));
        found.extend(choice.candidates.iter().flat_map(all));
    }
    found
}

/// The longest run of digits of any language.
fn longest_number(text: &str) -> usize {
    let runs = text.split(|c: char| !c.is_numeric());
    runs.map(|run| run.chars().count()).max().unwrap_or(0)
}

#[tokio::test]
async fn the_wall_names_nobody_and_asks_nobody() {
    let identifiers = identifiers();
    assert!(identifiers.len() > 20, "{identifiers:?}");
    for stage in STAGES {
        let site = Site::at(stage).await;
        let (snapshot, _) = sample(stage);
        for locale in Locale::ALL {
            let tag = locale.tag();
            let page = site.get(&format!("/wall?lang={tag}")).await;
            assert_eq!(page.status, StatusCode::OK);
            assert!(
                !page.body.contains("<a ") && !page.body.contains("<form"),
                "no mouse"
            );
            assert!(
                page.body.contains(&format!("datetime=\"{}\"", snapshot.at)),
                "its time"
            );
            let live = site.first_event(&format!("/wall/events?lang={tag}")).await;
            assert!(live.starts_with("event: board"), "{live}");
            let board = site.first_event(&format!("/board/events?lang={tag}")).await;
            for text in [page.body, live, board] {
                let text = text.replace(&snapshot.id(), "");
                let named = identifiers.iter().find(|own| text.contains(own.as_str()));
                assert_eq!(named, None, "{stage:?} {tag}");
                assert!(longest_number(&text) < 8, "{stage:?} {tag}: {text}");
            }
        }
    }
}

#[tokio::test]
async fn somebody_logged_in_sees_the_same_wall() {
    let site = Site::at(Stage::Counting(64)).await;
    let cookie = site.session(sanduq_operations::staff::Role::Clerk).await;
    let headers = [("cookie", cookie.as_str()), ("accept-language", "en")];
    let own = site.get_with("/wall?lang=en", &headers).await.body;
    assert_eq!(own, site.get("/wall?lang=en").await.body);
}

#[tokio::test]
async fn sixty_thousand_stations_weigh_no_more_than_any_page() {
    let (snapshot, entries) = large::sample(Stage::Polling(11));
    let held = Held::default();
    held.put(snapshot, entries);
    let site = Site::of(held).await;
    let object = json(&site, "/board/needs/wahat.json").await;
    let total = object["needs"].as_array().unwrap().len();
    assert!((400..1_000).contains(&total), "{total} wait");
    let last = format!("/board/needs/wahat?from={}", total - 1);
    for path in [
        "/board",
        "/wall",
        "/board/needs/wahat",
        "/board/needs/7",
        &last,
    ] {
        // The longest letters and the longest words.
        for locale in [Locale::Ar, Locale::Fr] {
            let answer = site.get(&format!("{path}?lang={}", locale.tag())).await;
            let weight = answer.body.len();
            assert!(
                weight <= 50 * 1024,
                "{path} {} weighs {weight}",
                locale.tag()
            );
        }
    }
    let rows = |body: &str| body.matches("class=\"need-what\"").count();
    assert_eq!(
        rows(&site.get("/board").await.body),
        12,
        "what one can act on in an hour"
    );
    assert_eq!(rows(&site.get("/board/needs/wahat").await.body), 40);
    assert_eq!(rows(&site.get(&last).await.body), 1);
    let marks = site.get("/board/stations.bin").await.body;
    assert_eq!(marks.len(), large::STATIONS);
    let tiles = site.get("/wall").await.body.matches("<canvas").count();
    assert_eq!(tiles, large::PROVINCES);
}
