//! Who moves when a placement is made again, and why: whole households of one station together, as
//! far as they need the same.
//!
//! Always true here: who may stay stays, in the same committee where it is still there; no
//! committee has more than the law allows.

use crate::exit::Ended;
use crate::placement::replan::Today;
use sanduq_placement::input::Group;
use sanduq_placement::input::Site;
use sanduq_placement::nation::Roads;
use sanduq_placement::replan::Household;
use sanduq_placement::replan::keep as keep_households;
use sanduq_placement::replan::keep_by_roads;
use std::collections::BTreeMap;

/// For each voter station, committee (from 0), and why it is another one.
pub type Seats = Vec<(u32, u16, Option<&'static str>)>;

/// Members of one household who have the same station so far, and move or stay together.
#[derive(Clone, Debug)]
struct Unit {
    voters: Vec<u32>,
    /// Their station so far, by its place in the placement before.
    station: Option<u32>,
    changed: bool,
    household: u32,
}

/// Finds a station for who has none any more.
///
/// # Errors
/// `placement.no_room` for the first household that finds none.
pub fn keep(today: &Today<'_>) -> Result<Seats, Ended> {
    let mut inside = vec![Vec::new(); today.centres.districts.len()];
    for (voter, at) in today.roll.voters.iter().zip(0_u32..) {
        inside[usize::from(voter.district)].push(at);
    }
    let mut sites: Vec<Vec<u32>> = vec![Vec::new(); inside.len()];
    for (station, at) in today.stations.iter().zip(0_u32..) {
        sites[station.district as usize].push(at);
    }
    let mut seats: Seats = vec![(0, 0, None); today.roll.voters.len()];
    for (inside, numbers) in inside.iter().zip(&sites) {
        keep_district(today, inside, numbers, &mut seats)?;
    }
    rooms(today, &mut seats);
    Ok(seats)
}

/// The households of a district, in the order of the roll.
fn units(today: &Today<'_>, inside: &[u32]) -> Vec<Unit> {
    let mut found: BTreeMap<(u32, Option<u32>, bool, u8), Vec<u32>> = BTreeMap::new();
    for at in inside {
        let voter = today.roll.voters[*at as usize];
        let seat = today.before.seats[*at as usize];
        let changed = seat.is_some_and(|seat| seat.changed);
        let sex = voter.class.number() % 3;
        let key = (voter.household, seat.map(|seat| seat.station), changed, sex);
        found.entry(key).or_default().push(*at);
    }
    let units = found
        .into_iter()
        .map(|((household, station, changed, _), voters)| Unit {
            voters,
            station,
            changed,
            household,
        });
    let mut units: Vec<Unit> = units.collect();
    units.sort_by_key(|unit| unit.voters[0]);
    units
}

fn keep_district(
    today: &Today<'_>,
    inside: &[u32],
    numbers: &[u32],
    seats: &mut Seats,
) -> Result<(), Ended> {
    let units = units(today, inside);
    let sites = sites(today, numbers);
    let households = households(today, &units, numbers);
    let moves = match today.roads {
        None => keep_households(&sites, &households),
        Some(roads) => keep_by_roads(&sites, &households, &ways(today, &units, numbers, roads)),
    };
    let moves = moves.map_err(|no| no_room(today, &units[no.household as usize]))?;
    for unit in &units {
        for at in &unit.voters {
            // Who is in no move stays where the placement before has them.
            seats[*at as usize].0 = unit.station.unwrap_or(0);
        }
    }
    for one in moves {
        for at in &units[one.household as usize].voters {
            let to = numbers[one.to as usize];
            seats[*at as usize] = (to, 0, Some(one.why.word()));
        }
    }
    Ok(())
}

/// The ways by road of each unit to the stations of the district.
fn ways(today: &Today<'_>, units: &[Unit], numbers: &[u32], roads: &Roads) -> Vec<Vec<(u32, u32)>> {
    let of = |unit: &Unit| {
        let home = today.roll.voters[unit.voters[0] as usize].place;
        let known = roads.get(&home).map_or(&[][..], Vec::as_slice).iter();
        let inside = known.filter_map(|(station, metres)| {
            let site = numbers.binary_search(station).ok()?;
            Some((u32::try_from(site).ok()?, *metres))
        });
        inside.collect()
    };
    units.iter().map(of).collect()
}

/// The stations of a district; the last is one where nobody may stay, for those that are gone or of
/// another district.
fn sites(today: &Today<'_>, numbers: &[u32]) -> Vec<Site> {
    let open = numbers.iter().map(|at| {
        let station = &today.stations[*at as usize];
        Site {
            point: station.place.point(),
            capacity: station.capacity(today.law),
            serves: station.serves(today.law),
        }
    });
    let closed = Site {
        point: today.stations[numbers[0] as usize].place.point(),
        capacity: 0,
        serves: 0,
    };
    open.chain([closed]).collect()
}

/// The units as the engine knows them.
fn households(today: &Today<'_>, units: &[Unit], numbers: &[u32]) -> Vec<Household> {
    let number = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    let site_of = |station: u32| {
        let found = numbers.binary_search(&station);
        number(found.unwrap_or(numbers.len()))
    };
    // Where the members stay who do, for those who come to them.
    let mut homes: BTreeMap<u32, u32> = BTreeMap::new();
    for unit in units.iter().filter(|unit| !unit.changed) {
        if let Some(station) = unit.station {
            homes.entry(unit.household).or_insert(site_of(station));
        }
    }
    let household = |unit: &Unit| {
        let mut members = unit.voters.iter().map(|at| today.roll.voters[*at as usize]);
        let needy = members.find(|voter| voter.class.is_step_free());
        let first = today.roll.voters[unit.voters[0] as usize];
        Household {
            told: Group {
                point: first.place.point(),
                voters: number(unit.voters.len()),
                class: needy.unwrap_or(first).class.number(),
            },
            site: unit.station.map(site_of),
            changed: unit.changed,
            beside: homes
                .get(&unit.household)
                .copied()
                .filter(|_| unit.station.is_none()),
        }
    };
    units.iter().map(household).collect()
}

fn no_room(today: &Today<'_>, unit: &Unit) -> Ended {
    let at = unit.voters[0] as usize;
    let district = usize::from(today.roll.voters[at].district);
    if today.roads.is_some() {
        return Ended::Refused {
            code: "placement.no_way".to_owned(),
            sentence: format!(
                "district “{}”: by the roads that are given the voter {} and who lives there too \
                 reach no station with room; add ways or places, or make a new plan with --anew",
                today.centres.districts[district],
                today.roll.ids.get(at)
            ),
        };
    }
    Ended::Refused {
        code: "placement.no_room".to_owned(),
        sentence: format!(
            "district “{}”: no station has room for the voter {} and who lives there too; add \
             places, or make a new plan with --anew",
            today.centres.districts[district],
            today.roll.ids.get(at)
        ),
    }
}

/// Gives every voter a committee: the one so far where it is still there; who comes sits with the
/// own household where there is room, else in the emptiest.
fn rooms(today: &Today<'_>, seats: &mut Seats) {
    let count = |stations: u32| vec![0_u32; stations as usize];
    let mut loads: Vec<Vec<u32>> = today
        .stations
        .iter()
        .map(|station| count(station.stations))
        .collect();
    let household = |at: usize| today.roll.voters[at].household;
    let mut homes: BTreeMap<(u32, u32), usize> = BTreeMap::new();
    let mut open: BTreeMap<(u32, u32), Vec<usize>> = BTreeMap::new();
    for (at, seat) in seats.iter_mut().enumerate() {
        let before = today.before.seats[at].filter(|_| seat.2.is_none());
        let room = before.map(|before| usize::from(before.room));
        let loads = &mut loads[seat.0 as usize];
        let free = room.filter(|room| loads.get(*room).is_some_and(|n| *n < today.law.maximum));
        match free {
            Some(room) => {
                loads[room] += 1;
                seat.1 = u16::try_from(room).unwrap_or(u16::MAX);
                homes.insert((seat.0, household(at)), room);
            }
            None => open.entry((seat.0, household(at))).or_default().push(at),
        }
    }
    for (key, voters) in open {
        let loads = &mut loads[key.0 as usize];
        let size = u32::try_from(voters.len()).unwrap_or(u32::MAX);
        let home = homes.get(&key).copied();
        let fits = |room: &usize| loads[*room].saturating_add(size) <= today.law.maximum;
        let whole = home
            .filter(fits)
            .or_else(|| Some(emptiest(loads)).filter(fits));
        for at in voters {
            let room = whole.unwrap_or_else(|| emptiest(loads));
            loads[room] += 1;
            seats[at].1 = u16::try_from(room).unwrap_or(u16::MAX);
            seats[at].2.get_or_insert("committee_closed");
        }
    }
}

/// The committee with the fewest voters, of equals the first.
fn emptiest(loads: &[u32]) -> usize {
    let least = loads
        .iter()
        .enumerate()
        .min_by_key(|(at, load)| (**load, *at));
    least.map_or(0, |(at, _)| at)
}

/// Why a new plan moves a voter; none for who stays.
pub fn why_anew(today: &Today<'_>, at: usize, (station, room): (u32, u16)) -> Option<&'static str> {
    let Some(seat) = today.before.seats[at] else {
        return Some("new");
    };
    if seat.station == station {
        return (seat.room != room).then_some("other_committee");
    }
    let voter = today.roll.voters[at];
    let Some(old) = today.stations.get(seat.station as usize) else {
        return Some("station_closed");
    };
    if seat.changed {
        return Some("changed");
    }
    if old.serves(today.law) >> voter.class.number() & 1 == 0 {
        return Some("station_closed");
    }
    let nearer = today.metres(at, station) < today.metres(at, seat.station);
    Some(if nearer { "nearer" } else { "makes_room" })
}
