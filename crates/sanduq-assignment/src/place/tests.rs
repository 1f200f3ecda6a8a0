use super::*;
use crate::shortage;
use proptest::prelude::*;
use sanduq_core::id::ActorId;
use sanduq_core::id::ContestCode;
use sanduq_core::id::UnitCode;
use sanduq_core::place::Place;
use sanduq_operations::assignment::committee::Committee;
use sanduq_operations::assignment::committee::Kind;
use sanduq_operations::assignment::person::Person;
use sanduq_operations::assignment::person::Sex;
use sanduq_operations::assignment::whole::Breach;
use sanduq_operations::assignment::whole::verify_assignment;
use std::convert::Infallible;

/// Rules that let nobody serve in their own district, for small lands.
pub(crate) fn rules() -> Rules {
    let text = r#"
        about = "a test"
        home = "NOT_OWN_DISTRICT"
        kinship_degrees = 2
        reserve_per_mille = 0
        [sub_committee]
        bodies = ["b0", "b1"]
        [general_committee]
        [cost]
        rank_metres = 1000
        served_metres = 2000
        again_metres = 5000
        far_percent = 50
    "#;
    Rules::read(text).unwrap()
}

/// A person or a committee of a small land: where, district, body and rank, and more by its bits.
type Told = (i32, i32, u8, u8, u8);

fn person(at: usize, (north, east, district, kind, bits): Told) -> Person {
    Person {
        code: ActorId::new(&format!("p{at:02}")).unwrap(),
        body: format!("b{}", kind % 3),
        rank: 1 + kind / 3,
        sex: if bits & 1 == 1 { Sex::Woman } else { Sex::Man },
        governorate: UnitCode::new("g").unwrap(),
        district: UnitCode::new(&format!("d{district}")).unwrap(),
        home: Place::new(north, east).unwrap().point(),
        work: (bits & 2 == 2).then(|| Place::new(east, north).unwrap().point()),
        available: bits & 12 != 12,
        skills: Vec::new(),
        conflicts: (bits & 16 == 16)
            .then(|| ContestCode::new("c0").unwrap())
            .into_iter()
            .collect(),
        served: Vec::new(),
        far_before: bits >> 6,
        relatives: Vec::new(),
        standing: Vec::new(),
        elsewhere: false,
        beside: Vec::new(),
    }
}

fn committee(at: usize, (north, east, district, seats, bits): Told) -> Committee {
    Committee {
        code: UnitCode::new(&format!("k{at:02}")).unwrap(),
        kind: Kind::SubCommittee,
        governorate: UnitCode::new("g").unwrap(),
        district: Some(UnitCode::new(&format!("d{district}")).unwrap()),
        point: Place::new(north, east).unwrap().point(),
        voters: 0,
        seats: u32::from(1 + seats % 2),
        women: bits & 7 == 7,
        contests: vec![ContestCode::new(&format!("c{}", bits >> 7)).unwrap()],
        under: None,
        rank: 1,
        skills: Vec::new(),
    }
}

/// Small registers as a property test draws them.
pub(crate) fn land() -> impl Strategy<Value = Registers> {
    let one = || (0..900_000_i32, 0..900_000_i32, 0..3_u8, 0..6_u8, 0..=255_u8);
    let people = proptest::collection::vec(one(), 1..8);
    let committees = proptest::collection::vec(one(), 1..5);
    (people, committees).prop_map(|(people, committees)| Registers {
        people: people
            .into_iter()
            .enumerate()
            .map(|(at, told)| person(at, told))
            .collect(),
        committees: committees
            .into_iter()
            .enumerate()
            .map(|(at, told)| committee(at, told))
            .collect(),
    })
}

/// The fewest seats that stay empty and the least cost with so few, by trying everything.
fn tried(rules: &Rules, registers: &Registers, at: usize, left: &mut Vec<u32>) -> (u32, u64) {
    let Some(person) = registers.people.get(at) else {
        return (left.iter().sum(), 0);
    };
    let mut least = tried(rules, registers, at + 1, left);
    for (number, committee) in registers.committees.iter().enumerate() {
        if left[number] > 0 && rules.may_serve(person, committee).is_ok() {
            left[number] -= 1;
            let (empty, cost) = tried(rules, registers, at + 1, left);
            left[number] += 1;
            least = least.min((
                empty,
                cost + u64::from(rules.cost(person, committee).metres()),
            ));
        }
    }
    least
}

pub(crate) fn placed(rules: &Rules, registers: &Registers, seed: u64) -> Placed {
    let unkept = |_, _: &dyn Fn() -> Vec<u32>| Ok::<(), Infallible>(());
    let Ok(placed) = place((rules, registers, seed), None, unkept);
    placed
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn nothing_cheaper_is_found_by_trying_everything(registers in land(), seed in 0_u64..4) {
        let rules = rules();
        let mut left: Vec<u32> = registers.committees.iter().map(|one| one.seats).collect();
        let (empty, cost) = tried(&rules, &registers, 0, &mut left);
        let found = placed(&rules, &registers, seed);
        prop_assert_eq!(found.empty.iter().map(|(_, seats)| seats).sum::<u32>(), empty);
        prop_assert_eq!(found.cost_metres, cost);
        prop_assert_eq!(found.bound_metres, cost);
        let breaches = verify_assignment(&rules, &registers, &found.posts);
        let only_empty = breaches.iter().all(|breach| matches!(breach, Breach::Empty(..)));
        prop_assert!(only_empty, "{:?}", breaches);
        let short = shortage::find(&rules, &registers);
        prop_assert_eq!(short.map_or(0, |short| short.empty), u64::from(empty));
    }
}

#[test]
fn relatives_are_parted_and_the_bound_still_holds() {
    let rules = rules();
    let people = [(0, 0), (1, 0), (40_000, 0), (90_000, 0)];
    let mut registers = Registers {
        people: people
            .into_iter()
            .enumerate()
            .map(|(at, (north, east))| person(at, (north, east, 0, 0, 0)))
            .collect(),
        committees: [(0, 1), (90_000, 0)]
            .into_iter()
            .enumerate()
            .map(|(at, (north, seats))| committee(at, (north, 0, 1, seats, 0)))
            .collect(),
    };
    let before = placed(&rules, &registers, 1);
    assert_eq!(
        (before.cost_metres, before.bound_metres, before.parted),
        (0, 0, 0)
    );
    let brothers = registers.people[1].code.clone();
    registers.people[0].relatives = vec![brothers];
    registers.people[1].relatives = vec![registers.people[0].code.clone()];
    let after = placed(&rules, &registers, 1);
    assert_eq!(
        (after.cost_metres, after.bound_metres, after.parted),
        (4_448, 0, 1)
    );
    assert_eq!(verify_assignment(&rules, &registers, &after.posts), []);
    registers.people.truncate(2);
    let stuck = placed(&rules, &registers, 1);
    assert_eq!(stuck.together, [(0, 1)], "nobody else is there");
}
