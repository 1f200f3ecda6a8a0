//! Lines on paper: true to the world, the same on every machine, and without gaps.

use super::*;

const DEGREE: i32 = 1_000_000;

#[test]
fn the_cosine_is_that_of_the_tables() {
    // Of whole degrees, in ten thousandths (any table of the schools).
    for (degrees, tabled) in [
        (0, 10_000),
        (15, 9_659),
        (30, 8_660),
        (45, 7_071),
        (60, 5_000),
        (75, 2_588),
        (90, 0),
    ] {
        for sign in [1, -1] {
            let found = cosine(sign * degrees * i64::from(DEGREE)) / 100;
            assert!((found - tabled).abs() <= 20, "{degrees}: {found}");
        }
    }
}

#[test]
fn places_stand_where_they_should() {
    let of = |places: &[Point]| Projection::of(places.iter().copied());
    assert_eq!(of(&[]), None);
    let (south, north) = (-10 * DEGREE, 10 * DEGREE);
    // At the equator a degree is as long east as north.
    let square = of(&[(south, 0), (north, 20 * DEGREE)]).unwrap();
    assert_eq!((square.width, square.height), (SIDE, SIDE));
    for (place, dot) in [
        ((north, 0), (8, 8)),
        ((south, 0), (8, 992)),
        ((north, 20 * DEGREE), (992, 8)),
        ((0, 10 * DEGREE), (500, 500)),
    ] {
        assert_eq!(square.at(place), dot, "{place:?}");
    }
    // At sixty degrees it is half as long.
    let north = of(&[(59 * DEGREE, 0), (61 * DEGREE, 4 * DEGREE)]).unwrap();
    assert_eq!(north.height, SIDE);
    assert!((north.width - SIDE).abs() < 4, "{}", north.width);
    // Across the meridian of 180 degrees the land is one piece.
    let east = of(&[(0, 179 * DEGREE), (DEGREE, -179 * DEGREE)]).unwrap();
    assert!(east.at((0, 179 * DEGREE)).0 < east.at((0, -179 * DEGREE)).0);
    assert_eq!((east.width, east.at((0, 180 * DEGREE)).0), (SIDE, 500));
    // One place alone is a drawing, too.
    let alone = of(&[(5, 5)]).unwrap();
    assert_eq!(alone.at((5, 5)), (8, 8));
}

#[test]
fn a_line_keeps_what_strays() {
    for (line, stray, kept) in [
        (vec![], 1, vec![]),
        (vec![(0, 0)], 1, vec![(0, 0)]),
        (vec![(0, 0), (5, 1), (10, 0)], 1, vec![(0, 0), (10, 0)]),
        (
            vec![(0, 0), (5, 2), (10, 0)],
            1,
            vec![(0, 0), (5, 2), (10, 0)],
        ),
        (vec![(0, 0), (5, 2), (10, 0)], 2, vec![(0, 0), (10, 0)]),
        // Beyond the end of the line it is the way to the end that counts.
        (
            vec![(0, 0), (14, 0), (10, 0)],
            2,
            vec![(0, 0), (14, 0), (10, 0)],
        ),
        // A ring stays one.
        (
            vec![(0, 0), (3, 0), (3, 3), (0, 0)],
            9,
            vec![(0, 0), (3, 3), (0, 0)],
        ),
    ] {
        assert_eq!(thinned(&line, stray), kept, "{line:?}");
    }
}

#[test]
fn a_line_is_the_same_from_both_ends() {
    let mut at = 7_i64;
    for _ in 0..200 {
        let mut next = || {
            at = at * 48_271 % 2_147_483_647;
            i32::try_from(at % 60).unwrap()
        };
        let dots: Vec<Dot> = (0..24).map(|_| (next(), next())).collect();
        let back: Vec<Dot> = dots.iter().rev().copied().collect();
        let mut turned = line(&back, 8);
        turned.reverse();
        assert_eq!(line(&dots, 8), turned);
    }
}

/// A border of many small steps between two squares: both sides lose the same points of it.
#[test]
fn neighbours_do_not_gape() {
    let border: Vec<Point> = (0..=200)
        .map(|at: i32| (at * 50_000, 5 * DEGREE + at * 7 % 11 * 40_000))
        .collect();
    let with = |corners: [Point; 2]| -> Ring {
        let mut ring = border.clone();
        ring.extend(corners);
        ring.push(ring[0]);
        ring
    };
    let west = with([(10 * DEGREE, 0), (0, 0)]);
    let mut east = with([(10 * DEGREE, 10 * DEGREE), (0, 10 * DEGREE)]);
    east.reverse();
    // The same ground, begun elsewhere: what a ring begins with does not matter.
    let mut again = east[90..].to_vec();
    again.extend_from_slice(&east[1..=90]);
    let projection = Projection::of(west.iter().chain(&east).copied()).unwrap();
    for east in [east, again] {
        let drawn = draw(&[core::slice::from_ref(&west), &[east]], &projection);
        let border = |rings: &Vec<Vec<Dot>>| -> BTreeSet<Dot> {
            let inner = rings[0].iter().filter(|dot| (400..600).contains(&dot.0));
            inner.copied().collect()
        };
        assert!(border(&drawn[0]).len() > 20, "{:?}", drawn[0]);
        assert!(border(&drawn[0]).len() < 201);
        assert_eq!(border(&drawn[0]), border(&drawn[1]));
    }
}

/// However much detail the outlines have, the paths fit on a page; nobody disappears.
#[test]
fn paths_are_short_enough() {
    let unit = |nth: i32| -> Vec<Ring> {
        let (low, high) = ((nth % 6) * 20_000, (nth / 6) * 20_000);
        let mut ring: Ring = Vec::new();
        for at in 0..4_000 {
            ring.push((high * 50 + at % 2 * 40_000, low * 50 + at * 250));
        }
        ring.push((high * 50 + 900_000, low * 50 + 999_000));
        ring.push((high * 50 + 900_000, low * 50));
        ring.push(ring[0]);
        vec![ring]
    };
    let mut units: Vec<Vec<Ring>> = (0..30).map(unit).collect();
    // An island smaller than a dot, alone in its unit.
    units.push(vec![vec![(7, 7), (7, 9), (9, 9), (7, 7)]]);
    let outlines: Vec<&[Ring]> = units.iter().map(Vec::as_slice).collect();
    let all = units.iter().flatten().flatten().copied();
    let projection = Projection::of(all).unwrap();
    let drawn = draw(&outlines, &projection);
    let paths: Vec<String> = drawn.iter().map(|rings| path(rings)).collect();
    assert!(paths.iter().map(String::len).sum::<usize>() <= MAX_BYTES);
    assert!(paths.iter().all(|path| path.len() > 10), "{paths:?}");
    assert_eq!(drawn, draw(&outlines, &projection));
}

#[test]
fn a_path_says_what_the_rings_say() {
    let ring = vec![(10, 20), (15, 20), (15, 12), (10, 12)];
    assert_eq!(path(core::slice::from_ref(&ring)), "M10 20l5 0 0-8-5 0z");
    let two = path(&[ring, vec![(1, 1), (0, 0), (0, 1)]]);
    assert_eq!(two, "M10 20l5 0 0-8-5 0zM1 1l-1-1 0 1z");
    assert_eq!(path(&[]), "");
}

#[test]
fn a_word_stands_inside_where_there_is_room() {
    let square = vec![(0, 0), (120, 0), (120, 120), (0, 120)];
    assert_eq!(
        middle(core::slice::from_ref(&square)),
        ((60, 60), (120, 119))
    );
    // A bay in the middle: the word goes to one side of it.
    let bay = vec![
        (0, 0),
        (120, 0),
        (120, 120),
        (80, 120),
        (80, 20),
        (40, 20),
        (40, 120),
        (0, 120),
    ];
    assert_eq!(middle(&[bay]), ((20, 60), (40, 119)));
    // A hole is no room.
    let hole = vec![(10, 1), (110, 1), (110, 119), (10, 119)];
    assert_eq!(middle(&[square, hole]).1.0, 10);
    assert_eq!(middle(&[]), ((0, 0), (0, 0)));
    // High in a triangle that stands on its point, where it is wide, and not at its upper edge.
    let ((x, y), _) = middle(&[vec![(0, 0), (120, 0), (60, 120)]]);
    assert_eq!((x, y), (60, 40));
}
