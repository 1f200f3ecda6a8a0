//! The sex that a field states, in the words of offices. A word that is not known is told and
//! counts as not given; a file most of whose words are not known is refused, as one most of whose
//! dates are none.

use crate::load::LoadRefusal;
use crate::load::Loaded;
use crate::source::quarantine::Reason;
use sanduq_register::matching::record::Sex;

/// Lines that are kept of words that are not known.
pub(super) const LINES: usize = 5;

/// Whole words for a woman and for a man, without vowel marks and in small letters; F, M and X as
/// machine-readable documents have them (ICAO Doc 9303).
const WORDS: [(Sex, &[&str]); 3] = [
    (
        Sex::Female,
        &[
            "f",
            "female",
            "woman",
            "femme",
            "féminin",
            "feminin",
            "أ",
            "ا",
            "إ",
            "أنثى",
            "انثى",
            "إنثى",
            "انثي",
            "أنثي",
            "مؤنث",
            "مونث",
            "امرأة",
            "زن",
            "ز",
            "خانم",
            "خ",
            "ж",
            "жен",
            "женский",
            "женщина",
            "მდედრობითი",
            "ქალი",
        ],
    ),
    (
        Sex::Male,
        &[
            "m",
            "male",
            "man",
            "h",
            "homme",
            "masculin",
            "ذ",
            "ذكر",
            "مذكر",
            "مذکر",
            "رجل",
            "ر",
            "مرد",
            "آقا",
            "اقا",
            "آ",
            "м",
            "муж",
            "мужской",
            "мужчина",
            "მამრობითი",
            "კაცი",
        ],
    ),
    (
        Sex::Missing,
        &["x", "unknown", "inconnu", "غير معروف", "نامعلوم", "null"],
    ),
];

/// The sex that a field states; none where its word is not known. What holds no letter and no
/// digit states nothing.
fn sex_of(text: &str) -> Option<Sex> {
    match text {
        "" => return Some(Sex::Missing),
        "F" => return Some(Sex::Female),
        "M" => return Some(Sex::Male),
        _ => {}
    }
    let vowel = |letter: &char| !matches!(letter, '\u{64b}'..='\u{652}' | '\u{640}' | '.');
    let word: String = text.to_lowercase().chars().filter(vowel).collect();
    let word = word.trim();
    if !word.chars().any(char::is_alphanumeric) {
        return Some(Sex::Missing);
    }
    let known = WORDS.iter().find(|(_, words)| words.contains(&word));
    known.map(|(sex, _)| *sex)
}

/// How the sexes of a file were read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sexes {
    /// The file's name.
    pub file: String,
    /// Rows in which something is stated.
    pub given: u64,
    /// Of those, ones in a word that is not known.
    pub unknown: u64,
    /// The lines of the first of them.
    pub lines: Vec<u64>,
}

impl Sexes {
    /// Nothing yet.
    #[must_use]
    pub const fn none(file: String) -> Self {
        Self {
            file,
            given: 0,
            unknown: 0,
            lines: Vec::new(),
        }
    }
}

impl core::fmt::Display for Sexes {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        let Self {
            file,
            given,
            unknown,
            ..
        } = self;
        let lines: Vec<String> = self.lines.iter().map(u64::to_string).collect();
        write!(
            f,
            "{file}: {unknown} of {given} sexes are written in words that are not known (first on \
             lines {})",
            lines.join(", ")
        )
    }
}

impl Loaded {
    /// The sex of a field.
    pub(super) fn sex(&mut self, text: &str, note: impl FnOnce(Reason)) -> Sex {
        let sex = sex_of(text);
        if let Some(read) = self.sexes.last_mut() {
            read.given += u64::from(sex != Some(Sex::Missing));
            read.unknown += u64::from(sex.is_none());
        }
        sex.unwrap_or_else(|| {
            note(Reason::UnknownSex);
            Sex::Missing
        })
    }

    /// Says no to a file more than half of whose words for a sex are not known; `lines` are those
    /// of the first of them.
    pub(super) fn judge_sexes(&mut self, lines: Vec<u64>) -> Result<(), LoadRefusal> {
        let Some(read) = self.sexes.last_mut() else {
            return Ok(());
        };
        read.lines = lines;
        if read.unknown * 2 > read.given {
            return Err(LoadRefusal::Sexes(Box::new(read.clone())));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::Sex;
    use super::sex_of;

    #[test]
    fn a_sex_is_read_in_the_words_of_offices() {
        for (sex, words) in [
            (
                Some(Sex::Female),
                &[
                    "F",
                    "female",
                    "أنثى",
                    "انثى",
                    "أُنْثى",
                    "مؤنث",
                    "زن",
                    "خانم",
                    "Femme",
                    "f.",
                ][..],
            ),
            (
                Some(Sex::Male),
                &[
                    "M",
                    "male",
                    "ذكر",
                    "مذكر",
                    "مرد",
                    "رجل",
                    "Homme",
                    "h",
                    "м",
                    "мужской",
                ],
            ),
            (Some(Sex::Missing), &["", "?", "-", "X", " ", "…"]),
            // Words of which the first letter alone would say the contrary.
            (None, &["1", "2", "Mme", "Mrs", "her", "mujer", "17"]),
        ] {
            for word in words {
                assert_eq!(sex_of(word), sex, "{word}");
            }
        }
    }
}
