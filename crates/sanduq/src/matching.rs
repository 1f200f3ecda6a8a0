//! `sanduq match`: are two records one person? A roll with itself, a list with a roll, one pair in
//! words, and what the answer is worth where the truth is known.

mod compare;
mod explain;
pub mod job;
mod missing;
mod named;
pub mod out;
mod place;
mod prepare;
mod profiles;
mod reading;
mod report;
pub mod said;
mod summary;
mod train;
mod written;

pub use said::unusable;

use crate::exit::Ended;
use clap::Args;
use clap::Subcommand;

/// Find records that are one person: proposals for people to decide, never removals.
#[derive(Args)]
#[command(after_help = "Examples:
  sanduq match dedupe --profile wahat roll.csv --out pairs.csv
  sanduq match link --profile wahat deaths.parquet roll.parquet --out pairs.csv
  sanduq match missing --profile wahat civil.csv roll.csv --born-by 2008-11-20 --out missing.csv
  sanduq match prepare --profile wahat roll.csv --out roll.prepared
  sanduq match explain --profile wahat --roll roll.csv 4711 90210
  sanduq match report --profile wahat --truth roll.truth.csv roll.csv
  sanduq match profiles

Files are CSV (UTF-8, with a line of column names) or Parquet. Nobody is removed by a match: a
proposal needs a person who decides, a notice, and time to appeal.")]
pub struct Match {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    Dedupe(compare::Dedupe),
    Link(compare::Link),
    Explain(explain::Explain),
    Missing(missing::Missing),
    Prepare(prepare::Prepare),
    Profiles(profiles::Profiles),
    Report(report::Report),
    Train(train::Train),
}

/// Runs the command.
///
/// # Errors
/// As the subcommand's own.
pub fn run(args: &Match) -> Result<(), Ended> {
    match &args.what {
        What::Dedupe(args) => compare::dedupe(args),
        What::Link(args) => compare::link(args),
        What::Explain(args) => explain::run(args),
        What::Missing(args) => missing::run(args),
        What::Prepare(args) => prepare::run(args),
        What::Profiles(args) => profiles::run(args),
        What::Report(args) => report::run(args),
        What::Train(args) => train::run(args),
    }
}
