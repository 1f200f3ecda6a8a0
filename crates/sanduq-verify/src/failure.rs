//! What is wrong with a published folder, and where.
//!
//! A code is stable and never renamed. Codes of the journal's own files (`tile.…`, `note.…`,
//! `checkpoint.…`) are those of `sanduq-journal`.

use core::fmt::Display;
use core::fmt::Formatter;
use sanduq_core::refusal::Refusal;
use sanduq_journal::hash::Hash;

/// Why a file or a folder is refused, apart from what the journal's own files are refused for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// It cannot be read.
    NotReadable(String),
    /// Its name is not a text.
    NameNotText,
    /// It is a link, a pipe, a device: nothing that was published.
    NotAFile,
    /// A folder with nothing in it.
    EmptyFolder,
    /// A file that must be there is not.
    Missing,
    /// A file that nothing names.
    Extra,
    /// A file that is longer than any such file can be, in bytes.
    TooLong(u64),
    /// A file has another size than the manifest gives, in bytes.
    SizeDiffers {
        /// What the manifest gives.
        stated: u64,
        /// What the file has.
        found: u64,
    },
    /// A file has another digest than the manifest gives.
    DigestDiffers {
        /// What the manifest gives.
        stated: Hash,
        /// What the file has.
        found: Hash,
    },
    /// The manifest is not JSON of its shape.
    ManifestMalformed(String),
    /// The manifest is not in its one canonical form.
    ManifestNotCanonical,
    /// The manifest names a path that no published file has.
    PathUnfit(String),
    /// The paths of the manifest do not stand in order, each once.
    PathsNotSorted(String),
    /// The manifest is not the one that the journal sealed last.
    NotSealed {
        /// What the journal sealed.
        stated: Hash,
        /// What the manifest has.
        found: Hash,
    },
    /// The file of keys is not JSON of its shape.
    KeysMalformed(String),
    /// A key in it is not one.
    KeyUnfit {
        /// What was read.
        key: String,
        /// The code of what is wrong with it.
        why: &'static str,
    },
    /// The publisher's key is not the one that the reader brought.
    PublisherDiffers {
        /// The key that the reader brought.
        pinned: String,
        /// The key in the folder.
        found: String,
    },
    /// A signature on the checkpoint is by a key that the folder does not name, so that nobody
    /// could tell when a byte of it changed.
    SignerUnknown(String),
    /// An entry is not one that this version knows, in its canonical form.
    EntryUnreadable(u64),
    /// The journal sealed no publication.
    NoSeal,
    /// The entry that seals the publication names no digest of a manifest.
    SealMalformed(u64),
}

impl Refusal for Fault {
    fn code(&self) -> &'static str {
        match self {
            Self::NotReadable(_) => "file.not_readable",
            Self::NameNotText => "file.name_not_text",
            Self::NotAFile => "file.not_a_file",
            Self::EmptyFolder => "file.empty_folder",
            Self::Missing => "file.missing",
            Self::Extra => "file.extra",
            Self::TooLong(_) => "file.too_long",
            Self::SizeDiffers { .. } => "file.size_differs",
            Self::DigestDiffers { .. } => "file.digest_differs",
            Self::ManifestMalformed(_) => "manifest.malformed",
            Self::ManifestNotCanonical => "manifest.not_canonical",
            Self::PathUnfit(_) => "manifest.path_unfit",
            Self::PathsNotSorted(_) => "manifest.paths_not_sorted",
            Self::NotSealed { .. } => "manifest.not_sealed",
            Self::KeysMalformed(_) => "keys.malformed",
            Self::KeyUnfit { .. } => "keys.key_unfit",
            Self::PublisherDiffers { .. } => "keys.publisher_differs",
            Self::SignerUnknown(_) => "checkpoint.signer_unknown",
            Self::EntryUnreadable(_) => "journal.entry_unreadable",
            Self::NoSeal => "journal.no_seal",
            Self::SealMalformed(_) => "journal.seal_malformed",
        }
    }
}

impl Display for Fault {
    fn fmt(&self, f: &mut Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::NotReadable(why) => write!(f, "cannot be read: {why}"),
            Self::NameNotText => f.write_str("its name is not a text in UTF-8"),
            Self::NotAFile => f.write_str("it is a link or a device, not a file"),
            Self::EmptyFolder => f.write_str("the folder has nothing in it"),
            Self::Missing => f.write_str("the file is not there"),
            Self::Extra => f.write_str("nothing names this file"),
            Self::TooLong(limit) => write!(f, "the file has more than {limit} bytes"),
            Self::SizeDiffers { stated, found } => {
                write!(f, "has {found} bytes, the manifest gives {stated}")
            }
            Self::DigestDiffers { stated, found } => {
                write!(f, "has the digest {found}, the manifest gives {stated}")
            }
            Self::ManifestMalformed(why) => write!(f, "is not a manifest: {why}"),
            Self::ManifestNotCanonical => {
                f.write_str("says the same in other bytes than a manifest is written in")
            }
            Self::PathUnfit(path) => write!(f, "names {path:?}, which no published file is called"),
            Self::PathsNotSorted(path) => {
                write!(f, "names {path:?}, which does not stand in order, once")
            }
            Self::NotSealed { stated, found } => {
                write!(f, "has the digest {found}, the journal sealed {stated}")
            }
            Self::KeysMalformed(why) => write!(f, "is not a file of keys: {why}"),
            Self::KeyUnfit { key, why } => write!(f, "{key:?} is not a key: {why}"),
            Self::PublisherDiffers { pinned, found } => {
                write!(f, "the publisher's key is {found}, you brought {pinned}")
            }
            Self::SignerUnknown(name) => write!(f, "the folder names no key of {name:?}"),
            Self::EntryUnreadable(number) => write!(f, "entry {number} is not a known entry"),
            Self::NoSeal => f.write_str("the journal seals no publication"),
            Self::SealMalformed(number) => {
                write!(f, "entry {number} seals no digest of a manifest")
            }
        }
    }
}

impl core::error::Error for Fault {}

/// One thing that is wrong with a folder.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Failure {
    /// The file or folder, from the folder on, with `/` between; empty for the folder itself.
    pub path: String,
    /// The stable code.
    pub code: &'static str,
    /// A sentence for a reader, with the values.
    pub detail: String,
}

impl Failure {
    /// The failure of the file at `path`.
    #[must_use]
    pub fn new(path: &str, fault: &Fault) -> Self {
        Self {
            path: path.to_owned(),
            code: fault.code(),
            detail: fault.to_string(),
        }
    }
}

impl Display for Failure {
    fn fmt(&self, f: &mut Formatter<'_>) -> core::fmt::Result {
        write!(f, "{}: {} ({})", self.path, self.detail, self.code)
    }
}
