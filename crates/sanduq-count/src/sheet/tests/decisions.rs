//! Decisions of both organs: who may sign, what a refusal does, what leaves the totals.

use super::*;

#[test]
fn a_decision_takes_two_persons_of_two_organs() {
    let (form, contest) = (form(), contest());
    let paper = Paper::new(&form, &contest);
    let held = states(&paper).remove(5).1;
    let offer = |ground, by: &Actor| propose(&paper, &held, Outcome::Accept, ground, by, at(4));
    let technical = actor("t", Organ::Technical);
    assert_eq!(
        offer("art. 7", &technical).unwrap_err(),
        SheetRefusal::WrongOrgan(Organ::Technical)
    );
    assert_eq!(offer("  ", &clerk(3)).unwrap_err(), SheetRefusal::NoGround);
    let sheet = offer("art. 7", &clerk(3)).unwrap().next;
    let turncoat = actor("clerk-3", Organ::Supervision);
    let answer = |by: &Actor, counted, answer| {
        countersign(
            &paper,
            SecondSignature::Required,
            &sheet,
            counted,
            (answer, by, at(5)),
        )
    };
    for (by, refusal) in [
        (clerk(3), SheetRefusal::SamePerson),
        (turncoat, SheetRefusal::SamePerson),
        (clerk(4), SheetRefusal::SameOrgan),
        (technical, SheetRefusal::WrongOrgan(Organ::Technical)),
    ] {
        assert_eq!(answer(&by, None, Answer::Sign), Err(refusal), "{by:?}");
    }
    let silent = Answer::Refuse(" ".into());
    assert_eq!(
        answer(&supervisor(), None, silent),
        Err(SheetRefusal::NoGround)
    );
    let other = SheetRefusal::OtherVersionCounts(2);
    assert_eq!(answer(&supervisor(), Some(2), Answer::Sign), Err(other));
    let done = answer(&supervisor(), None, Answer::Sign).unwrap().this;
    assert_eq!(
        done.next.state.counted(),
        Some(&bad()),
        "never set right by itself (E58)"
    );
    for (fact, value) in [
        ("ground", "art. 7"),
        ("proposer", "clerk-3"),
        ("proposing_organ", "executive"),
        ("failures", "S4"),
        ("digest", &digest(&paper, &key(), (1, salt(1)), &bad())),
    ] {
        assert_eq!(done.entry.facts[fact], value);
    }
    assert_eq!(done.entry.organ, Organ::Supervision);
}

#[test]
fn the_law_says_whether_a_refused_signature_stops_the_work() {
    let (form, contest) = (form(), contest());
    let paper = Paper::new(&form, &contest);
    let held = states(&paper).remove(5).1;
    let sheet = propose(&paper, &held, Outcome::Accept, "art. 7", &clerk(3), at(4))
        .unwrap()
        .next;
    let refuse = |law| {
        let answer = (
            Answer::Refuse("not counted twice".into()),
            &supervisor(),
            at(5),
        );
        countersign(&paper, law, &sheet, None, answer).unwrap().this
    };
    let stopped = refuse(SecondSignature::Required);
    assert_eq!(
        stopped.next, held,
        "the proposal falls and nothing else changes"
    );
    assert_eq!(stopped.entry.act, "sheet.proposal_refused");
    let recorded = refuse(SecondSignature::RecordRefusal);
    assert_eq!(recorded.next.state.code(), "accepted");
    assert_eq!(recorded.entry.facts["refused"], "not counted twice");
}

#[test]
fn an_accepted_sheet_is_replaced_by_a_version_beside_it() {
    let (form, contest) = (form(), contest());
    let paper = Paper::new(&form, &contest);
    let (accepted, proposed) = (states(&paper).remove(3).1, states(&paper).remove(4).1);
    let recount = figures(90, 50, 35, 5);
    let answer = (Answer::Sign, &supervisor(), at(5));
    let done = countersign(
        &paper,
        SecondSignature::Required,
        &proposed,
        Some(1),
        answer,
    )
    .unwrap();
    assert_eq!(done.this.next.state.code(), "superseded");
    assert_eq!(
        done.this.next.state.public(),
        Some(&good()),
        "the old one stays visible"
    );
    assert_eq!(done.this.next.state.counted(), None);
    let next = done.next.unwrap();
    let own = (2, salts().correction(&accepted, recount.clone()).salt);
    assert_eq!((next.next.version, next.next.salt), own);
    assert_eq!(
        next.entry.facts["digest"],
        digest(&paper, &key(), own, &recount)
    );
    assert_eq!(next.next.state.counted(), Some(&recount));
    let third = receive(
        Some(&done.this.next),
        (&key(), &salts()),
        Day::Closed(at(0)),
        &clerk(1),
        at(6),
    )
    .unwrap();
    assert_eq!(
        (third.next.version, third.next.salt),
        (2, salt(2)),
        "a withdrawn sheet comes in as the next version"
    );
}
