//! The files written are those that the specification defines, each once.

use super::*;
use crate::reference;
use crate::tiles::MAX_ENTRY_LEN;
use crate::tiles::entries_of;
use crate::tiles::hashes_of;
use std::collections::BTreeMap;

type Files = BTreeMap<TilePath, Vec<u8>>;

fn written(size: u64) -> (Frontier, Files) {
    let mut files = Files::new();
    let entries = (0..size).map(reference::entry);
    let tree = write_tree(entries, |path, bytes| {
        let earlier = files.insert(path, bytes.to_vec());
        assert_eq!(earlier, None, "{path} is written once");
        Ok::<(), ()>(())
    });
    (tree.unwrap(), files)
}

/// Tile n of level l is MTH(D[(n·256 + i)·256^l : (n·256 + i + 1)·256^l]) for i from 0.
#[test]
fn each_tile_holds_what_the_specification_says() {
    for size in [0, 1, 2, 255, 256, 257, 511, 512, 600, 65_536, 65_900] {
        let (tree, files) = written(size);
        let leaves = reference::leaves(size);
        assert_eq!(tree, leaves.iter().copied().collect(), "{size}");
        let mut expected: Vec<_> = TilePath::all(size).collect();
        expected.sort();
        assert!(files.keys().eq(&expected), "{size}");
        for (path, bytes) in &files {
            let first = usize::try_from(path.item(0)).unwrap();
            match path.kind() {
                TileKind::Entries => {
                    let places = entries_of(bytes, path.width()).unwrap();
                    for (slot, place) in places.into_iter().enumerate() {
                        assert_eq!(bytes[place], reference::entry((first + slot) as u64));
                    }
                }
                TileKind::Hashes(level) => {
                    let span = 256_usize.pow(u32::from(level));
                    for (slot, hash) in hashes_of(bytes, path.width()).unwrap().iter().enumerate() {
                        let start = (first + slot) * span;
                        let below: Frontier = leaves[start..start + span].iter().copied().collect();
                        assert_eq!(*hash, below.root(), "{path} {slot}");
                    }
                }
            }
        }
    }
}

#[test]
fn a_fault_is_told_with_its_place() {
    let long = vec![0; MAX_ENTRY_LEN + 1];
    let answer = write_tree([vec![], long], |_, _| Ok::<(), ()>(()));
    assert_eq!(answer, Err(WriteFault::Entry(1, TileRefusal::EntryTooLong)));
    for refused in TilePath::all(600) {
        let sink = |path, _: &[u8]| {
            if path == refused {
                Err("no room")
            } else {
                Ok(())
            }
        };
        let answer = write_tree((0..600).map(reference::entry), sink);
        assert_eq!(answer, Err(WriteFault::Sink(refused, "no room")));
    }
}
