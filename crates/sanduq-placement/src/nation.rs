//! The placement of a nation: its districts on all cores, each by itself, because nobody votes
//! outside the own one.

use crate::blocks::Along;
use crate::blocks::Blocks;
use crate::blocks::Voter;
use crate::district::Overfull;
use crate::district::Placed;
use crate::district::place;
use crate::district::place_by_ways;
use crate::households::share;
use crate::input::Site;
use crate::lists::number;
use rayon::prelude::*;
use sanduq_register::placement::place::Place;
use sanduq_register::placement::sizes;
use sanduq_register::placement::station::CLASSES;
use sanduq_register::placement::station::Demand;
use sanduq_register::placement::station::Law;
use sanduq_register::placement::station::Station;
use sanduq_register::placement::station::StationRefusal;
use sanduq_register::placement::station::check;
use std::collections::BTreeMap;

/// What became of a district.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Voters who were placed.
    pub voters: u64,
    /// Blocks of addresses that they were taken together in, for each class.
    pub blocks: u64,
    /// Households; one counts for each class that it has.
    pub households: u64,
    /// Households whose members go to several stations although they might go to one: the most
    /// there can be, since one may be counted for its building and for its station.
    pub divided: u64,
    /// Metres that all go together, from the middle of their block.
    pub cost_metres: i64,
    /// No placement of these blocks costs less.
    pub bound_metres: i64,
}

/// A placement of a nation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Placement {
    /// For each voter of the roll the building, by its place in the list.
    pub stations: Vec<u32>,
    /// For each voter the station of the building, from 0.
    pub rooms: Vec<u16>,
    /// District by district.
    pub districts: Vec<Summary>,
}

/// Where a voter votes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seat {
    /// The voter's place in the roll.
    pub voter: u32,
    /// The building, by its place in the list.
    pub station: u32,
    /// The station of the building, from 0.
    pub room: u16,
}

/// A district that is done.
pub type Done = (Summary, Vec<Seat>);

/// Metres by road from a place to the stations that it can reach, by their places in the list. A
/// station that is not told of a place cannot be reached from it.
pub type Roads = BTreeMap<Place, Vec<(u32, u32)>>;

/// What goes along with a placement of a nation.
#[derive(Clone, Copy)]
pub struct Companion<'a> {
    /// The roads, where they are given.
    pub roads: Option<&'a Roads>,
    /// What an earlier run has kept of a district.
    pub kept: &'a (dyn Fn(usize) -> Option<Done> + Sync),
    /// Told of each district that is done, by any thread; whether it was kept from an earlier run.
    pub done: &'a (dyn Fn(usize, &Done, bool) + Sync),
}

/// Places every voter of the roll in a station of the own district.
///
/// # Errors
/// Every row and every district that is refused.
pub fn place_all(
    law: Law,
    stations: &[Station],
    districts: u16,
    voters: &[Voter],
    in_country: impl Fn(Place) -> bool,
) -> Result<Placement, Vec<StationRefusal>> {
    let alone = Companion {
        roads: None,
        kept: &|_| None,
        done: &|_, _, _| (),
    };
    place_nation(law, stations, districts, voters, in_country, alone)
}

/// As [`place_all`], with roads, what an earlier run has kept, and who wants to know how far it is.
///
/// # Errors
/// Every row and every district that is refused.
pub fn place_nation(
    law: Law,
    stations: &[Station],
    districts: u16,
    voters: &[Voter],
    in_country: impl Fn(Place) -> bool,
    companion: Companion<'_>,
) -> Result<Placement, Vec<StationRefusal>> {
    let mut demand = vec![[0; CLASSES as usize]; usize::from(districts)];
    for voter in voters {
        demand[usize::from(voter.district)][usize::from(voter.class.number())] += 1;
    }
    check(law, stations, &demand, in_country)?;
    let inside = sorted(voters, &demand);
    let mut sites = vec![(Vec::new(), Vec::new()); usize::from(districts)];
    for (station, at) in stations.iter().zip(0..) {
        let (numbers, told): &mut (Vec<u32>, Vec<Site>) = &mut sites[station.district as usize];
        numbers.push(at);
        told.push(Site {
            point: station.place.point(),
            capacity: station.capacity(law),
            serves: station.serves(law),
        });
    }
    let work = inside.par_iter().zip(&sites).enumerate();
    let done: Vec<Result<Done, StationRefusal>> = work
        .map(|(district, (inside, (numbers, sites)))| {
            if let Some(kept) = (companion.kept)(district) {
                (companion.done)(district, &kept, true);
                return Ok(kept);
            }
            let placed = place_district(voters, inside, (numbers, sites), companion.roads);
            let (mut summary, mut pieces) = placed.map_err(|over| StationRefusal::NoWay {
                district: number(district),
                voters: over.left_over,
            })?;
            let seats = seat(law, stations, &mut pieces, &mut summary);
            let done = (summary, seats);
            (companion.done)(district, &done, false);
            Ok(done)
        })
        .collect();
    gathered(voters.len(), done)
}

/// The districts as one placement.
fn gathered(
    voters: usize,
    done: Vec<Result<Done, StationRefusal>>,
) -> Result<Placement, Vec<StationRefusal>> {
    let mut placement = Placement {
        stations: vec![0; voters],
        rooms: vec![0; voters],
        districts: Vec::with_capacity(done.len()),
    };
    let mut refused = Vec::new();
    for one in done {
        match one {
            Err(refusal) => refused.push(refusal),
            Ok((summary, placed)) => {
                placement.districts.push(summary);
                for seat in placed {
                    placement.stations[seat.voter as usize] = seat.station;
                    placement.rooms[seat.voter as usize] = seat.room;
                }
            }
        }
    }
    if refused.is_empty() {
        Ok(placement)
    } else {
        Err(refused)
    }
}

/// The voters of each district, by their places in the roll.
fn sorted(voters: &[Voter], demand: &[Demand]) -> Vec<Vec<u32>> {
    let size = |demand: &Demand| usize::try_from(demand.iter().sum::<u64>()).unwrap_or(0);
    let mut inside: Vec<Vec<u32>> = demand
        .iter()
        .map(|demand| Vec::with_capacity(size(demand)))
        .collect();
    for (voter, at) in voters.iter().zip(0..) {
        inside[usize::from(voter.district)].push(at);
    }
    inside
}

/// The voters of one district with their stations.
fn place_district(
    voters: &[Voter],
    inside: &[u32],
    (numbers, sites): (&[u32], &[Site]),
    roads: Option<&Roads>,
) -> Result<(Summary, Vec<Piece>), Overfull> {
    let along = roads.map_or(Along::Circle, |_| Along::Roads);
    let found = |blocks: &Blocks| match roads {
        None => place(&blocks.groups, sites),
        Some(roads) => {
            let ways = ways(voters, blocks, (numbers, sites), roads);
            place_by_ways(&blocks.groups, sites, &ways)
        }
    };
    // For the sake of one member the whole household goes where there are no steps, unless these
    // stations have too few places for that.
    let mut blocks = Blocks::new(voters, inside, true, along);
    let placed = match found(&blocks) {
        Ok(placed) => placed,
        Err(_) => {
            blocks = Blocks::new(voters, inside, false, along);
            found(&blocks)?
        }
    };
    let mut summary = Summary {
        voters: inside.len() as u64,
        blocks: blocks.groups.len() as u64,
        households: blocks.units.len() as u64,
        divided: 0,
        cost_metres: placed.cost_metres,
        bound_metres: placed.bound_metres,
    };
    let told = hand_out(&blocks, &placed, numbers, &mut summary);
    Ok((summary, told))
}

/// The ways by road of each group to the stations that may take it.
fn ways(
    voters: &[Voter],
    blocks: &Blocks,
    (numbers, sites): (&[u32], &[Site]),
    roads: &Roads,
) -> Vec<Vec<(u32, u32)>> {
    let groups = blocks.groups.iter().enumerate();
    groups
        .map(|(at, group)| {
            let told = roads.get(&blocks.place(voters, at));
            let told = told.map_or(&[][..], Vec::as_slice).iter();
            told.filter_map(|(station, metres)| {
                // Stations of one district stand in the order of the list.
                let site = numbers.binary_search(station).ok()?;
                let open = sites[site].may_take(group.class);
                open.then_some((number(site), *metres))
            })
            .collect()
        })
        .collect()
}

/// Members of one household who go to one building, by their places in the roll.
struct Piece {
    station: u32,
    voters: Vec<u32>,
}

/// The stations of each building, filled evenly and by whole households.
fn seat(law: Law, stations: &[Station], pieces: &mut [Piece], summary: &mut Summary) -> Vec<Seat> {
    // Stable: households stay in the order of their addresses.
    pieces.sort_by_key(|piece| piece.station);
    let mut seats = Vec::new();
    for inside in pieces.chunk_by(|one, other| one.station == other.station) {
        let station = inside[0].station;
        let told: Vec<u32> = inside
            .iter()
            .map(|piece| number(piece.voters.len()))
            .collect();
        let voters = told.iter().map(|size| u64::from(*size)).sum();
        let rooms = stations[station as usize].stations;
        let shares = sizes(voters, rooms, law.maximum).expect("no more than the capacity");
        let shared = share(&told, &shares);
        summary.divided += shared.divided;
        for (piece, parts) in inside.iter().zip(&shared.households) {
            let mut members = piece.voters.iter();
            for (room, voters) in parts {
                let here = members.by_ref().take(*voters as usize);
                let room = u16::try_from(*room).expect("no building has 65,536 stations");
                seats.extend(here.map(|voter| Seat {
                    voter: *voter,
                    station,
                    room,
                }));
            }
        }
    }
    seats
}

/// A building for every member of every household.
fn hand_out(
    blocks: &Blocks,
    placed: &Placed,
    numbers: &[u32],
    summary: &mut Summary,
) -> Vec<Piece> {
    let mut told = Vec::with_capacity(blocks.units.len());
    for (range, parts) in blocks.ranges.iter().zip(&placed.groups) {
        let units = &blocks.units[range.clone()];
        let sizes: Vec<u32> = units.iter().map(|unit| unit.voters).collect();
        let shares: Vec<u32> = parts.iter().map(|part| part.1).collect();
        let shared = share(&sizes, &shares);
        summary.divided += shared.divided;
        for (unit, places) in units.iter().zip(&shared.households) {
            let mut members = blocks.members[unit.first as usize..].iter();
            for (part, voters) in places {
                let station = numbers[parts[*part as usize].0 as usize];
                let here = members.by_ref().take(*voters as usize);
                told.push(Piece {
                    station,
                    voters: here.map(|member| member.voter).collect(),
                });
            }
        }
    }
    told
}

#[cfg(test)]
mod tests;
