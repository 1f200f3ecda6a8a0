//! The generators of the commitments in a shuffle's proof.
//!
//! What is always true here: each is derived from its number by [`Group::independent_generator`],
//! so that nobody knows a logarithm of one to the base of another. Whoever knew one could open a
//! commitment to two permutations and replace votes; hence nothing reads generators from outside,
//! and the verifier makes its own.

use crate::group::Group;
use rayon::prelude::IntoParallelIterator;
use rayon::prelude::ParallelIterator;

/// The number of h, where the chain of commitments begins.
const BASE: i64 = -1;

/// h and h_0, h_1 and so on.
#[derive(Clone, Debug)]
pub struct Generators<G: Group> {
    base: G::Element,
    each: Vec<G::Element>,
}

impl<G: Group> Generators<G> {
    /// Derives as many as the longest list has ciphertexts; they serve all shuffles of a group.
    pub fn new(count: usize) -> Generators<G> {
        let count = i64::try_from(count).unwrap_or(i64::MAX);
        let each = (0..count).into_par_iter().map(G::independent_generator);
        Generators {
            base: G::independent_generator(BASE),
            each: each.collect(),
        }
    }

    /// For how many ciphertexts they are enough.
    pub fn count(&self) -> usize {
        self.each.len()
    }

    /// h.
    pub(super) fn base(&self) -> &G::Element {
        &self.base
    }

    /// h_0 and those after it.
    pub(super) fn each(&self) -> &[G::Element] {
        &self.each
    }

    /// Generators whose logarithms to the base g are the numbers given: what an attacker would use.
    #[cfg(test)]
    pub(super) fn with_logarithms(base: &G::Scalar, each: &[G::Scalar]) -> Generators<G> {
        Generators {
            base: G::power_of_generator(base),
            each: each.iter().map(G::power_of_generator).collect(),
        }
    }
}
