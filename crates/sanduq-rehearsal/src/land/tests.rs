//! The land has room for every unit, and its borders fit.

use crate::data::Data;
use crate::nation::invent;
use sanduq_core::geography::Geography;
use sanduq_core::geography::UnitIx;
use sanduq_core::law::Profile;
use sanduq_core::outline::Point;
use sanduq_core::outline::ground;
use std::collections::BTreeMap;

const NAMES: &str = include_str!("../../../../jurisdictions/wahat/names.toml");
const SCALES: &str = include_str!("../../../../jurisdictions/wahat/scales.toml");
const PROFILE: &str = include_str!("../../../../jurisdictions/wahat/profile.toml");

/// The edges of a unit's outline, each way round.
fn edges(tree: &Geography, ix: UnitIx) -> Vec<(Point, Point)> {
    let rings = tree.unit(ix).outline.iter();
    rings
        .flat_map(|ring| ring.windows(2).map(|pair| (pair[0], pair[1])))
        .collect()
}

fn area(tree: &Geography, ix: UnitIx) -> i128 {
    tree.unit(ix).outline.iter().map(|ring| ground(ring)).sum()
}

/// The parts of a unit cover it, and no two of them one piece of it: each edge stands once in one
/// part, the other way round in its neighbour, or in the border of the whole.
fn parts_fit(tree: &Geography, ix: UnitIx, name: &str) {
    let mut count: BTreeMap<(Point, Point), i32> = BTreeMap::new();
    for part in tree.children(ix) {
        for (from, to) in edges(tree, *part) {
            *count.entry((from, to)).or_default() += 1;
            *count.entry((to, from)).or_default() -= 1;
        }
    }
    let mut whole: BTreeMap<(Point, Point), i32> = BTreeMap::new();
    for (from, to) in edges(tree, ix) {
        *whole.entry((from, to)).or_default() += 1;
        *whole.entry((to, from)).or_default() -= 1;
    }
    count.retain(|_, times| *times != 0);
    assert_eq!(count, whole, "{name}: {}", tree.unit(ix).code);
    let parts: i128 = tree.children(ix).iter().map(|part| area(tree, *part)).sum();
    assert_eq!(parts, area(tree, ix), "{name}: {}", tree.unit(ix).code);
}

#[test]
fn every_scale_has_land_that_fits() {
    let data = Data::read(NAMES, SCALES).unwrap();
    let law = Profile::from_toml(PROFILE).unwrap();
    for (name, scale) in &data.scales {
        let tree = invent(&data, &law, scale, 7).unwrap().geography;
        tree.check_outlines().unwrap();
        for ix in tree.places() {
            let unit = tree.unit(ix);
            let drawn = matches!(unit.level, 1 | 2);
            assert_eq!(!unit.outline.is_empty(), drawn, "{name}: {}", unit.code);
            assert_eq!(unit.place.is_some(), unit.level == 4, "{name}");
            if unit.level == 1 {
                parts_fit(&tree, ix, name);
            }
            assert!(!drawn || area(&tree, ix) > 0, "{name}: {}", unit.code);
        }
    }
}

#[test]
fn the_land_is_of_the_seed() {
    let data = Data::read(NAMES, SCALES).unwrap();
    let law = Profile::from_toml(PROFILE).unwrap();
    let lands = [1, 1, 2].map(|seed| {
        let nation = invent(&data, &law, &data.scales["om"], seed).unwrap();
        let units = nation.geography.units().to_vec();
        let land = units.into_iter().map(|unit| (unit.outline, unit.place));
        land.collect::<Vec<_>>()
    });
    assert_eq!(lands[0], lands[1]);
    assert_ne!(lands[0], lands[2]);
}
