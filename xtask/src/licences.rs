//! Every crate that the program is built from may be used under a licence that `deny.toml` allows.

use crate::project::Project;
use crate::project::Stop;
use crate::project::listen;
use std::collections::BTreeMap;
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
    let crates = crates(&listing);
    let refused: Vec<String> = crates
        .iter()
        .filter(|(_, licence)| !is_allowed(licence, &allowed))
        .map(|(name, licence)| format!("{name}: deny.toml does not allow \"{licence}\""))
        .collect();
    if !refused.is_empty() {
        return Err(Stop::Failed(refused.join("\n")));
    }
    println!("{} crates, each under a licence allowed", crates.len());
    Ok(())
}

/// The crates of a listing and the licence of each. cargo repeats a crate with `(*)` and parts the
/// members of the workspace by empty lines.
fn crates(listing: &str) -> BTreeMap<&str, &str> {
    let lines = listing.lines().map(|line| line.trim_end_matches(" (*)"));
    lines
        .filter_map(|line| line.split_once('\t').map(|(licence, name)| (name, licence)))
        .collect()
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
    use super::crates;
    use super::is_allowed;

    #[test]
    fn a_listing_names_each_crate_once() {
        let listing = "MIT\ta v1\nISC\tb v2 (proc-macro)\n\nMIT\ta v1 (*)\n\tc v3\n";
        let expected = [("a v1", "MIT"), ("b v2 (proc-macro)", "ISC"), ("c v3", "")];
        assert_eq!(Vec::from_iter(crates(listing)), expected);
    }

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
