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
    /// Of what there are too many.
    pub of: Many,
}

/// What does not fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Many {
    /// Records, all of them read.
    Records,
    /// Records, and there are more: all need more than that.
    RecordsSoFar,
    /// So many pairs that were found.
    Pairs(u64),
}

impl MemoryRefusal {
    /// The same, found before all records were read.
    #[must_use]
    pub const fn at_least(self) -> Self {
        Self {
            of: Many::RecordsSoFar,
            ..self
        }
    }
}

/// Bytes that the program takes, its code that is in use, its threads, buffers and rarities.
const PROGRAM: u64 = 36 << 20;
/// Bytes of keys for one record and rule, as they are made and sorted: up to two keys of eight
/// bytes, in vectors that have grown, and once more in the bucket that is sorted.
const KEYS: u64 = 40;
/// Bytes of one pair while a rule finds it and it is put to those of other rules.
const FOUND: u64 = 40;
/// In a roll one pair is expected for so many records, of a list one for each of its own: room is
/// left for them beside the keys.
const RECORDS_OF_A_PAIR: usize = 16;
/// Bytes of one pair while all are put in order, keys being gone: itself, its class, its group, its
/// place; in one roll also what tells a chain.
const PAIR: u64 = 96;
/// The same of a pair with a record of a list.
const PAIR_OF_LIST: u64 = 56;

/// Bytes beside the keys for the pairs that are to be expected of so many records, of which so many
/// are of a list.
pub(crate) fn expected_pairs(records: usize, list: Option<usize>) -> u64 {
    FOUND * list.unwrap_or(records / RECORDS_OF_A_PAIR) as u64
}

impl Bound {
    /// Whether so many pairs can be put in order beside what is held then.
    ///
    /// # Errors
    /// When there are too many.
    pub(crate) fn pairs(self, held: u64, pairs: usize, of_list: bool) -> Result<(), MemoryRefusal> {
        let each = if of_list { PAIR_OF_LIST } else { PAIR };
        let needed = PROGRAM + held + pairs as u64 * each;
        let allowed = self.0.unwrap_or(u64::MAX);
        if needed > allowed {
            return Err(MemoryRefusal {
                needed,
                allowed,
                of: Many::Pairs(pairs as u64),
            });
        }
        Ok(())
    }

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
                of: Many::Records,
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
        match self.of {
            Many::Records => f.write_str("so many records")?,
            Many::RecordsSoFar => f.write_str("the records read so far, and there are more,")?,
            Many::Pairs(pairs) => write!(f, "the {pairs} pairs that were found")?,
        }
        write!(
            f,
            " need at least {} MiB of memory, {} MiB are allowed; allow more with --memory",
            mebibytes(self.needed),
            self.allowed >> 20
        )?;
        if matches!(self.of, Many::Pairs(_)) {
            f.write_str("; what is found is kept, and the next run goes on from there")?;
        }
        Ok(())
    }
}

impl core::error::Error for MemoryRefusal {}

impl Refusal for MemoryRefusal {
    fn code(&self) -> &'static str {
        match self.of {
            Many::Records | Many::RecordsSoFar => "matching.memory",
            Many::Pairs(_) => "matching.memory_pairs",
        }
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
            (142, kept(true, 1)),
            (132, kept(false, 1)),
            (112, kept(false, 2)),
            (76, kept(false, 26)),
        ] {
            assert_eq!(plan(mebibytes), expected, "{mebibytes}");
        }
        let refused = plan(74).unwrap_err();
        assert_eq!((refused.needed >> 20, refused.allowed >> 20), (74, 74));
        assert!(refused.needed > refused.allowed);
        assert_eq!(refused.code(), "matching.memory");
        let pairs = |pairs, of_list| Bound(Some(44 << 20)).pairs(7 << 20, pairs, of_list);
        for (count, of_list, fits) in [
            (10_922, false, true),
            (10_923, false, false),
            (18_724, true, true),
            (18_725, true, false),
        ] {
            assert_eq!(pairs(count, of_list).is_ok(), fits, "{count} {of_list}");
        }
        let refused = pairs(10_923, false).unwrap_err();
        assert!(
            refused.to_string().starts_with("the 10923 pairs"),
            "{refused}"
        );
        assert_eq!(Bound(None).pairs(u64::MAX / 2, 1 << 40, false), Ok(()));
        let unbounded = Bound(None).plan(usize::MAX / 1000, 6, 0);
        assert_eq!(unbounded, kept(true, 1));
    }
}
