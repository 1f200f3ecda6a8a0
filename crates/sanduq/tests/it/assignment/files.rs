//! Files around an assignment: rows as a spreadsheet counts them, places outside the country, what
//! is written as JSON and read again, one object for machines, and who is excused for good.

use crate::assignment::FILES;
use crate::assignment::Room;
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;

/// What stands in people.csv, what stands there instead, the code and what is said.
const BAD: [[&str; 4]; 4] = [
    // Latitude and longitude of P000001 are set, of which no land of this nation has any.
    [
        "P000001",
        "52.5,13.4",
        "assignment.outside_country",
        "row 3: 52.5 13.4",
    ],
    ["P000001", "0,0", "assignment.outside_country", "row 3: 0 0"],
    ["P000002", "91,30", "assignment.value", "row 4"],
    ["P000002", "north,30", "assignment.value", "row 4"],
];

/// The row of a person with another home.
fn moved(people: &str, person: &str, home: &str) -> String {
    let head: Vec<&str> = people.lines().next().unwrap().split(',').collect();
    let at = head.iter().position(|name| *name == "latitude").unwrap();
    assert_eq!(head[at + 1], "longitude");
    let line = |line: &str| {
        if !line.starts_with(person) {
            return line.to_owned();
        }
        let mut cells: Vec<&str> = line.split(',').collect();
        cells.splice(at..at + 2, home.split(','));
        cells.join(",")
    };
    let lines: Vec<String> = people.lines().map(line).collect();
    lines.join("\n") + "\n"
}

#[test]
fn a_home_outside_the_country_is_refused_by_its_row() {
    let room = Room::new("--people 40 --sub-committees 20 --general-committees 4");
    let people = room.text("r/people.csv");
    for [person, home, code, said] in BAD {
        fs::write(room.path("r/people.csv"), moved(&people, person, home)).unwrap();
        let told = room.refused(&format!("place {FILES} --out placed.csv"), code);
        assert!(told.contains(said), "{told}");
    }
    // Rules from a file are no country's: there is no outline to be outside of.
    fs::write(
        room.path("r/people.csv"),
        moved(&people, "P000001", "52.5,13.4"),
    )
    .unwrap();
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../../jurisdictions");
    let own = format!("{root}/wahat/staff/judges.toml");
    let words = FILES.replace("wahat/judges", &own);
    room.done(&format!("place {words} --out placed.csv --partial"));
}

#[test]
fn a_row_is_named_as_a_spreadsheet_counts_it() {
    let room = Room::new("--people 40 --sub-committees 20 --general-committees 4");
    let people = room.text("r/people.csv");
    for (before, row) in [
        ("", 5),
        ("\n", 6),
        ("\n\r\n\n", 8),
        // A cell over two lines is one row.
        (
            "P900000,\"of\ntwo lines\",1,man,g00,g00-d000,30,31,,,,,,,\n",
            6,
        ),
    ] {
        let bad = format!("{before}P000003,");
        let text = people.replacen("P000003,", &bad, 1);
        let text = text.replacen("P000003,", "P 3,", 1);
        fs::write(room.path("r/people.csv"), text).unwrap();
        let told = room.refused(
            &format!("place {FILES} --out placed.csv"),
            "assignment.value",
        );
        assert!(told.contains(&format!("row {row}:")), "{row}: {told}");
    }
}

#[test]
fn an_assignment_is_written_as_json_too_and_read_again() {
    let room = Room::new("");
    room.done(&format!("place {FILES} --out placed.csv"));
    room.done(&format!("place {FILES} --out placed.json"));
    let entries: Vec<Value> = serde_json::from_str(&room.text("placed.json")).unwrap();
    let cell = |entry: &Value, key: &str| match &entry[key] {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    let text = room.text("placed.csv");
    let mut rows = text.lines();
    let head: Vec<&str> = rows.next().unwrap().split(',').collect();
    assert_eq!(rows.clone().count(), entries.len());
    for (row, entry) in rows.zip(&entries) {
        let cells: Vec<String> = head.iter().map(|key| cell(entry, key)).collect();
        assert_eq!(cells.join(","), row);
    }
    let person = cell(&entries[0], "person");
    let replace = |placed: &str| room.done(&format!("replace {FILES} --placed {placed} {person}"));
    assert_eq!(replace("placed.json"), replace("placed.csv"));
    // Somebody once more, in a row that is named.
    let twice = format!("{}{person},sub-00001,,,,\n", room.text("placed.csv"));
    let last = twice.lines().count();
    fs::write(room.path("twice.csv"), twice).unwrap();
    let told = room.refused(
        &format!("replace {FILES} --placed twice.csv {person}"),
        "assignment.unfit",
    );
    assert!(told.contains(&format!("twice.csv, row {last}: ")), "{told}");
    fs::write(room.path("torn.json"), "[{\"person\":\"P000001\"}").unwrap();
    let words = format!("replace {FILES} --placed torn.json {person}");
    room.refused(&words, "assignment.file");
}

#[test]
fn whoever_is_excused_is_offered_for_no_place_afterwards() {
    let room = Room::new("");
    room.done(&format!("place {FILES} --out placed.csv"));
    let (leaving, committee) = room.serving()[0].clone();
    let first = |words: &str| {
        let found = room.done(&format!("replace {FILES} {words}"));
        found["replacements"][0]["person"]
            .as_str()
            .unwrap()
            .to_owned()
    };
    let best = first(&format!("--placed placed.csv {leaving}"));
    fs::write(
        room.path("excused.csv"),
        format!("person\n{leaving}\n{best}\n"),
    )
    .unwrap();
    room.done(&format!(
        "replace {FILES} --placed placed.csv --excused excused.csv --out second.csv"
    ));
    let second = room.text("second.csv");
    let row = second
        .lines()
        .find(|row| row.split(',').nth(1) == Some(&committee));
    let taken = row.unwrap().split(',').next().unwrap().to_owned();
    assert!(taken != leaving && taken != best, "{taken}");
    // The place is asked about again: the two have no seat, and are at home.
    let words = format!("--placed second.csv {taken} --count 1000");
    let all = |words: &str| room.done(&format!("replace {FILES} {words}")).to_string();
    assert!(
        all(&words).contains(&leaving),
        "who is not told to be excused may come"
    );
    let told = all(&format!("{words} --excused excused.csv"));
    assert!(!told.contains(&leaving) && !told.contains(&best), "{told}");
    for slip in [
        format!("replace {FILES} --placed second.csv"),
        format!("replace {FILES} --placed second.csv --excused excused.csv"),
        format!("replace {FILES} --placed second.csv {taken} --count 0"),
        format!("replace {FILES} --placed second.csv --out third.csv"),
    ] {
        assert_eq!(room.run(&slip).status.code(), Some(2), "{slip}");
    }
}

/// Administrators who live where the judges do, each the sibling of one: alone, the nearest
/// committee of both is the same.
#[test]
fn nobody_is_placed_from_two_registers_nor_beside_a_relative_of_the_other() {
    let room = Room::new("--people 300 --sub-committees 60 --general-committees 4");
    let people = room.text("r/people.csv");
    fs::write(room.path("r/clerks.csv"), people.replace("\nP", "\nQ")).unwrap();
    let mut kin = "person,relation,relative\n".to_owned();
    for number in 0..300 {
        kin += &format!("P{number:06},sibling,Q{number:06}\n");
    }
    fs::write(room.path("r/kinship.csv"), kin).unwrap();
    room.done(&format!("place {FILES} --out judges.csv --partial"));
    let clerks = FILES.replace("people.csv", "clerks.csv");
    let beside = |out: &str, more: &str| {
        room.done(&format!("place {clerks} --out {out} --partial {more}"));
        let judges = room.text("judges.csv").replace("\nP", "\nQ");
        let pair = |row: &str| row.split(',').take(2).collect::<Vec<_>>().join(",");
        let judges: BTreeSet<String> = judges.lines().skip(1).map(pair).collect();
        let text = room.text(out);
        let sitting = text
            .lines()
            .skip(1)
            .filter(|row| !row.contains(",reserve,"));
        sitting.filter(|row| judges.contains(&pair(row))).count()
    };
    assert!(beside("alone.csv", "") > 20);
    assert_eq!(beside("apart.csv", "--serving judges.csv"), 0);
    // The same people once more: those who serve stay where they are.
    room.done(&format!(
        "place {FILES} --out more.csv --partial --serving judges.csv"
    ));
    let person = |row: &str| row.split(',').next().unwrap().to_owned();
    let persons = |name: &str| room.text(name).lines().skip(1).map(person).collect();
    let (judges, more): (BTreeSet<String>, BTreeSet<String>) =
        (persons("judges.csv"), persons("more.csv"));
    assert!(!more.is_empty() && judges.is_disjoint(&more));
}

#[test]
fn what_cannot_be_written_is_said_before_the_work_and_in_the_language() {
    let room = Room::new("--people 40 --sub-committees 60 --general-committees 6 --governorates 3");
    fs::create_dir(room.path("full")).unwrap();
    fs::write(room.path("full/note"), "").unwrap();
    let words = format!("place {FILES} --out placed.csv --partial --lists full --lang fr");
    let told = room.refused(&words, "assignment.out_in_use");
    assert!(told.contains("Le dossier n'est pas vide."), "{told}");
    assert!(!room.path("placed.csv").exists());
    let told = room.refused(
        &format!("place {FILES} --out nowhere/placed.csv --lang fr"),
        "matching.out",
    );
    assert!(told.contains("Créez") || told.contains("dossier"), "{told}");
    // A shortage is one object: the refusal and its proof.
    let output = room.run(&format!("place {FILES} --out placed.csv --lang fr"));
    assert_eq!(output.status.code(), Some(3));
    let object: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(object["code"], "assignment.short");
    for key in ["message", "said", "proof", "governorates", "rules"] {
        assert!(!object[key].is_null(), "{key}: {object}");
    }
}
