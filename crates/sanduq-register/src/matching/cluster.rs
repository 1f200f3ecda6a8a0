//! Records that hang together by matches. If A is B and B is C, A is C; where the comparison of A
//! with C does not say so, one of the two links is wrong, and no machine can say which.

use std::collections::BTreeMap;

/// Groups of what links connect, by the smallest member of each: eight bytes for each member.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Clusters {
    /// All that are linked to anything, sorted.
    members: Vec<u32>,
    /// At the place of each the place of the smallest of its group.
    roots: Vec<u32>,
}

impl Clusters {
    /// The groups that these links connect.
    #[must_use]
    pub fn of(links: impl Iterator<Item = [u32; 2]> + Clone) -> Self {
        let mut members = Vec::with_capacity(2 * links.clone().count());
        members.extend(links.clone().flatten());
        members.sort_unstable();
        members.dedup();
        members.shrink_to_fit();
        let roots = (0u32..).take(members.len()).collect();
        let mut clusters = Self { members, roots };
        for [one, other] in links {
            let places = [one, other].map(|record| clusters.place(record).unwrap_or(0));
            let [one, other] = places.map(|place| clusters.climbed(place));
            clusters.roots[one.max(other) as usize] = one.min(other);
        }
        // A root stands before its group, so that what points to it is already done.
        for place in 0..clusters.roots.len() {
            clusters.roots[place] = clusters.roots[clusters.roots[place] as usize];
        }
        clusters
    }

    fn place(&self, record: u32) -> Option<u32> {
        let place = self.members.binary_search(&record).ok()?;
        u32::try_from(place).ok()
    }

    /// The smallest member of the group of a record; itself when nothing is linked to it.
    #[must_use]
    pub fn root(&self, record: u32) -> u32 {
        let root = self.place(record).map(|place| self.roots[place as usize]);
        root.map_or(record, |place| self.members[place as usize])
    }

    /// The place of the root, and every place on the way now points nearer to it.
    fn climbed(&mut self, place: u32) -> u32 {
        let mut at = place;
        loop {
            let above = self.roots[at as usize];
            if above == at {
                return at;
            }
            self.roots[at as usize] = self.roots[above as usize];
            at = above;
        }
    }

    /// How many members each group has, by its root.
    #[must_use]
    pub fn sizes(&self) -> BTreeMap<u32, u64> {
        let mut sizes = BTreeMap::new();
        for root in &self.roots {
            *sizes.entry(self.members[*root as usize]).or_insert(0) += 1;
        }
        sizes
    }
}

/// The roots of the groups of automatic links in which some two members are not linked at all: a
/// chain. `automatic` are the links that connect, `all` those and the ones of review.
#[must_use]
pub fn chains(automatic: &[[u32; 2]], all: &[[u32; 2]]) -> Vec<u32> {
    let clusters = Clusters::of(automatic.iter().copied());
    let mut links: BTreeMap<u32, u64> = BTreeMap::new();
    for [one, other] in all {
        let roots = [clusters.root(*one), clusters.root(*other)];
        if roots[0] == roots[1] {
            *links.entry(roots[0]).or_insert(0) += 1;
        }
    }
    let chained = clusters.sizes().into_iter().filter(|(root, members)| {
        links.get(root).copied().unwrap_or(0) < members * (members - 1) / 2
    });
    chained.map(|(root, _)| root).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_group_in_which_two_are_not_linked_is_a_chain() {
        for (automatic, all, chained) in [
            (vec![[1, 2]], vec![[1, 2]], vec![]),
            (vec![[1, 2], [2, 3]], vec![[1, 2], [2, 3]], vec![1]),
            (vec![[1, 2], [2, 3]], vec![[1, 2], [1, 3], [2, 3]], vec![]),
            (vec![[1, 2], [3, 4]], vec![[1, 2], [2, 3], [3, 4]], vec![]),
            (
                vec![[4, 5], [1, 9], [7, 9], [1, 7]],
                vec![[1, 7], [1, 9], [4, 5], [7, 9]],
                vec![],
            ),
            (
                vec![[8, 9], [3, 8], [5, 6]],
                vec![[3, 8], [5, 6], [8, 9]],
                vec![3],
            ),
        ] {
            assert_eq!(chains(&automatic, &all), chained, "{automatic:?} {all:?}");
        }
    }

    proptest! {
        #[test]
        fn groups_do_not_depend_on_the_order_of_links(
            links in prop::collection::vec((0u32..30, 0u32..30), 0..40),
        ) {
            let mut links: Vec<[u32; 2]> = links.into_iter().map(|(a, b)| [a, b]).collect();
            let roots = |links: &[[u32; 2]]| {
                let clusters = Clusters::of(links.iter().copied());
                (0..30).map(|record| clusters.root(record)).collect::<Vec<_>>()
            };
            let found = roots(&links);
            for (record, root) in (0u32..).zip(&found) {
                prop_assert!(*root <= record);
            }
            for [one, other] in &links {
                prop_assert_eq!(found[*one as usize], found[*other as usize]);
            }
            links.reverse();
            links.iter_mut().for_each(|link| link.reverse());
            prop_assert_eq!(roots(&links), found);
        }
    }
}
