//! The parts of the pages on how the election is run, in every state.

use super::Example;
use super::Group;
use super::example;
use crate::component::html;
use crate::journal::Line;
use crate::law::Text;
use crate::page::Page;
use crate::process::Card;
use crate::two_persons::List;
use crate::two_persons::Pair;
use crate::two_persons::Part;
use crate::two_persons::State;
use jiff::Timestamp;
use sanduq_core::act::Act;
use sanduq_core::act::Actor;
use sanduq_core::act::Entry;
use sanduq_core::act::Organ;
use sanduq_core::id::ActorId;
use sanduq_operations::process::PROCESSES;
use sanduq_operations::process::Seen;
use sanduq_operations::process::standing;

/// The groups of these pages.
pub fn groups(page: &Page) -> Vec<Group> {
    vec![processes(page), pairs(page), texts(page)]
}

fn entry(act: Act) -> Entry {
    let actor = Actor {
        id: ActorId::new("E-0007").expect("the numbers of examples are codes"),
        organ: act.organs()[0],
    };
    Entry::new(act, &actor, Timestamp::UNIX_EPOCH)
}

/// Not in the program, not begun, under way, done; whole and in part.
fn processes(page: &Page) -> Group {
    let mut seen = Seen::default();
    let acts = [
        entry(Act::EventCalled),
        entry(Act::LawAdopted),
        entry(Act::CandidatesAdopted).with("contest", "president"),
        entry(Act::CandidatesAdopted).with("contest", "assembly-1"),
        entry(Act::StationsOpened),
        entry(Act::CandidateFiguresReleased).with("contest", "president"),
    ];
    for (index, entry) in (0..).zip(&acts) {
        seen.entry(index, entry);
    }
    let card = |number: usize| {
        let process = &PROCESSES[number - 1];
        let card = Card {
            page,
            process,
            standing: standing(process, &seen),
        };
        format!("<ol class=\"processes\">{}</ol>", html(&card))
    };
    let example = |state, number| Example {
        state,
        html: card(number),
    };
    Group {
        code: "processes",
        title: "process-title",
        examples: vec![
            example("process-state-elsewhere", 7),
            example("process-state-not-begun", 20),
            example("process-state-under-way", 15),
            example("process-state-done", 1),
            example("process-part", 9),
        ],
    }
}

fn pairs(page: &Page) -> Group {
    let part = |number: &str, organ: Organ| Part {
        number: number.to_owned(),
        organ: organ.code().to_owned(),
        at: Some(Timestamp::UNIX_EPOCH),
        entry: Some(7),
    };
    let pair = |state: State| Pair {
        state,
        outcome: "accept".to_owned(),
        staff: None,
        contest: "president".to_owned(),
        station: Some("1-1-1-1".to_owned()),
        ground: "71".to_owned(),
        reason: match state {
            State::Refused | State::Recorded => "71".to_owned(),
            State::Waiting | State::Withdrawn | State::Void | State::Approved => String::new(),
        },
        proposed: part("E-0007", Organ::Executive),
        answered: (!matches!(state, State::Waiting | State::Void))
            .then(|| part("S-0003", Organ::Supervision)),
    };
    let all = State::ALL.map(pair);
    let list = |state, pairs: Vec<&Pair>| Example {
        state,
        html: html(&List { page, pairs }),
    };
    let mut examples = vec![list("components-empty", Vec::new())];
    let states = [
        "two-waiting",
        "two-refused",
        "two-recorded",
        "two-withdrawn",
        "two-void",
        "two-approved",
    ];
    for (state, pair) in states.into_iter().zip(&all) {
        examples.push(list(state, vec![pair]));
    }
    Group {
        code: "pairs",
        title: "two-title",
        examples,
    }
}

/// Adopted as it stands, adopted otherwise, not adopted.
fn texts(page: &Page) -> Group {
    let line = Line {
        index: 7,
        entry: entry(Act::LawAdopted),
    };
    let text = |adopted| Text {
        page,
        href: "#g-law".to_owned(),
        digest: "9f86d081884c7d659a2feaa0c55ad015".to_owned(),
        adopted,
    };
    Group {
        code: "law",
        title: "law-title",
        examples: vec![
            example("components-complete", &text(Some((&line, true)))),
            example("components-failed-title", &text(Some((&line, false)))),
            example("components-empty", &text(None)),
        ],
    }
}
