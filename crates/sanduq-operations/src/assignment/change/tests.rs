use super::*;
use crate::assignment::sample::id;
use crate::assignment::sample::judge;
use crate::assignment::sample::rules;
use crate::assignment::sample::station;
use crate::assignment::sample::told;
use crate::assignment::sample::unit;
use crate::assignment::serve::Rule;

/// Judges at kilometres 0, 10, … and committees k at 0, l at 30; d and e stand by in s, f in n.
fn land() -> (Rules, Registers, Vec<Post>) {
    let rules = rules();
    let codes = ["a", "b", "c", "d", "e", "f"];
    let people = codes.iter().zip(0..).map(|(code, at)| judge(code, at * 10));
    let mut committees = vec![station("k", 0), station("l", 30)];
    let mut reserves = [station("reserve.n", 0), station("reserve.s", 0)];
    reserves[0].governorate = unit("n");
    for reserve in &mut reserves {
        reserve.kind = Kind::Reserve;
        reserve.seats = 2;
    }
    committees.extend(reserves);
    let mut registers = Registers::new(told(people.collect(), Vec::new()), &rules).unwrap();
    registers.committees = committees;
    let posts = [
        ("a", "k"),
        ("b", "l"),
        ("d", "reserve.s"),
        ("e", "reserve.s"),
        ("f", "reserve.n"),
    ];
    let post = |(person, committee)| Post {
        person: id(person),
        committee: unit(committee),
    };
    (rules, registers, posts.map(post).into())
}

#[test]
fn the_reserve_of_the_governorate_is_asked_first_and_by_cost() {
    let (rules, mut registers, posts) = land();
    let found = |registers: &Registers, who: &str, wanted| {
        let desk = Desk::new(&rules, registers, &posts).unwrap();
        let found = desk.replacements(&id(who), wanted).unwrap();
        let told = |one: Replacement| format!("{} {:?} {}", one.person, one.from, one.cost_metres);
        found.into_iter().map(told).collect::<Vec<_>>()
    };
    assert_eq!(
        found(&registers, "a", 9),
        [
            "d OwnReserve 30000",
            "e OwnReserve 40000",
            "c Home 20000",
            "f OtherReserve 50000"
        ]
    );
    assert_eq!(found(&registers, "b", 1), ["d OwnReserve 0"]);
    registers.people[3].available = false;
    assert_eq!(found(&registers, "b", 1), ["e OwnReserve 10000"]);
    let desk = Desk::new(&rules, &registers, &posts).unwrap();
    for (who, code) in [
        ("c", "assignment.serves_nowhere"),
        ("z", "assignment.person_unknown"),
    ] {
        assert_eq!(desk.replacements(&id(who), 1).unwrap_err().code(), code);
    }
}

#[test]
fn a_swap_asks_every_rule_of_both() {
    let (rules, mut registers, posts) = land();
    let swap = |registers: &Registers, one: &str, other: &str| {
        let desk = Desk::new(&rules, registers, &posts).unwrap();
        desk.swap(&id(one), &id(other))
    };
    let told = Swap {
        before_metres: 20_000,
        after_metres: 40_000,
    };
    assert_eq!(swap(&registers, "a", "b"), Ok(told));
    assert_eq!(
        swap(&registers, "d", "e"),
        Err(ChangeRefusal::NothingToSwap)
    );
    registers.committees[1].women = true;
    let post = Post {
        person: id("a"),
        committee: unit("l"),
    };
    let women = RuleSet::NONE.with(Rule::Women, true);
    let no = Err(ChangeRefusal::Barred(post.clone(), women));
    assert_eq!(swap(&registers, "a", "b"), no);
    assert_eq!(swap(&registers, "b", "a"), no, "whoever is named first");
    registers.committees[1].women = false;
    // Their brother sits beside whoever leaves.
    registers.people[0].relatives = vec![id("c")];
    let mut seated = posts.clone();
    seated.push(Post {
        person: id("c"),
        committee: unit("l"),
    });
    let desk = Desk::new(&rules, &registers, &seated).unwrap();
    let no = desk.swap(&id("a"), &id("b"));
    assert_eq!(no, Err(ChangeRefusal::Together(post, id("c"))));
    assert!(desk.swap(&id("a"), &id("c")).is_ok(), "the brother leaves");
}

#[test]
fn an_assignment_is_explained_by_what_else_there_was() {
    let (rules, mut registers, posts) = land();
    registers.committees[0].women = true;
    let desk = Desk::new(&rules, &registers, &posts).unwrap();
    let told = desk.explain(&id("b"), 3).unwrap();
    let (at, cost) = told.post.clone().unwrap();
    assert_eq!((at.as_str(), cost.metres()), ("l", 20_000));
    assert!(told.bars.is_empty() && told.relative.is_none());
    assert_eq!((told.open, told.barred), (3, 1));
    assert_eq!(told.alternatives.len(), 1, "reserves are no alternative");
    let other = &told.alternatives[0];
    assert_eq!(
        (other.committee.as_str(), other.cost.metres()),
        ("k", 10_000)
    );
    assert!(other.bars.has(Rule::Women) && other.swap.is_none());
    registers.committees[0].women = false;
    let desk = Desk::new(&rules, &registers, &posts).unwrap();
    let told = desk.explain(&id("b"), 3).unwrap();
    assert_eq!(told.alternatives[0].swap, Some((id("a"), 20_000)));
    assert!(desk.explain(&id("c"), 0).unwrap().post.is_none());
}

#[test]
fn an_assignment_that_cannot_be_is_refused_with_its_row() {
    let (rules, registers, mut posts) = land();
    posts.push(Post {
        person: id("a"),
        committee: unit("l"),
    });
    let no = Desk::new(&rules, &registers, &posts).unwrap_err();
    assert_eq!(no, ChangeRefusal::AssignmentUnfit(posts[5].clone()));
}
