//! How often somebody may try a password: a few times for a service number from one network, then
//! not before the window has passed. Counted before the slow hash, so that guessing costs the
//! guesser and not the server.
//!
//! Number and network count together: a number alone would let a stranger shut out its owner, a
//! network alone would let one guesser shut out everybody behind the same address. Always true
//! here: what is remembered is bounded; when there is no room, the oldest attempt is forgotten and
//! the newcomer is heard.

use jiff::SignedDuration;
use jiff::Timestamp;
use sanduq_core::id::ActorId;
use std::collections::BTreeMap;
use std::net::IpAddr;
use std::net::Ipv6Addr;
use std::sync::Mutex;
use std::sync::PoisonError;

/// Failed attempts for one number from one network within the window.
pub const MOST: usize = 5;
/// The window.
pub const WINDOW: SignedDuration = SignedDuration::from_mins(15);
/// Attempts remembered at most: some tens of megabytes.
const REMEMBERED: usize = 100_000;

type Key = (ActorId, IpAddr);

/// The failed attempts of the last minutes.
#[derive(Debug, Default)]
pub struct Attempts(Mutex<Failed>);

/// Each attempt stands twice: in its order, and under its key.
#[derive(Debug, Default)]
struct Failed {
    next: u64,
    in_order: BTreeMap<u64, (Timestamp, Key)>,
    by_key: BTreeMap<Key, Vec<u64>>,
}

impl Failed {
    fn forget_oldest(&mut self) {
        let Some((number, (_, key))) = self.in_order.pop_first() else {
            return;
        };
        if let Some(numbers) = self.by_key.get_mut(&key) {
            numbers.retain(|own| *own != number);
            if numbers.is_empty() {
                self.by_key.remove(&key);
            }
        }
    }

    /// How long until the oldest attempt under a key is forgotten; none before they are too many.
    fn waits(&self, key: &Key, now: Timestamp) -> Option<SignedDuration> {
        let own = self.by_key.get(key).filter(|own| own.len() >= MOST)?;
        let (oldest, _) = self.in_order.get(own.first()?)?;
        Some(WINDOW - now.duration_since(*oldest))
    }

    fn begin(&mut self, key: Key, now: Timestamp, room: usize) -> Result<(), SignedDuration> {
        let stale = |(at, _): &(Timestamp, Key)| now.duration_since(*at) >= WINDOW;
        while self.in_order.values().next().is_some_and(stale) {
            self.forget_oldest();
        }
        if let Some(waits) = self.waits(&key, now) {
            return Err(waits);
        }
        if self.in_order.len() >= room {
            self.forget_oldest();
        }
        self.by_key.entry(key.clone()).or_default().push(self.next);
        self.in_order.insert(self.next, (now, key));
        self.next += 1;
        Ok(())
    }
}

/// The network of an address: an IPv6 subscriber holds a whole /64 (RFC 6177) and could come from
/// another address each time.
#[must_use]
pub fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(six) => Ipv6Addr::from_bits(six.to_bits() >> 64 << 64).into(),
        four => four,
    }
}

impl Attempts {
    /// Counts an attempt at `now` as failed until [`Attempts::succeeded`] says otherwise. It makes
    /// no difference whether anybody has the number.
    ///
    /// # Errors
    /// There were too many and the password is not to be looked at; how long to wait.
    pub fn begin(
        &self,
        number: &ActorId,
        address: IpAddr,
        now: Timestamp,
    ) -> Result<(), SignedDuration> {
        let mut failed = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        failed.begin((number.clone(), network(address)), now, REMEMBERED)
    }

    /// The attempt was right: the number starts afresh from this network.
    pub fn succeeded(&self, number: &ActorId, address: IpAddr) {
        let mut failed = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let key = (number.clone(), network(address));
        for number in failed.by_key.remove(&key).unwrap_or_default() {
            failed.in_order.remove(&number);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(number: usize) -> ActorId {
        ActorId::new(&format!("E-{number}")).unwrap()
    }

    #[test]
    fn the_sixth_attempt_waits() {
        let attempts = Attempts::default();
        let (here, there): (IpAddr, IpAddr) = ([10, 0, 0, 1].into(), [10, 0, 0, 2].into());
        let start = Timestamp::UNIX_EPOCH;
        for _ in 0..MOST {
            assert_eq!(attempts.begin(&id(1), here, start), Ok(()));
        }
        assert_eq!(attempts.begin(&id(1), here, start), Err(WINDOW));
        let later = start + SignedDuration::from_mins(4);
        let rest = SignedDuration::from_mins(11);
        assert_eq!(attempts.begin(&id(1), here, later), Err(rest));
        assert_eq!(attempts.begin(&id(2), here, start), Ok(()), "a number");
        assert_eq!(attempts.begin(&id(1), there, start), Ok(()), "an address");
        let late = start + WINDOW;
        assert_eq!(attempts.begin(&id(1), here, late), Ok(()), "the window");
    }

    #[test]
    fn a_right_password_clears_what_went_before() {
        let attempts = Attempts::default();
        let here: IpAddr = [10, 0, 0, 1].into();
        for _ in 0..3 * MOST {
            assert!(attempts.begin(&id(1), here, Timestamp::UNIX_EPOCH).is_ok());
            attempts.succeeded(&id(1), here);
        }
        assert!(attempts.0.lock().unwrap().in_order.is_empty());
    }

    #[test]
    fn many_names_fill_no_memory_and_keep_nobody_out() {
        let (mut failed, room) = (Failed::default(), 100);
        let here: IpAddr = [10, 0, 0, 1].into();
        let mut begin = |number: usize, second: i64| {
            let now = Timestamp::from_second(second).unwrap();
            let heard = failed.begin((id(number), here), now, room).is_ok();
            (heard, failed.in_order.len(), failed.by_key.len())
        };
        // The last of the names by their letters is the first to come.
        for _ in 0..MOST {
            assert!(begin(9999, 0).0);
        }
        assert!(!begin(9999, 0).0);
        for number in 0..10 * room {
            let (heard, attempts, keys) = begin(number, 1);
            assert!(heard, "newcomer {number} is heard");
            assert!(attempts <= room && keys <= room, "{attempts} {keys}");
        }
        assert!(begin(9999, 2).0, "the oldest was forgotten");
        // Whoever came last is still known.
        for _ in 1..MOST {
            assert!(begin(10 * room - 1, 2).0);
        }
        assert!(!begin(10 * room - 1, 2).0);
        let (_, attempts, keys) = begin(1, 1 + WINDOW.as_secs());
        assert!(attempts < 10 && keys < 10, "the window has passed");
    }

    #[test]
    fn the_addresses_of_one_subscriber_are_one_network() {
        for (one, other, same) in [
            ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", true),
            ("2001:db8:1:2::1", "2001:db8:1:3::1", false),
            ("10.0.0.1", "::ffff:10.0.0.1", true),
            ("10.0.0.1", "10.0.0.2", false),
            ("::ffff:10.0.0.1", "::ffff:10.0.0.2", false),
        ] {
            let of = |text: &str| network(text.parse().unwrap());
            assert_eq!(of(one) == of(other), same, "{one} {other}");
        }
    }
}
