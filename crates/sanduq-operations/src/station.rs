//! What a station has on record of its day, and what its head may put on it next: one rule for the
//! page, the store and whoever replays a day. Always true here: the same fact sent twice by a shaky
//! line is on record once ([`Record::has`]); an hour is reported when it is over and only while the
//! station was open in it.

use crate::station_day;
use crate::station_day::Fate;
use crate::station_day::Opening;
use crate::station_day::StationDayRefusal;
use crate::station_day::StationState;
use crate::turnout;
use crate::turnout::HourFigures;
use crate::turnout::TurnoutRefusal;
use core::ops::RangeInclusive;
use jiff::Timestamp;
use sanduq_core::count::Registered;
use sanduq_core::law::Profile;
use sanduq_core::refusal::Refusal;

/// The day of a station as it stands on record.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Record {
    /// Where it stands.
    pub state: StationState,
    /// What was put on record on opening.
    pub opening: Option<Opening>,
    /// The figures of the hours, in their order.
    pub hours: Vec<HourFigures>,
}

/// What a head puts on record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fact {
    /// The station opens.
    Opened(Opening),
    /// The figures of an hour.
    Hour(HourFigures),
    /// So many stand in line at the hour of closing.
    Queue(u32),
    /// Tokens are used or void.
    Tokens(RangeInclusive<u32>, Fate),
    /// The station closes.
    Closed,
}

/// What the law and the roll say of a station.
#[derive(Clone, Copy, Debug)]
pub struct Bounds<'a> {
    /// The law.
    pub law: &'a Profile,
    /// Who is registered there; none where anybody may vote anywhere.
    pub registered: Option<Registered>,
}

/// Why a fact is not put on record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RecordRefusal {
    /// The day of the station says no.
    Day(StationDayRefusal),
    /// The report of an hour is not taken.
    Turnout(TurnoutRefusal),
}

impl Refusal for RecordRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::Day(no) => no.code(),
            Self::Turnout(no) => no.code(),
        }
    }
}

impl core::fmt::Display for RecordRefusal {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::Day(no) => no.fmt(f),
            Self::Turnout(no) => no.fmt(f),
        }
    }
}

impl core::error::Error for RecordRefusal {}

impl From<StationDayRefusal> for RecordRefusal {
    fn from(no: StationDayRefusal) -> Self {
        Self::Day(no)
    }
}

impl From<TurnoutRefusal> for RecordRefusal {
    fn from(no: TurnoutRefusal) -> Self {
        Self::Turnout(no)
    }
}

impl Bounds<'_> {
    /// When an hour of the polling day is over; the end of time when the law names no such instant.
    fn over(&self, hour: u8) -> Timestamp {
        let over = self.law.instant(u16::from(hour) * 60);
        over.unwrap_or(Timestamp::MAX)
    }

    fn minute(&self, minute: u16) -> Timestamp {
        self.law.instant(minute).unwrap_or(Timestamp::MAX)
    }

    /// When the law opens stations.
    #[must_use]
    pub fn opens(&self) -> Timestamp {
        self.minute(self.law.opens_minute)
    }

    /// When the law closes stations.
    #[must_use]
    pub fn closes(&self) -> Timestamp {
        self.minute(self.law.closes_minute)
    }
}

impl Record {
    /// When it opened.
    #[must_use]
    pub const fn opened(&self) -> Option<Timestamp> {
        match self.state {
            StationState::Ready => None,
            StationState::Open(opened)
            | StationState::Queue { opened, .. }
            | StationState::Closed { opened, .. } => Some(opened),
        }
    }

    /// When it closed.
    #[must_use]
    pub const fn closed(&self) -> Option<Timestamp> {
        match self.state {
            StationState::Closed { closed, .. } => Some(closed),
            _ => None,
        }
    }

    /// The line, when people stood in it at the hour of closing.
    #[must_use]
    pub const fn queue(&self) -> Option<&station_day::Queue> {
        match &self.state {
            StationState::Queue { queue, .. } => Some(queue),
            StationState::Closed { queue, .. } => queue.as_ref(),
            StationState::Ready | StationState::Open(_) => None,
        }
    }

    /// Whether this very fact is on record already: what was sent twice is no error.
    #[must_use]
    pub fn has(&self, fact: &Fact) -> bool {
        match fact {
            Fact::Opened(opening) => self.opening.as_ref() == Some(opening),
            Fact::Hour(now) => self.hours.contains(now),
            Fact::Queue(waiting) => self.queue().is_some_and(|queue| queue.issued == *waiting),
            Fact::Tokens(tokens, fate) => self.queue().is_some_and(|queue| {
                let mut tokens = tokens.clone();
                !tokens.is_empty() && tokens.all(|token| queue.settled.get(&token) == Some(fate))
            }),
            Fact::Closed => self.closed().is_some(),
        }
    }

    /// The hours that may be reported at `at`, in order: full hours that are over, in which the
    /// station was open, after the last one that is on record. After the close there is one more,
    /// in which the last voters came.
    #[must_use]
    pub fn due(&self, bounds: Bounds<'_>, at: Timestamp) -> Vec<u8> {
        let last = self.hours.last().map(|last| last.hour);
        let may = |hour: &u8| {
            bounds.over(*hour) <= at
                && last.is_none_or(|last| *hour > last)
                && self.in_hours(bounds, *hour).is_ok()
        };
        (0..=24).filter(may).collect()
    }

    /// Whether the station was open in the hour that ends so.
    fn in_hours(&self, bounds: Bounds<'_>, hour: u8) -> Result<(), TurnoutRefusal> {
        let opened = self.opened().ok_or(TurnoutRefusal::NotOpened)?;
        if bounds.over(hour) <= opened {
            return Err(TurnoutRefusal::BeforeOpening);
        }
        let before = bounds.over(hour.saturating_sub(1));
        if self.closed().is_some_and(|closed| before >= closed) {
            return Err(TurnoutRefusal::AfterClosing);
        }
        Ok(())
    }

    /// Puts a fact on record at `at`.
    ///
    /// # Errors
    /// The first [`RecordRefusal`] that applies.
    pub fn put(
        &self,
        fact: &Fact,
        bounds: Bounds<'_>,
        at: Timestamp,
    ) -> Result<Self, RecordRefusal> {
        let mut next = self.clone();
        match fact {
            Fact::Opened(opening) => {
                next.state = station_day::open(&self.state, opening, bounds.opens(), at)?;
                next.opening = Some(opening.clone());
            }
            Fact::Hour(now) => next.hours.push(self.hour(*now, bounds, at)?),
            Fact::Queue(waiting) => {
                let ballots = self.opening.as_ref().map_or(u32::MAX, |own| own.ballots);
                let limits = (bounds.closes(), ballots);
                next.state = station_day::count_queue(&self.state, *waiting, limits, at)?;
            }
            Fact::Tokens(tokens, fate) => {
                next.state = station_day::settle(&self.state, tokens.clone(), *fate)?;
            }
            Fact::Closed => next.state = station_day::close(&self.state, bounds.closes(), at)?,
        }
        Ok(next)
    }

    fn hour(
        &self,
        now: HourFigures,
        bounds: Bounds<'_>,
        at: Timestamp,
    ) -> Result<HourFigures, TurnoutRefusal> {
        let registered = bounds.registered.unwrap_or(Registered::new(u64::MAX));
        let (last, opened) = (self.hours.last().copied(), self.opened().is_some());
        let hours = (bounds.over(now.hour), at);
        let now = turnout::report(opened, last, now, registered, hours)?;
        self.in_hours(bounds, now.hour)?;
        Ok(now)
    }
}

#[cfg(test)]
mod tests;
