//! An act on its way into the archive and the sidecar: what is added to both, in a file beside them
//! until both have it.
//!
//! ```text
//! act file = "sanduq ballot act 1\n" · length of the archive before (8) · of the sidecar (8)
//!            · bytes added to the archive (8) · these bytes · those of the sidecar · SHA-256 (32)
//!
//! act file written, on the disk ─▶ archive appended ─▶ sidecar appended ─▶ act file removed
//! ```
//! What is always true here: until the act file is there, nothing has changed; from then on the act
//! is done, now or by the next command that changes the archive, however often it is cut off on
//! its way. Lengths are taken under locks, so that nobody is shown one file before and the other
//! after it; a step reads both as they were before an act that was cut off, a verifier every byte
//! that stands there. When a file cannot take what is added, a full disk say, both are cut back and
//! the act file of the command that made it goes: it says that nothing was done, or, where even
//! that fails, that the act is done and not ended. One that was cut off is never given up.

use crate::ballot::files;
use crate::ballot::files::PUBLIC;
use crate::ballot::files::fault;
use crate::ballot::files::refused;
use crate::exit::Ended;
use crate::exit::say;
use crate::fact::Fact;
use crate::fact::Placed;
use crate::verify::ballot::beside;
use sanduq_ballot::hash::Hash;
use std::fs;
use std::fs::File;
use std::fs::OpenOptions;
use std::io;
use std::io::ErrorKind;
use std::io::Read;
use std::io::Seek;
use std::io::SeekFrom;
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::path::PathBuf;

/// The first bytes of the file.
const MAGIC: &[u8; 20] = b"sanduq ballot act 1\n";
/// Bytes before those that are added.
const HEAD: usize = 20 + 3 * 8;

/// What is added to an archive and to its sidecar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Act {
    /// How long both were before, in bytes.
    pub lengths: [u64; 2],
    /// What is added to both.
    pub added: [Vec<u8>; 2],
}

/// The act file of an archive.
fn path_of(archive: &Path) -> PathBuf {
    archive.with_extension("act")
}

/// Both files as they are shown.
pub struct Shown {
    /// The archive, and the sidecar if there is one.
    pub files: (File, Option<File>),
    /// How much of each is shown, in bytes.
    pub lengths: [u64; 2],
}

/// Opens an archive and its sidecar; `before` an act that was cut off, or with every byte of it.
///
/// # Errors
/// A fault when they cannot be read; `ballot.act` for an act file that is none.
pub fn shown(archive: &Path, before: bool) -> Result<Shown, Ended> {
    let failed = |path: &Path| {
        let path = path.to_owned();
        move |why| fault(&path, &why)
    };
    let own = File::open(archive).map_err(failed(archive))?;
    // A file system without locks is one to which nobody appends, as a medium that is carried.
    let _shared = own.lock_shared();
    let path = beside(archive);
    let sidecar = match File::open(&path) {
        Ok(sidecar) => {
            let _shared = sidecar.lock_shared();
            Some(sidecar)
        }
        Err(why) if why.kind() == ErrorKind::NotFound => None,
        Err(why) => return Err(fault(&path, &why)),
    };
    let length = |file: &File| file.metadata().map(|found| found.len());
    let act = if before { Act::read(archive)? } else { None };
    let lengths = match act {
        Some(act) => act.lengths,
        None => [
            length(&own).map_err(failed(archive))?,
            sidecar
                .as_ref()
                .map_or(Ok(0), length)
                .map_err(failed(&path))?,
        ],
    };
    for file in [Some(&own), sidecar.as_ref()].into_iter().flatten() {
        let _none = file.unlock();
    }
    let files = (own, sidecar);
    Ok(Shown { files, lengths })
}

impl Act {
    fn to_bytes(&self) -> Vec<u8> {
        let length = u64::try_from(self.added[0].len()).unwrap_or(u64::MAX);
        let mut bytes = MAGIC.to_vec();
        for number in [self.lengths[0], self.lengths[1], length] {
            bytes.extend(number.to_be_bytes());
        }
        bytes.extend(self.added.concat());
        let hash = Hash::of(&bytes);
        bytes.extend(hash.0);
        bytes
    }

    fn from_bytes(bytes: &[u8]) -> Option<Act> {
        let (said, hash) = bytes.split_last_chunk::<32>()?;
        if Hash::of(said).0 != *hash || said.get(..20)? != MAGIC {
            return None;
        }
        let number = |at: usize| {
            let bytes = said.get(at..at + 8)?.try_into().ok()?;
            Some(u64::from_be_bytes(bytes))
        };
        let length = usize::try_from(number(36)?).ok()?;
        let (archive, sidecar) = said.get(HEAD..)?.split_at_checked(length)?;
        Some(Act {
            lengths: [number(20)?, number(28)?],
            added: [archive.to_vec(), sidecar.to_vec()],
        })
    }

    /// The act that is on its way, if one is.
    fn read(archive: &Path) -> Result<Option<Act>, Ended> {
        let path = path_of(archive);
        let bytes = match fs::read(&path) {
            Ok(bytes) => bytes,
            Err(why) if why.kind() == ErrorKind::NotFound => return Ok(None),
            Err(why) => return Err(fault(&path, &why)),
        };
        let act = Act::from_bytes(&bytes);
        let none = || refused("act", format!("{} is damaged", path.display()));
        act.map(Some).ok_or_else(none)
    }

    /// Adds to both files, or to neither.
    ///
    /// # Errors
    /// A fault when they cannot be written; `ballot.act_unfinished` when the next command ends it.
    pub fn put(&self, archive: &Path) -> Result<(), Ended> {
        // Who cannot write into both has changed nothing.
        let files = Files::open(archive)?;
        let path = path_of(archive);
        let next = archive.with_extension("act-next");
        let written = whole(&next, &self.to_bytes()).and_then(|()| fs::rename(&next, &path));
        if let Err(why) = written {
            let _none = fs::remove_file(&next);
            return Err(fault(&next, &why));
        }
        let folder = files::above(archive);
        let done = files::settle(folder).and_then(|()| self.append_to(&files));
        let Err(ended) = done else {
            return fs::remove_file(&path).map_err(|why| unfinished(&path, &why));
        };
        let back = self.cut_back(&files).and_then(|()| fs::remove_file(&path));
        if let Err(why) = back {
            return Err(unfinished(&path, &why));
        }
        let _none = files::settle(folder);
        Err(ended)
    }

    /// Ends an act that was cut off, and says so.
    ///
    /// # Errors
    /// `ballot.act` when the files are neither as before it nor on the way to it; a fault.
    pub fn heal(archive: &Path) -> Result<(), Ended> {
        let Some(act) = Act::read(archive)? else {
            return Ok(());
        };
        let paths = [archive.to_owned(), beside(archive)];
        for (path, (length, added)) in paths.iter().zip(act.lengths.iter().zip(&act.added)) {
            let begun = begun(path, *length, added).map_err(|why| fault(path, &why))?;
            if !begun {
                let why = format!(
                    "{} is not what {} goes on with; put both back as they were before",
                    path.display(),
                    path_of(archive).display()
                );
                return Err(refused("act", why));
            }
        }
        let files = Files::open(archive)?;
        act.append_to(&files).inspect_err(|_| {
            // Whoever looks is shown both as they were; the act stays, since it may have been
            // said that it is done.
            let _none = act.cut_back(&files);
        })?;
        let path = path_of(archive);
        fs::remove_file(&path).map_err(|why| fault(&path, &why))?;
        say(&format!(
            "{}: an act that was cut off is now done",
            archive.display()
        ));
        Ok(())
    }

    /// Archive, then sidecar.
    fn append_to(&self, files: &Files) -> Result<(), Ended> {
        let parts = self.lengths.iter().zip(&self.added);
        for ((path, file), (length, added)) in files.0.iter().zip(parts) {
            append(file, *length, added).map_err(|why| fault(path, &why))?;
        }
        Ok(())
    }

    /// Both as they were before, on the disk.
    fn cut_back(&self, files: &Files) -> io::Result<()> {
        for ((_, file), length) in files.0.iter().zip(self.lengths) {
            file.set_len(length)?;
            file.sync_all()?;
        }
        Ok(())
    }
}

/// An archive and its sidecar, open to be written.
struct Files([(PathBuf, File); 2]);

impl Files {
    fn open(archive: &Path) -> Result<Files, Ended> {
        let open = |path: PathBuf| {
            let file = OpenOptions::new().write(true).open(&path);
            let file = file.map_err(|why| fault(&path, &why))?;
            Ok::<_, Ended>((path, file))
        };
        Ok(Files([open(archive.to_owned())?, open(beside(archive))?]))
    }
}

/// Whether an act is on its way.
pub fn is_on_its_way(archive: &Path) -> bool {
    path_of(archive).exists()
}

/// The act is done: it stands on the disk, and the next command goes on with it.
fn unfinished(path: &Path, why: &io::Error) -> Ended {
    let sentence = format!("done, but not finished; the next step finishes it: {why}");
    Ended::Placed(Box::new(Placed {
        fault: true,
        code: "ballot.act_unfinished",
        sentence: format!("{}: {sentence}", path.display()),
        facts: vec![Fact::Text(format!("{}: {why}", path.display()))],
    }))
}

/// Writes a file anew, to the disk.
fn whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut options = OpenOptions::new();
    let file = options.write(true).create(true).truncate(true).mode(PUBLIC);
    let mut file = file.open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// Writes what is added where the file ended before, and brings it to the disk. The file stays
/// locked until it is closed: whoever takes lengths waits, and then finds both files alike.
fn append(mut file: &File, length: u64, added: &[u8]) -> io::Result<()> {
    file.lock()?;
    file.seek(SeekFrom::Start(length))?;
    file.write_all(added)?;
    file.sync_data()
}

/// Whether a file is as before the act, or a part of what is added stands in it.
fn begun(path: &Path, length: u64, added: &[u8]) -> io::Result<bool> {
    let mut file = File::open(path)?;
    if file.metadata()?.len() < length {
        return Ok(false);
    }
    file.seek(SeekFrom::Start(length))?;
    let mut there = Vec::new();
    file.read_to_end(&mut there)?;
    Ok(added.starts_with(&there))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn act() -> Act {
        Act {
            lengths: [3, 2],
            added: [b"def".to_vec(), b"CD".to_vec()],
        }
    }

    #[test]
    fn a_damaged_act_is_none() {
        let bytes = act().to_bytes();
        assert_eq!(Act::from_bytes(&bytes), Some(act()));
        for place in 0..bytes.len() {
            assert_eq!(Act::from_bytes(&bytes[..place]), None);
            let mut flipped = bytes.clone();
            flipped[place] ^= 1;
            assert_eq!(Act::from_bytes(&flipped), None);
        }
    }

    /// An archive, its sidecar and whether an act is on its way.
    fn laid_out(archive: &str, sidecar: &str) -> (tempfile::TempDir, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x.bel");
        fs::write(&path, archive).unwrap();
        fs::write(beside(&path), sidecar).unwrap();
        fs::write(path_of(&path), act().to_bytes()).unwrap();
        (folder, path)
    }

    #[test]
    fn an_act_that_cannot_be_begun_leaves_nothing_behind() {
        for unwritable in 0..2 {
            let (_folder, path) = laid_out("abc", "AB");
            fs::remove_file(path_of(&path)).unwrap();
            let files = [path.clone(), beside(&path)];
            fs::remove_file(&files[unwritable]).unwrap();
            fs::create_dir(&files[unwritable]).unwrap();
            let ended = act().put(&path);
            assert!(matches!(ended, Err(Ended::Fault(_))), "{ended:?}");
            assert!(!is_on_its_way(&path), "{unwritable}");
            let other = ["AB", "abc"][unwritable];
            let left = fs::read_to_string(&files[1 - unwritable]).unwrap();
            assert_eq!(left, other);
        }
    }

    /// A sidecar that takes nothing and cannot be cut back either: the act stays, and it is said.
    #[test]
    fn an_act_that_cannot_be_taken_back_is_said_to_be_done_and_is_ended_later() {
        let (_folder, path) = laid_out("abc", "AB");
        fs::remove_file(path_of(&path)).unwrap();
        fs::remove_file(beside(&path)).unwrap();
        std::os::unix::fs::symlink("/dev/full", beside(&path)).unwrap();
        let Err(Ended::Placed(placed)) = act().put(&path) else {
            panic!("a full device takes nothing");
        };
        assert_eq!((placed.code, placed.fault), ("ballot.act_unfinished", true));
        assert!(is_on_its_way(&path));
        fs::remove_file(beside(&path)).unwrap();
        fs::write(beside(&path), "AB").unwrap();
        Act::heal(&path).unwrap();
        let read = |path: &Path| fs::read_to_string(path).unwrap();
        assert_eq!(
            (read(&path), read(&beside(&path))),
            ("abcdef".to_owned(), "ABCD".to_owned())
        );
        assert!(!is_on_its_way(&path));
    }

    #[test]
    fn an_act_is_gone_on_with_wherever_it_was_cut_off() {
        for (archive, sidecar, done) in [
            ("abc", "AB", true),
            ("abcd", "AB", true),
            ("abcdef", "AB", true),
            ("abcdef", "ABC", true),
            ("abcdef", "ABCD", true),
            // Neither before the act nor on the way to it.
            ("ab", "AB", false),
            ("abcx", "AB", false),
            ("abcdefg", "AB", false),
            ("abcdef", "A", false),
            ("abcdef", "ABx", false),
        ] {
            let (_folder, path) = laid_out(archive, sidecar);
            let before = shown(&path, true).map(|shown| shown.lengths);
            assert_eq!(before.unwrap(), [3, 2], "{archive} {sidecar}");
            let healed = Act::heal(&path);
            assert_eq!(healed.is_ok(), done, "{archive} {sidecar}");
            let read = |path: &Path| fs::read_to_string(path).unwrap();
            let now = (read(&path), read(&beside(&path)));
            let expected = if done {
                ("abcdef", "ABCD")
            } else {
                (archive, sidecar)
            };
            assert_eq!((now.0.as_str(), now.1.as_str()), expected);
            assert_eq!(path_of(&path).exists(), !done);
        }
    }
}
