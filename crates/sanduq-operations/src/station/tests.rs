//! A whole day of one station, and what it does not take.

use super::*;
use sanduq_core::count::Came;
use sanduq_core::count::Voted;

const LAW: &str = r#"
code = "x"
names = { en = "X" }
polling_day = "2027-03-14"
offset_minutes = 180
opens_minute = 480
closes_minute = 1140
voting_age_years = 18
station_maximum = 800
second_signature = "REQUIRED"
levels = [{ code = "nation", names = { en = "nation" } }]
"#;

/// An instant of the polling day in legal time.
fn at(hour: i64, minute: i64) -> Timestamp {
    let midnight: Timestamp = "2027-03-13T21:00:00Z".parse().unwrap();
    midnight + jiff::Span::new().hours(hour).minutes(minute)
}

fn opening() -> Fact {
    Fact::Opened(Opening {
        head_present: true,
        ballots: 500,
        box_sealed: true,
        seals: vec!["A-17".to_owned()],
        agents: 3,
    })
}

fn hour(hour: u8, came: u64, voted: u64) -> Fact {
    Fact::Hour(HourFigures {
        hour,
        came: Came::new(came),
        voted: Voted::new(voted),
    })
}

/// The record after these facts, each at its instant.
fn day(law: &Profile, facts: &[(Fact, Timestamp)]) -> Result<Record, &'static str> {
    let bounds = Bounds {
        law,
        registered: Some(Registered::new(400)),
    };
    let mut record = Record::default();
    for (fact, at) in facts {
        record = record.put(fact, bounds, *at).map_err(|no| no.code())?;
        assert!(record.has(fact), "{fact:?}");
    }
    Ok(record)
}

#[test]
fn a_day_goes_forward_and_each_no_has_its_name() {
    let law = Profile::from_toml(LAW).unwrap();
    let open = || vec![(opening(), at(8, 3))];
    let with = |more: Vec<(Fact, Timestamp)>| [open(), more].concat();
    let used = |tokens| Fact::Tokens(tokens, Fate::Used);
    for (facts, code) in [
        (with(vec![(hour(9, 50, 40), at(9, 1))]), None),
        (vec![(opening(), at(7, 59))], Some("station.too_early")),
        (vec![(hour(9, 0, 0), at(9, 1))], Some("turnout.not_opened")),
        (
            with(vec![(hour(9, 50, 40), at(8, 59))]),
            Some("turnout.hour_not_over"),
        ),
        (
            with(vec![(hour(8, 5, 4), at(9, 0))]),
            Some("turnout.before_opening"),
        ),
        (
            with(vec![(hour(9, 450, 401), at(9, 0))]),
            Some("turnout.more_than_registered"),
        ),
        (
            with(vec![(Fact::Closed, at(18, 59))]),
            Some("station.before_closing"),
        ),
        (
            with(vec![(Fact::Closed, at(19, 0)), (hour(19, 9, 9), at(19, 1))]),
            None,
        ),
        (
            with(vec![(Fact::Closed, at(19, 0)), (hour(20, 9, 9), at(20, 1))]),
            Some("turnout.after_closing"),
        ),
        (
            with(vec![
                (Fact::Queue(2), at(19, 0)),
                (used(1..=2), at(19, 20)),
                (Fact::Closed, at(19, 21)),
                (hour(20, 9, 9), at(20, 1)),
            ]),
            None,
        ),
        (
            with(vec![(Fact::Queue(2), at(19, 0)), (used(3..=3), at(19, 20))]),
            Some("station.no_such_token"),
        ),
        (
            with(vec![(Fact::Queue(501), at(19, 0))]),
            Some("station.more_than_ballots"),
        ),
        (
            with(vec![
                (Fact::Queue(2), at(19, 0)),
                (used(1..=1), at(19, 20)),
                (Fact::Closed, at(19, 21)),
            ]),
            Some("station.tokens_wait"),
        ),
    ] {
        assert_eq!(day(&law, &facts).err(), code, "{facts:?}");
    }
}

#[test]
fn what_is_due_are_full_hours_in_which_the_station_was_open() {
    let law = Profile::from_toml(LAW).unwrap();
    let bounds = Bounds {
        law: &law,
        registered: None,
    };
    let open = || (opening(), at(9, 50));
    let nine = (hour(11, 5, 5), at(11, 0));
    for (facts, now, due) in [
        (vec![], at(12, 0), vec![]),
        (vec![open()], at(9, 59), vec![]),
        (vec![open()], at(10, 0), vec![10]),
        (vec![open()], at(12, 10), vec![10, 11, 12]),
        (vec![open(), nine.clone()], at(12, 10), vec![12]),
        (vec![open(), nine.clone()], at(11, 10), vec![]),
        (
            vec![open(), nine.clone(), (Fact::Closed, at(19, 0))],
            at(23, 0),
            vec![12, 13, 14, 15, 16, 17, 18, 19],
        ),
        (
            vec![
                open(),
                (hour(19, 9, 9), at(19, 0)),
                (Fact::Closed, at(19, 5)),
            ],
            at(23, 0),
            vec![20],
        ),
    ] {
        let record = day(&law, &facts).unwrap();
        assert_eq!(record.due(bounds, now), due, "{facts:?} {now}");
    }
}

#[test]
fn the_same_fact_twice_is_on_record_and_another_one_is_not() {
    let law = Profile::from_toml(LAW).unwrap();
    let facts = [
        (opening(), at(8, 0)),
        (hour(9, 50, 40), at(9, 0)),
        (Fact::Queue(3), at(19, 0)),
        (Fact::Tokens(1..=2, Fate::Used), at(19, 2)),
    ];
    let record = day(&law, &facts).unwrap();
    for other in [
        Fact::Opened(Opening::default()),
        hour(9, 51, 40),
        hour(10, 50, 40),
        Fact::Queue(4),
        Fact::Tokens(1..=3, Fate::Used),
        Fact::Tokens(1..=2, Fate::Void),
        Fact::Closed,
    ] {
        assert!(!record.has(&other), "{other:?}");
    }
}
