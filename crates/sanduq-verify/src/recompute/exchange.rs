//! The exchange format, read the way a stranger's program reads it: its counts must be the sums of
//! the published sheets, and its references must lead somewhere.

use crate::recompute::point::Failures;
use crate::recompute::point::Point;
use crate::recompute::totals::Sums;
use sanduq_core::id::UnitCode;
use sanduq_count::publication::PublicContest;
use sanduq_count::publication::exchange_path;
use serde::Deserialize;
use std::collections::BTreeSet;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Report {
    gp_unit: Vec<Unit>,
    election: Vec<Election>,
}

#[derive(Deserialize)]
struct Unit {
    #[serde(rename = "@id")]
    id: String,
    #[serde(default, rename = "SubUnitsReported")]
    counted: Option<u64>,
    #[serde(default, rename = "TotalSubUnits")]
    stations: Option<u64>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Election {
    contest: Vec<Contest>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Contest {
    contest_selection: Vec<Selection>,
}

#[derive(Deserialize)]
struct Selection {
    #[serde(rename = "@id")]
    id: String,
    #[serde(default, rename = "VoteCounts")]
    counts: Vec<Count>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Count {
    count: u64,
    gp_unit_id: String,
    r#type: String,
}

/// Compares the report of a contest with the sums and says how many counts those were.
pub fn check(bytes: &[u8], entry: &PublicContest, sums: &Sums, failures: &mut Failures) -> u64 {
    let path = exchange_path(&entry.contest.code);
    let report: Report = match serde_json::from_slice(bytes) {
        Ok(report) => report,
        Err(why) => {
            failures.at(Point::ExchangeReference, &path, &why.to_string());
            return 0;
        }
    };
    let units: BTreeSet<&str> = report.gp_unit.iter().map(|unit| unit.id.as_str()).collect();
    for unit in &report.gp_unit {
        let coverage = code(&unit.id).and_then(|code| sums.unit(&code));
        let computed = coverage.map(|sum| (sum.counted, sum.stations));
        let stated = unit.counted.zip(unit.stations);
        if computed != stated {
            failures.at(
                Point::ExchangeCount,
                &path,
                &format!("{}, sub-units", unit.id),
            );
        }
    }
    let mut compared = 0;
    let contests = report
        .election
        .iter()
        .flat_map(|election| &election.contest);
    for selection in contests.flat_map(|contest| &contest.contest_selection) {
        compared += counts(selection, entry, (sums, &units), (&path, failures));
    }
    compared
}

fn counts(
    selection: &Selection,
    entry: &PublicContest,
    (sums, units): (&Sums, &BTreeSet<&str>),
    (path, failures): (&str, &mut Failures),
) -> u64 {
    let prefix = format!("choice-{}-", entry.contest.code);
    let choice = selection.id.strip_prefix(&prefix).unwrap_or_default();
    let mut compared = 0;
    for count in &selection.counts {
        let place = format!("{} in {}", selection.id, count.gp_unit_id);
        if !units.contains(count.gp_unit_id.as_str()) {
            failures.at(Point::ExchangeReference, path, &place);
        }
        if count.r#type != "total" {
            continue;
        }
        compared += 1;
        let computed = code(&count.gp_unit_id).and_then(|unit| sums.choice(&unit, &choice));
        if computed != Some(u128::from(count.count)) {
            let computed = computed.map_or("nothing".to_owned(), |votes| votes.to_string());
            let sides = (&computed as _, &count.count as _);
            failures.differs(Point::ExchangeCount, path, &place, sides);
        }
    }
    compared
}

/// The unit that an id of the file names.
fn code(id: &str) -> Option<UnitCode> {
    UnitCode::new(id.strip_prefix("unit-")?).ok()
}
