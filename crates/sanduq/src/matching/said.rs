//! Refusals, and what is told of rows, in the four languages of the house. The sentence says what
//! is wrong and what to do; the place and the figures stand behind it, as the program says them.

use crate::exit::Ended;
use sanduq_core::names::Locale;
use serde_json::json;

const fn text(locale: Locale) -> &'static str {
    match locale {
        Locale::Ar => include_str!("../../locales/ar/matching.ftl"),
        Locale::Fa => include_str!("../../locales/fa/matching.ftl"),
        Locale::Fr => include_str!("../../locales/fr/matching.ftl"),
        Locale::En => include_str!("../../locales/en/matching.ftl"),
    }
}

/// The sentence of a code, `noun.reason`; none where the language has none.
pub fn sentence(code: &str, locale: Locale) -> Option<&'static str> {
    let key = code.replace(['.', '_'], "-");
    text(locale).lines().find_map(|line| {
        let (of, sentence) = line.strip_prefix("refusal-")?.split_once(" = ")?;
        (of == key).then_some(sentence)
    })
}

/// How a command ends, with its refusal in the language that is asked for, and printed as the
/// object that `--json` promises: code, message, and what that is in the language.
pub fn told(ended: Ended, json: bool, locale: Option<Locale>) -> Ended {
    let (
        Ended::Refused {
            code,
            sentence: own,
        },
        Some(locale),
    ) = (&ended, locale)
    else {
        return ended.told(json);
    };
    let Some(said) = sentence(code, locale) else {
        return ended.told(json);
    };
    if json {
        println!("{}", json!({ "code": code, "message": own, "said": said }));
    }
    Ended::Refused {
        code: code.clone(),
        sentence: format!("{said} \u{2068}({own})\u{2069}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;
    use std::fs;
    use std::path::Path;
    use std::path::PathBuf;

    /// Words with a point that are no codes.
    const NO_CODES: [&str; 4] = [
        "matching.toml",
        "quarantine.csv",
        "source.none",
        "matching.ftl",
    ];

    fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).unwrap().flatten() {
            let path = entry.path();
            if path.is_dir() && !path.ends_with("tests") {
                sources(&path, found);
            } else if path.extension().is_some_and(|kind| kind == "rs") {
                found.push(path);
            }
        }
    }

    /// Every code that stands in the sources.
    fn codes() -> BTreeSet<String> {
        let crates = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let mut files = vec![crates.join("sanduq/src/matching.rs")];
        for folder in [
            "sanduq/src/matching",
            "sanduq-matching/src",
            "sanduq-register/src/matching",
        ] {
            sources(&crates.join(folder), &mut files);
        }
        let is_word = |word: &str| {
            let mut letters = word.bytes();
            letters.all(|letter| letter.is_ascii_lowercase() || b"_0123456789".contains(&letter))
        };
        let mut codes = BTreeSet::new();
        for file in files {
            let text = fs::read_to_string(file).unwrap();
            let text = text.split("mod tests {").next().unwrap();
            codes.extend(text.split('"').filter_map(|word| {
                let (noun, reason) = word.split_once('.')?;
                let known = ["matching", "source", "quarantine"].contains(&noun);
                let is = known && is_word(reason) && !reason.is_empty();
                let is = is && !NO_CODES.contains(&word);
                is.then(|| word.to_owned())
            }));
        }
        codes
    }

    #[test]
    fn every_code_has_a_sentence_of_its_own_in_every_language() {
        let codes = codes();
        assert!(codes.len() > 60, "{codes:?}");
        for locale in Locale::ALL {
            let said: BTreeSet<&str> = codes
                .iter()
                .map(|code| {
                    let said = sentence(code, locale);
                    said.unwrap_or_else(|| panic!("{code} in {}", locale.tag()))
                })
                .collect();
            assert!(said.len() + 3 > codes.len(), "sentences are told apart");
            let lines = text(locale).lines().filter(|line| line.contains(" = "));
            assert_eq!(lines.count(), codes.len(), "no sentence that nobody says");
            let own = said.iter().all(|said| match locale {
                Locale::Ar | Locale::Fa => said.contains(|letter| ('ا'..='ی').contains(&letter)),
                Locale::Fr | Locale::En => said.is_ascii() || locale == Locale::Fr,
            });
            assert!(own, "{}", locale.tag());
        }
    }
}
