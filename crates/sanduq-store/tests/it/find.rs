//! Finding entries: the database answers as the rule does, whatever stands in the facts.

use crate::nation::actor;
use crate::nation::at;
use crate::nation::unit;
use sanduq_core::act::Act;
use sanduq_core::act::Entry;
use sanduq_core::act::Organ;
use sanduq_core::id::ActorId;
use sanduq_core::id::ContestCode;
use sanduq_journal::proof::verify_inclusion;
use sanduq_journal::tree::Frontier;
use sanduq_operations::process::Seen;
use sanduq_store::StoreError;
use sanduq_store::find::Wanted;
use sanduq_store::proof::Blocks;
use sanduq_store::trial::Trial;

/// Facts that say what is asked for, in places where it does not count.
const HOSTILE: &str = r#"","actor":"x-1","organ":"audit","facts":{"station":"c1-s1","at":"2000"#;

async fn write(trial: &Trial, organ: Organ, second: i64, entries: &[Entry]) {
    let written: Result<(), StoreError> = trial
        .store
        .write(&actor(organ), at(second), async |w| {
            for entry in entries {
                w.journal(Entry {
                    facts: entry.facts.clone(),
                    ..w.entry(Act::from_code(&entry.act).unwrap())
                });
            }
            Ok(())
        })
        .await;
    written.unwrap();
}

async fn told() -> Trial {
    let trial = Trial::start().await.unwrap();
    let plain = |act| Entry::new(act, &actor(Organ::Executive), at(0));
    let received = |station: &str| {
        let entry = plain(Act::SheetReceived).with("contest", "president");
        entry.with("station", station)
    };
    write(&trial, Organ::Executive, 10, &[plain(Act::EventCalled)]).await;
    let sheets: Vec<Entry> = (0..150)
        .map(|number| received(&format!("c{}-s1", number % 3)))
        .collect();
    write(&trial, Organ::Executive, 20, &sheets).await;
    let hostile = plain(Act::SheetProposed).with("ground", HOSTILE);
    let other = hostile.clone().with("station", "c1-s10");
    write(&trial, Organ::Supervision, 30, &[hostile, other]).await;
    let staff = plain(Act::StaffSuspended).with("staff", "e-7");
    write(&trial, Organ::Technical, 40, &[staff]).await;
    trial
}

fn questions() -> Vec<Wanted> {
    let mut all = vec![Wanted::default()];
    for acts in [
        vec![Act::SheetReceived],
        vec![Act::SheetProposed, Act::EventCalled],
        vec![Act::ResultCertified],
    ] {
        all.push(Wanted {
            acts,
            ..Wanted::default()
        });
    }
    for organ in [Organ::Supervision, Organ::Audit, Organ::Technical] {
        all.push(Wanted {
            organ: Some(organ),
            ..Wanted::default()
        });
    }
    for (from, until) in [(Some(20), None), (None, Some(20)), (Some(21), Some(31))] {
        all.push(Wanted {
            from: from.map(at),
            until: until.map(at),
            ..Wanted::default()
        });
    }
    for station in ["c1-s1", "c1-s10", "c1"] {
        all.push(Wanted {
            station: Some(unit(station)),
            contest: (station == "c1-s1").then(|| ContestCode::new("president").unwrap()),
            ..Wanted::default()
        });
    }
    for number in ["x-1", actor(Organ::Executive).id.as_str()] {
        all.push(Wanted {
            actor: Some(ActorId::new(number).unwrap()),
            ..Wanted::default()
        });
    }
    all.push(Wanted {
        staff: Some(ActorId::new("e-7").unwrap()),
        ..Wanted::default()
    });
    all
}

#[tokio::test(flavor = "multi_thread")]
async fn the_database_finds_what_the_rule_finds() {
    let trial = told().await;
    let read = trial.store.read().await.unwrap();
    let size = read.head().await.unwrap().size;
    let journal = read.entries(0, 1000).await.unwrap();
    let mut found_some = 0;
    for wanted in questions() {
        for range in [0..size, 0..70, 63..66, 70..size, size..size] {
            let has = |index: u64, bytes: &[u8]| {
                range.contains(&index) && wanted.has(&Entry::from_bytes(bytes).unwrap())
            };
            let own = journal.iter().filter(|one| has(one.index, &one.bytes));
            let mut expected: Vec<u64> = own.map(|one| one.index).collect();
            for newest_first in [false, true] {
                let limit = (40, newest_first);
                let found = read.find(&wanted, range.clone(), limit).await.unwrap();
                let found: Vec<u64> = found.iter().map(|one| one.index).collect();
                let first: Vec<u64> = expected.iter().copied().take(40).collect();
                assert_eq!(found, first, "{wanted:?} {range:?}");
                expected.reverse();
            }
            found_some += u32::from(!expected.is_empty());
        }
    }
    assert!(
        found_some > 20,
        "only {found_some} questions have an answer"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn acts_are_counted_as_if_one_by_one() {
    let trial = told().await;
    let read = trial.store.read().await.unwrap();
    let size = read.head().await.unwrap().size;
    let mut one_by_one = Seen::default();
    for one in read.entries(0, 1000).await.unwrap() {
        one_by_one.entry(one.index, &Entry::from_bytes(&one.bytes).unwrap());
    }
    let mut parts = Seen::default();
    for range in [0..1, 1..70, 70..70, 70..size] {
        for (act, organ, sight) in read.sights(range).await.unwrap() {
            parts.add(act, organ, sight);
        }
    }
    assert_eq!(parts, one_by_one);
}

#[tokio::test(flavor = "multi_thread")]
async fn every_entry_is_proved_at_every_size() {
    let trial = told().await;
    let entry = Entry::new(Act::SheetReceived, &actor(Organ::Executive), at(0));
    let many: Vec<Entry> = (0..700).map(|n| entry.clone().with("n", n)).collect();
    write(&trial, Organ::Executive, 50, &many).await;
    let read = trial.store.read().await.unwrap();
    let all = read.entries(0, 2000).await.unwrap();
    let mut blocks = Blocks::default();
    for size in [1, 2, 255, 256, 257, 300, 511, 512, 513, all.len() as u64] {
        let whole = usize::try_from(size).unwrap();
        let leaves: Vec<_> = all[..whole].iter().map(|one| one.leaf).collect();
        let root = leaves.iter().copied().collect::<Frontier>().root();
        assert_eq!(read.root_at(&mut blocks, size).await.unwrap(), root);
        assert_eq!(
            read.root_at(&mut Blocks::default(), size).await.unwrap(),
            root
        );
        for index in [0, 1, size / 3, 255, 256, size - 1] {
            if index < size {
                let path = read.inclusion(&mut blocks, index, size).await.unwrap();
                let leaf = leaves[usize::try_from(index).unwrap()];
                let proved = verify_inclusion(&path, index, size, leaf, root);
                assert_eq!(proved, Ok(()), "{index} of {size}");
            }
        }
    }
    let size = all.len() as u64;
    assert!(read.inclusion(&mut blocks, size, size).await.is_err());
    assert!(read.inclusion(&mut blocks, 0, size + 600).await.is_err());
    assert!(read.root_at(&mut blocks, size + 1).await.is_err());
    assert!(read.root_at(&mut blocks, size + 600).await.is_err());
}

/// A question that takes too long is stopped in the database, not only given up by who asked.
#[tokio::test(flavor = "multi_thread")]
async fn a_search_that_takes_too_long_is_stopped() {
    let trial = told().await;
    let owner = trial.connect("sanduq").await.unwrap();
    let read = trial.store.read().await.unwrap();
    read.hurry(core::time::Duration::from_millis(300))
        .await
        .unwrap();
    let lock = "BEGIN; LOCK TABLE journal.run IN ACCESS EXCLUSIVE MODE";
    owner.batch_execute(lock).await.unwrap();
    let all = Wanted::default();
    let found = read.find(&all, 0..9, (1, true));
    let soon = core::time::Duration::from_secs(5);
    let stopped = tokio::time::timeout(soon, found).await.unwrap();
    assert_eq!(stopped.unwrap_err().code(), "store.too_slow");
}
