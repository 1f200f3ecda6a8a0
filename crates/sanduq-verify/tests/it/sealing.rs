//! Sealing a folder as the authority does it: public files, keys, manifest, the seal in the
//! journal, and the signature over it.

use crate::nation::Nation;
use crate::nation::actor;
use sanduq_core::act::Organ;
use sanduq_count::publication::PublicationRefusal;
use sanduq_count::publication::files;
use sanduq_count::publication::publication_sealed;
use sanduq_journal::checkpoint::Checkpoint;
use sanduq_journal::hash::Hash;
use sanduq_journal::note::LogSigner;
use sanduq_journal::tile_writer::write_tree;
use sanduq_journal::tree::Frontier;
use sanduq_verify::keys::KEYS;
use sanduq_verify::keys::Keys;
use sanduq_verify::manifest::Listed;
use sanduq_verify::manifest::MANIFEST;
use sanduq_verify::manifest::Manifest;
use std::collections::BTreeMap;
use std::convert::Infallible;

/// Files by their path.
pub type Files = BTreeMap<String, Vec<u8>>;

/// The name of the authority's key.
pub const ORIGIN: &str = "wadi.example/journal";

/// The root over these entries.
pub fn root(entries: &[Vec<u8>]) -> [u8; 32] {
    let leaves = entries.iter().map(|entry| Hash::of_leaf(entry));
    *leaves.collect::<Frontier>().root().as_bytes()
}

/// The public files of a nation.
pub fn public(nation: &Nation) -> Files {
    let mut folder = Files::new();
    let mut emit = |path: &str, bytes: Vec<u8>| {
        folder.insert(path.to_owned(), bytes);
        Ok::<(), PublicationRefusal>(())
    };
    files(&nation.snapshot, &mut emit).unwrap();
    folder.insert(
        "index.html".to_owned(),
        b"<!doctype html>\n<title>Wadi</title>\n".to_vec(),
    );
    folder
}

/// The key of the authority.
pub fn signer() -> LogSigner {
    LogSigner::from_seed(ORIGIN, &[7; 32]).unwrap()
}

/// Adds keys and manifest to the files, the seal to the journal, and signs it.
pub fn sealed(files: &Files, nation: &Nation, snapshot: &str) -> Files {
    let signer = signer();
    let mut folder = files.clone();
    let keys = Keys {
        publisher: signer.key().clone(),
        witnesses: Vec::new(),
    };
    folder.insert(KEYS.to_owned(), keys.to_bytes());
    let mut manifest = Manifest::default();
    for (path, bytes) in &folder {
        manifest.add(path, Listed::of(bytes)).unwrap();
    }
    let manifest = manifest.to_bytes();
    let digest = Hash::of_bytes(&manifest).to_string();
    folder.insert(MANIFEST.to_owned(), manifest);
    let officer = actor("officer-1", Organ::Executive);
    let seal = publication_sealed(snapshot, &digest, &officer, nation.snapshot.at);
    let mut entries = nation.entries.clone();
    entries.push(seal.to_bytes());
    let mut sink = |path: sanduq_journal::tiles::TilePath, bytes: &[u8]| {
        folder.insert(format!("journal/{path}"), bytes.to_vec());
        Ok::<(), Infallible>(())
    };
    let tree = write_tree(&entries, &mut sink).unwrap();
    let checkpoint = Checkpoint::new(ORIGIN, tree.size(), tree.root()).unwrap();
    let note = checkpoint.sign(&signer).unwrap();
    folder.insert("journal/checkpoint".to_owned(), note.to_bytes());
    folder
}
