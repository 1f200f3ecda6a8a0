//! Keys of blocking: what a rule makes of a record. Records under one key are compared.

use sanduq_register::matching::date::Date;
use sanduq_register::matching::number::Layout;
use sanduq_register::matching::profile::FAMILY;
use sanduq_register::matching::profile::FATHER;
use sanduq_register::matching::profile::GRANDFATHER;
use sanduq_register::matching::profile::NAME_PARTS;
use sanduq_register::matching::profile::Part;
use sanduq_register::matching::record::Name;
use sanduq_register::matching::record::NameId;
use sanduq_register::matching::record::Record;

/// The last digits of a number, as bits.
const TAIL: u64 = 0xf_ffff;
/// The most keys of one record under one rule.
const MOST_KEYS: usize = 4;

/// What keys are made of, worked out once for each record. All zero where nothing is known.
#[derive(Clone, Copy, Debug)]
pub struct Traits {
    /// The commonest spelling of each part of the name.
    names: [NameId; NAME_PARTS],
    /// Its own date and its number's, day and month in one order.
    dates: [Date; 2],
    /// Its own place and its number's.
    places: [u16; 2],
}

impl Traits {
    /// The traits of a record.
    #[must_use]
    pub fn new(record: &Record, names: &[Name], layout: &Layout) -> Self {
        let in_number = u16::try_from(record.number.place(layout)).unwrap_or(0);
        Self {
            names: record.names.map(|id| names[id as usize].canonical),
            dates: [
                record.date.unordered(),
                record.number.date(layout).unordered(),
            ],
            places: [record.place, in_number],
        }
    }

    /// How many parts of two names are against each other; none where a part of the family's names
    /// stands at another place.
    #[must_use]
    pub fn parts_against(&self, other: &Self) -> usize {
        let against = |part: usize| {
            let (one, other) = (self.names[part], other.names[part]);
            one != other && one > 0 && other > 0
        };
        let elsewhere = |part: usize| {
            let facing = [FATHER, GRANDFATHER, FAMILY]
                .into_iter()
                .filter(|place| *place != part);
            let name = self.names[part];
            name > 0 && facing.into_iter().any(|place| other.names[place] == name)
        };
        let count = (0..NAME_PARTS).filter(|part| against(*part)).count();
        if count > 0 && (FATHER..NAME_PARTS).any(elsewhere) {
            0
        } else {
            count
        }
    }

    /// Whether neither the record nor its number knows the day of birth.
    #[must_use]
    pub fn lack_day(&self) -> bool {
        self.dates
            .iter()
            .all(|date| date.is_missing() || date.is_default())
    }
}

/// What keys are made of, for all records.
#[derive(Clone, Copy)]
pub struct Keys<'a> {
    /// The traits of all records, where memory allows to work them out beforehand.
    pub traits: Option<&'a [Traits]>,
    /// The dictionary, by id.
    pub names: &'a [Name],
    /// The parts of the national number.
    pub layout: &'a Layout,
}

impl Keys<'_> {
    /// The traits of a row.
    #[must_use]
    pub fn of(&self, row: u32, record: &Record) -> Traits {
        match self.traits {
            Some(traits) => traits[row as usize],
            None => Traits::new(record, self.names, self.layout),
        }
    }

    /// Hands every key of a record under a rule to `take`; none when a part is missing.
    #[inline]
    pub fn each(
        &self,
        rule: &[Part],
        (row, record): (u32, &Record),
        extras: &[NameId],
        mut take: impl FnMut(u64),
    ) {
        let worked_out;
        let traits = match self.traits {
            Some(traits) => &traits[row as usize],
            None => {
                worked_out = Traits::new(record, self.names, self.layout);
                &worked_out
            }
        };
        let mut hashes = [0x9e37_79b9_7f4a_7c15; MOST_KEYS];
        let mut count = 1;
        for part in rule {
            let [first, second] = self.values(*part, traits, record, extras);
            let (first, other) = if first == 0 {
                (second, 0)
            } else {
                (first, second)
            };
            if first == 0 {
                return;
            }
            if other > 0 && other != first && count * 2 <= MOST_KEYS {
                for slot in 0..count {
                    hashes[count + slot] = step(hashes[slot], other);
                }
                for hash in &mut hashes[..count] {
                    *hash = step(*hash, first);
                }
                count *= 2;
            } else if count == 1 {
                // Nearly all keys are one of a kind, and no loop is set up for them.
                hashes[0] = step(hashes[0], first);
            } else {
                for hash in &mut hashes[..count] {
                    *hash = step(*hash, first);
                }
            }
        }
        for hash in &hashes[..count] {
            take(mix(*hash, 0));
        }
    }

    #[inline]
    fn values(&self, part: Part, traits: &Traits, record: &Record, extras: &[NameId]) -> [u64; 2] {
        match part {
            Part::Name(part) => [u64::from(traits.names[part]), 0],
            Part::Consonants(part) => [self.names[traits.names[part] as usize].skeleton, 0],
            Part::Extra(place) => {
                let name = &self.names[extras[place] as usize];
                [u64::from(name.canonical), 0]
            }
            Part::Number => [record.number.packed(), 0],
            Part::Tail => [record.number.packed() & TAIL, 0],
            Part::Date => traits.dates.map(|date| u64::from(date.packed())),
            Part::Year => traits.dates.map(|date| u64::from(date.year())),
            Part::Birthday => traits.dates.map(birthday),
            Part::Place => traits.places.map(u64::from),
        }
    }
}

/// Month and day as one number.
fn birthday(date: Date) -> u64 {
    if date.is_default() {
        0
    } else {
        u64::from(date.packed() & 0x1ff)
    }
}

/// Takes one more value into a hash.
fn step(hash: u64, value: u64) -> u64 {
    (hash.rotate_left(23) ^ value).wrapping_mul(0xff51_afd7_ed55_8ccd)
}

/// One step of a hash whose every bit depends on all that went in.
#[must_use]
pub fn mix(hash: u64, value: u64) -> u64 {
    let mixed = (hash ^ value).wrapping_mul(0xff51_afd7_ed55_8ccd);
    let mixed = (mixed ^ mixed >> 32).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    mixed ^ mixed >> 29
}
