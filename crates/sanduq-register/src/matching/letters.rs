//! Letters of a name as single bytes: one spelling for what a clerk's keyboard writes in many.
//!
//! The legal spelling stays where it is; what is made here is a key for comparing.

use std::borrow::Cow;
use unicode_normalization::char::decompose_compatible;

/// The longest key; what stands after it adds nothing to a comparison.
pub const LONGEST: usize = 40;
/// Code of the Latin letter `a`; the others follow. Arabic letters stand below it.
pub const LATIN_A: u8 = 40;
/// Code of the digit 0; the others follow.
pub const DIGIT_0: u8 = 70;
/// Code of alef.
pub const ALEF: u8 = 1;
/// Code of lam.
pub const LAM: u8 = 23;

/// Code of a hamza that ends a name: علاء is another name than علا, though a clerk often drops it.
pub const HAMZA: u8 = 34;

/// Letters of Arabic and Persian in the order of their codes, from 1.
const ARABIC: &str = "ابتثجحخدذرزسشصضطظعغفقكلمنهويپچژگ";
/// The hamza without a carrier; elsewhere than at the end it is not written in a key.
const BARE_HAMZA: char = 'ء';

/// Letters that another code point writes: the keyboard of another office or language.
const ALIKE: &[(char, char)] = &[
    ('ٱ', 'ا'),
    ('ى', 'ي'),
    ('ی', 'ي'),
    ('ې', 'ي'),
    ('ے', 'ي'),
    ('ة', 'ه'),
    ('ۀ', 'ه'),
    ('ہ', 'ه'),
    ('ۃ', 'ه'),
    ('ھ', 'ه'),
    ('ە', 'ه'),
    ('ک', 'ك'),
    ('ڪ', 'ك'),
];
/// Letters of other languages and of loanwords, each group with the letter that most keyboards have
/// in its place.
const FURTHER: &[(&str, char)] = &[
    ("ٲٳ", 'ا'),
    ("ٻڀ", 'ب'),
    ("ڦ", 'پ'),
    ("ټٹٺٽٿ", 'ت'),
    ("ځڃڄ", 'ج'),
    ("ڇڿ", 'چ'),
    ("ڂ", 'ح'),
    ("څ", 'خ'),
    ("ډڈڊڋڌڍ", 'د'),
    ("ڎڏڐ", 'ذ'),
    ("ڕڔړڑڒ", 'ر'),
    ("ږڗڙ", 'ژ'),
    ("ڛ", 'س'),
    ("ښڜ", 'ش'),
    ("ڝ", 'ص'),
    ("ڞ", 'ض'),
    ("ڟ", 'ظ'),
    ("ڠ", 'غ'),
    ("ڤڢڥڡڣ", 'ف'),
    ("ڧڨ", 'ق'),
    ("ػؼ", 'ك'),
    ("ڬڭڮګڰڱڲڳڴ", 'گ'),
    ("ڵڶڷڸ", 'ل'),
    ("ڹںڻڼڽ", 'ن'),
    ("ۄۅۆۇۈۉۊۋۏ", 'و'),
    ("ؠؽؾؿۍێۑ", 'ي'),
];
/// Forms of gaf in the block of further Arabic letters.
const GAFS: [char; 2] = ['\u{762}', '\u{763}'];

/// Turns text into codes; a code of 0 drops the letter.
pub struct Alphabet {
    arabic: [u8; 256],
}

impl Default for Alphabet {
    fn default() -> Self {
        let mut arabic = [0; 256];
        for (code, letter) in (1u8..).zip(ARABIC.chars()) {
            arabic[low(letter)] = code;
        }
        arabic[low(BARE_HAMZA)] = HAMZA;
        for (from, to) in ALIKE {
            arabic[low(*from)] = arabic[low(*to)];
        }
        for (letters, to) in FURTHER {
            for letter in letters.chars() {
                arabic[low(letter)] = arabic[low(*to)];
            }
        }
        for (digit, code) in (DIGIT_0..DIGIT_0 + 10).enumerate() {
            arabic[0x60 + digit] = code;
            arabic[0xf0 + digit] = code;
        }
        Self { arabic }
    }
}

/// The place of a letter inside the Arabic block of 256 code points.
fn low(letter: char) -> usize {
    letter as usize & 0xff
}

impl Alphabet {
    /// The key of a text: letters and digits as codes, spaces, signs and vowels left out.
    pub fn key(&self, text: &str, key: &mut Vec<u8>) {
        key.clear();
        let mut hamza = false;
        let mut take = |code: u8| {
            hamza = code == HAMZA;
            if !hamza {
                key.push(code);
            }
        };
        for letter in text.chars() {
            match self.code(letter) {
                Some(code) => take(code),
                None if letter.is_ascii() => {}
                None => decompose_compatible(letter, |part| {
                    self.code(part).into_iter().for_each(&mut take);
                }),
            }
        }
        if hamza {
            key.push(HAMZA);
        }
        key.truncate(LONGEST);
    }

    /// A name in one script: where two Arabic letters or more stand in it the Latin ones are left
    /// out, an initial or the same name in brackets; where there is but one, the Arabic one is,
    /// which a hand on the wrong keyboard wrote.
    #[must_use]
    pub fn of_one_script<'a>(&self, name: &'a str) -> Cow<'a, str> {
        let any = name.bytes().any(|byte| byte.is_ascii_alphabetic());
        if !any || name.is_ascii() {
            return Cow::Borrowed(name);
        }
        let mut key = Vec::new();
        let mut is_arabic = |letter: char| {
            self.key(letter.encode_utf8(&mut [0; 4]), &mut key);
            let code = key.first().filter(|code| **code < DIGIT_0);
            code.map(|code| *code < LATIN_A)
        };
        let arabic = name.chars().filter(|one| is_arabic(*one) == Some(true));
        let keeps = match arabic.count() {
            0 => return Cow::Borrowed(name),
            count => count >= 2,
        };
        let stays = |letter: &char| is_arabic(*letter).is_none_or(|arabic| arabic == keeps);
        Cow::Owned(name.chars().filter(stays).collect())
    }

    fn code(&self, letter: char) -> Option<u8> {
        let code = match letter {
            'a'..='z' => LATIN_A + (letter as u8 - b'a'),
            'A'..='Z' => LATIN_A + (letter as u8 - b'A'),
            '0'..='9' => DIGIT_0 + (letter as u8 - b'0'),
            '\u{600}'..='\u{6ff}' => self.arabic[low(letter)],
            _ if GAFS.contains(&letter) => self.arabic[low('گ')],
            _ => 0,
        };
        (code > 0).then_some(code)
    }
}

/// Whether a key is written in Latin letters, and in no others.
#[must_use]
pub fn is_latin(key: &[u8]) -> bool {
    let latin = |code: &u8| (LATIN_A..DIGIT_0).contains(code);
    key.first().is_some_and(latin) && key.iter().all(|code| *code >= LATIN_A)
}

/// The key without the article ال, where enough of the name is left.
#[must_use]
pub fn without_article(key: &[u8]) -> &[u8] {
    match key {
        [ALEF, LAM, rest @ ..] if rest.len() >= 3 => rest,
        _ => key,
    }
}

/// The key without the article, and without a hamza at the end.
#[must_use]
pub fn bare(key: &[u8]) -> &[u8] {
    let key = without_article(key);
    key.strip_suffix(&[HAMZA]).unwrap_or(key)
}

/// Consonants that Latin writes for each Arabic letter, from code 1; 0 is not written.
/// Classes: 1 b, 2 t, 3 d, 4 g, 5 sh, 6 k, 7 kh, 8 h, 9 r, 10 z, 11 s, 12 f, 13 l, 14 m, 15 n.
const ARABIC_CLASS: [u8; 33] = [
    0, 0, 1, 2, 2, 4, 8, 7, 3, 10, 9, 10, 11, 5, 11, 3, 2, 10, 0, 4, 12, 6, 6, 13, 14, 15, 8, 0, 0,
    1, 5, 10, 4,
];
/// Classes of the Latin letters from a.
const LATIN_CLASS: [u8; 26] = [
    0, 1, 6, 3, 0, 12, 4, 8, 0, 4, 6, 13, 14, 15, 0, 1, 6, 9, 11, 2, 0, 12, 0, 6, 0, 10,
];
const H: u8 = 8;
const L: u8 = 13;

/// The consonants of a name, four bits each, the same in Arabic and in Latin letters.
#[must_use]
pub fn skeleton(key: &[u8]) -> u64 {
    let mut classes = Vec::with_capacity(16);
    if is_latin(key) {
        latin_classes(key, &mut classes)
    } else {
        arabic_classes(key, &mut classes)
    }
    classes
        .iter()
        .take(16)
        .fold(0, |packed, class| packed << 4 | u64::from(*class))
}

fn arabic_classes(key: &[u8], classes: &mut Vec<u8>) {
    let key = without_article(key);
    for (place, code) in key.iter().enumerate() {
        let class = ARABIC_CLASS.get(usize::from(*code)).copied().unwrap_or(0);
        let last = place + 1 == key.len();
        let doubled_lam = class == L && place > 0 && key[place - 1] == *code;
        if class > 0 && !(last && class == H) && !doubled_lam {
            classes.push(class);
        }
    }
}

fn latin_classes(key: &[u8], classes: &mut Vec<u8>) {
    let letter = |place: usize| {
        key.get(place)
            .map_or(b' ', |code| b'a' + (code - LATIN_A) % 26)
    };
    let vowel = |place: usize| matches!(letter(place), b'a' | b'e' | b'i' | b'o' | b'u');
    let article = key.len() > 3 && vowel(0) && letter(1) == b'l' && !vowel(2) && letter(2) != b'l';
    let mut place = if article { 2 } else { 0 };
    while place < key.len() {
        let pair = (letter(place), letter(place + 1));
        let (class, taken) = match pair {
            (b's' | b'c', b'h') => (5, 2),
            (b'k', b'h') => (7, 2),
            (b'g', b'h') => (4, 2),
            (b't', b'h') => (2, 2),
            (b'd' | b'z', b'h') => (10, 2),
            (first, second) => {
                let class = LATIN_CLASS
                    .get(usize::from(first - b'a'))
                    .copied()
                    .unwrap_or(0);
                (class, if first == second { 2 } else { 1 })
            }
        };
        place += taken;
        if class > 0 && !(class == H && place >= key.len()) {
            classes.push(class);
        }
    }
}

#[cfg(test)]
mod tests;
