use super::*;
use crate::sheet::Countersign;
use crate::sheet::Decision;
use crate::sheet::Figures;
use crate::sheet::Keyed;
use crate::sheet::Outcome;
use crate::sheet::Proposal;
use jiff::Timestamp;
use sanduq_core::act::Actor;
use sanduq_core::act::Organ;
use sanduq_core::id::ActorId;

/// A sheet in every state.
fn states() -> [SheetState; 7] {
    let by = Actor {
        id: ActorId::new("E-1").unwrap(),
        organ: Organ::Executive,
    };
    let at = Timestamp::UNIX_EPOCH;
    let figures = Figures::default();
    let keyed = Keyed {
        by: by.clone(),
        at,
        figures: figures.clone(),
    };
    let decision = Decision {
        proposal: Proposal {
            outcome: Outcome::Return,
            ground: String::new(),
            by: by.clone(),
            at,
        },
        countersign: Countersign::Signed(by),
        at,
    };
    [
        SheetState::Received,
        SheetState::FirstEntered {
            first: keyed.clone(),
        },
        SheetState::Differing {
            first: keyed.clone(),
            second: keyed,
        },
        SheetState::Quarantined {
            figures: figures.clone(),
            findings: Vec::new(),
            proposal: None,
        },
        SheetState::Accepted {
            figures: figures.clone(),
            findings: Vec::new(),
            decision: None,
            proposal: None,
        },
        SheetState::Returned {
            decision: decision.clone(),
        },
        SheetState::Superseded { figures, decision },
    ]
}

#[test]
fn every_sheet_has_its_own_case() {
    for state in &states() {
        let code = state.code();
        let [locked, released] = match code {
            "accepted" => [Known::CountedWithout, Known::PublishedWithout],
            "returned" | "superseded" => [Known::EndedWithout; 2],
            _ => [Known::NotYet; 2],
        };
        for (is_released, images, known) in [
            (false, 0, locked),
            (true, 0, released),
            (false, 2, Known::Withheld(2)),
            (true, 2, Known::Shown),
        ] {
            assert_eq!(Known::of(Some(state), is_released, images), known, "{code}");
        }
    }
    for released in [false, true] {
        assert_eq!(Known::of(None, released, 0), Known::NoSheet);
    }
}
