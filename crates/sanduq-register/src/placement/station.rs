//! Whom a station may take and how many: sex where the law separates, access without steps where a
//! voter needs it, the legal maximum.
//!
//! Always true here: what does not fit is refused before anybody is placed, with the row it stands
//! in, and no capacity exceeds the law's maximum.

use super::place::Place;
use sanduq_core::refusal::Refusal;

/// What the law says of stations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Law {
    /// The most voters that one station may have.
    pub maximum: u32,
    /// Whether women and men vote in stations of their own.
    pub separates_sexes: bool,
}

/// Whom a station is for, where the law separates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Admits {
    /// Women and men.
    Everybody,
    /// Women alone.
    Women,
    /// Men alone.
    Men,
}

/// A station, or the stations of one building, as a file tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Station {
    /// The row of the file, from 1.
    pub row: usize,
    /// The district whose voters it takes, by its place in the list of districts.
    pub district: u32,
    /// Where it is.
    pub place: Place,
    /// How many stations there are in the building.
    pub stations: u32,
    /// The most voters the building can have, where that is less than the law allows.
    pub building_maximum: Option<u32>,
    /// Whom it is for.
    pub admits: Admits,
    /// Whether it can be reached without steps.
    pub step_free: bool,
}

/// Voters who may go to the same stations: sex where the law separates, and need.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Class(u8);

/// How many classes there are.
pub const CLASSES: u8 = 6;

impl Class {
    /// The class of a voter.
    #[must_use]
    pub const fn new(law: Law, sex: Sex, needs_step_free: bool) -> Self {
        let sex = match (law.separates_sexes, sex) {
            (false, _) => 0,
            (true, Sex::Female) => 1,
            (true, Sex::Male) => 2,
        };
        Self(if needs_step_free { sex + 3 } else { sex })
    }

    /// Whether it needs a station without steps.
    #[must_use]
    pub const fn is_step_free(self) -> bool {
        self.0 >= 3
    }

    /// The class of the same sex that needs a station without steps.
    #[must_use]
    pub const fn step_free(self) -> Self {
        if self.is_step_free() {
            self
        } else {
            Self(self.0 + 3)
        }
    }

    /// Its number, below [`CLASSES`].
    #[must_use]
    pub const fn number(self) -> u8 {
        self.0
    }
}

/// Sex as the roll states it: where the law separates, the roll has to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sex {
    /// Female.
    Female,
    /// Male.
    Male,
}

impl Station {
    /// The most voters it may have: by the law, and by the building.
    #[must_use]
    pub fn capacity(&self, law: Law) -> u32 {
        let legal = self.stations.saturating_mul(law.maximum);
        legal.min(self.building_maximum.unwrap_or(u32::MAX))
    }

    /// The classes it may take, a bit each by [`Class::number`]. Where the law does not separate,
    /// every station is for everybody.
    #[must_use]
    pub const fn serves(&self, law: Law) -> u8 {
        let sexes = match (law.separates_sexes, self.admits) {
            (false, _) | (true, Admits::Everybody) => 0b111,
            (true, Admits::Women) => 0b010,
            (true, Admits::Men) => 0b100,
        };
        if self.step_free {
            sexes | sexes << 3
        } else {
            sexes
        }
    }
}

/// Why stations cannot take the voters of a district.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StationRefusal {
    /// The law's maximum is zero.
    NoMaximum,
    /// A station can have nobody.
    NoCapacity {
        /// Its row.
        row: usize,
    },
    /// A station does not lie in the country.
    OutsideCountry {
        /// Its row.
        row: usize,
    },
    /// A station belongs to a district that is not in the list.
    UnknownDistrict {
        /// Its row.
        row: usize,
    },
    /// A district with voters has no station.
    NoStations {
        /// The district.
        district: u32,
        /// Its voters.
        voters: u64,
    },
    /// Voters of a district who can go to some of its stations only are more than these can have.
    TooFewPlaces {
        /// The district.
        district: u32,
        /// The classes of these voters, a bit each.
        classes: u8,
        /// How many they are.
        voters: u64,
        /// What their stations can have.
        places: u64,
    },
    /// By the roads that are given, voters of a district reach no station that has room.
    NoWay {
        /// The district.
        district: u32,
        /// How many they are.
        voters: u64,
    },
}

impl Refusal for StationRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::NoMaximum => "placement.no_maximum",
            Self::NoCapacity { .. } => "placement.station_without_capacity",
            Self::OutsideCountry { .. } => "placement.outside_country",
            Self::UnknownDistrict { .. } => "placement.unknown_district",
            Self::NoStations { .. } => "placement.district_without_stations",
            Self::TooFewPlaces { .. } => "placement.too_few_places",
            Self::NoWay { .. } => "placement.no_way",
        }
    }
}

impl core::fmt::Display for StationRefusal {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::NoMaximum => f.write_str("the legal maximum of a station is zero"),
            Self::NoCapacity { row } => write!(f, "row {row}: the station can have no voter"),
            Self::OutsideCountry { row } => {
                write!(f, "row {row}: the station does not lie in the country")
            }
            Self::UnknownDistrict { row } => {
                write!(f, "row {row}: the station's district is not in the list")
            }
            Self::NoStations { district, voters } => {
                write!(f, "district {district}: {voters} voters and no station")
            }
            Self::TooFewPlaces {
                district,
                voters,
                places,
                ..
            } => write!(
                f,
                "district {district}: {voters} voters for stations with {places} places"
            ),
            Self::NoWay { district, voters } => write!(
                f,
                "district {district}: by the roads that are given {voters} voters reach no station \
                 with room"
            ),
        }
    }
}

impl core::error::Error for StationRefusal {}

/// Voters of a district by class.
pub type Demand = [u64; CLASSES as usize];

/// Whether stations can take the voters of all districts. Rows are asked first, in their order:
/// while a row is wrong, what is said of its district would be wrong too.
///
/// # Errors
/// Every row and every district that is refused, in order.
pub fn check(
    law: Law,
    stations: &[Station],
    demand: &[Demand],
    in_country: impl Fn(Place) -> bool,
) -> Result<(), Vec<StationRefusal>> {
    if law.maximum == 0 {
        return Err(vec![StationRefusal::NoMaximum]);
    }
    let mut refused = Vec::new();
    for station in stations {
        let row = station.row;
        if station.district as usize >= demand.len() {
            refused.push(StationRefusal::UnknownDistrict { row });
        } else if !in_country(station.place) {
            refused.push(StationRefusal::OutsideCountry { row });
        } else if station.capacity(law) == 0 {
            refused.push(StationRefusal::NoCapacity { row });
        }
    }
    if refused.is_empty() {
        let mut places = vec![[0; 1 << CLASSES]; demand.len()];
        for station in stations {
            let kinds = &mut places[station.district as usize];
            kinds[usize::from(station.serves(law))] += u64::from(station.capacity(law));
        }
        for ((district, demand), kinds) in (0..).zip(demand).zip(&places) {
            refused.extend(district_refusal(district, demand, kinds));
        }
    }
    if refused.is_empty() {
        Ok(())
    } else {
        Err(refused)
    }
}

/// Any set of classes needs the places of the stations that take one of them (Hall): as many sets
/// as there are, the smallest number first.
fn district_refusal(
    district: u32,
    demand: &Demand,
    kinds: &[u64; 1 << CLASSES],
) -> Option<StationRefusal> {
    let voters: u64 = demand.iter().sum();
    if voters > 0 && kinds.iter().all(|places| *places == 0) {
        return Some(StationRefusal::NoStations { district, voters });
    }
    (1..1_u8 << CLASSES).find_map(|classes| {
        let of = (0..CLASSES).filter(|class| classes >> class & 1 == 1);
        let voters: u64 = of.map(|class| demand[usize::from(class)]).sum();
        let taking = (0..=u8::MAX)
            .zip(kinds)
            .filter(|(serves, _)| serves & classes != 0);
        let places: u64 = taking.map(|(_, places)| places).sum();
        (voters > places).then_some(StationRefusal::TooFewPlaces {
            district,
            classes,
            voters,
            places,
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const LAW: Law = Law {
        maximum: 100,
        separates_sexes: true,
    };

    fn station(row: usize) -> Station {
        Station {
            row,
            district: 0,
            place: Place::default(),
            stations: 2,
            building_maximum: None,
            admits: Admits::Everybody,
            step_free: false,
        }
    }

    /// A station that differs from the usual one.
    fn other(row: usize, change: impl FnOnce(&mut Station)) -> Station {
        let mut station = station(row);
        change(&mut station);
        station
    }

    /// What is said of these stations and this demand.
    fn said(stations: &[Station], demand: Demand) -> String {
        let near = |place: Place| place.latitude_microdegrees() < 10_000_000;
        let found = check(LAW, stations, &[demand], near);
        let said = found.err().into_iter().flatten();
        said.map(|refusal| refusal.to_string())
            .collect::<Vec<_>>()
            .join("; ")
    }

    #[test]
    fn rows_are_refused_by_name() {
        let far = Place::new(50_000_000, 0).unwrap();
        for (station, expected) in [
            (station(1), ""),
            (
                other(7, |one| one.stations = 0),
                "row 7: the station can have no voter",
            ),
            (
                other(3, |one| one.place = far),
                "row 3: the station does not lie in the country",
            ),
            (
                other(4, |one| one.district = 1),
                "row 4: the station's district is not in the list",
            ),
        ] {
            assert_eq!(said(&[station], [0; 6]), expected);
        }
        let both = [
            other(1, |one| one.stations = 0),
            other(2, |one| one.place = far),
        ];
        assert!(
            said(&both, [0, 900, 0, 0, 0, 0])
                .ends_with("row 2: the station does not lie in the country")
        );
        let nothing = Law { maximum: 0, ..LAW };
        assert_eq!(
            check(nothing, &[], &[], |_| true),
            Err(vec![StationRefusal::NoMaximum])
        );
    }

    #[test]
    fn more_voters_than_places_are_refused_by_class() {
        let men = other(1, |one| one.admits = Admits::Men);
        let women = other(2, |one| {
            one.admits = Admits::Women;
            one.stations = 1;
        });
        let building = other(1, |one| one.building_maximum = Some(150));
        for (stations, demand, expected) in [
            (vec![station(1)], [0, 100, 100, 0, 0, 0], ""),
            (
                vec![station(1)],
                [0, 100, 101, 0, 0, 0],
                "district 0: 201 voters for stations with 200 places",
            ),
            (
                vec![station(1)],
                [0, 10, 10, 0, 1, 0],
                "district 0: 1 voters for stations with 0 places",
            ),
            (
                vec![men, women],
                [0, 101, 1, 0, 0, 0],
                "district 0: 101 voters for stations with 100 places",
            ),
            (
                vec![building],
                [0, 151, 0, 0, 0, 0],
                "district 0: 151 voters for stations with 150 places",
            ),
            (
                vec![],
                [0, 5, 0, 0, 0, 0],
                "district 0: 5 voters and no station",
            ),
        ] {
            assert_eq!(said(&stations, demand), expected);
        }
    }

    #[test]
    fn a_station_serves_the_classes_it_is_for() {
        let together = Law {
            separates_sexes: false,
            ..LAW
        };
        for (law, sex, need, admits, step_free, expected) in [
            (LAW, Sex::Female, false, Admits::Women, false, true),
            (LAW, Sex::Female, false, Admits::Men, true, false),
            (LAW, Sex::Male, true, Admits::Men, false, false),
            (LAW, Sex::Male, true, Admits::Men, true, true),
            (LAW, Sex::Male, true, Admits::Everybody, true, true),
            (together, Sex::Male, false, Admits::Everybody, false, true),
            (together, Sex::Female, true, Admits::Everybody, false, false),
        ] {
            let station = Station {
                admits,
                step_free,
                ..station(1)
            };
            let class = Class::new(law, sex, need).number();
            assert!(class < CLASSES);
            let serves = station.serves(law) >> class & 1 == 1;
            assert_eq!(serves, expected, "{sex:?} {need} {admits:?}");
        }
    }
}
