//! How many votes the runner-up lacked: by hand, and by trying every number of votes.

use crate::common::*;
use sanduq_core::count::Votes;
use sanduq_core::seats::Allotment;
use sanduq_core::seats::Prize;
use sanduq_core::seats::SeatInput;
use sanduq_core::seats::SeatRule;
use sanduq_core::seats::allot;

/// choice, votes lacked, instead of whom
fn told(allotment: &Allotment) -> Vec<(String, u64, String)> {
    let margins = allotment.margins.iter();
    margins
        .map(|m| (m.choice.to_string(), m.lacked, joined(&m.instead_of)))
        .collect()
}

/// rule, seats, votes, the nearest: choice, votes lacked, instead of whom
type Row = (
    &'static str,
    u32,
    &'static [u64],
    (&'static str, u64, &'static str),
);

#[test]
fn margins_by_hand() {
    let table: [Row; 6] = [
        (PLURALITY, 1, &[100, 90, 5], ("B", 11, "A")),
        (PLURALITY, 2, &[100, 90, 85], ("C", 6, "B")),
        // D'Hondt 3 seats: 100 60 50. C's 40 must pass 50; B's 60 / 2 too, needs 101.
        (DHONDT, 3, &[100, 60, 40], ("C", 11, "A")),
        // A tie: one vote decides it.
        (DHONDT, 1, &[50, 50], ("A", 1, "")),
        // Majority: A lacks one vote to be elected outright: 51 of 101.
        (ABSOLUTE_MAJORITY, 1, &[50, 30, 20], ("A", 1, "B")),
        // B and C fight for second place.
        (ABSOLUTE_MAJORITY, 1, &[45, 30, 25], ("C", 6, "B")),
    ];
    for (text, house, votes, (choice, lacked, instead_of)) in table {
        let allotment = allotted(&rule(text), &contest(house, votes));
        let nearest = told(&allotment).swap_remove(0);
        assert_eq!(
            nearest,
            (choice.into(), lacked, instead_of.into()),
            "{text} {votes:?}"
        );
    }
    let second = allotted(&rule(ABSOLUTE_MAJORITY), &contest(1, &[45, 30, 25]));
    assert_eq!(second.nearest().map(|m| m.prize), Some(Prize::RunOffPlace));
}

#[test]
fn a_list_below_the_threshold_may_be_the_nearest() {
    let text = format!(
        "[threshold]\nlocal = {{ share = '4%', compare = 'at_least', base = 'valid' }}\n{DHONDT}"
    );
    let allotment = allotted(&rule(&text), &contest(50, &[5_000, 4_622, 378]));
    // (378 + 23) / (10,000 + 23) is 4.0008 %; one vote fewer is 3.99 %.
    let nearest = allotment.nearest().unwrap();
    assert_eq!((nearest.choice.as_str(), nearest.lacked), ("C", 23));
    assert_eq!(joined(&nearest.instead_of), "AB");
}

#[test]
fn with_several_marks_a_further_vote_needs_no_further_ballot() {
    let input = SeatInput {
        valid: Votes::new(1_000),
        max_choices: 2,
        ..contest(2, &[500, 199, 150])
    };
    let allotment = allotted(&rule(FIFTH), &input);
    let nearest = allotment.nearest().unwrap();
    assert_eq!(
        (nearest.choice.as_str(), nearest.lacked, nearest.prize),
        ("B", 1, Prize::Seat)
    );
}

/// What a choice has for certain: seats, and a place in a second round.
fn level(rule: &SeatRule, input: &SeatInput, place: usize) -> Option<(u32, bool)> {
    let allotment = allot(rule, input, &[]).ok()?;
    let choice = &input.choices[place].choice;
    let enters = matches!(
        &allotment.outcome,
        sanduq_core::seats::Outcome::RunOff { among, .. } if among.contains(choice)
    );
    Some((allotment.seats_of(choice), enters))
}

#[test]
fn one_vote_fewer_is_never_enough() {
    let local = "threshold = { local = { share = '1/10', compare = 'at_least', base = 'valid' } }";
    let up = HARE.replace("'exact'", "'up'");
    let down = format!(
        "{}\nexcess = 'smallest_remainder'",
        HARE.replace("'exact'", "'down'")
    );
    let rules = [
        HARE.into(),
        DROOP.into(),
        HAGENBACH.into(),
        IMPERIALI.into(),
        up,
        down,
        DHONDT.into(),
        SAINTE_LAGUE.into(),
        MODIFIED.into(),
        format!("{local}\n{HARE}"),
        format!("{local}\n{DHONDT}"),
        PLURALITY.into(),
        ABSOLUTE_MAJORITY.into(),
    ]
    .map(|text: String| rule(&text));
    let mut numbers = Numbers(23);
    let mut tried = 0;
    for round in 0..400 {
        let house = u32::try_from(numbers.below(7) + 1).unwrap();
        let votes: Vec<_> = (0..numbers.below(4) + 2)
            .map(|_| numbers.below(30) + 1)
            .collect();
        let input = contest(house, &votes);
        let rule = &rules[round % rules.len()];
        let Ok(allotment) = allot(rule, &input, &[]) else {
            continue;
        };
        for margin in &allotment.margins {
            let place = input
                .choices
                .iter()
                .position(|c| c.choice == margin.choice)
                .unwrap();
            let now = level(rule, &input, place);
            for further in 1..=margin.lacked {
                let mut more = input.clone();
                more.choices[place].votes = Votes::new(votes[place] + further);
                more.valid = Votes::new(input.valid.get() + further);
                let better = level(rule, &more, place) > now;
                assert_eq!(
                    better,
                    further == margin.lacked,
                    "{rule:?} {votes:?} {margin:?}"
                );
                tried += 1;
            }
        }
    }
    assert!(tried > 5_000, "only {tried} tried");
}
