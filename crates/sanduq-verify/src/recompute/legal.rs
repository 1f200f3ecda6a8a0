//! Legal time of the polling day, as the profile of the event has it.

use jiff::SignedDuration;
use jiff::Timestamp;
use sanduq_core::law::Profile;
use sanduq_count::publication::Edition;

/// The instants of the polling day.
#[derive(Clone, Copy, Debug)]
pub struct PollingDay {
    midnight: Timestamp,
    /// When stations open by law.
    pub opens: Timestamp,
    /// When stations close by law.
    pub closes: Timestamp,
}

impl PollingDay {
    /// The day of an edition; none when its profile names no instant of this world.
    #[must_use]
    pub fn of(edition: &Edition) -> Option<Self> {
        let law: &Profile = &edition.profile.read;
        Some(Self {
            midnight: law.midnight()?,
            opens: law.instant(law.opens_minute)?,
            closes: law.instant(law.closes_minute)?,
        })
    }

    /// The instant of a full hour.
    #[must_use]
    pub fn hour(&self, hour: u8) -> Option<Timestamp> {
        let after = SignedDuration::from_hours(hour.into());
        self.midnight.checked_add(after).ok()
    }
}
