//! Every rule broken once, through the commands: a swap is refused by its code, nobody whom it
//! forbids is offered as a replacement, and whoever asks is told which it is.

use crate::assignment::Room;
use serde_json::Value;
use std::fs;

/// A and C live in the north, B and D in the south; A serves on K in the south, B and D on L in the
/// north, C nowhere.
const PEOPLE: &str = "\
person,body,rank,sex,governorate,district,latitude,longitude,available,skills,conflicts
A,courts,2,woman,n,n1,30.0,31.0,yes,devices,none
B,courts,2,woman,s,s1,29.0,31.0,yes,devices,none
C,courts,2,woman,n,n1,30.0,31.0,yes,devices,none
D,courts,2,woman,s,s1,29.0,31.0,yes,devices,none
";

const COMMITTEES: &str = "\
committee,kind,governorate,district,latitude,longitude,seats,women,contests,skills
K,sub_committee,s,s1,29.0,31.0,1,no,west,
L,sub_committee,n,n1,30.0,31.0,2,yes,east,devices
";

const RULES: &str = "\
about = \"a table\"
home = \"NEAR_HOME\"
kinship_degrees = 2
reserve_per_mille = 0
[sub_committee]
[general_committee]
[cost]
rank_metres = 0
served_metres = 0
again_metres = 0
far_percent = 0
";

/// The files, and what stands in them while no rule is broken.
const FILES: [(&str, &str); 7] = [
    ("people.csv", PEOPLE),
    ("committees.csv", COMMITTEES),
    (
        "kinship.csv",
        "person,relation,relative\nA,sibling,Y\nC,sibling,Y\n",
    ),
    ("candidates.csv", "candidate,contest\nZ,east\n"),
    ("serving.csv", "person,committee\nX,L\nY,K\nY,reserve.n\n"),
    ("rules.toml", RULES),
    ("placed.csv", "person,committee\nA,K\nB,L\nD,L\n"),
];

/// A file, what stands in it, what stands there instead, and the code of the rule that it breaks.
const BROKEN: [[&str; 4]; 13] = [
    [
        "people.csv",
        "31.0,yes,devices",
        "31.0,no,devices",
        "available",
    ],
    [
        "rules.toml",
        "[sub_committee]",
        "[sub_committee]\nbodies = [\"council\"]",
        "body",
    ],
    [
        "rules.toml",
        "[sub_committee]",
        "[sub_committee]\nleast_rank = 3",
        "rank",
    ],
    ["people.csv", "yes,devices", "yes,figures", "skill"],
    ["people.csv", "woman,n", "man,n", "women"],
    [
        "rules.toml",
        "NEAR_HOME",
        "NOT_OWN_GOVERNORATE",
        "own_governorate",
    ],
    [
        "rules.toml",
        "NEAR_HOME",
        "NOT_OWN_DISTRICT",
        "own_district",
    ],
    ["candidates.csv", "Z,east", "A,east\nC,east", "kinship"],
    ["candidates.csv", "Z,east", "Y,east", "kinship"],
    [
        "people.csv",
        "30.0,31.0,yes,devices,none",
        "30.0,31.0,yes,devices,east",
        "conflict",
    ],
    ["kinship.csv", "sibling,Y", "sibling,D", "together"],
    [
        "serving.csv",
        "X,L",
        "A,elsewhere\nC,elsewhere",
        "elsewhere",
    ],
    ["serving.csv", "Y,K", "Y,L", "beside"],
];

const WORDS: &str = "--rules rules.toml --people people.csv --committees committees.csv \
                     --kinship kinship.csv --candidates candidates.csv --serving serving.csv \
                     --placed placed.csv --json";

const REGISTERS: &str = "--rules wahat/judges --people r/people.csv \
                         --committees r/committees.csv --json";

/// The codes by which A may not serve on L, as `explain` tells them.
fn barred(room: &Room) -> Vec<String> {
    let told = room.done(&format!("explain {WORDS} A"));
    let others = told["alternatives"].as_array().unwrap();
    let there = others.iter().find(|one| one["committee"] == "L").unwrap();
    let codes = there["barred_by"].as_array().unwrap().iter();
    codes
        .map(|code| code.as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn every_rule_is_broken_once_and_refused_by_its_code() {
    let room = Room::empty();
    for (name, text) in FILES {
        fs::write(room.path(name), text).unwrap();
    }
    let offered = |told: &Value| told["replacements"][0]["person"].clone();
    let sound = room.done(&format!("replace {WORDS} B"));
    assert_eq!(offered(&sound), "C");
    room.done(&format!("swap {WORDS} A B"));
    assert_eq!(barred(&room), Vec::<String>::new());
    for [file, from, to, rule] in BROKEN {
        let sound = room.text(file);
        let broken = sound.replace(from, to);
        assert_ne!(broken, sound, "{from}");
        fs::write(room.path(file), broken).unwrap();
        let code = format!("assignment.{rule}");
        for swap in ["A B", "B A"] {
            room.refused(&format!("swap {WORDS} {swap}"), &code);
        }
        room.refused(&format!("replace {WORDS} B"), "assignment.nobody");
        let expected = if rule == "together" {
            vec![]
        } else {
            vec![code]
        };
        assert_eq!(barred(&room), expected, "{from} {to}");
        fs::write(room.path(file), sound).unwrap();
    }
}

#[test]
fn a_shortage_on_purpose_is_proved_with_its_governorates_and_both_rules() {
    let room = Room::new(
        "--people 700 --sub-committees 480 --general-committees 12 --governorates 4 \
         --supply short --rules wahat/judges",
    );
    let told = room.refused(
        &format!("place {REGISTERS} --out placed.csv"),
        "assignment.short",
    );
    let object = told
        .lines()
        .find(|line| line.contains("\"proof\""))
        .unwrap();
    let proof: Value = serde_json::from_str(&object[object.find('{').unwrap()..]).unwrap();
    let named = |one: &Value| one["governorate"].as_str().unwrap().to_owned();
    let governorates = proof["governorates"].as_array().unwrap().iter();
    let governorates: Vec<String> = governorates.map(named).collect();
    assert_eq!(governorates, ["g02", "g03"]);
    let rules = serde_json::json!(["assignment.skill", "assignment.women"]);
    assert_eq!(proof["rules"], rules);
    // What can be covered is, and shown in every language with as many rings as committees.
    for (language, digit) in [("ar", "٢"), ("fa", "۲"), ("fr", "2"), ("en", "2")] {
        let out = format!("placed.{language}.csv");
        room.done(&format!(
            "place {REGISTERS} --out {out} --partial --map {language}.svg --lang {language}"
        ));
        let picture = room.text(&format!("{language}.svg"));
        let rings = picture.matches("<circle class=\"empty\"").count();
        assert_eq!(rings, proof["committees"].as_array().unwrap().len());
        assert!(picture.contains(&format!("lang=\"{language}\"")));
        assert!(picture.contains(digit), "{language}: digits of the reader");
    }
}
