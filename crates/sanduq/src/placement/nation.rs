//! The placement of a roll: its files, the engine, what is kept of districts that are done, and the
//! figures, counted voter by voter in the result.

use crate::exit::Ended;
use crate::placement::centres::Centre;
use crate::placement::centres::Centres;
use crate::placement::grid;
use crate::placement::grid::Wrong;
use crate::placement::heads::Field;
use crate::placement::kept;
use crate::placement::law::Chosen;
use crate::placement::report::Report;
use crate::placement::roads;
use crate::placement::roll;
use crate::placement::roll::Roll;
use crate::progress::Progress;
use rayon::prelude::*;
use sanduq_matching::work::Work;
use sanduq_placement::nation::Companion;
use sanduq_placement::nation::Done;
use sanduq_placement::nation::Placement;
use sanduq_placement::nation::Roads;
use sanduq_placement::nation::place_nation;
use sanduq_register::placement::place::Place;
use sanduq_register::placement::station::Law;
use sanduq_register::placement::station::Station;
use sanduq_register::placement::station::StationRefusal;
use sanduq_register::placement::stations_needed;
use serde_json::json;
use std::collections::BTreeMap;
use std::path::Path;
use std::path::PathBuf;
use std::sync::Mutex;
use std::sync::atomic::AtomicU64;
use std::sync::atomic::Ordering;

/// The files of a placement.
#[derive(Clone, Copy)]
pub struct Files<'a> {
    /// The centres.
    pub input: &'a Path,
    /// The roll.
    pub voters: &'a Path,
    /// The blocks.
    pub blocks: Option<&'a Path>,
    /// The roads.
    pub roads: Option<&'a Path>,
    /// Where the result goes, beside which districts are kept.
    pub out: Option<&'a Path>,
}

/// A roll that is placed.
pub struct Placed {
    /// The roll.
    pub roll: Roll,
    /// The stations that were given.
    pub stations: Vec<Station>,
    /// Who votes where.
    pub placement: Placement,
    /// Metres of each voter to the building, by road where roads are given.
    pub metres: Vec<u32>,
    /// Districts that an earlier run had kept.
    kept: u64,
    work: Option<Work>,
}

/// A station as the engine knows it.
pub fn station(centre: &Centre, law: Law) -> Station {
    let needed = |voters: u64| {
        let needed = stations_needed(voters, law.maximum).unwrap_or(0);
        u32::try_from(needed).unwrap_or(u32::MAX)
    };
    // Who says nothing of stations has as many as its places or its voters need.
    let most = centre.capacity.map_or(centre.registered, u64::from);
    Station {
        row: usize::try_from(centre.row).unwrap_or(usize::MAX),
        district: centre.district,
        place: centre.place.unwrap_or_default(),
        stations: centre.stations.unwrap_or_else(|| needed(most)),
        building_maximum: centre.capacity,
        admits: centre.admits,
        step_free: centre.step_free,
    }
}

/// Places a roll; districts that are done are kept beside the result.
///
/// # Errors
/// When a file is refused, or a district cannot have its voters.
pub fn place(
    files: Files<'_>,
    (centres, chosen): (&Centres, &Chosen),
    progress: &mut Progress,
) -> Result<Placed, Ended> {
    let districts = u16::try_from(centres.districts.len()).map_err(|_| Ended::Refused {
        code: "placement.too_many_districts".to_owned(),
        sentence: "a roll is placed in 65,535 districts at most".to_owned(),
    })?;
    let blocks = files
        .blocks
        .map(|path| roll::blocks(path, chosen))
        .transpose()?;
    let blocks = blocks.unwrap_or_default();
    let ways = files
        .roads
        .map(|path| roads::read(path, centres, &blocks))
        .transpose()?;
    let roll = roll::read(files.voters, (centres, chosen), &blocks, progress)?;
    let stations: Vec<Station> = centres
        .list
        .iter()
        .map(|centre| station(centre, chosen.law))
        .collect();
    let work = work(files, chosen)?;
    let from = (stations.as_slice(), districts);
    let companions = (ways.as_ref(), work.as_ref());
    let (placement, kept) = match run(chosen, from, &roll, companions, progress) {
        Ok(ran) => ran?,
        Err(refused) => {
            // Other files will follow, for which nothing of these districts is of use.
            let cleared = work.map_or(Ok(()), Work::end);
            cleared.map_err(|fault| kept::ended(&fault))?;
            return Err(explained(&refused, centres));
        }
    };
    let metres = metres(&roll, &stations, &placement, ways.as_ref());
    Ok(Placed {
        roll,
        stations,
        placement,
        metres,
        kept,
        work,
    })
}

/// The folder beside the result, where there is one.
fn work(files: Files<'_>, chosen: &Chosen) -> Result<Option<Work>, Ended> {
    let Some(out) = files.out else {
        return Ok(None);
    };
    let mut folder = out.as_os_str().to_owned();
    folder.push(".work");
    let read = [
        Some(files.input),
        Some(files.voters),
        files.blocks,
        files.roads,
    ];
    kept::open(&PathBuf::from(folder), chosen, &read).map(Some)
}

/// The engine's answer; the inner result is that of the folder of districts that are done.
type Ran = Result<Result<(Placement, u64), Ended>, Vec<StationRefusal>>;

fn run(
    chosen: &Chosen,
    (stations, districts): (&[Station], u16),
    roll: &Roll,
    (ways, work): (Option<&Roads>, Option<&Work>),
    progress: &mut Progress,
) -> Ran {
    progress.stage("placing", roll.voters.len() as u64, "voters");
    let (done, before) = (AtomicU64::new(0), AtomicU64::new(0));
    let told = Mutex::new(&mut *progress);
    let fault = Mutex::new(None);
    let kept = |district: usize| kept::decoded(&work?.bytes(&kept::name(district))?);
    let finished = |district: usize, result: &Done, was_kept: bool| {
        if was_kept {
            before.fetch_add(1, Ordering::Relaxed);
        } else if let Some(work) = work {
            let kept = work.keep_bytes(&kept::name(district), &kept::encoded(result));
            if let (Err(failed), Ok(mut fault)) = (kept, fault.lock()) {
                fault.get_or_insert(kept::ended(&failed));
            }
        }
        let voters = result.0.voters;
        let reached = done.fetch_add(voters, Ordering::Relaxed) + voters;
        if let Ok(mut progress) = told.try_lock() {
            progress.reached(reached);
        }
    };
    let companion = Companion {
        roads: ways,
        kept: &kept,
        done: &finished,
    };
    let inside = |place: Place| chosen.in_country(place);
    let placed = place_nation(
        chosen.law,
        stations,
        districts,
        &roll.voters,
        inside,
        companion,
    )?;
    progress.reached(roll.voters.len() as u64);
    progress.end();
    let fault = fault.into_inner().unwrap_or(None);
    Ok(match fault {
        Some(fault) => Err(fault),
        None => Ok((placed, before.into_inner())),
    })
}

/// What the rules say no to, in the words of the files.
pub fn explained(refused: &[StationRefusal], centres: &Centres) -> Ended {
    let name = |district: u32| centres.districts[district as usize].as_str();
    let first = |district: u32| {
        let mut list = centres.list.iter();
        list.find(|centre| centre.district == district)
            .map_or(1, |centre| centre.row)
    };
    let field = match (
        centres.grid.has(Field::Capacity),
        centres.grid.has(Field::Stations),
    ) {
        (true, _) => Field::Capacity,
        (false, true) => Field::Stations,
        (false, false) => Field::District,
    };
    let wrong = |refusal: &StationRefusal| {
        use sanduq_core::refusal::Refusal;
        let code = refusal.code();
        let (row, why) = match refusal {
            StationRefusal::NoStations { district, voters } => {
                let why = format!(
                    "district “{}”: {voters} voters, no station",
                    name(*district)
                );
                (first(*district), why)
            }
            StationRefusal::TooFewPlaces {
                district,
                voters,
                places,
                classes,
            } => {
                let whom = whom(*classes);
                let why = format!(
                    "district “{}”, whose first station this is: {voters} {whom} for stations with \
                     {places} places; add stations or places",
                    name(*district)
                );
                (first(*district), why)
            }
            StationRefusal::NoWay { district, voters } => {
                let why = format!(
                    "district “{}”: by the roads that are given {voters} voters reach no station \
                     with room; add ways or places",
                    name(*district)
                );
                (first(*district), why)
            }
            StationRefusal::NoCapacity { row }
            | StationRefusal::OutsideCountry { row }
            | StationRefusal::UnknownDistrict { row } => (*row as u64, refusal.to_string()),
            StationRefusal::NoMaximum => (1, refusal.to_string()),
        };
        let told: Wrong = centres.grid.wrong(row, field, code, &why);
        told
    };
    grid::refusal(&refused.iter().map(wrong).collect::<Vec<Wrong>>())
}

/// Whom a set of classes is.
fn whom(classes: u8) -> String {
    let names = ["voters", "women", "men"];
    let told = (0..6)
        .filter(|class| classes >> class & 1 == 1)
        .map(|class| {
            let name = names[class % 3];
            if class >= 3 {
                format!("{name} who need a station without steps")
            } else {
                name.to_owned()
            }
        });
    told.collect::<Vec<_>>().join(" and ")
}

/// How far each voter goes.
fn metres(roll: &Roll, stations: &[Station], placed: &Placement, ways: Option<&Roads>) -> Vec<u32> {
    let points: Vec<_> = stations
        .iter()
        .map(|station| station.place.point())
        .collect();
    let pairs = roll.voters.par_iter().zip(&placed.stations);
    pairs
        .map(|(voter, station)| {
            let by_road = ways.and_then(|ways| {
                let known = ways.get(&voter.place)?;
                known.iter().find(|way| way.0 == *station).map(|way| way.1)
            });
            by_road.unwrap_or_else(|| voter.place.point().metres_to(points[*station as usize]))
        })
        .collect()
}

/// A side of the squares that lines are drawn from, in millionths of a degree.
const LINE_MICRODEGREES: i32 = 500;

impl Placed {
    /// The voters of every station of every centre.
    pub fn rooms(&self, centres: &Centres) -> Vec<Vec<u32>> {
        let count = |station: &Station| vec![0; station.stations as usize];
        let mut rooms: Vec<Vec<u32>> = self.stations.iter().map(count).collect();
        debug_assert_eq!(rooms.len(), centres.list.len());
        for (station, room) in self.placement.stations.iter().zip(&self.placement.rooms) {
            rooms[*station as usize][usize::from(*room)] += 1;
        }
        rooms
    }

    /// How many go from each square of addresses to each station.
    pub fn lines(&self) -> BTreeMap<(Place, u32), u64> {
        let mut lines = BTreeMap::new();
        let middle = |along: i32| {
            along.div_euclid(LINE_MICRODEGREES) * LINE_MICRODEGREES + LINE_MICRODEGREES / 2
        };
        for (voter, station) in self.roll.voters.iter().zip(&self.placement.stations) {
            let place = voter.place;
            let north = middle(place.latitude_microdegrees());
            let east = middle(place.longitude_microdegrees());
            let from = Place::new(north, east).unwrap_or(place);
            *lines.entry((from, *station)).or_default() += 1;
        }
        lines
    }

    /// The figures.
    pub fn report(&self, centres: &Centres, chosen: &Chosen) -> Report {
        let (law, placement) = (chosen.law, &self.placement);
        let rooms = self.rooms(centres);
        let mut report = Report {
            placed: placement.stations.len() as u64,
            centres: centres.list.len() as u64,
            districts: centres.districts.len() as u64,
            unit: "metres",
            ..Report::default()
        };
        for (station, rooms) in self.stations.iter().zip(&rooms) {
            let load: u64 = rooms.iter().map(|room| u64::from(*room)).sum();
            let over = rooms.iter().filter(|room| **room > law.maximum).count() as u64;
            report.over_capacity += over + u64::from(load > u64::from(station.capacity(law)));
            report.stations += rooms.len() as u64;
        }
        let pairs = self.roll.voters.iter().zip(&placement.stations);
        let (mut needs, mut outside) = (0_u64, 0_u64);
        for (voter, at) in pairs {
            let station = &self.stations[*at as usize];
            outside += u64::from(station.district != u32::from(voter.district));
            needs += u64::from(station.serves(law) >> voter.class.number() & 1 == 0);
        }
        report.outside_district = outside;
        let (mut households, mut divided, mut blocks, mut bound) = (0, 0, 0, 0);
        for district in &placement.districts {
            report.cost += district.cost_metres;
            bound += district.bound_metres;
            households += district.households;
            divided += district.divided;
            blocks += district.blocks;
        }
        report.bound = Some(bound);
        let together = (households - divided) * 1_000_000 / households.max(1);
        let mut sorted = self.metres.clone();
        sorted.sort_unstable();
        report.more = vec![
            ("median_metres", json!(sorted.get(sorted.len() / 2))),
            ("farthest_metres", json!(sorted.last())),
            ("households", json!(households)),
            ("divided_households", json!(divided)),
            ("together_per_million", json!(together)),
            ("needs_not_met", json!(needs)),
            ("blocks", json!(blocks)),
            ("kept_districts", json!(self.kept)),
        ];
        report
    }

    /// The result stands: what was kept goes.
    ///
    /// # Errors
    /// When it cannot be removed.
    pub fn end(self) -> Result<(), Ended> {
        let ended = self.work.map_or(Ok(()), Work::end);
        ended.map_err(|fault| kept::ended(&fault))
    }
}
