//! Everything the engine refuses, each by its own name and code.

use crate::common::*;
use sanduq_core::count::Votes;
use sanduq_core::refusal::Refusal;
use sanduq_core::seats::SeatInput;
use sanduq_core::seats::SeatRefusal;
use sanduq_core::seats::Silence;
use sanduq_core::seats::allot;

#[test]
fn figures_that_contradict_themselves() {
    let good = || contest(2, &[5, 3]);
    let with = |change: fn(&mut SeatInput)| {
        let mut input = good();
        change(&mut input);
        input
    };
    let table = [
        (
            with(|i| i.seats = 0),
            SeatRefusal::NoSeats,
            "seats.no_seats",
        ),
        (
            with(|i| i.seats = 10_001),
            SeatRefusal::TooManySeats(10_001),
            "seats.too_many_seats",
        ),
        (
            with(|i| i.choices.clear()),
            SeatRefusal::NoChoices,
            "seats.no_choices",
        ),
        (
            with(|i| i.max_choices = 0),
            SeatRefusal::NoMarks,
            "seats.no_marks",
        ),
        (
            with(|i| i.choices[1].choice = code(0)),
            SeatRefusal::RepeatedChoice(code(0)),
            "seats.repeated_choice",
        ),
        (
            with(|i| i.valid = Votes::new(4)),
            SeatRefusal::VotesAboveValid(code(0)),
            "seats.votes_above_valid",
        ),
        (
            with(|i| i.valid = Votes::new(7)),
            SeatRefusal::VotesAboveMarks,
            "seats.votes_above_marks",
        ),
        (
            with(|i| i.cast = Some(Votes::new(7))),
            SeatRefusal::ValidAboveCast,
            "seats.valid_above_cast",
        ),
        (contest(2, &[0, 0]), SeatRefusal::NoVotes, "seats.no_votes"),
    ];
    for method in [HARE, DHONDT, PLURALITY, FIFTH] {
        assert!(allot(&rule(method), &good(), &[]).is_ok());
        for (input, refusal, code) in &table {
            let answer = allot(&rule(method), input, &[]).unwrap_err();
            assert_eq!((&answer, answer.code()), (refusal, *code), "{method}");
            assert!(!answer.to_string().is_empty());
        }
    }
}

#[test]
fn the_greatest_figures_are_counted_and_greater_ones_refused_not_wrapped() {
    let most = |first: u64, second: u64, max_choices: u32| SeatInput {
        valid: Votes::new(u64::MAX),
        max_choices,
        ..contest_of(first, second)
    };
    let half = u64::MAX / 2;
    for method in [
        HARE,
        DROOP,
        HAGENBACH,
        IMPERIALI,
        DHONDT,
        SAINTE_LAGUE,
        MODIFIED,
    ] {
        let allotment = allotted(&rule(method), &most(half + 1, half, 1));
        assert_eq!(seats(&allotment), [5_000, 4_999], "{method}");
        assert_eq!(allotment.margins.len(), 0, "no further vote fits");
        let above = allot(&rule(method), &most(u64::MAX, 1, 1), &[]).unwrap_err();
        assert_eq!(above, SeatRefusal::VotesAboveMarks, "{method}");
        let above = allot(&rule(method), &most(u64::MAX, 1, 2), &[]).unwrap_err();
        assert_eq!(
            (&above, above.code()),
            (&SeatRefusal::TooLarge, "seats.too_large"),
            "{method}"
        );
    }
    let fine = "[method.highest_averages]
        divisors = { values = ['1/4294967295', '4294967294/4294967295', '4294967295'] }";
    let allotment = allotted(
        &rule(fine),
        &SeatInput {
            seats: 2,
            ..most(half + 1, half, 1)
        },
    );
    assert_eq!(seats(&allotment), [1, 1]);
}

fn contest_of(first: u64, second: u64) -> SeatInput {
    let mut input = contest(9_999, &[1, 1]);
    input.choices[0].votes = Votes::new(first);
    input.choices[1].votes = Votes::new(second);
    input
}

#[test]
fn cases_on_which_the_law_is_silent() {
    let of_valid = HARE.replace("'qualified'", "'valid'");
    let unused = SeatInput {
        valid: Votes::new(1_000),
        ..contest(10, &[100, 50])
    };
    let half = "threshold = { local = { share = '1/2', compare = 'more_than', base = 'valid' } }";
    let table = [
        (of_valid, unused, Silence::Leftover, "leftover"),
        (
            IMPERIALI.replace("excess = 'smallest_remainder'", ""),
            contest(3, &[60, 40]),
            Silence::Excess,
            "excess",
        ),
        (
            format!("{half}\n{HARE}"),
            contest(3, &[50, 50]),
            Silence::NonePasses,
            "threshold.none_passes",
        ),
    ];
    for (text, input, silence, parameter) in table {
        let answer = allot(&rule(&text), &input, &[]).unwrap_err();
        assert_eq!(answer, SeatRefusal::RuleSilent(silence));
        assert_eq!(answer.code(), "seats.rule_silent");
        assert!(
            answer.to_string().contains(&format!("`{parameter}`")),
            "{answer}"
        );
    }
}

#[test]
fn a_quota_of_no_votes_and_divisors_that_run_out() {
    let down = HARE.replace("'exact'", "'down'");
    let refused = allot(&rule(&down), &contest(3, &[1, 1]), &[]).unwrap_err();
    assert_eq!(refused, SeatRefusal::QuotaZero);
    let two = rule("[method.highest_averages]\ndivisors = { values = ['1', '2'] }");
    assert_eq!(seats(&allotted(&two, &contest(2, &[9, 1]))), [2, 0]);
    let refused = allot(&two, &contest(3, &[9, 1]), &[]).unwrap_err();
    assert_eq!(refused, SeatRefusal::DivisorsTooFew(code(0)));
}

#[test]
fn rules_that_cannot_be_read_or_contradict_themselves() {
    let unreadable = [
        "method = 'best_man'",
        "method = 'plurality'\nthreshhold = 3",
        "[method.highest_averages]\ndivisors = 'dhondt'\nextra = 1",
        "[method.largest_remainder]\nquota = { kind = 'hare', base = 'valid' }",
        "ties = { by_age = true }\nmethod = 'plurality'",
        "[method.highest_averages]\ndivisors = { modified_sainte_lague = { first = 1.4 } }",
        "[method.highest_averages]\ndivisors = { modified_sainte_lague = { first = '1,4' } }",
    ];
    for text in unreadable {
        let refused = try_rule(text).unwrap_err();
        assert_eq!(refused.code(), "seats.rule_unreadable", "{text}");
    }
    let third = "{ share = '3/2', compare = 'at_least', base = 'valid' }";
    let inconsistent = [
        format!("threshold = {{ local = {third} }}\n{HARE}"),
        format!("threshold = {{ national = {third} }}\n{HARE}"),
        format!("unopposed = {{ share = {third} }}\nmethod = 'plurality'"),
        ABSOLUTE_MAJORITY.replace("'1/2'", "'101%'"),
        ABSOLUTE_MAJORITY.replace("'valid'", "'qualified'"),
        ABSOLUTE_MAJORITY.replace("= 2", "= 1"),
        format!(
            "threshold = {{ local = {} }}\n{ABSOLUTE_MAJORITY}",
            third.replace("3/2", "1/2")
        ),
        "exhausted = 'others'\nmethod = 'plurality'".to_string(),
        HARE.replace("'qualified'", "'registered'"),
        DROOP.replace("'exact'", "'up'"),
        MODIFIED.replace("7/5", "0"),
        MODIFIED.replace("7/5", "3"),
        "[method.highest_averages]\ndivisors = { values = [] }".to_string(),
        "[method.highest_averages]\ndivisors = { values = ['0', '1'] }".to_string(),
        "[method.highest_averages]\ndivisors = { values = ['1', '1'] }".to_string(),
    ];
    for text in inconsistent {
        let refused = try_rule(&text).unwrap_err();
        assert_eq!(refused.code(), "seats.rule_inconsistent", "{text}");
    }
}
