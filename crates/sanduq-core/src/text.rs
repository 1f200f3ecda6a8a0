//! Digits and spellings. A legal spelling is never overwritten: folding is for comparing and
//! searching only, and its result is never stored as a name.

use crate::names::Locale;

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
/// Latin to lower case, runs of other characters to one space.
#[must_use]
pub fn folded(spelling: &str) -> String {
    let mut out = String::with_capacity(spelling.len());
    let mut gap = false;
    for c in spelling.chars() {
        let kept = match c {
            'أ' | 'إ' | 'آ' | 'ٱ' => 'ا',
            'ى' | 'ی' | 'ئ' => 'ي',
            'ؤ' => 'و',
            'ة' | 'ۀ' => 'ه',
            'ک' => 'ك',
            'ء' | '\u{640}' | '\u{64B}'..='\u{65F}' | '\u{670}' => continue,
            '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => continue,
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
}
