//! The day of a station: it opens once, with a head and its seals recorded, and closes once, not
//! before the law's hour (INV-16; requirements C2.14).
//!
//! ```text
//! ready ─▶ open ─▶ closed
//! ```

use jiff::Timestamp;
use sanduq_core::refusal::Refusal;

/// Where a station stands in its day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum StationState {
    /// Not opened yet.
    #[default]
    Ready,
    /// Open since this instant.
    Open(Timestamp),
    /// Opened and closed at these instants.
    Closed {
        /// When it opened.
        opened: Timestamp,
        /// When it closed.
        closed: Timestamp,
    },
}

/// The record that a head signs on opening.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Opening {
    /// Whether the head is present.
    pub head_present: bool,
    /// Ballots received, as counted on opening.
    pub ballots: u32,
    /// Whether the box was shown empty and sealed.
    pub box_sealed: bool,
}

/// Why a station cannot open or close.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StationDayRefusal {
    /// It is open, or was.
    AlreadyOpened,
    /// No head of station is present.
    NoHead,
    /// The box was not shown empty and sealed.
    BoxNotSealed,
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
}

impl Refusal for StationDayRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::AlreadyOpened => "station.already_opened",
            Self::NoHead => "station.no_head",
            Self::BoxNotSealed => "station.box_not_sealed",
            Self::NoBallots => "station.no_ballots",
            Self::TooEarly => "station.too_early",
            Self::NotOpen => "station.not_open",
            Self::BeforeClosing => "station.before_closing",
            Self::NotYet => "station.not_yet",
        }
    }
}

impl core::fmt::Display for StationDayRefusal {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(match self {
            Self::AlreadyOpened => "the station has opened already",
            Self::NoHead => "a station opens in the presence of its head",
            Self::BoxNotSealed => "the box must be shown empty and sealed first",
            Self::NoBallots => "the station has received no ballots",
            Self::TooEarly => "the hour of opening has not come",
            Self::NotOpen => "the station is not open",
            Self::BeforeClosing => "the hour of closing has not come",
            Self::NotYet => "the instant that is reported has not come; set the clock",
        })
    }
}

impl core::error::Error for StationDayRefusal {}

/// Opens a station at `at`, not before `opens`.
///
/// # Errors
/// The first [`StationDayRefusal`] that applies: state, hour, head, box, ballots.
pub fn open(
    state: StationState,
    record: Opening,
    opens: Timestamp,
    at: Timestamp,
) -> Result<StationState, StationDayRefusal> {
    if state != StationState::Ready {
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
    if record.ballots == 0 {
        return Err(StationDayRefusal::NoBallots);
    }
    Ok(StationState::Open(at))
}

/// Closes a station at `at`, not before `closes`.
///
/// # Errors
/// [`StationDayRefusal::NotOpen`] or [`StationDayRefusal::BeforeClosing`].
pub fn close(
    state: StationState,
    closes: Timestamp,
    at: Timestamp,
) -> Result<StationState, StationDayRefusal> {
    let StationState::Open(opened) = state else {
        return Err(StationDayRefusal::NotOpen);
    };
    if at < closes {
        return Err(StationDayRefusal::BeforeClosing);
    }
    Ok(StationState::Closed { opened, closed: at })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    const GOOD: Opening = Opening {
        head_present: true,
        ballots: 500,
        box_sealed: true,
    };

    #[test]
    fn a_station_opens_once_in_order() {
        let open_now = StationState::Open(at(100));
        for (state, record, when, answer) in [
            (StationState::Ready, GOOD, 100, Ok(open_now)),
            (open_now, GOOD, 100, Err(StationDayRefusal::AlreadyOpened)),
            (
                StationState::Ready,
                GOOD,
                99,
                Err(StationDayRefusal::TooEarly),
            ),
            (
                StationState::Ready,
                Opening {
                    head_present: false,
                    ..GOOD
                },
                100,
                Err(StationDayRefusal::NoHead),
            ),
            (
                StationState::Ready,
                Opening {
                    box_sealed: false,
                    ..GOOD
                },
                100,
                Err(StationDayRefusal::BoxNotSealed),
            ),
            (
                StationState::Ready,
                Opening { ballots: 0, ..GOOD },
                100,
                Err(StationDayRefusal::NoBallots),
            ),
        ] {
            assert_eq!(open(state, record, at(100), at(when)), answer);
        }
    }

    #[test]
    fn a_station_closes_once_and_not_early() {
        let opened = StationState::Open(at(100));
        let closed = StationState::Closed {
            opened: at(100),
            closed: at(200),
        };
        assert_eq!(close(opened, at(200), at(200)), Ok(closed));
        assert_eq!(
            close(opened, at(200), at(199)),
            Err(StationDayRefusal::BeforeClosing)
        );
        assert_eq!(
            close(StationState::Ready, at(200), at(300)),
            Err(StationDayRefusal::NotOpen)
        );
        assert_eq!(
            close(closed, at(200), at(300)),
            Err(StationDayRefusal::NotOpen)
        );
    }
}
