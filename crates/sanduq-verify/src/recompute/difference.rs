//! Where two files differ: the place in a JSON file by the codes of its records, in a table by line
//! and column, in any other text by line. Always true here: two files that are not equal byte for
//! byte give at least one difference.

use sanduq_count::publication::records;
use serde_json::Value;

/// So many differences of one file are told.
const MOST: usize = 20;

/// A place where two files differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The place.
    pub place: String,
    /// What was computed there.
    pub computed: String,
    /// What is stated there.
    pub stated: String,
}

/// The differences of a file whose bytes are not those that were computed.
#[must_use]
pub fn differences(path: &str, computed: &[u8], stated: &[u8]) -> Vec<Difference> {
    let mut found = Vec::new();
    if path.ends_with(".json")
        && let Ok(a) = serde_json::from_slice(computed)
        && let Ok(b) = serde_json::from_slice(stated)
    {
        values("", &a, &b, &mut found);
    } else if path.ends_with(".csv")
        && let Ok(a) = core::str::from_utf8(computed)
        && let Ok(b) = core::str::from_utf8(stated)
    {
        tables(&records(a), &records(b), &mut found);
    }
    if found.is_empty() {
        found.push(lines(computed, stated));
    }
    found
}

/// A value in one short line.
fn short(value: &impl core::fmt::Display) -> String {
    let text = value.to_string();
    match text.char_indices().nth(120) {
        Some((end, _)) => format!("{} …", &text[..end]),
        None => text,
    }
}

fn tell(place: &str, computed: &str, stated: &str, found: &mut Vec<Difference>) {
    if found.len() < MOST {
        found.push(Difference {
            place: if place.is_empty() {
                "the file".to_owned()
            } else {
                place.to_owned()
            },
            computed: computed.to_owned(),
            stated: stated.to_owned(),
        });
    }
}

/// The members by which a record is known, the first that it has.
const KEYS: [&str; 9] = [
    "station", "unit", "hour", "code", "@id", "GpUnitId", "choice", "contest", "check",
];

/// What a record of a list is called: its key and, of a sheet, its version.
fn name(record: &Value) -> Option<String> {
    let key = KEYS
        .into_iter()
        .find_map(|key| Some((key, record.get(key)?)));
    // A contest among contests stands one level down.
    let nested = || Some(("contest", record.get("contest")?.get("code")?));
    let (key, code) = key.filter(|(_, code)| !code.is_object()).or_else(nested)?;
    let code = code
        .as_str()
        .map_or_else(|| code.to_string(), str::to_owned);
    Some(match record.get("version") {
        Some(version) => format!("{key} {code} version {version}"),
        None => format!("{key} {code}"),
    })
}

fn values(place: &str, computed: &Value, stated: &Value, found: &mut Vec<Difference>) {
    match (computed, stated) {
        _ if computed == stated || found.len() >= MOST => {}
        (Value::Object(a), Value::Object(b)) => {
            let dot = if place.is_empty() { "" } else { "." };
            for (key, value) in a {
                let place = format!("{place}{dot}{key}");
                match b.get(key) {
                    Some(other) => values(&place, value, other, found),
                    None => tell(&place, &short(value), "nothing", found),
                }
            }
            for (key, value) in b.iter().filter(|(key, _)| !a.contains_key(*key)) {
                tell(
                    &format!("{place}{dot}{key}"),
                    "nothing",
                    &short(value),
                    found,
                );
            }
        }
        (Value::Array(a), Value::Array(b)) => arrays(place, a, b, found),
        _ => tell(place, &short(computed), &short(stated), found),
    }
}

/// Records of the same name are compared; where one list has a record more, the first such one is
/// told.
fn arrays(place: &str, computed: &[Value], stated: &[Value], found: &mut Vec<Difference>) {
    for at in 0..computed.len().max(stated.len()) {
        let (a, b) = (computed.get(at), stated.get(at));
        let (name_a, name_b) = (a.and_then(name), b.and_then(name));
        match (a, b) {
            (Some(a), Some(b)) if name_a == name_b => {
                let name = name_a.unwrap_or_else(|| at.to_string());
                values(&format!("{place}[{name}]"), a, b, found);
            }
            _ => {
                let place = format!("{place}[{at}]");
                let told = |name: Option<String>, value: Option<&Value>| match (name, value) {
                    (Some(name), _) => name,
                    (None, Some(value)) => short(value),
                    (None, None) => "nothing".to_owned(),
                };
                tell(&place, &told(name_a, a), &told(name_b, b), found);
                return;
            }
        }
    }
}

fn tables(computed: &[Vec<String>], stated: &[Vec<String>], found: &mut Vec<Difference>) {
    let empty = Vec::new();
    let header = computed.first().unwrap_or(&empty);
    for line in 0..computed.len().max(stated.len()) {
        let (a, b) = (computed.get(line), stated.get(line));
        let place = format!("line {}", line + 1);
        let (Some(a), Some(b)) = (a, b) else {
            let told = |row: Option<&Vec<String>>| {
                row.map_or("nothing".to_owned(), |row| short(&row.join(",")))
            };
            tell(&place, &told(a), &told(b), found);
            return;
        };
        for column in 0..a.len().max(b.len()) {
            let (a, b) = (a.get(column), b.get(column));
            if a != b {
                let name = header
                    .get(column)
                    .map_or("beyond the header", String::as_str);
                let told = |cell: Option<&String>| {
                    cell.map_or("nothing".to_owned(), |cell| format!("`{}`", short(cell)))
                };
                tell(
                    &format!("{place}, column {name}"),
                    &told(a),
                    &told(b),
                    found,
                );
            }
        }
    }
}

/// The first line that differs, by its bytes.
fn lines(computed: &[u8], stated: &[u8]) -> Difference {
    let mut a = computed.split(|byte| *byte == b'\n');
    let mut b = stated.split(|byte| *byte == b'\n');
    let mut number = 1;
    let told = |line: Option<&[u8]>| {
        let text = |line: &[u8]| short(&format!("{:?}", String::from_utf8_lossy(line)));
        line.map_or("nothing".to_owned(), text)
    };
    loop {
        let (left, right) = (a.next(), b.next());
        if left != right || left.is_none() {
            return Difference {
                place: format!("line {number}"),
                computed: told(left),
                stated: told(right),
            };
        }
        number += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(path: &str, computed: &str, stated: &str) -> Vec<String> {
        let found = differences(path, computed.as_bytes(), stated.as_bytes());
        found
            .into_iter()
            .map(|one| format!("{}: {} / {}", one.place, one.computed, one.stated))
            .collect()
    }

    #[test]
    fn a_difference_is_named_by_record_and_member() {
        let sheet = |station: &str, votes: u64| {
            format!(r#"{{"station":"{station}","version":1,"choices":{{"a":{votes}}}}}"#)
        };
        let file = |rows: &[String]| format!(r#"{{"sheets":[{}]}}"#, rows.join(","));
        let (one, two) = (sheet("s1", 1), sheet("s2", 2));
        let all = file(&[one.clone(), two.clone()]);
        for (stated, place) in [
            (
                file(&[one.clone(), sheet("s2", 9)]),
                "sheets[station s2 version 1].choices.a: 2 / 9",
            ),
            (
                file(core::slice::from_ref(&one)),
                "sheets[1]: station s2 version 1 / nothing",
            ),
            (
                file(&[two.clone(), one.clone()]),
                "sheets[0]: station s1 version 1 / station s2 version 1",
            ),
            (r#"{"sheet":[]}"#.to_owned(), "sheet: nothing / []"),
            (format!("{all} "), ""),
        ] {
            let told = told("x.json", &all, &stated);
            assert!(
                told.iter().any(|one| one.contains(place)),
                "{told:?} lacks {place}"
            );
        }
    }

    #[test]
    fn a_difference_is_named_by_line_and_column() {
        let table = "unit,votes\r\nn,3\r\n";
        for (stated, place) in [
            ("unit,votes\r\nn,4\r\n", "line 2, column votes: `3` / `4`"),
            ("unit,votes\r\n", "line 2: n,3 / nothing"),
            (
                "unit,votes\r\nn,3,5\r\n",
                "line 2, column beyond the header: nothing / `5`",
            ),
            (
                "unit,votes\r\nn,\"3\"\r\n",
                "line 2: \"n,3\\r\" / \"n,\\\"3\\\"\\r\"",
            ),
        ] {
            assert_eq!(told("x.csv", table, stated), [place]);
        }
        assert_eq!(
            told("x.toml", "a\nb\n", "a\nc\n"),
            ["line 2: \"b\" / \"c\""]
        );
    }
}
