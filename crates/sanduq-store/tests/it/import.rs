//! Bulk import: whole or not at all, and the same as sheet by sheet.

use crate::nation::accepted;
use crate::nation::at;
use crate::nation::change;
use crate::nation::event;
use crate::nation::executive;
use crate::nation::figures;
use crate::nation::founded;
use crate::nation::key;
use crate::nation::law;
use crate::nation::lay;
use crate::nation::supervision;
use crate::sheet::finding;
use crate::sheet::save;
use crate::sheet::states;
use sanduq_core::act::Act;
use sanduq_core::act::Change;
use sanduq_core::act::Entry;
use sanduq_core::id::EventId;
use sanduq_count::sheet::Figures;
use sanduq_count::sheet::Sheet;
use sanduq_count::sheet::SheetState;
use sanduq_store::Access;
use sanduq_store::StoreError;
use sanduq_store::StoreRefusal;
use sanduq_store::import::Lay;
use sanduq_store::journal::Head;
use sanduq_store::sheet::Revision;
use sanduq_store::trial::Trial;

fn begun() -> Entry {
    Entry::new(Act::ImportBegun, &executive(), at(9)).with("form", "sheet")
}

pub async fn import(trial: &Trial, changes: &[Change<Sheet>]) -> Result<Head, StoreError> {
    let mut import = trial.store.import(&executive(), &event()).await?;
    import.journal(&begun()).await?;
    for change in changes {
        import.sheet(change).await?;
    }
    import.finish().await
}

const STATIONS: [&str; 4] = ["c1-s1", "c1-s2", "c2-s1", "c2-s2"];

#[tokio::test(flavor = "multi_thread")]
async fn an_import_is_the_same_as_sheet_by_sheet() {
    // More states than stations: the rest goes to the other contest.
    let all: Vec<_> = states();
    let key_of = |number: usize| match number {
        0..4 => key("president", STATIONS[number]),
        _ => key("seat-c1", STATIONS[number % 2]),
    };
    let changes: Vec<_> = all
        .iter()
        .take(6)
        .enumerate()
        .map(|(number, state)| change(key_of(number), 1, state.clone(), 10))
        .collect();
    let (bulk, single) = (founded().await, founded().await);
    let head = import(&bulk, &changes).await.unwrap();
    for change in &changes {
        let sheet = (change.next.key.clone(), 1);
        save(&single, Revision::NONE, sheet, change.next.state.clone())
            .await
            .unwrap();
    }
    let [bulk, single] = [&bulk, &single].map(|trial| trial.store.read_as(Access::Executive));
    let (bulk, single) = (bulk.await.unwrap(), single.await.unwrap());
    for change in &changes {
        let key = &change.next.key;
        let stored = bulk.sheet_versions(&event(), key).await.unwrap();
        assert_eq!(stored, single.sheet_versions(&event(), key).await.unwrap());
        assert_eq!(stored[0].sheet, change.next);
        let past = bulk.sheet_history(&event(), key).await.unwrap();
        assert_eq!(past, single.sheet_history(&event(), key).await.unwrap());
    }
    assert_eq!(bulk.verify_journal().await.unwrap(), head);
    assert_eq!(head.size, 2 + 6);
    let entries = bulk.entries(1, 10).await.unwrap();
    assert_eq!(entries[0].bytes, begun().to_bytes());
    assert_eq!(entries[6].bytes, changes[5].entry.to_bytes());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_import_leaves_nothing() {
    let trial = founded().await;
    let read = figures([10, 1], [6, 4]);
    let one = |contest, station, version| {
        change(key(contest, station), version, accepted(read.clone()), 10)
    };
    let there = one("president", "c2-s2", 1);
    import(&trial, core::slice::from_ref(&there)).await.unwrap();
    for (wrong, code) in [
        (there.clone(), "store.already_exists"),
        (one("president", "nowhere", 1), "store.unknown"),
        (one("president", "c1", 1), "store.unknown"),
        (one("nobody", "c1-s1", 1), "store.unknown"),
        (one("president", "c1-s2", 2), "sheet.immutable"),
        (
            change(
                key("president", "c1-s2"),
                1,
                accepted(figures([u64::MAX, 0], [0, 0])),
                10,
            ),
            "store.too_large",
        ),
    ] {
        let good = one("president", "c1-s1", 1);
        let refused = import(&trial, &[good, wrong]).await.unwrap_err();
        assert_eq!(refused.code(), code, "{refused}");
    }
    let none = EventId::new("none").unwrap();
    let unknown = trial.store.import(&executive(), &none).await.err().unwrap();
    assert_eq!(unknown.code(), "store.unknown");
    let silent = trial.store.import(&executive(), &event()).await.unwrap();
    assert_eq!(silent.finish().await, Err(StoreRefusal::NoEntry.into()));
    let mut forged = trial.store.import(&executive(), &event()).await.unwrap();
    let entry = Entry::new(Act::ImportBegun, &supervision(), at(9));
    assert_eq!(
        forged.journal(&entry).await,
        Err(StoreRefusal::OtherOrgan.into())
    );
    // An act of this person's organ, in which it has no part.
    let entry = Entry::new(Act::ResultCertified, &executive(), at(9));
    assert_eq!(
        forged.journal(&entry).await,
        Err(StoreRefusal::OtherOrgan.into())
    );
    drop(forged);
    let mut dropped = trial.store.import(&executive(), &event()).await.unwrap();
    dropped.sheet(&one("president", "c1-s1", 1)).await.unwrap();
    drop(dropped);
    // The lock on the journal is gone with them: the next import goes through.
    let read = trial.store.read().await.unwrap();
    assert_eq!(read.verify_journal().await.unwrap().size, 3);
    assert_eq!(read.sheets_by_state(&event()).await.unwrap()[0].sheets, 1);
    import(&trial, &[one("president", "c1-s1", 1)])
        .await
        .unwrap();
}

/// The event, its ground and its sheets in one transaction: all of it or nothing.
#[tokio::test(flavor = "multi_thread")]
async fn what_an_import_lays_comes_and_goes_with_it() {
    let trial = Trial::start().await.unwrap();
    let read = figures([10, 1], [6, 4]);
    let sheet = |station: &str| {
        let key = key("president", station);
        change(key, 1, accepted(read.clone()), 10)
    };
    let laid = async |lay: Lay, station: &str| {
        let (by, event) = (executive(), event());
        let begin = trial.store.import_with(&by, at(0), &event, lay);
        let mut import = begin.await?;
        import.journal(&begun()).await?;
        import.sheet(&sheet("c1-s1")).await?;
        import.sheet(&sheet(station)).await?;
        import.finish().await
    };
    let whole = || -> Lay { Box::new(|w| Box::pin(lay(w))) };
    let without_an_entry: Lay = Box::new(|w| {
        Box::pin(async {
            w.call_event(&law()).await?;
            Ok(())
        })
    });
    let of_another_organ: Lay = Box::new(|w| {
        Box::pin(async {
            lay(w).await?;
            w.journal(Entry::new(Act::EventCalled, &supervision(), at(0)));
            Ok(())
        })
    });
    let of_nothing: Lay = Box::new(|w| {
        Box::pin(async {
            w.journal(w.entry(Act::EventCalled));
            Ok(())
        })
    });
    for (lay, station, code) in [
        (whole(), "nowhere", "store.unknown"),
        (whole(), "c1-s1", "store.already_exists"),
        (without_an_entry, "c1-s2", "store.no_entry"),
        (of_another_organ, "c1-s2", "store.other_organ"),
        (of_nothing, "c1-s2", "store.unknown"),
    ] {
        let refused = laid(lay, station).await.unwrap_err();
        assert_eq!(refused.code(), code, "{refused}");
        let read = trial.store.read().await.unwrap();
        assert_eq!(read.events().await.unwrap(), [], "{code}");
        assert_eq!(read.verify_journal().await.unwrap().size, 0, "{code}");
    }
    let head = laid(whole(), "c1-s2").await.unwrap();
    assert_eq!(head.size, 1 + 1 + 2);
    let read = trial.store.read().await.unwrap();
    assert_eq!(read.verify_journal().await.unwrap(), head);
    let entries = read.entries(0, 2).await.unwrap();
    let called = Entry::new(Act::EventCalled, &executive(), at(0)).with("event", event());
    assert_eq!(entries[0].bytes, called.to_bytes());
    assert_eq!(entries[1].bytes, begun().to_bytes());
    let again = laid(whole(), "c2-s1").await.unwrap_err();
    assert_eq!(again.code(), "store.already_exists");
}

/// A second sheet of a station in one file: the first is held back, the second beside it.
#[tokio::test(flavor = "multi_thread")]
async fn what_an_import_added_it_can_amend() {
    let trial = founded().await;
    let held = |figures: Figures| SheetState::Quarantined {
        figures,
        findings: vec![finding()],
        proposal: None,
    };
    let (one, two) = (figures([10, 1], [6, 4]), figures([11, 1], [7, 4]));
    let sheet = key("president", "c1-s1");
    let mut import = trial.store.import(&executive(), &event()).await.unwrap();
    import.journal(&begun()).await.unwrap();
    import
        .sheet(&change(sheet.clone(), 1, accepted(one.clone()), 10))
        .await
        .unwrap();
    let amended = change(sheet.clone(), 1, held(one.clone()), 11);
    import.amend(Revision::FIRST, &amended).await.unwrap();
    import
        .sheet(&change(sheet.clone(), 2, held(two.clone()), 11))
        .await
        .unwrap();
    let head = import.finish().await.unwrap();
    assert_eq!(head.size, 5);
    let read = trial.store.read_as(Access::Executive).await.unwrap();
    let versions = read.sheet_versions(&event(), &sheet).await.unwrap();
    let states: Vec<_> = versions
        .into_iter()
        .map(|stored| stored.sheet.state)
        .collect();
    assert_eq!(states, [held(one), held(two)]);
    assert_eq!(read.sheet_history(&event(), &sheet).await.unwrap().len(), 3);
    assert_eq!(read.verify_journal().await.unwrap(), head);
    let mut stale = trial.store.import(&executive(), &event()).await.unwrap();
    stale.amend(Revision::FIRST, &amended).await.unwrap();
    assert_eq!(stale.finish().await, Err(StoreRefusal::Conflict.into()));
}
