//! What two records say about each other: names by position and in another order, date and number
//! together, place, sex; and whether they look like relatives.

use super::date;
use super::date::Date;
use super::evidence::CROSS_AT;
use super::evidence::DATE_NAMES_AT;
use super::evidence::DATE_NUMBER_AT;
use super::evidence::EXTRAS_AT;
use super::evidence::Evidence;
use super::evidence::LIKENESS_CELLS;
use super::evidence::NAMES_AT;
use super::evidence::ORDER_AT;
use super::evidence::Order;
use super::evidence::PLACE_AT;
use super::evidence::Places;
use super::evidence::RARITIES;
use super::evidence::SAME_PLACE_AT;
use super::evidence::SCRIPT_AT;
use super::evidence::SEX_AT;
use super::evidence::Sexes;
use super::evidence::TOGETHER_AT;
use super::number;
use super::number::Layout;
use super::profile::FAMILY;
use super::profile::FATHER;
use super::profile::GIVEN;
use super::profile::GRANDFATHER;
use super::profile::MOST_EXTRAS;
use super::profile::NAME_PARTS;
use super::record::Name;
use super::record::NameId;
use super::record::RAREST;
use super::record::ROLE;
use super::record::Record;
use super::record::Sex;
use super::similarity::Likeness;

/// What a comparison needs to know of the whole roll.
pub struct Roll<'a> {
    /// The dictionary, by id.
    pub names: &'a [Name],
    /// How rare each birth date is, by packed date.
    pub dates: &'a [u8],
    /// How rare each place is.
    pub places: &'a [u8],
    /// Number of records in half bits.
    pub size: u8,
    /// The parts of the national number.
    pub layout: &'a Layout,
    /// A woman's record may hold her husband's name for her father's.
    pub husband_for_father: bool,
    /// Which further attributes speak against one person where they differ.
    pub contradicting: [bool; MOST_EXTRAS],
}

/// Says how near two different names of the dictionary are.
pub trait Likenesses {
    /// The likeness of two names that are both given and not the same.
    fn of_different(&mut self, one: NameId, other: NameId) -> Likeness;

    /// The likeness of any two names.
    fn of(&mut self, one: NameId, other: NameId) -> Likeness {
        if one == other && one > 0 {
            Likeness::Same
        } else if one == 0 || other == 0 {
            Likeness::Missing
        } else {
            self.of_different(one, other)
        }
    }
}

/// How the parts of one name lie against those of the other.
#[derive(Clone, Copy)]
struct Alignment {
    likeness: [Likeness; NAME_PARTS],
    rarity: [u8; NAME_PARTS],
    order: Order,
    /// The part of the second name that was compared with each of the first.
    facing: [usize; NAME_PARTS],
    /// The second record's name is the first, as the fuller one.
    turned: bool,
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

/// The orders in which father, grandfather and family are tried.
const ORDERS: [[usize; 3]; 5] = [
    [FATHER, FAMILY, GRANDFATHER],
    [GRANDFATHER, FATHER, FAMILY],
    [GRANDFATHER, FAMILY, FATHER],
    [FAMILY, FATHER, GRANDFATHER],
    [FAMILY, GRANDFATHER, FATHER],
];

/// Compares two records. `extras` are their further attributes, in one order.
pub fn compare(
    roll: &Roll,
    likenesses: &mut impl Likenesses,
    records: [&Record; 2],
    extras: [&[NameId]; 2],
) -> Evidence {
    let mut evidence = Evidence::none();
    let mut aligned = align(roll, likenesses, records);
    if roll.husband_for_father && records.iter().all(|one| one.sex == Sex::Female) {
        for part in [FATHER, GRANDFATHER] {
            if aligned.likeness[part] == Likeness::Different {
                aligned.likeness[part] = Likeness::Missing;
                evidence.husband = true;
            }
        }
    }
    for part in 0..NAME_PARTS {
        let table = NAMES_AT + part * LIKENESS_CELLS;
        light_likeness(
            &mut evidence,
            table,
            aligned.likeness[part],
            aligned.rarity[part],
        );
    }
    evidence.light(ORDER_AT, aligned.order as usize);
    let number = records[0].number.apart(records[1].number, roll.layout);
    let date = light_dates(roll, &mut evidence, records, number);
    light_place(roll, &mut evidence, records);
    evidence.light(SEX_AT, sexes(records.map(|record| record.sex)) as usize);
    let given = light_together(&mut evidence, &aligned, number, date);
    let latin = records.map(|record| roll.names[record.names[GIVEN] as usize].latin);
    evidence.light(SCRIPT_AT, given + 4 * usize::from(latin[0] != latin[1]));
    for (place, (one, other)) in extras[0].iter().zip(extras[1]).enumerate() {
        let likeness = likenesses.of(*one, *other);
        evidence.contradicted |= likeness == Likeness::Different && roll.contradicting[place];
        let rarity = rarity(roll.names, 3 + place, [*one, *other]);
        light_likeness(
            &mut evidence,
            EXTRAS_AT + place * LIKENESS_CELLS,
            likeness,
            rarity,
        );
    }
    evidence.twinlike = is_twinlike(&aligned, number, date);
    let sexes = sexes(records.map(|record| record.sex));
    evidence.contradicted |=
        is_contradicted(roll.size, &aligned, number, date) || sexes == Sexes::Different;
    evidence.thin = number == number::Apart::Missing;
    evidence.generation = is_generation(likenesses, records, &aligned, date);
    evidence
}

fn sexes([one, other]: [Sex; 2]) -> Sexes {
    if one == Sex::Missing || other == Sex::Missing {
        Sexes::Missing
    } else if one == other {
        Sexes::Same
    } else {
        Sexes::Different
    }
}

fn light_likeness(evidence: &mut Evidence, table: usize, likeness: Likeness, rarity: u8) {
    let rarity = match likeness {
        Likeness::Missing | Likeness::Different => 0,
        _ => rarity.min(RAREST),
    };
    evidence.light(table, likeness as usize * RARITIES + usize::from(rarity));
}

/// How rare the rarer of two spellings is; a Latin spelling says nothing of its name's rarity.
fn rarity(names: &[Name], role: usize, ids: [NameId; 2]) -> u8 {
    let [one, other] = ids.map(|id| names[id as usize]);
    match (one.latin, other.latin) {
        (true, false) => other.rarity[role],
        (false, true) => one.rarity[role],
        _ => one.rarity[role].max(other.rarity[role]),
    }
}

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

fn align(roll: &Roll, likenesses: &mut impl Likenesses, records: [&Record; 2]) -> Alignment {
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
    if meet_elsewhere(roll.names, [one, other]) {
        reorder(roll, likenesses, [one, other], &mut aligned);
    }
    reverse(likenesses, [one, other], &mut aligned);
    aligned
}

/// Whether a part of the family's names stands at another place of the other name.
fn meet_elsewhere(names: &[Name], [one, other]: [[NameId; NAME_PARTS]; 2]) -> bool {
    (FATHER..NAME_PARTS).any(|part| {
        let name = names[one[part] as usize];
        (FATHER..NAME_PARTS)
            .filter(|facing| *facing != part)
            .any(|facing| {
                let facing = names[other[facing] as usize];
                let across = name.latin != facing.latin && name.skeleton == facing.skeleton;
                name.canonical > 0 && (name.canonical == facing.canonical || across)
            })
    })
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

/// Four kinds of dates for what is looked at together: same, near, missing, other.
fn date_kind(date: date::Apart) -> usize {
    match date {
        date::Apart::Same | date::Apart::SameDefault => 0,
        date::Apart::Missing => 2,
        date::Apart::SameYear | date::Apart::Different => 3,
        _ => 1,
    }
}

fn light_dates(
    roll: &Roll,
    evidence: &mut Evidence,
    records: [&Record; 2],
    number: number::Apart,
) -> date::Apart {
    let [one, other] = records.map(|record| record.date);
    let date = one.apart(other);
    evidence.light(
        DATE_NUMBER_AT,
        date as usize * number::APARTS + number as usize,
    );
    let in_number = |place: usize, date: Date| {
        !date.is_missing() && records[place].number.date(roll.layout) == date
    };
    let same = date_kind(date) == 0;
    let crossed = match (!same && in_number(0, other), !same && in_number(1, one)) {
        (true, true) => 2,
        (false, false) => 0,
        _ => 1,
    };
    evidence.light(CROSS_AT, crossed);
    let rarity = |date: Date| roll.dates.get(date.packed() as usize).copied().unwrap_or(0);
    let agreeing = if crossed > 0 || !matches!(date, date::Apart::Missing | date::Apart::Different)
    {
        rarity(one).max(rarity(other))
    } else {
        0
    };
    let prior = i16::from(agreeing) - i16::from(roll.size);
    evidence.prior = i8::try_from(prior).unwrap_or(i8::MIN);
    date
}

fn light_place(roll: &Roll, evidence: &mut Evidence, records: [&Record; 2]) {
    let [one, other] = records.map(|record| record.place);
    if one == 0 || other == 0 {
        evidence.light(PLACE_AT, Places::Missing as usize);
    } else if one == other {
        let rarity = roll.places.get(usize::from(one)).copied().unwrap_or(RAREST);
        evidence.light(SAME_PLACE_AT, usize::from(rarity.min(RAREST)));
    } else {
        let stands =
            |record: &Record, place: u16| record.number.place(roll.layout) == u32::from(place);
        let places = if stands(records[0], other) || stands(records[1], one) {
            Places::InNumber
        } else {
            Places::Different
        };
        evidence.light(PLACE_AT, places as usize);
    }
}

/// Lights what names and number, and names and date, say together; returns the kind of likeness of
/// the given names.
fn light_together(
    evidence: &mut Evidence,
    aligned: &Alignment,
    number: number::Apart,
    date: date::Apart,
) -> usize {
    let given = match aligned.likeness[GIVEN] {
        Likeness::Missing => 0,
        Likeness::Same => 1,
        Likeness::Different => 3,
        _ => 2,
    };
    let kinds = aligned.likeness.map(|likeness| match likeness {
        Likeness::Missing => 0,
        likeness if likeness.agrees() => 1,
        _ => 2,
    });
    let paternal = kinds[FATHER] * 9 + kinds[GRANDFATHER] * 3 + kinds[FAMILY];
    let number = match number {
        number::Apart::Missing => 0,
        number::Apart::Same | number::Apart::OneDigit | number::Apart::Transposed => 1,
        number::Apart::Neighbour => 2,
        _ => 3,
    };
    evidence.light(TOGETHER_AT, (given * 27 + paternal) * 4 + number);
    let count = |kind: usize| kinds.iter().filter(|one| **one == kind).count();
    evidence.light(
        DATE_NAMES_AT,
        date_kind(date) * 25 + count(1) * 5 + count(2),
    );
    given
}

/// Whether all that is known fits two children born together: no part of the family's names and no
/// date against it, and another given name or the next serial.
fn is_twinlike(aligned: &Alignment, number: number::Apart, date: date::Apart) -> bool {
    let family = &aligned.likeness[FATHER..];
    date_kind(date) != 3
        && !family.contains(&Likeness::Different)
        && (aligned.likeness[GIVEN] != Likeness::Same || number == number::Apart::Neighbour)
}

/// A name that one in a thousand bears, in half bits: two such names one letter apart are two names
/// and not a slip.
const COMMON: u8 = 20;
/// And it needs so many bearers, in half bits, for a slip that a small roll holds once is none.
const BEARERS: u8 = 10;

/// Whether a part of the name, the number or the date says that these are two: the same number
/// forgives no other date, because a placeholder is the same number too.
fn is_contradicted(
    size: u8,
    aligned: &Alignment,
    number: number::Apart,
    date: date::Apart,
) -> bool {
    let number_fits = match number {
        number::Apart::Missing
        | number::Apart::Same
        | number::Apart::OneDigit
        | number::Apart::Transposed => true,
        number::Apart::Neighbour
        | number::Apart::SameHead
        | number::Apart::SameDate
        | number::Apart::Different => false,
    };
    // The same day of another year is a slip where the numbers say so; else it may be a cousin.
    let date_fits = match date {
        date::Apart::OtherYear => number_fits && number != number::Apart::Missing,
        date => date_kind(date) != 3,
    };
    let is_common = |rarity: u8| rarity <= COMMON && rarity + BEARERS <= size;
    let names = aligned.likeness.iter().zip(aligned.rarity);
    let two_names = names.into_iter().any(|(likeness, rarity)| match likeness {
        Likeness::Different => true,
        // In two scripts حسن and Hussein have the same consonants; the same number tells them one.
        Likeness::Transliterated | Likeness::NearlyTransliterated => {
            number != number::Apart::Same && is_common(rarity)
        }
        Likeness::Variant | Likeness::OneEdit | Likeness::TwoEdits => is_common(rarity),
        Likeness::Missing | Likeness::Same => false,
    });
    two_names || !number_fits || !date_fits
}

/// Whether one is the other's child: the given name of one is the father's name of the other, that
/// father's own father follows, and neither date nor given name is the same.
fn is_generation(
    likenesses: &mut impl Likenesses,
    records: [&Record; 2],
    aligned: &Alignment,
    date: date::Apart,
) -> bool {
    if aligned.likeness[GIVEN] != Likeness::Different || date_kind(date) == 0 {
        return false;
    }
    let [one, other] = records.map(|record| record.names);
    let mut child_of = |child: [NameId; NAME_PARTS], parent: [NameId; NAME_PARTS]| {
        likenesses.of(child[FATHER], parent[GIVEN]).agrees()
            && likenesses.of(child[GRANDFATHER], parent[FATHER]).agrees()
    };
    child_of(one, other) || child_of(other, one)
}

#[cfg(test)]
mod tests;
