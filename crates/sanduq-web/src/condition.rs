//! Where each station stands, as one word. Always true here: every station has exactly one
//! condition, so that the conditions of a unit add up to its stations; and each has a shape of its
//! own, so that none is told by its colour alone.

use crate::view::Sums;
use crate::view::View;
use sanduq_core::geography::UnitIx;

/// Where a station stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Condition {
    /// Not opened, and not due to be.
    Waiting,
    /// Not opened although the law's hour has come.
    Late,
    /// Open, and the last full hour is reported.
    Open,
    /// Open, and the last full hour is not reported.
    Silent,
    /// Closed; not all its sheets are in the totals.
    Closed,
    /// One of its sheets is held back or was sent back.
    Held,
    /// All its sheets are in the totals.
    Counted,
}

impl Condition {
    /// All of them, in the order of the day.
    pub const ALL: [Self; 7] = [
        Self::Waiting,
        Self::Late,
        Self::Open,
        Self::Silent,
        Self::Closed,
        Self::Held,
        Self::Counted,
    ];

    /// The condition of a station, from what is known of it alone. A sheet that waits for a
    /// decision comes before all else, because only a person ends it.
    #[must_use]
    pub const fn of(station: &Sums) -> Self {
        let (day, sheets) = (&station.day, &station.sheets);
        if sheets.quarantined + sheets.returned > 0 {
            Self::Held
        } else if sheets.accepted > 0 && sheets.accepted == sheets.owed() {
            Self::Counted
        } else if day.closed > 0 {
            Self::Closed
        } else if day.silent > 0 {
            Self::Silent
        } else if day.open > 0 {
            Self::Open
        } else if day.late > 0 {
            Self::Late
        } else {
            Self::Waiting
        }
    }

    /// The word in files and class names.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Late => "late",
            Self::Open => "open",
            Self::Silent => "silent",
            Self::Closed => "closed",
            Self::Held => "held",
            Self::Counted => "counted",
        }
    }

    /// The key of its sentence.
    #[must_use]
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::Waiting => "condition-waiting",
            Self::Late => "condition-late",
            Self::Open => "condition-open",
            Self::Silent => "condition-silent",
            Self::Closed => "condition-closed",
            Self::Held => "condition-held",
            Self::Counted => "condition-counted",
        }
    }

    /// Its place in [`Self::ALL`], which is its byte.
    #[must_use]
    pub const fn byte(self) -> u8 {
        match self {
            Self::Waiting => 0,
            Self::Late => 1,
            Self::Open => 2,
            Self::Silent => 3,
            Self::Closed => 4,
            Self::Held => 5,
            Self::Counted => 6,
        }
    }

    /// Its shape: three rows of three dots, `x` where there is ink. An empty frame has not
    /// opened, a full one works. It is the same at any size, down to nine pixels a station.
    #[must_use]
    pub const fn shape(self) -> &'static str {
        match self {
            Self::Waiting => "----x----",
            Self::Late => "xxxx-xxxx",
            Self::Open => "xxxxxxxxx",
            Self::Silent => "x-x-x-x-x",
            Self::Closed => "---xxx---",
            Self::Held => "x-xxxxx-x",
            Self::Counted => "-x-xxx-x-",
        }
    }

    /// Its shape as the path of a drawing three wide and three high: dots side by side are one bar.
    #[must_use]
    pub fn path(self) -> String {
        let mut path = String::new();
        for (row, dots) in self.shape().as_bytes().chunks(3).enumerate() {
            let mut column = 0;
            for bar in dots.split(|dot| *dot != b'x') {
                if !bar.is_empty() {
                    let wide = bar.len();
                    path += &format!("M{column} {row}h{wide}v1h-{wide}z");
                }
                column += bar.len() + 1;
            }
        }
        path
    }
}

/// The stations of the nation as they stand on the board: those of one unit beside each other, the
/// units in the order of their list.
#[must_use]
pub fn stations(view: &View) -> Vec<UnitIx> {
    let geography = &view.snapshot.geography;
    let mut stations = Vec::new();
    let mut waiting = vec![view.nation()];
    while let Some(at) = waiting.pop() {
        if geography.unit(at).level == geography.station_level() {
            stations.push(at);
        }
        waiting.extend(geography.children(at).iter().rev());
    }
    stations
}

/// One byte a station, in the order of [`stations`].
#[must_use]
pub fn bytes(view: &View) -> Vec<u8> {
    let byte = |ix: &UnitIx| Condition::of(view.sums(*ix)).byte();
    stations(view).iter().map(byte).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::day::Day;
    use crate::view::States;
    use std::collections::BTreeSet;

    #[test]
    fn a_station_has_the_condition_that_a_person_must_know_first() {
        let station = |day: [u64; 4], sheets: [u64; 4]| Sums {
            day: Day {
                stations: 1,
                late: day[0],
                open: day[1],
                silent: day[2],
                closed: day[3],
                ..Day::default()
            },
            sheets: States {
                awaited: sheets[0],
                accepted: sheets[1],
                quarantined: sheets[2],
                returned: sheets[3],
                ..States::default()
            },
            ..Sums::default()
        };
        // late, open, silent, closed; awaited, accepted, quarantined, returned
        for (day, sheets, condition) in [
            ([0, 0, 0, 0], [2, 0, 0, 0], Condition::Waiting),
            ([1, 0, 0, 0], [2, 0, 0, 0], Condition::Late),
            ([0, 1, 0, 0], [2, 0, 0, 0], Condition::Open),
            ([0, 1, 1, 0], [2, 0, 0, 0], Condition::Silent),
            ([0, 0, 0, 1], [2, 0, 0, 0], Condition::Closed),
            ([0, 0, 0, 1], [1, 1, 0, 0], Condition::Closed),
            ([0, 0, 0, 1], [0, 2, 0, 0], Condition::Counted),
            ([0, 0, 0, 1], [0, 1, 1, 0], Condition::Held),
            ([0, 0, 0, 1], [0, 1, 0, 1], Condition::Held),
            ([0, 1, 1, 0], [0, 1, 1, 0], Condition::Held),
            ([0, 0, 0, 1], [0, 0, 0, 0], Condition::Closed),
        ] {
            assert_eq!(Condition::of(&station(day, sheets)), condition, "{day:?}");
        }
    }

    #[test]
    fn no_two_conditions_look_alike() {
        let shapes: BTreeSet<_> = Condition::ALL.iter().map(|c| c.shape()).collect();
        assert_eq!(shapes.len(), Condition::ALL.len());
        for (at, condition) in Condition::ALL.into_iter().enumerate() {
            assert_eq!(usize::from(condition.byte()), at, "{condition:?}");
            assert_eq!(condition.shape().len(), 9, "{condition:?}");
        }
        assert_eq!(Condition::Waiting.path(), "M1 1h1v1h-1z");
        let late = "M0 0h3v1h-3zM0 1h1v1h-1zM2 1h1v1h-1zM0 2h3v1h-3z";
        assert_eq!(Condition::Late.path(), late);
    }
}
