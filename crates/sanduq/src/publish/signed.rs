//! What the key of a store has signed last: the newest checkpoint of an event, in a file beside the
//! seed, read and written by every command that signs. Always true here: the file is whole or is
//! not there, and a journal that does not begin with it is not signed again.

use super::refused;
use crate::exit::Ended;
use sanduq_core::id::EventId;
use sanduq_journal::checkpoint::Checkpoint;
use sanduq_journal::checkpoint::OpenRefusal;
use sanduq_journal::note::NoteRefusal;
use sanduq_journal::note::VerifierKey;
use sanduq_web::signing::Memory;
use std::fs;
use std::fs::File;
use std::io;
use std::io::Write as _;
use std::path::Path;
use std::path::PathBuf;

/// The memory of the key in a store's folder.
pub struct Signed(PathBuf);

impl Signed {
    /// That of this event of a store.
    #[must_use]
    pub fn of(store: &Path, event: &EventId) -> Self {
        Self(store.join(format!("signing.{event}.last")))
    }

    /// The newest checkpoint under `key`; none where nothing was signed with it.
    ///
    /// # Errors
    /// The file cannot be read, or is no checkpoint under this key.
    pub fn read(&self, key: &VerifierKey) -> Result<Option<Checkpoint>, Ended> {
        let Some(bytes) = self.last().map_err(Ended::fault)? else {
            return Ok(None);
        };
        match Checkpoint::open(&bytes, key, &[]) {
            Ok(opened) => Ok(Some(opened.checkpoint)),
            // A new key begins anew: what the old one signed says nothing under it.
            Err(OpenRefusal::Note(NoteRefusal::NoKnownSignature)) => Ok(None),
            Err(why) => Err(refused(
                "key.unfit",
                format!(
                    "{}: {why}; put back the file of your copy",
                    self.0.display()
                ),
            )),
        }
    }

    fn told(&self, why: &io::Error) -> String {
        format!("{}: {why}", self.0.display())
    }
}

impl Memory for Signed {
    fn last(&self) -> Result<Option<Vec<u8>>, String> {
        match fs::read(&self.0) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(why) if why.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(why) => Err(self.told(&why)),
        }
    }

    fn keep(&self, note: &[u8]) -> Result<(), String> {
        let new = self.0.with_extension(format!("new-{}", std::process::id()));
        let written = || {
            let mut file = File::create(&new)?;
            file.write_all(note)?;
            file.sync_all()?;
            fs::rename(&new, &self.0)?;
            self.0
                .parent()
                .map_or(Ok(()), |folder| File::open(folder)?.sync_all())
        };
        written().map_err(|why: io::Error| self.told(&why))
    }
}
