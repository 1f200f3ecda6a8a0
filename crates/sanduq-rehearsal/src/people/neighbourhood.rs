//! Families, a neighbourhood at a time. Brothers and sisters share the names of father,
//! grandfather and family; a father who is on the roll himself bears as his own name what is his
//! children's second; an eldest son may bear his grandfather's; twins have days and numbers side by
//! side. Always true here: a neighbourhood depends on its place and the seed alone, so that any
//! one can be drawn again without the others.

use crate::chance::Chance;
use crate::chance::cumulative;
use crate::people::family::Line;
use crate::people::family::siblings;
use crate::people::number::Days;
use crate::people::number::Entry;
use crate::people::number::Numbers;
use crate::people::number::Office;
use crate::people::number::PEOPLE;
use crate::people::person::List;
use crate::people::person::Person;
use crate::people::source::NameIndex;
use crate::people::source::Source;

/// Draws the people of a nation.
pub struct Nation<'a> {
    /// Names and ways.
    pub source: &'a Source,
    /// The numbers that people bear.
    pub numbers: Numbers<'a>,
    seed: u64,
    days: Days,
    births: Vec<u64>,
    homes: Vec<u64>,
    /// Deaths before the end of the year among a thousand million of each age.
    deaths: Vec<u64>,
}

/// A family that is being drawn.
struct Family {
    line: Line,
    /// Around which its children were born.
    year: i16,
    /// The first of its children by place in the neighbourhood.
    first: usize,
}

impl<'a> Nation<'a> {
    /// A nation of some neighbourhoods.
    ///
    /// # Errors
    /// So many people that the numbers do not last.
    pub fn new(
        source: &'a Source,
        seed: u64,
        days: Days,
        neighbourhoods: u64,
    ) -> Result<Self, String> {
        // Of ten thousand at the age of 20 six die, then 7.8 % more each year, to four in ten.
        let next = |rate: &u64| Some((rate * 107_788 / 100_000).min(400_000_000));
        let rates = core::iter::successors(Some(600_000), next).take(120);
        Ok(Self {
            source,
            numbers: Numbers::new(source, seed, days, neighbourhoods)?,
            seed,
            days,
            births: cumulative(source.ways.born.weights.iter().copied()),
            homes: cumulative(source.ways.units.iter().map(|(_, share)| *share)),
            deaths: core::iter::repeat_n(600_000, 20).chain(rates).collect(),
        })
    }

    /// The people of a neighbourhood, in order.
    #[must_use]
    pub fn neighbourhood(&self, at: u64) -> Vec<Person> {
        let mut drawing = Drawing {
            nation: self,
            chance: Chance::new(self.seed, &format!("neighbourhood {at}")),
            office: self.numbers.office(at),
            first: at * PEOPLE,
            people: Vec::new(),
            entries: Vec::new(),
        };
        while drawing.has_room() {
            drawing.family();
        }
        drawing.people
    }

    /// A year of birth.
    fn year(&self, chance: &mut Chance) -> i16 {
        match self.days {
            Days::Slice => Days::SLICE_YEAR,
            Days::All => {
                let after = i16::try_from(chance.weighted(&self.births)).unwrap_or(0);
                self.source.ways.born.first + after
            }
        }
    }

    /// The years in which people on the roll may be born.
    fn years(&self) -> (i16, i16) {
        let first = self.source.ways.born.first;
        let count = i16::try_from(self.births.len()).unwrap_or(i16::MAX);
        (first - 4, first.saturating_add(count - 1))
    }

    /// A unit to live in.
    pub fn home(&self, chance: &mut Chance) -> usize {
        chance.weighted(&self.homes)
    }
}

struct Drawing<'a> {
    nation: &'a Nation<'a>,
    chance: Chance,
    office: Office<'a>,
    first: u64,
    people: Vec<Person>,
    /// The entries of the people, in the same order.
    entries: Vec<Entry>,
}

impl Drawing<'_> {
    fn has_room(&self) -> bool {
        (self.people.len() as u64) < PEOPLE
    }

    fn slice(&self) -> bool {
        self.nation.days == Days::Slice
    }

    /// Draws a family into the neighbourhood: its children, and its father where he is on the roll.
    fn family(&mut self) {
        let children = if self.slice() {
            // Of people born within 180 days only twins have one line.
            1 + usize::from(self.chance.of_ten_thousand(120))
        } else {
            siblings(&mut self.chance)
        };
        let family = Family {
            line: Line::draw(self.nation.source, &mut self.chance),
            year: self.nation.year(&mut self.chance),
            first: self.people.len(),
        };
        for nth in 0..children {
            if self.has_room() {
                self.child(&family, nth);
            }
        }
        if !self.slice() && self.chance.once_in(3) && self.has_room() {
            self.father(&family);
        }
    }

    /// Draws the `nth` child, from 0.
    fn child(&mut self, family: &Family, nth: usize) {
        let elder = (nth > 0).then(|| self.people.len() - 1);
        // A block of serials has room for two of a sex.
        let alone = elder.filter(|&at| !self.people[at].twin);
        let twin = alone.filter(|_| self.slice() || self.chance.of_ten_thousand(160));
        let woman = match twin {
            Some(at) if self.chance.of_ten_thousand(6_500) => self.people[at].woman,
            _ => !self.chance.of_ten_thousand(5_050),
        };
        let others = self.people[family.first..].iter();
        let others: Vec<NameIndex> = others.filter_map(|other| other.name[0]).collect();
        let source = self.nation.source;
        let given = family.line.given(source, woman, &others, &mut self.chance);
        let (entry, home) = if let Some(at) = twin {
            let elder = &self.people[at];
            (self.entries[at].twin(elder.woman == woman), elder.home)
        } else {
            let (first, last) = self.nation.years();
            let apart = i16::try_from(self.chance.below(19)).unwrap_or(9) - 9;
            let year = (family.year + apart).clamp(first, last);
            (self.entry(year), self.home())
        };
        self.add(family.line.child(given), woman, entry, home);
        self.people[elder.map_or(family.first, |at| at + 1)].kin = elder;
        if let Some(at) = twin {
            self.pair(family, at);
        }
    }

    /// Makes twins of a child and the one after it; four in ten of one sex have similar names.
    fn pair(&mut self, family: &Family, elder: usize) {
        self.people[elder].twin = true;
        self.people[elder].kin = Some(elder + 1);
        self.people[elder + 1].twin = true;
        let woman = self.people[elder].woman;
        let pairs = if woman {
            &self.nation.source.similar_women
        } else {
            &self.nation.source.similar_men
        };
        let alike = self.people[elder + 1].woman == woman && !pairs.is_empty();
        if !alike || !self.chance.of_ten_thousand(4_000) {
            return;
        }
        let (one, other) = *self.chance.pick(pairs);
        let siblings = &self.people[family.first..elder];
        let free = |name| siblings.iter().all(|sibling| sibling.name[0] != Some(name));
        if free(one) && free(other) {
            self.people[elder].name[0] = Some(one);
            self.people[elder + 1].name[0] = Some(other);
        }
    }

    /// Draws the father, if he can be alive: his own name is his children's second.
    fn father(&mut self, family: &Family) {
        let children = self.people[family.first..].iter();
        let eldest = children.map(|child| child.born.year()).min();
        let older = 20 + i16::try_from(self.chance.below(19)).unwrap_or(0);
        let year = eldest.unwrap_or(family.year) - older;
        if year < self.nation.years().0 {
            return;
        }
        let name = family.line.father(self.nation.source, &mut self.chance);
        let (entry, home) = (self.entry(year), self.home());
        self.add(name, false, entry, home);
    }

    fn entry(&mut self, year: i16) -> Entry {
        if self.slice() {
            return self.office.enter(Days::SLICE_YEAR, &mut self.chance);
        }
        // Of the old, some were entered with a year and no day.
        let share = if year < 1962 { 600 } else { 0 };
        let unknown = self.office.enter_unknown(year, share, &mut self.chance);
        unknown.unwrap_or_else(|| self.office.enter(year, &mut self.chance))
    }

    /// One in eight has moved away.
    fn home(&mut self) -> usize {
        if self.chance.of_ten_thousand(1_200) {
            return self.nation.home(&mut self.chance);
        }
        self.office.unit
    }

    fn add(&mut self, name: [NameIndex; 4], woman: bool, entry: Entry, home: usize) {
        let id = self.first + self.people.len() as u64;
        let nation = self.nation;
        let birthplace = self.office.unit;
        let mut name = name.map(Some);
        if !nation.source.ways.grandfather {
            name[2] = None;
        }
        let on = self.lists(woman, entry.born.year());
        self.people.push(Person {
            id,
            name,
            woman,
            born: entry.born,
            birthplace,
            home,
            number: nation.numbers.own(&entry, birthplace, woman, id),
            entry: Some(entry),
            kin: None,
            twin: false,
            on,
        });
        self.entries.push(entry);
    }

    /// The lists that a person comes onto: one in 200 is barred by a court, of men twelve times as
    /// many; of men under 55 one in 45 serves.
    fn lists(&mut self, woman: bool, born: i16) -> [bool; 3] {
        let age = self.nation.source.ways.year - born;
        let rates = &self.nation.deaths;
        let at = usize::try_from(age).unwrap_or(0).min(rates.len() - 1);
        let barred = if woman { 763 } else { 9_153 };
        let serves = if woman || age >= 55 { 0 } else { 22_200 };
        List::ALL.map(|list| match list {
            List::Deaths => self.chance.below(1_000_000_000) < rates[at],
            List::Justice => self.chance.below(1_000_000) < barred,
            List::Serving => self.chance.below(1_000_000) < serves,
        })
    }
}
