//! After the letters are out: who moves, and why, and that nobody else does.

use crate::desk::Desk;
use crate::placement::rolls::desk;
use crate::placement::stands_in_the_manual;
use serde_json::json;
use std::collections::BTreeSet;

const LAW: &str = "--jurisdictions law --profile made";

fn placed() -> Desk {
    let desk = desk(true);
    desk.done(&format!(
        "voters --input stations.csv --voters roll.csv {LAW} --out placed.csv"
    ));
    desk
}

fn again(desk: &Desk, files: &str) -> serde_json::Value {
    let outs = "--moved moved.csv --out again.csv";
    let told = desk.done(&format!("replan --before placed.csv {files} {LAW} {outs}"));
    for key in ["over_capacity", "outside_district"] {
        assert_eq!(told[key], json!(0), "{key}");
    }
    assert_eq!(told["moved"], json!(desk.rows("moved.csv").len()));
    told
}

#[test]
fn nothing_changed_moves_nobody() {
    let desk = placed();
    let told = again(&desk, "--input stations.csv --voters roll.csv");
    assert_eq!(told["moved"], json!(0));
    assert_eq!(desk.text("placed.csv"), desk.text("again.csv"));
    stands_in_the_manual(&told);
}

#[test]
fn a_changed_address_moves_that_voter_at_most() {
    let desk = placed();
    let roll = desk.text("roll.csv");
    let lines: Vec<&str> = roll.lines().collect();
    for at in [1, 200, 700, lines.len() - 1] {
        let mut changed: Vec<String> = lines.iter().map(|line| (*line).to_owned()).collect();
        let mut fields: Vec<String> = changed[at].split(',').map(str::to_owned).collect();
        let other: Vec<&str> = lines[at / 2 + 1].split(',').collect();
        if fields[1] == other[1] {
            (fields[3], fields[4]) = (other[3].to_owned(), other[4].to_owned());
        }
        fields[2] = "H-new".to_owned();
        changed[at] = fields.join(",");
        desk.file("other.csv", changed.join("\n") + "\n");
        let told = again(&desk, "--input stations.csv --voters other.csv");
        let moved = desk.rows("moved.csv");
        assert!(moved.len() <= 1, "{told}");
        assert!(
            moved
                .iter()
                .all(|row| row[0] == fields[0] && row[8] == "changed")
        );
        let (before, after) = (desk.rows("placed.csv"), desk.rows("again.csv"));
        let differing = before
            .iter()
            .zip(&after)
            .filter(|(one, other)| one[3..5] != other[3..5]);
        assert_eq!(differing.count(), moved.len());
    }
}

#[test]
fn a_closed_station_moves_its_voters_and_tells_each_why() {
    let desk = placed();
    let open = desk
        .text("stations.csv")
        .lines()
        .filter(|line| !line.starts_with("S0-4,"))
        .map(|line| format!("{line}\n"))
        .collect::<String>();
    desk.file("fewer.csv", &open);
    let before = desk.rows("placed.csv");
    let there: BTreeSet<&str> = before
        .iter()
        .filter(|row| row[3] == "S0-4")
        .map(|row| row[0].as_str())
        .collect();
    assert!(!there.is_empty());
    again(&desk, "--input fewer.csv --voters roll.csv");
    let moved = desk.rows("moved.csv");
    let told: BTreeSet<&str> = moved.iter().map(|row| row[0].as_str()).collect();
    assert_eq!(told, there);
    assert!(
        moved
            .iter()
            .all(|row| row[8] == "station_closed" && row[2] == "S0-4")
    );
    // A whole new plan moves more, and says of everybody why.
    let told = again(&desk, "--input fewer.csv --voters roll.csv --anew");
    assert_eq!(told["cost"], told["bound"]);
    assert!(told["moved"].as_u64().unwrap() >= there.len() as u64);
    let known = ["station_closed", "nearer", "makes_room", "other_committee"];
    assert!(
        desk.rows("moved.csv")
            .iter()
            .all(|row| known.contains(&row[8].as_str()))
    );
}

#[test]
fn who_is_new_joins_the_own_household_and_who_is_gone_is_counted() {
    let desk = placed();
    let roll = desk.text("roll.csv");
    let mut lines: Vec<String> = roll.lines().map(str::to_owned).collect();
    let gone = lines.remove(5);
    // As the first voter, whose household has no need.
    let first = lines
        .iter()
        .find(|line| line.ends_with(",female,"))
        .unwrap()
        .clone();
    lines.push(format!("N1{}", &first[first.find(',').unwrap()..]));
    desk.file("other.csv", lines.join("\n") + "\n");
    let told = again(&desk, "--input stations.csv --voters other.csv");
    assert_eq!(
        (&told["gone"], &told["moved"]),
        (&json!(1), &json!(1)),
        "{gone}"
    );
    let moved = desk.rows("moved.csv");
    assert_eq!((moved[0][0].as_str(), moved[0][8].as_str()), ("N1", "new"));
    let before = desk.rows("placed.csv");
    let id = first.split(',').next().unwrap();
    let own = before.iter().find(|row| row[0] == id).unwrap();
    assert_eq!(moved[0][4], own[3], "the station of the household");
    desk.file("torn.csv", "voter,district,station\nV1,D0,S0-1\n");
    let words = format!("replan --before torn.csv --input stations.csv --voters roll.csv {LAW}");
    assert_eq!(desk.refusal(&words).0, "source.missing_column");
}
