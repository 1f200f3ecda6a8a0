//! Where PostgreSQL's programs are, and as whom they run. Always true here: PATH comes first, then
//! the newest version that the system's package installed.

use crate::error::Fault;
use crate::error::StoreError;
use std::fs;
use std::io;
use std::os::unix::fs::MetadataExt;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::path::PathBuf;
use std::process::Command;

/// The oldest major version whose SQL the schema speaks.
const OLDEST: u32 = 14;

/// PostgreSQL's programs on this machine.
#[derive(Debug)]
pub(crate) struct Binaries {
    folder: PathBuf,
    /// The major version (`15`).
    pub(crate) version: u32,
}

impl Binaries {
    /// Finds them.
    pub(crate) fn find() -> Result<Self, StoreError> {
        let path = std::env::var_os("PATH").unwrap_or_default();
        let on_path = std::env::split_paths(&path);
        let folders = on_path.chain(packaged(Path::new("/usr/lib/postgresql")));
        Self::find_in(folders)
    }

    /// The first folder that has all of them in a version that is new enough.
    fn find_in(folders: impl Iterator<Item = PathBuf>) -> Result<Self, StoreError> {
        let programs = ["initdb", "postgres", "pg_ctl"];
        let complete = |folder: &PathBuf| programs.iter().all(|name| folder.join(name).is_file());
        for folder in folders.filter(complete) {
            let version = version(&folder.join("postgres"));
            if let Some(version) = version.filter(|version| *version >= OLDEST) {
                return Ok(Self { folder, version });
            }
        }
        Err(Fault::NoPostgres.into())
    }

    /// A command of PostgreSQL in `dir`, free of the caller's settings, as the user to become.
    pub(crate) fn command(&self, name: &str, dir: &Path, user: Option<Unprivileged>) -> Command {
        let mut command = Command::new(self.folder.join(name));
        command.current_dir(dir).env_clear();
        command.env("PATH", &self.folder).env("LC_ALL", "C.UTF-8");
        // A group of its own: an interrupt typed at the program's terminal does not reach it.
        command.process_group(0);
        if let Some(user) = user {
            command.uid(user.uid).gid(user.gid);
        }
        command
    }
}

/// `/usr/lib/postgresql/*/bin`, the newest first.
fn packaged(root: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(root).into_iter().flatten().flatten();
    let mut found: Vec<(u32, PathBuf)> = entries
        .filter_map(|entry| {
            let version = entry.file_name().to_str()?.parse().ok()?;
            Some((version, entry.path().join("bin")))
        })
        .collect();
    found.sort_unstable_by(|a, b| b.cmp(a));
    found.into_iter().map(|(_, folder)| folder).collect()
}

/// The major version that `postgres --version` tells: `postgres (PostgreSQL) 15.20 (Debian …)`.
fn version(postgres: &Path) -> Option<u32> {
    let told = Command::new(postgres).arg("--version").output().ok()?;
    let told = String::from_utf8(told.stdout).ok()?;
    let number = told.split(") ").nth(1)?;
    let major: String = number.chars().take_while(char::is_ascii_digit).collect();
    major.parse().ok()
}

/// A user without privileges.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Unprivileged {
    pub(crate) uid: u32,
    pub(crate) gid: u32,
}

impl Unprivileged {
    /// Whom to become: nobody else, unless this program runs as root; then `postgres`, which comes
    /// with the package, or `nobody`.
    pub(crate) fn when_root() -> io::Result<Option<Self>> {
        if own_uid()? != 0 {
            return Ok(None);
        }
        let users = fs::read_to_string("/etc/passwd")?;
        let user = Self::named(&users, "postgres").or_else(|| Self::named(&users, "nobody"));
        let missing = || io::Error::other("there is no user postgres or nobody to run it as");
        user.map(Some).ok_or_else(missing)
    }

    fn named(users: &str, name: &str) -> Option<Self> {
        let mut lines = users
            .lines()
            .map(|line| line.split(':').collect::<Vec<_>>());
        let line = lines.find(|fields| fields.first() == Some(&name))?;
        Some(Self {
            uid: line.get(2)?.parse().ok()?,
            gid: line.get(3)?.parse().ok()?,
        })
    }
}

/// The number of the user this program runs as.
pub(crate) fn own_uid() -> io::Result<u32> {
    Ok(fs::metadata("/proc/self")?.uid())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_postgres_the_fault_has_the_line_to_type() {
        let fault = Binaries::find_in([PathBuf::from("/nowhere")].into_iter()).unwrap_err();
        assert_eq!(fault.code(), "store.no_postgres");
        assert!(fault.to_string().contains("apt-get install"), "{fault}");
    }

    #[test]
    fn the_user_to_become_is_read_from_the_list_of_users() {
        let users = "root:x:0:0::/:/bin/sh\npostgres:x:101:104:a,b:/var/lib:/bin/sh\n";
        let user = Unprivileged::named(users, "postgres");
        assert_eq!(user, Some(Unprivileged { uid: 101, gid: 104 }));
        assert_eq!(Unprivileged::named(users, "nobody"), None);
    }
}
