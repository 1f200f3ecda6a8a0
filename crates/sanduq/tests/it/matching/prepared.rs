//! A prepared roll says what the roll says, sooner, and says no to whatever it was not made for.

use crate::desk::Desk;
use crate::matching::roll;
use crate::matching::roll::again;
use std::process::Output;

const PREPARE: &str = "prepare --profile wahat roll.csv --out roll.prepared";

/// A list of some electors as they stand on the roll, blurred, misspelt, in one field, and of some
/// who do not.
fn list(electors: &[String]) -> Vec<String> {
    let mut rows: Vec<String> = (9000..)
        .zip(electors.iter().step_by(37))
        .map(|(id, row)| match id % 4 {
            0 => again(row, id),
            1 => roll::blurred(row, id),
            2 => again(&row.replace("حسن", "حصن"), id),
            _ => {
                let fields: Vec<&str> = row.split(',').collect();
                let name = fields[1..5].join(" ");
                format!("{id},{name},,,,{}", fields[5..].join(","))
            }
        })
        .collect();
    rows.extend(roll::electors(82, 9500, 20));
    rows.push("9900,MOSTAFA,TAREK,SAID,ELGENDY,M,1979-03-08,21,".to_owned());
    rows
}

/// A desk with a roll, the list of a day, and the prepared roll.
fn desk() -> Desk {
    let desk = Desk::of("match");
    let mut electors = roll::roll(81, 3000);
    electors.push("8000,مصطفى,طارق,سعيد,الجندي,M,1979-03-08,كفر الشيخ,27903082101237".to_owned());
    electors.push("8001,محمد احمد حسن حجازي,,,,M,1979-03-08,كفر الشيخ,".to_owned());
    let list = list(&electors);
    desk.file("roll.csv", roll::text(&electors))
        .file("list.csv", roll::text(&list))
        .file("one.csv", roll::text(&list[..1]));
    let told = desk.done(PREPARE);
    assert_eq!(told["records"], 3302);
    desk
}

#[test]
fn a_prepared_roll_gives_the_pairs_of_the_roll_to_the_byte() {
    let desk = desk();
    for list in ["list.csv", "one.csv"] {
        let link = |roll: &str| {
            let words = format!("link --profile wahat {list} {roll} --out pairs.csv");
            let told = desk.done(&words);
            let count = |key: &str| told[key].as_u64().unwrap();
            let counts = ["records", "compared", "automatic", "review"].map(count);
            (desk.text("pairs.csv"), counts, told["dates"].clone())
        };
        let expected = link("roll.csv");
        assert!(expected.0.lines().count() > 1);
        assert_eq!(link("roll.prepared"), expected, "{list}");
    }
    let missing = |roll: &str| {
        desk.done(&format!(
            "missing --profile wahat list.csv {roll} --out missing.csv"
        ));
        desk.text("missing.csv")
    };
    assert_eq!(missing("roll.prepared"), missing("roll.csv"));
    assert!(missing("roll.csv").contains("missing"));
}

/// Under one number stand many people; one of them who is on the list is a question for a clerk.
#[test]
fn a_number_of_many_is_nobodys_on_a_prepared_roll_too() {
    let desk = Desk::of("match");
    let mut electors = roll::roll(83, 1200);
    for row in &mut electors[..60] {
        let (rest, _) = row.rsplit_once(',').unwrap();
        *row = format!("{rest},29001012100011");
    }
    let list: Vec<String> = (9000..)
        .zip(&electors[..20])
        .map(|(id, row)| again(row, id))
        .collect();
    desk.file("roll.csv", roll::text(&electors))
        .file("list.csv", roll::text(&list));
    desk.done(PREPARE);
    for roll in ["roll.csv", "roll.prepared"] {
        let told = desk.done(&format!(
            "link --profile wahat list.csv {roll} --out {roll}.pairs"
        ));
        assert_eq!(told["automatic"], 0, "{roll}: {told}");
        assert!(told["review"].as_u64().unwrap() >= 15, "{roll}: {told}");
    }
    assert_eq!(
        desk.text("roll.csv.pairs"),
        desk.text("roll.prepared.pairs")
    );
    let said = desk.run("explain --profile wahat --roll roll.csv --list list.csv 9000 0 --lang en");
    let said = String::from_utf8(said.stdout).unwrap();
    assert!(
        said.contains("under too many people to be compared"),
        "{said}"
    );
}

/// In passes, with further attributes, and in the calendar of the roll.
#[test]
fn attributes_calendars_and_little_memory_change_nothing() {
    let desk = Desk::of("match");
    let mothers = ["فاطمة", "زينب", "خديجة", "مريم", "هدى"];
    let with = |rows: &[String]| {
        let rows = rows.iter().enumerate().map(|(at, row)| {
            let row = row.replacen("-01-", "-1-", 1);
            let (rest, _) = row.rsplit_once(',').unwrap();
            format!("{rest},,{}", mothers[at / 10 % 5])
        });
        let text = roll::text(&rows.collect::<Vec<_>>());
        text.replacen("nid\n", "nid,mother\n", 1)
    };
    let electors = roll::electors(83, 0, 1500);
    let listed: Vec<String> = (9000..)
        .zip(&electors[..200])
        .map(|(id, row)| again(row, id))
        .collect();
    desk.file("roll.csv", with(&electors))
        .file("list.csv", with(&listed));
    let link = |roll: &str| {
        desk.done(&format!(
            "link --profile tunisia list.csv {roll} --out pairs.csv"
        ));
        desk.text("pairs.csv")
    };
    let expected = link("roll.csv");
    assert!(expected.lines().count() > 200);
    for memory in ["", "--memory 38M"] {
        desk.done(&format!(
            "prepare --profile tunisia roll.csv --out roll.prepared {memory}"
        ));
        assert!(link("roll.prepared") == expected, "{memory}");
    }
}

fn code(output: &Output) -> String {
    let said = String::from_utf8_lossy(&output.stderr);
    let (_, rest) = said.split_once("refused [").unwrap_or(("", &said));
    rest.split(']').next().unwrap_or_default().to_owned()
}

#[test]
fn a_prepared_roll_that_does_not_fit_is_refused_with_the_reason() {
    let desk = desk();
    let profile = include_str!("../../../../../jurisdictions/wahat/matching.toml");
    desk.file(
        "rules.toml",
        profile.replace("  \"tail given father\",\n", ""),
    )
    .file(
        "other.toml",
        profile.replace("hopeless_parts = 2", "hopeless_parts = 3"),
    );
    let link = "link list.csv roll.prepared --out pairs.csv --profile";
    for (words, code, said) in [
        (
            format!("{link} rules.toml"),
            "matching.prepared_rules",
            "other rules",
        ),
        (
            format!("{link} other.toml"),
            "matching.prepared_profile",
            "another profile",
        ),
        (
            format!("{link} wahat --dates mdy"),
            "matching.prepared_profile",
            "another profile",
        ),
        (
            format!("{link} iran"),
            "matching.prepared_rules",
            "sanduq match prepare",
        ),
        (
            "dedupe --profile wahat roll.prepared --out pairs.csv".to_owned(),
            "matching.prepared_roll",
            "was made of",
        ),
        (
            "link --profile wahat roll.prepared list.csv --out pairs.csv".to_owned(),
            "matching.prepared_roll",
            "was made of",
        ),
        (
            "explain --profile wahat --roll roll.prepared 1 2".to_owned(),
            "matching.prepared_roll",
            "was made of",
        ),
    ] {
        let (told, message) = desk.refusal(&words);
        assert_eq!(told, code, "{message}");
        assert!(message.contains("roll.prepared"), "{message}");
        assert!(message.contains(said), "{message}");
    }
}

#[test]
fn a_torn_or_altered_prepared_roll_is_not_believed() {
    let desk = desk();
    let words = "link list.csv roll.prepared --out pairs.csv --profile wahat";
    let whole = desk.bytes("roll.prepared");
    for length in [16, 4096, whole.len() / 2, whole.len() - 1] {
        desk.file("roll.prepared", &whole[..length]);
        let (told, message) = desk.refusal(words);
        assert_eq!(told, "matching.prepared_torn", "{message}");
        assert!(message.starts_with("roll.prepared: "), "{message}");
        assert!(message.contains("prepare it again"), "{message}");
    }
    // Whatever page is altered is either not read, or not believed.
    let expected = {
        desk.file("roll.prepared", &whole).done(words);
        desk.bytes("pairs.csv")
    };
    let mut believed = 0;
    for at in (16..whole.len()).step_by(whole.len() / 23) {
        let mut other = whole.clone();
        other[at] ^= 1;
        let output = desk.file("roll.prepared", other).run(words);
        if output.status.success() {
            believed += 1;
            assert!(desk.bytes("pairs.csv") == expected, "{at}");
        } else {
            assert_eq!(code(&output), "matching.prepared_torn", "{at}");
            let said = String::from_utf8_lossy(&output.stderr);
            let named = "refused [matching.prepared_torn]: roll.prepared: ";
            assert!(said.contains(named), "{said}");
            assert!(said.contains("prepare it again"), "{said}");
        }
    }
    assert!(believed < 23, "nothing that was read is believed unseen");
}

/// What a run that was killed has left is of no use and takes room.
#[test]
fn what_a_stopped_run_left_goes_before_anything_is_read() {
    let desk = desk();
    let expected = desk.bytes("roll.prepared");
    let left = ["roll.prepared.new", "roll.prepared.quarantine.csv.new"];
    let half = || {
        for name in left {
            desk.file(name, &expected[..expected.len() / 2]);
        }
    };
    half();
    desk.done(PREPARE);
    assert!(desk.bytes("roll.prepared") == expected);
    for name in left {
        assert!(!desk.path(name).exists(), "{name}");
    }
    half();
    // Even where the run is then refused.
    desk.file("broken.csv", "");
    let output = desk.run(&PREPARE.replace("roll.csv", "broken.csv"));
    assert_eq!(code(&output), "source.empty");
    for name in left {
        assert!(!desk.path(name).exists(), "{name}");
    }
    assert!(desk.bytes("roll.prepared") == expected);
}

/// Whoever writes a file holds its lock, and nobody else writes into it.
#[test]
fn a_file_that_another_run_writes_is_left_alone() {
    let desk = desk();
    let before = desk.bytes("roll.prepared");
    for name in ["roll.prepared.new", "roll.prepared.quarantine.csv.new"] {
        desk.file(name, "half of it");
        let other = std::fs::File::open(desk.path(name)).unwrap();
        other.lock().unwrap();
        let (code, message) = desk.refusal(PREPARE);
        assert_eq!(code, "matching.taken");
        assert!(message.contains(name), "{message}");
        drop(other);
        std::fs::remove_file(desk.path(name)).unwrap();
    }
    assert!(desk.bytes("roll.prepared") == before);
}
