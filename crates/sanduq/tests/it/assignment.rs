//! `sanduq staff place`, `replace`, `swap` and `explain` from the outside: a land is placed, an
//! apology is answered, a run that is killed goes on, and bad registers are refused by their row.

mod files;
mod rules;

use crate::wadi::printed;
use serde_json::Value;
use std::fs;
use std::path::PathBuf;
use std::process::Command;
use std::process::Output;
use std::process::Stdio;
use std::time::Duration;
use std::time::Instant;
use tempfile::TempDir;

/// A folder with the registers of an invented land, in which the program runs.
pub struct Room {
    folder: TempDir,
}

const FILES: &str = "--rules wahat/judges --people r/people.csv --committees r/committees.csv \
                     --kinship r/kinship.csv --candidates r/candidates.csv --json";

impl Room {
    pub fn empty() -> Self {
        let folder = tempfile::tempdir().unwrap();
        Self { folder }
    }

    pub fn new(words: &str) -> Self {
        let room = Self::empty();
        let made = room.run(&format!("invent --out r {words}"));
        assert!(made.status.success(), "{}", printed(&made));
        room
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn text(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap_or_else(|fault| panic!("{name}: {fault}"))
    }

    fn command(&self, words: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_sanduq"));
        command.arg("staff").args(words.split_whitespace());
        command.current_dir(self.folder.path());
        command
    }

    fn run(&self, words: &str) -> Output {
        self.command(words).output().unwrap()
    }

    pub fn done(&self, words: &str) -> Value {
        let output = self.run(words);
        assert!(output.status.success(), "{}", printed(&output));
        serde_json::from_slice(&output.stdout).unwrap()
    }

    /// What a refusal says, and its code.
    pub fn refused(&self, words: &str, code: &str) -> String {
        let output = self.run(words);
        let told = printed(&output);
        assert_eq!(output.status.code(), Some(3), "{told}");
        assert!(told.contains(code), "{code}: {told}");
        told
    }

    /// The first who serve on sub-committees, and where.
    fn serving(&self) -> Vec<(String, String)> {
        let text = self.text("placed.csv");
        let rows = text.lines().filter(|row| row.contains(",sub_committee,"));
        let two = |row: &str| {
            let mut cells = row.split(',').map(str::to_owned);
            (cells.next().unwrap(), cells.next().unwrap())
        };
        rows.map(two).collect()
    }
}

#[test]
fn a_land_is_placed_and_an_apology_is_answered() {
    let room = Room::new("");
    let done = room.done(&format!("place {FILES} --out placed.csv --lists lists"));
    assert_eq!(done["empty"], 0);
    assert_eq!(done["placed"], done["seats"]);
    assert!(done["above_bound_per_ten_thousand"].as_u64().unwrap() <= 200);
    let (person, committee) = room.serving()[0].clone();
    let governorate = committee_of(&room, &committee);
    let list = room.text(&format!("lists/{governorate}/{committee}.csv"));
    assert!(list.starts_with("person,body,rank,metres\n") && list.contains(&person));
    // The same from the same seed, in whatever order rows stand.
    reversed(&room, "r/people.csv");
    room.done(&format!("place {FILES} --out again.csv"));
    assert_eq!(room.text("again.csv"), room.text("placed.csv"));

    let placed = format!("{FILES} --placed placed.csv");
    let found = room.done(&format!("replace {placed} {person}"));
    let first = &found["replacements"][0];
    assert_eq!(first["from"], "own_reserve");
    assert_eq!(first["reserve"], format!("reserve.{governorate}"));
    fs::write(room.path("excused.csv"), format!("person\n{person}\n")).unwrap();
    let all = room.done(&format!(
        "replace {placed} --excused excused.csv --out second.csv"
    ));
    assert_eq!(all["empty"], 0);
    assert_eq!(all["moves"][0]["committee"], committee.as_str());
    assert!(!room.text("second.csv").contains(&person));

    let told = room.done(&format!("explain {placed} {person} --count 3"));
    assert_eq!(told["committee"], committee.as_str());
    assert_eq!(told["barred_by"].as_array().unwrap().len(), 0);
    assert_eq!(told["alternatives"].as_array().unwrap().len(), 3);
    room.refused(
        &format!("explain {placed} nobody"),
        "assignment.person_unknown",
    );
}

/// The governorate of a committee.
fn committee_of(room: &Room, committee: &str) -> String {
    let text = room.text("r/committees.csv");
    let row = text
        .lines()
        .find(|row| row.starts_with(&format!("{committee},")));
    row.unwrap().split(',').nth(2).unwrap().to_owned()
}

/// Turns the rows of a file around, below the line of names.
fn reversed(room: &Room, name: &str) {
    let text = room.text(name);
    let mut lines: Vec<&str> = text.lines().collect();
    lines[1..].reverse();
    fs::write(room.path(name), lines.join("\n")).unwrap();
}

#[test]
fn a_swap_that_breaks_a_rule_is_refused_by_the_rule() {
    let room = Room::new("");
    room.done(&format!("place {FILES} --out placed.csv"));
    let people = room.text("r/people.csv");
    let is = |person: &str, word: &str| {
        let row = people.lines().find(|row| row.starts_with(person));
        row.unwrap().split(',').any(|cell| cell == word)
    };
    let committees = room.text("r/committees.csv");
    let womens = |code: &str| {
        let row = committees
            .lines()
            .find(|row| row.starts_with(&format!("{code},")));
        row.unwrap().split(',').nth(8) == Some("yes")
    };
    let serving = room.serving();
    let woman = serving.iter().find(|(_, at)| womens(at)).unwrap();
    let man = serving
        .iter()
        .find(|(person, at)| is(person, "man") && !womens(at))
        .unwrap();
    let placed = format!("{FILES} --placed placed.csv");
    let told = room.refused(
        &format!("swap {placed} {} {} --lang fr", man.0, woman.0),
        "assignment.women",
    );
    assert!(
        told.contains("Dans un bureau de femmes servent des femmes."),
        "{told}"
    );
    let mut swaps = serving.windows(2).map(|two| {
        let words = format!("swap {placed} {} {} --out swapped.csv", two[0].0, two[1].0);
        (room.run(&words).status.success(), two)
    });
    let (_, two) = swaps.find(|(done, _)| *done).unwrap();
    let swapped = room.text("swapped.csv");
    assert!(swapped.contains(&format!("{},{},", two[0].0, two[1].1)));
    assert!(swapped.contains(&format!("{},{},", two[1].0, two[0].1)));
}

#[test]
fn a_run_that_was_killed_goes_on_and_ends_alike() {
    let room = Room::new("--people 700 --sub-committees 500 --general-committees 30 --seed 4");
    let words = FILES.replace("wahat/judges", "wahat/judges_elsewhere");
    room.done(&format!("place {words} --out whole.csv"));
    let work = room.path("placed.csv.work");
    let mut command = room.command(&format!("place {words} --out placed.csv"));
    command.stdout(Stdio::null()).stderr(Stdio::null());
    let mut child = command.spawn().unwrap();
    let since = Instant::now();
    while !work.exists() {
        assert!(
            child.try_wait().unwrap().is_none(),
            "it ended before it was met in the middle"
        );
        assert!(
            since.elapsed() < Duration::from_secs(240),
            "it does not come on"
        );
        std::thread::sleep(Duration::from_millis(2));
    }
    child.kill().unwrap();
    assert!(!child.wait().unwrap().success());
    assert!(!room.path("placed.csv").exists());
    let done = room.done(&format!("place {words} --out placed.csv"));
    assert_eq!(done["resumed"], true);
    assert_eq!(room.text("placed.csv"), room.text("whole.csv"));
    assert!(!work.exists());
}

/// A file, what stands in it, what stands there instead, the code and the row of the refusal.
const BAD: [[&str; 5]; 9] = [
    [
        "people",
        "P000003,",
        "P000001,",
        "assignment.person_twice",
        "row 5",
    ],
    ["people", "P000003,", "P 3,", "assignment.value", "row 5"],
    [
        "people",
        ",rank,",
        ",grade,",
        "assignment.column_missing",
        "column rank",
    ],
    [
        "committees",
        "sub-00000,sub_committee",
        "sub-00000,bureau",
        "assignment.value",
        "row 6",
    ],
    [
        "committees",
        "general-001,",
        "general-000,",
        "assignment.committee_twice",
        "row 3",
    ],
    [
        "kinship",
        "P000",
        "P000007,parent,P000007\nP000",
        "assignment.kin_itself",
        "row 2",
    ],
    [
        "kinship",
        "P000",
        "P000007,parent,x\nx,parent,P000007\nP000",
        "assignment.kin_circular",
        "row 3",
    ],
    [
        "committees",
        ",1,no,",
        ",,no,",
        "assignment.seats_missing",
        "row 2",
    ],
    [
        "committees",
        ",1,no,",
        ",0,no,",
        "assignment.seats_zero",
        "row 2",
    ],
];

#[test]
fn bad_registers_are_refused_by_their_row() {
    let room = Room::new("--people 40 --sub-committees 20 --general-committees 4");
    for [file, from, to, code, row] in BAD {
        let name = format!("r/{file}.csv");
        let sound = room.text(&name);
        let bad = sound.replacen(from, to, 1);
        assert_ne!(bad, sound, "{from}");
        fs::write(room.path(&name), bad).unwrap();
        let told = room.refused(&format!("place {FILES} --out placed.csv --lang ar"), code);
        assert!(told.contains(row), "{told}");
        assert!(
            told.contains(|letter| ('ا'..='ي').contains(&letter)),
            "{told}"
        );
        assert!(!room.path("placed.csv").exists());
        fs::write(room.path(&name), sound).unwrap();
    }
    room.refused(
        "place --rules nowhere/judges --people x --committees y --out z",
        "rules_unknown",
    );
}

#[test]
fn a_shortage_is_proved_and_what_can_be_covered_is() {
    let room = Room::new("--people 40 --sub-committees 60 --general-committees 6 --governorates 3");
    let told = room.refused(
        &format!("place {FILES} --out placed.csv"),
        "assignment.short",
    );
    assert!(
        told.contains("g00") && told.contains("people may serve"),
        "{told}"
    );
    assert!(!room.path("placed.csv").exists());
    let done = room.done(&format!("place {FILES} --out placed.csv --partial"));
    let empty = done["empty"].as_u64().unwrap();
    assert_eq!(done["short"]["empty"].as_u64(), Some(empty));
    assert_eq!(
        done["placed"].as_u64().unwrap() + empty,
        done["seats"].as_u64().unwrap()
    );
    let rows = room.text("placed.csv.uncovered.csv");
    let seats = rows
        .lines()
        .skip(1)
        .map(|row| row.rsplit(',').next().unwrap());
    let seats = seats.map(|seats| seats.parse::<u64>().unwrap());
    assert_eq!(seats.sum::<u64>(), empty);
    assert!(room.text("placed.csv.uncovered.svg").contains("<title>"));
}
