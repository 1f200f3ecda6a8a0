//! What people are drawn from, as data: `people.toml` and `names.csv` of a jurisdiction.

use crate::chance::Chance;
use crate::chance::cumulative;
use serde::Deserialize;
use std::collections::BTreeMap;

/// Which writing a roll is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub enum Language {
    /// Arabic.
    #[serde(rename = "ar")]
    Arabic,
    /// Persian.
    #[serde(rename = "fa")]
    Persian,
}

/// `people.toml`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ways {
    /// The language of the names.
    pub language: Language,
    /// The year at whose end ages are reckoned.
    pub year: i16,
    /// Whether a name has its grandfather's part.
    pub grandfather: bool,
    /// Men's given names that are mistaken for one another.
    pub similar_men: Vec<(String, String)>,
    /// Women's given names that are mistaken for one another.
    pub similar_women: Vec<(String, String)>,
    /// Where people live: the unit as the number writes it, and its share.
    pub units: Vec<(String, u64)>,
    /// The number that a person bears.
    pub number: Layout,
    /// When people were born.
    pub born: Years,
}

/// Years of birth.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Years {
    /// The first year.
    pub first: i16,
    /// Shares of this year and those after it.
    pub weights: Vec<u64>,
}

/// How the number of a person is made.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Layout {
    /// What stands before the check digit, in order.
    pub parts: Vec<Part>,
    /// The digits that stand for the years from 1900 and from 2000.
    pub centuries: Vec<String>,
    /// How many digits the serial has.
    pub serial_digits: usize,
    /// A weight for each digit before the check.
    pub check_weights: Vec<u32>,
    /// The check by the remainder of the weighted sum by the length of this list.
    pub check_digits: Vec<u32>,
}

/// A part of a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Part {
    /// The century of birth.
    Century,
    /// Year, month and day of birth, two digits each.
    Birth,
    /// The unit of birth.
    Unit,
    /// A serial; with a day of birth it is odd for men.
    Serial,
}

/// A name and how it is met.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// As the law spells it.
    pub written: String,
    /// In Latin letters, the commonest first; at least one.
    pub latin: Vec<String>,
    /// As clerks have misspelt it.
    pub misspelt: Vec<String>,
}

/// A name's place in [`Source::names`].
pub type NameIndex = usize;

/// The names that are met in one part of a name, with how often.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Position {
    names: Vec<NameIndex>,
    upto: Vec<u64>,
}

impl Position {
    /// Draws a name by how often it is met.
    pub fn draw(&self, chance: &mut Chance) -> NameIndex {
        self.names[chance.weighted(&self.upto)]
    }

    /// How many names are met here.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.names.len()
    }

    /// Whether no name is met here.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.names.is_empty()
    }
}

/// A part of a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// A man's own.
    Man,
    /// A woman's own.
    Woman,
    /// The father's.
    Father,
    /// The grandfather's.
    Grandfather,
    /// The family's.
    Family,
}

/// Everything that people are drawn from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Names.
    pub names: Vec<Name>,
    /// How people live, are born and are numbered.
    pub ways: Ways,
    places: [Position; 5],
    /// Pairs of [`Ways::similar_men`].
    pub similar_men: Vec<(NameIndex, NameIndex)>,
    /// Pairs of [`Ways::similar_women`].
    pub similar_women: Vec<(NameIndex, NameIndex)>,
}

const HEADER: &str = "name,latin,man,woman,father,grandfather,family,misspellings";

impl Source {
    /// The source of the texts of `people.toml` and `names.csv`.
    ///
    /// # Errors
    /// A sentence that names the file, the line and what is wrong.
    pub fn read(people: &str, names: &str) -> Result<Self, String> {
        let ways: Ways = toml::from_str(people).map_err(|e| format!("people.toml: {e}"))?;
        let (table, places) = table(names)?;
        check(&ways)?;
        let by_writing: BTreeMap<&str, NameIndex> = table
            .iter()
            .enumerate()
            .map(|(at, name)| (name.written.as_str(), at))
            .collect();
        let pair = |(one, other): &(String, String)| {
            let find = |name: &String| {
                let found = by_writing.get(name.as_str()).copied();
                found.ok_or_else(|| format!("people.toml: {name} is not in names.csv"))
            };
            Ok::<_, String>((find(one)?, find(other)?))
        };
        let similar_men = ways
            .similar_men
            .iter()
            .map(pair)
            .collect::<Result<_, _>>()?;
        let similar_women = ways.similar_women.iter().map(pair);
        let similar_women = similar_women.collect::<Result<_, _>>()?;
        Ok(Self {
            names: table,
            ways,
            places,
            similar_men,
            similar_women,
        })
    }

    /// The names met in a part.
    #[must_use]
    pub const fn place(&self, place: Place) -> &Position {
        match place {
            Place::Man => &self.places[0],
            Place::Woman => &self.places[1],
            Place::Father => &self.places[2],
            Place::Grandfather => &self.places[3],
            Place::Family => &self.places[4],
        }
    }

    /// A given name.
    pub fn given(&self, woman: bool, chance: &mut Chance) -> NameIndex {
        let place = if woman { Place::Woman } else { Place::Man };
        self.place(place).draw(chance)
    }
}

/// Reads `names.csv`: comments, the header, then a name a line; no field holds a comma.
fn table(text: &str) -> Result<(Vec<Name>, [Position; 5]), String> {
    let mut lines = text
        .lines()
        .enumerate()
        .filter(|(_, line)| !line.starts_with('#'));
    if lines.next().map(|(_, line)| line) != Some(HEADER) {
        return Err(format!("names.csv: the header is not {HEADER}"));
    }
    let mut names = Vec::new();
    let mut weights: [Vec<(NameIndex, u64)>; 5] = Default::default();
    for (index, line) in lines {
        let fields: Vec<&str> = line.split(',').collect();
        let wrong = |what: &str| format!("names.csv, line {}: {what}", index + 1);
        let [written, latin, rest @ .., misspelt] = fields.as_slice() else {
            return Err(wrong("too few fields"));
        };
        if rest.len() != weights.len() || written.is_empty() || latin.is_empty() {
            return Err(wrong(
                "eight fields, of which name and latin are not empty, are expected",
            ));
        }
        for (weights, field) in weights.iter_mut().zip(rest) {
            if !field.is_empty() {
                let weight = field.parse().map_err(|_| wrong("a weight is no number"))?;
                weights.push((names.len(), weight));
            }
        }
        let list = |field: &str| -> Vec<String> {
            let items = field.split('|').filter(|item| !item.is_empty());
            items.map(str::to_owned).collect()
        };
        names.push(Name {
            written: (*written).to_owned(),
            latin: list(latin),
            misspelt: list(misspelt),
        });
    }
    // Two are the least with which sisters and brothers can have names of their own.
    if weights.iter().any(|weights| weights.len() < 2) {
        return Err("names.csv: every part of a name needs two names".to_owned());
    }
    let places = weights.map(|mut weights| {
        // The common ones first, where a search ends soonest.
        weights.sort_by_key(|&(at, weight)| (core::cmp::Reverse(weight), at));
        Position {
            names: weights.iter().map(|&(at, _)| at).collect(),
            upto: cumulative(weights.iter().map(|&(_, weight)| weight)),
        }
    });
    Ok((names, places))
}

/// What the shape of `people.toml` does not say by itself.
fn check(ways: &Ways) -> Result<(), String> {
    let number = &ways.number;
    let unit = ways.units.first().map_or(0, |(unit, _)| unit.len());
    let digits: usize = number
        .parts
        .iter()
        .map(|part| match part {
            Part::Century => 1,
            Part::Birth => 6,
            Part::Unit => unit,
            Part::Serial => number.serial_digits,
        })
        .sum();
    let has = |part| number.parts.contains(&part);
    let all = [Part::Century, Part::Birth, Part::Unit];
    let wrong = [
        (ways.units.is_empty(), "units: at least one"),
        (
            ways.units.iter().any(|(code, _)| code.len() != unit),
            "units: codes of one length",
        ),
        (
            ways.born.weights.iter().sum::<u64>() == 0,
            "born: a weight above none",
        ),
        (
            number.check_weights.len() != digits,
            "number: as many weights as digits before the check",
        ),
        (
            number.check_digits.is_empty() || number.check_digits.iter().any(|d| *d > 9),
            "number: check digits from 0 to 9",
        ),
        (
            !has(Part::Serial) || all.iter().any(|part| has(*part) != has(Part::Birth)),
            "number: a serial, alone or with century, birth and unit",
        ),
        (
            has(Part::Century) && (number.centuries.len() != 2 || number.serial_digits != 4),
            "number: two centuries and a serial of four digits with a day of birth",
        ),
    ];
    match wrong.iter().find(|(wrong, _)| *wrong) {
        Some((_, what)) => Err(format!("people.toml: {what}")),
        None => Ok(()),
    }
}
