//! `sanduq placement add`: where more stations help most, until nearly everybody waits no longer
//! than the limit; the centres with their stations afterwards are a list that can be placed again.

use crate::exit::Ended;
use crate::placement::centres;
use crate::placement::centres::Centres;
use crate::placement::heads::Field;
use crate::placement::law::Asked;
use crate::placement::out;
use crate::placement::plan::Expected;
use crate::placement::plan::Load;
use crate::placement::said;
use crate::placement::written::degrees;
use crate::placement::written::field;
use crate::progress::grouped;
use clap::Args;
use sanduq_placement::growth::Building;
use sanduq_placement::growth::Growth;
use sanduq_placement::growth::add_stations;
use sanduq_register::placement::station::Admits;
use serde_json::json;
use std::io;
use std::io::Write;
use std::path::PathBuf;
use std::time::Instant;

/// Say where more stations help most.
#[derive(Args)]
#[command(after_help = "Examples:
  sanduq placement add --input centres.xls --turnout 60 --stations 3000 --json
  sanduq placement add --input stations.csv --largest 800 --stations 50 --out more.csv

Stations are added one after the other to the centre where one spares most voters a wait beyond the
limit, until so many of a hundred wait no longer (--within), or the stations are given out; then
the command ends with 3. The file of --out is a list of centres for the other commands.")]
pub struct Add {
    /// The list of centres: CSV, JSON, XLS, XLSX or Parquet.
    #[arg(long, value_name = "FILE")]
    input: PathBuf,
    /// How many stations may be added.
    #[arg(long, value_name = "N")]
    stations: u32,
    /// The most stations that a centre may have in the end.
    #[arg(long, value_name = "N")]
    most: Option<u32>,
    /// Of a hundred voters, how many are to wait no longer than the limit.
    #[arg(long, value_name = "PERCENT", default_value_t = 95,
        value_parser = clap::value_parser!(u32).range(1..=100))]
    within: u32,
    #[command(flatten)]
    plan: Expected,
    /// The centres with their stations afterwards.
    #[arg(long, value_name = "FILE.csv")]
    out: Option<PathBuf>,
    #[command(flatten)]
    asked: Asked,
}

/// Runs the command.
///
/// # Errors
/// When the list or the law says no, or the stations are too few.
pub fn run(args: &Add) -> Result<(), Ended> {
    let asked = &args.asked;
    let begun = Instant::now();
    let read = || {
        out::check(&[args.out.as_deref()], &[Some(&args.input)])?;
        let (centres, chosen) = centres::read(&args.input, asked, &[])?;
        let loads = args.plan.loads(&centres, &chosen)?;
        Ok((centres, loads))
    };
    let (centres, loads) =
        read().map_err(|ended| said::SAID.told(ended, asked.json, asked.lang))?;
    let buildings: Vec<Building> = loads.iter().map(|load| building(args, load)).collect();
    let late_per_mille = u64::from(100 - args.within.min(100)) * 10;
    let limit_seconds = args.plan.limit_seconds();
    let after = add_stations(&buildings, args.stations, limit_seconds, late_per_mille);
    if let Some(path) = &args.out {
        out::write(path, |out| written(out, &centres, &loads, &after))?;
    }
    tell(args, &centres, &after, begun);
    let enough = after.late * 1000 <= after.voters * late_per_mille && after.refused.is_empty();
    if enough {
        return Ok(());
    }
    Err(Ended::Refused {
        code: "placement.too_few_added".to_owned(),
        sentence: format!(
            "with {} stations more {} of {} voters wait longer than {} minutes, and {} centres \
             cannot serve everybody who is expected",
            after.stations(),
            after.late,
            after.voters,
            args.plan.limit_minutes,
            after.refused.len()
        ),
    })
}

fn building(args: &Add, load: &Load) -> Building {
    Building {
        day: load.day.clone(),
        stations: load.stations,
        most_stations: args.most.unwrap_or(u32::MAX),
    }
}

fn tell(args: &Add, centres: &Centres, after: &Growth, begun: Instant) {
    let changed = after.added.iter().filter(|added| **added > 0).count();
    if args.asked.json {
        let named = after
            .added
            .iter()
            .zip(&centres.list)
            .filter(|(added, _)| **added > 0);
        let named = named.map(|(added, centre)| {
            json!({"station": centre.id, "row": centre.row, "centre": centre.name, "added": added})
        });
        let object = json!({
            "asked": args.stations,
            "added": after.stations(),
            "centres_changed": changed,
            "expected": after.voters,
            "late_before": after.late_before,
            "late": after.late,
            "cannot_serve_before": after.refused_before,
            "cannot_serve": after.refused.len(),
            "within_percent": args.within,
            "limit_minutes": args.plan.limit_minutes,
            "milliseconds": u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX),
            "where": named.collect::<Vec<_>>(),
        });
        println!("{object}");
        return;
    }
    println!(
        "added              {:>14} stations",
        grouped(after.stations())
    );
    println!("to                 {:>14} centres", grouped(changed as u64));
    println!("expected           {:>14} voters", grouped(after.voters));
    let [was, is] = [after.late_before, after.late].map(grouped);
    println!("wait too long      {is:>14} voters ({was} before)");
    let [was, is] = [after.refused_before, after.refused.len() as u64].map(grouped);
    println!("cannot serve all   {is:>14} centres ({was} before)");
}

/// The columns that every list of centres has.
const HEAD: &str =
    "id,district,centre,registered,expected,stations,added,booths,minutes,admits,step_free";

/// Whom a station is for, as [`centres::admits`] reads it.
const fn whom(admits: Admits) -> &'static str {
    match admits {
        Admits::Everybody => "all",
        Admits::Women => "women",
        Admits::Men => "men",
    }
}

/// A list that can be read again: the stations afterwards.
fn written(
    out: &mut impl Write,
    centres: &Centres,
    loads: &[Load],
    growth: &Growth,
) -> io::Result<()> {
    let bounded = centres.grid.has(Field::Capacity);
    let mut head = HEAD.to_owned();
    for (more, there) in [
        (",capacity", bounded),
        (",latitude,longitude", centres.placed),
    ] {
        head += if there { more } else { "" };
    }
    writeln!(out, "{head}")?;
    for ((centre, load), added) in centres.list.iter().zip(loads).zip(&growth.added) {
        let place = centre.place.map_or_else(String::new, |place| {
            let north = degrees(place.latitude_microdegrees());
            format!(",{north},{}", degrees(place.longitude_microdegrees()))
        });
        let capacity = centre.capacity.filter(|_| bounded);
        let capacity = capacity.map_or_else(String::new, |most| format!(",{most}"));
        writeln!(
            out,
            "{},{},{},{},{},{},{added},{},{},{},{}{capacity}{place}",
            field(&centre.id),
            field(&centres.districts[centre.district as usize]),
            field(&centre.name),
            centre.registered,
            load.expected,
            load.stations + added,
            load.day.booths,
            load.day.seconds_per_voter / 60,
            whom(centre.admits),
            if centre.step_free { "yes" } else { "no" },
        )?;
    }
    Ok(())
}
