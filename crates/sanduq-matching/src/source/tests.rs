//! What the tests of the reader have in common.

mod ahead;
mod quarantine;
mod refusals;
mod rows;

use core::ops::ControlFlow;
use std::io::Cursor;

use crate::source::Column;
use crate::source::Ended;
use crate::source::Item;
use crate::source::Source;
use crate::source::quarantine::Quarantined;
use crate::source::refusal::SourceRefusal;

/// The columns that most of the tests ask for.
pub(super) const WANTED: [Column<'static>; 3] = [
    Column::required("given"),
    Column::required("number"),
    Column::optional("sex"),
];

/// What was seen of a file.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Seen {
    /// Of each row its number, its line, its fields.
    pub(super) rows: Vec<(u64, u64, Vec<String>)>,
    pub(super) quarantined: Vec<Quarantined>,
    pub(super) ended: Ended,
}

impl Seen {
    /// Takes what comes next, and asks for more.
    pub(super) fn take(&mut self, item: Item<'_>) -> ControlFlow<()> {
        match item {
            Item::Row(row) => {
                let fields = row.fields().map(str::to_owned).collect();
                self.rows.push((row.number, row.line, fields));
            }
            Item::Quarantined(quarantined) => self.quarantined.push(quarantined),
        }
        ControlFlow::Continue(())
    }

    /// The fields of all rows.
    pub(super) fn fields(&self) -> Vec<Vec<String>> {
        self.rows.iter().map(|row| row.2.clone()).collect()
    }
}

/// Reads all of an opened source.
pub(super) fn drain(source: Source) -> Result<Seen, SourceRefusal> {
    let mut seen = Seen::default();
    seen.ended = source.each(|item| seen.take(item))?;
    Ok(seen)
}

/// Reads a text.
pub(super) fn read(text: impl AsRef<[u8]>, wanted: &[Column<'_>]) -> Result<Seen, SourceRefusal> {
    let bytes = text.as_ref().to_vec();
    let size = u64::try_from(bytes.len()).unwrap();
    let stream = Cursor::new(bytes);
    drain(Source::open_stream("roll.csv", stream, Some(size), wanted)?)
}
