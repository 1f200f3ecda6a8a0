//! Acts that say of results, stations and voters what does not follow from the files.

use crate::folder::judged;
use crate::folder::public;
use crate::folder::sealed;
use crate::folder::told;
use crate::forgery::journal::Rewriting;
use crate::forgery::journal::act;
use crate::forgery::journal::certified;
use crate::forgery::journal::rewritten;
use crate::forgery::journal::said;
use crate::forgery::journal::set;
use crate::forgery::journal::tried;
use sanduq_core::act::Act;
use sanduq_core::act::Entry;
use sanduq_core::act::Organ;
use sanduq_core::geography::Geography;
use sanduq_core::geography::Unit;

fn allotted(e: &mut Vec<Entry>, contest: &str, seats: &str) {
    let facts = [("contest", contest), ("seats", seats)];
    said(e, Act::SeatsAllotted, Organ::Executive, &facts);
}

/// Acts that say what does not follow from the files.
pub const SAID: [Rewriting; 14] = [
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
        "voters without a roll and without lists",
        "roll.registered",
        "event.json: registered",
        |s, e| {
            e.retain(|entry| entry.act != Act::RollFrozen.code());
            act(e, Act::GeographyAdopted).facts.remove("registered");
            let unlisted = |unit: &Unit| Unit {
                registered: None,
                ..unit.clone()
            };
            let units = s.geography.units().iter().map(unlisted).collect();
            s.geography = Geography::new(s.geography.levels().to_vec(), units).unwrap();
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
