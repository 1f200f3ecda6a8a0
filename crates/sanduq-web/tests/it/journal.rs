//! The journal says the same on its page, as an object and as a table.

use crate::nation::Stage;
use crate::site::Site;
use sanduq_core::names::Locale;
use serde_json::Value;

/// The sentences of a page of entries, without what stands around them.
fn shown(body: &str) -> Vec<String> {
    let parts = body.split("<p class=\"entry-what\">").skip(1);
    let parts = parts.map(|part| part.split("</p>").next().unwrap());
    let plain = |part: &str| {
        let mut pieces = part.split('<');
        let first = pieces.next().unwrap().to_owned();
        let rest = pieces.map(|piece| piece.split_once('>').unwrap().1);
        let text = first + &rest.collect::<String>();
        text.replace("&#39;", "'").replace("&amp;", "&")
    };
    parts.map(plain).collect()
}

/// Facts of which the reader sees a word of their language.
const WORDED: [&str; 4] = ["accept", "correct", "return", "clerk"];

#[tokio::test]
async fn page_object_and_table_have_one_sentence() {
    let site = Site::at(Stage::Counting(99)).await;
    for locale in Locale::ALL {
        let mut worded = 0;
        for query in [
            "act=sheet.proposed&",
            "act=sheet.adjudicated&",
            "act=sheet.returned&",
            "",
        ] {
            let at = |end: &str| format!("/journal{end}?{query}lang={}", locale.tag());
            let page = shown(&site.get(&at("")).await.body);
            let object: Value = serde_json::from_str(&site.get(&at(".json")).await.body).unwrap();
            let table = site.get(&at(".csv")).await.body;
            let entries = object["entries"].as_array().unwrap();
            assert_eq!(page.len(), entries.len());
            for (shown, entry) in page.iter().zip(entries) {
                let sentence = entry["sentence"].as_str().unwrap();
                // Behind the sentence the page may have what the head of the station said.
                let same = shown == sentence || shown.starts_with(&format!("{sentence} – "));
                assert!(same, "{shown}\n{sentence}");
                let cell = sentence.replace('"', "\"\"");
                assert!(table.contains(&cell), "{cell}");
                let mut facts = entry["facts"].as_object().unwrap().values();
                worded += usize::from(facts.any(|fact| WORDED.iter().any(|own| fact == own)));
            }
        }
        assert!(worded > 3, "{worded} of {}", locale.tag());
    }
}
