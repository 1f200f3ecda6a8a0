//! What stands behind a sentence in the language of the reader: the place and the figures of a
//! refusal, in its words and digits.
//!
//! Always true here: whatever a reader is told in one language has nothing of another in it but
//! names: of files, columns, options and values.

use crate::said::Sentences;
use sanduq_core::names::Locale;
use sanduq_core::text::localised;

/// A value in a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// A count: its thousands stand apart.
    Count(u64),
    /// The numbers of lines or rows: they are looked up elsewhere, and nothing stands in them.
    Places(Vec<u64>),
    /// A number with its fraction, a point between them.
    Decimal(String),
    /// A name, as it stands wherever it comes from.
    Text(String),
    /// Words of the reader's own language.
    Words(String),
}

impl From<u64> for Value {
    fn from(count: u64) -> Self {
        Self::Count(count)
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

/// A name in the place of a value, and the value.
pub type Named = (&'static str, Value);

/// A part of what stands behind a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fact {
    /// A name.
    Text(String),
    /// The words of a key, with values in them.
    Said(&'static str, Vec<Named>),
}

impl Fact {
    /// The words of a key with one value.
    pub fn one(key: &'static str, name: &'static str, value: impl Into<Value>) -> Self {
        Self::Said(key, vec![(name, value.into())])
    }

    /// The words of a key with the numbers of lines or rows.
    pub fn places(key: &'static str, name: &'static str, places: &[u64]) -> Self {
        Self::Said(key, vec![(name, Value::Places(places.to_vec()))])
    }
}

/// A refusal, or a fault of the machine, with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placed {
    /// Whether the machine failed, and nothing was refused.
    pub fault: bool,
    /// The stable code.
    pub code: &'static str,
    /// What, where and what to do, in English.
    pub sentence: String,
    /// Where, in every language.
    pub facts: Vec<Fact>,
}

/// A mark of a language behind a word, with the space that belongs to it.
pub const fn comma(locale: Locale) -> &'static str {
    match locale {
        Locale::Ar | Locale::Fa => "، ",
        Locale::Fr | Locale::En => ", ",
    }
}

/// As [`comma`]. In French a space that is not broken stands before it.
pub const fn semicolon(locale: Locale) -> &'static str {
    match locale {
        Locale::Ar | Locale::Fa => "؛ ",
        Locale::Fr => "\u{202F}; ",
        Locale::En => "; ",
    }
}

/// As [`semicolon`].
pub const fn colon(locale: Locale) -> &'static str {
    match locale {
        Locale::Fr => "\u{A0}: ",
        Locale::Ar | Locale::Fa | Locale::En => ": ",
    }
}

impl Value {
    /// The value as the language writes it.
    fn shown(&self, locale: Locale) -> String {
        let bare = |number: u64| -> String {
            let grouped = localised(number, locale);
            grouped.chars().filter(|one| one.is_numeric()).collect()
        };
        match self {
            Self::Count(count) => localised(*count, locale),
            Self::Places(places) => {
                let places: Vec<String> = places.iter().map(|place| bare(*place)).collect();
                places.join(comma(locale))
            }
            Self::Decimal(text) => {
                let mark = match locale {
                    Locale::Ar | Locale::Fa => '\u{66B}',
                    Locale::Fr => ',',
                    Locale::En => '.',
                };
                let shown = |letter: char| match letter.to_digit(10) {
                    Some(digit) => localised(u64::from(digit), locale),
                    None => mark.to_string(),
                };
                text.chars().map(shown).collect()
            }
            // A name of other letters would turn the order of the words around it.
            Self::Text(text) if locale.direction() == "rtl" => format!("\u{2068}{text}\u{2069}"),
            Self::Text(text) | Self::Words(text) => text.clone(),
        }
    }
}

impl Sentences {
    /// The sentence of a key with its values, written as the language writes them; none where the
    /// language has none.
    pub fn filled(&self, key: &str, values: &[Named], locale: Locale) -> Option<String> {
        let said = self.of_key(key, locale)?.to_owned();
        Some(values.iter().fold(said, |said, (name, value)| {
            said.replace(&format!("{{ ${name} }}"), &value.shown(locale))
        }))
    }

    /// Facts one after the other.
    pub fn facts(&self, facts: &[Fact], locale: Locale) -> String {
        let shown = facts.iter().filter_map(|fact| match fact {
            Fact::Text(text) => Some(Value::Text(text.clone()).shown(locale)),
            Fact::Said(key, values) => self.filled(key, values, locale),
        });
        shown.collect::<Vec<_>>().join(comma(locale))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_written_as_the_language_writes_them() {
        let values = [
            Value::Count(12_345),
            Value::Places(vec![12_345, 7]),
            Value::Decimal("99.98".to_owned()),
            Value::Text("a.csv".to_owned()),
        ];
        for (locale, expected) in [
            (
                Locale::Ar,
                ["١٢٬٣٤٥", "١٢٣٤٥، ٧", "٩٩٫٩٨", "\u{2068}a.csv\u{2069}"],
            ),
            (
                Locale::Fa,
                ["۱۲٬۳۴۵", "۱۲۳۴۵، ۷", "۹۹٫۹۸", "\u{2068}a.csv\u{2069}"],
            ),
            (Locale::Fr, ["12\u{202F}345", "12345, 7", "99,98", "a.csv"]),
            (Locale::En, ["12,345", "12345, 7", "99.98", "a.csv"]),
        ] {
            let shown = values.each_ref().map(|value| value.shown(locale));
            assert_eq!(shown, expected);
        }
    }

    #[test]
    fn facts_stand_in_their_words_one_after_the_other() {
        let sentences = Sentences {
            texts: ["line = السطر { $line }", "", "line = ligne { $line }", ""],
        };
        let facts = [
            Fact::Text("a.csv".to_owned()),
            Fact::places("line", "line", &[1234]),
        ];
        for (locale, expected) in [
            (Locale::Ar, "\u{2068}a.csv\u{2069}، السطر ١٢٣٤"),
            (Locale::Fr, "a.csv, ligne 1234"),
            (Locale::En, "a.csv"),
        ] {
            assert_eq!(sentences.facts(&facts, locale), expected);
        }
    }
}
