//! Refusals, and what is told of rows, in the four languages of the house. The sentence says what
//! is wrong and what to do; the place and the figures stand behind it. A value on the command line
//! that cannot be used is told in them too, before what clap says of it.

use crate::fact::Named;
use crate::said::Sentences;
use crate::said::key;
use crate::said::sentences;
use sanduq_core::names::Locale;

/// What is said of matching.
pub const SAID: Sentences = sentences!("matching");

/// The sentence of a code with its figures, written as the language writes them.
pub fn with_figures(code: &str, figures: &[(&'static str, u32)], locale: Locale) -> Option<String> {
    let figures = figures.iter();
    let figures = figures.map(|(name, figure)| (*name, u64::from(*figure).into()));
    let figures: Vec<Named> = figures.collect();
    SAID.filled(&key(code), &figures, locale)
}

/// A value on the command line that cannot be used: its code, and what to write instead.
#[derive(Clone, Debug)]
pub struct Unusable {
    code: &'static str,
    sentence: String,
}

impl Unusable {
    /// The error of a parser of values.
    pub fn new(code: &'static str, sentence: impl Into<String>) -> Self {
        Self {
            code,
            sentence: sentence.into(),
        }
    }
}

impl core::fmt::Display for Unusable {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(&self.sentence)
    }
}

impl core::error::Error for Unusable {}

/// What is said, in the language of `--lang` among the words of a command line, of a value that
/// cannot be used; nothing of other errors.
pub fn unusable(error: &clap::Error, words: &[String]) -> Option<String> {
    let source = core::error::Error::source(error)?;
    let Unusable { code, .. } = source.downcast_ref()?;
    let flags = words.iter().zip(words.iter().skip(1));
    let apart = flags
        .filter(|(flag, _)| *flag == "--lang")
        .map(|(_, tag)| tag.as_str());
    let joined = words.iter().filter_map(|word| word.strip_prefix("--lang="));
    let locale = apart.chain(joined).find_map(Locale::from_tag)?;
    Some(format!("usage [{code}]: {}", SAID.of(code, locale)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::said::tests::sources;
    use sanduq_core::text::localised;
    use sanduq_matching::source::quarantine::Reason;
    use std::collections::BTreeSet;

    /// Words with a point that are no codes.
    const NO_CODES: [&str; 4] = [
        "matching.toml",
        "quarantine.csv",
        "source.none",
        "matching.ftl",
    ];

    /// The key of every code, and every key of other words, that stands in the sources.
    fn keys() -> BTreeSet<String> {
        let places = [
            "sanduq/src/matching.rs",
            "sanduq/src/matching",
            "sanduq-matching/src",
            "sanduq-register/src/matching",
        ];
        let is_word = |word: &str| {
            let mut letters = word.bytes();
            letters.all(|letter| letter.is_ascii_lowercase() || b"_0123456789".contains(&letter))
        };
        let mut keys = BTreeSet::new();
        for text in sources(&places) {
            let told = |word: &&str| {
                let rest = word.strip_prefix("told-").or(word.strip_prefix("place-"));
                rest.is_some_and(|rest| is_word(&rest.replace('-', "_")))
            };
            keys.extend(text.split('"').filter(told).map(str::to_owned));
            keys.extend(text.split('"').filter_map(|word| {
                let (noun, reason) = word.split_once('.')?;
                let known = ["matching", "source", "quarantine"].contains(&noun);
                let is = known && is_word(reason) && !reason.is_empty();
                let is = is && !NO_CODES.contains(&word);
                is.then(|| key(word))
            }));
        }
        keys
    }

    #[test]
    fn every_figure_stands_in_its_sentence_in_every_language() {
        let reasons = [
            Reason::FieldCount {
                found: 17,
                expected: 19,
            },
            Reason::TooLong { bytes: 1234 },
            Reason::NumberLength { digits: 13 },
            Reason::NotADate,
        ];
        for (reason, locale) in reasons
            .iter()
            .flat_map(|reason| Locale::ALL.map(|locale| (reason, locale)))
        {
            let figures = reason.figures();
            let said = with_figures(reason.code(), &figures, locale).unwrap();
            assert!(!said.contains(['{', '$', '}']), "{said}");
            for (_, figure) in figures {
                let figure = localised(u64::from(figure), locale);
                assert!(said.contains(&figure), "{figure}: {said}");
            }
        }
    }

    /// A value whose place a language lacks would not be told there.
    #[test]
    fn every_language_has_the_same_values_in_the_same_words() {
        let names = |said: &str| -> BTreeSet<String> {
            let parts = said.split("{ $").skip(1);
            let names = parts.map(|part| part.split(" }").next().unwrap().to_owned());
            names.collect()
        };
        for key in keys() {
            let all = Locale::ALL.map(|locale| names(SAID.of_key(&key, locale).unwrap()));
            assert!(all.iter().all(|one| *one == all[0]), "{key}: {all:?}");
        }
    }

    #[test]
    fn every_code_has_a_sentence_of_its_own_in_every_language() {
        let keys = keys();
        assert!(keys.len() > 130, "{keys:?}");
        for locale in Locale::ALL {
            let said = SAID.all(&keys, locale);
            assert!(said.len() + 3 > keys.len(), "sentences are told apart");
        }
    }
}
