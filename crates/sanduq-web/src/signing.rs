//! Signing checkpoints of the journal for whoever asks for a proof. Always true here: what is
//! signed begins with everything that was signed before. A journal that was put back from an older
//! copy, or written anew, is not signed: two checkpoints of one log that do not fit would prove to
//! everybody that the log tells each reader something else (RFC 9162 section 11.3).

use crate::source::Failed;
use crate::source::Source;
use sanduq_journal::checkpoint::Checkpoint;
use sanduq_journal::hash::Hash;
use sanduq_journal::note::LogSigner;
use sanduq_journal::note::Note;
use sanduq_journal::note::VerifierKey;
use std::sync::Mutex;
use std::sync::PoisonError;

/// Where the newest checkpoint under a key is kept, for every program that signs with it.
pub trait Memory: Send + Sync {
    /// The newest checkpoint, signed; none where nothing was signed yet.
    ///
    /// # Errors
    /// It cannot be read: nothing is signed then.
    fn last(&self) -> Result<Option<Vec<u8>>, String>;

    /// Keeps a newer one in its place; it outlives a crash.
    ///
    /// # Errors
    /// It cannot be kept: it is not handed out then.
    fn keep(&self, note: &[u8]) -> Result<(), String>;
}

/// A memory that ends with the program: of a sample, of a test.
#[derive(Default)]
pub struct Forgetful(Mutex<Option<Vec<u8>>>);

impl Memory for Forgetful {
    fn last(&self) -> Result<Option<Vec<u8>>, String> {
        Ok(self
            .0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone())
    }

    fn keep(&self, note: &[u8]) -> Result<(), String> {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(note.to_vec());
        Ok(())
    }
}

/// Why nothing is signed.
#[derive(Debug)]
pub enum NotSigned {
    /// The journal does not begin with the so many entries that were signed before.
    OtherJournal(u64),
    /// The journal or the memory cannot be read.
    Failed(Failed),
}

impl From<Failed> for NotSigned {
    fn from(failed: Failed) -> Self {
        Self::Failed(failed)
    }
}

/// The key of a log with the memory of what it has signed.
pub struct Signing {
    signer: LogSigner,
    memory: Box<dyn Memory>,
    turn: tokio::sync::Mutex<()>,
}

impl Signing {
    /// A key and its memory.
    #[must_use]
    pub fn new(signer: LogSigner, memory: Box<dyn Memory>) -> Self {
        Self {
            signer,
            memory,
            turn: tokio::sync::Mutex::default(),
        }
    }

    /// The key that checks what is signed.
    #[must_use]
    pub fn key(&self) -> &VerifierKey {
        self.signer.key()
    }

    /// Signs the checkpoint over the first `size` entries of the journal.
    ///
    /// # Errors
    /// [`NotSigned`].
    pub async fn sign(
        &self,
        source: &Source,
        (size, root): (u64, Hash),
    ) -> Result<Note, NotSigned> {
        let told = |why: &dyn core::fmt::Display| Failed(format!("signing {size} entries: {why}"));
        let checkpoint = Checkpoint::new(self.key().name(), size, root);
        let checkpoint = checkpoint.map_err(|why| told(&why))?;
        let note = checkpoint.sign(&self.signer).map_err(|why| told(&why))?;
        // One after another: of two, the one with fewer entries must not be kept last.
        let _turn = self.turn.lock().await;
        let last = self.memory.last().map_err(|why| told(&why))?;
        let last = last.map(|last| Checkpoint::open(&last, self.key(), &[]));
        let last = last.transpose().map_err(|why| told(&why))?;
        let last = last.map(|opened| opened.checkpoint);
        if let Some(last) = &last
            && (last.size(), last.root()) != (size, root)
            && !begins(source, last).await?
        {
            return Err(NotSigned::OtherJournal(last.size()));
        }
        if last.is_none_or(|last| last.size() < size) {
            let kept = self.memory.keep(&note.to_bytes());
            kept.map_err(|why| told(&why))?;
        }
        Ok(note)
    }
}

/// Whether the journal begins with the entries under a checkpoint: the way from the last of them
/// leads to its root.
async fn begins(source: &Source, signed: &Checkpoint) -> Result<bool, Failed> {
    let Some(last) = signed.size().checked_sub(1) else {
        return Ok(true);
    };
    let lines = source.entries(last, 1).await?;
    let Some(line) = lines.first() else {
        return Ok(false);
    };
    let path = source.inclusion(last, signed.size()).await?;
    let entry = line.entry.to_bytes();
    Ok(signed.verify_inclusion(&path, last, &entry).is_ok())
}
