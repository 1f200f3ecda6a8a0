//! Who of a split group goes where: whole households, as far as numbers allow.
//!
//! Always true here: each station gets exactly the voters that the placement gave it, so that the
//! cost stays the least there is and no station gets one more. A household is divided only where
//! no set of whole ones adds up.

use crate::lists::number;

/// What became of the households of a group.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shared {
    /// For each household the parts (by their place in the list of shares) and voters; one part
    /// where it stays together.
    pub households: Vec<Vec<(u32, u32)>>,
    /// Households that are divided.
    pub divided: u64,
}

/// Shares the households of a group (sizes in voters, in the order of the roll) among stations
/// that take `shares` of its voters; both add up to the same.
///
/// ```
/// use sanduq_placement::households::share;
/// let shared = share(&[4, 3, 2, 5], &[7, 7]);
/// assert_eq!(shared.divided, 0);
/// let shared = share(&[4, 4], &[3, 5]);
/// assert_eq!(shared.divided, 1);
/// ```
#[must_use]
pub fn share(sizes: &[u32], shares: &[u32]) -> Shared {
    let mut shared = Shared {
        households: vec![Vec::new(); sizes.len()],
        divided: 0,
    };
    let mut left: Vec<usize> = (0..sizes.len()).collect();
    let mut missing = Vec::new();
    let last = shares.len().saturating_sub(1);
    for (part, wanted) in (0_u32..).zip(&shares[..last]) {
        let (chosen, sum) = choose(sizes, &left, *wanted);
        for household in &chosen {
            shared.households[*household].push((part, sizes[*household]));
        }
        left.retain(|household| !chosen.contains(household));
        if sum < *wanted {
            missing.push((part, wanted - sum));
        }
    }
    // What is missing is taken from households of the last share, one after the other.
    let mut rest = left
        .into_iter()
        .map(|household| (household, sizes[household]));
    let mut open = rest.next();
    for (part, mut wanted) in missing {
        while wanted > 0
            && let Some((household, size)) = open
        {
            let here = size.min(wanted);
            if here > 0 {
                shared.households[household].push((part, here));
            }
            wanted -= here;
            open = if size > here {
                Some((household, size - here))
            } else {
                rest.next()
            };
        }
    }
    for (household, size) in open.into_iter().chain(rest) {
        if size > 0 {
            shared.households[household].push((number(last), size));
        }
    }
    let several = shared.households.iter().filter(|parts| parts.len() > 1);
    shared.divided = several.count() as u64;
    shared
}

/// The households whose sizes add up to as near below `wanted` as any do, the first in the roll
/// where several sets do; and their sum.
fn choose(sizes: &[u32], left: &[usize], wanted: u32) -> (Vec<usize>, u32) {
    // By whom each sum was first reached.
    let mut reached: Vec<Option<usize>> = vec![None; wanted as usize + 1];
    let mut highest = 0;
    for (at, household) in left.iter().enumerate() {
        let size = sizes[*household] as usize;
        if size == 0 || size > wanted as usize {
            continue;
        }
        highest = (highest + size).min(wanted as usize);
        for sum in (size..=highest).rev() {
            let before = sum - size;
            if reached[sum].is_none() && (before == 0 || reached[before].is_some()) {
                reached[sum] = Some(at);
            }
        }
        if reached[wanted as usize].is_some() {
            break;
        }
    }
    let best = (1..reached.len()).rev().find(|sum| reached[*sum].is_some());
    let mut sum = best.unwrap_or(0);
    let mut chosen = Vec::new();
    while let Some(at) = reached[sum] {
        chosen.push(left[at]);
        sum -= sizes[left[at]] as usize;
    }
    let total = chosen.iter().map(|household| sizes[*household]).sum();
    (chosen, total)
}

#[cfg(test)]
mod tests {
    use super::share;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_share_is_met_and_every_voter_has_one(
            sizes in prop::collection::vec(0..8_u32, 0..40),
            cuts in prop::collection::vec(0..200_u32, 0..4),
        ) {
            let all: u32 = sizes.iter().sum();
            let mut cuts: Vec<u32> = cuts.into_iter().map(|cut| cut.min(all)).collect();
            cuts.sort_unstable();
            cuts.push(all);
            let from = [0].into_iter().chain(cuts.iter().copied());
            let shares: Vec<u32> = cuts.iter().zip(from).map(|(to, from)| to - from).collect();
            let shared = share(&sizes, &shares);
            let mut given = vec![0; shares.len()];
            for (parts, size) in shared.households.iter().zip(&sizes) {
                prop_assert_eq!(parts.iter().map(|part| part.1).sum::<u32>(), *size);
                for (part, voters) in parts {
                    given[*part as usize] += voters;
                }
            }
            prop_assert_eq!(given, shares.clone());
            let divided = shared.households.iter().filter(|parts| parts.len() > 1).count();
            prop_assert_eq!(shared.divided, divided as u64);
            // Who lives alone can always fill what is missing.
            if sizes.iter().all(|size| *size <= 1) {
                prop_assert_eq!(divided, 0);
            }
        }
    }

    #[test]
    fn no_household_is_divided_where_whole_ones_add_up() {
        for (sizes, shares, divided) in [
            (&[5, 4, 3, 2][..], &[7, 7][..], 0),
            (&[6, 6, 6], &[6, 12], 0),
            (&[6, 6, 6], &[9, 9], 1),
            (&[3, 3, 3], &[1, 8], 1),
            (&[2, 2, 2, 2, 7], &[8, 7], 0),
            (&[7], &[2, 2, 3], 1),
            (&[], &[0], 0),
        ] {
            assert_eq!(
                share(sizes, shares).divided,
                divided,
                "{sizes:?} {shares:?}"
            );
        }
    }
}
