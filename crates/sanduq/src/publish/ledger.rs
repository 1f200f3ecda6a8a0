//! The journal before it is published, read once. Always true here: it is not published where it
//! does not begin with what others have of it already, or where a digest in it tells figures.

use super::folder::Old;
use super::refused;
use crate::exit::Ended;
use sanduq_core::act::Entry;
use sanduq_core::id::ContestCode;
use sanduq_count::publication::Snapshot;
use sanduq_journal::checkpoint::Checkpoint;
use sanduq_journal::hash::Hash;
use sanduq_journal::tree::Frontier;
use sanduq_store::journal::Journaled;
use std::collections::BTreeSet;

/// The first entries of a journal, as somebody has them already.
struct Head {
    size: u64,
    root: Hash,
    /// The root over so many entries now.
    now: Option<Hash>,
    /// What the one who published is told when the two differ: who has them.
    whose: &'static str,
}

/// The journal, read once before anything is sealed.
pub struct Ledger {
    frontier: Frontier,
    /// What it has to begin with.
    heads: Vec<Head>,
    /// Contests that are not released.
    locked: BTreeSet<ContestCode>,
    /// The first of them whose figures could be guessed from a digest.
    told: Option<ContestCode>,
}

impl Ledger {
    /// A journal that has not been read, with what it has to begin with.
    pub fn new(snapshot: &Snapshot, old: Option<&Old>, signed: Option<&Checkpoint>) -> Self {
        let head = |size, root, whose| Head {
            size,
            root,
            now: None,
            whose,
        };
        let old = old.map(|old| head(old.size, old.root, "the folder has"));
        let signed = signed.map(|own| head(own.size(), own.root(), "the key has signed"));
        let locked = snapshot.contests.iter().filter(|entry| !entry.released);
        Self {
            frontier: Frontier::default(),
            heads: old.into_iter().chain(signed).collect(),
            locked: locked.map(|entry| entry.contest.code.clone()).collect(),
            told: None,
        }
    }

    /// Reads the next entry.
    pub fn take(&mut self, entry: &Journaled) {
        self.frontier.append(entry.leaf);
        for head in &mut self.heads {
            if head.size == self.frontier.size() {
                head.now = Some(self.frontier.root());
            }
        }
        if self.locked.is_empty() || self.told.is_some() {
            return;
        }
        let facts = Entry::from_bytes(&entry.bytes).map(|entry| entry.facts);
        // A contest is adopted under a digest, too; only a station's figures can be guessed.
        let of_sheet = |key: &str| facts.as_ref().is_some_and(|facts| facts.contains_key(key));
        if of_sheet("digest") && of_sheet("station") {
            let contest = facts.and_then(|facts| ContestCode::new(facts.get("contest")?).ok());
            self.told = contest.filter(|contest| self.locked.contains(contest));
        }
    }

    /// Whether the journal may be published: it begins with the one under the old folder and with
    /// what was signed last, and no
    /// digest in it tells the figures of a contest that is not released. The few figures of one
    /// station can be guessed from their digest, the turnout being known (INV-31).
    pub fn settle(self) -> Result<(), Ended> {
        for head in &self.heads {
            if head.size > 0 && head.now != Some(head.root) {
                let why = format!(
                    "{} a journal of {} entries which is not the beginning of this one",
                    head.whose, head.size
                );
                return Err(refused("publication.other_journal", why));
            }
        }
        match self.told {
            None => Ok(()),
            Some(contest) => {
                let why = format!(
                    "{contest} is not released, and the journal has digests of its sheets, from \
                     which their figures can be guessed; publish when its last station has closed"
                );
                Err(refused("publication.locked_digest", why))
            }
        }
    }
}
