//! `sanduq match report`: what the pairs of a roll are worth where the truth is known, and to whom.

use crate::exit::Ended;
use crate::fact::Value;
use crate::matching::job;
use crate::matching::place;
use crate::matching::profiles::Asked;
use crate::matching::said;
use crate::matching::summary::Summary;
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
    let out = (!args.json).then(|| Summary::new(args.asked.locale()));
    tell(out, &engine, &found);
    tell_holes(out, count, &persons);
    Ok(())
}

/// Where the mean makes fewer errors than this expected, chance alone makes half of them more: two
/// standard deviations of a count of 16 are 8.
const LEAST_EXPECTED: f64 = 16.0;

/// One figure: its name for machines, the key of its words, its value, its unit.
type Figure = (&'static str, &'static str, f64, &'static str);

/// What was measured of a roll.
fn figures(engine: &Engine, found: &Quality) -> [Figure; 14] {
    let share = |name, key, value: f64| (name, key, value, "share");
    let pairs = |name, key, value: f64| (name, key, value, "pairs");
    let million = engine.records().len() as f64 / 1e6;
    let [all, made] = [found.all, found.made].map(|count| count as f64);
    let (review, automatic) = (found.review, found.automatic);
    let wrong = automatic.wrong as f64;
    let [twins, linked] = found.twins.map(|count| count as f64);
    let (held, per_million) = ("told-report-held-back", "told-report-automatic-per-million");
    let of_pairs = found.compared as f64;
    [
        pairs("true_pairs", "told-report-true-pairs", all),
        pairs("pairs_compared", "told-report-pairs-compared", of_pairs),
        share(
            "blocking_recall",
            "told-report-blocking-recall",
            made / all.max(1.0),
        ),
        share("precision", "told-report-precision", review.precision()),
        share("recall", "told-report-recall", review.recall()),
        share("f1", "told-report-f1", review.f1()),
        share("f1_best", "told-report-f1-best", found.best.f1()),
        share("recall_at_precision_0.999", "told-report-sure", found.sure),
        share(
            "automatic_recall",
            "told-report-automatic-recall",
            automatic.recall(),
        ),
        pairs("automatic_held_back", held, found.held_back as f64),
        pairs("automatic_false", "told-report-automatic-false", wrong),
        pairs("automatic_false_per_million", per_million, wrong / million),
        pairs("twins", "told-report-twins", twins),
        pairs("twins_linked", "told-report-twins-linked", linked),
    ]
}

/// Prints what was measured: as lines for machines, or in a language.
fn tell(out: Option<Summary>, engine: &Engine, found: &Quality) {
    for (figure, key, value, unit) in figures(engine, found) {
        let value = (value * 1e6).round() / 1e6;
        match out {
            None => {
                let figure =
                    json!({ "bench": "matching", "figure": figure, "value": value, "unit": unit });
                println!("{figure}");
            }
            Some(out) => out.line(key, &[("value", number(value, unit == "share"))]),
        }
    }
    if found.all < FEWEST {
        match out {
            None => println!(
                "{}",
                json!({ "note": "truth_small", "true_pairs": found.all })
            ),
            Some(out) => out.line("told-report-small", &[("least", FEWEST.into())]),
        }
    }
    tell_groups(out, found);
}

/// A count, or a number with four places behind its point.
fn number(value: f64, share: bool) -> Value {
    if share || value.fract() > 0.0 {
        Value::Decimal(format!("{value:.4}"))
    } else {
        Value::Decimal(format!("{value:.0}"))
    }
}

/// Says where the truth and the records do not fit each other.
fn tell_holes(out: Option<Summary>, records: u32, persons: &Persons) {
    let Persons {
        unnamed, unknown, ..
    } = persons;
    if unnamed + unknown == 0 {
        return;
    }
    let Some(out) = out else {
        let note = json!({
            "note": "truth_incomplete", "records": records, "unnamed": unnamed, "unknown": unknown,
        });
        return println!("{note}");
    };
    if *unnamed > 0 {
        let counts = [
            ("unnamed", (*unnamed).into()),
            ("records", u64::from(records).into()),
        ];
        out.line("told-report-unnamed", &counts);
    }
    if *unknown > 0 {
        out.line("told-report-unknown", &[("unknown", (*unknown).into())]);
    }
}

fn tell_groups(out: Option<Summary>, found: &Quality) {
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
        let Some(out) = out else {
            let measured = group.all > 0;
            let told = json!({
                "group": name, "true": group.all, "missed": group.missed, "wrong": group.wrong,
                "error": measured.then(|| rate(group)),
                "of_mean": measured.then_some(of_mean), "small": small,
            });
            println!("{told}");
            continue;
        };
        let key = match (group.all, small) {
            (0, _) => "told-report-group-none",
            (_, true) => "told-report-group-small",
            (_, false) => "told-report-group",
        };
        let values = [
            ("group", Value::Words(called(out, name))),
            ("all", group.all.into()),
            ("missed", group.missed.into()),
            ("wrong", group.wrong.into()),
            ("error", Value::Decimal(format!("{:.4}", rate(group)))),
            ("times", Value::Decimal(format!("{of_mean:.2}"))),
        ];
        out.line(key, &values);
    }
}

/// What a group is called.
fn called(out: Summary, name: &str) -> String {
    let (key, value) = match name.rsplit_once(' ') {
        Some(("sex", "women")) => return out.words("told-group-women", &[]),
        Some(("sex", "men")) => return out.words("told-group-men", &[]),
        Some(("sex", _)) => return out.words("told-group-sex-unknown", &[]),
        Some(("born", decade)) => ("told-group-born", ("decade", decade)),
        Some(("place", place)) => ("told-group-place", ("place", place)),
        Some(("parts", parts)) => ("told-group-parts", ("parts", parts)),
        Some((_, parts)) => ("told-group-fewest", ("parts", parts)),
        None => return name.to_owned(),
    };
    out.words(key, &[(value.0, Value::Decimal(value.1.to_owned()))])
}
