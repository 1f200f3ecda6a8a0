//! Loads rolls and lists: each row becomes a record of 32 bytes, each spelling an id.

use crate::dates;
use crate::dates::Bounds;
use crate::dates::DatesRefusal;
use crate::dates::Manner;
use crate::dates::Read;
use crate::dates::Said;
use crate::dates::Tally;
use crate::dictionary::Dictionary;
use crate::fields::Fields;
use crate::ids::Ids;
use crate::memory::Bound;
use crate::memory::MemoryRefusal;
use crate::memory::Plan;
use crate::source::Column;
use crate::source::Ended;
use crate::source::Item;
use crate::source::Source;
use crate::source::quarantine::Quarantined;
use crate::source::quarantine::Reason;
use crate::source::refusal::SourceRefusal;
use core::ops::ControlFlow;
use rustc_hash::FxHashMap;
use sanduq_core::refusal::Refusal;
use sanduq_register::matching::date::Date;
use sanduq_register::matching::number::Check;
use sanduq_register::matching::number::Fault;
use sanduq_register::matching::number::Number;
use sanduq_register::matching::profile::FAMILY;
use sanduq_register::matching::profile::FATHER;
use sanduq_register::matching::profile::GIVEN;
use sanduq_register::matching::profile::GRANDFATHER;
use sanduq_register::matching::profile::Profile;
use sanduq_register::matching::record::Name;
use sanduq_register::matching::record::NameId;
use sanduq_register::matching::record::ROLE;
use sanduq_register::matching::record::Record;
use sanduq_register::matching::record::Sex;
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
const MOST_RECORDS: usize = u32::MAX as usize;

/// Why a file cannot be loaded.
#[derive(Debug)]
pub enum LoadRefusal {
    /// It cannot be read.
    Source(SourceRefusal),
    /// It has no column of ids.
    NoId {
        /// The file's name.
        file: String,
        /// The columns that would be one.
        ids: String,
    },
    /// There are more records than can be compared.
    TooMany,
    /// They do not fit into the memory that is allowed.
    Memory(MemoryRefusal),
    /// Its dates cannot be compared.
    Dates(Box<DatesRefusal>),
    /// Some of its rows have no id of their own.
    Ids(Box<IdsRefusal>),
}

/// Rows that no pair can name, because they have no id of their own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdsRefusal {
    /// The file's name.
    pub file: String,
    /// Rows with the id of an earlier row, and rows without one.
    pub rows: [u64; 2],
    /// The lines of the first of each.
    pub lines: [Vec<u64>; 2],
}

impl core::fmt::Display for IdsRefusal {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        let what = ["have the id of an earlier row", "have no id"];
        let told = what.iter().zip(&self.rows).zip(&self.lines);
        let told = told.filter(|((_, rows), _)| **rows > 0);
        let told: Vec<String> = told
            .map(|((what, rows), lines)| {
                let more = if *rows > lines.len() as u64 {
                    ", …"
                } else {
                    ""
                };
                let lines: Vec<String> = lines.iter().map(u64::to_string).collect();
                format!("{rows} rows {what} (lines {}{more})", lines.join(", "))
            })
            .collect();
        write!(
            f,
            "{}: {}, and no pair can name them; give each row its own id, or have them numbered \
             (7, 7#2) with --repeated-ids number",
            self.file,
            told.join(" and ")
        )
    }
}

impl core::error::Error for IdsRefusal {}

impl Refusal for IdsRefusal {
    fn code(&self) -> &'static str {
        if self.rows[0] > 0 {
            "matching.repeated_ids"
        } else {
            "matching.empty_ids"
        }
    }
}

impl From<DatesRefusal> for LoadRefusal {
    fn from(refusal: DatesRefusal) -> Self {
        Self::Dates(Box::new(refusal))
    }
}

impl From<SourceRefusal> for LoadRefusal {
    fn from(refusal: SourceRefusal) -> Self {
        Self::Source(refusal)
    }
}

impl core::fmt::Display for LoadRefusal {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::Source(refusal) => refusal.fmt(f),
            Self::NoId { file, ids } => write!(
                f,
                "{file} has no column of ids, without which no pair can be named; it is to be \
                 called one of: {ids}"
            ),
            Self::Memory(refusal) => refusal.fmt(f),
            Self::Dates(refusal) => refusal.fmt(f),
            Self::Ids(refusal) => refusal.fmt(f),
            Self::TooMany => write!(
                f,
                "there are more than {MOST_RECORDS} records; compare a part of them at a time"
            ),
        }
    }
}

impl core::error::Error for LoadRefusal {}

impl Refusal for LoadRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::Source(refusal) => refusal.code(),
            Self::NoId { .. } => "matching.no_id",
            Self::Memory(refusal) => refusal.code(),
            Self::Dates(refusal) => refusal.code(),
            Self::Ids(refusal) => refusal.code(),
            Self::TooMany => "matching.too_many",
        }
    }
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
            places: FxHashMap::default(),
            whole: Vec::new(),
            today,
            said: Said::default(),
            calendar: None,
            dates: Vec::new(),
            manner: Manner::default(),
            advised: 0,
            bound: Bound(None),
        }
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
        self.look_at_dates((profile, fields), path)?;
        let source = Source::open(path, &fields.wanted())?;
        let Some(id) = fields.id(&source.found()) else {
            return Err(LoadRefusal::NoId {
                file: source.file().to_owned(),
                ids: fields.ids().join(", "),
            });
        };
        let mut over = None;
        let ended = source.each(|item| {
            match item {
                Item::Quarantined(quarantined) => note(quarantined),
                Item::Row(row) => {
                    let told = |column, reason| {
                        note(Quarantined {
                            row: row.number,
                            line: row.line,
                            column,
                            reason,
                        });
                    };
                    self.add((profile, fields), Some(id), |at| row.field(at), told);
                    if row.number.is_multiple_of(OFTEN) {
                        reached(row.bytes);
                        over = self.plan(profile).err();
                    }
                }
            }
            if self.records.len() < MOST_RECORDS && over.is_none() {
                ControlFlow::Continue(())
            } else {
                ControlFlow::Break(())
            }
        })?;
        if let Some(refusal) = over {
            return Err(LoadRefusal::Memory(refusal.at_least()));
        }
        if ended.stopped {
            return Err(LoadRefusal::TooMany);
        }
        self.judge_dates()?;
        reached(ended.bytes);
        Ok(ended)
    }

    /// Decides by all rows of a file how its dates are written.
    fn look_at_dates(
        &mut self,
        (profile, fields): (&Profile, &Fields),
        path: &Path,
    ) -> Result<(), LoadRefusal> {
        let mut tally = Tally::default();
        let source = match fields.date_column() {
            Some(column) => Source::open(path, &[Column::optional(column)])?,
            None => Source::open(path, &[])?,
        };
        let file = source.file().to_owned();
        if source.found().first() == Some(&true) {
            let [year, ..] = dates::fields(Calendar::Persian, self.today);
            source.each(|item| {
                if let Item::Row(row) = item {
                    tally.take(row.field(0).trim_ascii(), year);
                }
                ControlFlow::Continue(())
            })?;
        }
        let said = self.said.or(Said {
            calendar: profile.calendar,
            order: profile.dates,
        });
        let unclear = |_| DatesRefusal::Unclear { file: file.clone() };
        self.manner = tally.decide(said).map_err(unclear)?;
        self.calendar
            .get_or_insert(if profile.number.date.is_some() {
                Calendar::Gregorian
            } else {
                self.manner.calendar
            });
        self.dates.push(Read {
            file,
            manner: self.manner,
            filled: 0,
            wrong: 0,
        });
        Ok(())
    }

    /// Says no to a file more than half of whose dates are none.
    fn judge_dates(&self) -> Result<(), DatesRefusal> {
        match self.dates.last() {
            Some(read) if read.wrong * 2 > read.filled => {
                Err(DatesRefusal::Unreadable(read.clone()))
            }
            _ => Ok(()),
        }
    }

    /// How what was read so far would be compared within the bound.
    pub(crate) fn plan(&self, profile: &Profile) -> Result<Plan, MemoryRefusal> {
        let names = (self.dictionary.len() * size_of::<Name>()) as u64;
        let fixed = self.ids.memory() + self.dictionary.memory() + names;
        let extras = profile.columns.extras.len();
        self.bound.plan(self.records.len(), extras, fixed)
    }

    /// Takes the next row, whose field at a place of [`Fields::wanted`] is `field`, under the id
    /// in the field `id`. What is wrong with a value is told to `note`; the row takes part with the
    /// rest, unless nothing is in it that could be compared.
    pub fn add<'a>(
        &mut self,
        (profile, fields): (&Profile, &Fields),
        id: Option<usize>,
        field: impl Fn(usize) -> &'a str,
        mut note: impl FnMut(Option<usize>, Reason),
    ) {
        let field = |at: Option<usize>| at.map_or("", |at| field(at).trim_ascii());
        let record = self.values((profile, fields), &field, &mut note);
        let mut told = fields.names.iter().chain(&fields.extras);
        let known = !record.number.is_missing() || !record.date.is_missing();
        if !known && told.all(|at| field(*at).is_empty()) {
            return;
        }
        if id.is_some() && field(id).is_empty() {
            note(id, Reason::NoId);
        }
        self.records.push(record);
        self.ids.push(field(id).as_bytes());
        let row = self.records.len() - 1;
        if is_whole(fields, &field) {
            let name = field(fields.names[GIVEN]).to_owned();
            self.whole.push((u32::try_from(row).unwrap_or(0), name));
        } else {
            for (part, role) in ROLE.into_iter().enumerate() {
                let id = self.dictionary.id(field(fields.names[part]).as_bytes());
                self.dictionary.count(id, role);
                self.records[row].names[part] = id;
            }
        }
        for (place, at) in fields.extras.iter().enumerate() {
            let id = self.dictionary.id(field(*at).as_bytes());
            self.dictionary.count(id, 3 + place);
            self.extras.push(id);
        }
    }

    /// Everything of a row but its names.
    fn values<'a>(
        &mut self,
        (profile, fields): (&Profile, &Fields),
        field: &impl Fn(Option<usize>) -> &'a str,
        mut note: impl FnMut(Option<usize>, Reason),
    ) -> Record {
        let number = field(fields.number);
        let mut record = Record {
            number: Number::read(number, &profile.number),
            date: self.date(profile, field(fields.date), |reason| {
                note(fields.date, reason);
            }),
            sex: match field(fields.sex).as_bytes().first() {
                Some(b'f' | b'F') => Sex::Female,
                Some(b'm' | b'M') => Sex::Male,
                _ => Sex::Missing,
            },
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
        if fields.names.iter().all(|at| field(*at).is_empty()) {
            note(None, Reason::NoName);
        } else if is_whole(fields, field) {
            note(fields.names[GIVEN], Reason::NamesInOneField);
        }
        Record {
            place: self.place(field(fields.place).as_bytes()),
            ..record
        }
    }

    /// The date of a field, by what was decided for the file.
    fn date(&mut self, profile: &Profile, text: &str, note: impl FnOnce(Reason)) -> Date {
        if text.is_empty() {
            return Date::default();
        }
        let into = self.calendar.unwrap_or_default();
        let bounds = Bounds {
            earliest_year: profile.earliest_year,
            today: self.today,
        };
        let (date, wrong) = self.manner.read(text, into, &bounds);
        if let Some(read) = self.dates.last_mut() {
            read.filled += 1;
            read.wrong += u64::from(wrong.is_some());
        }
        if let Some(reason) = wrong {
            note(reason);
        }
        date
    }

    /// A code of digits is its own number; a text gets the next one from 1,000 on.
    fn place(&mut self, field: &[u8]) -> u16 {
        if field.is_empty() {
            return 0;
        }
        if let Some(code) = std::str::from_utf8(field)
            .unwrap_or_default()
            .parse::<u16>()
            .ok()
            .filter(|code| *code < 1000)
        {
            return code;
        }
        let id = self.dictionary.id(field);
        // Beyond 64,535 texts a place is not told from none: it says nothing, and nothing wrong.
        let next = u16::try_from(1000 + self.places.len()).unwrap_or(0);
        *self.places.entry(id).or_insert(next)
    }
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
