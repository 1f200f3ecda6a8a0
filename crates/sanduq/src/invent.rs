//! `sanduq invent`: an invented voter roll with known truth, and the lists of the agencies, as CSV.
//! Always true here: the folder appears whole, when everything in it is written, or not at all.

use crate::exit::Ended;
use crate::jurisdictions::Jurisdictions;
use crate::progress::Progress;
use crate::progress::grouped;
use crate::stop::told_to_stop;
use crate::whole::Whole;
use clap::Args;
use clap::ValueEnum;
use sanduq_rehearsal::people::number::Days;
use sanduq_rehearsal::people::roll::Book;
use sanduq_rehearsal::people::roll::RECORDS_MAX;
use sanduq_rehearsal::people::roll::Roll;
use sanduq_rehearsal::people::roll::Size;
use sanduq_rehearsal::people::source::Language;
use sanduq_rehearsal::people::writing;
use sanduq_rehearsal::people::writing::Rows;
use serde_json::Value;
use serde_json::json;
use std::fs::File;
use std::io;
use std::io::BufWriter;
use std::path::Path;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::sync::atomic::Ordering;
use std::time::Duration;
use std::time::Instant;

/// Invent a voter roll with known truth, and the lists of the agencies.
#[derive(Args)]
#[command(after_help = "Examples:
  sanduq invent --out nation                       10,000 records
  sanduq invent --records 1000000 --out nation     a million, of which 5 % are duplicates
  sanduq invent --language fa --seed 7 --out fa    Persian names
  sanduq invent --slice --records 500000 --out s   births of 180 days, as dense as 65 million

The folder then holds, each with its truth beside it (roll.csv, roll.truth.csv):
  roll           the roll, with every kind of fault that clerks make
  deaths, justice, serving   the lists of agencies
  civil_status   all who are eligible; some of them are missing from the roll")]
pub struct Invent {
    /// How many records the roll has, exactly.
    #[arg(long, default_value_t = 10_000)]
    records: u64,
    /// What everything is drawn from; the same seed and records give the same bytes.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// The folder to write into; must be empty or not exist.
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// The language of the names.
    #[arg(long, value_enum, default_value_t = Tongue::Ar)]
    language: Tongue,
    /// Only people born on 180 days, as dense as a large nation.
    #[arg(long)]
    slice: bool,
    /// Print one JSON object at the end instead of the screen; of a refusal, its code and message.
    #[arg(long)]
    json: bool,
    /// Read the names from this folder instead of the program's own.
    #[arg(long, value_name = "DIR")]
    jurisdictions: Option<PathBuf>,
}

/// A language with lists of names.
#[derive(Clone, Copy, ValueEnum)]
enum Tongue {
    /// Arabic names of four parts.
    Ar,
    /// Persian names of three parts.
    Fa,
}

impl Tongue {
    const fn language(self) -> Language {
        match self {
            Self::Ar => Language::Arabic,
            Self::Fa => Language::Persian,
        }
    }
}

/// Runs the command.
///
/// # Errors
/// A refusal by name, or a fault of the machine; the folder is then as it was.
pub fn run(args: &Invent) -> Result<(), Ended> {
    invent(args).map_err(|ended| ended.told(args.json))
}

fn invent(args: &Invent) -> Result<(), Ended> {
    let begun = Instant::now();
    let law = Jurisdictions::open(args.jurisdictions.as_deref());
    let source = law.people(args.language.language())?;
    let days = if args.slice { Days::Slice } else { Days::All };
    let size = Size {
        records: args.records,
        seed: args.seed,
        days,
    };
    let roll = Roll::new(&source, size).map_err(|sentence| Ended::Refused {
        code: "invent.records".to_owned(),
        sentence: format!("{sentence}; at most {} in all", grouped(RECORDS_MAX)),
    })?;
    let folder = Whole::begin(&args.out, "invent")?;
    let mut progress = Progress::new();
    progress.stage("people", args.records, "records");
    let rows = written(&roll, folder.path(), &mut progress)?;
    progress.end();
    folder.put()?;
    let done = Done {
        args,
        roll: &roll,
        rows,
        took: begun.elapsed(),
    };
    if args.json {
        println!("{}", done.json());
    } else {
        done.show();
    }
    Ok(())
}

/// Writes all files into the folder, unless somebody stops the program.
fn written(roll: &Roll<'_>, folder: &Path, progress: &mut Progress) -> Result<Rows, Ended> {
    let stopped = Arc::new(AtomicBool::new(false));
    let listening = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_io()
        .build()
        .map_err(Ended::fault)?;
    let told = Arc::clone(&stopped);
    listening.spawn(async move {
        told_to_stop().await;
        told.store(true, Ordering::Relaxed);
    });
    let open = |name: &str| File::create_new(folder.join(name)).map(BufWriter::new);
    let rows = writing::write(roll, open, |done| {
        progress.reached(done);
        if stopped.load(Ordering::Relaxed) {
            return Err(io::Error::other("stopped before the end"));
        }
        Ok(())
    });
    listening.shutdown_timeout(Duration::ZERO);
    rows.map_err(Ended::fault)
}

/// What the command has to say at the end.
struct Done<'a> {
    args: &'a Invent,
    roll: &'a Roll<'a>,
    rows: Rows,
    took: Duration,
}

impl Done<'_> {
    fn figures(&self) -> Vec<(&'static str, u64)> {
        let people = [("people", self.roll.people), ("pairs", self.roll.pairs)];
        let books = Book::ALL.map(|book| (book.code(), self.rows.of(book)));
        books.into_iter().chain(people).collect()
    }

    fn json(&self) -> Value {
        let mut object = json!({ "seed": self.args.seed });
        for (name, figure) in self.figures() {
            object[name] = figure.into();
        }
        object["out"] = self.args.out.display().to_string().into();
        let millis = u64::try_from(self.took.as_millis()).unwrap_or(u64::MAX);
        object["milliseconds"] = millis.into();
        object
    }

    fn show(&self) {
        println!();
        println!("  An invented nation, seed {}", self.args.seed);
        println!();
        for (name, figure) in self.figures() {
            println!("  {name:<12} {:>14}", grouped(figure));
        }
        println!();
        println!("  written      {}", self.args.out.display());
        println!("  time taken   {:.1} s", self.took.as_secs_f64());
    }
}
