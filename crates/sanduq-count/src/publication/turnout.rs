//! `turnout.{json,csv}`: who came and who voted, hour by hour, for every unit. Always true here: a
//! unit's figure is the sum over its stations of the last figure that each has reported by that
//! hour, and `reported` says how many of them have reported that very hour; so a silent station
//! neither vanishes nor is guessed (requirements C2.6).

use crate::publication::Edition;
use crate::publication::PublicationRefusal;
use crate::publication::Stamp;
use crate::publication::csv::Table;
use sanduq_core::count::Came;
use sanduq_core::count::Voted;
use sanduq_core::id::UnitCode;
use serde::Deserialize;
use serde::Serialize;
use std::collections::BTreeMap;
use std::collections::BTreeSet;

/// The figures of one hour, cumulative since opening.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HourRow {
    /// The hour of legal time.
    pub hour: u8,
    /// Stations that reported this hour: the coverage.
    pub reported: u64,
    /// Who came.
    pub came: Came,
    /// Who voted.
    pub voted: Voted,
    /// Of a station that reported this hour, the number of the report.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub report: Option<u64>,
}

/// The hours of one unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TurnoutRow {
    /// The level of the unit.
    pub level: String,
    /// The unit.
    pub unit: UnitCode,
    /// Stations below it, itself included.
    pub stations: u64,
    /// Every hour that any station has reported.
    pub hours: Vec<HourRow>,
}

/// `turnout.json`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TurnoutFile {
    /// What the file says about itself.
    pub edition: Stamp,
    /// The units, parents before children; none before the first report.
    pub units: Vec<TurnoutRow>,
}

impl TurnoutFile {
    /// The turnout of an edition.
    ///
    /// # Errors
    /// [`PublicationRefusal::Overflow`].
    pub(super) fn of(edition: &Edition) -> Result<Self, PublicationRefusal> {
        let geography = &edition.geography;
        let days = edition.days.iter().flatten();
        let hours: BTreeSet<u8> = days.flat_map(|day| &day.hours).map(|hour| hour.0).collect();
        let empty = hours.iter().map(|hour| HourRow {
            hour: *hour,
            ..HourRow::default()
        });
        let empty: Vec<HourRow> = empty.collect();
        let mut sums = vec![(0_u64, empty); geography.units().len()];
        for place in geography.stations() {
            let own = &mut sums[place.ix()];
            own.0 = 1;
            let day = edition.days[place.ix()].as_ref();
            let numbers = day.into_iter().flat_map(|day| &day.reports.hours);
            let numbers = numbers.copied().chain(core::iter::repeat(0));
            let hours = day.into_iter().flat_map(|day| &day.hours).zip(numbers);
            let reported: BTreeMap<u8, (Came, Voted, u64)> = hours
                .map(|((hour, came, voted), report)| (*hour, (*came, *voted, report)))
                .collect();
            for row in &mut own.1 {
                row.report = reported.get(&row.hour).map(|(_, _, report)| *report);
                row.reported = u64::from(row.report.is_some());
                if let Some((_, (came, voted, _))) = reported.range(..=row.hour).next_back() {
                    (row.came, row.voted) = (*came, *voted);
                }
            }
        }
        for place in geography.places().rev() {
            let Some(above) = geography.parent(place) else {
                continue;
            };
            let (stations, rows) = sums[place.ix()].clone();
            let sum = &mut sums[above.ix()];
            sum.0 += stations;
            for (into, row) in sum.1.iter_mut().zip(rows) {
                into.reported += row.reported;
                into.came = into.came.plus(row.came)?;
                into.voted = into.voted.plus(row.voted)?;
            }
        }
        let units = geography
            .places()
            .zip(sums)
            .map(|(place, (stations, hours))| TurnoutRow {
                level: edition.level(place).to_owned(),
                unit: geography.unit(place).code.clone(),
                stations,
                hours,
            });
        Ok(Self {
            edition: edition.stamp().clone(),
            units: units.filter(|_| !hours.is_empty()).collect(),
        })
    }

    pub(super) fn csv(&self) -> Vec<u8> {
        let header = [
            "level", "unit", "hour", "stations", "reported", "came", "voted",
        ];
        let mut table = Table::new(&self.edition, header);
        for row in &self.units {
            for hour in &row.hours {
                table.text(&row.level).text(row.unit.as_str());
                table.figure(Some(hour.hour)).figure(Some(row.stations));
                table.figure(Some(hour.reported));
                table
                    .figure(Some(hour.came.get()))
                    .figure(Some(hour.voted.get()))
                    .end();
            }
        }
        table.into_bytes()
    }
}
