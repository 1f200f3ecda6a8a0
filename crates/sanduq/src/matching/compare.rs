//! `sanduq match dedupe` and `sanduq match link`: the pairs of one roll, or of a list and a roll.

use crate::exit::Ended;
use crate::fact::Value;
use crate::matching::job;
use crate::matching::job::Aside;
use crate::matching::job::Found;
use crate::matching::job::beside;
use crate::matching::out;
use crate::matching::out::WRITTEN;
use crate::matching::profiles::Asked;
use crate::matching::profiles::Chosen;
use crate::matching::said;
use crate::matching::said::Unusable;
use crate::matching::summary;
use crate::matching::summary::Summary;
use crate::matching::written;
use crate::matching::written::write;
use crate::progress::Progress;
use clap::Args;
use sanduq_matching::dates::Read;
use sanduq_matching::load::Empty;
use sanduq_matching::load::Loaded;
use sanduq_matching::load::Sexes;
use sanduq_matching::memory::Bound;
use sanduq_matching::pairs::Pairs;
use sanduq_matching::run::Engine;
use sanduq_matching::shared;
use sanduq_matching::shared::Shared;
use sanduq_matching::work::Work;
use serde_json::Value as Json;
use serde_json::json;
use std::path::Path;
use std::path::PathBuf;
use std::time::Instant;

/// Find the records of one roll that are one person.
#[derive(Args)]
#[command(after_help = "Examples:
  sanduq match dedupe --profile wahat roll.csv --out pairs.csv
  sanduq match dedupe --profile wahat roll.parquet --out pairs.csv --memory 2G
  sanduq match dedupe --profile wahat roll.csv --out pairs.csv --shared-numbers numbers.csv
  sanduq match dedupe --profile my.toml --weights mine.txt roll.csv --out pairs.csv --json

Writes one row for each pair: the two ids, the score in thousandths of a natural logarithm, the
class (automatic or review), the group of records that hang together, and what each part says.
Rows that cannot be read are told in PAIRS.csv.quarantine.csv with their place; rows in which
nothing stands are counted, and the first of them is told. A number under which records of more than
eight given names stand is nobody's, and is not compared; --shared-numbers lists it. A run that was
stopped goes on where it was when it is started again.")]
pub struct Dedupe {
    /// The roll.
    roll: PathBuf,
    /// Also list the numbers under which more than one person stands: for each of their records the
    /// number's place in the list, the record, the person and how many people there are.
    #[arg(long, value_name = "NUMBERS.csv")]
    shared_numbers: Option<PathBuf>,
    #[command(flatten)]
    how: How,
}

/// Find the electors of a roll who stand in an agency's list.
#[derive(Args)]
#[command(after_help = "Examples:
  sanduq match link --profile wahat deaths.csv roll.csv --out pairs.csv
  sanduq match link --profile wahat serving.parquet roll.parquet --out pairs.csv --json
  sanduq match link --profile wahat today.csv roll.prepared --out pairs.csv

The first id of each pair is that of the list. A list of one day is compared with the whole roll;
the roll is not compared with itself again. How rare a name is, the roll alone says: which of two
files is the list and which the roll changes the scores. Where one number, date of birth and family
stand in both under two given names, a clerk is asked.")]
pub struct Link {
    /// The agency's list.
    list: PathBuf,
    /// The roll, or one that `sanduq match prepare` has made of it.
    roll: PathBuf,
    #[command(flatten)]
    how: How,
}

/// What all comparisons have in common.
#[derive(Args)]
pub struct How {
    #[command(flatten)]
    pub asked: Asked,
    /// The file of pairs; what stands there is replaced when all pairs are found.
    #[arg(long, value_name = "PAIRS.csv")]
    pub out: PathBuf,
    /// The most memory to take, as 512M or 12G [default: three quarters of what is free].
    #[arg(long, value_name = "BYTES", value_parser = bytes)]
    memory: Option<u64>,
    /// Print one JSON object at the end; of a refusal, its code and message.
    #[arg(long)]
    pub json: bool,
}

impl How {
    /// What says the end, in the language that is asked for.
    pub fn summary(&self) -> Summary {
        Summary::new(self.asked.locale())
    }

    /// How the command ends, in the language that is asked for.
    pub fn told(&self, ended: Ended) -> Ended {
        said::SAID.told(ended, self.json, self.asked.locale())
    }
}

/// Runs `dedupe`.
///
/// # Errors
/// When a file is refused or the result cannot be written.
pub fn dedupe(args: &Dedupe) -> Result<(), Ended> {
    deduped(args).map_err(|ended| args.how.told(ended))
}

fn deduped(args: &Dedupe) -> Result<(), Ended> {
    let how = &args.how;
    if let Some(path) = &args.shared_numbers {
        let mut others: Vec<PathBuf> = WRITTEN.map(|more| beside(&how.out, more)).to_vec();
        others.push(args.roll.clone());
        let others: Vec<&Path> = others.iter().map(PathBuf::as_path).collect();
        out::check_out(path, &others)?;
    }
    let any = |_: &Chosen, _: &Loaded| Ok(());
    compared(how, &[&args.roll], any, |found, progress| {
        found.write(how, progress)?;
        let (engine, same) = (found.engine, found.pairs.clusters());
        let numbers = shared::shared(engine, same);
        if let Some(path) = &args.shared_numbers {
            let count = numbers.len() as u64;
            write(path, (count, "numbers"), progress, |out, _| {
                shared::write(engine, same, &numbers, out)
            })?;
        }
        found.tell(how, Some(&numbers));
        Ok(())
    })
}

/// Runs `link`.
///
/// # Errors
/// When a file is refused or the result cannot be written.
pub fn link(args: &Link) -> Result<(), Ended> {
    let how = &args.how;
    let any = |_: &Chosen, _: &Loaded| Ok(());
    let linked = compared(how, &[&args.roll, &args.list], any, |found, progress| {
        found.write(how, progress)?;
        found.tell(how, None);
        Ok(())
    });
    linked.map_err(|ended| how.told(ended))
}

/// What a comparison has at its end, before anything is written.
pub struct Compared<'a> {
    /// The profile and its weights.
    pub chosen: &'a Chosen,
    /// The records.
    pub engine: &'a Engine<'a>,
    /// Their pairs.
    pub pairs: Pairs,
    /// How the dates of each file were read.
    pub dates: Vec<Read>,
    sexes: Vec<Sexes>,
    empty: Vec<Empty>,
    done: Done,
    aside: Aside,
    advised: u64,
    begun: Instant,
}

/// Compares a roll with itself, or with the list that follows it, once `fits` says that what was
/// loaded will do, and hands what was found to `finish`, which writes it; then the kept work goes.
///
/// # Errors
/// When a file is refused, by `fits` too, the work cannot be kept, or `finish` fails.
pub fn compared(
    how: &How,
    files: &[&Path],
    fits: impl FnOnce(&Chosen, &Loaded) -> Result<(), Ended>,
    finish: impl FnOnce(&Compared, &mut Progress) -> Result<(), Ended>,
) -> Result<(), Ended> {
    let begun = Instant::now();
    let chosen = how.asked.choose()?;
    out::check_out(&how.out, files)?;
    out::check_apart(files)?;
    written::clear(&[&how.out, &beside(&how.out, ".quarantine.csv")])?;
    // Before the files are read: of one that is changed meanwhile no later run may go on.
    let mark = job::fingerprint(&chosen, files);
    let mut progress = Progress::new();
    let mut aside = Aside::new(beside(&how.out, ".quarantine.csv"));
    let bound = Bound(how.memory.or_else(free));
    let loading = (&mut aside, &mut progress);
    let (prepared, loaded, list) = job::loaded((&chosen, bound), files, loading)?;
    fits(&chosen, &loaded)?;
    let (advised, dates) = (loaded.advised, loaded.dates.clone());
    let (sexes, empty) = (loaded.sexes.clone(), loaded.empty.clone());
    let engine = match prepared {
        Some(roll) => job::prepared_engine(&chosen, (files[0], &roll), loaded, bound)?,
        None => job::engine(&chosen, loaded, list, bound)?,
    };
    let work = Work::open(&beside(&how.out, ".work"), mark?)?;
    let found = job::run(&engine, &chosen, &work, &mut progress)?;
    let staged = aside.staged()?;
    let compared = Compared {
        done: Done::of(&found),
        pairs: Pairs::new(&engine, &chosen.weights, found.links),
        dates,
        sexes,
        empty,
        chosen: &chosen,
        engine: &engine,
        aside,
        advised,
        begun,
    };
    finish(&compared, &mut progress)?;
    staged.put()?;
    work.end()?;
    progress.end();
    Ok(())
}

/// Three quarters of the memory that is free, where the kernel says how much that is.
pub fn free() -> Option<u64> {
    let told = std::fs::read_to_string("/proc/meminfo").ok()?;
    let line = told
        .lines()
        .find(|line| line.starts_with("MemAvailable:"))?;
    let kilobytes: u64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kilobytes * 1024 / 4 * 3)
}

/// A number of bytes, with K, M or G for powers of 1,024.
///
/// # Errors
/// When it is no such number.
pub fn bytes(text: &str) -> Result<u64, Unusable> {
    let unusable = |sentence: &str| Unusable::new("matching.usage_memory", sentence);
    let upper = text.trim().to_ascii_uppercase();
    let bare = upper.trim_end_matches('B').trim_end_matches('I');
    let (digits, unit) = match bare.strip_suffix(['K', 'M', 'G']) {
        Some(digits) => (digits, bare.chars().last().unwrap_or('K')),
        None => (bare, ' '),
    };
    let shift = match unit {
        'K' => 10,
        'M' => 20,
        'G' => 30,
        _ => 0,
    };
    let number: u64 = digits
        .trim()
        .parse()
        .map_err(|_| unusable("say a number of bytes, with K, M or G for powers of 1,024: 512M"))?;
    number
        .checked_mul(1 << shift)
        .ok_or_else(|| unusable("more memory than there is"))
}

/// What the rules did.
struct Done {
    compared: u64,
    refused: u64,
    copies: u64,
    kept: usize,
    rules: usize,
}

impl Done {
    fn of(found: &Found) -> Self {
        Self {
            compared: found.reports.iter().map(|report| report.pairs).sum(),
            refused: found.reports.iter().map(|report| report.refused).sum(),
            copies: found
                .reports
                .iter()
                .map(|report| report.copies)
                .max()
                .unwrap_or(0),
            kept: found.kept,
            rules: found.reports.len(),
        }
    }
}

impl Compared<'_> {
    /// The file of places, where any row or value was wrong.
    fn quarantine(&self) -> Option<String> {
        let any = self.aside.rows + self.aside.values > 0;
        any.then(|| self.aside.path().display().to_string())
    }

    /// What the end says to a machine.
    pub fn json(&self, how: &How) -> Json {
        let counts = self.pairs.counts();
        let millis = self.begun.elapsed().as_millis();
        json!({
            "profile": how.asked.profile,
            "records": self.engine.compared(),
            "compared": self.done.compared,
            "automatic": counts.automatic,
            "review": counts.review,
            "contradicted_automatic": self.pairs.chained,
            "rows_set_aside": self.aside.rows,
            "wrong_values": self.aside.values,
            "ids_numbered": self.aside.numbered,
            "check_digits_advised": self.advised,
            "dates": self.dates.iter().map(summary::date_json).collect::<Vec<_>>(),
            "unknown_sexes": self.sexes.iter().map(summary::sexes_json).collect::<Vec<_>>(),
            "empty_rows": self.empty.iter().map(summary::empty_json).collect::<Vec<_>>(),
            "quarantine": self.quarantine(),
            "records_in_refused_blocks": self.done.refused,
            "copies": self.done.copies,
            "rules": self.done.rules,
            "rules_kept": self.done.kept,
            "milliseconds": u64::try_from(millis).unwrap_or(u64::MAX),
            "out": how.out.display().to_string(),
        })
    }

    /// Writes the pairs.
    fn write(&self, how: &How, progress: &mut Progress) -> Result<(), Ended> {
        let extras = &self.chosen.profile.columns.extras;
        let count = self.pairs.links().len() as u64;
        write(&how.out, (count, "pairs"), progress, |out, reached| {
            self.pairs.write(self.engine, extras, out, reached)
        })
    }

    fn tell(&self, how: &How, numbers: Option<&[Shared]>) {
        if how.json {
            let mut told = self.json(how);
            if let Some(numbers) = numbers {
                told["shared_numbers"] = json!(numbers.len());
            }
            println!("{told}");
            return;
        }
        let summary = how.summary();
        let counts = self.pairs.counts();
        let proposals = [
            ("automatic", counts.automatic.into()),
            ("review", counts.review.into()),
        ];
        summary.line("told-proposals", &proposals);
        self.tell_of_records(summary);
        summary.count("told-numbers", numbers.unwrap_or_default().len() as u64);
        println!("{}", how.out.display());
    }

    /// What the end says of the records, in lines.
    pub fn tell_of_records(&self, summary: Summary) {
        let millis = self.begun.elapsed().as_millis();
        let Done {
            compared,
            refused,
            copies,
            kept,
            rules,
        } = self.done;
        let seconds = format!("{}.{}", millis / 1000, millis % 1000 / 100);
        let records = [
            ("records", (self.engine.compared() as u64).into()),
            ("pairs", compared.into()),
            ("seconds", Value::Decimal(seconds)),
        ];
        summary.line("told-records", &records);
        summary.dates(&self.dates);
        summary.sexes(&self.sexes);
        summary.empty(&self.empty);
        summary.count("told-held-back", self.pairs.chained);
        summary.count("told-numbered", self.aside.numbered);
        summary.count("told-copies", copies);
        summary.count("told-large-blocks", refused);
        summary.count("told-advised", self.advised);
        if kept > 0 {
            let rules = [
                ("kept", (kept as u64).into()),
                ("rules", (rules as u64).into()),
            ];
            summary.line("told-kept", &rules);
        }
        summary.aside(self.aside.rows, self.aside.values, self.aside.path());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_read_with_their_unit() {
        for (text, expected) in [
            ("512M", Ok(512 << 20)),
            ("12g", Ok(12 << 30)),
            ("64 KiB", Ok(64 << 10)),
            ("1000", Ok(1000)),
            ("M", Err(())),
            ("-1M", Err(())),
            ("99999999999G", Err(())),
        ] {
            assert_eq!(bytes(text).map_err(|_| ()), expected, "{text}");
        }
    }
}
