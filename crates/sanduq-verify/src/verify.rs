//! The whole check of a published folder: that it is what was sealed, and that what was sealed
//! follows from its own sheets and journal.
//!
//! Always true: nothing is recomputed from a folder that is not whole, since its bytes are not
//! those that anybody answers for; what is wrong with the chain is told instead.

use crate::failure::Failure;
use crate::folder;
use crate::folder::Checked;
use crate::manifest::Listed;
use crate::recompute::Acts;
use crate::recompute::Counts;
use crate::recompute::Failures;
use crate::recompute::Files;
use crate::recompute::recompute;
use crate::recompute::snapshot_size;
use crate::watch::Stage;
use crate::watch::Watch;
use sanduq_journal::note::VerifierKey;
use std::fs::File;
use std::io::Read as _;
use std::path::Path;

/// A folder after everything was checked.
pub struct Verified {
    /// Everything that is wrong, in the order of checking.
    pub failures: Vec<Failure>,
    /// Failures beyond those.
    pub untold: u64,
    /// What was recomputed; none when the folder is not whole.
    pub counts: Option<Counts>,
    /// Files that the manifest names, and their bytes.
    pub files: (u64, u64),
    /// The key that the checkpoint was opened with.
    pub publisher: Option<VerifierKey>,
    /// Names of the witnesses whose signatures stand on the checkpoint.
    pub witnesses: Vec<String>,
}

impl Verified {
    /// Whether nothing is wrong.
    #[must_use]
    pub fn holds(&self) -> bool {
        self.failures.is_empty() && self.counts.is_some()
    }
}

/// What is being looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doing<'a> {
    /// Entries of the journal, done of all.
    Journal(u64, u64),
    /// Files and their digests, done of all.
    Files(u64, u64),
    /// This file is recomputed.
    Recomputing(&'a str),
}

impl Files for Checked {
    fn paths(&self) -> Vec<String> {
        self.files().map(|(path, _)| path.to_owned()).collect()
    }

    fn read(&self, path: &str) -> Result<Vec<u8>, Failure> {
        Self::read(self, path)
    }

    /// Of a folder that is whole, what its manifest says: every file was measured against it.
    fn measured(&self, path: &str) -> Option<Listed> {
        self.listed(path)
    }
}

/// Checks the folder at `root`, with the publisher's key when the reader brought it.
#[must_use]
pub fn verify(
    root: &Path,
    pinned: Option<&VerifierKey>,
    progress: &mut dyn FnMut(Doing<'_>),
) -> Verified {
    // Only its size is taken from the file before it is checked; a file that changes meanwhile
    // gives a root that differs.
    let event = head_of_event(root).unwrap_or_default();
    let mut acts = Acts::new(snapshot_size(&event));
    let mut failures = Failures::default();
    let watch = Watch {
        progress: &mut |at| match at.stage {
            Stage::Journal => progress(Doing::Journal(at.done, at.total)),
            Stage::Files => progress(Doing::Files(at.done, at.total)),
        },
        entry: &mut |number, bytes, entry| acts.take(number, bytes, entry, &mut failures),
    };
    let checked = folder::check(root, pinned, watch);
    let sizes = |(files, bytes): (u64, u64), (_, listed): (&str, Listed)| {
        (files + 1, bytes.saturating_add(listed.size))
    };
    let mut verified = Verified {
        failures: checked.failures.clone(),
        untold: 0,
        counts: None,
        files: checked.files().fold((0, 0), sizes),
        publisher: checked.publisher.clone(),
        witnesses: witnesses(&checked),
    };
    if checked.is_whole() {
        let mut tell = |path: &str| progress(Doing::Recomputing(path));
        verified.counts = Some(recompute(&checked, &acts, &mut failures, &mut tell));
        (verified.failures, verified.untold) = failures.into_parts();
    }
    verified
}

/// The bytes of `event.json`, of a plain file and not more than it may have: nothing has been
/// checked yet, and whoever made the folder may want this to last for ever.
fn head_of_event(root: &Path) -> std::io::Result<Vec<u8>> {
    let path = root.join("event.json");
    let mut bytes = Vec::new();
    if std::fs::symlink_metadata(&path)?.is_file() {
        File::open(path)?.take(EVENT_MOST).read_to_end(&mut bytes)?;
    }
    Ok(bytes)
}

/// Bytes of `event.json` at most.
const EVENT_MOST: u64 = 16 << 20;

fn witnesses(checked: &Checked) -> Vec<String> {
    let opened = checked.opened.iter();
    let witnesses = opened.flat_map(|opened| &opened.witnesses);
    witnesses.map(|(name, _)| name.clone()).collect()
}
