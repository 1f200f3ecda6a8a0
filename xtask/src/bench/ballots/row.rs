//! The lines of the table: what was measured, and what it must not exceed.

/// A line.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    what: String,
    value: f64,
    unit: &'static str,
    limit: Option<f64>,
}

impl Row {
    /// A figure without a limit.
    pub fn new(what: &str, value: f64, unit: &'static str) -> Row {
        Row {
            what: what.to_owned(),
            value,
            unit,
            limit: None,
        }
    }

    /// The same, which must not exceed `limit`.
    pub fn limit(self, limit: f64) -> Row {
        Row {
            limit: Some(limit),
            ..self
        }
    }

    /// Whether the limit is exceeded.
    pub fn is_missed(&self) -> bool {
        self.limit.is_some_and(|limit| self.value > limit)
    }
}

/// The lines, numbers right under each other.
pub fn table(rows: &[Row]) -> String {
    let widths = rows.iter().map(|row| row.what.chars().count());
    let width = widths.max().unwrap_or_default();
    let mut text = format!("{:width$} {:>9} {:>9}\n", "", "measured", "at most");
    for row in rows {
        let limit = row.limit.map(|limit| format!("{limit:.2}"));
        let missed = if row.is_missed() { "  missed" } else { "" };
        let limit = limit.unwrap_or_default();
        let line = format!(
            "{:width$} {:>9.2} {limit:>9} {}{missed}",
            row.what, row.value, row.unit
        );
        text += line.trim_end();
        text += "\n";
    }
    text
}

#[cfg(test)]
mod tests {
    use super::Row;
    use super::table;

    #[test]
    fn what_exceeds_its_limit_is_marked() {
        let rows = [
            Row::new("create", 3.0, "ms").limit(3.5),
            Row::new("verify", 0.614, "ms").limit(0.55),
            Row::new("ratio", 2.0, ""),
        ];
        let missed: Vec<bool> = rows.iter().map(Row::is_missed).collect();
        assert_eq!(missed, [false, true, false]);
        let expected = [
            "        measured   at most",
            "create      3.00      3.50 ms",
            "verify      0.61      0.55 ms  missed",
            "ratio       2.00",
        ];
        assert_eq!(table(&rows).lines().collect::<Vec<_>>(), expected);
    }
}
