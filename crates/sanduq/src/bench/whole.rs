//! A whole rehearsal, from the roll to the verified folder.

use super::figure;
use super::load::float;
use super::watched;
use crate::exit::Ended;
use crate::fresh::Fresh;
use clap::Args;

/// A whole rehearsal, published and verified.
#[derive(Args)]
pub struct Whole {
    /// How large: village, om, tn, eg, ir or max.
    #[arg(long, default_value = "village")]
    scale: String,
}

/// Runs the bench.
///
/// # Errors
/// The rehearsal fails.
pub fn run(args: &Whole) -> Result<(), Ended> {
    let folder = Fresh::new().map_err(Ended::fault)?;
    let place = |name: &str| folder.path().join(name).display().to_string();
    let arguments = [
        "rehearse".to_owned(),
        "--scale".to_owned(),
        args.scale.clone(),
        "--no-serve".to_owned(),
        "--json".to_owned(),
        "--out".to_owned(),
        place("out"),
        "--store".to_owned(),
        place("store"),
    ];
    let seen = watched::run(&arguments, folder.path())?;
    let bench = format!("rehearse {}", args.scale);
    for name in ["registered", "stations", "came", "sheets"] {
        figure(
            &bench,
            name,
            seen.said[name].as_f64().unwrap_or_default(),
            "",
        );
    }
    figure(&bench, "time", seen.took.as_secs_f64(), "s");
    let (program, cluster) = (float(seen.program_kib), float(seen.cluster_kib));
    figure(&bench, "memory of the program", program / 1024.0, "MiB");
    figure(&bench, "memory of its cluster", cluster / 1024.0, "MiB");
    Ok(())
}
