//! Hourly figures of a station: how many came, how many voted, cumulative since opening. Came is
//! never below voted and neither ever goes down (INV-18); came counts identity presentations, the
//! refused among them, voted counts ballots issued and deposited (requirements C2.6).

use jiff::Timestamp;
use sanduq_core::count::Came;
use sanduq_core::count::Registered;
use sanduq_core::count::Voted;
use sanduq_core::refusal::Refusal;

/// The cumulative figures of a station at a full hour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HourFigures {
    /// The hour of legal time, 0 to 24.
    pub hour: u8,
    /// Who came since opening.
    pub came: Came,
    /// Who voted since opening.
    pub voted: Voted,
}

/// Why an hourly report is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TurnoutRefusal {
    /// The station has not opened.
    NotOpened,
    /// The hour has been reported, or an hour after it.
    HourPast,
    /// The hour is none of a day's.
    NoSuchHour,
    /// The hour is not over.
    HourNotOver,
    /// More voted than came.
    MoreVotedThanCame,
    /// A cumulative figure is lower than an hour before.
    WentDown,
    /// More voted than are registered at the station.
    MoreThanRegistered,
    /// The station had not opened by the end of the hour.
    BeforeOpening,
    /// The station had closed before the hour began.
    AfterClosing,
}

impl Refusal for TurnoutRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::NotOpened => "turnout.not_opened",
            Self::HourPast => "turnout.hour_past",
            Self::NoSuchHour => "turnout.no_such_hour",
            Self::HourNotOver => "turnout.hour_not_over",
            Self::MoreVotedThanCame => "turnout.more_voted_than_came",
            Self::WentDown => "turnout.went_down",
            Self::MoreThanRegistered => "turnout.more_than_registered",
            Self::BeforeOpening => "turnout.before_opening",
            Self::AfterClosing => "turnout.after_closing",
        }
    }
}

impl core::fmt::Display for TurnoutRefusal {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(match self {
            Self::NotOpened => "the station has not opened",
            Self::HourPast => "this hour, or a later one, has been reported",
            Self::NoSuchHour => "the hour must be 0 to 24",
            Self::HourNotOver => "the hour is not over; report it when it is",
            Self::MoreVotedThanCame => "more voted than came",
            Self::WentDown => "a cumulative figure cannot be lower than the hour before",
            Self::MoreThanRegistered => "more voted than are registered at the station",
            Self::BeforeOpening => "the station opened after this hour",
            Self::AfterClosing => "the station had closed before this hour began",
        })
    }
}

impl core::error::Error for TurnoutRefusal {}

/// Takes the report of an hour after `last`; the hour is over at `over`, and it is `at` now.
///
/// # Errors
/// The first [`TurnoutRefusal`] that applies.
pub fn report(
    opened: bool,
    last: Option<HourFigures>,
    now: HourFigures,
    registered: Registered,
    (over, at): (Timestamp, Timestamp),
) -> Result<HourFigures, TurnoutRefusal> {
    if !opened {
        return Err(TurnoutRefusal::NotOpened);
    }
    if now.hour > 24 {
        return Err(TurnoutRefusal::NoSuchHour);
    }
    if at < over {
        return Err(TurnoutRefusal::HourNotOver);
    }
    if last.is_some_and(|before| before.hour >= now.hour) {
        return Err(TurnoutRefusal::HourPast);
    }
    if now.voted.get() > now.came.get() {
        return Err(TurnoutRefusal::MoreVotedThanCame);
    }
    if last.is_some_and(|before| now.came < before.came || now.voted < before.voted) {
        return Err(TurnoutRefusal::WentDown);
    }
    if now.voted.get() > registered.get() {
        return Err(TurnoutRefusal::MoreThanRegistered);
    }
    Ok(now)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figures(hour: u8, came: u64, voted: u64) -> HourFigures {
        HourFigures {
            hour,
            came: Came::new(came),
            voted: Voted::new(voted),
        }
    }

    #[test]
    fn each_refusal_has_its_row() {
        let before = Some(figures(9, 50, 40));
        for (opened, last, now, refusal) in [
            (true, before, figures(10, 60, 55), None),
            (true, before, figures(10, 50, 40), None),
            (true, None, figures(9, 0, 0), None),
            (
                false,
                None,
                figures(9, 0, 0),
                Some(TurnoutRefusal::NotOpened),
            ),
            (
                true,
                before,
                figures(25, 60, 55),
                Some(TurnoutRefusal::NoSuchHour),
            ),
            (
                true,
                before,
                figures(9, 60, 55),
                Some(TurnoutRefusal::HourPast),
            ),
            (
                true,
                before,
                figures(10, 60, 61),
                Some(TurnoutRefusal::MoreVotedThanCame),
            ),
            (
                true,
                before,
                figures(10, 49, 40),
                Some(TurnoutRefusal::WentDown),
            ),
            (
                true,
                before,
                figures(10, 50, 39),
                Some(TurnoutRefusal::WentDown),
            ),
            (
                true,
                before,
                figures(10, 200, 101),
                Some(TurnoutRefusal::MoreThanRegistered),
            ),
        ] {
            let over = Timestamp::UNIX_EPOCH;
            let got = report(opened, last, now, Registered::new(100), (over, over));
            assert_eq!(got.err(), refusal, "{now:?}");
        }
    }

    #[test]
    fn an_hour_is_reported_when_it_is_over() {
        let (over, now) = (Timestamp::UNIX_EPOCH, figures(9, 0, 0));
        let early = Timestamp::from_nanosecond(-1).unwrap();
        let told = |at| report(true, None, now, Registered::new(100), (over, at));
        assert_eq!(told(early), Err(TurnoutRefusal::HourNotOver));
        assert_eq!(told(over), Ok(now));
    }
}
