//! An archive that is read again, so that the election goes on where it stands.
//!
//! What is always true here: nothing goes on from an archive in which a record, a link, an order or
//! an object is broken; the first that is, is told with its place. Proofs are not looked at: an
//! archive from elsewhere is asked of [`verify`](crate::verify::verify) first. Memory is that of 80
//! bytes a ballot, of the list of credentials and of the encrypted tally.

use crate::archive;
use crate::ballot::Ballot;
use crate::ballot::Head;
use crate::board::Board;
use crate::credential::Credentials;
use crate::decryption::Owned;
use crate::decryption::PartialDecryption;
use crate::election::Election;
use crate::election::group_named;
use crate::encryption::Ciphertext;
use crate::events::Course;
use crate::events::EventKind;
use crate::group::Group;
use crate::hash::Hash;
use crate::json::Canonical;
use crate::question::Question;
use crate::refusal::Refusal;
use crate::result::Decryptions;
use crate::result::ElectionResult;
use crate::shuffle::Shuffle;
use crate::sidecar::Astray;
use crate::sidecar::Begun;
use crate::tally::Ciphertexts;
use crate::tally::SizedTally;
use crate::tally::Tally;
use crate::tally::ciphertexts_from;
use crate::trustees::Trustees;
use crate::verify::report::Failure;
use crate::verify::report::Place;
use crate::verify::steps::Object;
use crate::verify::steps::Step;
use crate::verify::steps::Steps;
use rayon::prelude::ParallelIterator;
use rayon::prelude::ParallelSlice;
use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::io::Read;
use std::io::Seek;
use std::io::Write;

/// Ballots that are held at once when they are added up.
const TOGETHER: usize = 1024;
/// Ballots that one thread takes of these.
const CHUNK: usize = 16;

/// An election as its archive has it.
#[derive(Clone, Debug)]
pub struct Reopened<G: Group> {
    election: Election<G>,
    trustees: Trustees<G>,
    credentials: Credentials<G>,
    timestamp: u64,
    course: Course,
    cast: BTreeSet<Hash>,
    /// For each credential, by its place in the list, its last ballot.
    last: BTreeMap<usize, Hash>,
    sized: Option<SizedTally>,
    ciphertexts: Ciphertexts<G>,
    shufflers: BTreeSet<u64>,
    decryptions: Decryptions<G>,
    result: Option<ElectionResult>,
}

/// The group of the election of an archive.
///
/// # Errors
/// What is broken before the election's description, or in it.
pub fn group_of(source: impl Read) -> Result<String, Failure> {
    let step = Steps::open(source)
        .and_then(|mut steps| steps.next().unwrap_or(Err(Refusal::Unfinished)))
        .map_err(|refusal| failure(0, refusal))?;
    let description = step.objects.first().ok_or(failure(0, Refusal::Stray))?;
    group_named(&description.body).map_err(|refusal| failure(0, refusal))
}

fn failure(height: u64, refusal: Refusal) -> Failure {
    let place = Place::at(height);
    Failure { place, refusal }
}

/// What of a sidecar does not hold, with its place.
pub fn astray(found: Astray) -> Failure {
    failure(found.height, found.refusal)
}

impl<G: Group> Reopened<G> {
    /// Reads an archive from its first byte to its last.
    ///
    /// # Errors
    /// The first that is broken, with its place.
    pub fn read<S: Read + Seek>(mut source: S) -> Result<Reopened<G>, Failure> {
        let at_start = |refusal| failure(0, refusal);
        source.rewind().map_err(|_| at_start(Refusal::Reading))?;
        let timestamp = archive::Reader::open(&mut source).map_err(at_start)?;
        let timestamp = timestamp.timestamp();
        source.rewind().map_err(|_| at_start(Refusal::Reading))?;
        let mut steps = Steps::open(source).map_err(at_start)?;
        let first = steps.next().unwrap_or(Err(Refusal::Unfinished));
        let first = first.map_err(at_start)?;
        let mut all = Self::begin(&first, timestamp).map_err(at_start)?;
        steps.set_shuffled(all.election.is_shuffled());
        let mut height = 1;
        for step in steps.by_ref() {
            let taken = step.and_then(|step| all.take(&step));
            taken.map_err(|refusal| failure(height, refusal))?;
            height += 1;
        }
        steps
            .end(true)
            .map_err(|refusal| failure(height, refusal))?;
        Ok(all)
    }

    fn begin(step: &Step, timestamp: u64) -> Result<Reopened<G>, Refusal> {
        if let Some(refusal) = step.refusals.first() {
            return Err(*refusal);
        }
        let [election, trustees, credentials, names] = step.objects.as_slice() else {
            return Err(Refusal::Stray);
        };
        let expected = setup_names(election.hash, trustees.hash, credentials.hash);
        if names.body != expected.as_bytes() {
            return Err(Refusal::Stray);
        }
        let election = Election::<G>::from_bytes(&election.body)?;
        let trustees = Trustees::<G>::from_bytes(&trustees.body)?;
        let found = trustees.verify(&election.description().public_key);
        if let Some((_, refusal)) = found.first() {
            return Err(*refusal);
        }
        let credentials = Credentials::<G>::from_bytes(&credentials.body)?;
        let mut course = Course::new();
        course.set_shuffled(election.is_shuffled());
        course.take(&step.event, step.hash);
        Ok(Reopened {
            election,
            trustees,
            credentials,
            timestamp,
            course,
            cast: BTreeSet::new(),
            last: BTreeMap::new(),
            sized: None,
            ciphertexts: Vec::new(),
            shufflers: BTreeSet::new(),
            decryptions: BTreeMap::new(),
            result: None,
        })
    }

    fn take(&mut self, step: &Step) -> Result<(), Refusal> {
        if let Some(refusal) = step.refusals.first() {
            return Err(*refusal);
        }
        match (step.event.kind, step.objects.as_slice()) {
            (EventKind::Ballot, [ballot]) => self.take_ballot(ballot)?,
            (EventKind::EncryptedTally, [tally, sized]) => self.take_tally(tally, sized)?,
            (EventKind::Shuffle, [shuffle, owned]) => self.take_shuffle(shuffle, owned)?,
            (EventKind::PartialDecryption, [decryption, owned]) => {
                self.take_decryption(decryption, owned)?;
            }
            (EventKind::Result, [result]) => {
                let questions = self.election.questions();
                self.result = Some(ElectionResult::from_bytes(&result.body, questions)?);
            }
            (EventKind::EndBallots | EventKind::EndShuffles, []) => {}
            _ => return Err(Refusal::Stray),
        }
        self.course.take(&step.event, step.hash);
        Ok(())
    }

    fn take_ballot(&mut self, object: &Object) -> Result<(), Refusal> {
        let (place, _) = self.voter(&object.body)?;
        if !self.cast.insert(object.hash) {
            return Err(Refusal::CastTwice);
        }
        self.last.insert(place, object.hash);
        Ok(())
    }

    /// The place and weight of whoever cast a ballot.
    fn voter(&self, body: &[u8]) -> Result<(usize, u64), Refusal> {
        let head = Head::from_bytes(body)?;
        if !head.is_of(&self.election) {
            return Err(Refusal::OtherElection);
        }
        let found = self.credentials.find(head.credential);
        found.ok_or(Refusal::UnknownCredential)
    }

    fn take_tally(&mut self, tally: &Object, sized: &Object) -> Result<(), Refusal> {
        let sized = SizedTally::from_bytes(&sized.body)?;
        let counted = u64::try_from(self.last.len()).unwrap_or(u64::MAX);
        if sized.tally != tally.hash || sized.ballots != counted {
            return Err(Refusal::TallySize);
        }
        let part = |question: &Question| match question {
            Question::Homomorphic(question) => question.choices(),
            Question::NonHomomorphic(_) => self.last.len(),
        };
        let questions = self.election.questions().iter();
        let shape = questions.map(|question| vec![Ciphertext::neutral(); part(question)]);
        self.ciphertexts = ciphertexts_from(&tally.body, &shape.collect())?;
        self.sized = Some(sized);
        Ok(())
    }

    fn owner(&self, object: &Object, owned: &Object) -> Result<u64, Refusal> {
        let owned = Owned::from_bytes(&owned.body)?;
        if owned.payload != object.hash {
            return Err(Refusal::Stray);
        }
        let known = self.trustees.key(owned.owner).is_some();
        known.then_some(owned.owner).ok_or(Refusal::UnknownTrustee)
    }

    fn take_shuffle(&mut self, object: &Object, owned: &Object) -> Result<(), Refusal> {
        let owner = self.owner(object, owned)?;
        if !self.shufflers.insert(owner) {
            return Err(Refusal::TrusteeTwice);
        }
        let shuffle = Shuffle::<G>::from_bytes(&object.body)?;
        let shuffled = self.shuffled();
        if shuffle.ciphertexts.len() != shuffled.len() {
            return Err(Refusal::Shape);
        }
        for (place, list) in shuffled.into_iter().zip(shuffle.ciphertexts) {
            if list.len() != self.ciphertexts[place].len() {
                return Err(Refusal::Shape);
            }
            self.ciphertexts[place] = list;
        }
        Ok(())
    }

    fn take_decryption(&mut self, object: &Object, owned: &Object) -> Result<(), Refusal> {
        let owner = self.owner(object, owned)?;
        let decryption = PartialDecryption::from_bytes(&object.body, &self.ciphertexts)?;
        match self.decryptions.insert(owner, decryption) {
            None => Ok(()),
            Some(_) => Err(Refusal::TrusteeTwice),
        }
    }

    /// The places of the questions whose ballots are shuffled.
    fn shuffled(&self) -> Vec<usize> {
        let questions = self.election.questions();
        (0..questions.len())
            .filter(|place| questions[*place].is_shuffled())
            .collect()
    }

    /// The board, with `target` appending to the archive that was read.
    pub fn board<W: Write>(&self, target: W) -> Board<W> {
        Board::resume(target, self.timestamp, self.course)
    }

    /// The election.
    pub fn election(&self) -> &Election<G> {
        &self.election
    }

    /// Those who decrypt.
    pub fn trustees(&self) -> &Trustees<G> {
        &self.trustees
    }

    /// Those who may cast.
    pub fn credentials(&self) -> &Credentials<G> {
        &self.credentials
    }

    /// The kind of the last event.
    pub fn last_event(&self) -> Option<EventKind> {
        self.course.last()
    }

    /// SHA-256 of the last event: it names all that stands before it.
    pub fn head(&self) -> Hash {
        self.course.head().unwrap_or(Hash([0; 32]))
    }

    /// Whether a sidecar that was begun stands where this archive does.
    ///
    /// # Errors
    /// As [`Begun::stands`].
    pub fn stands(&self, begun: &Begun) -> Result<(), Failure> {
        begun
            .stands(self.course.height(), &self.head())
            .map_err(astray)
    }

    /// How many ballots were cast, those that were replaced too.
    pub fn ballots(&self) -> u64 {
        u64::try_from(self.cast.len()).unwrap_or(u64::MAX)
    }

    /// How many ballots count.
    pub fn counted(&self) -> u64 {
        u64::try_from(self.last.len()).unwrap_or(u64::MAX)
    }

    /// The size of the tally, once it stands there.
    pub fn sized(&self) -> Option<&SizedTally> {
        self.sized.as_ref()
    }

    /// What is decrypted: the tally, with the lists of the last shuffle.
    pub fn ciphertexts(&self) -> &Ciphertexts<G> {
        &self.ciphertexts
    }

    /// What is shuffled next: the lists of the questions whose ballots are.
    pub fn lists(&self) -> Ciphertexts<G> {
        let places = self.shuffled().into_iter();
        let list = |place: usize| self.ciphertexts.get(place).cloned();
        places.filter_map(list).collect()
    }

    /// The numbers of those who have shuffled.
    pub fn shufflers(&self) -> &BTreeSet<u64> {
        &self.shufflers
    }

    /// What was decrypted, by the numbers of the trustees.
    pub fn decryptions(&self) -> &Decryptions<G> {
        &self.decryptions
    }

    /// The result, once it stands there.
    pub fn result(&self) -> Option<&ElectionResult> {
        self.result.as_ref()
    }

    /// Adds up the ballots that count, read once more from the archive; `progress` is told how
    /// many were read.
    ///
    /// # Errors
    /// A ballot that cannot be read, with its place.
    pub fn tally<S: Read + Seek>(
        &self,
        mut source: S,
        progress: &mut dyn FnMut(u64),
    ) -> Result<Tally<G>, Failure> {
        let at = |height| move |refusal| failure(height, refusal);
        source.rewind().map_err(|_| at(0)(Refusal::Reading))?;
        let mut tally = Tally::new(self.election.questions());
        let mut waiting = Vec::with_capacity(TOGETHER);
        let mut read = 0;
        for step in Steps::open(source).map_err(at(0))? {
            let step = step.map_err(at(read))?;
            let (EventKind::Ballot, [object]) = (step.event.kind, step.objects.as_slice()) else {
                continue;
            };
            let (place, weight) = self.voter(&object.body).map_err(at(step.event.height))?;
            if self.last.get(&place) == Some(&object.hash) {
                waiting.push((step, weight));
            }
            read += 1;
            if waiting.len() == TOGETHER {
                self.add(&mut waiting, &mut tally)?;
                progress(read);
            }
        }
        self.add(&mut waiting, &mut tally)?;
        progress(read);
        Ok(tally)
    }

    /// Reads ballots side by side and adds them up.
    fn add(&self, waiting: &mut Vec<(Step, u64)>, tally: &mut Tally<G>) -> Result<(), Failure> {
        let part = |ballots: &[(Step, u64)]| {
            let mut part = Tally::new(self.election.questions());
            for (step, weight) in ballots {
                let refused = |refusal| failure(step.event.height, refusal);
                let object = step.objects.last().ok_or(refused(Refusal::Stray))?;
                let ballot = Ballot::from_bytes(&self.election, &object.body).map_err(refused)?;
                part.add(&ballot, *weight).map_err(refused)?;
            }
            Ok(part)
        };
        let parts: Vec<Result<Tally<G>, Failure>> = waiting.par_chunks(CHUNK).map(part).collect();
        for part in parts {
            let merged = tally.merge(part?);
            merged.map_err(|refusal| failure(0, refusal))?;
        }
        waiting.clear();
        Ok(())
    }
}

/// The object that names those of the setup.
pub(crate) fn setup_names(election: Hash, trustees: Hash, credentials: Hash) -> String {
    format!(
        "{{\"election\":\"{election}\",\"trustees\":\"{trustees}\",\
         \"credentials\":\"{credentials}\"}}"
    )
}
