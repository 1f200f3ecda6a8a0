//! What two records say about each other: names by position and in another order, date and number
//! together, place, sex; and whether they look like relatives.

mod aligned;

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
use super::number::Number;
use super::profile::FAMILY;
use super::profile::FATHER;
use super::profile::GIVEN;
use super::profile::GRANDFATHER;
use super::profile::MOST_EXTRAS;
use super::profile::NAME_PARTS;
use super::record::Name;
use super::record::NameId;
use super::record::RAREST;
use super::record::Record;
use super::record::Sex;
use super::similarity::Likeness;
use aligned::Alignment;
use aligned::align;

pub use aligned::facing;

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
    /// A list is compared with it, and what is not found on the list is lost; within a roll two
    /// people under one number are told apart from the pairs.
    pub with_list: bool,
    /// Numbers under which so many people stand that they are nobody's, sorted: they are compared
    /// as none.
    pub crowded: &'a [Number],
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

/// Compares two records. `extras` are their further attributes, in one order.
pub fn compare(
    roll: &Roll,
    likenesses: &mut impl Likenesses,
    records: [&Record; 2],
    extras: [&[NameId]; 2],
) -> Evidence {
    let own = without_crowded(roll, records);
    let records = [&own[0], &own[1]];
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
    judge(roll, &mut evidence, records, (&aligned, number, date));
    evidence.generation = is_generation(likenesses, records, &aligned, date);
    evidence
}

/// The two records, without numbers that are nobody's.
fn without_crowded(roll: &Roll, records: [&Record; 2]) -> [Record; 2] {
    records.map(|record| {
        let nobodys =
            !roll.crowded.is_empty() && roll.crowded.binary_search(&record.number).is_ok();
        let number = if nobodys {
            Number::default()
        } else {
            record.number
        };
        Record { number, ..*record }
    })
}

/// What all that is known says beside its weight: held back, or asked in any case.
fn judge(
    roll: &Roll,
    evidence: &mut Evidence,
    records: [&Record; 2],
    (aligned, number, date): (&Alignment, number::Apart, date::Apart),
) {
    let sexes = sexes(records.map(|record| record.sex));
    let given = aligned.likeness[GIVEN];
    let [one, other] = records.map(|record| record.number);
    // Where a number has no parts, twins may have the next ones.
    let next = roll.layout.serial.is_none() && one.is_next_to(other) && given != Likeness::Same;
    evidence.twinlike = is_twinlike(aligned, number, date);
    evidence.contradicted |=
        is_contradicted(roll.size, aligned, number, date) || sexes == Sexes::Different || next;
    evidence.thin = number == number::Apart::Missing;
    let family = [FATHER, GRANDFATHER, FAMILY].map(|part| aligned.likeness[part]);
    let agreeing = family.iter().filter(|one| one.agrees()).count();
    evidence.asked = roll.with_list
        && number == number::Apart::Same
        && date == date::Apart::Same
        && sexes != Sexes::Different
        && agreeing >= 2
        && !family.contains(&Likeness::Different);
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
    let [one, other] = records.map(|record| record.names);
    // A whole name may agree with the family name first and go on as a child's does: no child is
    // born a day or a digit from its parent.
    let given = if aligned.is_rotated() && date_kind(date) > 1 {
        likenesses.of(one[GIVEN], other[GIVEN])
    } else {
        aligned.likeness[GIVEN]
    };
    if given != Likeness::Different || date_kind(date) == 0 {
        return false;
    }
    let mut child_of = |child: [NameId; NAME_PARTS], parent: [NameId; NAME_PARTS]| {
        likenesses.of(child[FATHER], parent[GIVEN]).agrees()
            && likenesses.of(child[GRANDFATHER], parent[FATHER]).agrees()
    };
    child_of(one, other) || child_of(other, one)
}

#[cfg(test)]
mod tests;
