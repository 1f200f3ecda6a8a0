//! The day of every station: it opened before it closed, its hours rise, its figures never go down,
//! and no more voted than came (INV-18); and every opening, closing and report is one that the
//! journal has.

use crate::recompute::acts::Acts;
use crate::recompute::acts::Reported;
use crate::recompute::legal::PollingDay;
use crate::recompute::point::Failures;
use crate::recompute::point::Point;
use jiff::Timestamp;
use sanduq_core::id::UnitCode;
use sanduq_count::publication::Edition;
use sanduq_count::publication::StationDay;
use sanduq_count::publication::rows_digest;
use std::collections::BTreeMap;

const TURNOUT: &str = "turnout.json";
const STATIONS: &str = "stations.json";

/// Checks every station's day and says how many hourly figures that were.
pub fn check(edition: &Edition, acts: &Acts, failures: &mut Failures) -> u64 {
    let mut figures = 0;
    entries(edition, acts, failures);
    let polling = PollingDay::of(edition);
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
        let registered = edition.geography.unit(place).registered;
        for (hour, came, voted) in &day.hours {
            figures += 2;
            if let Some(registered) = registered.filter(|all| voted.get() > all.get()) {
                let sides = (&registered.get() as _, &voted.get() as _);
                let place = format!("station {code}, hour {hour}");
                failures.differs(Point::TurnoutRegistered, TURNOUT, &place, sides);
            }
            if voted.get() > came.get() {
                let sides = (&came.get() as _, &voted.get() as _);
                let place = format!("station {code}, hour {hour}");
                failures.differs(Point::TurnoutVoted, TURNOUT, &place, sides);
            }
        }
        came_in_hours(day, polling, code, failures);
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

/// Nobody had come by an hour before the station opened, and nobody came after it had closed
/// (INV-16, INV-20). A report after the close may repeat or complete what came in before it.
fn came_in_hours(
    day: &StationDay,
    polling: Option<PollingDay>,
    code: &UnitCode,
    failures: &mut Failures,
) {
    let instant = |hour: u8| polling.and_then(|polling| polling.hour(hour));
    let mut stray = |hour: u8| {
        let place = format!("station {code}, hour {hour}");
        failures.at(Point::TurnoutHours, TURNOUT, &place);
    };
    for (hour, came, _) in &day.hours {
        let opened = day.opened.zip(instant(*hour));
        let open = opened.is_some_and(|(opened, instant)| opened <= instant);
        if came.get() > 0 && !open {
            stray(*hour);
        }
    }
    for pair in day.hours.windows(2) {
        if let [(before, came, _), (hour, later, _)] = pair
            && let Some((closed, instant)) = day.closed.zip(instant(*before))
            && closed <= instant
            && later > came
        {
            stray(*hour);
        }
    }
}

/// The rows of a report: stations with their figures, or with an instant.
#[derive(Default)]
struct Rows<'a> {
    instants: Vec<(&'a UnitCode, [Timestamp; 1])>,
    figures: Vec<(&'a UnitCode, [u64; 2])>,
}

impl Rows<'_> {
    /// The last instant.
    fn last(&self) -> Option<Timestamp> {
        let instants = self.instants.iter().map(|(_, [instant])| *instant);
        instants.max()
    }
}

/// Every opening, closing and hour is of a report that the journal has, the rows of each report are
/// those of its digest, and none is journaled before what it reports.
fn entries(edition: &Edition, acts: &Acts, failures: &mut Failures) {
    let mut published: BTreeMap<(Reported, u64), Rows<'_>> = BTreeMap::new();
    for place in edition.geography.stations() {
        let code = &edition.geography.unit(place).code;
        let Some(day) = &edition.days[place.ix()] else {
            continue;
        };
        let opened = (Reported::Opened, day.reports.opened, day.opened);
        let closed = (Reported::Closed, day.reports.closed, day.closed);
        for (what, number, instant) in [opened, closed] {
            if let Some(instant) = instant {
                let rows = published.entry((what, number)).or_default();
                rows.instants.push((code, [instant]));
            }
        }
        for ((hour, came, voted), number) in day.hours.iter().zip(&day.reports.hours) {
            let rows = published.entry((Reported::Hour(*hour), *number));
            let figures = [came.get(), voted.get()];
            rows.or_default().figures.push((code, figures));
        }
    }
    let polling = PollingDay::of(edition);
    for (key, said) in &acts.reports {
        let rows = published.remove(key).unwrap_or_default();
        let last = match key.0 {
            Reported::Hour(hour) => polling.and_then(|polling| polling.hour(hour)),
            Reported::Opened | Reported::Closed => rows.last(),
        };
        if last.is_some_and(|last| said.at < last) {
            let (_, path, place) = named(*key);
            failures.at(Point::ReportedEarly, path, &place);
        }
        let stations = rows.instants.len() + rows.figures.len();
        let computed = match key.0 {
            Reported::Hour(_) => rows_digest(rows.figures),
            Reported::Opened | Reported::Closed => rows_digest(rows.instants),
        };
        let told = |stations: u64, digest: &str| format!("{stations} stations, {digest}");
        let stations = u64::try_from(stations).unwrap_or(u64::MAX);
        let sides = (told(said.stations, &said.digest), told(stations, &computed));
        let (point, path, place) = named(*key);
        failures.compare(point, path, &place, sides);
    }
    for key in published.into_keys() {
        let (point, path, place) = named(key);
        failures.at(point, path, &place);
    }
}

/// Where a report stands, and what is wrong when it is another.
fn named((what, number): (Reported, u64)) -> (Point, &'static str, String) {
    let opened = |what| {
        (
            Point::StationEntries,
            STATIONS,
            format!("{what}, report {number}"),
        )
    };
    match what {
        Reported::Opened => opened("opened"),
        Reported::Closed => opened("closed"),
        Reported::Hour(hour) => {
            let place = format!("hour {hour}, report {number}");
            (Point::TurnoutEntries, TURNOUT, place)
        }
    }
}
