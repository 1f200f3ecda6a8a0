//! What the law asks of a placement of a roll, looked at in the file that was written.

use crate::desk::Desk;
use crate::placement::made;
use crate::placement::stands_in_the_manual;
use serde_json::json;
use std::collections::BTreeMap;
use std::collections::BTreeSet;

const WORDS: &str = "voters --input stations.csv --voters roll.csv --jurisdictions law \
                     --profile made --out placed.csv";

/// A desk with a small nation whose law separates or not.
pub fn desk(separates: bool) -> Desk {
    let desk = Desk::of("placement");
    let (stations, roll) = made::small();
    std::fs::create_dir_all(desk.path("law/made")).unwrap();
    desk.file("stations.csv", &stations).file("roll.csv", &roll);
    desk.file("law/made/profile.toml", made::PROFILE);
    desk.file("law/made/placement.toml", made::law("ASSIGNED", separates));
    desk
}

#[test]
fn everybody_has_one_station_of_the_own_district_that_may_have_them() {
    for separates in [false, true] {
        let desk = desk(separates);
        let told = desk.done(WORDS);
        let stations = desk.rows("stations.csv");
        let station: BTreeMap<&str, &Vec<String>> =
            stations.iter().map(|row| (row[0].as_str(), row)).collect();
        let placed = desk.rows("placed.csv");
        let roll = desk.rows("roll.csv");
        assert_eq!(placed.len(), roll.len());
        let mut rooms: BTreeMap<(&str, &str), u32> = BTreeMap::new();
        let mut households: BTreeMap<[&str; 3], BTreeSet<[&str; 2]>> = BTreeMap::new();
        for (row, voter) in placed.iter().zip(&roll) {
            assert_eq!(row[0], voter[0]);
            let own = station[row[3].as_str()];
            let guarded = own[1].replace('@', "'@");
            assert_eq!(row[1], guarded, "outside the district");
            let women = voter[5] == "female";
            let admits = own[7].as_str();
            let apart = admits == "all" || (admits == "women") == women;
            assert!(!separates || apart, "{row:?} {own:?}");
            assert!(voter[6].is_empty() || own[8] == "yes", "{row:?} {own:?}");
            *rooms.entry((&row[3], &row[4])).or_default() += 1;
            let sex = if separates { voter[5].as_str() } else { "" };
            let home = households.entry([&row[1], &row[2], sex]).or_default();
            home.insert([&row[3], &row[4]]);
        }
        assert!(
            rooms.values().all(|load| *load <= 100),
            "over the legal maximum"
        );
        let mut loads: BTreeMap<&str, u32> = BTreeMap::new();
        for ((station, _), load) in &rooms {
            *loads.entry(station).or_default() += load;
        }
        assert!(
            loads.values().all(|load| *load <= 190),
            "over the building's places"
        );
        let together = households.values().filter(|homes| homes.len() == 1).count();
        assert!(
            together * 100 >= households.len() * 98,
            "{together} of {}",
            households.len()
        );
        for key in ["over_capacity", "outside_district", "needs_not_met"] {
            assert_eq!(told[key], json!(0), "{key}");
        }
        assert_eq!(told["placed"], json!(roll.len()));
        assert_eq!(told["cost"], told["bound"]);
        stands_in_the_manual(&told);
    }
}

#[test]
fn the_same_files_give_the_same_placement_on_any_number_of_threads() {
    let desk = desk(true);
    let files = "--geojson map.json --map map.svg";
    let mut seen = BTreeSet::new();
    for threads in ["1", "4"] {
        let mut command = desk.command(&format!("{WORDS} {files}"));
        assert!(
            command
                .env("RAYON_NUM_THREADS", threads)
                .output()
                .unwrap()
                .status
                .success()
        );
        seen.insert(["placed.csv", "map.json", "map.svg"].map(|name| desk.text(name)));
    }
    assert_eq!(seen.len(), 1);
    let map: serde_json::Value = serde_json::from_str(&desk.text("map.json")).unwrap();
    let features = map["features"].as_array().unwrap();
    let kinds = |kind: &str| {
        let of = features
            .iter()
            .filter(|one| one["properties"]["kind"] == kind);
        of.map(|one| one["properties"]["voters"].as_u64().unwrap())
            .sum::<u64>()
    };
    let voters = desk.rows("roll.csv").len() as u64;
    assert_eq!((kinds("station"), kinds("way")), (voters, voters));
}

#[test]
fn a_picture_is_written_in_every_language_of_the_house() {
    let desk = desk(false);
    for (language, word, direction) in [
        ("ar", "ناخبو \u{2068}D0\u{2069}", "rtl"),
        ("fa", "رأی‌دهندگان \u{2068}D0\u{2069}", "rtl"),
        ("fr", "électeurs de \u{2068}D0\u{2069}", "ltr"),
        ("en", "voters of \u{2068}D0\u{2069}", "ltr"),
    ] {
        desk.done(&format!(
            "{WORDS} --map map.svg --district D0 --lang {language}"
        ));
        let picture = desk.text("map.svg");
        assert!(picture.contains(word), "{language}");
        assert!(
            picture.contains(&format!("direction=\"{direction}\"")),
            "{language}"
        );
        assert_eq!(picture.matches("class=\"station\"").count(), 12);
        assert_eq!(picture.matches("class=\"bar\"").count(), 12);
        assert!(!picture.contains("NaN") && picture.ends_with("</svg>\n"));
    }
}

#[test]
fn where_the_law_places_nobody_that_is_said() {
    let desk = desk(false);
    for policy in ["ANY_IN_CONSTITUENCY", "ANY_IN_COUNTRY", "REMOTE"] {
        desk.file("law/made/placement.toml", made::law(policy, false));
        let (code, message) = desk.refusal(WORDS);
        assert_eq!(code, "placement.policy");
        assert!(message.contains(policy), "{message}");
    }
    desk.file("law/made/placement.toml", made::law("SOMEWHERE", false));
    assert_eq!(desk.refusal(WORDS).0, "placement.law");
}
