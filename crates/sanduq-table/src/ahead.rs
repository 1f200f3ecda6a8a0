//! Records that are found ahead: while the rows of a text are looked at, a thread of their own
//! unpacks the next ones, tells them apart and sees that they are UTF-8.
//!
//! Always true here: records come in their order, a fault comes behind every record before it, and
//! at most a few blocks wait. Whoever looks no further ends the thread.

use std::io::Read;
use std::sync::mpsc::Receiver;
use std::sync::mpsc::SyncSender;
use std::sync::mpsc::channel;
use std::sync::mpsc::sync_channel;
use std::thread;

use crate::delimited::Delimited;
use crate::delimited::Record;
use crate::refusal::Fault;
use crate::row::Spans;

/// Bytes of a block, unless it is one long record.
const BLOCK: usize = 128 * 1024;
/// Blocks that wait at most.
const WAITING: usize = 2;

/// Records that stand one after another.
#[derive(Default)]
struct Block {
    text: String,
    spans: Spans,
    records: Vec<End>,
}

/// Where a record of a block ends, and what is known of it.
struct End {
    text: usize,
    spans: usize,
    row: u64,
    closed: bool,
}

impl Block {
    fn add(&mut self, record: &Record<'_>) {
        self.text.push_str(record.text);
        self.spans.extend_from_slice(record.spans);
        self.records.push(End {
            text: self.text.len(),
            spans: self.spans.len(),
            row: record.row,
            closed: record.closed,
        });
    }

    /// Forgets its records and keeps its room, unless one long record made it large.
    fn emptied(mut self) -> Self {
        self.text.clear();
        self.spans.clear();
        self.records.clear();
        self.text.shrink_to(2 * BLOCK);
        self.spans.shrink_to(BLOCK);
        self
    }

    fn each<E>(&self, each: &mut impl FnMut(Record<'_>) -> Result<(), E>) -> Result<(), E> {
        let (mut text, mut spans) = (0, 0);
        for end in &self.records {
            each(Record {
                text: &self.text[text..end.text],
                spans: &self.spans[spans..end.spans],
                row: end.row,
                closed: end.closed,
            })?;
            (text, spans) = (end.text, end.spans);
        }
        Ok(())
    }
}

/// Where found records go, and where blocks come back empty, to be filled again.
pub(crate) struct Found {
    to: SyncSender<Block>,
    back: Receiver<Block>,
}

impl Found {
    /// Sends every record that is left.
    pub(crate) fn all<R: Read>(self, mut records: Delimited<R>) -> Result<(), Fault> {
        let mut block = Block::default();
        let ended = loop {
            match records.advance() {
                Ok(true) => {}
                Ok(false) => break Ok(()),
                Err(fault) => break Err(fault),
            }
            match records.record() {
                Ok(record) => block.add(&record),
                Err(fault) => break Err(fault),
            }
            if block.text.len() < BLOCK {
                continue;
            }
            let empty = self.back.try_recv().unwrap_or_default();
            if self.to.send(core::mem::replace(&mut block, empty)).is_err() {
                return Ok(());
            }
        };
        // Nobody may be looking any more.
        let _unseen = self.to.send(block);
        ended
    }
}

/// Hands on the records that `find` finds, each in its turn.
///
/// # Errors
/// The first error of `each`, or the fault of `find`.
pub(crate) fn each<E>(
    find: impl FnOnce(Found) -> Result<(), Fault> + Send,
    each: &mut impl FnMut(Record<'_>) -> Result<(), E>,
    refuse: impl FnOnce(Fault) -> E,
) -> Result<(), E> {
    thread::scope(|scope| {
        let (to, blocks) = sync_channel(WAITING);
        let (empty, back) = channel();
        let finding = scope.spawn(move || find(Found { to, back }));
        for block in blocks {
            block.each(each)?;
            // The last ones are not asked for any more.
            let _unused = empty.send(block.emptied());
        }
        let ended = finding.join().expect("looking for records does not panic");
        ended.map_err(refuse)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::Separator;
    use crate::window::Window;

    fn records<R: Read>(text: R) -> Delimited<R> {
        Delimited::new(Window::new(text, 1 << 20), Some(Separator::Comma)).unwrap()
    }

    #[test]
    fn records_come_in_order_and_a_fault_behind_them() {
        let good: String = (1..=60_000).map(|row| format!("{row},x\n")).collect();
        for (text, fault) in [
            (good.clone(), None),
            (format!("{good}\"open,1\n"), Some("table.unclosed_quote")),
        ] {
            let mut rows = 0;
            let mut each_row = |record: Record<'_>| {
                rows += 1;
                assert_eq!(record.row, rows);
                assert_eq!(record.text, format!("{rows},x"));
                let (start, end) = record.spans[0];
                assert_eq!(record.text[start..end], rows.to_string());
                Ok(())
            };
            let find = |found: Found| found.all(records(text.as_bytes()));
            let read = each(find, &mut each_row, |fault| fault.fault.code());
            assert_eq!(read.err(), fault);
            assert_eq!(rows, 60_000);
        }
    }

    /// The stream has no end: without this the call would not return.
    #[test]
    fn whoever_looks_no_further_ends_the_search() {
        let mut each_row = |_: Record<'_>| Err("enough");
        let find = |found: Found| found.all(records(Lines));
        assert_eq!(each(find, &mut each_row, |_| "fault"), Err("enough"));
    }

    /// The same line again and again.
    struct Lines;

    impl Read for Lines {
        fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
            (&b"1,2\n"[..]).read(buffer)
        }
    }
}
