//! Which acts begin and end which process, as a table; and what the table of processes must be.

use super::*;
use sanduq_core::act::Actor;
use sanduq_core::id::ActorId;

fn entry(act: Act, contest: &str, second: i64) -> Entry {
    by_organ(act, act.organs()[0], contest, second)
}

fn by_organ(act: Act, organ: Organ, contest: &str, second: i64) -> Entry {
    let actor = Actor {
        id: ActorId::new("n-1").unwrap(),
        organ,
    };
    let entry = Entry::new(act, &actor, Timestamp::from_second(second).unwrap());
    match contest {
        "" => entry,
        contest => entry.with("contest", contest),
    }
}

fn seen(entries: &[Entry]) -> Seen {
    let mut seen = Seen::default();
    for (index, entry) in (0..).zip(entries) {
        seen.entry(index, entry);
    }
    seen
}

/// The state of each process, a letter each: `.` elsewhere, `n` not begun, `u` under way, `d` done.
fn line(seen: &Seen) -> String {
    let letter = |process| match standing(process, seen).state {
        State::Elsewhere => '.',
        State::NotBegun => 'n',
        State::UnderWay => 'u',
        State::Done => 'd',
    };
    PROCESSES.iter().map(letter).collect()
}

#[test]
fn the_twenty_five_stand_in_order() {
    let numbers: Vec<u8> = PROCESSES.iter().map(|process| process.number).collect();
    assert_eq!(numbers, (1..=25).collect::<Vec<u8>>());
    for (phase, count) in Phase::ALL.into_iter().zip([14, 4, 3, 4]) {
        let own = PROCESSES.iter().filter(|process| process.phase == phase);
        assert_eq!(own.count(), count, "{phase:?}");
    }
    for process in &PROCESSES {
        let carried = process.extent != Extent::Nothing;
        assert_eq!(carried, !process.begins.is_empty(), "{}", process.code());
        if let End::EachContest(act) = process.end {
            assert!(BY_CONTEST.contains(&act), "{}", process.code());
        }
    }
}

#[test]
fn the_state_of_each_process_follows_from_the_acts() {
    use Act::*;
    let story = [
        (EventCalled, ""),
        (LawAdopted, ""),
        (GeographyAdopted, ""),
        (AgencyBatchApplied, ""),
        (RollFrozen, ""),
        (CandidatesAdopted, "a"),
        (CandidatesAdopted, "b"),
        (VotersPlaced, ""),
        (StationsOpened, ""),
        (StationsClosed, ""),
        (CandidateFiguresReleased, "a"),
        (CandidateFiguresReleased, "b"),
        (SheetReceived, "a"),
        (SheetProposed, "a"),
        (ResultProposed, "a"),
        (ResultProposalRefused, "a"),
        (ResultCertified, "a"),
        (ResultCertified, "a"),
        (SeatsAllotted, "a"),
        (ResultCertified, "b"),
        (SeatsAllotted, "b"),
        (PublicationSealed, ""),
    ];
    let mut entries = Vec::new();
    let mut told = Vec::new();
    for (second, (act, contest)) in (0..).zip(story) {
        entries.push(entry(act, contest, second));
        told.push(format!(
            "{} {contest} {}",
            act.code(),
            line(&seen(&entries))
        ));
    }
    let expected: Vec<_> = EXPECTED.trim().lines().map(str::trim).collect();
    assert_eq!(told, expected, "\n{}", told.join("\n"));
}

/// P01 to P25 after each act.
const EXPECTED: &str = "
    event.called  un.nnn..n.nn..nnnnnnnnun.
    law.adopted  dn.nnn..n.nn..nnnnnnnnun.
    geography.adopted  dd.nnn..n.un..nnnnnnnnun.
    agency.batch_applied  dd.nun..n.un..nnnnnnnnun.
    roll.frozen  dd.ndd..n.un..nnnnnnnnun.
    nomination.adopted a dd.ndd..d.un..nnnnnnnnun.
    nomination.adopted b dd.ndd..d.un..nnnnnnnnun.
    placement.voters_placed  dd.ndd..d.dn..nnnnnnnnun.
    station.opened  dd.ndd..d.dn..uunnnnnuun.
    station.closed  dd.ndd..d.dn..uunnnnnuun.
    results.lock_lifted a dd.ndd..d.dn..uunnnnnuun.
    results.lock_lifted b dd.ndd..d.dn..dunnnnndun.
    sheet.received a dd.ndd..d.dn..duuunnndun.
    sheet.proposed a dd.ndd..d.dn..duuuunndun.
    results.proposed a dd.ndd..d.dn..duuuuundun.
    results.proposal_refused a dd.ndd..d.dn..duuuuundun.
    results.certified a dd.ndd..d.dn..duuuuundun.
    results.certified a dd.ndd..d.dn..duuuuundun.
    seats.allotted a dd.ndd..d.dn..duuuuuudun.
    results.certified b dd.ndd..d.dn..ddddddudun.
    seats.allotted b dd.ndd..d.dn..ddddddddun.
    publication.sealed  dd.ndd..d.dn..dddddddduu.
";

#[test]
fn each_organ_enrols_for_its_own_process() {
    for (organ, executive, supervision) in [
        (Organ::Technical, State::UnderWay, State::NotBegun),
        (Organ::Executive, State::UnderWay, State::NotBegun),
        (Organ::Supervision, State::NotBegun, State::UnderWay),
    ] {
        let seen = seen(&[by_organ(Act::StaffEnrolled, organ, "", 0)]);
        assert_eq!(
            standing(&PROCESSES[11], &seen).state,
            executive,
            "{organ:?}"
        );
        assert_eq!(
            standing(&PROCESSES[3], &seen).state,
            supervision,
            "{organ:?}"
        );
    }
}

#[test]
fn a_contest_that_nobody_adopted_ends_nothing() {
    let strange = [
        entry(Act::CandidatesAdopted, "a", 0),
        entry(Act::ResultCertified, "z", 1),
    ];
    let standing = standing(&PROCESSES[19], &seen(&strange));
    assert_eq!(standing.contests, Some((0, 1)));
    assert_eq!(standing.state, State::UnderWay, "an act was seen");
    assert_eq!(standing.ended, None);
}

#[test]
fn acts_taken_in_parts_are_the_same_as_one_by_one() {
    let entries = [
        entry(Act::SheetReceived, "a", 5),
        entry(Act::SheetReceived, "a", 3),
        entry(Act::SheetReceived, "b", 9),
    ];
    let one_by_one = seen(&entries);
    let mark = |index: u64, second| Mark {
        index,
        at: Timestamp::from_second(second).unwrap(),
    };
    let mut parts = Seen::default();
    for (count, first, last) in [(2, mark(0, 5), mark(1, 3)), (1, mark(2, 9), mark(2, 9))] {
        let sight = Sight { count, first, last };
        parts.add(Act::SheetReceived, Organ::Executive, sight);
    }
    assert_eq!(parts, one_by_one, "by number, whatever the clock says");
}
