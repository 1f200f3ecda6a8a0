//! The table on figures of our own: shown, judged by what is shown, and as objects.

use super::Table;
use crate::bench::matching::figures::Figure;
use crate::bench::matching::slope::Estimate;

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
work    figure                                         peer     ours  bar
deaths  F1                                          0.9574    0.9936  ≥ 0.975  ✓
deaths  pairs compared                                   –   1385879
deaths  false automatic pairs, per million records       –         –  ≤ 10     ✗
deaths  errors of the worst group, of the mean           –         –  ≤ 1.5    ✗
deaths  time, s                                      22.00      2.84  ≤ 2      ✗

fake    F1                                          0.7407*   0.7736  ≥ peer   ✓
fake    precision                                   0.9774*        –
fake    recall                                      0.5963*        –
fake    recall at precision 0.999                   0.5610*        –
fake    true pairs compared                         0.6160*        –
fake    time, s                                       3.70*        –
fake    processor time, s                             3.80*        –
fake    most memory, GB                               0.25*     0.01";
    assert_eq!(rows, expected);
    assert!(notes.contains("*      measured earlier"), "{notes}");
    assert!(notes.ends_with("2 of 5 bars reached\n"), "{notes}");
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
        "febrl3",
        Some(&figures(&[("f1", 0.9574)])),
        &figures(&DEATHS[..1]),
    );
    let expected = concat!(
        r#"{"bench":"matching","machine":"a \"b\" c","commit":"1234"}"#,
        "
",
        r#"{"bench":"matching","work":"febrl3","figure":"f1","label":"F1","peer":0.9574,"#,
        r#""peer_measured":true,"ours":0.9936,"estimated":false,"bar":"≥ peer","reached":true}"#,
        "
",
    );
    assert_eq!(table.json("a \"b\" c", "1234"), expected);
}

/// What is not measured is seen to be so, and no promise is kept or broken by it.
#[test]
fn what_is_not_measured_is_marked() {
    let mut table = Table::default();
    table.add("20m", None, &figures(&[("wall", 150.0), ("memory", 4.0)]));
    let missed = table.missed();
    table.estimate(&Some(Estimate {
        from: ["5m".to_owned(), "20m".to_owned()],
        figures: figures(&[("wall", 550.0), ("memory", 14.0)]),
    }));
    table.remember("5m");
    assert_eq!(table.missed(), missed);
    let text = table.text();
    for line in [
        "70m   time, s                                           – ≈ 550.00",
        "70m   most memory, GB                                   –  ≈ 14.00",
        "5m    time, s                                     622.00*         –",
        "≈      estimated: a straight line through ours on 5m and 20m; not measured",
    ] {
        let words: Vec<&str> = line.split_whitespace().collect();
        let found = text.lines().any(|line| {
            let found: Vec<&str> = line.split_whitespace().collect();
            found == words
        });
        assert!(found, "{line}\n{text}");
    }
    let json = table.json("m", "c");
    let estimated = json
        .lines()
        .filter(|line| line.contains("\"estimated\":true"));
    assert_eq!(estimated.count(), 2);
}
