//! The events of an election, each naming the one before it, and the order in which they may stand.
//!
//! ```text
//! Setup ─▶ Ballot* ─▶ EndBallots ─▶ EncryptedTally ─▶ PartialDecryption+ ─▶ Result
//!                                       └─▶ Shuffle+ ─▶ EndShuffles ┘ (before the decryptions)
//! ```
//! The lower way is taken when, and only when, a question's ballots are shuffled. What is always
//! true here: an event is taken in one state alone, and after the result none is.

#[cfg(test)]
mod tests;

use crate::hash::Hash;
use crate::json::Canonical;
use crate::json::Reader;
use crate::json::write_text;
use crate::refusal::Refusal;

/// What has happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum EventKind {
    /// The election, its trustees and its credentials are fixed.
    Setup,
    /// A ballot is cast.
    Ballot,
    /// No more ballots.
    EndBallots,
    /// The ballots that count are added up.
    EncryptedTally,
    /// A trustee has shuffled.
    Shuffle,
    /// No more shuffles.
    EndShuffles,
    /// A trustee has decrypted.
    PartialDecryption,
    /// The result is known.
    Result,
}

impl EventKind {
    /// Every kind, in the order of an election.
    pub const ALL: [EventKind; 8] = [
        EventKind::Setup,
        EventKind::Ballot,
        EventKind::EndBallots,
        EventKind::EncryptedTally,
        EventKind::Shuffle,
        EventKind::EndShuffles,
        EventKind::PartialDecryption,
        EventKind::Result,
    ];

    /// The word in the archive.
    pub fn name(self) -> &'static str {
        match self {
            EventKind::Setup => "Setup",
            EventKind::Ballot => "Ballot",
            EventKind::EndBallots => "EndBallots",
            EventKind::EncryptedTally => "EncryptedTally",
            EventKind::Shuffle => "Shuffle",
            EventKind::EndShuffles => "EndShuffles",
            EventKind::PartialDecryption => "PartialDecryption",
            EventKind::Result => "Result",
        }
    }

    /// How many objects stand before the event; the last of them is its payload.
    pub fn objects(self) -> usize {
        match self {
            EventKind::EndBallots | EventKind::EndShuffles => 0,
            EventKind::Ballot | EventKind::Result => 1,
            EventKind::EncryptedTally | EventKind::Shuffle | EventKind::PartialDecryption => 2,
            EventKind::Setup => 4,
        }
    }

    fn follows(self, last: Option<EventKind>, shuffled: bool) -> bool {
        let Some(last) = last else {
            return self == EventKind::Setup;
        };
        match self {
            EventKind::Setup => false,
            EventKind::Ballot | EventKind::EndBallots => {
                matches!(last, EventKind::Setup | EventKind::Ballot)
            }
            EventKind::EncryptedTally => last == EventKind::EndBallots,
            EventKind::Shuffle => {
                shuffled && matches!(last, EventKind::EncryptedTally | EventKind::Shuffle)
            }
            EventKind::EndShuffles => last == EventKind::Shuffle,
            EventKind::PartialDecryption => match last {
                EventKind::EncryptedTally => !shuffled,
                EventKind::EndShuffles | EventKind::PartialDecryption => true,
                _ => false,
            },
            EventKind::Result => last == EventKind::PartialDecryption,
        }
    }
}

/// An event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Event {
    /// SHA-256 of the event before it; the first has none.
    pub parent: Option<Hash>,
    /// Its number, counted from 0.
    pub height: u64,
    /// What has happened.
    pub kind: EventKind,
    /// SHA-256 of the object that says it.
    pub payload: Option<Hash>,
}

impl Canonical for Event {
    fn read(reader: &mut Reader<'_>) -> Result<Self, Refusal> {
        let parent = if reader.take("{\"parent\":") {
            let parent = reader.hash()?;
            reader.expect(",")?;
            Some(parent)
        } else {
            reader.expect("{")?;
            None
        };
        reader.expect("\"height\":")?;
        let height = reader.number()?;
        reader.expect(",\"type\":")?;
        let name = reader.plain()?;
        let kind = EventKind::ALL.into_iter().find(|kind| kind.name() == name);
        let kind = kind.ok_or(Refusal::Form)?;
        let payload = if reader.take(",\"payload\":") {
            Some(reader.hash()?)
        } else {
            None
        };
        reader.expect("}")?;
        Ok(Event {
            parent,
            height,
            kind,
            payload,
        })
    }

    fn write(&self, out: &mut String) {
        out.push('{');
        if let Some(parent) = &self.parent {
            out.push_str("\"parent\":");
            write_text(&parent.hexadecimal(), out);
            out.push(',');
        }
        out.push_str(&format!(
            "\"height\":{},\"type\":\"{}\"",
            self.height,
            self.kind.name()
        ));
        if let Some(payload) = &self.payload {
            out.push_str(",\"payload\":");
            write_text(&payload.hexadecimal(), out);
        }
        out.push('}');
    }
}

/// Where an election stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Course {
    last: Option<(EventKind, Hash)>,
    height: u64,
    shuffled: bool,
}

impl Course {
    /// Before the first event.
    pub fn new() -> Course {
        Course::default()
    }

    /// After an event whose bytes hash to `hash`.
    pub fn after(event: &Event, hash: Hash, shuffled: bool) -> Course {
        Course {
            last: Some((event.kind, hash)),
            height: event.height + 1,
            shuffled,
        }
    }

    /// The height of the last event; 0 before the first.
    pub fn height(&self) -> u64 {
        self.height.saturating_sub(1)
    }

    /// SHA-256 of the last event: it names all that stands before it.
    pub fn head(&self) -> Option<Hash> {
        self.last.map(|(_, hash)| hash)
    }

    /// Says, once it is known, whether a question's ballots are shuffled.
    pub fn set_shuffled(&mut self, shuffled: bool) {
        self.shuffled = shuffled;
    }

    /// The kind of the last event.
    pub fn last(&self) -> Option<EventKind> {
        self.last.map(|(kind, _)| kind)
    }

    /// Whether the result is known.
    pub fn is_finished(&self) -> bool {
        self.last() == Some(EventKind::Result)
    }

    /// Every reason why the event, whose bytes hash to `hash`, may not follow. It is taken all the
    /// same, so that what comes after it can be looked at too.
    pub fn take(&mut self, event: &Event, hash: Hash) -> Vec<Refusal> {
        let mut found = Vec::new();
        if !event.kind.follows(self.last(), self.shuffled) {
            found.push(Refusal::Order);
        }
        if event.parent != self.last.map(|(_, hash)| hash) {
            found.push(Refusal::Chain);
        }
        if event.height != self.height {
            found.push(Refusal::Height);
        }
        if event.payload.is_some() != (event.kind.objects() > 0) {
            found.push(Refusal::Payload);
        }
        self.height += 1;
        self.last = Some((event.kind, hash));
        found
    }

    /// The event of this kind that follows; `payload` is the hash of its object.
    ///
    /// # Errors
    /// `Order`, `Payload`.
    pub fn next(&mut self, kind: EventKind, payload: Option<Hash>) -> Result<Event, Refusal> {
        let event = Event {
            parent: self.last.map(|(_, hash)| hash),
            height: self.height,
            kind,
            payload,
        };
        let mut after = *self;
        let hash = Hash::of(event.to_text().as_bytes());
        if let Some(refusal) = after.take(&event, hash).first() {
            return Err(*refusal);
        }
        *self = after;
        Ok(event)
    }
}
