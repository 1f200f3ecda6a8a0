//! How often somebody may try a password: a few times for a service number from one address, then
//! not before the window has passed. Counted before the slow hash, so that guessing costs the
//! guesser and not the server.

use jiff::SignedDuration;
use jiff::Timestamp;
use std::collections::BTreeMap;
use std::net::IpAddr;
use std::sync::Mutex;
use std::sync::PoisonError;

/// Failed attempts for one number from one address within the window.
pub const MOST: usize = 5;
/// The window.
pub const WINDOW: SignedDuration = SignedDuration::from_mins(15);
/// Numbers and addresses remembered at most; beyond that the oldest is forgotten.
const REMEMBERED: usize = 100_000;

type Key = (String, IpAddr);

/// The failed attempts of the last minutes.
#[derive(Debug, Default)]
pub struct Attempts {
    failed: Mutex<BTreeMap<Key, Vec<Timestamp>>>,
}

impl Attempts {
    /// Counts an attempt at `now` as failed until [`Attempts::succeeded`] says otherwise; `false`
    /// when there were too many and the password is not to be looked at.
    pub fn begin(&self, number: &str, address: IpAddr, now: Timestamp) -> bool {
        let mut failed = self.failed.lock().unwrap_or_else(PoisonError::into_inner);
        let fresh = |at: &Timestamp| now.duration_since(*at) < WINDOW;
        if failed.len() >= REMEMBERED {
            failed.retain(|_, times| times.iter().any(fresh));
        }
        if failed.len() >= REMEMBERED {
            failed.pop_first();
        }
        let times = failed.entry((number.to_owned(), address)).or_default();
        times.retain(fresh);
        if times.len() >= MOST {
            return false;
        }
        times.push(now);
        true
    }

    /// The attempt was right: the number starts afresh from this address.
    pub fn succeeded(&self, number: &str, address: IpAddr) {
        let mut failed = self.failed.lock().unwrap_or_else(PoisonError::into_inner);
        failed.remove(&(number.to_owned(), address));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sixth_attempt_waits() {
        let attempts = Attempts::default();
        let (here, there): (IpAddr, IpAddr) = ([10, 0, 0, 1].into(), [10, 0, 0, 2].into());
        let start = Timestamp::UNIX_EPOCH;
        for _ in 0..MOST {
            assert!(attempts.begin("E-1", here, start));
        }
        assert!(!attempts.begin("E-1", here, start));
        assert!(attempts.begin("E-2", here, start), "another number");
        assert!(attempts.begin("E-1", there, start), "another address");
        let late = start + WINDOW;
        assert!(attempts.begin("E-1", here, late), "after the window");
    }

    #[test]
    fn a_right_password_clears_what_went_before() {
        let attempts = Attempts::default();
        let here: IpAddr = [10, 0, 0, 1].into();
        for _ in 0..3 * MOST {
            assert!(attempts.begin("E-1", here, Timestamp::UNIX_EPOCH));
            attempts.succeeded("E-1", here);
        }
    }
}
