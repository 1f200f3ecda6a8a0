//! Prices from afar: neighbours are taken together, four groups to one and four stations to one,
//! until so few are left that they are placed at once. Their prices are where the next finer level
//! begins, so that nobody is sent across the country by small steps.

use crate::basis::Basis;
use crate::input::CLASSES;
use crate::input::Group;
use crate::input::Site;
use crate::lists::Lists;
use crate::lists::Way;
use crate::lists::number;
use crate::tree::Best;
use crate::tree::Tree;
use rayon::prelude::*;
use sanduq_register::placement::place::Point;

/// Neighbours that are taken together.
const TOGETHER: usize = 4;

/// So few stations are placed without prices from afar.
const FEW: usize = 64;

/// Prices to begin with, in metres: a guess, which the placement puts right.
#[must_use]
pub fn prices(groups: &[Group], sites: &[Site]) -> Vec<i64> {
    if sites.len() <= FEW {
        return vec![0; sites.len()];
    }
    let coarse_groups = together(groups, |group| (group.point, group.class), join_groups);
    let coarse_sites = together(sites, |site| (site.point, site.serves), join_sites);
    let prices_metres = prices(&coarse_groups, &coarse_sites);
    let lists = Lists::best(&coarse_groups, &coarse_sites, &prices_metres);
    let mut basis = Basis::new(&coarse_groups, &coarse_sites, lists);
    basis.solve(&prices_metres);
    spread(&basis, sites)
}

/// The lowest price of each station at which no group would leave its own for it: what the groups
/// of the coarser level pay, less the way, which changes no faster than one walks.
fn spread(basis: &Basis, sites: &[Site]) -> Vec<i64> {
    let paid: Vec<i64> = (0..number(basis.groups.len()))
        .map(|group| {
            let ways = basis.lists.of(group).iter();
            let cost =
                |way: &Way| i64::from(way.metres) + basis.nodes[way.site as usize].price_metres;
            -ways.map(cost).min().unwrap_or(0)
        })
        .collect();
    let price = |group: u32| paid[group as usize];
    let trees: Vec<Tree> = (0..CLASSES)
        .map(|class| {
            let all = basis.groups.iter().enumerate();
            let same = all.filter(|(_, group)| group.class == class);
            let points = same.map(|(at, group)| (group.point, number(at)));
            let mut tree = Tree::new(points.collect());
            tree.set_prices(price);
            tree
        })
        .collect();
    let highest = |site: &Site| {
        let mut best = Best::default();
        let mut highest = 0;
        for class in (0..CLASSES).filter(|class| site.may_take(*class)) {
            trees[usize::from(class)].best(site.point, 1, price, &mut best);
            let found = best.found().first();
            highest = highest.max(found.map_or(0, |found| -found.cost_metres));
        }
        highest
    };
    sites.par_iter().map(highest).collect()
}

/// Neighbours of the same kind taken together.
fn together<T>(all: &[T], told: impl Fn(&T) -> (Point, u8), join: impl Fn(&[&T]) -> T) -> Vec<T> {
    let mut order: Vec<(u8, u64, u32)> = all
        .iter()
        .enumerate()
        .map(|(at, one)| {
            let (point, kind) = told(one);
            (kind, curve(point), number(at))
        })
        .collect();
    order.sort_unstable();
    let mut joined = Vec::new();
    for same in order.chunk_by(|one, other| one.0 == other.0) {
        for part in same.chunks(TOGETHER) {
            let inside: Vec<&T> = part.iter().map(|one| &all[one.2 as usize]).collect();
            joined.push(join(&inside));
        }
    }
    joined
}

fn join_groups(inside: &[&Group]) -> Group {
    Group {
        point: middle(inside.iter().map(|group| (group.point, group.voters))),
        voters: inside.iter().map(|group| group.voters).sum(),
        class: inside[0].class,
    }
}

fn join_sites(inside: &[&Site]) -> Site {
    Site {
        point: middle(inside.iter().map(|site| (site.point, site.capacity))),
        capacity: inside
            .iter()
            .map(|site| site.capacity)
            .fold(0, u32::saturating_add),
        serves: inside[0].serves,
    }
}

/// The middle of places, each with its weight.
fn middle(places: impl Iterator<Item = (Point, u32)>) -> Point {
    let mut sums = [0; 3];
    let mut weights = 0;
    for (point, weight) in places {
        // A place without weight counts a little, so that there is a middle.
        let weight = i64::from(weight) + 1;
        weights += weight;
        for (sum, along) in sums.iter_mut().zip(point.axes) {
            *sum += i64::from(along) * weight;
        }
    }
    let along = |sum: i64| i32::try_from(sum / weights).expect("the middle lies between places");
    Point {
        axes: sums.map(along),
    }
}

/// Where a place lies on a curve that runs through all of space and seldom leaves a neighbourhood
/// (Morton order): the bits of the three coordinates in turn.
#[must_use]
pub fn curve(point: Point) -> u64 {
    let mut at = 0;
    for bit in (11..32).rev() {
        for along in point.axes {
            let along = i64::from(along) - i64::from(i32::MIN);
            at = at << 1 | u64::from(along >> bit & 1 == 1);
        }
    }
    at
}
