//! One pair in words: in four languages, and in agreement with the file of pairs.

use crate::matching::Desk;
use crate::matching::roll;
use crate::matching::roll::again;
use serde_json::Value;

const EXPLAIN: &str = "explain --profile wahat --roll roll.csv";

#[test]
fn a_pair_is_explained_in_four_languages_and_an_unknown_id_is_refused() {
    let desk = Desk::new();
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
    let desk = Desk::new();
    let mut rows = roll::roll(32, 300);
    rows.push(again(&rows[10], 800));
    desk.file("roll.csv", roll::text(&rows));
    let told = desk.done("dedupe --profile wahat roll.csv --out pairs.csv");
    let pairs = desk.pairs("pairs.csv");
    assert!(pairs.len() >= 30);
    let mut demoted = 0;
    for pair in &pairs {
        let object: Value = desk.done(&format!("{EXPLAIN} {} {} --lang en", pair.one, pair.other));
        assert_eq!(object["score"], pair.score, "{pair:?}");
        let both = (object["class"].as_str().unwrap(), pair.class.as_str());
        demoted += u64::from(both == ("automatic", "review"));
        assert!(
            both.0 == both.1 || both == ("automatic", "review"),
            "{both:?} {pair:?}"
        );
        let back: Value = desk.done(&format!("{EXPLAIN} {} {} --lang en", pair.other, pair.one));
        assert_eq!(back["score"], pair.score, "{pair:?}");
    }
    assert_eq!(told["contradicted_automatic"], demoted);
}
