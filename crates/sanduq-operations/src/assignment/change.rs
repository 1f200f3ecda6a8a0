//! One change to an assignment: who takes the place of whoever does not come, and whether two
//! people may change places. Every rule is asked again.

use crate::assignment::committee::Kind;
use crate::assignment::registers::Registers;
use crate::assignment::rules::Rules;
use crate::assignment::serve::Barred;
use crate::assignment::serve::RuleSet;
use crate::assignment::whole::Post;
use sanduq_core::id::ActorId;
use sanduq_core::id::UnitCode;
use sanduq_core::refusal::Refusal;

/// Why a change is not made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ChangeRefusal {
    /// Nobody in the register has this service number.
    PersonUnknown(ActorId),
    /// The person serves nowhere.
    ServesNowhere(ActorId),
    /// The two are one, or serve on the same committee.
    NothingToSwap,
    /// Rules say no to the person there.
    Barred(Post, RuleSet),
    /// A relative sits there.
    Together(Post, ActorId),
    /// An assignment that names what stands in no register, or somebody twice.
    AssignmentUnfit(Post),
}

impl Refusal for ChangeRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::PersonUnknown(_) => "assignment.person_unknown",
            Self::ServesNowhere(_) => "assignment.serves_nowhere",
            Self::NothingToSwap => "assignment.nothing_to_swap",
            Self::Barred(_, rules) => Barred(*rules).code(),
            Self::Together(..) => "assignment.together",
            Self::AssignmentUnfit(_) => "assignment.unfit",
        }
    }
}

impl core::fmt::Display for ChangeRefusal {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::PersonUnknown(person) => write!(f, "{person} stands in no register"),
            Self::ServesNowhere(person) => write!(f, "{person} serves nowhere"),
            Self::NothingToSwap => f.write_str("two people of two committees can swap"),
            Self::Barred(post, rules) => {
                let Post { person, committee } = post;
                write!(f, "{person} at {committee}: {}", Barred(*rules))
            }
            Self::Together(post, relative) => {
                let Post { person, committee } = post;
                write!(
                    f,
                    "{person} at {committee}: {relative}, a relative, sits there"
                )
            }
            Self::AssignmentUnfit(Post { person, committee }) => {
                write!(
                    f,
                    "{person} at {committee}: unknown to the registers, or placed twice"
                )
            }
        }
    }
}

impl core::error::Error for ChangeRefusal {}

/// Where a replacement comes from; the first is asked first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum From {
    /// The reserve of the governorate.
    OwnReserve,
    /// Nowhere: the person is not called upon yet.
    Home,
    /// The reserve of another governorate.
    OtherReserve,
}

/// Somebody who can take a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Replacement {
    /// Who.
    pub person: ActorId,
    /// Where they come from.
    pub from: From,
    /// The reserve that is then one fewer, if any.
    pub reserve: Option<UnitCode>,
    /// What it costs, in metres that one would go for it.
    pub cost_metres: u32,
}

/// What a swap changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Swap {
    /// Cost of the two where they are.
    pub before_metres: u64,
    /// Cost of the two where they would be.
    pub after_metres: u64,
}

/// An assignment at hand.
#[derive(Clone, Debug)]
pub struct Desk<'a> {
    /// The rules.
    pub rules: &'a Rules,
    /// The registers.
    pub registers: &'a Registers,
    /// The committee of each person, by places in the registers.
    pub posts: Vec<Option<usize>>,
    /// The people of each committee, by places in the registers.
    pub members: Vec<Vec<usize>>,
}

impl<'a> Desk<'a> {
    /// Takes an assignment in hand.
    ///
    /// # Errors
    /// [`ChangeRefusal::AssignmentUnfit`] with the first row that cannot be.
    pub fn new(
        rules: &'a Rules,
        registers: &'a Registers,
        posts: &[Post],
    ) -> Result<Self, ChangeRefusal> {
        let mut desk = Self {
            rules,
            registers,
            posts: vec![None; registers.people.len()],
            members: vec![Vec::new(); registers.committees.len()],
        };
        for post in posts {
            let person = registers.person(&post.person);
            let committee = registers.committee(&post.committee);
            let (Some(person), Some(committee)) = (person, committee) else {
                return Err(ChangeRefusal::AssignmentUnfit(post.clone()));
            };
            if desk.posts[person].replace(committee).is_some() {
                return Err(ChangeRefusal::AssignmentUnfit(post.clone()));
            }
            desk.members[committee].push(person);
        }
        Ok(desk)
    }

    /// The person of a service number, by its place in the register.
    ///
    /// # Errors
    /// [`ChangeRefusal::PersonUnknown`].
    pub fn find(&self, person: &ActorId) -> Result<usize, ChangeRefusal> {
        let found = self.registers.person(person);
        found.ok_or_else(|| ChangeRefusal::PersonUnknown(person.clone()))
    }

    /// Where somebody serves.
    fn serving(&self, person: usize) -> Result<usize, ChangeRefusal> {
        let code = &self.registers.people[person].code;
        self.posts[person].ok_or_else(|| ChangeRefusal::ServesNowhere(code.clone()))
    }

    /// Who and where, by their codes.
    #[must_use]
    pub fn post(&self, person: usize, committee: usize) -> Post {
        Post {
            person: self.registers.people[person].code.clone(),
            committee: self.registers.committees[committee].code.clone(),
        }
    }

    /// What somebody costs on a committee.
    #[must_use]
    pub fn cost_metres(&self, person: usize, committee: usize) -> u32 {
        let (people, committees) = (&self.registers.people, &self.registers.committees);
        let cost = self.rules.cost(&people[person], &committees[committee]);
        cost.metres()
    }

    /// Whether somebody may take a seat that another one leaves.
    ///
    /// # Errors
    /// [`ChangeRefusal::Barred`] or [`ChangeRefusal::Together`].
    pub fn may_take(
        &self,
        person: usize,
        committee: usize,
        leaving: usize,
    ) -> Result<(), ChangeRefusal> {
        let one = &self.registers.people[person];
        let at = &self.registers.committees[committee];
        let bars = self.rules.bars(one, at);
        if !bars.is_empty() {
            return Err(ChangeRefusal::Barred(self.post(person, committee), bars));
        }
        match self.relative_at(person, committee, leaving) {
            Some(relative) => {
                let relative = self.registers.people[relative].code.clone();
                Err(ChangeRefusal::Together(
                    self.post(person, committee),
                    relative,
                ))
            }
            None => Ok(()),
        }
    }

    /// A relative who sits on a committee, whoever leaves it set aside.
    #[must_use]
    pub fn relative_at(&self, person: usize, committee: usize, leaving: usize) -> Option<usize> {
        let relatives = &self.registers.people[person].relatives;
        let sits = self.registers.committees[committee].kind != Kind::Reserve;
        if relatives.is_empty() || !sits {
            return None;
        }
        let others = self.members[committee].iter().copied();
        let mut others = others.filter(|other| *other != leaving && *other != person);
        others.find(|other| relatives.contains(&self.registers.people[*other].code))
    }

    /// Those who can take somebody's place without breaking a rule, the best `wanted` of them:
    /// the reserve of the governorate first, then whoever is at home, then other reserves; each by
    /// cost.
    ///
    /// # Errors
    /// [`ChangeRefusal`] when the person is unknown or serves nowhere.
    pub fn replacements(
        &self,
        person: &ActorId,
        wanted: usize,
    ) -> Result<Vec<Replacement>, ChangeRefusal> {
        let leaving = self.find(person)?;
        let committee = self.serving(leaving)?;
        let mut found = Vec::new();
        for other in 0..self.registers.people.len() {
            let Some(from) = self.comes_from(other, committee) else {
                continue;
            };
            if other != leaving && self.may_take(other, committee, leaving).is_ok() {
                found.push((from, self.cost_metres(other, committee), other));
            }
        }
        found.sort_unstable();
        found.truncate(wanted);
        let told = |(from, cost_metres, other): (From, u32, usize)| Replacement {
            person: self.registers.people[other].code.clone(),
            from,
            reserve: self.posts[other].map(|at| self.registers.committees[at].code.clone()),
            cost_metres,
        };
        Ok(found.into_iter().map(told).collect())
    }

    /// Where somebody would come from to a committee; nobody is taken from a seat.
    #[must_use]
    pub fn comes_from(&self, person: usize, committee: usize) -> Option<From> {
        let committees = &self.registers.committees;
        let Some(post) = self.posts[person] else {
            return Some(From::Home);
        };
        let own = committees[post].governorate == committees[committee].governorate;
        match (committees[post].kind, own) {
            (Kind::Reserve, _) if post == committee => None,
            (Kind::Reserve, true) => Some(From::OwnReserve),
            (Kind::Reserve, false) => Some(From::OtherReserve),
            _ => None,
        }
    }

    /// Whether two people may change places, and what it costs.
    ///
    /// # Errors
    /// [`ChangeRefusal`] naming whom a rule says no to and which.
    pub fn swap(&self, one: &ActorId, other: &ActorId) -> Result<Swap, ChangeRefusal> {
        let (one, other) = (self.find(one)?, self.find(other)?);
        let (here, there) = (self.serving(one)?, self.serving(other)?);
        if here == there {
            return Err(ChangeRefusal::NothingToSwap);
        }
        self.may_take(one, there, other)?;
        self.may_take(other, here, one)?;
        let both = |first: usize, second: usize| {
            u64::from(self.cost_metres(one, first)) + u64::from(self.cost_metres(other, second))
        };
        Ok(Swap {
            before_metres: both(here, there),
            after_metres: both(there, here),
        })
    }

    /// Somebody moves: from where they are to a committee, or home.
    pub fn assign(&mut self, person: usize, committee: Option<usize>) {
        if let Some(before) = self.posts[person].take() {
            self.members[before].retain(|member| *member != person);
        }
        self.posts[person] = committee;
        if let Some(committee) = committee {
            self.members[committee].push(person);
        }
    }

    /// Everybody's post, in the order of service numbers.
    #[must_use]
    pub fn all(&self) -> Vec<Post> {
        let posts = self.posts.iter().enumerate();
        let serving = posts.filter_map(|(person, at)| Some(self.post(person, (*at)?)));
        serving.collect()
    }
}

#[cfg(test)]
mod tests;
