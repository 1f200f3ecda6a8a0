//! The manifest of a published folder: every file but itself and those of the journal, with size
//! and digest.
//!
//! Always true: paths stand in order of their bytes, each once; each is made of plain letters,
//! digits and `. _ -`, so that it is the same name on every machine; one manifest has one text,
//! which is the canonical form of public files (one line a file).

use crate::failure::Fault;
use sanduq_journal::hash::Hash;
use serde::Deserialize;
use std::collections::BTreeMap;

/// Where the manifest lies.
pub const MANIFEST: &str = "manifest.json";

/// The folder of the journal, which the signed checkpoint answers for and not the manifest.
pub const JOURNAL: &str = "journal/";

/// The version of the shape; a reader refuses another.
const FORMAT: u32 = 1;

/// What the manifest says of one file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Listed {
    /// Its length in bytes.
    pub size: u64,
    /// SHA-256 of its bytes.
    pub sha256: Hash,
}

impl Listed {
    /// What a file of these bytes is listed as.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        Self {
            size: bytes.len() as u64,
            sha256: Hash::of_bytes(bytes),
        }
    }
}

/// The files of a publication.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Manifest {
    files: BTreeMap<String, Listed>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ManifestFile {
    format: u32,
    files: Vec<Row>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    path: String,
    sha256: String,
    size: u64,
}

impl Manifest {
    /// Adds a file.
    ///
    /// # Errors
    /// [`Fault::PathUnfit`] when no published file may have this path; [`Fault::PathsNotSorted`]
    /// when it is there already.
    pub fn add(&mut self, path: &str, listed: Listed) -> Result<(), Fault> {
        if !is_fit(path) {
            return Err(Fault::PathUnfit(path.to_owned()));
        }
        match self.files.insert(path.to_owned(), listed) {
            None => Ok(()),
            Some(_) => Err(Fault::PathsNotSorted(path.to_owned())),
        }
    }

    /// The files, in order of their paths.
    pub fn files(&self) -> impl Iterator<Item = (&str, Listed)> {
        self.files
            .iter()
            .map(|(path, listed)| (path.as_str(), *listed))
    }

    /// What it says of the file at `path`.
    #[must_use]
    pub fn get(&self, path: &str) -> Option<Listed> {
        self.files.get(path).copied()
    }

    /// Its bytes, of which the digest is sealed.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut text = format!("{{\n\"format\":{FORMAT},\n\"files\":[");
        for (place, (path, Listed { size, sha256 })) in self.files().enumerate() {
            // A fit path holds no character that JSON would escape.
            let comma = if place == 0 { "" } else { "," };
            text += &format!(
                "{comma}\n{{\"path\":\"{path}\",\"sha256\":\"{sha256}\",\"size\":{size}}}"
            );
        }
        text += "]}\n";
        text.into_bytes()
    }

    /// Reads a manifest and tells everything that is wrong with it; none when it cannot be read as
    /// one at all.
    #[must_use]
    pub fn read(bytes: &[u8]) -> (Option<Self>, Vec<Fault>) {
        let malformed = |why: String| (None, vec![Fault::ManifestMalformed(why)]);
        let file: ManifestFile = match serde_json::from_slice(bytes) {
            Ok(file) => file,
            Err(why) => return malformed(why.to_string()),
        };
        if file.format != FORMAT {
            return malformed(format!("the format is {}, not {FORMAT}", file.format));
        }
        let mut manifest = Self::default();
        let mut faults = Vec::new();
        for Row { path, sha256, size } in file.files {
            let Ok(sha256) = Hash::from_hex(&sha256) else {
                return malformed(format!("{sha256:?} is not a digest"));
            };
            let last = manifest.files.last_key_value();
            if last.is_some_and(|(last, _)| *last >= path) {
                faults.push(Fault::PathsNotSorted(path.clone()));
            }
            // A path that is there twice is out of order, which is told already.
            if let Err(fault @ Fault::PathUnfit(_)) = manifest.add(&path, Listed { size, sha256 }) {
                faults.push(fault);
            }
        }
        if faults.is_empty() && manifest.to_bytes() != bytes {
            faults.push(Fault::ManifestNotCanonical);
        }
        (Some(manifest), faults)
    }
}

/// Whether a published file outside the journal may have this path.
fn is_fit(path: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"._-".contains(&byte);
    let part = |part: &str| !part.is_empty() && !part.starts_with('.') && part.bytes().all(plain);
    path != MANIFEST && !path.starts_with(JOURNAL) && path.split('/').all(part)
}

#[cfg(test)]
mod tests;
