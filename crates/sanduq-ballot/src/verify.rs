//! Checking a whole archive, from its first byte to its last.
//!
//! Two readings: the first finds for each credential the ballot that counts, the second checks
//! everything. What is always true here: every failure is told with its place, not only the first;
//! every ballot of the archive is checked, and the report says how many; memory is that of a batch
//! of ballots, of 40 bytes for each ballot and of the list of credentials; the outcome is the same
//! on any number of threads.

pub mod report;
pub mod steps;

use crate::ballot::Ballot;
use crate::ballot::Head;
use crate::credential::Credentials;
use crate::decryption::Owned;
use crate::decryption::PartialDecryption;
use crate::election::Election;
use crate::election::group_named;
use crate::events::EventKind;
use crate::group::Group;
use crate::group::ed25519::Ed25519;
use crate::group::field::Belenios2048;
use crate::group::field::Rfc3526;
use crate::hash::Hash;
use crate::json::Canonical;
use crate::refusal::Refusal;
use crate::result::Decryptions;
use crate::result::ElectionResult;
use crate::result::combine;
use crate::shuffle::Context;
use crate::shuffle::Generators;
use crate::shuffle::Shuffle;
use crate::tally::Ciphertexts;
use crate::tally::SizedTally;
use crate::tally::Tally;
use crate::tally::ciphertexts_from;
use crate::tally::ciphertexts_text;
use crate::trustees::Trustees;
use crate::verify::report::Failure;
use crate::verify::report::Place;
use crate::verify::report::Report;
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

/// What is asked of an archive.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// Takes an archive that ends before the result.
    pub unfinished: bool,
}

/// Checks an archive; `progress` is told the number of ballots checked so far, now and then.
#[must_use]
pub fn verify<R: Read + Seek>(
    mut source: R,
    options: Options,
    progress: &mut dyn FnMut(u64),
) -> Report {
    let mut report = Report::default();
    let name = first_step(&mut source).and_then(|step| {
        let description = step.objects.first().ok_or(Refusal::Stray)?;
        group_named(&description.body)
    });
    let known = match name.as_deref() {
        Ok(Ed25519::NAME) => verify_in::<Ed25519, R>(source, options, progress, &mut report),
        Ok(Belenios2048::NAME) => {
            verify_in::<Belenios2048, R>(source, options, progress, &mut report)
        }
        Ok(Rfc3526::NAME) => verify_in::<Rfc3526, R>(source, options, progress, &mut report),
        Ok(_) => Err(Refusal::UnknownGroup),
        Err(refusal) => Err(*refusal),
    };
    if let Err(refusal) = known {
        report.fail(Place::default(), refusal);
    }
    report
}

fn first_step<R: Read + Seek>(source: &mut R) -> Result<Step, Refusal> {
    source.rewind().map_err(|_| Refusal::Reading)?;
    Steps::open(source)?
        .next()
        .unwrap_or(Err(Refusal::Unfinished))
}

/// Which ballot of each credential counts, found in the first reading.
#[derive(Debug, Default)]
struct Census {
    /// The place of each ballot among the ballots; of those that are alike, the first.
    ballots: BTreeMap<Hash, u64>,
    /// For each credential, by its place in the list, its last ballot.
    last: BTreeMap<usize, u64>,
}

impl Census {
    fn take<R: Read>(
        steps: &mut Steps<R>,
        lookup: impl Fn(&Head<'_>) -> Option<(usize, u64)>,
    ) -> Census {
        let mut census = Census::default();
        let mut number = 0;
        for step in steps.map_while(Result::ok) {
            match step.event.kind {
                EventKind::Setup => {}
                EventKind::Ballot => {
                    if let Some(object) = step.objects.last() {
                        census.ballots.entry(object.hash).or_insert(number);
                        let head = Head::from_bytes(&object.body).ok();
                        let place = head.and_then(|head| lookup(&head));
                        census.last.extend(place.map(|(place, _)| (place, number)));
                    }
                    number += 1;
                }
                // An event out of order does not hide the ballots after it.
                _ => {}
            }
        }
        census
    }
}

fn verify_in<G: Group, R: Read + Seek>(
    mut source: R,
    options: Options,
    progress: &mut dyn FnMut(u64),
    report: &mut Report,
) -> Result<(), Refusal> {
    let setup = Setup::<G>::read(&first_step(&mut source)?, report)?;
    source.rewind().map_err(|_| Refusal::Reading)?;
    let census = Census::take(&mut Steps::open(&mut source)?, |head| {
        let own = head.is_of(&setup.election);
        own.then(|| setup.credentials.find(head.credential))
            .flatten()
    });
    source.rewind().map_err(|_| Refusal::Reading)?;
    let mut steps = Steps::open(&mut source)?;
    steps.set_shuffled(setup.election.is_shuffled());
    let mut verifier = Verifier::new(&setup, &census, progress, report);
    let mut ended = Ok(());
    for step in &mut steps {
        match step {
            Ok(step) => verifier.step(&step),
            Err(refusal) => ended = Err(refusal),
        }
    }
    verifier.flush();
    ended?;
    steps.end(options.unfinished)
}

/// What is fixed before the first ballot.
#[derive(Debug)]
struct Setup<G: Group> {
    election: Election<G>,
    trustees: Trustees<G>,
    credentials: Credentials<G>,
}

impl<G: Group> Setup<G> {
    fn read(step: &Step, report: &mut Report) -> Result<Setup<G>, Refusal> {
        let place = Place::at(step.event.height);
        let [election, trustees, credentials, names] = step.objects.as_slice() else {
            return Err(Refusal::Stray);
        };
        let expected = format!(
            "{{\"election\":\"{}\",\"trustees\":\"{}\",\"credentials\":\"{}\"}}",
            election.hash, trustees.hash, credentials.hash
        );
        if names.body != expected.as_bytes() {
            report.fail(place, Refusal::Stray);
        }
        let election = Election::<G>::from_bytes(&election.body)?;
        let trustees = Trustees::<G>::from_bytes(&trustees.body)?;
        let credentials = Credentials::<G>::from_bytes(&credentials.body)?;
        for (trustee, refusal) in trustees.verify(&election.description().public_key) {
            let trustee = trustee.and_then(|place| u64::try_from(place).ok());
            let trustee = trustee.map(|place| place + 1);
            report.fail(Place { trustee, ..place }, refusal);
        }
        let mut weights = credentials.entries().iter().map(|entry| entry.weight);
        if election.is_shuffled() && weights.any(|weight| weight.unwrap_or(1) > 1) {
            report.fail(place, Refusal::Weight);
        }
        report.election = Some(election.fingerprint().to_owned());
        report.voters = u64::try_from(credentials.entries().len()).unwrap_or(u64::MAX);
        Ok(Setup {
            election,
            trustees,
            credentials,
        })
    }
}

/// A ballot that waits to be checked.
struct Waiting {
    height: u64,
    number: u64,
    object: Object,
}

/// The second reading.
struct Verifier<'a, G: Group> {
    setup: &'a Setup<G>,
    census: &'a Census,
    progress: &'a mut dyn FnMut(u64),
    report: &'a mut Report,
    waiting: Vec<Waiting>,
    tally: Tally<G>,
    ciphertexts: Ciphertexts<G>,
    decryptions: Decryptions<G>,
    shufflers: BTreeSet<u64>,
    /// As many as the longest list that is shuffled has ciphertexts.
    generators: Option<Generators<G>>,
}

impl<'a, G: Group> Verifier<'a, G> {
    fn new(
        setup: &'a Setup<G>,
        census: &'a Census,
        progress: &'a mut dyn FnMut(u64),
        report: &'a mut Report,
    ) -> Self {
        Verifier {
            setup,
            census,
            progress,
            report,
            waiting: Vec::new(),
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
        if step.objects.len() != step.event.kind.objects() {
            return;
        }
        match (step.event.kind, step.objects.as_slice()) {
            (EventKind::Ballot, [ballot]) => self.ballot(step.event.height, ballot),
            (EventKind::EndBallots, _) => self.flush(),
            (EventKind::EncryptedTally, [tally, sized]) => self.tally(place, tally, sized),
            (EventKind::Shuffle, [shuffle, owned]) => self.shuffle(place, shuffle, owned),
            (EventKind::PartialDecryption, [decryption, owned]) => {
                self.decryption(place, decryption, owned);
            }
            (EventKind::Result, [result]) => self.result(place, result),
            _ => {}
        }
    }

    fn ballot(&mut self, height: u64, object: &Object) {
        self.waiting.push(Waiting {
            height,
            number: self.report.ballots,
            object: object.clone(),
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
        let check = |ballots: &[Waiting]| {
            let mut tally = Tally::new(setup.election.questions());
            let mut failures = Vec::new();
            for ballot in ballots {
                setup.check(census, ballot, &mut tally, &mut failures);
            }
            (ballots.len(), tally, failures)
        };
        let parts: Vec<_> = waiting.par_chunks(CHUNK).map(check).collect();
        for (checked, tally, failures) in parts {
            self.report.checked += u64::try_from(checked).unwrap_or(u64::MAX);
            self.report.failures.extend(failures);
            if let Err(refusal) = self.tally.merge(tally) {
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

    fn decryption(&mut self, place: Place, object: &Object, owned: &Object) {
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
        if self.decryptions.contains_key(&owner) {
            self.report.fail(place, Refusal::TrusteeTwice);
        }
        self.decryptions
            .extend(read.ok().map(|decryption| (owner, decryption)));
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

impl<G: Group> Setup<G> {
    /// The place and weight of whoever cast the ballot, before anything is computed.
    fn voter(&self, body: &[u8]) -> Result<(usize, u64), Refusal> {
        let head = Head::from_bytes(body)?;
        if !head.is_of(&self.election) {
            return Err(Refusal::OtherElection);
        }
        let found = self.credentials.find(head.credential);
        found.ok_or(Refusal::UnknownCredential)
    }

    /// Checks one ballot, and adds it up if it is the one that counts.
    fn check(
        &self,
        census: &Census,
        waiting: &Waiting,
        tally: &mut Tally<G>,
        failures: &mut Vec<Failure>,
    ) {
        let number = waiting.number;
        let place = Place {
            ballot: Some(number + 1),
            ..Place::at(waiting.height)
        };
        let mut fail = |place, refusal| failures.push(Failure { place, refusal });
        if census.ballots.get(&waiting.object.hash) != Some(&number) {
            fail(place, Refusal::CastTwice);
        }
        let body = &waiting.object.body;
        let (credential, weight) = match self.voter(body) {
            Ok(voter) => voter,
            Err(refusal) => return fail(place, refusal),
        };
        let ballot = match Ballot::from_bytes(&self.election, body) {
            Ok(ballot) => ballot,
            Err(refusal) => return fail(place, refusal),
        };
        for finding in ballot.verify(&self.election) {
            let place = Place {
                question: finding.question,
                choice: finding.choice,
                ..place
            };
            fail(place, finding.refusal);
        }
        if census.last.get(&credential) == Some(&number)
            && let Err(refusal) = tally.add(&ballot, weight)
        {
            fail(place, refusal);
        }
    }
}
