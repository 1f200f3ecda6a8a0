//! A log reads back whole, and any damage is found and named.

use super::*;
use crate::checkpoint::CheckpointRefusal;
use crate::hash::HashRefusal;
use crate::note::KeyRefusal;
use crate::note::NoteRefusal;
use crate::proof::consistency_proof;
use crate::proof::inclusion_proof;
use crate::reference;
use crate::reference::Seeded;
use crate::tile_writer::write_tree;
use crate::tiles::push_entry;
use crate::tree::FrontierRefusal;
use std::collections::BTreeMap;
use std::collections::BTreeSet;

#[derive(Clone)]
struct Log {
    size: u64,
    root: Hash,
    files: BTreeMap<TilePath, Vec<u8>>,
}

impl Log {
    fn of(entries: impl IntoIterator<Item = Vec<u8>>) -> Self {
        let mut files = BTreeMap::new();
        let sink = |path, bytes: &[u8]| {
            files.insert(path, bytes.to_vec());
            Ok::<(), ()>(())
        };
        let tree = write_tree(entries, sink).unwrap();
        Self {
            size: tree.size(),
            root: tree.root(),
            files,
        }
    }

    fn of_size(size: u64) -> Self {
        Self::of((0..size).map(reference::entry))
    }

    fn read(&self, path: TilePath) -> Result<Vec<u8>, &'static str> {
        self.files.get(&path).cloned().ok_or("no such file")
    }

    fn check(&self) -> Result<(), Vec<TreeFailure>> {
        check_tree(self.size, self.root, |path| self.read(path), |_, _| ())
    }

    /// What is wrong, as `path index code`.
    fn told(&self) -> Vec<String> {
        let told = |failure: TreeFailure| {
            let path = failure
                .path
                .map_or("log".to_owned(), |path| path.to_string());
            let index = failure
                .index
                .map_or("-".to_owned(), |index| index.to_string());
            format!("{path} {index} {}", failure.refusal.code())
        };
        self.check()
            .err()
            .unwrap_or_default()
            .into_iter()
            .map(told)
            .collect()
    }

    fn file(&mut self, path: &str) -> &mut Vec<u8> {
        self.files.get_mut(&TilePath::parse(path).unwrap()).unwrap()
    }
}

#[test]
fn a_log_reads_back_whole() {
    for size in [0, 1, 2, 255, 256, 257, 511, 512, 600, 65_537] {
        let log = Log::of_size(size);
        let (mut visited, mut asked) = (0, BTreeSet::new());
        let read = |path| {
            assert!(asked.insert(path), "{path} is asked for once");
            log.read(path)
        };
        let visit = |index: u64, entry: &[u8]| {
            assert_eq!((index, entry), (visited, &reference::entry(index)[..]));
            visited += 1;
        };
        assert_eq!(check_tree(size, log.root, read, visit), Ok(()), "{size}");
        assert_eq!(visited, size);
        assert!(asked.iter().eq(log.files.keys()));
    }
}

#[test]
fn any_changed_byte_of_any_file_is_named() {
    for (size, step) in [(5, 1), (262, 13)] {
        let log = Log::of_size(size);
        for (path, bytes) in &log.files {
            for place in (0..bytes.len()).step_by(step) {
                let mut damaged = log.clone();
                damaged.files.get_mut(path).unwrap()[place] ^= 1 << (place % 8);
                let failures = damaged.check().unwrap_err();
                assert_eq!(failures.len(), 1, "{path} byte {place}: {failures:?}");
                assert_eq!(failures[0].path, Some(*path), "byte {place}");
                if let TileKind::Hashes(_) = path.kind() {
                    let slot = (place / Hash::LEN) as u64;
                    assert_eq!(failures[0].index, Some(path.item(0) + slot));
                }
            }
        }
    }
}

/// Three levels of tiles: the unfinished file of each kind is damaged, and two full ones.
#[test]
fn any_changed_byte_of_a_larger_log_is_named() {
    let log = Log::of_size(66_100);
    let mut seeded = Seeded(11);
    let kinds = [
        TileKind::Entries,
        TileKind::Hashes(0),
        TileKind::Hashes(1),
        TileKind::Hashes(2),
    ];
    let last = kinds.map(|kind| TilePath::last(kind, log.size).unwrap());
    for path in last
        .into_iter()
        .chain([TilePath::full(1, 0), TilePath::full(0, 255)])
    {
        let mut damaged = log.clone();
        let bytes = damaged.files.get_mut(&path).unwrap();
        let place = seeded.below(bytes.len());
        bytes[place] ^= 0x10;
        let failures = damaged.check().unwrap_err();
        assert_eq!(failures.len(), 1, "{path} byte {place}: {failures:?}");
        assert_eq!(failures[0].path, Some(path), "byte {place}");
    }
}

#[test]
fn damage_is_named_with_its_place_and_code() {
    type Case = (fn(&mut Log), &'static str);
    let cases: [Case; 9] = [
        (
            |log| log.file("tile/entries/000")[4] ^= 1,
            "tile/entries/000 1 tile.entry_differs",
        ),
        (
            |log| log.file("tile/entries/002.p/88")[1] ^= 1,
            "tile/entries/002.p/88 - tile.bundle_malformed",
        ),
        (
            |log| log.file("tile/entries/002.p/88").push(0),
            "tile/entries/002.p/88 - tile.bundle_malformed",
        ),
        (
            |log| log.file("tile/0/001")[3 * 32] ^= 1,
            "tile/0/001 259 tile.hash_differs",
        ),
        (
            |log| log.file("tile/1/000.p/2")[32] ^= 1,
            "tile/1/000.p/2 1 tile.hash_differs",
        ),
        (
            |log| log.file("tile/0/001").truncate(8_160),
            "tile/0/001 - tile.wrong_length",
        ),
        (
            |log| log.file("tile/0/002.p/88").push(0),
            "tile/0/002.p/88 - tile.wrong_length",
        ),
        (
            |log| log.root = Hash::of_empty_log(),
            "log - tile.root_differs",
        ),
        (|log| log.size = 0, "log - tile.root_differs"),
    ];
    for (damage, told) in cases {
        let mut log = Log::of_size(600);
        damage(&mut log);
        assert_eq!(log.told(), [told]);
    }
}

#[test]
fn damage_to_several_files_names_them_all() {
    let mut log = Log::of_size(600);
    log.file("tile/entries/000")[4] ^= 1;
    log.file("tile/0/001")[0] ^= 1;
    log.file("tile/entries/002.p/88").clear();
    let told = [
        "tile/entries/000 1 tile.entry_differs",
        "tile/0/001 256 tile.hash_differs",
        "tile/entries/002.p/88 - tile.bundle_malformed",
    ];
    assert_eq!(log.told(), told);

    // An entry and its own leaf hash, each changed in another way: neither can be believed.
    let mut log = Log::of_size(600);
    log.file("tile/entries/000")[4] ^= 1;
    log.file("tile/0/000")[32] ^= 1;
    let told = [
        "tile/entries/000 1 tile.entry_differs",
        "tile/0/000 1 tile.hash_differs",
    ];
    assert_eq!(log.told(), told);
}

#[test]
fn a_missing_file_is_named_and_the_rest_is_read() {
    let (small, large) = (Log::of_size(600), Log::of_size(65_600));
    let missing = TilePath::all(600).map(|path| (&small, path));
    for (log, path) in missing.chain([(&large, TilePath::full(1, 0))]) {
        let mut damaged = log.clone();
        damaged.files.remove(&path);
        let failures = damaged.check().unwrap_err();
        assert_eq!(failures.len(), 1, "{path}: {failures:?}");
        let told = format!("{path}: the file cannot be read: no such file");
        assert_eq!(failures[0].to_string(), told);
    }
}

/// Who changes an entry and every hash above it is betrayed by the root alone.
#[test]
fn a_log_forged_throughout_is_refused_by_its_root() {
    let log = Log::of_size(600);
    let mut entries: Vec<_> = (0..600).map(reference::entry).collect();
    entries[300].push(b'0');
    let forged = Log {
        root: log.root,
        ..Log::of(entries)
    };
    assert_eq!(forged.told(), ["log - tile.root_differs"]);
}

/// Who changes an entry and only its leaf hash is betrayed by the hash above.
#[test]
fn a_bundle_forged_with_its_tile_is_refused_by_the_tile_above() {
    let log = Log::of_size(600);
    let mut entries: Vec<_> = (0..600).map(reference::entry).collect();
    entries[300].push(b'0');
    let forged = Log::of(entries);
    let mut mixed = log.clone();
    for path in ["tile/entries/001", "tile/0/001"] {
        let path = TilePath::parse(path).unwrap();
        mixed.files.insert(path, forged.files[&path].clone());
    }
    assert_eq!(mixed.told(), ["tile/0/001 - tile.above_differs"]);
}

#[test]
fn a_false_size_does_not_keep_it_busy() {
    for size in [u64::MAX, 1 << 63, 1 << 40, 65_536 * 256] {
        let log = Log {
            size,
            ..Log::of_size(600)
        };
        let failures = log.check().unwrap_err();
        assert!(
            (MAX_FAILURES..MAX_FAILURES + 16).contains(&failures.len()),
            "{}",
            failures.len()
        );
        let last = failures
            .iter()
            .filter(|f| f.refusal == TileRefusal::TooManyFailures);
        assert_eq!(last.count(), 1);
    }
}

#[test]
fn entries_that_are_not_theirs_are_not_visited() {
    let mut log = Log::of_size(600);
    log.file("tile/entries/000")[4] ^= 1;
    log.file("tile/0/001")[0] ^= 1;
    let mut visited = Vec::new();
    let failed = check_tree(
        600,
        log.root,
        |path| log.read(path),
        |index, _| visited.push(index),
    );
    assert_eq!(failed.unwrap_err().len(), 2);
    assert_eq!(
        visited,
        (0..600).filter(|index| *index != 1).collect::<Vec<_>>()
    );
}

#[test]
fn proofs_from_tiles_are_those_from_leaves() {
    let log = Log::of_size(66_100);
    let leaves = reference::leaves(log.size);
    let reader = || TileReader::new(log.size, |path| log.read(path));
    let mut seeded = Seeded(5);
    for _ in 0..4 {
        let index = seeded.below(leaves.len()) as u64;
        let from_leaves = inclusion_proof(&leaves[..], index, log.size).unwrap();
        assert_eq!(inclusion_proof(reader(), index, log.size), Ok(from_leaves));
        let from_leaves = consistency_proof(&leaves[..], index + 1, log.size).unwrap();
        assert_eq!(
            consistency_proof(reader(), index + 1, log.size),
            Ok(from_leaves)
        );
    }
}

#[test]
fn a_hash_that_tiles_do_not_hold_is_refused_by_name() {
    let mut log = Log::of_size(600);
    let not_held = Err(ReadFault::Proof(ProofRefusal::HashNotHeld));
    for (level, index) in [
        (0, 600),
        (3, 75),
        (8, 2),
        (9, 1),
        (16, 0),
        (64, 0),
        (0, u64::MAX),
    ] {
        let read = |path| log.read(path);
        assert_eq!(
            TileReader::new(600, read).subtree(level, index),
            not_held,
            "{level} {index}"
        );
    }
    let mut push = Vec::new();
    push_entry(&mut push, b"not a hash").unwrap();
    *log.file("tile/0/000") = push;
    log.files.remove(&TilePath::full(0, 1));
    let mut reader = TileReader::new(600, |path| log.read(path));
    let tile = TilePath::full(0, 0);
    assert_eq!(
        reader.subtree(0, 0),
        Err(ReadFault::Tile(tile, TileRefusal::WrongLength))
    );
    let tile = TilePath::full(0, 1);
    assert_eq!(
        reader.subtree(0, 256),
        Err(ReadFault::Read(tile, "no such file"))
    );
}

#[test]
fn codes_are_stable_and_no_two_reasons_share_one() {
    let mut codes = Vec::new();
    codes.extend(
        HashRefusal::ALL
            .iter()
            .map(|why| (why.code(), why.to_string())),
    );
    codes.extend(
        FrontierRefusal::ALL
            .iter()
            .map(|why| (why.code(), why.to_string())),
    );
    codes.extend(
        ProofRefusal::ALL
            .iter()
            .map(|why| (why.code(), why.to_string())),
    );
    codes.extend(
        KeyRefusal::ALL
            .iter()
            .map(|why| (why.code(), why.to_string())),
    );
    codes.extend(
        NoteRefusal::ALL
            .iter()
            .map(|why| (why.code(), why.to_string())),
    );
    codes.extend(
        CheckpointRefusal::ALL
            .iter()
            .map(|why| (why.code(), why.to_string())),
    );
    codes.extend(
        TileRefusal::ALL
            .iter()
            .map(|why| (why.code(), why.to_string())),
    );
    let unique: BTreeSet<_> = codes.iter().map(|(code, _)| code).collect();
    assert_eq!(unique.len(), codes.len());
    for (code, sentence) in &codes {
        let (noun, reason) = code.split_once('.').unwrap();
        let plain = |word: &str| {
            word.bytes()
                .all(|b| b.is_ascii_lowercase() || b"_468".contains(&b))
        };
        assert!(
            plain(noun) && plain(reason) && !sentence.is_empty(),
            "{code}: {sentence}"
        );
    }
}
