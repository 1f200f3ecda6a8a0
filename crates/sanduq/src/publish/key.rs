//! The signing key of a store: 32 secret bytes in `signing.seed`, made for its first publication
//! from the system's randomness, readable by their owner only. Always true here: a seed that is
//! there is never replaced, since every earlier checkpoint hangs on it; and one that is lost is not
//! followed by another unless somebody says so.

use super::refused;
use crate::exit::Ended;
use sanduq_core::id::EventId;
use sanduq_journal::note::LogSigner;
use std::fs::File;
use std::fs::OpenOptions;
use std::io;
use std::io::Write as _;
use std::os::unix::fs::OpenOptionsExt as _;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

const SEED: &str = "signing.seed";

/// Whether a store without a key is given one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Absent {
    /// Nothing has been signed yet, or somebody has asked for it.
    Make,
    /// Something has been published: the key that signed it is lost, and readers hold fast to it.
    Refuse,
}

/// The signer of an event's publications, from the seed in the folder of the store.
pub fn signer(store: &Path, event: &EventId, absent: Absent) -> Result<LogSigner, Ended> {
    let seed = seed(store, absent)?;
    named(&seed, event)
}

/// The signer of an event's publications, if the store has published: no key is made.
pub fn held(store: &Path, event: &EventId) -> Result<Option<LogSigner>, Ended> {
    if !store.join(SEED).exists() {
        return Ok(None);
    }
    signer(store, event, Absent::Refuse).map(Some)
}

/// The signer of an event's publications from a seed that is drawn elsewhere; the store keeps it
/// for its later publications.
pub fn given(store: &Path, drawn: &[u8; 32], event: &EventId) -> Result<LogSigner, Ended> {
    let path = store.join(SEED);
    match keep(&path, drawn) {
        Err(why) if why.kind() == io::ErrorKind::AlreadyExists => {
            if seed(store, Absent::Refuse)? != *drawn {
                let why = "the store has another key of its own; name a new folder";
                return Err(refused("key.unfit", format!("{}: {why}", path.display())));
            }
        }
        kept => kept.map_err(|why| Ended::fault(format!("{}: {why}", path.display())))?,
    }
    named(drawn, event)
}

fn named(seed: &[u8; 32], event: &EventId) -> Result<LogSigner, Ended> {
    LogSigner::from_seed(&format!("sanduq/{event}"), seed).map_err(Ended::fault)
}

fn seed(store: &Path, absent: Absent) -> Result<[u8; 32], Ended> {
    let path = store.join(SEED);
    let fault = |why: io::Error| Ended::fault(format!("{}: {why}", path.display()));
    let unfit = |why: &str| Err(refused("key.unfit", format!("{}: {why}", path.display())));
    match File::open(&path) {
        Ok(file) => {
            let mode = file.metadata().map_err(fault)?.permissions().mode();
            if mode & 0o077 != 0 {
                return unfit("others than its owner may read it; chmod 600 it");
            }
            let bytes = std::fs::read(&path).map_err(fault)?;
            match <[u8; 32]>::try_from(bytes.as_slice()) {
                Ok(seed) => Ok(seed),
                Err(_) => unfit("it is not a seed of 32 bytes"),
            }
        }
        Err(why) if why.kind() == io::ErrorKind::NotFound => {
            if absent == Absent::Refuse {
                let why = "the key that signed the publications of this store is gone; put the \
                           file back, or ask for --new-key and tell the public of it";
                return Err(refused("key.lost", format!("{}: {why}", path.display())));
            }
            let mut seed = [0; 32];
            getrandom::fill(&mut seed).map_err(Ended::fault)?;
            keep(&path, &seed).map_err(fault)?;
            Ok(seed)
        }
        Err(why) => Err(fault(why)),
    }
}

/// Writes a new seed under another name, and gives it its own only when it is on disk: a crash
/// leaves no seed or a whole one.
fn keep(path: &Path, seed: &[u8; 32]) -> io::Result<()> {
    let new = path.with_extension(format!("new-{}", std::process::id()));
    let mut file = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(&new)?;
    file.write_all(seed)?;
    file.sync_all()?;
    // A link, unlike a rename, never replaces a seed that another program has just made.
    let linked = std::fs::hard_link(&new, path);
    std::fs::remove_file(&new)?;
    linked?;
    path.parent()
        .map_or(Ok(()), |folder| File::open(folder)?.sync_all())
}
