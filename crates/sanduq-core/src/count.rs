//! Counts as types: what came is not what voted, the registered are not the eligible, and none of
//! them is a bare number. Arithmetic is checked: a count that would overflow is a refusal, never a
//! wrapped figure. (Invariants 4 and 12 of the house.)

use serde::Deserialize;
use serde::Serialize;

/// A sum that does not fit in 64 bits; no election of this world produces one, a forged file may.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Overflow;

impl core::fmt::Display for Overflow {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("count.overflow: the sum does not fit in 64 bits")
    }
}

impl core::error::Error for Overflow {}

macro_rules! count {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(
            Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize,
            Deserialize,
        )]
        #[serde(transparent)]
        pub struct $name(u64);

        impl $name {
            /// None counted.
            pub const ZERO: Self = Self(0);

            /// A count of this kind.
            #[must_use]
            pub const fn new(count: u64) -> Self {
                Self(count)
            }

            /// The bare number, for showing and storing.
            #[must_use]
            pub const fn get(self) -> u64 {
                self.0
            }

            /// The sum, or [`Overflow`].
            ///
            /// # Errors
            /// When the sum exceeds `u64::MAX`.
            pub const fn plus(self, other: Self) -> Result<Self, Overflow> {
                match self.0.checked_add(other.0) {
                    Some(sum) => Ok(Self(sum)),
                    None => Err(Overflow),
                }
            }

            /// The sum of many.
            ///
            /// # Errors
            /// When the sum exceeds `u64::MAX`.
            pub fn sum(counts: impl IntoIterator<Item = Self>) -> Result<Self, Overflow> {
                counts.into_iter().try_fold(Self::ZERO, Self::plus)
            }
        }

        impl core::fmt::Display for $name {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                self.0.fmt(f)
            }
        }
    };
}

count!(
    /// Votes or ballots on a sheet: any figure that a count produced (glossary: votes).
    Votes
);
count!(
    /// Persons on the list of a station, a unit or the nation (glossary: registered).
    Registered
);
count!(
    /// Persons who have the right to vote, on a list or not (glossary: eligible).
    Eligible
);
count!(
    /// Persons who presented themselves, the refused among them (glossary: came, presented).
    Came
);
count!(
    /// Persons who were given a ballot and deposited it (glossary: voted).
    Voted
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sum_that_does_not_fit_is_refused() {
        assert_eq!(Votes::new(2).plus(Votes::new(3)), Ok(Votes::new(5)));
        assert_eq!(Votes::new(u64::MAX).plus(Votes::new(1)), Err(Overflow));
        assert_eq!(Voted::sum([1, 2, 3].map(Voted::new)), Ok(Voted::new(6)));
        assert_eq!(Voted::sum([u64::MAX, 1].map(Voted::new)), Err(Overflow));
    }
}
