//! What every row is looked at for, whatever file it comes from.
//!
//! Always true here: a row is handed on only when every wanted field of it is UTF-8, not longer
//! than a name can be, and shows all that it holds.

use core::ops::Range;

use sanduq_table::Encoding;

use crate::source::quarantine::Reason;
use crate::source::refusal::Fault;
use crate::source::refusal::SourceFault;

/// Bytes of a field at most. The longest names of five parts have some 120 letters of two bytes.
pub(crate) const LONGEST: usize = 400;

/// Rows that may be damaged in any file: one in a thousand of the first ten thousand, which judge
/// the file, and after that one in a thousand of all.
const DAMAGED: u64 = 10;

/// Bytes that are looked at to say what a file looks like.
const SAMPLE: usize = 64 * 1024;

/// Why the row of `text` is to be set aside, with the field's place among `fields`.
#[inline]
pub(crate) fn fault(text: &str, fields: &[Range<usize>]) -> Option<(usize, Reason)> {
    let long = |field: &&Range<usize>| field.len() > LONGEST;
    if !may_hide(text.as_bytes()) && fields.iter().find(long).is_none() {
        return None;
    }
    fields.iter().enumerate().find_map(|(at, field)| {
        let reason = field_fault(&text[field.clone()])?;
        Some((at, reason))
    })
}

/// Whether a character that does not show itself may stand in `bytes`: a control character, or a
/// byte with which one of the others begins. One pass without branches, over every row there is.
#[inline]
fn may_hide(bytes: &[u8]) -> bool {
    let found = bytes.iter().fold(0_u8, |found, byte| {
        found | u8::from((*byte < 0x20) | (*byte == 0x7F) | (*byte == 0xC2) | (*byte == 0xE2))
    });
    found != 0
}

/// Why the row with the field `text` is to be set aside.
fn field_fault(text: &str) -> Option<Reason> {
    if text.len() > LONGEST {
        let bytes = u32::try_from(text.len()).unwrap_or(u32::MAX);
        return Some(Reason::TooLong { bytes });
    }
    // Between fields there may be a tab, so that a row was suspected for nothing.
    if !may_hide(text.as_bytes()) {
        return None;
    }
    text.chars().find_map(|letter| match letter {
        '\u{2028}' | '\u{2029}' => Some(Reason::ControlCharacter),
        '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => Some(Reason::DirectionCharacter),
        _ if letter.is_control() => Some(Reason::ControlCharacter),
        _ => None,
    })
}

/// Judges by its rows whether a file is UTF-8 with damaged rows, or no UTF-8 at all.
///
/// It is none as soon as more than ten rows, and more than one in a thousand of the rows so far,
/// are damaged; in a file of few rows, when more than half are.
#[derive(Debug, Default)]
pub(crate) struct Judge {
    rows: u64,
    damaged: u64,
    first: Option<Damage>,
}

/// The first row that is not UTF-8.
#[derive(Clone, Debug)]
pub(crate) struct Damage {
    /// The line of a text.
    pub(crate) line: Option<u64>,
    /// The row of a Parquet file.
    pub(crate) row: Option<u64>,
    /// The name of the column.
    pub(crate) column: Option<String>,
    pub(crate) looks_like: Encoding,
}

impl Damage {
    /// Damage at a place that is not known yet, near which `sample` stands.
    pub(crate) fn of(sample: &[u8]) -> Self {
        Self {
            line: None,
            row: None,
            column: None,
            looks_like: Encoding::guess(&sample[..sample.len().min(SAMPLE)]),
        }
    }

    fn refusal(&self) -> Fault {
        Fault {
            line: self.line,
            row: self.row,
            column: self.column.clone(),
            ..Fault::from(SourceFault::NotUtf8 {
                looks_like: self.looks_like,
            })
        }
    }
}

impl Judge {
    /// Counts a row.
    #[inline]
    pub(crate) const fn row(&mut self) {
        self.rows += 1;
    }

    /// Counts the row before last counted as damaged; `damage` is asked for the first one alone.
    ///
    /// # Errors
    /// The file is no UTF-8.
    pub(crate) fn damaged(&mut self, damage: impl FnOnce() -> Damage) -> Result<(), Fault> {
        self.damaged += 1;
        let first = self.first.get_or_insert_with(damage);
        if self.damaged > DAMAGED.max(self.rows / 1000) {
            return Err(first.refusal());
        }
        Ok(())
    }

    /// The verdict when all rows are counted.
    ///
    /// # Errors
    /// The file is no UTF-8.
    pub(crate) fn end(&self) -> Result<(), Fault> {
        match &self.first {
            Some(first) if self.damaged * 2 > self.rows => Err(first.refusal()),
            _ => Ok(()),
        }
    }
}
