//! Whether a person may serve on a committee, and what it costs.

use crate::assignment::committee::Committee;
use crate::assignment::committee::Kind;
use crate::assignment::person::Person;
use crate::assignment::person::Sex;
use crate::assignment::rules::Home;
use crate::assignment::rules::Rules;
use sanduq_core::id::ContestCode;
use sanduq_core::refusal::Refusal;

/// A rule that can say no to a person on a committee, in the order in which they are named.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rule {
    /// Only who is available is called upon.
    Available,
    /// Only people of some bodies serve on this kind of committee.
    Body,
    /// The rank is high enough for this kind of committee.
    Rank,
    /// Everybody is trained for what the committee does.
    Skill,
    /// At women's stations women serve.
    Women,
    /// Nobody serves in the governorate of their home.
    OwnGovernorate,
    /// Nobody serves in the district of their home.
    OwnDistrict,
    /// Nobody serves where they or a relative stand (E27).
    Kinship,
    /// Nobody serves where they have declared an interest.
    Conflict,
    /// Nobody serves in two places: who is placed from one register is not from another.
    Elsewhere,
    /// Nobody sits with a relative who was placed from another register.
    Beside,
}

impl Rule {
    /// Every rule.
    pub const ALL: [Self; 11] = [
        Self::Available,
        Self::Body,
        Self::Rank,
        Self::Skill,
        Self::Women,
        Self::OwnGovernorate,
        Self::OwnDistrict,
        Self::Kinship,
        Self::Conflict,
        Self::Elsewhere,
        Self::Beside,
    ];

    /// The stable code of a refusal by this rule.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Available => "assignment.available",
            Self::Body => "assignment.body",
            Self::Rank => "assignment.rank",
            Self::Skill => "assignment.skill",
            Self::Women => "assignment.women",
            Self::OwnGovernorate => "assignment.own_governorate",
            Self::OwnDistrict => "assignment.own_district",
            Self::Kinship => "assignment.kinship",
            Self::Conflict => "assignment.conflict",
            Self::Elsewhere => "assignment.elsewhere",
            Self::Beside => "assignment.beside",
        }
    }

    /// What the rule says no to, as a sentence.
    #[must_use]
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::Available => "the person is not available in this event",
            Self::Body => "people of this body do not serve on this kind of committee",
            Self::Rank => "the rank is too low for this kind of committee",
            Self::Skill => "the person is not trained for what the committee does",
            Self::Women => "at a women's station women serve",
            Self::OwnGovernorate => "the committee lies in the governorate of the person's home",
            Self::OwnDistrict => "the committee lies in the district of the person's home",
            Self::Kinship => "the person or a relative stands there",
            Self::Conflict => "the person has declared an interest in what is voted on there",
            Self::Elsewhere => "the person serves already, placed from another register",
            Self::Beside => "a relative sits there, placed from another register",
        }
    }
}

/// A set of rules.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct RuleSet(u16);

impl RuleSet {
    /// No rule.
    pub const NONE: Self = Self(0);

    /// Every rule.
    pub const ALL: Self = Self((1 << Rule::ALL.len()) - 1);

    /// The set with one more, if `broken`.
    #[must_use]
    pub const fn with(self, rule: Rule, broken: bool) -> Self {
        Self(self.0 | (broken as u16) << rule as u16)
    }

    /// Whether the rule is in the set.
    #[must_use]
    pub const fn has(self, rule: Rule) -> bool {
        self.0 >> rule as u16 & 1 == 1
    }

    /// Whether there is none.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The rules that are in both.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// The rules, in order.
    pub fn rules(self) -> impl Iterator<Item = Rule> {
        Rule::ALL.into_iter().filter(move |rule| self.has(*rule))
    }
}

/// Why a person may not serve on a committee: every rule that says no, not the first alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Barred(pub RuleSet);

impl Refusal for Barred {
    fn code(&self) -> &'static str {
        self.0
            .rules()
            .next()
            .map_or("assignment.barred", Rule::code)
    }
}

impl core::fmt::Display for Barred {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        let sentences: Vec<&str> = self.0.rules().map(Rule::sentence).collect();
        f.write_str(&sentences.join("; "))
    }
}

impl core::error::Error for Barred {}

/// What a person on a committee costs, in metres that one would go for it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cost {
    /// The way from home or workplace, whichever is nearer.
    pub way_metres: u32,
    /// What is added because the person was sent far before.
    pub far_metres: u32,
    /// What is added because the person served before.
    pub served_metres: u32,
    /// What is added because it would be the same committee again.
    pub again_metres: u32,
    /// What is added because the rank does not fit.
    pub rank_metres: u32,
}

impl Cost {
    /// All of it together.
    #[must_use]
    pub fn metres(self) -> u32 {
        [
            self.way_metres,
            self.far_metres,
            self.served_metres,
            self.again_metres,
            self.rank_metres,
        ]
        .into_iter()
        .fold(0, u32::saturating_add)
    }
}

impl Rules {
    /// Whether the person may serve on the committee.
    ///
    /// # Errors
    /// [`Barred`] with every rule that says no.
    pub fn may_serve(&self, person: &Person, committee: &Committee) -> Result<(), Barred> {
        let bars = self.bars(person, committee);
        if bars.is_empty() {
            Ok(())
        } else {
            Err(Barred(bars))
        }
    }

    /// The rules that say no to the person on the committee.
    #[must_use]
    pub fn bars(&self, person: &Person, committee: &Committee) -> RuleSet {
        let post = self.post(committee.kind);
        let body = post.bodies.is_empty() || post.bodies.contains(&person.body);
        let trained = |skill: &String| person.skills.contains(skill);
        let own_governorate =
            self.home == Home::NotOwnGovernorate && person.governorate == committee.governorate;
        let own_district = self.home == Home::NotOwnDistrict
            && committee.district.as_ref() == Some(&person.district);
        RuleSet::NONE
            .with(Rule::Available, !person.available)
            .with(Rule::Body, !body)
            .with(Rule::Rank, person.rank < post.least_rank)
            .with(Rule::Skill, !committee.skills.iter().all(trained))
            .with(Rule::Women, committee.women && person.sex != Sex::Woman)
            .with(Rule::OwnGovernorate, own_governorate)
            .with(Rule::OwnDistrict, own_district)
            .with(Rule::Kinship, meet(&person.standing, &committee.contests))
            .with(Rule::Conflict, meet(&person.conflicts, &committee.contests))
            .with(Rule::Elsewhere, person.elsewhere)
            .with(Rule::Beside, person.beside.contains(&committee.code))
    }

    /// What the person on the committee costs. Never less than the way.
    #[must_use]
    pub fn cost(&self, person: &Person, committee: &Committee) -> Cost {
        let way_metres = person.metres_to(committee.point);
        self.cost_of_way(person, committee, way_metres)
    }

    /// The same where the way is known.
    #[must_use]
    pub fn cost_of_way(&self, person: &Person, committee: &Committee, way_metres: u32) -> Cost {
        let times = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        let percent = u64::from(person.far_before) * u64::from(self.cost.far_percent);
        let far = u64::from(way_metres) * percent / 100;
        let standing_by = committee.kind == Kind::Reserve;
        let again = !standing_by && person.served.contains(&committee.code);
        let ranks = match standing_by {
            true => 0,
            false => u32::from(person.rank.abs_diff(committee.rank)),
        };
        Cost {
            way_metres,
            far_metres: u32::try_from(far).unwrap_or(u32::MAX),
            served_metres: times(person.served.len()).saturating_mul(self.cost.served_metres),
            again_metres: if again { self.cost.again_metres } else { 0 },
            rank_metres: ranks.saturating_mul(self.cost.rank_metres),
        }
    }
}

/// Whether two lists have something in common.
fn meet(one: &[ContestCode], other: &[ContestCode]) -> bool {
    one.iter().any(|contest| other.contains(contest))
}

#[cfg(test)]
mod tests;
