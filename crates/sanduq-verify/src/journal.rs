//! The journal of a published folder: its checkpoint, its files, its entries, and the seal.
//!
//! Always true: the files are read only against a checkpoint whose signatures are right, since
//! without it nothing says what they should be; no signature on it is left unchecked; every entry
//! is one that this version knows.

use crate::failure::Failure;
use crate::failure::Fault;
use crate::keys::Keys;
use crate::manifest::JOURNAL;
use crate::tree::Tree;
use crate::watch::Stage;
use crate::watch::Watch;
use sanduq_core::act::Act;
use sanduq_core::act::Entry;
use sanduq_journal::checkpoint::Checkpoint;
use sanduq_journal::checkpoint::Opened;
use sanduq_journal::hash::Hash;
use sanduq_journal::note::MAX_NOTE_LEN;
use sanduq_journal::note::VerifierKey;
use sanduq_journal::tile_reader::TreeFailure;
use sanduq_journal::tile_reader::check_tree;
use sanduq_journal::tiles::MAX_ENTRY_LEN;
use sanduq_journal::tiles::TILE_WIDTH;
use sanduq_journal::tiles::TileKind;
use sanduq_journal::tiles::TilePath;

/// Where the signed checkpoint lies.
pub const CHECKPOINT: &str = "journal/checkpoint";

/// No file of a log is longer, in bytes: a full bundle of the longest entries.
const MAX_TILE_LEN: u64 = TILE_WIDTH as u64 * (2 + MAX_ENTRY_LEN as u64);

/// Opens the checkpoint with the publisher's key. `keys` are those of the folder, unless they
/// cannot be read; then the witnesses cannot be told.
pub fn open(
    tree: &Tree,
    publisher: &VerifierKey,
    keys: Option<&Keys>,
    failures: &mut Vec<Failure>,
) -> Option<Opened> {
    let bytes = match tree.read(CHECKPOINT, MAX_NOTE_LEN as u64) {
        Ok(bytes) => bytes,
        Err(fault) => {
            failures.push(Failure::new(CHECKPOINT, &fault));
            return None;
        }
    };
    let witnesses = keys.map_or(&[][..], |keys| &keys.witnesses);
    let opened = match Checkpoint::open(&bytes, publisher, witnesses) {
        Ok(opened) => opened,
        Err(refusal) => {
            failures.push(Failure {
                path: CHECKPOINT.to_owned(),
                code: refusal.code(),
                detail: refusal.to_string(),
            });
            return None;
        }
    };
    if keys.is_some() {
        // The specification lets a reader pass over such a line; here each byte must count.
        let unknown = opened
            .unknown
            .iter()
            .map(|name| Fault::SignerUnknown(name.clone()));
        failures.extend(unknown.map(|fault| Failure::new(CHECKPOINT, &fault)));
    }
    Some(opened)
}

/// Recomputes the log of a checkpoint and answers the digest of the manifest that it sealed last,
/// if the log is whole and sealed one.
pub fn check(
    tree: &Tree,
    checkpoint: &Checkpoint,
    watch: &mut Watch<'_>,
    failures: &mut Vec<Failure>,
) -> Option<Hash> {
    let size = checkpoint.size();
    failures.extend(extra(tree, size));
    let mut unreadable = Vec::new();
    let mut seal = None;
    let read = |path: TilePath| tree.read(&format!("{JOURNAL}{path}"), MAX_TILE_LEN);
    let visit = |number: u64, bytes: &[u8]| {
        match Entry::from_bytes(bytes) {
            None => unreadable.push(number),
            Some(entry) => {
                if entry.act == Act::PublicationSealed.code() {
                    seal = Some((number, entry.facts.get("manifest").cloned()));
                }
                (watch.entry)(number, bytes, &entry);
            }
        }
        watch.tell(Stage::Journal, number + 1, size);
    };
    let checked = check_tree(size, checkpoint.root(), read, visit);
    let unreadable = unreadable.into_iter().map(|number| {
        let fault = Fault::EntryUnreadable(number);
        Failure::new(&bundle(number, size), &fault)
    });
    failures.extend(unreadable);
    if let Err(found) = checked {
        // A damaged journal cannot be asked what it sealed.
        failures.extend(found.iter().map(of_tree));
        return None;
    }
    let Some((number, manifest)) = seal else {
        failures.push(Failure::new(CHECKPOINT, &Fault::NoSeal));
        return None;
    };
    let manifest = manifest.and_then(|digest| Hash::from_hex(&digest).ok());
    if manifest.is_none() {
        let fault = Fault::SealMalformed(number);
        failures.push(Failure::new(&bundle(number, size), &fault));
    }
    manifest
}

/// Files in the folder of the journal that a log of this size does not have.
fn extra(tree: &Tree, size: u64) -> impl Iterator<Item = Failure> {
    let of_log = move |path: &str| {
        TilePath::parse(path)
            .is_ok_and(|tile| TilePath::of_log(tile.kind(), tile.index(), size) == Some(tile))
    };
    let own = |path: &&str| path.starts_with(JOURNAL) && *path != CHECKPOINT;
    let extra = tree
        .paths()
        .filter(own)
        .filter(move |path| !of_log(&path[JOURNAL.len()..]));
    extra.map(|path| Failure::new(path, &Fault::Extra))
}

/// The file in which an entry stands.
fn bundle(number: u64, size: u64) -> String {
    let path = TilePath::of_log(TileKind::Entries, number / u64::from(TILE_WIDTH), size);
    path.map_or(CHECKPOINT.to_owned(), |path| format!("{JOURNAL}{path}"))
}

fn of_tree(failure: &TreeFailure) -> Failure {
    let path = match failure.path {
        Some(path) => format!("{JOURNAL}{path}"),
        None => JOURNAL.trim_end_matches('/').to_owned(),
    };
    let place = failure
        .index
        .map(|index| format!("item {index}: "))
        .unwrap_or_default();
    let why = match failure.detail.as_str() {
        "" => String::new(),
        detail => format!(": {detail}"),
    };
    Failure {
        path,
        code: failure.refusal.code(),
        detail: format!("{place}{}{why}", failure.refusal),
    }
}
