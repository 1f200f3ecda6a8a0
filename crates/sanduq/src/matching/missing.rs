//! `sanduq match missing`: people in civil status who are not on the roll. A roll that leaves
//! people out is as wrong as one that holds the dead: an audit of 2011 found 36 million missing.

use crate::exit::Ended;
use crate::matching::compare;
use crate::matching::compare::Compared;
use crate::matching::compare::How;
use crate::progress::grouped;
use clap::Args;
use jiff::civil::Date;
use sanduq_matching::missing;
use sanduq_matching::missing::Absence;
use serde_json::json;
use std::io::Write;
use std::path::PathBuf;

/// Find eligible people of civil status who are missing from the roll.
#[derive(Args)]
#[command(after_help = "Examples:
  sanduq match missing --profile wahat civil.csv roll.csv --out missing.csv
  sanduq match missing --profile wahat civil.csv roll.csv --born-by 2008-11-20 --out missing.csv

Writes one row for each person of civil status who may be missing: the id, missing (no record of the
roll comes near) or uncertain (one does, and a clerk has to look), and the nearest record of the
roll with its score. Nobody is added by it: a person decides.")]
pub struct Missing {
    /// The extract of civil status: everyone with the right to vote.
    civil: PathBuf,
    /// The roll.
    roll: PathBuf,
    /// Only those born on this day or before: old enough to vote.
    #[arg(long, value_name = "DATE")]
    born_by: Option<Date>,
    #[command(flatten)]
    how: How,
}

/// Runs the command.
///
/// # Errors
/// When a file is refused or the result cannot be written.
pub fn run(args: &Missing) -> Result<(), Ended> {
    let files = [args.roll.as_path(), args.civil.as_path()];
    let ended = compare::compared(&args.how, &files, |found, progress| {
        let absent = missing::absent(found.engine, &found.pairs, &found.chosen.weights);
        let young = |row: u32| {
            let born = found.engine.records()[row as usize].date;
            let born_by = args.born_by.map(parts);
            born_by.is_some_and(|by| {
                !born.is_missing() && (born.year(), born.month(), born.day()) > by
            })
        };
        let absent: Vec<Absence> = absent.into_iter().filter(|one| !young(one.row)).collect();
        let out = (absent.len() as u64, "people");
        compare::write(&args.how.out, out, progress, |out, _| {
            write(found, &absent, out)
        })?;
        tell(&args.how, found, &absent);
        Ok(())
    });
    ended.map_err(|ended| ended.told(args.how.json))
}

/// Year, month and day.
fn parts(date: Date) -> (u32, u32, u32) {
    let part = |value: i8| u32::from(value.unsigned_abs());
    let year = u32::from(date.year().unsigned_abs());
    (year, part(date.month()), part(date.day()))
}

fn write(found: &Compared, absent: &[Absence], out: impl Write) -> csv::Result<()> {
    let mut out = csv::Writer::from_writer(out);
    out.write_record(["id", "state", "nearest", "score"])?;
    let ids = found.engine.ids();
    for one in absent {
        let score = one.nearest.map(|(_, score)| score.to_string());
        let nearest = one.nearest.map(|(row, _)| ids.of(row as usize));
        out.write_record([
            ids.of(one.row as usize),
            one.word().as_bytes(),
            nearest.unwrap_or_default(),
            score.unwrap_or_default().as_bytes(),
        ])?;
    }
    out.flush()?;
    Ok(())
}

fn tell(how: &How, found: &Compared, absent: &[Absence]) {
    let missing = absent.iter().filter(|one| one.nearest.is_none()).count();
    let uncertain = absent.len() - missing;
    if how.json {
        let mut told = found.json(how);
        told["missing"] = json!(missing);
        told["uncertain"] = json!(uncertain);
        println!("{told}");
        return;
    }
    println!(
        "{} people of civil status are missing from the roll, {} uncertain",
        grouped(missing as u64),
        grouped(uncertain as u64)
    );
    found.tell_of_records();
    println!("{}", how.out.display());
}
