//! Every rule of the key is a row here, with where it comes from; and what holds for any text.

use super::*;
use proptest::prelude::*;

fn key(text: &str) -> Vec<u8> {
    let mut key = Vec::new();
    Alphabet::default().key(text, &mut key);
    key
}

/// A spelling of a key in plain letters.
fn spelling(key: &[u8]) -> String {
    key.iter()
        .filter_map(|code| match code {
            &HAMZA => Some(BARE_HAMZA),
            1..LATIN_A => ARABIC.chars().nth(usize::from(*code) - 1),
            LATIN_A..DIGIT_0 => Some(char::from(b'a' + code - LATIN_A)),
            _ => Some(char::from(b'0' + code - DIGIT_0)),
        })
        .collect()
}

/// Apache Lucene, `ArabicNormalizer`.
const ARABIC_RULES: &str = "Lucene ArabicNormalizer";
/// Apache Lucene, `PersianNormalizer`.
const PERSIAN_RULES: &str = "Lucene PersianNormalizer";
/// The Unicode Standard: compatibility decomposition (UAX #15), decimal digits, default ignorables.
const UNICODE: &str = "Unicode";
/// What clerks of rolls write, as measured on misspellings of names (egy-names).
const ROLLS: &str = "misspellings in rolls";

const RULES: &[(&str, &str, &str, &str)] = &[
    ("alef with hamza above", "أحمد", "احمد", ARABIC_RULES),
    ("alef with hamza below", "إبراهيم", "ابراهيم", ARABIC_RULES),
    ("alef with madda", "آمنة", "امنه", ARABIC_RULES),
    ("alef wasla", "ٱحمد", "احمد", UNICODE),
    ("alef maksura", "مصطفى", "مصطفي", ARABIC_RULES),
    ("ta marbuta", "فاطمة", "فاطمه", ARABIC_RULES),
    ("waw with hamza", "مؤمن", "مومن", ROLLS),
    ("ya with hamza", "رائد", "رايد", ROLLS),
    ("hamza alone inside", "رءوف", "روف", ROLLS),
    ("hamza before another word", "علاء الدين", "علا الدين", ROLLS),
    ("fatha, damma, kasra, shadda", "مُحَمَّد", "محمد", ARABIC_RULES),
    ("tanwin", "عطاً", "عطا", ARABIC_RULES),
    ("dagger alef", "رحمٰن", "رحمن", UNICODE),
    (
        "hamza above as a mark",
        "ا\u{654}حمد",
        "احمد",
        PERSIAN_RULES,
    ),
    ("madda as a mark", "ا\u{653}منة", "امنه", UNICODE),
    ("tatweel", "محـــمد", "محمد", ARABIC_RULES),
    ("Persian ya", "علی", "علي", PERSIAN_RULES),
    ("ya barree", "علے", "علي", PERSIAN_RULES),
    ("Pashto ya", "علې", "علي", UNICODE),
    ("keheh", "کریم", "كريم", PERSIAN_RULES),
    ("swash kaf", "ڪريم", "كريم", UNICODE),
    ("heh with ya above", "خانۀ", "خانه", PERSIAN_RULES),
    ("heh goal", "ہدى", "هدي", PERSIAN_RULES),
    ("ta marbuta goal", "فاطمۃ", "فاطمه", UNICODE),
    ("heh doachashmee", "ھدى", "هدي", UNICODE),
    ("Uyghur heh", "فاطمە", "فاطمه", UNICODE),
    ("presentation forms", "ﻣﺤﻤﺪ", "محمد", UNICODE),
    ("ligature of lam and alef", "ﻻشين", "لاشين", UNICODE),
    (
        "ligature of the name of God",
        "عبد\u{fdf2}",
        "عبدالله",
        UNICODE,
    ),
    ("space in a compound", "عبد الله", "عبدالله", ROLLS),
    ("space behind abu", "أبو بكر", "ابوبكر", ROLLS),
    ("space before al-din", "نور الدين", "نورالدين", ROLLS),
    ("several spaces", "  علي   حسن ", "عليحسن", ROLLS),
    ("no-break space", "عبد\u{a0}الله", "عبدالله", UNICODE),
    ("zero-width non-joiner", "رضا\u{200c}علی", "رضاعلي", UNICODE),
    (
        "zero-width joiner and marks",
        "علي\u{200d}\u{200f}\u{61c}",
        "علي",
        UNICODE,
    ),
    ("byte-order mark", "\u{feff}علي", "علي", UNICODE),
    ("full stop and hyphen", "عبد-الله.", "عبدالله", ROLLS),
    ("Arabic-Indic digits", "شارع ٤٥٦", "شارع 456", UNICODE),
    ("Persian digits", "خیابان ۴۵۶", "خيابان 456", UNICODE),
    ("capitals", "MOHAMED", "mohamed", UNICODE),
    ("accents", "José Élodie", "jose elodie", UNICODE),
    ("full-width letters", "Ａｌｉ", "ali", UNICODE),
    ("the v of loanwords", "ڤيكتور", "فيكتور", LOAN),
    ("the g of Tunis", "ڨفصة", "قفصه", LOAN),
    ("the g of Rabat", "ڭنون", "گنون", LOAN),
    ("the g of Rabat above", "\u{763}نون", "گنون", LOAN),
    ("Kurdish letters", "ڕۆژێن ڵانه", "روژين لانه", KURDISH),
    (
        "Pashto letters",
        "ښاد ډاډ ټول ړنا ڼ څ ځ",
        "شاد داد تول رنا ن خ ج",
        UNICODE,
    ),
    ("Urdu letters", "ٹیڈڑں", "تيدرن", UNICODE),
];

/// Letters of loanwords in Arabic, with those that most keyboards have in their place.
const LOAN: &str = "Unicode, Arabic letters for European and Maghreb sounds";
/// Letters of Kurdish in Arabic script.
const KURDISH: &str = "Unicode, Arabic letters of Kurdish";

#[test]
fn a_name_is_in_one_script() {
    let alphabet = Alphabet::default();
    for (written, kept) in [
        ("M محمد", " محمد"),
        ("M.محمد", ".محمد"),
        ("محمد M", "محمد "),
        ("(Mohamed) محمد", "() محمد"),
        ("St. جورج", ". جورج"),
        ("Al-سيد", "-سيد"),
        ("Shahinي", "Shahin"),
        ("Éloïse ي", "Éloïse "),
        ("Aliء", "Ali"),
        ("A علاء", " علاء"),
        ("محمد 2", "محمد 2"),
        ("Ali2", "Ali2"),
        ("José", "José"),
        ("علي", "علي"),
        ("", ""),
    ] {
        assert_eq!(alphabet.of_one_script(written), kept, "{written}");
        assert_eq!(alphabet.of_one_script(kept), kept, "{kept}: once is enough");
    }
}

#[test]
fn no_letter_of_a_name_in_arabic_script_is_lost() {
    // Every letter of the block that a language writes names with; marks and signs are none.
    for letter in ('\u{620}'..='\u{64a}').chain('\u{671}'..='\u{6d3}') {
        // A hamza without a carrier is no letter of its own unless it ends a name.
        let mark = matches!(letter, 'ء' | '\u{640}' | '\u{674}');
        if letter.is_alphabetic() && !mark {
            assert_eq!(key(&letter.to_string()).len(), 1, "{letter}");
        }
    }
}

#[test]
fn one_name_has_one_key_however_it_is_written() {
    for (rule, written, plain, source) in RULES {
        assert_eq!(key(written), key(plain), "{rule} ({source})");
        assert_ne!(written, plain, "{rule}: a rule changes something");
        assert!(!key(plain).is_empty(), "{rule}");
    }
}

#[test]
fn letters_that_tell_names_apart_stay_apart() {
    for (one, other) in [
        ("حسن", "حسين"),
        ("چمن", "جمن"),
        ("پری", "بری"),
        ("ژاله", "زاله"),
        ("گلی", "كلي"),
        ("سمير", "سمر"),
        ("علي", "عليا"),
        ("علا", "علاء"),
        ("هنا", "هناء"),
    ] {
        assert_ne!(key(one), key(other), "{one} {other}");
    }
}

#[test]
fn a_name_has_the_same_consonants_in_both_scripts() {
    for (arabic, latin) in [
        ("محمد", "Mohamed"),
        ("عبدالرحمن", "Abdel Rahman"),
        ("السيد", "El-Sayed"),
        ("عبدالله", "Abdallah"),
        ("خالد", "KHALED"),
        ("فاطمة", "Fatmah"),
        ("علاء", "Alaa"),
        ("مصطفى", "Mostafa"),
    ] {
        assert_eq!(
            skeleton(&key(arabic)),
            skeleton(&key(latin)),
            "{arabic} {latin}"
        );
    }
    assert_ne!(skeleton(&key("حسن")), skeleton(&key("Khaled")));
}

proptest! {
    #[test]
    fn no_two_scripts_end_a_run(name in "[a-zA-Zء-ي0-9 .()-]{0,12}") {
        let mixed = key(&name);
        let _ = (skeleton(&mixed), is_latin(&mixed));
        let one = Alphabet::default().of_one_script(&name).into_owned();
        let one = key(&one);
        let letters = |arabic: bool| {
            let of = move |code: &&u8| **code < DIGIT_0 && (**code < LATIN_A) == arabic;
            one.iter().filter(of).count()
        };
        prop_assert!(letters(true) == 0 || letters(false) == 0, "{name}");
    }
}

/// Names of letters that the rules know, and of some that they do not.
fn name() -> impl Strategy<Value = String> {
    prop_oneof![
        "[ء-ي]{0,12}",
        "[آ-یپچژگکۀہھٱ ]{0,12}",
        "[a-zA-Zéüç '-]{0,12}",
        "[ﺀ-ﻼ]{0,6}",
        "\\PC{0,10}",
    ]
}

proptest! {
    #[test]
    fn a_key_is_its_own_key(name in name()) {
        let once = key(&name);
        prop_assert_eq!(key(&spelling(&once)), once);
    }

    #[test]
    fn vowels_and_invisible_marks_change_nothing_wherever_they_stand(
        name in "[ا-ي]{1,10}",
        marks in prop::collection::vec((0usize..20, 0usize..9), 0..6),
    ) {
        const MARKS: [char; 9] = [
            '\u{64b}', '\u{64e}', '\u{651}', '\u{652}', '\u{670}', '\u{640}', '\u{200c}',
            '\u{200f}', ' ',
        ];
        let mut letters: Vec<char> = name.chars().collect();
        for (place, mark) in marks {
            letters.insert(place % (letters.len() + 1), MARKS[mark]);
        }
        prop_assert_eq!(key(&letters.iter().collect::<String>()), key(&name));
    }

    #[test]
    fn parts_written_together_or_apart_have_one_key(one in name(), other in name()) {
        // A hamza ends the whole name or none.
        let letters = |key: Vec<u8>| key.into_iter().filter(|code| *code != HAMZA);
        let both = [&one, &other].into_iter();
        let apart: Vec<u8> = both.flat_map(|name| letters(key(name))).collect();
        let together: Vec<u8> = letters(key(&format!("{one} {other}"))).collect();
        let short = &apart[..apart.len().min(LONGEST)];
        prop_assert_eq!(&together[..together.len().min(short.len())], short);
    }
}
