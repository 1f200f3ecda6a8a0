//! The guards of the house: what must be true of the project's files, and no compiler checks.
//! Every rule is a function over a tree of files in memory and has a planted breach in the tests
//! that it catches.

mod borders;
mod data;
mod lines;
mod manifests;
mod order;
mod source;
#[cfg(test)]
mod tests;
mod tree;
mod words;

use crate::tidy::tree::Breach;
use crate::tidy::tree::Tree;
use std::path::Path;

type Rule = fn(&Tree) -> Vec<Breach>;

/// Every rule by its name, in the order of reporting.
const RULES: [(&str, Rule); 17] = [
    ("file-length", lines::file_length),
    ("line-length", lines::line_length),
    ("one-use", lines::one_use),
    ("header", lines::header),
    ("left-behind", lines::left_behind),
    ("argued", lines::argued),
    ("order", order::order),
    ("pure", borders::pure),
    ("sql", borders::sql),
    ("http", borders::http),
    ("edges", manifests::edges),
    ("inherited", manifests::inherited),
    ("countries", words::countries),
    ("machine", words::machine),
    ("links", data::links),
    ("locales", data::locales),
    ("borrowed", data::borrowed),
];

/// Checks the project at `root` and prints every breach.
///
/// # Errors
/// The number of breaches, or why the files could not be read.
pub fn run(root: &Path) -> Result<(), String> {
    let tree = Tree::load(root)?;
    let mut count = 0;
    for (name, rule) in RULES {
        for breach in rule(&tree) {
            println!("{}:{}: {name}: {}", breach.path, breach.line, breach.what);
            count += 1;
        }
    }
    if count > 0 {
        return Err(format!("{count} breaches of the house's rules"));
    }
    println!(
        "tidy: {} files keep {} rules",
        tree.files.len(),
        RULES.len()
    );
    Ok(())
}
