//! The sidecar: one file beside the archive of an election that says what the archive cannot.
//!
//! It is appended to as the archive is. Programs that do not know it leave it aside.
//!
//! ```text
//! sidecar    = opening checkpoint (ballot | act | decryption | checkpoint)*
//! record     = kind (1 byte) · length of body (4) · body · chain (32)
//! opening    = 1 · "sanduq ballot sidecar 2\n" · election (32) · event 0 (32) · interval (8)
//!                · key (32)
//! ballot     = 2 · height (8) · event (32) · ballot (32) · voter (8) · number (8) · previous (32)
//!                · hints (32 for each word)
//! act        = 3 · height (8) · event (32)
//! decryption = 4 · height (8) · event (32) · bound proofs (JSON)
//! checkpoint = 5 · last kind (1) · shuffled (1) · height (8) · ballots (8) · voters (8)
//!                · shuffles (8) · decryptions (8) · event (32) · signature (64)
//! ```
//!
//! Numbers stand with their most significant byte first. `chain` is SHA-256 over the chain of the
//! record before (32 zeros before the first) and the kind, length and body of this one. `election`
//! is SHA-256 of the election's description, `event` that of the event's bytes in the archive,
//! `ballot` that of the ballot's. `voter` is the place of the credential in the list, counted from
//! 0; `number` says the how many-th ballot of this credential it is, counted from 1; `previous` is
//! the hash of the one before it, zeros for the first. Hints are those of [`crate::hints`].
//!
//! What is always true of a sidecar that holds: each event of the archive has one record, in the
//! same order, of the kind that its own kind asks for (the opening is that of event 0). A
//! checkpoint follows the opening, every act and every decryption, and every `interval`-th ballot;
//! others may follow any ballot, and the last record is one. What is signed is the text
//! "sanduq ballot checkpoint 1\n", the election, the chain of the record before, and the body up to
//! the signature: Ed25519 as in RFC 8032 under the `key` of the opening, in elections of every
//! group, because any library can check it, and because its nonces need no chance.

mod begun;
mod keeper;
mod reader;
mod state;

pub use crate::sidecar::begun::Astray;
pub use crate::sidecar::begun::Begun;
pub use crate::sidecar::keeper::Keeper;
pub use crate::sidecar::keeper::Voters;
pub use crate::sidecar::reader::Link;
pub use crate::sidecar::reader::Reader;
pub use crate::sidecar::state::State;

use crate::events::EventKind;
use crate::hash::Hash;
use crate::hints::Hints;
use crate::hints::POINT;
use crate::refusal::Refusal;
use ed25519_dalek::Signature;
use ed25519_dalek::Signer;
use ed25519_dalek::SigningKey;
use ed25519_dalek::VerifyingKey;
use sha2::Digest;
use sha2::Sha256;

/// Ballots after which a checkpoint stands, where nothing else is asked for.
pub const INTERVAL: u64 = 1000;
/// The first bytes of the first body.
const MAGIC: &[u8; 24] = b"sanduq ballot sidecar 2\n";
/// The first bytes of what is signed.
const SIGNED: &[u8; 27] = b"sanduq ballot checkpoint 1\n";
/// Bytes of bound proofs for each ciphertext, at most: two numbers of 617 digits, and the words.
const LONGEST_PROOF: usize = 1280;

/// What a record says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RecordKind {
    /// Which election, and who signs.
    Opening,
    /// A ballot: whose, the how many-th, and its hints.
    Ballot,
    /// An event of which nothing more is to be said.
    Act,
    /// A partial decryption, with proofs over their whole statements.
    Decryption,
    /// The state of the election, signed.
    Checkpoint,
}

impl RecordKind {
    /// Every kind.
    pub const ALL: [RecordKind; 5] = [
        RecordKind::Opening,
        RecordKind::Ballot,
        RecordKind::Act,
        RecordKind::Decryption,
        RecordKind::Checkpoint,
    ];

    /// The byte with which a record begins.
    pub fn byte(self) -> u8 {
        match self {
            RecordKind::Opening => 1,
            RecordKind::Ballot => 2,
            RecordKind::Act => 3,
            RecordKind::Decryption => 4,
            RecordKind::Checkpoint => 5,
        }
    }

    /// The kind of record that speaks of events of this kind.
    pub fn of(event: EventKind) -> RecordKind {
        match event {
            EventKind::Setup => RecordKind::Opening,
            EventKind::Ballot => RecordKind::Ballot,
            EventKind::PartialDecryption => RecordKind::Decryption,
            EventKind::EndBallots
            | EventKind::EncryptedTally
            | EventKind::Shuffle
            | EventKind::EndShuffles
            | EventKind::Result => RecordKind::Act,
        }
    }
}

/// The event that a record speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spoken {
    /// Its height.
    pub height: u64,
    /// SHA-256 of its bytes.
    pub event: Hash,
}

/// The first record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Opening {
    /// SHA-256 of the election's description.
    pub election: Hash,
    /// SHA-256 of the setup's event.
    pub setup: Hash,
    /// Ballots after which a checkpoint stands.
    pub interval: u64,
    /// The key of the checkpoints.
    pub key: [u8; 32],
}

/// What is said of a ballot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BallotRecord {
    /// Its event.
    pub spoken: Spoken,
    /// SHA-256 of the ballot.
    pub ballot: Hash,
    /// The place of the credential in the list, counted from 0.
    pub voter: u64,
    /// The how many-th ballot of this credential, counted from 1.
    pub number: u64,
    /// The ballot of the same credential before it.
    pub previous: Option<Hash>,
    /// What makes its check cheap.
    pub hints: Hints,
}

/// A signed state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    /// Where the election stands.
    pub state: State,
    /// SHA-256 of the last event.
    pub event: Hash,
    /// Ed25519.
    pub signature: [u8; 64],
}

impl Checkpoint {
    /// Signs a state that stands after the record with the chain `before`.
    pub fn sign(
        key: &SigningKey,
        election: &Hash,
        before: &Hash,
        state: State,
        event: Hash,
    ) -> Checkpoint {
        let mut checkpoint = Checkpoint {
            state,
            event,
            signature: [0; 64],
        };
        let signed = key.sign(&checkpoint.signed(election, before));
        checkpoint.signature = signed.to_bytes();
        checkpoint
    }

    /// Checks the signature under `key`.
    ///
    /// # Errors
    /// `SidecarSignature`.
    pub fn verify(&self, key: &[u8; 32], election: &Hash, before: &Hash) -> Result<(), Refusal> {
        let wrong = |_| Refusal::SidecarSignature;
        let key = VerifyingKey::from_bytes(key).map_err(wrong)?;
        let signature = Signature::from_bytes(&self.signature);
        // Strict: no key of small order, no second form of a signature.
        key.verify_strict(&self.signed(election, before), &signature)
            .map_err(wrong)
    }

    fn signed(&self, election: &Hash, before: &Hash) -> Vec<u8> {
        let state = self.state.to_bytes();
        [&SIGNED[..], &election.0, &before.0, &state, &self.event.0].concat()
    }
}

/// A record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Record {
    /// The first.
    Opening(Opening),
    /// Of a ballot.
    Ballot(BallotRecord),
    /// Of another event.
    Act(Spoken),
    /// Of a partial decryption, with the text of its bound proofs.
    Decryption(Spoken, String),
    /// A checkpoint.
    Checkpoint(Checkpoint),
}

impl Record {
    /// What it says.
    pub fn kind(&self) -> RecordKind {
        match self {
            Record::Opening(_) => RecordKind::Opening,
            Record::Ballot(_) => RecordKind::Ballot,
            Record::Act(_) => RecordKind::Act,
            Record::Decryption(_, _) => RecordKind::Decryption,
            Record::Checkpoint(_) => RecordKind::Checkpoint,
        }
    }

    /// The event it speaks of; a checkpoint speaks of what was.
    pub fn spoken(&self) -> Option<Spoken> {
        match self {
            Record::Opening(opening) => Some(Spoken {
                height: 0,
                event: opening.setup,
            }),
            Record::Ballot(ballot) => Some(ballot.spoken),
            Record::Act(spoken) | Record::Decryption(spoken, _) => Some(*spoken),
            Record::Checkpoint(_) => None,
        }
    }

    /// The body.
    pub fn body(&self) -> Vec<u8> {
        let of = |spoken: &Spoken| [&spoken.height.to_be_bytes()[..], &spoken.event.0].concat();
        match self {
            Record::Opening(opening) => [
                &MAGIC[..],
                &opening.election.0,
                &opening.setup.0,
                &opening.interval.to_be_bytes(),
                &opening.key,
            ]
            .concat(),
            Record::Ballot(ballot) => [
                &of(&ballot.spoken)[..],
                &ballot.ballot.0,
                &ballot.voter.to_be_bytes(),
                &ballot.number.to_be_bytes(),
                &ballot.previous.map_or([0; 32], |hash| hash.0),
                &ballot.hints.to_bytes(),
            ]
            .concat(),
            Record::Act(spoken) => of(spoken),
            Record::Decryption(spoken, proofs) => [&of(spoken), proofs.as_bytes()].concat(),
            Record::Checkpoint(checkpoint) => [
                &checkpoint.state.to_bytes()[..],
                &checkpoint.event.0,
                &checkpoint.signature,
            ]
            .concat(),
        }
    }

    /// Reads a body of this kind.
    ///
    /// # Errors
    /// `SidecarForm`.
    pub fn from_body(kind: RecordKind, body: &[u8]) -> Result<Record, Refusal> {
        let mut fields = Fields(body);
        let record = match kind {
            RecordKind::Opening => {
                let magic = fields.take().is_some_and(|magic| magic == *MAGIC);
                magic.then(|| fields.opening()).flatten()
            }
            RecordKind::Ballot => fields.ballot(),
            RecordKind::Act => fields.spoken().map(Record::Act),
            RecordKind::Decryption => fields.spoken().and_then(|spoken| {
                let text = std::str::from_utf8(fields.0).ok()?;
                fields.0 = &[];
                Some(Record::Decryption(spoken, text.to_owned()))
            }),
            RecordKind::Checkpoint => fields.checkpoint(),
        };
        record
            .filter(|_| fields.0.is_empty())
            .ok_or(Refusal::SidecarForm)
    }
}

/// The bytes of a body, taken from its beginning.
struct Fields<'a>(&'a [u8]);

impl Fields<'_> {
    fn take<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (first, rest) = self.0.split_first_chunk::<N>()?;
        self.0 = rest;
        Some(*first)
    }

    fn number(&mut self) -> Option<u64> {
        self.take().map(u64::from_be_bytes)
    }

    fn hash(&mut self) -> Option<Hash> {
        self.take().map(Hash)
    }

    fn spoken(&mut self) -> Option<Spoken> {
        Some(Spoken {
            height: self.number()?,
            event: self.hash()?,
        })
    }

    fn opening(&mut self) -> Option<Record> {
        let opening = Opening {
            election: self.hash()?,
            setup: self.hash()?,
            interval: self.number()?,
            key: self.take()?,
        };
        (opening.interval > 0).then_some(Record::Opening(opening))
    }

    fn ballot(&mut self) -> Option<Record> {
        let record = BallotRecord {
            spoken: self.spoken()?,
            ballot: self.hash()?,
            voter: self.number()?,
            number: self.number()?,
            previous: self
                .hash()
                .map(|hash| (hash.0 != [0; 32]).then_some(hash))?,
            hints: Hints::from_bytes(self.0),
        };
        let whole = self.0.len().is_multiple_of(POINT);
        self.0 = &[];
        whole.then_some(Record::Ballot(record))
    }

    fn checkpoint(&mut self) -> Option<Record> {
        Some(Record::Checkpoint(Checkpoint {
            state: State::from_bytes(&self.take()?)?,
            event: self.hash()?,
            signature: self.take()?,
        }))
    }
}

/// The chain of a record.
fn chained(before: &Hash, kind: u8, length: [u8; 4], body: &[u8]) -> Hash {
    let mut hasher = Sha256::new_with_prefix(before.0);
    hasher.update([kind]);
    hasher.update(length);
    hasher.update(body);
    Hash(hasher.finalize().into())
}
