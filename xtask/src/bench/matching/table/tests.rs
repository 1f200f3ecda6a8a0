//! The table on figures of our own: shown, judged by what is shown, and as objects.

use super::Table;
use crate::bench::matching::figures::Figure;

fn figures(values: &[(&str, f64)]) -> Vec<Figure> {
    let figure = |(name, value): &(&str, f64)| Figure {
        name: (*name).to_owned(),
        value: *value,
    };
    values.iter().map(figure).collect()
}

const DEATHS: [(&str, f64); 3] = [
    ("f1", 0.99364),
    ("pairs_compared", 1_385_879.0),
    ("wall", 2.841),
];

#[test]
fn figures_stand_beside_the_peer_and_the_bar() {
    let mut table = Table::default();
    table.add(
        "deaths",
        Some(&figures(&[("f1", 0.9574), ("wall", 22.0)])),
        &figures(&DEATHS),
    );
    table.add("fake", None, &figures(&[("f1", 0.7736), ("memory", 0.005)]));
    let text = table.text();
    let (rows, notes) = text.split_once("\n\nours ").expect("notes follow the rows");
    let expected = "\
work    figure                        peer     ours  bar
deaths  F1                         0.9574    0.9936  ≥ 0.975  ✓
deaths  pairs compared                  –   1385879
deaths  time, s                     22.00      2.84

fake    F1                         0.7407*   0.7736  ≥ peer   ✓
fake    precision                  0.9774*        –
fake    recall                     0.5963*        –
fake    recall at precision 0.999  0.5610*        –
fake    true pairs compared        0.6160*        –
fake    time, s                      3.70*        –
fake    processor time, s            3.80*        –
fake    most memory, GB              0.25*     0.01";
    assert_eq!(rows, expected);
    assert!(notes.contains("*      measured earlier"), "{notes}");
    assert!(notes.ends_with("2 of 2 bars reached\n"), "{notes}");
}

#[test]
fn a_bar_is_judged_by_what_is_shown() {
    for (work, name, peer, ours, reached) in [
        ("deaths", "f1", None, Some(0.975), true),
        ("deaths", "f1", None, Some(0.974_96), true),
        ("deaths", "f1", None, Some(0.974_94), false),
        ("febrl4", "f1", Some(0.9996), Some(0.9996), true),
        ("febrl4", "f1", Some(0.9996), Some(0.9995), false),
        (
            "slice",
            "automatic_false_per_million",
            None,
            Some(10.0),
            true,
        ),
        (
            "slice",
            "automatic_false_per_million",
            None,
            Some(10.1),
            false,
        ),
        ("slice", "twins_linked_share", None, Some(0.11), false),
        ("1m", "wall", Some(1.0), Some(5.0), true),
        ("1m", "memory", Some(1.0), None, false),
    ] {
        let mut table = Table::default();
        let given = |value: Option<f64>| value.map(|value| figures(&[(name, value)]));
        let (peer, ours) = (given(peer), given(ours).unwrap_or_default());
        table.add(work, peer.as_deref(), &ours);
        let row = table
            .rows
            .iter()
            .find(|row| row.kind.name == name)
            .expect("a row");
        assert_eq!(row.reached(), Some(reached), "{work} {name} {ours:?}");
    }
}

#[test]
fn the_table_as_objects() {
    let mut table = Table::default();
    table.add(
        "deaths",
        Some(&figures(&[("f1", 0.9574)])),
        &figures(&DEATHS[..1]),
    );
    let expected = concat!(
        r#"{"bench":"matching","machine":"a \"b\" c","commit":"1234"}"#,
        "
",
        r#"{"bench":"matching","work":"deaths","figure":"f1","label":"F1","peer":0.9574,"#,
        r#""peer_measured":true,"ours":0.9936,"bar":"≥ 0.975","reached":true}"#,
        "
",
    );
    assert_eq!(table.json("a \"b\" c", "1234"), expected);
}
