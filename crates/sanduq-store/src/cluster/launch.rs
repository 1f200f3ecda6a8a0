//! Making, starting and stopping a cluster. Called with the opening lock held, so that nobody else
//! does any of it at the same time.

use super::Durability;
use super::Place;
use super::binaries::Binaries;
use super::binaries::Unprivileged;
use super::binaries::own_uid;
use super::folder;
use super::give;
use super::own_file;
use crate::error::Fault;
use crate::error::StoreError;
use core::time::Duration;
use sanduq_journal::hash::Hash;
use std::fs;
use std::fs::File;
use std::io;
use std::os::unix::fs::MetadataExt;
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::path::PathBuf;
use std::process::Child;
use std::process::Stdio;
use std::thread::sleep;

/// No port is opened; the number is part of the socket's name.
pub(crate) const PORT: u16 = 5432;
/// The longest path of a socket is 107 bytes on Linux; `/.s.PGSQL.5432.lock` stands behind it.
const LONGEST_SOCKET_FOLDER: usize = 107 - 20;
/// A look at the cluster every 5 ms, for ten minutes: recovery after a crash may take long.
const LOOK: Duration = Duration::from_millis(5);
const LOOKS: u32 = 120_000;
/// A cluster that is told to stop is told again every ten seconds.
const AGAIN: u32 = 2_000;
/// Looks for a cluster to write what it holds before it stops: five minutes.
const PATIENCE: u32 = 60_000;
/// For the processes of a killed cluster to notice that it is gone, and for one that its last
/// program left stopping to write what it holds: five minutes.
const STARTS: u32 = 3_000;
const BETWEEN_STARTS: Duration = Duration::from_millis(100);
/// A cluster that is being killed is deaf for a moment; one that stays so for five seconds has lost
/// its socket.
const DEAF: u32 = 50;

/// Makes the cluster when there is none and starts it unless it runs; the process when started.
pub(crate) fn run(
    place: &Place,
    binaries: &Binaries,
    durability: Durability,
    opening: &File,
) -> Result<Option<Child>, StoreError> {
    if !place.data.exists() {
        initialise(place, binaries, opening)?;
    }
    check_version(place, binaries)?;
    let mut deaf = 0;
    for _ in 0..STARTS {
        if answers(place) {
            return Ok(None);
        }
        if serves(place) {
            deaf += 1;
            if deaf > DEAF {
                stop_unreachable(place, binaries)?;
            }
        } else {
            configure(place, durability)?;
            forget_dead(place);
            if let Some(child) = start(place, binaries)? {
                return Ok(Some(child));
            }
        }
        sleep(BETWEEN_STARTS);
    }
    Err(Fault::ClusterDidNotStart(log_end(place)).into())
}

/// initdb in `data.new`, then one rename: a folder called `data` is a whole cluster. The lock goes
/// along with initdb, as the input that it does not read: when this program is killed, initdb runs
/// on, and nobody else begins before it has ended.
fn initialise(place: &Place, binaries: &Binaries, opening: &File) -> Result<(), StoreError> {
    let new = place.dir.join("data.new");
    if new.exists() {
        fs::remove_dir_all(&new).map_err(|e| folder(&new, &e))?;
    }
    let mut initdb = binaries.command("initdb", &place.dir, place.become_user);
    initdb.arg("--pgdata").arg(&new).args([
        "--username=sanduq",
        "--auth=trust",
        "--encoding=UTF8",
        "--locale=C.UTF-8",
        "--lc-collate=C",
        "--no-instructions",
    ]);
    let lock = opening.try_clone().map_err(|e| folder(&place.dir, &e))?;
    let output = initdb
        .stdin(lock)
        .output()
        .map_err(|e| folder(&place.dir, &e))?;
    if !output.status.success() {
        return Err(failed(place, &String::from_utf8_lossy(&output.stderr)));
    }
    fs::rename(&new, &place.data).map_err(|e| folder(&place.data, &e))
}

/// The fault of a program that failed, by what it said.
fn failed(place: &Place, said: &str) -> StoreError {
    let said = said.trim().to_owned();
    if said.contains("No space left on device") || said.contains("Disk quota exceeded") {
        return Fault::DiskFull(said).into();
    }
    let closed = ["Permission denied", "Read-only file system"];
    if closed.iter().any(|word| said.contains(word)) {
        let folder = place.dir.clone();
        return Fault::Folder { folder, why: said }.into();
    }
    Fault::ClusterDidNotStart(said).into()
}

fn check_version(place: &Place, binaries: &Binaries) -> Result<(), StoreError> {
    let path = place.data.join("PG_VERSION");
    let made_by = fs::read_to_string(&path).map_err(|e| folder(&path, &e))?;
    let here = binaries.version.to_string();
    if made_by.trim() == here {
        return Ok(());
    }
    Err(Fault::OtherVersion {
        folder: place.dir.clone(),
        made_by: made_by.trim().to_owned(),
        here,
    }
    .into())
}

/// What this program wants of its cluster; written anew at every start.
fn configure(place: &Place, durability: Durability) -> Result<(), StoreError> {
    let socket = place.socket.display().to_string().replace('\'', "''");
    let durable = match durability {
        Durability::OnDisk => "on",
        Durability::InMemory => "off",
    };
    let shared = shared_megabytes(&fs::read_to_string("/proc/meminfo").unwrap_or_default());
    let settings = format!(
        "# Written by sanduq at every start; changes are lost.\n\
         listen_addresses = ''\nport = {PORT}\nunix_socket_directories = '{socket}'\n\
         unix_socket_permissions = 0700\nmax_connections = 40\n\
         fsync = {durable}\nsynchronous_commit = {durable}\nfull_page_writes = {durable}\n\
         wal_level = minimal\nmax_wal_senders = 0\nmax_wal_size = '4GB'\nmin_wal_size = '256MB'\n\
         checkpoint_timeout = '15min'\nwal_buffers = '64MB'\n\
         shared_buffers = '{shared}MB'\nwork_mem = '32MB'\n\
         maintenance_work_mem = '256MB'\neffective_cache_size = '2GB'\nhuge_pages = off\n\
         jit = off\nmax_worker_processes = 4\ntimezone = 'UTC'\ndatestyle = 'ISO, YMD'\n\
         lc_messages = 'C'\nlog_min_messages = warning\nlog_min_error_statement = panic\n"
    );
    let rights = "# The socket's folder is the guard: only its owner can enter.\n\
                  local all all trust\n";
    for (name, text) in [
        ("postgresql.conf", settings.as_str()),
        ("pg_hba.conf", rights),
    ] {
        write_whole(place, name, text)?;
    }
    Ok(())
}

/// Writes a file that somebody may be reading, whole or not at all: a process that a killed program
/// has started reads its settings while the next program writes them, and without them it would
/// open a port.
fn write_whole(place: &Place, name: &str, text: &str) -> Result<(), StoreError> {
    let path = place.data.join(name);
    if fs::read_to_string(&path).is_ok_and(|there| there == text) {
        return Ok(());
    }
    let new = place.data.join(format!("{name}.new"));
    fs::write(&new, text).map_err(|e| folder(&new, &e))?;
    give(&new, place.become_user)?;
    fs::rename(&new, &path).map_err(|e| folder(&path, &e))
}

/// Megabytes that the cluster's processes share for pages: a sixteenth of the machine's memory, for
/// the program itself and the system's cache want theirs, and at most 2 GB. Taken as it is needed.
fn shared_megabytes(meminfo: &str) -> u64 {
    let total = meminfo.lines().find_map(|line| {
        let kilobytes = line.strip_prefix("MemTotal:")?.trim().strip_suffix(" kB")?;
        kilobytes.parse::<u64>().ok()
    });
    total.map_or(256, |kilobytes| (kilobytes / 1024 / 16).clamp(128, 2048))
}

/// Starts the cluster and waits until it serves; `None` when another process of it is still there,
/// or was when this one looked.
fn start(place: &Place, binaries: &Binaries) -> Result<Option<Child>, StoreError> {
    let path = place.dir.join("postgres.log");
    let log = own_file(&place.dir, "postgres.log")?;
    let from = log.metadata().map_or(0, |file| file.len());
    let mut command = binaries.command("postgres", &place.dir, place.become_user);
    command.arg("-D").arg(&place.data).stdin(Stdio::null());
    command.stdout(Stdio::null()).stderr(log);
    let mut child = command.spawn().map_err(|e| folder(&path, &e))?;
    for _ in 0..LOOKS {
        let serves = pid_file(&place.data).is_some_and(|file| file.ready);
        let exited = child.try_wait().map_err(|e| folder(&path, &e))?;
        match exited {
            None if serves && answers(place) => return Ok(Some(child)),
            None => sleep(LOOK),
            Some(_) => return refused_to_start(place, &path, from).map(|()| None),
        }
    }
    Err(Fault::ClusterDidNotStart("it did not serve within ten minutes".to_owned()).into())
}

/// Stops a cluster that serves and cannot be reached, because its socket is gone or the folder has
/// another name than when it started; refused while another program is attached to it.
fn stop_unreachable(place: &Place, binaries: &Binaries) -> Result<(), StoreError> {
    let attached = own_file(&place.dir, "attached.lock")?;
    if attached.try_lock().is_err() {
        return Err(Fault::Folder {
            folder: place.dir.clone(),
            why: "its cluster runs under another name of this folder, or has lost its socket, and \
                  another program uses it; end that program first"
                .to_owned(),
        }
        .into());
    }
    stop(place, binaries).map_err(|e| folder(&place.dir, &e))
}

/// Why the process ended at once; no fault when one of an earlier cluster has still to go.
fn refused_to_start(place: &Place, log: &Path, from: u64) -> Result<(), StoreError> {
    let text = fs::read(log).unwrap_or_default();
    let from = usize::try_from(from).unwrap_or(0).min(text.len());
    let said = String::from_utf8_lossy(&text[from..]).trim().to_owned();
    let still_there = ["pre-existing shared memory block", "already exists"];
    if still_there.iter().any(|word| said.contains(word)) {
        return Ok(());
    }
    Err(failed(place, &said))
}

/// Stops the cluster, open transactions rolled back, and waits until it is gone.
pub(crate) fn stop(place: &Place, binaries: &Binaries) -> io::Result<()> {
    stop_within(place, binaries, PATIENCE)
}

/// The same; one that has not gone after so many looks is stopped as by a loss of power, after
/// which the next start restores every acknowledged commit from the log of changes.
fn stop_within(place: &Place, binaries: &Binaries, patience: u32) -> io::Result<()> {
    let Some(file) = pid_file(&place.data).filter(|file| runs(file.process)) else {
        return Ok(());
    };
    for look in 0..LOOKS {
        if !runs(file.process) {
            return Ok(());
        }
        // Told again from time to time: a word that comes while it is busy may be lost.
        if look % AGAIN == 0 || look == patience {
            let mode = if look < patience { "fast" } else { "immediate" };
            let mut pg_ctl = binaries.command("pg_ctl", &place.dir, place.become_user);
            pg_ctl.arg("--pgdata").arg(&place.data);
            pg_ctl.args(["stop", "--no-wait", "--silent", "--mode", mode]);
            pg_ctl.stdout(Stdio::null()).stderr(Stdio::null());
            pg_ctl.status()?;
        }
        sleep(LOOK);
    }
    Err(io::Error::from(io::ErrorKind::TimedOut))
}

/// Whether a process is one of PostgreSQL's and lives. One that was killed stays in the list of
/// processes until whoever started it has looked, and lives no more.
fn runs(process: u32) -> bool {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
    let Some((head, rest)) = stat.rsplit_once(") ") else {
        return false;
    };
    head.ends_with("(postgres") && !rest.starts_with(['Z', 'X'])
}

/// What `postmaster.pid` tells.
pub(crate) struct PidFile {
    pub(crate) process: u32,
    ready: bool,
}

/// The first line is the process, the eighth its state.
pub(crate) fn pid_file(data: &Path) -> Option<PidFile> {
    let text = fs::read_to_string(data.join("postmaster.pid")).ok()?;
    let process = text.lines().next()?.trim().parse().ok()?;
    let ready = text
        .lines()
        .nth(7)
        .is_some_and(|line| line.trim() == "ready");
    Some(PidFile { process, ready })
}

/// Whether a cluster lives and serves, wherever its socket is.
fn serves(place: &Place) -> bool {
    pid_file(&place.data).is_some_and(|file| file.ready && runs(file.process))
}

/// Whether a cluster serves at the socket.
fn answers(place: &Place) -> bool {
    let ready = pid_file(&place.data).is_some_and(|file| file.ready);
    ready && UnixStream::connect(place.socket.join(format!(".s.PGSQL.{PORT}"))).is_ok()
}

/// Removes what a `postmaster.pid` holds whose process is no living PostgreSQL. PostgreSQL does so
/// itself when no process has the number; it may be another program's by now, or one that was
/// killed and that nobody has looked at since.
fn forget_dead(place: &Place) {
    if pid_file(&place.data).is_some_and(|file| !runs(file.process)) {
        let socket = place.socket.join(format!(".s.PGSQL.{PORT}.lock"));
        for path in [place.data.join("postmaster.pid"), socket] {
            // When it cannot be removed, PostgreSQL says so itself.
            let _removed = fs::remove_file(path);
        }
    }
}

/// Where the socket is: in the folder, or, when its path is too long for a socket or cannot stand
/// in PostgreSQL's settings, in a folder of /tmp that is named after it.
pub(crate) fn socket_folder(dir: &Path) -> PathBuf {
    let inside = dir.join("socket");
    if inside.as_os_str().len() <= LONGEST_SOCKET_FOLDER && fits_settings(&inside) {
        return inside;
    }
    let digest = Hash::of_bytes(dir.as_os_str().as_encoded_bytes()).to_string();
    PathBuf::from(format!("/tmp/sanduq-{}", &digest[..16]))
}

/// Whether a path can stand in `unix_socket_directories` and be read as itself: a list in which
/// commas part and quotes bind, in a file in which backslashes escape and lines end.
fn fits_settings(path: &Path) -> bool {
    let special = |c: char| c.is_control() || [',', '\\', '"'].contains(&c);
    path.to_str().is_some_and(|path| !path.contains(special))
}

/// That nobody but the cluster's user can enter the folder of the socket: in /tmp somebody else
/// could have made it first.
pub(crate) fn check_private(socket: &Path, user: Option<Unprivileged>) -> Result<(), StoreError> {
    let found = fs::symlink_metadata(socket).map_err(|e| folder(socket, &e))?;
    let owner = match user {
        Some(user) => user.uid,
        None => own_uid().map_err(|e| folder(socket, &e))?,
    };
    if found.is_dir() && found.uid() == owner && found.mode().trailing_zeros() >= 6 {
        return Ok(());
    }
    Err(Fault::Folder {
        folder: socket.to_owned(),
        why: "others may enter it; it must belong to the cluster's user alone".to_owned(),
    }
    .into())
}

/// The last lines of the log.
fn log_end(place: &Place) -> String {
    let text = fs::read(place.dir.join("postgres.log")).unwrap_or_default();
    let text = String::from_utf8_lossy(&text).into_owned();
    let lines: Vec<&str> = text.lines().collect();
    lines[lines.len().saturating_sub(5)..].join("\n")
}

#[cfg(test)]
mod tests {
    use super::super::Cluster;
    use super::*;
    use std::ffi::OsStr;
    use std::fs::Permissions;
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::fs::PermissionsExt;
    use std::process::Command;
    use std::time::Instant;

    #[test]
    fn a_long_folder_gets_a_short_socket() {
        let short = Path::new("/var/lib/sanduq");
        assert_eq!(socket_folder(short), short.join("socket"));
        let long = PathBuf::from(format!("/{}", "x".repeat(100)));
        let socket = socket_folder(&long);
        assert!(socket.as_os_str().len() <= LONGEST_SOCKET_FOLDER);
        let other = PathBuf::from(format!("/{}", "y".repeat(100)));
        assert_ne!(socket_folder(&other), socket);
    }

    #[test]
    fn a_folder_that_settings_cannot_name_gets_its_socket_elsewhere() {
        for special in [",", "\\", "\"", "\n", "\t", "\u{7f}"] {
            let dir = PathBuf::from(format!("/var/lib/a{special}b"));
            let socket = socket_folder(&dir);
            assert!(socket.starts_with("/tmp"), "{special:?}: {socket:?}");
            assert!(fits_settings(&socket));
        }
        let no_text = Path::new(OsStr::from_bytes(b"/var/lib/\xff"));
        assert!(socket_folder(no_text).starts_with("/tmp"));
        for harmless in ["it's here", "صندوق", "50%", "#1", "$HOME"] {
            let dir = PathBuf::from(format!("/var/lib/{harmless}"));
            assert_eq!(socket_folder(&dir), dir.join("socket"));
        }
    }

    /// A cluster one of whose processes has stopped breathing: no request to stop ends it.
    #[test]
    fn a_cluster_that_does_not_go_is_stopped_as_by_a_loss_of_power() {
        let dir = tempfile::tempdir().unwrap();
        fs::set_permissions(dir.path(), Permissions::from_mode(0o755)).unwrap();
        let dir = dir.path().join("store");
        let cluster = Cluster::open(&dir, Durability::InMemory).unwrap();
        let first = cluster.process().unwrap().to_string();
        let mut ps = Command::new("ps");
        let listed = ps
            .args(["-o", "pid=,args=", "--ppid", &first])
            .output()
            .unwrap();
        let listed = String::from_utf8(listed.stdout).unwrap();
        let checkpointer = listed.lines().find(|line| line.contains("checkpointer"));
        let checkpointer = checkpointer.unwrap().trim().split(' ').next().unwrap();
        let stopped = Command::new("kill").args(["-STOP", checkpointer]).status();
        assert!(stopped.unwrap().success());
        let begun = Instant::now();
        stop_within(&cluster.place, &cluster.binaries, 100).unwrap();
        assert!(begun.elapsed() < Duration::from_secs(60));
        assert!(!runs(first.parse().unwrap()));
        drop(cluster);
        let again = Cluster::open(&dir, Durability::InMemory).unwrap();
        assert!(again.process().is_some(), "it starts again");
    }

    #[test]
    fn settings_are_never_seen_half_written() {
        let dir = tempfile::tempdir().unwrap();
        let place = Place {
            dir: dir.path().to_owned(),
            data: dir.path().to_owned(),
            socket: dir.path().join("socket"),
            become_user: None,
        };
        configure(&place, Durability::InMemory).unwrap();
        let conf = dir.path().join("postgresql.conf");
        let before = fs::read_to_string(&conf).unwrap();
        let mut reading = File::open(&conf).unwrap();
        let inode = fs::metadata(&conf).unwrap().ino();
        configure(&place, Durability::InMemory).unwrap();
        assert_eq!(fs::metadata(&conf).unwrap().ino(), inode);
        configure(&place, Durability::OnDisk).unwrap();
        assert_ne!(fs::read_to_string(&conf).unwrap(), before);
        let mut seen = String::new();
        io::Read::read_to_string(&mut reading, &mut seen).unwrap();
        assert_eq!(seen, before);
    }

    #[test]
    fn pages_share_a_sixteenth_of_the_memory() {
        let of = |kilobytes: u64| shared_megabytes(&format!("MemTotal:  {kilobytes} kB\n"));
        assert_eq!(of(1 << 20), 128);
        assert_eq!(of(8 << 20), 512);
        assert_eq!(of(64 << 20), 2048);
        assert_eq!(shared_megabytes(""), 256);
    }
}
