//! Majles of Iran: the constituencies of 2016, and second rounds between twice the seats left. No
//! votes by candidate are published in a form that can be read; the votes here are invented around
//! the published counts of seats. President 2024: published totals.

use crate::common::*;
use sanduq_core::count::Votes;
use sanduq_core::seats::Outcome;
use sanduq_core::seats::SeatInput;
use sanduq_core::seats::SeatRule;
use sanduq_core::seats::Step;

const MAJLES: &str =
    include_str!("../../../../jurisdictions/iran/seats/iran-majles-first-round.toml");
const MAJLES_2016: &str =
    include_str!("../../../../jurisdictions/iran/seats/iran-majles-2016-first-round.toml");
const FIRST: &str =
    include_str!("../../../../jurisdictions/iran/seats/iran-president-first-round.toml");
const SECOND: &str =
    include_str!("../../../../jurisdictions/iran/seats/iran-president-second-round.toml");

/// The rows of a file of the shared figures, the heading left out.
fn rows(file: &str) -> Option<Vec<csv::StringRecord>> {
    let mut reader = csv::Reader::from_path(shared_data()?.join("iran").join(file)).unwrap();
    Some(reader.records().map(Result::unwrap).collect())
}

/// The seats of every constituency.
fn constituencies() -> Option<Vec<u32>> {
    let rows = rows("majles-10th-2016-constituencies.csv")?;
    Some(rows.iter().map(|row| row[4].parse().unwrap()).collect())
}

/// A first round in which all but `left` seats are filled, with five candidates for each seat.
fn first_round(rule: &SeatRule, seats: u32, left: u32) -> (u32, Outcome) {
    let ballots = 100_000;
    let candidates = u64::from(seats) * 5;
    let filled = u64::from(seats - left);
    let votes: Vec<_> = (0..candidates)
        .map(|n| if n < filled { 30_000 + n } else { 9_000 - n })
        .collect();
    let input = SeatInput {
        valid: Votes::new(ballots),
        cast: Some(Votes::new(ballots + 4_000)),
        max_choices: seats,
        ..contest(seats, &votes)
    };
    let allotment = allotted(rule, &input);
    (
        allotment.awards.iter().map(|a| a.seats).sum(),
        allotment.outcome,
    )
}

/// Seats filled, seats left, candidates of second rounds and constituencies with one.
fn rounds(rule: &SeatRule, left: impl Iterator<Item = (u32, u32)>) -> (u32, u32, usize, u32) {
    let mut sums = (0, 0, 0, 0);
    for (seats, left) in left {
        let (filled, outcome) = first_round(rule, seats, left);
        sums.0 += filled;
        if let Outcome::RunOff { among, seats } = outcome {
            sums.1 += seats;
            sums.2 += among.len();
            sums.3 += 1;
        }
    }
    sums
}

#[test]
fn constituencies_of_2016() {
    let Some(seats) = constituencies() else {
        return;
    };
    assert_eq!((seats.len(), seats.iter().sum::<u32>()), (207, 290));
    let of = |n: u32| seats.iter().filter(|&&s| s == n).count();
    assert_eq!([30, 6, 5, 4, 3, 2, 1].map(of), [1, 1, 2, 1, 8, 22, 172]);
}

/// 2016: 69 seats in 56 constituencies were left to 138 candidates.
#[test]
fn second_round_of_2016() {
    let Some(seats) = constituencies() else {
        return;
    };
    let (mut ones, mut twos) = (43, 13);
    let left = seats.iter().map(|&seats| {
        let left = match seats {
            1 if ones > 0 => {
                ones -= 1;
                1
            }
            2 if twos > 0 => {
                twos -= 1;
                2
            }
            _ => 0,
        };
        (seats, left)
    });
    let rule = SeatRule::from_toml(MAJLES_2016).unwrap();
    assert_eq!(rounds(&rule, left), (290 - 69, 69, 138, 56));
}

/// 2024: 45 seats in 22 constituencies were left to 90 candidates, 16 of them in the largest, where
/// 14 were elected at once.
#[test]
fn second_round_of_2024() {
    let Some(seats) = constituencies() else {
        return;
    };
    let (mut ones, mut twos) = (13, 8);
    let left = seats.iter().map(|&seats| {
        let left = match seats {
            30 => 16,
            1 if ones > 0 => {
                ones -= 1;
                1
            }
            2 if twos > 0 => {
                twos -= 1;
                2
            }
            _ => 0,
        };
        (seats, left)
    });
    let rule = SeatRule::from_toml(MAJLES).unwrap();
    assert_eq!(first_round(&rule, 30, 16).0, 14);
    assert_eq!(rounds(&rule, left), (290 - 45, 45, 90, 22));
}

#[test]
fn president_2024_the_majority_is_of_all_votes_invalid_ones_included() {
    let Some(rows) = rows("presidential-2024-announced.csv") else {
        return;
    };
    let figures = |row: &csv::StringRecord, columns: std::ops::RangeInclusive<usize>| {
        columns
            .filter_map(|c| row[c].parse::<u64>().ok())
            .collect::<Vec<_>>()
    };
    let round = |n: &str| {
        rows.iter()
            .find(|r| &r[0] == n && &r[1] == "final")
            .unwrap()
    };
    let (first, second) = (round("1"), round("2"));
    let votes = figures(first, 5..=8);
    let input = SeatInput {
        cast: Some(Votes::new(first[4].parse().unwrap())),
        ..contest(1, &votes)
    };
    let allotment = allotted(&SeatRule::from_toml(FIRST).unwrap(), &input);
    let among = codes("AB");
    assert_eq!(allotment.outcome, Outcome::RunOff { among, seats: 1 });
    let (leader, of) = allotment
        .steps
        .iter()
        .find_map(|s| match s {
            Step::Tested { votes, of, .. } => Some((*votes, *of)),
            _ => None,
        })
        .unwrap();
    assert_eq!(
        (leader, of, leader * 10_000 / of),
        (10_415_991, 24_535_185, 4_245)
    );
    let input = SeatInput {
        cast: Some(Votes::new(second[4].parse().unwrap())),
        ..contest(1, &figures(second, 5..=6))
    };
    let allotment = allotted(&SeatRule::from_toml(SECOND).unwrap(), &input);
    assert_eq!(
        (seats(&allotment), allotment.outcome),
        (vec![1, 0], Outcome::Final)
    );
}

/// A base that counts invalid ballots decides otherwise than one that does not.
#[test]
fn a_majority_of_the_valid_votes_need_not_be_one_of_all_votes() {
    let input = SeatInput {
        cast: Some(Votes::new(104)),
        ..contest(1, &[51, 49])
    };
    let of_all = allotted(&SeatRule::from_toml(FIRST).unwrap(), &input);
    assert!(matches!(of_all.outcome, Outcome::RunOff { .. }));
    let of_valid = FIRST.replace("\"cast\"", "\"valid\"");
    assert_eq!(
        seats(&allotted(&SeatRule::from_toml(&of_valid).unwrap(), &input)),
        [1, 0]
    );
}
