//! The snapshots that this server has lately served: what a reader who comes back with an id of an
//! hour ago can still be told of it. Always true here: no more than [`MOST`] are kept, the oldest
//! goes first, and none is kept that has not been served.

use crate::view::States;
use crate::view::View;
use sanduq_count::publication::Snapshot;
use std::collections::VecDeque;
use std::sync::Mutex;
use std::sync::PoisonError;

/// Snapshots that are kept; together two megabytes.
pub const MOST: usize = 16_384;

/// What is kept of a snapshot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Entries in the journal.
    pub journal_size: u64,
    /// The root over them.
    pub journal_root: [u8; 32],
    /// Stations.
    pub stations: u64,
    /// Sheets by state.
    pub sheets: States,
}

impl Standing {
    /// Of a snapshot that is added up.
    #[must_use]
    pub fn of(view: &View) -> Self {
        let Snapshot {
            journal_size,
            journal_root,
            ..
        } = view.snapshot;
        let sums = view.sums(view.nation());
        Self {
            journal_size,
            journal_root,
            stations: sums.day.stations,
            sheets: sums.sheets,
        }
    }
}

/// The snapshots that were served, the oldest first.
#[derive(Default)]
pub struct Served(Mutex<VecDeque<Standing>>);

impl Served {
    /// Keeps what is served from now on.
    pub fn add(&self, standing: Standing) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() >= MOST {
            kept.pop_front();
        }
        kept.push_back(standing);
    }

    /// What is kept of the snapshot at a size and root of the journal.
    #[must_use]
    pub fn find(&self, size: u64, root: &[u8; 32]) -> Option<Standing> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let same = |own: &&Standing| own.journal_size == size && own.journal_root == *root;
        kept.iter().rev().find(same).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn standing(journal_size: u64) -> Standing {
        Standing {
            journal_size,
            journal_root: [7; 32],
            stations: 1,
            sheets: States::default(),
        }
    }

    #[test]
    fn the_oldest_goes_when_the_shelf_is_full() {
        let served = Served::default();
        for size in 0..=MOST as u64 {
            served.add(standing(size));
        }
        assert_eq!(served.find(0, &[7; 32]), None);
        assert_eq!(served.find(1, &[7; 32]), Some(standing(1)));
        let last = MOST as u64;
        assert_eq!(served.find(last, &[7; 32]), Some(standing(last)));
        assert_eq!(served.find(last, &[8; 32]), None, "of another journal");
    }
}
