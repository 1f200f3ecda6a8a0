//! The archive of an election as its administrator keeps it, in a folder of its own, with its
//! sidecar.
//!
//! What is always true here: one command at a time changes an archive; nothing goes on from one
//! whose sidecar is not there, ends elsewhere or is of another election; every act but a ballot
//! stands in neither file before both were checked with it from the first byte to the last, and
//! what is added to one is added to both: see [`crate::ballot::act`].

use crate::ballot::act::Act;
use crate::ballot::act::Shown;
use crate::ballot::act::shown;
use crate::ballot::checkpoints::KeyArgs;
use crate::ballot::files;
use crate::ballot::files::fault;
use crate::ballot::files::refused;
use crate::ballot::kind::Kind;
use crate::ballot::lengthened::Lengthened;
use crate::exit::Ended;
use crate::progress::Progress;
use crate::verify::ballot::beside;
use crate::verify::belenios;
use sanduq_ballot::board::Board;
use sanduq_ballot::board::NotWritten;
use sanduq_ballot::casting::Casting;
use sanduq_ballot::group::Group;
use sanduq_ballot::refusal::Refusal;
use sanduq_ballot::reopened::Reopened;
use sanduq_ballot::reopened::astray;
use sanduq_ballot::reopened::group_of;
use sanduq_ballot::sealing::BoundProofs;
use sanduq_ballot::sealing::Seal;
use sanduq_ballot::sealing::bounds;
use sanduq_ballot::sealing::seal;
use sanduq_ballot::sidecar::Begun;
use sanduq_ballot::verify::Options;
use sanduq_ballot::verify::Sidecar;
use sanduq_ballot::verify::report::Failure;
use sanduq_ballot::verify::verify_with;
use std::fs::File;
use std::path::Path;
use std::path::PathBuf;

/// An archive.
pub struct Kept {
    path: PathBuf,
    kind: Kind,
    /// How much of the archive and of its sidecar is shown.
    lengths: [u64; 2],
    /// The folder, locked while it is changed.
    _lock: Option<File>,
}

impl Kept {
    /// Opens an archive to read it: a file, or the one archive of a folder.
    ///
    /// # Errors
    /// `ballot.no_archive`, `ballot.sidecar_missing`, and what is broken at its beginning.
    pub fn open(place: &Path) -> Result<Kept, Ended> {
        let path = belenios::archive(place).map_err(|why| refused("no_archive", why))?;
        let Shown { files, lengths } = shown(&path, true)?;
        if files.1.is_none() {
            return Err(files::unfit(&beside(&path), Refusal::SidecarMissing));
        }
        let name = group_of(Lengthened::new(files.0, lengths[0], &[]));
        let name = name.map_err(|failure| broken(&path, &failure))?;
        let unknown = || refused("unknown_group", format!("{name} is not known"));
        let kind = Kind::named(&name).ok_or_else(unknown)?;
        Ok(Kept {
            path,
            kind,
            lengths,
            _lock: None,
        })
    }

    /// Opens an archive to change it; an act that was cut off is ended first.
    ///
    /// # Errors
    /// As [`Kept::open`]; `ballot.in_use` while another command changes it; `ballot.act` when an
    /// act was cut off and the files are no longer those to which it belongs.
    pub fn lock(place: &Path) -> Result<Kept, Ended> {
        let path = belenios::archive(place).map_err(|why| refused("no_archive", why))?;
        let folder = files::above(&path);
        let lock = File::open(folder).map_err(|why| fault(folder, &why))?;
        if lock.try_lock().is_err() {
            let why = format!("another command changes {}; wait for it", path.display());
            return Err(refused("in_use", why));
        }
        Act::heal(&path)?;
        let kept = Kept::open(&path)?;
        Ok(Kept {
            _lock: Some(lock),
            ..kept
        })
    }

    /// Its group.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The folder that it is in.
    pub fn folder(&self) -> &Path {
        files::above(&self.path)
    }

    /// What stands in it; the sidecar stands there too.
    ///
    /// # Errors
    /// What is broken, with its place.
    pub fn reopen<G: Group>(&self) -> Result<Reopened<G>, Ended> {
        let reopened = Reopened::read(self.reader(&[])?);
        let reopened: Reopened<G> = reopened.map_err(|failure| broken(&self.path, &failure))?;
        let election = reopened.election();
        let bounds = bounds::<G>(election.questions());
        let begun = Begun::read(self.beside(&[])?, &election.hash(), bounds, &mut |_| {});
        let begun = begun.map_err(astray);
        let stands = begun.and_then(|begun| reopened.stands(&begun));
        stands.map_err(|failure| broken(&beside(&self.path), &failure))?;
        Ok(reopened)
    }

    /// The election, to cast ballots.
    ///
    /// # Errors
    /// What is broken at the ends of the archive or in its sidecar, with its place.
    pub fn casting<G: Group>(&self) -> Result<Casting<G>, Ended> {
        let opened = Casting::open(self.reader(&[])?, self.beside(&[])?);
        opened.map_err(|failure| {
            let sidecar = Refusal::OF_SIDECARS.contains(&failure.refusal);
            let path = if sidecar {
                &beside(&self.path)
            } else {
                &self.path
            };
            broken(path, &failure)
        })
    }

    /// Its bytes, and more.
    ///
    /// # Errors
    /// A fault when it cannot be read.
    pub fn reader<'a>(&self, more: &'a [u8]) -> Result<Lengthened<'a>, Ended> {
        let [length, _] = self.lengths;
        lengthened(&self.path, length, more)
    }

    /// The bytes of its sidecar, and more.
    fn beside<'a>(&self, more: &'a [u8]) -> Result<Lengthened<'a>, Ended> {
        let [_, length] = self.lengths;
        lengthened(&beside(&self.path), length, more)
    }

    /// Checks all of it: every proof, the stored tally, the result if there is one, the sidecar.
    ///
    /// # Errors
    /// The first that does not hold.
    pub fn check(&self) -> Result<(), Ended> {
        self.check_with([&[], &[]])
    }

    fn check_with(&self, [archive, sidecar]: [&[u8]; 2]) -> Result<(), Ended> {
        let mut source = self.beside(sidecar)?;
        check(self.reader(archive)?, &mut source, &self.path)
    }

    /// Appends acts that hold; `bound` holds the proofs of the trustees whose decryptions are
    /// among them.
    ///
    /// # Errors
    /// What the key and the acts refuse; what does not hold of the archive with them; a fault of
    /// the machine.
    pub fn append<G: Group>(
        &self,
        reopened: &Reopened<G>,
        key: &KeyArgs,
        bound: &BoundProofs<G>,
        acts: impl FnOnce(&mut Board<Vec<u8>>) -> Result<(), NotWritten>,
    ) -> Result<(), Ended> {
        let uuid = reopened.election().description().uuid.as_str();
        let seed = key.read(self.folder(), uuid)?;
        let mut board = reopened.board(Vec::new());
        acts(&mut board).map_err(|why| not_written(&self.path, why))?;
        let archive = board.into_inner();
        let mut begun = self.beside(&[])?;
        let sidecar = seal(
            self.reader(&archive)?,
            Some(&mut begun),
            Vec::new(),
            &Seal::new(*seed),
            bound,
            &mut |_| {},
        );
        let sidecar = sidecar.map_err(|why| not_written(&beside(&self.path), why))?;
        self.check_with([&archive, &sidecar])?;
        self.put([archive, sidecar])
    }

    /// Adds to both files what holds.
    ///
    /// # Errors
    /// A fault of the machine.
    pub fn put(&self, added: [Vec<u8>; 2]) -> Result<(), Ended> {
        let lengths = self.lengths;
        Act { lengths, added }.put(&self.path)
    }
}

/// Why an act is not written.
pub fn not_written(path: &Path, why: NotWritten) -> Ended {
    match why {
        NotWritten::Refused(refusal) => files::unfit(path, refusal),
        NotWritten::Writing(why) => fault(path, &why),
    }
}

fn lengthened<'a>(path: &Path, length: u64, more: &'a [u8]) -> Result<Lengthened<'a>, Ended> {
    let file = File::open(path).map_err(|why| fault(path, &why))?;
    Ok(Lengthened::new(file, length, more))
}

/// All of a file.
///
/// # Errors
/// A fault when it cannot be read.
pub fn whole(path: &Path) -> Result<Lengthened<'static>, Ended> {
    let length = path.metadata().map_err(|why| fault(path, &why))?.len();
    lengthened(path, length, &[])
}

fn broken(path: &Path, failure: &Failure) -> Ended {
    let code = failure.refusal.code();
    refused(code, format!("{}: {failure}", path.display()))
}

/// Checks an archive, which may end before the result, with its sidecar; `name` is what people
/// call it.
///
/// # Errors
/// The first that does not hold.
pub fn check(
    archive: Lengthened<'_>,
    sidecar: &mut Lengthened<'_>,
    name: &Path,
) -> Result<(), Ended> {
    let mut progress = Progress::new();
    progress.stage("check", 0, "ballots");
    let mut chance = [0; 32];
    getrandom::fill(&mut chance).map_err(Ended::fault)?;
    let beside = Sidecar {
        source: sidecar,
        chance,
        key: None,
    };
    let options = Options { unfinished: true };
    let report = verify_with(archive, beside, options, &mut |done| progress.reached(done));
    progress.end();
    match report.failures.first() {
        None if report.is_accepted() => Ok(()),
        None => Err(refused("unchecked", "not every ballot could be checked")),
        Some(failure) => Err(broken(name, failure)),
    }
}
