//! A whole assignment checked from scratch, of registers and rules alone: it does not ask how the
//! assignment was found, and stands beside every engine.

use crate::assignment::committee::Kind;
use crate::assignment::registers::Registers;
use crate::assignment::registers::below;
use crate::assignment::registers::seats_by_governorate;
use crate::assignment::rules::Rules;
use crate::assignment::serve::RuleSet;
use sanduq_core::id::ActorId;
use sanduq_core::id::UnitCode;
use std::collections::BTreeMap;

/// Who serves where.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Post {
    /// Who.
    pub person: ActorId,
    /// Where.
    pub committee: UnitCode,
}

/// What is wrong with an assignment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Breach {
    /// Somebody who stands in no register.
    PersonUnknown(ActorId),
    /// A committee that stands in no register.
    CommitteeUnknown(UnitCode),
    /// Somebody in two places.
    Twice(ActorId),
    /// Somebody where rules say no.
    Barred(Post, RuleSet),
    /// Two relatives on one committee.
    Together(Post, ActorId),
    /// More people than seats.
    Over(UnitCode, u32),
    /// Seats that nobody takes, so many.
    Empty(UnitCode, u32),
    /// So many too few stand by in a governorate.
    ReserveShort(UnitCode, u32),
    /// So many members too few for the sub-committees below.
    Load(UnitCode, u32),
}

/// Everything that is wrong with an assignment; nothing where it may be acted upon.
#[must_use]
pub fn verify_assignment(rules: &Rules, registers: &Registers, posts: &[Post]) -> Vec<Breach> {
    let mut breaches = Vec::new();
    let mut members: Vec<Vec<usize>> = vec![Vec::new(); registers.committees.len()];
    let mut placed = vec![false; registers.people.len()];
    for post in posts {
        let person = registers.person(&post.person);
        let committee = registers.committee(&post.committee);
        match (person, committee) {
            (None, _) => breaches.push(Breach::PersonUnknown(post.person.clone())),
            (_, None) => breaches.push(Breach::CommitteeUnknown(post.committee.clone())),
            (Some(person), Some(committee)) => {
                if core::mem::replace(&mut placed[person], true) {
                    breaches.push(Breach::Twice(post.person.clone()));
                }
                members[committee].push(person);
                let (one, at) = (&registers.people[person], &registers.committees[committee]);
                let bars = rules.bars(one, at);
                if !bars.is_empty() {
                    breaches.push(Breach::Barred(post.clone(), bars));
                }
            }
        }
    }
    together(registers, &members, &mut breaches);
    seats(registers, &members, &mut breaches);
    numbers(rules, registers, &members, &mut breaches);
    breaches
}

/// Relatives on one committee; those who stand by sit on none.
fn together(registers: &Registers, members: &[Vec<usize>], breaches: &mut Vec<Breach>) {
    for (committee, members) in registers.committees.iter().zip(members) {
        if committee.kind == Kind::Reserve {
            continue;
        }
        for (at, one) in members.iter().enumerate() {
            let person = &registers.people[*one];
            for other in &members[at + 1..] {
                let other = &registers.people[*other].code;
                if person.relatives.contains(other) {
                    let post = Post {
                        person: person.code.clone(),
                        committee: committee.code.clone(),
                    };
                    breaches.push(Breach::Together(post, other.clone()));
                }
            }
        }
    }
}

fn count(members: &[usize]) -> u32 {
    u32::try_from(members.len()).unwrap_or(u32::MAX)
}

fn seats(registers: &Registers, members: &[Vec<usize>], breaches: &mut Vec<Breach>) {
    for (committee, members) in registers.committees.iter().zip(members) {
        let (seats, sitting) = (committee.seats, count(members));
        let code = || committee.code.clone();
        if sitting > seats {
            breaches.push(Breach::Over(code(), sitting - seats));
        } else if sitting < seats && committee.kind != Kind::Reserve {
            breaches.push(Breach::Empty(code(), seats - sitting));
        }
    }
}

/// Reserves and supervision, counted anew.
fn numbers(
    rules: &Rules,
    registers: &Registers,
    members: &[Vec<usize>],
    breaches: &mut Vec<Breach>,
) {
    let mut standing_by: BTreeMap<&UnitCode, u32> = BTreeMap::new();
    let below = below(&registers.committees);
    for (committee, members) in registers.committees.iter().zip(members) {
        if committee.kind == Kind::Reserve {
            *standing_by.entry(&committee.governorate).or_default() += count(members);
        }
        let needed = below.get(&committee.code).copied().unwrap_or(0);
        let short = rules.supervisors(needed).saturating_sub(count(members));
        if short > 0 {
            breaches.push(Breach::Load(committee.code.clone(), short));
        }
    }
    for (governorate, seats) in seats_by_governorate(&registers.committees) {
        let there = standing_by.get(&governorate).copied().unwrap_or(0);
        let short = rules.reserves(seats).saturating_sub(there);
        if short > 0 {
            breaches.push(Breach::ReserveShort(governorate, short));
        }
    }
}

#[cfg(test)]
mod tests;
