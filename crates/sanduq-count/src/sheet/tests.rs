//! The way of a sheet as tables: every fact in every state is the drawn arrow or a named refusal.

mod decisions;
mod salts;
mod readings;
mod ways;

use super::*;
use crate::form::Form;
use crate::form::Severity;
use sanduq_core::act::Change;
use sanduq_core::act::Organ;
use sanduq_core::contest::Contest;
use sanduq_core::id::ActorId;
use sanduq_core::law::SecondSignature;
use sanduq_core::refusal::Refusal;
use std::collections::BTreeMap;

const FORM: &str = r#"
code = "small"
names = { en = "sheet" }
field = [
  { code = "box", names = { en = "in the box" }, meaning = "in_box" },
  { code = "valid", names = { en = "valid" }, meaning = "valid" },
  { code = "invalid", names = { en = "invalid" }, meaning = "invalid" },
]
[[check]]
code = "S4"
names = { en = "box = valid + invalid" }
severity = "critical"
left = ["box"]
relation = "="
right = ["valid", "invalid"]
[[check]]
code = "S5"
names = { en = "choices = valid" }
severity = "critical"
left = ["choices"]
relation = "="
right = ["valid"]
"#;

fn form() -> Form {
    Form::from_toml(FORM).unwrap()
}

fn contest() -> Contest {
    serde_json::from_str(
        r#"{"code":"c","unit":"n","names":{"en":"C"},"seats":1,"max_choices":1,
            "exact_choice":true,"choices":[{"code":"L1","names":{"en":"one"}},
            {"code":"L2","names":{"en":"two"}}]}"#,
    )
    .unwrap()
}

fn actor(id: &str, organ: Organ) -> Actor {
    Actor {
        id: ActorId::new(id).unwrap(),
        organ,
    }
}

fn clerk(n: u8) -> Actor {
    actor(&format!("clerk-{n}"), Organ::Executive)
}

fn supervisor() -> Actor {
    actor("supervisor-1", Organ::Supervision)
}

fn at(minute: u32) -> Timestamp {
    format!("2026-11-21T18:{minute:02}:00Z").parse().unwrap()
}

fn figures(box_: u64, one: u64, two: u64, invalid: u64) -> Figures {
    let votes = |figure| Some(Votes::new(figure));
    Figures {
        fields: vec![votes(box_), votes(one + two), votes(invalid)],
        choices: vec![votes(one), votes(two)],
    }
}

fn good() -> Figures {
    figures(100, 60, 35, 5)
}

/// One ballot more in the box than on the paper.
fn bad() -> Figures {
    figures(101, 60, 35, 5)
}

fn key() -> SheetKey {
    SheetKey {
        contest: ContestCode::new("c").unwrap(),
        station: UnitCode::new("1-2").unwrap(),
    }
}

fn salts() -> Salts {
    Salts::new(&core::array::from_fn(|nth| u8::try_from(nth).unwrap()))
}

/// The salt of this version of [`key`].
fn salt(version: u32) -> Salt {
    salts().version(&key(), version)
}

/// These figures, to be proposed for a sheet.
fn correct(sheet: &Sheet, figures: Figures) -> Outcome {
    Outcome::Correct(salts().correction(sheet, figures))
}

fn received() -> Sheet {
    receive(
        None,
        (&key(), &salts()),
        Day::Closed(at(0)),
        &clerk(1),
        at(1),
    )
    .unwrap()
    .next
}

/// Every state that a sheet can be in.
fn states(paper: &Paper<'_>) -> Vec<(&'static str, Sheet)> {
    let first = first_entry(paper, &received(), good(), &clerk(1), at(2))
        .unwrap()
        .next;
    let second = |f| {
        second_entry(paper, &first, f, &clerk(2), at(3))
            .unwrap()
            .next
    };
    let accepted = second(good());
    let differing = second(bad());
    let typed = first_entry(paper, &received(), bad(), &clerk(1), at(2))
        .unwrap()
        .next;
    let held = second_entry(paper, &typed, bad(), &clerk(2), at(3))
        .unwrap()
        .next;
    let proposed = |sheet: &Sheet, outcome| {
        propose(paper, sheet, outcome, "art. 7", &clerk(3), at(4))
            .unwrap()
            .next
    };
    let held_proposed = proposed(&held, Outcome::Return);
    let accepted_proposed = proposed(&accepted, correct(&accepted, figures(90, 50, 35, 5)));
    let sign = |sheet: &Sheet| {
        let answer = (Answer::Sign, &supervisor(), at(5));
        countersign(paper, SecondSignature::Required, sheet, None, answer)
            .unwrap()
            .this
            .next
    };
    vec![
        ("received", received()),
        ("first_entered", first.clone()),
        ("differing", differing),
        ("accepted", accepted),
        ("accepted, proposed", accepted_proposed.clone()),
        ("quarantined", held),
        ("quarantined, proposed", held_proposed.clone()),
        ("returned", sign(&held_proposed)),
        ("superseded", sign(&accepted_proposed)),
    ]
}

/// What a fact leads to: the state after it, with `, proposed` where a proposal is pending, or the
/// code of the refusal.
fn outcome(result: Result<Change<Sheet>, SheetRefusal>) -> String {
    match result {
        Ok(change) => {
            let proposed = match &change.next.state {
                SheetState::Accepted { proposal, .. }
                | SheetState::Quarantined { proposal, .. } => proposal.is_some(),
                _ => false,
            };
            let act = Act::from_code(&change.entry.act).unwrap();
            let told = SheetState::after(act).unwrap_or(change.next.state.code());
            assert_eq!(
                told,
                change.next.state.code(),
                "the journal tells another state"
            );
            let pending = if proposed { ", proposed" } else { "" };
            format!("{}{pending}", change.next.state.code())
        }
        Err(refusal) => refusal.code().to_owned(),
    }
}

/// What a second sheet of the station does.
fn again(paper: &Paper<'_>, sheet: &Sheet, figures: Figures) -> String {
    match arrive_again(paper, (sheet, &salts()), figures, (&clerk(9), at(9))) {
        Ok(Arrival::Same) => "same".to_owned(),
        Ok(Arrival::Conflict { first, second }) => {
            format!("{} {}", outcome(Ok(*first)), outcome(Ok(*second)))
        }
        Err(refusal) => refusal.code().to_owned(),
    }
}

/// What the second organ's answer does.
fn answered(paper: &Paper<'_>, sheet: &Sheet, answer: Answer) -> String {
    let answer = (answer, &supervisor(), at(9));
    let done = countersign(paper, SecondSignature::Required, sheet, None, answer);
    outcome(done.map(|done| done.this))
}

/// What each fact does to a sheet, in the order in which they are told.
fn every_fact(paper: &Paper<'_>, s: &Sheet) -> [(&'static str, String); 10] {
    let box_line = Line::Field(paper.form().fields[0].code.clone());
    let look = BTreeMap::from([(box_line, Some(Votes::new(100)))]);
    let by = &clerk(9);
    let brought = (good(), vec![]);
    let known = s.state.public().cloned().unwrap_or_else(good);
    [
        (
            "receive",
            outcome(receive(
                Some(s),
                (&key(), &salts()),
                Day::Closed(at(0)),
                by,
                at(9),
            )),
        ),
        ("arrive", {
            outcome(arrive(
                paper,
                Some(s),
                (&key(), &salts()),
                Day::Closed(at(0)),
                brought,
                (by, at(9)),
            ))
        }),
        ("same", again(paper, s, known)),
        ("other", again(paper, s, figures(77, 40, 35, 2))),
        ("first", outcome(first_entry(paper, s, good(), by, at(9)))),
        ("second", outcome(second_entry(paper, s, good(), by, at(9)))),
        (
            "correct",
            outcome(correct_differences(paper, s, &look, by, at(9))),
        ),
        (
            "propose",
            outcome(propose(paper, s, Outcome::Return, "x", by, at(9))),
        ),
        ("sign", answered(paper, s, Answer::Sign)),
        ("refuse", answered(paper, s, Answer::Refuse("no".into()))),
    ]
}

#[test]
fn every_fact_in_every_state_is_an_arrow_or_a_named_refusal() {
    let (form, contest) = (form(), contest());
    let paper = Paper::new(&form, &contest);
    let mut drawn = String::new();
    for (name, sheet) in states(&paper) {
        drawn.push_str(name);
        drawn.push('\n');
        for (fact, result) in every_fact(&paper, &sheet) {
            drawn.push_str(&format!("  {fact:8}{result}\n"));
        }
    }
    assert_eq!(
        drawn,
        include_str!("tests/transitions.txt"),
        "drawn:\n{drawn}"
    );
}

#[test]
fn a_second_entry_is_by_another_person_and_blind() {
    let (form, contest) = (form(), contest());
    let paper = Paper::new(&form, &contest);
    let first = first_entry(&paper, &received(), good(), &clerk(1), at(2)).unwrap();
    assert_eq!(
        second_entry(&paper, &first.next, good(), &clerk(1), at(3)),
        Err(SheetRefusal::SamePerson)
    );
    let typed = String::from_utf8(first.entry.to_bytes()).unwrap();
    assert!(
        !typed.contains("60"),
        "the journal tells what was typed: {typed}"
    );
    assert_eq!(first.next.state.public(), None);
    assert_eq!(differences(&paper, &first.next), []);
}

#[test]
fn a_figure_is_settled_only_when_two_persons_have_read_it_alike() {
    let (form, contest) = (form(), contest());
    let paper = Paper::new(&form, &contest);
    let first = first_entry(
        &paper,
        &received(),
        figures(100, 60, 35, 5),
        &clerk(1),
        at(2),
    );
    let first = first.unwrap().next;
    let second = second_entry(&paper, &first, figures(101, 61, 35, 5), &clerk(2), at(3));
    let sheet = second.unwrap().next;
    let lines = differences(&paper, &sheet);
    let codes: Vec<_> = lines.iter().map(Line::to_string).collect();
    assert_eq!(codes, ["box", "valid", "L1"]);
    let read = |figures: [u64; 3]| -> BTreeMap<Line, Option<Votes>> {
        let figures = figures.map(|figure| Some(Votes::new(figure)));
        lines.iter().cloned().zip(figures).collect()
    };
    let correct = |sheet: &Sheet, figures, n| {
        correct_differences(&paper, sheet, &read(figures), &clerk(n), at(4))
    };
    for n in [1, 2] {
        assert_eq!(
            correct(&sheet, [100, 95, 60], n),
            Err(SheetRefusal::SamePerson)
        );
    }
    let settled = correct(&sheet, [100, 95, 60], 3).unwrap();
    assert_eq!(settled.next.state.counted(), Some(&good()));
    assert_eq!(settled.entry.facts["corrected"], "box,valid,L1");
    // The third person reads 102 in the box, as nobody had: only that line stays open.
    let open = correct(&sheet, [102, 95, 60], 3).unwrap().next;
    let still: Vec<_> = differences(&paper, &open)
        .iter()
        .map(Line::to_string)
        .collect();
    assert_eq!(still, ["box"]);
    let one = |figure| BTreeMap::from([(lines[0].clone(), Some(Votes::new(figure)))]);
    let finish = |figure, n| correct_differences(&paper, &open, &one(figure), &clerk(n), at(5));
    assert_eq!(
        finish(102, 3),
        Err(SheetRefusal::SamePerson),
        "the third confirms themselves"
    );
    assert_eq!(finish(102, 4).unwrap().next.state.code(), "quarantined");
    assert_eq!(finish(101, 4).unwrap().next.state.code(), "quarantined");
    assert_eq!(
        finish(100, 4).unwrap().next.state.code(),
        "differing",
        "the first has lost it"
    );
}

#[test]
fn only_the_differing_lines_may_be_given_and_all_of_them() {
    let (form, contest) = (form(), contest());
    let paper = Paper::new(&form, &contest);
    let sheet = states(&paper).remove(2).1;
    let line = |nth: usize| Line::Field(form.fields[nth].code.clone());
    let give = |lines: &[usize]| {
        let read = lines
            .iter()
            .map(|nth| (line(*nth), Some(Votes::new(100))))
            .collect();
        correct_differences(&paper, &sheet, &read, &clerk(3), at(4))
    };
    assert_eq!(give(&[0, 1]), Err(SheetRefusal::NotADifference(line(1))));
    assert_eq!(give(&[]), Err(SheetRefusal::StillDiffering(line(0))));
    assert!(give(&[0]).is_ok());
}

#[test]
fn a_sheet_needs_a_station_that_has_closed_and_a_paper_that_fits() {
    let (form, contest) = (form(), contest());
    let paper = Paper::new(&form, &contest);
    for (day, refusal) in [
        (Day::Ready, Some(SheetRefusal::StationNeverOpened)),
        (Day::Open, Some(SheetRefusal::StationNotClosed)),
        (Day::Closed(at(2)), Some(SheetRefusal::StationNotClosed)),
        (Day::Closed(at(1)), None),
        (Day::ByLaw(at(2)), Some(SheetRefusal::StationNeverOpened)),
        (Day::ByLaw(at(1)), None),
    ] {
        let received = receive(None, (&key(), &salts()), day, &clerk(1), at(1));
        assert_eq!(received.err(), refusal, "{day:?}");
        let by = (&clerk(1), at(1));
        let arrived = arrive(&paper, None, (&key(), &salts()), day, (good(), vec![]), by);
        assert_eq!(arrived.err(), refusal, "{day:?}");
    }
    let mut long = good();
    long.choices.push(None);
    let mut short = good();
    short.fields.pop();
    for figures in [long, short] {
        let refused = first_entry(&paper, &received(), figures, &clerk(1), at(2));
        assert_eq!(refused, Err(SheetRefusal::WrongLines));
    }
    for organ in [Organ::Supervision, Organ::Technical, Organ::External] {
        let refused = first_entry(&paper, &received(), good(), &actor("x", organ), at(2));
        assert_eq!(refused, Err(SheetRefusal::WrongOrgan(organ)));
    }
}

#[test]
fn two_different_sheets_of_one_station_are_both_kept_and_neither_counts() {
    let (form, contest) = (form(), contest());
    let paper = Paper::new(&form, &contest);
    let by = (&clerk(1), at(2));
    let first = arrive(
        &paper,
        None,
        (&key(), &salts()),
        Day::Closed(at(0)),
        (good(), vec![]),
        by,
    )
    .unwrap()
    .next;
    assert_eq!(first.state.counted(), Some(&good()));
    assert_eq!(
        arrive_again(&paper, (&first, &salts()), good(), by),
        Ok(Arrival::Same)
    );
    let other = figures(90, 50, 35, 5);
    let Arrival::Conflict { first, second } =
        arrive_again(&paper, (&first, &salts()), other.clone(), by).unwrap()
    else {
        panic!("another sheet is no repetition");
    };
    for (change, version, kept) in [(first, 1, good()), (second, 2, other)] {
        assert_eq!(change.next.version, version);
        assert_eq!(change.next.state.counted(), None);
        assert_eq!(change.next.state.public(), Some(&kept));
        assert_eq!(change.entry.facts["failures"], CONFLICT);
    }
}

#[test]
fn the_digest_is_that_of_the_canonical_public_json() {
    let (form, contest) = (form(), contest());
    let paper = Paper::new(&form, &contest);
    let mut read = good();
    read.fields[2] = None;
    read.choices[1] = Some(Votes::new(u64::MAX));
    let mut canonical = Vec::new();
    let lines = (read.fields.as_slice(), read.choices.as_slice());
    paper::write_canonical(&mut canonical, &paper, &key().station, (10, salt(1)), lines);
    let expected = concat!(
        r#"{"contest":"c","station":"1-2","version":10,"#,
        r#""salt":"4acb402305ccb7f27e96bee9852361fd","#,
        r#""fields":{"box":100,"valid":95,"invalid":null},"#,
        r#""choices":{"L1":60,"L2":18446744073709551615}}"#
    );
    assert_eq!(String::from_utf8(canonical).unwrap(), expected);
    let value: serde_json::Value = serde_json::from_str(expected).unwrap();
    assert_eq!(
        serde_json::to_string(&value).unwrap(),
        expected,
        "it is JSON"
    );
    let known = "a499bf0990046408291a15c7c4da3155aa3c2c7246abdb516b0559e79f51ecc9";
    assert_eq!(digest(&paper, &key(), (10, salt(1)), &read), known);
}

#[test]
fn a_sheet_survives_its_own_json_in_every_state() {
    let (form, contest) = (form(), contest());
    let paper = Paper::new(&form, &contest);
    for (name, sheet) in states(&paper) {
        let text = serde_json::to_string(&sheet).unwrap();
        let read: Sheet = serde_json::from_str(&text).unwrap();
        assert_eq!(read, sheet, "{name}: {text}");
    }
    let finding = Finding {
        check: "S4".into(),
        severity: Severity::Critical,
        left: Some(-5),
        right: Some(i128::from(u64::MAX)),
    };
    let text = serde_json::to_string(&finding).unwrap();
    assert_eq!(serde_json::from_str::<Finding>(&text).unwrap(), finding);
}
