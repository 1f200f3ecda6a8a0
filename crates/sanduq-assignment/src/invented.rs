//! Registers that a seed determines, for measures, tests and exercises: governorates of different
//! size with districts, people who live where a few towns draw them, bodies and ranks, kinship.

use sanduq_core::id::ActorId;
use sanduq_core::id::ContestCode;
use sanduq_core::id::UnitCode;
use sanduq_core::place::Place;
use sanduq_operations::assignment::committee::Committee;
use sanduq_operations::assignment::committee::Kind;
use sanduq_operations::assignment::kinship::Link;
use sanduq_operations::assignment::kinship::Relation;
use sanduq_operations::assignment::person::Person;
use sanduq_operations::assignment::person::Sex;
use sanduq_operations::assignment::registers::Row;
use sanduq_operations::assignment::registers::Told;
use sanduq_placement::invented::Chance;

/// How large a nation is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    /// Judges or administrators.
    pub people: u32,
    /// Sub-committees.
    pub sub_committees: u32,
    /// General committees, one in each district.
    pub general_committees: u32,
    /// Governorates.
    pub governorates: u32,
    /// Whether committees say how many seats they have; if not, the rules count them by voters.
    pub seats: bool,
}

/// What was invented.
#[derive(Clone, Debug, Default)]
pub struct Invented {
    /// The registers.
    pub told: Told,
    /// Home and workplace of each person, in their order.
    pub homes: Vec<(Place, Option<Place>)>,
    /// Where each committee is, in their order.
    pub seats: Vec<Place>,
}

/// Bodies, and how many of a hundred people belong to each.
const BODIES: [(&str, u32); 4] = [
    ("courts", 45),
    ("council", 11),
    ("cases", 26),
    ("inquiry", 18),
];

/// Where a district is and what lies in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct District {
    /// Its code.
    pub code: UnitCode,
    /// The governorate in which it lies.
    pub governorate: UnitCode,
    /// What is voted on there.
    pub contest: ContestCode,
    /// The latitude of its middle, in millionths of a degree.
    pub latitude: i32,
    /// The longitude of its middle, in millionths of a degree.
    pub longitude: i32,
    /// How far from its middle people live, in millionths of a degree.
    pub extent: u32,
}

fn unit(text: &str) -> UnitCode {
    UnitCode::new(text).expect("letters, digits and dashes")
}

/// The service number of the first person of a register; the others follow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct First {
    /// The letter that all begin with.
    pub letter: char,
    /// The number behind it.
    pub number: u32,
}

/// The numbers of a register that is alone.
const ALONE: First = First {
    letter: 'P',
    number: 0,
};

impl First {
    fn code(self, number: u32) -> ActorId {
        let Self {
            letter,
            number: first,
        } = self;
        ActorId::new(&format!("{letter}{:06}", first + number)).expect("letters and digits")
    }
}

impl District {
    fn place(&self, chance: &mut Chance) -> Place {
        let mut along = |middle: i32| {
            // Of three draws the middle one: dense within, thin at the edge.
            let mut drawn = [0; 3].map(|_| chance.below(2 * self.extent).cast_signed());
            drawn.sort_unstable();
            middle + drawn[1] - self.extent.cast_signed()
        };
        let place = Place::new(along(self.latitude), along(self.longitude));
        place.expect("a place between the tropics and the poles")
    }
}

/// Districts, the first governorates the largest; and shares of people up to each.
fn districts(chance: &mut Chance, size: Size) -> (Vec<District>, Vec<u32>, Vec<u32>) {
    let mut all = Vec::new();
    let (mut committees, mut people) = (Vec::new(), Vec::new());
    let (mut committee_sum, mut people_sum) = (0, 0);
    let governorates: Vec<[i32; 2]> = (0..size.governorates)
        .map(|_| {
            let mut along = |from: i32| from + chance.below(6_000_000).cast_signed();
            [along(25_000_000), along(28_000_000)]
        })
        .collect();
    for number in 0..size.general_committees {
        let governorate = number % size.governorates;
        let [latitude, longitude] = governorates[governorate as usize];
        let mut along = |middle: i32| middle + chance.below(800_000).cast_signed() - 400_000;
        all.push(District {
            code: unit(&format!("g{governorate:02}-d{number:03}")),
            governorate: unit(&format!("g{governorate:02}")),
            contest: ContestCode::new(&format!("house-{number:03}")).expect("a code"),
            latitude: along(latitude),
            longitude: along(longitude),
            extent: 20_000 + 150_000 / (1 + number / 30),
        });
        let weight = 400 + 4_000 / (1 + governorate) + chance.below(400);
        committee_sum += weight;
        committees.push(committee_sum);
        // Who judges lives in the larger towns: the small governorates are short of people.
        people_sum += weight + 6_000 / (1 + governorate) / (1 + number / size.governorates / 3);
        people.push(people_sum);
    }
    (all, committees, people)
}

fn drawn<'a>(chance: &mut Chance, all: &'a [District], shares: &[u32]) -> &'a District {
    let drawn = chance.below(shares.last().copied().unwrap_or(1));
    &all[shares.partition_point(|share| *share <= drawn)]
}

/// The registers of a nation.
#[must_use]
pub fn registers(seed: u64, size: Size) -> Invented {
    let mut chance = Chance::new(seed);
    let (districts, committees, people) = districts(&mut chance, size);
    let mut invented = Invented::default();
    for (number, district) in districts.iter().enumerate() {
        let code = format!("general-{number:03}");
        let committee = committee(&mut chance, district, (&code, Kind::GeneralCommittee));
        invented.add(&mut chance, district, (committee, size.seats));
    }
    for number in 0..size.sub_committees {
        let district = drawn(&mut chance, &districts, &committees);
        let code = format!("sub-{number:05}");
        let mut committee = committee(&mut chance, district, (&code, Kind::SubCommittee));
        let number = district
            .code
            .as_str()
            .rsplit_once('d')
            .map_or("", |(_, number)| number);
        committee.under = Some(unit(&format!("general-{number}")));
        invented.add(&mut chance, district, (committee, size.seats));
    }
    let wanted = (size.people, ALONE);
    inhabit(&mut chance, (&districts, &people), wanted, &mut invented);
    invented
}

/// The register of `people` who live in these districts, with kinship and candidates: `shares` are
/// sums of weights up to each district, ascending.
///
/// ```
/// use sanduq_assignment::invented::First;
/// let first = First { letter: 'J', number: 7 };
/// let register = sanduq_assignment::invented::people(1, (&[], &[]), (0, first));
/// assert!(register.told.people.is_empty());
/// ```
#[must_use]
pub fn people(
    seed: u64,
    (districts, shares): (&[District], &[u32]),
    (people, first): (u32, First),
) -> Invented {
    let mut chance = Chance::new(seed);
    let mut invented = Invented::default();
    let wanted = (people, first);
    inhabit(&mut chance, (districts, shares), wanted, &mut invented);
    invented
}

/// Adds people, where they live and work, and their kinship.
fn inhabit(
    chance: &mut Chance,
    (districts, shares): (&[District], &[u32]),
    (people, first): (u32, First),
    invented: &mut Invented,
) {
    for number in 0..people {
        let district = drawn(chance, districts, shares);
        let home = district.place(chance);
        let elsewhere = drawn(chance, districts, shares);
        // Most work near home; one in five wherever work is.
        let at = if chance.below(5) == 0 {
            elsewhere
        } else {
            district
        };
        let work = (chance.below(4) > 0).then(|| at.place(chance));
        let told = person(chance, first.code(number), district, (home, work));
        let row = u64::from(number) + 2;
        invented.told.people.push(Row { row, told });
        invented.homes.push((home, work));
    }
    related(chance, &mut invented.told, (people, first), districts);
}

impl Invented {
    fn add(&mut self, chance: &mut Chance, district: &District, told: (Committee, bool)) {
        let (mut committee, seats) = told;
        let place = district.place(chance);
        committee.point = place.point();
        let row = self.seats.len() as u64 + 2;
        let seats = seats.then_some(1);
        self.seats.push(place);
        let told = (committee, seats);
        self.told.committees.push(Row { row, told });
    }
}

fn committee(chance: &mut Chance, district: &District, (code, kind): (&str, Kind)) -> Committee {
    let sub = kind == Kind::SubCommittee;
    let voters = 1_000 + chance.below(4_000) + chance.below(2) * chance.below(2_000);
    Committee {
        code: unit(code),
        kind,
        governorate: district.governorate.clone(),
        district: Some(district.code.clone()),
        point: Place::default().point(),
        voters: if sub { voters } else { 0 },
        seats: 0,
        women: sub && chance.below(50) == 0,
        contests: vec![district.contest.clone()],
        under: None,
        rank: if sub { 1 } else { 3 },
        skills: Vec::new(),
    }
}

fn person(
    chance: &mut Chance,
    code: ActorId,
    district: &District,
    (home, work): (Place, Option<Place>),
) -> Person {
    let mut drawn = chance.below(100);
    let body = BODIES.iter().find(|(_, share)| {
        let here = drawn < *share;
        drawn = drawn.saturating_sub(*share);
        here
    });
    let ranks = [1, 1, 1, 1, 2, 2, 2, 3, 3, 4];
    let rank = ranks[chance.below(10) as usize];
    let events = chance.below(4);
    let served = (0..events).map(|_| unit(&format!("sub-{:05}", chance.below(13_706))));
    let served = served.collect();
    Person {
        code,
        body: body.map_or("courts", |(body, _)| *body).to_owned(),
        rank,
        sex: if chance.below(4) == 0 {
            Sex::Woman
        } else {
            Sex::Man
        },
        governorate: district.governorate.clone(),
        district: district.code.clone(),
        home: home.point(),
        work: work.map(Place::point),
        available: chance.below(50) > 0,
        skills: Vec::new(),
        conflicts: if chance.below(100) == 0 {
            vec![district.contest.clone()]
        } else {
            Vec::new()
        },
        served,
        far_before: u8::try_from(chance.below(1 + events)).unwrap_or(0),
        relatives: Vec::new(),
        standing: Vec::new(),
        elsewhere: false,
        beside: Vec::new(),
    }
}

/// One in thirty has a brother, sister or spouse in the register; two stand in each district, of
/// whom some have relatives in it.
fn related(
    chance: &mut Chance,
    told: &mut Told,
    (people, first): (u32, First),
    districts: &[District],
) {
    if people < 2 {
        return;
    }
    let mut link = |person, relation, relative| {
        let row = told.kinship.len() as u64 + 2;
        told.kinship.push(Link {
            row,
            person,
            relation,
            relative,
        });
    };
    for _ in 0..people / 30 {
        let (one, other) = (chance.below(people), chance.below(people));
        let relation = [Relation::Sibling, Relation::Spouse][chance.below(2) as usize];
        if one != other {
            link(first.code(one), relation, first.code(other));
        }
    }
    for (number, district) in districts.iter().enumerate() {
        for place in ["a", "b"] {
            let code = format!("candidate-{number:03}{place}");
            let candidate = ActorId::new(&code).expect("letters, digits and dashes");
            for _ in 0..chance.below(4) {
                link(
                    first.code(chance.below(people)),
                    Relation::Sibling,
                    candidate.clone(),
                );
            }
            told.candidates.push((candidate, district.contest.clone()));
        }
    }
}
