//! Many do not come at once: their places are taken at the least cost with as many moves as there
//! are places, by those who stand by and those who are at home. Nobody who serves is moved. (E28.)

use crate::place::Placed;
use crate::place::place;
use sanduq_core::id::ActorId;
use sanduq_operations::assignment::change::ChangeRefusal;
use sanduq_operations::assignment::change::Desk;
use sanduq_operations::assignment::committee::Kind;
use sanduq_operations::assignment::registers::Registers;
use sanduq_operations::assignment::whole::Post;
use std::convert::Infallible;

/// What is left of an assignment and what was added to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Replaced {
    /// Everybody's post, in the order of service numbers.
    pub posts: Vec<Post>,
    /// The moves, in the order of service numbers.
    pub moves: Vec<Post>,
    /// Seats that nobody can take, by places of committees in the register.
    pub empty: Vec<(usize, u32)>,
}

/// Replaces everybody who is excused and has a seat.
///
/// # Errors
/// [`ChangeRefusal::PersonUnknown`] for the first who stands in no register.
pub fn replace(mut desk: Desk, excused: &[ActorId], seed: u64) -> Result<Replaced, ChangeRefusal> {
    let mut free = vec![true; desk.posts.len()];
    let mut vacant = vec![0_u32; desk.members.len()];
    for who in excused {
        let person = desk.find(who)?;
        free[person] = false;
        if let Some(committee) = desk.posts[person] {
            let sits = desk.registers.committees[committee].kind != Kind::Reserve;
            vacant[committee] += u32::from(sits);
        }
        desk.assign(person, None);
    }
    let registers = among(&desk, &free, &vacant);
    let unkept = |_, _: &dyn Fn() -> Vec<u32>| Ok::<(), Infallible>(());
    let Ok(placed) = place((desk.rules, &registers, seed), None, unkept);
    let Placed { posts, .. } = placed;
    let mut moves = Vec::new();
    for post in posts {
        let person = desk.find(&post.person)?;
        let Some(committee) = desk.registers.committee(&post.committee) else {
            continue;
        };
        // A relative who kept the seat beside: somebody else has to come.
        if desk.relative_at(person, committee, person).is_none() {
            desk.assign(person, Some(committee));
            vacant[committee] -= 1;
            moves.push(post);
        }
    }
    beside_relatives(&mut desk, (&free, &mut vacant), &mut moves);
    moves.sort();
    Ok(Replaced {
        posts: desk.all(),
        moves,
        empty: vacant
            .into_iter()
            .enumerate()
            .filter(|(_, seats)| *seats > 0)
            .collect(),
    })
}

/// Those who can come, and the places that are vacant.
fn among(desk: &Desk, free: &[bool], vacant: &[u32]) -> Registers {
    let registers = desk.registers;
    let stands_by = |at: &usize| {
        let kind = desk.posts[*at].map(|post| registers.committees[post].kind);
        free[*at] && kind.is_none_or(|kind| kind == Kind::Reserve)
    };
    let people = (0..registers.people.len()).filter(stands_by);
    let committees = registers.committees.iter().zip(vacant);
    let committees = committees
        .filter(|(_, seats)| **seats > 0)
        .map(|(one, seats)| {
            let mut one = one.clone();
            one.seats = *seats;
            one
        });
    Registers {
        people: people.map(|at| registers.people[at].clone()).collect(),
        committees: committees.collect(),
    }
}

/// Places whose best replacement would sit beside a relative, one by one.
fn beside_relatives(desk: &mut Desk, (free, vacant): (&[bool], &mut [u32]), moves: &mut Vec<Post>) {
    for (committee, seats) in vacant.iter_mut().enumerate() {
        while *seats > 0 {
            let all = 0..desk.posts.len();
            let may = all.filter(|at| free[*at] && desk.may_take(*at, committee, *at).is_ok());
            let ranked = may.filter_map(|at| {
                let from = desk.comes_from(at, committee)?;
                Some((from, desk.cost_metres(at, committee), at))
            });
            let Some((.., person)) = ranked.min() else {
                break;
            };
            desk.assign(person, Some(committee));
            moves.push(desk.post(person, committee));
            *seats -= 1;
        }
    }
}

#[cfg(test)]
mod tests;
