//! Where a voter may vote, by the law of the event: at one station, at any of the constituency, at
//! any of the country, or from afar.

use sanduq_core::refusal::Refusal;

/// The policy that an event's law chooses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Policy {
    /// At the station that the voter was placed in.
    Assigned,
    /// At any station of the voter's constituency.
    AnyInConstituency,
    /// At any station of the country.
    AnyInCountry,
    /// From afar: no station hands out a ballot paper.
    Remote,
}

/// Every policy.
pub const ALL: [Policy; 4] = [
    Policy::Assigned,
    Policy::AnyInConstituency,
    Policy::AnyInCountry,
    Policy::Remote,
];

impl Policy {
    /// The word of the law's file.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Assigned => "ASSIGNED",
            Self::AnyInConstituency => "ANY_IN_CONSTITUENCY",
            Self::AnyInCountry => "ANY_IN_COUNTRY",
            Self::Remote => "REMOTE",
        }
    }

    /// The policy of a word of the law's file.
    #[must_use]
    pub fn read(word: &str) -> Option<Self> {
        ALL.into_iter().find(|policy| policy.word() == word)
    }

    /// Whether voters have to be placed before the day.
    #[must_use]
    pub const fn places_voters(self) -> bool {
        matches!(self, Self::Assigned)
    }
}

/// Where a voter belongs, by numbers of the event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Belonging {
    /// The station the voter was placed in, where voters are placed.
    pub station: Option<u32>,
    /// The voter's constituency.
    pub constituency: u32,
}

/// A station where a voter stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Here {
    /// Its number.
    pub station: u32,
    /// Its constituency.
    pub constituency: u32,
}

/// Why a voter may not vote at a station.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotHere {
    /// Nobody votes at a station: the voters of this event vote from afar.
    FromAfar,
    /// The voter has not been placed: a fault of the preparation, for the help line.
    NotPlaced,
    /// The voter was placed in another station.
    AnotherStation {
        /// That station.
        station: u32,
    },
    /// The voter belongs to another constituency.
    AnotherConstituency {
        /// That constituency.
        constituency: u32,
    },
}

impl Refusal for NotHere {
    fn code(&self) -> &'static str {
        match self {
            Self::FromAfar => "placement.from_afar",
            Self::NotPlaced => "placement.not_placed",
            Self::AnotherStation { .. } => "placement.another_station",
            Self::AnotherConstituency { .. } => "placement.another_constituency",
        }
    }
}

impl core::fmt::Display for NotHere {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::FromAfar => f.write_str("the voters of this event vote from afar"),
            Self::NotPlaced => f.write_str("the voter has not been placed in a station"),
            Self::AnotherStation { station } => {
                write!(f, "the voter was placed in station {station}")
            }
            Self::AnotherConstituency { constituency } => {
                write!(f, "the voter belongs to constituency {constituency}")
            }
        }
    }
}

impl core::error::Error for NotHere {}

/// Whether a voter may vote at a station. The constituency is asked first where both would answer:
/// a voter who is sent to the wrong town has to be told of the town.
///
/// # Errors
/// [`NotHere`], with where to go instead.
pub fn may_vote(policy: Policy, voter: Belonging, here: Here) -> Result<(), NotHere> {
    let constituency = voter.constituency;
    let elsewhere = constituency != here.constituency;
    match policy {
        Policy::Remote => Err(NotHere::FromAfar),
        Policy::AnyInCountry => Ok(()),
        Policy::Assigned | Policy::AnyInConstituency if elsewhere => {
            Err(NotHere::AnotherConstituency { constituency })
        }
        Policy::AnyInConstituency => Ok(()),
        Policy::Assigned => match voter.station {
            None => Err(NotHere::NotPlaced),
            Some(station) if station != here.station => Err(NotHere::AnotherStation { station }),
            Some(_) => Ok(()),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_policy_opens_its_stations() {
        let placed = Belonging {
            station: Some(7),
            constituency: 1,
        };
        let lost = Belonging {
            station: None,
            ..placed
        };
        let own = Here {
            station: 7,
            constituency: 1,
        };
        let near = Here { station: 8, ..own };
        let far = Here {
            station: 9,
            constituency: 2,
        };
        let another_station = Err(NotHere::AnotherStation { station: 7 });
        let another_constituency = Err(NotHere::AnotherConstituency { constituency: 1 });
        for (policy, voter, here, expected) in [
            (Policy::Assigned, placed, own, Ok(())),
            (Policy::Assigned, placed, near, another_station),
            (Policy::Assigned, placed, far, another_constituency),
            (Policy::Assigned, lost, own, Err(NotHere::NotPlaced)),
            (Policy::AnyInConstituency, placed, near, Ok(())),
            (Policy::AnyInConstituency, lost, own, Ok(())),
            (Policy::AnyInConstituency, placed, far, another_constituency),
            (Policy::AnyInCountry, lost, far, Ok(())),
            (Policy::Remote, placed, own, Err(NotHere::FromAfar)),
        ] {
            assert_eq!(
                may_vote(policy, voter, here),
                expected,
                "{policy:?} {here:?}"
            );
        }
    }

    #[test]
    fn words_of_the_law_are_read_back() {
        for policy in ALL {
            assert_eq!(Policy::read(policy.word()), Some(policy));
            assert_eq!(policy.places_voters(), policy == Policy::Assigned);
        }
        assert_eq!(Policy::read("assigned"), None);
    }
}
