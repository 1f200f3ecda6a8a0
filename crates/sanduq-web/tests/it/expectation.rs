//! What was to be expected of an hour: by the event before, under its own label, in every form; and
//! nothing where that event does not tell.

use crate::nation::Stage;
use crate::nation::sample;
use crate::site::Site;
use sanduq_core::count::Came;
use sanduq_core::count::Voted;
use sanduq_core::id::UnitCode;
use sanduq_core::names::Locale;
use sanduq_core::text::localised;
use sanduq_count::publication;
use sanduq_count::publication::PublicationRefusal;
use sanduq_count::publication::Snapshot;
use sanduq_web::language::language;
use sanduq_web::previous::Previous;
use sanduq_web::source::Held;
use serde_json::Value;
use std::collections::BTreeMap;

fn before(snapshot: &Snapshot) -> Previous {
    let mut files = BTreeMap::new();
    let written = publication::files::<PublicationRefusal>(snapshot, &mut |path, bytes| {
        files.insert(path.to_owned(), bytes);
        Ok(())
    });
    written.unwrap();
    Previous::read::<PublicationRefusal>(&mut |path| Ok(files[path].clone())).unwrap()
}

async fn site(now: Snapshot, previous: Option<Previous>) -> Site {
    let held = Held::default();
    held.put(now, Vec::new());
    Site::compared(held, previous).await
}

async fn json(site: &Site, path: &str) -> Value {
    serde_json::from_str(&site.get(path).await.body).unwrap()
}

/// The same nation at the same hour: as many were to be expected as have come, but for those who
/// were silent then and are not now.
#[tokio::test]
async fn the_hours_of_the_event_before_are_expected_in_every_form() {
    let (then, _) = sample(Stage::Complete);
    let (now, _) = sample(Stage::Polling(14));
    let site = site(now, Some(before(&then))).await;
    // At two stations nobody has told anything since noon.
    for (path, whole) in [("/index.json", false), ("/unit/2.json", true)] {
        let unit = json(&site, path).await;
        let hours = unit["hours"].as_array().unwrap();
        assert!(hours.len() > 4, "{path}");
        for hour in hours {
            let (came, expected) = (&hour["came"], &hour["expected"]);
            let is_late = hour["hour"].as_u64() > Some(12) && !whole;
            assert_eq!(came == expected, !is_late, "{path}: {hour}");
            assert!(came.as_u64() <= expected.as_u64(), "{path}: {hour}");
        }
    }
    let board = json(&site, "/board.json").await;
    let index = json(&site, "/index.json").await;
    for (nth, hour) in index["hours"].as_array().unwrap().iter().enumerate() {
        assert_eq!(board["expected"][nth], hour["expected"]);
    }
    let csv = site.get("/board.csv").await.body;
    let mut lines = csv.lines();
    assert_eq!(
        lines.next().unwrap(),
        "hour,came,voted,stations_reported,expected,snapshot"
    );
    for (line, expected) in lines.zip(board["expected"].as_array().unwrap()) {
        assert_eq!(line.split(',').nth(4).unwrap(), expected.to_string());
    }
    let last = board["expected"].as_array().unwrap().last().unwrap();
    for locale in Locale::ALL {
        let label = language(locale).say("figure-expected");
        for path in ["/", "/board", "/wall", "/unit/2"] {
            let body = site
                .get(&format!("{path}?lang={}", locale.tag()))
                .await
                .body;
            assert!(body.contains(&label), "{path} {}", locale.tag());
            assert!(body.contains("class=\"expected\""), "{path}");
        }
        let body = site.get(&format!("/?lang={}", locale.tag())).await.body;
        let shown = localised(last.as_u64().unwrap(), locale);
        let table = body.split("<table class=\"hours\">").nth(1).unwrap();
        let table = table.split("</table>").next().unwrap();
        assert!(table.contains(&format!("<td class=\"number expected\">{shown}</td>")));
        // Nobody counted them: the label of who came or voted does not stand over them.
        let heads: Vec<&str> = table.split("<th scope=\"col\"").skip(1).collect();
        let cells = table.split("<tr>").last().unwrap();
        let cells: Vec<&str> = cells.split("<td").skip(1).collect();
        for (head, cell) in heads.iter().skip(1).zip(cells) {
            assert_eq!(head.contains(&label), cell.contains("expected"), "{head}");
        }
    }
}

/// Without an event before, or where it does not tell its hours, there is no expectation, and the
/// page says so. A unit that was not there is expected what the nation is.
#[tokio::test]
async fn what_the_event_before_lacks_is_not_guessed() {
    let none = language(Locale::En).say("expected-none");
    let now = || sample(Stage::Polling(14)).0;
    let (mut open, _) = sample(Stage::Complete);
    // One station never told its hours: the nation's are not whole, and its province's are not.
    let silent = UnitCode::new("3-1-1-1").unwrap();
    open.days.retain(|(code, _)| *code != silent);
    for (previous, says) in [
        (None, [true; 3]),
        (Some(before(&open)), [true, true, false]),
        (Some(before(&sample(Stage::Complete).0)), [false; 3]),
    ] {
        let site = site(now(), previous).await;
        for (path, says) in ["/", "/unit/3", "/unit/2"].into_iter().zip(says) {
            let body = site.get(&format!("{path}?lang=en")).await.body;
            assert_eq!(body.contains(&none), says, "{path}");
            assert_eq!(body.contains("class=\"expected\""), !says, "{path}");
            let file = if path == "/" { "/index" } else { path };
            let hour = &json(&site, &format!("{file}.json")).await["hours"][0];
            assert_eq!(hour.get("expected").is_none(), says, "{path}");
        }
    }
}

#[tokio::test]
async fn far_fewer_than_expected_is_for_a_person() {
    let (then, _) = sample(Stage::Complete);
    let quiet = |threshold: Option<u8>, came: u64| {
        let (mut now, _) = sample(Stage::Polling(14));
        now.profile.far_below_percent = threshold;
        let few = UnitCode::new("2-2-1-1").unwrap();
        for (_, day) in now.days.iter_mut().filter(|(code, _)| *code == few) {
            for hour in &mut day.hours {
                (hour.1, hour.2) = (Came::new(came), Voted::new(came));
            }
        }
        now
    };
    for (threshold, came, previous, waits) in [
        (Some(50), 3, true, 1),
        (Some(50), 3, false, 0),
        (None, 3, true, 0),
        (Some(1), 90, true, 0),
    ] {
        let previous = previous.then(|| before(&then));
        let site = site(quiet(threshold, came), previous).await;
        let body = site.get("/board/needs/wahat.csv").await.body;
        let found = body.lines().filter(|line| line.contains("far_below"));
        assert_eq!(found.count(), waits, "{threshold:?} {came}: {body}");
        let other = site.get("/board/needs/3.csv").await.body;
        assert!(!other.contains("far_below"));
    }
}
