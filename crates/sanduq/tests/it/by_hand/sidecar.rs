//! No step goes on from an archive whose sidecar is not there, ends elsewhere or is of another
//! election, and none without the administrator's key.

use crate::by_hand::small;
use crate::by_hand::table::Table;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sanduq_ballot::events::EventKind;
use sanduq_ballot::group::ed25519::Ed25519;
use sanduq_ballot::reopened::Reopened;
use sanduq_ballot::sealing::BoundProofs;
use sanduq_ballot::sealing::Seal;
use sanduq_ballot::sealing::seal;
use serde_json::Value;
use std::fs;
use std::io::Cursor;
use std::os::unix::fs::PermissionsExt;

/// Every step after the setup.
const STEPS: [&str; 10] = [
    "cast --archive @election --credential @letters/2.txt --choices @choices.json",
    "cast --archive @election --credential @letters/2.txt --choices @choices.json --out @x.json",
    "cast --archive @election --add @ballot.json",
    "tally --archive @election",
    "shuffle --archive @election --secret @m1/secret --out @x.json",
    "shuffle --archive @election --add @ballot.json",
    "shuffle --archive @election --end",
    "decrypt --archive @election --secret @a/secret --password-file @password --out @x.json",
    "decrypt --archive @election --add @ballot.json",
    "result --archive @election",
];

/// Every step refuses the election as it stands with this code, and says what stands in `place`.
fn refused_by_all(table: &Table, code: &str, place: &str) {
    let rows: Vec<(&str, &str)> = STEPS.iter().map(|step| (*step, code)).collect();
    table.refused(&rows);
    for step in STEPS {
        let (_, told, _) = table.run(step);
        let message = told["message"].as_str().unwrap();
        assert!(message.contains(place), "{step}: {message}");
    }
    assert!(!table.path("x.json").exists());
}

#[test]
fn every_step_refuses_an_archive_without_its_own_sidecar() {
    let (table, other) = (small(), small());
    let made = "--credential @letters/3.txt --choices @choices.json --out @ballot.json";
    table.done(&format!("cast --archive @election {made}"));
    let earlier = table.archive().unwrap();
    table.vote(2, r#"[["Badr"]]"#);
    let whole = table.archive();
    let [archive, sidecar] = whole.clone().unwrap();
    let [_, foreign] = other.archive().unwrap();
    let mut bent = sidecar.clone();
    bent[250] ^= 1;
    let cut = sidecar[..sidecar.len() - 1].to_vec();
    for (archive, sidecar, code, place) in [
        (&archive, &earlier[1], "ballot.sidecar_cut_short", "event 2"),
        (&earlier[0], &sidecar, "ballot.sidecar_longer", "event 2"),
        (&archive, &foreign, "ballot.sidecar_election", "event 0"),
        (&archive, &cut, "ballot.sidecar_cut_short", "event 3"),
        (&archive, &bent, "ballot.sidecar_chain", "event 1"),
    ] {
        table.put_back(&Some([archive.clone(), sidecar.clone()]));
        refused_by_all(&table, code, place);
    }
    table.put_back(&whole);
    let path = &table.files().unwrap()[1];
    fs::remove_file(path).unwrap();
    refused_by_all(&table, "ballot.sidecar_missing", path.to_str().unwrap());
    table.put_back(&whole);
    table.done("cast --archive @election --add @ballot.json");
    assert_eq!(table.verified(&["--unfinished"])["holds"], true);
    let told = table.verified(&[]);
    assert_eq!(told["failures"][0]["code"], "unfinished", "{told}");
    assert_eq!(told["failures"].as_array().unwrap().len(), 1);
}

#[test]
fn an_archive_is_changed_with_its_own_key_alone() {
    let (table, other) = (small(), small());
    let tally = "tally --archive @election";
    let with = |name: &str| format!("{tally} --checkpoint-key @{name}");
    let key = fs::read_to_string(table.path("election.key")).unwrap();
    fs::copy(other.path("election.key"), table.path("other.key")).unwrap();
    let place = key.find("\"text\":\"").unwrap() + 8;
    let another = format!("{}{}{}", &key[..place], "A".repeat(43), &key[place + 43..]);
    table.write("another.key", &another);
    table.write(
        "short.key",
        &format!("{}{}", &key[..place], &key[place + 4..]),
    );
    table.write("open.key", &key);
    for (name, mode) in [
        ("another.key", 0o600),
        ("short.key", 0o600),
        ("open.key", 0o644),
    ] {
        let only = fs::Permissions::from_mode(mode);
        fs::set_permissions(table.path(name), only).unwrap();
    }
    table.refused(&[
        (&with("none.key"), "ballot.no_checkpoint_key"),
        (&with("other.key"), "ballot.other_election"),
        (&with("another.key"), "ballot.sidecar_key"),
        (&with("short.key"), "ballot.secret_form"),
        (&with("open.key"), "ballot.secret_open"),
        (&with("m1/secret"), "ballot.secret_purpose"),
        (
            &format!("{tally} --password-file @password"),
            "ballot.password",
        ),
    ]);
    fs::rename(table.path("election.key"), table.path("a/kept.key")).unwrap();
    table.refused(&[(tally, "ballot.no_checkpoint_key")]);
    // Trustees and voters need none.
    table.write("choices.json", r#"[["Amal"]]"#);
    let made = "--credential @letters/3.txt --choices @choices.json --out @ballot.json";
    table.done(&format!("cast --archive @election {made}"));
    table.done(&with("a/kept.key"));
}

#[test]
fn a_key_behind_a_password_signs_with_it() {
    let table = Table::new();
    table.draft("ed25519", crate::by_hand::COUNCIL);
    table.single();
    let taken = "setup open --draft @draft.json --credentials @public.json --trustee @a.json";
    table.write("mine", "kept");
    let out = "--out @election --checkpoint-key @mine";
    table.refused(&[(&format!("{taken} {out}"), "ballot.out_in_use")]);
    assert!(!table.path("election").exists());
    // A slash at the end of its name does not lead into the folder.
    let other = "--trustee @a.json --out @second/";
    table.done(&format!(
        "setup open --draft @draft.json --credentials @public.json {other}"
    ));
    assert!(table.path("second.key").is_file());
    table.open("--trustee @a.json --checkpoint-key @a/seal --password-file @password");
    let key = "--checkpoint-key @a/seal --password-file @password";
    table.refused(&[(
        "tally --archive @election --checkpoint-key @a/seal",
        "ballot.password",
    )]);
    table.done(&format!("tally --archive @election {key}"));
    assert_eq!(table.verified(&["--unfinished"])["holds"], true);
}

/// Somebody who holds the key puts a ballot into both files that nobody signed.
#[test]
fn a_step_looks_at_all_that_stands_before_it() {
    let table = small();
    let made = "--credential @letters/3.txt --choices @choices.json --out @ballot.json";
    table.done(&format!("cast --archive @election {made}"));
    let mut ballot = fs::read_to_string(table.path("ballot.json")).unwrap();
    let place = ballot.rfind("\"response\":\"").unwrap() + 12;
    let digit = if &ballot[place..=place] == "1" {
        "2"
    } else {
        "1"
    };
    ballot.replace_range(place..=place, digit);
    let [archive, sidecar] = table.archive().unwrap();
    let reopened = Reopened::<Ed25519>::read(Cursor::new(&archive)).unwrap();
    let mut board = reopened.board(archive);
    board.act(EventKind::Ballot, &[&ballot]).unwrap();
    let archive = board.into_inner();
    let key = fs::read(table.path("election.key")).unwrap();
    let key: Value = serde_json::from_slice(&key).unwrap();
    let seed = STANDARD.decode(key["text"].as_str().unwrap()).unwrap();
    let who = Seal::new(seed.try_into().unwrap());
    let (begun, bound) = (sidecar.clone(), BoundProofs::<Ed25519>::new());
    let grown = seal(
        &archive[..],
        Some(&mut &begun[..]),
        sidecar,
        &who,
        &bound,
        &mut |_| {},
    );
    table.put_back(&Some([archive, grown.unwrap()]));
    table.refused(&[("tally --archive @election", "ballot.signature")]);
    // A ballot is cast all the same: it looks at both ends.
    table.vote(2, r#"[["Badr"]]"#);
    let told = table.verified(&["--unfinished"]);
    assert_eq!(told["failures"][0]["code"], "signature", "{told}");
    assert_eq!(told["failures"][0]["event"], 2);
}
