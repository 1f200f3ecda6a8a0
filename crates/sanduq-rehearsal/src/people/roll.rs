//! The roll and the lists, a chunk at a time. Always true here: a chunk depends on its place and
//! the seed alone; every chunk holds people of neighbourhoods from all over the nation and second
//! records of people from elsewhere, so that nothing can be learned from how near two rows stand.

use crate::chance::Chance;
use crate::chance::Order;
use crate::chance::mixed;
use crate::people::fault::Fault;
use crate::people::fault::Faults;
use crate::people::neighbourhood::Nation;
use crate::people::number::Days;
use crate::people::number::PEOPLE;
use crate::people::person::List;
use crate::people::person::Person;
use crate::people::record::Care;
use crate::people::record::Clerk;
use crate::people::record::Record;
use crate::people::source::Source;
use core::ops::Range;
use jiff::civil::Date;

/// Neighbourhoods of a chunk.
const CHUNK: u64 = 32;
/// The most records that one roll may have.
pub const RECORDS_MAX: u64 = 120_000_000;
/// Of ten thousand people who should be on the roll, how many are not.
const MISSING: u64 = 50;
/// Of ten thousand people on the roll, how many have been entered again.
const AGAIN: u64 = 400;
/// One record in so many bears the number of a stranger.
const SHARED: u64 = 20_000;

/// What is to be invented.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    /// Records of the roll, exactly.
    pub records: u64,
    /// The seed.
    pub seed: u64,
    /// On which days people are born.
    pub days: Days,
}

/// A roll that can be written.
pub struct Roll<'a> {
    nation: Nation<'a>,
    seed: u64,
    /// How many people there are, on the roll and missing from it.
    pub people: u64,
    /// Pairs of records that are of one person.
    pub pairs: u64,
    /// Records of the roll.
    pub records: u64,
    /// How many records the last person has.
    last: u8,
    neighbourhoods: u64,
    firsts: Order,
    seconds: Order,
}

/// A file and the truth about it; each line begins with the comma behind its number.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pages {
    /// The rows.
    pub rows: String,
    /// The truth of the same rows.
    pub truth: String,
}

/// The files of a roll.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Book {
    /// The roll.
    Roll,
    /// The list of an agency.
    List(List),
    /// The list of all who are eligible, from the civil registry.
    CivilStatus,
}

impl Book {
    /// All, in order.
    pub const ALL: [Self; 5] = [
        Self::Roll,
        Self::List(List::Deaths),
        Self::List(List::Justice),
        Self::List(List::Serving),
        Self::CivilStatus,
    ];

    /// The name of its file, without the ending.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Roll => "roll",
            Self::List(list) => list.code(),
            Self::CivilStatus => "civil_status",
        }
    }

    /// The header of its rows and of the truth about them.
    #[must_use]
    pub const fn headers(self) -> [&'static str; 2] {
        match self {
            Self::Roll => [
                "rid,given,father,grandfather,family,sex,dob,gov,nid",
                "rid,person,is_original,noise",
            ],
            Self::List(_) => [
                "lid,given,father,grandfather,family,sex,dob,gov,nid",
                "lid,person",
            ],
            Self::CivilStatus => [
                "lid,given,father,grandfather,family,sex,dob,gov,nid",
                "lid,person,on_roll",
            ],
        }
    }
}

impl<'a> Roll<'a> {
    /// Plans a roll of a size.
    ///
    /// # Errors
    /// A sentence: no records, or so many that the numbers do not last.
    pub fn new(source: &'a Source, size: Size) -> Result<Self, String> {
        if !(1..=RECORDS_MAX).contains(&size.records) {
            return Err(format!("a roll has from 1 to {RECORDS_MAX} records"));
        }
        let (mut people, mut records, mut pairs, mut last) = (0, 0, 0, 0);
        let mut neighbourhoods = 0;
        while records < size.records {
            for rows in drawn_rows(size.seed, neighbourhoods) {
                last = u64::from(rows).min(size.records - records);
                records += last;
                pairs += last * last.saturating_sub(1) / 2;
                people += 1;
                if records == size.records {
                    break;
                }
            }
            neighbourhoods += 1;
        }
        Ok(Self {
            nation: Nation::new(source, size.seed, size.days, neighbourhoods)?,
            seed: size.seed,
            people,
            pairs,
            records,
            last: u8::try_from(last).unwrap_or(u8::MAX),
            neighbourhoods,
            firsts: Order::new(mixed(size.seed), neighbourhoods),
            seconds: Order::new(mixed(!size.seed), neighbourhoods),
        })
    }

    /// How many chunks there are.
    #[must_use]
    pub const fn chunks(&self) -> u64 {
        self.neighbourhoods.div_ceil(CHUNK)
    }

    /// The people of a neighbourhood with the number of records that each has on the roll.
    fn neighbourhood(&self, at: u64) -> Vec<(Person, u8)> {
        let mut people = self.nation.neighbourhood(at);
        let here = self.people - at * PEOPLE;
        people.truncate(usize::try_from(here).unwrap_or(usize::MAX));
        let mut rows = drawn_rows(self.seed, at);
        if at + 1 == self.neighbourhoods {
            rows.truncate(people.len());
            if let Some(rows) = rows.last_mut() {
                *rows = self.last;
            }
        }
        for (person, rows) in people.iter_mut().zip(&rows) {
            // Agencies were asked about the roll.
            if *rows == 0 {
                person.on = [false; 3];
            }
        }
        people.into_iter().zip(rows).collect()
    }

    /// The pages of a chunk, in the order of [`Book::ALL`].
    #[must_use]
    pub fn chunk(&self, at: u64) -> [Pages; 5] {
        let mut drafts: [Draft; 5] = Default::default();
        for place in at * CHUNK..((at + 1) * CHUNK).min(self.neighbourhoods) {
            let [roll, lists @ .., civil] = &mut drafts;
            let neighbourhood = self.firsts.at(place);
            let people = self.neighbourhood(neighbourhood);
            self.first_records(neighbourhood, &people, roll);
            self.agencies(neighbourhood, &people, lists);
            self.civil_status(neighbourhood, &people, civil);
            self.second_records(self.seconds.at(place), roll);
        }
        let mut chance = Chance::new(self.seed, &format!("order of chunk {at}"));
        drafts.map(|draft| draft.shuffled(&mut chance))
    }

    fn clerk(&self, office: &str, neighbourhood: u64) -> Clerk<'_> {
        let chance = Chance::new(self.seed, &format!("{office} {neighbourhood}"));
        Clerk::new(&self.nation, chance)
    }

    fn first_records(&self, neighbourhood: u64, people: &[(Person, u8)], roll: &mut Draft) {
        let mut clerk = self.clerk("first records", neighbourhood);
        for (person, _) in people.iter().filter(|(_, rows)| *rows > 0) {
            let (record, faults) = if clerk.chance().once_in(SHARED) {
                let other = self.stranger(person, clerk.chance());
                clerk.blame(Fault::NumberShared);
                clerk.enter(&other, Care::Careful, None)
            } else {
                clerk.enter(person, Care::Careful, None)
            };
            roll.add(&record, person.id, |truth| told(truth, true, &faults));
        }
    }

    /// The person with the number of somebody from anywhere in the nation.
    fn stranger(&self, person: &Person, chance: &mut Chance) -> Person {
        let people = self.neighbourhood(chance.below(self.neighbourhoods));
        let (other, _) = chance.pick(&people);
        Person {
            number: other.number.clone(),
            ..person.clone()
        }
    }

    fn second_records(&self, neighbourhood: u64, roll: &mut Draft) {
        let people = self.neighbourhood(neighbourhood);
        let mut clerk = self.clerk("second records", neighbourhood);
        for (person, rows) in &people {
            let kin = person.kin.and_then(|at| people.get(at));
            let kin = kin.map(|(kin, _)| kin.number.as_str());
            for _ in 1..*rows {
                let (record, faults) = clerk.enter(person, Care::Hasty, kin);
                roll.add(&record, person.id, |truth| told(truth, false, &faults));
            }
        }
    }

    fn agencies(&self, neighbourhood: u64, people: &[(Person, u8)], lists: &mut [Draft]) {
        let mut clerk = self.clerk("agencies", neighbourhood);
        for (nth, (list, draft)) in (4..).zip(List::ALL.into_iter().zip(lists)) {
            // How often an agency is hasty, and how many of a hundred are not on the roll.
            let (haste, strangers) = match list {
                List::Deaths => (8_000, 500),
                List::Justice => (6_000, 200),
                List::Serving => (2_500, 100),
            };
            for (person, _) in people.iter().filter(|(person, _)| person.is_on(list)) {
                let care = |clerk: &mut Clerk<'_>| match clerk.chance().of_ten_thousand(haste) {
                    true => Care::Hasty,
                    false => Care::Careful,
                };
                let how = care(&mut clerk);
                let (record, _) = clerk.enter(person, how, None);
                draft.add(&record, person.id, |truth| truth.push('\n'));
                if clerk.chance().of_ten_thousand(strangers) {
                    let stranger = self.nobody(person, people, nth, clerk.chance());
                    let how = care(&mut clerk);
                    let (record, _) = clerk.enter(&stranger, how, None);
                    draft.add(&record, -1, |truth| truth.push('\n'));
                }
            }
        }
    }

    /// Somebody who is not of the nation: one's given name, another's line, a day and a number that
    /// nobody else has.
    fn nobody(
        &self,
        beside: &Person,
        people: &[(Person, u8)],
        nth: u64,
        chance: &mut Chance,
    ) -> Person {
        let (line, _) = chance.pick(people);
        let year = 1926 + i16::try_from(chance.below(81)).unwrap_or(0);
        let mut part = |most| 1 + i8::try_from(chance.below(most)).unwrap_or(0);
        let (month, day) = (part(12), part(28));
        let born = Date::new(year, month, day).unwrap_or(beside.born);
        let home = self.nation.home(chance);
        let whose = (born, home, beside.woman);
        let number = self
            .nation
            .numbers
            .stranger(whose, (beside.id, nth), chance);
        let [given, ..] = beside.name;
        let [_, father, grandfather, family] = line.name;
        Person {
            name: [given, father, grandfather, family],
            born,
            birthplace: home,
            home,
            number,
            entry: None,
            ..beside.clone()
        }
    }

    fn civil_status(&self, neighbourhood: u64, people: &[(Person, u8)], civil: &mut Draft) {
        let mut clerk = self.clerk("civil status", neighbourhood);
        for (person, rows) in people.iter().filter(|(person, _)| person.is_eligible()) {
            let (record, _) = clerk.enter(person, Care::Careful, None);
            civil.add(&record, person.id, |truth| {
                truth.push_str(if *rows > 0 { ",true\n" } else { ",false\n" });
            });
        }
    }
}

/// How many records each person of a neighbourhood has: none of the missing, more than one of
/// those who were entered again.
fn drawn_rows(seed: u64, neighbourhood: u64) -> Vec<u8> {
    let mut chance = Chance::new(seed, &format!("rows {neighbourhood}"));
    let mut rows = |_| {
        let drawn = chance.below(10_000);
        if drawn < MISSING {
            return 0;
        }
        if drawn >= MISSING + AGAIN {
            return 1;
        }
        match chance.below(100) {
            0..85 => 2,
            85..97 => 3,
            _ => 4,
        }
    };
    (0..PEOPLE).map(&mut rows).collect()
}

fn told(truth: &mut String, first: bool, faults: &Faults) {
    truth.push_str(if first { ",true," } else { ",false," });
    faults.write(truth);
    truth.push('\n');
}

/// Rows and truths as they come, before they are shuffled.
#[derive(Default)]
struct Draft {
    pages: Pages,
    lines: Vec<[Range<usize>; 2]>,
}

impl Draft {
    fn add(
        &mut self,
        record: &Record,
        person: impl core::fmt::Display,
        rest: impl FnOnce(&mut String),
    ) {
        use core::fmt::Write as _;
        let from = [self.pages.rows.len(), self.pages.truth.len()];
        record.write(&mut self.pages.rows);
        let _ = write!(self.pages.truth, ",{person}");
        rest(&mut self.pages.truth);
        self.lines.push([
            from[0]..self.pages.rows.len(),
            from[1]..self.pages.truth.len(),
        ]);
    }

    fn shuffled(mut self, chance: &mut Chance) -> Pages {
        chance.shuffle(&mut self.lines);
        let mut pages = Pages {
            rows: String::with_capacity(self.pages.rows.len()),
            truth: String::with_capacity(self.pages.truth.len()),
        };
        for [row, truth] in self.lines {
            pages.rows.push_str(&self.pages.rows[row]);
            pages.truth.push_str(&self.pages.truth[truth]);
        }
        pages
    }
}
