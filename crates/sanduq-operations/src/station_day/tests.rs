//! Each refusal has its row, and the day goes forward only.

use super::*;
use StationDayRefusal as No;

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(second).unwrap()
}

fn good() -> Opening {
    Opening {
        head_present: true,
        ballots: 500,
        box_sealed: true,
        seals: vec!["A-17".to_owned(), "٤٥٦".to_owned()],
        agents: 4,
    }
}

fn queue(issued: u32, settled: &[(u32, Fate)]) -> Queue {
    Queue {
        at: at(200),
        issued,
        settled: settled.iter().copied().collect(),
    }
}

fn in_line(issued: u32, settled: &[(u32, Fate)]) -> StationState {
    StationState::Queue {
        opened: at(100),
        queue: queue(issued, settled),
    }
}

fn closed(queue: Option<Queue>) -> StationState {
    StationState::Closed {
        opened: at(100),
        closed: at(300),
        queue,
    }
}

fn seals(seals: &[&str]) -> Opening {
    Opening {
        seals: seals.iter().map(|seal| (*seal).to_owned()).collect(),
        ..good()
    }
}

fn without(change: fn(&mut Opening)) -> Opening {
    let mut record = good();
    change(&mut record);
    record
}

#[test]
fn a_station_opens_once_in_order() {
    let open_now = StationState::Open(at(100));
    use StationState::Ready;
    for (state, record, when, answer) in [
        (Ready, good(), 100, Ok(open_now.clone())),
        (open_now.clone(), good(), 100, Err(No::AlreadyOpened)),
        (in_line(2, &[]), good(), 100, Err(No::AlreadyOpened)),
        (closed(None), good(), 100, Err(No::AlreadyOpened)),
        (Ready, good(), 99, Err(No::TooEarly)),
        (
            Ready,
            without(|own| own.head_present = false),
            100,
            Err(No::NoHead),
        ),
        (
            Ready,
            without(|own| own.box_sealed = false),
            100,
            Err(No::BoxNotSealed),
        ),
        (Ready, seals(&[]), 100, Err(No::NoSeals)),
        (Ready, seals(&["17", ""]), 100, Err(No::SealUnreadable)),
        (Ready, seals(&["17", "17"]), 100, Err(No::SealUnreadable)),
        (Ready, seals(&["1<7"]), 100, Err(No::SealUnreadable)),
        (
            Ready,
            seals(&["1234567890123456789012345"]),
            100,
            Err(No::SealUnreadable),
        ),
        (
            Ready,
            without(|own| own.ballots = 0),
            100,
            Err(No::NoBallots),
        ),
        (Ready, without(|own| own.agents = 0), 100, Ok(open_now)),
    ] {
        assert_eq!(
            open(&state, &record, at(100), at(when)),
            answer,
            "{record:?}"
        );
    }
}

#[test]
fn whoever_stands_in_line_is_counted_once_and_not_early() {
    let open_now = StationState::Open(at(100));
    for (state, waiting, when, answer) in [
        (open_now.clone(), 200, 200, Ok(in_line(200, &[]))),
        (open_now.clone(), 200, 199, Err(No::BeforeClosing)),
        (open_now.clone(), 0, 200, Err(No::NobodyWaits)),
        (open_now.clone(), 500, 200, Ok(in_line(500, &[]))),
        (open_now, 501, 200, Err(No::MoreThanBallots)),
        (StationState::Ready, 3, 200, Err(No::NotOpen)),
        (in_line(3, &[]), 4, 200, Err(No::AlreadyCounted)),
        (closed(None), 3, 200, Err(No::NotOpen)),
    ] {
        let told = count_queue(&state, waiting, (at(200), 500), at(when));
        assert_eq!(told, answer, "{state:?} {waiting} {when}");
    }
}

#[test]
fn exactly_the_tokens_that_were_issued_are_used_each_once() {
    use Fate::Used;
    use Fate::Void;
    let one_used = in_line(3, &[(2, Used)]);
    for (state, tokens, fate, answer) in [
        (in_line(3, &[]), 2..=2, Used, Ok(one_used.clone())),
        (
            one_used.clone(),
            3..=3,
            Void,
            Ok(in_line(3, &[(2, Used), (3, Void)])),
        ),
        (
            in_line(3, &[]),
            1..=3,
            Used,
            Ok(in_line(3, &[(1, Used), (2, Used), (3, Used)])),
        ),
        (one_used.clone(), 2..=2, Used, Err(No::TokenSettled)),
        (one_used.clone(), 1..=3, Void, Err(No::TokenSettled)),
        (one_used.clone(), 4..=4, Used, Err(No::NoSuchToken)),
        (one_used.clone(), 3..=4, Used, Err(No::NoSuchToken)),
        (one_used.clone(), 0..=1, Used, Err(No::NoSuchToken)),
        #[expect(
            clippy::reversed_empty_ranges,
            reason = "what a slip of the fingers sends"
        )]
        (one_used, 3..=1, Used, Err(No::NoSuchToken)),
        (StationState::Open(at(100)), 1..=1, Used, Err(No::NoQueue)),
        (StationState::Ready, 1..=1, Used, Err(No::NoQueue)),
        (
            closed(Some(queue(1, &[(1, Used)]))),
            1..=1,
            Used,
            Err(No::NoQueue),
        ),
    ] {
        let told = settle(&state, tokens.clone(), fate);
        assert_eq!(told, answer, "{state:?} {tokens:?}");
    }
}

#[test]
fn a_station_closes_once_and_not_early_and_not_before_its_line() {
    use Fate::Used;
    use Fate::Void;
    let all = [(1, Used), (2, Void)];
    for (state, when, answer) in [
        (StationState::Open(at(100)), 300, Ok(closed(None))),
        (StationState::Open(at(100)), 199, Err(No::BeforeClosing)),
        (StationState::Ready, 300, Err(No::NotOpen)),
        (closed(None), 300, Err(No::NotOpen)),
        (in_line(2, &[]), 300, Err(No::TokensWait)),
        (in_line(2, &[(1, Used)]), 300, Err(No::TokensWait)),
        (in_line(2, &all), 300, Ok(closed(Some(queue(2, &all))))),
    ] {
        assert_eq!(close(&state, at(200), at(when)), answer, "{state:?} {when}");
    }
}
