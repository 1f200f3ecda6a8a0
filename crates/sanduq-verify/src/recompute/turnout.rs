//! The day of every station: it opened before it closed, its hours rise, its figures never go down,
//! and no more voted than came (INV-18).

use crate::recompute::point::Failures;
use crate::recompute::point::Point;
use sanduq_count::publication::Edition;

const TURNOUT: &str = "turnout.json";
const STATIONS: &str = "stations.json";

/// Checks every station's day and says how many hourly figures that were.
pub fn check(edition: &Edition, failures: &mut Failures) -> u64 {
    let mut figures = 0;
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
