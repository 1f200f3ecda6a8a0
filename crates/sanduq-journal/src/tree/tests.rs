//! The frontier has the roots of the reference tree and of a peer, and keeps itself in bytes.

use super::*;
use crate::reference;
use proptest::prelude::*;

/// RFC 9162 section 2.1.1 word for word.
fn merkle_tree_hash(leaves: &[Hash]) -> Hash {
    match leaves {
        [] => Hash::of_empty_log(),
        [leaf] => *leaf,
        _ => {
            let (left, right) = leaves.split_at(leaves.len().next_power_of_two() / 2);
            Hash::of_node(&merkle_tree_hash(left), &merkle_tree_hash(right))
        }
    }
}

#[test]
fn the_roots_are_those_of_the_reference_tree() {
    let mut log = Frontier::default();
    assert_eq!(log.root(), reference::hash(reference::ROOTS[0]));
    for (number, entry) in reference::ENTRIES.iter().enumerate() {
        assert_eq!(log.append(Hash::of_leaf(entry)), number as u64);
        assert_eq!(
            log.root(),
            reference::hash(reference::ROOTS[number + 1]),
            "{number}"
        );
    }
}

#[test]
fn the_roots_are_those_of_a_peer_for_every_size_up_to_130() {
    for size in 0..=130 {
        let log: Frontier = reference::leaves(size).into_iter().collect();
        assert_eq!(
            log.root().as_bytes()[..],
            reference::peer(size).root().as_bytes()[..],
            "{size}"
        );
        assert_eq!(
            (log.size(), log.peaks().len()),
            (size, size.count_ones() as usize)
        );
    }
}

#[test]
fn append_one_by_one_equals_batch() {
    let leaves = reference::leaves(100_000);
    let batch: Frontier = leaves.iter().copied().collect();
    assert_eq!(batch.root(), merkle_tree_hash(&leaves));
    let mut single = Frontier::default();
    for leaf in &leaves {
        single.append(*leaf);
    }
    assert_eq!(single, batch);
}

/// As many equal subtrees as there can be become one: the last leaf of 2^63.
#[test]
fn the_largest_perfect_tree_has_one_peak() {
    let mut perfect = vec![Hash::of_leaf(b"x")];
    for level in 0..63 {
        perfect.push(Hash::of_node(&perfect[level], &perfect[level]));
    }
    let peaks = perfect[..63].iter().rev().copied().collect();
    let mut log = Frontier::from_peaks((1 << 63) - 1, peaks);
    log.append(perfect[0]);
    assert_eq!(
        (log.size(), log.peaks(), log.root()),
        (1 << 63, &perfect[63..], perfect[63])
    );
}

#[test]
fn bytes_of_another_length_are_refused() {
    for size in [0, 1, 2, 3, 255, 256, u64::MAX] {
        let peaks = vec![Hash::of_leaf(b"x"); size.count_ones() as usize];
        let bytes = Frontier::from_peaks(size, peaks).to_bytes();
        for len in 0..bytes.len() {
            let why = if len < 8 {
                FrontierRefusal::NoSize
            } else {
                FrontierRefusal::WrongLength
            };
            assert_eq!(
                Frontier::from_bytes(&bytes[..len]),
                Err(why),
                "{size} {len}"
            );
        }
        for more in [&[0][..], &[0; 32], &[0; 33]] {
            let longer = [&bytes, more].concat();
            assert_eq!(
                Frontier::from_bytes(&longer),
                Err(FrontierRefusal::WrongLength)
            );
        }
    }
}

proptest! {
    #[test]
    fn a_frontier_survives_its_bytes_and_grows_on(first in 0_u64..600, then in 0_u64..600) {
        let leaves = reference::leaves(first + then);
        let (before, after) = leaves.split_at(usize::try_from(first).unwrap());
        let kept: Frontier = before.iter().copied().collect();
        let mut read = Frontier::from_bytes(&kept.to_bytes()).unwrap();
        prop_assert_eq!(&read, &kept);
        read.extend(after.iter().copied());
        prop_assert_eq!(read.root(), merkle_tree_hash(&leaves));
    }

    #[test]
    fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        if let Ok(frontier) = Frontier::from_bytes(&bytes) {
            prop_assert_eq!(frontier.to_bytes(), bytes);
        }
    }
}
