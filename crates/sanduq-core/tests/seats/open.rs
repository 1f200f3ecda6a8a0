//! What stays open: majorities with second rounds, absolute lists, unopposed choices, lots,
//! exhausted and annulled lists.

use crate::common::*;
use sanduq_core::count::Registered;
use sanduq_core::count::Votes;
use sanduq_core::seats::Allotment;
use sanduq_core::seats::Outcome;
use sanduq_core::seats::Prize;
use sanduq_core::seats::SeatInput;
use sanduq_core::seats::SeatRefusal;
use sanduq_core::seats::Silence;
use sanduq_core::seats::TieDecision;
use sanduq_core::seats::allot;

/// Who enters the second round, most votes first, and for how many seats.
fn run_off(allotment: &Allotment) -> Option<(String, u32)> {
    match &allotment.outcome {
        Outcome::RunOff { among, seats } => Some((joined(among), *seats)),
        _ => None,
    }
}

/// votes, elected, second round
type Row = (&'static [u64], &'static [u32], Option<(&'static str, u32)>);

#[test]
fn absolute_majority() {
    let table: [Row; 5] = [
        (&[51, 30, 19], &[1, 0, 0], None),
        (&[50, 30, 20], &[0, 0, 0], Some(("AB", 1))),
        (&[30, 19, 51], &[0, 0, 1], None),
        (&[40, 40, 20], &[0, 0, 0], Some(("AB", 1))),
        (&[1], &[1], None),
    ];
    for (votes, elected, second) in table {
        let allotment = allotted(&rule(ABSOLUTE_MAJORITY), &contest(1, votes));
        assert_eq!(seats(&allotment), elected, "{votes:?}");
        let second = second.map(|(among, seats)| (among.to_string(), seats));
        assert_eq!(run_off(&allotment), second, "{votes:?}");
    }
}

#[test]
fn a_majority_of_the_ballots_cast_counts_invalid_ones_too() {
    let text = ABSOLUTE_MAJORITY.replace("'valid'", "'cast'");
    let mut input = contest(1, &[51, 49]);
    assert_eq!(
        allot(&rule(&text), &input, &[]).unwrap_err(),
        SeatRefusal::FigureMissing("cast")
    );
    for (cast, elected) in [(100, [1, 0]), (101, [1, 0]), (102, [0, 0])] {
        input.cast = Some(Votes::new(cast));
        assert_eq!(seats(&allotted(&rule(&text), &input)), elected, "{cast}");
    }
}

#[test]
fn a_tie_for_second_place_stops() {
    let input = contest(1, &[40, 30, 30]);
    let tied = allotted(&rule(ABSOLUTE_MAJORITY), &input);
    assert_eq!(tie(&tied), Some(("BC".into(), 1)));
    let Outcome::LotNeeded(asked) = &tied.outcome else {
        panic!("a tie was expected")
    };
    assert_eq!(
        (asked.prize, asked.decided_by),
        (Prize::RunOffPlace, TieDecision::Lot)
    );
    let drawn = allot(&rule(ABSOLUTE_MAJORITY), &input, &[lot("BC", "C")]).unwrap();
    assert_eq!(run_off(&drawn), Some(("AC".into(), 1)));
    let all = ABSOLUTE_MAJORITY.replace("'decide'", "'all_enter'");
    assert_eq!(
        run_off(&allotted(&rule(&all), &input)),
        Some(("ABC".into(), 1))
    );
    let three = allotted(&rule(ABSOLUTE_MAJORITY), &contest(1, &[30, 30, 30, 10]));
    assert_eq!(tie(&three), Some(("ABC".into(), 2)));
}

#[test]
fn a_fifth_elects_and_twice_the_seats_left_go_on() {
    let marks = |seats: u32, valid: u64, votes: &[u64]| SeatInput {
        valid: Votes::new(valid),
        max_choices: seats,
        ..contest(seats, votes)
    };
    let fifth = rule(FIFTH);
    // 3 seats, 1,000 ballots: A and B have a fifth; one seat left for C and D.
    let allotment = allotted(&fifth, &marks(3, 1_000, &[400, 200, 199, 150, 100]));
    assert_eq!(seats(&allotment), [1, 1, 0, 0, 0]);
    assert_eq!(run_off(&allotment), Some(("CD".into(), 1)));
    // 19.9996 % is not 20 %; 20 % is.
    for (votes, elected) in [(49_999, 0), (50_000, 1)] {
        let allotment = allotted(&fifth, &marks(1, 250_000, &[votes, 10, 5]));
        assert_eq!(seats(&allotment)[0], elected, "{votes}");
    }
    // Fewer candidates than twice the seats left: all of them.
    let few = allotted(&fifth, &marks(3, 1_000, &[400, 100, 50, 0]));
    assert_eq!(run_off(&few), Some(("BCD".into(), 2)));
    // No more than the seats left: the law has to say whether there is a second round.
    let none_too_many = marks(3, 1_000, &[400, 100, 50]);
    let silent = SeatRefusal::RuleSilent(Silence::RunOffUncontested);
    assert_eq!(allot(&fifth, &none_too_many, &[]).unwrap_err(), silent);
    let hold = rule(&format!("{FIFTH}\nrun_off_uncontested = 'hold'"));
    assert_eq!(
        run_off(&allotted(&hold, &none_too_many)),
        Some(("BC".into(), 2))
    );
    let no = rule(&format!("{FIFTH}\nrun_off_uncontested = 'vacant'"));
    let vacant = allotted(&no, &none_too_many);
    assert_eq!((seats(&vacant), vacant.vacant), (vec![1, 0, 0], 2));
    assert_eq!(vacant.outcome, Outcome::Final);
    // More reach the fifth than there are seats: the most votes; equals stop.
    let many = allotted(&fifth, &marks(2, 1_000, &[400, 500, 300]));
    assert_eq!(
        (seats(&many), many.outcome),
        (vec![1, 1, 0], Outcome::Final)
    );
    let equal = allotted(&fifth, &marks(2, 1_000, &[400, 500, 400]));
    assert_eq!(
        (seats(&equal), tie(&equal)),
        (vec![0, 1, 0], Some(("AC".into(), 1)))
    );
    // Nobody is left to fill the second seat.
    let alone = allotted(&fifth, &marks(2, 1_000, &[400]));
    assert_eq!((seats(&alone), alone.vacant), (vec![1], 1));
}

#[test]
fn an_absolute_list_takes_every_seat() {
    let most = rule("[method.absolute_list]");
    assert_eq!(
        seats(&allotted(&most, &contest(40, &[30, 40, 30]))),
        [0, 40, 0]
    );
    assert_eq!(
        tie(&allotted(&most, &contest(40, &[40, 40]))),
        Some(("AB".into(), 1))
    );
    let drawn = allot(&most, &contest(40, &[40, 40]), &[lot("AB", "A")]).unwrap();
    assert_eq!(seats(&drawn), [40, 0]);
    let majority =
        rule(&ABSOLUTE_MAJORITY.replace("method.majority", "method.absolute_list.majority"));
    assert_eq!(
        seats(&allotted(&majority, &contest(102, &[51, 49]))),
        [102, 0]
    );
    let second = allotted(&majority, &contest(102, &[50, 30, 20]));
    assert_eq!(run_off(&second), Some(("AB".into(), 102)));
}

#[test]
fn the_unopposed() {
    let share =
        "unopposed = { share = { share = '5%', compare = 'at_least', base = 'registered' } }";
    let with_share = rule(&format!("{share}\n[method.absolute_list]"));
    for (votes, expected, outcome) in [
        (50, 40, Outcome::Final),
        (49, 0, Outcome::NominationsReopen),
    ] {
        let registered = Some(Registered::new(1_000));
        let allotment = allotted(
            &with_share,
            &SeatInput {
                registered,
                ..contest(40, &[votes])
            },
        );
        assert_eq!(
            (seats(&allotment), allotment.vacant),
            (vec![expected], 40 - expected)
        );
        assert_eq!(allotment.outcome, outcome);
    }
    let elected = rule("unopposed = 'elected'\nmethod = 'plurality'");
    assert_eq!(seats(&allotted(&elected, &contest(2, &[0, 0]))), [1, 1]);
    let one_short = allotted(&elected, &contest(3, &[0, 0]));
    assert_eq!((seats(&one_short), one_short.vacant), (vec![1, 1], 1));
    // Two for one seat are opposed; the ordinary rule holds.
    assert_eq!(seats(&allotted(&elected, &contest(1, &[2, 1]))), [1, 0]);
    let list = rule(&format!("unopposed = 'elected'\n{DHONDT}"));
    assert_eq!(seats(&allotted(&list, &contest(4, &[0]))), [4]);
}

#[test]
fn lots_answer_the_tie_that_was_asked_and_nothing_else() {
    let plurality = rule(PLURALITY);
    let input = contest(2, &[5, 9, 5, 5]);
    let table = [
        (lot("ACD", "D"), Ok(vec![0, 1, 0, 1])),
        (lot("DCA", "A"), Ok(vec![1, 1, 0, 0])),
        (lot("AC", "A"), Err(SeatRefusal::LotDoesNotFit)),
        (lot("ABCD", "A"), Err(SeatRefusal::LotDoesNotFit)),
        (lot("ACD", "B"), Err(SeatRefusal::LotDoesNotFit)),
        (lot("ACD", "AC"), Err(SeatRefusal::LotDoesNotFit)),
        (lot("ACD", "AA"), Err(SeatRefusal::LotDoesNotFit)),
        (lot("ACDD", "A"), Err(SeatRefusal::LotDoesNotFit)),
        (lot("ACD", ""), Err(SeatRefusal::LotDoesNotFit)),
    ];
    for (lot, expected) in table {
        let answer = allot(&plurality, &input, std::slice::from_ref(&lot));
        assert_eq!(answer.map(|a| seats(&a)), expected, "{lot:?}");
    }
    let twice = [lot("ACD", "D"), lot("AC", "A")];
    assert_eq!(
        allot(&plurality, &input, &twice).unwrap_err(),
        SeatRefusal::LotNotNeeded
    );
    let no_tie = allot(&plurality, &contest(1, &[2, 1]), &[lot("AB", "A")]);
    assert_eq!(no_tie.unwrap_err(), SeatRefusal::LotNotNeeded);
}

#[test]
fn exhausted_lists() {
    let mut input = contest(8, &[100_000, 80_000, 30_000, 20_000]);
    input.choices[0].candidates = Some(2);
    let silent = SeatRefusal::RuleSilent(Silence::Exhausted);
    for method in [DHONDT, HARE] {
        assert_eq!(allot(&rule(method), &input, &[]).unwrap_err(), silent);
    }
    let vacant = allotted(&rule(&format!("exhausted = 'vacant'\n{DHONDT}")), &input);
    assert_eq!((seats(&vacant), vacant.vacant), (vec![2, 3, 1, 0], 2));
    // Without A: 80 40 30 26.7 and, equal at 20, B and D.
    let others = allotted(&rule(&format!("exhausted = 'others'\n{DHONDT}")), &input);
    assert_eq!((seats(&others), others.vacant), (vec![2, 4, 1, 1], 0));
    // Quota 28,750: 3 2 1 0. A keeps 2; the three seats left go to B, D and C.
    let passed_on = allotted(&rule(&format!("exhausted = 'others'\n{HARE}")), &input);
    assert_eq!((seats(&passed_on), passed_on.vacant), (vec![2, 3, 2, 1], 0));
}

#[test]
fn annulled_lists_and_where_their_seats_go() {
    let mut input = contest(10, &[47_000, 16_000, 15_900, 12_000, 6_000, 3_100]);
    input.choices[0].annulled = true;
    let silent = SeatRefusal::RuleSilent(Silence::Annulled);
    assert_eq!(allot(&rule(HARE), &input, &[]).unwrap_err(), silent);
    // Without A's votes: 53,000, quota 5,300: 3 3 2 1 0, remainders 100 0 1,400 700 3,100.
    let removed = allotted(
        &rule(&format!("annulled = 'votes_removed'\n{HARE}")),
        &input,
    );
    assert_eq!(seats(&removed), [0, 3, 3, 2, 1, 1]);
    let moved: Vec<_> = removed
        .moved
        .iter()
        .map(|m| (m.choice.as_str(), m.before, m.after))
        .collect();
    let expected = [
        ("A", 5, 0),
        ("B", 2, 3),
        ("C", 1, 3),
        ("D", 1, 2),
        ("F", 0, 1),
    ];
    assert_eq!(moved, expected);
    let vacant = allotted(&rule(&format!("annulled = 'seats_vacant'\n{HARE}")), &input);
    assert_eq!((seats(&vacant), vacant.vacant), (vec![0, 2, 1, 1, 1, 0], 5));
    // A quota of all valid votes: kept, it stays at 10,000; removed, it is 5,300.
    let of_valid = "[method.largest_remainder]
        quota = { kind = 'hare', base = 'valid', rounding = 'exact' }
        leftover = 'another_round'";
    let kept = allotted(
        &rule(&format!("annulled = 'votes_kept'\n{of_valid}")),
        &input,
    );
    // 1 1 1 0 0, then B E C F D (6,000 6,000 5,900 3,100 2,000), then B and E once more.
    assert_eq!(seats(&kept), [0, 3, 2, 2, 2, 1]);
    let without = allotted(
        &rule(&format!("annulled = 'votes_removed'\n{of_valid}")),
        &input,
    );
    assert_eq!(seats(&without), [0, 3, 3, 2, 1, 1]);
    let all = SeatInput {
        choices: input
            .choices
            .iter()
            .map(|c| {
                let mut choice = c.clone();
                choice.annulled = true;
                choice
            })
            .collect(),
        ..input
    };
    let rule = rule(&format!("annulled = 'votes_removed'\n{HARE}"));
    assert_eq!(allot(&rule, &all, &[]).unwrap_err(), SeatRefusal::NoVotes);
}
