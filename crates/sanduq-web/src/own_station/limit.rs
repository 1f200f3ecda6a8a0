//! How often the question may be put. Why these figures: docs/threats.md, "Where do I vote?".

use crate::attempts::network;
use crate::pace::Pace;
use std::hash::BuildHasher;
use std::hash::RandomState;
use std::net::IpAddr;
use std::time::Duration;
use std::time::Instant;
use tokio::sync::Semaphore;

const MINUTE: Duration = Duration::from_secs(60);
/// Questions that are put to the store at a time: a third of its connections. A flood of them makes
/// this page wait, and no other.
const AT_A_TIME: usize = 8;

/// The limits of all who ask.
pub struct Limits {
    /// Every question of a device, right or wrong: 60 at once, then one each ten seconds.
    asked: Pace<IpAddr>,
    /// Wrong tries of a device: at most 20 in any hour, and never more than six minutes to wait.
    device: Pace<IpAddr>,
    /// Wrong tries on a number, from wherever: at most 18 in any hour, and never more than five
    /// minutes to wait. It makes no difference whether anybody has the number.
    number: Pace<u64>,
    /// What stands for a number in memory; another one each time the program starts.
    marks: RandomState,
    /// Leave to ask the store.
    pub asking: Semaphore,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            asked: Pace::new(60, MINUTE / 6),
            device: Pace::new(10, 6 * MINUTE),
            number: Pace::new(6, 5 * MINUTE),
            marks: RandomState::new(),
            asking: Semaphore::new(AT_A_TIME),
        }
    }
}

/// A try that counts as wrong until somebody says otherwise.
pub struct Try<'a> {
    limits: &'a Limits,
    device: IpAddr,
    number: u64,
}

impl Limits {
    /// Begins a try on a number from an address.
    ///
    /// # Errors
    /// There were too many; how long to wait.
    pub fn begin(&self, address: IpAddr, number: &str, now: Instant) -> Result<Try<'_>, Duration> {
        let device = network(address);
        let number = self.marks.hash_one(number);
        self.asked.take(&device, now)?;
        self.device.take(&device, now)?;
        // Whoever has to wait for the number has not tried anything.
        if let Err(wait) = self.number.take(&number, now) {
            self.device.give_back(&device);
            return Err(wait);
        }
        Ok(Try {
            limits: self,
            device,
            number,
        })
    }
}

impl Try<'_> {
    /// It was right, or was not answered: whoever guesses has learnt nothing from it.
    pub fn was_none(self) {
        self.limits.device.give_back(&self.device);
        self.limits.number.give_back(&self.number);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_device_asks_sixty_times_at_once_right_or_wrong() {
        let (limits, now) = (Limits::default(), Instant::now());
        let device = "192.0.2.1".parse().unwrap();
        for _ in 0..60 {
            assert!(limits.begin(device, "own", now).map(Try::was_none).is_ok());
        }
        let wait = limits.begin(device, "own", now).map(Try::was_none);
        assert_eq!(wait, Err(MINUTE / 6));
        assert!(limits.begin(device, "own", now + MINUTE / 6).is_ok());
        let other = "192.0.2.2".parse().unwrap();
        assert!(limits.begin(other, "own", now).is_ok());
    }

    #[test]
    fn a_number_that_is_closed_costs_a_device_nothing() {
        let (limits, now) = (Limits::default(), Instant::now());
        let [stranger, voter] = ["192.0.2.1", "192.0.2.2"].map(|at| at.parse().unwrap());
        for _ in 0..6 {
            assert!(limits.begin(stranger, "closed", now).is_ok());
        }
        // More often than a device has tries.
        for _ in 0..20 {
            assert!(limits.begin(voter, "closed", now).is_err());
        }
        assert!(limits.begin(voter, "another", now).is_ok());
    }
}
