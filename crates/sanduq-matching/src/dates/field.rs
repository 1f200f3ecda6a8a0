//! What stands in a field of a date, before anybody knows in which order.

use sanduq_core::text::digit_value;

/// Three numbers, of which the year is known by its four digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Field {
    pub(crate) year: u32,
    /// The others, in their order.
    pub(crate) rest: [u32; 2],
    pub(crate) year_first: bool,
}

/// Years that somebody on a roll may be born in, in any of the calendars.
fn is_likely(year: u32) -> bool {
    matches!(year, 1200..=1499 | 1800..=2199)
}

impl Field {
    /// Reads `1990-03-31`, `31/3/1990`, `31.03.1990`, `19900331` or `31031990` in digits of any
    /// script, perhaps with a midnight behind it; `None` when it is none of these.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let mut parts = [0u32; 3];
        let mut digits = [0u32; 3];
        let mut part = 0;
        for (at, letter) in text.char_indices() {
            match (digit_value(letter), letter) {
                (Some(digit), _) if digits[part] < 8 => {
                    parts[part] = parts[part] * 10 + u32::from(digit);
                    digits[part] += 1;
                }
                (None, '-' | '/' | '.') if part < 2 => part += 1,
                (None, 'T' | ' ') if is_midnight(&text[at + 1..]) => break,
                _ => return None,
            }
        }
        let [one, two, three] = parts;
        match digits {
            [4, 1..=2, 1..=2] => Self::of([one, two, three], true),
            [1..=2, 1..=2, 4] => Self::of([three, one, two], false),
            [8, 0, 0] if part == 0 => Self::in_one_piece(one),
            _ => None,
        }
    }

    fn of([year, one, two]: [u32; 3], year_first: bool) -> Option<Self> {
        let plausible = (1000..4000).contains(&year)
            && (1..=31).contains(&one.max(two))
            && (1..=12).contains(&one.min(two))
            && (one <= 12 || !year_first);
        plausible.then_some(Self {
            year,
            rest: [one, two],
            year_first,
        })
    }

    /// Eight digits: the year stands where a likely one does.
    fn in_one_piece(digits: u32) -> Option<Self> {
        let first = [digits / 10_000, digits / 100 % 100, digits % 100];
        let last = [digits % 10_000, digits / 1_000_000, digits / 10_000 % 100];
        let first = Self::of(first, true);
        let last = Self::of(last, false);
        let likely = |field: &Option<Self>| field.is_some_and(|field| is_likely(field.year));
        if likely(&first) || !likely(&last) {
            first.or(last)
        } else {
            last
        }
    }
}

/// Whether this is a day whose year is written with two digits, so that nobody knows the century:
/// `31/3/90`, `90-03-31` or `310390`.
pub(crate) fn has_short_year(text: &str) -> bool {
    let is_part = |part: &str, most: usize| {
        let digits = part.chars().filter(|one| digit_value(*one).is_some());
        let letters = part.chars().count();
        letters == digits.count() && (1..=most).contains(&letters)
    };
    let text = text.trim();
    let parts: Vec<&str> = text.split(['-', '/', '.']).collect();
    match parts.as_slice() {
        [whole] => whole.chars().count() == 6 && is_part(whole, 6),
        [one, two, three] => [one, two, three].iter().all(|part| is_part(part, 2)),
        _ => false,
    }
}

/// Whether this is a year in which somebody on a roll may be born, and no day: `1990`, or with
/// zeros in the places of month and day.
pub(crate) fn is_only_year(text: &str) -> bool {
    let digits: Option<Vec<u8>> = text
        .trim()
        .chars()
        .filter(|letter| !matches!(letter, '-' | '/' | '.'))
        .map(digit_value)
        .collect();
    let Some(digits) = digits else {
        return false;
    };
    let zeros = |digits: &[u8]| digits.iter().all(|digit| *digit == 0);
    let year = |digits: &[u8]| {
        digits
            .iter()
            .fold(0, |year, digit| year * 10 + u32::from(*digit))
    };
    let first = digits.split_at_checked(4);
    let last = digits.len().checked_sub(4).map(|at| digits.split_at(at));
    let first = first.is_some_and(|(one, rest)| is_likely(year(one)) && zeros(rest));
    first || last.is_some_and(|(rest, one)| is_likely(year(one)) && zeros(rest))
}

/// Whether this is the hour that programs write behind a date which has none. Behind any other hour
/// the day may be the one before, where the clock stood west.
fn is_midnight(text: &str) -> bool {
    let shape = |letter: char| digit_value(letter) == Some(0) || matches!(letter, ':' | '.' | 'Z');
    text.contains(':') && text.chars().all(shape)
}
