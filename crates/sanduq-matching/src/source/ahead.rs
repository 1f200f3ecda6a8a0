//! Reading ahead: rows are found and checked on a thread of their own, while those before them are
//! being taken.
//!
//! Always true here: whoever takes the rows sees what [`Source::each`] would have shown, in the
//! same order, and the memory in use does not grow with the file.

use core::ops::ControlFlow;
use core::ops::Range;
use std::sync::mpsc::Receiver;
use std::sync::mpsc::SyncSender;
use std::sync::mpsc::sync_channel;

use crate::source::Ended;
use crate::source::Item;
use crate::source::Row;
use crate::source::Source;
use crate::source::quarantine::Quarantined;
use crate::source::refusal::SourceRefusal;

/// Bytes of rows that are handed over at once.
const SHARE: usize = 1 << 16;
/// Shares that are read and not yet taken.
const WAITING: usize = 2;

/// Rows that were read, one behind the other.
#[derive(Default)]
struct Share {
    text: String,
    fields: Vec<Range<usize>>,
    items: Vec<Kept>,
}

/// One of them.
enum Kept {
    Row {
        number: u64,
        line: u64,
        bytes: u64,
        text: Range<usize>,
        fields: Range<usize>,
    },
    Quarantined(Quarantined),
}

impl Share {
    fn add(&mut self, item: Item<'_>) {
        let kept = match item {
            Item::Quarantined(quarantined) => Kept::Quarantined(quarantined),
            Item::Row(row) => {
                let (text, fields) = (self.text.len(), self.fields.len());
                self.text.push_str(row.text);
                self.fields.extend_from_slice(row.fields);
                Kept::Row {
                    number: row.number,
                    line: row.line,
                    bytes: row.bytes,
                    text: text..self.text.len(),
                    fields: fields..self.fields.len(),
                }
            }
        };
        self.items.push(kept);
    }

    fn is_full(&self) -> bool {
        self.text.len().max(self.items.len() * size_of::<Kept>()) >= SHARE
    }

    fn clear(&mut self) {
        self.text.clear();
        self.fields.clear();
        self.items.clear();
    }

    fn visit(&self, visit: &mut impl FnMut(Item<'_>) -> ControlFlow<()>) -> ControlFlow<()> {
        self.items.iter().try_for_each(|kept| match kept {
            Kept::Quarantined(quarantined) => visit(Item::Quarantined(*quarantined)),
            Kept::Row {
                number,
                line,
                bytes,
                text,
                fields,
            } => visit(Item::Row(Row {
                number: *number,
                line: *line,
                bytes: *bytes,
                text: &self.text[text.clone()],
                fields: &self.fields[fields.clone()],
            })),
        })
    }
}

impl Source {
    /// Reads on as [`Source::each`] does, a little ahead of `visit`, on another thread. Where
    /// `visit` breaks off, the rows that were read ahead are counted among those of the end.
    ///
    /// # Errors
    /// Why the file as a whole is refused. What was seen before is then not to be used.
    ///
    /// # Panics
    /// When the reading does.
    pub fn each_ahead(
        self,
        mut visit: impl FnMut(Item<'_>) -> ControlFlow<()>,
    ) -> Result<Ended, SourceRefusal> {
        let (give, take) = sync_channel(WAITING);
        let (give_back, used) = sync_channel(WAITING + 2);
        std::thread::scope(|scope| {
            let reader = scope.spawn(move || self.read_into(&give, &used));
            let flow = take.iter().try_for_each(|mut share: Share| {
                share.visit(&mut visit)?;
                share.clear();
                // A reader that has ended needs no room.
                let _ = give_back.try_send(share);
                ControlFlow::Continue(())
            });
            // A reader that is not at the end finds nobody who takes what it reads, and stops.
            drop(take);
            let ended = match reader.join() {
                Ok(ended) => ended,
                Err(panic) => std::panic::resume_unwind(panic),
            };
            match flow {
                ControlFlow::Continue(()) => ended,
                // What stands further down was not asked for, right or wrong.
                ControlFlow::Break(()) => Ok(Ended {
                    stopped: true,
                    ..ended.unwrap_or_default()
                }),
            }
        })
    }

    /// Reads to the end, or until nobody takes the shares any more.
    fn read_into(
        self,
        give: &SyncSender<Share>,
        used: &Receiver<Share>,
    ) -> Result<Ended, SourceRefusal> {
        let mut share = Share::default();
        let ended = self.each(|item| {
            share.add(item);
            if !share.is_full() {
                return ControlFlow::Continue(());
            }
            let next = used.try_recv().unwrap_or_default();
            match give.send(std::mem::replace(&mut share, next)) {
                Ok(()) => ControlFlow::Continue(()),
                Err(_) => ControlFlow::Break(()),
            }
        });
        // Whoever broke off knows that there is more.
        let _ = give.send(share);
        ended
    }
}
