//! The day of the stations, as the board and the pages show it: how many opened, closed, report,
//! are silent; how many came and voted, by the hour.

use crate::date::legal;
use crate::view::View;
use jiff::Timestamp;
use sanduq_core::geography::UnitIx;
use sanduq_core::law::Profile;
use sanduq_count::publication::StationDay;

/// Where the stations of a unit stand in their day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Day {
    /// All stations.
    pub stations: u64,
    /// Not opened yet.
    pub waiting: u64,
    /// Not opened although the law's hour has come.
    pub late: u64,
    /// Open now.
    pub open: u64,
    /// Closed.
    pub closed: u64,
    /// Open, and the last full hour is not reported.
    pub silent: u64,
    /// Who came, by the last reports.
    pub came: u64,
    /// Who voted, by the last reports.
    pub voted: u64,
}

/// The last full hour that open stations should have reported, by legal time; none before the first
/// full hour after opening. `opened` tells whether the law's hour of opening has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Due {
    /// Whether stations should be open or have been.
    pub opened: bool,
    /// The hour.
    pub hour: Option<u8>,
}

/// What stations should have done by `at`.
#[must_use]
pub fn due_hour(profile: &Profile, at: Timestamp) -> Due {
    let now = legal(at, profile.offset_minutes);
    if now.date() < profile.polling_day {
        return Due {
            opened: false,
            hour: None,
        };
    }
    let minute = if now.date() > profile.polling_day {
        24 * 60
    } else {
        i32::from(now.hour()) * 60 + i32::from(now.minute())
    };
    let opens = i32::from(profile.opens_minute);
    let last = minute.min(i32::from(profile.closes_minute)) / 60;
    Due {
        opened: minute >= opens,
        hour: u8::try_from(last).ok().filter(|_| last * 60 > opens),
    }
}

impl Day {
    /// The day of one station.
    #[must_use]
    pub fn of(station: Option<&StationDay>, due: Due) -> Self {
        let mut day = Self {
            stations: 1,
            ..Self::default()
        };
        let Some(station) = station.filter(|station| station.opened.is_some()) else {
            day.waiting = 1;
            day.late = u64::from(due.opened);
            return day;
        };
        let last = station.hours.last();
        if station.closed.is_some() {
            day.closed = 1;
        } else {
            day.open = 1;
            let reported = last.map(|(hour, ..)| *hour);
            day.silent = u64::from(due.hour.is_some() && reported < due.hour);
        }
        if let Some((_, came, voted)) = last {
            day.came = came.get();
            day.voted = voted.get();
        }
        day
    }

    /// Opened at some time of the day.
    #[must_use]
    pub const fn opened(&self) -> u64 {
        self.open + self.closed
    }

    /// Open and reporting.
    #[must_use]
    pub const fn reporting(&self) -> u64 {
        self.open - self.silent
    }

    /// Adds the day of other stations.
    pub const fn add(&mut self, other: &Self) {
        self.stations += other.stations;
        self.waiting += other.waiting;
        self.late += other.late;
        self.open += other.open;
        self.closed += other.closed;
        self.silent += other.silent;
        self.came += other.came;
        self.voted += other.voted;
    }
}

/// The cumulative figures of a unit at a full hour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hour {
    /// The hour of legal time.
    pub hour: u8,
    /// Who came until then.
    pub came: u64,
    /// Who voted until then.
    pub voted: u64,
    /// Stations whose report of this hour or a later one is in.
    pub reported: u64,
}

/// Came and voted of a unit by the hour: for each full hour that some station has reported, the sum
/// of every station's last figures up to that hour.
#[must_use]
pub fn hours(view: &View, ix: UnitIx) -> Vec<Hour> {
    let geography = &view.snapshot.geography;
    let mut sums: [Hour; 25] = core::array::from_fn(|hour| Hour {
        hour: u8::try_from(hour).unwrap_or(u8::MAX),
        came: 0,
        voted: 0,
        reported: 0,
    });
    let mut below = vec![ix];
    while let Some(at) = below.pop() {
        below.extend_from_slice(geography.children(at));
        if let Some(station) = view.station_day(&geography.unit(at).code) {
            add_station(&mut sums, station);
        }
    }
    let reported = |hour: &Hour| hour.reported > 0;
    let first = sums.iter().position(|hour| hour.came > 0).unwrap_or(0);
    let last = sums.iter().rposition(reported).map_or(0, |last| last + 1);
    sums[first.min(last)..last].to_vec()
}

fn add_station(sums: &mut [Hour; 25], station: &StationDay) {
    let Some((final_hour, ..)) = station.hours.last() else {
        return;
    };
    let mut reports = station.hours.iter().peekable();
    let (mut came, mut voted) = (0, 0);
    for sum in sums {
        while let Some((_, c, v)) = reports.next_if(|(hour, ..)| *hour <= sum.hour) {
            (came, voted) = (c.get(), v.get());
        }
        sum.came += came;
        sum.voted += voted;
        sum.reported += u64::from(sum.hour <= *final_hour);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use sanduq_core::count::Came;
    use sanduq_core::count::Voted;
    use sanduq_count::publication::Reports;

    const OPENED: Due = Due {
        opened: true,
        hour: Some(10),
    };

    fn station(opened: bool, closed: bool, last: Option<u8>) -> StationDay {
        let at = |done: bool| done.then_some(Timestamp::UNIX_EPOCH);
        StationDay {
            opened: at(opened),
            closed: at(closed),
            hours: last
                .map(|hour| (hour, Came::new(5), Voted::new(4)))
                .into_iter()
                .collect(),
            reports: Reports::default(),
        }
    }

    #[test]
    fn a_station_is_counted_once() {
        // (station, due) => waiting, late, open, closed, silent
        for (station, due, expected) in [
            (
                None,
                Due {
                    opened: false,
                    hour: None,
                },
                [1, 0, 0, 0, 0],
            ),
            (None, OPENED, [1, 1, 0, 0, 0]),
            (Some(station(false, false, None)), OPENED, [1, 1, 0, 0, 0]),
            (Some(station(true, false, None)), OPENED, [0, 0, 1, 0, 1]),
            (Some(station(true, false, Some(9))), OPENED, [0, 0, 1, 0, 1]),
            (
                Some(station(true, false, Some(10))),
                OPENED,
                [0, 0, 1, 0, 0],
            ),
            (Some(station(true, true, Some(9))), OPENED, [0, 0, 0, 1, 0]),
        ] {
            let day = Day::of(station.as_ref(), due);
            let got = [day.waiting, day.late, day.open, day.closed, day.silent];
            assert_eq!(got, expected, "{station:?}");
        }
    }

    #[test]
    fn what_is_due_follows_the_legal_clock() {
        let profile = Profile::from_toml(
            r#"
code = "x"
names = { en = "X" }
polling_day = "2027-03-14"
offset_minutes = 180
opens_minute = 480
closes_minute = 1140
voting_age_years = 18
station_maximum = 800
second_signature = "REQUIRED"
levels = [{ code = "nation", names = { en = "nation" } }]
"#,
        )
        .unwrap();
        for (at, opened, hour) in [
            ("2027-03-13T12:00:00Z", false, None),
            ("2027-03-14T04:59:00Z", false, None),
            ("2027-03-14T05:00:00Z", true, None),
            ("2027-03-14T05:59:00Z", true, None),
            ("2027-03-14T06:00:00Z", true, Some(9)),
            ("2027-03-14T15:59:00Z", true, Some(18)),
            ("2027-03-14T20:00:00Z", true, Some(19)),
            ("2027-03-16T00:00:00Z", true, Some(19)),
        ] {
            let due = due_hour(&profile, at.parse().unwrap());
            assert_eq!(due, Due { opened, hour }, "{at}");
        }
    }
}
