//! Steps that are cut off on their way: killed between two writes, in the middle of one, or out of
//! room. The next step ends what was begun, or nothing was.

use crate::by_hand::small;
use crate::by_hand::table::Table;
use crate::wadi::printed;
use crate::wadi::sanduq;
use sanduq_ballot::hash::Hash;
use std::fs;
use std::fs::File;
use std::fs::OpenOptions;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::path::PathBuf;
use std::process::Child;
use std::process::Command;
use std::process::Stdio;
use std::time::Duration;
use std::time::Instant;

const UNFINISHED: &[&str] = &["--unfinished"];

fn lengths(table: &Table) -> [usize; 2] {
    table.archive().unwrap().map(|bytes| bytes.len())
}

/// Begins a step that will be killed.
fn begin(table: &Table, step: &str) -> Child {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sanduq"));
    let folder = table.path("election");
    let command = command.args(["ballot", step, "--archive", folder.to_str().unwrap()]);
    let command = command.stdout(Stdio::null()).stderr(Stdio::null());
    command.spawn().unwrap()
}

/// Kills a step as soon as it has come so far.
fn killed_when(mut child: Child, far: impl Fn() -> bool) {
    let begun = Instant::now();
    while !far() {
        assert!(begun.elapsed() < Duration::from_secs(120), "never so far");
        std::thread::sleep(Duration::from_millis(5));
    }
    // It waits: one that did not would be done by now.
    std::thread::sleep(Duration::from_millis(500));
    child.kill().unwrap();
    child.wait().unwrap();
}

/// The act file that stands beside the archive while an act is on its way.
fn act(table: &Table) -> PathBuf {
    table.files().unwrap()[0].with_extension("act")
}

/// The next step ends the tally that was begun, whatever it is itself; then all goes on.
fn goes_on(table: &Table) {
    table.write("choices.json", r#"[["Amal"]]"#);
    let late = "cast --archive @election --credential @letters/2.txt --choices @choices.json";
    let (code, told, said) = table.run(late);
    assert_eq!(
        (code, told["code"].as_str()),
        (Some(3), Some("ballot.order")),
        "{said}"
    );
    assert!(said.contains("cut off is now done"), "{said}");
    assert!(!act(table).exists());
    let told = table.verified(UNFINISHED);
    assert_eq!(
        (&told["holds"], &told["act_unfinished"]),
        (&true.into(), &false.into())
    );
    let key = "--secret @a/secret --password-file @password --out @part.json";
    table.done(&format!("decrypt --archive @election {key}"));
    table.done("decrypt --archive @election --add @part.json");
    table.done("result --archive @election");
    table.checked();
}

#[test]
fn a_step_that_is_killed_before_both_writes_is_ended_by_the_next() {
    let table = small();
    let before = lengths(&table);
    // Whoever reads the archive holds it as it is; the step waits at its door.
    let held = File::open(&table.files().unwrap()[0]).unwrap();
    held.lock_shared().unwrap();
    killed_when(begin(&table, "tally"), || act(&table).exists());
    held.unlock().unwrap();
    assert_eq!(lengths(&table), before);
    assert_eq!(table.verified(UNFINISHED)["holds"], true);
    goes_on(&table);
}

#[test]
fn a_step_that_is_killed_between_both_writes_is_ended_by_the_next() {
    let table = small();
    let before = lengths(&table);
    let held = File::open(&table.files().unwrap()[1]).unwrap();
    held.lock_shared().unwrap();
    killed_when(begin(&table, "tally"), || lengths(&table)[0] > before[0]);
    held.unlock().unwrap();
    assert_eq!(lengths(&table)[1], before[1], "the sidecar is behind");
    // A stranger is told; a trustee reads what stood there before the act.
    let told = table.verified(UNFINISHED);
    assert_eq!(told["failures"][0]["code"], "sidecar_cut_short", "{told}");
    assert_eq!(told["act_unfinished"], true, "{told}");
    let folder = table.path("election");
    let said = sanduq(&["verify", "--unfinished", folder.to_str().unwrap()]);
    let said = printed(&said);
    assert!(
        said.contains("an act is unfinished; run the next step"),
        "{said}"
    );
    table.refused(&[(
        "decrypt --archive @election --secret @a/secret --password-file @password --out @x.json",
        "ballot.order",
    )]);
    goes_on(&table);
}

/// Runs the tally with so many blocks of 512 bytes for the longest file.
fn with_room(table: &Table, blocks: usize, trap: &str) -> std::process::Output {
    let line = format!(
        "{trap} ulimit -c 0; ulimit -f {blocks}; exec {} ballot tally --archive {}",
        env!("CARGO_BIN_EXE_sanduq"),
        table.path("election").display()
    );
    Command::new("sh").args(["-c", &line]).output().unwrap()
}

#[test]
fn a_step_that_is_killed_in_the_middle_of_a_write_is_ended_by_the_next() {
    let table = small();
    table.vote(2, r#"[["Badr"]]"#);
    table.vote(3, r#"["blank"]"#);
    let before = lengths(&table);
    // The act file fits, the archive does not: the signal ends the program.
    let output = with_room(&table, before[0] / 512 + 3, "");
    assert_eq!(output.status.code(), None, "{}", printed(&output));
    assert_eq!(lengths(&table), [before[0] + 3 * 512, before[1]]);
    goes_on(&table);
}

#[test]
fn a_full_disk_leaves_the_archive_as_it_was() {
    let table = small();
    table.vote(2, r#"[["Badr"]]"#);
    table.vote(3, r#"["blank"]"#);
    let before = table.archive();
    // No room for the act file; room for it, and none for the archive.
    for blocks in [1, lengths(&table)[0] / 512 + 3] {
        let output = with_room(&table, blocks, "trap '' XFSZ;");
        assert_eq!(output.status.code(), Some(1), "{}", printed(&output));
        assert!(table.archive() == before);
        assert_eq!(fs::read_dir(table.path("election")).unwrap().count(), 2);
        assert_eq!(table.verified(UNFINISHED)["holds"], true);
    }
    table.done("tally --archive @election");
}

/// An act on its way, as the documentation of the act file has it.
fn act_of(lengths: [usize; 2], added: [&[u8]; 2]) -> Vec<u8> {
    let number = |length: usize| u64::try_from(length).unwrap().to_be_bytes();
    let [archive, sidecar] = lengths.map(number);
    let head = [&b"sanduq ballot act 1\n"[..], &archive, &sidecar];
    let bytes = [&head.concat(), &number(added[0].len())[..], &added.concat()].concat();
    [&bytes[..], &Hash::of(&bytes).0].concat()
}

/// The sidecar of a real election is shorter than its archive, so that the room of one file could
/// not end at the sidecar alone: here it is longer. What is in both does not matter to an act.
#[test]
fn a_disk_that_is_full_at_the_sidecar_alone_leaves_both_as_they_were() {
    let table = small();
    let [archive, _] = table.files().unwrap();
    let before = Some([vec![b'a'; 700], vec![b's'; 4096]]);
    let added = [&[b'A'; 512][..], &[b'S'; 4096]];
    for (blocks, fits) in [(8, false), (12, false), (16, true)] {
        table.put_back(&before);
        fs::write(act(&table), act_of([700, 4096], added)).unwrap();
        let output = with_room(&table, blocks, "trap '' XFSZ;");
        // The act is ended first; then the step finds that these are no archive.
        let (code, now) = if fits {
            let [archive, sidecar] = before.clone().unwrap();
            let now = [[&archive, added[0]].concat(), [&sidecar, added[1]].concat()];
            (Some(3), Some(now))
        } else {
            (Some(1), before.clone())
        };
        assert_eq!(output.status.code(), code, "{blocks}: {}", printed(&output));
        assert!(table.archive() == now, "{blocks}");
        // What was cut off may have been said to be done: it is not given up.
        assert_eq!(act(&table).exists(), !fits, "{blocks}");
        let said = printed(&output);
        let named = if fits {
            &archive
        } else {
            &archive.with_extension("sidecar")
        };
        assert!(said.contains(named.to_str().unwrap()), "{said}");
    }
}

/// Marks a file so that not even its owner's administrator writes into it; whether that could be
/// done.
fn frozen(path: &Path, frozen: bool) -> bool {
    let mark = |word: &str| {
        let _none = Command::new("chattr").arg(word).arg(path).output();
    };
    mark("-i");
    let mode = if frozen { 0o444 } else { 0o644 };
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    if frozen {
        mark("+i");
    }
    OpenOptions::new().write(true).open(path).is_err()
}

#[test]
fn a_ballot_that_could_not_be_written_is_not_cast_by_the_next_step() {
    let table = small();
    let before = table.archive();
    table.write("choices.json", r#"[["Badr"]]"#);
    let cast = "cast --archive @election --credential @letters/2.txt --choices @choices.json";
    for path in table.files().unwrap() {
        let known = frozen(&path, true);
        let (code, _, said) = table.run(cast);
        frozen(&path, false);
        if !known {
            println!("skipped: files cannot be closed to whoever runs this");
            return;
        }
        assert_eq!(code, Some(1), "{said}");
        assert!(said.contains(path.to_str().unwrap()), "{said}");
        assert!(table.archive() == before);
        assert_eq!(fs::read_dir(table.path("election")).unwrap().count(), 2);
    }
    let told = table.done("tally --archive @election");
    assert_eq!(told["counted"], 1, "{told}");
}

#[test]
fn an_act_that_no_longer_belongs_to_the_files_is_not_ended() {
    let table = small();
    let held = File::open(&table.files().unwrap()[0]).unwrap();
    held.lock_shared().unwrap();
    killed_when(begin(&table, "tally"), || act(&table).exists());
    drop(held);
    let [archive, sidecar] = table.archive().unwrap();
    let shorter = archive[..archive.len() - 512].to_vec();
    table.put_back(&Some([shorter, sidecar.clone()]));
    table.refused(&[("tally --archive @election", "ballot.act")]);
    table.put_back(&Some([archive, sidecar]));
    let whole = fs::read(act(&table)).unwrap();
    fs::write(act(&table), &whole[..whole.len() - 1]).unwrap();
    table.refused(&[("tally --archive @election", "ballot.act")]);
    fs::write(act(&table), &whole).unwrap();
    goes_on(&table);
}

#[test]
fn whoever_looks_while_ballots_are_cast_sees_both_files_alike() {
    let table = small();
    std::thread::scope(|scope| {
        let casting = scope.spawn(|| {
            for _ in 0..8 {
                table.vote(2, r#"[["Badr"]]"#);
            }
        });
        let mut looks = 0;
        while !casting.is_finished() {
            let told = table.verified(UNFINISHED);
            assert_eq!(told["holds"], true, "{told}");
            looks += 1;
        }
        casting.join().unwrap();
        assert!(looks > 0);
    });
    assert_eq!(table.verified(UNFINISHED)["ballots"], 9);
}
