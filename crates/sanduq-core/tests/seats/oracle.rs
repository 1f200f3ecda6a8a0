//! Ten thousand random elections compared with two outside programs, `apportionment` and `votelib`
//! (versions in `tests/oracle/requirements.txt`): equal everywhere, or different for a reason that
//! is named and asserted here.

use crate::common::*;
use sanduq_core::id::ChoiceCode;
use sanduq_core::seats::Outcome;
use sanduq_core::seats::SeatRule;
use serde_json::Value;
use serde_json::json;
use std::collections::BTreeMap;
use std::fs::File;
use std::path::Path;
use std::path::PathBuf;
use std::process::Command;

const ELECTIONS: usize = 10_000;
const DANISH: &str = "[method.highest_averages]
divisors = { values = ['1', '4', '7', '10', '13', '16', '19', '22', '25', '28', '31', '34', '37',
'40', '43', '46', '49', '52', '55', '58', '61', '64', '67', '70', '73', '76'] }";
const METHODS: [(&str, &str); 10] = [
    ("hare", HARE),
    ("droop", DROOP),
    ("hagenbach", HAGENBACH),
    ("imperiali", IMPERIALI),
    ("dhondt", DHONDT),
    ("sainte_lague", SAINTE_LAGUE),
    ("modified", MODIFIED),
    ("danish", DANISH),
    ("plurality", PLURALITY),
    ("majority", ABSOLUTE_MAJORITY),
];

/// One election: the method, the house, the votes and the threshold in per cent, 0 for none.
struct Election {
    method: usize,
    house: u32,
    votes: Vec<u64>,
    per_cent: u64,
}

/// What a program answers: seats for certain, who is tied, for how many seats.
#[derive(Debug, PartialEq)]
struct Answer {
    seats: Vec<u64>,
    tied: Vec<usize>,
    open: u64,
}

impl Election {
    fn draw(numbers: &mut Numbers, n: usize) -> Self {
        let method = n % METHODS.len();
        let most = [12, 60, 3_000, 10_000_000][usize::try_from(numbers.below(4)).unwrap()];
        let lists = numbers.below(7) + 1;
        let mut votes: Vec<_> = (0..lists).map(|_| numbers.below(most) + 1).collect();
        if numbers.below(20) == 0 {
            votes.push(0);
        }
        let name = METHODS[method].0;
        let proportional = !matches!(name, "plurality" | "majority");
        // With seven lists the largest has a seventh: 12 % always leaves somebody.
        let per_cent = if proportional {
            numbers.below(24).saturating_sub(11)
        } else {
            0
        };
        let house = if name == "majority" {
            1
        } else {
            u32::try_from(numbers.below(25)).unwrap() + 1
        };
        Self {
            method,
            house,
            votes,
            per_cent,
        }
    }

    fn question(&self) -> Value {
        let threshold = (self.per_cent > 0).then(|| format!("{}/100", self.per_cent));
        let method = METHODS[self.method].0;
        json!({"method": method, "seats": self.house, "votes": self.votes, "threshold": threshold})
    }

    fn rule(&self) -> SeatRule {
        let per_cent = self.per_cent;
        let threshold = format!(
            "threshold = {{ local = {{ share = '{per_cent}%', compare = 'at_least', \
             base = 'votes' }} }}"
        );
        // The outside programs leave what one remainder seat a list cannot fill.
        let method = METHODS[self.method]
            .1
            .replace("'another_round'", "'vacant'");
        let method = if self.house == 1 && method == ABSOLUTE_MAJORITY {
            format!("{method}\nrun_off_uncontested = 'hold'")
        } else {
            method
        };
        rule(&if per_cent > 0 {
            format!("{threshold}\n{method}")
        } else {
            method
        })
    }

    fn ours(&self) -> Answer {
        let allotment = quickly(&self.rule(), &contest(self.house, &self.votes));
        let place =
            |choice: &ChoiceCode| (0..self.votes.len()).find(|&n| code(n) == *choice).unwrap();
        let (mut tied, open) = match &allotment.outcome {
            Outcome::LotNeeded(lot) if METHODS[self.method].0 != "majority" => {
                (lot.among.iter().map(place).collect(), u64::from(lot.seats))
            }
            _ => (Vec::new(), 0),
        };
        tied.sort_unstable();
        Answer {
            seats: seats(&allotment).into_iter().map(u64::from).collect(),
            tied,
            open,
        }
    }

    /// Possible with Imperiali, and with Hagenbach-Bischoff when only one list has votes.
    fn holds_more_quotas_than_seats(&self) -> Option<usize> {
        let parts = match METHODS[self.method].0 {
            "imperiali" => u64::from(self.house) + 2,
            "hagenbach" => u64::from(self.house) + 1,
            _ => return None,
        };
        let passed = |v: &&u64| **v * 100 >= self.votes.iter().sum::<u64>() * self.per_cent;
        let all: u64 = self.votes.iter().filter(passed).sum();
        self.votes
            .iter()
            .position(|v| v * parts / all > u64::from(self.house))
    }

    /// Whether a list lies exactly on the threshold.
    fn on_the_border(&self) -> bool {
        let all: u64 = self.votes.iter().sum();
        self.per_cent > 0 && self.votes.iter().any(|v| v * 100 == all * self.per_cent)
    }
}

fn read(answer: &Value) -> Answer {
    let numbers = |v: &Value| -> Vec<u64> {
        v.as_array()
            .unwrap()
            .iter()
            .map(|n| n.as_u64().unwrap())
            .collect()
    };
    Answer {
        seats: numbers(&answer["seats"]),
        tied: numbers(&answer["tied"])
            .iter()
            .map(|n| usize::try_from(*n).unwrap())
            .collect(),
        open: answer["open"].as_u64().unwrap(),
    }
}

/// Whether an answer of `apportionment` is ours; of a tie it only says that there is one.
fn is_ours(ours: &Answer, theirs: &Value) -> bool {
    if theirs["tie"] == Value::Bool(true) {
        ours.open > 0
    } else {
        *ours == read(theirs)
    }
}

/// Why an answer of `votelib` is not ours; `None` when nothing explains it.
fn why_votelib(election: &Election, ours: &Answer, theirs: &Value) -> Option<&'static str> {
    if theirs.get("error").is_none() && *ours == read(theirs) {
        return Some("equal");
    }
    // It compares the votes themselves with the share where equality counts.
    if election.on_the_border() {
        return Some("threshold: equality");
    }
    // Of a list that alone holds more quotas than there are seats it forgets the quotas, or fails.
    if let Some(list) = election.holds_more_quotas_than_seats()
        && (theirs.get("error").is_some() || read(theirs).seats[list] <= 1)
    {
        return Some("more quotas than seats");
    }
    if theirs.get("error").is_some() {
        return None;
    }
    let theirs = read(theirs);
    let without_votes = |n: usize| election.votes[n] == 0;
    let seated = theirs
        .seats
        .iter()
        .enumerate()
        .any(|(n, s)| *s > 0 && without_votes(n));
    let tied = theirs.tied.iter().any(|&n| without_votes(n));
    (seated || tied).then_some("a seat for a list without a vote")
}

/// Runs the outside programs on all elections; `None`, said aloud, where they cannot be had.
#[allow(
    clippy::disallowed_methods,
    reason = "a test starts the programs it compares with"
)]
fn answers(elections: &[Election]) -> Option<Vec<Value>> {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("seat-oracle");
    let here = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/oracle");
    let python = python_with_packages(&folder, &here)?;
    let questions = folder.join("questions.jsonl");
    let lines: String = elections
        .iter()
        .map(|e| format!("{}\n", e.question()))
        .collect();
    std::fs::write(&questions, lines).unwrap();
    let output = Command::new(python)
        .arg(here.join("oracle.py"))
        .stdin(File::open(&questions).unwrap())
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let text = String::from_utf8(output.stdout).unwrap();
    Some(
        text.lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect(),
    )
}

/// A Python with the pinned packages, made once beside the other products of the build.
#[allow(
    clippy::disallowed_methods,
    reason = "a test starts the programs it compares with"
)]
fn python_with_packages(folder: &Path, here: &Path) -> Option<PathBuf> {
    let python = folder.join("bin/python");
    let pinned = std::fs::read(here.join("requirements.txt")).unwrap();
    let stamp = folder.join("installed.txt");
    if std::fs::read(&stamp).is_ok_and(|installed| installed == pinned) {
        return Some(python);
    }
    let run = |command: &mut Command, what: &str| {
        let ran = command.output().is_ok_and(|output| output.status.success());
        if !ran {
            println!("skipped: no outside programs to compare with: {what} failed");
        }
        ran.then_some(())
    };
    run(
        Command::new("python3").args(["-m", "venv"]).arg(folder),
        "python3 -m venv",
    )?;
    let mut install = Command::new(&python);
    install.args([
        "-m",
        "pip",
        "install",
        "--quiet",
        "--retries",
        "1",
        "--timeout",
        "20",
        "-r",
    ]);
    run(install.arg(here.join("requirements.txt")), "pip install")?;
    std::fs::write(stamp, pinned).unwrap();
    Some(python)
}

#[test]
fn ten_thousand_elections_agree_with_two_outside_programs() {
    let mut numbers = Numbers(2018);
    let elections: Vec<_> = (0..ELECTIONS)
        .map(|n| Election::draw(&mut numbers, n))
        .collect();
    let Some(answers) = answers(&elections) else {
        return;
    };
    assert_eq!(answers.len(), ELECTIONS);
    let mut reasons: BTreeMap<&str, usize> = BTreeMap::new();
    let mut compared = 0;
    for (election, answer) in elections.iter().zip(&answers) {
        let ours = election.ours();
        let shown = || format!("{} {ours:?} {answer}", election.question());
        if !answer["apportionment"].is_null() {
            assert!(is_ours(&ours, &answer["apportionment"]), "{}", shown());
            compared += 1;
        }
        let why = why_votelib(election, &ours, &answer["votelib"]);
        *reasons
            .entry(why.unwrap_or_else(|| panic!("{}", shown())))
            .or_default() += 1;
    }
    println!("apportionment: {compared} equal; votelib: {reasons:?}");
    assert_eq!(compared, 4 * ELECTIONS / METHODS.len());
    assert!(
        reasons["equal"] > 9_500 && reasons.len() == 4,
        "{reasons:?}"
    );
}
