//! The rows that two ids of a command line name. An id is taken exactly as its file has it. What a
//! file of pairs has in its place is behind an apostrophe where a spreadsheet would run it: a cell
//! is taken too, and where an id is one record's own and another's cell, the program asks.

use crate::exit::Ended;
use crate::fact::Fact;
use crate::matching::place;
use crate::matching::said::Unusable;
use core::ops::Range;
use sanduq_core::cell;
use sanduq_matching::run::Engine;
use std::path::Path;

/// How ids are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Written {
    /// As their file has them.
    Exact,
    /// As a file of pairs has them.
    Cells,
}

/// Reads how ids are written.
///
/// # Errors
/// When it is none of these words.
pub fn written(text: &str) -> Result<Written, Unusable> {
    match text {
        "exact" => Ok(Written::Exact),
        "cells" => Ok(Written::Cells),
        _ => Err(Unusable::new(
            "matching.usage_ids",
            "say one of: exact, cells",
        )),
    }
}

/// An id, the rows among which it is sought, and their file.
pub type Sought<'a> = (&'a str, Range<u32>, &'a Path);

/// Whether a file of pairs may have this in the place of an id.
fn is_cell(id: &str) -> bool {
    cell::guarded(&cell::bare(id)) == id
}

/// The rows of two ids.
///
/// # Errors
/// When one of them names no row, or either of two and nobody says which.
pub fn rows(engine: &Engine, sought: [Sought; 2], how: Option<Written>) -> Result<[u32; 2], Ended> {
    let ids = [sought[0].0, sought[1].0];
    // One word that is no cell shows that both are ids.
    let may_be_cells = ids.iter().all(|id| is_cell(id));
    let [one, other] = sought.map(|one| row(engine, one, may_be_cells, how));
    Ok([one?, other?])
}

fn row(
    engine: &Engine,
    (id, rows, file): Sought,
    may_be_cells: bool,
    how: Option<Written>,
) -> Result<u32, Ended> {
    let of = |id: &str| {
        let mut rows = rows.clone();
        rows.find(|row| engine.ids().of(*row as usize) == id.as_bytes())
    };
    let bare = cell::bare(id);
    let exact = || of(id);
    let cell = || is_cell(id).then(|| of(&bare)).flatten();
    let found = match how {
        Some(Written::Exact) => exact(),
        Some(Written::Cells) => cell(),
        None => match (exact(), cell()) {
            (Some(exact), Some(cell)) if exact != cell && may_be_cells => {
                return Err(unclear(id, &bare, file));
            }
            (exact, cell) => exact.or(cell),
        },
    };
    found.ok_or_else(|| {
        let sentence = format!("{} has no record {id} that can be compared", file.display());
        let facts = vec![place::file(file), place::name(id)];
        place::refused("matching.no_record", sentence, facts)
    })
}

fn unclear(id: &str, bare: &str, file: &Path) -> Ended {
    let sentence = format!(
        "{}: {id} is the id of one record, and in a file of pairs it stands for another, {bare}; \
         say --ids exact if it is written as in {0}, --ids cells if as in a file of pairs",
        file.display()
    );
    let facts = vec![
        place::file(file),
        place::name(id),
        Fact::one("place-or", "other", bare),
    ];
    place::refused("matching.id_unclear", sentence, facts)
}
