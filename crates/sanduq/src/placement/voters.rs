//! `sanduq placement voters`: every voter in a station of the own district, by the law, at the
//! least cost there is; from a list of centres alone, or with a roll.

use crate::exit::Ended;
use crate::placement::census;
use crate::placement::census::Census;
use crate::placement::centres;
use crate::placement::centres::Centres;
use crate::placement::heads::Field;
use crate::placement::law::Asked;
use crate::placement::law::Chosen;
use crate::placement::nation;
use crate::placement::nation::Placed;
use crate::placement::out;
use crate::placement::picture;
use crate::placement::picture::Shown;
use crate::placement::report::Report;
use crate::placement::said;
use crate::placement::written;
use crate::progress::Progress;
use clap::Args;
use sanduq_register::placement::place::Place;
use serde_json::json;
use std::collections::BTreeMap;
use std::path::Path;
use std::path::PathBuf;

/// Place voters in the stations of their districts.
#[derive(Args)]
#[command(after_help = "Examples:
  sanduq placement voters --input centres.xls --json
  sanduq placement voters --input centres.xls --largest 4000 --out stations.csv
  sanduq placement voters --input stations.csv --voters roll.parquet --profile wahat \\
      --out placed.csv --geojson map.geojson
  sanduq placement voters --input stations.csv --voters roll.csv --blocks blocks.csv \\
      --roads roads.csv --profile wahat --out placed.csv --map district.svg --lang ar

A list of centres has a district in each row, and voters who are registered, or with a roll a place
(latitude, longitude) and what the centre can have (stations, capacity, admits, step_free). A roll
has id, district, household, latitude and longitude or block, sex, needs. Columns are known by
Arabic or English names. By roads, a pair that the matrix does not have cannot be gone.
With --out a run that was stopped goes on where it was. docs/placement.md says what is printed.")]
pub struct Voters {
    /// The list of centres: CSV, JSON, XLS, XLSX or Parquet.
    #[arg(long, value_name = "FILE")]
    input: PathBuf,
    /// The roll: CSV or Parquet [default: the registered voters of each centre].
    #[arg(long, value_name = "FILE")]
    voters: Option<PathBuf>,
    /// Where the blocks of addresses lie that the roll and the roads name: id, latitude, longitude.
    #[arg(long, value_name = "FILE", requires = "voters")]
    blocks: Option<PathBuf>,
    /// Ways by road: block, station, metres.
    #[arg(long, value_name = "FILE", requires = "blocks")]
    roads: Option<PathBuf>,
    /// Every voter with station and committee; without a roll every committee with its voters.
    #[arg(long, value_name = "FILE.csv")]
    out: Option<PathBuf>,
    /// Stations with their voters, and ways, for a map.
    #[arg(long, value_name = "FILE")]
    geojson: Option<PathBuf>,
    /// A picture of a district: who goes where, and how far.
    #[arg(long, value_name = "FILE.svg")]
    map: Option<PathBuf>,
    /// The district of the picture [default: the one with the most voters].
    #[arg(long, value_name = "NAME", requires = "map")]
    district: Option<String>,
    #[command(flatten)]
    asked: Asked,
}

/// Runs the command.
///
/// # Errors
/// When a file or the law says no, or a result cannot be written.
pub fn run(args: &Voters) -> Result<(), Ended> {
    ran(args).map_err(|ended| said::SAID.told(ended, args.asked.json, args.asked.lang))
}

fn ran(args: &Voters) -> Result<(), Ended> {
    let outs = [&args.out, &args.geojson, &args.map].map(Option::as_deref);
    let [voters, blocks, roads] = [&args.voters, &args.blocks, &args.roads].map(Option::as_deref);
    out::check(&outs, &[Some(&args.input), voters, blocks, roads])?;
    let needed: &[Field] = match voters {
        Some(_) => &[Field::Latitude, Field::Longitude],
        None => &[Field::Registered],
    };
    let (centres, chosen) = centres::read(&args.input, &args.asked, needed)?;
    chosen.places()?;
    let district = district(args, &centres)?;
    if let Some(path) = &args.map {
        without_places(&centres, path)?;
    }
    let mut progress = Progress::new();
    let report = match voters {
        None => of_census(args, (&centres, &chosen), district, &mut progress)?,
        Some(voters) => {
            let files = nation::Files {
                input: &args.input,
                voters,
                blocks,
                roads,
                out: args.out.as_deref(),
            };
            let placed = nation::place(files, (&centres, &chosen), &mut progress)?;
            of_roll(args, (&centres, &chosen), (placed, district), &mut progress)?
        }
    };
    match args.asked.json {
        true => println!("{}", report.json(&chosen)),
        false => println!("{}", report.text(&chosen)),
    }
    Ok(())
}

/// The district of the picture, by its place in the list, where one is named.
fn district(args: &Voters, centres: &Centres) -> Result<Option<u32>, Ended> {
    let Some(name) = &args.district else {
        return Ok(None);
    };
    let mut numbered = centres.districts.iter().zip(0..);
    let found = numbered.find(|(known, _)| {
        *known == name
            || known
                .rsplit_once(" / ")
                .is_some_and(|(_, last)| last == name)
    });
    let (_, number) = found.ok_or_else(|| Ended::Refused {
        code: "placement.unknown_district".to_owned(),
        sentence: format!("there is no district “{name}” in {}", centres.grid.place),
    })?;
    Ok(Some(number))
}

fn of_census(
    args: &Voters,
    (centres, chosen): (&Centres, &Chosen),
    district: Option<u32>,
    progress: &mut Progress,
) -> Result<Report, Ended> {
    let placed = census::place_census(centres, chosen, progress);
    let census = placed.map_err(|wrong| crate::placement::grid::refusal(&wrong))?;
    if let Some(path) = &args.out {
        out::write(path, |out| written::stations(out, centres, &census))?;
    }
    let mut lines: BTreeMap<(Place, u32), u64> = BTreeMap::new();
    let mut ways = Vec::new();
    for flow in &census.flows {
        let (from, to) = (
            &centres.list[flow.from as usize],
            &centres.list[flow.to as usize],
        );
        if let (Some(one), Some(other)) = (from.place, to.place) {
            ways.push((from.district, one.metres_to(other), u64::from(flow.voters)));
            if flow.from != flow.to {
                *lines.entry((one, flow.to)).or_default() += u64::from(flow.voters);
            }
        }
    }
    pictures(args, centres, (&census.stations, &lines, &ways, district))?;
    Ok(census_report(centres, chosen, &census))
}

/// The figures of a placement of centres, counted in what came of it.
fn census_report(centres: &Centres, chosen: &Chosen, census: &Census) -> Report {
    let largest = chosen.law.maximum;
    let mut report = Report {
        centres: centres.list.len() as u64,
        districts: centres.districts.len() as u64,
        cost: census.cost,
        bound: Some(census.bound),
        unit: if centres.placed { "metres" } else { "stations" },
        ..Report::default()
    };
    for (centre, rooms) in centres.list.iter().zip(&census.stations) {
        let load: u64 = rooms.iter().map(|room| u64::from(*room)).sum();
        let over = rooms.iter().filter(|room| **room > largest).count() as u64;
        let full = load > u64::from(census::capacity(centre, largest));
        report.over_capacity += over + u64::from(full);
        report.placed += load;
        report.stations += rooms.len() as u64;
    }
    for flow in &census.flows {
        let district = |at: u32| centres.list[at as usize].district;
        if district(flow.from) != district(flow.to) {
            report.outside_district += u64::from(flow.voters);
        }
    }
    report.more = vec![("left_their_centre", json!(census.leaving()))];
    report
}

fn of_roll(
    args: &Voters,
    (centres, chosen): (&Centres, &Chosen),
    (placed, district): (Placed, Option<u32>),
    progress: &mut Progress,
) -> Result<Report, Ended> {
    let (roll, placement) = (&placed.roll, &placed.placement);
    if let Some(path) = &args.out {
        let result = (placement, placed.metres.as_slice());
        out::write(path, |out| {
            written::voters(out, (centres, roll), result, progress)
        })?;
    }
    if args.geojson.is_some() || args.map.is_some() {
        let lines = placed.lines();
        let ways: Vec<(u32, u32, u64)> = roll
            .voters
            .iter()
            .zip(&placed.metres)
            .map(|(voter, metres)| (u32::from(voter.district), *metres, 1))
            .collect();
        let rooms = placed.rooms(centres);
        pictures(args, centres, (&rooms, &lines, &ways, district))?;
    }
    let report = placed.report(centres, chosen);
    placed.end()?;
    Ok(report)
}

/// What a picture or a map is made of: the stations of each centre, the lines with their voters,
/// the ways of all voters (district, metres, voters), and the district of the picture.
type Told<'a> = (
    &'a [Vec<u32>],
    &'a BTreeMap<(Place, u32), u64>,
    &'a [(u32, u32, u64)],
    Option<u32>,
);

fn pictures(args: &Voters, centres: &Centres, told: Told<'_>) -> Result<(), Ended> {
    let (rooms, lines, ways, district) = told;
    if let Some(path) = &args.geojson {
        out::write(path, |out| written::geojson(out, centres, rooms, lines))?;
    }
    let Some(path) = &args.map else {
        return Ok(());
    };
    let mut voters = vec![0_u64; centres.districts.len()];
    for (district, _, count) in ways {
        voters[*district as usize] += count;
    }
    let most = voters
        .iter()
        .zip(0..)
        .max_by_key(|(count, at)| (**count, std::cmp::Reverse(*at)));
    let district = district.or(most.map(|(_, at)| at)).unwrap_or(0);
    let shown = Shown {
        centres,
        rooms,
        lines,
        ways,
        district,
        locale: args.asked.locale(),
    };
    let picture = picture::svg(&shown);
    out::write(path, |out| {
        std::io::Write::write_all(out, picture.as_bytes())
    })
}

/// Says no to a map that cannot be drawn, before anybody is placed.
fn without_places(centres: &Centres, path: &Path) -> Result<(), Ended> {
    if centres.placed {
        return Ok(());
    }
    Err(Ended::Refused {
        code: "placement.no_coordinates".to_owned(),
        sentence: format!(
            "{}: no map can be drawn: {} has no latitude and longitude",
            path.display(),
            centres.grid.place
        ),
    })
}
