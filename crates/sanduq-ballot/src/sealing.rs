//! Writes the sidecar of an archive, from its beginning or from where it stands.
//!
//! All of it follows from the archive and from what the holder of the checkpoints' key knows,
//! except for the bound proofs, which only a trustee can make. What is always true here: nothing
//! is written for an event whose record cannot be complete; writing twice appends nothing twice.
//! Whether the archive holds is not asked: seal what was verified.

use crate::ballot::Ballot;
use crate::ballot::Head;
use crate::board::NotWritten;
use crate::bound::BoundDecryption;
use crate::credential::Credentials;
use crate::decryption::Owned;
use crate::election::Election;
use crate::events::EventKind;
use crate::group::Group;
use crate::hash::Hash;
use crate::hints::Hints;
use crate::json::Canonical;
use crate::question::Question;
use crate::refusal::Refusal;
use crate::sidecar::Begun;
use crate::sidecar::INTERVAL;
use crate::sidecar::Keeper;
use crate::verify::steps::Step;
use crate::verify::steps::Steps;
use rayon::prelude::IntoParallelRefIterator;
use rayon::prelude::ParallelIterator;
use std::collections::BTreeMap;
use std::io::Read;
use std::io::Write;

/// Ballots whose hints are made at once.
const BATCH: usize = 1024;
/// Of a sidecar of one's own: any number of bound proofs.
const ANY: usize = 1 << 40;

/// The bound proofs of each trustee, by his number.
pub type BoundProofs<G> = BTreeMap<u64, BoundDecryption<G>>;

/// Who seals.
pub struct Seal {
    /// Ballots after which a checkpoint stands; what a sidecar begins with it keeps.
    pub interval: u64,
    /// The secret of the key that signs checkpoints.
    pub seed: [u8; 32],
}

impl Seal {
    /// A seal with the usual interval.
    pub fn new(seed: [u8; 32]) -> Seal {
        Seal {
            interval: INTERVAL,
            seed,
        }
    }
}

impl std::fmt::Debug for Seal {
    /// The seed is a secret.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Seal")
    }
}

/// Appends to `target` what the sidecar of `archive` lacks, all of it where nothing is `begun`;
/// `bound` holds the proofs of the trustees whose decryptions the sidecar has not spoken of.
/// `progress` is told the number of ballots so far, now and then.
///
/// # Errors
/// What the archive and the sidecar refuse when they are read; `BoundProof` when a trustee's proofs
/// are not there; `SidecarLonger` when the sidecar is ahead; what the target refuses.
pub fn seal<G: Group, W: Write>(
    archive: impl Read,
    begun: Option<&mut dyn Read>,
    target: W,
    seal: &Seal,
    bound: &BoundProofs<G>,
    progress: &mut dyn FnMut(u64),
) -> Result<W, NotWritten> {
    let mut steps = Steps::open(archive)?;
    let setup = steps.next().unwrap_or(Err(Refusal::Unfinished))?;
    let [description, _, credentials, _] = setup.objects.as_slice() else {
        return Err(Refusal::Stray.into());
    };
    let election = Election::<G>::from_bytes(&description.body)?;
    let credentials = Credentials::<G>::from_bytes(&credentials.body)?;
    steps.set_shuffled(election.is_shuffled());
    let keeper = match begun {
        Some(source) => {
            let bounds = bounds::<G>(election.questions());
            let begun = Begun::read(source, &election.hash(), bounds, &mut |_| {});
            Keeper::resume(target, begun.map_err(|astray| astray.refusal)?, &seal.seed)?
        }
        None => {
            let which = (election.hash(), setup.hash);
            let shuffled = election.is_shuffled();
            Keeper::open(target, which, shuffled, seal.interval, &seal.seed)?
        }
    };
    let first = keeper.height() + 1;
    let mut sealing = Sealing {
        election: &election,
        credentials: &credentials,
        bound,
        keeper,
        waiting: Vec::new(),
    };
    let mut ballots = 0;
    let mut height = 0;
    for step in steps {
        let step = step?;
        if let Some(refusal) = step.refusals.first() {
            return Err((*refusal).into());
        }
        height = step.event.height;
        ballots += u64::from(step.event.kind == EventKind::Ballot);
        if height >= first {
            sealing.take(step)?;
            progress(ballots);
        }
    }
    sealing.flush()?;
    if height + 1 < first {
        return Err(Refusal::SidecarLonger.into());
    }
    Ok(sealing.keeper.into_inner()?)
}

/// Of a sidecar of one's own: the points in the hints of a ballot, and the most bound proofs that
/// one trustee's record may have.
pub fn bounds<G: Group>(questions: &[Question]) -> (usize, usize) {
    (Hints::count::<G>(questions), ANY)
}

/// A sidecar while it is written.
struct Sealing<'a, G: Group, W: Write> {
    election: &'a Election<G>,
    credentials: &'a Credentials<G>,
    bound: &'a BoundProofs<G>,
    keeper: Keeper<W>,
    waiting: Vec<Step>,
}

impl<G: Group, W: Write> Sealing<'_, G, W> {
    fn take(&mut self, step: Step) -> Result<(), NotWritten> {
        match step.event.kind {
            EventKind::Ballot => {
                self.waiting.push(step);
                if self.waiting.len() == BATCH {
                    self.flush()?;
                }
            }
            kind => {
                self.flush()?;
                let decrypted = kind == EventKind::PartialDecryption;
                let proofs = decrypted.then(|| self.proofs(&step)).transpose()?;
                self.keeper.act(kind, step.hash, proofs)?;
            }
        }
        Ok(())
    }

    fn proofs(&self, step: &Step) -> Result<String, Refusal> {
        let owned = step.objects.last().ok_or(Refusal::Stray)?;
        let owner = Owned::from_bytes(&owned.body)?.owner;
        let bound = self.bound.get(&owner).filter(|one| one.owner == owner);
        bound.map(Canonical::to_text).ok_or(Refusal::BoundProof)
    }

    fn flush(&mut self) -> Result<(), NotWritten> {
        let waiting = std::mem::take(&mut self.waiting);
        let (election, credentials) = (self.election, self.credentials);
        let said = |one: &Step| said_of(election, credentials, one);
        let made: Result<Vec<_>, Refusal> = waiting.par_iter().map(said).collect();
        for (event, cast, hints) in made? {
            self.keeper.ballot(event, cast, hints)?;
        }
        Ok(())
    }
}

/// What is said of a ballot: its event, whose it is, its hash and its hints.
type Said = (Hash, (u64, Hash), Hints);

fn said_of<G: Group>(
    election: &Election<G>,
    credentials: &Credentials<G>,
    step: &Step,
) -> Result<Said, Refusal> {
    let object = step.objects.last().ok_or(Refusal::Stray)?;
    let head = Head::from_bytes(&object.body)?;
    let found = credentials.find(head.credential);
    let (voter, _) = found.ok_or(Refusal::UnknownCredential)?;
    let voter = u64::try_from(voter).map_err(|_| Refusal::UnknownCredential)?;
    // Hints of a ballot that does not hold help nobody.
    let ballot = Ballot::from_verified(election, &object.body)?;
    let hints = Hints::make(election, &ballot);
    Ok((step.hash, (voter, object.hash), hints))
}

/// Whether `later` begins with all of `earlier`, byte by byte: a board that was shown before may
/// have grown since, and nothing else. Gives the number of bytes that are the same.
///
/// # Errors
/// `NotExtended`, also when there is no earlier byte; `Reading`.
pub fn extends(mut earlier: impl Read, mut later: impl Read) -> Result<u64, Refusal> {
    let mut same = 0;
    let (mut one, mut other) = (vec![0; 1 << 16], vec![0; 1 << 16]);
    loop {
        let count = match earlier.read(&mut one) {
            Ok(0) if same > 0 => return Ok(same),
            Ok(0) => return Err(Refusal::NotExtended),
            Ok(count) => count,
            Err(_) => return Err(Refusal::Reading),
        };
        let read = later.read_exact(&mut other[..count]);
        if read.is_err() || one[..count] != other[..count] {
            return Err(Refusal::NotExtended);
        }
        same += u64::try_from(count).unwrap_or(u64::MAX);
    }
}

/// The height of the first event in which two archives differ, or at which the later one ends;
/// `None` when the earlier one is the beginning of the later one, or one of them cannot be read.
pub fn first_difference(earlier: impl Read, later: impl Read) -> Option<u64> {
    let mut later = Steps::open(later).ok()?;
    for (height, one) in (0..).zip(Steps::open(earlier).ok()?.map_while(Result::ok)) {
        let other = later.next();
        if other.is_none_or(|other| other.is_ok_and(|other| other.hash != one.hash)) {
            return Some(height);
        }
    }
    None
}
