//! A tree of units is checked, and its outlines with it.

use super::*;

fn unit(code: &str, parent: Option<&str>, level: u8) -> Unit {
    Unit {
        code: UnitCode::new(code).unwrap(),
        parent: parent.map(|p| UnitCode::new(p).unwrap()),
        level,
        names: Names::plain(code),
        registered: None,
        place: None,
        outline: Vec::new(),
    }
}

fn levels() -> Vec<Level> {
    ["nation", "constituency", "station"]
        .map(|code| Level {
            code: code.into(),
            names: Names::plain(code),
        })
        .to_vec()
}

#[test]
fn a_tree_knows_its_paths_and_stations() {
    let tree = Geography::new(
        levels(),
        vec![
            unit("n", None, 0),
            unit("c", Some("n"), 1),
            unit("s", Some("c"), 2),
        ],
    )
    .unwrap();
    let station = tree.stations().next().unwrap();
    let codes: Vec<_> = tree
        .path(station)
        .iter()
        .map(|ix| tree.unit(*ix).code.to_string())
        .collect();
    assert_eq!(codes, ["n", "c", "s"]);
    assert_eq!(
        tree.children(tree.find(&tree.nation().code).unwrap()).len(),
        1
    );
}

/// The list goes level by level, the walk branch by branch.
#[test]
fn a_walk_numbers_what_lies_below_a_unit_behind_it() {
    let tree = Geography::new(
        levels(),
        vec![
            unit("n", None, 0),
            unit("c", Some("n"), 1),
            unit("d", Some("n"), 1),
            unit("e", Some("n"), 1),
            unit("d1", Some("d"), 2),
            unit("c1", Some("c"), 2),
            unit("d2", Some("d"), 2),
            unit("e1", Some("e"), 2),
        ],
    )
    .unwrap();
    let walk = [
        (0, 7),
        (1, 2),
        (3, 5),
        (6, 7),
        (4, 4),
        (2, 2),
        (5, 5),
        (7, 7),
    ];
    assert_eq!(tree.walk(), walk);
    for (top, (first, last)) in tree.places().zip(walk) {
        for (at, (own, _)) in tree.places().zip(walk) {
            let below = tree.path(at).contains(&top);
            assert_eq!((first..=last).contains(&own), below, "{at:?} below {top:?}");
        }
    }
    assert_eq!(Geography::default().walk(), []);
}

#[test]
fn what_is_not_a_tree_is_refused_by_name() {
    let code = |text| UnitCode::new(text).unwrap();
    for (units, refusal) in [
        (vec![], GeographyRefusal::NotOneNation),
        (
            vec![unit("n", None, 0), unit("m", None, 0)],
            GeographyRefusal::NotOneNation,
        ),
        (
            vec![unit("n", None, 0), unit("s", Some("x"), 1)],
            GeographyRefusal::UnknownParent(code("s")),
        ),
        (
            vec![unit("n", None, 0), unit("s", Some("n"), 2)],
            GeographyRefusal::WrongLevel(code("s")),
        ),
        (
            vec![unit("n", None, 0), unit("n", Some("n"), 1)],
            GeographyRefusal::DuplicateUnit(code("n")),
        ),
        (
            vec![
                unit("n", None, 0),
                unit("c", Some("n"), 1),
                unit("s", Some("c"), 2),
                unit("t", Some("s"), 3),
            ],
            GeographyRefusal::WrongLevel(code("t")),
        ),
        // The first fault in the order of the list, whatever stands behind it.
        (
            vec![
                unit("n", None, 0),
                unit("s", Some("c"), 2),
                unit("c", Some("n"), 1),
                unit("c", Some("n"), 1),
            ],
            GeographyRefusal::UnknownParent(code("s")),
        ),
        (
            vec![
                unit("n", None, 0),
                unit("c", Some("n"), 1),
                unit("s", Some("c"), 2),
                unit("c", Some("n"), 1),
                unit("t", Some("x"), 2),
            ],
            GeographyRefusal::DuplicateUnit(code("c")),
        ),
        (
            vec![unit("n", None, 0), unit("s", Some("s"), 1)],
            GeographyRefusal::UnknownParent(code("s")),
        ),
    ] {
        assert_eq!(Geography::new(levels(), units), Err(refusal));
    }
}

#[test]
fn outlines_join_the_units_of_their_codes_or_are_refused() {
    use crate::outline::MAX_POINTS;
    use GeographyRefusal as R;
    let code = |text| UnitCode::new(text).unwrap();
    let square = |at: i32| vec![(at, at), (at, at + 9), (at + 9, at + 9), (at, at)];
    let tree = || {
        let units = vec![
            unit("n", None, 0),
            unit("c", Some("n"), 1),
            unit("d", Some("n"), 1),
            unit("s", Some("c"), 2),
        ];
        Geography::new(levels(), units).unwrap()
    };
    // One turn after another, each a little farther out.
    let long = |points: usize| {
        let mut ring: Ring = (0..points - 1)
            .map(|at| (i32::from(at % 2 == 0), i32::try_from(at).unwrap()))
            .collect();
        ring.push(ring[0]);
        ring
    };
    let joined = tree()
        .with_outlines(vec![
            (code("n"), vec![square(0)]),
            (code("d"), vec![square(0), square(50)]),
        ])
        .unwrap();
    let of = |text| &joined.unit(joined.find(&code(text)).unwrap()).outline;
    assert_eq!((of("n").len(), of("c").len(), of("d").len()), (1, 0, 2));
    for (outlines, refusal) in [
        (vec![("x", vec![square(0)])], R::OutlineUnknown(code("x"))),
        (
            vec![("c", vec![square(0)]), ("c", vec![square(50)])],
            R::OutlineTwice(code("c")),
        ),
        (vec![("s", vec![square(0)])], R::OutlineOfStation(code("s"))),
        (
            vec![("c", vec![square(0)]), ("d", vec![square(9), square(0)])],
            R::OutlineShared(code("c"), code("d")),
        ),
        (
            vec![("c", vec![square(0), square(5)[..3].to_vec()])],
            R::Outline(code("c"), 1, 0, OutlineFault::Short),
        ),
        (
            vec![("c", vec![long(MAX_POINTS)]), ("d", vec![square(7)])],
            R::OutlineTooLong(MAX_POINTS + 4),
        ),
    ] {
        let outlines = outlines
            .into_iter()
            .map(|(unit, rings)| (code(unit), rings));
        assert_eq!(tree().with_outlines(outlines.collect()), Err(refusal));
    }
    let longest = vec![(code("c"), vec![long(MAX_POINTS)])];
    assert!(tree().with_outlines(longest).is_ok());
}
