//! What became of each act of two organs, as a table of stories.

use super::*;
use sanduq_core::act::Actor;
use sanduq_core::act::Organ;
use sanduq_core::id::ActorId;

/// Seconds.
const DAY: i64 = 24 * 60 * 60;

/// An act, who did it, the station, the second, further facts.
type Told<'a> = (Act, &'a str, &'a str, i64, &'a [(&'static str, &'a str)]);

fn told(story: &[Told<'_>]) -> Chronicle {
    let mut chronicle = Chronicle::default();
    for (index, (act, number, station, second, facts)) in (10..).zip(story) {
        let organ = match &number[..1] {
            "e" => Organ::Executive,
            _ => Organ::Supervision,
        };
        let actor = Actor {
            id: ActorId::new(number).unwrap(),
            organ,
        };
        let at = Timestamp::from_second(*second).unwrap();
        let mut entry = Entry::new(*act, &actor, at).with("contest", "p");
        if !station.is_empty() {
            entry = entry.with("station", station);
        }
        for (key, value) in *facts {
            entry = entry.with(*key, value);
        }
        chronicle.told.push(Line { index, entry });
    }
    chronicle
}

fn line(pair: &Pair) -> String {
    let of = |part: &Part| {
        let entry = part.entry.map_or("–".to_owned(), |entry| entry.to_string());
        format!("{} {} {entry}", part.number, part.organ)
    };
    let answered = pair.answered.as_ref().map_or("nobody".to_owned(), of);
    let station = pair.station.as_deref().unwrap_or("–");
    format!(
        "{} {} {station}: {}, {answered}",
        pair.state.code(),
        pair.outcome,
        of(&pair.proposed)
    )
}

#[test]
fn each_proposal_has_the_first_answer_that_follows_it() {
    let accept: &[_] = &[("outcome", "accept"), ("ground", "art. 71")];
    let correct: &[_] = &[("outcome", "correct"), ("ground", "art. 71")];
    let by: &[_] = &[("proposer", "e-1"), ("proposing_organ", "executive")];
    let recorded: &[_] = &[("proposer", "e-1"), ("refused", "not shown the paper")];
    use Act::*;
    let chronicle = told(&[
        (SheetProposed, "e-1", "a", 1, accept),
        (SheetProposed, "s-1", "b", 2, correct),
        (SheetProposalRefused, "s-1", "a", 3, &[("reason", "no")]),
        (SheetProposed, "e-1", "a", 4, accept),
        (SheetAdjudicated, "s-2", "a", 5, by),
        (SheetSuperseded, "e-2", "b", 6, &[]),
        (SheetAdjudicated, "e-2", "b", 6, &[]),
        (SheetProposed, "e-1", "c", 7, accept),
        (SheetReturned, "s-2", "c", 8, recorded),
        (SheetProposed, "e-1", "d", 9, accept),
        (ResultCertified, "s-1", "", 10, by),
        (ResultProposed, "e-3", "", 10, &[]),
        (ResultProposed, "e-4", "", 10, &[]),
        (
            ResultProposalRefused,
            "s-1",
            "",
            10,
            &[("reason", "a fire")],
        ),
        (ResultProposed, "e-4", "", 10, &[]),
        (ResultCertified, "s-2", "", 10, &[("proposer", "e-4")]),
        (LawAdopted, "e-1", "", 11, &[]),
    ]);
    let all = pairs(&chronicle, Timestamp::from_second(DAY * 9).unwrap());
    let lines: Vec<_> = all.iter().map(line).collect();
    assert_eq!(
        lines,
        [
            "refused accept a: e-1 executive 10, s-1 supervision 12",
            "approved correct b: s-1 supervision 11, e-2 executive 15",
            "approved accept a: e-1 executive 13, s-2 supervision 14",
            "recorded accept c: e-1 executive 17, s-2 supervision 18",
            "waiting accept d: e-1 executive 19, nobody",
            "approved certify –: e-1 executive –, s-1 supervision 20",
            "void certify –: e-3 executive 21, nobody",
            "refused certify –: e-4 executive 22, s-1 supervision 23",
            "approved certify –: e-4 executive 24, s-2 supervision 25",
        ]
    );
    assert_eq!(all[0].reason, "no");
    assert_eq!(all[3].reason, "not shown the paper");
    assert_eq!(all[4].ground, "art. 71");
}

#[test]
fn an_answer_without_a_proposal_is_not_lost() {
    let by: &[_] = &[("proposer", "e-1"), ("proposing_organ", "executive")];
    let chronicle = told(&[(Act::SheetReturned, "s-1", "a", 1, by)]);
    let all = pairs(&chronicle, Timestamp::UNIX_EPOCH);
    let lines: Vec<_> = all.iter().map(line).collect();
    assert_eq!(
        lines,
        ["approved return a: e-1 executive –, s-1 supervision 10"]
    );
}

#[test]
fn what_is_proposed_about_an_account_waits_for_a_day() {
    let about: &[_] = &[("staff", "E-9")];
    use Act::StaffProposed;
    let chronicle = told(&[(StaffProposed, "s-1", "", 1, about)]);
    let state = |chronicle: &Chronicle, second| {
        let all = pairs(chronicle, Timestamp::from_second(second).unwrap());
        all.iter().map(|pair| pair.state.code()).collect::<Vec<_>>()
    };
    assert_eq!(state(&chronicle, DAY), ["waiting"]);
    assert_eq!(state(&chronicle, DAY + 1), ["void"]);
    // Proposed anew; approved in its day, it stays approved.
    let again = told(&[
        (StaffProposed, "s-1", "", 1, about),
        (StaffProposed, "s-2", "", DAY + 2, about),
        (Act::StaffProposalApproved, "s-1", "", DAY + 3, about),
    ]);
    assert_eq!(state(&again, 9 * DAY), ["void", "approved"]);
    // Refused is what another refuses.
    for (by, wanted) in [("s-1", "withdrawn"), ("s-2", "refused")] {
        let answered = told(&[
            (StaffProposed, "s-1", "", 1, about),
            (Act::StaffProposalRefused, by, "", 2, about),
        ]);
        assert_eq!(state(&answered, 9 * DAY), [wanted]);
    }
}
