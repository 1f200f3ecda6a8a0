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

    /// True in so many of ten thousand draws.
    pub fn of_ten_thousand(&mut self, n: u64) -> bool {
        self.below(10_000) < n
    }

    /// One of the items.
    ///
    /// # Panics
    /// Without items there is nothing to draw.
    pub fn pick<'a, T>(&mut self, items: &'a [T]) -> &'a T {
        &items[self.index(items.len())]
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

/// A drawn order of the numbers below `size` that is reckoned place by place and kept nowhere: a
/// Feistel network over the next power of four, walked on until it lands below the size.
#[derive(Clone, Copy, Debug)]
pub struct Order {
    key: u64,
    size: u64,
    half: u32,
}

impl Order {
    /// The order of `size` numbers that belongs to a key.
    #[must_use]
    pub const fn new(key: u64, size: u64) -> Self {
        let bits = u64::BITS - size.saturating_sub(1).leading_zeros();
        let half = if bits < 2 { 1 } else { bits.div_ceil(2) };
        Self { key, size, half }
    }

    /// The number at a place; different places have different numbers. Beyond the size the place
    /// itself.
    #[must_use]
    pub const fn at(&self, place: u64) -> u64 {
        if place >= self.size {
            return place;
        }
        let mut number = self.once(place);
        while number >= self.size {
            number = self.once(number);
        }
        number
    }

    const fn once(&self, number: u64) -> u64 {
        let mask = (1 << self.half) - 1;
        let (mut left, mut right) = (number >> self.half, number & mask);
        let mut round = 0;
        while round < 4 {
            let next = left ^ (mixed(self.key ^ mixed(right ^ (round << 60))) & mask);
            left = right;
            right = next;
            round += 1;
        }
        left << self.half | right
    }
}

/// Sixty-four bits that depend on all bits of a number (the finaliser of Stafford's mix 13).
#[must_use]
pub const fn mixed(number: u64) -> u64 {
    let mut bits = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    bits ^ (bits >> 31)
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
    fn an_order_holds_every_number_once() {
        for size in [1, 2, 3, 4, 5, 17, 1_000, 4_097] {
            let order = Order::new(7, size);
            let mut numbers: Vec<u64> = (0..size).map(|place| order.at(place)).collect();
            let drawn = numbers.clone();
            numbers.sort_unstable();
            assert!(numbers.into_iter().eq(0..size), "{size}");
            let other = Order::new(8, size);
            let same = (0..size).zip(drawn).filter(|(at, n)| other.at(*at) == *n);
            assert!(size < 100 || same.count() < 20, "{size}");
        }
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
