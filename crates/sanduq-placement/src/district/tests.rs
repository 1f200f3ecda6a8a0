use super::Overfull;
use super::Placed;
use super::place;
use super::place_by_ways;
use crate::input::Group;
use crate::input::Site;
use crate::invented::Chance;
use crate::invented::district;
use crate::tree::Best;
use crate::tree::Tree;
use proptest::prelude::*;
use sanduq_register::placement::place::Place;
use std::collections::BTreeMap;

fn point(latitude: u32, longitude: u32) -> sanduq_register::placement::place::Point {
    let place = Place::new(latitude.cast_signed(), longitude.cast_signed());
    place.unwrap().point()
}

/// The least cost by trying every way to fill the places, one voter after the other.
fn least_cost(groups: &[Group], sites: &[Site]) -> Option<i64> {
    let start: Vec<u32> = sites.iter().map(|site| site.capacity).collect();
    let mut states = BTreeMap::from([(start, 0)]);
    for group in groups {
        for _ in 0..group.voters {
            let mut next: BTreeMap<Vec<u32>, i64> = BTreeMap::new();
            for (room, cost) in &states {
                for (at, site) in sites.iter().enumerate() {
                    if room[at] == 0 || !site.may_take(group.class) {
                        continue;
                    }
                    let mut room = room.clone();
                    room[at] -= 1;
                    let cost = cost + i64::from(group.point.metres_to(site.point));
                    let least = next.entry(room).or_insert(cost);
                    *least = cost.min(*least);
                }
            }
            states = next;
        }
    }
    states.into_values().min()
}

/// Everybody is placed once, at a station that may take them, and none has too many; the cost is
/// what it says and no less than the bound.
fn check(groups: &[Group], sites: &[Site], placed: &Placed) {
    let mut loads = vec![0; sites.len()];
    let mut cost = 0;
    for (group, taken) in groups.iter().zip(&placed.groups) {
        assert_eq!(taken.iter().map(|part| part.1).sum::<u32>(), group.voters);
        for (site, voters) in taken {
            let site_told = &sites[*site as usize];
            assert!(site_told.may_take(group.class));
            loads[*site as usize] += voters;
            cost += i64::from(*voters) * i64::from(group.point.metres_to(site_told.point));
        }
    }
    for (load, site) in loads.iter().zip(sites) {
        assert!(*load <= site.capacity, "{load} at {site:?}");
    }
    assert_eq!(cost, placed.cost_metres);
    assert_eq!(
        placed.bound_metres,
        bound(groups, sites, &placed.prices_metres)
    );
    assert!(placed.bound_metres <= cost);
}

/// What prices prove, added up without a tree.
fn bound(groups: &[Group], sites: &[Site], prices_metres: &[i64]) -> i64 {
    let paid = |group: &Group| {
        let all = sites.iter().zip(prices_metres);
        let open = all.filter(|(site, _)| site.may_take(group.class) && site.capacity > 0);
        open.map(|(site, price)| i64::from(group.point.metres_to(site.point)) + price)
            .min()
            .unwrap_or(0)
    };
    let worth = sites.iter().zip(prices_metres);
    groups
        .iter()
        .map(|group| paid(group) * i64::from(group.voters))
        .sum::<i64>()
        - worth
            .map(|(site, price)| price * i64::from(site.capacity))
            .sum::<i64>()
}

prop_compose! {
    fn small_district()(
        groups in prop::collection::vec((0..3_000_u32, 0..3_000_u32, 0..4_u32, 0..3_u8), 0..7),
        sites in prop::collection::vec((0..3_000_u32, 0..3_000_u32, 0..6_u32, 1..8_u8), 0..5),
    ) -> (Vec<Group>, Vec<Site>) {
        let group = |(latitude, longitude, voters, class)| Group {
            point: point(latitude, longitude),
            voters,
            class,
        };
        let site = |(latitude, longitude, capacity, serves)| Site {
            point: point(latitude, longitude),
            capacity,
            serves,
        };
        (groups.into_iter().map(group).collect(), sites.into_iter().map(site).collect())
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn the_cost_is_the_least_there_is((groups, sites) in small_district()) {
        match (place(&groups, &sites), least_cost(&groups, &sites)) {
            (Ok(placed), Some(least)) => {
                check(&groups, &sites, &placed);
                prop_assert_eq!(placed.cost_metres, least);
                prop_assert_eq!(placed.bound_metres, least);
            }
            (Err(over), None) => check_overfull(&groups, &sites, &over),
            (found, least) => prop_assert!(false, "{found:?} {least:?}"),
        }
    }

    #[test]
    fn what_is_looked_for_in_boxes_is_what_is_looked_for_one_by_one(
        seed in 0..1000_u64,
        wanted in 1..30_usize,
    ) {
        // Places of a grid and few prices, so that many stations are equally good.
        let mut chance = Chance::new(seed);
        let mut on_grid = || point(chance.below(12) * 1000, chance.below(12) * 1000);
        let (mut groups, mut sites) = district(seed, 200, 9, 100);
        groups.iter_mut().for_each(|group| group.point = on_grid());
        sites.iter_mut().for_each(|site| site.point = on_grid());
        let prices: Vec<i64> = sites.iter().map(|_| i64::from(chance.below(3)) * 500).collect();
        let points = sites.iter().zip(0..).map(|(site, at)| (site.point, at));
        let mut tree = Tree::new(points.collect());
        tree.set_prices(|site| prices[site as usize]);
        for group in groups {
            let mut best = Best::default();
            tree.best(group.point, wanted, |site| prices[site as usize], &mut best);
            let all = sites.iter().zip(&prices).zip(0_u32..);
            let mut all: Vec<(i64, u32)> = all
                .map(|((site, price), at)| {
                    (i64::from(group.point.metres_to(site.point)) + price, at)
                })
                .collect();
            all.sort_unstable();
            all.truncate(wanted);
            let found = best.found().iter().map(|found| (found.cost_metres, found.site));
            prop_assert_eq!(found.collect::<Vec<_>>(), all);
        }
    }
}

/// Those who can go only to the stations that are named are more than these can have.
fn check_overfull(groups: &[Group], sites: &[Site], over: &Overfull) {
    let named = |at: u32| over.sites.contains(&at);
    let only = |group: &&Group| {
        let mut all = (0..).zip(sites);
        !all.any(|(at, site)| site.may_take(group.class) && site.capacity > 0 && !named(at))
    };
    let bound: u32 = groups.iter().filter(only).map(|group| group.voters).sum();
    let room: u32 = over
        .sites
        .iter()
        .map(|at| sites[*at as usize].capacity)
        .sum();
    assert!(bound > room, "{over:?}");
    assert_eq!(over.left_over, u64::from(bound - room));
}

#[test]
fn a_whole_district_is_proven_and_the_same_on_one_thread() {
    for (seed, stations, groups, places_percent) in [
        (1, 70, 900, 110),
        (2, 300, 4000, 102),
        (3, 5, 100, 100),
        (4, 900, 900, 150),
    ] {
        let (groups, sites) = district(seed, stations, groups, places_percent);
        let placed = place(&groups, &sites).unwrap();
        check(&groups, &sites, &placed);
        assert_eq!(placed.cost_metres, placed.bound_metres);
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(1)
            .build()
            .unwrap();
        let alone = pool.install(|| place(&groups, &sites)).unwrap();
        assert_eq!(placed, alone);
    }
}

#[test]
fn given_ways_are_the_only_ones() {
    let (groups, sites) = district(5, 40, 300, 130);
    let all = |group: &Group| {
        let all = sites.iter().zip(0_u32..);
        all.map(|(site, at)| (at, group.point.metres_to(site.point)))
            .collect()
    };
    let ways: Vec<Vec<(u32, u32)>> = groups.iter().map(all).collect();
    let free = place(&groups, &sites).unwrap();
    let given = place_by_ways(&groups, &sites, &ways).unwrap();
    assert_eq!(free.cost_metres, given.cost_metres);
    // The road to the first group's station is closed.
    let mut closed = ways;
    let station = free.groups[0][0].0;
    closed[0].retain(|way| way.0 != station);
    let given = place_by_ways(&groups, &sites, &closed).unwrap();
    assert!(given.groups[0].iter().all(|part| part.0 != station));
    assert!(given.cost_metres >= free.cost_metres);
    // No road at all.
    closed[0].clear();
    let over = place_by_ways(&groups, &sites, &closed).unwrap_err();
    assert_eq!(over.left_over, u64::from(groups[0].voters));
}

#[test]
fn stations_without_a_limit_take_everybody_at_the_nearest() {
    let (groups, mut sites) = district(6, 300, 2000, 100);
    for site in &mut sites {
        site.capacity = u32::MAX;
    }
    let placed = place(&groups, &sites).unwrap();
    check(&groups, &sites, &placed);
    assert!(placed.prices_metres.iter().all(|price| *price == 0));
    assert!(placed.groups.iter().all(|parts| parts.len() == 1));
}
