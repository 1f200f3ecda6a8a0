//! Law as data: the profile of an election event, handed in as text and checked on reading. What
//! differs from country to country stands in such a file, never in code (requirements 0.4).

use crate::geography::Level;
use crate::id::LawCode;
use crate::names::Names;
use crate::refusal::Refusal;
use jiff::SignedDuration;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::civil::Time;
use jiff::tz::Offset;
use serde::Deserialize;
use serde::Serialize;

/// Whether an act needs the second organ's signature or records its refusal and goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum SecondSignature {
    /// Without the signature of the second organ nothing happens.
    Required,
    /// A refusal is recorded with its reason and does not stop the work.
    RecordRefusal,
}

/// The profile of an event: the parameters of requirements 0.4 that the rules ask for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Profile {
    /// The code of the profile.
    pub code: LawCode,
    /// Its title.
    pub names: Names,
    /// Whether the nation is invented; shown on every page and in every public file.
    #[serde(default)]
    pub invented: bool,
    /// Levels from the nation to the station.
    pub levels: Vec<Level>,
    /// The polling day in the legal calendar, as a civil date.
    pub polling_day: Date,
    /// Offset of legal time from UTC in minutes.
    pub offset_minutes: i16,
    /// Opening, in minutes from midnight of legal time.
    pub opens_minute: u16,
    /// Closing, in minutes from midnight of legal time.
    pub closes_minute: u16,
    /// Age in completed years on polling day from which a person may vote.
    pub voting_age_years: u8,
    /// The legal maximum of registered voters in one station.
    pub station_maximum: u32,
    /// Whether the second organ must sign a decision.
    pub second_signature: SecondSignature,
    /// A station where fewer have come than this many per cent of those who were to be expected
    /// waits for a person who asks why; without a threshold none does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub far_below_percent: Option<u8>,
}

/// Why a text of law cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LawRefusal {
    /// The file is not what its reader expects; the sentence says where and what.
    Unreadable(String),
    /// The hours of the polling day are not a day's hours in order.
    Hours,
    /// The threshold below an expectation is no share from 1 to 99 per cent.
    FarBelow,
}

impl Refusal for LawRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::Unreadable(_) => "law.unreadable",
            Self::Hours => "law.hours",
            Self::FarBelow => "law.far_below",
        }
    }
}

impl core::fmt::Display for LawRefusal {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::Unreadable(why) => write!(f, "the text of law cannot be read: {why}"),
            Self::Hours => f.write_str("opening must come before closing, within one day"),
            Self::FarBelow => {
                f.write_str("`far_below_percent` must be a whole number from 1 to 99")
            }
        }
    }
}

impl core::error::Error for LawRefusal {}

impl Profile {
    /// The profile of a TOML text.
    ///
    /// # Errors
    /// [`LawRefusal`] naming the line and what is wrong with it.
    pub fn from_toml(text: &str) -> Result<Self, LawRefusal> {
        let profile: Self =
            toml::from_str(text).map_err(|e| LawRefusal::Unreadable(e.to_string()))?;
        if profile.opens_minute >= profile.closes_minute || profile.closes_minute > 24 * 60 {
            return Err(LawRefusal::Hours);
        }
        if profile
            .far_below_percent
            .is_some_and(|share| !(1..=99).contains(&share))
        {
            return Err(LawRefusal::FarBelow);
        }
        Ok(profile)
    }

    /// Midnight at the beginning of the polling day, in legal time; none when day and offset name
    /// no instant of this world.
    #[must_use]
    pub fn midnight(&self) -> Option<Timestamp> {
        let offset = Offset::from_seconds(i32::from(self.offset_minutes) * 60).ok()?;
        let midnight = self.polling_day.to_datetime(Time::midnight());
        offset.to_timestamp(midnight).ok()
    }

    /// When a minute of the polling day is, counted from midnight of legal time.
    #[must_use]
    pub fn instant(&self, minute: u16) -> Option<Timestamp> {
        let after = SignedDuration::from_mins(minute.into());
        self.midnight()?.checked_add(after).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = r#"
code = "x"
names = { en = "X" }
polling_day = "2026-10-01"
offset_minutes = 180
opens_minute = 480
closes_minute = 1140
voting_age_years = 18
station_maximum = 800
second_signature = "REQUIRED"
levels = [{ code = "nation", names = { en = "nation" } }]
"#;

    #[test]
    fn the_hours_of_the_law_are_instants() {
        let profile = Profile::from_toml(TEXT).unwrap();
        let at = |text: &str| Some(text.parse().unwrap());
        assert_eq!(profile.midnight(), at("2026-09-30T21:00:00Z"));
        assert_eq!(profile.instant(480), at("2026-10-01T05:00:00Z"));
        let never = Profile {
            polling_day: Date::MAX,
            ..profile
        };
        assert_eq!(never.instant(24 * 60), None);
    }

    #[test]
    fn a_profile_is_read_or_refused_with_its_line() {
        assert_eq!(
            Profile::from_toml(TEXT).unwrap().second_signature,
            SecondSignature::Required
        );
        let hours = TEXT.replace("opens_minute = 480", "opens_minute = 1140");
        assert_eq!(Profile::from_toml(&hours), Err(LawRefusal::Hours));
        let below = |share: u8| Profile::from_toml(&format!("far_below_percent = {share}\n{TEXT}"));
        assert_eq!(below(50).unwrap().far_below_percent, Some(50));
        for share in [0, 100, 255] {
            assert_eq!(below(share), Err(LawRefusal::FarBelow), "{share}");
        }
        let unknown = format!("surprise = 1\n{TEXT}");
        let refusal = Profile::from_toml(&unknown).unwrap_err();
        assert_eq!(refusal.code(), "law.unreadable");
        assert!(refusal.to_string().contains("surprise"), "{refusal}");
    }
}
