//! Ballots that are cast into an archive that is kept with its sidecar.
//!
//! What is always true here: a ballot costs what the ballot costs and a reading of the sidecar, not
//! a reading of the box. Of the archive its beginning is read, where the election is fixed, and its
//! last event, which names all others; which ballots stand between them the sidecar says, whose
//! records hang on one another and end with a checkpoint over that event. What lies between the
//! ends is looked at by whoever ends the ballots and by everybody who verifies.

use crate::archive;
use crate::ballot::Ballot;
use crate::ballot::Finding;
use crate::ballot::Head;
use crate::board::Board;
use crate::board::NotWritten;
use crate::credential::place_of;
use crate::election::Election;
use crate::events::Course;
use crate::events::Event;
use crate::events::EventKind;
use crate::group::Group;
use crate::hash::Hash;
use crate::hints::Hints;
use crate::json::Canonical;
use crate::refusal::Refusal;
use crate::reopened::astray;
use crate::reopened::setup_names;
use crate::sealing::bounds;
use crate::sidecar::BallotRecord;
use crate::sidecar::Begun;
use crate::sidecar::Keeper;
use crate::verify::report::Failure;
use crate::verify::report::Place;
use crate::verify::steps::Step;
use crate::verify::steps::Steps;
use std::collections::BTreeSet;
use std::io::Read;
use std::io::Seek;

/// An election that is open for ballots.
#[derive(Debug)]
pub struct Casting<G: Group> {
    election: Election<G>,
    /// The public credentials, as they stand in the archive.
    list: Vec<u8>,
    board: Board<Vec<u8>>,
    begun: Begun,
    cast: BTreeSet<Hash>,
    taken: Vec<Taken>,
}

/// What the sidecar will say of a ballot.
#[derive(Debug)]
struct Taken {
    event: Hash,
    voter: u64,
    ballot: Hash,
    hints: Hints,
}

/// What casting adds, and what there is then.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Added {
    /// To the archive.
    pub archive: Vec<u8>,
    /// To the sidecar.
    pub sidecar: Vec<u8>,
    /// Ballots that were cast, those that were replaced too.
    pub ballots: u64,
    /// Ballots that count.
    pub counted: u64,
}

fn failure(place: Place, refusal: Refusal) -> Failure {
    Failure { place, refusal }
}

impl<G: Group> Casting<G> {
    /// Reads both ends of an archive, and its sidecar.
    ///
    /// # Errors
    /// What is broken, with its place; what [`Begun::read`] and [`Begun::stands`] refuse.
    pub fn open<S: Read + Seek>(mut archive: S, sidecar: impl Read) -> Result<Self, Failure> {
        let at_start = |refusal| failure(Place::at(0), refusal);
        let reading = |_| at_start(Refusal::Reading);
        archive.rewind().map_err(reading)?;
        let reader = archive::Reader::open(&mut archive).map_err(at_start)?;
        let timestamp = reader.timestamp();
        archive.rewind().map_err(reading)?;
        let mut steps = Steps::open(&mut archive).map_err(at_start)?;
        let step = steps.next().unwrap_or(Err(Refusal::Unfinished));
        let (election, list) = step.and_then(setup::<G>).map_err(at_start)?;
        let mut cast = BTreeSet::new();
        let seen = &mut |record: &BallotRecord| {
            cast.insert(record.ballot);
        };
        let bounds = bounds::<G>(election.questions());
        let begun = Begun::read(sidecar, &election.hash(), bounds, seen).map_err(astray)?;
        let place = Place::at(begun.state().height);
        let last = archive::Reader::last(archive).map_err(|why| failure(place, why))?;
        let event = Event::from_bytes(&last.body).map_err(|_| failure(place, Refusal::Stray))?;
        begun.stands(event.height, &last.hash).map_err(astray)?;
        let course = Course::after(&event, last.hash, election.is_shuffled());
        Ok(Casting {
            election,
            list,
            board: Board::resume(Vec::new(), timestamp, course),
            begun,
            cast,
            taken: Vec::new(),
        })
    }

    /// The election.
    pub fn election(&self) -> &Election<G> {
        &self.election
    }

    /// The place of a credential in the list, counted from 0.
    ///
    /// # Errors
    /// `UnknownCredential`; `Form` of the list.
    pub fn voter(&self, credential: &str) -> Result<u64, Refusal> {
        place_of(&self.list, credential)?.ok_or(Refusal::UnknownCredential)
    }

    /// Checks a ballot and takes it as cast. A ballot of a voter who has cast one replaces it.
    ///
    /// # Errors
    /// Every reason: `Order` once the ballots have ended, `Form`, `OtherElection`,
    /// `UnknownCredential`, `CastTwice`, and each proof that does not hold.
    pub fn cast(&mut self, bytes: &[u8]) -> Result<(), Vec<Failure>> {
        let whole = |refusal| vec![failure(Place::default(), refusal)];
        let last = self.board.course().last();
        if !matches!(last, Some(EventKind::Setup | EventKind::Ballot)) {
            return Err(whole(Refusal::Order));
        }
        let head = Head::from_bytes(bytes).map_err(whole)?;
        if !head.is_of(&self.election) {
            return Err(whole(Refusal::OtherElection));
        }
        let voter = self.voter(head.credential).map_err(whole)?;
        let hash = Hash::of(bytes);
        if self.cast.contains(&hash) {
            return Err(whole(Refusal::CastTwice));
        }
        let ballot = Ballot::from_bytes(&self.election, bytes).map_err(whole)?;
        let found = ballot.verify(&self.election);
        if !found.is_empty() {
            let failed = |one: &Finding| {
                let place = Place {
                    question: one.question,
                    choice: one.choice,
                    ..Place::default()
                };
                failure(place, one.refusal)
            };
            return Err(found.iter().map(failed).collect());
        }
        let text = std::str::from_utf8(bytes).map_err(|_| whole(Refusal::Form))?;
        let written = self.board.act(EventKind::Ballot, &[text]);
        written.map_err(|why| match why {
            NotWritten::Refused(refusal) => whole(refusal),
            NotWritten::Writing(_) => whole(Refusal::TooLarge),
        })?;
        self.cast.insert(hash);
        self.taken.push(Taken {
            event: self.board.course().head().unwrap_or(hash),
            voter,
            ballot: hash,
            hints: Hints::make(&self.election, &ballot),
        });
        Ok(())
    }

    /// What all ballots that were taken add to both files, sealed with the secret of the key of
    /// the checkpoints.
    ///
    /// # Errors
    /// `SidecarKey` for another key.
    pub fn added(self, seed: &[u8; 32]) -> Result<Added, NotWritten> {
        let mut keeper = Keeper::resume(Vec::new(), self.begun, seed)?;
        for one in self.taken {
            keeper.ballot(one.event, (one.voter, one.ballot), one.hints)?;
        }
        let state = *keeper.state();
        Ok(Added {
            archive: self.board.into_inner(),
            sidecar: keeper.into_inner()?,
            ballots: state.ballots,
            counted: state.voters,
        })
    }
}

/// The election and its list of credentials, which were checked when they were fixed.
fn setup<G: Group>(step: Step) -> Result<(Election<G>, Vec<u8>), Refusal> {
    if let Some(refusal) = step.refusals.first() {
        return Err(*refusal);
    }
    let Ok([description, trustees, credentials, names]) = <[_; 4]>::try_from(step.objects) else {
        return Err(Refusal::Stray);
    };
    let expected = setup_names(description.hash, trustees.hash, credentials.hash);
    if names.body != expected.as_bytes() {
        return Err(Refusal::Stray);
    }
    let election = Election::from_bytes(&description.body)?;
    Ok((election, credentials.body))
}
