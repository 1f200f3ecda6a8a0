//! Acts out of their hours: locks, sheets, turnout.

use crate::folder::judged;
use crate::folder::public;
use crate::folder::sealed;
use crate::folder::told;
use crate::forgery::journal::Rewriting;
use crate::forgery::journal::act;
use crate::forgery::journal::nth;
use crate::forgery::journal::of;
use crate::forgery::journal::rewritten;
use crate::forgery::journal::tried;
use crate::nation::reports_of;
use jiff::Timestamp;
use sanduq_core::act::Act;
use sanduq_core::act::Entry;
use sanduq_core::count::Came;
use sanduq_core::count::Voted;
use sanduq_count::publication::Snapshot;

/// Makes the entries of the day again, in their places, after it was changed.
fn told_again(s: &Snapshot, e: &mut [Entry]) {
    let made = reports_of(s, e);
    for entry in made {
        let same = |other: &Entry| {
            let report = other.facts.get("report");
            report == entry.facts.get("report") && other.act == entry.act
        };
        let at = e.iter().position(same).unwrap();
        e[at] = entry;
    }
}

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// The event as one whose sheets came as data alone: no station opened here.
fn unpolled(s: &mut Snapshot, e: &mut Vec<Entry>) {
    let acts = [
        Act::StationsOpened,
        Act::TurnoutReported,
        Act::StationsClosed,
    ];
    e.retain(|entry| !acts.iter().any(|act| act.code() == entry.act));
    s.days.clear();
}

/// Acts out of their hours.
pub const HOURS: [Rewriting; 16] = [
    (
        "more voted than are on the list",
        "turnout.registered",
        "station d1-1, hour 12",
        |s, e| {
            let (came, voted) = (Came::new(600), Voted::new(501));
            s.days[0].1.hours[1] = (12, came, voted);
            told_again(s, e);
        },
    ),
    (
        "the lock lifted before the close",
        "contest.lock_early",
        "station d1-1",
        |_, e| {
            act(e, Act::CandidateFiguresReleased).at = at("2026-10-01T15:59:00Z");
        },
    ),
    (
        "the lock lifted before anybody told of the close",
        "contest.lock_early",
        "president",
        |_, e| {
            let lifted = e
                .iter()
                .position(|e| e.act == Act::CandidateFiguresReleased.code());
            let lifted = e.remove(lifted.unwrap());
            let closed = e.iter().position(|e| e.act == Act::StationsClosed.code());
            e.insert(closed.unwrap(), lifted);
        },
    ),
    (
        "the lock lifted while one station is open",
        "contest.lock_early",
        "station d2-3",
        |s, e| {
            s.days[5].1.closed = None;
            told_again(s, e);
            // Its own sheets have not come.
            let own = |entry: &Entry| entry.facts.get("station").is_some_and(|s| s == "d2-3");
            e.retain(|entry| !own(entry));
            s.sheets
                .retain(|sheet| sheet.key.station.as_str() != "d2-3");
        },
    ),
    (
        "the lock of imported sheets before the hour",
        "contest.lock_early",
        "by law",
        |s, e| {
            unpolled(s, e);
            act(e, Act::CandidateFiguresReleased).at = at("2026-10-01T15:59:00Z");
        },
    ),
    (
        "people before the opening",
        "turnout.hours",
        "station d1-2, hour 9",
        |s, e| {
            s.days[1].1.opened = Some(at("2026-10-01T06:30:00Z"));
            told_again(s, e);
        },
    ),
    (
        "people after the close",
        "turnout.hours",
        "station d1-2, hour 12",
        |s, e| {
            s.days[1].1.closed = Some(at("2026-10-01T05:30:00Z"));
            told_again(s, e);
        },
    ),
    (
        "a sheet before the opening",
        "sheet.before_opening",
        "station d2-1 version 1",
        |_, e| {
            of(e, Act::SheetReceived, "question", "d2-1").at = at("2026-10-01T04:59:59Z");
        },
    ),
    (
        "imported before the law opens",
        "sheet.before_opening",
        "station d1-1 version 1",
        |s, e| {
            unpolled(s, e);
            of(e, Act::SheetAccepted, "question", "d1-1").at = at("2026-10-01T04:59:59Z");
        },
    ),
    (
        "a sheet before the close",
        "sheet.before_closing",
        "station d2-1 version 1",
        |_, e| {
            of(e, Act::SheetReceived, "question", "d2-1").at = at("2026-10-01T15:59:59Z");
        },
    ),
    (
        "a sheet before anybody told of the close",
        "sheet.before_closing",
        "station d2-1 version 1",
        |_, e| {
            let received = e.remove(nth(e, Act::SheetReceived, "question", "d2-1"));
            let closed = e.iter().position(|e| e.act == Act::StationsClosed.code());
            e.insert(closed.unwrap(), received);
        },
    ),
    (
        "an opening that is told before it was",
        "journal.reported_early",
        "opened, report 1",
        |_, e| act(e, Act::StationsOpened).at = at("2026-10-01T04:59:59Z"),
    ),
    (
        "an hour that is told before it was over",
        "journal.reported_early",
        "hour 9, report 2",
        |_, e| act(e, Act::TurnoutReported).at = at("2026-10-01T04:59:59Z"),
    ),
    (
        "a close that is told before it was",
        "journal.reported_early",
        "closed, report 4",
        |_, e| act(e, Act::StationsClosed).at = at("2026-10-01T15:59:59Z"),
    ),
    (
        "typed before it was received",
        "sheet.earlier",
        "question station d2-1 version 1",
        |_, e| {
            of(e, Act::SheetFirstEntered, "question", "d2-1").at = at("2026-10-01T16:30:00Z");
        },
    ),
    (
        "come again before it was returned",
        "sheet.earlier",
        "president station d2-2 version 2",
        |_, e| {
            of(e, Act::SheetAccepted, "president", "d2-2").at = at("2026-10-01T16:30:00Z");
        },
    ),
];

#[test]
fn acts_out_of_their_hours_are_named() {
    tried(&HOURS);
    let honest = rewritten(unpolled);
    let verified = judged(&sealed(&public(&honest), &honest, &honest.snapshot.id()));
    assert_eq!(told(&verified), [""; 0]);
}
