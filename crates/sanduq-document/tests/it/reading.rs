//! What is read back from a PDF. `pdftotext` gives lines in logical order, but what one glyph
//! stands for comes out backwards: the two letters of a lam-alef, a letter and the ZWNJ before it;
//! a letter with its marks comes out once more, and punctuation anywhere. [`readable`] says how a
//! text is read back, so that texts can be compared letter by letter; ZWNJ and marks are counted
//! apart.

use crate::folder::poppler;
use sanduq_core::names::Locale;
use std::path::Path;

const ALEFS: [char; 4] = ['ا', 'أ', 'إ', 'آ'];

/// Letters that are set above others, or join nothing: they do not count when texts are compared.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{64B}'..='\u{655}' | '\u{670}' | '\u{200C}')
}

/// A text as it is read back, its letters with marks so many times.
pub fn readable(text: &str, times: usize) -> String {
    let letters: Vec<char> = text.chars().collect();
    let mut read = String::new();
    let mut at = 0;
    while let Some(letter) = letters.get(at) {
        let marks = letters[at + 1..]
            .iter()
            .take_while(|c| matches!(c, '\u{64B}'..='\u{655}'));
        let marks = marks.count();
        let next = letters.get(at + 1).copied().unwrap_or(' ');
        if *letter == 'ل' && ALEFS.contains(&next) {
            read.extend([next, 'ل']);
            at += 2;
        } else if marks > 0 {
            read.extend(core::iter::repeat_n(*letter, times));
            at += 1 + marks;
        } else {
            read.push(*letter);
            at += 1;
        }
    }
    plain(&read)
}

/// A text without marks and ZWNJ, a space for all that is no letter, digit or part of a code.
pub fn plain(text: &str) -> String {
    let kept = text.chars().filter(|c| !is_mark(*c));
    let part = |c: char| c.is_alphanumeric() || "-_/+'’=<>≤".contains(c);
    let kept: String = kept.map(|c| if part(c) { c } else { ' ' }).collect();
    kept.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The text of a PDF: as it flows, and line by line as it stands.
pub struct Read {
    /// All of it.
    pub flow: String,
    /// Each line, cells apart.
    pub lines: Vec<String>,
    /// As Poppler gave it.
    pub raw: String,
}

impl Read {
    /// Reads a PDF; none where Poppler is not installed.
    pub fn of(file: &Path) -> Option<Self> {
        let raw = poppler("pdftotext", &[], file)?;
        let lines = poppler("pdftotext", &["-layout"], file)?;
        Some(Self {
            flow: plain(&raw),
            lines: lines.lines().map(plain).collect(),
            raw,
        })
    }

    /// Whether it has this text, wherever its lines were broken.
    pub fn has(&self, text: &str) -> bool {
        let mut readings = [1, 2].map(|times| readable(text, times)).into_iter();
        readings.any(|text| self.flow.contains(&text))
    }

    /// Whether a line has all these words, each by itself.
    pub fn has_line(&self, words: &[&str]) -> bool {
        let has = |line: &String| {
            let own: Vec<&str> = line.split(' ').collect();
            words.iter().all(|word| own.contains(word))
        };
        self.lines.iter().any(has)
    }

    /// The words that are figures in the digits of a language.
    pub fn figures(&self, locale: Locale) -> Vec<&str> {
        let is_figure = |word: &&str| word.chars().all(|c| digits(locale).contains(c));
        let words = self.flow.split(' ');
        words
            .filter(|word| !word.is_empty())
            .filter(is_figure)
            .collect()
    }
}

/// The digits of a language.
pub const fn digits(locale: Locale) -> &'static str {
    match locale {
        Locale::Ar => "٠١٢٣٤٥٦٧٨٩",
        Locale::Fa => "۰۱۲۳۴۵۶۷۸۹",
        Locale::Fr | Locale::En => "0123456789",
    }
}

/// A figure in the digits of a language.
pub fn figure(number: u64, locale: Locale) -> String {
    let own: Vec<char> = digits(locale).chars().collect();
    let digits = number.to_string();
    let digits = digits.bytes().map(|byte| own[usize::from(byte - b'0')]);
    digits.collect()
}

#[test]
fn a_text_is_read_back_as_poppler_gives_it() {
    for (written, read) in [
        ("الأصوات", "األصوات"),
        ("صورت‌جلسه", "صورتجلسه"),
        ("السَّلام", "السالم"),
        ("النسخة: ٢، (ب)", "النسخة ٢ ب"),
        ("valid  votes", "valid votes"),
    ] {
        assert_eq!(readable(written, 1), read);
    }
}
