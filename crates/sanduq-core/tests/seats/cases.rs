//! Hand-worked cases, one table for each rule.

use crate::common::*;
use sanduq_core::count::Votes;
use sanduq_core::seats::Outcome;
use sanduq_core::seats::SeatInput;
use sanduq_core::seats::Step;
use sanduq_core::seats::allot;
use std::collections::BTreeSet;

const SIX: &[u64] = &[47_000, 16_000, 15_900, 12_000, 6_000, 3_100];
const FOUR: &[u64] = &[100_000, 80_000, 30_000, 20_000];

/// name, rule, seats, votes, seats expected
type Case = (
    &'static str,
    &'static str,
    u32,
    &'static [u64],
    &'static [u32],
);

fn check(cases: &[Case]) {
    for (name, text, house, votes, expected) in cases {
        let allotment = allotted(&rule(text), &contest(*house, votes));
        assert_eq!(seats(&allotment), *expected, "{name}");
        assert_eq!(allotment.outcome, Outcome::Final, "{name}");
    }
}

#[test]
fn largest_remainder() {
    check(&[
        // Quota 10,000: 4 1 1 1 0 0; remainders 7,000 6,000 5,900 2,000 6,000 3,100.
        ("Hare", HARE, 10, SIX, &[5, 2, 1, 1, 1, 0]),
        // Quota 9,091: 5 1 1 1 0 0; remainders 1,545 6,909 6,809 2,909 6,000 3,100.
        ("Droop", DROOP, 10, SIX, &[5, 2, 2, 1, 0, 0]),
        (
            "Hagenbach-Bischoff",
            HAGENBACH,
            10,
            SIX,
            &[5, 2, 2, 1, 0, 0],
        ),
        // Quota 8,333 1/3: 5 1 1 1 0 0; the largest remainders are B's and C's.
        ("Imperiali", IMPERIALI, 10, SIX, &[5, 2, 2, 1, 0, 0]),
        ("one list takes all", HARE, 7, &[3], &[7]),
        ("more seats than lists", HARE, 10, &[2, 1], &[7, 3]),
        (
            "a list without a vote gets nothing",
            HARE,
            3,
            &[2, 1, 0],
            &[2, 1, 0],
        ),
        // Quota 2: 6 full; the two seats left by rounding go to the list that has votes.
        ("nor by remainder", DROOP, 8, &[12, 0], &[8, 0]),
        ("one vote in all", HARE, 1, &[0, 1], &[0, 1]),
        // Remainders 1.4 and 1.4: both are seated, no lot is needed.
        ("equals with room for both", HARE, 5, &[3, 3, 2], &[2, 2, 1]),
    ]);
    let alabama = [(10, [4, 4, 2]), (11, [5, 5, 1])];
    for (house, expected) in alabama {
        assert_eq!(
            seats(&allotted(&rule(HARE), &contest(house, &[6, 6, 2]))),
            expected
        );
    }
}

#[test]
fn excess_of_full_quotas_is_taken_back() {
    check(&[
        // Quota 20: 3 and 2 quotas for 3 seats, remainders 0 and 0: each gives one back.
        ("two too many", IMPERIALI, 3, &[60, 40], &[2, 1]),
        // Quota 20: 3 and 1, remainders 1 and 19.
        ("one too many", IMPERIALI, 3, &[61, 39], &[2, 1]),
        // Quota 1/3 of a vote: 3 quotas for 1 seat, both from one list.
        ("one list gives back twice", IMPERIALI, 1, &[1], &[1]),
        ("and with more votes", IMPERIALI, 2, &[4, 0], &[2, 0]),
    ]);
    let tied = allotted(&rule(HAGENBACH), &contest(1, &[50, 50]));
    assert_eq!(
        (seats(&tied), tie(&tied)),
        (vec![0, 0], Some(("AB".into(), 1)))
    );
    let drawn = allot(&rule(HAGENBACH), &contest(1, &[50, 50]), &[lot("AB", "B")]).unwrap();
    assert_eq!((seats(&drawn), drawn.outcome), (vec![0, 1], Outcome::Final));
}

#[test]
fn highest_averages() {
    check(&[
        ("D'Hondt", DHONDT, 8, FOUR, &[4, 3, 1, 0]),
        ("Sainte-Lague", SAINTE_LAGUE, 8, FOUR, &[3, 3, 1, 1]),
        // 100,000 / 7 beats 19,999 / 1.4 by a hair.
        (
            "modified",
            MODIFIED,
            8,
            &[100_000, 80_000, 30_000, 19_999],
            &[4, 3, 1, 0],
        ),
        (
            "modified, the other way",
            MODIFIED,
            8,
            &[100_000, 80_000, 30_000, 20_001],
            &[3, 3, 1, 1],
        ),
        ("one list", DHONDT, 5, &[1], &[5]),
        ("a list without a vote", SAINTE_LAGUE, 3, &[5, 0], &[3, 0]),
        // Danish divisors 1, 4, 7: 100 60 40 | 25 15 10.
        (
            "a list of divisors",
            "[method.highest_averages]\ndivisors = { values = ['1', '4', '7', '10'] }",
            5,
            &[100, 60, 40],
            &[2, 2, 1],
        ),
    ]);
}

#[test]
fn an_exact_tie_under_a_first_divisor_that_no_binary_fraction_holds() {
    // 100,000 / 7 and 20,000 / 1.4 are the same number: 14,285 5/7.
    let allotment = allotted(&rule(MODIFIED), &contest(8, FOUR));
    assert_eq!(seats(&allotment), [3, 3, 1, 0]);
    assert_eq!(tie(&allotment), Some(("AD".into(), 1)));
}

#[test]
fn plurality() {
    check(&[
        ("one seat", PLURALITY, 1, &[5, 9, 7], &[0, 1, 0]),
        ("two seats", PLURALITY, 2, &[5, 9, 7], &[0, 1, 1]),
        ("seats for all", PLURALITY, 3, &[5, 9, 7], &[1, 1, 1]),
    ]);
    let short = allotted(&rule(PLURALITY), &contest(3, &[5, 9, 0]));
    assert_eq!((seats(&short), short.vacant), (vec![1, 1, 0], 1));
    let tied = allotted(&rule(PLURALITY), &contest(2, &[5, 9, 5, 5]));
    assert_eq!(
        (seats(&tied), tie(&tied)),
        (vec![0, 1, 0, 0], Some(("ACD".into(), 1)))
    );
}

#[test]
fn a_quota_of_all_valid_votes_leaves_seats_that_the_rule_has_to_place() {
    // Quota 1000 / 10 = 100. A holds 1; B's remainder 50 and A's 0 take a seat each; 7 are left.
    let base = "[method.largest_remainder]
        quota = { kind = 'hare', base = 'valid', rounding = 'exact' }";
    let input = SeatInput {
        valid: Votes::new(1_000),
        ..contest(10, &[100, 50])
    };
    let table = [
        ("leftover = 'another_round'", vec![5, 5], 0),
        ("leftover = 'highest_average'", vec![7, 3], 0),
        ("leftover = 'vacant'", vec![2, 1], 7),
    ];
    for (clause, expected, vacant) in table {
        let allotment = allotted(&rule(&format!("{base}\n{clause}")), &input);
        assert_eq!(
            (seats(&allotment), allotment.vacant),
            (expected, vacant),
            "{clause}"
        );
    }
}

#[test]
fn rounding_of_the_quota_decides() {
    let with = |rounding: &str| {
        format!(
            "[method.largest_remainder]
            quota = {{ kind = 'hare', base = 'qualified', rounding = '{rounding}' }}"
        )
    };
    let quota_of = |rounding: &str, votes: &[u64]| {
        let steps = allotted(&rule(&with(rounding)), &contest(3, votes)).steps;
        let found = steps.iter().find_map(|s| match s {
            Step::Quota { quota, .. } => Some(quota.to_string()),
            _ => None,
        });
        found.unwrap()
    };
    for (rounding, thirteen, fourteen) in [
        ("exact", "4 1/3", "4 2/3"),
        ("up", "5", "5"),
        ("down", "4", "4"),
        ("nearest", "4", "5"),
    ] {
        assert_eq!(quota_of(rounding, &[7, 5, 1]), thirteen, "{rounding}");
        assert_eq!(quota_of(rounding, &[8, 5, 1]), fourteen, "{rounding}");
    }
    // 9 votes, 4 seats: 2 1/4 gives 2 0 0 and remainders 1 1/2, 2, 1; 3 gives 2 0 0 and 0, 2, 1.
    for (rounding, expected) in [
        ("exact", [3, 1, 0]),
        ("up", [2, 1, 1]),
        ("down", [3, 1, 0]),
        ("nearest", [3, 1, 0]),
    ] {
        let allotment = allotted(&rule(&with(rounding)), &contest(4, &[6, 2, 1]));
        assert_eq!(seats(&allotment), expected, "{rounding}");
    }
}

#[test]
fn more_votes_first_where_the_law_says_so() {
    // Quota 10: 1 1 0, remainders 5 3 5 for two seats... with room for one: A's votes are more.
    let input = contest(3, &[15, 10, 5]);
    let tied = allotted(&rule(HARE), &input);
    assert_eq!(
        (seats(&tied), tie(&tied)),
        (vec![1, 1, 0], Some(("AC".into(), 1)))
    );
    let clause = format!("ties = {{ more_votes_first = true }}\n{HARE}");
    let settled = allotted(&rule(&clause), &input);
    assert_eq!(
        (seats(&settled), settled.outcome),
        (vec![2, 1, 0], Outcome::Final)
    );
    let told = settled
        .steps
        .iter()
        .any(|s| matches!(s, Step::MoreVotesFirst { .. }));
    assert!(told);
}

#[test]
fn every_kind_of_step_has_a_sentence() {
    let local = "threshold = { local = { share = '1/2', compare = 'more_than', base = 'valid' }";
    let mut gone = contest(5, &[50, 30, 20]);
    gone.choices[1].annulled = true;
    let mut short = contest(5, &[50, 30, 20]);
    short.choices[0].candidates = Some(1);
    let mut exempt = contest(5, &[50, 30, 20]);
    exempt.choices[2].exempt = true;
    let scenes = [
        (format!("annulled = 'votes_removed'\n{HARE}"), gone),
        (format!("exhausted = 'others'\n{DHONDT}"), short),
        (format!("{local} }}\n{HARE}"), exempt),
        (
            format!("{local}, none_passes = 'all_compete' }}\n{HARE}"),
            contest(5, &[50, 50]),
        ),
        (IMPERIALI.into(), contest(3, &[61, 39])),
        (
            format!("ties = {{ more_votes_first = true }}\n{HARE}"),
            contest(3, &[15, 10, 5]),
        ),
        (PLURALITY.into(), contest(2, &[5, 5, 5])),
        (PLURALITY.into(), contest(2, &[5, 0])),
        (
            "unopposed = 'elected'\nmethod = 'plurality'".into(),
            contest(1, &[0]),
        ),
        (ABSOLUTE_MAJORITY.into(), contest(1, &[40, 35, 25])),
    ];
    let mut steps: Vec<_> = scenes
        .iter()
        .flat_map(|(text, input)| allotted(&rule(text), input).steps)
        .collect();
    let tied = contest(2, &[5, 5, 5]);
    steps.extend(
        allot(&rule(PLURALITY), &tied, &[lot("ABC", "AB")])
            .unwrap()
            .steps,
    );
    let mut kinds = BTreeSet::new();
    for step in &steps {
        let sentence = step.to_string();
        assert!(
            sentence.ends_with('.') && sentence.len() > 15,
            "{step:?}: {sentence}"
        );
        let written = serde_json::to_value(step).unwrap();
        kinds.insert(written["step"].as_str().unwrap().to_string());
    }
    assert_eq!(kinds.len(), 17, "{kinds:?}");
}

#[test]
fn every_seat_has_its_step_and_every_step_its_sentence() {
    for text in [HARE, DROOP, DHONDT, SAINTE_LAGUE] {
        let allotment = allotted(&rule(text), &contest(10, SIX));
        for award in &allotment.awards {
            let by_step = allotment.steps.iter().map(|step| match step {
                Step::FullQuotas { choice, seats, .. } if *choice == award.choice => *seats,
                Step::RemainderSeat { choice, .. } | Step::AverageSeat { choice, .. }
                    if *choice == award.choice =>
                {
                    1
                }
                _ => 0,
            });
            assert_eq!(by_step.sum::<u32>(), award.seats, "{text}");
        }
    }
    let told: Vec<_> = allotted(&rule(DROOP), &contest(2, &[5, 3, 3]))
        .steps
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(
        told,
        [
            "Droop quota, the whole part of V/(S+1), plus 1 of 11 votes for the lists that take \
             part for 2 seats: 3 2/3, used as 4.",
            "A: 5 votes hold the quota 1 times, 1 remain.",
            "B: 3 votes hold the quota 0 times, 3 remain.",
            "C: 3 votes hold the quota 0 times, 3 remain.",
            "B, C are equal for a seat, with room for 1; a drawing of lots decides.",
        ]
    );
}
