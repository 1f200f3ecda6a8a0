//! Where the simplex begins: people bid for seats in turn, each for the one that is best for them
//! at the prices of the moment, as much more as it is better than their second best (Bertsekas).
//! Prices are then near those of the optimum, however far people have to go to where they may
//! serve; the simplex puts right what is left.

use crate::place::Work;
use sanduq_placement::input::Site;
use sanduq_placement::lists::number;
use sanduq_placement::tree::Best;
use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::collections::VecDeque;

/// Each bid is so much higher than it would have to be, in metres, so that there is an end.
const STEP_METRES: i64 = 4_000;

/// What somebody who has but one way bids beyond its price.
const ONLY_METRES: i64 = 100_000;

/// Bids for each person after which it is enough: prices are where the simplex begins, no more.
const BIDS: usize = 3;

/// Bids of a seat that is taken, the lowest first; and who made it.
type Bids = BinaryHeap<Reverse<(i64, usize)>>;

/// Prices of all seats, and for each person, in their order, the seat that they had at the end and
/// its cost.
pub fn auction(work: &mut Work, sites: &[Site]) -> (Vec<i64>, Vec<Option<(u32, u32)>>) {
    let people = work.order.len();
    let home = number(sites.len() - 1);
    let mut bids: Vec<Bids> = vec![BinaryHeap::new(); sites.len()];
    let mut prices = vec![0_i64; sites.len()];
    let mut taken = vec![None; people];
    let mut waiting: VecDeque<usize> = (0..people).collect();
    let mut best = Best::default();
    for bid in 0..people * BIDS {
        let Some(person) = waiting.pop_front() else {
            break;
        };
        if bid % (people / 8 + 1) == 0 {
            // Prices rise alone: what the boxes of the tree say stays true, and grows loose.
            work.tree.set_prices(|site| prices[site as usize]);
        }
        let price = |site: u32| prices[site as usize];
        let mut ways = work.best_of(person, (2, i64::MAX), price, &mut best);
        if sites[home as usize].capacity > 0 {
            ways.push((home, 0));
        }
        let told = |(site, metres): (u32, u32)| (i64::from(metres) + price(site), site, metres);
        let mut ways: Vec<(i64, u32, u32)> = ways.into_iter().map(told).collect();
        ways.sort_unstable();
        let Some((cost, site, metres)) = ways.first().copied() else {
            continue;
        };
        let second = ways.get(1).map_or(cost + ONLY_METRES, |way| way.0);
        let at = site as usize;
        bids[at].push(Reverse((prices[at] + second - cost + STEP_METRES, person)));
        taken[person] = Some((site, metres));
        let capacity = sites[at].capacity as usize;
        if bids[at].len() > capacity
            && let Some(Reverse((_, outbid))) = bids[at].pop()
        {
            taken[outbid] = None;
            waiting.push_back(outbid);
        }
        if bids[at].len() == capacity
            && let Some(Reverse((lowest, _))) = bids[at].peek()
        {
            prices[at] = *lowest;
        }
    }
    (prices, taken)
}
