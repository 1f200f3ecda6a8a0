use super::*;
use crate::assignment::kinship::Relation;
use crate::assignment::sample::contest;
use crate::assignment::sample::id;
use crate::assignment::sample::judge;
use crate::assignment::sample::north;
use crate::assignment::sample::rules;
use crate::assignment::sample::station;
use crate::assignment::sample::told;
use crate::assignment::sample::unit;

fn general(code: &str) -> Committee {
    let mut general = station(code, 0);
    general.kind = Kind::GeneralCommittee;
    general
}

fn sound() -> Told {
    let people = vec![judge("a", 0), judge("b", 1), judge("x", 2)];
    let mut told = told(people, vec![station("c", 0), station("d", 1)]);
    let link = |row, relation| Link {
        row,
        person: id("a"),
        relation,
        relative: id("b"),
    };
    told.kinship = vec![link(2, Relation::Sibling), link(3, Relation::Child)];
    told
}

#[test]
fn the_row_that_is_wrong_is_named() {
    type Case = (fn(&mut Told), &'static str, u64);
    let cases: [Case; 9] = [
        (
            |t| t.people[2].told.code = id("a"),
            "assignment.person_twice",
            4,
        ),
        (
            |t| t.committees[1].told.0.code = unit("c"),
            "assignment.committee_twice",
            3,
        ),
        (
            |t| t.committees[1].told.1 = None,
            "assignment.seats_missing",
            3,
        ),
        (
            |t| t.committees[0].told.1 = Some(0),
            "assignment.seats_zero",
            2,
        ),
        (
            |t| t.committees[0].told.0.code = unit("reserve.s"),
            "assignment.reserve_code",
            2,
        ),
        (
            |t| t.committees[0].told.0.under = Some(unit("d")),
            "assignment.under_unknown",
            2,
        ),
        (
            |t| t.committees[1].told.0.under = Some(unit("x")),
            "assignment.under_unknown",
            3,
        ),
        (
            |t| t.kinship[0].relative = id("a"),
            "assignment.kin_itself",
            2,
        ),
        (
            |t| t.kinship[0].relation = Relation::Parent,
            "assignment.kin_circular",
            3,
        ),
    ];
    assert!(Registers::new(sound(), &rules()).is_ok());
    for (change, code, row) in cases {
        let mut told = sound();
        change(&mut told);
        let refusal = Registers::new(told, &rules()).unwrap_err();
        assert_eq!((refusal.code(), refusal.row), (code, row));
        assert!(refusal.to_string().contains(&format!("row {row}")));
    }
}

#[test]
fn rules_add_reserves_supervisors_and_seats_by_voters() {
    let mut rules = rules();
    rules.reserve_per_mille = 50;
    rules.sub_committees_per_supervisor = Some(2);
    let mut committees: Vec<Committee> =
        (0..5).map(|n| station(&format!("c{n}"), n * 10)).collect();
    for committee in &mut committees {
        committee.under = Some(unit("g"));
    }
    committees[0].contests = vec![contest("house"), contest("senate")];
    committees.push(general("g"));
    let registers = Registers::new(told(Vec::new(), committees), &rules).unwrap();
    let at = |code: &str| &registers.committees[registers.committee(&unit(code)).unwrap()];
    assert_eq!(at("g").seats, 3, "five sub-committees, two a member");
    assert_eq!(at("reserve.s").seats, 1, "a twentieth of eight, rounded up");
    assert_eq!(
        at("reserve.s").contests,
        [contest("house")],
        "what is voted on everywhere"
    );
    let off = at("reserve.s").point.metres_to(north(12));
    assert!(off < 1_000, "in the middle of the seats: {off}");
    assert_eq!(registers.seats(), 9);
}

#[test]
fn relatives_and_where_they_stand_are_noted() {
    let people = vec![judge("a", 0), judge("b", 1), judge("c", 2)];
    let mut told = told(people, vec![station("c", 0)]);
    let link = |person: &str, relative: &str| Link {
        row: 2,
        person: id(person),
        relation: Relation::Sibling,
        relative: id(relative),
    };
    told.kinship = vec![link("a", "b"), link("b", "minister")];
    told.candidates = vec![
        (id("minister"), contest("house")),
        (id("c"), contest("senate")),
    ];
    let mut rules = rules();
    let registers = Registers::new(told.clone(), &rules).unwrap();
    assert_eq!(registers.people[0].relatives, [id("b")]);
    assert_eq!(
        registers.people[0].standing,
        [contest("house")],
        "four degrees"
    );
    assert_eq!(
        registers.people[2].standing,
        [contest("senate")],
        "they themselves"
    );
    rules.kinship_degrees = 2;
    let registers = Registers::new(told, &rules).unwrap();
    assert_eq!(registers.people[0].standing, [], "two degrees");
    assert_eq!(registers.people[1].standing, [contest("house")]);
}
