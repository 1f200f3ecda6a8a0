//! Chance from a seed. Everything that a rehearsal invents comes from here, so that one seed gives
//! one election, byte for byte. Each use has a stream of its own: drawing more names does not
//! change who votes.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::Rng;
use rand_chacha::rand_core::SeedableRng;
use ring::digest::Context;
use ring::digest::SHA256;

/// A stream of chance.
pub struct Chance(ChaCha8Rng);

impl Chance {
    /// The stream of `purpose` under `seed`; the key of the generator is
    /// SHA-256(seed as 8 bytes, little end first, then the purpose).
    #[must_use]
    pub fn new(seed: u64, purpose: &str) -> Self {
        Self(ChaCha8Rng::from_seed(key(seed, purpose)))
    }

    /// A number below `bound` (0 when the bound is 0), by Lemire's multiply-and-shift; its bias is
    /// below 2^-32 for every bound a rehearsal uses.
    pub fn below(&mut self, bound: u64) -> u64 {
        let product = u128::from(self.0.next_u64()) * u128::from(bound);
        u64::try_from(product >> 64).expect("the high half of a 128-bit product fits in 64 bits")
    }

    /// An index below `length`.
    pub fn index(&mut self, length: usize) -> usize {
        usize::try_from(self.below(length as u64)).expect("below a usize")
    }

    /// True once in `n` draws on average.
    pub fn once_in(&mut self, n: u64) -> bool {
        self.below(n) == 0
    }

    /// An index drawn by cumulative weights (ascending, the last one the total).
    pub fn weighted(&mut self, cumulative: &[u64]) -> usize {
        let total = cumulative.last().copied().unwrap_or(0);
        let drawn = self.below(total);
        cumulative
            .partition_point(|&upto| upto <= drawn)
            .min(cumulative.len().saturating_sub(1))
    }

    /// The items in a drawn order (Fisher and Yates).
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            items.swap(last, self.index(last + 1));
        }
    }
}

/// Thirty-two bytes that depend on the seed and the purpose and nothing else.
#[must_use]
pub fn key(seed: u64, purpose: &str) -> [u8; 32] {
    let mut hash = Context::new(&SHA256);
    hash.update(&seed.to_le_bytes());
    hash.update(purpose.as_bytes());
    let mut key = [0; 32];
    key.copy_from_slice(hash.finish().as_ref());
    key
}

/// Cumulative sums of weights, for [`Chance::weighted`].
#[must_use]
pub fn cumulative(weights: impl IntoIterator<Item = u64>) -> Vec<u64> {
    let add = |sum: &mut u64, weight| {
        *sum += weight;
        Some(*sum)
    };
    weights.into_iter().scan(0, add).collect()
}

/// `total` split in proportion to weights, by largest remainder, ties to the first; the parts add
/// up to the total exactly.
#[must_use]
pub fn split(total: u64, weights: &[u64]) -> Vec<u64> {
    let sum: u128 = weights.iter().map(|&w| u128::from(w)).sum();
    if sum == 0 {
        return vec![0; weights.len()];
    }
    let exact = |w: u64| u128::from(total) * u128::from(w);
    let part = |w: u64| u64::try_from(exact(w) / sum).expect("a part is at most the total");
    let mut parts: Vec<u64> = weights.iter().map(|&w| part(w)).collect();
    let mut left = total - parts.iter().sum::<u64>();
    let mut order: Vec<usize> = (0..weights.len()).collect();
    order.sort_by_key(|&i| (core::cmp::Reverse(exact(weights[i]) % sum), i));
    for i in order {
        if left == 0 {
            break;
        }
        parts[i] += 1;
        left -= 1;
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_seed_gives_one_stream_and_another_purpose_another() {
        let draw = |seed, purpose| {
            let mut chance = Chance::new(seed, purpose);
            (0..4).map(|_| chance.below(1_000_000)).collect::<Vec<_>>()
        };
        assert_eq!(draw(1, "names"), draw(1, "names"));
        assert_ne!(draw(1, "names"), draw(2, "names"));
        assert_ne!(draw(1, "names"), draw(1, "votes"));
    }

    #[test]
    fn parts_add_up_to_the_total() {
        for (total, weights) in [
            (0, vec![1, 2]),
            (7, vec![1, 1, 1]),
            (u64::MAX, vec![3, 5]),
            (5, vec![0, 9]),
        ] {
            assert_eq!(split(total, &weights).iter().sum::<u64>(), total);
        }
        assert_eq!(split(7, &[1, 1, 1]), [3, 2, 2]);
        assert_eq!(split(10, &[1, 0, 3]), [3, 0, 7]);
    }

    #[test]
    fn weights_are_kept_to() {
        let mut chance = Chance::new(3, "weights");
        let upto = cumulative([0, 1, 3]);
        let mut drawn = [0u32; 3];
        for _ in 0..4_000 {
            drawn[chance.weighted(&upto)] += 1;
        }
        assert_eq!(drawn[0], 0);
        assert!((900..1_100).contains(&drawn[1]), "{drawn:?}");
    }
}
