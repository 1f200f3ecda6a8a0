//! What was to be expected of an hour: as large a share of the registered as had come by that hour
//! in the event before. Always true here: it is computed from published figures of an event that is
//! over and never typed; what that event does not have is not guessed; it is another type than who
//! came, and no figure of today stands in it but the registered.

use sanduq_core::count::Came;
use sanduq_core::count::Registered;

/// How many were to be expected to have come since opening. Nobody counted them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Expected(u64);

impl Expected {
    /// The number.
    #[must_use]
    pub const fn get(self) -> u64 {
        self.0
    }
}

/// The registered of today, by the share of those who had come by the same hour then: rounded to
/// the nearest whole person, half up. None where nobody was registered then.
#[must_use]
pub fn expected(came: Came, of: Registered, now: Registered) -> Option<Expected> {
    let of = u128::from(of.get());
    if of == 0 {
        return None;
    }
    let product = u128::from(came.get()) * u128::from(now.get());
    let half_up = u128::from(product % of * 2 >= of);
    u64::try_from(product / of + half_up).ok().map(Expected)
}

/// Whether so few came that a person should ask why: less than this many per cent of those
/// expected. The threshold is the profile's.
#[must_use]
pub fn far_below(came: Came, expected: Expected, percent: u8) -> bool {
    u128::from(came.get()) * 100 < u128::from(expected.0) * u128::from(percent)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_share_of_then_is_the_expectation_of_now() {
        // Came then, of registered then, registered now.
        for (came, of, now, wanted) in [
            (0, 1_000, 2_000, Some(0)),
            (250, 1_000, 2_000, Some(500)),
            (1_000, 1_000, 800, Some(800)),
            // Half a person is one, less is none.
            (1, 2, 1, Some(1)),
            (1, 3, 1, Some(0)),
            (2, 3, 1, Some(1)),
            (5, 1_000, 100, Some(1)),
            (4, 1_000, 100, Some(0)),
            // More came than were registered: refused ones count as come.
            (1_200, 1_000, 500, Some(600)),
            (7, 10, 0, Some(0)),
            // What was not there is not guessed.
            (0, 0, 1_000, None),
            (5, 0, 1_000, None),
            // No sum is too large to be computed, and one that is too large to be told is none.
            (u64::MAX, u64::MAX, u64::MAX, Some(u64::MAX)),
            (u64::MAX, 1, u64::MAX, None),
        ] {
            let found = expected(Came::new(came), Registered::new(of), Registered::new(now));
            assert_eq!(found, wanted.map(Expected), "{came} of {of}, {now}");
        }
    }

    #[test]
    fn a_person_asks_only_below_the_threshold() {
        for (came, expected, percent, asks) in [
            (49, 100, 50, true),
            (50, 100, 50, false),
            (0, 1, 50, true),
            (0, 0, 50, false),
            (1, 2, 50, false),
            (99, 100, 100, true),
            (0, 100, 0, false),
            (u64::MAX - 1, u64::MAX, 100, true),
        ] {
            let found = far_below(Came::new(came), Expected(expected), percent);
            assert_eq!(found, asks, "{came} of {expected} at {percent}");
        }
    }
}
