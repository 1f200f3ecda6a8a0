//! An invented roll from the command line: whole, or not there at all.

use crate::wadi::printed;
use crate::wadi::sanduq;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::process::Stdio;
use std::thread::sleep;
use std::time::Duration;

fn files(folder: &Path) -> BTreeMap<String, String> {
    let items = fs::read_dir(folder).unwrap().map(Result::unwrap);
    let file = |item: fs::DirEntry| {
        let name = item.file_name().into_string().unwrap();
        (name, fs::read_to_string(item.path()).unwrap())
    };
    items.map(file).collect()
}

#[test]
fn a_roll_is_invented_with_its_truth() {
    let place = tempfile::tempdir().unwrap();
    let empty = place.path().join("empty");
    fs::create_dir(&empty).unwrap();
    let invent = |out: &Path, language| {
        let out = out.display().to_string();
        let what = ["invent", "--records", "3000", "--language", language];
        let output = sanduq(&[&what[..], &["--seed", "7", "--json", "--out", &out]].concat());
        assert!(output.status.success(), "{}", printed(&output));
        serde_json::from_slice::<Value>(&output.stdout).unwrap()
    };
    let told = invent(&empty, "ar");
    let again = place.path().join("a/new/folder");
    invent(&again, "ar");
    let persian = place.path().join("persian");
    invent(&persian, "fa");
    let (arabic, persian) = (files(&empty), files(&persian));
    assert_eq!(arabic, files(&again));
    assert_ne!(arabic, persian);
    for book in ["roll", "deaths", "justice", "serving", "civil_status"] {
        let rows = |name: String| arabic[&name].lines().count() as u64 - 1;
        assert_eq!(told[book], rows(format!("{book}.csv")), "{book}");
        assert_eq!(told[book], rows(format!("{book}.truth.csv")), "{book}");
    }
    assert_eq!((&told["roll"], arabic.len()), (&3_000.into(), 10));
    let header = "rid,given,father,grandfather,family,sex,dob,gov,nid\n";
    assert!(arabic["roll.csv"].starts_with(header));
    assert!(arabic["roll.csv"].contains('أ') && persian["roll.csv"].contains('گ'));
    // Nothing unfinished is left beside them.
    assert_eq!(fs::read_dir(place.path()).unwrap().count(), 3);
}

#[test]
fn what_cannot_be_invented_is_refused() {
    let place = tempfile::tempdir().unwrap();
    let path = |name: &str| place.path().join(name).display().to_string();
    fs::create_dir(path("used")).unwrap();
    fs::write(path("used/mine"), "mine").unwrap();
    fs::create_dir_all(path("law/land")).unwrap();
    fs::create_dir_all(path("wrong/land")).unwrap();
    fs::write(path("wrong/land/people.toml"), "language = 3").unwrap();
    fs::write(path("wrong/land/names.csv"), "").unwrap();
    let (used, mine, out) = (path("used"), path("used/mine"), path("out"));
    let (law, wrong) = (path("law"), path("wrong"));
    for (arguments, code) in [
        (vec!["--out", &used], "invent.out_in_use"),
        (vec!["--out", &mine], "invent.out_closed"),
        (vec!["--out", "/proc/out"], "invent.out_closed"),
        (vec!["--out", &out, "--records", "0"], "invent.records"),
        (
            vec!["--out", &out, "--records", "99999999999"],
            "invent.records",
        ),
        (
            vec!["--out", &out, "--jurisdictions", &law],
            "people.language",
        ),
        (
            vec!["--out", &out, "--jurisdictions", &wrong],
            "people.names",
        ),
    ] {
        let output = sanduq(&[&["invent", "--json"], arguments.as_slice()].concat());
        let said = printed(&output);
        assert_eq!(output.status.code(), Some(3), "{arguments:?}: {said}");
        let object: Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!(object["code"], code, "{arguments:?}");
    }
    let left = fs::read_dir(place.path()).unwrap().count();
    assert_eq!((left, files(Path::new(&used)).len()), (3, 1));
}

#[test]
fn who_stops_it_finds_nothing() {
    let place = tempfile::tempdir().unwrap();
    let mut program = Command::new(env!("CARGO_BIN_EXE_sanduq"))
        .args(["invent", "--records", "4000000", "--out"])
        .arg(place.path().join("out"))
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    // Until it has begun to write.
    let begun = || {
        let folder = fs::read_dir(place.path()).unwrap().next();
        let roll = folder.map(|folder| folder.unwrap().path().join("roll.csv"));
        roll.is_some_and(|roll| fs::metadata(roll).is_ok_and(|found| found.len() > 0))
    };
    for _ in 0..600 {
        if begun() {
            break;
        }
        sleep(Duration::from_millis(50));
    }
    assert!(begun(), "nothing was written");
    let id = program.id().to_string();
    let told = Command::new("kill").args(["-TERM", &id]).status().unwrap();
    assert!(told.success());
    assert_eq!(program.wait().unwrap().code(), Some(1));
    assert_eq!(fs::read_dir(place.path()).unwrap().count(), 0);
}
