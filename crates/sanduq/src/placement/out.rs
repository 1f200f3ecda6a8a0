//! Files that stand whole or not at all, and never over what is read.

use crate::exit::Ended;
use std::fs::File;
use std::io;
use std::io::BufWriter;
use std::io::Write;
use std::path::Path;
use tempfile::NamedTempFile;

/// Says no to a result that would be written over a file that is read, or that cannot stand where
/// it is asked for, before anything is computed.
///
/// # Errors
/// `placement.out_is_input` or `placement.out`.
pub fn check(outs: &[Option<&Path>], read: &[Option<&Path>]) -> Result<(), Ended> {
    let outs: Vec<&Path> = outs.iter().copied().flatten().collect();
    for (at, out) in outs.iter().enumerate() {
        let refused = |code: &str, why: &str| {
            Err(Ended::Refused {
                code: code.to_owned(),
                sentence: format!("{}: {why}", out.display()),
            })
        };
        let is_same = |other: &&Path| same(other, out);
        if read.iter().flatten().any(is_same) {
            return refused("placement.out_is_input", "it is read; name another file");
        }
        if outs[..at].iter().any(is_same) {
            return refused(
                "placement.out",
                "two results have this name; name another file",
            );
        }
        if !folder_of(out).is_dir() {
            return refused("placement.out", "its folder is not there; make it first");
        }
        if out.is_dir() || out.file_name().is_none() {
            return refused("placement.out", "it is a folder; name a file");
        }
    }
    Ok(())
}

fn same(one: &Path, other: &Path) -> bool {
    let place = |path: &Path| {
        let folder = folder_of(path);
        let folder = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
        let named = folder.join(path.file_name().unwrap_or_default());
        named.canonicalize().unwrap_or(named)
    };
    place(one) == place(other)
}

/// The folder in which a file stands.
fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

/// Writes a file, which then stands whole on the disk; what was there before is replaced at the
/// end.
///
/// # Errors
/// When it cannot be written; what was there is then there still.
pub fn write(
    path: &Path,
    content: impl FnOnce(&mut BufWriter<&File>) -> io::Result<()>,
) -> Result<(), Ended> {
    let failed = |fault: io::Error| Ended::fault(format!("{}: {fault}", path.display()));
    let file = NamedTempFile::new_in(folder_of(path)).map_err(failed)?;
    let mut out = BufWriter::with_capacity(1 << 20, file.as_file());
    content(&mut out)
        .and_then(|()| out.flush())
        .map_err(failed)?;
    drop(out);
    file.as_file().sync_all().map_err(failed)?;
    readable(file.as_file()).map_err(failed)?;
    file.persist(path).map_err(|fault| failed(fault.error))?;
    Ok(())
}

/// A file for the moment is its owner's alone; a result is for whom the folder is.
fn readable(file: &File) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.set_permissions(std::fs::Permissions::from_mode(0o644))
}
