//! Finding the wanted columns by their names.
//!
//! Always true here: a column is taken by its exact name, white space around it aside. What is
//! only similar is suggested to a person and never taken.

use std::collections::BTreeMap;

use crate::source::Column;
use crate::source::refusal::Fault;
use crate::source::refusal::SourceFault;

/// For each of `wanted` its place among the file's columns `have`; none for one that is absent and
/// may be.
///
/// # Errors
/// A required column that is absent, and any name that the file has twice, wanted or not: a table
/// joined so carelessly may hold the wanted column under the wrong name too.
pub(crate) fn find<S: AsRef<str>>(
    wanted: &[Column<'_>],
    have: &[S],
) -> Result<Vec<Option<usize>>, Fault> {
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    for (at, name) in have.iter().enumerate() {
        let name = name.as_ref().trim();
        if let Some(first) = places.insert(name, at).filter(|_| !name.is_empty()) {
            return Err(Fault {
                column: Some(name.to_owned()),
                ..Fault::from(SourceFault::RepeatedColumn {
                    first: first + 1,
                    second: at + 1,
                })
            });
        }
    }
    wanted
        .iter()
        .map(|column| match places.get(column.name) {
            None if column.required => Err(missing(column.name, have)),
            place => Ok(place.copied()),
        })
        .collect()
}

/// How many of `wanted` are among `have`.
pub(crate) fn count<S: AsRef<str>>(wanted: &[Column<'_>], have: &[S]) -> usize {
    let is_there =
        |column: &&Column<'_>| have.iter().any(|name| name.as_ref().trim() == column.name);
    wanted.iter().filter(is_there).count()
}

fn missing<S: AsRef<str>>(name: &str, have: &[S]) -> Fault {
    let names = have.iter().map(|name| name.as_ref().trim());
    let names: Vec<String> = names
        .filter(|name| !name.is_empty())
        .map(str::to_owned)
        .collect();
    SourceFault::MissingColumn {
        name: name.to_owned(),
        nearest: nearest(name, &names),
        have: names,
    }
    .into()
}

/// The name among `have` that is so near to `name` that it may be meant.
fn nearest(name: &str, have: &[String]) -> Option<String> {
    let letters = plain(name);
    let near = have.iter().filter_map(|other| {
        let found = plain(other);
        let steps = distance(&letters, &found);
        // given is near to given_name, and the other way round.
        let is_part = found.len() > 2 && letters.len() > 2 && {
            let (long, short) = if found.len() > letters.len() {
                (&found, &letters)
            } else {
                (&letters, &found)
            };
            long.windows(short.len()).any(|part| part == short)
        };
        (is_part || steps * 3 <= letters.len()).then_some((steps, other))
    });
    near.min_by_key(|(steps, _)| *steps)
        .map(|(_, other)| other.clone())
}

/// The letters and digits of a name, without case.
fn plain(name: &str) -> Vec<char> {
    let letters = name.chars().filter(|letter| letter.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

/// How many letters must be put in, left out or changed to come from one to the other.
fn distance(from: &[char], to: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=to.len()).collect();
    for (above, letter) in from.iter().enumerate() {
        let mut corner = row[0];
        row[0] = above + 1;
        for (at, other) in to.iter().enumerate() {
            let changed = corner + usize::from(letter != other);
            corner = row[at + 1];
            row[at + 1] = changed.min(corner + 1).min(row[at] + 1);
        }
    }
    row[to.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_name_is_suggested_only_when_it_is_near() {
        let have = ["given_name", "FATHER", "birth date", "رقم"].map(str::to_owned);
        for (name, suggested) in [
            ("father", Some("FATHER")),
            ("givenname", Some("given_name")),
            ("birth_date", Some("birth date")),
            ("given", Some("given_name")),
            ("الرقم", Some("رقم")),
            ("sex", None),
            ("governorate", None),
        ] {
            assert_eq!(nearest(name, &have).as_deref(), suggested, "{name}");
        }
        assert_eq!(nearest("a", &[]), None);
    }
}
