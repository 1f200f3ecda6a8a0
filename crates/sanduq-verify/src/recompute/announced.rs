//! What the journal says of results, against what follows from the sheets: how many seats were
//! allotted (INV-43), and how many sheets of how many stations were certified. Always true here:
//! an act is held against the sheets only while none of its contest has changed since; after that
//! it speaks of an earlier state, and the published figures speak for themselves.

use crate::recompute::acts::Acts;
use crate::recompute::acts::ResultAct;
use crate::recompute::point::Failures;
use crate::recompute::point::Point;
use crate::recompute::totals::Sum;
use sanduq_core::act::Organ;
use sanduq_count::publication::PublicContest;
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

/// A certificate says how many sheets of how many stations count, and two persons of the two
/// organs have signed it (TP-09).
pub fn certified(entry: &PublicContest, whole: Option<&Sum>, acts: &Acts, failures: &mut Failures) {
    let contest = &entry.contest.code;
    let Some(said) = acts.certified.get(contest.as_str()) else {
        return;
    };
    let fact = |key: &str| said.facts.get(key).map_or("nothing", String::as_str);
    let (path, place) = (
        format!("totals/{contest}.json"),
        format!("entry {}", said.index),
    );
    let alone = fact("proposer") == said.person || fact("proposer") == "nothing";
    if !entry.released || alone || fact("proposing_organ") != Organ::Executive.code() {
        failures.at(Point::Certified, &path, &place);
    }
    if let Some(whole) = whole.filter(|_| !is_past(acts, contest.as_str(), said)) {
        let told = |counted: &dyn core::fmt::Display, stations: &dyn core::fmt::Display| {
            format!("{counted} sheets of {stations} stations")
        };
        let computed = told(&whole.counted, &whole.stations);
        let stated = told(&fact("counted"), &fact("stations"));
        failures.compare(Point::Certified, &path, &place, (computed, stated));
    }
}
