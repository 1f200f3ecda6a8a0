//! What pens and keyboards make of a part of a name, each a function of the text and of the place
//! where it happens. Places are letters from 0; beyond the end nothing changes.

/// Letters that are mistaken for one another.
const CONFUSED: [&str; 19] = [
    "بتثني",
    "جحخ",
    "دذ",
    "رز",
    "سش",
    "صض",
    "طظ",
    "عغ",
    "فق",
    "هة",
    "وؤ",
    "ىيئ",
    "اأإآ",
    "كگ",
    "تط",
    "سص",
    "هح",
    "ذزظض",
    "قغ",
];
/// Letters that a finger may strike.
pub const LETTERS: &str = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي";
/// Marks that are written above and below letters.
pub const MARKS: &str = "\u{64b}\u{64c}\u{64d}\u{64e}\u{64f}\u{650}\u{651}\u{652}";

/// A seat of hamza without it: أحمد as احمد.
#[must_use]
pub fn bare_hamza(text: &str) -> String {
    text.replace(['أ', 'إ', 'آ'], "ا")
}

/// The first hamza below its seat: أحمد as إحمد.
#[must_use]
pub fn hamza_below(text: &str) -> String {
    text.replacen('أ', "إ", 1)
}

/// The last letter put for its likeness: ة and ه, ي and ى.
#[must_use]
pub fn last_letter(text: &str) -> String {
    let put =
        |last: char, other: &str| text.strip_suffix(last).map(|stem| format!("{stem}{other}"));
    let changed = put('ة', "ه").or_else(|| put('ه', "ة"));
    let changed = changed.or_else(|| put('ي', "ى").or_else(|| put('ى', "ي")));
    changed.unwrap_or_else(|| text.to_owned())
}

/// A name of two words that is written as one, as two: عبدالله as عبد الله, أبوبكر as أبو بكر,
/// سيفالدين as سيف الدين.
#[must_use]
pub fn parted(text: &str) -> String {
    let after = |first: &str, from: &str| {
        let rest = text.strip_prefix(first)?;
        let long = rest.starts_with(from) && !rest.starts_with(' ') && rest.chars().count() > 1;
        long.then(|| format!("{first} {rest}"))
    };
    let found = after("عبد", "ال")
        .or_else(|| after("ابو", ""))
        .or_else(|| after("أبو", ""));
    let stem = text
        .strip_suffix("الدين")
        .filter(|stem| stem.chars().count() > 1 && !stem.ends_with(' '));
    let found = found.or_else(|| stem.map(|stem| format!("{stem} الدين")));
    found.unwrap_or_else(|| text.to_owned())
}

/// The words of a name with something else between them.
#[must_use]
pub fn joined(text: &str, between: &str) -> String {
    text.replace(' ', between)
}

/// Without the article: الشافعي as شافعي.
#[must_use]
pub fn without_article(text: &str) -> String {
    match text.strip_prefix("ال") {
        Some(rest) if rest.chars().count() > 2 => rest.to_owned(),
        _ => text.to_owned(),
    }
}

/// With a mark, or anything else, before the letter at a place.
#[must_use]
pub fn inserted(text: &str, at: usize, what: &str) -> String {
    match text.char_indices().nth(at) {
        Some((byte, _)) => format!("{}{what}{}", &text[..byte], &text[byte..]),
        None => text.to_owned(),
    }
}

/// With a mark behind every letter but the last.
#[must_use]
pub fn vowelled(text: &str, mut mark: impl FnMut() -> char) -> String {
    let mut letters = text.chars().peekable();
    let mut written = String::with_capacity(text.len() * 2);
    while let Some(letter) = letters.next() {
        written.push(letter);
        if letter != ' ' && letters.peek().is_some_and(|next| *next != ' ') {
            written.push(mark());
        }
    }
    written
}

/// What a letter is mistaken for.
#[must_use]
pub fn mistaken(letter: char) -> String {
    let sets = CONFUSED.iter().filter(|set| set.contains(letter));
    let others = sets
        .flat_map(|set| set.chars())
        .filter(|other| *other != letter);
    others.collect()
}

/// With another letter at a place.
#[must_use]
pub fn replaced(text: &str, at: usize, by: char) -> String {
    let put = |(i, letter)| if i == at { by } else { letter };
    text.chars().enumerate().map(put).collect()
}

/// Without the letter at a place.
#[must_use]
pub fn dropped(text: &str, at: usize) -> String {
    let kept = text.chars().enumerate().filter(|(i, _)| *i != at);
    kept.map(|(_, letter)| letter).collect()
}

/// The letter at a place twice.
#[must_use]
pub fn doubled(text: &str, at: usize) -> String {
    let times = |(i, letter)| core::iter::repeat_n(letter, if i == at { 2 } else { 1 });
    text.chars().enumerate().flat_map(times).collect()
}

/// The letter at a place and the one behind it the other way round.
#[must_use]
pub fn exchanged(text: &str, at: usize) -> String {
    let mut letters: Vec<char> = text.chars().collect();
    if at + 1 < letters.len() {
        letters.swap(at, at + 1);
    }
    letters.into_iter().collect()
}

/// The keyboard of another language: its kaf, and with `ya` its ya too.
#[must_use]
pub fn persian_keyboard(text: &str, ya: bool) -> String {
    let letter = |letter| match letter {
        'ك' => 'ک',
        'ي' | 'ى' if ya => 'ی',
        other => other,
    };
    text.chars().map(letter).collect()
}

/// The Arabic kaf and ya in Persian.
#[must_use]
pub fn arabic_keyboard(text: &str) -> String {
    let letter = |letter| match letter {
        'ک' => 'ك',
        'ی' => 'ي',
        other => other,
    };
    text.chars().map(letter).collect()
}

/// Digits as a script writes them, `zero` being its nought.
#[must_use]
pub fn digits(text: &str, zero: char) -> String {
    let digit = |letter: char| {
        let value = letter.to_digit(10)?;
        char::from_u32(u32::from(zero) + value)
    };
    text.chars()
        .map(|letter| digit(letter).unwrap_or(letter))
        .collect()
}

/// In Latin letters, one letter after the other, a capital first.
#[must_use]
pub fn latin(text: &str) -> String {
    let mut written = String::with_capacity(text.len());
    for word in text.split(' ') {
        let from = written.len();
        if from > 0 {
            written.push(' ');
        }
        let begins = written.len();
        written.extend(word.chars().map(latin_letter));
        if let Some(first) = written.get_mut(begins..begins + 1) {
            first.make_ascii_uppercase();
        }
    }
    written
}

const fn latin_letter(letter: char) -> &'static str {
    match letter {
        'ا' | 'أ' | 'آ' | 'ع' | 'ة' | 'ى' => "a",
        'إ' | 'ئ' => "e",
        'ب' => "b",
        'ت' | 'ط' => "t",
        'ث' => "th",
        'ج' | 'گ' => "g",
        'ح' | 'ه' => "h",
        'خ' => "kh",
        'د' | 'ض' => "d",
        'ذ' | 'ز' | 'ظ' => "z",
        'ر' => "r",
        'س' | 'ص' => "s",
        'ش' => "sh",
        'غ' => "gh",
        'ف' => "f",
        'ق' | 'ك' | 'ک' => "k",
        'ل' => "l",
        'م' => "m",
        'ن' => "n",
        'و' | 'ؤ' => "o",
        'ي' | 'ی' => "y",
        'پ' => "p",
        'چ' => "ch",
        'ژ' => "zh",
        _ => "",
    }
}

#[cfg(test)]
mod tests;
