//! Results beside those of the event before: the difference of what both say, a dash for what was
//! not there, and nothing while one of them is not whole.

use crate::nation::Stage;
use crate::nation::sample;
use crate::site::Site;
use sanduq_core::geography::Geography;
use sanduq_core::id::ChoiceCode;
use sanduq_core::id::UnitCode;
use sanduq_count::publication;
use sanduq_count::publication::PublicationRefusal;
use sanduq_count::publication::Snapshot;
use sanduq_count::sheet::SheetState;
use sanduq_web::previous::Previous;
use sanduq_web::source::Held;
use sanduq_web::view::View;
use serde_json::Value;
use std::collections::BTreeMap;

type Files = BTreeMap<String, Vec<u8>>;

fn published(snapshot: &Snapshot) -> Files {
    let mut files = BTreeMap::new();
    let written = publication::files::<PublicationRefusal>(snapshot, &mut |path, bytes| {
        files.insert(path.to_owned(), bytes);
        Ok(())
    });
    written.unwrap();
    files
}

fn read(files: &Files) -> Result<Previous, PublicationRefusal> {
    Previous::read(&mut |path| Ok(files[path].clone()))
}

fn held(snapshot: Snapshot) -> Held {
    let held = Held::default();
    held.put(snapshot, Vec::new());
    held
}

/// The event before: the same nation, where a choice had another code and a province did not exist.
fn before(stage: Stage) -> Snapshot {
    let (mut snapshot, _) = sample(stage);
    snapshot.names.en = "Elections of 2022".to_owned();
    let president = snapshot
        .contests
        .iter_mut()
        .find(|entry| entry.contest.unit.as_str() == "wahat");
    president.unwrap().contest.choices[3].code = ChoiceCode::new("somebody").unwrap();
    snapshot
}

async fn page(site: &Site, path: &str) -> String {
    let body = site.get(path).await.body;
    body.replace(['\u{2068}', '\u{2069}'], "")
}

/// The table of the president's votes on a page.
fn president(body: &str) -> &str {
    let part = body.split("id=\"c-president\"").nth(1).unwrap();
    part.split("</table>").next().unwrap()
}

#[tokio::test]
async fn a_share_stands_beside_the_one_of_the_same_code() {
    let previous = read(&published(&before(Stage::Complete))).unwrap();
    let (mut now, _) = sample(Stage::Complete);
    // One vote less for each of two choices on every sheet: their shares fall, the others' stay.
    let code = now
        .contests
        .iter()
        .find(|e| e.contest.unit.as_str() == "wahat")
        .unwrap()
        .contest
        .code
        .clone();
    for sheet in now
        .sheets
        .iter_mut()
        .filter(|sheet| sheet.key.contest == code)
    {
        if let SheetState::Accepted { figures, .. } = &mut sheet.state {
            figures.choices[0] =
                figures.choices[0].map(|votes| sanduq_core::count::Votes::new(votes.get() - 10));
        }
    }
    let view = View::new(now.clone()).unwrap();
    let site = Site::compared(held(now), Some(previous)).await;
    let body = page(&site, "/?lang=en").await;
    assert!(body.contains("points of the share of valid votes since Elections of 2022"));
    let table = president(&body);
    let cells: Vec<&str> = table
        .split("<bdi>")
        .filter_map(|part| part.split("</bdi>").next())
        .collect();
    let after = |name: &str| cells[cells.iter().position(|cell| *cell == name).unwrap() + 1];
    assert!(
        after("Maryam Al-Nakhli").starts_with('\u{2212}'),
        "{}",
        after("Maryam Al-Nakhli")
    );
    assert_eq!(after("Khaled Al-Ramli"), "±0.00");
    assert_eq!(
        after("Youssef Al-Haddad"),
        "–",
        "another code is another choice"
    );
    assert!(body.contains("voted of registered · ±0.0 points since Elections of 2022"));
    let json: Value = serde_json::from_str(&site.get("/index.json").await.body).unwrap();
    let votes = &json["contests"][0]["votes"];
    let entry = view.contests_of(view.nation()).next().unwrap();
    let total = view.totals(&entry.contest, view.nation()).unwrap();
    assert_eq!(votes[0]["votes"], total.choices[0].get());
    assert!(votes[0]["previous"]["part"].as_u64() > Some(total.choices[0].get()));
    assert!(votes[3].get("previous").is_none());
    assert_eq!(json["previous_turnout"]["part"], json["unit"]["voted"]);
}

#[tokio::test]
async fn what_is_not_whole_is_not_compared() {
    for (then, now) in [
        (Stage::Complete, Stage::Counting(64)),
        (Stage::Complete, Stage::Closing),
    ] {
        let previous = read(&published(&before(then))).unwrap();
        let site = Site::compared(held(sample(now).0), Some(previous)).await;
        let body = page(&site, "/?lang=en").await;
        assert!(!body.contains("since Elections of 2022") || now == Stage::Counting(64));
        assert!(!body.contains("points of the share"), "{now:?}");
    }
    for then in [Stage::Counting(64), Stage::Closing] {
        let previous = read(&published(&before(then))).unwrap();
        let site = Site::compared(held(sample(Stage::Complete).0), Some(previous)).await;
        let body = page(&site, "/?lang=en").await;
        let part = president(&body);
        assert_eq!(part.matches("<bdi>–</bdi>").count(), 4, "{then:?}");
    }
}

#[tokio::test]
async fn a_unit_that_was_not_there_has_a_dash() {
    let previous = read(&published(&before(Stage::Complete))).unwrap();
    let (mut now, _) = sample(Stage::Complete);
    let levels = now.geography.levels().to_vec();
    let mut units = now.geography.units().to_vec();
    let mut renamed = 0;
    for unit in &mut units {
        if unit.code.as_str() == "1-1-1" {
            unit.code = UnitCode::new("9-9").unwrap();
            renamed += 1;
        }
        if unit
            .parent
            .as_ref()
            .is_some_and(|code| code.as_str() == "1-1-1")
        {
            unit.parent = Some(UnitCode::new("9-9").unwrap());
        }
    }
    assert_eq!(renamed, 1);
    now.geography = Geography::new(levels, units).unwrap();
    let site = Site::compared(held(now), Some(previous)).await;
    let body = page(&site, "/unit/9-9?lang=en").await;
    assert!(body.contains("voted of registered · – points since Elections of 2022"));
    let part = president(&body);
    assert_eq!(part.matches("<bdi>–</bdi>").count(), 4);
}

#[test]
fn a_folder_that_contradicts_itself_is_refused() {
    let files = published(&before(Stage::Complete));
    assert!(read(&files).is_ok());
    let path = "totals/president.json";
    let text = String::from_utf8(files[path].clone()).unwrap();
    let id = before(Stage::Complete).id();
    for (from, to, code) in [
        (id.as_str(), "1-000000000000", "edition"),
        (
            "\"contest\": \"president\"",
            "\"contest\": \"assembly-1-1\"",
            "contest",
        ),
        (
            "\"contest\":\"president\"",
            "\"contest\":\"assembly-1-1\"",
            "contest",
        ),
        ("\"released\": true", "\"released\": false", "released"),
        ("\"released\":true", "\"released\":false", "released"),
    ] {
        if !text.contains(from) {
            continue;
        }
        let mut files = files.clone();
        files.insert(path.to_owned(), text.replace(from, to).into_bytes());
        let Err(why) = read(&files) else {
            panic!("{code} is believed");
        };
        assert!(why.to_string().contains(path), "{why}");
    }
    let mut cut = files;
    cut.insert(path.to_owned(), text.as_bytes()[..text.len() / 2].to_vec());
    assert!(read(&cut).is_err());
}
