//! The day of every station: it opened before it closed, its hours rise, its figures never go down,
//! and no more voted than came (INV-18); and every opening, closing and report is one that the
//! journal has.

use crate::recompute::acts::Acts;
use crate::recompute::point::Failures;
use crate::recompute::point::Point;
use sanduq_count::publication::Edition;
use std::collections::BTreeMap;

const TURNOUT: &str = "turnout.json";
const STATIONS: &str = "stations.json";

/// Checks every station's day and says how many hourly figures that were.
pub fn check(edition: &Edition, acts: &Acts, failures: &mut Failures) -> u64 {
    let mut figures = 0;
    entries(edition, acts, failures);
    for place in edition.geography.stations() {
        let code = &edition.geography.unit(place).code;
        let Some(day) = &edition.days[place.ix()] else {
            continue;
        };
        if day
            .closed
            .is_some_and(|closed| day.opened.is_none_or(|opened| opened > closed))
        {
            failures.at(Point::StationHours, STATIONS, &format!("station {code}"));
        }
        for (hour, came, voted) in &day.hours {
            figures += 2;
            if voted.get() > came.get() {
                let sides = (&came.get() as _, &voted.get() as _);
                let place = format!("station {code}, hour {hour}");
                failures.differs(Point::TurnoutVoted, TURNOUT, &place, sides);
            }
        }
        for pair in day.hours.windows(2) {
            let [(before, came, voted), (hour, later_came, later_voted)] = pair else {
                continue;
            };
            if hour <= before || later_came < came || later_voted < voted || *hour > 24 {
                let place = format!("station {code}, hour {hour} after hour {before}");
                failures.at(Point::TurnoutOrder, TURNOUT, &place);
            }
        }
    }
    figures
}

/// As many stations opened, closed and reported each hour as the entries say.
fn entries(edition: &Edition, acts: &Acts, failures: &mut Failures) {
    let days = || edition.days.iter().flatten();
    let opened = days().filter(|day| day.opened.is_some()).count();
    let closed = days().filter(|day| day.closed.is_some()).count();
    for (what, journaled, published) in [
        ("opened", acts.opened, opened),
        ("closed", acts.closed, closed),
    ] {
        let sides = (journaled.to_string(), published.to_string());
        failures.compare(Point::StationEntries, STATIONS, what, sides);
    }
    let mut published: BTreeMap<u8, u64> = BTreeMap::new();
    for (hour, ..) in days().flat_map(|day| &day.hours) {
        *published.entry(*hour).or_default() += 1;
    }
    for hour in 0..=u8::MAX {
        let count = |of: &BTreeMap<u8, u64>| of.get(&hour).copied().unwrap_or_default();
        let sides = (count(&acts.reported), count(&published));
        failures.compare(
            Point::TurnoutEntries,
            TURNOUT,
            &format!("hour {hour}"),
            sides,
        );
    }
}
