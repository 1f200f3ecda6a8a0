//! The register: who has the right to vote. Each record of an agency either becomes an elector or
//! is refused for one reason; the reasons are counted and published, the persons are not.

use crate::agency::Record;
use crate::agency::Sex;
use jiff::civil::Date;
use ring::hmac;
use sanduq_core::id::UnitCode;
use sanduq_core::law::Profile;
use sanduq_core::refusal::Refusal;

/// A person on the roll, by the first 16 bytes of HMAC-SHA-256 over the national number under the
/// event's secret key. It says nothing about the person without that key, and is known in the
/// people's rooms only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ElectorKey(pub [u8; 16]);

impl ElectorKey {
    /// The key of a national number (`person_key` of requirements D.1).
    #[must_use]
    pub fn of(event_secret: &[u8; 32], national_number: &str) -> Self {
        let secret = hmac::Key::new(hmac::HMAC_SHA256, event_secret);
        let digest = hmac::sign(&secret, national_number.as_bytes());
        let mut key = [0; 16];
        key.copy_from_slice(&digest.as_ref()[..16]);
        Self(key)
    }
}

/// A person with the right to vote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Elector {
    /// The key.
    pub key: ElectorKey,
    /// The legal name in Arabic script.
    pub name_ar: String,
    /// The name in Latin script.
    pub name_latin: String,
    /// Sex.
    pub sex: Sex,
    /// The day of birth.
    pub born: Date,
    /// The polling centre of the domicile.
    pub domicile: UnitCode,
}

/// Why a person of an agency's file is not on the register. Checked in this order: a dead person is
/// not told that they are too young.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RegisterRefusal {
    /// The person has died.
    Deceased,
    /// The person is younger than the law's age on polling day.
    TooYoung,
    /// No polling centre has the code of the domicile.
    UnknownDomicile,
    /// The national number is on the register already (INV-01).
    AlreadyRegistered,
}

impl RegisterRefusal {
    /// Every reason, in the order in which they are checked.
    pub const ALL: [Self; 4] = [
        Self::Deceased,
        Self::TooYoung,
        Self::UnknownDomicile,
        Self::AlreadyRegistered,
    ];
}

impl Refusal for RegisterRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::Deceased => "register.deceased",
            Self::TooYoung => "register.too_young",
            Self::UnknownDomicile => "register.unknown_domicile",
            Self::AlreadyRegistered => "register.already_registered",
        }
    }
}

impl core::fmt::Display for RegisterRefusal {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(match self {
            Self::Deceased => "the person has died",
            Self::TooYoung => "the person has not reached the voting age on polling day",
            Self::UnknownDomicile => "no polling centre has the code of the domicile",
            Self::AlreadyRegistered => "the national number is on the register already",
        })
    }
}

impl core::error::Error for RegisterRefusal {}

/// The last day of birth that gives the right to vote: whoever is born on it completes the voting
/// age on polling day. A person born on 29 February completes a year on 28 February of a common
/// year, as `jiff` constrains a day that does not exist; a law that says 1 March is another rule.
///
/// # Panics
/// Never for a voting age of at most 255 years.
#[must_use]
pub fn last_birthday(law: &Profile) -> Date {
    law.polling_day
        .saturating_sub(jiff::Span::new().years(law.voting_age_years))
}

/// Whether a record makes an elector: the state that the rule needs is what it is told of the
/// geography (`domicile_exists`) and of the register so far (`registered`).
///
/// # Errors
/// The first [`RegisterRefusal`] in the order of the enum.
pub fn admit(
    record: Record,
    last_birthday: Date,
    domicile_exists: bool,
    key: ElectorKey,
    registered: bool,
) -> Result<Elector, RegisterRefusal> {
    if record.died.is_some() {
        return Err(RegisterRefusal::Deceased);
    }
    if record.born > last_birthday {
        return Err(RegisterRefusal::TooYoung);
    }
    if !domicile_exists {
        return Err(RegisterRefusal::UnknownDomicile);
    }
    if registered {
        return Err(RegisterRefusal::AlreadyRegistered);
    }
    Ok(Elector {
        key,
        name_ar: record.name_ar,
        name_latin: record.name_latin,
        sex: record.sex,
        born: record.born,
        domicile: record.domicile,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::agency;
    use jiff::civil::date;

    fn person(born: &str, died: &str) -> Record {
        agency::record(["123456789", "ليلى", "Layla", "F", born, "c-1", died]).unwrap()
    }

    #[test]
    fn each_reason_stands_alone_and_the_first_one_is_said() {
        let key = ElectorKey::of(&[1; 32], "123456789");
        let last = date(2008, 10, 1);
        for (born, died, domicile, registered, answer) in [
            ("2008-10-01", "", true, false, None),
            (
                "2008-10-02",
                "",
                true,
                false,
                Some(RegisterRefusal::TooYoung),
            ),
            (
                "1950-01-01",
                "2020-01-01",
                true,
                false,
                Some(RegisterRefusal::Deceased),
            ),
            (
                "2015-01-01",
                "2020-01-01",
                false,
                true,
                Some(RegisterRefusal::Deceased),
            ),
            (
                "1990-01-01",
                "",
                false,
                true,
                Some(RegisterRefusal::UnknownDomicile),
            ),
            (
                "1990-01-01",
                "",
                true,
                true,
                Some(RegisterRefusal::AlreadyRegistered),
            ),
        ] {
            let got = admit(person(born, died), last, domicile, key, registered);
            assert_eq!(got.err(), answer, "{born} {died}");
        }
    }

    #[test]
    fn the_key_depends_on_the_secret_and_the_number() {
        let key = ElectorKey::of(&[1; 32], "123456789");
        assert_eq!(key, ElectorKey::of(&[1; 32], "123456789"));
        assert_ne!(key, ElectorKey::of(&[2; 32], "123456789"));
        assert_ne!(key, ElectorKey::of(&[1; 32], "123456780"));
    }
}
