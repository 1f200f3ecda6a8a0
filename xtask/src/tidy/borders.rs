//! What a room may know, read from its code: rules reach no world and no chance, only the store
//! speaks SQL, only the web speaks HTTP. Tests that need the world live in `tests/`.

use crate::tidy::lines::has_word;
use crate::tidy::tree::Breach;
use crate::tidy::tree::File;
use crate::tidy::tree::Tree;

/// The crates of rules.
pub const RULES: [&str; 6] = [
    "sanduq-core",
    "sanduq-register",
    "sanduq-count",
    "sanduq-operations",
    "sanduq-ballot",
    "sanduq-journal",
];

/// What a rule must not touch, and why. clippy forbids the calls it can name (`clippy.toml` of
/// each rules crate); this list closes the doors to whole modules and macros.
const WORLD: [(&str, &str); 16] = [
    ("f32", "rules decide in integers and exact fractions"),
    ("f64", "rules decide in integers and exact fractions"),
    ("HashMap", "rules iterate in a defined order: BTreeMap"),
    ("HashSet", "rules iterate in a defined order: BTreeSet"),
    ("Instant", "a rule is told the time (at)"),
    ("SystemTime", "a rule is told the time (at)"),
    ("std::env", "rules do no input or output"),
    ("std::fs", "rules do no input or output"),
    ("std::net", "rules do no input or output"),
    ("std::process", "rules do no input or output"),
    ("std::thread", "rules do no input or output"),
    ("print!", "rules do no input or output"),
    ("println!", "rules do no input or output"),
    ("eprint!", "rules do no input or output"),
    ("eprintln!", "rules do no input or output"),
    (
        "rand",
        "where the law wants a lot, the rule asks for its outcome",
    ),
];

/// Rules do no input or output, read no clock, draw no lot, use no floating point.
pub fn pure(tree: &Tree) -> Vec<Breach> {
    let rules = |file: &&File| {
        file.crate_source()
            .is_some_and(|(name, _)| RULES.contains(&name))
    };
    let mut breaches = Vec::new();
    for file in tree
        .with_extension("rs")
        .filter(rules)
        .filter(|file| !file.is_test())
    {
        for (word, why) in WORLD {
            breaches.extend(lines_with(file, word).map(|line| {
                let what = format!("{word} in a rule: {why}");
                file.breach(line, what)
            }));
        }
    }
    breaches
}

/// The lines of a file's code that have this word, tests at its end left out.
fn lines_with<'a>(file: &'a File, word: &'a str) -> impl Iterator<Item = usize> + 'a {
    let end = file.source.tests_begin();
    let lines = file
        .source
        .code
        .lines()
        .enumerate()
        .map(|(index, line)| (index + 1, line));
    lines
        .filter(move |(number, line)| *number < end && has_word(line, word))
        .map(|(number, _)| number)
}

const DATABASE: [&str; 2] = ["tokio_postgres", "deadpool_postgres"];
const NETWORK: [&str; 6] = [
    "axum",
    "hyper",
    "hyper_util",
    "tower",
    "tower_http",
    "reqwest",
];
/// Statements of SQL: a verb, and the word that follows it somewhere in the same text.
const STATEMENTS: [(&str, &str); 6] = [
    ("SELECT", "FROM"),
    ("INSERT", "INTO"),
    ("UPDATE", "SET"),
    ("DELETE", "FROM"),
    ("CREATE", "TABLE"),
    ("COPY", "STDIN"),
];

/// Only the store knows SQL.
pub fn sql(tree: &Tree) -> Vec<Breach> {
    let mut breaches = outside(
        tree,
        "sanduq-store",
        &DATABASE,
        "SQL belongs in sanduq-store",
    );
    for file in tree
        .files
        .iter()
        .filter(|file| foreign_source(file, "sanduq-store"))
    {
        if file.extension() == "sql" {
            breaches.push(file.breach(0, "SQL belongs in sanduq-store"));
        }
        for literal in file
            .source
            .literals
            .iter()
            .filter(|literal| is_statement(&literal.text))
        {
            breaches.push(file.breach(literal.line, "a statement of SQL outside sanduq-store"));
        }
    }
    breaches
}

/// Only the web knows HTTP.
pub fn http(tree: &Tree) -> Vec<Breach> {
    outside(tree, "sanduq-web", &NETWORK, "HTTP belongs in sanduq-web")
}

/// Whether the file is a crate's own code and that crate is not the `home` of the subject.
fn foreign_source(file: &File, home: &str) -> bool {
    file.crate_source().is_some_and(|(name, _)| name != home)
}

fn outside(tree: &Tree, home: &str, words: &[&str], what: &str) -> Vec<Breach> {
    let mut breaches = Vec::new();
    for file in tree
        .with_extension("rs")
        .filter(|file| foreign_source(file, home))
    {
        for word in words {
            let path = format!("{word}::");
            for (index, line) in file.source.code.lines().enumerate() {
                if line.contains(&path) && has_word(line, word) {
                    breaches.push(file.breach(index + 1, format!("{word}: {what}")));
                }
            }
        }
    }
    breaches
}

/// Whether a text is a statement of SQL: in capitals anywhere, or in small letters from its start.
/// A sentence ("Select a station from the list") is neither.
fn is_statement(text: &str) -> bool {
    STATEMENTS.iter().any(|(verb, word)| {
        let (small_verb, small_word) = (verb.to_lowercase(), word.to_lowercase());
        let small = text.trim_start().starts_with(&small_verb);
        followed(text, verb, word) || (small && followed(text, &small_verb, &small_word))
    })
}

fn followed(text: &str, verb: &str, word: &str) -> bool {
    text.find(verb).is_some_and(|start| {
        let rest = &text[start..];
        has_word(rest, verb) && has_word(&rest[verb.len()..], word)
    })
}
