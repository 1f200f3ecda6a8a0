//! What is said at the end of a comparison, in the language that is asked for, else in English.

use crate::fact::Named;
use crate::fact::Value;
use crate::fact::semicolon;
use crate::matching::said::SAID;
use sanduq_core::names::Locale;
use sanduq_matching::dates::Read;
use sanduq_matching::load::Empty;
use sanduq_matching::load::Sexes;
use sanduq_register::matching::written::Calendar;
use sanduq_register::matching::written::Order;
use serde_json::Value as Json;
use serde_json::json;
use std::path::Path;

/// Says lines in one language.
#[derive(Clone, Copy)]
pub struct Summary(Locale);

impl Summary {
    /// In the language that is asked for.
    pub fn new(locale: Option<Locale>) -> Self {
        Self(locale.unwrap_or(Locale::En))
    }

    /// The words of a key with values in them.
    pub fn words(self, key: &str, values: &[Named]) -> String {
        // Every key has words in every language: a test holds them against each other.
        SAID.filled(key, values, self.0).unwrap_or_default()
    }

    /// Prints the words of a key with values in them.
    pub fn line(self, key: &str, values: &[Named]) {
        println!("{}", self.words(key, values));
    }

    /// Prints the words of a key with a count, where there is any.
    pub fn count(self, key: &str, count: u64) {
        if count > 0 {
            self.line(key, &[("count", count.into())]);
        }
    }

    /// Prints how many rows and values were set aside, and where they are told.
    pub fn aside(self, rows: u64, values: u64, path: &Path) {
        if rows + values > 0 {
            let file = Value::Text(path.display().to_string());
            let counts = [("rows", rows.into()), ("values", values.into())];
            let [rows, values] = counts;
            self.line("told-aside", &[rows, values, ("file", file)]);
        }
    }

    /// Prints of which files words for a sex are not known.
    pub fn sexes(self, sexes: &[Sexes]) {
        for sexes in sexes.iter().filter(|one| one.unknown > 0) {
            let values = [
                ("file", sexes.file.as_str().into()),
                ("unknown", sexes.unknown.into()),
                ("given", sexes.given.into()),
                ("lines", Value::Places(sexes.lines.clone())),
            ];
            self.line("told-sexes", &values);
        }
    }

    /// Prints which files have empty rows.
    pub fn empty(self, files: &[Empty]) {
        for one in files {
            if let Some(line) = one.first_line {
                let values = [
                    ("file", one.file.as_str().into()),
                    ("rows", one.rows.into()),
                    ("line", Value::Places(vec![line])),
                ];
                self.line("told-empty", &values);
            }
        }
    }

    /// Prints how the dates of each file were read.
    pub fn dates(self, dates: &[Read]) {
        for read in dates {
            println!("{}", self.date(read));
        }
    }

    fn date(self, read: &Read) -> String {
        let file = ("file", Value::from(read.file.as_str()));
        if read.filled == 0 {
            return self.words("told-dates-none", &[file]);
        }
        let orders = read.manner.orders();
        let orders: Vec<Value> = orders.iter().map(|order| self.order(*order)).collect();
        let orders = match orders.as_slice() {
            [one, other] => {
                let values = [("one", one.clone()), ("other", other.clone())];
                Value::Words(self.words("told-two-orders", &values))
            }
            [one, ..] => one.clone(),
            [] => Value::Words(String::new()),
        };
        let hundredths = (read.filled - read.wrong) * 10_000 / read.filled;
        let share = format!("{}.{:02}", hundredths / 100, hundredths % 100);
        let values = [
            file,
            ("orders", orders),
            (
                "calendar",
                Value::Words(self.calendar(read.manner.calendar)),
            ),
            ("share", Value::Decimal(share)),
        ];
        let mut said = vec![self.words("told-dates", &values)];
        said.extend(self.of_dates(read));
        said.join(semicolon(self.0))
    }

    /// What is to be known of the dates of a file beyond how they are written.
    fn of_dates(self, read: &Read) -> Vec<String> {
        let counts = [
            ("told-other-calendar", read.other_calendar),
            ("told-short-years", read.short_years),
            ("told-only-years", read.only_years),
        ];
        let counts = counts.into_iter().filter(|(_, count)| *count > 0);
        let mut said: Vec<String> = counts
            .map(|(key, count)| self.words(key, &[("count", count.into())]))
            .collect();
        let month_first = read.manner.orders().contains(&Order::MonthFirst);
        for (is, key) in [
            (read.manner.has_both(), "told-both-orders"),
            (month_first && !read.manner.has_both(), "told-month-first"),
            (read.manner.unclear, "told-order-unclear"),
        ] {
            said.extend(is.then(|| self.words(key, &[])));
        }
        said
    }

    fn order(self, order: Order) -> Value {
        let key = match order {
            Order::YearFirst => "told-order-ymd",
            Order::DayFirst => "told-order-dmy",
            Order::MonthFirst => "told-order-mdy",
        };
        Value::Words(self.words(key, &[]))
    }

    /// The name of a calendar.
    pub fn calendar(self, calendar: Calendar) -> String {
        let key = match calendar {
            Calendar::Gregorian => "told-calendar-gregorian",
            Calendar::Persian => "told-calendar-persian",
            Calendar::Hijri => "told-calendar-hijri",
        };
        self.words(key, &[])
    }
}

/// What is said to a machine of the dates of a file.
pub fn date_json(read: &Read) -> Json {
    let orders: Vec<&str> = read.manner.orders().iter().map(|one| one.word()).collect();
    json!({
        "file": read.file,
        "orders": orders,
        "calendar": read.manner.calendar.word(),
        "filled": read.filled,
        "wrong": read.wrong,
        "unclear": read.manner.unclear,
        "other_calendar": read.other_calendar,
        "short_years": read.short_years,
        "only_years": read.only_years,
    })
}

/// What is said to a machine of the sexes of a file whose words are not known.
pub fn sexes_json(sexes: &Sexes) -> Json {
    json!({
        "file": sexes.file,
        "given": sexes.given,
        "unknown": sexes.unknown,
        "lines": sexes.lines,
    })
}

/// What is said to a machine of the empty rows of a file.
pub fn empty_json(empty: &Empty) -> Json {
    json!({ "file": empty.file, "rows": empty.rows, "first_line": empty.first_line })
}

#[cfg(test)]
mod tests;
