//! Results that are called final and are not: certified alone, too early, of other totals, or acted
//! on afterwards.

use crate::folder::judged;
use crate::folder::public;
use crate::folder::sealed;
use crate::folder::told;
use crate::forgery::journal::Result;
use crate::forgery::journal::Rewriting;
use crate::forgery::journal::certified;
use crate::forgery::journal::nth;
use crate::forgery::journal::proposed;
use crate::forgery::journal::rewritten;
use crate::forgery::journal::said;
use crate::forgery::journal::set;
use crate::forgery::journal::signed;
use crate::forgery::journal::totals;
use crate::forgery::journal::tried;
use crate::nation::actor;
use crate::nation::figures;
use sanduq_core::act::Act;
use sanduq_core::act::Entry;
use sanduq_core::act::Organ;
use sanduq_core::law::SecondSignature;
use sanduq_count::publication::Snapshot;
use sanduq_count::sheet::Answer;
use sanduq_count::sheet::Day;
use sanduq_count::sheet::Outcome;
use sanduq_count::sheet::Paper;
use sanduq_count::sheet::Salts;
use sanduq_count::sheet::Sheet;
use sanduq_count::sheet::countersign;
use sanduq_count::sheet::first_entry;
use sanduq_count::sheet::propose;
use sanduq_count::sheet::receive;
use sanduq_count::sheet::second_entry;

const CERTIFIED: &str = "results.certified";
const EARLY: &str = "results.certified_early";
const STALE: &str = "results.certified_stale";
const FINAL_CHANGED: &str = "results.final_changed";

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

/// Where the lock of the presidency was lifted.
fn released(e: &[Entry]) -> usize {
    let own = |entry: &Entry| {
        let contest = entry.facts.get("contest").map(String::as_str);
        entry.act == Act::CandidateFiguresReleased.code() && contest == Some("president")
    };
    e.iter().position(own).unwrap()
}

/// Acts on the sheet of the presidency at d1-1, at the end of the journal; says how many.
type Acts = fn(&mut Snapshot, &mut Vec<Entry>) -> usize;

/// The acts as they would come, taken out again.
fn acts_of(s: &mut Snapshot, e: &mut Vec<Entry>, acts: Acts) -> Vec<Entry> {
    let made = acts(s, e);
    e.split_off(e.len() - made)
}

/// The sheet is acted on between the proposal and the signature, and both name the totals that come
/// of it.
fn between(s: &mut Snapshot, e: &mut Vec<Entry>, acts: Acts) {
    let made = acts_of(s, e, acts);
    let digest = totals(s, "president");
    proposed(e, whole(&digest), "board-2");
    e.extend(made);
    signed(e, whole(&digest), "board-2");
}

/// The sheet is acted on when all is signed; the certificate names the totals that come of it.
fn after(s: &mut Snapshot, e: &mut Vec<Entry>, acts: Acts) {
    let made = acts_of(s, e, acts);
    certified(e, whole(&totals(s, "president")), "board-2");
    e.extend(made);
}

/// Its acceptance comes late.
fn accepted_late(_: &mut Snapshot, e: &mut Vec<Entry>) -> usize {
    let mut accepted = e.remove(nth(e, Act::SheetAccepted, "president", "d1-1"));
    accepted.at = e.last().unwrap().at;
    e.push(accepted);
    1
}

/// One vote went to another choice.
fn read_again(sheet: &Sheet) -> Outcome {
    let read = figures(&[119, 91, 40], 6, 4);
    Outcome::Correct(Salts::new(&[9; 32]).correction(sheet, read))
}

/// Both organs read it again.
fn corrected(s: &mut Snapshot, e: &mut Vec<Entry>) -> usize {
    decided(s, e, (read_again, Answer::Sign))
}

/// What one organ proposes, the other refuses.
fn left(s: &mut Snapshot, e: &mut Vec<Entry>) -> usize {
    decided(s, e, (read_again, Answer::Refuse("no".into())))
}

/// It leaves the totals, and comes in again as it was.
fn reopened(s: &mut Snapshot, e: &mut Vec<Entry>) -> usize {
    let made = decided(s, e, (|_| Outcome::Return, Answer::Sign));
    let (at, clerk) = (e.last().unwrap().at, |id| actor(id, Organ::Executive));
    let (one, other) = (clerk("clerk-1"), clerk("clerk-2"));
    let (form, contest) = (s.forms[0].0.clone(), s.contests[0].contest.clone());
    let paper = Paper::new(&form, &contest);
    let before = &s.sheets[place(s)];
    let read = before.state.public().unwrap();
    let own = (&before.key, &Salts::new(&[9; 32]));
    let came = receive(Some(before), own, Day::Closed(at), &one, at).unwrap();
    let first = first_entry(&paper, &came.next, read.clone(), &one, at).unwrap();
    let second = second_entry(&paper, &first.next, read.clone(), &other, at).unwrap();
    e.extend([came.entry, first.entry, second.entry]);
    s.sheets.push(second.next);
    made + 3
}

fn place(s: &Snapshot) -> usize {
    let own = |sheet: &Sheet| {
        (sheet.key.contest.as_str(), sheet.key.station.as_str()) == ("president", "d1-1")
    };
    s.sheets.iter().position(own).unwrap()
}

/// A proposal on the sheet, and the answer to it.
fn decided(
    s: &mut Snapshot,
    e: &mut Vec<Entry>,
    (outcome, answer): (fn(&Sheet) -> Outcome, Answer),
) -> usize {
    let (form, contest) = (s.forms[0].0.clone(), s.contests[0].contest.clone());
    let paper = Paper::new(&form, &contest);
    let (at, judge) = (e.last().unwrap().at, actor("judge-1", Organ::Executive));
    let place = place(s);
    let sheet = &mut s.sheets[place];
    let outcome = outcome(sheet);
    let waits = propose(&paper, sheet, outcome, "art. 7", &judge, at).unwrap();
    let answer = (answer, &actor("board-1", Organ::Supervision), at);
    let law = SecondSignature::Required;
    let done = countersign(&paper, law, &waits.next, Some(1), answer).unwrap();
    *sheet = done.this.next;
    e.extend([waits.entry, done.this.entry]);
    let Some(next) = done.next else {
        return 2;
    };
    s.sheets.push(next.next);
    e.push(next.entry);
    3
}

/// Certificates that do not hold.
pub const FINALS: [Rewriting; 25] = [
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
    (
        "proposed before the release",
        EARLY,
        "(results.proposed)",
        |s, e| {
            let digest = totals(s, "president");
            let mut lifted = e.remove(released(e));
            proposed(e, whole(&digest), "board-2");
            lifted.at = e.last().unwrap().at;
            e.push(lifted);
            signed(e, whole(&digest), "board-2");
        },
    ),
    (
        "a sheet accepted before the signature",
        STALE,
        "(results.certified)",
        |s, e| between(s, e, accepted_late),
    ),
    (
        "a sheet corrected before the signature",
        STALE,
        "(results.certified)",
        |s, e| between(s, e, corrected),
    ),
    (
        "a sheet opened again before the signature",
        STALE,
        "(results.certified)",
        |s, e| between(s, e, reopened),
    ),
    (
        "a proposal on a sheet made and refused before the signature",
        STALE,
        "(results.certified)",
        |s, e| between(s, e, left),
    ),
    (
        "a sheet accepted later",
        FINAL_CHANGED,
        "(sheet.accepted)",
        |s, e| after(s, e, accepted_late),
    ),
    (
        "a sheet corrected later",
        FINAL_CHANGED,
        "(sheet.superseded)",
        |s, e| after(s, e, corrected),
    ),
    (
        "a sheet opened again later",
        FINAL_CHANGED,
        "(sheet.received)",
        |s, e| after(s, e, reopened),
    ),
    (
        "a proposal on a sheet made and refused later",
        FINAL_CHANGED,
        "(sheet.proposal_refused)",
        |s, e| after(s, e, left),
    ),
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
        FINAL_CHANGED,
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

/// More than one thing is wrong with it: no figure of its sheets is there to be counted.
#[test]
fn a_result_under_lock_is_named() {
    let nation = rewritten(|s, e| {
        let digest = totals(s, "council-d2");
        certified(e, ("council-d2", ["3", "3"], &digest), "board-2");
    });
    let verified = judged(&sealed(&public(&nation), &nation, &nation.snapshot.id()));
    let told = told(&verified);
    for (place, code) in [
        ("(results.proposed)", EARLY),
        ("totals/council-d2.json", CERTIFIED),
    ] {
        let named = |line: &String| line.contains(place) && line.ends_with(&format!("({code})"));
        assert!(told.iter().any(named), "{code} at {place}: {told:#?}");
    }
}

#[test]
fn a_result_that_is_called_final_and_is_not_is_named() {
    tried(&FINALS);
    // A sheet is corrected after the release and while a proposal waits, which is made anew.
    let honest = rewritten(|s, e| {
        proposed(e, whole(&totals(s, "president")), "board-3");
        corrected(s, e);
        refused(e, "president", "board-3");
        certified(e, whole(&totals(s, "president")), "board-2");
    });
    assert!(honest.snapshot.contests[0].certified);
    let verified = judged(&sealed(&public(&honest), &honest, &honest.snapshot.id()));
    assert_eq!(told(&verified), [""; 0]);
}
