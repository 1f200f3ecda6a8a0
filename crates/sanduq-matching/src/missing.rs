//! Who of a list is not on the roll: a list of everyone with the right to vote, and the pairs of
//! its records with the roll's.

use crate::pairs::Pairs;
use crate::run::Engine;
use sanduq_register::matching::weights::Class;
use sanduq_register::matching::weights::Weights;

/// A record of the list that no record of the roll is proposed for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Absence {
    /// The row of the list.
    pub row: u32,
    /// The nearest record of the roll that a clerk has to look at, and its score; none where no
    /// record comes near.
    pub nearest: Option<(u32, i32)>,
}

impl Absence {
    /// The word for machines.
    #[must_use]
    pub const fn word(&self) -> &'static str {
        match self.nearest {
            None => "missing",
            Some(_) => "uncertain",
        }
    }
}

/// Those of the list without an automatic proposal, in the order of the list. A record with several
/// counts as found: which of them is hers is another question.
#[must_use]
pub fn absent(engine: &Engine, pairs: &Pairs, weights: &Weights) -> Vec<Absence> {
    let first = engine.list().unwrap_or(0);
    let count = engine.records().len() - first as usize;
    let mut best: Vec<Option<(u32, i32)>> = vec![None; count];
    for link in pairs.links() {
        let slot = &mut best[(link.other - first) as usize];
        if slot.is_none_or(|(_, score)| link.score > score) {
            *slot = Some((link.one, link.score));
        }
    }
    let found = |nearest: &Option<(u32, i32)>| {
        nearest.is_some_and(|(_, score)| weights.class(score) == Class::Automatic)
    };
    (first..)
        .zip(best)
        .filter(|(_, nearest)| !found(nearest))
        .map(|(row, nearest)| Absence { row, nearest })
        .collect()
}
