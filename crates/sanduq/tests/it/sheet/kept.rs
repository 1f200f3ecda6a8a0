//! An import and its store: all of it or nothing, once and not twice, whenever the program dies.

use super::Bench;
use super::FORM;
use super::HEADER;
use super::object;
use super::refusal;
use sanduq_core::id::EventId;
use sanduq_store::Access;
use sanduq_store::Config;
use sanduq_store::Store;
use serde_json::json;
use std::fs::TryLockError;
use std::path::Path;
use std::path::PathBuf;
use std::process::Child;
use std::process::Command;
use std::process::Stdio;
use std::time::Duration;
use std::time::Instant;

/// What a store has of an event: journal entries, sheets by state.
fn held(dir: &Path, event: &str) -> (u64, Vec<(String, u64)>) {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let dir = dir.to_owned();
        let store = Store::open(&Config::Private { dir }).await.unwrap();
        let read = store.read_as(Access::Executive).await.unwrap();
        let event = EventId::new(event).unwrap();
        let states = read.sheets_by_state(&event).await.unwrap();
        let states = states
            .into_iter()
            .map(|state| (state.state, state.sheets))
            .collect();
        (read.head().await.unwrap().size, states)
    })
}

#[test]
fn a_file_sent_again_is_refused_with_its_row_and_changes_nothing() {
    let bench = Bench::new();
    let store = bench.path("store");
    let kept = ["--store", store.to_str().unwrap()];
    let rows = "P,1,100,60,40,20\nP,2,200,50,20,30\nP,3,200,50,20,31\n";
    let first = bench.file("first.csv", format!("{HEADER}{rows}"));
    let read = object(&bench.import(&kept, &[&first]));
    let both = vec![("accepted".to_owned(), 2), ("quarantined".to_owned(), 1)];
    let before = held(&store, "bench");
    assert_eq!(before.1, both);
    assert_eq!(read["journal"]["size"], json!(before.0));
    let said = refusal(&bench.import(&kept, &[&first]));
    assert!(said.contains("[sheet.already_received]"), "{said}");
    assert!(
        said.contains("first.csv, row 2:") && said.contains("accepted"),
        "{said}"
    );
    // One sheet of another file is known: none of that file is taken.
    let half = bench.file(
        "half.csv",
        format!("{HEADER}P,9,1,1,1,0\nP,3,200,50,20,30\n"),
    );
    let said = refusal(&bench.import(&kept, &[&half]));
    assert!(
        said.contains("half.csv, row 3:") && said.contains("quarantined"),
        "{said}"
    );
    let other = bench.file("other.csv", format!("{HEADER}P,9,1,1,1,0\n"));
    let said = refusal(&bench.import(&kept, &[&other]));
    assert!(
        said.contains("[import.other_event]") && said.contains("--store"),
        "{said}"
    );
    // A store holds one event.
    let second = [&kept[..], &["--event", "second"]].concat();
    let said = refusal(&bench.import(&second, &[&other]));
    assert!(
        said.contains("[store.second_event]") && said.contains("bench"),
        "{said}"
    );
    assert_eq!(held(&store, "bench"), before, "nothing of it is kept");
    assert_eq!(held(&store, "second").1, []);
}

#[test]
fn an_event_of_no_code_is_refused_before_anything_is_made() {
    let bench = Bench::new();
    let file = bench.file("sheets.csv", format!("{HEADER}P,1,100,60,40,20\n"));
    let store = bench.path("store");
    for event in ["a b", "", "..", "انتخابات"] {
        let args = ["--store", store.to_str().unwrap(), "--event", event];
        let said = refusal(&bench.import(&args, &[&file]));
        assert!(said.contains("[event.unfit]"), "{event}: {said}");
    }
    assert!(!store.exists());
}

#[test]
fn two_sheets_of_one_station_are_both_kept() {
    let bench = Bench::new();
    let store = bench.path("store");
    let rows = "P,1,100,60,40,20\nP,1,100,60,20,40\nP,1,100,60,0,60\nP,2,200,50,20,30\n";
    let file = bench.file("sheets.csv", format!("{HEADER}{rows}"));
    let read = object(&bench.import(&["--store", store.to_str().unwrap()], &[&file]));
    assert_eq!(
        (&read["accepted"], &read["quarantined"]),
        (&json!(1), &json!(3))
    );
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let versions = runtime.block_on(async {
        let store = Store::open(&Config::Private { dir: store }).await.unwrap();
        let read = store.read_as(Access::Executive).await.unwrap();
        let snapshot = read
            .snapshot(&EventId::new("bench").unwrap())
            .await
            .unwrap()
            .unwrap();
        let line = |sheet: &sanduq_count::sheet::Sheet| {
            let counted = sheet.state.counted().is_some();
            (
                sheet.key.station.to_string().ends_with("-1"),
                sheet.version,
                counted,
            )
        };
        snapshot.sheets.iter().map(line).collect::<Vec<_>>()
    });
    let expected = [
        (true, 1, false),
        (true, 2, false),
        (true, 3, false),
        (false, 1, true),
    ];
    assert_eq!(versions, expected);
}

/// The program is killed at twenty moments, evenly over the time that an import takes. Each time
/// the store has the event with all its sheets or nothing, and the same command again completes it
/// or says that it is complete.
#[test]
fn killed_at_any_moment_it_leaves_all_or_nothing() {
    const SHEETS: u64 = 3_000;
    const MOMENTS: u32 = 20;
    let bench = Bench::new();
    let rows: String = (0..SHEETS)
        .map(|n| format!("P,{n},100,60,40,20\n"))
        .collect();
    let file = bench.file("sheets.csv", format!("{HEADER}{rows}"));
    let store = prepared(&bench);
    let begun = Instant::now();
    object(&bench.import(&["--store", store.to_str().unwrap()], &[&file]));
    let whole = begun.elapsed();
    let (mut complete, mut nothing) = (0, 0);
    for moment in 0..MOMENTS {
        let store = prepared(&bench);
        kill_after(&bench, &store, &file, whole * moment / MOMENTS);
        let all = vec![("accepted".to_owned(), SHEETS)];
        let (entries, states) = held(&store, "bench");
        let none = entries == 0 && states.is_empty();
        assert!(none || states == all, "moment {moment}: {states:?}");
        // A commit that was on its way when the program died may have arrived in between.
        let again = bench.import(&["--store", store.to_str().unwrap()], &[&file]);
        if states.is_empty() && again.status.success() {
            nothing += 1;
        } else {
            complete += 1;
            assert!(
                refusal(&again).contains("[sheet.already_received]"),
                "moment {moment}"
            );
        }
        assert_eq!(held(&store, "bench").1, all, "moment {moment}");
    }
    println!("killed {MOMENTS} times: {nothing} had left nothing, {complete} had left all");
    assert!(nothing > 0, "no moment was before the end");
}

/// What makes a cluster runs on when the program that started it is killed: the next opening waits
/// for its end and begins again.
#[test]
fn killed_in_its_first_opening_it_opens_the_next_time() {
    let bench = Bench::new();
    let file = bench.file("sheets.csv", format!("{HEADER}P,1,100,60,40,20\n"));
    let store = bench.path("store");
    let mut child = start(&bench, &store, &file);
    while !store.join("data.new").exists() {
        std::thread::sleep(Duration::from_millis(1));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    let opening = std::fs::File::open(store.join("opening.lock")).unwrap();
    let held = opening.try_lock();
    assert!(
        matches!(held, Err(TryLockError::WouldBlock)),
        "somebody else could begin: {held:?}"
    );
    drop(opening);
    let read = object(&bench.import(&["--store", store.to_str().unwrap()], &[&file]));
    assert_eq!(read["accepted"], json!(1));
}

/// Each constituency's votes of a list can be written, those of the nation cannot.
#[test]
fn votes_that_no_total_can_hold_are_refused_before_anything_is_written() {
    let most = i64::MAX;
    let rows = |one: i64, registered: i64| {
        let row = |at: i64| format!("P{at},{at},{registered},60,{one},20\n");
        format!("{HEADER}{}{}{}", row(1), row(2), row(3))
    };
    for (one, registered) in [(most, 100), (40, most)] {
        let level = "max_choices = 1\nlevel = \"province\"";
        let form = FORM.replace("max_choices = 1", level);
        // Rows of totals are compared with sums of their own, which would be too large first.
        let lines = form.lines().filter(|line| !line.starts_with("total_rows"));
        let bench = Bench::with(&lines.collect::<Vec<_>>().join("\n"));
        let file = bench.file("1.csv", rows(one, registered));
        let store = bench.path("store");
        let said = refusal(&bench.import(&["--store", store.to_str().unwrap()], &[&file]));
        assert!(said.contains("[import.overflow]: 1.csv, row 3"), "{said}");
        assert_eq!(held(&store, "bench").1, []);
    }
    let bench = Bench::new();
    bench.read(rows(i64::MAX / 4, i64::MAX / 4));
}

/// A store without an event, in place of the one before it: a copy of one that was made once.
fn prepared(bench: &Bench) -> PathBuf {
    let (made, dir) = (bench.path("made"), bench.path("store"));
    if !made.exists() {
        assert_eq!(held(&made, "bench"), (0, Vec::new()));
    }
    if dir.exists() {
        std::fs::remove_dir_all(&dir).unwrap();
    }
    let copied = Command::new("cp")
        .arg("-a")
        .args([made, dir.clone()])
        .status();
    assert!(copied.unwrap().success());
    dir
}

fn kill_after(bench: &Bench, store: &Path, file: &Path, delay: Duration) {
    let mut child = start(bench, store, file);
    std::thread::sleep(delay);
    child.kill().unwrap();
    child.wait().unwrap();
}

fn start(bench: &Bench, store: &Path, file: &Path) -> Child {
    Command::new(env!("CARGO_BIN_EXE_sanduq"))
        .args(["sheet", "import", "--form", "bench", "--json"])
        .arg("--jurisdictions")
        .arg(bench.path("law"))
        .arg("--store")
        .arg(store)
        .arg(file)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}
