//! A placement and its prices as a tree: which groups tie which stations together.
//!
//! A group that is split between stations ties them: at the right prices it does not care which.
//! Everybody else hangs on one station as a leaf. So the tree has as many nodes as there are
//! stations, however many groups there are, and its root is the room that nobody takes.
//!
//! ```text
//!                 TOP (room that is left; price 0)
//!               /     \
//!        station       station                 up: a group, or TOP where there is room
//!        /   |  \         |
//!    leaf  leaf  group   leaf                  home: the station above
//!                /   \
//!          station   station
//! ```
//!
//! Always true here:
//! - only ties have voters: a group's home, and the stations whose `up` it is;
//! - for a group, metres and price together are equal at all stations it is tied to;
//! - a group has voters at its home (so that no sequence of changes comes back to where it was:
//!   Cunningham's strongly feasible trees).

use crate::input::Group;
use crate::input::Site;
use crate::lists::Lists;
use crate::lists::number;

/// The group that stands for room that nobody takes.
pub(crate) const TOP: u32 = u32::MAX;

/// No station: where voters are who have none.
pub(crate) const NOWHERE: u32 = u32::MAX;

/// What it costs to have no station, in metres: more than four hundred ways around the earth, so
/// that any chain of stations to one with room is cheaper.
pub const UNPLACED_METRES: i64 = 1 << 33;

/// A station in the tree.
#[derive(Clone, Copy, Debug)]
pub struct Node {
    /// What a place here is worth, in metres that a voter would go for it.
    pub price_metres: i64,
    /// Voters who go here.
    pub load: u32,
    /// The most it may have.
    pub capacity: u32,
    /// The group above.
    pub(crate) up: u32,
    /// Stations above, and this one.
    pub(crate) depth: u32,
    /// The first of the stations below, across a group.
    child: u32,
    /// Its neighbours below the same station.
    next: u32,
    previous: u32,
}

impl Node {
    /// Whether it may have more voters.
    #[must_use]
    pub fn has_room(&self) -> bool {
        self.load < self.capacity
    }
}

/// The tree of one district.
#[derive(Debug)]
pub struct Basis<'a> {
    pub(crate) groups: &'a [Group],
    /// The ways, with the voters who go them.
    pub lists: Lists,
    /// The stations.
    pub nodes: Vec<Node>,
    /// The station above each group.
    pub(crate) homes: Vec<u32>,
    /// Changes of the tree so far.
    pub changes: u64,
    /// Stations on the way up from either end of a new tie.
    pub(crate) paths: [Vec<u32>; 2],
    stack: Vec<u32>,
}

impl<'a> Basis<'a> {
    /// Nobody has a station.
    #[must_use]
    pub fn new(groups: &'a [Group], sites: &[Site], lists: Lists) -> Self {
        let node = |site: &Site| Node {
            price_metres: 0,
            load: 0,
            capacity: site.capacity,
            up: TOP,
            depth: 1,
            child: NOWHERE,
            next: NOWHERE,
            previous: NOWHERE,
        };
        Self {
            groups,
            lists,
            nodes: sites.iter().map(node).collect(),
            homes: vec![NOWHERE; groups.len()],
            changes: 0,
            paths: [Vec::new(), Vec::new()],
            stack: Vec::new(),
        }
    }

    /// Voters who have no station.
    #[must_use]
    pub fn unplaced(&self) -> u64 {
        let all = (0..number(self.groups.len())).zip(&self.homes);
        all.filter(|(_, home)| **home == NOWHERE)
            .map(|(group, _)| u64::from(self.going(group, NOWHERE)))
            .sum()
    }

    /// Metres that all voters go together.
    #[must_use]
    pub fn cost_metres(&self) -> i64 {
        (0..number(self.lists.len()))
            .flat_map(|group| self.lists.of(group))
            .map(|way| i64::from(way.voters) * i64::from(way.metres))
            .sum()
    }

    /// The station above a station.
    pub(crate) fn above(&self, site: u32) -> u32 {
        match self.nodes[site as usize].up {
            TOP => NOWHERE,
            group => self.homes[group as usize],
        }
    }

    /// How deep a station lies; nothing lies above [`NOWHERE`].
    pub(crate) fn depth(&self, site: u32) -> u32 {
        match site {
            NOWHERE => 0,
            site => self.nodes[site as usize].depth,
        }
    }

    /// Voters of a group who go to a station; the room left at it for [`TOP`].
    pub(crate) fn going(&self, group: u32, site: u32) -> u32 {
        if group == TOP {
            let node = &self.nodes[site as usize];
            return node.capacity - node.load;
        }
        let mut ways = self.lists.of(group).iter();
        if site == NOWHERE {
            return self.groups[group as usize].voters - ways.map(|way| way.voters).sum::<u32>();
        }
        ways.find(|way| way.site == site)
            .map_or(0, |way| way.voters)
    }

    /// More voters of a group at a station, or fewer, while a cycle is changed: the load of a
    /// station changes with its room alone.
    pub(crate) fn add(&mut self, group: u32, site: u32, voters: i64) {
        let changed =
            |now: u32| u32::try_from(i64::from(now) + voters).expect("no more go than there are");
        if group == TOP {
            let node = &mut self.nodes[site as usize];
            node.load = u32::try_from(i64::from(node.load) - voters).expect("a load within bounds");
        } else if site != NOWHERE {
            let mut ways = self.lists.of_mut(group).iter_mut();
            let way = ways
                .find(|way| way.site == site)
                .expect("a tie is a way that is looked at");
            way.voters = changed(way.voters);
        }
    }

    /// The stations below a group, into the list.
    pub(crate) fn below(&self, group: u32, into: &mut Vec<u32>) {
        let ways = self.lists.of(group).iter();
        let tied = ways.filter(|way| self.nodes[way.site as usize].up == group);
        into.extend(tied.map(|way| way.site));
    }

    /// A station leaves the list of those below the one above it.
    pub(crate) fn unlink(&mut self, site: u32) {
        let above = self.above(site);
        if above == NOWHERE {
            return;
        }
        let Node { next, previous, .. } = self.nodes[site as usize];
        match previous {
            NOWHERE => self.nodes[above as usize].child = next,
            previous => self.nodes[previous as usize].next = next,
        }
        if next != NOWHERE {
            self.nodes[next as usize].previous = previous;
        }
    }

    /// A station enters the list of those below the one above it.
    pub(crate) fn link(&mut self, site: u32) {
        let above = self.above(site);
        if above == NOWHERE {
            return;
        }
        let first = self.nodes[above as usize].child;
        self.nodes[above as usize].child = site;
        if first != NOWHERE {
            self.nodes[first as usize].previous = site;
        }
        let node = &mut self.nodes[site as usize];
        node.next = first;
        node.previous = NOWHERE;
    }

    /// Prices of a station and of all below it rise or fall, and their depth is told again.
    pub(crate) fn shift(&mut self, site: u32, metres: i64) {
        let mut stack = std::mem::take(&mut self.stack);
        stack.push(site);
        while let Some(site) = stack.pop() {
            let depth = self.depth(self.above(site)) + 1;
            let node = &mut self.nodes[site as usize];
            node.price_metres += metres;
            node.depth = depth;
            let mut child = node.child;
            while child != NOWHERE {
                stack.push(child);
                child = self.nodes[child as usize].next;
            }
        }
        self.stack = stack;
    }
}
