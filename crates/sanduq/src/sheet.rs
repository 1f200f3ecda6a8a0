//! `sanduq sheet`: result sheets that come as files.
//!
//! ```text
//! files ─▶ read, bound by headings ─▶ batch ─▶ rules, sheet by sheet ─┬─▶ store, with journal
//!                                                                     └─▶ sums, seats, report
//! ```

mod refusal;
mod source;
mod units;
mod outline;
mod batch;
mod total;
mod reading;
mod judge;
mod adopt;
mod seats;
mod report;

use crate::exit::Ended;
use crate::fresh::Fresh;
use crate::jurisdictions::Jurisdictions;
use crate::progress::Progress;
use adopt::Ground;
use batch::Batch;
use clap::Args;
use clap::Subcommand;
use jiff::Timestamp;
use judge::Judge;
use judge::Occasion;
use refusal::ImportRefusal;
use report::Report;
use sanduq_core::act::Actor;
use sanduq_core::act::Organ;
use sanduq_core::geography::Geography;
use sanduq_core::geography::Level;
use sanduq_core::id::ActorId;
use sanduq_core::id::EventId;
use sanduq_core::id::LawCode;
use sanduq_core::id::UnitCode;
use sanduq_core::law::Profile;
use sanduq_core::outline::Ring;
use sanduq_core::seats::SeatRule;
use sanduq_count::form::Ballot;
use sanduq_count::form::Form;
use sanduq_count::publication::LawText;
use sanduq_count::results::Release;
use sanduq_count::sheet::Salts;
use sanduq_store::Config;
use sanduq_store::Store;
use sanduq_store::journal::Head;
use serde_json::Value;
use source::Sources;
use std::path::Path;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;
use tokio::runtime::Runtime;

/// Result sheets that come as files.
#[derive(Args)]
pub struct SheetArgs {
    #[command(subcommand)]
    command: SheetCommand,
}

#[derive(Subcommand)]
enum SheetCommand {
    Import(Import),
}

/// Import result sheets that a form describes: check each, add up what is accepted, allot seats.
#[derive(Args)]
#[command(after_help = "Examples:
  sanduq sheet import --form assembly-2026 sheets/*.csv
  sanduq sheet import --form assembly-2026 --json --dry-run sheets.zip
  sanduq sheet import --form assembly-2026 --store kept folder
  sanduq sheet import --form my-form --jurisdictions my-law sheets.xlsx
  sanduq sheet import --form my-form --outlines districts.geojson --outline-code CODE sheets.xlsx
The forms that the program knows are named when an unknown one is asked for.

`totals` are the sums of all sheets as they came in, accepted and quarantined alike, each as
often as it came: to be compared with figures announced elsewhere. `accepted_totals` are the sums of
the accepted sheets; they alone count, are published and give seats.")]
struct Import {
    /// The form of the sheets; one of the texts `<jurisdiction>/forms/<FORM>.toml`.
    #[arg(long)]
    form: String,
    /// Files (CSV, TSV, XLSX, JSON, also zipped) or folders of them.
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Keep the store in this folder; a store holds one event [default: a fresh one, removed at the
    /// end].
    #[arg(long, value_name = "DIR")]
    store: Option<PathBuf>,
    /// The event that the sheets are of [default: the code of the form].
    #[arg(long, value_name = "CODE")]
    event: Option<String>,
    /// Print one JSON object, of a refusal too: code, file, row, column, message.
    #[arg(long)]
    json: bool,
    /// Read, check and add up; write nothing.
    #[arg(long, conflicts_with = "store")]
    dry_run: bool,
    /// A folder of jurisdictions to use instead of the program's own.
    #[arg(long, value_name = "DIR")]
    jurisdictions: Option<PathBuf>,
    /// The outlines of units, for maps: GeoJSON, one feature a unit. They are adopted, journaled
    /// and published with the units.
    #[arg(long, value_name = "FILE", requires = "outline_code")]
    outlines: Option<PathBuf>,
    /// The property of a feature that holds the code of its unit.
    #[arg(long, value_name = "PROPERTY", requires = "outlines")]
    outline_code: Option<String>,
}

/// Runs a command on sheets.
pub fn run(args: &SheetArgs) -> Result<(), Ended> {
    match &args.command {
        SheetCommand::Import(args) => import(args),
    }
}

/// The law of an import.
struct Law {
    form: Form,
    ballot: Ballot,
    text: LawText,
    profile: Profile,
    rule: Option<(SeatRule, LawText)>,
}

impl Law {
    fn read(args: &Import) -> Result<Self, Ended> {
        let texts = Jurisdictions::open(args.jurisdictions.as_deref());
        let code = LawCode::new(&args.form).map_err(|why| refused("form.unknown", why))?;
        let text = texts.law("forms", &code)?;
        let form = Form::from_toml(&text.text).map_err(|why| Ended::refused(&why))?;
        let Some(ballot) = form.contest.clone().filter(|_| !form.sources.is_empty()) else {
            let why = format!("the form {code} is typed by hand; it describes no file");
            return Err(refused("source.none", why));
        };
        let profile = texts.profile_of("forms", &code)?;
        let profile = Profile::from_toml(&profile).map_err(|why| Ended::refused(&why))?;
        let rule = ballot.seat_rule.as_ref().map(|code| {
            let text = texts.law("seats", code)?;
            let rule = SeatRule::from_toml(&text.text).map_err(|why| Ended::refused(&why))?;
            Ok::<_, Ended>((rule, text))
        });
        Ok(Self {
            rule: rule.transpose()?,
            form,
            ballot,
            text,
            profile,
        })
    }

    /// The profile of the event: that of the jurisdiction, on the form's polling day, with the
    /// levels that the files have.
    fn profile(&self, levels: &[Level]) -> Result<(Profile, LawText), Ended> {
        let mut profile = self.profile.clone();
        profile.levels = levels.to_vec();
        if let Some(day) = self.ballot.polling_day {
            profile.polling_day = day;
        }
        let text = toml::to_string(&profile).map_err(Ended::fault)?;
        let code = profile.code.clone();
        Ok((profile, LawText { code, text }))
    }
}

fn refused(code: &str, why: impl core::fmt::Display) -> Ended {
    Ended::Refused {
        code: code.to_owned(),
        sentence: why.to_string(),
    }
}

fn import(args: &Import) -> Result<(), Ended> {
    let shown = read_and_judge(args);
    if args.json
        && let Some(object) = shown.as_ref().err().and_then(ImportRefusal::json)
    {
        println!("{object}");
    }
    print(args.json, &shown.map_err(ImportRefusal::ended)?);
    Ok(())
}

/// Everything that an import does; returns what it has to show.
fn read_and_judge(args: &Import) -> Result<(Value, String), ImportRefusal> {
    let law = Law::read(args)?;
    let event = event(args, &law.form)?;
    let mut clock = Clock::new();
    let runtime = Runtime::new().map_err(Ended::fault)?;
    let kept = if args.dry_run {
        None
    } else {
        Some(open(&runtime, args.store.as_deref())?)
    };
    clock.lap("store");
    let mut progress = Progress::new();
    progress.stage("reading", 0, "sheets");
    let sources = Sources::seen(&args.paths);
    let digesting = sources.digesting();
    let mut reached = |rows| progress.reached(u64::try_from(rows).unwrap_or(u64::MAX));
    let batch = reading::read(&law.form, &law.ballot, &args.paths, &mut reached)?;
    let digest = digesting.join().expect("reading a file does not panic")?;
    sources.unchanged(&args.paths)?;
    progress.end();
    clock.lap("reading");
    let outlines = args.outlines.as_ref().zip(args.outline_code.as_ref());
    let outlines = outlines.map(|(path, property)| outline::read(path, property));
    let (ground, occasion) = prepare(event, &law, &batch, outlines.transpose()?)?;
    clock.lap("units");
    let store = kept.as_ref().map(|(store, _)| store);
    let all = All {
        law: &law,
        ground: &ground,
        batch: &batch,
        occasion: &occasion,
        digest: &digest,
    };
    all.judge(&runtime, store, &mut clock, &mut progress)
}

fn print(json: bool, (object, text): &(Value, String)) {
    if json {
        println!("{object}");
    } else {
        print!("{text}");
    }
}

/// Opens the store of the user, or a fresh one that goes with the guard.
fn open(runtime: &Runtime, dir: Option<&Path>) -> Result<(Store, Option<Fresh>), ImportRefusal> {
    let (dir, guard) = match dir {
        Some(dir) => (dir.to_owned(), None),
        None => {
            let guard = Fresh::new().map_err(Ended::fault)?;
            (guard.store(), Some(guard))
        }
    };
    let store = runtime.block_on(Store::open(&Config::Private { dir }))?;
    Ok((store, guard))
}

/// The event that the sheets are of.
fn event(args: &Import, form: &Form) -> Result<EventId, Ended> {
    let code = args.event.as_deref().unwrap_or(form.code.as_str());
    EventId::new(code).map_err(|why| refused("event.unfit", why))
}

fn prepare(
    event: EventId,
    law: &Law,
    batch: &Batch,
    outlines: Option<Vec<(UnitCode, Vec<Ring>)>>,
) -> Result<(Arc<Ground>, Occasion), ImportRefusal> {
    let mut geography: Geography = batch.geography(&law.form, &law.ballot)?;
    if let Some(outlines) = outlines {
        geography = geography.with_outlines(outlines)?;
    }
    let contests = batch.contests(&law.ballot)?;
    let (profile, text) = law.profile(geography.levels())?;
    let event = sanduq_store::event::Event {
        event,
        names: law.ballot.names.clone(),
        profile: text,
        forms: vec![law.text.clone()],
        seat_rules: law.rule.iter().map(|(_, text)| text.clone()).collect(),
    };
    let ground = Ground {
        event,
        form: law.form.code.clone(),
        geography: geography.into(),
        contests,
    };
    Ok((Arc::new(ground), occasion(&profile)?))
}

/// Who imports, when, and when the stations opened and closed by the profile.
fn occasion(profile: &Profile) -> Result<Occasion, Ended> {
    let minute = |minute: u16| {
        let nowhere = || Ended::Fault("the polling day is no day of this world".to_owned());
        profile.instant(minute).ok_or_else(nowhere)
    };
    let mut secret = [0; 32];
    getrandom::fill(&mut secret).map_err(Ended::fault)?;
    Ok(Occasion {
        by: Actor {
            id: ActorId::new("import").expect("six letters are a code"),
            organ: Organ::Executive,
        },
        at: Timestamp::now(),
        opened: minute(profile.opens_minute)?,
        closed: minute(profile.closes_minute)?,
        salts: Salts::new(&secret),
    })
}

/// Everything that has been read and prepared.
struct All<'a> {
    law: &'a Law,
    ground: &'a Arc<Ground>,
    batch: &'a Batch,
    occasion: &'a Occasion,
    /// The digest of the files.
    digest: &'a str,
}

impl All<'_> {
    fn judge(
        &self,
        runtime: &Runtime,
        store: Option<&Store>,
        clock: &mut Clock,
        progress: &mut Progress,
    ) -> Result<(Value, String), ImportRefusal> {
        let (releases, entries): (Vec<Release>, Vec<_>) =
            adopt::releases(self.ground, self.occasion)?
                .into_iter()
                .unzip();
        let ground = (&*self.ground.geography, self.ground.contests.as_slice());
        let mut judge = Judge::new(&self.law.form, self.batch, ground, self.occasion)?;
        let sheets = self.batch.sheets.len();
        progress.stage("checking", u64::try_from(sheets).unwrap_or(0), "sheets");
        let mut reached = |rows| progress.reached(u64::try_from(rows).unwrap_or(u64::MAX));
        let head: Option<Head> = match store {
            None => {
                self.dry(&mut judge)?;
                None
            }
            Some(store) => {
                let told = (&mut judge, self.occasion, self.digest);
                let (ground, batch) = (self.ground, self.batch);
                let kept = adopt::keep(store, ground, batch, told, entries, &mut reached);
                Some(runtime.block_on(kept)?)
            }
        };
        progress.end();
        clock.lap("sheets");
        let (judged, released) = judge.end(&releases)?;
        let rule = self.law.rule.as_ref().map(|(rule, _)| rule);
        let seats = seats::seats(&self.law.form, self.ground, &released, rule);
        clock.lap("sums");
        let report = Report {
            form: &self.law.form,
            ground: self.ground,
            batch: self.batch,
            judged: &judged,
            released: &released,
            seats,
            head: head.as_ref(),
            milliseconds: clock.laps.clone(),
        };
        Ok((report.json(), report.text()))
    }

    fn dry(&self, judge: &mut Judge<'_>) -> Result<(), ImportRefusal> {
        for nth in 0..self.batch.sheets.len() {
            judge.sheet(nth)?;
        }
        for nth in 0..self.batch.conflicts.len() {
            judge.conflict(nth)?;
        }
        Ok(())
    }
}

/// How long each stage took.
struct Clock {
    begun: Instant,
    laps: Vec<(&'static str, u64)>,
}

impl Clock {
    fn new() -> Self {
        Self {
            begun: Instant::now(),
            laps: Vec::new(),
        }
    }

    fn lap(&mut self, stage: &'static str) {
        let millis = u64::try_from(self.begun.elapsed().as_millis()).unwrap_or(u64::MAX);
        self.laps.push((stage, millis));
        self.begun = Instant::now();
    }
}
