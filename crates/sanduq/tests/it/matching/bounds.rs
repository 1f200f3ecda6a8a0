//! What says too little to be measured, learnt from or decided by is refused; what is written runs
//! in no spreadsheet and is read back.

use crate::desk::Desk;
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
    let desk = Desk::of("match");
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
    assert!(said.contains("True pairs: 25"), "{said}");
    assert!(said.contains("fewer than 30 true pairs"), "{said}");
    assert!(said.contains("too few to judge"), "{said}");
    for (lang, pairs) in [("ar", "الأزواج الصحيحة: ٢٥"), ("fa", "جفت‌های درست: ۲۵")]
    {
        let said = desk.run(&format!("{report} truth.csv --lang {lang}"));
        let said = String::from_utf8(said.stdout).unwrap();
        assert!(said.contains(pairs), "{said}");
        let foreign = |word: &&str| word.bytes().any(|byte| byte.is_ascii_alphanumeric());
        let words = said.split([' ', '\n']).filter(foreign);
        assert_eq!(words.filter(|word| *word != "F1").count(), 0, "{said}");
    }
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

/// What the truth leaves out would count as an error of ours, and nobody would know.
#[test]
fn a_truth_with_holes_says_so() {
    let desk = Desk::of("match");
    let whole = truth(400, 440);
    let (cut, _) = whole.split_at(whole.find("\n430,").unwrap() + 1);
    desk.file("roll.csv", roll::text(&roll::roll(71, 400)))
        .file("whole.csv", &whole)
        .file("holes.csv", format!("{cut}9998,1\n9999,2\n"));
    let said = |truth: &str| {
        let said = desk.run(&format!("report --profile wahat roll.csv --truth {truth}"));
        String::from_utf8(said.stdout).unwrap()
    };
    let holes = said("holes.csv");
    assert!(
        holes.contains("10 of 440 records are not in the truth"),
        "{holes}"
    );
    assert!(
        holes.contains("2 rows of the truth name no record"),
        "{holes}"
    );
    let json = said("holes.csv --json");
    assert!(
        json.contains(r#""note":"truth_incomplete","records":440,"unnamed":10,"unknown":2}"#),
        "{json}"
    );
    let whole = said("whole.csv");
    assert!(!whole.contains("not in the truth") && !whole.contains("rows of the truth"));
}

/// The roll and the list call their people by names, in another order.
#[test]
fn a_truth_says_of_each_record_once_whose_it_is_and_names_are_those_of_all_files() {
    let desk = Desk::of("match");
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
    let desk = Desk::of("match");
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
    let desk = Desk::of("match");
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
    assert!(said.contains("True pairs: 4\n"), "{said}");
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

/// A pair that is held back is proposed to nobody unasked, and raises no figure of those that are.
#[test]
fn what_others_contradict_counts_as_no_automatic_proposal() {
    let desk = Desk::of("match");
    let mut rows = roll::roll(32, 300);
    // The one in the middle may be either of two men.
    rows.push("950,مصطفى,طارق,سعيد,الجندي,M,1979-03-08,21,27903082101237".to_owned());
    rows.push("951,مصطفى,طارق,,,M,1979-03-08,,27903082101239".to_owned());
    rows.push("952,مصطفى,طارق,كمال,حجازي,M,1979-03-08,14,27903082101299".to_owned());
    let known = "950,990000,true\n951,990000,false\n952,990090,yes\n";
    let known = format!("{}{known}", truth(300, 330).replace('\n', ",\n"));
    desk.file("roll.csv", roll::text(&rows))
        .file("truth.csv", known.replacen(",\n", ",is_original\n", 1));
    let told = desk.done("dedupe --profile wahat roll.csv --out pairs.csv");
    let held_back = told["contradicted_automatic"].as_u64().unwrap();
    assert!(held_back > 0, "{told}");
    let figures = "report --profile wahat roll.csv --truth truth.csv --json";
    let figures = String::from_utf8(desk.run(figures).stdout).unwrap();
    let figure = |name: &str| {
        let name = format!("\"figure\":\"{name}\"");
        let line = figures.lines().find(|line| line.contains(&name)).unwrap();
        let line: serde_json::Value = serde_json::from_str(line).unwrap();
        line["value"].as_f64().unwrap()
    };
    assert_eq!(figure("automatic_held_back"), held_back as f64);
    let person = |id: &str| match id.parse::<u64>().unwrap() {
        950 | 951 => 950,
        952 => 952,
        copy @ 300.. => (copy - 300) * 10,
        own => own,
    };
    let pairs = desk.pairs("pairs.csv").into_iter();
    let automatic = pairs.filter(|row| row.class == "automatic");
    let (right, wrong): (Vec<_>, Vec<_>) =
        automatic.partition(|row| person(&row.one) == person(&row.other));
    let recall = right.len() as f64 / figure("true_pairs");
    let told = figure("automatic_recall");
    assert!((told - recall).abs() < 1e-6, "{figures}");
    assert_eq!(figure("automatic_false"), wrong.len() as f64);
}

#[test]
fn whether_a_record_is_a_person_s_own_is_said_with_yes_or_no() {
    let desk = Desk::of("match");
    desk.file("roll.csv", roll::text(&roll::roll(71, 250)));
    let words = "report --profile wahat roll.csv --truth truth.csv";
    let with = |said: &str| {
        let whole = truth(250, 275).replacen("person\n", "person,is_original\n", 1);
        let lines = whole.lines().enumerate().map(|(at, line)| match at {
            0 => format!("{line}\n"),
            40 => format!("{line},{said}\n"),
            _ => format!("{line},\n"),
        });
        lines.collect::<String>()
    };
    for said in ["true", "TRUE", "yes", "1", "false", "No", "0", "", " "] {
        desk.file("truth.csv", with(said));
        assert!(desk.run(words).status.success(), "{said}");
    }
    for said in ["maybe", "2", "oui", "t", "-"] {
        desk.file("truth.csv", with(said));
        let (code, message) = desk.refusal(words);
        assert_eq!(code, "matching.truth_original", "{said}");
        let place = "truth.csv, line 41, column “is_original”: ";
        assert!(message.starts_with(place), "{message}");
        let accepted = "true, yes or 1, or false, no or 0";
        assert!(message.contains(accepted), "{message}");
        assert!(!message.contains("maybe"), "{message}");
    }
}
