//! What programs read of votes and margins is what the page has, as an object and as a table.

use crate::nation::Stage;
use crate::nation::sample;
use crate::site::Site;
use sanduq_core::seats::Prize;
use sanduq_count::publication;
use sanduq_count::publication::PublicationRefusal;
use sanduq_web::previous::Previous;
use sanduq_web::source::Held;
use sanduq_web::view::View;
use serde_json::Value;
use std::collections::BTreeMap;

/// The whole result, beside the very same as the event before.
async fn site() -> Site {
    let (snapshot, entries) = sample(Stage::Complete);
    let mut files = BTreeMap::new();
    let written = publication::files::<PublicationRefusal>(&snapshot, &mut |path, bytes| {
        files.insert(path.to_owned(), bytes);
        Ok(())
    });
    written.unwrap();
    let previous = Previous::read::<PublicationRefusal>(&mut |path| Ok(files[path].clone()));
    let held = Held::default();
    held.put(snapshot, entries);
    Site::compared(held, Some(previous.unwrap())).await
}

async fn object(site: &Site, path: &str) -> Value {
    serde_json::from_str(&site.get(path).await.body).unwrap()
}

/// The rows of a table under the names of their columns; an empty cell is none.
async fn table(site: &Site, path: &str) -> Vec<BTreeMap<String, String>> {
    let body = site.get(path).await.body;
    let mut lines = body.trim_end().split("\r\n").map(|line| line.split(','));
    let head: Vec<&str> = lines.next().unwrap().collect();
    let row = |cells: std::str::Split<'_, char>| {
        let pairs = head.iter().zip(cells).filter(|(_, cell)| !cell.is_empty());
        pairs
            .map(|(name, cell)| (name.to_string(), cell.to_owned()))
            .collect()
    };
    lines.map(row).collect()
}

fn text(value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        other => Some(other.to_string()),
    }
}

#[tokio::test]
async fn votes_are_those_of_the_page() {
    let site = site().await;
    for (unit, page) in [("wahat", "/index.json"), ("1-1", "/unit/1-1.json")] {
        let shown = object(&site, page).await;
        let told = object(&site, &format!("/votes/{unit}.json")).await;
        let rows = told["choices"].as_array().unwrap();
        let all = shown["contests"].as_array().unwrap().iter();
        let all: Vec<&Value> = all
            .flat_map(|one| one["votes"].as_array().unwrap())
            .collect();
        assert!(rows.len() > 3 && rows.len() == all.len(), "{unit}");
        for (row, shown) in rows.iter().zip(all) {
            assert_eq!(row["choice"], shown["choice"], "{unit}");
            assert_eq!(row["votes"], shown["votes"], "{unit}");
            assert_eq!(row["previous"], shown["previous"], "{unit}");
            assert_eq!(row["previous"]["part"], row["votes"], "the same event");
            assert_eq!(row["previous"]["whole"], row["valid"], "the same event");
        }
        let lines = table(&site, &format!("/votes/{unit}.csv")).await;
        assert_eq!(lines.len(), rows.len());
        for (line, row) in lines.iter().zip(rows) {
            for name in ["contest", "choice", "votes", "valid", "seats", "lacked"] {
                assert_eq!(line.get(name).cloned(), text(&row[name]), "{unit} {name}");
            }
            let then = text(&row["previous"]["part"]);
            assert_eq!(line.get("previous_votes").cloned(), then, "{unit}");
        }
    }
}

#[tokio::test]
async fn margins_are_those_of_the_seats() {
    let site = site().await;
    let view = View::new(sample(Stage::Complete).0).unwrap();
    let told = object(&site, "/margins.json").await;
    let told = told["margins"].as_array().unwrap();
    let lines = table(&site, "/margins.csv").await;
    assert_eq!(lines.len(), told.len());
    let mut seats = 0;
    for (near, line) in told.iter().zip(lines) {
        for name in ["contest", "unit", "prize", "choice", "lacked"] {
            assert_eq!(line.get(name).cloned(), text(&near[name]), "{name}");
        }
        let mut contests = view.snapshot.contests.iter();
        let entry = contests.find(|entry| near["contest"] == entry.contest.code.as_str());
        let file = view.seats(&entry.unwrap().contest).unwrap();
        let prize = match near["prize"].as_str().unwrap() {
            "seat" => Prize::Seat,
            _ => Prize::RunOffPlace,
        };
        let mut all = file.allotted.as_ref().unwrap().margins.iter();
        let nearest = all.find(|margin| margin.prize == prize).unwrap();
        assert_eq!(near["choice"], nearest.choice.as_str());
        assert_eq!(near["lacked"], nearest.lacked);
        seats += usize::from(prize == Prize::Seat);
    }
    let decided = |contest| {
        view.seats(contest)
            .is_some_and(|file| file.allotted.is_some())
    };
    let contests = view.snapshot.contests.iter();
    let wanted: Vec<&str> = contests
        .filter(|entry| decided(&entry.contest))
        .map(|entry| entry.contest.code.as_str())
        .collect();
    assert_eq!(
        seats,
        wanted.len(),
        "one for every contest decided: {wanted:?}"
    );
}
