//! docs/journal-entries.md is generated from the list of acts; here it is held against the list.
//! With `SANDUQ_WRITE_DOCS=1` the test writes it anew.

#![allow(
    clippy::disallowed_methods,
    reason = "the rules read no file; this test holds a file against them"
)]

use sanduq_core::act::Act;
use sanduq_core::names::Locale;
use std::fmt::Write as _;
use std::path::Path;

fn document() -> String {
    let mut text = String::from(
        "# Journal entries\n\nEvery act that changes the state of an election, in the order of the \
         election, with the sentence that the\njournal shows for it. What stands in braces is a \
         fact of the entry. Generated from the list of acts in\n\
         `crates/sanduq-core/src/act/list.rs`.\n\n\
         | act | العربية | فارسی | français | English |\n|---|---|---|---|---|\n",
    );
    for act in Act::ALL {
        let _ = write!(text, "| `{}` |", act.code());
        for locale in Locale::ALL {
            let _ = write!(text, " {} |", act.sentence(locale));
        }
        text.push('\n');
    }
    text
}

#[test]
fn the_manual_lists_every_act() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/journal-entries.md");
    if std::env::var_os("SANDUQ_WRITE_DOCS").is_some() {
        std::fs::write(&path, document()).unwrap();
    }
    let kept = std::fs::read_to_string(&path).unwrap();
    assert!(kept == document(), "write it anew with SANDUQ_WRITE_DOCS=1");
}
