//! After the lists are out: who has to move moves, everybody else stays.
//!
//! Always true here: a household that may stay stays, so that one changed address moves one
//! household at most; every move is told with its reason. The price is that the placement is no
//! longer the cheapest there is: a new one is made when that is worth the letters.

use crate::input::Group;
use crate::input::Site;
use crate::lists::number;
use crate::tree::Best;
use crate::tree::Tree;
use sanduq_register::placement::place::Point;

/// Why somebody moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// New in the roll.
    New,
    /// Another address, or another need.
    Changed,
    /// The station is closed, or no longer for these voters.
    StationClosed,
    /// The station has fewer places than before.
    StationSmaller,
    /// A new plan: a nearer station has room.
    Nearer,
    /// A new plan: who has it farther elsewhere needs the place more.
    MakesRoom,
}

impl Why {
    /// The word for machines.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Changed => "changed",
            Self::StationClosed => "station_closed",
            Self::StationSmaller => "station_smaller",
            Self::Nearer => "nearer",
            Self::MakesRoom => "makes_room",
        }
    }
}

/// A household as it was placed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Household {
    /// Where it lives now, how many they are, and which stations may take them.
    pub told: Group,
    /// Its station so far; none for who is new.
    pub site: Option<u32>,
    /// Whether its address or need has changed since.
    pub changed: bool,
    /// The station of those with whom it lives: it goes there where that has room for it.
    pub beside: Option<u32>,
}

/// A household that moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Move {
    /// Which one, by its place in the list.
    pub household: u32,
    /// Its station before.
    pub from: Option<u32>,
    /// Its station now.
    pub to: u32,
    /// Why.
    pub why: Why,
}

/// A household for whom no station has room: a new plan is needed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoRoom {
    /// Which one, by its place in the list.
    pub household: u32,
}

/// Finds a station for who has none any more: the nearest with room for the household, in the
/// order of the list.
///
/// # Errors
/// [`NoRoom`] for the first that finds none.
pub fn keep(sites: &[Site], households: &[Household]) -> Result<Vec<Move>, NoRoom> {
    keep_by(sites, households, None)
}

/// The same by road: for each household the stations that it can reach, with the metres. One that
/// stays is not asked for its way; one that moves goes nowhere but where a way leads.
///
/// # Errors
/// [`NoRoom`] for the first that reaches no station with room.
pub fn keep_by_roads(
    sites: &[Site],
    households: &[Household],
    ways: &[Vec<(u32, u32)>],
) -> Result<Vec<Move>, NoRoom> {
    keep_by(sites, households, Some(ways))
}

fn keep_by(
    sites: &[Site],
    households: &[Household],
    ways: Option<&[Vec<(u32, u32)>]>,
) -> Result<Vec<Move>, NoRoom> {
    let mut room: Vec<u32> = sites.iter().map(|site| site.capacity).collect();
    let mut leaving = Vec::new();
    for (household, at) in households.iter().zip(0..) {
        match reason(sites, household) {
            Some(why) => leaving.push((at, why)),
            // Who stands later in the list leaves a station that has become smaller.
            None => match taken(&mut room, household) {
                true => {}
                false => leaving.push((at, Why::StationSmaller)),
            },
        }
    }
    let points: Vec<(Point, u32)> = sites.iter().map(|site| site.point).zip(0..).collect();
    let tree = Tree::new(points);
    let mut best = Best::default();
    let mut moves = Vec::new();
    for (at, why) in leaving {
        let household = &households[at as usize];
        let told = household.told;
        let closed = |site: u32| {
            let open =
                sites[site as usize].may_take(told.class) && room[site as usize] >= told.voters;
            if open { 0 } else { CLOSED_METRES }
        };
        let ways = ways.map(|ways| ways[at as usize].as_slice());
        let reached = |site: u32| ways.is_none_or(|ways| ways.iter().any(|way| way.0 == site));
        let beside = household.beside;
        let beside = beside.filter(|site| closed(*site) == 0 && reached(*site));
        let nearest = || match ways {
            Some(ways) => {
                let open = ways.iter().filter(|way| closed(way.0) == 0);
                open.map(|(site, metres)| (*metres, *site))
                    .min()
                    .map(|way| way.1)
            }
            None => {
                tree.best(told.point, 1, closed, &mut best);
                let found = best.found().first();
                let found = found.filter(|found| found.cost_metres < CLOSED_METRES);
                found.map(|found| found.site)
            }
        };
        let to = beside.or_else(nearest);
        let to = to.ok_or(NoRoom { household: at })?;
        room[to as usize] -= told.voters;
        if household.site != Some(to) {
            moves.push(Move {
                household: at,
                from: household.site,
                to,
                why,
            });
        }
    }
    Ok(moves)
}

/// Farther than any way.
const CLOSED_METRES: i64 = 1 << 32;

/// Why a household cannot stay, whatever room there is.
fn reason(sites: &[Site], household: &Household) -> Option<Why> {
    let Some(site) = household.site else {
        return Some(Why::New);
    };
    if household.changed {
        return Some(Why::Changed);
    }
    let site = &sites[site as usize];
    let open = site.capacity > 0 && site.may_take(household.told.class);
    (!open).then_some(Why::StationClosed)
}

/// Takes the places of a household where it stays; whether there are enough.
fn taken(room: &mut [u32], household: &Household) -> bool {
    let Some(site) = household.site else {
        return false;
    };
    let left = room[site as usize].checked_sub(household.told.voters);
    room[site as usize] = left.unwrap_or(room[site as usize]);
    left.is_some()
}

/// Who moves between two plans, and why: where an old station no longer serves, that; else whether
/// the new one is nearer.
#[must_use]
pub fn compare(sites: &[Site], households: &[Household], plan: &[u32]) -> Vec<Move> {
    let metres = |household: &Household, site: u32| {
        household.told.point.metres_to(sites[site as usize].point)
    };
    let pairs = households.iter().zip(plan).enumerate();
    pairs
        .filter(|(_, (household, to))| household.site != Some(**to))
        .map(|(at, (household, to))| {
            let nearer = household
                .site
                .is_some_and(|from| metres(household, *to) < metres(household, from));
            let free = if nearer { Why::Nearer } else { Why::MakesRoom };
            Move {
                household: number(at),
                from: household.site,
                to: *to,
                why: reason(sites, household).unwrap_or(free),
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::district::place;
    use crate::invented::district;

    /// A district where every group is a household at its station.
    fn placed() -> (Vec<Site>, Vec<Household>) {
        let (groups, sites) = district(3, 40, 600, 130);
        let placed = place(&groups, &sites).expect("there are places");
        let mut room: Vec<u32> = sites.iter().map(|site| site.capacity).collect();
        let mut households = Vec::new();
        for (told, parts) in groups.iter().zip(&placed.groups) {
            // Whoever was split goes where there is room for the rest.
            let site = parts.iter().map(|part| part.0);
            let site = site
                .chain(0..40)
                .find(|site| room[*site as usize] >= told.voters);
            let site = site.expect("a third more places than voters");
            room[site as usize] -= told.voters;
            households.push(Household {
                told: *told,
                site: Some(site),
                changed: false,
                beside: None,
            });
        }
        (sites, households)
    }

    #[test]
    fn one_changed_address_moves_one_household_at_most() {
        let (sites, households) = placed();
        assert_eq!(keep(&sites, &households), Ok(vec![]));
        for at in 0..households.len() {
            let mut changed = households.clone();
            changed[at].told.point = households[(at * 7 + 1) % households.len()].told.point;
            changed[at].changed = true;
            let moves = keep(&sites, &changed).expect("there is room");
            assert!(moves.len() <= 1, "{moves:?}");
            assert!(moves.iter().all(|one| one.household as usize == at));
            assert!(moves.iter().all(|one| one.why == Why::Changed));
        }
    }

    #[test]
    fn a_closed_station_moves_its_households_and_no_others() {
        let (mut sites, mut households) = placed();
        let closed = households[0].site.expect("a station");
        sites[closed as usize].capacity = 0;
        households[5].site = None;
        let moves = keep(&sites, &households).expect("there is room");
        let gone = households
            .iter()
            .filter(|household| household.site == Some(closed));
        let expected = gone.count() + 1;
        assert_eq!(moves.len(), expected);
        for one in &moves {
            let new = one.household == 5;
            assert_eq!(one.why, if new { Why::New } else { Why::StationClosed });
            assert_ne!(one.to, closed);
        }
        let mut loads = vec![0; sites.len()];
        for (at, household) in households.iter().enumerate() {
            let moved = moves.iter().find(|one| one.household as usize == at);
            let site = moved
                .map(|one| one.to)
                .or(household.site)
                .expect("a station");
            loads[site as usize] += household.told.voters;
        }
        let full = loads.iter().zip(&sites);
        assert!(full.into_iter().all(|(load, site)| *load <= site.capacity));
        for site in &mut sites {
            site.capacity = 0;
        }
        assert_eq!(keep(&sites, &households), Err(NoRoom { household: 0 }));
    }

    #[test]
    fn who_is_new_goes_where_the_others_go_while_there_is_room() {
        let (mut sites, mut households) = placed();
        let own = households[0].site;
        households[0].told.voters -= 1;
        let mut new = households[0];
        new.told.voters = 1;
        new.told.point = households[households.len() - 1].told.point;
        (new.site, new.beside) = (None, own);
        households.push(new);
        let moves = keep(&sites, &households).expect("there is room");
        assert_eq!(moves.len(), 1);
        assert_eq!((Some(moves[0].to), moves[0].why), (own, Why::New));
        // Without room there, the nearest that has some.
        let there = households.iter().filter(|one| one.site == own);
        let load = there.map(|one| one.told.voters).sum();
        sites[own.expect("a station") as usize].capacity = load;
        let moves = keep(&sites, &households).expect("there is room");
        assert_eq!(moves.len(), 1);
        assert_ne!(Some(moves[0].to), own);
    }

    #[test]
    fn a_new_plan_says_why_each_household_moves() {
        let (mut sites, households) = placed();
        let mut plan: Vec<u32> = households.iter().filter_map(|one| one.site).collect();
        assert_eq!(compare(&sites, &households, &plan), []);
        plan.swap(0, 1);
        plan[2] = (plan[2] + 1) % 40;
        sites[households[3].site.expect("a station") as usize].capacity = 0;
        for one in compare(&sites, &households, &plan) {
            let household = &households[one.household as usize];
            let metres = |site: u32| household.told.point.metres_to(sites[site as usize].point);
            let from = one.from.expect("nobody is new");
            let expected = if sites[from as usize].capacity == 0 {
                Why::StationClosed
            } else if metres(one.to) < metres(from) {
                Why::Nearer
            } else {
                Why::MakesRoom
            };
            assert_eq!(one.why, expected);
        }
    }
}
