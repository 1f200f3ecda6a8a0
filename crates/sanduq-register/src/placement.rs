//! Placing the voters of a polling centre in its stations: as few stations as the legal maximum
//! allows, filled evenly, in the order of the roll. Nobody is left over and no station exceeds the
//! maximum, for any number (INV-10, INV-11).

pub mod policy;
pub mod station;
pub mod queue;

pub use sanduq_core::place;

use sanduq_core::refusal::Refusal;

/// Why voters cannot be placed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlacementRefusal {
    /// The law's maximum is zero.
    NoCapacity,
    /// The stations of the centre cannot hold its voters within the maximum.
    OverCapacity {
        /// Voters of the centre.
        voters: u64,
        /// Stations it has.
        stations: u32,
    },
}

impl Refusal for PlacementRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::NoCapacity => "placement.no_capacity",
            Self::OverCapacity { .. } => "placement.over_capacity",
        }
    }
}

impl core::fmt::Display for PlacementRefusal {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::NoCapacity => f.write_str("the legal maximum of a station is zero"),
            Self::OverCapacity { voters, stations } => {
                write!(
                    f,
                    "{voters} voters exceed the legal maximum of {stations} stations"
                )
            }
        }
    }
}

impl core::error::Error for PlacementRefusal {}

/// Voters for each of the `stations` of a centre with `voters`: sizes differ by at most one, the
/// larger first.
///
/// # Errors
/// [`PlacementRefusal`] when they do not fit.
pub fn sizes(voters: u64, stations: u32, maximum: u32) -> Result<Vec<u32>, PlacementRefusal> {
    if maximum == 0 {
        return Err(PlacementRefusal::NoCapacity);
    }
    if voters > u64::from(stations) * u64::from(maximum) {
        return Err(PlacementRefusal::OverCapacity { voters, stations });
    }
    let count = u64::from(stations).max(1);
    let (each, extra) = (voters / count, voters % count);
    let size = |i: u64| u32::try_from(each + u64::from(i < extra)).unwrap_or(u32::MAX);
    Ok((0..u64::from(stations)).map(size).collect())
}

/// The fewest stations that hold `voters`; a centre keeps at least one.
///
/// # Errors
/// [`PlacementRefusal::NoCapacity`] when the maximum is zero.
pub fn stations_needed(voters: u64, maximum: u32) -> Result<u64, PlacementRefusal> {
    if maximum == 0 {
        return Err(PlacementRefusal::NoCapacity);
    }
    Ok(voters.div_ceil(u64::from(maximum)).max(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_station_exceeds_the_maximum_and_nobody_is_left_over() {
        for maximum in [1, 2, 7, 800] {
            for voters in 0..=50 {
                let needed = stations_needed(voters, maximum).unwrap();
                let stations = u32::try_from(needed).unwrap();
                let sizes = sizes(voters, stations, maximum).unwrap();
                assert_eq!(sizes.iter().map(|n| u64::from(*n)).sum::<u64>(), voters);
                assert!(sizes.iter().all(|n| *n <= maximum));
                let spread = sizes.iter().max().unwrap() - sizes.iter().min().unwrap();
                assert!(spread <= 1, "{sizes:?}");
            }
        }
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        assert_eq!(sizes(5, 2, 0), Err(PlacementRefusal::NoCapacity));
        assert_eq!(
            sizes(5, 2, 2),
            Err(PlacementRefusal::OverCapacity {
                voters: 5,
                stations: 2
            })
        );
        assert_eq!(sizes(4, 2, 2), Ok(vec![2, 2]));
    }
}
