//! Whole comparisons of small rolls. Modules are marked as tests so that clippy lets them unwrap.

#[cfg(test)]
mod blocks;
#[cfg(test)]
mod bound;
#[cfg(test)]
mod copies;
#[cfg(test)]
mod nobodys;
#[cfg(test)]
mod pairs;
#[cfg(test)]
mod scripts;
#[cfg(test)]
mod shared;
#[cfg(test)]
mod stories;
#[cfg(test)]
mod titles;
#[cfg(test)]
mod twins;

use sanduq_matching::fields::Fields;
use sanduq_matching::load::Loaded;
use sanduq_register::matching::profile::Profile;
use std::io::Write as _;

/// What is loaded of a text: a line of column names, then rows, fields apart by commas.
#[cfg(test)]
fn loaded(profile: &Profile, text: &str) -> Loaded {
    let fields = Fields::new(profile);
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(text.as_bytes()).unwrap();
    let mut loaded = Loaded::new(jiff::civil::date(2026, 11, 1));
    let read = loaded.read((profile, &fields), file.path(), &mut |_| {}, &mut |_| {});
    assert!(read.is_ok(), "{:?}", read.err());
    loaded
}
