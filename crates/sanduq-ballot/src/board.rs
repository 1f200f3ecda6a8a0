//! The public board of an election as it is written: each act with its objects and its event, in an
//! archive that other programs read.
//!
//! What is always true here: objects are written before the event that names them, so that an
//! archive cut short ends with objects without an event and never with an event without its
//! objects; an event that may not follow is not written.

use crate::archive::RecordKind;
use crate::archive::Writer;
use crate::credential::Credentials;
use crate::decryption::Owned;
use crate::election::Election;
use crate::events::Course;
use crate::events::EventKind;
use crate::group::Group;
use crate::hash::Hash;
use crate::json::Canonical;
use crate::refusal::Refusal;
use crate::tally::SizedTally;
use crate::trustees::Trustees;
use std::error::Error;
use std::fmt;
use std::io::Write;

/// Why an act is not on the board.
#[derive(Debug)]
pub enum NotWritten {
    /// It may not follow.
    Refused(Refusal),
    /// The archive could not be written.
    Writing(std::io::Error),
}

impl fmt::Display for NotWritten {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            NotWritten::Refused(refusal) => refusal.fmt(f),
            NotWritten::Writing(error) => error.fmt(f),
        }
    }
}

impl Error for NotWritten {}

impl From<Refusal> for NotWritten {
    fn from(refusal: Refusal) -> Self {
        NotWritten::Refused(refusal)
    }
}

impl From<std::io::Error> for NotWritten {
    fn from(error: std::io::Error) -> Self {
        NotWritten::Writing(error)
    }
}

/// An archive to which acts are appended.
#[derive(Debug)]
pub struct Board<W: Write> {
    writer: Writer<W>,
    course: Course,
}

impl<W: Write> Board<W> {
    /// Begins an archive with the setup of an election; `timestamp` is in seconds since 1970.
    ///
    /// # Errors
    /// What the target refuses.
    pub fn open<G: Group>(
        target: W,
        timestamp: u64,
        election: &Election<G>,
        trustees: &Trustees<G>,
        credentials: &Credentials<G>,
    ) -> Result<Board<W>, NotWritten> {
        let mut course = Course::new();
        course.set_shuffled(election.is_shuffled());
        let writer = Writer::new(target, timestamp)?;
        let mut board = Board { writer, course };
        let objects = [
            election.description().to_text(),
            trustees.to_text(),
            credentials.to_text(),
        ];
        let hashes = objects.each_ref().map(|text| Hash::of(text.as_bytes()));
        let names = format!(
            "{{\"election\":\"{}\",\"trustees\":\"{}\",\"credentials\":\"{}\"}}",
            hashes[0], hashes[1], hashes[2]
        );
        let [election, trustees, credentials] = &objects;
        board.act(EventKind::Setup, &[election, trustees, credentials, &names])?;
        Ok(board)
    }

    /// Goes on with an archive that stands where `course` says; `target` appends to it. What was
    /// read to its end is known to [`Reopened`](crate::reopened::Reopened).
    pub fn resume(target: W, timestamp: u64, course: Course) -> Board<W> {
        let writer = Writer::resume(target, timestamp);
        Board { writer, course }
    }

    /// Appends an act: its objects, the last of which its event names.
    ///
    /// # Errors
    /// `Order` and `Payload`, and what the target refuses.
    pub fn act(&mut self, kind: EventKind, objects: &[&str]) -> Result<(), NotWritten> {
        if objects.len() != kind.objects() {
            return Err(Refusal::Payload.into());
        }
        let payload = objects.last().map(|object| Hash::of(object.as_bytes()));
        let event = self.course.next(kind, payload)?;
        for object in objects {
            self.writer.append(RecordKind::Data, object.as_bytes())?;
        }
        self.writer
            .append(RecordKind::Event, event.to_text().as_bytes())?;
        Ok(())
    }

    /// Appends the encrypted tally and its size.
    ///
    /// # Errors
    /// As [`Board::act`].
    pub fn tally(&mut self, text: &str, ballots: u64, weight: u64) -> Result<(), NotWritten> {
        let sized = SizedTally {
            ballots,
            weight,
            tally: Hash::of(text.as_bytes()),
        };
        self.act(EventKind::EncryptedTally, &[text, &sized.to_text()])
    }

    /// Appends what the trustee with this number, counted from 1, has shuffled or decrypted.
    ///
    /// # Errors
    /// As [`Board::act`].
    pub fn owned(&mut self, kind: EventKind, owner: u64, text: &str) -> Result<(), NotWritten> {
        let payload = Hash::of(text.as_bytes());
        let owned = Owned { owner, payload };
        self.act(kind, &[text, &owned.to_text()])
    }

    /// Where the election stands.
    pub fn course(&self) -> Course {
        self.course
    }

    /// What was written to.
    pub fn into_inner(self) -> W {
        self.writer.into_inner()
    }
}
