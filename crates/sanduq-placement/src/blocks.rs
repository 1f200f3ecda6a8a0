//! The voters of a district as groups: who lives at one address and may go to the same stations
//! stands together, household by household.
//!
//! Always true here: every voter stands in one group; a household stands in one group as far as
//! the law lets it (one for each sex where the law separates).

use crate::input::Group;
use crate::levels::curve;
use crate::lists::number;
use sanduq_register::placement::place::Place;
use sanduq_register::placement::station::Class;
use std::ops::Range;

/// A voter, as far as placing asks: 16 bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Voter {
    /// Where the voter lives.
    pub place: Place,
    /// The voter's household, by a number of its own in the district.
    pub household: u32,
    /// The voter's district.
    pub district: u16,
    /// Which stations may take the voter.
    pub class: Class,
}

/// Addresses within so many millionths of a degree are one block: some fifty metres.
const BLOCK_MICRODEGREES: i32 = 500;

/// How ways are measured, which decides what a block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Along {
    /// Along the great circle: neighbours within some fifty metres are one block.
    Circle,
    /// By roads that are given place by place: who lives at one place is one block.
    Roads,
}

/// A voter in the order of households.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Member {
    /// The household.
    household: u32,
    /// Which stations may take the voter, for the sake of the household or alone.
    class: Class,
    /// The voter's place in the roll.
    pub voter: u32,
}

/// Members of one household who may go to the same stations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unit {
    /// Where they begin in the list of members.
    pub first: u32,
    /// How many they are.
    pub voters: u32,
}

/// The groups of a district.
#[derive(Clone, Debug, Default)]
pub struct Blocks {
    /// The groups.
    pub groups: Vec<Group>,
    /// Where the households of each group begin and end in the list of households.
    pub ranges: Vec<Range<usize>>,
    /// The households, group by group; one counts for each class that it has.
    pub units: Vec<Unit>,
    /// The voters, household by household.
    pub members: Vec<Member>,
}

/// Where a household goes in the list: class, along the curve, block, and its place among members.
type Key = (Class, u64, (i32, i32), Unit);

impl Blocks {
    /// The groups of the voters at these places of the roll. Where `together` is asked for, a
    /// household goes where the member can go who needs a station without steps. Every group knows
    /// the place of its first household by [`Blocks::place`].
    #[must_use]
    pub fn new(voters: &[Voter], inside: &[u32], together: bool, along: Along) -> Self {
        let member = |voter: &u32| {
            let told = &voters[*voter as usize];
            Member {
                household: told.household,
                class: told.class,
                voter: *voter,
            }
        };
        let mut members: Vec<Member> = inside.iter().map(member).collect();
        members.sort_unstable();
        if together {
            for household in members.chunk_by_mut(|one, other| one.household == other.household) {
                if household.iter().any(|member| member.class.is_step_free()) {
                    for member in &mut *household {
                        member.class = member.class.step_free();
                    }
                    household.sort_unstable();
                }
            }
        }
        let mut keys = Vec::new();
        let mut first = 0;
        for household in members.chunk_by(|one, other| one.household == other.household) {
            // One address for all, so that no slip of a digit tears a family apart.
            let at = household
                .iter()
                .map(|member| member.voter)
                .min()
                .unwrap_or(0);
            let place = voters[at as usize].place;
            for part in household.chunk_by(|one, other| one.class == other.class) {
                let voters = number(part.len());
                keys.push(key(part[0].class, place, Unit { first, voters }, along));
                first += voters;
            }
        }
        keys.sort_unstable_by_key(|key| (key.0, key.1, key.2, key.3.first));
        let mut blocks = Self {
            members,
            ..Self::default()
        };
        blocks.group(voters, &keys);
        blocks
    }

    /// Where the first household of a group lives; by roads, everybody of the group.
    #[must_use]
    pub fn place(&self, voters: &[Voter], group: usize) -> Place {
        let unit = self.units[self.ranges[group].start];
        voters[self.members[unit.first as usize].voter as usize].place
    }

    /// Households of one class and block together.
    fn group(&mut self, voters: &[Voter], keys: &[Key]) {
        for same in keys.chunk_by(|one, other| (one.0, one.2) == (other.0, other.2)) {
            let from = self.units.len();
            self.units.extend(same.iter().map(|key| key.3));
            let mut sums = [0_i64; 2];
            let mut count = 0;
            for (_, _, _, unit) in same {
                let member = self.members[unit.first as usize];
                let place = voters[member.voter as usize].place;
                sums[0] += i64::from(place.latitude_microdegrees()) * i64::from(unit.voters);
                sums[1] += i64::from(place.longitude_microdegrees()) * i64::from(unit.voters);
                count += unit.voters;
            }
            let mean = |sum: i64| {
                i32::try_from(sum / i64::from(count)).expect("a mean lies between what it is of")
            };
            let middle = Place::new(mean(sums[0]), mean(sums[1]));
            self.groups.push(Group {
                point: middle.expect("a mean of places of one block").point(),
                voters: count,
                class: same[0].0.number(),
            });
            self.ranges.push(from..self.units.len());
        }
    }
}

/// Where a household goes.
fn key(class: Class, place: Place, unit: Unit, along: Along) -> Key {
    let side = match along {
        Along::Circle => BLOCK_MICRODEGREES,
        Along::Roads => 1,
    };
    let round = |along: i32| along.div_euclid(side);
    let block = [
        place.latitude_microdegrees(),
        place.longitude_microdegrees(),
    ]
    .map(round);
    let corner = block.map(|along| along * side);
    // Corners of blocks at the edge of the map may lie beyond it: they stand with the equator.
    let point = Place::new(corner[0], corner[1]).unwrap_or_default().point();
    (class, curve(point), (block[0], block[1]), unit)
}
