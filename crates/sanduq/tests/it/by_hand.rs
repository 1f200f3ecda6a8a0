//! Whole elections by remote ballot, held by hand: every step a command, every file carried.

mod cut_off;
mod said;
mod sidecar;
mod table;

use crate::by_hand::table::Table;
use crate::wadi::printed;
use crate::wadi::sanduq;
use serde_json::Value;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

const COUNCIL: &str = "[[question]]\nquestion = \"Who?\"\n\
                       answers = [\"Amal\", \"Badr\", \"Cyrus\"]\nmax = 2\nblank = true\n";
const ORDER: &str = "[[question]]\nquestion = \"In which order?\"\n\
                     answers = [\"Water\", \"Roads\"]\nshuffled = true\n";

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

/// A group of 2,048 bits, two of three members, one of them lost; other programs accept it.
#[test]
fn an_election_of_a_group_with_a_lost_member_is_held_by_hand() {
    let table = Table::new();
    table.draft("belenios-2048", COUNCIL);
    table.single();
    table.ceremony();
    table.open("--trustee @a.json --trustee @group.json");
    table.vote(1, r#"[["Amal"]]"#);
    table.vote(2, r#"["blank"]"#);
    table.vote(1, r#"[["Badr", "Cyrus"]]"#);
    table.done("tally --archive @election");
    for (key, out) in [
        ("@a/secret --password-file @password", "@part-1.json"),
        ("@m1/key", "@part-2.json"),
        ("@m3/key", "@part-4.json"),
    ] {
        table.done(&format!(
            "decrypt --archive @election --secret {key} --out {out}"
        ));
    }
    table.done("decrypt --archive @election --add @part-1.json @part-4.json");
    let too_few = "ballot.too_few_decryptions";
    table.refused(&[("result --archive @election", too_few)]);
    table.done("decrypt --archive @election --add @part-2.json");
    let told = table.done("result --archive @election");
    assert_eq!(told["result"], serde_json::json!([[1, 0, 1, 1]]));
    assert_eq!(told["trustees"], serde_json::json!([1, 2, 4]));
    let checked = table.checked();
    assert_eq!(checked["result"], told["result"]);
    assert_eq!(checked["shuffled_by"], Value::Null);
    assert_eq!(
        (&checked["ballots"], &checked["counted"]),
        (&3.into(), &2.into())
    );
    table.by_another_program();
    // What the trustees proved besides is in the sidecar: the folder is two files.
    assert_eq!(fs::read_dir(table.path("election")).unwrap().count(), 2);
    for secret in [
        "election.key",
        "a/secret",
        "a/secret.journal",
        "m1/secret",
        "m1/key",
        "letters/1.txt",
    ] {
        assert_eq!(mode(&table.path(secret)), 0o600, "{secret}");
    }
    assert_eq!(mode(&table.path("letters")), 0o700);
}

/// Ballots that are shuffled by two, ballots made offline, and every step once out of its order.
#[test]
fn an_election_with_shuffles_is_held_by_hand_and_no_step_comes_before_its_time() {
    let table = Table::new();
    table.draft("ed25519", &format!("{COUNCIL}{ORDER}"));
    table.single();
    table.done("key single --draft @draft.json --secret @m1/secret --out @m1.json");
    table.open("--trustee @a.json --trustee @m1.json");
    let order = "ballot.order";
    table.refused(&[
        (
            "shuffle --archive @election --secret @m1/secret --out @x.json",
            order,
        ),
        ("shuffle --archive @election --end", order),
        (
            "decrypt --archive @election --secret @m1/secret --out @x.json",
            order,
        ),
        ("result --archive @election", order),
    ]);
    table.write("choices.json", r#"[["Amal"], [2, 1]]"#);
    let made = table.done(
        "cast --archive @election --credential @letters/2.txt --choices @choices.json \
         --out @ballot.json",
    );
    table.vote(1, r#"[["Cyrus"], [1, 2]]"#);
    let cast = table.done("cast --archive @election --add @ballot.json");
    assert_eq!(made["ballots"], cast["ballots"]);
    assert_eq!(cast["counted"], 2);
    table.refused(&[(
        "cast --archive @election --add @ballot.json",
        "ballot.cast_twice",
    )]);
    table.done("tally --archive @election");
    table.refused(&[
        ("tally --archive @election", order),
        ("cast --archive @election --add @ballot.json", order),
        (
            "decrypt --archive @election --secret @m1/secret --out @x.json",
            order,
        ),
        ("shuffle --archive @election --end", order),
    ]);
    shuffled_and_decrypted(&table);
    let told = table.done("result --archive @election");
    assert_eq!(told["result"][0], serde_json::json!([0, 1, 0, 1]));
    let mut orders: Vec<Value> = told["result"][1].as_array().unwrap().clone();
    orders.sort_by_key(Value::to_string);
    assert_eq!(
        orders,
        [serde_json::json!([1, 2]), serde_json::json!([2, 1])]
    );
    assert_eq!(checked_as_shuffled(&table)["result"], told["result"]);
    table.refused(&[
        ("result --archive @election", order),
        ("decrypt --archive @election --add @part-1.json", order),
        ("shuffle --archive @election --end", order),
    ]);
}

/// The check says how many persons shuffled.
fn checked_as_shuffled(table: &Table) -> Value {
    let checked = table.checked();
    assert_eq!(
        (&checked["shuffled_by"], &checked["trustees"]),
        (&2.into(), &2.into())
    );
    let said = sanduq(&["verify", table.path("election").to_str().unwrap()]);
    let said = printed(&said);
    assert!(said.contains("shuffled   by 2 of 2 trustees"), "{said}");
    checked
}

fn shuffled_and_decrypted(table: &Table) {
    let one = "shuffle --archive @election --secret @a/secret --password-file @password";
    let other = "shuffle --archive @election --secret @m1/secret";
    table.done(&format!("{one} --out @shuffle-1.json"));
    table.done(&format!("{other} --out @early.json"));
    table.done("shuffle --archive @election --add @shuffle-1.json");
    table.refused(&[
        (&format!("{one} --out @x.json"), "ballot.trustee_twice"),
        (
            "shuffle --archive @election --add @shuffle-1.json",
            "ballot.trustee_twice",
        ),
        (
            "shuffle --archive @election --add @early.json",
            "ballot.other_state",
        ),
    ]);
    table.done(&format!("{other} --out @shuffle-2.json"));
    table.done("shuffle --archive @election --add @shuffle-2.json");
    table.done("shuffle --archive @election --end");
    let one = "decrypt --archive @election --secret @a/secret --password-file @password";
    let other = "decrypt --archive @election --secret @m1/secret";
    table.done(&format!("{one} --out @part-1.json"));
    table.done(&format!("{other} --out @part-2.json"));
    table.refused(&[
        (
            "shuffle --archive @election --add @part-1.json",
            "ballot.order",
        ),
        (
            "decrypt --archive @election --add @shuffle-1.json",
            "ballot.carried",
        ),
    ]);
    table.done("decrypt --archive @election --add @part-1.json @part-2.json");
    table.refused(&[(
        "decrypt --archive @election --add @part-1.json",
        "ballot.trustee_twice",
    )]);
}

/// A small election with one trustee behind a password, and one of a group of which nobody is.
pub fn small() -> Table {
    let table = Table::new();
    table.draft("ed25519", COUNCIL);
    table.single();
    table.done("key member --draft @draft.json --secret @m1/secret --out @m1.json");
    table.open("--trustee @a.json");
    table.vote(1, r#"[["Amal"]]"#);
    table
}

/// Commands with a wrong file or a wrong secret, and the codes with which they are refused.
const WRONG: [(&str, &str); 20] = [
    (
        "setup open --draft @draft.json --credentials @public.json --out @again \
         --trustee @forged.json",
        "ballot.key_proof",
    ),
    (
        "setup open --draft @draft.json --credentials @public.json --out @again \
         --trustee @a.json --trustee @a.json",
        "ballot.trustee_twice",
    ),
    (
        "setup open --draft @draft.json --credentials @public.json --out @again \
         --trustee @m1.json",
        "ballot.form",
    ),
    (
        "setup open --draft @draft.json --credentials @public.json --out @again \
         --trustee @none.json",
        "ballot.no_file",
    ),
    (
        "cast --archive @election --credential @other.txt --choices @choices.json",
        "ballot.unknown_credential",
    ),
    (
        "cast --archive @election --credential @mistyped.txt --choices @choices.json",
        "ballot.credential_check",
    ),
    (
        "cast --archive @election --credential @letters/1.txt --choices @many.json",
        "ballot.choices",
    ),
    (
        "cast --archive @election --credential @letters/1.txt --choices @nobody.json",
        "ballot.choices",
    ),
    (
        "decrypt --archive @election --out @x.json --secret @a/secret",
        "ballot.password",
    ),
    (
        "decrypt --archive @election --out @x.json --secret @a/secret --password-file \
         @wrong",
        "ballot.password",
    ),
    (
        "decrypt --archive @election --out @x.json --secret @a/secret --password-file \
         @short",
        "ballot.password",
    ),
    (
        "decrypt --archive @election --out @x.json --secret @a/open --password-file \
         @password",
        "ballot.secret_open",
    ),
    (
        "decrypt --archive @election --out @x.json --secret @m1/secret",
        "ballot.secret_purpose",
    ),
    (
        "decrypt --archive @election --out @x.json --secret @a/other --password-file \
         @password",
        "ballot.other_election",
    ),
    ("tally --archive @letters", "ballot.no_archive"),
    (
        "key single --draft @draft.json --secret @a/secret --out @b.json",
        "ballot.out_in_use",
    ),
    (
        "credentials --draft @draft.json --count 2 --each @more --public @public.json",
        "ballot.out_in_use",
    ),
    ("setup draft @voters.csv --out @x.json", "ballot.questions"),
    (
        "credentials --draft @draft.json --voters @heavy.csv --each @more --public @x.json",
        "ballot.weight",
    ),
    (
        "setup open --draft @draft.json --credentials @heavy.json --out @again \
         --trustee @a.json",
        "ballot.weight",
    ),
];

/// Lays out what is wrong beside what is right.
fn lay_out(table: &Table) {
    let other = small();
    for (from, to) in [("letters/1.txt", "other.txt"), ("a/secret", "a/other")] {
        fs::copy(other.path(from), table.path(to)).unwrap();
    }
    for (name, text) in [
        ("wrong", "another long password\n"),
        ("short", "short\n"),
        ("mistyped.txt", "abcde-abcdef-abcde-abcdeO\n"),
        ("many.json", r#"[["Amal", "Badr", "Cyrus"]]"#),
        ("nobody.json", r#"[["Dina"]]"#),
        ("heavy.csv", "voter,weight\na,9999999999\nb,1\nc,1\n"),
    ] {
        table.write(name, text);
    }
    let list = fs::read_to_string(table.path("public.json")).unwrap();
    let mut list: Vec<String> = serde_json::from_str(&list).unwrap();
    let second = list[1].split(',').next().unwrap();
    list[1] = format!("{second},10000000000");
    table.write("heavy.json", &serde_json::to_string(&list).unwrap());
    let public = fs::read_to_string(table.path("a.json")).unwrap();
    let place = public.find("\"response\":\"").unwrap() + 12;
    let digit = if public[place..].starts_with('1') {
        "2"
    } else {
        "1"
    };
    let forged = format!("{}{digit}{}", &public[..place], &public[place + 1..]);
    table.write("forged.json", &forged);
    fs::copy(table.path("a/secret"), table.path("a/open")).unwrap();
    let everybody = fs::Permissions::from_mode(0o644);
    fs::set_permissions(table.path("a/open"), everybody).unwrap();
}

#[test]
fn wrong_files_and_wrong_secrets_are_refused_by_name() {
    let table = small();
    lay_out(&table);
    table.done("tally --archive @election");
    table.refused(&WRONG);
    assert!(!table.path("x.json").exists() && !table.path("more").exists());
    // The row at which all weights together become too large to count with.
    for (number, row) in [(18, "line 4: "), (19, "credential 2: ")] {
        let said = table.run(WRONG[number].0).2;
        assert!(said.contains(row) && said.contains("10000000000"), "{said}");
    }
}

#[test]
fn a_key_decrypts_one_set_of_ciphertexts_and_an_archive_that_holds() {
    let table = small();
    let before = table.archive();
    let decrypt = "decrypt --archive @election --secret @a/secret --password-file @password --out";
    table.done("tally --archive @election");
    let tallied = table.archive();
    let told = table.done(&format!("{decrypt} @part.json"));
    table.done(&format!("{decrypt} @again.json"));

    table.put_back(&before);
    table.vote(2, r#"[["Badr"]]"#);
    table.done("tally --archive @election");
    let second = format!("{decrypt} @second.json");
    table.refused(&[
        (&second, "ballot.decrypted_already"),
        (
            "decrypt --archive @election --add @part.json",
            "ballot.decryption_proof",
        ),
    ]);

    let mut bent = tallied.clone();
    let archive = &mut bent.as_mut().unwrap()[0];
    archive.truncate(archive.len() - 100);
    table.put_back(&bent);
    table.refused(&[(&second, "ballot.cut_short")]);
    table.put_back(&tallied);
    fs::remove_file(table.path("a/secret.journal")).unwrap();
    table.refused(&[(&second, "ballot.no_journal")]);

    let part = fs::read_to_string(table.path("part.json")).unwrap();
    let mut value: Value = serde_json::from_str(&part).unwrap();
    value.as_object_mut().unwrap().remove("bound");
    table.write("unbound.json", &value.to_string());
    table.refused(&[(
        "decrypt --archive @election --add @unbound.json",
        "ballot.form",
    )]);
    table.done("decrypt --archive @election --add @part.json");
    assert_eq!(told["trustee"], 1);
    let result = table.done("result --archive @election");
    assert_eq!(result["result"], serde_json::json!([[0, 1, 0, 0]]));
    table.checked();
}
