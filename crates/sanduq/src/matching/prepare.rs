//! `sanduq match prepare`: a roll as it is compared, kept on disk, so that the list of a day is
//! compared with it without reading the roll again.

use crate::exit::Ended;
use crate::matching::compare::bytes;
use crate::matching::compare::free;
use crate::matching::job;
use crate::matching::job::Aside;
use crate::matching::job::beside;
use crate::matching::out;
use crate::matching::profiles::Asked;
use crate::matching::said;
use crate::matching::summary;
use crate::matching::summary::Summary;
use crate::matching::written;
use crate::progress::Progress;
use clap::Args;
use sanduq_matching::memory::Bound;
use sanduq_matching::prepared;
use serde_json::json;
use std::path::PathBuf;
use std::time::Instant;

/// Keep a roll as it is compared, for the lists of every day.
#[derive(Args)]
#[command(after_help = "Examples:
  sanduq match prepare --profile wahat roll.csv --out roll.prepared
  sanduq match link --profile wahat deaths.csv roll.prepared --out pairs.csv

The pairs are those that the roll itself gives. It is made again when the roll, the profile, its
rules or the program have changed: link refuses one that does not fit. It holds what the roll holds
and is kept as the roll is. Rows that cannot be read are told in ROLL.prepared.quarantine.csv.")]
pub struct Prepare {
    /// The roll.
    roll: PathBuf,
    #[command(flatten)]
    asked: Asked,
    /// The file to write; as measured 270 to 340 bytes a record, three to eight times as long as
    /// the roll in CSV.
    #[arg(long, value_name = "ROLL.prepared")]
    out: PathBuf,
    /// The most memory to take, as 512M or 12G [default: three quarters of what is free].
    #[arg(long, value_name = "BYTES", value_parser = bytes)]
    memory: Option<u64>,
    /// Print one JSON object at the end; of a refusal, its code and message.
    #[arg(long)]
    json: bool,
}

/// Runs the command.
///
/// # Errors
/// When the roll is refused or the file cannot be written.
pub fn run(args: &Prepare) -> Result<(), Ended> {
    prepared(args).map_err(|ended| said::SAID.told(ended, args.json, args.asked.locale()))
}

fn prepared(args: &Prepare) -> Result<(), Ended> {
    let begun = Instant::now();
    let chosen = args.asked.choose()?;
    let files = [args.roll.as_path()];
    out::check_out(&args.out, &files)?;
    written::clear(&[&args.out, &beside(&args.out, ".quarantine.csv")])?;
    let mut progress = Progress::new();
    let mut aside = Aside::new(beside(&args.out, ".quarantine.csv"));
    let bound = Bound(args.memory.or_else(free));
    let (mut loaded, _) = job::load((&chosen, bound), &files, &mut aside, &mut progress)?;
    loaded.close(&chosen.profile);
    let (sexes, empty) = (loaded.sexes.clone(), loaded.empty.clone());
    let told = loaded
        .told()
        .ok_or_else(|| Ended::fault("no file was read"))?;
    let list = u32::try_from(loaded.records.len()).unwrap_or(u32::MAX);
    let engine = job::engine(&chosen, loaded, Some(list), bound)?;
    let staged = aside.staged()?;
    let rules = (engine.rules.len() as u64, "rules");
    written::write(&args.out, rules, &mut progress, |out, reached| {
        let about = (&told, &job::about(&chosen));
        Ok(prepared::keep(&engine, about, out.get_ref(), reached)?)
    })?;
    staged.put()?;
    let length = std::fs::metadata(&args.out).map_or(0, |told| told.len());
    let records = engine.records().len() as u64;
    if args.json {
        let millis = u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX);
        println!(
            "{}",
            json!({
                "records": records, "bytes": length, "milliseconds": millis,
                "unknown_sexes": sexes.iter().map(summary::sexes_json).collect::<Vec<_>>(),
                "empty_rows": empty.iter().map(summary::empty_json).collect::<Vec<_>>(),
                "rows_set_aside": aside.rows, "wrong_values": aside.values,
                "out": args.out.display().to_string(),
            })
        );
        return Ok(());
    }
    let summary = Summary::new(args.asked.locale());
    let kept = [("records", records.into()), ("bytes", length.into())];
    summary.line("told-prepared", &kept);
    summary.dates(&[told.read]);
    summary.sexes(&sexes);
    summary.empty(&empty);
    summary.aside(aside.rows, aside.values, aside.path());
    println!("{}", args.out.display());
    Ok(())
}
