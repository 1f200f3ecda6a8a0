//! The ballots of an archive: which of them count, and whether each holds.

use crate::ballot::Ballot;
use crate::ballot::Finding;
use crate::ballot::Head;
use crate::events::EventKind;
use crate::group::Element;
use crate::group::Group;
use crate::hash::Hash;
use crate::hints::Batch;
use crate::hints::Hints;
use crate::refusal::Refusal;
use crate::tally::Tally;
use crate::verify::report::Failure;
use crate::verify::report::Place;
use crate::verify::setup::Setup;
use crate::verify::steps::Object;
use crate::verify::steps::Steps;
use std::collections::BTreeSet;
use std::io::Read;

/// What the first reading finds: which ballot of each credential counts, and where one may have
/// been cast twice.
///
/// It holds 8 bytes for each credential; and while it reads, 8 for each ballot.
#[derive(Debug, Default)]
pub(super) struct Census {
    /// For each credential, by its place in the list, the number of its last ballot, counted from
    /// 1; 0 where there is none.
    last: Vec<u64>,
    /// The credentials with more than one ballot.
    again: BTreeSet<usize>,
    /// The beginnings of hashes that more than one ballot has: of ballots that are alike, and of
    /// hardly any others. Whether they are alike is found in the second reading.
    alike: BTreeSet<u64>,
}

impl Census {
    pub fn take<R: Read>(
        steps: &mut Steps<R>,
        credentials: usize,
        lookup: impl Fn(&Head<'_>) -> Option<(usize, u64)>,
    ) -> Census {
        let mut census = Census {
            last: vec![0; credentials],
            ..Census::default()
        };
        let mut number = 0;
        let mut beginnings = Vec::new();
        for step in steps.map_while(Result::ok) {
            // An event out of order does not hide the ballots after it.
            if step.event.kind != EventKind::Ballot {
                continue;
            }
            number += 1;
            if let Some(object) = step.objects.last() {
                beginnings.push(beginning(&object.hash));
                let head = Head::from_bytes(&object.body).ok();
                if let Some((place, _)) = head.and_then(|head| lookup(&head)) {
                    census.cast(place, number);
                }
            }
        }
        beginnings.sort_unstable();
        let pairs = beginnings.windows(2);
        let alike = pairs.filter(|pair| pair[0] == pair[1]).map(|pair| pair[0]);
        census.alike = alike.collect();
        census
    }

    fn cast(&mut self, place: usize, number: u64) {
        let Some(last) = self.last.get_mut(place) else {
            return;
        };
        if std::mem::replace(last, number) > 0 {
            self.again.insert(place);
        }
    }

    /// Whether the ballot with this number, counted from 1, is the one that counts.
    fn counts(&self, place: usize, number: u64) -> bool {
        self.last.get(place) == Some(&number)
    }

    /// Whether this credential has more than one ballot.
    pub fn is_again(&self, place: usize) -> bool {
        self.again.contains(&place)
    }

    /// Whether another ballot may have this hash.
    pub fn may_be_alike(&self, ballot: &Hash) -> bool {
        self.alike.contains(&beginning(ballot))
    }
}

/// The first eight bytes.
fn beginning(hash: &Hash) -> u64 {
    let bytes = hash.0.first_chunk::<8>();
    bytes.map_or(0, |bytes| u64::from_be_bytes(*bytes))
}

/// The place and weight of whoever cast a ballot.
pub(super) type Voter = Result<(usize, u64), Refusal>;

/// A ballot that waits to be checked.
pub(super) struct Waiting {
    pub height: u64,
    pub number: u64,
    pub object: Object,
    pub voter: Voter,
    /// Whether the same ballot stands before it.
    pub twice: bool,
    /// What the sidecar says to make its check cheap.
    pub hints: Option<Hints>,
}

impl Waiting {
    fn place(&self) -> Place {
        Place {
            ballot: Some(self.number + 1),
            ..Place::at(self.height)
        }
    }
}

/// Ballots that were checked.
pub(super) struct Checked<G: Group> {
    pub checked: u64,
    /// Of these, with their hints.
    pub hinted: u64,
    pub tally: Tally<G>,
    pub failures: Vec<Failure>,
}

impl<G: Group> Setup<G> {
    /// The place and weight of whoever cast the ballot, before anything is computed.
    pub(super) fn voter(&self, body: &[u8]) -> Voter {
        let head = Head::from_bytes(body)?;
        if !head.is_of(&self.election) {
            return Err(Refusal::OtherElection);
        }
        let found = self.roster.find(head.credential);
        found.ok_or(Refusal::UnknownCredential)
    }

    /// Checks ballots, together with their hints if there is chance for the weights; whatever does
    /// not hold together is checked one by one, without hints.
    pub(super) fn check_all(
        &self,
        census: &Census,
        ballots: &[Waiting],
        chance: Option<[u8; 32]>,
    ) -> Checked<G> {
        let mut done = Checked {
            checked: 0,
            hinted: 0,
            tally: Tally::new(self.election.questions()),
            failures: Vec::new(),
        };
        let none = || ballots.iter().map(|_| None).collect();
        let mut together = chance.map_or_else(none, |chance| self.together(ballots, &chance));
        for (waiting, taken) in ballots.iter().zip(together.iter_mut()) {
            done.checked += 1;
            done.hinted += u64::from(taken.is_some());
            let alone = taken.is_none();
            let count = done.failures.len();
            self.check(census, waiting, taken.take(), &mut done);
            if let (true, Some(chance), true) = (alone, chance, count == done.failures.len()) {
                self.hinted_wrongly(waiting, &chance, &mut done);
            }
        }
        done
    }

    /// The ballots that hold with their hints.
    fn together(&self, ballots: &[Waiting], chance: &[u8; 32]) -> Vec<Option<Ballot<G>>> {
        let mut batch = Batch::new(&self.election);
        let mut take = |waiting: &Waiting| {
            let credential = credential(waiting).ok()?;
            let credential = (&credential.0, credential.1);
            batch.take(&waiting.object.body, credential, waiting.hints.as_ref()?)
        };
        let taken: Vec<Option<Ballot<G>>> = ballots.iter().map(&mut take).collect();
        if batch.holds(chance) {
            return taken;
        }
        ballots.iter().map(|_| None).collect()
    }

    /// Says of a ballot that holds by itself whether its own hints are wrong; where there are none
    /// it was said of the sidecar.
    fn hinted_wrongly(&self, waiting: &Waiting, chance: &[u8; 32], done: &mut Checked<G>) {
        let alone = self.together(std::slice::from_ref(waiting), chance);
        if waiting.hints.is_some() && alone.iter().all(Option::is_none) {
            done.failures.push(Failure {
                place: waiting.place(),
                refusal: Refusal::Hint,
            });
        }
    }

    /// Reads and verifies a ballot whose credential stands in the list.
    fn listed(&self, waiting: &Waiting) -> Result<(Ballot<G>, Vec<Finding>), Refusal> {
        let (key, text) = credential::<G::Element>(waiting)?;
        Ballot::from_listed(&self.election, &waiting.object.body, (&key, text))
    }

    /// Checks one ballot, and adds it up if it is the one that counts. `taken` is the ballot when
    /// it holds already.
    fn check(
        &self,
        census: &Census,
        waiting: &Waiting,
        taken: Option<Ballot<G>>,
        done: &mut Checked<G>,
    ) {
        let place = waiting.place();
        let failures = &mut done.failures;
        let mut fail = |place, refusal| failures.push(Failure { place, refusal });
        if waiting.twice {
            fail(place, Refusal::CastTwice);
        }
        let (voter, weight) = match waiting.voter {
            Ok(voter) => voter,
            Err(refusal) => return fail(place, refusal),
        };
        let ballot = match taken {
            Some(ballot) => ballot,
            None => match self.listed(waiting) {
                Ok((ballot, found)) => {
                    for finding in found {
                        let place = Place {
                            question: finding.question,
                            choice: finding.choice,
                            ..place
                        };
                        fail(place, finding.refusal);
                    }
                    ballot
                }
                Err(refusal) => return fail(place, refusal),
            },
        };
        if census.counts(voter, waiting.number + 1)
            && let Err(refusal) = done.tally.add(&ballot, weight)
        {
            fail(place, refusal);
        }
    }
}

/// The credential of a ballot, and its text: it stands in the list, of which every text was read
/// with the check of membership.
fn credential<E: Element>(waiting: &Waiting) -> Result<(E, &str), Refusal> {
    waiting.voter?;
    let text = Head::from_bytes(&waiting.object.body)?.credential;
    Ok((E::read_known(text)?, text))
}
