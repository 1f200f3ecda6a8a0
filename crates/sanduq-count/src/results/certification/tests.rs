//! What may be certified and by whom: a row for each no, and the row that passes all of them.

use super::*;
use crate::results::Final;
use crate::results::Partial;
use crate::results::tests::accepted;
use crate::results::tests::actor;
use crate::results::tests::at;
use crate::results::tests::contest;
use crate::results::tests::figures;
use crate::results::tests::form;
use crate::results::tests::geography;
use crate::results::tests::sheet;
use crate::sheet::Countersign;
use crate::sheet::Decision;
use crate::sheet::Outcome;
use crate::sheet::Proposal;
use sanduq_core::refusal::Refusal;

fn proposal() -> Proposal {
    Proposal {
        by: actor("e", Organ::Executive),
        at: at(1),
        outcome: Outcome::Return,
        ground: "art. 7".into(),
    }
}

fn returned() -> SheetState {
    SheetState::Returned {
        decision: Decision {
            proposal: proposal(),
            countersign: Countersign::Signed(actor("s", Organ::Supervision)),
            at: at(2),
        },
    }
}

fn held() -> SheetState {
    SheetState::Quarantined {
        figures: figures(9, 3, 3),
        findings: Vec::new(),
        proposal: None,
    }
}

/// An accepted sheet that one organ wants out of the totals.
fn disputed(station: &str) -> Sheet {
    let state = SheetState::Accepted {
        figures: figures(9, 3, 2),
        findings: Vec::new(),
        decision: None,
        proposal: Some(proposal()),
    };
    sheet(station, 1, state)
}

fn whole() -> [Sheet; 2] {
    ["n-0-0", "n-0-1"].map(|station| accepted(station, 1, figures(9, 3, 2)))
}

/// Of a province of two stations; the code of the refusal, or nothing.
fn tried(sheets: &[Sheet], released: bool, certified: bool) -> String {
    let contest = contest("n");
    let release = released.then(|| Release::read(&contest.code));
    let state = (release.as_ref(), certified);
    match certifiable(&geography(1, 2), (&form(), &contest), state, sheets) {
        Ok(_) => String::new(),
        Err(no) => format!("{} {no}", no.code()),
    }
}

#[test]
fn nothing_is_certified_while_a_sheet_is_missing_or_waits() {
    let [one, two] = whole();
    let first = |state| [sheet("n-0-0", 1, state), two.clone()];
    let again = |state| {
        let later = sheet("n-0-0", 2, state);
        [one.clone(), later, two.clone()]
    };
    let counted = |state| {
        let later = accepted("n-0-0", 2, figures(9, 3, 2));
        [sheet("n-0-0", 1, state), later, two.clone()]
    };
    for (sheets, expected) in [
        (&whole()[..], ""),
        // An earlier version that both organs have set aside is in nobody's way.
        (&counted(held())[..], ""),
        (&counted(returned())[..], ""),
        (&again(returned())[..], ""),
        (&[one.clone()][..], "results.sheet_missing n-0-1"),
        (&[two.clone()][..], "results.sheet_missing n-0-0"),
        (&first(returned())[..], "results.sheet_missing n-0-0"),
        (
            &first(SheetState::Received)[..],
            "results.sheet_waits n-0-0",
        ),
        (&first(held())[..], "results.sheet_waits n-0-0"),
        (&again(held())[..], "results.sheet_waits n-0-0"),
        (
            &again(SheetState::Received)[..],
            "results.sheet_waits n-0-0",
        ),
        (
            &[one.clone(), disputed("n-0-1")][..],
            "results.sheet_waits n-0-1",
        ),
        (
            &[disputed("n-0-0"), sheet("n-0-1", 1, held())][..],
            "results.sheet_waits n-0-0",
        ),
        // Who is asked first: what waits may yet come in.
        (
            &[sheet("n-0-1", 1, SheetState::Received)][..],
            "results.sheet_waits n-0-1",
        ),
    ] {
        let told = tried(sheets, true, false);
        let (code, station) = expected.split_once(' ').unwrap_or_default();
        assert!(
            told.starts_with(code) && told.contains(station) && told.is_empty() == code.is_empty(),
            "{expected}: {told}"
        );
    }
    assert!(tried(&whole(), false, false).starts_with("results.not_released"));
    assert!(tried(&[], true, true).starts_with("results.final"));
}

fn preliminary(sheets: &[Sheet]) -> Preliminary {
    let contest = contest("n");
    let release = Release::read(&contest.code);
    let state = (Some(&release), false);
    certifiable(&geography(1, 2), (&form(), &contest), state, sheets).unwrap()
}

#[test]
fn the_executive_proposes_what_it_has_read_and_once() {
    let (geography, result) = (geography(1, 2), preliminary(&whole()));
    let digest = result.digest(&geography);
    let board = actor("e", Organ::Executive);
    let made = result.propose(&geography, (&digest, None), (&board, at(8)));
    let made = made.unwrap();
    assert_eq!(made.entry.act, "results.proposed");
    let facts = ["contest", "counted", "stations"].map(|key| made.entry.facts[key].as_str());
    assert_eq!(facts, ["c", "2", "2"]);
    assert_eq!(made.entry.facts["digest"], digest);
    let mut earlier = made.next.clone();
    earlier.digest = "0".repeat(64);
    let supervision = actor("s", Organ::Supervision);
    for (read, waiting, by, code) in [
        (&digest, None, &supervision, "results.signatures"),
        (&earlier.digest, None, &board, "results.changed"),
        (
            &digest,
            Some(&made.next),
            &board,
            "results.already_proposed",
        ),
    ] {
        let refused = result.propose(&geography, (read, waiting), (by, at(9)));
        assert_eq!(refused.unwrap_err().code(), code);
    }
    // What was proposed of other totals gives way.
    let anew = result.propose(&geography, (&digest, Some(&earlier)), (&board, at(9)));
    assert_eq!(anew.unwrap().next.at, at(9));
}

#[test]
fn two_persons_of_the_two_organs_certify_the_totals_that_both_have_read() {
    let (geography, result) = (geography(1, 2), preliminary(&whole()));
    let digest = result.digest(&geography);
    let board = actor("e", Organ::Executive);
    let made = result.propose(&geography, (&digest, None), (&board, at(8)));
    let proposed = made.unwrap().next;
    let supervision = actor("s", Organ::Supervision);
    for by in [
        &board,
        &actor("x", Organ::Executive),
        &actor("e", Organ::Supervision),
        &actor("j", Organ::Judiciary),
    ] {
        let refused = result
            .clone()
            .certify(&geography, (&digest, &proposed), (by, at(9)));
        assert_eq!(refused.unwrap_err().code(), "results.signatures");
        let refused = proposed.refuse("art. 9", (by, at(9))).unwrap_err();
        assert_eq!(refused.code(), "results.signatures");
    }
    let mut forged = proposed.clone();
    forged.by.organ = Organ::Technical;
    let refused = result
        .clone()
        .certify(&geography, (&digest, &forged), (&supervision, at(9)));
    assert_eq!(refused.unwrap_err().code(), "results.signatures");
    // Two votes went from one choice to the other meanwhile.
    let other = preliminary(&[
        accepted("n-0-0", 2, figures(9, 1, 4)),
        accepted("n-0-1", 1, figures(9, 3, 2)),
    ]);
    let now = other.digest(&geography);
    for (result, read) in [(&other, &digest), (&other, &now), (&result, &now)] {
        let refused = result
            .clone()
            .certify(&geography, (read, &proposed), (&supervision, at(9)));
        assert_eq!(refused.unwrap_err().code(), "results.changed");
    }
    let change = result.certify(&geography, (&digest, &proposed), (&supervision, at(9)));
    let change = change.unwrap();
    assert_eq!(change.next.figures().whole().counted, 2);
    assert_eq!((Partial::LABEL, Final::LABEL), ("partial", "final"));
    assert_eq!(change.entry.facts["digest"], digest);
    assert_eq!(change.entry.facts["proposer"], "e");
}

#[test]
fn a_refusal_has_a_reason_that_the_journal_keeps() {
    let (geography, result) = (geography(1, 2), preliminary(&whole()));
    let digest = result.digest(&geography);
    let board = actor("e", Organ::Executive);
    let made = result.propose(&geography, (&digest, None), (&board, at(8)));
    let proposed = made.unwrap().next;
    let supervision = actor("s", Organ::Supervision);
    for (reason, code) in [(" ", "results.no_reason"), ("a\u{202e}b", "text.sign")] {
        let refused = proposed.refuse(reason, (&supervision, at(9))).unwrap_err();
        assert_eq!(refused.code(), code);
    }
    let entry = proposed.refuse(" art. 9 ", (&supervision, at(9))).unwrap();
    assert_eq!(entry.act, "results.proposal_refused");
    assert_eq!(entry.facts["reason"], "art. 9");
}

#[test]
fn the_digest_is_of_every_unit_and_every_figure() {
    let (geography, sheets) = (geography(1, 2), whole());
    let [one, two] = &sheets;
    let digest = preliminary(&sheets).digest(&geography);
    let mut swapped = one.clone();
    swapped.key.station = two.key.station.clone();
    let mut moved = [two.clone(), swapped];
    moved[0].key.station = one.key.station.clone();
    // The same figures at the same stations, whichever sheet they came on.
    assert_eq!(preliminary(&moved).digest(&geography), digest);
    let uneven = [
        accepted("n-0-0", 1, figures(9, 4, 2)),
        accepted("n-0-1", 1, figures(9, 2, 2)),
    ];
    let turned = [
        accepted("n-0-0", 1, figures(9, 2, 2)),
        accepted("n-0-1", 1, figures(9, 4, 2)),
    ];
    // The same sums above: the stations tell them apart.
    let [uneven, turned] = [uneven, turned].map(|all| preliminary(&all).digest(&geography));
    assert_ne!(uneven, turned);
    let text = "n 2 2 18 10 6 4\nn-0 2 2 18 10 6 4\nn-0-0 1 1 9 5 3 2\nn-0-1 1 1 9 5 3 2\n";
    assert_eq!(
        digest,
        hex(super::digest(&SHA256, text.as_bytes()).as_ref())
    );
}
