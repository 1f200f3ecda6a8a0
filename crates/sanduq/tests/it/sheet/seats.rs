//! The seats of an import: those that votes decide, and what is needed for the others.

use super::Bench;
use super::FORM;
use super::HEADER;
use super::object;
use serde_json::Value;
use serde_json::json;

const PLURALITY: &str = "method = \"plurality\"\n[ties]\ndecided_by = \"lot\"\n";
const HARE: &str = "[method.largest_remainder]\n\
     quota = { kind = \"hare\", base = \"votes\", rounding = \"exact\" }\n\
     [ties]\ndecided_by = \"lot\"\n";
const MAJORITY: &str = "[method.majority]\n\
     elects = { share = \"1/2\", compare = \"more_than\", base = \"valid\" }\n\
     places_per_seat = 2\nrun_off_tie = \"decide\"\n";

/// A contest of two choices for so many seats under a rule, and one sheet with their votes.
fn imported(rule: &str, seats: u32, (one, two): (u64, u64)) -> (Value, String) {
    let contest = format!("max_choices = 1\nseats = {seats}\nseat_rule = \"r\"\n");
    let bench = Bench::with(&FORM.replace("max_choices = 1\n", &contest));
    let rules = bench.path("law/bench/seats");
    std::fs::create_dir(&rules).unwrap();
    let rule = format!("code = \"r\"\nlaw = \"none\"\n{rule}");
    std::fs::write(rules.join("r.toml"), rule).unwrap();
    let valid = one + two;
    let file = bench.file(
        "1.csv",
        format!("{HEADER}P,1,{valid},{valid},{one},{two}\n"),
    );
    let read = object(&bench.import(&[], &[&file]));
    let law = bench.path("law");
    let shown = std::process::Command::new(env!("CARGO_BIN_EXE_sanduq"))
        .args(["sheet", "import", "--dry-run", "--form", "bench"])
        .arg("--jurisdictions")
        .args([&law, &file])
        .output();
    (read, String::from_utf8(shown.unwrap().stdout).unwrap())
}

#[test]
fn seats_that_votes_do_not_decide_are_named_with_what_they_need() {
    let tie = |seats| {
        json!({ "among": ["one", "two"], "seats": seats, "prize": "seat",
        "decided_by": "lot" })
    };
    let run_off = json!({ "among": ["one", "two"], "seats": 1 });
    for (rule, seats, votes, awards, open, line) in [
        (
            HARE,
            2,
            (10, 10),
            json!({ "one": 1, "two": 1 }),
            json!([]),
            "",
        ),
        (
            HARE,
            3,
            (10, 10),
            json!({ "one": 1, "two": 1 }),
            json!([{ "contest": "c", "lot_needed": tie(1) }]),
            "lot needed in c: seats 1, equal one, two; decided by a drawing of lots\n",
        ),
        (
            PLURALITY,
            1,
            (7, 7),
            json!({}),
            json!([{ "contest": "c", "lot_needed": tie(1) }]),
            "lot needed in c: seats 1, equal one, two; decided by a drawing of lots\n",
        ),
        (
            PLURALITY,
            5,
            (7, 3),
            json!({ "one": 1, "two": 1 }),
            json!([{ "contest": "c", "vacant": 3 }]),
            "vacant in c: seats 3\n",
        ),
        (
            MAJORITY,
            1,
            (5, 5),
            json!({}),
            json!([{ "contest": "c", "run_off": run_off }]),
            "run-off in c: seats 1, between one, two\n",
        ),
        (MAJORITY, 1, (6, 5), json!({ "one": 1 }), json!([]), ""),
    ] {
        let (read, text) = imported(rule, seats, votes);
        assert_eq!(read["seats"], awards, "{rule}: {read}");
        assert_eq!(read["open_seats"], open, "{rule}: {read}");
        assert!(text.contains(line), "{line} in: {text}");
        let named = ["lot needed", "run-off", "vacant"].map(|word| text.contains(word));
        assert_eq!(named.contains(&true), !line.is_empty(), "{text}");
    }
}

#[test]
fn without_a_rule_nothing_is_said_of_seats() {
    let bench = Bench::new();
    let read = bench.read(format!("{HEADER}P,1,100,60,30,30\n"));
    assert_eq!((read.get("seats"), read.get("open_seats")), (None, None));
}
