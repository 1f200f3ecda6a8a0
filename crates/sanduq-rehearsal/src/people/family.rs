//! The names of a family: its members share a line, and each has a name of one's own.

use crate::chance::Chance;
use crate::people::source::NameIndex;
use crate::people::source::Place;
use crate::people::source::Source;

/// Of ten thousand families, how many have up to 1, 2, … brothers and sisters on the roll.
const SIBLINGS: [u64; 5] = [6_200, 8_000, 9_100, 9_700, 10_000];

/// What brothers and sisters share of a name: the father's, the grandfather's, the family's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line([NameIndex; 3]);

impl Line {
    /// Draws a line.
    pub fn draw(source: &Source, chance: &mut Chance) -> Self {
        let places = [Place::Father, Place::Grandfather, Place::Family];
        Self(places.map(|place| source.place(place).draw(chance)))
    }

    /// The name of a child of this line.
    #[must_use]
    pub const fn child(&self, given: NameIndex) -> [NameIndex; 4] {
        let [father, grandfather, family] = self.0;
        [given, father, grandfather, family]
    }

    /// The name of the father himself: his own is his children's second.
    pub fn father(&self, source: &Source, chance: &mut Chance) -> [NameIndex; 4] {
        let [father, grandfather, family] = self.0;
        let before = source.place(Place::Grandfather).draw(chance);
        [father, grandfather, before, family]
    }

    /// A given name that no brother or sister has; an eldest son may be called after his
    /// grandfather.
    pub fn given(
        &self,
        source: &Source,
        woman: bool,
        siblings: &[NameIndex],
        chance: &mut Chance,
    ) -> NameIndex {
        if siblings.is_empty() && !woman && chance.once_in(12) {
            return self.0[1];
        }
        let mut given = source.given(woman, chance);
        // Names that are hundreds outlast any family; of a few there may be none left.
        for _ in 0..64 {
            if !siblings.contains(&given) {
                break;
            }
            given = source.given(woman, chance);
        }
        given
    }
}

/// How many brothers and sisters of a family are on the roll: from 1 to 5.
pub fn siblings(chance: &mut Chance) -> usize {
    let drawn = chance.below(10_000);
    1 + SIBLINGS.partition_point(|&upto| upto <= drawn)
}
