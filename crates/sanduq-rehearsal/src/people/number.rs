//! The numbers that people bear. Always true here: each number is reckoned from the person's place
//! in the nation, so that no two people have one and none needs to be remembered.
//!
//! A number with a day of birth has a serial of four digits. The serials of a day and a unit fall
//! into blocks of four, two for men and two for women, so that twins, who share a block, have
//! serials side by side. The blocks of a year in a unit are dealt out in a drawn order, as many to
//! each neighbourhood. Of the 10,000 serials of a day the first 4,500 are issued at birth, as many
//! are second numbers, one for each of the first, and the last are of strangers.

use crate::chance::Chance;
use crate::chance::Order;
use crate::chance::cumulative;
use crate::chance::mixed;
use crate::people::source::Part;
use crate::people::source::Source;
use core::fmt::Write as _;
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::collections::BTreeSet;

/// People of a neighbourhood.
pub const PEOPLE: u64 = 256;
/// Blocks of a day that people are born into.
const BLOCKS: u64 = 1_125;
/// The first serial of second numbers.
const SECOND: u64 = BLOCKS * 4;
/// The first serial of strangers.
const STRANGERS: u64 = SECOND * 2;
/// Numbers that a person may come to in a layout of serials alone.
const EACH: u64 = 8;

/// Which days people are born on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Days {
    /// All days of all years.
    All,
    /// 180 days of one year, so that few records are as dense as a nation's.
    Slice,
}

impl Days {
    /// The year of the slice.
    pub const SLICE_YEAR: i16 = 1990;

    /// How many days of a year people are born on, and the first of them, from January 1 as 1.
    const fn of_year(self) -> (u64, u64) {
        match self {
            // The first of January belongs to those whose day is not known.
            Self::All => (364, 2),
            Self::Slice => (180, 1),
        }
    }

    /// Of the blocks of a year in a unit, the least that a neighbourhood needs to have to itself:
    /// a few times those who are born in one year, so that hardly any falls into the next.
    const fn room_min(self) -> u64 {
        match self {
            Self::All => 12,
            Self::Slice => PEOPLE * 3 / 2,
        }
    }
}

/// Where a person's number comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The day of birth.
    pub born: Date,
    /// The block of serials of that day.
    block: u64,
    /// Which of the two serials of each sex.
    second: bool,
}

/// The numbers of a nation of some neighbourhoods.
#[derive(Clone, Debug)]
pub struct Numbers<'a> {
    source: &'a Source,
    seed: u64,
    days: Days,
    /// The first neighbourhood of each unit, and one past the last.
    firsts: Vec<u64>,
    /// Serials of layouts without a day of birth.
    serials: Order,
}

impl<'a> Numbers<'a> {
    /// Deals the neighbourhoods out to the units by their shares.
    ///
    /// # Errors
    /// So many neighbourhoods that the numbers do not last.
    pub fn new(
        source: &'a Source,
        seed: u64,
        days: Days,
        neighbourhoods: u64,
    ) -> Result<Self, String> {
        let shares = cumulative(source.ways.units.iter().map(|(_, share)| *share));
        let all = u128::from(shares.last().copied().unwrap_or(0)).max(1);
        // A neighbourhood lies where its middle falls, so that even one has the likeliest unit.
        let first = |share: u64| {
            let edge = u128::from(neighbourhoods) * u128::from(share);
            u64::try_from((edge + all / 2) / all).unwrap_or(u64::MAX)
        };
        let firsts = core::iter::once(0).chain(shares.iter().map(|share| first(*share)));
        let digits = u32::try_from(source.ways.number.serial_digits).unwrap_or(u32::MAX);
        let serials = 10u64.checked_pow(digits).unwrap_or(u64::MAX);
        let numbers = Self {
            source,
            seed,
            days,
            firsts: firsts.collect(),
            serials: Order::new(mixed(seed ^ 0x5e71a1), serials),
        };
        let most = numbers.firsts.windows(2).map(|pair| pair[1] - pair[0]);
        let people = neighbourhoods.saturating_mul(PEOPLE);
        let last = if numbers.dated() {
            numbers.room(most.max().unwrap_or(0)) >= days.room_min()
        } else {
            people.saturating_mul(EACH) <= serials
        };
        last.then_some(numbers)
            .ok_or_else(|| "there are not enough numbers for so many people".to_owned())
    }

    /// Whether numbers tell the day of birth.
    fn dated(&self) -> bool {
        self.source.ways.number.parts.contains(&Part::Birth)
    }

    /// The blocks of a year that each of so many neighbourhoods has.
    fn room(&self, among: u64) -> u64 {
        let (days, _) = self.days.of_year();
        days * BLOCKS / among.max(1)
    }

    /// The unit that a neighbourhood lies in.
    #[must_use]
    pub fn unit(&self, neighbourhood: u64) -> usize {
        let after = self.firsts.partition_point(|&first| first <= neighbourhood);
        after.clamp(1, self.firsts.len() - 1) - 1
    }

    /// The office of a neighbourhood, which has entered nobody yet.
    #[must_use]
    pub fn office(&self, neighbourhood: u64) -> Office<'_> {
        let unit = self.unit(neighbourhood);
        let first = self.firsts[unit];
        Office {
            numbers: self,
            unit,
            local: neighbourhood - first,
            among: self.firsts[unit + 1] - first,
            taken: BTreeSet::new(),
            unknown: BTreeMap::new(),
        }
    }

    /// The number issued at birth to the `person`th of the nation, entered in a unit.
    #[must_use]
    pub fn own(&self, entry: &Entry, unit: usize, woman: bool, person: u64) -> String {
        let serial = if self.dated() {
            entry.block * 4 + u64::from(entry.second) * 2 + u64::from(!woman)
        } else {
            self.serials.at(person * EACH)
        };
        self.compose(entry.born, unit, serial)
    }

    /// The second number of the same person; nobody else has it.
    #[must_use]
    pub fn second(&self, entry: &Entry, unit: usize, woman: bool, person: u64) -> String {
        let serial = if self.dated() {
            let day = entry.born.day_of_year().unsigned_abs();
            let key = self.key(unit, entry.born.year(), 2) ^ u64::from(day);
            let order = Order::new(mixed(key), BLOCKS * 2);
            let place = order.at(entry.block * 2 + u64::from(entry.second));
            SECOND + place * 2 + u64::from(!woman)
        } else {
            self.serials.at(person * EACH + 1)
        };
        self.compose(entry.born, unit, serial)
    }

    /// The number of the `nth` (2 to 7) stranger beside a person; nobody of the nation has it.
    pub fn stranger(
        &self,
        (born, unit, woman): (Date, usize, bool),
        (person, nth): (u64, u64),
        chance: &mut Chance,
    ) -> String {
        let serial = if self.dated() {
            STRANGERS + chance.below((10_000 - STRANGERS) / 2) * 2 + u64::from(!woman)
        } else {
            self.serials.at(person * EACH + nth)
        };
        self.compose(born, unit, serial)
    }

    fn key(&self, unit: usize, year: i16, kind: u64) -> u64 {
        let unit = u64::try_from(unit).unwrap_or(u64::MAX);
        let year = u64::from(year.unsigned_abs());
        mixed(self.seed ^ mixed(unit << 32 | year << 8 | kind))
    }

    fn compose(&self, born: Date, unit: usize, serial: u64) -> String {
        let layout = &self.source.ways.number;
        let mut number = String::with_capacity(16);
        for part in &layout.parts {
            match part {
                Part::Century => {
                    let later = usize::from(born.year() >= 2000);
                    number.push_str(&layout.centuries[later]);
                }
                Part::Birth => {
                    let year = born.year().rem_euclid(100);
                    let (month, day) = (born.month(), born.day());
                    let _ = write!(number, "{year:02}{month:02}{day:02}");
                }
                Part::Unit => number.push_str(&self.source.ways.units[unit].0),
                Part::Serial => {
                    let _ = write!(number, "{serial:0width$}", width = layout.serial_digits);
                }
            }
        }
        let check = check_digit(self.source, &number);
        number.extend(char::from_digit(check, 10));
        number
    }
}

/// The check digit of the digits before it.
#[must_use]
pub fn check_digit(source: &Source, digits: &str) -> u32 {
    let layout = &source.ways.number;
    let weighted = digits.chars().zip(&layout.check_weights);
    let sum: u32 = weighted
        .map(|(digit, weight)| digit.to_digit(10).unwrap_or(0) * weight)
        .sum();
    let remainders = u32::try_from(layout.check_digits.len()).unwrap_or(u32::MAX);
    let remainder = usize::try_from(sum % remainders).unwrap_or(0);
    layout.check_digits[remainder]
}

/// Enters the births of a neighbourhood.
pub struct Office<'a> {
    numbers: &'a Numbers<'a>,
    /// The unit of the births.
    pub unit: usize,
    local: u64,
    among: u64,
    taken: BTreeSet<(i16, u64)>,
    unknown: BTreeMap<i16, u64>,
}

impl Office<'_> {
    /// Enters a birth of a year on a drawn day. When the year is full, the next year has room.
    pub fn enter(&mut self, mut year: i16, chance: &mut Chance) -> Entry {
        let room = self.numbers.room(self.among);
        let mut slot = chance.below(room);
        let mut tried = 0;
        while !self.taken.insert((year, slot)) {
            slot = (slot + 1) % room;
            tried += 1;
            if tried == room {
                year += 1;
                tried = 0;
            }
        }
        let (days, first) = self.numbers.days.of_year();
        let order = self.order(year, 0, days * BLOCKS);
        let place = order.at(self.local * room + slot);
        let day = first + place / BLOCKS;
        Entry {
            born: day_of_year(year, day),
            block: place % BLOCKS,
            second: chance.once_in(2),
        }
    }

    /// Enters somebody whose day is not known under the first of January, in so many of ten
    /// thousand cases, or not at all.
    pub fn enter_unknown(&mut self, year: i16, share: u64, chance: &mut Chance) -> Option<Entry> {
        let begins = |local: u64| local * BLOCKS / self.among.max(1);
        let mine = begins(self.local + 1) - begins(self.local);
        // Where fewer than one of the blocks falls to each, those that have one use it more often.
        let have = (BLOCKS * 10_000 / self.among.max(1)).clamp(1, 10_000);
        let used = self.unknown.entry(year).or_default();
        if *used >= mine || !chance.of_ten_thousand(share * 10_000 / have) {
            return None;
        }
        let place = begins(self.local) + *used;
        *used += 1;
        let order = self.order(year, 1, BLOCKS);
        Some(Entry {
            born: day_of_year(year, 1),
            block: order.at(place),
            second: chance.once_in(2),
        })
    }

    fn order(&self, year: i16, kind: u64, size: u64) -> Order {
        Order::new(self.numbers.key(self.unit, year, kind), size)
    }
}

impl Entry {
    /// The entry of a twin: of the same sex the other serial of the block, of the other sex one
    /// that stands beside.
    #[must_use]
    pub const fn twin(&self, same_sex: bool) -> Self {
        Self {
            second: if same_sex { !self.second } else { self.second },
            ..*self
        }
    }
}

/// The day of a year, from January 1 as 1.
fn day_of_year(year: i16, day: u64) -> Date {
    let first = Date::new(year, 1, 1).unwrap_or(Date::MIN);
    let day = i16::try_from(day).unwrap_or(1);
    first.with().day_of_year(day).build().unwrap_or(first)
}
