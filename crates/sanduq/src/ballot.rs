//! `sanduq ballot`: the remote ballot that anyone can check.

mod held;
mod rehearse;

use crate::exit::Ended;
use crate::progress::grouped;
use clap::Args;
use clap::Subcommand;
use sanduq_ballot::result::Answered;
use serde_json::Value;
use serde_json::json;

/// The remote ballot that anyone can check.
#[derive(Args)]
pub struct BallotArgs {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    Rehearse(rehearse::Rehearse),
}

/// Runs the command.
///
/// # Errors
/// Those of the subcommand.
pub fn run(args: &BallotArgs) -> Result<(), Ended> {
    match &args.what {
        What::Rehearse(args) => rehearse::run(args),
    }
}

/// What the ballots of a question say, in words.
pub fn in_words(answered: &Answered) -> String {
    match answered {
        Answered::Counts(counts) => {
            let counts: Vec<String> = counts.iter().map(|count| grouped(*count)).collect();
            format!("votes {}", counts.join(" · "))
        }
        Answered::Ballots(ballots) => {
            format!("{} ballots read", grouped(ballots.len() as u64))
        }
    }
}

/// What the ballots of each question say, for machines.
pub fn values(answers: &[Answered]) -> Vec<Value> {
    let value = |answered: &Answered| match answered {
        Answered::Counts(counts) => json!(counts),
        Answered::Ballots(ballots) => json!(ballots),
    };
    answers.iter().map(value).collect()
}
