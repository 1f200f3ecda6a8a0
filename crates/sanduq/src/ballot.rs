//! `sanduq ballot`: the remote ballot that anyone can check.
//!
//! ```text
//! administrator, online            authority, offline      trustees, offline
//!   setup draft ─────────────────▶ credentials             key single | key member … conclude
//!   setup open  ◀── public list ───┘   ◀── public keys ────┘
//!   cast --add  ◀── ballots: the voter's page, or cast --out
//!   tally ──────────── a copy of the archive ────────────▶ shuffle, decrypt
//!   shuffle --add, decrypt --add ◀── a file of each ───────┘
//!   result
//! ```
//! Each arrow is a file that a person can carry. With the archive its sidecar grows, signed with a
//! key that `setup open` draws and the administrator keeps: `sanduq verify` takes the folder as it
//! is.

pub mod act;
mod carried;
mod cast;
pub mod checkpoints;
mod credentials;
mod decrypt;
mod draft;
mod files;
mod fingerprint;
mod held;
mod journal;
mod kept;
mod key;
mod kind;
pub mod lengthened;
mod outcome;
mod rehearse;
pub mod said;
mod secrets;
mod setup;
mod shuffle;
mod step;
mod tally;

use crate::exit::Ended;
use clap::Args;
use clap::Subcommand;
use sanduq_ballot::result::Answered;
use serde_json::Value;
use serde_json::json;

/// The remote ballot that anyone can check: a whole election, step by step.
#[derive(Args)]
#[command(
    after_help = "An election of two trustees, from its questions to its result:
  sanduq ballot setup template > questions.toml
  sanduq ballot setup draft questions.toml --out draft.json
  mkdir -m 700 a b
  sanduq ballot key single --draft draft.json --secret a/secret --out a.json
  sanduq ballot key single --draft draft.json --secret b/secret --out b.json
  sanduq ballot credentials --draft draft.json --count 10 --each letters --public public.json
  sanduq ballot setup open --draft draft.json --credentials public.json --trustee a.json \\
    --trustee b.json --out election
  echo '[[\"Amal\"]]' > choices.json
  sanduq ballot cast --archive election --credential letters/01.txt --choices choices.json
  sanduq ballot tally --archive election
  sanduq ballot decrypt --archive election --secret a/secret --out part-1.json
  sanduq ballot decrypt --archive election --secret b/secret --out part-2.json
  sanduq ballot decrypt --archive election --add part-1.json part-2.json
  sanduq ballot result --archive election
  sanduq verify election"
)]
pub struct BallotArgs {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    Setup(setup::Setup),
    Credentials(credentials::Credentials),
    Key(key::Key),
    Cast(cast::Cast),
    Tally(tally::TallyArgs),
    Shuffle(shuffle::ShuffleArgs),
    Decrypt(decrypt::Decrypt),
    Result(outcome::ResultArgs),
    Rehearse(rehearse::Rehearse),
}

/// Runs the command.
///
/// # Errors
/// Those of the subcommand.
pub fn run(args: &BallotArgs) -> Result<(), Ended> {
    match &args.what {
        What::Setup(args) => setup::run(args),
        What::Credentials(args) => credentials::run(args),
        What::Key(args) => key::run(args),
        What::Cast(args) => cast::run(args),
        What::Tally(args) => tally::run(args),
        What::Shuffle(args) => shuffle::run(args),
        What::Decrypt(args) => decrypt::run(args),
        What::Result(args) => outcome::run(args),
        What::Rehearse(args) => rehearse::run(args),
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
