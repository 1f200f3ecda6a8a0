//! Where people serve: committees with seats, and the reserve of each governorate.

use sanduq_core::id::ContestCode;
use sanduq_core::id::UnitCode;
use sanduq_core::place::Point;

/// What begins the code of a reserve; no committee's own code begins so.
pub const RESERVE: &str = "reserve.";

/// What kind of committee it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Runs a polling station.
    SubCommittee,
    /// Supervises sub-committees and adds up their figures.
    GeneralCommittee,
    /// Stands by in a governorate, for whoever does not come.
    Reserve,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 3] = [Self::SubCommittee, Self::GeneralCommittee, Self::Reserve];

    /// The word for the kind in files.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::SubCommittee => "sub_committee",
            Self::GeneralCommittee => "general_committee",
            Self::Reserve => "reserve",
        }
    }

    /// The kind of a word.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// A committee.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Committee {
    /// Its code.
    pub code: UnitCode,
    /// What kind it is.
    pub kind: Kind,
    /// The governorate in which it sits.
    pub governorate: UnitCode,
    /// The district in which it sits; none for a reserve, which serves all districts.
    pub district: Option<UnitCode>,
    /// Where it is.
    pub point: Point,
    /// Registered voters it serves.
    pub voters: u32,
    /// People it needs.
    pub seats: u32,
    /// Whether women alone vote there, and women alone serve.
    pub women: bool,
    /// What is voted on there, in order.
    pub contests: Vec<ContestCode>,
    /// The general committee that supervises it.
    pub under: Option<UnitCode>,
    /// The rank that fits it, one the lowest.
    pub rank: u8,
    /// What everybody on it has to be trained for, in order.
    pub skills: Vec<String>,
}
