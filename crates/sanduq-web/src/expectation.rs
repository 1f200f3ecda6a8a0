//! What was to be expected of the hours of a unit, beside the event before. Always true here: an
//! expectation is shown whole or not at all; it stands under its own label and is never added to
//! who came; without an event before there is none.

use crate::day::Hour;
use crate::view::View;
use sanduq_core::count::Came;
use sanduq_core::count::Registered;
use sanduq_core::geography::UnitIx;
use sanduq_operations::expectation::Expected;
use sanduq_operations::expectation::far_below;

impl View {
    /// Who was to be expected to have come by each of these hours; nothing when the event before
    /// does not tell.
    #[must_use]
    pub fn expected(&self, ix: UnitIx, hours: &[Hour]) -> Vec<Expected> {
        let Some(previous) = &self.previous else {
            return Vec::new();
        };
        let unit = &self.snapshot.geography.unit(ix).code;
        let now = Registered::new(self.sums(ix).registered);
        let all = hours
            .iter()
            .map(|hour| previous.expected(unit, hour.hour, now));
        all.collect::<Option<_>>().unwrap_or_default()
    }

    /// The open stations whose last report is far below what was to be expected, by the threshold
    /// of the profile; in the order of the list, looked for once a snapshot.
    #[must_use]
    pub fn far_below(&self) -> &[UnitIx] {
        self.far_below
            .get_or_init(|| self.look_far_below().unwrap_or_default())
    }

    fn look_far_below(&self) -> Option<Vec<UnitIx>> {
        let percent = self.snapshot.profile.far_below_percent?;
        let previous = self.previous.as_ref()?;
        let geography = &self.snapshot.geography;
        let is_far = |ix: &UnitIx| {
            let sums = self.sums(*ix);
            let unit = &geography.unit(*ix).code;
            let last = self.station_day(unit).and_then(|day| day.hours.last());
            // Who is silent or has closed waits for another word, or for none.
            let last = last.filter(|_| sums.day.reporting() == 1);
            last.is_some_and(|(hour, came, _)| {
                let now = Registered::new(sums.registered);
                let expected = previous.expected(unit, *hour, now);
                expected.is_some_and(|expected| far_below(Came::new(came.get()), expected, percent))
            })
        };
        Some(geography.stations().filter(is_far).collect())
    }
}
