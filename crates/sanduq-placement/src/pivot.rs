//! One change of the tree: a group that would gain is tied to another station, voters move around
//! the cycle that this closes, and the tie that runs out of voters first is cut.

use crate::basis::Basis;
use crate::basis::NOWHERE;
use crate::basis::TOP;

/// The tie that is cut.
#[derive(Clone, Copy, Debug)]
struct Cut {
    /// Whether it lies on the way up from the group, not from the station.
    of_group: bool,
    /// How many stations are passed on that way before it.
    at: usize,
    /// Voters who move.
    voters: u32,
}

impl Basis<'_> {
    /// Ties `group` to `site`, by which each of its voters gains so many metres.
    pub(crate) fn tie(&mut self, group: u32, site: u32, gain_metres: i64) {
        self.changes += 1;
        let apex = self.walk_up(group, site);
        let cut = self.find_cut(group, apex);
        self.move_around(group, site, apex, cut.voters);
        if cut.of_group {
            self.hang_group(group, site, cut.at);
            let mut below = Vec::new();
            self.below(group, &mut below);
            for station in below {
                self.shift(station, -gain_metres);
            }
        } else {
            self.hang_station(group, site, cut.at);
            self.shift(site, gain_metres);
        }
    }

    /// The stations from the group's home and from the station up to where the two ways meet;
    /// whether they meet in a group (or in [`TOP`]) rather than in a station.
    fn walk_up(&mut self, group: u32, site: u32) -> bool {
        let [mut left, mut right] = std::mem::take(&mut self.paths);
        left.clear();
        right.clear();
        let mut one = if group == TOP {
            NOWHERE
        } else {
            self.homes[group as usize]
        };
        let mut other = site;
        while one != other {
            if self.depth(one) >= self.depth(other) {
                left.push(one);
                one = self.above(one);
            } else {
                right.push(other);
                other = self.above(other);
            }
        }
        let up =
            |path: &[u32], or: u32| path.last().map_or(or, |last| self.nodes[*last as usize].up);
        let apex = up(&left, group) == up(&right, NOWHERE - 1);
        self.paths = [left, right];
        apex
    }

    /// The group that is passed on the way up from the group after so many stations.
    fn group_after(&self, group: u32, stations: usize) -> u32 {
        match stations {
            0 => group,
            more => self.nodes[self.paths[0][more - 1] as usize].up,
        }
    }

    /// How many groups on the way up from the group lose voters at their home.
    fn losing(&self, group: u32, apex: bool) -> usize {
        let stations = self.paths[0].len();
        let last = self.group_after(group, stations);
        stations + usize::from(!apex && last != TOP)
    }

    /// The first tie that runs out of voters, in the direction in which they move from the apex on.
    fn find_cut(&self, group: u32, apex: bool) -> Cut {
        let mut cut = Cut {
            of_group: false,
            at: 0,
            voters: u32::MAX,
        };
        for at in (0..self.losing(group, apex)).rev() {
            let passed = self.group_after(group, at);
            let voters = self.going(passed, self.homes[passed as usize]);
            if voters < cut.voters {
                cut = Cut {
                    of_group: true,
                    at,
                    voters,
                };
            }
        }
        for (at, site) in self.paths[1].iter().enumerate() {
            let voters = self.going(self.nodes[*site as usize].up, *site);
            if voters < cut.voters {
                cut = Cut {
                    of_group: false,
                    at,
                    voters,
                };
            }
        }
        cut
    }

    /// Moves voters around the cycle.
    fn move_around(&mut self, group: u32, site: u32, apex: bool, voters: u32) {
        if voters == 0 {
            return;
        }
        let voters = i64::from(voters);
        for at in 0..self.losing(group, apex) {
            let passed = self.group_after(group, at);
            self.add(passed, self.homes[passed as usize], -voters);
        }
        let [left, right] = std::mem::take(&mut self.paths);
        for station in &left {
            self.add(self.nodes[*station as usize].up, *station, voters);
        }
        for (at, station) in right.iter().enumerate() {
            let up = self.nodes[*station as usize].up;
            self.add(up, *station, -voters);
            if up != TOP && !(apex && at + 1 == right.len()) {
                self.add(up, self.homes[up as usize], voters);
            }
        }
        if group == TOP {
            self.nodes[site as usize].load -= u32::try_from(voters).unwrap_or(0);
        } else {
            self.add(group, site, voters);
        }
        self.paths = [left, right];
    }

    /// What hung on the cut tie now hangs on the station, below the group.
    fn hang_group(&mut self, group: u32, site: u32, cut: usize) {
        let passed: Vec<u32> = (0..=cut).map(|at| self.group_after(group, at)).collect();
        let stations = self.paths[0][..cut].to_vec();
        self.unlink_below(&passed);
        let mut home = site;
        for (at, passed) in passed.iter().enumerate() {
            self.homes[*passed as usize] = home;
            if let Some(station) = stations.get(at) {
                self.nodes[*station as usize].up = *passed;
                home = *station;
            }
        }
        self.link_below(&passed);
    }

    /// What hung on the cut tie now hangs on the group, below the station.
    fn hang_station(&mut self, group: u32, site: u32, cut: usize) {
        let stations = self.paths[1][..=cut].to_vec();
        let up = |station: &u32| self.nodes[*station as usize].up;
        let passed: Vec<u32> = stations[..cut].iter().map(up).collect();
        self.unlink(stations[cut]);
        self.unlink_below(&passed);
        for (at, passed) in passed.iter().enumerate() {
            self.homes[*passed as usize] = stations[at];
            self.nodes[stations[at + 1] as usize].up = *passed;
        }
        self.nodes[site as usize].up = group;
        self.link(site);
        self.link_below(&passed);
    }

    fn unlink_below(&mut self, groups: &[u32]) {
        let mut below = Vec::new();
        for group in groups {
            self.below(*group, &mut below);
        }
        for station in below {
            self.unlink(station);
        }
    }

    fn link_below(&mut self, groups: &[u32]) {
        let mut below = Vec::new();
        for group in groups {
            self.below(*group, &mut below);
        }
        for station in below {
            self.link(station);
        }
    }
}
