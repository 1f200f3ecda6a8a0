//! Forged journals: the publisher rewrites acts, makes every file that follows, and signs it all.
//! Nothing else is wrong with such a folder, so that it would hold without the check it fails.

use crate::folder::judged;
use crate::folder::public;
use crate::folder::root;
use crate::folder::sealed;
use crate::folder::told;
use crate::folder::wadi;
use crate::nation::Nation;
use crate::nation::actor;
use crate::nation::figures;
use crate::nation::reports_of;
use jiff::Timestamp;
use sanduq_core::act::Act;
use sanduq_core::act::Entry;
use sanduq_core::act::Organ;
use sanduq_core::id::ActorId;
use sanduq_count::publication::Snapshot;
use sanduq_count::sheet::Figures;
use sanduq_count::sheet::Paper;
use sanduq_count::sheet::Sheet;
use sanduq_count::sheet::SheetState;
use sanduq_count::sheet::digest;

/// What the publisher does to the event and its journal.
type Forge = fn(&mut Snapshot, &mut Vec<Entry>);

/// A forged journal, the code that the checker must tell, and the place it must name.
pub type Rewriting = (&'static str, &'static str, &'static str, Forge);

/// Wadi with another journal, all else following from it.
pub fn rewritten(forge: impl Fn(&mut Snapshot, &mut Vec<Entry>)) -> Nation {
    let mut nation = wadi();
    let entries = nation.entries.iter();
    let mut entries: Vec<Entry> = entries.map(|e| Entry::from_bytes(e).unwrap()).collect();
    forge(&mut nation.snapshot, &mut entries);
    nation.entries = entries.iter().map(Entry::to_bytes).collect();
    nation.snapshot.journal_size = u64::try_from(entries.len()).unwrap();
    nation.snapshot.journal_root = root(&nation.entries);
    nation.snapshot.at = entries.last().unwrap().at;
    nation
}

/// Holds every forgery against the checker: it tells this code, at this place, and no other code.
pub fn tried(all: &[Rewriting]) {
    let mut passed = Vec::new();
    for (name, code, place, forge) in all {
        let nation = rewritten(forge);
        assert_ne!(nation.entries, wadi().entries, "{name}: nothing was forged");
        let verified = judged(&sealed(&public(&nation), &nation, &nation.snapshot.id()));
        let told = told(&verified);
        let ending = format!("({code})");
        let alone = told.iter().all(|line| line.ends_with(&ending));
        if !alone || !told.iter().any(|line| line.contains(place)) {
            passed.push(format!("{name}, {code} at {place}: {told:#?}"));
        }
    }
    println!("{} forged journals, {} not named", all.len(), passed.len());
    assert!(passed.is_empty(), "{}", passed.join("\n"));
}

/// The act on a sheet: its place in the journal.
fn nth(entries: &[Entry], act: Act, contest: &str, station: &str) -> usize {
    let own = |entry: &Entry| {
        let fact = |key: &str| entry.facts.get(key).map_or("", String::as_str);
        entry.act == act.code() && (fact("contest"), fact("station")) == (contest, station)
    };
    entries.iter().position(own).unwrap()
}

fn of<'a>(entries: &'a mut [Entry], act: Act, contest: &str, station: &str) -> &'a mut Entry {
    let at = nth(entries, act, contest, station);
    &mut entries[at]
}

fn set(entry: &mut Entry, key: &str, value: &str) {
    entry.facts.insert(key.to_owned(), value.to_owned());
}

fn person(id: &str) -> ActorId {
    ActorId::new(id).unwrap()
}

/// Publishes other figures for a sheet and answers their digest.
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
    let sheet = snapshot.sheets.iter_mut().find(own).unwrap();
    let digest = digest(&paper, &sheet.key, sheet.version, &other);
    if let SheetState::Accepted { figures, .. } = &mut sheet.state {
        *figures = other;
    }
    digest
}

/// Ways that no sheet can have gone.
pub const WAYS: [Rewriting; 19] = [
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
        "sheet.carried",
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
    (
        "the executive certifies alone",
        "journal.organ",
        "(results.certified)",
        |_, e| {
            certified(e, "president", ("6", "6"), "board-2");
            e.last_mut().unwrap().organ = Organ::Executive;
        },
    ),
];

#[test]
fn a_way_that_no_sheet_can_have_gone_is_named() {
    tried(&WAYS);
}

/// An act on the whole contest, at the end of the journal.
fn said(e: &mut Vec<Entry>, act: Act, organ: Organ, facts: &[(&str, &str)]) {
    let by = actor("board-1", organ);
    let mut entry = Entry::new(act, &by, e.last().unwrap().at);
    for (key, value) in facts {
        entry = entry.with(key, value);
    }
    e.push(entry);
}

fn allotted(e: &mut Vec<Entry>, contest: &str, seats: &str) {
    let facts = [("contest", contest), ("seats", seats)];
    said(e, Act::SeatsAllotted, Organ::Executive, &facts);
}

fn certified(e: &mut Vec<Entry>, contest: &str, (counted, stations): (&str, &str), by: &str) {
    let facts = [
        ("contest", contest),
        ("counted", counted),
        ("stations", stations),
        ("proposer", by),
        ("proposing_organ", "executive"),
    ];
    said(e, Act::ResultCertified, Organ::Supervision, &facts);
}

fn act<'a>(entries: &'a mut [Entry], act: Act) -> &'a mut Entry {
    let mut own = entries.iter_mut();
    own.find(|entry| entry.act == act.code()).unwrap()
}

/// Acts that say what does not follow from the files.
pub const SAID: [Rewriting; 13] = [
    (
        "a seat more than the rule gives",
        "seats.allotted",
        "seats/council-d1.json",
        |_, e| {
            allotted(e, "council-d1", "4");
        },
    ),
    (
        "seats of a contest under lock",
        "seats.allotted",
        "seats/council-d2.json",
        |_, e| {
            allotted(e, "council-d2", "3");
        },
    ),
    (
        "seats of a contest without a rule",
        "seats.allotted",
        "seats/question.json",
        |_, e| {
            allotted(e, "question", "1");
        },
    ),
    (
        "certified with a sheet more",
        "results.certified",
        "totals/council-d1.json",
        |_, e| {
            certified(e, "council-d1", ("3", "3"), "board-2");
        },
    ),
    (
        "certified by one person",
        "results.certified",
        "totals/president.json",
        |_, e| {
            certified(e, "president", ("6", "6"), "board-1");
        },
    ),
    (
        "certified under lock",
        "results.certified",
        "totals/council-d2.json",
        |_, e| {
            certified(e, "council-d2", ("0", "3"), "board-2");
        },
    ),
    (
        "a station less was opened",
        "station.entries",
        "stations.json: opened, report 1",
        |_, e| {
            set(act(e, Act::StationsOpened), "stations", "5");
        },
    ),
    (
        "no station was closed",
        "station.entries",
        "stations.json: closed, report 4",
        |_, e| {
            set(act(e, Act::StationsClosed), "stations", "0");
        },
    ),
    (
        "a station less reported",
        "turnout.entries",
        "turnout.json: hour 9, report 2",
        |_, e| {
            set(act(e, Act::TurnoutReported), "stations", "5");
        },
    ),
    (
        "an hour that nobody reported",
        "turnout.entries",
        "turnout.json: hour 9, report 2",
        |_, e| {
            set(act(e, Act::TurnoutReported), "hour", "10");
        },
    ),
    (
        "voters without a roll",
        "roll.registered",
        "event.json: registered",
        |s, e| {
            e.retain(|entry| entry.act != Act::RollFrozen.code());
            s.registered = sanduq_core::count::Registered::new(3001);
        },
    ),
    (
        "lists that nobody adopted",
        "station.registered",
        "geography.json: stations",
        |_, e| {
            act(e, Act::GeographyAdopted).facts.remove("registered");
        },
    ),
    (
        "others placed than stand on the lists",
        "station.registered",
        "geography.json: stations",
        |_, e| {
            said(e, Act::VotersPlaced, Organ::Executive, &[("digest", "00")]);
        },
    ),
];

#[test]
fn what_is_said_of_results_stations_and_voters_follows_from_the_files() {
    tried(&SAID);
    let honest = rewritten(|s, e| {
        let digest = sanduq_count::publication::registered_digest(&s.geography).unwrap();
        said(
            e,
            Act::VotersPlaced,
            Organ::Executive,
            &[("digest", &digest)],
        );
        allotted(e, "council-d1", "3");
        certified(e, "president", ("6", "6"), "board-2");
        certified(e, "council-d1", ("2", "3"), "board-2");
    });
    let verified = judged(&sealed(&public(&honest), &honest, &honest.snapshot.id()));
    assert_eq!(told(&verified), [""; 0]);
}

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
pub const HOURS: [Rewriting; 8] = [
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
];

#[test]
fn acts_out_of_their_hours_are_named() {
    tried(&HOURS);
    let honest = rewritten(unpolled);
    let verified = judged(&sealed(&public(&honest), &honest, &honest.snapshot.id()));
    assert_eq!(told(&verified), [""; 0]);
}
