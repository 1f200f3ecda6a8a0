//! The rules of assignment as data: which a country has, and what its wishes are worth. Kinship
//! and conflicts of interest are no choice; they hold whatever a file says.

use crate::assignment::committee::Kind;
use sanduq_core::refusal::Refusal;
use serde::Deserialize;

/// Where people may serve as seen from their home.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Home {
    /// As near to home or workplace as can be; far only where people are short.
    NearHome,
    /// Never in the governorate of the home.
    NotOwnGovernorate,
    /// Never in the district of the home.
    NotOwnDistrict,
}

/// The rules for one kind of staff.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rules {
    /// What the file is for, in a sentence.
    pub about: String,
    /// Where people may serve as seen from their home.
    pub home: Home,
    /// Relatives up to this degree do not sit together, and nobody serves where one stands: parent
    /// and child are one apart, siblings two, a spouse none.
    pub kinship_degrees: u8,
    /// Those who stand by in each governorate, in thousandths of its seats, rounded up.
    pub reserve_per_mille: u32,
    /// The most sub-committees for each member of the general committee above them; no limit where
    /// it is absent.
    pub sub_committees_per_supervisor: Option<u32>,
    /// Who may serve on sub-committees, and stand by for them.
    pub sub_committee: Post,
    /// Who may serve on general committees.
    pub general_committee: Post,
    /// What wishes are worth.
    pub cost: Worth,
}

/// Who may serve on one kind of committee.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Post {
    /// The bodies whose people may; all where none is named.
    #[serde(default)]
    pub bodies: Vec<String>,
    /// The lowest rank that may.
    #[serde(default)]
    pub least_rank: u8,
    /// How many people such a committee needs by its voters, where its row does not say.
    pub seats: Option<Seats>,
}

/// People by registered voters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Seats {
    /// So many in any case.
    pub least: u32,
    /// One more for voters beyond these,
    pub above_voters: u32,
    /// and for each time so many.
    pub voters_per_seat: u32,
    /// Never more than these.
    pub most: u32,
}

impl Seats {
    /// People for so many voters.
    #[must_use]
    pub fn of(self, voters: u32) -> u32 {
        let beyond = voters.saturating_sub(self.above_voters);
        let more = beyond.div_ceil(self.voters_per_seat.max(1));
        self.least.saturating_add(more).min(self.most)
    }
}

/// What wishes are worth, in metres that one would go for them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Worth {
    /// Each rank above or below the one that fits the committee.
    pub rank_metres: u32,
    /// Each earlier event in which the person served: who rested goes first.
    pub served_metres: u32,
    /// The same committee as in an earlier event.
    pub again_metres: u32,
    /// Each earlier far service makes a way longer by so many per cent.
    pub far_percent: u32,
}

/// Why a file of rules cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RulesRefusal {
    /// It is not as such a file has to be.
    Unreadable(String),
    /// More stand by than serve, which is surely a slip.
    ReserveTooLarge(u32),
    /// A limit of load of nothing.
    LoadZero,
}

impl Refusal for RulesRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::Unreadable(_) => "assignment.rules_unreadable",
            Self::ReserveTooLarge(_) => "assignment.rules_reserve",
            Self::LoadZero => "assignment.rules_load",
        }
    }
}

impl core::fmt::Display for RulesRefusal {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::Unreadable(why) => f.write_str(why.trim_end()),
            Self::ReserveTooLarge(found) => {
                write!(f, "reserve_per_mille is {found}; at most 1000")
            }
            Self::LoadZero => f.write_str("sub_committees_per_supervisor is zero; at least 1"),
        }
    }
}

impl core::error::Error for RulesRefusal {}

impl Rules {
    /// Reads a file of rules.
    ///
    /// # Errors
    /// [`RulesRefusal`] naming what is wrong.
    pub fn read(text: &str) -> Result<Self, RulesRefusal> {
        let read = toml::from_str::<Self>(text);
        let rules = read.map_err(|why| RulesRefusal::Unreadable(why.to_string()))?;
        if rules.reserve_per_mille > 1000 {
            return Err(RulesRefusal::ReserveTooLarge(rules.reserve_per_mille));
        }
        if rules.sub_committees_per_supervisor == Some(0) {
            return Err(RulesRefusal::LoadZero);
        }
        Ok(rules)
    }

    /// Who may serve on this kind of committee; whoever stands by has to be able to take a seat on
    /// a sub-committee.
    #[must_use]
    pub fn post(&self, kind: Kind) -> &Post {
        match kind {
            Kind::GeneralCommittee => &self.general_committee,
            Kind::SubCommittee | Kind::Reserve => &self.sub_committee,
        }
    }

    /// How many stand by for so many seats of a governorate.
    #[must_use]
    pub fn reserves(&self, seats: u32) -> u32 {
        let wanted = (u64::from(seats) * u64::from(self.reserve_per_mille)).div_ceil(1000);
        u32::try_from(wanted).unwrap_or(u32::MAX)
    }

    /// How many members a general committee needs above so many sub-committees.
    #[must_use]
    pub fn supervisors(&self, sub_committees: u32) -> u32 {
        self.sub_committees_per_supervisor
            .map_or(0, |most| sub_committees.div_ceil(most))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = r#"
        about = "judges"
        home = "NOT_OWN_DISTRICT"
        kinship_degrees = 4
        reserve_per_mille = 50
        sub_committees_per_supervisor = 25
        [sub_committee]
        bodies = ["courts"]
        [general_committee]
        least_rank = 3
        [cost]
        rank_metres = 1000
        served_metres = 2000
        again_metres = 5000
        far_percent = 50
    "#;

    #[test]
    fn a_file_is_read_and_a_slip_is_refused_by_name() {
        let rules = Rules::read(TEXT).unwrap();
        assert_eq!(rules.home, Home::NotOwnDistrict);
        assert_eq!(rules.post(Kind::Reserve).bodies, ["courts"]);
        assert_eq!(rules.post(Kind::GeneralCommittee).least_rank, 3);
        for (from, to, code) in [
            ("= 50\n", "= 5000\n", "assignment.rules_reserve"),
            ("= 25\n", "= 0\n", "assignment.rules_load"),
            (
                "NOT_OWN_DISTRICT",
                "SOMEWHERE",
                "assignment.rules_unreadable",
            ),
            ("kinship_degrees = 4", "", "assignment.rules_unreadable"),
            ("about", "abuot", "assignment.rules_unreadable"),
        ] {
            let refusal = Rules::read(&TEXT.replacen(from, to, 1)).unwrap_err();
            assert_eq!(refusal.code(), code, "{from} {to}");
        }
    }

    #[test]
    fn reserves_and_supervisors_are_rounded_up() {
        let rules = Rules::read(TEXT).unwrap();
        for (seats, reserves) in [(0, 0), (1, 1), (20, 1), (21, 2), (14_073, 704)] {
            assert_eq!(rules.reserves(seats), reserves, "{seats}");
        }
        for (sub_committees, supervisors) in [(0, 0), (1, 1), (25, 1), (26, 2), (51, 3)] {
            assert_eq!(rules.supervisors(sub_committees), supervisors);
        }
    }

    #[test]
    fn more_clerks_where_more_are_registered() {
        let seats = Seats {
            least: 6,
            above_voters: 3000,
            voters_per_seat: 500,
            most: 12,
        };
        for (voters, people) in [
            (0, 6),
            (3000, 6),
            (3001, 7),
            (3500, 7),
            (3501, 8),
            (7000, 12),
        ] {
            assert_eq!(seats.of(voters), people, "{voters}");
        }
    }
}
