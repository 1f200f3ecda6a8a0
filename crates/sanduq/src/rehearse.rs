//! `sanduq rehearse`: an invented nation's whole election in one command, published, verified and
//! served.

mod done;

use crate::exit::Ended;
use crate::exit::say;
use crate::fresh::Fresh;
use crate::jurisdictions::Jurisdictions;
use crate::placement;
use crate::progress::Progress;
use crate::publish;
use crate::publish::Order;
use crate::publish::Published;
use crate::publish::signed::Signed;
use crate::rehearse::done::Done;
use crate::secret;
use crate::serve;
use crate::stop::told_to_stop;
use clap::Args;
use sanduq_core::act::Actor;
use sanduq_core::act::Organ;
use sanduq_core::id::ActorId;
use sanduq_core::id::EventId;
use sanduq_core::id::LawCode;
use sanduq_core::names::Locale;
use sanduq_operations::staff::Role;
use sanduq_rehearsal::chance;
use sanduq_rehearsal::counting::PAPERS;
use sanduq_rehearsal::course::Course;
use sanduq_rehearsal::course::EVENT;
use sanduq_rehearsal::course::Figures;
use sanduq_rehearsal::course::Plan;
use sanduq_rehearsal::course::Texts;
use sanduq_rehearsal::course::Watch;
use sanduq_rehearsal::course::event_secret;
use sanduq_rehearsal::error::RehearsalError;
use sanduq_rehearsal::ground::Placing;
use sanduq_rehearsal::people::source::Language;
use sanduq_store::Config;
use sanduq_store::Store;
use sanduq_store::account::Account;
use sanduq_store::own_station::EventSecret;
use sanduq_verify::verify::verify;
use sanduq_web::password;
use std::net::SocketAddr;
use std::path::Path;
use std::path::PathBuf;
use std::pin::Pin;
use std::pin::pin;
use std::time::Instant;

/// Rehearse a whole election of an invented nation.
#[derive(Args)]
#[command(after_help = "Examples:
  sanduq rehearse                        a village, then its pages at http://127.0.0.1:8080
  sanduq rehearse --scale tn --no-serve  7.9 million voters, 10,012 stations
  sanduq rehearse --seed 7 --out result --no-serve
  sanduq rehearse --leave 6              leaves sheets to type and to decide on
  sanduq rehearse --day-minutes 5        a polling day of five minutes, to watch on /board")]
pub struct Rehearse {
    /// How large: village, om, tn, eg, ir or max (the reference loads).
    #[arg(long, default_value = "village")]
    scale: String,
    /// What everything invented is drawn from; the same seed gives the same final hash.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Let the polling day take this many minutes, to be watched on the board.
    #[arg(long, value_name = "MINUTES")]
    day_minutes: Option<u32>,
    /// The folder to publish into; must not exist [default: a fresh one in the temporary folder].
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Keep the store in this folder [default: a fresh one each time, removed at the end].
    #[arg(long, value_name = "DIR")]
    store: Option<PathBuf>,
    /// Leave the sheets of this many stations for people to type and to decide on.
    #[arg(long, value_name = "STATIONS", default_value_t = 0)]
    leave: usize,
    /// Leave the results for people to certify.
    #[arg(long)]
    uncertified: bool,
    /// End after the verification.
    #[arg(long)]
    no_serve: bool,
    /// Where to serve.
    #[arg(long, default_value = "127.0.0.1:8080", value_name = "ADDRESS")]
    listen: SocketAddr,
    /// Print one JSON object at the end instead of the screen; of a refusal, its code and message.
    #[arg(long)]
    json: bool,
    /// Read the law from this folder instead of the program's own.
    #[arg(long, value_name = "DIR")]
    jurisdictions: Option<PathBuf>,
}

impl Watch for Progress {
    fn stage(&mut self, name: &'static str, total: u64, unit: &'static str) {
        Self::stage(self, name, total, unit);
    }

    fn reached(&mut self, done: u64) {
        Self::reached(self, done);
    }

    fn note(&mut self, what: String) {
        Self::note(self, what);
    }
}

impl From<RehearsalError> for Ended {
    fn from(error: RehearsalError) -> Self {
        match error {
            RehearsalError::Refused(code, sentence) => Self::Refused { code, sentence },
            RehearsalError::Store(error) => Self::from(error),
            RehearsalError::Data(sentence) => Self::fault(sentence),
        }
    }
}

/// A log-in of the rehearsal.
struct Login {
    id: String,
    password: String,
    account: Account,
}

/// The log-ins: one for each role and two where two have to agree, each with a password drawn from
/// the seed, as if its owner had set it.
fn logins(seed: u64) -> Vec<Login> {
    let login = |(role, nth): (Role, u32)| {
        let id = format!("{}-{nth}", role.code().replace('_', "-"));
        let drawn = chance::key(seed, &format!("password of {id}"));
        // A second head's has two halves, as two persons give it: eight signs and twelve.
        let bytes = if role == Role::StationHead { 10 } else { 5 };
        let password = in_digits(&drawn[..bytes]);
        let account = Account {
            id: ActorId::new(&id).expect("letters, dashes and a digit"),
            role,
            unit: None,
            locale: Locale::Ar,
            active: true,
            first: None,
        };
        Login {
            id,
            password,
            account,
        }
    };
    let of_role = |role: Role| {
        let count = match role {
            Role::Administrator | Role::Supervisor => 2,
            _ => 1,
        };
        (1..=count).map(move |nth| (role, nth))
    };
    Role::ALL.into_iter().flat_map(of_role).map(login).collect()
}

/// The accounts to enrol, each with the text of its password's hash. The first head of the station
/// is excused on the eve: the password that is told is only that of who takes the place.
fn accounts(seed: u64, logins: &[Login]) -> Vec<(Account, String)> {
    let enrolled = |login: &Login| {
        let hash = match login.account.role {
            Role::StationHead => {
                let drawn = chance::key(seed, &format!("password before {}", login.id));
                password::hash(&in_digits(&drawn[..10]))
            }
            _ => password::hash(&login.password),
        };
        (login.account.clone(), hash)
    };
    logins.iter().map(enrolled).collect()
}

fn in_digits(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The log-ins with the service number of whoever heads the station in the end.
fn served(mut logins: Vec<Login>, figures: &Figures) -> Vec<Login> {
    for login in &mut logins {
        if let (Role::StationHead, Some(head)) = (login.account.role, &figures.serving.head) {
            login.id = head.to_string();
        }
    }
    logins
}

/// The texts that a rehearsal adopts.
fn texts(law: &Jurisdictions) -> Result<Texts, Ended> {
    let rule = |code: &str| {
        let code = LawCode::new(code).map_err(Ended::fault)?;
        law.law("seats", &code)
    };
    let placing = placement::law::read(law, "wahat")?;
    Ok(Texts {
        profile: law.text("wahat/profile.toml")?,
        form: law.text("wahat/forms/wahat.toml")?,
        seat_rules: vec![rule("wahat-assembly")?, rule("wahat-president")?],
        names: law.text("wahat/names.toml")?,
        people: law.people(Language::Arabic)?,
        scales: law.text("wahat/scales.toml")?,
        judges: law.text("wahat/staff/judges.toml")?,
        administrators: law.text("wahat/staff/administrators.toml")?,
        placing: Placing {
            policy: placing.policy,
            separates_sexes: placing.law.separates_sexes,
            in_country: Box::new(move |place| placing.in_country(place)),
        },
    })
}

/// Folders of a rehearsal: what the user named, or fresh ones that are removed at the end.
struct Folders {
    fresh: Fresh,
    store: PathBuf,
    out: PathBuf,
}

impl Folders {
    fn new(args: &Rehearse) -> Result<Self, Ended> {
        let fresh = Fresh::new().map_err(Ended::fault)?;
        let store = args.store.clone().unwrap_or_else(|| fresh.store());
        let out = args.out.clone();
        let out = out.unwrap_or_else(|| fresh.path().join("published"));
        if out.exists() {
            return Err(Ended::Refused {
                code: "rehearsal.out_exists".to_owned(),
                sentence: format!("{} exists; name a folder that does not", out.display()),
            });
        }
        if let Some(above) = out.parent() {
            std::fs::create_dir_all(above).map_err(|why| closed(&out, &why))?;
        }
        // Better known now than after a whole election.
        let tried = std::fs::create_dir(&out).and_then(|()| std::fs::remove_dir(&out));
        tried.map_err(|why| closed(&out, &why))?;
        Ok(Self { fresh, store, out })
    }
}

fn closed(out: &Path, why: &std::io::Error) -> Ended {
    Ended::Refused {
        code: "rehearsal.out_closed".to_owned(),
        sentence: format!("{} cannot be made: {why}", out.display()),
    }
}

/// Runs the command.
///
/// # Errors
/// What a stage refuses, or a fault.
pub fn run(args: Rehearse) -> Result<(), Ended> {
    let runtime = tokio::runtime::Runtime::new().map_err(Ended::fault)?;
    let done = runtime.block_on(rehearse(&args));
    done.map_err(|ended| ended.told(args.json))
}

async fn rehearse(args: &Rehearse) -> Result<(), Ended> {
    let begun = Instant::now();
    // One listener from the first to the last stage: what comes between two stages is heard too.
    let mut told = pin!(told_to_stop());
    let folders = Folders::new(args)?;
    let logins = logins(args.seed);
    let mut progress = Progress::new();
    progress.stage("store", 1, "cluster");
    let config = Config::Private {
        dir: folders.store.clone(),
    };
    let store = unless(&mut told, async { Ok(Store::open(&config).await?) }).await?;
    expect_new(&store).await?;
    // Whoever serves the kept store later answers voters by the same keys.
    secret::keep_event(&folders.store, &event_secret(args.seed))?;
    progress.reached(1);
    let watched = match args.day_minutes {
        Some(_) if !args.no_serve => Some(tokio::spawn(watch(
            args.seed,
            args.listen,
            (store.clone(), folders.store.clone()),
        ))),
        _ => None,
    };
    let figures = hold(args, &folders, &logins, &store, &mut progress);
    let figures = unless(&mut told, figures).await?;
    let published = publish(args, &store, &folders, &mut progress);
    let published = unless(&mut told, published).await?;
    check(&folders.out, &mut progress)?;
    unless(&mut told, async { Ok(()) }).await?;
    let done = Done {
        args,
        logins: served(logins, &figures),
        figures,
        published,
        out: &folders.out,
        papers: folders.fresh.path().join(PAPERS),
        took: begun.elapsed(),
    };
    if args.json {
        println!("{}", done.json());
    } else {
        done.show();
    }
    match watched {
        Some(pages) => pages.await.map_err(Ended::fault)?,
        None if args.no_serve => Ok(()),
        None => {
            let secret = EventSecret::new(event_secret(args.seed));
            let store = (store, folders.store.as_path());
            serve::pages(store, event()?, secret, args.listen, |_| {}).await
        }
    }
}

/// A rehearsal is held whole, in a store without an event.
async fn expect_new(store: &Store) -> Result<(), Ended> {
    match store.read().await?.events().await?.first() {
        None => Ok(()),
        Some((event, _)) => Err(Ended::Refused {
            code: "rehearsal.store_in_use".to_owned(),
            sentence: format!("the store holds the event {event}; name a new folder with --store"),
        }),
    }
}

/// The event of every rehearsal.
fn event() -> Result<EventId, Ended> {
    EventId::new(EVENT).map_err(Ended::fault)
}

/// Holds the election.
async fn hold(
    args: &Rehearse,
    folders: &Folders,
    logins: &[Login],
    store: &Store,
    progress: &mut Progress,
) -> Result<Figures, Ended> {
    let law = Jurisdictions::open(args.jurisdictions.as_deref());
    let texts = texts(&law)?;
    let head = logins
        .iter()
        .find(|login| login.account.role == Role::StationHead);
    let (first, second) = head.map_or(("", ""), |head| head.password.split_at(8));
    let plan = Plan {
        scale: args.scale.clone(),
        seed: args.seed,
        day_minutes: args.day_minutes,
        leave: args.leave,
        certify: !args.uncertified,
        folder: folders.fresh.path().to_owned(),
        accounts: accounts(args.seed, logins),
        halves: [
            password::first_half_hash(first),
            password::second_half_digest(second),
        ],
    };
    let course = Course::new(store, &texts, &plan, progress)?;
    Ok(course.run().await?)
}

/// Does the work unless somebody stops the program, or has stopped it; what it has begun is then
/// cleared away.
async fn unless<T>(
    told: &mut Pin<&mut impl Future<Output = ()>>,
    work: impl Future<Output = Result<T, Ended>>,
) -> Result<T, Ended> {
    tokio::select! {
        biased;
        () = told => {
            Err(Ended::Fault("the rehearsal was stopped before its end".to_owned()))
        }
        done = work => done,
    }
}

/// Does what a stranger does with the published folder.
fn check(out: &Path, progress: &mut Progress) -> Result<(), Ended> {
    progress.stage("verification", 1, "folder");
    let verified = verify(out, None, &mut |_| {});
    progress.reached(1);
    progress.end();
    if verified.holds() {
        return Ok(());
    }
    let first = verified.failures.first().map(ToString::to_string);
    let first = first.unwrap_or_default();
    Err(Ended::Fault(format!(
        "the published folder does not verify: {first}"
    )))
}

/// The pages while the day goes by.
async fn watch(
    seed: u64,
    listen: SocketAddr,
    (store, folder): (Store, PathBuf),
) -> Result<(), Ended> {
    let event = event()?;
    let secret = EventSecret::new(event_secret(seed));
    let ready = |at| say(&format!("  watch the day at http://{at}/board"));
    serve::pages((store, &folder), event, secret, listen, ready).await
}

/// Publishes under a key drawn from the seed, at a time of the simulated clock.
async fn publish(
    args: &Rehearse,
    store: &Store,
    folders: &Folders,
    progress: &mut Progress,
) -> Result<Published, Ended> {
    progress.stage("publication", 1, "folder");
    let event = event()?;
    let drawn = chance::key(args.seed, "publisher");
    let signer = publish::key::given(&folders.store, &drawn, &event)?;
    let by = Actor {
        id: ActorId::new("results-officer-1").map_err(Ended::fault)?,
        organ: Organ::Executive,
    };
    let read = store.read().await.map_err(Ended::fault)?;
    let snapshot = read.snapshot(&event).await.map_err(Ended::fault)?;
    drop(read);
    let last = snapshot.map(|snapshot| snapshot.at);
    let at = last.ok_or_else(|| Ended::Fault("the event has no snapshot".to_owned()))?;
    let order = Order {
        store,
        event: &event,
        dir: &folders.out,
        signer: &signer,
        signed: &Signed::of(&folders.store, &event),
        by: &by,
        at,
    };
    let published = publish::publish(&order).await?;
    progress.reached(1);
    Ok(published)
}

#[cfg(test)]
mod tests {
    use super::accounts;
    use super::logins;
    use sanduq_operations::staff::Role;
    use sanduq_web::password;

    /// Whoever was excused would otherwise log in as nobody may: by the password of who came.
    #[test]
    fn a_password_that_is_told_opens_every_account_but_the_excused_heads() {
        let logins = logins(3);
        let accounts = accounts(3, &logins);
        assert_eq!(accounts.len(), logins.len());
        for (login, (account, hash)) in logins.iter().zip(&accounts) {
            let opens = password::verify(&login.password, Some(hash));
            assert_eq!(opens, account.role != Role::StationHead, "{}", login.id);
        }
    }
}
