//! The placement of one district: who goes where, at what cost, and the proof.

use crate::basis::Basis;
use crate::basis::UNPLACED_METRES;
use crate::input::Group;
use crate::input::Site;
use crate::levels;
use crate::lists::Lists;
use crate::lists::number;
use crate::proof::Proof;

/// A placement of a district.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placed {
    /// For each group the stations and how many of its voters go there; most have one.
    pub groups: Vec<Vec<(u32, u32)>>,
    /// What a place at each station is worth, in metres that a voter would go for it; zero where
    /// there is room.
    pub prices_metres: Vec<i64>,
    /// Metres that all voters go together.
    pub cost_metres: i64,
    /// No placement costs less: equal to the cost as long as groups may be split.
    pub bound_metres: i64,
    /// Changes that were needed.
    pub changes: u64,
}

/// Why not everybody can be placed: voters who can go to these stations only are more than these
/// can have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Overfull {
    /// The stations, in the order of their numbers; none where nobody could go anywhere.
    pub sites: Vec<u32>,
    /// Voters who are left over when all of them are full.
    pub left_over: u64,
}

/// Places everybody at the least cost that there is, by the distances of places.
///
/// # Errors
/// [`Overfull`] when there is no placement.
pub fn place(groups: &[Group], sites: &[Site]) -> Result<Placed, Overfull> {
    let prices_metres = levels::prices(groups, sites);
    let lists = Lists::best(groups, sites, &prices_metres);
    finish(Basis::new(groups, sites, lists), &prices_metres)
}

/// Places everybody at the least cost by given ways, as of a matrix of roads: for each group the
/// stations that it can reach, and metres.
///
/// # Errors
/// [`Overfull`] when there is no placement by these ways.
pub fn place_by_ways(
    groups: &[Group],
    sites: &[Site],
    ways: &[Vec<(u32, u32)>],
) -> Result<Placed, Overfull> {
    let prices_metres = levels::prices(groups, sites);
    let lists = Lists::given(ways.iter().map(Vec::as_slice));
    finish(Basis::new(groups, sites, lists), &prices_metres)
}

fn finish(mut basis: Basis, prices_metres: &[i64]) -> Result<Placed, Overfull> {
    let proof = basis.solve(prices_metres);
    let left_over = basis.unplaced();
    if left_over > 0 {
        let nodes = basis.nodes.iter().zip(0..);
        let full = nodes.filter(|(node, _)| node.price_metres > UNPLACED_METRES / 2);
        return Err(Overfull {
            sites: full.map(|(_, site)| site).collect(),
            left_over,
        });
    }
    let taken = |group: u32| {
        let ways = basis.lists.of(group).iter();
        let going = ways.filter(|way| way.voters > 0);
        going.map(|way| (way.site, way.voters)).collect()
    };
    Ok(Placed {
        groups: (0..number(basis.groups.len())).map(taken).collect(),
        prices_metres: basis.nodes.iter().map(|node| node.price_metres).collect(),
        cost_metres: basis.cost_metres(),
        bound_metres: proof.bound_metres,
        changes: basis.changes,
    })
}

impl Basis<'_> {
    /// The placement of least cost, from these prices on, and its proof.
    pub(crate) fn solve(&mut self, prices_metres: &[i64]) -> Proof {
        self.fill(prices_metres);
        loop {
            self.improve();
            let proof = self.prove();
            if proof.gaining == 0 {
                return proof;
            }
        }
    }
}

#[cfg(test)]
mod tests;
