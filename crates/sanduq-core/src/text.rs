//! Digits and spellings. A legal spelling is never overwritten: folding is for comparing and
//! searching only, and its result is never stored as a name.

use crate::names::Locale;
use std::borrow::Cow;
use unicode_normalization::IsNormalized;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::decompose_compatible;
use unicode_normalization::is_nfc_quick;

/// The value of a decimal digit in ASCII, Arabic-Indic (U+0660) or Persian (U+06F0) form.
#[must_use]
pub const fn digit_value(c: char) -> Option<u8> {
    let code = c as u32;
    let value = match code {
        0x30..=0x39 => code - 0x30,
        0x660..=0x669 => code - 0x660,
        0x6F0..=0x6F9 => code - 0x6F0,
        _ => return None,
    };
    Some(value.to_le_bytes()[0])
}

/// `number` in the digits of the reader: ٤٥٦ in Arabic, ۴۵۶ in Persian, 456 otherwise, grouped by
/// thousands with the separator of the language (`٬`, narrow no-break space, `,`).
#[must_use]
pub fn localised(number: u64, locale: Locale) -> String {
    let plain = number.to_string();
    let (zero, separator) = match locale {
        Locale::Ar => (0x660, '\u{66C}'),
        Locale::Fa => (0x6F0, '\u{66C}'),
        Locale::Fr => (0x30, '\u{202F}'),
        Locale::En => (0x30, ','),
    };
    let mut shown = String::with_capacity(plain.len() * 3);
    for (position, digit) in plain.bytes().enumerate() {
        if position > 0 && (plain.len() - position).is_multiple_of(3) {
            shown.push(separator);
        }
        shown.extend(char::from_u32(zero + u32::from(digit - b'0')));
    }
    shown
}

/// A spelling folded for comparison and search: hamza forms to bare alif, `ى` and `ی` to `ي`, `ة`
/// to `ه`, `ک` to `ك`, short vowels, tatweel, zero-width and bidi marks dropped, digits to ASCII,
/// Latin to lower case, runs of other characters to one space. What Unicode holds to be one
/// spelling (UAX #15, NFC) folds alike, and so do the Arabic presentation forms of old files.
#[must_use]
pub fn folded(spelling: &str) -> String {
    let mut out = String::with_capacity(spelling.len());
    let mut gap = false;
    for c in composed(spelling).chars() {
        let kept = match c {
            'أ' | 'إ' | 'آ' | 'ٱ' => 'ا',
            'ى' | 'ی' | 'ئ' => 'ي',
            'ؤ' => 'و',
            'ة' | 'ۀ' => 'ه',
            'ک' => 'ك',
            'ء' | '\u{640}' | '\u{64B}'..='\u{65F}' | '\u{670}' => continue,
            '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' => continue,
            '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' => continue,
            _ => match digit_value(c) {
                Some(value) => char::from(b'0' + value),
                None => c,
            },
        };
        if kept.is_alphanumeric() {
            if gap && !out.is_empty() {
                out.push(' ');
            }
            gap = false;
            out.extend(kept.to_lowercase());
        } else {
            gap = true;
        }
    }
    out
}

/// A spelling in normal form C with plain Arabic letters for their presentation forms; itself where
/// it is that already, as nearly every one is.
fn composed(spelling: &str) -> Cow<'_, str> {
    let is_form = |c| matches!(c, '\u{FB50}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}');
    let is_plain = || {
        let composed = is_nfc_quick(spelling.chars()) == IsNormalized::Yes;
        composed && !spelling.chars().any(is_form)
    };
    if spelling.is_ascii() || is_plain() {
        return spelling.into();
    }
    let mut plain = String::with_capacity(spelling.len());
    for c in spelling.chars() {
        if is_form(c) {
            // A mark that stands alone is a space and the mark.
            let first = plain.len();
            decompose_compatible(c, |c| {
                if c != ' ' || plain.len() > first {
                    plain.push(c);
                }
            });
        } else {
            plain.push(c);
        }
    }
    plain.nfc().collect::<String>().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_shown_in_the_readers_digits() {
        for (number, locale, shown) in [
            (0, Locale::En, "0"),
            (999, Locale::En, "999"),
            (1000, Locale::En, "1,000"),
            (4_560_123, Locale::Ar, "٤٬٥٦٠٬١٢٣"),
            (456, Locale::Fa, "۴۵۶"),
            (12_345, Locale::Fr, "12\u{202F}345"),
        ] {
            assert_eq!(localised(number, locale), shown);
        }
    }

    #[test]
    fn spellings_of_one_name_fold_alike() {
        for (a, b) in [
            ("الحريه والعداله", "الحرية و العدالة"),
            ("أحمد", "احمد"),
            ("علی", "على"),
            ("مُحَمَّد", "محمد"),
            ("کریم", "كريم"),
            ("حزب ۱۲", "حزب ١٢"),
        ] {
            assert_eq!(
                folded(a).replace(' ', ""),
                folded(b).replace(' ', ""),
                "{a} / {b}"
            );
        }
        assert_ne!(folded("سمير"), folded("سمر"));
    }

    #[test]
    fn one_name_in_other_characters_folds_alike() {
        for (plain, other) in [
            ("Алтайский край", "Алтаи\u{306}скии\u{306} край"),
            ("Королёв", "Короле\u{308}в"),
            ("Kébili", "Ke\u{301}bili"),
            ("القاهرة", "ال\u{61C}قاهرة"),
            ("القاهرة", "القا\u{AD}هرة"),
            ("القاهرة", "القا\u{2060}هرة\u{FEFF}"),
            ("أسوان", "ا\u{654}سوان"),
            ("مؤمن", "مو\u{654}من"),
            ("لا إله", "\u{FEFB} \u{FE87}\u{FEDF}\u{FEEA}"),
            ("المنيا", "\u{FE8D}\u{FEDF}\u{FEE4}\u{FEE8}\u{FEF4}\u{FE8E}"),
            ("عبد الله", "عبد \u{FDF2}"),
            ("صلى الله عليه وسلم", "\u{FDFA}"),
            ("محمد", "م\u{FE76}ح\u{FC60}مد"),
        ] {
            assert_eq!(folded(other), folded(plain), "{plain}");
        }
        assert_ne!(folded("Алтайский"), folded("Алтаиский"));
    }

    /// Stores know their units by codes that are made of these.
    #[test]
    fn a_spelling_that_is_in_its_normal_form_folds_to_what_it_always_did() {
        for (spelling, result) in [
            ("ОИК №39", "оик 39"),
            ("m² ½ ﬁn Ａ", "m² ½ ﬁn ａ"),
            ("Kébili-Sud", "kébili sud"),
            ("مُحَمَّد الأوّل", "محمد الاول"),
            ("حزب ۱۲", "حزب 12"),
        ] {
            assert_eq!(folded(spelling), result);
        }
    }
}
