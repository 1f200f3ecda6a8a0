//! The sidecar as it is read beside the archive: for each event its record, after it the
//! checkpoint, and what of them does not hold.

use crate::events::EventKind;
use crate::hash::Hash;
use crate::hints::Hints;
use crate::refusal::Refusal;
use crate::sidecar::BallotRecord;
use crate::sidecar::Checkpoint;
use crate::sidecar::Link;
use crate::sidecar::Reader;
use crate::sidecar::Record;
use crate::sidecar::RecordKind;
use crate::sidecar::Spoken;
use crate::sidecar::State;
use crate::sidecar::Voters;
use crate::verify::Sidecar;
use std::io::Read;

/// What the sidecar says of an event, as far as it is needed to check what the archive says.
#[derive(Debug, Default)]
pub(super) struct Said {
    /// The hints of a ballot.
    pub hints: Option<Hints>,
    /// The text of the bound proofs of a partial decryption.
    pub proofs: Option<String>,
}

/// A sidecar beside an archive.
pub(super) struct Beside<'a> {
    reader: Reader<&'a mut dyn Read>,
    pending: Option<Link>,
    /// Nothing more is read after a record that cannot be.
    lost: bool,
    election: Hash,
    expected: Option<[u8; 32]>,
    /// For the weights of this check.
    pub chance: [u8; 32],
    key: Option<[u8; 32]>,
    interval: u64,
    state: State,
    last: Option<Hash>,
    voters: Voters,
    checkpoints: u64,
}

impl<'a> Beside<'a> {
    pub fn new(sidecar: Sidecar<'a>, election: Hash, shuffled: bool, points: usize) -> Beside<'a> {
        Beside {
            reader: Reader::new(sidecar.source, points),
            pending: None,
            lost: false,
            election,
            expected: sidecar.key,
            chance: sidecar.chance,
            key: None,
            interval: 1,
            state: State::new(shuffled),
            last: None,
            voters: Voters::default(),
            checkpoints: 0,
        }
    }

    /// Says how many ciphertexts a trustee decrypts.
    pub fn set_ciphertexts(&mut self, ciphertexts: usize) {
        self.reader.set_ciphertexts(ciphertexts);
    }

    /// The key of the checkpoints.
    pub fn key(&self) -> Option<[u8; 32]> {
        self.key
    }

    /// Checkpoints that hold.
    pub fn checkpoints(&self) -> u64 {
        self.checkpoints
    }

    /// Takes what is said of the next event. Of a ballot, `cast` is whose it is and its hash, and
    /// `again` says whether the archive has another one of the same credential.
    pub fn take(
        &mut self,
        kind: EventKind,
        spoken: Spoken,
        (cast, again): (Option<(u64, Hash)>, bool),
        found: &mut Vec<Refusal>,
    ) -> Said {
        if let Some(last) = self.last {
            self.checkpoint(last, found);
        }
        // Who casts once need not be remembered.
        let before = cast.map(|(voter, ballot)| match again {
            true => (voter, self.voters.take(voter, ballot)),
            false => (voter, (1, None)),
        });
        if self.last.is_some() {
            let first = before.is_some_and(|(_, (number, _))| number == 1);
            self.state.take(kind, first);
        }
        self.last = Some(spoken.event);
        let Some(link) = self.of_event(spoken, found) else {
            return Said::default();
        };
        if !link.follows {
            found.push(Refusal::SidecarChain);
        }
        if link.record.kind() != RecordKind::of(kind) || link.record.spoken() != Some(spoken) {
            found.push(Refusal::SidecarEvent);
        }
        match link.record {
            Record::Opening(opening) => {
                if opening.election != self.election {
                    found.push(Refusal::SidecarElection);
                }
                if self.expected.is_some_and(|key| key != opening.key) {
                    found.push(Refusal::SidecarKey);
                }
                self.key.get_or_insert(opening.key);
                self.interval = opening.interval;
                Said::default()
            }
            Record::Ballot(record) => {
                if !counts(&record, cast, before.map(|(_, before)| before)) {
                    found.push(Refusal::Counter);
                }
                Said {
                    hints: Some(record.hints),
                    proofs: None,
                }
            }
            Record::Decryption(_, proofs) => Said {
                hints: None,
                proofs: Some(proofs),
            },
            Record::Act(_) | Record::Checkpoint(_) => Said::default(),
        }
    }

    /// After the last event: its checkpoint, and nothing more.
    pub fn end(&mut self, found: &mut Vec<Refusal>) {
        // What is shown ends with a signature, whatever the last event was.
        self.interval = 1;
        if let Some(last) = self.last {
            self.checkpoint(last, found);
        }
        if self.peek(found).is_some() {
            found.push(Refusal::SidecarLonger);
        }
    }

    /// The record that is to speak of an event; those of events before it are astray, one of an
    /// event after it is left for that.
    fn of_event(&mut self, spoken: Spoken, found: &mut Vec<Refusal>) -> Option<Link> {
        loop {
            if self.peek(found).is_none() {
                if !self.lost {
                    found.push(Refusal::SidecarCutShort);
                    self.lost = true;
                }
                return None;
            }
            let height = self.pending.as_ref()?.record.spoken()?.height;
            if height > spoken.height {
                found.push(Refusal::SidecarEvent);
                return None;
            }
            let link = self.pending.take()?;
            if height == spoken.height {
                return Some(link);
            }
            found.push(Refusal::SidecarEvent);
        }
    }

    /// The checkpoint after an event, where one stands or must.
    fn checkpoint(&mut self, last: Hash, found: &mut Vec<Refusal>) {
        let mut seen = false;
        while let Some(Record::Checkpoint(checkpoint)) = self.peek(found) {
            let link = self.pending.take();
            let (before, follows) =
                link.map_or((Hash([0; 32]), false), |link| (link.before, link.follows));
            let count = found.len();
            if !follows {
                found.push(Refusal::SidecarChain);
            }
            self.signed(&checkpoint, last, &before, found);
            // One state is signed once.
            if seen {
                found.push(Refusal::SidecarCheckpoint);
            }
            seen = true;
            self.checkpoints += u64::from(found.len() == count);
        }
        if !seen && !self.lost && self.state.is_sealed(self.interval) {
            found.push(Refusal::SidecarCheckpoint);
        }
    }

    fn signed(&self, checkpoint: &Checkpoint, last: Hash, before: &Hash, found: &mut Vec<Refusal>) {
        if checkpoint.state != self.state || checkpoint.event != last {
            found.push(Refusal::SidecarCheckpoint);
        }
        let signed = self.key.ok_or(Refusal::SidecarSignature);
        let signed = signed.and_then(|key| checkpoint.verify(&key, &self.election, before));
        found.extend(signed.err());
    }

    /// The next record, which stays where it is.
    fn peek(&mut self, found: &mut Vec<Refusal>) -> Option<Record> {
        if self.pending.is_none() && !self.lost {
            match self.reader.next_record() {
                Ok(link) => self.pending = link,
                Err(refusal) => {
                    found.push(refusal);
                    self.lost = true;
                }
            }
        }
        let link = self.pending.as_ref()?;
        // A checkpoint is small and is looked at; of the others it is enough that they are there.
        Some(match &link.record {
            Record::Checkpoint(checkpoint) => Record::Checkpoint(*checkpoint),
            other => Record::Act(other.spoken()?),
        })
    }
}

/// Whether the record counts as the archive does; of a ballot of nobody there is nothing to count.
fn counts(
    record: &BallotRecord,
    cast: Option<(u64, Hash)>,
    before: Option<(u64, Option<Hash>)>,
) -> bool {
    let (Some((voter, ballot)), Some((number, previous))) = (cast, before) else {
        return true;
    };
    let said = (record.voter, record.ballot, record.number, record.previous);
    said == (voter, ballot, number, previous)
}
