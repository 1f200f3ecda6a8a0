//! Passwords: a slow hash (argon2id, PHC string). A first password that two persons gave has two
//! halves, each known to one of them: kept are the slow hash of the first and the digest of the
//! second, which is drawn long enough to need no stretching. Verifying takes the same work whether
//! the account exists or not, so that an answer's time tells nobody which numbers do.

use argon2::Argon2;
use argon2::password_hash::PasswordHasher;
use argon2::password_hash::PasswordVerifier;
use argon2::password_hash::phc::PasswordHash;
use sanduq_core::text::digit_value;
use sanduq_journal::hash::Hash;
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;

/// The hash of a password as PHC text, with a salt of its own. Memory, passes and lanes are those
/// of the OWASP password storage guide (19 MiB, 2, 1), which the library has as its default.
///
/// # Panics
/// When the system gives no random bytes.
#[must_use]
pub fn hash(password: &str) -> String {
    Argon2::default()
        .hash_password(normal(password).as_bytes())
        .expect("the system gives random bytes for a salt")
        .to_string()
}

/// A password in normal form C (UAX #15): keyboards spell one letter in more than one way.
#[must_use]
pub fn normal(password: &str) -> String {
    password.nfc().collect()
}

/// Letters and digits that nobody takes for one another on paper.
const LETTERS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
/// Letters of a first password: five bits each, eighty in all.
const LONG: usize = 16;
/// Letters of the half that whoever proposes holds: forty bits, stretched by the slow hash.
const FIRST_HALF: usize = 8;
/// Letters of the half that whoever approves holds: sixty bits, for three days.
const SECOND_HALF: usize = 12;

/// A first password that nobody has thought of: `abcd-efgh-…`.
///
/// # Panics
/// When the system gives no random bytes.
#[must_use]
pub fn drawn() -> String {
    letters(LONG)
}

/// The half of a first password for whoever proposes an account: [`first_half_hash`] is kept.
///
/// # Panics
/// When the system gives no random bytes.
#[must_use]
pub fn drawn_first_half() -> String {
    letters(FIRST_HALF)
}

/// The half of a first password for whoever approves an account: [`second_half_digest`] is kept.
///
/// # Panics
/// When the system gives no random bytes.
#[must_use]
pub fn drawn_second_half() -> String {
    letters(SECOND_HALF)
}

fn letters(count: usize) -> String {
    let mut secret = vec![0; count];
    getrandom::fill(&mut secret).expect("the system gives random bytes");
    let mut text = String::new();
    for (place, byte) in secret.into_iter().enumerate() {
        if place > 0 && place % 4 == 0 {
            text.push('-');
        }
        text.push(char::from(LETTERS[usize::from(byte % 32)]));
    }
    text
}

/// The letters and digits of what was typed, of whichever width and script the digits are, without
/// the hyphens between them.
fn bare(typed: &str) -> String {
    let digit = |sign: char| match digit_value(sign) {
        Some(value) => char::from(b'0' + value),
        None => sign.to_ascii_lowercase(),
    };
    let signs = typed.nfkc().map(digit);
    signs.filter(char::is_ascii_alphanumeric).collect()
}

/// Whether a password begins or ends with either half of a first password of two halves: whoever
/// gave that half would know part of it, or all.
#[must_use]
pub fn has_half(password: &str, known: &str) -> bool {
    let Some((first, second)) = known.split_once(' ') else {
        return false;
    };
    let bare = bare(password);
    let ends = |long: usize| {
        let start = bare.get(..long);
        let end = bare.len().checked_sub(long).and_then(|at| bare.get(at..));
        [start, end].into_iter().flatten()
    };
    ends(SECOND_HALF).any(|part| second_half_digest(part) == second)
        || ends(FIRST_HALF).any(|part| verify(part, Some(first)))
}

/// The slow hash of a first half, as it is kept.
///
/// # Panics
/// When the system gives no random bytes.
#[must_use]
pub fn first_half_hash(half: &str) -> String {
    hash(&bare(half))
}

/// The digest of a second half, as it is kept.
#[must_use]
pub fn second_half_digest(half: &str) -> String {
    format!("half:{}", Hash::of_bytes(bare(half).as_bytes()))
}

/// What is kept of a first password of two halves. The store's database joins them so as well.
#[must_use]
pub fn of_two(first_half_hash: &str, second_half_digest: &str) -> String {
    format!("{first_half_hash} {second_half_digest}")
}

/// A hash of nothing that anybody knows, for accounts that do not exist.
static NOBODY: LazyLock<String> = LazyLock::new(|| {
    let mut secret = [0; 32];
    getrandom::fill(&mut secret).expect("the system gives random bytes");
    hash(&Hash::of_bytes(&secret).to_string())
});

/// Whether `password` is the one of `known`; always no, after the same work, when there is none.
#[must_use]
pub fn verify(password: &str, known: Option<&str>) -> bool {
    let text = known.unwrap_or(&NOBODY);
    let (text, typed, rest) = match text.split_once(' ') {
        None => (text, normal(password), true),
        Some((first, second)) => {
            let bare = bare(password);
            let (one, other) = bare.split_at_checked(FIRST_HALF).unwrap_or((&bare, ""));
            (first, one.to_owned(), second_half_digest(other) == second)
        }
    };
    let Ok(hash) = PasswordHash::new(text) else {
        return false;
    };
    let same = Argon2::default()
        .verify_password(typed.as_bytes(), &hash)
        .is_ok();
    same && rest && known.is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_password_opens_and_nobody_is_nobody() {
        let known = hash("صندوق-2027");
        assert!(
            known.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"),
            "{known}"
        );
        assert_ne!(known, hash("صندوق-2027"), "each hash has a salt of its own");
        for (password, known, opens) in [
            ("صندوق-2027", Some(known.as_str()), true),
            ("صندوق-2028", Some(known.as_str()), false),
            ("", Some(known.as_str()), false),
            ("أحمد", Some(hash("ا\u{654}حمد").as_str()), true),
            ("صندوق-2027", None, false),
            ("صندوق-2027", Some("not a hash"), false),
        ] {
            assert_eq!(verify(password, known), opens, "{password} {known:?}");
        }
    }

    #[test]
    fn two_halves_open_together_and_neither_alone() {
        let (one, other) = (drawn_first_half(), drawn_second_half());
        assert_eq!((one.len(), other.len()), (9, 14), "{one} {other}");
        let kept = of_two(&first_half_hash(&one), &second_half_digest(&other));
        let other_kept = of_two(&first_half_hash(&one), &second_half_digest("abcd"));
        for (typed, known, opens) in [
            (format!("{one}-{other}"), &kept, true),
            (format!("{one}{other}"), &kept, true),
            (format!(" {one} {other} ").to_uppercase(), &kept, true),
            (one.clone(), &kept, false),
            (other.clone(), &kept, false),
            (format!("{other}-{one}"), &kept, false),
            (format!("{one}-{one}"), &kept, false),
            (format!("{one}-{other}a"), &kept, false),
            (in_persian_digits(&format!("{one}-{other}")), &kept, true),
            (String::new(), &kept, false),
            (kept.clone(), &kept, false),
            (format!("{one}-{other}"), &other_kept, false),
        ] {
            assert_eq!(verify(&typed, Some(known)), opens, "{typed}");
        }
    }

    fn in_persian_digits(text: &str) -> String {
        let digit = |sign: char| match sign.to_digit(10) {
            Some(value) => char::from_u32(0x6F0 + value).unwrap(),
            None => sign,
        };
        text.chars().map(digit).collect()
    }

    #[test]
    fn half_of_a_first_password_is_nobodys_own() {
        let (one, other) = ("abcd-2345", "efgh-jkmn-pqrs");
        let kept = of_two(&first_half_hash(one), &second_half_digest(other));
        for (own, has) in [
            (other, true),
            ("EFGH JKMN PQRS", true),
            ("efgh-jkmn-pqrs and more", true),
            ("a heron, abcd-2345", true),
            ("abcd2345 a heron", true),
            ("a heron over wet fields", false),
            ("efgh-jkmn-pqr", false),
            ("مالك الحزين فوق الحقل", false),
        ] {
            assert_eq!(has_half(own, &kept), has, "{own}");
        }
        assert!(!has_half(one, &hash(one)), "of one that is whole");
    }

    #[test]
    fn an_unknown_account_costs_the_same_work() {
        let known = hash("x");
        let _ = verify("x", None);
        let least = |known: Option<&str>| {
            let mut times: Vec<_> = (0..5)
                .map(|_| {
                    let start = std::time::Instant::now();
                    let _ = verify("wrong", known);
                    start.elapsed()
                })
                .collect();
            times.sort();
            times[0]
        };
        let (there, nobody) = (least(Some(&known)), least(None));
        // Whoever does not stretch the password at all is done a thousand times sooner.
        assert!(nobody * 20 > there, "{there:?} and {nobody:?}");
    }
}
