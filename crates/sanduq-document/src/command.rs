//! The command line: which document of which folder, in which language, to which file.

use crate::data;
use crate::data::Asked;
use crate::data::Document;
use crate::data::Standing;
use crate::exit::Ended;
use crate::folder::Folder;
use crate::print;
use crate::shown::Reader;
use crate::templates;
use clap::Args;
use clap::Parser;
use clap::Subcommand;
use sanduq_core::names::Locale;
use sanduq_count::publication::digest;
use sanduq_journal::note::VerifierKey;
use serde_json::json;
use std::path::Path;
use std::path::PathBuf;

/// صندوق · Minutes, certificates and blank forms as PDF, from a published folder.
#[derive(Parser)]
#[command(
    name = "sanduq-document",
    version,
    arg_required_else_help = true,
    after_help = "A document is made of public, signed data and of nothing else: the folder's
signature and every digest are checked first. The file is PDF/A-3a and PDF/UA-1, and has its data
attached. It is no part of the published folder, whose every byte is sealed: publish it beside the
folder, or link it from any page of the authority.

Examples:
  sanduq-document sheet result --contest president --station 010203 --locale ar --out 010203.pdf
  sanduq-document certificate result --contest president --as final --locale fa --out final.pdf
  sanduq-document templates mine    then change mine/*.typ, and say --templates mine

Exit codes: 0 done; 1 a fault of the program or the machine; 2 a wrong command line; 3 a refusal."
)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Sheet(Sheet),
    Unit(Unit),
    Certificate(Certificate),
    Form(Form),
    Templates(Templates),
}

/// What every document is asked for with.
#[derive(Args)]
struct Common {
    /// The published folder.
    folder: PathBuf,
    /// The contest, by its code.
    #[arg(long, value_name = "CODE")]
    contest: String,
    /// The language: ar, fa, fr or en.
    #[arg(long, value_name = "LOCALE", value_parser = locale, default_value = "ar")]
    locale: Locale,
    /// The file that is written, whole or not at all.
    #[arg(long, value_name = "FILE.pdf")]
    out: PathBuf,
    /// The publisher's key, as you know it from elsewhere [default: the folder's own].
    #[arg(long, value_name = "VKEY")]
    key: Option<String>,
    /// Where the results stand on the web; the QR code leads there [default: event, snapshot and
    /// the digest of the manifest].
    #[arg(long, value_name = "URL")]
    address: Option<String>,
    /// Templates in place of the built-in ones; a file that is missing there is the built-in one.
    #[arg(long, value_name = "DIR")]
    templates: Option<PathBuf>,
    /// A font for letters that the built-in one lacks; may be given several times.
    #[arg(long, value_name = "FILE")]
    font: Vec<PathBuf>,
    /// Print one JSON object.
    #[arg(long)]
    json: bool,
}

/// The minutes of a station: every line, what balances, every version, every act.
#[derive(Args)]
#[command(after_help = "Examples:
  sanduq-document sheet result --contest president --station 010203 --out 010203.pdf
  sanduq-document sheet result --contest president --station 010203 --version 1 --locale en \\
      --address https://results.example --out 010203-1.pdf

Refuses a locked contest, and a version that shows no figures.")]
struct Sheet {
    #[command(flatten)]
    common: Common,
    /// The station, by its code.
    #[arg(long, value_name = "CODE")]
    station: String,
    /// The version of the sheet [default: the last].
    #[arg(long, value_name = "NUMBER")]
    version: Option<u32>,
}

/// The minutes of collation of a unit: its sums, those of the units below it, what is missing.
#[derive(Args)]
#[command(after_help = "Example:
  sanduq-document unit result --contest president --unit 01 --locale fr --out 01.pdf")]
struct Unit {
    #[command(flatten)]
    common: Common,
    /// The unit, by its code.
    #[arg(long, value_name = "CODE")]
    unit: String,
}

/// The certificate of a contest's result, or the statement of what it is so far.
#[derive(Args)]
#[command(after_help = "Examples:
  sanduq-document certificate result --contest president --out result.pdf
  sanduq-document certificate result --contest president --as final --locale fa --out final.pdf

A result is final when the journal has the certificate of both organs on the sheets that are
counted now. With --as nothing is written when the result is anything else.")]
struct Certificate {
    #[command(flatten)]
    common: Common,
    /// What the result must be.
    #[arg(long = "as", value_name = "STANDING", value_enum)]
    called: Option<Standing>,
}

/// The blank form of a station, with a cell for each digit.
#[derive(Args)]
#[command(after_help = "Example:
  sanduq-document form result --contest president --station 010203 --locale fa --out form.pdf")]
struct Form {
    #[command(flatten)]
    common: Common,
    /// The station, by its code.
    #[arg(long, value_name = "CODE")]
    station: String,
}

/// Write the built-in templates to a folder, to be changed there.
#[derive(Args)]
#[command(after_help = "Example:
  sanduq-document templates mine
  sanduq-document sheet result … --templates mine --out 010203.pdf

A template computes nothing: `data.json`, which is attached to every document, has each figure as it
is printed. Sentences and words are in words/LOCALE.toml.")]
struct Templates {
    /// The folder.
    dir: PathBuf,
}

fn locale(tag: &str) -> Result<Locale, String> {
    Locale::from_tag(tag).ok_or_else(|| "the languages are ar, fa, fr and en".to_owned())
}

impl Cli {
    /// Does what the command line says.
    ///
    /// # Errors
    /// The folder is not what was signed, has no such document, or the machine fails.
    pub fn run(self) -> Result<(), Ended> {
        match &self.command {
            Command::Templates(args) => {
                let files = templates::write(&args.dir)?;
                println!("{files} files written to {}", args.dir.display());
                Ok(())
            }
            Command::Sheet(args) => args.common.make("sheet", |folder, asked| {
                data::sheet(folder, asked, &args.station, args.version)
            }),
            Command::Unit(args) => args.common.make("unit", |folder, asked| {
                data::unit(folder, asked, &args.unit)
            }),
            Command::Certificate(args) => args.common.make("certificate", |folder, asked| {
                data::certificate(folder, asked, args.called)
            }),
            Command::Form(args) => args.common.make("form", |folder, asked| {
                data::form(folder, asked, &args.station)
            }),
        }
    }
}

type Make<'a> = &'a dyn Fn(&Folder, &Asked<'_>) -> Result<Document, Ended>;

impl Common {
    fn make(
        &self,
        kind: &str,
        of: impl Fn(&Folder, &Asked<'_>) -> Result<Document, Ended>,
    ) -> Result<(), Ended> {
        self.written(kind, &of)
            .map_err(|ended| ended.told(self.json))
    }

    fn written(&self, kind: &str, of: Make<'_>) -> Result<(), Ended> {
        let key = self.key.as_deref().map(VerifierKey::parse).transpose();
        let key = key.map_err(|why| Ended::refused(why.code(), why.to_string()))?;
        let templates = templates::load(self.templates.as_deref())?;
        let folder = Folder::open(&self.folder, key.as_ref(), &self.contest)?;
        let asked = Asked {
            reader: Reader {
                locale: self.locale,
                offset_minutes: folder.edition.profile.read.offset_minutes,
            },
            address: self
                .address
                .as_deref()
                .map(|address| address.trim_end_matches('/')),
        };
        let document = of(&folder, &asked)?;
        let bytes = print::pdf(&document, &templates, &self.font)?;
        print::write(&self.out, &bytes)?;
        self.tell(kind, &folder, &document, &bytes);
        Ok(())
    }

    fn tell(&self, kind: &str, folder: &Folder, document: &Document, bytes: &[u8]) {
        let out: &Path = &self.out;
        let snapshot = &folder.edition.stamp().snapshot;
        if self.json {
            let object = json!({
                "document": kind,
                "out": out,
                "bytes": bytes.len(),
                "sha256": digest(bytes),
                "locale": self.locale.tag(),
                "event": folder.edition.stamp().event,
                "contest": self.contest,
                "snapshot": snapshot,
                "manifest": folder.seal.1,
                "seal": folder.seal.0,
                "key": folder.publisher,
                "code": document.code,
                "about": document.about,
            });
            println!("{object}");
            return;
        }
        println!("{}", out.display());
        println!("  {kind} of {} at snapshot {snapshot}", self.contest);
        println!("  {} bytes, SHA-256 {}", bytes.len(), digest(bytes));
        let known = match self.key {
            Some(_) => "as you named it",
            None => "the folder's own: compare it with what the authority says elsewhere",
        };
        println!("  signed by {} ({known})", folder.publisher);
    }
}
