//! Ways that no sheet can have gone, and organs that have no part in an act.

use crate::forgery::journal::Rewriting;
use crate::forgery::journal::nth;
use crate::forgery::journal::of;
use crate::forgery::journal::set;
use crate::forgery::journal::tried;
use crate::nation::figures;
use sanduq_core::act::Act;
use sanduq_core::act::Organ;
use sanduq_core::id::ActorId;
use sanduq_count::publication::Snapshot;
use sanduq_count::sheet::Figures;
use sanduq_count::sheet::Paper;
use sanduq_count::sheet::Sheet;
use sanduq_count::sheet::SheetState;
use sanduq_count::sheet::digest;

fn person(id: &str) -> ActorId {
    ActorId::new(id).unwrap()
}

/// Publishes other figures for the last version of a sheet and answers their digest.
fn publish(snapshot: &mut Snapshot, contest: &str, station: &str, other: Figures) -> String {
    let entry = snapshot
        .contests
        .iter()
        .find(|c| c.contest.code.as_str() == contest);
    let form = &snapshot.forms[0].0;
    let paper = Paper::new(form, &entry.unwrap().contest);
    let own = |sheet: &&mut Sheet| {
        let key = &sheet.key;
        (key.contest.as_str(), key.station.as_str()) == (contest, station)
    };
    let sheet = snapshot.sheets.iter_mut().rfind(own).unwrap();
    let digest = digest(&paper, &sheet.key, (sheet.version, sheet.salt), &other);
    if let SheetState::Accepted { figures, .. } = &mut sheet.state {
        *figures = other;
    }
    digest
}

/// Ways that no sheet can have gone.
pub const WAYS: [Rewriting; 21] = [
    (
        "typed without having been received",
        "sheet.way",
        "question station d2-1 version 1",
        |_, e| {
            e.remove(nth(e, Act::SheetReceived, "question", "d2-1"));
        },
    ),
    (
        "accepted after one entry",
        "sheet.way",
        "question station d2-1 version 1",
        |_, e| {
            e.remove(nth(e, Act::SheetFirstEntered, "question", "d2-1"));
        },
    ),
    (
        "a second entry and no first",
        "sheet.way",
        "question station d1-2 version 1",
        |_, e| {
            e.remove(nth(e, Act::SheetFirstEntered, "question", "d1-2"));
        },
    ),
    (
        "received twice",
        "sheet.way",
        "question station d2-1 version 1",
        |_, e| {
            let at = nth(e, Act::SheetReceived, "question", "d2-1");
            e.insert(at, e[at].clone());
        },
    ),
    (
        "other figures in place of accepted ones",
        "sheet.way",
        "council-d1 station d1-1",
        |s, e| {
            let digest = publish(s, "council-d1", "d1-1", figures(&[100, 140], 10, 10));
            let mut again = of(e, Act::SheetAccepted, "council-d1", "d1-1").clone();
            set(&mut again, "digest", &digest);
            again.at = e.last().unwrap().at;
            e.push(again);
        },
    ),
    (
        "one person enters twice",
        "sheet.same_person",
        "question station d2-1 version 1",
        |_, e| {
            of(e, Act::SheetAccepted, "question", "d2-1").actor = person("clerk-1");
        },
    ),
    (
        "the second reads again",
        "sheet.same_person",
        "question station d2-2 version 1",
        |_, e| {
            of(e, Act::SheetAccepted, "question", "d2-2").actor = person("clerk-2");
        },
    ),
    (
        "a correction of other lines",
        "sheet.carried",
        "question station d2-2",
        |_, e| {
            set(
                of(e, Act::SheetAccepted, "question", "d2-2"),
                "corrected",
                "f8",
            );
        },
    ),
    (
        "a correction of nothing",
        "sheet.carried",
        "station d1-2 version 1, differing",
        |_, e| {
            set(
                of(e, Act::SheetSecondEntered, "question", "d1-2"),
                "differing",
                "",
            );
        },
    ),
    (
        "others signed than was proposed",
        "sheet.signed",
        "president station d2-1",
        |_, e| {
            set(
                of(e, Act::SheetProposed, "president", "d2-1"),
                "digest",
                "00",
            );
        },
    ),
    (
        "other figures let stand than were held",
        "sheet.carried",
        "president station d1-3",
        |s, e| {
            let mut other = figures(&[101, 99, 50], 0, 5);
            other.fields[1] = Some(sanduq_core::count::Votes::new(254));
            let digest = publish(s, "president", "d1-3", other);
            set(
                of(e, Act::SheetAdjudicated, "president", "d1-3"),
                "digest",
                &digest,
            );
        },
    ),
    (
        "other figures in place of those that both signed",
        "sheet.signed",
        "station d2-3 version 2",
        |s, e| {
            let digest = publish(s, "president", "d2-3", figures(&[52, 60, 68], 3, 2));
            set(
                of(e, Act::SheetAdjudicated, "president", "d2-3"),
                "digest",
                &digest,
            );
        },
    ),
    (
        "a proposal of other figures than were put in",
        "sheet.signed",
        "station d2-3 version 2",
        |_, e| {
            let proposed = of(e, Act::SheetProposed, "president", "d2-3");
            set(proposed, "digest", &"00".repeat(32));
        },
    ),
    (
        "a proposal that names no figures",
        "sheet.signed",
        "station d2-3 version 2",
        |_, e| {
            let proposed = of(e, Act::SheetProposed, "president", "d2-3");
            proposed.facts.remove("digest");
        },
    ),
    (
        "taken out and nothing put in its place",
        "sheet.due",
        "station d2-3 version 1",
        |s, e| {
            e.remove(nth(e, Act::SheetAdjudicated, "president", "d2-3"));
            s.sheets
                .retain(|sheet| (sheet.key.station.as_str(), sheet.version) != ("d2-3", 2));
        },
    ),
    (
        "data without an import",
        "sheet.no_import",
        "president station d1-1 version 1",
        |_, e| {
            e.retain(|entry| entry.act != Act::ImportBegun.code());
        },
    ),
    (
        "more data than the import had",
        "sheet.no_import",
        "station d1-1 version 1",
        |_, e| {
            let import = e
                .iter_mut()
                .find(|entry| entry.act == Act::ImportBegun.code());
            set(import.unwrap(), "sheets", "10");
        },
    ),
    (
        "another's import",
        "sheet.no_import",
        "president station d1-1 version 1",
        |_, e| {
            let import = e
                .iter_mut()
                .find(|entry| entry.act == Act::ImportBegun.code());
            import.unwrap().actor = person("clerk-2");
        },
    ),
    (
        "accepted out of nothing",
        "sheet.no_import",
        "question station d2-1 version 1",
        |_, e| {
            e.remove(nth(e, Act::SheetReceived, "question", "d2-1"));
            e.remove(nth(e, Act::SheetFirstEntered, "question", "d2-1"));
        },
    ),
    (
        "the supervision types",
        "journal.organ",
        "(sheet.first_entered)",
        |_, e| {
            of(e, Act::SheetFirstEntered, "council-d2", "d2-2").organ = Organ::Supervision;
        },
    ),
    (
        "a court lifts the lock",
        "journal.organ",
        "(results.lock_lifted)",
        |_, e| {
            let lifted = e
                .iter_mut()
                .find(|e| e.act == Act::CandidateFiguresReleased.code());
            lifted.unwrap().organ = Organ::Judiciary;
        },
    ),
];

#[test]
fn a_way_that_no_sheet_can_have_gone_is_named() {
    tried(&WAYS);
}
