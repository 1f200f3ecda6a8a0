//! For each rule of tidy, breaches planted into a clean project: the rule sees each of them, at its
//! place, and nothing else is reported. The clean project has things in it that a careless rule
//! would take for a breach.
//!
//! `tests/clean.txt` holds the clean project: `@@ path`, then the file. `tests/plants.txt` holds
//! one file to put in or replace at a time: `@@ rule path line`, or `@@ rule path seen-in line`.

use crate::tidy::RULES;
use crate::tidy::Rule;
use crate::tidy::data::borrowed;
use crate::tidy::source::Source;
use crate::tidy::tree::Tree;

const CLEAN: &str = include_str!("tests/clean.txt");
const PLANTS: &str = include_str!("tests/plants.txt");
const STORE: &str = "crates/sanduq-store/src/lib.rs";

/// The headers and bodies of a text of files.
fn files(text: &str) -> Vec<(&str, &str)> {
    text.split("@@ ")
        .filter_map(|part| part.split_once('\n'))
        .collect()
}

/// A breach in short: rule, file and line.
type Seen = (&'static str, String, usize);

/// Every breach that every rule sees in a tree.
fn seen(files: &[(&str, &str)]) -> Vec<Seen> {
    let tree = Tree::sample(files);
    let by = |(name, rule): &(&'static str, Rule)| {
        let name = *name;
        rule(&tree)
            .into_iter()
            .map(move |breach| (name, breach.path, breach.line))
    };
    RULES.iter().flat_map(by).collect()
}

/// The clean project with one file put in or replaced.
fn planted<'a>(path: &'a str, text: &'a str) -> Vec<(&'a str, &'a str)> {
    let others = files(CLEAN).into_iter().filter(|(other, _)| *other != path);
    others.chain([(path, text)]).collect()
}

#[test]
fn a_clean_project_keeps_every_rule() {
    assert_eq!(files(CLEAN).len(), 22);
    assert_eq!(seen(&files(CLEAN)), []);
}

#[test]
fn each_planted_breach_is_seen_by_its_rule() {
    for (header, text) in files(PLANTS) {
        let fields: Vec<&str> = header.split(' ').collect();
        let [rule, path, .., line] = fields[..] else {
            panic!("{header}")
        };
        let place = if fields.len() == 4 { fields[2] } else { path };
        let mut found = seen(&planted(path, text));
        // A manifest reduced to one dependency lacks its lints as well.
        found.retain(|(other, _, _)| *other == rule || *other != "inherited");
        let found: Vec<(&str, &str, String)> = found
            .iter()
            .map(|(rule, path, line)| (*rule, path.as_str(), line.to_string()))
            .collect();
        assert_eq!(found, [(rule, place, line.to_owned())], "{header}\n{text}");
    }
}

#[test]
fn every_rule_has_a_planted_breach() {
    for (rule, _) in RULES {
        let measured = ["file-length", "line-length"].contains(&rule);
        let header = format!("{rule} ");
        let plants = files(PLANTS)
            .iter()
            .filter(|(one, _)| one.starts_with(&header))
            .count();
        assert!(measured || plants > 0, "{rule} has no plant");
    }
}

#[test]
fn lengths_are_measured_to_the_line_and_the_column() {
    let lines = |count: usize| "x\n".repeat(count);
    let columns = |count: usize| format!("//! {}\n", "ص".repeat(count - 4));
    let table = [
        ("docs/a.css", lines(500), None),
        ("docs/a.css", lines(501), Some("file-length")),
        ("crates/sanduq-web/locales/a.txt", lines(501), None),
        (STORE, columns(100), None),
        (STORE, columns(101), Some("line-length")),
    ];
    for (path, text, expected) in table {
        let found = seen(&planted(path, &text));
        let rules: Vec<&str> = found.iter().map(|(rule, _, _)| *rule).collect();
        assert_eq!(rules, Vec::from_iter(expected), "{path}");
    }
}

#[test]
fn a_copy_of_shared_data_is_known_by_its_content() {
    let sheet = "station,registered,voted\n".repeat(8);
    let files = [
        ("LICENSE", &*sheet),
        ("testdata/mine.csv", &sheet),
        ("testdata/two.csv", "a\n"),
    ];
    let mut tree = Tree::sample(&files);
    tree.foreign = vec![sheet.into_bytes(), b"a\n".to_vec()];
    let found: Vec<String> = borrowed(&tree)
        .into_iter()
        .map(|breach| breach.path)
        .collect();
    assert_eq!(found, ["testdata/mine.csv"]);
}

#[test]
fn source_comes_apart() {
    let text =
        "let a = \"// no\"; // yes \"x\"\nlet b = r#\"a\"b\"#; '\\\"' '\\'' &'d str /* e\n*/ f\n";
    let source = Source::read(text);
    let code = "let a = \"     \";           \nlet b = r#\"   \"#; '  ' '  ' &'d str     \n   f\n";
    assert_eq!(source.code, code);
    let comments: Vec<&str> = source.comments.split_whitespace().collect();
    assert_eq!(comments, ["//", "yes", "\"x\"", "/*", "e", "*/"]);
    let literals: Vec<&str> = source
        .literals
        .iter()
        .map(|one| one.text.as_str())
        .collect();
    assert_eq!(literals, ["// no", "a\"b", "\\\"", "\\'"]);
}
