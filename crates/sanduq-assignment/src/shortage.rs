//! Why seats cannot all be taken: committees for which, all together, there are fewer people who
//! may serve on them than they have seats (Hall's theorem). Nobody can place who is not there, so
//! the proof is two numbers that anybody can count again; and the smallest set of rules that
//! suffices for it says which of them would have to give way.

use crate::classes::Classes;
use crate::flow::Network;
use sanduq_core::id::UnitCode;
use sanduq_operations::assignment::registers::Registers;
use sanduq_operations::assignment::rules::Home;
use sanduq_operations::assignment::rules::Rules;
use sanduq_operations::assignment::serve::Rule;
use sanduq_operations::assignment::serve::RuleSet;
use std::collections::BTreeMap;

/// More than can ever flow.
const ANY: u64 = 1 << 40;

/// A proof that not all seats can be taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shortage {
    /// The committees that are short together, by places in the register.
    pub committees: Vec<usize>,
    /// The seats they have.
    pub seats: u64,
    /// People who may serve on at least one of them: fewer.
    pub people: u64,
    /// Seats that stay empty at least.
    pub empty: u64,
    /// The same by governorate: its seats among these, and people who may serve on at least one of
    /// them, whom others of these governorates may need as well.
    pub governorates: Vec<Short>,
    /// The fewest rules that cannot be kept together; none where people are too few even if every
    /// rule gave way.
    pub rules: RuleSet,
}

/// A governorate that is short.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Short {
    /// Which.
    pub governorate: UnitCode,
    /// Seats of its committees that are short.
    pub seats: u64,
    /// People who may serve on at least one of them.
    pub people: u64,
}

/// Whether all seats can be taken by these rules alone; if not, the kinds of committees that are
/// short together, and how many seats stay empty.
pub(crate) fn cut(classes: &Classes) -> Option<(Vec<usize>, u64)> {
    let (kinds, places) = (classes.people.len(), classes.committees.len());
    // Nodes: source, seats' side first, so that what is reached from it is what is short.
    let (source, sink) = (0, 1 + places + kinds);
    let mut network = Network::new(sink + 1);
    for (place, seats) in classes.seats.iter().enumerate() {
        network.arc(source, 1 + place, *seats);
    }
    for (kind, may) in classes.may.iter().enumerate() {
        network.arc(1 + places + kind, sink, classes.people[kind].len() as u64);
        for (place, _) in may.iter().enumerate().filter(|(_, may)| **may) {
            network.arc(1 + place, 1 + places + kind, ANY);
        }
    }
    let seats: u64 = classes.seats.iter().sum();
    let empty = seats - network.push(source, sink);
    if empty == 0 {
        return None;
    }
    let reached = network.reached();
    let short = (0..places).filter(|place| reached[1 + place]).collect();
    Some((short, empty))
}

/// The proof that not all seats can be taken, if there is one.
#[must_use]
pub fn find(rules: &Rules, registers: &Registers) -> Option<Shortage> {
    let all = asked(rules, registers);
    let classes = Classes::new(rules, registers, all);
    let (short, empty) = cut(&classes)?;
    let mut committees: Vec<usize> = Vec::new();
    for place in &short {
        committees.extend(&classes.committees[*place]);
    }
    committees.sort_unstable();
    let mut by_governorate: BTreeMap<&UnitCode, Vec<usize>> = BTreeMap::new();
    for at in &committees {
        let governorate = &registers.committees[*at].governorate;
        by_governorate.entry(governorate).or_default().push(*at);
    }
    let told = |(governorate, inside): (&UnitCode, Vec<usize>)| Short {
        governorate: governorate.clone(),
        seats: seats(registers, &inside),
        people: people(&classes, &inside),
    };
    Some(Shortage {
        seats: seats(registers, &committees),
        people: people(&classes, &committees),
        empty,
        governorates: by_governorate.into_iter().map(told).collect(),
        rules: fewest(rules, registers, all),
        committees,
    })
}

/// The rules that say no to anybody at all in these registers; kinds of people are the fewer, the
/// fewer rules there are to tell them apart.
pub(crate) fn asked(rules: &Rules, registers: &Registers) -> RuleSet {
    let Registers { people, committees } = registers;
    let posts = [&rules.sub_committee, &rules.general_committee];
    let least_rank = posts.map(|post| post.least_rank).into_iter().max();
    let on = |rule: &Rule| match rule {
        Rule::Available => people.iter().any(|person| !person.available),
        Rule::Body => posts.iter().any(|post| !post.bodies.is_empty()),
        Rule::Rank => people.iter().any(|person| Some(person.rank) < least_rank),
        Rule::Skill => committees.iter().any(|one| !one.skills.is_empty()),
        Rule::Women => committees.iter().any(|one| one.women),
        Rule::OwnGovernorate => rules.home == Home::NotOwnGovernorate,
        Rule::OwnDistrict => rules.home == Home::NotOwnDistrict,
        Rule::Kinship => people.iter().any(|person| !person.standing.is_empty()),
        Rule::Conflict => people.iter().any(|person| !person.conflicts.is_empty()),
        Rule::Elsewhere => people.iter().any(|person| person.elsewhere),
        Rule::Beside => people.iter().any(|person| !person.beside.is_empty()),
    };
    let rules = Rule::ALL.into_iter().filter(on);
    rules.fold(RuleSet::NONE, |set, rule| set.with(rule, true))
}

fn seats(registers: &Registers, committees: &[usize]) -> u64 {
    let seats = committees
        .iter()
        .map(|at| u64::from(registers.committees[*at].seats));
    seats.sum()
}

/// People who may serve on at least one of these committees.
fn people(classes: &Classes, committees: &[usize]) -> u64 {
    let inside = |at: &&usize| committees.binary_search(at).is_ok();
    let places: Vec<usize> = (0..classes.committees.len())
        .filter(|place| classes.committees[*place].iter().any(|at| inside(&at)))
        .collect();
    let kinds = classes.people.iter().zip(&classes.may);
    let may = kinds.filter(|(_, may)| places.iter().any(|place| may[*place]));
    may.map(|(kind, _)| kind.len() as u64).sum()
}

/// The fewest rules by which alone not all seats can be taken; of equally few the first in order.
fn fewest(rules: &Rules, registers: &Registers, all: RuleSet) -> RuleSet {
    let named: Vec<Rule> = all.rules().collect();
    let mut sets: Vec<u32> = (0..1 << named.len()).collect();
    sets.sort_by_key(|set: &u32| (set.count_ones(), *set));
    let chosen = |set: u32| {
        let inside = named
            .iter()
            .enumerate()
            .filter(|(at, _)| set >> at & 1 == 1);
        inside.fold(RuleSet::NONE, |chosen, (_, rule)| chosen.with(*rule, true))
    };
    let mut sets = sets.into_iter().map(chosen);
    let short = |set: &RuleSet| cut(&Classes::new(rules, registers, *set)).is_some();
    sets.find(short).unwrap_or(all)
}

#[cfg(test)]
mod tests;
