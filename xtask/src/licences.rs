//! Every crate that the program is built from may be used under a licence that `deny.toml` allows.

use crate::project::Project;
use crate::project::Stop;
use crate::project::listen;
use std::collections::BTreeSet;
use std::fs;

/// Checks every dependency.
///
/// # Errors
/// The dependencies whose licence is not allowed.
pub fn check(project: &Project) -> Result<(), Stop> {
    let policy = fs::read_to_string(project.root.join("deny.toml"))
        .map_err(|error| Stop::Failed(format!("deny.toml: {error}")))?;
    let allowed = allowed(&policy);
    let tree = [
        "tree",
        "--workspace",
        "--locked",
        "--prefix",
        "none",
        "--format",
        "{l}\t{p}",
    ];
    let listing = listen(&mut project.cargo(&tree))?;
    let crates: BTreeSet<&str> = listing
        .lines()
        .map(|line| line.trim_end_matches(" (*)"))
        .collect();
    let mut refused = Vec::new();
    for line in &crates {
        let (licence, name) = line.split_once('\t').unwrap_or(("", line));
        if !is_allowed(licence, &allowed) {
            refused.push(format!(
                "{name}: licence \"{licence}\" is not allowed in deny.toml"
            ));
        }
    }
    if !refused.is_empty() {
        return Err(Stop::Failed(refused.join("\n")));
    }
    println!("{} crates under {} licences", crates.len(), allowed.len());
    Ok(())
}

/// The licences in the list `allow` of the policy.
fn allowed(policy: &str) -> Vec<&str> {
    let list = policy
        .split_once("\nallow = [")
        .map_or("", |(_, rest)| rest);
    let list = list.split(']').next().unwrap_or_default();
    list.split('"').skip(1).step_by(2).collect()
}

/// Whether an SPDX expression leaves a choice that is allowed. The old way of writing, `MIT/ISC`,
/// means OR. An exception (`WITH`) only adds rights.
fn is_allowed(expression: &str, allowed: &[&str]) -> bool {
    let spaced = expression
        .replace('/', " OR ")
        .replace('(', " ( ")
        .replace(')', " ) ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut rest = words.as_slice();
    !words.is_empty() && any(&mut rest, allowed) && rest.is_empty()
}

fn any(words: &mut &[&str], allowed: &[&str]) -> bool {
    let mut good = all(words, allowed);
    while let [first, rest @ ..] = *words
        && *first == "OR"
    {
        *words = rest;
        good |= all(words, allowed);
    }
    good
}

fn all(words: &mut &[&str], allowed: &[&str]) -> bool {
    let mut good = one(words, allowed);
    while let [first, rest @ ..] = *words
        && *first == "AND"
    {
        *words = rest;
        good &= one(words, allowed);
    }
    good
}

fn one(words: &mut &[&str], allowed: &[&str]) -> bool {
    match *words {
        ["(", rest @ ..] => {
            *words = rest;
            let good = any(words, allowed);
            *words = words.strip_prefix(&[")"]).unwrap_or(words);
            good
        }
        [name, "WITH", _, rest @ ..] | [name, rest @ ..] => {
            *words = rest;
            allowed.contains(name)
        }
        [] => false,
    }
}

#[cfg(test)]
mod tests {
    use super::allowed;
    use super::is_allowed;

    #[test]
    fn a_licence_is_allowed_when_a_choice_is() {
        let list =
            allowed("[licenses]\nallow = [\n  \"MIT\",\n  \"Apache-2.0\", \"ISC\"]\n[\"GPL-3.0\"]");
        assert_eq!(list, ["MIT", "Apache-2.0", "ISC"]);
        let table = [
            ("MIT", true),
            ("GPL-3.0", false),
            ("", false),
            ("MIT OR GPL-3.0", true),
            ("GPL-3.0 OR MIT", true),
            ("MIT/GPL-3.0", true),
            ("MIT AND GPL-3.0", false),
            ("MIT AND ISC", true),
            ("(MIT OR GPL-3.0) AND GPL-2.0", false),
            ("GPL-2.0 AND GPL-3.0 OR MIT", true),
            ("GPL-2.0 AND (GPL-3.0 OR MIT)", false),
            ("Apache-2.0 WITH LLVM-exception OR GPL-3.0", true),
            ("MIT GPL-3.0", false),
        ];
        for (expression, expected) in table {
            assert_eq!(is_allowed(expression, &list), expected, "{expression}");
        }
    }
}
