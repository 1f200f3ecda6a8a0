//! A day at a station, second by second, with chance from a seed: what the estimate of
//! [`sanduq_register::placement::queue`] is held against.
//!
//! Always true here: integers and a seed, so that a day can be lived again.

use crate::invented::Chance;
use sanduq_register::placement::queue::Day;
use std::collections::VecDeque;

/// Seconds of an hour.
const HOUR_SECONDS: u64 = 3600;

/// What was seen on several days together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    /// Voters who came in each hour.
    pub voters: Vec<u64>,
    /// Seconds that they waited for a booth, all together.
    pub waited_seconds: Vec<u64>,
    /// Voters who waited longer than the limit.
    pub late: u64,
}

impl Seen {
    /// Seconds that a voter of an hour waited on average; zero when nobody came.
    #[must_use]
    pub fn mean_seconds(&self, hour: usize) -> u64 {
        self.waited_seconds[hour]
            .checked_div(self.voters[hour])
            .unwrap_or(0)
    }
}

/// Lives `days` days. In each second one voter comes or none; at a booth a voter has a number of
/// things to do one after the other, of equal mean time and without memory: one when times vary as
/// much as their mean, four when they vary half as much. Who is in line at the end votes.
///
/// # Panics
/// When no seconds for a voter are given, which the estimate has refused.
#[must_use]
pub fn live(day: &Day, limit_seconds: u64, days: u32, seed: u64) -> Seen {
    let hours = day.arrivals.len();
    let mut seen = Seen {
        voters: vec![0; hours],
        waited_seconds: vec![0; hours],
        late: 0,
    };
    let mut chance = Chance::new(seed);
    for _ in 0..days {
        live_once(day, limit_seconds, &mut chance, &mut seen);
    }
    seen
}

fn live_once(day: &Day, limit_seconds: u64, chance: &mut Chance, seen: &mut Seen) {
    let things = 100_u32
        .checked_div(day.variation_percent)
        .unwrap_or(16)
        .clamp(1, 16);
    let mut line: VecDeque<u64> = VecDeque::new();
    // What is left to do at each booth that is taken.
    let mut booths = vec![0; day.booths as usize];
    let closing = day.arrivals.len() as u64 * HOUR_SECONDS;
    let mut now = 0;
    while now < closing || !line.is_empty() {
        let hour = usize::try_from(now / HOUR_SECONDS).unwrap_or(usize::MAX);
        let coming = day.arrivals.get(hour).copied().unwrap_or(0);
        if chance.below(3600) < coming {
            line.push_back(now);
        }
        for left in &mut booths {
            if *left > 0 && chance.below(day.seconds_per_voter) < things {
                *left -= 1;
            }
            if *left == 0
                && let Some(came) = line.pop_front()
            {
                *left = things;
                let waited = now - came;
                let hour = usize::try_from(came / HOUR_SECONDS).unwrap_or(usize::MAX);
                seen.voters[hour] += 1;
                seen.waited_seconds[hour] += waited;
                seen.late += u64::from(waited > limit_seconds);
            }
        }
        now += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::live;
    use sanduq_register::placement::queue::Day;
    use sanduq_register::placement::queue::waiting;

    /// Days of different kinds: what is expected each hour, booths, seconds and variation.
    const DAYS: [(&str, [u32; 10], u32, u32, u32); 7] = [
        ("calm", [20, 25, 20, 15, 15, 15, 20, 25, 20, 10], 1, 90, 100),
        ("even", [60; 10], 2, 100, 100),
        (
            "morning",
            [110, 90, 70, 50, 40, 40, 40, 40, 40, 30],
            2,
            100,
            50,
        ),
        (
            "evening",
            [20, 30, 40, 40, 40, 50, 60, 80, 90, 70],
            2,
            100,
            25,
        ),
        (
            "large",
            [150, 170, 150, 120, 100, 100, 120, 150, 170, 120],
            6,
            140,
            100,
        ),
        (
            "crowd",
            [200, 150, 60, 20, 20, 20, 20, 20, 20, 20],
            2,
            90,
            100,
        ),
        (
            "long ballot",
            [14, 16, 16, 14, 12, 12, 14, 16, 16, 12],
            2,
            420,
            25,
        ),
    ];

    #[test]
    fn the_estimate_errs_by_a_quarter_at_most() {
        for (name, arrivals, booths, seconds_per_voter, variation_percent) in DAYS {
            let day = Day {
                arrivals: arrivals.to_vec(),
                booths,
                seconds_per_voter,
                variation_percent,
            };
            let told = waiting(&day, 1800).expect("booths are enough");
            let seen = live(&day, 1800, 400, 1);
            for (hour, told) in told.hours.iter().enumerate() {
                let (told, seen) = (u64::from(told.mean_seconds), seen.mean_seconds(hour));
                // Below a minute nobody plans by it: there a quarter of a minute is allowed.
                let allowed = seen.max(60) / 4;
                assert!(
                    told.abs_diff(seen) <= allowed,
                    "{name} {hour}: {told} {seen}"
                );
            }
            let late = seen.late / 400;
            assert!(
                told.late.abs_diff(late) <= late / 4 + 5,
                "{name}: {} {late}",
                told.late
            );
        }
    }
}
