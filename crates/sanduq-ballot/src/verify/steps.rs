//! The records of an archive as steps: an event with the objects that stand before it.

use crate::archive::Reader;
use crate::archive::RecordKind;
use crate::events::Course;
use crate::events::Event;
use crate::events::EventKind;
use crate::hash::Hash;
use crate::json::Canonical;
use crate::refusal::Refusal;
use crate::verify::report::Failure;
use crate::verify::sizes::Sizes;
use std::io::Read;
use std::io::Seek;

/// Objects before one event: no kind of event has more.
const MOST_OBJECTS: usize = 4;

/// The bytes of an object and their hash.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Object {
    /// SHA-256 of the body.
    pub hash: Hash,
    /// The content.
    pub body: Vec<u8>,
}

/// An event, its objects, and why it may not stand where it does.
#[derive(Clone, Debug)]
pub struct Step {
    /// The event.
    pub event: Event,
    /// SHA-256 of the event's bytes.
    pub hash: Hash,
    /// The objects since the event before it.
    pub objects: Vec<Object>,
    /// Every reason; the event is looked at all the same.
    pub refusals: Vec<Refusal>,
}

/// Reads an archive step by step.
#[derive(Debug)]
pub struct Steps<R: Read> {
    reader: Reader<R>,
    course: Course,
    pending: usize,
    sizes: Option<Sizes>,
    ballots: u64,
}

impl<R: Read + Seek> Steps<&mut R> {
    /// The first step of an archive.
    ///
    /// # Errors
    /// Those of [`Reader::open`] and of its records; `Unfinished` where there is none.
    pub fn first(source: &mut R) -> Result<Step, Refusal> {
        source.rewind().map_err(|_| Refusal::Reading)?;
        let first = Steps::open(source)?.next();
        first.unwrap_or(Err(Refusal::Unfinished))
    }

    /// Reads an archive from its first record on, now that it is known how large its objects are.
    ///
    /// # Errors
    /// Those of [`Reader::open`].
    pub fn again(source: &mut R, sizes: Sizes) -> Result<Steps<&mut R>, Failure> {
        let reading = |_| Failure::at_start(Refusal::Reading);
        source.rewind().map_err(reading)?;
        let mut steps = Steps::open(source).map_err(Failure::at_start)?;
        steps.sizes = Some(sizes);
        Ok(steps)
    }
}

impl<R: Read> Steps<R> {
    /// Reads the first record.
    ///
    /// # Errors
    /// Those of [`Reader::open`].
    pub fn open(source: R) -> Result<Steps<R>, Refusal> {
        Ok(Steps {
            reader: Reader::open(source)?,
            course: Course::new(),
            pending: 0,
            sizes: None,
            ballots: 0,
        })
    }

    /// Says whether a question's ballots are shuffled.
    pub fn set_shuffled(&mut self, shuffled: bool) {
        self.course.set_shuffled(shuffled);
    }

    /// The height of the event that is read next, counted from 0.
    pub fn next_height(&self) -> u64 {
        match self.course.last() {
            Some(_) => self.course.height() + 1,
            None => 0,
        }
    }

    /// Whether the archive may end where it does.
    ///
    /// # Errors
    /// `Stray` for objects without an event; `Unfinished` unless an unfinished one is wanted.
    pub fn end(&self, unfinished: bool) -> Result<(), Refusal> {
        if self.pending > 0 {
            return Err(Refusal::Stray);
        }
        let fit = self.course.is_finished() || unfinished && self.course.last().is_some();
        fit.then_some(()).ok_or(Refusal::Unfinished)
    }

    fn step(&mut self, hash: Hash, body: &[u8], objects: Vec<Object>) -> Result<Step, Refusal> {
        let event = Event::from_bytes(body)?;
        let mut refusals = self.course.take(&event, hash);
        self.ballots += u64::from(event.kind == EventKind::Ballot);
        if let Some(sizes) = &self.sizes {
            let largest = sizes.largest(event.kind, self.ballots);
            self.reader.set_largest(largest);
        }
        let payload = objects.last().map(|object| object.hash);
        if objects.len() != event.kind.objects() || payload != event.payload {
            refusals.push(Refusal::Stray);
        }
        Ok(Step {
            event,
            hash,
            objects,
            refusals,
        })
    }
}

impl<R: Read> Iterator for Steps<R> {
    type Item = Result<Step, Refusal>;

    fn next(&mut self) -> Option<Self::Item> {
        let mut objects = Vec::new();
        self.pending = 0;
        loop {
            let record = match self.reader.next()? {
                Ok(record) => record,
                Err(refusal) => return Some(Err(refusal)),
            };
            match record.kind {
                RecordKind::Event => {
                    self.pending = 0;
                    return Some(self.step(record.hash, &record.body, objects));
                }
                RecordKind::Data => {
                    self.pending += 1;
                    // What is too much is refused with the event; it need not be kept till then.
                    objects.truncate(MOST_OBJECTS);
                    objects.push(Object {
                        hash: record.hash,
                        body: record.body,
                    });
                }
            }
        }
    }
}
