//! Theorems of apportionment (Balinski & Young, *Fair Representation*, 1982), each a property with
//! a fixed seed.

use crate::common::*;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use sanduq_core::count::Votes;
use sanduq_core::seats::Allotment;
use sanduq_core::seats::Outcome;
use sanduq_core::seats::SeatInput;
use sanduq_core::seats::allot_without_margins;

const DIVISOR_METHODS: [&str; 3] = [DHONDT, SAINTE_LAGUE, MODIFIED];
const EXACT_QUOTAS: [&str; 3] = [HARE, HAGENBACH, IMPERIALI];
const ONE_ROUND: [&str; 8] = [
    DHONDT,
    SAINTE_LAGUE,
    MODIFIED,
    HARE,
    HAGENBACH,
    IMPERIALI,
    DROOP,
    PLURALITY,
];

fn seeded(cases: u32) -> ProptestConfig {
    ProptestConfig {
        cases,
        rng_seed: RngSeed::Fixed(1982),
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

/// Votes of 1 to 8 lists, small ones often, so that ties are met.
fn votes() -> impl Strategy<Value = Vec<u64>> {
    let one = prop_oneof![1..20_u64, 1..2_000_u64, 1..10_000_000_u64];
    prop::collection::vec(one, 1..9)
}

/// Seats open to a lot.
fn open(allotment: &Allotment) -> u32 {
    match &allotment.outcome {
        Outcome::LotNeeded(lot) => lot.seats,
        Outcome::RunOff { seats, .. } => *seats,
        _ => 0,
    }
}

fn final_seats(text: &str, house: u32, votes: &[u64]) -> Option<Vec<u32>> {
    let allotment = quickly(&rule(text), &contest(house, votes));
    (allotment.outcome == Outcome::Final).then(|| seats(&allotment))
}

proptest! {
    #![proptest_config(seeded(500))]

    /// A larger house takes a seat from nobody, under every divisor method.
    #[test]
    fn house_monotonicity(votes in votes(), house in 1..60_u32) {
        for text in DIVISOR_METHODS {
            let small = seats(&quickly(&rule(text), &contest(house, &votes)));
            let large = seats(&quickly(&rule(text), &contest(house + 1, &votes)));
            prop_assert!(small.iter().zip(&large).all(|(s, l)| s <= l), "{text}");
        }
    }

    /// The Hare quota gives every list its share rounded down or up, nothing else.
    #[test]
    fn quota_rule(votes in votes(), house in 1..60_u32) {
        let allotment = quickly(&rule(HARE), &contest(house, &votes));
        let all: u64 = votes.iter().sum();
        for (votes, seats) in votes.iter().zip(seats(&allotment)) {
            let share = u128::from(*votes) * u128::from(house);
            let (down, up) = (share / u128::from(all), share.div_ceil(u128::from(all)));
            prop_assert!(down <= u128::from(seats) && u128::from(seats) <= up);
        }
    }

    /// D'Hondt never gives less than the share rounded down.
    #[test]
    fn lower_quota_rule(votes in votes(), house in 1..60_u32) {
        let allotment = quickly(&rule(DHONDT), &contest(house, &votes));
        let (all, open) = (votes.iter().sum::<u64>(), open(&allotment));
        for (votes, seats) in votes.iter().zip(seats(&allotment)) {
            let down = u128::from(*votes) * u128::from(house) / u128::from(all);
            prop_assert!(down <= u128::from(seats) + u128::from(open.min(1)));
        }
    }

    /// Neither the order of the lists nor their codes matter.
    #[test]
    fn anonymity(votes in votes(), house in 1..60_u32, turn in 0..8_usize) {
        let fifth = format!("{FIFTH}\nrun_off_uncontested = 'hold'");
        for text in ONE_ROUND.into_iter().chain([&*fifth]) {
            let here = quickly(&rule(text), &contest(house, &votes));
            let turn = turn % votes.len();
            let mut turned = votes.clone();
            turned.rotate_left(turn);
            let there = quickly(&rule(text), &contest(house, &turned));
            let mut expected = seats(&here);
            expected.rotate_left(turn);
            prop_assert_eq!(seats(&there), expected);
            prop_assert_eq!((here.vacant, open(&here)), (there.vacant, open(&there)));
        }
    }

    /// A list whose votes grow relative to another's does not lose a seat while the other wins one.
    #[test]
    fn population_monotonicity(before in votes(), house in 1..60_u32, seed in any::<u64>()) {
        let mut numbers = Numbers(seed);
        let after: Vec<_> =
            before.iter().map(|v| (v * (numbers.below(40) + 80) / 100).max(1)).collect();
        for text in DIVISOR_METHODS {
            let (Some(was), Some(is)) =
                (final_seats(text, house, &before), final_seats(text, house, &after))
            else {
                continue;
            };
            for i in 0..before.len() {
                for j in 0..before.len() {
                    let grew = u128::from(after[i]) * u128::from(before[j])
                        > u128::from(after[j]) * u128::from(before[i]);
                    prop_assert!(!(grew && is[i] < was[i] && is[j] > was[j]), "{text}");
                }
            }
        }
    }

    /// Further votes for a list never take a seat from it, unless the quota is rounded; the search
    /// for margins stands on this.
    #[test]
    fn more_votes_never_hurt(
        votes in votes(),
        house in 1..60_u32,
        which in 0..8_usize,
        more in 1..500_u64,
    ) {
        let local = "local = { share = '5%', compare = 'at_least', base = 'valid' }";
        let with = |method: &str| format!("[threshold]\n{local}\n{method}");
        let rules = [with(HARE), with(DHONDT), with(HAGENBACH)];
        let unrounded = ONE_ROUND.into_iter().filter(|text| *text != DROOP);
        let which = which % votes.len();
        let mut after = votes.clone();
        after[which] += more;
        for text in unrounded.chain(rules.iter().map(String::as_str)) {
            let rule = rule(text);
            let (Ok(was), Ok(is)) = (
                allot_without_margins(&rule, &contest(house, &votes), &[]),
                allot_without_margins(&rule, &contest(house, &after), &[]),
            ) else {
                continue;
            };
            prop_assert!(seats(&is)[which] >= seats(&was)[which], "{text} {votes:?} {after:?}");
        }
    }

    /// Only proportions count: votes a thousand million times as many give the same seats.
    #[test]
    fn exactness(votes in votes(), house in 1..60_u32) {
        let great: Vec<_> = votes.iter().map(|v| v * 1_000_000_007).collect();
        for text in DIVISOR_METHODS.into_iter().chain(EXACT_QUOTAS) {
            let here = quickly(&rule(text), &contest(house, &votes));
            let there = quickly(&rule(text), &contest(house, &great));
            prop_assert_eq!(seats(&here), seats(&there));
            prop_assert_eq!(tie(&here), tie(&there));
        }
    }

    /// Seats given, vacant and open add up to the house; a lot leaves nothing open.
    #[test]
    fn every_seat_is_accounted_for(votes in votes(), house in 1..60_u32) {
        for text in ONE_ROUND {
            let input = contest(house, &votes);
            let allotment = quickly(&rule(text), &input);
            let given: u32 = seats(&allotment).iter().sum();
            prop_assert_eq!(given + allotment.vacant + open(&allotment), house, "{}", text);
            if let Outcome::LotNeeded(asked) = &allotment.outcome {
                let drawn = asked.among[..usize::try_from(asked.seats).unwrap()].to_vec();
                let lot = sanduq_core::seats::Lot { among: asked.among.clone(), drawn };
                let settled = allot_without_margins(&rule(text), &input, &[lot]).unwrap();
                prop_assert_eq!(settled.outcome.clone(), Outcome::Final);
                prop_assert_eq!(seats(&settled).iter().sum::<u32>() + settled.vacant, house);
            }
        }
    }

    /// Valid ballots without a list change nothing where the base leaves them out.
    #[test]
    fn the_base_alone_decides(votes in votes(), house in 1..60_u32, blank in 0..5_000_u64) {
        let more = SeatInput {
            valid: Votes::new(votes.iter().sum::<u64>() + blank),
            ..contest(house, &votes)
        };
        for text in [HARE, DROOP, DHONDT] {
            prop_assert_eq!(
                seats(&quickly(&rule(text), &more)),
                seats(&quickly(&rule(text), &contest(house, &votes)))
            );
        }
    }
}

/// What the theorems do not promise does happen; a property that claimed it would be wrong.
#[test]
fn the_paradoxes_are_real() {
    // Alabama: with 11 seats in place of 10 the smallest loses one.
    assert_eq!(final_seats(HARE, 10, &[6, 6, 2]), Some(vec![4, 4, 2]));
    assert_eq!(final_seats(HARE, 11, &[6, 6, 2]), Some(vec![5, 5, 1]));
    // A quota rounded to whole votes: one more vote makes it 3 in place of 2, and costs a seat.
    let droop = [(8, [4, 0, 1]), (9, [3, 1, 1])];
    for (votes, expected) in droop {
        assert_eq!(
            final_seats(DROOP, 5, &[votes, 1, 2]),
            Some(expected.to_vec())
        );
    }
    // D'Hondt goes above the upper quota: 84 % of 10 seats are 8.4.
    assert_eq!(
        final_seats(DHONDT, 10, &[84, 6, 5, 5]),
        Some(vec![10, 0, 0, 0])
    );
}
