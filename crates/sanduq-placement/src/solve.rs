//! From nothing to the placement of least cost: a first placement that fills one station after the
//! other, then changes of the tree until nobody would gain.

use crate::basis::Basis;
use crate::basis::NOWHERE;
use crate::basis::Node;
use crate::basis::TOP;
use crate::basis::UNPLACED_METRES;
use crate::lists::number;

/// The groups that gain more than this are looked at first, in metres; then those that gain more
/// than a part of it, and so on.
const GAIN_METRES: i64 = 1 << 14;

/// Stations that a group looks at more.
pub(crate) const MORE: usize = 3;

/// The price of a station where there is room.
fn price_open(nodes: &[Node], prices_metres: &[i64], site: u32) -> i64 {
    let node = &nodes[site as usize];
    prices_metres[site as usize] + if node.has_room() { 0 } else { UNPLACED_METRES }
}

impl Basis<'_> {
    /// Everybody goes to the station that is best at these prices and has room, groups in their
    /// order; who finds none among those looked at looks farther.
    pub fn fill(&mut self, prices_metres: &[i64]) {
        let mut full = 0;
        let mut told = 0;
        for group in 0..number(self.groups.len()) {
            let mut left = self.groups[group as usize].voters;
            let mut filled = Vec::new();
            while left > 0 {
                let ways = self.lists.of(group).iter();
                let open = ways.filter(|way| self.nodes[way.site as usize].has_room());
                let cost = |site: u32, metres: u32| {
                    (i64::from(metres) + prices_metres[site as usize], site)
                };
                let best = open.map(|way| cost(way.site, way.metres)).min();
                let Some((_, site)) = best else {
                    if full > told + self.nodes.len() / 32 {
                        told = full;
                        self.lists
                            .set_prices(|site| price_open(&self.nodes, prices_metres, site));
                    }
                    let before = self.lists.of(group).len();
                    let price = |site| price_open(&self.nodes, prices_metres, site);
                    self.lists
                        .widen(group, &self.groups[group as usize], MORE, price);
                    if self.lists.of(group).len() == before {
                        break;
                    }
                    continue;
                };
                let voters = left.min(self.going(TOP, site));
                self.add(group, site, i64::from(voters));
                self.add(TOP, site, -i64::from(voters));
                left -= voters;
                full += usize::from(!self.nodes[site as usize].has_room());
                if left == 0 {
                    self.homes[group as usize] = site;
                } else {
                    filled.push(site);
                }
            }
            for site in filled {
                self.nodes[site as usize].up = group;
            }
        }
        self.tell_prices();
    }

    /// Links the tree and computes prices and depths from the top down.
    pub(crate) fn tell_prices(&mut self) {
        let sites = 0..number(self.nodes.len());
        for site in sites.clone() {
            self.link(site);
        }
        let mut known = vec![false; self.nodes.len()];
        for site in sites {
            // A chain of stations upwards to one that is known.
            let mut chain = Vec::new();
            let mut at = site;
            while at != NOWHERE && !known[at as usize] {
                chain.push(at);
                at = self.above(at);
            }
            for site in chain.into_iter().rev() {
                known[site as usize] = true;
                let above = self.above(site);
                let up = self.nodes[site as usize].up;
                let price = match up {
                    TOP => 0,
                    up => self.cost_at(up, above) - self.metres(up, site),
                };
                let depth = self.depth(above) + 1;
                let node = &mut self.nodes[site as usize];
                node.price_metres = price;
                node.depth = depth;
            }
        }
    }

    fn metres(&self, group: u32, site: u32) -> i64 {
        let mut ways = self.lists.of(group).iter();
        let way = ways.find(|way| way.site == site);
        way.map_or(UNPLACED_METRES, |way| i64::from(way.metres))
    }

    /// Metres and price together of a group at a station.
    fn cost_at(&self, group: u32, site: u32) -> i64 {
        match site {
            NOWHERE => UNPLACED_METRES,
            site => self.metres(group, site) + self.nodes[site as usize].price_metres,
        }
    }

    /// Changes the tree until no group gains by a station that it looks at.
    pub fn improve(&mut self) {
        let mut least = GAIN_METRES;
        loop {
            let before = self.changes;
            self.sweep(least);
            if self.changes == before && least == 1 {
                return;
            }
            least = (least / 4).max(1);
        }
    }

    /// Every group that gains so much is tied to the station that is best for it, once.
    fn sweep(&mut self, least_metres: i64) {
        for group in 0..number(self.groups.len()) {
            if self.groups[group as usize].voters == 0 {
                continue;
            }
            let home = self.homes[group as usize];
            let mut own = UNPLACED_METRES;
            let mut best = (i64::MAX, NOWHERE);
            for way in self.lists.of(group) {
                let price = self.nodes[way.site as usize].price_metres;
                let cost = i64::from(way.metres) + price;
                if way.site == home {
                    own = cost;
                }
                best = best.min((cost, way.site));
            }
            if best.1 != NOWHERE && own - best.0 >= least_metres {
                self.tie(group, best.1, own - best.0);
            }
        }
        for site in 0..number(self.nodes.len()) {
            let price = self.nodes[site as usize].price_metres;
            if -price >= least_metres {
                self.tie(TOP, site, -price);
            }
        }
    }
}
