//! One curve in two programs: whatever is computed here is what the library computes.

use super::*;
use curve25519_dalek::Scalar;
use curve25519_dalek::constants::ED25519_BASEPOINT_POINT;
use curve25519_dalek::constants::EIGHT_TORSION;
use curve25519_dalek::traits::Identity;
use rand_chacha::ChaCha20Rng;
use rand_core::Rng;
use rand_core::SeedableRng;

/// Points all over the curve, with every part of small order.
fn points(count: usize, chance: &mut ChaCha20Rng) -> Vec<EdwardsPoint> {
    let mut draw = |place: usize| {
        let scalar = Scalar::from(chance.next_u64()) * Scalar::from(chance.next_u64());
        ED25519_BASEPOINT_POINT * scalar + EIGHT_TORSION[place % 8]
    };
    (0..count).map(&mut draw).collect()
}

#[test]
fn eight_times_a_point_is_what_the_library_says() {
    let mut chance = ChaCha20Rng::seed_from_u64(1);
    let mut all = points(200, &mut chance);
    all.extend(EIGHT_TORSION);
    all.push(EdwardsPoint::identity());
    let read = eightfold(&pairs(&all)).expect("points of the curve");
    assert_eq!(read.len(), all.len());
    for (point, (_, encoding)) in all.iter().zip(&read) {
        assert_eq!(*encoding, point.mul_by_cofactor().compress());
    }
}

#[test]
fn what_fits_no_point_is_not_read() {
    let mut chance = ChaCha20Rng::seed_from_u64(2);
    let good = pairs(&points(8, &mut chance));
    let p = {
        let mut bytes = [0xff; 32];
        (bytes[0], bytes[31]) = (0xed, 0x7f);
        bytes
    };
    for pair in &good {
        assert!(eightfold(&[*pair]).is_some());
        for bit in 0..256 {
            for coordinate in 0..2 {
                let mut bent = *pair;
                bent[coordinate][bit / 8] ^= 1 << (bit % 8);
                assert!(eightfold(&[*pair, bent]).is_none(), "{coordinate} {bit}");
            }
        }
        // On this curve (y, x) is another pair, and fits only where x² = −y².
        assert!(eightfold(&[[pair[1], pair[0]]]).is_none());
    }
    // The neutral point is (0, 1); p is 0 in another form.
    let mut one = [0; 32];
    one[0] = 1;
    assert!(eightfold(&[[[0; 32], one]]).is_some());
    assert!(eightfold(&[[p, one]]).is_none());
}

#[test]
fn weighted_sums_are_what_the_library_says() {
    let mut chance = ChaCha20Rng::seed_from_u64(3);
    for count in [0, 1, 2, 99, 100, 650, 2100, 8100] {
        let points = points(count, &mut chance);
        let read = eightfold(&pairs(&points)).expect("points of the curve");
        let affine: Vec<Affine> = read.iter().map(|one| one.0).collect();
        let mut weights: Vec<u128> = (0..count)
            .map(|_| u128::from(chance.next_u64()) << 64 | u128::from(chance.next_u64()))
            .collect();
        // The ends of what a weight may be, and equal points beside each other.
        for (weight, end) in weights.iter_mut().zip([u128::MAX, 0, 1, 1 << 127, 8, 7]) {
            *weight = end;
        }
        let one = |(point, weight): (&EdwardsPoint, &u128)| {
            point.mul_by_cofactor() * Scalar::from(*weight)
        };
        let expected: EdwardsPoint = points.iter().zip(&weights).map(one).sum();
        assert_eq!(
            weighted_sum(&affine, &weights),
            expected.compress(),
            "{count}"
        );
    }
}

#[test]
fn a_point_and_its_opposite_are_nothing() {
    let mut chance = ChaCha20Rng::seed_from_u64(4);
    let one = points(1, &mut chance)[0];
    let read = eightfold(&pairs(&[one, -one, one])).expect("points of the curve");
    let affine: Vec<Affine> = read.iter().map(|one| one.0).collect();
    let neutral = EdwardsPoint::identity().compress();
    assert_eq!(weighted_sum(&affine[..2], &[5, 5]), neutral);
    assert_eq!(weighted_sum(&affine, &[3, 8, 5]), neutral);
    assert_ne!(weighted_sum(&affine, &[3, 8, 6]), neutral);
}

#[test]
fn digits_of_both_signs_make_the_weight() {
    for bits in [4, 6, 7, 9, 10] {
        for weight in [0, 1, 7, 8, 511, 512, 1 << 127, u128::MAX, u128::MAX / 3] {
            let digits = signed_digits(weight, bits, WEIGHT_BITS.div_ceil(bits));
            let half = 1_i16 << (bits - 1);
            assert!(digits.iter().all(|digit| (-half..half).contains(digit)));
            // Modulo 2^128, which the highest digit may reach.
            let made = digits.iter().rev().fold(0_u128, |sum, digit| {
                let scaled = sum.wrapping_shl(bits);
                let size = u128::from(digit.unsigned_abs());
                match *digit < 0 {
                    true => scaled.wrapping_sub(size),
                    false => scaled.wrapping_add(size),
                }
            });
            assert_eq!(made, weight, "{bits}");
        }
    }
}
