//! A placement at work as plain numbers, so that a run that was stopped goes on where it was and
//! comes to the same end: the ways that are looked at with who goes them, and the tree.

use crate::basis::Basis;
use crate::basis::NOWHERE;
use crate::basis::TOP;
use crate::input::Group;
use crate::input::Site;
use crate::lists::Lists;
use crate::lists::number;

/// Numbers of a way: station, metres, voters.
const WAY: usize = 3;

impl<'a> Basis<'a> {
    /// Everything that a later run needs: the station above each group, the group above each
    /// station, then for each group how many ways it has, and these.
    #[must_use]
    pub fn kept(&self) -> Vec<u32> {
        let mut kept = self.homes.clone();
        kept.extend(self.nodes.iter().map(|node| node.up));
        for group in 0..number(self.lists.len()) {
            let ways = self.lists.of(group);
            kept.push(number(ways.len()));
            kept.extend(
                ways.iter()
                    .flat_map(|way| [way.site, way.metres, way.voters]),
            );
        }
        kept
    }

    /// The placement that was kept of these groups and stations; `None` where the numbers are not
    /// those of one.
    #[must_use]
    pub fn restored(groups: &'a [Group], sites: &[Site], kept: &[u32]) -> Option<Self> {
        let (homes, kept) = kept.split_at_checked(groups.len())?;
        let (ups, mut rest) = kept.split_at_checked(sites.len())?;
        let stations = number(sites.len());
        let known = |at: &u32, count: u32, none: u32| *at == none || *at < count;
        let sound = homes.iter().all(|home| known(home, stations, NOWHERE));
        if !sound || !ups.iter().all(|up| known(up, number(groups.len()), TOP)) {
            return None;
        }
        let mut ways: Vec<Vec<(u32, u32)>> = Vec::with_capacity(groups.len());
        let mut going = Vec::new();
        for _ in groups {
            let (length, more) = rest.split_first()?;
            let (list, more) = more.split_at_checked(*length as usize * WAY)?;
            rest = more;
            let list = list.chunks_exact(WAY);
            ways.push(list.clone().map(|way| (way[0], way[1])).collect());
            going.push(list.map(|way| way[2]).collect::<Vec<u32>>());
        }
        let mut all = ways.iter().flatten();
        if !rest.is_empty() || !all.all(|(site, _)| *site < stations) {
            return None;
        }
        let lists = Lists::given(ways.iter().map(Vec::as_slice));
        let mut basis = Basis::new(groups, sites, lists);
        basis.homes.copy_from_slice(homes);
        for (node, up) in basis.nodes.iter_mut().zip(ups) {
            node.up = *up;
        }
        for (group, going) in (0..).zip(going) {
            for (way, voters) in basis.lists.of_mut(group).iter_mut().zip(going) {
                way.voters = voters;
                let node = &mut basis.nodes[way.site as usize];
                node.load = node.load.checked_add(voters)?;
            }
        }
        let within = basis.nodes.iter().all(|node| node.load <= node.capacity);
        if !within || !basis.is_tree() {
            return None;
        }
        basis.tell_prices();
        Some(basis)
    }

    /// Whether every station comes to the top on its way up.
    fn is_tree(&self) -> bool {
        let mut known = vec![false; self.nodes.len()];
        for site in 0..number(self.nodes.len()) {
            let mut passed = Vec::new();
            let mut at = site;
            while at != NOWHERE && !known[at as usize] {
                if passed.len() > self.nodes.len() {
                    return false;
                }
                passed.push(at);
                at = self.above(at);
            }
            for at in passed {
                known[at as usize] = true;
            }
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::invented::district;

    #[test]
    fn a_placement_that_was_kept_goes_on_as_if_it_had_not_stopped() {
        let (groups, sites) = district(1, 40, 400, 105);
        let prices = vec![0; sites.len()];
        let lists = Lists::best(&groups, &sites, &prices);
        let ways: Vec<Vec<(u32, u32)>> = (0..400)
            .map(|group| {
                lists
                    .of(group)
                    .iter()
                    .map(|way| (way.site, way.metres))
                    .collect()
            })
            .collect();
        let given = || Lists::given(ways.iter().map(Vec::as_slice));
        let mut basis = Basis::new(&groups, &sites, given());
        basis.fill(&prices);
        let kept = basis.kept();
        let mut other = Basis::restored(&groups, &sites, &kept).unwrap();
        assert_eq!(other.kept(), kept);
        basis.improve();
        other.improve();
        assert_eq!(other.kept(), basis.kept());
        assert_ne!(kept, basis.kept(), "there was something to improve");
        let price = |basis: &Basis| -> Vec<i64> {
            basis.nodes.iter().map(|node| node.price_metres).collect()
        };
        assert_eq!(price(&other), price(&basis));
        // What is cut off, or names what is not there, is refused.
        assert!(Basis::restored(&groups, &sites, &kept[..kept.len() - 1]).is_none());
        for at in [0, groups.len(), groups.len() + sites.len() + 1] {
            let mut wrong = kept.clone();
            wrong[at] = 1 << 30;
            assert!(Basis::restored(&groups, &sites, &wrong).is_none(), "{at}");
        }
    }
}
