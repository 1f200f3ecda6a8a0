//! Where an election stands, in numbers.

use crate::events::EventKind;

/// Bytes of a state.
pub const STATE: usize = 42;

/// The state of the machine of events after one of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct State {
    /// The kind of the last event.
    pub last: EventKind,
    /// Whether a question's ballots are shuffled.
    pub shuffled: bool,
    /// The height of the last event.
    pub height: u64,
    /// Ballots so far.
    pub ballots: u64,
    /// Credentials with a ballot so far.
    pub voters: u64,
    /// Shuffles so far.
    pub shuffles: u64,
    /// Partial decryptions so far.
    pub decryptions: u64,
}

impl State {
    /// After the setup.
    pub fn new(shuffled: bool) -> State {
        State {
            last: EventKind::Setup,
            shuffled,
            height: 0,
            ballots: 0,
            voters: 0,
            shuffles: 0,
            decryptions: 0,
        }
    }

    /// After one more event; `first` when it is the first ballot of a credential.
    pub fn take(&mut self, kind: EventKind, first: bool) {
        self.height += 1;
        self.last = kind;
        self.ballots += u64::from(kind == EventKind::Ballot);
        self.voters += u64::from(kind == EventKind::Ballot && first);
        self.shuffles += u64::from(kind == EventKind::Shuffle);
        self.decryptions += u64::from(kind == EventKind::PartialDecryption);
    }

    /// Whether a checkpoint must follow.
    pub fn is_sealed(&self, interval: u64) -> bool {
        self.last != EventKind::Ballot || self.ballots.is_multiple_of(interval)
    }

    /// As it stands in a checkpoint.
    pub fn to_bytes(&self) -> [u8; STATE] {
        let kind = EventKind::ALL.iter().position(|kind| *kind == self.last);
        let kind = kind.and_then(|place| u8::try_from(place).ok());
        let mut bytes = [0; STATE];
        bytes[0] = kind.unwrap_or(u8::MAX);
        bytes[1] = u8::from(self.shuffled);
        let numbers = [
            self.height,
            self.ballots,
            self.voters,
            self.shuffles,
            self.decryptions,
        ];
        for (place, number) in bytes[2..].chunks_exact_mut(8).zip(numbers) {
            place.copy_from_slice(&number.to_be_bytes());
        }
        bytes
    }

    /// Reads it; `None` for a kind that is none, and a flag that is neither 0 nor 1.
    pub fn from_bytes(bytes: &[u8; STATE]) -> Option<State> {
        let last = *EventKind::ALL.get(usize::from(bytes[0]))?;
        let shuffled = match bytes[1] {
            0 => false,
            1 => true,
            _ => return None,
        };
        let mut numbers = [0_u64; 5];
        for (number, place) in numbers.iter_mut().zip(bytes[2..].as_chunks::<8>().0) {
            *number = u64::from_be_bytes(*place);
        }
        let [height, ballots, voters, shuffles, decryptions] = numbers;
        Some(State {
            last,
            shuffled,
            height,
            ballots,
            voters,
            shuffles,
            decryptions,
        })
    }
}
