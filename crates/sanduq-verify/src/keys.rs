//! `keys.json`: whose signatures stand on the checkpoint. The manifest answers for its bytes; a
//! reader who brings the publisher's key from elsewhere need not believe it.
//!
//! Always true: the publisher's key is a log's, those of witnesses are witnesses', and no name
//! stands for two keys.

use crate::failure::Fault;
use sanduq_journal::note::KeyKind;
use sanduq_journal::note::VerifierKey;
use serde::Deserialize;
use serde::Serialize;

/// Where the keys lie.
pub const KEYS: &str = "keys.json";

/// The version of the shape; a reader refuses another.
const FORMAT: u32 = 1;

/// The keys of a publication.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Keys {
    /// Who signs the checkpoint.
    pub publisher: VerifierKey,
    /// Who may have seen it.
    pub witnesses: Vec<VerifierKey>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct KeysFile {
    format: u32,
    publisher: String,
    witnesses: Vec<String>,
}

impl Keys {
    /// The bytes of the file.
    ///
    /// # Panics
    /// Never: keys are texts.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let file = KeysFile {
            format: FORMAT,
            publisher: self.publisher.to_string(),
            witnesses: self.witnesses.iter().map(ToString::to_string).collect(),
        };
        let mut bytes = serde_json::to_vec_pretty(&file).expect("keys are texts");
        bytes.push(b'\n');
        bytes
    }

    /// Reads the file.
    ///
    /// # Errors
    /// [`Fault::KeysMalformed`] or [`Fault::KeyUnfit`], the first that holds.
    pub fn read(bytes: &[u8]) -> Result<Self, Fault> {
        let malformed = |why: String| Fault::KeysMalformed(why);
        let file: KeysFile =
            serde_json::from_slice(bytes).map_err(|why| malformed(why.to_string()))?;
        if file.format != FORMAT {
            return Err(malformed(format!(
                "the format is {}, not {FORMAT}",
                file.format
            )));
        }
        let publisher = key(&file.publisher, KeyKind::Log)?;
        let mut witnesses = Vec::<VerifierKey>::new();
        for text in &file.witnesses {
            let witness = key(text, KeyKind::Witness)?;
            let known = core::iter::once(&publisher).chain(&witnesses);
            if known.clone().any(|known| known.name() == witness.name()) {
                return Err(malformed(format!(
                    "{:?} stands for two keys",
                    witness.name()
                )));
            }
            witnesses.push(witness);
        }
        Ok(Self {
            publisher,
            witnesses,
        })
    }
}

fn key(text: &str, kind: KeyKind) -> Result<VerifierKey, Fault> {
    let unfit = |why| Fault::KeyUnfit {
        key: text.to_owned(),
        why,
    };
    match VerifierKey::parse(text) {
        Ok(key) if key.kind() == kind => Ok(key),
        Ok(_) => Err(unfit("keys.kind_differs")),
        Err(refusal) => Err(unfit(refusal.code())),
    }
}

#[cfg(test)]
mod tests;
