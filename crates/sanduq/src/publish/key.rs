//! The signing key of a store: 32 secret bytes in `signing.seed`, made for its first publication
//! from the system's randomness, readable by their owner only. Always true here: a seed that is
//! there is never replaced, since every earlier checkpoint hangs on it; and one that is lost is not
//! followed by another unless somebody says so.

use super::refused;
use crate::exit::Ended;
use crate::secret;
use sanduq_core::id::EventId;
use sanduq_journal::note::LogSigner;
use std::io;
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
    match secret::keep(&path, drawn) {
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
    match secret::read(&path)? {
        Some(seed) => Ok(seed),
        None if absent == Absent::Refuse => {
            let why = "the key that signed the publications of this store is gone; put the \
                       file back, or ask for --new-key and tell the public of it";
            Err(refused("key.lost", format!("{}: {why}", path.display())))
        }
        None => {
            let mut seed = [0; 32];
            getrandom::fill(&mut seed).map_err(Ended::fault)?;
            let kept = secret::keep(&path, &seed);
            kept.map_err(|why| Ended::fault(format!("{}: {why}", path.display())))?;
            Ok(seed)
        }
    }
}
