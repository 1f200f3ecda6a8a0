//! How often somebody may try: a few times at once, then one more each time a while has passed.
//! Whoever is told to wait waits one such while at most, however often a stranger has tried before.
//! Always true here: within any stretch of time nobody has more tries than the few and the whiles
//! in it; what is remembered is bounded: where there is no room, whoever is nearest to being free
//! is forgotten, and the newcomer is heard.
//!
//! This is the generic cell rate algorithm (ITU-T I.371, annex A): of each key one instant is kept,
//! the one at which all its tries will be back.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::sync::Mutex;
use std::sync::PoisonError;
use std::time::Duration;
use std::time::Instant;

/// Keys remembered at most: some tens of megabytes.
const REMEMBERED: usize = 200_000;

/// How often somebody may try.
pub struct Pace<K> {
    at_once: u32,
    one_each: Duration,
    room: usize,
    used: Mutex<Used<K>>,
}

struct Used<K> {
    free_at: BTreeMap<K, Instant>,
    in_order: BTreeSet<(Instant, K)>,
}

impl<K: Clone + Ord> Used<K> {
    fn set(&mut self, key: &K, free_at: Instant) {
        if let Some(before) = self.free_at.insert(key.clone(), free_at) {
            self.in_order.remove(&(before, key.clone()));
        }
        self.in_order.insert((free_at, key.clone()));
    }

    fn forget_first(&mut self) {
        if let Some((_, key)) = self.in_order.pop_first() {
            self.free_at.remove(&key);
        }
    }
}

impl<K: Clone + Ord> Pace<K> {
    /// `at_once` tries, and one more each time `one_each` has passed.
    #[must_use]
    pub const fn new(at_once: u32, one_each: Duration) -> Self {
        Self {
            at_once,
            one_each,
            room: REMEMBERED,
            used: Mutex::new(Used {
                free_at: BTreeMap::new(),
                in_order: BTreeSet::new(),
            }),
        }
    }

    /// Takes a try.
    ///
    /// # Errors
    /// There is none left; how long until there is one.
    pub fn take(&self, key: &K, now: Instant) -> Result<(), Duration> {
        let mut used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        while used.in_order.first().is_some_and(|(at, _)| *at <= now) {
            used.forget_first();
        }
        let known = used.free_at.get(key).copied();
        let free_at = known.unwrap_or(now) + self.one_each;
        let most = now + self.one_each * self.at_once;
        if free_at > most {
            return Err(free_at - most);
        }
        if known.is_none() && used.free_at.len() >= self.room {
            used.forget_first();
        }
        used.set(key, free_at);
        Ok(())
    }

    /// Gives a try back that was taken: it was none.
    pub fn give_back(&self, key: &K) {
        let mut used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        let before = used.free_at.get(key).copied();
        if let Some(free_at) = before.and_then(|at| at.checked_sub(self.one_each)) {
            used.set(key, free_at);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINUTE: Duration = Duration::from_secs(60);

    #[test]
    fn a_few_at_once_and_then_one_each_while() {
        let (pace, start) = (Pace::new(10, 6 * MINUTE), Instant::now());
        for _ in 0..10 {
            assert_eq!(pace.take(&1, start), Ok(()));
        }
        assert_eq!(pace.take(&1, start), Err(6 * MINUTE));
        assert_eq!(pace.take(&2, start), Ok(()), "another key");
        assert_eq!(pace.take(&1, start + 5 * MINUTE), Err(MINUTE));
        assert_eq!(pace.take(&1, start + 6 * MINUTE), Ok(()));
        assert_eq!(pace.take(&1, start + 6 * MINUTE), Err(6 * MINUTE));
    }

    /// Whoever tries every second has at most twenty tries in any hour, and never waits longer than
    /// one while for the next.
    #[test]
    fn at_most_twenty_in_any_hour() {
        let (pace, start) = (Pace::new(10, 6 * MINUTE), Instant::now());
        let mut heard: Vec<Duration> = Vec::new();
        for second in 0..3 * 3600 {
            let after = Duration::from_secs(second);
            match pace.take(&1, start + after) {
                Ok(()) => heard.push(after),
                Err(wait) => assert!(wait <= 6 * MINUTE),
            }
        }
        for (first, from) in heard.iter().enumerate() {
            let within = heard[first..]
                .iter()
                .filter(|at| **at - *from < 60 * MINUTE);
            assert!(within.count() <= 20, "{from:?}");
        }
    }

    #[test]
    fn a_try_that_was_none_comes_back_and_no_other() {
        let (pace, now) = (Pace::new(2, MINUTE), Instant::now());
        for _ in 0..50 {
            assert_eq!(pace.take(&1, now), Ok(()));
            pace.give_back(&1);
        }
        assert_eq!(pace.take(&1, now), Ok(()));
        assert_eq!(pace.take(&1, now), Ok(()));
        pace.give_back(&1);
        assert_eq!(pace.take(&1, now), Ok(()));
        assert_eq!(pace.take(&1, now), Err(MINUTE));
        pace.give_back(&2);
    }

    #[test]
    fn many_keys_fill_no_memory_and_keep_nobody_out() {
        let pace = Pace {
            room: 100,
            ..Pace::new(1, MINUTE)
        };
        let now = Instant::now();
        for key in 0..10_000 {
            assert_eq!(pace.take(&key, now), Ok(()));
            let used = pace.used.lock().unwrap();
            assert!(used.free_at.len() <= 100 && used.free_at.len() == used.in_order.len());
        }
        assert_eq!(pace.take(&9_999, now), Err(MINUTE), "the last is known");
        assert_eq!(pace.take(&1, now + MINUTE), Ok(()));
        assert_eq!(pace.used.lock().unwrap().free_at.len(), 1);
    }
}
