//! What the journal says of results, against what follows from the sheets: how many seats were
//! allotted (INV-43), and which totals were certified. Always true here: an allotment is held
//! against the sheets only while none of its contest has changed since; after that it speaks of an
//! earlier state, and the published figures speak for themselves. A certificate is held against
//! them for good.

use crate::recompute::acts::Acts;
use crate::recompute::certification::ResultAct;
use crate::recompute::point::Failures;
use crate::recompute::point::Point;
use crate::recompute::totals::Sum;
use core::fmt::Display;
use sanduq_count::publication::PublicContest;
use sanduq_count::publication::totals_path;
use serde::Deserialize;
use std::collections::BTreeMap;

/// Seats that follow from the sheets, by contest; none where the rule gave none.
pub type Seats = BTreeMap<String, Option<u64>>;

#[derive(Deserialize)]
struct SeatsFile {
    contest: String,
    allotted: Option<Allotted>,
}

#[derive(Deserialize)]
struct Allotted {
    awards: BTreeMap<String, u64>,
}

/// Notes the seats of a file of seats that was made again.
pub fn note(computed: &[u8], seats: &mut Seats) {
    if let Ok(file) = serde_json::from_slice::<SeatsFile>(computed) {
        let sum = file.allotted.map(|all| all.awards.into_values().sum());
        seats.insert(file.contest, sum);
    }
}

/// Whether a sheet of the contest has changed since.
fn is_past(acts: &Acts, contest: &str, said: &ResultAct) -> bool {
    let changed = acts.changed.get(contest);
    changed.is_some_and(|changed| *changed > said.index)
}

/// Every allotment is what the rule gives.
pub fn allotted(acts: &Acts, seats: &Seats, failures: &mut Failures) {
    for (contest, said) in &acts.allotted {
        if is_past(acts, contest, said) {
            continue;
        }
        let computed = seats.get(contest).copied().flatten();
        let computed = computed.map_or("none".to_owned(), |seats| seats.to_string());
        let stated = said.facts.get("seats").map_or("nothing", String::as_str);
        let (path, place) = (
            format!("seats/{contest}.json"),
            format!("entry {}", said.index),
        );
        failures.compare(Point::Allotted, &path, &place, (computed.as_str(), stated));
    }
}

/// A contest as the published files have it.
pub struct Seen<'a> {
    /// The contest.
    pub entry: &'a PublicContest,
    /// The sums of its own unit.
    pub whole: Option<&'a Sum>,
    /// The digest of its totals.
    pub digest: String,
    /// Whether a sheet of it waits for somebody.
    pub waits: bool,
}

/// A contest is final when the journal has its certificate, and only then. The certificate says how
/// many sheets of how many stations count, which is all of them, and names the digest of the
/// totals; no sheet waits. That it came after the release is asked where the journal is read.
pub fn certified(seen: &Seen<'_>, acts: &Acts, failures: &mut Failures) {
    let contest = &seen.entry.contest.code;
    let said = acts.certified.of(contest.as_str());
    let (journaled, published) = (said.is_some(), seen.entry.certified);
    let place = format!("contest {contest}");
    let (path, stated) = ("contests.json", (journaled, published));
    failures.compare(Point::Certified, path, &place, stated);
    let Some(said) = said else {
        return;
    };
    let fact = |key: &str| said.facts.get(key).map_or("nothing", String::as_str);
    let path = totals_path(contest);
    let place = format!("entry {}", said.index);
    if seen.waits || fact("counted") != fact("stations") {
        failures.at(Point::Certified, &path, &place);
    }
    if let Some(whole) = seen.whole {
        let told = |counted: &dyn Display, stations: &dyn Display, digest: &str| {
            format!("{counted} sheets of {stations} stations, digest {digest}")
        };
        let computed = told(&whole.counted, &whole.stations, &seen.digest);
        let stated = told(&fact("counted"), &fact("stations"), fact("digest"));
        failures.compare(Point::Certified, &path, &place, (computed, stated));
    }
}
