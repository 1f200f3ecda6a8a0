//! The committees of the invented nation, and who can be called upon for them: a sub-committee at
//! each station, a general committee in each constituency, a register of judges for the nation and
//! one of administrators for each province; and their assignment by the engine of
//! [`sanduq_assignment`].
//!
//! Always true here: committees follow from the units and from how many voters were placed at each
//! station; nothing is handed on that [`verify_assignment`] has anything against.

use crate::chance::mixed;
use crate::error::RehearsalError;
use crate::ground::ratio;
use crate::nation::Nation;
use rayon::prelude::*;
use sanduq_assignment::invented;
use sanduq_assignment::invented::District;
use sanduq_assignment::invented::First;
use sanduq_assignment::place::Placed;
use sanduq_assignment::place::place;
use sanduq_assignment::replace;
use sanduq_core::geography::Unit;
use sanduq_core::id::ActorId;
use sanduq_core::id::ContestCode;
use sanduq_core::id::UnitCode;
use sanduq_core::place::Place;
use sanduq_operations::assignment::change::Desk;
use sanduq_operations::assignment::committee::Committee;
use sanduq_operations::assignment::committee::Kind;
use sanduq_operations::assignment::registers::Registers;
use sanduq_operations::assignment::registers::Row;
use sanduq_operations::assignment::registers::Told;
use sanduq_operations::assignment::rules::Rules;
use sanduq_operations::assignment::whole::Post;
use sanduq_operations::assignment::whole::verify_assignment;
use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::convert::Infallible;

/// What begins the code of a general committee.
const GENERAL: &str = "general.";
/// Of a hundred seats, how many people stand in the register.
const PEOPLE_PERCENT: u32 = 130;
/// The same where women alone may serve on some committees: one in four of the register is a woman.
const WOMEN_PERCENT: u32 = 500;
/// People beyond that, so that the smallest province has enough.
const PEOPLE_MORE: u32 = 20;
/// How far from the middle of a constituency people live, in millionths of a degree.
const EXTENT: u32 = 150_000;

/// A row of a committee, with its seats where the row says them.
type Seated = Row<(Committee, Option<u32>)>;
/// A constituency and its voters.
type Peopled = (District, u32);

/// The committees of a nation.
pub struct Committees {
    rows: Vec<Seated>,
    /// The constituencies, and the voters of each.
    districts: Vec<Peopled>,
}

/// People on committees, and what they were placed from.
pub struct Assigned {
    /// The rules they were placed under.
    pub rules: Rules,
    /// The register and the committees.
    pub registers: Registers,
    /// Who serves where, in the order of service numbers.
    pub posts: Vec<Post>,
    /// What it costs, in metres.
    pub cost_metres: u64,
    /// No assignment of these people costs less.
    pub bound_metres: u64,
}

impl Committees {
    /// The committees of a nation whose voters are placed; `women` names the stations for women
    /// alone.
    #[must_use]
    pub fn new(nation: &Nation, women: &BTreeSet<UnitCode>) -> Self {
        let tree = &nation.geography;
        let mut all = Self {
            rows: Vec::new(),
            districts: Vec::new(),
        };
        for centres in nation
            .centres
            .chunk_by(|one, other| one.constituency == other.constituency)
        {
            let district = &centres[0].constituency;
            let above = tree.find(district).and_then(|ix| tree.parent(ix));
            let governorate = above.map_or(district, |ix| &tree.unit(ix).code);
            let contest = ContestCode::new(&format!("assembly-{district}"));
            let contest = contest.expect("the contest of a constituency has its code");
            let codes = centres.iter().flat_map(|centre| &centre.stations);
            let stations: Vec<&Unit> = codes
                .filter_map(|code| Some(tree.unit(tree.find(code)?)))
                .collect();
            let middle = middle(&stations);
            let district = District {
                code: district.clone(),
                governorate: governorate.clone(),
                contest,
                latitude: middle.latitude_microdegrees(),
                longitude: middle.longitude_microdegrees(),
                extent: EXTENT,
            };
            let general = format!("{GENERAL}{}", district.code);
            let general = UnitCode::new(&general).expect("the code of a unit with a word before");
            all.add(&district, (general.clone(), middle, 0), None);
            let mut voters = 0_u32;
            for station in stations {
                let own = station.registered.unwrap_or_default().get();
                let own = u32::try_from(own).unwrap_or(u32::MAX);
                voters = voters.saturating_add(own);
                let told = (station.code.clone(), point(station), own);
                all.add(
                    &district,
                    told,
                    Some((&general, women.contains(&station.code))),
                );
            }
            all.districts.push((district, voters));
        }
        all
    }

    /// Adds a committee: of a station below a general committee, or a general one itself.
    fn add(
        &mut self,
        district: &District,
        (code, place, voters): (UnitCode, Place, u32),
        station: Option<(&UnitCode, bool)>,
    ) {
        let kind = match station {
            Some(_) => Kind::SubCommittee,
            None => Kind::GeneralCommittee,
        };
        let committee = Committee {
            code,
            kind,
            governorate: district.governorate.clone(),
            district: Some(district.code.clone()),
            point: place.point(),
            voters,
            seats: 0,
            women: station.is_some_and(|(_, women)| women),
            contests: vec![district.contest.clone()],
            under: station.map(|(general, _)| general.clone()),
            rank: if station.is_some() { 1 } else { 3 },
            skills: Vec::new(),
        };
        let row = self.rows.len() as u64 + 2;
        let told = (committee, None);
        self.rows.push(Row { row, told });
    }

    /// Judges for the whole nation, one on each committee.
    ///
    /// # Errors
    /// When the engine says no to the rows, finds people for too few seats, or breaks a rule.
    pub fn judges(&self, rules: &Rules, seed: u64) -> Result<Assigned, RehearsalError> {
        let mut rows = self.rows.clone();
        for row in &mut rows {
            row.told.1 = Some(1);
        }
        let districts: Vec<&Peopled> = self.districts.iter().collect();
        let first = First {
            letter: 'J',
            number: 1,
        };
        assign(rules, (rows, &districts), first, mixed(seed))
    }

    /// Administrators, as many on each committee as the rules count by its voters: each province
    /// from a register of its own, all provinces at once.
    ///
    /// # Errors
    /// When the engine says no to the rows, finds people for too few seats, or breaks a rule.
    pub fn administrators(
        &self,
        rules: &Rules,
        seed: u64,
    ) -> Result<Vec<Assigned>, RehearsalError> {
        type Part<'a> = (Vec<Seated>, Vec<&'a Peopled>, First);
        let mut provinces: BTreeMap<&UnitCode, Part<'_>> = BTreeMap::new();
        let of_nobody = || {
            let first = First {
                letter: 'A',
                number: 0,
            };
            (Vec::new(), Vec::new(), first)
        };
        for row in &self.rows {
            let part = provinces.entry(&row.told.0.governorate);
            part.or_insert_with(of_nobody).0.push(row.clone());
        }
        for district in &self.districts {
            let part = provinces.entry(&district.0.governorate);
            part.or_insert_with(of_nobody).1.push(district);
        }
        let mut number = 1;
        for (rows, _, first) in provinces.values_mut() {
            first.number = number;
            number += wanted(rules, rows)?;
        }
        let parts: Vec<Part<'_>> = provinces.into_values().collect();
        let placed = parts.into_par_iter().map(|(rows, districts, first)| {
            let seed = mixed(seed ^ u64::from(first.number) << 32);
            assign(rules, (rows, &districts), first, seed)
        });
        placed.collect()
    }
}

fn point(unit: &Unit) -> Place {
    let (north, east) = unit.place.unwrap_or_default();
    Place::new(north, east).unwrap_or_default()
}

/// The middle of stations.
fn middle(stations: &[&Unit]) -> Place {
    let count = i64::try_from(stations.len().max(1)).unwrap_or(1);
    let mean = |of: fn(Place) -> i32| {
        let sum: i64 = stations.iter().map(|unit| i64::from(of(point(unit)))).sum();
        i32::try_from(sum / count).unwrap_or(0)
    };
    let place = Place::new(
        mean(Place::latitude_microdegrees),
        mean(Place::longitude_microdegrees),
    );
    place.unwrap_or_default()
}

/// How many people a register has for these committees.
fn wanted(rules: &Rules, rows: &[Seated]) -> Result<u32, RehearsalError> {
    let told = Told {
        committees: rows.to_vec(),
        ..Told::default()
    };
    let registers = Registers::new(told, rules).map_err(|no| RehearsalError::refused(&no))?;
    let women = registers.committees.iter().any(|one| one.women);
    let percent = if women { WOMEN_PERCENT } else { PEOPLE_PERCENT };
    let people = registers.seats() * u64::from(percent) / 100 + u64::from(PEOPLE_MORE);
    u32::try_from(people).map_err(|no| RehearsalError::Data(no.to_string()))
}

/// Invents the register of these districts, places its people on the committees at the least cost,
/// and checks every post anew.
///
/// # Errors
/// The refusal of the registers; [`RehearsalError::Data`] where seats stay empty or a rule is
/// broken.
fn assign(
    rules: &Rules,
    (rows, districts): (Vec<Seated>, &[&Peopled]),
    first: First,
    seed: u64,
) -> Result<Assigned, RehearsalError> {
    let people = wanted(rules, &rows)?;
    let mut sum = 0;
    let weight = |(_, voters): &&Peopled| {
        // Large enough to tell districts apart, small enough for the sum of a nation.
        sum += 1 + voters / 1_000;
        sum
    };
    let shares: Vec<u32> = districts.iter().map(weight).collect();
    let places: Vec<District> = districts.iter().map(|(place, _)| place.clone()).collect();
    let mut told = invented::people(seed, (&places, &shares), (people, first)).told;
    told.committees = rows;
    let registers = Registers::new(told, rules).map_err(|no| RehearsalError::refused(&no))?;
    let unkept = |_, _: &dyn Fn() -> Vec<u32>| Ok::<(), Infallible>(());
    let Ok(placed) = place((rules, &registers, seed), None, unkept);
    let Placed {
        posts,
        cost_metres,
        bound_metres,
        ..
    } = placed;
    let assigned = Assigned {
        rules: rules.clone(),
        registers,
        posts,
        cost_metres,
        bound_metres,
    };
    assigned.verified()
}

impl Assigned {
    /// Itself, where nothing is wrong with it.
    fn verified(self) -> Result<Self, RehearsalError> {
        let breaches = verify_assignment(&self.rules, &self.registers, &self.posts);
        match breaches.first() {
            None => Ok(self),
            Some(breach) => {
                let why = format!("the assignment is not sound: {breach:?}");
                Err(RehearsalError::Data(why))
            }
        }
    }

    /// Committees that sit: all but the reserves.
    #[must_use]
    pub fn sitting(&self) -> u64 {
        let committees = self.registers.committees.iter();
        let sitting = committees.filter(|one| one.kind != Kind::Reserve);
        sitting.count() as u64
    }

    /// Who serves on a committee, the first by service number.
    #[must_use]
    pub fn at(&self, committee: &UnitCode) -> Option<&ActorId> {
        let mut posts = self.posts.iter();
        posts
            .find(|post| post.committee == *committee)
            .map(|post| &post.person)
    }

    /// Somebody is excused: the engine finds who takes the place. Hands back the post that is
    /// taken.
    ///
    /// # Errors
    /// The refusal of the change; [`RehearsalError::Data`] where nobody can take the place.
    pub fn excuse(&mut self, person: &ActorId, seed: u64) -> Result<Post, RehearsalError> {
        let refused = |no| RehearsalError::refused(&no);
        let desk = Desk::new(&self.rules, &self.registers, &self.posts).map_err(refused)?;
        let done = replace::replace(desk, core::slice::from_ref(person), seed);
        let done = done.map_err(refused)?;
        let none = || RehearsalError::Data(format!("nobody can take the place of {person}"));
        let post = done.moves.into_iter().next().ok_or_else(none)?;
        self.posts = done.posts;
        Ok(post)
    }
}

/// Cost over bound of several assignments together.
#[must_use]
pub fn ratio_of(all: &[&Assigned]) -> String {
    let sum = |of: fn(&Assigned) -> u64| all.iter().map(|one| of(one)).sum();
    ratio(sum(|one| one.cost_metres), sum(|one| one.bound_metres))
}

#[cfg(test)]
mod tests;
