//! Which parts of two names face each other: each at its place, in another order of the family's
//! names, or with the family name first.

use super::Likenesses;
use super::Roll;
use super::rarity;
use crate::matching::evidence::Order;
use crate::matching::profile::FAMILY;
use crate::matching::profile::FATHER;
use crate::matching::profile::GIVEN;
use crate::matching::profile::GRANDFATHER;
use crate::matching::profile::NAME_PARTS;
use crate::matching::record::Name;
use crate::matching::record::NameId;
use crate::matching::record::ROLE;
use crate::matching::record::Record;
use crate::matching::similarity::Likeness;

/// How the parts of one name lie against those of the other.
#[derive(Clone, Copy)]
pub(super) struct Alignment {
    pub(super) likeness: [Likeness; NAME_PARTS],
    pub(super) rarity: [u8; NAME_PARTS],
    pub(super) order: Order,
    /// The part of the second name that was compared with each of the first.
    pub(super) facing: [usize; NAME_PARTS],
    /// The second record's name is the first, as the fuller one.
    turned: bool,
}

impl Alignment {
    /// Whether the whole name was read in another order, the family name first.
    pub(super) fn is_rotated(&self) -> bool {
        ROTATIONS.contains(&self.facing)
    }
}

/// Which part of each record's name was compared with which of the other's: for each piece of
/// evidence of a name the part of the first record and that of the second.
pub fn facing(
    roll: &Roll,
    likenesses: &mut impl Likenesses,
    records: [&Record; 2],
) -> [[usize; NAME_PARTS]; 2] {
    let aligned = align(roll, likenesses, records);
    let own = [GIVEN, FATHER, GRANDFATHER, FAMILY];
    if aligned.turned {
        [aligned.facing, own]
    } else {
        [own, aligned.facing]
    }
}

/// The family name stands first and the others behind it, in one name or in the other: for given,
/// father's, grandfather's and family name of one the part of the other that faces it.
const ROTATIONS: [[usize; NAME_PARTS]; 2] = [
    [FATHER, GRANDFATHER, FAMILY, GIVEN],
    [FAMILY, GIVEN, FATHER, GRANDFATHER],
];

/// The orders in which father, grandfather and family are tried.
const ORDERS: [[usize; 3]; 5] = [
    [FATHER, FAMILY, GRANDFATHER],
    [GRANDFATHER, FATHER, FAMILY],
    [GRANDFATHER, FAMILY, FATHER],
    [FAMILY, FATHER, GRANDFATHER],
    [FAMILY, GRANDFATHER, FATHER],
];

/// The two names in one order, whichever record stands first: the fuller one, then by their
/// consonants and how rare they are.
fn oriented(names: &[Name], pair: [[NameId; NAME_PARTS]; 2]) -> [[NameId; NAME_PARTS]; 2] {
    let weight = |ids: [NameId; NAME_PARTS]| {
        let missing = ids.iter().filter(|id| **id == 0).count();
        let known = ids.map(|id| (names[id as usize].skeleton, names[id as usize].rarity));
        (missing, known, ids)
    };
    let [one, other] = pair;
    if weight(one) <= weight(other) {
        pair
    } else {
        [other, one]
    }
}

pub(super) fn align(
    roll: &Roll,
    likenesses: &mut impl Likenesses,
    records: [&Record; 2],
) -> Alignment {
    let given = records.map(|record| record.names);
    let [one, other] = oriented(roll.names, given);
    let pair = |part: usize, facing: usize| [one[part], other[facing]];
    let rarity_of = |part: usize, facing| rarity(roll.names, ROLE[part], pair(part, facing));
    let mut aligned = Alignment {
        likeness: [0, 1, 2, 3].map(|part| likenesses.of(one[part], other[part])),
        rarity: [0, 1, 2, 3].map(|part| rarity_of(part, part)),
        order: Order::Straight,
        facing: [GIVEN, FATHER, GRANDFATHER, FAMILY],
        turned: given != [one, other],
    };
    let straight = aligned.likeness;
    let agreeing = straight[FATHER..]
        .iter()
        .filter(|likeness| likeness.agrees())
        .count();
    let differing = straight.contains(&Likeness::Different);
    if agreeing == 3 || !differing {
        return aligned;
    }
    if rotate(roll, likenesses, [one, other], &mut aligned) {
        return aligned;
    }
    if meet_elsewhere(roll.names, [one, other]) {
        reorder(roll, likenesses, [one, other], &mut aligned);
    }
    reverse(likenesses, [one, other], &mut aligned);
    aligned
}

/// Whether two names that are both given are one by their commonest spelling, or by their
/// consonants in two scripts.
fn meet(names: &[Name], [one, other]: [NameId; 2]) -> bool {
    let [one, other] = [one, other].map(|id| names[id as usize]);
    let across = one.latin != other.latin && one.skeleton == other.skeleton;
    one.canonical > 0 && (one.canonical == other.canonical || across)
}

/// Whether a part of the family's names stands at another place of the other name.
fn meet_elsewhere(names: &[Name], [one, other]: [[NameId; NAME_PARTS]; 2]) -> bool {
    (FATHER..NAME_PARTS).any(|part| {
        (FATHER..NAME_PARTS)
            .filter(|facing| *facing != part)
            .any(|facing| meet(names, [one[part], other[facing]]))
    })
}

/// Reads the whole name with the family name first where every part that both have agrees then,
/// three at least; returns whether it does. A son whose name goes on where his father's begins is
/// not so read: the last name of one would have to be the first of the other.
fn rotate(
    roll: &Roll,
    likenesses: &mut impl Likenesses,
    [one, other]: [[NameId; NAME_PARTS]; 2],
    aligned: &mut Alignment,
) -> bool {
    for facing in ROTATIONS {
        let ends = [GIVEN, FAMILY].map(|part| [one[part], other[facing[part]]]);
        if !ends.iter().all(|pair| meet(roll.names, *pair)) {
            continue;
        }
        let parts = [GIVEN, FATHER, GRANDFATHER, FAMILY];
        let likeness = parts.map(|part| likenesses.of(one[part], other[facing[part]]));
        let agreeing = likeness.iter().filter(|one| one.agrees()).count();
        let missing = likeness.iter().filter(|one| **one == Likeness::Missing);
        if agreeing >= 3 && agreeing + missing.count() == NAME_PARTS {
            aligned.rarity =
                parts.map(|part| rarity(roll.names, ROLE[part], [one[part], other[facing[part]]]));
            (aligned.likeness, aligned.facing) = (likeness, facing);
            aligned.order = Order::Reversed;
            return true;
        }
    }
    false
}

/// Takes the order of father, grandfather and family in which most of them agree; places are those
/// of the first, which is the fuller.
fn reorder(
    roll: &Roll,
    likenesses: &mut impl Likenesses,
    [one, other]: [[NameId; NAME_PARTS]; 2],
    aligned: &mut Alignment,
) {
    let agree = |likeness: &[Likeness]| likeness.iter().filter(|one| one.agrees()).count();
    let mut best = agree(&aligned.likeness[FATHER..]);
    let rarity_of =
        |part: usize, facing: usize| rarity(roll.names, ROLE[part], [one[part], other[facing]]);
    for order in ORDERS {
        let likeness = [0, 1, 2].map(|place| likenesses.of(one[place + 1], other[order[place]]));
        let agreeing = agree(&likeness);
        if agreeing <= best {
            continue;
        }
        best = agreeing;
        for (place, facing) in order.into_iter().enumerate() {
            let part = place + 1;
            aligned.likeness[part] = likeness[place];
            aligned.rarity[part] = rarity_of(part, facing);
            aligned.facing[part] = facing;
        }
        let shifted = likeness.contains(&Likeness::Missing);
        aligned.order = if shifted {
            Order::Shifted
        } else {
            Order::Changed
        };
    }
}

/// Given and family name may have changed places.
fn reverse(
    likenesses: &mut impl Likenesses,
    [one, other]: [[NameId; NAME_PARTS]; 2],
    aligned: &mut Alignment,
) {
    if aligned.likeness[GIVEN].agrees() || aligned.likeness[FAMILY].agrees() {
        return;
    }
    let crossed = [
        likenesses.of(one[GIVEN], other[FAMILY]),
        likenesses.of(one[FAMILY], other[GIVEN]),
    ];
    if crossed.iter().all(|likeness| likeness.agrees()) {
        aligned.likeness[GIVEN] = crossed[0];
        aligned.likeness[FAMILY] = crossed[1];
        (aligned.facing[GIVEN], aligned.facing[FAMILY]) = (FAMILY, GIVEN);
        aligned.order = Order::Reversed;
    }
}
