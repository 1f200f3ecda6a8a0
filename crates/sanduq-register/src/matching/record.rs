//! A record as it is compared: 32 bytes, names as numbers of a dictionary.

use super::date::Date;
use super::number::Number;
use super::profile::NAME_PARTS;

/// A name in the dictionary; 0 is missing.
pub type NameId = u32;

/// Sex as a record states it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(u8)]
pub enum Sex {
    /// Not stated.
    #[default]
    Missing,
    /// Female.
    Female,
    /// Male.
    Male,
}

/// What is compared of one elector.
#[derive(Clone, Copy, Debug, Default)]
pub struct Record {
    /// Given, father's, grandfather's and family name.
    pub names: [NameId; NAME_PARTS],
    /// National number.
    pub number: Number,
    /// Birth date.
    pub date: Date,
    /// Place of registration; 0 is missing.
    pub place: u16,
    /// Sex.
    pub sex: Sex,
    /// Another script or parts missing: rules for the unusual look at it.
    pub unusual: bool,
}

/// Frequencies are told apart by role: 0 given, 1 father and grandfather, 2 family, from 3 on the
/// further attributes.
pub const ROLES: usize = 3 + super::profile::MOST_EXTRAS;

/// The role of each part of the name.
pub const ROLE: [usize; NAME_PARTS] = [0, 1, 1, 2];

/// What the dictionary knows of one name.
#[derive(Clone, Copy, Debug, Default)]
pub struct Name {
    /// The commonest spelling it is likely to stand for; itself when there is none.
    pub canonical: NameId,
    /// Its consonants, the same in every script.
    pub skeleton: u64,
    /// How rare it is in each role.
    pub rarity: [u8; ROLES],
    /// Written in Latin letters.
    pub latin: bool,
}

/// How rare something is, in half bits: 2 for one in two, 20 for one in 1,024; at most 47.
#[must_use]
pub fn rarity(count: u64, total: u64) -> u8 {
    let ratio = (u128::from(total.max(1)) * 256 / u128::from(count.max(1))).min(1 << 60);
    let half_bits = (ratio * ratio).max(1).ilog2().saturating_sub(16);
    u8::try_from(half_bits).unwrap_or(RAREST).min(RAREST)
}

/// The highest rarity.
pub const RAREST: u8 = 47;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rarity_counts_half_bits() {
        for (count, total, expected) in [
            (1, 1, 0),
            (1, 2, 2),
            (1, 1024, 20),
            (3, 4, 0),
            (5, 7, 0),
            (10, 15, 1),
            (0, 0, 0),
        ] {
            assert_eq!(rarity(count, total), expected, "{count} of {total}");
        }
        assert_eq!(rarity(1, u64::MAX), RAREST);
    }

    #[test]
    fn a_record_takes_thirty_two_bytes() {
        assert_eq!(size_of::<Record>(), 32);
    }
}
