//! Many constituencies with a threshold of the nation.

use crate::common::*;
use sanduq_core::count::Votes;
use sanduq_core::id::UnitCode;
use sanduq_core::refusal::Refusal;
use sanduq_core::seats::Constituency;
use sanduq_core::seats::Outcome;
use sanduq_core::seats::SeatRefusal;
use sanduq_core::seats::Step;
use sanduq_core::seats::allot;
use sanduq_core::seats::allot_nation;

fn unit(name: &str) -> UnitCode {
    UnitCode::new(name).unwrap()
}

fn constituency(name: &str, seats: u32, votes: &[u64]) -> Constituency {
    Constituency {
        unit: unit(name),
        contest: contest(seats, votes),
        lots: Vec::new(),
    }
}

const TENTH: &str = "{ share = '10%', compare = 'at_least', base = 'valid' }";

/// A has 9 % in the north and 84 % of the nation; B 8 % in the south and 12 % of the nation; C 40 %
/// in the north and 4 % of the nation.
fn nation() -> Vec<Constituency> {
    vec![
        constituency("north", 5, &[9, 51, 40]),
        constituency("south", 10, &[830, 70, 0]),
    ]
}

#[test]
fn local_and_national_thresholds() {
    let table = [
        (format!("national = {TENTH}"), [[1, 4, 0], [9, 1, 0]]),
        (format!("local = {TENTH}"), [[0, 3, 2], [10, 0, 0]]),
        (
            format!("local = {TENTH}, national = {TENTH}"),
            [[0, 5, 0], [10, 0, 0]],
        ),
        (
            format!("local = {TENTH}, national = {TENTH}, need = 'any'"),
            [[0, 3, 2], [9, 1, 0]],
        ),
    ];
    for (threshold, expected) in table {
        let rule = rule(&format!("threshold = {{ {threshold} }}\n{HARE}"));
        let answer = allot_nation(&rule, &nation()).unwrap();
        let given: Vec<_> = answer
            .constituencies
            .iter()
            .map(|(_, a)| seats(a))
            .collect();
        assert_eq!(given, expected, "{threshold}");
        for (place, total) in answer.totals.iter().enumerate() {
            assert_eq!(
                total.seats,
                expected[0][place] + expected[1][place],
                "{threshold}"
            );
        }
    }
}

#[test]
fn the_national_threshold_says_how_many_votes_were_missing() {
    let rule = rule(&format!("threshold = {{ national = {TENTH} }}\n{HARE}"));
    let answer = allot_nation(&rule, &nation()).unwrap();
    let missing: Vec<_> = answer
        .steps
        .iter()
        .filter_map(|s| match s {
            Step::Tested {
                choice,
                lacked: Some(lacked),
                ..
            } => Some((choice.as_str(), *lacked)),
            _ => None,
        })
        .collect();
    // (40 + 67) / (1,000 + 67) is 10.03 %; one vote fewer is 9.94 %.
    assert_eq!(missing, [("C", 67)]);
    assert_eq!(
        allot(&rule, &nation()[0].contest, &[]).unwrap_err(),
        SeatRefusal::NationNeeded
    );
}

#[test]
fn a_lot_in_one_constituency_leaves_the_others_final() {
    let mut all = vec![
        constituency("north", 1, &[5, 5]),
        constituency("south", 1, &[6, 5]),
    ];
    let open = allot_nation(&rule(DHONDT), &all).unwrap();
    assert_eq!(tie(&open.constituencies[0].1), Some(("AB".into(), 1)));
    assert_eq!(open.constituencies[1].1.outcome, Outcome::Final);
    all[0].lots.push(lot("AB", "B"));
    let drawn = allot_nation(&rule(DHONDT), &all).unwrap();
    assert_eq!(
        drawn.totals.iter().map(|t| t.seats).collect::<Vec<_>>(),
        [1, 1]
    );
}

#[test]
fn what_is_refused_in_a_nation() {
    let tenth = rule(&format!("threshold = {{ national = {TENTH} }}\n{HARE}"));
    let twice = vec![
        constituency("north", 1, &[5]),
        constituency("north", 1, &[5]),
    ];
    assert_eq!(
        allot_nation(&tenth, &twice).unwrap_err(),
        SeatRefusal::RepeatedConstituency(unit("north"))
    );
    let bad = vec![
        constituency("north", 1, &[5]),
        constituency("south", 0, &[5]),
    ];
    let refused = allot_nation(&tenth, &bad).unwrap_err();
    assert_eq!(
        refused,
        SeatRefusal::In(unit("south"), Box::new(SeatRefusal::NoSeats))
    );
    assert_eq!(refused.code(), "seats.no_seats");
    assert_eq!(refused.to_string(), "south: there is no seat to fill");
    let cast = rule(&format!(
        "threshold = {{ national = {} }}\n{HARE}",
        TENTH.replace("valid", "cast")
    ));
    let refused = allot_nation(&cast, &nation()).unwrap_err();
    assert_eq!(
        refused,
        SeatRefusal::In(unit("north"), Box::new(SeatRefusal::FigureMissing("cast")))
    );
    let mut great = vec![
        constituency("north", 1, &[u64::MAX]),
        constituency("south", 1, &[1]),
    ];
    assert_eq!(
        allot_nation(&tenth, &great).unwrap_err(),
        SeatRefusal::TooLarge
    );
    great[1].contest.valid = Votes::new(0);
    great[1].contest.choices[0].votes = Votes::new(0);
    let refused = allot_nation(&rule(HARE), &great).unwrap_err();
    assert_eq!(
        refused,
        SeatRefusal::In(unit("south"), Box::new(SeatRefusal::NoVotes))
    );
}
