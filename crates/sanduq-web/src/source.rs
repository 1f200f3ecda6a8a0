//! Where pages take what they show: a store, or memory. Memory serves the sample nation on which
//! pages are looked at and tried; it takes the same questions, so that a page cannot tell.

mod acting;
mod certifying;
mod enrolling;
mod imaging;
mod proposing;
mod session;
mod station;
mod stored;
mod telling;

pub use acting::Denied;
pub use acting::Ruled;
pub use certifying::Certify;
pub use certifying::Certifying;
pub use enrolling::Member;
pub use enrolling::Password;
pub use session::Known;
pub use session::Session;
pub use station::Done;
pub use stored::Stored;

use crate::journal::Line;
use crate::page::Reader;
use jiff::Timestamp;
use sanduq_core::act::Entry;
use sanduq_core::id::ActorId;
use sanduq_core::id::ContestCode;
use sanduq_core::id::UnitCode;
use sanduq_count::publication::Snapshot;
use sanduq_count::sheet::Sheet;
use sanduq_count::sheet::SheetKey;
use sanduq_journal::hash::Hash;
use sanduq_journal::tree::Frontier;
use sanduq_operations::first_password::First;
use sanduq_store::certification::Certification;
use sanduq_store::own_station::Claim;
use sanduq_store::own_station::OwnStation;
use sanduq_store::proposal::Proposal;
use sanduq_store::station_record::Kept;
use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::PoisonError;

/// The store did not answer; the text is for the log, not for the reader.
#[derive(Debug)]
pub struct Failed(pub String);

/// Where pages take what they show.
pub enum Source {
    /// Memory.
    Held(Held),
    /// A store.
    Stored(Stored),
}

/// An election in memory.
#[derive(Default)]
pub struct Held {
    state: Box<Mutex<State>>,
    sessions: Mutex<BTreeMap<[u8; 32], (ActorId, Timestamp)>>,
}

#[derive(Default)]
struct State {
    snapshot: Option<Snapshot>,
    entries: Vec<Entry>,
    accounts: BTreeMap<ActorId, Own>,
    /// What waits for a second person, by the account that it is about, and the hash of the half of
    /// the first password that its proposer holds.
    proposals: BTreeMap<ActorId, (Proposal, String)>,
    /// What is proposed to be certified, and signed.
    certifications: BTreeMap<ContestCode, Certification>,
    /// The voters of a frozen roll, with the station of whoever is placed.
    voters: Option<BTreeMap<Claim, OwnStation>>,
    stations: BTreeMap<UnitCode, Kept>,
    /// The states that sheets have left, in order.
    past: BTreeMap<SheetKey, Vec<Sheet>>,
    /// Pictures of sheets by their digest.
    pictures: BTreeMap<String, (SheetKey, Vec<u8>)>,
}

/// An account in memory.
#[derive(Clone)]
struct Own {
    reader: Reader,
    hash: String,
    active: bool,
    first: Option<First>,
}

impl State {
    /// Appends an entry to the journal.
    fn journal(&mut self, entry: Entry) {
        if let Some(snapshot) = &mut self.snapshot {
            snapshot.at = snapshot.at.max(entry.at);
            snapshot.journal_size += 1;
            self.entries.push(entry);
            snapshot.journal_root = root(&self.entries);
        }
    }
}

/// The root over entries.
fn root(entries: &[Entry]) -> [u8; 32] {
    let leaves = entries.iter().map(|entry| Hash::of_leaf(&entry.to_bytes()));
    *leaves.collect::<Frontier>().root().as_bytes()
}

impl Held {
    /// Shows another snapshot, with the journal up to it.
    pub fn put(&self, snapshot: Snapshot, entries: Vec<Entry>) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.snapshot = Some(snapshot);
        state.entries = entries;
        state.stations.clear();
        state.certifications.clear();
        state.past.clear();
    }

    /// Keeps states that sheets had before they came to stand where they do.
    pub fn remember(&self, past: impl IntoIterator<Item = Sheet>) {
        self.change(|state| {
            for sheet in past {
                state.past.entry(sheet.key.clone()).or_default().push(sheet);
            }
        });
    }

    /// Lets a reader log in by the password of this hash, as their own.
    pub fn enrol(&self, reader: Reader, password_hash: String) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let own = Own {
            reader,
            hash: password_hash,
            active: true,
            first: None,
        };
        state.accounts.insert(own.reader.id.clone(), own);
    }

    /// Freezes the roll with these voters.
    pub fn freeze(&self, voters: impl IntoIterator<Item = (Claim, OwnStation)>) {
        self.change(|state| state.voters = Some(voters.into_iter().collect()));
    }

    fn change(&self, work: impl FnOnce(&mut State)) {
        work(&mut self.state.lock().unwrap_or_else(PoisonError::into_inner));
    }

    fn ask<T>(&self, question: impl FnOnce(&State) -> T) -> T {
        question(&self.state.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

fn lines<'a>(entries: impl Iterator<Item = (usize, &'a Entry)>) -> Vec<Line> {
    let line = |(index, entry): (usize, &Entry)| Line {
        index: u64::try_from(index).unwrap_or(u64::MAX),
        entry: entry.clone(),
    };
    entries.map(line).collect()
}

impl Source {
    /// How many entries the journal has; when it grows, there is a new snapshot.
    ///
    /// # Errors
    /// The store did not answer.
    pub async fn head(&self) -> Result<u64, Failed> {
        match self {
            Self::Held(held) => {
                Ok(held.ask(|state| state.snapshot.as_ref().map_or(0, |s| s.journal_size)))
            }
            Self::Stored(stored) => stored.head().await,
        }
    }

    /// The snapshot of the event; none before one is called.
    ///
    /// # Errors
    /// The store did not answer.
    pub async fn snapshot(&self) -> Result<Option<Snapshot>, Failed> {
        match self {
            Self::Held(held) => Ok(held.ask(|state| state.snapshot.clone())),
            Self::Stored(stored) => stored.snapshot().await,
        }
    }

    /// At most `limit` entries of the journal from number `from` on, in order.
    ///
    /// # Errors
    /// The store did not answer.
    pub async fn entries(&self, from: u64, limit: u32) -> Result<Vec<Line>, Failed> {
        match self {
            Self::Held(held) => Ok(held.ask(|state| {
                let from = usize::try_from(from).unwrap_or(usize::MAX);
                let limit = usize::try_from(limit).unwrap_or(usize::MAX);
                lines(state.entries.iter().enumerate().skip(from).take(limit))
            })),
            Self::Stored(stored) => stored.entries(from, limit).await,
        }
    }

    /// The entries about one sheet, in order.
    ///
    /// # Errors
    /// The store did not answer.
    pub async fn sheet_entries(&self, key: &SheetKey) -> Result<Vec<Line>, Failed> {
        let fact = |entry: &Entry, name: &str, code: &str| {
            entry.facts.get(name).is_some_and(|fact| fact == code)
        };
        let about = |(_, entry): &(usize, &Entry)| {
            fact(entry, "station", key.station.as_str())
                && fact(entry, "contest", key.contest.as_str())
        };
        match self {
            Self::Held(held) => {
                Ok(held.ask(|state| lines(state.entries.iter().enumerate().filter(about))))
            }
            Self::Stored(stored) => stored.sheet_entries(key).await,
        }
    }

    /// Where the voter of a claim votes; none when claims cannot be answered here, because nobody
    /// has given the program the secret of the event.
    ///
    /// # Errors
    /// The store did not answer.
    pub async fn own_station(&self, claim: &Claim) -> Result<Option<OwnStation>, Failed> {
        match self {
            Self::Held(held) => Ok(Some(held.ask(|state| match &state.voters {
                None => OwnStation::NotFrozen,
                Some(voters) => voters.get(claim).cloned().unwrap_or(OwnStation::NotFound),
            }))),
            Self::Stored(stored) => stored.own_station(claim).await,
        }
    }
}
