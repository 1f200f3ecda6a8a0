//! Sentences of commands in the four languages of the house, a file for each noun and language. The
//! sentence of a refusal says what is wrong and what to do; the place and the figures stand behind
//! it, in the language too where the refusal has them apart, else as the program says them.

use crate::exit::Ended;
use crate::fact::Placed;
use sanduq_core::names::Locale;
use serde_json::json;

/// The sentences of a noun.
pub struct Sentences {
    /// Arabic, Persian, French, English.
    pub texts: [&'static str; 4],
}

/// The sentences of a noun, by the name of its files in `locales/`.
macro_rules! sentences {
    ($noun:literal) => {
        $crate::said::Sentences {
            texts: [
                $crate::said::sentences!("ar", $noun),
                $crate::said::sentences!("fa", $noun),
                $crate::said::sentences!("fr", $noun),
                $crate::said::sentences!("en", $noun),
            ],
        }
    };
    ($tag:literal, $noun:literal) => {
        include_str!(concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/locales/",
            $tag,
            "/",
            $noun,
            ".ftl"
        ))
    };
}
pub(crate) use sentences;

impl Sentences {
    /// The lines of a language: a key, ` = `, a sentence.
    fn lines(&self, locale: Locale) -> impl Iterator<Item = (&'static str, &'static str)> {
        let [arabic, persian, french, english] = self.texts;
        let text = match locale {
            Locale::Ar => arabic,
            Locale::Fa => persian,
            Locale::Fr => french,
            Locale::En => english,
        };
        text.lines().filter_map(|line| line.split_once(" = "))
    }

    /// The sentence of a key; none where the language has none.
    pub fn of_key(&self, key: &str, locale: Locale) -> Option<&'static str> {
        let mut lines = self.lines(locale);
        lines.find_map(|(of, sentence)| (of == key).then_some(sentence))
    }

    /// The sentence of a code, `noun.reason`.
    pub fn of(&self, code: &str, locale: Locale) -> Option<&'static str> {
        self.of_key(&key(code), locale)
    }

    /// How a command ends, with its refusal in the language that is asked for, and printed as the
    /// object that `--json` promises: code, message, and what that is in the language.
    pub fn told(&self, ended: Ended, json: bool, locale: Option<Locale>) -> Ended {
        let told = match &ended {
            Ended::Refused { code, sentence } => Some((code.as_str(), sentence, None)),
            Ended::Placed(placed) => Some((placed.code, &placed.sentence, Some(&placed.facts))),
            Ended::Fault(_) => None,
        };
        let said = locale.and_then(|locale| Some((self.of(told?.0, locale)?, locale)));
        let (Some((code, own, facts)), Some((said, locale))) = (told, said) else {
            return ended.told(json);
        };
        if json {
            println!("{}", json!({ "code": code, "message": own, "said": said }));
        }
        let behind = facts.map_or_else(|| own.clone(), |facts| self.facts(facts, locale));
        let sentence = if behind.is_empty() {
            said.to_owned()
        } else {
            format!("{said} \u{2068}({behind})\u{2069}")
        };
        match ended {
            Ended::Placed(placed) => Ended::Placed(Box::new(Placed {
                sentence,
                ..*placed
            })),
            _ => Ended::Refused {
                code: code.to_owned(),
                sentence,
            },
        }
    }
}

/// A language by its tag.
///
/// # Errors
/// In words.
pub fn locale(text: &str) -> Result<Locale, String> {
    Locale::from_tag(text).ok_or_else(|| "say one of: ar, fa, fr, en".to_owned())
}

/// The key of a code, `noun.reason`.
pub fn key(code: &str) -> String {
    format!("refusal-{}", code.replace(['.', '_'], "-"))
}

#[cfg(test)]
pub mod tests {
    use super::Sentences;
    use sanduq_core::names::Locale;
    use std::collections::BTreeSet;
    use std::fs;
    use std::path::Path;
    use std::path::PathBuf;

    /// The sources in these places beside this crate, each without its tests.
    pub fn sources(places: &[&str]) -> Vec<String> {
        let crates = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let mut found = Vec::new();
        for place in places {
            gather(&crates.join(place), &mut found);
        }
        let text = |file: &PathBuf| {
            let text = fs::read_to_string(file).unwrap();
            text.split("mod tests {").next().unwrap().to_owned()
        };
        found.iter().map(text).collect()
    }

    fn gather(path: &Path, found: &mut Vec<PathBuf>) {
        if path.is_dir() && !path.ends_with("tests") {
            for entry in fs::read_dir(path).unwrap().flatten() {
                gather(&entry.path(), found);
            }
        } else if path.extension().is_some_and(|kind| kind == "rs") && !path.ends_with("tests.rs") {
            found.push(path.to_owned());
        }
    }

    impl Sentences {
        /// The sentences of these keys in a language; the language has each, and no other, and
        /// every sentence is in its letters.
        pub fn all(&self, keys: &BTreeSet<String>, locale: Locale) -> BTreeSet<&'static str> {
            let has: BTreeSet<String> = self.lines(locale).map(|line| line.0.to_owned()).collect();
            assert_eq!(&has, keys, "{}", locale.tag());
            let said: BTreeSet<&str> = self.lines(locale).map(|line| line.1).collect();
            let own = said.iter().all(|said| match locale {
                Locale::Ar | Locale::Fa => said.contains(|letter| ('ا'..='ی').contains(&letter)),
                Locale::Fr | Locale::En => said.is_ascii() || locale == Locale::Fr,
            });
            assert!(own, "{}", locale.tag());
            said
        }
    }
}
