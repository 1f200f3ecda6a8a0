//! Districts that a seed determines, for measures and tests: towns of different size, stations
//! where people live and sized with the error of a plan.

use crate::input::Group;
use crate::input::Site;
use crate::lists::number;
use crate::tree::Best;
use crate::tree::Tree;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::Rng;
use rand_chacha::rand_core::SeedableRng;
use sanduq_register::placement::place::Place;

/// Chance from a seed.
#[derive(Clone, Debug)]
pub struct Chance(ChaCha8Rng);

impl Chance {
    /// The chance of a seed.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self(ChaCha8Rng::seed_from_u64(seed))
    }

    /// A number below `bound`, which is not zero.
    pub fn below(&mut self, bound: u32) -> u32 {
        let product = u64::from(self.0.next_u32()) * u64::from(bound);
        u32::try_from(product >> 32).expect("the high half of 64 bits fits in 32")
    }

    /// A number around zero, rarely as far away as twice `spread`.
    fn around(&mut self, spread: i32) -> i32 {
        let bound = spread.unsigned_abs().max(1);
        let drawn = (0..4).map(|_| self.below(bound).cast_signed()).sum::<i32>();
        drawn - 2 * bound.cast_signed()
    }
}

/// A district of so many stations and groups, 20 to 100 voters a group, with places for
/// `places_percent` of them.
#[must_use]
pub fn district(
    seed: u64,
    stations: u32,
    groups: u32,
    places_percent: u32,
) -> (Vec<Group>, Vec<Site>) {
    let mut chance = Chance::new(seed);
    let towns = Towns::new(&mut chance, stations.isqrt() * 2);
    let groups: Vec<Group> = (0..groups)
        .map(|_| Group {
            point: towns.place(&mut chance).point(),
            voters: 20 + chance.below(81),
            class: 0,
        })
        .collect();
    let mut sites: Vec<Site> = (0..stations)
        .map(|_| Site {
            point: towns.place(&mut chance).point(),
            capacity: 0,
            serves: 1,
        })
        .collect();
    size(&mut chance, &groups, &mut sites, places_percent);
    (groups, sites)
}

/// Half of a station's size is that of all, half follows those who live nearest; and the plan errs
/// by up to half of it.
fn size(chance: &mut Chance, groups: &[Group], sites: &mut [Site], places_percent: u32) {
    let points = sites.iter().enumerate();
    let tree = Tree::new(points.map(|(at, site)| (site.point, number(at))).collect());
    let mut best = Best::default();
    let mut nearest = vec![0_u64; sites.len()];
    let mut all = 0;
    for group in groups {
        tree.best(group.point, 1, |_| 0, &mut best);
        nearest[best.found()[0].site as usize] += u64::from(group.voters);
        all += u64::from(group.voters);
    }
    let mean = all / sites.len() as u64;
    let planned = nearest
        .iter()
        .map(|near| (mean + near) * u64::from(50 + chance.below(101)));
    let planned: Vec<u64> = planned.collect();
    let sum: u64 = planned.iter().sum();
    for (site, planned) in sites.iter_mut().zip(planned) {
        let share = u128::from(planned) * u128::from(all) * u128::from(places_percent);
        let capacity = share / u128::from(sum) / 100 + 1;
        site.capacity = u32::try_from(capacity).expect("a station has fewer than 2^32 places");
    }
}

/// Towns of a country, the first the largest.
struct Towns {
    /// Latitude, longitude and extent in millionths of a degree.
    towns: Vec<[i32; 3]>,
    /// Shares of the people up to each town.
    shares: Vec<u32>,
}

impl Towns {
    fn new(chance: &mut Chance, count: u32) -> Self {
        let mut towns = Vec::new();
        let mut shares = Vec::new();
        let mut sum = 0;
        for rank in 0..count {
            let mut along = |from: i32| from + chance.below(6_000_000).cast_signed();
            let extent = 10_000 + 300_000 / (1 + rank.min(30));
            towns.push([along(25_000_000), along(28_000_000), extent.cast_signed()]);
            sum += 1_000_000 / (rank + 10);
            shares.push(sum);
        }
        Self { towns, shares }
    }

    fn place(&self, chance: &mut Chance) -> Place {
        let drawn = chance.below(self.shares.last().copied().unwrap_or(1));
        let town = self.shares.partition_point(|share| *share <= drawn);
        let [latitude, longitude, extent] = self.towns[town];
        let place = Place::new(
            latitude + chance.around(extent),
            longitude + chance.around(extent),
        );
        place.expect("a place on the earth")
    }
}
