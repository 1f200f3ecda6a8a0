//! When what may be done: nothing is reported before it has happened, no sheet comes in before its
//! station has closed, and no act on a sheet is dated before the one that it follows.

use crate::day::close;
use crate::day::open;
use crate::import::import;
use crate::nation::accepted;
use crate::nation::at;
use crate::nation::change;
use crate::nation::event;
use crate::nation::executive;
use crate::nation::figures;
use crate::nation::founded;
use crate::nation::key;
use crate::sheet::decision;
use crate::sheet::finding;
use sanduq_core::act::Change;
use sanduq_count::sheet::Outcome;
use sanduq_count::sheet::Sheet;
use sanduq_count::sheet::SheetState;
use sanduq_store::Access;
use sanduq_store::StoreError;
use sanduq_store::Write;
use sanduq_store::sheet::Revision;
use sanduq_store::trial::Trial;

async fn save(
    trial: &Trial,
    was: Revision,
    change: &Change<Sheet>,
) -> Result<Revision, StoreError> {
    let by = executive();
    let work = async |w: &mut Write| w.save_sheet(&event(), was, change).await;
    trial.store.write(&by, at(2_000), work).await
}

#[tokio::test(flavor = "multi_thread")]
async fn what_has_not_happened_is_not_reported() {
    let trial = founded().await;
    let refused = open(&trial, &["c1-s1"], 2_001).await.unwrap_err();
    assert_eq!(refused.code(), "station.not_yet");
    open(&trial, &["c1-s1"], 2_000).await.unwrap();
    let refused = close(&trial, &["c1-s1"], 2_001).await.unwrap_err();
    assert_eq!(refused.code(), "station.not_yet");
    close(&trial, &["c1-s1"], 2_000).await.unwrap();
}

/// One by one and by import alike: nobody counts before the close (INV-20).
#[tokio::test(flavor = "multi_thread")]
async fn a_sheet_comes_in_after_its_station_has_closed() {
    let trial = founded().await;
    open(&trial, &["c1-s1", "c2-s1"], 100).await.unwrap();
    close(&trial, &["c1-s1"], 200).await.unwrap();
    let read = figures([10, 1], [6, 4]);
    let (not_closed, never) = ("sheet.station_not_closed", "sheet.station_never_opened");
    for (station, second, refusal) in [
        ("c1-s1", 199, Some(not_closed)),
        ("c2-s1", 300, Some(not_closed)),
        ("c1-s2", 300, Some(never)),
        ("c1-s1", 200, None),
    ] {
        let brought = change(key("president", station), 1, accepted(read.clone()), second);
        let imported = import(&trial, &[brought]).await.map(|_| ());
        let received = change(key("seat-c1", station), 1, SheetState::Received, second);
        let mut answers = vec![imported];
        if station != "c2-s1" {
            let saved = save(&trial, Revision::NONE, &received).await;
            answers.push(saved.map(|_| ()));
        }
        for answer in answers {
            let code = answer.as_ref().err().map(StoreError::code);
            assert_eq!(code, refusal, "{station} {second}");
            let named = answer.map_or_else(|no| no.to_string().contains(station), |()| true);
            assert!(named, "{station} {second}");
        }
    }
    // Where no station opens, sheets come as data alone.
    let trial = founded().await;
    let brought = change(key("president", "c1-s1"), 1, accepted(read), 1);
    import(&trial, &[brought]).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn acts_on_a_sheet_are_dated_in_their_order() {
    let trial = founded().await;
    let sheet = || key("president", "c1-s1");
    let received = change(sheet(), 1, SheetState::Received, 10);
    let was = save(&trial, Revision::NONE, &received).await.unwrap();
    let held = SheetState::Quarantined {
        figures: figures([10, 1], [6, 4]),
        findings: vec![finding()],
        proposal: None,
    };
    let refused = save(&trial, was, &change(sheet(), 1, held.clone(), 9)).await;
    let refused = refused.unwrap_err();
    assert_eq!(refused.code(), "sheet.earlier");
    assert!(refused.to_string().contains("c1-s1"), "{refused}");
    let was = save(&trial, was, &change(sheet(), 1, held, 10))
        .await
        .unwrap();
    let returned = SheetState::Returned {
        decision: decision(Outcome::Return),
    };
    let returned = change(sheet(), 1, returned, 20);
    save(&trial, was, &returned).await.unwrap();
    for (second, refusal) in [(19, Some("sheet.earlier")), (20, None)] {
        let next = change(sheet(), 2, SheetState::Received, second);
        let saved = save(&trial, Revision::NONE, &next).await;
        assert_eq!(saved.err().map(|no| no.code()), refusal, "{second}");
    }
    let read = trial.store.read_as(Access::Executive).await.unwrap();
    let versions = read.sheet_versions(&event(), &sheet()).await.unwrap();
    assert_eq!(versions.len(), 2);
}
