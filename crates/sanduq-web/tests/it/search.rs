//! Search over HTTP: page, JSON and CSV say the same; the address says what was searched for; an
//! index is kept while names and codes are.

use crate::nation::Stage;
use crate::nation::sample;
use crate::site::Site;
use axum::http::StatusCode;
use sanduq_core::geography::Geography;
use sanduq_core::geography::Unit;
use sanduq_core::id::UnitCode;
use sanduq_core::names::Locale;
use sanduq_core::names::Names;
use sanduq_web::app::App;
use sanduq_web::source::Held;
use sanduq_web::source::Source;
use serde_json::Value;
use std::sync::Arc;
use std::time::Instant;

fn encoded(text: &str) -> String {
    sanduq_web::search::encoded(text)
}

#[tokio::test]
async fn page_json_and_csv_find_the_same() {
    let site = Site::at(Stage::Counting(64)).await;
    for (wanted, first, total) in [
        ("1-1-1-1", "/unit/1-1-1-1", 1),
        ("١-١-١-١", "/unit/1-1-1-1", 1),
        ("عين السدر", "/unit/3-3", 4),
        ("springs north", "/unit/1-2#c-assembly-1-2", 28),
        ("zaytuni", "/#c-president", 1),
    ] {
        let q = encoded(wanted);
        let json = site.get(&format!("/search.json?q={q}")).await;
        let json: Value = serde_json::from_str(&json.body).unwrap();
        assert_eq!(json["results"][0]["page"], first, "{wanted}");
        assert_eq!(json["total"], total, "{wanted}");
        let csv = site.get(&format!("/search.csv?q={q}")).await.body;
        let page = site.get(&format!("/search?q={q}&lang=en")).await.body;
        let results = json["results"].as_array().unwrap();
        assert_eq!(csv.lines().count(), results.len() + 1, "{wanted}");
        assert_eq!(page.matches("class=\"found-name\"").count(), results.len());
        for result in results {
            let href = result["page"].as_str().unwrap();
            assert!(csv.contains(href) && page.contains(&format!("href=\"{href}\"")));
            assert!(
                site.get(href.split('#').next().unwrap())
                    .await
                    .status
                    .is_success()
            );
        }
    }
}

#[tokio::test]
async fn at_most_fifty_are_shown_and_the_rest_is_counted() {
    let site = Site::at(Stage::Counting(64)).await;
    let page = site
        .get(&format!("/search?lang=ar&q={}", encoded("مكتب")))
        .await;
    assert_eq!(page.body.matches("class=\"found-name\"").count(), 50);
    let said = page.body.replace(['\u{2068}', '\u{2069}'], "");
    assert!(said.contains("٦٤ نتيجة") && said.contains("١٤ نتيجة أخرى"));
    assert!(page.body.len() < 50 * 1024, "{}", page.body.len());
}

#[tokio::test]
async fn every_page_has_the_field_and_every_language_keeps_the_words() {
    let site = Site::at(Stage::Counting(64)).await;
    for path in [
        "/",
        "/unit/1-1-1-1",
        "/contests",
        "/board",
        "/journal",
        "/login",
        "/nowhere",
    ] {
        let page = site.get(path).await.body;
        let field = "<form class=\"masthead-search\" role=\"search\"";
        assert_eq!(page.matches(field).count(), 1, "{path}");
    }
    let page = site
        .get(&format!("/search?q={}&lang=ar", encoded("\"بئر\" & <b>")))
        .await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(!page.body.contains("<b>"));
    assert!(
        !page.body.contains("class=\"masthead-search\""),
        "one field is enough"
    );
    for locale in Locale::ALL {
        let q = "%22%D8%A8%D8%A6%D8%B1%22%20%26%20%3Cb%3E";
        let link = format!("href=\"/search?q={q}&#38;lang={}\"", locale.tag());
        assert!(page.body.contains(&link), "{link}: {}", page.body);
    }
}

#[tokio::test]
async fn whatever_is_asked_is_answered() {
    let site = Site::at(Stage::Counting(64)).await;
    let long = "ا".repeat(5_000);
    for query in [
        "",
        "?q",
        "?q=",
        "?q=%FF%FE",
        "?q=%",
        "?q=a&q=b",
        "?x=1",
        "?q=%00",
        &format!("?q={}", encoded(&long)),
    ] {
        for path in ["/search", "/search.json", "/search.csv"] {
            let answer = site.get(&format!("{path}{query}")).await;
            assert_eq!(answer.status, StatusCode::OK, "{path}{query}");
        }
    }
}

#[tokio::test]
async fn an_index_is_made_again_only_when_a_name_has_changed() {
    let held = Held::default();
    let (snapshot, entries) = sample(Stage::Polling(9));
    held.put(snapshot, entries);
    let app = App::new(Source::Held(held), false);
    app.refresh().await.unwrap();
    let first = Arc::clone(&app.live().unwrap().index);
    let Source::Held(held) = app.source() else {
        unreachable!("memory was given")
    };
    let (snapshot, entries) = sample(Stage::Counting(64));
    held.put(snapshot, entries);
    assert!(app.refresh().await.unwrap());
    assert!(
        Arc::ptr_eq(&first, &app.live().unwrap().index),
        "only figures have changed"
    );
    let (mut snapshot, entries) = sample(Stage::Complete);
    snapshot.contests[0].contest.choices[0].names.ar.push('ا');
    held.put(snapshot, entries);
    assert!(app.refresh().await.unwrap());
    assert!(!Arc::ptr_eq(&first, &app.live().unwrap().index));
}

/// The sample with sixty thousand stations in it.
fn large() -> Held {
    let (mut snapshot, entries) = sample(Stage::Dawn);
    let levels = snapshot.geography.levels().to_vec();
    let mut units: Vec<Unit> = snapshot.geography.units().to_vec();
    let centre = units.iter().find(|unit| unit.level == 3).unwrap().clone();
    for at in 0..60_000 - 64 {
        let mut unit = centre.clone();
        unit.code = UnitCode::new(&format!("more-{at}")).unwrap();
        unit.parent = Some(centre.code.clone());
        unit.level = 4;
        unit.names = Names::new(&format!("مكتب النخيل {at}"), &format!("Station {at}"));
        units.push(unit);
    }
    snapshot.geography = Geography::new(levels, units).unwrap();
    assert_eq!(snapshot.geography.stations().count(), 60_000);
    let held = Held::default();
    held.put(snapshot, entries);
    held
}

#[tokio::test]
async fn every_page_of_results_among_sixty_thousand_stations_has_its_table() {
    let site = Site::of(large()).await;
    let wanted = [
        "مكتب",
        "مکتب النخيل ۱۲۳۴",
        "more-59",
        "7",
        "school north",
        "النخیل",
    ];
    let mut times = Vec::new();
    for nth in 0..60 {
        let path = format!("/search?q={}", encoded(wanted[nth % wanted.len()]));
        let begun = Instant::now();
        let answer = site.get(&path).await;
        times.push(begun.elapsed());
        assert!(answer.body.contains("class=\"found\""), "{path}");
    }
    times.sort();
    let (half, p95) = (times[times.len() / 2], times[times.len() * 95 / 100]);
    println!("60,000 stations, page of results: p50 {half:?}, p95 {p95:?}");
}
