//! One pair in words: in four languages, and in agreement with the file of pairs.

use crate::desk::Desk;
use crate::matching::Row;
use crate::matching::roll;
use crate::matching::roll::again;
use serde_json::Value;

const EXPLAIN: &str = "explain --profile wahat --roll roll.csv";

#[test]
fn a_pair_is_explained_in_four_languages_and_an_unknown_id_is_refused() {
    let desk = Desk::of("match");
    let mut rows = roll::electors(31, 0, 300);
    rows.push("900,مصطفى,طارق,سعيد,الجندي,M,1979-03-08,21,27903082101237".to_owned());
    rows.push("901,مصطفي,طارق,سعيد,الجندى,M,1979-03-08,21,".to_owned());
    desk.file("roll.csv", roll::text(&rows));
    let output = desk.run(&format!("{EXPLAIN} 900 901"));
    assert!(output.status.success());
    let told = String::from_utf8(output.stdout).unwrap();
    if let Some(place) = std::env::var_os("SANDUQ_WRITE_EXPLAINED") {
        std::fs::write(place, &told).unwrap();
    }
    assert_eq!(told, include_str!("explained.txt"));
    let parts: Vec<String> = ["ar", "fa", "fr", "en"]
        .iter()
        .map(|tag| desk.run(&format!("{EXPLAIN} 900 901 --lang {tag}")))
        .map(|output| String::from_utf8(output.stdout).unwrap())
        .collect();
    let mut sorted: Vec<&str> = told.split("\n\n").map(str::trim_end).collect();
    let mut parts: Vec<&str> = parts.iter().map(|part| part.trim_end()).collect();
    sorted.sort_unstable();
    parts.sort_unstable();
    assert_eq!(sorted, parts);
    for ids in ["900 902", "902 900"] {
        let (code, message) = desk.refusal(&format!("{EXPLAIN} {ids}"));
        assert_eq!(code, "matching.no_record");
        assert!(
            message.contains("roll.csv") && message.contains("902"),
            "{message}"
        );
    }
}

/// The class of the file may be lower only where other pairs contradict an automatic one.
#[test]
fn the_conclusion_agrees_with_the_file_of_pairs() {
    let desk = Desk::of("match");
    let mut rows = roll::roll(32, 300);
    rows.push(again(&rows[10], 800));
    // The one in the middle lacks grandfather, family and place, and its number is near that of
    // either of two men.
    rows.push("950,مصطفى,طارق,سعيد,الجندي,M,1979-03-08,21,27903082101237".to_owned());
    rows.push("951,مصطفى,طارق,,,M,1979-03-08,,27903082101239".to_owned());
    rows.push("952,مصطفى,طارق,كمال,حجازي,M,1979-03-08,14,27903082101299".to_owned());
    desk.file("roll.csv", roll::text(&rows));
    let told = desk.done("dedupe --profile wahat roll.csv --out pairs.csv");
    let pairs = desk.pairs("pairs.csv");
    assert!(pairs.len() >= 30);
    let mut demoted = 0;
    for pair in &pairs {
        let object: Value = desk.done(&format!("{EXPLAIN} {} {} --lang en", pair.one, pair.other));
        assert_eq!(object["score"], pair.score, "{pair:?}");
        let both = (object["class"].as_str().unwrap(), pair.class.as_str());
        if both == ("automatic", "review") {
            demoted += 1;
            explained_as_held_back(&desk, pair);
        }
        assert!(
            both.0 == both.1 || both == ("automatic", "review"),
            "{both:?} {pair:?}"
        );
        let back: Value = desk.done(&format!("{EXPLAIN} {} {} --lang en", pair.other, pair.one));
        assert_eq!(back["score"], pair.score, "{pair:?}");
    }
    assert!(demoted > 0, "{pairs:?}");
    assert_eq!(told["contradicted_automatic"], demoted);
}

/// With the file of pairs the explanation knows what the other pairs say.
fn explained_as_held_back(desk: &Desk, pair: &Row) {
    for ids in [[&pair.one, &pair.other], [&pair.other, &pair.one]] {
        let words = format!(
            "{EXPLAIN} --pairs pairs.csv {} {} --lang en",
            ids[0], ids[1]
        );
        let object: Value = desk.done(&words);
        assert_eq!(object["class"], "review");
        let why = object["explained"]["en"]["reservations"].to_string();
        assert!(why.contains("Other pairs of these records"), "{why}");
        let conclusion = object["explained"]["en"]["conclusion"].to_string();
        assert!(conclusion.contains("a clerk has to look"), "{conclusion}");
    }
}

/// A country whose cards hold a mother's name, and for a woman her husband's.
fn of_mothers() -> String {
    let root = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../jurisdictions/wahat/matching.toml"
    );
    let text = std::fs::read_to_string(root).unwrap();
    let (head, columns) = text.split_once("[columns]").unwrap();
    format!(
        "{head}husband_for_father = true\ncontradicting = [\"mother\"]\n[words]\n\
         mother = [\"اسم الأم\", \"نام مادر\", \"nom de la mère\", \"mother's name\"]\n\
         number = [\"رقم البطاقة\", \"شماره کارت\", \"numéro de carte\", \"card number\"]\n\
         [columns]\nextras = [\"mother\"]{columns}"
    )
}

#[test]
fn another_mother_and_a_husband_s_name_are_said_in_the_words_of_the_country() {
    let desk = Desk::of("match");
    let number = "27903082101237";
    desk.file("mothers.toml", of_mothers());
    desk.file(
        "roll.csv",
        format!(
            "rid,given,father,grandfather,family,sex,dob,gov,nid,mother\n\
             1,ليلى,طارق,سعيد,الجندي,F,1979-03-08,21,{number},فاطمة\n\
             2,ليلي,طارق,سعيد,الجندى,F,1979-03-08,21,{number},زينب\n\
             3,ليلى,مراد,سعيد,الجندي,F,1979-03-08,21,{number},فاطمة\n\
             4,ليلى,طارق,سعيد,الجندي,F,1979-03-08,21,{number},فاطمه\n"
        ),
    );
    let words = "explain --profile mothers.toml --roll roll.csv";
    for (ids, class, said, why) in [
        ("1 4", "automatic", "the same", ""),
        (
            "1 2",
            "review",
            "different",
            "One of the particulars speaks against it",
        ),
        ("1 3", "review", "the same", "one may be the husband's"),
    ] {
        let object: Value = desk.done(&format!("{words} {ids} --lang en"));
        let told = &object["explained"]["en"];
        assert_eq!(object["class"], class, "{ids}: {object}");
        let line = |what: &str| {
            let lines = told["lines"].as_array().unwrap();
            let line = lines.iter().find(|line| line["what"] == what);
            line.unwrap_or_else(|| panic!("{what}: {told}")).clone()
        };
        assert_eq!(line("card number")["says"], "the same");
        assert_eq!(line("mother's name")["says"], said, "{told}");
        assert_eq!(line("mother's name")["spellings"][0], "فاطمة");
        if ids == "1 3" {
            let said = line("father's name")["says"].to_string();
            assert!(said.contains("may be the husband's"), "{said}");
        }
        let reservations = told["reservations"].to_string();
        assert!(reservations.contains(why) && (reservations == "[]") == why.is_empty());
    }
}

#[test]
fn the_second_record_is_sought_on_the_roll_alone() {
    let desk = Desk::of("match");
    let rows = roll::electors(33, 0, 300);
    desk.file("roll.csv", roll::text(&rows));
    desk.file("list.csv", roll::text(&[again(&rows[4], 900)]));
    let words = "explain --profile wahat --roll roll.csv --list list.csv 900";
    let found: Value = desk.done(&format!("{words} 4 --lang en"));
    assert_eq!(found["class"], "automatic");
    let (code, message) = desk.refusal(&format!("{words} 900"));
    assert_eq!(code, "matching.no_record");
    assert!(message.contains("roll.csv"), "{message}");
}

/// Neither father nor grandfather is the same, as where a card has the husband's names.
#[test]
fn a_woman_under_her_husband_s_names_is_found() {
    let desk = Desk::of("match");
    desk.file("mothers.toml", of_mothers());
    let rows = roll::electors(34, 0, 300).into_iter();
    let mut rows: Vec<String> = rows.map(|row| format!("{row},هدى")).collect();
    rows.push("901,سوسن,طارق,سعيد,الجندي,F,1979-03-08,21,,فريال".to_owned());
    rows.push("902,سوسن,مراد,شاكر,الجندي,F,1979-03-08,21,,فريال".to_owned());
    let text = roll::text(&rows).replacen("nid\n", "nid,mother\n", 1);
    desk.file("roll.csv", text);
    desk.done("dedupe --profile mothers.toml roll.csv --out pairs.csv");
    let pairs = desk.pairs("pairs.csv");
    let found = pairs
        .iter()
        .find(|pair| (&*pair.one, &*pair.other) == ("901", "902"));
    assert_eq!(found.map(|pair| pair.class.as_str()), Some("review"));
}

/// What stands side by side is what was compared, whatever column it stands in.
#[test]
fn names_in_another_order_are_shown_as_they_were_compared() {
    let desk = Desk::of("match");
    let mut rows = roll::electors(35, 0, 300);
    rows.push("901,مصطفى,طارق,سعيد,الجندي,M,1979-03-08,21,".to_owned());
    rows.push("902,مصطفى,سعيد,الجندي,طارق,M,1979-03-08,21,".to_owned());
    rows.push("903,مصطفى,الجندي,طارق,سعيد,M,1979-03-08,21,".to_owned());
    desk.file("roll.csv", roll::text(&rows));
    for ids in ["901 902", "902 901", "901 903", "903 901", "902 903"] {
        let object: Value = desk.done(&format!("{EXPLAIN} {ids} --lang en"));
        let lines = object["explained"]["en"]["lines"].as_array().unwrap();
        let names = lines.iter().filter(|line| {
            let what = line["what"].as_str().unwrap();
            what.ends_with(" name")
        });
        let names: Vec<&Value> = names.collect();
        assert_eq!(names.len(), 4, "{object}");
        for line in names {
            let [one, other] = [0, 1].map(|at| line["spellings"][at].as_str().unwrap());
            assert_eq!(one, other, "{ids}: {line}");
        }
    }
    let output = desk.run(&format!("{EXPLAIN} 901 902 --lang en"));
    let said = String::from_utf8(output.stdout).unwrap();
    let moved = "\u{2068}طارق\u{2069} (father's name) | \u{2068}طارق\u{2069}";
    assert!(said.contains(moved), "{said}");
}
