//! The audit of a placement from scratch: of the lists that stations have and the homes that the
//! agency told, and of nothing that the engine said.
//!
//! Always true here: a rule that cannot be broken (everybody once, in the own constituency, where
//! one may vote, within the maximum) is counted voter by voter.

use crate::homes::Home;
use rayon::slice::ParallelSliceMut;
use sanduq_core::id::UnitCode;
use sanduq_register::placement::station::Law;
use sanduq_register::register::ElectorKey;
use std::collections::HashMap;

/// A station as the law knows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Known {
    /// Its constituency, by its place in the list.
    pub district: u16,
    /// Whether it may take women.
    pub women: bool,
    /// Whether it may take men.
    pub men: bool,
    /// Whether it can be reached without steps.
    pub step_free: bool,
}

/// What an audit found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Audited {
    /// Voters on the lists.
    pub voters: u64,
    /// Voters on the roll who are on no list, or on the lists and not on the roll.
    pub astray: u64,
    /// Voters on two lists.
    pub twice: u64,
    /// Stations with more voters than the maximum.
    pub over_capacity: u64,
    /// Voters on the list of another constituency.
    pub outside_district: u64,
    /// Voters at a station that may not take them.
    pub not_admitted: u64,
    /// Voters who cannot climb the steps of their station.
    pub needs_not_met: u64,
    /// Households; where the law separates, one for its women and one for its men.
    pub households: u64,
    /// Households with more than one station.
    pub divided: u64,
}

impl Audited {
    /// Whether no rule is broken that cannot be.
    #[must_use]
    pub const fn is_sound(&self) -> bool {
        let broken = self.astray
            + self.twice
            + self.over_capacity
            + self.outside_district
            + self.not_admitted
            + self.needs_not_met;
        broken == 0
    }

    /// Households that stay together, in millionths, rounded down.
    #[must_use]
    pub fn together_per_million(&self) -> u64 {
        let together = self.households - self.divided;
        (together * 1_000_000)
            .checked_div(self.households)
            .unwrap_or(1_000_000)
    }
}

/// Audits the lists of all stations, each by its code; `homes` by ascending key, `registered`
/// voters on the frozen roll.
#[must_use]
pub fn audit<'a>(
    law: Law,
    known: &HashMap<UnitCode, Known>,
    lists: impl Iterator<Item = (&'a UnitCode, &'a [ElectorKey])>,
    homes: &[Home],
    registered: u64,
) -> Audited {
    let mut found = Audited::default();
    let mut seen = vec![false; homes.len()];
    // For each voter the household, in halves where the law separates, and the station.
    let mut living: Vec<(u64, u32)> = Vec::new();
    for (number, (code, list)) in (0..).zip(lists) {
        found.voters += list.len() as u64;
        found.over_capacity += u64::from(list.len() as u64 > u64::from(law.maximum));
        let Some(station) = known.get(code) else {
            found.astray += list.len() as u64;
            continue;
        };
        for elector in list {
            let Ok(at) = homes.binary_search_by_key(elector, |home| home.elector) else {
                found.astray += 1;
                continue;
            };
            let home = &homes[at];
            found.twice += u64::from(core::mem::replace(&mut seen[at], true));
            found.outside_district += u64::from(home.district != station.district);
            let admitted = if home.woman {
                station.women
            } else {
                station.men
            };
            found.not_admitted += u64::from(law.separates_sexes && !admitted);
            found.needs_not_met += u64::from(home.step_free && !station.step_free);
            let half = u64::from(law.separates_sexes && home.woman);
            living.push((u64::from(home.household) * 2 + half, number));
        }
    }
    found.astray += registered.abs_diff(found.voters);
    living.par_sort_unstable();
    for household in living.chunk_by(|one, other| one.0 == other.0) {
        found.households += 1;
        let first = household[0].1;
        found.divided += u64::from(household.iter().any(|(_, station)| *station != first));
    }
    found
}
