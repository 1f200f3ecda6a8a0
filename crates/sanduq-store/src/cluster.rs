//! The private cluster: a PostgreSQL of the store's own, in the store's folder, with a unix socket
//! and no port. It needs no configuration, and works as root too, by dropping to an unprivileged
//! user, because PostgreSQL refuses to run as root.
//!
//! ```text
//! DIR/opening.lock   held alone while a program starts, attaches or stops the cluster
//! DIR/attached.lock  held together by every program that uses it; whoever leaves last stops it
//! DIR/data           the cluster, by PostgreSQL's own initdb; made as data.new, then renamed
//! DIR/socket         the socket, reachable by its owner only (a folder in /tmp when DIR is long or
//!                    PostgreSQL's settings cannot name it)
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
use binaries::own_uid;
use std::fs;
use std::fs::DirBuilder;
use std::fs::File;
use std::fs::Permissions;
use std::io;
use std::os::unix::fs::DirBuilderExt;
use std::os::unix::fs::MetadataExt;
use std::os::unix::fs::PermissionsExt;
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
        let attached = own_file(&place.dir, "attached.lock")?;
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
    /// the place, and the lock that is held while it is opened. Whose folder it is and what it
    /// holds is asked before anything is made in it. The lock's file is the first thing in the
    /// folder: whoever comes a moment later, or after a crash, sees by it that this is a store.
    fn prepare(dir: &Path) -> Result<(Self, File), StoreError> {
        private_folder(dir)?;
        let dir = dir.canonicalize().map_err(|e| folder(dir, &e))?;
        let become_user = Unprivileged::when_root().map_err(|e| folder(&dir, &e))?;
        check_owner(&dir, become_user)?;
        check_ours(&dir)?;
        close(&dir)?;
        let opening = own_file(&dir, "opening.lock")?;
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

/// That the folder belongs to this program's user or to the cluster's: whoever else owns it could
/// put another store in its place.
fn check_owner(dir: &Path, user: Option<Unprivileged>) -> Result<(), StoreError> {
    let owner = fs::metadata(dir).map_err(|e| folder(dir, &e))?.uid();
    let own = own_uid().map_err(|e| folder(dir, &e))?;
    if owner == own || user.is_some_and(|user| owner == user.uid) {
        return Ok(());
    }
    Err(Fault::Folder {
        folder: dir.to_owned(),
        why: "it belongs to somebody else; name a folder of your own".to_owned(),
    }
    .into())
}

/// Closes the folder to all but its owner where others may write to it, unless it is one that is
/// meant for everybody.
fn close(dir: &Path) -> Result<(), StoreError> {
    let mode = fs::metadata(dir).map_err(|e| folder(dir, &e))?.mode();
    if mode & 0o022 == 0 {
        return Ok(());
    }
    if mode & 0o1000 != 0 {
        return Err(Fault::Folder {
            folder: dir.to_owned(),
            why: "everybody may put files there; name a folder of your own".to_owned(),
        }
        .into());
    }
    fs::set_permissions(dir, Permissions::from_mode(0o700)).map_err(|e| folder(dir, &e))
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

/// Opens a file of the folder for what is added to its end, and makes it when it is not there. A
/// link is not followed, and a pipe or a device not waited for.
fn own_file(dir: &Path, name: &str) -> Result<File, StoreError> {
    let path = dir.join(name);
    if fs::symlink_metadata(&path).is_ok_and(|found| !found.is_file()) {
        return Err(Fault::Folder {
            folder: path,
            why: "it is no regular file; remove it, or name another folder".to_owned(),
        }
        .into());
    }
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
    use std::os::unix::fs::chown;
    use std::os::unix::fs::symlink;
    use std::process::Command;
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

    /// A folder for a store, its parent, and what it holds.
    fn folder() -> (tempfile::TempDir, PathBuf) {
        let parent = tempfile::tempdir().unwrap();
        let dir = parent.path().join("store");
        fs::create_dir(&dir).unwrap();
        (parent, dir)
    }

    fn refused(dir: &Path) -> String {
        Place::prepare(dir).err().unwrap().to_string()
    }

    #[test]
    fn a_lock_that_is_no_regular_file_is_refused_by_name() {
        let makers: [fn(&Path); 4] = [
            |lock| {
                let made = Command::new("mkfifo").arg(lock).status().unwrap();
                assert!(made.success());
            },
            |lock| symlink(lock.with_file_name("elsewhere"), lock).unwrap(),
            |lock| symlink("/dev/null", lock).unwrap(),
            |lock| fs::create_dir(lock).unwrap(),
        ];
        for make in makers {
            for name in ["opening.lock", "attached.lock"] {
                let (_parent, dir) = folder();
                make(&dir.join(name));
                let said = own_file(&dir, name).unwrap_err().to_string();
                assert!(
                    said.contains("no regular file") && said.contains(name),
                    "{said}"
                );
                assert!(!dir.join("elsewhere").exists());
            }
            let (_parent, dir) = folder();
            make(&dir.join("opening.lock"));
            // A link that leads nowhere is not there to whoever asks for a store.
            refused(&dir);
            assert_eq!(fs::read_dir(&dir).unwrap().count(), 1, "nothing is made");
        }
    }

    #[test]
    fn a_folder_of_somebody_else_is_refused_before_anything_is_made_in_it() {
        let (_parent, dir) = folder();
        if own_uid().unwrap() != 0 {
            println!("skipped: only root can give a folder away");
            return;
        }
        chown(&dir, Some(54_321), Some(54_321)).unwrap();
        let said = refused(&dir);
        assert!(said.contains("somebody else"), "{said}");
        assert_eq!(fs::read_dir(&dir).unwrap().count(), 0);
        let found = fs::metadata(&dir).unwrap();
        assert_eq!(found.uid(), 54_321);
    }

    #[test]
    fn a_folder_that_others_may_write_to_is_closed_when_it_becomes_a_store_and_ever_after() {
        for mode in [0o777, 0o775, 0o757] {
            let (_parent, dir) = folder();
            for _ in 0..2 {
                fs::set_permissions(&dir, Permissions::from_mode(mode)).unwrap();
                Place::prepare(&dir).unwrap();
                let now = fs::metadata(&dir).unwrap().mode() & 0o7777;
                assert_eq!(now, 0o700, "{mode:o}");
            }
        }
        let (_parent, dir) = folder();
        fs::set_permissions(&dir, Permissions::from_mode(0o1777)).unwrap();
        assert!(refused(&dir).contains("everybody"));
        assert_eq!(fs::read_dir(&dir).unwrap().count(), 0);
        let (_parent, dir) = folder();
        fs::write(dir.join("letter.txt"), "dear").unwrap();
        fs::set_permissions(&dir, Permissions::from_mode(0o777)).unwrap();
        refused(&dir);
        let now = fs::metadata(&dir).unwrap().mode() & 0o7777;
        assert_eq!(now, 0o777, "what is no store is left as it is");
    }
}
