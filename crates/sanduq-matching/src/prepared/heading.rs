//! What stands where in a prepared roll, and the parts that are read whole.

use crate::blocks::BUCKETS;
use crate::census::Measure;
use crate::dates::Manner;
use crate::dates::Read;
use crate::dictionary::Dictionary;
use crate::load::Told;
use crate::prepared::About;
use crate::prepared::FORM;
use crate::prepared::RECORD;
use crate::prepared::pages::Pages;
use crate::prepared::pages::Reading;
use crate::prepared::pages::Writer;
use crate::run::Engine;
use sanduq_register::matching::date::Date;
use sanduq_register::matching::number::Number;
use sanduq_register::matching::record::ROLES;
use sanduq_register::matching::record::Record;
use sanduq_register::matching::record::Sex;
use sanduq_register::matching::written::Calendar;

/// The parts of the content before the keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// Letters of all names, one after the other.
    Letters,
    /// The length of each name.
    Lengths,
    /// How often each name stands in each role.
    Counts,
    /// Places that are texts.
    Places,
    /// How rare each date is.
    DateRarities,
    /// How rare each place is.
    PlaceRarities,
    /// Numbers that are nobody's.
    Crowded,
    /// Further attributes.
    Extras,
    /// Records.
    Records,
    /// Where every sixty-fourth id begins.
    IdMarks,
    /// Ids.
    Ids,
}

/// How many parts there are.
const PARTS: usize = 11;

/// The heading of a prepared roll.
pub(crate) struct Heading {
    pub(crate) about: About,
    pub(crate) rows: usize,
    /// Further attributes of each record.
    pub(crate) width: usize,
    file: String,
    /// The reading of the roll as numbers, and what is measured of all its records.
    numbers: [u64; 10],
    /// Where each part begins, and its length in bytes.
    parts: [(u64, u64); PARTS],
    /// For each rule where its keys begin, and where each bucket of them ends.
    pub(crate) rules: Vec<(u64, Vec<u64>)>,
}

impl Heading {
    pub(crate) fn new(engine: &Engine, told: &Told, about: &About) -> Self {
        let Measure {
            size,
            usual,
            none_unusual,
            ..
        } = engine.measure;
        let calendar = Calendar::ALL.iter().position(|one| *one == told.calendar);
        Self {
            about: about.clone(),
            rows: engine.records().len(),
            width: engine.width(),
            file: told.read.file.clone(),
            numbers: [
                told.read.filled,
                told.read.wrong,
                told.read.other_calendar,
                // Both count rows, which are counted in 32 bits.
                told.read.short_years | told.read.only_years << 32,
                told.read.manner.packed(),
                calendar.unwrap_or(0) as u64,
                told.advised,
                u64::from(size),
                usual as u64,
                u64::from(none_unusual),
            ],
            parts: [(0, 0); PARTS],
            rules: Vec::new(),
        }
    }

    /// A part begins here.
    pub(crate) fn begin(&mut self, part: Part, out: &mut Writer, length: usize) {
        self.parts[part as usize] = (out.at(), length as u64);
    }

    /// Where a part begins.
    pub(crate) fn from(&self, part: Part) -> u64 {
        self.parts[part as usize].0
    }

    /// The bytes that a part is long.
    pub(crate) fn length(&self, part: Part) -> u64 {
        self.parts[part as usize].1
    }

    /// The bytes of a part.
    pub(crate) fn part(&self, pages: &Pages, part: Part) -> Reading<Vec<u8>> {
        let (from, length) = self.parts[part as usize];
        pages.read(from, usize::try_from(length).unwrap_or(usize::MAX))
    }

    /// The heading as bytes.
    pub(crate) fn written(&self) -> Vec<u8> {
        let mut out = Vec::new();
        let mut number = |number: u64| out.extend_from_slice(&number.to_le_bytes());
        number(FORM);
        for one in [self.about.letters, self.about.rules, self.about.profile] {
            number(one);
        }
        number(self.rows as u64);
        number(self.width as u64);
        self.numbers.iter().for_each(|one| number(*one));
        for (from, length) in self.parts {
            number(from);
            number(length);
        }
        number(self.rules.len() as u64);
        for (from, ends) in &self.rules {
            number(*from);
            ends.iter().for_each(|end| number(*end));
        }
        for text in [&self.about.version, &self.file] {
            out.extend_from_slice(&(text.len() as u64).to_le_bytes());
            out.extend_from_slice(text.as_bytes());
        }
        out
    }

    /// The form of a heading.
    pub(crate) fn form(bytes: &[u8]) -> Option<u64> {
        Words(bytes).number()
    }

    /// Reads a heading of this form.
    pub(crate) fn read(bytes: &[u8]) -> Option<Self> {
        let mut words = Words(bytes);
        if words.number()? != FORM {
            return None;
        }
        let [letters, rules, profile] = words.numbers()?;
        let [rows, width] = words
            .numbers()?
            .map(|one| usize::try_from(one).unwrap_or(0));
        let numbers = words.numbers()?;
        let mut parts = [(0, 0); PARTS];
        for part in &mut parts {
            let [from, length] = words.numbers()?;
            *part = (from, length);
        }
        let count = words.number()?;
        let mut keys = Vec::new();
        for _ in 0..count {
            let from = words.number()?;
            let ends: [u64; BUCKETS] = words.numbers()?;
            keys.push((from, ends.to_vec()));
        }
        let [version, file] = [words.text()?, words.text()?];
        Some(Self {
            about: About {
                version,
                letters,
                rules,
                profile,
            },
            rows,
            width,
            file,
            numbers,
            parts,
            rules: keys,
        })
    }

    /// What was told of the roll.
    pub(crate) fn told(&self, pages: &Pages) -> Reading<Told> {
        let [
            filled,
            wrong,
            other_calendar,
            short_years,
            manner,
            calendar,
            advised,
            ..,
        ] = self.numbers;
        let calendar = usize::try_from(calendar).unwrap_or(0).min(2);
        let places = self.part(pages, Part::Places)?;
        let place = |bytes: &[u8]| (word(bytes, 0), half(bytes, 4));
        Ok(Told {
            read: Read {
                file: self.file.clone(),
                manner: Manner::of_packed(manner),
                filled,
                wrong,
                other_calendar,
                short_years: short_years & u64::from(u32::MAX),
                only_years: short_years >> 32,
            },
            calendar: Calendar::ALL[calendar],
            advised,
            places: places.chunks_exact(6).map(place).collect(),
        })
    }

    /// The names of the roll.
    pub(crate) fn dictionary(&self, pages: &Pages) -> Reading<Dictionary> {
        let letters = self.part(pages, Part::Letters)?;
        let lengths = self.part(pages, Part::Lengths)?;
        let counts = self.part(pages, Part::Counts)?;
        let count = |bytes: &[u8]| core::array::from_fn(|role| word(bytes, role * 4));
        let counts: Vec<[u32; ROLES]> = counts.chunks_exact(ROLES * 4).map(count).collect();
        Ok(Dictionary::of_kept(letters, &lengths, counts))
    }

    /// What is measured of all records of the roll.
    pub(crate) fn measure(&self, pages: &Pages) -> Reading<Measure> {
        let [.., size, usual, none_unusual] = self.numbers;
        Ok(Measure {
            dates: self.part(pages, Part::DateRarities)?,
            places: self.part(pages, Part::PlaceRarities)?,
            crowded: self
                .part(pages, Part::Crowded)?
                .chunks_exact(8)
                .map(number)
                .collect(),
            size: u8::try_from(size).unwrap_or(u8::MAX),
            usual: usize::try_from(usual).unwrap_or(0),
            none_unusual: none_unusual > 0,
        })
    }
}

/// The parts that are small, as bytes.
pub(crate) fn parts(engine: &Engine, told: &Told) -> Vec<(Part, Vec<u8>)> {
    let (letters, lengths, counts) = engine.dictionary.kept();
    let bytes =
        |numbers: &[u32]| -> Vec<u8> { numbers.iter().flat_map(|one| one.to_le_bytes()).collect() };
    let places = told.places.iter().flat_map(|(name, code)| {
        let [a, b, c, d] = name.to_le_bytes();
        let [e, f] = code.to_le_bytes();
        [a, b, c, d, e, f]
    });
    let crowded = engine.measure.crowded.iter();
    let crowded = crowded.flat_map(|number| number.packed().to_le_bytes());
    vec![
        (Part::Letters, letters.to_vec()),
        (Part::Lengths, lengths),
        (Part::Counts, bytes(counts.as_flattened())),
        (Part::Places, places.collect()),
        (Part::DateRarities, engine.measure.dates.clone()),
        (Part::PlaceRarities, engine.measure.places.clone()),
        (Part::Crowded, crowded.collect()),
        (Part::Extras, bytes(&engine.extras)),
    ]
}

/// A record as bytes.
pub(crate) fn packed(record: &Record) -> [u8; RECORD] {
    let mut bytes = [0; RECORD];
    for (name, at) in record.names.iter().zip((0..16).step_by(4)) {
        bytes[at..at + 4].copy_from_slice(&name.to_le_bytes());
    }
    bytes[16..24].copy_from_slice(&record.number.packed().to_le_bytes());
    bytes[24..28].copy_from_slice(&record.date.kept().to_le_bytes());
    bytes[28..30].copy_from_slice(&record.place.to_le_bytes());
    bytes[30] = record.sex as u8;
    bytes[31] = u8::from(record.unusual);
    bytes
}

/// The record of [`packed`] bytes.
pub(crate) fn unpacked(bytes: &[u8]) -> Record {
    Record {
        names: [0, 4, 8, 12].map(|at| word(bytes, at)),
        number: number(bytes.get(16..).unwrap_or_default()),
        date: Date::of_kept(word(bytes, 24)),
        place: half(bytes, 28),
        sex: match bytes.get(30) {
            Some(1) => Sex::Female,
            Some(2) => Sex::Male,
            _ => Sex::Missing,
        },
        unusual: bytes.get(31) == Some(&1),
    }
}

/// The national number of its eight bytes.
fn number(bytes: &[u8]) -> Number {
    Number::of_packed(u64::from(word(bytes, 0)) | u64::from(word(bytes, 4)) << 32)
}

/// Four bytes as a number; 0 where they are not there.
pub(crate) fn word(bytes: &[u8], at: usize) -> u32 {
    let four = bytes.get(at..at + 4).and_then(|four| four.try_into().ok());
    u32::from_le_bytes(four.unwrap_or_default())
}

fn half(bytes: &[u8], at: usize) -> u16 {
    let two = bytes.get(at..at + 2).and_then(|two| two.try_into().ok());
    u16::from_le_bytes(two.unwrap_or_default())
}

/// Numbers and texts, one after the other.
struct Words<'a>(&'a [u8]);

impl Words<'_> {
    fn number(&mut self) -> Option<u64> {
        let (first, rest) = self.0.split_first_chunk::<8>()?;
        self.0 = rest;
        Some(u64::from_le_bytes(*first))
    }

    fn numbers<const N: usize>(&mut self) -> Option<[u64; N]> {
        let mut numbers = [0; N];
        for one in &mut numbers {
            *one = self.number()?;
        }
        Some(numbers)
    }

    fn text(&mut self) -> Option<String> {
        let length = usize::try_from(self.number()?).ok()?;
        let (text, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        String::from_utf8(text.to_vec()).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_comes_back() {
        let record = Record {
            names: [1, 70_000, 0, u32::MAX],
            number: Number::of_packed(u64::MAX / 3),
            date: Date::new(1990, 3, 31).of_first(true),
            place: 65_000,
            sex: Sex::Male,
            unusual: true,
        };
        let back = unpacked(&packed(&record));
        assert_eq!(format!("{back:?}"), format!("{record:?}"));
        let nothing = unpacked(&packed(&Record::default()));
        assert_eq!(format!("{nothing:?}"), format!("{:?}", Record::default()));
    }
}
