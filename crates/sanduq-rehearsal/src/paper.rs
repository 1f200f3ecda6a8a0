//! What the head of station writes down, and how hands slip: a true sheet, now and then a paper
//! whose arithmetic does not hold, and clerks who mistype a figure.

use crate::chance::Chance;
use crate::day::Box;
use sanduq_core::count::Votes;
use sanduq_count::form::Form;
use sanduq_count::form::Meaning;
use sanduq_count::sheet::Figures;

/// The figures of the station that every sheet of it repeats.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StationFigures {
    /// Voters on its list.
    pub registered: u64,
    /// Who came.
    pub came: u64,
    /// Who was turned away.
    pub refused: u64,
    /// Who voted.
    pub voted: u64,
    /// Ballots received.
    pub received: u64,
}

/// The true sheet of a box, each figure in the field of its meaning.
#[must_use]
pub fn truth(form: &Form, station: StationFigures, counted: &Box) -> Figures {
    let figure = |meaning| match meaning {
        Meaning::Registered => Some(station.registered),
        Meaning::Presented => Some(station.came),
        Meaning::Refused => Some(station.refused),
        Meaning::CheckedIn | Meaning::Issued => Some(station.voted),
        Meaning::Received => Some(station.received),
        Meaning::Unused => Some(station.received - station.voted - counted.spoiled),
        Meaning::Spoiled => Some(counted.spoiled),
        Meaning::InBox => Some(counted.found),
        Meaning::Valid => Some(counted.valid()),
        Meaning::Invalid => Some(counted.invalid),
        Meaning::Blank => Some(counted.blank),
        Meaning::Other => None,
    };
    let fields = form
        .fields
        .iter()
        .map(|field| figure(field.meaning).map(Votes::new));
    Figures {
        fields: fields.collect(),
        choices: counted
            .choices
            .iter()
            .map(|&votes| Some(Votes::new(votes)))
            .collect(),
    }
}

/// A paper on which one figure is wrong by one to nine: a head who added up wrongly.
#[must_use]
pub fn miswritten(mut figures: Figures, chance: &mut Chance) -> Figures {
    let by = 1 + chance.below(9);
    slip(&mut figures, chance, |votes| votes + by);
    figures
}

/// An entry in which one figure is mistyped: two digits swapped where there are two that differ,
/// one more otherwise.
#[must_use]
pub fn mistyped(mut figures: Figures, chance: &mut Chance) -> Figures {
    slip(&mut figures, chance, |votes| {
        let (tens, ones) = (votes / 10 % 10, votes % 10);
        if tens == ones {
            votes + 1
        } else {
            votes / 100 * 100 + ones * 10 + tens
        }
    });
    figures
}

fn slip(figures: &mut Figures, chance: &mut Chance, wrong: impl Fn(u64) -> u64) {
    let count = figures.fields.len() + figures.choices.len();
    let at = chance.index(count);
    let Figures { fields, choices } = figures;
    if let Some(Some(votes)) = fields.iter_mut().chain(choices).nth(at) {
        *votes = Votes::new(wrong(votes.get()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FORM: &str = include_str!("../../../jurisdictions/wahat/forms/wahat.toml");

    #[test]
    fn the_true_sheet_balances_and_a_slip_changes_exactly_one_figure() {
        let form = Form::from_toml(FORM).unwrap();
        let station = StationFigures {
            registered: 900,
            came: 505,
            refused: 5,
            voted: 500,
            received: 950,
        };
        let mut chance = Chance::new(5, "paper");
        let counted = crate::day::count(500, &[5, 3, 2], &mut chance);
        let figures = truth(&form, station, &counted);
        for _ in 0..200 {
            for wrong in [
                miswritten(figures.clone(), &mut chance),
                mistyped(figures.clone(), &mut chance),
            ] {
                let all = |f: &Figures| [f.fields.clone(), f.choices.clone()].concat();
                let differing = all(&wrong)
                    .iter()
                    .zip(all(&figures))
                    .filter(|(a, b)| **a != *b)
                    .count();
                assert_eq!(differing, 1);
            }
        }
    }
}
