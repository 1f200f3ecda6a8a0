//! `sanduq placement`: where everybody votes, who moves and why, how long they wait, and where more
//! stations help.

mod add;
mod before;
mod census;
mod centres;
mod grid;
mod heads;
mod kept;
pub mod law;
mod moves;
mod nation;
mod out;
mod picture;
mod plan;
mod queue;
mod replan;
mod report;
mod roads;
mod roll;
pub mod said;
mod texts;
mod voters;
mod written;

use crate::exit::Ended;
use clap::Args;
use clap::Subcommand;

/// Place voters in stations, plan queues, and say where more stations help.
#[derive(Args)]
#[command(after_help = "Examples:
  sanduq placement voters --input centres.xls --json
  sanduq placement voters --input stations.csv --voters roll.csv --profile wahat --out placed.csv
  sanduq placement replan --before placed.csv --input stations.csv --voters roll.csv \
      --profile wahat --moved moved.csv --out placed-again.csv
  sanduq placement queue --input centres.xls --turnout 60 --booths 3 --minutes 2
  sanduq placement add --input centres.xls --turnout 60 --stations 3000 --out more.csv")]
pub struct Placement {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    Add(add::Add),
    Queue(Box<queue::Queue>),
    Replan(Box<replan::Replan>),
    Voters(Box<voters::Voters>),
}

/// Runs the command.
///
/// # Errors
/// As the subcommand's own.
pub fn run(args: &Placement) -> Result<(), Ended> {
    match &args.what {
        What::Add(args) => add::run(args),
        What::Queue(args) => queue::run(args),
        What::Replan(args) => replan::run(args),
        What::Voters(args) => voters::run(args),
    }
}
