//! Figures: what they are called, how they are shown, and how they are read from what was printed.

use crate::bench::object;

/// A kind of figure.
pub struct Kind {
    /// Its name in what is printed and in the table of bars.
    pub name: &'static str,
    /// Its name for people, with the unit.
    pub label: &'static str,
    /// Decimals that are shown, and that count.
    pub decimals: usize,
}

/// Every kind that the table shows, in its order.
pub const KINDS: [Kind; 14] = [
    kind("f1", "F1", 4),
    kind("precision", "precision", 4),
    kind("recall", "recall", 4),
    kind("recall_at_precision_0.999", "recall at precision 0.999", 4),
    kind("blocking_recall", "true pairs compared", 4),
    kind("pairs_compared", "pairs compared", 0),
    kind(
        "automatic_false_per_million",
        "false automatic pairs, per million records",
        1,
    ),
    kind("twins", "pairs of twins", 0),
    kind("twins_linked_share", "twins linked, %", 2),
    kind("worst_group", "errors of the worst group, of the mean", 2),
    kind(
        "worst_pairs",
        "errors of pairs that lack a part, of the mean",
        2,
    ),
    kind("wall", "time, s", 2),
    kind("processor", "processor time, s", 2),
    kind("memory", "most memory, GB", 2),
];

const fn kind(name: &'static str, label: &'static str, decimals: usize) -> Kind {
    Kind {
        name,
        label,
        decimals,
    }
}

/// A figure that was measured.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// What it is.
    pub name: String,
    /// Its value in the unit of its kind.
    pub value: f64,
}

/// The figures among the lines a program printed.
pub fn read(lines: &str) -> Vec<Figure> {
    let objects = lines.lines().filter_map(object);
    objects
        .filter_map(|fields| {
            Some(Figure {
                name: field(&fields, "figure")?.to_owned(),
                value: field(&fields, "value")?.parse().ok()?,
            })
        })
        .collect()
}

/// Groups of pairs, which a person is in with one record and not with another.
const OF_PAIRS: &str = "fewest parts";

/// Of all groups in a report that are large enough to judge the one with the most errors, in parts
/// of the mean: of people, or of pairs.
pub fn worst_group(report: &str, of_pairs: bool) -> Option<(String, f64)> {
    let objects = report.lines().filter_map(object);
    let judged = objects.filter(|fields| field(fields, "small") != Some("true"));
    let groups = judged.filter_map(|fields| {
        let group = field(&fields, "group")?.to_owned();
        Some((group, field(&fields, "of_mean")?.parse::<f64>().ok()?))
    });
    let groups = groups.filter(|(group, _)| group.starts_with(OF_PAIRS) == of_pairs);
    groups.max_by(|one, other| one.1.total_cmp(&other.1))
}

/// The value of a figure by its name.
pub fn value(figures: &[Figure], name: &str) -> Option<f64> {
    let found = figures.iter().find(|figure| figure.name == name);
    found.map(|figure| figure.value)
}

fn field<'a>(fields: &'a [(String, String)], name: &str) -> Option<&'a str> {
    let found = fields.iter().find(|(key, _)| key == name);
    found.map(|(_, value)| value.as_str())
}

#[cfg(test)]
mod tests {
    use super::Figure;
    use super::read;
    use super::worst_group;

    const LINES: &str = r#"reading 3 files
{"bench":"matching","figure":"f1","value":0.9877,"unit":""}
{"bench":"matching","group":"parts 3","error":0.05,"of_mean":1.9,"small":false}
{"group":"fewest parts 3","of_mean":2.5,"small":false}
{"group":"parts 2","error":0.3,"of_mean":9.5,"small":true}
{"bench":"matching","group":"women","error":0.01,"of_mean":0.8}
{"bench":"matching","figure":"twins","value":"many","unit":""}
{"figure": "wall", "value": 5e-1}
"#;

    #[test]
    fn figures_are_read_and_other_lines_passed_over() {
        let figure = |name: &str, value| Figure {
            name: name.to_owned(),
            value,
        };
        assert_eq!(read(LINES), [figure("f1", 0.9877), figure("wall", 0.5)]);
    }

    #[test]
    fn the_group_with_the_most_errors_is_the_worst() {
        let worst = |of_pairs| worst_group(LINES, of_pairs);
        assert_eq!(worst(false), Some(("parts 3".to_owned(), 1.9)));
        assert_eq!(worst(true), Some(("fewest parts 3".to_owned(), 2.5)));
        assert_eq!(worst_group("", false), None);
    }
}
