//! The day of a station: it opens once, with a head and its seals recorded, and closes once, not
//! before the law's hour; whoever stands in line at that hour has a token, and nobody else votes
//! after it (INV-16; requirements C2.11, C2.14).
//!
//! ```text
//! ready ─▶ open ─┬──────── nobody in line ─────────▶ closed
//!                └─▶ queue ─ every token is used or void ─▶ closed
//! ```

use core::ops::RangeInclusive;
use jiff::Timestamp;
use sanduq_core::refusal::Refusal;
use std::collections::BTreeMap;
use std::collections::BTreeSet;

/// Where a station stands in its day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum StationState {
    /// Not opened yet.
    #[default]
    Ready,
    /// Open since this instant.
    Open(Timestamp),
    /// The hour of closing has come, and those who stand in line have tokens.
    Queue {
        /// When it opened.
        opened: Timestamp,
        /// The tokens.
        queue: Queue,
    },
    /// Opened and closed at these instants.
    Closed {
        /// When it opened.
        opened: Timestamp,
        /// When it closed.
        closed: Timestamp,
        /// The tokens, when people stood in line.
        queue: Option<Queue>,
    },
}

/// What became of a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// Its holder has voted.
    Used,
    /// Its holder left the line, or was refused.
    Void,
}

impl Fate {
    /// The word in the store and the journal.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Used => "used",
            Self::Void => "void",
        }
    }
}

/// The tokens of those who stood in line when the station should have closed: numbered from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Queue {
    /// When they were counted.
    pub at: Timestamp,
    /// How many stood in line, and have a token each.
    pub issued: u32,
    /// What has become of tokens, by their number.
    pub settled: BTreeMap<u32, Fate>,
}

impl Queue {
    /// Tokens of this fate.
    #[must_use]
    pub fn count(&self, fate: Fate) -> usize {
        self.settled.values().filter(|own| **own == fate).count()
    }

    /// Tokens that are neither used nor void, in order.
    pub fn waiting(&self) -> impl Iterator<Item = u32> {
        (1..=self.issued).filter(|token| !self.settled.contains_key(token))
    }
}

/// The record that a head signs on opening.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Opening {
    /// Whether the head is present.
    pub head_present: bool,
    /// Ballots received, as counted on opening.
    pub ballots: u32,
    /// Whether the box was shown empty and sealed.
    pub box_sealed: bool,
    /// The numbers of the seals on the box, each as it stands on the seal.
    pub seals: Vec<String>,
    /// How many agents of candidates and observers are present.
    pub agents: u32,
}

/// The longest number of a seal, in characters.
pub const LONGEST_SEAL: usize = 24;

impl Opening {
    /// Whether every seal has a number of its own: letters, digits and dashes.
    fn seals_are_named(&self) -> bool {
        let plain = |c: char| c.is_alphanumeric() || c == '-';
        let named = |seal: &&String| {
            !seal.is_empty() && seal.chars().count() <= LONGEST_SEAL && seal.chars().all(plain)
        };
        let different: BTreeSet<_> = self.seals.iter().filter(named).collect();
        different.len() == self.seals.len()
    }
}

/// Why a station cannot open or close, or a token is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StationDayRefusal {
    /// It is open, or was.
    AlreadyOpened,
    /// No head of station is present.
    NoHead,
    /// The box was not shown empty and sealed.
    BoxNotSealed,
    /// The box carries no seal with a number.
    NoSeals,
    /// The number of a seal is no number, or stands twice.
    SealUnreadable,
    /// There are no ballots.
    NoBallots,
    /// The law's hour of opening has not come.
    TooEarly,
    /// It has not opened.
    NotOpen,
    /// The law's hour of closing has not come.
    BeforeClosing,
    /// The instant at which it is said to have opened or closed has not come.
    NotYet,
    /// Nobody stands in line: close at once.
    NobodyWaits,
    /// More stand in line than the station has received ballots.
    MoreThanBallots,
    /// The line was counted already.
    AlreadyCounted,
    /// The line has not been counted.
    NoQueue,
    /// There is no such token: whoever came after the close has none.
    NoSuchToken,
    /// The token is used or void already.
    TokenSettled,
    /// A token is neither used nor void.
    TokensWait,
}

impl Refusal for StationDayRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::AlreadyOpened => "station.already_opened",
            Self::NoHead => "station.no_head",
            Self::BoxNotSealed => "station.box_not_sealed",
            Self::NoSeals => "station.no_seals",
            Self::SealUnreadable => "station.seal_unreadable",
            Self::NoBallots => "station.no_ballots",
            Self::TooEarly => "station.too_early",
            Self::NotOpen => "station.not_open",
            Self::BeforeClosing => "station.before_closing",
            Self::NotYet => "station.not_yet",
            Self::NobodyWaits => "station.nobody_waits",
            Self::MoreThanBallots => "station.more_than_ballots",
            Self::AlreadyCounted => "station.already_counted",
            Self::NoQueue => "station.no_queue",
            Self::NoSuchToken => "station.no_such_token",
            Self::TokenSettled => "station.token_settled",
            Self::TokensWait => "station.tokens_wait",
        }
    }
}

impl core::fmt::Display for StationDayRefusal {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(match self {
            Self::AlreadyOpened => "the station has opened already",
            Self::NoHead => "a station opens in the presence of its head",
            Self::BoxNotSealed => "the box must be shown empty and sealed first",
            Self::NoSeals => "the box must carry a seal with a number",
            Self::SealUnreadable => "a seal has no number of its own",
            Self::NoBallots => "the station has received no ballots",
            Self::TooEarly => "the hour of opening has not come",
            Self::NotOpen => "the station is not open",
            Self::BeforeClosing => "the hour of closing has not come",
            Self::NotYet => "the instant that is reported has not come; set the clock",
            Self::NobodyWaits => "nobody stands in line: close the station",
            Self::MoreThanBallots => "more stand in line than the station has received ballots",
            Self::AlreadyCounted => "the line has been counted",
            Self::NoQueue => "the line has not been counted",
            Self::NoSuchToken => "no token of this number was issued",
            Self::TokenSettled => "the token is used or void already",
            Self::TokensWait => "a token is neither used nor void",
        })
    }
}

impl core::error::Error for StationDayRefusal {}

/// Opens a station at `at`, not before `opens`.
///
/// # Errors
/// The first [`StationDayRefusal`] that applies: state, hour, head, box, seals, ballots.
pub fn open(
    state: &StationState,
    record: &Opening,
    opens: Timestamp,
    at: Timestamp,
) -> Result<StationState, StationDayRefusal> {
    if *state != StationState::Ready {
        return Err(StationDayRefusal::AlreadyOpened);
    }
    if at < opens {
        return Err(StationDayRefusal::TooEarly);
    }
    if !record.head_present {
        return Err(StationDayRefusal::NoHead);
    }
    if !record.box_sealed {
        return Err(StationDayRefusal::BoxNotSealed);
    }
    if record.seals.is_empty() {
        return Err(StationDayRefusal::NoSeals);
    }
    if !record.seals_are_named() {
        return Err(StationDayRefusal::SealUnreadable);
    }
    if record.ballots == 0 {
        return Err(StationDayRefusal::NoBallots);
    }
    Ok(StationState::Open(at))
}

/// Counts those who stand in line at `at`, not before `closes`: each gets a token, and nobody else
/// votes from now on. `ballots` are those that the station has received.
///
/// # Errors
/// The first [`StationDayRefusal`] that applies: state, hour, number.
pub fn count_queue(
    state: &StationState,
    waiting: u32,
    (closes, ballots): (Timestamp, u32),
    at: Timestamp,
) -> Result<StationState, StationDayRefusal> {
    let opened = match state {
        StationState::Open(opened) => *opened,
        StationState::Queue { .. } => return Err(StationDayRefusal::AlreadyCounted),
        StationState::Ready | StationState::Closed { .. } => {
            return Err(StationDayRefusal::NotOpen);
        }
    };
    if at < closes {
        return Err(StationDayRefusal::BeforeClosing);
    }
    if waiting == 0 {
        return Err(StationDayRefusal::NobodyWaits);
    }
    if waiting > ballots {
        return Err(StationDayRefusal::MoreThanBallots);
    }
    let queue = Queue {
        at,
        issued: waiting,
        settled: BTreeMap::new(),
    };
    Ok(StationState::Queue { opened, queue })
}

/// Tokens are used, or void. Whoever holds none came after the close and is refused.
///
/// # Errors
/// [`StationDayRefusal::NoQueue`], [`StationDayRefusal::NoSuchToken`] when one of them was not
/// issued, [`StationDayRefusal::TokenSettled`] when one of them is used or void already.
pub fn settle(
    state: &StationState,
    tokens: RangeInclusive<u32>,
    fate: Fate,
) -> Result<StationState, StationDayRefusal> {
    let StationState::Queue { opened, queue } = state else {
        return Err(StationDayRefusal::NoQueue);
    };
    if tokens.is_empty() || *tokens.start() == 0 || *tokens.end() > queue.issued {
        return Err(StationDayRefusal::NoSuchToken);
    }
    if queue.settled.range(tokens.clone()).next().is_some() {
        return Err(StationDayRefusal::TokenSettled);
    }
    let mut queue = queue.clone();
    queue.settled.extend(tokens.map(|token| (token, fate)));
    Ok(StationState::Queue {
        opened: *opened,
        queue,
    })
}

/// Closes a station at `at`, not before `closes` and not while a token waits.
///
/// # Errors
/// [`StationDayRefusal::NotOpen`], [`StationDayRefusal::BeforeClosing`] or
/// [`StationDayRefusal::TokensWait`].
pub fn close(
    state: &StationState,
    closes: Timestamp,
    at: Timestamp,
) -> Result<StationState, StationDayRefusal> {
    let (opened, queue) = match state {
        StationState::Open(opened) => (*opened, None),
        StationState::Queue { opened, queue } => (*opened, Some(queue)),
        StationState::Ready | StationState::Closed { .. } => {
            return Err(StationDayRefusal::NotOpen);
        }
    };
    if at < closes {
        return Err(StationDayRefusal::BeforeClosing);
    }
    if queue.is_some_and(|queue| queue.waiting().next().is_some()) {
        return Err(StationDayRefusal::TokensWait);
    }
    Ok(StationState::Closed {
        opened,
        closed: at,
        queue: queue.cloned(),
    })
}

#[cfg(test)]
mod tests;
