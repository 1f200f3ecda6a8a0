//! `sanduq staff`: who serves where, and the first who administer. Always true of these: whoever
//! has the store's folder makes the first two accounts of an administration and no third; from then
//! on two persons agree to each account that decides, on the pages. The password is printed once,
//! kept as its hash, and good for one log-in.

mod change;
mod files;
mod invent;
mod kept;
mod picture;
mod place;
mod rows;
mod said;
mod written;

use crate::exit::Ended;
use crate::publish::existing;
use clap::Args;
use clap::Subcommand;
use clap::ValueEnum;
use jiff::Timestamp;
use sanduq_core::act::Act;
use sanduq_core::act::Actor;
use sanduq_core::act::Entry;
use sanduq_core::id::ActorId;
use sanduq_core::names::Locale;
use sanduq_operations::first_password::First;
use sanduq_operations::staff::Role;
use sanduq_operations::staff::StaffRefusal;
use sanduq_store::Store;
use sanduq_store::StoreError;
use sanduq_store::StoreRefusal;
use sanduq_store::account::Account;
use sanduq_store::account::Accounts;
use sanduq_web::password;
use serde_json::json;
use std::path::PathBuf;

/// In whose name the journal has what is done with the store's folder in hand.
const COMMAND_LINE: &str = "command-line";

/// Who serves on which committee, and the accounts of whoever runs an election.
#[derive(Args)]
pub struct Staff {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Enrol(Enrol),
    Explain(change::Explain),
    Invent(invent::Invent),
    Place(place::Place),
    Replace(change::Replace),
    Swap(change::Swap),
}

/// Who administers accounts.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Administers {
    /// Those of the executive, the stations and the auditors.
    Administrator,
    /// Those of the supervision.
    Supervisor,
}

/// Make the first two accounts of an administration; they make all others on the pages.
#[derive(Args)]
#[command(after_help = "Examples:
  sanduq staff enrol T-0001 --role administrator --store kept
  sanduq staff enrol S-0001 --role supervisor --language fa --store kept
The password that is printed is good for one log-in within three days; its owner sets another.")]
struct Enrol {
    /// The service number.
    number: String,
    /// What the account administers.
    #[arg(long, value_enum)]
    role: Administers,
    /// The language of the pages: ar, fa, fr or en.
    #[arg(long, default_value = "ar", value_name = "LANGUAGE")]
    language: String,
    /// The folder of the store.
    #[arg(long, value_name = "DIR")]
    store: PathBuf,
    /// Print one JSON object, of a refusal too: code, message.
    #[arg(long)]
    json: bool,
}

/// Runs the command.
///
/// # Errors
/// As the subcommand's own.
pub fn run(args: &Staff) -> Result<(), Ended> {
    match &args.command {
        Command::Enrol(args) => first(args),
        Command::Explain(args) => change::explain(args),
        Command::Invent(args) => invent::run(args),
        Command::Place(args) => place::run(args),
        Command::Replace(args) => change::replace(args),
        Command::Swap(args) => change::swap(args),
    }
}

/// No such store, a number or a language that is none, a number that somebody has, two who
/// administer already, or a fault of the store is an error.
fn first(args: &Enrol) -> Result<(), Ended> {
    let runtime = tokio::runtime::Runtime::new().map_err(Ended::fault)?;
    let done = runtime.block_on(enrol(args));
    done.map_err(|ended| ended.told(args.json))
}

async fn enrol(args: &Enrol) -> Result<(), Ended> {
    let no = |refusal: StaffRefusal| Ended::refused(&refusal);
    let id = ActorId::new(&args.number).map_err(|_| no(StaffRefusal::NumberUnfit))?;
    let locale = Locale::from_tag(&args.language);
    let locale = locale.ok_or_else(|| no(StaffRefusal::LocaleUnknown))?;
    let role = match args.role {
        Administers::Administrator => Role::Administrator,
        Administers::Supervisor => Role::Supervisor,
    };
    let store = existing(&args.store).await?;
    let at = Timestamp::now();
    let first = First::given(at);
    let secret = password::drawn();
    let account = Account {
        id,
        role,
        unit: None,
        locale,
        active: true,
        first: Some(first),
    };
    open(&store, at, &account, &secret).await?;
    let number = &account.id;
    if args.json {
        let told = json!({"number": number, "password": secret, "until": first.until});
        println!("{told}");
    } else {
        println!("number    {number}");
        println!("password  {secret}");
        println!("until     {}", first.until);
    }
    Ok(())
}

/// Opens the account, unless two administer already.
async fn open(store: &Store, at: Timestamp, account: &Account, secret: &str) -> Result<(), Ended> {
    let by = Actor {
        id: ActorId::new(COMMAND_LINE).map_err(Ended::fault)?,
        organ: account.role.organ(),
    };
    let administer = Accounts {
        role: Some(account.role),
        active: Some(true),
        ..Accounts::default()
    };
    let read = store.read_as(by.organ.into()).await?;
    let (_, count) = read.staff(&administer, None, 1).await?;
    drop(read);
    if count >= 2 {
        return Err(Ended::refused(&StaffRefusal::SecondPerson));
    }
    let entry = Entry::new(Act::StaffEnrolled, &by, at)
        .with("count", 1)
        .with("role", account.role.code())
        .with("staff", &account.id);
    let new = [(account.clone(), password::hash(secret))];
    let work = async |w: &mut sanduq_store::Write| {
        w.enrol_staff(&new).await?;
        w.journal(entry);
        Ok::<(), StoreError>(())
    };
    match store.write(&by, at, work).await {
        Err(StoreError::Refused(StoreRefusal::AlreadyExists(_))) => {
            Err(Ended::refused(&StaffRefusal::NumberTaken))
        }
        done => Ok(done?),
    }
}
