//! The archive of an election: one file of records, each named by the hash of its content.
//!
//! The form is that of the first tar: a head of 512 bytes, the body filled up to a multiple of 512
//! with zeros, nothing after the last record. What is always true here: a record is taken only when
//! all of its bytes are what [`Writer`] would write, so that an archive has one form; memory is
//! that of the largest record.

#[cfg(test)]
mod tests;

use crate::hash::Hash;
use crate::json::Canonical;
use crate::json::Reader as JsonReader;
use crate::refusal::Refusal;
use std::io::Read;
use std::io::Seek;
use std::io::SeekFrom;
use std::io::Write;

const BLOCK: usize = 512;
/// The name of the first record.
const HEADER: &str = "BELENIOS";
/// Bytes of a body for which there is room before any is read: most ballots have fewer.
const ROOM: usize = 1 << 16;
/// The largest body: what eleven octal digits hold.
const LARGEST_BODY: u64 = (1 << 33) - 1;
/// The largest body of an event and of the first record: each fills one block.
const LARGEST_EVENT: u64 = 512;

/// What a record is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RecordKind {
    /// An object.
    Data,
    /// An event.
    Event,
}

impl RecordKind {
    fn suffix(self) -> &'static str {
        match self {
            RecordKind::Data => ".data.json",
            RecordKind::Event => ".event.json",
        }
    }
}

/// A record whose name is the hash of its body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// What it is.
    pub kind: RecordKind,
    /// SHA-256 of the body.
    pub hash: Hash,
    /// The content.
    pub body: Vec<u8>,
}

/// The content of the first record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Header {
    timestamp: u64,
}

impl Canonical for Header {
    fn read(reader: &mut JsonReader<'_>) -> Result<Self, Refusal> {
        reader.expect("{\"version\":1,\"timestamp\":\"")?;
        let timestamp = reader.number()?;
        reader.expect("\"}")?;
        Ok(Header { timestamp })
    }

    fn write(&self, out: &mut String) {
        out.push_str(&format!(
            "{{\"version\":1,\"timestamp\":\"{}\"}}",
            self.timestamp
        ));
    }
}

/// The head of a record.
fn head(name: &str, size: u64, timestamp: u64) -> [u8; BLOCK] {
    let mut head = [0; BLOCK];
    let mut put = |place: usize, text: &str| {
        for (to, from) in head[place..].iter_mut().zip(text.bytes()) {
            *to = from;
        }
    };
    put(0, name);
    put(100, "0000644");
    put(108, "0000000");
    put(116, "0000000");
    put(124, &format!("{size:011o}"));
    put(136, &format!("{timestamp:011o}"));
    put(148, "        ");
    put(156, "0");
    let sum: u32 = head.iter().map(|byte| u32::from(*byte)).sum();
    let sum = format!("{sum:06o}\0 ");
    head[148..156].copy_from_slice(sum.as_bytes());
    head
}

/// Reads an archive, record by record.
#[derive(Debug)]
pub struct Reader<R: Read> {
    source: R,
    timestamp: u64,
    largest: u64,
    stopped: bool,
}

impl<R: Read> Reader<R> {
    /// Reads the first record.
    ///
    /// # Errors
    /// `Header`, `Record`, `CutShort`, `Reading`.
    pub fn open(mut source: R) -> Result<Reader<R>, Refusal> {
        let first = read_head(&mut source)?.ok_or(Refusal::Header)?;
        if name_of(&first)? != HEADER {
            return Err(Refusal::Header);
        }
        let timestamp = octal(&first[136..147])?;
        let body = read_body(&mut source, &first, timestamp, LARGEST_EVENT)?;
        let header = Header::from_bytes(&body).map_err(|_| Refusal::Header)?;
        if header.timestamp != timestamp {
            return Err(Refusal::Header);
        }
        Ok(Reader {
            source,
            timestamp,
            largest: LARGEST_BODY,
            stopped: false,
        })
    }

    /// Says how large the body of an object can be from here on, in bytes; a larger one is refused
    /// by its head.
    pub fn set_largest(&mut self, largest: u64) {
        self.largest = largest.min(LARGEST_BODY);
    }

    /// The time in the archive, in seconds since 1970; it is under no signature.
    pub fn timestamp(&self) -> u64 {
        self.timestamp
    }

    /// The last record of an archive that ends with an event, whose body fills one block always.
    ///
    /// # Errors
    /// As [`Reader::open`]; `CutShort`, `Record` and `Stray` for another end.
    pub fn last(mut source: R) -> Result<Record, Refusal>
    where
        R: Seek,
    {
        source.rewind().map_err(|_| Refusal::Reading)?;
        let mut reader = Reader::open(source)?;
        let end = reader.source.seek(SeekFrom::End(0));
        let end = end.map_err(|_| Refusal::Reading)?;
        let block = u64::try_from(BLOCK).map_err(|_| Refusal::TooLarge)?;
        let two = block * 2;
        let whole = end.is_multiple_of(block) && end > two;
        let start = end.checked_sub(two).filter(|_| whole);
        let start = SeekFrom::Start(start.ok_or(Refusal::CutShort)?);
        reader.source.seek(start).map_err(|_| Refusal::Reading)?;
        let last = reader.read()?.ok_or(Refusal::CutShort)?;
        match (last.kind, reader.read()?) {
            (RecordKind::Event, None) => Ok(last),
            _ => Err(Refusal::Stray),
        }
    }

    fn read(&mut self) -> Result<Option<Record>, Refusal> {
        let Some(head) = read_head(&mut self.source)? else {
            return Ok(None);
        };
        let name = name_of(&head)?;
        let (hash, kind) = [RecordKind::Data, RecordKind::Event]
            .into_iter()
            .find_map(|kind| Some((name.strip_suffix(kind.suffix())?, kind)))
            .ok_or(Refusal::Record)?;
        let hash = Hash::read_hexadecimal(hash).map_err(|_| Refusal::Record)?;
        let largest = match kind {
            RecordKind::Data => self.largest,
            RecordKind::Event => LARGEST_EVENT,
        };
        let body = read_body(&mut self.source, &head, self.timestamp, largest)?;
        if Hash::of(&body) != hash {
            return Err(Refusal::RecordName);
        }
        Ok(Some(Record { kind, hash, body }))
    }
}

impl<R: Read> Iterator for Reader<R> {
    type Item = Result<Record, Refusal>;

    /// The next record; after a refusal there is none, because where one begins is then unknown.
    fn next(&mut self) -> Option<Self::Item> {
        if self.stopped {
            return None;
        }
        let record = self.read().transpose();
        self.stopped = !matches!(record, Some(Ok(_)));
        record
    }
}

/// A head, or nothing at the end of the source.
fn read_head(source: &mut impl Read) -> Result<Option<[u8; BLOCK]>, Refusal> {
    let mut bytes = Vec::with_capacity(BLOCK);
    let limit = u64::try_from(BLOCK).unwrap_or(u64::MAX);
    let read = source.by_ref().take(limit).read_to_end(&mut bytes);
    read.map_err(|_| Refusal::Reading)?;
    if bytes.is_empty() {
        return Ok(None);
    }
    bytes.try_into().map(Some).map_err(|_| Refusal::CutShort)
}

fn name_of(head: &[u8; BLOCK]) -> Result<&str, Refusal> {
    let end = head.iter().position(|byte| *byte == 0).unwrap_or(100);
    let name = head.get(..end.min(100)).unwrap_or_default();
    std::str::from_utf8(name).map_err(|_| Refusal::Record)
}

fn octal(digits: &[u8]) -> Result<u64, Refusal> {
    let text = std::str::from_utf8(digits).map_err(|_| Refusal::Record)?;
    u64::from_str_radix(text, 8).map_err(|_| Refusal::Record)
}

/// The body of a record whose head is exactly the one that would be written.
fn read_body(
    source: &mut impl Read,
    bytes: &[u8; BLOCK],
    timestamp: u64,
    largest: u64,
) -> Result<Vec<u8>, Refusal> {
    let size = octal(&bytes[124..135])?;
    if head(name_of(bytes)?, size, timestamp) != *bytes {
        return Err(Refusal::Record);
    }
    if size > largest {
        return Err(Refusal::TooLarge);
    }
    let body = read_parts(source, size)?;
    let mut padding = Vec::new();
    let missing = u64::try_from(body.len().next_multiple_of(BLOCK) - body.len());
    let missing = missing.map_err(|_| Refusal::TooLarge)?;
    let read = source.by_ref().take(missing).read_to_end(&mut padding);
    read.map_err(|_| Refusal::Reading)?;
    if u64::try_from(padding.len()) != Ok(missing) {
        return Err(Refusal::CutShort);
    }
    padding
        .iter()
        .all(|byte| *byte == 0)
        .then_some(body)
        .ok_or(Refusal::Record)
}

/// A body of this size. As much is read as is there, so that a head that lies about the size costs
/// nothing; and no longer than it can be text, so that a hole in a file, which costs nothing
/// either, fills no memory.
fn read_parts(source: &mut impl Read, size: u64) -> Result<Vec<u8>, Refusal> {
    let part = u64::try_from(ROOM).map_err(|_| Refusal::TooLarge)?;
    let room = usize::try_from(size).unwrap_or(ROOM).min(ROOM);
    let mut body = Vec::with_capacity(room);
    let mut left = size;
    while left > 0 {
        let start = body.len();
        let read = source.by_ref().take(left.min(part)).read_to_end(&mut body);
        read.map_err(|_| Refusal::Reading)?;
        let got = u64::try_from(body.len() - start).map_err(|_| Refusal::TooLarge)?;
        if got != left.min(part) {
            return Err(Refusal::CutShort);
        }
        left -= got;
        // The one form of an object has no control characters.
        if left > 0 && body[start..].iter().any(|byte| *byte < b' ') {
            return Err(Refusal::Form);
        }
    }
    Ok(body)
}

/// Writes an archive, record by record.
#[derive(Debug)]
pub struct Writer<W: Write> {
    target: W,
    timestamp: u64,
}

impl<W: Write> Writer<W> {
    /// Writes the first record; `timestamp` is in seconds since 1970 and goes into every record.
    ///
    /// # Errors
    /// What the target refuses.
    pub fn new(target: W, timestamp: u64) -> std::io::Result<Writer<W>> {
        let mut writer = Writer { target, timestamp };
        let header = Header { timestamp };
        writer.put(HEADER, header.to_text().as_bytes())?;
        Ok(writer)
    }

    /// Goes on behind the last record of an archive with this timestamp.
    pub fn resume(target: W, timestamp: u64) -> Writer<W> {
        Writer { target, timestamp }
    }

    /// Appends a record and gives its hash.
    ///
    /// # Errors
    /// What the target refuses.
    pub fn append(&mut self, kind: RecordKind, body: &[u8]) -> std::io::Result<Hash> {
        let hash = Hash::of(body);
        let name = format!("{}{}", hash.hexadecimal(), kind.suffix());
        self.put(&name, body)?;
        Ok(hash)
    }

    /// What was written to.
    pub fn into_inner(self) -> W {
        self.target
    }

    fn put(&mut self, name: &str, body: &[u8]) -> std::io::Result<()> {
        let size = u64::try_from(body.len()).unwrap_or(u64::MAX);
        self.target.write_all(&head(name, size, self.timestamp))?;
        self.target.write_all(body)?;
        let missing = body.len().next_multiple_of(BLOCK) - body.len();
        self.target.write_all(&[0; BLOCK][..missing])
    }
}
