//! Adds stations to an invented nation until few wait long, and prints what it took, as JSON.
//!
//! ```text
//! growth BUILDINGS STATIONS_TO_ADD
//! ```

use sanduq_placement::growth::Building;
use sanduq_placement::growth::add_stations;
use sanduq_placement::invented::Chance;
use sanduq_register::placement::queue::Day;
use std::error::Error;
use std::time::Instant;

/// Shares of the day's voters by hour, in hundredths: many in the morning, some more at the end.
const DAY: [u32; 12] = [9, 12, 12, 10, 8, 7, 6, 6, 7, 8, 9, 6];

/// Half an hour.
const LIMIT_SECONDS: u32 = 1800;

/// One in twenty may wait longer.
const LATE_PER_MILLE: u64 = 50;

fn main() -> Result<(), Box<dyn Error>> {
    let words = std::env::args().skip(1);
    let numbers: Vec<u32> = words.flat_map(|word| word.parse()).collect();
    let [buildings, most] = numbers[..] else {
        return Err("growth BUILDINGS STATIONS_TO_ADD".into());
    };
    let mut chance = Chance::new(1);
    let buildings: Vec<Building> = (0..buildings).map(|_| building(&mut chance)).collect();
    let stations: u32 = buildings.iter().map(|building| building.stations).sum();
    let began = Instant::now();
    let now = add_stations(&buildings, 0, LIMIT_SECONDS, LATE_PER_MILLE);
    let told = began.elapsed().as_secs_f64();
    let began = Instant::now();
    let growth = add_stations(&buildings, most, LIMIT_SECONDS, LATE_PER_MILLE);
    let seconds = began.elapsed().as_secs_f64();
    println!(
        "{{\"buildings\":{},\"stations\":{stations},\"voters\":{},\"late_before\":{},\
         \"refused_before\":{},\"added\":{},\"late\":{},\"refused\":{},\
         \"estimate_seconds\":{told:.1},\"seconds\":{seconds:.1}}}",
        buildings.len(),
        growth.voters,
        now.late,
        now.refused.len(),
        growth.stations(),
        growth.late,
        growth.refused.len(),
    );
    Ok(())
}

/// A building of one to five stations with two booths each, where 350 to 750 voters a station
/// come and take two minutes.
fn building(chance: &mut Chance) -> Building {
    let stations = 1 + chance.below(5);
    let voters = stations * (350 + chance.below(400));
    Building {
        day: Day {
            arrivals: DAY.iter().map(|share| voters * share / 100).collect(),
            booths: 2,
            seconds_per_voter: 120,
            variation_percent: 50,
        },
        stations,
        most_stations: stations + 3,
    }
}
