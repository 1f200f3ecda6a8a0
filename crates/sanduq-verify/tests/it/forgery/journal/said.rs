//! Acts that say of results, stations and voters what does not follow from the files.

use crate::folder::judged;
use crate::folder::public;
use crate::folder::sealed;
use crate::folder::told;
use crate::forgery::journal::Rewriting;
use crate::forgery::journal::act;
use crate::forgery::journal::rewritten;
use crate::forgery::journal::said;
use crate::forgery::journal::set;
use crate::forgery::journal::tried;
use crate::nation::actor;
use sanduq_core::act::Act;
use sanduq_core::act::Entry;
use sanduq_core::act::Organ;
use sanduq_core::geography::Geography;
use sanduq_core::geography::Unit;
use sanduq_count::publication::candidates_adopted;

fn allotted(e: &mut Vec<Entry>, contest: &str, seats: &str) {
    let facts = [("contest", contest), ("seats", seats)];
    said(e, Act::SeatsAllotted, Organ::Executive, &facts);
}

/// Acts that say what does not follow from the files.
pub const SAID: [Rewriting; 22] = [
    (
        "a reason that controls a terminal",
        "journal.text",
        "(staff.suspended), reason",
        |_, e| {
            let facts = [("staff", "e-1"), ("reason", "a\u{1b}[2Jb")];
            said(e, Act::StaffSuspended, Organ::Technical, &facts);
        },
    ),
    (
        "an explanation that is read the other way round",
        "journal.text",
        "(staff.suspended), explanation",
        |_, e| {
            let facts = [("staff", "e-1"), ("explanation", "a\u{202e}b")];
            said(e, Act::StaffSuspended, Organ::Technical, &facts);
        },
    ),
    (
        "a ground in two lines",
        "journal.text",
        "(staff.suspended), ground",
        |_, e| {
            let facts = [("staff", "e-1"), ("ground", "art. 7 \u{2028}and more")];
            said(e, Act::StaffSuspended, Organ::Technical, &facts);
        },
    ),
    (
        "a refusal that is not composed",
        "journal.text",
        "(staff.suspended), refused",
        |_, e| {
            let facts = [("staff", "e-1"), ("refused", "e\u{301}cart")];
            said(e, Act::StaffSuspended, Organ::Technical, &facts);
        },
    ),
    (
        "a code that hides a sign",
        "journal.text",
        "(staff.suspended), staff",
        |_, e| {
            let facts = [("staff", "e\u{200b}-1")];
            said(e, Act::StaffSuspended, Organ::Technical, &facts);
        },
    ),
    (
        "somebody who agreed to their own proposal",
        "staff.same_person",
        "(staff.proposal_approved)",
        |_, e| {
            let facts = [
                ("staff", "e-1"),
                ("role", "adjudicator"),
                ("proposer", "board-1"),
            ];
            said(e, Act::StaffProposalApproved, Organ::Technical, &facts);
        },
    ),
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
            placed(e, "00");
        },
    ),
    (
        "a winner who is renamed after the count",
        "journal.adopted_twice",
        "journal: entry 55 (nomination.adopted)",
        |s, e| {
            let entry = &mut s.contests[0];
            entry.contest.choices.reverse();
            let names: Vec<_> = entry
                .contest
                .choices
                .iter()
                .map(|c| c.names.clone())
                .collect();
            entry.contest.choices.reverse();
            for (choice, names) in entry.contest.choices.iter_mut().zip(names) {
                choice.names = names;
            }
            let by = actor("board-1", Organ::Executive);
            let at = e.last().unwrap().at;
            e.push(candidates_adopted(&entry.contest, &entry.form, &by, at));
        },
    ),
    (
        "units that are adopted twice",
        "journal.adopted_twice",
        "(geography.adopted)",
        |_, e| {
            let again = act(e, Act::GeographyAdopted).clone();
            e.insert(nth_act(e, Act::StationsOpened), again);
        },
    ),
    (
        "a roll that is frozen twice",
        "journal.adopted_twice",
        "(roll.frozen)",
        |_, e| {
            let again = act(e, Act::RollFrozen).clone();
            e.insert(nth_act(e, Act::StationsOpened), again);
        },
    ),
    (
        "voters who are placed when stations are open",
        "journal.adopted_late",
        "(placement.voters_placed)",
        |s, e| {
            let digest = sanduq_count::publication::registered_digest(&s.geography).unwrap();
            said(
                e,
                Act::VotersPlaced,
                Organ::Executive,
                &[("digest", &digest)],
            );
        },
    ),
    (
        "law that is adopted when it is known what it must say",
        "journal.adopted_late",
        "(law.adopted)",
        |_, e| {
            let again = act(e, Act::LawAdopted).clone();
            e.push(again);
        },
    ),
];

/// The voters placed before a station opens.
fn placed(e: &mut Vec<Entry>, digest: &str) {
    let at = nth_act(e, Act::StationsOpened);
    let entry = Entry::new(
        Act::VotersPlaced,
        &actor("board-1", Organ::Executive),
        e[at].at,
    );
    e.insert(at, entry.with("digest", digest));
}

/// The place of the first act of a kind.
fn nth_act(entries: &[Entry], act: Act) -> usize {
    let mut acts = entries.iter().map(|entry| &*entry.act);
    acts.position(|own| own == act.code()).unwrap()
}

#[test]
fn what_is_said_of_results_stations_and_voters_follows_from_the_files() {
    tried(&SAID);
    let honest = rewritten(|s, e| {
        let digest = sanduq_count::publication::registered_digest(&s.geography).unwrap();
        // Two loads: after the first, fewer stood on the lists.
        placed(e, "00");
        placed(e, &digest);
        allotted(e, "council-d1", "3");
    });
    let verified = judged(&sealed(&public(&honest), &honest, &honest.snapshot.id()));
    assert_eq!(told(&verified), [""; 0]);
}
