use crate::events::Course;
use crate::events::Event;
use crate::events::EventKind;
use crate::hash::Hash;
use crate::json::Canonical;
use crate::refusal::Refusal;

/// Longest sequence of events that is tried.
const LENGTH: usize = 8;

/// The grammar written a second time, over letters: S B* E T D+ R, or S B* E T H+ X D+ R.
fn is_election(word: &str, shuffled: bool) -> bool {
    let Some(rest) = word.strip_prefix('S') else {
        return false;
    };
    let Some(rest) = rest.trim_start_matches('B').strip_prefix("ET") else {
        return false;
    };
    let rest = if shuffled {
        let Some(rest) = rest.strip_prefix('H') else {
            return false;
        };
        match rest.trim_start_matches('H').strip_prefix('X') {
            Some(rest) => rest,
            None => return false,
        }
    } else {
        rest
    };
    rest.strip_prefix('D')
        .is_some_and(|rest| rest.trim_start_matches('D') == "R")
}

fn letter(kind: EventKind) -> char {
    match kind {
        EventKind::Setup => 'S',
        EventKind::Ballot => 'B',
        EventKind::EndBallots => 'E',
        EventKind::EncryptedTally => 'T',
        EventKind::Shuffle => 'H',
        EventKind::EndShuffles => 'X',
        EventKind::PartialDecryption => 'D',
        EventKind::Result => 'R',
    }
}

/// Walks every sequence of events that begins so, and counts those that are taken.
fn walk(course: &Course, word: &mut String, refused: bool, shuffled: bool) -> usize {
    let accepted = !refused && course.is_finished();
    assert_eq!(accepted, is_election(word, shuffled), "{word}");
    let mut count = usize::from(accepted);
    if word.len() == LENGTH {
        return count;
    }
    for kind in EventKind::ALL {
        let mut after = *course;
        let height = u64::try_from(word.len()).expect("a short word");
        let event = Event {
            parent: height.checked_sub(1).map(|_| Hash([7; 32])),
            height,
            kind,
            payload: (kind.objects() > 0).then_some(Hash([8; 32])),
        };
        let refusals = after.take(&event, Hash([7; 32]));
        word.push(letter(kind));
        count += walk(&after, word, refused || !refusals.is_empty(), shuffled);
        word.pop();
    }
    count
}

#[test]
fn every_sequence_of_eight_events_is_an_election_or_refused() {
    for (shuffled, elections) in [(false, 10), (true, 4)] {
        let mut course = Course::new();
        course.set_shuffled(shuffled);
        let count = walk(&course, &mut String::new(), false, shuffled);
        assert_eq!(count, elections, "{shuffled}");
    }
}

/// What is changed in an event, and what is said of it.
type Change = (fn(&mut Event), &'static [Refusal]);

#[test]
fn an_event_names_the_one_before_it() {
    let first = Event {
        parent: None,
        height: 0,
        kind: EventKind::Setup,
        payload: Some(Hash([1; 32])),
    };
    let own = Hash::of(first.to_text().as_bytes());
    let second = Event {
        parent: Some(own),
        height: 1,
        kind: EventKind::EndBallots,
        payload: None,
    };
    let table: [Change; 7] = [
        (|_| {}, &[]),
        (|event| event.parent = None, &[Refusal::Chain]),
        (
            |event| event.parent = Some(Hash([2; 32])),
            &[Refusal::Chain],
        ),
        (|event| event.height = 2, &[Refusal::Height]),
        (
            |event| event.payload = Some(Hash([2; 32])),
            &[Refusal::Payload],
        ),
        (|event| event.kind = EventKind::Ballot, &[Refusal::Payload]),
        (
            |event| event.kind = EventKind::EndShuffles,
            &[Refusal::Order],
        ),
    ];
    for (change, refusals) in table {
        let mut event = second;
        change(&mut event);
        let mut course = Course::new();
        assert_eq!(course.take(&first, own), []);
        assert_eq!(course.take(&event, Hash([3; 32])), refusals, "{event:?}");
        assert_eq!(Event::from_bytes(event.to_text().as_bytes()), Ok(event));
    }
}
