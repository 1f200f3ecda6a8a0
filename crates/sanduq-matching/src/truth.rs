//! The known truth of a made roll: who each record is, and who are relatives.

use crate::load::LoadRefusal;
use crate::run::Engine;
use crate::source::Column;
use crate::source::Item;
use crate::source::Source;
use core::ops::ControlFlow;
use core::ops::Range;
use rustc_hash::FxHashMap;
use sanduq_core::cell;
use sanduq_register::matching::profile::FATHER;
use sanduq_register::matching::record::NameId;
use std::borrow::Cow;
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
    /// The person of each row; [`NOBODY`] for one who stands nowhere else.
    pub person: Vec<i64>,
    /// Whether the row is the person's first.
    pub original: Vec<bool>,
    /// Records that the truths do not name, whose every pair counts as wrong.
    pub unnamed: u64,
    /// Rows of the truths whose record stands in no file.
    pub unknown: u64,
    first: FxHashMap<i64, u32>,
    /// Numbers of persons whom the truths call by a name, the same name in each of them.
    named: FxHashMap<String, i64>,
}

/// Lines of a truth that a refusal names at most.
const LINES: usize = 5;

/// The person of a row that the truth does not name, and of one who stands nowhere else.
pub const NOBODY: i64 = -1;

/// Persons of one family lie at most this far apart.
const FAMILY: u64 = 4;

/// Numbers of persons whose names in the truth are no numbers begin here.
const NAMED: i64 = 1 << 40;

/// The number of a person whom a truth calls by a number or a name.
fn person_of(named: &mut FxHashMap<String, i64>, text: &str) -> i64 {
    text.parse().unwrap_or_else(|_| match text {
        "" => NOBODY,
        _ => {
            let next = NAMED + i64::try_from(named.len()).unwrap_or(0);
            *named.entry(text.to_owned()).or_insert(next)
        }
    })
}

/// What is said with yes or no; nothing is no.
fn said(text: &str) -> Option<bool> {
    match text.trim_ascii().to_ascii_lowercase().as_str() {
        "true" | "yes" | "1" => Some(true),
        "" | "false" | "no" | "0" => Some(false),
        _ => None,
    }
}

impl Persons {
    /// Reads the truth of the rows of one file: columns `person`, perhaps `is_original`, and the
    /// id under which the record stands. Rows of the truth may stand in any order.
    ///
    /// # Errors
    /// When the file cannot be read, has no column of ids, says of one record twice whose it is, or
    /// something else than yes or no of whether it is the person's own.
    pub fn read(
        &mut self,
        path: &Path,
        ids: &[String],
        engine: &Engine,
        rows: Range<u32>,
    ) -> Result<(), LoadRefusal> {
        let mut wanted = vec![Column::required("person"), Column::optional("is_original")];
        wanted.extend(ids.iter().map(|id| Column::optional(id)));
        let source = Source::open(path, &wanted)?;
        let Some(id) = source.found().iter().skip(2).position(|found| *found) else {
            return Err(LoadRefusal::NoId {
                file: source.file().to_owned(),
                ids: ids.join(", "),
            });
        };
        let mut row_of = Rows::new(engine, rows.clone());
        self.person.resize(rows.end as usize, NOBODY);
        self.original.resize(rows.end as usize, false);
        let file = source.file().to_owned();
        let mut told = vec![false; rows.len()];
        let mut again = (0, Vec::new());
        let mut neither = None;
        let (named, unknown) = (&mut self.named, &mut self.unknown);
        source.each(|item| {
            let Item::Row(row) = item else {
                return ControlFlow::Continue(());
            };
            let Some(original) = said(row.field(1)) else {
                neither = Some(row.line);
                return ControlFlow::Break(());
            };
            let Some(at) = row_of.of(row.field(id + 2).trim_ascii()) else {
                *unknown += 1;
                return ControlFlow::Continue(());
            };
            if std::mem::replace(&mut told[(at - rows.start) as usize], true) {
                again.0 += 1;
                again.1.push(row.line);
                again.1.truncate(LINES);
            }
            self.person[at as usize] = person_of(named, row.field(0).trim_ascii());
            self.original[at as usize] = original;
            ControlFlow::Continue(())
        })?;
        if let Some(line) = neither {
            return Err(LoadRefusal::TruthOriginal { file, line });
        }
        self.unnamed += told.iter().filter(|told| !**told).count() as u64;
        if let (1.., lines) = again {
            return Err(LoadRefusal::TruthTwice {
                file,
                rows: again.0,
                lines,
            });
        }
        for at in rows {
            let person = self.person[at as usize];
            if person != NOBODY && (self.original[at as usize] || !self.first.contains_key(&person))
            {
                self.first.insert(person, at);
            }
        }
        Ok(())
    }

    /// Whether two rows are one person.
    #[must_use]
    pub fn same(&self, one: u32, other: u32) -> bool {
        let person = self.person[one as usize];
        person != NOBODY && person == self.person[other as usize]
    }

    /// The first row of the person of a row.
    #[must_use]
    pub fn own(&self, row: u32) -> Option<u32> {
        self.first.get(&self.person[row as usize]).copied()
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
        if persons[0] < 0 || persons[1] < 0 || persons[0].abs_diff(persons[1]) > FAMILY {
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
            let next = person.saturating_add(1);
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

    /// Number of pairs that are one person; in a link those across the two files only.
    #[must_use]
    pub fn true_pairs(&self, list: Option<u32>) -> u64 {
        let mut counts: FxHashMap<i64, [u64; 2]> = FxHashMap::default();
        for (row, person) in (0u32..).zip(&self.person) {
            let side = usize::from(list.is_some_and(|list| row >= list));
            counts.entry(*person).or_default()[side] += 1;
        }
        counts.remove(&NOBODY);
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

/// Rows by their ids: mostly the truth stands in the order of the file.
struct Rows<'a> {
    engine: &'a Engine<'a>,
    rows: Range<u32>,
    next: u32,
    index: FxHashMap<&'a [u8], u32>,
}

impl<'a> Rows<'a> {
    fn new(engine: &'a Engine<'a>, rows: Range<u32>) -> Self {
        Self {
            engine,
            next: rows.start,
            rows,
            index: FxHashMap::default(),
        }
    }

    /// The row of an id, as it stands in the roll or in a file that was written of it.
    fn of(&mut self, id: &str) -> Option<u32> {
        self.own(id).or_else(|| match cell::bare(id) {
            Cow::Owned(bare) => self.own(&bare),
            Cow::Borrowed(_) => None,
        })
    }

    fn own(&mut self, id: &str) -> Option<u32> {
        let at = self.next;
        if self.rows.contains(&at) && self.engine.ids().of(at as usize) == id.as_bytes() {
            self.next += 1;
            return Some(at);
        }
        if self.index.is_empty() {
            let ids = self.engine.ids();
            self.index = self
                .rows
                .clone()
                .map(|row| (ids.of(row as usize), row))
                .collect();
        }
        let found = self.index.get(id.as_bytes()).copied()?;
        self.next = found + 1;
        Some(found)
    }
}

/// Father, grandfather and family in their commonest spelling.
fn paternal(engine: &Engine, row: u32) -> [NameId; 3] {
    let names = engine.records()[row as usize].names;
    [0, 1, 2].map(|place| engine.names()[names[FATHER + place] as usize].canonical)
}
