//! For each group the stations that are looked at: the best at the prices of the moment, more when
//! they are needed.

use crate::input::CLASSES;
use crate::input::Group;
use crate::input::Site;
use crate::tree::Best;
use crate::tree::Found;
use crate::tree::Tree;
use rayon::prelude::*;

/// Stations that are looked at for each group to begin with.
const FIRST: usize = 4;

/// Groups whose stations are looked up by one thread at a time.
const PART: usize = 4096;

/// A way from a group to a station.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Way {
    /// The station.
    pub site: u32,
    /// Metres that each voter of the group has to it.
    pub metres: u32,
    /// Voters of the group who go there.
    pub voters: u32,
}

/// A list of ways.
#[derive(Clone, Copy, Debug, Default)]
struct Span {
    start: u32,
    length: u32,
}

/// The ways of all groups.
#[derive(Clone, Debug)]
pub struct Lists {
    /// One list after the other; one that grew stands behind the others.
    ways: Vec<Way>,
    spans: Vec<Span>,
    /// The stations of each class; none where lists are given and do not grow.
    trees: Vec<Tree>,
    best: Best,
}

impl Lists {
    /// The best stations of every group at these prices.
    #[must_use]
    pub fn best(groups: &[Group], sites: &[Site], prices_metres: &[i64]) -> Self {
        let price = |site: u32| prices_metres[site as usize];
        let mut trees: Vec<Tree> = (0..CLASSES).map(|class| tree(sites, class)).collect();
        for tree in &mut trees {
            tree.set_prices(price);
        }
        let parts: Vec<(Vec<Way>, Vec<u32>)> = groups
            .par_chunks(PART)
            .map(|part| {
                let mut best = Best::default();
                let mut ways = Vec::with_capacity(part.len() * FIRST);
                let mut lengths = Vec::with_capacity(part.len());
                for group in part {
                    let tree = &trees[usize::from(group.class)];
                    tree.best(group.point, FIRST, price, &mut best);
                    ways.extend(best.found().iter().map(|found| way(*found)));
                    lengths.push(number(best.found().len()));
                }
                (ways, lengths)
            })
            .collect();
        let mut lists = Self {
            ways: Vec::with_capacity(groups.len() * FIRST),
            spans: Vec::with_capacity(groups.len()),
            trees,
            best: Best::default(),
        };
        for (ways, lengths) in parts {
            let mut start = number(lists.ways.len());
            lists.ways.extend(ways);
            for length in lengths {
                lists.spans.push(Span { start, length });
                start += length;
            }
        }
        lists
    }

    /// Lists that are given, as of a matrix of roads: station and metres. What does not stand in
    /// them cannot be reached.
    #[must_use]
    pub fn given<'a>(lists: impl Iterator<Item = &'a [(u32, u32)]>) -> Self {
        let mut ways = Vec::new();
        let mut spans = Vec::new();
        for list in lists {
            spans.push(Span {
                start: number(ways.len()),
                length: number(list.len()),
            });
            ways.extend(list.iter().map(|(site, metres)| Way {
                site: *site,
                metres: *metres,
                voters: 0,
            }));
        }
        Self {
            ways,
            spans,
            trees: Vec::new(),
            best: Best::default(),
        }
    }

    /// How many groups there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.spans.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.spans.is_empty()
    }

    /// Whether the lists were given and cannot grow.
    #[must_use]
    pub fn are_given(&self) -> bool {
        self.trees.is_empty()
    }

    /// The ways of a group that are looked at.
    #[must_use]
    pub fn of(&self, group: u32) -> &[Way] {
        let span = self.spans[group as usize];
        &self.ways[span.start as usize..][..span.length as usize]
    }

    /// The same, to be changed.
    pub fn of_mut(&mut self, group: u32) -> &mut [Way] {
        let span = self.spans[group as usize];
        &mut self.ways[span.start as usize..][..span.length as usize]
    }

    /// Notes the least prices, after some have fallen.
    pub fn set_prices(&mut self, price_metres: impl Fn(u32) -> i64 + Copy) {
        for tree in &mut self.trees {
            tree.set_prices(price_metres);
        }
    }

    /// The best station of a group among all that there are, where it costs less than this; never
    /// any where lists are given.
    pub fn better(
        &self,
        told: &Group,
        than_metres: i64,
        price_metres: impl Fn(u32) -> i64 + Copy,
        best: &mut Best,
    ) -> Option<Found> {
        let tree = self.trees.get(usize::from(told.class))?;
        tree.better(told.point, than_metres, price_metres, best)
    }

    /// Looks at these stations for a group as well, none of which stands in its list: station and
    /// metres.
    pub fn add(&mut self, group: u32, ways: impl Iterator<Item = (u32, u32)>) {
        let span = self.spans[group as usize];
        let start = self.ways.len();
        let old = span.start as usize..(span.start + span.length) as usize;
        self.ways.extend_from_within(old);
        self.ways.extend(ways.map(|(site, metres)| Way {
            site,
            metres,
            voters: 0,
        }));
        self.spans[group as usize] = Span {
            start: number(start),
            length: number(self.ways.len() - start),
        };
    }

    /// Looks at more stations for a group: the best `wanted` at these prices, where they do not
    /// stand in its list. Nothing where lists are given.
    pub fn widen(
        &mut self,
        group: u32,
        told: &Group,
        wanted: usize,
        price_metres: impl Fn(u32) -> i64 + Copy,
    ) {
        let Some(tree) = self.trees.get(usize::from(told.class)) else {
            return;
        };
        let before = self.of(group).len();
        tree.best(told.point, wanted, price_metres, &mut self.best);
        let span = self.spans[group as usize];
        let old = span.start as usize..span.start as usize + before;
        let start = self.ways.len();
        self.ways.extend_from_within(old);
        for found in self.best.found() {
            if self.ways[start..][..before]
                .iter()
                .all(|way| way.site != found.site)
            {
                self.ways.push(way(*found));
            }
        }
        self.spans[group as usize] = Span {
            start: number(start),
            length: number(self.ways.len() - start),
        };
    }
}

/// A way that nobody goes yet.
fn way(found: Found) -> Way {
    Way {
        site: found.site,
        metres: found.metres,
        voters: 0,
    }
}

/// The stations that may take voters of a class.
fn tree(sites: &[Site], class: u8) -> Tree {
    let all = sites.iter().enumerate();
    let taking = all.filter(|(_, site)| site.may_take(class) && site.capacity > 0);
    Tree::new(taking.map(|(at, site)| (site.point, number(at))).collect())
}

/// A place in a list as a number of 32 bits.
///
/// # Panics
/// Beyond four thousand million ways, which no memory of today holds.
#[must_use]
pub fn number(at: usize) -> u32 {
    u32::try_from(at).expect("fewer than 2^32 groups, stations and ways")
}
