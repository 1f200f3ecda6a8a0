//! Honest journals in which a sheet is acted on more than once.

use crate::folder::judged;
use crate::folder::public;
use crate::folder::sealed;
use crate::folder::told;
use crate::forgery::journal::certified;
use crate::forgery::journal::rewritten;
use crate::forgery::journal::set;
use crate::forgery::journal::totals;
use crate::nation::actor;
use crate::nation::figures;
use sanduq_core::act::Act;
use sanduq_core::act::Entry;
use sanduq_core::act::Organ;
use sanduq_core::law::SecondSignature;
use sanduq_count::publication::Snapshot;
use sanduq_count::sheet::Answer;
use sanduq_count::sheet::Arrival;
use sanduq_count::sheet::Outcome;
use sanduq_count::sheet::Paper;
use sanduq_count::sheet::Salts;
use sanduq_count::sheet::Sheet;
use sanduq_count::sheet::arrive_again;
use sanduq_count::sheet::countersign;
use sanduq_count::sheet::propose;

fn act_again(s: &mut Snapshot, e: &mut Vec<Entry>, (station, answer): (&str, Option<Answer>)) {
    let (form, contest) = (s.forms[0].0.clone(), s.contests[0].contest.clone());
    let paper = Paper::new(&form, &contest);
    let (at, judge) = (e.last().unwrap().at, actor("judge-1", Organ::Executive));
    let own = |sheet: &Sheet| {
        (sheet.key.contest.as_str(), sheet.key.station.as_str()) == ("president", station)
    };
    let place = s.sheets.iter().rposition(own).unwrap();
    let sheet = &mut s.sheets[place];
    let waits = propose(&paper, sheet, Outcome::Return, "art. 7", &judge, at).unwrap();
    e.push(waits.entry);
    *sheet = waits.next;
    if let Some(answer) = answer {
        let answer = (answer, &actor("board-1", Organ::Supervision), at);
        let done = countersign(&paper, SecondSignature::Required, sheet, Some(1), answer).unwrap();
        *sheet = done.this.next;
        e.push(done.this.entry);
    }
}

#[test]
fn a_second_proposal_on_a_decided_sheet_leaves_the_first_decision_as_it_was() {
    let mut bad = Vec::new();
    for station in ["d1-1", "d1-2", "d1-3", "d2-1", "d2-2", "d2-3"] {
        for refused in [false, true] {
            let honest = rewritten(|s, e| {
                let answer = refused.then(|| Answer::Refuse("no".into()));
                act_again(s, e, (station, answer));
            });
            let verified = judged(&sealed(&public(&honest), &honest, &honest.snapshot.id()));
            let told = told(&verified);
            if !told.is_empty() {
                bad.push((station, refused, told));
            }
        }
    }
    assert!(bad.is_empty(), "{bad:#?}");
}

fn decided(
    s: &mut Snapshot,
    e: &mut Vec<Entry>,
    (place, outcome, answer): (usize, Outcome, Answer),
) {
    let (form, contest) = (s.forms[0].0.clone(), s.contests[0].contest.clone());
    let paper = Paper::new(&form, &contest);
    let (at, judge) = (e.last().unwrap().at, actor("judge-1", Organ::Executive));
    let sheet = &mut s.sheets[place];
    let waits = propose(&paper, sheet, outcome, "art. 7", &judge, at).unwrap();
    e.push(waits.entry);
    let answer = (answer, &actor("board-1", Organ::Supervision), at);
    let done = countersign(&paper, SecondSignature::Required, &waits.next, None, answer).unwrap();
    assert!(done.next.is_none());
    *sheet = done.this.next;
    e.push(done.this.entry);
}

/// Other figures are refused and others signed for the first sheet; the second goes back.
fn settled(s: &mut Snapshot, e: &mut Vec<Entry>, (place, last): (usize, usize)) {
    for (votes, answer) in [
        ([117, 93, 40], Answer::Refuse("art. 2".into())),
        ([119, 91, 40], Answer::Sign),
    ] {
        let read = figures(&votes, 6, 4);
        let other = Salts::new(&[7; 32]).correction(&s.sheets[place], read);
        decided(s, e, (place, Outcome::Correct(other), answer));
    }
    decided(s, e, (last, Outcome::Return, Answer::Sign));
}

#[test]
fn two_sheets_of_one_station_are_settled_and_the_result_certified() {
    let mut bad = Vec::new();
    for station in ["d1-1", "d1-3", "d2-1", "d2-2", "d2-3"] {
        let honest = rewritten(|s, e| {
            let (form, contest) = (s.forms[0].0.clone(), s.contests[0].contest.clone());
            let paper = Paper::new(&form, &contest);
            let (at, clerk) = (e.last().unwrap().at, actor("clerk-9", Organ::Executive));
            let begun = e
                .iter()
                .find(|one| one.act == Act::ImportBegun.code())
                .unwrap();
            let mut begun = begun.clone();
            begun.actor = clerk.id.clone();
            begun.at = at;
            set(&mut begun, "sheets", "1");
            e.push(begun);
            let own = |sheet: &Sheet| {
                (sheet.key.contest.as_str(), sheet.key.station.as_str()) == ("president", station)
            };
            let place = s.sheets.iter().rposition(own).unwrap();
            // Something waits when the other sheet comes.
            let judge = actor("judge-1", Organ::Executive);
            let waits = propose(
                &paper,
                &s.sheets[place],
                Outcome::Return,
                "art. 1",
                &judge,
                at,
            );
            let waits = waits.unwrap();
            e.push(waits.entry);
            let read = figures(&[118, 92, 40], 6, 4);
            let salts = Salts::new(&[8; 32]);
            let Arrival::Conflict { first, second } =
                arrive_again(&paper, (&waits.next, &salts), read, (&clerk, at)).unwrap()
            else {
                panic!()
            };
            e.extend([first.entry, second.entry]);
            s.sheets[place] = first.next;
            s.sheets.push(second.next);
            let last = s.sheets.len() - 1;
            settled(s, e, (place, last));
            let digest = totals(s, "president");
            certified(e, ("president", ["6", "6"], digest.as_str()), "board-2");
        });
        let verified = judged(&sealed(&public(&honest), &honest, &honest.snapshot.id()));
        let told = told(&verified);
        if !told.is_empty() {
            bad.push((station, told));
        }
    }
    assert!(bad.is_empty(), "{bad:#?}");
}
