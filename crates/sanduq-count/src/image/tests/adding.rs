//! Who adds what to which version, and which refusals there are.

use super::super::*;
use super::jpeg;
use super::png;
use crate::sheet;
use crate::sheet::Countersign;
use crate::sheet::Day;
use crate::sheet::Decision;
use crate::sheet::Figures;
use crate::sheet::Proposal;
use sanduq_core::act::Organ;
use sanduq_core::id::ActorId;
use sanduq_core::id::ContestCode;
use sanduq_core::id::UnitCode;
use sanduq_core::refusal::Refusal;

fn key(station: &str) -> SheetKey {
    SheetKey {
        contest: ContestCode::new("president").unwrap(),
        station: UnitCode::new(station).unwrap(),
    }
}

fn somebody(organ: Organ) -> Actor {
    Actor {
        id: ActorId::new("head-1").unwrap(),
        organ,
    }
}

fn received(at: Timestamp) -> Sheet {
    let day = Day::Closed(at);
    sheet::receive(
        None,
        (&key("s1"), &sheet::Salts::new(&[7; 32])),
        day,
        &somebody(Organ::Executive),
        at,
    )
    .unwrap()
    .next
}

/// A sheet in a state that has figures.
fn settled(accepted: bool, at: Timestamp) -> Sheet {
    let (figures, findings, proposal) = (Figures::default(), Vec::new(), None);
    let state = match accepted {
        true => SheetState::Accepted {
            figures,
            findings,
            decision: None,
            proposal,
        },
        false => SheetState::Quarantined {
            figures,
            findings,
            proposal,
        },
    };
    Sheet {
        state,
        ..received(at)
    }
}

#[test]
fn who_adds_what_to_which_version() {
    let at: Timestamp = "2027-03-05T21:00:00Z".parse().unwrap();
    let file = clean(&jpeg(900, 900, &[])).unwrap().file;
    let open = &received(at);
    let (counts, held) = (&settled(true, at), &settled(false, at));
    let (own, other) = (&key("s1"), &key("s2"));
    let (board, wrong) = (Organ::Executive, "image.wrong_organ");
    for (name, (sheet, pages, holder), organ, told) in [
        ("the first", (Some(open), 0, None), board, "page 1"),
        ("a further one", (Some(open), 3, None), board, "page 4"),
        ("the last", (Some(open), 7, None), board, "page 8"),
        ("held back", (Some(held), 0, None), board, "page 1"),
        ("sent twice", (Some(open), 1, Some(own)), board, "there"),
        ("twice, late", (Some(counts), 1, Some(own)), board, "there"),
        ("no sheet", (None, 0, None), board, "image.no_sheet"),
        ("operators", (Some(open), 0, None), Organ::Technical, wrong),
        ("watchers", (Some(open), 0, None), Organ::Supervision, wrong),
        (
            "of another",
            (Some(open), 0, Some(other)),
            board,
            "image.of_another_sheet",
        ),
        ("counts", (Some(counts), 0, None), board, "image.settled"),
        (
            "one too many",
            (Some(open), 8, None),
            board,
            "image.too_many_pages",
        ),
    ] {
        let by = somebody(organ);
        let done = add(sheet, (pages, holder), &file, (&by, at, Taken::Station));
        let done = match done {
            Ok(Some(change)) => format!("page {}", change.next.page),
            Ok(None) => "there".to_owned(),
            Err(no) => no.code().to_owned(),
        };
        assert_eq!(done, told, "{name}");
    }
}

#[test]
fn the_entry_tells_everything_but_the_picture() {
    let at: Timestamp = "2027-03-05T21:00:00Z".parse().unwrap();
    let file = clean(&png(900, 1000, &[])).unwrap().file;
    let by = somebody(Organ::Executive);
    let change = add(
        Some(&received(at)),
        (1, None),
        &file,
        (&by, at, Taken::Centre),
    );
    let change = change.unwrap().unwrap();
    let facts: Vec<(&str, &str)> = change
        .entry
        .facts
        .iter()
        .map(|(key, value)| (key.as_ref(), value.as_str()))
        .collect();
    let size = file.size.to_string();
    let told = [
        ("contest", "president"),
        ("digest", file.digest.as_str()),
        ("kind", "png"),
        ("page", "2"),
        ("size", size.as_str()),
        ("station", "s1"),
        ("taken", "centre"),
        ("version", "1"),
    ];
    assert_eq!(facts, told);
    assert_eq!(change.entry.act, "sheet.imaged");
}

#[test]
fn every_state_that_a_sheet_can_have_is_decided_on() {
    for (state, open) in [
        ("received", true),
        ("first_entered", true),
        ("differing", true),
        ("quarantined", true),
        ("accepted", false),
        ("returned", false),
        ("superseded", false),
        ("awaited", false),
    ] {
        assert_eq!(takes(state), open, "{state}");
    }
}

#[test]
fn a_paper_that_is_read_again_keeps_its_images() {
    let at: Timestamp = "2027-03-05T21:00:00Z".parse().unwrap();
    let open = received(at).state;
    let decision = |outcome| Decision {
        proposal: Proposal {
            by: somebody(Organ::Executive),
            at,
            outcome,
            ground: "article 61".to_owned(),
        },
        countersign: Countersign::Signed(somebody(Organ::Supervision)),
        at,
    };
    let superseded = |outcome| SheetState::Superseded {
        figures: Figures::default(),
        decision: decision(outcome),
    };
    let again = superseded(Outcome::Correct(sheet::Correction {
        figures: Figures::default(),
        salt: sheet::Salt::WITHHELD,
    }));
    let anew = superseded(Outcome::Return);
    let returned = SheetState::Returned {
        decision: decision(Outcome::Return),
    };
    for (states, first) in [
        (vec![], None),
        (vec![open.clone()], Some(1)),
        (vec![again.clone(), open.clone()], Some(1)),
        (vec![again.clone(), again.clone(), open.clone()], Some(1)),
        (vec![anew.clone(), open.clone()], Some(2)),
        (vec![returned.clone(), open.clone()], Some(2)),
        (vec![again.clone(), returned, again, open], Some(3)),
    ] {
        let version = |(version, state)| Sheet {
            key: key("s1"),
            version,
            salt: sheet::Salt::WITHHELD,
            state,
        };
        let versions: Vec<Sheet> = (1..).zip(states).map(version).collect();
        let own = of_one_paper(&versions);
        assert_eq!(
            own.first().map(|sheet| sheet.version),
            first,
            "{versions:?}"
        );
        assert_eq!(own.last(), versions.last());
    }
}

#[test]
fn every_refusal_has_its_code_and_says_what_to_do() {
    use ImageRefusal as No;
    for (no, code, says) in [
        (No::Empty, "image.empty", "choose"),
        (No::TooLong, "image.too_long", "6 MiB"),
        (No::NotAnImage, "image.not_an_image", "photograph"),
        (No::Damaged, "image.damaged", "again"),
        (No::TooSmall(1, 2), "image.too_small", "800"),
        (No::TooLarge(1, 2), "image.too_large", "8200"),
        (No::NoSheet, "image.no_sheet", "figures first"),
        (No::WrongOrgan(Organ::Audit), "image.wrong_organ", "audit"),
        (No::OtherSheet, "image.of_another_sheet", "this paper"),
        (No::Settled("accepted"), "image.settled", "next version"),
        (No::TooManyPages, "image.too_many_pages", "8 images"),
    ] {
        assert_eq!(no.code(), code);
        assert!(no.to_string().contains(says), "{no}");
    }
}
