//! A sidecar that was begun, read to its end, so that it goes on where it stands.
//!
//! What is always true of one that was read: its records hang on one another, speak of one event
//! after the other and count each credential's ballots; its last record is a checkpoint that says
//! so under the key of its opening. Whether the archive agrees is asked of its last event alone,
//! which names all that stands before it.

use crate::hash::Hash;
use crate::refusal::Refusal;
use crate::sidecar::BallotRecord;
use crate::sidecar::Link;
use crate::sidecar::Opening;
use crate::sidecar::Reader;
use crate::sidecar::Record;
use crate::sidecar::State;
use crate::sidecar::Voters;
use std::io::Read;

/// Why a sidecar does not go on, and at which event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Astray {
    /// The height of the event.
    pub height: u64,
    /// Why.
    pub refusal: Refusal,
}

/// A sidecar as far as it goes.
#[derive(Clone, Debug)]
pub struct Begun {
    pub(super) opening: Opening,
    pub(super) state: State,
    pub(super) event: Hash,
    pub(super) voters: Voters,
    pub(super) chain: Hash,
}

impl Begun {
    /// Reads the sidecar of the election with this hash. `points` is
    /// [`Hints::count`](crate::hints::Hints::count) of its questions, `ciphertexts` the most that
    /// a trustee decrypts; `seen` is shown what is said of each ballot.
    ///
    /// # Errors
    /// `SidecarForm`, `SidecarCutShort`, `Reading`, `SidecarElection`, `SidecarChain`,
    /// `SidecarEvent`, `Counter`; `SidecarCheckpoint` when it does not end with a checkpoint that
    /// says what the records do; `SidecarSignature`.
    pub fn read(
        source: impl Read,
        election: &Hash,
        (points, ciphertexts): (usize, usize),
        seen: &mut dyn FnMut(&BallotRecord),
    ) -> Result<Begun, Astray> {
        let mut reader = Reader::new(source, points);
        reader.set_ciphertexts(ciphertexts);
        let at_start = |refusal| Astray { height: 0, refusal };
        let first = reader.next_record().map_err(at_start)?;
        let first = first.ok_or(at_start(Refusal::SidecarCutShort))?;
        let Record::Opening(opening) = first.record else {
            return Err(at_start(Refusal::SidecarForm));
        };
        if opening.election != *election {
            return Err(at_start(Refusal::SidecarElection));
        }
        if !first.follows {
            return Err(at_start(Refusal::SidecarChain));
        }
        let mut course = Course {
            height: 0,
            ballots: 0,
            voters: Voters::default(),
        };
        let mut last = None;
        loop {
            let next = reader.next_record();
            let Some(link) = next.map_err(|refusal| course.after(refusal))? else {
                break;
            };
            course.take(&link, seen)?;
            last = match link.record {
                Record::Checkpoint(checkpoint) => Some((checkpoint, link.before)),
                _ => None,
            };
        }
        let here = |refusal| Astray {
            height: course.height,
            refusal,
        };
        let (last, before) = last.ok_or(here(Refusal::SidecarCheckpoint))?;
        let (state, signed) = (last.state, (last.state.height, last.state.ballots));
        if signed != (course.height, course.ballots) || state.voters != course.voters.count() {
            return Err(here(Refusal::SidecarCheckpoint));
        }
        last.verify(&opening.key, election, &before).map_err(here)?;
        Ok(Begun {
            opening,
            state,
            event: last.event,
            voters: course.voters,
            chain: reader.chain(),
        })
    }

    /// Whether it stands where the archive does, whose last event has this height and hash.
    ///
    /// # Errors
    /// `SidecarCutShort`, `SidecarLonger`, `SidecarEvent`.
    pub fn stands(&self, height: u64, event: &Hash) -> Result<(), Astray> {
        let own = self.state.height;
        let (height, refusal) = match own.cmp(&height) {
            core::cmp::Ordering::Less => (own + 1, Refusal::SidecarCutShort),
            core::cmp::Ordering::Greater => (height + 1, Refusal::SidecarLonger),
            core::cmp::Ordering::Equal if self.event == *event => return Ok(()),
            core::cmp::Ordering::Equal => (height, Refusal::SidecarEvent),
        };
        Err(Astray { height, refusal })
    }

    /// The state that its last checkpoint signs.
    pub fn state(&self) -> &State {
        &self.state
    }

    /// The public key of the checkpoints.
    pub fn key(&self) -> [u8; 32] {
        self.opening.key
    }
}

/// What the records have said so far.
struct Course {
    height: u64,
    ballots: u64,
    voters: Voters,
}

impl Course {
    /// Of the event after the last one.
    fn after(&self, refusal: Refusal) -> Astray {
        let height = self.height + 1;
        Astray { height, refusal }
    }

    fn take(&mut self, link: &Link, seen: &mut dyn FnMut(&BallotRecord)) -> Result<(), Astray> {
        if !link.follows {
            return Err(self.after(Refusal::SidecarChain));
        }
        let Some(spoken) = link.record.spoken() else {
            return Ok(());
        };
        if spoken.height != self.height + 1 {
            return Err(self.after(Refusal::SidecarEvent));
        }
        if let Record::Ballot(record) = &link.record {
            let counted = self.voters.take(record.voter, record.ballot);
            if counted != (record.number, record.previous) {
                return Err(self.after(Refusal::Counter));
            }
            self.ballots += 1;
            seen(record);
        }
        self.height += 1;
        Ok(())
    }
}
