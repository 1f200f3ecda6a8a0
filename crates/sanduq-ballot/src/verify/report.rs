//! What the check of an archive has found.

use crate::refusal::Refusal;
use crate::result::ElectionResult;
use std::fmt;

/// Where something does not hold. Events are counted from 0 as in the archive, ballots and trustees
/// from 1, questions and choices from 0.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The height of the event.
    pub event: Option<u64>,
    /// The number of the ballot.
    pub ballot: Option<u64>,
    /// The number of the trustee.
    pub trustee: Option<u64>,
    /// The question.
    pub question: Option<usize>,
    /// The choice, or the entry of a list.
    pub choice: Option<usize>,
}

impl Place {
    /// An event.
    pub fn at(height: u64) -> Place {
        Place {
            event: Some(height),
            ..Place::default()
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let question = self.question.map(|place| place.to_string());
        let choice = self.choice.map(|place| place.to_string());
        let words = [
            ("event", self.event.map(|number| number.to_string())),
            ("ballot", self.ballot.map(|number| number.to_string())),
            ("trustee", self.trustee.map(|number| number.to_string())),
            ("question", question),
            ("choice", choice),
        ];
        let mut parts = words
            .into_iter()
            .filter_map(|(word, number)| Some(format!("{word} {}", number?)))
            .peekable();
        if parts.peek().is_none() {
            return f.write_str("archive");
        }
        f.write_str(&parts.collect::<Vec<_>>().join(", "))
    }
}

/// Something that does not hold, and where.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Failure {
    /// Where.
    pub place: Place,
    /// Why.
    pub refusal: Refusal,
}

impl Failure {
    /// Where an archive begins.
    pub(super) fn at_start(refusal: Refusal) -> Failure {
        let place = Place::at(0);
        Failure { place, refusal }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}: {} ({})",
            self.place,
            self.refusal,
            self.refusal.code()
        )
    }
}

/// The outcome of a check.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// φ of the election.
    pub election: Option<String>,
    /// Credentials on the list.
    pub voters: u64,
    /// Ballots in the archive.
    pub ballots: u64,
    /// Ballots that were checked; the same number in every report that is accepted.
    pub checked: u64,
    /// Of these, ballots that were checked with the hints of the sidecar.
    pub hinted: u64,
    /// Signed checkpoints of the sidecar that hold.
    pub checkpoints: u64,
    /// The key under which the sidecar's checkpoints are signed.
    pub key: Option<[u8; 32]>,
    /// Ballots that count: the last one of each credential.
    pub counted: u64,
    /// The weight of those.
    pub weight: u64,
    /// Persons who hold a part of the election's key.
    pub trustees: u64,
    /// Of these, persons who shuffled; none where no ballot was to be shuffled, or none yet is.
    /// The order of the ballots is hidden as long as one of these tells nobody.
    pub shufflers: Option<u64>,
    /// The result, which is that of the tally when there is no failure.
    pub result: Option<ElectionResult>,
    /// All that does not hold.
    pub failures: Vec<Failure>,
}

impl Report {
    /// Whether all of the archive holds.
    #[must_use]
    pub fn is_accepted(&self) -> bool {
        self.failures.is_empty() && self.checked == self.ballots && self.election.is_some()
    }

    pub(super) fn fail(&mut self, place: Place, refusal: Refusal) {
        self.failures.push(Failure { place, refusal });
    }
}
