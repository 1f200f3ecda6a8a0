//! Whole comparisons of small rolls. Modules are marked as tests so that clippy lets them unwrap.

#[cfg(test)]
mod blocks;
#[cfg(test)]
mod bound;
#[cfg(test)]
mod stories;

use sanduq_matching::load::Fields;
use sanduq_matching::load::Loaded;
use sanduq_register::matching::profile::Profile;

/// What is loaded of a text: a line of column names, then rows, fields apart by commas.
#[cfg(test)]
fn loaded(profile: &Profile, text: &str) -> Loaded {
    let mut lines = text.lines();
    let columns: Vec<&str> = lines.next().unwrap_or_default().split(',').collect();
    let fields = Fields::new(profile, &columns);
    let mut loaded = Loaded::default();
    for line in lines {
        let row: Vec<&[u8]> = line.split(',').map(str::as_bytes).collect();
        loaded.add(profile, &fields, &row);
    }
    loaded
}
