//! Sheets from a file into the store: read, checked, added up, allotted, each with its entry in the
//! journal. The clock starts when the store is up.

use super::figure;
use super::load;
use super::spread;
use super::watched;
use crate::exit::Ended;
use crate::fresh::Fresh;
use clap::Args;
use std::path::PathBuf;

/// From a file of sheets to seats, in the store and the journal.
#[derive(Args)]
pub struct Sheets {
    /// The file [default: 96,325 invented sheets of 12 lines and 14 lists].
    #[arg(requires = "form")]
    file: Option<PathBuf>,
    /// The form of the file.
    #[arg(long, requires = "file")]
    form: Option<String>,
    /// How often; the figure in the middle counts.
    #[arg(long, default_value_t = 5)]
    runs: u32,
}

const BENCH: &str = "sheets";

/// Runs the bench.
///
/// # Errors
/// The import fails.
pub fn run(args: &Sheets) -> Result<(), Ended> {
    let folder = Fresh::new().map_err(Ended::fault)?;
    let mut arguments: Vec<String> = ["sheet", "import", "--json"].map(str::to_owned).into();
    match (&args.file, &args.form) {
        (Some(file), Some(form)) => {
            arguments.extend(["--form".to_owned(), form.clone()]);
            arguments.push(file.display().to_string());
        }
        _ => {
            let file = load::file(folder.path()).map_err(Ended::fault)?;
            arguments.extend(["--form", load::CODE, "--jurisdictions"].map(str::to_owned));
            arguments.push(folder.path().display().to_string());
            arguments.push(file.display().to_string());
        }
    }
    let (mut times, mut program, mut cluster) = (Vec::new(), 0, 0);
    let mut sheets = 0.0;
    for _ in 0..args.runs.max(1) {
        let store = folder.store();
        let kept = ["--store".to_owned(), store.display().to_string()];
        let run = [arguments.as_slice(), &kept].concat();
        let seen = watched::run(&run, folder.path())?;
        let stages = seen.said["milliseconds"].as_object();
        let stages = stages
            .into_iter()
            .flatten()
            .filter(|(name, _)| *name != "store");
        let milliseconds: u64 = stages.filter_map(|(_, ms)| ms.as_u64()).sum();
        times.push(load::float(milliseconds) / 1000.0);
        program = program.max(seen.program_kib);
        cluster = cluster.max(seen.cluster_kib);
        sheets = seen.said["sheets"].as_f64().unwrap_or_default();
        // The next run has a store of its own; what is left goes with the folder.
        let _left = std::fs::remove_dir_all(store);
    }
    let (middle, least, most) = spread(times);
    figure(BENCH, "sheets", sheets, "rows");
    figure(BENCH, "time, once the store is up", middle, "s");
    figure(BENCH, "time, quickest run", least, "s");
    figure(BENCH, "time, slowest run", most, "s");
    figure(BENCH, "rate", (sheets / middle).round(), "rows/s");
    figure(
        BENCH,
        "memory of the program",
        load::float(program) / 1024.0,
        "MiB",
    );
    figure(
        BENCH,
        "memory of its cluster",
        load::float(cluster) / 1024.0,
        "MiB",
    );
    Ok(())
}
