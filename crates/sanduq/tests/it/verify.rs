//! `sanduq verify`: what it says of a folder, and how it ends.

use crate::publish::Place;
use crate::wadi::printed;
use crate::wadi::sanduq;
use serde_json::Value;

#[tokio::test]
async fn it_ends_with_0_when_all_holds_and_with_3_naming_the_place_when_not() {
    let place = Place::wadi().await;
    let key = place.publish(&place.folder).unwrap()["key"]
        .as_str()
        .unwrap()
        .to_owned();
    let dir = place.folder.to_str().unwrap();

    let output = sanduq(&["verify", dir]);
    let said = printed(&output);
    assert_eq!(output.status.code(), Some(0), "{said}");
    for line in [
        "journal    56 entries",
        "sheets     18 of 4 contests: 124 figures, 48 checks run again",
        "files      38 made again and compared",
        "everything holds",
        "compare it with what the authority says elsewhere",
    ] {
        assert!(said.contains(line), "{line}: {said}");
    }
    let output = sanduq(&["verify", dir, "--key", &key, "--json"]);
    let object: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(
        (&object["holds"], &object["recomputed"]["sheets"]),
        (&true.into(), &18.into())
    );
    assert_eq!(object["key"], key);

    let path = place.folder.join("sheets/president.json");
    let text = std::fs::read_to_string(&path).unwrap();
    std::fs::write(&path, text.replace("\"a\":120", "\"a\":121")).unwrap();
    let output = sanduq(&["verify", dir, "--json"]);
    assert_eq!(output.status.code(), Some(3));
    let object: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(object["holds"], false);
    assert_eq!(object["failures"][0]["path"], "sheets/president.json");
    assert_eq!(object["failures"][0]["code"], "file.digest_differs");
    let said = printed(&sanduq(&["verify", dir]));
    assert!(
        said.contains("not recomputed: the folder is not whole"),
        "{said}"
    );
    assert!(said.contains("DOES NOT HOLD: 1 failures"), "{said}");

    let output = sanduq(&["verify", dir, "--key", "nonsense"]);
    assert_eq!(output.status.code(), Some(3), "{}", printed(&output));
    let output = sanduq(&["verify", place.store.join("nothing").to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(3), "{}", printed(&output));
}

/// Whoever reads the object finds a failure in it, of the same shape as any other.
#[test]
fn a_folder_that_is_none_fails_as_an_object_too() {
    let place = tempfile::tempdir().unwrap();
    let dir = place.path().join("none").display().to_string();
    let object = |arguments: &[&str]| {
        let output = sanduq(arguments);
        assert_eq!(output.status.code(), Some(3), "{}", printed(&output));
        assert!(!output.stderr.is_empty(), "the sentence stays");
        serde_json::from_slice::<Value>(&output.stdout).unwrap()
    };
    let none = object(&["verify", &dir, "--json"]);
    assert_eq!(none["holds"], false);
    assert_eq!(
        none["failures"],
        serde_json::json!([{
            "path": "",
            "code": "folder.none",
            "detail": format!("{dir} is no folder"),
        }])
    );
    assert_eq!(none["recomputed"], Value::Null);
    let key = object(&["verify", &dir, "--json", "--key", "nonsense"]);
    assert_eq!(key["holds"], false);
    let code = key["failures"][0]["code"].as_str().unwrap();
    assert!(code.starts_with("key."), "{code}");
}

/// What is no plain file is not read, neither for ever nor without end.
#[tokio::test]
async fn a_pipe_and_an_endless_file_are_refused_at_once() {
    let place = Place::wadi().await;
    place.publish(&place.folder).unwrap();
    let event = place.folder.join("event.json");
    std::fs::remove_file(&event).unwrap();
    let made = std::process::Command::new("mkfifo").arg(&event).status();
    assert!(made.unwrap().success());
    refused_soon(&place);
    std::fs::remove_file(&event).unwrap();
    std::os::unix::fs::symlink("/dev/zero", &event).unwrap();
    refused_soon(&place);
}

fn refused_soon(place: &Place) {
    let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_sanduq"))
        .arg("verify")
        .arg(&place.folder)
        .stdout(std::process::Stdio::null())
        .stderr(std::process::Stdio::null())
        .spawn()
        .unwrap();
    let begun = std::time::Instant::now();
    while child.try_wait().unwrap().is_none() {
        if begun.elapsed().as_secs() > 30 {
            child.kill().unwrap();
        }
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    assert_eq!(child.wait().unwrap().code(), Some(3));
}
