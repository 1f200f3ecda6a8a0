//! Tables as RFC 4180 in UTF-8: one header, every row as long as it, lines end with CR LF. Always
//! true here: a text cell has passed [`cell`]; a figure is digits or nothing.

use crate::publication::Stamp;
use crate::publication::text::cell;
use core::fmt::Display;

/// A table in the making. The first two columns of every row are the snapshot that its figures
/// come from and whether the nation is invented, so that a row stays true when it is cut out.
pub struct Table {
    bytes: Vec<u8>,
    lead: String,
    columns: usize,
    filled: usize,
}

impl Table {
    /// A table with this header behind the two leading columns.
    pub fn new<T: AsRef<str>>(stamp: &Stamp, header: impl IntoIterator<Item = T>) -> Self {
        let mut table = Self {
            bytes: Vec::new(),
            lead: format!("{},{}", stamp.snapshot, yes_no(stamp.invented)),
            columns: 0,
            filled: 0,
        };
        table.bytes.extend_from_slice(b"snapshot,invented");
        table.filled = 1;
        for column in header {
            table.text(column.as_ref());
        }
        table.columns = table.filled;
        table.filled = 0;
        table.bytes.extend_from_slice(b"\r\n");
        table
    }

    fn begin_cell(&mut self) {
        if self.filled == 0 {
            self.bytes.extend_from_slice(self.lead.as_bytes());
            self.filled = 1;
        }
        self.bytes.push(b',');
        self.filled += 1;
    }

    /// A cell of text.
    pub fn text(&mut self, text: &str) -> &mut Self {
        self.begin_cell();
        let shown = cell(text);
        let bare = !shown.contains([',', '"', '\r', '\n']) && shown.trim() == shown;
        if bare {
            self.bytes.extend_from_slice(shown.as_bytes());
        } else {
            let quoted = format!("\"{}\"", shown.replace('"', "\"\""));
            self.bytes.extend_from_slice(quoted.as_bytes());
        }
        self
    }

    /// A cell of text, empty where there is none.
    pub fn texts(&mut self, text: Option<impl Display>) -> &mut Self {
        self.text(&text.map(|text| text.to_string()).unwrap_or_default())
    }

    /// A figure, empty where the line was empty: that is not zero.
    pub fn figure(&mut self, figure: Option<impl Into<i128>>) -> &mut Self {
        self.begin_cell();
        if let Some(figure) = figure {
            self.bytes
                .extend_from_slice(figure.into().to_string().as_bytes());
        }
        self
    }

    /// Ends the row.
    pub fn end(&mut self) {
        assert_eq!(self.filled, self.columns, "a row is as long as its header");
        self.filled = 0;
        self.bytes.extend_from_slice(b"\r\n");
    }

    /// The file.
    pub fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }
}

/// The word for a truth in a table.
pub const fn yes_no(truth: bool) -> &'static str {
    if truth { "yes" } else { "no" }
}

/// The records of a table and their cells, for naming the place of a difference; what is not a
/// table is read as far as it can be.
#[must_use]
pub fn records(text: &str) -> Vec<Vec<String>> {
    let mut records = Vec::new();
    let mut record = vec![String::new()];
    let mut quoted = false;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let last = record.len() - 1;
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => record[last].extend(chars.next()),
            '"' => quoted = !quoted,
            ',' if !quoted => record.push(String::new()),
            '\r' if !quoted => {}
            '\n' if !quoted => records.push(core::mem::replace(&mut record, vec![String::new()])),
            c => record[last].push(c),
        }
    }
    if record != [""] {
        records.push(record);
    }
    records
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::publication::tests::stamp;

    #[test]
    fn cells_are_quoted_guarded_and_read_back() {
        let mut table = Table::new(&stamp(), ["name", "votes"]);
        table.text("a, \"b\"\nc").figure(Some(7_u64)).end();
        table.text("=1").figure(None::<u64>).end();
        table.text(" x").figure(Some(-3_i128)).end();
        let text = String::from_utf8(table.into_bytes()).unwrap();
        let expected = "snapshot,invented,name,votes\r\n\
            3-000000000000,yes,\"a, \"\"b\"\"\nc\",7\r\n\
            3-000000000000,yes,'=1,\r\n\
            3-000000000000,yes,\" x\",-3\r\n";
        assert_eq!(text, expected);
        let read = records(&text);
        assert_eq!(read.len(), 4);
        assert_eq!(read[1], ["3-000000000000", "yes", "a, \"b\"\nc", "7"]);
        assert_eq!(read[3][2], " x");
    }

    #[test]
    #[should_panic(expected = "as long as its header")]
    fn a_short_row_is_a_broken_invariant() {
        let mut table = Table::new(&stamp(), ["name", "votes"]);
        table.text("a").end();
    }
}
