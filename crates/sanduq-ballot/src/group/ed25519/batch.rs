//! Very many points at once: whether all are in the group of prime order, for a tenth of what it
//! costs to ask for each.
//!
//! A point of the curve is P + T with P in the group and T one of eight points of small order. 128
//! sums are made, each of the points that a bit of a hash chooses, and each sum is asked for. Where
//! a T is not the neutral point, a sum with it and the same one without it are not both in the
//! group: whatever the other points are, a sum is in the group with a chance of at most 1 in 2, and
//! all of them with at most 1 in 2^128. The bits are a hash of all texts, so that nobody chooses
//! points after the bits and everybody gets the same answer; each try to find other points costs
//! another hash.
//!
//! Eight sums are made together: a point is added to one of 256 heaps, by eight bits, and a sum is
//! that of the heaps whose number has its bit.

use crate::group::Element;
use crate::group::ed25519::EdElement;
use crate::refusal::Refusal;
use curve25519_dalek::EdwardsPoint;
use curve25519_dalek::traits::Identity;
use rayon::prelude::IntoParallelIterator;
use rayon::prelude::IntoParallelRefIterator;
use rayon::prelude::ParallelIterator;
use sha2::Digest;
use sha2::Sha256;

/// Rounds of eight sums.
const ROUNDS: u64 = 16;
/// From so many points on it is cheaper to ask for sums.
const MANY: usize = 1024;
/// Heaps of a round: one for each value of eight bits.
const HEAPS: usize = 256;

/// Reads many texts.
///
/// # Errors
/// `ElementForm`, `NotInGroup`, for the first that is refused.
pub(super) fn read_all(texts: &[&str]) -> Result<Vec<EdElement>, Refusal> {
    if texts.len() >= MANY {
        let points = texts
            .par_iter()
            .map(|text| EdElement::decompressed(text).ok());
        let points: Option<Vec<EdElement>> = points.collect();
        if let Some(points) = points.filter(|points| are_in_group(texts, points)) {
            return Ok(points);
        }
    }
    // Few, or one of them is refused: which one and why is asked for each.
    let read = texts.par_iter().map(|text| EdElement::read(text));
    let read: Vec<Result<EdElement, Refusal>> = read.collect();
    read.into_iter().collect()
}

fn are_in_group(texts: &[&str], points: &[EdElement]) -> bool {
    let mut hasher = Sha256::new_with_prefix("points in the group|");
    for text in texts {
        hasher.update(text.as_bytes());
    }
    let seed: [u8; 32] = hasher.finalize().into();
    let rounds = (0..ROUNDS).into_par_iter();
    rounds.all(|round| sums_are_in_group(&seed, round, points))
}

fn sums_are_in_group(seed: &[u8; 32], round: u64, points: &[EdElement]) -> bool {
    let mut heaps = vec![EdwardsPoint::identity(); HEAPS];
    for (block, points) in (0_u64..).zip(points.chunks(32)) {
        let mut hasher = Sha256::new_with_prefix(seed);
        hasher.update(round.to_be_bytes());
        hasher.update(block.to_be_bytes());
        let bits: [u8; 32] = hasher.finalize().into();
        for (point, heap) in points.iter().zip(bits) {
            heaps[usize::from(heap)] += point.0;
        }
    }
    (0..8).all(|bit| {
        let chosen = heaps.iter().enumerate();
        let chosen = chosen.filter(|(number, _)| number >> bit & 1 == 1);
        let sum = chosen.fold(EdwardsPoint::identity(), |sum, (_, heap)| sum + heap);
        EdElement(sum).is_in_group()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::group::Group;
    use crate::group::ed25519::Ed25519;
    use crate::group::ed25519::encoding_text;
    use curve25519_dalek::constants::EIGHT_TORSION;

    fn points() -> Vec<EdElement> {
        let mut point = Ed25519::generator();
        let step = |_| {
            point = point.times(&point).times(&Ed25519::generator());
            point
        };
        (0..MANY + 33).map(step).collect()
    }

    fn texts(points: &[EdElement]) -> Vec<String> {
        points
            .iter()
            .map(|point| encoding_text(&point.0.compress()))
            .collect()
    }

    fn read(texts: &[String]) -> Result<Vec<EdElement>, Refusal> {
        read_all(&texts.iter().map(String::as_str).collect::<Vec<_>>())
    }

    #[test]
    fn very_many_points_are_read_as_one_by_one() {
        let points = points();
        assert_eq!(read(&texts(&points)), Ok(points.clone()));
        assert_eq!(read(&texts(&points[..9])), Ok(points[..9].to_vec()));
        let mut bent = texts(&points);
        bent[700] = "0".repeat(63);
        assert_eq!(read(&bent), Err(Refusal::ElementForm));
    }

    #[test]
    fn one_point_with_a_part_of_small_order_among_very_many_is_found() {
        let good = points();
        for (place, part) in (0..).zip(&EIGHT_TORSION[1..]) {
            let place = place * 150 + 1;
            let mut bad = good.clone();
            bad[place] = EdElement(bad[place].0 + part);
            assert!(!are_in_group(&[], &bad), "{place}");
            assert_eq!(read(&texts(&bad)), Err(Refusal::NotInGroup), "{place}");
            // Two parts that cancel each other in the sum of all.
            bad[place + 5] = EdElement(bad[place + 5].0 - part);
            assert_eq!(read(&texts(&bad)), Err(Refusal::NotInGroup), "{place}");
        }
        assert!(are_in_group(&[], &good));
    }
}
