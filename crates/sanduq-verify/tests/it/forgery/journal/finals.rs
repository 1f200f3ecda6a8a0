//! Results that are called final and are not: certified alone, too early, of other totals, or acted
//! on afterwards.

use crate::folder::judged;
use crate::folder::public;
use crate::folder::sealed;
use crate::folder::told;
use crate::forgery::journal::Result;
use crate::forgery::journal::Rewriting;
use crate::forgery::journal::certified;
use crate::forgery::journal::proposed;
use crate::forgery::journal::rewritten;
use crate::forgery::journal::said;
use crate::forgery::journal::set;
use crate::forgery::journal::signed;
use crate::forgery::journal::totals;
use crate::forgery::journal::tried;
use sanduq_core::act::Act;
use sanduq_core::act::Entry;
use sanduq_core::act::Organ;

const CERTIFIED: &str = "results.certified";

fn whole(digest: &str) -> Result<'_> {
    ("president", ["6", "6"], digest)
}

fn refused(e: &mut Vec<Entry>, contest: &str, by: &str) {
    let facts = [
        ("contest", contest),
        ("proposer", by),
        ("proposing_organ", "executive"),
        ("reason", "art. 9"),
    ];
    said(e, Act::ResultProposalRefused, Organ::Supervision, &facts);
}

/// A proposal on a sheet of the presidency.
fn disputed(e: &mut Vec<Entry>) {
    let facts = [
        ("contest", "president"),
        ("station", "d1-1"),
        ("version", "1"),
        ("outcome", "return"),
        ("ground", "art. 7"),
    ];
    said(e, Act::SheetProposed, Organ::Executive, &facts);
}

/// Certificates that do not hold.
pub const FINALS: [Rewriting; 17] = [
    ("one person", CERTIFIED, "(results.certified)", |s, e| {
        certified(e, whole(&totals(s, "president")), "board-1");
    }),
    (
        "one organ",
        "journal.organ",
        "(results.certified)",
        |s, e| {
            certified(e, whole(&totals(s, "president")), "board-2");
            e.last_mut().unwrap().organ = Organ::Executive;
        },
    ),
    (
        "proposed by the supervision",
        CERTIFIED,
        "(results.certified)",
        |s, e| {
            certified(e, whole(&totals(s, "president")), "board-2");
            set(e.last_mut().unwrap(), "proposing_organ", "supervision");
        },
    ),
    (
        "never proposed",
        CERTIFIED,
        "(results.certified)",
        |s, e| {
            signed(e, whole(&totals(s, "president")), "board-2");
        },
    ),
    (
        "proposed by another",
        CERTIFIED,
        "(results.certified)",
        |s, e| {
            let digest = totals(s, "president");
            proposed(e, whole(&digest), "board-3");
            signed(e, whole(&digest), "board-2");
        },
    ),
    (
        "signed after the refusal",
        CERTIFIED,
        "(results.certified)",
        |s, e| {
            let digest = totals(s, "president");
            proposed(e, whole(&digest), "board-2");
            refused(e, "president", "board-2");
            signed(e, whole(&digest), "board-2");
        },
    ),
    (
        "refused by who proposed",
        CERTIFIED,
        "(results.proposal_refused)",
        |s, e| {
            proposed(e, whole(&totals(s, "president")), "board-1");
            refused(e, "president", "board-1");
        },
    ),
    (
        "other totals",
        CERTIFIED,
        "totals/president.json",
        |s, e| {
            certified(e, whole(&totals(s, "question")), "board-2");
        },
    ),
    (
        "other totals than proposed",
        CERTIFIED,
        "(results.certified)",
        |s, e| {
            proposed(e, whole(&totals(s, "question")), "board-2");
            signed(e, whole(&totals(s, "president")), "board-2");
        },
    ),
    (
        "a sheet missing",
        CERTIFIED,
        "totals/council-d1.json",
        |s, e| {
            let digest = totals(s, "council-d1");
            certified(e, ("council-d1", ["2", "3"], &digest), "board-2");
        },
    ),
    (
        "a sheet more",
        CERTIFIED,
        "totals/council-d1.json",
        |s, e| {
            let digest = totals(s, "council-d1");
            certified(e, ("council-d1", ["3", "3"], &digest), "board-2");
        },
    ),
    ("under lock", CERTIFIED, "totals/council-d2.json", |s, e| {
        let digest = totals(s, "council-d2");
        certified(e, ("council-d2", ["3", "3"], &digest), "board-2");
    }),
    ("twice", CERTIFIED, "(results.certified)", |s, e| {
        let digest = totals(s, "president");
        certified(e, whole(&digest), "board-2");
        certified(e, whole(&digest), "board-2");
    }),
    (
        "while a proposal waits",
        CERTIFIED,
        "(results.certified)",
        |s, e| {
            disputed(e);
            certified(e, whole(&totals(s, "president")), "board-2");
        },
    ),
    (
        "a sheet acted on later",
        "results.final_changed",
        "(sheet.proposed)",
        |s, e| {
            certified(e, whole(&totals(s, "president")), "board-2");
            disputed(e);
        },
    ),
    (
        "published, and no act",
        CERTIFIED,
        "contest president",
        |s, e| {
            s.contests[0].certified = true;
            said(
                e,
                Act::StaffSuspended,
                Organ::Technical,
                &[("staff", "e-1")],
            );
        },
    ),
    (
        "an act, and not published",
        CERTIFIED,
        "contest president",
        |s, e| {
            certified(e, whole(&totals(s, "president")), "board-2");
            s.contests[0].certified = true;
        },
    ),
];

#[test]
fn a_result_that_is_called_final_and_is_not_is_named() {
    tried(&FINALS);
    let honest = rewritten(|s, e| {
        let digest = totals(s, "president");
        proposed(e, whole(&digest), "board-3");
        refused(e, "president", "board-3");
        certified(e, whole(&digest), "board-2");
    });
    assert!(honest.snapshot.contests[0].certified);
    let verified = judged(&sealed(&public(&honest), &honest, &honest.snapshot.id()));
    assert_eq!(told(&verified), [""; 0]);
}
