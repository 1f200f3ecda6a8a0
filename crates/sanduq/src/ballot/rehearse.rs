//! `sanduq ballot rehearse`: a whole small election by remote ballot, held from a seed, whose
//! archive anybody can check, with this program and with others. The folder appears whole, or not
//! at all.

use crate::ballot::held;
use crate::ballot::held::Held;
use crate::ballot::held::Plan;
use crate::ballot::in_words;
use crate::ballot::values;
use crate::exit::Ended;
use crate::progress::Progress;
use crate::progress::grouped;
use crate::whole::Whole;
use clap::Args;
use clap::ValueEnum;
use sanduq_ballot::group::ed25519::Ed25519;
use sanduq_ballot::group::field::Belenios2048;
use sanduq_ballot::group::field::Rfc3526;
use serde_json::json;
use std::fs::File;
use std::io::BufWriter;
use std::path::Path;
use std::path::PathBuf;

/// How many electors there may be.
const VOTERS: core::ops::RangeInclusive<u64> = 1..=10_000_000;

/// Hold a small election by remote ballot and leave its archive.
#[derive(Args)]
#[command(after_help = "Examples:
  sanduq ballot rehearse --voters 100 --out election
  sanduq verify --belenios election
  sanduq ballot rehearse --group rfc-3526-2048 --shuffled --voters 12 --out ranked
  sanduq ballot rehearse --group belenios-2048 --voters 20 --seed 7 --out other

One trustee alone and a group of three of whom two are enough decrypt; one of the group is lost. Of
seven electors one stays away, of ten one votes again; some vote blank. The same seed gives the
same bytes. belenios-tool of Debian (2.0) checks the archives of the two groups of 2,048 bits.")]
pub struct Rehearse {
    /// The group in which ballots are encrypted.
    #[arg(long, value_enum, default_value_t = Kind::Ed25519)]
    group: Kind,
    /// Electors on the list.
    #[arg(long, default_value_t = 100, value_parser = clap::value_parser!(u64).range(VOTERS))]
    voters: u64,
    /// What all follows from.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Adds a question whose ballots are shuffled by each trustee and read one by one.
    #[arg(long)]
    shuffled: bool,
    /// The folder for the archive; must be empty or not exist.
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// Print one JSON object at the end; of a refusal, its code and message.
    #[arg(long)]
    json: bool,
}

/// A group by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Kind {
    /// In which elections are held.
    Ed25519,
    /// For the check by other programs.
    #[value(name = "belenios-2048")]
    Belenios2048,
    /// For the check by other programs, with shuffles.
    #[value(name = "rfc-3526-2048")]
    Rfc3526,
}

/// Runs the command.
///
/// # Errors
/// When the folder is not free, the group cannot shuffle, or the archive cannot be written.
pub fn run(args: &Rehearse) -> Result<(), Ended> {
    rehearsed(args).map_err(|ended| ended.told(args.json))
}

fn rehearsed(args: &Rehearse) -> Result<(), Ended> {
    if args.shuffled && args.group == Kind::Belenios2048 {
        return Err(Ended::Refused {
            code: "ballot.no_embedding".to_owned(),
            sentence: "belenios-2048 has no room for the numbers of a shuffled question; take \
                       rfc-3526-2048 or ed25519"
                .to_owned(),
        });
    }
    let folder = Whole::begin(&args.out, "ballot")?;
    let name = format!("{}.bel", held::uuid(args.seed));
    let held = written(args, &folder.path().join(&name))?;
    folder.put()?;
    tell(args, &args.out.join(name), &held);
    Ok(())
}

fn unwritten(path: &Path, why: &std::io::Error) -> Ended {
    Ended::fault(format!("{}: {why}", path.display()))
}

fn written(args: &Rehearse, path: &Path) -> Result<Held, Ended> {
    let plan = Plan {
        voters: args.voters,
        seed: args.seed,
        shuffled: args.shuffled,
    };
    let file = File::create(path).map_err(|why| unwritten(path, &why))?;
    let mut progress = Progress::new();
    let out = BufWriter::new(&file);
    let held = match args.group {
        Kind::Ed25519 => held::held::<Ed25519>(&plan, out, &mut progress),
        Kind::Belenios2048 => held::held::<Belenios2048>(&plan, out, &mut progress),
        Kind::Rfc3526 => held::held::<Rfc3526>(&plan, out, &mut progress),
    };
    progress.end();
    let held = held?;
    file.sync_all().map_err(|why| unwritten(path, &why))?;
    Ok(held)
}

fn tell(args: &Rehearse, path: &Path, held: &Held) {
    if args.json {
        println!(
            "{}",
            json!({
                "archive": path.display().to_string(),
                "voters": args.voters,
                "ballots": held.ballots,
                "counted": held.counted,
                "result": values(&held.result.0),
            })
        );
        return;
    }
    println!(
        "{} ballots of {} electors, {} count",
        grouped(held.ballots),
        grouped(args.voters),
        grouped(held.counted)
    );
    for (place, answered) in (1..).zip(&held.result.0) {
        println!("question {place}: {}", in_words(answered));
    }
    println!("{}", path.display());
    println!("check it: sanduq verify --belenios {}", args.out.display());
}
