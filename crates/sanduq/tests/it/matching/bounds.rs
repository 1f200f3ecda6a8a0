//! What says too little to be measured, learnt from or decided by is refused; what is written runs
//! in no spreadsheet and is read back.

use crate::matching::Desk;
use crate::matching::roll;
use crate::matching::roll::again;

/// The truth of a roll whose rows from `count` on are copies, as [`roll::roll`] makes them.
fn truth(count: u64, rows: u64) -> String {
    let person = |row: u64| if row < count { row } else { (row - count) * 10 } * 100;
    let lines = (0..rows).map(|row| format!("{row},{}\n", person(row)));
    format!("id,person\n{}", lines.collect::<String>())
}

#[test]
fn a_truth_too_small_teaches_nothing_and_its_figures_say_so() {
    let desk = Desk::new();
    let rows = roll::roll(71, 250);
    desk.file("roll.csv", roll::text(&rows))
        .file("truth.csv", truth(250, 275))
        .file("nobody.csv", "id,person\n1,7\n2,8\n");
    let (code, message) = refused(
        &desk,
        "train --profile wahat --out w.txt roll.csv=truth.csv",
    );
    assert_eq!(code, "matching.truth_small");
    assert!(
        message.contains("25 pairs") && message.contains("fewer than 30"),
        "{message}"
    );
    let report = "report --profile wahat roll.csv --truth";
    let (code, message) = desk.refusal(&format!("{report} nobody.csv"));
    assert_eq!(code, "matching.truth_empty");
    assert!(message.contains("nobody.csv"), "{message}");
    let said = desk.run(&format!("{report} truth.csv"));
    let said = String::from_utf8(said.stdout).unwrap();
    assert!(said.contains("n = 25: fewer than 30 true pairs"), "{said}");
    assert!(said.contains("too few to judge"), "{said}");
    let rows = roll::roll(71, 400);
    desk.file("roll.csv", roll::text(&rows))
        .file("truth.csv", truth(400, 440));
    let output = desk.run("train --profile wahat --out w.txt roll.csv=truth.csv");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let said = desk.run(&format!("{report} truth.csv"));
    assert!(
        !String::from_utf8(said.stdout)
            .unwrap()
            .contains("figures say little")
    );
}

/// The roll and the list call their people by names, in another order.
#[test]
fn a_truth_says_of_each_record_once_whose_it_is_and_names_are_those_of_all_files() {
    let desk = Desk::new();
    let electors = roll::electors(74, 0, 300);
    let listed: Vec<String> = (9000..)
        .zip(electors.iter().rev())
        .map(|(id, row)| again(row, id))
        .collect();
    let truth = |rows: &[String], name: fn(usize) -> usize| {
        let rows = rows.iter().enumerate();
        let rows = rows.map(|(at, row)| {
            let (id, _) = row.split_once(',').unwrap();
            format!("{id},person {}\n", name(at))
        });
        format!("id,person\n{}", rows.collect::<String>())
    };
    desk.file("roll.csv", roll::text(&electors))
        .file("list.csv", roll::text(&listed))
        .file("roll.truth.csv", truth(&electors, |at| at))
        .file("list.truth.csv", truth(&listed, |at| 299 - at));
    let report = "report --profile wahat roll.csv --truth roll.truth.csv --list list.csv \
                  --list-truth list.truth.csv --json";
    let said = String::from_utf8(desk.run(report).stdout).unwrap();
    let figure = |name: &str| {
        let line = said.lines().find(|line| line.contains(name)).unwrap();
        let figure: serde_json::Value = serde_json::from_str(line).unwrap();
        figure["value"].as_f64().unwrap()
    };
    assert_eq!(figure("\"true_pairs"), 300.0);
    assert!(
        figure("\"recall\"") > 0.9 && figure("\"precision\"") > 0.9,
        "{said}"
    );
    let twice = format!("{}7,somebody\n8,somebody\n", desk.text("roll.truth.csv"));
    desk.file("roll.truth.csv", twice);
    let (code, message) = desk.refusal(report.trim_end_matches(" --json"));
    assert_eq!(code, "matching.truth_twice");
    let expected = "roll.truth.csv: 2 rows say again whose a record is (first on lines 302, 303)";
    assert!(message.starts_with(expected), "{message}");
}

/// The code and sentence with which a command without `--json` is refused.
fn refused(desk: &Desk, words: &str) -> (String, String) {
    let output = desk.run(words);
    assert_eq!(output.status.code(), Some(3), "{words}");
    let said = String::from_utf8(output.stderr).unwrap();
    let told = said.lines().find_map(|line| line.strip_prefix("refused ["));
    let (code, message) = told.unwrap().split_once("]: ").unwrap();
    (code.to_owned(), message.to_owned())
}

#[test]
fn weights_and_blocks_that_decide_nothing_are_refused() {
    let desk = Desk::new();
    let profile = include_str!("../../../../../jurisdictions/wahat/matching.toml");
    desk.file("roll.csv", roll::text(&roll::electors(72, 0, 20)))
        .file("empty.txt", "review 0\nautomatic 9000\n")
        .file("turned.txt", "review 9\nautomatic 8\nsex same 1 1\n")
        .file(
            "none.toml",
            profile.replace("largest_block = 300", "largest_block = 0"),
        );
    for (words, code, said) in [
        (
            "--profile wahat --weights empty.txt",
            "matching.weights_empty",
            "name another",
        ),
        (
            "--profile wahat --weights turned.txt",
            "matching.weights_thresholds",
            "from 8 on",
        ),
        (
            "--profile none.toml",
            "matching.profile_block",
            "largest_block",
        ),
    ] {
        let (told, message) = desk.refusal(&format!("dedupe roll.csv --out pairs.csv {words}"));
        assert_eq!(told, code, "{message}");
        assert!(message.contains(said), "{message}");
    }
}

#[test]
fn ids_run_in_no_spreadsheet_and_are_read_back() {
    let desk = Desk::new();
    let mut rows = roll::roll(73, 400);
    let strange = ["=1+1", "-7", "+20", "@x"];
    for (at, id) in strange.into_iter().enumerate() {
        let (_, rest) = rows[400 + at].split_once(',').unwrap();
        rows[400 + at] = format!("{id},{rest}");
    }
    desk.file("roll.csv", roll::text(&rows));
    desk.done("dedupe --profile wahat roll.csv --out pairs.csv");
    let pairs = desk.pairs("pairs.csv");
    for id in strange {
        assert!(
            pairs.iter().any(|row| row.other == format!("'{id}")),
            "{id}"
        );
    }
    let text = desk.text("pairs.csv");
    let runs = |cell: &str| cell.starts_with(['=', '+', '@']);
    assert!(!text.split([',', '\n']).any(runs), "{text}");
    // A truth made of what was written names the same records.
    let mut written = truth(400, 400);
    for (row, id) in strange.iter().enumerate() {
        written += &format!("'{id},{}\n", row * 1000);
    }
    desk.file("truth.csv", written);
    let said = desk.run("report --profile wahat roll.csv --truth truth.csv");
    let said = String::from_utf8(said.stdout).unwrap();
    assert!(
        said.contains("true_pairs") && said.contains(" 4 pairs"),
        "{said}"
    );
    let explain = desk.run("explain --profile wahat --roll roll.csv 10 '-7 --lang en");
    let said = String::from_utf8(explain.stdout).unwrap();
    assert!(said.contains("10 · -7"), "{said}");
    let civil: Vec<String> = vec![again(&rows[1], 1), "-9,ا,ب,ج,د,M,1979-03-08,21,".to_owned()];
    desk.file("civil.csv", roll::text(&civil));
    desk.done("missing --profile wahat civil.csv roll.csv --out missing.csv");
    assert!(
        desk.text("missing.csv").contains("\n'-9,missing"),
        "guarded"
    );
}
