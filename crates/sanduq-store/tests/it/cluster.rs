//! The private cluster: made, attached to, restarted, and every way in which it cannot start.

use crate::crash::kill_tree;
use crate::nation::event;
use crate::nation::found;
use sanduq_store::Config;
use sanduq_store::Store;
use sanduq_store::cluster::Cluster;
use sanduq_store::cluster::Durability;
use std::fs;
use std::os::unix::fs::MetadataExt;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::path::PathBuf;
use std::process::Command;
use std::time::Instant;
use tempfile::TempDir;

/// A folder that is not there yet, in one that goes with the test.
fn folder() -> (TempDir, PathBuf) {
    let parent = tempfile::tempdir().unwrap();
    let open = fs::Permissions::from_mode(0o755);
    fs::set_permissions(parent.path(), open).unwrap();
    let dir = parent.path().join("store");
    (parent, dir)
}

async fn open(dir: &Path) -> Store {
    let dir = dir.to_owned();
    Store::open(&Config::Private { dir }).await.unwrap()
}

async fn refused(dir: &Path) -> (&'static str, String) {
    let dir = dir.to_owned();
    let error = Store::open(&Config::Private { dir }).await.err().unwrap();
    (error.code(), error.to_string())
}

fn alive(process: u32) -> bool {
    let status = fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
    !status.is_empty() && !status.contains(") Z ")
}

fn process(dir: &Path) -> Option<u32> {
    let text = fs::read_to_string(dir.join("data/postmaster.pid")).ok()?;
    text.lines().next()?.trim().parse().ok()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_store_is_made_once_and_is_there_the_next_time() {
    let (_parent, dir) = folder();
    let start = Instant::now();
    let store = open(&dir).await;
    let first = start.elapsed();
    found(&store).await;
    let running = process(&dir).unwrap();
    drop(store);
    assert!(!alive(running), "the cluster stops with the program");
    let start = Instant::now();
    let store = open(&dir).await;
    let again = start.elapsed();
    let head = store.read().await.unwrap().verify_journal().await.unwrap();
    assert_eq!(head.size, 1);
    println!("first opening {first:?}, later {again:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_opens_it_while_it_runs_attaches_and_the_last_one_stops_it() {
    let (_parent, dir) = folder();
    let one = open(&dir).await;
    let running = process(&dir).unwrap();
    let two = open(&dir).await;
    assert_eq!(process(&dir), Some(running));
    found(&two).await;
    drop(one);
    assert!(alive(running), "another program is attached");
    assert_eq!(two.read().await.unwrap().events().await.unwrap().len(), 1);
    // A reading that is still open keeps it running too.
    let read = two.read().await.unwrap();
    drop(two);
    assert_eq!(read.events().await.unwrap().len(), 1);
    drop(read);
    assert!(!alive(running));
}

#[tokio::test(flavor = "multi_thread")]
async fn two_programs_that_open_it_at_once_get_the_same() {
    let (_parent, dir) = folder();
    let (one, two) = tokio::join!(open(&dir), open(&dir));
    found(&one).await;
    assert_eq!(two.read().await.unwrap().events().await.unwrap().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_killed_cluster_starts_again_though_its_number_was_given_away() {
    let (_parent, dir) = folder();
    let store = open(&dir).await;
    found(&store).await;
    let pid_file = fs::read_to_string(dir.join("data/postmaster.pid")).unwrap();
    kill_tree(&dir);
    drop(store);
    // As after a restart of the machine: the number belongs to another program, to this one.
    let (_, rest) = pid_file.split_once('\n').unwrap();
    let ours = format!("{}\n{rest}", std::process::id());
    fs::write(dir.join("data/postmaster.pid"), ours).unwrap();
    let store = open(&dir).await;
    assert_eq!(
        store
            .read()
            .await
            .unwrap()
            .verify_journal()
            .await
            .unwrap()
            .size,
        1
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn when_only_its_first_process_is_killed_it_starts_again() {
    let (_parent, dir) = folder();
    let store = open(&dir).await;
    found(&store).await;
    let first = process(&dir).unwrap().to_string();
    assert!(
        Command::new("kill")
            .args(["-9", &first])
            .status()
            .unwrap()
            .success()
    );
    let store = open(&dir).await;
    assert_eq!(store.read().await.unwrap().events().await.unwrap().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cluster_that_lost_its_socket_is_started_anew_unless_somebody_uses_it() {
    let (_parent, dir) = folder();
    let store = open(&dir).await;
    found(&store).await;
    let running = process(&dir).unwrap();
    fs::remove_file(dir.join("socket/.s.PGSQL.5432")).unwrap();
    let (code, why) = refused(&dir).await;
    assert_eq!(code, "store.folder");
    assert!(why.contains("another program uses it"), "{why}");
    assert!(alive(running));
    // The lock of a program that was killed is gone with it.
    fs::remove_file(dir.join("attached.lock")).unwrap();
    let next = open(&dir).await;
    assert!(!alive(running));
    assert_eq!(next.read().await.unwrap().events().await.unwrap().len(), 1);
    drop(next);
    drop(store);
    assert_eq!(process(&dir), None);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_crash_of_initdb_left_is_cleared_away() {
    let (_parent, dir) = folder();
    fs::create_dir_all(dir.join("data.new/base")).unwrap();
    fs::write(dir.join("data.new/PG_VERSION"), "half").unwrap();
    fs::write(dir.join("opening.lock"), "").unwrap();
    found(&open(&dir).await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_folder_with_a_long_path_gets_its_socket_elsewhere() {
    let (parent, _) = folder();
    let dir = parent.path().join("x".repeat(100));
    let opened = dir.clone();
    let cluster =
        tokio::task::spawn_blocking(move || Cluster::open(&opened, Durability::InMemory).unwrap());
    let cluster = cluster.await.unwrap();
    let socket = cluster.socket().to_owned();
    assert!(!socket.starts_with(parent.path()), "{socket:?}");
    assert_eq!(fs::metadata(&socket).unwrap().mode() & 0o777, 0o700);
    let client = owner(&cluster).await;
    for (setting, value) in [("listen_addresses", ""), ("fsync", "off")] {
        let shown = client
            .query_one(&format!("SHOW {setting}"), &[])
            .await
            .unwrap();
        assert_eq!(shown.get::<_, String>(0), value);
    }
    drop(client);
    drop(cluster);
    fs::remove_dir(socket).unwrap();
}

/// A connection of the cluster's owner.
async fn owner(cluster: &Cluster) -> tokio_postgres::Client {
    let address = cluster.address("sanduq", "postgres");
    let (client, connection) = address.connect(tokio_postgres::NoTls).await.unwrap();
    tokio::spawn(connection);
    client
}

#[tokio::test(flavor = "multi_thread")]
async fn a_folder_opens_whatever_its_name_has() {
    for name in ["a,b\\c\"d\nfsync = off\ne", "it's"] {
        let (parent, _) = folder();
        let dir = parent.path().join(name);
        let open = |dir: PathBuf| Cluster::open(&dir, Durability::OnDisk).unwrap();
        for _ in 0..2 {
            let opened = dir.clone();
            let cluster = tokio::task::spawn_blocking(move || open(opened));
            let cluster = cluster.await.unwrap();
            let client = owner(&cluster).await;
            let fsync = client.query_one("SHOW fsync", &[]).await.unwrap();
            assert_eq!(fsync.get::<_, String>(0), "on", "{name:?}");
            drop(client);
            let socket = cluster.socket().to_owned();
            drop(cluster);
            assert!(
                !socket.join(".s.PGSQL.5432").exists(),
                "{name:?} is stopped"
            );
            if !socket.starts_with(parent.path()) {
                fs::remove_dir(socket).unwrap();
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_election_is_written_to_the_disk() {
    let (_parent, dir) = folder();
    let store = open(&dir).await;
    let read = store.read().await.unwrap();
    drop(read);
    let settings = fs::read_to_string(dir.join("data/postgresql.conf")).unwrap();
    for setting in [
        "fsync = on",
        "synchronous_commit = on",
        "full_page_writes = on",
    ] {
        assert!(settings.lines().any(|line| line == setting), "{setting}");
    }
    for inside in ["data", "socket"] {
        let mode = fs::metadata(dir.join(inside)).unwrap().mode() & 0o777;
        assert_eq!(mode, 0o700, "{inside}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_folder_that_cannot_be_used_is_named() {
    // Nobody's documents are handed over.
    let (_parent, dir) = folder();
    fs::create_dir(&dir).unwrap();
    fs::write(dir.join("letter.txt"), "dear").unwrap();
    let (code, why) = refused(&dir).await;
    assert_eq!(code, "store.folder");
    assert!(
        why.contains("no store") && why.contains(dir.to_str().unwrap()),
        "{why}"
    );
    // A folder that the cluster's user cannot reach, or, without root, nobody but its owner.
    let (parent, dir) = folder();
    fs::set_permissions(parent.path(), fs::Permissions::from_mode(0o000)).unwrap();
    let (code, why) = refused(&dir).await;
    fs::set_permissions(parent.path(), fs::Permissions::from_mode(0o755)).unwrap();
    assert_eq!(code, "store.folder", "{why}");
    assert!(why.contains("Permission denied"), "{why}");
    // A folder in no folder.
    let (code, _) = refused(Path::new("/no/such/parent/store")).await;
    assert_eq!(code, "store.folder");
    // A log that leads out of the folder.
    let (parent, dir) = folder();
    drop(open(&dir).await);
    let (log, elsewhere) = (dir.join("postgres.log"), parent.path().join("elsewhere"));
    fs::remove_file(&log).unwrap();
    symlink(&elsewhere, &log).unwrap();
    let (code, why) = refused(&dir).await;
    assert_eq!(code, "store.folder");
    assert!(why.contains("no regular file"), "{why}");
    assert!(!elsewhere.exists());
    fs::remove_file(&log).unwrap();
    // A folder of another version.
    fs::write(dir.join("data/PG_VERSION"), "9\n").unwrap();
    let (code, why) = refused(&dir).await;
    assert_eq!(code, "store.other_version");
    assert!(why.contains("PostgreSQL 9"), "{why}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_folder_of_others_is_no_place_for_the_socket() {
    let (parent, _) = folder();
    let dir = parent.path().join("y".repeat(100));
    let opened = dir.clone();
    let cluster =
        tokio::task::spawn_blocking(move || Cluster::open(&opened, Durability::InMemory).unwrap());
    let socket = cluster.await.unwrap().socket().to_owned();
    fs::set_permissions(&socket, fs::Permissions::from_mode(0o755)).unwrap();
    let (code, why) = refused(&dir).await;
    fs::remove_dir(&socket).unwrap();
    assert_eq!(code, "store.folder");
    assert!(why.contains("others may enter"), "{why}");
}

/// A small disk of its own; `None` where this user may not mount one.
struct SmallDisk(TempDir);

impl SmallDisk {
    fn mount(megabytes: u32) -> Option<Self> {
        let place = tempfile::tempdir().unwrap();
        let size = format!("size={megabytes}m,mode=755");
        let mut mount = Command::new("mount");
        mount
            .args(["-t", "tmpfs", "-o", &size, "tmpfs"])
            .arg(place.path());
        if mount.output().is_ok_and(|done| done.status.success()) {
            return Some(Self(place));
        }
        println!("skipped: this user may not mount a small disk");
        None
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _unmounted = Command::new("umount").arg(self.0.path()).status();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_disk_that_is_too_small_is_named() {
    let Some(disk) = SmallDisk::mount(8) else {
        return;
    };
    let (code, why) = refused(&disk.0.path().join("store")).await;
    assert_eq!(code, "store.disk_full", "{why}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_disk_that_fills_up_loses_nothing() {
    let Some(disk) = SmallDisk::mount(700) else {
        return;
    };
    let dir = disk.0.path().join("store");
    let store = open(&dir).await;
    found(&store).await;
    let filler = disk.0.path().join("filler");
    let filled = Command::new("dd")
        .args(["if=/dev/zero", "bs=1M"])
        .arg(format!("of={}", filler.display()))
        .output();
    assert!(filled.is_ok());
    let mut failed = None;
    for round in 0..2000 {
        let written = crate::journal::seal(&store, &format!("full-{round}"), 200).await;
        if let Err(error) = written {
            failed = Some((round, error));
            break;
        }
    }
    let (acknowledged, error) = failed.expect("the disk is full");
    assert!(
        ["store.disk_full", "store.connection"].contains(&error.code()),
        "{error}"
    );
    drop(store);
    fs::remove_file(filler).unwrap();
    let store = open(&dir).await;
    let read = store.read().await.unwrap();
    read.verify_journal().await.unwrap();
    let there = read.seals(&event()).await.unwrap().len();
    assert!(there >= acknowledged, "{there} of {acknowledged}");
}
