//! What a country's records look like, as data: columns, the parts of the number, the rules of
//! blocking. No country stands in the code.

use super::number::Layout;
use super::written::Calendar;
use super::written::Order;
use sanduq_core::refusal::Refusal;
use serde::Deserialize;
use std::collections::BTreeMap;

/// Parts of a personal name, in order: given, father, grandfather, family.
pub const NAME_PARTS: usize = 4;
/// Further attributes at most: an address, a telephone, a mother's name.
pub const MOST_EXTRAS: usize = 6;
/// The most records of a block that may be compared each with each: half a million million pairs.
const MOST_IN_BLOCK: usize = 1_000_000;
/// Index of the given name.
pub const GIVEN: usize = 0;
/// Index of the father's name.
pub const FATHER: usize = 1;
/// Index of the grandfather's name.
pub const GRANDFATHER: usize = 2;
/// Index of the family name.
pub const FAMILY: usize = 3;

/// The columns of a file, by the names in its first line; an empty name is a column it lacks.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Columns {
    /// Given, father's, grandfather's and family name.
    pub names: [String; NAME_PARTS],
    /// Sex, as a word or letter.
    pub sex: String,
    /// Birth date.
    pub date: String,
    /// Place of registration, as a code of digits or as text.
    pub place: String,
    /// National number.
    pub number: String,
    /// Further attributes.
    pub extras: Vec<String>,
    /// The record's own id; the first of these that a file has.
    pub id: Vec<String>,
}

/// A profile as its file writes it.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Profile {
    /// Other words under which the profile is asked for.
    pub also: Vec<String>,
    /// What it is for, in one line.
    pub about: String,
    /// The weights that fit such records, by their name; empty for weights by assumption.
    pub weights: String,
    /// With weights by assumption, the score from which on a person is asked, in millinats.
    pub review: i32,
    /// Which columns a file has.
    pub columns: Columns,
    /// The parts of the national number.
    pub number: Layout,
    /// Rules of blocking, each a row of parts; a pair that agrees in all of one row is compared.
    pub rules: Vec<String>,
    /// Rules that also need one of the two records to be unusual (another script, missing parts).
    pub unusual_rules: Vec<String>,
    /// The father's and grandfather's places of a woman's record may hold her husband's name, so
    /// that another name there says nothing against one person.
    pub husband_for_father: bool,
    /// A year of birth before this one is a slip; 0 where the calendar does not say.
    pub earliest_year: u32,
    /// The calendar of years from 1000 to 1499, where the rows of a file do not tell.
    pub calendar: Option<Calendar>,
    /// The order of day and month, where the rows of a file do not tell.
    pub dates: Option<Order>,
    /// Words that are titles before a name in this country, beside those that are so everywhere.
    pub titles: Vec<String>,
    /// Columns that a file may lack.
    pub optional: Vec<String>,
    /// Further attributes of which another one speaks against one person, so that nothing is
    /// proposed unasked: another mother.
    pub contradicting: Vec<String>,
    /// What the people of this country call the national number (`number`) and the further
    /// attributes (by their column), in Arabic, Persian, French and English.
    pub words: BTreeMap<String, [String; 4]>,
    /// Lines of weights that are read after the others: what an attribute of this country is worth.
    pub adjusted: Vec<String>,
    /// What a block is split by, one after the other, while it is too large.
    pub splitters: Vec<String>,
    /// With so many parts of the name against it, and no number near, a pair is not looked at
    /// further; 0 looks at every pair.
    pub hopeless_parts: usize,
    /// A block with more records is split, and refused with a report where nothing is left to
    /// split it by; copies of one record stand for each other there.
    #[serde(default = "usual_block")]
    pub largest_block: usize,
}

/// The largest block of a profile that says nothing.
const fn usual_block() -> usize {
    300
}

/// What a rule of blocking looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The commonest spelling of a part of the name.
    Name(usize),
    /// The consonants of a part of the name, the same in every script.
    Consonants(usize),
    /// Any birth date of the record: its own or its number's; day and month in either order.
    Date,
    /// The year of any of them.
    Year,
    /// Month and day of any of them, in either order; 1 January of an unknown day is none.
    Birthday,
    /// Any place of the record: its own or its number's.
    Place,
    /// The whole number.
    Number,
    /// The last digits of the number.
    Tail,
    /// A further attribute.
    Extra(usize),
}

/// Why a profile cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProfileRefusal {
    /// The file is not TOML of this shape; the reason stands in it.
    Malformed(String),
    /// A rule names a part that does not exist.
    UnknownPart(String),
    /// More further attributes than `MOST_EXTRAS`.
    TooManyExtras,
    /// Something is said of a further attribute that no column holds.
    UnknownExtra(String),
    /// A part of the number lies outside it, or it has more than 16 digits.
    NumberOutOfBounds,
    /// The largest block has no room for a pair, so that nothing would be compared.
    NoBlock,
}

impl core::fmt::Display for ProfileRefusal {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::Malformed(fault) => write!(f, "the profile cannot be read: {fault}"),
            Self::UnknownPart(word) => {
                write!(
                    f,
                    "a rule of the profile names \"{word}\", which is no part of a record"
                )
            }
            Self::TooManyExtras => {
                write!(
                    f,
                    "the profile has more than {MOST_EXTRAS} further attributes in columns.extras; \
                     keep the most useful"
                )
            }
            Self::UnknownExtra(name) => write!(
                f,
                "the profile speaks of \"{name}\", which is no further attribute of its columns"
            ),
            Self::NumberOutOfBounds => write!(
                f,
                "a part of the national number lies outside it, or it has more than 16 digits; \
                 correct its places in [number]"
            ),
            Self::NoBlock => f.write_str(
                "largest_block is below 2, so that no pair would be compared; say the records of \
                 the largest block, as 300",
            ),
        }
    }
}

impl core::error::Error for ProfileRefusal {}

impl Refusal for ProfileRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::Malformed(_) => "matching.profile_malformed",
            Self::UnknownPart(_) => "matching.profile_part",
            Self::TooManyExtras => "matching.profile_extras",
            Self::UnknownExtra(_) => "matching.profile_attribute",
            Self::NumberOutOfBounds => "matching.profile_number",
            Self::NoBlock => "matching.profile_block",
        }
    }
}

impl Profile {
    /// Reads a profile.
    ///
    /// # Errors
    /// When it is malformed, names an unknown part, has too many further attributes, a number whose
    /// parts lie outside it, or blocks without room for a pair.
    pub fn read(text: &str) -> Result<Self, ProfileRefusal> {
        let profile: Self =
            toml::from_str(text).map_err(|fault| ProfileRefusal::Malformed(place(text, &fault)))?;
        if profile.columns.extras.len() > MOST_EXTRAS {
            return Err(ProfileRefusal::TooManyExtras);
        }
        if !profile.number.is_within() {
            return Err(ProfileRefusal::NumberOutOfBounds);
        }
        if !(2..=MOST_IN_BLOCK).contains(&profile.largest_block) {
            return Err(ProfileRefusal::NoBlock);
        }
        let known = |name: &&String| profile.columns.extras.contains(name);
        let named = profile.words.keys().filter(|name| *name != "number");
        let mut named = named.chain(&profile.contradicting);
        if let Some(name) = named.find(|name| !known(name)) {
            return Err(ProfileRefusal::UnknownExtra(name.clone()));
        }
        for rule in profile
            .rules
            .iter()
            .chain(&profile.unusual_rules)
            .chain(&profile.splitters)
        {
            profile.parts(rule)?;
        }
        Ok(profile)
    }

    /// The parts a rule looks at.
    ///
    /// # Errors
    /// When it names an unknown part.
    pub fn parts(&self, rule: &str) -> Result<Vec<Part>, ProfileRefusal> {
        rule.split_whitespace()
            .map(|word| self.part(word))
            .collect()
    }

    /// Which of the further attributes speak against one person where they differ, in the order of
    /// the columns.
    #[must_use]
    pub fn contradicts(&self) -> [bool; MOST_EXTRAS] {
        let mut contradicts = [false; MOST_EXTRAS];
        for (place, name) in self.columns.extras.iter().enumerate() {
            contradicts[place] = self.contradicting.contains(name);
        }
        contradicts
    }

    fn part(&self, word: &str) -> Result<Part, ProfileRefusal> {
        const NAMES: [&str; NAME_PARTS] = ["given", "father", "grandfather", "family"];
        let name = |word: &str| NAMES.iter().position(|name| *name == word);
        let extra = || self.columns.extras.iter().position(|extra| extra == word);
        let part = match word {
            "date" => Some(Part::Date),
            "year" => Some(Part::Year),
            "birthday" => Some(Part::Birthday),
            "place" => Some(Part::Place),
            "number" => Some(Part::Number),
            "tail" => Some(Part::Tail),
            _ => match word.strip_prefix('~') {
                Some(bare) => name(bare).map(Part::Consonants),
                None => name(word)
                    .map(Part::Name)
                    .or_else(|| extra().map(Part::Extra)),
            },
        };
        part.ok_or_else(|| ProfileRefusal::UnknownPart(word.to_owned()))
    }
}

/// Where a profile is wrong and why. The line is not repeated: a wrong file may have been named,
/// and be a roll.
fn place(text: &str, fault: &toml::de::Error) -> String {
    let before = fault.span().and_then(|span| text.get(..span.start));
    match before {
        Some(before) => {
            let line = before.matches('\n').count() + 1;
            format!("line {line}: {}", fault.message())
        }
        None => fault.message().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_profile_with_an_unknown_part_is_refused() {
        let read = |text| Profile::read(text).map(|profile| profile.rules.len());
        assert_eq!(read("rules = [\"date given\", \"~family number\"]"), Ok(2));
        let unknown = ProfileRefusal::UnknownPart("shoe".to_owned());
        assert_eq!(read("rules = [\"date shoe\"]"), Err(unknown));
        assert!(matches!(
            read("rulez = []"),
            Err(ProfileRefusal::Malformed(_))
        ));
        let extras = "[columns]\nextras = [\"a\", \"b\", \"c\", \"d\", \"e\", \"f\", \"g\"]";
        assert_eq!(read(extras), Err(ProfileRefusal::TooManyExtras));
        for said in [
            "contradicting = [\"aunt\"]",
            "[words]\naunt = [\"\", \"\", \"\", \"\"]",
        ] {
            let unknown = ProfileRefusal::UnknownExtra("aunt".to_owned());
            assert_eq!(read(said), Err(unknown), "{said}");
        }
    }

    #[test]
    fn a_block_has_room_for_a_pair_and_dates_have_known_words() {
        let read = |text| Profile::read(text).map(|profile| profile.largest_block);
        for (text, expected) in [
            ("", Ok(300)),
            ("largest_block = 2", Ok(2)),
            ("largest_block = 1", Err("matching.profile_block")),
            ("largest_block = 0", Err("matching.profile_block")),
            ("largest_block = 1000001", Err("matching.profile_block")),
            ("calendar = \"persian\"\ndates = \"dmy\"", Ok(300)),
            ("calendar = \"julian\"", Err("matching.profile_malformed")),
            ("dates = \"ydm\"", Err("matching.profile_malformed")),
        ] {
            let found = read(text).map_err(|refusal| refusal.code());
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn a_number_whose_parts_lie_outside_it_is_refused() {
        for (number, fits) in [
            (
                "length = 14\ndate = 1\nplace = 7\nserial = 9\nserial_length = 4",
                true,
            ),
            ("length = 17", false),
            ("length = 6\ndate = 1", false),
            ("length = 14\ndate = 0", false),
            ("length = 8\nplace = 7", false),
            ("length = 12\nserial = 9\nserial_length = 4", false),
            (
                "length = 4\ncheck_weights = [1, 2, 3]\ncheck_modulus = 11",
                true,
            ),
            ("length = 4\ncheck_weights = [1, 2, 3]", false),
            (
                "length = 4\ncheck_weights = [1, 2, 3, 4]\ncheck_modulus = 11",
                false,
            ),
        ] {
            let read = Profile::read(&format!("[number]\n{number}"));
            assert_eq!(read.is_ok(), fits, "{number}");
        }
    }
}
