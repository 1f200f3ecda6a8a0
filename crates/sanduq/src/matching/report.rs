//! `sanduq match report`: what the pairs of a roll are worth where the truth is known, and to whom.

use crate::exit::Ended;
use crate::matching::job;
use crate::matching::place;
use crate::matching::profiles::Asked;
use crate::matching::said;
use crate::matching::train::FEWEST;
use crate::progress::Progress;
use clap::Args;
use sanduq_matching::measure::Group;
use sanduq_matching::quality::Quality;
use sanduq_matching::quality::quality;
use sanduq_matching::run::Engine;
use sanduq_matching::truth::Persons;
use serde_json::json;
use std::path::Path;
use std::path::PathBuf;

/// Measure a roll whose truth is known: errors by sex, age, place and number of name parts.
#[derive(Args)]
#[command(after_help = "Examples:
  sanduq match report --profile wahat --truth roll.truth.csv roll.csv
  sanduq match report --profile wahat --truth roll.truth.csv roll.csv \\
      --list deaths.csv --list-truth deaths.truth.csv --json

The truth has the record's id and a column person; a column is_original tells a person's own record:
true, yes or 1, false, no or 0, or nothing, which is no. A pair that is held back because others
contradict it is no automatic proposal, and counts as none.
Errors of a group are its missed and false pairs over its true ones; a group in which fewer than 16
errors are to be expected is too small to judge: chance alone makes half of them more.")]
pub struct Report {
    /// The roll.
    roll: PathBuf,
    /// Who stands behind each record of the roll.
    #[arg(long, value_name = "FILE")]
    truth: PathBuf,
    /// Measure a list against the roll.
    #[arg(long, value_name = "FILE", requires = "list_truth")]
    list: Option<PathBuf>,
    /// Who stands behind each record of the list.
    #[arg(long, value_name = "FILE", requires = "list")]
    list_truth: Option<PathBuf>,
    #[command(flatten)]
    asked: Asked,
    /// Print one JSON object for each figure.
    #[arg(long)]
    json: bool,
}

/// Runs the command.
///
/// # Errors
/// When a file is refused.
pub fn run(args: &Report) -> Result<(), Ended> {
    measured(args).map_err(|ended| said::SAID.told(ended, args.json, args.asked.locale()))
}

fn measured(args: &Report) -> Result<(), Ended> {
    let chosen = args.asked.choose()?;
    let mut progress = Progress::new();
    let mut files: Vec<&Path> = vec![&args.roll];
    files.extend(args.list.as_deref());
    let (engine, _) = job::opened(&chosen, &files, &mut progress)?;
    let list = engine.list();
    let mut persons = Persons::default();
    let count = u32::try_from(engine.records().len()).unwrap_or(u32::MAX);
    let ids = &chosen.profile.columns.id;
    let split = list.unwrap_or(count);
    let mut read = |path: &Path, rows| {
        let read = persons.read(path, ids, &engine, rows);
        read.map_err(|refusal| place::load(&refusal))
    };
    read(&args.truth, 0..split)?;
    if let Some(truth) = &args.list_truth {
        read(truth, split..count)?;
    }
    if persons.true_pairs(list) == 0 {
        let sentence = format!(
            "{} names no two records that are one person, so nothing can be measured; check its \
             ids and its column person",
            args.truth.display()
        );
        let facts = vec![place::file(&args.truth)];
        return Err(place::refused("matching.truth_empty", sentence, facts));
    }
    let found = job::comparing(&engine, &mut progress, |reached| {
        quality(&engine, &chosen.weights, &persons, reached)
    });
    tell(args.json, &engine, &found);
    tell_holes(args.json, count, &persons);
    Ok(())
}

/// Where the mean makes fewer errors than this expected, chance alone makes half of them more: two
/// standard deviations of a count of 16 are 8.
const LEAST_EXPECTED: f64 = 16.0;

fn tell(json: bool, engine: &Engine, found: &Quality) {
    let million = engine.records().len() as f64 / 1e6;
    let figures = [
        ("true_pairs", found.all as f64, "pairs"),
        ("pairs_compared", found.compared as f64, "pairs"),
        (
            "blocking_recall",
            found.made as f64 / found.all.max(1) as f64,
            "share",
        ),
        ("precision", found.review.precision(), "share"),
        ("recall", found.review.recall(), "share"),
        ("f1", found.review.f1(), "share"),
        ("f1_best", found.best.f1(), "share"),
        ("recall_at_precision_0.999", found.sure, "share"),
        ("automatic_recall", found.automatic.recall(), "share"),
        ("automatic_held_back", found.held_back as f64, "pairs"),
        ("automatic_false", found.automatic.wrong as f64, "pairs"),
        (
            "automatic_false_per_million",
            found.automatic.wrong as f64 / million,
            "pairs",
        ),
        ("twins", found.twins[0] as f64, "pairs"),
        ("twins_linked", found.twins[1] as f64, "pairs"),
    ];
    for (figure, value, unit) in figures {
        let value = (value * 1e6).round() / 1e6;
        if json {
            let figure =
                json!({ "bench": "matching", "figure": figure, "value": value, "unit": unit });
            println!("{figure}");
        } else {
            println!("{figure:<28} {value:>14} {unit}");
        }
    }
    if found.all < FEWEST {
        let all = found.all;
        if json {
            println!("{}", json!({ "note": "truth_small", "true_pairs": all }));
        } else {
            println!("n = {all}: fewer than {FEWEST} true pairs, the figures say little");
        }
    }
    tell_groups(json, found);
}

/// Says where the truth and the records do not fit each other.
fn tell_holes(json: bool, records: u32, persons: &Persons) {
    let Persons {
        unnamed, unknown, ..
    } = persons;
    if unnamed + unknown == 0 {
        return;
    }
    if json {
        let note = json!({
            "note": "truth_incomplete", "records": records, "unnamed": unnamed, "unknown": unknown,
        });
        return println!("{note}");
    }
    if *unnamed > 0 {
        println!(
            "{unnamed} of {records} records are not in the truth: all their pairs count wrong"
        );
    }
    if *unknown > 0 {
        println!("{unknown} rows of the truth name no record that was read");
    }
}

fn tell_groups(json: bool, found: &Quality) {
    let rate = |group: &Group| (group.missed + group.wrong) as f64 / group.all.max(1) as f64;
    let sexes = found
        .groups
        .iter()
        .filter(|(name, _)| name.starts_with("sex"));
    let whole = sexes.fold(Group::default(), |sum, (_, one)| Group {
        all: sum.all + one.all,
        missed: sum.missed + one.missed,
        wrong: sum.wrong + one.wrong,
    });
    let mean = rate(&whole);
    for (name, group) in &found.groups {
        let small = group.all as f64 * mean < LEAST_EXPECTED;
        let of_mean = if mean > 0.0 { rate(group) / mean } else { 0.0 };
        if json {
            let measured = group.all > 0;
            let told = json!({
                "group": name, "true": group.all, "missed": group.missed, "wrong": group.wrong,
                "error": measured.then(|| rate(group)),
                "of_mean": measured.then_some(of_mean), "small": small,
            });
            println!("{told}");
        } else if group.all == 0 {
            let wrong = group.wrong;
            println!("{name:<16} n = 0: no true pair, {wrong} wrong, not measured");
        } else {
            let Group { all, missed, wrong } = group;
            let note = format!("  n = {all}, too few to judge");
            let note = if small { note.as_str() } else { "" };
            let error = rate(group);
            println!(
                "{name:<16} {all:>8} true {missed:>6} missed {wrong:>6} wrong  {error:>8.4} = \
                 {of_mean:.2} of the mean{note}"
            );
        }
    }
}
