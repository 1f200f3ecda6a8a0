//! The work of a comparison that was stopped is not lost: each rule that is done leaves its pairs
//! in a folder, and the next run of the same files, profile and weights goes on behind it.
//!
//! What a crash leaves behind: a rule's file begins with a digest of the run and of itself, so that
//! one that was cut off counts as not there. It is not waited for until it is on the disk: a rule
//! that a cut of the power takes is done again. The folder is locked while a run works in it,
//! and the lock falls with the process. When the result stands, the folder goes.

use crate::blocks::Report;
use crate::keys::mix;
use crate::run::Link;
use std::fs;
use std::fs::DirBuilder;
use std::fs::File;
use std::fs::TryLockError;
use std::io;
use std::io::Read;
use std::io::Seek;
use std::io::SeekFrom;
use std::io::Write;
use std::os::unix::fs::DirBuilderExt;
use std::os::unix::fs::MetadataExt;
use std::path::Path;
use std::path::PathBuf;
use std::time::UNIX_EPOCH;

/// What a run is made of: the same fingerprint gives the same pairs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fingerprint(u64);

/// The form of what is kept; another one begins anew.
const FORM: u64 = 2;

/// Bytes at either end of a file that enter its fingerprint.
const ENDS: u64 = 64 << 10;

impl Fingerprint {
    /// The fingerprint of texts: profile, weights, thresholds, the version of the program.
    #[must_use]
    pub fn of(texts: &[&str]) -> Self {
        let mut hash = FORM;
        for text in texts {
            hash = mix_bytes(mix(hash, 7), text.as_bytes());
        }
        Self(hash)
    }

    /// The fingerprint as a number.
    #[must_use]
    pub const fn number(self) -> u64 {
        self.0
    }

    /// The same with a file: its place, length, times of change, and what stands at its ends. The
    /// time at which the disk itself noted the last change is among them, which nobody sets back.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn with(self, path: &Path) -> io::Result<Self> {
        let mut file = File::open(path)?;
        let noted = Noted::of(&file.metadata()?);
        let mut hash = mix_bytes(self.0, path.as_os_str().as_encoded_bytes());
        hash = noted.mixed(hash);
        let mut end = Vec::new();
        for from in [0, noted.length.saturating_sub(ENDS)] {
            end.clear();
            file.seek(SeekFrom::Start(from))?;
            Read::by_ref(&mut file).take(ENDS).read_to_end(&mut end)?;
            hash = mix_bytes(hash, &end);
        }
        Ok(Self(hash))
    }
}

/// What the disk notes of a file.
#[derive(Clone, Copy, Debug, Default)]
struct Noted {
    /// Bytes.
    length: u64,
    /// When it was changed last, as may be set: nanoseconds.
    modified: u128,
    /// When it was changed last, as the disk has it: seconds, and nanoseconds.
    changed: [i64; 2],
    /// The disk.
    device: u64,
    /// The file's number on it.
    number: u64,
}

impl Noted {
    fn of(told: &fs::Metadata) -> Self {
        let modified = told.modified().ok();
        let modified = modified.and_then(|time| time.duration_since(UNIX_EPOCH).ok());
        Self {
            length: told.len(),
            modified: modified.map_or(0, |time| time.as_nanos()),
            changed: [told.ctime(), told.ctime_nsec()],
            device: told.dev(),
            number: told.ino(),
        }
    }

    fn mixed(self, hash: u64) -> u64 {
        let mut hash = mix(hash, self.length);
        hash = mix_bytes(hash, &self.modified.to_le_bytes());
        for changed in self.changed {
            hash = mix_bytes(hash, &changed.to_le_bytes());
        }
        mix(mix(hash, self.device), self.number)
    }
}

fn mix_bytes(hash: u64, bytes: &[u8]) -> u64 {
    let mut hash = mix(hash, bytes.len() as u64);
    for chunk in bytes.chunks(8) {
        let mut word = [0; 8];
        word[..chunk.len()].copy_from_slice(chunk);
        hash = mix(hash, u64::from_le_bytes(word));
    }
    hash
}

/// Why the work cannot be kept.
#[derive(Debug)]
pub enum WorkFault {
    /// Another run works in the folder.
    Taken(PathBuf),
    /// The folder cannot be written or read.
    Failed(PathBuf, io::Error),
}

impl core::fmt::Display for WorkFault {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::Taken(path) => write!(
                f,
                "another run is at work in {}; wait for its end or name another --out",
                path.display()
            ),
            Self::Failed(path, fault) => write!(f, "{}: {fault}", path.display()),
        }
    }
}

impl core::error::Error for WorkFault {}

/// What came of asking for a folder.
enum Taken {
    /// The lock on it.
    Mine(File),
    /// Another run has it.
    Other,
    /// The run that had it ended meanwhile and took it away.
    Gone,
}

/// Whether something else than a folder stands there.
fn is_other(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|told| !told.is_dir())
}

/// Asks for the lock on a folder, which is made where it is not there.
fn taken(folder: &Path) -> io::Result<Taken> {
    // What is kept there is personal.
    match DirBuilder::new().recursive(true).mode(0o700).create(folder) {
        // It was there when it was to be made, and gone when it was looked at.
        Err(fault) if fault.kind() == io::ErrorKind::AlreadyExists && !is_other(folder) => {
            return Ok(Taken::Gone);
        }
        made => made?,
    }
    let path = folder.join("lock");
    let lock = match File::create(&path) {
        Err(fault) if fault.kind() == io::ErrorKind::NotFound => return Ok(Taken::Gone),
        lock => lock?,
    };
    match lock.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => return Ok(Taken::Other),
        Err(TryLockError::Error(fault)) => return Err(fault),
    }
    // A lock on a file that has been removed keeps nobody away.
    let of = |told: fs::Metadata| (told.dev(), told.ino());
    let mine = of(lock.metadata()?);
    Ok(match fs::metadata(&path).map(of) {
        Ok(there) if there == mine => Taken::Mine(lock),
        _ => Taken::Gone,
    })
}

/// A folder that keeps what is done.
#[derive(Debug)]
pub struct Work {
    folder: PathBuf,
    fingerprint: Fingerprint,
    _lock: File,
}

/// Bytes of a link in a file.
const LINK: usize = 12;
/// Bytes of a rule's report before its links.
const HEAD: usize = 40;

impl Work {
    /// Opens the folder and locks it; what another run of other files left there is removed.
    ///
    /// # Errors
    /// When another run is at work in it, or it cannot be written.
    pub fn open(folder: &Path, fingerprint: Fingerprint) -> Result<Self, WorkFault> {
        let failed = |fault| WorkFault::Failed(folder.to_owned(), fault);
        let lock = loop {
            match taken(folder).map_err(failed)? {
                Taken::Mine(lock) => break lock,
                Taken::Other => return Err(WorkFault::Taken(folder.to_owned())),
                Taken::Gone => {}
            }
        };
        let work = Self {
            folder: folder.to_owned(),
            fingerprint,
            _lock: lock,
        };
        let mark = format!("{:016x}\n", fingerprint.0);
        let found = fs::read_to_string(folder.join("of")).unwrap_or_default();
        if found != mark {
            work.clear().map_err(failed)?;
            work.put("of", &[mark.as_bytes()]).map_err(failed)?;
        }
        Ok(work)
    }

    /// Removes what another run left.
    fn clear(&self) -> io::Result<()> {
        for entry in fs::read_dir(&self.folder)? {
            let path = entry?.path();
            if path.file_name().is_some_and(|name| name != "lock") {
                fs::remove_file(path)?;
            }
        }
        Ok(())
    }

    /// Writes a file whole or not at all.
    fn put(&self, name: &str, parts: &[&[u8]]) -> io::Result<()> {
        let unfinished = self.folder.join(format!("{name}.new"));
        let mut file = File::create(&unfinished)?;
        parts.iter().try_for_each(|part| file.write_all(part))?;
        fs::rename(unfinished, self.folder.join(name))
    }

    /// What a part of the work that is done has kept under this name; `None` when it is not done.
    #[must_use]
    pub fn bytes(&self, name: &str) -> Option<Vec<u8>> {
        let mut bytes = fs::read(self.folder.join(name)).ok()?;
        let (digest, rest) = bytes.split_first_chunk::<8>()?;
        let whole = u64::from_le_bytes(*digest) == mix_bytes(self.fingerprint.0, rest);
        whole.then(|| bytes.split_off(8))
    }

    /// Keeps a part of the work under a name.
    ///
    /// # Errors
    /// When it cannot be written; the part then counts as not done.
    pub fn keep_bytes(&self, name: &str, bytes: &[u8]) -> Result<(), WorkFault> {
        let digest = mix_bytes(self.fingerprint.0, bytes);
        self.put(name, &[&digest.to_le_bytes(), bytes])
            .map_err(|fault| WorkFault::Failed(self.folder.clone(), fault))
    }

    /// What a rule that is done has found; `None` when it is not done.
    #[must_use]
    pub fn done(&self, rule: usize) -> Option<(Vec<Link>, Report)> {
        let bytes = self.bytes(&name(rule))?;
        let (head, links) = bytes.split_at_checked(HEAD)?;
        let number = |at: usize| {
            let word = head.get(at * 8..at * 8 + 8)?;
            Some(u64::from_le_bytes(word.try_into().ok()?))
        };
        let report = Report {
            keys: number(0)?,
            pairs: number(1)?,
            split: number(2)?,
            refused: number(3)?,
            copies: number(4)?,
        };
        let word = |link: &[u8], at: usize| {
            let mut word = [0; 4];
            word.copy_from_slice(&link[at..at + 4]);
            word
        };
        let read = |link: &[u8]| Link {
            one: u32::from_le_bytes(word(link, 0)),
            other: u32::from_le_bytes(word(link, 4)),
            score: i32::from_le_bytes(word(link, 8)),
        };
        Some((links.chunks_exact(LINK).map(read).collect(), report))
    }

    /// Keeps what a rule has found.
    ///
    /// # Errors
    /// When it cannot be written; the rule then counts as not done.
    pub fn keep(&self, rule: usize, links: &[Link], report: Report) -> Result<(), WorkFault> {
        let mut bytes = Vec::with_capacity(HEAD + links.len() * LINK);
        let Report {
            keys,
            pairs,
            split,
            refused,
            copies,
        } = report;
        for number in [keys, pairs, split, refused, copies] {
            bytes.extend_from_slice(&number.to_le_bytes());
        }
        for link in links {
            bytes.extend_from_slice(&link.one.to_le_bytes());
            bytes.extend_from_slice(&link.other.to_le_bytes());
            bytes.extend_from_slice(&link.score.to_le_bytes());
        }
        self.keep_bytes(&name(rule), &bytes)
    }

    /// The result stands: the folder goes.
    ///
    /// # Errors
    /// When it cannot be removed.
    pub fn end(self) -> Result<(), WorkFault> {
        let gone = || {
            self.clear()?;
            // Last, because whoever finds it gone may begin; what that run makes is its own.
            fs::remove_file(self.folder.join("lock"))?;
            match fs::remove_dir(&self.folder) {
                Err(fault) if fault.kind() == io::ErrorKind::DirectoryNotEmpty => Ok(()),
                Err(fault) if fault.kind() == io::ErrorKind::NotFound => Ok(()),
                done => done,
            }
        };
        gone().map_err(|fault| WorkFault::Failed(self.folder.clone(), fault))
    }
}

fn name(rule: usize) -> String {
    format!("rule-{rule:03}")
}

#[cfg(test)]
mod tests;
