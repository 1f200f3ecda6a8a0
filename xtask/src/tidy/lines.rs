//! What can be seen at a glance: length of files and lines, one `use` a line, a first line that
//! says what the file is, and nothing left behind for later.

use crate::tidy::source::is_word;
use crate::tidy::tree::Breach;
use crate::tidy::tree::File;
use crate::tidy::tree::Tree;

/// Files people write by hand. Sentences of a language (`.ftl`) are data: one a line, as many as
/// the pages need, each looked up by its key; splitting them by length would scatter a page.
const WRITTEN: [&str; 9] = ["rs", "ts", "js", "mjs", "css", "html", "sql", "sh", "typ"];
const FILE_LINES: usize = 500;
const LINE_COLUMNS: usize = 100;

/// No file over 500 lines.
pub fn file_length(tree: &Tree) -> Vec<Breach> {
    let written = tree
        .files
        .iter()
        .filter(|file| WRITTEN.contains(&file.extension()));
    written
        .map(|file| (file, file.text.lines().count()))
        .filter(|(_, lines)| *lines > FILE_LINES)
        .map(|(file, lines)| file.breach(0, format!("{lines} lines; at most {FILE_LINES}")))
        .collect()
}

/// No line of Rust over 100 columns.
pub fn line_length(tree: &Tree) -> Vec<Breach> {
    each_line(tree, |line| {
        let columns = line.chars().count();
        (columns > LINE_COLUMNS).then(|| format!("{columns} columns; at most {LINE_COLUMNS}"))
    })
}

fn each_line(tree: &Tree, check: impl Fn(&str) -> Option<String>) -> Vec<Breach> {
    let mut breaches = Vec::new();
    for file in tree.with_extension("rs") {
        for (index, line) in file.text.lines().enumerate() {
            breaches.extend(check(line).map(|what| file.breach(index + 1, what)));
        }
    }
    breaches
}

/// One `use` a line, each naming one thing without braces.
pub fn one_use(tree: &Tree) -> Vec<Breach> {
    let mut breaches = Vec::new();
    for file in tree.with_extension("rs") {
        let tokens = file.source.tokens();
        let mut last_line = 0;
        for (index, token) in tokens.iter().enumerate() {
            // `use<'a>` in a return type captures a lifetime and imports nothing.
            let imports = tokens.get(index + 1).is_some_and(|next| next.text != "<");
            if token.text != "use" || !imports {
                continue;
            }
            let path = tokens[index..].iter().take_while(|token| token.text != ";");
            if path.into_iter().any(|token| token.text == "{") {
                breaches.push(file.breach(token.line, "a use with braces; write one use a line"));
            } else if token.line == last_line {
                breaches.push(file.breach(token.line, "two uses on one line"));
            }
            last_line = token.line;
        }
    }
    breaches
}

/// A Rust file opens with `//!`: what it is and what is always true in it. A list that another
/// file takes in by `include!` cannot have that and opens with `//`; `tests.rs` belongs to the file
/// beside it.
pub fn header(tree: &Tree) -> Vec<Breach> {
    let bare = |file: &&File| {
        let first = file
            .text
            .lines()
            .find(|line| !line.trim().is_empty())
            .unwrap_or_default();
        let list = || first.starts_with("// ") && included(tree, file);
        !first.starts_with("//! ") && !file.path.ends_with("/tests.rs") && !list()
    };
    let files = tree.with_extension("rs").filter(bare);
    files
        .map(|file| file.breach(1, "the file does not open with //! and what it is"))
        .collect()
}

fn included(tree: &Tree, file: &File) -> bool {
    tree.with_extension("rs")
        .filter(|other| other.source.code.contains("include!("))
        .any(|other| {
            let mut literals = other.source.literals.iter();
            literals.any(|one| file.path.ends_with(&format!("/{}", one.text)))
        })
}

/// Notes to oneself, in any text; matched as whole words.
const NOTES: [&str; 3] = ["TODO", "FIXME", "XXX"];
/// Work left for later in Rust code.
const LATER: [&str; 4] = ["todo!", "unimplemented!", "#[ignore", "dbg!("];
/// Tests switched off, or all others switched off, in scripts.
const SKIPPED: [&str; 5] = [
    "test.skip(",
    "it.skip(",
    "test.todo(",
    "test.only(",
    "it.only(",
];

/// Nothing is left for later: no note to oneself, no unfinished code, no test switched off.
pub fn left_behind(tree: &Tree) -> Vec<Breach> {
    let mut breaches = Vec::new();
    for file in tree
        .files
        .iter()
        .filter(|file| !file.path.starts_with("xtask/src/tidy/"))
    {
        for (index, line) in file.text.lines().enumerate() {
            let note = NOTES.iter().find(|note| has_word(line, note));
            breaches.extend(note.map(|note| file.breach(index + 1, format!("a note: {note}"))));
        }
        let (code, words): (&str, &[&str]) = match file.extension() {
            "rs" => (&file.source.code, &LATER),
            "js" | "mjs" | "ts" => (&file.text, &SKIPPED),
            _ => continue,
        };
        for (index, line) in code.lines().enumerate() {
            let word = words.iter().find(|word| line.contains(*word));
            breaches.extend(word.map(|word| file.breach(index + 1, format!("left: {word}"))));
        }
    }
    breaches
}

/// Whether `word` stands in `line` with no letter, digit or `_` on either side.
pub fn has_word(line: &str, word: &str) -> bool {
    line.match_indices(word).any(|(start, _)| {
        let before = line[..start].chars().next_back();
        let after = line[start + word.len()..].chars().next();
        !before.is_some_and(is_word) && !after.is_some_and(is_word)
    })
}

/// A lint is switched off only with a reason: `reason = "…"`, or a comment on the line above.
pub fn argued(tree: &Tree) -> Vec<Breach> {
    let mut breaches = Vec::new();
    for file in tree.with_extension("rs") {
        let comments: Vec<&str> = file.source.comments.lines().collect();
        for (line, attribute) in attributes(&file.source.code) {
            let silences = ["allow(", "expect("]
                .iter()
                .any(|word| attribute.contains(word));
            let said = |line: usize| {
                let comment = line.checked_sub(1).and_then(|index| comments.get(index));
                let comment = comment.map_or("", |comment| comment.trim());
                comment.starts_with("//") && !comment.starts_with("///")
            };
            if silences && !attribute.contains("reason =") && !said(line - 1) && !said(line) {
                breaches.push(file.breach(line, "a lint is switched off without a reason"));
            }
        }
    }
    breaches
}

/// The attributes of a code, each with the line it begins on.
fn attributes(code: &str) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    for (start, _) in code.match_indices('#') {
        let rest = &code[start..];
        if !rest.starts_with("#[") && !rest.starts_with("#![") {
            continue;
        }
        let mut depth = 0;
        let close = rest.find(|c| {
            depth += i32::from(c == '[') - i32::from(c == ']');
            depth == 0 && c == ']'
        });
        let line = code[..start].matches('\n').count() + 1;
        found.push((line, &rest[..close.unwrap_or(rest.len())]));
    }
    found
}
