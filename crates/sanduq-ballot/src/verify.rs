//! Checking a whole archive, from its first byte to its last.
//!
//! Two readings: the first finds for each credential the ballot that counts, the second checks
//! everything. What is always true here: every failure is told with its place, not only the first;
//! every ballot of the archive is checked, and the report says how many; the outcome is the same on
//! any number of threads.
//!
//! Memory is that of a batch of ballots; of 44 bytes for each credential, and 8 for each ballot
//! while the first reading lasts; of some 100 more for each credential that was used more than
//! once; and of the list of credentials as it is published, while that is read (67 bytes each in
//! Ed25519). Ballots that are shuffled are held, as the shuffle asks for.

mod ballots;
mod beside;
pub mod report;
mod setup;
pub mod sizes;
pub mod steps;

use crate::bound::BoundDecryption;
use crate::decryption::Owned;
use crate::decryption::PartialDecryption;
use crate::election::group_named;
use crate::events::EventKind;
use crate::group::Group;
use crate::group::ed25519::Ed25519;
use crate::group::field::Belenios2048;
use crate::group::field::Rfc3526;
use crate::hash::Hash;
use crate::hints::Hints;
use crate::json::Canonical;
use crate::refusal::Refusal;
use crate::result::Decryptions;
use crate::result::ElectionResult;
use crate::result::combine;
use crate::shuffle::Context;
use crate::shuffle::Generators;
use crate::shuffle::Shuffle;
use crate::sidecar::Spoken;
use crate::tally::Ciphertexts;
use crate::tally::SizedTally;
use crate::tally::Tally;
use crate::tally::ciphertexts_from;
use crate::tally::ciphertexts_text;
use crate::verify::ballots::Census;
use crate::verify::ballots::Voter;
use crate::verify::ballots::Waiting;
use crate::verify::beside::Beside;
use crate::verify::beside::Said;
use crate::verify::report::Failure;
use crate::verify::report::Place;
use crate::verify::report::Report;
use crate::verify::setup::Setup;
use crate::verify::sizes::Sizes;
use crate::verify::steps::Object;
use crate::verify::steps::Step;
use crate::verify::steps::Steps;
use rayon::prelude::ParallelIterator;
use rayon::prelude::ParallelSlice;
use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::io::Read;
use std::io::Seek;

/// Ballots that are held at once.
const BATCH: usize = 1024;
/// Ballots that one thread takes at once.
const CHUNK: usize = 8;
/// Ballots that one thread takes at once when they are checked together: enough for the sum to be
/// cheap, few enough for eight threads to have some.
const TOGETHER: usize = 128;

/// What is asked of an archive.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// Takes an archive that ends before the result.
    pub unfinished: bool,
}

/// Checks an archive; `progress` is told the number of ballots checked so far, now and then.
#[must_use]
pub fn verify<R: Read + Seek>(
    source: R,
    options: Options,
    progress: &mut dyn FnMut(u64),
) -> Report {
    checked(source, None, options, progress)
}

/// A sidecar, and what the verifier brings to its check.
pub struct Sidecar<'a> {
    /// The file.
    pub source: &'a mut dyn Read,
    /// Drawn for this check: the weights under which ballots are checked together hang on it.
    pub chance: [u8; 32],
    /// The key of the checkpoints, where it is known from elsewhere.
    pub key: Option<[u8; 32]>,
}

/// Checks an archive together with its sidecar, all of which must hold.
#[must_use]
pub fn verify_with<R: Read + Seek>(
    source: R,
    sidecar: Sidecar<'_>,
    options: Options,
    progress: &mut dyn FnMut(u64),
) -> Report {
    checked(source, Some(sidecar), options, progress)
}

fn checked<R: Read + Seek>(
    mut source: R,
    sidecar: Option<Sidecar<'_>>,
    options: Options,
    progress: &mut dyn FnMut(u64),
) -> Report {
    let mut report = Report::default();
    let name = Steps::first(&mut source).and_then(|step| {
        let description = step.objects.first().ok_or(Refusal::Stray)?;
        group_named(&description.body)
    });
    let asked = (options, progress);
    let known = match name.as_deref() {
        Ok(Ed25519::NAME) => verify_in::<Ed25519, R>(source, sidecar, asked, &mut report),
        Ok(Belenios2048::NAME) => verify_in::<Belenios2048, R>(source, sidecar, asked, &mut report),
        Ok(Rfc3526::NAME) => verify_in::<Rfc3526, R>(source, sidecar, asked, &mut report),
        Ok(_) => Err(Failure::at_start(Refusal::UnknownGroup)),
        Err(refusal) => Err(Failure::at_start(*refusal)),
    };
    report.failures.extend(known.err());
    report
}

fn verify_in<G: Group, R: Read + Seek>(
    mut source: R,
    sidecar: Option<Sidecar<'_>>,
    (options, progress): (Options, &mut dyn FnMut(u64)),
    report: &mut Report,
) -> Result<(), Failure> {
    let first = Steps::first(&mut source).map_err(Failure::at_start)?;
    let setup = Setup::<G>::read(&first, report).map_err(Failure::at_start)?;
    drop(first);
    let election = &setup.election;
    let sizes = Sizes::of(election);
    let credentials = setup.roster.count();
    let mut steps = Steps::again(&mut source, sizes)?;
    let census = Census::take(&mut steps, credentials, |head| {
        let own = head.is_of(election);
        own.then(|| setup.roster.find(head.credential)).flatten()
    });
    let mut steps = Steps::again(&mut source, sizes)?;
    steps.set_shuffled(election.is_shuffled());
    let points = Hints::count::<G>(election.questions());
    let beside =
        sidecar.map(|one| Beside::new(one, election.hash(), election.is_shuffled(), points));
    let mut verifier = Verifier::new((&setup, &census), beside, progress, report);
    let mut ended = Ok(());
    while let Some(step) = steps.next() {
        match step {
            Ok(step) => verifier.step(&step),
            // After it nothing is read: its place is that of the event that was to come.
            Err(refusal) => {
                let place = Place::at(steps.next_height());
                ended = Err(Failure { place, refusal });
            }
        }
    }
    verifier.flush();
    verifier.end();
    ended?;
    let place = Place::default();
    let end = steps.end(options.unfinished);
    end.map_err(|refusal| Failure { place, refusal })
}

/// The second reading.
struct Verifier<'a, 's, G: Group> {
    setup: &'a Setup<G>,
    census: &'a Census,
    progress: &'a mut dyn FnMut(u64),
    report: &'a mut Report,
    beside: Option<Beside<'s>>,
    waiting: Vec<Waiting>,
    /// Ballots of which there may be another one.
    seen: BTreeSet<Hash>,
    tally: Tally<G>,
    ciphertexts: Ciphertexts<G>,
    decryptions: Decryptions<G>,
    shufflers: BTreeSet<u64>,
    /// As many as the longest list that is shuffled has ciphertexts.
    generators: Option<Generators<G>>,
}

impl<'a, 's, G: Group> Verifier<'a, 's, G> {
    fn new(
        (setup, census): (&'a Setup<G>, &'a Census),
        beside: Option<Beside<'s>>,
        progress: &'a mut dyn FnMut(u64),
        report: &'a mut Report,
    ) -> Self {
        Verifier {
            setup,
            census,
            progress,
            report,
            beside,
            waiting: Vec::new(),
            seen: BTreeSet::new(),
            tally: Tally::new(setup.election.questions()),
            ciphertexts: Vec::new(),
            decryptions: BTreeMap::new(),
            shufflers: BTreeSet::new(),
            generators: None,
        }
    }

    fn step(&mut self, step: &Step) {
        let place = Place::at(step.event.height);
        for refusal in &step.refusals {
            self.report.fail(place, *refusal);
        }
        let ballot = step.objects.last();
        let ballot = ballot.filter(|_| step.event.kind == EventKind::Ballot);
        let unknown = Err(Refusal::UnknownCredential);
        let voter = ballot.map_or(unknown, |ballot| self.setup.voter(&ballot.body));
        let said = self.said(step, voter);
        if step.objects.len() != step.event.kind.objects() {
            return;
        }
        match (step.event.kind, step.objects.as_slice()) {
            (EventKind::Ballot, [ballot]) => {
                self.ballot(step.event.height, ballot, (voter, said.hints));
            }
            (EventKind::EndBallots, _) => self.flush(),
            (EventKind::EncryptedTally, [tally, sized]) => self.tally(place, tally, sized),
            (EventKind::Shuffle, [shuffle, owned]) => self.shuffle(place, shuffle, owned),
            (EventKind::PartialDecryption, [decryption, owned]) => {
                self.decryption(place, decryption, owned, said.proofs.as_deref());
            }
            (EventKind::Result, [result]) => self.result(place, result),
            _ => {}
        }
    }

    /// What the sidecar says of an event; `voter` is whoever cast, where it is a ballot.
    fn said(&mut self, step: &Step, voter: Voter) -> Said {
        let Some(beside) = &mut self.beside else {
            return Said::default();
        };
        let mut place = Place::at(step.event.height);
        let (mut cast, mut again) = (None, false);
        if step.event.kind == EventKind::Ballot {
            place.ballot = Some(self.report.ballots + 1);
            let object = step.objects.last();
            cast = object.and_then(|object| {
                let (voter, _) = voter.ok()?;
                again = self.census.is_again(voter);
                Some((u64::try_from(voter).ok()?, object.hash))
            });
        }
        let spoken = Spoken {
            height: step.event.height,
            event: step.hash,
        };
        let mut found = Vec::new();
        let said = beside.take(step.event.kind, spoken, (cast, again), &mut found);
        for refusal in found {
            self.report.fail(place, refusal);
        }
        said
    }

    /// The sidecar ends with the archive.
    fn end(&mut self) {
        if let Some(beside) = &mut self.beside {
            let mut found = Vec::new();
            beside.end(&mut found);
            self.report.key = beside.key();
            self.report.checkpoints = beside.checkpoints();
            for refusal in found {
                self.report.fail(Place::default(), refusal);
            }
        }
    }

    fn ballot(&mut self, height: u64, object: &Object, (voter, hints): (Voter, Option<Hints>)) {
        let alike = self.census.may_be_alike(&object.hash);
        let twice = alike && !self.seen.insert(object.hash);
        self.waiting.push(Waiting {
            height,
            number: self.report.ballots,
            object: object.clone(),
            voter,
            twice,
            hints,
        });
        self.report.ballots += 1;
        if self.waiting.len() == BATCH {
            self.flush();
        }
    }

    /// Checks the ballots that wait.
    fn flush(&mut self) {
        let waiting = std::mem::take(&mut self.waiting);
        let (setup, census) = (self.setup, self.census);
        let chance = self.beside.as_ref().map(|beside| beside.chance);
        let together = chance.filter(|_| G::HAS_EIGHTHS);
        let size = if together.is_some() { TOGETHER } else { CHUNK };
        let check = |ballots: &[Waiting]| setup.check_all(census, ballots, together);
        let parts: Vec<_> = waiting.par_chunks(size).map(check).collect();
        for part in parts {
            self.report.checked += part.checked;
            self.report.hinted += part.hinted;
            self.report.failures.extend(part.failures);
            if let Err(refusal) = self.tally.merge(part.tally) {
                self.report.fail(Place::default(), refusal);
            }
        }
        (self.progress)(self.report.checked);
    }

    fn tally(&mut self, place: Place, stored: &Object, sized: &Object) {
        let empty = Tally::new(self.setup.election.questions());
        let tally = std::mem::replace(&mut self.tally, empty);
        (self.report.counted, self.report.weight) = (tally.ballots(), tally.weight());
        self.ciphertexts = tally.finish();
        if let Some(beside) = &mut self.beside {
            beside.set_ciphertexts(self.ciphertexts.iter().map(Vec::len).sum());
        }
        if ciphertexts_text::<G>(&self.ciphertexts).as_bytes() != stored.body {
            self.report.fail(place, Refusal::Tally);
            // What comes after is about the tally as it was published.
            match ciphertexts_from::<G>(&stored.body, &self.ciphertexts) {
                Ok(published) => self.ciphertexts = published,
                Err(refusal) => self.report.fail(place, refusal),
            }
        }
        let expected = SizedTally {
            ballots: self.report.counted,
            weight: self.report.weight,
            tally: stored.hash,
        };
        if expected.to_text().as_bytes() != sized.body {
            self.report.fail(place, Refusal::TallySize);
        }
    }

    /// The owner of an object, unless it is nobody.
    fn owner(&mut self, place: Place, object: &Object, owned: &Object) -> Option<(u64, Place)> {
        let owned = match Owned::from_bytes(&owned.body) {
            Ok(owned) => owned,
            Err(refusal) => {
                self.report.fail(place, refusal);
                return None;
            }
        };
        let trustee = Some(owned.owner);
        let place = Place { trustee, ..place };
        if owned.payload != object.hash {
            self.report.fail(place, Refusal::Stray);
        }
        if self.setup.trustees.key(owned.owner).is_none() {
            self.report.fail(place, Refusal::UnknownTrustee);
            return None;
        }
        Some((owned.owner, place))
    }

    fn shuffle(&mut self, place: Place, object: &Object, owned: &Object) {
        let Some((owner, place)) = self.owner(place, object, owned) else {
            return;
        };
        if !self.shufflers.insert(owner) {
            self.report.fail(place, Refusal::TrusteeTwice);
        }
        self.report.shufflers = u64::try_from(self.shufflers.len()).ok();
        let shuffle = match Shuffle::<G>::from_bytes(&object.body) {
            Ok(shuffle) => shuffle,
            Err(refusal) => return self.report.fail(place, refusal),
        };
        let questions = self.setup.election.questions();
        let shuffled: Vec<usize> = (0..questions.len())
            .filter(|place| questions[*place].is_shuffled())
            .collect();
        let lists = |place: &usize| self.ciphertexts.get(*place).cloned().unwrap_or_default();
        let input: Ciphertexts<G> = shuffled.iter().map(lists).collect();
        let longest = input.iter().map(Vec::len).max().unwrap_or(0);
        let context = Context {
            election: self.setup.election.fingerprint(),
            key: self.setup.election.key(),
            generators: self
                .generators
                .get_or_insert_with(|| Generators::new(longest)),
        };
        for (list, refusal) in shuffle.verify(&context, &input) {
            let question = list.and_then(|list| shuffled.get(list)).copied();
            self.report.fail(Place { question, ..place }, refusal);
        }
        // What comes after is about the list as it was published, even when its proof is refused.
        for (place, list) in shuffled.iter().zip(shuffle.ciphertexts) {
            if let Some(part) = self.ciphertexts.get_mut(*place) {
                *part = list;
            }
        }
    }

    fn decryption(&mut self, place: Place, object: &Object, owned: &Object, proofs: Option<&str>) {
        let Some((owner, place)) = self.owner(place, object, owned) else {
            return;
        };
        let key = self.setup.trustees.key(owner).map(|key| key.public_key);
        let read = PartialDecryption::from_bytes(&object.body, &self.ciphertexts);
        let (Some(key), Ok(decryption)) = (key, &read) else {
            self.report
                .fail(place, read.err().unwrap_or(Refusal::UnknownTrustee));
            return;
        };
        for ((question, choice), refusal) in
            decryption.verify(&self.setup.election, &key, &self.ciphertexts)
        {
            let place = Place {
                question,
                choice,
                ..place
            };
            self.report.fail(place, refusal);
        }
        if let Some(proofs) = proofs {
            for (question, choice) in self.unbound(owner, &key, decryption, proofs) {
                let place = Place {
                    question,
                    choice,
                    ..place
                };
                self.report.fail(place, Refusal::BoundProof);
            }
        }
        if self.decryptions.contains_key(&owner) {
            self.report.fail(place, Refusal::TrusteeTwice);
        }
        self.decryptions
            .extend(read.ok().map(|decryption| (owner, decryption)));
    }

    /// The factors without a proof over their whole statement.
    fn unbound(
        &self,
        owner: u64,
        key: &G::Element,
        decryption: &PartialDecryption<G>,
        proofs: &str,
    ) -> Vec<(Option<usize>, Option<usize>)> {
        let election = self.setup.election.fingerprint();
        match BoundDecryption::<G>::from_bytes(proofs.as_bytes()) {
            Ok(bound) if bound.owner == owner => {
                let found = bound.verify(election, key, &self.ciphertexts, &decryption.factors);
                found.into_iter().map(|(place, _)| place).collect()
            }
            _ => vec![(None, None)],
        }
    }

    fn result(&mut self, place: Place, object: &Object) {
        let questions = self.setup.election.questions();
        let read = ElectionResult::from_bytes(&object.body, questions);
        let factors = combine(&self.setup.trustees, &self.decryptions, &self.ciphertexts);
        match (read, factors) {
            (Ok(result), Ok(factors)) => {
                let wrong = result.verify::<G>(questions, &self.ciphertexts, &factors);
                for (question, choice) in wrong {
                    let question = Some(question);
                    let place = Place {
                        question,
                        choice,
                        ..place
                    };
                    self.report.fail(place, Refusal::Result);
                }
                self.report.result = Some(result);
            }
            (read, factors) => {
                let refusals = [read.err(), factors.err()];
                refusals
                    .into_iter()
                    .flatten()
                    .for_each(|one| self.report.fail(place, one));
            }
        }
    }
}
