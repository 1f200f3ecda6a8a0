//! Passwords: a slow hash (argon2id, PHC string) and nothing else. Verifying takes the same work
//! whether the account exists or not, so that an answer's time tells nobody which numbers do.

use argon2::Argon2;
use argon2::password_hash::PasswordHasher;
use argon2::password_hash::PasswordVerifier;
use argon2::password_hash::phc::PasswordHash;
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

/// A first password that nobody has thought of: `abcd-efgh-…`.
///
/// # Panics
/// When the system gives no random bytes.
#[must_use]
pub fn drawn() -> String {
    let mut secret = [0; LONG];
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
    let Ok(hash) = PasswordHash::new(text) else {
        return false;
    };
    let same = Argon2::default()
        .verify_password(normal(password).as_bytes(), &hash)
        .is_ok();
    same && known.is_some()
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
