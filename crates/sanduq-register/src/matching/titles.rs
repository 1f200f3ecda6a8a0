//! Titles that clerks write before a name: who is a doctor in one file is none in the next.
//!
//! Always true here: a title goes only where a name is left behind it, and only where it stands as
//! a word of its own before the given, father's or grandfather's name; what many bear as their name
//! (سيد, الشيخ, حاجی) is no title unless the profile of a country says so.

use super::letters::Alphabet;
use std::collections::BTreeSet;

/// Titles in words that nobody is named, in any spelling of their letters.
const TITLES: &[&str] = &[
    "الدكتور",
    "دكتور",
    "الدكتورة",
    "دكتورة",
    "المهندس",
    "مهندس",
    "المهندسة",
    "الأستاذ",
    "أستاذ",
    "الأستاذة",
    "أستاذة",
    "آقای",
    "دکتر",
    "استاد",
    "جناب",
    "المرحوم",
    "المرحومة",
    "مرحوم",
    "مرحومة",
    "شادروان",
    "dr",
    "mr",
    "mrs",
    "ms",
    "miss",
    "prof",
    "eng",
    "mme",
    "mlle",
];

/// Titles that are so only before a full stop or a stroke: letters, and what many are named.
const SHORT: &[&str] = &["د", "أ", "م", "السيد", "السيدة"];

/// Signs that part a title from a name.
const APART: [char; 5] = [' ', '\u{a0}', '.', '/', '\t'];

/// The titles that are left out of names.
pub struct Titles {
    alphabet: Alphabet,
    words: BTreeSet<Vec<u8>>,
    short: BTreeSet<Vec<u8>>,
}

impl Default for Titles {
    fn default() -> Self {
        Self::new(&[])
    }
}

impl Titles {
    /// The titles that everybody knows, and those that are so in one country.
    #[must_use]
    pub fn new(further: &[String]) -> Self {
        let alphabet = Alphabet::default();
        let key = |word: &str| {
            let mut key = Vec::new();
            alphabet.key(word, &mut key);
            key
        };
        let further = further.iter().map(String::as_str);
        let words = TITLES.iter().copied().chain(further).map(key).collect();
        let short = SHORT.iter().copied().map(key).collect();
        Self {
            alphabet,
            words,
            short,
        }
    }

    /// Every title by its key, in a fixed order.
    pub fn keys(&self) -> impl Iterator<Item = &[u8]> {
        self.words.iter().chain(&self.short).map(Vec::as_slice)
    }

    /// The alphabet of their keys.
    #[must_use]
    pub const fn alphabet(&self) -> &Alphabet {
        &self.alphabet
    }

    /// The name without the titles before it; the last word always stays.
    #[must_use]
    pub fn without<'a>(&self, name: &'a str) -> &'a str {
        let mut rest = name;
        let mut key = Vec::new();
        loop {
            let Some(end) = rest.find(APART) else {
                return rest;
            };
            let (word, behind) = rest.split_at(end);
            self.alphabet.key(word, &mut key);
            let marked = behind.trim_start().starts_with(['.', '/']);
            let is_title = self.words.contains(&key) || marked && self.short.contains(&key);
            let next = behind.trim_start_matches(APART);
            if !is_title && !key.is_empty() || !next.chars().any(char::is_alphanumeric) {
                return rest;
            }
            rest = next;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Honorifics before names, as an encyclopedia of names has them.
    const HONORIFICS: &str = "Wikipedia, Persian name";
    /// The Arabic definitions of a base of rules for names.
    const PREFIXES: &str = "SAS Quality Knowledge Base, Name (Arabic)";
    /// What lists of deaths write before a name.
    const DEATHS: &str = "lists of deaths";
    /// What clerks of rolls write.
    const ROLLS: &str = "rolls";

    const RULES: &[(&str, &str, &str)] = &[
        ("د. محمد", "محمد", ROLLS),
        ("د/محمد", "محمد", ROLLS),
        ("د / محمد", "محمد", ROLLS),
        ("أ.د. محمد علي", "محمد علي", ROLLS),
        ("م/ محمد", "محمد", ROLLS),
        ("السيد/ محمد", "محمد", ROLLS),
        ("السيدة / فاطمة", "فاطمة", ROLLS),
        ("المرحوم محمد", "محمد", DEATHS),
        ("المرحومة فاطمة", "فاطمة", DEATHS),
        ("مرحوم علی", "علی", DEATHS),
        ("شادروان رضا", "رضا", DEATHS),
        ("الدكتور محمد", "محمد", PREFIXES),
        ("الأستاذة فاطمة", "فاطمة", PREFIXES),
        ("الاستاذ محمد", "محمد", PREFIXES),
        ("Mr. Mohamed", "Mohamed", PREFIXES),
        ("DR. MOHAMED", "MOHAMED", PREFIXES),
        ("Mme Fatma", "Fatma", ROLLS),
        ("جناب دکتر علی", "علی", HONORIFICS),
        ("آقای رضا", "رضا", HONORIFICS),
        ("استاد محمود", "محمود", HONORIFICS),
        // What is left alone is a name, and what many are called is one too.
        ("الدكتور", "الدكتور", ROLLS),
        ("الدكتور .", "الدكتور .", ROLLS),
        ("حاجی مراد", "حاجی مراد", ROLLS),
        ("د.", "د.", ROLLS),
        ("د محمد", "د محمد", ROLLS),
        ("السيد محمد", "السيد محمد", ROLLS),
        ("سيد أحمد", "سيد أحمد", ROLLS),
        ("الشيخ علي", "الشيخ علي", ROLLS),
        ("محمد الحاج", "محمد الحاج", ROLLS),
        ("عبد الله", "عبد الله", ROLLS),
        ("Drissa Ali", "Drissa Ali", ROLLS),
        ("", "", ROLLS),
    ];

    #[test]
    fn a_title_goes_where_a_name_is_left() {
        let titles = Titles::default();
        for (name, expected, source) in RULES {
            let without = titles.without(name);
            assert_eq!(without, *expected, "{name} ({source})");
            assert_eq!(titles.without(without), without, "{name}: once is enough");
        }
    }

    #[test]
    fn a_country_has_titles_of_its_own() {
        let titles = Titles::new(&["سید", "سیده", "الحاج", "Haj"].map(str::to_owned));
        for (name, expected) in [
            ("سید محمد", "محمد"),
            ("سيد محمد", "محمد"),
            ("الحاج سید محمد", "محمد"),
            ("haj Mohamed", "Mohamed"),
            ("الحاج", "الحاج"),
            ("محمد الحاج", "محمد الحاج"),
            ("سیده زهرا", "زهرا"),
            ("سید", "سید"),
        ] {
            assert_eq!(titles.without(name), expected, "{name}");
        }
    }
}
