//! What a whole nation's roll would cost: a straight line through the two largest rolls that were
//! measured. It is an estimate and is shown as one; it has no bar.

use crate::bench::matching::figures::Figure;
use crate::bench::matching::figures::value;
use crate::bench::matching::works::Work;

/// The records of the roll that is estimated.
const RECORDS: f64 = 70e6;
/// A line through smaller rolls says nothing of it: starting costs them as much as comparing.
const LEAST: f64 = 4e6;

/// What comparing a roll with itself cost.
#[derive(Clone, Debug, PartialEq)]
pub struct Cost {
    /// Records.
    pub records: f64,
    /// The name of the work.
    pub work: String,
    /// Time and memory.
    pub figures: Vec<Figure>,
}

/// An estimate, and what it stands on.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Estimate {
    /// The works through which the line is drawn.
    pub from: [String; 2],
    /// Time and memory.
    pub figures: Vec<Figure>,
}

impl Cost {
    /// The cost of a work whose roll is compared with itself; none of others, and none where it is
    /// not known how many records there are.
    pub fn of(work: &Work, ours: &[Figure]) -> Option<Cost> {
        let records = value(ours, "records").filter(|_| work.list.is_empty())?;
        let kept = ["wall", "memory"].map(|name| {
            let value = value(ours, name)?;
            let name = name.to_owned();
            Some(Figure { name, value })
        });
        Some(Cost {
            records,
            work: work.name.clone(),
            figures: kept.into_iter().flatten().collect(),
        })
    }
}

/// The estimate from the two largest rolls; nothing where there are not two large ones.
pub fn beyond(costs: &[Cost]) -> Option<Estimate> {
    let mut large: Vec<&Cost> = costs.iter().filter(|cost| cost.records >= LEAST).collect();
    large.sort_by(|one, other| one.records.total_cmp(&other.records));
    let [.., one, other] = large.as_slice() else {
        return None;
    };
    if one.records >= other.records {
        return None;
    }
    let figures = other.figures.iter().filter_map(|last| {
        let first = value(&one.figures, &last.name)?;
        let slope = (last.value - first) / (other.records - one.records);
        Some(Figure {
            name: last.name.clone(),
            value: last.value + slope * (RECORDS - other.records),
        })
    });
    Some(Estimate {
        from: [one.work.clone(), other.work.clone()],
        figures: figures.collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::Cost;
    use super::beyond;
    use crate::bench::matching::figures::Figure;
    use crate::bench::matching::figures::value;
    use crate::bench::matching::works::works;

    fn cost(work: &str, records: f64, wall: f64, memory: f64) -> Cost {
        let figure = |(name, value): (&str, f64)| Figure {
            name: name.to_owned(),
            value,
        };
        Cost {
            records,
            work: work.to_owned(),
            figures: [("wall", wall), ("memory", memory)].map(figure).to_vec(),
        }
    }

    #[test]
    fn the_line_goes_through_the_two_largest() {
        let small = cost("1m", 1e6, 4.0, 0.4);
        let costs = [
            cost("20m", 20e6, 150.0, 4.0),
            small.clone(),
            cost("5m", 5e6, 30.0, 1.0),
        ];
        let found = beyond(&costs).unwrap();
        assert_eq!(found.from, ["5m", "20m"]);
        let near = |name: &str, wanted: f64| {
            let found = value(&found.figures, name).unwrap();
            assert!((found - wanted).abs() < 1e-6, "{name} {found}");
        };
        near("wall", 150.0 + 8.0 * 50.0);
        near("memory", 4.0 + 0.2 * 50.0);
        for too_few in [
            &costs[..0],
            &costs[..2],
            &[costs[0].clone(), costs[0].clone()],
        ] {
            assert_eq!(beyond(too_few), None);
        }
    }

    #[test]
    fn a_list_has_no_place_on_the_line() {
        let ours = cost("", 0.0, 4.0, 0.4).figures;
        let mut counted = ours.clone();
        counted.push(Figure {
            name: "records".to_owned(),
            value: 1e6,
        });
        for (work, figures, is) in [
            ("1m", &counted, true),
            ("1m", &ours, false),
            ("deaths", &counted, false),
        ] {
            let works = works();
            let work = works.iter().find(|one| one.name == work).unwrap();
            assert_eq!(Cost::of(work, figures).is_some(), is, "{}", work.name);
        }
    }
}
