//! Waiting before the day, and where more stations help.

use crate::desk::Desk;
use crate::placement::stands_in_the_manual;
use serde_json::Value;
use serde_json::json;

const LIST: &str = "id,district,registered,stations,booths,minutes,expected\n\
                    calm,A,900,1,4,3,300\n\
                    busy,A,900,1,2,3,430\n\
                    small,B,900,2,2,3,300\n";

fn object(desk: &Desk, words: &str, code: i32) -> (Value, String) {
    let output = desk.run(&format!("{words} --json"));
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(code), "{words}: {said}");
    (serde_json::from_slice(&output.stdout).unwrap(), said)
}

#[test]
fn waiting_is_told_by_station_and_hour_and_held_against_days_that_are_lived() {
    let desk = Desk::of("placement");
    desk.file("list.csv", LIST);
    let words = "queue --input list.csv --largest 900 --simulate 200 --out waiting.csv";
    let (told, _) = object(&desk, words, 0);
    assert_eq!(
        (&told["stations"], &told["expected"]),
        (&json!(4), &json!(1030))
    );
    let lived = &told["simulated"];
    assert!(lived["error_percent"].as_u64().unwrap() <= 25, "{lived}");
    assert_eq!(
        lived["hours_off_by_more_than_a_quarter"],
        json!(0),
        "{lived}"
    );
    let hours = told["hours"].as_array().unwrap();
    let voters: u64 = hours
        .iter()
        .map(|hour| hour["voters"].as_u64().unwrap())
        .sum();
    assert_eq!((hours.len(), voters), (12, 1030));
    // Twelve hours of three kinds of day: the two stations of the third are alike.
    let rows = desk.rows("waiting.csv");
    assert_eq!(rows.len(), 36);
    assert!(rows.iter().any(|row| row[0] == "small" && row[4] == "1-2"));
    stands_in_the_manual(&told);
    let (again, _) = object(&desk, words, 0);
    assert_eq!(told, again, "days of a seed are lived again");
}

#[test]
fn a_station_that_cannot_serve_everybody_is_refused_by_its_row() {
    let desk = Desk::of("placement");
    // Two booths, twelve hours, three minutes: 480 can vote.
    for (expected, code) in [(480, 0), (481, 3)] {
        desk.file("list.csv", LIST.replace("430", &expected.to_string()));
        let (told, said) = object(&desk, "queue --input list.csv --largest 900", code);
        let refused = u64::from(code == 3);
        assert_eq!(told["refused_stations"], json!(refused));
        let names = said.contains("refused [placement.too_few_booths]: list.csv: row 3:");
        assert_eq!(names, code == 3, "{said}");
    }
    desk.file("list.csv", LIST.replace("busy,A,900,1,2", "busy,A,900,1,0"));
    let (_, said) = object(&desk, "queue --input list.csv --largest 900", 3);
    assert!(said.contains("refused [placement.no_booth]"), "{said}");
    desk.file("bare.csv", "district,registered\nA,700\n");
    for (words, code) in [
        (
            "queue --input bare.csv --largest 900",
            "placement.no_expected",
        ),
        (
            "queue --input bare.csv --largest 900 --turnout 50 --hours 0,0",
            "placement.hours",
        ),
    ] {
        assert_eq!(desk.refusal(words).0, code);
    }
    // A longer morning: the crowd waits when it comes.
    let words =
        "queue --input bare.csv --largest 900 --turnout 50 --booths 4 --hours 9,1,1,1,1,1,1,1";
    let (told, _) = object(&desk, words, 0);
    let mean = |hour: usize| told["hours"][hour]["mean_seconds"].as_u64().unwrap();
    assert!(mean(0) > mean(7), "{told}");
}

#[test]
fn stations_are_added_where_people_wait() {
    let desk = Desk::of("placement");
    desk.file("list.csv", LIST.replace("430", "900"));
    let words = "add --input list.csv --largest 900 --stations 5 --out more.csv";
    let (told, _) = object(&desk, words, 0);
    assert_eq!(told["cannot_serve_before"], json!(1));
    assert_eq!(told["cannot_serve"], json!(0));
    let late = told["late"].as_u64().unwrap();
    assert!(late * 20 <= told["expected"].as_u64().unwrap(), "{told}");
    let rows = desk.rows("more.csv");
    let added: Vec<&str> = rows.iter().map(|row| row[6].as_str()).collect();
    assert_eq!((added[0], added[2]), ("0", "0"));
    assert_eq!(told["where"][0]["station"], "busy");
    stands_in_the_manual(&told);
    // The list can be read again, and now nobody is refused.
    object(&desk, "queue --input more.csv", 0);
    let (few, said) = object(&desk, "add --input list.csv --largest 900 --stations 0", 3);
    assert_eq!(few["added"], json!(0));
    assert!(said.contains("placement.too_few_added"), "{said}");
}
