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

/// The entry of a report; it names the station when it is of one alone.
fn reported<'a>(
    entry: Entry,
    report: u64,
    mut stations: impl ExactSizeIterator<Item = &'a UnitCode>,
    digest: String,
) -> Entry {
    let count = stations.len();
    let entry = entry
        .with("report", report)
        .with("stations", count)
        .with("digest", digest);
    match stations.next() {
        Some(one) if count == 1 => entry.with("station", one),
        _ => entry,
    }
}

fn named<T>(rows: &[(UnitCode, T)]) -> impl ExactSizeIterator<Item = &UnitCode> {
    rows.iter().map(|(code, _)| code)
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
    reported(entry, report, named(stations), digest)
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
    reported(entry, report, named(stations), digest)
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
    let named = stations.iter().map(|(code, ..)| code);
    reported(entry, report, named, digest)
}

/// The entry of a line that was counted at the hour of closing: one token for each who stood in it.
#[must_use]
pub fn queue_counted(station: &UnitCode, waiting: u32, by: &Actor, at: Timestamp) -> Entry {
    Entry::new(Act::QueueCounted, by, at)
        .with("station", station)
        .with("waiting", waiting)
}

/// The entry of tokens, the first and the last, of which so many are used and so many void.
#[must_use]
pub fn tokens_settled(
    station: &UnitCode,
    (first, last): (u32, u32),
    [used, void]: [u32; 2],
    (by, at): (&Actor, Timestamp),
) -> Entry {
    let tokens = if first == last {
        first.to_string()
    } else {
        format!("{first}-{last}")
    };
    Entry::new(Act::TokensSettled, by, at)
        .with("station", station)
        .with("tokens", tokens)
        .with("used", used)
        .with("void", void)
}
