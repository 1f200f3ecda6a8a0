//! The polling day of a station: who comes in which hour, who is turned away, and what its box
//! holds at the end. Opinions are drawn for each unit, votes for each ballot.

use crate::chance::Chance;
use crate::chance::cumulative;
use crate::chance::split;

/// One hour of a station: how many electors are given a ballot and how many are turned away.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Hour {
    /// Electors given a ballot.
    pub voted: u64,
    /// Persons turned away: on the list of another station, or here a second time.
    pub refused: u64,
}

/// How people come over the day, hour by hour, in thousandths of a day's arrivals: a rise until
/// noon, a lull, and a second rise before the close.
const CURVE: [u64; 11] = [70, 95, 110, 115, 95, 70, 65, 80, 100, 110, 90];

/// The day of a station with `registered` voters.
#[must_use]
pub fn of_station(registered: u64, chance: &mut Chance) -> Vec<Hour> {
    let per_mille = 330 + chance.below(330);
    let voters = registered * per_mille / 1_000;
    let curve: Vec<u64> = CURVE
        .iter()
        .map(|&weight| weight * 8 + chance.below(160))
        .collect();
    let refused = split(voters / 180, &curve);
    let hours = split(voters, &curve).into_iter().zip(refused);
    hours
        .map(|(voted, refused)| Hour { voted, refused })
        .collect()
}

/// What is in a box after the close.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Box {
    /// Ballots spoiled and replaced.
    pub spoiled: u64,
    /// Ballots found in the box; at most those issued, for some voters walk away with theirs.
    pub found: u64,
    /// Blank ballots.
    pub blank: u64,
    /// Invalid ballots.
    pub invalid: u64,
    /// Votes for each choice.
    pub choices: Vec<u64>,
}

impl Box {
    /// Valid votes.
    #[must_use]
    pub fn valid(&self) -> u64 {
        self.choices.iter().sum()
    }
}

/// The opinions of a unit: a weight for each choice, no two units alike and the order of the
/// nation's favourites kept.
#[must_use]
pub fn opinions(choices: usize, chance: &mut Chance) -> Vec<u64> {
    (0..choices)
        .map(|i| 40_000 / (i as u64 + 2) + chance.below(9_000))
        .collect()
}

/// Counts a box of `issued` ballots, vote by vote.
#[must_use]
pub fn count(issued: u64, opinions: &[u64], chance: &mut Chance) -> Box {
    let local = opinions
        .iter()
        .map(|&weight| weight * (80 + chance.below(41)));
    let weights = cumulative(local.collect::<Vec<_>>());
    let mut counted = Box {
        choices: vec![0; opinions.len()],
        ..Box::default()
    };
    counted.spoiled = issued / 400;
    for _ in 0..issued {
        match chance.below(10_000) {
            0..4 => continue,
            4..104 => counted.blank += 1,
            104..284 => counted.invalid += 1,
            _ => counted.choices[chance.weighted(&weights)] += 1,
        }
        counted.found += 1;
    }
    counted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_adds_up() {
        let mut chance = Chance::new(1, "day");
        for registered in [0, 1, 17, 800, 14_000] {
            let day = of_station(registered, &mut chance);
            let voted: u64 = day.iter().map(|hour| hour.voted).sum();
            assert!(voted <= registered);
            assert_eq!(day.len(), CURVE.len());
        }
    }

    #[test]
    fn a_box_adds_up_and_holds_no_more_than_was_issued() {
        let mut chance = Chance::new(1, "box");
        let opinions = opinions(4, &mut chance);
        for issued in [0, 1, 500, 5_000] {
            let counted = count(issued, &opinions, &mut chance);
            assert_eq!(
                counted.valid() + counted.invalid + counted.blank,
                counted.found
            );
            assert!(counted.found <= issued);
        }
    }
}
