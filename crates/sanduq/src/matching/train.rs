//! `sanduq match train`: what a country's own sample of clerical decisions teaches.

use crate::exit::Ended;
use crate::fact::Fact;
use crate::jurisdictions::Jurisdictions;
use crate::matching::job;
use crate::matching::out;
use crate::matching::place;
use crate::matching::profiles;
use crate::matching::reading::Reading;
use crate::matching::said;
use crate::matching::written;
use crate::progress::Progress;
use clap::Args;
use sanduq_matching::fitting::Counted;
use sanduq_matching::truth::Persons;
use std::io::Write;
use std::path::Path;
use std::path::PathBuf;

/// Learn weights and thresholds from rolls whose truth is known.
#[derive(Args)]
#[command(after_help = "Examples:
  sanduq match train --profile wahat --out weights.txt sample.csv=sample.truth.csv
  sanduq match train --profile wahat --out weights.txt a.csv=a.truth.csv b.csv=b.truth.csv

A truth has the record's id and a column person; relatives have neighbouring numbers of persons.
Use the weights with --weights. Never learn from the roll that is to be compared: thresholds fixed
on the tested truth promise more than they keep.")]
pub struct Train {
    /// Rolls with their truth, each as ROLL=TRUTH.
    #[arg(required = true, value_name = "ROLL=TRUTH")]
    rolls: Vec<String>,
    /// What the records look like (see `sanduq match profiles`).
    #[arg(long, value_name = "NAME")]
    profile: String,
    /// The file of weights to write.
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// Read the profiles of countries from this folder instead of the program's own.
    #[arg(long, value_name = "DIR")]
    jurisdictions: Option<PathBuf>,
    #[command(flatten)]
    reading: Reading,
}

/// Fewer pairs teach nothing: a single one would move a threshold.
pub const FEWEST: u64 = 30;

/// Says no to truths from which nothing can be learnt.
fn check([same, different]: [u64; 2]) -> Result<(), Ended> {
    if same >= FEWEST && different > 0 {
        return Ok(());
    }
    let sentence = format!(
        "the truths have {same} pairs that are one person, and {different} that are compared and \
         are two; nothing is learnt from fewer than {FEWEST} and 1, add a larger sample"
    );
    let share = vec![("part", same.into()), ("whole", FEWEST.into())];
    let facts = vec![Fact::Said("place-share", share)];
    Err(place::refused("matching.truth_small", sentence, facts))
}

/// Runs the command.
///
/// # Errors
/// When a file is refused or the weights cannot be written.
pub fn run(args: &Train) -> Result<(), Ended> {
    trained(args).map_err(|ended| said::SAID.told(ended, false, args.reading.locale()))
}

fn trained(args: &Train) -> Result<(), Ended> {
    let jurisdictions = Jurisdictions::open(args.jurisdictions.as_deref());
    let mut chosen = profiles::choose(&args.profile, &jurisdictions, None)?;
    chosen.reading = args.reading.clone();
    let both: Vec<&Path> = args
        .rolls
        .iter()
        .flat_map(|both| both.split('='))
        .map(Path::new)
        .collect();
    out::check_out(&args.out, &both)?;
    written::clear(&[&args.out])?;
    let mut progress = Progress::new();
    let mut counted = Counted::default();
    for both in &args.rolls {
        let (roll, truth) = both.split_once('=').ok_or_else(|| {
            let sentence = format!("{both} names no truth; write ROLL=TRUTH");
            place::refused("matching.no_truth", sentence, vec![place::name(both)])
        })?;
        let (engine, _) = job::opened(&chosen, &[Path::new(roll)], &mut progress)?;
        let mut persons = Persons::default();
        let count = u32::try_from(engine.records().len()).unwrap_or(u32::MAX);
        let ids = &chosen.profile.columns.id;
        persons
            .read(Path::new(truth), ids, &engine, 0..count)
            .map_err(|refusal| place::load(&refusal))?;
        job::comparing(&engine, &mut progress, |reached| {
            counted.add(&engine, &persons, reached);
        });
    }
    check(counted.pairs())?;
    progress.stage("learning", counted.kinds() as u64, "kinds");
    let weights = counted.fit();
    progress.end();
    written::write(&args.out, (1, "file"), &mut progress, |mut out, _| {
        out.write_all(weights.write().as_bytes())?;
        out.flush()?;
        Ok(())
    })?;
    println!("{}", args.out.display());
    Ok(())
}
