//! What is not read: exit code 3, a stable code, the place and what to do; and nothing is left
//! behind, nor anything of an earlier run changed.

use crate::desk::Desk;
use crate::matching::HEADER;
use crate::matching::roll;
use std::os::unix::fs::symlink;
use std::process::Command;

const DEDUPE: &str = "dedupe --profile wahat --out pairs.csv";

/// A desk with the result of an earlier run.
fn desk() -> Desk {
    let desk = Desk::of("match");
    desk.file("pairs.csv", "old\n")
        .file("pairs.csv.quarantine.csv", "old places\n")
        .file("good.csv", roll::text(&roll::electors(1, 0, 20)));
    desk
}

/// A file with the code and words of its refusal.
type Wrong<C> = (&'static str, C, &'static str, &'static [&'static str]);

/// Files that are no roll.
const NO_ROLLS: [Wrong<&[u8]>; 5] = [
    (
        "empty.csv",
        b"",
        "source.empty",
        &["empty.csv", "ask its sender"],
    ),
    (
        "book.xlsx",
        b"PK\x03\x04\x14\0\0\0\0\0[Content_Types].xml",
        "source.other_format",
        &["book.xlsx", "a workbook (.xlsx)", "save the roll as CSV"],
    ),
    (
        "r.csv.gz",
        b"\x1F\x8B\x08\0",
        "source.packed",
        &["r.csv.gz", "gunzip"],
    ),
    (
        "b.csv",
        b"\x7FELF\x02\x01\x01\0some text of a program, longer than a few of its first letters",
        "source.zero_byte",
        &["b.csv, line 1", "byte 7", "save it as"],
    ),
    (
        "none.csv",
        b"7,Hasan,Hasan,Hasan,Azab,M,1970-01-01,11,1\n",
        "source.no_header",
        &["none.csv, line 1", "put the names above"],
    ),
];

/// Rolls with a wrong heading, or in other letters.
fn wrong_rolls() -> Vec<Wrong<Vec<u8>>> {
    let row = b"0,\xE3\xCD\xE3\xCF,\xC3\xCD\xE3\xCF,\xCD\xD3\xE4,\xDA\xD2\xC8,M,1970-01-01,2,\n";
    let heading = |from: &str, to: &str| HEADER.replace(from, to).into_bytes();
    vec![
        (
            "w.csv",
            [HEADER.as_bytes(), &row.repeat(30)].concat(),
            "source.not_utf8",
            &["w.csv, line 2", "windows-1256", "iconv -f"],
        ),
        (
            "less.csv",
            heading("father,grandfather", "grandfather"),
            "source.missing_column",
            &["less.csv, line 1", "“father”", "it has: rid"],
        ),
        (
            "twice.csv",
            heading("father,grandfather", "father,father,grandfather"),
            "source.repeated_column",
            &[
                "twice.csv, line 1",
                "“father”",
                "columns 3 and 4",
                "rename or remove",
            ],
        ),
        (
            "no_id.csv",
            heading("rid", "name"),
            "matching.no_id",
            &["no_id.csv", "called one of: rid, lid, id"],
        ),
    ]
}

#[test]
fn a_file_that_is_no_roll_is_refused_with_its_place_and_nothing_is_left_behind() {
    let desk = desk();
    let no_rolls = NO_ROLLS.into_iter();
    let no_rolls =
        no_rolls.map(|(name, content, code, words)| (name, content.to_vec(), code, words));
    for (name, content, code, words) in no_rolls.chain(wrong_rolls()) {
        desk.file(name, content);
        for command in [
            format!("{DEDUPE} {name}"),
            format!("link --profile wahat --out pairs.csv {name} good.csv"),
            format!("link --profile wahat --out pairs.csv good.csv {name}"),
            format!("missing --profile wahat --out pairs.csv {name} good.csv"),
        ] {
            let (told, message) = desk.refusal(&command);
            assert_eq!(told, code, "{command}: {message}");
            for word in words {
                assert!(message.contains(word), "{word}: {message}");
            }
            assert!(!message.contains("Hasan"), "{message}");
        }
    }
}

/// The file is read for a while, rows are set aside, and then it turns out to be no roll.
#[test]
fn a_file_that_is_refused_at_its_end_leaves_no_places_behind() {
    let desk = desk();
    let mut bytes = roll::text(&roll::electors(2, 0, 30)).into_bytes();
    bytes.extend(b"too,few\n40,\"x\"y,,,,,,,\n");
    bytes.extend(b"0,\xE3\xCD\xE3\xCF,\xC3,\xCD,\xDA,M,1970-01-01,2,\n".repeat(40));
    desk.file("late.csv", bytes);
    let (code, message) = desk.refusal(&format!("{DEDUPE} late.csv"));
    assert_eq!(code, "source.not_utf8", "{message}");
    assert!(message.contains("late.csv, line 34"), "{message}");
}

/// Commands with the code and words of their refusal.
const COMMANDS: [(&str, &str, [&str; 3]); 18] = [
    (
        "dedupe good.csv --out pairs.csv --profile wahat --weights flat.txt",
        "matching.weights_empty",
        ["flat.txt: ", "no piece of evidence", "name another"],
    ),
    (
        "dedupe good.csv --out pairs.csv --profile wahat --weights turned.txt",
        "matching.weights_thresholds",
        ["turned.txt: ", "from 8 on", "at or below automatic"],
    ),
    (
        "dedupe good.csv --out pairs.csv --profile heavy.toml",
        "matching.weights_unknown",
        [
            "heavy.toml: weights: ",
            "asks for lead",
            "known: four_parts",
        ],
    ),
    (
        "dedupe good.csv --out pairs.csv --profile adjusted.toml",
        "matching.weights_malformed",
        ["adjusted.toml: adjusted: ", "line 2", "not understood"],
    ),
    (
        "dedupe good.csv --out pairs.csv --profile number.toml",
        "matching.profile_number",
        ["number.toml: ", "[number]", "correct its places"],
    ),
    (
        "dedupe good.csv --out pairs.csv --profile nowhere",
        "matching.profile_unknown",
        ["nowhere", "known: ", "ends in .toml"],
    ),
    (
        "dedupe good.csv --out pairs.csv --profile broken.toml",
        "matching.profile_malformed",
        ["broken.toml", "line 1", "cannot"],
    ),
    (
        "dedupe good.csv --out pairs.csv --profile part.toml",
        "matching.profile_part",
        ["part.toml", "shoe", "no part"],
    ),
    (
        "dedupe good.csv --out pairs.csv --profile none.toml",
        "matching.file",
        ["none.toml", "cannot be read", "check the"],
    ),
    (
        "dedupe --profile wahat --out pairs.csv good.csv --weights broken.txt",
        "matching.weights_malformed",
        ["broken.txt", "line 1", "not understood"],
    ),
    (
        "dedupe --profile wahat --out pairs.csv good.csv --weights none.txt",
        "matching.file",
        ["none.txt", "cannot be read", "check the"],
    ),
    (
        "dedupe --profile wahat --out pairs.csv none.csv",
        "source.not_found",
        ["none.csv", "no such file", "check"],
    ),
    (
        "dedupe --profile wahat --out pairs.csv folder",
        "source.unreadable",
        ["folder", "it is a folder", "check"],
    ),
    (
        "dedupe --profile wahat good.csv --out none/pairs.csv",
        "matching.out",
        ["none/pairs.csv", "no folder none", "make it"],
    ),
    (
        "dedupe --profile wahat good.csv --out folder",
        "matching.out",
        ["folder", "it is a folder", "name a file"],
    ),
    (
        "dedupe --profile wahat good.csv --out good.csv",
        "matching.out_is_input",
        ["good.csv", "written over", "another --out"],
    ),
    (
        "dedupe --profile wahat good.csv --out ./good.csv",
        "matching.out_is_input",
        ["good.csv", "written over", "another --out"],
    ),
    (
        "dedupe --profile wahat --out pairs.csv good.csv --memory 1M",
        "matching.memory",
        ["MiB", "1 MiB", "--memory"],
    ),
];

/// A profile with other weights.
fn of_weights(profile: &str, weights: &str) -> String {
    let own = "weights = \"four_parts\"";
    assert!(profile.contains(own));
    profile.replacen(own, &format!("weights = {weights}"), 1)
}

#[test]
fn profiles_weights_and_places_that_are_none_are_refused() {
    let desk = desk();
    let profile = include_str!("../../../../../jurisdictions/wahat/matching.toml");
    desk.file("broken.toml", "about = \n")
        .file(
            "part.toml",
            profile.replace("\"tail given father\"", "\"shoe given\""),
        )
        .file("broken.txt", "nonsense here\n")
        .file("flat.txt", "review 0\nautomatic 9000\n")
        .file("turned.txt", "review 9\nautomatic 8\nsex same 1 1\n")
        .file("heavy.toml", of_weights(profile, "\"lead\""))
        .file(
            "adjusted.toml",
            of_weights(
                profile,
                "\"four_parts\"\nadjusted = [\"review 1\", \"nonsense\"]",
            ),
        )
        .file("number.toml", "[number]\nlength = 4\ndate = 9\n");
    std::fs::create_dir(desk.path("folder")).unwrap();
    for (command, code, words) in COMMANDS {
        let (told, message) = desk.refusal(command);
        assert_eq!(told, code, "{command}: {message}");
        for word in words {
            assert!(message.contains(word), "{word}: {message}");
        }
    }
}

/// The places of a run of that name would be written over the roll that it reads.
#[test]
fn a_roll_is_not_written_over_under_any_name() {
    let desk = desk();
    let rows = roll::text(&roll::electors(1, 0, 20));
    desk.file("pairs.csv.quarantine.csv", &rows)
        .file("pairs.csv.new", &rows);
    for name in ["pairs.csv.quarantine.csv", "pairs.csv.new"] {
        let (code, message) = desk.refusal(&format!("{DEDUPE} {name}"));
        assert_eq!(code, "matching.out_is_input", "{message}");
    }
    symlink("good.csv", desk.path("linked.csv")).unwrap();
    let words = "dedupe --profile wahat good.csv --out linked.csv";
    assert_eq!(desk.refusal(words).0, "matching.out_is_input");
    // Weights are not written over the truth that they are learnt from.
    let learning = "train --profile wahat --out truth.csv good.csv=truth.csv";
    desk.file("truth.csv", "id,person\n1,1\n");
    let output = desk.run(learning);
    assert_eq!(output.status.code(), Some(3));
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(told.contains("matching.out_is_input"), "{told}");
}

/// A roll is read more than once; what stands in a pipe is gone after the first time.
#[test]
fn a_pipe_and_a_device_are_refused_at_once() {
    let desk = desk();
    let made = Command::new("mkfifo").arg(desk.path("pipe.csv")).status();
    assert!(made.unwrap().success());
    symlink("/dev/zero", desk.path("zero.csv")).unwrap();
    for name in ["pipe.csv", "zero.csv"] {
        let (code, message) = desk.refusal(&format!("{DEDUPE} {name}"));
        assert_eq!(code, "matching.not_a_file", "{message}");
        assert!(
            message.contains(name) && message.contains("save it as a file"),
            "{message}"
        );
        // Nor does a result take its place.
        let words = format!("dedupe --profile wahat good.csv --out {name}");
        let (code, message) = desk.refusal(&words);
        assert_eq!(code, "matching.out", "{message}");
        assert!(!desk.path(name).is_file(), "{name} is what it was");
    }
}

/// Everybody would be proposed against themselves.
#[test]
fn a_roll_is_not_its_own_list() {
    let desk = desk();
    symlink("good.csv", desk.path("linked.csv")).unwrap();
    for list in ["good.csv", "./good.csv", "linked.csv"] {
        for command in ["link", "missing"] {
            let words = format!("{command} --profile wahat {list} good.csv --out pairs.csv");
            let (code, message) = desk.refusal(&words);
            assert_eq!(code, "matching.same_file", "{message}");
        }
    }
}
