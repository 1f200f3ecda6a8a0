//! Every record under an id of its own: a pair that names a row by an id of several names nobody.

use crate::fields::Fields;
use crate::load::IdsRefusal;
use crate::load::LoadRefusal;
use crate::load::Loaded;
use crate::source::Item;
use crate::source::Source;
use core::ops::ControlFlow;
use rustc_hash::FxHashMap;
use sanduq_register::matching::profile::Profile;
use std::path::Path;

/// Lines that a refusal names at most, of each kind.
const LINES: usize = 5;

impl Loaded {
    /// Looks for rows, from one on, without an id of their own in the file from which they were
    /// read; `number` gives them one. Returns how many there were.
    ///
    /// # Errors
    /// With the lines of the first of them, where they are not to be numbered.
    pub fn own_ids(
        &mut self,
        (profile, fields): (&Profile, &Fields),
        path: &Path,
        from: usize,
        number: bool,
    ) -> Result<u64, LoadRefusal> {
        let passes = self.plan(profile).map_or(1, |plan| plan.passes);
        let mut shared = self.ids.shared(from, passes);
        let count = shared.len() as u64;
        if number && count > 0 {
            self.ids.number(from, &shared);
            shared = self.ids.shared(from, passes);
        }
        if shared.is_empty() {
            return Ok(count);
        }
        let empty = |row: usize| self.ids.of(row).is_empty();
        let without = shared.iter().filter(|(row, _)| empty(*row)).count() as u64;
        let first = shared.iter().filter(|(row, _)| !empty(*row)).take(LINES);
        let ids = first.map(|(row, _)| self.ids.of(*row).to_vec()).collect();
        let (file, lines) = lines(fields, path, ids)?;
        Err(LoadRefusal::Ids(Box::new(IdsRefusal {
            file,
            rows: [shared.len() as u64 - without, without],
            lines,
        })))
    }
}

/// The file's name, and the lines of the first rows that repeat one of these ids, or have none.
fn lines(
    fields: &Fields,
    path: &Path,
    ids: Vec<Vec<u8>>,
) -> Result<(String, [Vec<u64>; 2]), LoadRefusal> {
    let source = Source::open(path, &fields.wanted())?;
    let file = source.file().to_owned();
    let id = fields.id(&source.found());
    let mut seen: FxHashMap<Vec<u8>, u64> = ids.into_iter().map(|id| (id, 0)).collect();
    let mut lines = [Vec::new(), Vec::new()];
    source.each(|item| {
        if let (Item::Row(row), Some(id)) = (item, id) {
            let id = row.field(id).trim_ascii().as_bytes();
            let times = seen.get_mut(id).map(|times| {
                *times += 1;
                *times
            });
            let told = match times {
                Some(2..) => Some(0),
                _ => id.is_empty().then_some(1),
            };
            if let Some(told) = told.filter(|told| lines[*told].len() < LINES) {
                lines[told].push(row.line);
            }
        }
        ControlFlow::Continue(())
    })?;
    Ok((file, lines))
}
