//! The files that sheets come in, as they stood before they were read. Always true here: the digest
//! that the journal names the files by is of the bytes that were read; the files are read twice,
//! and what changes from before the first reading until after the second is refused, as finely as
//! the file system's clock tells.

use super::refusal::ImportRefusal;
use ring::digest::Context;
use ring::digest::SHA256;
use sanduq_journal::hash::Hash;
use sanduq_table::Place;
use std::fs::File;
use std::io;
use std::io::Read;
use std::os::unix::fs::MetadataExt;
use std::path::Path;
use std::path::PathBuf;
use std::thread::JoinHandle;

/// What the system says of a file, and what no writing and no renaming leaves as it was: device,
/// inode, size, and when its content and when itself was changed last, in seconds and nanoseconds.
type Stamp = (u64, u64, u64, [i64; 4]);

/// Every file of the paths and every folder, in the order in which the digest takes them, each with
/// its stamp; none where it cannot be asked for.
#[derive(PartialEq, Eq)]
pub struct Sources(Vec<(PathBuf, Option<Stamp>)>);

impl Sources {
    /// The files of the paths in the order given, a folder's in the order of their names. What
    /// cannot be seen is left to the reading, which says why.
    pub fn seen(paths: &[PathBuf]) -> Self {
        let mut all = Vec::new();
        for path in paths {
            all.push(path.clone());
            if let Ok(entries) = path.read_dir() {
                let mut inside: Vec<PathBuf> =
                    entries.flatten().map(|entry| entry.path()).collect();
                inside.retain(|path| path.is_file());
                inside.sort();
                all.extend(inside);
            }
        }
        let stamped = |path: PathBuf| {
            let stamp = stamp(&path);
            (path, stamp)
        };
        Self(all.into_iter().map(stamped).collect())
    }

    /// Begins the digest beside the reading.
    pub fn digesting(&self) -> JoinHandle<Result<String, ImportRefusal>> {
        let files = self.0.iter().map(|(path, _)| path.clone());
        let files: Vec<PathBuf> = files.filter(|path| !path.is_dir()).collect();
        std::thread::spawn(move || digest(&files))
    }

    /// Refuses the first file or folder that is not what it was, that is gone or that is new.
    pub fn unchanged(&self, paths: &[PathBuf]) -> Result<(), ImportRefusal> {
        let now = Self::seen(paths);
        if *self == now {
            return Ok(());
        }
        let differing = self.0.iter().find(|source| !now.0.contains(source));
        let Some((path, _)) = differing else {
            return Ok(());
        };
        let file = path.file_name().unwrap_or(path.as_os_str());
        let place = Place {
            file: file.to_string_lossy().into_owned(),
            ..Place::default()
        };
        let why = "the file changed while it was read; import it again";
        Err(ImportRefusal::at(place, "import.changed_while_read", why))
    }
}

fn stamp(path: &Path) -> Option<Stamp> {
    let found = path.metadata().ok()?;
    let times = [
        found.mtime(),
        found.mtime_nsec(),
        found.ctime(),
        found.ctime_nsec(),
    ];
    Some((found.dev(), found.ino(), found.size(), times))
}

/// The digest that the journal names the files by: SHA-256 over all of them.
fn digest(files: &[PathBuf]) -> Result<String, ImportRefusal> {
    let unreadable = |why: io::Error| {
        let why = format!("a file cannot be read again: {why}");
        ImportRefusal::Whole("table.unreadable", why)
    };
    let mut hash = Context::new(&SHA256);
    let mut buffer = vec![0; 1 << 16];
    for file in files {
        let mut file = File::open(file).map_err(unreadable)?;
        loop {
            let read = file.read(&mut buffer).map_err(unreadable)?;
            if read == 0 {
                break;
            }
            hash.update(&buffer[..read]);
        }
    }
    Ok(Hash::from(hash.finish()).to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;
    use std::time::Duration;

    type Change = fn(&Path) -> io::Result<()>;

    #[test]
    fn whatever_changes_a_file_or_a_folder_is_seen() {
        let changes: [(&str, Change); 7] = [
            ("longer", |dir| fs::write(dir.join("1.csv"), "aaaa")),
            ("as long", |dir| fs::write(dir.join("1.csv"), "bbb")),
            ("as long, and its time put back", |dir| {
                let time = fs::metadata(dir.join("1.csv"))?.modified()?;
                fs::write(dir.join("1.csv"), "bbb")?;
                File::open(dir.join("1.csv"))?.set_modified(time)
            }),
            ("another in its place", |dir| {
                fs::write(dir.join("../new"), "bbb")?;
                fs::rename(dir.join("../new"), dir.join("1.csv"))
            }),
            ("gone", |dir| fs::remove_file(dir.join("2.csv"))),
            ("one more", |dir| fs::write(dir.join("3.csv"), "c")),
            ("one more for a moment", |dir| {
                fs::write(dir.join("3.csv"), "c")?;
                fs::remove_file(dir.join("3.csv"))
            }),
        ];
        for (what, change) in changes {
            let parent = tempfile::tempdir().unwrap();
            let dir = parent.path().join("in");
            fs::create_dir(&dir).unwrap();
            fs::write(dir.join("1.csv"), "aaa").unwrap();
            fs::write(dir.join("2.csv"), "bb").unwrap();
            let paths = [dir.clone()];
            let before = Sources::seen(&paths);
            assert!(before.unchanged(&paths).is_ok(), "{what}");
            // The clock of a file system ticks every few milliseconds.
            std::thread::sleep(Duration::from_millis(20));
            change(&dir).unwrap();
            let refusal = before.unchanged(&paths).unwrap_err();
            let said = refusal.json().unwrap();
            assert_eq!(said["code"], "import.changed_while_read", "{what}");
        }
    }

    #[test]
    fn the_digest_is_of_the_files_in_their_order() {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join("2.csv"), "c").unwrap();
        fs::write(dir.path().join("1.csv"), "ab").unwrap();
        let sources = Sources::seen(&[dir.path().to_owned()]);
        let digest = sources.digesting().join().unwrap().unwrap();
        assert_eq!(digest, Hash::of_bytes(b"abc").to_string());
    }
}
