//! Ids are codes, not numbers: no arithmetic, no mixing of one kind with another. A code is 1 to 64
//! characters of `A–Z a–z 0–9 . _ -`, so that it can stand in a path, a URL and a CSV cell as it
//! is. A clone shares the text: a code goes from hand to hand a hundred thousand times a second.

use serde::Deserialize;
use serde::Deserializer;
use serde::Serialize;
use serde::Serializer;
use serde::de::Error as _;
use std::sync::Arc;

/// Why a text is not a code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotACode {
    /// The text that was offered, cut at 80 characters.
    pub offered: String,
}

impl core::fmt::Display for NotACode {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(
            f,
            "id.not_a_code: `{}` is not 1 to 64 characters of A-Z a-z 0-9 . _ -",
            self.offered
        )
    }
}

impl core::error::Error for NotACode {}

/// Whether `text` may serve as a code: see the file's header. A leading dot is refused so that no
/// code can mean `.` or `..` in a path.
#[must_use]
pub fn is_code(text: &str) -> bool {
    let allowed = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'-');
    (1..=64).contains(&text.len()) && !text.starts_with('.') && text.bytes().all(allowed)
}

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Arc<str>);

        impl $name {
            /// The code, once its characters are checked.
            ///
            /// # Errors
            /// [`NotACode`] when the text may not serve as a code.
            pub fn new(text: &str) -> Result<Self, NotACode> {
                if is_code(text) {
                    Ok(Self(text.into()))
                } else {
                    Err(NotACode { offered: text.chars().take(80).collect() })
                }
            }

            /// The code as text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl core::fmt::Display for $name {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
                s.serialize_str(&self.0)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
                Self::new(&String::deserialize(d)?).map_err(D::Error::custom)
            }
        }
    };
}

id!(
    /// An election event: everything that one call to vote covers.
    EventId
);
id!(
    /// A unit of the geography, a station included (`12-03-1`).
    UnitCode
);
id!(
    /// One question put to the voters of one unit.
    ContestCode
);
id!(
    /// A candidate or list as the ballot binds it: by code, never by position (INV-27).
    ChoiceCode
);
id!(
    /// A field of a form (`f9`, `registered`).
    FieldCode
);
id!(
    /// A form definition, a seat rule or another named piece of law as data.
    LawCode
);
id!(
    /// A member of staff, by a service number without personal data.
    ActorId
);
#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_harmless_characters_make_a_code() {
        for good in ["a", "12-03-1", "f9", "x_y.z", &"a".repeat(64)] {
            assert!(UnitCode::new(good).is_ok(), "{good}");
        }
        for bad in [
            "",
            "..",
            ".x",
            "a/b",
            "a b",
            "١٢",
            "a\n",
            "a\u{202E}",
            &"a".repeat(65),
        ] {
            assert!(UnitCode::new(bad).is_err(), "{bad:?}");
        }
    }

    #[test]
    fn a_bad_code_is_refused_on_reading_too() {
        assert!(serde_json::from_str::<ChoiceCode>("\"../etc\"").is_err());
        assert_eq!(
            serde_json::from_str::<ChoiceCode>("\"L1\"")
                .unwrap()
                .as_str(),
            "L1"
        );
    }
}
