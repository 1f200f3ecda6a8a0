//! A folder of a run of the program: what is in it goes with it. A run that is killed leaves its
//! folder, and maybe a cluster that runs on in it; the next run clears both away.

use sanduq_store::cluster::Cluster;
use sanduq_store::cluster::Durability;
use std::io;
use std::path::Path;
use std::path::PathBuf;
use std::sync::atomic::AtomicU32;
use std::sync::atomic::Ordering;

/// A folder that nobody else has. Removed when it is dropped.
pub struct Fresh(PathBuf);

/// What the folders are called: with the number of the process and a count behind it.
const PREFIX: &str = "sanduq-run-";
/// Where in the folder a store is, if there is one.
const STORE: &str = "store";

static COUNT: AtomicU32 = AtomicU32::new(0);

impl Fresh {
    /// A fresh folder in the system's folder for temporary files; what killed runs have left there
    /// is cleared away first.
    ///
    /// # Errors
    /// The folder cannot be made.
    pub fn new() -> io::Result<Self> {
        let above = std::env::temp_dir();
        sweep(&above);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let folder = above.join(format!("{PREFIX}{}-{count}", std::process::id()));
        std::fs::create_dir(&folder)?;
        Ok(Self(folder))
    }

    /// The folder.
    pub fn path(&self) -> &Path {
        &self.0
    }

    /// Where a store in it goes.
    pub fn store(&self) -> PathBuf {
        self.0.join(STORE)
    }
}

impl Drop for Fresh {
    fn drop(&mut self) {
        // What cannot be removed is left to the next run, or to the system.
        let _left = std::fs::remove_dir_all(&self.0);
    }
}

/// Clears away the folders of runs that are no more. What belongs to somebody else stays.
fn sweep(above: &Path) {
    for item in std::fs::read_dir(above).into_iter().flatten().flatten() {
        let name = item.file_name();
        let process = name
            .to_str()
            .and_then(|name| name.strip_prefix(PREFIX))
            .and_then(|rest| rest.split('-').next())
            .and_then(|process| process.parse::<u32>().ok());
        let Some(process) = process else { continue };
        if Path::new("/proc").join(process.to_string()).exists() {
            continue;
        }
        let store = item.path().join(STORE);
        if store.join("data/postmaster.pid").exists() {
            // Who attaches to a cluster that nobody else uses stops it on leaving.
            drop(Cluster::open(&store, Durability::OnDisk));
        }
        let _left = std::fs::remove_dir_all(item.path());
    }
}
