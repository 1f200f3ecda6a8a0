//! The proof that nothing cheaper exists: for every group the best of all stations at the prices
//! found, and what prices and voters add up to.
//!
//! For any prices that are not negative, no placement costs less than what every voter pays at the
//! least, metres and price together, less what all places are worth. It is a sum of integers that
//! anybody can add up again, and does not ask how the prices were found.

use crate::basis::Basis;
use crate::basis::Node;
use crate::basis::UNPLACED_METRES;
use crate::lists::number;
use crate::solve::MORE;
use crate::tree::Best;
use rayon::prelude::*;

/// Groups that are looked at by one thread at a time.
const PART: usize = 4096;

/// What was found of the prices.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Proof {
    /// No placement costs less, in metres that all voters go together.
    pub bound_metres: i64,
    /// Groups that would gain by a station they had not looked at.
    pub gaining: u64,
}

impl Basis<'_> {
    /// Looks at all stations for every group. Whoever would gain by one looks at more stations
    /// from now on; then the proof has `gaining`, and the work goes on.
    pub fn prove(&mut self) -> Proof {
        let nodes = &self.nodes;
        let price = |site: u32| nodes[site as usize].price_metres.max(0);
        self.lists.set_prices(price);
        let (lists, groups) = (&self.lists, self.groups);
        let parts: Vec<(i128, Vec<u32>)> = groups
            .par_chunks(PART)
            .enumerate()
            .map(|(part, told)| {
                let mut best = Best::default();
                let mut sum = 0_i128;
                let mut gaining = Vec::new();
                for (at, group) in told.iter().enumerate() {
                    let at = number(part * PART + at);
                    let ways = lists.of(at).iter();
                    let own = ways
                        .map(|way| i64::from(way.metres) + price(way.site))
                        .min();
                    let own = own.unwrap_or(UNPLACED_METRES);
                    let better = lists.better(group, own, price, &mut best);
                    let least = better.map_or(own, |found| found.cost_metres);
                    sum += i128::from(least) * i128::from(group.voters);
                    if least < own && group.voters > 0 {
                        gaining.push(at);
                    }
                }
                (sum, gaining)
            })
            .collect();
        let worth = |node: &Node| i128::from(node.price_metres.max(0)) * i128::from(node.capacity);
        let mut bound = -nodes.iter().map(worth).sum::<i128>();
        let mut proof = Proof::default();
        for (sum, gaining) in parts {
            bound += sum;
            for group in gaining {
                proof.gaining += 1;
                self.lists
                    .widen(group, &groups[group as usize], MORE, price);
            }
        }
        // Prices of the moment may prove less than nothing; that is no bound worth telling.
        proof.bound_metres = i64::try_from(bound.max(0)).unwrap_or(0);
        proof
    }
}
