//! A run that is killed leaves its folder and its cluster behind; the next run clears both away.

use std::fs::File;
use std::io::BufRead;
use std::io::BufReader;
use std::path::Path;
use std::process::Command;
use std::process::Stdio;
use std::time::Duration;
use std::time::Instant;

fn rehearsal(temporary: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sanduq"));
    command
        .args(["rehearse", "--json"])
        .env("TMPDIR", temporary)
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    command
}

/// The first process of a cluster below a folder.
fn cluster(temporary: &Path) -> Option<String> {
    let mut runs = std::fs::read_dir(temporary).unwrap().flatten();
    let run = runs.next()?.path().join("store/data/postmaster.pid");
    let text = std::fs::read_to_string(run).ok()?;
    let ready = text.lines().nth(7)?.trim() == "ready";
    ready.then(|| text.lines().next().unwrap().to_owned())
}

/// A folder as a run makes it: a file, and the lock on it while the run lives.
fn folder(temporary: &Path, name: &str) -> File {
    let folder = temporary.join(name);
    std::fs::create_dir(&folder).unwrap();
    File::create_new(folder.join("alive")).unwrap()
}

fn names(temporary: &Path) -> Vec<String> {
    let items = std::fs::read_dir(temporary).unwrap().flatten();
    let mut names: Vec<String> = items
        .map(|item| item.file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

/// Whoever lives, whoever is just beginning, and whatever has another name or is a link stays.
#[test]
fn only_what_a_dead_run_left_is_cleared_away() {
    let temporary = tempfile::tempdir().unwrap();
    let place = temporary.path();
    let alive = folder(place, "sanduq-run-alive");
    alive.lock().unwrap();
    drop(folder(place, "sanduq-run-dead"));
    drop(folder(place, "another"));
    std::os::unix::fs::symlink(place.join("another"), place.join("sanduq-run-link")).unwrap();
    std::fs::create_dir(place.join("sanduq-run-begun")).unwrap();
    assert!(
        rehearsal(place)
            .arg("--no-serve")
            .status()
            .unwrap()
            .success()
    );
    let stay = [
        "another",
        "sanduq-run-alive",
        "sanduq-run-begun",
        "sanduq-run-link",
    ];
    assert_eq!(names(place), stay);
    assert_eq!(names(&place.join("another")), ["alive"]);
}

#[test]
fn what_a_killed_run_left_is_cleared_away() {
    let temporary = tempfile::tempdir().unwrap();
    let mut killed = rehearsal(temporary.path())
        .arg("--no-serve")
        .spawn()
        .unwrap();
    let begun = Instant::now();
    let process = loop {
        if let Some(process) = cluster(temporary.path()) {
            break process;
        }
        assert!(begun.elapsed() < Duration::from_secs(60), "no cluster");
        std::thread::sleep(Duration::from_millis(5));
    };
    killed.kill().unwrap();
    killed.wait().unwrap();
    let proc = Path::new("/proc").join(&process);
    assert!(proc.exists(), "the cluster runs on");
    assert!(
        rehearsal(temporary.path())
            .arg("--no-serve")
            .status()
            .unwrap()
            .success()
    );
    // It has ended; that its entry goes too is for whoever inherited it to see to.
    let ended = || {
        let told = std::fs::read_to_string(proc.join("stat"));
        told.map_or(true, |told| told.contains(") Z "))
    };
    let begun = Instant::now();
    while !ended() {
        assert!(
            begun.elapsed() < Duration::from_secs(10),
            "the cluster was stopped"
        );
        std::thread::sleep(Duration::from_millis(5));
    }
    assert_eq!(std::fs::read_dir(temporary.path()).unwrap().count(), 0);
}

/// Told to stop between two stages, or in one that cannot be broken off.
#[test]
fn a_run_that_is_told_to_stop_stops_before_it_serves() {
    let temporary = tempfile::tempdir().unwrap();
    let mut run = rehearsal(temporary.path())
        .args(["--listen", "127.0.0.1:0"])
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stages = BufReader::new(run.stderr.take().unwrap()).lines();
    assert!(
        stages.any(|line| line.unwrap().trim_start().starts_with("publication")),
        "the publication ended"
    );
    let process = run.id().to_string();
    let told = Command::new("kill").args(["-TERM", &process]).status();
    assert!(told.unwrap().success());
    let begun = Instant::now();
    while run.try_wait().unwrap().is_none() {
        if begun.elapsed() > Duration::from_secs(60) {
            run.kill().unwrap();
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    assert_eq!(run.wait().unwrap().code(), Some(1));
    assert_eq!(names(temporary.path()), [""; 0]);
}
