//! The simulated clock of a rehearsal: every act has its legal time from here, so that two runs of
//! one seed journal the same instants. With `--day-minutes` the polling day also takes real time,
//! for people to watch; what is journaled stays the same.

use core::time::Duration;
use jiff::Span;
use jiff::Timestamp;
use sanduq_core::law::Profile;

/// Legal time of the event.
#[derive(Clone, Copy, Debug)]
pub struct Clock {
    midnight: Timestamp,
    opens_minute: u16,
    closes_minute: u16,
    real_day: Option<Duration>,
}

impl Clock {
    /// The clock of a profile's polling day; `day_minutes` is how long the day takes in real time.
    ///
    /// # Errors
    /// When the profile's offset is none of this world.
    pub fn new(law: &Profile, day_minutes: Option<u32>) -> Result<Self, String> {
        let nowhere = || "the polling day begins at no instant of this world".to_owned();
        let midnight = law.midnight().ok_or_else(nowhere)?;
        Ok(Self {
            midnight,
            opens_minute: law.opens_minute,
            closes_minute: law.closes_minute,
            real_day: day_minutes.map(|minutes| Duration::from_secs(u64::from(minutes) * 60)),
        })
    }

    /// The instant `minutes` after midnight of the polling day.
    #[must_use]
    pub fn minute(&self, minutes: i64) -> Timestamp {
        self.midnight + Span::new().minutes(minutes)
    }

    /// Noon, `days` before the polling day.
    #[must_use]
    pub fn days_before(&self, days: i64) -> Timestamp {
        self.minute(12 * 60 - days * 24 * 60)
    }

    /// The instant of opening.
    #[must_use]
    pub fn opens(&self) -> Timestamp {
        self.minute(i64::from(self.opens_minute))
    }

    /// The instant of closing.
    #[must_use]
    pub fn closes(&self) -> Timestamp {
        self.minute(i64::from(self.closes_minute))
    }

    /// The full hours of the day after opening, up to the close.
    #[must_use]
    pub fn hours(&self) -> Vec<u8> {
        let first = self.opens_minute / 60 + 1;
        let last = self.closes_minute.div_ceil(60);
        (first..=last)
            .filter_map(|hour| u8::try_from(hour).ok())
            .collect()
    }

    /// How long one of `parts` equal parts of the day takes in real time.
    #[must_use]
    pub fn real_part(&self, parts: usize) -> Duration {
        let parts = u32::try_from(parts.max(1)).unwrap_or(u32::MAX);
        self.real_day.map_or(Duration::ZERO, |day| day / parts)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn legal_time_has_its_offset() {
        let law =
            Profile::from_toml(include_str!("../../../jurisdictions/wahat/profile.toml")).unwrap();
        let clock = Clock::new(&law, Some(11)).unwrap();
        assert_eq!(clock.opens().to_string(), "2027-03-14T05:00:00Z");
        assert_eq!(clock.closes().to_string(), "2027-03-14T16:00:00Z");
        assert_eq!(clock.hours(), (9..=19).collect::<Vec<u8>>());
        assert_eq!(clock.days_before(1).to_string(), "2027-03-13T09:00:00Z");
        assert_eq!(clock.real_part(11), Duration::from_secs(60));
    }
}
