use super::*;
use crate::assignment::committee::Kind;
use crate::assignment::sample::contest;
use crate::assignment::sample::judge;
use crate::assignment::sample::north;
use crate::assignment::sample::rules;
use crate::assignment::sample::station;
use crate::assignment::sample::unit;

/// What a row changes, and the rules that then say no.
type Case = (fn(&mut Rules, &mut Person, &mut Committee), &'static [Rule]);

/// Of the person and the post.
fn posts() -> Vec<Case> {
    vec![
        (|_, _, _| {}, &[]),
        (|_, p, _| p.available = false, &[Rule::Available]),
        (
            |r, _, _| r.sub_committee.bodies = vec!["council".into()],
            &[Rule::Body],
        ),
        (
            |r, _, _| r.general_committee.bodies = vec!["council".into()],
            &[],
        ),
        (|r, _, _| r.sub_committee.least_rank = 2, &[Rule::Rank]),
        (|_, _, c| c.skills = vec!["count".into()], &[Rule::Skill]),
        (
            |_, p, c| {
                c.skills = vec!["count".into()];
                p.skills = vec!["count".into(), "device".into()];
            },
            &[],
        ),
        (|_, _, c| c.women = true, &[Rule::Women]),
        (
            |_, p, c| {
                c.women = true;
                p.sex = Sex::Woman;
            },
            &[],
        ),
    ]
}

/// Of where the person lives and what they have to do with it.
fn places() -> Vec<Case> {
    vec![
        (|r, _, _| r.home = Home::NotOwnGovernorate, &[]),
        (
            |r, p, _| {
                r.home = Home::NotOwnGovernorate;
                p.governorate = unit("s");
            },
            &[Rule::OwnGovernorate],
        ),
        (
            |r, p, _| {
                r.home = Home::NotOwnDistrict;
                p.district = unit("s1");
            },
            &[Rule::OwnDistrict],
        ),
        (|_, p, _| p.district = unit("s1"), &[]),
        (
            |_, p, _| p.standing = vec![contest("house")],
            &[Rule::Kinship],
        ),
        (
            |_, p, _| p.conflicts = vec![contest("house"), contest("senate")],
            &[Rule::Conflict],
        ),
        (|_, p, _| p.elsewhere = true, &[Rule::Elsewhere]),
        (|_, p, _| p.beside = vec![unit("c")], &[Rule::Beside]),
        (|_, p, _| p.beside = vec![unit("d")], &[]),
        (
            |r, p, c| {
                p.available = false;
                r.sub_committee.least_rank = 9;
                c.women = true;
            },
            &[Rule::Available, Rule::Rank, Rule::Women],
        ),
    ]
}

#[test]
fn each_rule_says_no_by_its_own_name() {
    let cases = posts().into_iter().chain(places());
    for (number, (change, broken)) in cases.enumerate() {
        let (mut rules, mut person, mut committee) = (rules(), judge("j", 0), station("c", 1));
        change(&mut rules, &mut person, &mut committee);
        let found = rules.may_serve(&person, &committee);
        let found: Vec<Rule> = found.err().map_or(Vec::new(), |no| no.0.rules().collect());
        assert_eq!(found, broken, "{number}");
    }
}

#[test]
fn a_refusal_names_every_rule_that_says_no() {
    let (mut person, mut committee) = (judge("j", 0), station("c", 1));
    person.available = false;
    committee.women = true;
    let no = rules().may_serve(&person, &committee).unwrap_err();
    assert_eq!(no.code(), "assignment.available");
    assert_eq!(
        no.to_string(),
        "the person is not available in this event; at a women's station women serve"
    );
}

#[test]
fn a_reserve_is_of_no_district_and_may_be_of_any_rank() {
    let mut rules = rules();
    rules.home = Home::NotOwnDistrict;
    let (mut person, mut reserve) = (judge("j", 0), station("reserve.s", 10));
    reserve.kind = Kind::Reserve;
    reserve.district = None;
    person.district = unit("s1");
    person.rank = 7;
    assert_eq!(rules.may_serve(&person, &reserve), Ok(()));
    assert_eq!(rules.cost(&person, &reserve).rank_metres, 0);
}

#[test]
fn costs_in_metres_that_one_would_go() {
    let rules = rules();
    let mut person = judge("j", 0);
    let mut committee = station("c", 10);
    let way = rules.cost(&person, &committee);
    assert_eq!((way.way_metres, way.metres()), (10_000, 10_000));
    person.work = Some(north(8));
    assert_eq!(rules.cost(&person, &committee).metres(), 2_000);
    person.work = None;
    person.far_before = 3;
    person.served = vec![unit("c"), unit("d")];
    committee.rank = 3;
    let cost = rules.cost(&person, &committee);
    assert_eq!(
        cost,
        Cost {
            way_metres: 10_000,
            far_metres: 15_000,
            served_metres: 4_000,
            again_metres: 5_000,
            rank_metres: 2_000,
        }
    );
    assert_eq!(cost.metres(), 36_000);
}
