//! Loads rolls and lists: each row becomes a record of 32 bytes, each spelling an id.

mod refusal;

pub use refusal::IdsRefusal;
pub use refusal::LoadRefusal;

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
use core::ops::ControlFlow;
use rustc_hash::FxHashMap;
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
            places: FxHashMap::default(),
            whole: Vec::new(),
            today,
            said: Said::default(),
            calendar: None,
            dates: Vec::new(),
            manner: Manner::default(),
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
        let of_profile = Said {
            calendar: profile.calendar,
            order: profile.dates,
        };
        // What neither of them says, a list has in common with its roll.
        let of_roll = self.dates.first().map(|roll| roll.manner.shown());
        let said = self.said.or(of_profile).or(of_roll.unwrap_or_default());
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
                self.count(id, role);
                self.records[row].names[part] = id;
            }
        }
        for (place, at) in fields.extras.iter().enumerate() {
            let id = self.dictionary.id(field(*at).as_bytes());
            self.count(id, 3 + place);
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
            sex: sex_of(field(fields.sex)),
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

/// Words for a woman and for a man, by their first letters, as offices write them.
const SEXES: [(Sex, &[&str]); 2] = [
    (
        Sex::Female,
        &["f", "أ", "ا", "إ", "مؤنث", "مونث", "زن", "خ"],
    ),
    (Sex::Male, &["m", "h", "ذ", "مذكر", "مرد", "ر", "آ"]),
];

/// The sex that a field states; missing where it is none of the known words.
fn sex_of(text: &str) -> Sex {
    let text = text.to_lowercase();
    let stated = SEXES
        .iter()
        .find(|(_, words)| words.iter().any(|word| text.starts_with(word)));
    stated.map_or(Sex::Missing, |(sex, _)| *sex)
}

#[cfg(test)]
mod tests {
    use super::Sex;
    use super::sex_of;

    #[test]
    fn a_sex_is_read_in_the_words_of_offices() {
        for (sex, words) in [
            (
                Sex::Female,
                &["F", "female", "أنثى", "انثى", "مؤنث", "زن", "خانم", "Femme"][..],
            ),
            (
                Sex::Male,
                &["M", "male", "ذكر", "مذكر", "مرد", "رجل", "Homme"],
            ),
            (Sex::Missing, &["", "1", "?", "-"]),
        ] {
            for word in words {
                assert_eq!(sex_of(word), sex, "{word}");
            }
        }
    }
}
