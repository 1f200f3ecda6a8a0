//! Places an invented nation and prints what it took, and what was counted in the placement, as
//! JSON; `cargo xtask bench placement --nation` holds it against what is promised.
//!
//! ```text
//! nation VOTERS STATIONS DISTRICTS [SEED]
//! ```

use sanduq_placement::blocks::Voter;
use sanduq_placement::invented::Chance;
use sanduq_placement::nation::Placement;
use sanduq_placement::nation::Summary;
use sanduq_placement::nation::place_all;
use sanduq_register::placement::place::Place;
use sanduq_register::placement::station::Admits;
use sanduq_register::placement::station::Class;
use sanduq_register::placement::station::Law;
use sanduq_register::placement::station::Sex;
use sanduq_register::placement::station::Station;
use std::error::Error;
use std::fs;
use std::time::Instant;

fn main() -> Result<(), Box<dyn Error>> {
    let words = std::env::args().skip(1);
    let numbers: Vec<u32> = words.flat_map(|word| word.parse()).collect();
    let (voters, stations, districts, seed) = match numbers[..] {
        [voters, stations, districts] => (voters, stations, districts, 1),
        [voters, stations, districts, seed] => (voters, stations, districts, seed),
        _ => return Err("nation VOTERS STATIONS DISTRICTS [SEED]".into()),
    };
    let mut chance = Chance::new(seed.into());
    // Places for 115 of a hundred voters.
    let law = Law {
        maximum: voters.div_ceil(stations) * 23 / 20,
        separates_sexes: false,
    };
    let districts = u16::try_from(districts)?;
    let (people, sites) = invent(&mut chance, law, voters, stations, districts)?;
    let began = Instant::now();
    let placement = place_all(law, &sites, districts, &people, |_| true);
    let placement = placement.map_err(|refused| format!("{refused:?}"))?;
    let seconds = began.elapsed().as_secs_f64();
    let sum = |of: fn(&Summary) -> u64| placement.districts.iter().map(of).sum::<u64>();
    let metres = |of: fn(&Summary) -> i64| placement.districts.iter().map(of).sum::<i64>();
    let peak = peak_kilobytes();
    let used = processor_seconds();
    let [over, outside, unmet] = counted(law, &people, &sites, &placement);
    println!(
        "{{\"voters\":{},\"stations\":{stations},\"blocks\":{},\"households\":{},\
         \"divided\":{},\"cost_metres\":{},\"bound_metres\":{},\"over_capacity\":{over},\
         \"outside_district\":{outside},\"needs_not_met\":{unmet},\"seconds\":{seconds:.1},\
         \"processor_seconds\":{used:.1},\"peak_kilobytes\":{peak},\"digest\":\"{:016x}\"}}",
        sum(|one| one.voters),
        sum(|one| one.blocks),
        sum(|one| one.households),
        sum(|one| one.divided),
        metres(|one| one.cost_metres),
        metres(|one| one.bound_metres),
        digest(&placement),
    );
    Ok(())
}

/// Counted in the placement itself: stations above their places, voters outside their district, and
/// voters in a station that may not take them.
fn counted(law: Law, people: &[Voter], sites: &[Station], placement: &Placement) -> [usize; 3] {
    let mut loads = vec![0_u32; sites.len()];
    let (mut outside, mut unmet) = (0, 0);
    for (voter, station) in people.iter().zip(&placement.stations) {
        let site = &sites[*station as usize];
        loads[*station as usize] += 1;
        outside += usize::from(site.district != u32::from(voter.district));
        unmet += usize::from(site.serves(law) >> voter.class.number() & 1 == 0);
    }
    let over = loads.iter().zip(sites);
    let over = over.filter(|(load, site)| **load > site.capacity(law));
    [over.count(), outside, unmet]
}

/// A number that another placement of the same voters does not have but by chance (FNV-1a).
fn digest(placement: &Placement) -> u64 {
    let mut sum: u64 = 0xcbf2_9ce4_8422_2325;
    for (station, room) in placement.stations.iter().zip(&placement.rooms) {
        let bytes = station.to_le_bytes().into_iter().chain(room.to_le_bytes());
        for byte in bytes {
            sum = (sum ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }
    sum
}

/// People in households of one to seven, several households a house, houses around the middle of
/// each district; stations where houses are.
fn invent(
    chance: &mut Chance,
    law: Law,
    voters: u32,
    stations: u32,
    districts: u16,
) -> Result<(Vec<Voter>, Vec<Station>), Box<dyn Error>> {
    let mut people = Vec::with_capacity(voters as usize);
    let mut sites = Vec::with_capacity(stations as usize);
    for district in 0..districts {
        let number = u32::from(district);
        let middle = [22_000_000, 25_000_000]
            .map(|along: i32| along + chance.below(9_000_000).cast_signed());
        let house = |chance: &mut Chance| {
            // Three draws: denser towards the middle.
            let mut along = || {
                (0..3)
                    .map(|_| chance.below(40_000).cast_signed())
                    .sum::<i32>()
            };
            Place::new(middle[0] + along(), middle[1] + along()).ok_or("a place on the earth")
        };
        let share =
            |all: u32| all / u32::from(districts) + u32::from(number < all % u32::from(districts));
        for _ in 0..share(stations) {
            sites.push(Station {
                row: sites.len() + 1,
                district: number,
                place: house(chance)?,
                stations: 1,
                building_maximum: None,
                admits: Admits::Everybody,
                step_free: chance.below(2) == 0,
            });
        }
        let mut left = share(voters);
        let mut household = 0;
        let mut home = house(chance)?;
        while left > 0 {
            if chance.below(5) == 0 {
                home = house(chance)?;
            }
            let size = (1 + chance.below(7)).min(left);
            left -= size;
            for _ in 0..size {
                people.push(Voter {
                    place: home,
                    household,
                    district,
                    class: Class::new(law, Sex::Female, chance.below(100) == 0),
                });
            }
            household += 1;
        }
    }
    Ok((people, sites))
}

/// The most memory that the program had, in kilobytes, as the kernel tells it.
fn peak_kilobytes() -> u64 {
    let told = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = told.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let number = line.and_then(|line| line.trim().strip_suffix(" kB"));
    number
        .and_then(|number| number.parse().ok())
        .unwrap_or_default()
}

/// Seconds of processors that this program has used so far, as the kernel counts them.
fn processor_seconds() -> f64 {
    let told = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after = told.rsplit_once(')').map_or("", |parts| parts.1);
    let ticks = after.split_whitespace().skip(11).take(2);
    ticks.flat_map(str::parse::<f64>).sum::<f64>() / 100.0
}
