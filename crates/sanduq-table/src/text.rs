//! Characters that stand around a text or hide in it.

/// What may stand around a value without being part of it: white space, the byte-order mark, and
/// the marks that only tell a direction (they reorder nothing by themselves).
pub(crate) const fn is_margin(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200E}' | '\u{200F}' | '\u{61C}' | '\u{FEFF}')
}

/// The first character in `text` that does not show itself.
pub(crate) fn hidden(text: &str) -> Option<char> {
    let plain = |byte: &u8| matches!(byte, 0x20..=0x7E);
    if text.as_bytes().iter().all(plain) {
        return None;
    }
    text.chars().find(|c| hidden_char(*c))
}

/// Control characters, line and paragraph separators, the direction embeddings, overrides and
/// isolates of UAX #9, and what has neither width nor meaning in a name: the zero-width space, the
/// word joiner with its kin, a byte-order mark in the middle. The marks U+200C–U+200F and U+061C
/// stay: Persian and mixed text need them.
fn hidden_char(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200B}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}')
}

/// At most `most` characters of `text`, the hidden ones and the direction marks made visible.
pub(crate) fn excerpt(text: &str, most: usize) -> String {
    let mut seen = String::new();
    for c in text.chars().take(most) {
        if hidden_char(c) || matches!(c, '\u{200E}' | '\u{200F}' | '\u{61C}') {
            seen.push_str(&shown(c));
        } else {
            seen.push(c);
        }
    }
    seen
}

/// A character as a person can see it.
pub(crate) fn shown(c: char) -> String {
    if hidden_char(c) || is_margin(c) {
        format!("U+{:04X}", u32::from(c))
    } else {
        format!("“{c}”")
    }
}
