//! `sanduq verify`: what it says of a folder, and how it ends.

use crate::publish::Place;
use crate::wadi::printed;
use crate::wadi::sanduq;
use serde_json::Value;
use std::io::BufRead;
use std::io::BufReader;
use std::io::Read;
use std::io::Write;
use std::net::TcpStream;
use std::path::Path;
use std::process::Command;
use std::process::Stdio;
use std::time::Duration;

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
    let made = Command::new("mkfifo").arg(&event).status();
    assert!(made.unwrap().success());
    refused_soon(&place);
    std::fs::remove_file(&event).unwrap();
    std::os::unix::fs::symlink("/dev/zero", &event).unwrap();
    refused_soon(&place);
}

fn refused_soon(place: &Place) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_sanduq"))
        .arg("verify")
        .arg(&place.folder)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let begun = std::time::Instant::now();
    while child.try_wait().unwrap().is_none() {
        if begun.elapsed().as_secs() > 30 {
            child.kill().unwrap();
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    assert_eq!(child.wait().unwrap().code(), Some(3));
}

/// The body of a page of a server that has just been started over a store.
fn fetched(store: &Path, path: &str) -> Vec<u8> {
    let mut server = Command::new(env!("CARGO_BIN_EXE_sanduq"))
        .args(["serve", "--listen", "127.0.0.1:0", "--store"])
        .arg(store)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    let mut said = BufReader::new(server.stdout.take().unwrap());
    said.read_line(&mut line).unwrap();
    let address = line.trim().strip_prefix("http://").unwrap();
    let address = address.split(' ').next().unwrap();
    let mut answer = Vec::new();
    // The first snapshot may be on its way.
    for _ in 0..100 {
        let mut asked = TcpStream::connect(address).unwrap();
        let request = format!("GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        asked.write_all(request.as_bytes()).unwrap();
        answer.clear();
        asked.read_to_end(&mut answer).unwrap();
        if answer.starts_with(b"HTTP/1.1 200") {
            break;
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    server.kill().unwrap();
    server.wait().unwrap();
    let head = answer.windows(4).position(|four| four == b"\r\n\r\n");
    answer.split_off(head.unwrap() + 4)
}

#[tokio::test]
async fn the_proof_of_an_entry_holds_or_says_what_does_not() {
    let place = Place::wadi().await;
    let key = place.publish(&place.folder).unwrap()["key"]
        .as_str()
        .unwrap()
        .to_owned();
    let proof = fetched(&place.store, "/journal/7/proof");
    let file = place.folder.join("entry-7.tlog-proof");
    std::fs::write(&file, &proof).unwrap();
    let name = file.to_str().unwrap();
    let output = sanduq(&["verify", "proof", name, "--key", &key]);
    let said = printed(&output);
    assert_eq!(output.status.code(), Some(0), "{said}");
    assert!(said.contains("entry      7 of 56"), "{said}");
    assert!(said.contains("the entry is in the journal"), "{said}");
    let output = sanduq(&["verify", "proof", name, "--key", &key, "--json"]);
    let object: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(
        (&object["holds"], &object["index"]),
        (&true.into(), &7.into())
    );

    let other = "sanduq/wadi+00000000+AQ";
    let text = String::from_utf8(proof).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    for (damaged, key, code) in [
        (
            text.replace("index 7", "index 8"),
            key.as_str(),
            "proof.root_differs",
        ),
        (
            text.replace(lines[1], "extra Mg=="),
            &key,
            "proof.root_differs",
        ),
        (text.replace(lines[3], lines[4]), &key, "proof.root_differs"),
        (
            text[..text.len() / 2].to_owned(),
            &key,
            "proof_file.no_checkpoint",
        ),
        ("nonsense".to_owned(), &key, "proof_file.header"),
        (text.clone(), other, "key."),
    ] {
        std::fs::write(&file, damaged).unwrap();
        let output = sanduq(&["verify", "proof", name, "--key", key]);
        let said = printed(&output) + &String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(3), "{said}");
        assert!(said.contains(code), "{code}: {said}");
    }
    let none = sanduq(&["verify", "proof", "nowhere", "--key", &key]);
    assert_eq!(none.status.code(), Some(3));
}

/// The sample archives of the Belenios protocol beside the project, if they are there.
fn archive(name: &str) -> Option<std::path::PathBuf> {
    let folder = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../../shared/fixtures/belenios"
    );
    let folder = Path::new(folder).join(name);
    if !folder.is_dir() {
        println!("skipped: ../shared/fixtures is absent");
        return None;
    }
    Some(folder)
}

#[test]
fn an_archive_of_the_protocol_is_checked_and_what_it_cannot_show_is_said() {
    let Some(folder) = archive("ed25519-h") else {
        return;
    };
    let dir = folder.to_str().unwrap();
    let output = sanduq(&["verify", "--belenios", dir]);
    let said = printed(&output);
    assert_eq!(output.status.code(), Some(0), "{said}");
    for line in [
        "ballots    5 of 5 checked, 5 count",
        "not excluded by an archive of this protocol alone:",
        "everything holds",
    ] {
        assert!(said.contains(line), "{line}: {said}");
    }
    let output = sanduq(&["verify", "--belenios", dir, "--json"]);
    let object: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(object["holds"], true);
    assert_eq!(object["checked"], object["ballots"]);
    assert_eq!(object["not_excluded"].as_array().unwrap().len(), 4);
}

#[test]
fn an_altered_archive_is_refused_with_the_place_and_another_folder_with_the_reason() {
    let Some(folder) = archive("ed25519-h") else {
        return;
    };
    let copy = tempfile::tempdir().unwrap();
    let none = sanduq(&[
        "verify",
        "--belenios",
        copy.path().to_str().unwrap(),
        "--json",
    ]);
    let object: Value = serde_json::from_slice(&none.stdout).unwrap();
    assert_eq!(
        (none.status.code(), &object["code"]),
        (Some(3), &"archive.none".into())
    );
    let name = std::fs::read_dir(&folder).unwrap().find_map(|entry| {
        let path = entry.unwrap().path();
        path.extension()
            .is_some_and(|end| end == "bel")
            .then_some(path)
    });
    let mut bytes = std::fs::read(name.unwrap()).unwrap();
    let at = bytes
        .windows(9)
        .position(|part| part == b"\"result\":")
        .unwrap();
    let digit = (at..bytes.len())
        .find(|at| bytes[*at].is_ascii_digit())
        .unwrap();
    bytes[digit] = if bytes[digit] == b'1' { b'2' } else { b'1' };
    let file = copy.path().join("altered.bel");
    std::fs::write(&file, &bytes).unwrap();
    for place in [copy.path(), &file] {
        let output = sanduq(&["verify", "--belenios", place.to_str().unwrap(), "--json"]);
        assert_eq!(output.status.code(), Some(3));
        let object: Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!(object["holds"], false);
        assert!(
            !object["failures"].as_array().unwrap().is_empty(),
            "{object}"
        );
    }
    std::fs::write(copy.path().join("second.bel"), &bytes).unwrap();
    let two = printed(&sanduq(&[
        "verify",
        "--belenios",
        copy.path().to_str().unwrap(),
    ]));
    assert!(two.contains("2 archives"), "{two}");
}
