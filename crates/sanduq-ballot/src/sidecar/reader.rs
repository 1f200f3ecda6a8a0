//! Reads a sidecar, record by record, with a bound on the length of each.

use crate::hash::Hash;
use crate::hints::POINT;
use crate::refusal::Refusal;
use crate::sidecar::LONGEST_PROOF;
use crate::sidecar::Record;
use crate::sidecar::RecordKind;
use crate::sidecar::chained;
use crate::sidecar::state::STATE;
use std::io::Read;

/// A record and what it hangs on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// The record.
    pub record: Record,
    /// The chain of the record before.
    pub before: Hash,
    /// Whether this record's chain follows from it.
    pub follows: bool,
}

/// A sidecar that is read from its beginning.
#[derive(Debug)]
pub struct Reader<R: Read> {
    source: R,
    chain: Hash,
    /// Points in the hints of a ballot.
    points: usize,
    /// Ciphertexts of the tally, each with its bound proof.
    ciphertexts: usize,
}

impl<R: Read> Reader<R> {
    /// Reads the sidecar of an election whose ballots have so many points as hints.
    pub fn new(source: R, points: usize) -> Reader<R> {
        Reader {
            source,
            chain: Hash([0; 32]),
            points,
            ciphertexts: 0,
        }
    }

    /// Says how many ciphertexts a trustee decrypts.
    pub fn set_ciphertexts(&mut self, ciphertexts: usize) {
        self.ciphertexts = ciphertexts;
    }

    /// The chain of the last record.
    pub fn chain(&self) -> Hash {
        self.chain
    }

    /// What a body of this kind may have: the least bytes and the most.
    fn bounds(&self, kind: RecordKind) -> (usize, usize) {
        let spoken = 40;
        match kind {
            RecordKind::Opening => (128, 128),
            RecordKind::Ballot => {
                let size = spoken + 80 + self.points * POINT;
                (size, size)
            }
            RecordKind::Act => (spoken, spoken),
            RecordKind::Decryption => (spoken, spoken + (self.ciphertexts + 1) * LONGEST_PROOF),
            RecordKind::Checkpoint => (STATE + 96, STATE + 96),
        }
    }

    /// The next record; `None` at the end. After a refusal nothing can be read: where a record
    /// begins is then unknown.
    ///
    /// # Errors
    /// `SidecarForm`, `SidecarCutShort`, `Reading`.
    pub fn next_record(&mut self) -> Result<Option<Link>, Refusal> {
        let mut first = [0; 1];
        let read = self.source.read(&mut first);
        if read.map_err(|_| Refusal::Reading)? == 0 {
            return Ok(None);
        }
        let mut kinds = RecordKind::ALL.into_iter();
        let kind = kinds.find(|kind| kind.byte() == first[0]);
        let kind = kind.ok_or(Refusal::SidecarForm)?;
        let mut length = [0; 4];
        self.fill(&mut length)?;
        let size = usize::try_from(u32::from_be_bytes(length)).unwrap_or(usize::MAX);
        let (least, most) = self.bounds(kind);
        if !(least..=most).contains(&size) {
            return Err(Refusal::SidecarForm);
        }
        let mut body = vec![0; size];
        self.fill(&mut body)?;
        let mut chain = [0; 32];
        self.fill(&mut chain)?;
        let before = std::mem::replace(&mut self.chain, Hash(chain));
        Ok(Some(Link {
            record: Record::from_body(kind, &body)?,
            before,
            follows: chained(&before, first[0], length, &body) == self.chain,
        }))
    }

    fn fill(&mut self, bytes: &mut [u8]) -> Result<(), Refusal> {
        let read = self.source.read_exact(bytes);
        read.map_err(|why| match why.kind() {
            std::io::ErrorKind::UnexpectedEof => Refusal::SidecarCutShort,
            _ => Refusal::Reading,
        })
    }
}
