//! The day at the stations of a list: who is expected when, at how many booths, for how long.
//!
//! Always true here: the voters of a centre are shared by its stations as evenly as whole numbers
//! go, and those of a station by its hours, so that all hours together are all voters.

use crate::exit::Ended;
use crate::placement::centres::Centre;
use crate::placement::centres::Centres;
use crate::placement::heads::Field;
use crate::placement::law::Chosen;
use clap::Args;
use sanduq_register::placement::queue::Day;
use sanduq_register::placement::stations_needed;

/// What is expected of the day.
#[derive(Args, Clone)]
pub struct Expected {
    /// Of a hundred registered voters, how many are expected, where the list has no column
    /// expected.
    #[arg(long, value_name = "PERCENT", value_parser = clap::value_parser!(u32).range(1..=100))]
    pub turnout: Option<u32>,
    /// Booths of a station, where the list has no column booths.
    #[arg(long, value_name = "N", default_value_t = 2)]
    pub booths: u32,
    /// Minutes that a voter takes a booth for, where the list has no column minutes.
    #[arg(long, value_name = "N", default_value_t = 3)]
    pub minutes: u32,
    /// The variance of these minutes by the square of their mean, in hundredths: 100 for times
    /// without memory, 0 where everybody takes the same time.
    #[arg(long, value_name = "PERCENT", default_value_t = 100)]
    pub variation: u32,
    /// How voters spread over the hours of voting, a number for each [default: evenly over the
    /// hours of the profile].
    #[arg(long, value_name = "N,N,…", value_delimiter = ',')]
    pub hours: Vec<u32>,
    /// Nobody should wait longer.
    #[arg(long, value_name = "MINUTES", default_value_t = 30)]
    pub limit_minutes: u32,
}

/// The load of a centre.
#[derive(Clone, Debug)]
pub struct Load {
    /// The day of one station, with the voters of the whole centre.
    pub day: Day,
    /// Voters who are expected.
    pub expected: u64,
    /// Stations.
    pub stations: u32,
}

/// The most hours that a day of voting is told in.
const HOURS: usize = 72;

impl Expected {
    /// The share of each hour.
    ///
    /// # Errors
    /// `placement.hours`.
    fn shares(&self, chosen: &Chosen) -> Result<Vec<u64>, Ended> {
        let shares: Vec<u64> = if self.hours.is_empty() {
            let (opens, closes) = chosen.open;
            vec![1; usize::from((closes - opens).div_ceil(60))]
        } else {
            self.hours.iter().copied().map(u64::from).collect()
        };
        if shares.iter().sum::<u64>() == 0 || shares.len() > HOURS {
            return Err(Ended::Refused {
                code: "placement.hours".to_owned(),
                sentence: format!(
                    "the shares of {} hours add up to {}; write a number for each hour of voting",
                    shares.len(),
                    shares.iter().sum::<u64>()
                ),
            });
        }
        Ok(shares)
    }

    /// The loads of all centres.
    ///
    /// # Errors
    /// When nothing says how many are expected, or the hours are none.
    pub fn loads(&self, centres: &Centres, chosen: &Chosen) -> Result<Vec<Load>, Ended> {
        let told = centres.grid.has(Field::Expected);
        if !told && (self.turnout.is_none() || !centres.grid.has(Field::Registered)) {
            return Err(Ended::Refused {
                code: "placement.no_expected".to_owned(),
                sentence: format!(
                    "{}: nothing says how many voters are expected: it has no column expected; \
                     with a column registered, say the turnout with --turnout",
                    centres.grid.place
                ),
            });
        }
        let shares = self.shares(chosen)?;
        let load = |centre: &Centre| {
            let turnout = u64::from(self.turnout.unwrap_or(100));
            let by_turnout = (centre.registered * turnout).div_ceil(100);
            let expected = centre.expected.unwrap_or(by_turnout);
            let needed = stations_needed(centre.registered, chosen.law.maximum).unwrap_or(1);
            let minutes = centre.minutes.unwrap_or(self.minutes);
            Load {
                day: Day {
                    arrivals: shared(expected, &shares),
                    booths: centre.booths.unwrap_or(self.booths),
                    seconds_per_voter: minutes.saturating_mul(60),
                    variation_percent: self.variation,
                },
                expected,
                stations: centre
                    .stations
                    .unwrap_or_else(|| u32::try_from(needed).unwrap_or(u32::MAX)),
            }
        };
        Ok(centres.list.iter().map(load).collect())
    }

    /// The limit in seconds.
    pub fn limit_seconds(&self) -> u32 {
        self.limit_minutes.saturating_mul(60)
    }
}

impl Load {
    /// The days of its stations: of two kinds at most, with how many there are of each.
    pub fn days(&self) -> Vec<(Day, u32)> {
        let count = u64::from(self.stations.max(1));
        let extra = self.expected % count;
        let shares: Vec<u64> = self
            .day
            .arrivals
            .iter()
            .map(|hour| u64::from(*hour))
            .collect();
        let kinds = [
            (self.expected.div_ceil(count), extra),
            (self.expected / count, count - extra),
        ];
        let kinds = kinds.into_iter().filter(|(_, stations)| *stations > 0);
        kinds
            .map(|(expected, stations)| {
                let arrivals = shared(expected, &shares);
                let day = Day {
                    arrivals,
                    ..self.day.clone()
                };
                (day, u32::try_from(stations).unwrap_or(u32::MAX))
            })
            .collect()
    }
}

/// So many voters in the proportion of these shares; all of them together are the whole.
fn shared(voters: u64, shares: &[u64]) -> Vec<u32> {
    let whole: u64 = shares.iter().sum::<u64>().max(1);
    let mut before = 0;
    let mut sum = 0;
    let hours = shares.iter().map(|share| {
        sum += share;
        let until = u128::from(voters) * u128::from(sum) / u128::from(whole);
        let here = until - before;
        before = until;
        u32::try_from(here).unwrap_or(u32::MAX)
    });
    hours.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_and_stations_together_have_all_voters() {
        for (voters, shares, expected) in [
            (10, &[1, 1, 1][..], vec![3, 3, 4]),
            (10, &[0, 5, 5], vec![0, 5, 5]),
            (0, &[1, 2], vec![0, 0]),
            (7, &[3], vec![7]),
        ] {
            assert_eq!(shared(voters, shares), expected);
        }
        let day = Day {
            arrivals: shared(100, &[2, 1, 1]),
            booths: 2,
            seconds_per_voter: 60,
            variation_percent: 100,
        };
        for (stations, expected) in [(1, vec![(100, 1)]), (3, vec![(34, 1), (33, 2)])] {
            let load = Load {
                day: day.clone(),
                expected: 100,
                stations,
            };
            let told: Vec<(u32, u32)> = load
                .days()
                .into_iter()
                .map(|(day, count)| (day.arrivals.iter().sum(), count))
                .collect();
            assert_eq!(told, expected);
        }
    }
}
