//! A proof as a file of its own: which entry, the path to the root, and the signed checkpoint that
//! names the root (C2SP `tlog-proof` v1). Whoever has the log's key checks it without a network.
//!
//! The entry itself stands in the file as extra data, so that the file is all that is needed. Extra
//! data proves nothing; here it is believed only because its leaf hash leads to the root. Always
//! true: what parses prints back byte for byte.

use crate::checkpoint::Checkpoint;
use crate::checkpoint::OpenRefusal;
use crate::checkpoint::Opened;
use crate::hash::Hash;
use crate::note::MAX_NOTE_LEN;
use crate::note::VerifierKey;
use crate::proof::ProofRefusal;
use crate::refusal::refusals;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use core::fmt::Write as _;

refusals! {
    /// Why bytes are not a proof of this form.
    ProofFileRefusal {
        TooLong = "proof_file.too_long", "a proof file has at most 2,097,152 bytes";
        NotText = "proof_file.not_text", "a proof file is a text in UTF-8";
        Header = "proof_file.header", "a proof file begins with the line c2sp.org/tlog-proof@v1";
        NoEntry = "proof_file.no_entry",
            "the second line is `extra`, a space and the entry as canonical base64";
        Index = "proof_file.index",
            "the third line is `index`, a space and the number of the entry in decimal digits";
        Path = "proof_file.path", "the path is one canonical base64 hash a line, 63 at most";
        NoCheckpoint = "proof_file.no_checkpoint",
            "an empty line and the signed checkpoint follow the path";
    }
}

/// Why a proof file does not prove.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileRefusal {
    /// It is no proof file.
    File(ProofFileRefusal),
    /// Its checkpoint is not what the key signed.
    Open(OpenRefusal),
    /// The entry does not lead to the root.
    Proof(ProofRefusal),
}

impl FileRefusal {
    /// The stable code, `noun.reason`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::File(refusal) => refusal.code(),
            Self::Open(refusal) => refusal.code(),
            Self::Proof(refusal) => refusal.code(),
        }
    }
}

impl core::fmt::Display for FileRefusal {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::File(refusal) => refusal.fmt(f),
            Self::Open(refusal) => refusal.fmt(f),
            Self::Proof(refusal) => refusal.fmt(f),
        }
    }
}

impl core::error::Error for FileRefusal {}

/// Files longer than this are refused before they are looked at, in bytes.
pub const MAX_LEN: usize = 2 * MAX_NOTE_LEN;

const HEADER: &str = "c2sp.org/tlog-proof@v1";
/// No path is longer: a log has fewer than 2^64 entries.
const LONGEST: usize = 63;

/// A proof file as it was read; nothing in it is checked yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProofFile {
    /// The number of the entry, counted from 0.
    pub index: u64,
    /// Its bytes.
    pub entry: Vec<u8>,
    /// The path from the entry to the root, leaf first.
    pub path: Vec<Hash>,
    /// The signed checkpoint.
    pub checkpoint: Vec<u8>,
}

/// A line and what follows it.
fn line(text: &str, refusal: ProofFileRefusal) -> Result<(&str, &str), ProofFileRefusal> {
    text.split_once('\n').ok_or(refusal)
}

impl ProofFile {
    /// The bytes of the file.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut text = format!(
            "{HEADER}\nextra {}\nindex {}\n",
            STANDARD.encode(&self.entry),
            self.index
        );
        for hash in &self.path {
            let _ = writeln!(text, "{}", hash.to_base64());
        }
        text.push('\n');
        let mut bytes = text.into_bytes();
        bytes.extend_from_slice(&self.checkpoint);
        bytes
    }

    /// Reads what [`ProofFile::to_bytes`] prints, and nothing else.
    ///
    /// # Errors
    /// [`ProofFileRefusal`], the first that holds.
    pub fn parse(bytes: &[u8]) -> Result<Self, ProofFileRefusal> {
        if bytes.len() > MAX_LEN {
            return Err(ProofFileRefusal::TooLong);
        }
        let text = core::str::from_utf8(bytes).map_err(|_| ProofFileRefusal::NotText)?;
        let (header, rest) = line(text, ProofFileRefusal::Header)?;
        if header != HEADER {
            return Err(ProofFileRefusal::Header);
        }
        let (extra, rest) = line(rest, ProofFileRefusal::NoEntry)?;
        let extra = extra.strip_prefix("extra ").and_then(|extra| {
            let entry = STANDARD.decode(extra).ok()?;
            (STANDARD.encode(&entry) == extra).then_some(entry)
        });
        let entry = extra.ok_or(ProofFileRefusal::NoEntry)?;
        let (index, mut rest) = line(rest, ProofFileRefusal::Index)?;
        let index = index.strip_prefix("index ").and_then(|digits| {
            let index: u64 = digits.parse().ok()?;
            (index.to_string() == digits).then_some(index)
        });
        let index = index.ok_or(ProofFileRefusal::Index)?;
        let mut path = Vec::new();
        loop {
            let (hash, after) = line(rest, ProofFileRefusal::NoCheckpoint)?;
            rest = after;
            if hash.is_empty() {
                break;
            }
            let hash = Hash::from_base64(hash).map_err(|_| ProofFileRefusal::Path)?;
            if path.len() == LONGEST {
                return Err(ProofFileRefusal::Path);
            }
            path.push(hash);
        }
        if rest.is_empty() {
            return Err(ProofFileRefusal::NoCheckpoint);
        }
        Ok(Self {
            index,
            entry,
            path,
            checkpoint: rest.as_bytes().to_vec(),
        })
    }

    /// Checks the signature of the log over the checkpoint, and that the entry leads to its root.
    ///
    /// # Errors
    /// [`FileRefusal`], the first that holds.
    pub fn verify(&self, log: &VerifierKey) -> Result<Opened, FileRefusal> {
        let opened = Checkpoint::open(&self.checkpoint, log, &[]).map_err(FileRefusal::Open)?;
        let proved = opened
            .checkpoint
            .verify_inclusion(&self.path, self.index, &self.entry);
        proved.map_err(FileRefusal::Proof)?;
        Ok(opened)
    }
}

#[cfg(test)]
mod tests;
