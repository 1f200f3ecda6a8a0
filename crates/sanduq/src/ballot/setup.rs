//! `sanduq ballot setup`: from questions to a draft, and from the draft, the trustees' keys and the
//! public credentials to an archive that is open for ballots.

use crate::ballot::checkpoints;
use crate::ballot::checkpoints::KeyArgs;
use crate::ballot::credentials::too_heavy;
use crate::ballot::draft::Draft;
use crate::ballot::draft::TEMPLATE;
use crate::ballot::files;
use crate::ballot::files::PUBLIC;
use crate::ballot::files::fault;
use crate::ballot::files::refused;
use crate::ballot::fingerprint;
use crate::ballot::kept;
use crate::ballot::kept::not_written;
use crate::ballot::kind::in_group;
use crate::ballot::said::Put;
use crate::ballot::said::Telling;
use crate::exit::Ended;
use crate::verify::ballot::beside;
use crate::whole::Whole;
use clap::Args;
use clap::Subcommand;
use sanduq_ballot::archive::Reader;
use sanduq_ballot::board::Board;
use sanduq_ballot::credential::Credentials;
use sanduq_ballot::election::Election;
use sanduq_ballot::group::Group;
use sanduq_ballot::result::LARGEST_WEIGHT;
use sanduq_ballot::sidecar::INTERVAL;
use sanduq_ballot::sidecar::Keeper;
use sanduq_ballot::trustees::Trustee;
use sanduq_ballot::trustees::Trustees;
use serde_json::json;
use std::fs::File;
use std::io::BufWriter;
use std::io::Write;
use std::path::Path;
use std::path::PathBuf;
use std::time::SystemTime;

/// Begin an election: questions, then keys and credentials, then the archive.
#[derive(Args)]
pub struct Setup {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    Template,
    Draft(DraftArgs),
    Open(OpenArgs),
}

/// Fix the questions and draw the identifier of the election.
#[derive(Args)]
#[command(after_help = "Examples:
  sanduq ballot setup template > questions.toml      an example to edit
  sanduq ballot setup draft questions.toml --out draft.json

Trustees and the credential authority get the draft and compare its fingerprint aloud.")]
struct DraftArgs {
    /// The questions: TOML as the template, or the same as JSON.
    questions: PathBuf,
    /// The draft.
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    #[command(flatten)]
    telling: Telling,
}

/// Open the election for ballots: write its archive.
#[derive(Args)]
#[command(after_help = "Examples:
  sanduq ballot setup open --draft draft.json --credentials public.json \\
    --trustee a.json --trustee group.json --out election
  sanduq ballot cast --archive election --add ballot.json

Trustees keep the order in which they are named: it numbers those who decrypt. The folder holds the
archive and its sidecar and is for everybody; election.key beside it signs the sidecar's checkpoints
and is the administrator's. Publish the key that is said: with it everybody runs
sanduq verify election --key KEY.")]
struct OpenArgs {
    /// The draft.
    #[arg(long, value_name = "FILE")]
    draft: PathBuf,
    /// The public list of `sanduq ballot credentials`.
    #[arg(long, value_name = "FILE")]
    credentials: PathBuf,
    /// What `sanduq ballot key single` or `key conclude` made, for each trustee or group.
    #[arg(long = "trustee", value_name = "FILE", required = true)]
    trustees: Vec<PathBuf>,
    /// The folder of the archive; must be empty or not exist.
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    #[command(flatten)]
    key: KeyArgs,
    #[command(flatten)]
    telling: Telling,
}

/// Runs the command.
///
/// # Errors
/// Those of the step.
pub fn run(args: &Setup) -> Result<(), Ended> {
    match &args.what {
        What::Template => {
            print!("{TEMPLATE}");
            Ok(())
        }
        What::Draft(args) => drafted(args).map_err(|ended| args.telling.told(ended)),
        What::Open(args) => {
            let opened = Draft::read(&args.draft)
                .and_then(|draft| in_group!(draft.kind(), opened(args, &draft)));
            opened.map_err(|ended| args.telling.told(ended))
        }
    }
}

fn drafted(args: &DraftArgs) -> Result<(), Ended> {
    let draft = Draft::of_questions(&args.questions)?;
    files::write(&args.out, draft.text()?.as_bytes(), PUBLIC)?;
    let (uuid, aloud) = (draft.uuid(), draft.fingerprint()?);
    let object = json!({
        "draft": args.out.display().to_string(),
        "election": uuid,
        "questions": draft.questions().len(),
        "fingerprint": aloud,
    });
    let telling = args.telling;
    let parts = [
        ("path", Put::text(args.out.display())),
        ("election", Put::text(uuid)),
        ("count", Put::count(draft.questions().len())),
    ];
    let aloud = telling.line("aloud-draft", &[("aloud", Put::text(aloud))]);
    telling.say(&object, &[telling.line("done-draft", &parts), aloud]);
    Ok(())
}

fn opened<G: Group>(args: &OpenArgs, draft: &Draft) -> Result<(), Ended> {
    let trustees: Result<Vec<Trustee<G>>, Ended> = args
        .trustees
        .iter()
        .map(|path| files::object(path))
        .collect();
    let trustees = Trustees(trustees?);
    let key = trustees.election_key();
    if let Some((place, refusal)) = trustees.verify(&key).first() {
        let path = place.and_then(|place| args.trustees.get(place));
        return Err(files::unfit(path.unwrap_or(&args.draft), *refusal));
    }
    let persons = trustees.keys().count();
    let credentials: Credentials<G> = files::object(&args.credentials)?;
    if credentials.entries().is_empty() {
        let why = format!("{} lists nobody", args.credentials.display());
        return Err(refused("no_credentials", why));
    }
    countable(&args.credentials, &credentials)?;
    let election = Election::new(draft.description::<G>(key)?);
    let name = format!("{}.bel", draft.uuid());
    let signed = written(args, draft, &name, (&election, &trustees, &credentials))?;
    let out = args.out.join(&name);
    let aloud = fingerprint::aloud(&election.hash());
    let object = json!({
        "archive": out.display().to_string(),
        "sidecar": beside(&out).display().to_string(),
        "checkpoint_key": signed.0.display().to_string(),
        "key": signed.1,
        "election": election.fingerprint(),
        "voters": credentials.entries().len(),
        "trustees": persons,
        "fingerprint": aloud,
    });
    let telling = args.telling;
    let opened = [
        ("path", Put::text(out.display())),
        ("voters", Put::count(credentials.entries().len())),
        ("trustees", Put::count(persons)),
    ];
    let lines = [
        telling.line("done-open", &opened),
        telling.line(
            "done-checkpoint-key",
            &[("path", Put::text(signed.0.display()))],
        ),
        telling.line("done-publish-key", &[("key", Put::text(signed.1))]),
        telling.line("aloud-election", &[("aloud", Put::text(aloud))]),
    ];
    telling.say(&object, &lines);
    Ok(())
}

/// Whether votes of these weights can be counted.
fn countable<G: Group>(path: &Path, credentials: &Credentials<G>) -> Result<(), Ended> {
    let mut total: u64 = 0;
    for (number, entry) in (1_u64..).zip(credentials.entries()) {
        total = total.saturating_add(entry.weight.unwrap_or(1));
        if total > LARGEST_WEIGHT {
            return Err(too_heavy(path, &format!("credential {number}")));
        }
    }
    Ok(())
}

/// What is fixed.
type Fixed<'a, G> = (&'a Election<G>, &'a Trustees<G>, &'a Credentials<G>);

/// Writes and checks the folder, and the key of the checkpoints: where it is, and its public half.
fn written<G: Group>(
    args: &OpenArgs,
    draft: &Draft,
    name: &str,
    fixed: Fixed<'_, G>,
) -> Result<(PathBuf, String), Ended> {
    let folder = Whole::begin(&args.out, "ballot")?;
    let path = folder.path().join(name);
    let (at, seed) = args.key.draw(&args.out, (draft.kind(), draft.uuid()))?;
    let put = || -> Result<[u8; 32], Ended> {
        write(&path, fixed)?;
        let key = write_beside(&beside(&path), fixed.0, &path, &seed)?;
        let mut sidecar = kept::whole(&beside(&path))?;
        kept::check(kept::whole(&path)?, &mut sidecar, &args.out.join(name))?;
        folder.put()?;
        Ok(key)
    };
    let key = put().inspect_err(|_| {
        // A key without an election is nobody's.
        let _none = std::fs::remove_file(&at);
    })?;
    let shown = checkpoints::shown(&key).map(|key| key.to_string());
    Ok((at, shown.unwrap_or_default()))
}

/// The sidecar of an archive that holds its setup alone; gives the public key.
fn write_beside<G: Group>(
    path: &Path,
    election: &Election<G>,
    archive: &Path,
    seed: &[u8; 32],
) -> Result<[u8; 32], Ended> {
    let source = File::open(archive).map_err(|why| fault(archive, &why))?;
    let setup = Reader::last(source).map_err(|refusal| files::unfit(archive, refusal))?;
    let file = File::create_new(path).map_err(|why| fault(path, &why))?;
    let which = (election.hash(), setup.hash);
    let written = |why: std::io::Error| fault(path, &why);
    let keeper = Keeper::open(&file, which, election.is_shuffled(), INTERVAL, seed);
    let key = keeper.map_err(written)?.key();
    file.sync_all().map_err(written)?;
    Ok(key)
}

fn write<G: Group>(
    path: &Path,
    (election, trustees, credentials): Fixed<'_, G>,
) -> Result<(), Ended> {
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    let now = now.map_err(Ended::fault)?.as_secs();
    let file = File::create_new(path).map_err(|why| fault(path, &why))?;
    let board = Board::open(BufWriter::new(&file), now, election, trustees, credentials);
    let board = board.map_err(|why| not_written(path, why))?;
    let written = board.into_inner().flush().and_then(|()| file.sync_all());
    written.map_err(|why| fault(path, &why))
}
