//! Asking the journal: for the entries that somebody looks for, and for all that it says.

use super::Failed;
use super::Held;
use super::Source;
use super::Stored;
use super::lines;
use super::stored::line;
use crate::chronicle::Chronicle;
use crate::journal::Line;
use core::ops::Range;
use core::time::Duration;
use sanduq_core::act::Act;
use sanduq_journal::hash::Hash;
use sanduq_journal::proof::inclusion_proof;
use sanduq_journal::proof::root;
use sanduq_store::find::Wanted;
use sanduq_store::find::telling;
use std::sync::Arc;

/// How long a search of the journal may keep the database busy; a million entries take a second.
const SEARCH: Duration = Duration::from_secs(4);

impl Source {
    /// At most `limit` of the wanted entries numbered in `range`, in order or the last first.
    ///
    /// # Errors
    /// The store did not answer.
    pub async fn find(
        &self,
        wanted: &Wanted,
        range: Range<u64>,
        (limit, newest_first): (u32, bool),
    ) -> Result<Vec<Line>, Failed> {
        match self {
            Self::Held(held) => Ok(held.find(wanted, &range, (limit, newest_first))),
            Self::Stored(stored) => {
                let read = stored.store.read().await?;
                read.hurry(SEARCH).await?;
                let found = read.find(wanted, range, (limit, newest_first)).await?;
                found.iter().map(line).collect()
            }
        }
    }

    /// The path from an entry to the root over the first `size` entries, leaf first.
    ///
    /// # Errors
    /// The store did not answer, or the journal has not that many.
    pub async fn inclusion(&self, index: u64, size: u64) -> Result<Vec<Hash>, Failed> {
        match self {
            Self::Held(held) => held.inclusion(index, size),
            Self::Stored(stored) => {
                // Whoever asks first hashes what is new; whoever asks at the same time waits.
                let mut blocks = stored.blocks.lock().await;
                let read = stored.store.read().await?;
                Ok(read.inclusion(&mut blocks, index, size).await?)
            }
        }
    }

    /// The root over the first `size` entries of the journal.
    ///
    /// # Errors
    /// The store did not answer, or the journal has not that many.
    pub async fn root_at(&self, size: u64) -> Result<Hash, Failed> {
        match self {
            Self::Held(held) => held.root_at(size),
            Self::Stored(stored) => {
                let mut blocks = stored.blocks.lock().await;
                let read = stored.store.read().await?;
                Ok(read.root_at(&mut blocks, size).await?)
            }
        }
    }

    /// What the first `size` entries of the journal say.
    ///
    /// # Errors
    /// The store did not answer.
    pub async fn chronicle(&self, size: u64) -> Result<Arc<Chronicle>, Failed> {
        match self {
            Self::Held(held) => Ok(Arc::new(held.chronicle(size))),
            Self::Stored(stored) => stored.chronicle(size).await,
        }
    }
}

impl Held {
    fn find(
        &self,
        wanted: &Wanted,
        range: &Range<u64>,
        (limit, newest_first): (u32, bool),
    ) -> Vec<Line> {
        let mut found = self.ask(|state| lines(state.entries.iter().enumerate()));
        found.retain(|line| range.contains(&line.index) && wanted.has(&line.entry));
        if newest_first {
            found.reverse();
        }
        found.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
        found
    }

    fn leaves(&self, size: u64) -> Vec<Hash> {
        let lines = self.find(&Wanted::default(), &(0..size), (u32::MAX, false));
        let leaf = |line: &Line| Hash::of_leaf(&line.entry.to_bytes());
        lines.iter().map(leaf).collect()
    }

    fn inclusion(&self, index: u64, size: u64) -> Result<Vec<Hash>, Failed> {
        let leaves = self.leaves(size);
        inclusion_proof(leaves.as_slice(), index, size).map_err(|why| Failed(why.to_string()))
    }

    fn root_at(&self, size: u64) -> Result<Hash, Failed> {
        let leaves = self.leaves(size);
        root(leaves.as_slice(), size).map_err(|why| Failed(why.to_string()))
    }

    fn chronicle(&self, size: u64) -> Chronicle {
        let mut chronicle = Chronicle {
            size,
            ..Chronicle::default()
        };
        let telling = telling();
        let all = self.find(&Wanted::default(), &(0..size), (u32::MAX, false));
        for line in all {
            chronicle.seen.entry(line.index, &line.entry);
            let act = Act::from_code(&line.entry.act);
            if act.is_some_and(|act| telling.contains(&act)) {
                chronicle.told.push(line);
            }
        }
        chronicle
    }
}

impl Stored {
    /// Whoever asks first reads what is new; whoever asks at the same time waits for it.
    async fn chronicle(&self, size: u64) -> Result<Arc<Chronicle>, Failed> {
        let mut kept = self.chronicle.lock().await;
        let from = kept.size;
        if from >= size {
            return Ok(Arc::clone(&kept));
        }
        let read = self.store.read().await?;
        let wanted = Wanted {
            acts: telling(),
            ..Wanted::default()
        };
        let sights = read.sights(from..size).await?;
        let told = read.find(&wanted, from..size, (u32::MAX, false)).await?;
        let told: Vec<Line> = told.iter().map(line).collect::<Result<_, _>>()?;
        // Nothing is taken before all of it has been read: a failure leaves what was known.
        let chronicle = Arc::make_mut(&mut kept);
        for (act, organ, sight) in sights {
            chronicle.seen.add(act, organ, sight);
        }
        for line in told {
            chronicle.seen.contest(&line.entry);
            chronicle.told.push(line);
        }
        chronicle.size = size;
        Ok(Arc::clone(&kept))
    }
}
