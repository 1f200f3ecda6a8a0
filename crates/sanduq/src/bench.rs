//! `sanduq bench`: how long the program takes for a known load, on this machine. Each figure is one
//! JSON object a line on standard output; `cargo xtask bench` sets them as a table beside the
//! machine and the commit. Nothing that a bench does is kept.

mod load;
mod watched;
mod sheets;
mod whole;
mod checkins;
mod feed;
mod pages;

use crate::exit::Ended;
use clap::Args;
use clap::CommandFactory;
use clap::Parser;
use clap::Subcommand;
use serde_json::json;

/// Measure: one JSON object a line for each figure.
#[derive(Args)]
#[command(after_help = "Examples:
  sanduq bench                              every bench at its own size
  sanduq bench sheets                       96,325 invented sheets, from a file into the store
  sanduq bench sheets --form F sheets.csv   sheets of a form of yours
  sanduq bench rehearse --scale tn          7.9 million voters
  sanduq bench checkins --electors 2000000
  sanduq bench feed --rate 200 --seconds 60
  sanduq bench pages                        public pages beside nginx with the same bytes")]
pub struct Bench {
    #[command(subcommand)]
    what: Option<What>,
}

#[derive(Subcommand)]
enum What {
    Sheets(sheets::Sheets),
    Rehearse(whole::Whole),
    Checkins(checkins::CheckIns),
    Feed(feed::Feed),
    Pages(pages::Pages),
}

/// One bench as it is without arguments.
#[derive(Parser)]
struct Alone {
    #[command(subcommand)]
    what: What,
}

/// Runs the command.
///
/// # Errors
/// A fault of the machine; what was measured before it has been printed.
pub fn run(args: &Bench) -> Result<(), Ended> {
    if let Some(what) = &args.what {
        return one(what);
    }
    for bench in Alone::command().get_subcommands() {
        one(&Alone::parse_from(["bench", bench.get_name()]).what)?;
    }
    Ok(())
}

fn one(what: &What) -> Result<(), Ended> {
    match what {
        What::Sheets(args) => sheets::run(args),
        What::Rehearse(args) => whole::run(args),
        What::Checkins(args) => checkins::run(args),
        What::Feed(args) => feed::run(args),
        What::Pages(args) => pages::run(args),
    }
}

/// Prints a figure with a unit, to three decimals.
fn figure(bench: &str, figure: &str, value: f64, unit: &str) {
    let value = (value * 1000.0).round() / 1000.0;
    // JSON tells 3 and 3.0 apart, and readers of tables do.
    let value = match format!("{value}").parse::<u64>() {
        Ok(whole) => json!(whole),
        Err(_) => json!(value),
    };
    println!(
        "{}",
        json!({ "bench": bench, "figure": figure, "value": value, "unit": unit })
    );
}

/// Prints how many and how many a second.
fn rate(bench: &str, what: &str, count: usize, took: std::time::Duration) {
    let count = f64::from(u32::try_from(count).unwrap_or(u32::MAX));
    figure(bench, what, count / took.as_secs_f64(), "1/s");
}

/// The value in the middle and the smallest and greatest, of an odd number of values.
fn spread(mut values: Vec<f64>) -> (f64, f64, f64) {
    values.sort_by(f64::total_cmp);
    let last = values.len() - 1;
    (values[last / 2], values[0], values[last])
}
