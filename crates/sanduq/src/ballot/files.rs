//! The files that a person carries from step to step.
//!
//! What is always true here: a file is whole or is not there, none is written over another, and
//! what is read is of the election and the step that is asked for, or is refused with its name.

use crate::exit::Ended;
use sanduq_ballot::json::Canonical;
use sanduq_ballot::refusal::Refusal;
use std::fs;
use std::fs::File;
use std::fs::Permissions;
use std::io::ErrorKind;
use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

/// Who may read a file that is published.
pub const PUBLIC: u32 = 0o644;
/// Who may read a file that is secret.
pub const PRIVATE: u32 = 0o600;

/// A refusal with its place and its reason.
pub fn refused(code: &str, sentence: impl core::fmt::Display) -> Ended {
    Ended::Refused {
        code: format!("ballot.{code}"),
        sentence: sentence.to_string(),
    }
}

/// Why a file is not taken.
pub fn unfit(path: &Path, refusal: Refusal) -> Ended {
    refused(refusal.code(), format!("{}: {refusal}", path.display()))
}

/// The machine failed at a file.
pub fn fault(path: &Path, why: &dyn core::fmt::Display) -> Ended {
    Ended::fault(format!("{}: {why}", path.display()))
}

/// The bytes of a file, without one line's end after them.
///
/// # Errors
/// `ballot.no_file` when there is none; a fault when it cannot be read.
pub fn read(path: &Path) -> Result<Vec<u8>, Ended> {
    let mut bytes = fs::read(path).map_err(|why| match why.kind() {
        ErrorKind::NotFound | ErrorKind::IsADirectory => {
            refused("no_file", format!("{} is no file", path.display()))
        }
        _ => fault(path, &why),
    })?;
    if bytes.last() == Some(&b'\n') {
        bytes.pop();
    }
    Ok(bytes)
}

/// The object of a file.
///
/// # Errors
/// As [`read`], and what the object refuses.
pub fn object<T: Canonical>(path: &Path) -> Result<T, Ended> {
    T::from_bytes(&read(path)?).map_err(|refusal| unfit(path, refusal))
}

/// A path that must be free.
///
/// # Errors
/// `ballot.out_in_use`.
pub fn free(path: &Path) -> Result<(), Ended> {
    match fs::symlink_metadata(path) {
        Err(_) => Ok(()),
        Ok(_) => Err(taken(path)),
    }
}

fn taken(path: &Path) -> Ended {
    let why = format!("{} is there already; name another", path.display());
    refused("out_in_use", why)
}

/// The folder of a file.
pub fn above(path: &Path) -> &Path {
    match path.parent() {
        Some(above) if !above.as_os_str().is_empty() => above,
        _ => Path::new("."),
    }
}

/// Writes a new file: under another name first, and under its own when all of it is on the disk.
///
/// # Errors
/// `ballot.out_in_use` when it is there; a fault when it cannot be written.
pub fn write(path: &Path, bytes: &[u8], mode: u32) -> Result<(), Ended> {
    let folder = above(path);
    let begun = tempfile::Builder::new()
        .prefix(".sanduq-ballot-")
        .permissions(Permissions::from_mode(mode))
        .tempfile_in(folder);
    let mut file = begun.map_err(|why| fault(folder, &why))?;
    let written = file
        .write_all(bytes)
        .and_then(|()| file.as_file().sync_all());
    written.map_err(|why| fault(path, &why))?;
    match file.persist_noclobber(path) {
        Ok(_) => settle(folder),
        Err(why) if why.error.kind() == ErrorKind::AlreadyExists => Err(taken(path)),
        Err(why) => Err(fault(path, &why.error)),
    }
}

/// Brings the names in a folder to the disk.
///
/// # Errors
/// A fault of the machine.
pub fn settle(folder: &Path) -> Result<(), Ended> {
    let settled = File::open(folder).and_then(|folder| folder.sync_all());
    settled.map_err(|why| fault(folder, &why))
}
