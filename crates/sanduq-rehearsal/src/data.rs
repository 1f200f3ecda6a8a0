//! The jurisdiction's data that a rehearsal reads: names, titles and reference loads. It is data,
//! not code: another invented nation is another folder.

use crate::chance::Chance;
use sanduq_core::names::Names;
use serde::Deserialize;
use std::collections::BTreeMap;

/// A reference load (requirements 0.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scale {
    /// Voters on the roll at its freeze.
    pub voters: u64,
    /// The legal maximum of voters in one station at this load.
    pub station_maximum: u32,
    /// Units of the first level.
    pub provinces: u32,
    /// Constituencies.
    pub constituencies: u32,
    /// Polling centres.
    pub centres: u32,
    /// Stations.
    pub stations: u32,
    /// Seats of the assembly; at least one a constituency.
    pub seats: u32,
    /// Lists in each constituency.
    pub lists: u32,
    /// Candidates of the nationwide contest.
    pub presidents: u32,
}

/// A name as [Arabic, Latin].
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Pair(pub String, pub String);

/// Lists of names in order of frequency.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NameLists {
    /// Given names of men; fathers and grandfathers are drawn from it too.
    pub male: Vec<Pair>,
    /// Given names of women.
    pub female: Vec<Pair>,
    /// Family names.
    pub family: Vec<Pair>,
    /// Kinds of places.
    pub place_kind: Vec<Pair>,
    /// Words behind a kind of place.
    pub place_word: Vec<Pair>,
    /// Kinds of polling centres.
    pub centre_kind: Vec<Pair>,
    /// Names of lists of candidates.
    pub list_name: Vec<Pair>,
    /// Titles of the contests.
    pub titles: Titles,
}

/// Titles of the contests.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Titles {
    /// The event as a whole.
    pub event: Names,
    /// The nationwide contest.
    pub president: Names,
    /// The contest of a constituency.
    pub assembly: Names,
}

/// The data of a jurisdiction that invents its nation.
pub struct Data {
    /// Names.
    pub names: NameLists,
    /// Reference loads by name.
    pub scales: BTreeMap<String, Scale>,
}

impl Data {
    /// The data of the texts of `names.toml` and `scales.toml`.
    ///
    /// # Errors
    /// A sentence that names the file, the line and what is wrong.
    pub fn read(names: &str, scales: &str) -> Result<Self, String> {
        let names: NameLists = toml::from_str(names).map_err(|e| format!("names.toml: {e}"))?;
        let scales: BTreeMap<String, Scale> =
            toml::from_str(scales).map_err(|e| format!("scales.toml: {e}"))?;
        for (name, s) in &scales {
            let descending = s.stations >= s.centres
                && s.centres >= s.constituencies
                && s.constituencies >= s.provinces
                && s.provinces >= 1
                && s.seats >= s.constituencies
                && s.voters >= u64::from(s.stations);
            if !descending || s.lists == 0 || s.presidents < 2 {
                return Err(format!(
                    "scales.toml: [{name}] has fewer of a lower level than above"
                ));
            }
        }
        let lists = [&names.male, &names.female, &names.family, &names.place_kind];
        let more = [&names.place_word, &names.centre_kind, &names.list_name];
        if lists.iter().chain(&more).any(|list| list.is_empty()) {
            return Err("names.toml: every list needs at least one name".to_owned());
        }
        Ok(Self { names, scales })
    }

    /// Every kind of place with every word.
    pub fn places(&self) -> impl Iterator<Item = Names> + '_ {
        self.names.place_word.iter().flat_map(|word| {
            self.names.place_kind.iter().map(|kind| {
                Names::new(
                    &format!("{} {}", kind.0, word.0),
                    &format!("{} {}", kind.1, word.1),
                )
            })
        })
    }

    /// A person's name of four parts, the given name a woman's or a man's.
    pub fn person(&self, chance: &mut Chance) -> Names {
        let parts = FourParts::draw(&self.names, chance.once_in(2), chance);
        let mut names = Names::default();
        parts.write(&self.names, &mut names.ar, &mut names.en);
        names
    }

    /// The `n`th list, from 1; past the end of the names a number makes it unique.
    #[must_use]
    pub fn list(&self, n: u32) -> Names {
        let count = self.names.list_name.len();
        let ix = usize::try_from(n - 1).unwrap_or(0);
        let pair = &self.names.list_name[ix % count];
        if ix < count {
            return Names::new(&pair.0, &pair.1);
        }
        Names::new(&format!("{} {n}", pair.0), &format!("{} {n}", pair.1))
    }
}

/// A name of four parts (given, father, grandfather, family) as places in the lists.
#[derive(Clone, Copy, Debug)]
pub struct FourParts {
    woman: bool,
    at: [usize; 4],
}

impl FourParts {
    /// Draws a name; the minimum of two draws makes the first names of a list the common ones.
    pub fn draw(names: &NameLists, woman: bool, chance: &mut Chance) -> Self {
        let given = if woman {
            names.female.len()
        } else {
            names.male.len()
        };
        let mut pick = |length| chance.index(length).min(chance.index(length));
        let at = [
            pick(given),
            pick(names.male.len()),
            pick(names.male.len()),
            pick(names.family.len()),
        ];
        Self { woman, at }
    }

    /// Writes the name behind what the two texts hold, in Arabic and in Latin script.
    pub fn write(&self, names: &NameLists, ar: &mut String, latin: &mut String) {
        let given = if self.woman {
            &names.female
        } else {
            &names.male
        };
        let lists = [given, &names.male, &names.male, &names.family];
        for (i, (list, at)) in lists.iter().zip(self.at).enumerate() {
            if i > 0 {
                ar.push(' ');
                latin.push(' ');
            }
            ar.push_str(&list[at].0);
            latin.push_str(&list[at].1);
        }
    }
}
