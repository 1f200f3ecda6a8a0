//! `sanduq verify`: what a stranger does with a published folder. It reads that folder and nothing
//! else, and ends with 0 only when every byte is the sealed one and every figure follows.

pub mod ballot;
pub mod belenios;
mod proof;
pub mod said;

use crate::exit::Ended;
use crate::progress::Progress;
use crate::progress::grouped;
use clap::Args;
use clap::Subcommand;
use sanduq_core::names::Locale;
use sanduq_journal::note::VerifierKey;
use sanduq_verify::failure::Failure;
use sanduq_verify::recompute::Counts;
use sanduq_verify::verify::Doing;
use sanduq_verify::verify::Verified;
use sanduq_verify::verify::verify;
use serde_json::Value;
use serde_json::json;
use std::path::Path;
use std::path::PathBuf;

/// Verify a published folder from its own files alone.
#[derive(Args)]
#[command(after_help = "Examples:
  sanduq verify result
  sanduq verify result --key 'sanduq/wahat-2027+c1a2b3d4+AQ…'   the key as the authority tells it
  sanduq verify result --json
  sanduq verify election --earlier yesterday    a remote ballot: its archive and its sidecar
  sanduq verify --belenios election         an archive of the Belenios protocol alone
  sanduq verify proof entry-7.tlog-proof --key 'sanduq/wahat-2027+c1a2b3d4+AQ…'

Ends with 0 when everything holds, with 3 when anything does not.")]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub struct Verify {
    #[command(subcommand)]
    what: Option<What>,
    /// The published folder.
    #[arg(required = true)]
    dir: Option<PathBuf>,
    /// The publisher's key, as you know it from elsewhere [default: the folder's own].
    #[arg(long, value_name = "VKEY")]
    key: Option<String>,
    /// Verify an archive of the Belenios protocol: the one (*.bel) of the folder, or a file.
    #[arg(long, conflicts_with = "key")]
    belenios: bool,
    /// Of a remote ballot: accept an archive that ends before the result.
    #[arg(long)]
    unfinished: bool,
    /// Of a remote ballot: the folder as it was before, which must be the beginning of this one.
    #[arg(long, value_name = "DIR", conflicts_with = "belenios")]
    earlier: Option<PathBuf>,
    /// Of a remote ballot: the language of what does not hold, ar, fa, fr or en.
    #[arg(long, value_name = "LANGUAGE", value_parser = crate::said::locale)]
    lang: Option<Locale>,
    /// Print one JSON object.
    #[arg(long)]
    json: bool,
}

/// What else than a folder can be verified.
#[derive(Subcommand)]
enum What {
    Proof(proof::Proof),
}

impl Verify {
    /// The folder; clap asks for it where nothing else is named.
    fn dir(&self) -> &Path {
        self.dir.as_deref().unwrap_or(Path::new(""))
    }
}

/// Runs the command.
///
/// # Errors
/// The folder does not verify, or the key is none.
pub fn run(args: &Verify) -> Result<(), Ended> {
    if let Some(What::Proof(args)) = &args.what {
        return proof::run(args);
    }
    if args.belenios {
        return belenios::run(&belenios::Asked {
            place: args.dir(),
            unfinished: args.unfinished,
            json: args.json,
            lang: args.lang,
        });
    }
    let key = args.key.as_deref().map(VerifierKey::parse).transpose();
    let key = key.map_err(|why| unread(args, why.code(), why.to_string()))?;
    if !args.dir().is_dir() {
        let why = format!("{} is no folder", args.dir().display());
        return Err(unread(args, "folder.none", why));
    }
    if ballot::is_one(args.dir()) {
        return ballot::run(&ballot::Asked {
            place: args.dir(),
            earlier: args.earlier.as_deref(),
            key: key.as_ref(),
            unfinished: args.unfinished,
            json: args.json,
            lang: args.lang,
        });
    }
    if args.unfinished || args.earlier.is_some() {
        let why = format!("{} is no election by remote ballot", args.dir().display());
        return Err(unread(args, "folder.no_ballot", why));
    }
    let mut progress = Progress::new();
    let mut stage = "";
    let mut recomputed = 0;
    let verified = verify(args.dir(), key.as_ref(), &mut |doing| {
        let (name, done, total, unit) = match doing {
            Doing::Journal(done, total) => ("journal", done, total, "entries"),
            Doing::Files(done, total) => ("files", done, total, "digests"),
            Doing::Recomputing(_) => {
                recomputed += 1;
                ("recomputation", recomputed, 0, "files")
            }
        };
        if name != stage {
            progress.stage(name, total, unit);
            stage = name;
        }
        progress.reached(done);
    });
    progress.end();
    if args.json {
        println!("{}", object(&verified));
    } else {
        show(args, &verified);
    }
    outcome(&verified)
}

/// The end of the command when nothing could be read; with `--json` the object says so too.
fn unread(args: &Verify, code: &'static str, why: String) -> Ended {
    if args.json {
        let failure = Failure {
            path: String::new(),
            code,
            detail: why.clone(),
        };
        let verified = Verified {
            failures: vec![failure],
            untold: 0,
            counts: None,
            files: (0, 0),
            publisher: None,
            witnesses: Vec::new(),
        };
        println!("{}", object(&verified));
    }
    let code = code.to_owned();
    let ended = Ended::Refused {
        code,
        sentence: why,
    };
    said::refused(ended, args.lang)
}

/// The end of the command: a refusal that names the first failure.
fn outcome(verified: &Verified) -> Result<(), Ended> {
    let failures = verified.failures.len() as u64 + verified.untold;
    match verified.failures.first() {
        None => Ok(()),
        Some(first) => Err(Ended::Refused {
            code: first.code.to_owned(),
            sentence: match failures {
                1 => first.to_string(),
                more => format!("{more} failures, the first: {first}"),
            },
        }),
    }
}

fn show(args: &Verify, verified: &Verified) {
    for failure in &verified.failures {
        println!("{failure}");
    }
    if verified.untold > 0 {
        println!("and {} more", grouped(verified.untold));
    }
    let (files, bytes) = verified.files;
    println!("{}", args.dir().display());
    println!(
        "  files      {} with {} bytes",
        grouped(files),
        grouped(bytes)
    );
    match &verified.counts {
        Some(counts) => show_counts(counts),
        None => println!("  not recomputed: the folder is not whole"),
    }
    if let Some(publisher) = &verified.publisher {
        let known = match args.key {
            Some(_) => "as you named it",
            None => "the folder's own: compare it with what the authority says elsewhere",
        };
        println!("  key        {publisher} ({known})");
    }
    for witness in &verified.witnesses {
        println!("  seen by    {witness}");
    }
    let failures = verified.failures.len() as u64 + verified.untold;
    match failures {
        0 => println!("everything holds"),
        failures => println!("DOES NOT HOLD: {} failures", grouped(failures)),
    }
}

fn show_counts(counts: &Counts) {
    println!("  journal    {} entries", grouped(counts.entries));
    let sheets = &counts.sheets;
    println!(
        "  sheets     {} of {} contests: {} figures, {} checks run again",
        grouped(sheets.sheets),
        grouped(counts.contests),
        grouped(sheets.figures),
        grouped(sheets.checks),
    );
    println!(
        "  images     {} with their entries in the journal",
        grouped(counts.images)
    );
    println!("  totals     {} added again", grouped(counts.totals));
    println!("  exchange   {} counts compared", grouped(counts.exchange));
    println!("  turnout    {} hourly figures", grouped(counts.turnout));
    println!(
        "  files      {} made again and compared",
        grouped(counts.files)
    );
    println!(
        "  pages      {} signed and not made again: the figures above are those of the files",
        grouped(counts.pages)
    );
}

fn object(verified: &Verified) -> Value {
    let failures = verified.failures.iter().map(
        |failure| json!({"path": failure.path, "code": failure.code, "detail": failure.detail}),
    );
    let counts = verified.counts.map(|counts| {
        json!({
            "entries": counts.entries,
            "contests": counts.contests,
            "sheets": counts.sheets.sheets,
            "figures": counts.sheets.figures,
            "checks": counts.sheets.checks,
            "totals": counts.totals,
            "exchange": counts.exchange,
            "turnout": counts.turnout,
            "files": counts.files,
            "images": counts.images,
            "pages_not_made_again": counts.pages,
            "history": counts.history,
        })
    });
    json!({
        "holds": verified.holds(),
        "failures": failures.collect::<Vec<Value>>(),
        "untold": verified.untold,
        "files": verified.files.0,
        "bytes": verified.files.1,
        "recomputed": counts,
        "key": verified.publisher.as_ref().map(ToString::to_string),
        "witnesses": verified.witnesses,
    })
}
