//! Where more stations help most: one after the other to the building where it spares most voters
//! a wait beyond the limit.
//!
//! Always true here: integers, and of equal gains the building with the lower number first, so that
//! a plan can be computed again. The gain of each building is its own; nobody is sent elsewhere.

use rayon::prelude::*;
use sanduq_register::placement::queue::Day;
use sanduq_register::placement::queue::QueueRefusal;
use sanduq_register::placement::queue::waiting;
use std::collections::BinaryHeap;

/// A building with equal stations.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Building {
    /// The day of the whole building; the booths are those of one station.
    pub day: Day,
    /// Stations it has.
    pub stations: u32,
    /// Stations it can have.
    pub most_stations: u32,
}

/// Where stations were added.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Growth {
    /// Stations added to each building.
    pub added: Vec<u32>,
    /// Voters who would wait longer than the limit without these stations.
    pub late_before: u64,
    /// Buildings that could not serve everybody who is expected without these stations.
    pub refused_before: u64,
    /// Voters who wait longer than the limit in the end.
    pub late: u64,
    /// Buildings that still cannot serve everybody who is expected.
    pub refused: Vec<u32>,
    /// All voters who are expected.
    pub voters: u64,
}

impl Growth {
    /// Stations that were added.
    #[must_use]
    pub fn stations(&self) -> u64 {
        self.added.iter().map(|added| u64::from(*added)).sum()
    }
}

impl Building {
    fn voters(&self) -> u64 {
        self.day
            .arrivals
            .iter()
            .map(|count| u64::from(*count))
            .sum()
    }

    /// What is to be spared with so many stations: voters who are late; where not everybody can be
    /// served, everybody, and those once more who cannot. And whether it is so.
    fn burden(&self, stations: u32, limit_seconds: u32) -> (u64, bool) {
        let shared = |count: &u32| count.div_ceil(stations.max(1));
        let day = Day {
            arrivals: self.day.arrivals.iter().map(shared).collect(),
            booths: if stations == 0 { 0 } else { self.day.booths },
            ..self.day.clone()
        };
        match waiting(&day, limit_seconds) {
            Ok(waiting) => (
                (waiting.late * u64::from(stations)).min(self.voters()),
                false,
            ),
            Err(QueueRefusal::TooFewBooths { expected, possible }) => {
                let over = (expected - possible) * u64::from(stations);
                (self.voters() + over, true)
            }
            Err(QueueRefusal::NoBooth | QueueRefusal::NoTime) => (2 * self.voters(), true),
        }
    }
}

/// A building with what one more station would spare.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Offer {
    gain: u64,
    /// Negative, so that the lower number comes first.
    building: std::cmp::Reverse<u32>,
    burden: (u64, bool),
}

/// Adds at most `most` stations, until every building can serve everybody that can be made to, and
/// at most `late_per_mille` of a thousand voters wait longer than the limit in the others.
#[must_use]
pub fn add_stations(
    buildings: &[Building],
    most: u32,
    limit_seconds: u32,
    late_per_mille: u64,
) -> Growth {
    let all: Vec<((u64, bool), (u64, bool))> = buildings
        .par_iter()
        .map(|one| {
            let now = one.burden(one.stations, limit_seconds);
            (now, next(one, one.stations, now, limit_seconds))
        })
        .collect();
    let mut burdens: Vec<(u64, bool)> = all.iter().map(|(now, _)| *now).collect();
    let mut offers: BinaryHeap<Offer> = BinaryHeap::new();
    for ((now, then), number) in all.into_iter().zip(0..) {
        offers.push(offer(number, now, then));
    }
    let voters = buildings.iter().map(Building::voters).sum();
    let mut growth = Growth {
        added: vec![0; buildings.len()],
        voters,
        late_before: late_of(buildings, &burdens),
        refused_before: burdens.iter().filter(|one| one.1).count() as u64,
        ..Growth::default()
    };
    let served = |burden: &(u64, bool)| if burden.1 { 0 } else { burden.0 };
    let mut late: u64 = burdens.iter().map(served).sum();
    let mut left = most;
    while left > 0 {
        let Some(best) = offers.pop().filter(|best| best.gain > 0) else {
            break;
        };
        let at = best.building.0 as usize;
        let before = burdens[at];
        if !before.1 && late * 1000 <= voters * late_per_mille {
            break;
        }
        late = late + served(&best.burden) - served(&before);
        burdens[at] = best.burden;
        growth.added[at] += 1;
        left -= 1;
        let stations = buildings[at].stations + growth.added[at];
        let then = next(&buildings[at], stations, best.burden, limit_seconds);
        offers.push(offer(best.building.0, best.burden, then));
    }
    let numbered = burdens.iter().zip(0..);
    growth.refused = numbered
        .filter(|(one, _)| one.1)
        .map(|(_, at)| at)
        .collect();
    growth.late = late_of(buildings, &burdens);
    growth
}

/// Voters who wait longer than the limit; where not everybody can be served, everybody.
fn late_of(buildings: &[Building], burdens: &[(u64, bool)]) -> u64 {
    let late = burdens.iter().zip(buildings);
    late.map(|(one, building)| one.0.min(building.voters()))
        .sum()
}

/// The burden with one station more; the same where there can be no more.
fn next(building: &Building, stations: u32, now: (u64, bool), limit_seconds: u32) -> (u64, bool) {
    if stations >= building.most_stations || now.0 == 0 {
        now
    } else {
        building.burden(stations + 1, limit_seconds)
    }
}

fn offer(building: u32, now: (u64, bool), then: (u64, bool)) -> Offer {
    Offer {
        gain: now.0.saturating_sub(then.0),
        building: std::cmp::Reverse(building),
        burden: then,
    }
}

#[cfg(test)]
mod tests {
    use super::Building;
    use super::add_stations;
    use sanduq_register::placement::queue::Day;

    fn building(each_hour: u32, stations: u32, most_stations: u32) -> Building {
        Building {
            day: Day {
                arrivals: vec![each_hour; 10],
                booths: 2,
                seconds_per_voter: 120,
                variation_percent: 100,
            },
            stations,
            most_stations,
        }
    }

    #[test]
    fn stations_go_where_people_wait() {
        // A station serves sixty an hour.
        let buildings = [
            building(30, 1, 9),
            building(110, 1, 9),
            building(59, 1, 9),
            building(230, 2, 3),
            building(300, 3, 9),
        ];
        let growth = add_stations(&buildings, 100, 1800, 50);
        // The second needs a second station, the fifth three more; there is no room for a fifth
        // station in the fourth, where 230 an hour come, and a third still helps.
        assert_eq!(growth.refused, [3], "{growth:?}");
        assert_eq!(growth.refused_before, 3, "{growth:?}");
        assert_eq!(
            growth.late_before,
            add_stations(&buildings, 0, 1800, 50).late
        );
        assert_eq!(growth.added[0], 0, "{growth:?}");
        assert_eq!(growth.added[1], 1, "{growth:?}");
        assert_eq!(growth.added[3], 1, "{growth:?}");
        assert_eq!(growth.added[4], 3, "{growth:?}");
        let late: u64 = growth.late - 2300;
        assert!(late * 20 <= growth.voters, "{growth:?}");
        // With fewer to give, those who cannot be served come first.
        let few = add_stations(&buildings, 1, 1800, 50);
        assert_eq!(few.stations(), 1);
        assert_eq!(few.added[2], 0);
        // Nobody waits: nothing is added.
        let calm = add_stations(&buildings[..1], 100, 1800, 50);
        assert_eq!((calm.stations(), calm.late), (0, 0));
    }
}
