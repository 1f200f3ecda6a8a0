//! What a placement is told in: one text for people, one object for machines. Every number is
//! counted in the result.

use crate::placement::law::Chosen;
use crate::progress::grouped;
use serde_json::Map;
use serde_json::Number;
use serde_json::Value;
use serde_json::json;

/// The figures of a placement.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// Voters who have a station.
    pub placed: u64,
    /// Stations.
    pub stations: u64,
    /// Centres of the list.
    pub centres: u64,
    /// Districts.
    pub districts: u64,
    /// Stations with more voters than the law allows, and centres with more than they can have.
    pub over_capacity: u64,
    /// Voters whose station belongs to another district than they do.
    pub outside_district: u64,
    /// What it costs.
    pub cost: i64,
    /// No placement costs less; none where that was not asked.
    pub bound: Option<i64>,
    /// What cost and bound are counted in: `metres` or `stations`.
    pub unit: &'static str,
    /// What else there is to say, by key.
    pub more: Vec<(&'static str, Value)>,
}

/// A share as a number of six places, made of whole numbers; one where both are nothing.
pub fn ratio(part: i64, whole: i64) -> Value {
    let (part, whole) = (i128::from(part), i128::from(whole));
    if part == whole {
        return json!(1.0);
    }
    if whole == 0 {
        return Value::Null;
    }
    let millionths = part * 1_000_000 / whole;
    let text = format!(
        "{}.{:06}",
        millionths / 1_000_000,
        millionths.abs() % 1_000_000
    );
    let number = text.parse().ok().and_then(Number::from_f64);
    number.map_or(Value::Null, Value::Number)
}

impl Report {
    /// The object for machines: the keys of docs/placement.md.
    pub fn json(&self, chosen: &Chosen) -> Value {
        let mut object = Map::new();
        for (key, value) in [
            ("placed", json!(self.placed)),
            ("stations", json!(self.stations)),
            ("over_capacity", json!(self.over_capacity)),
            ("outside_district", json!(self.outside_district)),
            ("cost", json!(self.cost)),
            ("bound", json!(self.bound)),
            (
                "cost_over_bound",
                self.bound
                    .map_or(Value::Null, |bound| ratio(self.cost, bound)),
            ),
            ("unit", json!(self.unit)),
            ("centres", json!(self.centres)),
            ("districts", json!(self.districts)),
            ("profile", json!(chosen.profile)),
            ("policy", json!(chosen.policy.word())),
            ("largest", json!(chosen.law.maximum)),
            ("largest_source", json!(chosen.source)),
        ] {
            object.insert(key.to_owned(), value);
        }
        for (key, value) in &self.more {
            object.insert((*key).to_owned(), value.clone());
        }
        Value::Object(object)
    }

    /// The lines for people.
    pub fn text(&self, chosen: &Chosen) -> String {
        let signed = |number: i64| {
            let sign = if number < 0 { "-" } else { "" };
            format!("{sign}{}", grouped(number.unsigned_abs()))
        };
        let mut lines = vec![
            format!("placed             {:>14} voters", grouped(self.placed)),
            format!("in                 {:>14} stations", grouped(self.stations)),
            format!("of                 {:>14} centres", grouped(self.centres)),
            format!(
                "in                 {:>14} districts",
                grouped(self.districts)
            ),
            format!("over capacity      {:>14}", grouped(self.over_capacity)),
            format!(
                "outside district   {:>14} voters",
                grouped(self.outside_district)
            ),
            format!("cost               {:>14} {}", signed(self.cost), self.unit),
        ];
        if let Some(bound) = self.bound {
            lines.push(format!(
                "no less than       {:>14} {}",
                signed(bound),
                self.unit
            ));
        }
        for (key, value) in &self.more {
            let shown = match value {
                Value::Number(number) => number.as_u64().map_or(number.to_string(), grouped),
                Value::String(text) => text.clone(),
                other => other.to_string(),
            };
            lines.push(format!("{:<18} {shown:>14}", key.replace('_', " ")));
        }
        let (largest, source) = (grouped(chosen.law.maximum.into()), &chosen.source);
        lines.push(format!(
            "largest station    {largest:>14} voters ({source})"
        ));
        lines.join("\n")
    }
}

#[cfg(test)]
mod tests {
    use super::ratio;
    use serde_json::json;

    #[test]
    fn shares_are_told_with_six_places() {
        for (part, whole, expected) in [
            (0, 0, json!(1.0)),
            (5, 5, json!(1.0)),
            (3, 2, json!(1.5)),
            (1, 3, json!(0.333_333)),
            (1, 0, json!(null)),
        ] {
            assert_eq!(ratio(part, whole), expected, "{part} {whole}");
        }
    }
}
