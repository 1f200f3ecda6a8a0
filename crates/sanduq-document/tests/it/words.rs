//! The words of the templates: the same in every language.

use std::collections::BTreeSet;
use toml::Table;
use toml::Value;

const LANGUAGES: [(&str, &str); 4] = [
    ("ar", include_str!("../../templates/words/ar.toml")),
    ("fa", include_str!("../../templates/words/fa.toml")),
    ("fr", include_str!("../../templates/words/fr.toml")),
    ("en", include_str!("../../templates/words/en.toml")),
];

/// The keys of a language, each with the words in braces of its sentence.
fn keys(table: &Table, above: &str, all: &mut BTreeSet<String>) {
    for (key, value) in table {
        let key = format!("{above}{key}");
        match value {
            Value::Table(table) => keys(table, &format!("{key}."), all),
            Value::Array(words) => drop(all.insert(format!("{key}[{}]", words.len()))),
            value => {
                let sentence = value.as_str().unwrap();
                assert!(!sentence.trim().is_empty(), "{key} says nothing");
                let braces = sentence.split('{').skip(1);
                let filled: BTreeSet<&str> =
                    braces.map(|rest| rest.split('}').next().unwrap()).collect();
                all.insert(format!("{key} {filled:?}"));
            }
        }
    }
}

#[test]
fn every_language_has_the_same_sentences() {
    let all = LANGUAGES.map(|(language, text)| {
        let mut all = BTreeSet::new();
        keys(&text.parse().unwrap(), "", &mut all);
        (language, all)
    });
    assert!(all[0].1.len() > 150);
    for (language, own) in &all[1..] {
        let differing: Vec<&String> = own.symmetric_difference(&all[0].1).collect();
        assert!(differing.is_empty(), "{language}: {differing:?}");
    }
}

/// A result that is one thing is never told by the words of another.
#[test]
fn no_standing_has_a_word_of_another() {
    let words = [
        ("ar", ["جزئية", "أولية", "نهائية"]),
        ("fa", ["ناقص", "اولیه", "نهایی"]),
        ("fr", ["partiel", "préliminaire", "définitif"]),
        ("en", ["partial", "preliminary", "final"]),
    ];
    let standings = ["partial", "preliminary", "final"];
    for ((language, words), (same, text)) in words.into_iter().zip(LANGUAGES) {
        assert_eq!(language, same);
        let table: Table = text.parse().unwrap();
        for (place, standing) in standings.into_iter().enumerate() {
            for section in ["standings", "titles"] {
                let said = table[section][standing].as_str().unwrap().to_lowercase();
                for (other, word) in words.into_iter().enumerate() {
                    assert_eq!(said.contains(word), other == place, "{language}: {said}");
                }
            }
        }
    }
}
