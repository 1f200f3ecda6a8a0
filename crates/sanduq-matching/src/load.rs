//! Loads rolls and lists: each row becomes a record of 32 bytes, each spelling an id.

mod dated;
mod empty;
mod left_out;
mod refusal;
mod sexes;

pub use empty::Empty;
pub use left_out::LeftOut;
pub use refusal::IdsRefusal;
pub use refusal::LoadRefusal;
pub use sexes::Sexes;

use crate::dates::Manner;
use crate::dates::Read;
use crate::dates::Said;
use crate::dictionary::Dictionary;
use crate::fields::Fields;
use crate::fields::seen;
use crate::ids::Ids;
use crate::ids::LONGEST;
use crate::memory::Bound;
use crate::memory::MemoryRefusal;
use crate::memory::Plan;
use crate::source::Ended;
use crate::source::Item;
use crate::source::Row;
use crate::source::Source;
use crate::source::quarantine::Quarantined;
use crate::source::quarantine::Reason;
use core::ops::ControlFlow;
use memchr::memchr3;
use rustc_hash::FxHashMap;
use sanduq_core::text::digit_value;
use sanduq_register::matching::number::Check;
use sanduq_register::matching::number::Fault;
use sanduq_register::matching::number::Number;
use sanduq_register::matching::profile::FAMILY;
use sanduq_register::matching::profile::FATHER;
use sanduq_register::matching::profile::GIVEN;
use sanduq_register::matching::profile::GRANDFATHER;
use sanduq_register::matching::profile::NAME_PARTS;
use sanduq_register::matching::profile::Profile;
use sanduq_register::matching::record::Name;
use sanduq_register::matching::record::NameId;
use sanduq_register::matching::record::ROLE;
use sanduq_register::matching::record::Record;
use sanduq_register::matching::titles::Titles;
use sanduq_register::matching::written::Calendar;
use std::path::Path;

/// What was read so far: files one after the other, rows in their order.
pub struct Loaded {
    /// All spellings.
    pub dictionary: Dictionary,
    /// All records.
    pub records: Vec<Record>,
    /// Further attributes, as many for each record as the profile has.
    pub extras: Vec<NameId>,
    /// The ids of the records.
    pub ids: Ids,
    /// Titles that are left out of names; those of the profile, once a file is read by it.
    titles: Titles,
    /// Codes of places that are texts, by their key.
    places: FxHashMap<NameId, u16>,
    /// Rows whose whole name stands in one field.
    pub(crate) whole: Vec<(u32, String)>,
    /// The day after which a date lies in the future.
    today: jiff::civil::Date,
    /// What was said of dates whose rows leave it open; it comes before the profile.
    pub said: Said,
    /// The calendar in which dates are compared: that of the first file, or that of the dates in
    /// the national number; none before a file is read.
    pub calendar: Option<Calendar>,
    /// How the dates of each file were read.
    pub dates: Vec<Read>,
    /// How those of the file at hand are written.
    manner: Manner,
    /// How the sexes of each file were read.
    pub sexes: Vec<Sexes>,
    /// The empty rows of each file.
    pub empty: Vec<Empty>,
    /// Of each file the rows that became no record.
    pub left_out: Vec<LeftOut>,
    /// How many records frequencies are counted of; none while all are.
    closed: Option<usize>,
    /// Numbers whose check digit does not fit, where it only advises.
    pub advised: u64,
    /// The most memory that the whole comparison may take: reading ends with a refusal as soon as
    /// what is read leaves no room for it.
    pub bound: Bound,
}

/// What is said of a number with this fault; nothing where its check digit only advises.
fn reason_of(fault: Fault, number: Number, check: Check) -> Option<Reason> {
    match fault {
        Fault::Letters => Some(Reason::NumberNotDigits),
        Fault::Length => Some(Reason::NumberLength {
            digits: number.length(),
        }),
        Fault::Empty => Some(Reason::NumberEmpty),
        Fault::Check => (check == Check::Require).then_some(Reason::NumberCheck),
    }
}

/// The most records of one comparison: rows are counted in 32 bits.
pub(crate) const MOST_RECORDS: usize = u32::MAX as usize;

/// What is known of the reading of a roll, beside its records.
#[derive(Clone, Debug)]
pub struct Told {
    /// How its dates were read.
    pub read: Read,
    /// The calendar in which they are compared.
    pub calendar: Calendar,
    /// Numbers whose check digit does not fit, where it only advises.
    pub advised: u64,
    /// Places that are texts, by their key, and their codes.
    pub(crate) places: Vec<(u32, u16)>,
}

impl Loaded {
    /// Nothing yet; dates after `today` lie in the future.
    #[must_use]
    pub fn new(today: jiff::civil::Date) -> Self {
        Self {
            dictionary: Dictionary::new(),
            records: Vec::new(),
            extras: Vec::new(),
            ids: Ids::default(),
            titles: Titles::default(),
            places: FxHashMap::default(),
            whole: Vec::new(),
            today,
            said: Said::default(),
            calendar: None,
            dates: Vec::new(),
            manner: Manner::default(),
            sexes: Vec::new(),
            empty: Vec::new(),
            left_out: Vec::new(),
            closed: None,
            advised: 0,
            bound: Bound(None),
        }
    }

    /// What a list is read on top of: a roll of so many records that stand elsewhere.
    pub(crate) fn after(
        today: jiff::civil::Date,
        dictionary: Dictionary,
        told: Told,
        records: usize,
    ) -> Self {
        Self {
            dictionary,
            places: told.places.into_iter().collect(),
            calendar: Some(told.calendar),
            dates: vec![told.read],
            advised: told.advised,
            closed: Some(records),
            ..Self::new(today)
        }
    }

    /// The roll is read, and a list follows: how rare a name is, the roll alone says, so that a
    /// list says the same of it whatever else stands on the list.
    pub fn close(&mut self, profile: &Profile) {
        self.finish(profile);
        self.closed = Some(self.records.len());
    }

    /// How many records frequencies are counted of.
    pub(crate) fn counted(&self) -> usize {
        self.closed.unwrap_or(self.records.len())
    }

    /// Counts a name in a role, unless the roll is closed.
    pub(crate) fn count(&mut self, id: NameId, role: usize) {
        if self.closed.is_none() {
            self.dictionary.count(id, role);
        }
    }

    /// What is known of the reading of a roll, beside its records; none before it is read.
    #[must_use]
    pub fn told(&self) -> Option<Told> {
        let mut places: Vec<(u32, u16)> = self.places.iter().map(|(id, at)| (*id, *at)).collect();
        places.sort_unstable();
        Some(Told {
            read: self.dates.first()?.clone(),
            calendar: self.calendar.unwrap_or_default(),
            advised: self.advised,
            places,
        })
    }

    /// Reads a file to its end. `note` is told every row that is set aside and every value that is
    /// wrong, `reached` the bytes read so far, now and then.
    ///
    /// # Errors
    /// Why the file as a whole cannot be read; what was read is then not to be used.
    pub fn read(
        &mut self,
        (profile, fields): (&Profile, &Fields),
        path: &Path,
        note: &mut dyn FnMut(Quarantined),
        reached: &mut dyn FnMut(u64),
    ) -> Result<Ended, LoadRefusal> {
        const OFTEN: u64 = 1 << 13;
        self.titles = Titles::new(&profile.titles);
        self.look_at_dates((profile, fields), path)?;
        let source = Source::open(path, &fields.wanted())?;
        let file = source.file().to_owned();
        let Some(id) = fields.id(&source.found()) else {
            return Err(LoadRefusal::NoId {
                file,
                ids: fields.ids().join(", "),
            });
        };
        self.left_out.push(LeftOut::default());
        self.sexes.push(Sexes::none(source.file().to_owned()));
        self.empty.push(Empty::none(file.clone()));
        let mut over = None;
        let mut lines = Vec::new();
        let ended = source.each_ahead(|item| {
            match item {
                Item::Quarantined(quarantined) => {
                    self.leave_out(quarantined.row);
                    note(quarantined);
                }
                Item::Row(row) => {
                    self.take((profile, fields), (id, &row), (&mut lines, note));
                    if row.number.is_multiple_of(OFTEN) {
                        reached(row.bytes);
                        let plan = self.plan(profile);
                        over = plan.err().map(|over| LoadRefusal::Memory(over.at_least()));
                    }
                    over = over.take().or_else(|| long_id(row.field(id), row.line));
                }
            }
            if self.records.len() < MOST_RECORDS && over.is_none() {
                ControlFlow::Continue(())
            } else {
                ControlFlow::Break(())
            }
        })?;
        if let Some(refusal) = over {
            return Err(refusal.of_file(&file));
        }
        if ended.stopped {
            return Err(LoadRefusal::TooMany);
        }
        self.count_empty(ended.empty, ended.first_empty);
        self.judge_sexes(lines)?;
        self.judge_dates()?;
        reached(ended.bytes);
        Ok(ended)
    }

    /// Takes a row of the file at hand, whose id is in a field; the lines of the first words for a
    /// sex that are not known are kept.
    fn take(
        &mut self,
        (profile, fields): (&Profile, &Fields),
        (id, row): (usize, &Row<'_>),
        (lines, note): (&mut Vec<u64>, &mut dyn FnMut(Quarantined)),
    ) {
        if row.fields().all(|field| field.trim_ascii().is_empty()) {
            self.count_empty(1, Some(row.line));
            return self.leave_out(row.number);
        }
        let told = |column, reason| {
            if reason == Reason::UnknownSex && lines.len() < sexes::LINES {
                lines.push(row.line);
            }
            note(Quarantined {
                row: row.number,
                line: row.line,
                column,
                reason,
            });
        };
        if !self.add((profile, fields), Some(id), |at| row.field(at), told) {
            self.leave_out(row.number);
        }
    }

    /// How what was read so far would be compared within the bound.
    pub(crate) fn plan(&self, profile: &Profile) -> Result<Plan, MemoryRefusal> {
        let names = (self.dictionary.len() * size_of::<Name>()) as u64;
        let left_out: u64 = self.left_out.iter().map(LeftOut::memory).sum();
        let fixed = self.ids.memory() + self.dictionary.memory() + names + left_out;
        let extras = profile.columns.extras.len();
        self.bound.plan(self.records.len(), extras, fixed)
    }

    /// Takes the next row, whose field at a place of [`Fields::wanted`] is `field`, under the id
    /// in the field `id`. What is wrong with a value is told to `note`; the row takes part with the
    /// rest, unless nothing is in it that could be compared: whether it does is returned.
    pub fn add<'a>(
        &mut self,
        (profile, fields): (&Profile, &Fields),
        id: Option<usize>,
        field: impl Fn(usize) -> &'a str,
        mut note: impl FnMut(Option<usize>, Reason),
    ) -> bool {
        let field = |at: Option<usize>| at.map_or("", |at| field(at).trim_ascii());
        let record = self.values((profile, fields), &field, &mut note);
        let mut told = fields.names.iter().chain(&fields.extras);
        let known = !record.number.is_missing() || !record.date.is_missing();
        if !known && told.all(|at| field(*at).is_empty()) {
            note(None, Reason::NothingToCompare);
            return false;
        }
        if fields.names.iter().all(|at| field(*at).is_empty()) {
            note(None, Reason::NoName);
        } else if is_whole(fields, &field) {
            note(fields.names[GIVEN], Reason::NamesInOneField);
        }
        if id.is_some() && field(id).is_empty() {
            note(id, Reason::NoId);
        }
        self.records.push(record);
        self.ids.push(field(id).as_bytes());
        let row = self.records.len() - 1;
        if is_whole(fields, &field) {
            let name = self.titles.without(field(fields.names[GIVEN]));
            let name = self.titles.alphabet().of_one_script(name).into_owned();
            self.whole.push((u32::try_from(row).unwrap_or(0), name));
        } else {
            let names = fields.names.map(&field);
            self.name(row, names);
            if self.records[row].names == [0; NAME_PARTS] && names.iter().any(|one| !one.is_empty())
            {
                note(None, Reason::NoName);
            }
        }
        for (place, at) in fields.extras.iter().enumerate() {
            let id = self.dictionary.id(field(*at).as_bytes());
            self.count(id, 3 + place);
            self.extras.push(id);
        }
        true
    }

    /// Gives a record its name.
    fn name(&mut self, row: usize, names: [&str; NAME_PARTS]) {
        for (part, (name, role)) in names.into_iter().zip(ROLE).enumerate() {
            // A family is called after a pilgrim; nobody else is. Most names are one word, and no
            // title stands before them.
            let one_word = memchr3(b' ', b'.', b'/', name.as_bytes()).is_none();
            let name = if part == FAMILY || one_word {
                name
            } else {
                self.titles.without(name)
            };
            let name = self.titles.alphabet().of_one_script(name);
            let id = self.dictionary.id(name.as_bytes());
            self.count(id, role);
            self.records[row].names[part] = id;
        }
    }

    /// Everything of a row but its names.
    fn values<'a>(
        &mut self,
        (profile, fields): (&Profile, &Fields),
        field: &impl Fn(Option<usize>) -> &'a str,
        mut note: impl FnMut(Option<usize>, Reason),
    ) -> Record {
        let field = |at| seen(field(at));
        let number = field(fields.number);
        let mut record = Record {
            number: Number::read(number, &profile.number),
            date: self.date(profile, field(fields.date), |reason| {
                note(fields.date, reason);
            }),
            sex: self.sex(field(fields.sex), |reason| note(fields.sex, reason)),
            ..Record::default()
        };
        if let Some(fault) = record.number.fault(number, &profile.number) {
            let digits = record.number;
            if fault == Fault::Empty {
                // A placeholder is no number of anybody, and would be the same as many others.
                record.number = Number::default();
            }
            match reason_of(fault, digits, profile.number.check) {
                Some(reason) => note(fields.number, reason),
                None => self.advised += u64::from(profile.number.check == Check::Advise),
            }
        }
        Record {
            place: self.place(field(fields.place).as_bytes()),
            ..record
        }
    }

    /// A code of digits is its own number; a text gets the next one from 1,000 on.
    fn place(&mut self, field: &[u8]) -> u16 {
        if field.is_empty() {
            return 0;
        }
        if let Some(code) = std::str::from_utf8(field).ok().and_then(code) {
            return code;
        }
        let id = self.dictionary.id(field);
        // Beyond 64,535 texts a place is not told from none: it says nothing, and nothing wrong.
        let next = u16::try_from(1000 + self.places.len()).unwrap_or(0);
        *self.places.entry(id).or_insert(next)
    }
}

/// The number below 1,000 that digits of any script write; none where anything else stands there.
fn code(text: &str) -> Option<u16> {
    let digits = text.chars().map(digit_value);
    let mut add = |sum: u16, digit: Option<u8>| {
        let sum = sum.checked_mul(10)?.checked_add(u16::from(digit?))?;
        (sum < 1000).then_some(sum)
    };
    digits.into_iter().try_fold(0, &mut add)
}

/// Why a row cannot be taken whose id is longer than one that is kept.
fn long_id(id: &str, line: u64) -> Option<LoadRefusal> {
    let bytes = id.trim_ascii().len();
    (bytes > LONGEST).then(|| LoadRefusal::LongId {
        file: String::new(),
        line,
        bytes,
    })
}

/// Whether all parts of the name seem to stand in the field of the given name.
fn is_whole<'a>(fields: &Fields, field: &impl Fn(Option<usize>) -> &'a str) -> bool {
    let others = [FATHER, GRANDFATHER, FAMILY];
    let parts = fields.names.iter().flatten().count();
    parts >= 2
        && others
            .iter()
            .all(|part| field(fields.names[*part]).is_empty())
        && field(fields.names[GIVEN]).contains(' ')
}
