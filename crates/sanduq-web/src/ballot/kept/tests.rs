use super::*;

fn ballot(voter: &str, nth: u32) -> Received {
    let text = format!("{voter} {nth}");
    Received {
        tracker: Hash::of_bytes(text.as_bytes()),
        credential: voter.to_owned(),
        text,
    }
}

fn state(own: &PracticeBox, ballot: &Received, now: Instant) -> Option<State> {
    own.find(&ballot.tracker, now).map(|(state, _)| state)
}

#[test]
fn the_last_ballot_of_a_voter_is_the_last_one() {
    let (own, now) = (PracticeBox::default(), Instant::now());
    let (first, second, other) = (ballot("a", 1), ballot("a", 2), ballot("b", 1));
    for ballot in [&first, &other, &second, &second] {
        assert_eq!(own.cast(ballot.clone(), now), Ok(()));
    }
    assert_eq!(state(&own, &first, now), Some(State::Replaced));
    assert_eq!(state(&own, &second, now), Some(State::Last));
    assert_eq!(state(&own, &other, now), Some(State::Last));
    assert_eq!(own.cast(first.clone(), now), Err(State::Replaced));
    assert_eq!(state(&own, &second, now), Some(State::Last));
}

#[test]
fn what_was_opened_is_never_cast_and_what_was_cast_is_never_opened() {
    let (own, now) = (PracticeBox::default(), Instant::now());
    let (opened, cast) = (ballot("a", 1), ballot("a", 2));
    assert_eq!(own.spoil(opened.clone(), now), Ok(()));
    assert_eq!(own.spoil(opened.clone(), now), Ok(()));
    assert_eq!(own.cast(opened.clone(), now), Err(State::Spoilt));
    assert_eq!(own.cast(cast.clone(), now), Ok(()));
    assert_eq!(own.spoil(cast.clone(), now), Err(State::Last));
    assert_eq!(state(&own, &opened, now), Some(State::Spoilt));
    assert_eq!(state(&own, &cast, now), Some(State::Last));
}

#[test]
fn a_ballot_goes_when_its_time_has_passed_or_the_box_is_full() {
    let (own, now) = (PracticeBox::default(), Instant::now());
    let first = ballot("a", 0);
    assert_eq!(own.cast(first.clone(), now), Ok(()));
    let late = now + GOOD_FOR;
    assert!(state(&own, &first, late - Duration::from_secs(1)).is_some());
    assert_eq!(state(&own, &first, late), None);
    for nth in 0..=u32::try_from(MOST).unwrap_or(u32::MAX) {
        assert_eq!(own.cast(ballot("b", nth), late), Ok(()));
    }
    assert_eq!(state(&own, &ballot("b", 0), late), None);
    assert_eq!(state(&own, &ballot("b", 1), late), Some(State::Replaced));
}
