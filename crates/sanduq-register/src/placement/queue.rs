//! How long voters wait at a station, before the day: from the arrivals that are expected in each
//! hour, the booths, and the time that a voter takes.
//!
//! A station whose booths could not serve everybody who is expected, were they never idle for one
//! second, is refused. For the others the number of people at the station is followed through the
//! day as a distribution: voters come by chance and take a time of chance, so that a queue stands
//! even where there is room on average.
//!
//! Always true here: integers only, so that the same plan gives the same waiting times everywhere;
//! shares of one are whole numbers of [`ONE`].

use sanduq_core::refusal::Refusal;

/// One day at a station.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Day {
    /// Voters who are expected in each hour of voting.
    pub arrivals: Vec<u32>,
    /// Places where a voter can vote at the same time.
    pub booths: u32,
    /// Seconds that a voter takes a booth for, on average.
    pub seconds_per_voter: u32,
    /// How unequal these times are: their variance by the square of their mean, in hundredths.
    /// 100 for times without memory, 0 where everybody takes the same time.
    pub variation_percent: u32,
}

/// Why a station cannot be planned so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QueueRefusal {
    /// It has no booth.
    NoBooth,
    /// No time for a voter is given.
    NoTime,
    /// More voters are expected than all booths together can serve from opening to closing.
    TooFewBooths {
        /// Voters who are expected.
        expected: u64,
        /// Voters who can be served.
        possible: u64,
    },
}

impl Refusal for QueueRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::NoBooth => "placement.no_booth",
            Self::NoTime => "placement.no_time_per_voter",
            Self::TooFewBooths { .. } => "placement.too_few_booths",
        }
    }
}

impl core::fmt::Display for QueueRefusal {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::NoBooth => f.write_str("the station has no booth"),
            Self::NoTime => f.write_str("no time that a voter takes is given"),
            Self::TooFewBooths { expected, possible } => write!(
                f,
                "{expected} voters are expected and {possible} can be served from opening to \
                 closing"
            ),
        }
    }
}

impl core::error::Error for QueueRefusal {}

/// Waiting in one hour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Hour {
    /// Voters who come.
    pub voters: u32,
    /// Seconds that one of them waits for a booth, on average.
    pub mean_seconds: u32,
    /// Of a million of them, those who wait longer than the limit.
    pub late_per_million: u32,
}

/// Waiting through the day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Waiting {
    /// Hour by hour.
    pub hours: Vec<Hour>,
    /// Voters who wait longer than the limit, rounded up.
    pub late: u64,
}

impl Waiting {
    /// Voters of the day.
    #[must_use]
    pub fn voters(&self) -> u64 {
        self.hours.iter().map(|hour| u64::from(hour.voters)).sum()
    }
}

/// Seconds of an hour.
const HOUR_SECONDS: u64 = 3600;

/// The whole of a distribution.
pub const ONE: u64 = 1 << 40;

/// Shares smaller than this are not followed.
const NOTHING: u64 = 1 << 14;

/// Bits behind the point of a share that is only looked at.
const LOOK_BITS: u32 = 28;

/// Bits behind the point of the chance that something happens in a step.
const CHANCE_BITS: u32 = 20;

/// In one step at most one of so many chances happens: steps are that short.
const STEPS: u64 = 8;

/// Whether the booths can serve everybody in the time there is.
///
/// # Errors
/// [`QueueRefusal`]; a station without booth or time is named before the sum is made.
pub fn check(day: &Day) -> Result<(), QueueRefusal> {
    if day.booths == 0 {
        return Err(QueueRefusal::NoBooth);
    }
    if day.seconds_per_voter == 0 {
        return Err(QueueRefusal::NoTime);
    }
    let expected = day.arrivals.iter().map(|count| u64::from(*count)).sum();
    let open = day.arrivals.len() as u64 * HOUR_SECONDS;
    let possible = u64::from(day.booths) * open / u64::from(day.seconds_per_voter);
    if expected > possible {
        return Err(QueueRefusal::TooFewBooths { expected, possible });
    }
    Ok(())
}

/// How long voters wait, and how many longer than `limit_seconds`.
///
/// # Errors
/// [`QueueRefusal`] of a station that is not open to such a plan.
pub fn waiting(day: &Day, limit_seconds: u32) -> Result<Waiting, QueueRefusal> {
    check(day)?;
    let mut queue = Queue::new(day, limit_seconds);
    let hours: Vec<Hour> = day
        .arrivals
        .iter()
        .map(|count| queue.hour(*count))
        .collect();
    let late: u64 = hours
        .iter()
        .map(|hour| u64::from(hour.voters) * u64::from(hour.late_per_million))
        .sum();
    Ok(Waiting {
        hours,
        late: late.div_ceil(1_000_000),
    })
}

/// The distribution of the people at a station.
///
/// Times that are less unequal make shorter queues by chance: they are followed as more voters who
/// take less time each, in the proportion `grain` of the two variances, of coming and of taking.
struct Queue {
    /// The share of each number of people, from none on.
    people: Vec<u64>,
    next: Vec<u64>,
    booths: u64,
    /// Thousandths of a second that one of the finer voters takes.
    milliseconds: u64,
    /// Finer voters for 200 voters.
    grain: u64,
    limit_milliseconds: u64,
}

impl Queue {
    fn new(day: &Day, limit_seconds: u32) -> Self {
        let variances = 100 + u64::from(day.variation_percent);
        Self {
            people: vec![ONE],
            next: Vec::new(),
            booths: u64::from(day.booths),
            milliseconds: u64::from(day.seconds_per_voter) * 1000 * variances / 200,
            grain: 40_000 / variances,
            limit_milliseconds: u64::from(limit_seconds) * 1000,
        }
    }

    /// An hour in which so many voters come.
    fn hour(&mut self, voters: u32) -> Hour {
        let finer = u64::from(voters) * self.grain;
        let served = 200 * self.booths * HOUR_SECONDS * 1000 / self.milliseconds;
        // Everything that happens in the hour, at most once in a step on average in `STEPS`.
        let steps = ((finer + served) * STEPS / 200).max(HOUR_SECONDS / 10);
        let coming = (finer << CHANCE_BITS) / (200 * steps);
        let going = ((HOUR_SECONDS * 1000) << CHANCE_BITS) / (self.milliseconds * steps);
        let (mut waited, mut late) = (0, 0);
        let looks = steps.div_ceil(STEPS);
        for step in 0..steps {
            if step % STEPS == 0 {
                let (milliseconds, beyond) = self.look();
                waited += milliseconds;
                late += beyond;
            }
            self.step(coming, going);
        }
        let small = |value: u64| u32::try_from(value).unwrap_or(u32::MAX);
        Hour {
            voters,
            mean_seconds: small(waited / looks / 1000),
            late_per_million: small((late / looks * 1_000_000) >> LOOK_BITS),
        }
    }

    /// Milliseconds that who comes now waits on average, and the share that waits too long, with
    /// [`LOOK_BITS`] behind the point.
    fn look(&self) -> (u64, u64) {
        let (mut waited, mut late) = (0, 0);
        let waiting = self
            .people
            .iter()
            .skip(usize::try_from(self.booths).unwrap_or(usize::MAX));
        for (share, before) in waiting.zip(1..) {
            let share = share >> (ONE.ilog2() - LOOK_BITS);
            let milliseconds: u64 = before * self.milliseconds / self.booths;
            waited += milliseconds * share;
            if milliseconds > self.limit_milliseconds {
                late += share;
            }
        }
        (waited >> LOOK_BITS, late)
    }

    /// One step: one comes, or one of those at a booth goes, or nothing happens.
    fn step(&mut self, coming: u64, going: u64) {
        self.next.clear();
        self.next.resize(self.people.len() + 1, 0);
        for (at, share) in self.people.iter().enumerate() {
            if *share == 0 {
                continue;
            }
            let busy = self.booths.min(at as u64);
            let comes = (share * coming) >> CHANCE_BITS;
            let goes = (share * (going * busy)) >> CHANCE_BITS;
            self.next[at + 1] += comes;
            if at > 0 {
                self.next[at - 1] += goes;
            }
            self.next[at] += share - comes - goes;
        }
        // What is too small to follow stays with the neighbour, so that the whole stays whole.
        while self.next.len() > 1 && self.next.last().is_some_and(|share| *share < NOTHING) {
            let small = self.next.pop().unwrap_or(0);
            if let Some(last) = self.next.last_mut() {
                *last += small;
            }
        }
        std::mem::swap(&mut self.people, &mut self.next);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(arrivals: &[u32], booths: u32, seconds_per_voter: u32) -> Day {
        Day {
            arrivals: arrivals.to_vec(),
            booths,
            seconds_per_voter,
            variation_percent: 100,
        }
    }

    #[test]
    fn booths_that_cannot_serve_everybody_are_refused() {
        // Two booths, ten hours, eight minutes a voter for several ballot papers: 150 can vote.
        let full = day(&[15; 10], 2, 480);
        assert_eq!(check(&full), Ok(()));
        let mut one_more = full.clone();
        one_more.arrivals[0] += 1;
        let refused = QueueRefusal::TooFewBooths {
            expected: 151,
            possible: 150,
        };
        assert_eq!(check(&one_more), Err(refused));
        assert_eq!(waiting(&one_more, 1800), Err(refused));
        assert_eq!(check(&day(&[1], 0, 60)), Err(QueueRefusal::NoBooth));
        assert_eq!(check(&day(&[1], 1, 0)), Err(QueueRefusal::NoTime));
    }

    #[test]
    fn a_steady_queue_waits_as_theory_says() {
        // Erlang's formula for times without memory, in seconds, after many equal hours.
        for (voters, booths, seconds, expected) in [
            (30, 1, 60, 60),
            (48, 1, 60, 240),
            (96, 2, 60, 107),
            (160, 4, 72, 58),
        ] {
            let waiting = waiting(&day(&[voters; 12], booths, seconds), 1800).unwrap();
            let found = waiting.hours[11].mean_seconds;
            let allowed = expected / 8 + 2;
            assert!(
                found.abs_diff(expected) <= allowed,
                "{voters} {booths}: {found}"
            );
        }
    }

    #[test]
    fn who_takes_equal_time_waits_half_as_long() {
        let mut equal = day(&[48; 12], 1, 60);
        equal.variation_percent = 0;
        let found = waiting(&equal, 1800).unwrap().hours[11].mean_seconds;
        assert!(found.abs_diff(120) <= 17, "{found}");
    }

    #[test]
    fn a_crowd_in_the_morning_waits_and_is_late() {
        let crowd = waiting(&day(&[120, 10, 10, 10, 10, 10], 1, 60), 1800).unwrap();
        // Sixty more than can be served in the first hour: the last of them waits an hour.
        assert!(
            crowd.hours[0].mean_seconds.abs_diff(1800) < 200,
            "{crowd:?}"
        );
        assert!(crowd.hours[1].mean_seconds > 1800);
        assert!(crowd.hours[5].mean_seconds < 300);
        assert!(crowd.late.abs_diff(70) < 12, "{crowd:?}");
        assert_eq!(crowd.voters(), 170);
        let empty = waiting(&day(&[0; 3], 1, 60), 1800).unwrap();
        assert_eq!((empty.late, empty.hours[2].mean_seconds), (0, 0));
    }
}
