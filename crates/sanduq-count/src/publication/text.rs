//! Text that strangers' programs will open. A cell must not run as a formula and must not turn the
//! direction of the cells behind it (E107); a name is never rewritten for that: its JSON form stays
//! exact, and its CSV form carries a visible mark.

use sanduq_core::cell::guarded;
use sanduq_core::typed;

/// Whether a character turns the direction of the text behind it: embeddings, overrides and
/// isolates. The marks U+200E, U+200F and U+061C turn nothing and stay.
pub const fn is_bidi_control(c: char) -> bool {
    matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// The text of a cell that runs as no formula ([`sanduq_core::cell`]), controls of direction shown
/// as `<U+202E>`.
#[must_use]
pub fn cell(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        if is_bidi_control(c) {
            shown.push_str(&format!("<{}>", typed::name(c)));
        } else {
            shown.push(c);
        }
    }
    guarded(&shown).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_runs_as_a_formula_or_turns_its_line() {
        for (text, shown) in [
            ("List 1", "List 1"),
            ("=1+1", "'=1+1"),
            ("-2-3", "'-2-3"),
            ("+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\t=1", "'\t=1"),
            ("  =1", "'  =1"),
            ("\n=1", "'\n=1"),
            ("＝1", "'＝1"),
            ("a=1", "a=1"),
            ("art. 71;=1+1;x", "art. 71;'=1+1;x"),
            ("a; -1", "a;' -1"),
            ("a;\"=1", "a;'\"=1"),
            ("a; b", "a; b"),
            ("قائمة\u{202E}123", "قائمة<U+202E>123"),
            ("\u{2067}=1", "<U+2067>=1"),
            ("ل\u{200F}", "ل\u{200F}"),
        ] {
            assert_eq!(cell(text), shown);
        }
    }
}
