//! What a caller sees of a check while it runs.

use sanduq_core::act::Entry;

/// What is being checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// The entries of the journal.
    Journal,
    /// The files that the manifest names.
    Files,
}

/// How far the check is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// What is being checked.
    pub stage: Stage,
    /// Entries or files that are done.
    pub done: u64,
    /// Entries or files in all.
    pub total: u64,
}

/// Whom the check tells on its way.
pub struct Watch<'w> {
    /// Is told how far it is.
    pub progress: &'w mut dyn FnMut(Progress),
    /// Is handed each entry of the journal in order: its number, its bytes, what they say. To be
    /// believed only when the check ends without a failure.
    pub entry: &'w mut dyn FnMut(u64, &[u8], &Entry),
}

impl Watch<'_> {
    /// Tells how far the check is, but not at every single entry or file.
    pub(crate) fn tell(&mut self, stage: Stage, done: u64, total: u64) {
        if done.is_multiple_of(1_000) || done == total {
            (self.progress)(Progress { stage, done, total });
        }
    }
}
