//! The whole process tree of the database is killed, again and again, in the middle of writes:
//! nothing that was acknowledged is lost, and nothing is half there.

use crate::nation::accepted;
use crate::nation::at;
use crate::nation::change;
use crate::nation::event;
use crate::nation::executive;
use crate::nation::figures;
use crate::nation::key;
use sanduq_core::act::Act;
use sanduq_core::act::Actor;
use sanduq_core::act::Entry;
use sanduq_core::id::ActorId;
use sanduq_count::sheet::SheetState;
use sanduq_store::Access;
use sanduq_store::Config;
use sanduq_store::Read;
use sanduq_store::Store;
use sanduq_store::StoreError;
use sanduq_store::publication::Seal;
use sanduq_store::sheet::Revision;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use std::sync::atomic::Ordering;
use std::time::Duration;

const ROUNDS: u64 = 25;

/// Kills the first process of a cluster and all its children, as `kill -9` does.
pub fn kill_tree(dir: &Path) {
    let pid_file = fs::read_to_string(dir.join("data/postmaster.pid")).unwrap();
    let first: u32 = pid_file.lines().next().unwrap().trim().parse().unwrap();
    let mut doomed = vec![first];
    for process in fs::read_dir("/proc").unwrap().flatten() {
        let stat = fs::read_to_string(process.path().join("stat")).unwrap_or_default();
        let parent = stat
            .rsplit(") ")
            .next()
            .and_then(|rest| rest.split(' ').nth(1));
        if parent == Some(&first.to_string()) {
            doomed.extend(
                process
                    .file_name()
                    .to_str()
                    .and_then(|name| name.parse::<u32>().ok()),
            );
        }
    }
    let doomed = doomed.iter().map(u32::to_string);
    // One of the children may have ended by itself in the meantime.
    let _killed = Command::new("kill")
        .arg("-9")
        .args(doomed)
        .status()
        .unwrap();
}

/// A seal of its own for each attempt.
fn attempt(round: u64, writer: u64, number: u64) -> Seal {
    Seal {
        snapshot: format!("{number}-{round}-{writer}"),
        manifest: "00".repeat(32),
        at: at(10),
    }
}

/// Seals snapshots, and moves a sheet on, until the database is gone. Answers what was
/// acknowledged: snapshots, and how far the sheet has come.
async fn work(
    store: Store,
    round: u64,
    writer: u64,
    done: Arc<AtomicU64>,
) -> (Vec<String>, Revision) {
    let mut acknowledged = Vec::new();
    let station = ["c1-s1", "c1-s2", "c2-s1", "c2-s2"][usize::try_from(writer).unwrap()];
    let sheet = key("president", station);
    let mut revision = match store.read_as(Access::Executive).await {
        Ok(read) => read.sheet(&event(), &sheet).await.unwrap_or_default(),
        Err(_) => return (acknowledged, Revision::NONE),
    }
    .map_or(Revision::NONE, |stored| stored.revision);
    for number in 0.. {
        let seal = attempt(round, writer, number);
        let change = change(sheet.clone(), 1, SheetState::Received, 10);
        let written: Result<Revision, StoreError> = store
            .write(&executive(), at(10), async |w| {
                w.seal(&event(), &seal).await?;
                let entry = w.entry(Act::PublicationSealed);
                w.journal(entry.with("snapshot", &seal.snapshot));
                w.save_sheet(&event(), revision, &change).await
            })
            .await;
        match written {
            Ok(saved) => revision = saved,
            Err(_) => break,
        }
        acknowledged.push(seal.snapshot);
        done.fetch_add(1, Ordering::Relaxed);
    }
    (acknowledged, revision)
}

/// Every seal has its entry and every entry its seal; every sheet has a line of history and an
/// entry for each of its revisions.
async fn whole(read: &Read) -> BTreeSet<String> {
    read.verify_journal().await.unwrap();
    let mut told = BTreeSet::new();
    let mut sheets = 0;
    read.each_entry(|entry| {
        let entry = Entry::from_bytes(&entry.bytes).unwrap();
        match Act::from_code(&entry.act).unwrap() {
            Act::EventCalled => {}
            Act::PublicationSealed => assert!(told.insert(entry.facts["snapshot"].clone())),
            _ => sheets += 1,
        }
    })
    .await
    .unwrap();
    let seals = read.seals(&event()).await.unwrap();
    let seals: BTreeSet<String> = seals.into_iter().map(|seal| seal.snapshot).collect();
    assert_eq!(seals, told);
    let mut revisions = 0;
    for station in ["c1-s1", "c1-s2", "c2-s1", "c2-s2"] {
        let key = key("president", station);
        let past = read.sheet_history(&event(), &key).await.unwrap();
        let now = read.sheet(&event(), &key).await.unwrap();
        assert_eq!(
            now.map(|stored| stored.revision),
            past.last().map(|past| past.revision)
        );
        revisions += past.len();
    }
    assert_eq!(revisions, sheets);
    seals
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_acknowledged_survives_and_nothing_is_half_there() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("store");
    let config = Config::Private { dir: dir.clone() };
    crate::nation::found(&Store::open(&config).await.unwrap()).await;
    let mut acknowledged = BTreeSet::new();
    let mut least = [Revision::NONE; 4];
    for round in 0..ROUNDS {
        let store = Store::open(&config).await.unwrap();
        let read = store.read_as(Access::Executive).await.unwrap();
        let there = whole(&read).await;
        let lost: Vec<_> = acknowledged.difference(&there).collect();
        assert!(lost.is_empty(), "round {round} lost {lost:?}");
        for (station, least) in ["c1-s1", "c1-s2", "c2-s1", "c2-s2"].into_iter().zip(&least) {
            let sheet = read
                .sheet(&event(), &key("president", station))
                .await
                .unwrap();
            let revision = sheet.map_or(Revision::NONE, |stored| stored.revision);
            assert!(revision >= *least, "round {round}: {station} went back");
        }
        drop(read);
        let done = Arc::new(AtomicU64::new(0));
        let work = |writer| tokio::spawn(work(store.clone(), round, writer, done.clone()));
        let writers: Vec<_> = (0..4).map(work).collect();
        while done.load(Ordering::Relaxed) < 4 + round % 9 {
            tokio::time::sleep(Duration::from_micros(200)).await;
        }
        tokio::time::sleep(Duration::from_micros(round * 700 % 3000)).await;
        kill_tree(&dir);
        for (writer, least) in writers.into_iter().zip(&mut least) {
            let (seals, revision) = writer.await.unwrap();
            acknowledged.extend(seals);
            *least = revision.max(*least);
        }
    }
    let store = Store::open(&config).await.unwrap();
    let there = whole(&store.read_as(Access::Executive).await.unwrap()).await;
    assert!(acknowledged.is_subset(&there));
    let count = acknowledged.len();
    assert!(
        count > 100,
        "the writers got {count} writes done: too few to say anything"
    );
    println!(
        "{ROUNDS} kills, {count} writes acknowledged, {} found, 0 lost",
        there.len()
    );
}

/// An import that is killed on its way leaves nothing, whenever it happens.
#[tokio::test(flavor = "multi_thread")]
async fn an_import_that_is_killed_leaves_nothing_or_all() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("store");
    let config = Config::Private { dir: dir.clone() };
    crate::nation::found(&Store::open(&config).await.unwrap()).await;
    let clerk = Actor {
        id: ActorId::new("clerk").unwrap(),
        ..executive()
    };
    let mut done = 0;
    for round in 0..10_u64 {
        let store = Store::open(&config).await.unwrap();
        let killer = tokio::spawn({
            let dir = dir.clone();
            async move {
                tokio::time::sleep(Duration::from_millis(5 + round * 60)).await;
                kill_tree(&dir);
            }
        });
        let imported = async {
            let mut import = store.import(&clerk, &event()).await?;
            let sheet = change(
                key("president", "c1-s1"),
                1,
                accepted(figures([1, 1], [1, 0])),
                9,
            );
            import.sheet(&sheet).await?;
            for number in 0..20_000 {
                let entry = Entry::new(Act::ImportBegun, &clerk, at(9));
                import.journal(&entry.with("number", number)).await?;
            }
            import.finish().await
        };
        let imported = imported.await;
        killer.await.unwrap();
        drop(store);
        let store = Store::open(&config).await.unwrap();
        let read = store.read_as(Access::Executive).await.unwrap();
        let size = read.verify_journal().await.unwrap().size;
        let sheet = read
            .sheet(&event(), &key("president", "c1-s1"))
            .await
            .unwrap();
        let there = size == 20_002;
        assert!(there || size == 1, "{size} entries");
        assert_eq!(sheet.is_some(), there);
        assert!(
            imported.is_err() || there,
            "an acknowledged import was lost"
        );
        if there {
            done += 1;
            break;
        }
    }
    println!("imports that were quicker than the kill: {done}");
}
