//! The hand of the forger: changes to lines of public files.

use crate::folder::Files;
use sanduq_count::publication::digest;

/// Replaces the first `from` in a file, which must be there.
pub fn replace(files: &mut Files, path: &str, from: &str, to: &str) {
    let text = String::from_utf8(files[path].clone()).unwrap();
    assert!(text.contains(from), "{path} has no {from}");
    files.insert(path.to_owned(), text.replacen(from, to, 1).into_bytes());
}

/// Changes the records of a list that begin so to the records that `change` gives.
pub fn records(files: &mut Files, path: &str, begins: &str, change: impl Fn(&str) -> Vec<String>) {
    let text = String::from_utf8(files[path].clone()).unwrap();
    let (head, list) = text.split_once(":[\n").unwrap();
    let list = list.strip_suffix("]}\n").unwrap();
    let mut found = false;
    let mut made = Vec::new();
    for record in list.split(",\n") {
        if record.starts_with(begins) {
            found = true;
            made.extend(change(record));
        } else {
            made.push(record.to_owned());
        }
    }
    assert!(found, "{path} has no record {begins}");
    let text = format!("{head}:[\n{}]}}\n", made.join(",\n"));
    files.insert(path.to_owned(), text.into_bytes());
}

/// Changes one record of a list.
pub fn record(files: &mut Files, path: &str, begins: &str, change: impl Fn(&str) -> String) {
    records(files, path, begins, |record| vec![change(record)]);
}

/// How the record of a sheet begins.
pub fn sheet(station: &str, version: u32) -> String {
    format!("{{\"station\":\"{station}\",\"version\":{version},")
}

/// Where the checker finds a sheet.
pub fn place(station: &str, version: u32) -> String {
    format!("station {station} version {version}:")
}

/// The number behind the last `"key":` of a record.
pub fn number(record: &str, key: &str) -> u64 {
    let key = format!("\"{key}\":");
    let rest = &record[record.rfind(&key).unwrap() + key.len()..];
    rest.split(|c: char| !c.is_ascii_digit())
        .next()
        .unwrap()
        .parse()
        .unwrap()
}

/// The record with another number behind the last `"key":`.
pub fn with_number(record: &str, key: &str, votes: u64) -> String {
    let quoted = format!("\"{key}\":");
    let at = record.rfind(&quoted).unwrap() + quoted.len();
    let digits = number(record, key).to_string().len();
    format!("{}{votes}{}", &record[..at], &record[at + digits..])
}

/// The record with the digest of the figures that it has now.
pub fn with_digest(record: &str, contest: &str) -> String {
    let between = |from: &str, to: &str| {
        let start = record.find(from).unwrap() + from.len();
        &record[start..start + record[start..].find(to).unwrap()]
    };
    let canonical = format!(
        "{{\"contest\":\"{contest}\",\"station\":\"{}\",\"version\":{},\
         \"salt\":\"{}\",\"fields\":{{{}}},\"choices\":{{{}}}}}",
        between("\"station\":\"", "\""),
        between("\"version\":", ","),
        between("\"salt\":\"", "\""),
        between("\"fields\":{", "}"),
        between("\"choices\":{", "}"),
    );
    let stated = between("\"digest\":\"", "\"");
    record.replace(stated, &digest(canonical.as_bytes()))
}

/// Changes a text of law and the digest of it that `event.json` states.
pub fn law(files: &mut Files, path: &str, from: &str, to: &str) {
    let before = digest(&files[path]);
    replace(files, path, from, to);
    let after = digest(&files[path]);
    replace(files, "event.json", &before, &after);
}

/// Replaces every `from` in every file that has one.
pub fn everywhere(files: &mut Files, from: &str, to: &str) {
    for bytes in files.values_mut() {
        let text = String::from_utf8(bytes.clone()).unwrap();
        *bytes = text.replace(from, to).into_bytes();
    }
}
