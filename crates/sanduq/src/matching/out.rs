//! Where results go: never over what is read, and never where they cannot stand.

use crate::exit::Ended;
use crate::matching::job::beside;
use crate::matching::place;
use std::path::Path;
use std::path::PathBuf;

/// The folder in which a file stands.
pub fn folder_of(path: &Path) -> &Path {
    let parent = path.parent().unwrap_or(path);
    if parent.as_os_str().is_empty() {
        Path::new(".")
    } else {
        parent
    }
}

/// Says no to a result that cannot stand where it is asked for, before hours are spent on it, and
/// to one that would be written over what is read.
///
/// # Errors
/// When one of the files is a pipe, the folder is not there, a folder, a pipe or a device stands in
/// its place, or it is one of `files`.
pub fn check_out(out: &Path, files: &[&Path]) -> Result<(), Ended> {
    let refused = |code, why: String| {
        let sentence = format!("{}: {why}", out.display());
        Err(place::refused(code, sentence, vec![place::file(out)]))
    };
    files.iter().try_for_each(|file| check_plain(file))?;
    let folder = folder_of(out);
    if !folder.is_dir() {
        let why = format!(
            "there is no folder {}; make it first, or name another --out",
            folder.display()
        );
        return refused("matching.out", why);
    }
    if out.is_dir() || out.file_name().is_none() {
        return refused("matching.out", "it is a folder; name a file".to_owned());
    }
    if out.exists() && !out.is_file() {
        let why = "it is a pipe or a device, and would be replaced; name a file".to_owned();
        return refused("matching.out", why);
    }
    for more in WRITTEN {
        let written = place_of(&beside(out, more));
        let read = files.iter().find(|file| place_of(file) == written);
        if let Some(read) = read {
            let why = format!(
                "{} would be written over, and it is read; name another --out",
                read.display()
            );
            return refused("matching.out_is_input", why);
        }
    }
    Ok(())
}

/// What stands behind the name of a result in the names of the files that are written with it.
pub const WRITTEN: [&str; 5] = [
    "",
    ".new",
    ".quarantine.csv",
    ".quarantine.csv.new",
    ".work",
];

/// Where a file lies or will lie, however its path is spelt.
fn place_of(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| {
        let folder = folder_of(path);
        let folder = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
        folder.join(path.file_name().unwrap_or_default())
    })
}

/// Says no to a roll that is its own list: everybody would be found in it.
///
/// # Errors
/// When two of the files are one.
pub fn check_apart(files: &[&Path]) -> Result<(), Ended> {
    let places: Vec<PathBuf> = files.iter().map(|file| place_of(file)).collect();
    let again = (1..places.len()).find(|at| places[..*at].contains(&places[*at]));
    again.map_or(Ok(()), |at| {
        let sentence = format!(
            "{} is the roll and the list at once, and everybody would be found in it; name two \
             files, or look for doubles with sanduq match dedupe",
            files[at].display()
        );
        let facts = vec![place::file(files[at])];
        Err(place::refused("matching.same_file", sentence, facts))
    })
}

/// Says no to a pipe or a device, which gives what it holds but once: a file is read more often.
pub fn check_plain(path: &Path) -> Result<(), Ended> {
    match std::fs::metadata(path) {
        Ok(told) if !told.is_file() && !told.is_dir() => {
            let sentence = format!(
                "{} is a pipe or a device, and a roll is read more than once; save it as a file",
                path.display()
            );
            let facts = vec![place::file(path)];
            Err(place::refused("matching.not_a_file", sentence, facts))
        }
        _ => Ok(()),
    }
}
