//! The private cluster: a PostgreSQL of the store's own, in the store's folder, with a unix socket
//! and no port. It needs no configuration, and works as root too, by dropping to an unprivileged
//! user, because PostgreSQL refuses to run as root.
//!
//! ```text
//! DIR/opening.lock   held alone while a program starts, attaches or stops the cluster
//! DIR/attached.lock  held together by every program that uses it; whoever leaves last stops it
//! DIR/data           the cluster, by PostgreSQL's own initdb; made as data.new, then renamed
//! DIR/socket         the socket, reachable by its owner only (a folder in /tmp when DIR is long)
//! DIR/postgres.log   what the cluster says
//! ```
//!
//! Always true here: one cluster at most runs in a folder; a program that ends, however it ends,
//! takes nothing with it that was acknowledged. What a crash leaves behind, and who repairs it: in
//! initdb, an initdb that runs on and holds `opening.lock` until its end, and a `data.new` that the
//! next opening removes then; between rename and start, a cluster that has not run yet; while it
//! runs, a cluster that runs on, to which the next opening attaches (locks of a dead program are
//! gone with it); when the cluster itself is killed, a stale `postmaster.pid`
//! that the next start replaces, and a log of changes from which PostgreSQL restores every
//! acknowledged commit. Whoever may reach the socket's folder may do anything: the folder is the
//! guard, so it is closed to all but its owner.

mod binaries;
mod launch;

use crate::error::Fault;
use crate::error::StoreError;
use binaries::Binaries;
use binaries::Unprivileged;
use std::fs;
use std::fs::DirBuilder;
use std::fs::File;
use std::io;
use std::os::unix::fs::DirBuilderExt;
use std::os::unix::fs::MetadataExt;
use std::os::unix::fs::lchown;
use std::path::Path;
use std::path::PathBuf;
use std::process::Child;
use std::sync::Mutex;

/// A private cluster that runs, and to which this program is attached until it drops this.
#[derive(Debug)]
pub struct Cluster {
    place: Place,
    binaries: Binaries,
    attached: File,
    /// The process, when this program started it.
    child: Mutex<Option<Child>>,
}

/// How carefully a cluster writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Durability {
    /// A commit is acknowledged when it is on disk. The only one for elections.
    OnDisk,
    /// For tests that create a hundred databases and lose no power.
    InMemory,
}

/// Where a cluster lives, and as whom it runs.
#[derive(Debug)]
pub(crate) struct Place {
    pub(crate) dir: PathBuf,
    pub(crate) data: PathBuf,
    pub(crate) socket: PathBuf,
    /// Whom to become; only when this program runs as root.
    pub(crate) become_user: Option<Unprivileged>,
}

impl Cluster {
    /// Opens the cluster of a folder: makes it, starts it, or attaches to the one that runs. Takes
    /// a moment and blocks the thread.
    ///
    /// # Errors
    /// A [`Fault`] that names what is missing, full or closed.
    pub fn open(dir: &Path, durability: Durability) -> Result<Self, StoreError> {
        let binaries = Binaries::find()?;
        let (place, opening) = Place::prepare(dir)?;
        opening.lock().map_err(|e| folder(&place.dir, &e))?;
        let child = launch::run(&place, &binaries, durability, &opening)?;
        let attached = lock_file(&place.dir, "attached.lock")?;
        attached.lock_shared().map_err(|e| folder(&place.dir, &e))?;
        Ok(Self {
            place,
            binaries,
            attached,
            child: Mutex::new(child),
        })
    }

    /// The folder of its socket.
    #[must_use]
    pub fn socket(&self) -> &Path {
        &self.place.socket
    }

    /// How to connect to one of its databases as one of its users.
    #[must_use]
    pub fn address(&self, user: &str, database: &str) -> tokio_postgres::Config {
        let mut config = tokio_postgres::Config::new();
        config
            .host_path(&self.place.socket)
            .port(launch::PORT)
            .user(user)
            .dbname(database)
            .application_name("sanduq");
        config
    }

    /// The number of the cluster's first process, for tests that kill it.
    #[must_use]
    pub fn process(&self) -> Option<u32> {
        launch::pid_file(&self.place.data).map(|file| file.process)
    }

    /// Stops the cluster unless another program is attached to it.
    fn leave(&mut self) -> io::Result<()> {
        let opening = File::open(self.place.dir.join("opening.lock"))?;
        opening.lock()?;
        self.attached.unlock()?;
        if self.attached.try_lock().is_ok() {
            launch::stop(&self.place, &self.binaries)?;
            let mut child = self
                .child
                .lock()
                .map_err(|e| io::Error::other(e.to_string()))?;
            if let Some(mut child) = child.take() {
                child.wait()?;
            }
        }
        Ok(())
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        // A cluster that cannot be stopped here runs on unharmed; the next opening attaches to it.
        let _stopped = self.leave();
    }
}

impl Place {
    /// Makes the folders that are not there and gives them to the user who will run the cluster;
    /// the place, and the lock that is held while it is opened. The lock's file is the first thing
    /// in the folder: whoever comes a moment later, or after a crash, sees by it that this is a
    /// store.
    fn prepare(dir: &Path) -> Result<(Self, File), StoreError> {
        private_folder(dir)?;
        let dir = dir.canonicalize().map_err(|e| folder(dir, &e))?;
        let become_user = Unprivileged::when_root().map_err(|e| folder(&dir, &e))?;
        check_ours(&dir)?;
        let opening = lock_file(&dir, "opening.lock")?;
        give(&dir, become_user)?;
        let socket = launch::socket_folder(&dir);
        private_folder(&socket)?;
        give(&socket, become_user)?;
        launch::check_private(&socket, become_user)?;
        let place = Self {
            data: dir.join("data"),
            dir,
            socket,
            become_user,
        };
        Ok((place, opening))
    }
}

/// Makes a folder that only its owner may enter, unless it is there.
fn private_folder(dir: &Path) -> Result<(), StoreError> {
    let made = DirBuilder::new().mode(0o700).create(dir);
    match made {
        Err(e) if e.kind() != io::ErrorKind::AlreadyExists => Err(folder(dir, &e)),
        _ => Ok(()),
    }
}

/// Gives a folder of this program's user to the user who runs the cluster. What belongs to others
/// stays theirs and is refused later.
fn give(path: &Path, user: Option<Unprivileged>) -> Result<(), StoreError> {
    let own = |uid: u32| fs::symlink_metadata(path).map(|found| found.uid() == uid);
    let given = match user {
        Some(user) if own(0).map_err(|e| folder(path, &e))? => {
            lchown(path, Some(user.uid), Some(user.gid))
        }
        _ => Ok(()),
    };
    given.map_err(|e| folder(path, &e))
}

/// That the folder is empty or a store: nobody's documents are handed to the cluster's user.
fn check_ours(dir: &Path) -> Result<(), StoreError> {
    let mut found = fs::read_dir(dir).map_err(|e| folder(dir, &e))?;
    if found.next().is_none() || dir.join("opening.lock").exists() {
        return Ok(());
    }
    Err(Fault::Folder {
        folder: dir.to_owned(),
        why: "it holds other files and is no store; name an empty folder".to_owned(),
    }
    .into())
}

fn lock_file(dir: &Path, name: &str) -> Result<File, StoreError> {
    let path = dir.join(name);
    let mut options = File::options();
    let opened = options.create(true).append(true).open(&path);
    opened.map_err(|e| folder(&path, &e))
}

/// The fault of a folder or file by what the system answered.
pub(crate) fn folder(path: &Path, error: &io::Error) -> StoreError {
    match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
            Fault::DiskFull(format!("{}: {error}", path.display())).into()
        }
        _ => Fault::Folder {
            folder: path.to_owned(),
            why: error.to_string(),
        }
        .into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Barrier;
    use std::thread;

    #[test]
    fn of_many_who_prepare_a_folder_at_once_nobody_is_refused() {
        let parent = tempfile::tempdir().unwrap();
        for round in 0..200 {
            let dir = parent.path().join(round.to_string());
            let together = Barrier::new(4);
            let prepare = || {
                together.wait();
                Place::prepare(&dir).map(|_| ())
            };
            thread::scope(|scope| {
                let all: Vec<_> = (0..4).map(|_| scope.spawn(prepare)).collect();
                for one in all {
                    one.join().unwrap().unwrap();
                }
            });
        }
    }
}
