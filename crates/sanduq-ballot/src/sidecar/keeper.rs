//! Writes a sidecar as the archive beside it is written.
//!
//! What is always true here: a record is written after the event that it speaks of, so that a
//! sidecar never speaks of what is not there; one that is behind is caught up by whoever resumes.

use crate::events::EventKind;
use crate::hash::Hash;
use crate::hints::Hints;
use crate::refusal::Refusal;
use crate::sidecar::BallotRecord;
use crate::sidecar::Begun;
use crate::sidecar::Checkpoint;
use crate::sidecar::Opening;
use crate::sidecar::Record;
use crate::sidecar::Spoken;
use crate::sidecar::State;
use crate::sidecar::chained;
use ed25519_dalek::SigningKey;
use std::collections::BTreeMap;
use std::io::Write;

/// How often each credential has cast, and its last ballot.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Voters(BTreeMap<u64, (u64, Hash)>);

impl Voters {
    /// The number of the next ballot of a voter and the one before it; and keeps it as the last.
    pub fn take(&mut self, voter: u64, ballot: Hash) -> (u64, Option<Hash>) {
        let before = self.0.get(&voter).copied();
        let number = before.map_or(0, |(number, _)| number) + 1;
        self.0.insert(voter, (number, ballot));
        (number, before.map(|(_, hash)| hash))
    }

    /// How many have cast.
    pub fn count(&self) -> u64 {
        u64::try_from(self.0.len()).unwrap_or(u64::MAX)
    }
}

/// A sidecar to which records are appended.
pub struct Keeper<W: Write> {
    target: W,
    key: SigningKey,
    election: Hash,
    interval: u64,
    state: State,
    event: Hash,
    voters: Voters,
    chain: Hash,
    sealed: bool,
}

impl<W: Write> Keeper<W> {
    /// Begins the sidecar of an election with the description `election`, after the setup's event
    /// `setup`. `interval` is the number of ballots after which a checkpoint stands, `seed` the
    /// secret of the key that signs.
    ///
    /// # Errors
    /// What the target refuses.
    pub fn open(
        target: W,
        (election, setup): (Hash, Hash),
        shuffled: bool,
        interval: u64,
        seed: &[u8; 32],
    ) -> std::io::Result<Keeper<W>> {
        let key = SigningKey::from_bytes(seed);
        let opening = Opening {
            election,
            setup,
            interval: interval.max(1),
            key: key.verifying_key().to_bytes(),
        };
        let mut keeper = Keeper {
            target,
            key,
            election,
            interval: opening.interval,
            state: State::new(shuffled),
            event: setup,
            voters: Voters::default(),
            chain: Hash([0; 32]),
            sealed: false,
        };
        keeper.append(&Record::Opening(opening))?;
        keeper.seal()?;
        Ok(keeper)
    }

    /// Goes on with a sidecar that was begun; what follows is written to `target`, which stands at
    /// its end.
    ///
    /// # Errors
    /// `SidecarKey` when it was begun under another key.
    pub fn resume(target: W, begun: Begun, seed: &[u8; 32]) -> Result<Keeper<W>, Refusal> {
        let key = SigningKey::from_bytes(seed);
        if begun.opening.key != key.verifying_key().to_bytes() {
            return Err(Refusal::SidecarKey);
        }
        Ok(Keeper {
            target,
            key,
            election: begun.opening.election,
            interval: begun.opening.interval,
            state: begun.state,
            event: begun.event,
            voters: begun.voters,
            chain: begun.chain,
            sealed: true,
        })
    }

    /// The height of the last event that the sidecar speaks of.
    pub fn height(&self) -> u64 {
        self.state.height
    }

    /// The state after the last event that the sidecar speaks of.
    pub fn state(&self) -> &State {
        &self.state
    }

    /// The public key of the checkpoints.
    pub fn key(&self) -> [u8; 32] {
        self.key.verifying_key().to_bytes()
    }

    /// Speaks of a ballot with this hash, cast by the voter at this place of the list under the
    /// event with this hash.
    ///
    /// # Errors
    /// What the target refuses.
    pub fn ballot(
        &mut self,
        event: Hash,
        (voter, ballot): (u64, Hash),
        hints: Hints,
    ) -> std::io::Result<()> {
        let (number, previous) = self.voters.take(voter, ballot);
        self.state.take(EventKind::Ballot, number == 1);
        self.event = event;
        let record = BallotRecord {
            spoken: self.spoken(),
            ballot,
            voter,
            number,
            previous,
            hints,
        };
        self.append(&Record::Ballot(record))?;
        self.seal_where_due()
    }

    /// Speaks of another event; `proofs` is the text of the bound proofs of a partial decryption.
    ///
    /// # Errors
    /// What the target refuses.
    pub fn act(
        &mut self,
        kind: EventKind,
        event: Hash,
        proofs: Option<String>,
    ) -> std::io::Result<()> {
        self.state.take(kind, false);
        self.event = event;
        let spoken = self.spoken();
        self.append(&match proofs {
            Some(proofs) => Record::Decryption(spoken, proofs),
            None => Record::Act(spoken),
        })?;
        self.seal_where_due()
    }

    /// Signs the state, unless it was signed already; to be called before a sidecar is shown.
    ///
    /// # Errors
    /// What the target refuses.
    pub fn seal(&mut self) -> std::io::Result<()> {
        if self.sealed {
            return Ok(());
        }
        let signed = Checkpoint::sign(
            &self.key,
            &self.election,
            &self.chain,
            self.state,
            self.event,
        );
        self.append(&Record::Checkpoint(signed))?;
        self.sealed = true;
        Ok(())
    }

    /// Signs the state and gives what was written to.
    ///
    /// # Errors
    /// What the target refuses.
    pub fn into_inner(mut self) -> std::io::Result<W> {
        self.seal()?;
        Ok(self.target)
    }

    fn spoken(&self) -> Spoken {
        Spoken {
            height: self.state.height,
            event: self.event,
        }
    }

    fn seal_where_due(&mut self) -> std::io::Result<()> {
        if self.state.is_sealed(self.interval) {
            return self.seal();
        }
        Ok(())
    }

    fn append(&mut self, record: &Record) -> std::io::Result<()> {
        let body = record.body();
        let too_long = |_| std::io::Error::other("a record is longer than four bytes can say");
        let length = u32::try_from(body.len()).map_err(too_long)?.to_be_bytes();
        let kind = record.kind().byte();
        self.chain = chained(&self.chain, kind, length, &body);
        let bytes = [&[kind][..], &length, &body, &self.chain.0].concat();
        self.target.write_all(&bytes)?;
        self.sealed = false;
        Ok(())
    }
}

impl<W: Write> std::fmt::Debug for Keeper<W> {
    /// The key is a secret.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Keeper after event {}", self.state.height)
    }
}
