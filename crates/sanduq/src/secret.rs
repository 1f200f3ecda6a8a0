//! Secrets in the folder of a store: 32 bytes in a file that its owner alone may read. Always true
//! here: a secret that is there is never replaced, and a file is whole or is not there.

use crate::exit::Ended;
use sanduq_store::own_station::EventSecret;
use std::fs::File;
use std::fs::OpenOptions;
use std::io;
use std::io::Write as _;
use std::os::unix::fs::OpenOptionsExt as _;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

/// The secret under which the national numbers of the event become keys.
const EVENT: &str = "event.secret";

/// The secret of the event of a store; none where nobody has kept it.
///
/// # Errors
/// Others may read it, it is not 32 bytes long, or the machine failed.
pub fn of_event(store: &Path) -> Result<Option<EventSecret>, Ended> {
    Ok(read(&store.join(EVENT))?.map(EventSecret::new))
}

/// Keeps the secret of the event of a store; one that is there already stays.
///
/// # Errors
/// The machine failed.
pub fn keep_event(store: &Path, secret: &[u8; 32]) -> Result<(), Ended> {
    let path = store.join(EVENT);
    match keep(&path, secret) {
        Err(why) if why.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        kept => kept.map_err(|why| Ended::fault(format!("{}: {why}", path.display()))),
    }
}

/// The secret of a file; none where there is none.
///
/// # Errors
/// Others may read it, it is not 32 bytes long, or the machine failed.
pub fn read(path: &Path) -> Result<Option<[u8; 32]>, Ended> {
    let fault = |why: io::Error| Ended::fault(format!("{}: {why}", path.display()));
    let unfit = |why: &str| {
        Err(Ended::Refused {
            code: "key.unfit".to_owned(),
            sentence: format!("{}: {why}", path.display()),
        })
    };
    let file = match File::open(path) {
        Err(why) if why.kind() == io::ErrorKind::NotFound => return Ok(None),
        file => file.map_err(fault)?,
    };
    let mode = file.metadata().map_err(fault)?.permissions().mode();
    if mode & 0o077 != 0 {
        return unfit("others than its owner may read it; chmod 600 it");
    }
    let bytes = std::fs::read(path).map_err(fault)?;
    match <[u8; 32]>::try_from(bytes.as_slice()) {
        Ok(secret) => Ok(Some(secret)),
        Err(_) => unfit("it is not a seed of 32 bytes"),
    }
}

/// Writes a new secret under another name, and gives it its own only when it is on disk: a crash
/// leaves no secret or a whole one.
///
/// # Errors
/// The machine failed; there is one already.
pub fn keep(path: &Path, secret: &[u8; 32]) -> io::Result<()> {
    let new = path.with_extension(format!("new-{}", std::process::id()));
    let mut file = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(&new)?;
    file.write_all(secret)?;
    file.sync_all()?;
    // A link, unlike a rename, never replaces a secret that another program has just made.
    let linked = std::fs::hard_link(&new, path);
    std::fs::remove_file(&new)?;
    linked?;
    path.parent()
        .map_or(Ok(()), |folder| File::open(folder)?.sync_all())
}
