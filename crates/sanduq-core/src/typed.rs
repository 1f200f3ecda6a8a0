//! Texts that a person types and the journal keeps: grounds, reasons, explanations. One rule for
//! all. Always true here: what is taken stands in one line, in normal form C (UAX #15), is bounded,
//! and holds no sign that controls a terminal, turns what stands around it, or is not seen.

use crate::refusal::Refusal;
use unicode_normalization::UnicodeNormalization;

/// The longest text, in characters; a page of a law.
pub const LONGEST: usize = 4000;

/// Why a text is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TypedRefusal {
    /// There is nothing in it.
    Empty,
    /// It has more characters than this.
    TooLong(usize),
    /// It has a sign that nobody sees or that turns what stands around it, at this place, counted
    /// from 1.
    Sign(char, usize),
}

impl Refusal for TypedRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::Empty => "text.empty",
            Self::TooLong(_) => "text.too_long",
            Self::Sign(..) => "text.sign",
        }
    }
}

impl core::fmt::Display for TypedRefusal {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::Empty => f.write_str("the text is empty"),
            Self::TooLong(most) => write!(f, "the text has more than {most} characters"),
            Self::Sign(sign, place) => write!(
                f,
                "{} at place {place} of the text is not seen, or turns what stands around it",
                name(*sign)
            ),
        }
    }
}

impl core::error::Error for TypedRefusal {}

/// The name of a sign: `U+202E`.
#[must_use]
pub fn name(sign: char) -> String {
    format!("U+{:04X}", u32::from(sign))
}

/// Whether a sign is none that is written: it controls, turns, hides, or means what nobody knows.
#[must_use]
pub const fn hidden(sign: char) -> bool {
    matches!(
        sign,
        '\0'..='\u{1F}' | '\u{7F}'..='\u{9F}' // controls
            | '\u{AD}' | '\u{34F}' | '\u{61C}' // soft hyphen, joiner of graphemes, Arabic mark
            | '\u{115F}'..='\u{1160}' | '\u{3164}' | '\u{FFA0}' // fillers
            | '\u{17B4}'..='\u{17B5}' | '\u{180B}'..='\u{180F}'
            | '\u{200B}' | '\u{200E}'..='\u{200F}' // no width; left and right marks
            | '\u{2028}'..='\u{202E}' // separators, embeddings, overrides
            | '\u{2060}'..='\u{206F}' // word joiner, isolates, shapes of digits
            | '\u{E000}'..='\u{F8FF}' // private
            | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{FFF0}'..='\u{FFFB}'
            | '\u{FDD0}'..='\u{FDEF}' | '\u{2800}' // no characters, a cell of Braille without dots
            | '\u{1BCA0}'..='\u{1BCA3}' | '\u{1D173}'..='\u{1D17A}'
            | '\u{E0000}'..='\u{10FFFF}' // tags, variants, private
    ) || sign as u32 & 0xFFFE == 0xFFFE // no characters
}

/// The joiners of Persian and Arabic orthography: between letters they are writing.
const fn joins(sign: char) -> bool {
    matches!(sign, '\u{200C}'..='\u{200D}')
}

/// The first sign of a text that is not to be in it, and its place, counted from 1.
#[must_use]
pub fn first_hidden(text: &str) -> Option<(char, usize)> {
    let mut before = ' ';
    let mut signs = (1..).zip(text.chars()).peekable();
    while let Some((place, sign)) = signs.next() {
        let after = signs.peek().map_or(' ', |(_, after)| *after);
        let stray = joins(sign) && !(before.is_alphabetic() && after.is_alphabetic());
        if hidden(sign) || stray {
            return Some((sign, place));
        }
        before = sign;
    }
    None
}

/// A typed text as it is kept: in one line, in normal form C, of `longest` characters at most.
///
/// # Errors
/// [`TypedRefusal`] naming the sign and its place.
pub fn typed(text: &str, longest: usize) -> Result<String, TypedRefusal> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let line: String = words.join(" ").nfc().collect();
    if line.is_empty() {
        return Err(TypedRefusal::Empty);
    }
    if line.chars().count() > longest {
        return Err(TypedRefusal::TooLong(longest));
    }
    match first_hidden(&line) {
        Some((sign, place)) => Err(TypedRefusal::Sign(sign, place)),
        None => Ok(line),
    }
}

/// Whether a text of the journal is as [`typed`] leaves it.
#[must_use]
pub fn is_kept_so(text: &str) -> bool {
    typed(text, LONGEST).is_ok_and(|kept| kept == text)
}

/// A text for a terminal: each sign that is not seen by its name, in braces.
#[must_use]
pub fn shown(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for sign in text.chars() {
        if hidden(sign) {
            shown.push('{');
            shown.push_str(&name(sign));
            shown.push('}');
        } else {
            shown.push(sign);
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;
    use TypedRefusal::Empty;
    use TypedRefusal::Sign;
    use TypedRefusal::TooLong;

    #[test]
    fn what_is_seen_is_taken_and_what_hides_is_named() {
        for (text, kept) in [
            ("art. 71, second part", Ok("art. 71, second part")),
            ("المادة ٧١ فقرة ٢", Ok("المادة ٧١ فقرة ٢")),
            ("صندوق‌ها را شمردند", Ok("صندوق‌ها را شمردند")),
            (
                "  art.\t71\r\n second\u{a0}part ",
                Ok("art. 71 second part"),
            ),
            ("e\u{301}cart", Ok("écart")),
            ("ا\u{654}حمد", Ok("أحمد")),
            ("", Err(Empty)),
            (" \r\n\u{2003}", Err(Empty)),
            ("twelve signs", Err(TooLong(11))),
            ("a\u{202E}b", Err(Sign('\u{202E}', 2))),
            ("ab\u{2067}", Err(Sign('\u{2067}', 3))),
            ("\u{200F}ab", Err(Sign('\u{200F}', 1))),
            ("\u{61C}ab", Err(Sign('\u{61C}', 1))),
            ("a\u{1b}[2J", Err(Sign('\u{1b}', 2))),
            ("a\0b", Err(Sign('\0', 2))),
            ("a\u{9b}2J", Err(Sign('\u{9b}', 2))),
            ("a\u{200B}b", Err(Sign('\u{200B}', 2))),
            ("a\u{FEFF}b", Err(Sign('\u{FEFF}', 2))),
            ("a\u{E0041}b", Err(Sign('\u{E0041}', 2))),
            ("a\u{FE0F}b", Err(Sign('\u{FE0F}', 2))),
            ("a \u{200C}b", Err(Sign('\u{200C}', 3))),
            ("ها\u{200C}\u{200C}", Err(Sign('\u{200C}', 3))),
            ("art\u{200C}", Err(Sign('\u{200C}', 4))),
            ("\u{2800}", Err(Sign('\u{2800}', 1))),
            ("a\u{FDD0}", Err(Sign('\u{FDD0}', 2))),
            ("a\u{1FFFE}", Err(Sign('\u{1FFFE}', 2))),
        ] {
            let longest = if text == "twelve signs" { 11 } else { 40 };
            assert_eq!(
                typed(text, longest).as_deref(),
                kept.as_ref().copied(),
                "{text:?}"
            );
            let whole = kept == Ok(text) || kept == Err(TooLong(11));
            assert_eq!(is_kept_so(text), whole, "{text:?}");
        }
    }

    /// Every sign of the categories that are no writing, by Unicode's own list of bidi controls and
    /// default ignorables, but the two joiners.
    #[test]
    fn no_sign_of_direction_is_taken() {
        let bidi = ['\u{61C}', '\u{200E}', '\u{200F}'];
        let ranges = ['\u{202A}'..='\u{202E}', '\u{2066}'..='\u{2069}'];
        for sign in bidi.into_iter().chain(ranges.into_iter().flatten()) {
            assert!(hidden(sign), "{}", name(sign));
        }
        for sign in ('\0'..=char::MAX).filter(|sign| sign.is_control()) {
            assert!(hidden(sign), "{}", name(sign));
        }
    }

    #[test]
    fn a_terminal_is_told_the_name_of_a_sign() {
        assert_eq!(shown("a\u{1b}[2J\u{202E}b"), "a{U+001B}[2J{U+202E}b");
        assert_eq!(shown("صندوق‌ها"), "صندوق‌ها");
    }
}
