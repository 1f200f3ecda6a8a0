//! An election by remote ballot from the command line: held, checked by us and by others.

use crate::wadi::printed;
use crate::wadi::sanduq;
use serde_json::Value;
use std::fs;
use std::path::Path;
use std::process::Command;

/// Holds an election; its archive and what was said.
fn rehearse(out: &Path, more: &[&str]) -> (Vec<u8>, Value) {
    let folder = out.to_str().unwrap();
    let output = sanduq(&[&["ballot", "rehearse", "--json", "--out", folder], more].concat());
    assert!(output.status.success(), "{}", printed(&output));
    let told: Value = serde_json::from_slice(&output.stdout).unwrap();
    (fs::read(told["archive"].as_str().unwrap()).unwrap(), told)
}

fn verified(out: &Path) -> Value {
    let output = sanduq(&["verify", "--belenios", "--json", out.to_str().unwrap()]);
    let object = serde_json::from_slice(&output.stdout).unwrap();
    assert!(output.status.success(), "{object}");
    object
}

#[test]
fn an_election_of_each_group_is_held_and_holds() {
    let place = tempfile::tempdir().unwrap();
    for (group, voters, shuffled) in [("ed25519", "120", true), ("belenios-2048", "7", false)] {
        let out = place.path().join(group);
        let mut more = vec!["--group", group, "--voters", voters];
        if shuffled {
            more.push("--shuffled");
        }
        let (_, told) = rehearse(&out, &more);
        let checked = verified(&out);
        let beside = verify(&out, &[]);
        let hinted = if group == "ed25519" {
            &told["ballots"]
        } else {
            &Value::from(0)
        };
        assert_eq!(&beside["checked_with_hints"], hinted, "{group}");
        assert_eq!(beside["result"], told["result"], "{group}");
        assert_eq!(checked["result"], told["result"], "{group}");
        assert_eq!(checked["ballots"], told["ballots"], "{group}");
        assert_eq!(checked["counted"], told["counted"], "{group}");
        assert!(
            told["ballots"].as_u64() > told["counted"].as_u64(),
            "{told}"
        );
        if group != "ed25519" {
            by_another_program(&out);
        }
    }
}

/// Checks a folder together with its sidecar, as it is done where nothing else is said.
fn verify(out: &Path, more: &[&str]) -> Value {
    let output = sanduq(&[&["verify", "--json", out.to_str().unwrap()], more].concat());
    let object: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(output.status.success(), object["holds"] == true, "{object}");
    object
}

fn codes(object: &Value) -> Vec<&str> {
    let failures = object["failures"].as_array().unwrap();
    let codes = failures.iter().map(|one| one["code"].as_str().unwrap());
    codes.collect()
}

#[test]
fn a_folder_is_refused_without_its_sidecar_and_beside_another_past() {
    let place = tempfile::tempdir().unwrap();
    let [out, other] = ["one", "other"].map(|name| place.path().join(name));
    let (_, told) = rehearse(&out, &["--voters", "12"]);
    rehearse(&other, &["--voters", "12", "--seed", "2"]);
    let whole = verify(&out, &[]);
    assert_eq!(whole["failures"], Value::Array(Vec::new()));
    let key = whole["key"].as_str().unwrap();
    assert_eq!(whole["holds"], true);
    assert_eq!(verify(&out, &["--key", key])["holds"], true);
    let strange = verify(&other, &[]);
    let strange = strange["key"].as_str().unwrap();
    assert_eq!(codes(&verify(&out, &["--key", strange])), ["sidecar_key"]);
    let earlier = other.to_str().unwrap();
    let object = verify(&out, &["--earlier", earlier]);
    assert_eq!(codes(&object), ["not_extended", "not_extended"]);
    assert_eq!(object["failures"][0]["event"], 0);
    assert_eq!(
        verify(&out, &["--earlier", out.to_str().unwrap()])["holds"],
        true
    );
    let sidecar = told["sidecar"].as_str().unwrap();
    let bytes = fs::read(sidecar).unwrap();
    earlier_states(&out, sidecar);
    fs::write(sidecar, &bytes[..bytes.len() - 1]).unwrap();
    assert_eq!(codes(&verify(&out, &[])), ["sidecar_cut_short"]);
    fs::remove_file(sidecar).unwrap();
    assert_eq!(codes(&verify(&out, &[])), ["sidecar_missing"]);
    // Without it only what the archive itself shows is checked, and only when that is asked for.
    assert_eq!(verified(&out)["holds"], true);
}

/// What was kept of the same board: its archive with another sidecar, or with none.
fn earlier_states(out: &Path, sidecar: &str) {
    let kept = tempfile::tempdir().unwrap();
    let [archive, beside] = ["bel", "sidecar"].map(|end| Path::new(sidecar).with_extension(end));
    let name = |path: &Path| kept.path().join(path.file_name().unwrap());
    fs::copy(&archive, name(&archive)).unwrap();
    let earlier = ["--earlier", kept.path().to_str().unwrap()];
    assert_eq!(codes(&verify(out, &earlier)), ["sidecar_missing"]);
    let mut bytes = fs::read(&beside).unwrap();
    let cut = bytes.len() / 2;
    fs::write(name(&beside), &bytes[..cut]).unwrap();
    assert_eq!(codes(&verify(out, &earlier)), Vec::<&str>::new());
    bytes[cut - 1] ^= 1;
    fs::write(name(&beside), &bytes[..cut]).unwrap();
    assert_eq!(codes(&verify(out, &earlier)), ["not_extended"]);
}

/// Another program's tool accepts the archive, where it is installed.
fn by_another_program(out: &Path) {
    let mut tool = Command::new("belenios-tool");
    let Ok(output) = tool.args(["election", "verify", "--dir"]).arg(out).output() else {
        println!("skipped: belenios-tool is not installed");
        return;
    };
    let said = printed(&output);
    assert!(
        output.status.success() && said.contains("all checks passed"),
        "{said}"
    );
}

#[test]
fn a_seed_gives_the_same_bytes_and_another_seed_others() {
    let place = tempfile::tempdir().unwrap();
    let archive = |name: &str, seed| {
        let out = place.path().join(name);
        rehearse(&out, &["--voters", "9", "--seed", seed]).0
    };
    let first = archive("a", "1");
    assert!(archive("b", "1") == first);
    assert!(archive("c", "2") != first);
}

#[test]
fn a_folder_that_is_taken_and_a_group_that_cannot_shuffle_are_refused() {
    let place = tempfile::tempdir().unwrap();
    fs::write(place.path().join("mine"), "kept").unwrap();
    let taken = place.path().to_str().unwrap().to_owned();
    let free = place.path().join("free");
    let free = free.to_str().unwrap();
    for (out, more, code) in [
        (taken.as_str(), vec![], "ballot.out_in_use"),
        (
            free,
            vec!["--group", "belenios-2048", "--shuffled"],
            "ballot.no_embedding",
        ),
    ] {
        let output = sanduq(&[&["ballot", "rehearse", "--json", "--out", out], &more[..]].concat());
        let told: Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!(
            (output.status.code(), &told["code"]),
            (Some(3), &code.into())
        );
    }
    assert!(!Path::new(free).exists());
    assert_eq!(fs::read_dir(place.path()).unwrap().count(), 1);
}
