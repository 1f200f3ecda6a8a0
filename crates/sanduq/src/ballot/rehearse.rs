//! `sanduq ballot rehearse`: a whole small election by remote ballot, held from a seed, whose
//! archive and sidecar anybody can check, with this program; the archive also with others. The
//! folder appears whole, or not at all.

use crate::ballot::held;
use crate::ballot::held::Held;
use crate::ballot::held::Plan;
use crate::ballot::kind::Kind;
use crate::ballot::kind::in_group;
use crate::ballot::kind::no_embedding;
use crate::ballot::said::Put;
use crate::ballot::said::Telling;
use crate::ballot::values;
use crate::exit::Ended;
use crate::progress::Progress;
use crate::verify::ballot::beside;
use crate::whole::Whole;
use clap::Args;
use sanduq_ballot::group::Group;
use sanduq_ballot::sealing::Seal;
use sanduq_ballot::sealing::seal;
use serde_json::json;
use std::fs::File;
use std::io::BufReader;
use std::io::BufWriter;
use std::io::Write;
use std::path::Path;
use std::path::PathBuf;

/// How many electors there may be.
const VOTERS: core::ops::RangeInclusive<u64> = 1..=10_000_000;

/// Hold a small election by remote ballot and leave its archive.
#[derive(Args)]
#[command(after_help = "Examples:
  sanduq ballot rehearse --voters 100 --out election
  sanduq verify election
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
    #[command(flatten)]
    telling: Telling,
}

/// Runs the command.
///
/// # Errors
/// When the folder is not free, the group cannot shuffle, or the archive cannot be written.
pub fn run(args: &Rehearse) -> Result<(), Ended> {
    rehearsed(args).map_err(|ended| args.telling.told(ended))
}

fn rehearsed(args: &Rehearse) -> Result<(), Ended> {
    if args.shuffled && args.group == Kind::Belenios2048 {
        return Err(no_embedding());
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
    let mut progress = Progress::new();
    let held = in_group!(args.group, written_in(&plan, path, &mut progress));
    progress.end();
    held
}

/// The archive, and the sidecar beside it.
fn written_in<G: Group>(plan: &Plan, path: &Path, progress: &mut Progress) -> Result<Held, Ended> {
    let file = File::create(path).map_err(|why| unwritten(path, &why))?;
    let (held, bound) = held::held::<G>(plan, BufWriter::new(&file), progress)?;
    file.sync_all().map_err(|why| unwritten(path, &why))?;
    progress.stage("sidecar", held.ballots, "ballots");
    let sidecar = beside(path);
    let target = File::create(&sidecar).map_err(|why| unwritten(&sidecar, &why))?;
    let archive = File::open(path).map_err(|why| unwritten(path, &why))?;
    let who = Seal::new(held::seal(plan.seed));
    let mut out = BufWriter::new(&target);
    let done = &mut |done| progress.reached(done);
    seal(BufReader::new(archive), None, &mut out, &who, &bound, done).map_err(Ended::fault)?;
    let written = out.flush().and_then(|()| target.sync_all());
    written.map_err(|why| unwritten(&sidecar, &why))?;
    Ok(held)
}

fn tell(args: &Rehearse, path: &Path, held: &Held) {
    let object = json!({
        "archive": path.display().to_string(),
        "sidecar": beside(path).display().to_string(),
        "voters": args.voters,
        "ballots": held.ballots,
        "counted": held.counted,
        "result": values(&held.result.0),
    });
    let telling = args.telling;
    let parts = [
        ("ballots", Put::Count(held.ballots)),
        ("voters", Put::Count(args.voters)),
        ("counted", Put::Count(held.counted)),
    ];
    let mut lines = vec![telling.line("done-rehearsed", &parts)];
    lines.extend(telling.result(&held.result.0));
    lines.push(path.display().to_string());
    let folder = Put::text(args.out.display());
    lines.push(telling.line("done-check-it", &[("path", folder)]));
    telling.say(&object, &lines);
}
