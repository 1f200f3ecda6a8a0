//! Mistakes at the command line: each is refused by its code before anything is made.

use crate::wadi::printed;
use crate::wadi::sanduq;
use serde_json::Value;

#[test]
fn a_mistake_is_refused_and_leaves_nothing() {
    let place = tempfile::tempdir().unwrap();
    let path = |name: &str| place.path().join(name).display().to_string();
    let (none, out) = (path("none"), path("out"));
    for (arguments, code) in [
        (vec!["serve", "--store", &none], "store.none"),
        (vec!["publish", &out, "--store", &none], "store.none"),
        (vec!["verify", &none], "folder.none"),
        (
            vec!["rehearse", "--scale", "moon", "--out", &out],
            "rehearsal.scale",
        ),
        (
            vec!["rehearse", "--out", "/proc/out"],
            "rehearsal.out_closed",
        ),
        (
            vec!["rehearse", "--out", place.path().to_str().unwrap()],
            "rehearsal.out_exists",
        ),
    ] {
        let output = sanduq(&arguments);
        let said = printed(&output);
        assert_eq!(output.status.code(), Some(3), "{arguments:?}: {said}");
        assert!(said.contains(&format!("[{code}]")), "{arguments:?}: {said}");
    }
    assert_eq!(std::fs::read_dir(place.path()).unwrap().count(), 0);
}

/// Where a store should be, or above it, is a file: told as an object too, and the file stays.
#[test]
fn a_file_is_no_store() {
    let place = tempfile::tempdir().unwrap();
    let path = |name: &str| place.path().join(name).display().to_string();
    let (file, below) = (path("file"), path("file/store"));
    std::fs::write(&file, "mine").unwrap();
    let sheets = path("sheets.csv");
    std::fs::write(&sheets, "").unwrap();
    let import = [
        "sheet",
        "import",
        "--json",
        "--form",
        "tunisia-2014",
        &sheets,
    ];
    let rehearse = ["rehearse", "--json", "--no-serve"];
    let out = path("out");
    let publish = ["publish", "--json", &out];
    for (command, code) in [
        (&import[..], "store.not_a_folder"),
        (&rehearse, "store.not_a_folder"),
        (&publish, "store.none"),
    ] {
        for store in [&file, &below] {
            let output = sanduq(&[command, &["--store", store]].concat());
            let said = printed(&output);
            assert_eq!(output.status.code(), Some(3), "{command:?}: {said}");
            assert!(said.contains(&format!("[{code}]")), "{command:?}: {said}");
            let object: Value = serde_json::from_slice(&output.stdout).unwrap();
            assert_eq!(object["code"], code, "{command:?}");
            let message = object["message"].as_str().unwrap();
            assert!(message.contains(&file), "{command:?}: {message}");
        }
    }
    assert_eq!(std::fs::read_to_string(&file).unwrap(), "mine");
}

#[test]
fn a_store_in_use_has_its_election_already() {
    let place = tempfile::tempdir().unwrap();
    let store = place.path().join("store").display().to_string();
    let rehearse = |seed| {
        sanduq(&[
            "rehearse",
            "--no-serve",
            "--json",
            "--store",
            &store,
            "--seed",
            seed,
        ])
    };
    let first = rehearse("1");
    assert!(first.status.success(), "{}", printed(&first));
    let second = rehearse("2");
    let said = printed(&second);
    assert_eq!(second.status.code(), Some(3), "{said}");
    assert!(
        said.contains("[rehearsal.store_in_use]") && said.contains("--store"),
        "{said}"
    );
}
