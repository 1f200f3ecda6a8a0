//! Invented registers in which there are enough people, of every skill, both sexes and for every
//! governorate, so that an assignment has to exist; or in which a few governorates are short on
//! purpose, by two rules together of which each alone could be kept, so that its proof is known.

use crate::invented;
use crate::invented::Invented;
use crate::invented::Size;
use sanduq_core::id::UnitCode;
use sanduq_core::place::Place;
use sanduq_operations::assignment::committee::Committee;
use sanduq_operations::assignment::committee::Kind;
use sanduq_operations::assignment::person::Person;
use sanduq_operations::assignment::person::Sex;
use sanduq_operations::assignment::registers::RegisterRefusal;
use sanduq_operations::assignment::registers::Registers;
use sanduq_operations::assignment::rules::Rules;
use sanduq_placement::invented::Chance;
use std::collections::BTreeMap;
use std::collections::BTreeSet;

/// How many people there are for the seats.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Supply {
    /// As chance has it: large towns have more than they need, small governorates less.
    Drawn,
    /// Enough wherever there are seats, where there are as many people as seats at all.
    Enough,
    /// Enough but for the women's stations of the last two governorates: all of them have devices,
    /// and no woman is trained for devices.
    Short,
}

/// What members of some sub-committees are trained for, and those of every general committee.
const DEVICES: &str = "devices";
const FIGURES: &str = "figures";

/// One sub-committee in so many has devices.
const WITH_DEVICES: u32 = 8;

/// One more sub-committee in so many is a women's station where they are to be short.
const MORE_WOMENS: u32 = 6;

/// How far from a committee the people live who were found for it, in millionths of a degree.
const NEAR: u32 = 60_000;

/// The registers of a nation with as many people as are asked for.
///
/// # Errors
/// Where rules know no seats that the registers do not say either: [`Size::seats`] has to be true
/// for such rules.
pub fn registers(
    seed: u64,
    size: Size,
    rules: &Rules,
    supply: Supply,
) -> Result<Invented, RegisterRefusal> {
    let mut invented = invented::registers(seed, size);
    if supply == Supply::Drawn {
        return Ok(invented);
    }
    // Another stream of chance than that of the registers.
    let mut chance = Chance::new(seed ^ 0x7375_7070_6c79);
    let short = last_two(&invented);
    for row in &mut invented.told.committees {
        let committee = &mut row.told.0;
        let devices = chance.below(WITH_DEVICES) == 0;
        let here = short.contains(&committee.governorate);
        let more = supply == Supply::Short && here && chance.below(MORE_WOMENS) == 0;
        committee.women |= more && committee.kind == Kind::SubCommittee;
        committee.skills = skills(committee, supply, devices, here);
    }
    settle(&mut chance, &mut invented, rules)?;
    if supply == Supply::Short {
        for row in &mut invented.told.people {
            let woman = row.told.sex == Sex::Woman;
            row.told.skills.retain(|skill| !woman || skill != DEVICES);
        }
    }
    Ok(invented)
}

/// What everybody on a committee has to be trained for.
fn skills(committee: &Committee, supply: Supply, devices: bool, short: bool) -> Vec<String> {
    let devices = match (supply, committee.women) {
        (Supply::Short, true) => short,
        _ => devices,
    };
    match committee.kind {
        Kind::GeneralCommittee => vec![FIGURES.to_owned()],
        _ if devices => vec![DEVICES.to_owned()],
        _ => Vec::new(),
    }
}

fn last_two(invented: &Invented) -> BTreeSet<UnitCode> {
    let rows = invented.told.committees.iter();
    let all: BTreeSet<UnitCode> = rows.map(|row| row.told.0.governorate.clone()).collect();
    all.into_iter().rev().take(2).collect()
}

/// Everybody lives around a seat, seats in turn, so that each place has its share of people; one in
/// three is trained for devices, one in eleven for figures, two in five are women, and somebody is
/// unavailable only where the governorate can do without.
fn settle(
    chance: &mut Chance,
    invented: &mut Invented,
    rules: &Rules,
) -> Result<(), RegisterRefusal> {
    let checked = Registers::new(invented.told.clone(), rules)?;
    let mut needed: BTreeMap<&UnitCode, u32> = BTreeMap::new();
    for committee in &checked.committees {
        *needed.entry(&committee.governorate).or_default() += committee.seats;
    }
    let seats = &invented.told.committees;
    let seats = seats.iter().zip(&invented.seats).flat_map(|(row, place)| {
        let committee = &row.told.0;
        let at = checked.committee(&committee.code);
        let count = at.map_or(0, |at| checked.committees[at].seats);
        (0..count).map(move |_| (committee, *place))
    });
    let seats: Vec<(&Committee, Place)> = seats.collect();
    let people = invented.told.people.len();
    let seat = |number: usize| seats[number * seats.len() / people];
    let mut spare: BTreeMap<&UnitCode, u32> = BTreeMap::new();
    for number in 0..people {
        *spare.entry(&seat(number).0.governorate).or_default() += 1;
    }
    for (governorate, spare) in &mut spare {
        *spare = spare.saturating_sub(needed.get(governorate).copied().unwrap_or(0));
    }
    let rows = invented.told.people.iter_mut().zip(&mut invented.homes);
    for (number, (row, home)) in rows.enumerate() {
        let (committee, place) = seat(number);
        let person = &mut row.told;
        let near = beside(chance, place);
        *home = (near, None);
        person.home = near.point();
        person.work = None;
        live(person, committee, number);
        let spare = spare.entry(&committee.governorate).or_default();
        person.available = person.available || *spare == 0;
        *spare -= u32::from(!person.available);
    }
    Ok(())
}

fn live(person: &mut Person, committee: &Committee, number: usize) {
    person.governorate = committee.governorate.clone();
    if let Some(district) = &committee.district {
        person.district = district.clone();
    }
    person.sex = if number % 5 < 2 { Sex::Woman } else { Sex::Man };
    let trained = [
        (DEVICES, number.is_multiple_of(3)),
        (FIGURES, number.is_multiple_of(11)),
    ];
    let trained = trained.into_iter().filter(|(_, is)| *is);
    person.skills = trained.map(|(skill, _)| skill.to_owned()).collect();
    // Who has an interest has it at home, as before.
    if !person.conflicts.is_empty() {
        person.conflicts.clone_from(&committee.contests);
    }
}

fn beside(chance: &mut Chance, place: Place) -> Place {
    let mut along =
        |middle: i32| middle + chance.below(2 * NEAR).cast_signed() - NEAR.cast_signed();
    let north = along(place.latitude_microdegrees());
    let east = along(place.longitude_microdegrees());
    Place::new(north, east).unwrap_or(place)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shortage;
    use sanduq_operations::assignment::serve::Rule;

    const RULES: &str = r#"
        about = "clerks by voters"
        home = "NEAR_HOME"
        kinship_degrees = 2
        reserve_per_mille = 50
        [sub_committee]
        seats = { least = 6, above_voters = 3000, voters_per_seat = 500, most = 12 }
        [general_committee]
        seats = { least = 6, above_voters = 0, voters_per_seat = 1000, most = 6 }
        [cost]
        rank_metres = 0
        served_metres = 500
        again_metres = 0
        far_percent = 10
    "#;

    /// A nation of a tenth of the size in which nearly everybody is needed.
    const SIZE: Size = Size {
        people: 12_000,
        sub_committees: 1_370,
        general_committees: 37,
        governorates: 9,
        seats: false,
    };

    fn registered(supply: Supply) -> (Rules, Registers) {
        let rules = Rules::read(RULES).unwrap();
        let told = registers(1, SIZE, &rules, supply).unwrap().told;
        let registers = Registers::new(told, &rules).unwrap();
        (rules, registers)
    }

    #[test]
    fn enough_people_are_enough_wherever_there_are_seats() {
        let (rules, registers) = registered(Supply::Enough);
        assert!(registers.seats() > 11_000, "{}", registers.seats());
        assert_eq!(shortage::find(&rules, &registers), None);
        for governorate in registers.committees.iter().map(|one| &one.governorate) {
            let living = registers.people.iter();
            let living = living.filter(|one| one.available && one.governorate == *governorate);
            let seats = registers.committees.iter();
            let seats = seats.filter(|one| one.governorate == *governorate);
            let seats: u32 = seats.map(|one| one.seats).sum();
            assert!(living.count() >= seats as usize, "{governorate}");
        }
    }

    #[test]
    fn the_governorates_that_are_short_on_purpose_are_named_with_both_rules() {
        let (rules, registers) = registered(Supply::Short);
        let short = shortage::find(&rules, &registers).unwrap();
        let named: Vec<&str> = short
            .governorates
            .iter()
            .map(|one| one.governorate.as_str())
            .collect();
        assert_eq!(named, ["g07", "g08"]);
        let rules: Vec<Rule> = short.rules.rules().collect();
        assert_eq!(rules, [Rule::Skill, Rule::Women]);
        assert_eq!(short.people, 0);
        assert_eq!(short.empty, short.seats);
        let women = short.committees.iter().map(|at| &registers.committees[*at]);
        assert!(women.clone().count() > 1);
        assert!(women.into_iter().all(|one| one.women));
    }
}
