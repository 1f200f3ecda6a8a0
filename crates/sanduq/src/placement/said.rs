//! Refusals and pictures of placing in the four languages of the house.

use crate::said::Sentences;
use crate::said::sentences;
use sanduq_core::names::Locale;

/// What is said of placing.
pub const SAID: Sentences = sentences!("placement");

/// A sentence of pictures, which every language has.
pub fn words(key: &str, locale: Locale) -> &'static str {
    SAID.of_key(key, locale).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::said::key;
    use crate::said::tests::sources;
    use std::collections::BTreeSet;

    /// Every code and every key of a picture that stands in the sources.
    fn keys() -> BTreeSet<String> {
        let places = [
            "sanduq-register/src/placement.rs",
            "sanduq-register/src/placement",
            "sanduq/src/placement",
            "sanduq/src/plot.rs",
        ];
        let mut keys = BTreeSet::new();
        for text in sources(&places) {
            for word in text.split('"') {
                let is_word = |rest: &str, more: u8| {
                    let known = |byte: u8| byte.is_ascii_lowercase() || byte == more;
                    !rest.is_empty() && rest.bytes().all(known)
                };
                let reason = word.strip_prefix("placement.");
                let picture = word.strip_prefix("map-");
                if reason.is_some_and(|rest| is_word(rest, b'_')) {
                    keys.insert(key(word));
                } else if picture.is_some_and(|rest| is_word(rest, b'-')) {
                    keys.insert(word.to_owned());
                }
            }
        }
        // A name of a file is no code.
        keys.remove("refusal-placement-toml");
        keys
    }

    #[test]
    fn every_code_has_a_sentence_of_its_own_in_every_language() {
        let keys = keys();
        assert!(keys.len() > 30, "{keys:?}");
        for locale in Locale::ALL {
            let said = SAID.all(&keys, locale);
            assert_eq!(said.len(), keys.len(), "sentences are told apart");
        }
    }
}
