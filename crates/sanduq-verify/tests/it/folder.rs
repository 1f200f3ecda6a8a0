//! The folder of Wadi, and what the checker says of it.

use crate::nation::Nation;
pub use crate::sealing::Files;
use crate::sealing::ORIGIN;
pub use crate::sealing::public;
pub use crate::sealing::root;
pub use crate::sealing::sealed;
pub use crate::sealing::signer;
use sanduq_count::publication::Edition;
use sanduq_count::publication::PublicationRefusal;
use sanduq_journal::note::LogSigner;
use sanduq_verify::verify::Verified;
use sanduq_verify::verify::verify;
use std::path::Path;

/// Wadi with the root of its journal.
pub fn wadi() -> Nation {
    Nation::wadi(root)
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
