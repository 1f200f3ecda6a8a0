//! A small land for the tests of this module: two governorates, n and s, with a district each.

use crate::assignment::committee::Committee;
use crate::assignment::committee::Kind;
use crate::assignment::person::Person;
use crate::assignment::person::Sex;
use crate::assignment::registers::Row;
use crate::assignment::registers::Told;
use crate::assignment::rules::Rules;
use sanduq_core::id::ActorId;
use sanduq_core::id::ContestCode;
use sanduq_core::id::UnitCode;
use sanduq_core::place::Place;
use sanduq_core::place::Point;

pub(crate) fn id(code: &str) -> ActorId {
    ActorId::new(code).unwrap()
}

pub(crate) fn unit(code: &str) -> UnitCode {
    UnitCode::new(code).unwrap()
}

pub(crate) fn contest(code: &str) -> ContestCode {
    ContestCode::new(code).unwrap()
}

/// A place so many kilometres north of the equator.
pub(crate) fn north(kilometres: i32) -> Point {
    Place::new(kilometres * 89_932 / 10, 0).unwrap().point()
}

/// A judge of n who lives so many kilometres north.
pub(crate) fn judge(code: &str, kilometres: i32) -> Person {
    Person {
        code: id(code),
        body: "courts".to_owned(),
        rank: 1,
        sex: Sex::Man,
        governorate: unit("n"),
        district: unit("n1"),
        home: north(kilometres),
        work: None,
        available: true,
        skills: Vec::new(),
        conflicts: Vec::new(),
        served: Vec::new(),
        far_before: 0,
        relatives: Vec::new(),
        standing: Vec::new(),
        elsewhere: false,
        beside: Vec::new(),
    }
}

/// A sub-committee of s with one seat.
pub(crate) fn station(code: &str, kilometres: i32) -> Committee {
    Committee {
        code: unit(code),
        kind: Kind::SubCommittee,
        governorate: unit("s"),
        district: Some(unit("s1")),
        point: north(kilometres),
        voters: 900,
        seats: 1,
        women: false,
        contests: vec![contest("house")],
        under: None,
        rank: 1,
        skills: Vec::new(),
    }
}

/// Rules that say no to nobody but by kinship and conflict.
pub(crate) fn rules() -> Rules {
    let text = r#"
        about = "a test"
        home = "NEAR_HOME"
        kinship_degrees = 4
        reserve_per_mille = 0
        [sub_committee]
        [general_committee]
        [cost]
        rank_metres = 1000
        served_metres = 2000
        again_metres = 5000
        far_percent = 50
    "#;
    Rules::read(text).unwrap()
}

/// Registers as they are read: rows count from two, below the line of names.
pub(crate) fn told(people: Vec<Person>, committees: Vec<Committee>) -> Told {
    let numbered = (2..).zip(people);
    let people = numbered.map(|(row, told)| Row { row, told }).collect();
    let numbered = (2..).zip(committees);
    let seated = |(row, committee): (u64, Committee)| {
        let seats = Some(committee.seats);
        Row {
            row,
            told: (committee, seats),
        }
    };
    Told {
        people,
        committees: numbered.map(seated).collect(),
        ..Told::default()
    }
}
