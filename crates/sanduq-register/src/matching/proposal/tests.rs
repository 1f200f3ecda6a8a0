//! The way of a proposal, step by step.

use super::*;

fn pair() -> Pair {
    Pair {
        one: "7".to_owned(),
        other: "9".to_owned(),
        score: 8000,
    }
}

fn actor(id: &str) -> ActorId {
    ActorId::new(id).unwrap()
}

fn hour(hour: i64) -> Timestamp {
    Timestamp::from_second(hour * 3600).unwrap()
}

const TWO_DAYS: SignedDuration = SignedDuration::from_hours(48);

/// Proposed by the machine, decided at 10, noticed at 12: open until 60.
fn noticed() -> Noticed {
    let Outcome::Automatic(proposed) = Outcome::of(Class::Automatic, pair()) else {
        panic!("an automatic proposal");
    };
    let decided = proposed.decided(actor("E-0007"), hour(10)).unwrap();
    decided.noticed(hour(12), TWO_DAYS).unwrap()
}

#[test]
fn a_class_has_its_outcome() {
    assert_eq!(Outcome::of(Class::NoMatch, pair()), Outcome::NoMatch);
    let review = Outcome::of(Class::Review, pair());
    assert!(matches!(review, Outcome::Review(question) if *question.pair() == pair()));
    let automatic = Outcome::of(Class::Automatic, pair());
    assert!(matches!(automatic, Outcome::Automatic(proposed) if *proposed.pair() == pair()));
}

#[test]
fn whoever_proposed_does_not_decide() {
    let Outcome::Review(question) = Outcome::of(Class::Review, pair()) else {
        panic!("a question");
    };
    let proposed = question.one(actor("E-1201"));
    let own = proposed.clone().decided(actor("E-1201"), hour(10));
    assert_eq!(own, Err(ProposalRefusal::OwnProposal));
    assert!(proposed.decided(actor("E-1202"), hour(10)).is_ok());
}

#[test]
fn a_notice_follows_the_decision_and_leaves_time() {
    let Outcome::Automatic(proposed) = Outcome::of(Class::Automatic, pair()) else {
        panic!("an automatic proposal");
    };
    let decided = proposed.decided(actor("E-0007"), hour(10)).unwrap();
    for (at, time, refused) in [
        (9, TWO_DAYS, Some(ProposalRefusal::NoticeBeforeDecision)),
        (10, TWO_DAYS, None),
        (
            12,
            SignedDuration::ZERO,
            Some(ProposalRefusal::NoTimeToAppeal),
        ),
        (12, -TWO_DAYS, Some(ProposalRefusal::NoTimeToAppeal)),
    ] {
        let noticed = decided.clone().noticed(hour(at), time);
        assert_eq!(noticed.err(), refused, "{at} {time}");
    }
}

#[test]
fn nothing_is_established_while_the_time_to_appeal_runs() {
    for (at, established) in [(12, false), (60, false), (61, true)] {
        let found = noticed().unappealed(hour(at));
        assert_eq!(found.is_ok(), established, "{at}");
        if let Err((notice, refusal)) = found {
            assert_eq!((notice, refusal), (noticed(), ProposalRefusal::StillOpen));
        }
    }
    for (at, in_time) in [(12, true), (60, true), (61, false)] {
        assert_eq!(noticed().appealed(hour(at)).is_ok(), in_time, "{at}");
    }
    let late = noticed().appealed(hour(61)).unwrap_err();
    assert_eq!(late.1.code(), "matching.appeal_late");
}

#[test]
fn a_court_has_the_last_word() {
    let upheld = noticed().appealed(hour(13)).unwrap().upheld();
    assert_eq!(
        (upheld.pair(), upheld.officer()),
        (&pair(), &actor("E-0007"))
    );
    assert_eq!(
        noticed().appealed(hour(13)).unwrap().allowed().pair(),
        &pair()
    );
}
