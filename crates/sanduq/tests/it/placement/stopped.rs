//! A run that is killed goes on where it was, and ends as an undisturbed one does.

use crate::desk::Desk;
use crate::placement::made;
use crate::placement::made::Size;
use std::process::Child;
use std::process::Command;
use std::process::Stdio;
use std::time::Duration;
use std::time::Instant;

const WORDS: &str = "voters --input stations.csv --voters roll.csv --profile wahat";

fn desk() -> Desk {
    let desk = Desk::of("placement");
    let size = Size {
        districts: 20,
        stations: 30,
        households: 400,
        capacity: 100,
    };
    let (stations, roll) = made::nation(3, &size);
    desk.file("stations.csv", &stations).file("roll.csv", &roll);
    desk
}

fn tell(child: &Child, signal: &str) {
    let told = Command::new("kill")
        .args([signal, &child.id().to_string()])
        .status();
    assert!(told.unwrap().success());
}

/// A run that is stopped, and not ended, when some districts are done.
fn in_the_middle(desk: &Desk) -> Child {
    let done = desk.path("placed.csv.work/district-00004");
    for _ in 0..40 {
        let mut command = desk.command(&format!("{WORDS} --out placed.csv"));
        command.stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = command.env("RAYON_NUM_THREADS", "1").spawn().unwrap();
        let since = Instant::now();
        while !done.exists() && child.try_wait().unwrap().is_none() {
            assert!(
                since.elapsed() < Duration::from_secs(60),
                "it does not come on"
            );
        }
        if child.try_wait().unwrap().is_none() {
            tell(&child, "-STOP");
            if done.exists() && !desk.path("placed.csv").exists() {
                return child;
            }
            tell(&child, "-CONT");
        }
        assert!(child.wait().unwrap().success());
        std::fs::remove_file(desk.path("placed.csv")).unwrap();
    }
    panic!("it was never met in the middle");
}

#[test]
fn a_run_that_was_killed_goes_on_and_ends_alike() {
    let desk = desk();
    let whole = desk.done(&format!("{WORDS} --out whole.csv"));
    assert_eq!(whole["kept_districts"], 0);
    let mut child = in_the_middle(&desk);
    // While it lives, nobody else works in its folder.
    let taken = desk.run(&format!("{WORDS} --out placed.csv"));
    assert_eq!(taken.status.code(), Some(3));
    assert!(String::from_utf8_lossy(&taken.stderr).contains("placement.taken"));
    child.kill().unwrap();
    assert!(!child.wait().unwrap().success());
    let again = desk.done(&format!("{WORDS} --out placed.csv"));
    assert!(again["kept_districts"].as_u64().unwrap() >= 5, "{again}");
    assert_eq!(desk.text("placed.csv"), desk.text("whole.csv"));
    assert_eq!(again["cost"], whole["cost"]);
    assert!(!desk.path("placed.csv.work").exists());
    // What was kept is of these files alone: another roll begins anew.
    std::fs::remove_file(desk.path("placed.csv")).unwrap();
    let mut child = in_the_middle(&desk);
    child.kill().unwrap();
    child.wait().unwrap();
    let roll = desk.text("roll.csv");
    let shorter = roll.rsplit_once("\nV").unwrap().0;
    desk.file("roll.csv", format!("{shorter}\n"));
    let other = desk.done(&format!("{WORDS} --out placed.csv"));
    assert_eq!(other["kept_districts"], 0);
}
