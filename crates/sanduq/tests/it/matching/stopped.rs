//! A run that is killed goes on where it was; two runs do not disturb each other; a full disk
//! leaves what was there.

use crate::desk::Desk;
use crate::desk::object;
use crate::matching::roll;
use std::fs::File;
use std::fs::Permissions;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::Child;
use std::process::Command;
use std::process::Stdio;
use std::time::Duration;
use std::time::Instant;

const WORDS: &str = "dedupe --profile wahat --json --out pairs.csv";

/// A desk with two rolls, and the pairs of each as no disturbed run gives them.
fn desk() -> Desk {
    let desk = Desk::of("match");
    for (name, seed) in [("one", 11), ("two", 12)] {
        desk.file(&format!("{name}.csv"), roll::text(&roll::roll(seed, 4000)));
        desk.done(&format!(
            "dedupe --profile wahat {name}.csv --out {name}.pairs"
        ));
    }
    desk
}

fn begun(desk: &Desk, roll: &str) -> Child {
    let mut command = desk.command(&format!("{WORDS} {roll}"));
    command.stdout(Stdio::piped()).stderr(Stdio::null());
    command.env("RAYON_NUM_THREADS", "1").spawn().unwrap()
}

fn tell(child: &Child, signal: &str) {
    let told = Command::new("kill")
        .args([signal, &child.id().to_string()])
        .status();
    assert!(told.unwrap().success());
}

/// A run that is stopped, and not near its end, when it has done five rules or more.
fn in_the_middle(desk: &Desk, roll: &str) -> Child {
    let [done, last] = ["005", "025"].map(|rule| desk.path(&format!("pairs.csv.work/rule-{rule}")));
    let before = std::fs::read(desk.path("pairs.csv")).ok();
    for _ in 0..20 {
        let mut child = begun(desk, roll);
        let since = Instant::now();
        while !done.exists() && child.try_wait().unwrap().is_none() {
            assert!(
                since.elapsed() < Duration::from_secs(60),
                "it does not come on"
            );
        }
        if child.try_wait().unwrap().is_none() {
            tell(&child, "-STOP");
            if done.exists() && !last.exists() {
                return child;
            }
            tell(&child, "-CONT");
        }
        assert!(child.wait().unwrap().success());
        match &before {
            Some(before) => std::fs::write(desk.path("pairs.csv"), before).unwrap(),
            None => std::fs::remove_file(desk.path("pairs.csv")).unwrap(),
        }
    }
    panic!("it was never met in the middle");
}

fn kill(mut child: Child) {
    child.kill().unwrap();
    assert!(!child.wait().unwrap().success());
}

fn files_of(desk: &Desk) -> Vec<String> {
    let names = desk.names().into_iter();
    names.filter(|name| name.starts_with("pairs.csv")).collect()
}

#[test]
fn a_run_that_was_killed_goes_on_and_ends_alike() {
    let desk = desk();
    kill(in_the_middle(&desk, "one.csv"));
    assert_eq!(files_of(&desk), ["pairs.csv.work"]);
    let told = object(&desk.run(&format!("{WORDS} one.csv")));
    let kept = told["rules_kept"].as_u64().unwrap();
    assert!((5..=28).contains(&kept), "{told}");
    assert!(desk.bytes("pairs.csv") == desk.bytes("one.pairs"));
    assert_eq!(files_of(&desk), ["pairs.csv"]);
    let told = object(&desk.run(&format!("{WORDS} one.csv")));
    assert_eq!(told["rules_kept"], 0);
}

/// What names people is its owner's, who lets others read it; and stays as the owner left it.
#[test]
fn what_is_written_is_its_owner_s() {
    let desk = desk();
    let rights = |name: &str| {
        let told = std::fs::metadata(desk.path(name)).unwrap();
        told.permissions().mode() & 0o777
    };
    kill(in_the_middle(&desk, "one.csv"));
    assert_eq!(rights("pairs.csv.work"), 0o700);
    object(&desk.run(&format!("{WORDS} one.csv")));
    desk.done("prepare --profile wahat one.csv --out one.prepared");
    for name in ["pairs.csv", "one.prepared"] {
        assert_eq!(rights(name), 0o600, "{name}");
    }
    std::fs::set_permissions(desk.path("pairs.csv"), Permissions::from_mode(0o640)).unwrap();
    object(&desk.run(&format!("{WORDS} one.csv")));
    assert_eq!(rights("pairs.csv"), 0o640);
}

#[test]
fn of_another_roll_or_other_weights_nothing_is_kept() {
    let desk = desk();
    kill(in_the_middle(&desk, "one.csv"));
    let told = object(&desk.run(&format!("{WORDS} two.csv")));
    assert_eq!(told["rules_kept"], 0, "{told}");
    assert!(desk.bytes("pairs.csv") == desk.bytes("two.pairs"));
    let profile = include_str!("../../../../../jurisdictions/wahat/matching.toml");
    desk.file(
        "other.toml",
        profile.replace("largest_block = 300", "largest_block = 299"),
    );
    kill(in_the_middle(&desk, "two.csv"));
    let other = WORDS.replace("wahat", "other.toml");
    let told = object(&desk.run(&format!("{other} two.csv")));
    assert_eq!(told["rules_kept"], 0, "{told}");
    // The same name, length and time, another elector.
    kill(in_the_middle(&desk, "two.csv"));
    let text = desk.text("two.csv");
    let told = std::fs::metadata(desk.path("two.csv")).unwrap();
    desk.file("two.csv", text.replacen("محمد", "أحمد", 1));
    let file = File::options().append(true).open(desk.path("two.csv"));
    file.unwrap()
        .set_modified(told.modified().unwrap())
        .unwrap();
    assert_eq!(desk.text("two.csv").len(), text.len());
    let told = object(&desk.run(&format!("{WORDS} two.csv")));
    assert_eq!(told["rules_kept"], 0, "{told}");
}

#[test]
fn a_second_run_with_the_same_result_is_refused_and_disturbs_nothing() {
    let desk = desk();
    let text = desk.text("one.csv");
    desk.file("two.csv", format!("{text}9999,x\n"))
        .file("pairs.csv", "old\n");
    let first = in_the_middle(&desk, "one.csv");
    let (code, message) = desk.refusal("dedupe --profile wahat two.csv --out pairs.csv");
    assert_eq!(code, "matching.taken");
    for word in ["pairs.csv.work", "wait for its end", "another --out"] {
        assert!(message.contains(word), "{message}");
    }
    tell(&first, "-CONT");
    object(&first.wait_with_output().unwrap());
    assert!(desk.bytes("pairs.csv") == desk.bytes("one.pairs"));
    assert_eq!(files_of(&desk), ["pairs.csv"]);
}

#[test]
fn of_many_runs_at_once_each_is_right_or_refused() {
    let desk = desk();
    for _ in 0..3 {
        let runs: Vec<Child> = (0..5).map(|_| begun(&desk, "one.csv")).collect();
        let ends: Vec<_> = runs
            .into_iter()
            .map(|run| run.wait_with_output().unwrap())
            .collect();
        let codes: Vec<_> = ends.iter().map(|end| end.status.code()).collect();
        assert!(codes.contains(&Some(0)), "{codes:?}");
        for end in ends.iter().filter(|end| end.status.code() != Some(0)) {
            let said = crate::wadi::printed(end);
            assert_eq!(end.status.code(), Some(3), "{said}");
            assert!(said.contains("matching.taken"), "{said}");
        }
        assert!(desk.bytes("pairs.csv") == desk.bytes("one.pairs"));
        assert_eq!(files_of(&desk), ["pairs.csv"]);
    }
}

#[test]
fn a_full_disk_leaves_the_old_result_and_the_next_run_succeeds() {
    let desk = desk();
    let text = desk.text("one.csv");
    desk.file("one.csv", format!("{text}9999,x\n"));
    desk.file("pairs.csv", "old\n")
        .file("pairs.csv.quarantine.csv", "old places\n");
    for full in ["pairs.csv.new", "pairs.csv.quarantine.csv.new"] {
        symlink("/dev/full", desk.path(full)).unwrap();
        let output = desk.run(&format!("{WORDS} one.csv"));
        let said = crate::wadi::printed(&output);
        assert_eq!(output.status.code(), Some(1), "{said}");
        assert!(
            said.contains("fault [matching.disk_full]: pairs.csv") && said.contains("No space"),
            "{said}"
        );
        assert!(said.contains(r#"{"code":"matching.disk_full""#), "{said}");
        assert_eq!(desk.text("pairs.csv"), "old\n");
        assert_eq!(desk.text("pairs.csv.quarantine.csv"), "old places\n");
        assert!(!desk.names().contains(&full.to_owned()), "{full}");
    }
    let told = object(&desk.run(&format!("{WORDS} one.csv")));
    assert_eq!(told["rules_kept"], told["rules"]);
    assert!(desk.bytes("pairs.csv") == desk.bytes("one.pairs"));
    assert!(
        desk.text("pairs.csv.quarantine.csv")
            .contains("field_count")
    );
    assert_eq!(files_of(&desk), ["pairs.csv", "pairs.csv.quarantine.csv"]);
}

/// The disk is full at any moment: files may not grow beyond so many blocks.
#[test]
fn whatever_does_not_fit_is_a_fault_and_nothing_is_half_done() {
    let desk = desk();
    desk.file("pairs.csv", "old\n");
    let program = env!("CARGO_BIN_EXE_sanduq");
    for blocks in [0, 1, 8] {
        let script = format!(
            "trap '' XFSZ; ulimit -f {blocks}; exec {program} match {WORDS} --lang fr one.csv \
             2>&1 | cat"
        );
        let script = format!("set -o pipefail; {script}");
        let mut command = Command::new("bash");
        command.args(["-c", &script]).current_dir(desk.path("."));
        let output = command.output().unwrap();
        assert_eq!(
            output.status.code(),
            Some(1),
            "{blocks}: {}",
            crate::wadi::printed(&output)
        );
        let told = crate::wadi::printed(&output);
        assert!(
            told.contains("[matching.disk_full]: Le disque est plein"),
            "{told}"
        );
        assert_eq!(desk.text("pairs.csv"), "old\n");
        assert!(!Path::new(&desk.path("pairs.csv.new")).exists());
    }
    object(&desk.run(&format!("{WORDS} one.csv")));
    assert!(desk.bytes("pairs.csv") == desk.bytes("one.pairs"));
}

#[test]
fn pairs_that_do_not_fit_into_memory_are_refused_and_the_next_run_goes_on() {
    let desk = Desk::of("match");
    let mut rows = roll::roll(13, 1500);
    for at in 0..6 {
        let row = rows[at * 50].clone();
        let ids = 100_000 + 150 * at as u64;
        rows.extend((ids..ids + 150).map(|id| roll::again(&row, id)));
    }
    desk.file("roll.csv", roll::text(&rows));
    let refused = desk.run(&format!("{WORDS} --memory 42M roll.csv"));
    let said = String::from_utf8_lossy(&refused.stderr);
    assert_eq!(refused.status.code(), Some(3), "{said}");
    assert!(said.contains("matching.memory_pairs"), "{said}");
    assert!(said.contains("pairs that were found"), "{said}");
    assert!(!desk.path("pairs.csv").exists());
    let told = object(&desk.run(&format!("{WORDS} --memory 200M roll.csv")));
    assert!(told["rules_kept"].as_u64().unwrap() > 0, "{told}");
    let pairs = ["automatic", "review"].map(|class| told[class].as_u64().unwrap());
    let pairs: u64 = pairs.iter().sum();
    assert!(pairs * 96 > 6 << 20, "more than 42 MiB hold: {pairs}");
}

/// Pairs, places, the prepared roll: wherever the disk is full, it is told in the reader's words.
#[test]
fn a_full_disk_is_told_in_every_language() {
    let desk = desk();
    // Somebody else writes to the same device, and no file of ours.
    let device = File::options().write(true).open("/dev/full").unwrap();
    device.lock_shared().unwrap();
    let text = desk.text("one.csv");
    desk.file("one.csv", format!("{text}9999,x\n"));
    for (lang, said) in [
        ("ar", "القرص ممتلئ، أو لا يُسمح بأن يُكتب عليه أكثر. "),
        ("fa", "دیسک پر است یا نوشتن بیش از این بر آن مجاز نیست. "),
        (
            "fr",
            "Le disque est plein, ou rien de plus ne peut y être écrit. ",
        ),
        ("en", "The disk is full, or no more may be written to it. "),
    ] {
        for (full, words) in [
            ("pairs.csv.new", "dedupe one.csv --out pairs.csv"),
            ("pairs.csv.new", "link two.csv one.csv --out pairs.csv"),
            ("pairs.csv.new", "missing two.csv one.csv --out pairs.csv"),
            (
                "pairs.csv.quarantine.csv.new",
                "dedupe one.csv --out pairs.csv",
            ),
            ("r.prepared.new", "prepare one.csv --out r.prepared"),
        ] {
            symlink("/dev/full", desk.path(full)).unwrap();
            let output = desk.run(&format!("{words} --profile wahat --lang {lang}"));
            let told = String::from_utf8(output.stderr).unwrap();
            assert_eq!(output.status.code(), Some(1), "{words}: {told}");
            let fault = format!("fault [matching.disk_full]: {said}");
            assert!(told.contains(&fault), "{words}: {told}");
            let file = full.trim_end_matches(".new");
            assert!(told.contains(file) && !told.contains("No space"), "{told}");
        }
    }
}
