//! The snapshot: everything public, and no figure of a contest that is not released.

use crate::nation::at;
use crate::nation::event;
use crate::nation::executive;
use crate::nation::founded;
use crate::nation::geography;
use crate::nation::key;
use crate::nation::release;
use crate::sheet::save;
use crate::sheet::states;
use sanduq_core::id::EventId;
use sanduq_count::publication::Snapshot;
use sanduq_count::sheet::Figures;
use sanduq_count::sheet::Salt;
use sanduq_count::sheet::SheetState;
use sanduq_store::Access;
use sanduq_store::Store;
use sanduq_store::sheet::Revision;
use sanduq_store::trial::Trial;

async fn snapshot(store: &Store, access: Access) -> Snapshot {
    let read = store.read_as(access).await.unwrap();
    read.snapshot(&event()).await.unwrap().unwrap()
}

/// A store whose one sheet is in `state`.
async fn with_sheet(state: SheetState) -> Trial {
    let trial = founded().await;
    let sheet = (key("president", "c2-s1"), 1);
    save(&trial, Revision::NONE, sheet, state).await.unwrap();
    trial
}

#[tokio::test(flavor = "multi_thread")]
async fn no_figure_leaves_before_the_release() {
    for state in states() {
        let trial = with_sheet(state.clone()).await;
        for access in [Access::Public, Access::Executive, Access::Supervision] {
            let taken = snapshot(&trial.store, access).await;
            let sheet = &taken.sheets[0];
            assert_eq!(sheet.state.code(), state.code());
            // Every figure of these states begins with 777; none may be found, wherever it hides.
            let all = format!("{:?}", taken.sheets);
            assert!(!all.contains("777"), "{access:?} {all}");
            assert_eq!(sheet.salt, Salt::WITHHELD, "{access:?}");
            let written = serde_json::to_string(&taken.sheets).unwrap();
            for salt in ["abab", "cdcd"] {
                assert!(!written.contains(salt), "{access:?} {written}");
            }
            if let Some(figures) = sheet.state.public() {
                assert_eq!(*figures, Figures::default());
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn after_the_release_what_two_have_read_is_shown_and_what_one_typed_is_not() {
    for state in states() {
        let trial = with_sheet(state.clone()).await;
        release(&trial, &executive(), "president").await;
        let taken = snapshot(&trial.store, Access::Public).await;
        assert!(taken.contests[0].released && !taken.contests[1].released);
        let shown = &taken.sheets[0].state;
        let salt = taken.sheets[0].salt;
        let figures = state.public().is_some();
        assert_eq!(salt != Salt::WITHHELD, figures, "{state:?}");
        let written = serde_json::to_string(&taken.sheets).unwrap();
        assert!(!written.contains("cdcd"), "a proposal waits: {written}");
        match state {
            SheetState::FirstEntered { .. } | SheetState::Differing { .. } => {
                assert!(!format!("{shown:?}").contains("777"), "{shown:?}");
            }
            SheetState::Accepted {
                figures,
                findings,
                decision,
                ..
            } => {
                let proposal = None;
                assert_eq!(
                    *shown,
                    SheetState::Accepted {
                        figures,
                        findings,
                        decision,
                        proposal
                    }
                );
            }
            SheetState::Quarantined {
                figures, findings, ..
            } => {
                let proposal = None;
                assert_eq!(
                    *shown,
                    SheetState::Quarantined {
                        figures,
                        findings,
                        proposal
                    }
                );
            }
            state => assert_eq!(*shown, state),
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn all_of_it_is_of_one_size_of_the_journal() {
    let trial = founded().await;
    let read = trial.store.read().await.unwrap();
    let before = read.snapshot(&event()).await.unwrap().unwrap();
    let sheet = (key("president", "c2-s1"), 1);
    save(&trial, Revision::NONE, sheet, SheetState::Received)
        .await
        .unwrap();
    // The same reading sees nothing of what was written meanwhile.
    let same = read.snapshot(&event()).await.unwrap().unwrap();
    assert_eq!(format!("{same:?}"), format!("{before:?}"));
    assert_eq!((before.journal_size, before.at), (1, at(0)));
    assert_eq!(before.geography, geography());
    assert_eq!(
        before.registered.get(),
        400,
        "no roll was frozen here: those of the stations"
    );
    assert_eq!(before.forms[0].0.code, before.contests[0].form);
    let after = snapshot(&trial.store, Access::Public).await;
    assert_eq!(
        (after.journal_size, after.sheets.len(), after.at),
        (2, 1, at(10))
    );
    let head = trial.store.read().await.unwrap().head().await.unwrap();
    assert_eq!(after.journal_root, *head.root.as_bytes());
    let none = EventId::new("none").unwrap();
    assert!(read.snapshot(&none).await.unwrap().is_none());
}
