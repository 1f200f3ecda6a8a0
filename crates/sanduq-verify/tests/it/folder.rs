//! A folder in the making: the public files of Wadi, sealed and signed as the authority does it.

use crate::nation::Nation;
use crate::nation::actor;
use sanduq_core::act::Organ;
use sanduq_count::publication::Edition;
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
use sanduq_verify::verify::Verified;
use sanduq_verify::verify::verify;
use std::collections::BTreeMap;
use std::convert::Infallible;
use std::path::Path;

/// Files by their path.
pub type Files = BTreeMap<String, Vec<u8>>;

/// The name of the authority's key.
pub const ORIGIN: &str = "wadi.example/journal";

/// The root over these entries.
pub fn root(entries: &[Vec<u8>]) -> [u8; 32] {
    let leaves = entries.iter().map(|entry| Hash::of_leaf(entry));
    *leaves.collect::<Frontier>().root().as_bytes()
}

/// Wadi with the root of its journal.
pub fn wadi() -> Nation {
    Nation::wadi(root)
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

/// Every file that follows from others, made again: what an insider does who forges with care.
///
/// # Errors
/// When the primary files contradict each other.
pub fn derived(files: &Files) -> Result<Files, PublicationRefusal> {
    let mut fetch = |path: &str| Ok(files[path].clone());
    let edition = Edition::read::<PublicationRefusal>(&mut fetch)?;
    let mut again = files.clone();
    let mut emit = |path: &str, bytes: Vec<u8>| {
        again.insert(path.to_owned(), bytes);
        Ok(())
    };
    let mut sheets = |entry: &_| edition.sheets(entry, &mut fetch);
    edition.emit(&mut sheets, &mut emit)?;
    Ok(again)
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

/// The folder of Wadi, honest.
pub fn published() -> Files {
    let nation = wadi();
    sealed(&public(&nation), &nation, &nation.snapshot.id())
}

/// Writes a folder.
pub fn write(root: &Path, files: &Files) {
    for (path, bytes) in files {
        let path = root.join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }
}

/// What the checker says of these files.
pub fn judged(files: &Files) -> Verified {
    let dir = tempfile::tempdir().unwrap();
    write(dir.path(), files);
    verify(dir.path(), Some(signer().key()), &mut |_| {})
}

/// The failures of a check, a line each.
pub fn told(verified: &Verified) -> Vec<String> {
    verified.failures.iter().map(ToString::to_string).collect()
}

#[test]
fn an_honest_folder_holds_and_everything_was_counted() {
    let verified = judged(&published());
    assert_eq!(told(&verified), [""; 0]);
    assert!(verified.holds());
    let counts = verified.counts.unwrap();
    assert_eq!(counts.entries, 56);
    assert_eq!((counts.contests, counts.files), (4, 38));
    // 8 of the president, 3 of each council, 4 of the question.
    assert_eq!(counts.sheets.sheets, 18);
    // 7 lines and 3 choices on 7 sheets, 7 lines and 2 choices on 6.
    assert_eq!(counts.sheets.figures, 7 * 10 + 6 * 9);
    assert_eq!(counts.turnout, 2 * 11);
    assert_eq!(verified.publisher.as_ref(), Some(signer().key()));
}

#[test]
fn another_publisher_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    write(dir.path(), &published());
    let other = LogSigner::from_seed(ORIGIN, &[8; 32]).unwrap();
    let verified = verify(dir.path(), Some(other.key()), &mut |_| {});
    assert!(!verified.holds());
    let codes: Vec<&str> = verified
        .failures
        .iter()
        .map(|failure| failure.code)
        .collect();
    assert!(codes.contains(&"keys.publisher_differs"), "{codes:?}");
}
