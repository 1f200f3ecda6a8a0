//! The journal: nothing without an entry, entries in order, damage found.

use crate::nation::actor;
use crate::nation::at;
use crate::nation::event;
use crate::nation::executive;
use crate::nation::founded;
use crate::nation::key;
use crate::nation::law;
use crate::sheet::save;
use sanduq_core::act::Act;
use sanduq_core::act::Entry;
use sanduq_core::act::Organ;
use sanduq_count::sheet::SheetState;
use sanduq_journal::hash::Hash;
use sanduq_journal::tree::Frontier;
use sanduq_store::Access;
use sanduq_store::Store;
use sanduq_store::StoreError;
use sanduq_store::StoreRefusal;
use sanduq_store::Write;
use sanduq_store::publication::Seal;
use sanduq_store::sheet::Revision;
use sanduq_store::trial::Trial;

/// One write in a store with an event: a seal, and so many entries.
pub async fn seal(store: &Store, snapshot: &str, entries: u32) -> Result<(), StoreError> {
    let seal = Seal {
        snapshot: snapshot.to_owned(),
        manifest: "00".repeat(32),
        at: at(1),
    };
    store
        .write(&executive(), at(1), async |w| {
            w.seal(&event(), &seal).await?;
            for number in 0..entries {
                let entry = w.entry(Act::PublicationSealed).with("snapshot", snapshot);
                w.journal(entry.with("number", number));
            }
            Ok(())
        })
        .await
}

#[tokio::test(flavor = "multi_thread")]
async fn without_an_entry_nothing_happens() {
    let trial = Trial::start().await.unwrap();
    let silent = trial
        .store
        .write(&executive(), at(0), async |w| w.call_event(&law()).await)
        .await;
    assert_eq!(silent, Err(StoreRefusal::NoEntry.into()));
    let failed: Result<(), StoreError> = trial
        .store
        .write(&executive(), at(0), async |w| {
            w.call_event(&law()).await?;
            let entry = w.entry(Act::EventCalled);
            w.journal(entry);
            Err(StoreRefusal::Conflict.into())
        })
        .await;
    assert_eq!(failed, Err(StoreRefusal::Conflict.into()));
    let read = trial.store.read().await.unwrap();
    assert_eq!(read.events().await.unwrap(), []);
    let head = read.verify_journal().await.unwrap();
    assert_eq!((head.size, head.root), (0, Hash::of_empty_log()));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_entry_in_the_name_of_another_organ_is_refused() {
    let trial = Trial::start().await.unwrap();
    let forged = trial
        .store
        .write(&executive(), at(0), async |w| {
            w.journal(Entry::new(
                Act::EventCalled,
                &actor(Organ::Supervision),
                at(0),
            ));
            Ok::<_, StoreError>(())
        })
        .await;
    assert_eq!(forged, Err(StoreRefusal::OtherOrgan.into()));
    let borrowed = trial
        .store
        .write_as(Access::Supervision, &executive(), at(0), async |_| {
            Ok::<_, StoreError>(())
        })
        .await;
    assert_eq!(borrowed, Err(StoreRefusal::OtherOrgan.into()));
    assert_eq!(
        trial.store.read().await.unwrap().head().await.unwrap().size,
        0
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn an_organ_journals_no_act_of_another_organ() {
    let trial = Trial::start().await.unwrap();
    for (organ, act) in [
        (Organ::Executive, Act::ResultCertified),
        (Organ::Supervision, Act::SheetFirstEntered),
        (Organ::Technical, Act::SheetProposed),
    ] {
        let done = async |w: &mut Write| {
            let entry = w.entry(act);
            w.journal(entry);
            Ok::<_, StoreError>(())
        };
        let written = trial.store.write(&actor(organ), at(0), done).await;
        assert_eq!(
            written.unwrap_err().code(),
            "store.other_organ",
            "{organ:?}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_court_an_auditor_and_the_public_write_nothing() {
    let trial = Trial::start().await.unwrap();
    for organ in [Organ::Judiciary, Organ::Audit, Organ::External] {
        let written = trial
            .store
            .write(&actor(organ), at(0), async |w| {
                let entry = w.entry(Act::EventCalled);
                w.journal(entry);
                Ok::<_, StoreError>(())
            })
            .await;
        assert_eq!(
            written.unwrap_err().code(),
            "store.not_permitted",
            "{organ:?}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn writers_at_the_same_time_get_their_entries_in_one_order() {
    let trial = founded().await;
    let mut writers = tokio::task::JoinSet::new();
    for writer in 0..16 {
        let store = trial.store.clone();
        writers.spawn(async move {
            // Few entries go by INSERT, many by COPY: both ways at once.
            let entries = if writer % 4 == 0 { 100 } else { writer + 1 };
            let written = seal(&store, &format!("snapshot-{writer}"), entries).await;
            written.unwrap();
            entries
        });
    }
    let written: u32 = writers.join_all().await.into_iter().sum();
    let read = trial.store.read().await.unwrap();
    let head = read.verify_journal().await.unwrap();
    assert_eq!(head.size, 1 + u64::from(written));
    let all = read.entries(0, 10_000).await.unwrap();
    assert_eq!(read.entries(7, 5).await.unwrap(), all[7..12]);
    assert_eq!(read.entries(head.size, 5).await.unwrap(), []);
    let root = all
        .iter()
        .map(|entry| Hash::of_leaf(&entry.bytes))
        .collect::<Frontier>()
        .root();
    assert_eq!(root, head.root);
    // The entries of one act stand together, in the order in which they were journaled.
    let fact = |at: usize, key: &str| Entry::from_bytes(&all[at].bytes).unwrap().facts[key].clone();
    assert_eq!(fact(1, "number"), "0");
    for at in 2..all.len() {
        let (before, here) = (fact(at - 1, "snapshot"), fact(at, "snapshot"));
        let number: usize = fact(at, "number").parse().unwrap();
        if before == here {
            assert_eq!(fact(at - 1, "number"), (number - 1).to_string());
        } else {
            assert_eq!(number, 0, "entry {at}");
        }
    }
}

/// Entries stand in the database many in a row; whoever asks for a part gets that part.
#[tokio::test(flavor = "multi_thread")]
async fn entries_are_read_from_anywhere() {
    let trial = founded().await;
    for (snapshot, entries) in [("first", 100), ("second", 3), ("third", 39)] {
        seal(&trial.store, snapshot, entries).await.unwrap();
    }
    let read = trial.store.read().await.unwrap();
    let all = read.entries(0, 1_000).await.unwrap();
    assert_eq!(all.len(), 143);
    for (from, index) in (0..).zip(0..all.len()) {
        for limit in [1, 5, 70] {
            let end = all.len().min(index + limit as usize);
            let part = read.entries(from, limit).await.unwrap();
            assert_eq!(part, all[index..end], "{limit} from {from}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_acts_on_one_sheet_are_found() {
    let trial = founded().await;
    let mut revision = Revision::NONE;
    for state in [SheetState::Received, SheetState::Received] {
        let sheet = (key("president", "c1-s1"), 1);
        revision = save(&trial, revision, sheet, state).await.unwrap();
        for other in [key("seat-c1", "c1-s1"), key("president", "c1-s2")] {
            // Only the first time: the second is refused, which changes nothing here.
            let _again = save(&trial, Revision::NONE, (other, 1), SheetState::Received).await;
        }
    }
    let read = trial.store.read().await.unwrap();
    let about = read
        .entries_about(&key("president", "c1-s1"))
        .await
        .unwrap();
    let indexes: Vec<u64> = about.iter().map(|entry| entry.index).collect();
    assert_eq!(indexes, [1, 4]);
    assert_eq!(
        read.entries_about(&key("president", "c1")).await.unwrap(),
        []
    );
}

/// Whoever writes past our code cannot leave a gap or write an entry twice (E56).
#[tokio::test(flavor = "multi_thread")]
async fn the_head_moves_over_whole_entries_only() {
    let trial = founded().await;
    let program = trial.connect("sanduq_program").await.unwrap();
    let two = "ARRAY['a', 'b']::bytea[]";
    for (runs, size, kept) in [
        (format!("(1, {two})"), 3, true),
        (format!("(2, {two})"), 4, false),
        (format!("(1, {two}), (4, {two})"), 6, false),
        (format!("(1, {two}), (2, {two})"), 3, false),
        (format!("(1, {two}), (2, {two})"), 4, false),
        (format!("(1, {two})"), 2, false),
        (format!("(1, {two})"), 4, false),
    ] {
        let moved = program
            .batch_execute(&format!(
                "BEGIN; SET LOCAL ROLE sanduq_executive;
                INSERT INTO journal.run (first, entries) VALUES {runs};
                UPDATE journal.head SET size = {size}; ROLLBACK"
            ))
            .await;
        let code = moved.map_err(|e| e.code().map(|code| code.code().to_owned()));
        let expected = if kept {
            Ok(())
        } else {
            Err(Some("SQ001".to_owned()))
        };
        assert_eq!(code, expected, "{runs} up to {size}");
        program.batch_execute("ROLLBACK").await.unwrap();
    }
}

/// What was changed from outside, and what the journal says of it.
#[tokio::test(flavor = "multi_thread")]
async fn damage_is_found_and_named() {
    for (damage, found) in [
        (
            "UPDATE journal.run SET entries[1] = entries[1] || ' ' WHERE first = 1",
            "entry 1",
        ),
        ("DELETE FROM journal.run WHERE first = 1", "entry 2"),
        ("DELETE FROM journal.run WHERE first = 3", "head"),
        (
            "ALTER TABLE journal.head DISABLE TRIGGER ALL;
             UPDATE journal.head SET root = sha256('x')",
            "head",
        ),
        (
            "ALTER TABLE journal.head DISABLE TRIGGER ALL;
             UPDATE journal.head SET size = 3",
            "head",
        ),
    ] {
        let trial = founded().await;
        for second in 1..4 {
            let written = seal(&trial.store, &format!("snapshot-{second}"), 1).await;
            written.unwrap();
        }
        assert_eq!(
            trial
                .store
                .read()
                .await
                .unwrap()
                .verify_journal()
                .await
                .unwrap()
                .size,
            4
        );
        let owner = trial.connect("sanduq").await.unwrap();
        owner.batch_execute(damage).await.unwrap();
        let refused = trial
            .store
            .read()
            .await
            .unwrap()
            .verify_journal()
            .await
            .unwrap_err();
        assert_eq!(refused.code(), "store.damaged", "{damage}");
        assert!(refused.to_string().contains(found), "{damage}: {refused}");
    }
}

/// The database does not let the head go back, stand still, or point past the last entry.
#[tokio::test(flavor = "multi_thread")]
async fn the_head_moves_forward_only() {
    let trial = founded().await;
    let program = trial.connect("sanduq_program").await.unwrap();
    program
        .batch_execute("SET ROLE sanduq_executive")
        .await
        .unwrap();
    for size in [0, 1, 2, 1000] {
        let moved = format!("UPDATE journal.head SET size = {size}");
        let refused = program.batch_execute(&moved).await.unwrap_err();
        assert_eq!(refused.code().unwrap().code(), "SQ001", "{size}");
    }
    assert_eq!(
        trial
            .store
            .read()
            .await
            .unwrap()
            .events()
            .await
            .unwrap()
            .len(),
        1
    );
    assert_eq!(event().as_str(), "oasis-2027");
}
