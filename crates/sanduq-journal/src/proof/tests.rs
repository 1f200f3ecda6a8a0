//! Proofs are those of the reference tree and of a peer; each verifies; no changed one does.

use super::*;
use crate::reference;
use crate::reference::LEAF_1;
use crate::reference::LEAF_4;
use crate::reference::NODE_2_3;
use crate::reference::NODE_4_5;
use crate::reference::NODE_4_7;
use crate::reference::NODE_6_7;
use crate::reference::ROOTS;
use crate::reference::concatenated;
use proptest::prelude::*;

const ALL_SIZES: u64 = 130;

fn root(leaves: &[Hash], size: u64) -> Hash {
    leaves[..usize::try_from(size).unwrap()]
        .iter()
        .copied()
        .collect::<Frontier>()
        .root()
}

fn leaf(leaves: &[Hash], index: u64) -> Hash {
    leaves[usize::try_from(index).unwrap()]
}

#[test]
fn proofs_are_those_of_the_reference_tree() {
    let leaves: Vec<_> = reference::ENTRIES
        .iter()
        .map(|entry| Hash::of_leaf(entry))
        .collect();
    let hashes = |proof: &[&str]| {
        proof
            .iter()
            .map(|hex| reference::hash(hex))
            .collect::<Vec<_>>()
    };
    let inclusion: [(u64, u64, &[&str]); 5] = [
        (0, 1, &[]),
        (0, 8, &[LEAF_1, NODE_2_3, NODE_4_7]),
        (5, 8, &[LEAF_4, NODE_6_7, ROOTS[4]]),
        (2, 3, &[ROOTS[2]]),
        (1, 5, &[ROOTS[1], NODE_2_3, LEAF_4]),
    ];
    for (index, size, proof) in inclusion {
        let proof = hashes(proof);
        assert_eq!(
            inclusion_proof(&leaves[..], index, size),
            Ok(proof.clone()),
            "{index}/{size}"
        );
        let root = reference::hash(ROOTS[usize::try_from(size).unwrap()]);
        assert_eq!(
            verify_inclusion(&proof, index, size, leaf(&leaves, index), root),
            Ok(())
        );
    }
    let consistency: [(u64, u64, &[&str]); 4] = [
        (1, 1, &[]),
        (1, 8, &[LEAF_1, NODE_2_3, NODE_4_7]),
        (6, 8, &[NODE_4_5, NODE_6_7, ROOTS[4]]),
        (2, 5, &[NODE_2_3, LEAF_4]),
    ];
    for (old, size, proof) in consistency {
        let proof = hashes(proof);
        assert_eq!(
            consistency_proof(&leaves[..], old, size),
            Ok(proof.clone()),
            "{old}/{size}"
        );
        let root = |size: u64| reference::hash(ROOTS[usize::try_from(size).unwrap()]);
        assert_eq!(
            verify_consistency(&proof, old, root(old), size, root(size)),
            Ok(())
        );
    }
}

#[test]
fn every_inclusion_proof_is_the_peers_and_verifies() {
    let leaves = reference::leaves(ALL_SIZES);
    for size in 1..=ALL_SIZES {
        let (peer, root) = (reference::peer(size), root(&leaves, size));
        for index in 0..size {
            let proof = inclusion_proof(&leaves[..], index, size).unwrap();
            let peers = peer.prove_inclusion(usize::try_from(index).unwrap());
            assert_eq!(concatenated(&proof), peers.as_bytes(), "{index}/{size}");
            assert_eq!(
                verify_inclusion(&proof, index, size, leaf(&leaves, index), root),
                Ok(())
            );
        }
    }
}

#[test]
fn every_consistency_proof_is_the_peers_and_verifies() {
    let leaves = reference::leaves(ALL_SIZES);
    for size in 1..=ALL_SIZES {
        let peer = reference::peer(size);
        for old in 1..=size {
            let proof = consistency_proof(&leaves[..], old, size).unwrap();
            let peers = peer.prove_consistency(usize::try_from(size - old).unwrap());
            assert_eq!(concatenated(&proof), peers.as_bytes(), "{old}/{size}");
            let roots = (root(&leaves, old), root(&leaves, size));
            assert_eq!(
                verify_consistency(&proof, old, roots.0, size, roots.1),
                Ok(())
            );
        }
    }
}

#[test]
fn what_cannot_be_proven_is_refused_by_name() {
    let leaves = &reference::leaves(5)[..];
    assert_eq!(
        inclusion_proof(leaves, 0, 0),
        Err(ProofRefusal::IndexOutside)
    );
    assert_eq!(
        inclusion_proof(leaves, 5, 5),
        Err(ProofRefusal::IndexOutside)
    );
    assert_eq!(
        inclusion_proof(leaves, 0, 6),
        Err(ProofRefusal::HashNotHeld)
    );
    assert_eq!(
        inclusion_proof(leaves, 0, u64::MAX),
        Err(ProofRefusal::HashNotHeld)
    );
    assert_eq!(consistency_proof(leaves, 0, 5), Err(ProofRefusal::EmptyLog));
    assert_eq!(
        consistency_proof(leaves, 5, 4),
        Err(ProofRefusal::SizeShrank)
    );
    assert_eq!(
        consistency_proof(leaves, 3, 6),
        Err(ProofRefusal::HashNotHeld)
    );
}

#[test]
fn what_does_not_prove_is_refused_by_name() {
    use ProofRefusal as Why;
    let leaves = &reference::leaves(5)[..];
    let (old, new) = (root(leaves, 3), root(leaves, 5));
    let proof = &consistency_proof(leaves, 3, 5).unwrap()[..];
    let none = Hash::of_empty_log();
    let cases = [
        (&[][..], 0, none, 5, new, Why::EmptyLog),
        (proof, 5, old, 3, new, Why::SizeShrank),
        (&[], 3, old, 5, new, Why::WrongLength),
        (proof, 3, old, 3, old, Why::WrongLength),
        (&[], 3, old, 3, new, Why::RootDiffers),
        (proof, 3, new, 5, new, Why::OldRootDiffers),
        (proof, 3, old, 5, old, Why::RootDiffers),
    ];
    for (number, (proof, old, first, size, last, why)) in cases.into_iter().enumerate() {
        let answer = verify_consistency(proof, old, first, size, last);
        assert_eq!(answer, Err(why), "case {number}");
    }
    let cases = [
        (&[][..], 0, 0, Why::IndexOutside),
        (&[new], 0, 1, Why::WrongLength),
        (&[], 0, 2, Why::WrongLength),
        (&[new], 1, 2, Why::RootDiffers),
    ];
    for (proof, index, size, why) in cases {
        assert_eq!(verify_inclusion(proof, index, size, new, new), Err(why));
    }
}

/// Why a size must come with its root in a signed checkpoint: the paths of entry 0 in logs of 3 and
/// of 4 have one shape, so the path alone cannot tell them apart.
#[test]
fn a_proof_is_about_a_root_and_not_about_a_size() {
    let leaves = reference::leaves(3);
    let proof = inclusion_proof(&leaves[..], 0, 3).unwrap();
    assert_eq!(
        verify_inclusion(&proof, 0, 4, leaves[0], root(&leaves, 3)),
        Ok(())
    );
}

fn flipped(hash: Hash, bit: usize) -> Hash {
    let mut bytes = *hash.as_bytes();
    bytes[bit / 8] ^= 1 << (bit % 8);
    Hash::from_bytes(bytes)
}

#[test]
fn no_flipped_bit_of_a_small_proof_passes() {
    let leaves = reference::leaves(11);
    for size in 1..=11 {
        let root = root(&leaves, size);
        for index in 0..size {
            let proof = inclusion_proof(&leaves[..], index, size).unwrap();
            let leaf = leaf(&leaves, index);
            for bit in 0..256 {
                for place in 0..proof.len() {
                    let mut proof = proof.clone();
                    proof[place] = flipped(proof[place], bit);
                    assert!(verify_inclusion(&proof, index, size, leaf, root).is_err());
                }
                assert!(verify_inclusion(&proof, index, size, flipped(leaf, bit), root).is_err());
                assert!(verify_inclusion(&proof, index, size, leaf, flipped(root, bit)).is_err());
            }
            for bit in 0..64 {
                assert!(verify_inclusion(&proof, index ^ (1 << bit), size, leaf, root).is_err());
            }
        }
    }
}

proptest! {
    #[test]
    fn no_changed_inclusion_proof_verifies(
        size in 1_u64..700, at: prop::sample::Index, place: prop::sample::Index,
        bit in 0_usize..256,
    ) {
        let leaves = reference::leaves(size);
        let index = at.index(leaves.len()) as u64;
        let (leaf, root) = (leaf(&leaves, index), root(&leaves, size));
        let proof = inclusion_proof(&leaves[..], index, size).unwrap();
        prop_assert_eq!(verify_inclusion(&proof, index, size, leaf, root), Ok(()));
        let other = index ^ (1 << (bit % 64));
        prop_assert!(verify_inclusion(&proof, other, size, leaf, root).is_err());
        prop_assert!(verify_inclusion(&proof, index, size, flipped(leaf, bit), root).is_err());
        prop_assert!(verify_inclusion(&proof, index, size, leaf, flipped(root, bit)).is_err());
        let mut longer = proof.clone();
        longer.insert(place.index(proof.len() + 1), leaf);
        prop_assert!(verify_inclusion(&longer, index, size, leaf, root).is_err());
        if !proof.is_empty() {
            let place = place.index(proof.len());
            let mut changed = proof.clone();
            changed[place] = flipped(changed[place], bit);
            prop_assert!(verify_inclusion(&changed, index, size, leaf, root).is_err());
            let mut shorter = proof;
            shorter.remove(place);
            prop_assert!(verify_inclusion(&shorter, index, size, leaf, root).is_err());
        }
    }

    #[test]
    fn no_changed_consistency_proof_verifies(
        size in 1_u64..700, at: prop::sample::Index, place: prop::sample::Index,
        bit in 0_usize..256,
    ) {
        let leaves = reference::leaves(size);
        let old = at.index(leaves.len()) as u64 + 1;
        let (first, last) = (root(&leaves, old), root(&leaves, size));
        let proof = consistency_proof(&leaves[..], old, size).unwrap();
        prop_assert_eq!(verify_consistency(&proof, old, first, size, last), Ok(()));
        prop_assert!(verify_consistency(&proof, old, flipped(first, bit), size, last).is_err());
        prop_assert!(verify_consistency(&proof, old, first, size, flipped(last, bit)).is_err());
        let mut longer = proof.clone();
        longer.insert(place.index(proof.len() + 1), first);
        prop_assert!(verify_consistency(&longer, old, first, size, last).is_err());
        if !proof.is_empty() {
            let place = place.index(proof.len());
            let mut changed = proof.clone();
            changed[place] = flipped(changed[place], bit);
            prop_assert!(verify_consistency(&changed, old, first, size, last).is_err());
            let mut shorter = proof;
            shorter.remove(place);
            prop_assert!(verify_consistency(&shorter, old, first, size, last).is_err());
        }
    }

    #[test]
    fn no_proof_of_chance_makes_it_panic(
        numbers: [u64; 3], hashes in prop::collection::vec(any::<[u8; 32]>(), 0..70),
    ) {
        let [index, old, size] = numbers;
        let proof: Vec<_> = hashes.into_iter().map(Hash::from_bytes).collect();
        let hash = Hash::of_empty_log();
        prop_assert!(verify_inclusion(&proof, index, size, hash, hash).is_err());
        prop_assert!(verify_consistency(&proof, old, hash, size, hash).is_err());
    }
}
