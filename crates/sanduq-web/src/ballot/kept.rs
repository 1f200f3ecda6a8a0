//! Practice ballots, in memory alone.
//!
//! ```text
//! (new) ── cast ──▶ last ── a later one of the voter ──▶ replaced
//!   └──── spoil ──▶ spoilt
//! ```
//!
//! Always true here: a voter has at most one last ballot; what was opened is never cast, what was
//! cast is never opened, and a ballot that was replaced does not come back; the same ballot sent
//! again changes nothing; after [`GOOD_FOR`] a ballot is gone, and when there are [`MOST`] the
//! oldest goes.

use crate::attempts::network;
use crate::ballot::Received;
use crate::pace::Pace;
use sanduq_journal::hash::Hash;
use std::collections::VecDeque;
use std::net::IpAddr;
use std::sync::Mutex;
use std::sync::MutexGuard;
use std::sync::PoisonError;
use std::time::Duration;
use std::time::Instant;

/// How long a practice ballot is kept: as long as the code for a second device is good, and the
/// while that it may take to cast what was encrypted.
pub const GOOD_FOR: Duration = Duration::from_secs(35 * 60);
/// Ballots that are kept; together 16 megabytes at the most.
pub const MOST: usize = 1_024;

/// What became of a ballot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// The last one its voter cast.
    Last,
    /// Its voter cast a later one.
    Replaced,
    /// Its voter opened it to check the device.
    Spoilt,
}

impl State {
    /// The code of the state.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Last => "last",
            Self::Replaced => "replaced",
            Self::Spoilt => "spoilt",
        }
    }

    /// The code of the refusal of an act that a ballot in this state does not allow.
    #[must_use]
    pub const fn refusal(self) -> &'static str {
        match self {
            Self::Last => "ballot.cast_before",
            Self::Replaced => "ballot.replaced",
            Self::Spoilt => "ballot.opened",
        }
    }
}

/// A ballot as it is kept.
pub struct Kept {
    ballot: Received,
    state: State,
    since: Instant,
}

/// The ballots, the oldest first.
pub struct PracticeBox {
    ballots: Mutex<VecDeque<Kept>>,
    /// Ballots of a device: 20 at once, then one each ten seconds.
    pace: Pace<IpAddr>,
}

impl Default for PracticeBox {
    fn default() -> Self {
        Self {
            ballots: Mutex::default(),
            pace: Pace::new(20, Duration::from_secs(10)),
        }
    }
}

impl PracticeBox {
    /// Whether a device may send one more ballot.
    ///
    /// # Errors
    /// It sent too many; how long to wait.
    pub fn pace(&self, address: IpAddr, now: Instant) -> Result<(), Duration> {
        self.pace.take(&network(address), now)
    }

    /// The ballots that are still good.
    fn good(&self, now: Instant) -> MutexGuard<'_, VecDeque<Kept>> {
        let mut ballots = self.ballots.lock().unwrap_or_else(PoisonError::into_inner);
        let old = |kept: &Kept| now.saturating_duration_since(kept.since) >= GOOD_FOR;
        while ballots.front().is_some_and(old) {
            ballots.pop_front();
        }
        ballots
    }

    /// Takes a ballot as its voter's last one.
    ///
    /// # Errors
    /// It was opened, or replaced by a later one.
    pub fn cast(&self, ballot: Received, now: Instant) -> Result<(), State> {
        let mut ballots = self.good(now);
        if let Some(state) = state_of(&ballots, &ballot.tracker) {
            return (state == State::Last).then_some(()).ok_or(state);
        }
        for kept in ballots.iter_mut() {
            if kept.ballot.credential == ballot.credential && kept.state == State::Last {
                kept.state = State::Replaced;
            }
        }
        keep(&mut ballots, ballot, State::Last, now);
        Ok(())
    }

    /// Takes a ballot that its voter opens.
    ///
    /// # Errors
    /// It was cast.
    pub fn spoil(&self, ballot: Received, now: Instant) -> Result<(), State> {
        let mut ballots = self.good(now);
        if let Some(state) = state_of(&ballots, &ballot.tracker) {
            let cast = State::Last;
            return (state == State::Spoilt).then_some(()).ok_or(cast);
        }
        keep(&mut ballots, ballot, State::Spoilt, now);
        Ok(())
    }

    /// What became of a ballot, and its bytes.
    #[must_use]
    pub fn find(&self, tracker: &Hash, now: Instant) -> Option<(State, String)> {
        let ballots = self.good(now);
        let mut ballots = ballots.iter();
        let kept = ballots.find(|kept| kept.ballot.tracker == *tracker)?;
        Some((kept.state, kept.ballot.text.clone()))
    }
}

fn state_of(ballots: &VecDeque<Kept>, tracker: &Hash) -> Option<State> {
    let mut ballots = ballots.iter();
    let kept = ballots.find(|kept| kept.ballot.tracker == *tracker)?;
    Some(kept.state)
}

fn keep(ballots: &mut VecDeque<Kept>, ballot: Received, state: State, since: Instant) {
    if ballots.len() >= MOST {
        ballots.pop_front();
    }
    ballots.push_back(Kept {
        ballot,
        state,
        since,
    });
}

#[cfg(test)]
mod tests;
