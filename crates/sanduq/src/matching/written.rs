//! Files that a command writes: under another name, `….new`, until they are whole and on the disk.
//!
//! What a stop leaves behind: a file of that name, which is of no use to anybody. The next run with
//! the same result removes it before anything is read, so that it takes no room on the disk.
//! Whoever writes one holds its lock, so that two runs never write the same.

use crate::exit::Ended;
use crate::matching::job::beside;
use crate::matching::place;
use crate::progress::Progress;
use std::fs::File;
use std::fs::TryLockError;
use std::io;
use std::io::BufWriter;
use std::os::unix::fs::MetadataExt;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::path::PathBuf;

/// Rights of a new file: what stands in it is personal, and its owner lets others read it.
const OWN: u32 = 0o600;

/// A file that is being written; it goes when it is not put in its place.
pub struct Unfinished {
    path: PathBuf,
    new: PathBuf,
    file: File,
    put: bool,
}

impl Unfinished {
    /// Begins a file, empty, that is to stand at `path`.
    ///
    /// # Errors
    /// When it cannot be made, or another run writes it.
    pub fn begin(path: &Path) -> Result<Self, Ended> {
        let new = beside(path, ".new");
        let failed = |fault: io::Error| place::unwritten(path, &fault);
        loop {
            // What another run has written so far stays until it is known that there is none.
            let mut how = File::options();
            how.write(true).create(true).truncate(false).mode(OWN);
            let file = how.open(&new).map_err(failed)?;
            let plain = file.metadata().map_err(failed)?.is_file();
            match file.try_lock() {
                Ok(()) => {}
                // Whoever else writes to a device does not write this file.
                Err(TryLockError::WouldBlock) if !plain => {}
                Err(TryLockError::WouldBlock) => return Err(taken(&new)),
                Err(TryLockError::Error(fault)) => return Err(failed(fault)),
            }
            // Another run may have put it in its place before it was locked here.
            if !is_there(&file, &new).map_err(failed)? {
                continue;
            }
            let unfinished = Self {
                path: path.to_owned(),
                new,
                file,
                put: false,
            };
            if plain {
                unfinished.file.set_len(0).map_err(failed)?;
                unfinished.keep_rights().map_err(failed)?;
            }
            return Ok(unfinished);
        }
    }

    /// Gives the file the rights of the one that it will replace: who may read that was decided.
    fn keep_rights(&self) -> io::Result<()> {
        match std::fs::metadata(&self.path) {
            Ok(told) if told.is_file() => self.file.set_permissions(told.permissions()),
            _ => Ok(()),
        }
    }

    /// What is written to.
    pub const fn file(&self) -> &File {
        &self.file
    }

    /// Everything is written and on the disk.
    ///
    /// # Errors
    /// When it does not come to be there.
    pub fn whole(&self) -> Result<(), Ended> {
        let synced = self.file.sync_all();
        synced.map_err(|fault| place::unwritten(&self.path, &fault))
    }

    /// Puts it in its place.
    ///
    /// # Errors
    /// When it cannot be moved; what stood there before stands there still.
    pub fn put(mut self) -> Result<(), Ended> {
        let moved = std::fs::rename(&self.new, &self.path);
        moved.map_err(|fault| place::unwritten(&self.path, &fault))?;
        self.put = true;
        Ok(())
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        if !self.put {
            // If it cannot go either, the next run removes it.
            let _gone = std::fs::remove_file(&self.new);
        }
    }
}

/// Whether a file still stands under its name.
fn is_there(file: &File, path: &Path) -> io::Result<bool> {
    let of = |told: std::fs::Metadata| (told.dev(), told.ino());
    let here = of(file.metadata()?);
    match std::fs::metadata(path).map(of) {
        Ok(there) => Ok(there == here),
        Err(fault) if fault.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(fault) => Err(fault),
    }
}

fn taken(path: &Path) -> Ended {
    place::refused(
        "matching.taken",
        format!(
            "another run is at work in {}; wait for its end or name another --out",
            path.display()
        ),
        vec![place::file(path)],
    )
}

/// Removes what a run that was stopped has left of these files.
///
/// # Errors
/// When another run is writing one of them.
pub fn clear(paths: &[&Path]) -> Result<(), Ended> {
    for path in paths {
        let new = beside(path, ".new");
        // A link or a device there is somebody's, and no run has left it.
        if !std::fs::symlink_metadata(&new).is_ok_and(|told| told.is_file()) {
            continue;
        }
        let Ok(file) = File::options().write(true).open(&new) else {
            continue;
        };
        match file.try_lock() {
            Err(TryLockError::WouldBlock) => return Err(taken(&new)),
            // What cannot be removed cannot be written either, which is told then.
            _ => {
                let _gone = std::fs::remove_file(&new);
            }
        }
    }
    Ok(())
}

/// Writes a file under another name and puts it in place when it is whole and on the disk.
///
/// # Errors
/// When it cannot be written; what stood there before stands there still.
pub fn write(
    path: &Path,
    (count, unit): (u64, &'static str),
    progress: &mut Progress,
    content: impl FnOnce(BufWriter<&File>, &mut dyn FnMut(u64)) -> csv::Result<()>,
) -> Result<(), Ended> {
    progress.stage("writing", count, unit);
    let unfinished = Unfinished::begin(path)?;
    let out = BufWriter::new(unfinished.file());
    let written = content(out, &mut |done| progress.reached(done));
    written.map_err(|fault| place::unwritten(path, &of_csv(fault)))?;
    unfinished.whole()?;
    unfinished.put()?;
    progress.end();
    Ok(())
}

/// The fault of the machine in one of the writer of tables.
fn of_csv(fault: csv::Error) -> io::Error {
    if !fault.is_io_error() {
        return io::Error::other(fault);
    }
    match fault.into_kind() {
        csv::ErrorKind::Io(fault) => fault,
        other => io::Error::other(format!("{other:?}")),
    }
}
