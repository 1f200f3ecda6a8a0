//! What the journal says so far, kept up as it grows: how often each act was done, and the entries
//! that pages are made of as a whole. Always true here: entries that were read once are not read
//! again, and what is read is chosen by the database.

use crate::journal::Line;
use sanduq_core::act::Act;
use sanduq_operations::process::Seen;

/// What the first `size` entries of the journal say.
#[derive(Clone, Debug, Default)]
pub struct Chronicle {
    /// How many entries were looked through.
    pub size: u64,
    /// The acts.
    pub seen: Seen,
    /// The entries of [`sanduq_store::find::telling`], in order.
    pub told: Vec<Line>,
}

impl Chronicle {
    /// The told entries of one of these acts, in order.
    pub fn of(&self, acts: &'static [Act]) -> impl DoubleEndedIterator<Item = &Line> {
        let one_of = |line: &&Line| acts.iter().any(|act| line.entry.act == act.code());
        self.told.iter().filter(one_of)
    }
}
