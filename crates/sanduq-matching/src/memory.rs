//! How much memory a comparison may take, and what it leaves out to stay within it.
//!
//! What must be held is the records (32 bytes each), their further attributes, ids and the
//! dictionary. What may be held, in this order, is the keys of one rule at a time, and what keys
//! are made of. Where the keys of a rule do not fit, they are made in several passes over the
//! records, each for a share of the buckets: more time, the same pairs.

use crate::blocks::BUCKETS;
use crate::keys::Traits;
use sanduq_core::refusal::Refusal;
use sanduq_register::matching::record::NameId;
use sanduq_register::matching::record::Record;

/// The most bytes a comparison may hold; `None` is no bound.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Bound(pub Option<u64>);

/// How a comparison stays within its bound.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Plan {
    /// Whether what keys are made of is worked out beforehand and kept.
    pub traits: bool,
    /// In how many passes the keys of a rule are made.
    pub passes: usize,
}

/// The bound is too low for so many records.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MemoryRefusal {
    /// Bytes that are needed at least.
    pub needed: u64,
    /// Bytes that were allowed.
    pub allowed: u64,
    /// It was found before all records were read: they need more than that.
    pub early: bool,
}

impl MemoryRefusal {
    /// The same, found before all records were read.
    #[must_use]
    pub const fn at_least(self) -> Self {
        Self {
            early: true,
            ..self
        }
    }
}

/// Bytes that the program, its threads, its buffers and the rarities take.
const PROGRAM: u64 = 24 << 20;
/// Bytes of keys for one record and rule, as they are made and sorted: up to two keys of eight
/// bytes, in vectors that have grown, and once more in the bucket that is sorted.
const KEYS: u64 = 40;

impl Bound {
    /// The plan for so many records with so many further attributes each, beside what is held
    /// anyway.
    ///
    /// # Errors
    /// When not even one bucket of keys at a time would fit.
    pub fn plan(self, records: usize, extras: usize, fixed: u64) -> Result<Plan, MemoryRefusal> {
        let Some(allowed) = self.0 else {
            return Ok(Plan {
                traits: true,
                passes: 1,
            });
        };
        let count = records as u64;
        let record = (size_of::<Record>() + extras * size_of::<NameId>()) as u64;
        let held = PROGRAM + fixed + count * record;
        let keys = count * KEYS;
        let least = keys / BUCKETS as u64;
        let needed = held + least;
        let Some(left) = allowed.checked_sub(held).filter(|left| *left >= least) else {
            return Err(MemoryRefusal {
                needed,
                allowed,
                early: false,
            });
        };
        let traits = count * size_of::<Traits>() as u64;
        if left >= traits + keys {
            return Ok(Plan {
                traits: true,
                passes: 1,
            });
        }
        let passes = keys.div_ceil(left.max(1)).clamp(1, BUCKETS as u64);
        Ok(Plan {
            traits: false,
            passes: usize::try_from(passes).unwrap_or(BUCKETS),
        })
    }
}

impl core::fmt::Display for MemoryRefusal {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        let mebibytes = |bytes: u64| bytes.div_ceil(1 << 20);
        let records = if self.early {
            "the records read so far, and there are more,"
        } else {
            "so many records"
        };
        write!(
            f,
            "{records} need at least {} MiB of memory, {} MiB are allowed; allow more with \
             --memory",
            mebibytes(self.needed),
            self.allowed >> 20
        )
    }
}

impl core::error::Error for MemoryRefusal {}

impl Refusal for MemoryRefusal {
    fn code(&self) -> &'static str {
        "matching.memory"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_does_not_fit_is_left_out_and_then_refused() {
        let million = 1_000_000;
        let plan = |mebibytes: u64| Bound(Some(mebibytes << 20)).plan(million, 0, 8 << 20);
        let kept = |traits, passes| Ok(Plan { traits, passes });
        for (mebibytes, expected) in [
            (1000, kept(true, 1)),
            (130, kept(true, 1)),
            (120, kept(false, 1)),
            (100, kept(false, 2)),
            (64, kept(false, 26)),
        ] {
            assert_eq!(plan(mebibytes), expected, "{mebibytes}");
        }
        let refused = plan(62).unwrap_err();
        assert_eq!((refused.needed >> 20, refused.allowed >> 20), (62, 62));
        assert!(refused.needed > refused.allowed);
        assert_eq!(refused.code(), "matching.memory");
        let unbounded = Bound(None).plan(usize::MAX / 1000, 6, 0);
        assert_eq!(unbounded, kept(true, 1));
    }
}
