//! What the journal says of the stations' day: who opened, who closed, what was reported for an
//! hour. Always true here: an entry carries the number of its report, under which the published
//! rows name it, and the digest of exactly these rows; so that a stranger can put together again
//! what was reported together.

use crate::publication::ground::rows_digest;
use jiff::Timestamp;
use sanduq_core::act::Act;
use sanduq_core::act::Actor;
use sanduq_core::act::Entry;
use sanduq_core::count::Came;
use sanduq_core::count::Voted;
use sanduq_core::id::UnitCode;

/// The numbers of the reports that a station's day came in by; 0 where none is known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reports {
    /// Of its opening.
    pub opened: u64,
    /// Of its closing.
    pub closed: u64,
    /// Of its hours, in their order.
    pub hours: Vec<u64>,
}

/// The entry of a report.
fn reported(entry: Entry, report: u64, stations: usize, digest: String) -> Entry {
    entry
        .with("report", report)
        .with("stations", stations)
        .with("digest", digest)
}

/// The entry of stations that opened.
#[must_use]
pub fn stations_opened(
    report: u64,
    stations: &[(UnitCode, Timestamp)],
    by: &Actor,
    at: Timestamp,
) -> Entry {
    let rows = stations.iter().map(|(code, opened)| (code, [*opened]));
    let digest = rows_digest(rows.collect());
    let entry = Entry::new(Act::StationsOpened, by, at);
    reported(entry, report, stations.len(), digest)
}

/// The entry of stations that closed.
#[must_use]
pub fn stations_closed(
    report: u64,
    stations: &[(UnitCode, Timestamp)],
    by: &Actor,
    at: Timestamp,
) -> Entry {
    let rows = stations.iter().map(|(code, closed)| (code, [*closed]));
    let digest = rows_digest(rows.collect());
    let entry = Entry::new(Act::StationsClosed, by, at);
    reported(entry, report, stations.len(), digest)
}

/// The entry of the figures of an hour.
#[must_use]
pub fn turnout_reported(
    report: u64,
    (hour, stations): (u8, &[(UnitCode, Came, Voted)]),
    by: &Actor,
    at: Timestamp,
) -> Entry {
    let rows = stations.iter();
    let rows = rows.map(|(code, came, voted)| (code, [came.get(), voted.get()]));
    let digest = rows_digest(rows.collect());
    let entry = Entry::new(Act::TurnoutReported, by, at).with("hour", hour);
    reported(entry, report, stations.len(), digest)
}
