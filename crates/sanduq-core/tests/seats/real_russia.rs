//! State Duma, list vote, 2021: 96,325 stations, 225 seats.

use crate::common::*;
use sanduq_core::count::Votes;
use sanduq_core::seats::Outcome;
use sanduq_core::seats::SeatInput;
use sanduq_core::seats::SeatRule;
use sanduq_core::seats::Step;

const LAW: &str = include_str!("../../../../jurisdictions/russia/seats/russia-2021.toml");
/// Columns of the file: invalid ballots, valid ballots, and the first and last list.
const INVALID: usize = 13;
const VALID: usize = 14;
const LISTS: std::ops::RangeInclusive<usize> = 17..=30;

/// Stations, and the sums of the columns.
fn sums() -> Option<(usize, Vec<u64>)> {
    let path = shared_data()?.join("russia/2021.csv.zip");
    let mut archive = zip::ZipArchive::new(std::fs::File::open(path).unwrap()).unwrap();
    let mut reader = csv::Reader::from_reader(archive.by_index(0).unwrap());
    let mut sums = vec![0_u64; 32];
    let mut row = csv::StringRecord::new();
    let mut stations = 0;
    while reader.read_record(&mut row).unwrap() {
        stations += 1;
        for column in (INVALID..=VALID).chain(LISTS) {
            sums[column] += row[column].parse::<u64>().unwrap();
        }
    }
    Some((stations, sums))
}

#[test]
fn the_225_seats() {
    let Some((stations, sums)) = sums() else {
        return;
    };
    assert_eq!(stations, 96_325);
    let votes: Vec<_> = LISTS.map(|column| sums[column]).collect();
    let input = SeatInput {
        valid: Votes::new(sums[VALID]),
        cast: Some(Votes::new(sums[VALID] + sums[INVALID])),
        ..contest(225, &votes)
    };
    let allotment = allotted(&SeatRule::from_toml(LAW).unwrap(), &input);
    assert_eq!(allotment.outcome, Outcome::Final);
    // In the order of the ballot: second, fourth, fifth, first and third largest.
    assert_eq!(
        seats(&allotment),
        [48, 0, 19, 13, 126, 19, 0, 0, 0, 0, 0, 0, 0, 0]
    );
    let passed: Vec<_> = allotment
        .steps
        .iter()
        .filter_map(|s| match s {
            Step::Tested {
                choice,
                passed: true,
                ..
            } => Some(choice.as_str()),
            _ => None,
        })
        .collect();
    assert_eq!(passed, ["A", "C", "D", "E", "F"]);
    // Found apart, by trying: the fourth list with 59,859 further votes takes a seat of the first.
    let nearest = allotment.nearest().unwrap();
    assert_eq!((nearest.choice.as_str(), nearest.lacked), ("D", 59_859));
}
