use super::*;
use crate::place::tests::land;
use crate::place::tests::rules;
use proptest::prelude::*;

/// People who may serve on one of these, counted one by one.
fn counted(rules: &Rules, registers: &Registers, committees: &[usize]) -> u64 {
    let may = registers.people.iter().filter(|person| {
        let mut inside = committees.iter().map(|at| &registers.committees[*at]);
        inside.any(|committee| rules.may_serve(person, committee).is_ok())
    });
    may.count() as u64
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn the_proof_can_be_counted_again(registers in land()) {
        let rules = rules();
        let Some(short) = find(&rules, &registers) else {
            return Ok(());
        };
        let people = counted(&rules, &registers, &short.committees);
        prop_assert_eq!(people, short.people);
        prop_assert_eq!(seats(&registers, &short.committees), short.seats);
        prop_assert_eq!(short.seats - people, short.empty);
        // Every rule of the set is needed: without it the seats can be taken.
        for rule in short.rules.rules() {
            let others = short.rules.rules().filter(|other| *other != rule);
            let others = others.fold(RuleSet::NONE, |set, other| set.with(other, true));
            prop_assert!(cut(&Classes::new(&rules, &registers, others)).is_none());
        }
        prop_assert!(cut(&Classes::new(&rules, &registers, short.rules)).is_some());
    }
}

#[test]
fn the_short_governorate_and_the_rules_in_conflict_are_named() {
    let mut rules = rules();
    rules.home = Home::NotOwnGovernorate;
    rules.sub_committee.least_rank = 3;
    let size = crate::invented::Size {
        people: 400,
        sub_committees: 200,
        general_committees: 10,
        governorates: 4,
        seats: true,
    };
    let mut told = crate::invented::registers(3, size).told;
    rules.sub_committee.bodies = Vec::new();
    for row in &mut told.people {
        row.told.available = true;
    }
    let registers = Registers::new(told, &rules).unwrap();
    let short = find(&rules, &registers).unwrap();
    assert!(short.rules.has(Rule::Rank), "{:?}", short.rules);
    assert!(!short.rules.has(Rule::Women), "{:?}", short.rules);
    assert_eq!(short.governorates.len(), 4, "rank is short everywhere");
    rules.sub_committee.least_rank = 0;
    assert_eq!(find(&rules, &registers), None);
}
