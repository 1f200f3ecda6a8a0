//! `sanduq placement replan`: after the letters are out. Who may stay stays; who must move goes to
//! the nearest station with room; every moved voter is told with the reason. With `--anew` a whole
//! new plan, and for each whom it moves why.

use crate::exit::Ended;
use crate::placement::before;
use crate::placement::before::Before;
use crate::placement::centres;
use crate::placement::centres::Centres;
use crate::placement::heads::Field;
use crate::placement::law::Asked;
use crate::placement::law::Chosen;
use crate::placement::moves;
use crate::placement::moves::Seats;
use crate::placement::nation;
use crate::placement::nation::explained;
use crate::placement::out;
use crate::placement::report::Report;
use crate::placement::roads;
use crate::placement::roll;
use crate::placement::roll::Roll;
use crate::placement::said;
use crate::placement::written;
use crate::placement::written::field;
use crate::progress::Progress;
use clap::Args;
use sanduq_placement::nation::Companion;
use sanduq_placement::nation::Roads;
use sanduq_placement::nation::place_nation;
use sanduq_register::placement::station::Law;
use sanduq_register::placement::station::Station;
use serde_json::Map;
use serde_json::Value;
use serde_json::json;
use std::collections::BTreeMap;
use std::io;
use std::io::Write;
use std::path::PathBuf;

/// Place voters again after changes: who may stay stays.
#[derive(Args)]
#[command(after_help = "Examples:
  sanduq placement replan --before placed.csv --input stations.csv --voters roll.csv \\
      --profile wahat --moved moved.csv --out placed-again.csv
  sanduq placement replan --before placed.csv --input more.csv --voters roll.csv --anew \\
      --profile wahat --moved moved.csv --out placed-anew.csv --json
  sanduq placement replan --before placed.csv --input stations.csv --voters roll.csv \\
      --blocks blocks.csv --roads roads.csv --profile wahat --moved moved.csv

The placement before is the file of sanduq placement voters --out. Reasons: new, changed (address,
district or need), station_closed, station_smaller, committee_closed; in a new plan also nearer,
makes_room and other_committee.")]
pub struct Replan {
    /// The placement before.
    #[arg(long, value_name = "PLACED.csv")]
    before: PathBuf,
    /// The list of centres of today.
    #[arg(long, value_name = "FILE")]
    input: PathBuf,
    /// The roll of today.
    #[arg(long, value_name = "FILE")]
    voters: PathBuf,
    /// Where the blocks of addresses lie that the roll names.
    #[arg(long, value_name = "FILE")]
    blocks: Option<PathBuf>,
    /// Ways by road: block, station, metres. Who moves goes where a way leads.
    #[arg(long, value_name = "FILE", requires = "blocks")]
    roads: Option<PathBuf>,
    /// Make the cheapest plan of today, whoever has to move for it.
    #[arg(long)]
    anew: bool,
    /// Every moved voter, from where, where to, and why.
    #[arg(long, value_name = "FILE.csv")]
    moved: Option<PathBuf>,
    /// Every voter with station and committee.
    #[arg(long, value_name = "FILE.csv")]
    out: Option<PathBuf>,
    #[command(flatten)]
    asked: Asked,
}

/// What a placement is made again of.
pub struct Today<'a> {
    /// The centres.
    pub centres: &'a Centres,
    /// The same for the engine.
    pub stations: &'a [Station],
    /// The law.
    pub law: Law,
    /// The voters.
    pub roll: &'a Roll,
    /// The placement so far.
    pub before: &'a Before,
    /// The roads, where they are given.
    pub roads: Option<&'a Roads>,
}

impl Today<'_> {
    /// How far a voter has to a station, by road where one is known; nothing to one that is gone.
    pub fn metres(&self, at: usize, station: u32) -> Option<u32> {
        let home = self.roll.voters[at].place;
        let to = self.stations.get(station as usize)?;
        let known = self.roads.and_then(|roads| roads.get(&home));
        let by_road = known.and_then(|ways| ways.iter().find(|way| way.0 == station));
        Some(by_road.map_or_else(|| home.metres_to(to.place), |way| way.1))
    }
}

/// Runs the command.
///
/// # Errors
/// When a file or the law says no, or somebody finds no station.
pub fn run(args: &Replan) -> Result<(), Ended> {
    ran(args).map_err(|ended| said::SAID.told(ended, args.asked.json, args.asked.lang))
}

fn ran(args: &Replan) -> Result<(), Ended> {
    let outs = [&args.moved, &args.out].map(Option::as_deref);
    let read = [Some(&*args.before), Some(&*args.input), Some(&*args.voters)];
    let more = [&args.blocks, &args.roads].map(Option::as_deref);
    out::check(&outs, &[read[0], read[1], read[2], more[0], more[1]])?;
    let needed = [Field::Latitude, Field::Longitude];
    let (centres, chosen) = centres::read(&args.input, &args.asked, &needed)?;
    chosen.places()?;
    let mut progress = Progress::new();
    let blocks = args
        .blocks
        .as_deref()
        .map(|path| roll::blocks(path, &chosen))
        .transpose()?;
    let blocks = blocks.unwrap_or_default();
    let roads = args.roads.as_deref();
    let roads = roads.map(|path| roads::read(path, &centres, &blocks));
    let roads = roads.transpose()?;
    let roll = roll::read(&args.voters, (&centres, &chosen), &blocks, &mut progress)?;
    let before = before::read(&args.before, &centres, &roll)?;
    let stations: Vec<Station> = centres
        .list
        .iter()
        .map(|centre| nation::station(centre, chosen.law))
        .collect();
    let today = Today {
        centres: &centres,
        stations: &stations,
        law: chosen.law,
        roll: &roll,
        before: &before,
        roads: roads.as_ref(),
    };
    let (seats, bound) = match args.anew {
        true => anew(&today, &chosen)?,
        false => (moves::keep(&today)?, None),
    };
    let mut told = Told::new(&today, &seats);
    told.bound = bound;
    if let Some(path) = &args.moved {
        out::write(path, |out| written_moves(out, &today, &seats))?;
    }
    if let Some(path) = &args.out {
        out::write(path, |out| written_voters(out, &today, &seats))?;
    }
    let report = told.report(&today);
    match args.asked.json {
        true => println!("{}", report.json(&chosen)),
        false => println!("{}", report.text(&chosen)),
    }
    Ok(())
}

/// The cheapest plan, with a reason for each whom it moves; its cost and its bound.
fn anew(today: &Today<'_>, chosen: &Chosen) -> Result<(Seats, Option<(i64, i64)>), Ended> {
    let districts = u16::try_from(today.centres.districts.len()).unwrap_or(u16::MAX);
    let voters = &today.roll.voters;
    let inside = |place| chosen.in_country(place);
    let companion = Companion {
        roads: today.roads,
        kept: &|_| None,
        done: &|_, _, _| (),
    };
    let stations = today.stations;
    let placed = place_nation(today.law, stations, districts, voters, inside, companion);
    let placed = placed.map_err(|refused| explained(&refused, today.centres))?;
    let pairs = placed.stations.iter().zip(&placed.rooms);
    let seats = pairs.enumerate().map(|(at, (station, room))| {
        let why = moves::why_anew(today, at, (*station, *room));
        (*station, *room, why)
    });
    let costs = placed
        .districts
        .iter()
        .map(|told| (told.cost_metres, told.bound_metres));
    let sum = costs.fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
    Ok((seats.collect(), Some(sum)))
}

fn written_moves(out: &mut impl Write, today: &Today<'_>, seats: &Seats) -> io::Result<()> {
    writeln!(
        out,
        "voter,district,from,from_committee,to,to_committee,metres_before,metres,why"
    )?;
    for (at, (station, room, why)) in seats.iter().enumerate() {
        let Some(why) = why else {
            continue;
        };
        let seat = today.before.seats[at];
        let from = seat.map(|seat| today.before.stations[seat.station as usize].as_str());
        let from_room =
            seat.map_or_else(String::new, |seat| (u32::from(seat.room) + 1).to_string());
        let was = seat.and_then(|seat| today.metres(at, seat.station));
        let is = today.metres(at, *station).unwrap_or(0);
        let was = was.map_or_else(String::new, |metres| metres.to_string());
        let district = usize::from(today.roll.voters[at].district);
        writeln!(
            out,
            "{},{},{},{from_room},{},{},{was},{is},{why}",
            field(today.roll.ids.get(at)),
            field(&today.centres.districts[district]),
            field(from.unwrap_or_default()),
            field(&today.centres.list[*station as usize].id),
            u32::from(*room) + 1,
        )?;
    }
    Ok(())
}

fn written_voters(out: &mut impl Write, today: &Today<'_>, seats: &Seats) -> io::Result<()> {
    writeln!(out, "{}", written::VOTERS)?;
    for (at, (station, room, _)) in seats.iter().enumerate() {
        let metres = today.metres(at, *station).unwrap_or(0);
        written::voter_row(
            out,
            (today.centres, today.roll),
            at,
            (*station, *room, metres),
        )?;
    }
    Ok(())
}

/// The figures, counted in the result.
struct Told {
    rooms: Vec<Vec<u32>>,
    reasons: BTreeMap<&'static str, u64>,
    outside: u64,
    cost: i64,
    /// Of a new plan its cost from the middle of each block, and that no plan costs less.
    bound: Option<(i64, i64)>,
}

impl Told {
    fn new(today: &Today<'_>, seats: &Seats) -> Self {
        let rooms = today
            .stations
            .iter()
            .map(|station| vec![0; station.stations as usize]);
        let mut told = Self {
            rooms: rooms.collect(),
            reasons: BTreeMap::new(),
            outside: 0,
            cost: 0,
            bound: None,
        };
        for (at, (station, room, why)) in seats.iter().enumerate() {
            told.rooms[*station as usize][usize::from(*room)] += 1;
            let district = today.stations[*station as usize].district;
            let own = u32::from(today.roll.voters[at].district);
            told.outside += u64::from(district != own);
            told.cost += i64::from(today.metres(at, *station).unwrap_or(0));
            if let Some(why) = why {
                *told.reasons.entry(why).or_default() += 1;
            }
        }
        told
    }

    fn report(&self, today: &Today<'_>) -> Report {
        let mut report = Report {
            placed: today.roll.voters.len() as u64,
            centres: today.centres.list.len() as u64,
            districts: today.centres.districts.len() as u64,
            outside_district: self.outside,
            cost: self.bound.map_or(self.cost, |bound| bound.0),
            bound: self.bound.map(|bound| bound.1),
            unit: "metres",
            ..Report::default()
        };
        for (station, rooms) in today.stations.iter().zip(&self.rooms) {
            let load: u64 = rooms.iter().map(|room| u64::from(*room)).sum();
            let over = rooms
                .iter()
                .filter(|room| **room > today.law.maximum)
                .count() as u64;
            let full = load > u64::from(station.capacity(today.law));
            report.over_capacity += over + u64::from(full);
            report.stations += rooms.len() as u64;
        }
        let moved: u64 = self.reasons.values().sum();
        let reasons = self
            .reasons
            .iter()
            .map(|(why, count)| ((*why).to_owned(), json!(count)));
        let reasons: Map<String, Value> = reasons.collect();
        report.more = vec![
            ("moved", json!(moved)),
            ("stayed", json!(report.placed - moved)),
            ("gone", json!(today.before.gone)),
            ("reasons", Value::Object(reasons)),
        ];
        report
    }
}
