//! A share is met or missed exactly: a million random thresholds against whole numbers of any
//! length, and the borders of the law.

use crate::common::*;
use num_bigint::BigUint;
use sanduq_core::count::Votes;
use sanduq_core::seats::Base;
use sanduq_core::seats::Compare;
use sanduq_core::seats::Outcome;
use sanduq_core::seats::Ratio;
use sanduq_core::seats::SeatInput;
use sanduq_core::seats::ShareTest;
use sanduq_core::seats::Step;
use sanduq_core::seats::Vacancy;
use sanduq_core::seats::meets;

/// Votes near or on the share of the base half of the time, anywhere otherwise.
fn draw(numbers: &mut Numbers) -> (u64, u64, u64, u64) {
    let width = |n: &mut Numbers| 64 - u32::try_from(n.below(63)).unwrap();
    let bits = width(numbers);
    let base = (numbers.next() >> (64 - bits)).max(1);
    let below = numbers.below(u64::from(u32::MAX)) + 1;
    let below = if numbers.below(2) == 0 {
        below
    } else {
        below % 1_000 + 1
    };
    let above = numbers.below(below + 1);
    let exact = u128::from(base) * u128::from(above) / u128::from(below);
    let near = u64::try_from(exact)
        .unwrap()
        .saturating_add(numbers.below(3))
        .saturating_sub(1);
    let votes = if numbers.below(2) == 0 {
        near
    } else {
        numbers.below(base)
    };
    (votes.min(base), base, above, below)
}

#[test]
fn a_million_thresholds_agree_with_whole_numbers_of_any_length() {
    let mut numbers = Numbers(0x5EA7);
    let mut borders = 0;
    for _ in 0..1_000_000 {
        let (votes, base, above, below) = draw(&mut numbers);
        let share = Ratio::new(above.into(), below.into()).unwrap();
        let left = BigUint::from(votes) * below;
        let right = BigUint::from(base) * above;
        borders += u32::from(left == right);
        for (compare, expected) in [
            (Compare::AtLeast, left >= right),
            (Compare::MoreThan, left > right),
        ] {
            let test = ShareTest {
                share,
                compare,
                base: Base::Valid,
            };
            assert_eq!(
                meets(test, votes, base),
                expected,
                "{votes} of {base}, {share}"
            );
        }
        let fraction = Ratio::new(votes.into(), base.into()).unwrap();
        assert_eq!(
            fraction.cmp(&share),
            left.cmp(&right),
            "{fraction} against {share}"
        );
    }
    assert!(
        borders > 1_000,
        "only {borders} of a million lay on the border"
    );
}

#[test]
fn a_threshold_reached_and_a_threshold_passed() {
    let with = |compare: &str| {
        format!(
            "[threshold]\nlocal = {{ share = '3%', compare = '{compare}', base = 'valid' }}\n{HARE}"
        )
    };
    // 30 of 1,000 is 3 %: 100 seats show who takes part.
    let input = contest(100, &[500, 470, 30]);
    assert_eq!(
        seats(&allotted(&rule(&with("at_least")), &input)),
        [50, 47, 3]
    );
    let passed = allotted(&rule(&with("more_than")), &input);
    assert_eq!(seats(&passed), [52, 48, 0]);
    let lacked = passed.steps.iter().find_map(|s| match s {
        Step::Tested {
            passed: false,
            lacked,
            ..
        } => *lacked,
        _ => None,
    });
    // 31 of 1,001 is 3.097 %.
    assert_eq!(lacked, Some(1));
    // 29 of 1,000: 30 of 1,001 is 2.997 %, 31 of 1,002 is 3.09 %.
    let missed = allotted(&rule(&with("at_least")), &contest(100, &[500, 471, 29]));
    let sentence = missed
        .steps
        .iter()
        .map(ToString::to_string)
        .find(|s| s.contains("missed"));
    assert_eq!(
        sentence.unwrap(),
        "The threshold of the constituency, 3/100 of 1000 valid ballots (30), is missed by C with \
         29 votes; 2 more would have met it."
    );
}

#[test]
fn what_counts_in_the_base() {
    let with = |base: &str| {
        format!(
            "[threshold]
            local = {{ share = '10%', compare = 'at_least', base = '{base}' }}
            {DHONDT}"
        )
    };
    // 90 votes are 10 % of the 900 votes for lists, not of 1,000 valid or 1,200 cast ballots.
    let input = SeatInput {
        valid: Votes::new(1_000),
        cast: Some(Votes::new(1_200)),
        ..contest(10, &[810, 90])
    };
    for (base, expected) in [("votes", [9, 1]), ("valid", [10, 0]), ("cast", [10, 0])] {
        assert_eq!(
            seats(&allotted(&rule(&with(base)), &input)),
            expected,
            "{base}"
        );
    }
    let mut exempt = input;
    exempt.choices[1].exempt = true;
    assert_eq!(seats(&allotted(&rule(&with("cast")), &exempt)), [9, 1]);
}

#[test]
fn where_nobody_passes() {
    let with = |clause: &str| {
        let half = "local = { share = '1/2', compare = 'more_than', base = 'valid' }";
        format!("threshold = {{ {half}, none_passes = '{clause}' }}\n{DHONDT}")
    };
    let input = contest(4, &[50, 50]);
    assert_eq!(
        seats(&allotted(&rule(&with("all_compete")), &input)),
        [2, 2]
    );
    let vacant = allotted(&rule(&with("vacant")), &input);
    assert_eq!((seats(&vacant), vacant.vacant), (vec![0, 0], 4));
    assert_eq!(vacant.outcome, Outcome::Final);
    let why = Step::Vacant {
        seats: 4,
        why: Vacancy::NonePassed,
    };
    assert!(vacant.steps.contains(&why));
}
