//! The program: one command for each noun and verb of an election.
//!
//! Exit codes: 0 done; 1 a fault of the program or the machine; 2 a wrong command line; 3 a refusal
//! (bad input, a rule that says no, a folder that does not verify).

mod ballot;
mod bench;
mod exit;
mod fact;
mod fresh;
mod invent;
mod jurisdictions;
mod matching;
mod placement;
mod plot;
mod progress;
mod publish;
mod rehearse;
mod said;
mod secret;
mod serve;
mod sheet;
mod staff;
mod stop;
mod verify;
mod whole;

use clap::Parser;
use clap::Subcommand;
use std::process::ExitCode;

/// صندوق · Runs a whole election, from the roll to the certified result.
#[derive(Parser)]
#[command(name = "sanduq", version, arg_required_else_help = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Ballot(ballot::BallotArgs),
    Bench(bench::Bench),
    Invent(invent::Invent),
    Match(matching::Match),
    Placement(placement::Placement),
    Publish(publish::Publish),
    Rehearse(rehearse::Rehearse),
    Serve(serve::Serve),
    Sheet(sheet::SheetArgs),
    Staff(staff::Staff),
    Verify(verify::Verify),
}

fn main() -> ExitCode {
    exit::end_unheard();
    let cli = Cli::try_parse().unwrap_or_else(|error| {
        let words: Vec<String> = std::env::args().collect();
        if let Some(said) = matching::unusable(&error, &words) {
            exit::say(&said);
        }
        error.exit()
    });
    let ended = match cli.command {
        Command::Ballot(args) => ballot::run(&args),
        Command::Bench(args) => bench::run(&args),
        Command::Invent(args) => invent::run(&args),
        Command::Match(args) => matching::run(&args),
        Command::Placement(args) => placement::run(&args),
        Command::Publish(args) => publish::run(&args),
        Command::Rehearse(args) => rehearse::run(args),
        Command::Serve(args) => serve::run(&args),
        Command::Sheet(args) => sheet::run(&args),
        Command::Staff(args) => staff::run(&args),
        Command::Verify(args) => verify::run(&args),
    };
    match ended {
        Ok(()) => ExitCode::SUCCESS,
        Err(ended) => ended.report(),
    }
}
