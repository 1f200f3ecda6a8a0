use super::*;
use crate::said::key;
use crate::said::tests::sources;
use sanduq_core::names::Locale;
use std::collections::BTreeSet;

/// The key of every code that stands in the sources.
fn keys() -> BTreeSet<String> {
    let mut keys =
        BTreeSet::from(["out_in_use", "out_closed"].map(|code| key(&format!("assignment.{code}"))));
    let places = [
        "sanduq/src/staff",
        "sanduq/src/plot.rs",
        "sanduq-operations/src/assignment",
    ];
    for text in sources(&places) {
        let pictures = text.split('"').filter(|word| {
            let rest = word.strip_prefix("map-");
            rest.is_some_and(|rest| rest.bytes().all(|b| b.is_ascii_lowercase() || b == b'-'))
        });
        keys.extend(pictures.map(str::to_owned));
        let words = text.split('"').filter(|word| {
            let reason = word.strip_prefix("assignment.");
            reason.is_some_and(|reason| reason.bytes().all(|b| b.is_ascii_lowercase() || b == b'_'))
        });
        keys.extend(words.filter(|word| word.len() > 11).map(key));
    }
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
