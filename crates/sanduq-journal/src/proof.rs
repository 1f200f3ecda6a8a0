//! Proofs: that an entry is in the log, and that a log only grew.
//!
//! Proofs are the lists of hashes of RFC 9162 sections 2.1.3 and 2.1.4, leaf first. They are
//! made from the roots of perfect subtrees, which a [`HashReader`] answers, and verified with
//! nothing but themselves. A proof is about a root, not about a size: two sizes with paths of the
//! same shape accept the same proof, so a size is to be believed only with its root, from a signed
//! checkpoint.

use crate::hash::Hash;
use crate::refusal::refusals;
use crate::tree::Frontier;

refusals! {
    /// Why a proof cannot be made, or does not prove.
    ProofRefusal {
        EmptyLog = "proof.empty_log", "there is nothing to prove of a log without entries";
        IndexOutside = "proof.index_outside", "the log has no entry of this number";
        SizeShrank = "proof.size_shrank", "the later log is smaller than the earlier one";
        HashNotHeld = "proof.hash_not_held", "the hashes at hand do not reach this size";
        WrongLength = "proof.wrong_length", "the proof has too many or too few hashes";
        OldRootDiffers = "proof.old_root_differs", "the proof does not lead to the earlier root";
        RootDiffers = "proof.root_differs", "the proof does not lead to the root of the log";
    }
}

/// Something that can answer the hashes of perfect subtrees: leaf hashes in memory, or tiles.
pub trait HashReader {
    /// Why a hash could not be read.
    type Error: From<ProofRefusal>;

    /// The root of the perfect subtree of 2^`level` leaves from leaf `index` · 2^`level` on.
    ///
    /// # Errors
    /// [`ProofRefusal::HashNotHeld`] when the reader does not hold those leaves; its own when it
    /// cannot read.
    fn subtree(&mut self, level: u32, index: u64) -> Result<Hash, Self::Error>;
}

/// Leaf hashes in memory, the leaf of entry 0 first.
impl HashReader for &[Hash] {
    type Error = ProofRefusal;

    fn subtree(&mut self, level: u32, index: u64) -> Result<Hash, ProofRefusal> {
        let held = || {
            let width = 1_usize.checked_shl(level)?;
            let start = usize::try_from(index).ok()?.checked_mul(width)?;
            self.get(start..start.checked_add(width)?)
        };
        let leaves = held().ok_or(ProofRefusal::HashNotHeld)?;
        Ok(leaves.iter().copied().collect::<Frontier>().root())
    }
}

/// The largest power of two below `width`: where RFC 9162 splits a tree of `width` ≥ 2 leaves.
const fn split(width: u64) -> u64 {
    1 << (width - 1).ilog2()
}

/// The root over the leaves `start..end`, where `start` is a place at which the tree is split.
fn range<R: HashReader>(reader: &mut R, start: u64, end: u64) -> Result<Hash, R::Error> {
    let mut peaks = Vec::new();
    let mut from = start;
    while from < end {
        let level = (end - from).ilog2();
        peaks.push(reader.subtree(level, from >> level)?);
        from += 1 << level;
    }
    Ok(Frontier::from_peaks(end - start, peaks).root())
}

/// The root of the log's first `size` entries.
///
/// # Errors
/// What the reader refuses.
pub fn root<R: HashReader>(mut reader: R, size: u64) -> Result<Hash, R::Error> {
    range(&mut reader, 0, size)
}

/// The path from entry `index` to the root of the log's first `size` entries, leaf first
/// (RFC 9162 section 2.1.3.1).
///
/// # Errors
/// [`ProofRefusal::IndexOutside`], or what the reader refuses.
pub fn inclusion_proof<R: HashReader>(
    mut reader: R,
    index: u64,
    size: u64,
) -> Result<Vec<Hash>, R::Error> {
    if index >= size {
        return Err(ProofRefusal::IndexOutside.into());
    }
    let (mut start, mut end) = (0, size);
    let mut path = Vec::new();
    while end - start > 1 {
        let middle = start + split(end - start);
        if index < middle {
            path.push(range(&mut reader, middle, end)?);
            end = middle;
        } else {
            path.push(range(&mut reader, start, middle)?);
            start = middle;
        }
    }
    path.reverse();
    Ok(path)
}

/// The proof that the log of `size` entries begins with the log of `old_size` entries
/// (RFC 9162 section 2.1.4.1).
///
/// # Errors
/// [`ProofRefusal::EmptyLog`] when the earlier log has no entries (it begins every log),
/// [`ProofRefusal::SizeShrank`], or what the reader refuses.
pub fn consistency_proof<R: HashReader>(
    mut reader: R,
    old_size: u64,
    size: u64,
) -> Result<Vec<Hash>, R::Error> {
    check_sizes(old_size, size)?;
    let (mut start, mut end) = (0, size);
    let mut proof = Vec::new();
    while end != old_size {
        let middle = start + split(end - start);
        if old_size <= middle {
            proof.push(range(&mut reader, middle, end)?);
            end = middle;
        } else {
            proof.push(range(&mut reader, start, middle)?);
            start = middle;
        }
    }
    // The earlier log itself need not be told: who verifies knows its root.
    if start > 0 {
        proof.push(range(&mut reader, start, end)?);
    }
    proof.reverse();
    Ok(proof)
}

fn check_sizes(old_size: u64, size: u64) -> Result<(), ProofRefusal> {
    if old_size == 0 {
        return Err(ProofRefusal::EmptyLog);
    }
    if old_size > size {
        return Err(ProofRefusal::SizeShrank);
    }
    Ok(())
}

/// Checks that `leaf` is entry number `index` of the log of `size` entries with this root
/// (RFC 9162 section 2.1.3.2).
///
/// # Errors
/// [`ProofRefusal::IndexOutside`], [`ProofRefusal::WrongLength`] or [`ProofRefusal::RootDiffers`].
pub fn verify_inclusion(
    proof: &[Hash],
    index: u64,
    size: u64,
    leaf: Hash,
    root: Hash,
) -> Result<(), ProofRefusal> {
    if index >= size {
        return Err(ProofRefusal::IndexOutside);
    }
    let (mut node, mut last) = (index, size - 1);
    let mut hash = leaf;
    for sibling in proof {
        if last == 0 {
            return Err(ProofRefusal::WrongLength);
        }
        if node & 1 == 1 || node == last {
            hash = Hash::of_node(sibling, &hash);
            // A node without a right sibling is carried up until it is a right one itself.
            let carried = node.trailing_zeros();
            node >>= carried;
            last >>= carried;
        } else {
            hash = Hash::of_node(&hash, sibling);
        }
        node >>= 1;
        last >>= 1;
    }
    if last != 0 {
        return Err(ProofRefusal::WrongLength);
    }
    if hash != root {
        return Err(ProofRefusal::RootDiffers);
    }
    Ok(())
}

/// Checks that the log of `size` entries with root `root` begins with the log of `old_size` entries
/// with root `old_root` (RFC 9162 section 2.1.4.2).
///
/// # Errors
/// [`ProofRefusal::EmptyLog`], [`ProofRefusal::SizeShrank`], [`ProofRefusal::WrongLength`],
/// [`ProofRefusal::OldRootDiffers`] or [`ProofRefusal::RootDiffers`].
pub fn verify_consistency(
    proof: &[Hash],
    old_size: u64,
    old_root: Hash,
    size: u64,
    root: Hash,
) -> Result<(), ProofRefusal> {
    check_sizes(old_size, size)?;
    if old_size == size {
        return match (proof.is_empty(), old_root == root) {
            (false, _) => Err(ProofRefusal::WrongLength),
            (true, false) => Err(ProofRefusal::RootDiffers),
            (true, true) => Ok(()),
        };
    }
    // The proof begins at the last peak of the earlier log; when that is all of it, at its root.
    let carried = (old_size - 1).trailing_ones();
    let (mut node, mut last) = ((old_size - 1) >> carried, (size - 1) >> carried);
    let (first, rest) = if old_size.is_power_of_two() {
        (&old_root, proof)
    } else {
        proof.split_first().ok_or(ProofRefusal::WrongLength)?
    };
    let (mut old_hash, mut hash) = (*first, *first);
    for sibling in rest {
        if last == 0 {
            return Err(ProofRefusal::WrongLength);
        }
        if node & 1 == 1 || node == last {
            old_hash = Hash::of_node(sibling, &old_hash);
            hash = Hash::of_node(sibling, &hash);
            let carried = node.trailing_zeros();
            node >>= carried;
            last >>= carried;
        } else {
            hash = Hash::of_node(&hash, sibling);
        }
        node >>= 1;
        last >>= 1;
    }
    if last != 0 {
        return Err(ProofRefusal::WrongLength);
    }
    if old_hash != old_root {
        return Err(ProofRefusal::OldRootDiffers);
    }
    if hash != root {
        return Err(ProofRefusal::RootDiffers);
    }
    Ok(())
}

#[cfg(test)]
mod tests;
