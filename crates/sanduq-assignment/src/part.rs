//! Relatives on one committee are parted: one of them changes places with somebody else, or goes
//! home for somebody who is there, whatever costs least and breaks no rule.

use rayon::prelude::*;
use sanduq_operations::assignment::change::Desk;

/// What was done.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parted {
    /// Moves that were made.
    pub moves: u32,
    /// Relatives who could not be parted.
    pub left: Vec<(usize, usize)>,
}

/// Parts all relatives, committees in their order.
pub fn part(desk: &mut Desk) -> Parted {
    let mut done = Parted::default();
    for committee in 0..desk.members.len() {
        while let Some((one, other)) = pair(desk, committee, &done.left) {
            let moves = [one, other]
                .into_iter()
                .filter_map(|person| best(desk, person));
            let Some((_, person, with)) = moves.min() else {
                done.left.push((one, other));
                continue;
            };
            let there = desk.posts[with];
            desk.assign(person, None);
            desk.assign(with, Some(committee));
            desk.assign(person, there);
            done.moves += 1;
        }
    }
    done
}

/// Two relatives on a committee who were not given up on.
fn pair(desk: &Desk, committee: usize, left: &[(usize, usize)]) -> Option<(usize, usize)> {
    let members = desk.members[committee].iter();
    let pairs = members.filter_map(|one| {
        let other = desk.relative_at(*one, committee, *one)?;
        let pair = (*one.min(&other), *one.max(&other));
        (!left.contains(&pair)).then_some(pair)
    });
    pairs.min()
}

/// The best change for somebody: how many metres it costs more, who, and with whom.
fn best(desk: &Desk, person: usize) -> Option<(i64, usize, usize)> {
    let here = desk.posts[person]?;
    let cost = |who: usize, at: usize| i64::from(desk.cost_metres(who, at));
    let own = cost(person, here);
    let changes = (0..desk.posts.len()).into_par_iter().filter_map(|other| {
        let there = desk.posts[other];
        if there == Some(here) || desk.may_take(other, here, person).is_err() {
            return None;
        }
        let mut more = cost(other, here) - own;
        if let Some(there) = there {
            desk.may_take(person, there, other).ok()?;
            more += cost(person, there) - cost(other, there);
        }
        Some((more, person, other))
    });
    changes.min()
}
