//! `sanduq publish`: the folder, its history, what it does not replace, and what a crash leaves.

use crate::nation::actor;
use crate::wadi::fill;
use crate::wadi::open;
use crate::wadi::printed;
use crate::wadi::sanduq;
use crate::wadi::wadi;
use jiff::Timestamp;
use sanduq_core::act::Act;
use sanduq_core::act::Entry;
use sanduq_core::act::Organ;
use sanduq_core::id::ActorId;
use sanduq_core::id::ContestCode;
use sanduq_core::names::Locale;
use sanduq_count::publication::PublicationRefusal;
use sanduq_count::publication::figures_released;
use sanduq_count::publication::files;
use sanduq_operations::staff::Role;
use sanduq_store::StoreError;
use sanduq_store::Write;
use sanduq_store::account::Account;
use serde_json::Value;
use std::collections::BTreeMap;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::path::PathBuf;
use std::process::Command;
use std::process::Stdio;
use std::time::Duration;

/// A store with Wadi and a place to publish.
pub struct Place {
    _dir: tempfile::TempDir,
    /// The store.
    pub store: PathBuf,
    /// The folder.
    pub folder: PathBuf,
}

impl Place {
    /// Wadi in a store of its own.
    pub async fn wadi() -> Self {
        let dir = tempfile::tempdir().unwrap();
        // The cluster runs as another user than root and must reach its folder.
        std::fs::set_permissions(dir.path(), PermissionsExt::from_mode(0o755)).unwrap();
        let place = Self {
            store: dir.path().join("store"),
            folder: dir.path().join("result"),
            _dir: dir,
        };
        fill(&place.store, &wadi()).await;
        place
    }

    /// Publishes and hands back what the program answered, or what it refused.
    pub fn publish(&self, folder: &Path) -> Result<Value, String> {
        let (folder, store) = (folder.to_str().unwrap(), self.store.to_str().unwrap());
        let output = sanduq(&["publish", folder, "--store", store, "--json"]);
        match output.status.code() {
            Some(0) => Ok(serde_json::from_slice(&output.stdout).unwrap()),
            _ => Err(printed(&output)),
        }
    }

    /// What stands beside the folder that is the program's own.
    fn leftovers(&self) -> Vec<String> {
        let items = std::fs::read_dir(self.folder.parent().unwrap()).unwrap();
        let names = items.map(|item| item.unwrap().file_name().into_string().unwrap());
        names
            .filter(|name| !matches!(name.as_str(), "store" | "result"))
            .collect()
    }
}

/// The snapshot that a folder publishes; none where there is no folder.
fn published(folder: &Path) -> Option<String> {
    let event = std::fs::read(folder.join("event.json")).ok()?;
    let event: Value = serde_json::from_slice(&event).unwrap();
    Some(event["edition"]["snapshot"].as_str().unwrap().to_owned())
}

fn holds(folder: &Path, key: &str) {
    let output = sanduq(&["verify", folder.to_str().unwrap(), "--key", key]);
    assert_eq!(output.status.code(), Some(0), "{}", printed(&output));
}

/// Once staff is enrolled, nobody publishes but an active results officer (INV-45: the journal
/// names who did it).
#[tokio::test]
async fn a_results_officer_publishes_and_nobody_else() {
    let place = Place::wadi().await;
    let folder = place.folder.to_str().unwrap();
    let publish = |by: &str| {
        let store = place.store.to_str().unwrap();
        sanduq(&["publish", folder, "--store", store, "--by", by, "--json"])
    };
    let staff = [
        ("clerk-1", Role::Clerk, true),
        ("officer-1", Role::ResultsOfficer, true),
        ("officer-2", Role::ResultsOfficer, false),
    ];
    let staff = staff.map(|(id, role, active)| {
        let account = Account {
            id: ActorId::new(id).unwrap(),
            role,
            unit: None,
            locale: Locale::Ar,
            active,
            first: None,
        };
        (account, "$argon2id$none".to_owned())
    });
    let store = open(&place.store).await;
    let by = actor("t-1", Organ::Technical);
    let enrolled = store.write(&by, Timestamp::now(), async |w| {
        w.enrol_staff(&staff).await?;
        let entry = w.entry(Act::StaffEnrolled).with("count", 3);
        w.journal(entry.with("role", "staff"));
        Ok::<_, StoreError>(())
    });
    enrolled.await.unwrap();
    drop(store);
    for by in ["clerk-1", "officer-2", "nobody-1"] {
        let said = printed(&publish(by));
        assert!(said.contains("[publication.by]"), "{said}");
        assert!(said.contains("the store has: officer-1"), "{said}");
        assert!(!place.folder.exists());
    }
    let output = publish("officer-1");
    assert_eq!(output.status.code(), Some(0), "{}", printed(&output));
}

#[tokio::test]
async fn a_store_is_published_verified_and_published_again() {
    let place = Place::wadi().await;
    let first = place.publish(&place.folder).unwrap();
    let key = first["key"].as_str().unwrap();
    assert_eq!(
        first["snapshot"],
        wadi().snapshot.id(),
        "the journal came through as it was"
    );
    assert_eq!(
        (&first["journal_size"], &first["history"]),
        (&56.into(), &0.into())
    );
    holds(&place.folder, key);
    // The public files are those of the nation that never saw a store.
    let mut expected = BTreeMap::new();
    let mut emit = |path: &str, bytes: Vec<u8>| {
        expected.insert(path.to_owned(), bytes);
        Ok::<(), PublicationRefusal>(())
    };
    files(&wadi().snapshot, &mut emit).unwrap();
    for page in ["index.html", "pages/ar/index.html", "pages/en/unit/d1.html"] {
        assert!(place.folder.join(page).exists(), "{page}");
    }
    for (path, bytes) in &expected {
        let found = std::fs::read(place.folder.join(path)).unwrap();
        assert_eq!(
            String::from_utf8_lossy(&found),
            String::from_utf8_lossy(bytes),
            "{path}"
        );
    }
    let manifest = std::fs::read(place.folder.join("manifest.json")).unwrap();

    let second = place.publish(&place.folder).unwrap();
    assert_eq!(
        (&second["journal_size"], &second["history"]),
        (&57.into(), &1.into())
    );
    assert_eq!(second["key"], first["key"]);
    let kept = format!("history/{}.json", first["snapshot"].as_str().unwrap());
    assert_eq!(std::fs::read(place.folder.join(kept)).unwrap(), manifest);
    holds(&place.folder, key);
    place.publish(&place.folder).unwrap();
    holds(&place.folder, key);
    assert_eq!(
        std::fs::read_dir(place.folder.join("history"))
            .unwrap()
            .count(),
        2
    );
    assert_eq!(place.leftovers(), [""; 0]);

    let seed = place.store.join("signing.seed");
    let mode = std::fs::metadata(&seed).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
}

#[tokio::test]
async fn what_is_not_ours_is_not_replaced() {
    let place = Place::wadi().await;
    let refused = |what: &str, folder: &Path, code: &str| {
        let said = place.publish(folder).unwrap_err();
        assert!(said.contains(code), "{what}: {said}");
    };
    let foreign = place.folder.with_file_name("photographs");
    std::fs::create_dir(&foreign).unwrap();
    std::fs::write(foreign.join("wedding.jpg"), b"jpg").unwrap();
    refused("somebody's folder", &foreign, "publication.foreign_folder");
    assert_eq!(std::fs::read(foreign.join("wedding.jpg")).unwrap(), b"jpg");

    let empty = place.folder.with_file_name("empty");
    std::fs::create_dir(&empty).unwrap();
    place.publish(&empty).unwrap();

    place.publish(&place.folder).unwrap();
    let totals = place.folder.join("totals/president.csv");
    let honest = std::fs::read(&totals).unwrap();
    std::fs::write(&totals, b"forged").unwrap();
    refused(
        "a damaged publication",
        &place.folder,
        "publication.foreign_folder",
    );
    assert_eq!(
        std::fs::read(&totals).unwrap(),
        b"forged",
        "it is left as evidence"
    );
    std::fs::write(&totals, &honest).unwrap();

    let link = place.folder.with_file_name("link");
    std::os::unix::fs::symlink(&place.folder, &link).unwrap();
    refused("a link", &link, "publication.foreign_folder");

    let (store, dir) = (
        place.store.to_str().unwrap(),
        place.folder.to_str().unwrap(),
    );
    let output = sanduq(&["publish", dir, "--store", store, "--event", "mayor"]);
    assert!(
        printed(&output).contains("publication.event"),
        "{}",
        printed(&output)
    );
    assert_eq!(output.status.code(), Some(3));
}

/// What was signed with a key is what the next journal under it begins with.
#[tokio::test]
async fn another_journal_is_not_signed_under_the_same_key() {
    let place = Place::wadi().await;
    place.publish(&place.folder).unwrap();
    let other = Place::wadi().await;
    let taken = other.publish(&place.folder).unwrap_err();
    assert!(
        taken.contains("publication.foreign_folder"),
        "another key: {taken}"
    );
    // The same key, but a journal that has not the seal of the folder.
    let seed = other.store.join("signing.seed");
    std::fs::copy(place.store.join("signing.seed"), &seed).unwrap();
    let forked = other.publish(&place.folder).unwrap_err();
    assert!(forked.contains("publication.other_journal"), "{forked}");
    // A new folder hides nothing: the key remembers what it has signed.
    let kept = std::fs::read_dir(&place.store).unwrap();
    let mut names = kept.map(|file| file.unwrap().file_name().into_string().unwrap());
    let last = names.find(|name| name.ends_with(".last")).unwrap();
    std::fs::copy(place.store.join(&last), other.store.join(&last)).unwrap();
    let hidden = other.publish(&place.folder.with_file_name("hidden"));
    let hidden = hidden.unwrap_err();
    assert!(hidden.contains("the key has signed a journal"), "{hidden}");
    std::fs::remove_file(other.store.join(&last)).unwrap();
    std::fs::set_permissions(&seed, PermissionsExt::from_mode(0o644)).unwrap();
    let open = other
        .publish(&place.folder.with_file_name("new"))
        .unwrap_err();
    assert!(open.contains("key.unfit"), "{open}");
}

/// A reader holds fast to the first key: another one is never put in its place unasked.
#[tokio::test]
async fn a_lost_key_is_not_followed_by_another_unasked() {
    let place = Place::wadi().await;
    let first = place.publish(&place.folder).unwrap();
    std::fs::remove_file(place.store.join("signing.seed")).unwrap();
    let another = place.folder.with_file_name("another");
    for folder in [&place.folder, &another] {
        let said = place.publish(folder).unwrap_err();
        assert!(
            said.contains("key.lost") && said.contains("--new-key"),
            "{said}"
        );
    }
    assert!(!another.exists() && !place.store.join("signing.seed").exists());
    holds(&place.folder, first["key"].as_str().unwrap());
    let (store, dir) = (place.store.to_str().unwrap(), another.to_str().unwrap());
    let output = sanduq(&["publish", dir, "--store", store, "--new-key"]);
    assert_eq!(output.status.code(), Some(0), "{}", printed(&output));
    let again = place.publish(&another).unwrap();
    assert_ne!(again["key"], first["key"]);
    holds(&another, again["key"].as_str().unwrap());
}

#[test]
fn what_a_rehearsal_has_published_is_published_again_under_its_key() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::set_permissions(dir.path(), PermissionsExt::from_mode(0o755)).unwrap();
    let place = Place {
        store: dir.path().join("store"),
        folder: dir.path().join("result"),
        _dir: dir,
    };
    let (store, out) = (
        place.store.to_str().unwrap(),
        place.folder.to_str().unwrap(),
    );
    let rehearse = ["rehearse", "--no-serve", "--store", store, "--out", out];
    let output = sanduq(&rehearse);
    assert_eq!(output.status.code(), Some(0), "{}", printed(&output));
    let again = place.publish(&place.folder).unwrap();
    assert_eq!(again["history"], 1);
    let key = again["key"].as_str().unwrap();
    holds(&place.folder, key);
    // The papers that were drawn lie there as images, each with its entry.
    let output = sanduq(&["verify", out, "--key", key, "--json"]);
    let told: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(told["recomputed"]["images"], 6, "{told}");
    let lies = |entry: &std::fs::DirEntry| entry.path().extension().is_some_and(|e| e == "png");
    let images = std::fs::read_dir(place.folder.join("images")).unwrap();
    assert_eq!(images.flatten().filter(lies).count(), 6);
}

#[tokio::test]
async fn digests_of_locked_figures_are_not_published() {
    let place = Place::wadi().await;
    let clerk = actor("clerk-1", Organ::Executive);
    let at = wadi().snapshot.at;
    let store = open(&place.store).await;
    let told = Entry::new(Act::SheetAccepted, &clerk, at)
        .with("contest", "council-d2")
        .with("station", "d2-1")
        .with("version", 1)
        .with("digest", "0".repeat(64));
    let work = async |w: &mut Write| {
        w.journal(told);
        Ok::<(), StoreError>(())
    };
    store.write(&clerk, at, work).await.unwrap();
    let said = place.publish(&place.folder).unwrap_err();
    assert!(said.contains("publication.locked_digest"), "{said}");
    assert!(!place.folder.exists());
    // Once its last station has closed there is nothing to hide.
    let contest = [ContestCode::new("council-d2").unwrap()];
    let event = wadi().snapshot.event;
    let work = async |w: &mut Write| {
        w.release_contests(&event, &contest).await?;
        w.journal(figures_released(&contest[0], &clerk, at));
        Ok::<(), StoreError>(())
    };
    store.write(&clerk, at, work).await.unwrap();
    place.publish(&place.folder).unwrap();
}

/// When a publication is killed.
#[derive(Clone, Copy, Debug)]
enum Moment {
    /// Once its partial folder has so many files.
    Written(usize),
    /// Once the new folder is in its place.
    Exchanged,
}

/// Starts a publication and kills it so long after a moment; whether it was killed in time.
fn killed(place: &Place, moment: Moment, pause: Duration) -> bool {
    let (folder, store) = (
        place.folder.to_str().unwrap(),
        place.store.to_str().unwrap(),
    );
    let before = published(&place.folder);
    let mut child = Command::new(env!("CARGO_BIN_EXE_sanduq"))
        .args(["publish", folder, "--store", store])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let partial = place
        .folder
        .with_file_name(format!("result.partial-{}", child.id()));
    while child.try_wait().unwrap().is_none() {
        let come = match moment {
            Moment::Written(files) => count(&partial) >= files,
            Moment::Exchanged => published(&place.folder) != before,
        };
        if come {
            std::thread::sleep(pause);
            child.kill().unwrap();
            break;
        }
    }
    !child.wait().unwrap().success()
}

fn count(folder: &Path) -> usize {
    let items = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let below = items.map(|item| match item.file_type() {
        Ok(kind) if kind.is_dir() => count(&item.path()),
        _ => 1,
    });
    below.sum()
}

#[tokio::test]
async fn a_killed_publication_leaves_the_old_folder_or_the_new_one() {
    let place = Place::wadi().await;
    let mut kills = 0;
    // Before there is any folder: none or a whole one.
    for files in [1, 20, 38] {
        kills += u64::from(killed(&place, Moment::Written(files), Duration::ZERO));
        let whole = place.folder.join("journal/checkpoint").exists();
        assert_eq!(published(&place.folder).is_some(), whole);
    }
    let first = place.publish(&place.folder).unwrap();
    let key = first["key"].as_str().unwrap();
    holds(&place.folder, key);
    let all = usize::try_from(first["files"].as_u64().unwrap()).unwrap();
    let (mut old, mut new) = (0, 0);
    for round in 0..50_u64 {
        let before = published(&place.folder).unwrap();
        // Through the writing of files; from the manifest on ever later: flushing, sealing, tiles,
        // checkpoint, exchange; and through the removal of the old folder.
        let step = Duration::from_micros(round * 1_200);
        let (moment, pause) = match round % 3 {
            0 => (
                Moment::Written(usize::try_from(1 + round).unwrap()),
                Duration::ZERO,
            ),
            1 => (Moment::Written(all), step),
            _ => (Moment::Exchanged, step / 100),
        };
        kills += u64::from(killed(&place, moment, pause));
        match published(&place.folder).unwrap() == before {
            true => old += 1,
            false => new += 1,
        }
        holds(&place.folder, key);
    }
    println!("{kills} kills: {old} left the old folder, {new} the new one");
    assert!(
        kills >= 35 && old >= 8 && new >= 8,
        "{kills} kills, {old} old, {new} new"
    );
    // The next one goes through and sweeps up; the folder knows every publication it has replaced.
    let last = place.publish(&place.folder).unwrap();
    holds(&place.folder, key);
    let history = first["history"].as_u64().unwrap();
    assert_eq!(last["history"], history + 1 + new);
    assert_eq!(place.leftovers(), [""; 0]);
}
