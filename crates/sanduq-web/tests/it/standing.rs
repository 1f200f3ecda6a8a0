//! No votes and no seats without their standing: whoever reads a door has beside them what may be
//! said of them, how much of them is counted, and from which snapshot they come.

use crate::nation::Stage;
use crate::openapi::ask;
use crate::openapi::filled;
use crate::openapi::is_json;
use crate::site::Site;
use axum::http::StatusCode;
use sanduq_web::openapi::DOORS;
use serde_json::Value;
use std::collections::BTreeSet;

/// What votes and seats are called.
const FIGURES: [&str; 4] = ["votes", "seats", "lacked", "awards"];
/// What has to stand beside them.
const BESIDE: [&str; 4] = ["standing", "counted", "stations", "snapshot"];
/// Doors with figures that are not of a count: a sheet says its own state, the exchange format has
/// words of its own, a description has none.
const APART: [&str; 5] = [
    "/sheet/{contest}/{station}.json",
    "/files/sheets/{contest}.json",
    "/files/nist/{contest}.json",
    "/law.json",
    "/openapi.json",
];

/// The figures of an object and of all within it that something is missing beside.
fn bare(value: &Value, above: &BTreeSet<String>, found: &mut Vec<String>) -> usize {
    match value {
        Value::Array(all) => all.iter().map(|one| bare(one, above, found)).sum(),
        Value::Object(members) => {
            let mut said = above.clone();
            said.extend(members.keys().cloned());
            if let Some(Value::Object(edition)) = members.get("edition") {
                said.extend(edition.keys().cloned());
            }
            let is_votes = |key: &str| key == "choices" && members.contains_key("level");
            let mut figures = 0;
            for (key, within) in members {
                if FIGURES.contains(&key.as_str()) || is_votes(key) {
                    figures += 1;
                    let missing = BESIDE.iter().filter(|word| !said.contains(**word));
                    found.extend(missing.map(|word| format!("{key} without {word}")));
                }
                figures += bare(within, &said, found);
            }
            figures
        }
        _ => 0,
    }
}

/// Whether a table has votes or seats; what is missing beside them.
fn bare_columns(body: &str) -> (bool, Vec<&'static str>) {
    let head: Vec<&str> = body.lines().next().unwrap().split(',').collect();
    let is_figure = |column: &&str| FIGURES.contains(column) || column.starts_with("choice.");
    let missing = BESIDE.into_iter().filter(|word| !head.contains(word));
    (head.iter().any(is_figure), missing.collect())
}

#[tokio::test]
async fn every_door_with_votes_or_seats_says_what_may_be_said_of_them() {
    for stage in [Stage::Counting(64), Stage::Complete] {
        let site = Site::at(stage).await;
        let snapshot = site.live().await.view.snapshot.id();
        let (mut objects, mut tables) = (BTreeSet::new(), BTreeSet::new());
        for door in DOORS.iter().filter(|door| !APART.contains(&door.path)) {
            for (unit, contest) in [
                ("wahat", "president"),
                ("1-1", "assembly-1-1"),
                ("1-1-1-1", "president"),
            ] {
                let path = door.path.replace("{unit}", unit);
                let path = path.replace("{contest}", contest);
                let address = filled(&path.replace("{snapshot}", &snapshot), "");
                let answer = ask(&site, door.roles(), &address).await;
                assert!(is_json(&answer) || answer.status == StatusCode::NOT_FOUND);
                if is_json(&answer) {
                    let mut found = Vec::new();
                    let object = serde_json::from_str(&answer.body).unwrap();
                    if bare(&object, &BTreeSet::new(), &mut found) > 0 {
                        objects.insert(door.path);
                    }
                    assert_eq!(found, Vec::<String>::new(), "{address}");
                }
                let address = address.replace(".json", ".csv");
                if !door.csv || !is_json(&answer) {
                    continue;
                }
                let (has_figures, missing) =
                    bare_columns(&ask(&site, door.roles(), &address).await.body);
                if has_figures {
                    tables.insert(door.path);
                    assert_eq!(missing, Vec::<&str>::new(), "{address}");
                }
            }
        }
        let every = [
            "/contests.json",
            "/files/seats/{contest}.json",
            "/files/totals/{contest}.json",
            "/votes/{unit}.json",
        ];
        for path in every {
            assert!(objects.contains(path) && tables.contains(path), "{path}");
        }
        if stage == Stage::Complete {
            assert!(tables.contains("/margins.json"), "{tables:?}");
        }
    }
}
