//! A folder of a run of the program: what is in it goes with it. A run that is killed leaves its
//! folder, and maybe a cluster that runs on in it; the next run of the same user clears both away.
//! Always true here: a run holds the lock of its folder for as long as it lives, whatever process
//! number it has, so that only what a dead run left can be cleared away.

use sanduq_store::cluster::Cluster;
use sanduq_store::cluster::Durability;
use std::fs;
use std::fs::File;
use std::fs::Permissions;
use std::io;
use std::os::unix::fs::MetadataExt;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::path::PathBuf;
use tempfile::TempDir;

/// A folder that nobody else has. Removed when it is dropped.
pub struct Fresh {
    folder: TempDir,
    _alive: File,
}

/// What the names of the folders begin with.
const PREFIX: &str = "sanduq-run-";
/// The file in the folder that is locked while the run lives.
const ALIVE: &str = "alive";
/// The same before it is locked: nobody clears away a folder that has only this.
const BEGUN: &str = "begun";
/// Where in the folder a store is, if there is one.
const STORE: &str = "store";

impl Fresh {
    /// A fresh folder in the system's folder for temporary files; what killed runs have left there
    /// is cleared away.
    ///
    /// # Errors
    /// The folder cannot be made.
    pub fn new() -> io::Result<Self> {
        let above = std::env::temp_dir();
        // The cluster of a run of root belongs to another user, who must come through.
        let folder = tempfile::Builder::new()
            .prefix(PREFIX)
            .permissions(Permissions::from_mode(0o711))
            .tempdir_in(&above)?;
        let begun = folder.path().join(BEGUN);
        let alive = File::create_new(&begun)?;
        alive.lock()?;
        fs::rename(begun, folder.path().join(ALIVE))?;
        sweep(&above, fs::metadata(folder.path())?.uid());
        Ok(Self {
            folder,
            _alive: alive,
        })
    }

    /// The folder.
    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Where a store in it goes.
    pub fn store(&self) -> PathBuf {
        self.path().join(STORE)
    }
}

/// Clears away the folders of runs of a user that are no more. What belongs to somebody else stays.
fn sweep(above: &Path, user: u32) {
    for item in fs::read_dir(above).into_iter().flatten().flatten() {
        let name = item.file_name();
        let ours = name.to_str().is_some_and(|name| name.starts_with(PREFIX));
        // Of a symbolic link this is what the link itself is.
        let folder = item.metadata();
        if ours && folder.is_ok_and(|found| found.is_dir() && found.uid() == user) {
            clear(&item.path());
        }
    }
}

/// Clears away a folder whose run is no more.
fn clear(folder: &Path) {
    // Held to the end, so that of two runs at the same second one clears away.
    let Ok(alive) = File::open(folder.join(ALIVE)) else {
        return;
    };
    if alive.try_lock().is_err() {
        return;
    }
    let store = folder.join(STORE);
    if store.join("data/postmaster.pid").exists() {
        // Who attaches to a cluster that nobody else uses stops it on leaving.
        drop(Cluster::open(&store, Durability::OnDisk));
    }
    // What cannot be removed is left to the next run, or to the system.
    let _left = fs::remove_dir_all(folder);
}
