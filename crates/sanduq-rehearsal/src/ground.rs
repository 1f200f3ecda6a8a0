//! The placement: every voter of the roll in a station of the own constituency, by the engine of
//! [`sanduq_placement`], under the law of the jurisdiction.
//!
//! Always true here: what is placed is the roll, voter by voter in its order, with the homes of the
//! agency's file; a voter without a home stops the placement; where a station may not stand, the
//! engine says so before anybody is placed.

use crate::chance::Chance;
use crate::error::RehearsalError;
use crate::homes::Home;
use crate::homes::middles;
use crate::nation::Nation;
use sanduq_core::id::UnitCode;
use sanduq_core::place::Place;
use sanduq_placement::blocks::Voter;
use sanduq_placement::nation::Companion;
use sanduq_placement::nation::Placement;
use sanduq_placement::nation::place_nation;
use sanduq_register::placement::policy::Policy;
use sanduq_register::placement::station::Admits;
use sanduq_register::placement::station::Class;
use sanduq_register::placement::station::Law;
use sanduq_register::placement::station::Sex;
use sanduq_register::placement::station::Station;
use sanduq_register::placement::station::StationRefusal;
use sanduq_register::register::ElectorKey;
use std::collections::HashMap;

/// What the law of the jurisdiction says of placing.
pub struct Placing {
    /// Where a voter may vote.
    pub policy: Policy,
    /// Whether women and men vote in stations of their own.
    pub separates_sexes: bool,
    /// Whether a place lies in the country.
    pub in_country: Box<dyn Fn(Place) -> bool + Send + Sync>,
}

/// One centre in so many has steps; never the first of a constituency.
const STEPS_ONE_IN: u64 = 4;

/// The stations of a nation as the engine is told of them.
#[derive(Clone)]
pub struct Ground {
    /// The law.
    pub law: Law,
    /// A row for each building, or two where the law has women and men apart.
    pub rows: Vec<Station>,
    /// The codes of the stations of each row.
    pub stations: Vec<Vec<UnitCode>>,
    /// Each constituency by its place in the list of them.
    pub districts: HashMap<UnitCode, u16>,
}

impl Ground {
    /// The stations of a nation under a law.
    #[must_use]
    pub fn new(nation: &Nation, law: Law, seed: u64) -> Self {
        let mut chance = Chance::new(seed, "steps");
        let mut ground = Self {
            law,
            rows: Vec::new(),
            stations: Vec::new(),
            districts: HashMap::new(),
        };
        for (centre, (north, east)) in nation.centres.iter().zip(middles(nation)) {
            let next = u16::try_from(ground.districts.len()).unwrap_or(u16::MAX);
            let known = ground.districts.get(&centre.constituency).copied();
            let district = known.unwrap_or(next);
            ground
                .districts
                .insert(centre.constituency.clone(), district);
            let has_steps = chance.once_in(STEPS_ONE_IN) && known.is_some();
            let place = Place::new(north, east).unwrap_or_default();
            let (women, men) = centre.stations.split_at(centre.stations.len() / 2);
            // A centre of one station has a line for women and one for men.
            let parts = match law.separates_sexes && !women.is_empty() {
                true => vec![(Admits::Women, women), (Admits::Men, men)],
                false => vec![(Admits::Everybody, &centre.stations[..])],
            };
            for (admits, stations) in parts {
                ground.rows.push(Station {
                    row: ground.rows.len() + 1,
                    district: u32::from(district),
                    place,
                    stations: u32::try_from(stations.len()).unwrap_or(u32::MAX),
                    building_maximum: None,
                    admits,
                    step_free: !has_steps,
                });
                ground.stations.push(stations.to_vec());
            }
        }
        ground
    }

    /// What the engine asks of somebody who lives here.
    #[must_use]
    pub fn voter(&self, home: &Home, district: u16) -> Voter {
        let sex = if home.woman { Sex::Female } else { Sex::Male };
        Voter {
            place: home.place,
            household: home.household,
            district,
            class: Class::new(self.law, sex, home.step_free),
        }
    }

    /// The code of a station by its row and its number there, both from 0.
    #[must_use]
    pub fn station(&self, row: u32, room: u16) -> &UnitCode {
        &self.stations[row as usize][usize::from(room)]
    }

    /// Places voters, as the engine does; `done` is told how many voters a constituency has that is
    /// placed, by any thread.
    ///
    /// # Errors
    /// The first that the engine refuses.
    pub fn place(
        &self,
        voters: &[Voter],
        in_country: impl Fn(Place) -> bool,
        done: &(dyn Fn(u64) + Sync),
    ) -> Result<Placement, RehearsalError> {
        let districts = u16::try_from(self.districts.len()).unwrap_or(u16::MAX);
        let companion = Companion {
            roads: None,
            kept: &|_| None,
            done: &|_, (summary, _), _| done(summary.voters),
        };
        let placed = place_nation(
            self.law, &self.rows, districts, voters, in_country, companion,
        );
        placed.map_err(|refused| {
            let first = refused.first().unwrap_or(&StationRefusal::NoMaximum);
            RehearsalError::refused(first)
        })
    }
}

/// The roll as the engine is told of it, voter by voter in the order of keys.
#[derive(Default)]
pub struct Roll {
    /// Who.
    pub electors: Vec<ElectorKey>,
    /// What matters of them.
    pub voters: Vec<Voter>,
    /// How many homes were passed.
    passed: usize,
}

impl Roll {
    /// The next voter, whose home is the next of the file that has this key.
    ///
    /// # Errors
    /// [`RehearsalError::Data`] for a voter without a home, or of a constituency that is none.
    pub fn add(
        &mut self,
        (elector, constituency): (ElectorKey, &UnitCode),
        ground: &Ground,
        homes: &[Home],
    ) -> Result<(), RehearsalError> {
        let ahead = homes[self.passed..].iter();
        self.passed += ahead.take_while(|home| home.elector < elector).count();
        let home = homes.get(self.passed);
        let home = home.filter(|home| home.elector == elector);
        let district = ground.districts.get(constituency);
        let (Some(home), Some(district)) = (home, district) else {
            let why = format!("a voter of {constituency} has no home");
            return Err(RehearsalError::Data(why));
        };
        self.electors.push(elector);
        self.voters.push(ground.voter(home, *district));
        Ok(())
    }
}

/// What a placement costs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Price {
    /// Metres that all go together, from the middle of their block.
    pub cost_metres: u64,
    /// No placement of these blocks costs less.
    pub bound_metres: u64,
}

impl Price {
    /// The price of all constituencies together.
    #[must_use]
    pub fn of(placement: &Placement) -> Self {
        let sum = |of: fn(&sanduq_placement::nation::Summary) -> i64| {
            let all = placement.districts.iter().map(of);
            u64::try_from(all.sum::<i64>()).unwrap_or(0)
        };
        Self {
            cost_metres: sum(|district| district.cost_metres),
            bound_metres: sum(|district| district.bound_metres),
        }
    }

    /// Cost over bound, as `1.0000`, rounded up.
    #[must_use]
    pub fn ratio(&self) -> String {
        ratio(self.cost_metres, self.bound_metres)
    }
}

/// One number over another with four digits behind the point, rounded up, so that what is above
/// never reads as equal; one over nothing is one.
#[must_use]
pub fn ratio(cost: u64, bound: u64) -> String {
    let parts = u128::from(cost) * 10_000;
    let parts = match bound {
        0 => 10_000,
        bound => parts.div_ceil(u128::from(bound)),
    };
    format!("{}.{:04}", parts / 10_000, parts % 10_000)
}

#[cfg(test)]
mod tests;
