//! Checks that a published folder is whole: what it holds is what was sealed, and nothing else.
//!
//! ```text
//! publisher's key ─▶ checkpoint ─▶ root ─▶ entries ─▶ the last seal ─▶ manifest ─▶ every file
//! ```
//!
//! Always true: a folder without a failure has no byte outside this chain. A link that is broken
//! does not hide what is wrong further on: files are compared with the manifest even when the
//! manifest itself is refused, and only the journal needs the checkpoint above it. Who must not
//! trust the folder for the publisher's key brings it along.

use crate::failure::Failure;
use crate::failure::Fault;
use crate::journal;
use crate::keys::KEYS;
use crate::keys::Keys;
use crate::manifest::JOURNAL;
use crate::manifest::Listed;
use crate::manifest::MANIFEST;
use crate::manifest::Manifest;
use crate::tree::Tree;
use crate::watch::Stage;
use crate::watch::Watch;
use sanduq_journal::checkpoint::Opened;
use sanduq_journal::hash::Hash;
use sanduq_journal::note::VerifierKey;
use std::collections::BTreeSet;
use std::path::Path;

/// A manifest longer than this is not read, in bytes: it would name a million files and more.
const MAX_MANIFEST_LEN: u64 = 1 << 28;

/// A file of keys longer than this is not read, in bytes.
const MAX_KEYS_LEN: u64 = 1 << 20;

/// A folder after its check.
pub struct Checked {
    tree: Tree,
    manifest: Option<Manifest>,
    /// Everything that is wrong, in the order in which it was found, each failure once.
    pub failures: Vec<Failure>,
    /// The key that the checkpoint was opened with: the one that was brought, or else the folder's
    /// own, which the reader should compare with what the publisher says elsewhere.
    pub publisher: Option<VerifierKey>,
    /// What the publisher signed and who saw it; none when the checkpoint is refused.
    pub opened: Option<Opened>,
}

impl Checked {
    /// Whether nothing is wrong.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.failures.is_empty()
    }

    /// The files that the manifest names, in order of their paths.
    pub fn files(&self) -> impl Iterator<Item = (&str, Listed)> {
        self.manifest.iter().flat_map(Manifest::files)
    }

    /// What the manifest says of a file.
    #[must_use]
    pub fn listed(&self, path: &str) -> Option<Listed> {
        self.manifest.as_ref()?.get(path)
    }

    /// Reads a file that the manifest names, and only the bytes that it names, so that what is
    /// computed from a folder is computed from what was checked.
    ///
    /// # Errors
    /// [`Failure`] when the manifest does not name the file, or its bytes are others.
    pub fn read(&self, path: &str) -> Result<Vec<u8>, Failure> {
        let listed = self.listed(path);
        let read = |Listed { size, .. }| self.tree.read(path, size);
        let bytes = listed.ok_or(Fault::Missing).and_then(|listed| {
            let bytes = read(listed)?;
            compare(listed, Listed::of(&bytes))?;
            Ok(bytes)
        });
        bytes.map_err(|fault| Failure::new(path, &fault))
    }
}

/// Checks the folder at `root`. With `pinned` the checkpoint must be signed by that key, whatever
/// the folder says of its publisher.
#[must_use]
pub fn check(root: &Path, pinned: Option<&VerifierKey>, mut watch: Watch<'_>) -> Checked {
    let (tree, mut failures) = Tree::list(root);
    let (manifest, digest) = read_manifest(&tree, &mut failures);
    let keys = read_keys(&tree, pinned, &mut failures);
    let publisher = pinned
        .or(keys.as_ref().map(|keys| &keys.publisher))
        .cloned();
    let opened = publisher
        .as_ref()
        .and_then(|publisher| journal::open(&tree, publisher, keys.as_ref(), &mut failures));
    let sealed = opened
        .as_ref()
        .and_then(|opened| journal::check(&tree, &opened.checkpoint, &mut watch, &mut failures));
    if let (Some(stated), Some(found)) = (sealed, digest)
        && stated != found
    {
        let fault = Fault::NotSealed { stated, found };
        // Before the files that a wrong manifest accuses.
        failures.push(Failure::new(MANIFEST, &fault));
    }
    if let Some(manifest) = &manifest {
        check_files(&tree, manifest, &mut watch, &mut failures);
    }
    let mut told = BTreeSet::new();
    failures.retain(|failure| told.insert((failure.path.clone(), failure.code)));
    Checked {
        tree,
        manifest,
        failures,
        publisher,
        opened,
    }
}

fn read_manifest(tree: &Tree, failures: &mut Vec<Failure>) -> (Option<Manifest>, Option<Hash>) {
    match tree.read(MANIFEST, MAX_MANIFEST_LEN) {
        Ok(bytes) => {
            let (manifest, faults) = Manifest::read(&bytes);
            failures.extend(faults.iter().map(|fault| Failure::new(MANIFEST, fault)));
            (manifest, Some(Hash::of_bytes(&bytes)))
        }
        Err(fault) => {
            failures.push(Failure::new(MANIFEST, &fault));
            (None, None)
        }
    }
}

fn read_keys(
    tree: &Tree,
    pinned: Option<&VerifierKey>,
    failures: &mut Vec<Failure>,
) -> Option<Keys> {
    let read = tree
        .read(KEYS, MAX_KEYS_LEN)
        .and_then(|bytes| Keys::read(&bytes));
    let keys = read
        .map_err(|fault| failures.push(Failure::new(KEYS, &fault)))
        .ok()?;
    if let Some(pinned) = pinned.filter(|pinned| **pinned != keys.publisher) {
        let fault = Fault::PublisherDiffers {
            pinned: pinned.to_string(),
            found: keys.publisher.to_string(),
        };
        failures.push(Failure::new(KEYS, &fault));
    }
    Some(keys)
}

/// Compares the files outside the journal with the manifest, both ways.
fn check_files(
    tree: &Tree,
    manifest: &Manifest,
    watch: &mut Watch<'_>,
    failures: &mut Vec<Failure>,
) {
    let total = manifest.files().count() as u64;
    for (done, (path, stated)) in (1..).zip(manifest.files()) {
        let checked = match tree.size(path) {
            None => Err(Fault::Missing),
            // A file of another size need not be read.
            Some(found) if found != stated.size => Err(Fault::SizeDiffers {
                stated: stated.size,
                found,
            }),
            Some(_) => tree.measure(path).and_then(|found| compare(stated, found)),
        };
        failures.extend(checked.err().map(|fault| Failure::new(path, &fault)));
        watch.tell(Stage::Files, done, total);
    }
    let named = |path: &&str| {
        *path == MANIFEST || path.starts_with(JOURNAL) || manifest.get(path).is_some()
    };
    let extra = tree.paths().filter(|path| !named(path));
    failures.extend(extra.map(|path| Failure::new(path, &Fault::Extra)));
}

fn compare(stated: Listed, found: Listed) -> Result<(), Fault> {
    if found.size != stated.size {
        return Err(Fault::SizeDiffers {
            stated: stated.size,
            found: found.size,
        });
    }
    if found.sha256 != stated.sha256 {
        return Err(Fault::DigestDiffers {
            stated: stated.sha256,
            found: found.sha256,
        });
    }
    Ok(())
}

#[cfg(test)]
mod tests;
