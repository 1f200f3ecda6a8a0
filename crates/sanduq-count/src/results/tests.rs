//! The lock, the labels and the invariants: each with the row that breaks it.

use super::*;
use crate::form::Form;
use crate::sheet::Countersign;
use crate::sheet::Decision;
use crate::sheet::Figures;
use crate::sheet::Outcome;
use crate::sheet::Paper;
use crate::sheet::Proposal;
use crate::sheet::Salt;
use crate::sheet::Sheet;
use crate::sheet::SheetKey;
use crate::sheet::SheetState;
use jiff::Timestamp;
use sanduq_core::act::Actor;
use sanduq_core::act::Entry;
use sanduq_core::act::Organ;
use sanduq_core::contest::Contest;
use sanduq_core::geography::Geography;
use sanduq_core::geography::Level;
use sanduq_core::geography::Unit;
use sanduq_core::id::ActorId;
use sanduq_core::id::UnitCode;
use sanduq_core::names::Names;
use sanduq_core::refusal::Refusal;
use std::collections::BTreeMap;

/// A form with one balance: valid and the choices.
pub(super) fn form() -> Form {
    Form::from_toml(
        r#"
code = "small"
names = { en = "sheet" }
field = [
  { code = "registered", names = { en = "registered" }, meaning = "registered" },
  { code = "valid", names = { en = "valid" }, meaning = "valid" },
]
[[check]]
code = "S5"
names = { en = "choices = valid" }
severity = "critical"
left = ["choices"]
relation = "="
right = ["valid"]
"#,
    )
    .unwrap()
}

/// A contest put to this unit.
pub(super) fn contest(unit: &str) -> Contest {
    serde_json::from_str(&format!(
        r#"{{"code":"c","unit":"{unit}","names":{{"en":"C"}},"seats":1,"max_choices":1,
            "exact_choice":true,"choices":[{{"code":"L1","names":{{"en":"one"}}}},
            {{"code":"L2","names":{{"en":"two"}}}}]}}"#,
    ))
    .unwrap()
}

/// A nation of provinces with stations: `n`, `n-0`, `n-0-0`.
pub(super) fn geography(provinces: usize, stations: usize) -> Geography {
    let level = |code: &str| Level {
        code: code.into(),
        names: Names::plain(code),
    };
    let unit = |code: String, parent: Option<&str>, level| Unit {
        code: UnitCode::new(&code).unwrap(),
        parent: parent.map(|parent| UnitCode::new(parent).unwrap()),
        level,
        names: Names::plain(&code),
        registered: None,
        place: None,
        outline: Vec::new(),
    };
    let mut units = vec![unit("n".into(), None, 0)];
    for province in 0..provinces {
        let code = format!("n-{province}");
        units.push(unit(code.clone(), Some("n"), 1));
        for station in 0..stations {
            units.push(unit(format!("{code}-{station}"), Some(&code), 2));
        }
    }
    Geography::new(["nation", "province", "station"].map(level).to_vec(), units).unwrap()
}

pub(super) fn figures(registered: u64, one: u64, two: u64) -> Figures {
    let votes = |figure| Some(Votes::new(figure));
    Figures {
        fields: vec![votes(registered), votes(one + two)],
        choices: vec![votes(one), votes(two)],
    }
}

pub(super) fn accepted(station: &str, version: u32, figures: Figures) -> Sheet {
    sheet(
        station,
        version,
        SheetState::Accepted {
            figures,
            findings: vec![],
            decision: None,
            proposal: None,
        },
    )
}

pub(super) fn sheet(station: &str, version: u32, state: SheetState) -> Sheet {
    Sheet {
        key: SheetKey {
            contest: contest("n").code,
            station: UnitCode::new(station).unwrap(),
        },
        version,
        salt: Salt::WITHHELD,
        state,
    }
}

pub(super) fn actor(id: &str, organ: Organ) -> Actor {
    Actor {
        id: ActorId::new(id).unwrap(),
        organ,
    }
}

pub(super) fn at(minute: u32) -> Timestamp {
    format!("2026-11-21T18:{minute:02}:00Z").parse().unwrap()
}

fn decision(second: Actor) -> Decision {
    Decision {
        proposal: Proposal {
            by: actor("e", Organ::Executive),
            at: at(1),
            outcome: Outcome::Accept,
            ground: "art. 7".into(),
        },
        countersign: Countersign::Signed(second),
        at: at(2),
    }
}

fn both() -> Decision {
    decision(actor("s", Organ::Supervision))
}

#[test]
fn figures_stay_locked_until_the_last_station_has_closed() {
    let (form, geography) = (form(), geography(2, 2));
    let late = UnitCode::new("n-1-1").unwrap();
    let by = actor("e", Organ::Executive);
    let lift = |unit, minute, known: bool| {
        let closed = |code: &UnitCode| match (*code == late, known) {
            (false, _) => Some(at(0)),
            (true, true) => Some(at(30)),
            (true, false) => None,
        };
        lift_lock(&geography, &contest(unit), closed, &by, at(minute))
    };
    let open = ResultRefusal::StationOpen(late.clone());
    assert_eq!(lift("n", 29, true), Err(open.clone()));
    assert_eq!(lift("n", 59, false), Err(open));
    assert!(
        lift("n-0", 29, false).is_ok(),
        "the late station is of another contest"
    );
    let release = lift("n", 30, true).unwrap();
    assert_eq!(
        Release::recorded(&release.entry),
        Some(release.next.clone())
    );
    let other = Entry::new(sanduq_core::act::Act::StationsClosed, &by, at(30)).with("contest", "c");
    assert_eq!(Release::recorded(&other), None);

    let sheets = [accepted("n-0-0", 1, figures(9, 3, 2))];
    let counted = tally(&geography, &form, &contest("n"), &sheets).unwrap();
    let top = counted.units()[0];
    let Shown::Locked(locked) = counted.clone().show(None).unwrap() else {
        panic!("without a release nothing but the coverage is shown");
    };
    let coverage = Coverage {
        stations: 4,
        counted: 1,
    };
    assert_eq!(locked.coverage(top), Some(coverage));
    let Shown::Released(shown) = counted.clone().show(Some(&release.next)).unwrap() else {
        panic!("the release shows the figures");
    };
    assert_eq!(shown.whole().choices, [3, 2].map(Votes::new));
    let mut other = contest("n");
    other.code = sanduq_core::id::ContestCode::new("d").unwrap();
    let other = tally(&geography, &form, &other, []).unwrap();
    let refused = other.show(Some(&release.next));
    assert_eq!(
        refused,
        Err(ResultRefusal::OtherContest(counted.contest().clone()))
    );
}

#[test]
fn a_result_is_partial_until_every_station_is_in_or_excused() {
    let (form, geography) = (form(), geography(1, 2));
    let sheets = [accepted("n-0-0", 1, figures(9, 3, 2))];
    let by = actor("e", Organ::Executive);
    let release = lift_lock(&geography, &contest("n"), |_| Some(at(0)), &by, at(1))
        .unwrap()
        .next;
    let announced = |reasons: &[(&str, &str)]| {
        let counted = tally(&geography, &form, &contest("n"), &sheets).unwrap();
        let Shown::Released(released) = counted.show(Some(&release)).unwrap() else {
            panic!("it is released");
        };
        let reason = |(code, why): &(&str, &str)| (UnitCode::new(code).unwrap(), (*why).to_owned());
        Announced::of(released, &geography, &reasons.iter().map(reason).collect())
    };
    assert!(matches!(announced(&[]), Announced::Partial(_)));
    assert!(matches!(
        announced(&[("n-0-0", "flood")]),
        Announced::Partial(_)
    ));
    let Announced::Preliminary(preliminary) = announced(&[("n-0-1", "flood")]) else {
        panic!("every station is in or excused");
    };
    assert_eq!(preliminary.figures().whole().counted, 1);
    assert_eq!(
        (Partial::LABEL, Preliminary::LABEL, Final::LABEL),
        ("partial", "preliminary", "final")
    );
}

#[test]
fn each_invariant_is_broken_by_its_own_row() {
    let (form, contest, geography) = (form(), contest("n"), geography(1, 2));
    let paper = Paper::new(&form, &contest);
    let good = figures(9, 3, 2);
    let mut bad = good.clone();
    bad.choices[0] = Some(Votes::new(4));
    let failing = paper.failing(&bad.fields, &bad.choices);
    let accepted_by = |findings: &[_], decision| SheetState::Accepted {
        figures: bad.clone(),
        findings: findings.to_vec(),
        decision,
        proposal: None,
    };
    let held = |figures: &Figures, findings: &[_]| SheetState::Quarantined {
        figures: figures.clone(),
        findings: findings.to_vec(),
        proposal: None,
    };
    let alone = decision(actor("e", Organ::Supervision));
    let one_organ = decision(actor("x", Organ::Executive));
    let mut long = good.clone();
    long.choices.push(None);
    let one = |state| vec![sheet("n-0-0", 1, state)];
    let twice = vec![
        accepted("n-0-0", 1, good.clone()),
        accepted("n-0-0", 2, good.clone()),
    ];
    for (invariant, sheets) in [
        ("", one(accepted_by(&failing, Some(both())))),
        ("", one(held(&bad, &failing))),
        ("", vec![]),
        ("INV-22", one(accepted_by(&failing, None))),
        ("INV-22", one(accepted_by(&[], Some(both())))),
        ("INV-22", one(held(&bad, &[]))),
        ("INV-22", one(held(&good, &[]))),
        ("INV-24", vec![accepted("n-0-9", 1, good.clone())]),
        ("INV-26", twice),
        ("INV-26", vec![accepted("n-0-0", 2, good.clone())]),
        ("INV-27", vec![accepted("n-0-0", 1, long)]),
        ("INV-28", one(accepted_by(&failing, Some(alone.clone())))),
        ("INV-28", one(accepted_by(&failing, Some(one_organ)))),
        ("INV-28", one(SheetState::Returned { decision: alone })),
    ] {
        let counted = tally(&geography, &form, &contest, &sheets);
        let counted = counted.unwrap_or(Tally::empty(&geography, &form, &contest).unwrap());
        let held = hold(&paper, &geography, &sheets, &counted, &[]);
        let found = held.err().map_or("", |broken| broken.invariant);
        assert_eq!(found, invariant, "{sheets:?}");
    }
}

#[test]
fn a_tally_of_other_sheets_or_a_changed_sheet_is_seen() {
    let (form, contest, geography) = (form(), contest("n"), geography(1, 2));
    let paper = Paper::new(&form, &contest);
    let before = [accepted("n-0-0", 1, figures(9, 3, 2))];
    let after = [accepted("n-0-0", 1, figures(9, 2, 3))];
    let count = |sheets: &[Sheet]| tally(&geography, &form, &contest, sheets).unwrap();
    let found = |sheets: &[Sheet], tally: &Tally, earlier: &[Sheet]| {
        hold(&paper, &geography, sheets, tally, earlier)
            .err()
            .map(|broken| broken.invariant)
    };
    assert_eq!(found(&after, &count(&before), &[]), Some("INV-24"));
    assert_eq!(found(&after, &count(&after), &before), Some("INV-25"));
    assert_eq!(found(&[], &count(&[]), &before), Some("INV-25"));
    let gone = [sheet(
        "n-0-0",
        1,
        SheetState::Superseded {
            figures: figures(9, 3, 2),
            decision: both(),
        },
    )];
    assert_eq!(
        found(&gone, &count(&gone), &before),
        None,
        "it left the totals unchanged"
    );
}

#[test]
fn every_refusal_has_its_own_code() {
    let unit = || UnitCode::new("n").unwrap();
    let codes: BTreeMap<_, _> = [
        ResultRefusal::UnknownUnit(unit()),
        ResultRefusal::UnknownStation(unit()),
        ResultRefusal::CountedTwice(unit()),
        ResultRefusal::NotCounted(unit()),
        ResultRefusal::WrongLines(unit()),
        ResultRefusal::Overflow,
        ResultRefusal::SumDiffers(unit()),
        ResultRefusal::StationOpen(unit()),
        ResultRefusal::OtherContest(contest("n").code),
        ResultRefusal::Signatures,
    ]
    .iter()
    .map(|refusal| (refusal.code(), refusal.to_string()))
    .collect();
    assert_eq!(codes.len(), 10);
    assert!(codes.values().all(|sentence| !sentence.is_empty()));
}
