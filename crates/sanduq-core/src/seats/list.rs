//! Persons from a list: what a list must be made of when it is handed in, and who sits when it has
//! won seats. Always true here: a candidate is a place on the list, counted from 1, without a
//! name; nobody is seated twice, and nobody who has died or withdrawn is seated.
//!
//! | clause | parameter |
//! |---|---|
//! | so many women, youth, minorities on the list, or among its first four | `composition` |
//! | women and men in turn (zipper) | `zipper` |
//! | who sits for one who has gone: the next, or the next of the same group | `substitute` |
//! | a share of the seats won ("a quarter to women") | `reserved` |

use super::ratio::Ratio;
use super::refusal::SeatRefusal;
use super::rule::Rounding;
use crate::id::LawCode;
use crate::refusal::Refusal;
use core::fmt;
use serde::Deserialize;
use serde::Serialize;
use std::collections::BTreeSet;

/// The law of lists: what they are made of and how seats are filled from them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ListRule {
    /// The code by which a profile names the rule.
    pub code: LawCode,
    /// The clause that this file puts into data, and how sure its reading is.
    pub law: String,
    /// How many candidates a list must have. Left out: any number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub size: Option<u32>,
    /// Groups that must take turns down the list, each candidate in exactly one of them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub zipper: Vec<String>,
    /// What a list must contain.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub composition: Vec<Composition>,
    /// Who takes the seat of a candidate who has gone.
    #[serde(default)]
    pub substitute: Substitute,
    /// Shares of the seats won, each clause after the one above it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reserved: Vec<Reserved>,
}

/// So many of a group on a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Composition {
    /// The group, as nominations name it.
    pub group: String,
    /// At least so many.
    pub at_least: u32,
    /// Only among the first so many. Left out: anywhere on the list.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub within_first: Option<u32>,
    /// Only in a constituency with so many seats or more. Left out: everywhere.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from_seats: Option<u32>,
}

/// Who takes the seat of a candidate who has gone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Substitute {
    /// The next on the list.
    #[default]
    Next,
    /// The next on the list of the same group of the zipper; the next of all when there is none.
    SameGroup,
}

/// A share of the seats won that belongs to a group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reserved {
    /// The group.
    pub group: String,
    /// Its share of the seats.
    pub share: Ratio,
    /// How the share becomes whole seats.
    pub rounding: Rounding,
}

/// One candidate, known by the place on the list alone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listed {
    /// Groups the candidate belongs to, as the nomination says.
    pub groups: BTreeSet<String>,
    /// Whether the candidate has died, withdrawn or been struck off.
    pub gone: bool,
}

/// What is wrong with a list; each is told, not only the first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ListBreach {
    /// It has another number of candidates than the law wants.
    Size {
        /// What the law wants.
        wanted: u32,
        /// What the list has.
        has: usize,
    },
    /// Too few of a group.
    TooFew {
        /// The group.
        group: String,
        /// What the law wants.
        wanted: u32,
        /// What the list has.
        has: usize,
        /// Among the first so many, where the law says so.
        within_first: Option<u32>,
    },
    /// The candidate at this place belongs to none of the groups that take turns, or to several.
    NoTurn {
        /// The place, from 1.
        place: usize,
    },
    /// The candidate at this place is of the same group as the one before.
    TurnBroken {
        /// The place, from 1.
        place: usize,
    },
}

impl Refusal for ListBreach {
    fn code(&self) -> &'static str {
        match self {
            Self::Size { .. } => "list.size",
            Self::TooFew { .. } => "list.too_few",
            Self::NoTurn { .. } => "list.no_turn",
            Self::TurnBroken { .. } => "list.turn_broken",
        }
    }
}

impl fmt::Display for ListBreach {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Size { wanted, has } => {
                write!(f, "the list has {has} candidates, the law wants {wanted}")
            }
            Self::TooFew {
                group,
                wanted,
                has,
                within_first,
            } => {
                write!(f, "the list has {has} of the group `{group}`")?;
                if let Some(first) = within_first {
                    write!(f, " among its first {first}")?;
                }
                write!(f, ", the law wants {wanted}")
            }
            Self::NoTurn { place } => {
                write!(
                    f,
                    "candidate {place} is not in exactly one of the groups that take turns"
                )
            }
            Self::TurnBroken { place } => {
                write!(
                    f,
                    "candidate {place} is of the same group as the one before"
                )
            }
        }
    }
}

impl core::error::Error for ListBreach {}

/// Who sits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Filled {
    /// The places on the list of those elected, from 1, in list order.
    pub elected: Vec<usize>,
    /// Seats for which nobody is left.
    pub vacant: u32,
    /// What departed from the list's order, in order.
    pub steps: Vec<ListStep>,
}

/// One departure from the order of the list; places count from 1.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "step", rename_all = "snake_case")]
pub enum ListStep {
    /// A candidate has gone and is passed over.
    Gone {
        /// The place.
        place: usize,
    },
    /// A candidate of the same group takes the seat of one who has gone.
    TakesTurn {
        /// The place.
        place: usize,
    },
    /// A reserved share moves a seat.
    Reserved {
        /// For which group.
        group: String,
        /// Who sits for it.
        seated: usize,
        /// Who gives way: the last elected who is not needed for a share.
        gives_way: usize,
    },
    /// A reserved share cannot be met: nobody of the group is left, or nobody can give way.
    Unmet {
        /// For which group.
        group: String,
        /// Seats missing to the share.
        missing: u32,
    },
    /// The list is exhausted.
    Exhausted {
        /// Seats that stay vacant.
        vacant: u32,
    },
}

impl ListRule {
    /// Reads a rule from its file.
    ///
    /// # Errors
    /// [`SeatRefusal::RuleUnreadable`] for an unknown or missing field,
    /// [`SeatRefusal::RuleInconsistent`] for one group that takes turns with itself.
    pub fn from_toml(text: &str) -> Result<Self, SeatRefusal> {
        let rule: Self =
            toml::from_str(text).map_err(|e| SeatRefusal::RuleUnreadable(e.to_string()))?;
        if rule.zipper.len() == 1 {
            return Err(SeatRefusal::RuleInconsistent("a zipper of one group"));
        }
        if rule.reserved.iter().any(|r| r.share > Ratio::whole(1)) {
            return Err(SeatRefusal::RuleInconsistent("a share above the whole"));
        }
        Ok(rule)
    }

    /// Everything that is wrong with a list for a constituency of so many seats.
    #[must_use]
    pub fn breaches(&self, list: &[Listed], seats: u32) -> Vec<ListBreach> {
        let mut breaches = Vec::new();
        if let Some(wanted) = self.size
            && u32::try_from(list.len()) != Ok(wanted)
        {
            breaches.push(ListBreach::Size {
                wanted,
                has: list.len(),
            });
        }
        for clause in &self.composition {
            if clause.from_seats.is_some_and(|from| seats < from) {
                continue;
            }
            let first = clause.within_first.and_then(|n| usize::try_from(n).ok());
            let within = list.iter().take(first.unwrap_or(usize::MAX));
            let has = within.filter(|c| c.groups.contains(&clause.group)).count();
            if u32::try_from(has).is_ok_and(|has| has < clause.at_least) {
                breaches.push(ListBreach::TooFew {
                    group: clause.group.clone(),
                    wanted: clause.at_least,
                    has,
                    within_first: clause.within_first,
                });
            }
        }
        self.broken_turns(list, &mut breaches);
        breaches
    }

    fn broken_turns(&self, list: &[Listed], breaches: &mut Vec<ListBreach>) {
        if self.zipper.is_empty() {
            return;
        }
        let mut before = None;
        for (i, candidate) in list.iter().enumerate() {
            let turn = self.turn(candidate);
            match turn {
                None => breaches.push(ListBreach::NoTurn { place: i + 1 }),
                Some(_) if turn == before => {
                    breaches.push(ListBreach::TurnBroken { place: i + 1 });
                }
                Some(_) => {}
            }
            before = turn;
        }
    }

    /// The one group of the zipper that a candidate belongs to.
    fn turn(&self, candidate: &Listed) -> Option<&str> {
        let mut own = self
            .zipper
            .iter()
            .filter(|group| candidate.groups.contains(*group));
        let first = own.next();
        if own.next().is_some() {
            None
        } else {
            first.map(String::as_str)
        }
    }

    /// Seats the list's candidates in list order, as the law departs from it.
    #[must_use]
    pub fn fill(&self, list: &[Listed], seats: u32) -> Filled {
        let mut filling = Filling {
            rule: self,
            list,
            elected: BTreeSet::new(),
            steps: Vec::new(),
        };
        let vacant = filling.in_order(seats);
        let mut held = Vec::new();
        for clause in &self.reserved {
            filling.reserve(clause, &held);
            held.push(clause);
        }
        if vacant > 0 {
            filling.steps.push(ListStep::Exhausted { vacant });
        }
        Filled {
            elected: filling.elected.iter().map(|i| i + 1).collect(),
            vacant,
            steps: filling.steps,
        }
    }
}

/// A list being filled; candidates by index from 0.
struct Filling<'a> {
    rule: &'a ListRule,
    list: &'a [Listed],
    elected: BTreeSet<usize>,
    steps: Vec<ListStep>,
}

impl Filling<'_> {
    /// Seats candidates in order; gives back the seats for which nobody is left.
    fn in_order(&mut self, seats: u32) -> u32 {
        let mut next = 0;
        let mut left = seats;
        while left > 0 {
            while self.elected.contains(&next) {
                next += 1;
            }
            let Some(candidate) = self.list.get(next) else {
                break;
            };
            if candidate.gone {
                self.steps.push(ListStep::Gone { place: next + 1 });
                if let Some(instead) = self.same_turn(next) {
                    self.steps.push(ListStep::TakesTurn { place: instead + 1 });
                    self.elected.insert(instead);
                    left -= 1;
                }
            } else {
                self.elected.insert(next);
                left -= 1;
            }
            next += 1;
        }
        left
    }

    /// Who takes the turn of one who has gone, where the law keeps to the group.
    fn same_turn(&self, gone: usize) -> Option<usize> {
        if self.rule.substitute == Substitute::Next {
            return None;
        }
        let turn = self.rule.turn(&self.list[gone])?;
        let mut after = (gone + 1)..self.list.len();
        after.find(|&i| self.free(i) && self.rule.turn(&self.list[i]) == Some(turn))
    }

    fn free(&self, i: usize) -> bool {
        !self.list[i].gone && !self.elected.contains(&i)
    }

    fn of(&self, group: &str) -> u32 {
        let members = self
            .elected
            .iter()
            .filter(|&&i| self.list[i].groups.contains(group));
        u32::try_from(members.count()).expect("no more are elected than there are seats")
    }

    fn wanted(&self, clause: &Reserved) -> u32 {
        let seats = Ratio::whole(u128::try_from(self.elected.len()).unwrap_or(u128::MAX));
        let exact = seats.times(clause.share).unwrap_or(seats);
        let whole = match clause.rounding {
            Rounding::Exact | Rounding::Up => exact.ceiling(),
            Rounding::Down => exact.floor(),
            Rounding::Nearest => exact.nearest(),
        };
        u32::try_from(whole).expect("a share of the seats is not above the seats")
    }

    /// Moves seats until the clause is met, without breaking the clauses before it.
    fn reserve(&mut self, clause: &Reserved, held: &[&Reserved]) {
        let wanted = self.wanted(clause);
        while self.of(&clause.group) < wanted {
            let member = |i: usize| self.list[i].groups.contains(&clause.group);
            let seated = (0..self.list.len()).find(|&i| self.free(i) && member(i));
            let spare = |i: usize| {
                held.iter().all(|earlier| {
                    !self.list[i].groups.contains(&earlier.group)
                        || self.of(&earlier.group) > self.wanted(earlier)
                })
            };
            let gives_way = self
                .elected
                .iter()
                .rev()
                .copied()
                .find(|&i| !member(i) && spare(i));
            let (Some(seated), Some(gives_way)) = (seated, gives_way) else {
                let missing = wanted - self.of(&clause.group);
                self.steps.push(ListStep::Unmet {
                    group: clause.group.clone(),
                    missing,
                });
                return;
            };
            self.elected.remove(&gives_way);
            self.elected.insert(seated);
            self.steps.push(ListStep::Reserved {
                group: clause.group.clone(),
                seated: seated + 1,
                gives_way: gives_way + 1,
            });
        }
    }
}

#[cfg(test)]
mod tests;
