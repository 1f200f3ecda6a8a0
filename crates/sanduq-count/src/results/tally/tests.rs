//! Sums at every level, and the tally kept up sheet by sheet against the one made at once.

use super::*;
use crate::results::tests::accepted;
use crate::results::tests::contest;
use crate::results::tests::figures;
use crate::results::tests::form;
use crate::results::tests::geography;
use crate::results::tests::sheet;
use crate::sheet::SheetState;
use proptest::prelude::any;
use proptest::prelude::prop;
use proptest::proptest;
use std::collections::BTreeMap;

fn held(station: &str, figures: Figures) -> Sheet {
    sheet(
        station,
        1,
        SheetState::Quarantined {
            figures,
            findings: vec![],
            proposal: None,
        },
    )
}

#[test]
fn every_unit_is_the_sum_of_the_accepted_sheets_below_it_and_of_nothing_else() {
    let geography = geography(2, 2);
    let mut empty_line = figures(7, 1, 0);
    empty_line.fields[0] = None;
    let sheets = [
        accepted("n-0-0", 1, figures(10, 3, 2)),
        accepted("n-1-0", 1, figures(20, 5, 4)),
        accepted("n-1-1", 1, empty_line),
        held("n-0-1", figures(40, 30, 1)),
    ];
    let tally = tally(&geography, &form(), &contest("n"), &sheets).unwrap();
    tally.check_sums(&geography).unwrap();
    for (unit, stations, counted, registered, one, two) in [
        ("n", 4, 3, 30, 9, 6),
        ("n-0", 2, 1, 10, 3, 2),
        ("n-1", 2, 2, 20, 6, 4),
        ("n-0-1", 1, 0, 0, 0, 0),
        ("n-1-1", 1, 1, 0, 1, 0),
    ] {
        let at = geography.find(&UnitCode::new(unit).unwrap()).unwrap();
        let totals = tally.totals(at).unwrap();
        assert_eq!(
            (totals.stations, totals.counted),
            (stations, counted),
            "{unit}"
        );
        assert_eq!(
            totals.fields,
            [registered, one + two].map(Votes::new),
            "{unit}"
        );
        assert_eq!(totals.choices, [one, two].map(Votes::new), "{unit}");
    }
}

#[test]
fn a_contest_of_one_province_counts_only_its_stations() {
    let geography = geography(2, 2);
    let sheets = [accepted("n-1-0", 1, figures(20, 5, 4))];
    let counted = tally(&geography, &form(), &contest("n-1"), &sheets).unwrap();
    assert_eq!(counted.units().len(), 3);
    let nation = geography.places().next().unwrap();
    assert_eq!(counted.totals(nation), None);
    let stranger = [accepted("n-0-0", 1, figures(20, 5, 4))];
    let refused = tally(&geography, &form(), &contest("n-1"), &stranger);
    let station = UnitCode::new("n-0-0").unwrap();
    assert_eq!(refused, Err(ResultRefusal::UnknownStation(station)));
    let unknown = Tally::empty(&geography, &form(), &contest("m"));
    assert_eq!(
        unknown.unwrap_err(),
        ResultRefusal::UnknownUnit(contest("m").unit)
    );
}

#[test]
fn what_cannot_count_is_refused_and_leaves_the_tally_as_it_was() {
    let geography = geography(1, 2);
    let first = accepted("n-0-0", 1, figures(10, 3, 2));
    let mut tally = tally(&geography, &form(), &contest("n"), [&first]).unwrap();
    let before = tally.clone();
    let station = |code: &str| UnitCode::new(code).unwrap();
    let mut long = figures(1, 1, 1);
    long.choices.push(None);
    let huge = figures(u64::MAX, 3, 2);
    for (old, new, refusal) in [
        (None, accepted("n-0-0", 2, figures(1, 1, 0)), {
            ResultRefusal::CountedTwice(station("n-0-0"))
        }),
        (
            Some(accepted("n-0-1", 1, figures(1, 1, 0))),
            held("n-0-1", figures(1, 1, 0)),
            { ResultRefusal::NotCounted(station("n-0-1")) },
        ),
        (
            Some(accepted("n-0-0", 1, figures(9, 3, 2))),
            held("n-0-0", figures(1, 1, 0)),
            { ResultRefusal::NotCounted(station("n-0-0")) },
        ),
        (
            None,
            accepted("n-0-1", 1, long),
            ResultRefusal::WrongLines(station("n-0-1")),
        ),
        (None, accepted("n-0", 1, figures(1, 1, 0)), {
            ResultRefusal::UnknownStation(station("n-0"))
        }),
        (None, accepted("n-0-1", 1, huge), ResultRefusal::Overflow),
    ] {
        assert_eq!(tally.apply(&geography, old.as_ref(), &new), Err(refusal));
        assert_eq!(tally, before);
    }
    let other = accepted("n-0-1", 1, figures(10, 3, 2));
    tally.apply(&geography, None, &other).unwrap();
    let replaced = accepted("n-0-1", 1, figures(u64::MAX, 3, 2));
    let kept = tally.clone();
    assert_eq!(
        tally.apply(&geography, Some(&other), &replaced),
        Err(ResultRefusal::Overflow)
    );
    assert_eq!(tally, kept, "the old figures are in again");
}

#[test]
fn a_sum_that_is_off_by_one_at_any_level_is_named() {
    let geography = geography(2, 2);
    let sheets = [accepted("n-1-0", 1, figures(20, 5, 4))];
    let good = tally(&geography, &form(), &contest("n"), &sheets).unwrap();
    for (row, unit) in [(0, "n"), (4, "n"), (5, "n-1"), (6, "n-1")] {
        for column in 0..good.width {
            let mut off = good.clone();
            let sum = &mut off.sums[row * good.width + column];
            *sum = sum.plus(Votes::new(1)).unwrap();
            let named = ResultRefusal::SumDiffers(UnitCode::new(unit).unwrap());
            assert_eq!(
                off.check_sums(&geography),
                Err(named),
                "row {row} column {column}"
            );
        }
        let mut off = good.clone();
        off.coverage[row].counted += 1;
        assert!(off.check_sums(&geography).is_err());
    }
}

proptest! {
    #[test]
    fn kept_up_sheet_by_sheet_it_is_the_tally_made_at_once(
        acts in prop::collection::vec((0..12_usize, any::<Option<[u16; 3]>>()), 0..60),
    ) {
        let (geography, form, contest) = (geography(3, 4), form(), contest("n"));
        let mut kept = Tally::empty(&geography, &form, &contest).unwrap();
        let mut current: BTreeMap<usize, Sheet> = BTreeMap::new();
        for (station, votes) in acts {
            let code = format!("n-{}-{}", station / 4, station % 4);
            let after = match votes {
                Some([a, b, c]) => accepted(&code, 1, figures(a.into(), b.into(), c.into())),
                None => held(&code, figures(1, 1, 1)),
            };
            kept.apply(&geography, current.get(&station), &after).unwrap();
            current.insert(station, after);
            let whole = tally(&geography, &form, &contest, current.values()).unwrap();
            assert_eq!(kept, whole);
            kept.check_sums(&geography).unwrap();
        }
    }
}
