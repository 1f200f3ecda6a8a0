//! The centres of real elections.

use crate::desk::Desk;
use crate::placement::shared;
use crate::placement::stands_in_the_manual;
use serde_json::json;
use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::path::Path;

#[test]
fn the_centres_of_2012_are_split_into_stations_of_the_legal_size() {
    let Some(file) = shared("egypt/polling-centres-2012-complete.xls") else {
        return;
    };
    let desk = Desk::of("placement");
    for (more, largest, stations) in [("", 5000, 14_647), ("--largest 4000", 4000, 17_226)] {
        let words = format!(
            "voters --input {} --out stations.csv {more}",
            file.display()
        );
        let told = desk.done(&words);
        for (key, expected) in [
            ("placed", json!(50_524_993)),
            ("centres", json!(9339)),
            ("districts", json!(352)),
            ("stations", json!(stations)),
            ("over_capacity", json!(0)),
            ("outside_district", json!(0)),
            ("cost", json!(stations)),
            ("bound", json!(stations)),
            ("cost_over_bound", json!(1.0)),
            ("largest", json!(largest)),
        ] {
            assert_eq!(told[key], expected, "{key}");
        }
        stands_in_the_manual(&told);
        let rows = desk.rows("stations.csv");
        let size = |row: &Vec<String>| row[5].parse::<u64>().unwrap();
        assert_eq!(rows.len(), stations);
        assert!(rows.iter().all(|row| size(row) <= largest));
        assert_eq!(rows.iter().map(size).sum::<u64>(), 50_524_993);
        // A centre belongs to one district, and its stations to it.
        let mut districts: BTreeMap<&str, &str> = BTreeMap::new();
        for row in &rows {
            assert_eq!(*districts.entry(&row[0]).or_insert(&row[2]), row[2]);
        }
    }
}

#[test]
fn waiting_is_planned_for_a_real_list_whatever_sheets_stand_beside_it() {
    let Some(file) = shared("egypt/polling-centres-2012-complete.xls") else {
        return;
    };
    let desk = Desk::of("placement");
    let words = format!("queue --input {} --turnout 1", file.display());
    let told = desk.done(&words);
    assert_eq!(told["stations"], json!(14_647));
    assert_eq!(told["refused_stations"], json!(0));
}

/// Rows of a file of stations, each station once: the file has some twice, at two places.
fn once(file: &Path) -> (String, u64, usize) {
    let mut reader = csv::Reader::from_path(file).unwrap();
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(reader.headers().unwrap()).unwrap();
    let (mut seen, mut places) = (BTreeSet::new(), BTreeMap::new());
    let (mut registered, mut passed) = (0, 0);
    for row in reader.records() {
        let mut row: Vec<String> = row.unwrap().iter().map(str::to_owned).collect();
        if !seen.insert(row[..5].join("-")) {
            passed += 1;
            continue;
        }
        registered += row[5].parse::<u64>().unwrap();
        let last = row.len() - 2;
        let place = places
            .entry(row[..4].join("-"))
            .or_insert_with(|| row[last..].to_vec());
        row.splice(last.., place.iter().cloned());
        writer.write_record(&row).unwrap();
    }
    let text = String::from_utf8(writer.into_inner().unwrap()).unwrap();
    (text, registered, passed)
}

#[test]
fn stations_of_2014_are_taken_together_as_centres_each_once() {
    let Some(file) = shared("tunisia-2014/pre.csv") else {
        return;
    };
    let desk = Desk::of("placement");
    let (code, message) = desk.refusal(&format!("voters --input {}", file.display()));
    assert_eq!(code, "placement.repeated_station");
    assert!(
        message.contains("pre.csv, row 97, column E “stationId”"),
        "{message}"
    );
    let (text, registered, passed) = once(&file);
    desk.file("once.csv", &text);
    let told = desk.done("voters --input once.csv --largest 700 --geojson map.json");
    assert_eq!(passed, 40);
    assert_eq!(
        (&told["placed"], &told["profile"]),
        (&json!(registered), &json!("tunisia"))
    );
    assert_eq!(
        (&told["over_capacity"], &told["outside_district"]),
        (&json!(0), &json!(0))
    );
    assert_eq!(
        (&told["districts"], &told["unit"]),
        (&json!(242), &json!("metres"))
    );
}

#[test]
fn a_centre_that_is_too_small_sends_voters_to_others_of_the_district() {
    let desk = Desk::of("placement");
    let list = "district,registered,capacity,latitude,longitude\n\
                A,900,600,26.00,30.00\n\
                A,100,600,26.01,30.00\n\
                A,100,600,26.09,30.00\n\
                B,100,600,26.00,30.01\n";
    desk.file("list.csv", list);
    let told = desk.done("voters --input list.csv --largest 300 --out out.csv");
    assert_eq!(told["left_their_centre"], json!(300));
    // 300 voters go a hundredth of a degree, 1,112 metres.
    assert_eq!(
        (&told["cost"], &told["bound"]),
        (&json!(333_600), &json!(333_600))
    );
    let plain = list
        .lines()
        .map(|line| line.splitn(4, ',').take(3).collect::<Vec<_>>().join(","));
    desk.file("plain.csv", plain.collect::<Vec<_>>().join("\n") + "\n");
    let told = desk.done("voters --input plain.csv --largest 300");
    assert_eq!(told["left_their_centre"], json!(300));
    assert_eq!(
        (&told["unit"], &told["outside_district"]),
        (&json!("stations"), &json!(0))
    );
}
