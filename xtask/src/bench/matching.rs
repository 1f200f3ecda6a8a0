//! Matching beside Splink: the same rolls with a known truth, one run, one table.
//!
//! What ours is worth is computed by a judge that trusts nothing the program says of itself, from
//! the pairs it wrote and the truth. The program is asked only for what its pairs cannot show: how
//! many true pairs it compared, and the errors of groups of people.

mod data;
mod figures;
mod options;
mod sides;
mod slope;
mod table;
mod works;

use crate::bench::commit;
use crate::bench::matching::data::Data;
use crate::bench::matching::options::Options;
use crate::bench::matching::options::USAGE;
use crate::bench::matching::table::Table;
use crate::bench::matching::works::Work;
use crate::bench::matching::works::works;
use crate::bench::this_machine;
use crate::machine;
use crate::project::Project;
use crate::project::Stop;
use crate::rehearse;
use std::fs;
use std::path::PathBuf;
use std::time::Instant;

/// Measures what the options ask for and prints it.
///
/// # Errors
/// Whatever keeps it from measuring; and, after the table, bars that are not reached.
pub fn run(project: &Project, words: &[String]) -> Result<(), Stop> {
    if words.iter().any(|word| word == "--help" || word == "-h") {
        print!("{USAGE}");
        return Ok(());
    }
    let all = works();
    let options = Options::read(words, &all)?;
    let asked = |work: &&Work| options.ask_for(work);
    let (chosen, left): (Vec<&Work>, Vec<&Work>) = all.iter().partition(asked);
    machine::provide(&machine::MEASURED)?;
    let data = Data::find(project, &chosen)?;
    let program = program(project, &options)?;
    data.packages()?;
    let load = load();
    let mut table = Table::default();
    let mut costs = Vec::new();
    for work in chosen {
        let began = Instant::now();
        eprintln!("{}: records …", work.name);
        let records = data.provide(work, options.seed)?;
        let peer = if options.run_peer(work) {
            eprintln!("{}: the peer …", work.name);
            Some(sides::peer(&data, work, &records, options.seed)?)
        } else {
            None
        };
        eprintln!("{}: ours …", work.name);
        let ours = sides::ours(&data, work, &records, &program)?;
        eprintln!("{}: {} s", work.name, began.elapsed().as_secs());
        table.add(&work.name, peer.as_deref(), &ours);
        costs.extend(slope::Cost::of(work, &ours));
    }
    table.estimate(&slope::beyond(&costs));
    if options.only.is_none() {
        left.iter().for_each(|work| table.remember(&work.name));
    }
    show(project, &table, &options, &load)
}

/// The program to measure: the one named, or this checkout's as it is used.
fn program(project: &Project, options: &Options) -> Result<PathBuf, Stop> {
    match &options.program {
        // It is run from another folder.
        Some(program) => program
            .canonicalize()
            .map_err(|error| data::failed(program, &error)),
        None => {
            machine::provide(&machine::PROGRAM)?;
            rehearse::build(project)?;
            Ok(project.target.join("release/sanduq"))
        }
    }
}

/// How many programs waited for a processor in the minute before: who measures on a machine that
/// others use measures them as well.
fn load() -> String {
    let told = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    told.split_whitespace()
        .next()
        .unwrap_or("unknown")
        .to_owned()
}

fn show(project: &Project, table: &Table, options: &Options, load: &str) -> Result<(), Stop> {
    let machine = format!("{}, load {load} at the start", this_machine());
    let commit = commit(project)?;
    // Another program's commit is not this checkout's.
    let commit = match &options.program {
        Some(program) => format!("{} measured from {commit}", program.display()),
        None => commit,
    };
    if options.json {
        print!("{}", table.json(&machine, &commit));
    } else {
        println!("machine  {machine}");
        println!("commit   {commit}\n");
        print!("{}", table.text());
    }
    match table.missed() {
        0 => Ok(()),
        missed => Err(Stop::Failed(format!("bars not reached: {missed}"))),
    }
}

#[cfg(test)]
mod tests;
