//! Checkpoints: what a log's operator signs about it (C2SP `tlog-checkpoint` v1.0.0).
//!
//! Three lines or more: the origin, the size in decimal, the root in base64, and further lines that
//! are kept as they stand. Always true: a checkpoint prints back the bytes it was read from; a
//! size and a root go together, so that a proof is checked against both.

use crate::hash::Hash;
use crate::note::KeyKind;
use crate::note::LogSigner;
use crate::note::Note;
use crate::note::NoteRefusal;
use crate::note::VerifierKey;
use crate::proof::ProofRefusal;
use crate::proof::verify_consistency;
use crate::proof::verify_inclusion;
use crate::refusal::refusals;
use core::fmt::Display;
use core::fmt::Formatter;

refusals! {
    /// Why a text is not a checkpoint, or not one of the log that was asked for.
    CheckpointRefusal {
        NotLines = "checkpoint.not_lines",
            "a checkpoint is at least three lines, each ended by newline";
        LineUnfit = "checkpoint.line_unfit",
            "no line of a checkpoint is empty or holds a control character";
        SizeUnfit = "checkpoint.size_unfit",
            "the size is a decimal number below 2^64 without a leading zero or a sign";
        RootUnfit = "checkpoint.root_unfit", "the root is 32 bytes in canonical base64";
        EmptyLogRoot = "checkpoint.empty_log_root",
            "a log without entries has the SHA-256 of nothing as its root";
        NotALogKey = "checkpoint.not_a_log_key", "the key of a witness cannot speak for a log";
        NotAWitnessKey = "checkpoint.not_a_witness_key", "the key of a log cannot be a witness";
        NotSignedByLog = "checkpoint.not_signed_by_log", "the log's own key did not sign it";
        OriginDiffers = "checkpoint.origin_differs",
            "the origin is not the name of the key that signed it";
    }
}

/// Why a signed checkpoint was not opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OpenRefusal {
    /// The note or its signatures.
    Note(NoteRefusal),
    /// The text within.
    Checkpoint(CheckpointRefusal),
}

impl OpenRefusal {
    /// The stable code of what was refused.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Note(refusal) => refusal.code(),
            Self::Checkpoint(refusal) => refusal.code(),
        }
    }
}

impl Display for OpenRefusal {
    fn fmt(&self, f: &mut Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::Note(refusal) => refusal.fmt(f),
            Self::Checkpoint(refusal) => refusal.fmt(f),
        }
    }
}

impl core::error::Error for OpenRefusal {}

impl From<NoteRefusal> for OpenRefusal {
    fn from(refusal: NoteRefusal) -> Self {
        Self::Note(refusal)
    }
}

impl From<CheckpointRefusal> for OpenRefusal {
    fn from(refusal: CheckpointRefusal) -> Self {
        Self::Checkpoint(refusal)
    }
}

/// The state of a log: how many entries it has and the root over them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    origin: String,
    size: u64,
    root: Hash,
    extensions: Vec<String>,
}

/// A checkpoint whose signatures were checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opened {
    /// What the log states.
    pub checkpoint: Checkpoint,
    /// The known witnesses that saw it: name, and seconds since 1970-01-01 UTC.
    pub witnesses: Vec<(String, u64)>,
    /// The names on signature lines of no known key, of which no byte was checked.
    pub unknown: Vec<String>,
}

impl Checkpoint {
    /// The checkpoint of a log. Its origin should be the name of the key that signs it.
    ///
    /// # Errors
    /// [`CheckpointRefusal::LineUnfit`] or [`CheckpointRefusal::EmptyLogRoot`].
    pub fn new(origin: &str, size: u64, root: Hash) -> Result<Self, CheckpointRefusal> {
        let line_unfit = origin.is_empty() || origin.bytes().any(|byte| byte < b' ');
        if line_unfit {
            return Err(CheckpointRefusal::LineUnfit);
        }
        if size == 0 && root != Hash::of_empty_log() {
            return Err(CheckpointRefusal::EmptyLogRoot);
        }
        Ok(Self {
            origin: origin.to_owned(),
            size,
            root,
            extensions: Vec::new(),
        })
    }

    /// Reads the text of a checkpoint, and only the form that `Display` prints.
    ///
    /// # Errors
    /// [`CheckpointRefusal`], the first that holds.
    pub fn parse(text: &str) -> Result<Self, CheckpointRefusal> {
        let lines = text.strip_suffix('\n').ok_or(CheckpointRefusal::NotLines)?;
        let mut lines = lines.split('\n');
        let (Some(origin), Some(size), Some(root)) = (lines.next(), lines.next(), lines.next())
        else {
            return Err(CheckpointRefusal::NotLines);
        };
        let size = match size.parse::<u64>() {
            Ok(number) if number.to_string() == size => number,
            _ => return Err(CheckpointRefusal::SizeUnfit),
        };
        let root = Hash::from_base64(root).map_err(|_| CheckpointRefusal::RootUnfit)?;
        let mut checkpoint = Self::new(origin, size, root)?;
        for line in lines {
            if line.is_empty() || line.bytes().any(|byte| byte < b' ') {
                return Err(CheckpointRefusal::LineUnfit);
            }
            checkpoint.extensions.push(line.to_owned());
        }
        Ok(checkpoint)
    }

    /// Opens a signed checkpoint: the log's key must have signed it, and each line that claims a
    /// known witness must be right. Lines of unknown keys are named and not believed.
    ///
    /// # Errors
    /// [`OpenRefusal`], the first that holds.
    pub fn open(
        bytes: &[u8],
        log: &VerifierKey,
        witnesses: &[VerifierKey],
    ) -> Result<Opened, OpenRefusal> {
        if log.kind() != KeyKind::Log {
            return Err(CheckpointRefusal::NotALogKey.into());
        }
        if witnesses.iter().any(|key| key.kind() != KeyKind::Witness) {
            return Err(CheckpointRefusal::NotAWitnessKey.into());
        }
        let note = Note::parse(bytes)?;
        let keys = [core::slice::from_ref(log), witnesses].concat();
        let verified = note.verify(&keys)?;
        if !verified.iter().any(|signature| signature.key == log) {
            return Err(CheckpointRefusal::NotSignedByLog.into());
        }
        let checkpoint = Self::parse(note.text())?;
        if checkpoint.origin != log.name() {
            return Err(CheckpointRefusal::OriginDiffers.into());
        }
        let seen = verified.iter().filter_map(|signature| {
            signature
                .seen_at
                .map(|seconds| (signature.key.name().to_owned(), seconds))
        });
        let unknown = note.unknown(&keys).map(|line| line.name().to_owned());
        Ok(Opened {
            checkpoint,
            witnesses: seen.collect(),
            unknown: unknown.collect(),
        })
    }

    /// Signs it as its log. That the origin is the signer's name is asked by [`Checkpoint::open`].
    ///
    /// # Errors
    /// [`NoteRefusal::TooLong`], when its further lines are longer than a note may be.
    pub fn sign(&self, signer: &LogSigner) -> Result<Note, NoteRefusal> {
        let text = self.to_string();
        Note::new(&text, vec![signer.sign(&text)])
    }

    /// Which log.
    #[must_use]
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// How many entries it has.
    #[must_use]
    pub const fn size(&self) -> u64 {
        self.size
    }

    /// The root over them.
    #[must_use]
    pub const fn root(&self) -> Hash {
        self.root
    }

    /// Further lines, as they stand.
    #[must_use]
    pub fn extensions(&self) -> &[String] {
        &self.extensions
    }

    /// Checks that `entry` is entry number `index` of this log.
    ///
    /// # Errors
    /// [`ProofRefusal`], as in [`verify_inclusion`].
    pub fn verify_inclusion(
        &self,
        proof: &[Hash],
        index: u64,
        entry: &[u8],
    ) -> Result<(), ProofRefusal> {
        verify_inclusion(proof, index, self.size, Hash::of_leaf(entry), self.root)
    }

    /// Checks that this log begins with all that `earlier`, a checkpoint of the same log, had.
    ///
    /// # Errors
    /// [`ProofRefusal`], as in [`verify_consistency`]; a log without entries begins every log, and
    /// its proof is empty.
    pub fn verify_consistency(&self, proof: &[Hash], earlier: &Self) -> Result<(), ProofRefusal> {
        if earlier.size == 0 {
            return if proof.is_empty() {
                Ok(())
            } else {
                Err(ProofRefusal::WrongLength)
            };
        }
        verify_consistency(proof, earlier.size, earlier.root, self.size, self.root)
    }
}

impl Display for Checkpoint {
    fn fmt(&self, f: &mut Formatter<'_>) -> core::fmt::Result {
        write!(
            f,
            "{}\n{}\n{}\n",
            self.origin,
            self.size,
            self.root.to_base64()
        )?;
        self.extensions
            .iter()
            .try_for_each(|line| writeln!(f, "{line}"))
    }
}

#[cfg(test)]
mod tests;
