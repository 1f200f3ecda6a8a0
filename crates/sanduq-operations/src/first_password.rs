//! The password that somebody else made, and the one that a person chooses. (NIST SP 800-63B
//! section 3.1.1: length counts, commonest passwords are refused, no rules of composition.)
//!
//! ```text
//! enrolled or reset ─▶ first password ── one log-in, in time ─▶ own password
//!                           └── used, or its time has passed ─▶ reset
//! ```

use jiff::SignedDuration;
use jiff::Timestamp;
use sanduq_core::id::ActorId;
use sanduq_core::refusal::Refusal;
use sanduq_core::text::digit_value;

/// How long a first password is good for one log-in: over a weekend.
pub const GOOD_FOR: SignedDuration = SignedDuration::from_hours(72);
/// The fewest characters of one's own password.
pub const FEWEST: usize = 12;
/// The most characters of one's own password.
pub const MOST: usize = 128;

/// Until when a first password that is given at `at` is good.
#[must_use]
pub fn good_until(at: Timestamp) -> Timestamp {
    at + GOOD_FOR
}

/// How far the first password of an account is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct First {
    /// Until when it is good.
    pub until: Timestamp,
    /// Whether somebody has logged in with it.
    pub used: bool,
}

impl First {
    /// A first password that is given at `at`.
    #[must_use]
    pub fn given(at: Timestamp) -> Self {
        Self {
            until: good_until(at),
            used: false,
        }
    }

    /// Whether it opens a session at `at`.
    #[must_use]
    pub fn opens(self, at: Timestamp) -> bool {
        !self.used && at < self.until
    }
}

/// Why a password cannot be somebody's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PasswordRefusal {
    /// The two times that it was typed differ.
    TypedOtherwise,
    /// It has fewer than [`FEWEST`] characters.
    TooShort,
    /// It has more than [`MOST`] characters.
    TooLong,
    /// Without the service number in it, it is too short.
    OwnNumber,
    /// It is one of the commonest, or one sign, one short piece or one row of keys over and over.
    Common,
    /// It is the first password again.
    FirstAgain,
    /// The person has set one already.
    AlreadySet,
}

impl PasswordRefusal {
    /// Every refusal.
    pub const ALL: [Self; 7] = [
        Self::TypedOtherwise,
        Self::TooShort,
        Self::TooLong,
        Self::OwnNumber,
        Self::Common,
        Self::FirstAgain,
        Self::AlreadySet,
    ];
}

impl Refusal for PasswordRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::TypedOtherwise => "password.typed_otherwise",
            Self::TooShort => "password.too_short",
            Self::TooLong => "password.too_long",
            Self::OwnNumber => "password.own_number",
            Self::Common => "password.common",
            Self::FirstAgain => "password.first_again",
            Self::AlreadySet => "password.already_set",
        }
    }
}

impl core::fmt::Display for PasswordRefusal {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(match self {
            Self::TypedOtherwise => "the password was typed otherwise the second time",
            Self::TooShort => "a password has 12 characters at least",
            Self::TooLong => "a password has 128 characters at most",
            Self::OwnNumber => "the service number counts for nothing in a password",
            Self::Common => "the password is one of those that are tried first",
            Self::FirstAgain => "the first password is known to whoever gave it",
            Self::AlreadySet => "the person has set a password already",
        })
    }
}

impl core::error::Error for PasswordRefusal {}

/// Whether `new`, in normal form C and typed a second time as `again`, may be the own password of
/// whoever has the number. `is_first` says whether it is the first password; it is slow, and asked
/// last.
///
/// # Errors
/// The first [`PasswordRefusal`] that applies.
pub fn own(
    (new, again): (&str, &str),
    number: &ActorId,
    is_first: impl FnOnce() -> bool,
) -> Result<(), PasswordRefusal> {
    if new != again {
        return Err(PasswordRefusal::TypedOtherwise);
    }
    let long = new.chars().count();
    if long < FEWEST {
        return Err(PasswordRefusal::TooShort);
    }
    if long > MOST {
        return Err(PasswordRefusal::TooLong);
    }
    let plain = plain(new);
    let number = number.as_str().to_lowercase();
    let alone = plain.replace(&number, "");
    // A number of a letter or two stands in a word by chance.
    if plain == number || (number.len() > 3 && alone.chars().count() < FEWEST && alone != plain) {
        return Err(PasswordRefusal::OwnNumber);
    }
    if common(&plain) {
        return Err(PasswordRefusal::Common);
    }
    if is_first() {
        return Err(PasswordRefusal::FirstAgain);
    }
    Ok(())
}

/// In lower case, with the digits of ASCII.
fn plain(text: &str) -> String {
    let digit = |c: char| digit_value(c).map_or(c, |value| char::from(b'0' + value));
    text.chars()
        .map(digit)
        .flat_map(char::to_lowercase)
        .collect()
}

/// Rows of keys and of the alphabet, in the order in which fingers find them.
const ROWS: [&str; 8] = [
    "12345678901234567890",
    "qwertyuiopasdfghjklzxcvbnm",
    "azertyuiopqsdfghjklmwxcvbn",
    "abcdefghijklmnopqrstuvwxyz",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik",
    "1q2w3e4r5t6y7u8i9o0p",
    "ضصثقفغعهخحجدشسيبلاتنمكط",
    "ضصثقفغعهخحجچشسیبلاتنمکگ",
];

/// Those of the commonest passwords that are long enough, without digits at their end.
const WORDS: [&str; 14] = [
    "password",
    "passwort",
    "motdepasse",
    "changeme",
    "letmein",
    "welcome",
    "administrator",
    "administrateur",
    "iloveyou",
    "election",
    "elections",
    "sanduq",
    "qwerty",
    "azerty",
];

/// Whether it is one of those that are tried first.
fn common(plain: &str) -> bool {
    let signs: Vec<char> = plain.chars().collect();
    let backwards: String = signs.iter().rev().collect();
    let in_a_row = |row: &str| row.contains(plain) || row.contains(&backwards);
    let again = |period: usize| {
        let pairs = signs.iter().zip(signs.iter().skip(period));
        pairs.into_iter().all(|(one, other)| one == other)
    };
    // `password2026!`: a word with a year behind it is tried first as well.
    let word = plain.trim_end_matches(|c: char| c.is_ascii_digit() || c.is_ascii_punctuation());
    let twice = |one: &str| word == one || word == one.repeat(2);
    ROWS.iter().any(|row| in_a_row(row)) || (1..=4).any(again) || WORDS.iter().any(|w| twice(w))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_of_ones_own_is_long_and_nobody_elses() {
        use PasswordRefusal::*;
        let number = ActorId::new("E-1201").unwrap();
        for (new, again, answer) in [
            ("a heron over wet fields", "a heron over wet fields", Ok(())),
            ("مالك الحزين فوق الحقل", "مالك الحزين فوق الحقل", Ok(())),
            ("zrkq vmtx lpwd", "zrkq vmtx lpwd", Ok(())),
            ("zrkq vmtx lpwd", "zrkq vmtx lpwb", Err(TypedOtherwise)),
            ("zrkqvmtxlpw", "zrkqvmtxlpw", Err(TooShort)),
            ("مالك الحزين", "مالك الحزين", Err(TooShort)),
            ("zrkqvmtxlpwd", "zrkqvmtxlpwd", Ok(())),
            ("E-1201-heron", "E-1201-heron", Err(OwnNumber)),
            ("e-١٢٠١ zrkqvm", "e-١٢٠١ zrkqvm", Err(OwnNumber)),
            ("e-1201 a heron over", "e-1201 a heron over", Ok(())),
            ("aaaaaaaaaaaa", "aaaaaaaaaaaa", Err(Common)),
            ("abcabcabcabc", "abcabcabcabc", Err(Common)),
            ("123456789012", "123456789012", Err(Common)),
            ("۱۲۳۴۵۶۷۸۹۰۱۲", "۱۲۳۴۵۶۷۸۹۰۱۲", Err(Common)),
            ("210987654321", "210987654321", Err(Common)),
            ("QwertyUiopAsdf", "QwertyUiopAsdf", Err(Common)),
            ("ضصثقفغعهخحجد", "ضصثقفغعهخحجد", Err(Common)),
            ("Password2027!", "Password2027!", Err(Common)),
            ("passwordpassword", "passwordpassword", Err(Common)),
            ("the-first-one", "the-first-one", Err(FirstAgain)),
        ] {
            let is_first = || new == "the-first-one";
            assert_eq!(own((new, again), &number, is_first), answer, "{new}");
        }
        let long = "zrkq ".repeat(25) + "xyz";
        assert_eq!(own((&long, &long), &number, || false), Ok(()));
        let longer = long + "w";
        assert_eq!(own((&longer, &longer), &number, || false), Err(TooLong));
    }

    #[test]
    fn a_first_password_opens_once_and_in_time() {
        let given = Timestamp::UNIX_EPOCH;
        let first = First::given(given);
        for (used, hours, opens) in [
            (false, 0, true),
            (false, 71, true),
            (false, 72, false),
            (true, 1, false),
        ] {
            let at = given + SignedDuration::from_hours(hours);
            assert_eq!(First { used, ..first }.opens(at), opens, "{used} {hours}");
        }
    }
}
