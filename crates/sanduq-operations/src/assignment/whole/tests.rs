use super::*;
use crate::assignment::committee::Committee;
use crate::assignment::sample::id;
use crate::assignment::sample::judge;
use crate::assignment::sample::rules;
use crate::assignment::sample::station;
use crate::assignment::sample::told;
use crate::assignment::sample::unit;
use crate::assignment::serve::Rule;

fn post(person: &str, committee: &str) -> Post {
    Post {
        person: id(person),
        committee: unit(committee),
    }
}

/// Two sub-committees below a general one; c and d are relatives, f is not available.
fn land() -> (Rules, Registers) {
    let mut rules = rules();
    rules.reserve_per_mille = 400;
    rules.sub_committees_per_supervisor = Some(1);
    let mut people: Vec<_> = ["a", "b", "c", "d", "e", "f"]
        .map(|code| judge(code, 0))
        .into();
    people[5].available = false;
    let mut committees = vec![station("k", 0), station("l", 1), station("m", 2)];
    committees[2].kind = Kind::GeneralCommittee;
    for under in &mut committees[..2] {
        under.under = Some(unit("m"));
    }
    let mut registers = Registers::new(told(people, committees), &rules).unwrap();
    registers.people[2].relatives = vec![id("d")];
    registers.people[3].relatives = vec![id("c")];
    let seats = |one: &Committee| (one.code.to_string(), one.seats);
    let seats: Vec<_> = registers.committees.iter().map(seats).collect();
    let expected = [("k", 1), ("l", 1), ("m", 2), ("reserve.s", 2)];
    assert_eq!(
        seats,
        expected.map(|(code, seats)| (code.to_owned(), seats))
    );
    (rules, registers)
}

#[test]
fn every_kind_of_breach_is_found_from_scratch() {
    let (rules, registers) = land();
    let sound = ["a k", "b l", "c m", "e m", "d reserve.s"];
    let short = Breach::ReserveShort(unit("s"), 1);
    for (posts, breaches) in [
        (sound.to_vec(), vec![]),
        (
            vec!["a k", "b l", "c m", "d m", "e reserve.s"],
            vec![Breach::Together(post("c", "m"), id("d"))],
        ),
        (
            vec!["a k", "b l", "c m", "e m", "f reserve.s"],
            vec![Breach::Barred(
                post("f", "reserve.s"),
                RuleSet::NONE.with(Rule::Available, true),
            )],
        ),
        (
            vec!["a k", "b l", "c m", "d reserve.s", "e reserve.s"],
            vec![Breach::Empty(unit("m"), 1), Breach::Load(unit("m"), 1)],
        ),
        (
            vec!["a k", "a l", "c m", "e m", "d k"],
            vec![
                Breach::Twice(id("a")),
                Breach::Over(unit("k"), 1),
                Breach::ReserveShort(unit("s"), 2),
            ],
        ),
        (
            vec!["a k", "b l", "c m", "e m", "x k", "d y"],
            vec![
                Breach::PersonUnknown(id("x")),
                Breach::CommitteeUnknown(unit("y")),
                Breach::ReserveShort(unit("s"), 2),
            ],
        ),
    ] {
        let posts: Vec<Post> = posts
            .iter()
            .map(|told| told.split_once(' ').unwrap())
            .map(|(person, committee)| post(person, committee))
            .collect();
        let mut found = verify_assignment(&rules, &registers, &posts);
        // One stands by in most rows, which is one too few.
        found.retain(|breach| *breach != short);
        assert_eq!(found, breaches, "{posts:?}");
    }
}
