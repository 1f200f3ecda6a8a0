//! The known truth of a made roll: who each record is, and who are relatives.

use super::run::Engine;
use rustc_hash::FxHashMap;
use sanduq_register::matching::profile::FATHER;
use sanduq_register::matching::record::NameId;
use std::path::Path;

/// What a pair of records is in truth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Truth {
    /// One person twice.
    Same,
    /// Two of one family.
    Kin,
    /// Two who have nothing to do with each other.
    Stranger,
}

/// Who stands behind each row; persons of one family have neighbouring numbers.
#[derive(Default)]
pub struct Persons {
    /// The person of each row; -1 for one who stands nowhere else.
    pub person: Vec<i64>,
    /// Whether the row is the person's first.
    pub original: Vec<bool>,
    /// What was done to the record.
    pub noise: Vec<String>,
    first: FxHashMap<i64, u32>,
}

/// Persons of one family lie at most this far apart.
const FAMILY: i64 = 4;

impl Persons {
    /// Reads the truth of a file, with the columns `person` and perhaps `is_original` and `noise`.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn read(&mut self, path: &Path) -> Result<(), csv::Error> {
        let mut reader = csv::Reader::from_path(path)?;
        let header = reader.headers()?.clone();
        let at = |name: &str| header.iter().position(|field| field == name);
        let (person, original, noise) = (at("person"), at("is_original"), at("noise"));
        for row in reader.records() {
            let row = row?;
            let field = |at: Option<usize>| at.and_then(|at| row.get(at)).unwrap_or_default();
            let number = field(person).parse().unwrap_or(-1);
            let first = field(original).eq_ignore_ascii_case("true");
            let at = u32::try_from(self.person.len()).unwrap_or(u32::MAX);
            if first || !self.first.contains_key(&number) {
                self.first.insert(number, at);
            }
            self.person.push(number);
            self.original.push(first);
            self.noise.push(field(noise).to_owned());
        }
        Ok(())
    }

    /// Whether two rows are one person.
    #[must_use]
    pub fn same(&self, one: u32, other: u32) -> bool {
        let person = self.person[one as usize];
        person >= 0 && person == self.person[other as usize]
    }

    /// What two rows are.
    #[must_use]
    pub fn of(&self, engine: &Engine, one: u32, other: u32) -> Truth {
        let persons = [one, other].map(|row| self.person[row as usize]);
        if self.same(one, other) {
            Truth::Same
        } else if self.are_kin(engine, persons) {
            Truth::Kin
        } else {
            Truth::Stranger
        }
    }

    fn are_kin(&self, engine: &Engine, persons: [i64; 2]) -> bool {
        if persons[0] < 0 || persons[1] < 0 || persons[0].abs_diff(persons[1]) > FAMILY as u64 {
            return false;
        }
        let [one, other] = persons.map(|person| self.first.get(&person).copied());
        let (Some(one), Some(other)) = (one, other) else {
            return false;
        };
        paternal(engine, one) == paternal(engine, other)
    }

    /// All pairs of twins by their first rows: neighbouring persons of one family and one date.
    #[must_use]
    pub fn twins(&self, engine: &Engine) -> Vec<[i64; 2]> {
        let mut twins = Vec::new();
        for person in self.first.keys().copied() {
            let next = person + 1;
            let Some(other) = self.first.get(&next) else {
                continue;
            };
            let one = self.first[&person];
            let dates = [one, *other].map(|row| engine.records()[row as usize].date);
            if person >= 0 && dates[0] == dates[1] && self.are_kin(engine, [person, next]) {
                twins.push([person, next]);
            }
        }
        twins.sort_unstable();
        twins
    }

    /// Those of the twins whose given names have one commonest spelling: no name tells them apart.
    #[must_use]
    pub fn namesakes(&self, engine: &Engine, twins: &[[i64; 2]]) -> Vec<[i64; 2]> {
        let given = |person: i64| {
            let row = self.first.get(&person).copied().unwrap_or(0);
            engine.names()[engine.records()[row as usize].names[0] as usize].canonical
        };
        let same = |twins: &&[i64; 2]| given(twins[0]) == given(twins[1]);
        twins.iter().filter(same).copied().collect()
    }

    /// Number of pairs that are one person; in a link those across the two files only.
    #[must_use]
    pub fn true_pairs(&self, list: Option<u32>) -> u64 {
        let mut counts: FxHashMap<i64, [u64; 2]> = FxHashMap::default();
        for (row, person) in (0u32..).zip(&self.person) {
            let side = usize::from(list.is_some_and(|list| row >= list));
            counts.entry(*person).or_default()[side] += 1;
        }
        counts.remove(&-1);
        let pairs = |[roll, listed]: &[u64; 2]| match list {
            Some(_) => roll * listed,
            None => roll * (roll - 1) / 2,
        };
        counts.values().map(pairs).sum()
    }

    /// All pairs that are one person within one file.
    #[must_use]
    pub fn all_true_pairs(&self) -> Vec<[u32; 2]> {
        let mut rows: Vec<(i64, u32)> = self.person.iter().copied().zip(0u32..).collect();
        rows.sort_unstable();
        let mut pairs = Vec::new();
        for group in rows.chunk_by(|one, other| one.0 == other.0) {
            for (place, one) in group.iter().enumerate().filter(|(_, one)| one.0 >= 0) {
                pairs.extend(group[place + 1..].iter().map(|other| [one.1, other.1]));
            }
        }
        pairs
    }
}

/// Father, grandfather and family in their commonest spelling.
fn paternal(engine: &Engine, row: u32) -> [NameId; 3] {
    let names = engine.records()[row as usize].names;
    [0, 1, 2].map(|place| engine.names()[names[FATHER + place] as usize].canonical)
}
